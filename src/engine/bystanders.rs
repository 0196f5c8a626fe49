//! People hit without a monetary loss. Their awards do not vary, so counts are those of the law: sort the filing shares and the
//! approvals, split people over the gaps, and each offer's count is a sum of gaps (nested thinning).

use smallvec::SmallVec;

use super::cell::settle::Tally;
use super::offers::FlatOffer;
use crate::chance::counts::near_binomial;
use crate::chance::stream::Stream;
use crate::process::decision::RuleSum;

/// Variance from which a count is drawn by its cumulants: its distribution function misses no more than 0.00001.
const MANY: f64 = 100.0;

/// The offers to bystanders of a slot, ready for drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bystanders {
    offers: Vec<FlatOffer>,
    /// Filing shares in use, falling, 1 first.
    filings: Vec<f64>,
    /// Approvals in use, falling, 1 first.
    approvals: Vec<f64>,
    /// Where each offer stands among both.
    places: Vec<Place>,
}

impl Bystanders {
    /// Takes over offers. What was here before only lends its memory.
    pub fn fill(&mut self, given: &mut Vec<FlatOffer>) {
        std::mem::swap(&mut self.offers, given);
        self.offers.retain(|o| o.award > 0.0 && o.filing > 0.0);
        levels(self.offers.iter().map(|o| o.filing), &mut self.filings);
        levels(self.offers.iter().map(|o| o.approval), &mut self.approvals);
        let Bystanders { offers, filings, approvals, places } = self;
        places.clear();
        places.extend(offers.iter().map(|o| Place {
            filing: filings.partition_point(|f| *f > o.filing),
            approval: approvals.partition_point(|a| *a > o.approval),
        }));
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
        let drawn = self.split(people, stream);
        sums.clear();
        let mut first = 0;
        for offers in self.offers.chunk_by(|a, b| a.guideline == b.guideline) {
            let places = &self.places[first..first + offers.len()];
            first += offers.len();
            let t = &mut tallies[offers[0].guideline];
            let (mut claims, mut automatic) = (0.0f64, 0.0f64);
            for (o, place) in offers.iter().zip(places) {
                let (filed, approved) = (drawn.filed[place.filing], drawn.approved([*place].iter()));
                let reached = if o.automatic { &mut automatic } else { &mut claims };
                *reached = reached.max(filed);
                let award = approved * o.award;
                match o.in_kind {
                    None => t.payout += award,
                    Some((redemption, unit_cost)) => {
                        t.in_kind_face += award;
                        t.in_kind_cost += award * redemption * unit_cost;
                    }
                }
                let (asked, award_squares) = (filed * o.award, award * o.award);
                let honest = filed - approved;
                let sum = RuleSum { filed, approved, asked, award, award_squares, honest, ..RuleSum::default() };
                sums.push(sum.with_those_who_gave_up(o.decided, o.approval, o.at_first));
            }
            let money = offers.iter().zip(places).filter(|(o, _)| o.in_kind.is_none()).map(|(_, place)| place);
            t.claims += claims;
            t.automatic += automatic;
            t.approved += drawn.approved(places.iter());
            t.paid += drawn.approved(money);
        }
    }

    /// Splits people over the gaps of U, from the top, and in each over those of V.
    fn split(&self, people: u64, stream: &mut Stream) -> Drawn {
        let columns = self.approvals.len() + 1;
        let mut drawn = Drawn { filed: SmallVec::new(), below: SmallVec::new(), columns };
        let Drawn { filed, below, .. } = &mut drawn;
        filed.resize(self.filings.len(), 0.0);
        below.resize(self.filings.len() * columns, 0.0);
        let (mut left, mut above) = (people, 1.0);
        for (i, filing) in self.filings.iter().enumerate() {
            let next = self.filings.get(i + 1).copied().unwrap_or(0.0);
            let here = near_binomial(stream, left, (filing - next) / above, MANY);
            above -= filing - next;
            left -= here;
            filed[i] = here as f64;
            let (mut rest, mut above) = (here, 1.0);
            for (j, approval) in self.approvals.iter().enumerate().filter(|_| here > 0) {
                let next = self.approvals.get(j + 1).copied().unwrap_or(0.0);
                let here = near_binomial(stream, rest, (approval - next) / above, MANY);
                above -= approval - next;
                rest -= here;
                below[i * columns + j] = here as f64;
            }
        }
        for i in (1..filed.len()).rev() {
            filed[i - 1] += filed[i];
        }
        for row in below.chunks_mut(columns) {
            for j in (1..columns).rev() {
                row[j - 1] += row[j];
            }
        }
        drawn
    }
}

/// Where an offer stands among the shares of its slot.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    /// Place of its filing share,
    filing: usize,
    /// and of its approval; behind all where nobody is approved.
    approval: usize,
}

/// People drawn. Numbers are whole.
struct Drawn {
    /// People whose U lies below each filing share.
    filed: SmallVec<[f64; 16]>,
    /// Of those in the gap of U just below it, whose V lies below each approval: a row for each filing share, the last
    /// entry nothing.
    below: SmallVec<[f64; 64]>,
    columns: usize,
}

impl Drawn {
    /// People approved under any of some offers of a guideline.
    fn approved<'a>(&self, places: impl Iterator<Item = &'a Place> + Clone) -> f64 {
        let Some(first) = places.clone().map(|p| p.filing).min() else { return 0.0 };
        let rows = self.below.chunks(self.columns).enumerate().skip(first);
        // Of all offers open in a gap of U the one that approves most.
        rows.map(|(i, row)| {
            let open = places.clone().filter(|p| p.filing <= i);
            row[open.map(|p| p.approval).min().unwrap_or(self.columns - 1)]
        })
        .sum()
    }
}

/// The distinct values above 0, falling.
fn levels(values: impl Iterator<Item = f64>, all: &mut Vec<f64>) {
    all.clear();
    all.extend(values.filter(|v| *v > 0.0));
    all.sort_unstable_by(|a, b| b.total_cmp(a));
    all.dedup();
}
