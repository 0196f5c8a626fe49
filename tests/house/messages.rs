//! Every mistake that a reader of files reports says what would be right.

use super::text::code;
use super::{File, files, none};

/// How a finding begins.
const BEGINNINGS: [&str; 6] =
    [".error(", ".warn(", ".wrong_kind(", "Diagnostic::error(", "Diagnostic::warning(", "Mistake::new("];

/// Where findings are made of what they are given; who gives it gives the help as well.
const MAKERS: [&str; 5] = [
    "self.note(Diagnostic::error(place, message))",
    "self.note(Diagnostic::warning(place, message))",
    "self.error(node.place, message)\n    }",
    "unknown(self.error(node.place",
    "..Diagnostic::error(place, message)",
];

#[test]
fn every_mistake_says_what_would_be_right() {
    let read = files("src/scenario", &["rs"]);
    let found: Vec<String> = read.iter().flat_map(silent).collect();
    none("a finding has a `.help(…)`:", found);
    let beginnings = |f: &File| BEGINNINGS.iter().map(|b| f.text.matches(b).count()).sum::<usize>();
    assert!(read.iter().map(beginnings).sum::<usize>() > 150, "the findings are looked at");
}

/// Places of a file at which a finding is made and not helped, in its own statement or right after it by its name.
fn silent(f: &File) -> Vec<String> {
    let blanked = code(&f.text);
    let starts =
        BEGINNINGS[..5].iter().flat_map(|b| blanked.match_indices(b)).map(|(at, found)| (at, at + found.len()));
    let wrong = starts.filter(|(at, inside)| {
        let line = blanked[..*at].rfind('\n').map_or(0, |n| n + 1);
        let before = &blanked[line..*at];
        let made = MAKERS.iter().any(|m| {
            blanked[line..].trim_start().starts_with(m) || blanked[line..*at + 60.min(blanked.len() - at)].contains(m)
        });
        let defined = before.contains("fn ");
        !made && !defined && !helped(&blanked, *at, *inside, before)
    });
    let line_of = |at: usize| blanked[..at].matches('\n').count() + 1;
    wrong.map(|(at, _)| format!("{}:{}", f.path, line_of(at))).collect()
}

fn helped(blanked: &str, at: usize, inside: usize, before: &str) -> bool {
    let end = statement_end(blanked, inside);
    if blanked[at..end].contains(".help(") {
        return true;
    }
    let name = before.trim_start().strip_prefix("let ").map(|b| b.trim_start_matches("mut "));
    let name = name.and_then(|b| b.split([' ', ':', '=']).next()).unwrap_or("");
    let after: String = blanked[end..].lines().take(10).collect::<Vec<_>>().join("\n");
    !name.is_empty() && after.contains(&format!("{name}.help("))
}

/// Where the statement around the inside of a call ends.
fn statement_end(blanked: &str, inside: usize) -> usize {
    let mut depth = 1i32;
    for (i, c) in blanked[inside..].char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ';' if depth <= 0 => return inside + i,
            _ => {}
        }
        if depth < 0 {
            return inside + i;
        }
    }
    blanked.len()
}

#[test]
fn a_finding_without_help_is_found() {
    let file = |text: &str| File { path: "x.rs".into(), text: text.into() };
    let lines = |text: &str| silent(&file(text));
    assert_eq!(lines("fn f(&mut self) {\n    self.error(place, \"a; (b\");\n}"), ["x.rs:2"]);
    assert_eq!(lines("fn f() {\n    let mut d = Diagnostic::error(place, \"a\");\n    found.push(d);\n}"), ["x.rs:2"]);
    for fine in [
        "fn f(&mut self) {\n    self.error(place, what)\n        .help(\"b\");\n}",
        "fn f(&mut self) {\n    self.wrong_kind(node, \"a list\").help(help);\n}",
        "fn f() {\n    let mut d = Diagnostic::error(place, \"a\");\n    d.help(\"b\");\n    found.push(d);\n}",
    ] {
        assert_eq!(lines(fine), Vec::<String>::new(), "{fine}");
    }
}
