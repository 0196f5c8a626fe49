//! Tables inside a change: `valuation = { x = 3 }` names `valuation.x` and nothing else of `valuation`. TOML reads a dotted key
//! without quotes as such tables, so that what looks like a path would otherwise take a whole section away.

use super::number::is_number;
use super::paths::{self, NAME_MAPS};
use super::report::{Diagnostic, Place};
use super::supply;
use super::taken_over;
use super::tree::{Entry, Node, Table, Value};

/// One value that a change replaces.
pub struct Leaf {
    /// Its path.
    pub path: String,
    /// Where the last of its keys stands.
    pub place: Place,
    /// What takes its place.
    pub node: Node,
}

/// The values that a key of a change replaces, in its order. A path of several keys in one word says itself what it replaces;
/// below a single key tables are followed as far as the scenario has tables there. `quote`: how a path is put in quotes.
pub fn leaves(root: &Node, entry: &Entry, quote: &str) -> Result<Vec<Leaf>, Box<Diagnostic>> {
    let mut found = Vec::new();
    Follower { root, quote, found: &mut found }.follow("", entry)?;
    Ok(found)
}

/// Writes every change of every variant as a path and its value.
pub fn flatten(root: &mut Node, found: &mut Vec<Diagnostic>) {
    for id in super::variant::ids(root) {
        let at = format!("variants.{id}.set");
        let Some(set) = paths::find(root, &at).and_then(|(_, n)| n.as_table()) else { continue };
        if set.entries.iter().all(|e| e.node.as_table().is_none()) {
            continue;
        }
        let mut flat = Table::default();
        for entry in &set.entries {
            match leaves(root, entry, "\"") {
                Ok(leaves) => leaves.into_iter().for_each(|leaf| put(&mut flat, leaf, found)),
                Err(d) => found.push(*d),
            }
        }
        if let Some(set) = paths::find_mut(root, &at) {
            set.value = Value::Table(flat);
        }
    }
}

fn put(flat: &mut Table, leaf: Leaf, found: &mut Vec<Diagnostic>) {
    if flat.has(&leaf.path) {
        let mut d = Diagnostic::error(leaf.place, format!("`{}` is set twice", leaf.path));
        d.help("keep one of the two");
        found.push(d);
        return;
    }
    flat.put(&leaf.path, leaf.place, leaf.node);
}

struct Follower<'a> {
    root: &'a Node,
    quote: &'a str,
    found: &'a mut Vec<Leaf>,
}

impl Follower<'_> {
    fn follow(&mut self, above: &str, entry: &Entry) -> Result<(), Box<Diagnostic>> {
        let path = if above.is_empty() { entry.key.clone() } else { format!("{above}.{}", entry.key) };
        let there = paths::find(self.root, &path).map(|(_, node)| taken_over::behind(self.root, node));
        let inner = entry.node.as_table().filter(|_| !entry.key.contains('.'));
        match (inner, there.map(|node| &node.value)) {
            (Some(table), Some(Value::Table(old))) if !as_one(&entry.node, table, old) => {
                // A dotted key has no table of its own in the text: it can only be a path.
                let dotted = entry.node.place == entry.key_place;
                if !dotted && !NAME_MAPS.contains(&path.as_str()) {
                    self.clear(&path, entry, table, old)?;
                }
                table.entries.iter().try_for_each(|e| self.follow(&path, e))
            }
            (Some(table), Some(Value::List(_))) => table.entries.iter().try_for_each(|e| self.follow(&path, e)),
            // A built-in profile is written out when a value in it is changed.
            (Some(table), None) if built_in_profile(&path, entry) => {
                table.entries.iter().try_for_each(|e| self.follow(&path, e))
            }
            _ => {
                self.found.push(Leaf { path, place: entry.key_place, node: entry.node.clone() });
                Ok(())
            }
        }
    }

    /// Refuses a table that brings a key and leaves out another: it may be meant for the whole or for one more value.
    fn clear(&self, path: &str, entry: &Entry, table: &Table, old: &Table) -> Result<(), Box<Diagnostic>> {
        let (Some(new), Some(left)) = (table.keys().find(|key| !old.has(key)), old.keys().find(|key| !table.has(key)))
        else {
            return Ok(());
        };
        let message = format!(
            "`{path}` has no `{new}` so far, and its `{left}` is not stated: whether this takes the place of the whole or adds \
             to it is open"
        );
        let mut d = Diagnostic::error(entry.node.place, message);
        let q = self.quote;
        let whole = if path.contains('.') {
            format!("{q}{path}{q} = {{ … }} takes the place of the whole, ")
        } else {
            String::new()
        };
        d.help(format!("write out the path: {whole}{q}{path}.{new}{q} = … changes this value alone"));
        Err(Box::new(d))
    }
}

/// True for a profile, named by dotted keys, that the scenario does not define and the program knows.
fn built_in_profile(path: &str, entry: &Entry) -> bool {
    let dotted = entry.node.place == entry.key_place;
    let known = path.strip_prefix("filing.").is_some_and(|name| !name.contains('.') && supply::is_built_in(name));
    dotted && (known || path == "filing")
}

/// Keys of tables that have a `value` or a `law` among others and are no numbers: counts, awards in kind, attributes.
const NO_NUMBERS: [&str; 3] = ["on", "redemption", "type"];

/// True for a table that is one value and not several: a number with its law or source, a text in its languages.
fn as_one(node: &Node, table: &Table, old: &Table) -> bool {
    let text = !table.entries.is_empty() && table.keys().all(|key| matches!(key, "en" | "ko"));
    text || (is_number(node) && !NO_NUMBERS.iter().any(|key| old.has(key)))
}
