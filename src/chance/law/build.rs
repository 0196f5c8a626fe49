//! Laws from moments and from quantiles.

use super::check::{all_finite, finite, not_negative, positive, weighted};
use super::moments::weibull_cv_squared;
use super::{Law, LawError};
use crate::chance::special::{beta_i, find_root, ln_gamma, ln_gamma_inv, normal_quantile};

const BY_MOMENTS: &[&str] = &["normal", "lognormal", "gamma", "beta", "weibull", "pareto", "lomax", "uniform"];

/// A quantile: probability and value.
type Quantile = (f64, f64);

impl Law {
    /// A discrete law; values may come in any order, weights need not add to one.
    ///
    /// # Errors
    /// Empty or unequal lists, values that are not finite, negative or all-zero weights.
    pub fn discrete(values: Vec<f64>, weights: Vec<f64>) -> Result<Law, LawError> {
        all_finite(&values)?;
        weighted(&values, &weights)?;
        let mut pairs: Vec<(f64, f64)> = values.into_iter().zip(weights).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (values, weights) = pairs.into_iter().unzip();
        Ok(Law::Discrete { values, weights })
    }

    /// An empirical law with equal weights; values may come in any order.
    ///
    /// # Errors
    /// An empty list, or values that are not finite.
    pub fn empirical(mut values: Vec<f64>) -> Result<Law, LawError> {
        all_finite(&values)?;
        values.sort_by(f64::total_cmp);
        Ok(Law::Empirical { values })
    }

    /// The member of `family` with this mean and coefficient of variation (sd / |mean|); cv 0 gives a constant.
    ///
    /// # Errors
    /// An unknown family, or moments that no member has.
    pub fn from_mean_cv(family: &str, mean: f64, cv: f64) -> Result<Law, LawError> {
        not_negative("the cv", cv)?;
        finite("the mean", mean)?;
        if cv != 0.0 && mean == 0.0 {
            return Err(LawError::NotAbove { what: "the mean of a law given by its cv", value: 0.0, bound: 0.0 });
        }
        Law::from_mean_sd(family, mean, cv * mean.abs())
    }

    /// The member of `family` with this mean and standard deviation; sd 0 gives a constant. Beta lies on 0 to 1.
    ///
    /// # Errors
    /// An unknown family, or moments that no member has.
    pub fn from_mean_sd(family: &str, mean: f64, sd: f64) -> Result<Law, LawError> {
        finite("the mean", mean)?;
        not_negative("the sd", sd)?;
        if !BY_MOMENTS.contains(&family) {
            return Err(LawError::UnknownFamily { family: family.to_string(), known: BY_MOMENTS });
        }
        if sd == 0.0 {
            return Ok(Law::Constant(mean));
        }
        match family {
            "normal" => return Ok(Law::Normal { mean, sd }),
            "uniform" => {
                let half = sd * 3f64.sqrt();
                return Law::Uniform { min: mean - half, max: mean + half }.checked();
            }
            _ => positive("the mean", mean)?,
        }
        positive_by_moments(family, mean, sd)?.checked()
    }

    /// What is left of a normal law between `min` and `max`, either of which may be infinite. A constant inside stays one.
    ///
    /// # Errors
    /// Bounds out of order, or next to nothing of the law between them.
    pub fn cut(self, min: f64, max: f64) -> Result<Law, LawError> {
        match self {
            Law::Normal { mean, sd } => Law::TruncatedNormal { mean, sd, min, max }.checked(),
            Law::Constant(_) if min >= max => Err(LawError::OutOfOrder { what: "min and max" }),
            Law::Constant(value) if value < min || value > max => Err(LawError::TooLittleInside { share: 0.0 }),
            other => Ok(other),
        }
    }

    /// The member of `family` with two given quantiles, each (probability, value). Beta lies on 0 to 1.
    ///
    /// # Errors
    /// An unknown family, probabilities outside 0..1, values that do not rise, or no member with both quantiles.
    pub fn from_two_quantiles(family: &str, first: Quantile, second: Quantile) -> Result<Law, LawError> {
        let (a, b) = if first.0 <= second.0 { (first, second) } else { (second, first) };
        for (p, x) in [a, b] {
            finite("a quantile", x)?;
            if p.is_nan() || p <= 0.0 || p >= 1.0 {
                return Err(LawError::BadProbability { p });
            }
        }
        if a.0 >= b.0 || a.1 >= b.1 {
            return Err(LawError::QuantilesNotRising { first: a, second: b });
        }
        match family {
            "normal" => normal_through(a, b).checked(),
            "uniform" => uniform_through(a, b).checked(),
            _ => positive("the smaller quantile", a.1).and_then(|()| positive_through(family, a, b))?.checked(),
        }
    }
}

fn positive_by_moments(family: &str, mean: f64, sd: f64) -> Result<Law, LawError> {
    let cv = sd / mean;
    let cv2 = cv * cv;
    match family {
        "lognormal" => {
            let s2 = libm::log1p(cv2);
            Ok(Law::LogNormal { mu: libm::log(mean) - 0.5 * s2, sigma: s2.sqrt() })
        }
        "gamma" => Ok(Law::Gamma { shape: 1.0 / cv2, scale: mean * cv2 }),
        "weibull" => {
            let shape = weibull_shape(cv)?;
            Ok(Law::Weibull { shape, scale: mean / libm::exp(ln_gamma(1.0 + 1.0 / shape)) })
        }
        "pareto" => {
            let alpha = 1.0 + (1.0 + 1.0 / cv2).sqrt();
            Ok(Law::Pareto { alpha, minimum: mean * (alpha - 1.0) / alpha })
        }
        "lomax" => {
            let alpha = lomax_alpha(cv)?;
            Ok(Law::Lomax { alpha, scale: mean * (alpha - 1.0) })
        }
        _ => beta_by_moments(mean, sd),
    }
}

fn beta_by_moments(mean: f64, sd: f64) -> Result<Law, LawError> {
    if mean >= 1.0 {
        return Err(LawError::NotBelow { what: "the mean of a beta law on 0 to 1", value: mean, bound: 1.0 });
    }
    let total = mean * (1.0 - mean) / (sd * sd) - 1.0;
    if total <= 0.0 {
        return Err(LawError::TooSpread { mean, sd, largest: (mean * (1.0 - mean)).sqrt() });
    }
    Ok(Law::Beta { a: mean * total, b: (1.0 - mean) * total, min: 0.0, max: 1.0 })
}

/// The shape of the Weibull law with this coefficient of variation (0.001 to 1e6).
pub fn weibull_shape(cv: f64) -> Result<f64, LawError> {
    let target = libm::log(cv * cv);
    let gap = |ln_shape: f64| libm::log(weibull_cv_squared(libm::exp(ln_shape))) - target;
    match find_root(gap, libm::log(0.05), libm::log(5000.0), 1e-15) {
        Some(ln_shape) => Ok(libm::exp(ln_shape)),
        None if cv < 1.0 => Err(LawError::NotAbove { what: "the cv of a Weibull law", value: cv, bound: 3e-4 }),
        None => Err(LawError::NotBelow { what: "the cv of a Weibull law", value: cv, bound: 3e5 }),
    }
}

/// The tail index of the Lomax law with this coefficient of variation, which must exceed one.
pub fn lomax_alpha(cv: f64) -> Result<f64, LawError> {
    if cv <= 1.0 {
        return Err(LawError::LomaxTooNarrow { cv });
    }
    Ok(2.0 * cv * cv / (cv * cv - 1.0))
}

fn normal_through(a: Quantile, b: Quantile) -> Law {
    let (za, zb) = (normal_quantile(a.0), normal_quantile(b.0));
    let sd = (b.1 - a.1) / (zb - za);
    Law::Normal { mean: a.1 - sd * za, sd }
}

fn uniform_through(a: Quantile, b: Quantile) -> Law {
    let width = (b.1 - a.1) / (b.0 - a.0);
    Law::Uniform { min: a.1 - a.0 * width, max: b.1 + (1.0 - b.0) * width }
}

fn positive_through(family: &str, a: Quantile, b: Quantile) -> Result<Law, LawError> {
    // Quantiles of the exponential law and logarithms of the values: what most families are straight in.
    let (ea, eb) = (-libm::log1p(-a.0), -libm::log1p(-b.0));
    let (la, lb) = (libm::log(a.1), libm::log(b.1));
    match family {
        "lognormal" => match normal_through((a.0, la), (b.0, lb)) {
            Law::Normal { mean, sd } => Ok(Law::LogNormal { mu: mean, sigma: sd }),
            other => Ok(other),
        },
        "weibull" => {
            let shape = (libm::log(eb) - libm::log(ea)) / (lb - la);
            Ok(Law::Weibull { shape, scale: libm::exp(la - libm::log(ea) / shape) })
        }
        "pareto" => {
            let alpha = (eb - ea) / (lb - la);
            Ok(Law::Pareto { alpha, minimum: libm::exp(la - ea / alpha) })
        }
        "gamma" => gamma_through(a, b),
        "lomax" => lomax_through((ea, a.1), (eb, b.1)),
        "beta" => beta_through(a, b),
        _ => Err(LawError::UnknownFamily { family: family.to_string(), known: BY_MOMENTS }),
    }
}

/// The ratio of two quantiles of a gamma law falls with its shape.
fn gamma_through(a: Quantile, b: Quantile) -> Result<Law, LawError> {
    let ln_quantile = |shape: f64, p: f64| ln_gamma_inv(shape, p, 1.0 - p);
    let target = libm::log(b.1) - libm::log(a.1);
    let gap = |ln_shape: f64| {
        let shape = libm::exp(ln_shape);
        libm::log((ln_quantile(shape, b.0) - ln_quantile(shape, a.0)) / target)
    };
    let advice = "they are too close together or too far apart; use normal or lognormal";
    let root = find_root(gap, libm::log(1e-4), libm::log(1e7), 1e-14);
    let shape = libm::exp(root.ok_or(LawError::NoSuchQuantiles { family: "gamma", advice })?);
    Ok(Law::Gamma { shape, scale: libm::exp(libm::log(b.1) - ln_quantile(shape, b.0)) })
}

/// The ratio of two quantiles of a Lomax law lies above that of the exponential law, its limit for large alpha.
fn lomax_through(a: Quantile, b: Quantile) -> Result<Law, LawError> {
    let target = libm::log(b.1 / a.1);
    // ln expm1(e / alpha), safe for large arguments.
    let ln_excess = |e: f64| {
        if e > 30.0 { e } else { libm::log(libm::expm1(e)) }
    };
    let gap = |ln_alpha: f64| {
        let alpha = libm::exp(ln_alpha);
        ln_excess(b.0 / alpha) - ln_excess(a.0 / alpha) - target
    };
    let advice = "a Lomax law needs them further apart; use gamma or Weibull";
    let root = find_root(gap, libm::log(1e-4), libm::log(1e6), 1e-14);
    let alpha = libm::exp(root.ok_or(LawError::NoSuchQuantiles { family: "Lomax", advice })?);
    Ok(Law::Lomax { alpha, scale: libm::exp(libm::log(b.1) - ln_excess(b.0 / alpha)) })
}

/// For each concentration a + b the mean that meets the first quantile; then the concentration that meets the second.
fn beta_through(a: Quantile, b: Quantile) -> Result<Law, LawError> {
    let advice = "a beta law lies on 0 to 1: check the values, or give parameters";
    let none = LawError::NoSuchQuantiles { family: "beta", advice };
    if b.1 >= 1.0 {
        return Err(none);
    }
    let shapes = |ln_total: f64| {
        let total = libm::exp(ln_total);
        let split = |logit: f64| (total / (1.0 + libm::exp(-logit)), total / (1.0 + libm::exp(logit)));
        let gap = |logit: f64| {
            let (s, t) = split(logit);
            beta_i(s, t, a.1) - a.0
        };
        find_root(gap, -30.0, 30.0, 1e-14).map(split)
    };
    let gap = |ln_total: f64| shapes(ln_total).map_or(f64::NAN, |(s, t)| beta_i(s, t, b.1) - b.0);
    let root = find_root(gap, libm::log(1e-2), libm::log(1e7), 1e-14);
    let (s, t) = root.and_then(shapes).ok_or(none)?;
    Ok(Law::Beta { a: s, b: t, min: 0.0, max: 1.0 })
}
