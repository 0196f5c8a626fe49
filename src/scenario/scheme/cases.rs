//! Worked cases of a scheme: what is given, what must come out.

use super::super::reader::Reading;
use super::super::report::{Diagnostic, TextFile, first_of};
use super::super::tree::{Entry, Node};
use super::told::shown;
use super::values::{read_value, text_of, value_of};
use crate::guideline::calendar;
use crate::guideline::prove::misses;
use crate::model::Lang;
use crate::model::expression::{Dimension, Type, Value};
use crate::model::scheme::{Case, Expected, Gives, Scheme, Version};

/// By how much an amount may differ from one written with two decimals or fewer.
const HALF_A_CENT: f64 = 0.005;
/// By how much from one that is written `about …`: press figures are round.
const ABOUT: f64 = 0.05;

/// Reads the cases.
pub fn cases(root: &Node, scheme: &Scheme, files: &[TextFile], found: &mut Vec<Diagnostic>) -> Vec<Case> {
    let Some(node) = root.get("cases") else { return Vec::new() };
    let mut reading = Reading::new(root);
    let list = match node.as_list() {
        Some(list) => list,
        None => {
            reading.wrong_kind(node, "a list").help("write [[cases]] with `given` and `expect`");
            &[]
        }
    };
    let mut out = Vec::new();
    for n in list {
        if let Some(case) = case(&mut reading, n, scheme, files) {
            prove(&mut reading, n, scheme, &case);
            out.push(case);
        }
    }
    found.append(&mut reading.diagnostics);
    out
}

fn case<'a>(reading: &mut Reading<'a>, node: &'a Node, scheme: &Scheme, files: &[TextFile]) -> Option<Case> {
    let mut fields = reading.open(node, "cases")?;
    let named = fields.take("version");
    let on = fields.take("on");
    let given = fields.take("given");
    let expect = fields.need("expect", "`expect = { award = \"5 EUR\" }`");
    let kind = fields.need("kind", "`kind = \"published\"` or `\"derived\"`");
    let kind = kind.and_then(|n| reading.choice(n, "kind of case", &[("published", true), ("derived", false)]));
    let working = fields.take("working").and_then(|n| reading.text(n)).unwrap_or("").to_string();
    let source = fields.take("source").and_then(|n| reading.text(n)).unwrap_or("").to_string();
    fields.take("note");
    fields.finish(reading);
    let version = version_of(reading, named, on, scheme)?;
    let v = &scheme.versions[version];
    let entries = |n: Option<&'a Node>| n.and_then(Node::as_table).map_or(&[][..], |t| &t.entries);
    let given = entries(given).iter().filter_map(|e| fact(reading, e, v, &scheme.currency)).collect();
    let expected: Vec<Expected> =
        entries(expect).iter().filter_map(|e| expectation(reading, e, v, &scheme.currency)).collect();
    if expected.is_empty() {
        reading.error(node.place, "this case expects nothing").help("add `expect = { award = \"5 EUR\" }`");
    }
    let text = files.get(node.place.file).map_or("", |f| f.text.as_str());
    let line = 1 + text.get(..node.place.start).unwrap_or("").matches('\n').count();
    Some(Case { version, given, expected, published: kind?, working, source, line })
}

/// A case that does not come out is a mistake of the file: of the rule or of the case.
fn prove<'a>(reading: &mut Reading<'a>, node: &'a Node, scheme: &Scheme, case: &Case) {
    let version = &scheme.versions[case.version];
    for miss in misses(scheme, case) {
        let ty = match (&miss.expected.value, version.find(&miss.expected.what)) {
            (Value::Truth(_), _) => Type::Truth,
            (_, Some(i)) => version.names[i].ty.clone(),
            _ => given_type(version, &miss.expected.what),
        };
        let say = |v: &Value| shown(v, &ty, &scheme.currency, Lang::En);
        let found = miss.found.as_ref().map_or_else(|| "cannot be told from what is given".into(), say);
        let entry = node.get("expect").and_then(|n| n.get(&miss.expected.what));
        let what = &miss.expected.what;
        reading
            .error(entry.unwrap_or(node).place, format!("{what} should be {} but is {found}", miss.expected.text))
            .help("see `redress award` for the path to it");
    }
}

/// Type of what a rule gives; of anything else, money.
fn given_type(version: &Version, rule: &str) -> Type {
    match version.rules.iter().find(|r| r.id == rule).map(|r| &r.gives) {
        Some(Gives::Money(e) | Gives::Else(e)) => e.root.ty.clone(),
        _ => Type::Amount(Dimension::MONEY),
    }
}

fn version_of<'a>(
    reading: &mut Reading<'a>,
    named: Option<&'a Node>,
    on: Option<&'a Node>,
    scheme: &Scheme,
) -> Option<usize> {
    if let Some(n) = named {
        let ids: Vec<String> = scheme.versions.iter().map(|v| v.id.clone()).collect();
        return reading.reference(n, "version", &ids);
    }
    let Some(n) = on else { return Some(scheme.latest()) };
    let text = reading.date(n)?;
    let day = match read_value(&text, &Type::Moment, &scheme.currency) {
        Ok(Value::Moment(m)) => calendar::day(m),
        _ => return None,
    };
    let version = scheme.in_force(day);
    if version.is_none() {
        let all: Vec<&str> = scheme.versions.iter().map(|v| v.id.as_str()).collect();
        reading
            .error(n.place, format!("no version was in force on {text}"))
            .help(format!("take a day on which one was, or say which: version = \"…\"; there are {}", first_of(&all)));
    }
    version
}

fn fact<'a>(reading: &mut Reading<'a>, entry: &'a Entry, v: &Version, currency: &str) -> Option<(String, Value)> {
    let names: Vec<String> = v.facts().map(|n| n.name.clone()).collect();
    let Some(name) = v.facts().find(|n| n.name == entry.key) else {
        let help = super::super::paths::suggestion(&entry.key, &names);
        reading.error(entry.key_place, format!("there is no fact `{}`", entry.key)).help(help);
        return None;
    };
    match value_of(&entry.node, &name.ty, currency) {
        Ok(Value::Amount(x)) if name.above_zero && x <= 0.0 => {
            reading
                .error(entry.node.place, format!("`{}` must be above zero", entry.key))
                .help("the scheme says so of this fact (`above_zero`), since it divides by it");
            None
        }
        Ok(v) => Some((entry.key.clone(), v)),
        Err(m) => {
            reading.error(entry.node.place, m.what).help(m.help);
            None
        }
    }
}

fn expectation<'a>(reading: &mut Reading<'a>, entry: &'a Entry, v: &Version, currency: &str) -> Option<Expected> {
    let what = entry.key.clone();
    let rule = v.rules.iter().find(|r| r.id == what);
    let written = text_of(&entry.node);
    let yes_or_no = ["yes", "no"].contains(&written.as_str());
    let ty = if what == "award" {
        Type::Amount(Dimension::MONEY)
    } else if let Some(rule) = rule {
        match &rule.gives {
            // That a rule applies, or not, may be all that is expected.
            _ if yes_or_no => Type::Truth,
            Gives::Money(e) | Gives::Else(e) => e.root.ty.clone(),
            Gives::Decision | Gives::Duty => Type::Truth,
        }
    } else if let Some(i) = v.find(&what) {
        v.names[i].ty.clone()
    } else {
        let mut all: Vec<String> = v.names.iter().map(|n| n.name.clone()).collect();
        all.extend(v.rules.iter().map(|r| r.id.clone()));
        all.push("award".into());
        let help = super::super::paths::suggestion(&what, &all);
        reading.error(entry.key_place, format!("there is no rule or step `{what}`")).help(help);
        return None;
    };
    let (about, bare) = match written.strip_prefix("about ") {
        Some(rest) => (true, rest),
        None => (false, written.as_str()),
    };
    match read_value(bare, &ty, currency) {
        Ok(value) => {
            let within = match &value {
                Value::Amount(x) if about => x.abs() * ABOUT,
                _ => tolerance(bare),
            };
            Some(Expected { what, value, within, text: written })
        }
        Err(m) => {
            reading.error(entry.node.place, m.what).help(m.help);
            None
        }
    }
}

/// Half a unit of the last decimal, or half a cent.
fn tolerance(written: &str) -> f64 {
    let number = written.split_whitespace().next().unwrap_or("");
    let percent = number.ends_with('%') || written.contains('%');
    let decimals = number.trim_end_matches('%').split_once('.').map_or(0, |(_, d)| d.len() as i32);
    let half = HALF_A_CENT.min(0.5 * 10f64.powi(-decimals));
    1.000_001 * if percent { half / 100.0 } else { half }
}
