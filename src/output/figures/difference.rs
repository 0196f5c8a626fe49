//! Paired difference to the baseline: how much more or less each guideline costs in the same worlds.

use crate::model::Lang;

use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::{Difference, FigureData};
use super::number::{money_range, money_ticks, percent, pick, with_error};
use super::page::{Drawing, LABEL, MARGIN, NOTE, Page, title_of, unhandled};
use super::palette::{self, GRID, INK, Marker, SOFT, tint};
use super::scale::Scale;

const NAMES: f64 = 196.0;
const VALUES: f64 = 214.0;
const ROW: f64 = 72.0;
const VALUE: Style = text(12.5);

/// Draws the figure.
pub fn draw(data: &FigureData, lang: Lang) -> Drawing {
    let rows: Vec<(usize, Difference)> = rows(data);
    let mut page = Page::new(data, lang, &title(data, &rows, lang), &subtitle(lang));
    let top = page.top + 32.0;
    let (left, right) = (MARGIN + NAMES + 16.0, WIDTH - MARGIN - VALUES - 18.0);
    let plot = Area { left, top, right, bottom: top + ROW * rows.len() as f64 };
    if rows.is_empty() {
        let words = pick(lang, "no other guideline to compare with", "비교할 다른 기준안이 없음");
        page.canvas.text(words, MARGIN, top, LABEL);
        return page.finish(top + 10.0, &[]);
    }
    let scale = scale(&rows, (left + 10.0, right - 10.0));
    let bottom = scale.as_ref().map_or(plot.bottom, |s| axis(&mut page, s, plot));
    rules(&mut page, plot, rows.len());
    for (line, (index, difference)) in rows.iter().enumerate() {
        let middle = top + (line as f64 + 0.5) * ROW;
        page.row_name(*index, middle, (NAMES, ROW));
        if let Some(scale) = &scale {
            glyph(&mut page, *index, difference, scale, middle);
        }
        values(&mut page, difference, right + 18.0, middle);
    }
    let notes: Vec<String> = unhandled(data, lang).into_iter().collect();
    page.finish(bottom, &notes)
}

/// Guidelines that were compared, without the baseline itself.
fn rows(data: &FigureData) -> Vec<(usize, Difference)> {
    let all = data.guidelines.iter().enumerate().filter(|(i, _)| Some(*i) != data.baseline);
    all.filter_map(|(i, g)| g.difference.map(|d| (i, d))).collect()
}

fn title(data: &FigureData, rows: &[(usize, Difference)], lang: Lang) -> String {
    let base = data.baseline.filter(|b| *b < data.guidelines.len());
    let name = base.map_or_else(String::new, |b| title_of(data, b, lang));
    let name = name.as_str();
    let same = rows.iter().all(|r| r.1.equal >= 1.0);
    // On which side the mean lies is told where its interval tells it.
    let more = rows.iter().filter(|r| r.1.mean_ci.0 > 0.0).count();
    let (n, less) = (rows.len(), rows.iter().filter(|r| r.1.mean_ci.1 < 0.0).count());
    let side = 1 + more.min(1) - less.min(1);
    let alike = rows.iter().filter(|r| r.1.equal >= 1.0 || r.1.mean_ci == (0.0, 0.0)).count();
    let unsure = n - less - more - alike;
    match lang {
        _ if rows.is_empty() => pick(lang, "No comparison with a baseline", "비교 기준과의 비교 없음").into(),
        Lang::En if same => format!("All guidelines cost the same as “{name}”"),
        Lang::Ko if same => {
            format!("모든 기준안의 비용이 ‘{name}’{} 같음", if ends_closed(name) { "과" } else { "와" })
        }
        Lang::En if n == 1 && unsure > 0 => {
            format!("Cost compared with “{name}”: which is higher on average is not settled")
        }
        Lang::Ko if n == 1 && unsure > 0 => format!("‘{name}’ 대비 평균 비용: 많고 적음이 분명하지 않음"),
        Lang::En if n == 1 => format!(
            "Cost compared with “{name}”: {}",
            ["lower on average", "the same on average", "higher on average"][side]
        ),
        Lang::En if less == 2 && n == 2 => format!("Both other guidelines cost less on average than “{name}”"),
        Lang::En if more == 2 && n == 2 => format!("Both other guidelines cost more on average than “{name}”"),
        Lang::En if less == n && n > 1 => format!("All {n} other guidelines cost less on average than “{name}”"),
        Lang::Ko if less == n && n > 1 => format!("다른 기준안 {n}개 모두 ‘{name}’보다 평균 비용이 적음"),
        Lang::En if more == n && n > 1 => format!("All {n} other guidelines cost more on average than “{name}”"),
        Lang::Ko if more == n && n > 1 => format!("다른 기준안 {n}개 모두 ‘{name}’보다 평균 비용이 많음"),
        Lang::En => {
            let open = if unsure > 0 { format!("; of {unsure} it is not settled") } else { String::new() };
            format!("{less} of {n} guidelines cost less on average than “{name}”{open}")
        }
        Lang::Ko if n == 1 => {
            format!("‘{name}’ 대비 평균 비용: {}", ["더 적음", "같음", "더 많음"][side])
        }
        Lang::Ko => {
            let open = if unsure > 0 { format!(", 분명하지 않은 안 {unsure}개") } else { String::new() };
            format!("‘{name}’보다 평균 비용이 적은 기준안: {n}개 중 {less}개{open}")
        }
    }
}

fn subtitle(lang: Lang) -> String {
    pick(
        lang,
        "Cost under each guideline less cost under the baseline, world by world. Line: middle 90 % of worlds; \
         bar: middle 50 %; dark stroke: median; triangle: mean; ±: 95 % interval of the mean.",
        "같은 상황에서 각 기준안의 비용에서 비교 기준의 비용을 뺀 차이. 가는 선은 5~95%, 굵은 막대는 \
         25~75%, 세로선은 중앙값, 세모는 평균, ±는 평균의 95% 신뢰구간.",
    )
    .into()
}

fn scale(rows: &[(usize, Difference)], ends: (f64, f64)) -> Option<Scale> {
    let all = || rows.iter().flat_map(|(_, d)| [d.mean, d.quantiles[0], d.quantiles[4]]).filter(|v| v.is_finite());
    let (low, high) = (all().fold(0.0, f64::min), all().fold(0.0, f64::max));
    let sizes = rows.iter().map(|(_, d)| d.mean.abs().max(d.quantiles[2].abs())).filter(|s| *s > 0.0);
    let near = sizes.fold(f64::INFINITY, f64::min).min(f64::max(high, -low));
    (low < high).then(|| Scale::differences(low, high, near, ends))
}

/// True when a Korean word's last syllable ends in a consonant, which decides the particle after it.
pub(super) fn ends_closed(word: &str) -> bool {
    let last = word.chars().rfind(|c| c.is_alphanumeric()).map_or(0, u32::from);
    (0xAC00..0xD7A4).contains(&last) && (last - 0xAC00) % 28 > 0
}

/// Axis, and zero line with its two sides named. Returns the height used up.
fn axis(page: &mut Page<'_>, scale: &Scale, plot: Area) -> f64 {
    let lang = page.lang;
    let words = money_ticks(scale.ticks(), &page.data.currency, lang);
    let kind = if scale.is_log() {
        pick(lang, "; logarithmic away from 0", ", 0에서 멀어질수록 로그 눈금")
    } else {
        ""
    };
    let title = format!("{} ({}{kind})", pick(lang, "difference in cost", "비용 차이"), words.unit);
    let bottom = page.bottom_axis(scale, &words.labels, &title, plot);
    let zero = scale.at(0.0);
    page.canvas.line((zero, plot.top - 8.0), (zero, plot.bottom), 1.4, INK);
    let (less, more) = (pick(lang, "← costs less", "← 비용 감소"), pick(lang, "costs more →", "비용 증가 →"));
    if zero - plot.left > NOTE.width(less) - 30.0 {
        page.canvas.text(less, zero - 6.0, plot.top - 12.0, NOTE.anchor(Anchor::End));
    }
    page.canvas.text(more, zero + 6.0, plot.top - 12.0, NOTE);
    bottom
}

/// Rules between rows.
fn rules(page: &mut Page<'_>, plot: Area, rows: usize) {
    for line in 1..rows {
        let y = plot.top + ROW * line as f64;
        page.canvas.line((MARGIN, y), (WIDTH - MARGIN, y), 0.5, GRID);
    }
}

fn glyph(page: &mut Page<'_>, index: usize, d: &Difference, scale: &Scale, y: f64) {
    let colour = palette::guideline(index).colour;
    let at = d.quantiles.map(|v| scale.at(v));
    let c = &mut page.canvas;
    c.line((at[0], y), (at[4], y), 1.6, colour);
    for end in [at[0], at[4]] {
        c.line((end, y - 5.0), (end, y + 5.0), 1.6, colour);
    }
    c.line((at[1], y), (at[3], y), 13.0, tint(colour, 0.3));
    c.line((at[2], y - 9.0), (at[2], y + 9.0), 2.5, INK);
    c.marker((scale.at(d.mean), y + 15.0), 4.2, Marker::Triangle, INK);
}

fn values(page: &mut Page<'_>, d: &Difference, x: f64, middle: f64) {
    let (lang, data) = (page.lang, page.data);
    let half = (d.mean_ci.1 - d.mean_ci.0).abs() / 2.0;
    let range = money_range(d.quantiles[0], d.quantiles[4], &data.currency, lang);
    let mean = with_error(d.mean, half, &data.currency, lang);
    let range = format!("{} {range}", pick(lang, "5–95 %:", "5~95%:"));
    let mut lines = vec![(mean, VALUE.bold()), (range, VALUE.colour(SOFT)), (worlds(d, lang), VALUE)];
    // What is the same in every world, or of one world, has no range.
    if d.equal >= 1.0 || data.replicates == 1 {
        lines.remove(1);
    }
    let mut baseline = middle + 4.5 - 8.0 * (lines.len() as f64 - 1.0);
    for (line, style) in lines {
        page.canvas.fitted(&line, VALUES, (x, baseline), style);
        baseline += 16.0;
    }
}

/// In how many worlds the guideline is cheaper than the baseline, and in how many it costs the same.
fn worlds(d: &Difference, lang: Lang) -> String {
    let (less, same) = (percent(d.cheaper, lang), percent(d.equal, lang));
    match lang {
        Lang::En if d.equal >= 1.0 => "the same in every world".into(),
        Lang::Ko if d.equal >= 1.0 => "모든 상황에서 같음".into(),
        Lang::En if d.cheaper >= 1.0 => "cheaper in every world".into(),
        Lang::Ko if d.cheaper >= 1.0 => "모든 상황에서 더 적음".into(),
        Lang::En if d.cheaper <= 0.0 && d.equal <= 0.0 => "cheaper in no world".into(),
        Lang::Ko if d.cheaper <= 0.0 && d.equal <= 0.0 => "더 적은 상황 없음".into(),
        Lang::En if d.equal > 0.0 => format!("cheaper in {less}, equal in {same} of worlds"),
        Lang::Ko if d.equal > 0.0 => format!("상황의 {less}에서 더 적고 {same}에서 같음"),
        Lang::En => format!("cheaper in {less} of worlds"),
        Lang::Ko => format!("상황의 {less}에서 더 적음"),
    }
}
