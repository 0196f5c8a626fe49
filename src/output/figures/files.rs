//! Figures as files: each written under a temporary name and renamed, so that none is ever half there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::model::Lang;

use super::data::FigureData;
use super::{Kind, png, svg};

/// Writes all figures as SVG and PNG into a folder, making it if need be. Returns the paths in order.
pub fn write_figures(dir: &Path, data: &FigureData, lang: Lang) -> io::Result<Vec<PathBuf>> {
    fs::create_dir_all(dir)?;
    let drawn = draw_all(data, lang);
    let mut paths = Vec::with_capacity(2 * drawn.len());
    for (kind, svg, png) in drawn {
        let png = png.map_err(io::Error::other)?;
        for (ending, bytes) in [("svg", svg.as_bytes()), ("png", &png[..])] {
            let path = dir.join(format!("{}.{ending}", kind.file_name()));
            write_whole(&path, bytes)?;
            paths.push(path);
        }
    }
    Ok(paths)
}

type Drawn = (Kind, String, Result<Vec<u8>, String>);

/// Draws all figures on two threads, which are as many as a plain machine has to spare.
fn draw_all(data: &FigureData, lang: Lang) -> Vec<Drawn> {
    let draw = move |kind: Kind| {
        let svg = svg(kind, data, lang);
        let png = png(&svg);
        (kind, svg, png)
    };
    let (first, second) = Kind::ALL.split_at(2);
    std::thread::scope(|scope| {
        let other = scope.spawn(move || first.iter().copied().map(draw).collect::<Vec<Drawn>>());
        let rest: Vec<Drawn> = second.iter().copied().map(draw).collect();
        let mut all = other.join().unwrap_or_else(|_| first.iter().copied().map(draw).collect());
        all.extend(rest);
        all
    })
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
