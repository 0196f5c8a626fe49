//! Exceedance curves: how often a value is exceeded.

use super::ranks::ranks;
use super::summary::{quantile, tail_mean};
use super::{Estimate, Proportion};

/// Exceedance probabilities usually shown, as shares of the replicates.
pub const USUAL_PROBABILITIES: [f64; 13] = [0.99, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.01];

/// One point of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Probability of exceeding the value.
    pub probability: f64,
    /// 1 / probability, in trials (years where a replicate is a year).
    pub return_period: f64,
    /// The value exceeded with this probability, with its error and distribution-free 95 % interval.
    pub value: Estimate,
}

/// Points of the exceedance curve of an ascending sample at the given probabilities; those outside 0..1 are left out,
/// and so are all for an empty sample.
pub fn exceedance_curve(sorted: &[f64], probabilities: &[f64]) -> Vec<CurvePoint> {
    if sorted.is_empty() {
        return Vec::new();
    }
    let inside = probabilities.iter().copied().filter(|p| *p > 0.0 && *p < 1.0);
    let point = |probability: f64| CurvePoint {
        probability,
        return_period: 1.0 / probability,
        value: quantile(sorted, ranks(sorted.len(), 1.0 - probability)),
    };
    inside.map(point).collect()
}

/// Probability of exceeding `x`, from an ascending sample.
pub fn probability_above(sorted: &[f64], x: f64) -> Proportion {
    let above = sorted.len() - sorted.partition_point(|v| *v <= x);
    Proportion::wilson(above as f64, sorted.len() as f64)
}

/// Mean of what is as rare as `probability` or rarer, from an ascending sample: of the observations after the first
/// round((1 - probability) n), with the standard error of Manistre and Hancock (2005). NaN for an empty sample.
pub fn tail_beyond(sorted: &[f64], probability: f64) -> Estimate {
    if sorted.is_empty() {
        return Estimate { value: f64::NAN, se: f64::NAN, lo: f64::NAN, hi: f64::NAN };
    }
    tail_mean(sorted, 1.0 - probability)
}
