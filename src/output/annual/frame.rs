//! A table in memory, written as CSV or Parquet.

use crate::output::columns::{Kind, Table};
use crate::output::error::OutputError;
use crate::output::staging::Staging;
use std::path::Path;

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

impl Cell {
    /// True where a column of a kind may hold it.
    fn fits(&self, kind: Kind) -> bool {
        match self {
            Cell::Text(_) => matches!(kind, Kind::Text | Kind::Date),
            Cell::Whole(_) => kind == Kind::Whole,
            Cell::Number(_) => kind == Kind::Number,
        }
    }
}

/// A table with its rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The table; its file is named as CSV.
    pub table: Table,
    /// Rows, each with a cell for every column, of the column's kind.
    pub rows: Vec<Vec<Cell>>,
}

impl Frame {
    /// A table without rows.
    pub fn new(table: Table) -> Frame {
        Frame { table, rows: Vec::new() }
    }

    /// Path without an ending, such as `ord/gul_S1_ept`.
    pub fn path(&self) -> &'static str {
        self.table.file.trim_end_matches(".csv")
    }

    /// Name of its file in a form.
    pub fn file(&self, form: Form) -> String {
        match form {
            Form::Csv => self.table.file.into(),
            Form::Parquet => format!("{}.parquet", self.path()),
        }
    }

    /// Names of the columns.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.table.columns.iter().map(|c| c.name.as_str())
    }

    /// Appends a row.
    pub fn push(&mut self, row: Vec<Cell>) {
        let fits = row.len() == self.table.columns.len()
            && row.iter().zip(&self.table.columns).all(|(cell, column)| cell.fits(column.kind));
        assert!(fits, "a row of {} has other cells than its columns", self.table.file);
        self.rows.push(row);
    }

    /// As CSV. Numbers read back to the same bits.
    pub fn csv(&self) -> String {
        let mut out = self.names().collect::<Vec<_>>().join(",");
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
            Form::Csv => staging.write(self.table.file, self.csv().as_bytes()),
            Form::Parquet => staging.write(&self.file(form), &self.parquet()?),
        }
    }

    /// The bytes of a Parquet file.
    ///
    /// # Errors
    /// The table cannot be put together.
    #[cfg(feature = "tables")]
    pub fn parquet(&self) -> Result<Vec<u8>, OutputError> {
        use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, ParquetWriter, Series};
        let column = |(i, column): (usize, &crate::output::columns::Column)| -> Column {
            let cells = || self.rows.iter().map(|r| &r[i]);
            let name = column.name.as_str().into();
            let series = match column.kind {
                Kind::Text | Kind::Date => {
                    let texts = cells().map(|c| if let Cell::Text(t) = c { t.as_str() } else { "" });
                    Series::new(name, texts.collect::<Vec<&str>>())
                }
                Kind::Whole => {
                    let whole = cells().map(|c| if let Cell::Whole(x) = c { *x } else { 0 });
                    Series::new(name, whole.collect::<Vec<i64>>())
                }
                Kind::Number => {
                    let number = |c: &Cell| if let Cell::Number(x) = c { x.is_finite().then_some(*x) } else { None };
                    Series::new(name, cells().map(number).collect::<Vec<Option<f64>>>())
                }
            };
            series.into_column()
        };
        let failed = |e| OutputError::new(Path::new(self.table.file), "write", e);
        let columns = self.table.columns.iter().enumerate().map(column).collect();
        let mut frame = DataFrame::new_infer_height(columns).map_err(failed)?;
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes).finish(&mut frame).map_err(failed)?;
        Ok(bytes)
    }

    /// This build has none.
    ///
    /// # Errors
    /// Always.
    #[cfg(not(feature = "tables"))]
    pub fn parquet(&self) -> Result<Vec<u8>, OutputError> {
        Err(OutputError::new(Path::new(self.table.file), "write", "this build has no Parquet"))
    }
}
