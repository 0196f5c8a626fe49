//! Worlds: the values of all quantities, drawn by inverse CDF, one number a replicate from each quantity's own stream.

use std::sync::Arc;

use rayon::prelude::*;

use crate::chance::copula::RankCorrelation;
use crate::chance::law::Law;
use crate::chance::memo::Memo;
use crate::chance::quantile_table::QuantileTable;
use crate::chance::stream::Stream;
use crate::model::{Quantities, Tail};

/// Tables of the laws met in this process: variants of a scenario share most of theirs.
static TABLES: Memo<Law, QuantileTable> = Memo::new();

/// Where worlds come from.
pub trait Worlds: Sync {
    /// Worlds of `count` replicates from `first`, as `[replicate][quantity]`.
    fn draw(&self, first: u64, count: usize) -> Vec<f64>;

    /// The number by which a replicate finds its chance: worlds that share it share their chance.
    fn chance(&self, replicate: u64) -> u64 {
        replicate
    }
}

/// Worlds that are written down: `[replicate][quantity]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// Number of quantities.
    pub quantities: usize,
    /// All values; at least as many worlds as the run has replicates.
    pub values: Vec<f64>,
}

impl Worlds for Given {
    fn draw(&self, first: u64, count: usize) -> Vec<f64> {
        let first = first as usize * self.quantities;
        self.values[first..first + count * self.quantities].to_vec()
    }
}

/// Worlds that are written down, each with the number of its chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// The worlds.
    pub given: Given,
    /// Number of the chance of each.
    pub chance: Vec<u64>,
}

impl Worlds for Chosen {
    fn draw(&self, first: u64, count: usize) -> Vec<f64> {
        self.given.draw(first, count)
    }

    fn chance(&self, replicate: u64) -> u64 {
        self.chance[replicate as usize]
    }
}

/// Draws the worlds of any range of replicates.
pub struct WorldSampler {
    constants: Vec<f64>,
    drawn: Vec<Drawn>,
    groups: Vec<Linked>,
}

struct Drawn {
    quantity: usize,
    stream: Stream,
    law: Law,
    /// Fast inverse for laws without a cheap one.
    table: Option<Arc<QuantileTable>>,
    /// What is drawn above it is taken as this.
    highest: f64,
}

/// A group of quantities with rank correlations: positions in `drawn`.
struct Linked {
    members: Vec<usize>,
    correlation: RankCorrelation,
    /// The common number of a t copula.
    mixing: Option<Stream>,
}

impl WorldSampler {
    /// Prepares the streams of a scenario's quantities.
    ///
    /// # Errors
    /// The correlations of a group are not positive definite (a checked scenario never gives this).
    pub fn new(quantities: &Quantities, seed: u64, randomisation: u32) -> Result<WorldSampler, String> {
        let mut drawn: Vec<Drawn> = Vec::new();
        let mut constants = vec![0.0; quantities.list.len()];
        for (i, q) in quantities.list.iter().enumerate() {
            match &q.law {
                Law::Constant(x) => constants[i] = *x,
                law => drawn.push(Drawn {
                    quantity: i,
                    stream: stream_of(quantities, i, seed, randomisation),
                    law: law.clone(),
                    table: None,
                    highest: q.unit.highest_draw(),
                }),
            }
        }
        // Tables take 1 to 6 ms each to make; whichever thread is free takes the next.
        let mut open: Vec<&mut Drawn> = drawn.iter_mut().filter(|d| needs_table(&d.law)).collect();
        open.par_iter_mut().with_max_len(1).for_each(|d| {
            d.table = Some(TABLES.get(&d.law, || QuantileTable::for_law(&d.law)));
        });
        let groups = linked_groups(quantities, &drawn, seed, randomisation)?;
        Ok(WorldSampler { constants, drawn, groups })
    }

    /// Number of quantities.
    pub fn quantities(&self) -> usize {
        self.constants.len()
    }

    /// Indices of the quantities that vary, in the order of [`Self::from_numbers`].
    pub fn uncertain(&self) -> impl Iterator<Item = usize> + '_ {
        self.drawn.iter().map(|d| d.quantity)
    }

    /// Worlds of `count` replicates from `first` made of other numbers in (0, 1) than the streams': one column for each
    /// of [`Self::uncertain`]. Rank correlations are put on; columns of one joint table should be equal.
    pub fn from_numbers(&self, u: Vec<Vec<f64>>, first: u64, count: usize) -> Vec<f64> {
        let mixing = self.groups.iter().filter_map(|g| g.mixing.as_ref()).map(|s| numbers(s, first, count)).collect();
        self.linked_worlds(u, mixing, count)
    }

    /// Worlds of one column of numbers for each uncertain quantity and one for each t copula.
    fn linked_worlds(&self, mut u: Vec<Vec<f64>>, mixing: Vec<Vec<f64>>, count: usize) -> Vec<f64> {
        let mut mixing = mixing.iter();
        for group in &self.groups {
            link(group, &mut u, group.mixing.as_ref().and_then(|_| mixing.next()), count);
        }
        self.from_ranks(&u, count)
    }

    /// Worlds of the ranks themselves, a column for each of [`Self::uncertain`]: what hangs together already does.
    pub fn from_ranks(&self, ranks: &[Vec<f64>], count: usize) -> Vec<f64> {
        let mut worlds = self.constants.repeat(count);
        for (d, column) in self.drawn.iter().zip(ranks) {
            for (r, p) in column.iter().enumerate() {
                let x = d.table.as_ref().map_or_else(|| d.law.quantile(*p), |t| t.quantile(*p));
                worlds[r * self.constants.len() + d.quantity] = x.min(d.highest);
            }
        }
        worlds
    }
}

/// Coordinates of worlds: independent numbers, uniform in (0, 1), that a world is a function of. One for each uncertain
/// quantity (the columns of a joint table share one), and one for each t copula.
impl WorldSampler {
    /// Number of coordinates.
    pub fn coordinates(&self) -> usize {
        let copulas = self.groups.iter().filter(|g| g.mixing.is_some()).count();
        self.slots().iter().map(|s| s + 1).max().unwrap_or(0) + copulas
    }

    /// Coordinate of each uncertain quantity's own number.
    fn slots(&self) -> Vec<usize> {
        let (mut slots, mut next) = (Vec::with_capacity(self.drawn.len()), 0);
        for (i, d) in self.drawn.iter().enumerate() {
            let twin = match &d.law {
                Law::JointColumn { table, .. } => self.drawn[..i]
                    .iter()
                    .position(|e| matches!(&e.law, Law::JointColumn { table: other, .. } if other == table)),
                _ => None,
            };
            slots.push(twin.map_or(next, |t| slots[t]));
            next += usize::from(twin.is_none());
        }
        slots
    }

    /// The coordinates that [`Worlds::draw`] makes its worlds of: `[replicate][coordinate]`.
    pub fn own_coordinates(&self, first: u64, count: usize) -> Vec<f64> {
        let width = self.coordinates();
        let mut all = vec![0.0; count * width];
        let mut put = |at: usize, column: &[f64]| (0..count).for_each(|r| all[r * width + at] = column[r]);
        for (d, slot) in self.drawn.iter().zip(self.slots()) {
            put(slot, &numbers(&d.stream, first, count));
        }
        let mixing: Vec<&Stream> = self.groups.iter().filter_map(|g| g.mixing.as_ref()).collect();
        for (k, stream) in mixing.iter().enumerate() {
            put(width - mixing.len() + k, &numbers(stream, first, count));
        }
        all
    }

    /// Worlds made of coordinates, `[replicate][coordinate]`.
    pub fn from_coordinates(&self, all: &[f64]) -> Vec<f64> {
        let width = self.coordinates();
        let count = all.len().checked_div(width).unwrap_or(0);
        let column = |at: usize| -> Vec<f64> { (0..count).map(|r| all[r * width + at]).collect() };
        let u = self.slots().into_iter().map(column).collect();
        let copulas = self.groups.iter().filter(|g| g.mixing.is_some()).count();
        let mixing = (width - copulas..width).map(column).collect();
        self.linked_worlds(u, mixing, count)
    }

    /// Quantities that depend on a coordinate, and with each the others of its group.
    pub fn depend_on(&self, coordinate: usize) -> Vec<usize> {
        let slots = self.slots();
        let copulas = self.groups.iter().filter(|g| g.mixing.is_some()).count();
        let first_copula = self.coordinates() - copulas;
        let mut touched: Vec<usize> = (0..slots.len()).filter(|i| slots[*i] == coordinate).collect();
        let mut copula = first_copula;
        for group in &self.groups {
            let own = group.mixing.is_some();
            if group.members.iter().any(|m| touched.contains(m)) || (own && copula == coordinate) {
                touched.extend(&group.members);
            }
            copula += usize::from(own);
        }
        touched.sort_unstable();
        touched.dedup();
        touched.into_iter().map(|i| self.drawn[i].quantity).collect()
    }
}

impl Worlds for WorldSampler {
    fn draw(&self, first: u64, count: usize) -> Vec<f64> {
        self.from_numbers(self.drawn.iter().map(|d| numbers(&d.stream, first, count)).collect(), first, count)
    }
}

/// Columns of one joint table share a stream, so that rows are drawn whole; every other quantity has its own.
fn stream_of(quantities: &Quantities, index: usize, seed: u64, randomisation: u32) -> Stream {
    match &quantities.list[index].law {
        Law::JointColumn { table, .. } => {
            let id = quantities.tables.get(*table).map_or("", |t| t.id.as_str());
            Stream::named(seed, randomisation, "joint", id)
        }
        _ => Stream::named(seed, randomisation, "world", &quantities.list[index].path),
    }
}

fn needs_table(law: &Law) -> bool {
    matches!(
        law,
        Law::Beta { .. }
            | Law::Gamma { .. }
            | Law::Pert { .. }
            | Law::Discrete { .. }
            | Law::Empirical { .. }
            | Law::JointColumn { .. }
    )
}

fn numbers(stream: &Stream, first: u64, count: usize) -> Vec<f64> {
    let mut stream = stream.clone();
    let at = stream.at_number(first);
    (0..count).map(|_| at.uniform()).collect()
}

fn link(group: &Linked, u: &mut [Vec<f64>], mixing: Option<&Vec<f64>>, count: usize) {
    let mut row = vec![0.0; group.members.len()];
    for r in 0..count {
        for (x, m) in row.iter_mut().zip(&group.members) {
            *x = u[*m][r];
        }
        match mixing {
            Some(w) => group.correlation.apply_student(&mut row, w[r]),
            None => group.correlation.apply(&mut row),
        }
        for (x, m) in row.iter().zip(&group.members) {
            u[*m][r] = *x;
        }
    }
}

fn linked_groups(
    quantities: &Quantities,
    drawn: &[Drawn],
    seed: u64,
    randomisation: u32,
) -> Result<Vec<Linked>, String> {
    let position = |q: crate::model::Q| drawn.iter().position(|d| d.quantity == q.0 as usize);
    let links: Vec<(usize, usize, f64, Tail)> =
        quantities.links.iter().filter_map(|l| Some((position(l.a)?, position(l.b)?, l.rho, l.tail))).collect();
    let mut group_of: Vec<usize> = (0..drawn.len()).collect();
    loop {
        let mut changed = false;
        for (a, b, ..) in &links {
            let low = group_of[*a].min(group_of[*b]);
            changed |= group_of[*a] != low || group_of[*b] != low;
            group_of[*a] = low;
            group_of[*b] = low;
        }
        if !changed {
            break;
        }
    }
    let mut groups = Vec::new();
    for root in 0..drawn.len() {
        let members: Vec<usize> = (0..drawn.len()).filter(|i| group_of[*i] == root).collect();
        if members.len() < 2 {
            continue;
        }
        let local = |i: usize| members.iter().position(|m| *m == i);
        let inside: Vec<(usize, usize, f64)> =
            links.iter().filter_map(|(a, b, rho, _)| Some((local(*a)?, local(*b)?, *rho))).collect();
        let tail = links.iter().find(|(a, ..)| members.contains(a)).map_or(Tail::Gaussian, |l| l.3);
        let name = &quantities.list[drawn[members[0]].quantity].path;
        let (nu, mixing) = match tail {
            Tail::Gaussian => (None, None),
            Tail::Student(nu) => (Some(nu), Some(Stream::named(seed, randomisation, "copula", name))),
        };
        let correlation = RankCorrelation::new(members.len(), &inside, nu).map_err(|e| e.to_string())?;
        groups.push(Linked { members, correlation, mixing });
    }
    Ok(groups)
}
