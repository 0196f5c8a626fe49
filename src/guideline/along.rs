//! Expressions along the loss: the value of an expression as a piecewise-linear function of one name, everything else
//! being known. Truths are lines at 0 and 1. What is no such function (a rounded loss, a loss times a loss) is refused.

use smallvec::SmallVec;

use super::reckon::{Setting, value};
use super::schedule::{Piece, Schedule};
use crate::model::expression::{Arm, Compare, Function, Join, Kind, Node, Type, Value};
use crate::model::scheme::{Name, Origin};

/// Why an expression is no piecewise-linear function of the loss: bytes of its text.
pub type NotLinear = (usize, usize);

/// An expression along the loss.
enum Along {
    /// The same whatever the loss.
    Same(Value),
    /// An amount that varies with it, or a truth as 0 and 1.
    Varies(Schedule),
}

/// What a walk along the loss knows.
pub struct Track<'a> {
    /// Values of all names; those of the loss and of steps that look at it are not used.
    setting: Setting<'a>,
    /// Each name along the loss; nothing where it is the same whatever the loss.
    lines: Vec<Result<Option<Schedule>, NotLinear>>,
}

/// The schedule of an amount in the loss.
///
/// # Errors
/// The part that is not piecewise linear in it.
pub fn schedule(node: &Node, track: &Track) -> Result<Schedule, NotLinear> {
    track.line(node)
}

/// The first part of an expression that might not be piecewise linear in a name, whatever the other names are.
pub fn not_linear(node: &Node, loss: usize, names: &[Name]) -> Option<NotLinear> {
    let inner = |n: &Node| not_linear(n, loss, names);
    let varies = |n: &Node| uses(n, loss, names);
    // A word or a date that changes with the loss has no line.
    if !matches!(node.ty, Type::Amount(_) | Type::Truth) && varies(node) {
        return Some(node.span);
    }
    match &node.kind {
        Kind::Literal(_) => None,
        Kind::Name(i) => match &names[*i].origin {
            Origin::Step(e) if not_linear(&e.root, loss, names).is_some() => Some(node.span),
            _ => None,
        },
        Kind::Negative(a) | Kind::Not(a) => inner(a),
        Kind::Join(Join::Times, a, b) if varies(a) && varies(b) => Some(node.span),
        Kind::Join(Join::Over, _, b) if varies(b) => Some(node.span),
        Kind::Join(_, a, b) | Kind::Compare(_, a, b) => inner(a).or_else(|| inner(b)),
        Kind::Call(Function::Max | Function::Min, args, _) => args.iter().find_map(inner),
        Kind::Call(..) => varies(node).then_some(node.span),
        Kind::Match(arms, last) => {
            arms.iter().find_map(|a| inner(&a.when).or_else(|| inner(&a.then))).or_else(|| inner(last))
        }
    }
}

impl<'a> Track<'a> {
    /// With values of all names, the place of the loss among them (an amount), and the names, for their steps.
    pub fn new(setting: Setting<'a>, loss: usize, names: &[Name]) -> Track<'a> {
        Track::needed(setting, loss, names, &[])
    }

    /// The same with values of the needed names only; an empty list: all of them.
    pub fn needed(setting: Setting<'a>, loss: usize, names: &[Name], needed: &[bool]) -> Track<'a> {
        let mut track = Track { setting, lines: Vec::with_capacity(names.len()) };
        // Steps look at names before them only.
        for (i, name) in names.iter().enumerate() {
            let line = match &name.origin {
                _ if needed.get(i) == Some(&false) => Ok(None),
                Origin::Step(e) if track.varies(&e.root) => track.line(&e.root).map(Some),
                Origin::Step(_) => Ok(None),
                Origin::Fact(_) => Ok((i == loss).then(|| Schedule::line(0.0, 1.0))),
            };
            track.lines.push(line);
        }
        track
    }

    /// True where a part looks at the loss, or at a step that does.
    fn varies(&self, node: &Node) -> bool {
        looks(node, &|i| self.lines[i] != Ok(None))
    }

    fn line(&self, node: &Node) -> Result<Schedule, NotLinear> {
        Ok(match self.along(node)? {
            Along::Same(Value::Amount(x)) => Schedule::constant(x),
            Along::Same(Value::Truth(t)) => Schedule::constant(f64::from(u8::from(t))),
            Along::Varies(s) => s,
            Along::Same(_) => return Err(node.span),
        })
    }

    fn along(&self, node: &Node) -> Result<Along, NotLinear> {
        if !self.varies(node) {
            return Ok(Along::Same(value(node, self.setting, &mut |_, _| ())));
        }
        let varies = match &node.kind {
            Kind::Literal(_) => return Err(node.span),
            Kind::Name(i) => self.lines[*i].clone()?.ok_or(node.span)?,
            Kind::Negative(a) => self.line(a)?.scaled(-1.0),
            Kind::Not(a) => Schedule::constant(1.0).plus(&self.line(a)?.scaled(-1.0)),
            Kind::Join(op, a, b) => return self.joined(*op, a, b, node.span),
            Kind::Compare(compare, a, b) => compared(*compare, &self.line(a)?.plus(&self.line(b)?.scaled(-1.0))),
            Kind::Call(Function::Max, args, _) => self.extreme(args, Schedule::max)?,
            Kind::Call(Function::Min, args, _) => self.extreme(args, Schedule::min)?,
            Kind::Call(..) => return Err(node.span),
            Kind::Match(arms, last) => self.matching(arms, last)?,
        };
        Ok(Along::Varies(varies))
    }

    fn joined(&self, op: Join, a: &Node, b: &Node, span: NotLinear) -> Result<Along, NotLinear> {
        let factor = |x: &Along| match x {
            Along::Same(Value::Amount(x)) => Some(*x),
            _ => None,
        };
        let varies = match op {
            Join::And => self.line(a)?.min(&self.line(b)?),
            Join::Or => self.line(a)?.max(&self.line(b)?),
            Join::Plus => self.line(a)?.plus(&self.line(b)?),
            Join::Minus => self.line(a)?.plus(&self.line(b)?.scaled(-1.0)),
            Join::Times => match (self.along(a)?, self.along(b)?) {
                (Along::Varies(s), k) | (k, Along::Varies(s)) => s.scaled(factor(&k).ok_or(span)?),
                _ => return Err(span),
            },
            Join::Over => match (self.along(a)?, self.along(b)?) {
                (Along::Varies(s), k) => s.scaled(1.0 / factor(&k).ok_or(span)?),
                _ => return Err(span),
            },
        };
        Ok(Along::Varies(varies))
    }

    fn extreme(&self, args: &[Node], better: fn(&Schedule, &Schedule) -> Schedule) -> Result<Schedule, NotLinear> {
        let mut best: Option<Schedule> = None;
        for arg in args {
            let next = self.line(arg)?;
            best = Some(match best {
                Some(before) => better(&before, &next),
                None => next,
            });
        }
        Ok(best.unwrap_or_else(|| Schedule::constant(0.0)))
    }

    fn matching(&self, arms: &[Arm], last: &Node) -> Result<Schedule, NotLinear> {
        let mut out = self.line(last)?;
        for arm in arms.iter().rev() {
            out = match self.along(&arm.when)? {
                Along::Same(Value::Truth(true)) => self.line(&arm.then)?,
                Along::Same(_) => out,
                Along::Varies(when) => chosen(&when, &self.line(&arm.then)?, &out),
            };
        }
        Ok(out)
    }
}

/// True where a part looks at a name, or at a step that does.
pub fn uses(node: &Node, name: usize, names: &[Name]) -> bool {
    looks(node, &|i| i == name || matches!(&names[i].origin, Origin::Step(e) if uses(&e.root, name, names)))
}

/// True where a part looks at one of some names.
fn looks(node: &Node, at: &dyn Fn(usize) -> bool) -> bool {
    let inner = |n: &Node| looks(n, at);
    match &node.kind {
        Kind::Literal(_) => false,
        Kind::Name(i) => at(*i),
        Kind::Negative(a) | Kind::Not(a) => inner(a),
        Kind::Join(_, a, b) | Kind::Compare(_, a, b) => inner(a) || inner(b),
        Kind::Call(_, args, filter) => args.iter().any(inner) || filter.as_ref().is_some_and(|f| inner(&f.bound)),
        Kind::Match(arms, last) => arms.iter().any(|a| inner(&a.when) || inner(&a.then)) || inner(last),
    }
}

/// Where two amounts along the loss are equal, one being above the other on one side of it at least.
pub fn crossings(a: &Node, b: &Node, track: &Track) -> Vec<f64> {
    match (track.line(a), track.line(b)) {
        (Ok(a), Ok(b)) => roots(&a.plus(&b.scaled(-1.0))),
        _ => Vec::new(),
    }
}

/// Where an amount along the loss is nothing, being something on one side of it at least.
pub fn zeros(a: &Node, track: &Track) -> Vec<f64> {
    track.line(a).map_or_else(|_| Vec::new(), |a| roots(&a))
}

fn roots(difference: &Schedule) -> Vec<f64> {
    let mut from = 0.0;
    let mut out = Vec::new();
    for p in difference.pieces() {
        let root = -p.intercept / p.slope;
        out.extend((root.is_finite() && root >= from && root <= p.end).then_some(root));
        from = p.end;
    }
    out
}

/// Where a difference is below, above or at zero, as 0 and 1.
fn compared(compare: Compare, difference: &Schedule) -> Schedule {
    // (true below zero, true at zero, true above zero)
    let (below, at, above) = match compare {
        Compare::Less => (true, false, false),
        Compare::AtMost => (true, true, false),
        Compare::More => (false, false, true),
        Compare::AtLeast => (false, true, true),
        Compare::Is => (false, true, false),
        Compare::IsNot => (true, false, true),
    };
    let flag = |x: f64| {
        let holds = if x < 0.0 {
            below
        } else if x > 0.0 {
            above
        } else {
            at
        };
        Schedule::constant(f64::from(u8::from(holds)))
    };
    let mut parts: SmallVec<[(f64, bool, Schedule); 4]> = SmallVec::new();
    let mut from = 0.0;
    for p in difference.pieces() {
        let root = -p.intercept / p.slope;
        if root.is_finite() && p.slope != 0.0 && root >= from && p.holds(root) {
            if root > from {
                parts.push((root, false, flag(p.at(0.5 * (from + root)))));
            }
            parts.push((root, true, flag(0.0)));
        }
        let start = parts.last().map_or(from, |last| last.0.max(from));
        let inner = if p.end.is_infinite() { 2.0 * start + 1.0 } else { 0.5 * (start + p.end) };
        if p.end > start || p.end.is_infinite() {
            let sample = if p.slope == 0.0 { p.intercept } else { p.at(inner) };
            parts.push((p.end, p.end_inside, flag(sample)));
        }
        from = p.end;
    }
    Schedule::bands(&parts)
}

/// One schedule where a truth holds, another where it does not.
pub fn chosen(when: &Schedule, then: &Schedule, otherwise: &Schedule) -> Schedule {
    let part = |p: &Piece| (p.end, p.end_inside, if p.intercept > 0.5 { then } else { otherwise });
    let parts: SmallVec<[(f64, bool, &Schedule); 4]> = when.pieces().iter().map(part).collect();
    Schedule::bands(&parts)
}
