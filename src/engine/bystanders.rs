//! People hit without a monetary loss. Their awards do not vary, so counts are exact: sort the filing shares and the
//! approvals, split people over the gaps, and each offer's count is a sum of gaps (nested thinning).

use super::cell::claims::RuleSum;
use super::cell::settle::Tally;
use super::offers::FlatOffer;
use crate::chance::counts::binomial;
use crate::chance::stream::Stream;

/// The offers to bystanders of a slot, ready for drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bystanders {
    offers: Vec<FlatOffer>,
    /// Filing shares in use, falling, 1 first.
    filings: Vec<f64>,
    /// Approvals in use, falling, 1 first.
    approvals: Vec<f64>,
}

impl Bystanders {
    /// Takes over offers. What was here before only lends its memory.
    pub fn fill(&mut self, offers: &mut Vec<FlatOffer>) {
        std::mem::swap(&mut self.offers, offers);
        self.offers.retain(|o| o.award > 0.0 && o.filing > 0.0);
        levels(self.offers.iter().map(|o| o.filing), &mut self.filings);
        levels(self.offers.iter().map(|o| o.approval), &mut self.approvals);
    }

    /// True when no guideline has anything for them.
    pub fn is_empty(&self) -> bool {
        self.offers.is_empty()
    }

    /// Adds what each rule did for them, of sums that were drawn; `starts`: where the rules of each guideline begin in the
    /// list.
    pub fn rules(&self, starts: &[Option<usize>], drawn: &[RuleSum], sums: &mut [RuleSum]) {
        for (o, sum) in self.offers.iter().zip(drawn) {
            if let Some(start) = starts[o.guideline] {
                sums[start + o.rule].add(sum);
            }
        }
    }

    /// Draws `people` and adds what each guideline does for them, before pools; `sums` gets one entry an offer.
    pub fn draw(&self, people: u64, stream: &mut Stream, tallies: &mut [Tally], sums: &mut Vec<RuleSum>) {
        sums.clear();
        sums.resize(self.offers.len(), RuleSum::default());
        let (mut left, mut above) = (people, 1.0);
        // Gaps of U from the top: those just below a share file under all offers of that share or more.
        for (i, filing) in self.filings.iter().enumerate() {
            let next = self.filings.get(i + 1).copied().unwrap_or(0.0);
            let here = binomial(stream, left, (filing - next) / above);
            above -= filing - next;
            left -= here;
            self.approve(*filing, here, stream, tallies, sums);
        }
    }

    fn approve(&self, filing: f64, people: u64, stream: &mut Stream, tallies: &mut [Tally], sums: &mut [RuleSum]) {
        if people == 0 {
            return;
        }
        let (mut left, mut above) = (people, 1.0);
        for (i, approval) in self.approvals.iter().enumerate() {
            let next = self.approvals.get(i + 1).copied().unwrap_or(0.0);
            let here = binomial(stream, left, (approval - next) / above);
            above -= approval - next;
            left -= here;
            self.give(filing, *approval, here, tallies, sums);
        }
        // V above every approval: they filed in vain.
        self.give(filing, f64::INFINITY, left, tallies, sums);
    }

    /// People whose U lies just below `filing` and whose V lies just below `approval`.
    fn give(&self, filing: f64, approval: f64, people: u64, tallies: &mut [Tally], sums: &mut [RuleSum]) {
        let n = people as f64;
        let mut at = 0;
        while n > 0.0 && at < self.offers.len() {
            let guideline = self.offers[at].guideline;
            let (mut claims, mut automatic, mut approved, mut paid) = (false, false, false, false);
            let t = &mut tallies[guideline];
            while at < self.offers.len() && self.offers[at].guideline == guideline {
                let (o, sum) = (&self.offers[at], &mut sums[at]);
                at += 1;
                if o.filing < filing {
                    continue;
                }
                sum.filed += n;
                sum.asked += n * o.award;
                claims |= !o.automatic;
                automatic |= o.automatic;
                if o.approval < approval {
                    continue;
                }
                sum.approved += n;
                sum.award += n * o.award;
                approved = true;
                match o.in_kind {
                    None => {
                        paid = true;
                        t.payout += n * o.award;
                    }
                    Some((redemption, unit_cost)) => {
                        t.in_kind_face += n * o.award;
                        t.in_kind_cost += n * o.award * redemption * unit_cost;
                    }
                }
            }
            t.claims += n * f64::from(claims);
            t.automatic += n * f64::from(automatic);
            t.approved += n * f64::from(approved);
            t.paid += n * f64::from(paid);
        }
    }
}

/// The distinct values above 0, falling.
fn levels(values: impl Iterator<Item = f64>, all: &mut Vec<f64>) {
    all.clear();
    all.extend(values.filter(|v| *v > 0.0));
    all.sort_unstable_by(|a, b| b.total_cmp(a));
    all.dedup();
}
