//! Findings as CSV: plain UTF-8, numbers written so that they read back to the same bits, rows in a fixed order. The
//! variants of a scenario are written one after the other.

use super::columns::{self, Kind, Table, unit_words};
use super::digest::Digested;
use super::error::OutputError;
use super::manifest::FileRecord;
use super::staging::Staging;
use crate::analysis::findings::{ALL, BASE, Findings, SummaryRow};
use crate::engine::outcome::{Measure, MeasureUnit};
use crate::model::Scenario;
use crate::scenario;
use crate::stats::{Estimate, STATISTICS};
use polars::prelude::{
    Column, CsvWriter, DataFrame, IntoColumn, IntoSeries, NamedFrom, ParquetWriter, QuoteStyle, SerWriter, Series,
    StringChunkedBuilder,
};
use serde_json::json;
use std::io::Write;
use std::path::Path;

/// A table's rows, collected by column.
pub struct Rows {
    table: Table,
    columns: Vec<Cells>,
    /// True when some text of it must stand in quotes.
    quotes: bool,
}

#[derive(Clone)]
enum Cells {
    Text(StringChunkedBuilder),
    Whole(Vec<i64>),
    Number(Vec<Option<f64>>),
}

/// One cell of a row.
pub enum Cell<'a> {
    /// Text.
    Text(&'a str),
    /// A whole number.
    Whole(i64),
    /// A number; one that is not finite leaves the cell empty.
    Number(f64),
}

impl Rows {
    /// No rows yet.
    pub fn new(table: Table, room: usize) -> Rows {
        let cells = |column: &columns::Column| match column.kind {
            Kind::Text | Kind::Date => Cells::Text(StringChunkedBuilder::new(column.name.as_str().into(), room)),
            Kind::Whole => Cells::Whole(Vec::with_capacity(room)),
            Kind::Number => Cells::Number(Vec::with_capacity(room)),
        };
        let columns = table.columns.iter().map(cells).collect();
        Rows { table, columns, quotes: false }
    }

    /// Appends a row: one cell per column, of the column's type.
    pub fn push(&mut self, row: &[Cell]) {
        assert_eq!(row.len(), self.columns.len(), "a row of {} has another number of cells", self.table.file);
        for (cells, cell) in self.columns.iter_mut().zip(row) {
            match (cells, cell) {
                (Cells::Text(cells), Cell::Text(x)) => {
                    self.quotes |= needs_quotes(x);
                    cells.append_value(*x);
                }
                (Cells::Whole(cells), Cell::Whole(x)) => cells.push(*x),
                (Cells::Number(cells), Cell::Number(x)) => cells.push(x.is_finite().then_some(*x)),
                _ => unreachable!("a cell of {} has another type than its column", self.table.file),
            }
        }
    }

    /// The table that they are rows of.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The text of a CSV file.
    ///
    /// # Errors
    /// The table cannot be put together.
    pub fn csv(&self) -> Result<Vec<u8>, OutputError> {
        let mut bytes = Vec::new();
        let style = quote_style(self.quotes);
        CsvWriter::new(&mut bytes).with_quote_style(style).finish(&mut self.frame()?).map_err(|e| self.failed(e))?;
        Ok(bytes)
    }

    /// The bytes of a Parquet file.
    ///
    /// # Errors
    /// The table cannot be put together.
    pub fn parquet(&self) -> Result<Vec<u8>, OutputError> {
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes).finish(&mut self.frame()?).map_err(|e| self.failed(e))?;
        Ok(bytes)
    }

    /// A list of objects, one a row; a number that is not known is `null`.
    ///
    /// # Errors
    /// The table cannot be put together.
    pub fn json(&self) -> Result<String, OutputError> {
        let frame = self.frame()?;
        let cell = |column: &Column, i: usize| match (column.str(), column.i64(), column.f64()) {
            (Ok(texts), ..) => json!(texts.get(i)),
            (_, Ok(whole), _) => json!(whole.get(i)),
            (.., Ok(numbers)) => json!(numbers.get(i)),
            _ => serde_json::Value::Null,
        };
        let row = |i: usize| -> serde_json::Map<String, serde_json::Value> {
            frame.columns().iter().map(|c| (c.name().to_string(), cell(c, i))).collect()
        };
        let rows: Vec<_> = (0..frame.height()).map(row).collect();
        let text = serde_json::to_string_pretty(&rows).map_err(|e| self.failed(e))?;
        Ok(text + "\n")
    }

    fn frame(&self) -> Result<DataFrame, OutputError> {
        let named = self.table.columns.iter().zip(&self.columns);
        DataFrame::new_infer_height(named.map(|(c, cells)| cells.clone().column(&c.name)).collect())
            .map_err(|e| self.failed(e))
    }

    fn failed(&self, e: impl std::fmt::Display) -> OutputError {
        OutputError::new(Path::new(self.table.file), "write", e)
    }

    /// Writes them as the CSV file of their table.
    pub fn write(self, staging: &Staging) -> Result<(), OutputError> {
        let (path, mut file) = (staging.path(self.table.file)?, staging.create(self.table.file)?);
        self.append(&path, &mut file, true)
    }

    /// Writes them at the end of an open file, below the names of the columns if they are the first.
    fn append(self, path: &Path, file: &mut impl Write, first: bool) -> Result<(), OutputError> {
        let failed = |e| OutputError::new(path, "write", e);
        let named = self.table.columns.iter().zip(self.columns);
        let mut frame =
            DataFrame::new_infer_height(named.map(|(c, cells)| cells.column(&c.name)).collect()).map_err(failed)?;
        let writer = CsvWriter::new(file).with_quote_style(quote_style(self.quotes));
        writer.include_header(first).finish(&mut frame).map_err(failed)
    }
}

/// True of text that a CSV file must quote: nothing, and what holds a comma, a quote or the end of a line.
fn needs_quotes(text: &str) -> bool {
    text.is_empty() || text.bytes().fold(false, |found, b| found | matches!(b, b',' | b'"' | b'\n' | b'\r'))
}

/// How a table is quoted: to look into every text again takes the writer as long as all the rest.
fn quote_style(quotes: bool) -> QuoteStyle {
    if quotes { QuoteStyle::Necessary } else { QuoteStyle::Never }
}

impl Cells {
    fn column(self, name: &str) -> Column {
        match self {
            Cells::Text(cells) => cells.finish().into_series(),
            Cells::Whole(cells) => Series::new(name.into(), cells),
            Cells::Number(cells) => Series::new(name.into(), cells),
        }
        .into_column()
    }
}

use Cell::{Number as N, Text as T, Whole as W};

/// The tables made from findings.
const MADE: [fn(&Findings) -> Rows; 10] =
    [summary, comparison, variants, timeline, exceedance, spread, budget, pools, best, drivers];

/// The files of the tables made from findings, open for the variants to come.
#[derive(Debug, Default)]
pub struct Tables {
    files: Vec<(&'static str, Digested)>,
}

impl Tables {
    /// Appends the rows of a variant to every table.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn add(&mut self, findings: &Findings, staging: &Staging) -> Result<(), OutputError> {
        for (i, make) in MADE.iter().enumerate() {
            let rows = make(findings);
            let first = i == self.files.len();
            if first {
                self.files.push((rows.table.file, Digested::new(staging.create(rows.table.file)?)));
            }
            let path = staging.path(rows.table.file)?;
            rows.append(&path, &mut self.files[i].1, first)?;
        }
        Ok(())
    }

    /// Closes the files and gives their records.
    pub fn finish(self) -> impl Iterator<Item = FileRecord> {
        self.files.into_iter().map(|(name, file)| FileRecord::of_written(name, file))
    }
}

/// Units in words, made once a table.
struct Units([(MeasureUnit, String); 5]);

impl Units {
    fn in_currency(currency: &str) -> Units {
        let all = [MeasureUnit::Persons, MeasureUnit::Money, MeasureUnit::Share, MeasureUnit::Days, MeasureUnit::Hours];
        Units(all.map(|u| (u, unit_words(u, currency))))
    }

    fn of(&self, measure: &Measure) -> &str {
        self.0.iter().find(|(unit, _)| *unit == measure.unit).map_or("", |(_, words)| words)
    }
}

/// `summary.csv`.
pub fn summary(findings: &Findings) -> Rows {
    summary_of(findings, |_| true)
}

/// Rows of `summary.csv` of everybody, in the scenario as it stands: the answer of a run in short.
pub fn everybody(findings: &Findings) -> Rows {
    let whole = |r: &SummaryRow| *r.variant == *BASE && *r.cohort == *ALL && *r.region == *ALL;
    summary_of(findings, whole)
}

fn summary_of(findings: &Findings, wanted: impl Fn(&SummaryRow) -> bool) -> Rows {
    let units = Units::in_currency(&findings.currency);
    let mut rows = Rows::new(columns::summary(), findings.summary.len() * STATISTICS.len());
    for r in findings.summary.iter().filter(|r| wanted(r)) {
        let unit = units.of(r.measure);
        for (name, e) in STATISTICS.iter().zip(r.description.estimates()) {
            rows.push(&[
                T(&r.variant),
                T(&r.guideline),
                T(&r.cohort),
                T(&r.region),
                T(r.measure.name),
                T(unit),
                T(name),
                N(e.value),
                N(e.se),
                N(e.lo),
                N(e.hi),
            ]);
        }
    }
    rows
}

/// `comparison.csv`.
pub fn comparison(findings: &Findings) -> Rows {
    let units = Units::in_currency(&findings.currency);
    let mut rows = Rows::new(columns::comparison(), findings.comparison.len());
    for r in &findings.comparison {
        let unit = units.of(r.measure);
        let (d, lower, higher, equal) = (r.difference, r.lower, r.higher, r.equal);
        let shifts = [r.lower_shift, r.higher_shift].map(|s| s.map_or([f64::NAN; 3], |s| [s.value, s.lo, s.hi]));
        rows.push(&[
            T(&r.variant),
            T(&r.guideline),
            T(&r.compared_with),
            W(r.baseline.into()),
            T(r.measure.name),
            T(unit),
            N(d.value),
            N(d.se),
            N(d.lo),
            N(d.hi),
            N(lower.value),
            N(lower.lo),
            N(lower.hi),
            N(higher.value),
            N(higher.lo),
            N(higher.hi),
            N(equal.value),
            N(equal.lo),
            N(equal.hi),
            N(shifts[0][0]),
            N(shifts[0][1]),
            N(shifts[0][2]),
            N(shifts[1][0]),
            N(shifts[1][1]),
            N(shifts[1][2]),
        ]);
    }
    rows
}

/// `variants.csv`.
pub fn variants(findings: &Findings) -> Rows {
    let units = Units::in_currency(&findings.currency);
    let mut rows = Rows::new(columns::variants(), findings.shifts.len());
    for r in &findings.shifts {
        rows.push(&[
            T(&r.variant),
            T(&r.guideline),
            T(r.measure.name),
            T(units.of(r.measure)),
            N(r.as_it_stands.value),
            N(r.shift.value),
            N(r.shift.se),
            N(r.shift.lo),
            N(r.shift.hi),
            N(r.value()),
            W(r.worlds as i64),
        ]);
    }
    rows
}

/// `timeline.csv`.
pub fn timeline(findings: &Findings) -> Rows {
    let mut rows = Rows::new(columns::timeline(), findings.timeline.len());
    for r in &findings.timeline {
        let [p05, p25, p50, p75, p95] = r.bands;
        rows.push(&[
            T(&r.variant),
            T(&r.guideline),
            T(r.series),
            W(r.day as i64),
            N(r.mean),
            N(p05),
            N(p25),
            N(p50),
            N(p75),
            N(p95),
            W(r.worlds as i64),
        ]);
    }
    rows
}

/// `exceedance.csv`.
pub fn exceedance(findings: &Findings) -> Rows {
    let units = Units::in_currency(&findings.currency);
    let mut rows = Rows::new(columns::exceedance(), findings.exceedance.len());
    for r in &findings.exceedance {
        let unit = units.of(r.measure);
        rows.push(&[
            T(&r.variant),
            T(&r.guideline),
            T(r.measure.name),
            T(unit),
            N(r.probability),
            N(1.0 / r.probability),
            N(r.value.value),
            N(r.value.lo),
            N(r.value.hi),
        ]);
    }
    rows
}

/// `spread.csv`.
pub fn spread(findings: &Findings) -> Rows {
    let units = Units::in_currency(&findings.currency);
    let mut rows = Rows::new(columns::spread(), findings.spread.len());
    for r in &findings.spread {
        let unit = units.of(r.measure);
        // Of nothing there are no shares.
        let chance = if r.variance > 0.0 { r.chance } else { Estimate::without_error(f64::NAN) };
        rows.push(&[
            T(&r.variant),
            T(&r.guideline),
            T(r.measure.name),
            T(unit),
            N(r.variance),
            N(chance.value),
            N(1.0 - chance.value),
            N(chance.se),
            N(chance.lo),
            N(chance.hi),
            W(r.twins as i64),
        ]);
    }
    rows
}

/// `budget.csv`.
pub fn budget(findings: &Findings) -> Rows {
    let mut rows = Rows::new(columns::budget(&findings.currency), findings.budget.len());
    for r in &findings.budget {
        let over = r.over;
        rows.push(&[
            T(&r.variant),
            T(&r.guideline),
            N(r.budget),
            N(r.tolerance),
            N(over.value),
            N(over.se),
            N(over.lo),
            N(over.hi),
        ]);
    }
    rows
}

/// `pools.csv`.
pub fn pools(findings: &Findings) -> Rows {
    let mut rows = Rows::new(columns::pools(), findings.pools.len());
    for r in &findings.pools {
        let binds = r.binds;
        rows.push(&[
            T(&r.variant),
            T(&r.guideline),
            N(binds.value),
            N(binds.lo),
            N(binds.hi),
            N(r.factor),
            N(r.factor_bound),
        ]);
    }
    rows
}

/// `best.csv`.
pub fn best(findings: &Findings) -> Rows {
    let mut rows = Rows::new(columns::best(), findings.best.len());
    for r in &findings.best {
        rows.push(&[
            T(&r.variant),
            T(r.criterion.name()),
            T(&r.guideline),
            N(r.share.value),
            N(r.share.lo),
            N(r.share.hi),
            N(r.tied),
        ]);
    }
    rows
}

/// `drivers.csv`.
pub fn drivers(findings: &Findings) -> Rows {
    let money = unit_words(MeasureUnit::Money, &findings.currency);
    let mut rows = Rows::new(columns::drivers(), findings.drivers.len());
    for r in &findings.drivers {
        rows.push(&[
            T(&r.variant),
            T(r.look),
            T(&r.guideline),
            T(&r.compared_with),
            T(if r.is_share { "share" } else { &money }),
            W(r.rank),
            T(&r.path),
            N(r.share.value),
            N(r.share.se),
            N(r.share.lo),
            N(r.share.hi),
            N(r.quantity[0]),
            N(r.quantity[1]),
            N(r.result[0]),
            N(r.result[1]),
            T(&r.linked),
            W(r.worlds as i64),
        ]);
    }
    rows
}

/// `inputs.csv`.
pub fn inputs(scenario: &Scenario) -> Rows {
    let all = scenario::inputs(scenario);
    let mut rows = Rows::new(columns::inputs(), all.len());
    for row in &all {
        let [mean, p05, p95] = row.middle;
        rows.push(&[
            T(&row.path),
            T(&row.value_or_law),
            T(&row.unit),
            N(mean),
            N(p05),
            N(p95),
            T(row.status),
            T(&row.source_title),
            T(&row.source_url),
            T(&row.source_date),
            T(&row.source_grade),
            T(&row.note),
        ]);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table that has no need of quotes is written as one that has, cell by cell.
    #[test]
    fn text_is_quoted_where_it_must_be() {
        let table = |texts: &[&str]| {
            let mut rows = Rows::new(columns::summary(), texts.len());
            for text in texts {
                let numbers = [N(1.5), N(f64::NAN), N(-2.0), N(0.1)];
                rows.push(
                    &[T("base"), T(text), T("all"), T("all"), T("loss"), T("KRW"), T("mean")]
                        .into_iter()
                        .chain(numbers)
                        .collect::<Vec<_>>(),
                );
            }
            String::from_utf8(rows.csv().expect("a table")).expect("text")
        };
        let line = |text: &str| format!("base,{text},all,all,loss,KRW,mean,1.5,,-2.0,0.1\n");
        let header = "variant,guideline,cohort,region,measure,unit,statistic,value,se,lo,hi\n";
        assert_eq!(table(&["plain", "요금"]), [header, &line("plain"), &line("요금")].concat());
        for (text, quoted) in [
            ("", "\"\""),
            ("a,b", "\"a,b\""),
            ("a \"b\"", "\"a \"\"b\"\"\""),
            ("a\nb", "\"a\nb\""),
            ("a\rb", "\"a\rb\""),
        ] {
            assert_eq!(table(&["plain", text]), [header, &line("plain"), &line(quoted)].concat());
        }
    }
}
