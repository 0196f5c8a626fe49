//! Cases that cannot be: sums and times below zero, days before a scheme, versions that it does not have.

use redress::model::expression::Value;
use redress::model::scheme::Scheme;
use redress::scenario::{NoLibrary, answer, chosen_version, load_scheme, parse_scheme, read_fact};

fn shipped(name: &str) -> Scheme {
    let file = format!("{}/scenarios/guidelines/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    load_scheme(file.as_ref()).unwrap_or_else(|e| panic!("{e}"))
}

const SMALL: &str = r#"
title = "Small"
currency = "EUR"
effective = "EFFECTIVE"

[facts]
fee = "money"
down = "duration"
way = "distance"
times = "durations"
shift = "number"
people = { type = "number", above_zero = true }

[[rules]]
id = "flat"
pays = "fee * down / 1 h / people + shift * 1 EUR + (if way > 1 km then 1 EUR else 0 EUR)"
"#;

fn small(effective: &str) -> Scheme {
    let text =
        SMALL.replace("EFFECTIVE", effective).replace("(if way > 1 km then 1 EUR else 0 EUR)", "count(times) * 1 EUR");
    parse_scheme(&text, "small", "small.toml", &NoLibrary).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn sums_and_times_below_zero_are_refused() {
    let scheme = small("since 2021");
    let read = |name: &str, text: &str| {
        let fact = scheme.versions[0].facts().find(|f| f.name == name).expect("a fact");
        read_fact(text, fact, "EUR").map_err(|m| format!("{}; {}", m.what, m.help))
    };
    for (name, text, what, help) in [
        ("fee", "-60 EUR", "an amount of money must not be negative", "fee=60 EUR"),
        ("down", "-3 h", "a time must not be negative", "down=2.5 h"),
        ("way", "-3 km", "it must not be negative", "way=12 km"),
        ("times", "[2 h, -1 h]", "a time must not be negative", "0 or more"),
        ("people", "0", "it must be above zero", "people=1"),
    ] {
        let told = read(name, text).expect_err("refused");
        assert!(told.contains(what) && told.contains(help), "{name}: {told}");
    }
    assert_eq!(read("fee", "0 EUR"), Ok(Value::Amount(0.0)));
    assert_eq!(read("shift", "-2"), Ok(Value::Amount(-2.0)), "plain numbers may count backwards");
    // A table of cases is told of line by line.
    let table = "fee,down,people\n-60 EUR,7 h,1\n60 EUR,7 h,0\n60 EUR,7 h,1\n";
    let told = answer(&scheme, table).expect_err("refused");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("line 2: fee: an amount of money must not be negative"), "{told:?}");
    assert!(told[1].starts_with("line 3: people: it must be above zero"), "{told:?}");
}

#[test]
fn days_before_a_scheme_are_told_with_its_versions() {
    let on = |scheme: &Scheme, day: &str| chosen_version(scheme, None, Some(day));
    let telecom = shipped("kr-telecom-terms");
    let told = on(&telecom, "1990-01-01").expect_err("too early");
    assert!(told.contains("in force on 1990-01-01; there are 2008 (from "), "{told}");
    assert!(told.contains("2023 (from 2023-03-01)") && told.contains("(by its name only)"), "{told}");
    assert!(on(&telecom, "2024-01-01").is_ok());
    // One that states no date for a version says in words since when it is in force.
    let germany = shipped("de-tkg58");
    let told = on(&germany, "1990-01-01").expect_err("too early");
    assert!(told.contains("no version of de-tkg58 was in force on 1990-01-01; "), "{told}");
    assert!(told.contains("(in force: since 2021-12-01)"), "{told}");
    assert!(on(&germany, "2021-11-30").is_err() && on(&germany, "2021-12-01").is_ok());
    for (effective, before, first) in [
        ("since 2013", "2012-12-31", "2013-01-01"),
        ("since 2016-12", "2016-11-30", "2016-12-01"),
        ("since 2023-06-07; Regulation 1371/2007 from 2009-12-03", "2006-12-31", "2009-12-03"),
    ] {
        let scheme = small(effective);
        assert!(on(&scheme, before).is_err() && on(&scheme, first).is_ok(), "{effective}");
    }
    for unknown in ["when read", "limits of 2003 and 2009", ""] {
        assert!(on(&small(unknown), "1990-01-01").is_ok(), "{unknown}");
    }
    let told = on(&telecom, "").expect_err("no date");
    assert!(told.contains("a date is missing; write for example 2024-06-03"), "{told}");
}

#[test]
fn an_empty_version_is_told_with_those_that_there_are() {
    let named = |scheme: &Scheme, id: &str| chosen_version(scheme, Some(id), None);
    let told = named(&shipped("kr-telecom-terms"), "").expect_err("none");
    assert!(told.contains("no version of kr-telecom-terms is named; there are 2008"), "{told}");
    let told = named(&small("when read"), "").expect_err("none");
    assert!(told.contains("it has one version, without a name (in force: when read); leave the version out"), "{told}");
    let told = named(&small("when read"), "2020").expect_err("none");
    assert!(told.contains("there is no version `2020` of small; it has one version, without a name"), "{told}");
}
