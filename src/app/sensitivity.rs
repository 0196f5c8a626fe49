//! `redress sensitivity`: which uncertain quantities matter, by a design or from a run already made.

use super::Failure;
use super::args::{QuestionArgs, SensitivityArgs};
use super::question::{Keeping, Question};
use crate::output::answer::Answer;
use crate::output::figures::tornado as figure;
use crate::output::terminal::sensitivity as page;
use crate::output::{RESOLVED, drawn, sensitivity as tables};
use crate::whatif::Look;
use crate::whatif::sensitivity::run::{Asked, least_runs, looked, sensitivity as work_out};
use crate::whatif::sensitivity::{GivenRow, given_data};

/// Rows of the design unless told.
pub const ROWS: u64 = 1024;

/// Works out what matters.
///
/// # Errors
/// The scenario, the folder or a look is wrong; the answer cannot be written; or the run is interrupted.
pub fn sensitivity(args: &SensitivityArgs) -> Result<(), Failure> {
    if args.question.file.is_dir() { from_folder(args) } else { by_design(args) }
}

/// The looks asked for; one that names no guideline stands for every one.
fn looks(args: &SensitivityArgs, question: &Question<'_>) -> Result<Vec<Look>, Failure> {
    let scenario = question.scenario();
    let usual = ["mean(cost)".to_string()];
    let words = if args.look.is_empty() { &usual[..] } else { &args.look[..] };
    let mut all: Vec<Look> = Vec::new();
    for word in words {
        for g in 0..scenario.guidelines.len() {
            let look = Look::parse(word, scenario, Some(g)).map_err(Failure::Usage)?.settled([scenario]);
            if !all.contains(&look) {
                all.push(look);
            }
        }
    }
    Ok(all)
}

fn by_design(args: &SensitivityArgs) -> Result<(), Failure> {
    let mut question = Question::open(&args.question, "sensitivity", ROWS)?;
    let looks = looks(args, &question)?;
    let rows = 1u64 << (u64::BITS - 1 - question.options.replicates.max(2).leading_zeros());
    let mut progress = question.progress(least_runs(rows));
    let options = crate::engine::run::Options { replicates: rows, ..question.options };
    let Question { base, cancel, journal, .. } = &mut question;
    let asked = Asked { looks: &looks, options, all: args.all, expected: args.expected, cancel };
    let mut kept = Keeping::in_journal(journal);
    let found = work_out(&base.scenario, asked, &mut kept, &mut |n| progress.add(n)).map_err(|e| match e {
        crate::engine::run::Stopped::Refused(reason) => Failure::Usage(reason),
        other => question.stopped(other),
    })?;
    progress.finish();
    let scenario = question.scenario();
    let told = page::Told { scenario, rows, seed: options.seed, lang: question.lang() };
    let answer = Answer {
        tables: vec![tables::indices(&looks, &found, scenario), tables::tornado(&looks, &found, scenario)],
        page: page::indices(&looks, &found, told),
        figures: figure::tornado(told, &looks, &found),
        files: Vec::new(),
    };
    question.answer(&answer)
}

fn from_folder(args: &SensitivityArgs) -> Result<(), Failure> {
    let folder = &args.question.file;
    let wrong = |option: &str| {
        Failure::Usage(format!(
            "{option} asks for new worlds, and {} is a run already made: give its scenario",
            folder.display()
        ))
    };
    for (given, option) in [
        (!args.question.set.is_empty(), "--set"),
        (args.question.replicates.is_some(), "--replicates"),
        (args.all, "--all"),
        (args.expected, "--expected"),
    ] {
        if given {
            return Err(wrong(option));
        }
    }
    let made = drawn::manifest(folder)?;
    let own = &args.question;
    let of_run = QuestionArgs {
        file: folder.join(RESOLVED),
        set: Vec::new(),
        replicates: Some(made.run.replicates),
        sampling: own.sampling,
        seed: made.run.seed,
        threads: own.threads,
        out: own.out.clone(),
        format: own.format,
        lang: own.lang,
        quiet: own.quiet,
        again: own.again.clone(),
    };
    let question = Question::open(&of_run, "sensitivity", made.run.replicates)?;
    let looks = looks(args, &question)?;
    let scenario = question.scenario();
    let worlds = drawn::worlds(folder, scenario)?;
    let amount = scenario.budget.as_ref().map(|b| b.amount);
    let each = worlds.chunks_exact(scenario.quantities.list.len().max(1));
    let budgets: Vec<f64> = amount.map(|q| each.map(|world| q.of(world)).collect()).unwrap_or_default();
    let found: Result<Vec<Vec<GivenRow>>, Failure> = looks
        .iter()
        .map(|look| {
            let y = looked(look, &drawn::measure(folder, scenario, &look.interest)?, &budgets);
            Ok(given_data(scenario, &worlds, &y, made.run.seed))
        })
        .collect();
    let found = found?;
    let told = page::Told { scenario, rows: made.run.replicates, seed: made.run.seed, lang: question.lang() };
    let answer = Answer {
        tables: vec![tables::given(&looks, &found, scenario)],
        page: page::given(&looks, &found, told),
        figures: Vec::new(),
        files: Vec::new(),
    };
    question.answer(&answer)
}
