//! `redress run`: one outage, several guidelines, one comparison.

use super::args::{EngineName, RunArgs};
use super::failure::colour;
use super::job::{self, Job};
use super::{Failure, print};
use crate::engine::run::Options;
use crate::output::terminal::{self, Told};
use crate::scenario;

/// Runs a scenario and prints the comparison.
///
/// # Errors
/// The scenario is wrong, files cannot be read or written, or the run is interrupted.
pub fn run(args: &RunArgs) -> Result<(), Failure> {
    let base = scenario::load(&args.file, &args.set)?;
    if !args.quiet && !base.warnings.is_empty() {
        eprintln!("{}", base.warnings.render(colour()));
    }
    let wanted = base.scenario.variants.iter().filter(|_| !args.no_variants).map(|v| &v.id);
    let variants = job::load_variants(&args.file, &args.set, wanted)?;
    warn_if_slow(args, &base.scenario);
    let folder = args.out.clone().unwrap_or_else(|| job::default_folder(&base.scenario));
    let job = Job {
        base,
        variants,
        options: Options {
            seed: args.seed,
            replicates: args.replicates,
            engine: args.engine.engine(),
            threads: job::threads(args.threads),
            ..Options::default()
        },
        engine_name: args.engine.name(),
        overrides: args.set.clone(),
        folder,
        lang: args.lang.lang(),
        lang_name: args.lang.name(),
        started: None,
        quiet: args.quiet,
    };
    let done = job.execute()?;
    let told = Told { scenario: &job.base.scenario, run: &done.manifest.run, folder: &job.folder, lang: job.lang };
    print(&terminal::report(&done.findings, told))
}

fn warn_if_slow(args: &RunArgs, scenario: &crate::model::Scenario) {
    let people = job::people_drawn(scenario, args.replicates);
    if args.engine == EngineName::Individual && people > job::SLOW && !args.quiet {
        eprintln!(
            "redress: the individual engine will draw {} people, about {:.0} minutes on two cores; --replicates sets \
             how many worlds",
            scenario::words::count(people, args.lang.lang()),
            people / job::SLOW
        );
    }
}
