//! What a long command has finished so far, kept in its result folder until it is complete, so that an interrupted one goes
//! on where it stopped.

use super::digest;
use super::error::OutputError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Name of the file.
pub const UNFINISHED: &str = "unfinished.jsonl";

/// Finished parts by name, each as numbers.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    key: String,
    done: BTreeMap<String, Vec<f64>>,
    file: Option<File>,
}

/// One line. Numbers are kept as the bits that they are.
#[derive(Serialize, Deserialize)]
struct Line {
    key: String,
    part: String,
    bits: Vec<u64>,
}

impl Journal {
    /// Opens the journal of a folder that exists. `question` is everything that the answer depends on: what was kept for
    /// another question is thrown away.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn open(folder: &Path, question: &str) -> Result<Journal, OutputError> {
        let path = folder.join(UNFINISHED);
        let key = digest::of_bytes(question.as_bytes());
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == ErrorKind::NotFound => String::new(),
            Err(e) => return Err(OutputError::new(&path, "read", e)),
        };
        // A line that was cut short is no line.
        let lines = text.lines().filter_map(|l| serde_json::from_str::<Line>(l).ok());
        let done = lines
            .filter(|l| l.key == key)
            .map(|l| (l.part, l.bits.into_iter().map(f64::from_bits).collect()))
            .collect();
        Ok(Journal { path, key, done, file: None })
    }

    /// The numbers of a part that is finished.
    pub fn get(&self, part: &str) -> Option<&[f64]> {
        self.done.get(part).map(Vec::as_slice)
    }

    /// Number of finished parts.
    pub fn len(&self) -> usize {
        self.done.len()
    }

    /// True when nothing is finished.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    /// Keeps a finished part.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn put(&mut self, part: &str, numbers: &[f64]) -> Result<(), OutputError> {
        let failed = |e: std::io::Error| OutputError::new(&self.path, "write", e);
        if self.file.is_none() {
            // What belongs to another question goes; a last line that was cut short does not spoil the next.
            let mut file = File::create(&self.path).map_err(failed)?;
            for (part, numbers) in &self.done {
                write_line(&mut file, &self.key, part, numbers).map_err(failed)?;
            }
            drop(file);
            self.file = Some(OpenOptions::new().append(true).open(&self.path).map_err(failed)?);
        }
        if let Some(file) = &mut self.file {
            write_line(file, &self.key, part, numbers).map_err(|e| OutputError::new(&self.path, "write", e))?;
        }
        self.done.insert(part.into(), numbers.into());
        Ok(())
    }

    /// Removes the file: the answer is complete.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn finish(self) -> Result<(), OutputError> {
        drop(self.file);
        match fs::remove_file(&self.path) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(OutputError::new(&self.path, "remove", e)),
            _ => Ok(()),
        }
    }
}

fn write_line(file: &mut File, key: &str, part: &str, numbers: &[f64]) -> std::io::Result<()> {
    let bits = numbers.iter().map(|x| x.to_bits()).collect();
    let line = Line { key: key.into(), part: part.into(), bits };
    let mut text = serde_json::to_string(&line).map_err(std::io::Error::other)?;
    text.push('\n');
    file.write_all(text.as_bytes())?;
    file.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_on_where_it_stopped_and_forgets_other_questions() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = |q: &str| Journal::open(folder.path(), q).expect("readable");
        let mut first = open("a");
        assert!(first.is_empty());
        first.put("1", &[0.1, f64::INFINITY]).expect("writable");
        first.put("2", &[]).expect("writable");
        drop(first);
        // A line cut short.
        let path = folder.path().join(UNFINISHED);
        let text = fs::read_to_string(&path).expect("there");
        fs::write(&path, format!("{text}{{\"key\":\"")).expect("writable");
        let mut second = open("a");
        assert_eq!((second.len(), second.get("1")), (2, Some(&[0.1, f64::INFINITY][..])));
        second.put("3", &[3.0]).expect("writable");
        assert_eq!(open("a").len(), 3);
        let mut other = open("b");
        assert!(other.is_empty());
        other.put("1", &[]).expect("writable");
        assert!(open("a").is_empty());
        other.finish().expect("removable");
        assert!(!path.exists());
    }
}
