//! Laws of awareness, burden and β as a scenario draws them, what they make of the share who file, and their centre.
//!
//! The fit of all evidence together draws each way to claim towards what the others say, by as much as studies differ. That
//! is right for how far a new study may be off, but its middle then misses the very shares that a default is named after.
//! So the middle of burden and awareness is moved, spread and β as they are, until the median share meets the evidence on
//! just this way to claim and this notice: the published shares are themselves medians of many cases or single cases.

use super::{POINTS, Range, logistic, logit, points, range};
use crate::chance::special::{beta_inv, normal_quantile};
use crate::model::ladder::Rung;

/// Laws of a profile, in hours of wage. The three numbers are drawn independently.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Laws {
    /// Mean and coefficient of variation of awareness, which has a beta law.
    pub awareness: (f64, f64),
    /// Mean and spread of the logarithm of the burden.
    pub burden: (f64, f64),
    /// Mean and spread of the logarithm of β.
    pub beta: (f64, f64),
}

/// Awareness, β and logarithm of the burden in worlds spread evenly.
#[derive(Clone, Debug)]
pub struct Shares(Vec<[f64; 3]>);

impl Laws {
    /// Worlds from the laws.
    pub fn shares(&self) -> Shares {
        let (mean, cv) = self.awareness;
        let total = ((1.0 - mean) / (mean * cv * cv) - 1.0).max(1e-9);
        let (yes, no) = (mean * total, (1.0 - mean) * total);
        let normal = |(middle, spread): (f64, f64), u: f64| middle + spread * normal_quantile(u);
        // A quantile of the beta law takes long: equal parts of it stand for all that fall into them.
        let middle = |part: usize| (part as f64 + 0.5) / PARTS as f64;
        let aware: Vec<f64> =
            (0..PARTS).map(|part| if cv > 0.0 { beta_inv(yes, no, middle(part)) } else { mean }).collect();
        let part = |u: f64| aware[((u * PARTS as f64) as usize).min(PARTS - 1)];
        let world = |u: Vec<f64>| [part(u[2]), libm::exp(normal(self.beta, u[0])), normal(self.burden, u[1])];
        Shares(points(3, POINTS).map(world).collect())
    }
}

impl Shares {
    /// Share who file at a value in hours.
    pub fn at(&self, hours: f64) -> Range {
        let value = libm::log(hours);
        range(self.0.iter().map(|[aware, beta, burden]| aware * logistic(beta * (value - burden))).collect())
    }
}

/// Laws with these middles and this covariance of ln β, ln burden and logit of awareness.
pub fn of(middle: [f64; 3], spread: &[f64; 9]) -> Laws {
    let shares: Vec<f64> =
        points(1, POINTS).map(|u| logistic(middle[2] + spread[8].sqrt() * normal_quantile(u[0]))).collect();
    let mean = shares.iter().sum::<f64>() / POINTS as f64;
    let variance = shares.iter().map(|a| (a - mean).powi(2)).sum::<f64>() / POINTS as f64;
    let laws = |i: usize| (middle[i], spread[i * 3 + i].sqrt());
    Laws { awareness: (mean, variance.sqrt() / mean), burden: laws(1), beta: laws(0) }
}

/// The same with burden and awareness moved, each in proportion to how uncertain it is, to where the median share is nearest
/// to the rungs on the logit scale, weighed by their errors. Without rungs nothing moves.
pub fn centred(mut middle: [f64; 3], spread: &[f64; 9], rungs: &[&Rung]) -> Laws {
    for _ in 0..MOST_STEPS {
        let laws = of(middle, spread);
        let worlds = laws.shares();
        let beta = libm::exp(middle[0]);
        // Normal equations of the step, held back by what is known of burden and awareness.
        let (mut bb, mut ba, mut aa) = (1.0 / spread[4], 0.0, 1.0 / spread[8]);
        let (mut b, mut a) = (0.0, 0.0);
        for rung in rungs {
            let (aware, file) = (logistic(middle[2]), logistic(beta * (libm::log(rung.hours) - middle[1])));
            let by_burden = -beta * (1.0 - file) / (1.0 - aware * file);
            let by_aware = (1.0 - aware) / (1.0 - aware * file);
            let off = logit(rung.share) - logit(worlds.at(rung.hours).middle);
            let weight = 1.0 / (rung.sd * rung.sd);
            bb += weight * by_burden * by_burden;
            ba += weight * by_burden * by_aware;
            aa += weight * by_aware * by_aware;
            b += weight * by_burden * off;
            a += weight * by_aware * off;
        }
        let whole = bb * aa - ba * ba;
        let step = ((aa * b - ba * a) / whole, (bb * a - ba * b) / whole);
        middle[1] += step.0;
        middle[2] += step.1;
        if step.0.abs().max(step.1.abs()) < SMALL {
            break;
        }
    }
    of(middle, spread)
}

/// Equal parts of the law of awareness.
const PARTS: usize = 512;
/// Steps of the search at most; a dozen are usual.
const MOST_STEPS: usize = 100;
/// A step that no longer matters: a ten-thousandth of the odds.
const SMALL: f64 = 1e-4;
