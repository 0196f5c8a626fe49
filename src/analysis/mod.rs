//! Outcomes to findings: what the blocks of an engine add up to, with the Monte-Carlo error of every estimate.

mod accounts;
pub mod collect;
mod drivers;
mod exceed;
pub mod findings;
mod head;
pub mod ladder;
mod names;
mod pairs;
mod series;
mod shifts;
mod slots;
mod spread;
mod tallies;
mod ties;
pub mod timeline;
mod totals;

pub use collect::{Collector, most_whole};
pub use drivers::DRIVER_WORLDS;
pub use findings::Findings;
pub use head::HEAD;
pub use spread::TWINS;
