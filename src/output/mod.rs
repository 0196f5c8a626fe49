//! Findings → artefacts: tables (polars only here), figures (plotters only here), the manifest and the words on the
//! terminal.

#[cfg(feature = "figures")]
pub mod figures;
