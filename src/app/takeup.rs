//! `redress takeup`: who files at which burden, fitted to what was published.

use std::path::Path;
use std::time::Instant;

use super::args::{FormName, TakeupArgs};
use super::{Failure, job, print, print_rows};
use crate::analysis::ladder::{Fit, fit, forecasts};
use crate::model::ladder::Ladder;
use crate::output::datapackage::{self, About};
use crate::output::figures::write_ladder;
use crate::output::manifest::{FileRecord, Manifest, RunRecord};
use crate::output::spoken;
use crate::output::staging::Staging;
use crate::output::tables::Rows;
use crate::output::terminal::ladder;
use crate::scenario;

/// Fits the filing ladder and prints it beside its evidence.
///
/// # Errors
/// There is no study of that name, or the folder cannot be written.
pub fn takeup(args: &TakeupArgs) -> Result<(), Failure> {
    let clock = Instant::now();
    let started = args.again.as_ref().map_or_else(job::now, |a| a.started.clone());
    let mut evidence = scenario::ladder()?;
    let lang = args.lang.lang();
    if let Some(study) = &args.without {
        let studies = evidence.studies();
        if !studies.contains(study) {
            return Err(Failure::Usage(format!("there is no study `{study}`; there are {}", studies.join(", "))));
        }
        evidence = evidence.without(study);
    }
    let fitted = fit(&evidence);
    let mut tables = vec![spoken::evidence(&evidence, &fitted, lang), spoken::profiles(&evidence, &fitted, lang)];
    let page = if args.forecast {
        let events: Vec<_> = evidence.forecasts.iter().map(|e| (e, forecasts(&evidence, e))).collect();
        tables.insert(0, spoken::forecasts(&events, lang));
        ladder::forecasts(&events, lang)
    } else {
        ladder::report(&evidence, &fitted, lang)
    };
    if let Some(folder) = &args.out {
        let record = RunRecord {
            question: asked(args),
            scenario: "takeup".into(),
            inputs: vec![FileRecord::of_bytes("scenarios/filing/ladder.toml", scenario::LADDER.as_bytes())],
            engine: "ladder".into(),
            language: args.lang.name().into(),
            started,
            seconds: clock.elapsed().as_secs_f64(),
            ..RunRecord::default()
        };
        write(args, folder, &tables, (&evidence, &fitted), record)?;
    }
    match (&args.again, args.format) {
        (Some(_), _) => Ok(()),
        (None, FormName::Table) => print(&page),
        (None, form) => print_rows(&tables[0], form),
    }
}

/// The words that say what is asked.
fn asked(args: &TakeupArgs) -> Vec<String> {
    let mut words = vec!["takeup".to_string()];
    if let Some(study) = &args.without {
        words.extend(["--without".into(), study.clone()]);
    }
    if args.forecast {
        words.push("--forecast".into());
    }
    words.extend(["--lang".into(), args.lang.name().into()]);
    words
}

fn write(
    args: &TakeupArgs,
    folder: &Path,
    tables: &[Rows],
    (evidence, fitted): (&Ladder, &Fit),
    record: RunRecord,
) -> Result<(), Failure> {
    let staging = Staging::open(folder)?;
    for rows in tables {
        staging.write(rows.table().file, &rows.csv()?)?;
    }
    let title = "Who files: evidence, curves fitted to it, profiles";
    let about = About { name: "takeup", title, description: "", sources: &[], created: &record.started };
    let resources = tables.iter().map(|rows| datapackage::resource(rows.table(), rows.table().file));
    let package = about.package(resources.collect());
    staging.write(datapackage::FILE, datapackage::text(&package).as_bytes())?;
    write_ladder(staging.folder(), evidence, fitted, args.lang.lang())
        .map_err(|e| Failure::Io(format!("cannot write the figure: {e}")))?;
    staging.write("profiles.toml", ladder::file(evidence, fitted).as_bytes())?;
    Manifest::of(&staging, &[], record, scenario::LADDER)?.write(&staging)?;
    Ok(staging.publish()?)
}
