//! Each mistake alone: its line and column, what is said, what is advised. `«` marks the place.

use redress::scenario::{LoadError, Located, NoLibrary, parse, parse_company};

use super::{BASE, Shelf, good, mistakes, read, told, with};

/// Text in the base, its replacement with `«` at the mistake, words of the message, words of the help.
pub const CASES: &[(&str, &str, &str, &str)] = &[
    // The head.
    ("schema = 1", "schema = «2", "version of the format is not known", "schema = 1"),
    ("id = \"small\"", "id = «\"Small 예\"", "cannot be the id", "lower-case letters"),
    ("currency = \"KRW\"", "currency = «\"won\"", "`won` is no currency", "ISO 4217"),
    ("baseline = \"none\"", "baseline = «\"non\"", "no guideline `non`", "did you mean `none`?"),
    (
        "baseline = \"none\"",
        "baseline = \"none\"\nas_of = «\"2022-02-30\"",
        "no date `2022-02-30`",
        "exist in the calendar",
    ),
    (
        "title = { en = \"Small\", ko = \"작은 예\" }",
        "title = { «eng = \"Small\", ko = \"작은 예\" }",
        "unknown key `eng`",
        "did you mean `en`?",
    ),
    ("title = { en = \"Small\", ko = \"작은 예\" }", "title = «3", "a text belongs here, not a number", "ko ="),
    ("grade = \"B\"", "grade = «\"D\"", "`D` is no grade", "`A`, `B` and `C`"),
    // The incident.
    ("start = 2022-10-15T15:30:00", "start = «2022-10-15", "with the time of day", "2022-10-15T15:30:00"),
    ("start = 2022-10-15T15:30:00", "start = «2022-10-15T15:30:00+09:00", "without an offset", "2022-10-15T15:30:00"),
    ("start = 2022-10-15T15:30:00", "start = «\"2022-02-30T10:00\"", "no date and time", "exist in the calendar"),
    (
        "hours = { value = \"10 h\", source = \"press\" }",
        "hours = { value = «10, source = \"press\" }",
        "time without a unit",
        "\"10 h\"",
    ),
    (
        "hours = { value = \"10 h\", source = \"press\" }",
        "hours = { value = \"10 h\", source = «\"pres\" }",
        "no source `pres`",
        "did you mean `press`?",
    ),
    (
        "hours = { value = \"10 h\", source = \"press\" }",
        "hours = { value = «\"-1 h\", source = \"press\" }",
        "a time must be at least 0",
        "",
    ),
    (
        "hours = { value = \"10 h\", source = \"press\" }",
        "«hour = \"10 h\"",
        "unknown key `hour`",
        "did you mean `hours`?",
    ),
    ("phases = [\"power\"]", "phases = [«\"powr\"]", "no phase `powr`", "did you mean `power`?"),
    (
        "min = \"2 h\", mode = \"5 h\", max = \"12 h\"",
        "min = \"2 h\", mode = \"5 h\", max = «\"12 ㅗ\"",
        "cannot be read as a time",
        "\"10 h\"",
    ),
    (
        "{ share = 0.03, after = \"7 d\" }",
        "«{ share = 0.03, after = \"7 h\" }",
        "curve is not in order",
        "earliest first",
    ),
    ("curve = [ { share = 0.97,", "curve = «[ { share = 0.9,", "sum to 0.93, not to 1", "sum to 1"),
    (
        "curve = [ { share = 0.97,",
        "restored_after = «\"1 h\"\ncurve = [ { share = 0.97,",
        "cannot stand together",
        "keep one",
    ),
    ("regions = [\"seoul\"]", "regions = [«\"서울\"]", "no region `서울`", "`seoul` and `rest`"),
    ("share = 0.2\n", "share = «20\n", "a share must be between 0 and 1", "\"20 %\""),
    ("week = [1, 1, 1, 1, 1, 1.1, 1.1]", "week = «[1, 1, 1]", "3 numbers for the 7 days", ""),
    // People.
    ("tags = [\"small-merchant\"]\nsize = 20_000", "tags = [\"small-merchant\"]\nsize = «-5", "must be at least 0", ""),
    (
        "tags = [\"small-merchant\"]\nsize = 20_000",
        "tags = [\"small-merchant\"]\nsize = «\"많이\"",
        "`많이` cannot be read as a number of people",
        "47500000",
    ),
    (
        "tags = [\"small-merchant\"]\nsize = 20_000",
        "tags = [\"small-merchant\", «\"small-merchant\"]\nsize = 20_000",
        "stands twice",
        "",
    ),
    ("mode = 47e6, max = 48e6", "mode = 49e6, max = 48e6", "law is impossible", ""),
    ("services = [\"talk\", \"map\"]", "services = [\"talk\", «\"mapp\"]", "no service `mapp`", "did you mean `map`?"),
    ("services = [\"talk\", \"map\"]", "services = «[]", "at least one of the services", "not be in the file"),
    ("regions = { seoul = 0.3, rest = 0.7 }", "regions = «{ seoul = 0.3, rest = 0.8 }", "sum to 1.1, not to 1", ""),
    (
        "regions = { seoul = 0.3, rest = 0.7 }",
        "regions = { seoul = 0.3, rest = 0.7, «busan = 0 }",
        "no region `busan`",
        "seoul",
    ),
    (
        "hit = { uses_per_day = { talk = 5.0 } }",
        "hit = { uses_per_day = «{ } }",
        "does not say how often `talk`",
        "0 if it is not used",
    ),
    (
        "hit = { uses_per_day = { talk = 5.0 } }",
        "hit = { uses_per_day = { talk = 5.0 }, profile = «\"nite\" }",
        "no use profile `nite`",
        "`default`",
    ),
    (
        "hit = { uses_per_day = { talk = 5.0 } }",
        "hit = { uses_per_day = { talk = 5.0 }, kappa = «0 }",
        "must be above 0",
        "",
    ),
    ("hit = 0.9", "hit = «1.2", "between 0 and 1", "1.2 %"),
    ("hit = 0.9", "hit = { law = «\"normal\", mean = 0.9, sd = 0.01 }", "this law goes down to any size", "`beta`"),
    (
        "hit = 0.9",
        "hit = { law = \"uniform\", min = 0.9, «maxi = 1.0, note = \"가정\" }",
        "unknown key `maxi`",
        "did you mean `max`?",
    ),
    (
        "hit = 0.9",
        "hit = { law = «\"trianglar\", min = 0.8, mode = 0.9, max = 1 }",
        "no law `trianglar`",
        "did you mean `triangular`?",
    ),
    ("hit = 0.9", "hit = { law = \"uniform\", min = 0.9, max = «1.1 }", "goes up to 1.1", "bounds inside"),
    (
        "hit = 0.9",
        "hit = { law = \"uniform\", min = «-0.1, max = 1.1 }",
        "goes down to -0.1 and up to 1.1",
        "bounds inside",
    ),
    ("hit = 0.9", "hit = «{ value = 0.9, law = \"uniform\", min = 0, max = 1 }", "cannot stand together", "one of"),
    (
        "hit = 0.9",
        "hit = «{ law = \"beta\", p05 = 0.1, p50 = 0.2, p95 = 0.3 }",
        "by two quantiles, not by 3",
        "keep two",
    ),
    ("hit = 0.9", "hit = { same_as = «\"cohorts.shop.hit\" }", "no number `cohorts.shop.hit`", "did you mean"),
    ("hit = 0.9", "hit = { same_as = «\"cohorts.users.size\" }", "is a number of people; a share belongs here", ""),
    ("hit = 0.9", "hit = { same_as = «\"cohorts.shops.hit\" }", "leads back", "needs a value"),
    (
        "hit = 0.9",
        "hit = { same_as = «\"filing.web-form.awareness\", times = 0.5 }",
        "needs a constant",
        "[[correlations]]",
    ),
    ("hit = 0.9", "hit = «nan", "must be finite", ""),
    ("hit = 0.9", "hit = { joint = \"history\", column = «\"c\" }", "no column `c`", "`a` and `b`"),
    ("fee = 30000", "fee = «\"30 USD\"", "money in USD", "KRW"),
    ("fee = 30000", "fee = «\"30,000 KRW\"", "without commas", "30000"),
    ("{ share = 0.4, fee = 30000 }", "«{ share = 0.4 }", "lacks `fee`", "add `fee = 30000`"),
    ("size = 20_000", "size = «1e300", "cannot be this large", ""),
    (
        "size = 20_000",
        "size = { law = «\"pareto\", alpha = 1.1, minimum = 1e11 }",
        "cannot be this large: in one world of a thousand this law gives 5.3e13 or more",
        "at most 1e12",
    ),
    ("size = 20_000", "size = { law = «\"pareto\", alpha = 0.01, minimum = 1 }", "no finite mean", "`alpha` above 1"),
    ("size = 20_000", "size = { law = «\"lognormal\", mean = 1e11, cv = 5 }", "gives 5.2e12 or more", "less spread"),
    ("size = 20_000", "size = { law = \"uniform\", min = 1, max = «2e12 }", "goes up to 2e12", "at most 1e12"),
    ("size = 20_000", "size = { law = \"empirical\", values = [1, «3e12] }", "goes up to 3e12", "at most 1e12"),
    // Losses.
    ("service = \"talk\"\n", "service = «\"talc\"\n", "no service `talc`", "did you mean `talk`?"),
    ("[\"10 h\", 8000]", "«[\"0 h\", 8000]", "not in order", "beyond"),
    ("[\"10 h\", 8000]", "«[\"10 h\"]", "two members, not 1", "[\"10 h\", 8000]"),
    ("alpha = 2.5", "alpha = «0.9", "mean loss is infinite", "above 1"),
    ("family = \"gamma\"", "family = «\"gama\"", "no family of severities", "did you mean `gamma`?"),
    ("factor = 1.5", "factor = «0.5", "must be at least 1", ""),
    // Filing, joint tables, correlations, budget.
    ("burden = \"6000 KRW\"", "burden = «0", "must be above 0", ""),
    ("[10000, 0.1]", "«[500, 0.1]", "not in order of their awards", ""),
    ("[0.2, \"30 h\"]", "«[0.2]", "has 1 values, not 2", ""),
    ("rank = 0.5", "rank = «1.0", "strictly between -1 and 1", "same_as"),
    (
        "\"cohorts.users.size\"]",
        "«\"cohorts.users.seize\"]",
        "no number `cohorts.users.seize`",
        "did you mean `cohorts.users.size`?",
    ),
    ("amount = \"40 bn KRW\"", "amount = «\"40 bn\"", "currency is missing", "\"40 bn KRW\""),
    ("amount = \"40 bn KRW\"", "amount = «\"40 bm KRW\"", "no word of size", "billion"),
    // Guidelines.
    (
        "title = { en = \"Flat sum\", ko = \"정액\" }",
        "title = { en = \"Flat sum\", ko = \"정액\" }\n«titel = \"x\"",
        "unknown key `titel`",
        "",
    ),
    ("foreseen = true", "foreseen = «\"yes\"", "true or false belongs here", ""),
    (
        "for = [\"free\", \"small-merchant\"]",
        "for = [\"free\", «\"small-merchants\"]",
        "neither a cohort nor a tag",
        "did you mean `small-merchant`?",
    ),
    ("hours_under = \"10 d\"", "hours_under = «\"1 h\"", "lies below the lower one", "exchange"),
    ("hours_under = \"10 d\"", "hours_over = «\"10 d\"", "cannot stand together", "keep one"),
    (
        "amount = 5000\n",
        "amount = { «share_of_los = 0.5 }  # 절반\n",
        "no amount that a rule can pay",
        "did you mean `share_of_loss`?",
    ),
    ("amount = 5000\n", "amount = «{ fee_days = 1, fee_months = 1 }\n", "cannot stand in one amount", "sum"),
    ("count = \"begun\"", "count = «\"start\"", "no way to count", "`exact`, `begun` and `completed`"),
    ("bands = \"loss\"", "bands = «\"los\"", "no measure for bands", "did you mean `loss`?"),
    (
        "{ upto = 500000, pay = 50000 }",
        "«{ upto = 200000, pay = 50000 }",
        "bands are not in order",
        "lowest band first",
    ),
    ("{ upto = 500000, pay = 50000 }", "«{ pay = 50000 }", "must be the last", "`upto`"),
    ("minimum = 1000", "minimum = «3e6", "above the cap", "exchange"),
    (
        "size = 20_000",
        "size = { versions = «{ value = 20_000, date = 2022-10-16 } }",
        "`versions` is a list of tables",
        "versions = [",
    ),
    ("filing = \"web-form\"", "filing = «\"ff\"", "no filing profile `ff`", "built in are `one-tap`, `web-form`,"),
    (
        "filing = \"web-form\"",
        "filing = «\"ontap\"",
        "no filing profile `ontap`",
        "did you mean `one-tap`, which is built in?",
    ),
    ("filing = \"web-form\"", "filing = «\"webform\"", "no filing profile `webform`", "did you mean `web-form`?"),
    ("id = \"bands\"", "id = «\"cash\"", "two rules", "`id` of its own"),
    (
        "in_kind = { redemption = 0.36, unit_cost = 0.1 }",
        "in_kind = «{ redemption = 0.36 }",
        "lacks `unit_cost`",
        "add",
    ),
    ("source = \"report\"", "library = «\"godo\"", "no library guideline `godo`", "did you mean `good`?"),
    ("set = { ", "set = { «\"cohorts.usres.size\" = 1, ", "`cohorts` has no `usres`", "did you mean `users`?"),
    ("set = { ", "set = { \"cohorts.shops.hit\" = «7, ", "between 0 and 1", "7 %"),
    // Names that results go by.
    (
        "[budget]",
        "[services.«all]\nrestored_after = \"1 h\"\n[budget]",
        "cannot be the name of a service",
        "all services",
    ),
    ("[budget]", "[regions.«all]\nshare = 0\n[budget]", "cannot be the name of a region", "all regions"),
    (
        "[budget]",
        "[cohorts.«all]\ntitle = \"x\"\nsize = 1\nservices = [\"talk\"]\nhit = 1\n[budget]",
        "cannot be the name of a cohort",
        "choose another name",
    ),
    (
        "[budget]",
        "[guidelines.«all]\ntitle = \"x\"\nrules = []\n[budget]",
        "cannot be the name of a guideline",
        "all guidelines",
    ),
    ("[variants.larger]", "[variants.«base]", "cannot be the name of a variant", "as it stands"),
    // The TOML itself.
    ("hit = 0.9", "hit = «0.9 이상", "not TOML", ""),
    ("hit = 0.9", "hit = 0.9\n«hit = 0.8", "stands twice", "keep one"),
    ("date = 2022-10-16", "date = «2022-02-30", "not TOML", "exist in the calendar"),
    (
        "start = 2022-10-15T15:30:00",
        "start = «2022-10-15T15:30:60",
        "there is no date and time",
        "seconds from 00 to 59",
    ),
    ("start = 2022-10-15T15:30:00", "start = «2022-12-31T23:59:60", "there is no date and time", "00:00 of the next"),
    ("start = 2022-10-15T15:30:00", "start = «\"2022-10-15 15:30:60\"", "there is no date and time", "seconds from 00"),
    (
        "start = 2022-10-15T15:30:00",
        "start = «2022-10-15T15:30:61",
        "second between 00 and 59",
        "seconds from 00 to 59",
    ),
    (
        "start = 2022-10-15T15:30:00",
        "start = «\"2022-10-15T15:30:60Z\"",
        "without an offset",
        "the right form is 2022-10-15T15:30:59",
    ),
    ("title = \"Users\"", "title = \"C:\\U«sers\"", "not TOML", "a backslash in a text is written twice"),
    ("title = \"Users\"", "title = \"50 \\«%\"", "not TOML", "a backslash in a text is written twice"),
    ("rules = []", "rules = [«1]", "a table belongs here, not a number", "two brackets: [[guidelines.none.rules]]"),
];

pub fn expected(text: &str) -> (String, usize, usize) {
    let at = text.find('«').unwrap_or(text.len());
    let line = text[..at].matches('\n').count() + 1;
    let column = text[..at].rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
    (text.replace('«', ""), line, column)
}

#[test]
fn each_mistake_is_reported_once_at_its_place() {
    let mut wrong = Vec::new();
    for (from, to, message, help) in CASES {
        let (text, line, column) = expected(&with(from, to));
        let found = match read(&text) {
            Err(LoadError::Invalid(report)) => report.located(),
            Err(e) => panic!("{e}"),
            Ok(_) => vec![],
        };
        let marked = to.contains('«');
        let right = |l: &Located| {
            let place = !marked || (l.line, l.column) == (line, column);
            let told = !l.help.is_empty() && l.help.contains(help);
            place && l.message.contains(message) && told && l.file == "small.toml"
        };
        if found.len() != 1 || !right(&found[0]) {
            wrong.push(format!("{to}\n  wanted {line}:{column} {message} / {help}\n  found {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(CASES.len() >= 80);
}

#[test]
fn missing_tables_and_keys_point_at_the_header() {
    let text = with("size = 20_000\n", "");
    let found = mistakes(read(&text));
    let header = text.lines().position(|l| l == "[cohorts.shops]").map_or(0, |i| i + 1);
    assert_eq!((found.len(), found[0].line, found[0].column), (1, header, 1));
    assert!(found[0].message.contains("`cohorts.shops` lacks `size`"), "{}", found[0].message);
    let found = mistakes(read("schema = 1\n"));
    let wanted = ["cohorts", "currency", "guidelines", "id", "outage", "services", "title"];
    for key in wanted {
        assert!(found.iter().any(|l| l.message.contains(&format!("lacks `{key}`"))), "{key}");
    }
    assert_eq!(found.len(), wanted.len());
}

#[test]
fn all_mistakes_are_reported_in_the_order_of_the_lines() {
    let text = BASE
        .replace("currency = \"KRW\"", "currency = \"won\"")
        .replace("regions = [\"seoul\"]", "regions = [\"부산\"]")
        .replace("hit = 0.9", "hit = 9")
        .replace("factor = 1.5", "faktor = 1.5")
        .replace("filing = \"table\"", "filing = \"tabel\"")
        .replace("rank = 0.5", "rank = 5");
    let found = mistakes(read(&text));
    let lines: Vec<usize> = found.iter().map(|l| l.line).collect();
    assert!(lines.is_sorted(), "{lines:?}");
    let words = ["won", "부산", "between 0 and 1", "faktor", "rank correlation", "tabel"];
    told(&found, &words);
}

#[test]
fn carets_stand_under_hangul() {
    let text = with("title = { ko = \"상점\" }", "title = { ko = \"상점\", \"한글\" = \"글\" }");
    let Err(LoadError::Invalid(report)) = read(&text) else { panic!("refused") };
    let shown = report.render(false);
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines[0].starts_with("error: unknown key `한글`"), "{shown}");
    assert!(lines[1].contains("small.toml:") && lines[1].ends_with(":22"), "{shown}");
    let line = lines.iter().position(|l| l.contains("\"한글\" =")).unwrap_or(0);
    // Hangul takes two columns each: `title = { ko = "상점", ` is 23 wide, the key with its quotes 6.
    let caret = lines[line + 1];
    let gutter = lines[line].find("title").unwrap_or(0);
    assert_eq!(caret.find('^').map(|i| i - gutter), Some(23), "{shown}");
    assert_eq!(caret.matches('^').count(), 6, "{shown}");
    assert!(report.render(true).contains("\u{1b}["));
}

#[test]
fn correlations_that_cannot_hold_together_are_named() {
    let more = "[[correlations]]\nbetween = [\"services.talk.restored_after\", \"cohorts.users.size\"]\nrank = 0.5";
    let link = |a: &str, b: &str, rank: f64| format!("[[correlations]]\nbetween = [\"{a}\", \"{b}\"]\nrank = {rank}\n");
    let (x, y, z) = ("services.talk.restored_after", "cohorts.users.size", "filing.web-form.awareness");
    let text = with(more, &[link(x, y, 0.9), link(y, z, 0.9), link(x, z, -0.9)].concat());
    let found = mistakes(read(&text));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].message.contains("cannot hold beside the others"), "{}", found[0].message);
    good(read(&with(more, &[link(x, y, 0.9), link(y, z, 0.9), link(x, z, 0.9)].concat())));
    let tails = format!("{}tail = 4\n{}", link(x, y, 0.5), link(y, z, 0.1));
    let found = mistakes(read(&with(more, &tails)));
    assert!(found.len() == 1 && found[0].message.contains("another `tail`"), "{found:#?}");
    let twice = [link(x, y, 0.5), link(y, x, 0.5)].concat();
    assert!(mistakes(read(&with(more, &twice)))[0].message.contains("correlated twice"));
}

#[test]
fn odd_but_valid_values_are_read() {
    for (from, to) in [
        ("size = 20_000", "size = 0"),
        ("size = 20_000", "size = \"8.2 bn\""),
        ("hit = 0.9", "hit = 0"),
        ("hit = 0.9", "hit = 1"),
        ("hit = 0.9", "hit = \"100 %\""),
        ("value = \"10 h\"", "value = \"0 h\""),
        ("hit = 0.9", "hit = { law = \"empirical\", values = [0.5, 0.1, 0.9] }"),
        ("hit = 0.9", "hit = { law = \"discrete\", values = [0.5, 0.1], weights = [1, 3] }"),
        ("hit = 0.9", "hit = { law = \"beta\", p05 = 0.1, p95 = 0.3 }"),
        ("rest]\ntitle = \"Elsewhere\"", "rest]"),
        ("severity = { mixture", "severity = \"none\" #"),
    ] {
        good(read(&with(from, to)));
    }
    good(read(&BASE.replace('\n', "\r\n")));
}

#[test]
fn more_rules_of_a_guideline_for_a_cohort_than_can_be_told_apart_are_refused() {
    let rules = "[[guidelines.many.rules]]\namount = 1\n".repeat(129);
    let found = mistakes(read(&format!("{BASE}\n[guidelines.many]\ntitle = \"Many\"\n{rules}")));
    let told: Vec<&Located> = found.iter().filter(|m| m.message.contains("address the cohort")).collect();
    assert!(!told.is_empty(), "{found:?}");
    assert!(told[0].help.contains("at most 128"), "{told:?}");
    // Of several guidelines there may be as many as one likes.
    let several = |n: usize| -> String {
        let one = |g| {
            format!(
                "\n[guidelines.many-{g}]\ntitle = \"Many\"\n{}",
                "[[guidelines.many-{}.rules]]\namount = 1\n".replace("{}", &format!("{g}")).repeat(70)
            )
        };
        (0..n).map(one).collect()
    };
    good(read(&format!("{BASE}\n{}", several(3))));
}

/// A table below a heading in two brackets is told of, and what names it finds it.
#[test]
fn a_heading_in_two_brackets_is_one_mistake() {
    for name in
        ["cohorts.shops", "filing.web-form", "services.talk", "guidelines.flat", "sources.press", "profiles.default"]
    {
        let heading = format!("\n[{name}]\n");
        let text = with(&heading, &format!("\n[[{name}]]\n"));
        let found = mistakes(read(&text));
        assert!(found.len() == 1 && found[0].message == "a table belongs here, not a list", "{name}: {found:#?}");
        assert!(found[0].help.contains(&format!("below a heading in brackets: [{name}]")), "{found:?}");
        let line = text.lines().position(|l| l == format!("[[{name}]]")).map(|i| i + 1);
        assert_eq!(Some(found[0].line), line);
    }
}

/// Of headings of one name, of which one stands in single brackets, that one is told of, wherever it stands.
#[test]
fn a_rule_in_single_brackets_is_one_mistake() {
    let text = with("[[guidelines.flat.rules]]\nid = \"cash\"", "[guidelines.flat.rules] # the first\nid = \"cash\"");
    let found = mistakes(read(&text));
    assert_eq!(found.len(), 1, "{found:#?}");
    let line = text.lines().position(|l| l.starts_with("[guidelines.flat.rules]")).map(|i| i + 1);
    assert_eq!((Some(found[0].line), found[0].column), (line, 1));
    assert!(found[0].message.contains("stands twice"), "{found:?}");
    assert!(found[0].help.contains("as the others of this name: [[guidelines.flat.rules]]"), "{found:?}");
    // Under the name of a cohort stands no list: it is the second that is too many.
    let found = mistakes(read(&with("[cohorts.shops.loss]", "[[cohorts.users]]\n[cohorts.shops.loss]")));
    assert!(found.len() == 1 && found[0].help.contains("keep one of the two"), "{found:#?}");
}

/// What belongs in a list of tables is written so, and has no heading of its own number.
#[test]
fn what_is_no_table_in_a_list_is_told_how_a_list_is_written() {
    let link = "[[correlations]]\nbetween = [\"services.talk.restored_after\", \"cohorts.users.size\"]\nrank = 0.5\n";
    let text = with(link, "").replace("schema = 1\n", "schema = 1\ncorrelations = [[1]]\n");
    let found = mistakes(read(&text));
    told(&found, &["a table belongs here, not a list"]);
    let help = "write correlations = [ { … } ], or its keys below a heading in two brackets: [[correlations]]";
    assert_eq!(found[0].help, help);
    // Inside a list of tables a list has no heading of its own.
    let found = mistakes(read(&with("{ upto = 300000, pay = 30000 }", "3")));
    told(&found, &["a table belongs here, not a number"]);
    assert_eq!(found[0].help, "write steps = [ { … } ]");
}

/// A share who file tells by itself who does.
#[test]
fn a_rate_beside_a_curve_is_one_mistake() {
    for (key, words) in [
        ("rate = 0.5", "`rate` cannot stand together with `awareness`, `burden` and `beta`"),
        ("table = [ [1000, 0.01] ]", "`table` cannot stand together with `awareness`, `burden` and `beta`"),
        (
            "rate = 0.5\ncurve = \"weibull\"",
            "`rate` cannot stand together with `curve`, `awareness`, `burden` and `beta`",
        ),
    ] {
        let found = mistakes(read(&with("beta = 1.5\n", &format!("beta = 1.5\n{key}\n"))));
        assert!(found.len() == 1 && found[0].message == words, "{found:#?}");
        assert!(found[0].help.contains("leave it out"), "{found:?}");
    }
}

/// A file of another kind is one mistake and not all that it lacks.
#[test]
fn a_company_is_no_scenario() {
    let company = include_str!("../annual/company.toml");
    let found = mistakes(parse(company, "company.toml", &Shelf, &[], None));
    assert!(found.len() == 1 && found[0].message.contains("this is a company file"), "{found:#?}");
    assert_eq!(found[0].help, "write redress annual company.toml");
    let none = |name: &str| Err(format!("{name} is not there"));
    match parse_company(BASE, "small.toml", &NoLibrary, &none, (&[], &[])) {
        Err(LoadError::Invalid(report)) => {
            let found = report.located();
            assert!(found.len() == 1 && found[0].message.contains("this is a scenario"), "{found:#?}");
            assert_eq!(found[0].help, "write redress run small.toml");
        }
        Err(e) => panic!("{e}"),
        Ok(_) => panic!("this should have been refused"),
    }
}
