//! `redress show`: a scenario with its guidelines, or a scheme, in plain sentences; two schemes against each other.

use std::path::Path;

use super::args::{FormName, ShowArgs};
use super::award::find;
use super::{Failure, print, print_rows};
use crate::output::tables;
use crate::scenario;

/// Explains a scenario or a scheme, or tells how two schemes differ.
///
/// # Errors
/// The file is wrong or cannot be read.
pub fn show(args: &ShowArgs) -> Result<(), Failure> {
    let lang = args.lang.lang();
    if args.format != FormName::Table {
        if args.against.is_some() || is_scheme(&args.file) {
            return Err(Failure::Usage(
                "a scheme is told in sentences; --format is for the numbers of a scenario".into(),
            ));
        }
        let loaded = scenario::load(&args.file, &args.set)?;
        return print_rows(&tables::inputs(&loaded.scenario), args.format);
    }
    if let Some(other) = &args.against {
        let (a, b) = (find(&args.file)?, find(other)?);
        return print(&scenario::scheme_differences(&a, &b, lang));
    }
    if is_scheme(&args.file) {
        let scheme = find(&args.file)?;
        return print(&scenario::explain_scheme(&scheme, lang));
    }
    let loaded = scenario::load(&args.file, &args.set)?;
    print(&scenario::show(&loaded, lang))
}

/// True for the file of a scheme, and for a bare name, which can only be one of the library.
fn is_scheme(path: &Path) -> bool {
    match std::fs::read_to_string(path) {
        Ok(text) => scenario::is_scheme(&text),
        Err(_) => path.components().count() == 1 && path.extension().is_none(),
    }
}
