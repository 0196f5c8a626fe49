//! `redress explain`: where a number of a result folder comes from.

use super::args::{ExplainArgs, FormName};
use super::{Failure, print, print_rows};
use crate::brief::explain::{Asked, chain};
use crate::brief::read;
use crate::output::spoken;
use crate::output::terminal::grid::COLUMNS;
use crate::output::terminal::width::wrap_lines;

/// Prints the chain from a figure to its sources.
///
/// # Errors
/// The folder is no complete result folder, or there is no such figure.
pub fn explain(args: &ExplainArgs) -> Result<(), Failure> {
    let results = read(&args.folder)?;
    let [guideline, cohort, than] = [&args.guideline, &args.cohort, &args.than].map(|a| a.as_deref());
    let asked = Asked { figure: &args.figure, guideline, cohort, than };
    let found = chain(&results, &asked, args.lang.lang()).map_err(Failure::Usage)?;
    match args.format {
        FormName::Table => print(&wrap_lines(&found.text, COLUMNS)),
        form => print_rows(&spoken::links(found.links.iter().map(|l| l.cells())), form),
    }
}
