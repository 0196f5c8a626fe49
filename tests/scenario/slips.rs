//! Slips of the pen as people make them: each is one mistake at its place, with what was meant, and draws no others.

use std::path::PathBuf;

use redress::scenario::{Folder, Located, parse};

use super::mistakes::expected;
use super::{BASE, good, mistakes, read, told};

/// What the base lacks: drafts that rest on others, and a procedure.
const MORE: &str = r#"
[guidelines.root]
title = "Root"
[[guidelines.root.rules]]
id = "basic"
amount = 100
cap = 90
[guidelines.leaf]
based_on = "root"
title = "Leaf"
rules.basic = { amount = 200 }
[guidelines.leaf-of-leaf]
based_on = "leaf"
title = "Leaf of a leaf"

[procedures.desk]
order = "verify-first"
opens_after = "14 d"
window = "60 d"
arrival = { half_after = "5 d" }
staff = 20
wage = "25000 KRW/h"
"#;

/// Text in the base and what it lacks, its replacement with `«` at the mistake, words of the message, words of the help.
const SLIPS: &[(&str, &str, &str, &str)] = &[
    // A name that is not the same in all headings.
    ("[cohorts.shops.loss]", "[cohorts.«shop.loss]", "there is no cohort `shop`", "did you mean `shops`?"),
    ("[cohorts.users.reports]", "[cohorts.«usres.reports]", "there is no cohort `usres`", "did you mean `users`?"),
    ("[cohorts.shops]", "[cohorts.shopps]", "there is no cohort `shops`", "did you mean `shopps`?"),
    ("hit = 0.9\n", "[cohorts.«shop]\nhit = 0.9\n", "`title`, `size` and `services`, is missing", "`shops`?"),
    (
        "[[guidelines.flat.rules]]\nid = \"bands\"",
        "[[guidelines.«flatt.rules]]\nid = \"bands\"",
        "there is no guideline `flatt`",
        "did you mean `flat`?",
    ),
    ("[[guidelines.root.rules]]", "[[guidelines.«rot.rules]]", "there is no guideline `rot`", "did you mean `root`?"),
    // Keys on which others hang.
    ("[services.talk]", "[«sevices.talk]", "unknown key `sevices`", "did you mean `services`?"),
    ("[cohorts.users]", "[«Cohorts.users]", "unknown key `Cohorts`", "did you mean `cohorts`?"),
    ("[guidelines.none]", "[«guideline.none]", "unknown key `guideline`", "did you mean `guidelines`?"),
    ("[outage]", "[«outge]", "unknown key `outge`", "did you mean `outage`?"),
    ("[outage.phases.power]", "[outage.«phasse.power]", "unknown key `phasse`", "did you mean `phases`?"),
    ("tags = [\"small-merchant\"]", "«tgas = [\"small-merchant\"]", "unknown key `tgas`", "did you mean `tags`?"),
    ("tags = [\"small-merchant\"]", "tags = «\"small-merchant\"", "a list belongs here", "[\"small-merchant\"]"),
    ("source = \"report\"", "«libary = \"good\"", "unknown key `libary`", "did you mean `library`?"),
    // A draft and what it rests on.
    (
        "amount = 100\n",
        "«amuont = 100\n",
        "unknown key `amuont` in `guidelines.root.rules.basic`",
        "did you mean `amount`?",
    ),
    ("amount = 100\n", "amount = «-100\n", "must be at least 0", ""),
    (
        "{ amount = 200 }",
        "{ «amuont = 200 }",
        "unknown key `amuont` in `guidelines.leaf.rules.basic`",
        "did you mean `amount`?",
    ),
    ("rules.basic = {", "rules.«bassic = {", "guideline `root` has no rule `bassic`", "did you mean `basic`?"),
    ("rules.basic = { amount = 200 }", "rules.basic = «200", "a table belongs here, not a number", "rules.basic = {"),
    ("based_on = \"root\"", "based_on = «\"rot\"", "no guideline `rot`", "did you mean `root`?"),
    ("based_on = \"root\"", "«basedon = \"root\"", "unknown key `basedon`", "did you mean `based_on`?"),
    ("based_on = \"root\"", "based_on = «5", "a text belongs here", "in quotes"),
    // A key for another.
    ("start = 2022", "«begin = 2022", "unknown key `begin`", "did you mean `start`?"),
    ("size = 20_000", "«count = 20_000", "unknown key `count`", "did you mean `size`?"),
    ("title = \"Users\"", "«name = \"Users\"", "unknown key `name`", "did you mean `title`?"),
    ("hit = 0.9", "«share_hit = 0.9", "unknown key `share_hit`", "did you mean `hit`?"),
    ("amount = 5000\n", "«pay = 5000\n", "unknown key `pay`", "did you mean `amount`?"),
    ("unit_cost = 0.1", "«cost = 0.1", "unknown key `cost`", "did you mean `unit_cost`?"),
    (
        "services = [\"talk\", \"map\"]",
        "«sevices = [\"talk\", \"map\"]",
        "unknown key `sevices` in `cohorts.shops`",
        "did you mean `services`?",
    ),
    // A key that decides which others are asked for.
    ("family = \"gamma\"", "«familly = \"gamma\"", "unknown key `familly`", "did you mean `family`?"),
    ("severity = { mixture", "severity = { «mixtur", "unknown key `mixtur`", "did you mean `mixture`?"),
    ("damage = { points", "damage = { «point", "unknown key `point`", "did you mean `points`?"),
    ("filing = { rate = 0.02 }", "filing = { «rte = 0.02 }", "unknown key `rte`", "did you mean `rate`?"),
    ("{ automatic = 0.64 }", "{ «automaic = 0.64 }", "unknown key `automaic`", "did you mean `automatic`?"),
    ("burden = \"6000 KRW\"", "burden = { «fomrs = 1 }", "unknown key `fomrs`", "did you mean `forms`?"),
    ("curve = [ {", "«curv = [ {", "unknown key `curv`", "did you mean `curve`?"),
    ("fee_month = { bands", "fee_month = { «band", "unknown key `band`", "did you mean `bands`?"),
    ("hit = 0.9", "hit = { «vlaue = 0.9 }", "unknown key `vlaue`", "did you mean `value`?"),
    ("hit = 0.9", "hit = { «lwa = \"uniform\", min = 0.8, max = 1 }", "unknown key `lwa`", "did you mean `law`?"),
    ("hit = 0.9", "hit = { law = \"beta\", «maen = 0.9, cv = 0.01 }", "unknown key `maen`", "did you mean `mean`?"),
    ("hit = 0.9", "hit = { law = \"beta\", «p5 = 0.1, p95 = 0.3 }", "unknown key `p5`", "did you mean `p05`?"),
    ("hit = 0.9", "hit = «{ law = \"beta\", p95 = 0.3 }", "lacks `p05`", "second quantile"),
    (
        "amount = 5000\n",
        "amount = { deductible = 5, «share_of_los = 0.5 }\n",
        "no amount",
        "did you mean `share_of_loss`?",
    ),
    // Joint tables.
    (
        "columns = [\"a\", \"b\"]",
        "columns = «[\"a\"]",
        "1 column, but every row has 2 values",
        "a name under `columns`",
    ),
    (
        "columns = [\"a\", \"b\"]",
        "columns = «[\"b\"]",
        "1 column, but every row has 2 values",
        "a name under `columns`",
    ),
    ("columns = [\"a\", \"b\"]", "«colums = [\"a\", \"b\"]", "unknown key `colums`", "did you mean `columns`?"),
    ("rows = [ [0.1", "«row = [ [0.1", "unknown key `row`", "did you mean `rows`?"),
    ("[0.2, \"30 h\"] ]", "«[0.2] ]\nweights = [1, 2]", "this row has 1 values, not 2", "in their order"),
    ("[0.2, \"30 h\"] ]", "[0.2, \"30 h\"] ]\nweights = [1, «\"2\"]", "a plain number belongs here", "without quotes"),
    ("day = [1, 1,", "day = [1, «\"1\",", "a plain number belongs here", "without quotes"),
    // Schemes.
    ("source = \"report\"", "scheme = «\"us-dot\"", "there is no scheme `us-dot`", "schemes are files"),
    ("amount = 5000\n", "scheme = «\"us-dot\"\n", "there is no scheme `us-dot`", "schemes are files"),
    ("amount = 5000\n", "scheme = «5\n", "a text belongs here, not a number", "name of a scheme in quotes"),
    ("source = \"report\"", "scheme = «\"good\"", "`good` is a library guideline, not a scheme", "library = \"good\""),
    // Numbers out of bounds, at the number, in the words of the file.
    ("family = \"gamma\", cv = 1", "family = \"gamma\", cv = «-2", "the cv is -2", "not be below 0"),
    ("hit = 0.9", "hit = { law = \"beta\", mean = 0.5, cv = «-2 }", "the cv is -2", "not be below 0"),
    ("hit = 0.9", "hit = { law = \"beta\", mean = 0.5, sd = «-2 }", "the sd is -2", "not be below 0"),
    ("hit = 0.9", "hit = { law = \"beta\", mean = 0.5, sd = «0.9 }", "too large for a beta law", "below 0.5"),
    ("min = 43e6", "min = «-43e6", "must be at least 0, and this law goes down to -43000000", "`triangular`"),
    ("hit = 0.9", "hit = { law = \"discrete\", values = [0.1, «1.5], weights = [1, 1] }", "goes up to 1.5", ""),
    ("mode = 47e6, max = 48e6", "mode = «49e6, max = 48e6", "out of order", "they must rise"),
    ("min = 43e6", "min = «49e6", "out of order", "they must rise"),
    ("mode = 47e6, max = 48e6", "mode = 47e6, max = «4.8e6", "out of order", "they must rise"),
    ("hit = 0.9", "hit = { law = \"lognormal\", mu = 0.9, sigma = «-1 }", "sigma is -1", "above 0"),
    (
        "value = \"10 h\"",
        "law = \"lognormal\", p05 = \"2 d\", p95 = «\"1 d\"",
        "p95 = \"1 d\" is not above p05 = \"2 d\"",
        "the larger value",
    ),
    ("min = \"2 h\"", "min = «\"-2 h\"", "a time must be at least 0, and this law goes down to -2 h", ""),
    ("opens_after = \"14 d\"", "opens_after = «\"-1 d\"", "a time must be at least 0", "from the start of the outage"),
    ("opens_after = \"14 d\"", "opens_after = «\"1200 d\"", "at most 1096 d", "followed for 1096 d"),
    (
        "opens_after = \"14 d\"",
        "opens_after = { law = \"uniform\", min = \"10 d\", max = «\"1200 d\" }",
        "at most 1096 d, and this law goes up to 1,200 d",
        "with `min` and `max` inside",
    ),
    ("opens_after = \"14 d\"", "opens_after = «14", "a time without a unit", "\"14 h\""),
    ("share = \"0.22 %\"", "share = «\"122 %\"", "between 0 and 1", "\"100 %\""),
    ("window = \"60 d\"", "window = «\"-5 d\"", "a time must be above 0", "of no length"),
    ("hit = 0.9", "hit = «{ law = \"beta\" }", "lacks `mean`", "`mean = …` and `cv = …`"),
    ("hit = 0.9", "hit = «{ mean = 0.9, cv = 0.1 }", "lacks `law`", "the law whose parameters"),
    ("hit = 0.9", "hit = { law = \"beta\", mean = 0.5, cv = «0.1, sd = 0.1 }", "cannot stand together", "keep one"),
    ("hit = 0.9", "hit = { law = \"pert\", mean = «0.5, cv = 0.1 }", "is not given by `mean`", "`mode = …`"),
    ("[0.1, \"2 h\"]", "[1.1, \"2 h\"]", "this law goes up to 1.1", "column of the joint table"),
    (
        "{ law = \"triangular\", min = \"2 h\", mode = \"5 h\", max = \"12 h\" }",
        "«2022-10-15T20:00:00",
        "a length of time belongs here, not a date or time",
        "such as \"9 h 25 min\"",
    ),
    (
        "{ law = \"triangular\", min = \"2 h\", mode = \"5 h\", max = \"12 h\" }",
        "«\"2022-10-15 20:00\"",
        "a length of time belongs here",
        "such as \"9 h 25 min\"",
    ),
    (
        "{ law = \"triangular\", min = \"2 h\", mode = \"5 h\", max = \"12 h\" }",
        "«{ seoul = \"9 h\", rest = \"13 h\" }",
        "`restored_after` is one time for all regions",
        "[services.talk-seoul] with regions = [\"seoul\"]",
    ),
    ("staff = 20\n", "staff = 20\nwork_day = «\"30 h\"\n", "a time must be at most 24 h", "a day has 24 h"),
    // Keys that belong elsewhere.
    (
        "wage = \"25000 KRW/h\"\n",
        "wage = \"25000 KRW/h\"\n[procedures.bill]\nautomatic_after = \"30 d\"\n«opens_after = \"5 d\"\n",
        "`opens_after` belongs to a procedure that takes claims",
        "remove it",
    ),
    ("amount = 100\n", "amount = { «share_of_fee = 0.5 }\n", "no amount", "{ fee_months = 0.5 }"),
    // Lists and bands.
    (
        "staff = 20\n",
        "staff = «{ after = \"14 d\", people = 120 }\n",
        "a list of steps belongs here, not a table",
        "staff = [ { after = \"14 d\", people = 120 }, … ]",
    ),
    (
        "[ [\"0 h\", 0], [\"10 h\", 8000], [\"5 d\", 30000] ]",
        "«[\"0 h\", 0]",
        "a list of lists",
        "in brackets of its own",
    ),
    ("[ [0.1, \"2 h\"], [0.2, \"30 h\"] ]", "«[0.1, 0.2]", "a list of lists", "in brackets of its own"),
    ("{ upto = 300000,", "{ «up_to = 300000,", "unknown key `up_to`", "did you mean `upto`?"),
    ("rules = []", "rules = «\"none\"", "a list belongs here", "where nobody is paid"),
    ("rules = []", "rules = «{ x = { amount = 5 } }", "a list belongs here", "`based_on` names"),
    // Words and signs.
    ("value = \"10 h\"", "value = «\"10 hrs\"", "cannot be read as a time", "`hrs` is no unit of time"),
    ("currency = \"KRW\"", "currency = «\"krw\"", "`krw` is no currency", "did you mean \"KRW\"?"),
    ("currency = \"KRW\"", "currency = «\"KWR\"", "`KWR` is no currency", "did you mean \"KRW\"?"),
    ("currency = \"KRW\"", "currency = «\"EUX\"", "`EUX` is no currency", "the sums of this file are in \"KRW\""),
    ("currency = \"KRW\"", "currency = «\"원\"", "`원` is no currency", "did you mean \"KRW\"?"),
    (
        "amount = \"40 bn KRW\"",
        "amount = «\"400억 원\"",
        "cannot be read as an amount of money",
        "`억` and `원` are not read in a sum: write \"40 bn KRW\" or 40_000_000_000",
    ),
    ("amount = \"40 bn KRW\"", "amount = «\"40 bn KWR\"", "`KWR` is no currency", "did you mean \"40 bn KRW\"?"),
    ("amount = \"40 bn KRW\"", "amount = «\"$40 bn\"", "is money in USD; the scenario is in KRW", "convert it to KRW"),
    ("\"25000 KRW/h\"", "«\"25000 KRW/d\"", "money per hour", "KRW/h"),
    ("hit = 0.9", "hit = 0«,9", "not TOML", "decimals with a point"),
    (
        "hit = { uses_per_day = { talk = 5.0 } }",
        "hit = «{ uses_per_day = { talk = 5.0 }",
        "`{` is not closed",
        "write `}`",
    ),
    ("[cohorts.users]", "[cohorts.users«", "not TOML", "closing bracket is missing"),
    ("title = \"Users\"", "title = \"Users«", "not TOML", "closing quote is missing"),
    (
        "[[guidelines.flat.rules]]\nid = \"days\"",
        "«[guidelines.flat.rules]\nid = \"days\"",
        "stands twice",
        "[[guidelines.flat.rules]]",
    ),
];

fn with(from: &str, to: &str) -> String {
    let text = format!("{BASE}{MORE}");
    assert_eq!(text.matches(from).count(), 1, "`{from}` must stand once");
    text.replacen(from, to, 1)
}

#[test]
fn each_slip_is_one_mistake_with_what_was_meant() {
    good(read(&format!("{BASE}{MORE}")));
    let mut wrong = Vec::new();
    for (from, to, message, help) in SLIPS {
        let (text, line, column) = expected(&with(from, to));
        let found = mistakes(read(&text));
        let right = |l: &Located| {
            let place = !to.contains('«') || (l.line, l.column) == (line, column);
            place && l.message.contains(message) && !l.help.is_empty() && l.help.contains(help)
        };
        if found.len() != 1 || !right(&found[0]) {
            wrong.push(format!("{to}\n  wanted {line}:{column} {message} / {help}\n  found {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Slips far from one another are told all at once, each once.
#[test]
fn several_slips_are_as_many_mistakes() {
    let text = with("[cohorts.shops.loss]", "[cohorts.shop.loss]")
        .replace("amount = 100\n", "amuont = 100\n")
        .replace("rules.basic =", "rules.q =")
        .replace("start = 2022", "begin = 2022")
        .replace("family = \"gamma\"", "familly = \"gamma\"")
        .replace("opens_after = \"14 d\"", "opens_after = \"-1 d\"");
    let found = mistakes(read(&text));
    let words = ["`begin`", "no cohort `shop`", "`familly`", "`amuont`", "no rule `q`", "must be at least 0"];
    told(&found, &words);
}

/// A table of which several things are wrong is not taken for one slip.
#[test]
fn what_is_missing_beside_a_misspelt_key_is_told() {
    let text = with("size = 20_000\n", "").replace("hit = 0.9", "hti = 0.9");
    let found = mistakes(read(&text));
    let words = ["lacks `size`", "unknown key `hti`"];
    told(&found, &words);
}

/// The curve that a run adds beside the others is not put where a profile states shares and a burden: that is the one mistake.
#[test]
fn shares_and_a_burden_in_one_profile_are_one_mistake() {
    let text = with("filing = { rate = 0.02 }", "filing = { rate = 0.02, burden = 3_000 }");
    let found = mistakes(read(&text));
    assert_eq!(found.len(), 1, "{found:#?}");
    told(&found, &["`rate` cannot stand together with `burden`"]);
}

/// A source that nobody gives is one mistake, whether it is missing in versions or beside them.
#[test]
fn a_source_that_is_missing_in_versions_is_one_mistake() {
    let versions = |value: &str| {
        format!(
            "{{ versions = [ {{ value = {value}, source = \"presss\" }}, {{ value = {value}, date = 2022-11-11 }} ] }}"
        )
    };
    let text = with("size = 20_000", &format!("size = {}", versions("20_000")))
        .replace("hit = 0.9", &format!("hit = {}", versions("0.9")))
        .replace("no_money_share = 0.678", "no_money_share = { value = 0.678, source = \"presss\" }");
    let found = mistakes(read(&text));
    told(&found, &["there is no source `presss`"]);
    assert!(found[0].help.contains("did you mean `press`?"), "{found:?}");
    assert!(found[0].help.contains("the same name is missing in lines"), "{found:?}");
}

/// A rule that names a procedure which is not there has one for all that; of those that have none is told how many they are.
#[test]
fn a_misspelt_procedure_of_a_rule_is_one_mistake() {
    let rules = |own: [&str; 3]| {
        let rule = |(id, own): (usize, &str)| {
            let named = if own.is_empty() { String::new() } else { format!(", procedure = \"{own}\"") };
            format!("{{ id = \"r{id}\", amount = 5{named} }}")
        };
        let rules: Vec<String> = own.into_iter().enumerate().map(rule).collect();
        let paid = format!("[guidelines.paid]\ntitle = \"Paid\"\nrules = [ {} ]\n", rules.join(", "));
        mistakes(read(&format!("{BASE}{MORE}{paid}")))
    };
    told(&rules(["desk", "desc", "desk"]), &["there is no procedure `desc`"]);
    let found = rules(["desk", "desc", ""]);
    told(&found, &["the rules of this guideline `r2` has no procedure", "there is no procedure `desc`"]);
    told(&rules(["desk", "", ""]), &["the rules of this guideline `r1` and `r2` have no procedure"]);
}

/// What is of another kind than a table is one mistake, and none are those that look for something in it.
#[test]
fn sources_and_a_ladder_that_are_no_tables_are_one_mistake_each() {
    let parts = "\n[filing.papers]\nnotice = \"post\"\nburden = { forms = 1, documents = 3 }\nwait = \"150 d\"\n";
    good(read(&format!("{BASE}{parts}")));
    let start = BASE.find("[sources.press]").expect("it has sources");
    let end = BASE.find("[outage]").expect("it has an outage");
    let none = format!("{}sources = [1]\n{}{parts}", &BASE[..start], &BASE[end..]);
    let versions = "size = { versions = [ { value = 20_000, source = \"press\" } ] }";
    told(&mistakes(read(&none.replace("size = 20_000", versions))), &["a table belongs here, not a list"]);
    let ladder = format!("{BASE}{parts}").replace("schema = 1\n", "schema = 1\nladder = 5\n");
    told(&mistakes(read(&ladder)), &["a table belongs here, not a number"]);
}

/// A number that cannot stand where it does is there for those that name it.
#[test]
fn hours_beside_a_curve_are_one_mistake() {
    let hours = "restored_after = { law = \"triangular\", min = \"2 h\", mode = \"5 h\", max = \"12 h\" }\n";
    let found = mistakes(read(&with(hours, &format!("curve = [ {{ share = 1, after = \"1 h\" }} ]\n{hours}"))));
    told(&found, &["`restored_after` and `curve` cannot stand together"]);
}

/// With the shipped schemes at hand: their names and facts.
#[test]
fn schemes_and_their_facts_are_suggested() {
    let read = |own: &str| {
        let text = format!("{BASE}\n[guidelines.rail]\n{own}\n");
        mistakes(parse(&text, "small.toml", &Folder(PathBuf::from("nowhere")), &[], None))
    };
    let terms = "rate = 1600\nfacts = { ticket = \"single\", price = \"40 GBP\", delay = \"outage\" }";
    let named = format!("scheme = \"uk-delay-repay\"\n{terms}");
    for (own, message, help) in [
        (named.replace("repay", "repey"), "there is no scheme `uk-delay-repey`", "did you mean `uk-delay-repay`?"),
        (named.replace("scheme =", "sheme ="), "unknown key `sheme`", "did you mean `scheme`?"),
        (named.replace("facts =", "fatcs ="), "unknown key `fatcs`", "did you mean `facts`?"),
        (named.replace("delay = ", "dely = "), "this scheme has no fact `dely`", "did you mean `delay`?"),
        (named.replace("\"outage\"", "5"), "`5` is a time without a unit", "\"5 h\" if hours"),
        (named.replace("rate =", "rat ="), "unknown key `rat`", "did you mean `rate`?"),
        (named.replace("scheme =", "library ="), "`uk-delay-repay` is a scheme", "write scheme = "),
    ] {
        let found = read(&own);
        assert_eq!(found.len(), 1, "{own}\n{found:#?}");
        assert!(found[0].message.contains(message) && found[0].help.contains(help), "{own}\n{found:#?}");
    }
}
