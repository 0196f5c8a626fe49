//! Figures as files: each written under a temporary name and renamed, so that none is ever half there.

use std::cmp::Reverse;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::analysis::ladder::Fit;
use crate::model::Lang;
use crate::model::ladder::Ladder;
use crate::output::manifest::FileRecord;

use super::data::FigureData;
use super::{Kind, files, svg};

/// Writes all figures that have something to show as SVG and PNG into a folder, making it if need be. Returns their records
/// in order, with the names they have there.
pub fn write_figures(dir: &Path, data: &FigureData, lang: Lang) -> io::Result<Vec<FileRecord>> {
    fs::create_dir_all(dir)?;
    let drawn =
        on_two_threads(Kind::ALL.into_iter().filter(|kind| kind.present(data)), |kind| (kind, svg(kind, data, lang)));
    // What takes longest goes first, or one thread would be left alone with it at the end.
    let mut long_first: Vec<_> = drawn.into_iter().enumerate().collect();
    long_first.sort_by_key(|(_, (_, svg))| Reverse(svg.len()));
    let written = on_two_threads(long_first.into_iter(), |(place, (kind, svg))| {
        let (png, svg) = files(&svg).map_err(io::Error::other)?;
        let write = |(ending, bytes): (&str, &[u8])| {
            let name = format!("{}.{ending}", kind.file_name());
            write_whole(&dir.join(&name), bytes)?;
            Ok(FileRecord::of_bytes(&name, bytes))
        };
        let both = [("svg", svg.as_bytes()), ("png", &png[..])];
        Ok((place, both.into_iter().map(write).collect::<io::Result<Vec<_>>>()?))
    });
    let mut all = written.into_iter().collect::<io::Result<Vec<_>>>()?;
    all.sort_by_key(|(place, _)| *place);
    Ok(all.into_iter().flat_map(|(_, files)| files).collect())
}

/// Writes the figure of the filing ladder as SVG and PNG into a folder, making it if need be.
pub fn write_ladder(dir: &Path, evidence: &Ladder, fit: &Fit, lang: Lang) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    let svg = super::ladder_svg(evidence, fit, lang);
    let (png, svg) = files(&svg).map_err(io::Error::other)?;
    write_whole(&dir.join("filing-ladder.svg"), svg.as_bytes())?;
    write_whole(&dir.join("filing-ladder.png"), &png)
}

/// Writes one figure as SVG and PNG into a folder, making it if need be. Returns the paths.
pub fn write_one(dir: &Path, name: &str, svg: &str) -> io::Result<Vec<PathBuf>> {
    fs::create_dir_all(dir)?;
    let (png, svg) = files(svg).map_err(io::Error::other)?;
    let paths = ["svg", "png"].map(|ending| dir.join(format!("{name}.{ending}")));
    write_whole(&paths[0], svg.as_bytes())?;
    write_whole(&paths[1], &png)?;
    Ok(paths.into())
}

/// Makes something of each of some figures, in order, on two threads, which are as many as a plain machine has to spare;
/// each takes the next that is not yet begun.
fn on_two_threads<F, T: Send>(figures: impl Iterator<Item = F> + Send, make: impl Fn(F) -> T + Sync) -> Vec<T> {
    let next = Mutex::new(figures.enumerate());
    let work = || {
        let mut made = Vec::new();
        while let Some((place, figure)) = next.lock().ok().and_then(|mut next| next.next()) {
            made.push((place, make(figure)));
        }
        made
    };
    let mut all = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut all = work();
        all.extend(other.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)));
        all
    });
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, made)| made).collect()
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(dir)?;
    io::Write::write_all(&mut file, bytes)?;
    readable(file.path())?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

/// Temporary files are private; a figure is for whoever may read the folder.
#[cfg(unix)]
fn readable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &Path) -> io::Result<()> {
    Ok(())
}
