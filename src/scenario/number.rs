//! One number of the file: a constant, a law, a dated version, a joint column or the same as another.

use std::collections::BTreeSet;

use super::joint;
use super::laws;
use super::reader::{Fields, Reading};
use super::report::closest;
use super::tree::{Node, Value};
use super::units;
use crate::chance::law::Law;
use crate::model::procedure::FOLLOWED_DAYS;
use crate::model::{Lang, MOST_PEOPLE, Q, Quantity, Text, Unit};

/// What may stand at a place: unit and range.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// Unit.
    pub unit: Unit,
    /// Lowest value.
    pub low: f64,
    /// Highest value.
    pub high: f64,
    /// True when a constant must be above `low`, not equal to it.
    pub above: bool,
    /// True when a constant may be infinite.
    pub infinite: bool,
}

const fn at_least(unit: Unit, low: f64) -> Ask {
    Ask { unit, low, high: f64::INFINITY, above: false, infinite: false }
}

/// A share between 0 and 1.
pub const SHARE: Ask = Ask { unit: Unit::Share, low: 0.0, high: 1.0, above: false, infinite: false };
/// A number of people.
pub const PERSONS: Ask = at_least(Unit::Persons, 0.0);
/// Money, not negative.
pub const MONEY: Ask = at_least(Unit::Money, 0.0);
/// Money above zero.
pub const SOME_MONEY: Ask = Ask { above: true, ..MONEY };
/// A fee per month.
pub const FEE: Ask = at_least(Unit::MoneyPerMonth, 0.0);
/// Money at one hour of outage.
pub const RATE: Ask = at_least(Unit::MoneyAtOneHour, 0.0);
/// Money an hour of work.
pub const WAGE: Ask = at_least(Unit::MoneyPerHour, 0.0);
/// A time, not negative.
pub const HOURS: Ask = at_least(Unit::Hours, 0.0);
/// A time above zero.
pub const SOME_HOURS: Ask = Ask { above: true, ..HOURS };
/// A part of a day.
pub const OF_A_DAY: Ask = Ask { high: DAY, ..HOURS };
/// A time after an outage that is followed.
pub const FOLLOWED: Ask = Ask { high: FOLLOWED_DAYS as f64 * 24.0, ..HOURS };
/// The same, above zero.
pub const SOME_FOLLOWED: Ask = Ask { above: true, ..FOLLOWED };
/// A number, not negative.
pub const FACTOR: Ask = at_least(Unit::Number, 0.0);
/// How a loss grows with the hours: beyond twenty a thousand hours give more money than there is.
pub const ELASTICITY: Ask = Ask { high: 20.0, ..FACTOR };
/// A number above zero.
pub const POSITIVE: Ask = Ask { above: true, ..FACTOR };
/// A number of at least one.
pub const AT_LEAST_ONE: Ask = at_least(Unit::Number, 1.0);
/// A number above zero that may be infinite.
pub const KAPPA: Ask = Ask { above: true, infinite: true, ..FACTOR };

/// Hours of a day.
const DAY: f64 = 24.0;
/// Larger numbers than this are a slip of the pen.
pub(super) const LARGEST: f64 = 1e30;

impl Ask {
    /// The range in words; `low`: to somebody who went below it.
    pub fn range(&self, low: bool) -> String {
        match (self.high.is_finite(), self.above) {
            (true, true) => format!("above {} and at most {}", self.low, self.highest()),
            (true, false) if self.unit == Unit::Hours && low => format!("at least {}", self.low),
            (true, false) if self.unit == Unit::Hours => format!("at most {}", self.highest()),
            (true, false) => format!("between {} and {}", self.low, self.high),
            (false, true) => format!("above {}", self.low),
            (false, false) => format!("at least {}", self.low),
        }
    }

    /// True for a value below the range.
    pub fn below(&self, value: f64) -> bool {
        value < self.low || (self.above && value <= self.low)
    }

    /// True for a time after the outage, which is followed for so long and no longer.
    fn followed(&self) -> bool {
        self.unit == Unit::Hours && self.high == FOLLOWED.high
    }

    /// The highest value in words.
    pub fn highest(&self) -> String {
        match self.unit {
            Unit::Hours if self.high <= DAY => format!("{} h", self.high),
            Unit::Hours => format!("{} d", self.high / DAY),
            _ => self.high.to_string(),
        }
    }

    /// True when a constant is inside.
    pub fn holds(&self, value: f64) -> bool {
        let low = if self.above { value > self.low } else { value >= self.low };
        low && value <= self.high && (value.is_finite() || self.infinite)
    }

    /// A value that stands in for one that could not be read.
    fn stand_in(&self) -> f64 {
        if self.above { self.low + 1.0 } else { self.low }
    }
}

/// A number that was read.
#[derive(Clone, Copy, Debug)]
pub struct Num {
    /// Its handle.
    pub q: Q,
    /// Its value, if it is a constant that could be read.
    pub constant: Option<f64>,
}

/// The keys by which a table is known to be a number.
pub const HEADS: [&str; 5] = ["value", "law", "joint", "versions", "same_as"];

/// The keys that tell where a value is from.
pub const REMARK: [&str; 4] = ["source", "note", "date", "default"];

/// True when a value is a number or a table that gives one.
pub fn is_number(node: &Node) -> bool {
    match &node.value {
        Value::Table(t) => HEADS.iter().any(|h| t.has(h)),
        Value::Number(..) | Value::Text(_) => true,
        _ => false,
    }
}

/// True for a table with a key that was meant to be one of some.
pub fn meant(node: &Node, keys: &[&'static str]) -> bool {
    let like = |key: &str| closest(key, keys.iter().copied()).is_some();
    node.as_table().is_some_and(|table| table.keys().any(like))
}

/// True for a table that gives no number and was meant to give one.
pub fn meant_as_number(node: &Node) -> bool {
    meant(node, &HEADS) || laws::parameter_keys().any(|key| node.get(key).is_some())
}

/// What a number table says beside its value.
#[derive(Clone, Debug, Default)]
pub struct Remark {
    /// Index of its source.
    pub source: Option<usize>,
    /// Its note, with its own date.
    pub note: Text,
    /// True when the resolved text marks it as a default.
    pub defaulted: bool,
}

/// A note behind what the reader itself has to say, in each language in which the note is written.
pub fn led(lead: &Text, note: &Text) -> Text {
    if note.is_empty() {
        return lead.clone();
    }
    let [en, ko] = [Lang::En, Lang::Ko].map(|lang| format!("{}; {}", lead.get(lang), note.get(lang)));
    Text { en, ko }
}

/// Asks for the key by which a number is known in a table that has none of them: the one to which its other keys belong. A key
/// that nobody knows may have been meant to be it. Returns which it is.
fn without_head(fields: &mut Fields<'_>) -> &'static str {
    fields.instead(&HEADS);
    let table = fields.table;
    let belongs = |key: &str, head: &str| table.has(key) || fields.meant_for(head).is_some();
    if belongs("column", "joint") {
        fields.need("joint", "`joint = \"…\"`, the table whose column this is");
        fields.skip(&["column"]);
        "joint"
    } else if belongs("times", "same_as") {
        fields.need("same_as", "`same_as = \"…\"`, the path of the number that is multiplied");
        fields.skip(&["times"]);
        "same_as"
    } else if laws::parameter_keys().any(|key| belongs(key, "law")) {
        fields.need("law", "`law = \"triangular\"`, or the law whose parameters these are");
        "law"
    } else {
        fields.need("value", "`value = …` or `law = \"…\"`");
        "value"
    }
}

impl<'a> Reading<'a> {
    /// A number that must be there.
    pub fn need_number(&mut self, fields: &mut Fields<'a>, key: &'static str, ask: Ask, example: &'static str) -> Num {
        match fields.need(key, example) {
            Some(node) => self.number(node, &fields.at(key), ask),
            None => self.stand_in(&fields.at(key), ask),
        }
    }

    /// A number that may be absent; a default then stands in and is written out in the resolved text.
    pub fn number_or(&mut self, fields: &mut Fields<'a>, key: &'static str, ask: Ask, default: f64) -> Num {
        match fields.take(key) {
            Some(node) => self.number(node, &fields.at(key), ask),
            None => {
                let value = match ask.unit {
                    Unit::Hours => Node::text(&format!("{default} h"), fields.place),
                    _ => Node::number(default, fields.place),
                };
                let mark = Node { place: fields.place, value: Value::Bool(true) };
                let table = Node::table(vec![("value", value), ("default", mark)], fields.place);
                self.fill(&fields.path, key, table);
                self.plumbing(&fields.at(key), ask.unit, default)
            }
        }
    }

    /// A constant that no file states: a default, or something the model needs.
    pub fn plumbing(&mut self, path: &str, unit: Unit, value: f64) -> Num {
        // What two readers of one rule ask for is entered once.
        let entered = self.handles.get(path).copied().filter(|q| {
            let quantity = &self.quantities.list[q.0 as usize];
            quantity.path == path && quantity.law == Law::Constant(value)
        });
        if let Some(q) = entered {
            return Num { q, constant: Some(value) };
        }
        let remark = Remark { defaulted: true, ..Remark::default() };
        Num { q: self.push(path, unit, Law::Constant(value), remark), constant: Some(value) }
    }

    /// A constant that no file can state, in place of a part that is not in use: it is not listed.
    pub fn idle(&mut self, path: &str, unit: Unit, value: f64) -> Q {
        let q = self.plumbing(path, unit, value).q;
        self.quantities.idle.insert(q);
        q
    }

    /// A value in place of one that could not be read.
    pub fn stand_in(&mut self, path: &str, ask: Ask) -> Num {
        let q = self.push(path, ask.unit, Law::Constant(ask.stand_in()), Remark::default());
        Num { q, constant: None }
    }

    /// Enters a quantity into the table.
    pub fn push(&mut self, path: &str, unit: Unit, law: Law, remark: Remark) -> Q {
        let Remark { source, note, defaulted } = remark;
        let quantity = Quantity { path: path.into(), unit, law, source, note, defaulted };
        let q = match self.reserved.remove(path) {
            Some((q, _)) => {
                self.quantities.list[q.0 as usize] = quantity;
                q
            }
            None => self.quantities.push(quantity),
        };
        self.handles.insert(path.into(), q);
        q
    }

    /// A number in any of its forms.
    pub fn number(&mut self, node: &'a Node, path: &str, ask: Ask) -> Num {
        self.look_over(node, path, ask);
        let num = match &node.value {
            Value::Table(table) if table.has("same_as") => self.same_as(node, path, ask),
            Value::Table(_) => self.number_table(node, path, ask),
            _ => self.constant(node, ask).map(|v| {
                let q = self.push(path, ask.unit, Law::Constant(v), Remark::default());
                Num { q, constant: Some(v) }
            }),
        };
        num.unwrap_or_else(|| {
            let num = self.stand_in(path, ask);
            // A table without a value has, or was to have, a law.
            if node.as_table().is_some_and(|table| !table.has("value")) {
                self.unread.insert(num.q);
            }
            num
        })
    }

    fn number_table(&mut self, node: &'a Node, path: &str, ask: Ask) -> Option<Num> {
        let mut fields = self.open(node, path)?;
        let mut remark = self.remark(&mut fields);
        let law = self.law_of(&mut fields, node, ask);
        if fields.finish(self) {
            return None;
        }
        let law = law?;
        if let Law::JointColumn { table, .. } = law {
            self.as_of_table(table, &mut remark);
        }
        let constant = if let Law::Constant(v) = law { Some(v) } else { None };
        Some(Num { q: self.push(path, ask.unit, law, remark), constant })
    }

    /// The law that a number table gives.
    pub fn law_of(&mut self, fields: &mut Fields<'a>, node: &'a Node, ask: Ask) -> Option<Law> {
        let heads: Vec<&str> = HEADS.iter().copied().filter(|h| fields.table.has(h)).collect();
        if let [first, second, ..] = heads[..] {
            self.error(node.place, format!("`{first}` and `{second}` cannot stand together"))
                .help("a number has one of `value`, `law`, `joint`, `versions` and `same_as`");
            fields.skip(&HEADS);
            laws::skip_all(fields);
            return None;
        }
        match heads.first() {
            Some(&"value") => fields.take("value").and_then(|n| self.constant(n, ask)).map(Law::Constant),
            Some(&"law") => {
                let law = self.law(fields, ask.unit)?;
                self.inside(&law, node, ask).then_some(law)
            }
            Some(&"joint") => {
                let (law, whole) = self.joint_column(fields, ask)?;
                (self.inside(&law, node, ask) && whole).then_some(law)
            }
            Some(_) => {
                self.versions_in_a_list(fields.table);
                fields.skip(&["versions"]);
                None // why no version can be used has been said when the versions were looked through
            }
            None => {
                if without_head(fields) == "law" {
                    self.loose_parameters(fields, ask.unit);
                }
                None
            }
        }
    }

    /// Reads the parameters of a law of which it is not known which it is, for what is wrong with them whichever it is.
    pub fn loose_parameters(&mut self, fields: &mut Fields<'a>, unit: Unit) {
        let stated: BTreeSet<&'static str> = laws::parameter_keys().filter(|key| fields.table.has(key)).collect();
        for key in stated {
            match (key, fields.take(key)) {
                ("values", Some(node)) => {
                    self.list(node).iter().for_each(|value| {
                        self.sized(value, unit);
                    });
                }
                ("weights", Some(node)) => drop(self.plain_numbers(node)),
                _ => drop(self.parameter(fields, key, unit, false)),
            }
        }
        laws::skip_all(fields);
    }

    /// Source, note, date and mark of a default.
    pub fn remark(&mut self, fields: &mut Fields<'a>) -> Remark {
        let source = fields.take("source").and_then(|n| self.source(n));
        let note = fields.take("note").map_or_else(Text::default, |n| self.words(n));
        let own = fields.take("date").and_then(|n| self.date(n).map(|d| (d, n.place)));
        let defaulted = fields.take("default").and_then(|n| self.truth(n)).unwrap_or(false);
        self.asked_when(fields, own.as_ref().map(|(date, place)| (date.as_str(), *place)), source);
        let note = match own {
            Some((date, _)) => led(&Text::both(&format!("as of {date}"), &format!("{date} 기준")), &note),
            None => note,
        };
        Remark { source, note, defaulted }
    }

    /// Index of the source that a value names.
    pub fn source(&mut self, node: &'a Node) -> Option<usize> {
        // Of sources that are no table has been told, and any may have been among them.
        if self.root.get("sources").is_some_and(|n| n.as_table().is_none()) {
            return None;
        }
        let ids: Vec<String> = self.names.sources.iter().map(|(id, _)| id.clone()).collect();
        let found = self.reference(node, "source", &ids)?;
        self.used.insert(format!("sources.{}", ids[found]));
        Some(found)
    }

    /// A constant inside its range.
    pub fn constant(&mut self, node: &Node, ask: Ask) -> Option<f64> {
        let value = self.scalar(node, ask.unit)?;
        let largest = if ask.unit == Unit::Persons { MOST_PEOPLE } else { LARGEST };
        if ask.holds(value) && (value <= largest || value.is_infinite()) {
            return Some(value);
        }
        let message = if value.is_finite() && value > largest {
            format!("{} cannot be this large", units::noun(ask.unit))
        } else if value.is_nan() || (value.is_infinite() && !ask.infinite) {
            "this number must be finite".to_string()
        } else {
            format!("{} must be {}", units::noun(ask.unit), ask.range(ask.below(value)))
        };
        let written = node.as_text();
        let percent = ask.unit == Unit::Share && value > 1.0 && value <= 100.0 && written.is_none();
        let advice = if percent {
            format!("if {value} percent are meant, write \"{value} %\"")
        } else if value.is_finite() && value > largest {
            format!("it can be at most {largest:e}")
        } else if ask.unit == Unit::Share && written.is_some_and(|t| t.ends_with('%')) {
            "a share lies between \"0 %\" and \"100 %\"".into()
        } else if ask.followed() && ask.above && value <= ask.low {
            "a window of no length takes no claims: \"60 d\"".into()
        } else if ask.followed() && value < 0.0 {
            "it is counted from the start of the outage on, and nothing opens before: \"0 d\" is the start itself"
                .into()
        } else if ask.unit == Unit::Hours && ask.high == DAY && value > DAY {
            "a day has 24 h: \"8 h\"".into()
        } else if ask.followed() && value > ask.high {
            format!("claims and payments are followed for {} after the outage, no longer", ask.highest())
        } else {
            units::how_to_write(ask.unit, &self.currency)
        };
        self.error(node.place, message).help(advice);
        None
    }

    /// The bare value of a number or a text with a unit, in the unit of the model.
    pub fn scalar(&mut self, node: &Node, unit: Unit) -> Option<f64> {
        let currency = self.currency.clone();
        let result = match &node.value {
            Value::Number(_, written) if unit == Unit::Hours => units::no_unit(written),
            Value::Number(v, _) => return Some(*v),
            Value::Date(_) if unit == Unit::Hours => units::point_in_time(node.kind()),
            Value::Text(text) if self.any_unit && unit == Unit::Number => return self.in_some_unit(node, text),
            Value::Text(text) => units::parse(text, unit, &currency),
            Value::List(list) if list.iter().any(|n| n.as_table().is_some()) => {
                self.wrong_kind(node, units::noun(unit))
                    .help("a number in several versions is written { versions = [ { value = …, date = … }, … ] }");
                return None;
            }
            _ => {
                self.wrong_kind(node, units::noun(unit)).help(units::how_to_write(unit, &currency));
                return None;
            }
        };
        match result {
            Ok(v) => Some(v),
            Err(m) => {
                self.error(node.place, m.message).help(m.help);
                None
            }
        }
    }

    /// The value of a text in the first unit in which it has one, where none is certain.
    fn in_some_unit(&mut self, node: &Node, text: &str) -> Option<f64> {
        let units = joint::UNITS.iter().chain(&[Unit::Persons]);
        let read = units.filter_map(|unit| units::parse(text, *unit, &self.currency).ok()).next();
        if read.is_none() && units::code_of_sum(text).is_none() {
            self.error(node.place, format!("`{text}` is no value"))
                .help("write a number, such as 0.2, or one with its unit: \"30 h\"");
        }
        read
    }
}
