//! Durations of outages: a lognormal body with a Pareto tail, fitted by maximum likelihood.
//!
//! Given the threshold the likelihood falls apart in three: the share in the tail (its frequency), the tail index (Hill
//! 1975, Annals of Statistics 3) and the body, a normal law of the logarithms cut off above, whose likelihood equations
//! are those of mean and variance (Cohen 1950, Annals of Mathematical Statistics 21). The threshold is the one of the
//! observations at which the tail is nearest to a Pareto law by the distance of Kolmogorov and Smirnov (Clauset, Shalizi
//! and Newman 2009, SIAM Review 51), among those with [`LEAST_TAIL`] observations to [`MOST_TAIL`] of all above them.

use crate::chance::special::{find_root, normal_cdf, normal_pdf};
use crate::chance::spliced::Spliced;
use crate::chance::stream::Stream;
use crate::model::company::LEAST_OBSERVED;

/// Fewest observations in a tail.
pub const LEAST_TAIL: usize = 25;
/// Largest share of the observations in a tail.
pub const MOST_TAIL: f64 = 0.25;

/// A parameter with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// Its value.
    pub value: f64,
    /// Its standard error, the threshold taken as known.
    pub se: f64,
}

/// A fit and how good it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The law.
    pub law: Spliced,
    /// Observations.
    pub count: usize,
    /// Observations above the threshold.
    pub in_tail: usize,
    /// Mean of the logarithm of the body.
    pub mu: Parameter,
    /// Standard deviation of the logarithm of the body.
    pub sigma: Parameter,
    /// Share in the tail.
    pub tail_share: Parameter,
    /// Tail index.
    pub alpha: Parameter,
    /// How far it is from the data.
    pub distance: Distance,
    /// The lognormal law without a tail of its own, fitted to the same data.
    pub plain: Plain,
}

/// The rival.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plain {
    /// The law.
    pub law: Spliced,
    /// How far it is from the data.
    pub distance: Distance,
}

/// Distance of a law from a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    /// Kolmogorov and Smirnov's: the largest difference of the distribution functions.
    pub kolmogorov: f64,
    /// Anderson and Darling's, which looks at the tails.
    pub anderson: f64,
    /// Logarithm of the likelihood.
    pub ln_likelihood: f64,
    /// Akaike's criterion: twice the number of parameters (the threshold is one) less twice that logarithm.
    pub akaike: f64,
}

/// Chance of distances as large, were the fit the law of the data: from samples of the fitted law, each fitted again,
/// threshold included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chances {
    /// Of Kolmogorov and Smirnov's distance.
    pub kolmogorov: f64,
    /// Of Anderson and Darling's.
    pub anderson: f64,
    /// Samples drawn.
    pub samples: usize,
}

/// Fits durations, all above zero; `None` for fewer than [`LEAST_OBSERVED`] or where no threshold leaves a body that can be fitted.
pub fn fit(values: &[f64]) -> Option<Fit> {
    let sorted = sorted(values);
    let spliced = spliced(&sorted)?;
    let law = spliced;
    let n = sorted.len() as f64;
    let in_tail = sorted.len() - sorted.partition_point(|x| *x <= law.threshold);
    let (mu_se, sigma_se) = body_errors(&law, sorted.len() - in_tail);
    let k = in_tail as f64;
    let plain = plain(&sorted);
    Some(Fit {
        law,
        count: sorted.len(),
        in_tail,
        mu: Parameter { value: law.mu, se: mu_se },
        sigma: Parameter { value: law.sigma, se: sigma_se },
        tail_share: Parameter { value: law.tail_share, se: (law.tail_share * (1.0 - law.tail_share) / n).sqrt() },
        alpha: Parameter { value: law.alpha, se: law.alpha / k.sqrt() },
        distance: distance(&law, &sorted, 5.0),
        plain: Plain { law: plain, distance: distance(&plain, &sorted, 2.0) },
    })
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

/// The fitted law of an ascending sample.
fn spliced(sorted: &[f64]) -> Option<Spliced> {
    let n = sorted.len();
    if n < LEAST_OBSERVED {
        return None;
    }
    let logs: Vec<f64> = sorted.iter().map(|x| libm::log(*x)).collect();
    let mut best: Option<(f64, Spliced)> = None;
    let mut above = 0.0; // sum of the logarithms in the tail
    for first in (1..n).rev() {
        above += logs[first];
        let k = n - first;
        if k as f64 > MOST_TAIL * n as f64 {
            break;
        }
        // The threshold is the observation below the tail; of equal ones all lie below.
        if k < LEAST_TAIL || sorted[first] == sorted[first - 1] {
            continue;
        }
        let base = logs[first - 1];
        let excess = above - k as f64 * base;
        let alpha = k as f64 / excess;
        let gap = tail_distance(&logs[first..], base, alpha);
        if best.as_ref().is_none_or(|(least, _)| gap < *least)
            && let Some((mu, sigma)) = body(&logs[..first], base)
        {
            let tail_share = k as f64 / n as f64;
            best = Some((gap, Spliced { mu, sigma, threshold: sorted[first - 1], tail_share, alpha }));
        }
    }
    best.map(|(_, law)| law)
}

fn plain(sorted: &[f64]) -> Spliced {
    let logs: Vec<f64> = sorted.iter().map(|x| libm::log(*x)).collect();
    let (mean, variance) = mean_and_variance(&logs);
    Spliced::lognormal(mean, variance.sqrt())
}

/// Mean and variance with divisor n, as maximum likelihood has it.
fn mean_and_variance(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n)
}

/// Largest distance between a tail and the Pareto law of index `alpha`, in logarithms above `base`.
fn tail_distance(logs: &[f64], base: f64, alpha: f64) -> f64 {
    let k = logs.len() as f64;
    let gap = |(i, y): (usize, &f64)| {
        let p = -libm::expm1(-alpha * (y - base));
        (p - i as f64 / k).max((i as f64 + 1.0) / k - p)
    };
    logs.iter().enumerate().map(gap).fold(0.0, f64::max)
}

/// Normal law of logarithms, cut off above `end`: mean and standard deviation before the cut. `None` where the data are
/// so skew that no normal law cut there has their mean and variance.
fn body(logs: &[f64], end: f64) -> Option<(f64, f64)> {
    let (mean, variance) = mean_and_variance(logs);
    let room = end - mean;
    let wanted = variance / (room * room);
    // With z the distance of the cut in standard deviations, the cut law has mean mu - sigma h and variance
    // sigma^2 (1 - z h - h^2), h the density over the distribution function at z.
    let shape = |z: f64| {
        let h = hazard(z);
        (1.0 - z * h - h * h) / ((z + h) * (z + h))
    };
    let z = find_root(|z| shape(z) - wanted, -6.0, 40.0, 1e-12)?;
    let sigma = room / (z + hazard(z));
    Some((end - z * sigma, sigma))
}

fn hazard(z: f64) -> f64 {
    normal_pdf(z) / normal_cdf(z)
}

/// Standard errors of mu and sigma from the information of a cut normal law: the inverse of minus the second derivatives
/// of the logarithm of the likelihood, which at its maximum depend on z alone.
fn body_errors(law: &Spliced, n: usize) -> (f64, f64) {
    let z = (libm::log(law.threshold) - law.mu) / law.sigma;
    let h = hazard(z);
    // Moments of (y - mu) / sigma in the cut law.
    let (m1, m2) = (-h, 1.0 - z * h);
    let d = h * (h + z); // minus the derivative of h
    let scale = n as f64 / (law.sigma * law.sigma);
    let a = scale * (1.0 - d);
    let b = scale * (2.0 * m1 + h - z * d);
    let c = scale * (3.0 * m2 - 1.0 + 2.0 * z * h - z * z * d);
    let determinant = a * c - b * b;
    ((c / determinant).sqrt(), (a / determinant).sqrt())
}

/// Distances of a law with so many parameters from an ascending sample.
fn distance(law: &Spliced, sorted: &[f64], parameters: f64) -> Distance {
    let n = sorted.len() as f64;
    let (mut kolmogorov, mut anderson, mut ln_likelihood) = (0f64, 0.0, 0.0);
    for (i, x) in sorted.iter().enumerate() {
        let (p, i) = (law.cdf(*x), i as f64);
        kolmogorov = kolmogorov.max(p - i / n).max((i + 1.0) / n - p);
        anderson += (2.0 * i + 1.0) * libm::log(p) + (2.0 * (n - i) - 1.0) * libm::log(law.above(*x));
        ln_likelihood += law.ln_density(*x);
    }
    let akaike = 2.0 * parameters - 2.0 * ln_likelihood;
    Distance { kolmogorov, anderson: -n - anderson / n, ln_likelihood, akaike }
}

/// Purposes of streams.
const AGAIN: &str = "fit again";
const TESTED: &str = "fit tested";

/// How likely distances as large are under the fit, from `samples` samples of it; and under the plain lognormal law.
pub fn chances(found: &Fit, samples: usize, seed: u64) -> (Chances, Chances) {
    let one = |name: &str, law: &Spliced, seen: &Distance, again: &dyn Fn(&[f64]) -> Option<Distance>| {
        let mut stream = Stream::named(seed, 0, TESTED, name);
        let (mut kolmogorov, mut anderson, mut made) = (0, 0, 0);
        for s in 0..samples {
            let at = stream.at(s as u64);
            let drawn: Vec<f64> = (0..found.count).map(|_| law.quantile(at.uniform())).collect();
            if let Some(d) = again(&sorted(&drawn)) {
                made += 1;
                kolmogorov += usize::from(d.kolmogorov >= seen.kolmogorov);
                anderson += usize::from(d.anderson >= seen.anderson);
            }
        }
        // The data are one of the samples, so that no chance is zero (Davison and Hinkley 1997, section 4.2).
        let chance = |hits: usize| (hits + 1) as f64 / (made + 1) as f64;
        Chances { kolmogorov: chance(kolmogorov), anderson: chance(anderson), samples: made }
    };
    let again = |s: &[f64]| spliced(s).map(|law| distance(&law, s, 5.0));
    let again_plain = |s: &[f64]| Some(distance(&plain(s), s, 2.0));
    let plain = &found.plain;
    (one("spliced", &found.law, &found.distance, &again), one("lognormal", &plain.law, &plain.distance, &again_plain))
}

/// Laws fitted to samples drawn from the data with replacement: what another history might have taught, the threshold
/// included.
pub fn resampled(values: &[f64], samples: usize, seed: u64, name: &str) -> Vec<Spliced> {
    let mut stream = Stream::named(seed, 0, AGAIN, name);
    let mut laws = Vec::with_capacity(samples);
    for s in 0..samples {
        let at = stream.at(s as u64);
        let n = values.len();
        let drawn: Vec<f64> = (0..n).map(|_| values[((at.uniform() * n as f64) as usize).min(n - 1)]).collect();
        laws.extend(spliced(&sorted(&drawn)));
    }
    laws
}

/// Laws fitted to samples drawn with replacement, as ranges of the middle 95 % of a function of them.
pub fn range(laws: &[Spliced], of: impl Fn(&Spliced) -> f64) -> (f64, f64) {
    let found = sorted(&laws.iter().map(of).collect::<Vec<f64>>());
    let at = |p: f64| found.get(((p * found.len() as f64) as usize).min(found.len().saturating_sub(1))).copied();
    (at(0.025).unwrap_or(f64::NAN), at(0.975).unwrap_or(f64::NAN))
}

/// The lognormal law of some durations.
pub fn plain_law(values: &[f64]) -> Spliced {
    plain(values)
}
