//! The result folder of a run: opened before the run starts, fed block by block, complete or not there at all.

use super::columns;
use super::datapackage;
use super::error::OutputError;
use super::manifest::{FileRecord, Manifest, RunRecord, SCHEMA_VERSION};
use super::parquet::{AccountWriter, ReplicateWriter, WorldWriter};
use super::staging::Staging;
use super::tables::{self, Tables};
use crate::analysis::findings::Findings;
use crate::engine::outcome::Block;
use crate::model::Scenario;
use std::path::Path;

/// File name of the scenario with everything filled in.
pub const RESOLVED: &str = "scenario.resolved.toml";
const REPLICATES: &str = "replicates.parquet";
const ACCOUNTS: &str = "accounts.parquet";
const WORLDS: &str = "worlds.parquet";

/// What is written beside the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Whether `replicates.parquet` (about 60 bytes a world × guideline × group) and `accounts.parquet` are written.
    pub replicates: bool,
}

impl Default for Choices {
    fn default() -> Choices {
        Choices { replicates: true }
    }
}

/// A result folder in the making. Dropped before [`ResultFolder::finish`], it leaves nothing behind.
pub struct ResultFolder {
    // The open files come first: they are closed before the folder is removed.
    tables: Tables,
    /// Records of files that are closed, so that they need not be read again.
    known: Vec<FileRecord>,
    choices: Choices,
    staging: Staging,
}

impl ResultFolder {
    /// Opens `folder`, creating it if needed, and locks it.
    ///
    /// # Errors
    /// The folder cannot be created or written into, or another run is at work there.
    pub fn open(folder: &Path, choices: Choices) -> Result<ResultFolder, OutputError> {
        Ok(ResultFolder { tables: Tables::default(), known: Vec::new(), choices, staging: Staging::open(folder)? })
    }

    /// Opens the tables of single worlds of the base variant of a scenario run with `seed`.
    ///
    /// # Errors
    /// The files cannot be created.
    pub fn worlds(&self, scenario: &Scenario, seed: u64) -> Result<WorldTables, OutputError> {
        let metadata = metadata(scenario, seed);
        let replicates = match self.choices.replicates {
            true => Some((
                ReplicateWriter::open(&self.staging.path(REPLICATES)?, scenario, &metadata)?,
                AccountWriter::open(&self.staging.path(ACCOUNTS)?, scenario, &metadata)?,
            )),
            false => None,
        };
        let worlds = WorldWriter::open(&self.staging.path(WORLDS)?, scenario, &metadata)?;
        Ok(WorldTables { replicates, worlds })
    }

    /// Folder in which further files of the result may be written now, such as `figures/`; they are published and
    /// listed in the manifest with the rest.
    pub fn folder(&self) -> &Path {
        self.staging.folder()
    }

    /// Appends what was found in a variant to the tables; the base variant comes first.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn add(&mut self, findings: &Findings) -> Result<(), OutputError> {
        self.tables.add(findings, &self.staging)
    }

    /// Takes note of files that are closed and will not change.
    pub fn know(&mut self, records: Vec<FileRecord>) {
        self.known.extend(records);
    }

    /// Writes what does not depend on what is found: inputs, the resolved scenario and the data package; `started`: as in the
    /// record of the run.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn describe(&self, scenario: &Scenario, resolved: &str, started: &str) -> Result<(), OutputError> {
        tables::inputs(scenario).write(&self.staging)?;
        self.staging.write(RESOLVED, resolved.as_bytes())?;
        let mut listed = columns::tables(scenario);
        listed.retain(|t| self.choices.replicates || ![REPLICATES, ACCOUNTS].contains(&t.file));
        let package = datapackage::package(scenario, &listed, started);
        self.staging.write(datapackage::FILE, datapackage::text(&package).as_bytes())
    }

    /// Writes the manifest, then publishes everything; what [`ResultFolder::describe`] writes is there already.
    ///
    /// # Errors
    /// A file cannot be written or moved to its place.
    pub fn finish(self, resolved: &str, run: RunRecord) -> Result<Manifest, OutputError> {
        let ResultFolder { tables, mut known, staging, .. } = self;
        known.extend(tables.finish());
        let manifest = Manifest::of(&staging, &known, run, resolved)?;
        manifest.write(&staging)?;
        staging.publish()?;
        Ok(manifest)
    }
}

/// The tables of single worlds, fed block by block.
pub struct WorldTables {
    replicates: Option<(ReplicateWriter, AccountWriter)>,
    worlds: WorldWriter,
}

impl WorldTables {
    /// Writes the rows of the next block.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn add(&mut self, block: &Block) -> Result<(), OutputError> {
        if let Some((replicates, accounts)) = &mut self.replicates {
            replicates.add(block)?;
            accounts.add(block)?;
        }
        self.worlds.add(block)
    }

    /// Writes what is left, closes the files and gives their records.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn finish(self) -> Result<Vec<FileRecord>, OutputError> {
        let mut records = vec![self.worlds.finish()?];
        if let Some((replicates, accounts)) = self.replicates {
            records.extend([replicates.finish()?, accounts.finish()?]);
        }
        Ok(records)
    }
}

/// What a Parquet file says of itself.
fn metadata(scenario: &Scenario, seed: u64) -> Vec<(String, String)> {
    [
        ("redress.scenario", scenario.id.clone()),
        ("redress.seed", seed.to_string()),
        ("redress.version", env!("CARGO_PKG_VERSION").into()),
        ("redress.schema_version", SCHEMA_VERSION.to_string()),
    ]
    .map(|(key, value)| (key.into(), value))
    .into()
}
