//! How much of the spread of each total is ignorance of the world and how much is chance inside it, from the first
//! worlds drawn twice: half the mean square difference of the two draws is the variance that chance makes.

use super::findings::{Sample, SpreadRow};
use super::names::Names;
use crate::engine::outcome::{COMMON, GUIDED, Measure};
use crate::stats::chance_share;
use std::sync::Arc;

/// Worlds that a run draws twice to tell ignorance from chance: a share near one half is then known to about 8 %.
pub const TWINS: u64 = 400;

/// The rows of the spread table. `first` holds at least as many worlds as `second`, in the same order;
/// the variance is taken over all worlds of `first`.
pub fn rows(first: &Sample, second: &Sample, names: &Names) -> Vec<SpreadRow> {
    if second.replicates < 2 || second.replicates > first.replicates {
        return Vec::new();
    }
    let row = |guideline: &Arc<str>, measure: &'static Measure, a: &[f64], b: &[f64]| {
        let share = chance_share(a, b);
        SpreadRow {
            variant: names.variant.clone(),
            guideline: guideline.clone(),
            measure,
            variance: share.variance,
            chance: share.chance,
            twins: b.len(),
        }
    };
    let mut rows = Vec::new();
    for (m, measure) in COMMON.iter().enumerate() {
        rows.push(row(&names.all, measure, &first.common[m], &second.common[m]));
    }
    for (g, guideline) in names.guidelines.iter().enumerate() {
        for (m, measure) in GUIDED.iter().enumerate() {
            let (a, b) = (&first.guided[g][m], &second.guided[g][m]);
            // What is not known in every world has no variance.
            if a.iter().chain(b).all(|x| x.is_finite()) {
                rows.push(row(guideline, measure, a, b));
            }
        }
    }
    rows
}
