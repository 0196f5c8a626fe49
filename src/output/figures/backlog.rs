//! Backlog: claims that wait for review, day by day, one row a guideline on one axis of days and one of claims.

use crate::model::Lang;

use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::{Course, DayBand, FigureData, Interval};
use super::days;
use super::number::{claims, count, pick};
use super::page::{Drawing, LABEL, MARGIN, Page, alone, under};
use super::palette::{self, GRID, RULE, SOFT};
use super::scale::Scale;

const NAMES: f64 = 200.0;
const VALUES: f64 = 172.0;
const ROW: f64 = 100.0;
const TALL: f64 = 78.0;
const VALUE: Style = text(12.5);
const SMALL: Style = text(11.0).colour(SOFT);

/// True when claims ever wait under a guideline with a procedure.
pub fn has(course: &Course) -> bool {
    course.backlog.iter().any(|d| d.value.mean >= 0.5)
        && days::moving(std::iter::once(course.backlog.as_slice())).is_some()
}

/// Draws the figure.
pub fn draw(data: &FigureData, lang: Lang) -> Drawing {
    let rows = days::with(data, has);
    let what = pick(
        lang,
        "Claims that wait for review at the end of the day. They pile up on days off and are worked off after, so that line and \
         band show the highest of the seven days up to each day; logarithmic scales.",
        "하루가 끝날 때 심사를 기다리는 신청 건수. 쉬는 날에 쌓였다가 이어서 줄어들므로, 선과 띠는 날마다 그날까지 7일 가운데 가장 큰 값. \
         로그 눈금.",
    );
    let subtitle = format!("{what} {}", days::over(data, lang));
    let mut page = Page::new(data, lang, &title(data, &rows, lang), &subtitle);
    let top = page.top + 6.0;
    let (left, right) = (MARGIN + NAMES + 66.0, WIDTH - MARGIN - VALUES - 18.0);
    let plot = Area { left, top, right, bottom: top + ROW * rows.len() as f64 };
    let weekly: Vec<Vec<DayBand>> = rows.iter().map(|(_, c)| highest_of_week(&c.backlog)).collect();
    let all = weekly.iter().map(Vec::as_slice);
    let Some(x) = days::axis(all, (left + 4.0, right - 4.0)) else {
        page.canvas.text(pick(lang, "no claim waits", "기다리는 신청이 없음"), MARGIN, top + 14.0, LABEL);
        return page.finish(top + 24.0, &[]);
    };
    let high = rows.iter().flat_map(|(_, c)| &c.backlog).map(|d| d.value.p95.max(d.value.mean)).fold(1.0, f64::max);
    let bottom = days::bottom(&mut page, &x, plot);
    for (line, (index, course)) in rows.iter().enumerate() {
        let base = top + ROW * (line as f64 + 1.0) - 10.0;
        let y = Scale::log(1.0, high.max(10.0), (base, base - TALL), Some(base));
        page.row_name(*index, base - TALL / 2.0, (NAMES, ROW));
        grid(&mut page, &y, (left, right), base);
        days::draw(&mut page, &weekly[line], &x, &|n| y.at(n), palette::guideline(*index));
        values(&mut page, course, right + 18.0, base - TALL / 2.0);
    }
    let notes = days::absent(&page, has, ("No claim waits for review:", "심사를 기다리는 신청이 없음:"));
    page.finish(bottom, &notes)
}

/// Of each day the highest of the seven days up to it, of the mean and of each edge of the band.
fn highest_of_week(days: &[DayBand]) -> Vec<DayBand> {
    let week = |(i, day): (usize, &DayBand)| {
        let last = days[..=i].iter().rev().take_while(|d| d.day > day.day - 7.0);
        let value = last.fold(day.value, |most, d| Interval {
            mean: most.mean.max(d.value.mean),
            p05: most.p05.max(d.value.p05),
            p95: most.p95.max(d.value.p95),
        });
        DayBand { day: day.day, value }
    };
    days.iter().enumerate().map(week).collect()
}

/// Lines at round numbers of claims, as many as leave room for their labels.
fn grid(page: &mut Page<'_>, y: &Scale, (left, right): (f64, f64), base: f64) {
    let mut free = base - 14.0;
    page.canvas.line((left, base), (right, base), 0.6, RULE);
    page.canvas.text("0", left - 6.0, base + 4.0, SMALL.anchor(Anchor::End));
    for tick in y.ticks() {
        let at = y.at(*tick);
        if at <= free {
            page.canvas.line((left, at), (right, at), 0.6, GRID);
            page.canvas.text(&count(*tick, page.lang), left - 6.0, at + 4.0, SMALL.anchor(Anchor::End));
            free = at - 14.0;
        }
    }
}

fn title(data: &FigureData, rows: &[(usize, &Course)], lang: Lang) -> String {
    let most = rows.iter().max_by(|a, b| a.1.peak.mean.total_cmp(&b.1.peak.mean));
    let Some((index, course)) = most else {
        return pick(lang, "No claim waits for review", "심사를 기다리는 신청이 없음").into();
    };
    let told: Vec<String> = rows.iter().map(|(_, c)| claims(c.peak.mean, lang)).collect();
    let n = claims(course.peak.mean, lang);
    let under = under(alone(data, *index, &n, &told, lang), lang);
    match lang {
        Lang::En => format!("Up to {n} wait for review on average{under}"),
        Lang::Ko => format!("심사 대기는 평균 최대 {n}{under}"),
    }
}

fn values(page: &mut Page<'_>, course: &Course, x: f64, middle: f64) {
    let lang = page.lang;
    let worst = worst(&course.backlog).map_or_else(|| "–".into(), |d| days::day(d.day, lang));
    let range = days::between(course.peak.p05.round(), course.peak.p95.round(), lang);
    let lines = [
        (format!("{} {}", pick(lang, "peak", "최대"), claims(course.peak.mean, lang)), VALUE.bold()),
        (format!("{} {range}", pick(lang, "5–95 %:", "5~95%:")), VALUE.colour(SOFT)),
        (format!("{} {worst}", pick(lang, "highest mean on", "평균이 가장 큰 날:")), VALUE),
    ];
    let mut baseline = middle + 4.5 - 16.0;
    for (line, style) in lines {
        page.canvas.fitted(&line, VALUES, (x, baseline), style);
        baseline += 16.0;
    }
}

/// The first of the days on which most wait.
fn worst(backlog: &[DayBand]) -> Option<&DayBand> {
    backlog.iter().rev().max_by(|a, b| a.value.mean.total_cmp(&b.value.mean))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_days_on_which_as_many_wait_the_first_is_told() {
        let days = [3.0, 8.0, 8.0, 8.0, 5.0].into_iter().enumerate();
        let band = |(day, mean)| DayBand { day: day as f64, value: Interval { mean, p05: mean, p95: mean } };
        let days: Vec<DayBand> = days.map(band).collect();
        assert_eq!(worst(&days).map(|d| d.day), Some(1.0));
        assert_eq!(worst(&[]), None);
    }

    /// What piles up at week-ends alone is no comb; nothing waits before it first does, nor a week after the last day.
    #[test]
    fn a_week_shows_its_highest_day() {
        let waits = |day: usize| if (6..27).contains(&day) && day % 7 > 4 { day as f64 } else { 0.0 };
        let value = |day: usize| Interval { mean: waits(day), p05: waits(day) / 2.0, p95: waits(day) * 2.0 };
        let days: Vec<DayBand> = (0..40).map(|day| DayBand { day: day as f64, value: value(day) }).collect();
        let week = highest_of_week(&days);
        assert!(week[..6].iter().chain(&week[33..]).all(|d| d.value.mean == 0.0));
        assert!(
            week[6..33].iter().all(|d| d.value.p05 > 0.0 && d.value.p05 < d.value.mean && d.value.mean < d.value.p95)
        );
        assert_eq!([12, 13, 14, 19].map(|d| week[d].value.mean), [12.0, 13.0, 13.0, 19.0]);
    }
}
