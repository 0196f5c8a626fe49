//! What the commands that put a question to a scenario share: their options, the folder of the answer, what is kept of it
//! when they are interrupted, and the forms in which it is printed.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use super::args::{FormName, QuestionArgs};
use super::failure::colour;
use super::progress::Progress;
use super::{Failure, job};
use crate::engine::run::{Options, Stopped};
use crate::model::{Lang, Scenario};
use crate::output::RunRecord;
use crate::output::answer::Answer;
use crate::output::datapackage::About;
use crate::output::journal::Journal;
use crate::output::manifest::FileRecord;
use crate::output::staging::{LAST, Staging};
use crate::scenario::{self, Loaded};
use crate::whatif::Interest;
use crate::whatif::kept::Kept;
use crate::whatif::sharp::{Sampling, first_dimensions};
use crate::whatif::vary::Origin;

/// Options that a file, a form or the machine have to do with, and not the answer; `true`: a value follows.
const ASIDE: [(&str, bool); 7] = [
    ("--set", true),
    ("--out", true),
    ("--format", true),
    ("--threads", true),
    ("--save", true),
    ("--quiet", false),
    ("-q", false),
];

/// The words of a command line that say what is asked. Changes are in the resolved scenario.
fn asked(words: impl Iterator<Item = String>, file: &Path) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut words = words.peekable();
    let mut file_seen = false;
    while let Some(word) = words.next() {
        let aside = ASIDE.iter().find(|(name, _)| word == *name || word.starts_with(&format!("{name}=")));
        match aside {
            Some((name, value)) => {
                if *value && word == *name {
                    words.next();
                }
            }
            None if !file_seen && Path::new(&word) == file => file_seen = true,
            None => out.push(word),
        }
    }
    out
}

/// A run with more numbers than this is kept only where drawing it again would take [`WORTH`].
const MANY: usize = 100_000;
/// See [`MANY`].
const WORTH: Duration = Duration::from_secs(1);

/// Keeps runs in the journal of a question.
pub struct Keeping<'j> {
    journal: &'j mut Journal,
    since: Instant,
}

impl Keeping<'_> {
    /// In a journal.
    pub fn in_journal(journal: &mut Journal) -> Keeping<'_> {
        Keeping { journal, since: Instant::now() }
    }
}

impl Kept for Keeping<'_> {
    fn get(&self, part: &str) -> Option<Vec<f64>> {
        self.journal.get(part).map(<[f64]>::to_vec)
    }

    fn put(&mut self, part: &str, numbers: &[f64]) -> Result<(), String> {
        let took = std::mem::replace(&mut self.since, Instant::now()).elapsed();
        if numbers.len() > MANY && took < WORTH {
            return Ok(());
        }
        self.journal.put(part, numbers).map_err(|e| e.to_string())
    }
}

/// A question being answered.
pub struct Question<'a> {
    args: &'a QuestionArgs,
    /// The scenario as it stands.
    pub base: Loaded,
    /// How to run it.
    pub options: Options,
    /// Raised by Ctrl-C.
    pub cancel: Arc<AtomicBool>,
    /// What is finished.
    pub journal: Journal,
    folder: PathBuf,
    staging: Staging,
    question: Vec<String>,
    started: String,
    clock: Instant,
}

impl<'a> Question<'a> {
    /// Loads the scenario and opens the folder of the answer, `outputs/<scenario>-<command>/` unless told.
    ///
    /// # Errors
    /// The scenario is wrong, the folder cannot be written, or another command is at work there.
    pub fn open(args: &'a QuestionArgs, command: &str, usual_replicates: u64) -> Result<Question<'a>, Failure> {
        let base = scenario::load(&args.file, &args.set)?;
        Question::of(args, base, command, usual_replicates)
    }

    /// As [`Question::open`], of something that is loaded already.
    ///
    /// # Errors
    /// As [`Question::open`].
    pub fn of(
        args: &'a QuestionArgs,
        base: Loaded,
        command: &str,
        usual_replicates: u64,
    ) -> Result<Question<'a>, Failure> {
        let clock = Instant::now();
        let started = args.again.as_ref().map_or_else(job::now, |a| a.started.clone());
        if !args.quiet && !base.warnings.is_empty() {
            talk!("{}", base.warnings.render(colour()));
        }
        let options = Options {
            seed: args.seed,
            replicates: args.replicates.unwrap_or(usual_replicates),
            threads: job::threads(args.threads),
            ..Options::default()
        };
        let folder = args.out.clone();
        let folder = folder.unwrap_or_else(|| Path::new("outputs").join(format!("{}-{command}", base.scenario.id)));
        let scenarios = folder.join(super::backtest::SCENARIOS);
        if command == "backtest" && scenarios.is_dir() && !folder.join(LAST).exists() {
            let what = "holds scenarios that no run of redress wrote; name another folder or an empty one";
            return Err(Failure::Io(format!("cannot write into {}: it {what}", scenarios.display())));
        }
        let staging = Staging::open(&folder)?;
        let question = match &args.again {
            Some(again) => again.question.clone(),
            None => asked(std::env::args().skip(1), &args.file),
        };
        let depends = format!(
            "{}\n{question:?}\n{} {} {}\n{}",
            env!("CARGO_PKG_VERSION"),
            options.seed,
            options.replicates,
            args.sampling.sampling().name(),
            base.resolved
        );
        let journal = Journal::open(&folder, &depends)?;
        if !args.quiet && !journal.is_empty() {
            talk!("redress: going on after {} finished parts", journal.len());
        }
        let cancel = job::cancel_on_interrupt()?;
        Ok(Question { args, base, options, cancel, journal, folder, staging, question, started, clock })
    }

    /// The scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.base.scenario
    }

    /// File and changes, to load it with others.
    pub fn origin(&self) -> Origin<'a> {
        Origin { file: &self.args.file, set: &self.args.set }
    }

    /// Language of the answer.
    pub fn lang(&self) -> Lang {
        self.args.lang.lang()
    }

    /// How worlds are drawn.
    pub fn sampling(&self) -> Sampling {
        self.args.sampling.sampling()
    }

    /// Quantities for the first dimensions of scrambled points, by what they do to some interests; none for plain sampling.
    ///
    /// # Errors
    /// The run is interrupted.
    pub fn first(&self, interests: &[Interest]) -> Result<Vec<String>, Failure> {
        match self.sampling() {
            Sampling::Plain => Ok(Vec::new()),
            _ => Ok(first_dimensions(self.scenario(), interests, self.options, &self.cancel)?),
        }
    }

    /// A bar for so many replicates in all.
    pub fn progress(&self, replicates: u64) -> Progress {
        Progress::new(replicates, self.args.quiet)
    }

    /// What an interruption means: what is finished stays.
    pub fn stopped(&self, e: Stopped) -> Failure {
        match e {
            Stopped::Cancelled if !self.journal.is_empty() => Failure::Paused(format!(
                "interrupted; {} finished parts are kept in {}, the same command goes on from there",
                self.journal.len(),
                self.folder.display()
            )),
            other => other.into(),
        }
    }

    /// Writes the answer into its folder and prints it.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn answer(self, answer: &Answer) -> Result<(), Failure> {
        let sampling = self.sampling().name().into();
        let record = RunRecord {
            question: self.question,
            scenario: self.base.scenario.id.clone(),
            inputs: FileRecord::of_texts(&self.base.inputs_read),
            seed: self.options.seed,
            replicates: self.options.replicates,
            engine: "counts".into(),
            sampling,
            threads: self.options.threads,
            overrides: self.args.set.clone(),
            language: self.args.lang.name().into(),
            started: self.started,
            seconds: self.clock.elapsed().as_secs_f64(),
            ..RunRecord::default()
        };
        let mut about = About::scenario(&self.base.scenario, &record.started);
        // The scenarios of a back-test stand in another folder when it is run again, and it must come out the same.
        if record.question.first().is_some_and(|word| word == "backtest") {
            about.name = "back-test";
        }
        answer.publish(self.staging, about, &self.base.resolved, record.clone())?;
        self.journal.finish()?;
        if self.args.again.is_some() {
            return Ok(());
        }
        let bytes = answer.bytes(self.args.format.form())?;
        super::print_bytes(&bytes)?;
        if self.args.format == FormName::Table && !self.args.quiet {
            let words = match self.args.lang.lang() {
                Lang::En => "Files",
                Lang::Ko => "파일",
            };
            super::print(&format!("\n{words}: {}\n", self.folder.display()))?;
        }
        Ok(())
    }
}
