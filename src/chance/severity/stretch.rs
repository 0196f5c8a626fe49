//! Partial moments of a severity inside a stretch where its density is smooth, as fast as a polynomial.

use super::Severity;
use crate::chance::special::chebyshev::{cosines, series};

/// Degree of the series of density times power; its integral has one more.
const DEGREE: usize = 16;
/// Error allowed of each moment up to the middle and the end of the stretch, relative to the whole stretch.
const ALLOWED: f64 = 1e-8;

/// The integrals of x^k times the density from the start of a stretch, k = 0 to 3, as Chebyshev series (Mason and
/// Handscomb, *Chebyshev Polynomials*, 2003, section 2.4.4 for the integral of a series).
#[derive(Clone, Debug)]
pub struct Stretch {
    middle: f64,
    half: f64,
    series: [[f64; 4]; DEGREE + 2],
}

impl Stretch {
    /// The stretch between two places; `None` where the law is not smooth enough there.
    pub fn new(severity: &Severity, from: f64, to: f64) -> Option<Stretch> {
        let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
        let points: [f64; 2 * DEGREE] = cosines();
        let densities: [f64; DEGREE + 1] = std::array::from_fn(|j| half * severity.pdf(middle + half * points[j]));
        let moments: [[f64; DEGREE + 2]; 4] = std::array::from_fn(|k| {
            let power = |j: usize| (middle + half * points[j]).powi(k as i32);
            integral(&series(&std::array::from_fn(|j| densities[j] * power(j)), 1, &points))
        });
        let series = std::array::from_fn(|n| moments.map(|m| m[n]));
        let stretch = Stretch { middle, half, series };
        let [start, centre, end] = [from, middle, to].map(|x| severity.partial_moments(x));
        let close = |x: f64, exact: &[f64; 4]| {
            let found = stretch.upto(x);
            (0..4).all(|k| (found[k] - (exact[k] - start[k])).abs() <= ALLOWED * (end[k] - start[k]))
        };
        (close(middle, &centre) && close(to, &end)).then_some(stretch)
    }

    /// Moments 0 to 3 of the part of the stretch up to `x`, by Clenshaw's recurrence (1955), all four side by side.
    #[inline]
    pub fn upto(&self, x: f64) -> [f64; 4] {
        let z = (x - self.middle) / self.half;
        let twice = 2.0 * z;
        let (mut b1, mut b2) = ([0.0; 4], [0.0; 4]);
        for c in self.series[1..].iter().rev() {
            // What is known longest comes first: the next term waits for one product and one sum only.
            let next = std::array::from_fn(|k| (c[k] - b2[k]) + twice * b1[k]);
            (b1, b2) = (next, b1);
        }
        std::array::from_fn(|k| self.series[0][k] + z * b1[k] - b2[k])
    }
}

/// Series of the integral from -1 of a series.
fn integral(c: &[f64; DEGREE + 1]) -> [f64; DEGREE + 2] {
    let at = |n: usize| c.get(n).copied().unwrap_or(0.0);
    let mut out: [f64; DEGREE + 2] = std::array::from_fn(|n| match n {
        0 => 0.0,
        1 => at(0) - 0.5 * at(2),
        _ => (at(n - 1) - at(n + 1)) / (2.0 * n as f64),
    });
    let below: f64 = (1..out.len()).map(|n| if n % 2 == 0 { out[n] } else { -out[n] }).sum();
    out[0] = -below;
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_inside_a_stretch_agree_with_the_closed_form() {
        let laws = [
            Severity::Gamma { shape: 1.5 },
            Severity::Lomax { alpha: 2.5 },
            Severity::LogNormal { sigma: 1.0 },
            Severity::Weibull { shape: 0.8 },
            Severity::Mixture(vec![
                (0.9, 0.5, Severity::LogNormal { sigma: 1.2 }),
                (0.1, 5.5, Severity::Lomax { alpha: 2.2 }),
            ]),
        ];
        for law in &laws {
            let (from, to) = (0.7, 1.4);
            let stretch = Stretch::new(law, from, to).expect("smooth");
            let start = law.partial_moments(from);
            let whole = law.partial_moments(to);
            for x in [0.7, 0.71, 0.9, 1.05, 1.3333, 1.4] {
                let (found, exact) = (stretch.upto(x), law.partial_moments(x));
                for k in 0..4 {
                    let miss = (found[k] - (exact[k] - start[k])).abs() / (whole[k] - start[k]);
                    assert!(miss < 1e-10, "{law:?}, moment {k} up to {x}: {miss:e}");
                }
            }
        }
    }

    #[test]
    fn where_a_density_has_a_pole_or_a_jump_there_is_none() {
        assert!(Stretch::new(&Severity::Gamma { shape: 0.4 }, 0.0, 0.1).is_none());
        let jump =
            Severity::Mixture(vec![(0.5, 1.0, Severity::Degenerate), (0.5, 1.0, Severity::Gamma { shape: 2.0 })]);
        assert!(Stretch::new(&jump, 0.7, 1.3).is_none());
    }
}
