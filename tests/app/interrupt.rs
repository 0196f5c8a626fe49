//! Ctrl-C: the run ends with its own exit code, leaves the result folder as it was, and where it is long keeps what is
//! finished. That the test of what is kept can fail was tried with a planted error: twins dropped from what is kept.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use redress::output::blocks::UNFINISHED;

use super::files::assert_complete;
use super::{done, files, folder, redress, say, shipped, stderr};

/// A run that would take hours. It keeps no blocks: on a slow machine the first could be there before the signal.
fn long_run(here: &Path) -> Child {
    let line = ["run", "-n", "1000000000", "--keep", "never", "--out", "results"];
    let mut command = redress(here);
    command.args(line).arg(shipped("first-steps.toml")).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the binary starts")
}

/// Waits until the run has opened its files.
fn wait_for_files(results: &Path) {
    let begun = Instant::now();
    let hidden = |e: std::fs::DirEntry| e.file_name().to_string_lossy().starts_with(".redress-");
    let open = || std::fs::read_dir(results).is_ok_and(|d| d.flatten().any(hidden));
    while !open() {
        assert!(begun.elapsed() < Duration::from_secs(60), "the run does not start");
        std::thread::sleep(Duration::from_millis(10));
    }
    std::thread::sleep(Duration::from_millis(100));
}

fn interrupted(here: &Path) -> Output {
    let child = long_run(here);
    wait_for_files(&here.join("results"));
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill is there");
    assert!(sent.success());
    child.wait_with_output().expect("the run ends")
}

fn killed(here: &Path) {
    let mut child = long_run(here);
    wait_for_files(&here.join("results"));
    child.kill().expect("still there");
    child.wait().expect("gone");
}

#[test]
fn a_second_run_into_the_same_folder_is_refused() {
    let here = folder();
    let mut first = long_run(here.path());
    wait_for_files(&here.path().join("results"));
    let second = say(here.path(), "run {} -n 50 --out results");
    assert_eq!(second.status.code(), Some(3), "{}", stderr(&second));
    let told = "redress: cannot write into results: another run is at work there";
    assert!(stderr(&second).contains(told), "{}", stderr(&second));
    done(here.path(), "run {} -n 50 --out elsewhere");
    assert!(first.try_wait().expect("asked").is_none(), "the first goes on");
    first.kill().expect("still there");
    first.wait().expect("gone");
}

#[test]
fn the_next_run_cleans_up_after_a_killed_one() {
    let here = folder();
    killed(here.path());
    assert!(!files(here.path()).is_empty(), "a killed run cannot clean up");
    done(here.path(), "run {} -n 50 --out results");
    assert_complete(&here.path().join("results"));
    let hidden = |e: &std::fs::DirEntry| e.file_name().to_string_lossy().starts_with('.');
    let left = std::fs::read_dir(here.path().join("results")).expect("a folder").flatten().filter(hidden).count();
    assert_eq!(left, 0);
}

#[test]
fn nothing_is_left_half_written() {
    let here = folder();
    let output = interrupted(here.path());
    assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
    assert!(stderr(&output).contains("interrupted"), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
    assert!(files(here.path()).is_empty(), "{:?}", files(here.path()).keys());
}

#[test]
fn earlier_results_stay() {
    let here = folder();
    done(here.path(), "run {} -n 50 --out results");
    let before = assert_complete(&here.path().join("results"));
    assert_eq!(interrupted(here.path()).status.code(), Some(130));
    assert!(assert_complete(&here.path().join("results")) == before);
}

/// So many that a run goes on for a second and more after its first blocks are kept, however late the signal comes.
const REPLICATES: &str = "120000";

/// A run that keeps its blocks from the first on.
fn keeping(here: &Path, out: &str) -> Command {
    let mut command = redress(here);
    command.arg("run").arg(shipped("first-steps.toml"));
    command.args(["-n", REPLICATES, "--keep", "always", "--format", "csv", "--out", out]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Ends a run by a signal as soon as blocks are kept: there is more than the first line, which is written by itself.
fn ended(here: &Path, out: &str, signal: &str) -> Output {
    let child = keeping(here, out).spawn().expect("the binary starts");
    let kept = here.join(out).join(UNFINISHED);
    let begun = Instant::now();
    while !std::fs::metadata(&kept).is_ok_and(|m| m.len() > 1_000) {
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing is kept");
        std::thread::sleep(Duration::from_millis(1));
    }
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill is there");
    assert!(sent.success());
    child.wait_with_output().expect("the run ends")
}

/// Checks that the same command goes on, to the same bits as one that was never interrupted.
fn assert_goes_on(here: &Path, out: &str, whole: &BTreeMap<String, Vec<u8>>, page: &[u8]) {
    let second = keeping(here, out).arg("--threads").arg("1").output().expect("the binary starts");
    assert_eq!(second.status.code(), Some(0), "{}", stderr(&second));
    assert!(stderr(&second).contains("going on after"), "{}", stderr(&second));
    assert!(second.stdout == page);
    let found = assert_complete(&here.join(out));
    assert!(found.keys().eq(whole.keys()), "{:?}", found.keys());
    // The manifest and the data package hold the time of the run.
    for (name, content) in whole.iter().filter(|(n, _)| !["manifest.json", "datapackage.json"].contains(&n.as_str())) {
        assert!(*content == found[name], "{name} differs");
    }
}

#[test]
fn a_run_that_was_interrupted_goes_on_to_the_same_bits() {
    let here = folder();
    let whole = keeping(here.path(), "whole").output().expect("the binary starts");
    assert_eq!(whole.status.code(), Some(0), "{}", stderr(&whole));
    let page = whole.stdout;
    let whole = assert_complete(&here.path().join("whole"));

    let first = ended(here.path(), "interrupted", "-INT");
    assert_eq!(first.status.code(), Some(130), "{}", stderr(&first));
    assert!(stderr(&first).contains("the same command goes on from there"), "{}", stderr(&first));
    assert!(first.stdout.is_empty());
    let left = files(&here.path().join("interrupted"));
    assert!(left.keys().eq([UNFINISHED]), "{:?}", left.keys());
    assert_goes_on(here.path(), "interrupted", &whole, &page);

    ended(here.path(), "killed", "-KILL");
    // What a killed run, or a machine that fails, leaves may end anywhere.
    let kept = here.path().join("killed").join(UNFINISHED);
    let bytes = std::fs::read(&kept).expect("there");
    std::fs::write(&kept, &bytes[..bytes.len() - 100]).expect("writable");
    assert_goes_on(here.path(), "killed", &whole, &page);

    // Blocks of another question are of no use.
    std::fs::create_dir(here.path().join("other")).expect("a folder");
    std::fs::write(here.path().join("other").join(UNFINISHED), &bytes).expect("writable");
    let other = done(here.path(), "run {} -n 120000 --seed 2 --keep always --out other");
    assert!(!other.is_empty() && !here.path().join("other").join(UNFINISHED).exists());
    assert!(files(&here.path().join("other"))["replicates.parquet"] != whole["replicates.parquet"]);
}
