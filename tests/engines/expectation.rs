//! The closed-form expectation against both engines: means and variances in a given world.
//!
//! |z| < 4 (6.3e-5) for means and standard deviations; about 2,000 checks in all.

use redress::engine::expectation::{COMMON, Expectation, GUIDED, Moments};
use redress::engine::outcome::Groups;
use redress::engine::plan::{GRID_RATIO, Plan};
use redress::engine::run::{Engine, Options};
use redress::engine::scene::Stage;
use redress::model::Scenario;
use redress::stats;

use super::cases;
use crate::common::check::Check;
use crate::common::sample::{Samples, sample_group};

/// The scenario with every quantity fixed at its central value: one world.
fn fixed(mut scenario: Scenario) -> Scenario {
    let world = scenario.quantities.central();
    for (q, x) in scenario.quantities.list.iter_mut().zip(world) {
        q.law = redress::chance::law::Law::Constant(x);
    }
    scenario
}

fn against(check: &mut Check, what: &str, sample: &[f64], expected: Moments) {
    let m = stats::Moments::of(sample);
    let (mean, sd) = (m.mean(), m.sd());
    let exact = expected.variance.sqrt();
    check.that(mean.value.is_finite() && expected.mean.is_finite(), || format!("{what}: not finite"));
    if exact.is_finite() {
        check.z(&format!("{what}, mean"), mean.value, expected.mean, exact / m.n.sqrt());
        if exact > 1e-9 * expected.mean {
            check.z(&format!("{what}, sd"), sd.value, exact, sd.se);
        }
    }
}

fn compare(check: &mut Check, scenario: &Scenario, engine: Engine, replicates: u64, group: usize) {
    let plan = Plan::new(scenario, false, GRID_RATIO);
    let world = scenario.quantities.central();
    let expected = Expectation::new(&plan).of(Stage::new(&plan).set(0, &world));
    let options = Options { seed: 61, replicates, engine, inequality: false, threads: 1, ..Options::default() };
    let s: Samples = sample_group(scenario, &options, group);
    for m in COMMON {
        against(check, m, s.common(m), expected.common(group, m).expect("known"));
    }
    for (g, guideline) in scenario.guidelines.iter().enumerate() {
        // After a pool only people's counts are as before. That it binds is for the closed form to say as well, or a pool
        // that never does would pass.
        let limited = expected.pooled(g);
        let payout = expected.guided(g, 0, "payout").expect("known").mean;
        let must_bind = limited.is_some_and(|l| l.mean < payout * (1.0 - 1e-3));
        let bound = must_bind || s.factors[g].iter().any(|f| *f < 1.0);
        for m in GUIDED {
            if !bound || !["payout", "cost", "compensated"].contains(&m) {
                against(
                    check,
                    &format!("{}.{m}", guideline.id),
                    s.of(g, m),
                    expected.guided(g, group, m).expect("known"),
                );
            }
        }
        if let (true, Some(limited)) = (bound && group == 0, limited) {
            against(check, &format!("{}.payout after the pool", guideline.id), s.of(g, "payout"), limited);
        }
    }
}

fn all_in(name: &str, scenario: Scenario, [counts, people]: [u64; 2]) {
    let scenario = fixed(scenario);
    for (engine, replicates) in [(Engine::Counts, counts), (Engine::Individual, people)] {
        let mut check = Check::new(&format!("{name}, {engine:?}"));
        compare(&mut check, &scenario, engine, replicates, 0);
        if Groups::of(&scenario).list.len() > 3 {
            for group in [3, Groups::of(&scenario).leaf(0, 1)] {
                compare(&mut check, &scenario, engine, replicates / 2, group);
            }
        }
        check.done();
    }
}

#[test]
fn holds_for_bands_and_few_people() {
    all_in("bands", cases::bands().scenario, [40_000, 2_000]);
    all_in("few", cases::few().scenario, [20_000, 20_000]);
}

#[test]
fn holds_for_every_take_up_curve() {
    all_in("filing", cases::filing().scenario, [40_000, 3_000]);
}

#[test]
fn holds_for_several_offers() {
    all_in("offers", cases::offers().scenario, [40_000, 3_000]);
}

#[test]
fn holds_for_kinds_of_claims() {
    all_in("kinds", cases::kinds().scenario, [40_000, 3_000]);
}

#[test]
fn holds_for_fees() {
    all_in("fees", cases::fees().scenario, [20_000, 3_000]);
}

#[test]
fn holds_for_hours_and_regions() {
    all_in("hours", cases::hours().scenario, [10_000, 3_000]);
}

#[test]
fn holds_for_pools() {
    all_in("pools", cases::pools().scenario, [40_000, 3_000]);
}

#[test]
fn holds_for_atoms() {
    all_in("atoms", cases::atoms().scenario, [20_000, 3_000]);
}

/// In a world whose parameter lies in a stretch all engines take the law of that stretch, as if it were the only one.
#[test]
fn holds_for_each_law_that_losses_may_have() {
    let mut payouts = Vec::new();
    for (k, value) in [(0, 0.5), (1, 1.3), (3, 4.0)] {
        let mut scenario = cases::uncertain().scenario;
        let q = scenario.quantities.find("cohorts.people.loss.severity.cv").expect("listed");
        scenario.quantities.list[q.0 as usize].law = redress::chance::law::Law::Constant(value);
        let mut plain = scenario.clone();
        let loss = plain.cohorts[0].loss.as_mut().expect("has a loss");
        loss.severity = loss.severities.take().expect("uncertain").laws[k].clone();
        let payout = |scenario: &Scenario| {
            let plan = Plan::new(scenario, false, GRID_RATIO);
            let world = scenario.quantities.central();
            let expected = Expectation::new(&plan).of(Stage::new(&plan).set(0, &world));
            expected.guided(0, 0, "payout").expect("known")
        };
        let (one, other) = (payout(&scenario), payout(&plain));
        assert_eq!((one.mean, one.variance), (other.mean, other.variance), "{value}");
        payouts.push(one.variance);
        all_in(&format!("uncertain at {value}"), scenario, [4_000, 3_000]);
    }
    // More spread, more chance: an engine that takes the wrong law is found by its standard deviation.
    assert!(payouts[0] * 1.5 < payouts[1] && payouts[1] * 1.5 < payouts[2], "{payouts:?}");
}
