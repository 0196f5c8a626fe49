//! Laws in the file: a family with its parameters, its mean and spread, or two quantiles.

use super::number::Ask;
use super::reader::{Fields, Reading};
use super::report::{did_you_mean, listed};
use super::tree::Node;
use crate::chance::law::{Law, LawError};
use crate::model::Unit;

/// Families by name, with the keys of their own parameters.
const FAMILIES: [(&str, &[&str]); 12] = [
    ("uniform", &["min", "max"]),
    ("triangular", &["min", "mode", "max"]),
    ("pert", &["min", "mode", "max"]),
    ("normal", &["mean", "sd"]),
    ("lognormal", &["mu", "sigma"]),
    ("gamma", &["shape", "scale"]),
    ("beta", &["a", "b"]),
    ("weibull", &["shape", "scale"]),
    ("pareto", &["alpha", "minimum"]),
    ("lomax", &["alpha", "scale"]),
    ("discrete", &["values", "weights"]),
    ("empirical", &["values"]),
];

/// Keys of quantiles with their probabilities.
const QUANTILES: [(&str, f64); 9] = [
    ("p01", 0.01),
    ("p05", 0.05),
    ("p10", 0.10),
    ("p25", 0.25),
    ("p50", 0.50),
    ("p75", 0.75),
    ("p90", 0.90),
    ("p95", 0.95),
    ("p99", 0.99),
];

/// Parameters without unit; all others are in the unit of the quantity.
const UNITLESS: [&str; 7] = ["mu", "sigma", "shape", "alpha", "a", "b", "cv"];

impl<'a> Reading<'a> {
    /// The law of a table with the key `law`.
    pub fn law(&mut self, fields: &mut Fields<'a>, unit: Unit) -> Option<Law> {
        let node = fields.take("law")?;
        let name = self.text(node)?;
        let Some((family, keys)) = FAMILIES.iter().find(|(f, _)| *f == name) else {
            let names = FAMILIES.iter().map(|(f, _)| *f);
            self.error(node.place, format!("there is no law `{name}`"))
                .help(did_you_mean(name, names.clone()))
                .help(format!("laws are {}", listed(names)));
            skip_all(fields);
            return None;
        };
        let built = match *family {
            "discrete" | "empirical" => self.listed_law(fields, family, unit)?,
            _ => self.parametric(fields, family, keys, unit)?,
        };
        self.accept(built, fields)
    }

    /// A law that holds together, or the reason why not.
    fn accept(&mut self, built: Result<Law, LawError>, fields: &Fields<'a>) -> Option<Law> {
        let checked = built.and_then(|law| law.check().map(|()| law));
        match checked {
            Ok(law) => Some(law),
            Err(e) => {
                self.error(fields.place, format!("this law is impossible: {}", e.fault())).help(e.advice());
                None
            }
        }
    }

    fn listed_law(&mut self, fields: &mut Fields<'a>, family: &str, unit: Unit) -> Option<Result<Law, LawError>> {
        let node = fields.need("values", "`values = [ … ]`")?;
        let list = self.list(node);
        let values: Vec<f64> = list.iter().filter_map(|n| self.scalar(n, unit)).collect();
        if values.len() < list.len() {
            fields.skip(&["weights"]);
            return None;
        }
        if family == "empirical" {
            return Some(Ok(Law::Empirical { values: sorted(values) }));
        }
        let node = fields.need("weights", "`weights = [ … ]`, one for each value")?;
        let weights = self.plain_numbers(node);
        if weights.len() != values.len() {
            let message = format!("{} weights for {} values", weights.len(), values.len());
            self.error(node.place, message).help("each value needs one weight");
            return None;
        }
        Some(Ok(discrete(values, weights)))
    }

    fn parametric(
        &mut self,
        fields: &mut Fields<'a>,
        family: &'static str,
        keys: &'static [&'static str],
        unit: Unit,
    ) -> Option<Result<Law, LawError>> {
        let quantiles: Vec<(&'static str, f64)> =
            QUANTILES.iter().copied().filter(|(k, _)| fields.table.has(k)).collect();
        if !quantiles.is_empty() {
            return self.law_of_quantiles(fields, family, &quantiles, unit);
        }
        let by_spread = fields.table.has("mean") || fields.table.has("cv") || fields.table.has("sd");
        if by_spread && (family != "normal" || fields.table.has("cv")) && has_moments(family) {
            return self.law_of_moments(fields, family, unit);
        }
        let mut values = Vec::new();
        for key in keys {
            let value = self.parameter(fields, key, unit, true);
            values.push(value);
        }
        let range = (family == "beta").then(|| {
            let low = self.parameter(fields, "min", unit, false).unwrap_or(0.0);
            (low, self.parameter(fields, "max", unit, false).unwrap_or(1.0))
        });
        let values: Vec<f64> = values.into_iter().collect::<Option<_>>()?;
        Some(Ok(build(family, &values, range)))
    }

    fn parameter(&mut self, fields: &mut Fields<'a>, key: &'static str, unit: Unit, needed: bool) -> Option<f64> {
        let node = if needed { fields.need(key, example(key)) } else { fields.take(key) }?;
        let unit = if UNITLESS.contains(&key) { Unit::Number } else { unit };
        self.scalar(node, unit)
    }

    fn law_of_moments(&mut self, fields: &mut Fields<'a>, family: &str, unit: Unit) -> Option<Result<Law, LawError>> {
        let mean = self.parameter(fields, "mean", unit, true);
        if fields.table.has("sd") {
            let sd = self.parameter(fields, "sd", unit, true);
            return Some(Law::from_mean_sd(family, mean?, sd?));
        }
        let cv = self.parameter(fields, "cv", unit, true);
        Some(Law::from_mean_cv(family, mean?, cv?))
    }

    fn law_of_quantiles(
        &mut self,
        fields: &mut Fields<'a>,
        family: &str,
        keys: &[(&'static str, f64)],
        unit: Unit,
    ) -> Option<Result<Law, LawError>> {
        let points: Vec<Option<(f64, f64)>> =
            keys.iter().map(|(k, p)| self.parameter(fields, k, unit, true).map(|x| (*p, x))).collect();
        match points[..] {
            [a, b] => Some(Law::from_two_quantiles(family, a?, b?)),
            _ => {
                self.error(fields.place, format!("a law is given by two quantiles, not by {}", points.len()))
                    .help("keep two of p01 p05 p10 p25 p50 p75 p90 p95 p99");
                None
            }
        }
    }

    /// True when all values of a law are in range; otherwise says which law would fit.
    pub fn inside(&mut self, law: &Law, node: &Node, ask: Ask) -> bool {
        let Some(message) = outside(law, ask) else { return true };
        let place = node.get("law").map_or(node.place, |n| n.place);
        self.error(place, message).help(fitting_law(ask));
        false
    }
}

/// What is wrong with the range of a law, if anything.
pub fn outside(law: &Law, ask: Ask) -> Option<String> {
    let (low, high) = law.support();
    let single = matches!(law, Law::Constant(_) | Law::Discrete { .. } | Law::Empirical { .. });
    let wrong = if low < ask.low || (single && ask.above && low <= ask.low) {
        format!("down to {}", edge(low))
    } else if high > ask.high {
        format!("up to {}", edge(high))
    } else {
        return None;
    };
    let noun = super::units::noun(ask.unit);
    Some(format!("{noun} must be {}, and this law goes {wrong}", ask.range()))
}

fn edge(value: f64) -> String {
    if value.is_finite() { format!("{value}") } else { "any size".into() }
}

/// Laws that stay inside a range.
pub fn fitting_law(ask: Ask) -> &'static str {
    if ask.high.is_finite() {
        "laws that stay inside are `beta` (same mean and cv), or `uniform`, `triangular` and `pert` with bounds inside"
    } else if ask.low > 0.0 {
        "laws that stay inside are `pareto`, or `uniform`, `triangular` and `pert` with bounds inside"
    } else {
        "laws that stay inside are `lognormal` and `gamma` (same mean and cv), or `uniform`, `triangular` and `pert`"
    }
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

/// A discrete law with its values in ascending order.
fn discrete(values: Vec<f64>, weights: Vec<f64>) -> Law {
    let mut pairs: Vec<(f64, f64)> = values.into_iter().zip(weights).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (values, weights) = pairs.into_iter().unzip();
    Law::Discrete { values, weights }
}

/// Marks every key of a law as known, so that one mistake does not draw others.
pub fn skip_all(fields: &mut Fields<'_>) {
    FAMILIES.iter().for_each(|(_, keys)| fields.skip(keys));
    QUANTILES.iter().for_each(|(key, _)| fields.skip(&[key]));
    fields.skip(&["mean", "sd", "cv"]);
}

/// True for families that can be given by mean and spread.
fn has_moments(family: &str) -> bool {
    matches!(family, "uniform" | "normal" | "lognormal" | "gamma" | "beta" | "weibull" | "lomax" | "pareto")
}

fn build(family: &str, v: &[f64], range: Option<(f64, f64)>) -> Law {
    match (family, v, range) {
        ("uniform", [min, max], _) => Law::Uniform { min: *min, max: *max },
        ("triangular", [min, mode, max], _) => Law::Triangular { min: *min, mode: *mode, max: *max },
        ("pert", [min, mode, max], _) => Law::Pert { min: *min, mode: *mode, max: *max },
        ("normal", [mean, sd], _) => Law::Normal { mean: *mean, sd: *sd },
        ("lognormal", [mu, sigma], _) => Law::LogNormal { mu: *mu, sigma: *sigma },
        ("gamma", [shape, scale], _) => Law::Gamma { shape: *shape, scale: *scale },
        ("beta", [a, b], Some((min, max))) => Law::Beta { a: *a, b: *b, min, max },
        ("weibull", [shape, scale], _) => Law::Weibull { shape: *shape, scale: *scale },
        ("pareto", [alpha, minimum], _) => Law::Pareto { alpha: *alpha, minimum: *minimum },
        ("lomax", [alpha, scale], _) => Law::Lomax { alpha: *alpha, scale: *scale },
        _ => Law::Constant(v.first().copied().unwrap_or(f64::NAN)),
    }
}

fn example(key: &'static str) -> &'static str {
    match key {
        "min" => "`min = …`, the lowest value",
        "mode" => "`mode = …`, the likeliest value",
        "max" => "`max = …`, the highest value",
        "mean" => "`mean = …`",
        "sd" => "`sd = …`, the standard deviation, or `cv`",
        "cv" => "`cv = …`, standard deviation ÷ mean, or `sd`",
        "mu" | "sigma" => "`mean` and `cv`, `mu` and `sigma`, or two quantiles",
        "shape" | "scale" => "`mean` and `cv`, `shape` and `scale`, or two quantiles",
        "a" | "b" => "`a` and `b`, or `mean` and `cv`",
        "alpha" => "`alpha = …`, the index of the tail",
        _ => "`minimum = …`, the lowest value",
    }
}
