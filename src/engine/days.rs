//! Days that courses are told on: each of them while claims come in, then one a week for a year, then one in four weeks.

use crate::chance::law::Law;
use crate::model::procedure::Channel;
use crate::model::{Filing, Q, Scenario};
use crate::process::HORIZON;

/// Told day by day for so long at least
const LEAST: usize = 30;
/// and at most: a longer window is told by weeks from then on.
pub const MOST_DAILY: usize = 700;
/// Days between those told in the year after,
const WEEK: usize = 7;
/// which has so many of them,
const WEEKS: usize = 52;
/// and from then on.
const FOUR_WEEKS: usize = 28;
/// Hours of a day.
const DAY: f64 = 24.0;
/// Times that are drawn count with this quantile of theirs.
const LATE: f64 = 0.95;

/// The days of a scenario's courses, rising, from the day of the outage (0) on. Daily until the last window in which
/// claims or reports come in has closed and what needs no claim is paid, between a month and [`MOST_DAILY`] days (of
/// times that are drawn counts the 95 % quantile); then weekly for a year, then every four weeks. The last day that is
/// followed is none of them: on it is booked what is not done by then.
pub fn timeline_days(scenario: &Scenario) -> Vec<usize> {
    let daily = busy(scenario).clamp(LEAST, MOST_DAILY);
    let year = daily + WEEK * WEEKS;
    let weekly = (daily + WEEK..=year).step_by(WEEK);
    let after = (year + FOUR_WEEKS..HORIZON - 1).step_by(FOUR_WEEKS);
    (0..=daily).chain(weekly).chain(after).collect()
}

/// How many of the days are told day by day: those before the first gap.
pub fn daily(days: &[usize]) -> usize {
    days.iter().enumerate().take_while(|(i, day)| i == *day).count()
}

/// Length in days of the time that each day stands for, back to the one told before.
pub fn spans(days: &[usize]) -> impl Iterator<Item = usize> + '_ {
    let before = std::iter::once(None).chain(days.iter().map(Some));
    days.iter().zip(before).map(|(day, before)| before.map_or(day + 1, |b| day - b))
}

/// The first day after all windows, and the last on which something is paid that needs no claim.
fn busy(scenario: &Scenario) -> usize {
    let late = |q: Q| match &scenario.quantities.get(q).law {
        // Their quantile is the value of a row, which does not rise.
        Law::JointColumn { values, .. } => values.iter().copied().fold(0.0, f64::max),
        law => law.quantile(LATE),
    };
    // Days are rounded as the process does.
    let days = |q: Q| (late(q) / DAY).round().clamp(0.0, HORIZON as f64) as usize;
    let closed = |opens: Q, window: Q| days(opens) + days(window).max(1);
    let aftermath = &scenario.aftermath;
    let reports = aftermath.channel.as_ref().map(|c: &Channel| closed(c.opens_after_hours, c.window_hours));
    let timed = scenario.guidelines.iter().filter(|g| g.is_timed());
    let rules = timed.flat_map(|g| &g.rules).filter_map(|rule| {
        let procedure = &aftermath.procedures[rule.procedure?];
        Some(match rule.filing {
            Filing::Automatic { .. } => days(procedure.automatic_after_hours),
            _ => closed(procedure.opens_after_hours, procedure.window_hours),
        })
    });
    rules.chain(reports).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_reach_back_to_the_day_told_before() {
        let days = [0, 1, 2, 3, 10, 17, 45];
        assert_eq!(spans(&days).collect::<Vec<usize>>(), [1, 1, 1, 1, 7, 7, 28]);
        assert_eq!((daily(&days), daily(&[0]), daily(&[])), (4, 1, 0));
        assert_eq!(spans(&days).sum::<usize>(), 46);
    }
}
