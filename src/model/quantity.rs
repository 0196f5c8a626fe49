//! Uncertain quantities: the one table that holds every number of a scenario, with its law, unit and source.

use std::collections::BTreeSet;

use super::Text;
use crate::chance::law::Law;

/// Handle of a quantity: an index into [`Quantities::list`] and into a world's slice of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Q(pub u32);

impl Q {
    /// Its value in a world.
    #[inline]
    pub fn of(self, world: &[f64]) -> f64 {
        world[self.0 as usize]
    }
}

/// The most people that a quantity can count, about a hundred times all there are: more are a slip of the pen. Sums over
/// thousands of cohorts of so many are still whole numbers that an `f64` holds exactly (below 2^53).
pub const MOST_PEOPLE: f64 = 1e12;

/// What a quantity measures; values are stored in the unit named here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// People (rounded to a whole number when used).
    Persons,
    /// A share between 0 and 1.
    Share,
    /// Money in the scenario's currency.
    Money,
    /// Money per month.
    MoneyPerMonth,
    /// Money per hour, such as a wage.
    MoneyPerHour,
    /// Money that an outage of one hour costs; of longer ones it is not a multiple of the hours.
    MoneyAtOneHour,
    /// Hours.
    Hours,
    /// A number without unit.
    Number,
}

impl Unit {
    /// The highest value that a draw can take, in the unit itself: what a law has above it is taken as this. Infinite but for
    /// people ([`MOST_PEOPLE`]).
    pub fn highest_draw(self) -> f64 {
        match self {
            Unit::Persons => MOST_PEOPLE,
            _ => f64::INFINITY,
        }
    }

    /// The words used in tables; `currency` is an ISO code.
    pub fn words(self, currency: &str) -> String {
        match self {
            Unit::Persons => "persons".into(),
            Unit::Share => "share".into(),
            Unit::Money => currency.into(),
            Unit::MoneyPerMonth => format!("{currency}/month"),
            Unit::MoneyPerHour | Unit::MoneyAtOneHour => format!("{currency}/h"),
            Unit::Hours => "h".into(),
            Unit::Number => "1".into(),
        }
    }
}

/// One number of the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Where it stands in the file, e.g. `cohorts.taxi.size`. Unique; also the name of its random stream.
    pub path: String,
    /// What it measures.
    pub unit: Unit,
    /// Its law; a constant is a law too.
    pub law: Law,
    /// Index into the scenario's sources, if it carries one.
    pub source: Option<usize>,
    /// Page or table inside the source, or the arithmetic by which it was derived; may be empty.
    pub note: Text,
    /// True when the file does not state it and a documented default stands in.
    pub defaulted: bool,
}

/// A number that the file states as the same as another one: it has no quantity of its own, but is a number of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Same {
    /// Where it stands in the file. Unique, also among quantities.
    pub path: String,
    /// The quantity that it is.
    pub of: Q,
    /// Index into the scenario's sources, if it states one of its own.
    pub source: Option<usize>,
    /// Which number it is the same as, and what is noted beside it.
    pub note: Text,
}

/// A figure of the scenario that is no quantity: it is never drawn, and no other number can be the same or be linked to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Where it stands in the file, e.g. `correlations.1.rank`. Unique, also among quantities.
    pub path: String,
    /// Its value as written: a number, a list of numbers, a date, an expression.
    pub value: String,
    /// The number, in `unit`, where it is a single one.
    pub number: Option<f64>,
    /// Its unit, in the words used in tables.
    pub unit: String,
    /// Index into the scenario's sources, if it carries one.
    pub source: Option<usize>,
    /// Page or table inside the source, what it is about; may be empty.
    pub note: Text,
    /// True when the file does not state it and a documented default stands in.
    pub defaulted: bool,
}

/// How the tails of linked quantities move together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tail {
    /// Gaussian copula: extremes become independent.
    Gaussian,
    /// t copula with this many degrees of freedom: extremes come together.
    Student(f64),
}

/// Rank correlation between two quantities.
#[derive(Clone, Debug, PartialEq)]
pub struct RankLink {
    /// First quantity.
    pub a: Q,
    /// Second quantity.
    pub b: Q,
    /// Spearman's rank correlation, strictly between -1 and 1.
    pub rho: f64,
    /// Copula family; the same within a connected group.
    pub tail: Tail,
}

/// A table whose rows are drawn whole, so that its columns keep their joint law.
#[derive(Clone, Debug, PartialEq)]
pub struct JointTable {
    /// Key in the file; the name of its random stream.
    pub id: String,
    /// Number of rows.
    pub rows: usize,
}

/// All quantities of a scenario and how they hang together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quantities {
    /// The quantities; [`Q`] indexes this.
    pub list: Vec<Quantity>,
    /// Rank correlations. Every connected group gives a positive definite matrix after conversion to Pearson.
    pub links: Vec<RankLink>,
    /// Joint tables; `Law::JointColumn { table, .. }` indexes this.
    pub tables: Vec<JointTable>,
    /// Numbers that are the same as one of the list, each once.
    pub same: Vec<Same>,
    /// Constants of the list that no file can state, in place of a part that is not in use: nobody is shown them.
    pub idle: BTreeSet<Q>,
}

impl Quantities {
    /// Appends a quantity and returns its handle.
    pub fn push(&mut self, quantity: Quantity) -> Q {
        self.list.push(quantity);
        Q((self.list.len() - 1) as u32)
    }

    /// The quantity behind a handle.
    pub fn get(&self, q: Q) -> &Quantity {
        &self.list[q.0 as usize]
    }

    /// Handle of the quantity at `path`.
    pub fn find(&self, path: &str) -> Option<Q> {
        self.list.iter().position(|x| x.path == path).map(|i| Q(i as u32))
    }

    /// The quantity that the number at `path` is, be it that of another path.
    pub fn behind(&self, path: &str) -> Option<&Quantity> {
        self.handle(path).map(|q| self.get(q))
    }

    /// Its handle.
    pub fn handle(&self, path: &str) -> Option<Q> {
        let shared = || self.same.iter().find(|same| same.path == path).map(|same| same.of);
        self.find(path).or_else(shared)
    }

    /// The quantities that a file can state.
    pub fn listed(&self) -> impl Iterator<Item = &Quantity> {
        let named = |(i, _): &(usize, &Quantity)| !self.idle.contains(&Q(*i as u32));
        self.list.iter().enumerate().filter(named).map(|(_, quantity)| quantity)
    }

    /// Means of all quantities: the central world, used for plans and explanations, never for results.
    pub fn central(&self) -> Vec<f64> {
        self.list.iter().map(|x| central(&x.law).min(x.unit.highest_draw())).collect()
    }
}

/// Mean of a law, or its median where the mean is infinite.
fn central(law: &Law) -> f64 {
    let mean = law.mean();
    if mean.is_finite() { mean } else { law.quantile(0.5) }
}
