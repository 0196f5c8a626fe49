//! Offers: the rules of all guidelines as they meet the people of one slot in one world.

use std::borrow::Cow;

use smallvec::smallvec;

use super::cell::{CellInput, Offer, PieceShares};
use super::exposure::{Slot, damage};
use super::plan::{Award, CohortPlan};
use super::scene::Outlook;
use crate::guideline::evaluate::{Case, award, qualifies};
use crate::guideline::schedule::Piece;
use crate::guideline::takeup::Curve;
use crate::guideline::{Schedule, compile};
use crate::model::procedure::Appeal;
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

    /// Probability that a claim of this kind is approved under a rule, appeals included. A rule that does not look at the
    /// loss has no claimed loss to check (`checked` is false), so everybody has the same chance under it.
    pub fn approval(self, rule: &Rule, checked: bool, loss: &Loss, appeal: Option<&Appeal>, world: &[f64]) -> f64 {
        in_the_end(rule, self.at_first(rule, checked, loss, world), appeal, world)
    }

    /// Share of the approved whom the first decision approves.
    pub fn first_share(self, rule: &Rule, checked: bool, loss: &Loss, appeal: Option<&Appeal>, world: &[f64]) -> f64 {
        share_at_first(rule, self.at_first(rule, checked, loss, world), appeal, world)
    }

    /// Probability that the first decision approves a claim.
    fn at_first(self, rule: &Rule, checked: bool, loss: &Loss, world: &[f64]) -> f64 {
        let factor = if checked { loss.approval_factors[self as usize].of(world) } else { 1.0 };
        rule.approval.of(world) * factor
    }
}

/// The appeal that the refused have under a rule, if it has a procedure.
pub fn appeal<'s>(scenario: &'s Scenario, rule: &Rule) -> Option<&'s Appeal> {
    rule.procedure.map(|p| &scenario.aftermath.procedures[p].appeal)
}

/// Probability of approval of people who claim no loss, appeals included.
pub fn approval(rule: &Rule, appeal: Option<&Appeal>, world: &[f64]) -> f64 {
    in_the_end(rule, rule.approval.of(world), appeal, world)
}

/// Of the approved who claim no loss, the share whom the first decision approves.
pub fn first_share(rule: &Rule, appeal: Option<&Appeal>, world: &[f64]) -> f64 {
    share_at_first(rule, rule.approval.of(world), appeal, world)
}

/// Share of those approved in the end who were approved at first; where nobody is, it does not matter.
fn share_at_first(rule: &Rule, first: f64, appeal: Option<&Appeal>, world: &[f64]) -> f64 {
    let end = in_the_end(rule, first, appeal, world);
    if end > 0.0 { (first.clamp(0.0, 1.0) / end).min(1.0) } else { 1.0 }
}

/// Approval after appeals; what needs no claim has none.
fn in_the_end(rule: &Rule, first: f64, appeal: Option<&Appeal>, world: &[f64]) -> f64 {
    let first = first.clamp(0.0, 1.0);
    match (appeal, &rule.filing) {
        (Some(a), Filing::Claim(_)) => (first + (1.0 - first) * a.share.of(world) * a.upheld.of(world)).clamp(0.0, 1.0),
        _ => first,
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
    let counted = c.services.iter().zip(&slot.hours).filter(|(s, _)| rule.services.contains(s));
    let hours = match rule.services.as_slice() {
        [] => slot.longest(),
        _ => counted.map(|(_, h)| *h).fold(0.0, f64::max),
    };
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

/// What a rule of a cohort (by its place among those that address it) pays in a case by the loss as claimed; of a rule
/// without a schedule, what it pays where none is claimed.
pub fn schedule<'s>(cohort: &'s CohortPlan, i: usize, rule: &Rule, case: &Case, world: &[f64]) -> Cow<'s, Schedule> {
    match &cohort.awards[i] {
        Award::Fixed(schedule) => Cow::Borrowed(schedule),
        Award::Along if !cohort.bent[i] => Cow::Owned(compile(rule, case, world)),
        Award::Flat | Award::Along => Cow::Owned(Schedule::constant(award(rule, case, world))),
    }
}

/// One rule of one guideline as it meets people without a loss.
#[derive(Clone, Debug, PartialEq)]
pub struct FlatOffer {
    /// Guideline (index).
    pub guideline: usize,
    /// Rule of the guideline (index).
    pub rule: usize,
    /// Award before pools.
    pub award: f64,
    /// Share who file.
    pub filing: f64,
    /// Probability that a claim is approved and whoever filed it has not given up waiting.
    pub approval: f64,
    /// Probability that a claim is approved.
    pub decided: f64,
    /// Share of the approved whom the first decision approves.
    pub at_first: f64,
    /// True when nobody has to file.
    pub automatic: bool,
    /// Awards in kind: (redemption, unit cost); `None`: money.
    pub in_kind: Option<(f64, f64)>,
}

/// Offers of a slot.
#[derive(Clone, Debug, Default)]
pub struct SlotOffers {
    /// To people without a loss.
    pub flat: Vec<FlatOffer>,
    /// The inputs of the three kinds of cells.
    pub cells: [CellInput; KINDS.len()],
}

/// Writes the offers of a slot. People who are drawn one by one get none.
pub fn of_slot(
    scenario: &Scenario,
    cohort: &CohortPlan,
    slot: &Slot,
    scale: f64,
    world: &[f64],
    foreseen: Outlook,
    out: &mut SlotOffers,
) {
    let c = &scenario.cohorts[cohort.cohort];
    let SlotOffers { flat, cells } = out;
    flat.clear();
    for cell in cells.iter_mut() {
        cell.offers.clear();
        (cell.true_scale, cell.truth) = (0.0, None);
    }
    for (i, (g, r)) in cohort.rules.iter().enumerate() {
        let rule = &scenario.guidelines[*g].rules[*r];
        let Some(case) = case(scenario, cohort, rule, slot, world) else { continue };
        let schedule = schedule(cohort, i, rule, &case, world);
        if schedule.is_zero() {
            continue;
        }
        let curve = Curve::of(&rule.filing, c.awareness.of(world), world);
        let appeal = appeal(scenario, rule);
        let foreseen_factor = if matches!(rule.form, Form::Cash) { foreseen.pools[*g] } else { 1.0 };
        let stays = 1.0 - foreseen.left(cohort.places[i]);
        let (automatic, in_kind) = (matches!(rule.filing, Filing::Automatic { .. }), in_kind(rule, world));
        let share = |p: &Piece| (p.slope == 0.0).then(|| curve.share(foreseen_factor * p.intercept));
        // A schedule stretched along the axis of losses keeps the shares of its flat pieces.
        let piece_shares: PieceShares = match schedule.pieces() {
            [only] => smallvec![share(only)],
            pieces => pieces.iter().map(share).collect(),
        };
        if !rule.losers_only {
            let tier = schedule.tier(0.0);
            let award = schedule.pieces()[tier].at(0.0);
            flat.push(FlatOffer {
                guideline: *g,
                rule: *r,
                award,
                filing: piece_shares[tier].unwrap_or_else(|| curve.share(foreseen_factor * award)),
                approval: stays * approval(rule, appeal, world),
                decided: approval(rule, appeal, world),
                at_first: first_share(rule, appeal, world),
                automatic,
                in_kind,
            });
        }
        let Some(loss) = c.loss.as_ref().filter(|_| scale > 0.0 && !cohort.one_by_one()) else { continue };
        let offer = |schedule: Schedule, decided: f64, at_first: f64| Offer {
            guideline: *g,
            rule: *r,
            schedule,
            foreseen_factor,
            approval: stays * decided,
            decided,
            at_first,
            losers_only: rule.losers_only,
            automatic,
            in_kind,
            piece_shares: match piece_shares.as_slice() {
                [only] => smallvec![*only],
                shares => PieceShares::from_slice(shares),
            },
            highest_share: curve.highest(),
            curve: curve.clone(),
        };
        for (kind, cell) in KINDS.iter().zip(cells.iter_mut()).filter(|(kind, _)| kind.exists(loss, world)) {
            let (claimed, _) = kind.scales(loss, world);
            let approval = kind.approval(rule, cohort.checked[i], loss, appeal, world);
            let at_first = kind.first_share(rule, cohort.checked[i], loss, appeal, world);
            cell.offers.push(offer(schedule.stretched(claimed * scale), approval, at_first));
        }
    }
    if let Some(loss) = &c.loss {
        for (kind, cell) in KINDS.iter().zip(cells.iter_mut()) {
            let (claimed, lost) = kind.scales(loss, world);
            cell.true_scale = lost * scale;
            cell.truth = (*kind != Kind::Genuine).then_some(lost / claimed);
        }
    }
}

fn in_kind(rule: &Rule, world: &[f64]) -> Option<(f64, f64)> {
    match &rule.form {
        Form::Cash => None,
        Form::InKind { redemption, unit_cost, .. } => Some((redemption.of(world), unit_cost.of(world))),
    }
}
