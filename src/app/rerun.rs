//! `redress rerun`: runs the scenario of a result folder again and compares the files bit for bit.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::args::RerunArgs;
use super::job::{self, Job};
use super::{Failure, print};
use crate::engine::run::Options;
use crate::model::Lang;
use crate::output::Manifest;
use crate::output::manifest::FileRecord;
use crate::output::staging::LAST;
use crate::scenario;

/// File name of the scenario with everything filled in.
const RESOLVED: &str = crate::output::folder::RESOLVED;

/// Runs it again.
///
/// # Errors
/// The folder is no result folder, its resolved scenario was changed, or results differ.
pub fn rerun(args: &RerunArgs) -> Result<(), Failure> {
    let manifest = read_manifest(&args.folder)?;
    let resolved = args.folder.join(RESOLVED);
    let base = scenario::load(&resolved, &[])?;
    let variants = job::load_variants(&resolved, &[], &manifest.run.variants)?;
    let scratch = tempfile::tempdir().map_err(|e| Failure::Io(format!("cannot make a temporary folder: {e}")))?;
    let folder = args.out.clone().unwrap_or_else(|| scratch.path().to_path_buf());
    let run = &manifest.run;
    let (engine, engine_name) = job::engine_of(&run.engine)
        .ok_or_else(|| Failure::Usage(format!("the manifest names an engine this version lacks: {}", run.engine)))?;
    let (lang, lang_name) = if run.language == "ko" { (Lang::Ko, "ko") } else { (Lang::En, "en") };
    let threads = job::threads(args.threads);
    let job = Job {
        base,
        variants,
        options: Options { seed: run.seed, replicates: run.replicates, engine, threads, ..Options::default() },
        engine_name,
        overrides: run.overrides.clone(),
        folder,
        lang,
        lang_name,
        started: Some(run.started.clone()),
        quiet: false,
    };
    let done = job.execute()?;
    compare(&manifest, &done.manifest)
}

fn read_manifest(folder: &Path) -> Result<Manifest, Failure> {
    let path = folder.join(LAST);
    let text = fs::read_to_string(&path).map_err(|e| Failure::Io(format!("cannot read {}: {e}", path.display())))?;
    Manifest::parse(&text).map_err(|e| Failure::Io(format!("{} is no manifest of redress: {e}", path.display())))
}

fn compare(before: &Manifest, after: &Manifest) -> Result<(), Failure> {
    let digests = |list: &[FileRecord]| -> BTreeMap<String, String> {
        list.iter().map(|f| (f.path.clone(), f.sha256.clone())).collect()
    };
    let (old, new) = (digests(&before.artefacts), digests(&after.artefacts));
    let differing: Vec<&String> =
        old.keys().chain(new.keys().filter(|k| !old.contains_key(*k))).filter(|k| old.get(*k) != new.get(*k)).collect();
    if differing.is_empty() {
        return print(&format!("{} files, all the same bit for bit\n", old.len()));
    }
    let names: Vec<&str> = differing.iter().map(|s| s.as_str()).collect();
    let mut text = format!("{} of {} files differ: {}", names.len(), old.len(), names.join(", "));
    if before.redress != after.redress {
        text.push_str(&format!("; the results were made by version {}, this is {}", before.redress, after.redress));
    }
    Err(Failure::Io(text))
}
