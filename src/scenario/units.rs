//! Numbers written with their unit: `"36 %"`, `"12.4 bn KRW"`, `"5 d 7 h 30 min"`.

use super::currencies::{self, is_currency, looks_like_code};
use super::other_words;
use super::sums;
use crate::model::Unit;

/// What is wrong with such a text.
#[derive(Debug, PartialEq, Eq)]
pub struct UnitMistake {
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: String,
}

/// The currency of examples where the file's is not known.
const EXAMPLE: &str = "KRW";

fn mistake<T>(message: impl Into<String>, help: impl Into<String>) -> Result<T, UnitMistake> {
    Err(UnitMistake { message: message.into(), help: help.into() })
}

/// How a number of this unit may be written, with an example.
pub fn how_to_write(unit: Unit, currency: &str) -> String {
    let currency = if currency.is_empty() { EXAMPLE } else { currency };
    match unit {
        Unit::Persons => "write a number of people: 47500000 or \"47.5 m\"".into(),
        Unit::Share => "write a share: 0.36 or \"36 %\"".into(),
        Unit::MoneyPerMonth => format!("write an amount of money a month: 30000 or \"30000 {currency}/month\""),
        Unit::MoneyPerHour | Unit::MoneyAtOneHour => {
            format!("write an amount of money an hour: 30000 or \"30000 {currency}/h\"")
        }
        Unit::Money => {
            format!("write an amount of money: 30000 or \"30000 {currency}\" or \"12.4 bn {currency}\"")
        }
        Unit::Hours => "write a time with its unit: \"10 h\", \"30 min\" or \"5 d 7 h 30 min\"".into(),
        Unit::Number => "write a number: 1.5".into(),
    }
}

/// Value of a text in the given unit (hours, the currency, shares of 1, persons, numbers).
pub fn parse(text: &str, unit: Unit, currency: &str) -> Result<f64, UnitMistake> {
    let parts = split(text);
    match unit {
        Unit::Hours => hours(&parts, text, currency),
        Unit::Share => share(&parts, text, currency),
        Unit::Money => money(&parts, text, unit, currency),
        Unit::MoneyPerMonth => money(&without_suffix(parts, &["/month", "per month"]), text, unit, currency),
        Unit::MoneyPerHour | Unit::MoneyAtOneHour => {
            money(&without_suffix(parts, &["/h", "/hour", "per hour"]), text, unit, currency)
        }
        Unit::Persons | Unit::Number => count(&parts, text, unit, currency),
    }
}

/// Numbers and words in turn: `5 d 7h` is `5`, `d`, `7`, `h`. A word may hold anything but digits and spaces.
fn split(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut kind = ' ';
    let mut previous = ' ';
    for c in text.chars() {
        let exponent = kind == '0' && matches!(c, 'e' | 'E') && previous.is_ascii_digit() && has_exponent(text, &parts);
        let sign = matches!(c, '+' | '-') && (kind != '0' || matches!(previous, 'e' | 'E'));
        let now = match c {
            _ if c.is_whitespace() => ' ',
            _ if c.is_ascii_digit() || matches!(c, '.' | '_' | ',') || exponent || sign => '0',
            _ => 'a',
        };
        match parts.last_mut() {
            Some(part) if now == kind && now != ' ' => part.push(c),
            _ if now != ' ' => parts.push(c.to_string()),
            _ => {}
        }
        (kind, previous) = (now, c);
    }
    parts
}

/// True when the number being read goes on as `…e5` or `…e-5`.
fn has_exponent(text: &str, parts: &[String]) -> bool {
    let Some(number) = parts.last() else { return false };
    let Some(at) = text.rfind(number.as_str()) else { return false };
    let rest: Vec<char> = text[at + number.len()..].chars().skip(1).take(2).collect();
    match rest.as_slice() {
        [d, ..] if d.is_ascii_digit() => true,
        ['+' | '-', d] => d.is_ascii_digit(),
        _ => false,
    }
}

/// The code of the currency in which a text is a sum of money.
pub fn code_of_sum(text: &str) -> Option<String> {
    let parts = without_suffix(split(text), &["/month", "per month", "/h", "/hour", "per hour"]);
    let code = parts.last().filter(|code| is_currency(code) && matches!(parts.len(), 2 | 3))?;
    number(&parts[0]).map(|_| code.clone())
}

/// The parts without a closing `/month` or the like.
fn without_suffix(parts: Vec<String>, suffixes: &[&str]) -> Vec<String> {
    let joined = parts.join(" ");
    for suffix in suffixes {
        if let Some(rest) = joined.strip_suffix(suffix) {
            return split(rest);
        }
    }
    parts
}

fn number(word: &str) -> Option<f64> {
    let starts = word.chars().find(|c| !matches!(c, '+' | '-'))?;
    if !starts.is_ascii_digit() && starts != '.' {
        return None;
    }
    word.replace('_', "").parse().ok()
}

/// A number whose thousands were set apart by commas.
fn comma(word: &str) -> bool {
    word.contains(',') && number(&word.replace(',', "")).is_some()
}

fn not_a_number<T>(text: &str, unit: Unit, currency: &str) -> Result<T, UnitMistake> {
    let of_money = !matches!(unit, Unit::Persons | Unit::Share | Unit::Hours | Unit::Number);
    let sum = of_money.then(|| without_time(text, unit));
    if let Some(code) = sum.and_then(|sum| sums::in_another(sum, currency)) {
        return other_money(text, code, currency);
    }
    if let Some(help) = sum.and_then(|sum| sums::advice(sum, unit, currency)) {
        return mistake(format!("`{text}` cannot be read as {}", noun(unit)), help);
    }
    if let Some(word) = split(text).iter().find(|w| comma(w)) {
        // Three figures after it are thousands, others decimals.
        let decimals = word.matches(',').count() == 1 && word.rsplit(',').next().is_some_and(|d| d.len() != 3);
        let plain = word.replace(',', if decimals { "." } else { "" });
        return mistake(format!("`{word}`: numbers are written without commas"), format!("write {plain}"));
    }
    let wide = text.chars().any(|c| matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{3000}'));
    let help = match unknown_time_unit(text).filter(|_| unit == Unit::Hours) {
        _ if wide => "full-width signs stand here; ".to_string(),
        Some(word) => format!("`{word}` is no unit of time: there are `s`, `min`, `h`, `d` and `week`; "),
        None => String::new(),
    };
    let right = other_words::written(text, unit);
    let right = right.map_or_else(|| how_to_write(unit, currency), |right| format!("write {right}"));
    mistake(format!("`{text}` cannot be read as {}", noun(unit)), format!("{help}{right}"))
}

/// The first word after a number that is no unit of time.
fn unknown_time_unit(text: &str) -> Option<String> {
    let parts = split(text);
    let mut pairs = parts.chunks_exact(2).filter(|pair| number(&pair[0]).is_some() && number(&pair[1]).is_none());
    pairs.find(|pair| time_unit(&pair[1]).is_none()).map(|pair| pair[1].clone())
}

/// What a number of this unit is, in words.
pub fn noun(unit: Unit) -> &'static str {
    match unit {
        Unit::Persons => "a number of people",
        Unit::Share => "a share",
        Unit::Money => "an amount of money",
        Unit::MoneyPerMonth => "an amount of money per month",
        Unit::MoneyPerHour => "an amount of money per hour",
        Unit::MoneyAtOneHour => "the loss of one hour of outage",
        Unit::Hours => "a time",
        Unit::Number => "a number",
    }
}

fn hours(parts: &[String], text: &str, currency: &str) -> Result<f64, UnitMistake> {
    if parts.len() == 1 && number(&parts[0]).is_some() {
        return no_unit(&parts[0]);
    }
    if is_moment(text) {
        return point_in_time("a date or time of day");
    }
    if parts.is_empty() || !parts.len().is_multiple_of(2) {
        return not_a_number(text, Unit::Hours, currency);
    }
    let mut total = 0.0;
    for pair in parts.chunks(2) {
        let (Some(value), Some(factor)) = (number(&pair[0]), time_unit(&pair[1])) else {
            return not_a_number(text, Unit::Hours, currency);
        };
        total += value * factor;
    }
    Ok(total)
}

/// A time without a unit.
pub fn no_unit<T>(written: &str) -> Result<T, UnitMistake> {
    let help = format!("write \"{written} h\" if hours are meant, \"{written} d\" if days are");
    mistake(format!("`{written}` is a time without a unit"), help)
}

/// True for a date, a time of day or both.
fn is_moment(text: &str) -> bool {
    let text = text.trim();
    let written = text.starts_with(|c: char| c.is_ascii_digit()) && text.contains([':', '-']);
    written && (text.parse::<jiff::civil::DateTime>().is_ok() || text.parse::<jiff::civil::Time>().is_ok())
}

/// A point in time where a length of time belongs.
pub fn point_in_time<T>(kind: &str) -> Result<T, UnitMistake> {
    mistake(
        format!("a length of time belongs here, not {kind}"),
        "say how long it lasts, with units, such as \"9 h 25 min\" or \"14 d\"",
    )
}

/// Hours in a unit of time.
fn time_unit(word: &str) -> Option<f64> {
    Some(match word {
        "s" | "sec" | "second" | "seconds" => 1.0 / 3600.0,
        "min" | "minute" | "minutes" => 1.0 / 60.0,
        "h" | "hour" | "hours" => 1.0,
        "d" | "day" | "days" => 24.0,
        "week" | "weeks" => 168.0,
        _ => return None,
    })
}

fn share(parts: &[String], text: &str, currency: &str) -> Result<f64, UnitMistake> {
    let value = parts.first().and_then(|p| number(p));
    match (value, parts.get(1).map(String::as_str), parts.len()) {
        (Some(v), None, 1) => Ok(v),
        (Some(v), Some("%"), 2) => Ok(v / 100.0),
        _ => not_a_number(text, Unit::Share, currency),
    }
}

/// Factor of a word of size.
pub fn magnitude(word: &str) -> Option<f64> {
    Some(match word {
        "k" | "thousand" => 1e3,
        "m" | "million" => 1e6,
        "bn" | "billion" => 1e9,
        "tn" | "trillion" => 1e12,
        _ => return None,
    })
}

/// A text without the time for which a sum is.
fn without_time(text: &str, unit: Unit) -> &str {
    let per: &[&str] = match unit {
        Unit::MoneyPerMonth => &["/month", "per month", "a month", "/월", "/개월"],
        Unit::MoneyPerHour | Unit::MoneyAtOneHour => &["/h", "/hour", "per hour", "an hour", "/시간", "/시"],
        _ => &[],
    };
    let before = match unit {
        Unit::MoneyPerMonth => "월",
        Unit::MoneyPerHour | Unit::MoneyAtOneHour => "시간당",
        _ => "",
    };
    let text = text.trim_start().strip_prefix(before).filter(|_| !before.is_empty()).unwrap_or(text);
    per.iter().find_map(|per| text.trim_end().strip_suffix(per)).unwrap_or(text).trim_end()
}

fn other_money<T>(text: &str, code: &str, currency: &str) -> Result<T, UnitMistake> {
    mistake(
        format!("`{text}` is money in {code}; the scenario is in {currency}"),
        format!("convert it to {currency} and say in `note` at which rate"),
    )
}

fn money(parts: &[String], text: &str, unit: Unit, currency: &str) -> Result<f64, UnitMistake> {
    let words: Vec<&str> = parts.iter().map(String::as_str).collect();
    // Where the file's own is not known, which has been said, any will do.
    let (ours, currency) = match currency {
        "" => (None, EXAMPLE),
        code => (Some(code), code),
    };
    if let Some(sum) = sums::told(without_time(text, unit)).filter(|sum| ours.is_none() && !sum.name.is_empty()) {
        return Ok(sum.value);
    }
    let Some(value) = words.first().and_then(|w| number(w)) else {
        return not_a_number(text, unit, currency);
    };
    let own = |code: &str| ours.map_or_else(|| looks_like_code(code), |ours| ours == code);
    match words[1..] {
        [] => Ok(value),
        [code] if own(code) => Ok(value),
        [size, code] if own(code) => match magnitude(size) {
            Some(factor) => Ok(value * factor),
            None => {
                let sum = sums::told(without_time(text, unit)).filter(|sum| sum.name == code);
                let advice = sum.and_then(|_| sums::advice(without_time(text, unit), unit, currency));
                unknown_size(size, advice, currency)
            }
        },
        [size] if magnitude(size).is_some() => {
            mistake("the currency is missing", format!("write \"{} {size} {currency}\"", words[0]))
        }
        [.., code] if is_currency(code) && !own(code) => other_money(text, code, currency),
        [.., code] if looks_like_code(code) && !own(code) => {
            let meant = currencies::meant(code, currency).unwrap_or(currency);
            mistake(format!("`{code}` is no currency"), format!("did you mean \"{}\"?", text.replace(code, meant)))
        }
        _ => not_a_number(text, unit, currency),
    }
}

fn unknown_size(size: &str, advice: Option<String>, currency: &str) -> Result<f64, UnitMistake> {
    let sizes = || format!("sizes are thousand, m or million, bn or billion, tn: \"12.4 bn {currency}\"");
    mistake(format!("`{size}` is no word of size"), advice.unwrap_or_else(sizes))
}

fn count(parts: &[String], text: &str, unit: Unit, currency: &str) -> Result<f64, UnitMistake> {
    let words: Vec<&str> = parts.iter().map(String::as_str).filter(|w| !matches!(*w, "people" | "persons")).collect();
    let value = words.first().and_then(|w| number(w));
    match (value, &words[..]) {
        (Some(v), [_]) => Ok(v),
        (Some(v), [_, "%"]) if unit == Unit::Number => Ok(v / 100.0),
        (Some(v), [_, size]) => match magnitude(size) {
            Some(factor) => Ok(v * factor),
            None => not_a_number(text, unit, currency),
        },
        _ => not_a_number(text, unit, currency),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read() {
        let cases = [
            ("36 %", Unit::Share, 0.36),
            ("0.022%", Unit::Share, 0.000_22),
            ("12.4 bn KRW", Unit::Money, 12.4e9),
            ("30000KRW", Unit::Money, 30_000.0),
            ("3e4 KRW", Unit::Money, 3e4),
            ("1_000 KRW/month", Unit::MoneyPerMonth, 1000.0),
            ("-5 KRW", Unit::Money, -5.0),
            ("5 d 7 h 30 min", Unit::Hours, 127.5),
            ("10h", Unit::Hours, 10.0),
            ("47.5 m", Unit::Persons, 47.5e6),
            ("1.5", Unit::Number, 1.5),
        ];
        for (text, unit, value) in cases {
            let got = parse(text, unit, "KRW").unwrap_or(f64::NAN);
            assert!((got - value).abs() <= 1e-12 * value.abs(), "{text}: {got}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        let cases = [
            ("10", Unit::Hours, "without a unit"),
            ("ten h", Unit::Hours, "cannot be read"),
            ("", Unit::Hours, "cannot be read"),
            ("5 USD", Unit::Money, "in USD"),
            ("40 bn", Unit::Money, "currency is missing"),
            ("40 bm KRW", Unit::Money, "no word of size"),
            ("40 bn KWR", Unit::Money, "`KWR` is no currency"),
            ("6000만 KRW", Unit::Money, "`만` is no word of size"),
            ("A$60 m", Unit::Money, "is money in AUD"),
            ("30,000 KRW", Unit::Money, "without commas"),
            ("많이", Unit::Share, "cannot be read"),
            ("nan", Unit::Share, "cannot be read"),
        ];
        for (text, unit, want) in cases {
            let got = parse(text, unit, "KRW").expect_err(text);
            assert!(got.message.contains(want), "{text}: {}", got.message);
        }
    }
}
