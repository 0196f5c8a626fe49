//! **redress** simulates an outage, the people hit and their losses, and what each draft compensation guideline
//! would pay, to whom and at what cost, with the uncertainty stated.
//!
//! Rooms, each using only those above it: [`chance`], [`stats`], [`model`], [`guideline`], [`scenario`], [`engine`],
//! [`analysis`], [`whatif`], [`annual`], [`output`], [`brief`], [`app`].

// Public items that callers can reach; a test of the house asks the same of those that they cannot.
#![warn(missing_docs)]

pub mod analysis;
pub mod annual;
#[cfg(all(feature = "tables", feature = "figures"))]
pub mod app;
#[cfg(feature = "figures")]
pub mod brief;
pub mod chance;
pub mod engine;
pub mod guideline;
pub mod language;
pub mod model;
pub mod output;
pub mod process;
pub mod scenario;
pub mod stats;
pub mod whatif;
