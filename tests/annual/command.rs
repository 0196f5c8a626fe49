//! The command itself: the tutorial, its forms, its files, an interruption.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const CHAPTER: &str = include_str!("../../docs/annual.md");

/// A folder in which `scenarios/` is the shipped one.
fn place() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let own = folder.path().join("scenarios");
    fs::create_dir_all(own.join("guidelines")).expect("made");
    for name in ["kakao-annual.toml", "cloud-incident-durations.csv", "guidelines/kr-telecom-terms.toml"] {
        fs::copy(shipped.join(name), own.join(name)).expect("copied");
    }
    folder
}

fn redress(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command.current_dir(folder).env("NO_COLOR", "1").args(words).output().expect("the binary starts")
}

fn done(folder: &Path, line: &str) -> String {
    let output = redress(folder, &words(line).iter().map(String::as_str).collect::<Vec<_>>());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{line}: {told}");
    if line.contains("--format parquet") {
        assert!(output.stdout.starts_with(b"PAR1"), "{line}: the key figures, and no page");
        return String::new();
    }
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Words of a command line, with those in quotes whole.
fn words(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (i, part) in line.split('\'').enumerate() {
        match i % 2 {
            0 => out.extend(part.split_whitespace().map(String::from)),
            _ => out.push(part.into()),
        }
    }
    out
}

/// Commands of the chapter, each with the output that follows it, if any does.
fn commands() -> Vec<(String, Option<String>)> {
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    let mut block: Option<String> = None;
    for line in CHAPTER.lines() {
        match (&mut block, line) {
            (None, "```text") => block = Some(String::new()),
            (Some(text), "```") => {
                if let Some(last) = found.last_mut() {
                    last.1 = Some(std::mem::take(text));
                }
                block = None;
            }
            (Some(text), line) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, line) => {
                if let Some(rest) = line.strip_prefix("    redress ") {
                    found.push((rest.into(), None));
                }
            }
        }
    }
    found
}

#[test]
fn the_chapter_says_what_comes_out() {
    let here = place();
    let all = commands();
    assert!(all.len() >= 6, "the commands were found");
    let mut wrong = Vec::new();
    for (line, shown) in all {
        let told = done(here.path(), &line);
        let mut rest = told.lines();
        // What is shown is the output or a part of it, in order; `…` stands for lines left out.
        for wanted in shown.iter().flat_map(|s| s.lines()).filter(|l| !l.is_empty() && *l != "…") {
            if !rest.any(|l| l == wanted) {
                wrong.push(format!("redress {line}\n  lacks: {wanted}\n  in:\n{told}"));
                break;
            }
        }
        for l in told.lines().filter(|_| !line.contains("--format") && !line.contains("--schema")) {
            let width = redress::output::terminal::width::width(l);
            assert!(width <= 80, "{width} columns: {l}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn korean_pages_fit_too() {
    let here = place();
    for line in [
        "annual scenarios/kakao-annual.toml --years 2000 --lang ko --reserve '20 bn KRW' --out a",
        "annual scenarios/cloud-incident-durations.csv --fit --lang ko --out b",
    ] {
        for l in done(here.path(), line).lines() {
            let width = redress::output::terminal::width::width(l);
            assert!(width <= 80, "{width} columns: {l}");
        }
    }
    let svg = fs::read_to_string(here.path().join("a/figures/annual-exceedance.svg")).expect("a figure");
    assert!(svg.contains("재현기간") && redress::output::figures::missing(&svg).is_empty());
}

#[test]
fn forms_tell_the_same_and_a_second_run_writes_the_same() {
    let here = place();
    let run =
        |more: &str| done(here.path(), &format!("annual scenarios/kakao-annual.toml --years 2000 --quiet {more}"));
    let csv = run("--format csv --out a");
    let json: serde_json::Value = serde_json::from_str(&run("--format json --threads 1 --out b")).expect("JSON");
    run("--format parquet --out c");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    let listed = json["key_figures"].as_array().expect("rows");
    assert_eq!(rows.len(), listed.len());
    for (row, object) in rows.iter().zip(listed) {
        assert_eq!(row[4].parse::<f64>().ok(), object["value"].as_f64(), "{row:?}");
    }
    let files = |name: &str| gather(&here.path().join(name), "");
    let (a, b) = (files("a"), files("b"));
    for (name, bytes) in &a {
        // These two say when they were made.
        if !["manifest.json", "datapackage.json"].contains(&name.as_str()) {
            assert!(b.iter().any(|(n, other)| n == name && other == bytes), "{name} differs");
        }
    }
    let c: Vec<String> = files("c").into_iter().map(|f| f.0).collect();
    for (name, _) in a.iter().filter(|f| f.0.ends_with(".csv")) {
        assert!(c.contains(&name.replace(".csv", ".parquet")), "{name} as Parquet");
    }
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(here.path().join("a/manifest.json")).expect("a manifest")).expect("JSON");
    let listed: Vec<&str> =
        manifest["artefacts"].as_array().expect("files").iter().filter_map(|f| f["path"].as_str()).collect();
    assert_eq!(listed.len() + 1, a.len());
    assert_eq!(manifest["run"]["inputs"].as_array().map(Vec::len), Some(3), "company, scheme and durations");
}

#[test]
fn the_folder_can_be_drawn_again() {
    let here = place();
    let line =
        "annual scenarios/kakao-annual.toml --years 1500 --seed 4 --set guidelines.terms.asked=event --quiet --out a";
    done(here.path(), line);
    let told = done(here.path(), "rerun a");
    assert!(told.contains("bit for bit"), "{told}");
    let valid = done(here.path(), "check scenarios/kakao-annual.toml");
    assert!(valid.contains("valid. 4 causes, 4 services, 4 groups of customers, 3 guidelines"), "{valid}");
}

fn gather(folder: &Path, prefix: &str) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => found.extend(gather(&entry.path(), &format!("{name}/"))),
            false => found.push((name, fs::read(entry.path()).expect("a file"))),
        }
    }
    found.sort();
    found
}

#[test]
fn tables_of_insurers_have_their_columns_and_their_sums() {
    let here = place();
    done(here.path(), "annual scenarios/kakao-annual.toml --years 2000 --quiet --format csv --out a");
    let read = |name: &str| {
        let text = fs::read_to_string(here.path().join("a/ord").join(name)).expect("a table");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let names = reader.headers().expect("names").iter().collect::<Vec<_>>().join(",");
        let rows: Vec<Vec<f64>> = reader
            .records()
            .map(|r| r.expect("a row").iter().map(|x| x.parse().unwrap_or(f64::NAN)).collect())
            .collect();
        (names, rows)
    };
    let (names, ept) = read("gul_S1_ept.csv");
    assert_eq!(names, "SummaryId,EPCalc,EPType,ReturnPeriod,Loss");
    assert_eq!(ept.len(), 40, "OEP, OEP-TVaR, AEP, AEP-TVaR at ten return periods");
    assert_eq!(read("gul_S1_palt.csv").0, "SummaryId,SampleType,MeanLoss,SDLoss");
    // Columns and what they are to each other as in ktools (aalcalc, 2023): errors are roots of their variances, which add up.
    let (names, alct) = read("gul_S1_alct.csv");
    assert_eq!(
        names,
        "SummaryId,MeanLoss,SDLoss,SampleSize,LowerCI,UpperCI,StandardError,RelativeError,VarElementHaz,StandardErrorHaz,\
         RelativeErrorHaz,VarElementVuln,StandardErrorVuln,RelativeErrorVuln"
    );
    let row = &alct[0];
    for (wanted, found) in [
        (row[2] / row[3].sqrt(), row[6]),
        (row[6] / row[1], row[7]),
        ((row[8] + row[11]).sqrt(), row[6]),
        (row[8].sqrt(), row[9]),
        (row[9] / row[1], row[10]),
    ] {
        assert!((found / wanted - 1.0).abs() < 1e-9, "{found} and not {wanted}: {row:?}");
    }
    let (names, plt) = read("gul_S2_splt.csv");
    assert_eq!(
        names,
        "Period,PeriodWeight,EventId,Year,Month,Day,Hour,Minute,SummaryId,SampleId,Loss,ImpactedExposure"
    );
    // Who reads the period table finds the averages and the curve again.
    let mut year = vec![0.0; 2000];
    plt.iter().for_each(|r| year[r[0] as usize - 1] += r[10]);
    let mean = year.iter().sum::<f64>() / 2000.0;
    let stated = read("gul_S1_palt.csv").1[0][2];
    assert!((mean / stated - 1.0).abs() < 1e-9, "{mean} and {stated}");
    year.sort_by(f64::total_cmp);
    let aep_100 = ept.iter().find(|r| r[2] == 3.0 && r[3] == 100.0).expect("a row")[4];
    assert!((year[1979] / aep_100 - 1.0).abs() < 1e-9, "number 1,980 of 2,000 is the quantile of 99 %");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_goes_on_where_it_was() {
    let here = place();
    let line =
        ["annual", "scenarios/kakao-annual.toml", "--years", "60000", "--no-events", "--format", "csv", "--out", "a"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command.current_dir(here.path()).args(line).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("the binary starts");
    // The first years that are finished are saved at once; the others take seconds.
    while !here.path().join("a/annual.unfinished").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill is there");
    assert!(sent.success());
    let first = child.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&first.stderr).into_owned();
    assert_eq!(first.status.code(), Some(130), "{told}");
    assert!(told.contains("the same command goes on from there"), "{told}");
    assert!(!here.path().join("a/manifest.json").exists());
    let second = redress(here.path(), &line);
    let told = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(second.status.code(), Some(0), "{told}");
    assert!(told.contains("going on after"), "{told}");
    assert!(!here.path().join("a/annual.unfinished").exists());
    let mut whole = line;
    whole[8] = "b";
    assert_eq!(second.stdout, redress(here.path(), &whole).stdout, "the same as without an interruption");
}
