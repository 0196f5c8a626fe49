//! Guidelines from the library: files beside the scenario, merged into it with their sources, filing profiles and procedures.

use std::path::{Path, PathBuf};

use super::report::{Diagnostic, Place, TextFile};
use super::scheme::is_scheme;
use super::tree::{self, Node, Table, Value};
use super::{paths, shipped};

/// Where library guidelines come from.
pub trait Library {
    /// Name (for messages) and text of a guideline, or `None` if there is none of that name.
    ///
    /// # Errors
    /// What the system says when the file is there but cannot be read.
    fn read(&self, name: &str) -> Result<Option<(String, String)>, String>;

    /// Names of all guidelines, sorted.
    fn names(&self) -> Vec<String>;
}

/// What a file of the library is read as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ReadAs {
    /// A guideline in the words of a scenario.
    Guideline,
    /// A scheme of the rule language.
    Scheme,
}

impl ReadAs {
    /// What it is called.
    fn noun(self) -> &'static str {
        match self {
            ReadAs::Guideline => "library guideline",
            ReadAs::Scheme => "scheme",
        }
    }

    /// Says so where a text is of the other kind. A scheme may be too damaged to be known as one; a guideline pays amounts.
    fn mistaken(self, name: &str, text: &str, place: Place) -> Result<(), Box<Diagnostic>> {
        let pays_amounts = || {
            let root = tree::legible(text, 0);
            let rules = root.as_ref().and_then(|r| r.get("rules")).and_then(Node::as_list).unwrap_or(&[]);
            rules.iter().any(|rule| rule.get("amount").is_some())
        };
        let (is, key) = match (self, is_scheme(text)) {
            (ReadAs::Guideline, true) => (ReadAs::Scheme, "scheme"),
            (ReadAs::Scheme, false) if pays_amounts() => (ReadAs::Guideline, "library"),
            _ => return Ok(()),
        };
        let mut d = Diagnostic::error(place, format!("`{name}` is a {}, not a {}", is.noun(), self.noun()));
        d.help(format!("write {key} = \"{name}\""));
        Err(Box::new(d))
    }
}

/// What stands before the name of a shipped scheme in messages.
const SHIPPED: &str = "shipped:";

/// No library at all.
pub struct NoLibrary;

impl Library for NoLibrary {
    fn read(&self, _: &str) -> Result<Option<(String, String)>, String> {
        Ok(None)
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A folder of `<name>.toml` files; what is not in it is looked for among the shipped schemes.
pub struct Folder(pub PathBuf);

impl Folder {
    /// The folder `guidelines/` beside a scenario file.
    pub fn beside(scenario: &Path) -> Folder {
        Folder(scenario.parent().unwrap_or_else(|| Path::new("")).join("guidelines"))
    }
}

impl Library for Folder {
    fn read(&self, name: &str) -> Result<Option<(String, String)>, String> {
        let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        let path = self.0.join(format!("{name}.toml"));
        if !plain || !path.is_file() {
            let shipped = shipped::text(name).map(|text| (format!("{SHIPPED}{name}.toml"), text.into()));
            return Ok(shipped);
        }
        let text = std::fs::read_to_string(&path).map_err(|e| e.to_string())?;
        Ok(Some((path.display().to_string(), text)))
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).into_iter().flatten();
        let files = entries.filter_map(|e| e.ok().map(|e| e.path()));
        let toml = files.filter(|p| p.extension().is_some_and(|x| x == "toml"));
        let mut names: Vec<String> = toml.filter_map(|p| p.file_stem().map(|s| s.to_string_lossy().into())).collect();
        names.extend(shipped::SCHEMES.iter().map(|(name, _)| (*name).to_string()));
        names.sort();
        names.dedup();
        names
    }
}

/// Merges every guideline that names a library file; files read are appended to `files`.
pub fn merge(root: &mut Node, library: &dyn Library, files: &mut Vec<TextFile>, found: &mut Vec<Diagnostic>) {
    let Some(guidelines) = root.get("guidelines").and_then(Node::as_table) else { return };
    let wanted: Vec<(String, Node)> =
        guidelines.entries.iter().filter_map(|e| e.node.get("library").map(|n| (e.key.clone(), n.clone()))).collect();
    let schemes: Vec<(String, Node)> =
        guidelines.entries.iter().filter_map(|e| e.node.get("scheme").map(|n| (e.key.clone(), n.clone()))).collect();
    for (guideline, node) in schemes {
        if let Err(d) = put_scheme(root, &guideline, &node, library, files) {
            found.push(*d);
            if root.get("causes").is_some() {
                // A guideline of a company is a scheme and nothing else.
                if let Some(all) = paths::find_mut(root, "guidelines").and_then(Node::as_table_mut) {
                    all.remove(&guideline);
                }
                continue;
            }
            let guideline = paths::find_mut(root, &format!("guidelines.{guideline}")).and_then(Node::as_table_mut);
            if let Some(table) = guideline {
                // One mistake shall not draw others: only what every guideline may have is kept.
                let kept = ["title", "note", "source", "pool", "claim_cost", "procedure"];
                table.entries.retain(|e| kept.contains(&e.key.as_str()));
                if !table.has("title") {
                    table.put("title", node.place, Node::text("", node.place));
                }
                table.put("rules", node.place, Node { place: node.place, value: Value::List(Vec::new().into()) });
            }
        }
    }
    put_rules(root, library, files, found);
    for (guideline, node) in wanted {
        let merged = one(root, &guideline, &node, library, files);
        if let Err(d) = merged {
            found.push(*d);
            drop_guideline(root, &guideline);
        }
    }
}

/// A guideline that could not be completed is left as it is, with what is missing made up, so that one mistake does
/// not draw others.
fn drop_guideline(root: &mut Node, guideline: &str) {
    let Some(table) = paths::find_mut(root, &format!("guidelines.{guideline}")).and_then(Node::as_table_mut) else {
        return;
    };
    let place = table.remove("library").map_or_else(Place::default, |e| e.key_place);
    for key in super::strays::APPLIED {
        table.remove(key);
    }
    if !table.has("title") {
        table.put("title", place, Node::text(guideline, place));
    }
    if !table.has("rules") {
        table.put("rules", place, Node { place, value: Value::List(Vec::new().into()) });
    }
}

fn one(
    root: &mut Node,
    guideline: &str,
    node: &Node,
    library: &dyn Library,
    files: &mut Vec<TextFile>,
) -> Result<(), Box<Diagnostic>> {
    let Some(name) = node.as_text() else {
        let mut d = Diagnostic::error(node.place, format!("a text belongs here, not {}", node.kind()));
        d.help("write the name of a file of the library in quotes: library = \"…\"");
        return Err(Box::new(d));
    };
    let mut tree = file(name, node.place, ReadAs::Guideline, library, files)?;
    if let Some(table) = tree.as_table_mut() {
        table.remove("id");
        graft(root, guideline, name, table)?;
    }
    Ok(())
}

/// Puts scheme files in the place of their names in the rules of guidelines.
fn put_rules(root: &mut Node, library: &dyn Library, files: &mut Vec<TextFile>, found: &mut Vec<Diagnostic>) {
    let guidelines = paths::find_mut(root, "guidelines").and_then(Node::as_table_mut);
    let lists = guidelines.into_iter().flat_map(|t| &mut t.entries).filter_map(|e| {
        let rules = e.node.as_table_mut()?.get_mut("rules")?;
        rules.as_list_mut()
    });
    for rule in lists.flatten().filter_map(Node::as_table_mut) {
        let Some(node) = rule.get("scheme").cloned() else { continue };
        let place = node.place;
        match named_scheme(&node).and_then(|name| name.map(|n| scheme_tree(n, place, library, files)).transpose()) {
            Ok(None) => {}
            Ok(Some(mut tree)) => {
                if let Some(t) = tree.as_table_mut() {
                    WORDS.iter().for_each(|key| drop(t.remove(key)));
                }
                rule.put("scheme", place, Node { place, ..tree });
            }
            Err(d) => {
                found.push(*d);
                // One mistake does not draw others: keys that only a rule of a scheme has go with its name.
                for key in ["scheme", "rule", "facts", "version", "rate", "price_level", "pays"] {
                    rule.remove(key);
                }
                rule.put("amount", place, Node { place, value: Value::Number(0.0, "0".into()) });
            }
        }
    }
}

/// The name of a scheme; none where its tree has been put there already.
fn named_scheme(node: &Node) -> Result<Option<&str>, Box<Diagnostic>> {
    if node.as_text().is_some() || node.as_table().is_some() {
        return Ok(node.as_text());
    }
    let mut d = Diagnostic::error(node.place, format!("a text belongs here, not {}", node.kind()));
    d.help("write the name of a scheme in quotes: scheme = \"…\"");
    Err(Box::new(d))
}

/// What a scheme file says in words of itself.
const WORDS: [&str; 5] = ["title", "note", "jurisdiction", "effective", "evidence"];

/// The tree of a scheme without its worked cases, which prove the file.
fn scheme_tree(
    name: &str,
    place: Place,
    library: &dyn Library,
    files: &mut Vec<TextFile>,
) -> Result<Node, Box<Diagnostic>> {
    let mut tree = file(name, place, ReadAs::Scheme, library, files)?;
    super::scheme::rest_on(&mut tree, library, files)?;
    if let Some(table) = tree.as_table_mut() {
        table.remove("cases");
    }
    Ok(tree)
}

/// Puts a scheme's file in the place of its name.
fn put_scheme(
    root: &mut Node,
    guideline: &str,
    node: &Node,
    library: &dyn Library,
    files: &mut Vec<TextFile>,
) -> Result<(), Box<Diagnostic>> {
    let Some(name) = named_scheme(node)? else { return Ok(()) };
    let mut tree = scheme_tree(name, node.place, library, files)?;
    let Some(table) = tree.as_table_mut() else { return Ok(()) };
    let words = WORDS.map(|key| (key, table.remove(key)));
    let target = paths::find_mut(root, &format!("guidelines.{guideline}")).and_then(Node::as_table_mut);
    let Some(target) = target else { return Ok(()) };
    for (key, entry) in words {
        if let Some(entry) = entry.filter(|_| !target.has(key)) {
            target.put(key, entry.key_place, entry.node);
        }
    }
    target.put("scheme", node.place, Node { place: node.place, ..tree });
    Ok(())
}

/// The tree of a library file that something at `place` names.
pub fn file(
    name: &str,
    place: Place,
    read_as: ReadAs,
    library: &dyn Library,
    files: &mut Vec<TextFile>,
) -> Result<Node, Box<Diagnostic>> {
    let read = library.read(name).map_err(|e| {
        let mut d = Diagnostic::error(place, format!("the {} `{name}` cannot be read: {e}", read_as.noun()));
        d.help("it must be a text file in UTF-8 that may be read");
        Box::new(d)
    })?;
    let Some((file, text)) = read else { return Err(Box::new(no_such(name, place, read_as, library))) };
    read_as.mistaken(name, &text, place)?;
    let index = files.iter().position(|f| f.name == file).unwrap_or_else(|| {
        files.push(TextFile { name: file, text: text.clone() });
        files.len() - 1
    });
    tree::parse_file(&text, index)
}

fn no_such(name: &str, place: Place, read_as: ReadAs, library: &dyn Library) -> Diagnostic {
    let noun = read_as.noun();
    let mut d = Diagnostic::error(place, format!("there is no {noun} `{name}`"));
    let of_kind = |name: &String| {
        let text = library.read(name).ok().flatten();
        text.is_some_and(|(_, text)| is_scheme(&text) == (read_as == ReadAs::Scheme))
    };
    let names: Vec<String> = library.names().into_iter().filter(of_kind).collect();
    match names.is_empty() {
        true => d.help(format!("{noun}s are files in the folder guidelines/ beside the scenario")),
        false => d.help(paths::suggestion(name, &names)),
    };
    d
}

/// What a library file brings beside its sources: the scenario's own of the same name win.
const BROUGHT: [(&str, &str); 2] = [("filing", "filing profiles"), ("procedures", "procedures")];

/// Puts a library file's keys, sources, filing profiles and procedures into the scenario.
fn graft(root: &mut Node, guideline: &str, name: &str, table: &mut Table) -> Result<(), Box<Diagnostic>> {
    let sources = table.remove("sources");
    let brought = BROUGHT.map(|(map, what)| (map, what, table.remove(map)));
    if let Some(Value::Table(sources)) = sources.map(|e| e.node.value) {
        for entry in sources.entries {
            let key = free_name(root, &entry.key, name, &entry.node);
            if key != entry.key {
                rename_source(table, &entry.key, &key);
            }
            put_if_absent(root, "sources", &key, entry.key_place, entry.node);
        }
    }
    for (map, what, entry) in brought {
        let Some(Value::Table(members)) = entry.map(|e| e.node.value) else { continue };
        for entry in members.entries {
            clash(root, (map, what), &entry.key, &entry.node, entry.key_place)?;
            put_if_absent(root, map, &entry.key, entry.key_place, entry.node);
        }
    }
    let target = paths::find_mut(root, &format!("guidelines.{guideline}")).and_then(Node::as_table_mut);
    let Some(target) = target else { return Ok(()) };
    if let Some(own) = target.remove("library") {
        target.put("from_library", own.key_place, own.node);
    }
    for entry in table.entries.drain(..) {
        if !target.has(&entry.key) {
            target.entries.push(entry);
        }
    }
    Ok(())
}

/// The name under which a library's source is entered: its own, unless the scenario has another source of that name.
fn free_name(root: &Node, key: &str, library: &str, node: &Node) -> String {
    match root.get("sources").and_then(|s| s.get(key)) {
        Some(own) if !same_source(own, node) => format!("{library}-{key}"),
        _ => key.into(),
    }
}

/// Two sources are the same if they have the same address, or no address and the same title.
fn same_source(a: &Node, b: &Node) -> bool {
    let word = |n: &Node, key: &str| n.get(key).map(super::resolved::inline);
    match (word(a, "url"), word(b, "url")) {
        (None, None) => word(a, "title") == word(b, "title"),
        (x, y) => x == y,
    }
}

fn rename_source(table: &mut Table, from: &str, to: &str) {
    for entry in &mut table.entries {
        match &mut entry.node.value {
            Value::Text(t) if entry.key == "source" && t == from => *t = to.into(),
            _ => rename_in(&mut entry.node, from, to),
        }
    }
}

fn rename_in(node: &mut Node, from: &str, to: &str) {
    match &mut node.value {
        Value::Table(t) => rename_source(t, from, to),
        Value::List(l) => l.iter_mut().for_each(|n| rename_in(n, from, to)),
        _ => {}
    }
}

/// Two library files may not bring different things of one name; the scenario's own wins.
fn clash(root: &Node, (map, what): (&str, &str), key: &str, node: &Node, place: Place) -> Result<(), Box<Diagnostic>> {
    let Some(own) = root.get(map).and_then(|f| f.get(key)) else { return Ok(()) };
    if own.place.file == 0 || super::resolved::inline(own) == super::resolved::inline(node) {
        return Ok(());
    }
    let mut d = Diagnostic::error(place, format!("two library guidelines bring different {what} `{key}`"));
    d.help(format!("state [{map}.{key}] in the scenario: it then holds for both"));
    Err(Box::new(d))
}

fn put_if_absent(root: &mut Node, map: &str, key: &str, place: Place, node: Node) {
    let Some(table) = root.as_table_mut() else { return };
    if !table.has(map) {
        table.put(map, place, Node { place, value: Value::Table(Table::default()) });
    }
    if let Some(inner) = table.get_mut(map).and_then(Node::as_table_mut)
        && !inner.has(key)
    {
        inner.put(key, place, node);
    }
}
