//! What was counted in reality: observations that a simulation may be conditioned on, outcomes that it is held against.

use super::{Text, Unit};

/// Something that can be counted in reality and is simulated as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Name in files.
    pub name: &'static str,
    /// What it counts in.
    pub unit: Unit,
    /// True when it is cumulated by day, where the scenario says when things happen.
    pub by_day: bool,
    /// True when it differs between guidelines.
    pub guided: bool,
}

const fn same(name: &'static str, unit: Unit, by_day: bool) -> Measured {
    Measured { name, unit, by_day, guided: false }
}

const fn under(name: &'static str, unit: Unit, by_day: bool) -> Measured {
    Measured { name, unit, by_day, guided: true }
}

/// Everything that can be observed. `paid_share` is paid ÷ claims, `mean_paid` payout ÷ paid.
pub const MEASURED: [Measured; 19] = [
    same("reports", Unit::Persons, true),
    same("reports_no_money", Unit::Persons, false),
    same("hit", Unit::Persons, false),
    same("losers", Unit::Persons, false),
    same("loss", Unit::Money, false),
    under("claims", Unit::Persons, true),
    under("reviewed", Unit::Persons, true),
    under("paid", Unit::Persons, true),
    under("payout", Unit::Money, true),
    under("automatic", Unit::Persons, false),
    under("approved", Unit::Persons, false),
    under("covered", Unit::Persons, false),
    under("compensated", Unit::Money, false),
    under("in_kind_face", Unit::Money, false),
    under("in_kind_cost", Unit::Money, false),
    under("cost", Unit::Money, false),
    under("coverage", Unit::Share, false),
    under("paid_share", Unit::Share, false),
    under("mean_paid", Unit::Money, false),
];

/// How a count differs from what was counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ErrorLaw {
    /// Normal around the truth, with this standard deviation in the unit of the value.
    Normal(f64),
    /// Its logarithm normal around that of the truth, with this standard deviation.
    Lognormal(f64),
}

/// Something that was counted in reality.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// What was counted, in words.
    pub what: Text,
    /// What was counted.
    pub measured: &'static Measured,
    /// Guideline (index) in force; `None` for what is the same under every one.
    pub guideline: Option<usize>,
    /// Cohort (index), or all.
    pub cohort: Option<usize>,
    /// Region (index), or all.
    pub region: Option<usize>,
    /// The day, `YYYY-MM-DD`.
    pub on: String,
    /// The same in days from the day of the outage.
    pub day: i64,
    /// The value, in the unit of what was counted.
    pub value: f64,
    /// Its error, if one is stated.
    pub error: Option<ErrorLaw>,
    /// Index into the scenario's sources.
    pub source: Option<usize>,
    /// A remark.
    pub note: String,
    /// Where it stands in the file, e.g. `observed.1`.
    pub path: String,
}

impl Observed {
    /// True when its day matters: it is cumulated by day and speaks of everybody.
    pub fn is_dated(&self) -> bool {
        self.measured.by_day && self.cohort.is_none() && self.region.is_none()
    }
}
