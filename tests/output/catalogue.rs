//! The list of columns and the documents made from it.

use redress::output::columns::{self, Kind};
use redress::output::{annual, catalogue, datapackage};

use crate::analysis::blocks::scenario;

#[test]
fn every_column_has_a_name_a_unit_and_a_meaning() {
    for table in columns::tables(&scenario(2)).into_iter().chain(annual::columns::all("KRW")) {
        let mut names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), table.columns.len(), "{}: no name twice", table.file);
        for column in &table.columns {
            assert!(!column.meaning.is_empty(), "{}: {}", table.file, column.name);
            // What has no unit says so.
            let number = matches!(column.kind, Kind::Whole | Kind::Number);
            assert_eq!(column.unit != columns::NO_UNIT, number, "{}: {}", table.file, column.name);
            assert!(!column.unit.is_empty(), "{}: {}", table.file, column.name);
        }
    }
}

#[test]
fn only_what_is_drawn_is_a_column_of_worlds() {
    let names: Vec<String> = columns::worlds(&scenario(1)).columns.into_iter().map(|c| c.name).collect();
    assert_eq!(names, ["replicate", "weight", "hit", "budget.amount", "services.service.hours"]);
}

#[test]
fn the_data_package_lists_every_table_and_column() {
    let s = scenario(2);
    let tables = columns::tables(&s);
    let package = datapackage::package(&s, &tables, "2022-10-15T06:30:00Z");
    assert_eq!(package["$schema"], "https://datapackage.org/profiles/2.0/datapackage.json");
    let resources = package["resources"].as_array().expect("resources");
    assert_eq!(resources.len(), tables.len());
    for (resource, table) in resources.iter().zip(&tables) {
        assert_eq!((resource["path"].as_str(), resource["type"].as_str()), (Some(table.file), Some("table")));
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        let names: Vec<&str> = fields.iter().filter_map(|f| f["name"].as_str()).collect();
        let columns: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, columns);
        for field in fields {
            assert!(["string", "date", "integer", "number"].contains(&field["type"].as_str().expect("a type")));
            let unit = field["unit"].as_str().unwrap_or("");
            assert!(!unit.is_empty(), "every column has a unit, or says that it has none: {field}");
        }
    }
}

/// The page on tables is made from the list of columns; `REDRESS_OVERWRITE=1` writes it anew.
#[test]
fn the_page_on_tables_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/tables.md");
    let page = catalogue::page();
    if std::env::var_os("REDRESS_OVERWRITE").is_some() {
        std::fs::write(path, &page).expect("written");
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(found == page, "docs/tables.md differs from the columns; REDRESS_OVERWRITE=1 writes it anew");
}
