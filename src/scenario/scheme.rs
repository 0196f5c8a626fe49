//! Scheme files: rules in the rule language, with versions and worked cases.

mod cases;
mod compare;
mod index;
mod rules;
mod simulated;
mod table;
mod told;
mod values;
mod versions;
pub(super) mod words;

use std::path::Path;

pub use compare::differences;
pub use index::index;
pub use rules::version;
pub use simulated::title as standard_title;
pub use table::{answer, chosen, listed};
pub use told::{Awarded, awarded, shown, told};
pub use values::{TYPES, read_fact, read_value, text_of};
pub use versions::{rest_on, trees as version_trees};
pub use words::{explain, expression_in_korean, told as rule_told, value_in_korean};

use super::file;
use super::library::{Folder, Library};
use super::reader::{Fields, Reading};
use super::report::{Diagnostic, LoadError, Place, Report, TextFile};
use super::tree::{self, Node, Value};
use crate::model::Text;
use crate::model::scheme::Scheme;

/// The currency of a scheme file, if it states one itself.
pub fn scheme_currency(text: &str) -> Option<String> {
    let root = tree::parse_file(text, 0).ok()?;
    root.get("currency").and_then(Node::as_text).map(str::to_string)
}

/// Loads a scheme file and proves its worked cases.
///
/// # Errors
/// The file cannot be read, or is no valid scheme: every mistake, and every case that does not come out.
pub fn load_scheme(path: &Path) -> Result<Scheme, LoadError> {
    let text = file::text(path)?;
    let id = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let library = Folder(path.parent().unwrap_or_else(|| Path::new("")).to_path_buf());
    parse_scheme(&text, &id, &path.display().to_string(), &library)
}

/// True for a text that is meant as a scheme: it has facts, steps, versions or worked cases, or rules in expressions, or
/// rests on another scheme, and is no scenario.
pub fn is_scheme(text: &str) -> bool {
    let Some(root) = tree::legible(text, 0) else { return false };
    let has = |key| root.get(key).is_some();
    let own = ["based_on", "facts", "steps", "versions", "cases"].iter().any(|key| has(key));
    let expressions = |rule: &Node| ["pays", "gives", "when", "decision"].iter().any(|key| rule.get(key).is_some());
    let rules = root.get("rules").and_then(Node::as_list).is_some_and(|list| list.iter().any(expressions));
    !has("outage") && !has("schema") && !has("causes") && (own || rules || has("currency") && has("rules"))
}

/// Reads a scheme from a text; `file_name` is the name shown in messages.
///
/// # Errors
/// [`LoadError::Invalid`] with every mistake.
pub fn parse_scheme(text: &str, id: &str, file_name: &str, library: &dyn Library) -> Result<Scheme, LoadError> {
    let mut files = vec![TextFile { name: file_name.into(), text: text.into() }];
    let mut found = Vec::new();
    let scheme = read(id, library, &mut files, &mut found);
    match scheme {
        Some(scheme) if found.is_empty() => Ok(scheme),
        _ => Err(LoadError::Invalid(Report::new(files, found))),
    }
}

fn read(id: &str, library: &dyn Library, files: &mut Vec<TextFile>, found: &mut Vec<Diagnostic>) -> Option<Scheme> {
    let mut root = tree::read_file(&files[0].text, 0, found)?;
    if let Err(d) = versions::rest_on(&mut root, library, files) {
        found.push(*d);
        return None;
    }
    let trees = versions::trees(&root, found);
    let mut reading = Reading::new(&root);
    let mut scheme = head(&mut reading, &root, id);
    found.append(&mut reading.diagnostics);
    scheme.versions = trees.iter().map(|t| rules::version(t, &scheme.currency, files, found)).collect();
    // Mistakes of what all versions share are found in each.
    let mut seen: Vec<Diagnostic> = Vec::new();
    found.retain(|d| {
        let new = !seen.contains(d);
        if new {
            seen.push(d.clone());
        }
        new
    });
    if found.is_empty() {
        scheme.cases = cases::cases(&root, &scheme, files, found);
    }
    Some(scheme)
}

/// Everything but versions and cases.
fn head(reading: &mut Reading<'_>, root: &Node, id: &str) -> Scheme {
    let mut scheme = Scheme {
        id: id.into(),
        title: Text::default(),
        note: Text::default(),
        jurisdiction: Text::default(),
        sector: Text::default(),
        effective: Text::default(),
        evidence: String::new(),
        sources: Vec::new(),
        currency: String::new(),
        words: Vec::new(),
        versions: Vec::new(),
        cases: Vec::new(),
    };
    let own = root.clone();
    let mut reader = Reading::new(&own);
    if let Some(mut fields) = reader.open(&own, "") {
        scheme.title = fields.need("title", "`title = \"…\"`").map_or_else(Text::default, |n| reader.words(n));
        let words = |reader: &mut Reading<'_>, node: Option<&Node>| match node {
            Some(n) => words_of(reader, n),
            None => Text::default(),
        };
        scheme.note = words(&mut reader, fields.take("note"));
        scheme.jurisdiction = words(&mut reader, fields.take("jurisdiction"));
        scheme.sector = words(&mut reader, fields.take("sector"));
        scheme.effective = words(&mut reader, fields.take("effective"));
        scheme.evidence = fields.take("evidence").and_then(|n| n.as_text()).unwrap_or("").into();
        scheme.currency = currency(&mut reader, &mut fields);
        scheme.sources = sources(&mut reader, &mut fields);
        scheme.words = meant(&mut reader, &mut fields);
        fields.skip(&["versions", "facts", "steps", "rules", "at_most", "cases", "holidays", "based_on"]);
        fields.finish(&mut reader);
    }
    reading.diagnostics.append(&mut reader.diagnostics);
    scheme
}

/// A text in one or two languages, of a node with another life than the reading's.
fn words_of(reading: &mut Reading<'_>, node: &Node) -> Text {
    match &node.value {
        Value::Text(t) => Text::en(t),
        Value::Table(t) => {
            let get = |key: &str| t.get(key).and_then(Node::as_text).unwrap_or("").to_string();
            Text { en: get("en"), ko: get("ko") }
        }
        _ => {
            reading.wrong_kind(node, "a text").help("write \"text\" or { en = \"text\", ko = \"글\" }");
            Text::default()
        }
    }
}

fn currency(reading: &mut Reading<'_>, fields: &mut Fields<'_>) -> String {
    let Some(node) = fields.need("currency", "`currency = \"EUR\"`") else { return String::new() };
    match node.as_text() {
        Some(code) if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) => code.into(),
        _ => {
            reading.wrong_kind(node, "a currency's code").help("write three capital letters, such as \"EUR\"");
            String::new()
        }
    }
}

/// Words of the rules and how people read them.
fn meant(reading: &mut Reading<'_>, fields: &mut Fields<'_>) -> Vec<(String, Text)> {
    let Some(node) = fields.take("words") else { return Vec::new() };
    let Some(table) = node.as_table() else {
        reading
            .wrong_kind(node, "a table")
            .help("write [words] with lines such as \"small firm\" = { ko = \"소기업\" }");
        return Vec::new();
    };
    table.entries.iter().map(|e| (e.key.clone(), words_of(reading, &e.node))).collect()
}

fn sources(reading: &mut Reading<'_>, fields: &mut Fields<'_>) -> Vec<(String, String, String)> {
    let Some(node) = fields.take("sources") else { return Vec::new() };
    let Some(list) = node.as_list() else {
        reading.wrong_kind(node, "a list").help("write [[sources]] with title, url and date");
        return Vec::new();
    };
    let one = |n: &Node| {
        let get = |key: &str| match n.get(key).map(|v| &v.value) {
            Some(Value::Text(t)) => t.clone(),
            Some(Value::Date(d)) => d.to_string(),
            _ => String::new(),
        };
        (get("title"), get("url"), get("date"))
    };
    for n in list.iter().filter(|n| n.get("title").is_none() || n.get("url").is_none()) {
        reading.error(n.place, "a source has a title and an address").help("add `title` and `url`");
    }
    list.iter().map(one).collect()
}

/// Where a stretch of an expression stands in its file.
fn inside(node: &Node, span: (usize, usize), files: &[TextFile]) -> Place {
    let Some(text) = node.as_text() else { return node.place };
    let raw = files.get(node.place.file).and_then(|f| f.text.get(node.place.start..node.place.end)).unwrap_or("");
    // Only texts that stand in the file as they are can be pointed into.
    let quotes = ["\"\"\"\n", "'''\n", "\"\"\"", "'''", "\"", "'"];
    let lead = quotes.iter().find(|q| raw.starts_with(**q) && raw[q.len()..].starts_with(text));
    match lead {
        Some(lead) => {
            let start = node.place.start + lead.len() + span.0;
            Place { file: node.place.file, start, end: node.place.start + lead.len() + span.1.max(span.0 + 1) }
        }
        None => node.place,
    }
}
