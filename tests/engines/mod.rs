//! The engines: one law on two roads, the closed form beside them, reference answers, identities, extremes.
//!
//! Every test has a fixed seed and a written level. That they can fail was tried with planted errors: docs/validation.md
//! lists them with the tests that failed.

mod after;
mod agreement;
mod by_hand;
mod by_rule;
pub mod cases;
mod days;
mod discretisation;
mod expectation;
mod extremes;
mod foreseen;
mod heavy;
mod identities;
mod large;
mod narrow;
mod refused;
mod schedules;
mod shipped;
mod streams;
mod suits;
