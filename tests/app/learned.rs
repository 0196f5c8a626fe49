//! `calibrate` and `backtest`: forms of the answer, the same again, mistakes at their place, folders of others.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{done, files, folder, redress, say, shipped, stderr, stdout};

fn small() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/whatif/small.toml").display().to_string()
}

#[test]
fn an_answer_has_four_forms_and_comes_out_again() {
    let here = folder();
    let line = format!("calibrate {} --until 2024-03-09 -n 600 --effective 100 --out a", small());
    let page = done(here.path(), &line);
    assert!(page.contains("What is known after one count") && page.lines().all(|l| l.chars().count() <= 80), "{page}");
    let csv = done(here.path(), &format!("{line} --format csv"));
    assert!(csv.starts_with("path,unit,prior_mean") && csv.lines().count() >= 4);
    let json: Value = serde_json::from_str(&done(here.path(), &format!("{line} --format json"))).expect("JSON");
    let rows = json.as_array().expect("a list");
    assert_eq!(rows.len(), csv.lines().count() - 1);
    let output = say(here.path(), &format!("{line} --format parquet"));
    assert!(output.stdout.starts_with(b"PAR1"));
    let found = files(&here.path().join("a"));
    for name in
        ["calibrate.csv", "calibrate-counts.csv", "calibrate-course.csv", "calibrate-steps.csv", "manifest.json"]
    {
        assert!(found.contains_key(name), "{name}");
    }
    assert!(found.contains_key("figures/prediction.svg") && found.contains_key("figures/quantities.png"));
    assert!(done(here.path(), "rerun a").contains("all the same bit for bit"));
    let korean = done(here.path(), &format!("{line} --lang ko"));
    assert!(korean.contains("무엇을 아는가"));
}

#[test]
fn what_was_learned_is_saved_and_runs() {
    let here = folder();
    done(here.path(), &format!("calibrate {} -n 1000 --effective 10 --save learned.toml --draws 50", small()));
    done(here.path(), "check learned.toml");
    done(here.path(), "run learned.toml -n 20 --quiet");
    done(here.path(), "calibrate learned.toml -n 200 --effective 1 --out again");
}

#[test]
fn what_cannot_be_fitted_is_told_at_its_place() {
    let here = folder();
    let text = fs::read_to_string(small()).expect("readable").replace("error = 150\n", "");
    fs::write(here.path().join("bare.toml"), text).expect("writable");
    let output = say(here.path(), "calibrate bare.toml -n 50");
    assert_eq!(output.status.code(), Some(1));
    let told = stderr(&output);
    assert!(told.contains("bare.toml:40:9") && told.contains("no error is stated"), "{told}");
    let output = say(here.path(), &format!("calibrate {} --until 2024-03-05", small()));
    assert!(output.status.code() == Some(2) && stderr(&output).contains("nothing that was counted until 2024-03-05"));
    let output = say(here.path(), &format!("calibrate {} --until soon", small()));
    assert!(output.status.code() == Some(2) && stderr(&output).contains("`soon` is no date"));
    let unknown = fs::read_to_string(small())
        .expect("readable")
        .replace("on = 2024-03-09", "measure = \"report\"\non = 2024-03-09");
    fs::write(here.path().join("unknown.toml"), unknown).expect("writable");
    let told = stderr(&say(here.path(), "check unknown.toml"));
    assert!(told.contains("unknown.toml:39:11") && told.contains("did you mean `reports`?"), "{told}");
}

fn copied(here: &Path, names: &[&str]) -> PathBuf {
    let events = here.join("events");
    fs::create_dir(&events).expect("a folder");
    for name in names {
        fs::copy(shipped(&format!("backtests/{name}.toml")), events.join(format!("{name}.toml"))).expect("copied");
    }
    events
}

/// A folder of somebody else's, with a scenario more.
#[test]
fn another_folder_with_one_more_scenario_works() {
    let here = folder();
    let events = copied(here.path(), &["rogers-2022", "kt-2021"]);
    let other = fs::read_to_string(shipped("backtests/rogers-2022.toml")).expect("readable");
    let other = other.replace("id = \"rogers-2022-as-of-9-july\"", "id = \"other\"").replace("150 m CAD", "90 m CAD");
    fs::write(events.join("other.toml"), other).expect("writable");
    fs::write(events.join("notes.md"), "not a scenario").expect("writable");
    let page = done(here.path(), "backtest events -n 500");
    assert!(page.contains("3 events, 3 outcomes") && page.lines().all(|l| l.chars().count() <= 80), "{page}");
    let csv = done(here.path(), "backtest events -n 500 --format csv");
    assert_eq!(csv.lines().count(), 4);
    let found = files(&here.path().join("outputs/events-backtest"));
    for name in
        ["backtest.csv", "backtest-summary.csv", "figures/backtest.png", "scenarios/other.toml", "manifest.json"]
    {
        assert!(found.contains_key(name), "{name}");
    }
    assert!(done(here.path(), "rerun outputs/events-backtest").contains("all the same bit for bit"));
    let one =
        redress(here.path()).args(["backtest", "events", "-n", "500", "--format", "csv", "--threads", "1"]).output();
    assert_eq!(stdout(&one.expect("the binary starts")), csv);
}

#[test]
fn mistakes_in_a_folder_are_told_at_their_place() {
    let here = folder();
    let events = copied(here.path(), &["rogers-2022"]);
    let path = events.join("rogers-2022.toml");
    let text = fs::read_to_string(&path).expect("readable");
    let refused = |text: &str, words: &[&str]| {
        fs::write(&path, text).expect("writable");
        let output = say(here.path(), "backtest events -n 50");
        assert_eq!(output.status.code(), Some(1));
        let told = stderr(&output);
        assert!(words.iter().all(|w| told.contains(w)), "{told}");
    };
    refused(&text.replace("as_of = 2022-07-09\n", ""), &["rogers-2022.toml:1:1", "as_of"]);
    let end = text.find("[[outcome]]").expect("an outcome");
    refused(&text[..end], &["rogers-2022.toml:1:1", "what came later"]);
    let line = text.lines().position(|l| l == "measure = \"payout\"").expect("a measure") + 1;
    let reviewed = text.replace("\"payout\"", "\"reviewed\"").replace("\"150 m CAD\"", "7");
    refused(&reviewed, &[&format!("rogers-2022.toml:{}:9", line + 4), "cannot be simulated"]);
    refused(
        &text.replace("\"payout\"", "\"payouts\""),
        &[&format!("rogers-2022.toml:{line}:11"), "did you mean `payout`?"],
    );
    let late =
        text.replace("source = \"technewsday-2022\", note = \"10 m", "source = \"rogers-2022-11-09\", note = \"10 m");
    refused(&late, &["not yet known on 2022-07-09", "rogers-2022-11-09"]);
    // Those of all files at once.
    fs::write(events.join("second.toml"), text.replace("hit = 1.0", "hti = 1.0")).expect("writable");
    refused(&late, &["not yet known on 2022-07-09", "second.toml", "did you mean `hit`?"]);
    fs::remove_file(events.join("second.toml")).expect("removed");
    fs::remove_file(&path).expect("removed");
    let output = say(here.path(), "backtest events");
    assert!(output.status.code() == Some(2) && stderr(&output).contains("holds no scenario"));
    let output = say(here.path(), "backtest nowhere");
    assert_eq!(output.status.code(), Some(3));
}
