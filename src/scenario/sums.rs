//! Sums of money as people write them elsewhere (`6000만 호주달러`, `A$60 m`, `60 million dollars`): what is not read in
//! them, and how they are written here.

use super::currencies::named;
use super::report::listed;
use super::units::magnitude;
use crate::chance::law::with_commas;
use crate::model::Unit;

/// Korean numerals of size.
const NUMERALS: [(char, f64); 6] = [('십', 1e1), ('백', 1e2), ('천', 1e3), ('만', 1e4), ('억', 1e8), ('조', 1e12)];
/// Words of size that are not read, and what they stand for.
const SIZES: [(&str, f64); 9] = [
    ("K", 1e3),
    ("M", 1e6),
    ("mn", 1e6),
    ("mio", 1e6),
    ("mill", 1e6),
    ("millions", 1e6),
    ("B", 1e9),
    ("b", 1e9),
    ("billions", 1e9),
];

/// A sum in other words.
pub struct Sum {
    /// Its value.
    pub value: f64,
    /// What is said of its currency; may be empty.
    pub name: String,
    /// The words that are not read in sums.
    odd: Vec<String>,
}

/// What a text says as a sum, in whatever words; `None` where that is not clear.
pub fn told(text: &str) -> Option<Sum> {
    let (mut total, mut now, mut last): (f64, Option<f64>, f64) = (0.0, None, f64::INFINITY);
    let mut ended = false;
    let mut sum = Sum { value: 0.0, name: String::new(), odd: Vec::new() };
    for word in words(text) {
        if let Some(value) = plain(&word) {
            // Two numbers are one sum only where each has its size: `1억 2천만`, but not `5 to 10 m`.
            if ended || (now.is_some() && last.is_infinite()) {
                return None;
            }
            total += now.replace(value).unwrap_or(0.0);
            if word.contains(',') {
                sum.odd.push(word);
            }
            continue;
        }
        let (factor, size, rest) = split_size(&word);
        match now.as_mut().filter(|_| !size.is_empty()) {
            // `2천 5백만` is a product over both, which is not worked out here.
            Some(_) if factor >= last => return None,
            Some(value) => {
                *value *= factor;
                last = factor;
                if magnitude(size).is_none() {
                    sum.odd.push(size.into());
                }
                ended |= !rest.is_empty();
                add(&mut sum.name, rest);
            }
            None => {
                ended |= now.is_some();
                add(&mut sum.name, &word);
            }
        }
    }
    sum.value = total + now?;
    Some(sum)
}

/// What is not read in a sum that can be understood, and how it is written; `None` where nothing is known of it.
pub fn advice(text: &str, unit: Unit, currency: &str) -> Option<String> {
    // What is for a time, or for anything else, is no matter of its words.
    let more = |name: &str| name != currency && name.split(' ').any(|word| word == currency);
    let mut sum = told(text).filter(|sum| !sum.name.contains('/') && !more(&sum.name))?;
    let mut odd = std::mem::take(&mut sum.odd);
    let commas = odd.iter().all(|word| word.contains(','));
    if commas && (sum.name.is_empty() || (sum.name == currency && !odd.is_empty())) {
        return None; // nothing is odd, or commas alone, of which is told elsewhere
    }
    let right = written(sum.value, unit, currency);
    if !sum.name.is_empty() && named(&sum.name, currency) != Some(currency) {
        return Some(format!("`{}` is no code of a currency: write {right} if {currency} is meant", sum.name));
    }
    if sum.name != currency && !sum.name.is_empty() {
        odd.push(sum.name);
    }
    Some(match odd.as_slice() {
        [] => format!("the currency stands behind the number: write {right}"),
        [one] => format!("`{one}` is not read in a sum: write {right}"),
        more => format!("{} are not read in a sum: write {right}", listed(more.iter().map(String::as_str))),
    })
}

/// The code of another currency that a sum names in words.
pub fn in_another(text: &str, currency: &str) -> Option<&'static str> {
    let sum = told(text)?;
    named(&sum.name, currency).filter(|code| *code != currency)
}

/// A sum as the file would write it, with its unit and as a plain number.
fn written(value: f64, unit: Unit, currency: &str) -> String {
    let (number, size) = match value {
        v if v >= 1e9 => (v / 1e9, " bn"),
        v if v >= 1e6 => (v / 1e6, " m"),
        v => (v, ""),
    };
    let per = match unit {
        Unit::MoneyPerMonth => "/month",
        Unit::MoneyPerHour | Unit::MoneyAtOneHour => "/h",
        _ => "",
    };
    // What 0.1 × 3 leaves behind is no part of the sum.
    let exact = |x: f64| (x * 1e6).round() / 1e6;
    format!("\"{}{size} {currency}{per}\" or {}", exact(number), grouped(exact(value)))
}

/// A number with its thousands set apart as TOML allows.
pub fn grouped(value: f64) -> String {
    let digits = value.to_string();
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    with_commas(whole).replace(',', "_") + rest
}

/// Numbers and words in turn; signs of currencies go with the letters before them.
fn words(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut before = ' ';
    let kind = |c: char| match c {
        _ if c.is_whitespace() => ' ',
        _ if c.is_ascii_digit() || matches!(c, '.' | ',' | '_') => '0',
        _ => 'a',
    };
    for c in text.chars() {
        match all.last_mut() {
            Some(word) if kind(c) == before && before != ' ' => word.push(c),
            _ if kind(c) != ' ' => all.push(c.into()),
            _ => {}
        }
        before = kind(c);
    }
    all
}

/// A number, also with commas between thousands.
fn plain(word: &str) -> Option<f64> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let thousands = word.split('.').next().is_some_and(|whole| whole.split(',').skip(1).all(|part| part.len() == 3));
    let digits = word.replace(['_', ','], "");
    digits.parse().ok().filter(|_| thousands)
}

/// The size that a word begins with, as a factor and as written, and the rest of the word.
fn split_size(word: &str) -> (f64, &str, &str) {
    let other = SIZES.iter().find(|(size, _)| *size == word).map(|(_, factor)| *factor);
    if let Some(factor) = magnitude(word).or(other) {
        return (factor, word, "");
    }
    let numeral = |c: char| NUMERALS.iter().find(|(n, _)| *n == c).map(|(_, factor)| *factor);
    let (mut factor, mut end) = (1.0, 0);
    for c in word.chars() {
        let Some(times) = numeral(c) else { break };
        (factor, end) = (factor * times, end + c.len_utf8());
    }
    let (size, rest) = word.split_at(end);
    (factor, size, rest)
}

fn add(name: &mut String, word: &str) {
    if !name.is_empty() && !word.is_empty() {
        name.push(' ');
    }
    name.push_str(word);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_in_other_words_are_understood() {
        for (text, value, name) in [
            ("6000만 호주달러", 6e7, "호주달러"),
            ("6000만호주달러", 6e7, "호주달러"),
            ("6천만 원", 6e7, "원"),
            ("1억 2천만 원", 1.2e8, "원"),
            ("A$60 m", 6e7, "A$"),
            ("60 million dollars", 6e7, "dollars"),
            ("60,000,000 AUD", 6e7, "AUD"),
        ] {
            let sum = told(text).map(|s| (s.value, s.name));
            assert_eq!(sum, Some((value, name.to_string())), "{text}");
        }
        for unclear in ["", "dollars", "2천 5백만 원", "1,5 m AUD", "1.2.3 AUD", "5 to 10 m AUD", "5 10 AUD"] {
            assert!(told(unclear).is_none(), "{unclear}");
        }
    }

    #[test]
    fn they_are_told_as_the_file_writes_them() {
        for (text, unit, help) in [
            (
                "6000만 호주달러",
                Unit::Money,
                "`만` and `호주달러` are not read in a sum: write \"60 m AUD\" or 60_000_000",
            ),
            ("A$60 m", Unit::Money, "`A$` is not read in a sum: write \"60 m AUD\" or 60_000_000"),
            ("60 million dollars", Unit::Money, "`dollars` is not read in a sum: write \"60 m AUD\" or 60_000_000"),
            ("AUD 1.5 bn", Unit::Money, "behind the number: write \"1.5 bn AUD\" or 1_500_000_000"),
            ("$45", Unit::MoneyPerHour, "write \"45 AUD/h\" or 45"),
            ("60 m bananas", Unit::Money, "`bananas` is no code of a currency: write \"60 m AUD\""),
        ] {
            let got = advice(text, unit, "AUD").unwrap_or_default();
            assert!(got.contains(help), "{text}: {got}");
        }
        assert_eq!(in_another("6000만 원", "AUD"), Some("KRW"));
        assert_eq!(in_another("$60 m", "AUD"), None);
        assert!(advice("60", Unit::Money, "AUD").is_none());
    }
}
