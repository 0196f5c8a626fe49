//! Tables of what commands print that write no folder.

use super::manifest::{Found, Manifest};
use super::spoken_columns::{compared_table, mistakes_table};
use super::tables::{Cell, Rows};
use crate::scenario::{Located, Severity};
use Cell::{Text as T, Whole as W};
use std::collections::BTreeMap;

/// Mistakes and warnings by place.
pub fn mistakes(found: &[Located]) -> Rows {
    let mut rows = Rows::new(mistakes_table(), found.len());
    for m in found {
        let severity = match m.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let (line, column) = (m.line as i64, m.column as i64);
        rows.push(&[T(severity), T(&m.file), W(line), W(column), T(&m.message), T(&m.help)]);
    }
    rows
}

/// Files of a run by its manifest, as they were found on disk and came out again.
pub fn compared(before: &Manifest, on_disk: &[Found], after: &Manifest) -> Rows {
    let mut again: BTreeMap<&str, &str> =
        after.artefacts.iter().map(|f| (f.path.as_str(), f.sha256.as_str())).collect();
    let mut rows = Rows::new(compared_table(), before.artefacts.len());
    for (record, found) in before.artefacts.iter().zip(on_disk) {
        let on_disk = match found {
            Found::Same => "same",
            Found::Changed => "changed",
            Found::Missing => "missing",
        };
        let again = match again.remove(record.path.as_str()) {
            Some(digest) if digest == record.sha256 => "same",
            Some(_) => "differs",
            None => "missing",
        };
        rows.push(&[T(&record.path), T(&record.sha256), T(on_disk), T(again)]);
    }
    for path in again.into_keys() {
        rows.push(&[T(path), T(""), T("missing"), T("differs")]);
    }
    rows
}
