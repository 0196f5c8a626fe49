//! Paths such as `guidelines.flat.rules.cash.amount`: keys joined by dots; members of a list by `id` or number from 1.

use super::report::{Place, closest, first_of};
use super::supply;
use super::tree::{Node, Table, Value};

/// Maps whose keys are names chosen by the author: a new one is never made by an override.
pub const NAME_MAPS: [&str; 15] = [
    "sources",
    "services",
    "regions",
    "cohorts",
    "filing",
    "procedures",
    "courts",
    "profiles",
    "joint",
    "guidelines",
    "variants",
    "customers",
    "durations",
    "causes",
    "insurance",
];

/// Another such map, in a table.
pub const PHASES: &str = "outage.phases";

/// Finds the value at a path; returns its canonical path too.
pub fn find<'a>(root: &'a Node, path: &str) -> Option<(String, &'a Node)> {
    let mut node = root;
    let mut canonical: Vec<String> = Vec::new();
    for segment in path.split('.') {
        let (name, next) = step(node, canonical.last().map_or("", String::as_str), segment)?;
        canonical.push(name);
        node = next;
    }
    Some((canonical.join("."), node))
}

fn step<'a>(node: &'a Node, parent: &str, segment: &str) -> Option<(String, &'a Node)> {
    match &node.value {
        Value::Table(table) if stated_list(table, segment) => step(table.get("value")?, parent, segment),
        Value::Table(table) => table.get(segment).map(|n| (segment.to_string(), n)),
        Value::List(list) => {
            let at = member(list, parent, segment)?;
            Some((member_name(&list[at], parent, at), &list[at]))
        }
        _ => None,
    }
}

/// The value at a path, to change it.
pub fn find_mut<'a>(root: &'a mut Node, path: &str) -> Option<&'a mut Node> {
    let mut node = root;
    let mut parent = "";
    if path.is_empty() {
        return Some(node);
    }
    for segment in path.split('.') {
        if node.as_table().is_some_and(|table| stated_list(table, segment)) {
            node = node.as_table_mut()?.get_mut("value")?;
        }
        node = match &mut node.value {
            Value::Table(table) => table.get_mut(segment)?,
            Value::List(list) => {
                let at = member(list, parent, segment)?;
                &mut list[at]
            }
            _ => return None,
        };
        parent = segment;
    }
    Some(node)
}

/// True where a table states a list with its source, and a member of that list is named: its path is the same as without the
/// source.
fn stated_list(table: &Table, segment: &str) -> bool {
    let member = segment.parse::<usize>().is_ok() && !table.has(segment);
    member && table.get("value").is_some_and(|value| value.as_list().is_some())
}

/// Index of a member of a list: by its `id`, by `rule-N`, or by its number from 1.
fn member(list: &[Node], parent: &str, segment: &str) -> Option<usize> {
    let named = list.iter().enumerate().position(|(i, n)| member_name(n, parent, i) == segment);
    named.or_else(|| segment.parse::<usize>().ok().filter(|n| (1..=list.len()).contains(n)).map(|n| n - 1))
}

/// Name of the member of a list: its `id`, `rule-N` in a list of rules, otherwise its number from 1.
pub fn member_name(node: &Node, parent: &str, at: usize) -> String {
    match node.get("id").and_then(Node::as_text) {
        Some(id) if parent == "rules" => id.to_string(),
        _ if parent == "rules" => format!("rule-{}", at + 1),
        _ => (at + 1).to_string(),
    }
}

/// Why a path could not be set.
#[derive(Debug)]
pub struct PathMistake {
    /// Which segment is wrong, from 0.
    pub segment: usize,
    /// What is wrong.
    pub message: String,
    /// What would be right; may be empty.
    pub help: String,
    /// The path up to the name that is missing; empty where none is.
    pub missing: String,
}

/// Puts a value at a path. The last key may be new (the reader of the file decides whether it is known), and so may
/// be keys on the way, but for names chosen by the author.
pub fn set(root: &mut Node, path: &str, places: &[Place], value: Node) -> Result<(), PathMistake> {
    let segments: Vec<&str> = path.split('.').collect();
    set_in(root, 0, &segments, places, value)
}

fn set_in(node: &mut Node, at: usize, segments: &[&str], places: &[Place], value: Node) -> Result<(), PathMistake> {
    let segment = segments[at];
    let place = places.get(at).copied().unwrap_or_default();
    let parent = if at == 0 { "" } else { segments[at - 1] };
    let last = at + 1 == segments.len();
    match &mut node.value {
        Value::Table(table) if stated_list(table, segment) => {
            let list = table.get_mut("value").ok_or_else(|| missing(at, segments, &[]))?;
            set_in(list, at, segments, places, value)
        }
        Value::Table(table) => {
            if !table.has(segment) && !may_be_new(at, segments) {
                let mut names: Vec<String> = table.keys().map(String::from).collect();
                if segments[..at] == ["filing"] {
                    names.extend(supply::built_in_names());
                }
                return Err(missing(at, segments, &names));
            }
            if last {
                table.put(segment, place, value);
                return Ok(());
            }
            if !table.has(segment) {
                table.put(segment, place, Node { place, value: Value::Table(Table::default()) });
            }
            let next = table.get_mut(segment).ok_or_else(|| missing(at, segments, &[]))?;
            set_in(next, at + 1, segments, places, value)
        }
        Value::List(list) => {
            let names: Vec<String> = list.iter().enumerate().map(|(k, n)| member_name(n, parent, k)).collect();
            let i = member(list, parent, segment).ok_or_else(|| missing(at, segments, &names))?;
            if last {
                list[i] = value;
                return Ok(());
            }
            set_in(&mut list[i], at + 1, segments, places, value)
        }
        _ => Err(PathMistake {
            segment: at,
            message: format!("`{}` holds no `{segment}`: it is a single value", segments[..at].join(".")),
            help: format!("set `{}` as a whole", segments[..at].join(".")),
            missing: String::new(),
        }),
    }
}

/// True where a path may make a key that the file does not have.
fn may_be_new(at: usize, segments: &[&str]) -> bool {
    let last = at + 1 == segments.len();
    match at {
        0 => last || matches!(segments[0], "budget" | "ladder"),
        1 => !NAME_MAPS.contains(&segments[0]),
        2 => segments[1] != "phases",
        _ => true,
    }
}

fn missing(at: usize, segments: &[&str], names: &[String]) -> PathMistake {
    let whole = if at == 0 { "the scenario".into() } else { format!("`{}`", segments[..at].join(".")) };
    let message = format!("{whole} has no `{}`", segments[at]);
    PathMistake { segment: at, message, help: suggestion(segments[at], names), missing: segments[..=at].join(".") }
}

/// The closest name, or all of them when they are few.
pub fn suggestion(key: &str, names: &[String]) -> String {
    match closest(key, names.iter().map(String::as_str)) {
        Some(name) => format!("did you mean `{name}`?"),
        None if names.is_empty() => "none is defined here".into(),
        None => format!("there are {}", first_of(&names.iter().map(String::as_str).collect::<Vec<_>>())),
    }
}
