//! Files that cannot be read, texts that are no TOML, and the shipped schemes, which any scenario finds.

use std::path::{Path, PathBuf};

use redress::model::Lang;
use redress::scenario::{Folder, Library, LoadError, Located, is_scheme, load, load_scheme, parse, parse_scheme, show};

use super::{BASE, Shelf, good};

/// The two guidelines of the tests, and the shipped schemes.
struct Both;

impl Library for Both {
    fn read(&self, name: &str) -> Result<Option<(String, String)>, String> {
        match Shelf.read(name)? {
            None => Folder(PathBuf::from("nowhere")).read(name),
            found => Ok(found),
        }
    }

    fn names(&self) -> Vec<String> {
        Shelf.names()
    }
}

/// A file in the tests' own folder.
fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("the file is written");
    path
}

fn refused(path: &Path) -> String {
    let scenario = load(path, &[]).expect_err("no scenario").to_string();
    assert_eq!(load_scheme(path).expect_err("no scheme").to_string(), scenario);
    scenario
}

#[test]
fn what_cannot_be_read_is_said_with_a_way_out() {
    assert!(refused(Path::new(env!("CARGO_TARGET_TMPDIR"))).ends_with("this is a folder; name a file in it"));
    let utf16: Vec<u8> = [0xfeff_u16].iter().copied().chain(BASE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert!(refused(&written("utf16.toml", &utf16)).ends_with("the file is in UTF-16; save it as UTF-8"));
    let other = written("euc-kr.toml", b"schema = 1\ntitle = \"\xc7\xd1\"\n");
    assert!(refused(&other).ends_with("line 2, column 10 is not UTF-8; save the file in that encoding"));
}

#[test]
fn other_line_ends_and_marks_are_taken() {
    let read = |text: &str| format!("{:?}", good(parse(text, "a.toml", &Shelf, &[], None)).scenario);
    let plain = read(BASE);
    for text in [BASE.replace('\n', "\r\n"), format!("\u{feff}{BASE}"), BASE.replace(" = ", "\t=\t")] {
        assert_eq!(read(&text), plain);
    }
}

fn located(text: &str) -> Vec<Located> {
    match parse(text, "a.toml", &Shelf, &[], None) {
        Err(LoadError::Invalid(report)) => report.located(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_line_that_is_no_toml_is_told_with_advice() {
    let rows = [
        ("월요금 = 3", "unquoted key", "stand in quotes: \"월요금\""),
        ("hit　= 3", "unquoted key", "a full-width blank"),
        ("hit = “90 %”", "", "straight quotes"),
        ("hit = 90 %", "", "figures with a unit stand in quotes"),
        ("hit", "", "name = value"),
        ("when = outage > 3 h", "must be quoted", "expressions"),
        ("when = \"outage > 3 h", "basic string", "closing quote is missing"),
        ("a = 1\na = 2", "stands twice", "keep one of the two"),
    ];
    for (line, what, help) in rows {
        let found = located(&format!("schema = 1\n{line}\n"));
        let told =
            |l: &Located| l.message.contains(what) && l.help.contains(help) && l.line == 1 + line.lines().count();
        assert!(found.iter().any(told), "{line}: {found:?}");
    }
    let several: String = rows.iter().take(5).map(|(line, ..)| format!("{line}\n")).collect();
    let lines: Vec<usize> = located(&several).iter().map(|l| l.line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5]);
    // A day that does not exist hides no other mistake.
    let dated = "schema = 1\n[outage]\nstart = 2022-02-30T10:00\nend = 2022-13-01\n[cohorts.a]\ntitel = \"x\"\n";
    let found = located(dated);
    for (line, what, help) in [
        (3, "not TOML", "must exist in the calendar"),
        (4, "not TOML", "must exist in the calendar"),
        (6, "unknown key `titel`", "did you mean `title`?"),
    ] {
        let told = |l: &Located| l.line == line && l.message.contains(what) && l.help.contains(help);
        assert!(found.iter().any(told), "{line} {what}: {found:?}");
    }
    let days = found.iter().filter(|l| l.help.contains("calendar")).count();
    assert_eq!(days, 2, "{found:?}");
    // Nor does a time that no clock shows.
    for (time, is_wrong) in
        [("24:00:00", true), ("10:61", true), ("25:00", true), ("23:59:61", true), ("23:59:59", false)]
    {
        for start in [format!("2022-10-15T{time}"), format!("\"2022-10-15 {time}\"")] {
            let text = BASE.replace("start = 2022-10-15T15:30:00", &format!("start = {start}"));
            let text = text.replace("hit = 0.9", "hitt = 0.9");
            let found = located(&text);
            let told = found.iter().filter(|l| l.help.contains("hours run from 00 to 23")).map(|l| l.line);
            let line = 1 + BASE.lines().position(|l| l.starts_with("start = ")).expect("it stands there");
            assert_eq!(told.collect::<Vec<_>>(), if is_wrong { vec![line] } else { vec![] }, "{start}: {found:#?}");
            assert!(found.iter().any(|l| l.message.contains("unknown key `hitt`")), "{start}: {found:#?}");
            assert_eq!(found.len(), 1 + usize::from(is_wrong), "{start}: {found:#?}");
        }
    }
    // The keys of a table that stands twice are not told of.
    assert_eq!(located("[a]\nb = 1\n[c]\nd = 1\n[a]\nb = 2\ne = 3\n").len(), 1);
    let deep = located(&format!("x = {}1{}", "[".repeat(5000), "]".repeat(5000)));
    assert!(deep[0].help.contains("too deeply"), "{deep:?}");
}

/// A slip of the TOML of which it is plain what was meant hides no other mistake, and none comes of it.
#[test]
fn a_slip_that_can_be_read_past_hides_nothing() {
    for (right, slip) in [
        ("size = 1_000_000", "size = 1,000,000"),
        ("title = \"Users\"", "title \"Users\""),
        ("title = \"Users\"", "title = \"Users"),
        ("size = 1_000_000", "size = 1_000_000\nsize = 5"),
    ] {
        let plain = format!(
            "{BASE}\n[cohorts.others]\ntitle = \"Users\"\nsize = 1_000_000\nhit = 0.5\nservices = [\"talk\"]\n"
        );
        assert!(parse(&plain, "a.toml", &Shelf, &[], None).is_ok());
        let alone = located(&plain.replacen(right, slip, 1));
        assert_eq!(alone.len(), 1, "{slip}: {alone:?}");
        let both = located(&plain.replacen(right, slip, 1).replacen("hit = 0.5", "hit = 5", 1));
        assert_eq!(both.len(), 2, "{slip}: {both:?}");
        assert!(both.iter().any(|l| l.message == alone[0].message && l.line == alone[0].line), "{slip}: {both:?}");
    }
}

#[test]
fn a_mistake_far_down_is_shown_with_its_line() {
    let text = format!("{BASE}\n{}[guidelines.late]\ntitle = 3\nrules = []\n", "# a line\n".repeat(500));
    let line = text.lines().position(|l| l == "title = 3").expect("the line") + 1;
    let Err(e) = parse(&text, "a.toml", &Shelf, &[], None) else { panic!("a mistake") };
    let said = e.to_string();
    assert!(said.contains(&format!("a.toml:{line}:9")) && said.contains(&format!("{line} | title = 3\n")), "{said}");
}

#[test]
fn a_scheme_is_known_by_what_it_says() {
    for text in [
        "[facts]\noutage = \"duration\"\n",
        "title = \"T\"\n[[rules]]\nid = \"r\"\npays = \"5 EUR\"\n",
        "[[cases]]\nexpect = {}\n",
        "[[cases]]\ngiven = { day = 2024-02-30 }\n",
    ] {
        assert!(is_scheme(text), "{text}");
    }
    for text in [BASE, "[[rules]]\nfor = [\"users\"]\namount = 5\n", "title = \"T\"\n"] {
        assert!(!is_scheme(text), "{text}");
    }
}

#[test]
fn a_scheme_in_a_scenario_is_told_in_full() {
    let added = "[guidelines.german]\nscheme = \"de-tkg58\"\nrate = 1_430\nfiling = { rate = 0.02 }\n";
    let loaded = good(parse(&format!("{BASE}\n{added}"), "a.toml", &Both, &[], None));
    let one_line = |lang| show(&loaded, lang).split_whitespace().collect::<Vec<_>>().join(" ");
    let told = one_line(Lang::En);
    for words in [
        "It pays by the scheme's rule `loss-of-service`, told below.",
        "counted from the fault report” is at least 3.",
        "Pays the sum of the daily amounts minus the fee already reduced for the same outage.",
        "times the higher of 5 EUR and 10 % of the monthly fee",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    assert!(one_line(Lang::Ko).contains("3 이상이면 적용한다."), "{}", one_line(Lang::Ko));
}

#[test]
fn shipped_schemes_are_those_of_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/guidelines");
    let mut files: Vec<String> = std::fs::read_dir(&folder)
        .expect("the folder")
        .filter_map(|e| e.expect("a file").path().file_stem().map(|s| s.to_string_lossy().into_owned()))
        .collect();
    files.sort();
    let nowhere = Folder(PathBuf::from("nowhere"));
    assert_eq!(nowhere.names(), files);
    for name in &files {
        let (shown, text) = nowhere.read(name).expect("no fault").expect("a scheme");
        assert_eq!(shown, format!("shipped:{name}.toml"));
        assert_eq!(text, std::fs::read_to_string(folder.join(format!("{name}.toml"))).expect("the file"), "{name}");
    }
    // A file beside the scenario of the same name is taken instead.
    let own = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own-schemes");
    std::fs::create_dir_all(&own).expect("a folder");
    std::fs::write(own.join("de-tkg58.toml"), "title = \"Mine\"\n").expect("a file");
    let (_, text) = Folder(own).read("de-tkg58").expect("no fault").expect("a scheme");
    assert_eq!(text, "title = \"Mine\"\n");
    assert!(parse_scheme(&text, "de-tkg58", "mine.toml", &nowhere).is_err());
}
