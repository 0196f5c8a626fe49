//! Payout distribution: one row per guideline on a shared money axis.

use crate::model::Lang;

use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::{Distribution, FigureData};
use super::number::{money, money_ticks, page_range, percent, pick, plural, whole};
use super::page::{Drawing, LABEL, MARGIN, NOTE, Page, TICK, gives_in_kind, in_kind_note, without_money};
use super::palette::{self, GRID, INK, Look, Marker, RULE, Rgb, SOFT, tint};
use super::scale::Scale;

const NAMES: f64 = 200.0;
const VALUES: f64 = 176.0;
const STRIP: f64 = 92.0;
const VALUE: Style = text(12.5);

/// Draws the figure.
pub fn draw(data: &FigureData, lang: Lang) -> Drawing {
    let rows = data.guidelines.len();
    let row = if rows > 8 { 60.0 } else { 70.0 };
    let zeros = data.guidelines.iter().any(|g| g.payout.zero_share() > 0.0);
    let far = range(data).is_some_and(|(low, high)| Scale::sizes(low, high, (0.0, 1.0), None).is_log());
    let mut page = Page::new(data, lang, &title(data, lang), &subtitle(data, lang, far));
    key(&mut page);
    let top = page.top + 26.0;
    let (left, right) = (MARGIN + NAMES + 16.0, WIDTH - MARGIN - VALUES - 18.0);
    let plot = Area { left, top, right, bottom: top + row * rows as f64 };
    let strip = if zeros && range(data).is_some() { STRIP } else { 0.0 };
    let scale = range(data).map(|(low, high)| {
        Scale::sizes(low, high, (left + strip + 8.0, right - 8.0), zeros.then_some(left + STRIP / 2.0))
    });
    let bottom = frame(&mut page, scale.as_ref(), plot, strip);
    for index in 0..rows {
        let middle = top + (index as f64 + 0.5) * row;
        page.row_name(index, middle, (NAMES, row));
        distribution_row(&mut page, index, scale.as_ref(), plot, middle);
        values(&mut page, index, plot.right + 18.0, middle);
    }
    let notes: Vec<String> = in_kind_note(data, lang).into_iter().collect();
    page.finish(bottom, &notes)
}

/// Smallest and largest payout worth showing; none when nobody is paid.
fn range(data: &FigureData) -> Option<(f64, f64)> {
    let paying = || data.guidelines.iter().map(|g| &g.payout).filter(|p| !p.is_zero());
    let low = paying().map(|p| p.positive_quantile(0.01)).fold(f64::INFINITY, f64::min);
    let high = paying().map(|p| p.quantile(0.99).max(p.mean()).max(p.positive_quantile(0.5))).fold(0.0, f64::max);
    (high > 0.0).then_some((low, high))
}

fn title(data: &FigureData, lang: Lang) -> String {
    let means = || data.guidelines.iter().map(|g| g.payout.mean());
    let (low, high) = (means().fold(f64::INFINITY, f64::min), means().fold(0.0, f64::max));
    let words = |v: f64| money(v, &data.currency, lang);
    match (lang, data.guidelines.len()) {
        (Lang::En, _) if high <= 0.0 && gives_in_kind(data) => "No guideline pays money".into(),
        (Lang::Ko, _) if high <= 0.0 && gives_in_kind(data) => "현금을 지급하는 기준안 없음".into(),
        (Lang::En, _) if high <= 0.0 => "No guideline pays anything".into(),
        (Lang::Ko, _) if high <= 0.0 => "어느 기준안도 보상금을 지급하지 않음".into(),
        (Lang::En, 1) => format!("The payout averages {}", words(high)),
        (Lang::Ko, 1) => format!("평균 지급액 {}", words(high)),
        (Lang::En, _) => {
            let low = match low > 0.0 {
                true => words(low),
                false => if gives_in_kind(data) { "no money" } else { "nothing" }.into(),
            };
            format!("The average payout ranges from {low} to {} across guidelines", words(high))
        }
        (Lang::Ko, _) => format!("기준안별 평균 지급액: 최소 {}, 최대 {}", words(low), words(high)),
    }
}

fn subtitle(data: &FigureData, lang: Lang, far: bool) -> String {
    match lang {
        Lang::En => {
            let worlds = plural(data.replicates, "simulated world");
            let scale = if far { "; logarithmic scale" } else { "" };
            format!("Payout under each guideline across {worlds}{scale}")
        }
        Lang::Ko => {
            let worlds = whole(data.replicates);
            let scale = if far { " (로그 눈금)" } else { "" };
            format!("상황 {worlds}개에서 나온 기준안별 지급액의 분포{scale}")
        }
    }
}

/// Explains the glyph of a row by drawing one.
fn key(page: &mut Page<'_>) {
    let lang = page.lang;
    let y = page.top + 8.0;
    let mut x = MARGIN;
    let grey = Look { colour: SOFT, ..palette::guideline(0) };
    let items: [(&str, Glyph); 5] = [
        (pick(lang, "relative frequency", "상대 빈도"), Glyph::Ridge),
        (pick(lang, "5–95 %", "5~95%"), Glyph::Range),
        (pick(lang, "25–75 %", "25~75%"), Glyph::Half),
        (pick(lang, "median", "중앙값"), Glyph::Median),
        (pick(lang, "mean", "평균"), Glyph::Mean),
    ];
    for (words, glyph) in items {
        draw_glyph(page, glyph, x, y - 4.0, grey.colour);
        page.canvas.text(words, x + 32.0, y, NOTE);
        x += 32.0 + NOTE.width(words) + 22.0;
    }
    page.top += 12.0;
}

#[derive(Clone, Copy)]
enum Glyph {
    Ridge,
    Range,
    Half,
    Median,
    Mean,
}

fn draw_glyph(page: &mut Page<'_>, glyph: Glyph, x: f64, y: f64, colour: Rgb) {
    let c = &mut page.canvas;
    match glyph {
        Glyph::Ridge => {
            let hump = |t: f64| (-(t - 0.4) * (t - 0.4) * 14.0).exp() * 10.0;
            let mut points: Vec<(f64, f64)> =
                (0..=26).map(|i| (x + f64::from(i), y + 5.0 - hump(f64::from(i) / 26.0))).collect();
            points.extend([(x + 26.0, y + 5.0), (x, y + 5.0)]);
            c.polygon(points, tint(colour, 0.6), 1.0);
        }
        Glyph::Range => c.line((x, y), (x + 26.0, y), 1.5, colour),
        Glyph::Half => c.line((x, y), (x + 26.0, y), 8.0, tint(colour, 0.25)),
        Glyph::Median => c.line((x + 16.0, y - 7.0), (x + 16.0, y + 7.0), 2.5, INK),
        Glyph::Mean => c.marker((x + 17.0, y), 3.8, Marker::Triangle, INK),
    }
}

/// Strip, axis and rules between rows. Returns the height used up.
fn frame(page: &mut Page<'_>, scale: Option<&Scale>, plot: Area, strip: f64) -> f64 {
    let rows = page.data.guidelines.len();
    if strip > 0.0 {
        page.strip(Area { right: plot.left + strip, ..plot });
    }
    let mut bottom = plot.bottom;
    if let Some(scale) = scale {
        let words = money_ticks(scale.ticks(), &page.data.currency, page.lang);
        let title = format!("{} ({})", pick(page.lang, "payout", "지급액"), words.unit);
        bottom = page.bottom_axis(scale, &words.labels, &title, plot);
        if strip > 0.0 {
            let style = TICK.anchor(Anchor::Middle);
            let words = match gives_in_kind(page.data) {
                true => pick(page.lang, "no money", "현금 없음"),
                false => pick(page.lang, "nothing", "없음"),
            };
            // Clear of the mark at which the axis starts, which may be a long one.
            let x = (plot.left + strip / 2.0).min(plot.left + 66.0 - style.width(words) / 2.0);
            page.canvas.text(words, x, plot.bottom + 17.0, style);
        }
    }
    for line in 1..rows {
        let y = plot.top + (plot.bottom - plot.top) * line as f64 / rows as f64;
        page.canvas.line((MARGIN, y), (WIDTH - MARGIN, y), 0.5, GRID);
    }
    bottom
}

fn distribution_row(page: &mut Page<'_>, index: usize, scale: Option<&Scale>, plot: Area, middle: f64) {
    let data = page.data;
    let payout = &data.guidelines[index].payout;
    let (Some(scale), false) = (scale, payout.is_zero()) else {
        let words = without_money(data, index, page.lang);
        let style = LABEL.colour(SOFT);
        // In the middle of the strip, where it has room for the words.
        let x = plot.left + ((STRIP - style.width(words)) / 2.0).max(6.0);
        return page.canvas.text(words, x, middle + 5.0, style);
    };
    let look = palette::guideline(index);
    let plot = Area { left: scale.start(), ..plot };
    ridge(page, payout, scale, plot, middle + 4.0, look.colour);
    span(page, payout, scale, middle + 15.0, look.colour);
    let zero = payout.zero_share();
    if zero > 0.0 {
        let style = NOTE.anchor(Anchor::Middle).colour(INK);
        let words = format!("{}{}", percent(zero, page.lang), pick(page.lang, " of worlds", "는 지급 없음"));
        page.canvas.text(&words, scale.at(0.0), middle + 1.0, style);
    }
}

/// Relative frequency of the positive values along the axis.
fn ridge(page: &mut Page<'_>, payout: &Distribution, scale: &Scale, plot: Area, base: f64, colour: Rgb) {
    const POINTS: usize = 400;
    const TALL: f64 = 32.0;
    let places: Vec<f64> =
        (0..POINTS).map(|i| scale.at(payout.positive_quantile((i as f64 + 0.5) / POINTS as f64))).collect();
    let spread = (places[POINTS * 3 / 4] - places[POINTS / 4]).abs() / 1.34;
    let width = (0.9 * spread * (POINTS as f64).powf(-0.2)).max(1.6);
    let steps = ((plot.right - plot.left) / 2.0) as usize;
    let density = |x: f64| places.iter().map(|p| (-0.5 * ((x - p) / width).powi(2)).exp()).sum::<f64>();
    let curve: Vec<(f64, f64)> = (0..=steps).map(|i| plot.left + 2.0 * i as f64).map(|x| (x, density(x))).collect();
    let peak = curve.iter().map(|c| c.1).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let mut points: Vec<(f64, f64)> =
        curve.iter().filter(|c| c.1 > peak * 0.004).map(|c| (c.0, base - TALL * c.1 / peak)).collect();
    let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else {
        return;
    };
    page.canvas.path(&points, 1.2, colour);
    points.extend([(last.0, base), (first.0, base)]);
    page.canvas.polygon(points, tint(colour, 0.55), 0.75);
    page.canvas.line((plot.left, base), (plot.right, base), 0.5, RULE);
}

/// Ranges, median and mean below the ridge.
fn span(page: &mut Page<'_>, payout: &Distribution, scale: &Scale, y: f64, colour: Rgb) {
    let at = |p: f64| scale.at(payout.quantile(p));
    let c = &mut page.canvas;
    c.line((at(0.05), y), (at(0.95), y), 1.6, colour);
    c.line((at(0.25), y), (at(0.75), y), 8.0, tint(colour, 0.25));
    c.line((at(0.5), y - 6.5), (at(0.5), y + 6.5), 2.5, INK);
    c.marker((scale.at(payout.mean()), y + 11.0), 3.8, Marker::Triangle, INK);
}

fn values(page: &mut Page<'_>, index: usize, x: f64, middle: f64) {
    let (lang, data) = (page.lang, page.data);
    let payout = &data.guidelines[index].payout;
    let words = |v: f64| money(v, &data.currency, lang);
    if payout.is_zero() {
        return page.canvas.text(&words(0.0), x, middle + 4.5, VALUE.bold());
    }
    let [low, median, high] = payout.told();
    if data.replicates == 1 {
        // One world has neither a middle nor a range.
        return page.canvas.fitted(&words(payout.mean()), VALUES, (x, middle + 4.5), VALUE.bold());
    }
    let range = page_range(low, high, &data.currency, lang);
    let mut baseline = middle - 11.5;
    let lines = [
        format!("{} {}", pick(lang, "median", "중앙값"), words(median)),
        format!("{} {}", pick(lang, "mean", "평균"), words(payout.mean())),
        format!("{} {range}", pick(lang, "5–95 %:", "5~95%:")),
    ];
    for (line, style) in lines.iter().zip([VALUE.bold(), VALUE, VALUE.colour(SOFT)]) {
        page.canvas.fitted(line, VALUES, (x, baseline), style);
        baseline += 16.0;
    }
}
