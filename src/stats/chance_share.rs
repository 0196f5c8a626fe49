//! How much of a spread is chance: from the same worlds drawn twice.

use super::Estimate;
use super::estimate::Z95;
use super::moments::Moments;

/// A standard deviation that is a smaller share of the mean is rounding and no spread.
const ROUNDING: f64 = 1e-9;

/// Variance split into chance inside a world and ignorance about the world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChanceShare {
    /// Variance over all worlds of the first draw, in the unit squared; 0 where it is rounding only.
    pub variance: f64,
    /// Variance by chance inside a world: half the mean squared difference of two draws, with its error.
    pub chance_variance: Estimate,
    /// Share of the variance that is chance, within 0 to 1, with its error; 0 where nothing varies.
    pub chance: Estimate,
    /// Worlds drawn twice.
    pub twins: usize,
}

/// `first` holds one draw of every world, `second` another draw of its first `second.len()` worlds, in the same order
/// and independent given the world. The rest of the variance is ignorance. NaN errors below two twins.
///
/// The error of the share is that of a ratio, from the twins: chance and total vary together.
pub fn chance_share(first: &[f64], second: &[f64]) -> ChanceShare {
    chance_share_of(&Moments::of(first), first, second)
}

/// The same where of the first draw of all worlds no more than their moments is kept, besides those worlds (the first) that
/// were drawn twice.
pub fn chance_share_of(all: &Moments, first: &[f64], second: &[f64]) -> ChanceShare {
    let twins = first.len().min(second.len());
    let halves: Vec<f64> = first.iter().zip(second).map(|(a, b)| 0.5 * (a - b) * (a - b)).collect();
    let of_halves = Moments::of(&halves).mean();
    let chance_variance = Estimate { lo: of_halves.lo.max(0.0), ..of_halves };
    let rounding = all.variance().sqrt() < ROUNDING * all.mean().value.abs();
    let variance = if rounding { 0.0 } else { all.variance() };
    let chance = if variance == 0.0 { Estimate::exact(0.0) } else { share(all, first, &halves, of_halves.value) };
    ChanceShare { variance, chance_variance, chance, twins }
}

fn share(all: &Moments, first: &[f64], halves: &[f64], chance: f64) -> Estimate {
    let (mean, variance) = (all.mean().value, all.variance());
    let ratio = chance / variance;
    // What each world adds to the ratio's error: its own chance term, less the ratio times its own part of the total.
    let own = |x: &f64| (x - mean) * (x - mean) - variance;
    let (n, m) = (all.n, halves.len() as f64);
    let twinned = || halves.iter().zip(first);
    let both = twinned().map(|(h, x)| ((h - chance) / m - ratio * own(x) / n).powi(2)).sum::<f64>();
    let others = (all.squares_of_parts() - twinned().map(|(_, x)| own(x).powi(2)).sum::<f64>()).max(0.0);
    let se = if m < 2.0 { f64::NAN } else { (both + (ratio / n).powi(2) * others).sqrt() / variance };
    // Around what is told, so that an estimate beyond the possible has an interval with width.
    let value = ratio.clamp(0.0, 1.0);
    Estimate { value, se, lo: (value - Z95 * se).max(0.0), hi: (value + Z95 * se).min(1.0) }
}
