//! Procedures, courts and recoveries in the file: mistakes at their place, and the whole told in both languages.

use redress::model::Lang;
use redress::scenario::show;

use super::{BASE, good, mistakes, read, read_set};

/// A procedure, a legal issue and a bearing, put after the base; every guideline follows the procedure.
const AFTER: &str = r#"
[procedures.desk]
title = { en = "Desk", ko = "창구" }
order = "first-compensate"
advance = 0.5
recovered = 0.4
opens_after = "14 d"
window = "60 d"
arrival = { half_after = "5 d", publicity = [ { on = 2022-11-06, times = 2 } ] }
staff = [ { after = "0 d", people = 5 }, { after = "14 d", people = 20 } ]
wage = "25000 KRW/h"
late = { after = "30 d", interest_year = "5 %" }
appeal = { share = 0.2, upheld = 0.3, after = "30 d" }
gives_up = "4 %"
duplicates = { share = 0.02, detected = 0.9, work = "12 min" }

[courts.loss]
title = { en = "Loss", ko = "손해" }
suing = { rate = 0.001 }
instances = [ { win = 0.2, takes = "300 d" } ]
award_share = 0.5

[bearing]
cost_split = { partner = { en = "Data centre", ko = "데이터센터" }, share = "30 %" }
recourse = { win = 0.4, share = 0.25 }
insurance = { retention = "1 bn KRW", limit = "10 bn KRW" }
"#;

/// What is replaced in it, by what with `«` at the mistake, words of the message, words of the help.
const CASES: &[(&str, &str, &str, &str)] = &[
    ("\"first-compensate\"", "«\"pay-first\"", "`pay-first` is no order", "`verify-first`"),
    (
        "\"first-compensate\"\nadvance",
        "\"verify-first\"\nadvance = «0.5 #",
        "`advance` has no meaning",
        "first-compensate",
    ),
    ("window = \"60 d\"", "window = «\"0 d\"", "a time must be above 0", ""),
    ("opens_after = \"14 d\"", "opens_after = «\"1200 d\"", "a time must be at most 1096 d", ""),
    ("window = \"60 d\"", "window = «\"1200 d\"", "a time must be above 0 and at most 1096 d", ""),
    ("window = \"60 d\"", "windows = \"60 d\"", "unknown key `windows`", "did you mean `window`?"),
    ("on = 2022-11-06", "on = «2022-10-01", "before the outage", "from the outage on"),
    ("{ after = \"14 d\", people", "«{ after = \"0 d\", people", "not in the order in which they come", ""),
    ("\"25000 KRW/h\"", "«\"25000 KRW/week\"", "cannot be read", ""),
    ("\"5 %\"", "«5", "a share must be between 0 and 1", "5 %"),
    ("gives_up = \"4 %\"", "gives_up = «4", "a share must be between 0 and 1", "4 %"),
    ("share = 0.02, detected", "share = 0.02, detekted", "unknown key `detekted`", "did you mean `detected`?"),
    ("{ share = 0.02, detected = 0.9, work", "«{ detected = 0.9, work", "lacks `share`", "share = 0.02"),
    ("[ { win = 0.2, takes = \"300 d\" } ]", "«[]", "at least one instance", "win = 0.2"),
    ("{ win = 0.2, takes", "{ win = «1.2, takes", "a share must be between 0 and 1", ""),
    ("retention = \"1 bn KRW\", ", "", "lacks `retention`", "retention ="),
    ("cost_split = {", "cost_spilt = {", "unknown key `cost_spilt`", "did you mean `cost_split`?"),
    (
        "{ partner = { en = \"Data centre\", ko = \"데이터센터\" }, share",
        "«{ share",
        "lacks `partner`",
        "add `partner =",
    ),
    ("partner = { en = \"Data centre\", ko = \"데이터센터\" }", "partner = «\"\"", "this text is empty", "who bears"),
    ("{ en = \"Data centre\", ko = \"데이터센터\" }", "«3", "a text belongs here", "write"),
    (", share = \"30 %\" }", " }", "lacks `share`", "`share = 0.3`"),
    ("share = \"30 %\"", "share = «1.3", "a share must be between 0 and 1", ""),
];

fn text(after: &str) -> String {
    format!("{BASE}\n{after}")
}

#[test]
fn each_mistake_is_told_at_its_place() {
    for (from, to, message, help) in CASES {
        assert_eq!(AFTER.matches(from).count(), 1, "`{from}` must stand once");
        let wrong = text(&AFTER.replacen(from, to, 1));
        let found = mistakes(read(&wrong.replace('«', "")));
        let told =
            |m: &redress::scenario::Located| m.message.contains(message) && (help.is_empty() || m.help.contains(help));
        let hit = found.iter().find(|m| told(m)).unwrap_or_else(|| panic!("{to}: {found:#?}"));
        if let Some(at) = wrong.find('«') {
            let before = &wrong[..at];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            assert_eq!((hit.line, hit.column), (line, column), "{to}");
        }
    }
}

#[test]
fn a_rule_that_must_be_claimed_needs_a_procedure_that_takes_claims() {
    let bill = text("[procedures.bill]\nautomatic_after = \"45 d\"\n");
    let found = mistakes(read_set(&bill, &["guidelines.flat.procedure=\"bill\""]));
    assert!(
        found.iter().any(|m| m.message.contains("must be claimed, but the procedure `bill` takes no claims")),
        "{found:#?}"
    );
    let found = mistakes(read_set(&bill, &["guidelines.flat.procedure=\"bil\""]));
    assert!(found.iter().any(|m| m.message.contains("no procedure `bil`")), "{found:#?}");
}

/// Who files is one thing, what a claim takes another.
#[test]
fn another_take_up_keeps_the_work_on_a_claim() {
    let profile = "[filing.web-form]\ntitle = \"short web form\"\n";
    let worked = super::with(profile, &format!("{profile}review = \"10 min\"\neffort = \"20 min\"\n"));
    let variant = "[variants.flat-rate]\nset = { \"filing.web-form\" = { rate = 0.02, effort = \"5 min\" } }\n";
    let text = format!("{worked}\n{variant}");
    let of = |loaded: &redress::scenario::Loaded| {
        let rules = loaded.scenario.guidelines.iter().flat_map(|g| &g.rules);
        let effort = rules.map(|r| r.effort).find(|e| e.review_hours.is_some()).expect("work on a claim");
        let world = loaded.scenario.quantities.central();
        [effort.review_hours, effort.claimant_hours].map(|q| q.map(|q| (60.0 * q.of(&world)).round()))
    };
    let varied = redress::scenario::parse(&text, "small.toml", &super::Shelf, &[], Some("flat-rate"));
    assert_eq!(of(&good(varied)), [Some(10.0), Some(5.0)]);
    let set = good(read_set(&text, &["filing.web-form={ rate = 0.02 }"]));
    assert_eq!(of(&set), [Some(10.0), Some(20.0)]);
    assert!(good(read(&text)).scenario.variants.iter().any(|v| v.id == "flat-rate" && v.is_take_up()));
}

/// Another order leaves without a meaning what is paid before review; nobody can take it out of a file with `--set`.
#[test]
fn review_first_by_a_change_needs_no_other_change() {
    let order = |loaded: &redress::scenario::Loaded| loaded.scenario.aftermath.procedures[0].order.clone();
    let set = good(read_set(&text(AFTER), &["procedures.desk.order=verify-first"]));
    assert_eq!(order(&set), redress::model::procedure::Order::VerifyFirst);
    let variant = "[variants.careful]\nset = { \"procedures.desk.order\" = \"verify-first\" }\n";
    let varied = redress::scenario::parse(
        &format!("{}\n{variant}", text(AFTER)),
        "small.toml",
        &super::Shelf,
        &[],
        Some("careful"),
    );
    assert_eq!(order(&good(varied)), order(&set));
    // What is stated afterwards has no meaning there.
    let found =
        mistakes(read_set(&text(AFTER), &["procedures.desk.order=verify-first", "procedures.desk.advance=0.4"]));
    assert!(found.len() == 1 && found[0].message.contains("no meaning where review comes first"), "{found:?}");
    // The other way round what comes back must be said.
    let first = text(AFTER)
        .replace("order = \"first-compensate\"\nadvance = 0.5\nrecovered = 0.4\n", "order = \"verify-first\"\n");
    let found = mistakes(read_set(&first, &["procedures.desk.order=first-compensate"]));
    assert!(found.len() == 1 && found[0].message.contains("lacks `recovered`"), "{found:?}");
    good(read_set(&first, &["procedures.desk.order=first-compensate", "procedures.desk.recovered=0.5"]));
}

#[test]
fn publicity_on_a_day_that_changes_nothing_is_told() {
    let warned = |on: &str, more: &str| -> Vec<String> {
        let changed = text(AFTER).replace("on = 2022-11-06, times = 2", &format!("on = {on}, times = 2{more}"));
        let found = good(read_set(&changed, &["guidelines.flat.procedure=\"desk\""])).warnings.located();
        let told = found.iter().filter(|l| l.message.contains("publicity"));
        told.map(|l| format!("{}:{} {} / {}", l.file, l.line > 0, l.message, l.help)).collect()
    };
    // Claims are taken from the fourteenth day after 15 October on, for sixty days.
    for (on, more) in
        [("2022-10-29", ""), ("2022-12-27", ""), ("2022-10-26", ""), ("2022-10-15", ", fades_after = \"5 d\"")]
    {
        assert_eq!(warned(on, more), Vec::<String>::new(), "{on}");
    }
    for (on, why) in [("2022-12-28", "comes after the last day"), ("2022-10-15", "has faded before")] {
        let told = warned(on, "");
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains(why) && told[0].contains("from 2022-10-29 to 2022-12-27"), "{told:?}");
    }
}

#[test]
fn it_is_told_in_both_languages() {
    let loaded = good(read_set(&text(AFTER), &["guidelines.flat.procedure=\"desk\""]));
    let plain = |lang| show(&loaded, lang).split_whitespace().collect::<Vec<_>>().join(" ");
    let (en, ko) = (plain(Lang::En), plain(Lang::Ko));
    for words in [
        "Desk: Followed by:",
        "Claims open 14 d after the outage, for 60 d.",
        "Publicity moves people to day 22: 2 times as many as otherwise beside the other days",
        "First 50.0 % of the award is paid, then claims are reviewed; 40.0 % of what was paid without right comes back.",
        "20 from 14 d after the opening",
        "at 25,000 KRW an hour",
        "bears 5.0 % interest a year",
        "Of the refused 20.0 % appeal; 30.0 % of appeals are upheld",
        "Of those who wait for their money 4.0 % give up in a month.",
        "Of the claims 2.0 % come twice, at 12 min of work each; 90.0 % of these are found out",
        "Instance 1, 300 d: won with probability 20.0 %, for all or none",
        "A winner is awarded 50.0 % of the loss not made good.",
        "Data centre bears 30.0 % of the cost by agreement.",
        "Recourse succeeds with probability 40.0 % and brings 25.0 % of what is left of the cost",
        "Insurance pays 100 % of what exceeds 1 bn KRW, at most 10 bn KRW of it.",
    ] {
        assert!(en.contains(words), "{words}\n{en}");
    }
    for words in [
        "먼저 보상액의 50.0%를 주고 나중에 심사하며",
        "한 달에 4.0%가 포기한다",
        "신청의 2.0%는 두 번 들어온다(건당 작업 12분)",
        "1심(300일): 모두에게 승소 확률 20.0%",
        "비용 분담 합의: 데이터센터, 비용의 30.0% 부담.",
        "구상은 40.0%의 확률로 성공하여 남은 비용의 25.0%를 받는다",
        "10억 원 초과분 중 100억 원까지",
    ] {
        assert!(ko.contains(words), "{words}\n{ko}");
    }
}

/// What is not followed to the money costs less than what is: nobody should have to find that out.
#[test]
fn a_guideline_without_a_procedure_beside_procedures_is_warned_of() {
    let told = |text: &str, set: &[&str]| {
        let found = good(read_set(text, set)).warnings.located();
        found.into_iter().filter(|w| w.message.contains("has no procedure")).map(|w| w.help).collect::<Vec<_>>()
    };
    assert!(told(BASE, &[]).is_empty(), "where nothing is followed nothing is left out of a comparison");
    let after = format!("{BASE}\n{AFTER}");
    let all = told(&after, &[]);
    assert!(all.len() == 1 && all[0].contains("`desk`"), "only one has rules: {all:?}");
    assert!(told(&after, &["guidelines.flat.procedure=\"desk\""]).is_empty());
}
