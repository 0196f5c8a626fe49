//! What was drawn in a cell, settled under one guideline: claims, approvals, money, losses made good.

use super::draw::{Drawn, Single};
use super::law::{CellLaw, GuidelineLaw, MadeGood, OfferLaw};
use super::{CellInput, Offer};
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

/// What each guideline gives the people drawn singly, before pools.
#[derive(Clone, Debug, Default)]
pub struct Singles {
    /// Tally of each guideline of the input.
    tallies: Vec<Tally>,
    /// Money of each person under each: `[guideline][person]`.
    money: Vec<f64>,
}

/// Settles every guideline of the input for the people drawn singly.
pub fn judge(
    law: &CellLaw,
    input: &CellInput,
    ranges: &[(usize, usize, usize)],
    singles: &[Single],
    out: &mut Singles,
) {
    out.tallies.clear();
    out.money.clear();
    for (_, first, end) in ranges {
        let tally = match &input.offers[*first..*end] {
            [offer] if law.certain && offer.automatic && offer.in_kind.is_none() => {
                certain(&offer.schedule, input.true_scale, singles, &mut out.money)
            }
            offers => {
                let highest = &law.offers[*first..*end];
                uncertain(offers, highest, input.true_scale, singles, &mut out.money)
            }
        };
        out.tallies.push(tally);
    }
}

/// Singles under one automatic money award that nobody can miss.
fn certain(schedule: &Schedule, true_scale: f64, singles: &[Single], money: &mut Vec<f64>) -> Tally {
    let (mut paid, mut payout, mut compensated) = (0.0, 0.0, 0.0);
    for s in singles {
        let award = schedule.at(s.x);
        money.push(award);
        paid += f64::from(award > 0.0);
        payout += award;
        compensated += award.min(true_scale * s.x);
    }
    let covered = if true_scale > 0.0 { paid } else { 0.0 };
    Tally { automatic: paid, approved: paid, paid, payout, covered, compensated, ..Tally::default() }
}

fn uncertain(offers: &[Offer], laws: &[OfferLaw], true_scale: f64, singles: &[Single], money: &mut Vec<f64>) -> Tally {
    let mut tally = Tally::default();
    for s in singles {
        let (mut claims, mut automatic, mut approved, mut paid, mut sum) = (false, false, false, false, 0.0);
        for (o, law) in offers.iter().zip(laws) {
            if s.u >= law.highest_share {
                continue;
            }
            let (award, share) = o.at(s.x);
            if award <= 0.0 || s.u >= share {
                continue;
            }
            claims |= !o.automatic;
            automatic |= o.automatic;
            if s.v >= o.approval {
                continue;
            }
            approved = true;
            match o.in_kind {
                None => {
                    paid = true;
                    sum += award;
                }
                Some((redemption, unit_cost)) => {
                    tally.in_kind_face += award;
                    tally.in_kind_cost += award * redemption * unit_cost;
                }
            }
        }
        money.push(sum);
        tally.claims += f64::from(claims);
        tally.automatic += f64::from(automatic);
        tally.approved += f64::from(approved);
        tally.paid += f64::from(paid);
        tally.payout += sum;
        tally.covered += f64::from(approved && true_scale > 0.0);
        tally.compensated += sum.min(true_scale * s.x);
    }
    tally
}

/// Settles a guideline (position among those of the input); `factor` scales its money.
pub fn settle(law: &CellLaw, input: &CellInput, drawn: &Drawn, position: usize, factor: f64) -> Tally {
    let mut tally = drawn.judged.tallies[position];
    if factor != 1.0 {
        tally.payout *= factor;
        let money = money_of(drawn, position);
        let pairs = drawn.singles.iter().zip(money);
        tally.compensated = pairs.map(|(s, m)| (factor * m).min(input.true_scale * s.x)).sum();
    }
    if drawn.bulk > 0 {
        tally.add(&bulk(law, input, drawn, position, factor));
    }
    tally
}

fn money_of(drawn: &Drawn, position: usize) -> &[f64] {
    let n = drawn.singles.len();
    &drawn.judged.money[position * n..(position + 1) * n]
}

/// Net losses of everybody drawn when no money is offered.
pub fn bare_losses(law: &CellLaw, input: &CellInput, drawn: &Drawn, histogram: &mut Histogram) {
    histogram.add_law(&law.bare_loss, drawn.bulk as f64);
    for s in &drawn.singles {
        histogram.add_one(input.true_scale * s.x);
    }
}

/// Net losses of everybody drawn under a guideline (position among those of the input).
pub fn net_losses(
    law: &CellLaw,
    input: &CellInput,
    drawn: &Drawn,
    position: usize,
    factor: f64,
    histogram: &mut Histogram,
) {
    if drawn.bulk > 0 {
        let (from, to) = law.guidelines[position].net_loss;
        if factor == 1.0 {
            histogram.add_law(&law.net_loss[from..to], drawn.bulk as f64);
        } else {
            histogram.add_law(&law.net_loss(input, position, factor), drawn.bulk as f64);
        }
    }
    for (s, money) in drawn.singles.iter().zip(money_of(drawn, position)) {
        histogram.add_one((input.true_scale * s.x - factor * money).max(0.0));
    }
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
