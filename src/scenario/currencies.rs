//! Currencies: the codes there are, what people write in their place, and which code was meant by what is none.

use super::report::closest;
use super::tree::{Node, Value};
use super::units;
use super::words::korean_currency;

/// Codes of ISO 4217, sorted: those of list one of its maintenance agency (SIX, www.six-group.com) as published on 2026-01-01,
/// and the six that had left it since 2023: an outage is told in the money of its day. Without metals (XAG, XAU, XPD, XPT), units
/// of bond markets (XBA to XBD), the code for tests (XTS) and that for no currency; with funds codes and with the units of
/// account of institutions (XAD, XDR, XSU, XUA). Compared code by code with the list as the packages `iso4217` 1.16.20260101 and
/// `pycountry` 26.2.16 hold it, which agree; what has left it since, with `iso-codes` 4.15.0 of 2023.
#[rustfmt::skip]
pub const CODES: [&str; 174] = [
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN",
    "BHD", "BIF", "BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF",
    "CHE", "CHF", "CHW", "CLF", "CLP", "CNY", "COP", "COU", "CRC", "CUC", "CUP", "CVE", "CZK", "DJF",
    "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD",
    "GNF", "GTQ", "GYD", "HKD", "HNL", "HRK", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK",
    "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP",
    "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
    "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN",
    "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG",
    "SEK", "SGD", "SHP", "SLE", "SLL", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS",
    "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UYW",
    "UZS", "VED", "VES", "VND", "VUV", "WST", "XAD", "XAF", "XCD", "XCG", "XDR", "XOF", "XPF", "XSU",
    "XUA", "YER", "ZAR", "ZMW", "ZWG", "ZWL",
];

/// Codes that list one of 2023 had and that of 2026-01-01 has not: the money of Curaçao and Sint Maarten, Bulgaria, Cuba
/// (convertible), Croatia, Sierra Leone (before 2022) and Zimbabwe (before 2024).
#[cfg(test)]
const GONE: [&str; 6] = ["ANG", "BGN", "CUC", "HRK", "SLL", "ZWL"];

/// Currencies that are called dollars at home.
const DOLLARS: [&str; 8] = ["AUD", "CAD", "HKD", "NZD", "SGD", "TWD", "TTD", "USD"];
/// What a dollar of no country is called.
const A_DOLLAR: [&str; 5] = ["$", "dollar", "dollars", "달러", "불"];

/// Signs, names and short forms that stand for a code.
const NAMES: [(&str, &str); 37] = [
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("australian dollars", "AUD"),
    ("ca$", "CAD"),
    ("c$", "CAD"),
    ("canadian dollars", "CAD"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("franken", "CHF"),
    ("hk$", "HKD"),
    ("ntd", "TWD"),
    ("nt$", "TWD"),
    ("nz$", "NZD"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("pounds sterling", "GBP"),
    ("quid", "GBP"),
    ("r$", "BRL"),
    ("renminbi", "CNY"),
    ("rmb", "CNY"),
    ("rupees", "INR"),
    ("s$", "SGD"),
    ("stg", "GBP"),
    ("swiss francs", "CHF"),
    ("ukp", "GBP"),
    ("us dollars", "USD"),
    ("us$", "USD"),
    ("won", "KRW"),
    ("yen", "JPY"),
    ("yuan", "CNY"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₩", "KRW"),
    ("₹", "INR"),
    ("€", "EUR"),
    ("円", "JPY"),
    ("미국달러", "USD"),
];

/// True for a code of ISO 4217.
pub fn is_currency(code: &str) -> bool {
    CODES.binary_search(&code).is_ok()
}

/// True for three capitals, the form of a code.
pub fn looks_like_code(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// The code that a sign, a name or small letters stand for; `ours`: the currency of the file, whose dollar a dollar is.
pub fn named(word: &str, ours: &str) -> Option<&'static str> {
    let code = |wanted: &str| CODES.iter().copied().find(|c| *c == wanted);
    let lower = word.trim().to_lowercase();
    if A_DOLLAR.contains(&lower.as_str()) {
        return code(if DOLLARS.contains(&ours) { ours } else { "USD" });
    }
    let joined: String = lower.split_whitespace().collect();
    let korean = || CODES.iter().copied().find(|c| korean_currency(c).is_some_and(|name| name == joined));
    let short = NAMES.iter().find(|(name, _)| *name == lower || *name == joined).map(|(_, code)| *code);
    code(&lower.to_uppercase()).or(short).or_else(korean)
}

/// The code that was meant by one that does not exist; `ours`: what the file is in, as far as is known.
pub fn meant(word: &str, ours: &str) -> Option<&'static str> {
    let ours = CODES.iter().copied().find(|c| *c == ours);
    let letters = |word: &str| {
        let mut letters: Vec<char> = word.to_uppercase().chars().collect();
        letters.sort_unstable();
        letters
    };
    // Many codes are one letter apart: its own letters in another order come first, then money that is often met.
    let turned = || CODES.iter().copied().find(|c| letters(c) == letters(word));
    let often = || closest(word, CODES.iter().copied().filter(|c| korean_currency(c).is_some()));
    let near = || closest(word, ours).or_else(turned).or_else(often).or_else(|| closest(word, CODES));
    named(word, ours.unwrap_or("")).or_else(near)
}

/// The one currency in which all sums of a file are that name any; empty where there is none, or several.
pub fn of_sums(root: &Node) -> String {
    let mut codes = Vec::new();
    gather(root, &mut codes);
    codes.dedup();
    match codes.as_slice() {
        [one] => one.clone(),
        _ => String::new(),
    }
}

/// Keys of texts that people read.
const WORDS: [&str; 4] = ["title", "summary", "note", "what"];

fn gather(node: &Node, codes: &mut Vec<String>) {
    match &node.value {
        Value::Text(text) => codes.extend(units::code_of_sum(text)),
        Value::List(list) => list.iter().for_each(|n| gather(n, codes)),
        Value::Table(table) => {
            let read = table.entries.iter().filter(|e| !WORDS.contains(&e.key.as_str()));
            read.for_each(|e| gather(&e.node, codes));
        }
        _ => {}
    }
}

/// How the rate of a scheme in another currency is given. The number of an example is one of its day and pair, so that
/// it is shown for no other.
pub fn how_to_give_rate(ours: &str, theirs: &str) -> String {
    let example = if (ours, theirs) == ("KRW", "EUR") { "1_430" } else { "…" };
    format!("add `rate = {example}`, the {ours} for one {theirs}, with its source")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_have_their_form() {
        assert!(CODES.is_sorted_by(|a, b| a < b) && CODES.iter().all(|c| looks_like_code(c)));
        assert!(NAMES.iter().all(|(_, code)| is_currency(code)) && DOLLARS.iter().all(|code| is_currency(code)));
    }

    /// Numbers of list one of 2026-01-01, counted there: 178 codes, ten of them no money of anybody's.
    #[test]
    fn the_list_is_that_of_2026_and_what_left_it_since_2023() {
        let current: Vec<&str> = CODES.into_iter().filter(|c| !GONE.contains(c)).collect();
        assert_eq!(current.len(), 178 - 10);
        assert_eq!(CODES.len(), current.len() + GONE.len());
        for none in ["XAG", "XAU", "XPD", "XPT", "XBA", "XBB", "XBC", "XBD", "XTS"] {
            assert!(!is_currency(none), "{none}");
        }
        assert!(!is_currency(&"X".repeat(3)), "the code for no currency");
        // All that are of no country, or of several.
        let of_none: Vec<&str> = CODES.into_iter().filter(|c| c.starts_with('X')).collect();
        assert_eq!(of_none, ["XAD", "XAF", "XCD", "XCG", "XDR", "XOF", "XPF", "XSU", "XUA"]);
        // A sum over the codes as they were compared: a change of one asks for another comparison.
        let mut sum = 0_u64;
        for code in CODES {
            sum = code.bytes().fold(sum, |sum, b| (sum * 31 + u64::from(b)) % 1_000_000_007);
        }
        assert_eq!(sum, 391_387_158);
    }

    #[test]
    fn what_is_no_code_means_one() {
        for (word, ours, code) in [
            ("KWR", "", "KRW"),
            ("AUS", "AUD", "AUD"),
            ("krw", "", "KRW"),
            ("won", "", "KRW"),
            ("GPB", "", "GBP"),
            ("$", "AUD", "AUD"),
            ("$", "KRW", "USD"),
            ("A$", "", "AUD"),
            ("호주달러", "", "AUD"),
            ("호주 달러", "", "AUD"),
        ] {
            assert_eq!(meant(word, ours), Some(code), "{word}");
        }
        assert_eq!(meant("Taler", ""), None);
    }
}
