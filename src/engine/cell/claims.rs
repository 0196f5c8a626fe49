//! What was drawn in a cell, rule by rule: claims and what they ask for, and why losers are left with nothing.

use super::draw::Drawn;
use super::law::CellLaw;
use super::settle;
use super::{CellInput, Offer};

/// What one rule did. People and money, before pools.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RuleSum {
    /// People who filed under it, or whom it reached.
    pub filed: f64,
    /// Of these, approved.
    pub approved: f64,
    /// Awards of all who filed.
    pub asked: f64,
    /// Awards of the approved.
    pub award: f64,
}

impl RuleSum {
    /// Adds another.
    pub fn add(&mut self, s: &RuleSum) {
        self.filed += s.filed;
        self.approved += s.approved;
        self.asked += s.asked;
        self.award += s.award;
    }
}

/// Losers who get nothing, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LeftOut {
    /// No rule gives them anything at their loss.
    pub ineligible: f64,
    /// They could, but do not know of it (or what needs no claim does not reach them).
    pub unaware: f64,
    /// They know of it and do not file: the award is not worth the burden.
    pub deterred: f64,
    /// They filed and were refused.
    pub refused: f64,
}

impl LeftOut {
    /// Adds another.
    pub fn add(&mut self, l: &LeftOut) {
        self.ineligible += l.ineligible;
        self.unaware += l.unaware;
        self.deterred += l.deterred;
        self.refused += l.refused;
    }
}

/// Adds what each rule of a guideline (its offers, first and end) did to the sums of its rules.
pub fn rules(law: &CellLaw, input: &CellInput, drawn: &Drawn, (first, end): (usize, usize), sums: &mut [RuleSum]) {
    for i in first..end {
        let o = &input.offers[i];
        let sum = &mut sums[o.rule];
        for s in &drawn.singles {
            let (award, share) = o.at(s.x);
            if s.u < share {
                let gets = f64::from(s.v < o.approval);
                sum.add(&RuleSum { filed: 1.0, approved: gets, asked: award, award: gets * award });
            }
        }
        if drawn.bulk > 0 {
            sum.add(&bulk(law, drawn, i));
        }
    }
}

fn bulk(law: &CellLaw, drawn: &Drawn, offer: usize) -> RuleSum {
    let n = law.nodes();
    let places = offer * n..(offer + 1) * n;
    let (filed, approved) = (&drawn.filed()[places.clone()], &drawn.approved()[places]);
    let awards = law.awards_of(offer);
    let sum = |people: &[f64]| people.iter().sum::<f64>();
    let money = |people: &[f64]| people.iter().zip(awards).map(|(p, a)| p * a).sum::<f64>().max(0.0);
    let whole = sum(filed).round().max(0.0);
    RuleSum {
        filed: whole,
        approved: sum(approved).round().clamp(0.0, whole),
        asked: money(filed),
        award: money(approved),
    }
}

/// Why losers of a cell get nothing of a guideline with these offers.
pub fn left_out(law: &CellLaw, input: &CellInput, drawn: &Drawn, (first, end): (usize, usize)) -> LeftOut {
    let offers = &input.offers[first..end];
    let mut out = LeftOut::default();
    for s in &drawn.singles {
        out.add(&one(offers, s.x, s.u, s.v));
    }
    if drawn.bulk > 0 {
        out.add(&left_of_bulk(law, input, drawn, (first, end)));
    }
    out
}

/// Why one person gets nothing, if so.
fn one(offers: &[Offer], x: f64, u: f64, v: f64) -> LeftOut {
    let (mut aware, mut filed) = (0.0f64, false);
    for o in offers {
        let (award, share) = o.at(x);
        if award <= 0.0 {
            continue;
        }
        aware = aware.max(o.highest_share);
        if u < share {
            if v < o.approval {
                return LeftOut::default();
            }
            filed = true;
        }
    }
    match (aware, filed) {
        (_, true) => LeftOut { refused: 1.0, ..LeftOut::default() },
        (0.0, false) => LeftOut { ineligible: 1.0, ..LeftOut::default() },
        _ if u >= aware => LeftOut { unaware: 1.0, ..LeftOut::default() },
        _ => LeftOut { deterred: 1.0, ..LeftOut::default() },
    }
}

/// The same for the bulk: those who did not file are split into unaware and deterred as expected at their losses, for
/// who is aware was not drawn.
fn left_of_bulk(law: &CellLaw, input: &CellInput, drawn: &Drawn, (first, end): (usize, usize)) -> LeftOut {
    let (mut eligible, mut unaware, mut silent) = (0.0, 0.0, 0.0);
    let spans = law.axis.spans.iter().zip(&law.singly.ceilings).filter(|(_, ceiling)| **ceiling < 1.0);
    let nodes = spans.flat_map(|(span, ceiling)| (span.nodes.0..span.nodes.1).map(move |node| (node, *ceiling)));
    for (node, ceiling) in nodes {
        // The filing numbers of the bulk lie above the ceiling: those below are drawn singly.
        let above = |share: f64| ((1.0 - share) / (1.0 - ceiling)).min(1.0);
        let people = drawn.at_node[node];
        let (mut aware, mut filing) = (0.0f64, 0.0f64);
        for i in (first..end).filter(|i| law.awards_of(*i)[node] > 0.0) {
            aware = aware.max(input.offers[i].highest_share);
            filing = filing.max(law.shares_of(i)[node]);
        }
        if aware > 0.0 {
            eligible += people;
            unaware += people * above(aware);
            silent += people * above(filing);
        }
    }
    let bulk = drawn.bulk as f64;
    let (filed, approved) = settle::reached(law, input, drawn, (first, end));
    let eligible = eligible.round().clamp(filed, bulk);
    let rest = eligible - filed;
    let unaware = if silent > 0.0 { rest * (unaware / silent).clamp(0.0, 1.0) } else { 0.0 };
    LeftOut { ineligible: bulk - eligible, unaware, deterred: rest - unaware, refused: (filed - approved).max(0.0) }
}
