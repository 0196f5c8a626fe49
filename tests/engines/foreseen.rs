//! A pool that people foresee, with a deductible, where the factor is known by hand.

use redress::chance::severity::Severity;
use redress::engine::plan::{Plan, grid_ratio};
use redress::engine::run::{Engine, Options};
use redress::engine::scene::Stage;
use redress::model::{Pool, Scenario};
use redress::stats::Moments;

use crate::common::Build;
use crate::common::check::Check;
use crate::common::sample::sample;

/// 200,000 people who lose 100,000 on average (lognormal, cv 0.5) may claim what exceeds 200,000, from a pool of 100 m.
fn deductible() -> Scenario {
    let mut b = Build::new();
    let all = b.constant(1.0);
    let severity = Severity::from_family_cv("lognormal", 0.5).expect("valid severity");
    b.cohort("people", 200_000.0, all, Some((100_000.0, severity)));
    let (amount, filing) = (b.share(1.0, 200_000.0), b.logistic(0.6, 10_000.0, 2.05));
    let claimed = b.filed(amount, filing, 1.0);
    b.rules("foreseen", vec![claimed]);
    b.scenario.guidelines[0].pool = Some(Pool { amount: b.constant(100e6), foreseen: true });
    b.scenario
}

/// With f(a) = 0.6 ÷ (1 + (10,000 ÷ a)^2.05) and X lognormal, E(π) = 200,000 E[f(π (X − 200,000)) (X − 200,000); X >
/// 200,000] by the midpoint rule on 200,000 points: π E(π) = 100 m at π = 0.472664, E = 211.567 m, 3,123.72 claims.
const FACTOR: f64 = 0.472664;
const CLAIMS: f64 = 3_123.72;

#[test]
fn the_factor_that_people_foresee_is_that_of_the_law() {
    let scenario = deductible();
    let plan = Plan::new(&scenario, false, grid_ratio(&scenario));
    let world = scenario.quantities.central();
    let mut stage = Stage::new(&plan);
    let factor = stage.set(0, &world).foreseen.pools[0];
    assert!((factor / FACTOR - 1.0).abs() < 5e-4, "{factor}");
}

/// Both engines: |z| < 4, 6.3e-5.
#[test]
fn as_many_claim_as_do_at_that_factor() {
    let scenario = deductible();
    let claims = |engine, replicates| {
        let options = Options { seed: 17, replicates, engine, threads: 2, ..Options::default() };
        Moments::of(sample(&scenario, &options).of(0, "claims")).mean()
    };
    let mut check = Check::new("claims on a pool that people foresee");
    let each = claims(Engine::Individual, 40);
    check.z("claims", each.value, CLAIMS, each.se);
    let counts = claims(Engine::Counts, 400);
    check.z("claims that are counted", counts.value, CLAIMS, counts.se);
    check.done();
}
