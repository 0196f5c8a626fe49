//! The engines: one law on two roads, the closed form beside them, reference answers, identities, extremes.
//!
//! Every test has a fixed seed and a written level. That each can fail was tried with planted errors.

mod after;
mod agreement;
pub mod cases;
mod days;
mod discretisation;
mod expectation;
mod extremes;
mod identities;
mod large;
mod schedules;
mod streams;
