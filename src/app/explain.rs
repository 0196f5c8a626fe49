//! `redress explain`: where a number of a result folder comes from.

use super::args::ExplainArgs;
use super::{Failure, print};
use crate::brief::explain::{Asked, explain as tell};
use crate::brief::read;

/// Prints the chain from a figure to its sources.
///
/// # Errors
/// The folder is no complete result folder, or there is no such figure.
pub fn explain(args: &ExplainArgs) -> Result<(), Failure> {
    let results = read(&args.folder)?;
    let [guideline, cohort, than] = [&args.guideline, &args.cohort, &args.than].map(|a| a.as_deref());
    let asked = Asked { figure: &args.figure, guideline, cohort, than };
    print(&tell(&results, &asked, args.lang.lang()).map_err(Failure::Usage)?)
}
