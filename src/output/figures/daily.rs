//! New claims a day: reports to the operator's channel, and below them one row a guideline on one axis of days. Each row
//! has a scale of its own, so that days of publicity and rushes before a deadline are seen under all of them.

use crate::engine::outcome::TIMELINE_WORLDS;
use crate::model::Lang;

use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::{Course, DayBand, FigureData};
use super::days;
use super::number::{claims, count, pick, whole};
use super::page::{Drawing, LABEL, MARGIN, Page, alone, under};
use super::palette::{self, GRID, Look, RULE, SOFT};
use super::rush::{Busiest, busiest};
use super::scale::Scale;

const NAMES: f64 = 200.0;
const VALUES: f64 = 172.0;
const ROW: f64 = 96.0;
const TALL: f64 = 74.0;
/// What is lower than this part of the highest day is not seen in a row.
const SEEN: f64 = 0.004;
const NAME: Style = text(13.5).bold();
const VALUE: Style = text(12.5);
const SMALL: Style = text(11.0).colour(SOFT);

/// True when new reports or claims are told.
fn comes(days: &[DayBand]) -> bool {
    days.iter().any(|d| d.value.mean > 0.0 && d.value.mean.is_finite())
}

/// True when claims come in under a guideline with a procedure.
fn filed(course: &Course) -> bool {
    comes(&course.new_claims)
}

/// True when there is something to draw.
pub fn has(data: &FigureData) -> bool {
    comes(&data.new_reports) || !days::with(data, filed).is_empty()
}

/// Draws the figure.
pub fn draw<'a>(data: &'a FigureData, lang: Lang) -> Drawing {
    let what = pick(
        lang,
        "What comes in on each day; a person who files for several entitlements is counted once for each. Every row has its own \
         scale.",
        "날마다 새로 들어오는 건수. 한 사람이 여러 보상을 신청하면 보상마다 한 건으로 셈. 행마다 눈금이 다름.",
    );
    let subtitle = format!("{what} {}", days::over(data, lang));
    let courses = days::with(data, filed);
    let mut page = Page::new(data, lang, &title(data, &courses, lang), &subtitle);
    let mut bottom = page.top;
    if comes(&data.new_reports) {
        let look = Look { dash: &[], ..palette::guideline(0) };
        bottom = rows(&mut page, &[(None, &data.new_reports, look)], bottom);
    }
    let mut notes = Vec::new();
    if !courses.is_empty() {
        let row = |(index, course): &(usize, &'a Course)| -> Row<'a> {
            (Some(*index), &course.new_claims, palette::guideline(*index))
        };
        let all: Vec<Row<'_>> = courses.iter().map(row).collect();
        bottom = rows(&mut page, &all, bottom + if comes(&data.new_reports) { 18.0 } else { 0.0 });
        notes.extend(days::absent(&page, filed, ("No claims to file:", "신청이 없음:")));
    }
    if !has(data) {
        page.canvas.text(pick(lang, "no claims on any day", "신청이 없음"), MARGIN, bottom + 14.0, LABEL);
        bottom += 24.0;
    }
    if courses.iter().any(|(_, c)| has_long_steps(&c.new_claims)) {
        notes.push(
            pick(
                lang,
                "Where days are told a week or four weeks apart, each step is an average day of that time.",
                "1주 또는 4주 간격인 구간의 계단은 그 기간의 하루 평균이다.",
            )
            .into(),
        );
    }
    page.finish(bottom, &notes)
}

/// True when a step is seen that is longer than a day.
fn has_long_steps(days: &[DayBand]) -> bool {
    let (_, last) = span(days);
    days.windows(2).any(|pair| pair[1].day - pair[0].day > 1.5 && pair[1].day <= last)
}

/// Guideline (or reports), new ones a day, look.
type Row<'a> = (Option<usize>, &'a [DayBand], Look);

/// The highest that a band or a mean gets; at least a hair.
fn highest(days: &[DayBand]) -> f64 {
    let ends = days.iter().flat_map(|d| [d.value.mean, d.value.p95]);
    ends.filter(|v| v.is_finite()).fold(f64::MIN_POSITIVE * 1e12, f64::max)
}

/// First and last day on which a row shows anything.
fn span(days: &[DayBand]) -> (f64, f64) {
    let highest = highest(days);
    let seen = days.iter().filter(|d| d.value.mean.max(d.value.p95) >= SEEN * highest).map(|d| d.day);
    seen.fold((f64::INFINITY, 0.0), |(first, last), day| (first.min(day), f64::max(last, day)))
}

/// Rows on one axis of days. Returns the height used up.
fn rows(page: &mut Page<'_>, rows: &[Row<'_>], top: f64) -> f64 {
    let lang = page.lang;
    let top = top + 6.0;
    let (left, right) = (MARGIN + NAMES + 66.0, WIDTH - MARGIN - VALUES - 18.0);
    let plot = Area { left, top, right, bottom: top + ROW * rows.len() as f64 };
    let spans = rows.iter().map(|row| span(row.1));
    let (first, last) = spans.fold((f64::INFINITY, 1.0), |(a, b), (first, last)| (a.min(first), f64::max(b, last)));
    let x = Scale::linear_days((first.min(last) - 1.0).max(0.0), last + 1.0, (left + 2.0, right - 2.0));
    let labels: Vec<String> = x.ticks().iter().map(|t| whole(t.max(0.0) as u64)).collect();
    let bottom = page.bottom_axis(&x, &labels, pick(lang, "days from the outage", "장애일부터 지난 일수"), plot);
    for (line, (guideline, days, look)) in rows.iter().enumerate() {
        let base = top + ROW * (line as f64 + 1.0) - 10.0;
        let y = Scale::linear(0.0, highest(days), (base, base - TALL));
        match guideline {
            Some(index) => page.row_name(*index, base - TALL / 2.0, (NAMES, ROW)),
            None => {
                let words = pick(lang, "New reports a day to the operator's channel", "운영사 창구의 하루 신규 접수");
                let lines = NAME.wrap(words, NAMES, 3);
                let baseline = base - TALL / 2.0 + 0.36 * NAME.size - (lines.len() as f64 - 1.0) * NAME.leading() / 2.0;
                page.canvas.lines(&lines, MARGIN, baseline, NAME);
            }
        }
        grid(page, &y, (left, right), base);
        days::steps(page, days, &x, &|n| y.at(n), *look);
        values(page, &busiest(days, worlds(page.data)), guideline.is_some(), right + 18.0, base - TALL / 2.0);
    }
    bottom
}

/// Lines at round numbers, as many as leave room for their labels.
fn grid(page: &mut Page<'_>, y: &Scale, (left, right): (f64, f64), base: f64) {
    let mut free = base - 20.0;
    page.canvas.line((left, base), (right, base), 0.6, RULE);
    page.canvas.text("0", left - 6.0, base + 4.0, SMALL.anchor(Anchor::End));
    for tick in y.ticks().iter().filter(|t| **t > 0.0) {
        let at = y.at(*tick);
        if at <= free {
            page.canvas.line((left, at), (right, at), 0.6, GRID);
            page.canvas.text(&count(*tick, page.lang), left - 6.0, at + 4.0, SMALL.anchor(Anchor::End));
            free = at - 20.0;
        }
    }
}

/// Worlds that courses are taken over.
fn worlds(data: &FigureData) -> f64 {
    data.replicates.clamp(1, TIMELINE_WORLDS) as f64
}

fn title(data: &FigureData, courses: &[(usize, &Course)], lang: Lang) -> String {
    let of = |days: &[DayBand]| busiest(days, worlds(data));
    let most = courses.iter().filter_map(|(i, c)| of(&c.new_claims).map(|b| (*i, b)));
    let Some((index, most)) = most.max_by(|a, b| a.1.value.mean.total_cmp(&b.1.value.mean)) else {
        let reports = of(&data.new_reports).filter(|_| comes(&data.new_reports));
        return match (reports, lang) {
            (Some(b), Lang::En) if b.days == 1 => {
                format!("Day {} brings the most new reports: {} on average", b.first, count(b.value.mean, lang))
            }
            (Some(b), Lang::Ko) if b.days == 1 => {
                format!("신규 접수가 가장 많은 날은 {}일 뒤, 평균 {}", b.first, claims(b.value.mean, lang))
            }
            (Some(b), _) => b.sentence(pick(lang, "reports", "접수"), lang),
            (None, _) => pick(lang, "New claims and reports a day", "날마다 새로 들어오는 신청과 접수").into(),
        };
    };
    let told: Vec<String> =
        courses.iter().filter_map(|(_, c)| of(&c.new_claims)).map(|b| claims(b.value.mean, lang)).collect();
    let (day, n) = (whole(most.first as u64), most.value.mean);
    let under = under(alone(data, index, &claims(n, lang), &told, lang), lang);
    match lang {
        Lang::En if most.days == 1 => {
            format!("Day {day} brings the most new claims: {} on average{under}", count(n, lang))
        }
        Lang::Ko if most.days == 1 => {
            format!("신규 신청이 가장 많은 날은 {day}일 뒤, 평균 {}{under}", claims(n, lang))
        }
        Lang::En => format!("{}{under}", most.sentence("claims", lang)),
        Lang::Ko => format!("{}{under}", most.sentence("신청", lang)),
    }
}

/// Beside a row: its busiest day or days, how many come in then, and in which range.
fn values(page: &mut Page<'_>, busiest: &Option<Busiest>, are_claims: bool, x: f64, middle: f64) {
    let lang = page.lang;
    let Some(most) = busiest else { return };
    let v = most.value;
    let told = match lang {
        Lang::En if !are_claims => format!("{} reports", count(v.mean, lang)),
        _ => claims(v.mean, lang),
    };
    let then = match lang {
        Lang::En if most.days == 1 => format!("then {told}"),
        Lang::Ko if most.days == 1 => format!("그날 {told}"),
        Lang::En => format!("{told} a day"),
        Lang::Ko => format!("하루 {told}"),
    };
    let lines = [
        (format!("{} {}", pick(lang, "busiest:", "가장 많은 날:"), most.when(lang)), VALUE),
        (then, VALUE.bold()),
        (format!("{} {}", pick(lang, "5–95 %:", "5~95%:"), days::between(v.p05, v.p95, lang)), VALUE.colour(SOFT)),
    ];
    let mut baseline = middle + 4.5 - 16.0;
    for (line, style) in lines {
        page.canvas.fitted(&line, VALUES, (x, baseline), style);
        baseline += 16.0;
    }
}
