//! One person who was hit, and what each guideline gives them: rules evaluated as they are written, at the person's own
//! loss. The individual engine draws everybody like this, the counts engine people under rules that have no schedule.

use smallvec::SmallVec;

use super::cell::settle::Tally;
use super::exposure::Slot;
use super::offers::{self, KINDS, Kind};
use super::plan::Plan;
use crate::guideline::evaluate::{Case, award};
use crate::guideline::takeup::Curve;
use crate::model::{Filing, Form, Rule};

/// A rule as it meets the people of a slot.
pub struct Ready<'r> {
    /// Guideline (index).
    guideline: usize,
    rule: &'r Rule,
    case: Case<'r>,
    curve: Curve,
    foreseen: f64,
    /// Probability of approval for each kind of claim, and for people without one.
    approvals: [f64; KINDS.len()],
    approval: f64,
    in_kind: Option<(f64, f64)>,
}

/// A person who was hit.
pub struct Person {
    /// What they claim; `None`: no loss.
    pub kind: Option<Kind>,
    /// Loss as claimed.
    pub claimed: f64,
    /// Loss as it was.
    pub loss: f64,
    /// Fee, where it is the person's own and not the slot's.
    pub fee_month: Option<f64>,
    /// Attributes, where they are the person's own and not the slot's.
    pub attributes: Option<SmallVec<[f64; 4]>>,
    /// Filing number.
    pub u: f64,
    /// Approval number.
    pub v: f64,
}

impl Person {
    /// True for those who lost money, be it nothing by the law of losses.
    pub fn lost(&self) -> bool {
        matches!(self.kind, Some(Kind::Genuine | Kind::Exaggerated))
    }
}

/// The rules that may give people of a slot something.
pub fn ready<'r>(plan: &Plan<'r>, c: usize, slot: &'r Slot, world: &[f64], foreseen: &[f64]) -> Vec<Ready<'r>> {
    let (scenario, cohort) = (plan.scenario, &plan.cohorts[c]);
    let people = &scenario.cohorts[c];
    let rules = cohort.rules.iter().map(|(g, r)| (*g, &scenario.guidelines[*g].rules[*r]));
    let one = |(guideline, rule): (usize, &'r Rule)| {
        let case = offers::case(scenario, cohort, rule, slot, world)?;
        let in_kind = match &rule.form {
            Form::Cash => None,
            Form::InKind { redemption, unit_cost } => Some((redemption.of(world), unit_cost.of(world))),
        };
        let approval = rule.approval.of(world);
        let of_kind = |kind: Kind| people.loss.as_ref().map_or(approval, |loss| kind.approval(rule, loss, world));
        Some(Ready {
            guideline,
            rule,
            case,
            curve: Curve::of(&rule.filing, people.awareness.of(world), world),
            foreseen: if in_kind.is_none() { foreseen[guideline] } else { 1.0 },
            approvals: KINDS.map(of_kind),
            approval,
            in_kind,
        })
    };
    rules.filter_map(one).collect()
}

/// What each guideline gives one person, after pools that scale money by these factors.
pub fn give(person: &Person, rules: &[Ready], world: &[f64], factors: &[f64], given: &mut [Tally]) {
    given.fill(Tally::default());
    for r in rules {
        if r.rule.losers_only && person.kind.is_none() {
            continue;
        }
        let mut case = Case { loss: person.claimed, ..r.case };
        if let Some(fee) = person.fee_month {
            case.fee_month = fee;
        }
        if let Some(own) = &person.attributes {
            case.attributes = own;
        }
        let award = award(r.rule, &case, world);
        if award <= 0.0 || person.u >= r.curve.share(award * r.foreseen) {
            continue;
        }
        let t = &mut given[r.guideline];
        match r.rule.filing {
            Filing::Automatic { .. } => t.automatic = 1.0,
            Filing::Claim(_) => t.claims = 1.0,
        }
        if person.v >= person.kind.map_or(r.approval, |kind| r.approvals[kind as usize]) {
            continue;
        }
        t.approved = 1.0;
        match r.in_kind {
            None => {
                t.paid = 1.0;
                t.payout += factors[r.guideline] * award;
            }
            Some((redemption, unit_cost)) => {
                t.in_kind_face += award;
                t.in_kind_cost += award * redemption * unit_cost;
            }
        }
    }
    for t in given.iter_mut() {
        t.covered = f64::from(t.approved > 0.0 && person.lost());
        t.compensated = t.payout.min(person.loss);
    }
}
