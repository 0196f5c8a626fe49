//! Shares, times and counts of people as people write them elsewhere (`40퍼센트`, `3시간 30분`, `1만 2천 명`): how they are written
//! here.

use super::sums;
use crate::model::Unit;

/// Words behind a share in per cent.
const PER_CENT: [&str; 6] = ["퍼센트", "프로", "percent", "per cent", "pct", "％"];
/// Words for times, and the units that are read.
const TIMES: [(&str, &str); 10] = [
    ("초", "s"),
    ("분", "min"),
    ("시간", "h"),
    ("일", "d"),
    ("주", "week"),
    ("주일", "week"),
    ("hrs", "h"),
    ("hr", "h"),
    ("mins", "min"),
    ("secs", "s"),
];
/// Words behind a number of people.
const PEOPLE: [&str; 6] = ["", "명", "인", "사람", "개", "people"];

/// How a text that is not read would be written; `None` where that is not clear.
pub fn written(text: &str, unit: Unit) -> Option<String> {
    match unit {
        Unit::Share => share(text),
        Unit::Hours => time(text),
        Unit::Persons => people(text),
        _ => None,
    }
}

fn share(text: &str) -> Option<String> {
    let number = PER_CENT.iter().find_map(|word| text.trim().strip_suffix(word))?.trim();
    number.parse::<f64>().ok().filter(|x| x.is_finite())?;
    Some(format!("\"{number} %\""))
}

/// Numbers with their units in turn, of which one at least is known and not read.
fn time(text: &str) -> Option<String> {
    let number = |c: char| c.is_ascii_digit() || c == '.';
    let mut rest = text.trim();
    let (mut parts, mut odd) = (Vec::new(), false);
    while !rest.is_empty() {
        let (digits, behind) = rest.split_at(rest.find(|c| !number(c))?);
        digits.parse::<f64>().ok()?;
        let behind = behind.trim_start();
        let (word, next) =
            behind.split_at(behind.find(|c: char| number(c) || c.is_whitespace()).unwrap_or(behind.len()));
        let known = TIMES.iter().find(|(other, _)| *other == word).map(|(_, read)| *read);
        odd |= known.is_some();
        parts.push(format!(
            "{digits} {}",
            known.or(["s", "min", "h", "d", "week"].into_iter().find(|read| *read == word))?
        ));
        rest = next.trim_start();
    }
    odd.then(|| format!("\"{}\"", parts.join(" ")))
}

fn people(text: &str) -> Option<String> {
    let sum = sums::told(text).filter(|sum| PEOPLE.contains(&sum.name.as_str()))?;
    // What commas alone set apart is told elsewhere.
    let commas = sum.name.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '_' | ' '));
    let whole = (!commas && sum.value.is_finite()).then(|| (sum.value * 1e6).round() / 1e6)?;
    Some(sums::grouped(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_elsewhere_is_told_in_the_words_of_the_file() {
        for (text, unit, right) in [
            ("40퍼센트", Unit::Share, "\"40 %\""),
            ("2.5 percent", Unit::Share, "\"2.5 %\""),
            ("30일", Unit::Hours, "\"30 d\""),
            ("3시간 30분", Unit::Hours, "\"3 h 30 min\""),
            ("2 d 3시간", Unit::Hours, "\"2 d 3 h\""),
            ("30만", Unit::Persons, "300_000"),
            ("1만 2천 명", Unit::Persons, "12_000"),
            ("350명", Unit::Persons, "350"),
        ] {
            assert_eq!(written(text, unit).as_deref(), Some(right), "{text}");
        }
        for (text, unit) in [
            ("많이", Unit::Share),
            ("퍼센트", Unit::Share),
            ("3 moons", Unit::Hours),
            ("일", Unit::Hours),
            ("2천 5백만 명", Unit::Persons),
            ("12,000", Unit::Persons),
            ("12 원", Unit::Persons),
            ("30만", Unit::Number),
        ] {
            assert!(written(text, unit).is_none(), "{text}");
        }
    }
}
