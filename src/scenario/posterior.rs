//! A scenario some of whose numbers come from a table of draws: what a calibration saves.

use super::report::Place;
use super::tree::{self, Node, Value};
use super::{paths, resolved};
use crate::model::{Lang, Text, Unit};

/// Numbers that are drawn together.
#[derive(Clone, Debug)]
pub struct Draws<'a> {
    /// Path and unit of each.
    pub columns: Vec<(&'a str, Unit)>,
    /// Values, `[row][column]`.
    pub rows: &'a [Vec<f64>],
}

/// Name of the joint table.
const TABLE: &str = "posterior";
/// Significant digits of a draw.
const DIGITS: usize = 9;

/// The new note of a number, the old one behind it, in one language or, where that is not written, the other.
fn with_old(note: &Text, old: Option<&Node>, lang: Lang) -> String {
    let say = |key: &str| old.and_then(|o| o.get(key)).and_then(Node::as_text);
    let before = match lang {
        Lang::En => say("en").or(say("ko")),
        Lang::Ko => say("ko").or(say("en")),
    };
    let before = before.or(old.and_then(Node::as_text));
    let lead = if lang == Lang::En { "before" } else { "이전" };
    before.map_or_else(|| note.get(lang).into(), |b| format!("{}; {lead}: {b}", note.get(lang)))
}

/// The resolved text of a scenario with draws in the place of laws: `[joint.posterior]` and, at each path, a reference to
/// its column. Rank correlations of these numbers are left out, since rows are drawn whole. `id` is the new scenario's,
/// `note` goes to each number.
///
/// # Errors
/// The text is no scenario, or a path is not in it.
pub fn with_draws(text: &str, id: &str, note: &Text, draws: &Draws<'_>) -> Result<String, String> {
    let mut root = tree::parse_file(text, 0).map_err(|d| d.message)?;
    let place = Place::default();
    uncorrelated(&mut root, draws);
    for (path, _) in &draws.columns {
        let node = paths::find_mut(&mut root, path).ok_or_else(|| format!("`{path}` is not in the file"))?;
        let kept = |key: &str| node.get(key).cloned();
        let (source, date, old) = (kept("source"), kept("date"), kept("note"));
        let words = |lang| with_old(note, old.as_ref(), lang);
        let mut entries = vec![("joint", Node::text(TABLE, place)), ("column", Node::text(path, place))];
        entries.extend(source.map(|s| ("source", s)));
        entries.extend(date.map(|d| ("date", d)));
        let both = [("en", Lang::En), ("ko", Lang::Ko)].map(|(key, lang)| (key, Node::text(&words(lang), place)));
        entries.push(("note", Node::table(both.into(), place)));
        *node = Node::table(entries, place);
    }
    let table = root.as_table_mut().ok_or("the text is no scenario")?;
    table.put("id", place, Node::text(id, place));
    let names = draws.columns.iter().map(|(path, _)| Node::text(path, place)).collect();
    let rows = draws.rows.iter().map(|row| {
        let cells = row.iter().zip(&draws.columns).map(|(x, (_, unit))| cell(*x, *unit));
        Node { place, value: Value::List(cells.collect()) }
    });
    let joint = Node::table(
        vec![
            ("columns", Node { place, value: Value::List(names) }),
            ("rows", Node { place, value: Value::List(rows.collect()) }),
        ],
        place,
    );
    match table.get_mut("joint").and_then(Node::as_table_mut) {
        Some(known) => known.put(TABLE, place, joint),
        None => table.put("joint", place, Node::table(vec![(TABLE, joint)], place)),
    }
    Ok(resolved::text(&root))
}

fn cell(x: f64, unit: Unit) -> Node {
    let rounded: f64 = format!("{x:.*e}", DIGITS - 1).parse().unwrap_or(x);
    match unit {
        Unit::Hours => Node::text(&format!("{rounded} h"), Place::default()),
        _ => Node::number(rounded, Place::default()),
    }
}

/// Takes out the correlations of numbers that are drawn together. Those that hang together are drawn together, so none
/// is half inside.
fn uncorrelated(root: &mut Node, draws: &Draws<'_>) {
    let whose = |root: &Node, path: &str| -> String {
        let mut path = paths::find(root, path).map_or_else(|| path.to_string(), |(canonical, _)| canonical);
        // A number may be another's: at most as many steps as there are numbers, and more than ten nobody writes.
        for _ in 0..10 {
            let same = paths::find(root, &path).and_then(|(_, n)| n.get("same_as")?.as_text().map(String::from));
            match same {
                Some(other) => path = other,
                None => break,
            }
        }
        path
    };
    let drawn = |root: &Node, item: &Node| {
        let between = item.get("between").and_then(Node::as_list).unwrap_or(&[]);
        let paths = between.iter().filter_map(Node::as_text).map(|p| whose(root, p));
        paths.into_iter().any(|p| draws.columns.iter().any(|(c, _)| *c == p))
    };
    let Some(list) = root.get("correlations").and_then(Node::as_list) else { return };
    let left: Vec<Node> = list.iter().filter(|item| !drawn(root, item)).cloned().collect();
    let Some(table) = root.as_table_mut() else { return };
    table.remove("correlations");
    if !left.is_empty() {
        table.put("correlations", Place::default(), Node { place: Place::default(), value: Value::List(left.into()) });
    }
}
