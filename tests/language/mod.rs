//! The rule language: known answers, types, mistakes with their places, and what random texts and random expressions
//! may never do.

use redress::guideline::reckon::{Setting, value};
use redress::language::{Mistake, Names, check};
use redress::model::expression::{Dimension, Expression, Type, Value};

mod answers;
mod chapter;
mod dates;
mod make;
mod mistakes;
mod soup;
mod typed;
mod types;

/// Facts of the case that all tests share: name, type, above zero, value.
fn facts() -> Vec<(&'static str, Type, bool, Value)> {
    let classes = ["gold", "silver", "bronze"].map(String::from).to_vec();
    let time = Type::Amount(Dimension::TIME);
    vec![
        ("fee_month", Type::Amount(Dimension::MONEY), true, Value::Amount(40.0)),
        ("paid", Type::Amount(Dimension::MONEY), false, Value::Amount(12.5)),
        ("outage", time.clone(), false, Value::Amount(5.0)),
        ("month", time, true, Value::Amount(720.0)),
        ("visits", Type::Amount(Dimension::NUMBER), false, Value::Amount(3.0)),
        ("lines", Type::Amount(Dimension::NUMBER), true, Value::Amount(2.0)),
        ("way", Type::Amount(Dimension::DISTANCE), false, Value::Amount(12.0)),
        ("urban", Type::Truth, false, Value::Truth(true)),
        ("class", Type::Word(classes), false, Value::Word("silver".into())),
        ("reported", Type::Moment, false, moment("2024-06-03 10:00")),
        ("fixed", Type::Moment, false, moment("2024-06-07 16:00")),
        ("down", Type::Period, false, period("2025-05-05 06:00", "2025-05-07 10:00")),
        ("outages", Type::List(Dimension::TIME), false, Value::List(vec![1.0, 3.0, 5.5])),
        ("bills", Type::List(Dimension::MONEY), false, Value::List(vec![10.0, 2.5])),
        ("scores", Type::List(Dimension::NUMBER), false, Value::List(vec![1.0, 2.0, 6.0])),
        ("visited", Type::Moments, false, moments(&["2024-06-05", "2024-05-01 08:00", "2023-12-31"])),
        ("cuts", Type::Periods, false, periods()),
    ]
}

fn names() -> Names {
    let list = facts().into_iter().map(|(name, ty, above_zero, _)| (name.to_string(), ty, above_zero)).collect();
    Names { list, currency: "EUR".into(), broken: Vec::new() }
}

fn values() -> Vec<Value> {
    facts().into_iter().map(|(.., v)| v).collect()
}

fn moment(text: &str) -> Value {
    evaluated(&checked(text, &Names::default()), &[])
}

fn period(from: &str, to: &str) -> Value {
    match (moment(from), moment(to)) {
        (Value::Moment(a), Value::Moment(b)) => Value::Period(a, b),
        other => panic!("{other:?} are no dates"),
    }
}

fn moments(texts: &[&str]) -> Value {
    let one = |t: &&str| match moment(t) {
        Value::Moment(m) => m,
        other => panic!("{other:?} is no date"),
    };
    Value::Moments(texts.iter().map(one).collect())
}

/// Three cuts, not in order: 40 and 35 minutes that are 15 minutes apart, and three hours of another day.
fn periods() -> Value {
    let all = [
        ("2024-06-03 18:35", "2024-06-03 19:10"),
        ("2024-06-03 17:40", "2024-06-03 18:20"),
        ("2024-06-10 22:00", "2024-06-11 01:00"),
    ];
    let one = |(a, b): (&str, &str)| match period(a, b) {
        Value::Period(from, to) => (from, to),
        other => panic!("{other:?} is no period"),
    };
    Value::Periods(all.map(one).to_vec())
}

fn checked(text: &str, names: &Names) -> Expression {
    check(text, names, None).unwrap_or_else(|m| panic!("{text}: {m:?}"))
}

fn refused(text: &str) -> Vec<Mistake> {
    match check(text, &names(), None) {
        Ok(e) => panic!("{text} is {}", e.root.ty),
        Err(mistakes) => mistakes,
    }
}

/// With Memorial Day, 6 June 2024, as the one holiday.
fn evaluated(e: &Expression, values: &[Value]) -> Value {
    let holiday = redress::language::check::days_since_1970(2024, 6, 6);
    value(&e.root, Setting { values, holidays: &[holiday] }, &mut |_, _| {})
}

/// The value of a text in the shared case.
fn worth(text: &str) -> Value {
    evaluated(&checked(text, &names()), &values())
}

/// Asserts amounts, to the last few digits of a double.
fn amounts(table: &[(&str, f64)]) {
    for (text, expected) in table {
        let Value::Amount(found) = worth(text) else { panic!("{text} is no amount") };
        let near = (found - expected).abs() <= 1e-12 * expected.abs().max(1.0);
        assert!(near, "{text} = {found}, expected {expected}");
    }
}

fn truths(table: &[(&str, bool)]) {
    for (text, expected) in table {
        assert_eq!(worth(text), Value::Truth(*expected), "{text}");
    }
}
