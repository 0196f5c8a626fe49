//! A folder for files that are not finished: they appear in the result folder all at once, or not at all.

use super::error::OutputError;
use super::foreign::foreign;
use super::lock::Lock;
use std::fs::{self, File};
use std::path::{Component, Path, PathBuf};
use tempfile::TempDir;

/// Name of the file that is removed first and put back last: a folder that holds it is complete.
pub const LAST: &str = "manifest.json";
/// How the names of hidden subfolders begin.
pub(super) const HIDDEN: &str = ".redress-";

/// A result folder in the making. Files are created in a hidden subfolder; [`Staging::publish`] moves them up;
/// dropping it instead removes them, so that an interrupted run leaves nothing. The folder is locked meanwhile.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    hidden: TempDir,
    // Comes after the hidden folder: it is given back when that is gone.
    _lock: Lock,
    // Comes last: a folder is removed when nothing is in it.
    _made: Made,
}

/// Folders that were made for results, the outermost first; dropped, those go that are empty: nothing came of them.
#[derive(Debug)]
struct Made(Vec<PathBuf>);

impl Made {
    /// Makes a folder with those around it.
    fn folder(target: &Path) -> Result<Made, OutputError> {
        let missing = target.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.exists());
        let mut made = Made(missing.map(Path::to_path_buf).collect());
        made.0.reverse();
        fs::create_dir_all(target).map_err(|e| OutputError::new(target, "create", e))?;
        Ok(made)
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        // A folder that holds something cannot be removed this way.
        self.0.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
    }
}

impl Staging {
    /// Creates `target` if needed and a hidden subfolder in it, and removes what a killed run left there.
    ///
    /// # Errors
    /// Nothing can be written there, another run is at work in it, or it holds somebody else's files whose place the results
    /// would take.
    pub fn open(target: &Path) -> Result<Staging, OutputError> {
        if target.is_file() {
            return Err(OutputError::new(target, "write into", "it is a file; name a folder"));
        }
        if let Some(files) = foreign(target) {
            let cause =
                format!("this folder holds files that no run of redress wrote: {files}; name another or an empty one");
            return Err(OutputError::new(target, "write into", cause));
        }
        let made = Made::folder(target)?;
        let lock = Lock::take(target)?;
        if lock.is_held() {
            remove_left_over(target)?;
        }
        let hidden = tempfile::Builder::new()
            .prefix(HIDDEN)
            .tempdir_in(target)
            .map_err(|e| OutputError::new(target, "write into", e))?;
        Ok(Staging { target: target.into(), hidden, _lock: lock, _made: made })
    }

    /// The folder in which the results will stand.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The folder in which they are written now.
    pub fn folder(&self) -> &Path {
        self.hidden.path()
    }

    /// Where a result file is written now, its folder included. `name` may hold a subfolder (`figures/payout.svg`).
    pub fn path(&self, name: &str) -> Result<PathBuf, OutputError> {
        let path = self.folder().join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|e| OutputError::new(folder, "create", e))?;
        }
        Ok(path)
    }

    /// Creates a result file.
    pub fn create(&self, name: &str) -> Result<File, OutputError> {
        let path = self.path(name)?;
        File::create(&path).map_err(|e| OutputError::new(&path, "create", e))
    }

    /// Writes a whole result file.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), OutputError> {
        let path = self.path(name)?;
        fs::write(&path, bytes).map_err(|e| OutputError::new(&path, "write", e))
    }

    /// Names of all files written so far, sorted, with `/` between folders.
    pub fn names(&self) -> Result<Vec<String>, OutputError> {
        let mut names = Vec::new();
        list(self.folder(), "", &mut names)?;
        names.sort();
        Ok(names)
    }

    /// Moves every file to its place. An older manifest goes first, and with it what the same command left here and did not
    /// make anew, for nobody could tell that it is of another run; the new one comes last.
    pub fn publish(self) -> Result<(), OutputError> {
        let names = self.names()?;
        let [old, new] = [self.target.as_path(), self.folder()].map(|folder| Listed::of(&folder.join(LAST)));
        remove_if_there(&self.target.join(LAST))?;
        for name in old.files.iter().filter(|name| old.command == new.command && !names.contains(name)) {
            remove_if_there(&self.target.join(name))?;
        }
        let (last, rest): (Vec<_>, Vec<_>) = names.iter().partition(|n| *n == LAST);
        for name in rest.into_iter().chain(last) {
            self.move_up(name)?;
        }
        let folder = self.hidden.path().to_path_buf();
        self.hidden.close().map_err(|e| OutputError::new(&folder, "remove", e))
    }

    fn move_up(&self, name: &str) -> Result<(), OutputError> {
        let to = self.target.join(name);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(|e| OutputError::new(folder, "create", e))?;
        }
        // Where a file takes the place of another, ext4 writes the new one out first (its mount option `auto_da_alloc`),
        // which takes longer than to publish all the rest. The folder counts as incomplete meanwhile: see `LAST`.
        remove_if_there(&to)?;
        fs::rename(self.folder().join(name), &to).map_err(|e| OutputError::new(&to, "rename", e))
    }
}

/// What a manifest says of its folder.
#[derive(Debug, Default, PartialEq)]
struct Listed {
    /// The command that made it; nothing for `run`.
    command: String,
    /// Files, none that lie outside.
    files: Vec<String>,
}

impl Listed {
    /// Nothing where there is no manifest, or none that can be read.
    fn of(manifest: &Path) -> Listed {
        let text = fs::read_to_string(manifest).unwrap_or_default();
        let json: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        let files = json["artefacts"].as_array().map_or(&[][..], Vec::as_slice);
        let inside = |name: &&str| Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        Listed {
            command: json["run"]["question"][0].as_str().unwrap_or_default().into(),
            files: files.iter().filter_map(|f| f["path"].as_str()).filter(inside).map(String::from).collect(),
        }
    }
}

/// Removes the hidden folders of runs that were killed. Only for who holds the lock.
fn remove_left_over(target: &Path) -> Result<(), OutputError> {
    let failed = |e: std::io::Error| OutputError::new(target, "read", e);
    for entry in fs::read_dir(target).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let is_folder = entry.file_type().map_err(failed)?.is_dir();
        if is_folder && entry.file_name().to_string_lossy().starts_with(HIDDEN) {
            fs::remove_dir_all(entry.path()).map_err(|e| OutputError::new(&entry.path(), "remove", e))?;
        }
    }
    Ok(())
}

fn remove_if_there(path: &Path) -> Result<(), OutputError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(OutputError::new(path, "replace", e)),
        _ => Ok(()),
    }
}

fn list(folder: &Path, prefix: &str, names: &mut Vec<String>) -> Result<(), OutputError> {
    let failed = |e: std::io::Error| OutputError::new(folder, "read", e);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match entry.file_type().map_err(failed)?.is_dir() {
            true => list(&entry.path(), &format!("{name}/"), names)?,
            false => names.push(name),
        }
    }
    Ok(())
}
