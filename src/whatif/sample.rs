//! The numbers that are looked at, world by world.

use std::sync::atomic::AtomicBool;

use super::interest::Interest;
use crate::engine::outcome::Shape;
use crate::engine::run::{Event, Options, Stopped, run, run_on};
use crate::engine::world::Worlds;
use crate::model::Scenario;

/// Values of some interests in consecutive replicates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    /// `[interest][replicate]`.
    pub columns: Vec<Vec<f64>>,
    /// `[interest][replicate]`: what takes each to its mean over suits and recourse, if the options ask for it; else empty.
    pub to_mean: Vec<Vec<f64>>,
    /// The budget of each replicate; empty of a scenario without one.
    pub budgets: Vec<f64>,
    /// Values of all quantities, `[replicate][quantity]`, if they were asked for.
    pub worlds: Vec<f64>,
}

/// How to draw a sample.
#[derive(Clone, Copy)]
pub struct Draw<'a> {
    /// Seed, replicates, engine, threads. Twins are not drawn, and inequality only where an interest needs it.
    pub options: Options,
    /// The worlds to run in; `None`: the scenario's own.
    pub worlds: Option<&'a dyn Worlds>,
    /// Whether the worlds are kept.
    pub keep_worlds: bool,
    /// Raised to stop.
    pub cancel: &'a AtomicBool,
}

/// Runs a scenario and keeps what is looked at; `done` hears of replicates as they are drawn.
///
/// # Errors
/// Cancelled, or a plan that cannot be made.
pub fn sample(
    scenario: &Scenario,
    interests: &[Interest],
    draw: Draw<'_>,
    done: &mut dyn FnMut(u64),
) -> Result<Sample, Stopped> {
    let options = Options { twins: 0, inequality: interests.iter().any(Interest::needs_inequality), ..draw.options };
    let room = options.replicates as usize;
    let mut out = Sample { columns: vec![Vec::with_capacity(room); interests.len()], ..Sample::default() };
    if options.court_means {
        out.to_mean = vec![Vec::with_capacity(room); interests.len()];
    }
    let shape = Shape::of(scenario);
    let receive = |event: &Event| {
        if let Event::Block(block) = event {
            for (column, interest) in out.columns.iter_mut().zip(interests) {
                column.extend((0..block.replicates).map(|r| interest.value(block, shape, r)));
            }
            for (column, interest) in out.to_mean.iter_mut().zip(interests) {
                column.extend((0..block.replicates).map(|r| interest.to_mean(block, shape, r)));
            }
            if let Some(budget) = &scenario.budget {
                let worlds = block.worlds.chunks_exact(scenario.quantities.list.len());
                out.budgets.extend(worlds.map(|world| budget.amount.of(world)));
            }
            if draw.keep_worlds {
                out.worlds.extend(&block.worlds);
            }
            done(block.replicates as u64);
        }
        Ok(())
    };
    match draw.worlds {
        Some(worlds) => run_on(scenario, &options, worlds, draw.cancel, receive)?,
        None => run(scenario, &options, draw.cancel, receive)?,
    }
    Ok(out)
}
