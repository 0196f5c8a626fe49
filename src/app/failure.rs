//! How a command fails: the kind decides the exit code, the text says what is wrong.

use std::io::IsTerminal;

use crate::engine::run::Stopped;
use crate::output::OutputError;
use crate::output::terminal::grid::COLUMNS;
use crate::output::terminal::width::wrap_lines;
use crate::scenario::{LoadError, Report};

/// Why a command did not finish.
#[derive(Debug)]
pub enum Failure {
    /// The scenario is wrong: every mistake.
    Scenario(Report),
    /// The scenario is wrong, and every mistake was printed.
    Listed,
    /// Something asked for does not fit.
    Usage(String),
    /// A file could not be read or written.
    Io(String),
    /// The run was interrupted.
    Interrupted,
    /// It was interrupted and can go on: how.
    Paused(String),
    /// The run was interrupted and what was finished is kept.
    Stopped,
    /// A fault of the program.
    Internal(String),
}

impl Failure {
    /// Exit code.
    pub fn code(&self) -> u8 {
        match self {
            Failure::Scenario(_) | Failure::Listed => 1,
            Failure::Usage(_) => 2,
            Failure::Io(_) => 3,
            Failure::Internal(_) => 4,
            Failure::Interrupted | Failure::Paused(_) | Failure::Stopped => 130,
        }
    }

    /// Says it on stderr.
    pub fn tell(&self) {
        match self {
            Failure::Scenario(report) => talk!("{}", report.render(colour())),
            Failure::Usage(text) | Failure::Io(text) | Failure::Paused(text) => {
                let told = format!("redress: {text}");
                // A file or another program keeps lines as they are.
                talk!("{}", if std::io::stderr().is_terminal() { wrap_lines(&told, COLUMNS) } else { told })
            }
            Failure::Internal(text) => talk!("redress: internal fault: {text}"),
            Failure::Stopped | Failure::Listed => {}
            Failure::Interrupted => talk!("redress: interrupted; nothing was written"),
        }
    }
}

/// Whether stderr shows colours.
pub fn colour() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

impl From<LoadError> for Failure {
    fn from(e: LoadError) -> Failure {
        match e {
            LoadError::Invalid(report) => Failure::Scenario(report),
            io @ LoadError::Io { .. } => Failure::Io(io.to_string()),
        }
    }
}

impl From<OutputError> for Failure {
    fn from(e: OutputError) -> Failure {
        Failure::Io(e.to_string())
    }
}

impl From<Stopped> for Failure {
    fn from(e: Stopped) -> Failure {
        match e {
            Stopped::Cancelled => Failure::Interrupted,
            Stopped::Refused(text) => Failure::Io(text),
            Stopped::Plan(text) => Failure::Internal(text),
        }
    }
}
