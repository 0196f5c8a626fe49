//! Cohorts: disjoint profiles of people, how many of them are hit, and what it costs them.

use super::expression::{Dimension, Type};
use super::{Q, Text, Unit, UseWeights, WeekProfile};
use crate::chance::law::Law;
use crate::chance::severity::Severity;

/// A profile of people.
#[derive(Clone, Debug)]
pub struct Cohort {
    /// Key in the file; also part of the name of its random streams.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Words by which guidelines address it (`paid`, `small-merchant`).
    pub tags: Vec<String>,
    /// Number of people; rounded to a whole number in each world.
    pub size: Q,
    /// Services (indices) its people use; never empty.
    pub services: Vec<usize>,
    /// Share of the cohort in each region, one per region of the scenario; rescaled to sum 1 in each world.
    pub region_shares: Vec<Q>,
    /// Share of the cohort hit.
    pub hit: Hit,
    /// Fee per month.
    pub fee: FeeMonth,
    /// What else rules may ask of its people.
    pub attributes: Vec<Attribute>,
    /// Monetary loss; `None`: nobody in it loses money.
    pub loss: Option<Loss>,
    /// Reports to the operator's channel before any tariff is known; `None`: not modelled.
    pub reports: Option<Reports>,
    /// Factor on every filing profile's awareness (1 unless stated); the product is cut at 1.
    pub awareness: Q,
}

/// How many of a cohort's people in an affected region are hit.
#[derive(Clone, Debug)]
pub enum Hit {
    /// A fixed share.
    Share(Q),
    /// By use: q = 1 - (1 + Λ/κ)^(-κ), Λ = uses in the hours in which a service was down, summed over services.
    Use {
        /// For each service of the cohort (same order): uses per day of an average person.
        per_day: Vec<Q>,
        /// Use by hour of the week; where a weight of it is uncertain, at the means of what they may be.
        profile: WeekProfile,
        /// The weights from which each world has a profile of its own, where one of them is uncertain.
        weights: Option<UseWeights>,
        /// κ: how alike people are; infinite when they are all alike.
        kappa: Q,
    },
}

/// Monthly fee of a cohort's people.
#[derive(Clone, Debug)]
pub enum FeeMonth {
    /// They pay nothing.
    Free,
    /// All pay the same.
    Same(Q),
    /// Bands: (share of the cohort, fee). Shares are rescaled to sum 1 in each world.
    Bands(Vec<(Q, Q)>),
    /// People differ by a law; the counts engine works on bands cut from it, the individual engine on the law itself.
    Varies(Law),
}

/// What rules may ask of a cohort's people beside their fee, loss and hours: a fare, a number of lines, trips that day.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// Name by which expressions know it.
    pub name: String,
    /// What it is; may be empty.
    pub title: Text,
    /// Place among the attributes of the scenario: one a name, whichever cohorts have it.
    pub place: usize,
    /// What it is counted in; of a yes or no, the share of those for whom it holds.
    pub unit: Unit,
    /// How people differ in it; never below 0.
    pub spread: Spread,
}

/// How people of a cohort differ in an attribute, independently of everything else.
#[derive(Clone, Debug, PartialEq)]
pub enum Spread {
    /// All alike.
    Same(Q),
    /// Bands: (share of the cohort, value). Shares are rescaled to sum 1 in each world.
    Bands(Vec<(Q, Q)>),
    /// A yes or no that holds for this share.
    Holds(Q),
    /// By a law; the counts engine works on bands cut from it, the individual engine on the law itself.
    Varies(Law),
}

impl Attribute {
    /// Type of its value in expressions.
    pub fn ty(&self) -> Type {
        match (&self.spread, self.unit) {
            (Spread::Holds(_), _) => Type::Truth,
            (_, Unit::Money) => Type::Amount(Dimension::MONEY),
            (_, Unit::Hours) => Type::Amount(Dimension::TIME),
            _ => Type::Amount(Dimension::NUMBER),
        }
    }
}

/// Monetary loss of a cohort.
#[derive(Clone, Debug)]
pub struct Loss {
    /// Share of the hit that lose money.
    pub share: Q,
    /// Mean loss by hours lost.
    pub damage: Damage,
    /// Service (index) whose hours count; `None`: the longest of the cohort's.
    pub service: Option<usize>,
    /// Law of a person's loss relative to the mean; where a number of it is uncertain, in the middle of what that may be.
    pub severity: Severity,
    /// The laws that it may be, where a number of it is uncertain.
    pub severities: Option<Severities>,
    /// Share of each loss that is indirect.
    pub indirect_share: Q,
    /// Of the losers, the share who claim more than they lost.
    pub exaggerated_share: Q,
    /// What they claim, as a multiple of the loss (>= 1).
    pub exaggeration: Q,
    /// Of the hit who lost no money, the share who would claim a loss all the same.
    pub unfounded_share: Q,
    /// Factors on a rule's approval for (genuine, exaggerated, unfounded) claims; products are cut at 1.
    pub approval_factors: [Q; 3],
}

/// Laws of the loss around the mean where numbers of theirs (a cv, an index of the tail, a weight or mean of a part) are
/// uncertain: the range of each is cut into stretches, and where each of them lies in a stretch of its own the law is that
/// of the middles of these.
#[derive(Clone, Debug, PartialEq)]
pub struct Severities {
    /// The uncertain numbers; at least one.
    pub parameters: Vec<Stretches>,
    /// The law of each combination of stretches; those of the last number follow one another.
    pub laws: Vec<Severity>,
}

/// The range of an uncertain number, cut into stretches.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretches {
    /// The number, drawn once a world.
    pub parameter: Q,
    /// Where in the severity it stands, such as `cv` or `mixture.1.weight`; more than one place where it is used again.
    pub places: Vec<String>,
    /// Where stretches end, rising; the last has no end and is not listed.
    pub ends: Vec<f64>,
}

impl Stretches {
    /// How many stretches there are.
    pub fn count(&self) -> usize {
        self.ends.len() + 1
    }

    /// The stretch in which the number lies in a world.
    pub fn at(&self, world: &[f64]) -> usize {
        let value = self.parameter.of(world);
        self.ends.partition_point(|end| *end < value)
    }
}

impl Severities {
    /// Of one uncertain number, which stands at a place.
    pub fn of_one(parameter: Q, place: &str, ends: Vec<f64>, laws: Vec<Severity>) -> Severities {
        Severities { parameters: vec![Stretches { parameter, places: vec![place.into()], ends }], laws }
    }

    /// Which law holds in a world.
    pub fn at(&self, world: &[f64]) -> usize {
        self.parameters.iter().fold(0, |before, p| before * p.count() + p.at(world))
    }
}

impl Loss {
    /// The law of the loss around the mean that holds in a world.
    pub fn severity_in(&self, world: &[f64]) -> &Severity {
        self.severities.as_ref().map_or(&self.severity, |s| &s.laws[s.at(world)])
    }

    /// All laws that it may be.
    pub fn all_severities(&self) -> &[Severity] {
        self.severities.as_ref().map_or(std::slice::from_ref(&self.severity), |s| &s.laws)
    }
}

/// Customer damage function: mean loss of one loser after so many hours.
#[derive(Clone, Debug, PartialEq)]
pub enum Damage {
    /// Piecewise linear: (hours, money), hours increasing; constant after the last point.
    Points(Vec<(Q, Q)>),
    /// rate × hours^elasticity; rate is money at one hour.
    Power {
        /// Money after one hour.
        rate: Q,
        /// Elasticity of loss to duration.
        elasticity: Q,
    },
}

/// Reports to a channel that takes them in before any tariff is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Reports {
    /// Share of the hit who report.
    pub share: Q,
    /// Of the reports, the share that is no claim for money.
    pub no_money_share: Q,
}
