//! Whether a manifest is as its run wrote it: by the digest that it states of itself, and by what must agree with what.
//!
//! The digest tells of every slip of an editor, but is no signature: who changes a manifest can work it out anew. Manifests of
//! earlier versions state none; of them only the rest can be told.

use super::digest;
use super::manifest::Manifest;
use crate::model::Scenario;
use std::path::{Component, Path};

/// How the names of resolved scenarios and companies end.
const RESOLVED: &str = ".resolved.toml";

/// What is wrong with a manifest by itself, in words that go on from its name; nothing where all agrees. `text`: the file it
/// was parsed from.
pub fn faults(manifest: &Manifest, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let stated = &manifest.manifest_sha256;
    let states_one = !stated.is_empty() || text.contains("\"manifest_sha256\"");
    if states_one && *stated != of_text(text, stated) {
        found.push("was changed since the run (its SHA-256 is not the one it states of itself)".into());
    }
    let listed = &manifest.artefacts;
    for (i, record) in listed.iter().enumerate() {
        let path = &record.path;
        if listed[..i].iter().any(|r| r.path == *path) {
            found.push(format!("lists {path} twice"));
        }
        let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        if path.is_empty() || !inside {
            found.push(format!("lists `{path}`, which lies outside the folder"));
        }
        if record.sha256.len() != 64 || !record.sha256.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        {
            found.push(format!("gives {path} a digest that is no SHA-256"));
        }
    }
    let mut resolved = listed.iter().filter(|r| r.path.ends_with(RESOLVED));
    if let (Some(only), None) = (resolved.next(), resolved.next())
        && only.sha256 != manifest.resolved_sha256
    {
        found.push(format!("gives two digests for {}", only.path));
    }
    found
}

/// What a manifest says of its run that cannot be, going by the resolved scenario beside it; words as in [`faults`].
pub fn faults_beside(manifest: &Manifest, scenario: &Scenario) -> Vec<String> {
    let mut found = Vec::new();
    let run = &manifest.run;
    if run.scenario != scenario.id {
        found.push(format!("is of the scenario `{}`, and the one beside it is `{}`", run.scenario, scenario.id));
    }
    let unknown = run.variants.iter().filter(|id| scenario.variants.iter().all(|v| v.id != **id));
    found.extend(unknown.map(|id| format!("names the variant `{id}`, which the scenario beside it has not")));
    if run.replicates == 0 {
        found.push("is of a run without worlds".into());
    }
    found
}

/// SHA-256 of a manifest's text as it is before its own digest is put in.
fn of_text(text: &str, stated: &str) -> String {
    digest::of_bytes(text.replacen(&line(stated), &line(""), 1).as_bytes())
}

/// How the text of a manifest states its own digest.
fn line(sha256: &str) -> String {
    format!("\"manifest_sha256\": \"{sha256}\"")
}
