//! Central moments, and the errors of mean and standard deviation that follow from them.

use super::Estimate;

/// Count, mean and sums of powers of the distance from it; two can be merged (Pébay, 2008).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// Number of observations.
    pub n: f64,
    mean: f64,
    second: f64,
    third: f64,
    fourth: f64,
}

impl Moments {
    /// Of a sample, in two passes.
    pub fn of(values: &[f64]) -> Moments {
        let n = values.len() as f64;
        let mean = lanes(values, |x| [x, 0.0, 0.0])[0] / n;
        let [second, third, fourth] = lanes(values, |x| {
            let d = x - mean;
            let square = d * d;
            [square, square * d, square * square]
        });
        Moments { n, mean, second, third, fourth }
    }

    /// `n` times the same value.
    pub fn repeated(value: f64, n: f64) -> Moments {
        Moments { n, mean: value, ..Moments::default() }
    }

    /// Both samples together.
    pub fn merge(&mut self, other: &Moments) {
        if other.n == 0.0 {
            return;
        }
        if self.n == 0.0 {
            *self = *other;
            return;
        }
        let (a, b) = (self.n, other.n);
        let n = a + b;
        let d = other.mean - self.mean;
        let e = d / n;
        self.fourth += other.fourth
            + d * e * e * e * a * b * (a * a - a * b + b * b)
            + 6.0 * e * e * (a * a * other.second + b * b * self.second)
            + 4.0 * e * (a * other.third - b * self.third);
        self.third += other.third + d * e * e * a * b * (a - b) + 3.0 * e * (a * other.second - b * self.second);
        self.second += other.second + d * e * a * b;
        self.mean += e * b;
        self.n = n;
    }

    /// Variance with divisor n - 1; NaN below two observations.
    pub fn variance(&self) -> f64 {
        if self.n > 1.0 { self.second / (self.n - 1.0) } else { f64::NAN }
    }

    /// The sum of ((x - mean)^2 - variance)^2: what the error of a variance is made of.
    pub(super) fn squares_of_parts(&self) -> f64 {
        let variance = self.variance();
        (self.fourth - 2.0 * variance * self.second + self.n * variance * variance).max(0.0)
    }

    /// Skewness: third central moment over the cube of the standard deviation.
    pub fn skewness(&self) -> f64 {
        let m2 = self.second / self.n;
        self.third / self.n / (m2 * m2.sqrt())
    }

    /// Kurtosis (3 for a normal law).
    pub fn kurtosis(&self) -> f64 {
        let m2 = self.second / self.n;
        self.fourth / self.n / (m2 * m2)
    }

    /// The mean with its error.
    pub fn mean(&self) -> Estimate {
        Estimate::normal(self.mean, (self.variance() / self.n).sqrt())
    }

    /// The standard deviation with its error from the fourth moment.
    pub fn sd(&self) -> Estimate {
        let variance = self.variance();
        let m4 = self.fourth / self.n;
        let of_variance = (m4 - variance * variance * (self.n - 3.0) / (self.n - 1.0)) / self.n;
        let sd = variance.sqrt();
        let se = if sd == 0.0 { 0.0 } else { of_variance.max(0.0).sqrt() / (2.0 * sd) };
        let around = Estimate::normal(sd, se);
        Estimate { lo: around.lo.max(0.0), ..around }
    }
}

/// Sums of three functions in four interleaved lanes: fast, accurate, and always in the same order.
fn lanes(values: &[f64], terms: impl Fn(f64) -> [f64; 3]) -> [f64; 3] {
    let mut sums = [[0.0; 4]; 3];
    let chunks = values.chunks_exact(4);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (lane, x) in chunk.iter().enumerate() {
            let term = terms(*x);
            (0..3).for_each(|k| sums[k][lane] += term[k]);
        }
    }
    for x in rest {
        let term = terms(*x);
        (0..3).for_each(|k| sums[k][0] += term[k]);
    }
    sums.map(|s| (s[0] + s[1]) + (s[2] + s[3]))
}
