//! Company files that are wrong: every mistake at once, each at its place with what would be right.

use redress::chance::law::Law;
use redress::scenario::{NoLibrary, parse_company};

const SMALL: &str = include_str!("company.toml");

fn refused(text: &str) -> String {
    let none = |name: &str| Err(format!("{name} is not there"));
    match parse_company(text, "company.toml", &NoLibrary, &none, (&[], &[])) {
        Ok(_) => panic!("this is wrong: {text}"),
        Err(e) => e.to_string(),
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let wrong = SMALL
        .replace("takes_down = { shop = 1 }", "takes_down = { shpo = 1 }")
        .replace("fee_month = 10", "fee_mnth = 10")
        .replace("frequency = { per_year = 6 }", "frequency = { per_year = 6, seen = 2, years = 1 }")
        .replace("asked = \"year\"", "asked = \"yearly\"");
    let told = refused(&wrong);
    for part in [
        "there is no service `shpo`",
        "did you mean `shop`?",
        "unknown key `fee_mnth`",
        "did you mean `fee_month`?",
        "`per_year` cannot stand beside `seen` and `years`",
        "`yearly` is no time that a guideline is asked for",
        "company.toml:19:16",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[test]
fn what_a_rule_needs_to_know_is_named() {
    let wrong = SMALL
        .replace(
            "facts = { outages = \"durations\" }\n\n[[guidelines.year",
            "facts = { delay = \"duration\" }\n\n[[guidelines.year",
        )
        .replace("count(outages) >= 3", "delay > 1 h");
    let told = refused(&wrong);
    assert!(told.contains("the rule `year` of this scheme needs to know delay"), "{told}");
}

#[test]
fn a_season_has_a_rate_for_each_part() {
    let with = |terms: &str| refused(&SMALL.replace("per_year = 6", &format!("per_year = 6, {terms}")));
    assert!(with("months = [1, 2, 3]").contains("12 relative rates are needed here"));
    assert!(with("weekdays = [1, 1, 1, 1, 1, 1, -1]").contains("7 relative rates are needed here"));
    assert!(with("months = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]").contains("from January to December"));
    assert!(with("weekday = [1, 1, 1, 1, 1, 1, 1]").contains("did you mean `weekdays`?"));
}

#[test]
fn durations_that_cannot_be_fitted_are_refused() {
    let fit = |terms: &str| {
        let with = format!("{SMALL}\n[durations.cloud]\nfit = {terms}\n");
        refused(&with)
    };
    assert!(fit("{ file = \"no.csv\" }").contains("`no.csv` cannot be read"));
    assert!(fit("{ file = \"../no.csv\" }").contains("is not the name of a file"));
    assert!(fit("{ values = [1, 2, 3] }").contains("3 durations are too few"));
    assert!(fit("{ }").contains("there are no durations to fit"));
}

/// Slips of the pen, each of them one mistake with what was meant.
#[test]
fn each_slip_is_one_mistake() {
    let split = "[causes.glitch.frequency]\nper_year = 6\n[causes.glich]";
    for (from, to, message, help) in [
        ("[customers.buyers]", "[customer.buyers]", "unknown key `customer`", "did you mean `customers`?"),
        ("[services.shop]", "[sevices.shop]", "unknown key `sevices`", "did you mean `services`?"),
        ("{ per_year = 6 }", "{ per_yaer = 6 }", "unknown key `per_yaer`", "did you mean `per_year`?"),
        ("{ per_year = 6 }", "{ sen = 3, years = 10 }", "unknown key `sen`", "did you mean `seen`?"),
        ("{ per_year = 6 }", "{ seen = 3 }", "lacks `years`", "years = 10"),
        ("{ per_year = 6 }", "{ }", "lacks `per_year`", "`seen = 3`"),
        ("[causes.glitch]\nfrequency = { per_year = 6 }", split, "there is no cause `glitch`", "did you mean `glich`?"),
        (
            "[guidelines.month.scheme]",
            "[guidelines.mont.scheme]",
            "there is no guideline `mont`",
            "did you mean `month`?",
        ),
        ("{ shop = 1 }", "{ shpo = 1 }", "there is no service `shpo`", "did you mean `shop`?"),
        ("{ shop = 1 }", "{ x = 1 }", "there is no service `x`", "there are `shop` and `post`"),
    ] {
        assert_eq!(SMALL.matches(from).count(), 1, "{from}");
        let told = refused(&SMALL.replace(from, to));
        assert_eq!(told.matches("error: ").count(), 1, "{to}\n{told}");
        assert!(told.contains(message) && told.contains(help), "{to}\n{told}");
    }
    let durations = |text: &str| refused(&format!("{SMALL}\n[durations.long]\n{text}\n"));
    let told = durations("fti = { file = \"x.csv\" }");
    assert!(told.contains("did you mean `fit`?") && told.matches("error: ").count() == 1, "{told}");
    assert!(durations("").contains("lacks `hours`"));
    let scheme = refused(&format!("{SMALL}\n[guidelines.rail]\nasked = \"event\"\nscheme = \"no-such\"\nrate = 2\n"));
    assert!(scheme.contains("there is no scheme `no-such`") && scheme.matches("error: ").count() == 1, "{scheme}");
}

#[test]
fn rules_outside_the_scheme_are_refused() {
    let told = refused(&SMALL.replace("asked = \"year\"", "asked = \"year\"\nrules = [ { amount = 5 } ]"));
    for part in ["the rules of a company's guideline stand in its scheme", "[[guidelines.year.scheme.rules]]"] {
        assert!(told.contains(part), "{told}");
    }
    assert_eq!(told.matches("error:").count(), 1, "{told}");
}

/// As in a scenario: what was not known on that day is hidden where there is something older, and refused where not.
#[test]
fn as_of_holds_for_companies() {
    let at = |day: &str, fee: &str| {
        let text = SMALL.replacen("schema = 1", &format!("schema = 1\nas_of = {day}"), 1);
        let none = |name: &str| Err(format!("{name} is not there"));
        let text = text.replace("fee_month = 10", &format!("fee_month = {fee}"));
        parse_company(&text, "company.toml", &NoLibrary, &none, (&[], &[]))
    };
    let fee = |day: &str| {
        let versions = "{ versions = [ { value = 10, date = 2020-01-01 }, { value = 12, date = 2021-01-01 } ] }";
        let company = at(day, versions).unwrap_or_else(|e| panic!("{e}")).company;
        let fee = company.customers[0].fee.expect("a fee");
        company.quantities.get(fee).law.clone()
    };
    assert_eq!(fee("2020-06-30"), Law::Constant(10.0));
    assert_eq!(fee("2021-06-30"), Law::Constant(12.0));
    let told = at("2020-06-30", "{ value = 12, date = 2021-01-01 }").map(|_| ()).expect_err("later").to_string();
    assert!(told.contains("2021-01-01") && told.contains("as_of"), "{told}");
}

/// A reserve of the command line is told of at its own place.
#[test]
fn a_wrong_reserve_says_where_it_stands() {
    let none = |name: &str| Err(format!("{name} is not there"));
    let read = |reserves: &[&str]| {
        let reserves: Vec<String> = reserves.iter().map(|r| r.to_string()).collect();
        parse_company(SMALL, "company.toml", &NoLibrary, &none, (&[], &reserves))
    };
    let told = read(&["5 m EUR", "30 apples", "-3"]).expect_err("wrong").to_string();
    for part in ["--> --reserve:1:1", "30 apples", "`apples` is no code of a currency", "1 | -3"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert!(!told.contains("company.toml"), "{told}");
    let loaded = read(&["5 m EUR"]).unwrap_or_else(|e| panic!("{e}"));
    assert!(loaded.inputs_read.iter().all(|(name, _)| name != "--reserve"), "it is no file that was read");
}

/// Warnings of [`SMALL`] with a programme of these layers.
fn warned(layers: &str) -> String {
    let text = format!("{SMALL}\n[insurance.cover]\nlayers = [\n{layers}\n]\n");
    let none = |name: &str| Err(format!("{name} is not there"));
    match parse_company(&text, "company.toml", &NoLibrary, &none, (&[], &[])) {
        Ok(loaded) => {
            if loaded.warnings.is_empty() {
                String::new()
            } else {
                loaded.warnings.render(false)
            }
        }
        Err(e) => panic!("{e}"),
    }
}

#[test]
fn layers_that_pay_the_same_loss_twice_are_warned_of() {
    let line = SMALL.lines().count() + 5;
    let twice = warned("{ retention = 0, limit = 1_000_000 },\n{ retention = 400_000, limit = 2_000_000 }");
    for part in [
        "this layer and those before it together pay 200.0 % of what an event costs between 400,000 EUR and 1 m EUR",
        &format!("company.toml:{line}:1"),
        "let this one begin where the one before ends",
    ] {
        assert!(twice.contains(part), "{part} in {twice}");
    }
    let three = warned("{ limit = 100, share = 0.5 },\n{ share = 0.5 },\n{ retention = 50, share = 0.1 }");
    assert!(three.contains("pay 110.0 % of what an event costs between 50 EUR and 100 EUR"), "{three}");
    // One after the other; side by side with shares of one in all; a layer on the year, which meets what is left.
    for fine in [
        "{ retention = 0, limit = 100 }, { retention = 100, limit = 900 }",
        "{ limit = 100, share = 0.6 }, { share = 0.4 }",
        "{ limit = 100 }, { on = \"year\", retention = 0 }, { on = \"year\", retention = 0 }",
    ] {
        assert_eq!(warned(fine), "", "{fine}");
    }
}
