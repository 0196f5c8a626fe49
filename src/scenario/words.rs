//! Figures in words for readers: money, people, shares and times in English and Korean. Never `1e9`.

use crate::chance::law::with_commas;
use crate::guideline::applied::How;
use crate::model::{Lang, Unit};

/// Below this, whole numbers are written out; from it on with a word of size and three significant digits.
pub(super) const WRITTEN_OUT: f64 = 1e6;
/// Hours from which times without odd minutes are told in days.
const DAYS_FROM: f64 = 48.0;
/// Hours from which minutes are left out.
const WEEK: f64 = 168.0;

/// Money: `12.4 bn KRW`, `124억 원`; below a million written out: `30,000 KRW`, `30,000원`.
pub fn money(value: f64, currency: &str, lang: Lang) -> String {
    if !value.is_finite() {
        return unbounded(value, lang).into();
    }
    match lang {
        Lang::En => format!("{} {currency}", sized(value, lang)),
        Lang::Ko => {
            let figure = sized(value, lang);
            let gap = if figure.ends_with(|c: char| c.is_ascii_digit()) { "" } else { " " };
            match korean_currency(currency) {
                Some(word) => format!("{figure}{gap}{word}"),
                None => format!("{figure} {currency}"),
            }
        }
    }
}

/// People and other counts: `47.5 m`, `4,750만`, `105,116`.
pub fn count(value: f64, lang: Lang) -> String {
    if value.is_finite() { sized(value, lang) } else { unbounded(value, lang).into() }
}

/// A number of people, in Korean with its counter: `47.5 m`, `4,750만 명`, `105,116명`.
pub fn people(value: f64, lang: Lang) -> String {
    let figure = count(value, lang);
    if lang == Lang::Ko { counted(figure) } else { figure }
}

/// A Korean figure with the counter of people.
pub fn counted(figure: String) -> String {
    if figure.ends_with(|c: char| c.is_ascii_digit()) { figure + "명" } else { figure + " 명" }
}

/// A share: `36.0 %`, `100 %`, `0.022 %`; in Korean with the sign close, `36.0%`.
pub fn share(value: f64, lang: Lang) -> String {
    let told = spaced_share(value);
    if lang == Lang::Ko { told.replace(" %", "%") } else { told }
}

fn spaced_share(value: f64) -> String {
    let percent = value * 100.0;
    if !percent.is_finite() {
        return unbounded(value, Lang::En).into();
    }
    let size = percent.abs();
    if percent == percent.round() && (size == 0.0 || size == 100.0) {
        return format!("{percent:.0} %").replace("-0 %", "0 %");
    }
    if size < 1e-6 {
        return if percent < 0.0 { "> -0.000001 %".into() } else { "< 0.000001 %".into() };
    }
    if size >= 0.995 {
        return format!("{percent:.1} %");
    }
    let decimals = 1 - size.log10().floor() as i32;
    let text = format!("{percent:.*}", decimals.max(0) as usize);
    format!("{} %", trim_zeros(&text))
}

/// A time: `127 h 30 min`, `5 d 7 h`, `12 d`; `127시간 30분`, `5일 7시간`.
pub fn hours(value: f64, lang: Lang) -> String {
    if !value.is_finite() {
        return unbounded(value, lang).into();
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let minutes_only = (value.abs() * 60.0).round();
    if let Some(seconds) = in_seconds(value) {
        return format!("{sign}{}{}", number(seconds), if lang == Lang::Ko { "초" } else { " s" });
    }
    let total = if minutes_only / 60.0 >= WEEK { (minutes_only / 60.0).round() * 60.0 } else { minutes_only };
    let (whole, minutes) = ((total / 60.0).floor(), total % 60.0);
    let parts = if minutes == 0.0 && whole >= DAYS_FROM {
        [(whole / 24.0).floor(), whole % 24.0, 0.0]
    } else {
        [0.0, whole, minutes]
    };
    let words = match lang {
        Lang::En => [" d", " h", " min"],
        Lang::Ko => ["일", "시간", "분"],
    };
    let told: Vec<String> =
        parts.iter().zip(words).filter(|(p, _)| **p > 0.0).map(|(p, w)| format!("{}{w}", separated(*p))).collect();
    match told.is_empty() {
        true => format!("0{}", words[1]),
        false => format!("{sign}{}", told.join(" ")),
    }
}

/// Seconds, rounded, of a time that whole minutes would tell badly: of less than two of them and not one.
fn in_seconds(value: f64) -> Option<f64> {
    let seconds = Some(value.abs() * 3600.0).filter(|s| *s > 0.0 && *s < 120.0).map(three_digits);
    seconds.filter(|s| *s != 60.0 && *s != 120.0)
}

/// A number without unit, to four significant digits.
pub fn number(value: f64) -> String {
    crate::chance::law::plain_number(value)
}

/// A value in its unit.
pub fn value(value: f64, unit: Unit, currency: &str, lang: Lang) -> String {
    match (unit, lang) {
        (Unit::Persons, _) => count(value, lang),
        (Unit::Share, _) => share(value, lang),
        (Unit::Money, _) => money(value, currency, lang),
        (Unit::MoneyPerMonth, Lang::En) => format!("{} a month", money(value, currency, lang)),
        (Unit::MoneyPerMonth, Lang::Ko) => format!("월 {}", money(value, currency, lang)),
        (Unit::MoneyPerHour, Lang::En) => format!("{} an hour", money(value, currency, lang)),
        (Unit::MoneyPerHour, Lang::Ko) => format!("시간당 {}", money(value, currency, lang)),
        (Unit::MoneyAtOneHour, Lang::En) => format!("{} at one hour", money(value, currency, lang)),
        (Unit::MoneyAtOneHour, Lang::Ko) => format!("한 시간에 {}", money(value, currency, lang)),
        (Unit::Hours, _) => hours(value, lang),
        (Unit::Number, Lang::Ko) if value.is_infinite() => unbounded(value, lang).into(),
        (Unit::Number, _) => number(value),
    }
}

/// Words for what is no finite number.
fn unbounded(value: f64, lang: Lang) -> &'static str {
    match (value.is_nan(), value > 0.0, lang) {
        (true, ..) => "–",
        (_, true, Lang::En) => "unlimited",
        (_, true, Lang::Ko) => "무한",
        (_, false, Lang::En) => "minus unlimited",
        (_, false, Lang::Ko) => "음의 무한",
    }
}

/// The Korean word for a currency.
pub fn korean_currency(code: &str) -> Option<&'static str> {
    Some(match code {
        "KRW" => "원",
        "USD" => "달러",
        "EUR" => "유로",
        "JPY" => "엔",
        "GBP" => "파운드",
        "AUD" => "호주달러",
        "CAD" => "캐나다달러",
        "TWD" => "대만달러",
        "CHF" => "스위스프랑",
        "BHD" => "바레인디나르",
        "BRL" => "헤알",
        "CLP" => "칠레페소",
        "DKK" => "덴마크크로네",
        "NOK" => "노르웨이크로네",
        "SEK" => "스웨덴크로나",
        "PLN" => "즈워티",
        "INR" => "루피",
        "XDR" => "SDR",
        _ => return None,
    })
}

/// A figure with its word of size.
fn sized(value: f64, lang: Lang) -> String {
    let size = value.abs();
    if size.round() < WRITTEN_OUT {
        return small(value);
    }
    let rounded = three_digits(size);
    let steps: &[(f64, &str)] = match lang {
        Lang::En => &[(1e12, " tn"), (1e9, " bn"), (1e6, " m")],
        Lang::Ko => &[(1e12, "조"), (1e8, "억"), (1e4, "만")],
    };
    let (step, word) = steps.iter().find(|(step, _)| rounded >= *step).copied().unwrap_or((1.0, ""));
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{}{word}", figure(rounded / step))
}

/// A time as it is told, in hours.
pub fn told_hours(value: f64) -> f64 {
    let minutes = (value.abs() * 60.0).round();
    let told = match in_seconds(value) {
        Some(seconds) => seconds / 3600.0,
        _ if minutes / 60.0 >= WEEK => (minutes / 60.0).round(),
        _ => minutes / 60.0,
    };
    told.copysign(value)
}

/// A number to three significant digits.
fn three_digits(size: f64) -> f64 {
    rounded(size, 2 - size.log10().floor() as i32)
}

/// A value to so many places after the point (before it where negative), halves away from zero: the one rule of all figures for
/// readers, which `format!` does not follow. What is a half as it is written counts as one: 1.005, though no binary fraction is.
pub fn rounded(value: f64, places: i32) -> f64 {
    // From here on a number has no places to round.
    const WHOLE: f64 = 1e14;
    let unit = 10f64.powi(places.abs());
    let scaled = if places < 0 { value / unit } else { value * unit };
    if !scaled.is_finite() || scaled.abs() >= WHOLE {
        return value;
    }
    let whole = (scaled * (1.0 + 4.0 * f64::EPSILON)).round();
    if places < 0 { whole * unit } else { whole / unit }
}

/// A figure of three significant digits, without zeros after the point.
fn figure(value: f64) -> String {
    let decimals = (2 - value.log10().floor() as i32).max(0) as usize;
    let text = format!("{value:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.trim_end_matches('0');
    let whole = separated(whole.parse().unwrap_or(0.0));
    if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") }
}

/// Below a million: whole, with commas; below a hundred with up to two decimals.
fn small(value: f64) -> String {
    if value.abs() >= 100.0 || value == value.round() {
        return separated(value.round());
    }
    let text = format!("{:.2}", rounded(value, 2));
    match trim_zeros(&text) {
        "-0" => "0".into(),
        text => text.into(),
    }
}

fn trim_zeros(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// A whole number with commas between thousands.
fn separated(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let sign = if value < 0.0 && digits != "0" { "-" } else { "" };
    format!("{sign}{}", with_commas(&digits))
}

/// What a rule does with the loss for which it has no schedule.
pub fn does(how: How, lang: Lang) -> &'static str {
    match (how, lang) {
        (How::Rounds, Lang::En) => "rounds the loss",
        (How::Rounds, Lang::Ko) => "손해를 반올림하거나 단위로 센다",
        (How::Multiplies, Lang::En) => "multiplies the loss by what depends on it",
        (How::Multiplies, Lang::Ko) => "손해에 손해를 곱한다",
        (How::Divides, Lang::En) => "divides by the loss",
        (How::Divides, Lang::Ko) => "손해로 나눈다",
        (How::Other, Lang::En) => "asks for a word or a date that changes with the loss",
        (How::Other, Lang::Ko) => "손해에 따라 달라지는 낱말이나 날짜를 본다",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_in_two_languages() {
        let cases = [
            (0.0, "0 KRW", "0원"),
            (-0.0, "0 KRW", "0원"),
            (0.5, "0.5 KRW", "0.5원"),
            (30_000.0, "30,000 KRW", "30,000원"),
            (999_999.0, "999,999 KRW", "999,999원"),
            (999_999.7, "1 m KRW", "100만 원"),
            (1_234_567.0, "1.23 m KRW", "123만 원"),
            (12_345_678.0, "12.3 m KRW", "1,230만 원"),
            (999_600_000.0, "1 bn KRW", "10억 원"),
            (1.24e10, "12.4 bn KRW", "124억 원"),
            (-4e10, "-40 bn KRW", "-400억 원"),
            (1.5e12, "1.5 tn KRW", "1.5조 원"),
            (1.236e15, "1,240 tn KRW", "1,240조 원"),
        ];
        for (value, en, ko) in cases {
            assert_eq!(money(value, "KRW", Lang::En), en);
            assert_eq!(money(value, "KRW", Lang::Ko), ko);
        }
        assert_eq!(money(12.5, "GBP", Lang::En), "12.5 GBP");
        assert_eq!(money(3e6, "CHF", Lang::Ko), "300만 스위스프랑");
        assert_eq!(money(3e6, "MXN", Lang::Ko), "300만 MXN");
        assert_eq!(money(f64::INFINITY, "KRW", Lang::Ko), "무한");
    }

    /// 6,625,000 lies halfway between 6.62 and 6.63 million, and 1.005 between 1.00 and 1.01: both go up, and down below zero.
    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!([6.625, 1.005, -1.005, 0.125, 2.5].map(|x| rounded(x, 2)), [6.63, 1.01, -1.01, 0.13, 2.5]);
        assert_eq!([rounded(6_625_000.0, -4), rounded(2.5, 0), rounded(-0.5, 0)], [6_630_000.0, 3.0, -1.0]);
        assert_eq!([rounded(1.004_999_9, 2), rounded(123_456_789_012_345_678.0, 0)], [1.0, 123_456_789_012_345_678.0]);
        assert_eq!(
            [count(6_625_000.0, Lang::En), count(0.125, Lang::En), count(2.5e17, Lang::Ko)],
            ["6.63 m", "0.13", "250,000조"]
        );
    }

    #[test]
    fn counts_shares_and_times() {
        assert_eq!(count(47.5e6, Lang::En), "47.5 m");
        assert_eq!(count(47.5e6, Lang::Ko), "4,750만");
        assert_eq!(count(105_116.0, Lang::En), "105,116");
        assert_eq!(count(8.1e9, Lang::En), "8.1 bn");
        let shares = [
            (0.36, "36.0 %"),
            (0.000_22, "0.022 %"),
            (0.0, "0 %"),
            (1.0, "100 %"),
            (0.05, "5.0 %"),
            (0.0022, "0.22 %"),
            (-0.1, "-10.0 %"),
            (0.9996, "100.0 %"),
            (1e-12, "< 0.000001 %"),
            (0.00995, "1.0 %"),
        ];
        for (value, text) in shares {
            assert_eq!(share(value, Lang::En), text);
        }
        let times = [
            (0.0, "0 h", "0시간"),
            (0.5, "30 min", "30분"),
            (10.25, "10 h 15 min", "10시간 15분"),
            (127.5, "127 h 30 min", "127시간 30분"),
            (127.0, "5 d 7 h", "5일 7시간"),
            (288.0, "12 d", "12일"),
            (200.3, "8 d 8 h", "8일 8시간"),
            (31.0, "31 h", "31시간"),
            (-2.0, "-2 h", "-2시간"),
            (17.5 / 3600.0, "17.5 s", "17.5초"),
            (38.77 / 3600.0, "38.8 s", "38.8초"),
            (60.0 / 3600.0, "1 min", "1분"),
            (77.5 / 3600.0, "77.5 s", "77.5초"),
            (119.96 / 3600.0, "2 min", "2분"),
            (0.123_45 / 3600.0, "0.123 s", "0.123초"),
            (-0.000_4 / 3600.0, "-0.0004 s", "-0.0004초"),
        ];
        for (value, en, ko) in times {
            assert_eq!(hours(value, Lang::En), en);
            assert_eq!(hours(value, Lang::Ko), ko);
        }
    }
}
