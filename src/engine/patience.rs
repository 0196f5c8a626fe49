//! Who gives up while they wait: the share of the claimants of each rule, worked out in each world before anybody is
//! drawn, from the claims that are expected there and the queue that they make.
//!
//! Claims do not depend on who gives up later, and the office works on all of them; so the wait is known from the expected
//! claims, on mean days of filing. Whoever gives up is thinned out as the refused are: by the number V.

use super::exposure::Slot;
use super::foreseen::kind_shares;
use super::offers::{self, SlotOffers};
use super::plan::Plan;
use super::scene::Outlook;
use crate::model::Filing;
use crate::process::payment::{Claims, Desk, Terms};

/// Works out who gives up, world by world.
pub struct Patience<'a> {
    plan: &'a Plan<'a>,
    /// Guidelines and procedures under which people give up, with the rules concerned.
    followed: Vec<(usize, usize, Vec<usize>)>,
    shares: Vec<f64>,
    expected: Vec<f64>,
    offers: SlotOffers,
    desk: Desk,
}

impl<'a> Patience<'a> {
    /// For a plan.
    pub fn new(plan: &'a Plan<'a>) -> Patience<'a> {
        let scenario = plan.scenario;
        let mut followed = Vec::new();
        for (g, guideline) in scenario.guidelines.iter().enumerate().filter(|(g, _)| plan.rule_starts[*g].is_some()) {
            for (p, _) in scenario.aftermath.procedures.iter().enumerate().filter(|(_, p)| p.gives_up.is_some()) {
                let rules = guideline.rules.iter().enumerate();
                let claimed = rules.filter(|(_, r)| r.procedure == Some(p) && matches!(r.filing, Filing::Claim(_)));
                let rules: Vec<usize> = claimed.map(|(r, _)| r).collect();
                if !rules.is_empty() {
                    followed.push((g, p, rules));
                }
            }
        }
        Patience {
            plan,
            followed,
            shares: Vec::new(),
            expected: Vec::new(),
            offers: SlotOffers::default(),
            desk: Desk::default(),
        }
    }

    /// Share of the claimants of each followed rule who give up in a world with these slots by cohort, where pools are
    /// expected to scale awards so; empty where nobody ever does.
    pub fn shares(&mut self, world: &[f64], slots: &[Vec<Slot>], pools: &[f64]) -> &[f64] {
        self.shares.clear();
        if self.followed.is_empty() {
            return &self.shares;
        }
        self.shares.resize(self.plan.followed_rules, 0.0);
        let scenario = self.plan.scenario;
        for i in 0..self.followed.len() {
            let (g, p) = (self.followed[i].0, self.followed[i].1);
            if i == 0 || self.followed[i - 1].0 != g {
                self.expect(g, world, slots, pools);
            }
            let rules = &self.followed[i].2;
            let terms = Terms::of(&scenario.aftermath.procedures[p], scenario.outage.start.hour_of_week, 0.0, world);
            let claims: Vec<Claims> = rules
                .iter()
                .map(|r| {
                    let review = scenario.guidelines[g].rules[*r].effort.review_hours;
                    let review_hours = review.map_or(0.0, |q| q.of(world));
                    Claims { filed: self.expected[*r].round() as u64, review_hours, ..Claims::default() }
                })
                .collect();
            let start = self.plan.rule_starts[g].unwrap_or(0);
            for (r, left) in rules.iter().zip(self.desk.leaving(&terms, &claims)) {
                self.shares[start + r] = left;
            }
        }
        &self.shares
    }

    /// Expected claims under each rule of a guideline, on the coarse grid of losses.
    fn expect(&mut self, g: usize, world: &[f64], slots: &[Vec<Slot>], pools: &[f64]) {
        let scenario = self.plan.scenario;
        self.expected.clear();
        self.expected.resize(scenario.guidelines[g].rules.len(), 0.0);
        let outlook = Outlook { pools, left: &[] };
        for (c, plan) in self.plan.cohorts.iter().enumerate() {
            if !plan.rules.iter().any(|r| r.0 == g) {
                continue;
            }
            let cohort = &scenario.cohorts[c];
            for slot in slots[c].iter().filter(|s| s.share * s.hit > 0.0) {
                let hit = cohort.size.of(world).round() * slot.share * slot.hit;
                let scale = offers::scale(scenario, plan, slot, world);
                offers::of_slot(scenario, plan, slot, scale, world, outlook, Some(g), &mut self.offers);
                let shares = kind_shares(cohort.loss.as_ref(), scale, world);
                let bystanders = hit * (1.0 - shares.iter().sum::<f64>());
                for o in self.offers.flat.iter().filter(|o| !o.automatic) {
                    self.expected[o.rule] += bystanders * o.filing;
                }
                let Some(grid) = &plan.grid else { continue };
                for (cell, share) in self.offers.cells.iter().zip(shares).filter(|(_, share)| *share > 0.0) {
                    for o in cell.offers.iter().filter(|o| !o.automatic) {
                        let files: f64 = grid.coarse().iter().map(|n| n.weight * o.at(n.x).1).sum();
                        self.expected[o.rule] += hit * share * files;
                    }
                }
            }
        }
    }
}
