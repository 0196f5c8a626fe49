//! A year's findings as tables: our own, with intervals, and those with the column names of Open Results Data.

pub mod frame;
mod ord;
mod tables;

pub use frame::{Cell, Form, Frame};
pub use ord::ord;
pub use tables::{KEY, fit_table, json, main_table, rows_json, tables};

use super::error::OutputError;
use super::staging::Staging;
use crate::annual::findings::YearFindings;
use crate::model::company::Company;

/// File name of the company with everything filled in.
pub const RESOLVED: &str = "company.resolved.toml";

/// Writes all tables.
///
/// # Errors
/// A file cannot be written.
pub fn write(company: &Company, found: &YearFindings, form: Form, staging: &Staging) -> Result<(), OutputError> {
    for frame in tables(company, found).into_iter().chain(ord(company, found)) {
        frame.write(form, staging)?;
    }
    Ok(())
}
