//! Which quantities a rule looks at.

use super::applied::{self, Bent, looks_at};
use crate::model::{Amount, BandAxis, Feed, Filing, Form, Q, Rule, TakeUp};

/// Every quantity that a rule's award, filing or approval depends on.
pub fn quantities(rule: &Rule) -> Vec<Q> {
    let mut out = award_quantities(rule);
    out.push(rule.approval);
    out.extend(rule.hours_from.iter().chain(&rule.hours_to).map(|b| b.at));
    match &rule.filing {
        Filing::Automatic { reach } => out.push(*reach),
        Filing::Claim(TakeUp::Constant { rate }) => out.push(*rate),
        Filing::Claim(TakeUp::Logistic { awareness, burden, beta } | TakeUp::Weibull { awareness, burden, beta }) => {
            out.extend([*awareness, *beta]);
            out.extend(burden.quantities());
        }
        Filing::Claim(TakeUp::Table { points }) => out.extend(points.iter().flat_map(|p| [p.0, p.1])),
    }
    if let Form::InKind { redemption, unit_cost, .. } = &rule.form {
        out.extend([*redemption, *unit_cost]);
    }
    out
}

/// Every quantity that its award depends on where it applies.
pub fn award_quantities(rule: &Rule) -> Vec<Q> {
    let mut out: Vec<Q> = rule.cap.iter().chain(&rule.minimum).copied().collect();
    amounts(&rule.amount, &mut |a| match a {
        Amount::Flat(q) | Amount::FeeMonths(q) | Amount::FeeDays(q) | Amount::FeeTimes(q) | Amount::Times(q, _) => {
            out.push(*q)
        }
        Amount::LossShare { share, deductible, .. } => out.extend([*share, *deductible]),
        Amount::PerTime { pay, step_hours, after_hours, .. } => out.extend([*pay, *step_hours, *after_hours]),
        Amount::Bands { bands, .. } => out.extend(bands.iter().filter_map(|b| b.upto).map(|b| b.at)),
        Amount::Scheme(s) => {
            out.extend([s.rate, s.price_level]);
            out.extend(s.feeds.iter().filter_map(|f| if let Feed::Quantity(q) = f { Some(*q) } else { None }));
        }
        Amount::Max(_) | Amount::Min(_) | Amount::Sum(_) => (),
    });
    out
}

/// True when a rule's award depends on the fee.
pub fn uses_fee(rule: &Rule) -> bool {
    let mut found = false;
    amounts(&rule.amount, &mut |a| {
        found |= matches!(
            a,
            Amount::FeeMonths(_) | Amount::FeeDays(_) | Amount::FeeTimes(_) | Amount::Bands { axis: BandAxis::Fee, .. }
        );
        found |= matches!(a, Amount::Scheme(s) if looks_at(s, &Feed::FeeMonth));
    });
    found
}

/// True when a rule's award depends on an attribute, by its place in the scenario.
pub fn uses_attribute(rule: &Rule, place: usize) -> bool {
    let mut found = false;
    amounts(&rule.amount, &mut |a| found |= matches!(a, Amount::Scheme(s) if looks_at(s, &Feed::Attribute(place))));
    found
}

/// True when a rule's award depends on how long the outage was for a person.
pub fn uses_hours(rule: &Rule) -> bool {
    let mut found = false;
    amounts(&rule.amount, &mut |a| {
        let axis = |axis: &BandAxis| matches!(axis, BandAxis::Hours | BandAxis::DaysBegun);
        let timed = |f: &Feed| matches!(f, Feed::Outage | Feed::End(_) | Feed::Down(_));
        found |= match a {
            Amount::FeeTimes(_) | Amount::PerTime { .. } => true,
            Amount::Bands { axis: of, .. } => axis(of),
            Amount::Scheme(s) => s.feeds.iter().any(timed),
            _ => false,
        };
    });
    found
}

/// True when a rule's award is the same for everybody to whom it applies, but for quantities and the loss.
pub fn same_but_for_loss(rule: &Rule) -> bool {
    let mut attributes = false;
    amounts(&rule.amount, &mut |a| {
        attributes |= matches!(a, Amount::Scheme(s) if s.feeds.iter().any(|f| matches!(f, Feed::Attribute(_))));
    });
    !(attributes || uses_fee(rule) || uses_hours(rule))
}

/// True when a rule's award depends on the loss.
pub fn uses_loss(rule: &Rule) -> bool {
    let mut found = false;
    amounts(&rule.amount, &mut |a| {
        found |= matches!(a, Amount::LossShare { .. } | Amount::Bands { axis: BandAxis::Loss(_), .. });
        found |= matches!(a, Amount::Scheme(s) if looks_at(s, &Feed::Loss));
    });
    found
}

/// The first part of a rule for which it has no schedule in the loss, if there is one.
pub fn bent(rule: &Rule) -> Option<Bent<'_>> {
    let mut found = None;
    amounts(&rule.amount, &mut |a| {
        if let (None, Amount::Scheme(s)) = (&found, a) {
            found = applied::bent(s);
        }
    });
    found
}

/// Walks an amount tree.
pub fn amounts<'a>(a: &'a Amount, see: &mut impl FnMut(&'a Amount)) {
    see(a);
    match a {
        Amount::Bands { bands, .. } => bands.iter().for_each(|b| amounts(&b.pay, see)),
        Amount::Max(list) | Amount::Min(list) | Amount::Sum(list) => list.iter().for_each(|x| amounts(x, see)),
        Amount::Times(_, inner) => amounts(inner, see),
        Amount::Flat(_)
        | Amount::LossShare { .. }
        | Amount::FeeMonths(_)
        | Amount::FeeDays(_)
        | Amount::FeeTimes(_)
        | Amount::PerTime { .. }
        | Amount::Scheme(_) => (),
    }
}
