//! Figures that a file gives, told with all their digits: words of size where they lose nothing, and else the digits.

use crate::chance::law::with_commas;
use crate::model::{Lang, Unit};
use crate::scenario::words;

/// Significant digits that are free of what arithmetic leaves behind.
const CLEAN: usize = 14;
/// A fraction with more digits than this, or more than that where arithmetic has left nothing behind, was worked out and not
/// given, and is told as the others are.
const GIVEN: (usize, usize) = (11, 12);
/// From here on there are words of size.
const SIZED: f64 = 1e6;

/// A value in its unit.
pub fn value(value: f64, unit: Unit, currency: &str, lang: Lang) -> String {
    match unit {
        Unit::Persons => figure(value, lang),
        Unit::Share => share(value, lang),
        Unit::Hours => hours(value, lang),
        Unit::Number => number(value),
        // `a month` and the like stand around the sum.
        _ => {
            let told = words::value(value, unit, currency, lang);
            told.replacen(&words::money(value, currency, lang), &money(value, currency, lang), 1)
        }
    }
}

/// Money: `40 bn KRW`, `12,345,678 KRW`, `1,000.75 USD`; `400억 원`.
pub fn money(value: f64, currency: &str, lang: Lang) -> String {
    let Some(figure) = in_full(value, lang) else { return words::money(value, currency, lang) };
    match (lang, words::korean_currency(currency)) {
        (Lang::Ko, Some(word)) if figure.ends_with(|c: char| c.is_ascii_digit()) => figure + word,
        (Lang::Ko, Some(word)) => format!("{figure} {word}"),
        _ => format!("{figure} {currency}"),
    }
}

/// A figure without unit: `47.5 m`, `12,345,678`.
pub fn figure(value: f64, lang: Lang) -> String {
    in_full(value, lang).unwrap_or_else(|| words::count(value, lang))
}

/// A share: `36.0 %`, `40.25 %`.
pub fn share(value: f64, lang: Lang) -> String {
    let (told, percent) = (words::share(value, lang), clean(value * 100.0));
    let kept = told.trim_end_matches(['%', ' ']).parse() == Ok(percent);
    if kept || !is_given(value) {
        return told;
    }
    format!("{}{}", digits(percent), if lang == Lang::Ko { "%" } else { " %" })
}

/// A number without unit.
pub fn number(value: f64) -> String {
    let told = words::number(value);
    let kept = told.replace(',', "").parse() == Ok(clean(value));
    if kept || !is_given(value) { told } else { digits(value) }
}

/// A time: with minutes beyond a week as well, and with seconds where there are some.
fn hours(value: f64, lang: Lang) -> String {
    const WEEK: f64 = 168.0;
    const DAYS_FROM: f64 = 48.0;
    let (told, size) = (words::hours(value, lang), value.abs());
    let whole = |x: f64| clean(x) == clean(x).round();
    if !value.is_finite() || whole(size) || whole(size * 60.0) && size < WEEK {
        return told;
    }
    let units = if lang == Lang::Ko { ["일", "시간", "분", "초"] } else { [" d", " h", " min", " s"] };
    let sign = if value < 0.0 { "-" } else { "" };
    // Parts of a second, where the hours are not what was given.
    let seconds = clean(size * 3600.0);
    if !whole(seconds) && (is_given(value) || !is_given(seconds)) {
        return if is_given(value) { format!("{}{}", digits(value), units[1]) } else { told };
    }
    let day = if size >= DAYS_FROM { 86_400.0 } else { f64::INFINITY };
    let days = (seconds / day).floor();
    let rest = if days > 0.0 { seconds - days * day } else { seconds };
    let parts = [days, (rest / 3600.0).floor(), (rest / 60.0).floor() % 60.0, clean(rest % 60.0)];
    let parts = parts.iter().zip(units).filter(|(n, _)| **n > 0.0).map(|(n, unit)| format!("{}{unit}", digits(*n)));
    format!("{sign}{}", parts.collect::<Vec<String>>().join(" "))
}

/// The figure with all its digits, where [`words`] would lose some; with a word of size where three places are enough.
fn in_full(value: f64, lang: Lang) -> Option<String> {
    let size = clean(value.abs());
    if !size.is_finite() || !is_given(value) || kept(size) {
        return None;
    }
    let steps: &[(f64, &str)] = match lang {
        Lang::En => &[(1e12, " tn"), (1e9, " bn"), (1e6, " m")],
        Lang::Ko => &[(1e12, "조"), (1e8, "억"), (1e4, "만")],
    };
    let (step, word) = steps.iter().find(|(step, _)| size >= SIZED && size >= *step).copied().unwrap_or((1.0, ""));
    let thousandths = (size / step * 1000.0).round();
    let sign = if value < 0.0 { "-" } else { "" };
    Some(match !word.is_empty() && thousandths * (step / 1000.0) == size {
        true => format!("{sign}{}{word}", digits(thousandths / 1000.0)),
        false => format!("{sign}{}", digits(size)),
    })
}

/// True of a size that [`words::count`] tells without losing anything.
fn kept(size: f64) -> bool {
    let places = match size {
        s if s >= SIZED => 2 - s.log10().floor() as i32,
        s if s >= 100.0 => 0,
        _ => 2,
    };
    (words::rounded(size, places) - size).abs() <= 1e-15 * size
}

/// True of what somebody wrote: a whole number, or one of so many digits.
fn is_given(value: f64) -> bool {
    let significant = |x: f64| {
        let text = format!("{}", x.abs());
        let digits = text.trim_start_matches(['0', '.']).bytes().filter(u8::is_ascii_digit).count();
        if text.contains('.') { digits } else { 0 }
    };
    significant(clean(value)) <= GIVEN.0 || significant(value) <= GIVEN.1
}

/// A value without what arithmetic leaves behind: 40.25, not 40.249999999999996. Whole numbers stay as they are.
fn clean(value: f64) -> f64 {
    if value == value.round() {
        return value;
    }
    format!("{value:.*e}", CLEAN - 1).parse().unwrap_or(value)
}

/// All digits, with commas between thousands.
fn digits(value: f64) -> String {
    let text = format!("{}", clean(value));
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let fraction = fraction.map_or_else(String::new, |f| format!(".{f}"));
    format!("{sign}{}{fraction}", with_commas(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_is_told_with_all_its_digits() {
        for (given, en, ko) in [
            (4e10, "40 bn KRW", "400억 원"),
            (1_000.75, "1,000.75 KRW", "1,000.75원"),
            (100.5, "100.5 KRW", "100.5원"),
            (0.005, "0.005 KRW", "0.005원"),
            (12_345_678.0, "12,345,678 KRW", "12,345,678원"),
            (1_234_500.0, "1,234,500 KRW", "123.45만 원"),
            (1_004_000_000.0, "1.004 bn KRW", "10.04억 원"),
            (1_004_900_000.0, "1,004,900,000 KRW", "10.049억 원"),
            (999_960_000.0, "999.96 m KRW", "999,960,000원"),
            (-1_234_567.0, "-1,234,567 KRW", "-1,234,567원"),
            (1e6 / 3.0, "333,333 KRW", "333,333원"),
            (123_456_789_012_345.0, "123,456,789,012,345 KRW", "123,456,789,012,345원"),
            (100_000_000_000_001.0, "100,000,000,000,001 KRW", "100,000,000,000,001원"),
            (1_234_567_890.25, "1,234,567,890.25 KRW", "1,234,567,890.25원"),
        ] {
            assert_eq!(money(given, "KRW", Lang::En), en);
            assert_eq!(money(given, "KRW", Lang::Ko), ko);
        }
        let shares = [0.36, 0.4025, 0.12345, 1.0, 0.0, 0.000_22, 1.0 / 3.0].map(|s| share(s, Lang::En));
        assert_eq!(shares, ["36.0 %", "40.25 %", "12.345 %", "100 %", "0 %", "0.022 %", "33.3 %"]);
        assert_eq!(share(0.4025, Lang::Ko), "40.25%");
        assert_eq!(
            [10.125, 3.0, 0.1 + 0.2, 12_345.67, 2.572_606_460_382].map(number),
            ["10.125", "3", "0.3", "12,345.67", "2.573"]
        );
        assert_eq!(figure(47_512_345.0, Lang::Ko), "47,512,345");
    }

    #[test]
    fn times_lose_no_minute_and_no_second() {
        for (given, en, ko) in [
            (127.5, "127 h 30 min", "127시간 30분"),
            (200.3, "8 d 8 h 18 min", "8일 8시간 18분"),
            (90.0 / 3600.0, "1 min 30 s", "1분 30초"),
            (72.0, "3 d", "3일"),
            (2.345_678, "2.345678 h", "2.345678시간"),
            (0.5 / 3600.0, "0.5 s", "0.5초"),
            (90.25 / 3600.0, "1 min 30.25 s", "1분 30.25초"),
            (1.0 / 3.0e4, "0.12 s", "0.12초"),
            (0.0004 / 3600.0, "0.0004 s", "0.0004초"),
            (1.0 / 7.0e4, "0.0514 s", "0.0514초"),
        ] {
            assert_eq!(hours(given, Lang::En), en);
            assert_eq!(hours(given, Lang::Ko), ko);
        }
    }
}
