//! Compilation of a rule to a schedule in the loss, for people whose hours and fee are known.

use super::evaluate::{Case, ROUNDING, amount, band_at, basis_share, days_begun, qualifies};
use super::schedule::Schedule;
use crate::model::{Amount, Band, BandAxis, Rule};

/// The schedule of a rule in the loss as claimed; `case.loss` is ignored. Not for rules that are bent (see
/// [`super::visit::bent`]).
pub fn compile(rule: &Rule, case: &Case, world: &[f64]) -> Schedule {
    if qualifies(rule, case.hours, world) { pays(rule, case, world) } else { Schedule::constant(0.0) }
}

/// The same where the rule applies.
pub fn pays(rule: &Rule, case: &Case, world: &[f64]) -> Schedule {
    let mut schedule = tree(&rule.amount, case, world);
    if !schedule.is_nowhere_negative() {
        schedule = schedule.max(&Schedule::constant(0.0));
    }
    if let Some(cap) = rule.cap {
        schedule = schedule.capped(cap.of(world));
    }
    if let Some(minimum) = rule.minimum {
        schedule = schedule.with_minimum(minimum.of(world));
    }
    schedule
}

fn tree(a: &Amount, case: &Case, world: &[f64]) -> Schedule {
    let fold = |list: &[Amount], op: fn(&Schedule, &Schedule) -> Schedule| {
        let mut all = list.iter().map(|x| tree(x, case, world));
        let first = all.next().unwrap_or_else(|| Schedule::constant(0.0));
        all.fold(first, |s, t| op(&s, &t))
    };
    match a {
        Amount::LossShare { share, deductible, basis } => {
            Schedule::share_above(share.of(world), deductible.of(world), basis_share(*basis, case.indirect_share))
        }
        Amount::Bands { axis, bands } => match axis {
            BandAxis::Loss(basis) => loss_bands(bands, basis_share(*basis, case.indirect_share), case, world),
            BandAxis::Hours => fixed_band(bands, case.hours, case, world),
            BandAxis::DaysBegun => fixed_band(bands, days_begun(case.hours), case, world),
            BandAxis::Fee => fixed_band(bands, case.fee_month, case, world),
        },
        Amount::Max(list) => fold(list, Schedule::max),
        Amount::Min(list) => fold(list, Schedule::min),
        Amount::Sum(list) => fold(list, Schedule::plus),
        Amount::Times(q, inner) => tree(inner, case, world).scaled(q.of(world)),
        Amount::Scheme(s) => super::applied::schedule(s, case, world),
        Amount::Flat(_) | Amount::FeeMonths(_) | Amount::FeeDays(_) | Amount::FeeTimes(_) | Amount::PerTime { .. } => {
            Schedule::constant(amount(a, case, world))
        }
    }
}

/// Bands over a part `basis` of the loss: their bounds move to the loss itself.
fn loss_bands(bands: &[Band], basis: f64, case: &Case, world: &[f64]) -> Schedule {
    if basis <= 0.0 {
        return fixed_band(bands, 0.0, case, world);
    }
    let parts: Vec<(f64, bool, Schedule)> = bands
        .iter()
        .map(|b| {
            let (end, inside) = b.upto.map_or((f64::INFINITY, false), |x| (x.at.of(world) / basis, x.inclusive));
            // Losses that miss the bound by rounding alone lie on the side where the bound itself does.
            let end = if inside { end * (1.0 + ROUNDING) } else { end * (1.0 - ROUNDING) };
            (end, inside, tree(&b.pay, case, world))
        })
        .collect();
    Schedule::bands(&parts)
}

fn fixed_band(bands: &[Band], value: f64, case: &Case, world: &[f64]) -> Schedule {
    band_at(bands, value, world).map_or_else(|| Schedule::constant(0.0), |b| tree(&b.pay, case, world))
}
