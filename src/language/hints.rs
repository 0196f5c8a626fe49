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
        '^' => "a power is written x * x, or power(x, n)",
        '.' => "a decimal point stands between figures: 0.5; a date is written 2022-10-15; no stop stands at the end",
        '~' | '〜' | '∼' | '…' => "from one to another is written x >= 3 h and x <= 5 h",
        '–' | '—' | '―' => "minus is written -",
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => "an invisible character stands here: delete it",
        '½' => "write 0.5",
        '²' => "a power is written x * x, or power(x, n)",
        '‰' => "a thousandth is 0.1%",
        '#' => "a note stands outside the quotes",
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
        Kind::Sign("*") if is(last, "*") => "a power is written x * x, or power(x, n)",
        Kind::Sign("|") => "one or the other is written `or`; | belongs to the arms of `match`",
        Kind::Sign(",") if matches!((last, after), (Some(Kind::Number(_)), Some(Kind::Number(_)))) => {
            "figures are grouped by _ and decimals have a point: 10_000 or 0.25"
        }
        Kind::Number(_) if two_times(before, after) => "times are added: 3 h + 30 min",
        Kind::Number(_) if matches!(last, Some(Kind::Name(n)) if code(n)) => {
            "the currency stands after the number: 5 EUR"
        }
        Kind::Number(_) if matches!(last, Some(Kind::Name(n)) if n == "between") => {
            "from one to another is written outage >= 3 h and outage <= 6 h"
        }
        Kind::Name(n) if word(n, last).is_some() => return word(n, last),
        Kind::Name(n) if code(n) && matches!(before, [.., Kind::Number(_), Kind::Name(_)]) => {
            "write the number out: 300_000 EUR"
        }
        Kind::Name(n) if code(n) && matches!(last, Some(Kind::Name(_))) => "a sum for each is written visits * 1 EUR",
        Kind::Name(_) if matches!(last, Some(Kind::Name(l)) if l == "let" || l == "var") => "name it under [steps]",
        _ => return None,
    };
    Some(help.into())
}

/// True for a currency's code.
fn code(name: &str) -> bool {
    name.len() == 3 && name.bytes().all(|b| b.is_ascii_uppercase())
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
        "between" => "from one to another is written outage >= 3 h and outage <= 6 h",
        "is" | "equals" => "equality is written =, a list in [\"gold\", \"silver\"]",
        "more" | "greater" | "over" | "above" | "exceeds" => "more than is written >: outage > 3 h",
        "less" | "fewer" | "under" | "below" => "less than is written <: outage < 3 h",
        "at" => "at least is written >=, at most <=: outage >= 3 h",
        "mod" | "modulo" => "what is left over is remainder(visits, 2)",
        "per" | "je" | "each" => "a sum for each day begun is 5 EUR * begun(outage, 24 h)",
        "working" | "business" | "영업일" => "working days are counted by working_days(reported, fixed)",
        "if" => "a choice is written if outage > 3 h then 5 EUR else 0 EUR",
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
        "ct" | "cent" | "cents" | "pence" | "전" => return Some(format!("write 0.05 {currency}")),
        "m" | "metre" | "metres" | "meter" | "meters" => "did you mean `min`? A metre is 0.001 km",
        "mile" | "miles" | "mi" => "a mile is 1.609344 km",
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
        other if begins(other, "e", 0) => "write the number out: 300_000",
        other if begins(other, "h", 60) => "times are added: 3 h + 30 min",
        _ => return None,
    };
    Some(help.into())
}

/// True for a letter and a number, below some number unless that is 0.
fn begins(unit: &str, letter: &str, below: u32) -> bool {
    let number = unit.strip_prefix(letter).and_then(|rest| rest.parse::<u32>().ok());
    number.is_some_and(|n| below == 0 || n < below)
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
        "h" | "hour" | "hours" | "min" | "minute" | "minutes" | "d" | "day" | "week" | "weeks" | "km" => {
            return Some(format!("a unit stands after its number: 1 {name}"));
        }
        "month" | "months" | "year" | "years" => "months and years differ in length: write 30 days or 365 days",
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
        "pow" | "sqrt" | "exp" | "거듭제곱" => "a power is written power(x, 2), a root power(x, 0.5)",
        "clamp" => "write max(1 EUR, min(x, 5 EUR))",
        "hours" | "minutes" | "to_hours" => "a number of hours is outage / 1 h, of hours begun begun(outage, 1 h)",
        "hour" | "hour_of" | "time" | "time_of_day" => "the time of day is reported - date(reported)",
        "is_weekend" | "isweekend" | "weekend" => "a Saturday or Sunday is weekday(reported) >= 6",
        "is_holiday" | "isholiday" | "is_working_day" => {
            "a working day is one with working_days(reported - 1 day, reported) = 1"
        }
        "overlap" | "intersect" | "intersection" => {
            "what two periods share is max(min(end(down), end(other)) - max(start(down), start(other)), 0 h)"
        }
        "first" | "last" | "take" => "the first three are [n <= 3 for x at n in outages]",
        "iif" | "ifs" | "만약" => "write if outage > 3 h then 5 EUR else 0 EUR",
        "today" | "now" => "an expression has no clock: make the day a fact of type date",
        _ => return None,
    })
}
