//! In the example of the document: what hangs on a slip is no mistake of its own, and a mistake elsewhere is not hidden by it.

use redress::scenario::{Folder, Located, parse};

use super::document::example;
use super::{good, mistakes, told};

const VARIES: &str = "{ law = \"discrete\", values = [1, 2, 5], weights = [6, 3, 1] }";
const RESTORED: &str = "{ law = \"triangular\", min = \"20 min\", mode = \"1 h\", max = \"4 h\" }";
const FEES: &str = "{ bands = [ { share = 0.4, fee = 30000 }, { share = 0.6, fee = 50000 } ] }";
const ROWS: &str = "[ [0.1, 900], [0.3, \"1200 KRW\"] ]";
const COLUMNS: &str = "columns = [\"share\", \"cost\"]";
const COST: &str = "{ joint = \"history\", column = \"cost\" }";
const PARTS: &str = "burden = { forms = 1, documents = 3, visits = 1 }";
const START: &str = "{ value = 2022-10-15T15:30:00, source = \"reuters-2022\" }";

/// The mistakes of the example with some of it replaced.
fn changed(changes: &[(&str, &str)]) -> Vec<Located> {
    let mut text = example().to_string();
    for (from, to) in changes {
        assert!(text.contains(from), "`{from}` must stand in the example");
        text = text.replacen(from, to, 1);
    }
    let library = Folder(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/guidelines").into());
    mistakes(parse(&text, "scenario-format.md", &library, &[], None))
}

/// What is replaced by what; of each message a part, in order of their places; a part of the help of the first.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str], &'a str);

/// Looks at the messages of each case.
fn each(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (changes, messages, help) in cases {
        let found = changed(changes);
        let right = found.len() == messages.len()
            && found.iter().zip(*messages).all(|(l, word)| l.message.contains(word))
            && found[0].help.contains(help);
        if !right {
            wrong.push(format!("{changes:?}\n  wanted {messages:?} / {help}\n  found {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// However its ends are written: a number that is certain needs no law.
#[test]
fn equal_ends_are_told_as_such_in_any_unit() {
    let same = &["its min and max are the same"][..];
    let law = |text: &'static str| [(RESTORED, text)];
    each(&[
        (
            &[("amount = \"40 bn KRW\"", "amount = { law = \"uniform\", min = 4e10, max = \"40 bn KRW\" }")],
            same,
            "without a law: 4e10",
        ),
        (
            &[("approval = 0.85", "approval = { law = \"uniform\", min = 0.4, max = \"40 %\" }")],
            same,
            "without a law: 0.4",
        ),
        (
            &[("approval = 0.85", "approval = { law = \"uniform\", min = \"0.7 %\", max = 0.007 }")],
            same,
            "without a law: \"0.7 %\"",
        ),
        (&law("{ law = \"uniform\", min = \"48 h\", max = \"2 d\" }"), same, "without a law: \"48 h\""),
        (
            &law("{ law = \"triangular\", min = \"48 h\", mode = \"48 h\", max = \"2 d\" }"),
            same,
            "without a law: \"48 h\"",
        ),
        (&law("{ law = \"pert\", min = \"48 h\", mode = \"2 d\", max = \"2 d\" }"), same, "without a law: \"48 h\""),
        (
            &law("{ law = \"normal\", mean = \"48 h\", sd = \"1 h\", min = \"48 h\", max = \"2 d\" }"),
            same,
            "without a law: \"48 h\"",
        ),
        // Those that are not equal are out of order.
        (
            &law("{ law = \"uniform\", min = \"49 h\", max = \"2 d\" }"),
            &["min and max are out of order"],
            "exchange them",
        ),
    ]);
}

/// Laws: a name that is none, keys that are misspelt.
#[test]
fn a_law_without_a_name_is_one_mistake() {
    let no_name = "laws are `uniform`, `triangular`";
    for (kind, value) in
        [("a number", "3"), ("a list", "[\"uniform\"]"), ("true or false", "true"), ("a date or time", "2022-10-15")]
    {
        for (from, to) in
            [(RESTORED, RESTORED), (VARIES, VARIES), (FEES, "{ varies = { law = \"x\", mean = 40000, cv = 0.4 } }")]
        {
            let to = ["\"triangular\"", "\"discrete\"", "\"x\""]
                .iter()
                .fold(to.to_string(), |text, law| text.replace(law, value));
            let found = changed(&[(from, &to)]);
            told(&found, &[&format!("the name of a law belongs here, not {kind}")]);
            assert!(found[0].help.contains(no_name), "{found:#?}");
        }
    }
    let varies = |from: &str, to: &str| vec![(VARIES, VARIES.replace(from, to))];
    let fee = |fee: &str| vec![(FEES, fee.to_string())];
    let cost = |cost: &str| vec![(COST, cost.to_string())];
    for (changes, message, help) in [
        (varies("law", "lawq"), "unknown key `lawq`", "did you mean `law`?"),
        (varies("values", "valuess"), "unknown key `valuess`", "did you mean `values`?"),
        (varies("weights", "weigths"), "unknown key `weigths`", "did you mean `weights`?"),
        (varies("[1, 2, 5]", "\"x\""), "a list belongs here, not a text", "[\"x\"]"),
        (varies("[6, 3, 1]", "6"), "a list belongs here, not a number", ""),
        (fee("{ varies = { lawq = \"lognormal\", mean = 40000, cv = 0.4 } }"), "unknown key `lawq`", "`law`?"),
        (cost("{ lawq = \"discrete\", values = [1, 2], weights = [1, 1] }"), "unknown key `lawq`", "`law`?"),
        (cost("{ lawq = \"lognormal\", mu = 1, sigma = 1 }"), "unknown key `lawq`", "`law`?"),
        (cost("{ law = \"discrete\", valuess = [1, 2], weights = [1, 1] }"), "unknown key `valuess`", "`values`?"),
        (cost("{ values = [1, 2], weights = [1, 1] }"), "lacks `law`", "whose parameters these are"),
        // Other ways to give a number.
        (cost("{ jint = \"history\", column = \"cost\" }"), "unknown key `jint`", "did you mean `joint`?"),
        (cost("{ column = \"cost\" }"), "lacks `joint`", "the table whose column this is"),
        (cost("{ same_s = \"cohorts.shops.size\", times = 2 }"), "unknown key `same_s`", "did you mean `same_as`?"),
    ] {
        let changes: Vec<(&str, &str)> = changes.iter().map(|(from, to)| (*from, to.as_str())).collect();
        let found = changed(&changes);
        told(&found, &[message]);
        assert!(found[0].help.contains(help), "{found:#?}");
    }
}

/// Of what cannot be read nothing is counted and nothing added up.
#[test]
fn what_cannot_be_read_is_not_counted() {
    let table = &["a table belongs here, not a number"][..];
    each(&[
        (&[("{ share = 0.97, after = \"31 h\" }", "5")], table, "curve = [ { … } ]"),
        (&[("{ share = 0.4, fee = 30000 }", "5")], table, "bands = [ { … } ]"),
        (&[("varies = ", "bands = [ 5, { share = 0.6, value = 2 } ]  #")], table, "bands = [ { … } ]"),
        // What the others have is too much all the same.
        (
            &[(
                "{ share = 0.97, after = \"31 h\" }, { share = 0.03,",
                "5, { share = 0.8, after = \"1 d\" }, { share = 0.3,",
            )],
            &["sum to 1.1, not to 1", "a table belongs here"],
            "",
        ),
        (&[(ROWS, "\"x\"")], &["a list belongs here, not a text"], "[\"x\"]"),
        (&[(ROWS, "[]")], &["needs at least one row"], "one value for each column"),
        (&[(ROWS, "[0.1, 900, 3]")], &["a list of lists belongs here"], "in brackets of its own"),
        // Weights that are too many are so whatever is wrong with a row.
        (
            &[(ROWS, "[ [0.1], [0.3, 4], [0.2, 5] ]")],
            &["this row has 1 values", "2 weights for 3 rows"],
            "in their order",
        ),
    ]);
}

/// Names and keys on which others hang.
#[test]
fn what_hangs_on_a_misspelt_key_is_no_other_mistake() {
    let parts = |key: &str| PARTS.replace("burden", key);
    each(&[
        (&[(PARTS, &parts("brden"))], &["unknown key `brden`"], "did you mean `burden`?"),
        (&[(PARTS, &parts("brden")), ("hour = 22_651", "#")], &["unknown key `brden`"], "did you mean `burden`?"),
        (&[(PARTS, "burden = []")], &["an amount of money belongs here, not a list"], ""),
        (&[(PARTS, "burden = true")], &["an amount of money belongs here"], ""),
        // A sum needs its `beta`, also under a misspelt key; parts are looked at there too.
        (&[(PARTS, "brden = \"6000 KRW\"")], &["lacks `beta`", "unknown key `brden`"], "beta = 1.5"),
        (&[(PARTS, "brden = { fomrs = 1 }")], &["unknown key `brden`", "unknown key `fomrs`"], "`burden`?"),
        (&[("error = \"3 %\"", "errr = \"3 %\"")], &["unknown key `errr`"], "did you mean `error`?"),
        (&[("error = \"3 %\"", "# error")], &["`law` is the law of an `error`, and none is stated"], "error = \"5 %\""),
        (
            &[("measure = \"claims\"", "measur = \"payout\""), ("value = 451", "value = \"2 m KRW\"")],
            &["unknown key `measur`"],
            "did you mean `measure`?",
        ),
        (&[("id = \"cash\"", "idx = \"cash\"")], &["unknown key `idx` in `guidelines.flat.rules.rule-1`"], "`id`?"),
        (&[("id = \"cash\"", "id = 5")], &["a text belongs here, not a number"], "in quotes: \"5\""),
        (
            &[
                ("id = \"cash\"", "id = 5"),
                ("\"cohorts.users.size\" = \"45 m\"", "\"guidelines.flat.rules.cash.cap\" = 4e6"),
            ],
            &["a text belongs here, not a number"],
            "in quotes: \"5\"",
        ),
        (
            &[("id = \"cash\"", "idx = \"cash\""), ("amount = 8000 }", "amont = 8000 }")],
            &["unknown key `idx`", "unknown key `amont`"],
            "`id`?",
        ),
        (
            &[("id = \"cash\"", "id = 5"), ("amount = 8000 }", "amont = 8000 }")],
            &["a text belongs here", "unknown key `amont`"],
            "",
        ),
        (&[("tags = [\"small-merchant\", \"paid\"]", "tags = 5")], &["a list belongs here, not a number"], ""),
        (
            &[("tags = [\"small-merchant\", ", "tags = [5, ")],
            &["a text belongs here, not a number"],
            "in quotes: \"5\"",
        ),
        (&[("rules.cash = {", "rules.csh = {")], &["the guideline `flat` has no rule `csh`"], "did you mean `cash`?"),
    ]);
}

/// Days: the first thing that is wrong with one is all that is said of it.
#[test]
fn a_wrong_day_is_one_mistake() {
    each(&[
        (&[("on = 2023-07-30", "on = 2021-07-30")], &["2021-07-30 lies before the outage"], "from the outage on"),
        (&[("on = 2023-07-30", "on = 2023-06-30")], &["this was known on 2023-06-30 already"], "under [[observed]]"),
        (&[(START, "2022-02-30")], &["invalid date"], "must exist in the calendar"),
        (&[(START, "2022-02-28")], &["with the time of day"], "2022-10-15T15:30:00"),
        (&[("size = 20_000", "size = 2022-02-30")], &["invalid date"], "must exist in the calendar"),
    ]);
}

/// What a joint table with a mistake surely lacks, and what is wrong in the rest of it.
#[test]
fn a_broken_joint_table_hides_no_other_mistake() {
    let (no_column, row) = ("there is no column `xyz`", "this row has 1 values, not 2");
    let xyz = ("column = \"cost\"", "column = \"xyz\"");
    each(&[
        (&[(ROWS, "[ [0.1, 900], [0.3] ]"), xyz], &[row, no_column], ""),
        (&[(ROWS, "[ [0.1, 900], [0.3, nan] ]"), xyz], &["must be finite", no_column], ""),
        (&[("weights = [1, 2]", "wights = [1, 2]"), xyz], &["unknown key `wights`", no_column], "`weights`?"),
        (&[(ROWS, "\"x\""), xyz], &["a list belongs here", no_column], ""),
        // A column whose name is not known may be that one.
        (&[(COLUMNS, "columns = [\"share\", 5]"), xyz], &["a text belongs here"], ""),
        (&[(COLUMNS, "columns = [\"share\", \"share\"]"), xyz], &["the column `share` stands twice"], ""),
        (&[(COLUMNS, "columns = [\"share\"]"), xyz], &["1 column, but every row has 2 values"], ""),
        (&[(COLUMNS, "columns = [\"share\"]")], &["1 column, but every row has 2 values"], ""),
        (&[(COLUMNS, "columns = [\"share\", \"cost\", \"of\"]"), xyz], &["3 columns, but every row", no_column], ""),
        // Other cells.
        (
            &[(COLUMNS, "columns = [\"share\", 5]"), (ROWS, "[ [0.1, 900], [0.3, nan] ]")],
            &["a text belongs here", "must be finite"],
            "",
        ),
        (&[(COLUMNS, "#"), (ROWS, "[ [0.1, 900], [0.3, \"abc\"] ]")], &["lacks `columns`", "`abc` is no value"], ""),
        (
            &[(ROWS, "[ [0.1, 900, 1], [0.3, nan, 1] ]")],
            &["2 columns, but every row has 3 values", "must be finite"],
            "",
        ),
        (&[(ROWS, "[ [nan, \"900 h\"], [0.3] ]")], &["must be finite", "`900 h`", row], ""),
        (&[(ROWS, "[ [0.1, -900], [0.3] ]")], &[row, "goes down to -900"], ""),
    ]);
}

/// A count that cannot be read, or of which it is not known what it counts.
#[test]
fn a_wrong_count_hides_no_wrong_error() {
    let error = |error: &'static str| ("error = \"3 %\"", error);
    each(&[
        (&[("value = 45_000", "value = \"x\""), error("error = nan")], &["cannot be read", "must be finite"], ""),
        (&[("value = 45_000", "value = -5"), error("error = -2")], &["at least 0", "at least 0"], ""),
        (&[("value = 45_000", "value = -5"), error("error = \"0 %\"")], &["at least 0", "is above 0"], ""),
        (&[("value = 45_000", "valeu = 45_000"), error("error = 0")], &["unknown key `valeu`", "is above 0"], ""),
        (
            &[("measure = \"claims\"", "measure = \"claimz\""), ("value = 451", "value = \"2 bn KRW\"")],
            &["no measure"],
            "",
        ),
        (
            &[("measure = \"claims\"", "measure = \"claimz\""), ("value = 451", "value = -2")],
            &["no measure", "must be at least 0"],
            "",
        ),
    ]);
}

/// What is wrong in the numbers of an attribute whatever it is.
#[test]
fn an_unknown_type_hides_no_mistake_in_the_numbers() {
    let ty = ("type = \"number\"", "type = \"nmber\"");
    let varies = |from: &str, to: &str| VARIES.replace(from, to);
    let no_type = "`nmber` is no type of attribute";
    each(&[
        (&[ty], &[no_type], "did you mean `number`?"),
        (&[ty, ("[1, 2, 5]", "[\"1 h\", \"2 h\", \"3 d\"]")], &[no_type], ""),
        (&[ty, ("[1, 2, 5]", "[1000, \"2000 KRW\", \"0.1 m KRW\"]")], &[no_type], ""),
        (&[ty, ("[1, 2, 5]", "[1, 2, \"abc\"]")], &[no_type, "`abc` is no value"], ""),
        (&[ty, ("[1, 2, 5]", "[1, 2, -5]")], &[no_type, "goes down to -5"], ""),
        (&[ty, ("weights = [6, 3, 1]", "weights = [6, 3]")], &[no_type, "2 weights for 3 values"], ""),
        (&[ty, (VARIES, &varies("discrete", "discret"))], &[no_type, "there is no law `discret`"], ""),
        (&[ty, (VARIES, &varies("values", "valuess"))], &[no_type, "unknown key `valuess`"], ""),
        (&[ty, ("varies = ", "value = -5  #")], &[no_type, "must be at least 0"], ""),
        (
            &[ty, ("varies = ", "bands = [ { share = 0.4, value = 1 }, { share = 0.5, value = 2 } ]  #")],
            &[no_type, "sum to 0.9, not to 1"],
            "",
        ),
        (&[ty, ("varies = ", "share = 1.5  #")], &[no_type, "a share must be between 0 and 1"], ""),
        // Under a misspelt key the type is known.
        (&[("type = ", "typ = "), ("[1, 2, 5]", "[1, \"2 h\", 5]")], &["unknown key `typ`", "`2 h`"], "`type`?"),
    ]);
}

/// Whichever law it is.
#[test]
fn an_unknown_law_hides_no_mistake_in_its_parameters() {
    let restored = |from: &str, to: &str| RESTORED.replace("\"20 min\"", "20").replace(from, to);
    let varies = |from: &str, to: &str| VARIES.replace("2, 5", "\"x\", true").replace(from, to);
    for (from, to, told_first) in [
        ("law", "lawq", "unknown key `lawq`"),
        ("law", "note", "lacks `law`"),
        ("\"triangular\"", "\"triangul\"", "there is no law `triangul`"),
        ("\"triangular\"", "3", "the name of a law belongs here, not a number"),
    ] {
        told(&changed(&[(RESTORED, &restored(from, to))]), &[told_first, "`20` is a time without a unit"]);
    }
    for (from, to, told_first) in [
        ("law", "lawq", "unknown key `lawq`"),
        ("\"discrete\"", "\"discret\"", "there is no law `discret`"),
        ("\"discrete\"", "3", "the name of a law belongs here, not a number"),
    ] {
        told(&changed(&[(VARIES, &varies(from, to))]), &[told_first, "`x` cannot be read", "not true or false"]);
    }
}

/// A text in two languages neither of which can be read is not empty besides.
#[test]
fn a_text_that_cannot_be_read_is_not_empty() {
    let title = "title = { en = \"Example\", ko = \"예시\" }";
    each(&[
        (&[(title, "title = { en = 5, ko = true }")], &["not a number", "not true or false"], "in quotes"),
        (&[(title, "title = { en = 5 }")], &["not a number"], "in quotes"),
        (&[(title, "title = { en = \"\" }")], &["this text is empty"], "`en`, `ko` or both"),
    ]);
}

#[test]
fn the_example_itself_is_right() {
    let library = Folder(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/guidelines").into());
    good(parse(example(), "scenario-format.md", &library, &[], None));
}
