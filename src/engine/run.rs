//! Runs replicates on several threads and hands on blocks in order. Results do not depend on threads or block sizes:
//! every replicate draws from its own streams and blocks are joined in order.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, mpsc};

use rayon::prelude::*;

use super::counts::Counts;
use super::exposure;
use super::foreseen::Foreseen;
use super::individual::Individual;
use super::ledger::Ledger;
use super::outcome::{Block, COMMON, GUIDED};
use super::plan::{GRID_RATIO, Plan};
use super::world::WorldSampler;
use crate::model::Scenario;

/// Replicates in a block.
const BLOCK: u64 = 16;
/// Blocks of a batch for each thread: many, so that no thread waits long for another at its end.
const BATCH: usize = 16;
/// Blocks that wait for the receiver at most, in batches.
const WAITING: usize = 2;

/// Which engine draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Counts: cost independent of the number of people.
    Counts,
    /// Every person drawn explicitly.
    Individual,
}

/// What to run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Seed of all streams.
    pub seed: u64,
    /// Number of replicates.
    pub replicates: u64,
    /// Engine.
    pub engine: Engine,
    /// Threads; fewer than one count as one.
    pub threads: usize,
    /// First so many worlds are drawn a second time with other chance, to tell ignorance from chance.
    pub twins: u64,
    /// Whether Gini indices are worked out (they cost about a quarter of a run).
    pub inequality: bool,
    /// Steps of the loss grid; [`GRID_RATIO`] but in tests of the discretisation.
    pub grid_ratio: f64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            seed: 1,
            replicates: 10_000,
            engine: Engine::Counts,
            threads: 2,
            twins: 0,
            inequality: true,
            grid_ratio: GRID_RATIO,
        }
    }
}

/// What the receiver gets.
#[derive(Clone, Debug)]
pub enum Event {
    /// The next block of replicates.
    Block(Block),
    /// The worlds of the block before, drawn a second time with other chance.
    Twin(Block),
}

/// Why a run ended early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The cancel flag was raised.
    Cancelled,
    /// The receiver refused a block, with its reason.
    Refused(String),
    /// The run could not start.
    Plan(String),
}

impl std::fmt::Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Stopped::Cancelled => write!(f, "interrupted"),
            Stopped::Refused(reason) | Stopped::Plan(reason) => write!(f, "{reason}"),
        }
    }
}

impl std::error::Error for Stopped {}

/// Runs a scenario; `receive` gets blocks in order on the calling thread.
///
/// # Errors
/// Cancelled, refused by the receiver, or a plan that cannot be made.
pub fn run(
    scenario: &Scenario,
    options: &Options,
    cancel: &AtomicBool,
    mut receive: impl FnMut(Event) -> Result<(), String>,
) -> Result<(), Stopped> {
    let plan = Plan::new(scenario, options.inequality, options.grid_ratio);
    // Zero would have rayon look into the environment.
    let threads = options.threads.max(1);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|e| Stopped::Plan(format!("cannot start {threads} threads: {e}")))?;
    let sampler = pool.install(|| WorldSampler::new(&scenario.quantities, options.seed, 0)).map_err(Stopped::Plan)?;
    let jobs = jobs(options);
    let batch = BATCH * pool.current_num_threads().max(1);
    let desks = Desks { main: Mutex::new(Vec::new()), twin: Mutex::new(Vec::new()) };
    let refused = AtomicBool::new(false);
    let stop = || cancel.load(Ordering::Relaxed) || refused.load(Ordering::Relaxed);
    let mut outcome = Ok(());
    std::thread::scope(|scope| {
        let (send, receiver) = mpsc::sync_channel::<Vec<Event>>(WAITING);
        let (plan, sampler, desks, jobs, stop) = (&plan, &sampler, &desks, &jobs, &stop);
        scope.spawn(move || {
            for chunk in jobs.chunks(batch) {
                if stop() {
                    return;
                }
                let block = |job: &(u64, u64)| match stop() {
                    // Nobody will look at what is missing.
                    true => Vec::new(),
                    false => desks.block(plan, sampler, options, *job),
                };
                let work = || chunk.par_iter().map(block).collect();
                let events: Vec<Vec<Event>> = pool.install(work);
                if send.send(events.into_iter().flatten().collect()).is_err() {
                    return;
                }
            }
        });
        for event in receiver.into_iter().flatten() {
            if outcome.is_ok() {
                outcome = receive(event).map_err(Stopped::Refused);
                refused.fetch_or(outcome.is_err(), Ordering::Relaxed);
            }
        }
    });
    match outcome {
        Ok(()) if cancel.load(Ordering::Relaxed) => Err(Stopped::Cancelled),
        other => other,
    }
}

/// First replicate and number of replicates of each block.
fn jobs(options: &Options) -> Vec<(u64, u64)> {
    let starts = (0..options.replicates).step_by(BLOCK as usize);
    starts.map(|first| (first, BLOCK.min(options.replicates - first))).collect()
}

/// Desks that threads borrow; which thread gets which does not matter.
struct Desks<'a> {
    main: Mutex<Vec<Desk<'a>>>,
    twin: Mutex<Vec<Desk<'a>>>,
}

/// One thread's desk.
struct Desk<'a> {
    engine: AnyEngine<'a>,
    foreseen: Foreseen<'a>,
    ledger: Ledger,
}

enum AnyEngine<'a> {
    Counts(Box<Counts<'a>>),
    Individual(Box<Individual<'a>>),
}

impl<'a> Desks<'a> {
    fn block(&self, plan: &'a Plan<'a>, sampler: &WorldSampler, options: &Options, job: (u64, u64)) -> Vec<Event> {
        let worlds = sampler.draw(job.0, job.1 as usize);
        let twin = (job.0 < options.twins).then(|| {
            let count = job.1.min(options.twins - job.0);
            let worlds = &worlds[..count as usize * sampler.quantities()];
            Event::Twin(self.fill(&self.twin, 1, plan, worlds.to_vec(), options, (job.0, count)))
        });
        let main = Event::Block(self.fill(&self.main, 0, plan, worlds, options, job));
        [Some(main), twin].into_iter().flatten().collect()
    }

    fn fill(
        &self,
        shelf: &Mutex<Vec<Desk<'a>>>,
        chance: u32,
        plan: &'a Plan<'a>,
        worlds: Vec<f64>,
        options: &Options,
        (first, count): (u64, u64),
    ) -> Block {
        let taken = shelf.lock().expect("no thread panics while it holds the shelf").pop();
        let mut desk = taken.unwrap_or_else(|| Desk::new(plan, options, chance));
        let block = desk.block(plan, worlds, first, count as usize);
        shelf.lock().expect("no thread panics while it holds the shelf").push(desk);
        block
    }
}

impl<'a> Desk<'a> {
    fn new(plan: &'a Plan<'a>, options: &Options, chance: u32) -> Desk<'a> {
        let engine = match options.engine {
            Engine::Counts => AnyEngine::Counts(Box::new(Counts::new(plan, options.seed, chance))),
            Engine::Individual => AnyEngine::Individual(Box::new(Individual::new(plan, options.seed, chance))),
        };
        Desk { engine, foreseen: Foreseen::new(plan), ledger: Ledger::new(plan) }
    }

    fn block(&mut self, plan: &Plan, worlds: Vec<f64>, first: u64, replicates: usize) -> Block {
        let s = plan.shape;
        let mut block = Block {
            first,
            replicates,
            worlds,
            service_hours: Vec::with_capacity(replicates * s.services),
            common: vec![0.0; replicates * s.groups * COMMON.len()],
            guided: vec![0.0; replicates * s.guidelines * s.groups * GUIDED.len()],
            pool_factor: Vec::with_capacity(replicates * s.guidelines),
        };
        for r in 0..replicates {
            let world = &block.worlds[r * s.quantities..(r + 1) * s.quantities];
            let foreseen = self.foreseen.factors(world);
            let replicate = first + r as u64;
            match &mut self.engine {
                AnyEngine::Counts(e) => e.replicate(replicate, world, foreseen, &mut self.ledger),
                AnyEngine::Individual(e) => e.replicate(replicate, world, foreseen, &mut self.ledger),
            }
            self.ledger.write(plan, world, r, &mut block.common, &mut block.guided);
            block.pool_factor.extend(&self.ledger.factors);
            block
                .service_hours
                .extend((0..s.services).map(|i| exposure::curve(plan.scenario, i, world).last().map_or(0.0, |p| p.1)));
        }
        block
    }
}
