//! `redress sensitivity` of a run already made, and runs of scrambled points, from the outside.

use std::path::Path;

use super::{folder, redress, stderr, stdout};

fn first_steps() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/first-steps.toml")
}

#[test]
fn a_run_already_made_tells_what_matters_without_new_worlds() {
    let here = folder();
    let run = redress(here.path()).arg("run").arg(first_steps()).args(["-n", "3000", "-q", "--out", "made"]).output();
    assert_eq!(run.expect("the binary starts").status.code(), Some(0));
    let ask = |args: &[&str]| {
        let mut command = redress(here.path());
        command.args(["sensitivity", "made", "-q", "--out", "answer", "--format", "csv"]).args(args);
        command.output().expect("the binary starts")
    };
    let told = ask(&["--look", "payout[flat-and-share]"]);
    assert_eq!(told.status.code(), Some(0), "{}", stderr(&told));
    let text = stdout(&told);
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|l| l.split(',').collect()).collect();
    let drawn = std::fs::read_to_string(here.path().join("made/inputs.csv")).expect("written");
    assert!(rows.len() >= 2 && rows.len() < drawn.lines().count(), "a row a quantity that varies: {text}");
    let first = |r: &Vec<&str>| r[4].parse::<f64>().unwrap_or_else(|_| panic!("{r:?}"));
    assert!(rows.windows(2).all(|w| first(&w[0]) >= first(&w[1])), "ranked: {text}");
    // First-order indices of independent quantities cannot add up to more than 1, errors apart.
    let sum: f64 = rows.iter().map(first).sum();
    assert!(sum > 0.3 && sum < 1.05, "{sum}");
    let again = redress(here.path()).args(["rerun", "answer"]).output().expect("the binary starts");
    assert_eq!(again.status.code(), Some(0), "{}{}", stdout(&again), stderr(&again));
    for (wrong, code, word) in [
        (vec!["--set", "budget.amount=1 KRW"], 2, "a run already made"),
        (vec!["--look", "coverage"], 3, "does not add up"),
        (vec!["--look", "cots"], 2, "did you mean `cost`"),
    ] {
        let refused = ask(&wrong);
        assert_eq!(refused.status.code(), Some(code), "{wrong:?}");
        assert!(stderr(&refused).contains(word), "{wrong:?}: {}", stderr(&refused));
    }
}

#[test]
fn a_run_of_scrambled_points_is_told_and_can_be_repeated() {
    let here = folder();
    for (sampling, worlds) in [("sobol", "512"), ("expected", "512")] {
        let run = redress(here.path())
            .arg("run")
            .arg(first_steps())
            .args(["-n", "1000", "-q", "--out", sampling, "--sampling", sampling])
            .output()
            .expect("the binary starts");
        assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
        let manifest = std::fs::read_to_string(here.path().join(sampling).join("manifest.json")).expect("written");
        assert!(manifest.contains(&format!("\"sampling\": \"{sampling}\"")), "{manifest}");
        assert!(manifest.contains(&format!("\"replicates\": {worlds}")), "16 scramblings of 32 points: {manifest}");
        let again =
            redress(here.path()).args(["rerun", sampling, "--threads", "1"]).output().expect("the binary starts");
        assert_eq!(again.status.code(), Some(0), "{}{}", stdout(&again), stderr(&again));
    }
    let read = |f: &str| std::fs::read_to_string(here.path().join(f).join("summary.csv")).expect("written");
    assert_ne!(read("sobol"), read("expected"), "means are known");
}

#[test]
fn a_precision_that_the_cap_forbids_is_told() {
    let here = folder();
    let run = redress(here.path())
        .arg("run")
        .arg(first_steps())
        .args(["--no-variants", "--precision", "0.01%", "--at-most", "2000", "--out", "capped"])
        .output()
        .expect("the binary starts");
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    assert!(stderr(&run).contains("2,000 replicates are the most that --at-most allows"), "{}", stderr(&run));
}
