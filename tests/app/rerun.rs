//! `rerun`: a result folder is enough to make its files again, bit for bit; what was changed is found.

use std::fs;

use super::files::assert_complete;
use super::{done, files, folder, redress, say, shipped, stderr};

#[test]
fn the_same_again() {
    let here = folder();
    done(here.path(), "run {} -n 300 --seed 7 --lang ko --set cohorts.shops.hit=0.5 --out results");
    let before = files(here.path());
    let told = done(here.path(), "rerun results --threads 1");
    assert!(told.contains("files, all the same bit for bit, on disk as well"), "{told}");
    assert!(files(here.path()) == before, "the comparison leaves nothing behind");
    let rows = done(here.path(), "rerun results --format csv");
    assert!(rows.starts_with("path,sha256,on_disk,again\n"), "{rows}");
    assert_eq!(rows.matches(",same,same").count() + 1, rows.lines().count(), "{rows}");
    done(here.path(), "rerun results --out again");
    assert_complete(&here.path().join("again"));
}

#[test]
fn a_changed_scenario_is_found() {
    let here = folder();
    done(here.path(), "run {} -n 100 --out results");
    let resolved = here.path().join("results/scenario.resolved.toml");
    let text = fs::read_to_string(&resolved).expect("written by the run");
    assert_eq!(text.matches("cap = 300_000").count(), 1);
    fs::write(&resolved, text.replace("cap = 300_000", "cap = 400_000")).expect("written");
    let output = say(here.path(), "rerun results");
    assert_eq!(output.status.code(), Some(3));
    let told = stderr(&output);
    assert!(told.contains("on disk, changed since the run: scenario.resolved.toml;"), "{told}");
    assert!(told.contains("files come out differently: ") && told.contains("summary.csv"), "{told}");
}

/// Files that were touched on disk are told apart from files that come out differently.
#[test]
fn files_changed_and_missing_on_disk_are_found() {
    let here = folder();
    done(here.path(), "run {} -n 100 --out results");
    let path = |name: &str| here.path().join("results").join(name);
    let mut text = fs::read_to_string(path("summary.csv")).expect("written by the run");
    text.push('\n');
    fs::write(path("summary.csv"), text).expect("written");
    fs::remove_file(path("figures/exceedance.png")).expect("removed");
    fs::write(path("notes.txt"), "a stranger's file is not asked for").expect("written");
    let output = say(here.path(), "rerun results");
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let told = stderr(&output);
    for words in [
        "on disk, changed since the run: summary.csv;",
        "on disk, missing: figures/exceedance.png;",
        "files come out as the manifest says",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("differently"), "{told}");
}

/// A manifest that lists other results: the files on disk are not as it says, and neither are the new ones.
#[test]
fn files_that_come_out_differently_are_found() {
    let here = folder();
    done(here.path(), "run {} -n 100 --out results");
    let manifest = here.path().join("results/manifest.json");
    let text = fs::read_to_string(&manifest).expect("written by the run");
    assert_eq!(text.matches("\"seed\": 1,").count(), 1);
    fs::write(&manifest, text.replace("\"seed\": 1,", "\"seed\": 2,")).expect("written");
    let output = say(here.path(), "rerun results");
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let told = stderr(&output);
    assert!(told.contains("come out differently: ") && told.contains("worlds.parquet"), "{told}");
    assert!(told.contains("manifest.json was changed since the run"), "{told}");
    assert!(!told.contains("on disk") && !told.contains("inputs.csv"), "{told}");
}

/// The resolved scenario needs no library beside it, and keeps the variants.
#[test]
fn a_resolved_scenario_stands_alone() {
    let here = folder();
    let line = ["run", "-n", "3", "--quiet", "--out", "results"];
    let run = redress(here.path()).args(line).arg(shipped("kakao-2022.toml")).output().expect("the binary starts");
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    fs::create_dir(here.path().join("elsewhere")).expect("a folder");
    fs::copy(here.path().join("results/scenario.resolved.toml"), here.path().join("elsewhere/kakao.toml"))
        .expect("copied");
    let told = done(here.path(), "check elsewhere/kakao.toml");
    assert!(told.contains("valid.") && !told.contains(" 0 variants"), "{told}");
    assert!(done(here.path(), "rerun results").contains("all the same"));
}
