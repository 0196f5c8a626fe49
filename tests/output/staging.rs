//! Result folders appear whole or not at all.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use redress::output::intact;
use redress::output::manifest::{FileRecord, Found, Manifest, RunRecord};
use redress::output::staging::{LAST, Staging};

fn names(folder: &std::path::Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn what_is_not_published_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("old.csv"), "kept").expect("written");
    let staging = Staging::open(folder.path()).expect("opens");
    staging.write("half.csv", b"half").expect("written");
    staging.write("figures/half.svg", b"half").expect("written");
    drop(staging);
    assert_eq!(names(folder.path()), ["old.csv"]);
}

#[test]
fn what_is_published_replaces_the_old() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.csv"), "old").expect("written");
    let staging = Staging::open(folder.path()).expect("opens");
    staging.write("a.csv", b"new").expect("written");
    staging.write("figures/b.svg", b"new").expect("written");
    assert_eq!(fs::read_to_string(folder.path().join("a.csv")).expect("read"), "old", "untouched until published");
    staging.publish().expect("published");
    assert_eq!(names(folder.path()), ["a.csv", "figures"]);
    assert_eq!(fs::read_to_string(folder.path().join("a.csv")).expect("read"), "new");
}

/// What the same command left in a folder and does not make anew goes; what others put there stays, and so does whatever a
/// manifest names outside.
#[test]
fn what_an_older_run_left_goes_with_its_manifest() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("results");
    fs::create_dir(&folder).expect("made");
    fs::write(place.path().join("outside.csv"), "kept").expect("written");
    let manifest =
        |command: &str, files: &str| format!(r#"{{"run": {{"question": [{command}]}}, "artefacts": [{files}]}}"#);
    let publish = |command: &str, name: &str| {
        let staging = Staging::open(&folder).expect("opens");
        staging.write(name, b"new").expect("written");
        let files = format!(r#"{{"path": "{name}"}}, {{"path": "../outside.csv"}}"#);
        staging.write(LAST, manifest(command, &files).as_bytes()).expect("written");
        staging.publish().expect("published");
    };
    fs::create_dir(folder.join("mine")).expect("made");
    publish("", "a.csv");
    publish("", "b.csv");
    assert_eq!(names(&folder), ["b.csv", LAST, "mine"]);
    publish("\"sweep\"", "c.csv");
    assert_eq!(names(&folder), ["b.csv", "c.csv", LAST, "mine"]);
    publish("\"sweep\"", "d.csv");
    assert_eq!(names(&folder), ["b.csv", "d.csv", LAST, "mine"]);
    assert!(place.path().join("outside.csv").exists());
}

#[test]
fn one_run_at_a_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = Staging::open(folder.path()).expect("opens");
    first.write("a.csv", b"first").expect("written");
    let error = Staging::open(folder.path()).expect_err("the folder is taken");
    let told = error.to_string();
    assert!(told.contains("another run") && told.contains(&folder.path().display().to_string()), "{told}");
    first.publish().expect("untouched by the attempt");
    assert_eq!(names(folder.path()), ["a.csv"]);
    drop(Staging::open(folder.path()).expect("free again"));
    assert_eq!(names(folder.path()), ["a.csv"]);
}

/// Threads that all want the same folder at once: each that gets it has it alone.
#[test]
fn whoever_gets_a_folder_has_it_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..200 {
                    if let Ok(staging) = Staging::open(folder.path()) {
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "alone");
                        staging.write("a.csv", b"mine").expect("written");
                        inside.fetch_sub(1, Ordering::SeqCst);
                    }
                }
            });
        }
    });
    assert!(names(folder.path()).is_empty());
}

/// A killed run leaves its lock file, which nobody holds, and its hidden folder.
#[test]
fn what_a_killed_run_left_is_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in [".redress-AbC123/figures", ".other"] {
        fs::create_dir_all(folder.path().join(name)).expect("made");
    }
    fs::write(folder.path().join(".redress-AbC123/figures/half.svg"), "half").expect("written");
    fs::write(folder.path().join(".redress.lock"), "").expect("written");
    fs::write(folder.path().join(".redress-notes"), "a file is nobody's staging folder").expect("written");
    let staging = Staging::open(folder.path()).expect("opens");
    assert!(!folder.path().join(".redress-AbC123").exists());
    drop(staging);
    assert_eq!(names(folder.path()), [".other", ".redress-notes"]);
}

#[test]
fn a_bad_path_fails_before_the_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "in the way").expect("written");
    let error = Staging::open(&file.join("results")).expect_err("a file is no folder");
    assert!(error.to_string().contains("file"), "{error}");
}

#[test]
fn the_manifest_has_right_digests_and_reads_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let staging = Staging::open(folder.path()).expect("opens");
    staging.write("a.csv", b"abc").expect("written");
    staging.write("figures/empty.svg", b"").expect("written");
    let run = RunRecord {
        scenario: "test".into(),
        seed: 7,
        inputs: vec![FileRecord::of_bytes("test.toml", b"abc")],
        quantile_error: 1.0 / 1024.0,
        ..RunRecord::default()
    };
    let manifest = Manifest::of(&staging, &[], run, "abc").expect("a manifest");
    manifest.write(&staging).expect("written");
    staging.publish().expect("published");
    // The digests of `abc` and of nothing in the standard (FIPS 180-2).
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let text = fs::read_to_string(folder.path().join(LAST)).expect("read");
    let back = Manifest::parse(&text).expect("parses");
    assert_eq!(back, manifest);
    // Manifests of earlier versions, and of runs that kept all values, do not have it.
    let older: String = text.lines().filter(|l| !l.contains("quantile_error")).map(|l| format!("{l}\n")).collect();
    assert_eq!(Manifest::parse(&older).expect("parses").run.quantile_error, 0.0);
    assert_eq!((back.resolved_sha256.as_str(), back.run.inputs[0].sha256.as_str()), (ABC, ABC));
    let record = |path: &str, sha256: &str, bytes| FileRecord { path: path.into(), sha256: sha256.into(), bytes };
    assert_eq!(back.artefacts, [record("a.csv", ABC, 3), record("figures/empty.svg", EMPTY, 0)]);
}

#[test]
fn a_manifest_finds_what_was_changed_and_what_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let staging = Staging::open(folder.path()).expect("opens");
    for name in ["a.csv", "b.csv", "c.csv", "d.csv", "figures/e.svg"] {
        staging.write(name, b"abc").expect("written");
    }
    let known = [FileRecord::of_file(staging.folder(), "b.csv").expect("read")];
    let manifest = Manifest::of(&staging, &known, RunRecord::default(), "").expect("a manifest");
    assert_eq!(manifest, Manifest::of(&staging, &[], RunRecord::default(), "").expect("a manifest"));
    staging.publish().expect("published");
    assert_eq!(manifest.found_in(folder.path()).expect("read"), [Found::Same; 5]);
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.csv"), "abd").expect("written");
    fs::write(path("b.csv"), "abcd").expect("written");
    fs::remove_file(path("c.csv")).expect("removed");
    fs::remove_file(path("d.csv")).expect("removed");
    fs::create_dir(path("d.csv")).expect("made");
    fs::remove_dir_all(path("figures")).expect("removed");
    fs::write(path("figures"), "a file where the folder was").expect("written");
    let found = [Found::Changed, Found::Changed, Found::Missing, Found::Changed, Found::Missing];
    assert_eq!(manifest.found_in(folder.path()).expect("read"), found);
}

/// A folder with a manifest as a run writes it, and the manifest's text.
fn published() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let staging = Staging::open(folder.path()).expect("opens");
    staging.write("a.csv", b"abc").expect("written");
    staging.write("scenario.resolved.toml", b"resolved").expect("written");
    let run = RunRecord {
        scenario: "test".into(),
        seed: 7,
        replicates: 100,
        variants: vec!["larger".into()],
        seconds: 4.753_722_927_000_1,
        ..RunRecord::default()
    };
    Manifest::of(&staging, &[], run, "resolved").expect("a manifest").write(&staging).expect("written");
    staging.publish().expect("published");
    let text = fs::read_to_string(folder.path().join(LAST)).expect("read");
    (folder, text)
}

fn faults(text: &str) -> Vec<String> {
    intact::faults(&Manifest::parse(text).expect("parses"), text)
}

/// Whatever is changed in it, a manifest no longer has the digest that it states of itself.
#[test]
fn a_manifest_that_was_edited_is_found_out() {
    let (_folder, text) = published();
    assert!(faults(&text).is_empty(), "{:?}", faults(&text));
    let stated = Manifest::parse(&text).expect("parses").manifest_sha256;
    for (from, to) in [
        ("\"seed\": 7", "\"seed\": 8"),
        ("\"replicates\": 100", "\"replicates\": 10000"),
        ("\"scenario\": \"test\"", "\"scenario\": \"best\""),
        ("\"larger\"", "\"smaller\""),
        ("\"bytes\": 3", "\"bytes\": 4"),
        (stated.as_str(), ""),
        (stated.as_str(), "0"),
        ("  \"run\"", " \"run\""),
    ] {
        assert!(text.contains(from), "{from}");
        let found = faults(&text.replacen(from, to, 1));
        assert!(found.iter().any(|f| f.contains("was changed since the run")), "{from} → {to}: {found:?}");
    }
}

/// Manifests of versions that stated no digest of themselves are known by what must agree.
#[test]
fn without_a_digest_of_its_own_a_manifest_must_agree_with_itself() {
    let (_folder, text) = published();
    let lines = text.lines().filter(|line| !line.contains("manifest_sha256"));
    let old: String = lines.map(|line| format!("{line}\n")).collect();
    assert!(faults(&old).is_empty(), "{:?}", faults(&old));
    for (from, to, words) in [
        ("\"path\": \"a.csv\"", "\"path\": \"../a.csv\"", "lists `../a.csv`, which lies outside"),
        ("\"path\": \"a.csv\"", "\"path\": \"scenario.resolved.toml\"", "lists scenario.resolved.toml twice"),
        ("\"resolved_sha256\": \"", "\"resolved_sha256\": \"0", "gives two digests for scenario.resolved.toml"),
        ("\"sha256\": \"", "\"sha256\": \"x", "a digest that is no SHA-256"),
    ] {
        let found = faults(&old.replacen(from, to, 1));
        assert!(found.iter().any(|f| f.contains(words)), "{to}: {found:?}");
    }
}

/// What it says of its run is held against the scenario that lies beside it.
#[test]
fn a_manifest_must_agree_with_the_scenario_beside_it() {
    let (_folder, text) = published();
    let mut manifest = Manifest::parse(&text).expect("parses");
    let base = include_str!("../scenario/base.toml").replacen("id = \"small\"", "id = \"test\"", 1);
    let none = redress::scenario::NoLibrary;
    let scenario = redress::scenario::parse(&base, "base.toml", &none, &[], None).unwrap_or_else(|e| panic!("{e}"));
    let beside = |manifest: &Manifest| intact::faults_beside(manifest, &scenario.scenario).join("; ");
    assert_eq!(beside(&manifest), "");
    manifest.run.scenario = "other".into();
    manifest.run.variants.push("none-such".into());
    manifest.run.replicates = 0;
    let told = beside(&manifest);
    for words in ["is of the scenario `other`", "names the variant `none-such`", "without worlds"] {
        assert!(told.contains(words), "{words}: {told}");
    }
}
