//! A run already made, read back: its worlds, and measures of its replicates.

use super::error::OutputError;
use super::manifest::Manifest;
use crate::engine::outcome::{Group, Groups};
use crate::model::Scenario;
use crate::whatif::Interest;
use polars::prelude::{DataFrame, ParquetReader, SerReader};
use std::fs::File;
use std::path::Path;

/// The manifest of a result folder.
///
/// # Errors
/// It is not there, cannot be read, or was changed since the run.
pub fn manifest(folder: &Path) -> Result<Manifest, OutputError> {
    let path = folder.join(super::staging::LAST);
    let text = std::fs::read_to_string(&path).map_err(|e| OutputError::new(&path, "read", e))?;
    let manifest = Manifest::parse(&text).map_err(|e| OutputError::new(&path, "read", e))?;
    let faults = super::intact::faults(&manifest, &text);
    match faults.is_empty() {
        true => Ok(manifest),
        false => Err(OutputError::new(&path, "use", format!("it {}; run the scenario again", faults.join("; it ")))),
    }
}

fn columns_of(path: &Path, names: &[&str]) -> Result<DataFrame, OutputError> {
    let failed = |e: &dyn std::fmt::Display| OutputError::new(path, "read", e);
    let file = File::open(path).map_err(|e| failed(&e))?;
    let wanted = names.iter().map(|n| (*n).to_string()).collect();
    ParquetReader::new(file).with_columns(Some(wanted)).finish().map_err(|e| failed(&e))
}

fn numbers(frame: &DataFrame, name: &str, path: &Path) -> Result<Vec<f64>, OutputError> {
    let failed = |e: &dyn std::fmt::Display| OutputError::new(path, "read", e);
    let column = frame.column(name).map_err(|e| failed(&e))?;
    let values = column.f64().map_err(|e| failed(&e))?;
    Ok(values.iter().map(|x| x.unwrap_or(f64::NAN)).collect())
}

/// Values of all quantities in every world of a run: `[world][quantity]`.
///
/// # Errors
/// `worlds.parquet` cannot be read, or its worlds do not count alike.
pub fn worlds(folder: &Path, scenario: &Scenario) -> Result<Vec<f64>, OutputError> {
    let path = folder.join("worlds.parquet");
    let list = &scenario.quantities.list;
    let drawn = super::columns::drawn(scenario);
    let mut names: Vec<&str> = drawn.iter().map(|q| list[*q].path.as_str()).collect();
    names.push("weight");
    let frame = columns_of(&path, &names)?;
    if numbers(&frame, "weight", &path)?.iter().any(|w| *w != 1.0) {
        return Err(OutputError::new(&path, "use", "its worlds have weights, which these indices do not take"));
    }
    let mut worlds = scenario.quantities.central().repeat(frame.height());
    for q in drawn {
        let values = numbers(&frame, &list[q].path, &path)?;
        worlds.chunks_exact_mut(list.len()).zip(values).for_each(|(w, x)| w[q] = x);
    }
    Ok(worlds)
}

/// A measure in every world of a run, summed over the people looked at.
///
/// # Errors
/// `replicates.parquet` cannot be read, or does not hold the measure.
pub fn measure(folder: &Path, scenario: &Scenario, interest: &Interest) -> Result<Vec<f64>, OutputError> {
    let path = folder.join("replicates.parquet");
    let failed = |e: String| OutputError::new(&path, "use", e);
    let measure = interest.measure();
    let known = super::columns::replicates(&scenario.currency).columns.iter().any(|c| c.name == measure.name);
    if !known || !measure.additive {
        return Err(failed(format!(
            "`{}` is not there group by group or does not add up; look at another measure, or give the scenario file",
            measure.name
        )));
    }
    let frame = columns_of(&path, &["guideline", "cohort", "region", measure.name])?;
    let values = numbers(&frame, measure.name, &path)?;
    let text = |name: &str| -> Result<Vec<String>, OutputError> {
        let column = frame.column(name).map_err(|e| failed(e.to_string()))?;
        let texts = column.str().map_err(|e| failed(e.to_string()))?;
        Ok(texts.iter().map(|t| t.unwrap_or_default().to_string()).collect())
    };
    let (guidelines, cohorts, regions) = (text("guideline")?, text("cohort")?, text("region")?);
    let groups = Groups::of(scenario);
    let Group { cohort, region } = groups.list[interest.group()];
    let guideline = &scenario.guidelines[interest.guideline.unwrap_or_default()].id;
    let per_world = scenario.guidelines.len() * groups.leaves.len();
    let wanted = |i: usize| {
        guidelines[i] == *guideline
            && cohort.is_none_or(|c| cohorts[i] == scenario.cohorts[c].id)
            && region.is_none_or(|r| regions[i] == scenario.regions[r].id)
    };
    let starts = (0..values.len()).step_by(per_world.max(1));
    Ok(starts.map(|s| (s..(s + per_world).min(values.len())).filter(|i| wanted(*i)).map(|i| values[i]).sum()).collect())
}
