//! The course of reports and claims over days, as bands over the first worlds.

use std::sync::Arc;

use super::findings::TimelineRow;
use super::names::Names;
use crate::engine::outcome::{Block, COURSES, Shape, TIMELINE_WORLDS, timeline_days};
use crate::stats::Scratch;

/// Quantiles of the bands.
pub const BANDS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Worlds whose courses are turned from worlds by day to days by world together.
const TOGETHER: usize = 16;

/// Keeps the courses of the first worlds of a stream of blocks.
#[derive(Clone, Debug)]
pub struct Timeline {
    shape: Shape,
    days: Vec<usize>,
    /// `[world][series][day]`.
    values: Vec<f32>,
}

impl Timeline {
    /// Nothing kept yet.
    pub fn new(shape: Shape) -> Timeline {
        Timeline { shape, days: timeline_days(), values: Vec::new() }
    }

    /// Adds the courses of a block.
    pub fn add(&mut self, block: &Block) {
        self.values.extend(&block.timeline);
    }

    /// The rows of all series that ever move: reports, and of each guideline what was filed, reviewed, paid in money (as a
    /// share of what is paid in the end as well), given in kind, and what waits. Worlds in which a series has no meaning (a value that is no
    /// number) are left out of it.
    pub fn rows(&self, names: &Names) -> Vec<TimelineRow> {
        let (days, courses) = (self.days.len(), self.shape.courses());
        let worlds = self.values.len() / (days * courses).max(1);
        debug_assert!(worlds as u64 <= TIMELINE_WORLDS);
        if worlds == 0 {
            return Vec::new();
        }
        let mut rows = Vec::new();
        let mut scratch = Scratch::default();
        // Values: `[day][world]`.
        let mut tell = |guideline: &Arc<str>, series: &'static str, values: &[f64]| {
            if !values.iter().any(|v| *v != 0.0 && !v.is_nan()) {
                return;
            }
            let mut yesterday: &[f64] = &[];
            let mut before: Option<[f64; BANDS.len() + 1]> = None;
            for (d, (day, today)) in self.days.iter().zip(values.chunks_exact(worlds)).enumerate() {
                let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits();
                let still = d > 0 && today.iter().zip(yesterday).all(same);
                yesterday = today;
                if still && d + 1 < days {
                    continue;
                }
                let sorted = scratch.sort(today);
                let worlds = sorted.len();
                if worlds == 0 {
                    return;
                }
                let mean = sorted.iter().sum::<f64>() / worlds as f64;
                let rank = |q: f64| ((q * worlds as f64).ceil() as usize).clamp(1, worlds) - 1;
                let bands = BANDS.map(|q| sorted[rank(q)]);
                let all = [mean, bands[0], bands[1], bands[2], bands[3], bands[4]];
                // Nothing moves any more, or not yet: told on the days on which it changes and on the last.
                let told = before.replace(all) != Some(all) || d + 1 == days;
                if told {
                    let (variant, guideline) = (names.variant.clone(), guideline.clone());
                    rows.push(TimelineRow { variant, guideline, series, day: *day, mean, bands, worlds });
                }
            }
        };
        let course = |course: usize| {
            let mut all = vec![0.0; days * worlds];
            // Some worlds at a time: what is written side by side shares lines of the cache.
            for (some, block) in self.values.chunks(TOGETHER * courses * days).enumerate() {
                let here = block.len() / (courses * days);
                for (d, today) in all.chunks_exact_mut(worlds).enumerate() {
                    let today = &mut today[some * TOGETHER..some * TOGETHER + here];
                    let at = course * days + d;
                    today.iter_mut().enumerate().for_each(|(w, v)| *v = f64::from(block[w * courses * days + at]));
                }
            }
            all
        };
        tell(&names.all, "reports", &course(0));
        for (g, guideline) in names.guidelines.iter().enumerate() {
            let all: [Vec<f64>; COURSES.len()] = std::array::from_fn(|k| course(1 + g * COURSES.len() + k));
            for (series, values) in COURSES.iter().zip(&all) {
                tell(guideline, series, values);
            }
            let [filed, done, paid, _] = &all;
            // Single precision keeps sums of millions to a few people, so tiny differences are nothing.
            let waiting = |(filed, done): (&f64, &f64)| if filed - done > 1e-6 * filed { filed - done } else { 0.0 };
            tell(guideline, "backlog", &filed.iter().zip(done).map(waiting).collect::<Vec<f64>>());
            let in_the_end = paid[(days - 1) * worlds..].iter().cycle();
            let share = |(paid, all): (&f64, &f64)| if *all > 0.0 { paid / all } else { f64::NAN };
            tell(guideline, "paid_share", &paid.iter().zip(in_the_end).map(share).collect::<Vec<f64>>());
        }
        rows
    }
}
