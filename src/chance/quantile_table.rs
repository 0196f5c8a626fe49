//! Fast approximate quantile functions for hot loops, verified against the exact ones when they are built.
//!
//! Each tail is cut into octaves of its probability (1/4 to 1/2, 1/8 to 1/4, ...), each octave into 2^m equal cells,
//! each cell a cubic through four values and checked at three more. The cell of a probability is read from the bits of
//! the double, so a look-up needs no logarithm. An octave in which even the finest cells miss the tolerance, and
//! everything below the last octave, goes to the exact function.
//!
//! Exact values are costly where the inverse is a search. Most of those that the cells ask for come from an
//! interpolant through fewer exact ones (`blocks.rs`), checked to a hundredth of the tolerance.

mod blocks;
mod octaves;
mod steps;

use std::fmt;
use std::sync::Arc;

use crate::chance::law::Law;
use crate::chance::severity::Severity;
use octaves::Tail;
use steps::Steps;

/// How exact a table must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TableOptions {
    /// Largest error, relative to the value (plus `floor` times the size of the median or the quartile distance).
    pub tolerance: f64,
    /// Absolute error always forgiven, relative to the law's scale; larger than `tolerance` only for values that
    /// cross zero, where a relative error has no meaning.
    pub floor: f64,
    /// Octaves of each tail before the exact function takes over; 60 reach 1e-18.
    pub octaves: u32,
    /// An octave is cut into at most 2^`finest` cells.
    pub finest: u32,
}

impl Default for TableOptions {
    fn default() -> Self {
        TableOptions { tolerance: 1e-7, floor: 1e-15, octaves: 60, finest: 10 }
    }
}

type Inverse = dyn Fn(f64) -> f64 + Send + Sync;

/// The exact quantile function and the exact one by the upper tail.
#[derive(Clone)]
struct Exact {
    quantile: Arc<Inverse>,
    quantile_sf: Arc<Inverse>,
}

/// A quantile function, as a table where that is exact enough.
#[derive(Clone)]
pub struct QuantileTable(Kind);

#[derive(Clone)]
enum Kind {
    Smooth { lower: Tail, upper: Tail, exact: Exact },
    Steps(Steps),
    Exact(Exact),
}

impl QuantileTable {
    /// A table of `quantile` (of the probability below) and `quantile_sf` (of the probability above), which must be
    /// the same smooth, rising function seen from its two ends.
    pub fn new<F, G>(quantile: F, quantile_sf: G, options: TableOptions) -> QuantileTable
    where
        F: Fn(f64) -> f64 + Send + Sync + 'static,
        G: Fn(f64) -> f64 + Send + Sync + 'static,
    {
        let exact = Exact { quantile: Arc::new(quantile), quantile_sf: Arc::new(quantile_sf) };
        let median = (exact.quantile)(0.5);
        let spread = (exact.quantile_sf)(0.25) - (exact.quantile)(0.25);
        let forgiven = options.floor * median.abs().max(spread.abs());
        let lower = Tail::build(&*exact.quantile, 1.0, median, forgiven, options);
        let upper = Tail::build(&*exact.quantile_sf, -1.0, median, forgiven, options);
        QuantileTable(Kind::Smooth { lower, upper, exact })
    }

    /// The table of a severity.
    pub fn for_severity(severity: &Severity) -> QuantileTable {
        if let Some((values, weights)) = severity.atoms() {
            return QuantileTable(Kind::Steps(Steps::new(values, weights)));
        }
        let (a, b) = (severity.clone(), severity.clone());
        if !severity.point_masses().is_empty() {
            // Jumps inside a smooth law: no cubic is close to them.
            return QuantileTable::exact(move |u| a.quantile(u), move |q| b.quantile_sf(q));
        }
        // Mean one: 1e-15 of the mean loss is no money.
        let (median, quarter) = (severity.quantile(0.5), severity.quantile(0.25));
        let scale = median.abs().max((severity.quantile_sf(0.25) - quarter).abs());
        let floor = if scale > 0.0 { 1e-15 / scale } else { 0.0 };
        let options = TableOptions { floor, ..TableOptions::default() };
        QuantileTable::new(move |u| a.quantile(u), move |q| b.quantile_sf(q), options)
    }

    /// The table of a law.
    pub fn for_law(law: &Law) -> QuantileTable {
        let (a, b) = (law.clone(), law.clone());
        let floor = if law.support().0 < 0.0 { 1e-7 } else { 1e-15 };
        match law {
            Law::Discrete { values, weights } | Law::JointColumn { values, weights, .. } => {
                QuantileTable(Kind::Steps(Steps::new(values, weights)))
            }
            Law::Empirical { values } => QuantileTable(Kind::Steps(Steps::new(values, &vec![1.0; values.len()]))),
            Law::Constant(_) | Law::Uniform { .. } | Law::Triangular { .. } | Law::TruncatedNormal { .. } => {
                QuantileTable::exact(move |u| a.quantile(u), move |q| b.quantile_sf(q))
            }
            _ => {
                let options = TableOptions { floor, ..TableOptions::default() };
                QuantileTable::new(move |u| a.quantile(u), move |q| b.quantile_sf(q), options)
            }
        }
    }

    /// No table: every call goes to the functions given.
    pub fn exact<F, G>(quantile: F, quantile_sf: G) -> QuantileTable
    where
        F: Fn(f64) -> f64 + Send + Sync + 'static,
        G: Fn(f64) -> f64 + Send + Sync + 'static,
    {
        QuantileTable(Kind::Exact(Exact { quantile: Arc::new(quantile), quantile_sf: Arc::new(quantile_sf) }))
    }

    /// The value below which the share `u` (0 to 1) lies.
    #[inline]
    pub fn quantile(&self, u: f64) -> f64 {
        match &self.0 {
            Kind::Smooth { lower, upper, exact } => {
                if u < 0.5 {
                    lower.at(u).unwrap_or_else(|| (exact.quantile)(u))
                } else {
                    upper.at(1.0 - u).unwrap_or_else(|| (exact.quantile)(u))
                }
            }
            Kind::Steps(steps) => steps.at(u),
            Kind::Exact(exact) => (exact.quantile)(u),
        }
    }

    /// The value above which the share `q` lies, for tails far smaller than `1.0 - q` can express.
    #[inline]
    pub fn quantile_sf(&self, q: f64) -> f64 {
        match &self.0 {
            Kind::Smooth { lower, upper, exact } => {
                if q < 0.5 {
                    upper.at(q).unwrap_or_else(|| (exact.quantile_sf)(q))
                } else {
                    lower.at(1.0 - q).unwrap_or_else(|| (exact.quantile_sf)(q))
                }
            }
            Kind::Steps(steps) => steps.at(1.0 - q),
            Kind::Exact(exact) => (exact.quantile_sf)(q),
        }
    }

    /// Number of cells in the table; 0 where every call is exact.
    pub fn cells(&self) -> usize {
        match &self.0 {
            Kind::Smooth { lower, upper, .. } => lower.cells() + upper.cells(),
            Kind::Steps(steps) => steps.len(),
            Kind::Exact(_) => 0,
        }
    }

    /// Number of octaves, of both tails, whose probabilities go to the exact function.
    pub fn exact_octaves(&self) -> usize {
        match &self.0 {
            Kind::Smooth { lower, upper, .. } => lower.exact_octaves() + upper.exact_octaves(),
            _ => 0,
        }
    }
}

impl fmt::Debug for QuantileTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "QuantileTable({} cells, {} octaves exact)", self.cells(), self.exact_octaves())
    }
}
