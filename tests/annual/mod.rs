//! A company's year: laws of totals against textbooks, fits, simulated years against exact ones, what the command writes.

mod amounts;
mod textbook;
mod workload;
