//! Expectations in many worlds, by several threads, in order.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::{Expectation, Expected};
use crate::engine::plan::Plan;
use crate::engine::run::{Options, Stopped};
use crate::engine::scene::Stage;
use crate::engine::world::Worlds;
use crate::model::Scenario;

/// Worlds that one thread takes at a time.
const BLOCK: u64 = 32;

/// What `look` takes from the expectation in each world of a run, world after world; no chance is drawn.
///
/// # Errors
/// Cancelled, or threads that cannot be started.
pub fn in_worlds(
    scenario: &Scenario,
    options: &Options,
    worlds: &dyn Worlds,
    cancel: &AtomicBool,
    look: &(dyn Fn(&Expected, &[f64]) -> Vec<f64> + Sync),
) -> Result<Vec<f64>, Stopped> {
    let threads = options.threads.max(1);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|e| Stopped::Plan(format!("cannot start {threads} threads: {e}")))?;
    let plan = Plan::new(scenario, false, options.grid_ratio(scenario));
    let quantities = plan.shape.quantities;
    let starts: Vec<u64> = (0..options.replicates).step_by(BLOCK as usize).collect();
    let block = |first: &u64| {
        if cancel.load(Ordering::Relaxed) {
            return Vec::new();
        }
        let count = BLOCK.min(options.replicates - first);
        let drawn = worlds.draw(*first, count as usize);
        let (expectation, mut stage) = (Expectation::new(&plan), Stage::new(&plan));
        let of = |r: u64| {
            let world = &drawn[r as usize * quantities..(r as usize + 1) * quantities];
            look(&expectation.of(stage.set(first + r, world)), world)
        };
        (0..count).flat_map(of).collect::<Vec<f64>>()
    };
    let blocks: Vec<Vec<f64>> = pool.install(|| starts.par_iter().map(block).collect());
    if cancel.load(Ordering::Relaxed) { Err(Stopped::Cancelled) } else { Ok(blocks.concat()) }
}
