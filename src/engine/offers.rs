//! Offers: the rules of all guidelines as they meet the people of one slot in one world.

use super::cell::{CellInput, Offer, PieceShares};
use super::exposure::{Slot, damage};
use super::plan::CohortPlan;
use crate::guideline::evaluate::{Case, qualifies};
use crate::guideline::schedule::Piece;
use crate::guideline::takeup::Curve;
use crate::guideline::{Schedule, compile, visit};
use crate::model::{Filing, Form, Loss, Rule, Scenario};

/// Kinds of people who claim a loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// They claim what they lost.
    Genuine,
    /// They claim more.
    Exaggerated,
    /// They lost nothing and claim all the same.
    Unfounded,
}

/// All kinds, in the order of a cohort's approval factors.
pub const KINDS: [Kind; 3] = [Kind::Genuine, Kind::Exaggerated, Kind::Unfounded];

impl Kind {
    /// Purpose of its random stream.
    pub fn purpose(self) -> &'static str {
        match self {
            Kind::Genuine => "genuine",
            Kind::Exaggerated => "exaggerated",
            Kind::Unfounded => "unfounded",
        }
    }

    /// False where nobody is of this kind.
    fn exists(self, loss: &Loss, world: &[f64]) -> bool {
        match self {
            Kind::Genuine => true,
            Kind::Exaggerated => loss.exaggerated_share.of(world) > 0.0,
            Kind::Unfounded => loss.unfounded_share.of(world) > 0.0,
        }
    }

    /// What they claim and what they lost, as multiples of the loss scale.
    pub fn scales(self, loss: &Loss, world: &[f64]) -> (f64, f64) {
        match self {
            Kind::Genuine => (1.0, 1.0),
            Kind::Exaggerated => (loss.exaggeration.of(world), 1.0),
            Kind::Unfounded => (1.0, 0.0),
        }
    }

    /// Probability that a claim of this kind is approved under a rule. A rule that does not look at the loss has no
    /// claimed loss to check, so everybody has the same chance under it.
    pub fn approval(self, rule: &Rule, loss: &Loss, world: &[f64]) -> f64 {
        let checked = rule.losers_only || visit::uses_loss(rule);
        let factor = if checked { loss.approval_factors[self as usize].of(world) } else { 1.0 };
        (rule.approval.of(world) * factor).clamp(0.0, 1.0)
    }
}

/// Mean loss of a loser of a slot; 0 where nobody loses.
pub fn scale(scenario: &Scenario, cohort: &CohortPlan, slot: &Slot, world: &[f64]) -> f64 {
    let c = &scenario.cohorts[cohort.cohort];
    c.loss.as_ref().map_or(0.0, |loss| damage(&loss.damage, loss_hours(scenario, cohort, slot), world))
}

/// Hours that count for the loss.
fn loss_hours(scenario: &Scenario, cohort: &CohortPlan, slot: &Slot) -> f64 {
    let c = &scenario.cohorts[cohort.cohort];
    let own = c.loss.as_ref().and_then(|l| l.service);
    match own.and_then(|service| c.services.iter().position(|s| *s == service)) {
        Some(i) => slot.hours[i],
        None => slot.longest(),
    }
}

/// The case of a rule in a slot, but for the loss; `None` where the rule does not apply.
pub fn case<'s>(
    scenario: &Scenario,
    cohort: &CohortPlan,
    rule: &Rule,
    slot: &'s Slot,
    world: &[f64],
) -> Option<Case<'s>> {
    let c = &scenario.cohorts[cohort.cohort];
    let counts = |service: &usize| rule.services.is_empty() || rule.services.contains(service);
    let hours = c.services.iter().zip(&slot.hours).filter(|(s, _)| counts(s)).map(|(_, h)| *h).fold(0.0, f64::max);
    let indirect_share = c.loss.as_ref().map_or(0.0, |l| l.indirect_share.of(world));
    let days_in_month = scenario.outage.start.days_in_month;
    let case = Case {
        loss: 0.0,
        indirect_share,
        hours,
        fee_month: slot.fee_month,
        days_in_month,
        attributes: &slot.attributes,
    };
    qualifies(rule, hours, world).then_some(case)
}

/// Offers of a slot.
#[derive(Clone, Debug, Default)]
pub struct SlotOffers {
    /// To people without a loss.
    pub flat: Vec<Offer>,
    /// The inputs of the three kinds of cells.
    pub cells: [CellInput; KINDS.len()],
}

/// Writes the offers of a slot, of all guidelines or of `only` one.
#[allow(clippy::too_many_arguments)]
pub fn of_slot(
    scenario: &Scenario,
    cohort: &CohortPlan,
    slot: &Slot,
    scale: f64,
    world: &[f64],
    foreseen: &[f64],
    only: Option<usize>,
    out: &mut SlotOffers,
) {
    let c = &scenario.cohorts[cohort.cohort];
    let SlotOffers { flat, cells } = out;
    flat.clear();
    for cell in cells.iter_mut() {
        cell.offers.clear();
        cell.true_scale = 0.0;
    }
    for (g, r) in cohort.rules.iter().filter(|(g, _)| only.is_none_or(|o| o == *g)) {
        let rule = &scenario.guidelines[*g].rules[*r];
        let Some(case) = case(scenario, cohort, rule, slot, world) else { continue };
        let schedule = compile(rule, &case, world);
        if schedule.is_zero() {
            continue;
        }
        let curve = Curve::of(&rule.filing, c.awareness.of(world), world);
        let foreseen_factor = if matches!(rule.form, Form::Cash) { foreseen[*g] } else { 1.0 };
        let share = |p: &Piece| (p.slope == 0.0).then(|| curve.share(foreseen_factor * p.intercept));
        // A schedule stretched along the axis of losses keeps the shares of its flat pieces.
        let piece_shares: PieceShares = schedule.pieces().iter().map(share).collect();
        let offer = |schedule: Schedule, approval: f64| Offer {
            guideline: *g,
            schedule,
            foreseen_factor,
            approval,
            automatic: matches!(rule.filing, Filing::Automatic { .. }),
            in_kind: in_kind(rule, world),
            piece_shares: piece_shares.clone(),
            highest_share: curve.highest(),
            curve: curve.clone(),
        };
        if !rule.losers_only {
            flat.push(offer(schedule.clone(), rule.approval.of(world).clamp(0.0, 1.0)));
        }
        if let Some(loss) = c.loss.as_ref().filter(|_| scale > 0.0) {
            for (kind, cell) in KINDS.iter().zip(cells.iter_mut()).filter(|(kind, _)| kind.exists(loss, world)) {
                let (claimed, _) = kind.scales(loss, world);
                cell.offers.push(offer(schedule.stretched(claimed * scale), kind.approval(rule, loss, world)));
            }
        }
    }
    if let Some(loss) = &c.loss {
        for (kind, cell) in KINDS.iter().zip(cells.iter_mut()) {
            cell.true_scale = kind.scales(loss, world).1 * scale;
        }
    }
}

fn in_kind(rule: &Rule, world: &[f64]) -> Option<(f64, f64)> {
    match &rule.form {
        Form::Cash => None,
        Form::InKind { redemption, unit_cost } => Some((redemption.of(world), unit_cost.of(world))),
    }
}
