//! Two series from the same worlds compared world by world.

use super::moments::Moments;
use super::{Estimate, Proportion};

/// How a differs from b.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// Mean of a - b.
    pub difference: Estimate,
    /// P(a < b).
    pub less: Proportion,
    /// P(a > b).
    pub greater: Proportion,
    /// P(a = b).
    pub ties: Proportion,
    /// Pairs compared, or their effective number.
    pub effective: f64,
}

/// Compares `a` with `b` pair by pair; pairs in which either is no number are left out. Weights count by their scale
/// relative to each other, and intervals use the effective number of pairs.
pub fn paired(a: &[f64], b: &[f64], weights: Option<&[f64]>) -> Paired {
    let usable = |i: &usize| !(a[*i] - b[*i]).is_nan() && weight(weights, *i) > 0.0;
    let kept: Vec<usize> = (0..a.len().min(b.len())).filter(usable).collect();
    let total: f64 = kept.iter().map(|i| weight(weights, *i)).sum();
    let squares: f64 = kept.iter().map(|i| weight(weights, *i) * weight(weights, *i)).sum();
    let effective = if total > 0.0 { total * total / squares } else { 0.0 };
    let share = |which: &dyn Fn(f64, f64) -> bool| {
        let hits: f64 = kept.iter().filter(|i| which(a[**i], b[**i])).map(|i| weight(weights, *i)).sum();
        Proportion::wilson(hits / total * effective, effective)
    };
    Paired {
        difference: difference(a, b, weights, &kept, total),
        less: share(&|x, y| x < y),
        greater: share(&|x, y| x > y),
        ties: share(&|x, y| x == y),
        effective,
    }
}

fn weight(weights: Option<&[f64]>, i: usize) -> f64 {
    weights.map_or(1.0, |w| w.get(i).copied().unwrap_or(0.0))
}

fn difference(a: &[f64], b: &[f64], weights: Option<&[f64]>, kept: &[usize], total: f64) -> Estimate {
    let differences: Vec<f64> = kept.iter().map(|i| a[*i] - b[*i]).collect();
    if weights.is_none() {
        return Moments::of(&differences).mean();
    }
    let shares: Vec<f64> = kept.iter().map(|i| weight(weights, *i) / total).collect();
    let mean: f64 = differences.iter().zip(&shares).map(|(d, w)| d * w).sum();
    let variance: f64 = differences.iter().zip(&shares).map(|(d, w)| w * w * (d - mean) * (d - mean)).sum();
    Estimate::normal(mean, variance.sqrt())
}
