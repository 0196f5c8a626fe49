//! The award of one case under a scheme, with the path to it.

use super::reckon::{Setting, truth, value};
use crate::model::expression::{Expression, Function, Join, Kind, Node, Type, Value};
use crate::model::scheme::{Gives, Name, Origin, Rule, Version};

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
    /// The most that all rules together pay, where there is such a limit.
    pub limit: Option<Limit>,
}

/// What all rules together pay at most.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// What the rules come to.
    pub sum: f64,
    /// The limit; `None` where it depends on facts that are not known.
    pub most: Option<f64>,
    /// How it was worked out.
    pub how: Vec<Part>,
    /// Facts that it wants.
    pub lacks: Vec<usize>,
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
    pub ty: Type,
}

impl Decision {
    /// Rules of money that are left out for want of facts, in order: places in the version's list.
    pub fn left_out(&self, version: &Version) -> Vec<usize> {
        let money = |i: &usize| matches!(version.rules[*i].gives, Gives::Money(_)) && !self.rules[*i].lacks.is_empty();
        (0..version.rules.len()).filter(money).collect()
    }

    /// True where rules pay money and not one of them could be decided, or it is not known how much of it is too much.
    pub fn undecided(&self, version: &Version) -> bool {
        if self.limit.as_ref().is_some_and(|l| l.most.is_none() && l.sum > 0.0) {
            return true;
        }
        let money = version.rules.iter().filter(|r| matches!(r.gives, Gives::Money(_))).count();
        money > 0 && self.left_out(version).len() == money
    }
}

/// Decides a case; `given`: facts by name, each of its fact's type. A fact that is not told and has no default is not
/// known: steps and rules that look at it are left out ([`Tried::applies`] is false, the step has no value).
pub fn decide(version: &Version, given: &[(String, Value)]) -> Decision {
    let mut known: Vec<Option<Value>> = vec![None; version.names.len()];
    let mut steps = Vec::new();
    for (i, name) in version.names.iter().enumerate() {
        let found = match &name.origin {
            Origin::Fact(default) => {
                given.iter().find(|(n, _)| *n == name.name).map(|(_, v)| v.clone()).or_else(|| default.clone())
            }
            Origin::Step(expression) => reckon(expression, Table { version, known: &known }).ok().map(|(v, parts)| {
                steps.push((i, parts));
                v
            }),
        };
        known[i] = found;
    }
    let mut rules: Vec<Tried> = version.rules.iter().map(|r| tried(r, Table { version, known: &known })).collect();
    for rule in &mut rules {
        rule.lacks = unknown(version, &rule.lacks, &known);
    }
    let money = |(rule, tried): (&Rule, &Tried)| match (&rule.gives, &tried.gives) {
        (Gives::Money(_), Some(Value::Amount(x))) => *x,
        _ => 0.0,
    };
    let sum = version.rules.iter().zip(&rules).map(money).sum();
    let limit = version.at_most.as_ref().map(|e| match reckon(e, Table { version, known: &known }) {
        Ok((v, how)) => {
            let most = if let Value::Amount(x) = v { Some(x.max(0.0)) } else { None };
            Limit { sum, most, how, lacks: Vec::new() }
        }
        Err(lacks) => Limit { sum, most: None, how: Vec::new(), lacks: unknown(version, &lacks, &known) },
    });
    let award = limit.as_ref().and_then(|l| l.most).map_or(sum, |most| most.min(sum));
    Decision { award, values: known, steps, rules, limit }
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

fn tried(rule: &Rule, table: Table) -> Tried {
    let mut out = Tried { applies: true, lacks: Vec::new(), gives: None, when: Vec::new(), how: Vec::new() };
    if let Some(when) = &rule.when {
        match reckon(when, table) {
            Ok((v, parts)) => (out.applies, out.when) = (truth(&v), parts),
            Err(lacks) => (out.applies, out.lacks) = (false, lacks),
        }
    }
    if let (true, Gives::Money(e) | Gives::Else(e)) = (out.applies, &rule.gives) {
        match reckon(e, table) {
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

/// The value of an expression with its parts, or the names without a value that it depends on.
fn reckon(e: &Expression, table: Table) -> Result<(Value, Vec<Part>), Vec<usize>> {
    let Table { version, known } = table;
    let stand_in = |(v, name): (&Option<Value>, &Name)| v.clone().unwrap_or_else(|| anything(&name.ty));
    let values: Vec<Value> = known.iter().zip(&version.names).map(stand_in).collect();
    let setting = Setting { values: &values, holidays: &version.holidays };
    let mut lacks = lacking(&e.root, known, setting);
    if !lacks.is_empty() {
        lacks.sort_unstable();
        lacks.dedup();
        return Err(lacks);
    }
    let mut parts = Vec::new();
    let found = value(&e.root, setting, &mut |node, v| {
        parts.push(Part { text: e.text[node.span.0..node.span.1].to_string(), value: v.clone(), ty: node.ty.clone() });
    });
    if parts.is_empty() {
        parts.push(Part { text: e.text.clone(), value: found.clone(), ty: e.root.ty.clone() });
    }
    Ok((found, parts))
}

/// What is known so far of the names of a version.
#[derive(Clone, Copy)]
struct Table<'a> {
    version: &'a Version,
    known: &'a [Option<Value>],
}

/// Stands where a value is missing that does not matter.
fn anything(ty: &Type) -> Value {
    match ty {
        Type::Amount(_) => Value::Amount(1.0),
        Type::Truth => Value::Truth(false),
        Type::Word(_) => Value::Word(String::new()),
        Type::Moment => Value::Moment(0),
        Type::Period => Value::Period(0, 0),
        Type::List(_) => Value::List(vec![1.0]),
        Type::Moments => Value::Moments(vec![0]),
        Type::Periods => Value::Periods(vec![(0, 0)]),
    }
}

/// Names without a value that the value of a part depends on: what a branch not taken, or a part that decides nothing,
/// looks at does not count. `setting` has something in the place of what is missing.
fn lacking(node: &Node, known: &[Option<Value>], setting: Setting) -> Vec<usize> {
    let inner = |n: &Node| lacking(n, known, setting);
    let is = |n: &Node, wanted: bool| inner(n).is_empty() && truth(&value(n, setting, &mut |_, _| ())) == wanted;
    match &node.kind {
        Kind::Literal(_) => Vec::new(),
        Kind::Name(i) => {
            if i < &known.len() && known[*i].is_some() {
                Vec::new()
            } else {
                vec![*i]
            }
        }
        Kind::Negative(a) | Kind::Not(a) => inner(a),
        Kind::Join(op @ (Join::And | Join::Or), a, b) => {
            let decides = *op == Join::Or;
            if is(a, decides) || is(b, decides) { Vec::new() } else { [inner(a), inner(b)].concat() }
        }
        Kind::Join(_, a, b) | Kind::Compare(_, a, b) => [inner(a), inner(b)].concat(),
        // Which of its parts matter is another for each member.
        Kind::Call(Function::Each, args, _) => {
            let unknown = |i: &usize| known.get(*i).is_none_or(Option::is_none);
            inner(&args[0]).into_iter().chain(needed(&args[1]).into_iter().filter(unknown)).collect()
        }
        Kind::Call(_, args, filter) => {
            let bound = filter.iter().flat_map(|f| inner(&f.bound));
            args.iter().flat_map(inner).chain(bound).collect()
        }
        Kind::Match(arms, last) => {
            for arm in arms {
                let open = inner(&arm.when);
                if !open.is_empty() {
                    return open;
                }
                if is(&arm.when, true) {
                    return inner(&arm.then);
                }
            }
            inner(last)
        }
    }
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
