//! Runs replicates on several threads and hands on blocks in order. Results do not depend on threads or block sizes:
//! every replicate draws from its own streams and blocks are put in order before they are handed on.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};

use rayon::prelude::*;

use super::after::AfterDesk;
use super::counts::Counts;
use super::days::{daily, timeline_days};
use super::individual::Individual;
use super::ledger::Ledger;
use super::outcome::{ACCOUNTS, Block, COMMON, GUIDED, TIMELINE_WORLDS, Watch};
use super::plan::{self, Plan};
use super::scene::{Scene, Stage};
use super::waiting::{Waiting, Waits};
use super::world::{WorldSampler, Worlds};
use crate::model::Scenario;

/// Replicates in a block at most,
const BLOCK: u64 = 64;
/// and numbers in it, unless one replicate has more: what is larger than this does not stay in the processor's cache.
const BLOCK_NUMBERS: usize = 65_536;
/// Blocks that each thread may be ahead of the receiver: as many as are drawn while it writes a group of rows.
const AHEAD: usize = 24;

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
    /// Replicates before this one are not drawn: they were before.
    pub first: u64,
    /// Engine.
    pub engine: Engine,
    /// Threads; fewer than one count as one.
    pub threads: usize,
    /// First so many worlds are drawn a second time with other chance, to tell ignorance from chance.
    pub twins: u64,
    /// Whether Gini indices are worked out (they cost about a quarter of a run).
    pub inequality: bool,
    /// Whether the mean of the cost over suits and recourse is worked out beside the cost as drawn.
    pub court_means: bool,
    /// Steps of the loss grid in tests of the discretisation; else those of [`plan::grid_ratio`].
    pub grid_ratio: Option<f64>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            seed: 1,
            replicates: 10_000,
            first: 0,
            engine: Engine::Counts,
            threads: 2,
            twins: 0,
            inequality: true,
            court_means: false,
            grid_ratio: None,
        }
    }
}

impl Options {
    /// Steps of the loss grid of a scenario.
    pub fn grid_ratio(&self, scenario: &Scenario) -> f64 {
        self.grid_ratio.unwrap_or_else(|| plan::grid_ratio(scenario))
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

/// Runs a scenario; `receive` sees blocks in order on the calling thread. Their memory is used again afterwards.
///
/// # Errors
/// Cancelled, refused by the receiver, or a plan that cannot be made.
pub fn run(
    scenario: &Scenario,
    options: &Options,
    cancel: &AtomicBool,
    receive: impl FnMut(&Event) -> Result<(), String>,
) -> Result<(), Stopped> {
    // Zero would have rayon look into the environment.
    let threads = options.threads.max(1);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|e| Stopped::Plan(format!("cannot start {threads} threads: {e}")))?;
    // What takes time to make of the laws of losses is made beside what does of the laws of quantities.
    let severities = scenario.cohorts.iter().filter_map(|c| c.loss.as_ref());
    let severities = severities.flat_map(|l| l.all_severities()).collect::<Vec<_>>();
    let ratio = options.grid_ratio(scenario);
    let grids = || severities.par_iter().for_each(|s| drop(plan::grid(s, ratio)));
    let sampler = || WorldSampler::new(&scenario.quantities, options.seed, 0);
    let (sampler, ()) = pool.install(|| rayon::join(sampler, grids));
    let sampler = sampler.map_err(Stopped::Plan)?;
    run_on(scenario, options, &sampler, cancel, receive)
}

/// As [`run`], in worlds that somebody else chose: what a world does with its chance is the same as in [`run`], for the
/// streams inside a world go by the number of the replicate.
///
/// # Errors
/// As [`run`].
pub fn run_on(
    scenario: &Scenario,
    options: &Options,
    worlds: &dyn Worlds,
    cancel: &AtomicBool,
    receive: impl FnMut(&Event) -> Result<(), String>,
) -> Result<(), Stopped> {
    run_watching(scenario, options, worlds, &[], cancel, receive)
}

/// As [`run_on`], and tells of every replicate what had happened by some days.
///
/// # Errors
/// As [`run`].
pub fn run_watching(
    scenario: &Scenario,
    options: &Options,
    worlds: &dyn Worlds,
    watch: &[Watch],
    cancel: &AtomicBool,
    mut receive: impl FnMut(&Event) -> Result<(), String>,
) -> Result<(), Stopped> {
    let plan = Plan::new(scenario, options.inequality, options.grid_ratio(scenario));
    let threads = options.threads.max(1);
    let jobs = Jobs::of(options, &plan);
    let queue = Queue::new(jobs.count(), AHEAD * threads);
    let used = Mutex::new(Vec::new());
    let refused = AtomicBool::new(false);
    let stop = || cancel.load(Ordering::Relaxed) || refused.load(Ordering::Relaxed);
    let mut outcome = Ok(());
    std::thread::scope(|scope| {
        let (send, receiver) = mpsc::channel::<(usize, Vec<Event>)>();
        let (plan, jobs, queue, used, stop) = (&plan, &jobs, &queue, &used, &stop);
        for send in vec![send; threads] {
            scope.spawn(move || {
                let _guard = Abandon(queue);
                let mut desk = None;
                while let Some(i) = queue.take() {
                    let desk = desk.get_or_insert_with(|| Desk::new(plan, options, used, watch, cancel));
                    let events = desk.draw(worlds, jobs.at(i));
                    // What was being drawn at a stop may be half a block, and nobody looks at those that follow.
                    if stop() {
                        queue.abandon();
                        return;
                    }
                    if send.send((i, events)).is_err() {
                        return;
                    }
                }
            });
        }
        // Nothing is handed on after a block that a stop kept from coming.
        let (mut early, mut next) = (BTreeMap::new(), 0);
        for (i, events) in receiver {
            early.insert(i, events);
            while let Some(events) = early.remove(&next) {
                for event in events {
                    if outcome.is_ok() {
                        outcome = receive(&event).map_err(Stopped::Refused);
                        refused.fetch_or(outcome.is_err(), Ordering::Relaxed);
                    }
                    let (Event::Block(block) | Event::Twin(block)) = event;
                    locked(used).push(block);
                }
                next += 1;
                queue.received(next);
            }
        }
    });
    match outcome {
        Ok(()) if cancel.load(Ordering::Relaxed) => Err(Stopped::Cancelled),
        other => other,
    }
}

/// Blocks of a run: replicates from one on, up to another, so many in each but the last.
struct Jobs {
    first: u64,
    end: u64,
    size: u64,
}

impl Jobs {
    fn of(options: &Options, plan: &Plan) -> Jobs {
        let size = BLOCK.min((BLOCK_NUMBERS / plan.row_size().max(1)) as u64).max(1);
        Jobs { first: options.first, end: options.replicates, size }
    }

    fn count(&self) -> usize {
        self.end.saturating_sub(self.first).div_ceil(self.size) as usize
    }

    /// First replicate and number of replicates of a block.
    fn at(&self, block: usize) -> (u64, u64) {
        let first = self.first + block as u64 * self.size;
        (first, self.size.min(self.end - first))
    }
}

/// Which block is next to be drawn. No thread runs far ahead of the receiver, so that few blocks wait in memory.
struct Queue {
    blocks: usize,
    ahead: usize,
    state: Mutex<QueueState>,
    moved: Condvar,
}

#[derive(Default)]
struct QueueState {
    next: usize,
    received: usize,
    waiting: usize,
    abandoned: bool,
}

impl Queue {
    fn new(blocks: usize, ahead: usize) -> Queue {
        Queue { blocks, ahead, state: Mutex::default(), moved: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, QueueState> {
        locked(&self.state)
    }

    /// The next block; waits while it is too far ahead. `None` when there is none left or a thread has failed.
    fn take(&self) -> Option<usize> {
        let mut state = self.state();
        while !state.abandoned && state.next < self.blocks && state.next >= state.received + self.ahead {
            state.waiting += 1;
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
        let open = !state.abandoned && state.next < self.blocks;
        state.next += usize::from(open);
        open.then(|| state.next - 1)
    }

    /// Lets nobody take another block.
    fn abandon(&self) {
        self.state().abandoned = true;
        self.moved.notify_all();
    }

    /// Tells how many blocks the receiver has had.
    fn received(&self, blocks: usize) {
        let mut state = self.state();
        state.received = blocks;
        if state.waiting > 0 {
            self.moved.notify_all();
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets the other threads end when the one that holds this fails.
struct Abandon<'a>(&'a Queue);

impl Drop for Abandon<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.abandon();
        }
    }
}

/// One thread's desk: what draws replicates.
struct Desk<'a> {
    plan: &'a Plan<'a>,
    options: &'a Options,
    watch: &'a [Watch],
    /// Blocks that were received and lend their memory.
    used: &'a Mutex<Vec<Block>>,
    stage: Stage<'a>,
    engine: AnyEngine<'a>,
    ledger: Ledger,
    after: AfterDesk<'a>,
    /// Days that the course is told on.
    days: Vec<usize>,
}

enum AnyEngine<'a> {
    Counts(Box<Counts<'a>>),
    Individual(Box<Individual<'a>>),
}

impl AnyEngine<'_> {
    fn replicate(&mut self, scene: Scene, ledger: &mut Ledger) {
        match self {
            AnyEngine::Counts(e) => e.replicate(scene, ledger),
            AnyEngine::Individual(e) => e.replicate(scene, ledger),
        }
    }

    /// As [`Counts::waiting`]; people whom the individual engine drew are in the ledger, one by one.
    fn waiting(&self, leaf: (usize, usize), guideline: usize, rules: &[Waits]) -> Waiting {
        match self {
            AnyEngine::Counts(e) => e.waiting(leaf, guideline, rules),
            AnyEngine::Individual(_) => Waiting::default(),
        }
    }
}

impl<'a> Desk<'a> {
    fn new(
        plan: &'a Plan<'a>,
        options: &'a Options,
        used: &'a Mutex<Vec<Block>>,
        watch: &'a [Watch],
        cancel: &'a AtomicBool,
    ) -> Desk<'a> {
        let engine = match options.engine {
            Engine::Counts => AnyEngine::Counts(Box::new(Counts::new(plan, options.seed))),
            Engine::Individual => AnyEngine::Individual(Box::new(Individual::new(plan, options.seed, cancel))),
        };
        let (ledger, after) = (Ledger::new(plan), AfterDesk::new(plan, options.seed, options.court_means));
        let days = timeline_days(plan.scenario);
        Desk { plan, options, watch, used, stage: Stage::new(plan), engine, ledger, after, days }
    }

    /// Draws some replicates, and those of them that have a twin a second time.
    fn draw(&mut self, worlds: &dyn Worlds, (first, count): (u64, u64)) -> Vec<Event> {
        let quantities = self.plan.shape.quantities;
        let (source, worlds) = (worlds, worlds.draw(first, count as usize));
        let twins = self.options.twins.saturating_sub(first).min(count) as usize;
        let mut twin = (twins > 0).then(|| self.block(worlds[..twins * quantities].to_vec(), first, twins));
        let mut main = self.block(Vec::new(), first, count as usize);
        let told = self.plan.tells_a_course();
        if told {
            let worlds = TIMELINE_WORLDS.saturating_sub(first).min(count) as usize;
            main.timeline.reserve_exact(worlds * self.plan.shape.courses() * self.days.len());
        }
        for r in 0..count as usize {
            let world = &worlds[r * quantities..(r + 1) * quantities];
            let scene = self.stage.set(source.chance(first + r as u64), world);
            self.engine.replicate(scene, &mut self.ledger);
            self.after.follow(scene, &mut self.ledger, &|leaf, g, rules| self.engine.waiting(leaf, g, rules));
            write(self.plan, scene, &mut self.ledger, &self.after, r, &mut main);
            if told && first + (r as u64) < TIMELINE_WORLDS {
                tell_course(self.plan, &self.after, &self.days, &mut main.timeline);
                let told = self.days.last().map_or(0, |last| last + 1);
                let unpaid =
                    |g| self.after.course(g).map_or(0.0, |c| c.paid[told.min(c.paid.len())..].iter().sum::<f64>());
                main.unpaid.extend((0..self.plan.shape.guidelines).map(|g| unpaid(g) as f32));
            }
            self.after.by_days(self.watch, &mut main.watched);
            if let Some(twin) = twin.as_mut().filter(|_| r < twins) {
                let scene = Scene { draw: 1, ..scene };
                self.engine.replicate(scene, &mut self.ledger);
                self.after.follow(scene, &mut self.ledger, &|leaf, g, rules| self.engine.waiting(leaf, g, rules));
                write(self.plan, scene, &mut self.ledger, &self.after, r, twin);
            }
        }
        main.worlds = worlds;
        [Some(Event::Block(main)), twin.map(Event::Twin)].into_iter().flatten().collect()
    }

    /// A block to write replicates into, in memory that was used before.
    fn block(&self, worlds: Vec<f64>, first: u64, replicates: usize) -> Block {
        let s = self.plan.shape;
        let used = locked(self.used).pop().unwrap_or_default();
        let mut block = Block { first, replicates, worlds, ..used };
        block.service_hours.clear();
        block.pool_factor.clear();
        // The first blocks have one, which need not stay.
        block.timeline = Vec::new();
        block.unpaid.clear();
        block.watched.clear();
        block.to_mean.clear();
        // Every entry will be written.
        block.common.resize(replicates * s.groups * COMMON.len(), 0.0);
        block.guided.resize(replicates * s.guidelines * s.groups * GUIDED.len(), 0.0);
        block.accounts.resize(replicates * s.guidelines * ACCOUNTS.len(), 0.0);
        block
    }
}

/// Writes a replicate into row `r` of a block.
fn write(plan: &Plan, scene: Scene, ledger: &mut Ledger, after: &AfterDesk, r: usize, block: &mut Block) {
    ledger.write(plan, after, scene.world, r, block);
    if after.tells_means() {
        let of = |g: usize| ledger.leaves.iter().map(move |group| group.after[g].to_mean);
        block.to_mean.extend((0..plan.shape.guidelines).flat_map(of));
    }
    block.pool_factor.extend(&ledger.factors);
    block.service_hours.extend(scene.curves.iter().map(|c| c.last().map_or(0.0, |p| p.1)));
}

/// Appends the course of a replicate: reports, then each guideline's claims filed, reviewed, paid and what was given in
/// kind; of each what happened after the day told before, up to the end of this one.
fn tell_course(plan: &Plan, after: &AfterDesk, days: &[usize], timeline: &mut Vec<f32>) {
    let daily = daily(days);
    let mut tell = |series: &[f64]| {
        let whole = timeline.len() + days.len();
        let (each, rest) = series.split_at(daily.min(series.len()));
        timeline.extend(each.iter().map(|n| *n as f32));
        if !rest.is_empty() {
            let mut from = daily;
            for day in &days[daily..] {
                let until = (day + 1).min(series.len());
                timeline.push(series[from.min(until)..until].iter().sum::<f64>() as f32);
                from = until;
            }
        }
        timeline.resize(whole, 0.0);
    };
    tell(after.reports());
    for g in 0..plan.shape.guidelines {
        let course = after.course(g);
        for series in
            [course.map(|c| &c.filed), course.map(|c| &c.done), course.map(|c| &c.paid), course.map(|c| &c.given)]
        {
            tell(series.map_or(&[], Vec::as_slice));
        }
    }
}
