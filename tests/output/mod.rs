//! Findings to artefacts.

mod catalogue;
#[cfg(feature = "tables")]
mod files;
mod staging;
mod terminal;
