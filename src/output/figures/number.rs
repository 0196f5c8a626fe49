//! Numbers as readers write them: money and counts with unit words, and one unit to an axis.

use crate::chance::law::with_commas;
use crate::model::Lang;
use crate::output::terminal::cells;
use crate::scenario::words::rounded;

/// A unit word for large numbers.
struct Word {
    factor: f64,
    word: &'static str,
}

const EN: [Word; 4] = [
    Word { factor: 1e12, word: " tn" },
    Word { factor: 1e9, word: " bn" },
    Word { factor: 1e6, word: " m" },
    Word { factor: 1.0, word: "" },
];

const KO: [Word; 4] = [
    Word { factor: 1e12, word: "조" },
    Word { factor: 1e8, word: "억" },
    Word { factor: 1e4, word: "만" },
    Word { factor: 1.0, word: "" },
];

fn words(lang: Lang) -> &'static [Word; 4] {
    match lang {
        Lang::En => &EN,
        Lang::Ko => &KO,
    }
}

/// The text in the reader's language.
pub fn pick<'a>(lang: Lang, en: &'a str, ko: &'a str) -> &'a str {
    match lang {
        Lang::En => en,
        Lang::Ko => ko,
    }
}

/// Name of the currency after an amount.
pub fn currency_word(currency: &str, lang: Lang) -> String {
    match (lang, currency) {
        (_, "") => String::new(),
        _ => format!(" {}", cells::currency_word(currency, lang)),
    }
}

/// An amount with unit word and currency: `12.4 bn KRW`, `124억 원`.
pub fn money(value: f64, currency: &str, lang: Lang) -> String {
    joined(amount(value, lang), currency, lang)
}

/// A figure with its currency: 5,300원 is written close, 124억 원 and 5 XAF apart.
fn joined(figure: String, currency: &str, lang: Lang) -> String {
    let word = currency_word(currency, lang);
    let close = figure.ends_with(|c: char| c.is_ascii_digit()) && word.ends_with(|c: char| ('가'..='힣').contains(&c));
    figure + if close { word.trim_start() } else { &word }
}

/// An amount with unit word, without currency.
pub fn amount(value: f64, lang: Lang) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let sign = if value < 0.0 { "−" } else { "" };
    let size = value.abs();
    let list = words(lang);
    // A size that rounds up to the next unit is written in it.
    let unit = list.iter().find(|w| size >= w.factor * 0.9995).unwrap_or(&list[3]);
    let digits = if unit.word.is_empty() { significant(size) } else { three_digits(size / unit.factor) };
    if digits == "0" { digits } else { format!("{sign}{digits}{}", unit.word) }
}

/// A range of money with the unit written once where both ends share it: `3.2–41 bn KRW`.
pub fn money_range(low: f64, high: f64, currency: &str, lang: Lang) -> String {
    let (a, b) = (amount(low, lang), money(high, currency, lang));
    if low == high {
        return b;
    }
    let list = words(lang);
    let unit_of = |text: &str| list.iter().position(|w| !w.word.is_empty() && text.contains(w.word.trim()));
    let shared = unit_of(&b).filter(|unit| low == 0.0 || unit_of(&a) == Some(*unit));
    let short = shared.filter(|_| lang == Lang::En || low >= 0.0);
    // A bare figure before `~2.3만` would be read as one of 만.
    let own = lang == Lang::Ko && shared.is_none() && unit_of(&b).is_some() && unit_of(&a).is_none();
    let a = if own { joined(a, currency, lang) } else { a };
    let a = short.map_or(a.as_str(), |unit| a.trim_end_matches(list[unit].word));
    let dash = match lang {
        Lang::Ko if low < 0.0 => " ~ ",
        Lang::Ko => "~",
        Lang::En if low < 0.0 => " to ",
        Lang::En if shared.is_some() => "–",
        Lang::En => " – ",
    };
    format!("{a}{dash}{b}")
}

/// A range of money with the digits of the page on the terminal: `0.58–2.80 m AUD`. What the page writes out in full has three
/// digits here, as the figures above it have: `354,000–831,000 GBP`.
pub fn page_range(low: f64, high: f64, currency: &str, lang: Lang) -> String {
    const IN_FULL: f64 = 1e6;
    if high.round() < IN_FULL && low >= 0.0 {
        let (a, b) = (amount(low, lang), amount(high, lang));
        return match lang {
            _ if a == b => money(high, currency, lang),
            Lang::En => joined(format!("{a}–{b}"), currency, lang),
            Lang::Ko => money_range(low, high, currency, lang),
        };
    }
    joined(cells::range(low, high, cells::dash(lang), lang), currency, lang)
}

/// A mean with half the width of its interval, in one unit: `−23.4 ± 0.3 bn KRW`.
pub fn with_error(mean: f64, half: f64, currency: &str, lang: Lang) -> String {
    let list = words(lang);
    let size = mean.abs().max(half.abs());
    let unit = list.iter().find(|w| size >= w.factor * 0.9995).unwrap_or(&list[3]);
    let sign = if mean < 0.0 {
        "−"
    } else if mean > 0.0 {
        "+"
    } else {
        ""
    };
    if half.is_nan() || half <= 0.0 {
        return format!("{}{}", if mean > 0.0 { "+" } else { "" }, money(mean, currency, lang));
    }
    let mean = mean.abs() / unit.factor;
    let mean = if unit.word.is_empty() { significant(mean) } else { three_digits(mean) };
    let half = two_digits(half / unit.factor);
    format!("{sign}{mean} ± {half}{}{}", unit.word, currency_word(currency, lang))
}

/// Two significant digits, at most four places.
fn two_digits(value: f64) -> String {
    if !value.is_finite() || value <= 0.0 {
        return "0".into();
    }
    let places = (1 - value.log10().floor() as i32).clamp(0, 4) as usize;
    let text = trim(&format!("{:.places$}", rounded(value, places as i32)));
    if text == "0" { "<0.0001".into() } else { group(&text) }
}

/// A number of people with their counter: `105,000 people`, `10.5만 명`.
pub fn people(value: f64, lang: Lang) -> String {
    let number = persons(value, lang);
    match lang {
        Lang::En => format!("{number} {}", if number == "1" { "person" } else { "people" }),
        Lang::Ko if number.ends_with(|c: char| c.is_ascii_digit()) => format!("{number}명"),
        Lang::Ko => format!("{number} 명"),
    }
}

/// A mean number of people, whole from one on: what is less than one is not nobody.
pub fn persons(value: f64, lang: Lang) -> String {
    count(if value > 0.0 && value < 1.0 { value } else { value.round() }, lang)
}

/// A range of people, each end with a word of size or a counter of its own: `8명~12.3만 명`, for a bare figure before `~12.3만`
/// would be read as one of 만.
pub fn people_range(low: f64, high: f64, lang: Lang) -> String {
    let (a, b) = (persons(low, lang), people(high, lang));
    match lang {
        Lang::En => format!("{a} to {b}"),
        Lang::Ko if low > 0.0 && is_bare(&a) && !is_bare(&persons(high, lang)) => format!("{}~{b}", people(low, lang)),
        Lang::Ko => format!("{a}~{b}"),
    }
}

/// True of a figure without a word of size.
fn is_bare(figure: &str) -> bool {
    figure.ends_with(|c: char| c.is_ascii_digit())
}

/// A number of claims with its counter: `105,000 claims`, `10.5만 건`.
pub fn claims(value: f64, lang: Lang) -> String {
    let number = count(value, lang);
    match lang {
        Lang::En => format!("{number} claim{}", if number == "1" { "" } else { "s" }),
        Lang::Ko if number.ends_with(|c: char| c.is_ascii_digit()) => format!("{number}건"),
        Lang::Ko => format!("{number} 건"),
    }
}

/// A large number of things: `105,000`, `1.2 million`, `10.5만`.
pub fn count(value: f64, lang: Lang) -> String {
    match lang {
        Lang::En if value.abs() < 999_500.0 => significant(value),
        Lang::En => amount(value, lang).replace(" m", " million"),
        Lang::Ko => amount(value, lang),
    }
}

/// A share as a percentage, in the figures of the page on the terminal; what is neither none nor all never reads as such.
pub fn percent(share: f64, lang: Lang) -> String {
    cells::percent(share.clamp(0.0, 1.0), lang)
}

/// Three significant digits, thousands grouped, no trailing zeros, never an exponent.
pub fn significant(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".into();
    }
    if value.abs() >= 1e12 {
        return power(value);
    }
    let digits = 2 - value.abs().log10().floor() as i32;
    let places = digits.max(0) as usize;
    group(&trim(&format!("{:.places$}", rounded(value, digits))))
}

/// A figure of three digits, `15.0`; without zeros where it is the whole value, as at marks of an axis.
fn three_digits(value: f64) -> String {
    let told = significant(value);
    if cells::is_told_in_full(value) { told } else { cells::three_digits(&told) }
}

/// A number too long to write out, as a power of ten.
fn power(value: f64) -> String {
    let exponent = value.abs().log10().floor();
    format!("{}×10^{exponent:.0}", trim(&format!("{:.2}", value / 10f64.powf(exponent))))
}

/// A tick's number in full.
fn plain(value: f64) -> String {
    if value.abs() >= 1e12 {
        return power(value).replace('-', "−");
    }
    let sign = if value < 0.0 { "−" } else { "" };
    let size = value.abs();
    let digits = if size >= 1.0 || size == 0.0 { format!("{size:.3}") } else { format!("{size:.6}") };
    format!("{sign}{}", group(&trim(&digits)))
}

fn trim(digits: &str) -> String {
    if digits.contains('.') {
        return digits.trim_end_matches('0').trim_end_matches('.').to_string();
    }
    digits.to_string()
}

fn group(digits: &str) -> String {
    let (whole, rest) = digits.find('.').map_or((digits, ""), |at| digits.split_at(at));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    format!("{sign}{}{rest}", with_commas(whole))
}

/// Labels of an axis's ticks and the unit its title names.
pub struct TickWords {
    /// One label to a tick.
    pub labels: Vec<String>,
    /// Unit, for the title in parentheses.
    pub unit: String,
}

/// Labels for ticks in money: plain numbers in one unit, or unit words at each tick when the axis spans too much.
pub fn money_ticks(ticks: &[f64], currency: &str, lang: Lang) -> TickWords {
    let (low, high) = extent(ticks);
    let list = words(lang);
    // A unit that no mark reaches is not what amounts of this size are told in: 100,000 to 400,000, not 0.1 to 0.4 m.
    let reached = |w: &&Word| high / w.factor >= 0.9995;
    let handy = |least: f64, most: f64| {
        list.iter().filter(reached).find(|w| low / w.factor >= least && high / w.factor <= most)
    };
    // Tenths of a larger unit are read more easily than thousands of a smaller one: 0.5 to 50 bn, not 500 to 50,000 m.
    let ways = [(0.999, 2_000.0), (0.099, 2_000.0), (0.999, 20_000.0), (0.099, 20_000.0)];
    let unit = ways.into_iter().find_map(|(least, most)| handy(least, most));
    let unit = unit.or_else(|| list.iter().find(|w| high >= w.factor)).unwrap_or(&list[3]);
    if low / unit.factor >= 0.0099 {
        let labels = ticks.iter().map(|t| plain(t / unit.factor)).collect();
        let unit = format!("{}{}", unit.word, currency_word(currency, lang)).trim().to_string();
        return TickWords { labels, unit };
    }
    let unit = currency_word(currency, lang).trim().to_string();
    TickWords { labels: ticks.iter().map(|t| amount(*t, lang)).collect(), unit }
}

/// Labels for ticks that count claims.
pub fn count_ticks(ticks: &[f64], lang: Lang) -> Vec<String> {
    ticks.iter().map(|t| count(*t, lang)).collect()
}

/// Smallest and largest size among ticks other than 0.
fn extent(ticks: &[f64]) -> (f64, f64) {
    let sizes = ticks.iter().map(|t| t.abs()).filter(|t| *t > 0.0);
    sizes.fold((f64::INFINITY, 0.0), |(lo, hi), t| (lo.min(t), f64::max(hi, t)))
}

/// A whole number with its thousands grouped.
pub fn whole(value: u64) -> String {
    group(&value.to_string())
}

/// A whole number of things in English: `1 world`, `10,000 worlds`.
pub fn plural(value: u64, thing: &str) -> String {
    format!("{} {thing}{}", whole(value), if value == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_counted_as_such() {
        let told = |n: f64| [people(n, Lang::En), people(n, Lang::Ko)];
        assert_eq!(told(18.6e6), ["18.6 million people", "1,860만 명"]);
        assert_eq!(told(1.2), ["1 person", "1명"]);
        assert_eq!(told(0.344), ["0.344 people", "0.344명"]);
    }

    #[test]
    fn amounts_read_well() {
        let cases = [
            (12.44e9, "12.4 bn KRW", "124억 원"),
            (0.0, "0 KRW", "0원"),
            (5_300.0, "5,300 KRW", "5,300원"),
            (999.96e9, "1.00 tn KRW", "1.00조 원"),
            (1.2434e11, "124 bn KRW", "1,240억 원"),
            (-3.5e8, "−350 m KRW", "−3.5억 원"),
            (15.004e9, "15.0 bn KRW", "150억 원"),
            (5.004e8, "500 m KRW", "5.00억 원"),
            (6_625_000.0, "6.63 m KRW", "663만 원"),
            (2.5e17, "250,000 tn KRW", "250,000조 원"),
        ];
        for (value, en, ko) in cases {
            assert_eq!(money(value, "KRW", Lang::En), en);
            assert_eq!(money(value, "KRW", Lang::Ko), ko);
        }
    }

    #[test]
    fn ranges_name_a_shared_unit_once() {
        assert_eq!(money_range(3.2e9, 41e9, "KRW", Lang::En), "3.2–41 bn KRW");
        assert_eq!(money_range(0.0, 41e9, "KRW", Lang::En), "0–41 bn KRW");
        assert_eq!(money_range(3e7, 4e8, "KRW", Lang::Ko), "3,000만~4억 원");
        assert_eq!(money_range(5_000.0, 2.3e4, "KRW", Lang::Ko), "5,000원~2.3만 원");
    }

    /// The page tells sums below a million to the last unit; beside `598,000 GBP` a figure does not.
    #[test]
    fn ranges_have_the_digits_of_what_stands_above_them() {
        assert_eq!(page_range(353_525.0, 830_925.0, "GBP", Lang::En), "354,000–831,000 GBP");
        assert_eq!(page_range(353_525.0, 830_925.0, "KRW", Lang::Ko), "35.4~83.1만 원");
        assert_eq!(page_range(0.0, 9.35, "KRW", Lang::En), "0–9.35 KRW");
        assert_eq!(page_range(240.0, 240.0, "GBP", Lang::En), "240 GBP");
        assert_eq!(page_range(0.58e6, 2.8e6, "AUD", Lang::En), "0.58–2.80 m AUD");
        assert_eq!(page_range(36_018_000.0, 4.01e10, "KRW", Lang::En), "36.0 m–40.1 bn KRW");
        assert_eq!(page_range(36_018_000.0, 4.01e10, "KRW", Lang::Ko), "3,600만~401억 원");
    }

    /// 8 people are not read as 80,000 because the other end is told in 만.
    #[test]
    fn ends_of_a_range_of_people_are_read_for_themselves() {
        for (low, high, en, ko) in [
            (8.0, 122_540.0, "8 to 123,000 people", "8명~12.3만 명"),
            (1_880.0, 32_300.0, "1,880 to 32,300 people", "1,880명~3.23만 명"),
            (20_000.0, 32_300.0, "20,000 to 32,300 people", "2만~3.23만 명"),
            (0.0, 32_300.0, "0 to 32,300 people", "0~3.23만 명"),
            (8.0, 320.0, "8 to 320 people", "8~320명"),
        ] {
            assert_eq!(people_range(low, high, Lang::En), en);
            assert_eq!(people_range(low, high, Lang::Ko), ko);
        }
    }

    #[test]
    fn one_unit_to_an_axis_unless_it_spans_too_much() {
        let near = money_ticks(&[1e8, 1e9, 1e10, 1e11], "KRW", Lang::En);
        assert_eq!((near.labels.join(" "), near.unit.as_str()), ("0.1 1 10 100".into(), "bn KRW"));
        let tenths = money_ticks(&[2e8, 1e9, 5e9, 2e10], "KRW", Lang::En);
        assert_eq!((tenths.labels.join(" "), tenths.unit.as_str()), ("0.2 1 5 20".into(), "bn KRW"));
        let few = money_ticks(&[5e8, 1e9], "KRW", Lang::En);
        assert_eq!((few.labels.join(" "), few.unit.as_str()), ("500 1,000".into(), "m KRW"));
        let low = money_ticks(&[1e5, 2e5, 3e5, 4e5], "KRW", Lang::En);
        assert_eq!((low.labels.join(" "), low.unit.as_str()), ("100,000 200,000 300,000 400,000".into(), "KRW"));
        let far = money_ticks(&[1e4, 1e8, 1e12], "KRW", Lang::Ko);
        assert_eq!((far.labels.join(" "), far.unit.as_str()), ("1만 1억 1조".into(), "원"));
    }

    #[test]
    fn shares_never_round_to_none_or_all() {
        assert_eq!(percent(0.001, Lang::En), "0.1 %");
        assert_eq!(percent(0.000_04, Lang::En), "<0.01 %");
        assert_eq!(percent(0.9999, Lang::Ko), ">99.9%");
        assert_eq!(percent(0.9934, Lang::Ko), "99.3%");
        for (share, words) in [(0.0, "0 %"), (0.2, "20 %"), (0.5, "50 %"), (1.0, "100 %"), (1.0 + 1e-12, "100 %")] {
            assert_eq!(percent(share, Lang::En), words, "a mark of an axis is whole");
        }
    }
}
