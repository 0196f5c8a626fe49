//! The totals of one world under every guideline, as a small table that the running statistics read.

use crate::engine::outcome::{Block, COMMON, GUIDED, Shape};

/// Totals of one world: the common measures and, by guideline, the guided ones.
#[derive(Clone, Copy, Debug)]
pub struct Totals<'a> {
    block: &'a Block,
    shape: Shape,
    replicate: usize,
}

impl<'a> Totals<'a> {
    /// Totals of the `replicate`-th world of a block.
    pub fn of(block: &'a Block, shape: Shape, replicate: usize) -> Totals<'a> {
        Totals { block, shape, replicate }
    }

    /// Common measures, in the order of [`COMMON`].
    pub fn common(&self) -> &'a [f64] {
        let at = self.shape.common(self.replicate, 0, 0);
        &self.block.common[at..at + COMMON.len()]
    }

    /// Measures under a guideline, in the order of [`GUIDED`].
    pub fn guided(&self, guideline: usize) -> &'a [f64] {
        let at = self.shape.guided(self.replicate, guideline, 0, 0);
        &self.block.guided[at..at + GUIDED.len()]
    }

    /// Factor of a guideline's pool.
    pub fn pool_factor(&self, guideline: usize) -> f64 {
        self.block.pool_factor[self.replicate * self.shape.guidelines + guideline]
    }

    /// Values of all quantities.
    pub fn world(&self) -> &'a [f64] {
        let at = self.replicate * self.shape.quantities;
        &self.block.worlds[at..at + self.shape.quantities]
    }
}
