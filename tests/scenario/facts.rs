//! Facts that a scenario states for a scheme: whatever form they have they hold, and what cannot be is refused.

use redress::model::{Amount, Feed};
use redress::scenario::{Folder, LoadError, Loaded, Located, inputs, parse};

use super::{good, mistakes};

/// With the schemes that are shipped.
fn read(text: &str) -> Result<Loaded, LoadError> {
    parse(text, "small.toml", &Folder("nowhere".into()), &[], None)
}

/// A scenario that applies a scheme of the library with some keys.
fn applying(keys: &str) -> String {
    format!(
        r#"schema = 1
id = "facts"
title = "Facts"
currency = "KRW"
[outage]
start = 2022-10-15T15:30:00
[services.pay]
restored_after = "5 h"
[cohorts.shops]
title = "Shops"
size = 20_000
services = ["pay"]
hit = 0.9
fee_month = 30000
loss = {{ share = 0.6, damage = {{ rate = 15_000, elasticity = 0.8 }}, severity = "none" }}
[guidelines.none]
title = "Nobody"
rules = []
[guidelines.merchants]
scheme = "kr-kt-2018-merchants"
filing = "automatic"
{keys}
"#
    )
}

fn stating(facts: &str) -> String {
    applying(&format!("facts = {{ {facts} }}"))
}

/// The one mistake of these facts.
fn one(facts: &str) -> Located {
    let found = mistakes(read(&stating(facts)));
    assert_eq!(found.len(), 1, "{facts}: {found:#?}");
    found[0].clone()
}

/// What is told as assumed.
fn assumed(text: &str) -> String {
    let warnings = good(read(text)).warnings.located();
    warnings.into_iter().filter(|w| w.message.contains("are assumed")).map(|w| w.message).collect()
}

#[test]
fn a_fact_stated_as_a_table_holds_before_what_a_simulation_takes() {
    for fact in [
        "days_down = 8",
        "days_down = { value = 8 }",
        "days_down = { value = 8, note = \"counted\" }",
        "days_down = { law = \"uniform\", min = 7, max = 9 }",
    ] {
        assert!(!assumed(&stating(fact)).contains("days"), "{fact}");
        let s = good(read(&stating(fact))).scenario;
        assert_eq!(inputs(&s).iter().filter(|r| r.path == "guidelines.merchants.facts.days_down").count(), 1, "{fact}");
        let Amount::Scheme(scheme) = &s.guidelines[1].rules[0].amount else { panic!("a scheme") };
        // A plain value is worked out and gone.
        let feed = scheme.version.find("days_down").map(|at| &scheme.feeds[at]);
        assert_eq!(matches!(feed, Some(Feed::Quantity(_))), fact.contains('{'), "{fact}: {feed:?}");
    }
    // What every scenario knows can be stated otherwise for a scheme that only works with it.
    let told = assumed(&stating("outage = \"100 h\""));
    assert!(!told.contains("days"), "{told}");
    let s = good(read(&stating("outage = \"100 h\""))).scenario;
    let Amount::Scheme(scheme) = &s.guidelines[1].rules[0].amount else { panic!("a scheme") };
    let looks_at_hours = scheme.feeds.contains(&Feed::Outage);
    assert!(!looks_at_hours, "{:?}", scheme.feeds);
}

#[test]
fn a_word_for_a_yes_or_no_is_told_how_to_say_it() {
    let found = one("suffered = \"maybe\"");
    assert!(found.message.contains("no fact, parameter or step `maybe`"), "{found:?}");
    assert!(found.help.starts_with("write suffered = \"yes\" or suffered = \"no\""), "{found:?}");
    // Of an expression with another slip what it lacks is told alone.
    let found = one("suffered = \"outge > 3 h\"");
    assert!(!found.help.contains("yes") && found.help.contains("did you mean `outage`?"), "{found:?}");
}

#[test]
fn the_last_word_on_a_fact_holds() {
    let ruled = |first: &str, second: &str| {
        applying(&format!(
            "facts = {{ {first} }}\nrules = [ {{ id = \"merchant-sum\", for = [\"shops\"], facts = {{ {second} }} }} ]"
        ))
    };
    for (first, second) in
        [("days_down = 8", "days_down = { value = 2 }"), ("days_down = { value = 8 }", "days_down = 2")]
    {
        let s = good(read(&ruled(first, second))).scenario;
        let Amount::Scheme(scheme) = &s.guidelines[1].rules[0].amount else { panic!("a scheme") };
        let table = second.contains('{');
        let stated = scheme.feeds.iter().any(|f| matches!(f, Feed::Quantity(_)));
        assert_eq!(stated, table, "{first}, then {second}: {:?}", scheme.feeds);
    }
}

#[test]
fn what_no_number_can_be_is_refused() {
    for (fact, what, help) in [
        (
            "suffered = { value = 1 }",
            "`suffered` is a yes or no, and no number",
            "suffered = \"yes\" or suffered = \"no\"",
        ),
        ("trade = { value = 3 }", "`trade` is a word", "\"restaurant\""),
        ("trade = { law = \"uniform\", min = 0, max = 1 }", "no law can be that", "trade = \"listed wholesale"),
        ("claimed_on = { value = 3 }", "`claimed_on` is a date", "claimed_on = 2022-10-15"),
    ] {
        let found = one(fact);
        assert!(found.message.contains(what) && found.help.contains(help), "{fact}: {found:?}");
    }
    assert!(read(&stating("claimed_on = 2022-10-20, suffered = \"no\", trade = \"restaurant\"")).is_ok());
    let lists = stating("line_down = { value = 3 }").replace("kr-kt-2018-merchants", "kr-kt-2018-subscribers");
    assert!(read(&lists).is_err());
}

#[test]
fn facts_below_zero_are_refused_in_every_form() {
    for (fact, what) in [
        ("sales = \"-5 KRW\"", "an amount of money must be at least 0"),
        ("sales = \"0 KRW - 5 KRW\"", "an amount of money must be at least 0"),
        ("sales = { value = \"-5 KRW\" }", "an amount of money must be at least 0"),
        ("outage = \"-5 h\"", "a time must be at least 0"),
        ("fee_month = \"-5 KRW\"", "an amount of money must be at least 0"),
        ("month = \"0 h\"", "a time must be above 0"),
        ("days_down = -4", "a number must be at least 0"),
        ("days_down = { value = -4 }", "a number must be at least 0"),
        ("days_down = { law = \"uniform\", min = -1, max = 3 }", "goes down to -1"),
        ("sales = \"10000000000000000000000000000000 KRW\"", "cannot be this large"),
    ] {
        let found = one(fact);
        assert!(found.message.contains(what) && !found.help.is_empty(), "{fact}: {found:?}");
    }
}

/// A plan that grants a share of the loss.
fn sharing(facts: &str) -> String {
    let rule = format!("rules = [ {{ id = \"merchant-cash\", for = [\"shops\"], facts = {{ {facts} }} }} ]");
    applying(&rule).replace("kr-kt-2018-merchants", "kr-kakao-2022-plan")
}

#[test]
fn shares_lie_between_nothing_and_all() {
    let granted = "granted = \"max(50_000 KRW, review_share * loss)\"";
    for (fact, help) in [
        ("review_share = 30", "if 30 percent are meant, write \"30 %\""),
        ("review_share = { value = 30 }", "if 30 percent are meant, write \"30 %\""),
        ("review_share = { law = \"uniform\", min = 0.5, max = 1.5 }", "laws that stay inside"),
        ("review_share = -0.1", "write a share: 0.36"),
    ] {
        let found = mistakes(read(&sharing(&format!("{granted}, {fact}"))));
        assert!(found.len() == 1 && found[0].message.contains("a share must be between 0 and 1"), "{fact}: {found:#?}");
        assert!(found[0].help.contains(help), "{fact}: {found:?}");
    }
    assert!(read(&sharing(&format!("{granted}, review_share = {{ value = \"30 %\" }}"))).is_ok());
}

#[test]
fn facts_may_stand_before_those_they_need() {
    let granted = "granted = \"max(50_000 KRW, review_share * loss)\"";
    for facts in [
        format!("{granted}, review_share = 0.2"),
        format!("review_share = 0.2, {granted}"),
        format!("{granted}, review_share = \"20%\""),
    ] {
        if let Err(e) = read(&sharing(&facts)) {
            panic!("{facts}: {e}");
        }
    }
    // What a simulation takes for another fact can be named.
    assert!(read(&stating("sales = \"days_down * 1_000_000 KRW\"")).is_ok());
}

#[test]
fn sums_are_written_as_everywhere_in_the_file() {
    let value = |fact: &str| {
        let s = good(read(&stating(fact))).scenario;
        inputs(&s).into_iter().find(|r| r.path == "guidelines.merchants.facts.sales").map(|r| r.value_or_law)
    };
    assert_eq!(value("sales = \"10 bn KRW\""), value("sales = \"10_000_000_000 KRW\""));
    assert!(value("sales = \"0.5 m KRW\"").is_some());
    assert!(read(&stating("sales = \"2 * fee_month\"")).is_ok());
    for (fact, what, help) in [
        ("sales = \"300 m USD\"", "`300 m USD` is money in USD; the scheme is in KRW", "in the scheme's currency"),
        ("sales = \"5 USD\"", "is money in USD", "KRW"),
        ("sales = 300_000_000", "without a currency", "add the currency: \"300_000_000 KRW\""),
        ("sales = \"20 m\"", "the currency is missing", "write \"20_000_000 KRW\""),
        ("sales = \"3억 원\"", "cannot be read", "write \"300_000_000 KRW\""),
        ("sales = \"300,000 KRW\"", "without commas", "write \"300_000 KRW\""),
        ("outage = 5", "`5` is a time without a unit", "\"5 h\" if hours are meant"),
    ] {
        let found = one(fact);
        assert!(found.message.contains(what) && found.help.contains(help), "{fact}: {found:?}");
    }
}

#[test]
fn whom_a_scheme_is_for_is_checked() {
    for (keys, what, help) in [
        ("for = [\"shops\", \"userz\"]", "`userz` is neither a cohort nor a tag", "there are `shops`"),
        ("for = [\"shop\"]", "`shop` is neither a cohort nor a tag", "did you mean `shops`?"),
        ("for = []", "no cohort of this scenario is meant", "leave `for` out"),
    ] {
        let found = mistakes(read(&applying(keys)));
        assert!(found.len() == 1 && found[0].message.contains(what), "{keys}: {found:#?}");
        assert!(found[0].help.contains(help), "{keys}: {found:?}");
    }
}

#[test]
fn a_rate_between_a_currency_and_itself_is_one() {
    for keys in ["rate = 1_000", "rate = { value = 2 }", "rate = { law = \"uniform\", min = 1, max = 2 }"] {
        let found = mistakes(read(&applying(keys)));
        assert!(found.len() == 1 && found[0].message.contains("is in KRW already"), "{keys}: {found:#?}");
        assert!(found[0].help.contains("leave `rate` out"), "{found:?}");
    }
    assert!(read(&applying("rate = 1")).is_ok() && read(&applying("price_level = 0.8")).is_ok());
    let set = ["guidelines.merchants.rate=1000".to_string()];
    let set = parse(&applying(""), "small.toml", &Folder("nowhere".into()), &set, None);
    assert!(mistakes(set)[0].message.contains("is in KRW already"));
}
