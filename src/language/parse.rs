//! Tokens to a tree that does not know types yet.

use super::token::{Kind as T, Token, tokens};
use super::{Mistake, hints};
use crate::model::expression::{Compare, Join};

/// A part of an expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Raw {
    /// What it is.
    pub kind: Kind,
    /// Bytes of the text: first and end.
    pub span: (usize, usize),
}

/// Kinds of parts.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A number with its unit.
    Number(f64, Option<(String, (usize, usize))>),
    /// A word.
    Word(String),
    /// A date (year, month, day) and minutes after its midnight.
    Moment((i64, i64, i64), i64),
    /// A time of day in minutes.
    Clock(i64),
    /// A name.
    Name(String),
    /// A negative.
    Negative(Box<Raw>),
    /// An opposite.
    Not(Box<Raw>),
    /// Two parts joined.
    Join(Join, Box<Raw>, Box<Raw>),
    /// Two parts compared.
    Compare(Compare, Box<Raw>, Box<Raw>),
    /// A list in brackets.
    List(Vec<Raw>),
    /// A function: name, where the name stands, arguments, and `>= 3 h` as its last one.
    Call(String, (usize, usize), Vec<Raw>, Option<(Compare, Box<Raw>)>),
    /// A part for each member of a list: the part, what it calls the member, and its place where it does, and where
    /// these names stand, the list.
    Each(Box<Raw>, Vec<(String, (usize, usize))>, Box<Raw>),
    /// The first arm that fits, else the last part.
    Match(Vec<(Raw, Raw)>, Box<Raw>),
}

/// Deepest nesting.
const DEEPEST: usize = 48;
/// Most levels of a tree. A sum of many terms has as many, and trees are walked by recursion.
const TALLEST: usize = 150;
/// Most parts that `match` and `in` repeat, all together: one inside another doubles what it compares at every level.
const MOST_REPEATED: usize = 4096;
/// Words that are no names.
const KEYWORDS: [&str; 12] = ["and", "or", "not", "in", "if", "then", "else", "match", "true", "false", "is", "for"];

/// Parses a text.
///
/// # Errors
/// The first place at which it is no expression.
pub fn parse(text: &str) -> Result<Raw, Mistake> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth: 0, repeated: 0 };
    if parser.peek() == &T::End {
        return Err(Mistake::new((0, text.len()), "an expression belongs here", "for example 10% * fee_month"));
    }
    let root = parser.expression()?;
    match parser.peek() {
        T::End if height(&root) > TALLEST => {
            let help = "name parts of it under [steps] and use the names";
            Err(Mistake::new(root.span, format!("more than {TALLEST} parts hang on one another"), help))
        }
        T::End => Ok(root),
        _ => Err(parser.unexpected("the expression should end here, or an operator follow")),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    repeated: usize,
}

type Parsed = Result<Raw, Mistake>;

impl Parser {
    fn peek(&self) -> &T {
        &self.tokens[self.at].kind
    }

    fn span(&self) -> (usize, usize) {
        self.tokens[self.at].span
    }

    fn advance(&mut self) -> Token {
        let token = self.tokens[self.at].clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn is_sign(&self, sign: &str) -> bool {
        matches!(self.peek(), T::Sign(s) if *s == sign)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), T::Name(n) if n == word)
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let there = self.is_sign(sign);
        if there {
            self.advance();
        }
        there
    }

    fn take_word(&mut self, word: &str) -> bool {
        let there = self.is_word(word);
        if there {
            self.advance();
        }
        there
    }

    fn need_sign(&mut self, sign: &str, after: &str) -> Result<(), Mistake> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}` belongs here, {after}"))) }
    }

    fn need_word(&mut self, word: &str, after: &str) -> Result<(), Mistake> {
        if self.take_word(word) { Ok(()) } else { Err(self.unexpected(&format!("`{word}` belongs here, {after}"))) }
    }

    fn unexpected(&self, expected: &str) -> Mistake {
        let found = match self.peek() {
            T::End => "the expression ends too early".to_string(),
            T::Sign(s) => format!("`{s}` does not fit here"),
            T::Name(n) => format!("`{n}` does not fit here"),
            T::Word(w) => format!("the word \"{w}\" does not fit here"),
            _ => "this figure does not fit here".to_string(),
        };
        let before: Vec<&T> = self.tokens[self.at.saturating_sub(2)..self.at].iter().map(|t| &t.kind).collect();
        let after = self.tokens.get(self.at + 1).map(|t| &t.kind);
        let help = match hints::unexpected(&before, self.peek(), after) {
            Some(hint) => format!("{hint}; {expected}"),
            None => expected.into(),
        };
        Mistake::new(self.span(), found, help)
    }

    fn deeper(&mut self, parse: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        if self.depth >= DEEPEST {
            let help = "name parts of it under [steps] and use the names";
            return Err(Mistake::new(self.span(), format!("nested more than {DEEPEST} deep"), help));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn expression(&mut self) -> Parsed {
        self.deeper(|p| {
            let mut left = p.conjunction()?;
            while p.take_word("or") {
                left = join(Join::Or, left, p.conjunction()?);
            }
            Ok(left)
        })
    }

    fn conjunction(&mut self) -> Parsed {
        let mut left = self.negation()?;
        while self.take_word("and") {
            left = join(Join::And, left, self.negation()?);
        }
        Ok(left)
    }

    fn negation(&mut self) -> Parsed {
        let start = self.span().0;
        if self.take_word("not") {
            let inner = self.deeper(Self::negation)?;
            let span = (start, inner.span.1);
            return Ok(Raw { kind: Kind::Not(Box::new(inner)), span });
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.sum()?;
        if self.take_word("in") {
            return self.membership(left);
        }
        let Some(compare) = self.comparator() else { return Ok(left) };
        let right = self.sum()?;
        if self.comparator().is_some() {
            self.at -= 1;
            return Err(self.unexpected("join two comparisons with `and`"));
        }
        Ok(compared(compare, left, right))
    }

    /// `class in ["a", "b"]`: one or the other.
    fn membership(&mut self, left: Raw) -> Parsed {
        self.need_sign("[", "before a list such as [\"a\", \"b\"]")?;
        let mut items = Vec::new();
        while !self.is_sign("]") {
            let subject = self.again(&left)?;
            let item = self.sum()?;
            let span = item.span;
            items.push(Raw { span, ..compared(Compare::Is, subject, item) });
            if !self.take_sign(",") {
                break;
            }
        }
        self.need_sign("]", "after a list")?;
        let span = (left.span.0, self.tokens[self.at - 1].span.1);
        let any = any(items).ok_or_else(|| Mistake::new(span, "this list is empty", "write [\"a\", \"b\"]"))?;
        Ok(Raw { span, ..any })
    }

    /// What is compared, once more.
    fn again(&mut self, subject: &Raw) -> Parsed {
        self.repeated += size(subject);
        if self.repeated > MOST_REPEATED {
            let help = "name it under [steps] and use the name";
            return Err(Mistake::new(subject.span, "this is compared too many times", help));
        }
        Ok(subject.clone())
    }

    fn comparator(&mut self) -> Option<Compare> {
        let compare = match self.peek() {
            T::Sign("<") => Compare::Less,
            T::Sign("<=") => Compare::AtMost,
            T::Sign(">") => Compare::More,
            T::Sign(">=") => Compare::AtLeast,
            T::Sign("=") => Compare::Is,
            T::Sign("!=") => Compare::IsNot,
            _ => return None,
        };
        self.advance();
        Some(compare)
    }

    fn sum(&mut self) -> Parsed {
        let mut left = self.product()?;
        loop {
            let op = match self.peek() {
                T::Sign("+") => Join::Plus,
                T::Sign("-") => Join::Minus,
                _ => return Ok(left),
            };
            self.advance();
            left = join(op, left, self.product()?);
        }
    }

    fn product(&mut self) -> Parsed {
        let mut left = self.factor()?;
        loop {
            let op = match self.peek() {
                T::Sign("*") => Join::Times,
                T::Sign("/") => Join::Over,
                _ => return Ok(left),
            };
            self.advance();
            left = join(op, left, self.factor()?);
        }
    }

    fn factor(&mut self) -> Parsed {
        let start = self.span().0;
        if self.take_sign("-") {
            let inner = self.deeper(Self::factor)?;
            let span = (start, inner.span.1);
            return Ok(Raw { kind: Kind::Negative(Box::new(inner)), span });
        }
        self.primary()
    }

    fn primary(&mut self) -> Parsed {
        let token = self.advance();
        let leaf = |kind| Ok(Raw { kind, span: token.span });
        match token.kind {
            T::Number(x) => self.number(x, token.span),
            T::Word(ref w) => leaf(Kind::Word(w.clone())),
            T::Clock(minutes) => leaf(Kind::Clock(minutes)),
            T::Date(y, m, d) => {
                let (mut minutes, mut end) = (0, token.span.1);
                if let T::Clock(c) = *self.peek() {
                    (minutes, end) = (c, self.advance().span.1);
                }
                Ok(Raw { kind: Kind::Moment((y, m, d), minutes), span: (token.span.0, end) })
            }
            T::Sign("(") => {
                let inner = self.expression()?;
                self.need_sign(")", "to close the bracket")?;
                let end = self.tokens[self.at - 1].span.1;
                Ok(Raw { span: (token.span.0, end), ..inner })
            }
            T::Sign("[") => self.list(token.span.0),
            T::Name(ref n) if n == "if" => self.conditional(token.span.0),
            T::Name(ref n) if n == "match" => self.matching(token.span.0),
            T::Name(ref n) if KEYWORDS.contains(&n.as_str()) && n != "true" && n != "false" || n_is_percent(&token) => {
                self.at = self.tokens.iter().position(|t| t.span == token.span).unwrap_or(self.at);
                Err(self.unexpected("a value belongs here"))
            }
            T::Name(ref n) if self.is_sign("(") => self.call(n.clone(), token.span),
            T::Name(ref n) => leaf(Kind::Name(n.clone())),
            _ => {
                self.at = self.tokens.iter().position(|t| t.span == token.span).unwrap_or(self.at);
                Err(self.unexpected("a value belongs here: a number with its unit, a name, a function or a bracket"))
            }
        }
    }

    /// A number, with its unit where a name follows that is no keyword.
    fn number(&mut self, x: f64, span: (usize, usize)) -> Parsed {
        let unit = match self.peek() {
            T::Name(n) if !KEYWORDS.contains(&n.as_str()) && hints::word(n, None).is_none() => Some(n.clone()),
            _ => None,
        };
        let Some(unit) = unit else { return Ok(Raw { kind: Kind::Number(x, None), span }) };
        let at = self.advance().span;
        Ok(Raw { kind: Kind::Number(x, Some((unit, at))), span: (span.0, at.1) })
    }

    fn list(&mut self, start: usize) -> Parsed {
        let mut items = Vec::new();
        while !self.is_sign("]") {
            items.push(self.expression()?);
            if items.len() == 1 && self.is_word("for") {
                let each = self.each(items.remove(0))?;
                self.need_sign("]", "to close the list")?;
                return Ok(each);
            }
            if !self.take_sign(",") {
                break;
            }
        }
        self.need_sign("]", "to close the list")?;
        Ok(Raw { kind: Kind::List(items), span: (start, self.tokens[self.at - 1].span.1) })
    }

    /// `for x in outages`, after what is worked out for each of them.
    fn each(&mut self, part: Raw) -> Parsed {
        self.advance();
        let mut names = vec![self.own_name("a name for the member of the list belongs here: for x in outages")?];
        if self.take_word("at") {
            names.push(self.own_name("a name for its place in the list belongs here: for x at n in outages")?);
        }
        self.need_word("in", "before the list: for x in outages, or for x at n in outages")?;
        let list = self.deeper(Self::sum)?;
        let span = (part.span.0, list.span.1);
        Ok(Raw { kind: Kind::Each(Box::new(part), names, Box::new(list)), span })
    }

    /// A name that an expression gives itself.
    fn own_name(&mut self, wanted: &str) -> Result<(String, (usize, usize)), Mistake> {
        let at = self.span();
        let name = match self.peek() {
            T::Name(n) if !KEYWORDS.contains(&n.as_str()) && n != "%" => n.clone(),
            _ => return Err(self.unexpected(wanted)),
        };
        self.advance();
        Ok((name, at))
    }

    fn call(&mut self, name: String, name_span: (usize, usize)) -> Parsed {
        self.advance();
        let (mut args, mut filter) = (Vec::new(), None);
        while !self.is_sign(")") {
            match self.comparator() {
                Some(compare) => filter = Some((compare, Box::new(self.deeper(Self::sum)?))),
                None => {
                    let arg = self.expression()?;
                    args.push(if self.is_word("for") { self.each(arg)? } else { arg });
                }
            }
            if !self.take_sign(",") {
                break;
            }
        }
        self.need_sign(")", &format!("to close `{name}(`"))?;
        let span = (name_span.0, self.tokens[self.at - 1].span.1);
        Ok(Raw { kind: Kind::Call(name, name_span, args, filter), span })
    }

    fn conditional(&mut self, start: usize) -> Parsed {
        let (bracket, before) = (self.is_sign("("), self.at);
        let when = match self.expression() {
            // `if(condition, one, other)` of a spreadsheet.
            Err(m)
                if bracket
                    && self.is_sign(",")
                    && !self.tokens[before..self.at].iter().any(|t| t.kind == T::Sign(",")) =>
            {
                let help = "a choice is written if outage > 3 h then 5 EUR else 0 EUR";
                return Err(Mistake { help: help.into(), ..m });
            }
            other => other?,
        };
        self.need_word("then", "after the condition of `if`")?;
        let then = self.expression()?;
        self.need_word("else", "so that the expression always has a value")?;
        let otherwise = self.expression()?;
        let span = (start, otherwise.span.1);
        Ok(Raw { kind: Kind::Match(vec![(when, then)], Box::new(otherwise)), span })
    }

    /// `match x { <= 1 h => a, "w" | "v" => b, else => c }`, or without a subject and with conditions.
    fn matching(&mut self, start: usize) -> Parsed {
        let mut subjects = Vec::new();
        while !self.is_sign("{") {
            subjects.push(self.deeper(Self::sum)?);
            if !self.take_sign(",") {
                break;
            }
        }
        self.need_sign("{", "after what is matched")?;
        let (mut arms, mut otherwise) = (Vec::new(), None);
        while !self.is_sign("}") {
            if self.take_word("else") {
                self.need_sign("=>", "after `else`")?;
                otherwise = Some(self.expression()?);
                self.take_sign(",");
                break;
            }
            let when = match subjects.as_slice() {
                [] => self.expression()?,
                [subject] => self.pattern(subject)?,
                several => self.patterns(several)?,
            };
            self.need_sign("=>", "between a condition and what holds under it")?;
            arms.push((when, self.expression()?));
            if !self.take_sign(",") {
                break;
            }
        }
        let Some(otherwise) = otherwise else {
            return Err(self.unexpected("the last arm is `else => …`, so that there always is a value"));
        };
        self.need_sign("}", "after the `else` arm, which is the last")?;
        let span = (start, self.tokens[self.at - 1].span.1);
        Ok(Raw { kind: Kind::Match(arms, Box::new(otherwise)), span })
    }

    /// One pattern for each subject, `any` where it does not matter.
    fn patterns(&mut self, subjects: &[Raw]) -> Parsed {
        let start = self.span().0;
        let mut all: Option<Raw> = None;
        for (i, subject) in subjects.iter().enumerate() {
            if i > 0 {
                self.need_sign(",", &format!("between the {} patterns of an arm", subjects.len()))?;
            }
            if self.take_word("any") {
                continue;
            }
            let one = self.pattern(subject)?;
            all = Some(match all {
                Some(before) => join(Join::And, before, one),
                None => one,
            });
        }
        let end = self.tokens[self.at - 1].span.1;
        all.ok_or_else(|| Mistake::new((start, end), "this arm fits always", "write it as the last one: else => …"))
    }

    fn pattern(&mut self, subject: &Raw) -> Parsed {
        let first = self.one_pattern(subject)?;
        let mut more = Vec::new();
        while self.take_sign("|") {
            more.push(self.one_pattern(subject)?);
        }
        Ok(match any(more) {
            Some(more) => join(Join::Or, first, more),
            None => first,
        })
    }

    /// A comparison that stands where its pattern does: `<= 1 h`.
    fn one_pattern(&mut self, subject: &Raw) -> Parsed {
        let start = self.span().0;
        let compare = self.comparator().unwrap_or(Compare::Is);
        let bound = self.deeper(Self::sum)?;
        let span = (start, bound.span.1);
        Ok(Raw { span, ..compared(compare, self.again(subject)?, bound) })
    }
}

fn n_is_percent(token: &Token) -> bool {
    matches!(&token.kind, T::Name(n) if n == "%")
}

fn join(op: Join, left: Raw, right: Raw) -> Raw {
    let span = (left.span.0, right.span.1);
    Raw { kind: Kind::Join(op, Box::new(left), Box::new(right)), span }
}

fn compared(compare: Compare, left: Raw, right: Raw) -> Raw {
    let span = (left.span.0, right.span.1);
    Raw { kind: Kind::Compare(compare, Box::new(left), Box::new(right)), span }
}

/// One or the other of some truths, as a tree that is no taller than it must be: lists of places are long.
fn any(mut truths: Vec<Raw>) -> Option<Raw> {
    if truths.len() < 2 {
        return truths.pop();
    }
    let rest = truths.split_off(truths.len() / 2);
    Some(join(Join::Or, any(truths)?, any(rest)?))
}

/// Number of levels.
fn height(raw: &Raw) -> usize {
    let most = |parts: &[Raw]| parts.iter().map(height).max().unwrap_or(0);
    1 + match &raw.kind {
        Kind::Number(..) | Kind::Word(_) | Kind::Moment(..) | Kind::Clock(_) | Kind::Name(_) => 0,
        Kind::Negative(a) | Kind::Not(a) => height(a),
        Kind::Join(_, a, b) | Kind::Compare(_, a, b) => height(a).max(height(b)),
        Kind::List(items) => most(items),
        Kind::Each(part, _, list) => 1 + height(part).max(height(list)),
        Kind::Call(_, _, args, filter) => most(args).max(filter.as_ref().map_or(0, |(_, bound)| height(bound))),
        Kind::Match(arms, last) => {
            arms.iter().map(|(when, then)| height(when).max(height(then))).max().unwrap_or(0).max(height(last))
        }
    }
}

/// Number of parts.
fn size(raw: &Raw) -> usize {
    let all = |parts: &[Raw]| parts.iter().map(size).sum::<usize>();
    1 + match &raw.kind {
        Kind::Number(..) | Kind::Word(_) | Kind::Moment(..) | Kind::Clock(_) | Kind::Name(_) => 0,
        Kind::Negative(a) | Kind::Not(a) => size(a),
        Kind::Join(_, a, b) | Kind::Compare(_, a, b) => size(a) + size(b),
        Kind::List(items) => all(items),
        Kind::Each(part, _, list) => 1 + size(part) + size(list),
        Kind::Call(_, _, args, filter) => all(args) + filter.as_ref().map_or(0, |(_, bound)| size(bound)),
        Kind::Match(arms, last) => size(last) + arms.iter().map(|(when, then)| size(when) + size(then)).sum::<usize>(),
    }
}
