//! Documents say what is there: links lead somewhere, commands exist, nothing belongs to one machine or one office.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::{File, file, files, none, top};

fn pages() -> Vec<File> {
    let mut pages = files(".", &["md"]);
    pages.push(file("outputs/README.md"));
    pages
}

/// A text without its fenced code.
fn prose(text: &str) -> String {
    let mut fenced = false;
    let keep = |line: &&str| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    };
    text.lines().filter(keep).collect::<Vec<_>>().join("\n")
}

/// Targets of the links and pictures of a page.
fn targets(text: &str) -> Vec<String> {
    let text = prose(text);
    let after = text.match_indices("](").map(|(at, _)| &text[at + 2..]);
    after.filter_map(|rest| rest.split_once(')')).map(|(target, _)| target.trim().to_string()).collect()
}

/// The mark that GitHub gives to a heading.
fn mark(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn marks(text: &str) -> BTreeSet<String> {
    prose(text).lines().filter(|l| l.starts_with('#')).map(|l| mark(l.trim_start_matches('#'))).collect()
}

fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(out.pop()),
            Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}

#[test]
fn links_lead_somewhere() {
    let mut dead = Vec::new();
    for page in pages() {
        for target in targets(&page.text).into_iter().filter(|t| !t.contains("://")) {
            let (path, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let folder = Path::new(&page.path).parent().unwrap_or(Path::new(""));
            let to = if path.is_empty() { PathBuf::from(&page.path) } else { tidy(&folder.join(path)) };
            if !top().join(&to).exists() {
                dead.push(format!("{}: {target}", page.path));
            } else if !anchor.is_empty() && !marks(&file(&to.to_string_lossy()).text).contains(anchor) {
                dead.push(format!("{}: {target} (no such heading)", page.path));
            }
        }
    }
    none("links that lead nowhere:", dead);
}

#[test]
fn an_index_lists_every_document() {
    let indexed = |f: &File| {
        let (folder, name) = f.path.rsplit_once('/').unwrap_or(("", &f.path));
        // An index of a folder is itself listed in the index of all.
        let (index, entry) = match (name, folder) {
            ("README.md", "docs") => return true,
            ("README.md", _) => ("docs/README.md".to_string(), f.path.trim_start_matches("docs/")),
            _ => (format!("{folder}/README.md"), name),
        };
        targets(&file(&index).text).iter().any(|target| target == entry)
    };
    let missing = files("docs", &["md"]).into_iter().filter(|f| !indexed(f));
    none("the README.md of its folder does not list:", missing.map(|f| f.path).collect());
}

/// Lines of a page on which the command stands, as code or in a sentence.
fn commands(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|l| l.contains("redress ") || l.contains("-- run") || l.contains("`--"))
}

#[test]
fn commands_and_options_in_documents_exist() {
    let definitions = file("src/app/args.rs").text;
    let command = |word: &str| {
        let mut name = word.to_string();
        name[..1].make_ascii_uppercase();
        definitions.contains(&format!("    {name}(")) || definitions.contains(&format!("    {name},"))
    };
    let option = |flag: &str| definitions.contains(&format!("    pub {}:", flag.replace('-', "_")));
    let of_cargo =
        ["release", "no-default-features", "all-targets", "test", "check", "bench", "locked", "help", "version"];
    let mut wrong = Vec::new();
    for page in pages().into_iter().filter(|p| p.path == "README.md" || p.path.starts_with("docs/")) {
        for line in commands(&page.text) {
            let spans = line.match_indices("redress ").filter(|(at, _)| at_code(line, *at));
            for word in spans.map(|(at, _)| first_word(&line[at + 8..])).filter(|w| !w.is_empty()) {
                if !command(word) {
                    wrong.push(format!("{}: no command `{word}`: {}", page.path, line.trim()));
                }
            }
            for flag in line.match_indices("--").map(|(at, _)| first_word(&line[at + 2..])).filter(|f| f.len() > 1) {
                if !of_cargo.contains(&flag) && !option(flag) {
                    wrong.push(format!("{}: no option --{flag}: {}", page.path, line.trim()));
                }
            }
        }
    }
    none("documents name commands that src/app/args.rs does not define:", wrong);
}

/// True for `redress` at the start of code: an indented line or a back tick before it.
fn at_code(line: &str, at: usize) -> bool {
    line[..at].ends_with('`') || (line.starts_with("    ") && line[..at].trim().is_empty())
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_lowercase() && c != '-').next().unwrap_or("")
}

#[test]
fn invariants_name_tests_that_exist() {
    let page = file("ARCHITECTURE.md").text;
    let table = page.split("## Invariants").nth(1).and_then(|t| t.split("\n## ").next()).unwrap_or("");
    let rows: Vec<&str> = table.lines().filter(|l| l.starts_with("| ") && !l.contains("---")).skip(1).collect();
    assert!(rows.len() > 10, "the table of invariants was found");
    let mut code: String = files("tests", &["rs"]).into_iter().map(|f| f.text).collect();
    code.extend(files("src", &["rs"]).into_iter().map(|f| f.text));
    let mut wrong = Vec::new();
    for row in rows {
        let cell = row.trim_matches('|').rsplit('|').next().unwrap_or("");
        let names: Vec<&str> = cell.split('`').skip(1).step_by(2).collect();
        if names.is_empty() {
            wrong.push(format!("no test: {row}"));
        }
        for name in names {
            let function = name.rsplit("::").next().unwrap_or(name);
            if !code.contains(&format!("fn {function}(")) {
                wrong.push(format!("no such test `{name}`: {row}"));
            }
        }
    }
    none("invariants of ARCHITECTURE.md that no test backs:", wrong);
}

#[test]
fn nothing_belongs_to_one_machine() {
    let folders = ["home", "root", "Users", "work", "tmp", "mnt", "opt", "var"].map(|f| format!("/{f}/"));
    let beside = format!("{}shared", "../");
    let mut wrong = Vec::new();
    for f in files(".", &["md", "rs", "toml", "sh", "py", "cff"]) {
        let named = |l: &str| {
            let starts = |p: &String| l.match_indices(p.as_str()).any(|(at, _)| absolute(&l[..at]));
            folders.iter().any(starts) || l.contains(&beside)
        };
        wrong.extend(super::places(&f.path, &f.text, named));
    }
    none("paths of one machine:", wrong);
}

/// True where a `/` begins a path: not inside an address or after a folder's name.
fn absolute(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_alphanumeric() || "._-/}*".contains(c))
}

#[test]
fn nothing_tells_of_how_it_was_written() {
    let words = [
        concat!("cla", "ude"),
        concat!("anth", "ropic"),
        concat!("pro", "mpt"),
        concat!("sub", "agent"),
        concat!("c", "eo"),
        concat!("co", "worker"),
        concat!("the ses", "sion"),
        concat!("this ses", "sion"),
    ];
    let mut wrong = Vec::new();
    for f in files(".", &["md", "rs", "toml"]) {
        wrong.extend(super::places(&f.path, &f.text, |l| {
            let line = l.to_lowercase();
            words.iter().any(|w| super::text::has_word(&line, w))
        }));
    }
    none("words that do not belong to the project:", wrong);
}

#[test]
fn dependencies_come_from_the_public_registry() {
    let lock = file("Cargo.lock").text;
    let public = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    let wrong = super::places("Cargo.lock", &lock, |l| l.starts_with("source = ") && l != public);
    none("a dependency comes from elsewhere:", wrong);
    assert!(!top().join(".cargo").exists(), "settings of one machine are not part of the project");
}

#[test]
fn versions_agree() {
    let manifest = file("Cargo.toml").text;
    let line = |text: &str, start: &str| {
        let found = text.lines().find_map(|l| l.strip_prefix(start)).unwrap_or("").trim();
        found.trim_matches('"').to_string()
    };
    let version = line(&manifest, "version = ");
    assert_eq!(line(&file("CITATION.cff").text, "version: "), version, "CITATION.cff and Cargo.toml");
    let changes = file("CHANGELOG.md").text;
    let told = changes.contains("## Unreleased") || changes.contains(&format!("## {version}"));
    assert!(told, "CHANGELOG.md has a section for {version} or for what is not released");
}

/// What docs/validation.md tells as the forecast under Kakao's plan is what the committed sample has.
#[test]
fn the_forecast_that_is_told_is_that_of_the_sample() {
    let (told, sample) = (file("docs/validation.md").text, file("outputs/sample/summary.csv").text);
    let value = |of: &str, measure: &str, statistic: &str| -> f64 {
        let start = format!("base,{of},all,{measure},");
        let row = sample.lines().find(|l| l.starts_with(&start) && l.split(',').nth(6) == Some(statistic));
        row.and_then(|row| row.split(',').nth(7)?.parse().ok()).unwrap_or_else(|| panic!("{start}{statistic}"))
    };
    for cohort in ["page", "taxi-franchise", "taxi-premium"] {
        let money = |statistic: &str| value(&format!("kakao-plan,{cohort}"), "payout", statistic) / 1e9;
        let [mean, low, high] = ["mean", "p05", "p95"].map(|s| format!("{:.2}", money(s)));
        let sentences = [format!("{mean} ({low} to {high})"), format!("{mean} bn KRW ({low} to {high})")];
        assert!(sentences.iter().any(|s| told.contains(s)), "{cohort}: {sentences:?}");
    }
    let whole = |of: &str, measure: &str, statistic: &str, unit: f64| {
        let n = ((value(of, measure, statistic) / unit).round() * unit) as u64;
        if n < 1000 { n.to_string() } else { format!("{},{:03}", n / 1000, n % 1000) }
    };
    let [mean, low, high, half] = [("mean", 10.0), ("p05", 1.0), ("p95", 10.0), ("p50", 1.0)]
        .map(|(statistic, unit)| whole("kakao-plan,merchants", "paid", statistic, unit));
    let paid = format!("{mean} ({low} to {high}), median {half}");
    let [mean, low, high] = ["mean", "p05", "p95"].map(|s| whole("all,all", "reports", s, 100.0));
    for sentence in [paid, format!("{mean} ({low} to {high})")] {
        assert!(told.contains(&sentence), "{sentence}");
    }
}

/// What docs/validation.md tells as costs under other take-up curves is what the committed sample has.
#[test]
fn the_costs_of_other_take_up_are_those_of_the_sample() {
    let (told, sample) = (file("docs/validation.md").text, file("outputs/sample/variants.csv").text);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    // Columns: `as_it_stands` is the fifth, `value` the tenth.
    let cost = |variant: &str, draft: &str, column: usize| -> f64 {
        let start = format!("{variant},{draft},cost,");
        let row = sample.lines().find(|l| l.starts_with(&start));
        let cell: Option<f64> = row.and_then(|row| row.split(',').nth(column)?.parse().ok());
        cell.unwrap_or_else(|| panic!("{start}")) / 1e9
    };
    let three = |draft: &str| {
        [("constant-take-up", 4), ("constant-take-up", 9), ("ladder-take-up", 9)].map(|(v, c)| cost(v, draft, c))
    };
    let ([a, b, c], [d, e, f]) = (three("flat-first"), three("proven-loss"));
    let flat = format!(
        "{a:.1} bn KRW as it stands, {b:.1} bn when the award is ignored and {c:.1} bn by the parts of a claim"
    );
    for sentence in [flat, format!("half of proven loss {d:.2}, {e:.2} and {f:.2} bn")] {
        assert!(told.contains(&sentence), "{sentence}");
    }
}
