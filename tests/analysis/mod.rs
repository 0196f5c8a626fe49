//! Outcomes to findings.

pub mod blocks;
mod collector;
mod comparisons;
mod drivers;
mod tallies;
