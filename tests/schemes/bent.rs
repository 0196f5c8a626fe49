//! Rules without a schedule in the loss: drawn one by one, in law as the individual engine draws everybody.

use redress::engine::alone::one_by_one;
use redress::engine::expectation::Expectation;
use redress::engine::outcome::{COMMON, GUIDED};
use redress::engine::plan::{GRID_RATIO, Plan};
use redress::engine::run::{Engine, Options};
use redress::engine::scene::Stage;
use redress::model::{Lang, Scenario};
use redress::scenario::{Loaded, parse, show};

use super::One;
use crate::common::check::Check;
use crate::common::sample::{Samples, sample_group};

const SCHEME: &str = r#"
title = "Rounded losses"
currency = "KRW"

[facts]
loss = "money"

[steps]
whole = "floor(loss, 1_000 KRW)"

[[rules]]
id = "exact"
pays = "min(50% * loss, 60_000 KRW)"

[[rules]]
id = "nearly"
pays = "min(50% * floor(loss, 1 KRW), 60_000 KRW)"

[[rules]]
id = "thousands"
when = "whole > 5_000 KRW"
pays = "min(40% * whole, 50_000 KRW)"

[[rules]]
id = "square"
pays = "min(loss * (loss / 100_000 KRW), 80_000 KRW)"
"#;

/// A guideline of one rule.
fn guideline(id: &str, rule: &str, filing: &str, keys: &str) -> String {
    format!("[guidelines.{id}]\nscheme = \"rounded\"\nonly = [\"{rule}\"]\nfiling = \"{filing}\"\n{keys}\n")
}

fn load(guidelines: &str) -> Loaded {
    let text = format!(
        r#"
schema = 1
id = "rounded"
title = "Rounded"
currency = "KRW"
[outage]
start = 2022-10-15T10:00:00
[services.line]
title = "Line"
restored_after = "9 h"
[regions.north]
share = 0.4
[regions.south]
share = 0.6
[cohorts.people]
title = "People"
size = 2000
services = ["line"]
hit = 0.5
[cohorts.people.loss]
share = 0.6
damage = {{ rate = 40_000, elasticity = 0 }}
severity = {{ family = "gamma", cv = 1 }}
exaggerated = {{ share = 0.1, factor = 1.5, approval_factor = 0.7 }}
unfounded = {{ share = 0.05, approval_factor = 0.3 }}
[cohorts.others]
title = "Others"
size = 500
services = ["line"]
hit = 0.5
[filing.form]
title = "Form"
awareness = 0.8
burden = "12000 KRW"
beta = 1.2
[filing.all]
title = "All"
rate = 1
{guidelines}
"#
    );
    parse(&text, "case.toml", &One("rounded", SCHEME.into()), &[], None).unwrap_or_else(|e| panic!("{e}"))
}

fn drawn(scenario: &Scenario, engine: Engine, threads: usize, replicates: u64) -> Samples {
    sample_group(
        scenario,
        &Options { seed: 31 + u64::from(engine == Engine::Counts), replicates, engine, threads, ..Options::default() },
        0,
    )
}

/// A rounded loss, its square, a line beside them; pools foreseen and not. Levels as in `engines::agreement`.
#[test]
fn both_engines_draw_from_one_law() {
    let list = [
        guideline("thousands", "thousands", "form", "claim_cost = 500"),
        guideline("square", "square", "form", "pool = { amount = 3_500_000 }"),
        guideline("foreseen", "thousands", "form", "pool = { amount = 2_500_000, foreseen = true }"),
        guideline("exact", "exact", "form", ""),
    ];
    let scenario = load(&list.concat()).scenario;
    let (counts, people) = (drawn(&scenario, Engine::Counts, 2, 6_000), drawn(&scenario, Engine::Individual, 2, 6_000));
    let mut check = Check::new("bent");
    for m in COMMON {
        check.same_law(m.name, counts.common(m.name), people.common(m.name));
    }
    for (g, guideline) in scenario.guidelines.iter().enumerate() {
        for m in GUIDED.iter().filter(|m| (m.additive || m.name == "adequacy") && !m.timed) {
            let what = format!("{}.{}", guideline.id, m.name);
            check.same_law(&what, counts.of(g, m.name), people.of(g, m.name));
        }
        check.same_law(&format!("{}.gini", guideline.id), counts.of(g, "gini"), people.of(g, "gini"));
        check.same_law(&format!("{}.factor", guideline.id), &counts.factors[g], &people.factors[g]);
    }
    let binds = |g: usize| counts.factors[g].iter().filter(|f| **f < 1.0).count();
    check.that(binds(1) > 500 && binds(2) > 100, || format!("pools bind in {} and {} worlds", binds(1), binds(2)));
    check.done();
}

/// A loss rounded down to 1 KRW beside the loss itself: the same people, at most half a KRW less each, world by world; and
/// in law the line alone, which has a schedule.
#[test]
fn a_rule_rounded_to_nothing_is_the_line() {
    let exact = guideline("exact", "exact", "all", "");
    let both = load(&format!("{exact}{}", guideline("nearly", "nearly", "all", ""))).scenario;
    let bent = drawn(&both, Engine::Counts, 2, 4_000);
    for r in 0..4_000 {
        let less = bent.of(0, "payout")[r] - bent.of(1, "payout")[r];
        let most = 0.5 * bent.of(0, "approved")[r];
        assert!(less >= -1e-6 && less <= most && less > 0.0, "world {r}: {less} of {most}");
    }
    let line = load(&exact).scenario;
    let lines = sample_group(&line, &Options { seed: 77, replicates: 4_000, ..Options::default() }, 0);
    let mut check = Check::new("line");
    for m in ["claims", "approved", "payout", "covered", "compensated"] {
        check.same_law(m, bent.of(1, m), lines.of(0, m));
    }
    check.done();
}

#[test]
fn one_two_and_eight_threads_give_the_same_bits() {
    let list = [
        guideline("square", "square", "form", "pool = { amount = 3_500_000 }"),
        guideline("exact", "exact", "form", ""),
    ];
    let scenario = load(&list.concat()).scenario;
    let [one, two, eight] = [1, 2, 8].map(|threads| drawn(&scenario, Engine::Counts, threads, 300));
    for (g, _) in scenario.guidelines.iter().enumerate() {
        for m in GUIDED {
            let bits = |s: &Samples| s.of(g, m.name).iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            assert!(bits(&one) == bits(&two) && bits(&one) == bits(&eight), "{}", m.name);
        }
    }
}

#[test]
fn it_is_said_who_is_drawn_one_by_one_and_why() {
    let loaded = load(&guideline("rounded", "thousands", "form", ""));
    let warned = loaded.warnings.render(false);
    assert!(warned.contains("the rule `thousands` rounds the loss: `floor(loss, 1_000 KRW)`"), "{warned}");
    let told = show(&loaded, Lang::En).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("It rounds the loss (`floor(loss, 1_000 KRW)`): who claims a loss is drawn one by one."),
        "{told}"
    );
    let alone = one_by_one(&loaded.scenario);
    // 1,000 hit, 600 of them losers, 20 of the rest claim without a loss.
    assert!(alone.len() == 1 && alone[0].cohort == 0 && (alone[0].people - 620.0).abs() < 1e-6, "{alone:?}");
    let words = redress::output::terminal::one_by_one(&loaded.scenario, Lang::En);
    assert_eq!(
        words,
        ["Drawn one by one: People, about 620 people a world, because the rule thousands of rounded rounds the loss \
          (floor(loss, 1_000 KRW))."]
    );
    assert!(redress::output::terminal::one_by_one(&loaded.scenario, Lang::Ko)[0].starts_with("한 명씩 뽑음: People"));
    let square = load(&guideline("square", "square", "form", ""));
    assert!(square.warnings.render(false).contains("multiplies the loss by what depends on it"));
    assert!(one_by_one(&load(&guideline("exact", "exact", "form", "")).scenario).is_empty());
    let plan = Plan::new(&square.scenario, false, GRID_RATIO);
    let world = square.scenario.quantities.central();
    let expected = Expectation::new(&plan).of(Stage::new(&plan).set(0, &world));
    assert!(expected.guided(0, 0, "payout").is_none() && expected.common(0, "loss").is_some());
}
