//! Workload W2 in plain Rust: what the engine is measured against, and a yardstick of the machine.

use std::ops::Range;

use rand_distr::{Beta, Binomial, Distribution, Gamma, LogNormal};
use redress::chance::stream::Stream;

/// Pool of the fourth guideline.
pub const POOL: f64 = 20e9;
/// People, filing probability, mean loss and cv of the workload's cohorts; the second is gamma, the others lognormal.
pub const COHORTS: [(f64, f64, f64, f64); 3] =
    [(43e6, 0.002, 8_000.0, 3.0), (250e3, 0.25, 120_000.0, 0.8), (1.75e6, 0.05, 5_000.0, 1.0)];

/// Sampler of one loss.
pub fn loss(cohort: usize, mean: f64, cv: f64) -> Box<dyn Fn(&mut Stream) -> f64> {
    let square: f64 = (1.0 + cv * cv).ln();
    if cohort == 1 {
        let gamma = Gamma::new(1.0 / (cv * cv), mean * cv * cv).expect("valid");
        return Box::new(move |rng| gamma.sample(rng));
    }
    let lognormal = LogNormal::new(mean.ln() - square / 2.0, square.sqrt()).expect("valid");
    Box::new(move |rng| lognormal.sample(rng))
}

/// Some replicates of W2 the plain way, a count and then that many losses, each under four guidelines. Returns the sum of
/// all that is paid.
pub fn w2_claim_by_claim(replicates: Range<u64>) -> f64 {
    let mut rng = Stream::named(1, 0, "bench", "plain");
    let mut sum = 0.0;
    for r in replicates {
        rng.at(r);
        let mut paid = [0.0; 4];
        for (c, (size, p, mean, cv)) in COHORTS.into_iter().enumerate() {
            let chance = Beta::new(200.0 * p, 200.0 * (1.0 - p)).expect("valid").sample(&mut rng);
            let claims = Binomial::new(size as u64, chance).expect("valid").sample(&mut rng);
            let draw = loss(c, mean, cv);
            for _ in 0..claims {
                let x = draw(&mut rng);
                paid[0] += 5_000.0;
                paid[1] += match x {
                    x if x <= 300_000.0 => 30_000.0,
                    x if x <= 500_000.0 => 50_000.0,
                    x => (0.1 * x).min(2e6),
                };
                paid[2] += (x - 10_000.0).clamp(0.0, 1e6);
                paid[3] += 0.5 * x;
            }
        }
        sum += paid[0] + paid[1] + paid[2] + paid[3].min(POOL);
    }
    sum
}
