//! Which variants are another take-up, and when the program adds one.

use std::path::Path;

use redress::model::Variant;
use redress::scenario::{Loaded, load};

use super::{BASE, good, read, read_set, with};

/// The variant that the program adds.
const ADDED: &str = "other-take-up-curve";

/// The base with a second curve, by which another of its rules is filed.
fn two() -> String {
    let curve = "\n[filing.tap]\nawareness = 0.5\nburden = 1000\nbeta = 1\n";
    format!("{}{curve}", with("filing = { rate = 0.02 }", "filing = \"tap\""))
}

/// A text with variants, one for each table of changes.
fn varied(text: &str, sets: &[&str]) -> String {
    let variants =
        sets.iter().enumerate().map(|(i, set)| format!("\n[variants.v{i}]\ntitle = \"V\"\nset = {{ {set} }}\n"));
    format!("{text}{}", variants.collect::<String>())
}

fn added(loaded: &Loaded) -> bool {
    loaded.scenario.variants.iter().any(|v| v.id == ADDED)
}

fn is_take_up(path: &str) -> bool {
    let changes = vec![format!("{path} = 1")];
    Variant { id: String::new(), title: Default::default(), note: Default::default(), changes }.is_take_up()
}

#[test]
fn another_take_up_changes_who_files_and_nothing_else() {
    for path in [
        "filing.form",
        "filing.form.awareness",
        "filing.form.awareness.max",
        "filing.form.burden.documents",
        "filing.form.wait",
        "guidelines.a.rules.b.filing.curve",
        "guidelines.a.rules.b.filing.rate",
        "guidelines.a.filing.beta",
        "cohorts.shops.awareness",
        "ladder.beta",
    ] {
        assert!(is_take_up(path), "{path}");
    }
    for path in [
        "filing.form.review",
        "filing.form.review.max",
        "filing.form.effort",
        "filing.form.title",
        "filing.form.awareness.note",
        "guidelines.a.rules.b.filing",
        "guidelines.a.rules.b.filing.automatic",
        "guidelines.a.rules.b.filing.review",
        "guidelines.a.filing",
        "guidelines.a.rules.filing.amount",
        "guidelines.filing.pool.amount",
        "cohorts.filing.size",
        "cohorts.shops.size",
        "courts.loss.suing.awareness",
    ] {
        assert!(!is_take_up(path), "{path}");
    }
}

/// Each table of changes is a variant; whether one is added beside them.
#[test]
fn a_curve_that_no_take_up_changes_brings_one_that_changes_all() {
    let (form, tap) = ("\"filing.web-form.awareness\" = 0.4", "\"filing.tap.curve\" = \"weibull\"");
    let cases: [(&[&str], bool); 14] = [
        // The company's work, and what a draft asks for.
        (&["\"filing.web-form.review\" = \"60 min\", \"filing.tap.review\" = \"1 h\""], true),
        (&["\"filing.web-form.effort\" = \"1 h\"", "\"filing.tap.title\" = \"T\""], true),
        (&["\"guidelines.flat.rules.cash.filing\" = \"tap\""], true),
        // One of two curves, or both, by one variant or several.
        (&[form], true),
        (&[tap], true),
        (&[&format!("{form}, {tap}")], false),
        (&[form, tap], false),
        // Beside something else it is no take-up.
        (&[&format!("{form}, {tap}, \"cohorts.shops.size\" = 10_000")], true),
        (&[form, &format!("{tap}, \"cohorts.shops.size\" = 10_000")], true),
        // Who knows of it among some people, and among all.
        (&["\"cohorts.users.awareness\" = 0.5"], true),
        (&["\"cohorts.users.awareness\" = 0.5, \"cohorts.shops.awareness\" = 0.5"], false),
        (&["\"cohorts.users.awareness\" = 0.5", "\"cohorts.shops.awareness\" = 0.5"], false),
        (&["\"filing.web-form\" = { rate = 0.1 }, \"filing.tap\" = { rate = 0.3 }"], false),
        (&["\"filing.table\" = { rate = 0.1 }"], true),
    ];
    for (sets, expected) in cases {
        assert_eq!(added(&good(read(&varied(&two(), sets)))), expected, "{sets:?}");
    }
    let inline = with("filing = \"web-form\"", "filing = { awareness = 0.5, burden = 1000, beta = 1 }");
    assert!(!added(&good(read(&varied(&inline, &["\"guidelines.flat.rules.1.filing.curve\" = \"weibull\""])))));
    assert!(added(&good(read(&varied(&inline, &[form])))), "nobody files by the one that is changed");
}

#[test]
fn a_curve_is_changed_where_a_number_is_on_which_it_rests() {
    let form = "\"filing.web-form.awareness\" = 0.4";
    let same = two().replace("awareness = 0.5", "awareness = { same_as = \"filing.web-form.awareness\" }");
    assert!(!added(&good(read(&varied(&same, &[form])))));
    let parts = two()
        .replace("burden = 1000\nbeta = 1", "burden = { taps = 1 }\nnotice = \"told\"")
        .replace("awareness = 0.5\n", "");
    for (path, expected) in [
        ("ladder.hassle", false),
        ("ladder.beta", false),
        ("ladder.takes.taps", false),
        ("ladder.notices.told", false),
        ("filing.table.table", true),
    ] {
        let value = if expected {
            "[[1000, 0.1]]"
        } else if path.contains("takes") {
            "\"1 h\""
        } else {
            "0.5"
        };
        let other = format!("\"{path}\" = {value}");
        let text = format!(
            "{parts}\n[ladder]\nhassle = 2\nbeta = 1\ntakes = {{ taps = \"1 min\" }}\nnotices = {{ told = 0.6 }}\n"
        );
        assert_eq!(added(&good(read(&varied(&text, &[form, &other])))), expected, "{path}");
    }
}

/// What a change lets people file by is shown under another curve too.
#[test]
fn changes_are_looked_at_as_well() {
    let text = varied(BASE, &["\"filing.web-form.curve\" = \"weibull\""]);
    assert!(!added(&good(read(&text))));
    let set = "guidelines.flat.rules.bands.filing={ awareness = 0.5, burden = 1000, beta = 1 }";
    let loaded = good(read_set(&text, &[set]));
    let own = loaded.scenario.variants.iter().find(|v| v.id == ADDED).expect("it is added");
    assert!(own.is_take_up() && own.changes.len() == 2, "{:?}", own.changes);
    assert!(added(&good(read_set(BASE, &[set]))));
    assert!(!added(&good(read_set(BASE, &["filing.web-form={ rate = 0.1 }"]))), "nobody files by a curve");
}

/// The shipped scenarios have the variants that their files state, and the small one the one that is added.
#[test]
fn shipped_scenarios_have_the_variants_that_they_need() {
    let of = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
        let loaded = good(load(&path, &[]));
        let take_ups: Vec<String> =
            loaded.scenario.variants.iter().filter(|v| v.is_take_up()).map(|v| v.id.clone()).collect();
        (take_ups, loaded.variants.len())
    };
    let named = |ids: &[&str]| ids.iter().map(|id| id.to_string()).collect::<Vec<_>>();
    assert_eq!(of("kakao-2022.toml"), (named(&["constant-take-up", "ladder-take-up", "weibull-take-up"]), 4));
    assert_eq!(of("kt-2018.toml"), (named(&["constant-take-up", "weibull-take-up"]), 3));
    assert_eq!(of("first-steps.toml"), (named(&[ADDED]), 1));
}
