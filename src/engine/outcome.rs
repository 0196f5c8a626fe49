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
    /// True when it is known only of guidelines with a procedure; of others it is NaN.
    pub timed: bool,
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
    /// Days from the day of the outage.
    Days,
    /// Hours of work.
    Hours,
}

const fn add(name: &'static str, unit: MeasureUnit, meaning: &'static str) -> Measure {
    Measure { name, unit, meaning, additive: true, timed: false }
}

const fn ratio(name: &'static str, unit: MeasureUnit, meaning: &'static str) -> Measure {
    Measure { name, unit, meaning, additive: false, timed: false }
}

const fn timed(measure: Measure) -> Measure {
    Measure { timed: true, ..measure }
}

use MeasureUnit::{Days, Hours, Money, Persons, Share};

/// Measures that are the same under every guideline (the outage and its losses).
pub const COMMON: [Measure; 5] = [
    add("hit", Persons, "people who lost a service they would have used"),
    add("losers", Persons, "of the hit, people who lost money"),
    add("loss", Money, "money lost by all losers"),
    add("reports", Persons, "reports to the operator's channel before any tariff was known"),
    add("reports_no_money", Persons, "of the reports, those that are no claim for money"),
];

/// Measures under one guideline.
pub const GUIDED: [Measure; 34] = [
    add("claims", Persons, "people who file a claim"),
    add("automatic", Persons, "people reached without filing"),
    add("approved", Persons, "people with at least one approved entitlement"),
    add("paid", Persons, "people who are paid money"),
    add("payout", Money, "money paid, after pools"),
    add("in_kind_face", Money, "face value of awards in kind that were granted"),
    add("in_kind_cost", Money, "cost to the company of awards in kind that were used"),
    add("claim_cost", Money, "cost of handling the filed claims"),
    add(
        "cost",
        Money,
        "cost to the company: payout, in-kind cost, handling, review, interest, overpayment, court awards and legal costs, less what others bear",
    ),
    add("covered", Persons, "losers who get anything under the guideline; courts are not counted"),
    add("compensated", Money, "loss made good in money: the sum of min(money award, loss) over losers"),
    add("uncompensated", Money, "loss not made good in money by the guideline; what courts award is not counted"),
    ratio("coverage", Share, "share of losers who get anything under the guideline; courts are not counted"),
    ratio("adequacy", Share, "loss made good in money, as a share of all loss"),
    ratio("gini", Share, "relative Gini index of losers' net loss, max(loss - money award, 0)"),
    ratio("gini_absolute", Money, "absolute Gini index of losers' net loss: relative Gini times its mean"),
    add("ineligible", Persons, "losers left with nothing: no rule gives them anything"),
    add(
        "unaware",
        Persons,
        "losers left with nothing: they do not know of it, or it does not reach them; where the scenario states what share file (`rate`), all who do not, for nobody says why, of a `table` of shares those above its highest",
    ),
    add(
        "deterred",
        Persons,
        "losers left with nothing: they know of it and do not file; of a `table` of shares those below its highest",
    ),
    add("refused", Persons, "losers left with nothing: they filed and were refused"),
    add(
        "refused_genuine",
        Persons,
        "of the refused, those who claimed no more than they lost; who got something else is not among them (see refused_with_right)",
    ),
    add("gave_up", Persons, "losers left with nothing: they filed, would have been paid and gave up while they waited"),
    timed(add("claimed", Money, "money asked for by those who filed, before review and pools")),
    timed(ratio(
        "days_p50",
        Days,
        "days from the outage until half of the awards of money are paid (the advance, where there is one)",
    )),
    timed(ratio(
        "days_p90",
        Days,
        "days from the outage until nine tenths of the awards of money are paid (the advance, where there is one)",
    )),
    timed(add("late", Persons, "awards of money that are paid after the deadline")),
    timed(ratio("late_share", Share, "share of the awards of money that are paid after the deadline")),
    timed(add("waiting_180", Persons, "awards of money that are not paid 180 days after the outage")),
    timed(add(
        "losers_waiting_180",
        Persons,
        "of the losers who get anything, those who have nothing yet 180 days after the outage",
    )),
    add(
        "paid_without_right",
        Persons,
        "awards of money kept without right: claims paid in the end though nobody is due anything who claims no more than was lost, and advances that the refused do not pay back",
    ),
    add(
        "refused_with_right",
        Persons,
        "claims of people who claimed no more than they lost, or are due it whatever they lost, that stay refused, appeals included, whatever they get under other rules",
    ),
    timed(add(
        "present_value",
        Money,
        "what people get, in money, in kind and in court, discounted to the day of the outage",
    )),
    add("plaintiffs", Persons, "people who sue over what is left uncompensated; who agrees in mediation does not sue"),
    add("court_awards", Money, "paid by judgment, settlement or mediation, interest included"),
];

/// Accounts of a guideline as a whole.
pub const ACCOUNTS: [Measure; 22] = [
    timed(add("staff_hours", Hours, "hours of work on claims and appeals")),
    timed(add("appeals", Persons, "appeals of the refused")),
    timed(ratio("backlog_peak", Persons, "most claims that wait for review at the end of a day")),
    timed(add("staff_cost", Money, "cost of review and appeals")),
    timed(add("interest", Money, "interest and surcharges on what is paid late")),
    timed(add(
        "overpaid",
        Money,
        "paid without right beside the payout: in advance and not recovered, or a second time for the same claim; of \
         awards in kind what that costs",
    )),
    add(
        "undue",
        Money,
        "of the payout, what went to unfounded claims, and of exaggerated ones what lies beyond the loss",
    ),
    timed(add("duplicates", Persons, "claims that were sent in twice")),
    timed(add("given_up", Persons, "claims that would have been paid, had those who filed them not given up")),
    add("in_kind_value", Money, "what awards in kind that are used are worth to people"),
    add("breakage", Money, "face value of awards in kind that are never used"),
    add(
        "court_winners",
        Persons,
        "people who get something by judgment, settlement or mediation; who agrees in mediation has not sued, so they may be more than `plaintiffs`",
    ),
    ratio(
        "court_days",
        Days,
        "days from the outage until those of them have it, on average; worlds in which nobody gets anything are left out",
    ),
    add("legal_cost", Money, "legal costs that the company bears, those of recourse included"),
    add("claimant_cost", Money, "claimants' hours and legal costs"),
    add("plaintiff_cost", Money, "of these, legal costs of people who sue"),
    add("recovered", Money, "borne by others: an agreed cost split, recourse and insurance"),
    add("from_split", Money, "of this, the agreed share of a partner"),
    add("from_recourse", Money, "of this, from recourse"),
    add("from_insurance", Money, "of this, from insurance"),
    add("transfers", Money, "money that changes hands: payout, interest, overpayment, court awards"),
    add("resource_cost", Money, "what is used up: staff, handling, lawyers, claimants' hours"),
];

/// Position of an account in [`ACCOUNTS`] by name.
pub fn account(name: &str) -> Option<usize> {
    ACCOUNTS.iter().position(|m| m.name == name)
}

/// First so many worlds whose course is kept day by day.
pub const TIMELINE_WORLDS: u64 = 500;

/// What is told day by day under a guideline: claims filed, claims whose review is done, entitlements to money
/// paid, awards in kind given.
pub const COURSES: [&str; 4] = ["claims", "reviewed", "paid", "given"];

/// Something that is cumulated by day, up to the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// What.
    pub series: Series,
    /// The day, counted from that of the outage.
    pub day: usize,
}

/// What is cumulated by day. Guidelines without a procedure have none of theirs (NaN).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Series {
    /// Reports to the operator's channel.
    Reports,
    /// Claims filed under a guideline.
    Claims(usize),
    /// Claims whose review is done.
    Reviewed(usize),
    /// Entitlements to money that are paid.
    Paid(usize),
    /// Money paid, pools applied; in advance: with the day of the advance.
    Payout(usize),
}

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
    /// Accounts: `[replicate][guideline][ACCOUNTS]`.
    pub accounts: Vec<f64>,
    /// Course of the first [`TIMELINE_WORLDS`]: `[replicate][reports, then guideline × COURSES][day]`, what happened after the
    /// day told before, up to the end of this one (days are those of [`super::days::timeline_days`]); empty beyond, and
    /// where the scenario says nothing of time.
    pub timeline: Vec<f32>,
    /// Entitlements to money of the same worlds that are not paid by the last of these days: `[replicate][guideline]`.
    pub unpaid: Vec<f32>,
    /// What was asked to be watched, in every replicate: `[replicate][watch]`.
    pub watched: Vec<f64>,
    /// What takes the cost to its mean over suits and recourse, all else as drawn, if that was asked for:
    /// `[replicate][guideline][group]`, else empty.
    pub to_mean: Vec<f64>,
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
    /// The sizes of a scenario's blocks.
    pub fn of(scenario: &Scenario) -> Shape {
        Shape {
            quantities: scenario.quantities.list.len(),
            services: scenario.services.len(),
            groups: Groups::of(scenario).list.len(),
            guidelines: scenario.guidelines.len(),
        }
    }

    /// Position of a common measure in a block.
    pub fn common(&self, replicate: usize, group: usize, measure: usize) -> usize {
        (replicate * self.groups + group) * COMMON.len() + measure
    }

    /// Position of an account in a block.
    pub fn accounts(&self, replicate: usize, guideline: usize, account: usize) -> usize {
        (replicate * self.guidelines + guideline) * ACCOUNTS.len() + account
    }

    /// Position of what takes a guideline's cost to its mean in a block.
    pub fn to_mean(&self, replicate: usize, guideline: usize, group: usize) -> usize {
        (replicate * self.guidelines + guideline) * self.groups + group
    }

    /// Series in the course of one world.
    pub fn courses(&self) -> usize {
        1 + self.guidelines * COURSES.len()
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
