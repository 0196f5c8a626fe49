//! Laws in the file: a family with its parameters, its mean and spread, or two quantiles.

use super::number::{Ask, LARGEST};
use super::reader::{Fields, Reading};
use super::report::{Place, did_you_mean, listed};
use super::resolved::inline;
use super::tree::{Node, Table};
use super::words;
use crate::chance::law::{Law, LawError};
use crate::model::{Lang, Unit};

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

/// Keys of the mean and of what tells the spread.
const MOMENTS: [&str; 3] = ["mean", "sd", "cv"];

/// Ends of a law that differ by less, in parts of their value, are the same.
const SAME: f64 = 1e-12;

/// Parameters without unit; all others are in the unit of the quantity.
const UNITLESS: [&str; 7] = ["mu", "sigma", "shape", "alpha", "a", "b", "cv"];

impl<'a> Reading<'a> {
    /// The law of a table with the key `law`.
    pub fn law(&mut self, fields: &mut Fields<'a>, unit: Unit) -> Option<Law> {
        let node = fields.take("law")?;
        let names = FAMILIES.iter().map(|(f, _)| *f);
        let Some(name) = node.as_text() else {
            self.wrong_kind(node, "the name of a law").help(format!("laws are {}; write one in quotes", listed(names)));
            self.loose_parameters(fields, unit);
            return None;
        };
        let Some((family, keys)) = FAMILIES.iter().find(|(f, _)| *f == name) else {
            self.error(node.place, format!("there is no law `{name}`"))
                .help(did_you_mean(name, names.clone()))
                .help(format!("laws are {}", listed(names)));
            self.loose_parameters(fields, unit);
            return None;
        };
        let built = match *family {
            "discrete" | "empirical" => self.listed_law(fields, family, unit)?,
            "normal" => self.normal(fields, keys, unit)?,
            _ => self.parametric(fields, family, keys, unit)?,
        };
        self.accept(built, fields, unit)
    }

    /// The law of a table that can give nothing but one, such as that by which people differ.
    pub fn needed_law(
        &mut self,
        fields: &mut Fields<'a>,
        node: &'a Node,
        ask: Ask,
        example: &'static str,
    ) -> Option<Law> {
        if fields.need("law", example).is_none() {
            self.loose_parameters(fields, ask.unit);
            return None;
        }
        self.law(fields, ask.unit).filter(|law| self.inside(law, node, ask))
    }

    /// A law that holds together, or the reason why not, at the parameter that is the reason.
    fn accept(&mut self, built: Result<Law, LawError>, fields: &Fields<'a>, unit: Unit) -> Option<Law> {
        let odd = built.as_ref().map_or("min", odd_one);
        let may_be_one = match &built {
            Ok(law) => are_same(law.support()),
            Err(e) => matches!(e, LawError::OutOfOrder { .. }),
        };
        if may_be_one && let Some(end) = self.only_value(fields.table, unit) {
            let place = fields.table.get(odd).map_or(fields.place, |n| n.place);
            self.error(place, "this law is impossible: its min and max are the same")
                .help(format!("a number that is certain is written without a law: {end}"));
            return None;
        }
        let ordered = built.as_ref().ok().and_then(|law| in_order(law, fields.table));
        let e = match built.and_then(|law| law.check().map(|()| law)) {
            Ok(law) => return Some(law),
            Err(e) => e,
        };
        let place = culprit(&e, odd, fields.table).unwrap_or(fields.place);
        let fault = fault_as_written(&e, fields.table).unwrap_or_else(|| e.fault());
        let advice = ordered.filter(|_| matches!(e, LawError::OutOfOrder { .. })).unwrap_or_else(|| e.advice());
        self.error(place, format!("this law is impossible: {fault}")).help(advice);
        None
    }

    /// The lower end of a law as it is written, where the upper one is the same number, in whatever unit that is written.
    fn only_value(&mut self, table: &Table, unit: Unit) -> Option<String> {
        let (min, max) = (table.get("min")?, table.get("max")?);
        let (low, high) = (self.scalar(min, unit)?, self.scalar(max, unit)?);
        are_same((low, high)).then(|| inline(min))
    }

    fn listed_law(&mut self, fields: &mut Fields<'a>, family: &str, unit: Unit) -> Option<Result<Law, LawError>> {
        let listed = fields.need("values", "`values = [ … ]`");
        let weighted = match (family, listed) {
            ("empirical", _) => None,
            (_, Some(_)) => fields.need("weights", "`weights = [ … ]`, one for each value"),
            // That a law has no parameters is one mistake.
            (_, None) => fields.take("weights"),
        };
        let values = listed.map_or(&[][..], |n| self.list(n));
        let values: Vec<f64> = values.iter().filter_map(|n| self.sized(n, unit)).collect();
        let weights = weighted.map_or_else(Vec::new, |n| self.plain_numbers(n));
        // What is no list has been told, and so has what in it is no number.
        let there = listed?.as_list()?.len();
        if family == "empirical" {
            return (values.len() == there).then(|| Ok(Law::Empirical { values: sorted(values) }));
        }
        let node = weighted?;
        let stated = node.as_list()?.len();
        if stated != there {
            let message = format!("{stated} weights for {there} values");
            self.error(node.place, message).help("each value needs one weight");
            return None;
        }
        (values.len() == there && weights.len() == there).then(|| Ok(discrete(values, weights)))
    }

    /// A normal law, cut off where it has bounds.
    fn normal(
        &mut self,
        fields: &mut Fields<'a>,
        keys: &'static [&'static str],
        unit: Unit,
    ) -> Option<Result<Law, LawError>> {
        let stated = |key: &str| fields.table.has(key);
        let (low, high) = (stated("min"), stated("max"));
        let (min, max) = (self.parameter(fields, "min", unit, false), self.parameter(fields, "max", unit, false));
        let law = self.parametric(fields, "normal", keys, unit)?;
        if !low && !high {
            return Some(law);
        }
        let min = if low { min? } else { f64::NEG_INFINITY };
        let max = if high { max? } else { f64::INFINITY };
        Some(law.and_then(|law| law.cut(min, max)))
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
        if !quantiles.is_empty() && has_moments(family) {
            return self.law_of_quantiles(fields, family, &quantiles, unit);
        }
        let by_spread = fields.table.has("mean") || fields.table.has("cv") || fields.table.has("sd");
        if by_spread && (family != "normal" || fields.table.has("cv")) && has_moments(family) {
            return self.law_of_moments(fields, family, unit);
        }
        let mut others = MOMENTS.into_iter().chain(quantiles.iter().map(|(key, _)| *key));
        if let Some(key) = others.find(|key| fields.table.has(key) && !keys.contains(key)) {
            if !has_moments(family) {
                let place = fields.table.get(key).map_or(fields.place, |n| n.place);
                self.error(place, format!("a `{family}` law is not given by `{key}`"))
                    .help(format!("it is given by {}", parameters(family)));
                skip_all(fields);
                return None;
            }
        } else if has_moments(family) {
            fields.instead(&MOMENTS);
        }
        fields.instead(&QUANTILES.map(|(key, _)| key));
        if !keys.iter().any(|key| fields.table.has(key)) {
            // That a law has no parameters is one mistake.
            let first = if has_moments(family) && family != "uniform" { "mean" } else { keys[0] };
            fields.need(first, parameters(family));
            fields.skip(keys);
            return None;
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

    pub(super) fn parameter(
        &mut self,
        fields: &mut Fields<'a>,
        key: &'static str,
        unit: Unit,
        needed: bool,
    ) -> Option<f64> {
        let node = if needed { fields.need(key, example(key)) } else { fields.take(key) }?;
        let unit = if UNITLESS.contains(&key) { Unit::Number } else { unit };
        self.sized(node, unit)
    }

    /// A value of a law: of more than any number can be nothing could be worked out.
    pub(super) fn sized(&mut self, node: &Node, unit: Unit) -> Option<f64> {
        let value = self.scalar(node, unit)?;
        if value.is_finite() && value.abs() > LARGEST {
            self.too_large(node);
            return None;
        }
        Some(value)
    }

    fn law_of_moments(&mut self, fields: &mut Fields<'a>, family: &str, unit: Unit) -> Option<Result<Law, LawError>> {
        let mean = self.parameter(fields, "mean", unit, true);
        if let (Some(_), Some(cv)) = (fields.table.get("sd"), fields.table.get("cv")) {
            self.error(cv.place, "`sd` and `cv` cannot stand together").help("keep one of the two");
            fields.skip(&["sd", "cv"]);
            return None;
        }
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
            [_] => {
                fields.instead(&QUANTILES.map(|(key, _)| key));
                let other = if keys[0].1 < 0.5 { "p95" } else { "p05" };
                fields.need(other, "a second quantile, such as `p05 = …` or `p95 = …`: two give a law");
                None
            }
            _ => {
                self.error(fields.place, format!("a law is given by two quantiles, not by {}", points.len()))
                    .help("keep two of p01 p05 p10 p25 p50 p75 p90 p95 p99");
                None
            }
        }
    }

    /// True when all values of a law are in range; otherwise says, at the value that is not, which law would fit.
    pub fn inside(&mut self, law: &Law, node: &Node, ask: Ask) -> bool {
        let Some(message) = outside(law, ask) else { return true };
        let place = match beyond(law, ask) {
            Some(side) => self.edge_place(law, node, ask.unit, side),
            None if law.support().1.is_finite() => self.edge_place(law, node, ask.unit, Side::High(law.support().1)),
            None => node.get("law").map_or(node.place, |n| n.place),
        };
        let help = match law {
            Law::JointColumn { .. } => "every value in this column of the joint table must be inside".into(),
            _ => advice(law, ask),
        };
        self.error(place, message).help(help);
        false
    }

    /// Where the value of a law stands that is out of range; the name of a law that has no ends.
    fn edge_place(&mut self, law: &Law, node: &Node, unit: Unit, side: Side) -> Place {
        let (low, edge) = match side {
            Side::Low(edge) => (true, edge),
            Side::High(edge) => (false, edge),
        };
        let at = |key: &str| node.get(key).map(|n| n.place);
        let stated = match law {
            Law::Uniform { .. }
            | Law::Triangular { .. }
            | Law::Pert { .. }
            | Law::Beta { .. }
            | Law::TruncatedNormal { .. } => at(if low { "min" } else { "max" }),
            Law::Pareto { .. } => at("minimum"),
            Law::Constant(_) => at("mean"),
            Law::JointColumn { .. } => at("column"),
            Law::Discrete { .. } | Law::Empirical { .. } => {
                let values = node.get("values").and_then(Node::as_list).unwrap_or(&[]);
                values.iter().find(|n| self.scalar(n, unit) == Some(edge)).map(|n| n.place)
            }
            _ => None,
        };
        stated.or(at("law")).unwrap_or(node.place)
    }
}

/// On which side a law leaves the range that is asked for, and how far it goes there.
#[derive(Clone, Copy)]
enum Side {
    Low(f64),
    High(f64),
}

fn beyond(law: &Law, ask: Ask) -> Option<Side> {
    let (low, high) = law.support();
    let single = matches!(law, Law::Constant(_) | Law::Discrete { .. } | Law::Empirical { .. });
    if low < ask.low || (single && ask.above && low <= ask.low) {
        Some(Side::Low(low))
    } else if high > ask.high {
        Some(Side::High(high))
    } else {
        None
    }
}

/// How far above one a tail index must lie: one that is found from two quantiles may miss it by its last digits.
const ABOVE_ONE: f64 = 1e-9;

/// True of a tail index of one and less.
fn has_no_mean(law: &Law) -> bool {
    let too_heavy = match law {
        Law::Pareto { alpha, .. } | Law::Lomax { alpha, .. } => *alpha <= 1.0 + ABOVE_ONE,
        _ => false,
    };
    !law.is_constant() && (too_heavy || law.mean().is_infinite())
}

/// True of a lognormal law whose mean, which it has, no number can hold.
fn too_wide(law: &Law) -> bool {
    matches!(law, Law::LogNormal { .. }) && has_no_mean(law)
}

/// Worlds of a thousand in which a law without an end may go beyond the highest draw: there the draw is taken as the highest.
const BEYOND: f64 = 1e-3;

/// How far a law goes beyond the highest draw of its unit, if it does: its end, or of one without an end its 99.9 % quantile.
fn beyond_draws(law: &Law, unit: Unit) -> Option<f64> {
    let most = unit.highest_draw();
    if most.is_infinite() {
        return None;
    }
    let end = law.support().1;
    let far = if end.is_finite() { end } else { law.quantile_sf(BEYOND) };
    (far > most).then_some(far)
}

/// What to write in place of a law that is out of range.
pub fn advice(law: &Law, ask: Ask) -> String {
    match beyond(law, ask) {
        None if too_wide(law) => {
            "take a smaller `mu` or `sigma`, which are of the logarithm; or give `mean` and `cv`".into()
        }
        None if has_no_mean(law) => format!(
            "give it an `alpha` above 1, or two quantiles that lie closer together, or an end; {}",
            fitting_law(ask)
        ),
        None => format!(
            "it can be at most {:e}: give the law less spread, or an end: `uniform`, `triangular` or `pert` with a `max`",
            ask.unit.highest_draw()
        ),
        Some(_) if matches!(law, Law::Normal { .. } | Law::TruncatedNormal { .. }) => {
            format!("{}; {}", cut_inside(ask), fitting_law(ask))
        }
        Some(_) => fitting_law(ask).into(),
    }
}

/// How a normal law is cut to stay inside a range.
fn cut_inside(ask: Ask) -> String {
    let hours = ask.unit == Unit::Hours;
    let low = if hours { format!("\"{} h\"", ask.low) } else { ask.low.to_string() };
    let high = if hours { format!("\"{}\"", ask.highest()) } else { ask.highest() };
    match ask.high.is_finite() {
        true => format!("cut it off: add `min = {low}` and `max = {high}`"),
        false => format!("cut it off: add `min = {low}`"),
    }
}

/// What is wrong with the range of a law, if anything.
pub fn outside(law: &Law, ask: Ask) -> Option<String> {
    let Some(side) = beyond(law, ask) else {
        if too_wide(law) {
            return Some("the mean of this law is larger than any number".into());
        }
        if has_no_mean(law) {
            return Some(
                "the tail of this law is so heavy that it has no finite mean, and nothing that grows with it has"
                    .into(),
            );
        }
        let far = beyond_draws(law, ask.unit)?;
        let noun = super::units::noun(ask.unit);
        return Some(match law.support().1.is_finite() {
            true => format!("{noun} cannot be this large: it goes up to {far:e}"),
            false => {
                format!("{noun} cannot be this large: in one world of a thousand this law gives {far:.1e} or more")
            }
        });
    };
    let (wrong, range) = match side {
        Side::Low(edge) => {
            let high = Some(law.support().1).filter(|high| *high > ask.high);
            let also = high.map_or(String::new(), |high| format!(" and up to {}", written_edge(high, ask.unit)));
            (format!("down to {}{also}", written_edge(edge, ask.unit)), ask.range(true))
        }
        Side::High(edge) => (format!("up to {}", written_edge(edge, ask.unit)), ask.range(false)),
    };
    let noun = super::units::noun(ask.unit);
    Some(format!("{noun} must be {range}, and this law goes {wrong}"))
}

/// How far a law goes, in the words of the file.
fn written_edge(value: f64, unit: Unit) -> String {
    match unit {
        _ if !value.is_finite() => "any size".into(),
        // Less than a minute would be told as none at all.
        Unit::Hours if value.abs() * 60.0 >= 1.0 => words::hours(value, Lang::En),
        Unit::Hours => format!("{value} h"),
        _ => format!("{value}"),
    }
}

/// True for ends that are the same, but for the last digits of one that was worked out from percent or minutes.
fn are_same((low, high): (f64, f64)) -> bool {
    (low - high).abs() <= SAME * low.abs()
}

/// The parameter that is out of order with the two others.
fn odd_one(law: &Law) -> &'static str {
    match law {
        Law::Triangular { min, mode, max } | Law::Pert { min, mode, max } => {
            if min < max {
                "mode"
            } else if mode >= min {
                "max"
            } else {
                "min"
            }
        }
        _ => "min",
    }
}

/// Where the parameter stands for which there is no law; `odd`: the one that is out of order, where they are.
fn culprit(e: &LawError, odd: &str, table: &Table) -> Option<Place> {
    let at = |key: &str| table.get(key).map(|n| n.place);
    match e {
        LawError::NotAbove { what: "the smaller quantile", .. } => stated_quantiles(table).next().map(|(_, n)| n.place),
        LawError::NotAbove { what, .. }
        | LawError::Negative { what, .. }
        | LawError::NotBelow { what, .. }
        | LawError::NotFinite { what, .. } => at(what.trim_start_matches("the ").split(' ').next().unwrap_or("")),
        LawError::OutOfOrder { .. } => at(odd),
        LawError::TooLittleInside { .. } => at("min").or(at("max")),
        LawError::TooSpread { .. } | LawError::LomaxTooNarrow { .. } => at("cv").or(at("sd")),
        LawError::QuantilesNotRising { .. } => stated_quantiles(table).last().map(|(_, n)| n.place),
        LawError::NoValues => at("values"),
        LawError::BadWeights => at("weights"),
        _ => None,
    }
}

/// Quantiles that a table states, by probability.
fn stated_quantiles(table: &Table) -> impl Iterator<Item = (&'static str, &Node)> {
    QUANTILES.iter().filter_map(|(key, _)| table.get(key).map(|n| (*key, n)))
}

/// What is wrong with two quantiles, in the words of the file: in its units.
fn fault_as_written(e: &LawError, table: &Table) -> Option<String> {
    let mut stated = stated_quantiles(table);
    match (e, stated.next(), stated.next()) {
        (LawError::QuantilesNotRising { .. }, Some((a, first)), Some((b, second))) => {
            Some(format!("{b} = {} is not above {a} = {}", inline(second), inline(first)))
        }
        _ => None,
    }
}

/// The three values of a law of which some are out of order, in the order in which they would be one, as written.
fn in_order(law: &Law, table: &Table) -> Option<String> {
    let (Law::Triangular { min, mode, max } | Law::Pert { min, mode, max }) = law else { return None };
    let keys = ["min", "mode", "max"];
    let mut values: Vec<(&f64, &str)> = [min, mode, max].into_iter().zip(keys).collect();
    values.sort_by(|a, b| a.0.total_cmp(b.0));
    let written = |key: &str| table.get(key).map_or_else(String::new, inline);
    let told: Vec<String> = keys.iter().zip(&values).map(|(key, (_, of))| format!("{key} = {}", written(of))).collect();
    Some(format!("they must rise from `min` over `mode` to `max`; in order these are {}", told.join(", ")))
}

/// Laws that stay inside a range.
pub fn fitting_law(ask: Ask) -> &'static str {
    if ask.high.is_finite() && ask.unit != Unit::Share {
        "laws that stay inside are `uniform`, `triangular`, `pert` and `beta` with `min` and `max` inside"
    } else if ask.high.is_finite() {
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
    parameter_keys().for_each(|key| fields.skip(&[key]));
}

/// Keys that only a law has: where they stand without one, it was forgotten.
pub fn parameter_keys() -> impl Iterator<Item = &'static str> {
    let own = FAMILIES.iter().flat_map(|(_, keys)| keys.iter().copied());
    own.chain(QUANTILES.iter().map(|(key, _)| *key)).chain(MOMENTS)
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

/// What gives a law of a family.
fn parameters(family: &str) -> &'static str {
    match family {
        "uniform" => "`min = …` and `max = …`, `mean` and `cv`, or two quantiles",
        "triangular" | "pert" => "`min = …`, `mode = …` and `max = …`",
        "normal" => "`mean = …` and `sd = …`, or two quantiles such as `p05 = …` and `p95 = …`",
        _ => "`mean = …` and `cv = …`, or two quantiles such as `p05 = …` and `p95 = …`",
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
