//! The closed-form expectation against both engines: means and variances in a given world.
//!
//! |z| < 4 (6.3e-5) for means and standard deviations; about 2,000 checks in all.

use redress::engine::expectation::{COMMON, Expectation, GUIDED, Moments};
use redress::engine::outcome::Groups;
use redress::engine::plan::{GRID_RATIO, Plan};
use redress::engine::run::{Engine, Options};
use redress::engine::scene::Stage;
use redress::model::{Hit, Scenario, WeekProfile};
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

pub fn all_in(name: &str, scenario: Scenario, [counts, people]: [u64; 2]) {
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

/// A scenario whose quantities at these paths have these values.
fn at(mut scenario: Scenario, values: &[(&str, f64)]) -> Scenario {
    for (path, value) in values {
        let q = scenario.quantities.find(path).expect("listed");
        scenario.quantities.list[q.0 as usize].law = redress::chance::law::Law::Constant(*value);
    }
    scenario
}

/// What is expected to be paid in the first guideline.
fn expected_payout(scenario: &Scenario) -> Moments {
    let plan = Plan::new(scenario, false, GRID_RATIO);
    let world = scenario.quantities.central();
    let expected = Expectation::new(&plan).of(Stage::new(&plan).set(0, &world));
    expected.guided(0, 0, "payout").expect("known")
}

/// The same for each combination of several numbers: the last of them changes fastest.
#[test]
fn holds_for_each_law_of_a_mixture_whose_numbers_are_uncertain() {
    let paths =
        ["mixture.2.weight", "mixture.2.mean", "mixture.1.cv"].map(|p| format!("cohorts.people.loss.severity.{p}"));
    let mut payouts = Vec::new();
    for (law, [weight, mean, cv]) in [(0, [0.15, 4.0, 0.6]), (3, [0.1, 6.0, 2.4]), (10, [0.45, 11.0, 1.2])] {
        let values = [(paths[0].as_str(), weight), (&paths[1], mean), (&paths[2], cv)];
        let scenario = at(cases::mixed().scenario, &values);
        let mut plain = scenario.clone();
        let loss = plain.cohorts[0].loss.as_mut().expect("has a loss");
        loss.severity = loss.severities.take().expect("uncertain").laws[law].clone();
        let (one, other) = (expected_payout(&scenario), expected_payout(&plain));
        assert_eq!((one.mean, one.variance), (other.mean, other.variance), "{law}");
        payouts.push(one.variance);
        all_in(&format!("mixed, law {law}"), scenario, [4_000, 1_000]);
    }
    payouts.sort_by(f64::total_cmp);
    assert!(payouts.windows(2).all(|w| w[0] * 1.02 < w[1]), "the laws can be told apart: {payouts:?}");
}

/// In each world people are hit by the profile of its weights, as if it were the only one.
#[test]
fn holds_for_uncertain_weights_of_use() {
    let mut hit = Vec::new();
    for [night, evening, saturday] in [[0.0, 0.5, 0.2], [4.0, 11.0, 3.0]] {
        let values = [
            ("profiles.default.day.2", night),
            ("profiles.default.day.20", evening),
            ("profiles.default.week.6", saturday),
        ];
        let scenario = at(cases::habits().scenario, &values);
        let mut plain = scenario.clone();
        let Hit::Use { profile, weights, .. } = &mut plain.cohorts[0].hit else { panic!("hit by use") };
        let (mut day, mut week) = ([1.0; 24], [1.0; 7]);
        (day[1], day[19], week[5]) = (night, evening, saturday);
        *profile = WeekProfile::from_day_and_week(&day, &week).expect("a profile");
        *weights = None;
        let (one, other) = (expected_payout(&scenario), expected_payout(&plain));
        assert_eq!((one.mean, one.variance), (other.mean, other.variance));
        let world = scenario.quantities.central();
        let plan = Plan::new(&scenario, false, GRID_RATIO);
        let expected = Expectation::new(&plan).of(Stage::new(&plan).set(0, &world));
        hit.push(expected.common(0, "hit").expect("known").mean);
        all_in("habits", scenario, [4_000, 3_000]);
    }
    assert!(hit[0] * 1.02 < hit[1], "when they use it matters: {hit:?}");
}

/// In a world whose parameter lies in a stretch all engines take the law of that stretch, as if it were the only one.
#[test]
fn holds_for_each_law_that_losses_may_have() {
    let mut payouts = Vec::new();
    for (k, value) in [(0, 0.5), (1, 1.3), (3, 4.0)] {
        let scenario = at(cases::uncertain().scenario, &[("cohorts.people.loss.severity.cv", value)]);
        let mut plain = scenario.clone();
        let loss = plain.cohorts[0].loss.as_mut().expect("has a loss");
        loss.severity = loss.severities.take().expect("uncertain").laws[k].clone();
        let (one, other) = (expected_payout(&scenario), expected_payout(&plain));
        assert_eq!((one.mean, one.variance), (other.mean, other.variance), "{value}");
        payouts.push(one.variance);
        all_in(&format!("uncertain at {value}"), scenario, [4_000, 3_000]);
    }
    // More spread, more chance: an engine that takes the wrong law is found by its standard deviation.
    assert!(payouts[0] * 1.5 < payouts[1] && payouts[1] * 1.5 < payouts[2], "{payouts:?}");
}
