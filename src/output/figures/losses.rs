//! Loss before and after, by cohort: what each cohort lost, and what of it remains under each guideline.

use crate::model::Lang;

use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::FigureData;
use super::number::{amount, currency_word, money, percent, pick};
use super::page::{Drawing, MARGIN, Page, alone, behind};
use super::palette::{self, GRID, INK, RULE, SOFT, tint};

const NAMES: f64 = 178.0;
const BEFORE: f64 = 82.0;
const ROW: f64 = 34.0;
/// Guidelines side by side; more stand below.
const ABREAST: usize = 6;
const WIDEST: f64 = 150.0;
const NAME: Style = text(12.5);
const SMALL_NAME: Style = text(10.5);
const VALUE: Style = text(11.5);
const HEAD: Style = text(11.5).bold();

/// True when anybody loses anything.
pub fn has(data: &FigureData) -> bool {
    data.loss_by_cohort.iter().any(|v| *v > 0.0) && !data.guidelines.is_empty()
}

/// A row: its name, the loss before, what remains under each guideline, and the share made good. That is no quotient of the two
/// others: a mean of shares counts each world alike, a share of means the costly ones more, and the tables have the former.
struct Line {
    name: String,
    before: f64,
    after: Vec<f64>,
    good: Vec<f64>,
    whole: bool,
}

/// Draws the figure.
pub fn draw(data: &FigureData, lang: Lang) -> Drawing {
    let subtitle = match lang {
        Lang::En => format!(
            "Means over worlds, in {}. Full bar: the cohort's loss before; dark: what is not made good in money; at its right: the \
             share of the loss made good in a world, on average. Awards in kind and in court are not in it.",
            data.currency
        ),
        Lang::Ko => "여러 상황의 평균(원). 막대 전체는 집단의 보상 전 손해, 짙은 부분은 현금으로 메워지지 않은 손해, 오른쪽은 상황별로 메워진 비율의 평균. \
             현물과 소송으로 받는 것은 빠져 있다."
            .replace("(원)", &format!("({})", currency_word(&data.currency, lang).trim_start())),
    };
    let lines = lines(data, lang);
    let mut page = Page::new(data, lang, &title(data, &lines, lang), &subtitle);
    let mut top = page.top + 10.0;
    for first in (0..data.guidelines.len()).step_by(ABREAST) {
        let last = (first + ABREAST).min(data.guidelines.len());
        top = block(&mut page, &lines, first..last, top) + 26.0;
    }
    let bottom = top - 26.0;
    let notes = without_loss(data, lang);
    page.finish(bottom, &notes)
}

/// The cohorts that lose anything, the largest loss first, and all together.
fn lines(data: &FigureData, lang: Lang) -> Vec<Line> {
    let after = |cohort: usize| -> Vec<f64> {
        data.guidelines.iter().map(|g| g.uncompensated_by_cohort.get(cohort).copied().unwrap_or(0.0)).collect()
    };
    let good = |cohort: usize| -> Vec<f64> {
        data.guidelines.iter().map(|g| g.made_good_by_cohort.get(cohort).copied().unwrap_or(0.0)).collect()
    };
    let mut lines: Vec<Line> = data
        .cohorts
        .iter()
        .enumerate()
        .filter_map(|(c, name)| {
            let before = data.loss_by_cohort.get(c).copied().filter(|v| *v > 0.0 && v.is_finite())?;
            Some(Line { name: name.get(lang).to_string(), before, after: after(c), good: good(c), whole: false })
        })
        .collect();
    lines.sort_by(|a, b| b.before.total_cmp(&a.before));
    if lines.len() > 1 {
        let sum = |g: usize| lines.iter().map(|l| l.after[g]).sum();
        let all = Line {
            name: pick(lang, "all cohorts", "모든 집단").into(),
            before: lines.iter().map(|l| l.before).sum(),
            after: (0..data.guidelines.len()).map(sum).collect(),
            good: data.guidelines.iter().map(|g| g.made_good).collect(),
            whole: true,
        };
        lines.push(all);
    }
    lines
}

/// Names the cohorts that lose nothing.
fn without_loss(data: &FigureData, lang: Lang) -> Vec<String> {
    let none = |c: &usize| data.loss_by_cohort.get(*c).is_none_or(|v| v.is_nan() || *v <= 0.0);
    let names: Vec<&str> = (0..data.cohorts.len()).filter(none).map(|c| data.cohorts[c].get(lang)).collect();
    if names.is_empty() {
        return Vec::new();
    }
    vec![format!("{} {}.", pick(lang, "No loss of money:", "금전 손해 없음:"), names.join("; "))]
}

fn title(data: &FigureData, lines: &[Line], lang: Lang) -> String {
    let Some(all) = lines.last() else {
        return pick(lang, "Nobody lost money", "금전 손해가 없음").into();
    };
    let good = |g: usize| data.guidelines[g].made_good;
    let best = (0..data.guidelines.len()).max_by(|a, b| good(*a).total_cmp(&good(*b)));
    let loss = money(all.before, &data.currency, lang);
    let best = best.filter(|g| good(*g) > 0.0);
    let Some(best) = best else {
        return match lang {
            Lang::En => format!("No guideline makes good any of the loss of {loss}"),
            Lang::Ko => format!("어느 기준안도 메우지 않는 손해: {loss}"),
        };
    };
    let share = percent(good(best), lang);
    let told: Vec<String> = (0..data.guidelines.len()).map(|g| percent(good(g), lang)).collect();
    let behind = behind(alone(data, best, &share, &told, lang), lang);
    match lang {
        Lang::En if data.guidelines.len() == 1 => {
            format!("On average {share} of the loss of {loss} is made good in money")
        }
        Lang::Ko if data.guidelines.len() == 1 => format!("손해 {loss} 중 현금으로 메워지는 평균 비율: {share}"),
        Lang::En => format!("Of the loss of {loss}, at most {share} is made good in money on average{behind}"),
        Lang::Ko => format!("손해 {loss} 중 현금으로 메워지는 평균 비율은 최대 {share}{behind}"),
    }
}

/// Some guidelines side by side. Returns the height used up.
fn block(page: &mut Page<'_>, lines: &[Line], shown: std::ops::Range<usize>, top: f64) -> f64 {
    let lang = page.lang;
    let left = MARGIN + NAMES + BEFORE + 20.0;
    let step = ((WIDTH - MARGIN - left) / shown.len() as f64).min(WIDEST);
    let bar = step - 14.0;
    let names: Vec<Vec<String>> = shown.clone().map(|g| page.name_lines(g, HEAD, bar, 6, false)).collect();
    let tall = names.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let head = top + tall * HEAD.leading();
    page.canvas.text(pick(lang, "loss before", "보상 전 손해"), left - 20.0, head - 4.0, VALUE.anchor(Anchor::End));
    for (i, name) in names.iter().enumerate() {
        let x = left + step * i as f64;
        let first = head - 4.0 - (name.len() as f64 - 1.0) * HEAD.leading();
        page.canvas.lines(name, x, first, HEAD);
        page.canvas.line((x, head + 2.0), (x + bar, head + 2.0), 2.2, palette::guideline(shown.start + i).colour);
    }
    let base = head + 8.0;
    for (n, line) in lines.iter().enumerate() {
        let middle = base + (n as f64 + 0.5) * ROW;
        let colour = if line.whole { INK } else { GRID };
        page.canvas.line((MARGIN, middle - ROW / 2.0), (WIDTH - MARGIN, middle - ROW / 2.0), 0.5, colour);
        // A long name has three small lines in place of two.
        let long = NAME.wrap(&line.name, NAMES, 3).len() > 2;
        let (name, most, leading) = if long { (SMALL_NAME, 3, 11.0) } else { (NAME, 2, 15.0) };
        let style = if line.whole { name.bold() } else { name };
        let words = style.wrap(&line.name, NAMES, most);
        let first = middle + 4.5 - (words.len() as f64 - 1.0) * leading / 2.0;
        for (i, words) in words.iter().enumerate() {
            page.canvas.text(words, MARGIN, first + leading * i as f64, style);
        }
        let end = NAME.bold().anchor(Anchor::End);
        page.canvas.fitted(&amount(line.before, lang), BEFORE, (left - 20.0, middle + 4.5), end);
        for g in shown.clone() {
            cell(page, line, g, left + step * (g - shown.start) as f64, middle, bar);
        }
    }
    base + ROW * lines.len() as f64
}

fn cell(page: &mut Page<'_>, line: &Line, g: usize, x: f64, middle: f64, wide: f64) {
    let lang = page.lang;
    let colour = palette::guideline(g).colour;
    let left_over = (line.after[g] / line.before).clamp(0.0, 1.0);
    let left_over = if left_over.is_nan() { 0.0 } else { left_over };
    let bar = Area { left: x, right: x + wide, top: middle + 3.0, bottom: middle + 11.0 };
    page.canvas.rect(bar, tint(colour, 0.75));
    page.canvas.rect(Area { right: x + wide * left_over, ..bar }, tint(colour, 0.1));
    page.canvas.line((x + wide, bar.top - 1.5), (x + wide, bar.bottom + 1.5), 0.8, RULE);
    let good = line.good[g];
    let words = if good > 0.0 { percent(good, lang) } else { "–".into() };
    page.canvas.text(&words, x + wide, middle - 2.0, VALUE.colour(SOFT).anchor(Anchor::End));
    let room = wide - VALUE.width(&words) - 4.0;
    page.canvas.fitted(&amount(line.after[g], lang), room, (x, middle - 2.0), VALUE);
}
