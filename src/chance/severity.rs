//! Severities: laws of a person's relative loss X >= 0 with mean one, and their partial moments in closed form.

mod build;
mod discrete;
mod moments;
mod stretch;
mod tails;

pub use stretch::Stretch;

use crate::chance::law::{LawError, plain_number};

/// Law of a person's loss relative to the average loss: X >= 0, mean one, no unit.
///
/// The constructors return checked severities only; [`Severity::check`] tests one that was put together by hand.
#[derive(Clone, Debug, PartialEq)]
pub enum Severity {
    /// Everyone loses the average.
    Degenerate,
    /// exp of a normal with mean -sigma^2 / 2 and standard deviation `sigma`.
    LogNormal {
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// Gamma with this shape and mean one.
    Gamma {
        /// Shape, above 0.
        shape: f64,
    },
    /// Weibull with this shape and mean one.
    Weibull {
        /// Shape, above 0.
        shape: f64,
    },
    /// P(X > x) = (1 + x / (alpha - 1))^-alpha; alpha above one.
    Lomax {
        /// Index of the tail, above 1.
        alpha: f64,
    },
    /// Groups of people: (weight, mean, law around that mean). Weights add to one, and so does the sum of
    /// weight * mean.
    Mixture(Vec<(f64, f64, Severity)>),
    /// `values` ascending with mean one, `weights` adding to one. Values may be zero.
    Empirical {
        /// The values, 0 or more.
        values: Vec<f64>,
        /// Weight of each value.
        weights: Vec<f64>,
    },
}

impl Severity {
    /// Variance of X; infinite for Lomax with alpha <= 2.
    pub fn variance(&self) -> f64 {
        match self {
            Severity::Degenerate => 0.0,
            Severity::LogNormal { sigma } => libm::expm1(sigma * sigma),
            Severity::Gamma { shape } => 1.0 / shape,
            Severity::Weibull { shape } => crate::chance::law::weibull_cv_squared(*shape),
            Severity::Lomax { alpha } if *alpha > 2.0 => alpha / (alpha - 2.0),
            Severity::Lomax { .. } => f64::INFINITY,
            Severity::Mixture(parts) => {
                let square =
                    |(w, m, part): &(f64, f64, Severity)| w * (m * m * part.variance() + (m - 1.0) * (m - 1.0));
                parts.iter().map(square).sum()
            }
            Severity::Empirical { values, weights } => {
                values.iter().zip(weights).map(|(v, w)| w * (v - 1.0) * (v - 1.0)).sum()
            }
        }
    }

    /// Coefficient of variation, which for mean one is the standard deviation.
    pub fn cv(&self) -> f64 {
        self.variance().sqrt()
    }

    /// The family's name as a scenario writes it.
    pub fn family_name(&self) -> &'static str {
        match self {
            Severity::Degenerate => "degenerate",
            Severity::LogNormal { .. } => "lognormal",
            Severity::Gamma { .. } => "gamma",
            Severity::Weibull { .. } => "weibull",
            Severity::Lomax { .. } => "lomax",
            Severity::Mixture(_) => "mixture",
            Severity::Empirical { .. } => "empirical",
        }
    }

    /// The severity in plain words, such as "lognormal, cv 3".
    pub fn describe(&self) -> String {
        let cv = plain_number(self.cv());
        match self {
            Severity::Degenerate => "the same for everyone".to_string(),
            Severity::Lomax { alpha } if *alpha > 2.0 => {
                format!("lomax, tail index {}, cv {cv}", plain_number(*alpha))
            }
            Severity::Lomax { alpha } => format!("lomax, tail index {}, no finite variance", plain_number(*alpha)),
            Severity::Mixture(parts) => format!("mixture of {} groups, cv {cv}", parts.len()),
            Severity::Empirical { values, .. } => {
                format!("empirical, {} values, cv {cv}", values.len())
            }
            _ => format!("{}, cv {cv}", self.family_name()),
        }
    }

    /// Values and weights if the law is a list of values: empirical, or the same for everyone.
    pub fn atoms(&self) -> Option<(&[f64], &[f64])> {
        match self {
            Severity::Degenerate => Some((&[1.0], &[1.0])),
            Severity::Empirical { values, weights } => Some((values, weights)),
            _ => None,
        }
    }

    /// Every value that has a probability of its own, with that probability, ascending; empty for smooth laws. Unlike
    /// [`Severity::atoms`] this also finds the values inside a mixture that has smooth parts.
    pub fn point_masses(&self) -> Vec<(f64, f64)> {
        if let Severity::Mixture(parts) = self {
            let scaled = |(w, m, part): &(f64, f64, Severity)| {
                part.point_masses().into_iter().map(|(v, p)| (v * m, p * w)).collect::<Vec<_>>()
            };
            let mut all: Vec<(f64, f64)> = parts.iter().flat_map(scaled).collect();
            all.sort_by(|a, b| a.0.total_cmp(&b.0));
            return all;
        }
        match self.atoms() {
            Some((values, weights)) => values.iter().copied().zip(weights.iter().copied()).collect(),
            None => Vec::new(),
        }
    }
}
