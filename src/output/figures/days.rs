//! Courses over days: their axis, their bands and lines, and who has none.

use crate::engine::outcome::TIMELINE_WORLDS;
use crate::model::Lang;

use super::canvas::{Anchor, Area};
use super::data::{Course, DayBand, FigureData};
use super::number::{claims, count, pick, significant, whole};
use super::page::{Page, TICK};
use super::palette::{GRID, Look, tint};
use super::scale::Scale;

/// What lines and bands of a course are taken over, in words.
pub fn over(data: &FigureData, lang: Lang) -> String {
    match lang {
        Lang::En => taken("Line: mean; band: the middle 90 %", data, lang),
        Lang::Ko => taken("선은 평균, 띠는 5~95% 범위", data, lang),
    }
}

/// The same where there are lines alone.
pub fn lines_over(data: &FigureData, lang: Lang) -> String {
    taken(pick(lang, "Line: mean", "선은 평균"), data, lang)
}

/// What is drawn, and over how many worlds; of a single one there is neither a mean nor a range.
fn taken(what: &str, data: &FigureData, lang: Lang) -> String {
    let worlds = whole(data.replicates.min(TIMELINE_WORLDS));
    match (lang, data.replicates > TIMELINE_WORLDS) {
        (Lang::En, _) if data.replicates == 1 => "Of one world.".into(),
        (Lang::Ko, _) if data.replicates == 1 => "상황 하나의 값.".into(),
        (Lang::En, true) => format!("{what}; of the first {worlds} worlds."),
        (Lang::En, false) => format!("{what}; of all {worlds} worlds."),
        (Lang::Ko, true) => format!("{what}(처음 {worlds}개 상황)."),
        (Lang::Ko, false) => format!("{what}(상황 {worlds}개)."),
    }
}

/// Least room between the last day's mark and any other.
const LAST: f64 = 16.0;

/// A point.
type Point = (f64, f64);

/// The days on which courses move: from the day before the first change to the last one.
pub fn moving<'a>(courses: impl Iterator<Item = &'a [DayBand]>) -> Option<(f64, f64)> {
    let (mut first, mut last) = (f64::INFINITY, 0.0);
    for course in courses {
        // Before the first day there is nothing.
        if let Some(day) = course.first().filter(|d| d.value.mean.max(d.value.p95) > 0.0) {
            first = f64::min(first, day.day - 1.0);
            last = f64::max(last, day.day);
        }
        for pair in course.windows(2).filter(|pair| told(&pair[0]) != told(&pair[1])) {
            first = f64::min(first, pair[0].day);
            last = f64::max(last, pair[1].day);
        }
    }
    (first < last).then_some((first, last))
}

/// A day as far as a reader can see it: to a thousandth of the mean.
fn told(day: &DayBand) -> [i64; 3] {
    let v = day.value;
    let unit = 10f64.powf(v.p95.max(v.mean).max(f64::MIN_POSITIVE).log10().floor() - 2.0);
    [v.mean, v.p05, v.p95].map(|v| (v / unit).round() as i64)
}

/// Axis of days that shows all courses, up to the day by which nothing visible happens any more.
pub fn axis<'a>(courses: impl Iterator<Item = &'a [DayBand]>, ends: (f64, f64)) -> Option<Scale> {
    axis_with(courses, None, ends)
}

/// The same with a day that it shows as well.
pub fn axis_with<'a>(
    courses: impl Iterator<Item = &'a [DayBand]>,
    day: Option<f64>,
    ends: (f64, f64),
) -> Option<Scale> {
    let (first, last) = moving(courses)?;
    let (first, last) = day.map_or((first, last), |day| (first.min(day - 1.0), last.max(day)));
    Some(Scale::days(first, last, ends))
}

/// Axis below the plot, its last day marked where no other mark is near. Returns the height used up.
pub fn bottom(page: &mut Page<'_>, scale: &Scale, plot: Area) -> f64 {
    let labels: Vec<String> = scale.ticks().iter().map(|t| whole(*t as u64)).collect();
    let last = scale.range().1;
    let half = |day: f64| TICK.width(&whole(day.round() as u64)) / 2.0;
    let free = |t: &f64| (scale.at(last) - scale.at(*t)).abs() > half(last) + half(*t) + LAST;
    if scale.ticks().iter().all(free) {
        let x = scale.at(last);
        page.canvas.line((x, plot.top), (x, plot.bottom), 0.75, GRID);
        page.canvas.text(&whole(last.round() as u64), x, plot.bottom + 17.0, TICK.anchor(Anchor::Middle));
    }
    let title = pick(page.lang, "days from the outage (logarithmic)", "장애일부터 지난 일수 (로그 눈금)");
    page.bottom_axis(scale, &labels, title, plot)
}

/// Draws a course: the range of the middle 90 % of worlds as a band, the mean as a line.
pub fn draw(page: &mut Page<'_>, days: &[DayBand], x: &Scale, y: &dyn Fn(f64) -> f64, look: Look) {
    band(page, days, x, y, look);
    line(page, days, x, y, look);
}

/// Draws the band of a course alone: where several share a plot, all bands lie below all lines.
pub fn band(page: &mut Page<'_>, days: &[DayBand], x: &Scale, y: &dyn Fn(f64) -> f64, look: Look) {
    let within = from_nothing(days, x);
    let side = |end: fn(&DayBand) -> f64| within.iter().map(move |d| (x.at(d.day), y(end(d))));
    let mut band: Vec<Point> = side(|d| d.value.p05).collect();
    band.extend(side(|d| d.value.p95).rev());
    page.canvas.polygon(band, tint(look.colour, 0.35), 0.3);
}

/// Draws the line of a course alone.
pub fn line(page: &mut Page<'_>, days: &[DayBand], x: &Scale, y: &dyn Fn(f64) -> f64, look: Look) {
    let line: Vec<Point> = from_nothing(days, x).iter().map(|d| (x.at(d.day), y(d.value.mean))).collect();
    page.canvas.dashed(&line, 2.0, look.colour, look.dash);
}

/// The days on the axis, from nothing where the first of all is among them.
fn from_nothing(days: &[DayBand], x: &Scale) -> Vec<DayBand> {
    let mut within: Vec<DayBand> = days.iter().filter(|d| x.has_day(d.day)).copied().collect();
    // What is there on the first day of all came in on it.
    if let Some(first) = within.first().filter(|d| d.day <= 0.0) {
        within.insert(0, DayBand { day: first.day, ..DayBand::default() });
    }
    within
}

/// Draws what happens on each day as steps: the range of the middle 90 % of worlds as a band, the mean as a line. A day
/// that is told for itself has its number in its middle; one that stands for several reaches back to the one before.
pub fn steps(page: &mut Page<'_>, days: &[DayBand], x: &Scale, y: &dyn Fn(f64) -> f64, look: Look) {
    let (low, high) = x.range();
    let mut before = f64::NEG_INFINITY;
    let mut within: Vec<(f64, f64, &DayBand)> = Vec::new();
    for day in days {
        let from = if before.is_finite() { before + 0.5 } else { day.day - 0.5 };
        let to = day.day + 0.5;
        if from < high && to > low {
            within.push((from.max(low), to.min(high), day));
        }
        before = day.day;
    }
    let side = |end: fn(&DayBand) -> f64| -> Vec<Point> {
        within.iter().flat_map(|(from, to, day)| [*from, *to].map(|at| (x.at(at), y(end(day))))).collect()
    };
    let mut band = side(|d| d.value.p05);
    let mut upper = side(|d| d.value.p95);
    upper.reverse();
    band.extend(upper);
    page.canvas.polygon(band, tint(look.colour, 0.35), 0.3);
    page.canvas.path(&side(|d| d.value.mean), 1.6, look.colour);
}

/// Says which guidelines have no course: those without a procedure, and those under which `has` finds none.
pub fn absent(page: &Page<'_>, has: fn(&Course) -> bool, none: (&str, &str)) -> Vec<String> {
    let (data, lang) = (page.data, page.lang);
    let names = |which: &dyn Fn(Option<&Course>) -> bool| {
        let indices = (0..data.guidelines.len()).filter(|i| which(data.guidelines[*i].course.as_ref()));
        indices.map(|i| page.title_of(i)).collect::<Vec<String>>().join("; ")
    };
    let without = names(&|course| course.is_none());
    let idle = names(&|course| course.is_some_and(|c| !has(c)));
    let said =
        [(pick(lang, "No procedure stated:", "절차가 제시되지 않음:"), without), (pick(lang, none.0, none.1), idle)];
    said.into_iter().filter(|(_, names)| !names.is_empty()).map(|(words, names)| format!("{words} {names}.")).collect()
}

/// Guidelines whose course `has` something.
pub fn with(data: &FigureData, has: fn(&Course) -> bool) -> Vec<(usize, &Course)> {
    let all = data.guidelines.iter().enumerate();
    all.filter_map(|(i, g)| g.course.as_ref().filter(|c| has(c)).map(|c| (i, c))).collect()
}

/// A range of claims, with the word of size once where both ends can be told in it, and else no word that could be read with both:
/// `3.97–15.3 million`, `0.95–2.16 million`, `92 to 2.16 million`; `4.5~5.6만 건`, `92건~2.16만 건`.
pub fn between(low: f64, high: f64, lang: Lang) -> String {
    let (a, b) = (count(low, lang), count(high, lang));
    let word = |n: &str| n.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')).to_string();
    let shared = word(&a) == word(&b) || low == 0.0;
    let bare = a.trim_end_matches(&word(&a));
    // What is written out in full is told in the unit of the larger, as on the page, where that takes no more than three places.
    const MILLION: f64 = 1e6;
    match (lang, shared) {
        (Lang::En, false) if word(&b) == " million" && low >= MILLION / 1000.0 => {
            format!("{}–{b}", significant(low / MILLION))
        }
        (Lang::En, true) => format!("{bare}–{b}"),
        (Lang::En, false) => format!("{a} to {b}"),
        (Lang::Ko, true) => format!("{bare}~{}", claims(high, lang)),
        (Lang::Ko, false) => format!("{}~{}", claims(low, lang), claims(high, lang)),
    }
}

/// A day, counted from that of the outage: `day 12`, `12일 뒤`.
pub fn day(value: f64, lang: Lang) -> String {
    let number = whole(value.max(0.0).round() as u64);
    match lang {
        Lang::En => format!("day {number}"),
        Lang::Ko => format!("{number}일 뒤"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No word of size is read with an end that it does not belong to.
    #[test]
    fn ends_of_a_range_share_their_word_or_have_their_own() {
        for (low, high, en, ko) in [
            (92.0, 21_600.0, "92–21,600", "92건~2.16만 건"),
            (45_000.0, 56_000.0, "45,000–56,000", "4.5~5.6만 건"),
            (0.0, 21_600.0, "0–21,600", "0~2.16만 건"),
            (92.0, 320.0, "92–320", "92~320건"),
            (950_000.0, 2_160_000.0, "0.95–2.16 million", "95~216만 건"),
            (953_000.0, 3_790_000.0, "0.953–3.79 million", "95.3~379만 건"),
            (92.0, 2_160_000.0, "92 to 2.16 million", "92건~216만 건"),
            (3_970_000.0, 15_300_000.0, "3.97–15.3 million", "397~1,530만 건"),
        ] {
            assert_eq!(between(low, high, Lang::En), en);
            assert_eq!(between(low, high, Lang::Ko), ko);
        }
    }
}
