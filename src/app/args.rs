//! The command line as it is typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::engine::run::Engine;
use crate::model::Lang;

/// Simulates an outage and what each draft compensation guideline would pay, to whom and at what cost.
#[derive(Debug, Parser)]
#[command(name = "redress", version, propagate_version = true)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a scenario: compare its guidelines, write tables and figures
    Run(RunArgs),
    /// Run the scenario of a result folder again and compare the files bit for bit
    Rerun(RerunArgs),
    /// Check a scenario and report every mistake at its place
    Check(FileArgs),
    /// Explain a scenario and its guidelines, or a scheme, in plain sentences
    Show(ShowArgs),
    /// Decide one case under a scheme, or a table of them, and tell why
    Award(AwardArgs),
    /// Show who files at which burden: the evidence, the curves fitted to it, and forecasts held against what happened
    Takeup(TakeupArgs),
    /// Write the briefing of a result folder: a page, a workbook, one sheet, PDF
    Brief(BriefArgs),
    /// Tell where a number of a result folder comes from, down to its sources
    Explain(ExplainArgs),
    /// Print the JSON Schema of scenario files, for editors
    Schema,
}

/// Arguments of `run`.
#[derive(Debug, clap::Args)]
pub struct RunArgs {
    /// Scenario file
    pub file: PathBuf,
    /// Number of replicates (possible worlds)
    #[arg(long, short = 'n', default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..))]
    pub replicates: u64,
    /// Seed of the random streams
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Engine
    #[arg(long, value_enum, default_value_t = EngineName::Counts)]
    pub engine: EngineName,
    /// Threads; 0: as many as the machine has. Results do not depend on it
    #[arg(long, default_value_t = 0)]
    pub threads: usize,
    /// Replace a value of the scenario, in the words of the file: --set 'budget.amount=30 bn KRW'
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// Compare another guideline or scheme of the library as well, as far as the scenario knows its facts: --guideline
    /// uk-ofcom-autocomp
    #[arg(long, value_name = "NAME")]
    pub guideline: Vec<String>,
    /// The scenario's money for one unit of a scheme's: --rate EUR=1430
    #[arg(long, value_name = "CODE=RATE")]
    pub rate: Vec<String>,
    /// Prices here relative to those where a scheme holds, at that rate (1: the same): its sums then mean the same to
    /// people. --price-level EUR=0.75
    #[arg(long, value_name = "CODE=LEVEL")]
    pub price_level: Vec<String>,
    /// Take-up profile of the scenario for claims under guidelines that --guideline adds [default: the first]
    #[arg(long, value_name = "PROFILE")]
    pub filing: Option<String>,
    /// Result folder [default: outputs/<scenario>/]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Language of the table and the figures
    #[arg(long, value_enum, default_value_t = LangName::En)]
    pub lang: LangName,
    /// Leave out the scenario's variants
    #[arg(long)]
    pub no_variants: bool,
    /// Write the briefing as well, in English and Korean
    #[arg(long)]
    pub brief: bool,
    /// Say nothing but the result
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `brief`.
#[derive(Debug, clap::Args)]
pub struct BriefArgs {
    /// Result folder of a run
    pub folder: PathBuf,
    /// One language [default: both, with a switch]
    #[arg(long, value_enum)]
    pub lang: Option<LangName>,
    /// The page; workbook, sheet and PDF go beside it [default: briefing.html in the result folder]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Print briefing and sheet to PDF with an installed Chromium, Chrome or Edge
    #[arg(long)]
    pub pdf: bool,
}

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// Result folder of a run
    pub folder: PathBuf,
    /// Measure and statistic: payout.p95, coverage.mean
    pub figure: String,
    /// Guideline
    #[arg(long, value_name = "ID")]
    pub guideline: Option<String>,
    /// Cohort [default: everybody]
    #[arg(long, value_name = "ID")]
    pub cohort: Option<String>,
    /// Language
    #[arg(long, value_enum, default_value_t = LangName::En)]
    pub lang: LangName,
}

/// Arguments of `rerun`.
#[derive(Debug, clap::Args)]
pub struct RerunArgs {
    /// Result folder of an earlier run
    pub folder: PathBuf,
    /// Keep the new results here instead of throwing them away after the comparison
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Threads; 0: as many as the machine has
    #[arg(long, default_value_t = 0)]
    pub threads: usize,
}

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct FileArgs {
    /// Scenario file
    pub file: PathBuf,
    /// Replace a value of the scenario, in the words of the file
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
}

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// Scenario file; or a scheme: a file, or a name in scenarios/guidelines/
    pub file: PathBuf,
    /// Another scheme: tell what differs, `-` only in the first, `+` only in this one
    #[arg(long, value_name = "SCHEME", conflicts_with = "set")]
    pub against: Option<PathBuf>,
    /// Replace a value of the scenario, in the words of the file
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// Language
    #[arg(long, value_enum, default_value_t = LangName::En)]
    pub lang: LangName,
}

/// Arguments of `award`.
#[derive(Debug, clap::Args)]
pub struct AwardArgs {
    /// Scheme: a file, or a name in scenarios/guidelines/
    pub scheme: PathBuf,
    /// A fact of the case: --case fee_month=60EUR --case 'outages=[2 h, 3 h]'
    #[arg(long, value_name = "FACT=VALUE")]
    pub case: Vec<String>,
    /// Table of cases (CSV): a column for each fact, and `version` or `on` if wanted
    #[arg(long, value_name = "FILE", conflicts_with = "case")]
    pub cases: Option<PathBuf>,
    /// Version of the scheme [default: the latest]
    #[arg(long)]
    pub version: Option<String>,
    /// Date of the case: the version in force then
    #[arg(long, value_name = "DATE", conflicts_with = "version")]
    pub on: Option<String>,
    /// Language
    #[arg(long, value_enum, default_value_t = LangName::En)]
    pub lang: LangName,
}

/// Arguments of `takeup`.
#[derive(Debug, clap::Args)]
pub struct TakeupArgs {
    /// Leave out the evidence of a study or event: --without kt-2018
    #[arg(long, value_name = "STUDY")]
    pub without: Option<String>,
    /// Forecast KT's and Kakao's merchants, each from the evidence without it, beside what happened
    #[arg(long, conflicts_with = "without")]
    pub forecast: bool,
    /// Write the figure (SVG and PNG) and the profiles (TOML, in hours of wage) into this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Language
    #[arg(long, value_enum, default_value_t = LangName::En)]
    pub lang: LangName,
}

/// Engines by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EngineName {
    /// Counts: a cost that does not grow with the number of people
    Counts,
    /// Every person drawn explicitly: slow, the proof of the other
    Individual,
}

impl EngineName {
    /// The engine.
    pub fn engine(self) -> Engine {
        match self {
            EngineName::Counts => Engine::Counts,
            EngineName::Individual => Engine::Individual,
        }
    }

    /// Its name in manifests.
    pub fn name(self) -> &'static str {
        match self {
            EngineName::Counts => "counts",
            EngineName::Individual => "individual",
        }
    }
}

/// Languages by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangName {
    /// English
    En,
    /// Korean
    Ko,
}

impl LangName {
    /// The language.
    pub fn lang(self) -> Lang {
        match self {
            LangName::En => Lang::En,
            LangName::Ko => Lang::Ko,
        }
    }

    /// Its name in manifests.
    pub fn name(self) -> &'static str {
        match self {
            LangName::En => "en",
            LangName::Ko => "ko",
        }
    }
}
