//! `manifest.json`: what was run, with what, and what came out; with the resolved scenario, enough to run it again.

use super::digest::{self, Digested};
use super::error::OutputError;
use super::staging::{LAST, Staging};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// Version of the manifest's and the tables' form. It grows when a name or a meaning changes.
pub const SCHEMA_VERSION: u32 = 1;

/// How a run was made: all that the results depend on, and its times.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// The command with what was asked, without files and forms; empty for `run`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub question: Vec<String>,
    /// Id of the scenario.
    pub scenario: String,
    /// Files that were read.
    pub inputs: Vec<FileRecord>,
    /// Seed of the random streams.
    pub seed: u64,
    /// Number of replicates.
    pub replicates: u64,
    /// Worlds drawn a second time to tell ignorance from chance.
    pub twins: u64,
    /// `counts` or `individual`.
    pub engine: String,
    /// Largest relative error that quantiles have because not all values could be kept; 0 where all were, and in manifests of
    /// earlier versions.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub quantile_error: f64,
    /// How worlds were drawn; empty for random numbers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sampling: String,
    /// Number of threads; results do not depend on it.
    pub threads: usize,
    /// Values replaced on the command line, as `path=value`.
    pub overrides: Vec<String>,
    /// Variants that were run beside the scenario as it stands.
    pub variants: Vec<String>,
    /// Cohorts whose claimants the counts engine drew one by one, with the rule that made it so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drawn_one_by_one: Vec<String>,
    /// Whose losses have no finite variance, and of what sums therefore no error is told.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub no_finite_variance: String,
    /// Language of the figures' labels: `en` or `ko`.
    pub language: String,
    /// Start in UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub started: String,
    /// Wall time of the run in seconds, up to the manifest.
    pub seconds: f64,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_nothing(error: &f64) -> bool {
    *error == 0.0
}

/// A file with its digest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Path; of results, relative to the manifest.
    pub path: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Size.
    pub bytes: u64,
}

impl FileRecord {
    /// The record of a file of a folder.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn of_file(folder: &Path, path: &str) -> Result<FileRecord, OutputError> {
        let (sha256, bytes) = digest::of_file(&folder.join(path))?;
        Ok(FileRecord { path: path.into(), sha256, bytes })
    }

    /// The record of a file that was digested as it was written.
    pub fn of_written(path: &str, file: Digested) -> FileRecord {
        let (sha256, bytes) = file.finish();
        FileRecord { path: path.into(), sha256, bytes }
    }

    /// The record of a file whose contents are known: an input that was read, or what is written at once.
    pub fn of_bytes(path: &str, contents: &[u8]) -> FileRecord {
        FileRecord { path: path.into(), sha256: digest::of_bytes(contents), bytes: contents.len() as u64 }
    }

    /// The records of inputs that were read, by name and text.
    pub fn of_texts(read: &[(String, String)]) -> Vec<FileRecord> {
        read.iter().map(|(name, text)| FileRecord::of_bytes(name, text.as_bytes())).collect()
    }
}

/// What became of a file that a manifest lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is as the run left it.
    Same,
    /// It was changed since.
    Changed,
    /// It is not there.
    Missing,
}

/// The manifest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the program.
    pub redress: String,
    /// Version of this form.
    pub schema_version: u32,
    /// How the run was made.
    pub run: RunRecord,
    /// SHA-256 of the resolved scenario.
    pub resolved_sha256: String,
    /// SHA-256 of the manifest's own file with this value empty ([`super::intact`]); empty in those of earlier versions.
    #[serde(default)]
    pub manifest_sha256: String,
    /// What came out, in order of name; the manifest itself is not listed.
    pub artefacts: Vec<FileRecord>,
}

impl Manifest {
    /// The manifest of all files written so far; of those in `known` the record is taken as it is.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn of(
        staging: &Staging,
        known: &[FileRecord],
        run: RunRecord,
        resolved: &str,
    ) -> Result<Manifest, OutputError> {
        let mut manifest = Manifest {
            redress: env!("CARGO_PKG_VERSION").into(),
            schema_version: SCHEMA_VERSION,
            run,
            resolved_sha256: digest::of_bytes(resolved.as_bytes()),
            manifest_sha256: String::new(),
            artefacts: artefacts(staging, known)?,
        };
        manifest.manifest_sha256 = digest::of_bytes(manifest.text(staging)?.as_bytes());
        Ok(manifest)
    }

    /// Writes it.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, staging: &Staging) -> Result<(), OutputError> {
        staging.write(LAST, self.text(staging)?.as_bytes())
    }

    /// The text of its file.
    fn text(&self, staging: &Staging) -> Result<String, OutputError> {
        let failed = |e| OutputError::new(&staging.folder().join(LAST), "write", e);
        let mut text = serde_json::to_string_pretty(self).map_err(failed)?;
        text.push('\n');
        Ok(text)
    }

    /// What became of each artefact in a folder, in the order of the list.
    ///
    /// # Errors
    /// A file is there and cannot be read.
    pub fn found_in(&self, folder: &Path) -> Result<Vec<Found>, OutputError> {
        let found = |listed: &FileRecord| {
            let path = folder.join(&listed.path);
            match fs::metadata(&path) {
                Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(Found::Missing),
                Err(e) => Err(OutputError::new(&path, "read", e)),
                Ok(there) if !there.is_file() || there.len() != listed.bytes => Ok(Found::Changed),
                Ok(_) => Ok(match FileRecord::of_file(folder, &listed.path)? == *listed {
                    true => Found::Same,
                    false => Found::Changed,
                }),
            }
        };
        self.artefacts.iter().map(found).collect()
    }

    /// Reads a manifest back.
    pub fn parse(text: &str) -> Result<Manifest, serde_json::Error> {
        serde_json::from_str(text)
    }
}

fn artefacts(staging: &Staging, known: &[FileRecord]) -> Result<Vec<FileRecord>, OutputError> {
    let names = staging.names()?.into_iter().filter(|n| n != LAST);
    let record = |path: String| match known.iter().find(|r| r.path == path) {
        Some(known) => Ok(known.clone()),
        None => FileRecord::of_file(staging.folder(), &path),
    };
    names.map(record).collect()
}
