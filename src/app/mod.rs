//! The command line: one file a command. stdout is data, stderr is talk.

/// Tells something beside the answer on stderr. That it cannot be told there is no reason to stop.
macro_rules! talk {
    ($($told:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), $($told)*);
    }};
}

mod annual;
mod args;
mod award;
mod backtest;
mod brief;
mod browser;
mod calibrate;
mod check;
mod explain;
mod failure;
mod job;
mod kept;
mod progress;
mod question;
mod rerun;
mod run;
mod schema;
mod sensitivity;
mod sharp;
mod show;
mod solve;
mod sweep;
mod takeup;
mod values;

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use args::{Again, Args, BacktestArgs, CalibrateArgs, Command, FormName, SensitivityArgs, SolveArgs, SweepArgs};
pub use failure::Failure;

use crate::output::RunRecord;
use crate::output::figures;
use crate::output::tables::Rows;

/// Parses the arguments, runs the command, and tells how it went by the exit code: 0 done, 1 the scenario is wrong,
/// 2 wrong usage, 3 cannot read or write, 4 internal fault, 130 interrupted.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(e) => {
            let code = if e.use_stderr() { 2 } else { 0 };
            // Nothing is left to tell it with where the terminal itself is gone.
            let _ = e.print();
            return ExitCode::from(code);
        }
    };
    let quiet = is_quiet(&args.command);
    let outcome = std::panic::catch_unwind(|| dispatch(args));
    match outcome {
        Ok(Ok(())) => {
            if !quiet {
                tell_blanks();
            }
            ExitCode::SUCCESS
        }
        Ok(Err(failure)) => {
            failure.tell();
            ExitCode::from(failure.code())
        }
        Err(_) => {
            talk!("redress: this is a fault of the program, not of your scenario; please report the lines above");
            ExitCode::from(4)
        }
    }
}

/// True where nothing but the answer is wanted.
fn is_quiet(command: &Command) -> bool {
    match command {
        Command::Run(a) => a.quiet,
        Command::Rerun(a) => a.quiet,
        Command::Sweep(SweepArgs { question, .. })
        | Command::Solve(SolveArgs { question, .. })
        | Command::Sensitivity(SensitivityArgs { question, .. })
        | Command::Calibrate(CalibrateArgs { question, .. })
        | Command::Backtest(BacktestArgs { question }) => question.quiet,
        Command::Annual(a) => a.quiet,
        _ => false,
    }
}

/// Says which letters the figures leave blank, if any.
fn tell_blanks() {
    let lacking: Vec<String> = figures::blanks().iter().map(char::to_string).collect();
    if !lacking.is_empty() {
        talk!("warning: the font of the figures lacks {}; the figures leave them blank", lacking.join(" "));
    }
}

fn dispatch(args: Args) -> Result<(), Failure> {
    match args.command {
        Command::Run(a) => run::run(&a),
        Command::Rerun(a) => rerun::rerun(&a),
        Command::Check(a) => check::check(&a),
        Command::Show(a) => show::show(&a),
        Command::Award(a) => award::award(&a),
        Command::Takeup(a) => takeup::takeup(&a),
        Command::Sweep(a) => sweep::sweep(&a),
        Command::Solve(a) => solve::solve(&a),
        Command::Annual(a) => annual::annual(&a),
        Command::Sensitivity(a) => sensitivity::sensitivity(&a),
        Command::Calibrate(a) => calibrate::calibrate(&a),
        Command::Backtest(a) => backtest::backtest(&a),
        Command::Brief(a) => brief::brief(&a),
        Command::Explain(a) => explain::explain(&a),
        Command::Schema => schema::schema(),
    }
}

/// Answers a question of an earlier command again, into another folder and without a word.
fn again(run: &RunRecord, scenario: &Path, folder: &Path, threads: usize) -> Result<(), Failure> {
    let question = &run.question;
    let words = ["redress".to_string()].into_iter().chain(question.iter().cloned());
    // A back-test is of a folder: its answer keeps the scenarios in one.
    let folder_of = scenario.with_file_name(backtest::SCENARIOS);
    let about = if question.first().is_some_and(|w| w == "backtest") { folder_of.as_path() } else { scenario };
    let words: Vec<String> = words.chain(["--quiet".into()]).collect();
    let with_scenario = words.iter().cloned().chain([about.display().to_string()]);
    // A question put to a run already made names its folder.
    let mut args = Args::try_parse_from(with_scenario)
        .or_else(|_| Args::try_parse_from(&words))
        // `takeup` has neither a file nor anything else to say.
        .or_else(|_| Args::try_parse_from(&words[..words.len() - 1]))
        .map_err(|e| Failure::Usage(format!("the manifest holds a question that this version lacks: {e}")))?;
    if let Command::Sweep(SweepArgs { question: q, .. })
    | Command::Solve(SolveArgs { question: q, .. })
    | Command::Sensitivity(SensitivityArgs { question: q, .. })
    | Command::Calibrate(CalibrateArgs { question: q, .. })
    | Command::Backtest(BacktestArgs { question: q }) = &mut args.command
    {
        q.out = Some(folder.into());
        q.threads = threads;
        q.again = Some(Again { question: question.clone(), started: run.started.clone() });
    }
    if let Command::Takeup(t) = &mut args.command {
        t.out = Some(folder.into());
        t.again = Some(Again { question: question.clone(), started: run.started.clone() });
    }
    dispatch(args)
}

/// Writes data to stdout. A reader that has gone away (`redress run … | head`) is no failure.
fn print(text: &str) -> Result<(), Failure> {
    print_bytes(text.as_bytes())
}

/// Prints rows in a form that is no page.
fn print_rows(rows: &Rows, form: FormName) -> Result<(), Failure> {
    match form {
        FormName::Table | FormName::Csv => print_bytes(&rows.csv()?),
        FormName::Json => print(&rows.json()?),
        FormName::Parquet => print_bytes(&rows.parquet()?),
    }
}

/// As [`print`], of what is no text.
fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write;
    match std::io::stdout().lock().write_all(bytes) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::Io(format!("cannot write to stdout: {e}")))
        }
        _ => Ok(()),
    }
}
