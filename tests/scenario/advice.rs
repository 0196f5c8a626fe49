//! What every report of a mistake has: file, line, column, the line itself and what would be right; one slip is one
//! mistake, wherever the name stands; long lines are shown whole.

use redress::scenario::{LoadError, Located, Report};

use super::mistakes::{CASES, expected};
use super::{BASE, read, with};

/// Warnings of values that can be and hardly are, by a word of each.
const ODD: [&str; 3] = ["less than one person", "hardly spread so far", "steeper than any that was seen"];

/// Values that can be and hardly are get a warning with what is usual, and shipped scenarios have none.
#[test]
fn absurd_values_are_told_of() {
    let warned = |text: &str| -> Vec<Located> {
        let located = super::good(read(text)).warnings.located();
        located.into_iter().filter(|l| ODD.iter().any(|word| l.message.contains(word))).collect()
    };
    let (beta, size) = ("beta = 1.5", "size = 20_000");
    let part = "family = \"gamma\", cv = 1 }";
    for (from, to, word, help) in [
        (size, "size = 0.3", ODD[0], "and no share"),
        (size, "size = { law = \"uniform\", min = 0.1, max = 0.5 }", ODD[0], "a number of people"),
        (part, "family = \"gamma\", cv = 50 }", ODD[1], "a cv of 0.7 to 2"),
        (part, "family = \"gamma\", cv = { value = 50, source = \"press\" } }", ODD[1], "50 % as 0.5"),
        (beta, "beta = 8", ODD[2], "0.25 to 4"),
        (beta, "beta = { law = \"uniform\", min = 6, max = 9 }", ODD[2], "docs/takeup.md"),
        ("filing = { rate = 0.02 }", "filing = { burden = 6000, beta = 8 }", ODD[2], "about 2"),
    ] {
        let found = warned(&with(from, to));
        assert_eq!(found.len(), 1, "{to}: {found:#?}");
        assert!(found[0].message.contains(word) && found[0].help.contains(help), "{to}: {found:#?}");
        let line = 1 + BASE.lines().position(|l| l.contains(from)).expect("it stands there");
        assert_eq!(found[0].line, line, "{to}: {found:#?}");
    }
    let plain = "severity = { family = \"lognormal\", cv = 50 } #";
    assert_eq!(warned(&with("severity = { mixture", plain)).len(), 1);
    for (from, to) in
        [(size, "size = 0"), (size, "size = 1"), (beta, "beta = 4"), (part, "family = \"gamma\", cv = 5 }")]
    {
        assert!(warned(&with(from, to)).is_empty(), "{to}");
    }
    assert!(warned(BASE).is_empty());
    for path in super::resolved::shipped() {
        let loaded = super::good(redress::scenario::load(&path, &[]));
        let odd = loaded.warnings.located();
        assert!(odd.iter().all(|l| ODD.iter().all(|word| !l.message.contains(word))), "{odd:#?}");
    }
}

fn report(text: &str) -> Report {
    match read(text) {
        Err(LoadError::Invalid(report)) => report,
        Err(e) => panic!("{e}"),
        Ok(_) => panic!("this should have been refused:\n{text}"),
    }
}

/// What a reader of the report needs of one mistake.
fn complete(report: &Report, l: &Located, text: &str) -> Result<(), String> {
    let shown = report.render(false);
    let place = format!("{}:{}:{}", l.file, l.line, l.column);
    let line = text.lines().nth(l.line - 1).unwrap_or("").trim_end();
    let there = shown.lines().any(|s| s.trim_start().starts_with(&format!("{} |", l.line)) && s.ends_with(line));
    let has = [
        ("place", shown.contains(&place)),
        ("line", there || line.is_empty()),
        ("message", shown.contains(l.message.lines().next().unwrap_or(""))),
        ("help", !l.help.is_empty() && shown.contains("= help: ")),
    ];
    let lacks: Vec<&str> = has.iter().filter(|(_, has)| !has).map(|(what, _)| *what).collect();
    if lacks.is_empty() { Ok(()) } else { Err(format!("lacks {}: {l:?}\n{shown}", lacks.join(", "))) }
}

#[test]
fn every_mistake_has_file_line_column_the_line_and_help() {
    let mut wrong = Vec::new();
    for (from, to, ..) in CASES {
        let text = expected(&with(from, to)).0;
        let report = report(&text);
        wrong.extend(report.located().iter().filter_map(|l| complete(&report, l, &text).err()));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Of the base with a slip of the pen, what is told: one mistake, at the first place that misses the name.
fn one(text: &str) -> Located {
    let report = report(text);
    let found = report.located();
    assert_eq!(found.len(), 1, "{}", report.render(false));
    found[0].clone()
}

#[test]
fn a_name_misspelt_where_it_is_given_is_one_mistake() {
    let line = |text: &str, what: &str| text.lines().position(|l| l.contains(what)).unwrap_or(0) + 1;
    for (from, to, missing, first) in [
        ("[services.talk]", "[services.talkk]", "`talk`", "services = [\"talk\"]"),
        ("[cohorts.users]", "[cohorts.userss]", "`cohorts.users.size`", "between = ["),
        ("[regions.seoul]", "[regions.seoull]", "`seoul`", "regions = [\"seoul\"]"),
        ("[sources.press]", "[sources.pres]", "`press`", "source = \"press\""),
        ("[outage.phases.power]", "[outage.phases.powr]", "`power`", "phases = [\"power\"]"),
        ("[filing.table]", "[filing.tabel]", "`table`", "filing = \"table\""),
    ] {
        let text = match to.contains("userss") {
            // The subtable goes by the same name.
            true => with(from, to).replace("[cohorts.users.reports]", "[cohorts.userss.reports]"),
            false => with(from, to),
        };
        let found = one(&text);
        assert!(found.message.contains(missing), "{to}: {found:?}");
        assert!(found.help.contains("did you mean"), "{to}: {found:?}");
        assert_eq!(found.line, line(&text, first), "{to}: {found:?}");
    }
    // Where else it stands is told.
    let found = one(&with("[services.talk]", "[services.talkk]"));
    assert!(found.help.contains("the same name is missing in lines"), "{found:?}");
}

#[test]
fn a_name_misspelt_where_it_is_used_draws_no_other_mistake() {
    for (from, to, missing) in [
        ("services = [\"talk\"]\nregions", "services = [\"talkk\"]\nregions", "`talkk`"),
        ("services = [\"talk\", \"map\"]", "services = [\"talkk\", \"map\"]", "`talkk`"),
        ("uses_per_day = { talk = 5.0 }", "uses_per_day = { talkk = 5.0 }", "`talkk`"),
        ("regions = { seoul = 0.3, rest = 0.7 }", "regions = { seoull = 0.3, rest = 0.7 }", "`seoull`"),
        ("between = [\"services.talk.restored_after\"", "between = [\"services.talkk.restored_after\"", "talkk"),
    ] {
        let found = one(&with(from, to));
        assert!(found.message.contains(missing) && found.help.contains("did you mean"), "{to}: {found:?}");
    }
}

#[test]
fn a_wrong_currency_draws_no_other_mistake() {
    for wrong in ["currency = \"KR\"", "currency = \"won\"", "currency = 1"] {
        let text = with("currency = \"KRW\"", wrong).replace("burden = \"6000 KRW\"", "burden = \"6000 EUR\"");
        assert!(one(&text).line == 4, "{wrong}");
    }
}

/// Two names missed are two mistakes, and each is told.
#[test]
fn two_missing_names_are_two_mistakes() {
    let text = with("[services.talk]", "[services.talkk]").replace("[sources.press]", "[sources.pres]");
    let found = report(&text).located();
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[test]
fn lines_of_two_hundred_characters_are_shown_whole() {
    for filler in ["x", "글"] {
        let note = filler.repeat(150);
        let line = format!("hit = {{ note = \"{note}\", value = 1.5 }}");
        let text = with("hit = 0.9", &line);
        let report = report(&text);
        let shown = report.render(false);
        assert!(shown.contains(&line), "{shown}");
        complete(&report, &report.located()[0], &text).expect("a complete report");
    }
    // Of a longer one the wrong value is shown whole, with what is around it.
    let note = "x".repeat(2_000);
    let wrong = "1.5000000000000000000000000000000000000000000000000000000000001";
    let text = with("hit = 0.9", &format!("hit = {{ note = \"{note}\", value = {wrong}, default = true }}"));
    let shown = report(&text).render(false);
    assert!(shown.contains(&format!("value = {wrong}, default = true")), "{shown}");
    assert!(BASE.contains("hit = 0.9"));
}
