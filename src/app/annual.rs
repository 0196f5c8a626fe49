//! `redress annual`: years of a company; or the fit of durations on its own.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::args::{AnnualArgs, AnnualForm, LangName};
use super::failure::colour;
use super::progress::Progress;
use super::{Failure, job, print, print_bytes};
use crate::annual::draw::{BLOCK, Plan, TWINS};
use crate::annual::findings::{YearCollector, YearFindings};
use crate::annual::{Block, fit, saved};
use crate::engine::blocks::in_order;
use crate::engine::run::Stopped;
use crate::output::annual::{self as tables, Form, RESOLVED};
use crate::output::datapackage::About;
use crate::output::digest;
use crate::output::figures::annual::{YearFigure, YearKind, svg};
use crate::output::figures::{durations, write_one};
use crate::output::manifest::{FileRecord, Manifest, RunRecord};
use crate::output::staging::Staging;
use crate::output::terminal::annual as page;
use crate::scenario::{self, LoadedCompany};

/// Most events that are kept one by one.
const MOST_EVENTS: f64 = 5e6;
/// File of finished work in the result folder while it is not complete.
const UNFINISHED: &str = "annual.unfinished";
/// Finished work is saved at once and then so often.
const SAVED_EVERY: Duration = Duration::from_secs(2);
/// Samples for the chances of a fit's distances.
const SAMPLES: usize = 400;

/// Simulates a company's years, or fits durations.
///
/// # Errors
/// The file is wrong, files cannot be read or written, or the run is interrupted.
pub fn annual(args: &AnnualArgs) -> Result<(), Failure> {
    if args.schema {
        let text = serde_json::to_string_pretty(&scenario::company_schema())
            .map_err(|e| Failure::Internal(format!("the schema cannot be written: {e}")))?;
        return print(&format!("{text}\n"));
    }
    let file = args.file.as_deref().ok_or_else(|| Failure::Usage("a company file is needed".into()))?;
    if args.fit { fitted(args, file) } else { years(args, file) }
}

fn fitted(args: &AnnualArgs, file: &Path) -> Result<(), Failure> {
    let lang = args.lang.lang();
    let text = fs::read_to_string(file).map_err(|e| Failure::Io(format!("{}: {e}", file.display())))?;
    let only = args
        .only
        .iter()
        .map(|o| o.split_once('=').ok_or_else(|| Failure::Usage(format!("`{o}` is not of the form column=word"))));
    let only: Vec<(&str, &str)> = only.collect::<Result<_, _>>()?;
    let values = scenario::observed(&text, &args.column, &only)
        .map_err(|(what, help)| Failure::Usage(format!("{}: {what}; {help}", file.display())))?;
    let Some(found) = fit::fit(&values) else {
        let what = format!("{}: no body and tail can be fitted to {} durations", file.display(), values.len());
        return Err(Failure::Usage(format!("{what}; at least {} are needed", crate::model::company::LEAST_OBSERVED)));
    };
    // Before anything is told, so that a folder that will not do is known at once.
    let staging = args.out.as_deref().map(Staging::open).transpose()?;
    let chances = fit::chances(&found, SAMPLES, args.seed);
    let again = fit::resampled(&values, SAMPLES, args.seed, "durations");
    let frame = tables::fit_table(&found, &chances, &again);
    match args.format {
        AnnualForm::Csv => print(&frame.csv())?,
        AnnualForm::Json => print(&format!("{:#}\n", tables::rows_json(&frame)))?,
        AnnualForm::Parquet => print_bytes(&frame.parquet()?)?,
        AnnualForm::Table => print(&page::fit(&found, &chances, &again, &values, lang))?,
    }
    let Some(staging) = staging else { return Ok(()) };
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let inputs = vec![FileRecord::of_bytes(&name, text.as_bytes())];
    let record = RunRecord { engine: "durations".into(), ..record(args, "durations", inputs, &job::now(), 0.0) };
    let title = format!("Fit of the durations of {name}");
    let about = About { name: "durations", title: &title, description: "", sources: &[], created: &record.started };
    tables::write_all(&[frame], form(args.format), about, &staging)?;
    let svg = durations::svg(&found, &values, &name, lang);
    write_one(&staging.folder().join("figures"), "durations", &svg)
        .map_err(|e| Failure::Io(format!("cannot write the figure: {e}")))?;
    Manifest::of(&staging, &[], record, &text)?.write(&staging)?;
    Ok(staging.publish()?)
}

fn form(format: AnnualForm) -> Form {
    if format == AnnualForm::Parquet { Form::Parquet } else { Form::Csv }
}

fn record(args: &AnnualArgs, id: &str, inputs: Vec<FileRecord>, started: &str, seconds: f64) -> RunRecord {
    RunRecord {
        scenario: id.into(),
        inputs,
        seed: args.seed,
        replicates: args.years,
        twins: TWINS.min(args.years),
        engine: "annual".into(),
        threads: job::threads(args.threads),
        overrides: changes(args),
        language: args.lang.name().into(),
        started: started.into(),
        seconds,
        ..RunRecord::default()
    }
}

/// The changes asked for, reserves and layers among them, in the words of `--set`.
fn changes(args: &AnnualArgs) -> Vec<String> {
    let mut set = args.set.clone();
    for (i, terms) in args.layer.iter().enumerate() {
        let name = if args.layer.len() == 1 { "layer".into() } else { format!("layer-{}", i + 1) };
        set.push(format!(
            "insurance.{name}={{ title = {{ en = \"As asked\", ko = \"요청한 층\" }}, layers = [{{ {terms} }}] }}"
        ));
    }
    set
}

fn years(args: &AnnualArgs, file: &Path) -> Result<(), Failure> {
    let clock = Instant::now();
    let folder = |id: &str| args.out.clone().unwrap_or_else(|| Path::new("outputs").join(id));
    let (loaded, found, _) = drawn_into(args, file, &job::now(), folder)?;
    let (company, lang) = (&loaded.company, args.lang.lang());
    match args.format {
        AnnualForm::Csv => print(&tables::main_table(company, &found).csv()),
        AnnualForm::Json => print(&format!("{:#}\n", tables::json(company, &found))),
        AnnualForm::Parquet => print_bytes(&tables::main_table(company, &found).parquet()?),
        AnnualForm::Table => {
            let seconds = clock.elapsed().as_secs_f64();
            print(&page::report(company, &found, lang))?;
            print(&page::made(args.years, args.seed, seconds, &folder(&company.id), lang))
        }
    }
}

/// Draws the years of a result folder again, into another one.
///
/// # Errors
/// As [`annual`].
pub fn again(run: &RunRecord, artefacts: &[FileRecord], resolved: &Path, out: &Path) -> Result<Manifest, Failure> {
    let wrote = |name: &str| artefacts.iter().any(|f| f.path.starts_with(name));
    let args = AnnualArgs {
        file: None,
        years: run.replicates,
        seed: run.seed,
        threads: 0,
        set: Vec::new(),
        reserve: Vec::new(),
        layer: Vec::new(),
        fit: false,
        column: String::new(),
        only: Vec::new(),
        out: None,
        format: if wrote("key_figures.parquet") { AnnualForm::Parquet } else { AnnualForm::Table },
        no_events: !wrote("ord/gul_S2_splt"),
        lang: if run.language == "ko" { LangName::Ko } else { LangName::En },
        quiet: true,
        schema: false,
    };
    Ok(drawn_into(&args, resolved, &run.started, |_| out.to_path_buf())?.2)
}

/// Draws the years of a company and writes their folder.
fn drawn_into(
    args: &AnnualArgs,
    file: &Path,
    started: &str,
    folder: impl Fn(&str) -> PathBuf,
) -> Result<(LoadedCompany, YearFindings, Manifest), Failure> {
    let clock = Instant::now();
    let loaded = scenario::load_company(file, &changes(args), &args.reserve)?;
    if !args.quiet && !loaded.warnings.is_empty() {
        talk!("{}", loaded.warnings.render(colour()));
    }
    let company = &loaded.company;
    let folder = folder(&company.id);
    let cancel = job::cancel_on_interrupt()?;
    let staging = Staging::open(&folder)?;
    let found = drawn(args, &loaded, &folder, &cancel)?;
    tables::write(company, &found, form(args.format), started, &staging)?;
    let figure = YearFigure { company, found: &found, seed: args.seed };
    for kind in YearKind::ALL.into_iter().filter(|k| *k != YearKind::Insurance || !company.programmes.is_empty()) {
        write_one(&staging.folder().join("figures"), kind.file_name(), &svg(kind, figure, args.lang.lang()))
            .map_err(|e| Failure::Io(format!("cannot write the figures: {e}")))?;
    }
    staging.write(RESOLVED, loaded.resolved.as_bytes())?;
    let inputs = FileRecord::of_texts(&loaded.inputs_read);
    let record = record(args, &company.id, inputs, started, clock.elapsed().as_secs_f64());
    let manifest = Manifest::of(&staging, &[], record, &loaded.resolved)?;
    manifest.write(&staging)?;
    staging.publish()?;
    remove(&folder.join(UNFINISHED))?;
    Ok((loaded, found, manifest))
}

/// Draws the years, beginning with those that an interrupted run left.
fn drawn(
    args: &AnnualArgs,
    loaded: &LoadedCompany,
    folder: &Path,
    cancel: &Arc<AtomicBool>,
) -> Result<YearFindings, Failure> {
    let company = &loaded.company;
    let plan = Plan::new(company, args.seed).map_err(Failure::Internal)?;
    let expected: f64 = (0..company.causes.len()).map(|c| crate::annual::independent::count(company, c).mean()).sum();
    let keep = !args.no_events && expected * args.years as f64 <= MOST_EVENTS;
    if !keep && !args.no_events && !args.quiet {
        talk!("redress: so many events are not kept one by one; there will be no table of them");
    }
    let mut collector = YearCollector::new(company, keep);
    let mut unfinished = Unfinished::open(folder, args, loaded)?;
    let mut progress = Progress::of("years", args.years, args.quiet);
    let mut next = 0;
    for block in std::mem::take(&mut unfinished.before) {
        progress.add(block.years as u64);
        collector.add(&block);
        next += 1;
    }
    if next > 0 && !args.quiet {
        talk!("redress: going on after {} years that an earlier run has drawn", collector.years());
    }
    let blocks = args.years.div_ceil(BLOCK);
    let outcome = in_order(
        next..blocks,
        job::threads(args.threads),
        cancel,
        |b| plan.block(b, args.years),
        |_, block| {
            collector.add(&block);
            progress.add(block.years as u64);
            unfinished.take(&block, blocks > KEPT_FROM).map_err(|e| e.to_string())
        },
    );
    progress.finish();
    match outcome {
        Err(Stopped::Cancelled) => {
            unfinished.save().map_err(|e| Failure::Io(e.to_string()))?;
            if cancel.load(Ordering::Relaxed) && !args.quiet {
                talk!("redress: {} years are kept; the same command goes on from there", collector.years());
            }
            Err(Failure::Stopped)
        }
        other => {
            other?;
            Ok(collector.finish())
        }
    }
}

/// Runs of fewer blocks are not worth keeping.
const KEPT_FROM: u64 = 8;

/// Finished work of a run that is not complete.
struct Unfinished {
    path: PathBuf,
    /// What must be the same for finished work to be of use.
    key: String,
    /// Blocks that an earlier run has left.
    before: Vec<Block>,
    /// Bytes that are not saved yet.
    waiting: Vec<u8>,
    begun: bool,
    last: Instant,
}

impl Unfinished {
    fn open(folder: &Path, args: &AnnualArgs, loaded: &LoadedCompany) -> Result<Unfinished, Failure> {
        let path = folder.join(UNFINISHED);
        let what = format!("{}\n{}\n{}\n{}", env!("CARGO_PKG_VERSION"), args.seed, args.years, loaded.resolved);
        let key = format!("redress annual {}\n", digest::of_bytes(what.as_bytes()));
        let before = match fs::read(&path) {
            Ok(bytes) if bytes.starts_with(key.as_bytes()) => saved::blocks(&bytes[key.len()..]),
            _ => Vec::new(),
        };
        let mut unfinished = Unfinished { path, key, before, waiting: Vec::new(), begun: false, last: Instant::now() };
        // What is read is written again, so that a block cut off in the middle is gone.
        if unfinished.before.is_empty() {
            remove(&unfinished.path)?;
        } else {
            unfinished.waiting = unfinished.before.iter().flat_map(saved::bytes).collect();
            unfinished.save().map_err(|e| Failure::Io(e.to_string()))?;
        }
        Ok(unfinished)
    }

    fn take(&mut self, block: &Block, worth: bool) -> std::io::Result<()> {
        if !worth {
            return Ok(());
        }
        self.waiting.extend(saved::bytes(block));
        if !self.begun || self.last.elapsed() > SAVED_EVERY { self.save() } else { Ok(()) }
    }

    fn save(&mut self) -> std::io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let mut file = match self.begun {
            true => File::options().append(true).open(&self.path)?,
            false => {
                let mut file = File::create(&self.path)?;
                file.write_all(self.key.as_bytes())?;
                file
            }
        };
        file.write_all(&self.waiting)?;
        (self.begun, self.last) = (true, Instant::now());
        self.waiting.clear();
        Ok(())
    }
}

fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::Io(format!("cannot remove {}: {e}", path.display())))
        }
        _ => Ok(()),
    }
}
