//! A tree back to text: the resolved scenario, which alone gives the same scenario again.

use toml::value::Datetime;

use super::paths;
use super::reader::Fill;
use super::tree::{Node, Table, Value};

const HEAD: &str = "# The scenario as it was run: library guidelines merged in, changes applied, versions chosen,\n\
                    # defaults written out (default = true). Loading this file alone gives the same.\n";

/// Tables written under a header of their own, by path; `*` is any name. All others are written in one line.
const HEADERS: [&str; 18] = [
    "sources",
    "sources.*",
    "outage",
    "outage.phases",
    "outage.phases.*",
    "services",
    "services.*",
    "regions",
    "regions.*",
    "cohorts",
    "cohorts.*",
    "cohorts.*.loss",
    "cohorts.*.reports",
    "filing",
    "filing.*",
    "guidelines",
    "guidelines.*",
    "budget",
];
/// As [`HEADERS`], for those that come seldom.
const MORE_HEADERS: [&str; 14] = [
    "profiles",
    "profiles.*",
    "joint",
    "joint.*",
    "variants",
    "variants.*",
    "procedures",
    "procedures.*",
    "courts",
    "courts.*",
    "bearing",
    "channel",
    "valuation",
    "ladder",
];
/// Lists whose members are written under `[[…]]`.
const LIST_HEADERS: [&str; 4] = ["guidelines.*.rules", "correlations", "observed", "outcome"];

/// Puts defaults into a tree.
pub fn fill(root: &mut Node, fills: Vec<Fill>) {
    let mut fills = fills.into_iter().peekable();
    // Those of one table follow one another, and looking a table up takes time.
    while let Some(first) = fills.next() {
        let path = first.path.clone();
        let mut table = paths::find_mut(root, &path).and_then(Node::as_table_mut);
        let mut next = Some(first);
        while let Some(Fill { key, node, .. }) = next {
            if let Some(table) = table.as_deref_mut().filter(|t| !t.has(&key)) {
                table.put(&key, node.place, node);
            }
            next = fills.next_if(|f| f.path == path);
        }
    }
}

/// The text of a whole tree.
pub fn text(root: &Node) -> String {
    let mut out = String::from(HEAD);
    if let Some(table) = root.as_table() {
        body(&mut out, &[], table);
    }
    out
}

fn body(out: &mut String, path: &[&str], table: &Table) {
    let (below, here): (Vec<_>, Vec<_>) = table.entries.iter().partition(|e| has_header(path, &e.key, &e.node));
    for e in here {
        out.push_str(&format!("{} = {}\n", key(&e.key), inline(&e.node)));
    }
    for e in below {
        let mut path = path.to_vec();
        path.push(&e.key);
        match &e.node.value {
            Value::Table(inner) => headed(out, &path, inner),
            Value::List(list) => list.iter().filter_map(Node::as_table).for_each(|t| {
                out.push_str(&format!("\n[[{}]]\n", joined(&path)));
                body(out, &path, t);
            }),
            _ => {}
        }
    }
}

fn headed(out: &mut String, path: &[&str], table: &Table) {
    let container = !table.entries.is_empty() && table.entries.iter().all(|e| has_header(path, &e.key, &e.node));
    if !container {
        out.push_str(&format!("\n[{}]\n", joined(path)));
    }
    body(out, path, table);
}

fn has_header(path: &[&str], key: &str, node: &Node) -> bool {
    let fits = |pattern: &&str| -> bool {
        let mut parts = pattern.split('.');
        let mut path = path.iter().copied().chain([key]);
        path.all(|k| parts.next().is_some_and(|p| p == "*" || p == k)) && parts.next().is_none()
    };
    match &node.value {
        Value::Table(_) => HEADERS.iter().chain(&MORE_HEADERS).any(fits),
        Value::List(list) => {
            !list.is_empty() && list.iter().all(|n| n.as_table().is_some()) && LIST_HEADERS.iter().any(fits)
        }
        _ => false,
    }
}

fn joined(path: &[&str]) -> String {
    path.iter().map(|k| key(k)).collect::<Vec<_>>().join(".")
}

fn key(key: &str) -> String {
    let bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if bare { key.into() } else { quoted(key) }
}

/// A value in one line.
pub fn inline(node: &Node) -> String {
    match &node.value {
        Value::Text(t) => quoted(t),
        Value::Number(_, written) => written.clone(),
        Value::Bool(b) => b.to_string(),
        Value::Date(d) => date(d),
        Value::List(list) => format!("[{}]", list.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Table(t) if t.entries.is_empty() => "{}".into(),
        Value::Table(t) => {
            let entries: Vec<String> =
                t.entries.iter().map(|e| format!("{} = {}", key(&e.key), inline(&e.node))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

fn date(d: &Datetime) -> String {
    d.to_string()
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
