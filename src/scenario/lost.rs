//! Names that are missing because something else stands where they should be given: that is the mistake, and has been told.

use super::paths::{NAME_MAPS, PHASES, find};
use super::report::{Diagnostic, Place, Severity};
use super::tree::Node;

/// Leaves out what misses a name that is given by what is no table, or no text.
pub fn forget(root: &Node, found: &mut Vec<Diagnostic>) {
    let told = |place: Place| {
        let inside = |at: Place| at.file == place.file && (place.start..=place.end).contains(&at.start);
        found.iter().any(|d| d.severity == Severity::Error && inside(d.place))
    };
    let lost = no_tables(root).into_iter().chain(unnamed_rules(root)).chain(no_tags(root));
    let mut lost: Vec<String> = lost.filter(|(_, place)| told(*place)).map(|n| n.0).collect();
    // Its tags are lost with a cohort, and they may have any name.
    if lost.iter().any(|name| name.starts_with("cohorts.")) {
        lost.push("cohorts".into());
    }
    let under =
        |name: &str, lost: &str| name.strip_prefix(lost).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    found.retain(|d| !d.missing.as_deref().is_some_and(|name| lost.iter().any(|lost| under(name, lost))));
}

/// Maps of names, and names in them, that are no tables, with their places.
fn no_tables(root: &Node) -> Vec<(String, Place)> {
    let mut found = Vec::new();
    for path in NAME_MAPS.into_iter().chain(["outage", PHASES]) {
        let Some((_, map)) = find(root, path) else { continue };
        let Some(table) = map.as_table() else {
            found.push((path.to_string(), map.place));
            continue;
        };
        let others = table.entries.iter().filter(|e| path != "outage" && e.node.as_table().is_none());
        found.extend(others.map(|e| (format!("{path}.{}", e.key), e.node.place)));
    }
    found
}

/// Cohorts with a tag that is no text, or with no list of them, with the place of that.
fn no_tags(root: &Node) -> Vec<(String, Place)> {
    let cohorts = root.get("cohorts").and_then(Node::as_table).map_or(&[][..], |t| &t.entries);
    let tags = cohorts.iter().filter_map(|e| Some((format!("cohorts.{}.tags", e.key), e.node.get("tags")?)));
    let texts = |tags: &Node| {
        tags.as_text().is_some() || tags.as_list().is_some_and(|l| l.iter().all(|n| n.as_text().is_some()))
    };
    tags.filter(|(_, tags)| !texts(tags)).map(|(path, tags)| (path, tags.place)).collect()
}

/// Lists of rules in which one has a name that is no text, with the place of that: which rule it names is not known.
fn unnamed_rules(root: &Node) -> Vec<(String, Place)> {
    let guidelines = root.get("guidelines").and_then(Node::as_table).map_or(&[][..], |t| &t.entries);
    let mut found = Vec::new();
    for entry in guidelines {
        let rules = entry.node.get("rules").and_then(Node::as_list).unwrap_or(&[]);
        let names = rules.iter().filter_map(|rule| rule.get("id")).filter(|id| id.as_text().is_none());
        found.extend(names.map(|id| (format!("guidelines.{}.rules", entry.key), id.place)));
    }
    found
}
