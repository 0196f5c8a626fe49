//! Values that hardly anybody means are warned of, and only these.

use std::path::{Path, PathBuf};

use redress::scenario::{Folder, parse};

use super::{BASE, good, mistakes, read, with};

/// How many warnings of a text that reads well hold some words.
fn warned(text: &str, words: &str) -> usize {
    good(read(text)).warnings.located().iter().filter(|w| w.message.contains(words) && !w.help.is_empty()).count()
}

#[test]
fn groups_of_nobody_and_losses_that_explode() {
    assert_eq!(warned(&with("size = 20_000", "size = 0"), "has no people"), 1);
    assert_eq!(warned(BASE, "has no people"), 0);
    let damage = "damage = { points = [ [\"0 h\", 0], [\"10 h\", 8000], [\"5 d\", 30000] ] }";
    for (elasticity, many) in [("11", 1), ("0.8", 0), ("10", 0)] {
        let text = with(damage, &format!("damage = {{ rate = 6, elasticity = {elasticity} }}"));
        assert_eq!(warned(&text, "hardly grow so fast"), many, "{elasticity}");
    }
}

/// Shops lose 30,000 on average at most: ten thousand times that is 300 m. Where nobody loses money, 1e12 of any money.
#[test]
fn sums_beyond_all_losses() {
    for (sum, many) in [("400_000_000", 1), ("200_000_000", 0), ("2e12", 1)] {
        assert_eq!(warned(&with("amount = 5000\n", &format!("amount = {sum}\n")), "gives one person"), many, "{sum}");
    }
    // A cap is what one person gets at most.
    assert_eq!(warned(&with("amount = 5000\n", "amount = 400_000_000\ncap = 5000\n"), "gives one person"), 0);
}

/// Figures and tables name guidelines by their titles.
#[test]
fn guidelines_with_one_title() {
    let words = "`flat` and `again` have the same title";
    let again = |own: &str| format!("{BASE}\n[guidelines.again]\n{own}\n");
    for (own, many) in [
        ("title = { en = \"Flat sum\", ko = \"정액 2\" }\nrules = []", 1),
        ("title = { en = \"Flat\", ko = \"정액\" }\nrules = []", 1),
        ("title = { en = \"Flat\", ko = \"정액 2\" }\nrules = []", 0),
        ("based_on = \"flat\"", 1),
        ("based_on = \"flat\"\ntitle = \"Flat again\"", 0),
    ] {
        assert_eq!(warned(&again(own), words), many, "{own}");
    }
    // It is told at the title of the second, or at its heading where it has that of the first.
    for (own, below) in [("title = \"Flat sum\"\nrules = []", 1), ("based_on = \"flat\"", 0)] {
        let text = again(own);
        let heading = text.lines().position(|l| l == "[guidelines.again]").map_or(0, |i| i + 1);
        let told = good(read(&text)).warnings.located();
        let told = told.iter().find(|w| w.message.contains(words)).expect("it is told");
        assert_eq!(told.line, heading + below);
    }
    // A draft with the title of one that has that of another is told of at its own heading as well.
    let text = again("title = \"Flat sum\"\nrules = []\n[guidelines.third]\nbased_on = \"again\"");
    let line = text.lines().position(|l| l == "[guidelines.third]").map_or(0, |i| i + 1);
    let told = good(read(&text)).warnings.located();
    let third = told.iter().find(|w| w.message.contains("`third` have the same title"));
    assert_eq!(third.map(|w| w.line), Some(line), "{told:#?}");
}

/// Only work that is left undone is told: a claim that takes none is done on the day it comes, whoever is there.
#[test]
fn claims_that_nobody_reviews() {
    let desk = |staff: &str, work: &str, more: &str| {
        let used = with("source = \"report\"\npool", "source = \"report\"\nprocedure = \"desk\"\npool")
            .replace("title = \"short web form\"\n", &format!("title = \"short web form\"\n{work}"));
        format!(
            "{used}\n[procedures.desk]\norder = \"verify-first\"\nopens_after = \"14 d\"\nwindow = \"60 d\"\n\
             arrival = {{ half_after = \"5 d\" }}\nstaff = {staff}\nwage = \"25000 KRW/h\"\n{more}\n"
        )
    };
    let appeal = "appeal = { share = 0.1, upheld = 0.3, after = \"30 d\", work = \"2 h\" }";
    let twice = "duplicates = { share = 0.1, detected = 0.9, work = \"1 h\" }";
    for (staff, work, more, many) in [
        ("0", "review = \"1 h\"\n", "", 1),
        ("20", "review = \"1 h\"\n", "", 0),
        ("0", "", "", 0),
        ("0", "review = \"0 h\"\n", "", 0),
        ("0", "", appeal, 1),
        ("0", "", twice, 1),
        ("0", "", &twice.replace("1 h", "0 h"), 0),
    ] {
        assert_eq!(warned(&desk(staff, work, more), "nobody reviews them"), many, "{staff} {work} {more}");
    }
}

/// Each of two issues awards its share of the whole loss: with shares of 1 who wins both has twice what was lost.
#[test]
fn losses_that_two_issues_award() {
    let issue = |id: &str, whom: &str, share: &str| {
        format!(
            "[courts.{id}]\nfor = [\"{whom}\"]\nsuing = {{ rate = 0.1 }}\ninstances = [ {{ win = 1, takes = \"300 d\" }} ]\n\
             award_share = {share}\ndistress = 1000\n"
        )
    };
    for (first, second, many) in [
        (("shops", "1"), ("shops", "1"), 1),
        (("shops", "1"), ("small-merchant", "{ law = \"uniform\", min = 0, max = 0.5 }"), 1),
        (("shops", "0"), ("shops", "1"), 0),
        (("shops", "1"), ("users", "1"), 0),
    ] {
        let text = format!("{BASE}\n{}{}", issue("a", first.0, first.1), issue("b", second.0, second.1));
        assert_eq!(
            warned(&text, "the issues `a` and `b` both look at the loss of `shops`"),
            many,
            "{first:?} {second:?}"
        );
    }
}

/// Shares of people who file have no other curve; where a variant has others, two stand side by side.
#[test]
fn filing_by_shares_alone() {
    let words = "no second take-up curve";
    assert_eq!(warned(BASE, words), 1);
    let variant = |set: &str| format!("{BASE}\n[variants.other]\ntitle = \"O\"\nset = {{ {set} }}\n");
    let inline = "\"guidelines.flat.rules.bands.filing.rate\" = 0.1";
    assert_eq!(warned(&variant(inline), words), 0, "of the guideline something is changed");
    let another = "\"guidelines.flat.rules.bands.filing\" = \"table\"";
    assert_eq!(warned(&variant(another), words), 1, "that is another draft");
    assert_eq!(warned(&variant(&format!("{inline}, \"cohorts.users.size\" = 5")), words), 1, "no take-up alone");
    assert_eq!(warned(&variant("\"cohorts.users.size\" = 5"), words), 1);
    let curves = with("filing = { rate = 0.02 }", "filing = \"web-form\"")
        .replace("filing = \"table\"", "filing = \"web-form\"");
    assert_eq!(warned(&curves, words), 0);
}

/// The outage is on 15 October and the channel is open for thirty days: 24 October is day 9, 20 November day 36.
#[test]
fn a_count_of_a_day_that_is_held_against_the_end() {
    let counted = |on: &str, more: &str| {
        format!(
            "{BASE}\n[channel]\nopens_after = \"0 d\"\nwindow = \"30 d\"\narrival = {{ half_after = \"4 d\" }}\n\
             [[observed]]\nmeasure = \"reports\"\non = {on}\nvalue = 45_000\n{more}\n"
        )
    };
    let words = "compared with the number in the end";
    for (on, more, many) in [
        ("2022-10-24", "cohort = \"users\"\nerror = \"3 %\"", 1),
        ("2022-10-24", "region = \"seoul\"\nerror = \"3 %\"", 1),
        ("2022-10-24", "error = \"3 %\"", 0),
        ("2022-10-24", "cohort = \"users\"", 0),
        ("2022-11-20", "cohort = \"users\"\nerror = \"3 %\"", 0),
    ] {
        assert_eq!(warned(&counted(on, more), words), many, "{on} {more}");
    }
    let found = mistakes(read(&counted("2022-10-24T10:00:00", "")));
    assert!(found.iter().any(|m| m.message.contains("without a time") && m.help == "write 2022-10-24"), "{found:#?}");
}

/// A byte order mark is no character of the line: 7 is its tenth.
#[test]
fn a_byte_order_mark_moves_no_column() {
    let text = format!("\u{feff}{}", BASE.replacen("schema = 1", "schema = 7", 1));
    let found = mistakes(read(&text));
    assert!(found.iter().any(|m| (m.line, m.column) == (1, 10)), "{found:#?}");
}

#[test]
fn rules_of_a_scheme_are_not_changed_by_a_draft() {
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/guidelines");
    let drafts = "\n[guidelines.terms]\nscheme = \"kr-telecom-terms\"\nfor = [\"shops\"]\nfiling = \"web-form\"\n\
                  [guidelines.half]\nbased_on = \"terms\"\ntitle = \"Half\"\nrules.credit = { approval = 0.5 }\n";
    let text = format!("{BASE}{drafts}");
    let found = mistakes(parse(&text, "small.toml", &Folder(PathBuf::from(&library)), &[], None));
    let told = found.iter().filter(|m| m.message.contains("are those of a scheme") && m.help.contains("`facts`"));
    assert_eq!(told.count(), 1, "{found:#?}");
    assert!(!found.iter().any(|m| m.message.contains("a list belongs here")), "{found:#?}");
}

/// Of the users, 60 % on average know of the form; of the shops, for whom there are three ways to claim, at most 60, 10 and 2 %.
#[test]
fn a_factor_that_makes_more_of_everybody() {
    let words = "more than everybody would know of";
    let users = |factor: &str| {
        let key = format!("awareness = {factor}\n[cohorts.users.reports]");
        with("[cohorts.users.reports]", &key)
    };
    let shops = |factor: &str| with("hit = 0.9\n", &format!("hit = 0.9\nawareness = {factor}\n"));
    for (text, many) in [
        (BASE.to_string(), 0),
        (users("1.6"), 0),
        (users("5"), 1),
        (users("{ law = \"uniform\", min = 0, max = 10 }"), 1),
        (shops("1.6"), 0),
        (shops("9"), 1),
        (shops("11"), 2),
        (shops("60"), 3),
    ] {
        assert_eq!(warned(&text, words), many, "{text}");
    }
    let told = |text: &str| {
        let all = good(read(text)).warnings.located();
        all.into_iter().filter(|w| w.message.contains(words)).collect::<Vec<_>>()
    };
    let found = told(&users("5"));
    let message = "more than everybody would know of `web-form` among `users`: 5 times 60 %; it is taken as everybody";
    assert_eq!(found[0].message, message);
    assert!(found[0].help.contains("`awareness` of `users` at most 1.666"), "{found:?}");
    assert!(told(&users("1.666")).is_empty());
    assert!(told(&shops("60")).iter().any(|w| w.message.contains("`guidelines.flat.rules.bands.filing`")));
    // Who sues over an issue does not answer to the factor.
    let court = "\n[courts.loss]\nfor = [\"shops\"]\nsuing = { rate = 0.3 }\n\
                 instances = [ { win = 0.2, takes = \"300 d\" } ]\naward_share = 0.5\n";
    let found = told(&format!("{}{court}", shops("5")));
    assert!(found.len() == 1 && !found[0].message.contains("`courts.loss.suing`"), "{found:?}");
}
