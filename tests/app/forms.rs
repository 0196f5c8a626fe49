//! Commands that print rows as well as words: each form has the same content, and the words are those of the page.
//! That they can fail was tried with planted errors: no award where a rule does not apply, a value in the place of its
//! standard error, a chance in money, forecasts inside out, words of a question lost, CSV in the place of Parquet.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use polars::prelude::{ParquetReader, SerReader};
use serde_json::{Map, Value};

use super::packages::assert_described;
use super::{done, files, folder, redress, say, shipped, stderr, stdout};

type Row = Map<String, Value>;

/// What a command prints as JSON, after its CSV and its Parquet were held against that.
fn rows(folder: &Path, line: &str) -> Vec<Row> {
    let form = |form: &str| {
        let output = say(folder, &format!("{line} --format {form}"));
        assert_eq!(output.status.code(), Some(0), "{line}: {}", stderr(&output));
        output
    };
    let rows: Vec<Row> = serde_json::from_str(&stdout(&form("json"))).expect("a list");
    let text = stdout(&form("csv"));
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = csv.headers().expect("a heading").iter().map(String::from).collect();
    let records: Vec<csv::StringRecord> = csv.records().map(|r| r.expect("a row")).collect();
    assert_eq!(records.len(), rows.len(), "{line}");
    for (record, row) in records.iter().zip(&rows) {
        assert!(row.keys().eq(&names), "{line}: {row:?}");
        for (cell, value) in record.iter().zip(row.values()) {
            match value {
                Value::String(text) => assert_eq!(cell, text, "{line}"),
                Value::Null => assert_eq!(cell, "", "{line}"),
                number => assert_eq!(cell.parse().ok(), number.as_f64(), "{line}"),
            }
        }
    }
    let path = folder.join("printed.parquet");
    let mut file = File::create(&path).expect("a file");
    file.write_all(&form("parquet").stdout).expect("written");
    let frame = ParquetReader::new(File::open(&path).expect("a file")).finish().expect("Parquet");
    assert_eq!(frame.height(), rows.len(), "{line}");
    assert!(frame.get_column_names().iter().map(|n| n.to_string()).eq(names), "{line}");
    fs::remove_file(path).expect("removed");
    rows
}

fn text<'a>(row: &'a Row, column: &str) -> &'a str {
    row[column].as_str().unwrap_or_else(|| panic!("{column} is a text: {row:?}"))
}

/// A page without its line breaks.
fn flat(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_award_comes_rule_by_rule() {
    let here = folder();
    let line = "award de-tkg58 --case fee_month=60EUR --case last_day=7";
    let rules = rows(here.path(), line);
    let told = |r: &Row| (text(r, "rule").to_string(), text(r, "applies").to_string(), r["award"].as_f64());
    let wanted = [("loss-of-service", "yes", 48.0), ("appointment", "no", 0.0)];
    assert!(rules.iter().map(told).eq(wanted.map(|(r, a, x)| (r.into(), a.into(), Some(x)))), "{rules:?}");
    assert!(rules.iter().all(|r| r["total"] == 48.0 && r["unit"] == "EUR" && r["case"] == 1), "{rules:?}");
    let page = flat(&done(here.path(), line));
    for rule in &rules {
        assert!(page.contains(&format!("]: {}", text(rule, "outcome"))), "{rule:?}");
        assert!(
            !text(rule, "why").is_empty() && text(rule, "why").split("; ").all(|part| page.contains(part)),
            "{rule:?}"
        );
    }
    let korean = rows(here.path(), &format!("{line} --lang ko"));
    assert_eq!(text(&korean[0], "outcome"), "지급 48유로");
}

/// The same of a table: a row of it is a case, and what is not told leaves a rule undecided.
#[test]
fn a_table_of_cases_comes_rule_by_rule() {
    let here = folder();
    fs::write(here.path().join("cases.csv"), "fee_month,last_day\n60 EUR,7\n,7\n39.95 EUR,2\n").expect("written");
    let line = "award de-tkg58 --cases cases.csv";
    let rules = rows(here.path(), line);
    assert!(rules.iter().map(|r| r["case"].as_u64()).eq([1, 1, 2, 2, 3, 3].map(Some)), "{rules:?}");
    let of = |case: usize| &rules[2 * case - 2];
    assert_eq!((of(1)["award"].as_f64(), of(3)["award"].as_f64()), (Some(48.0), Some(0.0)));
    assert_eq!((text(of(2), "applies"), &of(2)["award"], text(of(2), "unit")), ("undecided", &Value::Null, ""));
    assert!(text(of(2), "outcome").ends_with("fee_month"), "{:?}", of(2));
    let beside = done(here.path(), line);
    assert!(beside.starts_with("fee_month,last_day,award,loss-of-service,appointment\n60 EUR,7,48,48,"), "{beside}");
    fs::write(here.path().join("cases.csv"), "fee_month,last_day\nmuch,7\n").expect("written");
    assert_eq!(say(here.path(), &format!("{line} --format json")).status.code(), Some(2));
}

#[test]
fn a_chain_comes_link_by_link() {
    let here = folder();
    done(here.path(), "run {} -n 200 --out results --quiet");
    let line = "explain results payout.p95 --guideline flat-and-share";
    let (links, page) = (rows(here.path(), line), flat(&done(here.path(), line)));
    let long = |line: &str| redress::output::terminal::width::width(line) > 80 && line.trim().contains(' ');
    let korean = done(here.path(), &format!("{line} --lang ko"));
    for told in [done(here.path(), line), korean] {
        assert!(!told.lines().any(long), "{told}");
    }
    for link in &links {
        // Defaults stand in one sentence, without their standing.
        let what = text(link, "what").trim_end_matches(" (default)");
        let told = what.split("; ").all(|part| page.contains(&flat(part)));
        assert!(told && page.contains(text(link, "path")) && page.contains(&flat(text(link, "source"))), "{link:?}");
    }
    let step = |name: &str| links.iter().find(|l| l["step"] == *name).unwrap_or_else(|| panic!("no {name}"));
    let summary = String::from_utf8(files(&here.path().join("results"))["summary.csv"].clone()).expect("UTF-8");
    let row = summary.lines().find(|l| l.starts_with("base,flat-and-share,all,all,payout,KRW,p95,")).expect("a row");
    let cells: Vec<&str> = row.split(',').collect();
    for (name, at) in [("value", 7), ("error", 8)] {
        let (value, unit) = (text(step(name), "value"), text(step(name), "unit"));
        assert_eq!((value.parse::<f64>().ok(), unit), (cells[at].parse().ok(), "KRW"), "{name}");
    }
    let digest = Value::from(text(step("digest"), "what"));
    let manifest: Value =
        serde_json::from_slice(&fs::read(here.path().join("results/manifest.json")).expect("there")).expect("JSON");
    let artefacts = manifest["artefacts"].as_array().expect("a list");
    assert!(artefacts.iter().any(|a| a["path"] == "summary.csv" && a["sha256"] == digest));
    let inputs: BTreeMap<&str, &Row> =
        links.iter().filter(|l| l["step"] == "input").map(|l| (text(l, "path"), l)).collect();
    let table = fs::read(here.path().join("results/inputs.csv")).expect("there");
    let mut table = csv::Reader::from_reader(table.as_slice());
    let read: Vec<BTreeMap<String, String>> = table.deserialize().map(|r| r.expect("a row")).collect();
    for (path, link) in &inputs {
        let row = read.iter().find(|r| r["path"] == *path).expect("an input");
        let wanted = (row["value_or_law"].as_str(), row["unit"].as_str());
        assert_eq!((text(link, "value"), text(link, "unit")), wanted, "{path}");
    }
    assert!(page.contains(&format!("{} numbers", inputs.len())), "all of them: {} {page}", inputs.len());
}

#[test]
fn a_difference_and_a_chance_come_link_by_link() {
    let here = folder();
    done(here.path(), "run {} -n 200 --out results --quiet");
    let links = rows(here.path(), "explain results cost --guideline flat-and-share --than no-scheme");
    let of = |step: &str| links.iter().filter(|l| l["step"] == *step).count();
    assert!(of("value") == 3 && of("error") == 3 && of("input") > 10, "{links:?}");
    let over = redress(here.path())
        .args(["explain", "results", "P(cost > budget)", "--guideline", "flat-and-share", "--format", "json"])
        .output();
    let links: Vec<Row> = serde_json::from_str(&stdout(&over.expect("the binary starts"))).expect("a list");
    assert_eq!((text(&links[0], "step"), text(&links[0], "unit")), ("value", "share"));
}

#[test]
fn the_filing_ladder_comes_as_rows() {
    let here = folder();
    let evidence = rows(here.path(), "takeup");
    assert!(evidence.len() > 12 && evidence.iter().any(|r| r["fit"].is_null()), "{evidence:?}");
    assert!(evidence.iter().all(|r| r["filed"].as_f64().is_some_and(|p| p > 0.0 && p < 1.0)));
    let less = rows(here.path(), "takeup --without kt-2018");
    assert!(less.len() < evidence.len() && less.iter().all(|r| r["study"] != "kt-2018"));
    let forecasts = rows(here.path(), "takeup --forecast");
    let measures = ["filed", "paid", "approval"];
    assert!(forecasts.iter().map(|r| text(r, "measure")).eq(measures.into_iter().cycle().take(12)), "{forecasts:?}");
    // As docs/validation.md tells: one is outside, and of two nothing can be told from what was known before.
    let (yes, no, untold) = (Some(1.0), Some(0.0), None);
    let inside = [yes, untold, untold, yes, yes, no, yes, yes, yes, yes, yes, no];
    assert!(forecasts.iter().map(|r| r["inside"].as_f64()).eq(inside), "{forecasts:?}");
}

#[test]
fn the_folder_of_the_filing_ladder_is_complete_and_comes_out_again() {
    let here = folder();
    for (out, words) in [("plain", ""), ("less", "--without kt-2018 --lang ko"), ("events", "--forecast --format csv")]
    {
        let told = done(here.path(), &format!("takeup {words} --out {out}"));
        let found = files(&here.path().join(out));
        assert_described(&here.path().join(out));
        for name in ["takeup.csv", "profiles.csv", "profiles.toml", "filing-ladder.svg", "filing-ladder.png"] {
            assert!(found.contains_key(name), "{out}: {name}");
        }
        assert_eq!(found.get("forecasts.csv").map(Vec::as_slice), (out == "events").then_some(told.as_bytes()));
        let again = done(here.path(), &format!("rerun {out}"));
        assert!(again.contains("files, all the same bit for bit, on disk as well"), "{out}: {again}");
    }
    let shipped = fs::read(shipped("filing/profiles.toml")).expect("shipped");
    assert!(files(&here.path().join("plain"))["profiles.toml"] == shipped, "the profiles are those of the library");
    fs::write(here.path().join("less/takeup.csv"), "study\n").expect("written");
    let output = say(here.path(), "rerun less");
    assert!(output.status.code() == Some(3) && stderr(&output).contains("changed since the run: takeup.csv"));
}

/// What `annual` prints as Parquet is the first table of its folder.
#[test]
fn years_and_fits_are_printed_as_parquet() {
    let here = folder();
    let (company, durations) = (shipped("kakao-annual.toml"), shipped("cloud-incident-durations.csv"));
    let cases =
        [(company, ["--years", "300"].as_slice(), "key_figures.parquet"), (durations, &["--fit"], "durations.parquet")];
    for (file, words, name) in cases {
        let command = [words, &["--format", "parquet", "--quiet", "--out", name]].concat();
        let output = redress(here.path()).arg("annual").arg(file).args(&command).output().expect("the binary starts");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let found = files(&here.path().join(name));
        assert!(output.stdout.starts_with(b"PAR1") && output.stdout == found[name], "{name}: {:?}", found.keys());
    }
}
