//! Guidelines as data: rules with an amount tree, who they are for, how they are filed, pools.

use std::sync::Arc;

use super::expression::Value;
use super::scheme::Version;
use super::{Burden, Q, Text};

/// A draft guideline.
#[derive(Clone, Debug, PartialEq)]
pub struct Guideline {
    /// Key in the file.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// What it is, where it stands, what was simplified.
    pub note: Text,
    /// Index into the scenario's sources, if it is a real one.
    pub source: Option<usize>,
    /// Rules. What several rules give to one person is added.
    pub rules: Vec<Rule>,
    /// A limit on the money awards of all its rules together, shared pro rata when it binds.
    pub pool: Option<Pool>,
    /// Handling cost of one filed claim, money.
    pub claim_cost: Q,
}

impl Guideline {
    /// True when it is known how its claims are taken and paid: all its rules have a procedure, if it has any.
    pub fn is_timed(&self) -> bool {
        self.rules.iter().all(|r| r.procedure.is_some())
    }
}

/// Rules of one guideline that may address one cohort. Of guidelines there may be any number.
pub const MOST_RULES: usize = 128;

/// One rule: for whom, when, how much, how it is filed.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Key, unique in its guideline.
    pub id: String,
    /// What it gives, in a few words.
    pub title: Text,
    /// Cohorts (indices) it applies to; never empty unless nobody in the scenario qualifies.
    pub cohorts: Vec<usize>,
    /// Services (indices) whose hours count: the longest of those that the cohort uses. Empty: all of the cohort's.
    pub services: Vec<usize>,
    /// Least hours of outage, if any.
    pub hours_from: Option<Bound>,
    /// Most hours of outage, if any.
    pub hours_to: Option<Bound>,
    /// True: only people with a monetary loss qualify (or claim to have one).
    pub losers_only: bool,
    /// What it pays one person.
    pub amount: Amount,
    /// Highest award of the rule to one person, if any.
    pub cap: Option<Q>,
    /// Lowest award of the rule to one person who gets more than nothing, if any.
    pub minimum: Option<Q>,
    /// How people come by it.
    pub filing: Filing,
    /// Share of filed or automatic entitlements that are approved.
    pub approval: Q,
    /// What is handed over.
    pub form: Form,
    /// What a claim takes.
    pub effort: Effort,
    /// How claims under it are taken and paid: an index into the scenario's procedures. All rules of a guideline have one,
    /// or none has.
    pub procedure: Option<usize>,
}

/// Work that one claim takes; `None`: none, or not said.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Effort {
    /// Hours of review.
    pub review_hours: Option<Q>,
    /// Hours of the claimant.
    pub claimant_hours: Option<Q>,
}

/// A bound on a measured value, with the side it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// The value.
    pub at: Q,
    /// True when the value itself is inside (`>=`, `<=`).
    pub inclusive: bool,
}

/// Which part of a loss counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossBasis {
    /// Direct and indirect loss.
    All,
    /// Direct loss.
    Direct,
    /// Indirect loss.
    Indirect,
}

/// How a time is counted into steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Fractions count.
    Exact,
    /// Begun steps count whole (ceil).
    Begun,
    /// Only completed steps count (floor).
    Completed,
}

/// Amount tree: what a rule pays one person, as a function of loss, fee and hours.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// A sum of money.
    Flat(Q),
    /// share × max(loss on the basis − deductible, 0).
    LossShare {
        /// Share of the loss.
        share: Q,
        /// Deductible in money.
        deductible: Q,
        /// Which part of the loss.
        basis: LossBasis,
    },
    /// That many months of the fee.
    FeeMonths(Q),
    /// That many days of the fee (month length by the calendar).
    FeeDays(Q),
    /// Multiple of the fee for the hours lost: fee ÷ days of month ÷ 24 × hours × multiple.
    FeeTimes(Q),
    /// Money for each step of time, after a grace time.
    PerTime {
        /// Money per step.
        pay: Q,
        /// Length of a step in hours.
        step_hours: Q,
        /// Hours that do not count.
        after_hours: Q,
        /// How steps are counted.
        count: Count,
    },
    /// Bands over an axis, in order; the first band that holds the value pays; none: nothing.
    Bands {
        /// What is compared.
        axis: BandAxis,
        /// The bands.
        bands: Vec<Band>,
    },
    /// The highest of several.
    Max(Vec<Amount>),
    /// The lowest of several.
    Min(Vec<Amount>),
    /// The sum of several.
    Sum(Vec<Amount>),
    /// A multiple of another amount (factor >= 0).
    Times(Q, Box<Amount>),
    /// What a rule of a scheme pays.
    Scheme(Box<SchemeAmount>),
}

/// A rule of a scheme in the rule language, as it meets a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemeAmount {
    /// The version of the scheme: the one rule, which pays money, and the names that it looks at once what is the same in
    /// all worlds was worked out.
    pub version: Version,
    /// Where the value of each of the version's names comes from.
    pub feeds: Vec<Feed>,
    /// What is taken for facts that nobody states and the scenario does not know.
    pub assumed: Vec<Assumed>,
    /// Code of the scheme's currency.
    pub currency: Arc<str>,
    /// The scenario's money for one unit of the scheme's on the market.
    pub rate: Q,
    /// Prices where the scenario plays, relative to those where the scheme holds, at that rate; 1: not adjusted.
    pub price_level: Q,
    /// The rule in sentences, as the scheme has it with what the scenario states.
    pub told: Told,
}

/// Sentences in both languages, a line each; blanks before a line are its indent, `- ` an entry of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// English.
    pub en: Vec<String>,
    /// Korean.
    pub ko: Vec<String>,
}

/// A fact of a scheme as a run takes it because nobody states it and the scenario does not know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumed {
    /// Its name in the scheme.
    pub fact: String,
    /// What it is, in a few words; may be empty.
    pub title: Text,
    /// What it is taken to be: a value, or an expression of what the scenario knows.
    pub value: Text,
    /// True where it is the scheme's default; false where the scheme says what a simulation takes.
    pub usual: bool,
    /// True where it is the same for everybody; false where it is worked out from what the scenario knows.
    pub constant: bool,
}

/// Where a name of a scheme has its value from in a scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Feed {
    /// The loss, in the scheme's money.
    Loss,
    /// Hours of outage.
    Outage,
    /// Monthly fee, in the scheme's money.
    FeeMonth,
    /// Length of the month of the outage.
    Month,
    /// End of the outage that began then: minutes since 1970-01-01.
    End(i64),
    /// The outage that began then, as a period.
    Down(i64),
    /// A quantity of the scenario.
    Quantity(Q),
    /// An attribute of the person: a place among those of the scenario. Money is the scenario's.
    Attribute(usize),
    /// The same in every case.
    Known(Value),
    /// Worked out from the names before it.
    Step,
    /// Not known; no rule that is applied looks at it.
    Unknown,
}

/// What a band compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BandAxis {
    /// The person's loss on a basis.
    Loss(LossBasis),
    /// Hours of outage.
    Hours,
    /// Begun days of outage (ceil of hours ÷ 24).
    DaysBegun,
    /// The monthly fee.
    Fee,
}

/// One band of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Upper bound; `None`: no upper bound (only the last band).
    pub upto: Option<Bound>,
    /// What it pays.
    pub pay: Amount,
}

impl Rule {
    /// True of a rule under which people file.
    pub fn is_claimed(&self) -> bool {
        matches!(self.filing, Filing::Claim(_))
    }

    /// True of a rule that must be claimed and says, itself or by its burden, what time that takes.
    pub fn takes_hours(&self) -> bool {
        let Filing::Claim(take_up) = &self.filing else { return false };
        let by_parts = match take_up {
            TakeUp::Logistic { burden, .. } | TakeUp::Weibull { burden, .. } => burden.parts().is_some(),
            _ => false,
        };
        by_parts || self.effort.claimant_hours.is_some()
    }

    /// Hours that a claim takes the claimant, stated or by the parts of its burden.
    pub fn claimant_hours(&self, world: &[f64]) -> f64 {
        let of_parts = || match &self.filing {
            Filing::Claim(TakeUp::Logistic { burden, .. } | TakeUp::Weibull { burden, .. }) => burden.parts(),
            _ => None,
        };
        match self.effort.claimant_hours {
            Some(q) => q.of(world),
            None => of_parts().map_or(0.0, |p| p.hours(world)),
        }
    }
}

/// How people come by an award.
#[derive(Clone, Debug, PartialEq)]
pub enum Filing {
    /// Nobody has to file; this share is reached (1 unless stated).
    Automatic {
        /// Share of the entitled whom it reaches.
        reach: Q,
    },
    /// People file: a share of the entitled, by what is at stake.
    Claim(TakeUp),
}

/// Take-up curve: P(file) as a function of the expected award.
#[derive(Clone, Debug, PartialEq)]
pub enum TakeUp {
    /// awareness × logistic(β · ln(award ÷ burden)).
    Logistic {
        /// Share who know of it.
        awareness: Q,
        /// Award at which half of the aware file.
        burden: Burden,
        /// β: elasticity of the odds to the award.
        beta: Q,
    },
    /// awareness × (1 − 2^(−(award ÷ burden)^β)): the same half-way point, another shape.
    Weibull {
        /// Share who know of it.
        awareness: Q,
        /// Award at which half of the aware file.
        burden: Burden,
        /// β: shape.
        beta: Q,
    },
    /// The same share whatever the award.
    Constant {
        /// Share of the entitled who file.
        rate: Q,
    },
    /// Table: (award, share who file), awards increasing; linear between, constant outside.
    Table {
        /// The points.
        points: Vec<(Q, Q)>,
    },
}

/// What is handed over.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// Money, bill credit or points that stand for money.
    Cash,
    /// Something else; the rule's amount is its face value.
    InKind {
        /// Share of those who are granted it that use it.
        redemption: Q,
        /// Cost to the company per unit of face value used.
        unit_cost: Q,
        /// What a unit of face value used is worth to the person; `None`: its face value.
        value: Option<Q>,
    },
}

/// A limit on all money awards of a guideline.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// Money.
    pub amount: Q,
    /// True: people foresee the scaling, so take-up and the factor are solved together in each world.
    pub foreseen: bool,
}
