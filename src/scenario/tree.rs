//! The text as a tree of values that know their place. Owned, so that overrides and library files can be grafted on.

use std::ops::Range;

use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use super::headings::Headings;
use super::report::{Days, Diagnostic, Place};
use super::shared::Shared;
use super::syntax::{MOST, mistakes, named_twice, syntax_error};

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value's text; for a table under a header, the header.
    pub place: Place,
    /// The value.
    pub value: Value,
}

/// A value of the file.
#[derive(Clone, Debug)]
pub enum Value {
    /// A string.
    Text(String),
    /// An integer or float, with its text as written.
    Number(f64, String),
    /// True or false.
    Bool(bool),
    /// A date, time or both.
    Date(Datetime),
    /// A list.
    List(Shared<Node>),
    /// A table.
    Table(Table),
}

/// A table, in file order.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its entries.
    pub entries: Shared<Entry>,
}

/// One entry of a table.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Key.
    pub key: String,
    /// Where the key stands.
    pub key_place: Place,
    /// Value.
    pub node: Node,
}

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|e| e.key == key).map(|e| &e.node)
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.entries.iter_mut().find(|e| e.key == key).map(|e| &mut e.node)
    }

    /// True when the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Replaces or appends an entry.
    pub fn put(&mut self, key: &str, key_place: Place, node: Node) {
        match self.entries.iter_mut().find(|e| e.key == key) {
            Some(entry) => (entry.key_place, entry.node) = (key_place, node),
            None => self.entries.push(Entry { key: key.into(), key_place, node }),
        }
    }

    /// Removes an entry and returns it.
    pub fn remove(&mut self, key: &str) -> Option<Entry> {
        let at = self.entries.iter().position(|e| e.key == key)?;
        Some(self.entries.remove(at))
    }

    /// Its keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|e| e.key.as_str())
    }
}

impl Node {
    /// A text without a place of its own.
    pub fn text(text: &str, place: Place) -> Node {
        Node { place, value: Value::Text(text.into()) }
    }

    /// A number without a text of its own.
    pub fn number(value: f64, place: Place) -> Node {
        Node { place, value: Value::Number(value, format!("{value:?}")) }
    }

    /// A table made of some entries.
    pub fn table(entries: Vec<(&str, Node)>, place: Place) -> Node {
        let entries =
            entries.into_iter().map(|(key, node)| Entry { key: key.into(), key_place: place, node }).collect();
        Node { place, value: Value::Table(Table { entries }) }
    }

    /// The table, if it is one.
    pub fn as_table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(t) => Some(t),
            _ => None,
        }
    }

    /// The list, to change it.
    pub fn as_list_mut(&mut self) -> Option<&mut Vec<Node>> {
        match &mut self.value {
            Value::List(l) => Some(l),
            _ => None,
        }
    }

    /// The table, if it is one, to change it.
    pub fn as_table_mut(&mut self) -> Option<&mut Table> {
        match &mut self.value {
            Value::Table(t) => Some(t),
            _ => None,
        }
    }

    /// The list, if it is one.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(l) => Some(l),
            _ => None,
        }
    }

    /// The string, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(t) => Some(t),
            _ => None,
        }
    }

    /// The value of a key, if this is a table that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_table().and_then(|t| t.get(key))
    }

    /// What kind of value it is, in words.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Text(_) => "a text",
            Value::Number(..) => "a number",
            Value::Bool(_) => "true or false",
            Value::Date(_) => "a date or time",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// Reads a whole file; `file` is its index in the report.
pub fn parse_file(text: &str, file: usize) -> Result<Node, Box<Diagnostic>> {
    let document = DeTable::parse(text).map_err(|e| Box::new(syntax_error(&e, file, 0, text)))?;
    let root = DeValue::Table(document.into_inner());
    Ok(Maker { text, file, offset: 0 }.node(&root, Place { file, start: 0, end: 0 }))
}

/// Reads a whole file and tells every mistake in it as TOML. What comes of a file with mistakes is only there to find the
/// others in.
pub fn read_file(text: &str, file: usize, found: &mut Vec<Diagnostic>) -> Option<Node> {
    let root = parse_file(text, file).ok().or_else(|| {
        found.append(&mut mistakes(text, file));
        let meant = legible(text, file);
        if let (None, Some(last)) = (&meant, found.last_mut()) {
            last.help("what else the file says is not looked at before this is mended");
        }
        meant
    });
    root.iter().for_each(|root| unprintable(root, found));
    root.iter().for_each(|root| off_the_clock(root, found));
    root
}

/// True for characters that can be neither shown nor printed.
pub fn is_unprintable(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// A character that can be neither shown nor printed.
pub fn control_character(place: Place, c: char) -> Diagnostic {
    let name = if c == '\0' { " (NUL)" } else { "" };
    let mut d = Diagnostic::error(place, format!("this text has a control character, U+{:04X}{name}", c as u32));
    d.help("leave it out: it can be neither shown nor printed");
    d
}

/// Tells of texts with characters that can be neither shown nor printed, such as the escape that begins a colour.
pub fn unprintable(node: &Node, found: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Text(text) => {
            let Some(c) = text.chars().find(|c| is_unprintable(*c)) else { return };
            found.push(control_character(node.place, c));
        }
        Value::List(list) => list.iter().for_each(|node| unprintable(node, found)),
        Value::Table(table) => table.entries.iter().for_each(|e| unprintable(&e.node, found)),
        _ => {}
    }
}

/// Tells of times with a sixtieth second, which TOML lets pass for the seconds that are added to some years.
fn off_the_clock(node: &Node, found: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Date(d) if d.time.is_some_and(|time| time.second.is_some_and(|second| second > 59)) => {
            let what = if d.date.is_some() { "date and time" } else { "time of day" };
            let mut wrong = Diagnostic::error(node.place, format!("there is no {what} `{d}`"));
            wrong.days = Days::Missing;
            wrong.help(CLOCK);
            found.push(wrong);
        }
        Value::List(list) => list.iter().for_each(|node| off_the_clock(node, found)),
        Value::Table(table) => table.entries.iter().for_each(|e| off_the_clock(&e.node, found)),
        _ => {}
    }
}

/// What a file says, also where it has mistakes of which it is plain what was meant: that stands for them.
pub fn legible(text: &str, file: usize) -> Option<Node> {
    parse_file(text, file).ok().or_else(|| parse_file(&mended(text)?, file).ok())
}

/// A text of the same length in which what was meant stands for mistakes of the TOML itself; none where that is not plain.
fn mended(text: &str) -> Option<String> {
    let mut mended = text.to_string();
    for _ in 0..MOST {
        let (_, errors) = DeTable::parse_recoverable(&mended);
        let Some(first) = errors.first() else { return Some(mended) };
        let at = first.span()?.start;
        let (place, meant) = [existing_day, shown_time, one_number, assigned, percent, closed_text, once, spare]
            .iter()
            .find_map(|mend| mend(&mended, at, first.message()))
            .filter(|(place, meant)| place.len() == meant.len())?;
        mended.replace_range(place, &meant);
    }
    None
}

/// A place of a text, and what was meant there.
type Meant = Option<(Range<usize>, String)>;

/// For a day that does not exist the nearest that every month has.
fn existing_day(text: &str, at: usize, _: &str) -> Meant {
    let day = at..at + "2022-10-15".len();
    let parts: Vec<usize> = text.get(day.clone())?.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [year, month, date] = parts.as_slice() else { return None };
    let meant = format!("{year:04}-{:02}-{:02}", (*month).clamp(1, 12), (*date).clamp(1, 28));
    // Of a day that does exist the time may be wrong.
    (text[day.clone()] != meant).then_some((day, meant))
}

/// For a time of day that no clock shows the last that one does.
fn shown_time(text: &str, at: usize, _: &str) -> Meant {
    let dated = text.get(at..)?.as_bytes().get(4) == Some(&b'-');
    let begins = if dated { at + "2022-10-15T".len() } else { at };
    let meant = on_a_clock(text.get(begins..)?)?;
    Some((begins..begins + meant.len(), meant))
}

/// What a clock shows last in place of the time of day that a text begins with; none where a clock shows that time.
pub fn on_a_clock(text: &str) -> Option<String> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(text.len());
    let parts: Vec<&str> = text[..end].split(':').collect();
    if !(2..=3).contains(&parts.len()) || parts.iter().any(|part| part.len() != 2) {
        return None;
    }
    let shown = parts.iter().zip([23, 59, 59]).map(|(part, most)| part.parse::<u32>().map(|n| n.min(most)));
    let shown: Vec<String> = shown.map(|n| n.map(|n| format!("{n:02}"))).collect::<Result<_, _>>().ok()?;
    let shown = shown.join(":");
    (shown != text[..end]).then_some(shown)
}

/// What is right where a clock shows no such time.
pub const CLOCK: &str =
    "hours run from 00 to 23, minutes and seconds from 00 to 59; midnight at the end of a day is 00:00 of the next";

/// For commas inside a figure what may stand there.
fn one_number(text: &str, at: usize, _: &str) -> Meant {
    let place = grouped_figure(text, at)?;
    let meant = text[place.clone()].replace(',', "_");
    Some((place, meant))
}

/// The figure with commas between its thousands that stands at a place or before it.
pub fn grouped_figure(text: &str, at: usize) -> Option<Range<usize>> {
    let part = |c: char| c.is_ascii_digit() || c == ',';
    let before = text.get(..at)?.trim_end_matches(' ');
    let begins = before.len() - before.chars().rev().take_while(|c| part(*c)).count();
    let figure: String = text[begins..].chars().take_while(|c| part(*c)).collect();
    let figure = figure.trim_end_matches(',');
    let groups: Vec<&str> = figure.split(',').collect();
    let leads = (1..=3).contains(&groups[0].len()) && !groups[0].starts_with('0');
    let thousands = groups.len() > 1 && groups[1..].iter().all(|g| g.len() == 3) && leads;
    thousands.then(|| begins..begins + figure.len())
}

/// For a share in percent without quotes on a line of its own one of the same length.
fn percent(text: &str, at: usize, _: &str) -> Meant {
    let begins = text.get(..at)?.rfind('\n').map_or(0, |n| n + 1);
    let line = text[begins..].lines().next()?;
    let (key, rest) = line.split_once('=')?;
    let written = rest.split('#').next()?.trim();
    let value: f64 = written.strip_suffix('%')?.trim_end().parse().ok().filter(|v| (0.0..=100.0).contains(v))?;
    // Shares that must come to one would not, with fewer figures.
    if key.trim() == "share" {
        return None;
    }
    let starts = begins + key.len() + 1 + rest.find(written)?;
    let exact = format!("{:.*}", written.len().saturating_sub(2), value / 100.0);
    let meant = if written.len() < 3 { format!("{:<width$}", 0, width = written.len()) } else { exact };
    Some((starts..starts + written.len(), meant))
}

/// For a blank between a name and its value the sign that is missing.
fn assigned(text: &str, at: usize, message: &str) -> Meant {
    let blank = message.contains("with no value") && text.get(..at)?.ends_with(' ');
    blank.then(|| (at - 1..at, "=".into()))
}

/// Names of texts that nothing else refers to.
const TOLD: [&str; 4] = ["title", "summary", "note", "label"];

/// For the last sign of a text that nothing ends the quote that does.
fn closed_text(text: &str, at: usize, message: &str) -> Meant {
    let line = &text[text.get(..at)?.rfind('\n').map_or(0, |n| n + 1)..at];
    let (name, told) = line.split_once('=')?;
    let said = told.trim_start().strip_prefix('"')?;
    let last = said.chars().last().filter(|last| last.is_ascii() && said.len() > 1)?;
    let plain = message.contains("basic string") && TOLD.contains(&name.trim()) && !said.contains(['"', '\\']);
    plain.then(|| (at - last.len_utf8()..at, "\"".into()))
}

/// For a line with a name that stands above already nothing.
fn once(text: &str, at: usize, message: &str) -> Meant {
    let begins = text.get(..at)?.rfind('\n').map_or(0, |n| n + 1);
    let line = text[begins..].lines().next()?;
    let again =
        message.contains("duplicate key") && !line.trim_start().starts_with('[') && DeTable::parse(line).is_ok();
    again.then(|| (begins..begins + line.len(), " ".repeat(line.len())))
}

/// For a line that gives a value to what stands below headings as well nothing.
fn spare(text: &str, at: usize, message: &str) -> Meant {
    let twice = Headings::of(text).twice(text, at).filter(|twice| named_twice(message) && twice.spare)?;
    once(text, twice.place.start, "duplicate key")
}

/// Reads one value that stands at `offset` in the text of `file`.
pub fn parse_value(text: &str, file: usize, offset: usize) -> Result<Node, Box<Diagnostic>> {
    let value = DeValue::parse(text).map_err(|e| Box::new(syntax_error(&e, file, offset, text)))?;
    let place = Place { file, start: offset + value.span().start, end: offset + value.span().end };
    let (node, mut found) = (Maker { text, file, offset }.node(value.get_ref(), place), Vec::new());
    unprintable(&node, &mut found);
    off_the_clock(&node, &mut found);
    if found.is_empty() { Ok(node) } else { Err(Box::new(found.swap_remove(0))) }
}

/// Turns parsed TOML into nodes.
struct Maker<'a> {
    text: &'a str,
    file: usize,
    offset: usize,
}

impl Maker<'_> {
    fn place(&self, span: std::ops::Range<usize>) -> Place {
        Place { file: self.file, start: self.offset + span.start, end: self.offset + span.end }
    }

    fn node(&self, value: &DeValue<'_>, place: Place) -> Node {
        let value = match value {
            DeValue::String(s) => Value::Text(s.to_string()),
            DeValue::Integer(i) => Value::Number(integer(i.as_str(), i.radix()), self.written(place)),
            DeValue::Float(f) => Value::Number(f.as_str().parse().unwrap_or(f64::NAN), self.written(place)),
            DeValue::Boolean(b) => Value::Bool(*b),
            DeValue::Datetime(d) => Value::Date(*d),
            DeValue::Array(list) => {
                Value::List(list.iter().map(|n| self.node(n.get_ref(), self.place(n.span()))).collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table)),
        };
        Node { place, value }
    }

    fn table(&self, table: &DeTable<'_>) -> Table {
        let mut entries: Vec<Entry> = table.iter().map(|(k, v)| self.entry(k, v)).collect();
        entries.sort_by_key(|e| e.key_place);
        Table { entries: entries.into() }
    }

    fn entry(&self, key: &toml::Spanned<std::borrow::Cow<'_, str>>, value: &toml::Spanned<DeValue<'_>>) -> Entry {
        let key_place = self.place(key.span());
        let span = value.span();
        let place = if span.is_empty() { key_place } else { self.place(span) };
        Entry { key: key.get_ref().to_string(), key_place, node: self.node(value.get_ref(), place) }
    }

    /// The text of a number as it stands in the file.
    fn written(&self, place: Place) -> String {
        self.text.get(place.start - self.offset..place.end - self.offset).unwrap_or("").trim().to_string()
    }
}

/// Value of an integer's digits.
fn integer(digits: &str, radix: u32) -> f64 {
    i128::from_str_radix(digits, radix).map_or_else(|_| digits.parse().unwrap_or(f64::NAN), |i| i as f64)
}
