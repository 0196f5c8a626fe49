//! Headings and keys of a text as its lines show them, also where it is no TOML: what is named twice, and how it was meant.

use std::ops::Range;

use super::paths::NAME_MAPS;
use super::report::lines_in_words;

/// Keys whose value is a list of tables, each of which may stand below a heading in two brackets.
const LISTS: [&str; 14] = [
    "rules",
    "correlations",
    "observed",
    "outcome",
    "curve",
    "staff",
    "publicity",
    "instances",
    "steps",
    "bands",
    "mixture",
    "versions",
    "cases",
    "layers",
];

/// A line that names a part of the file.
struct Named {
    /// What names it: a heading with its brackets, or a key.
    place: Range<usize>,
    /// Number of the line, from 1.
    line: usize,
    /// The name inside the brackets as it is written.
    written: String,
    /// The name in its parts, of a key with those of its heading.
    keys: Vec<String>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// A heading in single brackets.
    Single,
    /// A heading in two brackets.
    Double,
    /// A key with a value, and whether that holds something.
    Key { empty: bool },
}

/// What was named twice.
pub struct Twice {
    /// Where that is to be changed.
    pub place: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: String,
    /// True where a line can be left out as a whole.
    pub spare: bool,
}

/// What the lines of a text name.
pub struct Headings(Vec<Named>);

impl Headings {
    /// Looks through a text.
    pub fn of(text: &str) -> Headings {
        let (mut named, mut below, mut begins) = (Vec::new(), Vec::new(), 0);
        for (n, line) in text.split_inclusive('\n').enumerate() {
            let found = heading(line).or_else(|| key(line, &below));
            begins += line.len();
            let Some((place, written, keys, kind)) = found else { continue };
            let start = begins - line.len();
            if !matches!(kind, Kind::Key { .. }) {
                below.clone_from(&keys);
            }
            let place = start + place.start..start + place.end;
            named.push(Named { place, line: n + 1, written, keys, kind });
        }
        Headings(named)
    }

    /// What is named twice where the line of a place names something; none where these lines do not tell.
    pub fn twice(&self, text: &str, at: usize) -> Option<Twice> {
        let line = text.get(..at)?.matches('\n').count() + 1;
        let here = self.0.iter().find(|n| n.line == line)?;
        (1..=here.keys.len()).find_map(|n| {
            let name = &here.keys[..n];
            self.valued(name, here).or_else(|| self.in_single_brackets(name))
        })
    }

    /// A name with a value of its own beside the headings of that name or below it.
    fn valued(&self, name: &[String], here: &Named) -> Option<Twice> {
        let is_key = |n: &&Named| matches!(n.kind, Kind::Key { .. });
        let given = self.0.iter().filter(is_key).find(|n| n.keys == name && n.line != here.line)?;
        if is_key(&here) || self.another_entry(name, given, here) {
            return None;
        }
        let brackets =
            |n: &Named| if n.kind == Kind::Double { format!("[[{}]]", n.written) } else { format!("[{}]", n.written) };
        let (below, key) = (brackets(here), name.join("."));
        let help = match given.kind {
            Kind::Key { empty: true } => "leave this line out: what the heading says holds".to_string(),
            _ => "keep one of the two: leave this line out, or write what it says below the heading".to_string(),
        };
        let message = format!("`{key}` has a value here, and stands below {below} in line {} as well", here.line);
        Some(Twice { place: given.place.clone(), message, help, spare: true })
    }

    /// True where a heading in two brackets between two lines begins another entry of a list in which the name stands.
    fn another_entry(&self, name: &[String], a: &Named, b: &Named) -> bool {
        let between = a.line.min(b.line)..a.line.max(b.line);
        let list_of = |n: &&Named| n.kind == Kind::Double && n.keys.len() < name.len() && name.starts_with(&n.keys);
        self.0.iter().filter(list_of).any(|n| between.contains(&n.line))
    }

    /// A list of tables some of which stand below headings in single brackets.
    fn in_single_brackets(&self, name: &[String]) -> Option<Twice> {
        let of = |kind: Kind| self.0.iter().filter(move |n| n.kind == kind && n.keys == name);
        let single: Vec<&Named> = of(Kind::Single).collect();
        let double = of(Kind::Double).next();
        let (first, others) = single.split_first()?;
        let (last, map) = name.split_last()?;
        // Under a name of its own, such as that of a cohort, stands one table and no list.
        let chosen = NAME_MAPS.contains(&map.join(".").as_str());
        let listed = double.is_some() || (!others.is_empty() && LISTS.contains(&last.as_str()));
        if chosen || !listed {
            return None;
        }
        let heading = format!("[[{}]]", double.unwrap_or(first).written);
        let why = match double {
            Some(_) => format!("write it in two brackets, as the others of this name: {heading}"),
            None => format!("write it in two brackets, since each is an entry of a list: {heading}"),
        };
        let lines: Vec<usize> = others.iter().map(|n| n.line).collect();
        let also = if lines.is_empty() { String::new() } else { format!(", and so in {}", lines_in_words(&lines)) };
        let message = "this key or table stands twice".to_string();
        Some(Twice { place: first.place.clone(), message, help: format!("{why}{also}"), spare: false })
    }
}

/// Place, name, parts and kind of what a line names.
type Found = (Range<usize>, String, Vec<String>, Kind);

/// A heading.
fn heading(line: &str) -> Option<Found> {
    let text = line.split('#').next()?.trim();
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let (kind, name) = match inner.strip_prefix('[').and_then(|n| n.strip_suffix(']')) {
        Some(name) => (Kind::Double, name),
        None => (Kind::Single, inner),
    };
    let starts = line.find('[')?;
    Some((starts..starts + text.len(), name.trim().into(), parts(name)?, kind))
}

/// A key with its value below a heading.
fn key(line: &str, below: &[String]) -> Option<Found> {
    let (name, value) = line.split_once('=')?;
    let (written, value) = (name.trim(), value.split('#').next()?.trim());
    let keys = [below, &parts(written)?].concat();
    let starts = name.len() - name.trim_start().len();
    let empty = value.trim_matches(['[', ']', '{', '}', ' ']).is_empty();
    Some((starts..starts + written.len(), written.into(), keys, Kind::Key { empty }))
}

/// The parts of a name, without blanks and quotes; none where it is no name.
fn parts(name: &str) -> Option<Vec<String>> {
    let parts = name.split('.').map(|part| part.trim().trim_matches(['"', '\'']).to_string());
    let plain = |part: &String| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    parts.map(|part| Some(part).filter(plain)).collect()
}
