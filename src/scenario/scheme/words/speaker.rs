//! What both languages share: figures with their units, titles of names, conditions in a normal form, tables of bands.

use super::super::super::words::korean_currency;
use super::known::Known;
use crate::chance::law::with_commas;
use crate::guideline::calendar;
use crate::guideline::decide::visit;
use crate::model::expression::{Arm, Compare, Dimension, Function, Join, Kind, Node, Type, Value};
use crate::model::scheme::{Name, Scheme, Version};
use crate::model::{Lang, Text};

/// Speaks of one expression.
pub struct Speaker<'a> {
    /// Its scheme.
    pub scheme: &'a Scheme,
    /// Its version.
    pub version: &'a Version,
    /// As it is written: only there a share is told from a number, a day from 24 hours.
    pub text: &'a str,
    /// Language.
    pub lang: Lang,
    /// Tables that stand below the sentence, in the order in which it names them.
    pub lists: Vec<List>,
    /// How many tables the present part is inside of.
    pub depth: usize,
    /// What is the same in every case; nothing where that is being found out.
    pub known: Option<&'a Known>,
}

/// A table below a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Letter by which the sentence calls it.
    pub letter: char,
    /// What it is by.
    pub lead: String,
    /// A line each.
    pub items: Vec<String>,
}

/// A sentence and what is listed under it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// The sentence.
    pub sentence: String,
    /// Its list.
    pub items: Vec<String>,
}

/// What it is that a rule gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Money of the award.
    Money,
    /// What somebody has to do, and by when.
    Duty,
    /// Anything else.
    Else,
}

/// A condition without `not`.
#[derive(Clone, Debug)]
pub enum Clause<'n> {
    /// All of them.
    All(Vec<Clause<'n>>),
    /// At least one of them.
    Any(Vec<Clause<'n>>),
    /// An amount, moment or word compared with another.
    Compared(&'n Node, Compare, &'n Node),
    /// Between two bounds: which hold, and the bounds.
    Between(&'n Node, [(bool, &'n Node); 2]),
    /// One of some values, or none of them.
    OneOf(&'n Node, bool, Vec<&'n Node>),
    /// A name of yes or no.
    Named(usize, bool),
    /// Always or never.
    Fixed(bool),
}

/// A match, sorted.
#[derive(Clone, Debug)]
pub enum Table<'n> {
    /// Bands of one subject without gaps: lower bound, upper bound, value.
    Bands(&'n Node, Vec<Band<'n>>),
    /// Values of one subject, then the rest.
    Values(&'n Node, Vec<(Vec<&'n Node>, &'n Node)>, &'n Node),
    /// The first condition that holds, then the rest.
    First(Vec<(&'n Node, &'n Node)>, &'n Node),
}

/// A band with its bounds; `true`: the bound belongs to it.
pub type Band<'n> = (Option<(bool, &'n Node)>, Option<(bool, &'n Node)>, &'n Node);

impl<'a> Speaker<'a> {
    /// For an expression of a version.
    pub fn new(scheme: &'a Scheme, version: &'a Version, text: &'a str, lang: Lang) -> Speaker<'a> {
        Speaker { scheme, version, text, lang, lists: Vec::new(), depth: 0, known: None }
    }

    /// With what is the same in every case, which it then says beside the names.
    pub fn knowing(self, known: &'a Known) -> Speaker<'a> {
        Speaker { known: Some(known), ..self }
    }

    /// One of two wordings.
    pub fn pick<'t>(&self, en: &'t str, ko: &'t str) -> &'t str {
        match self.lang {
            Lang::En => en,
            Lang::Ko => ko,
        }
    }

    /// In the language's quotes.
    pub fn quoted(&self, text: &str) -> String {
        match self.lang {
            Lang::En => format!("“{text}”"),
            Lang::Ko => format!("‘{text}’"),
        }
    }

    /// A word as people read it, with the word as the file has it where that is another.
    pub fn quoted_word(&self, word: &str) -> String {
        let read = self.scheme.worded(word, self.lang);
        if read == word { self.quoted(word) } else { format!("{} ({word})", self.quoted(read)) }
    }

    /// What a name is called: its title, in quotes where it might run into the sentence around it, else as written.
    pub fn called(&self, name: &Name) -> String {
        let title = titled(self.scheme, name).get(self.lang);
        match (title.is_empty(), name.ty == Type::Truth || !runs_smoothly(title), self.lang) {
            (true, ..) => self.quoted(&name.name),
            (_, true, _) => self.quoted(title),
            (.., Lang::En) if begins_with_article(title) => title.into(),
            (.., Lang::En) => format!("the {title}"),
            (.., Lang::Ko) => title.into(),
        }
    }

    /// A name in a sentence: what it is called, or, where it is the same in every case, its value with that in brackets.
    pub fn named(&self, name: usize) -> String {
        let of = &self.version.names[name];
        match self.fixed(name) {
            None => self.called(of),
            Some(value) => format!("{value}{}", self.remark(name)),
        }
    }

    /// The value of a name that is the same in every case, as it is said.
    pub fn fixed(&self, name: usize) -> Option<&'a str> {
        self.known?.said(name)
    }

    /// What a name is called, in brackets behind its value.
    pub fn remark(&self, name: usize) -> String {
        let of = &self.version.names[name];
        let title = titled(self.scheme, of).get(self.lang);
        let title = if title.is_empty() { &of.name } else { title };
        format!("{}({title})", self.pick(" ", ""))
    }

    /// The value of a part that is a name and the same in every case, and the name in brackets, for a word between them.
    pub fn constant(&self, node: &Node) -> Option<(String, String)> {
        match &node.kind {
            Kind::Name(i) => self.fixed(*i).map(|value| (value.to_string(), self.remark(*i))),
            _ => None,
        }
    }

    /// A truth that is named, with its value where that is the same in every case.
    pub fn truth(&self, name: usize) -> String {
        let called = self.called(&self.version.names[name]);
        match self.fixed(name) {
            None => called,
            Some(value) => format!("{called}{}({}{value})", self.pick(" ", ""), self.pick("here: ", "여기서는 ")),
        }
    }

    /// True for a figure as written and for a name that is the same in every case.
    pub fn is_figure(&self, node: &Node) -> bool {
        match &node.kind {
            Kind::Literal(_) => true,
            Kind::Name(i) => self.fixed(*i).is_some(),
            _ => false,
        }
    }

    /// A figure, for order.
    pub fn number(&self, node: &Node) -> Option<f64> {
        let of = |value: &Value| match value {
            Value::Amount(x) => Some(*x),
            Value::Moment(m) => Some(*m as f64),
            _ => None,
        };
        match &node.kind {
            Kind::Literal(value) => of(value),
            Kind::Name(i) => self.known?.value(*i).and_then(of),
            Kind::Negative(inner) => self.number(inner).map(|x| -x),
            _ => None,
        }
    }

    /// True for a choice that stands better in a list of its own.
    pub fn long(&self, choice: &str) -> bool {
        choice.chars().count() > if self.lang == Lang::En { 100 } else { 70 }
    }

    /// The text of a part.
    fn written(&self, node: &Node) -> &'a str {
        self.text.get(node.span.0..node.span.1).unwrap_or("").trim()
    }

    /// The percentage that a part is written as.
    pub fn percentage(&self, node: &Node) -> Option<String> {
        if let Kind::Name(i) = &node.kind {
            return self.fixed(*i).filter(|said| said.ends_with('%')).map(|_| self.named(*i));
        }
        match (&node.kind, self.written(node).ends_with('%')) {
            (Kind::Literal(Value::Amount(x)), true) => Some(self.percent(*x)),
            _ => None,
        }
    }

    /// A share as a percentage.
    pub fn percent(&self, x: f64) -> String {
        format!("{}{}", figure(x * 100.0), self.pick(" %", "%"))
    }

    /// A value that stands in an expression.
    pub fn literal(&self, node: &Node, value: &Value) -> String {
        let written = self.written(node);
        match (value, &node.ty) {
            (Value::Amount(x), _) if written.ends_with('%') => self.percent(*x),
            (Value::Amount(_), Type::Amount(Dimension::TIME)) if written.contains(':') => written.into(),
            (Value::Amount(x), Type::Amount(Dimension::TIME)) => self.time(*x, unit(written)),
            (value, ty) => self.value(value, ty),
        }
    }

    /// A value of a type.
    pub fn value(&self, value: &Value, ty: &Type) -> String {
        match (value, ty) {
            (Value::Amount(x), Type::Amount(d)) => self.amount(*x, *d),
            (Value::Amount(x), _) => figure(*x),
            (Value::List(items), Type::List(d)) if !items.is_empty() => {
                items.iter().map(|x| self.amount(*x, *d)).collect::<Vec<_>>().join(", ")
            }
            (Value::List(_), _) => self.pick("none", "없음").into(),
            (Value::Truth(true), _) => self.pick("yes", "예").into(),
            (Value::Truth(false), _) => self.pick("no", "아니요").into(),
            (Value::Word(w), _) => self.quoted(self.scheme.worded(w, self.lang)),
            (Value::Moment(m), _) => calendar::written(*m),
            (Value::Moments(list), _) if list.is_empty() => self.pick("none", "없음").into(),
            (Value::Moments(list), _) => list.iter().map(|m| calendar::written(*m)).collect::<Vec<_>>().join(", "),
            (Value::Periods(list), _) if list.is_empty() => self.pick("none", "없음").into(),
            (Value::Periods(list), _) => {
                let one = |p: &(i64, i64)| self.value(&Value::Period(p.0, p.1), &Type::Period);
                list.iter().map(one).collect::<Vec<_>>().join(", ")
            }
            (Value::Period(a, b), _) if a == b => self.pick("none", "없음").into(),
            (Value::Period(a, b), _) => {
                format!("{} {} {}", calendar::written(*a), self.pick("to", "~"), calendar::written(*b))
            }
        }
    }

    fn amount(&self, x: f64, d: Dimension) -> String {
        match d {
            Dimension::MONEY => self.money(x),
            Dimension::TIME => self.time(x, ""),
            Dimension::DISTANCE => format!("{}{}", figure(x), self.pick(" km", "km")),
            _ => figure(x),
        }
    }

    fn money(&self, x: f64) -> String {
        let (whole, currency) = (x == x.round(), self.scheme.currency.as_str());
        let mut text = figure(x);
        // A sum with cents has two of them.
        if !whole && text.split_once('.').is_some_and(|(_, cents)| cents.len() == 1) {
            text.push('0');
        }
        match (self.lang, korean_currency(currency)) {
            (Lang::Ko, Some(word)) => format!("{text}{word}"),
            _ => format!("{text} {currency}"),
        }
    }

    /// In the unit that it was written in, or the largest in which it is whole.
    fn time(&self, hours: f64, unit: &str) -> String {
        let minutes = hours * 60.0;
        let whole = |x: f64| (x - x.round()).abs() < 1e-9;
        let (count, en, ko) = match unit {
            "s" => (minutes * 60.0, "second", "초"),
            "min" | "minute" | "minutes" => (minutes, "minute", "분"),
            "h" | "hour" | "hours" => (hours, "hour", "시간"),
            "d" | "day" | "days" => (hours / 24.0, "day", "일"),
            "week" | "weeks" => (hours / 168.0, "week", "주"),
            _ if hours >= 48.0 && whole(hours / 24.0) => (hours / 24.0, "day", "일"),
            _ if whole(hours) || !whole(minutes) => (hours, "hour", "시간"),
            _ => (minutes, "minute", "분"),
        };
        let text = figure(count);
        match self.lang {
            Lang::En if text == "1" => format!("1 {en}"),
            Lang::En => format!("{text} {en}s"),
            Lang::Ko => format!("{text}{ko}"),
        }
    }

    /// True where a part is the date of another.
    pub fn is_date_of(&self, node: &Node, of: &Node) -> bool {
        matches!(&node.kind, Kind::Call(Function::Date, args, _) if self.alike(&args[0], of))
    }

    /// True for a moment, and for the time of day of one.
    pub fn is_moment(&self, node: &Node) -> bool {
        let of_day = |a: &Node, b: &Node| b.ty == Type::Moment && self.is_date_of(b, a);
        node.ty == Type::Moment || matches!(&node.kind, Kind::Join(Join::Minus, a, b) if of_day(a, b))
    }

    /// True where two parts are written alike.
    pub fn alike(&self, a: &Node, b: &Node) -> bool {
        self.written(a) == self.written(b)
    }

    /// A condition, or its opposite, without `not`.
    pub fn clause<'n>(&self, node: &'n Node, holds: bool) -> Clause<'n> {
        match &node.kind {
            Kind::Literal(Value::Truth(t)) => Clause::Fixed(*t == holds),
            Kind::Name(i) => Clause::Named(*i, holds),
            Kind::Not(inner) => self.clause(inner, !holds),
            Kind::Join(join, a, b) => {
                let parts = vec![self.clause(a, holds), self.clause(b, holds)];
                self.joined((*join == Join::And) == holds, parts)
            }
            Kind::Compare(c, a, b) if a.ty == Type::Truth => {
                let same = (*c == Compare::Is) == holds;
                match &b.kind {
                    Kind::Literal(Value::Truth(t)) => self.clause(a, *t == same),
                    _ => {
                        let both = |x| self.joined(true, vec![self.clause(a, x), self.clause(b, x == same)]);
                        self.joined(false, vec![both(true), both(false)])
                    }
                }
            }
            Kind::Compare(c, a, b) => {
                let c = if holds { *c } else { opposite(*c) };
                // What is told of comes first, also where the figure was written before it.
                let figure_first = self.is_figure(a) && !self.is_figure(b);
                if figure_first { Clause::Compared(b, mirrored(c), a) } else { Clause::Compared(a, c, b) }
            }
            Kind::Match(arms, last) => self.chosen(arms, last, holds),
            _ => Clause::Fixed(holds),
        }
    }

    /// A truth that is chosen by conditions: the first that holds and its truth, or none that holds and the last one.
    fn chosen<'n>(&self, arms: &'n [Arm], last: &'n Node, holds: bool) -> Clause<'n> {
        let Some((arm, rest)) = arms.split_first() else { return self.clause(last, holds) };
        let then = self.joined(true, vec![self.clause(&arm.when, true), self.clause(&arm.then, holds)]);
        let other = self.joined(true, vec![self.clause(&arm.when, false), self.chosen(rest, last, holds)]);
        self.joined(false, vec![then, other])
    }

    /// All or any of some conditions: flat, without those that change nothing, values of one subject together.
    fn joined<'n>(&self, all: bool, parts: Vec<Clause<'n>>) -> Clause<'n> {
        let mut out: Vec<Clause<'n>> = Vec::new();
        for part in parts {
            match part {
                Clause::Fixed(t) if t == all => {}
                Clause::Fixed(t) => return Clause::Fixed(t),
                Clause::All(inner) if all => inner.into_iter().for_each(|c| self.add(all, c, &mut out)),
                Clause::Any(inner) if !all => inner.into_iter().for_each(|c| self.add(all, c, &mut out)),
                one => self.add(all, one, &mut out),
            }
        }
        match (out.len(), all) {
            (0, _) => Clause::Fixed(all),
            (1, _) => out.remove(0),
            (_, true) => Clause::All(out),
            (_, false) => Clause::Any(out),
        }
    }

    fn add<'n>(&self, all: bool, clause: Clause<'n>, to: &mut Vec<Clause<'n>>) {
        let wanted = if all { Compare::IsNot } else { Compare::Is };
        let single = |c: &Clause<'n>| match c {
            Clause::Compared(subject, c, bound) if *c == wanted => Some((*subject, vec![*bound])),
            Clause::OneOf(subject, is, bounds) if *is != all => Some((*subject, bounds.clone())),
            _ => None,
        };
        if let (Some((subject, more)), Some((before, bounds))) = (single(&clause), to.last().and_then(single))
            && self.alike(subject, before)
        {
            to.pop();
            to.push(Clause::OneOf(before, !all, [bounds, more].concat()));
            return;
        }
        let between = match (to.last(), &clause) {
            (Some(Clause::Compared(a, low, from)), Clause::Compared(b, high, upto)) if all && self.alike(a, b) => {
                let low = [Compare::More, Compare::AtLeast].iter().position(|c| c == low);
                let high = [Compare::Less, Compare::AtMost].iter().position(|c| c == high);
                low.zip(high).map(|(l, h)| Clause::Between(a, [(l == 1, *from), (h == 1, *upto)]))
            }
            _ => None,
        };
        match between {
            Some(between) => {
                to.pop();
                to.push(between);
            }
            None => to.push(clause),
        }
    }

    /// A truth that is chosen by the values of one subject, as a table; none where no choice asks anything more.
    pub fn truths<'n>(&self, node: &'n Node) -> Option<Table<'n>> {
        let Kind::Match(arms, last) = &node.kind else { return None };
        let table = self.table(arms, last);
        let open = |n: &Node| !matches!(self.clause(n, true), Clause::Fixed(_));
        let asks = arms.iter().map(|a| &a.then).chain([&**last]).any(open);
        (node.ty == Type::Truth && asks && matches!(table, Table::Values(..))).then_some(table)
    }

    /// A match as a table.
    pub fn table<'n>(&self, arms: &'n [Arm], last: &'n Node) -> Table<'n> {
        let clauses: Vec<Clause<'n>> = arms.iter().map(|a| self.clause(&a.when, true)).collect();
        let subject = clauses.first().and_then(|c| match c {
            Clause::Compared(s, ..) | Clause::OneOf(s, true, _) => Some(*s),
            _ => None,
        });
        let Some(subject) = subject else { return first(arms, last) };
        let (mut values, mut bounds) = (Vec::new(), Vec::new());
        for (clause, arm) in clauses.iter().zip(arms) {
            match clause {
                Clause::Compared(s, Compare::Is, b) if self.alike(s, subject) => values.push((vec![*b], &arm.then)),
                Clause::OneOf(s, true, b) if self.alike(s, subject) => values.push((b.clone(), &arm.then)),
                Clause::Compared(s, c, b) if self.alike(s, subject) => bounds.push((*c, *b, &arm.then)),
                _ => return first(arms, last),
            }
        }
        match (values.len() == arms.len(), self.bands(&bounds, last)) {
            (true, _) => Table::Values(subject, values, last),
            (false, Some(bands)) if bounds.len() == arms.len() => Table::Bands(subject, bands),
            _ => first(arms, last),
        }
    }

    /// Bands, where each bound is a figure beyond the one before it; otherwise a line would not say all of its condition.
    fn bands<'n>(&self, bounds: &[(Compare, &'n Node, &'n Node)], last: &'n Node) -> Option<Vec<Band<'n>>> {
        let figures: Vec<f64> = bounds.iter().filter_map(|(_, b, _)| self.number(b)).collect();
        let upper = |c: Compare| matches!(c, Compare::Less | Compare::AtMost);
        let lower = |c: Compare| matches!(c, Compare::More | Compare::AtLeast);
        let one_bound = bounds.len() == 1;
        let rising = figures.windows(2).all(|w| w[0] < w[1]) && (one_bound || figures.len() == bounds.len());
        let falling = figures.windows(2).all(|w| w[0] > w[1]) && (one_bound || figures.len() == bounds.len());
        let mut out = Vec::new();
        let mut edge: Option<(bool, &Node)> = None;
        if !bounds.is_empty() && rising && bounds.iter().all(|(c, ..)| upper(*c)) {
            for (compare, bound, value) in bounds {
                let within = *compare == Compare::AtMost;
                out.push((edge, Some((within, *bound)), *value));
                edge = Some((!within, *bound));
            }
            out.push((edge, None, last));
            return Some(out);
        }
        if !bounds.is_empty() && falling && bounds.iter().all(|(c, ..)| lower(*c)) {
            for (compare, bound, value) in bounds {
                let within = *compare == Compare::AtLeast;
                out.push((Some((within, *bound)), edge, *value));
                edge = Some((!within, *bound));
            }
            out.push((None, edge, last));
            return Some(out);
        }
        None
    }
}

/// The title of a name; a version that only replaces the value leaves the title to the others.
pub fn titled<'s>(scheme: &'s Scheme, name: &'s Name) -> &'s Text {
    let others = scheme.versions.iter().flat_map(|v| &v.names).filter(|n| n.name == name.name && !n.title.is_empty());
    if name.title.is_empty() { others.map(|n| &n.title).next_back().unwrap_or(&name.title) } else { &name.title }
}

/// A part without the minus before it, and whether there was one.
pub fn unsigned(node: &Node) -> (&Node, bool) {
    match &node.kind {
        Kind::Negative(inner) => (inner, true),
        _ => (node, false),
    }
}

/// What a part calls the member of a list that it is for.
pub fn member(node: &Node) -> String {
    own_word(node, Function::Member).unwrap_or_else(|| "x".into())
}

/// What a part calls the place of the member, where it looks at that.
pub fn place(node: &Node) -> Option<String> {
    own_word(node, Function::Place)
}

fn own_word(node: &Node, function: Function) -> Option<String> {
    let mut found = None;
    visit(node, &mut |n| {
        if let Kind::Call(f, word, _) = &n.kind
            && let ([Node { kind: Kind::Literal(Value::Word(word)), .. }], true) = (word.as_slice(), *f == function)
        {
            found = Some(word.clone());
        }
    });
    found
}

fn first<'n>(arms: &'n [Arm], last: &'n Node) -> Table<'n> {
    Table::First(arms.iter().map(|a| (&a.when, &a.then)).collect(), last)
}

fn opposite(c: Compare) -> Compare {
    match c {
        Compare::Less => Compare::AtLeast,
        Compare::AtMost => Compare::More,
        Compare::More => Compare::AtMost,
        Compare::AtLeast => Compare::Less,
        Compare::Is => Compare::IsNot,
        Compare::IsNot => Compare::Is,
    }
}

fn mirrored(c: Compare) -> Compare {
    match c {
        Compare::Less => Compare::More,
        Compare::AtMost => Compare::AtLeast,
        Compare::More => Compare::Less,
        Compare::AtLeast => Compare::AtMost,
        same => same,
    }
}

/// Parts of a sum, each with how it is joined to what stands before it; moments a time apart are one part.
pub fn chain<'n>(node: &'n Node, of: [Join; 2], out: &mut Vec<(Join, &'n Node)>) {
    match &node.kind {
        Kind::Join(join, a, b) if of.contains(join) && b.ty != Type::Moment => {
            chain(a, of, out);
            out.push((*join, b));
        }
        _ => out.push((of[0], node)),
    }
}

/// The unit at the end of a figure.
fn unit(written: &str) -> &str {
    written.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("")
}

/// A number exactly as it is, but for what arithmetic in doubles adds, with commas between thousands.
pub fn figure(x: f64) -> String {
    let scale = if x.abs() < 1e6 { 1e9 } else { 1e3 };
    let text = format!("{}", (x * scale).round() / scale);
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |t| ("-", t));
    let (whole, rest) = text.split_once('.').map_or((text, String::new()), |(w, r)| (w, format!(".{r}")));
    let sign = if whole == "0" && rest.is_empty() { "" } else { sign };
    format!("{sign}{}{rest}", with_commas(whole))
}

/// True for a title that can stand inside a sentence without marks: short, no figures or stops, nothing that joins.
fn runs_smoothly(title: &str) -> bool {
    let words: Vec<&str> = title.split(' ').collect();
    let joins =
        ["and", "or", "not", "than", "if", "plus", "minus", "times", "both", "before", "after", "또는", "및", "중"];
    // A Korean title with a particle or an ending inside is a clause of its own.
    let inside = words.len().saturating_sub(1);
    let particle = |w: &str| w.chars().count() > 1 && w.ends_with(['을', '를', '이', '가']);
    let ending = |w: &str| ["거나", "하고", "으로", "나눈", "곱한", "뺀", "더한"].iter().any(|e| w.ends_with(e));
    let clause = words[..inside].iter().any(|w| particle(w) || ending(w));
    let joined = |w: &&str| joins.contains(w) || w.ends_with(['와', '과']);
    let hangul = title.chars().any(|c| matches!(c, '가'..='힣'));
    words.len() <= if hangul { 4 } else { 7 }
        && title.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-')
        && !words.iter().any(joined)
        && !clause
        && !["what", "how", "who", "where", "when", "which", "why"].contains(&words[0].to_lowercase().as_str())
}

fn begins_with_article(title: &str) -> bool {
    let first = title.split(' ').next().unwrap_or("").to_lowercase();
    ["the", "a", "an", "any", "all", "each", "every", "whether"].contains(&first.as_str())
}
