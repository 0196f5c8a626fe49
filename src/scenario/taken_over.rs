//! Uncertain numbers that a draft takes over from the guideline on which it is based: each is that guideline's, one and the
//! same draw, until the draft is given one of its own.

use super::number::is_number;
use super::paths::{self, PathMistake, member_name};
use super::report::Place;
use super::tree::{Node, Table, Value};

/// The key that says whose number it is.
const SAME: &str = "same_as";
/// Part of the scenario in which drafts stand.
const DRAFTS: &str = "guidelines";
/// How many may follow one another.
const CHAIN: usize = 32;

/// Puts in the place of every uncertain number below a path whose it is. What is certain is the same anyhow.
pub fn share(node: &mut Node, path: &str) {
    let place = node.place;
    match &mut node.value {
        Value::Table(table) if is_uncertain(table) => *node = shared(path, place),
        Value::Table(table) => {
            // A scheme that is applied is no part of the scenario, and what is a law in it none of its numbers.
            for entry in table.entries.iter_mut().filter(|e| e.key != "scheme") {
                // The members of a list that carries its source have the paths of one that does not.
                let stated = entry.key == "value" && entry.node.as_list().is_some();
                let at = if stated { path.to_string() } else { format!("{path}.{}", entry.key) };
                share(&mut entry.node, &at);
            }
        }
        Value::List(list) => {
            let parent = path.rsplit('.').next().unwrap_or_default();
            for (i, member) in list.iter_mut().enumerate() {
                let at = format!("{path}.{}", member_name(member, parent, i));
                share(member, &at);
            }
        }
        _ => {}
    }
}

fn is_uncertain(table: &Table) -> bool {
    let versions = table.get("versions").and_then(Node::as_list).unwrap_or(&[]);
    table.has("law") || versions.iter().any(|version| version.get("law").is_some())
}

fn shared(path: &str, place: Place) -> Node {
    Node::table(vec![(SAME, Node::text(path, place))], place)
}

/// Whose number this is, where it is one of a draft's.
fn whose(node: &Node) -> Option<&str> {
    let of = node.get(SAME).and_then(Node::as_text).filter(|_| node.get("times").is_none())?;
    of.strip_prefix(DRAFTS)?.starts_with('.').then_some(of)
}

/// The number itself for one that is another draft's.
pub fn behind<'a>(root: &'a Node, node: &'a Node) -> &'a Node {
    let mut last = node;
    for _ in 0..CHAIN {
        match whose(last).and_then(|of| paths::find(root, of)) {
            Some((_, next)) => last = next,
            None => break,
        }
    }
    last
}

/// Puts a value at a path. A number in which it lies and which was another draft's is the draft's own from then on, with what is
/// not changed in it; where it takes away the number that others are, they keep what it was.
///
/// # Errors
/// As [`paths::set`].
pub fn set(root: &mut Node, path: &str, places: &[Place], value: Node) -> Result<(), PathMistake> {
    own(root, path);
    let followers = followers(root, path);
    paths::set(root, path, places, value)?;
    keep(root, followers);
    Ok(())
}

/// Writes out the number in which a path lies, where it is another draft's.
pub fn own(root: &mut Node, path: &str) {
    if !path.starts_with(DRAFTS) {
        return;
    }
    for (end, _) in path.match_indices('.') {
        let Some((_, node)) = paths::find(root, &path[..end]) else { return };
        if whose(node).is_none() {
            continue;
        }
        let number = behind(root, node).clone();
        if let Some(node) = paths::find_mut(root, &path[..end]).filter(|_| is_number(&number)) {
            *node = number;
        }
        return;
    }
}

/// A number that is another draft's.
struct Follower {
    path: String,
    of: String,
    /// What that one is.
    number: Node,
}

/// Numbers that are one which stands at a path or below.
fn followers(root: &Node, path: &str) -> Vec<Follower> {
    let mut found = Vec::new();
    let Some((path, node)) = paths::find(root, path).filter(|(path, _)| path.starts_with(DRAFTS)) else { return found };
    if let Some(drafts) = root.get(DRAFTS).filter(|_| holds_uncertain(node)) {
        gather(root, drafts, DRAFTS, &mut found);
    }
    let within = |inner: &str| inner.strip_prefix(path.as_str()).is_some_and(|r| r.is_empty() || r.starts_with('.'));
    found.retain(|f| within(&f.of) && !within(&f.path));
    found
}

fn holds_uncertain(node: &Node) -> bool {
    match &node.value {
        Value::Table(table) => {
            let mut parts = table.entries.iter().filter(|e| e.key != "scheme");
            is_uncertain(table) || parts.any(|e| holds_uncertain(&e.node))
        }
        Value::List(list) => list.iter().any(holds_uncertain),
        _ => false,
    }
}

fn gather(root: &Node, node: &Node, path: &str, found: &mut Vec<Follower>) {
    if let Some((of, number)) = whose(node).and_then(|of| paths::find(root, of)) {
        found.push(Follower { path: path.into(), of, number: number.clone() });
        return;
    }
    match &node.value {
        Value::Table(table) => {
            for entry in table.entries.iter().filter(|e| e.key != "scheme") {
                gather(root, &entry.node, &format!("{path}.{}", entry.key), found);
            }
        }
        Value::List(list) => {
            let parent = path.rsplit('.').next().unwrap_or_default();
            for (i, member) in list.iter().enumerate() {
                gather(root, member, &format!("{path}.{}", member_name(member, parent, i)), found);
            }
        }
        _ => {}
    }
}

/// Gives those whose number is no longer there what it was: the first of them has it, and the others are the first one's.
fn keep(root: &mut Node, followers: Vec<Follower>) {
    let mut heirs: Vec<(String, String)> = Vec::new();
    for Follower { path, of, number } in followers {
        if paths::find(root, &of).is_some_and(|(_, node)| is_number(node)) {
            continue;
        }
        let heir = heirs.iter().find(|(lost, _)| *lost == of).map(|(_, heir)| heir.clone());
        let Some(node) = paths::find_mut(root, &path) else { continue };
        match heir {
            Some(heir) => *node = shared(&heir, node.place),
            None => {
                *node = number;
                heirs.push((of, path));
            }
        }
    }
}
