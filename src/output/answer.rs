//! Answers of commands other than `run`: a table in the form that is asked for, and a folder with all tables, figures, the
//! resolved scenario and a manifest.

use super::datapackage::{self, About};
use super::error::OutputError;
use super::figures;
use super::folder::RESOLVED;
use super::manifest::{Manifest, RunRecord};
use super::staging::Staging;
use super::tables::Rows;
use std::path::Path;

/// How a table is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For people, 80 columns wide.
    Page,
    /// Comma-separated, with a heading line.
    Csv,
    /// A list of objects, one a row.
    Json,
    /// Apache Parquet.
    Parquet,
}

/// What a command found.
pub struct Answer {
    /// Tables; the first is the answer, the others go with it.
    pub tables: Vec<Rows>,
    /// The page for people.
    pub page: String,
    /// Figures: file name without its ending, and SVG.
    pub figures: Vec<(String, String)>,
    /// Further files: name and text.
    pub files: Vec<(String, String)>,
}

impl Answer {
    /// The answer in a form.
    ///
    /// # Errors
    /// The table cannot be written.
    pub fn bytes(&self, form: Form) -> Result<Vec<u8>, OutputError> {
        match (form, self.tables.first()) {
            (Form::Page, _) | (_, None) => Ok(self.page.clone().into_bytes()),
            (Form::Csv, Some(rows)) => rows.csv(),
            (Form::Json, Some(rows)) => rows.json().map(String::into_bytes),
            (Form::Parquet, Some(rows)) => rows.parquet(),
        }
    }

    /// Writes everything into a folder that is being made, with a data package that describes every table, and publishes it.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn publish(
        &self,
        staging: Staging,
        about: About,
        resolved: &str,
        run: RunRecord,
    ) -> Result<Manifest, OutputError> {
        for rows in &self.tables {
            staging.write(rows.table().file, &rows.csv()?)?;
        }
        let resources = self.tables.iter().map(|rows| datapackage::resource(rows.table(), rows.table().file));
        let package = about.package(resources.collect());
        staging.write(datapackage::FILE, datapackage::text(&package).as_bytes())?;
        for (name, svg) in &self.figures {
            let failed = |e: String| OutputError::new(Path::new(name), "draw", std::io::Error::other(e));
            let (png, svg) = figures::files(svg).map_err(failed)?;
            staging.write(&format!("figures/{name}.svg"), svg.as_bytes())?;
            staging.write(&format!("figures/{name}.png"), &png)?;
        }
        for (name, text) in &self.files {
            staging.write(name, text.as_bytes())?;
        }
        staging.write(RESOLVED, resolved.as_bytes())?;
        let manifest = Manifest::of(&staging, &[], run, resolved)?;
        manifest.write(&staging)?;
        staging.publish()?;
        Ok(manifest)
    }
}
