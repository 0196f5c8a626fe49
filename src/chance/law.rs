//! Laws of an uncertain quantity: what can be drawn once a replicate, by inverse distribution function.

mod build;
mod check;
mod discrete;
mod error;
mod moments;
mod truncated;
mod words;

pub use error::LawError;
pub use words::{plain_number, with_commas};

pub(super) use build::{lomax_alpha, weibull_shape};
pub(super) use check::{above, all_finite, not_negative, positive, weighted};
pub(super) use moments::weibull_cv_squared;

use crate::chance::special::{
    beta_i, beta_inv, beta_inv_sf, gamma_p, gamma_p_inv, gamma_q_inv, normal_cdf, normal_quantile, normal_quantile_sf,
};

/// The law of one uncertain quantity, in the quantity's own unit.
///
/// Fields are public for matching; [`Law::check`] says whether they make sense, and the constructors in this room
/// return checked laws only.
#[derive(Clone, Debug, PartialEq)]
pub enum Law {
    /// Always the same value.
    Constant(f64),
    /// Equally likely anywhere from `min` to `max`.
    Uniform {
        /// Lowest value.
        min: f64,
        /// Highest value.
        max: f64,
    },
    /// Density rising straight to `mode` and falling straight from it.
    Triangular {
        /// Lowest value.
        min: f64,
        /// Likeliest value.
        mode: f64,
        /// Highest value.
        max: f64,
    },
    /// PERT: the beta law on `min` to `max` with mean (min + 4 mode + max) / 6.
    Pert {
        /// Lowest value.
        min: f64,
        /// Likeliest value.
        mode: f64,
        /// Highest value.
        max: f64,
    },
    /// Normal.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation, above 0.
        sd: f64,
    },
    /// The part of a normal law between `min` and `max`; either of them may be infinite.
    TruncatedNormal {
        /// Mean before the cut.
        mean: f64,
        /// Standard deviation before the cut, above 0.
        sd: f64,
        /// Lowest value.
        min: f64,
        /// Highest value.
        max: f64,
    },
    /// exp of a normal with mean `mu` and standard deviation `sigma`.
    LogNormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Standard deviation of the logarithm, above 0.
        sigma: f64,
    },
    /// Gamma with mean shape * scale.
    Gamma {
        /// Shape, without unit, above 0.
        shape: f64,
        /// Scale, in the quantity's unit, above 0.
        scale: f64,
    },
    /// Beta with parameters `a`, `b`, stretched from 0..1 to `min`..`max`.
    Beta {
        /// First shape, above 0: weight towards `max`.
        a: f64,
        /// Second shape, above 0: weight towards `min`.
        b: f64,
        /// Lowest value.
        min: f64,
        /// Highest value.
        max: f64,
    },
    /// P(X > x) = exp(-(x / scale)^shape).
    Weibull {
        /// Shape, without unit, above 0.
        shape: f64,
        /// Scale, in the quantity's unit, above 0.
        scale: f64,
    },
    /// P(X > x) = (minimum / x)^alpha for x >= minimum.
    Pareto {
        /// Index of the tail, without unit, above 0: the smaller, the heavier.
        alpha: f64,
        /// Lowest value, above 0.
        minimum: f64,
    },
    /// P(X > x) = (1 + x / scale)^-alpha for x >= 0.
    Lomax {
        /// Index of the tail, without unit, above 0: the smaller, the heavier.
        alpha: f64,
        /// Scale, in the quantity's unit, above 0.
        scale: f64,
    },
    /// `values` ascending, each with its weight (relative; they need not add to one).
    Discrete {
        /// The values.
        values: Vec<f64>,
        /// Weight of each value, 0 or more.
        weights: Vec<f64>,
    },
    /// `values` ascending, all equally likely; the quantile function is a step function.
    Empirical {
        /// The values.
        values: Vec<f64>,
    },
    /// One column of a joint table. Rows keep their order and share their weights with the other columns of the table,
    /// so that the same `u` picks the same row in each.
    JointColumn {
        /// Index of the joint table.
        table: usize,
        /// The value in each row.
        values: Vec<f64>,
        /// Weight of each row, the same in all columns of the table.
        weights: Vec<f64>,
    },
}

impl Law {
    /// The value below which the share `u` of the law lies. `u` outside 0..1 gives the nearer end of the support.
    ///
    /// For a joint column the value in the row that `u` picks, which does not rise with `u`.
    pub fn quantile(&self, u: f64) -> f64 {
        self.at(u.clamp(0.0, 1.0), (1.0 - u).clamp(0.0, 1.0), u <= 0.5)
    }

    /// The x with P(X > x) = `q`, for tails far smaller than `1.0 - q` can express.
    pub fn quantile_sf(&self, q: f64) -> f64 {
        self.at((1.0 - q).clamp(0.0, 1.0), q.clamp(0.0, 1.0), q >= 0.5)
    }

    /// `p` and `q` add to one; `low` says which of the two is the smaller and therefore carries the digits.
    fn at(&self, p: f64, q: f64, low: bool) -> f64 {
        let normal = || {
            if low { normal_quantile(p) } else { normal_quantile_sf(q) }
        };
        // -ln q, the quantile of the exponential law.
        let exponential = || if low { -libm::log1p(-p) } else { -libm::log(q) };
        let beta = |a, b| {
            if low { beta_inv(a, b, p) } else { beta_inv_sf(a, b, q) }
        };
        match self {
            Law::Constant(value) => *value,
            Law::Uniform { min, max } => between(*min, *max, p, q, low),
            Law::Triangular { min, mode, max } => triangular(*min, *mode, *max, p, q),
            Law::Pert { min, mode, max } => {
                let (a, b) = pert_shapes(*min, *mode, *max);
                min + (max - min) * beta(a, b)
            }
            Law::Normal { mean, sd } => mean + sd * normal(),
            Law::TruncatedNormal { mean, sd, min, max } => {
                let (a, b) = ((min - mean) / sd, (max - mean) / sd);
                (mean + sd * truncated::quantile(a, b, p, q)).clamp(*min, *max)
            }
            Law::LogNormal { mu, sigma } => libm::exp(mu + sigma * normal()),
            Law::Gamma { shape, scale } => scale * if low { gamma_p_inv(*shape, p) } else { gamma_q_inv(*shape, q) },
            Law::Beta { a, b, min, max } => min + (max - min) * beta(*a, *b),
            Law::Weibull { shape, scale } => scale * libm::pow(exponential(), 1.0 / shape),
            Law::Pareto { alpha, minimum } => minimum * libm::exp(exponential() / alpha),
            Law::Lomax { alpha, scale } => scale * libm::expm1(exponential() / alpha),
            Law::Discrete { values, weights } => discrete::step(values, weights, p),
            Law::Empirical { values } => discrete::equal_step(values, p),
            Law::JointColumn { values, weights, .. } => discrete::step(values, weights, p),
        }
    }

    /// P(X <= x).
    pub fn cdf(&self, x: f64) -> f64 {
        match self {
            Law::Constant(value) => f64::from(x >= *value),
            Law::Uniform { min, max } => ((x - min) / (max - min)).clamp(0.0, 1.0),
            Law::Triangular { min, mode, max } => triangular_cdf(*min, *mode, *max, x),
            Law::Pert { min, mode, max } => {
                let (a, b) = pert_shapes(*min, *mode, *max);
                beta_i(a, b, (x - min) / (max - min))
            }
            Law::Normal { mean, sd } => normal_cdf((x - mean) / sd),
            Law::TruncatedNormal { mean, sd, min, max } => {
                let z = |x: f64| (x - mean) / sd;
                truncated::inside(z(*min), z(x.clamp(*min, *max))) / truncated::inside(z(*min), z(*max))
            }
            Law::LogNormal { mu, sigma } if x > 0.0 => normal_cdf((libm::log(x) - mu) / sigma),
            Law::Gamma { shape, scale } => gamma_p(*shape, x / scale),
            Law::Beta { a, b, min, max } => beta_i(*a, *b, (x - min) / (max - min)),
            Law::Weibull { shape, scale } if x > 0.0 => -libm::expm1(-libm::pow(x / scale, *shape)),
            Law::Pareto { alpha, minimum } if x > *minimum => -libm::expm1(alpha * libm::log(minimum / x)),
            Law::Lomax { alpha, scale } if x > 0.0 => -libm::expm1(-alpha * libm::log1p(x / scale)),
            Law::LogNormal { .. } | Law::Weibull { .. } | Law::Pareto { .. } | Law::Lomax { .. } => 0.0,
            Law::Discrete { values, weights } | Law::JointColumn { values, weights, .. } => {
                discrete::share_up_to(values, weights, x)
            }
            Law::Empirical { values } => values.partition_point(|v| *v <= x) as f64 / values.len() as f64,
        }
    }

    /// Whether every draw is the same.
    pub fn is_constant(&self) -> bool {
        match self {
            Law::Constant(_) => true,
            Law::Discrete { .. } | Law::Empirical { .. } | Law::JointColumn { .. } => {
                let (low, high) = self.support();
                low == high
            }
            _ => false,
        }
    }
}

/// Beta parameters of a PERT law.
fn pert_shapes(min: f64, mode: f64, max: f64) -> (f64, f64) {
    let width = max - min;
    (1.0 + 4.0 * (mode - min) / width, 1.0 + 4.0 * (max - mode) / width)
}

fn between(min: f64, max: f64, p: f64, q: f64, low: bool) -> f64 {
    if low { min + p * (max - min) } else { max - q * (max - min) }
}

fn triangular(min: f64, mode: f64, max: f64, p: f64, q: f64) -> f64 {
    let width = max - min;
    if p * width <= mode - min {
        min + (p * width * (mode - min)).sqrt()
    } else {
        max - (q * width * (max - mode)).sqrt()
    }
}

fn triangular_cdf(min: f64, mode: f64, max: f64, x: f64) -> f64 {
    if x <= min {
        0.0
    } else if x >= max {
        1.0
    } else if x <= mode {
        (x - min) * (x - min) / ((max - min) * (mode - min))
    } else {
        1.0 - (max - x) * (max - x) / ((max - min) * (max - mode))
    }
}
