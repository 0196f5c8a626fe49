//! Severities in the file: how losses spread around their mean. A family's parameter may be uncertain.

use super::number::{Ask, FACTOR, MONEY, Remark, led};
use super::reader::{Fields, Reading};
use super::show::people::severity_words;
use super::tree::{Node, Value};
use crate::chance::law::{Law, LawError};
use crate::chance::severity::Severity;
use crate::model::{Lang, Q, Severities, Text, Unit};

/// Families of severities, each with the key of its one parameter.
const FAMILIES: [(&str, &str); 4] = [("lognormal", "cv"), ("gamma", "cv"), ("weibull", "cv"), ("lomax", "alpha")];

/// The index of a tail: above 1, for the mean to be finite.
const TAIL_INDEX: Ask = Ask { low: 1.0, above: true, ..FACTOR };

/// Into so many stretches alike in probability the range of an uncertain parameter is cut,
const STRETCHES: usize = 24;
/// and so many values of one that has no others are each their own.
const OWN_VALUES: usize = 64;

/// A severity as it was read.
struct Read {
    severity: Severity,
    /// The laws that it may be where its parameter is uncertain.
    severities: Option<Severities>,
    /// Its parameter, where that is a number with a row of its own among the inputs.
    parameter: Option<Q>,
}

impl Read {
    /// A severity of which nothing else is an input.
    fn plain(severity: Severity) -> Read {
        Read { severity, severities: None, parameter: None }
    }
}

/// Note of a severity among the inputs.
fn severity_note(severity: &Severity) -> Text {
    let korean = severity_words(severity, Lang::Ko);
    Text::both(
        &format!("cv of losses around the mean; {}", severity.describe()),
        &format!("평균을 중심으로 한 손해의 변동계수; {korean}"),
    )
}

/// The same where it is uncertain.
fn middle_note(severity: &Severity) -> Text {
    let korean = severity_words(severity, Lang::Ko);
    Text::both(
        &format!("cv of losses around the mean in the middle of its law; {}", severity.describe()),
        &format!("평균을 중심으로 한 손해의 변동계수, 분포의 중앙; {korean}"),
    )
}

/// Where the stretches of a parameter end, and the value that stands for each.
fn stretches(law: &Law) -> (Vec<f64>, Vec<f64>) {
    let mut own = match law {
        Law::Discrete { values, weights } | Law::JointColumn { values, weights, .. } => {
            values.iter().zip(weights).filter(|(_, w)| **w > 0.0).map(|(v, _)| *v).collect()
        }
        Law::Empirical { values } => values.clone(),
        _ => Vec::new(),
    };
    own.sort_by(f64::total_cmp);
    own.dedup();
    if !own.is_empty() && own.len() <= OWN_VALUES {
        return (own.windows(2).map(|w| (w[0] + w[1]) / 2.0).collect(), own);
    }
    let at = |p: f64| match own.is_empty() {
        true => law.quantile(p),
        // Rows of a table are in no order.
        false => own.iter().copied().find(|x| law.cdf(*x) >= p).unwrap_or(own[own.len() - 1]),
    };
    let n = STRETCHES as f64;
    let ends = (1..STRETCHES).map(|k| at(k as f64 / n)).collect();
    (ends, (0..STRETCHES).map(|k| at((k as f64 + 0.5) / n)).collect())
}

impl<'a> Reading<'a> {
    /// How losses spread around their mean, and the laws that it may be where a parameter is uncertain.
    pub fn severity(&mut self, fields: &mut Fields<'a>) -> (Severity, Option<Severities>) {
        let path = fields.at("severity");
        let example = "`severity = { family = \"lognormal\", cv = 2.0 }`, or \"none\" if all lose the mean";
        let none = (Severity::Degenerate, None);
        let Some(node) = fields.need("severity", example) else { return none };
        match &node.value {
            Value::Text(word) if word == "none" => return none,
            Value::Text(word) => {
                self.error(node.place, format!("`{word}` is no severity"))
                    .help("write \"none\" if all lose the mean, or { family = \"lognormal\", cv = 2.0 }");
                return none;
            }
            _ => {}
        }
        let Some(mut inner) = self.open(node, &path) else { return none };
        let remark = self.remark(&mut inner);
        let severity = match (inner.table.has("mixture"), inner.table.has("empirical")) {
            (true, _) => self.mixture(&mut inner, &path).map(Read::plain),
            (_, true) => self.empirical(&mut inner).map(Read::plain),
            _ => self.uncertain_family(&mut inner),
        };
        let wrong = inner.finish(self);
        match severity {
            Some(Read { severity, severities, parameter }) if !wrong => {
                // A number with its own row would seem to have no source in a second one.
                let own = parameter.map_or(Some(remark.clone()), |q| self.lent(q, &path, remark));
                if let Some(own) = own {
                    let note = if severities.is_some() { middle_note(&severity) } else { severity_note(&severity) };
                    // A stated cv of 2 comes back from the law's own parameters as 1.9999999999999996.
                    let cv = (severity.cv() * 1e12).round() / 1e12;
                    self.record(&path, Unit::Number, cv, &note, own);
                }
                (severity, severities)
            }
            _ => none,
        }
    }

    /// What the table of a severity says beside its parameter, given to the parameter where that has no source of its own:
    /// nothing is left then for a row of the severity as a whole.
    fn lent(&mut self, parameter: Q, path: &str, remark: Remark) -> Option<Remark> {
        if remark.source.is_none() && remark.note.is_empty() {
            return None;
        }
        let quantity = &mut self.quantities.list[parameter.0 as usize];
        let own = quantity.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
        if !own || (quantity.source.is_some() && remark.source.is_some()) {
            return Some(remark);
        }
        quantity.source = quantity.source.or(remark.source);
        quantity.note = if quantity.note.is_empty() { remark.note } else { led(&quantity.note, &remark.note) };
        None
    }

    /// A severity of one family, whose parameter may be a number with its source or an uncertain one.
    fn uncertain_family(&mut self, fields: &mut Fields<'a>) -> Option<Read> {
        let table = |key: &str| fields.table.get(key).filter(|n| n.as_table().is_some());
        let keys = [("cv", FACTOR), ("alpha", TAIL_INDEX)];
        let Some((key, ask, node)) = keys.into_iter().find_map(|(key, ask)| Some((key, ask, table(key)?))) else {
            return self.family(fields).map(Read::plain);
        };
        let name = fields.need("family", "`family = \"lognormal\"`")?;
        fields.skip(&[key]);
        let families: Vec<(&'static str, usize)> = FAMILIES.iter().enumerate().map(|(i, (f, _))| (*f, i)).collect();
        let (family, own) = FAMILIES[self.choice(name, "family of severities", &families)?];
        if own != key && family != "lomax" {
            fields.need(own, "`cv = 2.0`");
            return None;
        }
        let path = fields.at(key);
        let num = self.number(node, &path, ask);
        let build = |value: f64| match key {
            "alpha" => Severity::lomax(value),
            _ => Severity::from_family_cv(family, value),
        };
        let law = self.quantities.get(num.q).law.clone();
        let parameter = Some(num.q);
        let certain = |severity| Read { parameter, ..Read::plain(severity) };
        match (num.constant, &law) {
            (Some(value), _) => self.checked(node, build(value)).map(certain),
            // Why it could not be read has been said, or it is the same as another.
            (None, Law::Constant(value)) => {
                let other = node.get("same_as").and_then(Node::as_text)?;
                if self.known_by_now(num.q) {
                    return self.checked(node, build(*value)).map(certain);
                }
                if super::paths::find(self.root, other).is_some() {
                    self.error(node.place, format!("`{path}` can only be the same as a number that stands before it"))
                        .help("state it here, and let the other number be the same as this one");
                }
                None
            }
            (None, law) => {
                let (ends, values) = stretches(law);
                let laws: Option<Vec<Severity>> = values.iter().map(|v| self.checked(node, build(*v))).collect();
                let laws = laws?;
                let severity = laws[laws.len() / 2].clone();
                Some(Read { severity, severities: Some(Severities { parameter: num.q, ends, laws }), parameter })
            }
        }
    }

    /// True for a number that was read already.
    fn known_by_now(&self, q: Q) -> bool {
        let waits = self.reserved.values().any(|(reserved, _)| *reserved == q);
        !waits && self.handles.get(&self.quantities.get(q).path) == Some(&q) && !self.multiples().any(|own| own == q)
    }

    /// A severity of one family.
    fn family(&mut self, fields: &mut Fields<'a>) -> Option<Severity> {
        let node = fields.need("family", "`family = \"lognormal\"`, `mixture` or `empirical`")?;
        let families: Vec<(&'static str, usize)> = FAMILIES.iter().enumerate().map(|(i, (f, _))| (*f, i)).collect();
        let Some(found) = self.choice(node, "family of severities", &families) else {
            fields.skip(&["cv", "alpha"]);
            return None;
        };
        let (family, key) = FAMILIES[found];
        if family == "lomax" && fields.table.has("cv") {
            let cv = fields.take("cv").and_then(|n| self.plain_number(n).map(|v| (n, v)))?;
            return self.checked(cv.0, Severity::from_family_cv(family, cv.1));
        }
        let example = if key == "cv" { "`cv = 2.0`" } else { "`alpha = 2.5`, the index of the tail" };
        let node = fields.need(key, example)?;
        let value = self.plain_number(node)?;
        if key == "cv" {
            return self.checked(node, Severity::from_family_cv(family, value));
        }
        if value <= 1.0 {
            self.error(node.place, format!("with alpha = {value} the mean loss is infinite"))
                .label("must be above 1")
                .help("a tail this heavy has no mean to scale; take alpha above 1");
            return None;
        }
        self.checked(node, Severity::lomax(value))
    }

    fn checked(&mut self, node: &Node, built: Result<Severity, LawError>) -> Option<Severity> {
        match built {
            Ok(severity) => Some(severity),
            Err(e) => {
                self.error(node.place, format!("this severity is impossible: {}", e.fault())).help(e.advice());
                None
            }
        }
    }

    fn mixture(&mut self, fields: &mut Fields<'a>, path: &str) -> Option<Severity> {
        let node = fields.take("mixture")?;
        let list = self.list(node);
        let mut parts = Vec::new();
        for (i, item) in list.iter().enumerate() {
            let Some(mut inner) = self.open(item, &format!("{path}.mixture.{}", i + 1)) else { continue };
            let weight = inner.need("weight", "`weight = 0.9`").and_then(|n| self.plain_number(n));
            let mean =
                inner.need("mean", "`mean = 0.5`, relative to the other parts").and_then(|n| self.plain_number(n));
            let severity = self.family(&mut inner);
            let wrong = inner.finish(self);
            if let (Some(weight), Some(mean), Some(severity), false) = (weight, mean, severity, wrong) {
                parts.push((weight, mean, severity));
            }
        }
        let complete = parts.len() == list.len();
        let built = complete.then(|| Severity::mixture(parts))?;
        self.checked(node, built)
    }

    fn empirical(&mut self, fields: &mut Fields<'a>) -> Option<Severity> {
        let node = fields.take("empirical")?;
        let list = self.list(node);
        let values: Vec<f64> = list.iter().filter_map(|n| self.constant(n, MONEY)).collect();
        let weights = fields.take("weights").map(|n| self.plain_numbers(n));
        if values.len() < list.len() {
            return None;
        }
        self.checked(node, Severity::empirical(values, weights))
    }
}
