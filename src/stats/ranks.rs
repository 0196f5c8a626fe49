//! Which order statistics estimate and bound a quantile, whatever the law: the number of observations below the
//! quantile q is binomial(n, q).

use super::Estimate;

/// Ranks counted from one. `low` = 0 or `high` = n + 1 mean that the sample does not bound that side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranks {
    /// The estimate: number ceil(q n).
    pub at: usize,
    /// Lower end of the interval: at most 2.5 % chance that the quantile is below it, or less where the upper end takes more.
    pub low: usize,
    /// Upper end of the interval: at most 2.5 % chance that the quantile is above it, or more, but with the lower end no more than
    /// 5 %, where that takes the last observation.
    pub high: usize,
    /// Standard deviation of the number of observations below the quantile, for the standard error.
    pub sd: f64,
}

impl Ranks {
    /// The quantile of `n` observations with its error, `at` the observation of each rank, counted from one: an end or an error
    /// that no rank bounds is open.
    pub fn estimate(&self, n: usize, at: impl Fn(usize) -> f64) -> Estimate {
        let bound = |rank: usize, beyond: f64| {
            if rank == 0 || rank > n { beyond } else { at(rank) }
        };
        // Between two observations by a straight line: in the tail rounding outwards would nearly double the error.
        let between = |place: f64| {
            let below = libm::floor(place);
            let (rank, rest) = (below as usize, place - below);
            let from = bound(rank, f64::NAN);
            if rest > 0.0 { from + rest * (bound(rank + 1, f64::NAN) - from) } else { from }
        };
        let middle = self.at as f64;
        let spread = between((middle + self.sd).max(0.0)) - between((middle - self.sd).max(0.0));
        let (lo, hi) = (bound(self.low, f64::NEG_INFINITY), bound(self.high, f64::INFINITY));
        Estimate { value: bound(self.at, f64::NAN), se: 0.5 * spread, lo, hi }
    }
}

/// What a 95 % interval leaves out.
const MISS: f64 = 0.05;

/// Ranks for quantile `q` (strictly between 0 and 1) of `n` observations.
pub fn ranks(n: usize, q: f64) -> Ranks {
    let count = n as f64;
    let at = rank_of(n, q);
    let (low, high) = binomial_bounds(n, q);
    let sd = (count * q * (1.0 - q)).sqrt();
    Ranks { at, low, high, sd }
}

/// ceil(q n), at least one, not thrown off by rounding of q n just above a whole number.
pub fn rank_of(n: usize, q: f64) -> usize {
    let exact = q * n as f64;
    let whole = libm::round(exact);
    let near = (exact - whole).abs() < 1e-9 * exact.max(1.0);
    let rank = if near { whole } else { libm::ceil(exact) };
    (rank.max(1.0) as usize).min(n)
}

/// The largest l with P(B < l) <= 2.5 % and the smallest h with P(B >= h) <= 2.5 %, B binomial(n, q). Where no observation is as
/// far out as one of them, it is the last one if the quantile is beyond that with no more than 5 % and the other end can leave out what
/// is left of these (Hahn and Meeker 1991, Statistical Intervals, section 5.2: the two tails need not be equal).
///
/// Probabilities are taken relative to the mode's and normalised by their sum, so that nothing underflows.
fn binomial_bounds(n: usize, q: f64) -> (usize, usize) {
    if n == 0 {
        return (0, 1);
    }
    let mode = (libm::floor((n as f64 + 1.0) * q) as usize).min(n);
    let (first, weights) = relative_weights(n, q, mode);
    let whole = weights.iter().sum::<f64>();
    let end = first + weights.len();
    let low = |miss: f64| first + within(weights.iter(), miss * whole);
    let high = |miss: f64| end - within(weights.iter().rev(), miss * whole);
    let half = 0.5 * MISS;
    // How likely all observations are above the quantile, and all below it.
    let above = if first == 0 { weights[0] / whole } else { 0.0 };
    let below = if end == n + 1 { weights[weights.len() - 1] / whole } else { 0.0 };
    if (half..=MISS).contains(&above) && high(MISS - above) <= n {
        (1, high(MISS - above))
    } else if (half..=MISS).contains(&below) && low(MISS - below) > 0 {
        (low(MISS - below), n)
    } else {
        (low(half), high(half))
    }
}

/// How many weights from the start stay within the limit together.
fn within<'a>(weights: impl Iterator<Item = &'a f64>, limit: f64) -> usize {
    let mut sum = 0.0;
    weights
        .take_while(|w| {
            sum += *w;
            sum <= limit
        })
        .count()
}

/// Binomial probabilities divided by the mode's, over all k where they matter; the first k and the weights.
fn relative_weights(n: usize, q: f64, mode: usize) -> (usize, Vec<f64>) {
    const NEGLIGIBLE: f64 = 1e-12;
    // P(k + 1) / P(k)
    let up = |k: usize| (n - k) as f64 / (k as f64 + 1.0) * (q / (1.0 - q));
    let mut weights = vec![1.0];
    let (mut k, mut weight) = (mode, 1.0);
    while k > 0 && weight > NEGLIGIBLE {
        k -= 1;
        weight /= up(k);
        weights.push(weight);
    }
    let first = k;
    weights.reverse();
    (k, weight) = (mode, 1.0);
    while k < n && weight > NEGLIGIBLE {
        weight *= up(k);
        k += 1;
        weights.push(weight);
    }
    (first, weights)
}
