//! `based_on`: a draft that states only what differs is the draft written out.

use redress::scenario::{NoLibrary, parse};

const HEAD: &str = "schema = 1\nid = \"x\"\ntitle = \"x\"\ncurrency = \"KRW\"\n[outage]\nstart = 2022-10-15T15:30:00\n\
    [services.a]\ntitle = \"a\"\nrestored_after = \"3 h\"\n[cohorts.c]\ntitle = \"c\"\nsize = 1000\nhit = 0.5\n\
    services = [\"a\"]\n[guidelines.g]\ntitle = \"G\"\nclaim_cost = 5\n[[guidelines.g.rules]]\nid = \"r\"\namount = 100\n\
    cap = 90\n[[guidelines.g.rules]]\nid = \"s\"\namount = 7\n";

fn guideline(text: &str, id: &str, set: &[&str]) -> Result<String, String> {
    let set: Vec<String> = set.iter().map(|s| (*s).to_string()).collect();
    let loaded = parse(&format!("{HEAD}{text}"), "x.toml", &NoLibrary, &set, None).map_err(|e| e.to_string())?;
    // What the resolved text says of it, without its name.
    let start = loaded.resolved.find(&format!("[guidelines.{id}]")).ok_or("not in the resolved text")?;
    let rest = &loaded.resolved[start..];
    let own = |t: &str| t.replace(&format!("guidelines.{id}"), "guidelines.*");
    let mut lines: Vec<String> = Vec::new();
    for line in rest.lines() {
        let header = line.starts_with('[');
        if header && !line.contains(&format!("guidelines.{id}")) {
            break;
        }
        lines.push(own(line));
    }
    Ok(lines.join("\n").trim().to_string())
}

#[test]
fn a_draft_is_as_if_written_out() {
    let short = "[guidelines.h]\nbased_on = \"g\"\ntitle = \"H\"\nrules.r = { amount = 200 }\n";
    let long = "[guidelines.h]\ntitle = \"H\"\nclaim_cost = 5\n[[guidelines.h.rules]]\nid = \"r\"\namount = 200\ncap = 90\n\
        [[guidelines.h.rules]]\nid = \"s\"\namount = 7\n";
    assert_eq!(guideline(short, "h", &[]), guideline(long, "h", &[]));
    // It may stand above what it rests on, and rest on a draft.
    let chain = "[guidelines.i]\nbased_on = \"h\"\ntitle = \"H\"\n[guidelines.h]\nbased_on = \"g\"\ntitle = \"H\"\nrules.r = { amount = 200 }\n";
    assert_eq!(guideline(chain, "i", &[]), guideline(long, "h", &[]));
    // A change on the command line brings one as well, and goes on to change it.
    let set = ["guidelines.h={ based_on = \"g\", title = \"H\" }", "guidelines.h.rules.r.amount=200"];
    assert_eq!(guideline("", "h", &set), guideline(long, "h", &[]));
    // A list of rules replaces them all.
    let none = "[guidelines.h]\nbased_on = \"g\"\ntitle = \"H\"\nrules = []\n";
    let bare = "[guidelines.h]\ntitle = \"H\"\nclaim_cost = 5\nrules = []\n";
    assert_eq!(guideline(none, "h", &[]), guideline(bare, "h", &[]));
}

#[test]
fn what_cannot_be_based_on_is_told_at_its_place() {
    let wrong = |text: &str| guideline(text, "h", &[]).expect_err("a mistake");
    let missing = wrong("[guidelines.h]\nbased_on = \"gg\"\n");
    assert!(missing.contains("x.toml:26:12") && missing.contains("there are `g`"), "{missing}");
    let circle = wrong("[guidelines.h]\nbased_on = \"i\"\n[guidelines.i]\nbased_on = \"h\"\n");
    assert!(circle.contains("rests on itself"), "{circle}");
    let number = wrong("[guidelines.h]\nbased_on = 5\n");
    assert!(number.contains("a text belongs here"), "{number}");
    let rule = wrong("[guidelines.h]\nbased_on = \"g\"\nrules.q = { amount = 5 }\n");
    assert!(rule.contains("rules"), "{rule}");
}

/// What is wrong with a guideline as a whole is told of it, and not again of those that rest on it.
#[test]
fn mistakes_of_the_whole_are_told_once() {
    let found = |text: &str| match parse(text, "x.toml", &NoLibrary, &[], None) {
        Err(redress::scenario::LoadError::Invalid(report)) => report.located(),
        other => panic!("{:?}", other.map(|l| l.resolved)),
    };
    let drafts = "[guidelines.h]\nbased_on = \"g\"\ntitle = \"H\"\n[guidelines.i]\nbased_on = \"h\"\n";
    let without_rules = &HEAD[..HEAD.find("[[guidelines.g.rules]]").expect("rules")];
    let told = found(&format!("{without_rules}{drafts}"));
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0].message, "`guidelines.g` lacks `rules`");
    // Also where they stand above it.
    let head = &without_rules[..without_rules.find("[guidelines.g]").expect("a guideline")];
    let told = found(&format!("{head}{drafts}[guidelines.g]\ntitle = \"G\"\n"));
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0].message, "`guidelines.g` lacks `rules`");
    // What is wrong with both for reasons of their own is told of both.
    let apart = "[guidelines.k]\ntitle = \"K\"\n";
    let told = found(&format!("{without_rules}{apart}"));
    assert_eq!(told.len(), 2, "{told:#?}");
    // A draft that lacks what the other has not to give is told of alone.
    let untitled = HEAD.replace("title = \"G\"\n", "");
    let told = found(&format!("{untitled}{drafts}"));
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0].message, "`guidelines.g` lacks `title`");
}
