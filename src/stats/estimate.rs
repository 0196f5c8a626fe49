//! An estimate with its error: standard error and 95 % interval; proportions by Wilson's formula.

use crate::chance::special::student_quantile;

/// The 97.5 % point of the standard normal law.
pub const Z95: f64 = 1.959963984540054;

/// The 97.5 % point of Student's law with `nu` degrees of freedom, four and more, within 0.001: Cornish and Fisher's
/// expansion in 1 ÷ nu (Abramowitz and Stegun 1964, 26.7.5).
pub(super) fn student_point(nu: f64) -> f64 {
    const Z: f64 = Z95;
    const Z2: f64 = Z * Z;
    const TERMS: [f64; 4] = [
        Z * (Z2 + 1.0) / 4.0,
        Z * ((5.0 * Z2 + 16.0) * Z2 + 3.0) / 96.0,
        Z * (((3.0 * Z2 + 19.0) * Z2 + 17.0) * Z2 - 15.0) / 384.0,
        Z * ((((79.0 * Z2 + 776.0) * Z2 + 1482.0) * Z2 - 1920.0) * Z2 - 945.0) / 92_160.0,
    ];
    Z + TERMS.iter().rev().fold(0.0, |sum, term| (sum + term) / nu)
}

/// An estimate, its Monte-Carlo standard error and its 95 % interval, all in the unit of the value.
///
/// NaN means that the sample is too small to say; an infinite bound, that the sample does not bound that side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// Lower end of the 95 % interval.
    pub lo: f64,
    /// Upper end of the 95 % interval.
    pub hi: f64,
}

impl Estimate {
    /// A value known without error.
    pub fn exact(value: f64) -> Estimate {
        Estimate { value, se: 0.0, lo: value, hi: value }
    }

    /// A value whose error is not known.
    pub fn without_error(value: f64) -> Estimate {
        Estimate { value, se: f64::NAN, lo: f64::NAN, hi: f64::NAN }
    }

    /// With the normal interval: value ± 1.96 se.
    pub fn normal(value: f64, se: f64) -> Estimate {
        Estimate { value, se, lo: value - Z95 * se, hi: value + Z95 * se }
    }

    /// The mean of independent repetitions of the same estimate (such as randomisations of a point set), with its
    /// error from their spread and Student's t with one degree of freedom less than there are repetitions.
    pub fn from_repetitions(estimates: &[f64]) -> Estimate {
        let n = estimates.len() as f64;
        let mean = estimates.iter().sum::<f64>() / n;
        if estimates.len() < 2 {
            return Estimate::without_error(mean);
        }
        let squares: f64 = estimates.iter().map(|x| (x - mean) * (x - mean)).sum();
        let se = (squares / (n - 1.0) / n).sqrt();
        let t = student_quantile(0.975, n - 1.0);
        Estimate { value: mean, se, lo: mean - t * se, hi: mean + t * se }
    }
}

/// A share of cases with its standard error and 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proportion {
    /// The share, 0 to 1.
    pub value: f64,
    /// Its standard error, sqrt(p (1 - p) / n); 0 where no case or every case is a hit.
    pub se: f64,
    /// Lower end of Wilson's 95 % interval, not below 0.
    pub lo: f64,
    /// Upper end of Wilson's 95 % interval, not above 1.
    pub hi: f64,
}

impl Proportion {
    /// `hits` of `n` cases (either may be a sum of weights scaled to an effective number) with Wilson's interval
    /// (1927), which stays inside 0 to 1 and has width also at 0 and n. NaN for n = 0.
    pub fn wilson(hits: f64, n: f64) -> Proportion {
        if n.is_nan() || n <= 0.0 {
            return Proportion { value: f64::NAN, se: f64::NAN, lo: f64::NAN, hi: f64::NAN };
        }
        let p = (hits / n).clamp(0.0, 1.0);
        let z2 = Z95 * Z95;
        let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z95 * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
        let lo = if p == 0.0 { 0.0 } else { (centre - half).max(0.0) };
        let hi = if p == 1.0 { 1.0 } else { (centre + half).min(1.0) };
        Proportion { value: p, se: (p * (1.0 - p) / n).sqrt(), lo, hi }
    }
}

impl From<Proportion> for Estimate {
    fn from(p: Proportion) -> Estimate {
        Estimate { value: p.value, se: p.se, lo: p.lo, hi: p.hi }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_of_students_law() {
        for nu in [4.0, 5.0, 6.4, 9.0, 30.0, 99.0, 1e6] {
            let (point, exact) = (student_point(nu), student_quantile(0.975, nu));
            assert!((point - exact).abs() < 1e-3, "{nu}: {point} for {exact}");
        }
    }
}
