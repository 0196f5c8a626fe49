//! What a long run has finished so far: its blocks are kept in the result folder until it is complete, and the same command
//! goes on after them.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use super::Failure;
use super::args::Keep;
use crate::engine::run::{Event, Options, Stopped, run, run_on};
use crate::engine::world::Worlds;
use crate::model::Scenario;
use crate::output::blocks::KeptBlocks;
use crate::scenario::words;

/// How long a run must draw before it is judged how long it will take: long enough for a guess, short enough that runs of
/// seconds do not notice what waits in memory until then;
const JUDGED_AFTER: Duration = Duration::from_millis(200);
/// after so short a time already where the guess is clear: below this part of [`WORTH`];
const CLEAR: (Duration, f64) = (Duration::from_millis(40), 0.25);
/// with many threads it is judged sooner, when so many numbers wait (32 MB),
const JUDGED_WITH: usize = 4 << 20;
/// and from which length on `auto` keeps its blocks, from the first on.
const WORTH: Duration = Duration::from_secs(30);
/// Blocks are written when so many bytes are waiting, or after [`OFTEN`].
const MANY: usize = 1 << 20;
/// See [`MANY`].
const OFTEN: Duration = Duration::from_secs(2);

/// Keeps blocks of a run.
pub struct Keeper {
    blocks: KeptBlocks,
    keep: Keep,
    /// Blocks of a run that is not yet judged, by part, as they are: to make bytes of them takes much longer.
    waiting: Vec<(u32, Vec<Event>)>,
    quiet: bool,
    /// Replicates of all parts of the run.
    total: u64,
    /// Whether variants are among these parts.
    variants: bool,
    done: u64,
    begun: Instant,
    written: Instant,
}

/// A part of a run: the scenario as it stands, then its variants.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    /// Its number.
    pub number: u32,
    /// What is run.
    pub scenario: &'a Scenario,
    /// How.
    pub options: &'a Options,
    /// Worlds that were chosen; random numbers without.
    pub worlds: Option<&'a dyn Worlds>,
    /// Raised by Ctrl-C.
    pub cancel: &'a AtomicBool,
}

impl Keeper {
    /// For a run of so many replicates in all, and whether variants are among them; `question` is all that its blocks depend on.
    ///
    /// # Errors
    /// What was kept cannot be read or removed.
    pub fn open(folder: &Path, question: &str, keep: Keep, total: (u64, bool), quiet: bool) -> Result<Keeper, Failure> {
        let mut blocks = KeptBlocks::open(folder, question)?;
        let keep = match keep {
            Keep::Never => {
                blocks.finish()?;
                Keep::Never
            }
            // Somebody found it worth keeping.
            _ if blocks.has_some() => Keep::Always,
            other => other,
        };
        let now = Instant::now();
        Ok(Keeper {
            blocks,
            keep,
            waiting: Vec::new(),
            quiet,
            total: total.0,
            variants: total.1,
            done: 0,
            begun: now,
            written: now,
        })
    }

    /// Runs a part: what was kept of it comes first, the rest is drawn and kept.
    ///
    /// # Errors
    /// As of a run.
    pub fn run(
        &mut self,
        part: Part<'_>,
        mut receive: impl FnMut(&Event) -> Result<(), String>,
    ) -> Result<(), Stopped> {
        let Part { number, scenario, options, worlds, cancel } = part;
        let mut first = 0;
        while let Some(events) = self.blocks.next(number) {
            for event in &events {
                receive(event).map_err(Stopped::Refused)?;
                if let Event::Block(block) = event {
                    first = block.first + block.replicates as u64;
                }
            }
            if cancel.load(std::sync::atomic::Ordering::Relaxed) {
                return Err(Stopped::Cancelled);
            }
        }
        self.done += first;
        if first > 0 && number == 0 && !self.quiet {
            talk!("redress: going on after {} worlds that an earlier run has drawn", said(first));
        }
        let options = Options { first, ..*options };
        // A block waits for its twin, so that they are kept together or not at all.
        let mut pair: Vec<Event> = Vec::new();
        let keeping = |event: &Event| {
            receive(event)?;
            if self.keep == Keep::Never {
                return Ok(());
            }
            let (Event::Block(block) | Event::Twin(block)) = event;
            let twin = matches!(event, Event::Twin(_));
            if !twin {
                self.done += block.replicates as u64;
            }
            if !twin && block.first < options.twins {
                pair = vec![event.clone()];
                return Ok(());
            }
            let mut events = std::mem::take(&mut pair);
            if self.keep == Keep::Always && events.is_empty() {
                self.hold(number, std::slice::from_ref(event));
                return Ok(());
            }
            events.push(event.clone());
            if self.keep == Keep::Always {
                self.hold(number, &events);
            } else {
                self.waiting.push((number, events));
                self.judge(options.twins);
            }
            Ok(())
        };
        match worlds {
            None => run(scenario, &options, cancel, keeping),
            Some(worlds) => run_on(scenario, &options, worlds, cancel, keeping),
        }
    }

    /// Judges how long the run will take, once enough of it is drawn: worlds and those that are drawn a second time.
    fn judge(&mut self, twins: u64) {
        let blocks = || self.waiting.iter().flat_map(|(_, events)| events).map(|(Event::Block(b) | Event::Twin(b))| b);
        let worlds: usize = blocks().map(|b| b.replicates).sum();
        // These are nearly all.
        let numbers: usize = blocks().map(|b| b.common.len() + b.guided.len() + b.timeline.len()).sum();
        let elapsed = self.begun.elapsed();
        let all = elapsed.as_secs_f64() * (self.total + twins) as f64 / worlds as f64;
        let clear = elapsed >= CLEAR.0 && all < CLEAR.1 * WORTH.as_secs_f64();
        if elapsed < JUDGED_AFTER && numbers < JUDGED_WITH && !clear {
            return;
        }
        let waiting = std::mem::take(&mut self.waiting);
        if all < WORTH.as_secs_f64() {
            self.keep = Keep::Never;
            return;
        }
        self.keep = Keep::Always;
        for (part, events) in waiting {
            self.hold(part, &events);
        }
    }

    /// Takes a block up, and writes what is waiting.
    fn hold(&mut self, part: u32, events: &[Event]) {
        self.blocks.hold(part, events);
        if self.blocks.waiting() >= MANY || self.written.elapsed() >= OFTEN {
            self.write();
        }
    }

    /// Writes what is waiting. A run whose blocks cannot be kept goes on without.
    fn write(&mut self) {
        self.written = Instant::now();
        if let Err(e) = self.blocks.write() {
            talk!("redress: what is finished can no longer be kept for the case of an interruption: {e}");
            self.keep = Keep::Never;
            // What stands there takes room that the results may need; that it cannot be removed is no fault of theirs.
            let _ = self.blocks.finish();
        }
    }

    /// What it means that the run ends early: what is finished stays, if it is worth it.
    pub fn stopped(&mut self, failure: Failure, folder: &Path) -> Failure {
        if self.keep != Keep::Always {
            return failure;
        }
        self.write();
        match failure {
            Failure::Interrupted if self.keep == Keep::Always && self.done > 0 => Failure::Paused(format!(
                "interrupted; {} worlds of {}{} are kept in {}, the same command goes on from there",
                said(self.done),
                said(self.total),
                if self.variants { " (those of the variants among them)" } else { "" },
                folder.display()
            )),
            other => other,
        }
    }

    /// The run is complete: what was kept goes.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn finish(mut self) -> Result<(), Failure> {
        Ok(self.blocks.finish()?)
    }
}

fn said(worlds: u64) -> String {
    words::count(worlds as f64, crate::model::Lang::En)
}
