//! Scheme files: every worked case of the library comes out; mistakes are told at their place.

mod along;
mod applied;
mod bends;
mod bent;
mod bounded;
mod explained;
mod library;
mod listed;
mod mangled;
mod people;
mod told_wrong;

use std::path::{Path, PathBuf};

use redress::guideline::decide::decide;
use redress::guideline::prove::misses;
use redress::model::Lang;
use redress::model::scheme::Scheme;
use redress::scenario::{Library, load_scheme, scheme_index, told};

/// A library of one scheme: its name and its text.
struct One(&'static str, String);

impl Library for One {
    fn read(&self, name: &str) -> Result<Option<(String, String)>, String> {
        Ok((name == self.0).then(|| (format!("{name}.toml"), self.1.clone())))
    }

    fn names(&self) -> Vec<String> {
        vec![self.0.into()]
    }
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/guidelines");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the library")
        .map(|e| e.expect("an entry").path())
        .filter(|p| std::fs::read_to_string(p).is_ok_and(|t| t.contains("[[cases]]")))
        .collect();
    paths.sort();
    paths
}

fn schemes() -> Vec<Scheme> {
    let load = |p: &PathBuf| load_scheme(p).unwrap_or_else(|e| panic!("{}: {e}", p.display()));
    files().iter().map(load).collect()
}

#[test]
fn every_worked_case_comes_out() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for scheme in schemes() {
        for case in &scheme.cases {
            cases += 1;
            for miss in misses(&scheme, case) {
                let found = miss.found.map_or("nothing: a fact is missing".into(), |v| format!("{v:?}"));
                let expected = miss.expected;
                wrong.push(format!(
                    "{} line {}: {} = {}, found {found}",
                    scheme.id, case.line, expected.what, expected.text
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cases} cases:\n{}", wrong.len(), wrong.join("\n"));
    println!("{cases} cases");
}

#[test]
fn the_path_to_an_award_keeps_to_eighty_columns() {
    let wide = |c: char| matches!(c, '가'..='힣');
    for scheme in schemes() {
        for case in scheme.cases.iter().take(3) {
            let version = &scheme.versions[case.version];
            let decision = decide(version, &case.given);
            for lang in [Lang::En, Lang::Ko] {
                for line in told(&scheme, version, &case.given, &decision, lang).lines().skip(1) {
                    let columns: usize = line.chars().map(|c| if wide(c) { 2 } else { 1 }).sum();
                    assert!(columns <= 80, "{}: {line}", scheme.id);
                }
            }
        }
    }
}

#[test]
fn the_page_of_schemes_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemes.md");
    let page = scheme_index(&schemes());
    if std::env::var_os("REDRESS_OVERWRITE").is_some() {
        std::fs::write(&path, &page).expect("the page is written");
    }
    assert_eq!(std::fs::read_to_string(&path).expect("the page"), page, "REDRESS_OVERWRITE=1 makes it anew");
}
