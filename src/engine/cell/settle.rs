//! What was drawn in a cell, settled under one guideline: claims, approvals, money, losses made good.

use smallvec::SmallVec;

use super::axis::{Node, Span};
use super::draw::Drawn;
use super::grid::SeverityGrid;
use super::law::{CellLaw, Crossing, Tier};
use super::strips::chosen;
use super::{CellInput, Offer};
use crate::process::decision::RuleSum;

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
    /// Losers whose whole loss that is.
    pub whole: f64,
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
        self.whole += t.whole;
    }

    /// What is left to one person of a loss.
    pub fn left_of(&self, loss: f64) -> f64 {
        if self.whole > 0.0 { 0.0 } else { (loss - self.payout).max(0.0) }
    }
}

/// True where money makes good all of a loss; rounding leaves nothing open.
#[inline]
pub(in crate::engine) fn makes_whole(money: f64, loss: f64) -> bool {
    money > 0.0 && money >= loss * (1.0 - 1e-9)
}

/// True loss of everybody drawn.
pub fn loss(law: &CellLaw, input: &CellInput, drawn: &Drawn) -> f64 {
    let singles: f64 = drawn.singles.iter().map(|s| s.x).sum();
    input.true_scale * (bulk_loss(law, drawn) + singles)
}

/// Sum of X over the bulk.
fn bulk_loss(law: &CellLaw, drawn: &Drawn) -> f64 {
    if drawn.bulk == 0 {
        return 0.0;
    }
    losses(&law.axis.nodes, &drawn.at_node).max(0.0)
}

/// The whole number nearest to one of people, of those below 0 one that is not above 0: `round` is a call of a function
/// that takes longer.
#[inline]
pub(super) fn nearest(people: f64) -> f64 {
    (people + 0.5) as i64 as f64
}

/// Sum of numbers, in four sums that do not wait for each other.
pub(super) fn total(numbers: &[f64]) -> f64 {
    let (fours, rest) = numbers.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for four in fours {
        sums = std::array::from_fn(|k| sums[k] + four[k]);
    }
    sums.iter().sum::<f64>() + rest.iter().sum::<f64>()
}

/// Sum of products, likewise.
fn product(a: &[f64], b: &[f64]) -> f64 {
    let ((fours, rest), (others, last)) = (a.as_chunks::<4>(), b.as_chunks::<4>());
    let mut sums = [0.0; 4];
    for (a, b) in fours.iter().zip(others) {
        sums = std::array::from_fn(|k| sums[k] + a[k] * b[k]);
    }
    sums.iter().sum::<f64>() + rest.iter().zip(last).map(|(a, b)| a * b).sum::<f64>()
}

/// Sum of X over people at nodes, likewise.
fn losses(nodes: &[Node], people: &[f64]) -> f64 {
    let ((fours, rest), (people, others)) = (nodes.as_chunks::<4>(), people.as_chunks::<4>());
    let mut sums = [0.0; 4];
    for (n, p) in fours.iter().zip(people) {
        sums = std::array::from_fn(|k| sums[k] + n[k].x * p[k]);
    }
    sums.iter().sum::<f64>() + rest.iter().zip(others).map(|(n, p)| n.x * p).sum::<f64>()
}

/// A pool that binds.
#[derive(Clone, Copy)]
pub struct Pool<'a> {
    /// What it scales money by.
    pub factor: f64,
    /// The loss axis of the cell.
    pub grid: &'a SeverityGrid,
}

/// Settles a guideline (position among those of the input, its offers), whose money a pool may scale.
pub fn settle(
    law: &CellLaw,
    input: &CellInput,
    drawn: &Drawn,
    (position, first, end): (usize, usize, usize),
    pool: Option<Pool>,
) -> Tally {
    let mut tally = drawn.judged.tallies[position];
    if let Some(Pool { factor, .. }) = pool {
        tally.payout *= factor;
        let money = money_of(drawn, position);
        (tally.compensated, tally.whole) = (0.0, 0.0);
        for (s, m) in drawn.singles.iter().zip(money) {
            let (money, loss) = (factor * m, input.true_scale * s.x);
            tally.compensated += money.min(loss);
            tally.whole += f64::from(input.true_scale > 0.0 && makes_whole(money, loss));
        }
    }
    if drawn.bulk > 0 {
        tally.add(&bulk(law, input, drawn, (position, first, end), pool));
    }
    tally
}

/// Money of each person drawn singly, before pools.
pub(super) fn money_of(drawn: &Drawn, position: usize) -> &[f64] {
    let n = drawn.singles.len();
    &drawn.judged.money[position * n..(position + 1) * n]
}

/// Offers of money among those of a guideline.
pub(super) fn money_offers(input: &CellInput, first: usize, end: usize) -> impl Iterator<Item = usize> + Clone {
    (first..end).filter(|i| input.offers[*i].in_kind.is_none())
}

/// Tells how many people, by node, get which sum of the awards approved among some offers, and what the sum would be at
/// the other node of the pair.
pub(super) fn sums_of_money(
    law: &CellLaw,
    input: &CellInput,
    drawn: &Drawn,
    offers: impl Iterator<Item = usize> + Clone,
    mut tell: impl FnMut(usize, f64, [f64; 2]),
) {
    // Where each is the same for all and nobody is refused, who gets the narrower gets the wider too.
    let same_for_all = |i: usize| match input.offers[i].piece_shares.as_slice() {
        [Some(share)] if input.offers[i].approval == 1.0 => Some((*share, i)),
        _ => None,
    };
    let nested: Option<SmallVec<[(f64, usize); 4]>> = offers.clone().map(same_for_all).collect();
    if let Some(mut nested) = nested {
        nested.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        let n = law.nodes();
        let mut sum = 0.0;
        for (k, (_, offer)) in nested.iter().enumerate() {
            sum += input.offers[*offer].schedule.at(0.0);
            let filed = &drawn.filed()[offer * n..(offer + 1) * n];
            let next = nested.get(k + 1).map(|(_, next)| &drawn.filed()[next * n..(next + 1) * n]);
            for (node, people) in filed.iter().enumerate() {
                tell(node, people - next.map_or(0.0, |f| f[node]), [sum; 2]);
            }
        }
        return;
    }
    let offers = chosen(offers);
    law.strips.outcomes(offers, &drawn.atoms, |node, approved, people| {
        let (mut rest, mut sums, mate) = (approved, [0.0; 2], law.axis.mate(node));
        while rest != 0 {
            let awards = law.awards_of(offers.first + rest.trailing_zeros() as usize);
            sums = [sums[0] + awards[node], sums[1] + awards[mate]];
            rest &= rest - 1;
        }
        tell(node, people, sums);
    });
}

/// People of a span with places who get the same, and are spread over it together.
struct Together<'a> {
    span: &'a Span,
    /// What they get at its two nodes.
    sums: [f64; 2],
    /// How many of them are at each.
    people: [f64; 2],
}

/// Tells how many people, by place of the loss axis, get which sum above 0 of the awards approved among some offers, and
/// what it is in the middle of the losses that the place stands for.
pub(super) fn sums_by_place(
    law: &CellLaw,
    input: &CellInput,
    drawn: &Drawn,
    offers: impl Iterator<Item = usize> + Clone,
    mut tell: impl FnMut(&Node, f64, [f64; 2]),
) {
    let mut together: SmallVec<[Together; 8]> = SmallVec::new();
    let line =
        |[one, two]: [f64; 2], from: &Node, to: &Node| if one == two { 0.0 } else { (two - one) / (to.x - from.x) };
    sums_of_money(law, input, drawn, offers, |node, people, [sum, other]| {
        if (sum <= 0.0 && other <= 0.0) || people == 0.0 {
            return;
        }
        let Some(span) = law.axis.long_of(node) else {
            let (at, mate) = (&law.axis.nodes[node], &law.axis.nodes[law.axis.mate(node)]);
            if sum > 0.0 {
                tell(at, people, [sum, (sum + line([sum, other], at, mate) * (at.middle - at.x)).max(0.0)]);
            }
            return;
        };
        let of_node = node - span.nodes.0;
        let sums = if of_node == 0 { [sum, other] } else { [other, sum] };
        let same = |t: &Together| t.span.nodes == span.nodes && t.sums == sums;
        let at = together.iter().position(same).unwrap_or_else(|| {
            together.push(Together { span, sums, people: [0.0; 2] });
            together.len() - 1
        });
        together[at].people[of_node] += people;
    });
    for Together { span, sums, people } in together {
        let [one, two] = [0, 1].map(|k| &law.axis.nodes[span.nodes.0 + k]);
        let slope = line(sums, one, two);
        let award = |x: f64| (sums[0] + slope * (x - one.x)).max(0.0);
        law.axis.spread(span, people, &drawn.scatter, |at, people| tell(at, people, [award(at.x), award(at.middle)]));
    }
}

/// What guidelines do in the bulk, before pools.
#[derive(Clone, Debug, Default)]
pub struct Bulk {
    /// By offer.
    sums: Vec<Sums>,
    /// By guideline of the input: people who filed under any of its offers or were reached by one, and those approved
    /// under any.
    reached: Vec<(f64, f64)>,
}

impl Bulk {
    /// What an offer did.
    pub(super) fn rule(&self, offer: usize) -> RuleSum {
        let Sums { filed, approved, asked, award, award_squares, .. } = self.sums[offer];
        RuleSum { filed, approved, asked, award, award_squares, ..RuleSum::default() }
    }
}

/// Adds up the bulk of what was drawn.
pub fn judge_bulk(law: &CellLaw, input: &CellInput, ranges: &[(usize, usize, usize)], drawn: &mut Drawn) {
    let mut out = std::mem::take(&mut drawn.judged_bulk);
    out.sums.clear();
    out.sums.extend((0..input.offers.len()).map(|i| offer_sums(law, input, drawn, i, None)));
    out.reached.clear();
    out.reached.extend(ranges.iter().map(|(_, first, end)| {
        let sums = &out.sums[*first..*end];
        let most = |of: fn(&Sums) -> f64| sums.iter().map(of).fold(0.0f64, f64::max);
        let filed = filed_any(law, input, drawn, *first..*end, most(|s| s.filed));
        (filed, approved_any(law, input, drawn, *first..*end, most(|s| s.approved)))
    }));
    drawn.judged_bulk = out;
}

/// Sums of one offer in the bulk.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    filed: f64,
    approved: f64,
    /// Awards of all who filed.
    asked: f64,
    award: f64,
    /// Sum of the squares of the awards.
    award_squares: f64,
    /// Loss made good by the award times the pool's factor.
    made_good: f64,
    /// People for whom that is all of the loss.
    whole: f64,
}

/// People of a sum that rounding may have left.
const NOBODY: f64 = 1e-6;

fn offer_sums(law: &CellLaw, input: &CellInput, drawn: &Drawn, offer: usize, pool: Option<Pool>) -> Sums {
    let (n, factor) = (law.nodes(), pool.map_or(1.0, |p| p.factor));
    let approved = &drawn.approved()[offer * n..(offer + 1) * n];
    let mut sums = Sums::default();
    let mut upto = 0.0;
    for t in law.tiers_of(offer) {
        let range = t.nodes.0..t.nodes.1;
        let people = &approved[range.clone()];
        let count = total(people);
        // Running sums are rounded, so that the tiers of one offer add up to whole people with no error of their own.
        upto += count;
        let whole = (nearest(upto).min(drawn.bulk as f64) - sums.approved).max(0.0);
        sums.approved += whole;
        let (award, exact) = if t.slope == 0.0 {
            sums.award_squares += t.intercept * t.intercept * whole;
            (t.intercept * whole, t.intercept * count)
        } else {
            let sum = losses(&law.axis.nodes[range.clone()], people);
            let square = |(people, award): (&f64, &f64)| people * award * award;
            sums.award_squares += people.iter().zip(&law.awards_of(offer)[range]).map(square).sum::<f64>();
            let award = (t.intercept * count + t.slope * sum).max(0.0);
            (award, award)
        };
        sums.award += award;
        if t.within_loss {
            sums.made_good += factor * award;
            if t.fills {
                sums.whole += made_good(law, input, approved, offer, t, pool).1.clamp(0.0, whole);
            }
        } else if exact > 0.0 {
            let (good, made_whole) = made_good(law, input, approved, offer, t, pool);
            sums.made_good += award * (good / exact).clamp(0.0, factor);
            sums.whole += made_whole.clamp(0.0, whole);
        }
    }
    if drawn.all_approved() {
        (sums.filed, sums.asked) = (sums.approved, sums.award);
        return sums;
    }
    let filed = &drawn.filed()[offer * n..(offer + 1) * n];
    sums.filed = nearest(total(filed)).max(sums.approved);
    // Both numbers are rounded; whoever is not approved asks for as much as such people do.
    let awards = law.awards_of(offer);
    let refused = [(total(filed), total(approved)), (product(filed, awards), product(approved, awards))];
    let [people, money] = refused.map(|(filed, approved)| filed - approved);
    let (people, money) = if people > NOBODY { (people, money) } else { (refused[0].0, refused[1].0) };
    let each = if people > NOBODY { (money / people).max(0.0) } else { 0.0 };
    sums.asked = sums.award + (sums.filed - sums.approved) * each;
    sums
}

/// Σ people × min(factor × award, loss) over a tier, and the people for whom that is the loss; `people` by node.
fn made_good(
    law: &CellLaw,
    input: &CellInput,
    people: &[f64],
    offer: usize,
    tier: &Tier,
    pool: Option<Pool>,
) -> (f64, f64) {
    let (awards, mut good, mut whole) = (law.awards_of(offer), 0.0, 0.0);
    let factor = pool.map_or(1.0, |p| p.factor);
    for node in tier.nodes.0..tier.nodes.1 {
        let (award, loss) = (factor * awards[node], input.true_scale * law.axis.nodes[node].x);
        good += people[node] * award.min(loss);
        whole += if makes_whole(award, loss) { people[node] } else { 0.0 };
    }
    // What a pool scales crosses the loss elsewhere.
    let crossing = match pool {
        None => tier.crossing,
        Some(p) => law.crossing(&tier.scaled(factor), tier.nodes, input.true_scale, p.grid),
    };
    if let Some(Crossing { nodes: [first, last], missed, whole: share }) = crossing {
        for (node, k) in [(first, 0), (last, 1)].into_iter().take(1 + usize::from(last > first)) {
            let at_node = makes_whole(factor * awards[node], input.true_scale * law.axis.nodes[node].x);
            good += people[node] * missed[k];
            whole += people[node] * (share[k] - f64::from(at_node));
        }
    }
    (good.max(0.0), whole.max(0.0))
}

fn bulk(
    law: &CellLaw,
    input: &CellInput,
    drawn: &Drawn,
    (position, first, end): (usize, usize, usize),
    pool: Option<Pool>,
) -> Tally {
    let (n, factor) = (drawn.bulk as f64, pool.map_or(1.0, |p| p.factor));
    let mut tally = Tally::default();
    let (mut money_good, mut whole) = (0.0, 0.0);
    let (mut most_claims, mut most_automatic, mut most_approved, mut most_paid) = (0.0f64, 0.0f64, 0.0f64, 0.0f64);
    for i in first..end {
        let o = &input.offers[i];
        let sums = if pool.is_none() { drawn.judged_bulk.sums[i] } else { offer_sums(law, input, drawn, i, pool) };
        let filed = if o.automatic { &mut most_automatic } else { &mut most_claims };
        *filed = filed.max(sums.filed);
        most_approved = most_approved.max(sums.approved);
        match o.in_kind {
            None => {
                tally.payout += factor * sums.award;
                money_good += sums.made_good;
                whole += sums.whole;
                most_paid = most_paid.max(sums.approved);
            }
            Some((redemption, unit_cost)) => {
                tally.in_kind_face += sums.award;
                tally.in_kind_cost += sums.award * redemption * unit_cost;
            }
        }
    }
    if end - first == 1 {
        (tally.claims, tally.automatic) = (most_claims.min(n), most_automatic.min(n));
        (tally.approved, tally.paid) = (most_approved.min(n), most_paid.min(n));
    } else {
        // As those are counted who get nothing, so that all of them add up to the losers.
        let (filed, approved) = reached(drawn, position);
        let by = |automatic: bool| (first..end).filter(move |i| input.offers[*i].automatic == automatic);
        // Where all offers are of one sort, those who filed under any were counted.
        (tally.claims, tally.automatic) = match (by(false).next(), by(true).next()) {
            (Some(_), None) => (filed, 0.0),
            (None, Some(_)) => (0.0, filed),
            _ => {
                let claims = filed_any(law, input, drawn, by(false), most_claims).min(n);
                let automatic = filed_any(law, input, drawn, by(true), most_automatic).min(n);
                // Each is rounded by itself.
                (claims.max(approved - automatic), automatic)
            }
        };
        tally.approved = approved;
        let money = money_offers(input, first, end);
        tally.paid = approved_any(law, input, drawn, money.clone(), most_paid).min(tally.approved);
        if input.true_scale > 0.0 && money.clone().count() > 1 {
            (money_good, whole) = (0.0, 0.0);
            match pool {
                None => sums_of_money(law, input, drawn, money, |node, people, [sum, _]| {
                    let loss = input.true_scale * law.axis.nodes[node].x;
                    money_good += people * sum.min(loss);
                    whole += if makes_whole(sum, loss) { people } else { 0.0 };
                }),
                Some(Pool { factor, grid }) => sums_of_money(law, input, drawn, money, |node, people, sums| {
                    let (good, share) = law.made_good_at(node, sums.map(|s| factor * s), input.true_scale, grid);
                    money_good += people * good;
                    whole += people * share;
                }),
            }
        }
    }
    if input.true_scale > 0.0 {
        tally.covered = tally.approved;
        tally.compensated = money_good.max(0.0).min(tally.payout).min(input.true_scale * bulk_loss(law, drawn));
        tally.whole = whole.clamp(0.0, tally.paid);
    }
    tally
}

/// People of the bulk who filed under any of a guideline's offers (its position among those of the input) or were reached
/// by one, and those approved under any.
pub(super) fn reached(drawn: &Drawn, position: usize) -> (f64, f64) {
    let bulk = drawn.bulk as f64;
    let (filed, approved) = drawn.judged_bulk.reached[position];
    let (filed, approved) = (filed.min(bulk), approved.min(bulk));
    // Both are rounded by themselves.
    (filed.max(approved), approved)
}

/// People of the bulk who filed under any of some offers; at least `most`, the count of the widest of them.
fn filed_any(
    law: &CellLaw,
    input: &CellInput,
    drawn: &Drawn,
    offers: impl Iterator<Item = usize> + Clone,
    most: f64,
) -> f64 {
    if one_reaches_all(input, offers.clone(), |_| 1.0) {
        return most;
    }
    widest(law, input, offers, drawn.filed(), |_| 0).map_or(most, |any| nearest(any).max(most))
}

/// As [`filed_any`], for those approved under any of them.
pub(super) fn approved_any(
    law: &CellLaw,
    input: &CellInput,
    drawn: &Drawn,
    offers: impl Iterator<Item = usize> + Clone,
    most: f64,
) -> f64 {
    if one_reaches_all(input, offers.clone(), |o| o.approval) {
        return most;
    }
    let any = widest(law, input, offers.clone(), drawn.approved(), |i| law.strips.level_of[i]).unwrap_or_else(|| {
        let mut any = 0.0;
        law.strips.outcomes(chosen(offers), &drawn.atoms, |_, approved, people| {
            any += if approved != 0 { people } else { 0.0 };
        });
        any
    });
    nearest(any).max(most)
}

/// True where one of some offers reaches whoever another of them does, wherever the loss lies: its share is the same for
/// all and nobody's is higher, nor is their approval.
fn one_reaches_all(
    input: &CellInput,
    offers: impl Iterator<Item = usize> + Clone,
    approval: impl Fn(&Offer) -> f64,
) -> bool {
    let offers = || offers.clone().map(|i| &input.offers[i]);
    let most = |o: &Offer| o.flat().map_or(o.highest_share, |(_, share)| share);
    let reaches = |wide: &Offer, share: f64, o: &Offer| share >= most(o) && approval(wide) >= approval(o);
    offers().nth(1).is_none()
        || offers().any(|wide| match wide.piece_shares.as_slice() {
            [Some(share)] => offers().all(|o| reaches(wide, *share, o)),
            _ => false,
        })
}

/// Sum over the nodes of the count of the offer that most file under there; `None` where another's level is higher, so
/// that it may reach people whom the widest does not.
fn widest(
    law: &CellLaw,
    input: &CellInput,
    offers: impl Iterator<Item = usize> + Clone,
    counts: &[f64],
    level: impl Fn(usize) -> usize,
) -> Option<f64> {
    let n = law.nodes();
    let highest = offers.clone().map(&level).max()?;
    // Of offers that are the same at any loss the widest is wider than the others everywhere.
    let same_for_all = |i: usize| input.offers[i].flat().map(|(_, share)| (share, level(i)));
    let flats = offers.clone().filter_map(|i| Some((same_for_all(i)?, i)));
    let widest_flat = flats.reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|(_, i)| i);
    let row = |i: usize| (&law.shares()[i * n..(i + 1) * n], &counts[i * n..(i + 1) * n], level(i));
    let rows: SmallVec<[_; 8]> =
        offers.filter(|i| same_for_all(*i).is_none() || Some(*i) == widest_flat).map(row).collect();
    let mut sum = 0.0;
    for j in 0..n {
        // Of equal shares the one with the higher level is the wider.
        let (mut widest, mut at_level, mut count) = (0.0, highest, 0.0);
        for &(shares, counts, l) in &rows {
            let share = shares[j];
            if share > widest || (share == widest && l > at_level) {
                (widest, at_level, count) = (share, l, counts[j]);
            }
        }
        if at_level < highest {
            return None;
        }
        sum += count;
    }
    Some(sum)
}
