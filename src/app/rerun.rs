//! `redress rerun`: runs the scenario of a result folder again and compares the files bit for bit: those of the new run
//! with the manifest, and those on disk with it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::args::{FormName, Keep, RerunArgs};
use super::job::{self, Job};
use super::{Failure, print, print_rows};
use crate::engine::run::Options;
use crate::model::Lang;
use crate::output::manifest::{FileRecord, Found};
use crate::output::spoken::compared;
use crate::output::staging::LAST;
use crate::output::{Choices, Manifest, ResultFolder, intact};
use crate::scenario;
use crate::whatif::sharp::Sampling;

/// File name of the scenario with everything filled in.
const RESOLVED: &str = crate::output::folder::RESOLVED;

/// Runs it again.
///
/// # Errors
/// The folder is no result folder, files on disk are not as its manifest says, or results differ.
pub fn rerun(args: &RerunArgs) -> Result<(), Failure> {
    let (manifest, faults) = read_manifest(&args.folder)?;
    let before = Before { manifest: &manifest, faults };
    if manifest.run.engine == "annual" {
        return years(args, &before);
    }
    let resolved = args.folder.join(RESOLVED);
    let scratch = tempfile::tempdir().map_err(|e| Failure::Io(format!("cannot make a temporary folder: {e}")))?;
    let folder = args.out.clone().unwrap_or_else(|| scratch.path().to_path_buf());
    let run = &manifest.run;
    if !run.question.is_empty() {
        let on_disk = manifest.found_in(&args.folder)?;
        super::again(run, &resolved, &folder, args.threads)?;
        let (after, _) = read_manifest(&folder)?;
        return told(args, &before, &on_disk, &after);
    }
    let (engine, engine_name) = job::engine_of(&run.engine)
        .ok_or_else(|| Failure::Usage(format!("the manifest names an engine this version lacks: {}", run.engine)))?;
    let mut base = scenario::load(&resolved, &[])?;
    base.variants.retain(|(id, _)| manifest.run.variants.contains(id));
    let (lang, lang_name) = if run.language == "ko" { (Lang::Ko, "ko") } else { (Lang::En, "en") };
    let threads = job::threads(args.threads);
    let job = Job {
        base,
        options: Options { seed: run.seed, replicates: run.replicates, engine, threads, ..Options::default() },
        sampling: Sampling::named(&run.sampling).ok_or_else(|| {
            Failure::Usage(format!("the manifest names a sampling this version lacks: {}", run.sampling))
        })?,
        engine_name,
        overrides: run.overrides.clone(),
        folder,
        lang,
        lang_name,
        started: Some(run.started.clone()),
        keep: if args.out.is_some() { Keep::Auto } else { Keep::Never },
        quiet: args.quiet,
    };
    // Before the run, which may be told to write into the same folder.
    let on_disk = manifest.found_in(&args.folder)?;
    let opened = ResultFolder::open(&job.folder, Choices::default())?;
    let done = job.execute(opened)?;
    told(args, &before, &on_disk, &done.manifest)
}

/// The manifest of the run that is run again, and what is wrong with it by itself.
struct Before<'a> {
    manifest: &'a Manifest,
    faults: Vec<String>,
}

/// The same for years of a company.
fn years(args: &RerunArgs, before: &Before) -> Result<(), Failure> {
    let manifest = before.manifest;
    let scratch = tempfile::tempdir().map_err(|e| Failure::Io(format!("cannot make a temporary folder: {e}")))?;
    let out = args.out.clone().unwrap_or_else(|| scratch.path().to_path_buf());
    let on_disk = manifest.found_in(&args.folder)?;
    let resolved = args.folder.join(crate::output::annual::RESOLVED);
    let after = super::annual::again(&manifest.run, &manifest.artefacts, &resolved, &out)?;
    told(args, before, &on_disk, &after)
}

/// The manifest of a folder, and what is wrong with it by itself.
fn read_manifest(folder: &Path) -> Result<(Manifest, Vec<String>), Failure> {
    let path = folder.join(LAST);
    let text = fs::read_to_string(&path).map_err(|e| Failure::Io(format!("cannot read {}: {e}", path.display())))?;
    let manifest = Manifest::parse(&text)
        .map_err(|e| Failure::Io(format!("{} is no manifest of redress: {e}", path.display())))?;
    let faults = intact::faults(&manifest, &text);
    Ok((manifest, faults))
}

/// Prints the comparison; files that are not as they were are a failure in every form.
fn told(args: &RerunArgs, before: &Before, on_disk: &[Found], after: &Manifest) -> Result<(), Failure> {
    let verdict = verdict(before, on_disk, after);
    let before = before.manifest;
    match args.format {
        FormName::Table => print(&verdict.map_err(Failure::Io)?),
        form => {
            print_rows(&compared(before, on_disk, after), form)?;
            verdict.map(drop).map_err(Failure::Io)
        }
    }
}

/// What is not as it was, in words: the manifest by itself, files on disk against it, then the new run against it.
fn verdict(before: &Before, on_disk: &[Found], after: &Manifest) -> Result<String, String> {
    let Before { manifest: before, faults } = before;
    let differing = differing(&before.artefacts, &after.artefacts);
    let mut parts: Vec<String> = faults.iter().map(|fault| format!("{LAST} {fault}")).collect();
    let of_disk = [(Found::Changed, "changed since the run"), (Found::Missing, "missing")].into_iter().filter_map(
        |(what, words)| {
            let listed = before.artefacts.iter().zip(on_disk).filter(|(_, found)| **found == what);
            let names: Vec<&str> = listed.map(|(record, _)| record.path.as_str()).collect();
            (!names.is_empty()).then(|| format!("on disk, {words}: {}", names.join(", ")))
        },
    );
    parts.extend(of_disk);
    let count = before.artefacts.len();
    if parts.is_empty() && differing.is_empty() {
        return Ok(format!("{count} files, all the same bit for bit, on disk as well\n"));
    }
    parts.push(match differing.is_empty() {
        true => format!("run again, all {count} files come out as the manifest says"),
        false => {
            format!("run again, {} of {count} files come out differently: {}", differing.len(), differing.join(", "))
        }
    });
    if !differing.is_empty() && before.redress != after.redress {
        parts.push(format!("the results were made by version {}, this is {}", before.redress, after.redress));
    }
    Err(parts.join("; "))
}

/// Paths whose records differ, or that only one of two runs has.
fn differing<'a>(before: &'a [FileRecord], after: &'a [FileRecord]) -> Vec<&'a str> {
    let digests = |list: &'a [FileRecord]| -> BTreeMap<&'a str, &'a str> {
        list.iter().map(|f| (f.path.as_str(), f.sha256.as_str())).collect()
    };
    let (old, new) = (digests(before), digests(after));
    let all = old.keys().chain(new.keys().filter(|k| !old.contains_key(*k)));
    all.filter(|k| old.get(*k) != new.get(*k)).copied().collect()
}
