//! `redress show`: the scenario and its guidelines in plain sentences.

use super::args::ShowArgs;
use super::{Failure, print};
use crate::scenario;

/// Explains a scenario.
///
/// # Errors
/// The scenario is wrong or cannot be read.
pub fn show(args: &ShowArgs) -> Result<(), Failure> {
    let loaded = scenario::load(&args.file, &args.set)?;
    print(&scenario::show(&loaded, args.lang.lang()))
}
