//! Counts engine and individual engine: the same law of every measure, of differences between guidelines (the same
//! people meet each of them) and of the Gini index.
//!
//! Levels: |z| < 4 for means and standard deviations (6.3e-5 each), 1e-4 for each Kolmogorov-Smirnov test. All cases
//! together make about 1,700 checks, so chance alone would fail one seed in seven at most (Bonferroni); the seeds are
//! fixed, so a failure is a change.

use redress::engine::outcome::{COMMON, GUIDED, Groups};
use redress::engine::run::{Engine, Options};
use redress::model::Scenario;
use redress::stats::Moments;

use super::cases;
use crate::common::Build;
use crate::common::check::Check;
use crate::common::sample::{Samples, mean, sample_group};

/// Runs both engines; seeds differ, so that the samples are independent.
fn both(scenario: &Scenario, replicates: u64, group: usize) -> [Samples; 2] {
    [(Engine::Counts, 11), (Engine::Individual, 12)].map(|(engine, seed)| {
        let options = Options { seed, replicates, engine, threads: 1, ..Options::default() };
        sample_group(scenario, &options, group)
    })
}

/// Measures that the counts engine works out as expectations given the rest.
const EXPECTED: [&str; 2] = ["unaware", "deterred"];

fn differences(s: &Samples, g: usize, measure: &str) -> Vec<f64> {
    s.of(g, measure).iter().zip(s.of(g + 1, measure)).map(|(a, b)| a - b).collect()
}

fn agree_in(check: &mut Check, scenario: &Scenario, replicates: u64, group: usize) {
    agree_but_for(0.0, check, scenario, replicates, group);
}

/// The same, where the mean Gini index may differ by so many standard errors more: it is taken over other worlds in each
/// engine, and a law of losses that differs from world to world makes it differ too.
fn agree_but_for(gini_errors: f64, check: &mut Check, scenario: &Scenario, replicates: u64, group: usize) {
    let [counts, people] = both(scenario, replicates, group);
    for m in COMMON {
        check.same_law(m.name, counts.common(m.name), people.common(m.name));
    }
    for (g, guideline) in scenario.guidelines.iter().enumerate() {
        let what = |m: &str| format!("{}.{m}", guideline.id);
        for m in GUIDED.iter().filter(|m| (m.additive || m.name == "adequacy") && !m.timed) {
            if EXPECTED.contains(&m.name) {
                continue;
            }
            check.same_law(&what(m.name), counts.of(g, m.name), people.of(g, m.name));
        }
        // Who of those who did not file is aware of it is drawn person by person in one engine and expected in the other.
        for m in EXPECTED {
            check.same_mean(&what(m), counts.of(g, m), people.of(g, m));
        }
        let both = |s: &Samples| -> Vec<f64> {
            s.of(g, EXPECTED[0]).iter().zip(s.of(g, EXPECTED[1])).map(|(a, b)| a + b).collect()
        };
        check.same_law(&what("unaware or deterred"), &both(&counts), &both(&people));
        let (a, b) = (mean(counts.of(g, "gini")), mean(people.of(g, "gini")));
        let [x, y] = [&counts, &people].map(|s| Moments::of(s.of(g, "gini")).mean().se);
        let bound = 0.004 + if gini_errors > 0.0 { gini_errors * x.hypot(y) } else { 0.0 };
        check.that((a - b).abs() < bound, || format!("{}: {a} against {b}", what("gini")));
        check.same_law(&what("pool factor"), &counts.factors[g], &people.factors[g]);
        if g + 1 < scenario.guidelines.len() {
            for m in ["approved", "payout", "compensated"] {
                let name = format!("{m} of {} less the next", guideline.id);
                check.same_law(&name, &differences(&counts, g, m), &differences(&people, g, m));
            }
        }
    }
}

fn agree(name: &str, build: Build, replicates: u64) {
    let mut check = Check::new(name);
    agree_in(&mut check, &build.scenario, replicates, 0);
    check.done();
}

#[test]
fn on_flat_sums_bands_deductible_and_cap() {
    agree("bands", cases::bands(), 6_000);
}

#[test]
fn where_few_are_hit() {
    agree("few", cases::few(), 20_000);
}

#[test]
fn on_bands_of_a_few_people() {
    agree("sparse", cases::sparse(), 4_000);
}

#[test]
fn on_every_take_up_curve() {
    agree("filing", cases::filing(), 4_000);
}

#[test]
fn on_several_offers_of_one_guideline() {
    agree("offers", cases::offers(), 5_000);
}

/// The last guidelines only: the others are there to fill the sets.
#[test]
fn on_more_offers_than_a_set_of_bits_holds() {
    let scenario = cases::crowd().scenario;
    let [counts, people] = both(&scenario, 600, 0);
    let mut check = Check::new("crowd");
    for g in scenario.guidelines.len() - 4..scenario.guidelines.len() {
        for m in ["claims", "approved", "paid", "payout", "covered", "compensated"] {
            let what = format!("{}.{m}", scenario.guidelines[g].id);
            check.same_law(&what, counts.of(g, m), people.of(g, m));
        }
    }
    check.done();
}

#[test]
fn on_exaggerated_and_unfounded_claims_and_bystanders() {
    agree("kinds", cases::kinds(), 5_000);
}

#[test]
fn on_losses_whose_spread_is_uncertain() {
    let mut check = Check::new("uncertain");
    agree_but_for(4.0, &mut check, &cases::uncertain().scenario, 5_000, 0);
    check.done();
}

#[test]
fn on_losses_of_groups_of_which_nobody_knows_size_mean_and_spread() {
    let mut check = Check::new("mixed");
    agree_but_for(4.0, &mut check, &cases::mixed().scenario, 2_000, 0);
    check.done();
}

#[test]
fn on_use_by_hour_that_is_uncertain() {
    let scenario = cases::habits().scenario;
    let mut check = Check::new("habits");
    for group in [0, Groups::of(&scenario).leaf(0, 1)] {
        agree_but_for(4.0, &mut check, &scenario, 3_000, group);
    }
    check.done();
}

#[test]
fn on_fees_in_bands_and_by_law() {
    agree("fees", cases::fees(), 5_000);
}

#[test]
fn on_pools_foreseen_and_not() {
    agree("pools", cases::pools(), 5_000);
}

#[test]
fn on_losses_with_atoms() {
    agree("atoms", cases::atoms(), 5_000);
}

#[test]
fn on_regions_strata_use_and_reports() {
    let scenario = cases::hours().scenario;
    let mut check = Check::new("hours");
    let leaf = Groups::of(&scenario).leaf(0, 1);
    for group in [0, leaf] {
        agree_in(&mut check, &scenario, 3_000, group);
    }
    check.done();
}

/// No variance, so no standard error: only distributions, and means of logarithms.
#[test]
fn on_losses_without_a_variance() {
    let scenario = cases::heavy().scenario;
    let [counts, people] = both(&scenario, 6_000, 0);
    let mut check = Check::new("heavy");
    let logs = |x: &[f64]| -> Vec<f64> { x.iter().map(|v| v.ln_1p()).collect() };
    check.same_law("ln loss", &logs(counts.common("loss")), &logs(people.common("loss")));
    for g in 0..scenario.guidelines.len() {
        for m in ["claims", "approved", "payout", "covered", "compensated"] {
            let what = format!("ln {}.{m}", scenario.guidelines[g].id);
            check.same_law(&what, &logs(counts.of(g, m)), &logs(people.of(g, m)));
        }
        let (a, b) = (mean(counts.of(g, "gini")), mean(people.of(g, "gini")));
        check.that((a - b).abs() < 0.004, || format!("gini: {a} against {b}"));
    }
    check.done();
}
