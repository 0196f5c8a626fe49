//! The ledger of one replicate: what happened in each leaf, pools, totals, ratios.

use super::after::{After, AfterDesk};
use super::cell::claims::LeftOut;
use super::cell::settle::Tally;
use super::inequality::Histogram;
use super::outcome::{ACCOUNTS, Block, COMMON, GUIDED, Groups, Shape};
use super::plan::Plan;
use super::waiting::Holders;
use crate::model::Scenario;
use crate::process::court::Alike;
use crate::process::decision::RuleSum;
use crate::process::payment::Course;

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
    /// Losers left with nothing, by guideline.
    pub left_out: Vec<LeftOut>,
    /// What each rule did, of the guidelines with a procedure, before pools.
    pub rules: Vec<RuleSum>,
    /// Of a leaf, losers known one by one, by the awards that they get of guidelines that may leave some of them waiting.
    pub held: Holders,
    /// What came after the awards, by guideline.
    pub after: Vec<After>,
}

/// The ledger; entries for all groups, of which engines fill the leaves.
pub struct Ledger {
    /// Entries by group.
    pub leaves: Vec<Leaf>,
    /// Factor by which each guideline's pool scaled its money.
    pub factors: Vec<f64>,
    /// Each guideline's pool; infinite where it has none.
    pools: Vec<f64>,
    /// Who is left with how much in leaves whose people may sue over it: without any award, then by guideline, each by group.
    left: Vec<Vec<Alike>>,
    /// By guideline and group, whether it leaves people as they are without any award.
    as_bare: Vec<bool>,
    /// Whether Gini indices are worked out.
    inequality: bool,
    /// Losses without any award, by group; empty when inequality is not asked for.
    bare: Vec<Histogram>,
    /// By guideline and group, what its awards change in them.
    changes: Vec<Histogram>,
    /// Gini index and mean net loss of leaves where they are known already, by guideline and group.
    ginis: Vec<Option<(f64, f64)>>,
    /// Nothing.
    none: Histogram,
    /// Losses of the leaf at hand without any award, their Gini index, and what one guideline changes in them; the last is
    /// empty between two guidelines.
    leaf_bare: Histogram,
    leaf_changes: Histogram,
    bare_gini: (f64, f64),
    /// Which of `bare` and of `changes` have anything in them: few do, and to look into all takes long.
    filled: [Vec<bool>; 2],
    /// By cohort, whether people may sue over what is left to them,
    sued_over: Vec<bool>,
    /// and in the world at hand how much of it makes a small claim at most.
    small_stakes: Vec<f64>,
    groups: usize,
}

impl Ledger {
    /// A ledger for a plan.
    pub fn new(plan: &Plan) -> Ledger {
        let (groups, guidelines) = (plan.groups.list.len(), plan.shape.guidelines);
        let leaf = Leaf {
            guided: vec![Tally::default(); guidelines],
            left_out: vec![LeftOut::default(); guidelines],
            rules: vec![RuleSum::default(); plan.followed_rules],
            after: vec![After::default(); guidelines],
            ..Leaf::default()
        };
        let histograms = |n: usize, asked: bool| vec![Histogram::default(); if asked { n } else { 0 }];
        let anybody = (0..plan.cohorts.len()).any(|c| plan.net_losses(c));
        Ledger {
            leaves: vec![leaf; groups],
            factors: vec![1.0; guidelines],
            pools: vec![f64::INFINITY; guidelines],
            left: vec![Vec::new(); groups * (1 + guidelines)],
            as_bare: vec![false; groups * guidelines],
            inequality: plan.inequality,
            bare: histograms(groups, plan.inequality),
            changes: histograms(groups * guidelines, anybody),
            ginis: vec![None; groups * guidelines],
            none: Histogram::default(),
            leaf_bare: Histogram::default(),
            leaf_changes: Histogram::default(),
            bare_gini: (0.0, 0.0),
            filled: [vec![false; groups], vec![false; groups * guidelines]],
            sued_over: plan.sued_over.clone(),
            small_stakes: vec![f64::INFINITY; plan.cohorts.len()],
            groups,
        }
    }

    /// Empties it for the next replicate, in a world.
    pub fn clear(&mut self, plan: &Plan, world: &[f64]) {
        for (c, small) in self.small_stakes.iter_mut().enumerate().filter(|(c, _)| plan.sued_over[*c]) {
            *small = plan.small_stake(c, world);
        }
        for leaf in &mut self.leaves {
            (leaf.hit, leaf.losers, leaf.loss, leaf.reports, leaf.reports_no_money) = (0.0, 0.0, 0.0, 0.0, 0.0);
            leaf.guided.fill(Tally::default());
            leaf.left_out.fill(LeftOut::default());
            leaf.rules.fill(RuleSum::default());
            leaf.held.clear();
        }
        self.factors.fill(1.0);
        self.ginis.fill(None);
        self.left.iter_mut().for_each(Vec::clear);
        self.as_bare.fill(false);
    }

    /// Works out each pool's factor from the unscaled money of all leaves.
    pub fn close_pools(&mut self, scenario: &Scenario, world: &[f64]) {
        for (g, guideline) in scenario.guidelines.iter().enumerate() {
            let Some(pool) = &guideline.pool else { continue };
            let asked: f64 = self.leaves.iter().map(|l| l.guided[g].payout).sum();
            self.pools[g] = pool.amount.of(world).max(0.0);
            self.factors[g] = factor(self.pools[g], asked);
        }
    }

    /// Empties the histograms.
    pub fn clear_histograms(&mut self) {
        for (list, filled) in [&mut self.bare, &mut self.changes].into_iter().zip(&mut self.filled) {
            let full = list.iter_mut().zip(filled).filter(|(_, filled)| **filled);
            for (histogram, filled) in full {
                histogram.clear();
                *filled = false;
            }
        }
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
        self.leaf_bare.cut_at(self.small_stakes[cohort]);
        self.leaf_changes.cut_at(self.small_stakes[cohort]);
        fill(&mut self.leaf_bare);
        if self.sued_over[cohort] {
            self.leaf_bare.left(&self.none, &mut self.left[leaf]);
        }
        if !self.inequality {
            return;
        }
        self.bare_gini = self.leaf_bare.gini(&self.none);
        for group in groups.ancestors(cohort, region).filter(|g| *g != leaf) {
            self.bare[group].merge(&self.leaf_bare);
            self.filled[0][group] = true;
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
        let place = guideline * self.groups + leaf;
        if !money {
            self.ginis[place] = self.inequality.then_some(self.bare_gini);
            self.as_bare[place] = true;
            return;
        }
        pay(&mut self.leaf_changes);
        if self.sued_over[cohort] {
            self.leaf_bare.left(&self.leaf_changes, &mut self.left[self.groups + place]);
        }
        if !self.inequality {
            self.leaf_changes.clear();
            return;
        }
        self.ginis[place] = Some(self.leaf_bare.gini(&self.leaf_changes));
        let mut above = groups.ancestors(cohort, region).filter(|g| *g != leaf).map(|g| guideline * self.groups + g);
        let first = above.next();
        for place in above {
            self.changes[place].merge(&self.leaf_changes);
            self.filled[1][place] = true;
        }
        if let Some(place) = first {
            self.leaf_changes.pour(&mut self.changes[place]);
            self.filled[1][place] = true;
        }
    }

    /// Who is left with how much in a leaf under a guideline, from the least on; nothing where nobody may sue over it.
    pub fn left(&self, guideline: usize, leaf: usize) -> &[Alike] {
        let place = guideline * self.groups + leaf;
        &self.left[if self.as_bare[place] { leaf } else { self.groups + place }]
    }

    /// True where people of a leaf are left with what they are left with under no guideline, if that is told.
    pub fn pays_nothing(&self, guideline: usize, leaf: usize) -> bool {
        self.as_bare[guideline * self.groups + leaf]
    }

    /// Makes a leaf ready for people who are added one by one.
    pub fn cut_leaf(&mut self, groups: &Groups, (cohort, region): (usize, usize)) {
        for place in (0..self.factors.len()).map(|g| g * self.groups + groups.leaf(cohort, region)) {
            self.changes[place].cut_at(self.small_stakes[cohort]);
        }
    }

    /// Tells who is left with how much in a leaf whose people were added one by one.
    pub fn tell_left(&mut self, groups: &Groups, (cohort, region): (usize, usize)) {
        for place in (0..self.factors.len()).map(|g| g * self.groups + groups.leaf(cohort, region)) {
            self.changes[place].left(&self.none, &mut self.left[self.groups + place]);
        }
    }

    /// Adds one person's net loss under a guideline to all groups that the person belongs to.
    pub fn add_net_loss(&mut self, groups: &Groups, (cohort, region): (usize, usize), guideline: usize, net: f64) {
        let leaf = groups.leaf(cohort, region);
        for group in groups.ancestors(cohort, region).filter(|g| self.inequality || *g == leaf) {
            let place = guideline * self.groups + group;
            self.changes[place].add(net, 1.0);
            self.filled[1][place] = true;
        }
    }

    /// Writes the replicate into the arrays of a block: totals, costs and ratios included.
    pub fn write(&mut self, plan: &Plan, after: &AfterDesk, world: &[f64], row: usize, block: &mut Block) {
        let Block { common, guided, accounts, .. } = block;
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
                let all = measures((leaf, g), t, claim_cost, gini, after.days(g, group, leaf));
                guided[at..at + GUIDED.len()].copy_from_slice(&all);
                if group == 0 {
                    let at = shape.accounts(row, g, 0);
                    accounts[at..at + ACCOUNTS.len()].copy_from_slice(&accounts_of(leaf, g, claim_cost, after));
                }
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
        // Sums of what was scaled may exceed a pool by rounding, and with it a budget of the same amount.
        for leaf in &mut self.leaves {
            for (tally, pool) in leaf.guided.iter_mut().zip(&self.pools) {
                tally.payout = tally.payout.min(*pool);
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
        self.left_out.iter_mut().zip(&other.left_out).for_each(|(mine, theirs)| mine.add(theirs));
        self.rules.iter_mut().zip(&other.rules).for_each(|(mine, theirs)| mine.add(theirs));
        self.after.iter_mut().zip(&other.after).for_each(|(mine, theirs)| mine.add(theirs));
    }
}

/// Factor of a pool: 1 while it suffices.
pub fn factor(pool: f64, asked: f64) -> f64 {
    if asked > pool { pool.max(0.0) / asked } else { 1.0 }
}

/// The measures of a group under a guideline, in the order of [`GUIDED`]; `days` by which half and nine tenths are paid,
/// where the guideline has a procedure.
fn measures(
    (leaf, g): (&Leaf, usize),
    t: &Tally,
    claim_cost: f64,
    (gini, mean_net): (f64, f64),
    days: Option<[f64; 2]>,
) -> [f64; GUIDED.len()] {
    let compensated = t.compensated.clamp(0.0, leaf.loss.max(0.0));
    debug_assert!(t.paid <= t.approved && t.approved <= t.claims + t.automatic, "paid <= approved <= claimed");
    let (left, after) = (&leaf.left_out[g], &leaf.after[g]);
    let timed = |value: f64| if days.is_some() { value } else { f64::NAN };
    let [half, most] = days.unwrap_or([f64::NAN; 2]);
    [
        t.claims,
        t.automatic,
        t.approved,
        t.paid,
        t.payout,
        t.in_kind_face,
        t.in_kind_cost,
        claim_cost,
        net(t.payout + t.in_kind_cost + claim_cost + after.paid(), after.recovered),
        t.covered,
        compensated,
        net(leaf.loss, compensated),
        share(t.covered, leaf.losers),
        share(compensated, leaf.loss),
        gini,
        gini * mean_net,
        left.ineligible,
        left.unaware,
        left.deterred,
        left.refused,
        left.refused_genuine,
        left.gave_up,
        timed(after.claimed),
        half,
        most,
        timed(after.late),
        if after.awards > 0.0 { timed(after.late / after.awards) } else { f64::NAN },
        timed(after.waiting),
        timed(after.still_waiting),
        after.without_right,
        after.refused_with_right,
        timed(after.present_value),
        after.court.plaintiffs,
        after.court.awards,
    ]
}

/// What is left of a cost when others bear a part of it, or of a loss when a part is made good. Of all of it nothing is, though the
/// same sums were added up in another order.
fn net(whole: f64, part: f64) -> f64 {
    let left = whole - part;
    if left.abs() <= 1e-12 * whole { 0.0 } else { left }
}

/// The accounts of a guideline, in the order of [`ACCOUNTS`].
fn accounts_of(all: &Leaf, g: usize, claim_cost: f64, desk: &AfterDesk) -> [f64; ACCOUNTS.len()] {
    let (a, t) = (&all.after[g], &all.guided[g]);
    let course = desk.course(g);
    let timed = |value: f64| if course.is_some() { value } else { f64::NAN };
    let transfers = t.payout + a.interest + a.overpaid + a.court.awards;
    let resources = a.staff_cost + claim_cost + a.court.company_costs + a.recourse_cost + a.claimant_cost;
    [
        timed(course.map_or(0.0, |c| c.staff_hours)),
        timed(course.map_or(0.0, |c| c.appeals)),
        timed(course.map_or(0.0, peak)),
        timed(a.staff_cost),
        timed(a.interest),
        timed(a.overpaid),
        a.undue,
        timed(a.duplicates),
        timed(a.given_up),
        a.in_kind_value,
        a.breakage,
        a.court.winners,
        if a.court.winners > 0.0 { a.court.winner_days / a.court.winners } else { f64::NAN },
        a.court.company_costs + a.recourse_cost,
        a.claimant_cost,
        a.court.plaintiffs_costs,
        a.recovered,
        a.from_split,
        a.from_recourse,
        a.from_insurance,
        transfers,
        resources,
    ]
}

/// Most claims that wait at the end of a day.
fn peak(course: &Course) -> f64 {
    let waits = course.filed.iter().zip(&course.done).scan(0.0, |waiting, (filed, done)| {
        *waiting += filed - done;
        Some(*waiting)
    });
    waits.fold(0.0, |most, waiting| if waiting > most { waiting } else { most })
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::net;

    /// 0.1 + 0.2 is not 0.3: what others bear to the last leaves nothing, and a loss or a gain stays what it is.
    #[test]
    fn a_cost_that_others_bear_leaves_nothing() {
        assert_eq!(net(0.1 + 0.2, 0.3), 0.0);
        assert_eq!(net(0.3, 0.1 + 0.2), 0.0);
        assert_eq!((net(12.0, 5.0), net(5.0, 12.0), net(0.0, 0.0)), (7.0, -7.0, 0.0));
        assert_eq!(net(1e12, 1e12 - 2.0), 2.0);
    }
}
