//! Strips: how the people of a cell who are not drawn singly are spread. At each node of the loss axis the filing number
//! U is cut at the shares of all offers, and each strip of U at the approvals of the offers that are open in it. The
//! people of one such piece, an atom, have the same outcome under every guideline.

use super::CellInput;
use super::law::CellLaw;
use crate::model::MOST_RULES;

/// A set of offers, by bits.
pub type Set = u128;
const _: () = assert!(MOST_RULES <= Set::BITS as usize, "a cell has an offer of each rule at most");

/// An atom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Atom {
    /// Probability that one of the cell's people is in it.
    pub p: f64,
    /// Level of approval below which its people's V lies, and above the one before that its strip is cut at.
    pub level: usize,
}

/// A strip of U at a node, up to the share of an offer. Of offers with equal shares the second and later ones have
/// strips without atoms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strip {
    /// Offers whose share reaches over it: a place in the list of sets.
    pub open: u32,
    /// Its node.
    pub node: u32,
    /// End of its atoms; they begin where those of the strip before end.
    pub atoms: u32,
    /// The offer that ends with it, or [`NONE`].
    pub offer: u32,
}

/// Stands for no offer.
pub const NONE: u32 = u32::MAX;

/// All strips of a cell.
#[derive(Clone, Debug, Default)]
pub struct Strips {
    /// Share of the cell's people that they hold: the sum of all atoms.
    pub bulk: f64,
    /// Distinct approvals, rising, the last 1.
    pub levels: Vec<f64>,
    /// Level of each offer's approval.
    pub level_of: Vec<usize>,
    /// Offers that approve whoever is at a level.
    approving: Vec<Set>,
    /// Atoms by node and U.
    pub atoms: Vec<Atom>,
    /// Strips by node and U.
    pub strips: Vec<Strip>,
    /// Sets of offers that strips are open to; the first is empty.
    sets: Vec<Set>,
}

/// Memory for laying strips.
#[derive(Default)]
pub struct Bench {
    /// Offers by share, the lowest first.
    order: Vec<u32>,
    /// Share of each offer at the node.
    shares: Vec<f64>,
    /// Offers from each place of the order on: places in the list of sets.
    open: Vec<u32>,
    /// Their levels, by bits; the last bit stands for all levels from there on.
    levels: Vec<u64>,
    /// First place of the order above the ceiling.
    first: usize,
}

impl Strips {
    /// Lays the strips of a law.
    pub(super) fn lay(&mut self, law: &CellLaw, input: &CellInput, bench: &mut Bench) {
        self.find_levels(input);
        self.atoms.clear();
        self.strips.clear();
        self.sets.clear();
        self.sets.push(0);
        self.bulk = 0.0;
        let (n, offers) = (law.nodes(), input.offers.len());
        bench.order.clear();
        bench.order.extend(0..offers as u32);
        bench.shares.resize(offers, 0.0);
        bench.open.clear();
        bench.levels.clear();
        for (span, ceiling) in law.axis.spans.iter().zip(&law.singly.ceilings).filter(|(_, c)| **c < 1.0) {
            for j in span.nodes.0..span.nodes.1 {
                for (i, share) in bench.shares.iter_mut().enumerate() {
                    *share = law.share(i * n + j);
                }
                self.bulk += law.axis.nodes[j].weight * (1.0 - ceiling);
                bench.sort(*ceiling, &self.level_of, &mut self.sets);
                self.node(j, law.axis.nodes[j].weight, *ceiling, bench);
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
        let reached = |l: usize| {
            let reach = |i: &usize| self.level_of[*i] >= l && input.offers[*i].approval > 0.0;
            set((0..input.offers.len()).filter(reach))
        };
        self.approving.extend((0..levels.len()).map(reached));
    }

    fn node(&mut self, node: usize, weight: f64, ceiling: f64, bench: &Bench) {
        let Bench { order, shares, open, levels, first } = bench;
        let mut below = ceiling;
        for k in *first..order.len() {
            let u = shares[order[k] as usize];
            if u > below {
                self.split((u - below) * weight, levels[k]);
                below = u;
            }
            self.close(node, open[k], order[k]);
        }
        if below < 1.0 {
            self.split((1.0 - below) * weight, 0);
            self.close(node, 0, NONE);
        }
    }

    /// Adds the atoms of a strip, cut at the levels of the offers that are open in it.
    fn split(&mut self, share: f64, levels: u64) {
        let last = self.levels.len() - 1;
        let (mut below, mut rest) = (0.0, levels);
        while rest != 0 {
            let level = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let end = if level as u32 == u64::BITS - 1 { last } else { (level + 1).min(last) };
            for l in level..end {
                let v = self.levels[l];
                if v > below {
                    self.atoms.push(Atom { p: share * (v - below), level: l });
                    below = v;
                }
            }
        }
        self.atoms.push(Atom { p: share * (1.0 - below), level: last });
    }

    fn close(&mut self, node: usize, open: u32, offer: u32) {
        self.strips.push(Strip { open, node: node as u32, atoms: self.atoms.len() as u32, offer });
    }

    /// Tells for every atom its node, which of some offers its people are approved under, and an entry of `counts`.
    pub fn outcomes(&self, offers: Set, counts: &[f64], mut tell: impl FnMut(usize, Set, f64)) {
        let mut from = 0;
        for strip in &self.strips {
            let to = strip.atoms as usize;
            let open = self.sets[strip.open as usize] & offers;
            for (atom, people) in self.atoms[from..to].iter().zip(&counts[from..to]) {
                tell(strip.node as usize, open & self.approving[atom.level], *people);
            }
            from = to;
        }
    }
}

/// The set of some offers.
pub fn set(offers: impl Iterator<Item = usize>) -> Set {
    offers.fold(0, |set, i| set | 1 << i)
}

impl Bench {
    /// Puts the offers in order of their shares and notes which are open from each place on, where they are above the
    /// ceiling. The order of one node nearly always is that of the next.
    fn sort(&mut self, ceiling: f64, level_of: &[usize], sets: &mut Vec<Set>) {
        let Bench { order, shares, open, levels, first } = self;
        let mut same = open.len() == order.len() + 1;
        for a in 1..order.len() {
            let mut b = a;
            while b > 0 && shares[order[b] as usize] < shares[order[b - 1] as usize] {
                order.swap(b, b - 1);
                b -= 1;
                same = false;
            }
        }
        *first = order.iter().position(|o| shares[*o as usize] > ceiling).unwrap_or(order.len());
        if !same {
            open.resize(order.len() + 1, 0);
            levels.resize(order.len() + 1, 0);
            for k in (0..order.len()).rev() {
                open[k] = sets.len() as u32;
                sets.push(sets[open[k + 1] as usize] | 1 << order[k]);
                levels[k] = levels[k + 1] | 1 << level_of[order[k] as usize].min(63);
            }
        }
    }
}
