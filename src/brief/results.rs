//! A finished result folder in memory: what the briefing looks at, by name.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::model::Scenario;
use crate::output::Manifest;
use crate::scenario::Profile;

/// The scenario as it stands, in the column `variant`.
pub const BASE: &str = "base";
/// Everybody, everywhere, every guideline.
pub const ALL: &str = "all";

/// What a number counts in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Money in the scenario's currency.
    Money,
    /// People or claims.
    Persons,
    /// A share between 0 and 1.
    Share,
    /// Days from the outage.
    Days,
    /// Hours.
    Hours,
    /// Something else, in the words of the table.
    Other(String),
}

impl Unit {
    /// The unit that a table writes so.
    pub fn of(words: &str, currency: &str) -> Unit {
        match words {
            "persons" => Unit::Persons,
            "share" => Unit::Share,
            "d" => Unit::Days,
            "h" => Unit::Hours,
            money if money == currency => Unit::Money,
            other => Unit::Other(other.into()),
        }
    }
}

/// An estimate with its Monte-Carlo error.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate; not a number where the replicates do not determine it.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// Lower end of its 95 % interval.
    pub lo: f64,
    /// Upper end.
    pub hi: f64,
}

/// A row of `summary.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Stat {
    /// Its unit.
    pub unit: Unit,
    /// Value and error.
    pub estimate: Estimate,
}

/// A share of worlds with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The share.
    pub value: f64,
    /// Lower end.
    pub lo: f64,
    /// Upper end.
    pub hi: f64,
}

/// A row of `comparison.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Variant.
    pub variant: String,
    /// Guideline a.
    pub a: String,
    /// Guideline b.
    pub b: String,
    /// Measure.
    pub measure: String,
    /// Its unit.
    pub unit: Unit,
    /// Mean of a − b.
    pub difference: Estimate,
    /// Worlds in which a is lower.
    pub lower: Share,
    /// Worlds in which a is higher.
    pub higher: Share,
    /// Worlds in which they are equal.
    pub equal: Share,
    /// What a variant changes in the share of worlds in which a is lower, in the same worlds; none in the scenario as it
    /// stands and in folders of versions that did not tell it.
    pub lower_shift: Option<Share>,
    /// The same of the share in which a is higher.
    pub higher_shift: Option<Share>,
}

/// A point of an exceedance curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Guideline.
    pub guideline: String,
    /// `payout` or `cost`.
    pub measure: String,
    /// Probability that the value is exceeded.
    pub probability: f64,
    /// The value and its interval.
    pub estimate: Estimate,
}

/// One day of a course.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Day {
    /// Days from the outage.
    pub day: f64,
    /// Mean over worlds.
    pub mean: f64,
    /// 5 %, median and 95 % over worlds.
    pub band: [f64; 3],
}

/// A row of `spread.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Guideline.
    pub guideline: String,
    /// Measure.
    pub measure: String,
    /// Variance.
    pub variance: f64,
    /// Share of the variance that is chance, with its error.
    pub chance: Estimate,
}

/// A row of `best.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// Variant.
    pub variant: String,
    /// Criterion.
    pub criterion: String,
    /// Guideline.
    pub guideline: String,
    /// Share of worlds in which it is best.
    pub share: Share,
}

/// A row of `budget.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// Variant.
    pub variant: String,
    /// Guideline.
    pub guideline: String,
    /// Mean of the limit.
    pub budget: f64,
    /// Share of worlds in which it may be exceeded.
    pub tolerance: f64,
    /// Share of worlds in which it is.
    pub over: Share,
}

/// A row of `pools.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// Variant.
    pub variant: String,
    /// Guideline.
    pub guideline: String,
    /// Worlds in which the pool scales awards down.
    pub binds: Share,
    /// Mean factor in those.
    pub factor: f64,
}

/// A row of `variants.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// Variant.
    pub variant: String,
    /// Guideline.
    pub guideline: String,
    /// Measure.
    pub measure: String,
    /// Its unit.
    pub unit: Unit,
    /// Mean as the scenario stands.
    pub stands: f64,
    /// What the variant changes.
    pub shift: Estimate,
    /// Worlds drawn.
    pub worlds: f64,
}

/// A row of `drivers.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// `cost`, `payout`, `over_budget` or `cheaper`.
    pub result: String,
    /// Guideline.
    pub guideline: String,
    /// The guideline that it is cheaper than; empty for other results.
    pub compared_with: String,
    /// Unit of the result.
    pub unit: Unit,
    /// Place by share, from 1.
    pub rank: u64,
    /// Path of the number.
    pub path: String,
    /// Share of the result's variance that it carries by itself.
    pub share: Estimate,
    /// The number in the fifth of worlds in which it is lowest, and highest.
    pub number_at: [f64; 2],
    /// The result in these.
    pub result_at: [f64; 2],
    /// Paths of numbers it is linked to.
    pub linked: String,
    /// Worlds that this is taken over.
    pub worlds: f64,
}

/// A row of `inputs.csv`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Input {
    /// Where the number stands in the scenario.
    pub path: String,
    /// Its value or law in words.
    pub law: String,
    /// Its unit as written.
    pub unit: String,
    /// Mean, 5 % and 95 % quantile.
    pub middle: [f64; 3],
    /// `sourced`, `assumed` or `default`.
    pub status: String,
    /// Title, address, date and grade of its source.
    pub source: [String; 4],
    /// How it was derived.
    pub note: String,
}

/// A result folder.
#[derive(Clone, Debug)]
pub struct Results {
    /// Where it is.
    pub folder: PathBuf,
    /// Its manifest.
    pub manifest: Manifest,
    /// SHA-256 of the manifest itself.
    pub manifest_sha256: String,
    /// The scenario that was run.
    pub scenario: Scenario,
    /// `summary.csv` of the scenario as it stands, all regions together.
    pub summary: BTreeMap<String, Stat>,
    /// Measures in the order in which `summary.csv` has them.
    pub measures: Vec<String>,
    /// `comparison.csv`.
    pub pairs: Vec<Pair>,
    /// `exceedance.csv` of the scenario as it stands.
    pub points: Vec<Point>,
    /// `timeline.csv` of the scenario as it stands, by guideline and series.
    pub courses: BTreeMap<(String, String), Vec<Day>>,
    /// `spread.csv` of the scenario as it stands.
    pub spread: Vec<Spread>,
    /// `best.csv`.
    pub best: Vec<Best>,
    /// `budget.csv`.
    pub budget: Vec<Budget>,
    /// `pools.csv`.
    pub pools: Vec<Pool>,
    /// `variants.csv`.
    pub shifts: Vec<Shift>,
    /// `drivers.csv`; empty where the run has none.
    pub drivers: Vec<Driver>,
    /// Filing profiles.
    pub filing: Vec<Profile>,
    /// `inputs.csv`.
    pub inputs: Vec<Input>,
}

/// Key of a row of `summary.csv`.
pub fn key(guideline: &str, cohort: &str, measure: &str, statistic: &str) -> String {
    format!("{guideline}\t{cohort}\t{measure}\t{statistic}")
}

impl Results {
    /// A statistic of one measure under one guideline for one cohort, where the folder has it and it is a number.
    /// Measures that are the same under every guideline are found under each.
    pub fn stat(&self, guideline: &str, cohort: &str, measure: &str, statistic: &str) -> Option<&Stat> {
        let found = self.summary.get(&key(guideline, cohort, measure, statistic));
        let found = found.or_else(|| self.summary.get(&key(ALL, cohort, measure, statistic)));
        found.filter(|s| s.estimate.value.is_finite())
    }

    /// The number alone.
    pub fn value(&self, guideline: &str, cohort: &str, measure: &str, statistic: &str) -> Option<f64> {
        self.stat(guideline, cohort, measure, statistic).map(|s| s.estimate.value)
    }

    /// Two guidelines compared in a variant, turned so that `a` is the first.
    pub fn pair(&self, variant: &str, a: &str, b: &str, measure: &str) -> Option<Pair> {
        let mut rows = self.pairs.iter().filter(|p| p.variant == variant && p.measure == measure);
        rows.find_map(|p| match () {
            () if p.a == a && p.b == b => Some(p.clone()),
            () if p.a == b && p.b == a => Some(p.turned()),
            () => None,
        })
    }

    /// Ids of the guidelines, in file order.
    pub fn guidelines(&self) -> Vec<&str> {
        self.scenario.guidelines.iter().map(|g| g.id.as_str()).collect()
    }

    /// Id of the baseline.
    pub fn baseline(&self) -> &str {
        &self.scenario.guidelines[self.scenario.baseline].id
    }

    /// True when nobody gets anything under a guideline: it has no rules, or they gave nothing in any world.
    pub fn pays_nobody(&self, guideline: &str) -> bool {
        let mean = |measure: &str| self.value(guideline, ALL, measure, "mean");
        let nothing = mean("payout") == Some(0.0) && mean("paid").unwrap_or(0.0) == 0.0;
        let nothing = nothing && mean("covered").unwrap_or(0.0) == 0.0 && mean("in_kind_cost").unwrap_or(0.0) == 0.0;
        nothing || self.scenario.guidelines.iter().any(|g| g.id == guideline && g.rules.is_empty())
    }

    /// True when nobody lost money in any world.
    pub fn nobody_lost(&self) -> bool {
        self.value(ALL, ALL, "losers", "mean") == Some(0.0)
    }
}

impl Pair {
    /// The same comparison with a and b exchanged.
    pub fn turned(&self) -> Pair {
        let d = &self.difference;
        Pair {
            a: self.b.clone(),
            b: self.a.clone(),
            difference: Estimate { value: -d.value, se: d.se, lo: -d.hi, hi: -d.lo },
            lower: self.higher,
            higher: self.lower,
            lower_shift: self.higher_shift,
            higher_shift: self.lower_shift,
            ..self.clone()
        }
    }
}
