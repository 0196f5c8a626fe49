//! One person who was hit, and what each guideline gives them: rules evaluated as they are written, at the person's own
//! loss. The individual engine draws everybody like this, the counts engine people under rules that have no schedule.

use smallvec::SmallVec;

use super::cell::claims::{LeftOut, NOT_ENTITLED};
use super::cell::settle::{Tally, makes_whole};
use super::exposure::Slot;
use super::ledger::Leaf;
use super::offers::{self, KINDS, Kind};
use super::plan::Plan;
use super::scene::Outlook;
use super::waiting::{self, Awards, Holders};
use crate::guideline::evaluate::{Case, award};
use crate::guideline::takeup::Curve;
use crate::guideline::{Schedule, compile, visit};
use crate::model::{Filing, Form, Rule};
use crate::process::decision::RuleSum;

/// A rule as it meets the people of a slot.
pub struct Ready<'r> {
    /// Guideline (index).
    guideline: usize,
    rule: &'r Rule,
    /// Its place among the rules of guidelines that are followed.
    place: Option<usize>,
    case: Case<'r>,
    /// What it pays by the claimed loss; `None`: it is evaluated as written.
    schedule: Option<Schedule>,
    curve: Curve,
    foreseen: f64,
    /// Probability of approval for each kind of claim, and for people without one.
    approvals: [f64; KINDS.len()],
    approval: f64,
    /// The same of the share of the approved whom the first decision approves.
    firsts: [f64; KINDS.len()],
    first: f64,
    /// Share who give up while they wait.
    left: f64,
    in_kind: Option<(f64, f64)>,
    /// Award and share who file of people who claim no loss: the same for all whose fee and attributes are the slot's.
    without_loss: (f64, f64),
    /// True where it does not look at the loss.
    whatever_loss: bool,
}

impl Ready<'_> {
    /// Award in a case, and the share who file for it.
    fn meets(&self, case: &Case, world: &[f64]) -> (f64, f64) {
        let award = match &self.schedule {
            Some(schedule) => schedule.at(case.loss),
            None => award(self.rule, case, world),
        };
        (award, if award > 0.0 { self.curve.share(award * self.foreseen) } else { 0.0 })
    }

    /// Share of the approved whom the first decision approves.
    fn first_of(&self, kind: Option<Kind>) -> f64 {
        kind.map_or(self.first, |kind| self.firsts[kind as usize])
    }

    /// What the rule would pay a person who claimed no more than they lost.
    fn due(&self, person: &Person, award_: f64, case: &Case, world: &[f64]) -> f64 {
        match person.kind {
            None | Some(Kind::Genuine) => award_,
            Some(Kind::Unfounded) if self.rule.losers_only => 0.0,
            Some(_) => match &self.schedule {
                Some(schedule) => schedule.at(person.loss),
                None => award(self.rule, &Case { loss: person.loss, ..*case }, world),
            },
        }
    }
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
pub fn ready<'r>(plan: &Plan<'r>, c: usize, slot: &'r Slot, world: &[f64], foreseen: Outlook) -> Vec<Ready<'r>> {
    let (scenario, cohort) = (plan.scenario, &plan.cohorts[c]);
    let people = &scenario.cohorts[c];
    let one = |((guideline, r), checked): (&(usize, usize), &bool)| {
        let (guideline, rule) = (*guideline, &scenario.guidelines[*guideline].rules[*r]);
        let appeal = offers::appeal(scenario, rule);
        let place = plan.rule_starts[guideline].map(|start| start + r);
        let case = offers::case(scenario, cohort, rule, slot, world)?;
        let in_kind = match &rule.form {
            Form::Cash => None,
            Form::InKind { redemption, unit_cost, .. } => Some((redemption.of(world), unit_cost.of(world))),
        };
        let approval = offers::approval(rule, appeal, world);
        let of_kind = |kind: Kind| {
            people.loss.as_ref().map_or(approval, |loss| kind.approval(rule, *checked, loss, appeal, world))
        };
        let first = offers::first_share(rule, appeal, world);
        let first_of_kind = |kind: Kind| {
            people.loss.as_ref().map_or(first, |loss| kind.first_share(rule, *checked, loss, appeal, world))
        };
        let mut ready = Ready {
            guideline,
            rule,
            place,
            left: foreseen.left(place),
            case,
            schedule: None,
            curve: Curve::of(&rule.filing, people.awareness.of(world), world),
            foreseen: if in_kind.is_none() { foreseen.pools[guideline] } else { 1.0 },
            approvals: KINDS.map(of_kind),
            approval,
            firsts: KINDS.map(first_of_kind),
            first,
            in_kind,
            without_loss: (0.0, 0.0),
            whatever_loss: !visit::uses_loss(rule),
        };
        if !rule.losers_only {
            ready.without_loss = ready.meets(&ready.case, world);
        }
        Some(ready)
    };
    cohort.rules.iter().zip(&cohort.checked).filter_map(one).collect()
}

/// What was seen of the people of a leaf, beside what they were given.
#[derive(Default)]
pub struct Seen {
    /// What each rule did, of the guidelines with a procedure.
    pub rules: Vec<RuleSum>,
    /// Losers left with nothing, by guideline.
    pub left_out: Vec<LeftOut>,
    /// Losers by the awards that they get of guidelines that may leave some of them waiting,
    pub held: Holders,
    /// these guidelines, each with its first rule's place,
    several: Vec<(usize, usize)>,
    /// and what the person at hand gets of each.
    awards: Vec<Awards>,
    /// Highest awareness of what a guideline offers the person at hand; [`NOT_ENTITLED`] where that is nothing.
    aware: Vec<f64>,
    /// Whether the person at hand would have been paid by a guideline and has given up.
    gone: Vec<bool>,
}

impl Seen {
    /// Nothing yet, of people of a cohort.
    pub fn new(plan: &Plan, cohort: usize) -> Seen {
        let several = plan.cohorts[cohort].several.iter().filter_map(|g| Some((*g, plan.rule_starts[*g]?)));
        let several: Vec<_> = several.collect();
        Seen {
            held: Holders::default(),
            awards: vec![Awards::new(); several.len()],
            several,
            rules: vec![RuleSum::default(); plan.followed_rules],
            left_out: vec![LeftOut::default(); plan.shape.guidelines],
            aware: vec![0.0; plan.shape.guidelines],
            gone: vec![false; plan.shape.guidelines],
        }
    }

    /// Hands what was seen to a leaf.
    pub fn hand_over(&self, leaf: &mut Leaf) {
        leaf.rules.iter_mut().zip(&self.rules).for_each(|(mine, s)| mine.add(s));
        leaf.left_out.iter_mut().zip(&self.left_out).for_each(|(mine, l)| mine.add(l));
        leaf.held.take_in(&self.held);
    }

    /// Forgets it.
    pub fn clear(&mut self) {
        self.rules.fill(RuleSum::default());
        self.left_out.fill(LeftOut::default());
        self.held.clear();
    }
}

/// The same, with what has a schedule compiled: for people whose fee and attributes are the slot's.
pub fn ready_by_schedule<'r>(
    plan: &Plan<'r>,
    c: usize,
    slot: &'r Slot,
    world: &[f64],
    foreseen: Outlook,
) -> Vec<Ready<'r>> {
    let mut rules = ready(plan, c, slot, world, foreseen);
    for r in &mut rules {
        r.schedule = visit::bent(r.rule).is_none().then(|| compile(r.rule, &r.case, world));
    }
    rules.retain(|r| r.schedule.as_ref().is_none_or(|s| !s.is_zero()));
    rules
}

/// What each guideline gives one person, after pools that scale money by these factors.
pub fn give(person: &Person, rules: &[Ready], world: &[f64], factors: &[f64], given: &mut [Tally], seen: &mut Seen) {
    given.fill(Tally::default());
    seen.aware.fill(NOT_ENTITLED);
    seen.gone.fill(false);
    seen.awards.iter_mut().for_each(Awards::clear);
    let alike = person.kind.is_none() && person.fee_month.is_none() && person.attributes.is_none();
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
        let (award, share) = if alike { r.without_loss } else { r.meets(&case, world) };
        if award <= 0.0 {
            continue;
        }
        seen.aware[r.guideline] = r.curve.highest().max(seen.aware[r.guideline]);
        if person.u >= share {
            continue;
        }
        let decided = person.kind.map_or(r.approval, |kind| r.approvals[kind as usize]);
        let approved = person.v < decided * (1.0 - r.left);
        let gone = !approved && person.v < decided;
        seen.gone[r.guideline] |= gone;
        if let Some(place) = r.place {
            let (gets, leaves) = (f64::from(approved), f64::from(gone));
            let honest = match person.kind {
                None | Some(Kind::Genuine) => true,
                Some(Kind::Exaggerated) => r.whatever_loss,
                Some(Kind::Unfounded) => r.whatever_loss && !r.rule.losers_only,
            };
            let due = if approved { r.due(person, award, &case, world) } else { 0.0 };
            let sum = RuleSum {
                filed: 1.0,
                approved: gets,
                gave_up: leaves,
                asked: award,
                award: gets * award,
                award_squares: gets * award * award,
                forgone: leaves * award,
                undue: gets * (award - due).max(0.0),
                without_right: if due <= 0.0 { gets } else { 0.0 },
                honest: if honest { 1.0 - gets } else { 0.0 },
                honest_gave_up: if honest { leaves } else { 0.0 },
                losers: if person.lost() { gets } else { 0.0 },
                ..RuleSum::default()
            };
            seen.rules[place].add(&sum.with_appeals(r.first_of(person.kind)));
        }
        let t = &mut given[r.guideline];
        match r.rule.filing {
            Filing::Automatic { .. } => t.automatic = 1.0,
            Filing::Claim(_) => t.claims = 1.0,
        }
        if !approved {
            continue;
        }
        t.approved = 1.0;
        if let Some(place) = r.place.filter(|_| person.lost()) {
            let of_it = seen.several.iter().zip(&mut seen.awards).find(|((g, _), _)| *g == r.guideline);
            if let Some(((_, start), awards)) = of_it {
                let on_appeal = person.v >= r.first_of(person.kind) * decided * (1.0 - r.left);
                waiting::note(awards, place - start, on_appeal);
            }
        }
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
    for ((guideline, _), awards) in seen.several.iter().zip(&seen.awards).filter(|(_, awards)| !awards.is_empty()) {
        seen.held.add(*guideline, awards, 1.0);
    }
    let why = seen.aware.iter().zip(&seen.gone).zip(&mut seen.left_out);
    for (t, ((aware, gone), left)) in given.iter_mut().zip(why) {
        t.covered = f64::from(t.approved > 0.0 && person.lost());
        t.compensated = t.payout.min(person.loss);
        t.whole = f64::from(person.lost() && makes_whole(t.payout, person.loss));
        if person.lost() && t.approved == 0.0 {
            match t.claims + t.automatic > 0.0 {
                true if *gone => left.gave_up += 1.0,
                true => {
                    left.refused += 1.0;
                    left.refused_genuine += f64::from(matches!(person.kind, Some(Kind::Genuine)));
                }
                false if *aware < 0.0 => left.ineligible += 1.0,
                false if person.u >= *aware => left.unaware += 1.0,
                false => left.deterred += 1.0,
            }
        }
    }
}
