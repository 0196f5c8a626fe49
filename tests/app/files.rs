//! What `run` writes: everything, the same whatever the threads, complete after every run.

use std::collections::BTreeMap;
use std::path::Path;

use redress::output::terminal::width::width;
use sha2::{Digest, Sha256};

use super::{done, files, folder, say, stderr, stdout};

const TABLES: [&str; 9] = [
    "summary.csv",
    "comparison.csv",
    "variants.csv",
    "exceedance.csv",
    "inputs.csv",
    "best.csv",
    "drivers.csv",
    "budget.csv",
    "spread.csv",
];
const OTHERS: [&str; 6] = [
    "replicates.parquet",
    "accounts.parquet",
    "worlds.parquet",
    "scenario.resolved.toml",
    "manifest.json",
    "datapackage.json",
];
const FIGURES: [&str; 5] =
    ["payout-distribution", "exceedance", "who-gets-it", "claims-payout", "difference-to-baseline"];

/// Checks that the manifest lists every file of a folder with its digest.
pub fn assert_complete(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let found = files(folder);
    let manifest: serde_json::Value = serde_json::from_slice(&found["manifest.json"]).expect("JSON");
    let listed = manifest["artefacts"].as_array().expect("a list");
    assert_eq!(listed.len() + 1, found.len(), "all files but the manifest: {:?}", found.keys());
    for entry in listed {
        let content = &found[entry["path"].as_str().expect("a path")];
        let digest: String = Sha256::digest(content).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(entry["sha256"], digest, "{}", entry["path"]);
        assert_eq!(entry["bytes"], content.len());
    }
    found
}

#[test]
fn a_run_writes_everything_and_prints_a_page() {
    let here = folder();
    let output = say(here.path(), "run {} --replicates 200 --quiet");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stderr(&output), "", "--quiet says nothing");
    for line in stdout(&output).lines() {
        assert!(width(line) <= 80, "{} columns: {line}", width(line));
    }
    for words in ["half the loss to shops", "Seed 1, 200 replicates", "outputs/first-steps"] {
        assert!(stdout(&output).contains(words), "{words}");
    }
    let found = assert_complete(&here.path().join("outputs/first-steps"));
    for name in TABLES.iter().chain(&OTHERS) {
        assert!(found.contains_key(*name), "{name}");
    }
    for name in FIGURES {
        assert!(found[&format!("figures/{name}.svg")].starts_with(b"<svg"), "{name}");
        assert!(found[&format!("figures/{name}.png")].starts_with(b"\x89PNG"), "{name}");
    }
}

/// Of what is printed in other forms: the rows of the summary of everybody, as the scenario stands.
#[test]
fn a_run_comes_in_four_forms_with_one_content() {
    let here = folder();
    let page = done(here.path(), "run {} -n 100 --out a");
    let csv = done(here.path(), "run {} -n 100 --out b --format csv");
    let json = done(here.path(), "run {} -n 100 --out b --format json");
    let parquet = say(here.path(), "run {} -n 100 --out b --format parquet").stdout;
    assert!(page.contains("The guidelines:") && parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
    let summary = String::from_utf8(files(&here.path().join("a"))["summary.csv"].clone()).expect("UTF-8");
    let wanted: Vec<&str> = summary
        .lines()
        .filter(|l| {
            let cells: Vec<&str> = l.split(',').collect();
            cells[0] == "variant" || (cells[0], cells[2], cells[3]) == ("base", "all", "all")
        })
        .collect();
    assert!(csv.lines().eq(wanted.iter().copied()) && wanted.len() < summary.lines().count());
    let json: Vec<serde_json::Value> = serde_json::from_str(&json).expect("a list");
    assert_eq!(json.len(), wanted.len() - 1);
    for (object, line) in json.iter().zip(&wanted[1..]) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!((object["measure"].as_str(), object["statistic"].as_str()), (Some(cells[4]), Some(cells[6])));
        assert_eq!(object["value"].as_f64(), cells[7].parse().ok());
    }
}

#[test]
fn threads_change_no_bit() {
    let here = folder();
    done(here.path(), "run {} -n 700 --threads 1 --out one");
    done(here.path(), "run {} -n 700 --threads 2 --out two");
    let (one, two) = (files(&here.path().join("one")), files(&here.path().join("two")));
    assert!(one.keys().eq(two.keys()));
    // The manifest and the data package hold the time of the run.
    for (name, content) in one.iter().filter(|(n, _)| !n.ends_with(".json")) {
        assert!(*content == two[name], "{name}");
    }
}

#[test]
fn seeds_and_engines_are_chosen() {
    let here = folder();
    done(here.path(), "run {} -n 50 --seed 1 --out one");
    done(here.path(), "run {} -n 50 --seed 2 --out two");
    let told = done(here.path(), "run {} -n 2 --engine individual --out persons");
    assert!(told.contains("individual engine"), "{told}");
    let summary = |name: &str| files(&here.path().join(name))["summary.csv"].clone();
    assert_ne!(summary("one"), summary("two"));
}

#[test]
fn a_second_run_into_a_folder_leaves_it_complete() {
    let here = folder();
    done(here.path(), "run {} -n 300 --out here");
    let first = assert_complete(&here.path().join("here"));
    std::fs::write(here.path().join("here/notes.txt"), "mine").expect("written");
    done(here.path(), "run {} -n 100 --out here");
    std::fs::remove_file(here.path().join("here/notes.txt")).expect("a stranger's file stays");
    let second = assert_complete(&here.path().join("here"));
    assert!(first.keys().eq(second.keys()));
    assert_ne!(first["replicates.parquet"], second["replicates.parquet"]);
}

#[test]
fn korean_figures_and_table() {
    let here = folder();
    let told = done(here.path(), "run {} -n 50 --lang ko --out ko");
    assert!(told.contains("첫걸음") && told.lines().all(|l| width(l) <= 80), "{told}");
    for (name, content) in files(&here.path().join("ko")).iter().filter(|(n, _)| n.ends_with(".svg")) {
        let text = String::from_utf8_lossy(content);
        assert!(text.chars().any(|c| ('가'..='힣').contains(&c)), "{name}");
        assert!(!text.contains("Nobody is paid"), "{name}");
    }
}
