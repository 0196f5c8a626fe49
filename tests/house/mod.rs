//! The rules of the house, held against the text of the source and of the documents. ARCHITECTURE.md states them; each
//! test here backs one or more of its lines.

mod documents;
mod manners;
mod messages;
mod rooms;
mod text;

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that are made, not written.
const MADE: [&str; 3] = ["target", "outputs", ".git"];

/// A file of the project.
pub struct File {
    /// Path from the top of the project, with `/`.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// Top of the project.
pub fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder of the project with one of these endings, in order of path. `.` is the project itself.
pub fn files(folder: &str, endings: &[&str]) -> Vec<File> {
    let mut paths = Vec::new();
    walk(&top().join(folder), &mut paths);
    paths.sort();
    let wanted = |p: &&PathBuf| p.extension().and_then(|e| e.to_str()).is_some_and(|e| endings.contains(&e));
    paths.iter().filter(wanted).map(|p| read(p)).collect()
}

/// One file by its path from the top.
pub fn file(path: &str) -> File {
    read(&top().join(path))
}

fn read(path: &Path) -> File {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let inside = path.strip_prefix(top()).unwrap_or(path);
    let parts: Vec<String> = inside.iter().map(|p| p.to_string_lossy().into_owned()).filter(|p| p != ".").collect();
    File { path: parts.join("/"), text }
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries.map(|e| e.expect("an entry of a folder can be read")) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let made = name.starts_with("target") || MADE.contains(&name.as_str());
        let path = entry.path();
        if path.is_dir() && !(made && folder == top().join(".")) && !(made && folder == top()) {
            walk(&path, paths);
        } else if path.is_file() {
            paths.push(path);
        }
    }
}

/// Lines at which a predicate holds, as `path:line: text`.
pub fn places(path: &str, text: &str, wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let numbered = text.lines().enumerate().filter(|(_, line)| wrong(line));
    numbered.map(|(i, line)| format!("{path}:{}: {}", i + 1, line.trim())).collect()
}

/// Fails with a rule and every place that breaks it.
#[track_caller]
pub fn none(rule: &str, places: Vec<String>) {
    assert!(places.is_empty(), "{rule}\n  {}\n", places.join("\n  "));
}
