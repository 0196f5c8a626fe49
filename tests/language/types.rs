//! Types of every sign and every function.

use redress::language::check;
use redress::model::expression::{Function, Type};

use super::{checked, names, refused};

#[test]
fn every_function_has_its_type() {
    let table = [
        ("max(1 EUR, paid)", "money"),
        ("max(reported, fixed)", "a date"),
        ("min(1, 2, 3)", "a plain number"),
        ("floor(2.5)", "a plain number"),
        ("floor(paid, 1 EUR)", "money"),
        ("ceil(outage, 1 h)", "time"),
        ("round(way, 1 km)", "distance"),
        ("round_even(paid, 0.01 EUR)", "money"),
        ("merged(cuts, 15 min)", "a list of periods"),
        ("completed(outage, 1 h)", "a plain number"),
        ("begun(way, 5 km)", "a plain number"),
        ("sum(outages)", "time"),
        ("sum(bills, > 1 EUR)", "money"),
        ("count(outages, >= 3 h)", "a plain number"),
        ("longest(outages)", "time"),
        ("mean(scores)", "a plain number"),
        ("length(down)", "time"),
        ("start(down)", "a date"),
        ("end(down)", "a date"),
        ("inside(down, 08:00, 22:00)", "time"),
        ("days_covered(down)", "a plain number"),
        ("days_covered(down, > 12 h)", "a plain number"),
        ("date(reported)", "a date"),
        ("days(reported, fixed)", "a plain number"),
        ("working_days(reported, fixed)", "a plain number"),
        ("working_day(reported, 2)", "a date"),
        ("month_length(reported)", "time"),
        ("month_start(reported)", "a date"),
        ("add_months(reported, 6)", "a date"),
        ("full_months(reported, fixed)", "a plain number"),
        ("year_of(reported)", "a plain number"),
        ("month_of(reported)", "a plain number"),
        ("weekday(reported)", "a plain number"),
        ("working_time(down, 09:00, 17:00)", "time"),
        ("remainder(paid, 5 EUR)", "money"),
        ("power(1 + 3%, visits)", "a plain number"),
        ("percentile(bills, 95%, > 1 EUR)", "money"),
    ];
    for (text, expected) in table {
        assert_eq!(checked(text, &names()).root.ty.to_string(), expected, "{text}");
    }
    for (name, _) in Function::NAMES {
        assert!(table.iter().any(|(text, _)| text.starts_with(&format!("{name}("))), "no row for {name}");
    }
}

#[test]
fn signs_carry_types() {
    for (text, expected) in [
        ("paid + 1 EUR", "money"),
        ("paid / outage", "fails"),
        ("paid / month", "money per time"),
        ("1 / month", "1 per time"),
        ("paid / month / 1 km", "money per time and distance"),
        ("paid * outage", "money × time"),
        ("paid * paid", "money^2"),
        ("paid / month * outage", "money"),
        ("outage / month", "a plain number"),
        ("visits * outage", "time"),
        ("-outage", "time"),
        ("reported + outage", "a date"),
        ("reported - outage", "a date"),
        ("fixed - reported", "time"),
        ("outage > 3 h", "yes or no"),
        ("urban = true", "yes or no"),
        ("class", "a word"),
        ("\"any\"", "a word"),
        ("[1 h, 2 h]", "a list of time"),
        ("[outage, 2 h]", "a list of time"),
        ("[x / 1 h for x in outages]", "a list of a plain number"),
        ("[x > 1 h for x in outages]", "a list of time"),
        ("count(x > 1 h for x in outages)", "a plain number"),
        ("sum(max(5 EUR, x / 1 h * 1 EUR) for x in outages)", "money"),
        ("outages", "a list of time"),
        ("[2024-01-01, 2024-02-01]", "a list of dates"),
        ("[reported, 2024-02-01]", "a list of dates"),
        ("[down, down]", "a list of periods"),
        ("[length(p) for p in cuts]", "a list of time"),
        ("[start(p) for p in cuts]", "a list of dates"),
        ("[length(p) > 1 h for p in cuts]", "a list of periods"),
        ("[d + 1 h for d in visited]", "a list of dates"),
        ("count(d > reported for d in visited)", "a plain number"),
        ("sum(n * x for x at n in outages)", "time"),
        ("[1 EUR / n for x at n in outages]", "a list of money"),
        ("down", "a period"),
        ("if urban then down else down", "a period"),
    ] {
        match check(text, &names(), None) {
            Ok(e) => assert_eq!(e.root.ty.to_string(), expected, "{text}"),
            Err(m) => assert_eq!(expected, "fails", "{text}: {m:?}"),
        }
    }
}

#[test]
fn functions_take_nothing_else() {
    for (name, _) in Function::NAMES {
        for args in ["", "urban", "class", "down, down, down, down", "[1 km]", "> 1 km"] {
            let text = format!("{name}({args})");
            let fine = ["count([1 km])", "sum([1 km])", "longest([1 km])", "mean([1 km])"].contains(&text.as_str());
            if !fine {
                let m = refused(&text).remove(0);
                assert!(m.what.contains("does not take"), "{text}: {}", m.what);
                assert!(m.help.starts_with("write "), "{text}: {}", m.help);
            }
        }
    }
}

#[test]
fn what_may_divide_is_known_to_be_above_zero() {
    for text in [
        "1 / 2",
        "1 EUR / fee_month",
        "1 / (lines + 1)",
        "1 / (lines * 2)",
        "1 / (lines / 2)",
        "1 / max(visits, 1)",
        "1 / min(lines, 1)",
        "1 / (if urban then lines else 2)",
        "1 h / month_length(reported)",
    ] {
        checked(text, &names());
    }
    for text in ["1 / 0", "1 / visits", "1 / -1", "1 / (lines - 1)", "1 / min(lines, visits)", "1 / (visits + lines)"] {
        assert_eq!(refused(text)[0].what, "this may be zero", "{text}");
    }
}

#[test]
fn a_wanted_type_is_kept() {
    use redress::model::expression::Dimension;
    let words = |list: &[&str]| Type::Word(list.iter().map(|w| (*w).to_string()).collect());
    let money = Type::Amount(Dimension::MONEY);
    assert!(check("paid", &names(), Some(&money)).is_ok());
    assert!(check("5", &names(), Some(&money)).is_err());
    assert!(check("\"gold\"", &names(), Some(&words(&["gold"]))).is_ok());
    assert!(check("\"tin\"", &names(), Some(&words(&["gold"]))).is_err());
    assert!(check("if urban then \"tin\" else \"gold\"", &names(), Some(&words(&["gold"]))).is_err());
    assert!(check("\"tin\"", &names(), Some(&words(&[]))).is_ok());
}
