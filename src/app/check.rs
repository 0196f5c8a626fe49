//! `redress check`: every mistake of a scenario at its place.

use super::args::FileArgs;
use super::failure::colour;
use super::{Failure, print};
use crate::scenario::{self, words};

/// Checks a scenario and its variants.
///
/// # Errors
/// The scenario is wrong or cannot be read.
pub fn check(args: &FileArgs) -> Result<(), Failure> {
    let loaded = scenario::load(&args.file, &args.set)?;
    for v in &loaded.scenario.variants {
        scenario::load_variant(&args.file, &args.set, &v.id)?;
    }
    if !loaded.warnings.is_empty() {
        eprintln!("{}", loaded.warnings.render(colour()));
    }
    let s = &loaded.scenario;
    let rows = scenario::inputs(s);
    let with = |status: &str| rows.iter().filter(|r| r.status == status).count();
    print(&format!(
        "{}: valid. {} cohorts, {} services, {} guidelines, {} variants; {} numbers with a source, {} assumed.\n",
        args.file.display(),
        s.cohorts.len(),
        s.services.len(),
        s.guidelines.len(),
        s.variants.len(),
        words::number(with("sourced") as f64),
        words::number(with("assumed") as f64),
    ))
}
