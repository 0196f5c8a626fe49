//! Attributes of people as facts of a scheme: read, fed, drawn by both engines from one law; price levels.

use redress::engine::expectation::Expectation;
use redress::engine::outcome::{COMMON, GUIDED};
use redress::engine::plan::{GRID_RATIO, Plan};
use redress::engine::run::{Engine, Options};
use redress::engine::scene::Stage;
use redress::guideline::{Case, award, bands};
use redress::model::{Feed, Lang, Scenario};
use redress::scenario::{Loaded, inputs, parse, show};

use super::One;
use crate::common::check::Check;
use crate::common::sample::sample_group;

const SCHEME: &str = r#"
title = "A fare back"
currency = "KRW"

[facts]
fare = "money"
lines = { type = "number", above_zero = true }
business = { type = "yes or no", default = "no" }
loss = "money"

[[rules]]
id = "fare-back"
mode = "automatic"
pays = "min(25% * fare, 8_000 KRW)"

[[rules]]
id = "by-line"
when = "not business"
pays = "lines * 1_000 KRW"

[[rules]]
id = "dear"
when = "fare > 30_000 KRW and loss > 10_000 KRW"
pays = "min(50% * loss / lines, 40_000 KRW)"
"#;

const ATTRIBUTES: &str = r#"
[cohorts.taxi.attributes.fare]
type = "money"
title = "fare of the trip"
varies = { law = "lognormal", mean = 20_000, cv = 0.6, note = "fares" }
[cohorts.taxi.attributes.lines]
type = "number"
varies = { law = "discrete", values = [1, 2, 5], weights = [6, 3, 1] }
[cohorts.taxi.attributes.business]
type = "yes or no"
share = 0.2
"#;

fn text(attributes: &str, keys: &str) -> String {
    format!(
        r#"
schema = 1
id = "fares"
title = "Fares"
currency = "KRW"
[outage]
start = 2022-10-15T10:00:00
[services.line]
title = "Line"
restored_after = "9 h"
[cohorts.taxi]
title = "Taxi"
size = 2000
services = ["line"]
hit = 0.5
loss = {{ share = 0.6, damage = {{ rate = 30_000, elasticity = 0 }}, severity = {{ family = "gamma", cv = 1 }} }}
{attributes}
[cohorts.others]
title = "Others"
size = 100
services = ["line"]
hit = 0.5
[filing.form]
title = "Form"
awareness = 0.8
burden = "3000 KRW"
beta = 1.0
[filing.some]
title = "Some"
rate = 0.25
[guidelines.fares]
scheme = "fares"
filing = "form"
{keys}
[guidelines.half]
scheme = "fares"
filing = "some"
{keys}
"#
    )
}

fn load(attributes: &str, keys: &str) -> Result<Loaded, String> {
    parse(&text(attributes, keys), "case.toml", &One("fares", SCHEME.into()), &[], None).map_err(|e| e.to_string())
}

const TAXI: &str = "for = [\"taxi\"]\n";

fn scenario() -> Scenario {
    load(ATTRIBUTES, TAXI).expect("valid").scenario
}

/// Levels as in `engines::agreement`: 6.3e-5 each, about 100 checks.
#[test]
fn both_engines_draw_attributes_from_one_law() {
    let scenario = scenario();
    let [counts, people] = [(Engine::Counts, 21), (Engine::Individual, 22)].map(|(engine, seed)| {
        let options = Options { seed, replicates: 4_000, engine, threads: 2, ..Options::default() };
        sample_group(&scenario, &options, 0)
    });
    let mut check = Check::new("attributes");
    for m in COMMON {
        check.same_law(m.name, counts.common(m.name), people.common(m.name));
    }
    for (g, guideline) in scenario.guidelines.iter().enumerate() {
        for m in GUIDED.iter().filter(|m| (m.additive || m.name == "adequacy") && !m.timed) {
            let what = format!("{}.{}", guideline.id, m.name);
            check.same_law(&what, counts.of(g, m.name), people.of(g, m.name));
        }
    }
    check.done();
}

/// 1,000 people hit, a quarter of the four fifths who are no business file; they have 1.7 lines on average.
#[test]
fn the_expectation_of_a_discrete_attribute_is_exact() {
    let mut scenario = scenario();
    scenario.guidelines[1].rules.retain(|r| r.id == "by-line");
    let plan = Plan::new(&scenario, false, GRID_RATIO);
    let world = scenario.quantities.central();
    let expected = Expectation::new(&plan).of(Stage::new(&plan).set(0, &world));
    let payout = expected.guided(1, 0, "payout").expect("known");
    assert!((payout.mean - 1_000.0 * 0.25 * 0.8 * 1_700.0).abs() < 1e-6, "{}", payout.mean);
    // E[y²] of one of 2,000 people: ½ · ¼ · 0.8 · E[lines²] with E[lines²] = 0.6 + 1.2 + 2.5.
    let (first, second) = (0.1 * 1_700.0, 0.1 * 4.3e6);
    assert!((payout.variance / (2_000.0 * (second - first * first)) - 1.0).abs() < 1e-9);
}

#[test]
fn only_what_rules_look_at_is_cut() {
    let scenario = scenario();
    // Fares in 15 parts of two bands and the highest of one, cut at the bound of 30,000 and where a quarter of the fare is 8,000
    // as well; three values of lines, yes and no.
    assert_eq!(bands::combinations(&bands::axes(&scenario, 0)), (2 * 15 + 1) * 3 * 2);
    assert_eq!(bands::combinations(&bands::axes(&scenario, 1)), 1);
    let only = load(ATTRIBUTES, &format!("{TAXI}only = [\"by-line\"]")).expect("valid").scenario;
    assert_eq!(bands::combinations(&bands::axes(&only, 0)), 3 * 2);
}

#[test]
fn attributes_are_fed_by_name_and_by_expressions() {
    let pays = |s: &Scenario, attributes: &[f64]| {
        let world = s.quantities.central();
        let case =
            Case { loss: 20_000.0, indirect_share: 0.0, hours: 9.0, fee_month: 0.0, days_in_month: 31.0, attributes };
        let rules = &s.guidelines[0].rules;
        rules.iter().map(|r| award(r, &case, &world)).collect::<Vec<_>>()
    };
    let s = scenario();
    assert_eq!(pays(&s, &[20_000.0, 2.0, 0.0]), [5_000.0, 2_000.0, 0.0]);
    assert_eq!(pays(&s, &[40_000.0, 2.0, 1.0]), [8_000.0, 0.0, 5_000.0]);
    let trips = "[cohorts.taxi.attributes.trips]\ntype = \"number\"\nbands = [{ share = 0.5, value = 1 }, { share = 0.5, \
                 value = 4 }]\n[cohorts.taxi.attributes.lines]\ntype = \"number\"\nvalue = 3";
    let keys = format!("{TAXI}facts = {{ lines = \"lines\", fare = \"trips * 5_000 KRW\" }}");
    let s = load(trips, &keys).expect("valid").scenario;
    assert_eq!(pays(&s, &[4.0, 3.0]), [5_000.0, 3_000.0, 0.0]);
    let redress::model::Amount::Scheme(amount) = &s.guidelines[0].rules[0].amount else { unreachable!("a scheme") };
    assert!(amount.feeds.contains(&Feed::Attribute(0)));
}

#[test]
fn what_differs_is_told_and_listed() {
    let loaded = load(ATTRIBUTES, TAXI).expect("valid");
    let told = show(&loaded, Lang::En).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("`fare` (fare of the trip) differs from person to person: lognormal"), "{told}");
    assert!(told.contains("For 20.0 % of them `business` holds."), "{told}");
    assert!(show(&loaded, Lang::Ko).contains("`lines`: 사람마다 다르다"));
    let rows = inputs(&loaded.scenario);
    let row = rows.iter().find(|r| r.path == "cohorts.taxi.attributes.fare.varies").expect("listed");
    assert_eq!((row.unit.as_str(), row.note.as_str()), ("KRW", "mean; people differ by a law; fares"));
    let again = parse(&loaded.resolved, "resolved.toml", &redress::scenario::NoLibrary, &[], None).expect("valid");
    assert_eq!(again.scenario.guidelines, loaded.scenario.guidelines);
    assert_eq!(again.scenario.cohorts[0].attributes, loaded.scenario.cohorts[0].attributes);
}

#[test]
fn mistakes_are_said() {
    let told = |attributes: &str, keys: &str| match load(attributes, keys) {
        Ok(_) => String::new(),
        Err(e) => e,
    };
    let lacking = told(ATTRIBUTES, "");
    assert!(lacking.contains("looks at `fare`, which is not known of `others`"), "{lacking}");
    assert!(lacking.contains("add [cohorts.others.attributes.fare]"), "{lacking}");
    assert!(load(ATTRIBUTES, "partly = true").is_ok());
    let with = |text: &str| told(&format!("{ATTRIBUTES}\n[cohorts.taxi.attributes.{text}"), TAXI);
    assert!(with("a-b]\ntype = \"number\"\nvalue = 1").contains("cannot be used in an expression"));
    assert!(with("loss]\ntype = \"money\"\nvalue = 1").contains("every scenario knows `loss` already"));
    assert!(with("more]\ntype = \"numbr\"\nvalue = 1").contains("did you mean `number`?"));
    assert!(with("more]\ntype = \"number\"").contains("lacks `value`"));
    assert!(with("more]\ntype = \"number\"\nvalue = 1\nbands = []").contains("cannot stand together"));
    assert!(with("more]\ntype = \"number\"\nvalue = -1").contains("must be at least 0"));
    assert!(with("more]\ntype = \"number\"\nbands = [{ share = 0.5, value = 1 }]").contains("sum"));
    let law = "varies = { law = \"lognormal\", mean = 20, cv = 3 }";
    let many = format!(
        "[cohorts.taxi.attributes.fare]\ntype = \"money\"\n{law}\n[cohorts.taxi.attributes.lines]\ntype = \"number\"\n{law}\n\
         [cohorts.taxi.attributes.share]\ntype = \"share\"\nvaries = {{ law = \"beta\", mean = 0.5, cv = 0.3 }}"
    );
    let keys = format!("{TAXI}facts = {{ business = \"share * lines > 3\" }}");
    let most = told(&many, &keys);
    assert!(most.contains("differ in 58905 ways") && most.contains("at most 20000"), "{most}");
}
