//! Figures inside the schemes that a scenario applies, for the table of numbers: thresholds, sums and multiples stand in
//! expressions, which are listed as they are written, with the scheme's source.

use super::super::number::{Ask, FACTOR, HOURS, Remark, SHARE, led};
use super::super::reader::Reading;
use super::super::scheme;
use super::super::tree::{Node as Toml, Table};
use super::super::words;
use super::trees::GIVEN;
use super::{Applying, Read};
use crate::model::expression::{Dimension, Expression, Kind, Node, Type, Value};
use crate::model::scheme::{Gives, Name, Origin};
use crate::model::{Q, Source, Text, Unit};

/// What stands before the numbers of a source that a scheme brings.
const BROUGHT: &str = "scheme:";

impl<'a> Reading<'a> {
    /// The first source of a scheme, as the source of its figures, with the others in words. `path`: of the scheme.
    pub(super) fn source_of_scheme(&mut self, scheme: &Toml, path: &str) -> Remark {
        let list = scheme.get("sources").and_then(Toml::as_list).unwrap_or(&[]);
        let word = |node: &Toml, key: &str| node.get(key).map(scheme::text_of).unwrap_or_default();
        let Some(first) = list.first() else { return Remark::default() };
        let (title, url, date) = (word(first, "title"), word(first, "url"), word(first, "date"));
        let others: Vec<String> = list[1..].iter().map(|node| word(node, "title")).collect();
        let note = match others.is_empty() {
            true => Text::default(),
            false => {
                Text::both(&format!("also {}", others.join("; ")), &format!("그 밖의 출처: {}", others.join("; ")))
            }
        };
        let own = self.root.get("sources").and_then(Toml::as_table);
        let own = own.and_then(|t| t.entries.iter().position(|e| !url.is_empty() && word(&e.node, "url") == url));
        let brought = self.brought.iter().position(|s| s.url == url && s.title.en == title);
        let file = self.names.sources.len();
        let source = own.or(brought.map(|at| file + at)).unwrap_or_else(|| {
            let (id, grade) = (format!("{BROUGHT}{path}"), word(scheme, "evidence"));
            self.brought.push(Source { id, title: Text::en(&title), url, date, grade });
            file + self.brought.len() - 1
        });
        Remark { source: Some(source), note, defaulted: false }
    }

    /// A fact of a scheme that is stated as a number; none, with a mistake, where it is of a type that no number can be.
    /// `currency`: of the scheme, in which its money is.
    pub(in crate::scenario) fn fact(&mut self, node: &'a Toml, path: &str, name: &Name, currency: &str) -> Option<Q> {
        if !matches!(name.ty, Type::Amount(_)) {
            self.no_number(node, name);
            return None;
        }
        let money = name.ty == Type::Amount(Dimension::MONEY);
        let unit = if money && currency == self.currency { Unit::Money } else { Unit::Number };
        let q = self.number(node, path, ask_of(name, unit)).q;
        let quantity = &mut self.quantities.list[q.0 as usize];
        // Money of a quantity is the scenario's; that of another currency has no unit, so that it must be said.
        if money && unit == Unit::Number && !currency.is_empty() && quantity.path == path {
            quantity.note = led(&in_currency(currency), &quantity.note);
        }
        Some(q)
    }

    /// Enters the figures that a rule of a scheme looks at, each once. `own`: path of the rule in the scenario, where it says
    /// there what it pays.
    pub(super) fn figures_of(
        &mut self,
        all: &Applying<'a>,
        read: &Read,
        rule: usize,
        facts: &[(&Table, String)],
        own: Option<String>,
    ) {
        let needed = crate::guideline::applied::needed(&read.version, rule);
        let version = &read.version;
        for (name, _) in version.names.iter().zip(needed).filter(|(_, needed)| *needed) {
            // What a simulation takes for a fact that nobody states is listed with the facts that are assumed.
            let (Origin::Step(is), None) = (&name.origin, &name.simulated) else { continue };
            let stated = facts.iter().rev().find(|(t, _)| t.has(&name.name));
            match stated {
                Some((_, path)) => {
                    self.expression(&format!("{path}.{}", name.name), is, all, &name.title, Remark::default())
                }
                None => {
                    let path = match name.name == GIVEN {
                        true => format!("{}.rules.{}.gives", all.path, version.rules[rule].id),
                        false => format!("{}.steps.{}", all.path, name.name),
                    };
                    self.expression(&path, is, all, &name.title, all.cited.clone());
                }
            }
        }
        let rule = &version.rules[rule];
        let inside = format!("{}.rules.{}", all.path, rule.id);
        if let Some(when) = &rule.when {
            self.expression(&format!("{inside}.when"), when, all, &rule.title, all.cited.clone());
        }
        if let Gives::Money(pays) = &rule.gives {
            let (path, remark) = match own {
                Some(own) => (format!("{own}.pays"), Remark::default()),
                None => (format!("{inside}.pays"), all.cited.clone()),
            };
            self.expression(&path, pays, all, &rule.title, remark);
        }
    }

    /// Enters an expression in which a figure stands.
    fn expression(&mut self, path: &str, e: &Expression, all: &Applying<'a>, title: &Text, mut remark: Remark) {
        if !has_figure(&e.root) || self.figures.iter().any(|f| f.path == path) {
            return;
        }
        remark.note = if title.is_empty() { remark.note } else { led(title, &remark.note) };
        let value = match e.root.kind {
            Kind::Literal(Value::Amount(number)) => (number.to_string(), Some(number)),
            _ => (e.text.clone(), None),
        };
        self.figure(path, value, &unit(&e.root.ty, &all.currency), remark);
    }
}

/// What a fact may be; `money`: the unit of sums.
pub(super) fn ask_of(name: &Name, money: Unit) -> Ask {
    let ask = match name.ty {
        Type::Amount(Dimension::TIME) => HOURS,
        Type::Amount(Dimension::MONEY) => Ask { unit: money, ..FACTOR },
        _ if name.share => SHARE,
        _ => FACTOR,
    };
    // One whose default is below zero may be.
    let low = match name.origin {
        Origin::Fact(Some(Value::Amount(default))) if default < 0.0 => f64::NEG_INFINITY,
        _ => ask.low,
    };
    Ask { low, above: name.above_zero, ..ask }
}

/// Says that a number is money of another currency than the scenario's.
fn in_currency(currency: &str) -> Text {
    let korean = words::korean_currency(currency).unwrap_or(currency);
    Text::both(&format!("in {currency}"), &format!("단위: {korean}"))
}

/// The unit of what an expression gives, in the words of tables; empty where it has none.
fn unit(ty: &Type, currency: &str) -> String {
    match ty {
        Type::Amount(Dimension::MONEY) => currency.into(),
        Type::Amount(Dimension::TIME) => "h".into(),
        Type::Amount(Dimension::DISTANCE) => "km".into(),
        Type::Amount(Dimension::NUMBER) => "1".into(),
        Type::Amount(other) => other.to_string(),
        // Conditions, dates and lists have none.
        _ => String::new(),
    }
}

/// True where a figure or a date stands somewhere in an expression.
fn has_figure(node: &Node) -> bool {
    match &node.kind {
        Kind::Literal(value) => !matches!(value, Value::Truth(_) | Value::Word(_)),
        Kind::Name(_) => false,
        Kind::Negative(part) | Kind::Not(part) => has_figure(part),
        Kind::Join(_, a, b) | Kind::Compare(_, a, b) => has_figure(a) || has_figure(b),
        Kind::Call(_, parts, filter) => {
            parts.iter().any(has_figure) || filter.as_ref().is_some_and(|f| has_figure(&f.bound))
        }
        Kind::Match(arms, last) => {
            arms.iter().any(|arm| has_figure(&arm.when) || has_figure(&arm.then)) || has_figure(last)
        }
    }
}
