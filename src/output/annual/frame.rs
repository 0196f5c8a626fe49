//! A table in memory, written as CSV or Parquet.

use crate::output::error::OutputError;
use crate::output::staging::Staging;

/// Form of a table's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Plain UTF-8 with commas.
    Csv,
    /// Parquet.
    Parquet,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number; one that is not finite leaves the cell empty.
    Number(f64),
}

/// A table: names of its columns and its rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Path without an ending, such as `ord/gul_S1_ept`.
    pub path: String,
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// Rows, each with a cell for every column, those of a column all of one kind.
    pub rows: Vec<Vec<Cell>>,
}

impl Frame {
    /// A table without rows.
    pub fn new(path: &str, columns: &[&'static str]) -> Frame {
        Frame { path: path.into(), columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Appends a row.
    pub fn push(&mut self, row: Vec<Cell>) {
        assert_eq!(row.len(), self.columns.len(), "a row of {} has another number of cells", self.path);
        self.rows.push(row);
    }

    /// As CSV. Numbers read back to the same bits.
    pub fn csv(&self) -> String {
        let mut out = self.columns.join(",");
        out.push('\n');
        for row in &self.rows {
            for (i, cell) in row.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                match cell {
                    Cell::Text(t) if t.contains([',', '"', '\n']) => {
                        out.push('"');
                        out.push_str(&t.replace('"', "\"\""));
                        out.push('"');
                    }
                    Cell::Text(t) => out.push_str(t),
                    Cell::Whole(x) => out.push_str(&x.to_string()),
                    Cell::Number(x) if x.is_finite() => out.push_str(&format!("{x:?}")),
                    Cell::Number(_) => {}
                }
            }
            out.push('\n');
        }
        out
    }

    /// Writes it.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, form: Form, staging: &Staging) -> Result<(), OutputError> {
        match form {
            Form::Csv => staging.write(&format!("{}.csv", self.path), self.csv().as_bytes()),
            Form::Parquet => self.parquet(&format!("{}.parquet", self.path), staging),
        }
    }

    #[cfg(feature = "tables")]
    fn parquet(&self, name: &str, staging: &Staging) -> Result<(), OutputError> {
        use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, ParquetWriter, Series};
        let column = |(i, name): (usize, &&'static str)| -> Column {
            let cells = || self.rows.iter().map(|r| &r[i]);
            let series = match self.rows.first().map(|r| &r[i]) {
                Some(Cell::Text(_)) => {
                    let texts = cells().map(|c| if let Cell::Text(t) = c { t.as_str() } else { "" });
                    Series::new((*name).into(), texts.collect::<Vec<&str>>())
                }
                Some(Cell::Whole(_)) => {
                    let whole = cells().map(|c| if let Cell::Whole(x) = c { *x } else { 0 });
                    Series::new((*name).into(), whole.collect::<Vec<i64>>())
                }
                _ => {
                    let number = |c: &Cell| if let Cell::Number(x) = c { x.is_finite().then_some(*x) } else { None };
                    Series::new((*name).into(), cells().map(number).collect::<Vec<Option<f64>>>())
                }
            };
            series.into_column()
        };
        let path = staging.path(name)?;
        let failed = |e: &dyn std::fmt::Display| OutputError::new(&path, "write", e);
        let columns = self.columns.iter().enumerate().map(column).collect();
        let mut frame = DataFrame::new_infer_height(columns).map_err(|e| failed(&e))?;
        ParquetWriter::new(staging.create(name)?).finish(&mut frame).map_err(|e| failed(&e))?;
        Ok(())
    }

    #[cfg(not(feature = "tables"))]
    fn parquet(&self, name: &str, staging: &Staging) -> Result<(), OutputError> {
        let path = staging.path(name)?;
        Err(OutputError::new(&path, "write", "this build has no Parquet"))
    }
}
