//! What can go wrong when results are written: always a place (a path) and a cause.

use std::fmt;
use std::path::{Path, PathBuf};

/// A result file or folder that could not be written or read.
#[derive(Debug)]
pub struct OutputError {
    /// The file or folder.
    pub path: PathBuf,
    /// What was being done, as in "cannot *create*".
    pub doing: &'static str,
    /// What the system or the table library said.
    pub cause: String,
}

impl OutputError {
    /// An error at `path` while `doing` ("create", "write", "rename", "read").
    pub fn new(path: &Path, doing: &'static str, cause: impl fmt::Display) -> OutputError {
        OutputError { path: path.into(), doing, cause: cause.to_string() }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}", self.doing, self.path.display(), self.cause)
    }
}

impl std::error::Error for OutputError {}
