//! From award to money in hand: when claims arrive, how long they wait, when they are paid, and what that takes.
//! Everything is worked out per guideline and world from the counts of claims; nothing here draws a person.
//!
//! Days are whole days from the day of the outage, which is day 0.

pub mod arrival;
pub mod bearing;
pub mod court;
pub mod decision;
pub mod payment;
pub mod queue;

/// Day by which money that is not there yet is told as waited for.
pub const PATIENCE_DAYS: usize = 180;
/// Days that are followed; what is not done by then counts as done on the last.
pub const HORIZON: usize = crate::model::procedure::FOLLOWED_DAYS;
