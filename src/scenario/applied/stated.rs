//! Facts that a scenario states, as plain values and expressions: the last word on each, what they need of one another,
//! sums in the words of the file, and what no value of theirs can be.

use super::super::currencies::{is_currency, named};
use super::super::number::{Ask, LARGEST};
use super::super::reader::Reading;
use super::super::scheme;
use super::super::sums::{self, grouped};
use super::super::tree::{Entry, Node, Table, Value as Toml};
use super::super::units::{self, UnitMistake};
use super::figures::ask_of;
use super::trees::POSITIVE;
use crate::model::Unit;
use crate::model::expression::{Dimension, Kind, Type, Value};
use crate::model::scheme::{Name, Origin, Version};

/// What some tables state, each fact once: what stands later wins.
pub(super) fn last_stated<'a>(facts: &[&'a Table]) -> Vec<&'a Entry> {
    let mut last: Vec<&Entry> = Vec::new();
    for entry in facts.iter().flat_map(|t| &t.entries) {
        match last.iter_mut().find(|e| e.key == entry.key) {
            Some(earlier) => *earlier = entry,
            None => last.push(entry),
        }
    }
    last
}

/// Entries in an order in which each comes after those that its expression names; where they go round in a circle as they
/// stand.
pub(super) fn in_order(mut entries: Vec<Entry>) -> Vec<Entry> {
    let mut sorted = Vec::with_capacity(entries.len());
    while !entries.is_empty() {
        let names = |e: &Entry, other: &Entry| {
            let text = e.node.get("is").map(scheme::text_of).unwrap_or_default();
            text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == other.key)
        };
        let free = entries.iter().position(|e| !entries.iter().any(|other| names(e, other)));
        sorted.push(entries.remove(free.unwrap_or(0)));
    }
    sorted
}

/// The expression for a fact of a type (in the words of scheme files) that is stated as it stands in the file.
pub(super) fn expression(node: &Node, kind: &Node, currency: &str) -> Node {
    let text = scheme::text_of(node);
    let listed = |l: &[Node]| l.iter().any(|n| n.as_text() == Some(text.trim().trim_matches('"')));
    // A word of the fact's list as it is, anything else about it is worked out.
    let worked_out = ["if ", "match "].iter().any(|w| text.trim_start().starts_with(w));
    let word = kind.as_list().is_some_and(|l| listed(l) || !worked_out) || kind.as_text() == Some("word");
    match (text.as_str(), &node.value) {
        _ if word => Node::text(&format!("\"{}\"", text.trim().trim_matches('"')), node.place),
        ("yes", _) => Node::text("true", node.place),
        ("no", _) => Node::text("false", node.place),
        (_, Toml::Date(_) | Toml::List(_)) => Node::text(&text, node.place),
        _ => match (sum(node, kind.as_text().unwrap_or(""), currency), kind.as_text()) {
            (Some(Ok(value)), _) => Node::text(&format!("{} {currency}", grouped(value)), node.place),
            // Why it is none is told elsewhere.
            (Some(Err(_)), Some("duration")) => Node::text("1 h", node.place),
            (Some(Err(_)), _) => Node::text(&format!("1 {currency}"), node.place),
            (None, _) => node.clone(),
        },
    }
}

/// A fact of money that is stated as a sum in words of the file that expressions do not have, or as no sum of this currency;
/// or one of time without its unit.
fn sum(node: &Node, kind: &str, currency: &str) -> Option<Result<f64, UnitMistake>> {
    if let ("duration", Toml::Number(_, written)) = (kind, &node.value) {
        return Some(units::no_unit(written));
    }
    if kind != "money" || currency.is_empty() {
        return None;
    }
    let wrong = |message: String, help: String| Some(Err(UnitMistake { message, help }));
    let bare = |written: &str| {
        let figure = written.trim();
        wrong(format!("`{figure}` is a sum without a currency"), format!("add the currency: \"{figure} {currency}\""))
    };
    let text = match &node.value {
        Toml::Number(_, written) => return bare(written),
        Toml::Text(text) => text.trim(),
        _ => return None,
    };
    if text.replace('_', "").parse::<f64>().is_ok() {
        return bare(text);
    }
    let code = units::code_of_sum(text).or_else(|| sums::in_another(text, currency).map(String::from));
    if let Some(code) = code.filter(|code| code != currency) {
        let what = format!("`{text}` is money in {code}; the scheme is in {currency}");
        return wrong(what, format!("convert it: a sum under `facts` is in the scheme's currency, \"… {currency}\""));
    }
    // What is neither a figure nor a word of size nor a currency is an expression.
    let told = sums::told(text)?;
    let names_money = |name: &str| is_currency(name) || named(name, currency).is_some();
    let plain = text.split_once(' ').is_some_and(|(figure, code)| {
        code.trim() == currency && figure.starts_with(|c: char| c.is_ascii_digit()) && !figure.contains(',')
    });
    if plain || !(told.name.is_empty() || names_money(&told.name)) {
        return None;
    }
    let right = format!("write \"{} {currency}\"", grouped(told.value));
    Some(units::parse(text, Unit::Money, currency).map_err(|m| UnitMistake { help: right, ..m }))
}

impl Reading<'_> {
    /// Tells of plain facts that cannot be: sums that are none in the scheme's currency, and values outside the range of
    /// the fact. `own`: the scheme's tree; `version`: as it was read, with what is the same in all worlds worked out.
    pub(in super::super) fn impossible_facts(
        &mut self,
        own: &Node,
        version: &Version,
        facts: &[&Table],
        currency: &str,
    ) {
        for entry in last_stated(facts).into_iter().filter(|e| e.node.as_table().is_none()) {
            let Some(name) = version.names.iter().find(|n| n.name == entry.key) else { continue };
            let declared = own.get("facts").and_then(|f| f.get(&entry.key));
            let kind = declared.and_then(|d| d.get("type").unwrap_or(d).as_text()).unwrap_or(match name.ty {
                Type::Amount(Dimension::MONEY) => "money",
                Type::Amount(Dimension::TIME) => "duration",
                _ => "",
            });
            if let Some(Err(m)) = sum(&entry.node, kind, currency) {
                self.told_once(&entry.node, &m.message, m.help);
                continue;
            }
            let Origin::Step(e) = &name.origin else { continue };
            let values = match &e.root.kind {
                Kind::Literal(Value::Amount(x)) => vec![*x],
                Kind::Literal(Value::List(list)) => list.clone(),
                Kind::Negative(inner) => match inner.kind {
                    Kind::Literal(Value::Amount(x)) => vec![-x],
                    _ => continue,
                },
                _ => continue,
            };
            let ask = ask_of(&declared_as(declared, name), Unit::Money);
            if let Some(value) = values.into_iter().find(|v| !ask.holds(*v) || *v > LARGEST) {
                let (what, help) = out_of_range(value, ask, currency);
                self.told_once(&entry.node, &what, help);
            }
        }
    }

    /// A mistake that several rules of a guideline may come upon.
    fn told_once(&mut self, node: &Node, what: &str, help: String) {
        if !self.diagnostics.iter().any(|d| d.place == node.place && d.message == what) {
            self.error(node.place, what).help(help);
        }
    }

    /// Tells that a fact is none that a number or a law can be, with what would be right; its rules are not asked for it.
    pub(super) fn no_number(&mut self, node: &Node, name: &Name) {
        let key = &name.name;
        let help = match &name.ty {
            Type::Truth => format!("write {key} = \"yes\" or {key} = \"no\""),
            Type::Word(words) if words.is_empty() => format!("write {key} = \"…\", the word by itself"),
            Type::Word(words) => {
                let all: Vec<String> = words.iter().map(|w| format!("\"{w}\"")).collect();
                format!("write {key} = {}", all.join(" or "))
            }
            Type::Moment => format!("write {key} = 2022-10-15, or {key} = \"began\""),
            Type::Period => format!("write {key} = \"down\", the outage as a period"),
            other => {
                let example = match other {
                    Type::List(unit) if *unit == Dimension::TIME => "[2 h, 3 h]",
                    Type::List(unit) if *unit == Dimension::NUMBER => "[2, 3]",
                    Type::List(_) => "[fee_month, 2 * fee_month]",
                    _ => "[2022-10-15, 2022-10-16]",
                };
                format!("write {key} = \"{example}\"")
            }
        };
        self.misnamed.insert(key.clone());
        let given = if node.get("law").is_some() { "law" } else { "number" };
        let is = match &name.ty {
            Type::Truth => "a yes or no".into(),
            other => other.to_string(),
        };
        self.told_once(node, &format!("`{key}` is {is}, and no {given} can be that"), help);
    }
}

/// A name as the scheme declares it, of which the step that stands for it knows the type alone.
fn declared_as(declared: Option<&Node>, step: &Name) -> Name {
    let of = |key: &str| declared.and_then(|d| d.get(key)).map(|n| &n.value);
    let ty = match &step.ty {
        Type::List(unit) => Type::Amount(*unit),
        other => other.clone(),
    };
    let default = match of("default") {
        Some(Toml::Number(value, _)) => Some(Value::Amount(*value)),
        _ => None,
    };
    let share = matches!(of("type"), Some(Toml::Text(kind)) if kind == "share")
        || declared.is_some_and(|d| d.as_text() == Some("share"));
    let above_zero = matches!(of("above_zero"), Some(Toml::Bool(true))) || POSITIVE.contains(&step.name.as_str());
    Name { ty, above_zero, share, origin: Origin::Fact(default), ..step.clone() }
}

/// What is wrong with a value outside its range, and what would be right.
fn out_of_range(value: f64, ask: Ask, currency: &str) -> (String, String) {
    if ask.holds(value) {
        return (format!("{} cannot be this large", units::noun(ask.unit)), format!("it can be at most {LARGEST:e}"));
    }
    let what = format!("{} must be {}", units::noun(ask.unit), ask.range(ask.below(value)));
    let help = match ask.unit {
        Unit::Share if value > 1.0 && value <= 100.0 => format!("if {value} percent are meant, write \"{value} %\""),
        Unit::Money => format!("write for example \"60_000 {currency}\""),
        Unit::Hours => "write for example \"5 h\"".into(),
        unit => units::how_to_write(unit, currency),
    };
    (what, help)
}
