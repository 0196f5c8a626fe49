//! One run from loaded scenarios to a complete result folder; shared by `run` and `rerun`.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, OnceLock};
use std::thread::{self, Scope, ScopedJoinHandle};
use std::time::Instant;

use super::Failure;
use super::args::Keep;
use super::kept::{Keeper, Part};
use super::progress::Progress;
use super::sharp;
use crate::analysis::findings::BASE;
use crate::analysis::{Collector, Findings, TWINS};
use crate::engine::individual;
use crate::engine::outcome::Block;
use crate::engine::run::{Engine, Event, Options};
use crate::model::{Lang, Scenario};
use crate::output::figures::FigureData;
use crate::output::manifest::FileRecord;
use crate::output::{Manifest, ResultFolder, RunRecord, WorldTables, figure_data, figures, terminal};
use crate::scenario::Loaded;
use crate::whatif::sharp::{KnownMean, Sampling};

/// Variants run this part of the replicates, but not fewer than [`LEAST_VARIANT`].
const VARIANT_PART: u64 = 40;
/// Fewest replicates of a variant, unless the run itself has fewer: as many as give every statistic its standard error (that of
/// p995 takes 400). They are the first worlds of the run, and its shift from these is known better than
/// from ten times as many drawn apart.
const LEAST_VARIANT: u64 = 400;

/// What is to be run and where it goes.
pub struct Job {
    /// The scenario, with the variants that are to be run.
    pub base: Loaded,
    /// How: seed, replicates, engine, threads (twins are set by the job).
    pub options: Options,
    /// How worlds are drawn; scrambled points take no variants beside them.
    pub sampling: Sampling,
    /// Name of the engine in the manifest.
    pub engine_name: &'static str,
    /// Values replaced on the command line.
    pub overrides: Vec<String>,
    /// Result folder.
    pub folder: PathBuf,
    /// Language of the figures.
    pub lang: Lang,
    /// Name of the language in the manifest.
    pub lang_name: &'static str,
    /// Start of the run in UTC; `None`: now.
    pub started: Option<String>,
    /// Whether finished blocks are kept for the case of an interruption.
    pub keep: Keep,
    /// No progress bar.
    pub quiet: bool,
}

/// What came of it.
pub struct Done {
    /// The findings.
    pub findings: Findings,
    /// The manifest as written.
    pub manifest: Manifest,
}

/// The folder with all that was found so far, and the thread that closes the tables of worlds, which gives their records.
type Written<'scope> = Result<(ResultFolder, Findings, Closing<'scope>), Failure>;

type Closing<'scope> = ScopedJoinHandle<'scope, Result<Vec<FileRecord>, Failure>>;

/// Figures that are to be drawn.
struct Figures {
    /// Folder that theirs lies in.
    folder: PathBuf,
    data: FigureData,
}

impl Job {
    /// Runs the job. While a variant is drawn, another thread writes what the one before gave; the figures come last, so that
    /// there is still work while what was found in the last of these is written.
    ///
    /// # Errors
    /// The folder cannot be written or another run is at work there, the run is interrupted, or a scenario cannot be
    /// planned.
    pub fn execute(&self, folder: ResultFolder) -> Result<Done, Failure> {
        let clock = Instant::now();
        let started = self.started.clone().unwrap_or_else(now);
        let cancel = cancel_on_interrupt()?;
        let scenario = &self.base.scenario;
        let options = self.options();
        let mut worlds = folder.worlds(scenario, options.seed)?;
        let variant_replicates = self.variant_replicates();
        let total = options.replicates + variant_replicates * self.base.variants.len() as u64;
        let mut progress = Progress::new(total, self.quiet);
        let mut keeper = Keeper::open(
            &self.folder,
            &self.depends(),
            self.keep,
            (total, !self.base.variants.is_empty()),
            self.quiet,
        )?;
        let also = |block: &Block| worlds.add(block).map_err(|e| e.to_string());
        let drawn = self.draw(&options, &cancel, (&mut keeper, &mut progress), also);
        let (base, known) = drawn.map_err(|e| keeper.stopped(e, &self.folder))?;
        let shorter = Options { replicates: variant_replicates, twins: 0, ..options };
        let (folder, findings) = thread::scope(|scope| {
            let of_run = &started;
            let (tell, told) = mpsc::channel();
            let mut writing =
                scope.spawn(move || self.write_base((base, known), worlds, (folder, of_run), tell, scope));
            for (number, (id, variant)) in (1..).zip(&self.base.variants) {
                let drawn =
                    simulate((number, id), variant, &shorter, &cancel, (&mut keeper, &mut progress), |_| Ok(()));
                let drawn = drawn.map_err(|e| keeper.stopped(e, &self.folder))?;
                let before = writing;
                writing = scope.spawn(move || write_variant(drawn, options.threads, before));
            }
            // Nothing is told where the tables could not be written, which `writing` gives the reason of.
            let figures = told.recv().map_or_else(|_| Ok(Vec::new()), |figures| self.draw_figures(&figures));
            let (mut folder, findings, closing) = joined(writing)?;
            folder.know(joined(closing)?);
            folder.know(figures?);
            Ok::<_, Failure>((folder, findings))
        })?;
        progress.finish();
        if cancel.load(Ordering::Relaxed) {
            return Err(keeper.stopped(Failure::Interrupted, &self.folder));
        }
        let quantile_error = findings.variants.iter().map(|v| v.sketch_error).fold(0.0, f64::max);
        let record = self.record(started, clock.elapsed().as_secs_f64(), quantile_error);
        let manifest = folder.finish(&self.base.resolved, record)?;
        keeper.finish()?;
        Ok(Done { findings, manifest })
    }

    /// Draws the scenario as it stands.
    fn draw(
        &self,
        options: &Options,
        cancel: &AtomicBool,
        (keeper, progress): (&mut Keeper, &mut Progress),
        also: impl FnMut(&Block) -> Result<(), String>,
    ) -> Result<(Collector, Vec<KnownMean>), Failure> {
        let scenario = &self.base.scenario;
        match self.sampling {
            Sampling::Plain => {
                Ok((simulate((0, BASE), scenario, options, cancel, (keeper, progress), also)?, Vec::new()))
            }
            way => sharp::simulate(scenario, way, options, cancel, (keeper, progress), also),
        }
    }

    /// All that the blocks of the run depend on.
    fn depends(&self) -> String {
        let (options, version) = (self.options(), env!("CARGO_PKG_VERSION"));
        let Options { seed, replicates, engine, twins, .. } = options;
        let variants: Vec<&String> = self.base.variants.iter().map(|v| &v.0).collect();
        let sampling = self.sampling.name();
        format!("{version}\n{seed} {replicates} {engine:?} {twins} {sampling}\n{variants:?}\n{}", self.base.resolved)
    }

    /// Works out the findings, tells what the figures show and writes the tables. A thread of its own closes those of worlds:
    /// no other table need wait for them.
    fn write_base<'scope>(
        &'scope self,
        (base, known): (Collector, Vec<KnownMean>),
        worlds: WorldTables,
        (mut folder, started): (ResultFolder, &str),
        tell: Sender<Figures>,
        scope: &'scope Scope<'scope, '_>,
    ) -> Written<'scope> {
        let closing = scope.spawn(|| Ok(worlds.finish()?));
        let mut findings = base.finish(self.options.threads);
        sharp::tell_known(&mut findings, &known, &self.base.scenario);
        let data = figure_data::figure_data(&findings, &self.base.scenario, self.options.seed);
        // Who would draw them is gone only after a failure of its own.
        let _ = tell.send(Figures { folder: folder.folder().to_path_buf(), data });
        folder.add(&findings)?;
        folder.describe(&self.base.scenario, &self.base.resolved, started)?;
        Ok((folder, findings, closing))
    }

    fn draw_figures(&self, Figures { folder, data }: &Figures) -> Result<Vec<FileRecord>, Failure> {
        const FOLDER: &str = "figures";
        let records = figures::write_figures(&folder.join(FOLDER), data, self.lang)
            .map_err(|e| Failure::Io(format!("cannot write the figures: {e}")))?;
        let below = |record: FileRecord| FileRecord { path: format!("{FOLDER}/{}", record.path), ..record };
        Ok(records.into_iter().map(below).collect())
    }

    fn options(&self) -> Options {
        Options { twins: TWINS.min(self.options.replicates), ..self.options }
    }

    fn variant_replicates(&self) -> u64 {
        let part = (self.options.replicates / VARIANT_PART).max(LEAST_VARIANT);
        part.min(self.options.replicates)
    }

    /// Who is drawn one by one although the counts engine is asked, in words.
    fn one_by_one(&self) -> Vec<String> {
        match self.options.engine {
            Engine::Counts => terminal::one_by_one(&self.base.scenario, Lang::En),
            Engine::Individual => Vec::new(),
        }
    }

    fn record(&self, started: String, seconds: f64, quantile_error: f64) -> RunRecord {
        let options = self.options();
        RunRecord {
            question: Vec::new(),
            scenario: self.base.scenario.id.clone(),
            inputs: FileRecord::of_texts(&self.base.inputs_read),
            seed: options.seed,
            replicates: options.replicates,
            twins: options.twins,
            engine: self.engine_name.into(),
            quantile_error,
            sampling: self.sampling.name().into(),
            threads: options.threads,
            overrides: self.overrides.clone(),
            variants: self.base.variants.iter().map(|v| v.0.clone()).collect(),
            drawn_one_by_one: self.one_by_one(),
            no_finite_variance: terminal::no_finite_variance(&self.base.scenario),
            language: self.lang_name.into(),
            started,
            seconds,
        }
    }
}

fn simulate(
    (number, variant): (u32, &str),
    scenario: &Scenario,
    options: &Options,
    cancel: &AtomicBool,
    (keeper, progress): (&mut Keeper, &mut Progress),
    mut also: impl FnMut(&Block) -> Result<(), String>,
) -> Result<Collector, Failure> {
    let mut collector = Collector::new(scenario, variant, options.replicates);
    keeper.run(Part { number, scenario, options, worlds: None, cancel }, |event| {
        match event {
            Event::Block(block) => {
                also(block)?;
                collector.add(block);
                progress.add(block.replicates as u64);
            }
            Event::Twin(block) => collector.add_twin(block),
        }
        Ok(())
    })?;
    Ok(collector)
}

/// Works out what was found in a variant and adds it to what the variants `before` it gave.
fn write_variant<'scope>(
    drawn: Collector,
    threads: usize,
    before: ScopedJoinHandle<'scope, Written<'scope>>,
) -> Written<'scope> {
    let mut found = drawn.finish(threads);
    let (mut folder, mut findings, open) = joined(before)?;
    found.shift_from(&findings);
    folder.add(&found)?;
    findings.merge(found);
    Ok((folder, findings, open))
}

/// What a thread came to; its panic goes on here.
fn joined<T>(thread: ScopedJoinHandle<T>) -> T {
    thread.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))
}

/// A flag that Ctrl-C raises: the same whenever it is asked for.
///
/// # Errors
/// The signal cannot be watched.
pub fn cancel_on_interrupt() -> Result<Arc<AtomicBool>, Failure> {
    static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    if let Some(flag) = FLAG.get() {
        return Ok(flag.clone());
    }
    let flag = Arc::new(AtomicBool::new(false));
    let raised = flag.clone();
    ctrlc::set_handler(move || raised.store(true, Ordering::Relaxed))
        .map_err(|e| Failure::Internal(format!("cannot watch for Ctrl-C: {e}")))?;
    Ok(FLAG.get_or_init(|| flag).clone())
}

/// Now, in UTC, to the second.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Threads to use: what was asked for, or what the machine has.
pub fn threads(asked: usize) -> usize {
    if asked > 0 { asked } else { std::thread::available_parallelism().map_or(1, usize::from) }
}

/// People × replicates that are drawn one by one; beyond [`SLOW`] a run takes minutes.
pub fn people_drawn(scenario: &Scenario, engine: Engine, replicates: u64) -> f64 {
    if engine == Engine::Counts {
        let alone = crate::engine::alone::one_by_one(scenario);
        return ALONE * alone.iter().map(|o| o.people).sum::<f64>() * replicates as f64;
    }
    let (people, hit) = individual::people(scenario);
    (people + HIT * hit) * replicates as f64
}

/// Somebody who is hit takes as long as so many who are not,
const HIT: f64 = 20.0;
/// and somebody who claims a loss as so many.
const ALONE: f64 = 50.0;
/// People not hit that two threads draw in about a minute.
pub const SLOW: f64 = 2e10;

/// The engine of a name in a manifest.
pub fn engine_of(name: &str) -> Option<(Engine, &'static str)> {
    match name {
        "counts" => Some((Engine::Counts, "counts")),
        "individual" => Some((Engine::Individual, "individual")),
        _ => None,
    }
}

/// Folder of a scenario's results when none is given.
pub fn default_folder(scenario: &Scenario) -> PathBuf {
    Path::new("outputs").join(&scenario.id)
}
