//! Expressions in which everything that is the same in all worlds was worked out beforehand: a run asks for the rest only.

use super::applied::needed;
use super::decide::visit;
use super::reckon::{Setting, value};
use crate::model::Feed;
use crate::model::expression::{Arm, Expression, Filter, Function, Join, Kind, Node, Type, Value};
use crate::model::scheme::{Gives, Name, Origin, Version};

/// A version with the parts of its steps and rules worked out that look only at what is known of everybody.
pub fn folded(version: &Version, feeds: &[Feed]) -> Version {
    let mut out = version.clone();
    let mut known = Known { values: Vec::new(), is: Vec::new(), holidays: version.holidays.clone() };
    for (name, feed) in out.names.iter_mut().zip(feeds) {
        let found = match (&mut name.origin, feed) {
            (_, Feed::Known(v)) => Some(v.clone()),
            (Origin::Step(e), Feed::Step) => {
                e.root = known.fold(&e.root);
                if let Kind::Literal(v) = &e.root.kind { Some(v.clone()) } else { None }
            }
            _ => None,
        };
        known.is.push(found.is_some());
        known.values.push(found.unwrap_or(Value::Truth(false)));
    }
    let expression = |e: &mut Expression| e.root = known.fold(&e.root);
    for rule in &mut out.rules {
        rule.when.iter_mut().for_each(expression);
        if rule.when.as_ref().is_some_and(|w| is(&w.root, true)) {
            rule.when = None;
        }
        if let Gives::Money(e) | Gives::Else(e) = &mut rule.gives {
            expression(e);
        }
    }
    out
}

/// A version with one rule alone and the names that it looks at, with the feeds of these.
pub fn alone(version: &Version, feeds: &[Feed], rule: usize) -> (Version, Vec<Feed>) {
    let needed = needed(version, rule);
    let mut places = vec![0; needed.len()];
    let kept = places.iter_mut().zip(&needed).filter(|(_, needed)| **needed);
    kept.enumerate().for_each(|(number, (place, _))| *place = number);
    let mut rule = version.rules[rule].clone();
    let expressions = rule.when.iter_mut().chain(match &mut rule.gives {
        Gives::Money(e) | Gives::Else(e) => Some(e),
        _ => None,
    });
    expressions.for_each(|e| renumber(&mut e.root, &places));
    let both = version.names.iter().zip(feeds).zip(&needed).filter(|(_, needed)| **needed);
    let (mut names, feeds): (Vec<Name>, Vec<Feed>) = both.map(|((n, f), _)| (n.clone(), f.clone())).unzip();
    for name in &mut names {
        if let Origin::Step(e) = &mut name.origin {
            renumber(&mut e.root, &places);
        }
    }
    let (rules, simulated_from) = (vec![rule], Vec::new());
    let own = Version { names, rules, at_most: None, simulated_from, ..version.clone() };
    (own, feeds)
}

/// Gives the names of an expression their places in another list.
fn renumber(node: &mut Node, places: &[usize]) {
    let mut each = |n: &mut Node| renumber(n, places);
    match &mut node.kind {
        Kind::Literal(_) => {}
        Kind::Name(i) => *i = places[*i],
        Kind::Negative(a) | Kind::Not(a) => each(a),
        Kind::Join(_, a, b) | Kind::Compare(_, a, b) => {
            each(a);
            each(b);
        }
        Kind::Call(_, args, filter) => {
            args.iter_mut().for_each(&mut each);
            if let Some(f) = filter {
                each(&mut f.bound);
            }
        }
        Kind::Match(arms, last) => {
            for arm in arms {
                each(&mut arm.when);
                each(&mut arm.then);
            }
            each(last);
        }
    }
}

/// Values of the names that are the same in all worlds.
struct Known {
    values: Vec<Value>,
    is: Vec<bool>,
    holidays: Vec<i64>,
}

fn is(node: &Node, wanted: bool) -> bool {
    matches!(node.kind, Kind::Literal(Value::Truth(t)) if t == wanted)
}

impl Known {
    fn fold(&self, node: &Node) -> Node {
        let literal = |v: Value| Node { kind: Kind::Literal(v), ty: node.ty.clone(), span: node.span };
        if self.same_everywhere(node) {
            let setting = Setting { values: &self.values, holidays: &self.holidays };
            return literal(value(node, setting, &mut |_, _| ()));
        }
        let one = |n: &Node| Box::new(self.fold(n));
        let kind = match &node.kind {
            Kind::Literal(_) | Kind::Name(_) => return node.clone(),
            Kind::Negative(a) => Kind::Negative(one(a)),
            Kind::Not(a) => Kind::Not(one(a)),
            Kind::Join(op @ (Join::And | Join::Or), a, b) => {
                let (a, b) = (self.fold(a), self.fold(b));
                // What decides by itself, and what does not matter beside the other.
                let decides = *op == Join::Or;
                if is(&a, decides) || is(&b, decides) {
                    return literal(Value::Truth(decides));
                }
                if is(&a, !decides) {
                    return b;
                }
                if is(&b, !decides) {
                    return a;
                }
                Kind::Join(*op, Box::new(a), Box::new(b))
            }
            Kind::Join(op, a, b) => Kind::Join(*op, one(a), one(b)),
            Kind::Compare(c, a, b) => Kind::Compare(*c, one(a), one(b)),
            // What is worked out for each member is left as it is.
            Kind::Call(Function::Each, args, filter) => {
                Kind::Call(Function::Each, vec![self.fold(&args[0]), args[1].clone()], filter.clone())
            }
            Kind::Call(f, args, filter) => {
                let filter = filter.as_ref().map(|f| Filter { compare: f.compare, bound: one(&f.bound) });
                Kind::Call(*f, args.iter().map(|a| self.fold(a)).collect(), filter)
            }
            Kind::Match(arms, last) => {
                let mut left: Vec<Arm> = Vec::new();
                let mut last = self.fold(last);
                for arm in arms {
                    let when = self.fold(&arm.when);
                    if is(&when, false) {
                        continue;
                    }
                    if is(&when, true) {
                        last = self.fold(&arm.then);
                        break;
                    }
                    left.push(Arm { when, then: self.fold(&arm.then) });
                }
                if left.is_empty() {
                    return last;
                }
                Kind::Match(left, Box::new(last))
            }
        };
        Node { kind, ty: node.ty.clone(), span: node.span }
    }

    /// True for a part that looks at nothing but what is known, and not at a member of a list around it.
    fn same_everywhere(&self, node: &Node) -> bool {
        if matches!(node.ty, Type::Period | Type::Periods) {
            return false;
        }
        let (mut known, mut members, mut lists) = (true, false, false);
        visit(node, &mut |n| match &n.kind {
            Kind::Name(i) => known &= self.is.get(*i).copied().unwrap_or(false),
            Kind::Call(Function::Member | Function::Place, ..) => members = true,
            Kind::Call(Function::Each, ..) => lists = true,
            _ => {}
        });
        // One `for` does not stand inside another, so a member below a list is that list's own.
        known && (!members || lists) && !matches!(node.kind, Kind::Literal(_))
    }
}
