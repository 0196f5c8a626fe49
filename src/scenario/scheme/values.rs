//! Values of facts as people write them: in the words of the language, or as plain TOML.

use super::super::tree::{Node, Value as Toml};
use crate::language::{Mistake, constant};
use crate::model::expression::{Dimension, Kind, Type, Value};
use crate::model::scheme::Name;

/// Reads a value of a type from a text such as `39.95 EUR`, `2.5 h`, `yes`, `urban`, `2024-06-03 06:00`,
/// `2024-06-03 06:00 to 2024-06-07` or `[2 h, 3 h]`.
///
/// # Errors
/// What is wrong and what would be right.
pub fn read_value(text: &str, ty: &Type, currency: &str) -> Result<Value, Mistake> {
    let whole = (0, text.len());
    let mistake = |what: String, help: &str| Mistake { span: whole, what, help: help.into() };
    match ty {
        Type::Word(choices) => {
            let word = text.trim().trim_matches('"');
            if choices.is_empty() || choices.iter().any(|c| c == word) {
                return Ok(Value::Word(word.into()));
            }
            let listed: Vec<String> = choices.iter().map(|c| format!("\"{c}\"")).collect();
            Err(mistake(format!("\"{word}\" is none of {}", listed.join(", ")), ""))
        }
        Type::Truth => match text.trim() {
            "yes" | "true" => Ok(Value::Truth(true)),
            "no" | "false" => Ok(Value::Truth(false)),
            other => Err(mistake(format!("`{other}` is neither yes nor no"), "write yes or no")),
        },
        Type::Period => {
            let Some((from, to)) = text.split_once(" to ") else {
                return Err(mistake("a period has two ends".into(), "write 2024-06-03 06:00 to 2024-06-07 10:00"));
            };
            let moment = |t: &str| match read_value(t, &Type::Moment, currency) {
                Ok(Value::Moment(m)) => Ok(m),
                Ok(_) => Err(mistake("a date belongs here".into(), "")),
                Err(m) => Err(Mistake { span: whole, ..m }),
            };
            let (from, to) = (moment(from)?, moment(to)?);
            if to < from {
                return Err(mistake("this period ends before it begins".into(), ""));
            }
            Ok(Value::Period(from, to))
        }
        Type::Periods => {
            let inner = text.trim().strip_prefix('[').and_then(|t| t.strip_suffix(']'));
            let Some(inner) = inner.map(str::trim) else {
                return Err(mistake("periods are a list".into(), "write [2024-06-03 06:00 to 2024-06-04, …]"));
            };
            let each = inner.split(',').map(|t| t.trim().trim_matches('"')).filter(|t| !t.is_empty());
            let period = |t: &str| match read_value(t, &Type::Period, currency)? {
                Value::Period(from, to) => Ok((from, to)),
                _ => Err(mistake("a period belongs here".into(), "")),
            };
            Ok(Value::Periods(
                each.map(period).collect::<Result<_, Mistake>>().map_err(|m| Mistake { span: whole, ..m })?,
            ))
        }
        Type::List(_) | Type::Moments if text.trim().trim_matches(['[', ']']).trim().is_empty() => {
            Ok(if *ty == Type::Moments { Value::Moments(Vec::new()) } else { Value::List(Vec::new()) })
        }
        _ => match constant(text, currency, ty) {
            Ok(e) => match e.root.kind {
                Kind::Literal(v) => Ok(v),
                Kind::Negative(inner) => match inner.kind {
                    Kind::Literal(Value::Amount(x)) => Ok(Value::Amount(-x)),
                    _ => Err(mistake("a value as written belongs here, nothing worked out".into(), "")),
                },
                _ => Err(mistake("a value as written belongs here, nothing worked out".into(), "")),
            },
            Err(mistakes) => Err(mistakes.into_iter().next().unwrap_or(mistake("this is no value".into(), ""))),
        },
    }
}

/// Reads what somebody says of a case for a fact of a scheme: a value of its type, not below zero where nothing is.
///
/// # Errors
/// What is wrong and what would be right, without the name of the fact.
pub fn read_fact(text: &str, fact: &Name, currency: &str) -> Result<Value, Mistake> {
    let wrong = |what: &str, help: String| Err(Mistake { span: (0, text.len()), what: what.into(), help });
    let read = read_value(text, &fact.ty, currency);
    // In a list a value below zero cannot be read: what is left without its sign can.
    let signed = matches!(fact.ty, Type::List(unit) if unit != Dimension::NUMBER)
        && read.is_err()
        && read_value(&text.replace(['-', '−'], ""), &fact.ty, currency).is_ok();
    // A word where an amount is expected is no name that is missing.
    let name = text.trim().chars().all(|c| c.is_alphabetic() || matches!(c, '_' | '-' | ' '));
    if let (Type::Amount(unit), true, Err(_)) = (&fact.ty, name, &read) {
        let (what, example) = match *unit {
            Dimension::MONEY => ("an amount of money", format!("60 {currency}")),
            Dimension::TIME => ("a time", "2.5 h".into()),
            Dimension::DISTANCE => ("a distance", "12 km".into()),
            _ => ("a number in figures", "3".into()),
        };
        return wrong(
            &format!("{what} is expected, not `{}`", text.trim()),
            format!("write for example {}={example}", fact.name),
        );
    }
    let value = if signed { Value::List(vec![-1.0]) } else { read? };
    let lowest = match &value {
        Value::Amount(x) => *x,
        Value::List(list) => list.iter().copied().fold(f64::INFINITY, f64::min),
        _ => return Ok(value),
    };
    let unit = match &fact.ty {
        Type::Amount(dimension) | Type::List(dimension) => *dimension,
        _ => return Ok(value),
    };
    let example = match unit {
        Dimension::MONEY => format!("60 {currency}"),
        Dimension::TIME => "2.5 h".into(),
        Dimension::DISTANCE => "12 km".into(),
        _ => "1".into(),
    };
    if fact.above_zero && !signed && lowest <= 0.0 {
        return wrong("it must be above zero", format!("write for example {}={example}", fact.name));
    }
    // Plain numbers may count backwards; no money, time or way is less than nothing.
    if unit != Dimension::NUMBER && lowest < 0.0 {
        let what = match unit {
            Dimension::MONEY => "an amount of money must not be negative",
            Dimension::TIME => "a time must not be negative",
            _ => "it must not be negative",
        };
        return wrong(what, format!("write 0 or more, for example {}={example}", fact.name));
    }
    Ok(value)
}

/// Reads a value of a type from TOML: a text as above, or a plain number, truth, date or list.
pub fn value_of(node: &Node, ty: &Type, currency: &str) -> Result<Value, Mistake> {
    read_value(&text_of(node), ty, currency)
}

/// A TOML value in the words of the language.
pub fn text_of(node: &Node) -> String {
    match &node.value {
        Toml::Text(t) => t.clone(),
        Toml::Number(_, written) => written.clone(),
        Toml::Bool(b) => if *b { "yes" } else { "no" }.into(),
        Toml::Date(d) => d.to_string().replace('T', " ").chars().take(16).collect(),
        Toml::List(items) => format!("[{}]", items.iter().map(text_of).collect::<Vec<_>>().join(", ")),
        Toml::Table(_) => String::new(),
    }
}

/// Types of facts by the words they are written with.
pub const TYPES: [(&str, Type); 14] = [
    ("money", Type::Amount(Dimension::MONEY)),
    ("duration", Type::Amount(Dimension::TIME)),
    ("number", Type::Amount(Dimension::NUMBER)),
    ("share", Type::Amount(Dimension::NUMBER)),
    ("distance", Type::Amount(Dimension::DISTANCE)),
    ("yes or no", Type::Truth),
    ("word", Type::Word(Vec::new())),
    ("date", Type::Moment),
    ("period", Type::Period),
    ("durations", Type::List(Dimension::TIME)),
    ("sums", Type::List(Dimension::MONEY)),
    ("numbers", Type::List(Dimension::NUMBER)),
    ("dates", Type::Moments),
    ("periods", Type::Periods),
];
