//! Schemes as guidelines of a scenario: facts fed, money converted, versions by date, two roads to one award.

use redress::chance::stream::Stream;
use redress::guideline::{Case, award, compile};
use redress::model::{Feed, Lang, Scenario};
use redress::scenario::{inputs, parse};

use super::One;

const SCHEME: &str = r#"
title = "A made-up scheme"
currency = "EUR"

[facts]
fee_month = "money"
late_days = "number"
loss = "money"
class = { type = ["consumer", "business"], default = "consumer" }

[steps]
daily = "5 EUR"
above = "max(loss - 20 EUR, 0 EUR)"

[[rules]]
id = "by-day"
mode = "automatic"
when = "late_days > 2"
pays = "(late_days - 2) * max(daily, 10% * fee_month)"

[[rules]]
id = "proven"
when = "loss >= 30 EUR"
pays = "min(match class { \"consumer\" => 50%, else => 25% } * above, 400 EUR)"

[[rules]]
id = "letter"
gives = "\"a letter\""

[[versions]]
id = "old"
from = 2015-01-01

[[versions]]
id = "new"
from = 2020-01-01
steps = { daily = "8 EUR" }

[[cases]]
given = { fee_month = "20 EUR", late_days = 3 }
expect = { by-day = "8 EUR" }
kind = "derived"
"#;

/// A scenario that applies it; `keys`: further keys of the guideline.
/// A scenario in KRW with a guideline that applies the scheme `made-up`.
pub(super) fn text(keys: &str, start: &str) -> String {
    format!(
        r#"
schema = 1
id = "applied"
title = "Applied"
currency = "KRW"
[outage]
start = {start}
[services.line]
title = "Line"
restored_after = "90 h"
[cohorts.people]
title = "People"
size = 1000
services = ["line"]
hit = "100 %"
fee_month = 60_000
loss = {{ share = 0.5, damage = {{ rate = 1_000, elasticity = 1 }}, severity = {{ family = "lognormal", cv = 1 }} }}
[filing.form]
title = "Form"
rate = 0.5
[guidelines.none]
title = "None"
rules = []
[guidelines.applied]
scheme = "made-up"
filing = "form"
{keys}
"#
    )
}

const KEYS: &str = "rate = 1_400\nfacts = { late_days = \"begun(outage, 24 h)\" }";

fn scenario(keys: &str, start: &str) -> Result<Scenario, String> {
    let library = One("made-up", SCHEME.into());
    parse(&text(keys, start), "applied.toml", &library, &[], None).map(|l| l.scenario).map_err(|e| e.to_string())
}

fn case(loss: f64) -> Case<'static> {
    Case { loss, indirect_share: 0.0, hours: 90.0, fee_month: 60_000.0, days_in_month: 31.0, attributes: &[] }
}

#[test]
fn facts_are_fed_money_is_converted_and_the_version_goes_by_the_date() {
    for (start, daily) in [("2018-10-15T10:00:00", 5.0), ("2022-10-15T10:00:00", 8.0)] {
        let s = scenario(KEYS, start).expect("valid");
        let world = s.quantities.central();
        let rules = &s.guidelines[1].rules;
        assert_eq!(rules.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["by-day", "proven"]);
        // Four days begun, two of them paid; 60,000 KRW are 42.86 EUR, a tenth of it 4.29.
        assert!((award(&rules[0], &case(0.0), &world) - 2.0 * daily * 1_400.0).abs() < 1e-6, "{start}");
        // 140,000 KRW are 100 EUR: half of what is above 20.
        assert!((award(&rules[1], &case(140_000.0), &world) - 40.0 * 1_400.0).abs() < 1e-6);
        assert_eq!(award(&rules[1], &case(41_999.0), &world), 0.0);
        assert!(award(&rules[1], &case(42_000.0), &world) > 0.0);
    }
}

#[test]
fn a_named_version_and_a_fact_as_a_value_or_a_law() {
    let keys = "rate = 1_400\nversion = \"old\"\nfacts = { late_days = 5, class = \"business\" }\nonly = [\"proven\"]";
    let s = scenario(keys, "2022-10-15T10:00:00").expect("valid");
    let rules = &s.guidelines[1].rules;
    assert_eq!(rules.len(), 1);
    assert!((award(&rules[0], &case(140_000.0), &s.quantities.central()) - 20.0 * 1_400.0).abs() < 1e-6);
    let keys = "rate = 1_400\nfacts = { late_days = { law = \"uniform\", min = 3, max = 5 } }";
    let s = scenario(keys, "2022-10-15T10:00:00").expect("valid");
    let redress::model::Amount::Scheme(amount) = &s.guidelines[1].rules[0].amount else {
        unreachable!("a rule of a scheme")
    };
    assert!(amount.feeds.iter().any(|f| matches!(f, Feed::Quantity(_))));
    assert!(s.quantities.find("guidelines.applied.facts.late_days").is_some());
}

/// Money of another currency than the scenario's has none of its units, but says which it is.
#[test]
fn money_of_a_scheme_in_another_currency_says_so() {
    let facts = "facts = { late_days = 4, fee_month = { value = 20, note = \"a bill\" } }";
    let s = scenario(&format!("rate = 1_400\n{facts}"), "2022-10-15T10:00:00").expect("valid");
    let row = inputs(&s).into_iter().find(|r| r.path == "guidelines.applied.facts.fee_month").expect("listed");
    assert_eq!((row.unit.as_str(), row.note.as_str()), ("1", "in EUR; a bill"));
}

/// Sums and bounds of the scheme move with rate × price level; a share of a person's own money stays what it was.
#[test]
fn a_price_level_moves_the_scheme_s_own_sums_only() {
    let scheme =
        |keys: &str| scenario(&format!("rate = 1_000\n{keys}\n{}", "facts = { late_days = 4 }"), "2022-10-15T10:00:00");
    let (plain, adjusted) = (scheme("").expect("valid"), scheme("price_level = 0.75").expect("valid"));
    let pays =
        |s: &Scenario, rule: usize, case: &Case| award(&s.guidelines[1].rules[rule], case, &s.quantities.central());
    // 8 EUR a day: 8,000 KRW, adjusted 6,000; a tenth of a high fee is a tenth of it.
    let dear = Case { fee_month: 200_000.0, ..case(0.0) };
    for (s, daily) in [(&plain, 8_000.0), (&adjusted, 6_000.0)] {
        assert!((pays(s, 0, &case(0.0)) - 2.0 * daily).abs() < 1e-6);
        assert!((pays(s, 0, &dear) - 2.0 * 20_000.0).abs() < 1e-6);
    }
    // From 30 EUR on, half of what is above 20, at most 400.
    for (s, euro) in [(&plain, 1_000.0), (&adjusted, 750.0)] {
        assert_eq!(pays(s, 1, &case(29.9 * euro)), 0.0);
        assert!((pays(s, 1, &case(30.0 * euro)) - 5.0 * euro).abs() < 1e-6);
        assert!((pays(s, 1, &case(1e9)) - 400.0 * euro).abs() < 1e-6);
    }
}

/// The scenario in another money, at the rate that goes with it: the same awards in that money.
#[test]
fn another_unit_of_money_changes_nothing_but_the_unit() {
    let keys = |rate: f64| format!("rate = {rate}\nprice_level = 0.75\nfacts = {{ late_days = 4 }}");
    let [won, thousands] = [1_400.0, 1.4].map(|r| scenario(&keys(r), "2022-10-15T10:00:00").expect("valid"));
    let mut stream = Stream::named(8, 0, "test", "losses");
    stream.at(0);
    for (a, b) in won.guidelines[1].rules.iter().zip(&thousands.guidelines[1].rules) {
        for _ in 0..500 {
            let one = Case { fee_month: 1e5 * stream.uniform(), ..case(1e6 * stream.uniform()) };
            let other = Case { fee_month: one.fee_month / 1e3, loss: one.loss / 1e3, ..one };
            let (x, y) = (award(a, &one, &won.quantities.central()), award(b, &other, &thousands.quantities.central()));
            assert!((x - 1e3 * y).abs() <= 1e-9 * (1.0 + x), "{}: {x} against {y}", a.id);
        }
    }
}

#[test]
fn the_schedule_is_the_award_at_every_loss() {
    let s = scenario(KEYS, "2022-10-15T10:00:00").expect("valid");
    let world = s.quantities.central();
    let mut stream = Stream::named(7, 0, "test", "losses");
    stream.at(0);
    for rule in &s.guidelines[1].rules {
        let schedule = compile(rule, &case(0.0), &world);
        for _ in 0..2000 {
            let loss = 2e6 * stream.uniform() * stream.uniform();
            let (a, b) = (schedule.at(loss), award(rule, &case(loss), &world));
            assert!((a - b).abs() <= 1e-7 * (1.0 + b), "{} at {loss}: {a} against {b}", rule.id);
        }
    }
}

#[test]
fn what_is_missing_or_wrong_is_said() {
    let told = |keys: &str| scenario(keys, "2022-10-15T10:00:00").expect_err("a mistake");
    assert!(told("facts = { late_days = 3 }").contains("this scheme is in EUR, the scenario in KRW"));
    let missing = told("rate = 1_400");
    assert!(missing.contains("needs to know late_days") && missing.contains("add facts = { late_days = "), "{missing}");
    assert!(told("rate = 1_400\nfacts = { late_dayz = 3 }").contains("did you mean `late_days`?"));
    assert!(told("rate = 1_400\nfacts = { late_days = \"outage\" }").contains("a plain number belongs here"));
    assert!(told("rate = 1_400\nversion = \"newer\"\nfacts = { late_days = 3 }").contains("no version `newer`"));
    assert!(told("rate = 1_400\nfacts = { late_days = 3 }\nonly = [\"by-dai\"]").contains("by-day"));
}

#[test]
fn it_is_told_at_what_rate_and_whether_price_levels_count() {
    let told = |keys: &str, lang| {
        let keys = format!("rate = 1_400\n{keys}\nfacts = {{ late_days = 4 }}");
        let loaded =
            parse(&text(&keys, "2022-10-15T10:00:00"), "applied.toml", &One("made-up", SCHEME.into()), &[], None)
                .expect("valid");
        let words = redress::scenario::show(&loaded, lang);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (en, ko) = (Lang::En, Lang::Ko);
    assert!(told("", en).contains("converted at 1,400 KRW for one EUR, not adjusted for price levels."));
    assert!(told("", ko).contains("물가 수준은 반영하지 않는다."));
    let adjusted = told("price_level = 0.75", en);
    assert!(
        adjusted.contains("a price level of 0.75: one EUR there is to people what 1,050 KRW are here."),
        "{adjusted}"
    );
    assert!(told("price_level = 0.75", ko).contains("그곳의 1 EUR는 이곳의 1,050 KRW와 같다"));
}

/// The resolved text alone gives the same scenario.
#[test]
fn the_resolved_text_carries_the_scheme() {
    let library = One("made-up", SCHEME.into());
    let first = parse(&text(KEYS, "2022-10-15T10:00:00"), "applied.toml", &library, &[], None).expect("valid");
    let again = parse(&first.resolved, "resolved.toml", &redress::scenario::NoLibrary, &[], None);
    let again = again.unwrap_or_else(|e| panic!("{e}\n{}", first.resolved));
    assert_eq!(first.scenario.guidelines, again.scenario.guidelines);
    assert_eq!(first.resolved, again.resolved);
}
