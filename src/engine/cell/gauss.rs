//! The two-point Gauss rule of a stretch of the loss axis, from its moments 0 to 3.

use super::axis::{Node, Pair};
use crate::chance::two_points::two_points;

/// Two nodes for a stretch with these moments, none where nobody is; close together where it is too narrow for its variance
/// to be seen in doubles.
pub fn gauss(from: f64, to: f64, m: &[f64; 4]) -> Option<Pair> {
    if m[0] <= 0.0 {
        return None;
    }
    // Rounding may carry the mean of a narrow stretch out of it.
    let mean = Some(m[1] / m[0]).filter(|mean| from < *mean && *mean < to).unwrap_or_else(|| middle(from, to));
    let (c2, c3) = centred(m, mean);
    let width = to.min(2.0 * mean + 2.0 * from) - from;
    let (mut low, mut high, share_low) = if c2 <= 1e-6 * mean * mean || !c3.is_finite() || width <= 0.0 {
        let half = (c2.max(0.0)).sqrt();
        (-half, half, 0.5)
    } else {
        let ([low, high], share_low) = two_points(c2, c3);
        (low, high, share_low)
    };
    // A node at an end or outside, where the award may be another, comes of moments that rounding has spoilt: what is
    // known then is the mean.
    if mean + low <= from || mean + high >= to {
        (low, high) = (0.0, 0.0);
    }
    let node = |t: f64, share: f64| Node { x: mean + t, weight: m[0] * share, middle: mean + MIDDLE * t };
    Some([node(low, share_low), node(high, 1.0 - share_low)])
}

/// Distance of the middle of either half of a uniform law from its mean, in its standard deviations: √3/2. The two nodes of
/// equal weight that have its variance lie one from it.
pub(super) const MIDDLE: f64 = 0.866_025_403_784_438_6;

/// Second and third central moments.
fn centred(m: &[f64; 4], mean: f64) -> (f64, f64) {
    let (r2, r3) = (m[2] / m[0], m[3] / m[0]);
    let c2 = r2 - mean * mean;
    (c2, r3 - 3.0 * mean * r2 + 2.0 * mean * mean * mean)
}

fn middle(from: f64, to: f64) -> f64 {
    if to.is_finite() { 0.5 * (from + to) } else { 2.0 * from }
}
