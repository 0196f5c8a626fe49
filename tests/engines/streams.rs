//! Results do not depend on threads, nor worlds and hits on what else is in the scenario.

use std::sync::atomic::AtomicBool;

use redress::chance::law::Law;
use redress::chance::severity::Severity;
use redress::engine::outcome::{self, Block};
use redress::engine::run::{Engine, Event, Options, run};
use redress::model::Scenario;

use super::cases;
use crate::common::check::Check;
use crate::common::sample::{Samples, sample_group};
use crate::common::{Build, w2_pooled};

fn blocks(scenario: &Scenario, options: &Options) -> Vec<(bool, Block)> {
    let mut out = Vec::new();
    run(scenario, options, &AtomicBool::new(false), |event| {
        out.push(match event {
            Event::Block(b) => (false, b.clone()),
            Event::Twin(b) => (true, b.clone()),
        });
        Ok(())
    })
    .expect("the run ends");
    out
}

fn bits(x: &[f64]) -> Vec<u64> {
    x.iter().map(|v| v.to_bits()).collect()
}

fn assert_same(a: &[(bool, Block)], b: &[(bool, Block)], what: &str) {
    assert_eq!(a.len(), b.len(), "{what}");
    for ((twin, x), (other_twin, y)) in a.iter().zip(b) {
        assert_eq!((twin, x.first, x.replicates), (other_twin, y.first, y.replicates), "{what}");
        for (mine, theirs) in [
            (&x.worlds, &y.worlds),
            (&x.service_hours, &y.service_hours),
            (&x.common, &y.common),
            (&x.guided, &y.guided),
            (&x.pool_factor, &y.pool_factor),
        ] {
            assert_eq!(bits(mine), bits(theirs), "{what}, replicates from {}", x.first);
        }
    }
}

#[test]
fn one_two_and_eight_threads_give_the_same_bits() {
    let all = [
        ("w2", w2_pooled(4.5e9), Engine::Counts, 1_000),
        ("pools", cases::pools(), Engine::Counts, 1_000),
        ("hours", cases::hours(), Engine::Counts, 500),
        ("offers", cases::offers(), Engine::Individual, 300),
    ];
    for (name, b, engine, replicates) in all {
        let with = |threads| {
            let options = Options { seed: 5, replicates, engine, threads, twins: 200, ..Options::default() };
            blocks(&b.scenario, &options)
        };
        let one = with(1);
        for threads in [2, 8] {
            assert_same(&one, &with(threads), &format!("{name}, {threads} threads"));
        }
    }
}

/// A run of fewer replicates is the beginning of a longer one.
#[test]
fn replicates_do_not_depend_on_how_many_follow() {
    let b = cases::pools();
    let with = |replicates| blocks(&b.scenario, &Options { seed: 5, replicates, threads: 1, ..Options::default() });
    let few = with(128);
    assert_same(&few, &with(640)[..few.len()], "128 of 640 replicates");
}

/// The hours case, optionally with another cohort and guideline before and after the others.
fn hours(more: bool) -> (Build, usize) {
    let mut b = cases::hours();
    if more {
        let hit = b.constant(0.5);
        let c = b.cohort("newcomers", 500.0, hit, Some((9_000.0, Severity::Gamma { shape: 2.0 })));
        b.spread_over_regions(c);
        let (amount, filing) = (b.share(0.9, 0.0), b.logistic(0.9, 5_000.0, 1.0));
        let rule = b.filed(amount, filing, 0.8);
        b.rules("newcomer", vec![rule]);
        let last = b.scenario.guidelines.pop().expect("just pushed");
        b.scenario.guidelines.insert(0, last);
    }
    (b, usize::from(more))
}

#[test]
fn another_cohort_or_guideline_leaves_worlds_and_hits_as_they_are() {
    let options = Options { seed: 9, replicates: 4_000, ..Options::default() };
    let run_of = |more: bool, seed: u64| -> (Samples, usize) {
        let (b, shift) = hours(more);
        (sample_group(&b.scenario, &Options { seed, ..options }, 1), shift)
    };
    let (alone, _) = run_of(false, 9);
    let (joined, shift) = run_of(true, 9);
    for m in ["hit", "losers", "reports", "reports_no_money"] {
        assert_eq!(bits(alone.common(m)), bits(joined.common(m)), "{m}");
    }
    // Losses and payments keep their law (an independent seed makes the samples so).
    let (other, _) = run_of(true, 10);
    let mut check = Check::new("more guidelines");
    check.same_law("loss", alone.common("loss"), other.common("loss"));
    for g in 0..alone.guided.len() {
        for m in ["claims", "payout", "compensated"] {
            check.same_law(&format!("guideline {g}, {m}"), alone.of(g, m), other.of(g + shift, m));
        }
    }
    check.done();
}

/// Of a draft and its copy every number is the same, bit for bit: what tells two drafts apart is in them and is not chance.
#[test]
fn drafts_that_say_the_same_give_the_same() {
    let kakao = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/kakao-2022.toml");
    let kakao = redress::scenario::load(&kakao, &[]).expect("a shipped scenario").scenario;
    let cases = [
        ("kakao", kakao, Engine::Counts, 200),
        ("hours", cases::hours().scenario, Engine::Counts, 200),
        ("offers", cases::offers().scenario, Engine::Individual, 50),
    ];
    for (name, mut scenario, engine, replicates) in cases {
        let own = scenario.guidelines.len();
        for g in 0..own {
            let mut copy = scenario.guidelines[g].clone();
            copy.id = format!("{}-again", copy.id);
            scenario.guidelines.push(copy);
        }
        let drawn = sample_group(&scenario, &Options { seed: 4, replicates, engine, ..Options::default() }, 0);
        for (g, id) in scenario.guidelines[..own].iter().map(|g| &g.id).enumerate() {
            for m in outcome::GUIDED {
                assert_eq!(bits(drawn.of(g, m.name)), bits(drawn.of(own + g, m.name)), "{name}, {id}: {}", m.name);
            }
        }
    }
}

/// Quantities that stand before the others in the table leave these as they are.
#[test]
fn another_quantity_leaves_worlds_as_they_are() {
    let build = |more: bool| {
        let mut b = Build::new();
        if more {
            let hit = b.law("newcomers.hit", Law::Uniform { min: 0.1, max: 0.2 });
            b.cohort("newcomers", 500.0, hit, None);
        }
        let hit = b.law("people.hit", Law::Beta { a: 3.0, b: 5.0, min: 0.0, max: 1.0 });
        let size = b.law("people.size", Law::LogNormal { mu: 8.0, sigma: 0.5 });
        b.cohort_of("people", size, hit, None);
        b
    };
    let options = Options { seed: 9, replicates: 200, threads: 1, ..Options::default() };
    let worlds = |b: &Build, path: &str| -> Vec<u64> {
        let q = b.scenario.quantities.find(path).expect("a quantity").0 as usize;
        let n = b.scenario.quantities.list.len();
        blocks(&b.scenario, &options).iter().flat_map(|(_, x)| bits(&x.worlds)).skip(q).step_by(n).collect()
    };
    for path in ["people.hit", "people.size"] {
        assert_eq!(worlds(&build(false), path), worlds(&build(true), path), "{path}");
    }
}
