//! `redress brief`: the briefing of a finished result folder, as a page, a workbook, one sheet and, if asked, PDF.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::{BriefArgs, LangName};
use super::{Failure, browser, print};
use crate::brief::ctx::Ctx;
use crate::brief::page::{self, Paper};
use crate::brief::{ReadError, Results, onepage, pages, read, workbook};
use crate::model::Lang;

/// Name of the page in a result folder.
const PAGE: &str = "briefing.html";

impl From<ReadError> for Failure {
    fn from(e: ReadError) -> Failure {
        Failure::Io(e.to_string())
    }
}

/// Writes the briefing and prints the names of its files.
///
/// # Errors
/// The folder is no complete result folder, a file cannot be written, or there is no browser to print with.
pub fn brief(args: &BriefArgs) -> Result<(), Failure> {
    let results = read(&args.folder)?;
    let written = write(&results, args.lang, args.out.as_deref(), args.pdf)?;
    print(&written.iter().map(|p| format!("{}\n", p.display())).collect::<String>())
}

/// Writes the files of a briefing; `out` is the page, the others stand beside it.
///
/// # Errors
/// As [`brief`].
pub fn write(
    results: &Results,
    lang: Option<LangName>,
    out: Option<&Path>,
    pdf: bool,
) -> Result<Vec<PathBuf>, Failure> {
    let page = out.map_or_else(|| results.folder.join(PAGE), Path::to_path_buf);
    if page.extension().is_none_or(|e| !e.eq_ignore_ascii_case("html")) {
        return Err(Failure::Usage(format!(
            "{} is no name of a page; write one such as briefing.html",
            page.display()
        )));
    }
    let names = Names::of(&page);
    if let Some(folder) = page.parent().filter(|f| !f.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|e| Failure::Io(format!("cannot make {}: {e}", folder.display())))?;
    }
    let languages = languages(results, lang);
    let all: Vec<Ctx> = languages.iter().map(|l| Ctx::new(results, *l)).collect();
    let sheets: Vec<Ctx> = languages.iter().map(|l| Ctx::sheet(results, *l)).collect();
    let mut written = vec![names.page.clone(), names.workbook.clone(), names.sheet.clone()];
    put(&names.page, page::briefing(&all, &Paper::default()).as_bytes())?;
    put(&names.sheet, onepage::onepage(&sheets, &Paper::default()).as_bytes())?;
    let book = workbook::workbook(&all[0]).map_err(|e| Failure::Internal(format!("cannot make the workbook: {e}")))?;
    put(&names.workbook, &book)?;
    if pdf {
        written.extend(print_all(&all, &sheets, &names)?);
    }
    Ok(written)
}

/// The briefing that stands in a result folder, if there is one.
pub fn there(folder: &Path) -> Option<PathBuf> {
    Some(folder.join(PAGE)).filter(|page| page.exists())
}

/// The language asked for, or both, that of the run first.
fn languages(results: &Results, asked: Option<LangName>) -> Vec<Lang> {
    match (asked, results.manifest.run.language.as_str()) {
        (Some(one), _) => vec![one.lang()],
        (None, "ko") => vec![Lang::Ko, Lang::En],
        (None, _) => vec![Lang::En, Lang::Ko],
    }
}

/// Names of the files.
struct Names {
    page: PathBuf,
    workbook: PathBuf,
    sheet: PathBuf,
    stem: String,
}

impl Names {
    fn of(page: &Path) -> Names {
        let stem = page.file_stem().map_or_else(|| "briefing".into(), |s| s.to_string_lossy().into_owned());
        Names {
            page: page.into(),
            workbook: page.with_file_name(format!("{stem}.xlsx")),
            sheet: page.with_file_name(format!("{stem}-one-page.html")),
            stem,
        }
    }

    fn pdf(&self, kind: &str, ctx: &Ctx) -> PathBuf {
        self.page.with_file_name(format!("{}{kind}.{}.pdf", self.stem, ctx.tongue.code()))
    }
}

/// Prints briefing and sheet in each language, all at once; the table of contents gets its page numbers afterwards.
fn print_all(all: &[Ctx], sheets: &[Ctx], names: &Names) -> Result<Vec<PathBuf>, Failure> {
    let browser = browser::find()?;
    let scratch = tempfile::tempdir().map_err(|e| Failure::Io(format!("cannot make a temporary folder: {e}")))?;
    let at = |name: String| scratch.path().join(name);
    let paper = Paper { fonts: true };
    let mut jobs = Vec::new();
    for (ctx, sheet) in all.iter().zip(sheets) {
        let (one, sheet) = (std::slice::from_ref(ctx), std::slice::from_ref(sheet));
        let code = ctx.tongue.code();
        for (kind, text) in [("", page::briefing(one, &paper)), ("-one-page", onepage::onepage(sheet, &paper))] {
            let (source, target) = (at(format!("{kind}{code}.html")), at(format!("{kind}{code}.pdf")));
            put(&source, text.as_bytes())?;
            jobs.push((browser::start(&browser, &source, &target)?, target, names.pdf(kind, ctx)));
        }
    }
    let mut written = Vec::new();
    for (job, target, name) in jobs {
        job.finish()?;
        let bytes = fs::read(&target).map_err(|e| Failure::Io(format!("cannot read {}: {e}", target.display())))?;
        put(&name, &pages::numbered(&bytes).unwrap_or(bytes))?;
        written.push(name);
    }
    Ok(written)
}

/// Writes a file whole: under another name first, which then takes its place.
fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let part = path.with_file_name(format!(".{name}.part"));
    let failed = |e: std::io::Error| Failure::Io(format!("cannot write {}: {e}", path.display()));
    if fs::symlink_metadata(path).is_ok_and(|there| !there.is_file()) {
        return Err(Failure::Io(format!("cannot write {}: what stands there is no file", path.display())));
    }
    fs::write(&part, bytes).map_err(failed)?;
    fs::rename(&part, path).map_err(|e| {
        // Only the error above matters; what is left of the part is no result.
        let _ = fs::remove_file(&part);
        failed(e)
    })
}
