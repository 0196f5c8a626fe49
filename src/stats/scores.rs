//! How good a forecast was, given as a sample, once the outcome is known.

use std::f64::consts::PI;

/// Intervals whose coverage is told.
pub const INTERVALS: [f64; 4] = [0.5, 0.8, 0.9, 0.95];

/// Bandwidth, as a share of the values, at which a sample counts as one value.
const NO_SPREAD: f64 = 1e-9;

/// Scores of one forecast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// Probability integral transform: share of the sample below the outcome, ties by half.
    pub pit: f64,
    /// Continuous ranked probability score, in the unit of the outcome; smaller is better.
    pub crps: f64,
    /// The same of the logarithm of the outcome, where outcome and sample are above 0: a factor, whatever the size of the
    /// sum. Else NaN.
    pub crps_log: f64,
    /// Distance of the logarithm of the median to that of the outcome; NaN as above.
    pub error_log: f64,
    /// Minus the logarithm of the density at the outcome; smaller is better. Of the logarithm of the outcome where
    /// outcome and sample are above 0 (`of_logarithm`). NaN where the sample has no spread.
    pub log_score: f64,
    /// Whether the density is that of the logarithm: scores of sums of different size can then be compared.
    pub of_logarithm: bool,
    /// Bandwidth of the kernel density, in the unit of what it is a density of.
    pub bandwidth: f64,
    /// Median of the sample, between its values as the ends of the intervals are.
    pub median: f64,
    /// Central intervals of [`INTERVALS`].
    pub intervals: [(f64, f64); 4],
}

impl Scores {
    /// Scores a forecast; `None` where the sample is too small or holds what is no number.
    pub fn of(sample: &[f64], outcome: f64) -> Option<Scores> {
        if sample.len() < 10 || sample.iter().any(|x| !x.is_finite()) || !outcome.is_finite() {
            return None;
        }
        let mut sorted = sample.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let of_logarithm = outcome > 0.0 && sorted[0] > 0.0;
        let (bent, at) = if of_logarithm {
            (sorted.iter().map(|x| libm::log(*x)).collect(), libm::log(outcome))
        } else {
            (sorted.clone(), outcome)
        };
        let (log_score, bandwidth) = log_score(&bent, at);
        let only = |x: f64| if of_logarithm { x } else { f64::NAN };
        let side = |p: f64| quantile(&sorted, p);
        Some(Scores {
            pit: pit(&sorted, outcome),
            crps: crps(&sorted, outcome),
            crps_log: only(crps(&bent, at)),
            error_log: only((quantile(&bent, 0.5) - at).abs()),
            log_score,
            of_logarithm,
            bandwidth,
            median: side(0.5),
            intervals: INTERVALS.map(|level| (side(0.5 - level / 2.0), side(0.5 + level / 2.0))),
        })
    }

    /// Whether the outcome was inside each of the intervals.
    pub fn inside(&self, outcome: f64) -> [bool; 4] {
        self.intervals.map(|(lo, hi)| (lo..=hi).contains(&outcome))
    }
}

/// Share of an ascending sample below `y`, values equal to it by half.
pub fn pit(sorted: &[f64], y: f64) -> f64 {
    let below = sorted.partition_point(|x| *x < y);
    let equal = sorted[below..].partition_point(|x| *x == y);
    (below as f64 + 0.5 * equal as f64) / sorted.len() as f64
}

/// The fair estimate of the continuous ranked probability score (Ferro 2014), which a larger sample does not change on
/// average: mean |x − y| − Σ|xᵢ − xⱼ| ÷ (2 n (n − 1)). The sample is ascending.
pub fn crps(sorted: &[f64], y: f64) -> f64 {
    let n = sorted.len() as f64;
    let distance: f64 = sorted.iter().map(|x| (x - y).abs()).sum::<f64>() / n;
    // Σ over pairs i < j of (x_j − x_i): the k-th value stands above k others and below n − 1 − k.
    let pairs: f64 = sorted.iter().enumerate().map(|(k, x)| (2.0 * k as f64 - n + 1.0) * x).sum();
    distance - pairs / (n * (n - 1.0))
}

/// Minus the logarithm of a Gaussian kernel density at `y`, and its bandwidth by Silverman's rule (1986, eq. 3.31), 0.9
/// min(sd, interquartile range ÷ 1.34) n^(−1/5). Beyond the sample such a density falls off as its outermost kernel does.
fn log_score(sorted: &[f64], y: f64) -> (f64, f64) {
    let n = sorted.len() as f64;
    let mean = sorted.iter().sum::<f64>() / n;
    let sd = (sorted.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)).sqrt();
    let quartiles = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34;
    let spread = if quartiles > 0.0 { sd.min(quartiles) } else { sd };
    let h = 0.9 * spread * libm::pow(n, -0.2);
    // What is the same in all worlds but for rounding has no density.
    let size = sorted[0].abs().max(sorted[sorted.len() - 1].abs());
    if h.is_nan() || h <= NO_SPREAD * size {
        return (f64::NAN, h);
    }
    // By the largest exponent, so that an outcome far out has a score and not infinity.
    let exponents: Vec<f64> = sorted.iter().map(|x| -0.5 * ((y - x) / h).powi(2)).collect();
    let top = exponents.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = exponents.iter().map(|e| libm::exp(e - top)).sum();
    (-(top + libm::log(sum / (n * h * (2.0 * PI).sqrt()))), h)
}

/// Quantile of an ascending sample, between its values (Hyndman and Fan 1996, definition 7).
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let at = p * (sorted.len() - 1) as f64;
    let (low, part) = (at as usize, at - libm::floor(at));
    let high = (low + 1).min(sorted.len() - 1);
    sorted[low] + part * (sorted[high] - sorted[low])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::special::{normal_cdf, normal_quantile};
    use crate::chance::stream::Stream;

    fn normal(n: usize) -> Vec<f64> {
        (0..n).map(|i| normal_quantile((i as f64 + 0.5) / n as f64)).collect()
    }

    /// Of a standard normal forecast: y (2Φ(y) − 1) + 2φ(y) − 1/√π (Gneiting and Raftery 2007, eq. 21), and y²/2 + ln √2π.
    /// The kernel widens the density: sd √(1 + h²), which is in the comparison.
    #[test]
    fn scores_of_a_normal_forecast_are_those_of_the_formulas() {
        let sample = normal(20_000);
        for y in [0.0f64, 0.7, -2.5] {
            let s = Scores::of(&sample, y).expect("a sample");
            let density = libm::exp(-0.5 * y * y) / (2.0 * PI).sqrt();
            let exact = y * (2.0 * normal_cdf(y) - 1.0) + 2.0 * density - 1.0 / PI.sqrt();
            assert!((s.crps - exact).abs() < 2e-4, "{y}: {} {exact}", s.crps);
            assert!((s.pit - normal_cdf(y)).abs() < 1e-4);
            let wide = 1.0 + s.bandwidth * s.bandwidth;
            let exact = 0.5 * y * y / wide + 0.5 * libm::log(2.0 * PI * wide);
            assert!((s.log_score - exact).abs() < 2e-3, "{y}: {} {exact}", s.log_score);
            assert!(!s.of_logarithm);
            assert_eq!(s.inside(y), INTERVALS.map(|level| y.abs() <= normal_quantile(0.5 + level / 2.0)));
        }
    }

    /// The fair score of small samples has the mean of that of large ones; the plain one is too large by E|x − x'| ÷ 2n.
    #[test]
    fn small_samples_are_scored_fairly() {
        const SAMPLES: u32 = 8_000;
        let all = normal(1000);
        let mut stream = Stream::named(1, 0, "test", "scores");
        let numbers = stream.at_number(0);
        let mut sum = 0.0;
        for _ in 0..SAMPLES {
            let mut few: Vec<f64> = (0..10).map(|_| all[(numbers.uniform() * 1000.0) as usize]).collect();
            few.sort_by(f64::total_cmp);
            sum += crps(&few, 0.3);
        }
        let whole = crps(&all, 0.3);
        let plain_bias = 2.0 / PI.sqrt() / 20.0;
        // A sample's score has a standard deviation near 0.2: six standard errors of the mean.
        assert!((sum / f64::from(SAMPLES) - whole).abs() < 0.25 * plain_bias, "{} {whole}", sum / f64::from(SAMPLES));
    }

    /// The median is read by the rule of the ends of the intervals: of 1 to 20 half way between 10 and 11, the half from 5.75 to
    /// 15.25 (19 steps between the first value and the last, a quarter of them 4.75).
    #[test]
    fn the_median_and_the_ends_follow_one_rule() {
        let sample: Vec<f64> = (1..=20).map(f64::from).collect();
        let s = Scores::of(&sample, 7.0).expect("a sample");
        assert_eq!((s.median, s.intervals[0]), (10.5, (5.75, 15.25)));
    }

    #[test]
    fn sums_are_scored_on_their_logarithm_and_what_is_no_sample_is_not() {
        let sums: Vec<f64> = normal(2000).iter().map(|z| libm::exp(20.0 + z)).collect();
        let s = Scores::of(&sums, libm::exp(20.0)).expect("a sample");
        let normal = 2.0 / (2.0 * PI).sqrt() - 1.0 / PI.sqrt();
        assert!((s.crps_log - normal).abs() < 1e-3 && s.error_log < 1e-3, "{} {}", s.crps_log, s.error_log);
        assert!(s.of_logarithm && (s.log_score - 0.5 * libm::log(2.0 * PI)).abs() < 0.02);
        assert!(Scores::of(&sums[..5], 1.0).is_none());
        assert!(Scores::of(&[f64::NAN; 20], 1.0).is_none());
        // All worlds alike: no density, but a score.
        let alike = Scores::of(&[3.0; 20], 3.0).expect("a sample");
        assert!(alike.log_score.is_nan() && alike.crps == 0.0 && alike.pit == 0.5);
        let rounded: Vec<f64> = (0..20).map(|i| 129.0 * (1.0 + f64::from(i % 3) * f64::EPSILON)).collect();
        assert!(Scores::of(&rounded, 3e7).expect("a sample").log_score.is_nan(), "rounding is no spread");
    }
}
