//! Ctrl-C: the run ends with its own exit code and leaves the result folder as it was.
#![cfg(unix)]

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::files::assert_complete;
use super::{done, files, folder, redress, say, shipped, stderr};

/// A run that would take hours.
fn long_run(here: &Path) -> Child {
    let line = ["run", "-n", "1000000000", "--out", "results"];
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
        assert!(begun.elapsed() < Duration::from_secs(10), "the run does not start");
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
