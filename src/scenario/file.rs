//! The text of a file that somebody wrote.

use std::path::Path;

use super::report::LoadError;

/// Most bytes of a file: reading takes a hundred times as much memory.
const MOST_BYTES: u64 = 64 << 20;

/// Reads a file that must be text.
///
/// # Errors
/// [`LoadError::Io`] with what is wrong: no such file, a folder, another encoding than UTF-8 and where it shows.
pub fn text(path: &Path) -> Result<String, LoadError> {
    let refused = |message: String| LoadError::Io { path: path.into(), message };
    if path.is_dir() {
        return Err(refused("this is a folder; name a file in it".into()));
    }
    let size = std::fs::metadata(path).map_or(0, |m| m.len());
    if size > MOST_BYTES {
        let megabytes = |bytes: u64| bytes >> 20;
        return Err(refused(format!(
            "it has {} MB, and at most {} MB are read: describe groups of people, not each of them",
            megabytes(size),
            megabytes(MOST_BYTES)
        )));
    }
    let bytes = std::fs::read(path).map_err(|e| refused(e.to_string()))?;
    String::from_utf8(bytes).map_err(|e| refused(encoding(e.as_bytes(), e.utf8_error().valid_up_to())))
}

/// What to do about bytes that are no UTF-8 from one of them on.
fn encoding(bytes: &[u8], from: usize) -> String {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return "the file is in UTF-16; save it as UTF-8".into();
    }
    let before = &bytes[..from];
    let line = before.iter().filter(|b| **b == b'\n').count() + 1;
    let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    format!("line {line}, column {column} is not UTF-8; save the file in that encoding")
}
