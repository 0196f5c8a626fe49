//! The result folder of a run: opened before the run starts, fed block by block, complete or not there at all.

use super::columns;
use super::datapackage;
use super::error::OutputError;
use super::manifest::{Manifest, RunRecord, SCHEMA_VERSION};
use super::parquet::{ReplicateWriter, WorldWriter};
use super::staging::Staging;
use super::tables;
use crate::analysis::findings::Findings;
use crate::engine::outcome::Block;
use crate::model::Scenario;
use std::path::Path;

/// File name of the scenario with everything filled in.
pub const RESOLVED: &str = "scenario.resolved.toml";

/// What is written beside the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Whether `replicates.parquet` is written: about 40 bytes a world × guideline × group.
    pub replicates: bool,
}

impl Default for Choices {
    fn default() -> Choices {
        Choices { replicates: true }
    }
}

/// A result folder in the making. Dropped before [`ResultFolder::finish`], it leaves nothing behind.
pub struct ResultFolder {
    // Writers come first: they are dropped, and their files closed, before the folder is removed.
    replicates: Option<ReplicateWriter>,
    worlds: WorldWriter,
    staging: Staging,
}

impl ResultFolder {
    /// Opens `folder`, creating it if needed, for the base variant of a scenario run with `seed`.
    ///
    /// # Errors
    /// The folder cannot be created or written into.
    pub fn open(folder: &Path, scenario: &Scenario, seed: u64, choices: Choices) -> Result<ResultFolder, OutputError> {
        let staging = Staging::open(folder)?;
        let metadata = metadata(scenario, seed);
        let replicates = match choices.replicates {
            true => Some(ReplicateWriter::open(&staging.path("replicates.parquet")?, scenario, &metadata)?),
            false => None,
        };
        let worlds = WorldWriter::open(&staging.path("worlds.parquet")?, scenario, &metadata)?;
        Ok(ResultFolder { replicates, worlds, staging })
    }

    /// Writes the rows of the next block of the base variant.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn add(&mut self, block: &Block) -> Result<(), OutputError> {
        if let Some(replicates) = &mut self.replicates {
            replicates.add(block)?;
        }
        self.worlds.add(block)
    }

    /// Folder in which further files of the result may be written now, such as `figures/`; they are published and
    /// listed in the manifest with the rest.
    pub fn folder(&self) -> &Path {
        self.staging.folder()
    }

    /// Writes tables, the resolved scenario, the data package and the manifest, then publishes everything.
    ///
    /// # Errors
    /// A file cannot be written or moved to its place.
    pub fn finish(
        self,
        scenario: &Scenario,
        findings: &Findings,
        resolved: &str,
        run: RunRecord,
    ) -> Result<Manifest, OutputError> {
        let ResultFolder { replicates, worlds, staging } = self;
        let with_replicates = replicates.is_some();
        replicates.map_or(Ok(()), ReplicateWriter::finish)?;
        worlds.finish()?;
        tables::write(findings, &staging)?;
        tables::inputs(scenario).write(&staging)?;
        staging.write(RESOLVED, resolved.as_bytes())?;
        let mut listed = columns::tables(scenario);
        listed.retain(|t| with_replicates || t.file != "replicates.parquet");
        let package = datapackage::package(scenario, &listed, &run.started);
        staging.write("datapackage.json", datapackage::text(&package).as_bytes())?;
        let manifest = Manifest::of(&staging, run, resolved)?;
        manifest.write(&staging)?;
        staging.publish()?;
        Ok(manifest)
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
