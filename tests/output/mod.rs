//! Findings to artefacts.

mod catalogue;
#[cfg(feature = "figures")]
mod drawn;
#[cfg(feature = "tables")]
mod files;
mod staging;
mod terminal;
