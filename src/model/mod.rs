//! What a valid scenario is: plain data, no files and no text formats. Everything here has been checked by the room
//! that read it ([`crate::scenario`]); the engine may rely on the invariants written at each field.
//!
//! Every number of a scenario is a *quantity*: a handle [`Q`] into the scenario's table of quantities, whose value is
//! drawn once a replicate (a constant draws itself). A *world* is the slice of all their values.

pub mod bearing;
pub mod burden;
pub mod calendar;
pub mod cohort;
pub mod company;
pub mod court;
pub mod expression;
pub mod guideline;
pub mod ladder;
pub mod observed;
pub mod outage;
pub mod procedure;
pub mod quantity;
pub mod scheme;

use crate::chance::law::Law;

pub use burden::Burden;
pub use calendar::{LocalTime, UseWeight, UseWeights, WeekProfile};
pub use cohort::{Attribute, Cohort, Damage, FeeMonth, Hit, Loss, Reports, Severities, Spread, Stretches};
pub use guideline::{
    Amount, Assumed, Band, BandAxis, Bound, Count, Effort, Feed, Filing, Form, Guideline, LossBasis, MOST_RULES, Pool,
    Rule, SchemeAmount, TakeUp, Told,
};
pub use outage::{Outage, Phase, Region, Restoration, Service, Stratum};
pub use quantity::{Figure, JointTable, MOST_PEOPLE, Q, Quantities, Quantity, RankLink, Same, Tail, Unit};

/// A text in English and Korean. At least one is present.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// English wording, empty when only Korean was given.
    pub en: String,
    /// Korean wording, empty when only English was given.
    pub ko: String,
}

/// Language of what is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
}

impl Text {
    /// English text only.
    pub fn en(text: &str) -> Text {
        Text { en: text.into(), ko: String::new() }
    }

    /// Both languages.
    pub fn both(en: &str, ko: &str) -> Text {
        Text { en: en.into(), ko: ko.into() }
    }

    /// The wording in `lang`, or the other language's where that one is missing.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            Lang::Ko if self.ko.is_empty() => &self.en,
            _ => &self.ko,
        }
    }

    /// True when neither language was given.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.ko.is_empty()
    }
}

/// Where a number comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// Key by which numbers refer to it.
    pub id: String,
    /// What it is: title, page, publisher.
    pub title: Text,
    /// Address, empty if it has none.
    pub url: String,
    /// Date of publication, `YYYY-MM-DD`, empty if unknown.
    pub date: String,
    /// Grade of evidence: `A` regulator or company filing, `B` press, `C` a hint only; empty if not graded.
    pub grade: String,
}

/// A limit on a guideline's cost, for P(cost > budget).
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// Amount in the scenario's currency.
    pub amount: Q,
    /// Share of worlds in which it may be exceeded, e.g. 0.05.
    pub tolerance: f64,
}

/// A named what-if that ships with the scenario: the same file with some values replaced.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Key in the file; also the `variant` column of tables.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Why it is there.
    pub note: Text,
    /// The replaced values, as `path = value` in the words of the file.
    pub changes: Vec<String>,
}

impl Variant {
    /// True of another take-up: all that it changes is who files.
    pub fn is_take_up(&self) -> bool {
        let paths = self.changes.iter().map(|change| change.split(" = ").next().unwrap_or(""));
        !self.changes.is_empty() && paths.into_iter().all(says_who_files)
    }
}

/// Keys of a profile that say who files.
const WHO_FILES: [&str; 8] = ["awareness", "notice", "burden", "beta", "curve", "rate", "table", "wait"];

/// True of the path of a number that decides who files. Which profile a rule has is none: that is what its guideline asks of
/// people. Nor is what a claim takes, once it is filed.
pub fn says_who_files(path: &str) -> bool {
    let keys: Vec<&str> = path.split('.').collect();
    match keys[..] {
        [.., "note" | "source"] => false,
        ["ladder", ..] | ["filing", _] | ["cohorts", _, "awareness", ..] => true,
        ["filing", _, key, ..]
        | ["guidelines", _, "filing", key, ..]
        | ["guidelines", _, "rules", _, "filing", key, ..] => WHO_FILES.contains(&key),
        _ => false,
    }
}

/// What comes after the awards; empty where the scenario says nothing of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aftermath {
    /// Procedures that guidelines may follow, in file order.
    pub procedures: Vec<procedure::Procedure>,
    /// Legal issues over which people may sue, in file order.
    pub courts: Vec<court::Issue>,
    /// Who bears the cost in the end.
    pub bearing: bearing::Bearing,
    /// How time is valued.
    pub valuation: Option<procedure::Valuation>,
    /// When reports come in.
    pub channel: Option<procedure::Channel>,
    /// What was counted in reality.
    pub observed: Vec<observed::Observed>,
    /// What came later, to be held against a forecast.
    pub outcomes: Vec<observed::Observed>,
}

/// A valid scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Name for folders and tables: lower-case letters, digits, hyphens.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// One paragraph on what happened.
    pub summary: Text,
    /// ISO 4217 code of all money in it.
    pub currency: String,
    /// Date after which nothing was known (`YYYY-MM-DD`): later versions and observations are hidden, other later numbers
    /// were refused. Empty: no such date.
    pub as_of: String,
    /// The incident.
    pub outage: Outage,
    /// Services, in file order.
    pub services: Vec<Service>,
    /// Regions, in file order; never empty (a scenario without regions has one, `all`).
    pub regions: Vec<Region>,
    /// Cohorts: disjoint profiles of people, in file order.
    pub cohorts: Vec<Cohort>,
    /// Guidelines to compare, in file order.
    pub guidelines: Vec<Guideline>,
    /// Index of the guideline that the others are compared with.
    pub baseline: usize,
    /// Limit on cost, if any.
    pub budget: Option<Budget>,
    /// Sources, in file order.
    pub sources: Vec<Source>,
    /// What comes after the awards: procedures, courts, who bears the cost.
    pub aftermath: Aftermath,
    /// Every number of the scenario that may be uncertain.
    pub quantities: Quantities,
    /// The other figures that it states: correlations, weights of use, figures inside schemes, and the like.
    pub figures: Vec<Figure>,
    /// Named what-ifs of the file.
    pub variants: Vec<Variant>,
}

impl Scenario {
    /// True of a guideline under which part of the money comes in advance: days to payment are those of that part.
    pub fn pays_in_advance(&self, guideline: usize) -> bool {
        let part = |q: Q| !matches!(self.quantities.get(q).law, Law::Constant(x) if x <= 0.0 || x >= 1.0);
        let ahead = |p: usize| match self.aftermath.procedures[p].order {
            procedure::Order::FirstCompensate { advance, .. } => part(advance),
            procedure::Order::VerifyFirst => false,
        };
        let claimed = |r: &&Rule| matches!(r.form, Form::Cash) && matches!(r.filing, Filing::Claim(_));
        self.guidelines[guideline].rules.iter().filter(claimed).filter_map(|r| r.procedure).any(ahead)
    }

    /// True of a guideline of which a rule states what share of people file, so that nobody says why the others do not.
    pub fn files_by_share(&self, guideline: usize) -> bool {
        let by_share = |r: &Rule| matches!(r.filing, Filing::Claim(TakeUp::Constant { .. } | TakeUp::Table { .. }));
        self.guidelines[guideline].rules.iter().any(by_share)
    }
}
