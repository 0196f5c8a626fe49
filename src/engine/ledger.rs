//! The ledger of one replicate: what happened in each leaf, pools, totals, ratios.

use super::cell::settle::Tally;
use super::inequality::Histogram;
use super::outcome::{COMMON, GUIDED, Groups, Shape};
use super::plan::Plan;
use crate::model::Scenario;

/// One leaf (cohort × region) or a total of leaves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaf {
    /// People hit.
    pub hit: f64,
    /// People who lost money.
    pub losers: f64,
    /// Money lost.
    pub loss: f64,
    /// Reports to the channel.
    pub reports: f64,
    /// Of these, no claims for money.
    pub reports_no_money: f64,
    /// By guideline.
    pub guided: Vec<Tally>,
}

/// The ledger; entries for all groups, of which engines fill the leaves.
pub struct Ledger {
    /// Entries by group.
    pub leaves: Vec<Leaf>,
    /// Factor by which each guideline's pool scaled its money.
    pub factors: Vec<f64>,
    /// Losses without any award, by group; empty when inequality is not asked for.
    bare: Vec<Histogram>,
    /// By guideline and group, what its awards change in them.
    changes: Vec<Histogram>,
    /// Gini index and mean net loss of leaves where they are known already, by guideline and group.
    ginis: Vec<Option<(f64, f64)>>,
    /// Nothing.
    none: Histogram,
    /// Losses of the leaf at hand without any award, their Gini index, and what one guideline changes in them.
    leaf_bare: Histogram,
    leaf_changes: Histogram,
    bare_gini: (f64, f64),
    groups: usize,
}

impl Ledger {
    /// A ledger for a plan.
    pub fn new(plan: &Plan) -> Ledger {
        let (groups, guidelines) = (plan.groups.list.len(), plan.shape.guidelines);
        let leaf = Leaf { guided: vec![Tally::default(); guidelines], ..Leaf::default() };
        let histograms = |n: usize| vec![Histogram::default(); if plan.inequality { n } else { 0 }];
        Ledger {
            leaves: vec![leaf; groups],
            factors: vec![1.0; guidelines],
            bare: histograms(groups),
            changes: histograms(groups * guidelines),
            ginis: vec![None; groups * guidelines],
            none: Histogram::default(),
            leaf_bare: Histogram::default(),
            leaf_changes: Histogram::default(),
            bare_gini: (0.0, 0.0),
            groups,
        }
    }

    /// Empties it for the next replicate.
    pub fn clear(&mut self) {
        for leaf in &mut self.leaves {
            let mut guided = std::mem::take(&mut leaf.guided);
            guided.fill(Tally::default());
            *leaf = Leaf { guided, ..Leaf::default() };
        }
        self.factors.fill(1.0);
        self.ginis.fill(None);
    }

    /// Works out each pool's factor from the unscaled money of all leaves.
    pub fn close_pools(&mut self, scenario: &Scenario, world: &[f64]) {
        for (g, guideline) in scenario.guidelines.iter().enumerate() {
            let Some(pool) = &guideline.pool else { continue };
            let asked: f64 = self.leaves.iter().map(|l| l.guided[g].payout).sum();
            self.factors[g] = factor(pool.amount.of(world), asked);
        }
    }

    /// Empties the histograms.
    pub fn clear_histograms(&mut self) {
        self.bare.iter_mut().chain(&mut self.changes).for_each(Histogram::clear);
    }

    /// Takes down one leaf's losses without any award, for all groups it belongs to.
    pub fn bare_losses(
        &mut self,
        groups: &Groups,
        (cohort, region): (usize, usize),
        fill: impl FnOnce(&mut Histogram),
    ) {
        let leaf = groups.leaf(cohort, region);
        self.leaf_bare.clear();
        fill(&mut self.leaf_bare);
        self.bare_gini = self.leaf_bare.gini(&self.none);
        for group in groups.ancestors(cohort, region).filter(|g| *g != leaf) {
            self.bare[group].merge(&self.leaf_bare);
        }
    }

    /// Adds what a guideline changes in one leaf's losses to all groups it belongs to; `money` is false where the
    /// guideline offers none and the losses stay bare, else `pay` moves those who are paid.
    pub fn net_losses(
        &mut self,
        groups: &Groups,
        (cohort, region): (usize, usize),
        guideline: usize,
        money: bool,
        pay: impl FnOnce(&mut Histogram),
    ) {
        let leaf = groups.leaf(cohort, region);
        let gini = &mut self.ginis[guideline * self.groups + leaf];
        if !money {
            *gini = Some(self.bare_gini);
            return;
        }
        self.leaf_changes.clear();
        pay(&mut self.leaf_changes);
        *gini = Some(self.leaf_bare.gini(&self.leaf_changes));
        for group in groups.ancestors(cohort, region).filter(|g| *g != leaf) {
            self.changes[guideline * self.groups + group].merge(&self.leaf_changes);
        }
    }

    /// Adds one person's net loss under a guideline to all groups that the person belongs to.
    pub fn add_net_loss(&mut self, groups: &Groups, (cohort, region): (usize, usize), guideline: usize, net: f64) {
        for group in groups.ancestors(cohort, region) {
            self.changes[guideline * self.groups + group].add(net, 1.0);
        }
    }

    /// Writes the replicate into the arrays of a block: totals, costs and ratios included.
    pub fn write(&mut self, plan: &Plan, world: &[f64], row: usize, common: &mut [f64], guided: &mut [f64]) {
        self.add_up(&plan.groups, plan.scenario.cohorts.len(), plan.scenario.regions.len());
        let shape: &Shape = &plan.shape;
        for (group, leaf) in self.leaves.iter().enumerate() {
            let at = shape.common(row, group, 0);
            common[at..at + COMMON.len()].copy_from_slice(&[
                leaf.hit,
                leaf.losers,
                leaf.loss,
                leaf.reports,
                leaf.reports_no_money,
            ]);
            for (g, t) in leaf.guided.iter().enumerate() {
                let at = shape.guided(row, g, group, 0);
                let claim_cost = plan.scenario.guidelines[g].claim_cost.of(world) * t.claims;
                let place = g * self.groups + group;
                let known = self.ginis.get(place).copied().flatten();
                let added = || self.bare.get(group).map_or((f64::NAN, f64::NAN), |b| b.gini(&self.changes[place]));
                let gini = known.unwrap_or_else(added);
                guided[at..at + GUIDED.len()].copy_from_slice(&measures(leaf, t, claim_cost, gini));
            }
        }
    }

    fn add_up(&mut self, groups: &Groups, cohorts: usize, regions: usize) {
        for c in 0..cohorts {
            for r in 0..regions {
                let leaf = groups.leaf(c, r);
                let from = std::mem::take(&mut self.leaves[leaf]);
                for group in groups.ancestors(c, r).filter(|g| *g != leaf) {
                    self.leaves[group].add(&from);
                }
                self.leaves[leaf] = from;
            }
        }
    }
}

impl Leaf {
    fn add(&mut self, other: &Leaf) {
        self.hit += other.hit;
        self.losers += other.losers;
        self.loss += other.loss;
        self.reports += other.reports;
        self.reports_no_money += other.reports_no_money;
        for (mine, theirs) in self.guided.iter_mut().zip(&other.guided) {
            mine.add(theirs);
        }
    }
}

/// Factor of a pool: 1 while it suffices.
pub fn factor(pool: f64, asked: f64) -> f64 {
    if asked > pool { pool.max(0.0) / asked } else { 1.0 }
}

/// The measures of a group under a guideline, in the order of [`GUIDED`].
fn measures(leaf: &Leaf, t: &Tally, claim_cost: f64, (gini, mean_net): (f64, f64)) -> [f64; GUIDED.len()] {
    let compensated = t.compensated.min(leaf.loss);
    debug_assert!(t.paid <= t.approved && t.approved <= t.claims + t.automatic, "paid <= approved <= claimed");
    [
        t.claims,
        t.automatic,
        t.approved,
        t.paid,
        t.payout,
        t.in_kind_face,
        t.in_kind_cost,
        claim_cost,
        t.payout + t.in_kind_cost + claim_cost,
        t.covered,
        compensated,
        leaf.loss - compensated,
        share(t.covered, leaf.losers),
        share(compensated, leaf.loss),
        gini,
        gini * mean_net,
    ]
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
