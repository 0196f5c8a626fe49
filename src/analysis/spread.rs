//! How much of the spread of each total is ignorance of the world and how much is chance inside it, from the first
//! worlds drawn twice: half the mean square difference of the two draws is the variance that chance makes.

use super::accounts::Accounts;
use super::findings::{Sample, SpreadRow};
use super::names::Names;
use crate::engine::heavy::Heavy;
use crate::engine::outcome::{ACCOUNTS, COMMON, GUIDED, Measure};
use crate::stats::{ChanceShare, chance_share, chance_share_of};
use std::sync::Arc;

/// Worlds that a run draws twice to tell ignorance from chance: a share near one half is then known to about 8 %.
pub const TWINS: u64 = 400;

/// The rows of the spread table. The first draw holds at least as many worlds as the second, in the same order; the variance is taken over all worlds of the first. What has no finite variance has no row.
pub fn rows(
    [(first, of_first), (second, of_second)]: [(&Sample, &Accounts); 2],
    names: &Names,
    heavy: &Heavy,
) -> Vec<SpreadRow> {
    if second.replicates < 2 || second.replicates > first.replicates {
        return Vec::new();
    }
    let row = |guideline: &Arc<str>, measure: &'static Measure, share: ChanceShare| SpreadRow {
        variant: names.variant.clone(),
        guideline: guideline.clone(),
        measure,
        variance: share.variance,
        chance: share.chance,
        twins: share.twins,
    };
    let mut rows = Vec::new();
    for (m, measure) in COMMON.iter().enumerate().filter(|(_, m)| !heavy.holds_in_all(None, m.name)) {
        rows.push(row(&names.all, measure, chance_share(&first.common[m], &second.common[m])));
    }
    for (g, guideline) in names.guidelines.iter().enumerate() {
        for (m, measure) in GUIDED.iter().enumerate().filter(|(_, m)| !heavy.holds_in_all(Some(g), m.name)) {
            let (a, b) = (&first.guided[g][m], &second.guided[g][m]);
            // What is not known in every world has no variance.
            if a.iter().chain(b).all(|x| x.is_finite()) {
                rows.push(row(guideline, measure, chance_share(a, b)));
            }
        }
        for (a, measure) in ACCOUNTS.iter().enumerate().filter(|(_, m)| !heavy.holds_in_all(Some(g), m.name)) {
            let share = chance_share_of(&of_first.moments(g, a), of_first.first(g, a), of_second.first(g, a));
            if share.variance.is_finite() && share.chance_variance.value.is_finite() {
                rows.push(row(guideline, measure, share));
            }
        }
    }
    rows
}
