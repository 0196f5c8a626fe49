//! `redress check`: every mistake of a scenario at its place.

use super::args::{FileArgs, FormName};
use super::failure::colour;
use super::{Failure, print, print_rows};
use crate::output::spoken;
use crate::scenario::{self, LoadError, Report, words};

/// Checks a scenario and its variants, or a scheme and its worked cases.
///
/// # Errors
/// The scenario is wrong or cannot be read.
pub fn check(args: &FileArgs) -> Result<(), Failure> {
    if args.format == FormName::Table { told(args) } else { listed(args) }
}

/// Mistakes and warnings as rows, also of a file that is wrong.
fn listed(args: &FileArgs) -> Result<(), Failure> {
    let (found, failure) = match reports(args) {
        Ok(warnings) => (warnings.located(), None),
        Err(LoadError::Invalid(report)) => (report.located(), Some(Failure::Listed)),
        Err(e) => return Err(e.into()),
    };
    print_rows(&spoken::mistakes(&found), args.format)?;
    failure.map_or(Ok(()), Err)
}

/// What there is to say of a scenario, a company or a scheme.
fn reports(args: &FileArgs) -> Result<Report, LoadError> {
    let text = std::fs::read_to_string(&args.file).unwrap_or_default();
    if scenario::is_scheme(&text) {
        return scenario::load_scheme(&args.file).map(|_| Report::default());
    }
    if scenario::is_company(&text) {
        return scenario::load_company(&args.file, &args.set, &[]).map(|c| c.warnings);
    }
    let loaded = scenario::load(&args.file, &args.set)?;
    for v in &loaded.scenario.variants {
        scenario::load_variant(&args.file, &args.set, &v.id)?;
    }
    Ok(loaded.warnings)
}

fn told(args: &FileArgs) -> Result<(), Failure> {
    if std::fs::read_to_string(&args.file).is_ok_and(|text| scenario::is_scheme(&text)) {
        return scheme(args);
    }
    if std::fs::read_to_string(&args.file).is_ok_and(|text| scenario::is_company(&text)) {
        return company(args);
    }
    let loaded = scenario::load(&args.file, &args.set)?;
    for v in &loaded.scenario.variants {
        scenario::load_variant(&args.file, &args.set, &v.id)?;
    }
    if !loaded.warnings.is_empty() {
        talk!("{}", loaded.warnings.render(colour()));
    }
    let s = &loaded.scenario;
    let rows = scenario::inputs(s);
    let with = |status: &str| rows.iter().filter(|r| r.status == status).count();
    print(&format!(
        "{}: valid. {}, {}, {}, {}; {} numbers with a source, {} assumed.\n",
        args.file.display(),
        several(s.cohorts.len(), "cohort"),
        several(s.services.len(), "service"),
        several(s.guidelines.len(), "guideline"),
        several(s.variants.len(), "variant"),
        words::number(with("sourced") as f64),
        words::number(with("assumed") as f64),
    ))
}

fn company(args: &FileArgs) -> Result<(), Failure> {
    let loaded = scenario::load_company(&args.file, &args.set, &[])?;
    if !loaded.warnings.is_empty() {
        talk!("{}", loaded.warnings.render(colour()));
    }
    let c = &loaded.company;
    print(&format!(
        "{}: valid. {}, {}, {} of customers, {}, {}.\n",
        args.file.display(),
        several(c.causes.len(), "cause"),
        several(c.services.len(), "service"),
        several(c.customers.len(), "group"),
        several(c.guidelines.len(), "guideline"),
        several(c.programmes.len(), "insurance programme"),
    ))
}

fn scheme(args: &FileArgs) -> Result<(), Failure> {
    if !args.set.is_empty() {
        return Err(Failure::Usage("--set changes scenarios, and this is a scheme".into()));
    }
    let scheme = scenario::load_scheme(&args.file)?;
    let published = scheme.cases.iter().filter(|c| c.published).count();
    let cases = match scheme.cases.len() {
        0 => "no worked case yet: add some under [[cases]]".to_string(),
        1 => format!("its one worked case comes out, {published} of them published"),
        n => format!("all {n} worked cases come out, {published} of them published"),
    };
    print(&format!("{}: valid. {}; {cases}.\n", args.file.display(), several(scheme.versions.len(), "version")))
}

/// `1 service`, `3 services`.
fn several(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
