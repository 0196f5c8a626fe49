//! A lognormal body with a Pareto tail: two laws that meet at a threshold.

use super::special::{normal_cdf, normal_quantile};

/// The law: below the threshold a lognormal cut off there, above it a Pareto law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spliced {
    /// Mean of the logarithm of the uncut body.
    pub mu: f64,
    /// Standard deviation of the logarithm of the uncut body.
    pub sigma: f64,
    /// Where the tail begins.
    pub threshold: f64,
    /// Share of the law that lies in the tail.
    pub tail_share: f64,
    /// Tail index: P(X > x) falls as x^-alpha.
    pub alpha: f64,
}

impl Spliced {
    /// A lognormal law without a tail of its own.
    pub fn lognormal(mu: f64, sigma: f64) -> Spliced {
        Spliced { mu, sigma, threshold: f64::INFINITY, tail_share: 0.0, alpha: 1.0 }
    }

    /// Share of the uncut body below the threshold.
    fn kept(&self) -> f64 {
        if self.threshold.is_infinite() { 1.0 } else { normal_cdf((libm::log(self.threshold) - self.mu) / self.sigma) }
    }

    /// P(X <= x).
    pub fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            0.0
        } else if x <= self.threshold {
            (1.0 - self.tail_share) * normal_cdf((libm::log(x) - self.mu) / self.sigma) / self.kept()
        } else {
            1.0 - self.above(x)
        }
    }

    /// P(X > x).
    pub fn above(&self, x: f64) -> f64 {
        if x <= self.threshold {
            1.0 - self.cdf(x)
        } else {
            self.tail_share * libm::exp(self.alpha * libm::log(self.threshold / x))
        }
    }

    /// The value that the share `p` does not exceed, 0 < p < 1.
    pub fn quantile(&self, p: f64) -> f64 {
        let body = 1.0 - self.tail_share;
        if p < body {
            libm::exp(self.mu + self.sigma * normal_quantile(p / body * self.kept())).min(self.threshold)
        } else {
            self.threshold * libm::exp(libm::log(self.tail_share / (1.0 - p)) / self.alpha)
        }
    }

    /// Logarithm of the density.
    pub fn ln_density(&self, x: f64) -> f64 {
        let ln = libm::log(x);
        if x <= self.threshold {
            let z = (ln - self.mu) / self.sigma;
            let root = 0.5 * libm::log(2.0 * std::f64::consts::PI);
            libm::log1p(-self.tail_share) - 0.5 * z * z - root - libm::log(self.sigma) - ln - libm::log(self.kept())
        } else {
            libm::log(self.tail_share * self.alpha) + self.alpha * libm::log(self.threshold) - (self.alpha + 1.0) * ln
        }
    }
}
