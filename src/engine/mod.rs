//! Worlds to outcomes: the plan, the world of a replicate, the counts and individual engines, the expectation.
//! Reads no file, no clock and no environment. rayon is used here and nowhere else.

pub mod outcome;
