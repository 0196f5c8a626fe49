//! `datapackage.json`: a Data Package (version 2) that says of every table what each column holds.

use super::columns::{Column, Kind, Table};
use crate::model::{Lang, Scenario};
use serde_json::{Value, json};

/// Address of the profile that the file keeps to.
pub const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// The data package of a scenario's tables. `created` is a UTC time, `YYYY-MM-DDThh:mm:ssZ`.
pub fn package(scenario: &Scenario, tables: &[Table], created: &str) -> Value {
    json!({
        "$schema": PROFILE,
        "name": scenario.id,
        "title": scenario.title.get(Lang::En),
        "description": scenario.summary.get(Lang::En),
        "version": env!("CARGO_PKG_VERSION"),
        "created": created,
        "sources": sources(scenario),
        "resources": tables.iter().map(resource).collect::<Vec<_>>(),
    })
}

/// The package as the text of the file.
pub fn text(package: &Value) -> String {
    format!("{package:#}\n")
}

fn resource(table: &Table) -> Value {
    let (name, extension) = table.file.split_once('.').unwrap_or((table.file, ""));
    let mediatype = match extension {
        "csv" => "text/csv",
        _ => "application/vnd.apache.parquet",
    };
    let mut resource = json!({
        "name": name,
        "type": "table",
        "path": table.file,
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
        Kind::Whole => "integer",
        Kind::Number => "number",
    };
    let mut field = json!({ "name": column.name, "type": kind, "description": column.meaning });
    if !column.unit.is_empty() {
        field["unit"] = json!(column.unit);
    }
    field
}

fn sources(scenario: &Scenario) -> Vec<Value> {
    let source = |s: &crate::model::Source| {
        let mut value = json!({ "title": s.title.get(Lang::En) });
        if !s.url.is_empty() {
            value["path"] = json!(s.url);
        }
        if !s.date.is_empty() {
            value["date"] = json!(s.date);
        }
        value
    };
    scenario.sources.iter().map(source).collect()
}
