//! Findings → artefacts: tables (polars only here), figures (plotters only here), the manifest and the words on the
//! terminal.

pub mod annual;
#[cfg(all(feature = "tables", feature = "figures"))]
pub mod answer;
pub mod blocks;
pub mod budget;
pub mod catalogue;
pub mod columns;
mod compared_columns;
pub mod datapackage;
pub mod digest;
#[cfg(feature = "tables")]
pub mod drawn;
pub mod error;
#[cfg(feature = "figures")]
pub mod figure_data;
#[cfg(feature = "figures")]
pub mod figures;
#[cfg(feature = "tables")]
pub mod folder;
mod foreign;
pub mod handling;
pub mod intact;
pub mod journal;
#[cfg(feature = "tables")]
pub mod learned;
pub mod learned_columns;
mod lock;
pub mod manifest;
#[cfg(feature = "tables")]
pub mod parquet;
#[cfg(feature = "tables")]
pub mod sensitivity;
#[cfg(feature = "tables")]
pub mod spoken;
pub mod spoken_columns;
pub mod staging;
#[cfg(feature = "tables")]
pub mod tables;
pub mod terminal;
#[cfg(feature = "tables")]
pub mod whatif;

pub use error::OutputError;
#[cfg(feature = "tables")]
pub use folder::{Choices, RESOLVED, ResultFolder, WorldTables};
pub use manifest::{Manifest, RunRecord};
