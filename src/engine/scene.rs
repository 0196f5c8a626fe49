//! A world as both engines meet it: its numbers, who is exposed to what, and the pools that people foresee.

use super::exposure::{self, Curve, Slot};
use super::foreseen::Foreseen;
use super::plan::Plan;

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
    /// Factor by which people expect each guideline's pool to scale awards.
    pub foreseen: &'w [f64],
}

/// Sets scenes, one after the other in the same memory.
pub struct Stage<'a> {
    plan: &'a Plan<'a>,
    foreseen: Foreseen<'a>,
    curves: Vec<Curve>,
    slots: Vec<Vec<Slot>>,
}

impl<'a> Stage<'a> {
    /// For a plan.
    pub fn new(plan: &'a Plan<'a>) -> Stage<'a> {
        Stage { plan, foreseen: Foreseen::new(plan), curves: Vec::new(), slots: vec![Vec::new(); plan.cohorts.len()] }
    }

    /// The main scene in a world.
    pub fn set<'w>(&'w mut self, replicate: u64, world: &'w [f64]) -> Scene<'w> {
        exposure::curves(self.plan.scenario, world, &mut self.curves);
        for (cohort, slots) in self.plan.cohorts.iter().zip(&mut self.slots) {
            exposure::slots(self.plan.scenario, cohort, world, &self.curves, slots);
        }
        let foreseen = self.foreseen.factors(world, &self.slots);
        Scene { replicate, draw: 0, world, curves: &self.curves, slots: &self.slots, foreseen }
    }
}
