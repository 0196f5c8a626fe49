//! A rule of a scheme in a scenario: two roads to what it pays, directly and as a schedule in the loss.

use super::along::{self, Track};
use super::decide::needed;
use super::evaluate::Case;
use super::reckon::{Setting, truth, value};
use super::schedule::Schedule;
use crate::model::expression::{Expression, Value};
use crate::model::scheme::{Gives, Origin, Rule};
use crate::model::{Feed, SchemeAmount};

/// Minutes of an hour.
const MINUTES: f64 = 60.0;

/// What the rule pays in a case, in the scenario's money.
pub fn direct(s: &SchemeAmount, case: &Case, world: &[f64]) -> f64 {
    let values = values(s, case, world);
    let setting = Setting { values: &values, holidays: &s.version.holidays };
    let rule = rule(s);
    let applies = rule.when.as_ref().is_none_or(|w| truth(&value(&w.root, setting, &mut |_, _| ())));
    match (applies, pays(rule).map(|e| value(&e.root, setting, &mut |_, _| ()))) {
        (true, Some(Value::Amount(x))) => s.rate.of(world) * x.max(0.0),
        _ => 0.0,
    }
}

/// The same along the loss; `case.loss` is ignored.
pub fn schedule(s: &SchemeAmount, case: &Case, world: &[f64]) -> Schedule {
    let values = values(s, &Case { loss: 0.0, ..*case }, world);
    let setting = Setting { values: &values, holidays: &s.version.holidays };
    let rate = s.rate.of(world);
    let loss = s.feeds.iter().position(|f| *f == Feed::Loss).unwrap_or(usize::MAX);
    let track = Track { setting, loss, names: &s.version.names };
    let refused = "the reader of the scenario refuses rules that are not piecewise linear";
    let line = |e: &Expression| along::schedule(&e.root, track).unwrap_or_else(|_| unreachable!("{refused}"));
    let rule = rule(s);
    let nothing = Schedule::constant(0.0);
    let paid = pays(rule).map_or_else(|| nothing.clone(), |e| line(e).max(&nothing));
    let paid = match &rule.when {
        None => paid,
        Some(w) => along::chosen(&line(w), &paid, &nothing),
    };
    if rate > 0.0 { paid.stretched(1.0 / rate).scaled(rate) } else { nothing }
}

/// The rule.
pub fn rule(s: &SchemeAmount) -> &Rule {
    &s.version.rules[s.rule]
}

/// What it pays.
fn pays(rule: &Rule) -> Option<&Expression> {
    match &rule.gives {
        Gives::Money(e) => Some(e),
        _ => None,
    }
}

/// True where the rule looks at a name with this feed.
pub fn looks_at(s: &SchemeAmount, feed: &Feed) -> bool {
    let places = || s.feeds.iter().enumerate().filter(|(_, f)| *f == feed).map(|(i, _)| i);
    let parts = || rule(s).when.iter().chain(pays(rule(s)));
    parts().any(|e| places().any(|i| along::uses(&e.root, i, &s.version.names)))
}

/// Values of all names in a case.
fn values(s: &SchemeAmount, case: &Case, world: &[f64]) -> Vec<Value> {
    let rate = s.rate.of(world);
    let in_scheme = |money: f64| Value::Amount(if rate > 0.0 { money / rate } else { 0.0 });
    let end = |start: i64| start.saturating_add((case.hours * MINUTES).round() as i64);
    let mut values: Vec<Value> = Vec::with_capacity(s.feeds.len());
    for (i, feed) in s.feeds.iter().enumerate() {
        let found = match feed {
            Feed::Loss => in_scheme(case.loss),
            Feed::FeeMonth => in_scheme(case.fee_month),
            Feed::Outage => Value::Amount(case.hours),
            Feed::Month => Value::Amount(24.0 * case.days_in_month),
            Feed::End(start) => Value::Moment(end(*start)),
            Feed::Down(start) => Value::Period(*start, end(*start)),
            Feed::Quantity(q) => Value::Amount(q.of(world)),
            Feed::Known(v) => v.clone(),
            Feed::Step => match &s.version.names[i].origin {
                Origin::Step(e) if needed(&e.root).iter().all(|n| s.feeds[*n] != Feed::Unknown) => {
                    value(&e.root, Setting { values: &values, holidays: &s.version.holidays }, &mut |_, _| ())
                }
                _ => Value::Amount(0.0),
            },
            Feed::Unknown => Value::Amount(0.0),
        };
        values.push(found);
    }
    values
}
