//! All integration tests in one binary: linking polars once instead of once a file saves minutes.

mod analysis;
mod annual;
#[cfg(all(feature = "tables", feature = "figures"))]
mod app;
#[cfg(feature = "figures")]
mod brief;
mod chance;
mod common;
mod engines;
#[cfg(feature = "figures")]
mod figures;
mod house;
mod language;
mod output;
mod scenario;
mod schemes;
mod stats;
mod takeup;
mod whatif;
