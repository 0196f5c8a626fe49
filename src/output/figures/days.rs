//! Courses over days: their axis, their bands and lines, and who has none.

use crate::engine::outcome::TIMELINE_WORLDS;
use crate::model::Lang;

use super::canvas::Area;
use super::data::{Course, DayBand, FigureData};
use super::number::{count, pick, whole};
use super::page::Page;
use super::palette::{Look, tint};
use super::scale::Scale;

/// What lines and bands of a course are taken over, in words.
pub fn over(data: &FigureData, lang: Lang) -> String {
    let worlds = whole(data.replicates.min(TIMELINE_WORLDS));
    match (lang, data.replicates > TIMELINE_WORLDS) {
        (Lang::En, true) => format!("Line: mean; band: the middle 90 %; of the first {worlds} worlds."),
        (Lang::En, false) => format!("Line: mean; band: the middle 90 %; of all {worlds} worlds."),
        (Lang::Ko, true) => format!("선은 평균, 띠는 5~95% 범위(처음 {worlds}개 모의실험)."),
        (Lang::Ko, false) => format!("선은 평균, 띠는 5~95% 범위(모의실험 {worlds}개)."),
    }
}

/// A point.
type Point = (f64, f64);

/// The days on which courses move: from the day before the first change to the last one.
pub fn moving<'a>(courses: impl Iterator<Item = &'a [DayBand]>) -> Option<(f64, f64)> {
    let (mut first, mut last) = (f64::INFINITY, 0.0);
    for course in courses {
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
    let (first, last) = moving(courses)?;
    Some(Scale::days(first, last, ends))
}

/// Axis below the plot. Returns the height used up.
pub fn bottom(page: &mut Page<'_>, scale: &Scale, plot: Area) -> f64 {
    let labels: Vec<String> = scale.ticks().iter().map(|t| whole(*t as u64)).collect();
    let title = pick(page.lang, "days from the outage (logarithmic)", "장애일부터 지난 일수 (로그 눈금)");
    page.bottom_axis(scale, &labels, title, plot)
}

/// Draws a course: the range of the middle 90 % of worlds as a band, the mean as a line.
pub fn draw(page: &mut Page<'_>, days: &[DayBand], x: &Scale, y: &dyn Fn(f64) -> f64, look: Look) {
    let within: Vec<&DayBand> = visible(days, x);
    let side = |end: fn(&DayBand) -> f64| within.iter().map(move |d| (x.at(d.day), y(end(d))));
    let mut band: Vec<Point> = side(|d| d.value.p05).collect();
    band.extend(side(|d| d.value.p95).rev());
    page.canvas.polygon(band, tint(look.colour, 0.35), 0.3);
    let line: Vec<Point> = side(|d| d.value.mean).collect();
    page.canvas.dashed(&line, 2.0, look.colour, look.dash);
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

/// The days from the last before the axis to its end.
fn visible<'a>(days: &'a [DayBand], x: &Scale) -> Vec<&'a DayBand> {
    let (low, high) = x.range();
    days.iter().filter(|d| d.day >= low && d.day <= high).collect()
}

/// Says which guidelines have no course: those without a procedure, and those under which `has` finds none.
pub fn absent(page: &Page<'_>, has: fn(&Course) -> bool, none: (&str, &str)) -> Vec<String> {
    let (data, lang) = (page.data, page.lang);
    let names = |which: &dyn Fn(Option<&Course>) -> bool| {
        let indices = (0..data.guidelines.len()).filter(|i| which(data.guidelines[*i].course.as_ref()));
        indices.map(|i| page.title_of(i)).collect::<Vec<&str>>().join("; ")
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

/// A range of counts, with the word for millions once: `3.97–15.3 million`.
pub fn between(low: f64, high: f64, lang: Lang) -> String {
    let (low, high) = (count(low, lang), count(high, lang));
    let million = |n: &String| n.ends_with(" million");
    let low = if million(&low) && million(&high) { low.replace(" million", "") } else { low };
    format!("{low}{}{high}", pick(lang, "–", "~"))
}

/// A day, counted from that of the outage: `day 12`, `12일 뒤`.
pub fn day(value: f64, lang: Lang) -> String {
    let number = whole(value.max(0.0).round() as u64);
    match lang {
        Lang::En => format!("day {number}"),
        Lang::Ko => format!("{number}일 뒤"),
    }
}
