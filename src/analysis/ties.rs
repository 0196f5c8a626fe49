//! Which totals of two guidelines count as the same in a world: those that differ by no more than rounding, or than what
//! the method can tell apart.

use crate::engine::outcome::GUIDED;

/// Share of the larger of two sums up to which rounding may have parted them: the same sum added up in another order.
const ROUNDING: f64 = 1e-9;

/// The same for inequality, which is read off losses in buckets and at points of the loss axis: differences of two
/// guidelines of up to a thousandth of it came out with the wrong sign where a flat sum far below most losses went to half
/// of the losers.
const INEQUALITY: f64 = 2e-3;

/// True when two values of a measure (its place in [`GUIDED`]) count as the same.
pub fn tied(measure: usize, a: f64, b: f64) -> bool {
    let resolution = if GUIDED[measure].name.starts_with("gini") { INEQUALITY } else { ROUNDING };
    (a - b).abs() <= resolution * a.abs().max(b.abs())
}
