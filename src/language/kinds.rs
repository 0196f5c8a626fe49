//! Advice on kinds of values: how one becomes another, how each is written, what can be asked of it.

use crate::model::expression::{Dimension, Type};

/// How a value of one type becomes one of another; empty where nothing does it.
pub fn conversion(found: &Type, wanted: &Type) -> &'static str {
    match (found, wanted) {
        (Type::Amount(Dimension::NUMBER), Type::Amount(Dimension::MONEY)) => "add the currency: 5 EUR",
        (Type::Amount(Dimension::NUMBER), Type::Amount(Dimension::TIME)) => "add the unit of time: 3 h",
        (Type::Amount(_), Type::Truth) => "compare it with something: … >= 3 h",
        (Type::Amount(Dimension::NUMBER), Type::Moment) => "a date is written 2022-10-15",
        (Type::Amount(Dimension::NUMBER), Type::Amount(Dimension::DISTANCE)) => "add the unit of distance: 3 km",
        (Type::Amount(Dimension::TIME), Type::Amount(Dimension::NUMBER)) => "a number of hours is outage / 1 h",
        (Type::Amount(Dimension::MONEY), Type::Amount(Dimension::NUMBER)) => "a number of it is paid / 1 EUR",
        (Type::Word(_), Type::Truth) | (Type::Truth, Type::Word(_)) => {
            "yes or no is the name alone: prepaid, or not prepaid"
        }
        (Type::Truth, Type::Amount(_)) => "write if … then 5 EUR else 0 EUR",
        (Type::Word(_), Type::Amount(_)) => "an amount stands in no quotes of its own: 5 EUR",
        (Type::Amount(x), Type::Amount(Dimension::MONEY)) if *x == Dimension::MONEY.times(Dimension::TIME) => {
            "a sum for each hour is outage / 1 h * 5 EUR, for each begun one begun(outage, 1 h) * 5 EUR"
        }
        _ => "",
    }
}

/// The first of two advices that says something.
pub fn or(help: &'static str, other: &'static str) -> &'static str {
    if help.is_empty() { other } else { help }
}

/// How a value of a type is written.
pub fn written(ty: &Type) -> &'static str {
    match ty {
        Type::Amount(Dimension::MONEY) => "money is written 5 EUR, or is a part of some: 10% * fee_month",
        Type::Amount(Dimension::TIME) => "time is written 3 h, or 2 days",
        Type::Amount(Dimension::DISTANCE) => "distance is written 3 km",
        Type::Amount(_) => "a plain number is written 2, 0.25 or 10%",
        Type::Moment => "a date is written 2022-10-15, and with the time of day 2022-10-15 08:00",
        Type::Truth => "yes or no comes of a comparison: outage >= 3 h",
        Type::Word(_) => "a word is written in quotes: \"gold\"",
        Type::Period | Type::Periods => "a period is a fact of that type; its ends are start(…) and end(…)",
        Type::List(_) | Type::Moments => "a list is written [2 h, 3 h]",
    }
}

/// What can be asked of two values that cannot be compared so.
pub fn comparable(a: &Type, b: &Type) -> &'static str {
    match (a, b) {
        (Type::Word(_), _) | (_, Type::Word(_)) => "of words it can be asked whether they are the same: = or !=",
        (Type::Truth, _) | (_, Type::Truth) => "yes or no stands for itself: prepaid, or not prepaid",
        (Type::Period | Type::Periods, _) | (_, Type::Period | Type::Periods) => {
            "compare its start(…), its end(…) or its length(…)"
        }
        (Type::List(_) | Type::Moments, _) | (_, Type::List(_) | Type::Moments) => {
            "compare sum(…), longest(…) or count(…) of the list"
        }
        _ => "two amounts of one kind can be compared, and two dates",
    }
}

/// How one of two things becomes what the other is: first what lacks its unit.
pub fn alike(a: &Type, b: &Type) -> &'static str {
    let help = match (a, b) {
        (Type::Amount(Dimension::NUMBER), _) => conversion(a, b),
        _ => conversion(b, a),
    };
    match (a, b, help) {
        (Type::Amount(x), Type::Amount(y), "") if x != y => "both must be of one kind: 5 EUR and 3 EUR, or 5 h and 3 h",
        _ => help,
    }
}
