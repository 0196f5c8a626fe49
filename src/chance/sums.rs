//! Sums of amounts above zero of which two moments are known.

use rand_distr::{Distribution, Gamma};

use super::stream::Stream;

/// Variance as a share of the square of the mean that rounding may leave of amounts that are the same.
const ROUNDING: f64 = 1e-12;

/// A sum of this mean and variance, by a gamma law: it is above zero and leans as sums of few amounts do. 0 for a mean of 0 or
/// less.
pub fn of_moments(stream: &mut Stream, mean: f64, variance: f64) -> f64 {
    if mean <= 0.0 || variance <= ROUNDING * mean * mean {
        return mean.max(0.0);
    }
    Gamma::new(mean * mean / variance, variance / mean).map_or(mean, |law| law.sample(stream))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 100,000 sums: mean and variance within 5 standard errors (6e-7) of those asked for; of a gamma law of shape 4 the fourth
    /// central moment is 4.5 variances squared.
    #[test]
    fn they_have_both_moments() {
        let mut stream = Stream::named(5, 0, "test", "sums");
        stream.at(0);
        let (n, mean, variance) = (100_000, 20.0, 100.0);
        let drawn: Vec<f64> = (0..n).map(|_| of_moments(&mut stream, mean, variance)).collect();
        let found = drawn.iter().sum::<f64>() / f64::from(n);
        let spread = drawn.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / f64::from(n);
        assert!((found - mean).abs() < 5.0 * (variance / f64::from(n)).sqrt(), "{found}");
        assert!((spread / variance - 1.0).abs() < 5.0 * (3.5 / f64::from(n)).sqrt(), "{spread}");
        assert_eq!([(3.0, 0.0), (0.0, 1.0), (-1.0, 1.0)].map(|(m, v)| of_moments(&mut stream, m, v)), [3.0, 0.0, 0.0]);
    }
}
