//! `based_on`: a guideline that states only what differs from another one of the scenario.

use super::paths;
use super::report::{Diagnostic, closest};
use super::tree::{Node, Table, Value};

/// The key.
const KEY: &str = "based_on";

/// Puts under every guideline that names another one what it does not state itself.
pub fn expand(root: &mut Node, found: &mut Vec<Diagnostic>) {
    let Some(guidelines) = root.get("guidelines").and_then(Node::as_table) else { return };
    let drafts: Vec<String> =
        guidelines.entries.iter().filter(|e| e.node.get(KEY).is_some()).map(|e| e.key.clone()).collect();
    for id in drafts {
        if let Err(d) = expand_one(root, &id, &mut vec![id.clone()]) {
            let place = d.place;
            found.push(*d);
            if let Some(table) = guideline(root, &id) {
                // One mistake shall not draw others.
                table.remove(KEY);
                for (key, value) in [("title", Value::Text(id.clone())), ("rules", Value::List(Vec::new().into()))] {
                    if !table.has(key) {
                        table.put(key, place, Node { place, value });
                    }
                }
            }
        }
    }
}

/// Expands one draft, and what it rests on first; `above` are the drafts that wait for it.
fn expand_one(root: &mut Node, id: &str, above: &mut Vec<String>) -> Result<(), Box<Diagnostic>> {
    let Some(node) = guideline(root, id).and_then(|t| t.get(KEY).cloned()) else { return Ok(()) };
    let Some(base) = node.as_text().map(str::to_string) else {
        let mut d = Diagnostic::error(node.place, format!("a text belongs here, not {}", node.kind()));
        d.help("write the name of a guideline in quotes: based_on = \"…\"");
        return Err(Box::new(d));
    };
    if above.contains(&base) {
        let mut d = Diagnostic::error(node.place, format!("`{base}` rests on itself"));
        d.help("a guideline may be based on one that stands on its own");
        return Err(Box::new(d));
    }
    if guideline(root, &base).is_none() {
        let names: Vec<String> = root
            .get("guidelines")
            .and_then(Node::as_table)
            .map_or_else(Vec::new, |t| t.keys().filter(|k| *k != id).map(String::from).collect());
        let mut d = Diagnostic::error(node.place, format!("this scenario has no guideline `{base}`"));
        match closest(&base, names.iter().map(String::as_str)) {
            Some(name) => d.help(format!("did you mean `{name}`?")),
            None => d.help(paths::suggestion(&base, &names)),
        };
        return Err(Box::new(d));
    }
    above.push(base.clone());
    expand_one(root, &base, above)?;
    let Some(under) = guideline(root, &base).map(|t| t.clone()) else { return Ok(()) };
    if let Some(table) = guideline(root, id) {
        table.remove(KEY);
        *table = laid_over(under, table);
    }
    Ok(())
}

fn guideline<'a>(root: &'a mut Node, id: &str) -> Option<&'a mut Table> {
    root.as_table_mut()?.get_mut("guidelines")?.as_table_mut()?.get_mut(id)?.as_table_mut()
}

/// A draft's own keys over those of what it rests on. Rules given as a table change the rules of these names, key by
/// key; every other key replaces the other's.
fn laid_over(mut under: Table, own: &Table) -> Table {
    for entry in &own.entries {
        let rules = entry.key == "rules";
        if let (true, Some(changes), Some(Value::List(list))) =
            (rules, entry.node.as_table(), under.get_mut("rules").map(|n| &mut n.value))
            && let Some(changed) = changed_rules(list, changes)
        {
            *list = changed.into();
            continue;
        }
        under.put(&entry.key, entry.key_place, entry.node.clone());
    }
    under
}

/// The rules with some changed; `None` where a change names no rule.
fn changed_rules(list: &[Node], changes: &Table) -> Option<Vec<Node>> {
    let mut changed = list.to_vec();
    for change in &changes.entries {
        let at = list.iter().enumerate().position(|(i, n)| paths::member_name(n, "rules", i) == change.key)?;
        let rule = changed[at].as_table_mut()?;
        for key in &change.node.as_table()?.entries {
            rule.put(&key.key, key.key_place, key.node.clone());
        }
    }
    Some(changed)
}
