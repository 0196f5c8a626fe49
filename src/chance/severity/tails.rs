//! Distribution function, both tails, density and quantiles of a severity.

use super::{Severity, discrete};
use crate::chance::special::{
    gamma_p, gamma_p_inv, gamma_q, gamma_q_inv, ln_gamma, normal_cdf, normal_pdf, normal_quantile, normal_quantile_sf,
    normal_sf,
};

/// The scale that gives a Weibull law of this shape mean one.
pub(super) fn weibull_scale(shape: f64) -> f64 {
    libm::exp(-ln_gamma(1.0 + 1.0 / shape))
}

/// (x / scale)^shape: where the Weibull law of mean one becomes the exponential law.
pub(super) fn weibull_time(shape: f64, x: f64) -> f64 {
    libm::pow(x / weibull_scale(shape), shape)
}

/// The standard normal deviate of `x` under a lognormal law of mean one.
pub(super) fn lognormal_z(sigma: f64, x: f64) -> f64 {
    libm::log(x) / sigma + 0.5 * sigma
}

impl Severity {
    /// P(X <= x).
    pub fn cdf(&self, x: f64) -> f64 {
        match self {
            Severity::Mixture(parts) => parts.iter().map(|(w, m, part)| w * part.cdf(x / m)).sum::<f64>().min(1.0),
            Severity::Empirical { values, weights } => discrete::cdf(values, weights, x),
            Severity::Degenerate => f64::from(x >= 1.0),
            _ if x <= 0.0 => 0.0,
            Severity::LogNormal { sigma } => normal_cdf(lognormal_z(*sigma, x)),
            Severity::Gamma { shape } => gamma_p(*shape, shape * x),
            Severity::Weibull { shape } => -libm::expm1(-weibull_time(*shape, x)),
            Severity::Lomax { alpha } => -libm::expm1(-alpha * libm::log1p(x / (alpha - 1.0))),
        }
    }

    /// P(X > x), with small relative error far in the tail.
    pub fn sf(&self, x: f64) -> f64 {
        match self {
            Severity::Mixture(parts) => parts.iter().map(|(w, m, part)| w * part.sf(x / m)).sum::<f64>().min(1.0),
            Severity::Empirical { values, weights } => discrete::sf(values, weights, x),
            Severity::Degenerate => f64::from(x < 1.0),
            _ if x <= 0.0 => 1.0,
            Severity::LogNormal { sigma } => normal_sf(lognormal_z(*sigma, x)),
            Severity::Gamma { shape } => gamma_q(*shape, shape * x),
            Severity::Weibull { shape } => libm::exp(-weibull_time(*shape, x)),
            Severity::Lomax { alpha } => libm::exp(-alpha * libm::log1p(x / (alpha - 1.0))),
        }
    }

    /// Density of the smooth part at `x`; values with a probability of their own (see [`Severity::point_masses`]) have
    /// none and count as zero.
    pub fn pdf(&self, x: f64) -> f64 {
        match self {
            Severity::Mixture(parts) => parts.iter().map(|(w, m, part)| w / m * part.pdf(x / m)).sum(),
            Severity::Degenerate | Severity::Empirical { .. } => 0.0,
            _ if x <= 0.0 => 0.0,
            Severity::LogNormal { sigma } => normal_pdf(lognormal_z(*sigma, x)) / (sigma * x),
            Severity::Gamma { shape } => {
                let y = shape * x;
                shape * libm::exp((shape - 1.0) * libm::log(y) - y - ln_gamma(*shape))
            }
            Severity::Weibull { shape } => {
                let t = weibull_time(*shape, x);
                shape * t / x * libm::exp(-t)
            }
            Severity::Lomax { alpha } => {
                let scale = alpha - 1.0;
                alpha / scale * libm::exp(-(alpha + 1.0) * libm::log1p(x / scale))
            }
        }
    }

    /// The smallest x with P(X <= x) >= `u`; `u` outside 0..1 counts as the nearer end.
    pub fn quantile(&self, u: f64) -> f64 {
        if u <= 0.5 { self.lower_quantile(u.max(0.0)) } else { self.upper_quantile((1.0 - u).max(0.0)) }
    }

    /// The x with P(X > x) = `q`, for tails far smaller than `1.0 - q` can express.
    pub fn quantile_sf(&self, q: f64) -> f64 {
        if q < 0.5 { self.upper_quantile(q.max(0.0)) } else { self.lower_quantile((1.0 - q).max(0.0)) }
    }

    fn lower_quantile(&self, p: f64) -> f64 {
        match self {
            Severity::Degenerate => 1.0,
            Severity::LogNormal { sigma } => libm::exp(sigma * (normal_quantile(p) - 0.5 * sigma)),
            Severity::Gamma { shape } => gamma_p_inv(*shape, p) / shape,
            Severity::Weibull { shape } => weibull_scale(*shape) * libm::pow(-libm::log1p(-p), 1.0 / shape),
            Severity::Lomax { alpha } => (alpha - 1.0) * libm::expm1(-libm::log1p(-p) / alpha),
            Severity::Mixture(parts) => {
                between_parts(parts, |part| part.lower_quantile(p), |x| libm::log(self.cdf(x)) - libm::log(p))
            }
            Severity::Empirical { values, weights } => discrete::quantile(values, weights, p),
        }
    }

    fn upper_quantile(&self, q: f64) -> f64 {
        match self {
            Severity::Degenerate => 1.0,
            Severity::LogNormal { sigma } => libm::exp(sigma * (normal_quantile_sf(q) - 0.5 * sigma)),
            Severity::Gamma { shape } => gamma_q_inv(*shape, q) / shape,
            Severity::Weibull { shape } => weibull_scale(*shape) * libm::pow(-libm::log(q), 1.0 / shape),
            Severity::Lomax { alpha } => (alpha - 1.0) * libm::expm1(-libm::log(q) / alpha),
            Severity::Mixture(parts) => {
                between_parts(parts, |part| part.upper_quantile(q), |x| libm::log(q) - libm::log(self.sf(x)))
            }
            Severity::Empirical { values, weights } => discrete::quantile_sf(values, weights, q),
        }
    }
}

/// A mixture's quantile lies between its parts' quantiles: halve the logarithm until secant steps take over.
///
/// `gap` rises with x and is zero at the quantile; at a jump the result is the place of the jump.
fn between_parts(parts: &[(f64, f64, Severity)], quantile: impl Fn(&Severity) -> f64, gap: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (f64::INFINITY, 0f64);
    for (_, mean, part) in parts {
        let x = mean * quantile(part);
        (low, high) = (low.min(x), high.max(x));
    }
    if low <= 0.0 && high > 0.0 {
        low = if gap(0.0) >= 0.0 {
            return 0.0;
        } else {
            f64::MIN_POSITIVE
        };
    }
    if low >= high || high.is_infinite() {
        return high;
    }
    let (mut gap_low, mut gap_high) = (gap(low), gap(high));
    if gap_low >= 0.0 {
        return low;
    }
    // Illinois variant of false position in ln x, every third step a bisection.
    let (mut from, mut to) = (libm::log(low), libm::log(high));
    for round in 0..200 {
        let line = (from * gap_high - to * gap_low) / (gap_high - gap_low);
        let inside = line.is_finite() && line > from && line < to;
        let middle = if inside && round % 3 != 2 { line } else { 0.5 * (from + to) };
        let value = gap(libm::exp(middle));
        if value >= 0.0 {
            if to - middle < 1e-16 * middle.abs() || value == 0.0 {
                return libm::exp(middle);
            }
            (to, gap_high, gap_low) = (middle, value, if round % 3 == 0 { 0.5 * gap_low } else { gap_low });
        } else {
            (from, gap_low, gap_high) = (middle, value, if round % 3 == 0 { 0.5 * gap_high } else { gap_high });
        }
        if to - from <= 2e-16 * to.abs().max(1.0) {
            break;
        }
    }
    libm::exp(to)
}
