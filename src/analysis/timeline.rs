//! The course of reports and claims over days, as bands over the first worlds.

use std::sync::Arc;

use super::findings::TimelineRow;
use super::names::Names;
use crate::engine::outcome::{Block, COURSES, Shape, TIMELINE_WORLDS, timeline_days};

/// Quantiles of the bands.
pub const BANDS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

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
        let at =
            |world: usize, course: usize, day: usize| f64::from(self.values[(world * courses + course) * days + day]);
        let mut rows = Vec::new();
        let mut tell = |guideline: &Arc<str>, series: &'static str, value: &dyn Fn(usize, usize) -> f64| {
            let moves = |v: f64| v != 0.0 && !v.is_nan();
            if !(0..worlds).any(|w| (0..days).any(|d| moves(value(w, d)))) {
                return;
            }
            let (mut today, mut sorted) = (Vec::with_capacity(worlds), Vec::with_capacity(worlds));
            let mut before: Option<[f64; BANDS.len() + 1]> = None;
            for (d, day) in self.days.iter().enumerate() {
                let yesterday = std::mem::take(&mut today);
                today.extend((0..worlds).map(|w| value(w, d)).filter(|v| !v.is_nan()));
                if d > 0 && d + 1 < days && today == yesterday {
                    continue;
                }
                let worlds = today.len();
                if worlds == 0 {
                    return;
                }
                sorted.clone_from(&today);
                sorted.sort_unstable_by(f64::total_cmp);
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
        if worlds == 0 {
            return rows;
        }
        tell(&names.all, "reports", &|w, d| at(w, 0, d));
        for (g, guideline) in names.guidelines.iter().enumerate() {
            let first = 1 + g * COURSES.len();
            for (k, series) in COURSES.iter().enumerate() {
                tell(guideline, series, &|w, d| at(w, first + k, d));
            }
            // Single precision keeps sums of millions to a few people, so tiny differences are nothing.
            let waiting = |w: usize, d: usize| {
                let (filed, done) = (at(w, first, d), at(w, first + 1, d));
                if filed - done > 1e-6 * filed { filed - done } else { 0.0 }
            };
            tell(guideline, "backlog", &waiting);
            let last = days - 1;
            tell(guideline, "paid_share", &|w, d| {
                let all = at(w, first + 2, last);
                if all > 0.0 { at(w, first + 2, d) / all } else { f64::NAN }
            });
        }
        rows
    }
}
