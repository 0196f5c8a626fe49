//! Versions of a scheme as trees: the file's own content with what each version changes. A file may rest on another.

use super::super::library::{self, Library, ReadAs};
use super::super::report::{Diagnostic, Place, TextFile};
use super::super::tree::{Node, Value};

/// Keys of a version that say which it is; the others replace what stands in the file.
const OWN: [&str; 4] = ["id", "from", "based_on", "version_title"];

/// Puts the file that `based_on` names under this one.
pub fn rest_on(root: &mut Node, library: &dyn Library, files: &mut Vec<TextFile>) -> Result<(), Box<Diagnostic>> {
    let mut seen = Vec::new();
    while let Some(entry) = root.as_table_mut().and_then(|t| t.remove("based_on")) {
        let place = entry.node.place;
        let Some(name) = entry.node.as_text().map(str::to_string) else {
            return refused(place, "the name of another scheme belongs here".into(), "write based_on = \"…\"");
        };
        if seen.contains(&name) {
            return refused(place, format!("`{name}` rests on itself"), "rest on a scheme that stands on its own");
        }
        let mut base = library::file(&name, place, ReadAs::Scheme, library, files)?;
        // Worked cases prove the file that they stand in.
        if let Some(t) = base.as_table_mut() {
            t.remove("cases");
        }
        lay(&mut base, root);
        *root = base;
        seen.push(name);
    }
    Ok(())
}

/// A mistake with what would be right.
fn refused(place: Place, message: String, help: &str) -> Result<(), Box<Diagnostic>> {
    let mut d = Diagnostic::error(place, message);
    d.help(help);
    Err(Box::new(d))
}

/// One tree for each version, or the file itself where it has none.
pub fn trees(root: &Node, found: &mut Vec<Diagnostic>) -> Vec<Node> {
    let mut plain = root.clone();
    let versions = plain.as_table_mut().and_then(|t| t.remove("versions")).map(|e| e.node);
    let Some(list) = versions else { return vec![plain] };
    let Some(list) = list.as_list() else {
        let mut d = Diagnostic::error(list.place, "versions are a list");
        d.help("write [[versions]] with `id` and `from`");
        found.push(d);
        return vec![plain];
    };
    let mut out: Vec<(String, Node)> = Vec::new();
    for version in list {
        let Some(id) = version.get("id").and_then(Node::as_text) else {
            let mut d = Diagnostic::error(version.place, "this version has no `id`");
            d.help("add `id = \"2022\"`");
            found.push(d);
            continue;
        };
        if out.iter().any(|(known, _)| known == id) {
            let mut d = Diagnostic::error(version.place, format!("the version `{id}` stands twice"));
            d.help("give each version an `id` of its own");
            found.push(d);
        }
        let below = match version.get("based_on") {
            None => Some(&plain),
            Some(on) => out.iter().find(|(known, _)| Some(known.as_str()) == on.as_text()).map(|(_, t)| t),
        };
        let Some(below) = below else {
            let mut d = Diagnostic::error(version.place, "`based_on` names no version above this one");
            d.help("a version rests on one that stands before it");
            found.push(d);
            continue;
        };
        let mut tree = below.clone();
        let mut changes = version.clone();
        if let Some(t) = changes.as_table_mut() {
            for key in OWN {
                t.remove(key);
            }
        }
        lay(&mut tree, &changes);
        if let Some(t) = tree.as_table_mut() {
            for key in ["id", "from", "version_title"] {
                t.remove(key);
                if let Some(node) = version.get(key) {
                    t.put(key, node.place, node.clone());
                }
            }
        }
        out.push((id.into(), tree));
    }
    if out.is_empty() { vec![plain] } else { out.into_iter().map(|(_, t)| t).collect() }
}

/// Lays changes over a tree: tables key by key, lists of tables with `id` entry by entry, the value of a step alone,
/// anything else as a whole.
fn lay(below: &mut Node, above: &Node) {
    match (&mut below.value, &above.value) {
        (Value::Table(below), Value::Table(above)) => {
            for entry in &above.entries {
                match below.get_mut(&entry.key) {
                    Some(node) => lay(node, &entry.node),
                    None => below.put(&entry.key, entry.key_place, entry.node.clone()),
                }
            }
        }
        (Value::List(old), Value::List(new)) if new.iter().all(|n| id(n).is_some()) && !new.is_empty() => {
            for item in new {
                match old.iter_mut().find(|o| id(o) == id(item)) {
                    Some(o) => lay(o, item),
                    None => old.push(item.clone()),
                }
            }
        }
        // A step that gets another value is still called what it was.
        (Value::Table(step), Value::Text(_) | Value::Number(..) | Value::Bool(_)) if step.has("is") => {
            step.put("is", above.place, above.clone());
        }
        _ => *below = above.clone(),
    }
}

fn id(node: &Node) -> Option<&str> {
    node.get("id").and_then(Node::as_text)
}
