//! What an engine hands on: blocks of replicates, in order, each a plain array of measures.

use crate::model::Scenario;

/// A measured quantity: one column of the replicate table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// Name in tables.
    pub name: &'static str,
    /// What it counts in.
    pub unit: MeasureUnit,
    /// What it means, one sentence.
    pub meaning: &'static str,
    /// True when cohorts and regions add up to the total (counts and money); false for ratios and Gini.
    pub additive: bool,
}

/// Unit of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasureUnit {
    /// People or claims.
    Persons,
    /// Money in the scenario's currency.
    Money,
    /// A share between 0 and 1.
    Share,
}

const fn add(name: &'static str, unit: MeasureUnit, meaning: &'static str) -> Measure {
    Measure { name, unit, meaning, additive: true }
}

const fn ratio(name: &'static str, unit: MeasureUnit, meaning: &'static str) -> Measure {
    Measure { name, unit, meaning, additive: false }
}

use MeasureUnit::{Money, Persons, Share};

/// Measures that are the same under every guideline (the outage and its losses).
pub const COMMON: [Measure; 5] = [
    add("hit", Persons, "people who lost a service they would have used"),
    add("losers", Persons, "of the hit, people who lost money"),
    add("loss", Money, "money lost by all losers"),
    add("reports", Persons, "reports to the operator's channel before any tariff was known"),
    add("reports_no_money", Persons, "of the reports, those that are no claim for money"),
];

/// Measures under one guideline.
pub const GUIDED: [Measure; 16] = [
    add("claims", Persons, "people who file a claim"),
    add("automatic", Persons, "people reached without filing"),
    add("approved", Persons, "people with at least one approved entitlement"),
    add("paid", Persons, "people who are paid money"),
    add("payout", Money, "money paid, after pools"),
    add("in_kind_face", Money, "face value of awards in kind that were granted"),
    add("in_kind_cost", Money, "cost to the company of awards in kind that were used"),
    add("claim_cost", Money, "cost of handling the filed claims"),
    add("cost", Money, "cost to the company: payout, in-kind cost and handling"),
    add("covered", Persons, "losers who get anything"),
    add("compensated", Money, "loss made good in money: the sum of min(money award, loss) over losers"),
    add("uncompensated", Money, "loss not made good in money"),
    ratio("coverage", Share, "share of losers who get anything"),
    ratio("adequacy", Share, "loss made good in money, as a share of all loss"),
    ratio("gini", Share, "relative Gini index of losers' net loss, max(loss - money award, 0)"),
    ratio("gini_absolute", Money, "absolute Gini index of losers' net loss: relative Gini times its mean"),
];

/// Position of a measure in [`COMMON`] by name.
pub fn common(name: &str) -> Option<usize> {
    COMMON.iter().position(|m| m.name == name)
}

/// Position of a measure in [`GUIDED`] by name.
pub fn guided(name: &str) -> Option<usize> {
    GUIDED.iter().position(|m| m.name == name)
}

/// A group of people that results are given for; `None` is all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// Cohort (index), or all.
    pub cohort: Option<usize>,
    /// Region (index), or all.
    pub region: Option<usize>,
}

/// The groups of a scenario: first the total, then each cohort, then each region, then each cohort × region.
/// Where the scenario has one region, regions are not told apart and the leaves are the cohorts.
#[derive(Clone, Debug, PartialEq)]
pub struct Groups {
    /// All groups, the total first.
    pub list: Vec<Group>,
    /// Indices of the leaves: disjoint groups that add up to the total.
    pub leaves: Vec<usize>,
    cohorts: usize,
    regions: usize,
}

impl Groups {
    /// The groups of a scenario.
    pub fn of(scenario: &Scenario) -> Groups {
        Groups::new(scenario.cohorts.len(), scenario.regions.len())
    }

    /// The groups of so many cohorts and regions.
    pub fn new(cohorts: usize, regions: usize) -> Groups {
        let mut list = vec![Group { cohort: None, region: None }];
        list.extend((0..cohorts).map(|c| Group { cohort: Some(c), region: None }));
        if regions > 1 {
            list.extend((0..regions).map(|r| Group { cohort: None, region: Some(r) }));
            for c in 0..cohorts {
                list.extend((0..regions).map(|r| Group { cohort: Some(c), region: Some(r) }));
            }
        }
        let leaves = match regions {
            0 | 1 => (1..=cohorts).collect(),
            _ => (1 + cohorts + regions..list.len()).collect(),
        };
        Groups { list, leaves, cohorts, regions }
    }

    /// Index of the leaf of a cohort and region.
    pub fn leaf(&self, cohort: usize, region: usize) -> usize {
        if self.regions > 1 { 1 + self.cohorts + self.regions + cohort * self.regions + region } else { 1 + cohort }
    }

    /// The groups that a leaf's people belong to, itself last.
    pub fn ancestors(&self, cohort: usize, region: usize) -> impl Iterator<Item = usize> {
        let many = self.regions > 1;
        let inner = [Some(0), Some(1 + cohort), many.then(|| 1 + self.cohorts + region)];
        inner.into_iter().flatten().chain(many.then(|| self.leaf(cohort, region)))
    }
}

/// Outcomes of consecutive replicates.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Number of the first replicate.
    pub first: u64,
    /// Number of replicates.
    pub replicates: usize,
    /// Values of all quantities: `[replicate][quantity]`.
    pub worlds: Vec<f64>,
    /// Hours each service was down for its last people: `[replicate][service]`.
    pub service_hours: Vec<f64>,
    /// Common measures: `[replicate][group][COMMON]`.
    pub common: Vec<f64>,
    /// Measures by guideline: `[replicate][guideline][group][GUIDED]`.
    pub guided: Vec<f64>,
    /// Factor by which each guideline's pool scaled its awards (1: it did not bind): `[replicate][guideline]`.
    pub pool_factor: Vec<f64>,
}

/// Sizes that turn a [`Block`]'s arrays into tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Number of quantities.
    pub quantities: usize,
    /// Number of services.
    pub services: usize,
    /// Number of groups, the total included.
    pub groups: usize,
    /// Number of guidelines.
    pub guidelines: usize,
}

impl Shape {
    /// Position of a common measure in a block.
    pub fn common(&self, replicate: usize, group: usize, measure: usize) -> usize {
        (replicate * self.groups + group) * COMMON.len() + measure
    }

    /// Position of a guideline's measure in a block.
    pub fn guided(&self, replicate: usize, guideline: usize, group: usize, measure: usize) -> usize {
        ((replicate * self.guidelines + guideline) * self.groups + group) * GUIDED.len() + measure
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_are_disjoint_and_complete() {
        for (cohorts, regions) in [(1, 1), (3, 1), (2, 3)] {
            let g = Groups::new(cohorts, regions);
            assert_eq!(g.leaves.len(), cohorts * regions);
            for c in 0..cohorts {
                for r in 0..regions {
                    let up: Vec<usize> = g.ancestors(c, r).collect();
                    assert_eq!(up[0], 0);
                    assert_eq!(*up.last().expect("never empty"), g.leaf(c, r));
                    assert!(g.leaves.contains(&g.leaf(c, r)));
                }
            }
        }
    }
}
