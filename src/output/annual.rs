//! A year's findings as tables: our own, with intervals, and those with the column names of Open Results Data.

pub mod columns;
pub mod frame;
mod ord;
mod tables;

pub use frame::{Cell, Form, Frame};
pub use ord::ord;
pub use tables::{fit_table, json, main_table, rows_json, tables};

use super::datapackage::{self, About};
use super::error::OutputError;
use super::staging::Staging;
use crate::annual::findings::YearFindings;
use crate::model::company::Company;

/// File name of the company with everything filled in.
pub const RESOLVED: &str = "company.resolved.toml";

/// Writes all tables, and the data package that describes them; `started` is a UTC time.
///
/// # Errors
/// A file cannot be written.
pub fn write(
    company: &Company,
    found: &YearFindings,
    form: Form,
    started: &str,
    staging: &Staging,
) -> Result<(), OutputError> {
    let frames: Vec<Frame> = tables(company, found).into_iter().chain(ord(company, found)).collect();
    write_all(&frames, form, About::company(company, started), staging)
}

/// Writes tables, and the data package that describes them.
///
/// # Errors
/// A file cannot be written.
pub fn write_all(frames: &[Frame], form: Form, about: About, staging: &Staging) -> Result<(), OutputError> {
    for frame in frames {
        frame.write(form, staging)?;
    }
    let resources = frames.iter().map(|f| datapackage::resource(&f.table, &f.file(form))).collect();
    staging.write(datapackage::FILE, datapackage::text(&about.package(resources)).as_bytes())
}
