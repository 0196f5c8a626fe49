//! Tutorial chapters: every command in them is run and prints what the chapter says. With `REDRESS_OVERWRITE=1` the chapters
//! are written anew instead.

use std::fs;
use std::path::Path;

use super::{folder, redress, stderr, stdout};

/// Chapters with commands in blocks of `console`.
const CHAPTERS: [&str; 5] = ["what-if.md", "sensitivity.md", "sampling.md", "calibration.md", "backtest.md"];

/// Words of a command line; single quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (i, part) in line.split('\'').enumerate() {
        if i % 2 == 0 {
            let glued = !part.starts_with(' ') && i > 0;
            let mut rest = part.split_whitespace();
            if glued && let (Some(last), Some(first)) = (words.last_mut(), rest.next()) {
                let last: &mut String = last;
                last.push_str(first);
            }
            words.extend(rest.map(String::from));
        } else if part.is_empty() {
            words.push(String::new());
        } else {
            words.push(part.to_string());
        }
    }
    words
}

/// What a command of a chapter prints; run in `here`, where its results stay for the commands after it.
fn printed(here: &Path, line: &str) -> String {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let words = words(line.strip_prefix("redress ").unwrap_or_else(|| panic!("a command of ours: {line}")));
    let placed = words.iter().map(|w| match w.strip_prefix("scenarios/") {
        Some(rest) => scenarios.join(rest).into_os_string(),
        None => w.into(),
    });
    let output = redress(here).args(placed).arg("--threads").arg("2").output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(0), "{line}: {}", stderr(&output));
    stdout(&output)
}

/// A page without the time that a run took, which is the machine's.
fn timeless(page: &str) -> String {
    let line = |l: &str| match l.split_once(" engine, ") {
        Some((before, time)) if time.ends_with(" s.") => format!("{before} engine"),
        _ => l.to_string(),
    };
    page.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_command_of_a_chapter_prints_what_it_says() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let overwrite = std::env::var_os("REDRESS_OVERWRITE").is_some();
    let mut wrong = Vec::new();
    for chapter in CHAPTERS {
        let text = fs::read_to_string(docs.join(chapter)).expect("a chapter");
        let here = folder();
        let mut told = String::new();
        let mut commands = 0;
        for (i, part) in text.split("```console\n").enumerate() {
            let Some((block, rest)) = part.split_once("```").filter(|_| i > 0) else {
                told += part;
                continue;
            };
            let line = block.lines().next().and_then(|l| l.strip_prefix("$ ")).expect("a command begins with $");
            let found = format!("$ {line}\n{}\n", printed(here.path(), line).trim_end());
            if timeless(&found) != timeless(block) {
                wrong.push(format!("{chapter}: {line}\nprints\n{found}and not\n{block}"));
            }
            told += &format!("```console\n{found}```{rest}");
            commands += 1;
        }
        assert!(commands > 0, "{chapter} has commands");
        if overwrite {
            fs::write(docs.join(chapter), told).expect("writable");
        }
    }
    assert!(overwrite || wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn quoted_words_stay_together() {
    assert_eq!(words("a 'b c'=d 'e' f"), ["a", "b c=d", "e", "f"]);
}
