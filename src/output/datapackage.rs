//! `datapackage.json`: a Data Package (version 2) that says of every table what each column holds.

use super::columns::{Column, Kind, Table};
use crate::model::company::Company;
use crate::model::{Lang, Scenario, Source};
use serde_json::{Value, json};

/// Address of the profile that the file keeps to.
pub const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// Name of the file.
pub const FILE: &str = "datapackage.json";

/// What a package is about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// Its name: an id.
    pub name: &'a str,
    /// Title in English; empty where there is none.
    pub title: &'a str,
    /// What it is, in English; empty where nothing says so.
    pub description: &'a str,
    /// Sources of its numbers.
    pub sources: &'a [Source],
    /// When it was made: a UTC time, `YYYY-MM-DDThh:mm:ssZ`.
    pub created: &'a str,
}

impl<'a> About<'a> {
    /// Results of a scenario.
    pub fn scenario(scenario: &'a Scenario, created: &'a str) -> About<'a> {
        About {
            name: &scenario.id,
            title: scenario.title.get(Lang::En),
            description: scenario.summary.get(Lang::En),
            sources: &scenario.sources,
            created,
        }
    }

    /// Results of a company's years.
    pub fn company(company: &'a Company, created: &'a str) -> About<'a> {
        About {
            name: &company.id,
            title: company.title.get(Lang::En),
            description: company.summary.get(Lang::En),
            sources: &company.sources,
            created,
        }
    }

    /// The package of tables, each a [`resource`].
    pub fn package(&self, resources: Vec<Value>) -> Value {
        let mut package = json!({ "$schema": PROFILE, "name": self.name });
        for (key, text) in [("title", self.title), ("description", self.description)] {
            if !text.is_empty() {
                package[key] = json!(text);
            }
        }
        package["version"] = json!(env!("CARGO_PKG_VERSION"));
        package["created"] = json!(self.created);
        // A list of sources, where there is one, holds at least one.
        if !self.sources.is_empty() {
            package["sources"] = self.sources.iter().map(source).collect();
        }
        package["resources"] = json!(resources);
        package
    }
}

/// The data package of a scenario's tables. `created` is a UTC time, `YYYY-MM-DDThh:mm:ssZ`.
pub fn package<'a>(scenario: &Scenario, tables: impl IntoIterator<Item = &'a Table>, created: &str) -> Value {
    let resources = tables.into_iter().map(|t| resource(t, t.file)).collect();
    About::scenario(scenario, created).package(resources)
}

/// The package as the text of the file.
pub fn text(package: &Value) -> String {
    format!("{package:#}\n")
}

/// A table in a file, as a member of a package.
pub fn resource(table: &Table, file: &str) -> Value {
    let (name, extension) = file.split_once('.').unwrap_or((file, ""));
    let mediatype = match extension {
        "csv" => "text/csv",
        _ => "application/vnd.apache.parquet",
    };
    let mut resource = json!({
        "name": name.replace('/', "-").to_lowercase(),
        "type": "table",
        "path": file,
        "description": format!("One row: {}.", table.row),
        "format": extension,
        "mediatype": mediatype,
        "schema": { "fields": table.columns.iter().map(field).collect::<Vec<_>>() },
    });
    if extension == "csv" {
        resource["encoding"] = json!("utf-8");
    }
    resource
}

fn field(column: &Column) -> Value {
    let kind = match column.kind {
        Kind::Text => "string",
        Kind::Date => "date",
        Kind::Whole => "integer",
        Kind::Number => "number",
    };
    json!({ "name": column.name, "type": kind, "unit": column.unit, "description": column.meaning })
}

fn source(source: &Source) -> Value {
    let mut value = json!({ "title": source.title.get(Lang::En) });
    for (key, text) in [("path", &source.url), ("date", &source.date)] {
        if !text.is_empty() {
            value[key] = json!(text);
        }
    }
    value
}
