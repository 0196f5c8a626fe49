//! The rule language: short expressions with units, from text to checked trees. Pure and total: no loops, no side
//! effects, and a checked expression has a value for every case.
//!
//! `token` cuts the text, `parse` makes a tree, `check` gives it types and resolves its names. Mistakes point at bytes
//! of the text and say what would be right.

pub mod check;
mod hints;
mod kinds;
mod name;
mod parse;
mod token;

pub use check::{Names, above_zero, check, constant};

/// A mistake in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Bytes of the text: first and end.
    pub span: (usize, usize),
    /// What is wrong.
    pub what: String,
    /// What would be right; may be empty.
    pub help: String,
}

impl Mistake {
    fn new(span: (usize, usize), what: impl Into<String>, help: impl Into<String>) -> Mistake {
        Mistake { span, what: what.into(), help: help.into() }
    }
}
