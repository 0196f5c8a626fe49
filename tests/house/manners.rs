//! How source files are written.

use super::text::{code, has_word};
use super::{File, files, none, places};

/// Most lines of a source file.
const LONGEST: usize = 600;

fn rust() -> Vec<File> {
    files(".", &["rs"])
}

#[test]
fn every_file_opens_by_saying_what_it_is() {
    let silent = |f: &File| !f.text.lines().next().is_some_and(|l| l.starts_with("//! "));
    none("a source file begins with `//!`:", rust().into_iter().filter(silent).map(|f| f.path).collect());
}

#[test]
fn files_have_one_subject() {
    let long = |f: &File| f.text.lines().count() > LONGEST;
    let told = |f: File| format!("{}: {} lines", f.path, f.text.lines().count());
    none("a file is too long to have one subject:", rust().into_iter().filter(long).map(told).collect());
}

#[test]
fn nothing_panics_without_saying_why() {
    let wrong = files("src", &["rs"]);
    let wrong = wrong.iter().flat_map(|f| places(&f.path, &code(&f.text), |l| l.contains(".unwrap()")));
    none("`expect` states what holds; unwrap states nothing:", wrong.collect());
}

#[test]
fn no_stubs_and_no_debugging() {
    let macros = ["todo", "unimplemented", "dbg"].map(|m| format!("{m}!("));
    let notes = [concat!("FIX", "ME"), concat!("X", "XX"), concat!("HA", "CK")];
    let mut wrong = Vec::new();
    for f in rust() {
        wrong.extend(places(&f.path, &code(&f.text), |l| macros.iter().any(|m| has_word(l, m))));
        wrong.extend(places(&f.path, &f.text, |l| notes.iter().any(|n| has_word(l, n))));
    }
    none("unfinished work:", wrong);
}

#[test]
fn no_test_is_skipped() {
    let skipped = [concat!("#[ig", "nore"), concat!("#[should_", "panic")];
    let wrong = rust();
    let wrong = wrong.iter().flat_map(|f| places(&f.path, &f.text, |l| skipped.iter().any(|s| l.contains(s))));
    none("a test that is skipped, or content with any panic:", wrong.collect());
}

#[test]
fn only_the_command_line_talks() {
    let macros = ["println!", "eprintln!", "print!", "eprint!"];
    let inner = files("src", &["rs"]).into_iter().filter(|f| !f.path.starts_with("src/app/"));
    let wrong = inner.flat_map(|f| places(&f.path, &code(&f.text), |l| macros.iter().any(|m| has_word(l, m))));
    none("rooms hand back text; src/app prints it:", wrong.collect());
}

#[test]
fn every_public_item_says_what_it_is() {
    let wrong = files("src", &["rs"]);
    none("a public item, field or constant has a `///` above it:", wrong.iter().flat_map(undocumented).collect());
}

/// Public items and fields of a file with no words above them, reached by callers or not. A module says what it is in
/// its own file, and a re-export where the item is.
fn undocumented(f: &File) -> Vec<String> {
    let (blanked, lines) = (code(&f.text), f.text.lines().collect::<Vec<_>>());
    let public = |l: &str| {
        let item = l.trim_start().strip_prefix("pub ");
        item.is_some_and(|item| !["mod ", "use "].iter().any(|w| item.starts_with(w)))
    };
    let told = |l: &str| l.starts_with("///");
    let attribute = |l: &str| !told(l) && (l.starts_with("#[") || l.ends_with(")]"));
    let silent = |i: usize| !lines[..i].iter().rev().map(|l| l.trim()).find(|l| !attribute(l)).is_some_and(told);
    let numbered = blanked.lines().enumerate().filter(|(i, l)| public(l) && silent(*i));
    numbered.map(|(i, _)| format!("{}:{}: {}", f.path, i + 1, lines[i].trim())).collect()
}

#[test]
fn no_unsafe_code() {
    let wrong = files("src", &["rs"]);
    let wrong = wrong.iter().flat_map(|f| places(&f.path, &code(&f.text), |l| has_word(l, "unsafe")));
    none("unsafe code:", wrong.collect());
}
