//! Strips: how the people of a cell who are not drawn singly are spread. At each node of the loss axis the filing number
//! U is cut at the shares of all offers, and each strip of U at the approvals of the offers that are open in it. The
//! people of one such piece, an atom, have the same outcome under every guideline.
//!
//! Offers ordered by share are in the same order at most nodes, so how U and V are cut is noted once for an order: an
//! [`Arrangement`]. A node then is a row of atoms that an arrangement explains.

use super::CellInput;
use super::law::CellLaw;
use crate::model::MOST_RULES;

/// A set of offers, or of levels, by bits. Of all offers of a cell it takes as many of them as hold these, mostly one.
pub type Set = u128;
/// Offers that one of them holds.
const BITS: usize = Set::BITS as usize;
const _: () = assert!(MOST_RULES <= BITS, "a guideline has an offer of each of its rules at most");

/// Some offers of one guideline: those that stand at bits of a set, counted from the first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chosen {
    /// The first of them.
    pub first: usize,
    set: Set,
}

/// The atoms of a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The node.
    pub node: usize,
    /// How its atoms are cut: a place in the list of arrangements.
    pub arrangement: usize,
    /// First strip of the arrangement that has atoms here: those below are drawn singly.
    pub first: usize,
    /// Its atoms: first and end.
    pub atoms: (usize, usize),
}

/// An order of the offers by share, and how strips are cut under it. Strip k reaches from the share of the offer before
/// to that of the offer at place k; the last one to 1. Where two shares are equal a strip has no width and its atoms no
/// people.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrangement {
    /// Offers, the lowest share first, each with the level of its approval.
    pub order: Vec<(usize, usize)>,
    /// Offers open in each strip: those from its place on, in so many sets a strip.
    open: Vec<Set>,
    /// Levels of the offers that are open in each strip, but the last level: nobody need be told apart above it.
    open_levels: Vec<Set>,
    /// Cuts of V in all strips, strip by strip.
    pub cuts: Vec<Cut>,
    /// Where the cuts of each strip begin, and the end of the last.
    pub starts: Vec<usize>,
}

/// A stretch of V in a strip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    /// Length.
    pub length: f64,
    /// Strip.
    pub strip: u32,
    /// Level of approval below which V lies there, and above the one before that the strip is cut at.
    pub level: u32,
}

/// All strips of a cell.
#[derive(Clone, Debug, Default)]
pub struct Strips {
    /// Share of the cell's people that they hold: the sum of all atoms.
    pub bulk: f64,
    /// Distinct approvals, rising, the last 1.
    pub levels: Vec<f64>,
    /// Level of each offer's approval.
    pub level_of: Vec<usize>,
    /// Offers that approve whoever is at a level, in so many sets a level.
    approving: Vec<Set>,
    /// Sets that the offers take.
    sets: usize,
    /// Probability of each atom, by node, U and V.
    pub atoms: Vec<f64>,
    /// Atoms by node.
    pub rows: Vec<Row>,
    /// Arrangements; those from `arranged` on only keep their memory.
    arrangements: Vec<Arrangement>,
    arranged: usize,
}

/// Memory for laying strips.
#[derive(Default)]
pub struct Bench {
    /// Offers by share at the node before, the lowest first.
    order: Vec<usize>,
    /// Their shares at the node, between 0 and 1 at the ends: strip k lies between entries k and k + 1.
    shares: Vec<f64>,
    /// Offers whose shares vary with the loss, and their places in the order.
    varying: Vec<(usize, usize)>,
    /// Width of each strip, as a probability.
    widths: Vec<f64>,
}

impl Strips {
    /// Lays the strips of a law.
    pub(super) fn lay(&mut self, law: &CellLaw, input: &CellInput, bench: &mut Bench) {
        self.find_levels(input);
        self.atoms.clear();
        self.rows.clear();
        self.arranged = 0;
        self.bulk = 0.0;
        bench.begin(input);
        let mut turns = law.turns().iter().peekable();
        for (span, ceiling) in law.axis.spans.iter().zip(&law.singly.ceilings).filter(|(_, c)| **c < 1.0) {
            for node in span.nodes.0..span.nodes.1 {
                let weight = law.axis.nodes[node].weight;
                self.bulk += weight * (1.0 - ceiling);
                let mut all = self.arranged == 0;
                while turns.next_if(|turn| **turn <= node).is_some() {
                    all = true;
                }
                if bench.sort(law, node, all) || self.arranged == 0 {
                    self.arrange(&bench.order);
                }
                let first = bench.widths(*ceiling, weight);
                self.row(node, first, bench);
            }
        }
    }

    fn find_levels(&mut self, input: &CellInput) {
        self.levels.clear();
        self.levels.extend(input.offers.iter().map(|o| o.approval));
        self.levels.push(1.0);
        self.levels.sort_unstable_by(f64::total_cmp);
        self.levels.dedup();
        let levels = &self.levels;
        self.level_of.clear();
        let level = |a: f64| levels.iter().position(|l| *l == a).unwrap_or(levels.len() - 1);
        self.level_of.extend(input.offers.iter().map(|o| level(o.approval)));
        self.approving.clear();
        self.sets = input.offers.len().div_ceil(BITS).max(1);
        self.approving.resize(levels.len() * self.sets, 0);
        for (offer, _) in input.offers.iter().enumerate().filter(|(_, o)| o.approval > 0.0) {
            put(&mut self.approving[self.level_of[offer] * self.sets..], offer);
        }
        // Whoever is at a level is approved by the offers of all levels above it too.
        for at in (self.sets..self.approving.len()).rev() {
            self.approving[at - self.sets] |= self.approving[at];
        }
    }

    /// Adds the arrangement of an order.
    fn arrange(&mut self, order: &[usize]) {
        if self.arranged == self.arrangements.len() {
            self.arrangements.push(Arrangement::default());
        }
        self.arrangements[self.arranged].fill(order, &self.levels, &self.level_of, self.sets);
        self.arranged += 1;
    }

    /// Adds the atoms of a node, cut by the latest arrangement.
    fn row(&mut self, node: usize, first: usize, bench: &Bench) {
        let arrangement = self.arranged - 1;
        let from = self.atoms.len();
        let Arrangement { cuts, starts, .. } = &self.arrangements[arrangement];
        self.atoms.extend(cuts[starts[first]..].iter().map(|c| bench.widths[c.strip as usize] * c.length));
        self.rows.push(Row { node, arrangement, first, atoms: (from, self.atoms.len()) });
    }

    /// How the atoms of a row are cut.
    pub fn arrangement(&self, row: &Row) -> &Arrangement {
        &self.arrangements[row.arrangement]
    }

    /// Tells for every atom its node, which of some offers its people are approved under (bits from the first of them
    /// on), and an entry of `counts`.
    pub fn outcomes(&self, offers: Chosen, counts: &[f64], mut tell: impl FnMut(usize, Set, f64)) {
        for row in &self.rows {
            let Arrangement { open, cuts, starts, .. } = self.arrangement(row);
            for (cut, people) in cuts[starts[row.first]..].iter().zip(&counts[row.atoms.0..row.atoms.1]) {
                let approved = if self.sets == 1 {
                    (open[cut.strip as usize] & self.approving[cut.level as usize]) >> offers.first
                } else {
                    let part =
                        |list: &[Set], of: u32| from(&list[of as usize * self.sets..][..self.sets], offers.first);
                    part(open, cut.strip) & part(&self.approving, cut.level)
                };
                tell(row.node, approved & offers.set, *people);
            }
        }
    }
}

/// Puts an offer or a level into the sets that hold its kind.
fn put(sets: &mut [Set], at: usize) {
    sets[at / BITS] |= 1 << (at % BITS);
}

/// What an offer or a level is in one of the sets that hold its kind.
fn bit(at: usize, set: usize) -> Set {
    if at / BITS == set { 1 << (at % BITS) } else { 0 }
}

/// Tells the bits of a set, rising.
#[inline]
fn each(set: Set, mut tell: impl FnMut(usize)) {
    // Words of 64 bits are what a processor knows; mostly the second is empty.
    for (from, mut word) in [(0, set as u64), (64, (set >> 64) as u64)] {
        while word != 0 {
            tell(from + word.trailing_zeros() as usize);
            word &= word - 1;
        }
    }
}

/// The bits from one on, as many as a set has.
fn from(sets: &[Set], first: usize) -> Set {
    let (at, shift) = (first / BITS, first % BITS);
    let next = if shift > 0 { sets.get(at + 1).copied().unwrap_or(0) << (BITS - shift) } else { 0 };
    sets[at] >> shift | next
}

impl Arrangement {
    fn fill(&mut self, order: &[usize], levels: &[f64], level_of: &[usize], sets: usize) {
        let last = levels.len() - 1;
        self.order.clear();
        self.order.extend(order.iter().map(|offer| (*offer, level_of[*offer])));
        let strips = order.len() + 1;
        self.open.resize(strips * sets, 0);
        self.open_levels.resize(strips * sets, 0);
        for set in 0..sets {
            // From the last strip down, in which nothing is open.
            let (mut open, mut open_levels) = (0, 0);
            for strip in (0..strips).rev() {
                if let Some(&(offer, level)) = self.order.get(strip) {
                    open |= bit(offer, set);
                    open_levels |= if level < last { bit(level, set) } else { 0 };
                }
                self.open[strip * sets + set] = open;
                self.open_levels[strip * sets + set] = open_levels;
            }
        }
        self.cuts.clear();
        self.starts.clear();
        for strip in 0..=order.len() {
            self.starts.push(self.cuts.len());
            let mut below = 0.0;
            for (at, set) in self.open_levels[strip * sets..][..sets].iter().enumerate() {
                each(*set, |bit| {
                    let (level, upto) = (at * BITS + bit, levels[at * BITS + bit]);
                    if upto > below {
                        self.cuts.push(Cut { length: upto - below, strip: strip as u32, level: level as u32 });
                        below = upto;
                    }
                });
            }
            self.cuts.push(Cut { length: 1.0 - below, strip: strip as u32, level: last as u32 });
        }
        self.starts.push(self.cuts.len());
    }
}

/// Some offers of one guideline, which stand side by side.
pub fn chosen(offers: impl Iterator<Item = usize> + Clone) -> Chosen {
    let first = offers.clone().min().unwrap_or(0);
    Chosen { first, set: offers.fold(0, |set, i| set | 1 << (i - first)) }
}

impl Bench {
    fn begin(&mut self, input: &CellInput) {
        let offers = input.offers.len();
        self.order.clear();
        self.order.extend(0..offers);
        self.shares.clear();
        self.shares.resize(offers + 1, 0.0);
        self.shares.push(1.0);
        self.widths.resize(offers + 1, 0.0);
        self.varying.clear();
        self.varying.extend((0..offers).filter(|i| input.offers[*i].varies()).map(|i| (i, i)));
    }

    /// Finds the shares at a node and puts the offers in their order. True when it is not that of the node before. Unless
    /// `all` is true only shares that vary with the loss differ from those at the node before.
    fn sort(&mut self, law: &CellLaw, node: usize, all: bool) -> bool {
        let (of, nodes) = (law.shares(), law.nodes());
        let sorted = if all {
            for (share, offer) in self.shares[1..].iter_mut().zip(&self.order) {
                *share = of[offer * nodes + node];
            }
            self.shares.is_sorted()
        } else {
            for &(offer, place) in &self.varying {
                self.shares[place + 1] = of[offer * nodes + node];
            }
            self.varying.iter().all(|&(_, place)| {
                let [below, share, above] = [0, 1, 2].map(|k| self.shares[place + k]);
                below <= share && share <= above
            })
        };
        if sorted {
            return false;
        }
        let Bench { order, shares, varying, .. } = self;
        for a in 1..order.len() {
            let mut b = a;
            while b > 0 && shares[b + 1] < shares[b] {
                order.swap(b, b - 1);
                shares.swap(b + 1, b);
                b -= 1;
            }
        }
        for (offer, place) in varying {
            *place = order.iter().position(|o| o == offer).unwrap_or(*place);
        }
        true
    }

    /// Widths of the strips above a ceiling, at a node of this weight; the first of them.
    fn widths(&mut self, ceiling: f64, weight: f64) -> usize {
        let last = self.widths.len() - 1;
        for (width, ends) in self.widths.iter_mut().zip(self.shares.array_windows()) {
            let [below, share] = ends;
            *width = (share - below) * weight;
        }
        let first = self.shares[1..=last].iter().position(|share| *share > ceiling).unwrap_or(last);
        self.widths[first] = (self.shares[first + 1] - ceiling) * weight;
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of 300 offers, which take three sets, every strip has the offers from its place on and cuts of V at their
    /// approvals, and any of a guideline can be asked for wherever they stand.
    #[test]
    fn sets_of_many_offers_hold_what_each_offer_says() {
        let n = 300;
        let order: Vec<usize> = (0..n).map(|k| (k * 7 + 3) % n).collect();
        let levels: Vec<f64> = (1..=n + 1).map(|l| l as f64 / (n + 1) as f64).collect();
        let level_of: Vec<usize> = (0..n).map(|i| (i * 11 + 5) % n).collect();
        let sets = n.div_ceil(BITS);
        let mut cut = Arrangement::default();
        cut.fill(&order, &levels, &level_of, sets);
        for strip in [0, 1, 100, 171, 172, 299, 300] {
            let open: Vec<usize> = order[strip..].to_vec();
            for first in [0, 1, 100, 127, 128, 129, 250, 299] {
                let end = (first + BITS).min(n);
                let bits = from(&cut.open[strip * sets..][..sets], first);
                for offer in first..end {
                    assert_eq!(bits >> (offer - first) & 1 == 1, open.contains(&offer), "strip {strip}, offer {offer}");
                }
            }
            let mut wanted: Vec<usize> = open.iter().map(|o| level_of[*o]).collect();
            wanted.sort_unstable();
            wanted.push(n);
            let cuts = &cut.cuts[cut.starts[strip]..cut.starts[strip + 1]];
            assert_eq!(cuts.iter().map(|c| c.level as usize).collect::<Vec<_>>(), wanted, "strip {strip}");
            assert!((cuts.iter().map(|c| c.length).sum::<f64>() - 1.0).abs() < 1e-12);
        }
        assert_eq!(chosen([130, 132].into_iter()), Chosen { first: 130, set: 0b101 });
    }
}
