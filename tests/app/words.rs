//! `check`, `show` and `schema`: what they say on stdout.

use std::process::Stdio;

use super::{done, folder, redress, shipped};

#[test]
fn check_counts() {
    let here = folder();
    let told = done(here.path(), "check {}");
    assert!(told.contains("first-steps.toml: valid. 2 cohorts, 1 service, 2 guidelines, 1 variant;"), "{told}");
}

#[test]
fn show_explains_in_two_languages() {
    let here = folder();
    let english = done(here.path(), "show {}");
    for words in ["First steps", "It began on Friday, 2026-03-06 18:00", "The guidelines", "Assumptions"] {
        assert!(english.contains(words), "{words}");
    }
    let korean = done(here.path(), "show {} --lang ko");
    for words in ["첫걸음", "금요일", "기준안", "가정"] {
        assert!(korean.contains(words), "{words}");
    }
    let changed = done(here.path(), "show {} --set cohorts.shops.size=12345");
    assert!(changed.contains("12,345"), "{changed}");
}

#[test]
fn the_schema_is_json() {
    let here = folder();
    let schema: serde_json::Value = serde_json::from_str(&done(here.path(), "schema")).expect("JSON");
    assert!(schema["$schema"].is_string() && schema["properties"]["cohorts"].is_object());
}

/// `redress show … | head -1` is no failure.
#[test]
fn a_reader_may_leave() {
    let mut command = redress(folder().path());
    command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("show").arg(shipped("kakao-2022.toml"));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}
