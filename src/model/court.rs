//! The court route: who sues over what is left uncompensated, and how it is decided. Times are hours, as everywhere.

use super::{Q, TakeUp, Text};

/// A legal issue: one question that decides all suits that turn on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// Key in the file; the name of its random streams.
    pub id: String,
    /// What it is about.
    pub title: Text,
    /// Cohorts (indices) whose people may sue over it.
    pub cohorts: Vec<usize>,
    /// Who of them may.
    pub plaintiffs: Plaintiffs,
    /// Share of them who sue, by what is at stake for one.
    pub suing: TakeUp,
    /// Share of plaintiffs who join a common suit, and how many such a suit has.
    pub joint: (Q, Q),
    /// Instances, the first first; never empty.
    pub instances: Vec<Instance>,
    /// Share of the uncompensated loss that a winner is awarded.
    pub award_share: Q,
    /// Sum for distress that a winner is awarded on top.
    pub distress: Q,
    /// Share of those who have not sued who sue after a final win, and win as the others did.
    pub follow_on: Q,
    /// Costs of a suit and instance: the plaintiffs', the company's, and the share of the winner's that the loser pays.
    pub costs: Costs,
    /// Statutory interest a year: until the suit, and from the suit until payment.
    pub interest_year: (Q, Q),
    /// From the outage to the suit.
    pub filed_after_hours: Q,
    /// The small-claims track, if there is one.
    pub small_claims: Option<SmallClaims>,
    /// Offers of settlement before the first judgment: share of the award offered, share of plaintiffs who accept.
    pub settlement: Option<(Q, Q)>,
    /// Mediation before suing.
    pub mediation: Option<Mediation>,
}

/// Who may sue over an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plaintiffs {
    /// Those who lost money that is not made good.
    Losers,
    /// Everybody hit: distress needs no loss of money.
    Hit,
}

/// One instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Instance {
    /// Probability that the issue is decided for the plaintiffs here.
    pub win: Q,
    /// Share of plaintiffs who prove their own case where it is.
    pub proven: Q,
    /// Time until judgment.
    pub hours: Q,
    /// Share of losing plaintiffs who appeal.
    pub appeal: Q,
    /// Probability that the company appeals where it lost.
    pub company_appeals: Q,
}

/// Costs of litigation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Costs {
    /// Of the plaintiffs, per suit and instance.
    pub plaintiffs: Q,
    /// Of the company, per suit and instance.
    pub company: Q,
    /// Share of the winner's costs that the loser bears.
    pub loser_pays: Q,
}

/// A faster track for small sums.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SmallClaims {
    /// Highest award of one plaintiff, before interest.
    pub limit: Q,
    /// Factor of time and costs against the ordinary track.
    pub factor: Q,
}

/// Mediation that both sides must accept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mediation {
    /// Share of those who would sue who are mediated first.
    pub share: Q,
    /// Probability that the company accepts; for all or none.
    pub company_accepts: Q,
    /// Share of people who accept.
    pub people_accept: Q,
    /// Share of the uncompensated loss and of the distress sum that it gives.
    pub award_share: Q,
    /// Time that it takes.
    pub hours: Q,
}
