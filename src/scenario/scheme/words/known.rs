//! What is the same in every case: parameters, and terms worked out of nothing else. A sentence says their values where
//! it names them, so that a bound that stands elsewhere in the file is still in its sentence.

use super::speaker::Speaker;
use crate::guideline::decide::visit;
use crate::guideline::reckon::{Setting, neutral, value};
use crate::model::Lang;
use crate::model::expression::{Dimension, Join, Kind, Node, Type, Value};
use crate::model::scheme::{Name, Origin, Scheme, Version};

/// Characters above which a value stays where it is defined: lists of many entries.
const LONGEST: usize = 48;

/// Values of the names of a version, as far as they are the same in every case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Of each name; a neutral one where it is not known.
    values: Vec<Value>,
    /// As it is said; `None` where it is not known or too long to be said.
    said: Vec<Option<String>>,
    /// True where it is known.
    is: Vec<bool>,
}

impl Known {
    /// Of a version.
    pub fn of(scheme: &Scheme, version: &Version, lang: Lang) -> Known {
        let mut known = Known::default();
        for name in &version.names {
            let found = match &name.origin {
                Origin::Step(e) if known.reaches(&e.root) => {
                    let setting = Setting { values: &known.values, holidays: &version.holidays };
                    let value = value(&e.root, setting, &mut |_, _| {});
                    let speaker = Speaker::new(scheme, version, &e.text, lang);
                    let said = said(&speaker, &e.root, &value, &e.text);
                    Some((value, said))
                }
                _ => None,
            };
            known.is.push(found.is_some());
            let (value, said) = found.unwrap_or_else(|| (neutral(&name.ty), None));
            known.values.push(value);
            known.said.push(said.filter(|s| s.chars().count() <= LONGEST));
        }
        known
    }

    /// How the value of a name is said.
    pub fn said(&self, name: usize) -> Option<&str> {
        self.said.get(name)?.as_deref()
    }

    /// The value of a name.
    pub fn value(&self, name: usize) -> Option<&Value> {
        self.values.get(name).filter(|_| self.is[name])
    }

    /// Whether a condition holds, where what is known decides it.
    pub fn truth(&self, node: &Node, names: &[Name]) -> Option<bool> {
        match &node.kind {
            Kind::Literal(Value::Truth(t)) => Some(*t),
            Kind::Name(i) => match self.value(*i) {
                Some(Value::Truth(t)) => Some(*t),
                _ => match &names[*i].origin {
                    Origin::Step(e) => self.truth(&e.root, names),
                    Origin::Fact(_) => None,
                },
            },
            Kind::Not(inner) => self.truth(inner, names).map(|t| !t),
            Kind::Join(join @ (Join::And | Join::Or), a, b) => {
                // Of `and` one that fails decides, of `or` one that holds.
                let decides = *join == Join::Or;
                match (self.truth(a, names), self.truth(b, names)) {
                    (Some(a), Some(b)) if a == b => Some(a),
                    (a, b) if a == Some(decides) || b == Some(decides) => Some(decides),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// True where all names of an expression are known.
    fn reaches(&self, node: &Node) -> bool {
        let mut all = true;
        visit(node, &mut |n| {
            if let Kind::Name(i) = &n.kind {
                all &= self.is.get(*i).copied().unwrap_or(false);
            }
        });
        all
    }
}

/// A value as its own expression says it: in the unit that was written, a share as a percentage.
fn said(speaker: &Speaker<'_>, root: &Node, value: &Value, text: &str) -> Option<String> {
    match (&root.kind, value, &root.ty) {
        (Kind::Literal(v), ..) => Some(speaker.literal(root, v)),
        (_, Value::Amount(x), Type::Amount(Dimension::NUMBER)) if text.contains('%') => Some(speaker.percent(*x)),
        (_, _, Type::Amount(Dimension::NUMBER | Dimension::MONEY | Dimension::TIME | Dimension::DISTANCE)) => {
            Some(speaker.value(value, &root.ty))
        }
        (_, _, Type::Amount(_)) => None,
        _ => Some(speaker.value(value, &root.ty)),
    }
}
