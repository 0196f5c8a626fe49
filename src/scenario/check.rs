//! Warnings: what is valid but probably not meant.

use super::reader::Reading;
use super::tree::Node;
use crate::model::Scenario;

/// Adds warnings about things that nothing uses.
pub fn warnings(reading: &mut Reading<'_>, scenario: &Scenario) {
    unused(reading, "sources", "source");
    unused(reading, "filing", "filing profile");
    unused(reading, "procedures", "procedure");
    unused(reading, "profiles", "use profile");
    without_rule(reading, scenario);
}

fn unused(reading: &mut Reading<'_>, map: &str, what: &str) {
    let root = reading.root;
    let Some(table) = root.get(map).and_then(Node::as_table) else { return };
    for entry in &table.entries {
        let in_file = entry.key_place.file == 0;
        if in_file && !reading.used.contains(&format!("{map}.{}", entry.key)) {
            reading
                .warn(entry.key_place, format!("nothing refers to the {what} `{}`", entry.key))
                .help("remove it, or name it where it is meant");
        }
    }
}

/// Cohorts that no rule of any guideline reaches.
fn without_rule(reading: &mut Reading<'_>, scenario: &Scenario) {
    let rules: Vec<_> = scenario.guidelines.iter().flat_map(|g| &g.rules).collect();
    if rules.is_empty() {
        return;
    }
    let root = reading.root;
    for (i, cohort) in scenario.cohorts.iter().enumerate() {
        if rules.iter().any(|r| r.cohorts.contains(&i)) {
            continue;
        }
        let table = root.get("cohorts").and_then(Node::as_table);
        if let Some(entry) = table.and_then(|t| t.entries.iter().find(|e| e.key == cohort.id)) {
            reading
                .warn(entry.key_place, format!("no rule of any guideline is for the cohort `{}`", cohort.id))
                .help("its people get nothing; name it, or one of its tags, under `for` of a rule if one is for it");
        }
    }
}
