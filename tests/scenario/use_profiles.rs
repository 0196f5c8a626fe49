//! Weights of use by hour and day are numbers like any other: with a source, uncertain, changed one by one.

use redress::chance::law::Law;
use redress::model::{Hit, Lang, UseWeights, WeekProfile};
use redress::scenario::{Loaded, NoLibrary, inputs, parse, show};

use super::{BASE, good, mistakes, read, read_set, with};

const WEEK: &str = "week = [1, 1, 1, 1, 1, 1.1, 1.1]";
const DAY: &str = "day = [1, 1, 1, 1, 1, 1, 1, 2, 2, ";
const UNCERTAIN: &str = "{ law = \"triangular\", min = 1, mode = 2, max = 6, source = \"press\" }";

fn hit(loaded: &Loaded) -> (&WeekProfile, Option<&UseWeights>) {
    match &loaded.scenario.cohorts[0].hit {
        Hit::Use { profile, weights, .. } => (profile, weights.as_ref()),
        Hit::Share(_) => panic!("hit by use"),
    }
}

fn told(loaded: &Loaded, lang: Lang) -> String {
    show(loaded, lang).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The base with an uncertain weight of the hour from eight to nine, and one of Saturdays with a source.
fn uncertain() -> String {
    with(DAY, &format!("day = [1, 1, 1, 1, 1, 1, 1, 2, {UNCERTAIN}, "))
        .replace(WEEK, "week = [1, 1, 1, 1, 1, { value = 1.1, source = \"press\", note = \"page 3\" }, 1.1]")
}

/// A weight with a source is the plain weight, and stands among the inputs.
#[test]
fn a_certain_weight_is_the_plain_one() {
    let plain = good(read(BASE));
    let text = with(WEEK, "week = [1, 1, 1, 1, 1, { value = 1.1, source = \"press\", note = \"page 3\" }, 1.1]");
    let sourced = good(read(&text));
    assert_eq!(hit(&plain), hit(&sourced));
    assert!(hit(&plain).1.is_none(), "nothing is worked out again in each world");
    let path = "profiles.default.week.6";
    assert!(inputs(&plain.scenario).iter().all(|r| r.path != path));
    let row = inputs(&sourced.scenario).into_iter().find(|r| r.path == path).expect("listed");
    assert_eq!((row.value_or_law.as_str(), row.status, row.note.as_str()), ("1.1", "sourced", "page 3"));
}

/// The source of a list is that of its weights.
#[test]
fn weights_have_the_source_of_their_list() {
    let law = UNCERTAIN.replace(", source = \"press\"", "");
    let list = format!("{{ value = [1, 1, 1, 1, 1, {law}, 1.1], source = \"report\" }}");
    let listed = inputs(&good(read(&with(WEEK, &format!("week = {list}")))).scenario);
    let row = listed.iter().find(|r| r.path == "profiles.default.week.6").expect("listed");
    assert_eq!(row.status, "sourced");
}

/// In each world the profile is that of the weights drawn there.
#[test]
fn an_uncertain_weight_gives_each_world_its_profile() {
    let loaded = good(read(&uncertain()));
    let (_, weights) = hit(&loaded);
    let weights = weights.expect("uncertain");
    let q = loaded.scenario.quantities.find("profiles.default.day.9").expect("listed");
    assert_eq!(weights.drawn().collect::<Vec<_>>(), [q]);
    assert_eq!(loaded.scenario.quantities.get(q).law, Law::Triangular { min: 1.0, mode: 2.0, max: 6.0 });
    for weight in [1.0, 2.0, 5.5] {
        let mut world = loaded.scenario.quantities.central();
        world[q.0 as usize] = weight;
        let fixed = good(read(&with(DAY, &format!("day = [1, 1, 1, 1, 1, 1, 1, 2, {weight}, "))));
        assert_eq!(&weights.profile(&world), hit(&fixed).0);
    }
    let row = inputs(&loaded.scenario).into_iter().find(|r| r.path == "profiles.default.day.9").expect("listed");
    assert_eq!((row.status, row.middle[0]), ("sourced", 3.0));
    let again = good(parse(&loaded.resolved, "resolved.toml", &NoLibrary, &[], None));
    assert_eq!(format!("{:?}", again.scenario), format!("{:?}", loaded.scenario));
    let en = told(&loaded, Lang::En);
    assert!(
        en.contains("When they use it is uncertain; weights of use: from 8:00 to 9:00 (1 to 6, most likely 2"),
        "{en}"
    );
    let ko = told(&loaded, Lang::Ko);
    assert!(ko.contains("언제 쓰는지는 불확실하다. 이용 가중치: 8~9시 ("), "{ko}");
    assert!(!told(&good(read(BASE)), Lang::En).contains("weights of use"));
}

/// A weight has one path, whether its list carries a source or not: for changes, for `same_as`, for correlations.
#[test]
fn a_weight_is_named_by_its_place() {
    let stated =
        uncertain().replace("day = [", "day = { source = \"press\", value = [").replace("1, 1]\nweek", "1, 1] }\nweek");
    for text in [uncertain(), stated] {
        let loaded = good(read(&text));
        assert!(loaded.scenario.quantities.find("profiles.default.day.9").is_some());
        let changed = good(read_set(&text, &["profiles.default.day.9=2"]));
        assert_eq!(hit(&changed), hit(&good(read(BASE))));
        let law = "profiles.default.day.1={ law = \"uniform\", min = 0, max = 1 }";
        let changed = good(read_set(&text, &[law]));
        assert_eq!(hit(&changed).1.expect("uncertain").drawn().count(), 2);
        let same = "profiles.default.day.1={ same_as = \"profiles.default.day.9\" }";
        let changed = good(read_set(&text, &[same]));
        let drawn: Vec<_> = hit(&changed).1.expect("uncertain").drawn().collect();
        assert!(drawn.len() == 2 && drawn[0] == drawn[1]);
        let again = good(parse(&changed.resolved, "resolved.toml", &NoLibrary, &[], None));
        assert_eq!(format!("{:?}", again.scenario), format!("{:?}", changed.scenario));
        let linked = text.replace("\"cohorts.users.size\"]\nrank", "\"profiles.default.day.9\"]\nrank");
        assert_eq!(good(read(&linked)).scenario.quantities.links.len(), 1);
    }
}

/// All 168 hours of a week may be given, and each may be uncertain.
#[test]
fn an_hour_of_the_week_may_be_uncertain() {
    let hours: Vec<String> = (0..168).map(|h| if h == 32 { UNCERTAIN.into() } else { "1".to_string() }).collect();
    let text = with(DAY, &format!("hours = [{}]\nday = [1, 1, 1, 1, 1, 1, 1, 2, 2, ", hours.join(", ")));
    let loaded = good(read(&text));
    assert!(loaded.scenario.quantities.find("profiles.default.hours.33").is_some());
    assert!(matches!(hit(&loaded).1, Some(UseWeights::Hours(_))));
    let en = told(&loaded, Lang::En);
    assert!(en.contains("weights of use: on Tuesdays from 8:00 to 9:00 ("), "{en}");
}

/// What could be below zero, or zero altogether, is refused where it stands.
#[test]
fn weights_that_cannot_be_are_refused() {
    let zero = "{ law = \"discrete\", values = [0, 1], weights = [1, 1] }";
    let never = "{ law = \"uniform\", min = 0, max = 1 }";
    let week = |weights: [&str; 7]| format!("week = [{}]", weights.join(", "));
    for (list, message) in [
        (week(["1", "1", "1", "1", "1", "1", "{ law = \"normal\", mean = 1, sd = 1 }"]), "must be at least 0"),
        (week(["1", "1", "1", "1", "1", "1", "{ value = -1 }"]), "must be at least 0"),
        (week(["1", "1", "1", "1", "1", "1", "-1"]), "must not be negative"),
        (week(["0", "0", "0", "0", "0", "0", "{ value = 0 }"]), "not all zero"),
        (week(["0", "0", "0", "0", "0", zero, zero]), "in some worlds all of these weights could be zero"),
        (week(["1", "1", "1", "1", "1", "1", "{ law = \"uniform\", min = 0, mx = 1 }"]), "unknown key `mx`"),
        ("week = { law = \"uniform\", min = 0, max = 1 }".into(), "is no uncertain number"),
    ] {
        let found = mistakes(read(&with(WEEK, &list)));
        let told: Vec<&str> = found.iter().map(|m| m.message.as_str()).collect();
        assert!(told.iter().any(|m| m.contains(message)), "{list}: {told:#?}");
        assert!(found.len() <= 2, "{list}: {told:#?}");
    }
    good(read(&with(WEEK, &week(["0", "0", "0", "0", "0", zero, never]))));
}

/// A profile under a misspelt name, which nobody would use, is a mistake; one with a name of its own only a warning.
#[test]
fn a_misspelt_profile_is_a_mistake() {
    for name in ["defalt", "Default", "defaults"] {
        let found = mistakes(read(&with("[profiles.default]", &format!("[profiles.{name}]"))));
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].message.contains(&format!("nothing refers to the use profile `{name}`")), "{found:#?}");
        assert!(found[0].help.contains("did you mean `default`?"), "{found:#?}");
        assert_eq!(found[0].column, 11, "{found:#?}");
    }
    // In one of two headings.
    let named = with(
        "hit = { uses_per_day = { talk = 5.0 } }",
        "hit = { uses_per_day = { talk = 5.0 }, profile = \"evening\" }",
    )
    .replace("[profiles.default]", "[profiles.evening]");
    good(read(&named));
    let halves = named.replace(WEEK, &format!("[profiles.evenin]\n{WEEK}"));
    let found = mistakes(read(&halves));
    assert!(found.len() == 1 && found[0].help.contains("did you mean `evening`?"), "{found:#?}");
    // Where the name is misspelt where it is used, that is the mistake.
    let found = mistakes(read(&named.replace("profile = \"evening\"", "profile = \"evenin\"")));
    assert!(found.len() == 1 && found[0].message.contains("there is no use profile `evenin`"), "{found:#?}");
    // Names of their own, numbered ones and those with an addition are only told of, and one that a variant uses not even that.
    let unused = |name: &str| format!("{BASE}\n[profiles.{name}]\n{WEEK}\n");
    for name in ["shops", "default-2019", "default2"] {
        let warned = good(read(&unused(name))).warnings.located();
        assert!(warned.iter().any(|w| w.message.contains(&format!("the use profile `{name}`"))), "{name}: {warned:#?}");
    }
    let variant = "[variants.other]\ntitle = \"Other\"\nset = { \"cohorts.users.hit.profile\" = \"defaultt\" }\n";
    good(read(&format!("{}{variant}", unused("defaultt"))));
    // Nor does a change make a mistake of a profile that the file uses.
    let both = format!("{named}\n[profiles.evenings]\n{WEEK}\n");
    let both = format!(
        "{both}[variants.other]\ntitle = \"Other\"\nset = {{ \"cohorts.users.hit.profile\" = \"evenings\" }}\n"
    );
    good(read_set(&both, &["cohorts.users.hit=0.5"]));
}
