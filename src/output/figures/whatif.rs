//! Figures of what-if: curves over one quantity, maps over two, a goal sought.

use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::FigureData;
use super::limit;
use super::number::{amount, count, currency_word, money_range, money_ticks, percent, pick, significant};
use super::page::{Drawing, LABEL, MARGIN, NOTE, Page, TICK, lettered};
use super::palette::{self, ALERT, INK, PAPER, Rgb, SOFT, tint, upon};
use super::place;
use super::scale::Scale;
use crate::engine::outcome::MeasureUnit;
use crate::model::{Guideline, Lang, Scenario};
use crate::output::budget;
use crate::output::terminal::whatif::{look_words, stated, statement_words, told, unit_parts};
use crate::stats::Statistic;
use crate::whatif::Look;
use crate::whatif::interest::budget as mean_budget;
use crate::whatif::solve::Solution;
use crate::whatif::statement::Statement;
use crate::whatif::sweep::Row;
use crate::whatif::vary::Vary;

/// What a figure says of its making.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Worlds at each value.
    pub replicates: u64,
    /// Seed.
    pub seed: u64,
    /// Language.
    pub lang: Lang,
}

impl Told<'_> {
    pub(super) fn data(&self) -> FigureData {
        FigureData {
            title: self.scenario.title.clone(),
            seed: self.seed,
            replicates: self.replicates,
            version: env!("CARGO_PKG_VERSION").into(),
            currency: self.scenario.currency.clone(),
            ..FigureData::default()
        }
    }

    /// The same with the budget.
    fn data_with_budget(&self) -> FigureData {
        FigureData {
            budget: mean_budget(self.scenario),
            budget_words: budget::told(self.scenario).unwrap_or_default(),
            budget_range: budget::reach(self.scenario),
            ..self.data()
        }
    }
}

const TALL: f64 = 380.0;
const LABELS: f64 = 190.0;
const HEAD: Style = text(12.5).bold();

/// Figures of a sweep: one for each look.
pub fn sweep(told: Told<'_>, over: &[Vary], looks: &[Look], rows: &[Row]) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (l, look) in looks.iter().enumerate() {
        let own: Vec<&Row> = rows.iter().filter(|r| r.look == l && r.estimate.value.is_finite()).collect();
        if own.is_empty() {
            continue;
        }
        match over {
            [one] => out.push((file_name("sweep", look), curves(told, one, look, &own).svg())),
            [one, two] => {
                let mut guidelines: Vec<&str> = own.iter().map(|r| r.guideline.as_str()).collect();
                guidelines.dedup();
                guidelines.sort_unstable();
                guidelines.dedup();
                for id in &guidelines {
                    let own: Vec<&Row> = own.iter().copied().filter(|r| r.guideline == *id).collect();
                    let name = match guidelines.len() {
                        1 => file_name("map", look),
                        _ => format!("{}-{id}", file_name("map", look)),
                    };
                    out.push((name, map(told, one, two, look, &own, id).svg()));
                }
            }
            _ => {}
        }
    }
    out
}

/// `sweep-mean-cost`: a name for files.
fn file_name(kind: &str, look: &Look) -> String {
    let statistic = match look.statistic {
        Statistic::Chance(..) => "chance".into(),
        other => other.name(),
    };
    format!("{kind}-{statistic}-{}", look.interest.measure().name.replace('_', "-"))
}

/// An axis for values of a unit between two positions, with its labels and the words for the unit.
pub(super) fn axis(
    unit: MeasureUnit,
    (low, high): (f64, f64),
    ends: (f64, f64),
    currency: &str,
    lang: Lang,
) -> (Scale, Vec<String>, String) {
    let (low, high) = (low.min(0.0), if high > low { high } else { low.max(0.0) + 1.0 });
    let scale = Scale::linear(low, high, ends);
    match unit {
        MeasureUnit::Money => {
            let words = money_ticks(scale.ticks(), currency, lang);
            (scale, words.labels, words.unit)
        }
        MeasureUnit::Share => {
            let labels = scale.ticks().iter().map(|t| format!("{}{}%", significant(t * 100.0), pick(lang, " ", "")));
            (scale.clone(), labels.collect(), String::new())
        }
        MeasureUnit::Days => {
            let labels = scale.ticks().iter().map(|t| significant(*t)).collect();
            (scale, labels, pick(lang, "days", "일").into())
        }
        MeasureUnit::Hours => {
            let labels = scale.ticks().iter().map(|t| significant(*t)).collect();
            (scale, labels, pick(lang, "hours", "시간").into())
        }
        MeasureUnit::Persons => {
            let labels = scale.ticks().iter().map(|t| count(*t, lang)).collect();
            (scale, labels, pick(lang, "people", "명").into())
        }
    }
}

/// The axis of what is varied.
fn varied_axis(vary: &Vary, (from, to): (f64, f64), lang: Lang) -> (Scale, Vec<String>) {
    let (low, high) = ends(&vary.numbers);
    let scale = match vary.log {
        true => Scale::log(low, high, (from, to), None),
        false => Scale::linear(low, high, (from, to)),
    };
    let labels = scale
        .ticks()
        .iter()
        .map(|t| match vary.words {
            true => vary.numbers.iter().position(|x| x == t).map_or(String::new(), |k| vary.values[k].clone()),
            false => varied(*t, vary, lang),
        })
        .collect();
    (scale, labels)
}

pub(super) fn ends(numbers: &[f64]) -> (f64, f64) {
    numbers.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(*x), b.max(*x)))
}

/// A number of what is varied beside the unit of [`varied_unit`].
fn varied(number: f64, vary: &Vary, lang: Lang) -> String {
    match (lang, unit_parts(&vary.unit)) {
        (Lang::Ko, (factor, _, true)) => amount(number * factor, lang),
        _ => amount(number, Lang::En),
    }
}

/// The unit of what is varied in the language of the figure.
fn varied_unit(vary: &Vary, lang: Lang) -> String {
    match (lang, unit_parts(&vary.unit)) {
        (Lang::En, _) => vary.unit.clone(),
        (Lang::Ko, (_, code, true)) => currency_word(code, lang).trim().into(),
        (Lang::Ko, (_, "h", _)) => "시간".into(),
        (Lang::Ko, (_, "d", _)) => "일".into(),
        (Lang::Ko, (_, unit, _)) => unit.into(),
    }
}

fn varied_title(vary: &Vary, lang: Lang) -> String {
    let unit = varied_unit(vary, lang);
    if unit.is_empty() { vary.path.clone() } else { format!("{} ({unit})", vary.path) }
}

/// Title of a guideline, its identifier if it has none; behind its letter where another has the same.
pub(super) fn title_of(scenario: &Scenario, id: &str, lang: Lang) -> String {
    let title = |g: &Guideline| if g.title.is_empty() { g.id.clone() } else { g.title.get(lang).to_string() };
    let Some(index) = scenario.guidelines.iter().position(|g| g.id == id) else { return id.into() };
    let own = title(&scenario.guidelines[index]);
    let same = scenario.guidelines.iter().filter(|g| title(g) == own).count();
    if same > 1 { lettered(index, &own) } else { own }
}

pub(super) fn plot_of(page: &Page<'_>, labels: f64) -> Area {
    let top = page.top + 34.0;
    Area { left: MARGIN + 66.0, top, right: WIDTH - MARGIN - labels, bottom: top + TALL }
}

fn curves(told_of: Told<'_>, vary: &Vary, look: &Look, rows: &[&Row]) -> Drawing {
    let (scenario, lang) = (told_of.scenario, told_of.lang);
    let banded = look.statistic == Statistic::Mean;
    let of_cost = banded && look.interest.measure().name == "cost";
    let data = if of_cost { told_of.data_with_budget() } else { told_of.data() };
    let words = look_words(look, scenario, lang);
    let title = match lang {
        Lang::En => format!("What if: {words} over {}", vary.path),
        Lang::Ko => format!("{}에 따른 {words}", vary.path),
    };
    let mut guidelines: Vec<&str> = Vec::new();
    for r in rows {
        if !guidelines.contains(&r.guideline.as_str()) {
            guidelines.push(&r.guideline);
        }
    }
    // Bands of many guidelines hide each other: beyond three the lines stand alone.
    let shaded = guidelines.len() <= 3;
    let subtitle = match banded {
        _ if !shaded => pick(lang, "A line a guideline.", "선 하나가 기준안 하나."),
        true => pick(lang, "Line: mean. Shaded: nine worlds of ten.", "선은 평균, 음영은 상황 열 개 가운데 아홉 개."),
        false => pick(lang, "Shaded: 95 % Monte-Carlo interval.", "음영은 95% 모의실험 오차 구간."),
    };
    let mut page = Page::new(&data, lang, &title, subtitle);
    let plot = plot_of(&page, LABELS + 34.0);
    let side = |r: &Row| match (shaded, banded) {
        (false, _) => (r.estimate.value, r.estimate.value),
        (_, true) => r.spread,
        _ => (r.estimate.lo, r.estimate.hi),
    };
    let sides = rows.iter().flat_map(|r| [side(r).0, side(r).1, r.estimate.value]).filter(|x| x.is_finite());
    let (low, high) = sides.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
    let (low, high) = limit::with_ends(&data, (low, high), (0.0, budget::NEAR * high));
    let (y, labels, unit) = axis(look.unit(), (low, high), (plot.bottom, plot.top), &scenario.currency, lang);
    let (x, below) = varied_axis(vary, (plot.left, plot.right), lang);
    page.left_axis(&y, &labels, plot);
    let head = if unit.is_empty() { words } else { format!("{words} ({unit})") };
    page.canvas.text(&head, MARGIN, plot.top - 14.0, LABEL);
    let bottom = page.bottom_axis(&x, &below, &varied_title(vary, lang), plot);
    limit::under(&mut page, &y, plot);
    let mut ends: Vec<EndLabel> = Vec::new();
    for (g, id) in guidelines.iter().enumerate() {
        let place = scenario.guidelines.iter().position(|x| x.id == **id).unwrap_or(g);
        let colour = palette::guideline(place);
        let mut own: Vec<&Row> = rows.iter().copied().filter(|r| r.guideline == **id).collect();
        own.sort_by(|a, b| vary.numbers[a.point].total_cmp(&vary.numbers[b.point]));
        let at = |r: &&Row, v: f64| (x.at(vary.numbers[r.point]), y.at(v));
        let mut band: Vec<(f64, f64)> = own.iter().map(|r| at(r, side(r).1)).collect();
        band.extend(own.iter().rev().map(|r| at(r, side(r).0)));
        if shaded && own.len() > 1 {
            page.canvas.polygon(band, tint(colour.colour, 0.35), 0.25);
        }
        let line: Vec<(f64, f64)> = own.iter().map(|r| at(r, r.estimate.value)).collect();
        page.canvas.dashed(&line, 2.2, colour.colour, colour.dash);
        for point in &line {
            page.canvas.marker(*point, 2.8, colour.marker, colour.colour);
        }
        let Some(last) = own.last() else { continue };
        let head = HEAD.wrap(&title_of(scenario, id, lang), LABELS - 12.0, 2);
        let detail = vec![told(last.estimate.value, look.unit(), &scenario.currency, lang)];
        ends.push(EndLabel { at: y.at(last.estimate.value), head, detail, colour: colour.colour });
    }
    limit::over(&mut page, &y, plot);
    if let Some((low, high)) = limit::ends(&data) {
        let at = y.at(data.budget.unwrap_or(low).clamp(low, high));
        let head = vec![pick(lang, "budget", "예산").to_string()];
        let lines = limit::words(&data, &y, lang);
        let detail = lines.iter().flat_map(|line| NOTE.wrap(line, LABELS - 12.0, 4)).collect();
        ends.push(EndLabel { at, head, detail, colour: ALERT });
    }
    end_labels(&mut page, plot, &ends);
    page.finish(bottom, &[])
}

/// A label at the right end of a line.
struct EndLabel {
    at: f64,
    head: Vec<String>,
    detail: Vec<String>,
    colour: Rgb,
}

fn end_labels(page: &mut Page<'_>, plot: Area, labels: &[EndLabel]) {
    let height = |l: &EndLabel| (l.head.len() + l.detail.len()) as f64 * HEAD.leading() + 6.0;
    let places: Vec<(f64, f64)> = labels.iter().map(|l| (l.at, height(l))).collect();
    let centres = place::apart(&places, plot.top - 20.0, plot.bottom + 24.0);
    let x = WIDTH - MARGIN - LABELS;
    for (label, ((at, height), centre)) in labels.iter().zip(places.into_iter().zip(centres)) {
        page.canvas.line((plot.right + 2.0, at), (x - 4.0, centre), 0.9, label.colour);
        let (upper, lower) = (centre - height / 2.0 + 3.0, centre + height / 2.0 - 3.0);
        page.canvas.line((x - 4.0, upper), (x - 4.0, lower), 2.4, label.colour);
        let first = centre - height / 2.0 + 2.0 + HEAD.size;
        let below = page.canvas.lines(&label.head, x + 2.0, first, HEAD.colour(INK));
        page.canvas.lines(&label.detail, x + 2.0, below, NOTE.colour(SOFT));
    }
}

/// A heat map with the contour of the budget, or of one half for a chance.
fn map(told_of: Told<'_>, one: &Vary, two: &Vary, look: &Look, rows: &[&Row], id: &str) -> Drawing {
    let (scenario, lang) = (told_of.scenario, told_of.lang);
    let data = told_of.data();
    let words = look_words(look, scenario, lang);
    let name = title_of(scenario, id, lang);
    let title = match lang {
        Lang::En => format!("What if: {words}"),
        Lang::Ko => format!("두 값에 따른 {words}"),
    };
    let levels = contour_levels(told_of, look);
    let (low, high) = ends(&rows.iter().map(|r| r.estimate.value).collect::<Vec<_>>());
    let subtitle = match contour_words(told_of, look, levels, (low, high)) {
        Some(line) => format!("{name}. {line}."),
        None => name,
    };
    let mut page = Page::new(&data, lang, &title, &subtitle);
    let plot = Area { left: MARGIN + 96.0, ..plot_of(&page, 40.0) };
    let value = |k1: usize, k2: usize| {
        rows.iter().find(|r| r.point == k1 * two.values.len() + k2).map_or(f64::NAN, |r| r.estimate.value)
    };
    let (n1, n2) = (one.values.len(), two.values.len());
    let (wide, tall) = (plot.width() / n1 as f64, plot.height() / n2 as f64);
    let centre = |k1: usize, k2: usize| (plot.left + (k1 as f64 + 0.5) * wide, plot.bottom - (k2 as f64 + 0.5) * tall);
    for k1 in 0..n1 {
        for k2 in 0..n2 {
            let v = value(k1, k2);
            // Of nobody there is no share: the cell stays empty.
            if !v.is_finite() {
                continue;
            }
            let (x, y) = centre(k1, k2);
            let t = if high > low { (v - low) / (high - low) } else { 0.5 };
            let colour = tint((0x00, 0x4C, 0x80), 0.95 - 0.9 * t.clamp(0.0, 1.0));
            let cell =
                Area { left: x - wide / 2.0, right: x + wide / 2.0, top: y - tall / 2.0, bottom: y + tall / 2.0 };
            page.canvas.rect(cell, colour);
            let words = short(v, look.unit(), lang);
            let style = TICK.colour(upon(colour)).anchor(Anchor::Middle);
            if style.width(&words) < wide - 6.0 && tall > 16.0 {
                page.canvas.text(&words, x, y + 4.5, style);
            }
        }
    }
    if let Some((least, most)) = levels {
        let upper = if most > least { contour(n1, n2, &value, most) } else { Vec::new() };
        for (a, b) in contour(n1, n2, &value, least).into_iter().chain(upper) {
            let at = |(i, j): (f64, f64)| (plot.left + (i + 0.5) * wide, plot.bottom - (j + 0.5) * tall);
            page.canvas.line(at(a), at(b), 3.6, PAPER);
            page.canvas.line(at(a), at(b), 2.0, ALERT);
        }
    }
    let short_value = |v: &Vary, k: usize| if v.words { v.values[k].clone() } else { varied(v.numbers[k], v, lang) };
    let mut free = f64::NEG_INFINITY;
    for k in 0..n1 {
        let (x, _) = centre(k, 0);
        let label = short_value(one, k);
        let half = TICK.width(&label) / 2.0;
        if x - half > free {
            page.canvas.text(&label, x, plot.bottom + 17.0, TICK.anchor(Anchor::Middle));
            free = x + half + 6.0;
        }
    }
    let step = (16.0 / tall).ceil().max(1.0) as usize;
    for k in (0..n2).step_by(step) {
        let (_, y) = centre(0, k);
        page.canvas.fitted(&short_value(two, k), 88.0, (plot.left - 8.0, y + 4.5), TICK.anchor(Anchor::End));
    }
    page.canvas.text(&varied_title(two, lang), MARGIN, plot.top - 12.0, LABEL);
    page.canvas.text(
        &varied_title(one, lang),
        (plot.left + plot.right) / 2.0,
        plot.bottom + 37.0,
        LABEL.anchor(Anchor::Middle),
    );
    page.finish(plot.bottom + 42.0, &[])
}

/// A value in few letters.
fn short(value: f64, unit: MeasureUnit, lang: Lang) -> String {
    match unit {
        _ if !value.is_finite() => String::new(),
        MeasureUnit::Share => percent(value, lang),
        MeasureUnit::Money | MeasureUnit::Persons => amount(value, lang),
        MeasureUnit::Days | MeasureUnit::Hours => significant(value),
    }
}

/// The levels that a map's contours show: between which values the budget of a cost lies, the tolerance of a chance to pass it. A
/// level that is certain is there twice.
fn contour_levels(told: Told<'_>, look: &Look) -> Option<(f64, f64)> {
    let levels = match look.statistic {
        Statistic::Chance(..) => told.scenario.budget.as_ref().map(|b| (b.tolerance, b.tolerance)),
        _ => limit::ends(&told.data_with_budget()),
    };
    levels.filter(|_| look.interest.measure().name == "cost")
}

/// What the contours of a map with values in a range are: of an uncertain budget there is one at each of its ends.
fn contour_words(
    told_of: Told<'_>,
    look: &Look,
    levels: Option<(f64, f64)>,
    (low, high): (f64, f64),
) -> Option<String> {
    let ((least, most), scenario, lang) = (levels?, told_of.scenario, told_of.lang);
    let exact = |level: f64| stated(level, look.unit(), &scenario.currency, lang);
    let words = match least < most {
        false => exact(least),
        true => {
            let whole = budget::reach(scenario).is_none_or(|r| r.whole);
            let rounded = |level: f64| told(level, look.unit(), &scenario.currency, lang);
            // Ends that are given keep their digits.
            let range = match whole && [least, most].iter().any(|level| exact(*level) != rounded(*level)) {
                true => format!("{}{}{}", exact(least), pick(lang, " to ", "~"), exact(most)),
                false => money_range(least, most, &scenario.currency, lang),
            };
            match (lang, whole) {
                (Lang::En, true) => format!("the uncertain budget ({range})"),
                (Lang::En, false) => format!("the uncertain budget ({range} in 90 % of worlds)"),
                (Lang::Ko, true) => format!("불확실한 예산({range})"),
                (Lang::Ko, false) => format!("불확실한 예산(상황의 90%에서 {range})"),
            }
        }
    };
    let crossed = |level: f64| (low..=high).contains(&level);
    Some(match (lang, crossed(least), crossed(most)) {
        (Lang::En, ..) if least > high => format!("All below {words}"),
        (Lang::Ko, ..) if least > high => format!("모두 {words} 미만"),
        (Lang::En, ..) if most < low => format!("All above {words}"),
        (Lang::Ko, ..) if most < low => format!("모두 {words} 초과"),
        (Lang::En, ..) if least == most => format!("Line: {words}"),
        (Lang::Ko, ..) if least == most => format!("선: {words}"),
        (Lang::En, false, false) => format!("All inside {words}"),
        (Lang::Ko, false, false) => format!("모두 {words} 안"),
        (Lang::En, true, false) => format!("Line: lower end of {words}"),
        (Lang::Ko, true, false) => format!("선: {words}의 아래 끝"),
        (Lang::En, false, true) => format!("Line: upper end of {words}"),
        (Lang::Ko, false, true) => format!("선: {words}의 위 끝"),
        (Lang::En, true, true) => format!("Lines: both ends of {words}"),
        (Lang::Ko, true, true) => format!("선: {words}의 양 끝"),
    })
}

/// A point in units of cells.
type CellPoint = (f64, f64);

/// Pieces of the contour between the centres of cells, by marching squares.
fn contour(n1: usize, n2: usize, value: &dyn Fn(usize, usize) -> f64, level: f64) -> Vec<(CellPoint, CellPoint)> {
    let mut pieces = Vec::new();
    for i in 0..n1.saturating_sub(1) {
        for j in 0..n2.saturating_sub(1) {
            let corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)];
            let mut cuts = Vec::new();
            for k in 0..4 {
                let (a, b) = (corners[k], corners[(k + 1) % 4]);
                let (va, vb) = (value(a.0, a.1), value(b.0, b.1));
                if (va > level) != (vb > level) && va.is_finite() && vb.is_finite() {
                    let t = (level - va) / (vb - va);
                    let between = |p: usize, q: usize| p as f64 + (q as f64 - p as f64) * t;
                    cuts.push((between(a.0, b.0), between(a.1, b.1)));
                }
            }
            pieces.extend(cuts.chunks_exact(2).map(|c| (c[0], c[1])));
        }
    }
    pieces
}

/// The figure of a goal sought: the estimate over the values looked at, the bound, and where it is met.
pub fn solve(
    told_of: Told<'_>,
    vary: &Vary,
    words: &str,
    statement: &Statement,
    found: &Solution,
) -> Vec<(String, String)> {
    let (scenario, lang) = (told_of.scenario, told_of.lang);
    let data = told_of.data();
    let everywhere = found.everywhere(statement);
    let words = &statement_words(words, statement, scenario, lang);
    let title = match (everywhere, lang) {
        (None, Lang::En) => format!("Where it turns true: {words}"),
        (None, Lang::Ko) => format!("참이 되는 값: {words}"),
        (Some(true), Lang::En) => format!("True at every value looked at: {words}"),
        (Some(true), Lang::Ko) => format!("살펴본 모든 값에서 참: {words}"),
        (Some(false), Lang::En) => format!("True at no value looked at: {words}"),
        (Some(false), Lang::Ko) => format!("살펴본 어느 값에서도 참이 아님: {words}"),
    };
    let parts = pick(
        lang,
        "Line: estimate. Shaded: 95 % Monte-Carlo interval. Dashed: the bound",
        "선은 추정값, 음영은 95% 모의실험 오차 구간, 점선은 기준값",
    );
    let turns = pick(lang, ". Vertical: where the statement turns", ", 세로선은 참과 거짓이 바뀌는 값");
    let subtitle = format!("{parts}{}.", if everywhere.is_none() { turns } else { "" });
    let mut page = Page::new(&data, lang, &title, &subtitle);
    let plot = plot_of(&page, 30.0);
    let all: Vec<f64> = found
        .points
        .iter()
        .flat_map(|p| [p.estimate.value, p.estimate.lo, p.estimate.hi])
        .chain([statement.bound])
        .filter(|x| x.is_finite())
        .collect();
    let unit = statement.look.unit();
    let (y, labels, unit_words) = axis(unit, ends(&all), (plot.bottom, plot.top), &scenario.currency, lang);
    let over = vary.with(found.points.iter().map(|p| p.x).collect());
    let (x, below) = varied_axis(&over, (plot.left, plot.right), lang);
    page.left_axis(&y, &labels, plot);
    let look = look_words(&statement.look, scenario, lang);
    let head = if unit_words.is_empty() { look } else { format!("{look} ({unit_words})") };
    page.canvas.text(&head, MARGIN, plot.top - 14.0, LABEL);
    let bottom = page.bottom_axis(&x, &below, &varied_title(vary, lang), plot);
    let colour = palette::guideline(0).colour;
    let line = |f: &dyn Fn(&crate::stats::Estimate) -> f64| -> Vec<(f64, f64)> {
        let known = found.points.iter().filter(|p| f(&p.estimate).is_finite());
        known.map(|p| (x.at(p.x), y.at(f(&p.estimate)))).collect()
    };
    let mut band = line(&|e| e.hi);
    band.extend(line(&|e| e.lo).into_iter().rev());
    page.canvas.polygon(band, tint(colour, 0.35), 0.3);
    page.canvas.dashed(&line(&|e| e.value), 2.2, colour, &[]);
    page.canvas.dashed(
        &[(plot.left, y.at(statement.bound)), (plot.right, y.at(statement.bound))],
        1.4,
        ALERT,
        &[3.0, 2.0],
    );
    for t in &found.turns {
        let at = x.at(t.holds_at);
        page.canvas.line((at, plot.top), (at, plot.bottom), 1.2, INK);
        let (figure, unit) = (varied(t.holds_at, vary, lang), varied_unit(vary, lang));
        let close = lang == Lang::Ko && figure.ends_with(|c: char| c.is_ascii_digit());
        let label = format!("{figure}{}{unit}", if close { "" } else { " " }).trim_end().to_string();
        let anchor = if at > (plot.left + plot.right) / 2.0 { Anchor::End } else { Anchor::Start };
        let shift = if anchor == Anchor::End { -5.0 } else { 5.0 };
        page.canvas.text(&label, at + shift, plot.top + 14.0, HEAD.anchor(anchor));
    }
    vec![("solve".into(), page.finish(bottom, &[]).svg())]
}
