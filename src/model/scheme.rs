//! Compensation schemes as rules over the facts of a case, with their versions and worked cases.

use super::expression::{Expression, Type, Value};
use super::{Lang, Text};

/// A scheme: all its versions, the oldest first, and the cases that prove them.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheme {
    /// Name of its file.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// What it is, where it stands, what was simplified.
    pub note: Text,
    /// Country or body whose rule it is.
    pub jurisdiction: Text,
    /// Trade it is for.
    pub sector: Text,
    /// When it holds or held.
    pub effective: Text,
    /// Grade of evidence.
    pub evidence: String,
    /// Where it stands: title, address, date (may be empty).
    pub sources: Vec<(String, String, String)>,
    /// Code of the currency of all money.
    pub currency: String,
    /// Words of the rules as people read them.
    pub words: Vec<(String, Text)>,
    /// Versions; never empty.
    pub versions: Vec<Version>,
    /// Worked cases.
    pub cases: Vec<Case>,
}

/// A version of a scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its name; empty where there is but one.
    pub id: String,
    /// What it is called; may be empty.
    pub title: Text,
    /// Number of the day (since 1970-01-01) from which it holds; `None`: chosen by name only.
    pub from: Option<i64>,
    /// Holidays, as numbers of days.
    pub holidays: Vec<i64>,
    /// Facts, parameters and steps, in an order in which each uses only those before it.
    pub names: Vec<Name>,
    /// Rules. What they pay in money is added up.
    pub rules: Vec<Rule>,
    /// The most that all rules together pay one person, if there is such a limit.
    pub at_most: Option<Expression>,
    /// What a simulation knows of each person, and facts of the scheme itself, for [`Name::simulated`].
    pub simulated_from: Vec<Name>,
}

/// What an expression may call by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The name.
    pub name: String,
    /// What it is, in a few words; may be empty.
    pub title: Text,
    /// Its type.
    pub ty: Type,
    /// True where it is above zero in every case.
    pub above_zero: bool,
    /// True for a number that is a share: it is told as a percentage.
    pub share: bool,
    /// Where its value comes from.
    pub origin: Origin,
    /// What a simulation takes for a fact unless the scenario states it, from the names of [`Version::simulated_from`].
    pub simulated: Option<Expression>,
}

/// Where the value of a name comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// The case; where it says nothing, this.
    Fact(Option<Value>),
    /// Worked out from the names before it.
    Step(Expression),
}

/// A rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Key, unique in its version.
    pub id: String,
    /// What it gives, in a few words.
    pub title: Text,
    /// When it applies; `None`: always.
    pub when: Option<Expression>,
    /// What it gives.
    pub gives: Gives,
    /// How people come by it, in a word; may be empty.
    pub mode: String,
}

/// What a rule gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Gives {
    /// Money.
    Money(Expression),
    /// Something else that can be counted or named: time, a number, a voucher's worth, a thing.
    Else(Expression),
    /// What somebody decides case by case.
    Decision,
    /// Nothing but a duty: that it applies is all.
    Duty,
}

/// A worked case.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Which version: a place in the list.
    pub version: usize,
    /// Value of each fact of that version, in the order of its names; `None`: not known.
    pub given: Vec<(String, Value)>,
    /// What must come out.
    pub expected: Vec<Expected>,
    /// `published` by the source or `derived` from the rule.
    pub published: bool,
    /// How it is worked out; may be empty.
    pub working: String,
    /// Title of its source; may be empty.
    pub source: String,
    /// Line of the file where it stands, from 1.
    pub line: usize,
}

/// One expectation of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// `award`, a rule or a step.
    pub what: String,
    /// Its value.
    pub value: Value,
    /// By how much an amount may differ.
    pub within: f64,
    /// As written.
    pub text: String,
}

impl Version {
    /// Place of a name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n.name == name)
    }

    /// Its facts.
    pub fn facts(&self) -> impl Iterator<Item = &Name> {
        self.names.iter().filter(|n| matches!(n.origin, Origin::Fact(_)))
    }
}

impl Scheme {
    /// A word of the rules as people read it.
    pub fn worded<'w>(&'w self, word: &'w str, lang: Lang) -> &'w str {
        let read = self.words.iter().find(|(w, _)| w == word).map(|(_, t)| match lang {
            Lang::En => t.en.as_str(),
            Lang::Ko => t.ko.as_str(),
        });
        read.filter(|t| !t.is_empty()).unwrap_or(word)
    }

    /// The version in force on a day, or `None` before the first. Versions without a date are chosen by name only.
    pub fn in_force(&self, day: i64) -> Option<usize> {
        let dated = self.versions.iter().enumerate().filter_map(|(i, v)| v.from.map(|from| (from, i)));
        let last = dated.filter(|(from, _)| *from <= day).max_by_key(|(from, _)| *from).map(|(_, i)| i);
        last.or(if self.versions.iter().all(|v| v.from.is_none()) { Some(self.latest()) } else { None })
    }

    /// The latest version that has a date, or the last where none has one.
    pub fn latest(&self) -> usize {
        let dated = self.versions.iter().enumerate().filter_map(|(i, v)| v.from.map(|from| (from, i)));
        dated.max_by_key(|(from, _)| *from).map_or(self.versions.len().saturating_sub(1), |(_, i)| i)
    }
}
