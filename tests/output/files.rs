//! The files of a result folder read back.

use std::fs::{self, File};
use std::path::Path;

use polars::prelude::{DataFrame, ParquetReader, SerReader};
use redress::analysis::Collector;
use redress::analysis::findings::{BASE, Findings};
use redress::engine::outcome::{ACCOUNTS, Block, COMMON, GUIDED, Groups, common};
use redress::model::Scenario;
use redress::output::columns::{self, REPLICATE_COMMON};
use redress::output::staging::LAST;
use redress::output::{Choices, Manifest, ResultFolder, RunRecord, digest};
use redress::stats::STATISTICS;

use crate::analysis::blocks::{arbitrary, scenario, shape};

/// Writes the results of blocks of these sizes.
fn written(folder: &Path, scenario: &Scenario, sizes: &[usize]) -> Findings {
    let mut results = ResultFolder::open(folder, Choices::default()).expect("opens");
    let mut worlds = results.worlds(scenario, 7).expect("opens");
    let mut collector = Collector::new(scenario, BASE, 1000);
    let mut first = 0;
    for &size in sizes {
        let block = arbitrary(scenario, first, size, 0);
        worlds.add(&block).expect("written");
        collector.add(&block);
        first += size as u64;
    }
    collector.add_twin(&arbitrary(scenario, 0, 10, 1));
    let findings = collector.finish(1);
    let run = RunRecord { started: "2022-10-15T06:30:00Z".into(), ..RunRecord::default() };
    results.know(worlds.finish().expect("closed"));
    results.add(&findings).expect("written");
    results.describe(scenario, "resolved", &run.started).expect("described");
    results.finish("resolved", run).expect("finished");
    findings
}

fn parquet(folder: &Path, name: &str) -> DataFrame {
    let file = File::open(folder.join(name)).expect("a file");
    ParquetReader::new(file).finish().expect("a table")
}

fn numbers(frame: &DataFrame, column: &str) -> Vec<f64> {
    let column = frame.column(column).expect("a column").f64().expect("numbers");
    column.into_no_null_iter().collect()
}

fn texts(frame: &DataFrame, column: &str) -> Vec<String> {
    let column = frame.column(column).expect("a column").str().expect("texts");
    column.iter().map(|t| t.expect("no gap").to_string()).collect()
}

/// Finishes a folder as a run does whose record says nothing.
fn finished(results: ResultFolder, scenario: &Scenario) -> Manifest {
    let run = RunRecord::default();
    results.describe(scenario, "", &run.started).expect("described");
    results.finish("", run).expect("finished")
}

#[test]
fn replicates_read_back_as_the_blocks() {
    let (s, folder) = (scenario(3), tempfile::tempdir().expect("a folder"));
    written(folder.path(), &s, &[64, 64, 3]);
    let frame = parquet(folder.path(), "replicates.parquet");
    let (groups, block) = (Groups::of(&s), arbitrary(&s, 0, 131, 0));
    let leaves = groups.leaves.len();
    assert_eq!(frame.height(), 131 * 3 * leaves);
    let (guidelines, cohorts, regions) = (texts(&frame, "guideline"), texts(&frame, "cohort"), texts(&frame, "region"));
    let replicates: Vec<i64> =
        frame.column("replicate").expect("a column").i64().expect("whole").into_no_null_iter().collect();
    let shape = shape(&s);
    let of_row = |row: usize| (row / (3 * leaves), row / leaves % 3, groups.leaves[row % leaves]);
    for row in 0..frame.height() {
        let (r, g, leaf) = of_row(row);
        let group = groups.list[leaf];
        assert_eq!(replicates[row], r as i64);
        assert_eq!(guidelines[row], s.guidelines[g].id);
        assert_eq!(Some(cohorts[row].as_str()), group.cohort.map(|c| s.cohorts[c].id.as_str()));
        assert_eq!(Some(regions[row].as_str()), group.region.map(|x| s.regions[x].id.as_str()));
    }
    for (m, measure) in GUIDED.iter().enumerate() {
        let column = numbers(&frame, measure.name);
        let expected = |row: usize| {
            let (r, g, leaf) = of_row(row);
            block.guided[shape.guided(r, g, leaf, m)]
        };
        assert!((0..column.len()).all(|row| column[row] == expected(row)), "{}", measure.name);
    }
    for name in REPLICATE_COMMON {
        let (column, m) = (numbers(&frame, name), common(name).expect("known"));
        let expected = |row: usize| {
            let (r, _, leaf) = of_row(row);
            block.common[shape.common(r, leaf, m)]
        };
        assert!((0..column.len()).all(|row| column[row] == expected(row)), "{}", COMMON[m].name);
    }
    assert!(numbers(&frame, "weight").iter().all(|w| *w == 1.0));
}

#[test]
fn accounts_read_back_as_the_blocks() {
    let (s, folder) = (scenario(3), tempfile::tempdir().expect("a folder"));
    written(folder.path(), &s, &[64, 64, 3]);
    let frame = parquet(folder.path(), "accounts.parquet");
    let (block, shape) = (arbitrary(&s, 0, 131, 0), shape(&s));
    assert_eq!(frame.height(), 131 * 3);
    let ids: Vec<String> = s.guidelines.iter().map(|g| g.id.clone()).collect();
    assert!(texts(&frame, "guideline").chunks(3).all(|world| world == ids));
    let same = |name: &str, expected: &dyn Fn(usize, usize) -> f64| {
        let column = numbers(&frame, name);
        let differs = |row: &usize| column[*row].to_bits() != expected(row / 3, row % 3).to_bits();
        assert_eq!((0..column.len()).find(differs), None, "{name}");
    };
    for (a, account) in ACCOUNTS.iter().enumerate() {
        same(account.name, &|r, g| block.accounts[shape.accounts(r, g, a)]);
    }
    for (m, measure) in GUIDED.iter().enumerate().filter(|(_, m)| !m.additive) {
        same(measure.name, &|r, g| block.guided[shape.guided(r, g, 0, m)]);
    }
    same("pool_factor", &|r, g| block.pool_factor[r * 3 + g]);
}

/// Several row groups, the last of another size: all columns that repeat are made anew for it.
#[test]
fn many_row_groups_read_back_in_order() {
    let (s, folder) = (scenario(3), tempfile::tempdir().expect("a folder"));
    let mut results = ResultFolder::open(folder.path(), Choices::default()).expect("opens");
    let mut worlds = results.worlds(&s, 7).expect("opens");
    let block = arbitrary(&s, 0, 500, 0);
    let blocks = 50_u64;
    for b in 0..blocks {
        worlds.add(&Block { first: 500 * b, ..block.clone() }).expect("written");
    }
    let mut collector = Collector::new(&s, BASE, 500);
    collector.add(&block);
    results.know(worlds.finish().expect("closed"));
    results.add(&collector.finish(1)).expect("written");
    finished(results, &s);
    let leaves = Groups::of(&s).leaves.len();
    for (name, per_world) in [("replicates.parquet", 3 * leaves), ("accounts.parquet", 3), ("worlds.parquet", 1)] {
        let frame = parquet(folder.path(), name);
        assert_eq!(frame.height(), 500 * blocks as usize * per_world, "{name}");
        let replicates = frame.column("replicate").expect("a column").i64().expect("whole");
        assert!(replicates.into_no_null_iter().enumerate().all(|(i, r)| r as usize == i / per_world), "{name}");
        assert!(numbers(&frame, "weight").iter().all(|w| *w == 1.0), "{name}");
        if per_world > 1 {
            let rows = 500 * per_world;
            let (texts, costs) = (texts(&frame, "guideline"), numbers(&frame, "adequacy"));
            assert!((0..texts.len()).all(|i| texts[i] == texts[i % per_world]), "{name}");
            assert!((0..costs.len()).all(|i| costs[i].to_bits() == costs[i % rows].to_bits()), "{name}");
        }
    }
    assert!(500 * blocks as usize * 3 * leaves > 3 << 16, "the replicates fill several row groups");
}

#[test]
fn rows_of_a_world_add_up_to_its_total() {
    let (s, folder) = (scenario(2), tempfile::tempdir().expect("a folder"));
    written(folder.path(), &s, &[50]);
    let frame = parquet(folder.path(), "replicates.parquet");
    let (block, shape) = (arbitrary(&s, 0, 50, 0), shape(&s));
    let leaves = Groups::of(&s).leaves.len();
    for (m, measure) in GUIDED.iter().enumerate().filter(|(_, m)| m.additive) {
        let column = numbers(&frame, measure.name);
        for (i, rows) in column.chunks(leaves).enumerate() {
            assert_eq!(rows.iter().sum::<f64>(), block.guided[shape.guided(i / 3, i % 3, 0, m)], "{}", measure.name);
        }
    }
}

#[test]
fn worlds_read_back_as_the_blocks() {
    let (s, folder) = (scenario(1), tempfile::tempdir().expect("a folder"));
    written(folder.path(), &s, &[64, 36]);
    let frame = parquet(folder.path(), "worlds.parquet");
    let (block, shape) = (arbitrary(&s, 0, 100, 0), shape(&s));
    let q = s.quantities.find("budget.amount").expect("drawn").0 as usize;
    let expected: Vec<f64> = (0..100).map(|r| block.worlds[r * shape.quantities + q]).collect();
    assert_eq!(numbers(&frame, "budget.amount"), expected);
    assert_eq!(numbers(&frame, "services.service.hours"), block.service_hours);
}

#[test]
fn files_have_exactly_the_columns_listed() {
    let (s, folder) = (scenario(2), tempfile::tempdir().expect("a folder"));
    written(folder.path(), &s, &[20]);
    for table in columns::tables(&s) {
        let listed: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        if table.file.ends_with(".csv") {
            let text = fs::read_to_string(folder.path().join(table.file)).expect("a file");
            assert_eq!(text.lines().next(), Some(listed.join(",").as_str()), "{}", table.file);
            // No variant was run, nothing says when anything happens, and twenty worlds do not tell what decides.
            let rows = !["variants.csv", "timeline.csv", "drivers.csv"].contains(&table.file);
            assert_eq!(text.lines().count() > 1, rows, "{}", table.file);
        } else {
            let frame = parquet(folder.path(), table.file);
            let found: Vec<&str> = frame.get_column_names().into_iter().map(|n| n.as_str()).collect();
            assert_eq!(found, listed, "{}", table.file);
        }
    }
}

#[test]
fn numbers_of_the_summary_read_back_to_the_same_bits() {
    let (s, folder) = (scenario(1), tempfile::tempdir().expect("a folder"));
    let findings = written(folder.path(), &s, &[30]);
    let text = fs::read_to_string(folder.path().join("summary.csv")).expect("a file");
    let mut lines = text.lines().skip(1);
    for row in &findings.summary {
        for (name, e) in STATISTICS.iter().zip(row.description.estimates()) {
            let cells: Vec<&str> = lines.next().expect("a line").split(',').collect();
            let keys = [&*row.variant, &*row.guideline, &*row.cohort, &*row.region, row.measure.name];
            assert_eq!(cells[..5], keys);
            assert_eq!(cells[6], *name);
            for (cell, value) in cells[7..].iter().zip([e.value, e.se, e.lo, e.hi]) {
                let read = cell.parse::<f64>().ok();
                assert_eq!(read, value.is_finite().then_some(value), "{name}");
            }
        }
    }
    assert_eq!(lines.next(), None);
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let s = scenario(2);
    let folders = [&[50][..], &[20, 30]].map(|sizes| {
        let folder = tempfile::tempdir().expect("a folder");
        written(folder.path(), &s, sizes);
        folder
    });
    let manifests = folders.each_ref().map(|f| {
        let text = fs::read_to_string(f.path().join(LAST)).expect("a manifest");
        Manifest::parse(&text).expect("parses")
    });
    assert_eq!(manifests[0].artefacts, manifests[1].artefacts);
    for record in &manifests[0].artefacts {
        let found = digest::of_file(&folders[0].path().join(&record.path)).expect("listed files are there");
        assert_eq!(found, (record.sha256.clone(), record.bytes), "{}", record.path);
    }
}

/// What does not vary has no shares of its spread, neither chance nor ignorance.
#[test]
fn a_total_without_spread_has_no_shares_of_it() {
    let (s, folder) = (scenario(1), tempfile::tempdir().expect("a folder"));
    let mut findings = written(folder.path(), &s, &[20]);
    findings.spread[0].variance = 0.0;
    let again = tempfile::tempdir().expect("a folder");
    let mut results = ResultFolder::open(again.path(), Choices { replicates: false }).expect("opens");
    let worlds = results.worlds(&s, 7).expect("opens");
    results.know(worlds.finish().expect("closed"));
    results.add(&findings).expect("written");
    finished(results, &s);
    let text = fs::read_to_string(again.path().join("spread.csv")).expect("a file");
    let shares = |line: &str| line.split(',').skip(5).take(5).map(String::from).collect::<Vec<_>>();
    let lines: Vec<_> = text.lines().map(shares).collect();
    assert_eq!(lines[0], ["chance", "ignorance", "se", "lo", "hi"]);
    assert_eq!(lines[1], [""; 5]);
    assert!(lines[2].iter().all(|cell| !cell.is_empty()), "{:?}", lines[2]);
}

/// Tables grow by a variant at a time and are the same as if all had been written at once.
#[test]
fn variants_stand_below_each_other_under_one_line_of_names() {
    let (s, folder) = (scenario(2), tempfile::tempdir().expect("a folder"));
    let found = |variant: &str, salt: u64| {
        let mut collector = Collector::new(&s, variant, 20);
        collector.add(&arbitrary(&s, 0, 20, salt));
        collector.finish(1)
    };
    let (base, other) = (found(BASE, 0), found("other", 1));
    let write = |name: &str, parts: &[&Findings]| {
        let target = folder.path().join(name);
        let mut results = ResultFolder::open(&target, Choices { replicates: false }).expect("opens");
        let worlds = results.worlds(&s, 7).expect("opens");
        results.know(worlds.finish().expect("closed"));
        parts.iter().for_each(|p| results.add(p).expect("written"));
        finished(results, &s).artefacts
    };
    let mut merged = base.clone();
    merged.merge(other.clone());
    assert_eq!(write("apart", &[&base, &other]), write("together", &[&merged]));
    let text = fs::read_to_string(folder.path().join("apart/best.csv")).expect("a file");
    let first: Vec<&str> = text.lines().filter_map(|l| l.split(',').next()).collect();
    let expected: Vec<&str> = ["variant"].into_iter().chain([BASE; 12]).chain(["other"; 12]).collect();
    assert_eq!(first, expected);
}

#[test]
fn an_interrupted_run_leaves_nothing() {
    let (s, folder) = (scenario(1), tempfile::tempdir().expect("a folder"));
    let target = folder.path().join("results");
    let results = ResultFolder::open(&target, Choices::default()).expect("opens");
    let mut worlds = results.worlds(&s, 7).expect("opens");
    worlds.add(&arbitrary(&s, 0, 64, 0)).expect("written");
    drop((worlds, results));
    // The folder was made for it and goes with it; one that was there stays.
    assert!(!target.exists());
    drop(ResultFolder::open(folder.path(), Choices::default()).expect("opens"));
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

#[test]
fn replicates_can_be_left_out() {
    let (s, folder) = (scenario(1), tempfile::tempdir().expect("a folder"));
    let mut results = ResultFolder::open(folder.path(), Choices { replicates: false }).expect("opens");
    let mut worlds = results.worlds(&s, 7).expect("opens");
    let mut collector = Collector::new(&s, BASE, 10);
    let block = arbitrary(&s, 0, 10, 0);
    worlds.add(&block).expect("written");
    collector.add(&block);
    results.know(worlds.finish().expect("closed"));
    results.add(&collector.finish(1)).expect("written");
    let manifest = finished(results, &s);
    assert!(manifest.artefacts.iter().all(|a| a.path != "replicates.parquet"));
    let package = fs::read_to_string(folder.path().join("datapackage.json")).expect("a file");
    assert!(!package.contains("replicates.parquet"));
}
