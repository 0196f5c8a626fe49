//! The design behind Sobol' indices: two independent samples A and B of the inputs, and A with some inputs taken from B.
//!
//! A model may have chance of its own. It is frozen: row r of A, and of A with some inputs from B, meet the same chance, so
//! that chance adds no noise to what is compared (fresh chance would add its own share to every total index). B meets other
//! chance, and A is run once more with B's: what the two runs of A do not share is the chance inside a world.

use crate::stats::Estimate;
use crate::stats::sobol::{Design, Indices, Resamples};

/// Something to be run row by row.
pub trait Model {
    /// What can go wrong.
    type Error;

    /// Outputs `[output][row]` of input rows; the chance of a row hangs on its number alone.
    ///
    /// # Errors
    /// The model's own.
    fn run(&mut self, rows: Vec<f64>) -> Result<Vec<Vec<f64>>, Self::Error>;
}

/// Both samples and their outputs.
pub struct Base {
    /// Inputs of a row.
    pub width: usize,
    /// Sample A: `[row][input]`.
    pub a: Vec<f64>,
    b: Vec<f64>,
    /// Outputs of A: `[output][row]`.
    pub at_a: Vec<Vec<f64>>,
    at_b: Vec<Vec<f64>>,
    again: Vec<Vec<f64>>,
    /// Bootstrap resamples of the rows.
    pub resamples: Resamples,
}

/// Bootstrap resamples.
const RESAMPLES: usize = 200;

impl Base {
    /// Runs both samples.
    ///
    /// # Errors
    /// The model's own.
    pub fn new<M: Model>(
        model: &mut M,
        (a, b): (Vec<f64>, Vec<f64>),
        width: usize,
        seed: u64,
    ) -> Result<Base, M::Error> {
        let rows = a.len() / width.max(1);
        let all = model.run([&a[..], &b[..], &a[..]].concat())?;
        let part = |from: usize| all.iter().map(|y| y[from..from + rows].to_vec()).collect::<Vec<Vec<f64>>>();
        let (at_a, at_b) = (part(0), part(rows));
        // The third run has the numbers 2N to 3N, so chance of its own as well.
        let again = part(2 * rows);
        Ok(Base { width, a, b, at_a, at_b, again, resamples: Resamples::new(rows, RESAMPLES, seed) })
    }

    /// Rows of each sample.
    pub fn rows(&self) -> usize {
        self.a.len() / self.width.max(1)
    }

    /// Sample A with some inputs (columns) from B.
    fn swapped(&self, columns: &[usize]) -> Vec<f64> {
        let mut out = self.a.clone();
        for (to, from) in out.chunks_exact_mut(self.width).zip(self.b.chunks_exact(self.width)) {
            columns.iter().for_each(|c| to[*c] = from[*c]);
        }
        out
    }

    /// The design of an output.
    pub fn design(&self, output: usize) -> Design<'_> {
        Design { a: &self.at_a[output], b: &self.at_b[output], resamples: &self.resamples }
    }

    /// Indices of a set of inputs taken together, for each output: one run of as many rows.
    ///
    /// # Errors
    /// The model's own.
    pub fn indices<M: Model>(&self, model: &mut M, columns: &[usize]) -> Result<Vec<Indices>, M::Error> {
        let found = model.run(self.swapped(columns))?;
        Ok(found.iter().enumerate().map(|(i, ab)| self.design(i).indices(ab)).collect())
    }

    /// The share of each output's variance that is chance inside a world.
    pub fn chance(&self) -> Vec<Estimate> {
        (0..self.at_a.len()).map(|i| self.design(i).chance(&self.again[i])).collect()
    }

    /// Mean and standard deviation of an output over both samples.
    pub fn spread(&self, output: usize) -> (f64, f64) {
        let all: Vec<f64> = self.at_a[output].iter().chain(&self.at_b[output]).copied().collect();
        let moments = crate::stats::Moments::of(&all);
        (moments.mean().value, moments.variance().sqrt())
    }
}
