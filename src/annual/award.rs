//! What a rule pays a customer for the outages of an event, a month, a quarter or a year.

use crate::guideline::along::{self, Track};
use crate::guideline::reckon::{Setting, neutral, truth, value};
use crate::guideline::schedule::Schedule;
use crate::model::company::{Promise, PromisedRule, YearFeed};
use crate::model::expression::Value;
use crate::model::scheme::{Gives, Origin};

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// Hours of each outage in the time asked for.
    pub outages: &'a [f64],
    /// All of them together, at most the time asked for.
    pub total: f64,
    /// Monthly fee.
    pub fee_month: f64,
    /// Length of the month, hours.
    pub month: f64,
    /// Length of the time asked for, hours.
    pub period: f64,
    /// Beginning of the first outage: minutes since 1970-01-01.
    pub began: i64,
    /// Loss of the customer.
    pub loss: f64,
}

/// True where a rule looks at the loss.
pub fn looks_at_loss(promise: &Promise, rule: &PromisedRule) -> bool {
    promise.feeds.iter().zip(&rule.needed).any(|(f, needed)| *needed && *f == YearFeed::Loss)
}

/// What a rule pays, in the company's money.
pub fn pays(promise: &Promise, rule: &PromisedRule, now: &Situation, world: &[f64]) -> f64 {
    let rate = promise.rate.0.of(world) * promise.rate.1.of(world);
    let values = values(promise, rule, now, world, rate);
    let setting = Setting { values: &values, holidays: &promise.version.holidays };
    let stated = &promise.version.rules[rule.rule];
    let applies = stated.when.as_ref().is_none_or(|w| truth(&value(&w.root, setting, &mut |_, _| ())));
    let Gives::Money(pays) = &stated.gives else { return 0.0 };
    match applies.then(|| value(&pays.root, setting, &mut |_, _| ())) {
        Some(Value::Amount(x)) => rate * x.max(0.0),
        _ => 0.0,
    }
}

/// The same along the loss; `None` where a rule is not piecewise linear in it. The loss of `now` is ignored.
pub fn schedule(promise: &Promise, rule: &PromisedRule, now: &Situation, world: &[f64]) -> Option<Schedule> {
    let rate = promise.rate.0.of(world) * promise.rate.1.of(world);
    let loss = promise.feeds.iter().position(|f| *f == YearFeed::Loss)?;
    let stated = &promise.version.rules[rule.rule];
    let Gives::Money(pays) = &stated.gives else { return None };
    let values = values(promise, rule, &Situation { loss: 0.0, ..*now }, world, rate);
    let setting = Setting { values: &values, holidays: &promise.version.holidays };
    let track = Track::needed(setting, loss, &promise.version.names, &rule.needed);
    let nothing = Schedule::constant(0.0);
    let paid = along::schedule(&pays.root, &track).ok()?.max(&nothing);
    let paid = match &stated.when {
        None => paid,
        Some(w) => along::chosen(&along::schedule(&w.root, &track).ok()?, &paid, &nothing),
    };
    Some(if rate > 0.0 { paid.stretched(1.0 / rate).scaled(rate) } else { nothing })
}

fn values(promise: &Promise, rule: &PromisedRule, now: &Situation, world: &[f64], rate: f64) -> Vec<Value> {
    let in_scheme = |money: f64| Value::Amount(if rate > 0.0 { money / rate } else { 0.0 });
    let ended = now.began.saturating_add((now.outages.first().copied().unwrap_or(0.0) * 60.0).round() as i64);
    let names = &promise.version.names;
    let mut values: Vec<Value> = Vec::with_capacity(names.len());
    for ((name, feed), needed) in names.iter().zip(&promise.feeds).zip(&rule.needed) {
        let found = match feed {
            // Nobody looks at it.
            _ if !needed => Value::Truth(false),
            YearFeed::Loss => in_scheme(now.loss),
            YearFeed::Total => Value::Amount(now.total),
            YearFeed::Outages => Value::List(now.outages.to_vec()),
            YearFeed::FeeMonth => in_scheme(now.fee_month),
            YearFeed::Month => Value::Amount(now.month),
            YearFeed::Period => Value::Amount(now.period),
            YearFeed::Began => Value::Moment(now.began),
            YearFeed::Ended => Value::Moment(ended),
            YearFeed::Down => Value::Period(now.began, ended),
            YearFeed::Quantity(q) => Value::Amount(q.of(world)),
            YearFeed::Known(v) => v.clone(),
            YearFeed::Unknown => neutral(&name.ty),
            YearFeed::Step => match &name.origin {
                Origin::Step(e) => {
                    let setting = Setting { values: &values, holidays: &promise.version.holidays };
                    value(&e.root, setting, &mut |_, _| ())
                }
                Origin::Fact(_) => neutral(&name.ty),
            },
        };
        values.push(found);
    }
    values
}
