//! A tornado: what a look does when one quantity stands at its 10 % and at its 90 % quantile and all others as drawn, in the
//! same worlds with the same chance. Quantities linked to it move as far as they hang on it.

use super::inputs::{Inputs, Ranks};
use crate::stats::{Estimate, Statistic};

/// Ranks at which a quantity is set.
pub const ENDS: [f64; 2] = [0.1, 0.9];

/// One quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Path.
    pub path: String,
    /// Its values at [`ENDS`].
    pub at: [f64; 2],
    /// The look at these, less the look as drawn.
    pub shift: [Estimate; 2],
    /// Whether others are linked to it and move along.
    pub linked: bool,
}

impl Bar {
    /// The larger of both shifts, in size.
    pub fn reach(&self) -> f64 {
        self.shift[0].value.abs().max(self.shift[1].value.abs())
    }
}

/// The shift of a statistic between two runs of the same rows. Of a mean the error is that of the paired differences
/// (which counts points of a net as if they were random, so that it is rather too large); of other statistics the rows tell
/// none.
pub fn shift(statistic: Statistic, before: &[f64], after: &[f64]) -> Estimate {
    let difference = statistic.of(after).value - statistic.of(before).value;
    match statistic {
        Statistic::Mean => {
            let pairs: Vec<f64> = after.iter().zip(before).map(|(a, b)| a - b).collect();
            Statistic::Mean.of(&pairs)
        }
        _ => Estimate { value: difference, se: f64::NAN, lo: f64::NAN, hi: f64::NAN },
    }
}

/// The worlds in which a column stands at a rank.
pub fn worlds(inputs: &Inputs<'_>, ranks: &Ranks, column: usize, p: f64) -> Vec<f64> {
    inputs.worlds(&inputs.with_one_at(ranks, column, p))
}
