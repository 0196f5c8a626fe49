//! Company files: services, customers, causes of outages, guidelines in force, reserves and insurance, for a year.

mod data;
mod promise;
mod read;

use std::path::Path;

pub use data::observed;

use super::library::{Folder, Library};
use super::report::{Diagnostic, LoadError, Place, Report, Severity, TextFile};
use super::tree::{Node, Value};
use super::{SET, change, file, library, lost, resolved, strays, supply, tree, versions};
use crate::model::company::Company;

/// A company that was loaded.
#[derive(Clone, Debug)]
pub struct LoadedCompany {
    /// The company.
    pub company: Company,
    /// The file with everything merged in and written out, observed durations too.
    pub resolved: String,
    /// What is valid but probably not meant.
    pub warnings: Report,
    /// Every file that was read: name and text.
    pub inputs_read: Vec<(String, String)>,
}

/// True for a text that is meant as a company: it has causes of outages and no outage.
pub fn is_company(text: &str) -> bool {
    tree::legible(text, 0).is_some_and(|root| means_company(&root))
}

fn means_company(root: &Node) -> bool {
    root.get("causes").is_some() && root.get("outage").is_none()
}

/// What is wrong with a company where a scenario belongs, of which nothing else needs to be told.
pub fn instead_of_scenario(root: &Node, file: &str) -> Option<Diagnostic> {
    let place = key_place(root, "causes").filter(|_| means_company(root))?;
    let message = "this is a company file, for `redress annual`: it has causes of outages and no outage";
    let mut d = Diagnostic::error(place, message);
    d.help(format!("write redress annual {file}"));
    Some(d)
}

/// The same of a scenario where a company belongs.
fn instead_of_company(root: &Node, file: &str) -> Option<Diagnostic> {
    let own = ["causes", "customers"].iter().any(|key| root.get(key).is_some());
    let place = key_place(root, "outage").filter(|_| !own)?;
    let message = "this is a scenario, for `redress run`: it has an outage and no causes of outages";
    let mut d = Diagnostic::error(place, message);
    d.help(format!("write redress run {file}"));
    Some(d)
}

fn key_place(root: &Node, key: &str) -> Option<Place> {
    root.as_table()?.entries.iter().find(|e| e.key == key).map(|e| e.key_place)
}

/// Loads a company file, with changes in the words of `--set` and further reserves in those of the file.
///
/// # Errors
/// The file cannot be read, or is not a valid company.
pub fn load(path: &Path, overrides: &[String], reserves: &[String]) -> Result<LoadedCompany, LoadError> {
    let text = file::text(path)?;
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    let table = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
    parse(&text, &path.display().to_string(), &Folder::beside(path), &table, (overrides, reserves))
}

/// Reads a company from a text; `table` gives the text of a file of observed durations that stands beside it.
///
/// # Errors
/// [`LoadError::Invalid`] with every mistake.
pub fn parse(
    text: &str,
    file_name: &str,
    library: &dyn Library,
    table: &dyn Fn(&str) -> Result<String, String>,
    changes: (&[String], &[String]),
) -> Result<LoadedCompany, LoadError> {
    let mut files = vec![TextFile { name: file_name.into(), text: text.into() }];
    let mut found = Vec::new();
    let outcome = run(&mut files, &mut found, library, table, changes);
    match outcome {
        Some((company, resolved)) => {
            let read = files.iter().filter(|f| f.name != SET && f.name != RESERVE);
            let inputs_read = read.map(|f| (f.name.clone(), f.text.clone())).collect();
            Ok(LoadedCompany { company, resolved, warnings: Report::new(files, found), inputs_read })
        }
        None => Err(LoadError::Invalid(Report::new(files, found))),
    }
}

fn run(
    files: &mut Vec<TextFile>,
    found: &mut Vec<Diagnostic>,
    from: &dyn Library,
    table: &dyn Fn(&str) -> Result<String, String>,
    (overrides, reserves): (&[String], &[String]),
) -> Option<(Company, String)> {
    let mut root = tree::read_file(&files[0].text, 0, found)?;
    if let Some(d) = instead_of_company(&root, &files[0].name) {
        found.push(d);
        return None;
    }
    strays::gather_company(&mut root, found);
    library::merge(&mut root, from, files, found);
    for text in overrides {
        if let Err(d) = change::set(&mut root, text, files) {
            found.push(*d);
        }
    }
    add_reserves(&mut root, reserves, files);
    library::merge(&mut root, from, files, found);
    data::fill_in(&mut root, table, files, found);
    let hidden = versions::choose(&mut root, found);
    supply::supply(&mut root);
    let outcome = read::read(&root, &hidden);
    found.extend(outcome.diagnostics);
    lost::forget(&root, found);
    if found.iter().any(|d| d.severity == Severity::Error) {
        found.retain(|d| d.severity == Severity::Error);
        return None;
    }
    resolved::fill(&mut root, outcome.fills);
    Some((outcome.company, resolved::text(&root)))
}

/// Name under which reserves from the command line appear in messages.
const RESERVE: &str = "--reserve";

/// Appends reserves to those of the file; the text of each becomes a file of the report, so that mistakes in it can be shown.
fn add_reserves(root: &mut Node, reserves: &[String], files: &mut Vec<TextFile>) {
    let Some(table) = root.as_table_mut().filter(|_| !reserves.is_empty()) else { return };
    if !table.has("reserves") {
        table.put(
            "reserves",
            Place::default(),
            Node { place: Place::default(), value: Value::List(Vec::new().into()) },
        );
    }
    if let Some(Value::List(list)) = table.get_mut("reserves").map(|n| &mut n.value) {
        list.extend(reserves.iter().map(|text| {
            let place = Place { file: files.len(), start: 0, end: text.len() };
            files.push(TextFile { name: RESERVE.into(), text: text.clone() });
            text.trim().parse().map_or_else(|_| Node::text(text, place), |x| Node::number(x, place))
        }));
    }
}
