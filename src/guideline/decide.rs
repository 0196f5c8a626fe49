//! The award of one case under a scheme, with the path to it.

use super::reckon::{Setting, truth, value};
use crate::model::expression::{Expression, Kind, Node, Value};
use crate::model::scheme::{Gives, Origin, Rule, Version};

/// What came of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Money of all rules together.
    pub award: f64,
    /// Value of each name of the version, facts and steps; `None` where the case does not tell enough.
    pub values: Vec<Option<Value>>,
    /// How each step was worked out: its place among the names, and the parts.
    pub steps: Vec<(usize, Vec<Part>)>,
    /// Every rule tried, in order.
    pub rules: Vec<Tried>,
}

/// A rule that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// Whether it applies.
    pub applies: bool,
    /// Facts that are not known and that it would have to look at; it was left out where there are any.
    pub lacks: Vec<usize>,
    /// What it gives; nothing where it does not apply, is a duty or left to somebody.
    pub gives: Option<Value>,
    /// How the condition was worked out.
    pub when: Vec<Part>,
    /// How what it gives was worked out.
    pub how: Vec<Part>,
}

/// A part of an expression and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// As written.
    pub text: String,
    /// Its value.
    pub value: Value,
    /// Type in which to show it.
    pub ty: crate::model::expression::Type,
}

/// Facts that a case does not tell and that have no default.
pub fn missing<'v>(version: &'v Version, given: &[(String, Value)]) -> Vec<&'v str> {
    let told = |name: &str| given.iter().any(|(n, _)| n == name);
    let open = version.names.iter().filter(|n| n.origin == Origin::Fact(None) && !told(&n.name));
    open.map(|n| n.name.as_str()).collect()
}

/// Decides a case; `given`: facts by name, each of its fact's type. A fact that is not told and has no default is not
/// known: steps and rules that look at it are left out ([`Tried::applies`] is false, the step has no value).
pub fn decide(version: &Version, given: &[(String, Value)]) -> Decision {
    let mut known: Vec<Option<Value>> = Vec::with_capacity(version.names.len());
    let mut steps = Vec::new();
    for (i, name) in version.names.iter().enumerate() {
        let found = match &name.origin {
            Origin::Fact(default) => {
                given.iter().find(|(n, _)| *n == name.name).map(|(_, v)| v.clone()).or_else(|| default.clone())
            }
            Origin::Step(expression) => reckon(expression, &known, &version.holidays).ok().map(|(v, parts)| {
                steps.push((i, parts));
                v
            }),
        };
        known.push(found);
    }
    let mut rules: Vec<Tried> = version.rules.iter().map(|r| tried(r, &known, &version.holidays)).collect();
    for rule in &mut rules {
        rule.lacks = unknown(version, &rule.lacks, &known);
    }
    let money = |(rule, tried): (&Rule, &Tried)| match (&rule.gives, &tried.gives) {
        (Gives::Money(_), Some(Value::Amount(x))) => *x,
        _ => 0.0,
    };
    let award = version.rules.iter().zip(&rules).map(money).sum();
    Decision { award, values: known, steps, rules }
}

/// The facts behind names that have no value.
fn unknown(version: &Version, names: &[usize], known: &[Option<Value>]) -> Vec<usize> {
    let mut facts = Vec::new();
    for i in names.iter().filter(|i| known[**i].is_none()) {
        match &version.names[*i].origin {
            Origin::Fact(_) => facts.push(*i),
            // A step uses only names before it.
            Origin::Step(e) => facts.extend(unknown(version, &needed(&e.root), known)),
        }
    }
    facts.sort_unstable();
    facts.dedup();
    facts
}

fn tried(rule: &Rule, known: &[Option<Value>], holidays: &[i64]) -> Tried {
    let mut out = Tried { applies: true, lacks: Vec::new(), gives: None, when: Vec::new(), how: Vec::new() };
    if let Some(when) = &rule.when {
        match reckon(when, known, holidays) {
            Ok((v, parts)) => (out.applies, out.when) = (truth(&v), parts),
            Err(lacks) => (out.applies, out.lacks) = (false, lacks),
        }
    }
    if let (true, Gives::Money(e) | Gives::Else(e)) = (out.applies, &rule.gives) {
        match reckon(e, known, holidays) {
            Ok((Value::Amount(x), parts)) => {
                // Nobody owes for having been without service.
                (out.gives, out.how) = (Some(Value::Amount(x.max(0.0))), parts);
            }
            Ok((v, parts)) => (out.gives, out.how) = (Some(v), parts),
            Err(lacks) => (out.applies, out.lacks) = (false, lacks),
        }
    }
    out
}

/// The value of an expression with its parts, or the names in it that have no value.
fn reckon(e: &Expression, known: &[Option<Value>], holidays: &[i64]) -> Result<(Value, Vec<Part>), Vec<usize>> {
    let lacks: Vec<usize> = needed(&e.root).into_iter().filter(|i| known[*i].is_none()).collect();
    if !lacks.is_empty() {
        return Err(lacks);
    }
    let values: Vec<Value> = known.iter().map(|v| v.clone().unwrap_or(Value::Truth(false))).collect();
    let mut parts = Vec::new();
    let found = value(&e.root, Setting { values: &values, holidays }, &mut |node, v| {
        parts.push(Part { text: e.text[node.span.0..node.span.1].to_string(), value: v.clone(), ty: node.ty.clone() });
    });
    if parts.is_empty() {
        parts.push(Part { text: e.text.clone(), value: found.clone(), ty: e.root.ty.clone() });
    }
    Ok((found, parts))
}

/// Names that an expression uses.
pub fn needed(node: &Node) -> Vec<usize> {
    let mut out = Vec::new();
    visit(node, &mut |n| {
        if let Kind::Name(i) = &n.kind {
            out.push(*i);
        }
    });
    out.sort_unstable();
    out.dedup();
    out
}

/// Sees every part of an expression.
pub fn visit(node: &Node, see: &mut dyn FnMut(&Node)) {
    see(node);
    match &node.kind {
        Kind::Literal(_) | Kind::Name(_) => {}
        Kind::Negative(a) | Kind::Not(a) => visit(a, see),
        Kind::Join(_, a, b) | Kind::Compare(_, a, b) => {
            visit(a, see);
            visit(b, see);
        }
        Kind::Call(_, args, filter) => {
            args.iter().for_each(|a| visit(a, see));
            if let Some(f) = filter {
                visit(&f.bound, see);
            }
        }
        Kind::Match(arms, last) => {
            for arm in arms {
                visit(&arm.when, see);
                visit(&arm.then, see);
            }
            visit(last, see);
        }
    }
}
