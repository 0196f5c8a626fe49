//! The data package of every folder that a command leaves: each table of the folder is described, column by column.

use std::fs::File;
use std::path::Path;

use polars::prelude::{ParquetReader, SerReader};
use serde_json::Value;

use super::files::assert_complete;
use super::{folder, redress, shipped, stderr};

/// Names of a table's columns, as its file has them.
fn header(path: &Path) -> Vec<String> {
    if path.extension().is_some_and(|e| e == "csv") {
        let text = std::fs::read_to_string(path).expect("readable");
        return text.lines().next().expect("a heading").split(',').map(String::from).collect();
    }
    let mut reader = ParquetReader::new(File::open(path).expect("a file"));
    reader.schema().expect("a schema").iter_names().map(ToString::to_string).collect()
}

/// Checks that the package of a folder lists exactly its tables, each with the columns of its file, and what they mean.
pub fn assert_described(folder: &Path) {
    let found = assert_complete(folder);
    let package: Value = serde_json::from_slice(&found["datapackage.json"]).expect("JSON");
    assert_eq!(package["$schema"], "https://datapackage.org/profiles/2.0/datapackage.json");
    let resources = package["resources"].as_array().expect("a list");
    let mut listed: Vec<&str> = resources.iter().filter_map(|r| r["path"].as_str()).collect();
    listed.sort_unstable();
    let tables: Vec<&str> =
        found.keys().map(String::as_str).filter(|n| n.ends_with(".csv") || n.ends_with(".parquet")).collect();
    assert!(!tables.is_empty(), "{}", folder.display());
    assert_eq!(listed, tables, "{}", folder.display());
    let mut names: Vec<&str> = resources.iter().filter_map(|r| r["name"].as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), tables.len(), "each table has a name of its own: {}", folder.display());
    for resource in resources {
        let path = resource["path"].as_str().expect("a path");
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        let names: Vec<&str> = fields.iter().filter_map(|f| f["name"].as_str()).collect();
        assert_eq!(header(&folder.join(path)), names, "{path}");
        for field in fields {
            assert!(field["description"].as_str().is_some_and(|t| !t.is_empty()), "{path}: {field}");
            // What has no unit says so.
            let words = field["type"] == "string" || field["type"] == "date";
            let unit = field["unit"].as_str().unwrap_or("");
            assert!(!unit.is_empty() && (unit == "none") == words, "{path}: {field}");
        }
    }
}

#[test]
fn every_command_describes_every_table_it_writes() {
    let here = folder();
    let path = |name: &str| shipped(name).display().to_string();
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/whatif/small.toml").display().to_string();
    let events = here.path().join("events");
    std::fs::create_dir(&events).expect("a folder");
    std::fs::copy(shipped("backtests/rogers-2022.toml"), events.join("rogers-2022.toml")).expect("copied");
    let (first, company) = (path("first-steps.toml"), path("kakao-annual.toml"));
    let durations = path("cloud-incident-durations.csv");
    let amount = "guidelines.flat-and-share.rules.rule-1.amount";
    let values = format!("{amount}=1000, 2000");
    let cases: [(&str, &[&str]); 11] = [
        ("run", &["run", &first, "-n", "50"]),
        ("sweep", &["sweep", &first, "--over", &values, "-n", "50"]),
        ("frontier", &["sweep", &first, "--over", &values, "--frontier", "cost,coverage", "-n", "50"]),
        ("solve", &["solve", &first, "--find", amount, "--such-that", "mean(payout) < 1 bn KRW", "-n", "50"]),
        ("sensitivity", &["sensitivity", &first, "-n", "16"]),
        ("given", &["sensitivity", "run"]),
        ("calibrate", &["calibrate", &small, "--until", "2024-03-09", "-n", "200", "--effective", "10"]),
        ("backtest", &["backtest", "events", "-n", "100"]),
        ("annual", &["annual", &company, "--years", "300"]),
        ("annual-parquet", &["annual", &company, "--years", "300", "--format", "parquet"]),
        ("fit", &["annual", &durations, "--fit"]),
    ];
    for (out, words) in cases {
        let output = redress(here.path()).args(words).args(["--quiet", "--out", out]).output();
        let output = output.expect("the binary starts");
        assert_eq!(output.status.code(), Some(0), "{words:?}: {}", stderr(&output));
        assert_described(&here.path().join(out));
    }
}

/// What the package says of its making is that of the first run, so that a second comes out the same.
#[test]
fn packages_come_out_again_bit_for_bit() {
    let here = folder();
    let company = shipped("kakao-annual.toml").display().to_string();
    let years = ["annual", &company, "--years", "300", "--quiet", "--out", "years"];
    for words in [&years[..], &["rerun", "years"]] {
        let output = redress(here.path()).args(words).output().expect("the binary starts");
        assert_eq!(output.status.code(), Some(0), "{words:?}: {}", stderr(&output));
    }
}
