//! Facts that a scenario states and that its scheme does not have.

use super::super::paths::suggestion;
use super::super::reader::Reading;
use super::super::report::closest;
use super::super::tree::{Node, Table};
use crate::model::scheme::Version;

impl<'a> Reading<'a> {
    /// Tells of them, and keeps in mind which facts were meant. `tree`: of the version, with what the scenario states; an
    /// expression that could not be read is one of its facts all the same.
    pub(in super::super) fn unknown_facts(&mut self, tree: &Node, version: &Version, facts: &[(&'a Table, String)]) {
        let stated = |key: &str| ["facts", "fed"].iter().any(|map| tree.get(map).is_some_and(|t| t.get(key).is_some()));
        for entry in facts.iter().flat_map(|(t, _)| &t.entries) {
            if version.find(&entry.key).is_some() || stated(&entry.key) {
                continue;
            }
            let known: Vec<String> = version.facts().map(|n| n.name.clone()).collect();
            self.misnamed.extend(closest(&entry.key, known.iter().map(String::as_str)).map(String::from));
            let what = format!("this scheme has no fact `{}`", entry.key);
            if !self.diagnostics.iter().any(|d| d.message == what && d.place == entry.key_place) {
                self.error(entry.key_place, what).help(suggestion(&entry.key, &known));
            }
        }
    }
}
