//! The command line: one file a command. stdout is data, stderr is talk.

mod args;
mod award;
mod brief;
mod browser;
mod check;
mod explain;
mod failure;
mod job;
mod progress;
mod rerun;
mod run;
mod schema;
mod show;
mod takeup;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
pub use failure::Failure;

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
    let outcome = std::panic::catch_unwind(|| dispatch(args));
    match outcome {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(failure)) => {
            failure.tell();
            ExitCode::from(failure.code())
        }
        Err(_) => {
            eprintln!("redress: this is a fault of the program, not of your scenario; please report the lines above");
            ExitCode::from(4)
        }
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
        Command::Brief(a) => brief::brief(&a),
        Command::Explain(a) => explain::explain(&a),
        Command::Schema => schema::schema(),
    }
}

/// Writes data to stdout. A reader that has gone away (`redress run … | head`) is no failure.
fn print(text: &str) -> Result<(), Failure> {
    use std::io::Write;
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::Io(format!("cannot write to stdout: {e}")))
        }
        _ => Ok(()),
    }
}
