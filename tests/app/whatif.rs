//! The commands of what-if: their forms, their files, what an interruption leaves, and what they say of mistakes.

use std::fs;

use redress::output::journal::UNFINISHED;
use redress::output::manifest::{Found, Manifest};

use super::{folder, redress, shipped, stderr, stdout};

const AMOUNT: &str = "guidelines.flat-and-share.rules.rule-1.amount";

fn asked(here: &std::path::Path, words: &[&str]) -> std::process::Output {
    redress(here).arg(words[0]).arg(shipped("first-steps.toml")).args(&words[1..]).output().expect("the binary starts")
}

fn done(here: &std::path::Path, words: &[&str]) -> String {
    let output = asked(here, words);
    assert_eq!(output.status.code(), Some(0), "{words:?}: {}", stderr(&output));
    stdout(&output)
}

#[test]
fn a_sweep_comes_in_four_forms_with_one_content() {
    let here = folder();
    let over = format!("{AMOUNT}=1000, 2000, 4000");
    let sweep = |form: &str| {
        let words = ["sweep", "--over", &over, "--look", "payout", "-n", "200", "--out", "answer", "--format", form];
        let output = asked(here.path(), &words);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        output.stdout
    };
    let csv = String::from_utf8(sweep("csv")).expect("UTF-8");
    assert_eq!(csv, fs::read_to_string(here.path().join("answer/sweep.csv")).expect("the file"));
    let json: serde_json::Value = serde_json::from_slice(&sweep("json")).expect("JSON");
    let rows = json.as_array().expect("a list");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!((rows.len(), lines.len()), (3, 4));
    let heads: Vec<&str> = lines[0].split(',').collect();
    let at = heads.iter().position(|h| *h == "value").expect("a column");
    for (row, line) in rows.iter().zip(&lines[1..]) {
        let cell: f64 = line.split(',').nth(at).and_then(|c| c.parse().ok()).expect("a number");
        assert_eq!(row["value"].as_f64(), Some(cell));
        assert_eq!(row["guideline"], "flat-and-share");
    }
    assert!(sweep("parquet").starts_with(b"PAR1"));
    let page = String::from_utf8(sweep("table")).expect("UTF-8");
    assert!(page.lines().all(|l| redress::output::terminal::width::width(l) <= 80), "{page}");
    let manifest = fs::read_to_string(here.path().join("answer/manifest.json")).expect("the manifest");
    let manifest = Manifest::parse(&manifest).expect("a manifest");
    assert_eq!(manifest.run.question, ["sweep", "--over", &over, "--look", "payout", "-n", "200"]);
    assert!(manifest.found_in(&here.path().join("answer")).expect("readable").iter().all(|f| *f == Found::Same));
    assert!(!here.path().join("answer").join(UNFINISHED).exists());
}

#[test]
fn an_answer_can_be_had_again_bit_for_bit() {
    let here = folder();
    let over = format!("{AMOUNT}=1000, 2000");
    done(
        here.path(),
        &["sweep", "--over", &over, "-n", "200", "--set", "cohorts.shops.hit=50 %", "--lang", "ko", "--out", "a"],
    );
    done(
        here.path(),
        &["solve", "--find", AMOUNT, "--such-that", "mean(payout) < 1 bn KRW", "-n", "100", "--out", "b"],
    );
    for answer in ["a", "b"] {
        let output = redress(here.path()).args(["rerun", answer]).output().expect("the binary starts");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(stdout(&output).contains("all the same bit for bit"), "{}", stdout(&output));
    }
    fs::write(here.path().join("a/sweep.csv"), "spoilt").expect("writable");
    let output = redress(here.path()).args(["rerun", "a"]).output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("changed since the run: sweep.csv"), "{}", stderr(&output));
}

#[test]
fn threads_change_no_byte_of_an_answer() {
    let here = folder();
    let over = format!("{AMOUNT}=0 .. 6000 in 4");
    let csv = |threads: &str| {
        done(
            here.path(),
            &["sweep", "--over", &over, "-n", "300", "--threads", threads, "--format", "csv", "--out", "a"],
        )
    };
    assert_eq!(csv("1"), csv("3"));
}

#[cfg(unix)]
#[test]
fn an_interrupted_sweep_goes_on_where_it_stopped() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};
    let here = folder();
    let sweep = |out: &str| {
        let mut command = redress(here.path());
        let over = "cohorts.customers.hit=10 %, 20 %, 30 %, 40 %, 50 %, 60 %, 70 %, 80 %";
        command.arg("sweep").arg(shipped("first-steps.toml"));
        command.args(["--over", over, "--look", "claims", "-n", "100000", "--format", "csv", "--out", out]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let first = sweep("cut").spawn().expect("the binary starts");
    let journal = here.path().join("cut").join(UNFINISHED);
    let begun = Instant::now();
    while !fs::read_to_string(&journal).is_ok_and(|t| t.contains('\n')) {
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing is finished");
        std::thread::sleep(Duration::from_millis(5));
    }
    let sent = Command::new("kill").args(["-INT", &first.id().to_string()]).status().expect("kill is there");
    assert!(sent.success());
    let first = first.wait_with_output().expect("it ends");
    assert_eq!(first.status.code(), Some(130), "{}", stderr(&first));
    assert!(stderr(&first).contains("goes on from there"), "{}", stderr(&first));
    assert!(journal.exists() && !here.path().join("cut/sweep.csv").exists());
    let second = sweep("cut").output().expect("the binary starts");
    assert!(stderr(&second).contains("going on after"), "{}", stderr(&second));
    let whole = sweep("whole").output().expect("the binary starts");
    assert_eq!((second.status.code(), whole.status.code()), (Some(0), Some(0)));
    assert_eq!(second.stdout, whole.stdout);
    assert!(!journal.exists());
}

#[test]
fn mistakes_are_told_before_anything_is_drawn() {
    let here = folder();
    let cases: [(&[&str], i32, &str); 14] = [
        (&["sweep", "--over", "guidelines.flat"], 2, "write PATH=VALUES"),
        (&["sweep", "--over", "guidelines.flut.rules.rule-1.amount=1, 2"], 1, "flut"),
        (&["sweep", "--over", "cohorts.customers.hit=50 %, 120 %"], 1, "120 %"),
        (&["sweep", "--over", "cohorts.customers.hit=50 %, 60 %", "--look", "cots"], 2, "did you mean `cost`"),
        (
            &["sweep", "--over", "cohorts.customers.hit=50 %, 60 %", "--guideline", "none"],
            2,
            "there is no guideline `none`",
        ),
        (&["solve", "--find", AMOUNT, "--such-that", "cost"], 2, "nothing that can be true or false"),
        (&["solve", "--find", AMOUNT, "--such-that", "P(cost) < 5 %"], 2, "a chance needs a comparison"),
        (&["solve", "--find", AMOUNT, "--such-that", "cost < 5 h"], 2, "amount of money"),
        (&["solve", "--find", AMOUNT, "--such-that", "coverage >= 30"], 2, "write 30 % or 0.3"),
        (
            &[
                "solve",
                "--set",
                "budget.amount=1 bn KRW",
                "--find",
                "budget.amount",
                "--such-that",
                "cost[flat-and-share] < budget",
            ],
            2,
            "the budget is not the same at every value",
        ),
        (&["sweep", "--over", "cohorts.customers.size=300,000, 400,000"], 2, "write 300_000, 400_000 if"),
        (&["sweep", "--over", "guidelines.x.rules.y.amount=0 to 100 KRW"], 2, "0 .. 100 KRW in 5"),
        (&["sweep", "--over", "cohorts.customers.size=1, 2", "--replicates", "0"], 2, "must be at least 2"),
        (&["solve", "--find", "cohorts.customers.hot", "--such-that", "loss < 5"], 2, "say where to look"),
    ];
    for (words, code, told) in cases {
        let output = asked(here.path(), words);
        assert_eq!(output.status.code(), Some(code), "{words:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(told), "{words:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_path_that_is_not_there_is_told_once() {
    let here = folder();
    let output =
        asked(here.path(), &["sweep", "--over", "guidelines.flat-and-share.rules.no.amount=1 .. 9000 KRW in 10"]);
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.matches("error:").count() == 1
            && told.contains("--over 'guidelines.flat-and-share.rules.no.amount=1 .. 9000 KRW in 10'"),
        "{told}"
    );
}

#[test]
fn a_goal_is_found_where_arithmetic_puts_it() {
    let here = folder();
    // Everybody is paid automatically, and all is known: cost = people × amount.
    let text = "schema = 1\nid = \"plain\"\ntitle = \"Plain\"\ncurrency = \"KRW\"\n[outage]\nstart = 2022-10-15T15:30:00\n\
        [services.a]\ntitle = \"a\"\nrestored_after = \"3 h\"\n[cohorts.c]\ntitle = \"c\"\nsize = 1000\nhit = 1\n\
        services = [\"a\"]\n[guidelines.g]\ntitle = \"g\"\n[[guidelines.g.rules]]\nid = \"r\"\namount = 100\n";
    fs::write(here.path().join("plain.toml"), text).expect("writable");
    let solve = |such_that: &str| {
        let words =
            ["solve", "plain.toml", "--find", "guidelines.g.rules.r.amount", "--such-that", such_that, "-n", "10"];
        let output = redress(here.path()).args(words).args(["--format", "json"]).output().expect("the binary starts");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let rows: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        rows[0].clone()
    };
    let row = solve("cost <= 270000 KRW");
    let (value, fails) = (row["value"].as_f64().expect("a number"), row["fails_at"].as_f64().expect("a number"));
    assert!(value <= 270.0 && fails > 270.0 && fails - value <= 0.4, "{row}");
    assert_eq!((row["holds"].as_str(), row["outcome"].as_str()), (Some("below"), Some("turns")));
    assert_eq!(solve("coverage >= 1")["outcome"], "nowhere");
    let title = |words: &str| {
        let figure = fs::read_to_string(here.path().join("outputs/plain-solve/figures/solve.svg")).expect("a figure");
        assert!(figure.contains(words), "{words}");
    };
    title("True at no value looked at: coverage");
    assert_eq!(solve("cost >= 0")["outcome"], "everywhere");
    title("True at every value looked at: cost");
}

/// A Korean page names statistics, amounts and units in Korean, and drafts by their titles.
#[test]
fn korean_answers_are_in_korean() {
    let here = folder();
    let such = "P(cost > 1 bn KRW) <= 5 %";
    let page = done(here.path(), &["solve", "--find", AMOUNT, "--such-that", such, "-n", "100", "--lang", "ko"]);
    assert!(page.contains("P(비용 > 10억 원) <= 5%") && !page.contains("KRW"), "{page}");
    let over = format!("{AMOUNT}=1000, 2000 KRW");
    let words = ["sweep", "--over", &over, "--look", "p95(cost)", "-n", "100", "--lang", "ko"];
    let page = done(here.path(), &words);
    for words in ["1,000원", "비용 95%", "분위수"] {
        assert!(page.split_whitespace().collect::<Vec<_>>().join(" ").contains(words), "{words}: {page}");
    }
    assert!(!page.contains("KRW") && !page.contains("flat-and-share:"), "{page}");
}

/// A draft whose own value is one of those it is varied to stands on a frontier once.
#[test]
fn a_frontier_lists_a_point_once() {
    let here = folder();
    let over = format!("{AMOUNT}=1000, 2000, 4000 KRW");
    let page = done(here.path(), &["sweep", "--over", &over, "--frontier", "-n", "100"]);
    let rows: Vec<&str> = page.lines().filter(|l| l.contains("flat-and-share")).collect();
    assert_eq!((rows.len(), rows.iter().filter(|l| l.contains("2,000 KRW (now)")).count()), (3, 1), "{page}");
}

/// Each command says how many replicates it takes unless told, and takes them.
#[test]
fn helps_tell_the_usual_replicates() {
    let here = folder();
    for (command, usual) in
        [("sweep", "2000"), ("solve", "10000"), ("sensitivity", "1024"), ("calibrate", "10000"), ("backtest", "10000")]
    {
        let output = redress(here.path()).args([command, "--help"]).output().expect("the binary starts");
        let help = stdout(&output).split_whitespace().collect::<Vec<_>>().join(" ");
        let at = help.find("--replicates <REPLICATES>").expect("the option");
        let own = &help[at..help[at..].find("--sampling").map_or(help.len(), |end| at + end)];
        assert!(own.contains(&format!("[default: {usual}")), "{command}: {own}");
    }
}

#[test]
fn a_swept_budget_is_the_one_that_is_passed() {
    let here = folder();
    let budget = ["--set", "budget.amount=1 bn KRW", "-n", "200"];
    let over = ["sweep", "--over", "budget.amount=1e8, 3e8, 2e9", "--guideline", "flat-and-share"];
    let page = done(here.path(), &[&over[..], &budget].concat());
    assert!(page.contains("budget)") && page.contains("each value is judged by its own"), "{page}");
    let sought =
        ["solve", "--find", "budget.amount", "--such-that", "P(cost > budget) <= 5%", "--guideline", "flat-and-share"];
    let page = done(here.path(), &[&sought[..], &budget].concat());
    assert!(page.contains("True from "), "{page}");
}
