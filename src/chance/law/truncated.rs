//! The standard normal law between two places, either of which may be infinite.
//!
//! Johnson, N. L., Kotz, S., Balakrishnan, N. (1994). *Continuous Univariate Distributions*, vol. 1, 2nd ed., ch. 13:
//! truncated normal distributions.

use crate::chance::special::{normal_cdf, normal_pdf, normal_quantile, normal_quantile_sf, normal_sf};

/// Below this width the closed form of the variance loses its digits: it is a difference of terms far larger than itself.
const NARROW: f64 = 0.1;
/// Gauss-Legendre rule with five nodes on -1 to 1: (place, weight).
const NODES: [(f64, f64); 5] = [
    (-0.906_179_845_938_664, 0.236_926_885_056_189_08),
    (-0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
    (0.0, 0.568_888_888_888_888_9),
    (0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
    (0.906_179_845_938_664, 0.236_926_885_056_189_08),
];

/// P(a < Z < b), from the tail in which both ends lie, so that it keeps its digits far out.
pub fn inside(a: f64, b: f64) -> f64 {
    if a >= 0.0 {
        normal_sf(a) - normal_sf(b)
    } else if b <= 0.0 {
        normal_cdf(b) - normal_cdf(a)
    } else {
        1.0 - normal_cdf(a) - normal_sf(b)
    }
}

/// The place below which the share `p` of what lies between `a` and `b` is, and above which the share `q`.
pub fn quantile(a: f64, b: f64, p: f64, q: f64) -> f64 {
    let inside = inside(a, b);
    let (below, above) = (normal_cdf(a) + p * inside, normal_sf(b) + q * inside);
    if below <= above { normal_quantile(below) } else { normal_quantile_sf(above) }
}

/// Mean and variance of what lies between `a` and `b`.
pub fn moments(a: f64, b: f64) -> (f64, f64) {
    if b - a < NARROW {
        return narrow(a, b);
    }
    let inside = inside(a, b);
    let density = |z: f64| normal_pdf(z) / inside;
    let moment = |z: f64| if z.is_finite() { z * density(z) } else { 0.0 };
    let mean = density(a) - density(b);
    (mean, 1.0 + moment(a) - moment(b) - mean * mean)
}

/// The same over a narrow stretch, on which the density hardly bends, by quadrature around its middle.
fn narrow(a: f64, b: f64) -> (f64, f64) {
    let (middle, half) = (0.5 * (a + b), 0.5 * (b - a));
    let mut sums = [0.0; 3];
    for (place, weight) in NODES {
        let t = half * place;
        // The density relative to that in the middle.
        let density = weight * libm::exp(-t * (middle + 0.5 * t));
        for (power, sum) in sums.iter_mut().enumerate() {
            *sum += density * t.powi(power as i32);
        }
    }
    let shift = sums[1] / sums[0];
    (middle + shift, sums[2] / sums[0] - shift * shift)
}
