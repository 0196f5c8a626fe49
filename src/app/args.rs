//! The command line as it is typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use super::values::{change, of_design, of_each_run, seed, threads, whole};
use super::{backtest, calibrate, sensitivity, solve, sweep};
use crate::engine::run::Engine;
use crate::model::Lang;
use crate::output::answer::Form;
use crate::whatif::sharp::Sampling;

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
    /// Results over values of one or two quantities, in the same worlds
    Sweep(SweepArgs),
    /// The value of a quantity at which a statement about the results turns true
    Solve(SolveArgs),
    /// Simulate years of a company: outages by cause, guidelines that cumulate, reserves and insurance
    Annual(AnnualArgs),
    /// Which uncertain quantities make the results vary: of a scenario, or of a run already made
    Sensitivity(SensitivityArgs),
    /// What is known of the uncertain quantities once something was counted, and the prediction that goes on from there
    Calibrate(CalibrateArgs),
    /// Forecasts from what was known on a day, set against what came later: a folder of scenarios
    Backtest(BacktestArgs),
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
    #[arg(long, short = 'n', default_value_t = 10_000, allow_negative_numbers = true, value_parser = |text: &str| whole(text, 1))]
    pub replicates: u64,
    /// Seed of the random streams
    #[arg(long, default_value_t = 1, allow_negative_numbers = true, value_parser = seed)]
    pub seed: u64,
    /// Engine
    #[arg(long, value_enum, default_value_t = EngineName::Counts)]
    pub engine: EngineName,
    /// Threads; 0: as many as the machine has. Results do not depend on it
    #[arg(long, default_value_t = 0, allow_negative_numbers = true, value_parser = threads)]
    pub threads: usize,
    /// Replace a value of the scenario, in the words of the file: --set 'budget.amount=30 bn KRW'
    #[arg(long, value_name = "PATH=VALUE", value_parser = change)]
    pub set: Vec<String>,
    /// Compare another guideline or scheme of the library as well, as far as the scenario knows its facts: --guideline
    /// uk-ofcom-autocomp
    #[arg(long, value_name = "NAME")]
    pub guideline: Vec<String>,
    /// The scenario's money for one unit of a scheme's: --rate EUR=1430
    #[arg(long, value_name = "CODE=RATE", requires = "guideline")]
    pub rate: Vec<String>,
    /// Prices here relative to those where a scheme holds, at that rate (1: the same): its sums then mean the same to
    /// people. --price-level EUR=0.75
    #[arg(long, value_name = "CODE=LEVEL", requires = "guideline")]
    pub price_level: Vec<String>,
    /// Take-up profile of the scenario for claims under guidelines that --guideline adds [default: the first]
    #[arg(long, value_name = "PROFILE", requires = "guideline")]
    pub filing: Option<String>,
    /// Result folder [default: outputs/<scenario>/]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Language of the table and the figures
    #[arg(long, value_enum, default_value_t = LangName::En)]
    pub lang: LangName,
    /// How worlds are drawn
    #[arg(long, value_enum, default_value_t = SamplingName::Plain)]
    pub sampling: SamplingName,
    /// As many replicates as it takes for a result to have a 95 % half-width below this share of it: --precision 1%
    #[arg(long, value_name = "SHARE", conflicts_with = "replicates")]
    pub precision: Option<String>,
    /// What must be that sharp: --sharp 'mean(cost)' [default: mean(payout) of each guideline]
    #[arg(long, value_name = "LOOK", requires = "precision")]
    pub sharp: Vec<String>,
    /// Most replicates that --precision may take
    #[arg(long, value_name = "REPLICATES", default_value_t = 1_000_000, allow_negative_numbers = true, value_parser = |text: &str| whole(text, 1))]
    pub at_most: u64,
    /// Leave out the scenario's variants
    #[arg(long)]
    pub no_variants: bool,
    /// How the result is printed: a page, or the summary of everybody, as the scenario stands
    #[arg(long, value_enum, default_value_t = FormName::Table)]
    pub format: FormName,
    /// Keep what is drawn until the run is complete, so that the same command goes on after an interruption
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Keep::Auto)]
    pub keep: Keep,
    /// Write the briefing as well, in English and Korean
    #[arg(long)]
    pub brief: bool,
    /// Say nothing but the result
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options that these commands have in common.
#[derive(Debug, clap::Args)]
pub struct QuestionArgs {
    /// Scenario file; of `backtest` a folder of them
    pub file: PathBuf,
    /// Replace a value of the scenario, in the words of the file: --set 'budget.amount=30 bn KRW'
    #[arg(long, value_name = "PATH=VALUE", value_parser = change)]
    pub set: Vec<String>,
    /// Number of replicates (possible worlds) of each run; each command says how many unless told
    #[arg(long, short = 'n', allow_negative_numbers = true, value_parser = |text: &str| whole(text, 2))]
    pub replicates: Option<u64>,
    /// How worlds are drawn
    #[arg(long, value_enum, default_value_t = SamplingName::Plain)]
    pub sampling: SamplingName,
    /// Seed of the random streams
    #[arg(long, default_value_t = 1, allow_negative_numbers = true, value_parser = seed)]
    pub seed: u64,
    /// Threads; 0: as many as the machine has. Results do not depend on it
    #[arg(long, default_value_t = 0, allow_negative_numbers = true, value_parser = threads)]
    pub threads: usize,
    /// Folder of the answer [default: outputs/<scenario>-<command>/]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t = FormName::Table)]
    pub format: FormName,
    /// Language of the page and the figures
    #[arg(long, value_enum, default_value_t = LangName::En)]
    pub lang: LangName,
    /// Say nothing but the answer
    #[arg(long, short)]
    pub quiet: bool,
    /// The command that is answered again, where it is not that of the process
    #[arg(skip)]
    pub again: Option<Again>,
}

/// A command that was answered before.
#[derive(Clone, Debug)]
pub struct Again {
    /// Its words.
    pub question: Vec<String>,
    /// When it was given, in UTC.
    pub started: String,
}

/// Arguments of `sweep`.
#[derive(Debug, clap::Args)]
#[command(mut_arg("replicates", of_each_run(sweep::REPLICATES)))]
pub struct SweepArgs {
    /// What all these commands share
    #[command(flatten)]
    pub question: QuestionArgs,
    /// A quantity and its values; twice for a map of two: --over 'guidelines.flat.rules.cash.amount=0 .. 9000 KRW in 10',
    /// --over 'filing.one-tap.awareness=20 %, 50 %, 90 %', or with `log` behind the range for equal ratios
    #[arg(long, value_name = "PATH=VALUES", required = true)]
    pub over: Vec<String>,
    /// What to look at: cost, mean(payout), p95(cost), coverage, 'P(cost > 40 bn KRW)', 'payout[taxi-pro]' [default: cost,
    /// coverage, claims, and the chance to pass the budget]
    #[arg(long, value_name = "LOOK")]
    pub look: Vec<String>,
    /// Only these guidelines [default: all; where only numbers of one guideline are varied, that one]
    #[arg(long, value_name = "ID")]
    pub guideline: Vec<String>,
    /// Compare what should be small with what should be large, and mark drafts that another one beats in both: --frontier
    /// cost,coverage
    #[arg(long, value_name = "SMALL,LARGE", num_args = 0..=1, default_missing_value = "cost,coverage", conflicts_with = "look")]
    pub frontier: Option<String>,
}

/// Arguments of `solve`.
#[derive(Debug, clap::Args)]
#[command(mut_arg("replicates", of_each_run(solve::REPLICATES)))]
pub struct SolveArgs {
    /// What all these commands share
    #[command(flatten)]
    pub question: QuestionArgs,
    /// The quantity sought: --find guidelines.flat.rules.cash.amount
    #[arg(long, value_name = "PATH")]
    pub find: String,
    /// The statement: --such-that 'P(cost > 40 bn KRW) <= 5%', 'mean(payout) < 30 bn KRW', 'coverage >= 60%'
    #[arg(long, value_name = "STATEMENT")]
    pub such_that: String,
    /// Where to look: --between '0 .. 9000 KRW' [default: from 0 to four times what the scenario says]
    #[arg(long, value_name = "FROM .. TO")]
    pub between: Option<String>,
    /// Steps of equal ratio instead of equal difference
    #[arg(long)]
    pub log: bool,
    /// The guideline that the statement speaks of [default: the one whose number is sought]
    #[arg(long, value_name = "ID")]
    pub guideline: Option<String>,
}

/// Arguments of `sensitivity`. Its file may be the folder of a run.
#[derive(Debug, clap::Args)]
#[command(mut_arg("replicates", of_design(sensitivity::ROWS)))]
pub struct SensitivityArgs {
    /// What all these commands share
    #[command(flatten)]
    pub question: QuestionArgs,
    /// What to look at: cost, mean(payout), 'P(cost > 40 bn KRW)', 'payout[flat, taxi-pro]' [default: mean(cost) of each
    /// guideline]
    #[arg(long, value_name = "LOOK")]
    pub look: Vec<String>,
    /// Examine every quantity, not only those that a first sample says may matter
    #[arg(long)]
    pub all: bool,
    /// Of the expectation in each world, in closed form, instead of a drawn outcome: no chance, but slower
    #[arg(long)]
    pub expected: bool,
}

/// Arguments of `calibrate`.
#[derive(Debug, clap::Args)]
#[command(mut_arg("replicates", of_each_run(calibrate::REPLICATES)))]
pub struct CalibrateArgs {
    /// What all these commands share
    #[command(flatten)]
    pub question: QuestionArgs,
    /// Fit only what was counted until this day; later counts are foreseen and held against what happened
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// How: by weights alone, by steps with resampling and moves, or by steps where weights leave too few worlds
    #[arg(long, value_enum, default_value_t = Method::Auto)]
    pub method: Method,
    /// Fewest effective worlds that weights may leave under `auto`
    #[arg(long, value_name = "NUMBER", default_value_t = 1000)]
    pub effective: u32,
    /// Write the scenario with what was learned into this file: a joint table of draws, loadable like any scenario
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// Rows of that table
    #[arg(long, value_name = "NUMBER", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(10..100_000))]
    pub draws: u32,
}

/// Arguments of `backtest`.
#[derive(Debug, clap::Args)]
#[command(mut_arg("replicates", of_each_run(backtest::REPLICATES)))]
pub struct BacktestArgs {
    /// What all these commands share; FILE is a folder, each of whose scenarios has `as_of` and [[outcome]]
    #[command(flatten)]
    pub question: QuestionArgs,
}

/// Ways to condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Method {
    /// Weights, and steps where they leave too few worlds
    Auto,
    /// Importance weights
    Weights,
    /// Sequential Monte Carlo
    Steps,
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
    /// Measure and statistic: payout.p95, coverage.mean; or 'P(cost > budget)'
    pub figure: String,
    /// Guideline
    #[arg(long, value_name = "ID")]
    pub guideline: Option<String>,
    /// Cohort [default: everybody]
    #[arg(long, value_name = "ID")]
    pub cohort: Option<String>,
    /// Another guideline: explains the difference from it, in the same worlds
    #[arg(long, value_name = "ID")]
    pub than: Option<String>,
    /// How it is told: in words, or a row for each link of the chain
    #[arg(long, value_enum, default_value_t = FormName::Table)]
    pub format: FormName,
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
    #[arg(long, default_value_t = 0, allow_negative_numbers = true, value_parser = threads)]
    pub threads: usize,
    /// How the comparison is printed: a sentence, or a row for each file
    #[arg(long, value_enum, default_value_t = FormName::Table)]
    pub format: FormName,
    /// Say nothing but the comparison
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct FileArgs {
    /// Scenario file
    pub file: PathBuf,
    /// Replace a value of the scenario, in the words of the file
    #[arg(long, value_name = "PATH=VALUE", value_parser = change)]
    pub set: Vec<String>,
    /// How the result is printed: in words, or a row for each mistake and warning
    #[arg(long, value_enum, default_value_t = FormName::Table)]
    pub format: FormName,
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
    #[arg(long, value_name = "PATH=VALUE", value_parser = change)]
    pub set: Vec<String>,
    /// How it is told: in sentences, or every number of a scenario in a row, with its law and source
    #[arg(long, value_enum, default_value_t = FormName::Table)]
    pub format: FormName,
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
    /// How it is told: the path to the award, or with --cases their table with the awards beside; in other forms a row for
    /// each case and rule
    #[arg(long, value_enum, default_value_t = FormName::Table)]
    pub format: FormName,
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
    /// Write the tables, the figure (SVG and PNG), the profiles (TOML, in hours of wage) and a manifest into this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How it is printed: a page, or a row for each piece of evidence, with --forecast for each forecast
    #[arg(long, value_enum, default_value_t = FormName::Table)]
    pub format: FormName,
    /// Language
    #[arg(long, value_enum, default_value_t = LangName::En)]
    pub lang: LangName,
    /// The command that is answered again, where it is not that of the process
    #[arg(skip)]
    pub again: Option<Again>,
}

/// Arguments of `annual`.
#[derive(Debug, clap::Args)]
pub struct AnnualArgs {
    /// Company file; with --fit a table (CSV) of observed durations
    #[arg(required_unless_present = "schema")]
    pub file: Option<PathBuf>,
    /// Number of years
    #[arg(long, short = 'y', default_value_t = 100_000, allow_negative_numbers = true, value_parser = |text: &str| whole(text, 2))]
    pub years: u64,
    /// Seed of the random streams
    #[arg(long, default_value_t = 1, allow_negative_numbers = true, value_parser = seed)]
    pub seed: u64,
    /// Threads; 0: as many as the machine has. Results do not depend on it
    #[arg(long, default_value_t = 0, allow_negative_numbers = true, value_parser = threads)]
    pub threads: usize,
    /// Replace a value of the company, in the words of the file: --set 'causes.human.frequency.per_year=2'
    #[arg(long, value_name = "PATH=VALUE", value_parser = change)]
    pub set: Vec<String>,
    /// Judge this reserve, too, in the words of the file: --reserve '20 bn KRW'
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    pub reserve: Vec<String>,
    /// Judge this layer of insurance, too: --layer 'retention = "1 bn KRW", limit = "5 bn KRW"'
    #[arg(long, value_name = "TERMS")]
    pub layer: Vec<String>,
    /// Fit durations instead: a lognormal body with a Pareto tail, to a column of hours
    #[arg(long, conflicts_with_all = ["set", "reserve", "layer"])]
    pub fit: bool,
    /// With --fit: the column of hours
    #[arg(long, value_name = "NAME", default_value = "hours")]
    pub column: String,
    /// With --fit: only rows in which a column has this word: --only vendor=AWS
    #[arg(long, value_name = "COLUMN=WORD")]
    pub only: Vec<String>,
    /// Result folder [default: outputs/<company>/]; with --fit a folder for the figure
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// What goes to the screen, and the form of the tables in the folder
    #[arg(long, value_enum, default_value_t = AnnualForm::Table)]
    pub format: AnnualForm,
    /// Leave out the table of single events
    #[arg(long)]
    pub no_events: bool,
    /// Language
    #[arg(long, value_enum, default_value_t = LangName::En)]
    pub lang: LangName,
    /// Say nothing but the result
    #[arg(long, short)]
    pub quiet: bool,
    /// Print the JSON Schema of company files, for editors
    #[arg(long)]
    pub schema: bool,
}

/// Forms of results by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnnualForm {
    /// A page to read; tables as CSV
    Table,
    /// The key figures as CSV; tables as CSV
    Csv,
    /// All tables as one JSON document; tables as CSV
    Json,
    /// The key figures as Parquet; tables as Parquet
    Parquet,
}

/// Ways of drawing worlds by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SamplingName {
    /// Random numbers
    Plain,
    /// Scrambled Sobol' points, 16 to 31 times 2^m of them: sharper means from fewer worlds, without variants
    Sobol,
    /// The same, and means given the world in closed form where there are any, in place of drawn chance: slower
    Expected,
}

impl SamplingName {
    /// The way.
    pub fn sampling(self) -> Sampling {
        match self {
            SamplingName::Plain => Sampling::Plain,
            SamplingName::Sobol => Sampling::Sobol,
            SamplingName::Expected => Sampling::Expected,
        }
    }
}

/// When finished work of a run is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Keep {
    /// Where the run will take longer than half a minute
    Auto,
    /// From the first world on
    Always,
    /// Not at all
    Never,
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

/// Forms by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormName {
    /// A page for people
    Table,
    /// Comma-separated values
    Csv,
    /// A list of objects
    Json,
    /// Apache Parquet
    Parquet,
}

impl FormName {
    /// The form.
    pub fn form(self) -> Form {
        match self {
            FormName::Table => Form::Page,
            FormName::Csv => Form::Csv,
            FormName::Json => Form::Json,
            FormName::Parquet => Form::Parquet,
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
