//! The course of reports and claims over days, as bands over the first worlds.

use std::sync::Arc;

use super::findings::TimelineRow;
use super::names::Names;
use crate::engine::days::{spans, timeline_days};
use crate::engine::outcome::{Block, COURSES, Shape, TIMELINE_WORLDS};
use crate::model::Scenario;
use crate::stats::Scratch;

/// Quantiles of the bands.
pub const BANDS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Worlds whose courses are turned from worlds by day to days by world together: what is written side by side shares
/// lines of the cache.
const TOGETHER: usize = 16;

/// Keeps the courses of the first worlds of a stream of blocks.
#[derive(Clone, Debug)]
pub struct Timeline {
    shape: Shape,
    days: Vec<usize>,
    worlds: usize,
    kept: Vec<Kept>,
}

/// The courses of a block: what happened from one day told to the next, without the days in front and behind on which
/// nothing does. Most courses are short, so that this takes a quarter of the memory.
#[derive(Clone, Debug, Default)]
struct Kept {
    /// `[world][course]`.
    runs: Vec<Run>,
    values: Vec<f32>,
    /// Entitlements to money that the last day told finds unpaid: `[world][guideline]`.
    unpaid: Vec<f32>,
}

/// One course of one world.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Place of its first value among the values.
    start: usize,
    /// Places of the days it is about: from here
    from: usize,
    /// to before here.
    to: usize,
}

impl Timeline {
    /// Nothing kept yet.
    pub fn new(scenario: &Scenario) -> Timeline {
        Timeline { shape: Shape::of(scenario), days: timeline_days(scenario), worlds: 0, kept: Vec::new() }
    }

    /// Adds the courses of a block.
    pub fn add(&mut self, block: &Block) {
        if block.timeline.is_empty() {
            return;
        }
        let mut kept = Kept { unpaid: block.unpaid.clone(), ..Kept::default() };
        for course in block.timeline.chunks_exact(self.days.len()) {
            let from = course.iter().position(|n| *n != 0.0).unwrap_or(0);
            let to = course.iter().rposition(|n| *n != 0.0).map_or(0, |last| last + 1);
            kept.runs.push(Run { start: kept.values.len(), from, to });
            kept.values.extend(&course[from..to]);
        }
        kept.values.shrink_to_fit();
        self.worlds += kept.runs.len() / self.shape.courses();
        debug_assert!(self.worlds as u64 <= TIMELINE_WORLDS);
        self.kept.push(kept);
    }

    /// How many parts there are to tell of: reports, then each guideline; none without a course.
    pub fn parts(&self) -> usize {
        if self.worlds > 0 { 1 + self.shape.guidelines } else { 0 }
    }

    /// The rows of a part, of all its series that ever move: reports, in all and new ones a day; of a guideline what was
    /// filed (and is new a day), reviewed, paid in money (as a share of all that is to be paid as well), given in kind, and
    /// what waits. Worlds in which a series has no meaning (a value that is no number) are left out of it.
    pub fn rows(&self, part: usize, names: &Names, scratch: &mut Scratch) -> Vec<TimelineRow> {
        Teller { timeline: self, names, scratch }.part(part)
    }

    /// What happened in one course, `[day][world]`.
    fn news(&self, course: usize) -> Vec<f64> {
        let mut all = vec![0.0; self.days.len() * self.worlds];
        let mut world = 0;
        for kept in &self.kept {
            for some in kept.runs.chunks(TOGETHER * self.shape.courses()) {
                let runs: Vec<Run> = some.iter().skip(course).step_by(self.shape.courses()).copied().collect();
                let from = runs.iter().map(|r| r.from).min().unwrap_or(0);
                let to = runs.iter().map(|r| r.to).max().unwrap_or(0);
                let days = all.chunks_exact_mut(self.worlds).enumerate().take(to).skip(from);
                for (d, today) in days {
                    for (run, n) in runs.iter().zip(&mut today[world..]) {
                        if (run.from..run.to).contains(&d) {
                            *n = f64::from(kept.values[run.start + d - run.from]);
                        }
                    }
                }
                world += runs.len();
            }
        }
        all
    }

    /// Sums what happened up to each day: `[day][world]`, in its place.
    fn cumulate(&self, news: &mut [f64]) {
        for d in 1..self.days.len() {
            let (before, today) = news.split_at_mut(d * self.worlds);
            let yesterday = &before[(d - 1) * self.worlds..];
            today.iter_mut().zip(yesterday).for_each(|(n, sum)| *n += sum);
        }
    }

    /// Makes what happened what happens a day on average, since the day told before.
    fn a_day(&self, news: &mut [f64]) {
        for (today, span) in news.chunks_exact_mut(self.worlds).zip(spans(&self.days)) {
            if span > 1 {
                today.iter_mut().for_each(|n| *n /= span as f64);
            }
        }
    }
}

/// Turns courses into rows.
struct Teller<'a> {
    timeline: &'a Timeline,
    names: &'a Names,
    scratch: &'a mut Scratch,
}

impl Teller<'_> {
    /// The rows of reports (0) or of a guideline, series by series.
    fn part(&mut self, part: usize) -> Vec<TimelineRow> {
        let (names, timeline) = (self.names, self.timeline);
        let Some(g) = part.checked_sub(1) else {
            return self.incoming(&names.all, ["reports", "reports_new"], 0).1;
        };
        let (guideline, first) = (&names.guidelines[g], 1 + g * COURSES.len());
        let cumulated = |course: usize| {
            let mut sums = timeline.news(first + course);
            timeline.cumulate(&mut sums);
            sums
        };
        let (mut filed, mut rows) = self.incoming(guideline, ["claims", "claims_new"], first);
        let done = cumulated(1);
        rows.extend(self.rows(guideline, "reviewed", &done));
        // Parts of claims are rounded, so tiny differences are nothing.
        let waiting = |filed: f64, done: f64| if filed - done > 1e-6 * filed { filed - done } else { 0.0 };
        filed.iter_mut().zip(&done).for_each(|(filed, done)| *filed = waiting(*filed, *done));
        drop(done);
        let backlog = self.rows(guideline, "backlog", &filed);
        drop(filed);
        let mut paid = cumulated(2);
        rows.extend(self.rows(guideline, "paid", &paid));
        rows.extend(self.rows(guideline, "given", &cumulated(3)));
        rows.extend(backlog);
        let mut in_the_end = paid[(timeline.days.len() - 1) * timeline.worlds..].to_vec();
        let unpaid = timeline.kept.iter().flat_map(|k| k.unpaid.chunks_exact(timeline.shape.guidelines));
        in_the_end.iter_mut().zip(unpaid).for_each(|(all, unpaid)| *all += f64::from(unpaid[g]));
        for today in paid.chunks_exact_mut(timeline.worlds) {
            let share = |(paid, all): (&mut f64, &f64)| *paid = if *all > 0.0 { *paid / all } else { f64::NAN };
            today.iter_mut().zip(&in_the_end).for_each(share);
        }
        rows.extend(self.rows(guideline, "paid_share", &paid));
        rows
    }

    /// Rows of what comes in, cumulated and by day; the former is returned as well, `[day][world]`.
    fn incoming(&mut self, of: &Arc<str>, series: [&'static str; 2], course: usize) -> (Vec<f64>, Vec<TimelineRow>) {
        let mut news = self.timeline.news(course);
        let mut sums = news.clone();
        self.timeline.cumulate(&mut sums);
        let mut rows = self.rows(of, series[0], &sums);
        self.timeline.a_day(&mut news);
        rows.extend(self.rows(of, series[1], &news));
        (sums, rows)
    }

    /// The rows of a series, `[day][world]`, told on the days on which it changes and on the last; none of one that is always
    /// nothing.
    fn rows(&mut self, guideline: &Arc<str>, series: &'static str, values: &[f64]) -> Vec<TimelineRow> {
        let Timeline { days, worlds, .. } = self.timeline;
        let mut rows = Vec::new();
        if !values.iter().any(|v| *v != 0.0 && !v.is_nan()) {
            return rows;
        }
        let mut yesterday: &[f64] = &[];
        let mut before: Option<[f64; BANDS.len() + 1]> = None;
        for (d, (day, today)) in days.iter().zip(values.chunks_exact(*worlds)).enumerate() {
            let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits();
            let still = d > 0 && today.iter().zip(yesterday).all(same);
            yesterday = today;
            if still && d + 1 < days.len() {
                continue;
            }
            let ranks = |n: usize| BANDS.map(|q| ((q * n as f64).ceil() as usize).clamp(1, n) - 1);
            let Some((worlds, bands)) = self.scratch.at_ranks(today, ranks) else { return rows };
            let mean = today.iter().filter(|v| !v.is_nan()).sum::<f64>() / worlds as f64;
            let all = [mean, bands[0], bands[1], bands[2], bands[3], bands[4]];
            // Nothing moves any more, or not yet.
            if before.replace(all) != Some(all) || d + 1 == days.len() {
                let (variant, guideline) = (self.names.variant.clone(), guideline.clone());
                rows.push(TimelineRow { variant, guideline, series, day: *day, mean, bands, worlds });
            }
        }
        rows
    }
}
