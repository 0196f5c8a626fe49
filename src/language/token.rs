//! Text to tokens.

use super::{Mistake, hints};

/// Longest expression, in bytes.
const LONGEST: usize = 4096;
/// Most tokens.
const MOST: usize = 1000;

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Bytes of the text: first and end.
    pub span: (usize, usize),
}

/// Kinds of tokens.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A number.
    Number(f64),
    /// A word in quotes.
    Word(String),
    /// A date: year, month, day.
    Date(i64, i64, i64),
    /// A time of day, in minutes.
    Clock(i64),
    /// A name, unit or keyword.
    Name(String),
    /// A sign.
    Sign(&'static str),
    /// The end of the text.
    End,
}

/// Signs; longer ones first.
const SIGNS: [&str; 20] =
    ["<=", ">=", "!=", "=>", "==", "<", ">", "=", "+", "-", "*", "/", "(", ")", "{", "}", "[", "]", ",", "|"];

/// Cuts a text into tokens.
///
/// # Errors
/// A character that means nothing, a number or date that cannot be, a text that is too long.
pub fn tokens(text: &str) -> Result<Vec<Token>, Mistake> {
    if text.len() > LONGEST {
        let help = "name parts of it under [steps] and use the names";
        return Err(Mistake::new((0, 0), format!("this expression is longer than {LONGEST} bytes"), help));
    }
    let mut cutter = Cutter { text, at: 0 };
    let mut out = Vec::new();
    loop {
        cutter.skip_blank();
        let start = cutter.at;
        let kind = cutter.next()?;
        let end = kind == Kind::End;
        out.push(Token { kind, span: (start, cutter.at) });
        if end {
            return Ok(out);
        }
        if out.len() > MOST {
            let help = "name parts of it under [steps] and use the names";
            return Err(Mistake::new((start, cutter.at), format!("this expression has more than {MOST} parts"), help));
        }
    }
}

struct Cutter<'a> {
    text: &'a str,
    at: usize,
}

impl Cutter<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_blank(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn next(&mut self) -> Result<Kind, Mistake> {
        let Some(first) = self.rest().chars().next() else { return Ok(Kind::End) };
        match first {
            '0'..='9' => self.figure(),
            '"' | '\'' => self.word(first),
            '%' => {
                self.at += 1;
                Ok(Kind::Name("%".into()))
            }
            c if c.is_alphabetic() || c == '_' => {
                let rest = self.rest();
                let len = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                let name = rest[..len].to_string();
                self.at += len;
                Ok(Kind::Name(name))
            }
            _ => self.sign(first),
        }
    }

    fn sign(&mut self, first: char) -> Result<Kind, Mistake> {
        const OTHERWISE: [(char, &str); 9] = [
            ('≤', "<="),
            ('≥', ">="),
            ('≦', "<="),
            ('≧', ">="),
            ('≠', "!="),
            ('×', "*"),
            ('−', "-"),
            ('·', "*"),
            ('÷', "/"),
        ];
        for (other, sign) in OTHERWISE {
            if first == other {
                self.at += first.len_utf8();
                return Ok(Kind::Sign(sign));
            }
        }
        match SIGNS.iter().find(|s| self.rest().starts_with(**s)) {
            Some(sign) => {
                self.at += sign.len();
                Ok(Kind::Sign(if *sign == "==" { "=" } else { sign }))
            }
            None => {
                let span = (self.at, self.at + first.len_utf8());
                let signs = "signs are + - * / < <= > >= = != and ( ) { } [ ] , => |; words stand in quotes";
                let help = hints::sign(first).unwrap_or_else(|| signs.into());
                // What cannot be seen is not shown.
                let seen =
                    if first.is_control() || help.starts_with("an invisible") { String::new() } else { first.into() };
                Err(Mistake::new(span, format!("`{seen}` means nothing here"), help))
            }
        }
    }

    fn word(&mut self, quote: char) -> Result<Kind, Mistake> {
        let inner = &self.text[self.at + 1..];
        match inner.find(quote) {
            Some(len) => {
                let word = inner[..len].to_string();
                self.at += len + 2;
                Ok(Kind::Word(word))
            }
            None => Err(Mistake::new((self.at, self.text.len()), "this word has no closing quote", "close it")),
        }
    }

    /// A date, a time of day or a number.
    fn figure(&mut self) -> Result<Kind, Mistake> {
        let start = self.at;
        if let Some((y, m, d)) = date(self.rest()) {
            self.at += 10;
            if jiff_like(y, m, d) {
                return Ok(Kind::Date(y, m, d));
            }
            let what = format!("there is no date {}", &self.text[start..self.at]);
            return Err(Mistake::new((start, self.at), what, "dates are written 2022-10-15 and must exist"));
        }
        if let Some((h, m)) = clock(self.rest()) {
            self.at += 5;
            if h * 60 + m <= 24 * 60 && m < 60 {
                return Ok(Kind::Clock(h * 60 + m));
            }
            let what = format!("there is no time {}", &self.text[start..self.at]);
            return Err(Mistake::new((start, self.at), what, "times are written 08:00, from 00:00 to 24:00"));
        }
        if let Some(len) = hints::grouped(self.rest()) {
            self.at += len;
            let what = format!("`{}` may be one number or several", &self.text[start..self.at]);
            let one = self.text[start..self.at].replace(',', "_");
            return Err(Mistake::new((start, self.at), what, format!("write {one}, or a blank after the comma")));
        }
        let rest = self.rest();
        let mut len = rest.find(|c: char| !c.is_ascii_digit() && c != '_').unwrap_or(rest.len());
        if rest[len..].starts_with('.') && rest[len + 1..].starts_with(|c: char| c.is_ascii_digit()) {
            let after = &rest[len + 1..];
            len += 1 + after.find(|c: char| !c.is_ascii_digit() && c != '_').unwrap_or(after.len());
        }
        let digits = rest[..len].replace('_', "");
        self.at += len;
        match digits.parse::<f64>() {
            Ok(x) if x.is_finite() => Ok(Kind::Number(x)),
            _ => Err(Mistake::new((start, self.at), "this number cannot be read", "write 300_000 or 0.25")),
        }
    }
}

fn digits(text: &str, from: usize, to: usize) -> Option<i64> {
    let part = text.get(from..to)?;
    part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten()
}

/// `2022-10-15` at the start of a text.
fn date(text: &str) -> Option<(i64, i64, i64)> {
    let bytes = text.as_bytes();
    let dashes = bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
    let ended = !bytes.get(10).is_some_and(u8::is_ascii_digit);
    if !dashes || !ended {
        return None;
    }
    Some((digits(text, 0, 4)?, digits(text, 5, 7)?, digits(text, 8, 10)?))
}

/// `08:00` at the start of a text.
fn clock(text: &str) -> Option<(i64, i64)> {
    if text.as_bytes().get(2) != Some(&b':') {
        return None;
    }
    Some((digits(text, 0, 2)?, digits(text, 3, 5)?))
}

/// True for a date of the Gregorian calendar.
fn jiff_like(year: i64, month: i64, day: i64) -> bool {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}
