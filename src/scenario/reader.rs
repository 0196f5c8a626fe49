//! Reading of one table: keys that must be there, keys that may be, keys nobody knows; and the state of a reading.

use std::collections::{BTreeMap, BTreeSet};

use super::korean;
use super::number::LARGEST;
use super::paths::{NAME_MAPS, PHASES, find};
use super::report::{Diagnostic, Place, closest, did_you_mean, first_of, listed};
use super::tree::{Entry, Node, Table, Value};
use super::versions::Hidden;
use crate::model::expression::Type;
use crate::model::{Figure, Lang, Q, Quantities, Source, Text};

/// A default that is written out in the resolved text.
#[derive(Clone, Debug)]
pub struct Fill {
    /// Canonical path of the table.
    pub path: String,
    /// Key in it.
    pub key: String,
    /// Its value.
    pub node: Node,
}

/// Names that other parts of the file may refer to, with the tags of cohorts.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Keys of `[sources]`, with the date of each (`YYYY-MM-DD` or empty).
    pub sources: Vec<(String, String)>,
    /// Keys of `[outage.phases]`.
    pub phases: Vec<String>,
    /// Keys of `[services]`.
    pub services: Vec<String>,
    /// Keys of `[regions]`, or `all`.
    pub regions: Vec<String>,
    /// Keys of `[cohorts]` with their tags.
    pub cohorts: Vec<(String, Vec<String>)>,
    /// Keys of `[procedures]`, and whether each takes claims.
    pub procedures: Vec<(String, bool)>,
    /// Attributes of people, in the order in which they were met.
    pub attributes: Vec<Known>,
}

/// An attribute that some cohorts have.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// True where nobody's value is 0.
    pub above_zero: bool,
    /// Cohorts (indices) that have it.
    pub cohorts: Vec<usize>,
}

/// State of one reading: what was found so far.
pub struct Reading<'a> {
    /// The whole file.
    pub root: &'a Node,
    /// Mistakes and warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// Currency of all money.
    pub currency: String,
    /// Date after which nothing was known, or empty.
    pub as_of: String,
    /// Names defined in the file.
    pub names: Names,
    /// Quantities read so far.
    pub quantities: Quantities,
    /// Handle of each path, those that share another's included.
    pub handles: BTreeMap<String, Q>,
    /// Handles given out for paths not read yet, and who asked.
    pub reserved: BTreeMap<String, (Q, Place)>,
    /// Quantities whose law could not be read, of which no more is known than that they are uncertain.
    pub unread: BTreeSet<Q>,
    /// Checks that wait until every quantity is there.
    pub waiting: Vec<super::same::Waiting>,
    /// Joint tables; `None` for those with a mistake, of which nothing more is told.
    pub joints: BTreeMap<String, Option<super::joint::Joint<'a>>>,
    /// Defaults to write out.
    pub fills: Vec<Fill>,
    /// Sources and filing profiles that something refers to, as `sources.x`, `filing.y`.
    pub used: BTreeSet<String>,
    /// What the filing ladder gives.
    pub ladder: super::filing::FromLadder,
    /// Versions that do not hold, by the place of the one that does.
    pub hidden: Option<&'a Hidden>,
    /// Figures that are no quantities.
    pub figures: Vec<Figure>,
    /// Sources that schemes bring, with the name under which each was entered; they come after those of the file.
    pub brought: Vec<Source>,
    /// Sources without a date that were told of because of `as_of`.
    pub undated: BTreeSet<usize>,
    /// Facts of schemes that are stated under a name that is told not to exist.
    pub misnamed: BTreeSet<String>,
    /// Paths of guidelines and rules that name a procedure which is told not to exist.
    pub no_procedure: BTreeSet<String>,
    /// The guideline that is being read, where one is.
    pub guideline: Option<Box<str>>,
    /// True while numbers are read of which it is not known what they are of: those without unit may then be in any.
    pub any_unit: bool,
}

impl<'a> Reading<'a> {
    /// A reading of a file of which nothing is known yet.
    pub fn new(root: &'a Node) -> Reading<'a> {
        Reading {
            root,
            diagnostics: Vec::new(),
            currency: String::new(),
            as_of: String::new(),
            names: Names::default(),
            quantities: Quantities::default(),
            handles: BTreeMap::new(),
            reserved: BTreeMap::new(),
            unread: BTreeSet::new(),
            waiting: Vec::new(),
            joints: BTreeMap::new(),
            fills: Vec::new(),
            used: BTreeSet::new(),
            ladder: super::filing::FromLadder::default(),
            hidden: None,
            figures: Vec::new(),
            brought: Vec::new(),
            undated: BTreeSet::new(),
            misnamed: BTreeSet::new(),
            no_procedure: BTreeSet::new(),
            guideline: None,
            any_unit: false,
        }
    }

    /// Notes a mistake; returns it so that a label and help can be added.
    pub fn error(&mut self, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.note(Diagnostic::error(place, message))
    }

    /// Notes a warning.
    pub fn warn(&mut self, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.note(Diagnostic::warning(place, message))
    }

    fn note(&mut self, mut d: Diagnostic) -> &mut Diagnostic {
        d.guideline = self.guideline.clone();
        let at = self.diagnostics.len();
        self.diagnostics.push(d);
        &mut self.diagnostics[at]
    }

    /// A value of another kind than the one that is wanted here.
    pub fn wrong_kind(&mut self, node: &Node, wanted: &str) -> &mut Diagnostic {
        let message = format!("{wanted} belongs here, not {}", node.kind());
        self.error(node.place, message)
    }

    /// Opens a table; a value of another kind is a mistake.
    pub fn open(&mut self, node: &'a Node, path: &str) -> Option<Fields<'a>> {
        match node.as_table() {
            Some(table) => {
                let (known, missing, ways) = (vec![], vec![], vec![]);
                Some(Fields { place: node.place, path: path.into(), table, known, missing, ways })
            }
            None => {
                let list = path.rsplit_once('.').map(|(list, _)| list);
                let members = list.and_then(|list| find(self.root, list)?.1.as_list());
                // Of several members that are no tables the first is told of: they are one slip.
                let first = members.and_then(|all| all.iter().find(|member| member.as_table().is_none()));
                if first.is_none_or(|first| first.place == node.place) {
                    let list = list.filter(|_| members.is_some());
                    let help = list.map_or_else(|| in_a_table(path), |list| in_a_list(list, self.root));
                    self.wrong_kind(node, "a table").help(help);
                }
                None
            }
        }
    }

    /// A string.
    pub fn text(&mut self, node: &'a Node) -> Option<&'a str> {
        let text = node.as_text();
        if text.is_none() {
            self.wrong_kind(node, "a text").help(in_quotes(node));
        }
        text
    }

    /// A text in one or two languages.
    pub fn words(&mut self, node: &'a Node) -> Text {
        match &node.value {
            Value::Text(t) => Text::en(t),
            Value::Table(_) => self.two_languages(node),
            _ => {
                self.wrong_kind(node, "a text").help("write \"text\" or { en = \"text\", ko = \"글\" }");
                Text::default()
            }
        }
    }

    fn two_languages(&mut self, node: &'a Node) -> Text {
        let Some(mut fields) = self.open(node, "") else { return Text::default() };
        let mut get =
            |reading: &mut Self, key| fields.take(key).and_then(|n| reading.text(n)).unwrap_or("").to_string();
        let text = Text { en: get(self, "en"), ko: get(self, "ko") };
        let wrong = fields.finish(self);
        // Of what is no text has been told.
        if !wrong && holds_texts(node) && text.get(Lang::En).is_empty() {
            self.error(node.place, "this text is empty").help("give `en`, `ko` or both");
        }
        text
    }

    /// True or false.
    pub fn truth(&mut self, node: &Node) -> Option<bool> {
        match node.value {
            Value::Bool(b) => Some(b),
            _ => {
                self.wrong_kind(node, "true or false").help("write true or false, without quotes");
                None
            }
        }
    }

    /// A list.
    pub fn list(&mut self, node: &'a Node) -> &'a [Node] {
        if node.as_list().is_none() {
            let help = match &node.value {
                Value::Text(text) => format!("write [\"{text}\"]"),
                Value::Table(_) => "write [ { … } ], or a heading in two brackets: [[…]]".into(),
                _ => "write [ … ]".into(),
            };
            self.wrong_kind(node, "a list").help(help);
        }
        node.as_list().unwrap_or(&[])
    }

    /// Plain numbers without units, e.g. weights.
    pub fn plain_numbers(&mut self, node: &'a Node) -> Vec<f64> {
        self.list(node).iter().filter_map(|n| self.plain_number(n)).collect()
    }

    /// A plain number without unit or law.
    pub fn plain_number(&mut self, node: &Node) -> Option<f64> {
        match node.value {
            Value::Number(v, _) if v.abs() > LARGEST && v.is_finite() => {
                self.too_large(node);
                None
            }
            Value::Number(v, _) if v.is_finite() => Some(v),
            Value::Number(..) => {
                self.error(node.place, "this number must be finite").help("write an ordinary number, such as 0.5");
                None
            }
            _ => {
                self.wrong_kind(node, "a plain number").help(plainly(node));
                None
            }
        }
    }

    /// Tells of a number beyond what any can be.
    pub fn too_large(&mut self, node: &Node) {
        self.error(node.place, "this number cannot be this large").help(format!("it can be at most {LARGEST:e}"));
    }

    /// A word out of a few.
    pub fn choice<T: Copy>(&mut self, node: &'a Node, what: &str, choices: &[(&'static str, T)]) -> Option<T> {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let Some(word) = node.as_text() else {
            self.wrong_kind(node, "a text").help(format!("write one of {} in quotes", listed(names)));
            return None;
        };
        let found = choices.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
        if found.is_none() {
            self.error(node.place, format!("`{word}` is no {what}"))
                .help(did_you_mean(word, names.iter().copied()))
                .help(format!("there are {}", listed(names.iter().copied())));
        }
        found
    }

    /// Index of a name among those that are defined.
    pub fn reference(&mut self, node: &'a Node, what: &str, names: &[String]) -> Option<usize> {
        let word = self.text(node)?;
        let found = names.iter().position(|n| n == word);
        if found.is_none() {
            let all: Vec<&str> = names.iter().map(String::as_str).collect();
            let map = map_of(what);
            let d = unknown(self.error(node.place, format!("there is no {what} `{word}`")), word, &all);
            if !map.is_empty() {
                d.missing(format!("{map}.{word}"));
            }
        }
        found
    }

    /// Indices of several names; the same name twice is a mistake.
    pub fn references(&mut self, node: &'a Node, what: &str, names: &[String]) -> Vec<usize> {
        let mut found = Vec::new();
        for item in self.list(node) {
            match self.reference(item, what, names) {
                Some(i) if found.contains(&i) => {
                    self.error(item.place, format!("`{}` stands twice in this list", names[i]))
                        .help("write each name once");
                }
                Some(i) => found.push(i),
                None => {}
            }
        }
        found
    }

    /// A date that exists, as `YYYY-MM-DD`.
    pub fn date(&mut self, node: &'a Node) -> Option<String> {
        let text = match &node.value {
            Value::Date(d) if d.time.is_none() => d.to_string(),
            Value::Text(t) => t.clone(),
            Value::Date(d) => {
                let day = d.date.map_or_else(|| "2022-10-15".into(), |day| day.to_string());
                self.error(node.place, "a day belongs here, without a time of day").help(format!("write {day}"));
                return None;
            }
            _ => {
                self.wrong_kind(node, "a date").help("write 2022-10-15");
                return None;
            }
        };
        match text.parse::<jiff::civil::Date>() {
            Ok(date) if text.len() == 10 => Some(date.to_string()),
            _ => {
                self.error(node.place, format!("there is no date `{text}`"))
                    .help("dates are written 2022-10-15 and must exist in the calendar");
                None
            }
        }
    }

    /// Notes a default, to be written out in the resolved text.
    pub fn fill(&mut self, path: &str, key: &str, node: Node) {
        self.fills.push(Fill { path: path.into(), key: key.into(), node });
    }
}

/// True for a table that holds nothing but texts.
fn holds_texts(node: &Node) -> bool {
    node.as_table().is_some_and(|table| table.entries.iter().all(|e| e.node.as_text().is_some()))
}

/// Advice for a name that is not defined: the closest one, or all of them.
fn unknown<'d>(d: &'d mut Diagnostic, word: &str, names: &[&str]) -> &'d mut Diagnostic {
    match closest(word, names.iter().copied()) {
        Some(name) => d.help(format!("did you mean `{name}`?")),
        None if names.is_empty() => d.help("none is defined in this file"),
        None => d.help(format!("there are {}", first_of(names))),
    }
}

/// The map of the file in which a name of this kind is given; empty for names that mean something in one place only.
pub(super) fn map_of(what: &str) -> &'static str {
    match what {
        "source" => "sources",
        "phase" => PHASES,
        "service" => "services",
        "region" => "regions",
        "cohort" => "cohorts",
        "filing profile" => "filing",
        "use profile" => "profiles",
        "procedure" => "procedures",
        "joint table" => "joint",
        "guideline" => "guidelines",
        "duration" => "durations",
        _ => "",
    }
}

/// An example of money in won as a file in another currency would write it.
pub(super) fn in_currency(example: &str, currency: &str) -> String {
    if currency.is_empty() { example.into() } else { example.replace(" KRW", &format!(" {currency}")) }
}

/// How a table is written at a path.
pub(super) fn in_a_table(path: &str) -> String {
    let key = path.rsplit('.').next().filter(|k| !k.is_empty()).unwrap_or("…");
    if NAME_MAPS.contains(&path) || path == PHASES {
        return format!(
            "write {key} = {{ name = {{ … }} }}, or below headings in brackets, each with its name: [{path}.name]"
        );
    }
    format!(
        "write {key} = {{ … }}, or its keys below a heading in brackets: [{}]",
        if path.is_empty() { "…" } else { path }
    )
}

/// How a table is written that stands in the list at a path. A list inside another has no heading of its own.
fn in_a_list(path: &str, root: &Node) -> String {
    let key = path.rsplit('.').next().unwrap_or(path);
    let headed = path.split('.').try_fold(root, |node, key| node.get(key)).is_some();
    let heading =
        if headed { format!(", or its keys below a heading in two brackets: [[{path}]]") } else { String::new() };
    format!("write {key} = [ {{ … }} ]{heading}")
}

/// How the text would be written that a value of another kind stands for.
fn in_quotes(node: &Node) -> String {
    match &node.value {
        Value::Number(_, written) => format!("write it in quotes: \"{written}\""),
        Value::Bool(b) => format!("write it in quotes: \"{b}\""),
        Value::Date(d) => format!("write it in quotes: \"{d}\""),
        _ => "write one text in quotes: \"…\"".into(),
    }
}

/// How a number would be written without unit and quotes.
fn plainly(node: &Node) -> String {
    match node.as_text().map(str::trim).filter(|t| t.parse::<f64>().is_ok()) {
        Some(number) => format!("write {number} without quotes"),
        None if node.as_table().is_some() => "write a number by itself, without unit or law: 0.5".into(),
        None => "write a number by itself, without quotes or unit: 0.5".into(),
    }
}

/// A table being read: remembers which keys were asked for.
pub struct Fields<'a> {
    /// The table's header or text.
    pub place: Place,
    /// Its path.
    pub path: String,
    /// The table.
    pub table: &'a Table,
    known: Vec<&'static str>,
    missing: Vec<(&'static str, &'static str)>,
    /// Keys that stand in place of missing ones, and how many were missing when they were named.
    ways: Vec<(&'static str, usize)>,
}

impl<'a> Fields<'a> {
    /// The value of a key that may be absent.
    pub fn take(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.table.get(key)
    }

    /// The value of a key that must be there; `example` is shown when it is not.
    pub fn need(&mut self, key: &'static str, example: &'static str) -> Option<&'a Node> {
        let node = self.take(key);
        if node.is_none() {
            self.missing.push((key, example));
        }
        node
    }

    /// The value of a key that nobody knows and that was meant to be one which is not there. It is looked at where other keys hang
    /// on it; of the key itself [`Fields::finish`] tells.
    pub fn meant_for(&self, key: &str) -> Option<&'a Node> {
        let meant = |e: &&Entry| closest(&e.key, [key]).is_some() || korean::keys(&e.key).contains(&key);
        let strange = self.table.entries.iter().filter(|e| !self.known.contains(&e.key.as_str()));
        let mut strange = strange.filter(|_| !self.table.has(key));
        strange.find(meant).map(|e| &e.node)
    }

    /// Marks keys as known without reading them, so that one mistake does not draw others.
    pub fn skip(&mut self, keys: &[&'static str]) {
        self.known.extend(keys);
    }

    /// Names keys that would stand in place of those asked for from here on: the table has none of them, but a key that
    /// nobody knows may have been meant to be one.
    pub fn instead(&mut self, keys: &[&'static str]) {
        let before = self.missing.len();
        self.ways.extend(keys.iter().map(|key| (*key, before)));
    }

    /// Path of a key.
    pub fn at(&self, key: &str) -> String {
        if self.path.is_empty() { key.into() } else { format!("{}.{key}", self.path) }
    }

    /// Reports unknown and missing keys; true when there were any. One slip is one mistake: a missing key that an unknown
    /// one was meant to be is not reported again, and of one unknown and one missing key that are not alike the two are
    /// told together.
    pub fn finish(mut self, reading: &mut Reading<'_>) -> bool {
        let mut seen = BTreeSet::new();
        self.known.retain(|k| seen.insert(*k));
        let unknown: Vec<(&Entry, Option<&str>)> = {
            let strange = self.table.entries.iter().filter(|e| !self.known.contains(&e.key.as_str()));
            strange.map(|e| (e, self.meant(&e.key))).collect()
        };
        let mut missing = self.not_meant(&unknown);
        if unknown.is_empty() && missing.is_empty() {
            return false;
        }
        let strange = unknown.iter().filter(|(_, meant)| meant.is_none()).count();
        let together = if strange == 1 && missing.len() == 1 { missing.pop() } else { None };
        let whose = if self.path.is_empty() { "the file".into() } else { format!("`{}`", self.path) };
        let what = if self.path.is_empty() { String::new() } else { format!(" in `{}`", self.path) };
        let mut keys = self.known.clone();
        keys.extend(self.ways.iter().map(|(way, _)| *way).filter(|way| !self.known.contains(way)));
        let keys = format!("keys here are {}", listed(keys));
        let currency = reading.currency.clone();
        for (entry, meant) in unknown {
            let d = reading.error(entry.key_place, format!("unknown key `{}`{what}", entry.key));
            match (meant, together) {
                (Some(m), _) => d.help(format!("did you mean `{m}`?")),
                (None, Some((key, example))) => {
                    let example = in_currency(example, &currency);
                    d.help(format!("did you mean `{key}`? {whose} lacks it: add {example}")).help(keys.as_str())
                }
                (None, None) => d.help(keys.as_str()),
            };
        }
        for (key, example) in missing {
            let example = in_currency(example, &currency);
            reading.error(self.place, format!("{whose} lacks `{key}`")).help(format!("add {example}"));
        }
        true
    }

    /// The key that an unknown one was meant to be: one that is not there yet, if any is like it.
    fn meant(&self, key: &str) -> Option<&'static str> {
        let known = self.known.iter().copied();
        let absent = known.clone().chain(self.ways.iter().map(|(way, _)| *way)).filter(|k| !self.table.has(k));
        let absent: Vec<&'static str> = absent.collect();
        let in_korean = || korean::keys(key).iter().find(|k| absent.contains(k)).copied();
        closest(key, absent.iter().copied()).or_else(in_korean).or_else(|| closest(key, known))
    }

    /// The missing keys that no unknown one was meant to be, and in whose place none was meant to stand.
    fn not_meant(&self, unknown: &[(&Entry, Option<&str>)]) -> Vec<(&'static str, &'static str)> {
        let is_meant = |key: &str| unknown.iter().any(|(_, meant)| *meant == Some(key));
        let needed = self.ways.iter().filter(|(way, _)| is_meant(way)).map(|(_, before)| *before).min();
        let needed = self.missing.iter().take(needed.unwrap_or(self.missing.len()));
        needed.copied().filter(|(key, _)| !is_meant(key)).collect()
    }
}
