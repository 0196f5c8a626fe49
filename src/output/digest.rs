//! SHA-256 of bytes and files, in lower-case hexadecimal.

use super::error::OutputError;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// Digest of a text or of bytes.
pub fn of_bytes(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Digest and size in bytes of a file.
pub fn of_file(path: &Path) -> Result<(String, u64), OutputError> {
    let failed = |e: std::io::Error| OutputError::new(path, "read", e);
    let mut file = File::open(path).map_err(failed)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut size = 0;
    loop {
        let n = file.read(&mut buffer).map_err(failed)?;
        if n == 0 {
            return Ok((hex(&hasher.finalize()), size));
        }
        hasher.update(&buffer[..n]);
        size += n as u64;
    }
}

/// A file that is digested as it is written, so that it need not be read again.
#[derive(Debug)]
pub struct Digested {
    file: File,
    hasher: Sha256,
    bytes: u64,
}

impl Digested {
    /// A file that holds nothing yet.
    pub fn new(file: File) -> Digested {
        Digested { file, hasher: Sha256::new(), bytes: 0 }
    }

    /// Closes the file; digest and size of what was written.
    pub fn finish(self) -> (String, u64) {
        (hex(&self.hasher.finalize()), self.bytes)
    }
}

impl Write for Digested {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, b| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{b:02x}");
        text
    })
}
