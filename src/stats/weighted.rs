//! Description of a weighted sample, such as a posterior by reweighting.

use super::Estimate;
use super::estimate::Z95;
use super::summary::{Description, QUANTILES, TAILS, tail, tail_error};

/// Values ascending with the running sum of their weights, scaled to one.
struct Sorted {
    values: Vec<f64>,
    weights: Vec<f64>,
    running: Vec<f64>,
    effective: f64,
}

pub(super) fn describe(values: &[f64], weights: &[f64]) -> Description {
    let sorted = Sorted::new(values, weights);
    let n = sorted.values.len();
    let missing = values.len() - n;
    if n == 0 {
        return Description::empty(missing);
    }
    let range = (sorted.values[0], sorted.values[n - 1]);
    let quantiles = QUANTILES.map(|q| sorted.quantile(q));
    let tails = TAILS.map(|q| sorted.tail_mean(q));
    Description::new((n, sorted.effective, missing), range, sorted.mean_and_sd(), quantiles, tails)
}

impl Sorted {
    fn new(values: &[f64], weights: &[f64]) -> Sorted {
        let usable = |(x, w): &(f64, f64)| !x.is_nan() && *w > 0.0 && w.is_finite();
        let mut pairs: Vec<(f64, f64)> = values.iter().copied().zip(weights.iter().copied()).filter(usable).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = pairs.iter().map(|p| p.1).sum();
        let (values, weights): (Vec<f64>, Vec<f64>) = pairs.into_iter().map(|(x, w)| (x, w / total)).unzip();
        let running = weights
            .iter()
            .scan(0.0, |sum, w| {
                *sum += w;
                Some(*sum)
            })
            .collect();
        let effective = 1.0 / weights.iter().map(|w| w * w).sum::<f64>();
        Sorted { values, weights, running, effective }
    }

    /// The error of the mean is that of a ratio: the root of the sum of w^2 (x - mean)^2.
    fn mean_and_sd(&self) -> (Estimate, Estimate) {
        let pairs = || self.values.iter().zip(&self.weights);
        let mean: f64 = pairs().map(|(x, w)| w * x).sum();
        let n = self.effective;
        let bias = n / (n - 1.0);
        let of_mean: f64 = pairs().map(|(x, w)| w * w * (x - mean) * (x - mean)).sum::<f64>() * bias;
        let m2: f64 = pairs().map(|(x, w)| w * (x - mean) * (x - mean)).sum();
        let of_variance: f64 = pairs().map(|(x, w)| w * w * ((x - mean) * (x - mean) - m2).powi(2)).sum();
        let sd = (m2 * bias).sqrt();
        let se = if sd == 0.0 { 0.0 } else { of_variance.sqrt() / (2.0 * sd) };
        let around = Estimate::normal(sd, se);
        (Estimate::normal(mean, of_mean.sqrt()), Estimate { lo: around.lo.max(0.0), ..around })
    }

    /// The first value whose running weight reaches `q`, allowing for rounding of the sum.
    fn at(&self, q: f64) -> f64 {
        let i = self.running.partition_point(|r| *r < q - 1e-12);
        self.values[i.min(self.values.len() - 1)]
    }

    fn quantile(&self, q: f64) -> Estimate {
        let sd = (q * (1.0 - q) / self.effective).sqrt();
        let least = 1.0 / self.effective;
        let (low, high) = (q - Z95 * sd, q + Z95 * sd);
        // A share within one observation of the end is not bounded by the sample.
        let lo = if low < least { f64::NEG_INFINITY } else { self.at(low) };
        let hi = if high > 1.0 - 0.5 * least { f64::INFINITY } else { self.at(high) };
        let bounded = q - sd > 0.0 && q + sd < 1.0;
        let se = if bounded { 0.5 * (self.at(q + sd) - self.at(q - sd)) } else { f64::NAN };
        Estimate { value: self.at(q), se, lo, hi }
    }

    /// Mean of the largest values that make up the share 1 - q of the weight; the value on the edge counts in part.
    fn tail_mean(&self, q: f64) -> Estimate {
        let first = self.running.partition_point(|r| *r <= q + 1e-12).min(self.values.len() - 1);
        let part = |i: usize| {
            if i == first { self.running[i] - q } else { self.weights[i] }
        };
        let share: f64 = (first..self.values.len()).map(part).sum();
        let mean = (first..self.values.len()).map(|i| part(i) * self.values[i]).sum::<f64>() / share;
        let squares: f64 =
            (first..self.values.len()).map(|i| part(i) * (self.values[i] - mean) * (self.values[i] - mean)).sum();
        let k = self.effective * (1.0 - q);
        let variance = squares / share * k / (k - 1.0);
        let se = if k > 1.0 { tail_error(mean, variance, self.at(q), q, k) } else { f64::NAN };
        tail(mean, se, k)
    }
}
