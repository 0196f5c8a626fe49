//! Backlog: claims that wait for review, day by day, one row a guideline on one axis of days and one of claims.

use crate::model::Lang;

use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::{Course, FigureData};
use super::days;
use super::number::{amount, claims, count, pick};
use super::page::{Drawing, LABEL, MARGIN, Page};
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
        "Claims that wait for review at the end of the day; logarithmic scales.",
        "하루가 끝날 때 심사를 기다리는 신청 건수. 로그 눈금.",
    );
    let subtitle = format!("{what} {}", days::over(data, lang));
    let mut page = Page::new(data, lang, &title(data, &rows, lang), &subtitle);
    let top = page.top + 6.0;
    let (left, right) = (MARGIN + NAMES + 66.0, WIDTH - MARGIN - VALUES - 18.0);
    let plot = Area { left, top, right, bottom: top + ROW * rows.len() as f64 };
    let all = rows.iter().map(|(_, c)| c.backlog.as_slice());
    let Some(x) = days::axis(all, (left + 4.0, right - 4.0)) else {
        page.canvas.text(pick(lang, "no claim waits", "기다리는 신청이 없음"), MARGIN, top + 14.0, LABEL);
        return page.finish(top + 24.0, &[]);
    };
    let high = rows.iter().flat_map(|(_, c)| &c.backlog).map(|d| d.value.p95.max(d.value.mean)).fold(1.0, f64::max);
    let bottom = days::bottom(&mut page, &x, plot);
    for (line, (index, course)) in rows.iter().enumerate() {
        let base = top + ROW * (line as f64 + 1.0) - 10.0;
        let y = Scale::log(1.0, high.max(10.0), (base, base - TALL), Some(base));
        page.row_name(*index, base - TALL / 2.0, NAMES);
        grid(&mut page, &y, (left, right), base);
        days::draw(&mut page, &course.backlog, &x, &|n| y.at(n), palette::guideline(*index));
        values(&mut page, course, right + 18.0, base - TALL / 2.0);
    }
    let notes = days::absent(&page, has, ("No claim waits for review:", "심사를 기다리는 신청이 없음:"));
    page.finish(bottom, &notes)
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
    let guideline = &data.guidelines[*index];
    let name = if guideline.title.is_empty() { &guideline.id } else { guideline.title.get(lang) };
    let n = claims(course.peak.mean, lang);
    match lang {
        Lang::En => format!("Up to {n} wait for review on average, under “{name}”"),
        Lang::Ko => format!("심사 대기는 평균 최대 {n}(‘{name}’)"),
    }
}

fn values(page: &mut Page<'_>, course: &Course, x: f64, middle: f64) {
    let lang = page.lang;
    let on = course.backlog.iter().max_by(|a, b| a.value.mean.total_cmp(&b.value.mean));
    let worst = on.map_or_else(|| "–".into(), |d| days::day(d.day, lang));
    let short = |n: f64| if n < 1e6 { count(n.round(), lang) } else { amount(n, lang) };
    let (p05, p95) = (short(course.peak.p05), short(course.peak.p95));
    let lines = [
        (format!("{} {}", pick(lang, "peak", "최대"), claims(course.peak.mean, lang)), VALUE.bold()),
        (format!("{} {p05}{}{p95}", pick(lang, "5–95 %:", "5~95%:"), pick(lang, "–", "~")), VALUE.colour(SOFT)),
        (format!("{} {worst}", pick(lang, "highest mean on", "평균이 가장 큰 날:")), VALUE),
    ];
    let mut baseline = middle + 4.5 - 16.0;
    for (line, style) in lines {
        page.canvas.text(&style.clip(&line, VALUES), x, baseline, style);
        baseline += 16.0;
    }
}
