//! Numbers as short texts: three significant digits and a unit word, never an exponent.

use crate::model::Lang;

/// Unit words by language, largest first.
fn scales(lang: Lang) -> &'static [(f64, &'static str)] {
    match lang {
        Lang::En => &[(1e12, " tn"), (1e9, " bn"), (1e6, " m"), (1e3, " k")],
        Lang::Ko => &[(1e12, "조"), (1e8, "억"), (1e4, "만")],
    }
}

/// A value rounded to three significant digits.
fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let digits = 2 - value.abs().log10().floor() as i32;
    match digits {
        ..=0 => {
            let unit = 10_f64.powi(-digits);
            (value / unit).round() * unit
        }
        _ => (value * 10_f64.powi(digits)).round() / 10_f64.powi(digits),
    }
}

/// Scale and unit word for a value.
fn scale(value: f64, lang: Lang) -> (f64, &'static str) {
    let size = rounded(value).abs();
    scales(lang).iter().copied().find(|(s, _)| size >= *s).unwrap_or((1.0, ""))
}

/// Decimals that show three significant digits of a scaled value.
fn decimals(value: f64, whole: bool) -> usize {
    match rounded(value).abs() {
        x if x >= 100.0 || (whole && x.fract() == 0.0) || x == 0.0 => 0,
        x if x >= 10.0 => 1,
        _ => 2,
    }
}

/// A whole number with commas between thousands.
pub fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(c);
    }
    if value < 0.0 && digits != "0" { format!("-{text}") } else { text }
}

fn fixed(value: f64, decimals: usize) -> String {
    if decimals == 0 { grouped(value) } else { format!("{value:.decimals$}") }
}

/// An amount or count: `12.4 bn`, `105 k`, `0`; Korean `124억`, `10.5만`.
pub fn short(value: f64, lang: Lang) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let (unit, word) = scale(value, lang);
    let scaled = rounded(value) / unit;
    format!("{}{word}", fixed(scaled, decimals(scaled, unit == 1.0)))
}

/// Both ends of an interval in the unit of the larger: `9.8–15.2 bn`. `between` stands between them.
pub fn range(lo: f64, hi: f64, between: &str, lang: Lang) -> String {
    if !(lo.is_finite() && hi.is_finite()) {
        return "–".into();
    }
    let larger = if lo.abs() > hi.abs() { lo } else { hi };
    let (unit, word) = scale(larger, lang);
    let places = decimals(larger / unit, unit == 1.0);
    let (lo, hi) = (fixed(lo / unit, places), fixed(hi / unit, places));
    if lo == hi { format!("{hi}{word}") } else { format!("{lo}{between}{hi}{word}") }
}

/// A difference, always with its sign.
pub fn signed(value: f64, lang: Lang) -> String {
    let text = short(value, lang);
    if value > 0.0 && text != "0" { format!("+{text}") } else { text }
}

/// An amount with its currency: `12.4 bn KRW`; Korean `124억 원`.
pub fn money(value: f64, currency: &str, lang: Lang) -> String {
    with_currency(&short(value, lang), currency, lang)
}

/// A written amount with its currency.
pub fn with_currency(amount: &str, currency: &str, lang: Lang) -> String {
    format!("{amount} {}", currency_word(currency, lang))
}

/// The word for a currency.
pub fn currency_word(currency: &str, lang: Lang) -> &str {
    if lang == Lang::Ko && currency == "KRW" { "원" } else { currency }
}

/// A share in per cent: `0 %`, `0.04 %`, `3.2 %`, `45 %`; `<0.01 %` and `>99.9 %` where rounding would hide it.
pub fn percent(share: f64) -> String {
    let x = 100.0 * share;
    match x {
        x if !x.is_finite() => "–".into(),
        0.0 => "0 %".into(),
        x if x < 0.01 => "<0.01 %".into(),
        x if x < 0.1 => format!("{x:.2} %"),
        x if x < 9.95 => format!("{x:.1} %"),
        x if x <= 99.0 || x == 100.0 => format!("{x:.0} %"),
        x if x < 99.9 => format!("{x:.1} %"),
        _ => ">99.9 %".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_and_a_unit_word() {
        let en = |v| short(v, Lang::En);
        assert_eq!([en(0.0), en(12.0), en(950.0), en(1234.0)], ["0", "12", "950", "1.23 k"]);
        assert_eq!([en(12.44e9), en(999.96e6), en(-3.5e6), en(0.25)], ["12.4 bn", "1.00 bn", "-3.50 m", "0.25"]);
        let ko = |v| short(v, Lang::Ko);
        assert_eq!([ko(12.44e9), ko(105_116.0), ko(9.87e7), ko(4.5e7)], ["124억", "10.5만", "9,870만", "4,500만"]);
    }

    #[test]
    fn intervals_share_a_unit() {
        assert_eq!(range(9.8e9, 15.2e9, "–", Lang::En), "9.8–15.2 bn");
        assert_eq!(range(0.0, 0.0, "–", Lang::En), "0");
        assert_eq!(range(-2.0e6, 1.0e6, " … ", Lang::En), "-2.00 … 1.00 m");
        assert_eq!(range(98e8, 152e8, "~", Lang::Ko), "98~152억");
    }

    #[test]
    fn shares_do_not_round_to_certainty() {
        let all = [0.0, 0.00004, 0.0004, 0.032, 0.45, 0.9934, 0.99951, 1.0].map(percent);
        assert_eq!(all, ["0 %", "<0.01 %", "0.04 %", "3.2 %", "45 %", "99.3 %", ">99.9 %", "100 %"]);
    }

    #[test]
    fn signs_and_currency() {
        assert_eq!(signed(5e9, Lang::En), "+5.00 bn");
        assert_eq!(signed(-5e9, Lang::En), "-5.00 bn");
        assert_eq!(signed(0.0, Lang::En), "0");
        assert_eq!(money(12.4e9, "KRW", Lang::En), "12.4 bn KRW");
        assert_eq!(money(12.4e9, "KRW", Lang::Ko), "124억 원");
    }
}
