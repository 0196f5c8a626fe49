//! Mean, variance and support of a law.

use super::{Law, discrete, pert_shapes, truncated};
use crate::chance::special::ln_gamma;

impl Law {
    /// Mean, in the quantity's unit; infinite where the law has none (Pareto and Lomax with alpha <= 1).
    pub fn mean(&self) -> f64 {
        match self {
            Law::Constant(value) => *value,
            Law::Uniform { min, max } => 0.5 * (min + max),
            Law::Triangular { min, mode, max } => (min + mode + max) / 3.0,
            Law::Pert { min, mode, max } => (min + 4.0 * mode + max) / 6.0,
            Law::Normal { mean, .. } => *mean,
            Law::TruncatedNormal { mean, sd, min, max } => {
                mean + sd * truncated::moments((min - mean) / sd, (max - mean) / sd).0
            }
            Law::LogNormal { mu, sigma } => libm::exp(mu + 0.5 * sigma * sigma),
            Law::Gamma { shape, scale } => shape * scale,
            Law::Beta { a, b, min, max } => min + (max - min) * a / (a + b),
            Law::Weibull { shape, scale } => scale * libm::exp(ln_gamma(1.0 + 1.0 / shape)),
            Law::Pareto { alpha, minimum } if *alpha > 1.0 => minimum * alpha / (alpha - 1.0),
            Law::Lomax { alpha, scale } if *alpha > 1.0 => scale / (alpha - 1.0),
            Law::Pareto { .. } | Law::Lomax { .. } => f64::INFINITY,
            Law::Discrete { values, weights } | Law::JointColumn { values, weights, .. } => {
                discrete::mean(values, weights)
            }
            Law::Empirical { values } => values.iter().sum::<f64>() / values.len() as f64,
        }
    }

    /// Variance, in the unit squared; infinite where the law has none (Pareto and Lomax with alpha <= 2).
    pub fn variance(&self) -> f64 {
        match self {
            Law::Constant(_) => 0.0,
            Law::Uniform { min, max } => (max - min) * (max - min) / 12.0,
            Law::Triangular { min, mode, max } => {
                let (left, right) = (mode - min, max - mode);
                (left * left + left * right + right * right) / 18.0
            }
            Law::Pert { min, mode, max } => {
                let (a, b) = pert_shapes(*min, *mode, *max);
                beta_variance(a, b) * (max - min) * (max - min)
            }
            Law::Normal { sd, .. } => sd * sd,
            Law::TruncatedNormal { mean, sd, min, max } => {
                sd * sd * truncated::moments((min - mean) / sd, (max - mean) / sd).1
            }
            Law::LogNormal { mu, sigma } => {
                let s = sigma * sigma;
                libm::expm1(s) * libm::exp(2.0 * mu + s)
            }
            Law::Gamma { shape, scale } => shape * scale * scale,
            Law::Beta { a, b, min, max } => beta_variance(*a, *b) * (max - min) * (max - min),
            Law::Weibull { shape, .. } => {
                let mean = self.mean();
                weibull_cv_squared(*shape) * mean * mean
            }
            Law::Pareto { alpha, minimum } if *alpha > 2.0 => {
                minimum * minimum * alpha / ((alpha - 1.0) * (alpha - 1.0) * (alpha - 2.0))
            }
            Law::Lomax { alpha, scale } if *alpha > 2.0 => {
                scale * scale * alpha / ((alpha - 1.0) * (alpha - 1.0) * (alpha - 2.0))
            }
            Law::Pareto { .. } | Law::Lomax { .. } => f64::INFINITY,
            Law::Discrete { values, weights } | Law::JointColumn { values, weights, .. } => {
                discrete::variance(values, weights)
            }
            Law::Empirical { values } => discrete::variance(values, &vec![1.0; values.len()]),
        }
    }

    /// Index of a tail that falls as a power: moments from it on are infinite. Infinite where the tail falls faster or ends.
    pub fn tail_index(&self) -> f64 {
        match self {
            Law::Pareto { alpha, .. } | Law::Lomax { alpha, .. } => *alpha,
            _ => f64::INFINITY,
        }
    }

    /// Smallest and largest possible value; infinite where unbounded.
    pub fn support(&self) -> (f64, f64) {
        match self {
            Law::Constant(value) => (*value, *value),
            Law::Uniform { min, max }
            | Law::Triangular { min, max, .. }
            | Law::Pert { min, max, .. }
            | Law::TruncatedNormal { min, max, .. }
            | Law::Beta { min, max, .. } => (*min, *max),
            Law::Normal { .. } => (f64::NEG_INFINITY, f64::INFINITY),
            Law::Pareto { minimum, .. } => (*minimum, f64::INFINITY),
            Law::LogNormal { .. } | Law::Gamma { .. } | Law::Weibull { .. } | Law::Lomax { .. } => (0.0, f64::INFINITY),
            Law::Discrete { values, weights } | Law::JointColumn { values, weights, .. } => {
                discrete::range(values, weights)
            }
            Law::Empirical { values } => {
                (values.first().copied().unwrap_or(f64::NAN), values.last().copied().unwrap_or(f64::NAN))
            }
        }
    }
}

fn beta_variance(a: f64, b: f64) -> f64 {
    a * b / ((a + b) * (a + b) * (a + b + 1.0))
}

/// Squared coefficient of variation of a Weibull law: Gamma(1 + 2/k) / Gamma(1 + 1/k)^2 - 1.
pub fn weibull_cv_squared(shape: f64) -> f64 {
    libm::expm1(ln_gamma(1.0 + 2.0 / shape) - 2.0 * ln_gamma(1.0 + 1.0 / shape))
}
