//! The command itself: the real binary in temporary folders, its exit codes, its files, what it says and where.

mod chapters;
mod failures;
mod files;
mod forms;
mod interrupt;
mod learned;
mod packages;
mod rerun;
mod sensitivity;
mod told;
mod whatif;
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A shipped scenario.
pub fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

/// The command in a folder, without colours.
pub fn redress(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command.current_dir(folder).env("NO_COLOR", "1");
    command
}

/// The words of a command line: `run first.toml -n 100`; `{}` stands for the scenario "first steps".
pub fn say(folder: &Path, line: &str) -> Output {
    let first = shipped("first-steps.toml");
    let words = line.split_whitespace().map(|w| if w == "{}" { first.as_os_str() } else { w.as_ref() });
    redress(folder).args(words).output().expect("the binary starts")
}

/// As [`say`]; the command must succeed.
pub fn done(folder: &Path, line: &str) -> String {
    let output = say(folder, line);
    assert_eq!(output.status.code(), Some(0), "{line}: {}", stderr(&output));
    stdout(&output)
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Every file of a folder with its content, by its path with `/`.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    gather(folder, "", &mut found);
    found
}

fn gather(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = format!("{prefix}{}", path.file_name().expect("a name").to_string_lossy());
        match path.is_dir() {
            true => gather(&path, &format!("{name}/"), found),
            false => drop(found.insert(name, fs::read(&path).expect("a readable file"))),
        }
    }
}
