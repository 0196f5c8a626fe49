//! Worlds to outcomes: the plan, the world of a replicate, the counts and individual engines, the expectation.
//! Reads no file, no clock and no environment. rayon is used here and nowhere else.

pub mod after;
pub mod alone;
pub mod blocks;
pub mod bystanders;
pub mod cell;
pub mod counts;
pub mod days;
pub mod expectation;
pub mod exposure;
pub mod foreseen;
pub mod heavy;
pub mod individual;
pub mod inequality;
pub mod ledger;
pub mod offers;
pub mod outcome;
pub mod patience;
pub mod person;
pub mod plan;
pub mod profile;
pub mod run;
pub mod scene;
pub mod slot;
pub mod stakes;
pub mod streams;
mod suits;
pub mod waiting;
pub mod world;
