//! `redress run`: one outage, several guidelines, one comparison.

use std::path::Path;

use super::args::{FormName, RunArgs};
use super::failure::colour;
use super::job::{self, Job};
use super::question::Keeping;
use super::values::factor;
use super::{Failure, print, print_rows, sharp};
use crate::engine::run::Options;
use crate::output::journal::Journal;
use crate::output::terminal::{self, Told};
use crate::output::{Choices, ResultFolder, tables};
use crate::scenario::{self, Folder, Library, LoadError, Loaded};
use crate::whatif::sharp::Sampling;

/// Runs a scenario and prints the comparison.
///
/// # Errors
/// The scenario is wrong, files cannot be read or written, or the run is interrupted.
pub fn run(args: &RunArgs) -> Result<(), Failure> {
    let set = with_guidelines(args)?;
    let mut base = scenario::load(&args.file, &set).map_err(|e| as_typed(e, args, &set))?;
    if !args.quiet && !base.warnings.is_empty() {
        talk!("{}", base.warnings.render(colour()));
    }
    let sampling = args.sampling.sampling();
    let precision = sharp::precision(args, &base.scenario)?;
    // Scrambled points of a variant are not those of the scenario as it stands: nothing could be told of its shift.
    let plain = sampling == Sampling::Plain;
    if !plain || args.no_variants {
        base.variants.clear();
    }
    warn_if_slow(args, &base.scenario);
    let folder = args.out.clone().unwrap_or_else(|| job::default_folder(&base.scenario));
    // Before the search for the number of replicates, so that no other run is at work there meanwhile.
    let opened = ResultFolder::open(&folder, Choices::default())?;
    let mut journal = journal(args, &base, &folder)?;
    let replicates = sharp::replicates(args, &base.scenario, precision, &mut Keeping::in_journal(&mut journal))?;
    let job = Job {
        base,
        options: Options {
            seed: args.seed,
            replicates,
            engine: args.engine.engine(),
            threads: job::threads(args.threads),
            ..Options::default()
        },
        sampling,
        engine_name: args.engine.name(),
        overrides: set,
        folder,
        lang: args.lang.lang(),
        lang_name: args.lang.name(),
        started: None,
        keep: args.keep,
        quiet: args.quiet,
    };
    let done = job.execute(opened)?;
    journal.finish()?;
    let told = Told { scenario: &job.base.scenario, run: &done.manifest.run, folder: &job.folder, lang: job.lang };
    match args.format {
        FormName::Table => print(&terminal::report(&done.findings, told))?,
        form => print_rows(&tables::everybody(&done.findings), form)?,
    }
    if args.brief {
        super::brief::write(&crate::brief::read(&job.folder)?, None, None, false)?;
    } else if let Some(old) = super::brief::there(&job.folder).filter(|_| !args.quiet) {
        let (old, folder) = (old.display(), job.folder.display());
        talk!("redress: {old} is of an earlier run; `redress brief {folder}` writes it anew");
    }
    Ok(())
}

/// What a search for the number of replicates has found so far.
fn journal(args: &RunArgs, base: &Loaded, folder: &Path) -> Result<Journal, Failure> {
    let RunArgs { seed, engine, sampling, precision, sharp, at_most, .. } = args;
    let asked = format!("{seed} {engine:?} {sampling:?} {precision:?} {sharp:?} {at_most}");
    Ok(Journal::open(folder, &format!("{}\n{asked}\n{}", env!("CARGO_PKG_VERSION"), base.resolved))?)
}

/// Mistakes in a guideline of the library that was asked for stand where its name was typed.
fn as_typed(e: LoadError, args: &RunArgs, set: &[String]) -> Failure {
    let LoadError::Invalid(report) = e else { return e.into() };
    let own = set.iter().skip(args.set.len()).zip(&args.guideline);
    let made: Vec<_> = own.map(|(made, name)| (made.clone(), format!("--guideline {name}"))).collect();
    Failure::Scenario(report.as_typed(&made))
}

/// The changes asked for, with those that bring guidelines of the library.
fn with_guidelines(args: &RunArgs) -> Result<Vec<String>, Failure> {
    let mut set = args.set.clone();
    if args.guideline.is_empty() {
        return Ok(set);
    }
    for (option, list, example) in
        [("--rate", &args.rate, "EUR=1430"), ("--price-level", &args.price_level, "EUR=0.75")]
    {
        let fine = |text: &&String| text.split_once('=').is_some_and(|(code, _)| scenario::is_currency(code.trim()));
        if let Some(wrong) = list.iter().find(|text| !fine(text)) {
            return Err(Failure::Usage(format!("`{wrong}` names no currency; write {option} {example}")));
        }
        for text in list {
            factor(option, text, example).map_err(Failure::Usage)?;
        }
    }
    let folder = Folder::beside(&args.file);
    let profile = match &args.filing {
        Some(p) => p.clone(),
        None => scenario::load(&args.file, &args.set)?.filing.first().map_or_else(String::new, |p| p.id.clone()),
    };
    let filing = if profile.is_empty() { String::new() } else { format!(", filing = \"{profile}\"") };
    for name in &args.guideline {
        let read = folder.read(name).map_err(Failure::Io)?;
        let Some((_, text)) = read else {
            let names = folder.names();
            let help = scenario::near_or_all(name, &names.iter().map(String::as_str).collect::<Vec<_>>());
            return Err(Failure::Usage(format!("there is no guideline `{name}` in the library; {help}")));
        };
        if !scenario::is_scheme(&text) {
            set.push(format!("guidelines.{name}={{ library = \"{name}\" }}"));
            continue;
        }
        let currency = scenario::scheme_currency(&text).unwrap_or_default();
        let stated = |key: &str, list: &[String]| {
            // As of `--set`, the last counts.
            let found = list.iter().filter_map(|r| r.split_once('=')).rfind(|(code, _)| code.trim() == currency);
            found.map_or_else(String::new, |(_, value)| format!(", {key} = {}", value.trim()))
        };
        let (rate, level) = (stated("rate", &args.rate), stated("price_level", &args.price_level));
        set.push(format!("guidelines.{name}={{ scheme = \"{name}\", partly = true{rate}{level}{filing} }}"));
    }
    Ok(set)
}

fn warn_if_slow(args: &RunArgs, scenario: &crate::model::Scenario) {
    let people = job::people_drawn(scenario, args.engine.engine(), args.replicates);
    if people > job::SLOW && !args.quiet {
        talk!(
            "redress: people are drawn one by one, which will take about {} minutes on two cores; --replicates sets how \
             many worlds",
            scenario::words::count((people / job::SLOW).ceil(), args.lang.lang())
        );
    }
}
