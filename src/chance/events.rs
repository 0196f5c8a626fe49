//! Numbers of events: Poisson counts.

use super::stream::Stream;

/// Mean of a part that is drawn at once, so that e^-mean is far from nothing.
const PART: f64 = 12.0;

/// Poisson with a mean; none for a mean that is not above zero. Drawn in parts by inversion, in a time that grows with
/// the mean.
pub fn poisson(stream: &mut Stream, mean: f64) -> u64 {
    let (mut left, mut count) = (mean, 0);
    while left > 0.0 {
        let part = left.min(PART);
        left -= part;
        count += inversion(stream, part);
    }
    count
}

fn inversion(stream: &mut Stream, mean: f64) -> u64 {
    let mut u = stream.uniform();
    let mut chance = libm::exp(-mean);
    let mut k = 0;
    // Beyond so many nothing is left in double precision.
    while u >= chance && k < 200 {
        u -= chance;
        k += 1;
        chance *= mean / k as f64;
    }
    k
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_variance_are_the_mean() {
        let mut s = Stream::named(5, 0, "test", "poisson");
        for mean in [0.03, 2.5, 12.0, 100.0] {
            let n = 100_000;
            let at = s.at((mean * 100.0) as u64);
            let drawn: Vec<f64> = (0..n).map(|_| poisson(at, mean) as f64).collect();
            let found = drawn.iter().sum::<f64>() / n as f64;
            let variance = drawn.iter().map(|x| (x - found) * (x - found)).sum::<f64>() / n as f64;
            // Four standard errors: a level of 6e-5 each.
            assert!((found - mean).abs() < 4.0 * (mean / n as f64).sqrt(), "{mean}: {found}");
            let of_variance = ((mean + 2.0 * mean * mean) / n as f64).sqrt();
            assert!((variance - mean).abs() < 4.0 * of_variance, "{mean}: variance {variance}");
        }
        assert_eq!(poisson(s.at(0), 0.0), 0);
    }
}
