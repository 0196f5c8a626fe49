//! Severities from what a scenario states.

use super::{LawError, Severity};
use crate::chance::law::{above, all_finite, lomax_alpha, not_negative, positive, weibull_shape, weighted};

const BY_CV: &[&str] = &["degenerate", "lognormal", "gamma", "weibull", "lomax"];
/// How far sums that must be one may be from it.
const SLACK: f64 = 1e-9;

impl Severity {
    /// The member of `family` with this coefficient of variation; cv 0 means the same for everyone.
    ///
    /// # Errors
    /// An unknown family, a negative cv, or a cv no member has (a Lomax law's is above one).
    pub fn from_family_cv(family: &str, cv: f64) -> Result<Severity, LawError> {
        if !BY_CV.contains(&family) {
            return Err(LawError::UnknownFamily { family: family.to_string(), known: BY_CV });
        }
        not_negative("the cv", cv)?;
        if cv == 0.0 {
            return Ok(Severity::Degenerate);
        }
        let severity = match family {
            "degenerate" => {
                return Err(LawError::NotBelow { what: "the cv of a fixed loss", value: cv, bound: 0.0 });
            }
            "lognormal" => Severity::LogNormal { sigma: libm::log1p(cv * cv).sqrt() },
            "gamma" => Severity::Gamma { shape: 1.0 / (cv * cv) },
            "weibull" => Severity::Weibull { shape: weibull_shape(cv)? },
            _ => Severity::Lomax { alpha: lomax_alpha(cv)? },
        };
        severity.check().map(|()| severity)
    }

    /// The Lomax severity with this tail index, which must exceed one for the mean to exist.
    ///
    /// # Errors
    /// A tail index of one or less.
    pub fn lomax(alpha: f64) -> Result<Severity, LawError> {
        let severity = Severity::Lomax { alpha };
        severity.check().map(|()| severity)
    }

    /// Groups of people, each (weight, mean loss, law around that mean). Weights and means may be in any unit: both
    /// are rescaled so that the weights add to one and the whole has mean one.
    ///
    /// # Errors
    /// No groups, bad weights, a mean that is not positive, or an invalid part.
    pub fn mixture(parts: Vec<(f64, f64, Severity)>) -> Result<Severity, LawError> {
        let (weights, means): (Vec<f64>, Vec<f64>) = parts.iter().map(|(w, m, _)| (*w, *m)).unzip();
        all_finite(&means)?;
        weighted(&means, &weights)?;
        for (_, mean, part) in &parts {
            positive("the mean of a group", *mean)?;
            part.check()?;
        }
        let total: f64 = weights.iter().sum();
        let mean = weights.iter().zip(&means).map(|(w, m)| w * m).sum::<f64>() / total;
        let scaled = |(w, m, part): (f64, f64, Severity)| (w / total, m / mean, part);
        let mut parts: Vec<_> = parts.into_iter().filter(|(w, ..)| *w > 0.0).map(scaled).collect();
        if parts.len() == 1
            && let Some((_, _, only)) = parts.pop()
        {
            return Ok(only);
        }
        let whole = Severity::Mixture(parts);
        match whole.all_atoms() {
            Some((values, weights)) => Severity::empirical(values, Some(weights)),
            None => Ok(whole),
        }
    }

    /// Observed losses, in any unit and order, with optional weights; rescaled to mean one, equal values merged.
    ///
    /// # Errors
    /// An empty list, a negative loss, bad weights, or losses that are all zero.
    pub fn empirical(values: Vec<f64>, weights: Option<Vec<f64>>) -> Result<Severity, LawError> {
        let weights = weights.unwrap_or_else(|| vec![1.0; values.len()]);
        all_finite(&values)?;
        weighted(&values, &weights)?;
        if let Some(value) = values.iter().copied().find(|v| *v < 0.0) {
            return Err(LawError::NegativeLoss { value });
        }
        let total: f64 = weights.iter().sum();
        let mean = values.iter().zip(&weights).map(|(v, w)| v * w).sum::<f64>() / total;
        positive("the mean of the losses", mean)?;
        let mut pairs: Vec<(f64, f64)> =
            values.into_iter().zip(weights).filter(|(_, w)| *w > 0.0).map(|(v, w)| (v / mean, w / total)).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        pairs.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        let (values, weights) = pairs.into_iter().unzip();
        Ok(Severity::Empirical { values, weights })
    }

    /// Whether the parameters make a severity of mean one.
    ///
    /// # Errors
    /// The first thing that is wrong, with what would be right.
    pub fn check(&self) -> Result<(), LawError> {
        match self {
            Severity::Degenerate => Ok(()),
            Severity::LogNormal { sigma } => positive("sigma", *sigma).and(at_most("sigma", *sigma, 10.0)),
            Severity::Gamma { shape } => above("the shape", *shape, 1e-5).and(at_most("the shape", *shape, 1e9)),
            Severity::Weibull { shape } => above("the shape", *shape, 0.05).and(at_most("the shape", *shape, 5e3)),
            Severity::Lomax { alpha } => above("alpha", *alpha, 1.0).and(at_most("alpha", *alpha, 1e6)),
            Severity::Mixture(parts) => check_mixture(parts),
            Severity::Empirical { values, weights } => check_empirical(values, weights),
        }
    }

    /// Values and weights of a mixture whose parts are all lists of values.
    fn all_atoms(&self) -> Option<(Vec<f64>, Vec<f64>)> {
        let discrete = match self {
            Severity::Mixture(parts) => parts.iter().all(|(_, _, part)| part.all_atoms().is_some()),
            other => other.atoms().is_some(),
        };
        discrete.then(|| self.point_masses().into_iter().unzip())
    }
}

fn at_most(what: &'static str, value: f64, bound: f64) -> Result<(), LawError> {
    if value <= bound { Ok(()) } else { Err(LawError::NotBelow { what, value, bound }) }
}

fn near_one(what: &'static str, value: f64) -> Result<(), LawError> {
    if (value - 1.0).abs() <= SLACK { Ok(()) } else { Err(LawError::NotOne { what, value }) }
}

fn check_mixture(parts: &[(f64, f64, Severity)]) -> Result<(), LawError> {
    if parts.is_empty() {
        return Err(LawError::NoValues);
    }
    for (weight, mean, part) in parts {
        positive("the weight of a group", *weight)?;
        positive("the mean of a group", *mean)?;
        part.check()?;
    }
    near_one("the sum of the weights", parts.iter().map(|(w, ..)| w).sum())?;
    near_one("the mean", parts.iter().map(|(w, m, _)| w * m).sum())
}

fn check_empirical(values: &[f64], weights: &[f64]) -> Result<(), LawError> {
    all_finite(values)?;
    weighted(values, weights)?;
    if !values.is_sorted() {
        return Err(LawError::NotSorted);
    }
    if values[0] < 0.0 {
        return Err(LawError::NegativeLoss { value: values[0] });
    }
    near_one("the sum of the weights", weights.iter().sum())?;
    near_one("the mean", values.iter().zip(weights).map(|(v, w)| v * w).sum())
}
