//! The Kolmogorov-Smirnov tests: do two samples, or a sample and a law, come from the same law?

/// Largest distance between two distribution functions and the chance of one as large under equality.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KolmogorovSmirnov {
    /// The largest distance between the two distribution functions, 0 to 1.
    pub statistic: f64,
    /// Asymptotic, with Stephens' correction for small samples; conservative where values are tied.
    pub p_value: f64,
}

/// Two samples, in any order. NaN if one is empty.
pub fn two_sample(a: &[f64], b: &[f64]) -> KolmogorovSmirnov {
    let (a, b) = (sorted(a), sorted(b));
    let (n, m) = (a.len() as f64, b.len() as f64);
    let (mut i, mut j, mut statistic) = (0, 0, 0f64);
    while i < a.len() && j < b.len() {
        let x = a[i].min(b[j]);
        while i < a.len() && a[i] <= x {
            i += 1;
        }
        while j < b.len() && b[j] <= x {
            j += 1;
        }
        statistic = statistic.max((i as f64 / n - j as f64 / m).abs());
    }
    with_p_value(statistic, n * m / (n + m))
}

/// A sample against a continuous law given by its distribution function. NaN if the sample is empty.
pub fn one_sample(sample: &[f64], cdf: impl Fn(f64) -> f64) -> KolmogorovSmirnov {
    let sample = sorted(sample);
    let n = sample.len() as f64;
    let distance = |(i, x): (usize, &f64)| {
        let p = cdf(*x);
        (p - i as f64 / n).max((i as f64 + 1.0) / n - p)
    };
    with_p_value(sample.iter().enumerate().map(distance).fold(0.0, f64::max), n)
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_unstable_by(f64::total_cmp);
    values
}

fn with_p_value(statistic: f64, effective: f64) -> KolmogorovSmirnov {
    if effective.is_nan() || effective <= 0.0 {
        return KolmogorovSmirnov { statistic: f64::NAN, p_value: f64::NAN };
    }
    let root = effective.sqrt();
    KolmogorovSmirnov { statistic, p_value: upper_tail((root + 0.12 + 0.11 / root) * statistic) }
}

/// P(K > x) of Kolmogorov's law, by whichever of its two series converges fast.
fn upper_tail(x: f64) -> f64 {
    if x < 0.2 {
        return 1.0;
    }
    if x < 1.18 {
        let y = libm::exp(-std::f64::consts::PI.powi(2) / (8.0 * x * x));
        let series = y + libm::pow(y, 9.0) + libm::pow(y, 25.0) + libm::pow(y, 49.0);
        return (1.0 - (2.0 * std::f64::consts::PI).sqrt() / x * series).clamp(0.0, 1.0);
    }
    let term = |j: f64| libm::exp(-2.0 * j * j * x * x);
    (2.0 * (term(1.0) - term(2.0) + term(3.0) - term(4.0))).clamp(0.0, 1.0)
}
