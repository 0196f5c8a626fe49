//! What is no complete result folder is refused, with the file and what is wrong.

use std::fs;
use std::path::Path;

use redress::brief::read;

use super::sample;

/// A copy of the sample's small files.
fn copy() -> tempfile::TempDir {
    let to = tempfile::tempdir().expect("a temporary folder");
    for entry in fs::read_dir(sample()).expect("the sample").flatten().filter(|e| e.path().is_file()) {
        fs::copy(entry.path(), to.path().join(entry.file_name())).expect("copied");
    }
    to
}

fn error(folder: &Path) -> String {
    read(folder).expect_err("it is not complete").to_string()
}

fn change(folder: &Path, name: &str, from: &str, to: &str) {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).expect("a text");
    assert!(text.contains(from), "{name} holds {from}");
    fs::write(&path, text.replacen(from, to, 1)).expect("written");
}

#[test]
fn what_is_missing_or_changed_is_named() {
    let here = copy();
    assert!(read(here.path()).is_ok());
    change(here.path(), "comparison.csv", "0.5", "0.6");
    assert!(error(here.path()).contains("comparison.csv was changed since the run"));
    fs::remove_file(here.path().join("comparison.csv")).expect("removed");
    assert!(error(here.path()).contains("cannot read") && error(here.path()).contains("comparison.csv"));
    fs::remove_file(here.path().join("manifest.json")).expect("removed");
    assert!(error(here.path()).contains("a complete result folder has one"));
}

/// What a manifest says of its run is told in the briefing as it stands there. The sample may be of a version whose manifests
/// state no digest of themselves, so that each of these is known by what it must agree with.
#[test]
fn a_manifest_that_was_edited_is_refused() {
    for (from, to, words) in [
        ("\"scenario\": \"kakao-2022\"", "\"scenario\": \"kt-2018\"", "the one beside it is `kakao-2022`"),
        ("\"forty-five-million\"", "\"forty-six-million\"", "names the variant `forty-six-million`"),
        ("\"resolved_sha256\": \"", "\"resolved_sha256\": \"0", "two digests for scenario.resolved.toml"),
        ("\"path\": \"best.csv\"", "\"path\": \"budget.csv\"", "lists budget.csv twice"),
    ] {
        let here = copy();
        change(here.path(), "manifest.json", from, to);
        let said = error(here.path());
        let sealed = said.contains("was changed since the run");
        assert!(said.contains("manifest.json") && (sealed || said.contains(words)), "{said}");
        assert!(said.contains("run the scenario again"), "{said}");
    }
}

#[test]
fn another_form_of_manifest_is_refused() {
    let here = copy();
    change(here.path(), "manifest.json", "\"schema_version\": 1", "\"schema_version\": 99");
    let said = error(here.path());
    assert!(said.contains("has the form 99") && said.contains("run the scenario again"), "{said}");
    fs::write(here.path().join("manifest.json"), "{}").expect("written");
    assert!(error(here.path()).contains("is no manifest of redress"));
}
