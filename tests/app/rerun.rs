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
    assert!(told.contains("files, all the same bit for bit"), "{told}");
    assert!(files(here.path()) == before, "the comparison leaves nothing behind");
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
    assert_ne!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("scenario.resolved.toml"), "{}", stderr(&output));
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
