//! Numbers and dates as they are read aloud: 27.5 billion won and 275억 원, three significant digits and never `1e9`.

use super::results::Unit;
use crate::chance::law::with_commas;
use crate::guideline::calendar::MONTHS;
use crate::model::Lang;
use crate::model::procedure::{LAST_KNOWN_DAY, is_beyond};
use crate::scenario::words::{korean_currency, rounded};
use crate::scenario::{CLAIMS, exact_figure, exact_money};

/// Between a figure and its unit: a space at which no line breaks.
const NB: char = '\u{a0}';

/// How numbers are told in one language and one currency.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// Language.
    pub lang: Lang,
    /// ISO code of the currency.
    pub currency: String,
}

impl Numbers {
    /// A value in its unit.
    pub fn value(&self, value: f64, unit: &Unit) -> String {
        match unit {
            Unit::Money => self.money(value),
            Unit::Persons => self.people(value),
            Unit::Share => self.share(value),
            Unit::Days => self.days(value),
            Unit::Hours => self.hours(value),
            Unit::Other(words) if words == CLAIMS && self.lang == Lang::Ko => format!("{}건", self.sized(value)),
            Unit::Other(words) => format!("{}{NB}{words}", self.plain(value)),
        }
    }

    /// Money with its currency: `27.5 billion won`, `275억 원`.
    pub fn money(&self, value: f64) -> String {
        let word = self.currency_word();
        let figure = self.sized(value);
        match self.lang {
            Lang::En => format!("{figure}{NB}{word}"),
            Lang::Ko if figure.ends_with(|c: char| c.is_ascii_digit()) && word.chars().all(|c| !c.is_ascii()) => {
                format!("{figure}{word}")
            }
            Lang::Ko => format!("{figure}{NB}{word}"),
        }
    }

    /// Money that is given, with all its digits: `40 billion won`, `100.5 dollars`.
    pub fn given_money(&self, value: f64) -> String {
        let kept = rounded(value, 2 - value.abs().log10().floor() as i32) == value;
        let cents = value.abs() >= 1.0;
        if value == 0.0 || !value.is_finite() || kept && cents {
            return self.money(value);
        }
        let (figure, word) = (exact_figure(value, Lang::En), self.currency_word());
        let (figure, size) = figure.split_once(' ').map_or((figure.as_str(), ""), |(figure, size)| (figure, size));
        let full = match size {
            "tn" => "trillion",
            "bn" => "billion",
            "m" => "million",
            other => other,
        };
        match self.lang {
            Lang::En if full.is_empty() => format!("{figure}{NB}{word}"),
            Lang::En => format!("{figure}{NB}{full}{NB}{word}"),
            Lang::Ko => exact_money(value, &self.currency, Lang::Ko).replace(' ', &NB.to_string()),
        }
    }

    /// The currency in words, or its code.
    pub fn currency_word(&self) -> String {
        let code = self.currency.as_str();
        let english = || match code {
            "KRW" => "won",
            "USD" => "dollars",
            "EUR" => "euros",
            "GBP" => "pounds",
            "JPY" => "yen",
            code => code,
        };
        match self.lang {
            Lang::En => english().into(),
            Lang::Ko => korean_currency(code).unwrap_or(code).into(),
        }
    }

    /// People: `44.4 million`, `4,440만 명`.
    pub fn people(&self, value: f64) -> String {
        // A mean of people is told as people, but for less than one.
        let value = if value.abs() >= 1.0 { value.round() } else { value };
        match self.lang {
            Lang::En => self.sized(value),
            Lang::Ko => {
                let figure = self.sized(value);
                let gap = if figure.ends_with(|c: char| c.is_ascii_digit()) { "" } else { "\u{a0}" };
                format!("{figure}{gap}명")
            }
        }
    }

    /// A share in per cent: `60 %`, `60%`. Never rounded to 0 or 100 where it is neither.
    pub fn share(&self, value: f64) -> String {
        let gap = if self.lang == Lang::En { NB.to_string() } else { String::new() };
        format!("{}{gap}%", percent(value))
    }

    /// A bound in per cent, told no smaller than it is: `0.55 %` of 0.546 %.
    pub fn share_up(&self, value: f64) -> String {
        let p = value * 100.0;
        // As many digits as [`Numbers::share`] shows.
        let step = match p {
            p if p < 0.99 => 0.01,
            p if p < 9.9 => 0.1,
            p if p <= 99.0 => 1.0,
            _ => 0.1,
        };
        if p.is_finite() && p > 0.0 { self.share((p / step - 1e-9).ceil() * step / 100.0) } else { self.share(value) }
    }

    /// Percentage points: `14 points`, `14%포인트`.
    pub fn points(&self, value: f64) -> String {
        let figure = percent(value.abs());
        match self.lang {
            Lang::En if figure == "1" => format!("1{NB}percentage point"),
            Lang::En => format!("{figure}{NB}percentage points"),
            Lang::Ko => format!("{figure}%포인트"),
        }
    }

    /// Days: `134 days`, `134일`; beyond what is followed `over 1,094 days`, `1,094일 넘게`.
    pub fn days(&self, value: f64) -> String {
        if is_beyond(value) {
            return format!("{}{}", self.beyond(), if self.lang == Lang::En { "\u{a0}days" } else { "" });
        }
        let figure = separated(&format!("{value:.0}"));
        match self.lang {
            Lang::En if figure == "1" => format!("1{NB}day"),
            Lang::En => format!("{figure}{NB}days"),
            Lang::Ko => format!("{figure}일"),
        }
    }

    /// A number of days that is beyond what is followed.
    fn beyond(&self) -> String {
        let last = separated(&LAST_KNOWN_DAY.to_string());
        match self.lang {
            Lang::En => format!("over{NB}{last}"),
            Lang::Ko => format!("{last}일{NB}넘게"),
        }
    }

    /// Hours of work.
    pub fn hours(&self, value: f64) -> String {
        match self.lang {
            Lang::En => format!("{}{NB}hours", self.sized(value)),
            Lang::Ko => format!("{}시간", self.sized(value)),
        }
    }

    /// How many times: `2.3 times`, `2.3배`.
    pub fn times(&self, ratio: f64) -> String {
        let figure = if ratio >= 99.5 {
            self.sized(ratio)
        } else if ratio >= 9.95 {
            format!("{ratio:.0}")
        } else {
            trimmed(&format!("{ratio:.1}")).to_string()
        };
        match self.lang {
            Lang::En => format!("{figure}{NB}times"),
            Lang::Ko => format!("{figure}배"),
        }
    }

    /// A count of things, written out: `10,000`, `1만`.
    pub fn count(&self, value: f64) -> String {
        match self.lang {
            Lang::En => separated(&format!("{value:.0}")),
            Lang::Ko => {
                let figure = myriads(value.max(0.0).round() as u128);
                // What is counted stands apart from a word and close to a digit: 1만 개, 400개.
                if figure.ends_with(|c: char| c.is_ascii_digit()) { figure } else { format!("{figure}{NB}") }
            }
        }
    }

    /// How many worlds; in Korean the number alone, whose counter follows: `1 world`, `2,000 worlds`, `2,000`.
    pub fn worlds(&self, value: f64) -> String {
        let number = self.count(value);
        match self.lang {
            Lang::En if number == "1" => format!("{number} world"),
            Lang::En => format!("{number} worlds"),
            Lang::Ko => number,
        }
    }

    /// A number without unit, to four significant digits.
    pub fn plain(&self, value: f64) -> String {
        if !value.is_finite() {
            return "–".into();
        }
        if value.abs() >= 1e4 {
            return self.sized(value);
        }
        let digits = if value == 0.0 { 0 } else { (3 - value.abs().log10().floor() as i32).clamp(0, 12) };
        let text = format!("{:.*}", digits as usize, value.abs());
        let text = if text.contains('.') { trimmed(&text).to_string() } else { text };
        let sign = if value < 0.0 && text != "0" { "−" } else { "" };
        match text.split_once('.') {
            Some((whole, rest)) => format!("{sign}{}.{rest}", separated(whole)),
            None => format!("{sign}{}", separated(&text)),
        }
    }

    /// Two values as a range in their unit.
    pub fn range(&self, lo: f64, hi: f64, unit: &Unit) -> String {
        let (lo, hi) = (self.value(lo, unit), self.value(hi, unit));
        match self.lang {
            Lang::En => format!("{lo} to {hi}"),
            Lang::Ko => format!("{lo}~{hi}"),
        }
    }

    /// A figure to three significant digits with its word of size.
    pub fn sized(&self, value: f64) -> String {
        if !value.is_finite() {
            return "–".into();
        }
        let sign = if value < 0.0 { "−" } else { "" };
        let size = three_digits(value.abs());
        if size < 100.0 {
            let text = format!("{size:.2}");
            let text = trimmed(&text);
            // There is no less than nothing.
            return if text == "0" { text.into() } else { format!("{sign}{text}") };
        }
        let words = match self.lang {
            Lang::En => english(size),
            Lang::Ko => myriads(size.round() as u128),
        };
        format!("{sign}{words}")
    }

    /// The same for a cell of a table: `28.9 bn`, `289억`.
    pub fn short(&self, value: f64, unit: &Unit) -> String {
        if !value.is_finite() {
            return "–".into();
        }
        match (unit, self.lang) {
            (Unit::Share, _) => self.share(value),
            (Unit::Days, _) if is_beyond(value) => self.beyond(),
            (Unit::Days, _) => separated(&format!("{value:.0}")),
            (_, Lang::Ko) => self.sized(value).replace(' ', &NB.to_string()),
            (_, Lang::En) => {
                let text = self.sized(value);
                let words = [("trillion", "tn"), ("billion", "bn"), ("million", "m")];
                words.iter().fold(text, |t, (long, short)| t.replace(long, short))
            }
        }
    }

    /// A date `YYYY-MM-DD` (what follows is left out): `15 October 2022`, `2022년 10월 15일`. Other texts stay as they are.
    pub fn date(&self, text: &str) -> String {
        let mut parts = text.get(..10).unwrap_or(text).split('-').map(|p| p.parse::<usize>().ok());
        let (Some(Some(year)), Some(Some(month)), Some(Some(day))) = (parts.next(), parts.next(), parts.next()) else {
            return text.into();
        };
        match (self.lang, MONTHS.get(month.wrapping_sub(1))) {
            (_, None) => text.into(),
            (Lang::En, Some(name)) => format!("{day}{NB}{name}{NB}{year}"),
            (Lang::Ko, Some(_)) => format!("{year}년{NB}{month}월{NB}{day}일"),
        }
    }

    /// A local time `YYYY-MM-DDTHH:MM` with its day of the week: `15:30 on Saturday, 15 October 2022`.
    pub fn moment(&self, text: &str, hour_of_week: f64) -> String {
        let at = ((hour_of_week / 24.0) as usize).min(6);
        let date = self.date(text);
        let clock = text.split_once('T').map_or("", |(_, c)| c.get(..5).unwrap_or(c));
        match self.lang {
            Lang::En => {
                let day = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][at];
                format!("{clock} on {day}, {date}")
            }
            Lang::Ko => {
                let day = ["월", "화", "수", "목", "금", "토", "일"][at];
                let (hour, minute) = clock.split_once(':').unwrap_or((clock, ""));
                let hour: u32 = hour.parse().unwrap_or(0);
                let half = if hour < 12 { "오전" } else { "오후" };
                let told = match hour % 12 {
                    0 => 12,
                    h => h,
                };
                let minute = match minute.trim_start_matches('0') {
                    "" => String::new(),
                    m => format!("{NB}{m}분"),
                };
                format!("{date}({day}) {half}{NB}{told}시{minute}")
            }
        }
    }
}

fn english(size: f64) -> String {
    let steps = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")];
    match steps.iter().find(|(step, _)| size >= *step) {
        Some((step, word)) => {
            let scaled = size / step;
            let decimals = (2 - scaled.log10().floor() as i32).max(0) as usize;
            let text = format!("{scaled:.decimals$}");
            let text = if text.contains('.') { trimmed(&text).to_string() } else { separated(&text) };
            format!("{text}{NB}{word}")
        }
        None => separated(&format!("{size:.0}")),
    }
}

/// A whole number in groups of ten thousand: `27만 5,000`, `1조 2,400억`.
fn myriads(value: u128) -> String {
    let steps = [(1_000_000_000_000, "조"), (100_000_000, "억"), (10_000, "만"), (1, "")];
    let mut rest = value;
    let mut parts = Vec::new();
    for (step, word) in steps {
        let count = rest / step;
        rest %= step;
        if count > 0 {
            parts.push(format!("{}{word}", separated(&count.to_string())));
        }
    }
    if parts.is_empty() { "0".into() } else { parts.join(" ") }
}

fn three_digits(size: f64) -> f64 {
    if size == 0.0 {
        return 0.0;
    }
    rounded(size, 2 - size.log10().floor() as i32)
}

/// The figure before the sign of per cent.
fn percent(value: f64) -> String {
    let p = value * 100.0;
    if !p.is_finite() {
        return "–".into();
    }
    let size = p.abs();
    let sign = if p < 0.0 { "−" } else { "" };
    let to = |places: usize| format!("{:.places$}", rounded(size, places as i32));
    let text = match size {
        s if s == 0.0 || s == 100.0 => format!("{s:.0}"),
        s if s > 99.9 && s < 100.0 => ">\u{2060}99.9".into(),
        s if (99.0..100.0).contains(&s) => to(1),
        s if s >= 9.95 => to(0),
        s if s >= 0.995 => trimmed(&to(1)).to_string(),
        s if s >= 0.01 => trimmed(&to(2)).to_string(),
        _ => "<\u{2060}0.01".into(),
    };
    format!("{sign}{text}")
}

fn trimmed(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// Digits with commas between thousands; a sign stays.
fn separated(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |d| ("−", d));
    let sign = if digits.chars().all(|c| c == '0') { "" } else { sign };
    format!("{sign}{}", with_commas(digits))
}
