//! What was drawn in a cell, settled under one guideline: claims, approvals, money, losses made good.

use super::law::{CellLaw, GuidelineLaw, MadeGood};
use super::{CellInput, draw::Drawn};
use crate::engine::inequality::Histogram;
use crate::guideline::Schedule;

/// What one guideline does in a cell or a leaf. People and money; whole people up to rounding of their sum.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// People who filed a claim.
    pub claims: f64,
    /// People reached automatically.
    pub automatic: f64,
    /// People with anything approved.
    pub approved: f64,
    /// People with money approved.
    pub paid: f64,
    /// Money, after the pool.
    pub payout: f64,
    /// Face value of what was granted in kind.
    pub in_kind_face: f64,
    /// What that is expected to cost the company.
    pub in_kind_cost: f64,
    /// Losers who get anything.
    pub covered: f64,
    /// Loss made good in money.
    pub compensated: f64,
}

impl Tally {
    /// Adds another.
    pub fn add(&mut self, t: &Tally) {
        self.claims += t.claims;
        self.automatic += t.automatic;
        self.approved += t.approved;
        self.paid += t.paid;
        self.payout += t.payout;
        self.in_kind_face += t.in_kind_face;
        self.in_kind_cost += t.in_kind_cost;
        self.covered += t.covered;
        self.compensated += t.compensated;
    }
}

/// True loss of everybody drawn.
pub fn loss(input: &CellInput, drawn: &Drawn) -> f64 {
    let singles: f64 = drawn.singles.iter().map(|s| s.x).sum();
    input.true_scale * (drawn.components.first().copied().unwrap_or(0.0).max(0.0) + singles)
}

/// Settles the guideline whose offers are `first..end`; `factor` scales its money.
pub fn settle(law: &CellLaw, input: &CellInput, drawn: &Drawn, range: (usize, usize), factor: f64) -> Tally {
    let mut tally = singles(law, input, drawn, range, factor);
    if drawn.bulk > 0
        && let Some(position) = law.guidelines.iter().position(|g| g.offers == range)
    {
        tally.add(&bulk(law, input, drawn, position, factor));
    }
    tally
}

/// Net losses of everybody drawn when no money is offered.
pub fn bare_losses(law: &CellLaw, input: &CellInput, drawn: &Drawn, histogram: &mut Histogram) {
    histogram.add_law(&law.bare_loss, drawn.bulk as f64);
    for s in &drawn.singles {
        histogram.add_one(input.true_scale * s.x);
    }
}

/// Net losses of everybody drawn under the guideline whose offers are `first..end`.
pub fn net_losses(
    law: &CellLaw,
    input: &CellInput,
    drawn: &Drawn,
    (first, end): (usize, usize),
    factor: f64,
    histogram: &mut Histogram,
) {
    let money = |i: &usize| input.offers[*i].in_kind.is_none();
    if !(first..end).any(|i| money(&i)) {
        return bare_losses(law, input, drawn, histogram);
    }
    if let Some(p) = law.guidelines.iter().position(|g| g.offers == (first, end)) {
        if factor == 1.0 {
            let (from, to) = law.guidelines[p].net_loss;
            histogram.add_law(&law.net_loss[from..to], drawn.bulk as f64);
        } else {
            histogram.add_law(&law.net_loss(input, p, factor), drawn.bulk as f64);
        }
    }
    for s in &drawn.singles {
        let award: f64 = (first..end)
            .filter(|i| money(i) && s.v < input.offers[*i].approval)
            .map(|i| filed(law, input, i, s.x, s.u).unwrap_or(0.0))
            .sum();
        histogram.add_one((input.true_scale * s.x - factor * award).max(0.0));
    }
}

/// The award of an offer to a person who files under it.
#[inline]
fn filed(law: &CellLaw, input: &CellInput, offer: usize, x: f64, u: f64) -> Option<f64> {
    if u >= law.offers[offer].highest_share {
        return None;
    }
    let (award, share) = input.offers[offer].at(x);
    (award > 0.0 && u < share).then_some(award)
}

fn singles(law: &CellLaw, input: &CellInput, drawn: &Drawn, (first, end): (usize, usize), factor: f64) -> Tally {
    if let (true, [offer]) = (law.certain, &input.offers[first..end])
        && offer.automatic
        && offer.in_kind.is_none()
    {
        return certain(&offer.schedule, input.true_scale, drawn, factor);
    }
    let mut tally = Tally::default();
    let loser = input.true_scale > 0.0;
    for s in &drawn.singles {
        let (mut claims, mut automatic, mut approved, mut paid, mut money) = (false, false, false, false, 0.0);
        for (i, o) in input.offers[first..end].iter().enumerate() {
            let Some(award) = filed(law, input, first + i, s.x, s.u) else { continue };
            claims |= !o.automatic;
            automatic |= o.automatic;
            if s.v >= o.approval {
                continue;
            }
            approved = true;
            match o.in_kind {
                None => {
                    paid = true;
                    money += award;
                }
                Some((redemption, unit_cost)) => {
                    tally.in_kind_face += award;
                    tally.in_kind_cost += award * redemption * unit_cost;
                }
            }
        }
        tally.claims += f64::from(claims);
        tally.automatic += f64::from(automatic);
        tally.approved += f64::from(approved);
        tally.paid += f64::from(paid);
        tally.payout += factor * money;
        tally.covered += f64::from(approved && loser);
        tally.compensated += (factor * money).min(input.true_scale * s.x);
    }
    tally
}

/// Singles under one automatic money award that nobody can miss.
fn certain(schedule: &Schedule, true_scale: f64, drawn: &Drawn, factor: f64) -> Tally {
    let (mut paid, mut payout, mut compensated) = (0.0, 0.0, 0.0);
    for s in &drawn.singles {
        let award = factor * schedule.at(s.x);
        paid += f64::from(award > 0.0);
        payout += award;
        compensated += award.min(true_scale * s.x);
    }
    let covered = if true_scale > 0.0 { paid } else { 0.0 };
    Tally { automatic: paid, approved: paid, paid, payout, covered, compensated, ..Tally::default() }
}

/// Sums of one offer's tiers.
#[derive(Default)]
struct OfferSums {
    filed: f64,
    approved: f64,
    award: f64,
    made_good: f64,
}

fn offer_sums(law: &CellLaw, offer: usize, drawn: &Drawn, true_scale: f64) -> OfferSums {
    let y = &drawn.components;
    let mut sums = OfferSums::default();
    for t in law.tiers_of(offer) {
        let count = y[t.count].round().clamp(0.0, drawn.bulk as f64);
        let sum = t.sum.map_or(0.0, |s| y[s].clamp(count * t.range.0, count * t.range.1));
        let award = (t.intercept * count + t.slope * sum).max(0.0);
        sums.approved += count;
        sums.award += award;
        sums.made_good += match t.good {
            MadeGood::Award => award,
            MadeGood::Loss => true_scale * sum,
            MadeGood::Mixed => 0.0,
        };
    }
    let refused = law.offers[offer].refused.map_or(0.0, |r| y[r].round().max(0.0));
    sums.filed = sums.approved + refused;
    sums
}

fn bulk(law: &CellLaw, input: &CellInput, drawn: &Drawn, position: usize, factor: f64) -> Tally {
    let g = &law.guidelines[position];
    let y = &drawn.components;
    let n = drawn.bulk as f64;
    let mut tally = Tally::default();
    let (mut most_claims, mut most_automatic, mut money_good) = (0.0f64, 0.0f64, 0.0);
    let (mut all_approved, mut most_approved, mut all_paid, mut most_paid) = (0.0f64, 0.0f64, 0.0f64, 0.0f64);
    for i in g.offers.0..g.offers.1 {
        let (o, sums) = (&input.offers[i], offer_sums(law, i, drawn, input.true_scale));
        let filed = if o.automatic { &mut most_automatic } else { &mut most_claims };
        *filed = filed.max(sums.filed);
        all_approved += sums.approved;
        most_approved = most_approved.max(sums.approved);
        match o.in_kind {
            None => {
                tally.payout += factor * sums.award;
                money_good += sums.made_good;
                all_paid += sums.approved;
                most_paid = most_paid.max(sums.approved);
            }
            Some((redemption, unit_cost)) => {
                tally.in_kind_face += sums.award;
                tally.in_kind_cost += sums.award * redemption * unit_cost;
            }
        }
    }
    let union = |component: Option<usize>, most: f64, all: f64| {
        component.map_or(most, |c| y[c].round().clamp(most, all.min(n).max(most)))
    };
    tally.claims = union(g.claims, most_claims, n).min(n);
    tally.automatic = union(g.automatic, most_automatic, n).min(n);
    tally.approved = union(g.approved, most_approved, all_approved).min(tally.claims + tally.automatic);
    tally.paid = union(g.paid, most_paid, all_paid).min(tally.approved);
    if input.true_scale > 0.0 {
        tally.covered = tally.approved;
        tally.compensated = made_good(law, input, drawn, g, position, factor, money_good, tally.payout);
    }
    tally
}

/// Loss made good in the bulk. Where a pool scales the money, the part above the loss shrinks first: the share of the
/// awards that makes good a loss is taken from the law at that factor.
#[allow(clippy::too_many_arguments)]
fn made_good(
    law: &CellLaw,
    input: &CellInput,
    drawn: &Drawn,
    g: &GuidelineLaw,
    position: usize,
    factor: f64,
    from_tiers: f64,
    payout: f64,
) -> f64 {
    let at_one = g.made_good.map_or(from_tiers, |c| drawn.components[c].max(0.0));
    let good = if factor == 1.0 {
        at_one
    } else {
        let whole = law.expected_made_good(input, position, 1.0);
        if whole > 0.0 { at_one * law.expected_made_good(input, position, factor) / whole } else { 0.0 }
    };
    good.min(payout).min(input.true_scale * drawn.components[0].max(0.0))
}
