//! Numbers of a table: ranges, differences and shares, in the words of [`crate::scenario::words`].

use crate::chance::law::with_commas;
use crate::model::Lang;
use crate::scenario::words::{self, korean_currency, rounded};

/// Unit words by language, largest first.
fn scales(lang: Lang) -> &'static [(f64, &'static str)] {
    match lang {
        Lang::En => &[(1e12, " tn"), (1e9, " bn"), (1e6, " m")],
        Lang::Ko => &[(1e12, "조"), (1e8, "억"), (1e4, "만")],
    }
}

/// Below this, whole numbers are written out.
const WRITTEN_OUT: f64 = 1e6;

/// Scale and unit word for a value.
fn scale(value: f64, lang: Lang) -> (f64, &'static str) {
    let size = value.abs();
    if size.round() < WRITTEN_OUT {
        return (1.0, "");
    }
    // Three digits are shown, so that a value just below a unit is shown as one of it.
    scales(lang).iter().copied().find(|(s, _)| size >= 0.9995 * s).unwrap_or((1.0, ""))
}

/// A value with so many decimals and commas between thousands.
fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", rounded(value.abs(), decimals as i32));
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = with_commas(whole);
    out.extend(fraction.map(|f| format!(".{f}")));
    let zero = text.chars().all(|c| matches!(c, '0' | '.'));
    if value < 0.0 && !zero { format!("-{out}") } else { out }
}

/// A whole number with commas between thousands.
pub fn grouped(value: f64) -> String {
    fixed(value, 0)
}

/// How many things there are, in English: `1 replicate`, `2,000 replicates`.
pub fn counted(value: f64, thing: &str) -> String {
    let number = grouped(value);
    format!("{number} {thing}{}", if number == "1" { "" } else { "s" })
}

/// What stands between the ends of a range.
pub fn dash(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "–",
        Lang::Ko => "~",
    }
}

/// Both ends of an interval in the unit of the larger: `9.8–15.2 bn`; a lower end that would keep fewer than two of its digits
/// there has its own: `36.0 m–40.1 bn`. `between` stands between them.
pub fn range(lo: f64, hi: f64, between: &str, lang: Lang) -> String {
    if !(lo.is_finite() && hi.is_finite()) {
        return "–".into();
    }
    let larger = lo.abs().max(hi.abs());
    let (unit, word) = scale(larger, lang);
    let whole = lo == lo.round() && hi == hi.round();
    let places = match larger / unit {
        _ if unit == 1.0 && whole => 0,
        x if x >= 99.95 => 0,
        x if x >= 9.995 => 1,
        x if x >= 0.9995 => 2,
        // What is less than one of a currency has its three digits.
        x => 2 - (x.max(1e-9).log10().floor() as i32),
    } as usize;
    let (low, high) = (fixed(lo / unit, places), fixed(hi / unit, places));
    let digits = |told: &str| told.trim_start_matches(['0', '.']).bytes().filter(u8::is_ascii_digit).count();
    match low == high {
        true => format!("{high}{word}"),
        false if lo == 0.0 => format!("0{between}{high}{word}"),
        false if lo > 0.0 && digits(&low) < 2 && !(unit == 1.0 && whole) => {
            format!("{}{between}{high}{word}", low_end(lo, word, lang))
        }
        false => format!("{low}{between}{high}{word}"),
    }
}

/// The lower end of a range whose upper end has another size, in its own unit, of which it is bare where both share it. What is
/// below all units would be read in that of the upper end, and is told to be less than any of them.
fn low_end(value: f64, word: &str, lang: Lang) -> String {
    let (least, bound) = match lang {
        Lang::En => (1e3, "<1,000"),
        Lang::Ko => (1e4, "<1만"),
    };
    let three = rounded(value, 2 - value.log10().floor() as i32);
    match scales(lang).iter().find(|(s, _)| three >= *s) {
        Some((s, own)) => {
            let figure = three_digits(&words::count(three / s, lang));
            if *own == word { figure } else { format!("{figure}{own}") }
        }
        None if word.is_empty() => words::count(three, lang),
        None if three < least => bound.into(),
        None => grouped(three),
    }
}

/// Figures that stand together, all with three digits where one of their unit has a fraction: `5.00 m` beside `4.98 m`. What
/// is no figure with a word of size stays as it is.
pub fn alike(words: &[String]) -> Vec<String> {
    let parts = |text: &str| {
        let first = text.find(|c: char| !matches!(c, '+' | '-')).unwrap_or(0);
        let figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let end = text[first..].find(|c: char| !figure(c)).map_or(text.len(), |end| first + end);
        (text[..end].to_string(), text[end..].to_string())
    };
    let known = |unit: &str| [Lang::En, Lang::Ko].into_iter().flat_map(scales).any(|(_, word)| *word == unit);
    let split: Vec<(String, String)> = words.iter().map(|w| parts(w)).collect();
    let one = |(figure, unit): &(String, String)| {
        let fraction = split.iter().any(|(other, of)| of == unit && other.contains('.'));
        let figure = if fraction && known(unit) { &three_digits(figure) } else { figure };
        format!("{figure}{unit}")
    };
    split.iter().map(one).collect()
}

/// A figure filled up to three digits: `5.00` of `5`.
pub fn three_digits(figure: &str) -> String {
    let missing = 3_usize.saturating_sub(figure.bytes().filter(u8::is_ascii_digit).count());
    let point = if missing > 0 && !figure.contains('.') { "." } else { "" };
    format!("{figure}{point}{}", "0".repeat(missing))
}

/// True of a value that three significant digits tell in full: nothing of it is rounded away.
pub fn is_told_in_full(value: f64) -> bool {
    let size = value.abs();
    size == 0.0 || (rounded(size, 2 - size.log10().floor() as i32) - size).abs() <= 1e-9 * size
}

/// A figure of [`words`], begun with its three digits where it stands for a value that has more: `15.0 bn` of 15.004 billion,
/// `15 bn` of 15.
fn retold(told: String, value: f64, lang: Lang) -> String {
    let plain = words::count(value, lang);
    if !value.is_finite() || scale(value, lang).0 == 1.0 || is_told_in_full(value) {
        return told;
    }
    let end = plain.find(|c: char| c != '-' && !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(plain.len());
    told.strip_prefix(&plain[..end]).map_or(told.clone(), |rest| three_digits(&plain[..end]) + rest)
}

/// An estimated count or amount, with three digits where it has a word of size: `15.0 bn`, `158 bn`, `12,400`.
pub fn count(value: f64, lang: Lang) -> String {
    retold(words::count(value, lang), value, lang)
}

/// Estimated money: `15.0 bn KRW`.
pub fn money(value: f64, currency: &str, lang: Lang) -> String {
    retold(words::money(value, currency, lang), value, lang)
}

/// An estimated number of people, in Korean with its counter: `18.6 m`, `1,860만 명`.
pub fn people(value: f64, lang: Lang) -> String {
    retold(words::people(value, lang), value, lang)
}

/// A difference, always with its sign.
pub fn signed(value: f64, lang: Lang) -> String {
    let text = count(value, lang);
    if value > 0.0 && text != "0" { format!("+{text}") } else { text }
}

/// The word for a currency.
pub fn currency_word(currency: &str, lang: Lang) -> &str {
    match lang {
        Lang::En => currency,
        Lang::Ko => korean_currency(currency).unwrap_or(currency),
    }
}

/// A share in per cent: `5 %`, `0 %`, `0.04 %`, `3.2 %`, `45 %`; `<0.01 %` and `>99.9 %` where rounding would hide it. In
/// Korean the sign stands close: `5%`.
pub fn percent(share: f64, lang: Lang) -> String {
    let x = 100.0 * share;
    let to = |places: usize| format!("{:.places$} %", rounded(x, places as i32));
    let told: String = match x {
        x if !x.is_finite() => "–".into(),
        x if x >= 1.0 && (x - x.round()).abs() < 1e-9 => format!("{x:.0} %"),
        0.0 => "0 %".into(),
        x if x < 0.01 => "<0.01 %".into(),
        x if x < 0.1 => to(2),
        x if x < 9.95 => to(1),
        x if x <= 99.0 => to(0),
        x if x < 99.9 => to(1),
        _ => ">99.9 %".into(),
    };
    if lang == Lang::Ko { told.replace(' ', "") } else { told }
}

/// A bound in per cent, told no smaller than it is: `0.55 %` of 0.546 %.
pub fn percent_up(share: f64, lang: Lang) -> String {
    let x = 100.0 * share;
    // As many digits as [`percent`] shows.
    let step = match x {
        x if x < 0.1 => 0.01,
        x if x < 9.9 => 0.1,
        x if x <= 99.0 => 1.0,
        _ => 0.1,
    };
    let up = (x / step - 1e-9).ceil() * step;
    percent(if x.is_finite() && x > 0.0 { up / 100.0 } else { share }, lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_that_stand_together_have_as_many_digits() {
        let told = |words: &[&str]| alike(&words.iter().map(|w| w.to_string()).collect::<Vec<_>>());
        assert_eq!(told(&["5 m", "4.98 m", "50.1 m", "2.8 m", "0"]), ["5.00 m", "4.98 m", "50.1 m", "2.80 m", "0"]);
        assert_eq!(told(&["5 m", "12,400", "9,430"]), ["5 m", "12,400", "9,430"]);
        assert_eq!(told(&["13.4만", "9만", "1,240만"]), ["13.4만", "9.00만", "1,240만"]);
        assert_eq!(told(&["+15 bn", "-3.65 bn", "–"]), ["+15.0 bn", "-3.65 bn", "–"]);
        assert_eq!(
            told(&["60 %", "3.6 %", "96–238 bn", "13.1–17.0 bn"]),
            ["60 %", "3.6 %", "96–238 bn", "13.1–17.0 bn"]
        );
    }

    /// Halfway between 6.62 and 6.63 million: mean, range and share go the same way, up.
    #[test]
    fn halves_go_up_everywhere() {
        let told = |lang| [count(6_625_000.0, lang), range(6_625_000.0, 6_625_000.0, "–", lang), percent(0.125, lang)];
        assert_eq!(told(Lang::En), ["6.63 m", "6.63 m", "13 %"]);
        assert_eq!(told(Lang::Ko), ["663만", "663만", "13%"]);
        assert_eq!(grouped(2.5), "3");
    }

    /// What is estimated has three digits, what is known no more than it needs.
    #[test]
    fn estimates_have_three_digits() {
        let told = |v: f64| [count(v, Lang::En), money(v, "KRW", Lang::Ko), people(v, Lang::Ko)];
        assert_eq!(told(15.004e9), ["15.0 bn", "150억 원", "150억 명"]);
        assert_eq!(told(5.004e8), ["500 m", "5.00억 원", "5.00억 명"]);
        assert_eq!(told(15e9), ["15 bn", "150억 원", "150억 명"]);
        assert_eq!(told(-5.0001e6)[0], "-5.00 m");
        assert_eq!(told(12_400.3), ["12,400", "12,400원", "12,400명"]);
        assert_eq!(count(9.996e9, Lang::En), "10.0 bn");
    }

    #[test]
    fn bounds_are_rounded_up() {
        let all = [0.0, 0.000_04, 0.000_91, 0.005_46, 0.005, 0.0312, 0.099_6, 0.451, 0.96, 1.0]
            .map(|x| percent_up(x, Lang::En));
        assert_eq!(all, ["0 %", "0.01 %", "0.1 %", "0.6 %", "0.5 %", "3.2 %", "10 %", "46 %", "96 %", "100 %"]);
    }

    #[test]
    fn intervals_share_a_unit() {
        assert_eq!(range(9.8e9, 15.2e9, "–", Lang::En), "9.8–15.2 bn");
        assert_eq!(range(0.0, 0.0, "–", Lang::En), "0");
        assert_eq!(range(-2.0e6, 1.0e6, " … ", Lang::En), "-2.00 … 1.00 m");
        assert_eq!(range(999.7e6, 1e9, "–", Lang::En), "1.00 bn");
        assert_eq!(range(10_500.0, 105_116.0, "–", Lang::En), "10,500–105,116");
        assert_eq!(range(98e8, 152e8, "–", Lang::Ko), "98–152억");
        assert_eq!(range(98e8, 152e8, dash(Lang::Ko), Lang::Ko), "98~152억");
    }

    /// 36 million are not nothing because others are billions, nor is one of 9 all of 5.23 billion.
    #[test]
    fn a_low_end_is_not_rounded_to_nothing() {
        for (lo, hi, en, ko) in [
            (36_018_000.0, 4.01e10, "36.0 m–40.1 bn", "3,600만~401억"),
            (5.23e9, 2.38e11, "5.23–238 bn", "52~2,380억"),
            (9.12e9, 1.34e11, "9.12–134 bn", "91–1,340억"),
            (0.0, 4.01e10, "0–40.1 bn", "0~401억"),
            (353_525.0, 4.01e10, "354,000–40.1 bn", "35.4만~401억"),
            (8.0, 4.01e10, "<1,000–40.1 bn", "<1만~401억"),
            (0.34e9, 4.29e9, "0.34–4.29 bn", "3.4~42.9억"),
            (0.0, 9.35, "0–9.35", "0~9.35"),
            (8.5, 9.35, "8.50–9.35", "8.50~9.35"),
            (0.34, 41.2, "0.34–41.2", "0.34~41.2"),
            (3.0, 940.0, "3–940", "3~940"),
            (3.4, 940.2, "3.4–940", "3.4~940"),
            (0.0011, 0.0023, "0.00110–0.00230", "0.00110~0.00230"),
        ] {
            assert_eq!(range(lo, hi, "–", Lang::En), en);
            assert_eq!(range(lo, hi, dash(Lang::Ko), Lang::Ko).replace('–', "~"), ko.replace('–', "~"));
        }
    }

    #[test]
    fn shares_do_not_round_to_certainty() {
        let all = [0.0, 0.00004, 0.0004, 0.032, 0.05, 0.9934, 0.99951, 1.0].map(|x| percent(x, Lang::En));
        assert_eq!(all, ["0 %", "<0.01 %", "0.04 %", "3.2 %", "5 %", "99.3 %", ">99.9 %", "100 %"]);
        assert_eq!([0.00004, 0.05, 0.99951].map(|x| percent(x, Lang::Ko)), ["<0.01%", "5%", ">99.9%"]);
    }

    #[test]
    fn differences_have_a_sign() {
        assert_eq!(signed(5e9, Lang::En), "+5 bn");
        assert_eq!(signed(-5.25e9, Lang::En), "-5.25 bn");
        assert_eq!(signed(0.0, Lang::En), "0");
        assert_eq!(grouped(-1234.0), "-1,234");
    }
}
