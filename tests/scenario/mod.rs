//! The scenario reader: every mistake at its place, changes, variants, dated numbers, the resolved text.

mod advice;
mod aftermath;
mod at_once;
mod based_on;
mod changes;
mod currencies;
mod document;
mod doubtful;
mod endless;
mod facts;
mod files;
mod headings;
mod hidden;
mod idle;
mod listed;
mod mistakes;
mod mutations;
mod normals;
mod resolved;
mod schema;
mod severities;
mod slips;
mod sourced;
mod sources;
mod take_ups;
mod taken_over;
mod telling;
mod told_once;
mod unsaid;
mod use_profiles;

use redress::scenario::{Library, LoadError, Loaded, Located, parse};

/// A small scenario that uses most of the format.
pub const BASE: &str = include_str!("base.toml");

/// A library of two guidelines, one of them with a mistake.
pub struct Shelf;

impl Library for Shelf {
    fn read(&self, name: &str) -> Result<Option<(String, String)>, String> {
        let text = match name {
            "good" => include_str!("guidelines/good.toml"),
            "bad" => include_str!("guidelines/bad.toml"),
            "other" => include_str!("guidelines/other.toml"),
            _ => return Ok(None),
        };
        Ok(Some((format!("guidelines/{name}.toml"), text.into())))
    }

    fn names(&self) -> Vec<String> {
        vec!["bad".into(), "good".into(), "other".into()]
    }
}

/// The base with one piece of text replaced.
pub fn with(from: &str, to: &str) -> String {
    assert_eq!(BASE.matches(from).count(), 1, "`{from}` must stand once in the base");
    BASE.replacen(from, to, 1)
}

pub fn read(text: &str) -> Result<Loaded, LoadError> {
    parse(text, "small.toml", &Shelf, &[], None)
}

pub fn read_set(text: &str, sets: &[&str]) -> Result<Loaded, LoadError> {
    let sets: Vec<String> = sets.iter().map(|s| s.to_string()).collect();
    parse(text, "small.toml", &Shelf, &sets, None)
}

/// All mistakes of a reading that must fail.
pub fn mistakes(result: Result<Loaded, LoadError>) -> Vec<Located> {
    match result {
        Err(LoadError::Invalid(report)) => report.located(),
        Err(e) => panic!("{e}"),
        Ok(_) => panic!("this should have been refused"),
    }
}

/// These mistakes and no others, in order, each known by a word of its message.
pub fn told(found: &[Located], words: &[&str]) {
    assert_eq!(found.len(), words.len(), "{found:#?}");
    for (l, word) in found.iter().zip(words) {
        assert!(l.message.contains(word), "{word}: {}", l.message);
    }
}

/// A reading that must succeed.
pub fn good(result: Result<Loaded, LoadError>) -> Loaded {
    result.unwrap_or_else(|e| panic!("{e}"))
}
