//! What people write instead: signs of another keyboard, words of another language, habits from spreadsheets. Each gets
//! the advice that leads to what would be right.

use super::token::Kind;

/// Advice for a character that means nothing.
pub fn sign(c: char) -> Option<String> {
    if let '\u{ff01}'..='\u{ff5e}' = c {
        let plain = char::from_u32(c as u32 - 0xfee0)?;
        return Some(format!("this is a full-width sign: write `{plain}`"));
    }
    let help = match c {
        '“' | '”' | '„' | '‘' | '’' | '「' | '」' | '『' | '』' | '《' | '》' => {
            "words stand in straight quotes: \"gold\""
        }
        '、' => "parts are joined by commas: max(a, b)",
        ';' => "parts are joined by commas: max(a, b)",
        '。' => "an expression ends without a stop",
        '€' | '$' | '£' | '¥' | '₩' | '￦' => "the currency's code stands after the number: 5 EUR",
        '&' => "both are joined by `and`",
        '!' => "the opposite is written `not`, unequal `!=`",
        '?' => "a choice is written if outage > 3 h then 5 EUR else 0 EUR",
        ':' => "a time of day has two figures twice: 08:00; an arm of `match` is written < 3 h => 5 EUR",
        '^' => "a power is written x * x",
        '.' => "a decimal point stands between figures: 0.5; a date is written 2022-10-15",
        '~' | '〜' | '∼' | '…' => "from one to another is written x >= 3 h and x <= 5 h",
        '–' | '—' | '―' => "minus is written -",
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => "an invisible character stands here: delete it",
        '½' => "write 0.5",
        '²' => "a power is written x * x",
        _ => return None,
    };
    Some(help.into())
}

/// `10,000` at the start of a text, which may be one number or several: its length.
pub fn grouped(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let figures = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = figures(0);
    if !(1..=3).contains(&end) {
        return None;
    }
    let first = end;
    while bytes.get(end) == Some(&b',') && figures(end + 1) == 3 {
        end += 4;
    }
    (end > first && bytes.get(end) != Some(&b'_')).then_some(end)
}

/// The sign or word of the language for what stands where it does not fit, as far as its neighbours tell.
pub fn unexpected(before: &[&Kind], found: &Kind, after: Option<&Kind>) -> Option<String> {
    let last = before.last().copied();
    let is = |kind: Option<&Kind>, sign: &str| matches!(kind, Some(Kind::Sign(s)) if *s == sign);
    let help = match found {
        Kind::Sign("=>") => "at least is written >=; => belongs to the arms of `match`",
        Kind::Sign("<") if is(last, "=") => "at most is written <=",
        Kind::Sign(">") if is(last, "=") => "at least is written >=",
        Kind::Sign(">") if is(last, "<") => "unequal is written !=",
        Kind::Sign("*") if is(last, "*") => "a power is written x * x",
        Kind::Sign("|") => "one or the other is written `or`; | belongs to the arms of `match`",
        Kind::Sign(",") if matches!((last, after), (Some(Kind::Number(_)), Some(Kind::Number(_)))) => {
            "figures are grouped by _ and decimals have a point: 10_000 or 0.25"
        }
        Kind::Number(_) if two_times(before, after) => "times are added: 3 h + 30 min",
        Kind::Name(n) => return word(n, last),
        _ => return None,
    };
    Some(help.into())
}

/// `3 h 30 min`.
fn two_times(before: &[&Kind], after: Option<&Kind>) -> bool {
    let unit = |kind: Option<&Kind>| matches!(kind, Some(Kind::Name(n)) if n != "%" && n.chars().count() < 8);
    matches!(before, [.., Kind::Number(_), Kind::Name(_)]) && unit(after)
}

/// A word where none fits.
pub fn word(found: &str, last: Option<&Kind>) -> Option<String> {
    if matches!(last, Some(Kind::Name(n)) if n == "%") {
        return Some("a share of something is written 10% * fee_month".into());
    }
    let help = match found.to_lowercase().as_str() {
        "elif" | "elseif" | "elsif" => "write else if",
        "그리고" | "이고" | "및" => "write `and`",
        "또는" | "이거나" => "write `or`",
        "and" if found != "and" => "write `and` in small letters",
        "or" if found != "or" => "write `or` in small letters",
        "then" if found != "then" => "write `then` in small letters",
        "else" if found != "else" => "write `else` in small letters",
        "이상" => "at least is written >=: outage >= 3 h",
        "이하" => "at most is written <=: outage <= 3 h",
        "초과" => "more than is written >: outage > 3 h",
        "미만" => "less than is written <: outage < 3 h",
        _ => return None,
    };
    Some(help.into())
}

/// Advice for a unit that is none. `known`: it is a name of the file.
pub fn unit(unit: &str, currency: &str, known: bool) -> Option<String> {
    if known {
        return Some(format!("a product is written 2 * {unit}"));
    }
    let plain: String = unit.chars().map(|c| if let '！'..='～' = c { narrow(c) } else { c }).collect();
    if plain != unit {
        return Some(format!("these are full-width letters: write {plain}"));
    }
    let code = match unit.to_lowercase().as_str() {
        "원" | "won" => "KRW",
        "유로" | "euro" | "euros" => "EUR",
        "달러" | "dollar" | "dollars" => "USD",
        "파운드" | "pound" | "pounds" => "GBP",
        "엔" | "円" | "yen" => "JPY",
        other if other == currency.to_lowercase() => currency,
        _ => "",
    };
    match code {
        "" => {}
        code if code == currency => return Some(format!("write {currency}")),
        _ => return Some(format!("money here is in {currency}: write the sum in {currency}")),
    }
    let help = match unit.to_lowercase().as_str() {
        "시간" | "hr" | "hrs" | "std" | "stunden" => "write h",
        "분" | "mins" => "write min",
        "초" | "sec" | "secs" | "second" | "seconds" => "write s",
        "일" => "write days",
        "주" => "write weeks",
        "퍼센트" | "percent" | "pct" | "프로" => "write %",
        "개월" | "달" | "년" | "month" | "months" | "year" | "years" => {
            "months and years differ in length: write 30 days, or add_months(reported, 6)"
        }
        "천원" | "만" | "만원" | "억" | "억원" | "백만원" | "k" | "million" | "bn" => {
            return Some(format!("write the number out: 300_000 {currency}"));
        }
        _ => return None,
    };
    Some(help.into())
}

/// A full-width character as people type it otherwise.
fn narrow(c: char) -> char {
    char::from_u32((c as u32).saturating_sub(0xfee0)).unwrap_or(c)
}

/// Advice for a name that there is not. `words`: what the facts of the file may be.
pub fn name<'w>(name: &str, currency: &str, mut words: impl Iterator<Item = &'w String>) -> Option<String> {
    if words.any(|w| w == name) {
        return Some(format!("words stand in quotes: \"{name}\""));
    }
    let help = match name.to_lowercase().as_str() {
        "yes" | "예" => "write true, or the name of the fact alone",
        "no" | "아니요" => "write false, or not and the name of the fact",
        "today" | "now" | "오늘" => "an expression has no clock: make the day a fact of type date",
        lower if lower == currency.to_lowercase() => "the currency stands after the number: 5 EUR",
        _ => return None,
    };
    Some(help.into())
}

/// The function that does what another is called elsewhere.
pub fn function(name: &str) -> Option<&'static str> {
    Some(match name.to_lowercase().as_str() {
        "avg" | "average" | "평균" => "did you mean `mean`?",
        "ceiling" | "roundup" | "올림" => "did you mean `ceil`?",
        "rounddown" | "trunc" | "int" | "내림" | "버림" => "did you mean `floor`?",
        "반올림" => "did you mean `round`?",
        "round_half_even" | "bankers" | "round_bankers" => "did you mean `round_even`?",
        "merge" | "join" | "union" => "did you mean `merged`?",
        "mod" | "modulo" => "did you mean `remainder`?",
        "len" | "size" | "개수" | "countif" => "did you mean `count`?",
        "sumif" | "합계" | "합" => "did you mean `sum`?",
        "maximum" | "최대" => "did you mean `max`?",
        "minimum" | "최소" => "did you mean `min`?",
        "median" | "중앙값" => "write percentile(outages, 50%)",
        "edate" => "did you mean `add_months`?",
        "networkdays" => "did you mean `working_days`?",
        "workday" => "did you mean `working_day`?",
        "abs" => "write max(x, -x)",
        "iif" | "ifs" | "만약" => "write if outage > 3 h then 5 EUR else 0 EUR",
        "today" | "now" => "an expression has no clock: make the day a fact of type date",
        _ => return None,
    })
}
