//! Changes to a tree before it is read: `--set PATH=VALUE`.

use super::based_on;
use super::nested::{self, Leaf};
use super::paths::PathMistake;
use super::report::{Diagnostic, Place, TextFile};
use super::supply;
use super::taken_over;
use super::tree::{self, Entry, Node, Value};
use super::variant;

/// Applies one `PATH=VALUE`; its text becomes a file of the report, so that mistakes in it can be shown.
pub fn set(root: &mut Node, text: &str, files: &mut Vec<TextFile>) -> Result<(), Box<Diagnostic>> {
    let file = files.len();
    files.push(TextFile { name: "--set".into(), text: text.into() });
    let Some((path, value)) = text.split_once('=') else {
        let mut d = Diagnostic::error(Place { file, start: 0, end: text.len() }, "a change is written PATH=VALUE");
        d.help("for example --set cohorts.users.hit=0.5");
        return Err(Box::new(d));
    };
    let node = value_node(value, file, path.len() + 1)?;
    let start = path.len() - path.trim_start().len();
    let path = path.trim();
    let places = segment_places(path, file, start);
    if new_guideline(root, path, &places, &node) {
        // What it rests on is here already; a library file is merged when all changes are made.
        let mut found = Vec::new();
        based_on::expand(root, &mut found);
        return found.pop().map_or(Ok(()), |d| Err(Box::new(d)));
    }
    let whole = Entry { key: path.into(), key_place: places[0], node };
    for Leaf { path, place, node } in nested::leaves(root, &whole, "")? {
        let places = if path == whole.key { places.clone() } else { vec![place; path.split('.').count()] };
        replace(root, &path, &places, &node)?;
    }
    Ok(())
}

/// Puts a value at a path, and has the variants follow.
fn replace(root: &mut Node, path: &str, places: &[Place], node: &Node) -> Result<(), Box<Diagnostic>> {
    let first = places.get(1).or(places.first()).copied().unwrap_or_default();
    supply::write_out(root, path, first).map_err(|m| Box::new(located(&m, places)))?;
    let kept = variant::keep_work(root, path, node.clone());
    taken_over::set(root, path, places, kept).map_err(|m| Box::new(located(&m, places)))?;
    variant::drop_advance(root, path, node);
    variant::yield_to(root, path, node);
    Ok(())
}

/// Adds a guideline, or a programme of insurance to a company: the only things that a change may bring and not only replace.
fn new_guideline(root: &mut Node, path: &str, places: &[Place], node: &Node) -> bool {
    let Some((map, id)) =
        path.split_once('.').filter(|(map, id)| ["guidelines", "insurance"].contains(map) && !id.contains('.'))
    else {
        return false;
    };
    if let Some(table) = root.as_table_mut().filter(|t| map == "insurance" && !t.has(map) && t.has("causes")) {
        table.put(map, places[0], Node::table(Vec::new(), places[0]));
    }
    let guidelines = root.as_table_mut().and_then(|t| t.get_mut(map)).and_then(Node::as_table_mut);
    let Some(guidelines) = guidelines.filter(|g| !g.has(id) && node.as_table().is_some()) else { return false };
    guidelines.put(id, places.last().copied().unwrap_or_default(), node.clone());
    true
}

/// A value in the words of the file, with or without quotes.
fn value_node(text: &str, file: usize, offset: usize) -> Result<Node, Box<Diagnostic>> {
    let trimmed = text.trim();
    let offset = offset + (text.len() - text.trim_start().len());
    let place = Place { file, start: offset, end: offset + trimmed.len() };
    if trimmed.is_empty() {
        let mut d = Diagnostic::error(Place { file, start: 0, end: offset }, "the value is missing");
        d.help("for example --set cohorts.users.hit=0.5");
        return Err(Box::new(d));
    }
    match tree::parse_value(trimmed, file, offset) {
        Ok(node) => Ok(node),
        Err(d) if trimmed.starts_with(['{', '[', '"', '\'']) => Err(d),
        Err(_) => {
            let (node, mut found) = (Node { place, value: Value::Text(trimmed.into()) }, Vec::new());
            tree::unprintable(&node, &mut found);
            found.pop().map_or(Ok(node), |d| Err(Box::new(d)))
        }
    }
}

fn segment_places(path: &str, file: usize, start: usize) -> Vec<Place> {
    let mut at = start;
    path.split('.')
        .map(|s| {
            let place = Place { file, start: at, end: at + s.len() };
            at += s.len() + 1;
            place
        })
        .collect()
}

/// A mistake in a path, at the segment that is wrong.
pub fn located(mistake: &PathMistake, places: &[Place]) -> Diagnostic {
    let mut d = Diagnostic::error(places.get(mistake.segment).copied().unwrap_or_default(), mistake.message.as_str());
    d.help(mistake.help.as_str()).missing(mistake.missing.as_str());
    d
}
