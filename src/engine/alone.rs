//! People drawn one by one in the counts engine: those who claim a loss in a cohort of which some rule has no schedule
//! (it rounds the loss, or multiplies it by itself). They meet the rules of all guidelines as in the individual engine.
//! Nobody is kept: where a pool binds, the same people are drawn again with its factor known.

use super::cell::settle::Tally;
use super::exposure;
use super::foreseen::kind_shares;
use super::inequality::Histogram;
use super::offers::{self, KINDS};
use super::person::{Person, Seen, give, ready_by_schedule};
use super::plan::{Plan, grid_ratio};
use super::scene::Scene;
use super::slot::SlotDesk;
use crate::guideline::visit;
use crate::model::Scenario;

/// The people of one cohort.
pub struct Alone {
    /// How many there are, by slot and kind.
    people: Vec<[u64; KINDS.len()]>,
    /// What became of them, by region.
    pub regions: Vec<Region>,
    given: Vec<Tally>,
}

/// What became of them in one region.
pub struct Region {
    /// People who truly lost money.
    pub losers: f64,
    /// Money they lost.
    pub loss: f64,
    /// What each guideline gives.
    pub tallies: Vec<Tally>,
    /// What was seen beside.
    pub seen: Seen,
    /// Losses without any award; empty where nobody is told apart by them.
    pub bare: Histogram,
    /// What each guideline changes in them.
    pub changes: Vec<Histogram>,
}

impl Alone {
    /// For a cohort of a plan; `None` where every rule has a schedule.
    pub fn new(plan: &Plan, c: usize) -> Option<Alone> {
        let cohort = &plan.cohorts[c];
        let (regions, guidelines) = (plan.scenario.regions.len(), plan.shape.guidelines);
        let region = || Region {
            losers: 0.0,
            loss: 0.0,
            tallies: vec![Tally::default(); guidelines],
            seen: Seen::new(plan, c),
            bare: Histogram::default(),
            changes: vec![Histogram::default(); if plan.net_losses(c) { guidelines } else { 0 }],
        };
        cohort.one_by_one().then(|| Alone {
            people: vec![[0; KINDS.len()]; cohort.slots(regions)],
            regions: (0..regions).map(|_| region()).collect(),
            given: vec![Tally::default(); guidelines],
        })
    }

    /// Notes how many people of a slot there are by kind.
    pub fn put(&mut self, slot: usize, people: [u64; KINDS.len()]) {
        self.people[slot] = people;
    }

    /// Draws them all, with money scaled by these factors; the same people each time in a replicate.
    pub fn draw(&mut self, plan: &Plan, c: usize, scene: Scene, desks: &mut [SlotDesk], factors: &[f64]) {
        let Scene { replicate, draw, world, foreseen, .. } = scene;
        let of = &plan.cohorts[c];
        let (Some(grid), Some(loss)) = (of.grid(of.law_in(world)), plan.scenario.cohorts[c].loss.as_ref()) else {
            return;
        };
        let small = if plan.sued_over[c] { plan.small_stake(c, world) } else { f64::INFINITY };
        for region in &mut self.regions {
            region.clear();
            region.changes.iter_mut().chain([&mut region.bare]).for_each(|h| h.cut_at(small));
        }
        for ((slot, desk), people) in scene.slots[c].iter().zip(desks).zip(&self.people) {
            if people.iter().all(|n| *n == 0) {
                continue;
            }
            let scale = offers::scale(plan.scenario, &plan.cohorts[c], slot, world);
            let rules = ready_by_schedule(plan, c, slot, world, foreseen);
            let region = &mut self.regions[slot.region];
            for (k, kind) in KINDS.into_iter().enumerate() {
                let (claim, truth) = kind.scales(loss, world);
                let stream = desk.streams[draw].kinds[k].at(replicate);
                for _ in 0..people[k] {
                    let x = scale * grid.quantile(stream.uniform());
                    let (claimed, loss) = (claim * x, truth * x);
                    let (u, v) = (stream.uniform(), stream.uniform());
                    let person = Person { kind: Some(kind), claimed, loss, fee_month: None, attributes: None, u, v };
                    give(&person, &rules, world, factors, &mut self.given, &mut region.seen);
                    region.add(&person, &self.given);
                }
            }
        }
    }
}

impl Region {
    fn clear(&mut self) {
        (self.losers, self.loss) = (0.0, 0.0);
        self.tallies.fill(Tally::default());
        self.seen.clear();
        self.bare.clear();
        self.changes.iter_mut().for_each(Histogram::clear);
    }

    fn add(&mut self, person: &Person, given: &[Tally]) {
        for (tally, t) in self.tallies.iter_mut().zip(given).filter(|(_, t)| t.claims + t.automatic > 0.0) {
            tally.add(t);
        }
        if !person.lost() {
            return;
        }
        self.losers += 1.0;
        self.loss += person.loss;
        if !self.changes.is_empty() {
            self.bare.add(person.loss, 1.0);
            for (h, t) in self.changes.iter_mut().zip(given).filter(|(_, t)| t.payout > 0.0) {
                h.shift(person.loss, t.left_of(person.loss), 1.0);
            }
        }
    }
}

/// A cohort whose claimants the counts engine draws one by one.
#[derive(Clone, Debug, PartialEq)]
pub struct OneByOne {
    /// Cohort (index).
    pub cohort: usize,
    /// A rule that has no schedule: guideline and rule (indices).
    pub rule: (usize, usize),
    /// People so drawn in the central world.
    pub people: f64,
}

/// All of them in a scenario, each with the first rule that makes it so.
pub fn one_by_one(scenario: &Scenario) -> Vec<OneByOne> {
    let bent = |r: &crate::model::Rule| visit::bent(r).is_some();
    if !scenario.guidelines.iter().flat_map(|g| &g.rules).any(bent) {
        return Vec::new();
    }
    let plan = Plan::new(scenario, false, grid_ratio(scenario));
    let world = scenario.quantities.central();
    let (mut curves, mut slots) = (Vec::new(), Vec::new());
    exposure::curves(scenario, &world, &mut curves);
    let mut out = Vec::new();
    for cohort in plan.cohorts.iter().filter(|c| c.one_by_one()) {
        let c = &scenario.cohorts[cohort.cohort];
        exposure::slots(scenario, cohort, &world, &curves, &mut slots);
        let share: f64 = slots
            .iter()
            .map(|slot| {
                let scale = offers::scale(scenario, cohort, slot, &world);
                slot.share * slot.hit * kind_shares(c.loss.as_ref(), scale, &world).iter().sum::<f64>()
            })
            .sum();
        let first = cohort.rules.iter().zip(&cohort.bent).find(|(_, bent)| **bent).map(|(rule, _)| *rule);
        let people = c.size.of(&world) * share;
        out.extend(first.map(|rule| OneByOne { cohort: cohort.cohort, rule, people }));
    }
    out
}
