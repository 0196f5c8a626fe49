//! What is at stake under a guideline in one world, before anybody is drawn: the awards that people may expect, at the
//! nodes of the loss axis, with how many may. The pools that people foresee and the queues that make them give up come from
//! it.

use super::cell::grid::Asked;
use super::exposure::Slot;
use super::foreseen::kind_shares;
use super::offers::{self, KINDS};
use super::plan::Plan;
use crate::guideline::Schedule;
use crate::guideline::evaluate::{Case, award};
use crate::guideline::takeup::Curve;
use crate::model::{Filing, Form, Rule};

/// Cuts beside a loss at which an award begins or ends, each at a third of the distance of the one before: with so many the
/// factor that is foreseen of a pool is known to 3e-4.
const BESIDE: [f64; 4] = [1.0, 1.0 / 3.0, 1.0 / 9.0, 1.0 / 27.0];
/// Steps of the loss axis, four to a doubling, on either side of the mean loss for rules without a schedule.
const BENT_STEPS: i32 = 28;

/// The stakes under one guideline.
#[derive(Default)]
pub struct Stakes {
    list: Vec<Stake>,
    groups: Vec<Group>,
    /// Award of the last stake of the group at hand, with what it means: above a cap many stakes have the same.
    last: (f64, f64),
    /// Stretches of the loss axis of the group at hand.
    stretches: Vec<(f64, Asked)>,
    /// By stretch, the piece of the schedule that holds there.
    pieces: Vec<usize>,
}

/// People with the same award and the same take-up curve.
struct Stake {
    /// What the award means to them ([`Curve::pull`]).
    pull: f64,
    /// Expected number of them.
    people: f64,
    /// Expected money if all filed: people times the probability of approval times the award.
    money: f64,
}

/// Stakes under the same rule with the same take-up curve.
struct Group {
    rule: usize,
    curve: Curve,
    /// True where the award is money, so that a pool scales it.
    cash: bool,
    /// True where people have to file.
    claimed: bool,
    /// Where its stakes end in the list.
    end: usize,
}

impl Stakes {
    /// Gathers the stakes under a guideline in a world with these slots by cohort.
    pub fn gather(&mut self, plan: &Plan, guideline: usize, world: &[f64], slots: &[Vec<Slot>]) {
        self.list.clear();
        self.groups.clear();
        let scenario = plan.scenario;
        for (c, of) in plan.cohorts.iter().enumerate() {
            let cohort = &scenario.cohorts[c];
            let size = cohort.size.of(world).round();
            for (i, (_, r)) in of.rules.iter().enumerate().filter(|(_, rule)| rule.0 == guideline) {
                let rule = &scenario.guidelines[guideline].rules[*r];
                let appeal = offers::appeal(scenario, rule);
                for slot in slots[c].iter().filter(|s| s.share * s.hit > 0.0) {
                    let Some(case) = offers::case(scenario, of, rule, slot, world) else { continue };
                    let schedule = offers::schedule(of, i, rule, &case, world);
                    let curve = Curve::of(&rule.filing, cohort.awareness.of(world), world);
                    let hit = size * slot.share * slot.hit;
                    let scale = offers::scale(scenario, of, slot, world);
                    let shares = kind_shares(cohort.loss.as_ref(), scale, world);
                    if !rule.losers_only {
                        let people = hit * (1.0 - shares.iter().sum::<f64>());
                        self.add(&curve, schedule.at(0.0), people, offers::approval(rule, appeal, world));
                        self.close(*r, rule, &curve);
                    }
                    let (Some(grid), Some(loss)) = (of.grid(of.law_in(world)), &cohort.loss) else { continue };
                    for (kind, share) in KINDS.iter().zip(shares).filter(|(_, share)| *share > 0.0) {
                        let approval = kind.approval(rule, of.checked[i], loss, appeal, world);
                        let claimed = kind.scales(loss, world).0 * scale;
                        let along = schedule.stretched(claimed);
                        let award_at = |x: f64, piece: usize| match of.bent[i] {
                            true => award(rule, &Case { loss: claimed * x, ..case }, world),
                            false => along.pieces()[piece].at(x),
                        };
                        let people = hit * share;
                        if let Some((values, weights)) = grid.severity.atoms() {
                            let mut piece = 0;
                            for (x, weight) in values.iter().zip(weights) {
                                along.tier_from(*x, &mut piece);
                                self.add(&curve, award_at(*x, piece), people * weight, approval);
                            }
                        } else {
                            self.cut(&along, &curve, of.bent[i]);
                            let (stretches, pieces) =
                                (std::mem::take(&mut self.stretches), std::mem::take(&mut self.pieces));
                            grid.along(&stretches, |place, x, weight| {
                                self.add(&curve, award_at(x, pieces[place]), people * weight, approval);
                            });
                            (self.stretches, self.pieces) = (stretches, pieces);
                        }
                        self.close(*r, rule, &curve);
                    }
                }
            }
        }
    }

    /// Cuts the loss axis where the award bends or jumps; and where filing varies with it, beside a loss at which it is
    /// nothing, so that the award at most trebles from one cut to the next. That is right for every factor that people may
    /// expect. A rule without a schedule is cut in small steps.
    fn cut(&mut self, along: &Schedule, curve: &Curve, bent: bool) {
        self.stretches.clear();
        self.pieces.clear();
        if bent {
            let steps = (-BENT_STEPS..=BENT_STEPS).map(|k| (0.25 * f64::from(k)).exp2());
            self.stretches.extend(steps.chain([f64::INFINITY]).map(|end| (end, Asked::Nodes)));
            self.pieces.resize(self.stretches.len(), 0);
            return;
        }
        let mut from = 0.0;
        for (at, p) in along.pieces().iter().enumerate() {
            let asked = match (p.intercept, p.slope) {
                (0.0, 0.0) => Asked::Nothing,
                (_, 0.0) => Asked::Share,
                _ => Asked::Nodes,
            };
            if asked == Asked::Nodes && !curve.is_constant() {
                let nothing = -p.intercept / p.slope;
                let below = BESIDE.iter().map(|part| nothing * (1.0 - part));
                let above = BESIDE.iter().rev().map(|part| nothing * (1.0 + part));
                let inside = below.chain(above).filter(|x| *x > from && *x < p.end);
                self.stretches.extend(inside.map(|x| (x, asked)));
            }
            self.stretches.push((p.end, asked));
            self.pieces.resize(self.stretches.len(), at);
            from = p.end;
        }
    }

    fn add(&mut self, curve: &Curve, award: f64, people: f64, approval: f64) {
        if award > 0.0 {
            if award != self.last.0 {
                self.last = (award, curve.pull(award));
            }
            self.list.push(Stake { pull: self.last.1, people, money: people * approval * award });
        }
    }

    /// Makes a group of the stakes added since the last one.
    fn close(&mut self, index: usize, rule: &Rule, curve: &Curve) {
        let (cash, claimed) = (matches!(rule.form, Form::Cash), matches!(rule.filing, Filing::Claim(_)));
        self.last = (0.0, 0.0);
        self.groups.push(Group { rule: index, curve: curve.clone(), cash, claimed, end: self.list.len() });
    }

    /// Money expected to be approved, before the pool, when people expect it to be scaled by a factor.
    pub fn money(&self, factor: f64) -> f64 {
        let mut from = 0;
        let of_group = |g: &Group| {
            let stakes = &self.list[std::mem::replace(&mut from, g.end)..g.end];
            let scaled = g.curve.pull_of_factor(factor);
            let files = |s: &Stake| s.money * g.curve.share_of(s.pull * scaled);
            if g.cash { stakes.iter().map(files).sum() } else { 0.0 }
        };
        self.groups.iter().map(of_group).sum()
    }

    /// Adds the claims expected under each rule of the guideline when people expect its money to be scaled by a factor.
    pub fn claims(&self, factor: f64, rules: &mut [f64]) {
        let mut from = 0;
        for g in &self.groups {
            let stakes = &self.list[std::mem::replace(&mut from, g.end)..g.end];
            if g.claimed {
                let scaled = g.curve.pull_of_factor(if g.cash { factor } else { 1.0 });
                rules[g.rule] += stakes.iter().map(|s| s.people * g.curve.share_of(s.pull * scaled)).sum::<f64>();
            }
        }
    }
}
