//! Reading a result folder: its manifest first, then the tables that the manifest lists, each against its digest.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use super::results::{ALL, BASE, Best, Budget, Day, Driver, Estimate, Input, Pair, Point, Pool, Results, Share, Shift};
use super::results::{Spread, Stat, Unit, key};
use crate::output::manifest::SCHEMA_VERSION;
use crate::output::staging::LAST;
use crate::output::{Manifest, digest, intact};
use crate::scenario::{self, NoLibrary};

/// Why a folder cannot be read: the file and what is wrong with it.
#[derive(Debug, PartialEq, Eq)]
pub struct ReadError(pub String);

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ReadError {}

/// File name of the scenario with everything filled in.
const RESOLVED: &str = "scenario.resolved.toml";
/// Tables without which there is nothing to tell.
const NEEDED: [&str; 4] = ["summary.csv", "comparison.csv", "exceedance.csv", "inputs.csv"];

/// Reads a result folder.
///
/// # Errors
/// It is no complete result folder, a file was changed since the run, the manifest among them, or a table lacks a column.
pub fn read(folder: &Path) -> Result<Results, ReadError> {
    let (manifest, manifest_sha256) = manifest(folder)?;
    let shelf = Shelf { folder, manifest: &manifest };
    for name in NEEDED {
        if !shelf.has(name) {
            return Err(ReadError(format!("{} does not list {name}; run the scenario again", shown(folder, LAST))));
        }
    }
    let resolved = shelf.text(RESOLVED)?;
    let name = shown(folder, RESOLVED);
    let loaded = scenario::parse(&resolved, &name, &NoLibrary, &[], None);
    let loaded = loaded.map_err(|e| ReadError(format!("{name} cannot be read by this version: {e}")))?;
    let (scenario, filing) = (loaded.scenario, loaded.filing);
    agrees(folder, intact::faults_beside(&manifest, &scenario))?;
    let currency = scenario.currency.clone();
    let (summary, measures) = summary(&shelf, &currency)?;
    Ok(Results {
        folder: folder.into(),
        manifest_sha256,
        summary,
        measures,
        pairs: shelf.rows("comparison.csv", |r| pair(r, &currency))?,
        points: shelf.rows("exceedance.csv", point)?.into_iter().flatten().collect(),
        courses: courses(&shelf)?,
        spread: shelf.rows("spread.csv", spread)?.into_iter().flatten().collect(),
        best: shelf.rows("best.csv", best)?,
        budget: shelf.rows("budget.csv", budget)?,
        pools: shelf.rows("pools.csv", pool)?,
        shifts: shelf.rows("variants.csv", |r| shift(r, &currency))?,
        drivers: shelf.rows("drivers.csv", |r| driver(r, &currency))?,
        filing,
        inputs: shelf.rows("inputs.csv", input)?,
        scenario,
        manifest,
    })
}

fn shown(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

fn manifest(folder: &Path) -> Result<(Manifest, String), ReadError> {
    let name = shown(folder, LAST);
    let text = fs::read_to_string(folder.join(LAST)).map_err(|e| {
        ReadError(format!("cannot read {name}: {e}; a complete result folder has one (`redress run` writes it last)"))
    })?;
    let manifest = Manifest::parse(&text).map_err(|e| ReadError(format!("{name} is no manifest of redress: {e}")))?;
    if manifest.schema_version != SCHEMA_VERSION {
        return Err(ReadError(format!(
            "{name} has the form {}, this version reads form {SCHEMA_VERSION}; the results were made by redress {}: run \
             the scenario again",
            manifest.schema_version, manifest.redress
        )));
    }
    agrees(folder, intact::faults(&manifest, &text))?;
    Ok((manifest, digest::of_bytes(text.as_bytes())))
}

/// Refuses a manifest with faults: what it says would be told as if the run had said it.
fn agrees(folder: &Path, faults: Vec<String>) -> Result<(), ReadError> {
    match faults.is_empty() {
        true => Ok(()),
        false => Err(ReadError(format!("{} {}; run the scenario again", shown(folder, LAST), faults.join("; it ")))),
    }
}

/// The files of a folder.
struct Shelf<'a> {
    folder: &'a Path,
    manifest: &'a Manifest,
}

impl Shelf<'_> {
    fn has(&self, name: &str) -> bool {
        self.manifest.artefacts.iter().any(|a| a.path == name)
    }

    /// The text of a listed file, as the run left it.
    fn text(&self, name: &str) -> Result<String, ReadError> {
        let path = shown(self.folder, name);
        let bytes = fs::read(self.folder.join(name)).map_err(|e| ReadError(format!("cannot read {path}: {e}")))?;
        let listed = self.manifest.artefacts.iter().find(|a| a.path == name);
        let Some(listed) = listed else {
            return Err(ReadError(format!(
                "{} does not list {name}; run the scenario again",
                shown(self.folder, LAST)
            )));
        };
        if listed.bytes != bytes.len() as u64 || listed.sha256 != digest::of_bytes(&bytes) {
            return Err(ReadError(format!(
                "{path} was changed since the run (its SHA-256 is not the manifest's); run the scenario again"
            )));
        }
        String::from_utf8(bytes).map_err(|e| ReadError(format!("{path} is not UTF-8: {e}")))
    }

    /// The rows of a table, or none where the run had nothing to put there.
    fn rows<T>(&self, name: &str, make: impl Fn(&Row) -> Result<T, String>) -> Result<Vec<T>, ReadError> {
        let mut out = Vec::new();
        self.each(name, |row| {
            out.push(make(row)?);
            Ok(())
        })?;
        Ok(out)
    }

    fn each(&self, name: &str, mut see: impl FnMut(&Row) -> Result<(), String>) -> Result<(), ReadError> {
        if !self.has(name) {
            return Ok(());
        }
        let text = self.text(name)?;
        let failed = |line: u64, e: String| ReadError(format!("{}:{line}: {e}", shown(self.folder, name)));
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let heads = reader.headers().map_err(|e| failed(1, e.to_string()))?.clone();
        let mut record = csv::StringRecord::new();
        loop {
            let line = reader.position().line();
            match reader.read_record(&mut record) {
                Ok(true) => see(&Row { heads: &heads, cells: &record }).map_err(|e| failed(line, e))?,
                Ok(false) => return Ok(()),
                Err(e) => return Err(failed(line, e.to_string())),
            }
        }
    }
}

/// One row, its cells found by the name of their column: further columns do no harm.
struct Row<'a> {
    heads: &'a csv::StringRecord,
    cells: &'a csv::StringRecord,
}

impl Row<'_> {
    fn text(&self, name: &str) -> Result<&str, String> {
        let at = self.heads.iter().position(|h| h == name).ok_or_else(|| format!("there is no column `{name}`"))?;
        Ok(self.cells.get(at).unwrap_or(""))
    }

    fn own(&self, name: &str) -> Result<String, String> {
        self.text(name).map(String::from)
    }

    /// A number; an empty cell is none.
    fn number(&self, name: &str) -> Result<f64, String> {
        let text = self.text(name)?;
        if text.is_empty() {
            return Ok(f64::NAN);
        }
        text.parse().map_err(|_| format!("`{name}` is no number: {text}"))
    }

    fn estimate(&self, value: &str) -> Result<Estimate, String> {
        Ok(Estimate {
            value: self.number(value)?,
            se: self.number("se")?,
            lo: self.number("lo")?,
            hi: self.number("hi")?,
        })
    }

    fn share(&self, value: &str, lo: &str, hi: &str) -> Result<Share, String> {
        Ok(Share { value: self.number(value)?, lo: self.number(lo)?, hi: self.number(hi)? })
    }

    /// The same where the table has it; none where the column is missing or its cell empty.
    fn maybe_share(&self, value: &str, lo: &str, hi: &str) -> Result<Option<Share>, String> {
        if !self.heads.iter().any(|h| h == value) {
            return Ok(None);
        }
        Ok(Some(self.share(value, lo, hi)?).filter(|s| s.value.is_finite()))
    }

    fn is_base(&self) -> Result<bool, String> {
        Ok(self.text("variant")? == BASE)
    }
}

fn summary(shelf: &Shelf, currency: &str) -> Result<(BTreeMap<String, Stat>, Vec<String>), ReadError> {
    let mut found = Vec::new();
    let mut measures: Vec<String> = Vec::new();
    shelf.each("summary.csv", |row| {
        if !row.is_base()? || row.text("region")? != ALL {
            return Ok(());
        }
        let measure = row.text("measure")?;
        if measures.last().is_none_or(|m| m != measure) && !measures.iter().any(|m| m == measure) {
            measures.push(measure.into());
        }
        let at = key(row.text("guideline")?, row.text("cohort")?, measure, row.text("statistic")?);
        found.push((at, Stat { unit: Unit::of(row.text("unit")?, currency), estimate: row.estimate("value")? }));
        Ok(())
    })?;
    Ok((found.into_iter().collect(), measures))
}

fn pair(row: &Row, currency: &str) -> Result<Pair, String> {
    Ok(Pair {
        variant: row.own("variant")?,
        a: row.own("guideline")?,
        b: row.own("compared_with")?,
        measure: row.own("measure")?,
        unit: Unit::of(row.text("unit")?, currency),
        difference: row.estimate("difference")?,
        lower: row.share("p_lower", "p_lower_lo", "p_lower_hi")?,
        higher: row.share("p_higher", "p_higher_lo", "p_higher_hi")?,
        equal: row.share("p_equal", "p_equal_lo", "p_equal_hi")?,
        lower_shift: row.maybe_share("p_lower_shift", "p_lower_shift_lo", "p_lower_shift_hi")?,
        higher_shift: row.maybe_share("p_higher_shift", "p_higher_shift_lo", "p_higher_shift_hi")?,
    })
}

fn point(row: &Row) -> Result<Option<Point>, String> {
    if !row.is_base()? {
        return Ok(None);
    }
    let (value, lo, hi) = (row.number("value")?, row.number("lo")?, row.number("hi")?);
    Ok(Some(Point {
        guideline: row.own("guideline")?,
        measure: row.own("measure")?,
        probability: row.number("probability")?,
        estimate: Estimate { value, se: f64::NAN, lo, hi },
    }))
}

/// Days by guideline and series.
type Courses = BTreeMap<(String, String), Vec<Day>>;

fn courses(shelf: &Shelf) -> Result<Courses, ReadError> {
    let mut out = Courses::new();
    shelf.each("timeline.csv", |row| {
        if row.is_base()? {
            let band = [row.number("p05")?, row.number("p50")?, row.number("p95")?];
            let day = Day { day: row.number("day")?, mean: row.number("mean")?, band };
            out.entry((row.own("guideline")?, row.own("series")?)).or_default().push(day);
        }
        Ok(())
    })?;
    Ok(out)
}

fn spread(row: &Row) -> Result<Option<Spread>, String> {
    if !row.is_base()? {
        return Ok(None);
    }
    Ok(Some(Spread {
        guideline: row.own("guideline")?,
        measure: row.own("measure")?,
        variance: row.number("variance")?,
        chance: row.estimate("chance")?,
    }))
}

fn best(row: &Row) -> Result<Best, String> {
    Ok(Best {
        variant: row.own("variant")?,
        criterion: row.own("criterion")?,
        guideline: row.own("guideline")?,
        share: row.share("share", "lo", "hi")?,
    })
}

fn budget(row: &Row) -> Result<Budget, String> {
    Ok(Budget {
        variant: row.own("variant")?,
        guideline: row.own("guideline")?,
        budget: row.number("budget")?,
        tolerance: row.number("tolerance")?,
        over: row.share("p_over", "lo", "hi")?,
    })
}

fn pool(row: &Row) -> Result<Pool, String> {
    Ok(Pool {
        variant: row.own("variant")?,
        guideline: row.own("guideline")?,
        binds: row.share("p_binds", "lo", "hi")?,
        factor: row.number("factor_bound")?,
    })
}

fn shift(row: &Row, currency: &str) -> Result<Shift, String> {
    Ok(Shift {
        variant: row.own("variant")?,
        guideline: row.own("guideline")?,
        measure: row.own("measure")?,
        unit: Unit::of(row.text("unit")?, currency),
        stands: row.number("as_it_stands")?,
        shift: row.estimate("shift")?,
        worlds: row.number("worlds")?,
    })
}

fn driver(row: &Row, currency: &str) -> Result<Driver, String> {
    Ok(Driver {
        result: row.own("result")?,
        guideline: row.own("guideline")?,
        compared_with: row.own("compared_with")?,
        unit: Unit::of(row.text("unit")?, currency),
        rank: row.number("rank")? as u64,
        path: row.own("path")?,
        share: row.estimate("share")?,
        number_at: [row.number("low")?, row.number("high")?],
        result_at: [row.number("at_low")?, row.number("at_high")?],
        linked: row.own("linked")?,
        worlds: row.number("worlds")?,
    })
}

fn input(row: &Row) -> Result<Input, String> {
    Ok(Input {
        path: row.own("path")?,
        law: row.own("value_or_law")?,
        unit: row.own("unit")?,
        middle: [row.number("mean")?, row.number("p05")?, row.number("p95")?],
        status: row.own("status")?,
        source: [row.own("source")?, row.own("url")?, row.own("date")?, row.own("grade")?],
        note: row.own("note")?,
    })
}
