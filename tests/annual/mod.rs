//! A company's year: laws of totals against textbooks, fits, simulated years against exact ones, what the command writes.

mod amounts;
#[cfg(all(feature = "tables", feature = "figures"))]
mod command;
mod damage;
mod fits;
mod mistakes;
#[cfg(feature = "figures")]
mod pictures;
mod schema;
mod textbook;
mod workload;
mod years;
