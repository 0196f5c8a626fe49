//! A company's year: laws of totals against textbooks, fits, simulated years against exact ones, what the command writes.
//! That seasons and resumption can fail was tried with planted errors: months that are ignored, days of the week off by one, a
//! finished block drawn again.

mod amounts;
#[cfg(all(feature = "tables", feature = "figures"))]
mod command;
mod damage;
mod fits;
mod losses;
mod mistakes;
#[cfg(feature = "figures")]
mod pictures;
mod schema;
mod textbook;
mod workload;
mod years;
