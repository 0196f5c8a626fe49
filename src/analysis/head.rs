//! Totals of the first worlds, kept as they came: what twins are set against, and what figures of distributions use.

use super::findings::Sample;
use super::totals::Totals;
use crate::engine::outcome::{Block, COMMON, GUIDED, Shape};

/// Most worlds whose totals are kept.
pub const HEAD: usize = 10_000;

/// Keeps the totals of the first worlds of a stream of blocks.
#[derive(Clone, Debug)]
pub struct Head {
    sample: Sample,
    shape: Shape,
}

impl Head {
    /// Nothing kept yet; room for `planned` worlds, at most [`HEAD`].
    pub fn new(shape: Shape, planned: u64) -> Head {
        let room = HEAD.min(planned.try_into().unwrap_or(HEAD));
        let columns = |n: usize| (0..n).map(|_| Vec::with_capacity(room)).collect::<Vec<Vec<f64>>>();
        let guided = (0..shape.guidelines).map(|_| columns(GUIDED.len())).collect();
        Head { sample: Sample { replicates: 0, guided, common: columns(COMMON.len()) }, shape }
    }

    /// Number of worlds kept.
    pub fn replicates(&self) -> usize {
        self.sample.replicates
    }

    /// Adds the worlds of a block while there is room.
    pub fn add(&mut self, block: &Block) {
        let room = HEAD - self.replicates();
        for r in 0..block.replicates.min(room) {
            let totals = Totals::of(block, self.shape, r);
            push(&mut self.sample.common, totals.common());
            for (g, columns) in self.sample.guided.iter_mut().enumerate() {
                push(columns, totals.guided(g));
            }
            self.sample.replicates += 1;
        }
    }

    /// The totals kept.
    pub fn sample(&self) -> &Sample {
        &self.sample
    }

    /// The totals kept, by value.
    pub fn into_sample(self) -> Sample {
        self.sample
    }
}

fn push(columns: &mut [Vec<f64>], values: &[f64]) {
    for (column, &value) in columns.iter_mut().zip(values) {
        column.push(value);
    }
}
