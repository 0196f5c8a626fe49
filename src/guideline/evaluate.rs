//! Direct evaluation of a rule for one person: the amount tree walked as it is written.

use crate::model::{Amount, Band, BandAxis, Bound, Count, LossBasis, Rule};

/// What a rule looks at in one person's case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Case<'a> {
    /// Loss as claimed, money; 0 for people who claim none.
    pub loss: f64,
    /// Share of the loss that is indirect.
    pub indirect_share: f64,
    /// Hours of outage that count for the rule.
    pub hours: f64,
    /// Monthly fee.
    pub fee_month: f64,
    /// Days in the month of the outage.
    pub days_in_month: f64,
    /// The person's attributes, by their place in the scenario.
    pub attributes: &'a [f64],
}

impl Case<'_> {
    fn loss_on(&self, basis: LossBasis) -> f64 {
        self.loss * basis_share(basis, self.indirect_share)
    }

    fn axis(&self, axis: BandAxis) -> f64 {
        match axis {
            BandAxis::Loss(basis) => self.loss_on(basis),
            BandAxis::Hours => self.hours,
            BandAxis::DaysBegun => days_begun(self.hours),
            BandAxis::Fee => self.fee_month,
        }
    }

    fn fee_hour(&self) -> f64 {
        self.fee_month / self.days_in_month / 24.0
    }
}

/// Share of a loss that counts on a basis.
pub fn basis_share(basis: LossBasis, indirect_share: f64) -> f64 {
    match basis {
        LossBasis::All => 1.0,
        LossBasis::Direct => 1.0 - indirect_share,
        LossBasis::Indirect => indirect_share,
    }
}

/// Two numbers that differ by no more than this part of them are the same: 70 min in steps of 10 min are seven steps, and 6 min
/// and 12 min are 18 min, though no sum or quotient of their hours says so exactly.
pub const ROUNDING: f64 = 1e-12;

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= ROUNDING * b.abs()
}

/// A number, or the whole number that it misses by rounding alone.
fn unrounded(n: f64) -> f64 {
    let whole = n.round();
    if same(n, whole) { whole } else { n }
}

/// Begun days of an outage.
pub fn days_begun(hours: f64) -> f64 {
    unrounded(hours / 24.0).ceil()
}

/// Time counted in steps after a grace time.
pub fn steps(hours: f64, step_hours: f64, after_hours: f64, count: Count) -> f64 {
    let n = unrounded(beyond(hours, after_hours) / step_hours);
    match count {
        Count::Exact => n,
        Count::Begun => n.ceil(),
        Count::Completed => n.floor(),
    }
}

/// Hours beyond others; none where rounding alone lies between them.
fn beyond(hours: f64, after_hours: f64) -> f64 {
    if same(hours, after_hours) { 0.0 } else { (hours - after_hours).max(0.0) }
}

/// True when `value` is not above the bound.
pub fn within(value: f64, bound: Bound, world: &[f64]) -> bool {
    let at = bound.at.of(world);
    if same(value, at) { bound.inclusive } else { value < at }
}

/// True when `value` has reached the bound.
pub fn reached(value: f64, bound: Bound, world: &[f64]) -> bool {
    let at = bound.at.of(world);
    if same(value, at) { bound.inclusive } else { value > at }
}

/// True when a rule applies at these hours; an outage of no hours qualifies nobody.
pub fn qualifies(rule: &Rule, hours: f64, world: &[f64]) -> bool {
    hours > 0.0
        && rule.hours_from.is_none_or(|b| reached(hours, b, world))
        && rule.hours_to.is_none_or(|b| within(hours, b, world))
}

/// What a rule pays in a case, before pools; 0 where it does not apply. Whether the person counts as a loser is the
/// caller's to know.
pub fn award(rule: &Rule, case: &Case, world: &[f64]) -> f64 {
    if qualifies(rule, case.hours, world) { pays(rule, case, world) } else { 0.0 }
}

/// What a rule pays where it applies.
pub fn pays(rule: &Rule, case: &Case, world: &[f64]) -> f64 {
    let raw = amount(&rule.amount, case, world).max(0.0);
    let capped = rule.cap.map_or(raw, |c| raw.min(c.of(world)));
    match rule.minimum {
        Some(m) if capped > 0.0 => capped.max(m.of(world)),
        _ => capped,
    }
}

/// Value of an amount tree.
pub fn amount(a: &Amount, case: &Case, world: &[f64]) -> f64 {
    let each = |list: &[Amount]| -> Vec<f64> { list.iter().map(|x| amount(x, case, world)).collect() };
    match a {
        Amount::Flat(q) => q.of(world),
        Amount::LossShare { share, deductible, basis } => {
            share.of(world) * (case.loss_on(*basis) - deductible.of(world)).max(0.0)
        }
        Amount::FeeMonths(q) => q.of(world) * case.fee_month,
        Amount::FeeDays(q) => q.of(world) * case.fee_month / case.days_in_month,
        Amount::FeeTimes(q) => q.of(world) * case.fee_hour() * case.hours,
        Amount::PerTime { pay, step_hours, after_hours, count } => {
            pay.of(world) * steps(case.hours, step_hours.of(world), after_hours.of(world), *count)
        }
        Amount::Bands { axis, bands } => {
            band_at(bands, case.axis(*axis), world).map_or(0.0, |b| amount(&b.pay, case, world))
        }
        Amount::Max(list) => each(list).into_iter().fold(f64::NEG_INFINITY, f64::max),
        Amount::Min(list) => each(list).into_iter().fold(f64::INFINITY, f64::min),
        Amount::Sum(list) => each(list).into_iter().sum(),
        Amount::Times(q, inner) => q.of(world) * amount(inner, case, world),
        Amount::Scheme(s) => super::applied::direct(s, case, world),
    }
}

/// The first band that holds a value.
pub fn band_at<'a>(bands: &'a [Band], value: f64, world: &[f64]) -> Option<&'a Band> {
    bands.iter().find(|b| b.upto.is_none_or(|bound| within(value, bound, world)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Q;

    /// Times in minutes are no exact parts of an hour: each of these quotients and sums misses by rounding.
    #[test]
    fn steps_and_bounds_are_met_exactly() {
        let minutes = |m: f64| m / 60.0;
        let taken = |hours, step, count| steps(hours, step, 0.0, count);
        assert_eq!(taken(minutes(70.0), minutes(10.0), Count::Begun), 7.0);
        assert_eq!(taken(minutes(280.0), minutes(20.0), Count::Begun), 14.0);
        assert_eq!(taken(minutes(18.0), minutes(6.0), Count::Completed), 3.0);
        assert_eq!(taken(minutes(71.0), minutes(10.0), Count::Begun), 8.0);
        assert_eq!(taken(minutes(17.0), minutes(6.0), Count::Completed), 2.0);
        let sum = minutes(6.0) + minutes(12.0);
        assert_eq!(steps(sum, 1.0, minutes(18.0), Count::Begun), 0.0);
        assert_eq!(days_begun(72.0 * (1.0 + f64::EPSILON)), 3.0);
        let world = [minutes(18.0)];
        let bound = |inclusive| Bound { at: Q(0), inclusive };
        assert!(sum != world[0]);
        assert!(within(sum, bound(true), &world) && reached(sum, bound(true), &world));
        assert!(!within(sum, bound(false), &world) && !reached(sum, bound(false), &world));
        assert!(within(minutes(17.9), bound(false), &world) && reached(minutes(18.1), bound(false), &world));
    }
}
