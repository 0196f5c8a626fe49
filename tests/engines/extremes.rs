//! Extremes are right, never silently wrong: nobody and everybody on earth, certainty, no time, tails without variance.

use redress::chance::law::Law;
use redress::chance::severity::Severity;
use redress::engine::expectation::Expectation;
use redress::engine::outcome::GUIDED;
use redress::engine::plan::{GRID_RATIO, Plan};
use redress::engine::run::{Engine, Options};
use redress::engine::scene::Stage;
use redress::engine::world::{WorldSampler, Worlds};
use redress::model::{MOST_PEOPLE, Scenario, Unit};
use redress::stats::Moments;

use super::cases::{self, constant_take_up};
use crate::common::Build;
use crate::common::check::Check;
use crate::common::sample::{Samples, sample};

/// A logistic share of the loss claimed, a flat sum for everybody, for `size` people each hit with a probability.
fn build(size: f64, hit: f64, severity: Severity) -> Build {
    let mut b = Build::new();
    let hit = b.constant(hit);
    b.cohort("people", size, hit, Some((50_000.0, severity)));
    let (amount, filing) = (b.share(0.5, 10_000.0), b.logistic(0.7, 20_000.0, 1.2));
    let rule = b.filed(amount, filing, 0.8);
    b.rules("claim", vec![rule]);
    let flat = b.flat(3_000.0);
    b.guideline("flat", flat);
    b
}

fn gamma() -> Severity {
    Severity::Gamma { shape: 2.0 }
}

fn run_of(scenario: &Scenario, engine: Engine, replicates: u64) -> Samples {
    let s = sample(scenario, &Options { seed: 3, replicates, engine, ..Options::default() });
    let guided = s.guided.iter().flat_map(|g| g.iter().zip(GUIDED)).filter(|(_, m)| !m.timed).map(|(x, _)| x);
    let mut all = s.common.iter().chain(guided).flatten();
    assert!(all.all(|x| x.is_finite() && *x >= 0.0), "a number is missing or negative");
    s
}

#[test]
fn nobody_and_nothing() {
    let still = |mut b: Build| {
        b.scenario.services[0].restoration.strata[0].hours = b.constant(0.0);
        b
    };
    let nobody = [build(0.0, 0.5, gamma()), build(1_000.0, 0.0, gamma()), still(build(1_000.0, 0.5, gamma()))];
    for b in nobody {
        for engine in [Engine::Counts, Engine::Individual] {
            let s = run_of(&b.scenario, engine, 50);
            let nothing = |x: &f64| *x == 0.0 || x.is_nan();
            assert!(s.common.iter().chain(s.guided.iter().flatten()).flatten().all(nothing));
        }
    }
}

#[test]
fn one_person_and_certainty() {
    for engine in [Engine::Counts, Engine::Individual] {
        let one = run_of(&build(1.0, 1.0, gamma()).scenario, engine, 4_000);
        assert!(one.common("hit").iter().all(|x| *x == 1.0));
        assert!(one.of(1, "payout").iter().all(|x| *x == 3_000.0));
        assert!(one.of(0, "claims").iter().all(|x| *x == 0.0 || *x == 1.0));
        let all = run_of(&build(500.0, 1.0, gamma()).scenario, engine, 50);
        assert!(all.of(1, "paid").iter().all(|x| *x == 500.0));
        assert!(all.of(1, "payout").iter().all(|x| *x == 1_500_000.0));
    }
    // One person: both engines draw him one way only, so the means agree with the closed form.
    let mut check = Check::new("one person");
    for engine in [Engine::Counts, Engine::Individual] {
        against_closed_form(&mut check, &build(1.0, 0.6, gamma()).scenario, engine, 20_000);
    }
    check.done();
}

#[test]
fn eight_billion_people() {
    let mut check = Check::new("eight billion");
    let mut b = build(8e9, 0.9, Severity::from_family_cv("lognormal", 10.0).expect("valid"));
    constant_take_up(&mut b, 0, 0.4);
    // Bands so far out that a few hundred people of eight billion are in them.
    for (id, from, to) in [("far", 2e8, 1e9), ("farther", 1e9, f64::INFINITY)] {
        b.counting(id, from, to);
    }
    against_closed_form(&mut check, &b.scenario, Engine::Counts, 10_000);
    let mut b = build(8e9, 1.0, gamma());
    constant_take_up(&mut b, 0, 1e-7);
    b.counting("near", 0.0, 2.0);
    against_closed_form(&mut check, &b.scenario, Engine::Counts, 10_000);
    check.done();
}

/// Means of losses with cv 10 against the closed form; at tail index 1.5 there is no variance, so quantiles of payout
/// and loss against sums drawn person by person.
/// A law without an end may give more people than can be counted: these worlds have the most that can, and no number of
/// theirs is wrong. Of this one 10^−2.4 = 0.4 % of the worlds do.
#[test]
fn more_people_than_can_be_counted_are_the_most_that_can() {
    const WORLDS: usize = 2_000;
    let law = Law::Pareto { alpha: 0.2, minimum: 1.0 };
    let mut b = build(1.0, 1.0, gamma());
    let size = b.law("size", law.clone());
    b.scenario.quantities.list[size.0 as usize].unit = Unit::Persons;
    b.scenario.cohorts[0].size = size;
    let worlds = WorldSampler::new(&b.scenario.quantities, 3, 0).expect("no correlations").draw(0, WORLDS);
    let sizes: Vec<f64> = worlds.chunks(b.scenario.quantities.list.len()).map(|w| w[size.0 as usize]).collect();
    let most = sizes.iter().filter(|x| **x == MOST_PEOPLE).count();
    assert!(sizes.iter().all(|x| (1.0..=MOST_PEOPLE).contains(x)) && (1..40).contains(&most), "{most}");
    // The others are what the law gives them.
    assert!(sizes.iter().any(|x| *x > 1e9 && *x < MOST_PEOPLE), "the tail itself stays");
    let s = run_of(&b.scenario, Engine::Counts, WORLDS as u64);
    let hit = s.common("hit");
    assert!(hit.iter().zip(&sizes).all(|(hit, size)| *hit == size.round()), "all are hit, to the last of them");
    // The same where the mean is asked for, which lies far out in the tail.
    b.scenario.quantities.list[size.0 as usize].law = Law::LogNormal { mu: 0.0, sigma: 8.0 };
    assert_eq!(b.scenario.quantities.central()[size.0 as usize], MOST_PEOPLE);
}

#[test]
fn heavy_tails_are_not_cut() {
    let mut check = Check::new("heavy tails");
    let b = build(20_000.0, 0.5, Severity::from_family_cv("lognormal", 10.0).expect("valid"));
    against_closed_form(&mut check, &b.scenario, Engine::Counts, 20_000);
    let scenario = build(4_000.0, 0.5, Severity::lomax(1.5).expect("valid")).scenario;
    let (counts, people) = (run_of(&scenario, Engine::Counts, 8_000), run_of(&scenario, Engine::Individual, 4_000));
    for m in ["payout", "compensated", "uncompensated"] {
        check.distribution(m, counts.of(0, m), people.of(0, m));
    }
    check.distribution("loss", counts.common("loss"), people.common("loss"));
    // The largest sums come from single losses: the upper tenth has the same law too.
    let tail = |x: &[f64]| {
        let mut x = x.to_vec();
        x.sort_unstable_by(f64::total_cmp);
        x.split_off(x.len() * 9 / 10)
    };
    check.distribution("highest losses", &tail(counts.common("loss")), &tail(people.common("loss")));
    check.done();
}

#[test]
fn infinite_moments_come_out_infinite() {
    let scenario = cases::heavy().scenario;
    let plan = Plan::new(&scenario, false, GRID_RATIO);
    let e = Expectation::new(&plan).of(Stage::new(&plan).set(0, &scenario.quantities.central()));
    let payout = e.guided(0, 1, "payout").expect("a measure");
    assert!(payout.mean.is_finite() && payout.variance == f64::INFINITY);
    let other = e.guided(0, 2, "payout").expect("a measure");
    assert!(other.mean.is_finite() && other.variance.is_finite());
    assert_eq!(e.common(0, "loss").expect("a measure").variance, f64::INFINITY);
    let claims = e.guided(1, 1, "claims").expect("a measure");
    assert!(claims.mean > 0.0 && claims.variance.is_finite());
}

fn against_closed_form(check: &mut Check, scenario: &Scenario, engine: Engine, replicates: u64) {
    let plan = Plan::new(scenario, false, GRID_RATIO);
    let e = Expectation::new(&plan).of(Stage::new(&plan).set(0, &scenario.quantities.central()));
    let s = run_of(scenario, engine, replicates);
    let mut compare = |what: &str, values: &[f64], expected: redress::engine::expectation::Moments| {
        let mean = Moments::of(values).mean().value;
        let sd = expected.variance.sqrt();
        assert!(mean.is_finite() && sd.is_finite());
        check.z(&format!("{engine:?} {what}"), mean, expected.mean, sd / (values.len() as f64).sqrt());
    };
    for m in ["hit", "loss"] {
        compare(m, s.common(m), e.common(0, m).expect("a measure"));
    }
    for (g, guideline) in scenario.guidelines.iter().enumerate() {
        for m in ["claims", "approved", "payout", "compensated"] {
            compare(&format!("{}.{m}", guideline.id), s.of(g, m), e.guided(g, 0, m).expect("a measure"));
        }
    }
}

/// With so many people the grid's own error, at most 2e-4 of a mean, is what is left where filing varies with the award.
#[test]
fn varying_take_up_of_eight_billion_people() {
    for severity in [gamma(), Severity::from_family_cv("lognormal", 10.0).expect("valid")] {
        let scenario = build(8e9, 1.0, severity).scenario;
        let plan = Plan::new(&scenario, false, GRID_RATIO);
        let e = Expectation::new(&plan).of(Stage::new(&plan).set(0, &scenario.quantities.central()));
        let s = run_of(&scenario, Engine::Counts, 1_000);
        for m in ["claims", "approved", "payout", "compensated"] {
            let (value, exact) = (Moments::of(s.of(0, m)).mean().value, e.guided(0, 0, m).expect("a measure").mean);
            assert!((value / exact - 1.0).abs() < 2e-4, "{m}: {value} against {exact}");
        }
    }
}

/// How many people there are to draw one by one, and how many of them are hit, is known before.
#[test]
fn people_to_be_drawn_are_counted_before() {
    let scenario = cases::few().scenario;
    let (people, hit) = redress::engine::individual::people(&scenario);
    let sizes: f64 = scenario.cohorts.iter().map(|c| c.size.of(&scenario.quantities.central())).sum();
    assert_eq!(people, sizes);
    let drawn = run_of(&scenario, Engine::Counts, 4_000);
    let mut check = Check::new("people");
    check.mean_is("hit", drawn.common("hit"), hit);
    check.done();
    assert!(hit > 0.0 && hit < people);
}
