//! Dated versions of a value: which of them holds on the day `as_of`. They are chosen in the tree before it is read, so that
//! they may stand wherever a value with a source does.

use std::collections::BTreeMap;

use super::report::{Diagnostic, Place, did_you_mean};
use super::tree::{Node, Value};

/// Versions that do not hold, by the place of the one that does: the reader looks them over as well.
pub type Hidden = BTreeMap<Place, Vec<Node>>;

/// How versions are written.
pub const EXAMPLE: &str = "write versions = [ { value = …, date = 2022-10-16 }, … ]";

/// Leaves out a day `as_of` that was told of already, because it does not exist: what was read in its place hides nothing.
pub fn forget_wrong_day(root: &mut Node, found: &[Diagnostic]) {
    let Some(day) = root.get("as_of").map(|n| n.place) else { return };
    let inside = |at: Place| at.file == day.file && (day.start..day.end).contains(&at.start);
    if found.iter().any(|d| inside(d.place)) {
        root.as_table_mut().and_then(|t| t.remove("as_of"));
    }
}

/// Replaces every `{ versions = [ … ] }` by the latest version not after `as_of` (the latest of all without it). Versions
/// dated later are hidden, and those that a later one has replaced. Where all are later nothing stands in for them: that is
/// a mistake.
pub fn choose(root: &mut Node, found: &mut Vec<Diagnostic>) -> Hidden {
    // A day that does not exist is told of by itself.
    let exists = |date: &String| date.len() == 10 && date.parse::<jiff::civil::Date>().is_ok();
    let as_of = root.get("as_of").and_then(date_of).filter(exists).unwrap_or_default();
    let dates: Vec<(String, String)> = root.get("sources").and_then(Node::as_table).map_or_else(Vec::new, |t| {
        t.entries.iter().map(|e| (e.key.clone(), e.node.get("date").and_then(date_of).unwrap_or_default())).collect()
    });
    // Of sources that are no table has been told; which there are is not known then.
    let lost = root.get("sources").is_some_and(|n| n.as_table().is_none());
    let mut chooser = Chooser { as_of, dates, lost, found, hidden: Hidden::new() };
    chooser.node(root);
    chooser.hidden
}

/// Sources that versions refer to which do not hold.
pub fn sources(hidden: &Hidden) -> impl Iterator<Item = &str> {
    hidden.values().flatten().filter_map(|n| n.get("source")?.as_text())
}

fn date_of(node: &Node) -> Option<String> {
    match &node.value {
        Value::Date(d) => d.date.map(|d| d.to_string()),
        Value::Text(t) => Some(t.clone()),
        _ => None,
    }
}

struct Chooser<'a> {
    as_of: String,
    /// Sources with their dates; empty for those that have none.
    dates: Vec<(String, String)>,
    /// True where they cannot be read.
    lost: bool,
    found: &'a mut Vec<Diagnostic>,
    hidden: Hidden,
}

impl Chooser<'_> {
    fn node(&mut self, node: &mut Node) {
        if let Some(versions) = node.get("versions").filter(|n| n.as_table().is_none()).cloned() {
            let place = node.place;
            if let Some(extra) = node.as_table().and_then(|t| t.entries.iter().find(|e| e.key != "versions")) {
                let message = format!("`{}` cannot stand beside `versions`", extra.key);
                let mut d = Diagnostic::error(extra.key_place, message);
                d.help("give each version its own value, date, source and note");
                self.found.push(d);
            }
            *node = match self.choose(&versions) {
                Some(version) => version,
                // What stood there, so that the reader knows that it was told of.
                None => Node::table(vec![("versions", versions)], place),
            };
            if node.get("versions").is_some() {
                return;
            }
        }
        match &mut node.value {
            // A scheme has versions of another kind, as a whole.
            Value::Table(t) => t.entries.iter_mut().filter(|e| e.key != "scheme").for_each(|e| self.node(&mut e.node)),
            Value::List(l) => l.iter_mut().for_each(|n| self.node(n)),
            _ => {}
        }
    }

    /// The version that holds; after a mistake none.
    fn choose(&mut self, versions: &Node) -> Option<Node> {
        let Some(list) = versions.as_list() else {
            let mut d = Diagnostic::error(versions.place, "`versions` is a list of tables with value and date");
            d.help(EXAMPLE);
            self.found.push(d);
            return None;
        };
        let is_table = |version: &&Node| version.as_table().is_some();
        let other = list.iter().find(|version| !is_table(version));
        if let Some(other) = other {
            let message = format!("a version is a table with value and date, not {}", other.kind());
            let mut d = Diagnostic::error(other.place, message);
            d.help(EXAMPLE);
            self.found.push(d);
        }
        let dated: Vec<Option<String>> = list.iter().filter(is_table).map(|version| self.date(version)).collect();
        if other.is_some() {
            return None;
        }
        let mut dated: Vec<(String, &Node)> =
            dated.into_iter().zip(list).map(|(d, n)| d.map(|d| (d, n))).collect::<Option<_>>()?;
        // Stable: of two of one day the second one is told of.
        dated.sort_by(|a, b| a.0.cmp(&b.0));
        let twice: Vec<(&str, Place)> =
            dated.windows(2).filter(|w| w[0].0 == w[1].0).map(|w| (w[1].0.as_str(), w[1].1.place)).collect();
        for (date, place) in &twice {
            let mut d = Diagnostic::error(*place, format!("two versions are dated {date}, and only one can hold"));
            d.help("keep one of the two, or give one its own `date`, which counts before the date of its source");
            self.found.push(d);
        }
        if !twice.is_empty() {
            return None;
        }
        let Some((first, _)) = dated.first() else {
            let mut d = Diagnostic::error(versions.place, "`versions` is empty");
            d.help(EXAMPLE);
            self.found.push(d);
            return None;
        };
        let Some(at) = dated.iter().rposition(|(date, _)| self.as_of.is_empty() || *date <= self.as_of) else {
            let message = format!("no version of this was known on {}: the first is dated {first}", self.as_of);
            let mut d = Diagnostic::error(versions.place, message);
            d.help(format!("add what was known before, with its date, or set `as_of` to {first} or later"));
            self.found.push(d);
            return None;
        };
        let chosen = dated[at].1;
        let others = dated.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, (_, n))| (*n).clone()).collect();
        self.hidden.insert(chosen.place, others);
        Some(chosen.clone())
    }

    /// The day of a version: its own, or that of its source.
    fn date(&mut self, version: &Node) -> Option<String> {
        if let Some(node) = version.get("date") {
            let date = date_of(node).unwrap_or_default();
            if !exists(&date) {
                let mut d = Diagnostic::error(node.place, format!("there is no date `{date}`"));
                d.help("dates are written 2022-10-15 and must exist in the calendar");
                self.found.push(d);
            }
            return exists(&date).then_some(date);
        }
        let named = version.get("source").and_then(|n| n.as_text().map(|id| (id, n.place)));
        let source = named.and_then(|(id, _)| self.dates.iter().find(|(known, _)| known == id));
        let dated = "add `date = 2022-10-16`, or a `source` that has a date";
        let d = match (named, source) {
            // That the date of a source does not exist is told where the source stands.
            (_, Some((_, date))) if !date.is_empty() => return exists(date).then(|| date.clone()),
            (Some(_), None) if self.lost => return None,
            (Some((id, place)), None) => {
                let mut d = Diagnostic::error(place, format!("there is no source `{id}`"));
                let near = did_you_mean(id, self.dates.iter().map(|(known, _)| known.as_str()));
                d.missing(format!("sources.{id}")).help(if near.is_empty() { dated.to_string() } else { near });
                d
            }
            _ => {
                let mut d = Diagnostic::error(version.place, "this version has no date");
                d.help(dated);
                d
            }
        };
        self.found.push(d);
        None
    }
}

/// True for a day of the calendar, written `YYYY-MM-DD`.
fn exists(date: &str) -> bool {
    date.len() == "2022-10-16".len() && date.parse::<jiff::civil::Date>().is_ok()
}
