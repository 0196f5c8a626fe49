//! How the command fails: the exit code says why, stderr says what, nothing is written.

use std::fs;

use super::{files, folder, redress, say, shipped, stderr, stdout};

#[test]
fn a_wrong_scenario_is_told_in_full() {
    let here = folder();
    let text = fs::read_to_string(shipped("first-steps.toml")).expect("shipped");
    let changes = [("size = 500_000", "size = -5"), ("\"90 %\"", "\"190 %\""), ("beta = 1.5", "betta = 1.5")];
    let broken = changes.iter().fold(text, |t, (from, to)| t.replacen(from, to, 1));
    fs::write(here.path().join("broken.toml"), broken).expect("written");
    for command in ["run broken.toml --out results", "check broken.toml", "show broken.toml"] {
        let output = say(here.path(), command);
        assert_eq!(output.status.code(), Some(1), "{command}");
        assert_eq!(stdout(&output), "", "{command}");
        for words in ["broken.toml:", "size = -5", "190 %", "did you mean `beta`?"] {
            assert!(stderr(&output).contains(words), "{words}: {}", stderr(&output));
        }
    }
    assert_eq!(files(here.path()).len(), 1, "nothing was written");
    assert!(!here.path().join("results").exists());
}

#[test]
fn wrong_usage() {
    let here = folder();
    let lines = [
        "",
        "walk",
        "run",
        "run {} --replicates 0",
        "run {} --replicates many",
        "run {} --replicates 18446744073709551615",
        "run {} --threads 20000",
        "run {} --filing form",
        "sweep {} --over cohorts.shops.size=1,2 --over cohorts.shops.size=3,4",
        "run {} --guideline au-csg --rate AUD=1,01",
        "run {} --engine fast",
        "run {} --set nonsense",
        "check {} --set =3",
    ];
    for line in lines {
        let output = say(here.path(), line);
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(!stderr(&output).is_empty() && stdout(&output).is_empty(), "{line}");
    }
    for line in ["--help", "run --help", "--version"] {
        assert_eq!(say(here.path(), line).status.code(), Some(0), "{line}");
    }
}

/// What cannot be is refused before anything is worked out, with what would be right.
#[test]
fn wrong_values_say_what_would_be_right() {
    let here = folder();
    for (line, words) in [
        ("award de-tkg58 --case fee_month=-60EUR", "fee_month: an amount of money must not be negative"),
        ("award de-tkg58 --on 1990-01-01", "it has one version, without a name (in force: since 2021-12-01)"),
        ("award kr-telecom-terms --version=", "no version of kr-telecom-terms is named; there are 2008"),
        ("solve {} --find cohorts.shop.size --such-that cost<1", "did you mean `cohorts.shops.size`?"),
    ] {
        let output = say(here.path(), line);
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""), "{line}");
        assert!(stderr(&output).contains(words), "{line}: {}", stderr(&output));
    }
}

/// What is wrong stands where it was typed, and what would be right is said of the option itself.
#[test]
fn options_are_told_as_typed() {
    let here = folder();
    for (line, code, words) in [
        ("run {} --guideline de-tkg58", 1, "--guideline de-tkg58"),
        ("sweep {} --over cohorts.shops.hit=0.5,36 -n 50", 1, "--over 'cohorts.shops.hit=0.5,36'"),
        ("sweep {} --over cohorts.shops.title=a,b", 2, "no result depends on `cohorts.shops.title`"),
        ("run {} -n -5", 2, "at least 1"),
        ("run {} --seed -1", 2, "0 or above"),
        ("award de-tkg58 --case last_day=삼", 2, "is expected, not `삼`"),
    ] {
        let output = say(here.path(), line);
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(code), ""), "{line}: {}", stderr(&output));
        let told = stderr(&output);
        assert!(told.contains(words) && !told.contains("--set:"), "{line}: {told}");
    }
    let list = stderr(&say(here.path(), "run {} --guideline nothing-like-it"));
    assert!(list.contains(" more") && list.len() < 500, "{list}");
}

/// Where nothing can be told the exit code still says how it went.
#[cfg(target_os = "linux")]
#[test]
fn a_full_stderr_is_no_fault() {
    let here = folder();
    fs::write(here.path().join("wrong.toml"), "schema = 2").expect("written");
    for (args, code) in [(["check", "wrong.toml"], 1), (["run", "no-such.toml"], 3)] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
        let output = redress(here.path()).args(args).stderr(full).output().expect("runs");
        assert_eq!(output.status.code(), Some(code), "{args:?}");
    }
}

/// A briefing takes the place of no other file.
#[test]
fn a_briefing_has_the_name_of_a_page() {
    let here = folder();
    let ran = say(here.path(), "run {} --replicates 20 --no-variants --quiet --out results");
    assert_eq!(ran.status.code(), Some(0), "{}", stderr(&ran));
    let manifest = || fs::read_to_string(here.path().join("results/manifest.json")).expect("there");
    let before = manifest();
    let output = say(here.path(), "brief results --out results/manifest.json");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert_eq!(manifest(), before);
    fs::create_dir(here.path().join("folder.html")).expect("made");
    assert_eq!(say(here.path(), "brief results --out folder.html").status.code(), Some(3));
    assert_eq!(say(here.path(), "brief results --out mine.html").status.code(), Some(0));
    // A folder that is not there is made, as for a run.
    assert_eq!(say(here.path(), "brief results --out new/deep/mine.html").status.code(), Some(0));
    assert!(here.path().join("new/deep/mine-one-page.html").exists());
}

#[test]
fn unreadable_files() {
    let here = folder();
    for line in ["run no-such.toml", "check no-such.toml", "show no-such.toml", "rerun no-such-folder", "check ."] {
        let output = say(here.path(), line);
        assert_eq!(output.status.code(), Some(3), "{line}: {}", stderr(&output));
        assert!(stderr(&output).starts_with("redress: cannot read"), "{line}: {}", stderr(&output));
    }
    fs::write(here.path().join("latin.toml"), b"title = \"caf\xe9\"").expect("written");
    assert_eq!(say(here.path(), "check latin.toml").status.code(), Some(3));
}

/// Results take the place of results, never of somebody's files: such a folder is refused before anything is drawn (a billion
/// replicates would not come back) and stays as it is. What has other names is no hindrance.
#[test]
fn files_of_somebody_else_are_not_replaced() {
    let here = folder();
    let put = |name: &str| {
        let path = here.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, "mine").expect("written");
    };
    ["mine/summary.csv", "drawn/figures/funnel.png", "other/manifest.json", "years/causes.parquet"]
        .iter()
        .for_each(|name| put(name));
    let before = files(here.path());
    for (line, name) in [
        ("run {} --replicates 1000000000 --out mine", "summary.csv"),
        ("run {} --replicates 1000000000 --out drawn", "figures/funnel.png"),
        ("sweep {} --over cohorts.shops.size=1,2 -n 1000000000 --out mine", "summary.csv"),
        ("takeup --out other", "manifest.json"),
        ("sensitivity {} --out years", "causes.parquet"),
        ("run {} --replicates 1000000000 --out mine/summary.csv", "it is a file; name a folder"),
    ] {
        let output = say(here.path(), line);
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(3), ""), "{line}: {}", stderr(&output));
        assert!(stderr(&output).contains(name), "{line}: {}", stderr(&output));
    }
    assert!(files(here.path()) == before, "nothing is touched");
    put("ours/notes.txt");
    for _ in 0..2 {
        let output = say(here.path(), "run {} --replicates 20 --no-variants --quiet --out ours");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    assert_eq!(fs::read_to_string(here.path().join("ours/notes.txt")).expect("there"), "mine");
}

/// The folder is tried before the run: a billion replicates would not come back.
#[test]
fn an_unwritable_folder_fails_at_once() {
    let here = folder();
    fs::write(here.path().join("file"), "").expect("written");
    let output = say(here.path(), "run {} --replicates 1000000000 --out file/results");
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("file/results"), "{}", stderr(&output));
}

#[test]
fn changes_take_units_and_know_their_paths() {
    let here = folder();
    let set = |change: &str| {
        let first = shipped("first-steps.toml");
        let line = ["run", "-n", "50", "--out", "results", "--set", change];
        redress(here.path()).args(line).arg(first).output().expect("the binary starts")
    };
    let changed = set("budget.amount=30 bn KRW");
    assert_eq!(changed.status.code(), Some(0), "{}", stderr(&changed));
    assert!(stdout(&changed).contains("Budget 30 bn KRW"), "{}", stdout(&changed));
    assert_eq!(set("cohorts.shops.hit=36 %").status.code(), Some(0));
    let before = files(here.path());
    let unknown = set("cohorts.shop.hit=0.5");
    assert_eq!(unknown.status.code(), Some(1));
    assert!(stderr(&unknown).contains("did you mean"), "{}", stderr(&unknown));
    let wrong = set("cohorts.shops.hit=5 h");
    assert_eq!(wrong.status.code(), Some(1), "{}", stderr(&wrong));
    assert!(stderr(&wrong).contains("5 h"), "{}", stderr(&wrong));
    assert!(files(here.path()) == before, "a failed run touches nothing");
}

#[test]
fn mistakes_come_as_rows() {
    let here = folder();
    let text = fs::read_to_string(shipped("first-steps.toml")).expect("shipped").replace("size = 500_000", "size = -5");
    fs::write(here.path().join("broken.toml"), text).expect("written");
    let output = say(here.path(), "check broken.toml --format json");
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(1), ""));
    let rows: Vec<serde_json::Value> = serde_json::from_str(&stdout(&output)).expect("a list");
    assert_eq!((rows.len(), &rows[0]["severity"], &rows[0]["file"]), (1, &"error".into(), &"broken.toml".into()));
    let place = |key: &str| rows[0][key].as_u64().expect("a number");
    let line = fs::read_to_string(here.path().join("broken.toml")).expect("there");
    let line = line.lines().nth(place("line") as usize - 1).expect("a line");
    let rest: String = line.chars().skip(place("column") as usize - 1).collect();
    assert!(rest.starts_with("-5"), "{line} {rows:?}");
    let fine = say(here.path(), "check {} --format csv");
    assert_eq!((fine.status.code(), stdout(&fine).lines().count()), (Some(0), 1), "{}", stdout(&fine));
    assert!(say(here.path(), "check {} --format parquet").stdout.starts_with(b"PAR1"));
    let numbers = stdout(&say(here.path(), "show {} --format csv"));
    assert!(numbers.starts_with("path,") && numbers.lines().count() > 20, "{numbers}");
    assert_eq!(say(here.path(), "show eu261 --format csv").status.code(), Some(2));
}

#[test]
fn a_number_with_parameters_lacks_its_law() {
    let here = folder();
    let text = fs::read_to_string(shipped("first-steps.toml")).expect("shipped");
    let text = text.replace("size = 500_000", "size = { min = 1, mode = 2, max = 3 }");
    fs::write(here.path().join("bare.toml"), text).expect("written");
    let told = stderr(&say(here.path(), "check bare.toml"));
    assert!(told.contains("lacks `law`") && told.matches("error:").count() == 1, "{told}");
}
