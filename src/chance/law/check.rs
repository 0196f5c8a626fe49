//! Which parameters make a law.

use super::{Law, LawError, truncated};

/// Least share of a normal law that must be left where it is cut: less is a slip, and what is drawn of it loses its digits.
const LEAST_INSIDE: f64 = 1e-6;

impl Law {
    /// Whether the parameters make a law.
    ///
    /// # Errors
    /// The first thing that is wrong, with what would be right.
    pub fn check(&self) -> Result<(), LawError> {
        match self {
            Law::Constant(value) => finite("the value", *value),
            Law::Uniform { min, max } => rising("min and max", &[*min, *max]),
            Law::Triangular { min, mode, max } | Law::Pert { min, mode, max } => three_points(*min, *mode, *max),
            Law::Normal { mean, sd } => finite("the mean", *mean).and(positive("the sd", *sd)),
            Law::TruncatedNormal { mean, sd, min, max } => {
                finite("the mean", *mean).and(positive("the sd", *sd)).and(cut(*mean, *sd, *min, *max))
            }
            Law::LogNormal { mu, sigma } => finite("mu", *mu).and(positive("sigma", *sigma)),
            Law::Gamma { shape, scale } | Law::Weibull { shape, scale } => {
                positive("the shape", *shape).and(positive("the scale", *scale))
            }
            Law::Beta { a, b, min, max } => {
                positive("a", *a).and(positive("b", *b)).and(rising("min and max", &[*min, *max]))
            }
            Law::Pareto { alpha, minimum } => positive("alpha", *alpha).and(positive("the minimum", *minimum)),
            Law::Lomax { alpha, scale } => positive("alpha", *alpha).and(positive("the scale", *scale)),
            Law::Discrete { values, weights } => sorted(values).and(weighted(values, weights)),
            Law::Empirical { values } => sorted(values),
            Law::JointColumn { values, weights, .. } => all_finite(values).and(weighted(values, weights)),
        }
    }

    /// The law itself if it passes [`Law::check`].
    ///
    /// # Errors
    /// As [`Law::check`].
    pub fn checked(self) -> Result<Law, LawError> {
        self.check().map(|()| self)
    }
}

/// `value` must be a finite number.
pub fn finite(what: &'static str, value: f64) -> Result<(), LawError> {
    if value.is_finite() { Ok(()) } else { Err(LawError::NotFinite { what, value }) }
}

/// `value` must be finite and not below zero.
pub fn not_negative(what: &'static str, value: f64) -> Result<(), LawError> {
    finite(what, value)?;
    if value >= 0.0 { Ok(()) } else { Err(LawError::Negative { what, value }) }
}

/// `value` must be finite and above zero.
pub fn positive(what: &'static str, value: f64) -> Result<(), LawError> {
    above(what, value, 0.0)
}

/// `value` must be finite and above `bound`.
pub fn above(what: &'static str, value: f64, bound: f64) -> Result<(), LawError> {
    finite(what, value)?;
    if value > bound { Ok(()) } else { Err(LawError::NotAbove { what, value, bound }) }
}

/// As many weights as values, none negative, not all zero.
pub fn weighted(values: &[f64], weights: &[f64]) -> Result<(), LawError> {
    if values.len() != weights.len() {
        return Err(LawError::LengthsDiffer { values: values.len(), weights: weights.len() });
    }
    let total: f64 = weights.iter().sum();
    if weights.iter().any(|w| !w.is_finite() || *w < 0.0) || total <= 0.0 || !total.is_finite() {
        return Err(LawError::BadWeights);
    }
    Ok(())
}

/// At least one value, all finite.
pub fn all_finite(values: &[f64]) -> Result<(), LawError> {
    if values.is_empty() {
        return Err(LawError::NoValues);
    }
    values.iter().try_for_each(|value| finite("a value", *value))
}

fn sorted(values: &[f64]) -> Result<(), LawError> {
    all_finite(values)?;
    if values.is_sorted() { Ok(()) } else { Err(LawError::NotSorted) }
}

fn rising(what: &'static str, values: &[f64]) -> Result<(), LawError> {
    all_finite(values)?;
    if values.windows(2).all(|pair| pair[0] < pair[1]) { Ok(()) } else { Err(LawError::OutOfOrder { what }) }
}

fn cut(mean: f64, sd: f64, min: f64, max: f64) -> Result<(), LawError> {
    if min >= max || min.is_nan() || max.is_nan() {
        return Err(LawError::OutOfOrder { what: "min and max" });
    }
    let share = truncated::inside((min - mean) / sd, (max - mean) / sd);
    if share >= LEAST_INSIDE { Ok(()) } else { Err(LawError::TooLittleInside { share }) }
}

fn three_points(min: f64, mode: f64, max: f64) -> Result<(), LawError> {
    rising("min and max", &[min, max])?;
    finite("the mode", mode)?;
    if min <= mode && mode <= max { Ok(()) } else { Err(LawError::OutOfOrder { what: "min, mode and max" }) }
}
