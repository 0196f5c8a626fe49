//! What if: questions put to a scenario, each answered by running it again and again in the same worlds.
//!
//! [`interest`]: which number of a run is looked at. [`statement`]: a claim about it, such as
//! `P(cost > 40 bn KRW) <= 5%`. [`sample`]: the numbers looked at, world by world. [`vary`]: what is changed and to which
//! values. [`sweep`] and [`solve`] put these together. [`sensitivity`] says which
//! quantities matter, with [`shapley`] for those that hang together; [`sharp`] gets more out of fewer worlds.

pub mod backtest;
pub mod calibrate;
pub mod interest;
pub mod kept;
pub mod observe;
pub mod posterior;
pub mod sample;
pub mod self_check;
pub mod sensitivity;
pub mod shapley;
pub mod sharp;
pub mod solve;
pub mod statement;
pub mod sweep;
pub mod vary;

pub use interest::Interest;
pub use sample::{Sample, sample};
pub use statement::{Look, Statement};
