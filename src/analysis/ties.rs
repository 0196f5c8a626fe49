//! Which totals of two guidelines count as the same in a world: those that differ by no more than rounding, or than what
//! the method can tell apart.

use crate::engine::outcome::GUIDED;

/// Share of the larger of two sums up to which rounding may have parted them: the same sum added up in another order.
const ROUNDING: f64 = 1e-9;

/// The same for inequality, which is read off losses in buckets and at points of the loss axis: where a flat sum of a
/// fourteenth to a fifth of the mean loss went to half of the losers, the difference it made came out with an error of 0.2 to
/// 0.5 % of the index at a cv of 0.5 and more (2.6 % at 0.35), while it was 0.02 to 0.4 % itself.
const INEQUALITY: f64 = 5e-3;

/// True when two values of a measure (its place in [`GUIDED`]) count as the same.
pub fn tied(measure: usize, a: f64, b: f64) -> bool {
    let resolution = if GUIDED[measure].name.starts_with("gini") { INEQUALITY } else { ROUNDING };
    (a - b).abs() <= resolution * a.abs().max(b.abs())
}
