//! `redress backtest`: a folder of scenarios as known on the day, and what came later.

use std::path::{Path, PathBuf};

use super::Failure;
use super::args::BacktestArgs;
use super::failure::colour;
use super::question::Question;
use crate::model::{Lang, Text};
use crate::output::answer::Answer;
use crate::output::figures::learned as figures;
use crate::output::learned as tables;
use crate::output::terminal::learned as page;
use crate::scenario::{self, Diagnostic, LoadError, Loaded, Place, Report, TextFile};
use crate::whatif::backtest::{Forecast, forecast, score, summary};
use crate::whatif::calibrate::Failed;
use crate::whatif::posterior::Settings;

/// Replicates of each event unless told.
pub const REPLICATES: u64 = 10_000;
/// Folder of an answer in which the scenarios stand with everything filled in.
pub const SCENARIOS: &str = "scenarios";

/// Forecasts every event of a folder and scores the forecasts.
///
/// # Errors
/// The folder holds no scenario, one is wrong or has no `as_of` or no outcome, the answer cannot be written, or the run is
/// interrupted.
pub fn backtest(args: &BacktestArgs) -> Result<(), Failure> {
    let dir = &args.question.file;
    let events = load(dir, &args.question.set)?;
    for (_, event) in events.iter().filter(|(_, e)| !args.question.quiet && !e.warnings.is_empty()) {
        talk!("{}\n", event.warnings.render(colour()));
    }
    let mut question = Question::of(&args.question, together(dir, &events), "backtest", REPLICATES)?;
    let settings = Settings { seed: args.question.seed, ..Settings::default() };
    let mut progress = question.progress(question.options.replicates * events.len() as u64);
    let mut forecasts = Vec::new();
    for (file, event) in &events {
        let part = event.scenario.id.clone();
        let kept = question.journal.get(&part).and_then(|n| Forecast::from_numbers(&event.scenario, n));
        if let Some(kept) = kept {
            progress.add(question.options.replicates);
            forecasts.push(kept);
            continue;
        }
        // Where something was counted, it takes more runs than one, and nobody knows how many.
        let mut left = question.options.replicates;
        let mut hear = |n: u64| {
            let heard = n.min(left);
            left -= heard;
            progress.add(heard);
        };
        let found = forecast(&event.scenario, settings, question.options, &question.cancel, &mut hear)
            .map_err(|e| failed(&question, event, file, e))?;
        progress.add(left);
        question.journal.put(&part, &found.numbers())?;
        forecasts.push(found);
    }
    progress.finish();
    let lang = question.lang();
    let scored = score(&forecasts);
    let all = summary(&forecasts, &scored);
    let resolved = events.iter().map(|(_, e)| (format!("{SCENARIOS}/{}.toml", e.scenario.id), e.resolved.clone()));
    let answer = Answer {
        tables: vec![tables::backtest(&forecasts, &scored), tables::summary(&all)],
        page: page::backtest(&forecasts, &scored, &all, question.options, lang),
        figures: figures::backtest(&forecasts, &scored, &all, question.options.seed, lang),
        files: resolved.collect(),
    };
    question.answer(&answer)
}

/// The scenarios of a folder, in the order of their ids.
fn load(dir: &Path, set: &[String]) -> Result<Vec<(PathBuf, Loaded)>, Failure> {
    let cannot = |e: std::io::Error| Failure::Io(format!("cannot read the folder {}: {e}", dir.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.is_file() && path.extension().is_some_and(|e| e == "toml") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(Failure::Usage(format!("the folder {} holds no scenario (*.toml)", dir.display())));
    }
    let mut events: Vec<(PathBuf, Loaded)> = Vec::new();
    let mut wrong = Vec::new();
    for file in files {
        let event = match scenario::load(&file, set) {
            Ok(event) => event,
            Err(LoadError::Invalid(report)) => {
                wrong.push(report);
                continue;
            }
            Err(e) => return Err(e.into()),
        };
        if let Some(report) = lacks(&event) {
            wrong.push(report);
            continue;
        }
        if let Some((other, _)) = events.iter().find(|(_, e)| e.scenario.id == event.scenario.id) {
            let (a, b) = (other.display(), file.display());
            return Err(Failure::Usage(format!("{a} and {b} have the same id `{}`", event.scenario.id)));
        }
        events.push((file, event));
    }
    // The mistakes of all files at once; the last report is the failure.
    if let Some(last) = wrong.pop() {
        wrong.iter().for_each(|report| talk!("{}\n", report.render(colour())));
        return Err(Failure::Scenario(last));
    }
    events.sort_by(|a, b| a.1.scenario.id.cmp(&b.1.scenario.id));
    Ok(events)
}

/// A back-test needs a day of the forecast and something that came later: what of it a scenario lacks.
fn lacks(event: &Loaded) -> Option<Report> {
    let at_head = |message: &str, help: &str| {
        let mut d = Diagnostic::error(Place::default(), message);
        d.help(help);
        report(event, d)
    };
    if event.scenario.as_of.is_empty() {
        let help = "add as_of = 2022-10-18: the day before which everything in it was known";
        return Some(at_head("a scenario of a back-test says when its forecast was made", help));
    }
    if event.scenario.aftermath.outcomes.is_empty() {
        let help = "add [[outcome]] with measure, on, value and source";
        return Some(at_head("a scenario of a back-test says what came later", help));
    }
    None
}

fn report(event: &Loaded, d: Diagnostic) -> Report {
    let files = event.inputs_read.iter().map(|(name, text)| TextFile { name: name.clone(), text: text.clone() });
    Report::new(files.collect(), vec![d])
}

/// All events as one thing that was loaded, for the folder of the answer and its manifest.
fn together(dir: &Path, events: &[(PathBuf, Loaded)]) -> Loaded {
    let mut base = events[0].1.clone();
    let name = dir.file_name().map_or_else(|| "folder".into(), |n| n.to_string_lossy().into_owned());
    base.scenario.id = if name == SCENARIOS { "back-test".into() } else { name };
    base.scenario.title =
        Text::both(&format!("Back-test of {} events", events.len()), &format!("{}건의 사후 검증", events.len()));
    base.scenario.summary = Text::default();
    // Numbers know their sources by place: those of the first event stay where they are.
    let others = events[1..].iter().flat_map(|(_, e)| e.scenario.sources.clone());
    base.scenario.sources.extend(others);
    base.resolved = "# Each scenario of the back-test, with everything filled in.\n".to_string();
    for (_, e) in events {
        base.resolved += &format!("\n# {SCENARIOS}/{}.toml\n{}", e.scenario.id, e.resolved);
    }
    base.inputs_read = events.iter().flat_map(|(_, e)| e.inputs_read.clone()).collect();
    base.warnings = Report::default();
    base
}

fn failed(question: &Question<'_>, event: &Loaded, file: &Path, e: Failed) -> Failure {
    match e {
        Failed::Count(which, why) => {
            let after = &event.scenario.aftermath;
            let fitted: Vec<_> = after.observed.iter().filter(|o| o.error.is_some()).collect();
            let count = which.map_or_else(|i| after.outcomes.get(i), |i| fitted.get(i).copied());
            let text = event.inputs_read.first().map_or("", |(_, text)| text.as_str());
            let place = scenario::place(text, &count.map_or_else(String::new, |c| format!("{}.value", c.path)));
            let what = count.map_or("count", |c| c.measured.name);
            Failure::Scenario(report(event, Diagnostic::error(place, format!("`{what}` cannot be simulated: {why}"))))
        }
        Failed::Impossible => Failure::Usage(match question.lang() {
            Lang::En => format!("{}: no world comes near what was counted by then", file.display()),
            Lang::Ko => format!("{}: 그때까지의 집계에 가까운 상황이 없다", file.display()),
        }),
        Failed::Stopped(e) => question.stopped(e),
    }
}
