//! A world as both engines meet it: its numbers, who is exposed to what, and the pools that people foresee.

use super::exposure::{self, Curve, Slot};
use super::foreseen::solve;
use super::patience::Patience;
use super::plan::Plan;
use super::stakes::Stakes;

/// Draws in the same world: the main one, and one with other chance that tells ignorance from chance.
pub const DRAWS: usize = 2;

/// One world.
#[derive(Clone, Copy)]
pub struct Scene<'w> {
    /// Its number.
    pub replicate: u64,
    /// Which draw in it: 0 is the main one.
    pub draw: usize,
    /// Values of all quantities.
    pub world: &'w [f64],
    /// Restoration curves by service.
    pub curves: &'w [Curve],
    /// Slots by cohort.
    pub slots: &'w [Vec<Slot>],
    /// What is expected of each guideline.
    pub foreseen: Outlook<'w>,
}

/// What is expected of guidelines in a world.
#[derive(Clone, Copy, Default)]
pub struct Outlook<'w> {
    /// Factor by which people expect each guideline's pool to scale awards.
    pub pools: &'w [f64],
    /// Share of the claimants of each followed rule who give up while they wait; empty where nobody does.
    pub left: &'w [f64],
}

impl Outlook<'_> {
    /// Share who give up under the rule at a place among the followed ones.
    pub fn left(&self, place: Option<usize>) -> f64 {
        place.and_then(|p| self.left.get(p)).copied().unwrap_or(0.0)
    }
}

/// Sets scenes, one after the other in the same memory.
pub struct Stage<'a> {
    plan: &'a Plan<'a>,
    stakes: Stakes,
    pools: Vec<f64>,
    patience: Patience<'a>,
    curves: Vec<Curve>,
    slots: Vec<Vec<Slot>>,
}

impl<'a> Stage<'a> {
    /// For a plan.
    pub fn new(plan: &'a Plan<'a>) -> Stage<'a> {
        Stage {
            plan,
            stakes: Stakes::default(),
            pools: vec![1.0; plan.shape.guidelines],
            patience: Patience::new(plan),
            curves: Vec::new(),
            slots: vec![Vec::new(); plan.cohorts.len()],
        }
    }

    /// The main scene in a world.
    pub fn set<'w>(&'w mut self, replicate: u64, world: &'w [f64]) -> Scene<'w> {
        let scenario = self.plan.scenario;
        exposure::curves(scenario, world, &mut self.curves);
        for (cohort, slots) in self.plan.cohorts.iter().zip(&mut self.slots) {
            exposure::slots(scenario, cohort, world, &self.curves, slots);
        }
        for (g, guideline) in scenario.guidelines.iter().enumerate() {
            let pool = guideline.pool.as_ref().filter(|p| p.foreseen);
            if pool.is_none() && !self.patience.follows(g) {
                continue;
            }
            self.stakes.gather(self.plan, g, world, &self.slots);
            self.pools[g] = pool.map_or(1.0, |p| solve(p.amount.of(world), |factor| self.stakes.money(factor)));
            self.patience.look(g, &self.stakes, self.pools[g], world);
        }
        let foreseen = Outlook { pools: &self.pools, left: self.patience.shares() };
        Scene { replicate, draw: 0, world, curves: &self.curves, slots: &self.slots, foreseen }
    }
}
