//! What a newcomer does not know to say: review of claims under built-in profiles, changes to these profiles, Korean words for
//! keys and numbers, people and counts that cannot be meant.

use redress::model::{Lang, TakeUp};
use redress::scenario::{Loaded, Located, inputs, load, parse, show};

use super::resolved::shipped;
use super::{BASE, Shelf, good, mistakes, read, read_set, with};

/// A procedure with reviewers.
const DESK: &str = r#"
[procedures.desk]
title = { en = "Desk", ko = "창구" }
order = "verify-first"
opens_after = "14 d"
window = "60 d"
arrival = { half_after = "5 d" }
staff = 20
wage = "25000 KRW/h"
"#;

/// The base with a built-in profile under a procedure with reviewers, and more behind it.
fn built_in(more: &str) -> String {
    let named = with("filing = \"web-form\"", "filing = \"field-desk\"");
    let timed = named.replacen("[[guidelines.flat.rules]]", "procedure = \"desk\"\n[[guidelines.flat.rules]]", 1);
    format!("{timed}{DESK}{more}")
}

/// Warnings of a reading whose message has some words.
fn warned(loaded: &Loaded, words: &str) -> Vec<Located> {
    loaded.warnings.located().into_iter().filter(|w| w.message.contains(words)).collect()
}

const NO_REVIEW: &str = "does not say how long a claim takes to review";

#[test]
fn a_built_in_profile_without_review_is_told_where_somebody_reviews() {
    let loaded = good(read(&built_in("")));
    let found = warned(&loaded, NO_REVIEW);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].message.contains("`field-desk`") && found[0].message.contains("`desk`"), "{found:?}");
    assert!(found[0].help.contains("[filing.field-desk] with review = \"30 min\""), "{found:?}");
    let line = built_in("").lines().position(|l| l.contains("field-desk")).map(|i| i + 1);
    assert_eq!(Some(found[0].line), line);
    // What stands in for it is told as other defaults are.
    for key in ["review", "effort"] {
        let rows = inputs(&loaded.scenario);
        let row = rows.iter().find(|r| r.path == format!("filing.field-desk.{key}")).expect("a row");
        assert_eq!((row.status, row.value_or_law.as_str(), row.unit.as_str()), ("default", "0", "h"));
    }
    let told = |lang| show(&loaded, lang).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told(Lang::En).contains("No time of review is stated: it takes none."));
    assert!(told(Lang::Ko).contains("심사 시간이 적혀 있지 않아 0으로 센다."));
    // It stays so for the resolved text, and once for all rules.
    let again = good(read(&loaded.resolved));
    assert_eq!(warned(&again, NO_REVIEW).len(), 1);
    let twice =
        built_in("[[guidelines.flat.rules]]\nid = \"more\"\nfor = [\"shops\"]\namount = 1\nfiling = \"field-desk\"\n");
    let moved = twice.replace(DESK, "") + DESK;
    assert_eq!(warned(&good(read(&moved)), NO_REVIEW).len(), 1);
}

#[test]
fn who_has_said_it_is_not_asked_again() {
    for more in
        ["[filing.field-desk]\nreview = \"30 min\"\n", "[filing.field-desk]\nreview = \"0 h\"\neffort = \"1 h\"\n"]
    {
        let loaded = good(read(&built_in(more)));
        assert!(warned(&loaded, NO_REVIEW).is_empty(), "{more}");
        assert!(
            !inputs(&loaded.scenario).iter().any(|r| r.path == "filing.field-desk.review" && r.status == "default")
        );
    }
    // Nobody is there to review, or nothing is followed to the money, or the profile is the file's own.
    for text in [
        built_in("").replace("staff = 20", "staff = 0"),
        with("filing = \"web-form\"", "filing = \"field-desk\""),
        built_in("").replace("filing = \"field-desk\"", "filing = \"web-form\""),
    ] {
        assert!(warned(&good(read(&text)), NO_REVIEW).is_empty(), "{text}");
    }
    for path in shipped() {
        let loaded = good(load(&path, &[]));
        for words in [NO_REVIEW, "none of them can be hit", "after its source", "more than everybody"] {
            assert!(warned(&loaded, words).is_empty(), "{}: {words}", path.display());
        }
    }
}

/// Awareness, burden, elasticity and hours of review of a profile, in the world of means.
fn numbers(loaded: &Loaded, id: &str) -> [Option<f64>; 4] {
    let world = loaded.scenario.quantities.central();
    let found = |key: &str| loaded.scenario.quantities.find(&format!("filing.{id}.{key}")).map(|q| q.of(&world));
    ["awareness", "burden", "beta", "review"].map(found)
}

#[test]
fn a_built_in_profile_may_state_what_a_claim_takes_and_nothing_else() {
    let plain = good(read(&built_in("")));
    let stated = good(read(&built_in("[filing.field-desk]\ntitle = \"Desk\"\nreview = \"30 min\"\n")));
    let [a, b] = [&plain, &stated].map(|l| numbers(l, "field-desk"));
    assert_eq!(a[..3], b[..3]);
    assert!(a[0].is_some() && a[3].is_none() && b[3] == Some(0.5), "{a:?} {b:?}");
    assert!(stated.filing.iter().any(|p| p.id == "field-desk" && p.title.get(Lang::En) == "Desk"));
    // Of a name that the program does not know it stays a mistake, and a slip of the pen is one.
    let found = mistakes(read(&built_in("[filing.own]\nreview = \"30 min\"\n")));
    assert!(found.iter().any(|l| l.message.contains("`filing.own` lacks")), "{found:?}");
    let found = mistakes(read(&built_in("[filing.field-desk]\nrevew = \"30 min\"\n")));
    assert!(found.len() == 1 && found[0].help.contains("did you mean `review`?"), "{found:?}");
    let schema = jsonschema::validator_for(&redress::scenario::schema()).unwrap_or_else(|e| panic!("{e}"));
    let instance = |profile: serde_json::Value| {
        let mut all = serde_json::json!({ "schema": 1, "id": "a", "title": "a", "currency": "KRW" });
        all["filing"] = serde_json::json!({ "web-form": profile });
        schema.iter_errors(&all).filter(|e| e.instance_path().to_string().contains("filing")).count()
    };
    assert_eq!(instance(serde_json::json!({ "review": "30 min" })), 0);
    assert_ne!(instance(serde_json::json!({ "revew": "30 min" })), 0);
}

#[test]
fn built_in_profiles_are_changed_by_path() {
    // With a variant of its own no curve is written out beforehand.
    let variant = "[variants.few]\nset = { \"filing.field-desk.awareness\" = 0.1 }\n";
    let text = built_in(variant);
    let plain = good(read(&text));
    let set = good(read_set(&text, &["filing.field-desk.awareness=0.5", "filing.field-desk.review=\"30 min\""]));
    let [a, b] = [&plain, &set].map(|l| numbers(l, "field-desk"));
    assert_eq!(a[1..3], b[1..3]);
    assert!(a[0] != Some(0.5) && b[0] == Some(0.5) && b[3] == Some(0.5), "{a:?} {b:?}");
    let rows = inputs(&set.scenario);
    let burden = rows.iter().find(|r| r.path == "filing.field-desk.burden").expect("a row");
    assert!(burden.source_title.contains("Filing ladder"), "what is not changed keeps its source");
    assert!(warned(&set, NO_REVIEW).is_empty());
    // The variant changes it as well, by whatever key, and alone.
    let awareness = |l: &Loaded| {
        let varied = l.variants.iter().find(|(id, _)| id == "few").map(|(_, s)| s).expect("the variant");
        let q = varied.quantities.find("filing.field-desk.awareness").expect("the number");
        q.of(&varied.quantities.central())
    };
    assert_eq!(awareness(&plain), 0.1);
    let dotted = good(read(&built_in("[variants.few.set]\nfiling.field-desk.awareness = 0.1\n")));
    assert_eq!((awareness(&dotted), numbers(&dotted, "field-desk")), (0.1, a));
    // A whole profile takes its place, and what it keeps is the name.
    let whole = good(read_set(&text, &["filing.field-desk={ rate = 0.02 }"]));
    assert!(whole.filing.iter().any(|p| p.id == "field-desk" && matches!(p.takeup, TakeUp::Constant { .. })));
    // One that a change names afterwards, and one that nobody names.
    let later = ["filing.one-tap.beta=3", "guidelines.flat.rules.cash.filing=one-tap"];
    let later = good(read_set(&text, &later));
    assert_eq!(numbers(&later, "one-tap")[2], Some(3.0));
    assert!(warned(&later, "nobody files by").is_empty());
    let idle = good(read_set(&text, &["filing.one-tap.beta=3"]));
    assert_eq!(warned(&idle, "nobody files by `one-tap`").len(), 1);
    // Names that are not known, and currencies without a wage.
    let found = mistakes(read_set(&text, &["filing.field-dsk.beta=3"]));
    assert!(found.len() == 1 && found[0].help.contains("did you mean `field-desk`?"), "{found:?}");
    let yen = BASE.replace("KRW", "JPY");
    let found = mistakes(read_set(&yen, &["filing.one-tap.beta=3"]));
    assert!(found.len() == 1 && found[0].message.contains("no wage in JPY is known"), "{found:?}");
}

#[test]
fn korean_words_for_keys_are_understood() {
    for (line, help) in [
        ("한도 = 300_000", "the keys of the format are English: did you mean `cap` or `limit`?"),
        ("공제 = 20_000", "did you mean `deductible`?"),
        ("별명 = 3", "the keys of the format are English"),
    ] {
        let found = mistakes(read(&with("minimum = 1000", line)));
        assert!(found.len() == 1 && found[0].help.contains(help), "{found:?}");
        assert!(found[0].help.contains("stand in quotes"), "{found:?}");
    }
    // A heading holds names.
    let found = mistakes(read(&with("[cohorts.users]", "[cohorts.한도]")));
    assert!(found[0].help.contains("stand in quotes: \"한도\"") && !found[0].help.contains("English"), "{found:?}");
    for (from, to, key) in [
        ("minimum = 1000", "\"하한\" = 1000", "minimum"),
        ("cap = 2e6", "\"한도\" = 2e6", "cap"),
        ("filing = \"table\"", "\"신청\" = \"table\"", "filing"),
        ("size = 20_000", "\"인원\" = 20_000", "size"),
    ] {
        let found = mistakes(read(&with(from, to)));
        assert!(found.len() == 1 && found[0].help.contains(&format!("did you mean `{key}`?")), "{found:?}");
    }
}

#[test]
fn numbers_in_other_words_are_told_as_they_would_be_written() {
    let text = format!("{BASE}{DESK}");
    for (from, to, help) in [
        ("size = 20_000", "size = \"30만\"", "write 300_000"),
        ("size = 20_000", "size = \"1만 2천 명\"", "write 12_000"),
        ("hit = 0.9", "hit = \"40퍼센트\"", "write \"40 %\""),
        ("opens_after = \"14 d\"", "opens_after = 30", "\"30 d\" if days are"),
        ("opens_after = \"14 d\"", "opens_after = \"30일\"", "write \"30 d\""),
        ("wage = \"25000 KRW/h\"", "wage = \"25_000원/시간\"", "write \"25000 KRW/h\" or 25_000"),
        ("wage = \"25000 KRW/h\"", "wage = \"시간당 2만 5천 원\"", "write \"25000 KRW/h\" or 25_000"),
        ("fee = \"50000 KRW/month\"", "fee = \"월 5만원\"", "write \"50000 KRW/month\" or 50_000"),
    ] {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        let found = mistakes(read(&text.replacen(from, to, 1)));
        assert!(found.len() == 1 && found[0].help.contains(help), "{to}: {found:?}");
    }
}

#[test]
fn a_service_under_a_name_that_is_like_none_is_one_mistake() {
    let found = mistakes(read(&with("uses_per_day = { talk = 5.0 }", "uses_per_day = { \"정부이십사\" = 5.0 }")));
    assert!(found.len() == 1 && found[0].message.contains("`정부이십사`"), "{found:?}");
    assert!(found[0].help.contains("`talk`"), "{found:?}");
    // A service that is missing beside it is told.
    let two = with("services = [\"talk\"]\nregions", "services = [\"talk\", \"map\"]\nregions");
    let found = mistakes(read(&two.replace("{ talk = 5.0 }", "{ \"정부이십사\" = 5.0 }")));
    assert_eq!(found.len(), 3, "{found:?}");
    let found = mistakes(read(&two));
    assert!(found.len() == 1 && found[0].message.contains("how often `map` is used"), "{found:?}");
}

#[test]
fn people_without_a_service_where_they_live_are_told_of() {
    assert!(warned(&good(read(BASE)), "none of them can be hit").is_empty());
    let only_map = with("services = [\"talk\"]\nregions", "services = [\"map\"]\nregions");
    let only_map = only_map.replace("uses_per_day = { talk = 5.0 }", "uses_per_day = { map = 5.0 }");
    let found =
        warned(&good(read(&only_map.replace("services = [\"talk\"]\nhours", "hours"))), "none of them can be hit");
    assert!(found.len() == 1 && found[0].message.contains("`users` in `rest`"), "{found:?}");
    // Nobody lives there.
    let nobody = only_map.replace("seoul = 0.3, rest = 0.7", "seoul = 1, rest = 0");
    assert!(warned(&good(read(&nobody.replace("services = [\"talk\"]\nhours", "hours"))), "can be hit").is_empty());
}

#[test]
fn a_count_of_a_day_after_its_source_is_told_of() {
    let counted = |on: &str| format!("{BASE}\n[[observed]]\nvalue = 45_000\non = {on}\nsource = \"press\"\n");
    let found = warned(&good(read(&counted("2022-10-30"))), "after its source `press`");
    assert!(found.len() == 1 && found[0].help.contains("2022-10-16 or before"), "{found:?}");
    assert!(warned(&good(read(&counted("2022-10-16"))), "after its source").is_empty());
}

/// As many numbers without a source as `inputs.csv` has are told of.
#[test]
fn assumptions_are_all_told_of() {
    let more = "\n[[observed]]\nvalue = 45_000\non = 2022-10-16\nerror = \"5 %\"\n\
                [guidelines.lent]\nlibrary = \"good\"\n";
    for text in [BASE.to_string(), format!("{BASE}{DESK}"), format!("{BASE}{more}")] {
        let loaded = good(read(&text));
        let assumed = inputs(&loaded.scenario).iter().filter(|r| r.status == "assumed").count();
        for (lang, heading, lead) in [
            (Lang::En, "Assumptions: numbers without a source", "Besides, "),
            (Lang::Ko, "가정: 출처 없는 숫자", "이 밖에 출처 없는 숫자 "),
        ] {
            let told = show(&loaded, lang);
            let part = told.split(heading).nth(1).expect("the assumptions");
            let part =
                part.split("\nSources").next().and_then(|p| p.split("\n출처").next()).expect("before the sources");
            // The drafts' own follow, by draft, in fewer lines.
            let (before, own_terms) = part.split_once(lead.trim_end()).expect("the drafts' own");
            let listed = before.lines().filter(|l| l.starts_with("  - ")).count();
            assert!(own_terms.contains("\n  - guidelines.flat: "), "{own_terms}");
            let words = part.split_whitespace().collect::<Vec<_>>().join(" ");
            let behind = words.split(lead).nth(1).expect("the drafts' own");
            let own: usize =
                behind.chars().take_while(char::is_ascii_digit).collect::<String>().parse().expect("a number");
            assert_eq!(listed + own, assumed, "{told}");
            assert!(own > 0);
        }
    }
}

#[test]
fn burdens_by_parts_suits_and_vouchers_read_right() {
    let worth = "in_kind = { redemption = 0.36, unit_cost = 0.1, value = 0.7 }";
    let text = with("in_kind = { redemption = 0.36, unit_cost = 0.1 }", worth)
        .replace("burden = \"6000 KRW\"\n", "burden = { forms = 1, documents = 2 }\n");
    let court = "\n[courts.loss]\ntitle = \"Loss\"\nfor = [\"shops\"]\nsuing = { awareness = 0.03, burden = \"1 m KRW\", beta = 1.5 }\n\
                 instances = [ { win = 0.2, takes = \"300 d\" } ]\naward_share = 0.5\n";
    let loaded = good(parse(&format!("{text}{court}"), "small.toml", &Shelf, &[], None));
    let told = |lang| show(&loaded, lang).split_whitespace().collect::<Vec<_>>().join(" ");
    for (lang, words) in [
        (Lang::En, "an hour × hassle of (lognormal"),
        (Lang::En, "× (1 form of 15 min + 2 documents of 45 min), more at higher awards"),
        (Lang::En, "They sue: 3.0 % know that they can, half of these sue at an award of 1 m KRW"),
        (Lang::En, "for each unit used, and worth 0.7 to who uses it."),
        (Lang::Ko, "알고, 보상액이 ‘한 시간의 값"),
        (Lang::Ko, "× (1장의 신청서(15분) + 2가지 서류(45분))’일 때 그 절반이 신청하며"),
        (Lang::Ko, "3.0%가 소송할 수 있음을 알고, 받을 돈이 100만 원일 때 그 절반이 소송하며"),
        (Lang::Ko, "비용은 0.1, 쓰는 사람에게 갖는 값은 0.7이다."),
    ] {
        assert!(told(lang).contains(words), "{words}\n{}", told(lang));
    }
}
