//! Guidelines: what a rule pays in one case (evaluated directly), and the piecewise-linear schedule in the loss to
//! which it compiles when everything but the loss is known. Two roads to one number; tests hold them together.

pub mod along;
pub mod applied;
pub mod bands;
pub mod bounded;
pub mod calendar;
pub mod compile;
pub mod decide;
pub mod evaluate;
pub mod fold;
pub mod prove;
pub mod reckon;
pub mod schedule;
pub mod takeup;
pub mod vanish;
pub mod visit;

pub use compile::compile;
pub use evaluate::{Case, award, qualifies};
pub use schedule::{Piece, Schedule};
