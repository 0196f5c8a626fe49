//! A rule of a scheme in a scenario: two roads to what it pays, directly and as a schedule in the loss.

use smallvec::SmallVec;

use super::along::{self, Track};
use super::decide::visit;
use super::evaluate::Case;
use super::reckon::{Setting, neutral, truth, value};
use super::schedule::Schedule;
use crate::model::expression::{Dimension, Expression, Join, Kind, Node, Type, Value};
use crate::model::scheme::{Gives, Name, Origin, Rule, Version};
use crate::model::{Feed, SchemeAmount};

/// Minutes of an hour.
const MINUTES: f64 = 60.0;

/// What the rule pays in a case, in the scenario's money.
pub fn direct(s: &SchemeAmount, case: &Case, world: &[f64]) -> f64 {
    let mut values = Values::new();
    work_out(s, case, world, &mut values);
    let setting = Setting { values: &values, holidays: &s.version.holidays };
    let rule = rule(s);
    let applies = rule.when.as_ref().is_none_or(|w| truth(&value(&w.root, setting, &mut |_, _| ())));
    match (applies, pays(rule).map(|e| value(&e.root, setting, &mut |_, _| ()))) {
        (true, Some(Value::Amount(x))) => rate(s, world) * x.max(0.0),
        _ => 0.0,
    }
}

/// The same along the loss, of a rule that is not [`bent`]; `case.loss` is ignored.
pub fn schedule(s: &SchemeAmount, case: &Case, world: &[f64]) -> Schedule {
    if !looks_at(s, &Feed::Loss) {
        return Schedule::constant(direct(s, case, world));
    }
    let mut values = Values::new();
    work_out(s, &Case { loss: 0.0, ..*case }, world, &mut values);
    let setting = Setting { values: &values, holidays: &s.version.holidays };
    let rate = rate(s, world);
    let loss = s.feeds.iter().position(|f| *f == Feed::Loss).unwrap_or(usize::MAX);
    let track = Track::new(setting, loss, &s.version.names);
    let refused = "rules that are bent are drawn one by one and not compiled";
    let line = |e: &Expression| along::schedule(&e.root, &track).unwrap_or_else(|_| unreachable!("{refused}"));
    let rule = rule(s);
    let nothing = Schedule::constant(0.0);
    let paid = pays(rule).map_or_else(|| nothing.clone(), |e| line(e).max(&nothing));
    let paid = match &rule.when {
        None => paid,
        Some(w) => along::chosen(&line(w), &paid, &nothing),
    };
    if rate > 0.0 { paid.stretched(1.0 / rate).scaled(rate) } else { nothing }
}

/// The scenario's money for one unit of the scheme's: the market rate times the price level. One factor in both
/// directions, so that what a person lost or pays comes back as it was, and only the scheme's own sums and bounds are moved.
pub fn rate(s: &SchemeAmount, world: &[f64]) -> f64 {
    s.rate.of(world) * s.price_level.of(world)
}

/// The rule.
pub fn rule(s: &SchemeAmount) -> &Rule {
    &s.version.rules[0]
}

/// What it pays.
pub(super) fn pays(rule: &Rule) -> Option<&Expression> {
    match &rule.gives {
        Gives::Money(e) => Some(e),
        _ => None,
    }
}

/// A part of a rule that is not piecewise linear in the loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bent<'s> {
    /// The expression it stands in.
    pub expression: &'s Expression,
    /// Its first byte and its end.
    pub span: (usize, usize),
    /// What it does.
    pub how: How,
}

/// What a part does with the loss that is not piecewise linear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Rounds it or counts it in steps.
    Rounds,
    /// Multiplies it by itself, or by what depends on it.
    Multiplies,
    /// Divides by it.
    Divides,
    /// Something else: a word or a date that changes with it.
    Other,
}

impl Bent<'_> {
    /// As it is written.
    pub fn text(&self) -> &str {
        self.expression.text.get(self.span.0..self.span.1).unwrap_or(&self.expression.text)
    }
}

/// The first part of the rule, or of a step that it looks at, that is not piecewise linear in the loss.
pub fn bent(s: &SchemeAmount) -> Option<Bent<'_>> {
    let loss = s.feeds.iter().position(|f| *f == Feed::Loss)?;
    rule(s).when.iter().chain(pays(rule(s))).find_map(|e| bent_in(e, loss, &s.version.names))
}

fn bent_in<'s>(e: &'s Expression, loss: usize, names: &'s [Name]) -> Option<Bent<'s>> {
    let span = along::not_linear(&e.root, loss, names)?;
    let (mut step, mut how) = (None, How::Other);
    visit(&e.root, &mut |n| {
        if n.span == span {
            match &n.kind {
                Kind::Name(i) => step = Some(*i),
                Kind::Call(..) => how = How::Rounds,
                Kind::Join(Join::Times, ..) => how = How::Multiplies,
                Kind::Join(Join::Over, ..) => how = How::Divides,
                _ => (),
            }
        }
    });
    // Of a step, the part of it where it begins.
    let inner = step.and_then(|i| match &names[i].origin {
        Origin::Step(e) => bent_in(e, loss, names),
        Origin::Fact(_) => None,
    });
    Some(inner.unwrap_or(Bent { expression: e, span, how }))
}

/// Which names a rule looks at, those that its steps look at included.
pub fn needed(version: &Version, rule: usize) -> Vec<bool> {
    let rule = &version.rules[rule];
    let parts = || rule.when.iter().chain(pays(rule));
    (0..version.names.len()).map(|i| parts().any(|e| along::uses(&e.root, i, &version.names))).collect()
}

/// True where the rule looks at a name with this feed.
pub fn looks_at(s: &SchemeAmount, feed: &Feed) -> bool {
    s.feeds.contains(feed)
}

/// Sees every part of the rule, and of every step that it looks at.
pub fn parts(s: &SchemeAmount, see: &mut impl FnMut(&Node)) {
    let names = &s.version.names;
    for e in rule(s).when.iter().chain(pays(rule(s))) {
        visit(&e.root, see);
    }
    for name in names {
        if let Origin::Step(e) = &name.origin {
            visit(&e.root, see);
        }
    }
}

/// Values of the names of a scheme; most have no more.
pub(super) type Values = SmallVec<[Value; 16]>;

/// Works out the values of the names that the rule looks at in a case; `values`: none yet.
pub(super) fn work_out(s: &SchemeAmount, case: &Case, world: &[f64], values: &mut Values) {
    let rate = rate(s, world);
    let in_scheme = |money: f64| Value::Amount(if rate > 0.0 { money / rate } else { 0.0 });
    let end = |start: i64| start.saturating_add((case.hours * MINUTES).round() as i64);
    values.reserve(s.feeds.len());
    for (i, feed) in s.feeds.iter().enumerate() {
        let found = match feed {
            Feed::Loss => in_scheme(case.loss),
            Feed::FeeMonth => in_scheme(case.fee_month),
            Feed::Outage => Value::Amount(case.hours),
            Feed::Month => Value::Amount(24.0 * case.days_in_month),
            Feed::End(start) => Value::Moment(end(*start)),
            Feed::Down(start) => Value::Period(*start, end(*start)),
            Feed::Quantity(q) => Value::Amount(q.of(world)),
            Feed::Attribute(place) => {
                let x = case.attributes.get(*place).copied().unwrap_or(0.0);
                match &s.version.names[i].ty {
                    Type::Truth => Value::Truth(x > 0.5),
                    Type::Amount(d) if *d == Dimension::MONEY => in_scheme(x),
                    _ => Value::Amount(x),
                }
            }
            Feed::Known(v) => v.clone(),
            // What nobody knows no rule that is applied looks at.
            Feed::Unknown => neutral(&s.version.names[i].ty),
            Feed::Step => match &s.version.names[i].origin {
                Origin::Step(e) => value(&e.root, Setting { values, holidays: &s.version.holidays }, &mut |_, _| ()),
                Origin::Fact(_) => neutral(&s.version.names[i].ty),
            },
        };
        values.push(found);
    }
}
