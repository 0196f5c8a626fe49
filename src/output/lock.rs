//! One run at a time in a result folder: a locked file, which the system unlocks when its holder ends, however it ends.

use super::error::OutputError;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

/// Name of the file that is locked. It is there while a run is, and after one that was killed.
pub const NAME: &str = ".redress.lock";

/// How often another run may take its file away between our opening and locking it.
const TRIES: usize = 100;

/// The right to write into a result folder; dropped, it is given back.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// Open as long as the lock is held.
    file: File,
    held: bool,
}

impl Lock {
    /// Takes the lock of a folder, which must exist. On a file system that cannot lock, nothing is held.
    ///
    /// # Errors
    /// Another run holds it, or nothing can be written into the folder.
    pub fn take(folder: &Path) -> Result<Lock, OutputError> {
        let path = folder.join(NAME);
        for _ in 0..TRIES {
            let open = File::options().create(true).truncate(false).write(true).open(&path);
            let file = open.map_err(|e| OutputError::new(folder, "write into", e))?;
            match file.try_lock() {
                Ok(()) if stands_at(&file, &path) => return Ok(Lock { path, file, held: true }),
                // The run before us removed the file that we opened; whoever comes now locks another.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => break,
                Err(TryLockError::Error(_)) => return Ok(Lock { path, file, held: false }),
            }
        }
        Err(OutputError::new(folder, "write into", "another run is at work there"))
    }

    /// Whether no other run can be at work in the folder.
    pub fn is_held(&self) -> bool {
        self.held
    }
}

impl Drop for Lock {
    /// Removes the file while it is still locked, then unlocks it by closing it.
    fn drop(&mut self) {
        // A file that stays is no harm: the next run locks it.
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

/// Whether a path still leads to the file that was opened by it.
#[cfg(unix)]
fn stands_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(opened), Ok(there)) => (opened.dev(), opened.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Elsewhere a file that is open keeps its name.
#[cfg(not(unix))]
fn stands_at(_: &File, path: &Path) -> bool {
    path.exists()
}
