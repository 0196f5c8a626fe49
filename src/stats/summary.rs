//! One sample described: mean, spread, quantiles and tails, each with its Monte-Carlo error.

use super::estimate::{Estimate, Z95, student_point};
use super::ranks::{Ranks, rank_of, ranks};
use super::{moments::Moments, select, sorting};

/// Names of the statistics of a [`Description`], in order. `p995` is the 99.5 % quantile; `tvar95` the mean of the
/// worst 5 %.
pub const STATISTICS: [&str; 13] =
    ["mean", "sd", "p01", "p05", "p25", "p50", "p75", "p90", "p95", "p99", "p995", "tvar95", "tvar99"];

/// The quantiles among the statistics, which follow mean and sd.
pub const QUANTILES: [f64; 9] = [0.01, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995];
/// The tail means among the statistics, which come last.
pub const TAILS: [f64; 2] = [0.95, 0.99];

/// Statistics of one sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Description {
    /// Observations described, without the missing ones.
    pub count: usize,
    /// Effective number of observations: (sum of weights)^2 / sum of squared weights.
    pub effective: f64,
    /// Observations left out because they are no number.
    pub missing: usize,
    /// Smallest observation.
    pub min: f64,
    /// Largest observation.
    pub max: f64,
    estimates: [Estimate; STATISTICS.len()],
}

impl Description {
    /// Puts a description together; for estimators in this room.
    pub(super) fn new(
        (count, effective, missing): (usize, f64, usize),
        (min, max): (f64, f64),
        (mean, sd): (Estimate, Estimate),
        quantiles: [Estimate; QUANTILES.len()],
        tails: [Estimate; TAILS.len()],
    ) -> Description {
        let mut estimates = [mean; STATISTICS.len()];
        estimates[1] = sd;
        estimates[2..2 + QUANTILES.len()].copy_from_slice(&quantiles);
        estimates[2 + QUANTILES.len()..].copy_from_slice(&tails);
        Description { count, effective, missing, min, max, estimates }
    }

    /// `count` times the same value: as [`describe`] of these, in no time. What has not happened in them is not in their
    /// errors; of what a sample of that size cannot bound the ends are open all the same.
    pub fn constant(value: f64, count: usize, scratch: &mut Scratch) -> Description {
        if count == 0 {
            return Description::empty(0);
        }
        let moments = Moments::repeated(value, count as f64);
        let quantiles = scratch.ranks(count).map(|r| r.estimate(count, |_| value));
        let tails = TAILS.map(|q| {
            let k = (count - skipped(count, q)) as f64;
            tail(value, if k > 1.0 { 0.0 } else { f64::NAN }, k)
        });
        let sizes = (count, count as f64, 0);
        Description::new(sizes, (value, value), (moments.mean(), moments.sd()), quantiles, tails)
    }

    /// Nothing to describe: every statistic is NaN.
    pub(super) fn empty(missing: usize) -> Description {
        let none = Estimate::without_error(f64::NAN);
        Description::new((0, 0.0, missing), (f64::NAN, f64::NAN), (none, none), [none; 9], [none; 2])
    }

    /// All estimates, in the order of [`STATISTICS`].
    pub fn estimates(&self) -> &[Estimate; STATISTICS.len()] {
        &self.estimates
    }

    /// One statistic by its name; None if there is no such statistic.
    pub fn get(&self, name: &str) -> Option<Estimate> {
        STATISTICS.iter().position(|s| *s == name).map(|i| self.estimates[i])
    }

    /// The estimate of quantile `q`, one of [`QUANTILES`]; NaN for any other.
    pub fn quantile(&self, q: f64) -> f64 {
        QUANTILES.iter().position(|known| *known == q).map_or(f64::NAN, |i| self.estimates[2 + i].value)
    }

    /// The same with another estimate of the mean.
    pub fn with_mean(mut self, mean: Estimate) -> Description {
        self.estimates[0] = mean;
        self
    }

    /// The same of a law without a finite variance: neither the spread nor the errors that follow from it are told, which are
    /// those of the mean and of the tail means. Quantiles stand.
    pub fn without_variance(mut self) -> Description {
        self.estimates[1] = Estimate::without_error(f64::NAN);
        for i in (0..1).chain(2 + QUANTILES.len()..STATISTICS.len()) {
            self.estimates[i] = Estimate::without_error(self.estimates[i].value);
        }
        self
    }

    /// The mean.
    pub fn mean(&self) -> Estimate {
        self.estimates[0]
    }

    /// The standard deviation.
    pub fn sd(&self) -> Estimate {
        self.estimates[1]
    }
}

/// Memory to describe and sort in, reused between calls.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    sorted: Vec<f64>,
    keys: sorting::Keys,
    selected: Vec<u64>,
    ranks: Option<(usize, [Ranks; QUANTILES.len()])>,
}

impl Scratch {
    /// The values of the last unweighted sample, ascending.
    pub fn sorted(&self) -> &[f64] {
        &self.sorted
    }

    /// The numbers among values, ascending.
    pub fn sort(&mut self, values: &[f64]) -> &[f64] {
        sorting::sorted_into(values, &mut self.sorted, &mut self.keys);
        &self.sorted
    }

    /// How many numbers there are among values, and those at some ranks, counted from 0 and rising, which follow from how
    /// many there are; `None` where there are none. Takes half the time of sorting them.
    pub fn at_ranks<const N: usize>(
        &mut self,
        values: &[f64],
        ranks: impl FnOnce(usize) -> [usize; N],
    ) -> Option<(usize, [f64; N])> {
        let keys = &mut self.selected;
        keys.clear();
        // Adding zero turns -0 into 0.
        keys.extend(values.iter().filter(|x| !x.is_nan()).map(|x| sorting::key(x + 0.0)));
        if keys.is_empty() {
            return None;
        }
        let count = keys.len();
        let mut found = [0; N];
        select::at_ranks(keys, &ranks(count), &mut found);
        Some((count, found.map(sorting::value)))
    }

    fn ranks(&mut self, n: usize) -> [Ranks; QUANTILES.len()] {
        match self.ranks {
            Some((known, ranks)) if known == n => ranks,
            _ => {
                let found = QUANTILES.map(|q| ranks(n, q));
                self.ranks = Some((n, found));
                found
            }
        }
    }
}

/// Describes `values`; with `weights` (same length, zero or more, any scale) each value counts by its weight.
/// Values that are no number (and, with weights, those of weight zero) are left out and counted as missing.
///
/// Quantile q is the order statistic number ceil(q n), its interval distribution-free from the binomial law, its
/// standard error half the distance between the places one standard deviation of ranks away. TVaR at q is the mean of the
/// observations after the first round(q n), with the standard error of Manistre and Hancock (2005) and, from five of them on,
/// an interval by Student's law. The standard error of the sd comes from the fourth moment. With weights, n is the effective number and ranks are shares of the weight.
pub fn describe(values: &[f64], weights: Option<&[f64]>, scratch: &mut Scratch) -> Description {
    match weights {
        Some(weights) => super::weighted::describe(values, weights),
        None => describe_equal(values, scratch),
    }
}

/// As [`describe`], of whole numbers: the same in less time.
pub fn describe_counts(counts: &[u32], scratch: &mut Scratch) -> Description {
    sorting::counts_into(counts, &mut scratch.sorted, &mut scratch.keys);
    describe_sorted(0, scratch)
}

fn describe_equal(values: &[f64], scratch: &mut Scratch) -> Description {
    sorting::sorted_into(values, &mut scratch.sorted, &mut scratch.keys);
    describe_sorted(values.len() - scratch.sorted.len(), scratch)
}

fn describe_sorted(missing: usize, scratch: &mut Scratch) -> Description {
    let n = scratch.sorted.len();
    if n == 0 {
        return Description::empty(missing);
    }
    let ranks = scratch.ranks(n);
    let sorted = &scratch.sorted;
    let moments = Moments::of(sorted);
    let quantiles = ranks.map(|r| quantile(sorted, r));
    let tails = TAILS.map(|q| tail_mean(sorted, q));
    let range = (sorted[0], sorted[n - 1]);
    Description::new((n, n as f64, missing), range, (moments.mean(), moments.sd()), quantiles, tails)
}

/// The quantile that `ranks` point to in a sorted sample.
pub(super) fn quantile(sorted: &[f64], ranks: Ranks) -> Estimate {
    ranks.estimate(sorted.len(), |rank| sorted[rank - 1])
}

/// Observations of `n` that are not in the tail beyond the quantile `q`.
pub(super) fn skipped(n: usize, q: f64) -> usize {
    (libm::round(q * n as f64) as usize).min(n - 1)
}

/// Observations in a tail from which on its mean has an interval.
const LEAST_TAIL: f64 = 5.0;

/// A tail mean of `k` observations with its standard error and an interval by Student's law with k - 1 degrees of freedom. Of
/// six observations it covers 91 to 93 % where tails are exponential or lighter and 87 % where they are lognormal with sigma 1;
/// a normal one, 82 to 88 %.
pub(super) fn tail(mean: f64, se: f64, k: f64) -> Estimate {
    let half = if k < LEAST_TAIL { f64::INFINITY } else { student_point(k - 1.0) * se };
    Estimate { value: mean, se, lo: mean - half, hi: mean + half }
}

/// Mean of the observations of a sorted sample after the first round(q n).
pub(super) fn tail_mean(sorted: &[f64], q: f64) -> Estimate {
    let n = sorted.len();
    let beyond = &sorted[skipped(n, q)..];
    let k = beyond.len() as f64;
    let mean = beyond.iter().sum::<f64>() / k;
    let squares: f64 = beyond.iter().map(|x| (x - mean) * (x - mean)).sum();
    let var = sorted[rank_of(n, q) - 1];
    tail(mean, tail_error(mean, squares / (k - 1.0), var, q, k), k)
}

/// Manistre and Hancock's standard error of a tail mean: `variance` within the tail of `k` observations, `var` the
/// quantile where it starts. NaN for a tail of one.
pub(super) fn tail_error(mean: f64, variance: f64, var: f64, q: f64, k: f64) -> f64 {
    ((variance + q * (mean - var) * (mean - var)) / k).sqrt()
}

/// The 95 % half-width of an estimate relative to its value; infinite for a value of zero.
pub fn relative_half_width(estimate: &Estimate) -> f64 {
    Z95 * estimate.se / estimate.value.abs()
}
