//! Variants: what-ifs of the file, applied before changes from the command line.

use super::change;
use super::paths;
use super::report::{Diagnostic, Place};
use super::supply;
use super::taken_over;
use super::tree::{Node, Value};

/// What a change of the order of review and payment leaves without a meaning: what is paid before review is part of paying
/// first. A change that states it afterwards is wrong as it would be in the file.
pub fn drop_advance(root: &mut Node, path: &str, value: &Node) {
    let of_order = path.strip_prefix("procedures.").and_then(|p| p.strip_suffix(".order"));
    let Some(id) = of_order.filter(|_| value.as_text() == Some("verify-first")) else { return };
    if let Some(table) = paths::find_mut(root, &format!("procedures.{id}")).and_then(Node::as_table_mut) {
        for key in ["advance", "recovered"] {
            table.remove(key);
        }
    }
}

/// Applies the changes of a variant.
pub fn apply(root: &mut Node, id: &str, found: &mut Vec<Diagnostic>) {
    let Some(set) = paths::find(root, &format!("variants.{id}.set")).map(|(_, n)| n.clone()) else { return };
    let Some(table) = set.as_table() else { return };
    for entry in &table.entries {
        let places = vec![entry.key_place; entry.key.split('.').count()];
        if let Err(m) = supply::write_out(root, &entry.key, entry.key_place) {
            found.push(change::located(&m, &places));
            continue;
        }
        let node = keep_work(root, &entry.key, entry.node.clone());
        if let Err(m) = taken_over::set(root, &entry.key, &places, node) {
            found.push(change::located(&m, &places));
        }
        drop_advance(root, &entry.key, &entry.node);
    }
}

/// True for a place in what a variant sets: in one of its values, or at a path of which all but the last key is there, so that it
/// is this key that is wrong.
pub fn says(root: &Node, id: &str, place: Place) -> bool {
    let set = paths::find(root, &format!("variants.{id}.set")).and_then(|(_, set)| set.as_table());
    let leads = |path: &str| path.rsplit_once('.').is_none_or(|(above, _)| paths::find(root, above).is_some());
    // What the program adds itself stands nowhere.
    place.start < place.end
        && set.is_some_and(|set| {
            set.entries.iter().any(|e| holds(&e.node, place) || (e.key_place == place && leads(&e.key)))
        })
}

/// True for the place of a path on whose way stands a single value that is itself a mistake.
pub fn stopped(root: &Node, id: &str, place: Place, found: &[Diagnostic]) -> bool {
    let set = paths::find(root, &format!("variants.{id}.set")).and_then(|(_, set)| set.as_table());
    let wrong = |path: &str| {
        let above = path.match_indices('.').filter_map(|(at, _)| paths::find(root, &path[..at]));
        let mut single = above.filter(|(_, node)| node.as_table().is_none() && node.as_list().is_none());
        single.any(|(_, node)| found.iter().any(|d| d.place == node.place))
    };
    set.is_some_and(|set| set.entries.iter().any(|e| e.key_place == place && wrong(&e.key)))
}

/// True for a place inside a value.
fn holds(node: &Node, place: Place) -> bool {
    let around = node.place.file == place.file && node.place.start <= place.start && place.end <= node.place.end;
    let inside = || match &node.value {
        Value::Table(table) => table.entries.iter().any(|e| e.key_place == place || holds(&e.node, place)),
        Value::List(list) => list.iter().any(|item| holds(item, place)),
        _ => false,
    };
    around || inside()
}

/// A filing profile that is replaced as a whole keeps its name and the work on a claim, unless the new one states them: who
/// files is one thing, what a claim takes another.
pub fn keep_work(root: &Node, path: &str, mut node: Node) -> Node {
    let Some(name) = path.strip_prefix("filing.").filter(|name| !name.contains('.')) else { return node };
    let Some(old) = root.get("filing").and_then(|f| f.get(name)).and_then(Node::as_table) else { return node };
    if let Some(new) = node.as_table_mut() {
        for key in ["title", "review", "effort"] {
            if let Some(entry) = old.entries.iter().find(|e| e.key == key).filter(|_| !new.has(key)) {
                new.put(key, entry.key_place, entry.node.clone());
            }
        }
    }
    node
}

/// Names of the variants of a tree.
pub fn ids(root: &Node) -> Vec<String> {
    root.get("variants").and_then(Node::as_table).map_or_else(Vec::new, |t| t.keys().map(String::from).collect())
}

/// Names of the variants of which changes have left nothing.
pub fn emptied(root: &Node) -> Vec<String> {
    let empty = |id: &String| {
        let set = paths::find(root, &format!("variants.{id}.set")).and_then(|(_, node)| node.as_table());
        set.is_some_and(|table| table.entries.is_empty())
    };
    ids(root).into_iter().filter(empty).collect()
}

/// Lets a change win over every variant: what a variant says of the same place is dropped, and of a table around it
/// it is changed in the same way. Applying a variant afterwards then gives what applying it before would have given.
pub fn yield_to(root: &mut Node, path: &str, value: &Node) {
    let path = canonical(root, path);
    for id in ids(root) {
        let at = format!("variants.{id}.set");
        let Some((_, set)) = paths::find(root, &at) else { continue };
        let keys: Vec<(String, String)> =
            set.as_table().map_or_else(Vec::new, |t| t.keys().map(|k| (k.to_string(), canonical(root, k))).collect());
        let Some(table) = paths::find_mut(root, &at).and_then(Node::as_table_mut) else { continue };
        for (key, named) in keys {
            if within(&named, &path).is_some() {
                table.remove(&key);
            } else if let Some(rest) = within(&path, &named)
                && let Some(node) = table.get_mut(&key)
            {
                // Where the variant's own table has no such place, it no longer fits and is left out later on.
                let _ = paths::set(node, rest, &[], value.clone());
            }
        }
    }
}

/// What a path adds to a path around it; empty for the same path.
fn within<'a>(inner: &'a str, outer: &str) -> Option<&'a str> {
    let rest = inner.strip_prefix(outer)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('.') }
}

fn canonical(root: &Node, path: &str) -> String {
    paths::find(root, path).map_or_else(|| path.to_string(), |(c, _)| c)
}
