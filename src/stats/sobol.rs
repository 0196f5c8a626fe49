//! Sensitivity indices from outputs: of a designed sample (Saltelli, Jansen) and of a sample as it is (correlation
//! ratio), with bootstrap errors.
//!
//! The first-order index of an input is the share of the output's variance that would go, on average, if the input were
//! known: Var(E[Y | X]) ÷ Var(Y). The total index is the share that would be left if all others were known:
//! E[Var(Y | all but X)] ÷ Var(Y). For independent inputs first ≤ total; what lies between is its interactions.

use super::Estimate;
use super::estimate::Z95;
use crate::chance::stream::Stream;

/// First-order and total index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// Var(E[Y | X]) ÷ Var(Y).
    pub first: Estimate,
    /// E[Var(Y | all but X)] ÷ Var(Y).
    pub total: Estimate,
}

/// Resamples of the rows of a design: how often each row is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Resamples {
    /// `[resample][row]`.
    counts: Vec<Vec<u32>>,
}

impl Resamples {
    /// `many` resamples of `rows` rows (Efron 1979), always the same for the same seed.
    pub fn new(rows: usize, many: usize, seed: u64) -> Resamples {
        let mut stream = Stream::named(seed, 0, "bootstrap", "rows");
        let draw = |i: usize| {
            let stream = stream.at(i as u64);
            let mut counts = vec![0; rows];
            (0..rows).for_each(|_| counts[((stream.uniform() * rows as f64) as usize).min(rows - 1)] += 1);
            counts
        };
        Resamples { counts: (0..many).map(draw).collect() }
    }

    /// The estimate of all rows with standard deviation and 95 % percentile interval of the resampled ones. `statistic`
    /// gets the number of times each row counts.
    pub fn estimate(&self, rows: usize, statistic: impl Fn(&[u32]) -> f64) -> Estimate {
        let value = statistic(&vec![1; rows]);
        let mut all: Vec<f64> = self.counts.iter().map(|c| statistic(c)).filter(|x| !x.is_nan()).collect();
        if all.len() < 2 {
            return Estimate { value, se: f64::NAN, lo: f64::NAN, hi: f64::NAN };
        }
        all.sort_by(f64::total_cmp);
        let n = all.len() as f64;
        let mean = all.iter().sum::<f64>() / n;
        let se = (all.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)).sqrt();
        let at = |q: f64| all[(libm::round(q * (n - 1.0)) as usize).min(all.len() - 1)];
        Estimate { value, se, lo: at(0.025), hi: at(0.975) }
    }
}

/// A design: outputs of two independent samples of the inputs.
#[derive(Clone, Copy, Debug)]
pub struct Design<'a> {
    /// Outputs of sample A.
    pub a: &'a [f64],
    /// Outputs of sample B, which shares nothing with A.
    pub b: &'a [f64],
    /// How rows are resampled.
    pub resamples: &'a Resamples,
}

impl Design<'_> {
    /// Indices of an input, from the outputs of A with this input taken from B: the first order by formula (b) of Saltelli
    /// et al., Variance based sensitivity analysis of model output, Computer Physics Communications 181 (2010), table 2,
    /// the total by Jansen, Analysis of variance designs for model output, Computer Physics Communications 117 (1999).
    pub fn indices(&self, ab: &[f64]) -> Indices {
        let (a, b) = (self.a, self.b);
        let middle = a.iter().chain(b).sum::<f64>() / (2 * a.len()).max(1) as f64;
        let first = |count: &[u32]| {
            let product = |i: usize| (b[i] - middle) * (ab[i] - a[i]);
            mean(count, product) / variance(a, b, count)
        };
        let total = |count: &[u32]| 0.5 * mean(count, |i| square(a[i] - ab[i])) / variance(a, b, count);
        let first = self.resamples.estimate(a.len(), first);
        Indices { first, total: self.resamples.estimate(a.len(), total) }
    }

    /// The share of the variance that two runs of A with other chance do not share: chance inside a world.
    pub fn chance(&self, again: &[f64]) -> Estimate {
        let (a, b) = (self.a, self.b);
        let share = |count: &[u32]| 0.5 * mean(count, |i| square(a[i] - again[i])) / variance(a, b, count);
        self.resamples.estimate(a.len(), share)
    }

    /// Half the mean squared difference of two outputs a row, as a share of the variance: the part that comes from what
    /// differs between them.
    pub fn between(&self, one: &[f64], other: &[f64]) -> impl Fn(&[u32]) -> f64 {
        let halves: Vec<f64> = one.iter().zip(other).map(|(x, y)| 0.5 * square(x - y)).collect();
        let (a, b) = (self.a.to_vec(), self.b.to_vec());
        move |count: &[u32]| mean(count, |i| halves[i]) / variance(&a, &b, count)
    }
}

fn square(x: f64) -> f64 {
    x * x
}

fn mean(count: &[u32], value: impl Fn(usize) -> f64) -> f64 {
    let (mut sum, mut n) = (0.0, 0.0);
    for (i, c) in count.iter().enumerate().filter(|(_, c)| **c > 0) {
        sum += f64::from(*c) * value(i);
        n += f64::from(*c);
    }
    sum / n
}

/// Variance of the rows of both samples together.
fn variance(a: &[f64], b: &[f64], count: &[u32]) -> f64 {
    let middle = mean(count, |i| 0.5 * (a[i] + b[i]));
    mean(count, |i| 0.5 * (square(a[i] - middle) + square(b[i] - middle)))
}

/// Resamples for the interval of [`given`].
const GIVEN_RESAMPLES: usize = 100;

/// The first-order index of `x` from a sample of it and the output, without any design: Pearson's correlation ratio of
/// the output over classes of `x` of equal size, freed of its bias by Kelley's correction (1935; it also is adjusted R² of
/// a one-way analysis of variance). Classes as in Plischke, Borgonovo and Smith, Global sensitivity measures from given
/// data, European Journal of Operational Research 226 (2013), but √n of them where they have n^(1/3): once freed of its
/// bias the index loses little by many, and what `x` does inside a class is lost, 1/classes² of a linear effect and up to
/// 1/classes of a step. The interval, normal with the bootstrap's standard error, is without that loss.
///
/// Of inputs that hang together, each one's index contains what the others carry in its company.
pub fn given(x: &[f64], y: &[f64], seed: u64) -> Estimate {
    let n = x.len().min(y.len());
    let (class, classes) = classes(&x[..n]);
    if classes < 2 || n < 2 * classes {
        let value = if classes < 2 { 0.0 } else { f64::NAN };
        return Estimate { value, se: f64::NAN, lo: f64::NAN, hi: f64::NAN };
    }
    let middle = y[..n].iter().sum::<f64>() / n as f64;
    let deviations: Vec<f64> = y[..n].iter().map(|y| y - middle).collect();
    let share = |count: &[u32]| ratio(&class, classes, &deviations, count);
    let rows = Resamples::new(n, GIVEN_RESAMPLES, seed).estimate(n, share);
    Estimate { lo: (rows.value - Z95 * rows.se).max(0.0), hi: (rows.value + Z95 * rows.se).min(1.0), ..rows }
}

/// The value of [`given`] alone.
pub fn correlation_ratio(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len().min(y.len());
    let (class, classes) = classes(&x[..n]);
    if classes < 2 || n < 2 * classes {
        return 0.0;
    }
    let middle = y[..n].iter().sum::<f64>() / n as f64;
    let deviations: Vec<f64> = y[..n].iter().map(|y| y - middle).collect();
    ratio(&class, classes, &deviations, &vec![1; n])
}

/// How many classes so many values are cut into; their numbers take a byte.
pub(super) fn wanted_classes(n: usize) -> usize {
    libm::round((n as f64).sqrt()).clamp(4.0, 255.0) as usize
}

/// The class of each value, and how many there are: equal values share one.
fn classes(x: &[f64]) -> (Vec<usize>, usize) {
    let n = x.len();
    let wanted = wanted_classes(n);
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|i, j| x[*i].total_cmp(&x[*j]).then(i.cmp(j)));
    let mut class = vec![0; n];
    let (mut at, mut used, mut last) = (0, 0, usize::MAX);
    for (rank, i) in order.iter().enumerate() {
        let tied = rank > 0 && x[order[rank - 1]] == x[*i];
        let due = rank * wanted / n;
        if !tied && due != last {
            (at, last) = (used, due);
            used += 1;
        }
        class[*i] = at;
    }
    (class, used)
}

/// 1 − (1 − η²)(n − 1) ÷ (n − classes).
fn ratio(class: &[usize], classes: usize, deviations: &[f64], count: &[u32]) -> f64 {
    let (mut sums, mut sizes) = (vec![0.0; classes], vec![0.0; classes]);
    let (mut all, mut squares) = (0.0, 0.0);
    for ((class, d), count) in class.iter().zip(deviations).zip(count) {
        let c = f64::from(*count);
        sums[*class] += c * d;
        sizes[*class] += c;
        all += c * d;
        squares += c * d * d;
    }
    let n: f64 = sizes.iter().sum();
    let whole = squares - all * all / n;
    let used = sizes.iter().filter(|s| **s > 0.0).count() as f64;
    let between: f64 = sums.iter().zip(&sizes).filter(|(_, n)| **n > 0.0).map(|(s, n)| s * s / n).sum();
    let eta = (between - all * all / n) / whole;
    if whole > 0.0 { 1.0 - (1.0 - eta) * (n - 1.0) / (n - used) } else { 0.0 }
}
