//! The chapter on writing a rule: every scheme in it loads and its worked cases come out; what its reference lists is
//! what the language has.

use redress::guideline::prove::misses;
use redress::model::expression::Function;
use redress::scenario::{Library, parse_scheme};

const CHAPTER: &str = include_str!("../../docs/rules.md");

/// The schemes of the chapter by the names in their first lines: `# flat.toml`.
struct Chapter;

fn schemes() -> Vec<(String, &'static str)> {
    let blocks = CHAPTER.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let named = |text: &'static str| {
        let first = text.lines().next().unwrap_or("");
        let name = first.strip_prefix("# ").and_then(|n| n.strip_suffix(".toml"));
        (name.unwrap_or_else(|| panic!("a scheme begins with its name: {first}")).to_string(), text)
    };
    blocks.map(named).collect()
}

impl Library for Chapter {
    fn read(&self, name: &str) -> Result<Option<(String, String)>, String> {
        let found = schemes().into_iter().find(|(n, _)| n == name);
        Ok(found.map(|(name, text)| (format!("{name}.toml"), text.to_string())))
    }

    fn names(&self) -> Vec<String> {
        schemes().into_iter().map(|(name, _)| name).collect()
    }
}

#[test]
fn every_scheme_of_the_chapter_comes_out() {
    assert!(schemes().len() >= 12, "the schemes were found");
    let mut wrong = Vec::new();
    for (name, text) in schemes() {
        let scheme = match parse_scheme(text, &name, &format!("{name}.toml"), &Chapter) {
            Ok(scheme) => scheme,
            Err(e) => {
                wrong.push(e.to_string());
                continue;
            }
        };
        assert!(!scheme.cases.is_empty(), "{name} has worked cases");
        for case in &scheme.cases {
            for miss in misses(&scheme, case) {
                let (what, expected) = (miss.expected.what, miss.expected.text);
                wrong.push(format!("{name} line {}: {what} = {expected}, found {:?}", case.line, miss.found));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_reference_lists_every_function() {
    let reference = CHAPTER.split("### Functions").nth(1).expect("the table of functions");
    for (name, _) in Function::NAMES {
        assert!(reference.contains(&format!("`{name}(")), "{name} is not in the table");
    }
}
