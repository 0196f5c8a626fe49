//! Claims by day: reports to the operator's channel with what was counted in reality drawn on them, and below them the
//! claims filed under each guideline.

use crate::model::Lang;

use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::{Counted, Course, DayBand, FigureData, Interval};
use super::days;
use super::number::{claims, count, count_ticks, pick, whole};
use super::page::{Drawing, LABEL, MARGIN, NOTE, Page, TICK};
use super::palette::{self, ALERT, INK, Look, Marker, RULE, SOFT};
use super::place;
use super::scale::Scale;

const LABELS: f64 = 218.0;
const HEAD: Style = text(13.0).bold();
const DETAIL: Style = text(12.0);
const TALL: f64 = 250.0;
/// Most guidelines whose bands are told apart.
const BANDS: usize = 6;
/// From 0 up to where the logarithmic scale begins: room for the labels of both.
const ZERO: f64 = 22.0;

/// True when reports come in.
fn reports(data: &FigureData) -> bool {
    days::moving(std::iter::once(data.reports.as_slice())).is_some()
}

/// True when claims are filed under a guideline with a procedure.
fn filed(course: &Course) -> bool {
    days::moving(std::iter::once(course.claims.as_slice())).is_some()
}

/// True when there is something to draw.
pub fn has(data: &FigureData) -> bool {
    reports(data) || !days::with(data, filed).is_empty()
}

/// Draws the figure.
pub fn draw(data: &FigureData, lang: Lang) -> Drawing {
    let what = pick(
        lang,
        "Cumulated by day; a person who files for several entitlements is counted once for each.",
        "날짜별 누적. 한 사람이 여러 보상을 신청하면 보상마다 한 건으로 셈.",
    );
    let courses = days::with(data, filed);
    let lines_alone = courses.len() > BANDS && !reports(data);
    let over = if lines_alone { days::lines_over(data, lang) } else { days::over(data, lang) };
    let subtitle = format!("{what} {over}");
    let mut page = Page::new(data, lang, &title(data, lang), &subtitle);
    let mut bottom = page.top;
    let mut notes = Vec::new();
    if !drawn(data).is_empty() {
        notes.push(
            pick(
                lang,
                "Inputs may have been fitted to what was counted (the scenario says which): then agreement is no forecast.",
                "집계값에 맞춘 입력이 있을 수 있으며(시나리오에 명시) 그 일치는 예측이 아니다.",
            )
            .into(),
        );
    }
    if reports(data) {
        bottom = channel(&mut page, bottom + 20.0);
    }
    if courses.len() > BANDS {
        notes.push(
            pick(
                lang,
                "So many guidelines have lines alone; in brackets the middle 90 % of worlds on the last day.",
                "기준안이 많아 선만 그린다. 괄호 안은 마지막 날의 5~95% 범위.",
            )
            .into(),
        );
    }
    if !courses.is_empty() {
        let gap = if reports(data) { 46.0 } else { 20.0 };
        bottom = by_guideline(&mut page, &courses, bottom + gap);
        notes.extend(days::absent(&page, filed, ("No claims to file:", "신청이 없음:")));
    }
    if !has(data) {
        page.canvas.text(pick(lang, "no claims on any day", "신청이 없음"), MARGIN, bottom + 14.0, LABEL);
        bottom += 24.0;
    }
    page.finish(bottom, &notes)
}

/// The range of reports on a day.
fn on(course: &[DayBand], day: f64) -> Option<Interval> {
    course[..course.partition_point(|d| d.day <= day)].last().map(|d| d.value)
}

/// Everything that was counted and is drawn, each with the course that it is drawn on.
fn drawn(data: &FigureData) -> Vec<(&Counted, &[DayBand])> {
    let reported = data.observed.iter().filter(|_| reports(data)).map(|c| (c, data.reports.as_slice()));
    let courses = days::with(data, filed);
    let filed = courses.iter().flat_map(|(i, course)| {
        let all = data.guidelines[*i].observed.iter();
        all.map(|c| (c, course.claims.as_slice()))
    });
    reported.chain(filed).collect()
}

fn title(data: &FigureData, lang: Lang) -> String {
    let inside =
        |(c, course): &&(&Counted, &[DayBand])| on(course, c.day).is_some_and(|v| (v.p05..=v.p95).contains(&c.value));
    let counts = drawn(data);
    let (k, n) = (counts.iter().filter(inside).count(), counts.len());
    let of_claims = n > data.observed.iter().filter(|_| reports(data)).count();
    let what = match (reports(data) && !data.observed.is_empty(), of_claims) {
        (true, true) => pick(lang, "Reports and claims", "접수와 신청"),
        (false, true) => pick(lang, "Claims", "신청"),
        (_, false) => pick(lang, "Reports", "접수"),
    };
    let most = days::with(data, filed).into_iter().filter_map(|(_, c)| c.claims.last()).map(|d| d.value.mean);
    let most = most.fold(0.0, f64::max);
    match lang {
        Lang::En if n == 1 => {
            let inside = if k == 1 { "lies" } else { "does not lie" };
            format!("{what} by day: the count made in reality {inside} in the range of the simulated worlds")
        }
        Lang::En if n > 0 => {
            format!("{what} by day: {k} of {n} counts made in reality lie in the range of the simulated worlds")
        }
        Lang::Ko if n > 0 => {
            format!("날짜별 {what}: 실제 집계 {n}개 중 {k}개가 모의실험한 상황의 범위 안")
        }
        Lang::En if most > 0.0 => format!("Claims by day: up to {} on average under one guideline", claims(most, lang)),
        Lang::Ko if most > 0.0 => format!("날짜별 신청: 기준안에 따라 평균 최대 {}", claims(most, lang)),
        Lang::En => "Claims and reports by day".into(),
        Lang::Ko => "날짜별 신청과 접수".into(),
    }
}

/// Room for a panel of so tall a plot, with labels at its right.
fn panel(top: f64, tall: f64) -> Area {
    Area { left: MARGIN + 74.0, top, right: WIDTH - MARGIN - LABELS - 40.0, bottom: top + tall }
}

/// Reports with what was counted. Returns the height used up.
fn channel(page: &mut Page<'_>, top: f64) -> f64 {
    let (data, lang) = (page.data, page.lang);
    let plot = panel(top + 16.0, TALL);
    let moves = days::moving(std::iter::once(data.reports.as_slice())).unwrap_or((0.0, 1.0));
    let last = data.observed.iter().map(|c| c.day).fold(moves.1, f64::max) + 2.0;
    let x = Scale::linear_days(0.0, last, (plot.left, plot.right));
    let ends = data.reports.iter().map(|d| d.value.p95).chain(data.observed.iter().map(|c| c.value));
    let y = Scale::linear(0.0, ends.fold(1.0, f64::max), (plot.bottom, plot.top));
    page.left_axis(&y, &count_ticks(y.ticks(), lang), plot);
    let words = pick(lang, "reports to the operator's channel (number)", "운영사 창구 접수 (건)");
    page.canvas.text(words, MARGIN, top, LABEL);
    let labels: Vec<String> = x.ticks().iter().map(|t| whole(*t as u64)).collect();
    let bottom = page.bottom_axis(&x, &labels, pick(lang, "days from the outage", "장애일부터 지난 일수"), plot);
    if let Some(day) = data.channel_opens.filter(|d| *d < last) {
        let at = x.at(day);
        page.canvas.dashed(&[(at, plot.top), (at, plot.bottom)], 1.0, RULE, &[3.0, 2.5]);
        let words = pick(lang, "channel opens:", "창구 개설:");
        page.canvas.text(&format!("{words} {}", days::day(day, lang)), at + 5.0, plot.top + 12.0, NOTE);
    }
    let look = palette::guideline(0);
    let until: Vec<DayBand> = data.reports.iter().filter(|d| d.day <= last).copied().collect();
    days::draw(page, &until, &x, &|n| y.at(n), Look { dash: &[], ..look });
    let final_count = data.reports.last().map_or(Interval::default(), |d| d.value);
    let mut ends = vec![End {
        at: (x.at(last), y.at(final_count.mean)),
        head: vec![pick(lang, "simulated", "모의실험").into()],
        detail: vec![range(&final_count, lang)],
        look,
    }];
    for counted in &data.observed {
        let at = (x.at(counted.day), y.at(counted.value));
        page.canvas.marker(at, 5.5, Marker::Diamond, ALERT);
        let opened = data.channel_opens.filter(|d| *d <= counted.day);
        let open_for = opened.map(|d| match lang {
            Lang::En => format!("day {} of the channel", whole((counted.day - d) as u64 + 1)),
            Lang::Ko => format!("창구 개설 {}일째", whole((counted.day - d) as u64 + 1)),
        });
        let head = self::counted(counted, lang);
        let told =
            on(&data.reports, counted.day).map(|v| format!("{} {}", pick(lang, "simulated", "모의"), range(&v, lang)));
        let source = DETAIL.wrap(counted.source.get(lang), LABELS, 3);
        ends.push(End {
            at,
            head: vec![head],
            detail: told.into_iter().chain(open_for).chain(source).collect(),
            look: Look { colour: ALERT, ..look },
        });
    }
    end_labels(page, &ends, plot);
    bottom
}

/// What was counted until a day: `counted: 45,000, day 9`.
fn counted(c: &Counted, lang: Lang) -> String {
    let number = whole(c.value as u64) + pick(lang, "", "건");
    format!("{} {number}, {}", pick(lang, "counted:", "집계:"), days::day(c.day, lang))
}

/// A mean with the range of the middle 90 % of worlds, where it varies.
fn range(v: &Interval, lang: Lang) -> String {
    if v.p05 == v.p95 {
        return count(v.mean, lang);
    }
    format!("{} ({})", count(v.mean, lang), days::between(v.p05, v.p95, lang))
}

/// Claims of each guideline. Returns the height used up.
fn by_guideline(page: &mut Page<'_>, courses: &[(usize, &Course)], top: f64) -> f64 {
    let lang = page.lang;
    let lines = if courses.len() > 6 { 2 } else { 3 };
    let end = |(index, course): &(usize, &Course)| {
        let last = course.claims.last().map_or(Interval::default(), |d| d.value);
        let head = page.name_lines(*index, HEAD, LABELS, lines, false);
        let counted = page.data.guidelines[*index].observed.iter().map(|c| counted(c, lang));
        let detail = std::iter::once(range(&last, lang)).chain(counted).collect();
        End { at: (0.0, last.mean), head, detail, look: palette::guideline(*index) }
    };
    let mut ends: Vec<End> = courses.iter().map(end).collect();
    let tall = ends.iter().map(End::height).sum::<f64>() * 1.08;
    let plot = panel(top + 16.0, TALL.max(tall));
    let observed: Vec<(usize, &Counted)> =
        courses.iter().flat_map(|(i, _)| page.data.guidelines[*i].observed.iter().map(move |c| (*i, c))).collect();
    let all = || courses.iter().map(|(_, c)| c.claims.as_slice());
    let days = observed.iter().map(|(_, c)| c.day);
    let ends_at = days.clone().reduce(f64::max);
    let Some(x) = days::axis_with(all(), ends_at, (plot.left, plot.right)) else {
        return top;
    };
    let high = ends.iter().map(|e| e.at.1).fold(1.0, f64::max);
    let least = ends.iter().map(|e| e.at.1).fold(f64::INFINITY, f64::min);
    let low = (least / 100.0).max(high / 1e6).max(1.0);
    let most = courses.iter().filter_map(|(_, c)| c.claims.last()).map(|d| d.value.p95);
    let most = most.chain(observed.iter().map(|(_, c)| c.value)).fold(high, f64::max);
    let y = Scale::log(low.min(high / 10.0).max(0.1), most, (plot.bottom - ZERO, plot.top), Some(plot.bottom));
    page.left_axis(&y, &count_ticks(y.ticks(), lang), plot);
    let words = pick(
        lang,
        "claims filed under each guideline (number, logarithmic; a person may file several)",
        "기준안별 신청 (건, 로그 눈금; 한 사람이 여러 건을 낼 수 있음)",
    );
    page.canvas.text(words, MARGIN, top, LABEL);
    page.canvas.text("0", plot.left - 8.0, plot.bottom + 4.5, TICK.anchor(Anchor::End));
    let bottom = days::bottom(page, &x, plot);
    // A band would lie over the lines of others, and many bands over one another tell nothing.
    for (index, course) in courses.iter().filter(|_| courses.len() <= BANDS) {
        days::band(page, &course.claims, &x, &|n| y.at(n), palette::guideline(*index));
    }
    for (index, course) in courses {
        days::line(page, &course.claims, &x, &|n| y.at(n), palette::guideline(*index));
    }
    for (index, counted) in observed {
        let at = (x.at(counted.day), y.at(counted.value));
        page.canvas.marker(at, 5.5, Marker::Diamond, palette::guideline(index).colour);
    }
    for end in &mut ends {
        end.at = (plot.right, y.at(end.at.1));
    }
    end_labels(page, &ends, plot);
    bottom
}

/// A label at the right, and the point it belongs to.
struct End {
    at: (f64, f64),
    head: Vec<String>,
    detail: Vec<String>,
    look: Look,
}

impl End {
    fn height(&self) -> f64 {
        self.head.len() as f64 * HEAD.leading() + self.detail.len() as f64 * DETAIL.leading() + 9.0
    }
}

fn end_labels(page: &mut Page<'_>, ends: &[End], plot: Area) {
    let wished: Vec<(f64, f64)> = ends.iter().map(|e| (e.at.1, e.height())).collect();
    let centres = place::apart(&wished, plot.top - 16.0, plot.bottom + 16.0);
    let x = WIDTH - MARGIN - LABELS;
    for (end, centre) in ends.iter().zip(centres) {
        let (upper, lower) = (centre - end.height() / 2.0 + 4.0, centre + end.height() / 2.0 - 4.0);
        page.canvas.line((end.at.0 + 7.0, end.at.1), (x - 6.0, centre), 0.8, end.look.colour);
        page.canvas.line((x - 6.0, upper), (x - 6.0, lower), 2.4, end.look.colour);
        let first = centre - end.height() / 2.0 + 3.5 + HEAD.size;
        let head: Vec<String> = end.head.iter().map(|h| HEAD.clip(h, LABELS)).collect();
        let below = page.canvas.lines(&head, x + 2.0, first, HEAD.colour(INK).anchor(Anchor::Start));
        for (i, line) in end.detail.iter().enumerate() {
            let at = (x + 2.0, below - 1.0 + i as f64 * DETAIL.leading());
            page.canvas.fitted(line, LABELS, at, DETAIL.colour(SOFT));
        }
    }
}
