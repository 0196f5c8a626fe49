//! From hit to paid: how many people stand at each step, one row a guideline, one column a step, one logarithmic scale.

use crate::model::Lang;
use crate::output::terminal::cells::alike;

use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::{FigureData, Funnel, Interval};
use super::number::{people, people_range, percent, persons, pick};
use super::page::{Drawing, LABEL, MARGIN, Page};
use super::palette::{self, COMMON, GRID, INK, RULE, Rgb, SOFT};
use super::scale::Scale;

const NAMES: f64 = 200.0;
const ROW: f64 = 112.0;
const TALL: f64 = 58.0;
const BAR: f64 = 36.0;
const GAP: f64 = 16.0;
const NUMBER: Style = text(11.5).anchor(Anchor::Middle);
const SHARE: Style = text(11.0).colour(SOFT).anchor(Anchor::Middle);
const STEP: Style = text(12.0).anchor(Anchor::Middle);
/// The scale starts here: bars of fewer people have no height.
const LEAST: f64 = 10.0;

/// A column: its words and what it shows.
struct Step {
    words: (&'static str, &'static str),
    of: fn(&FigureData, &Funnel) -> Interval,
    whom: Whom,
}

/// Whom a column counts.
#[derive(Clone, Copy, PartialEq)]
enum Whom {
    Hit,
    Losers,
    Everybody,
}

const STEPS: [Step; 10] = [
    Step { words: ("hit", "피해자"), of: |d, _| d.hit, whom: Whom::Hit },
    Step { words: ("lost money", "금전 손해"), of: |d, _| d.losers, whom: Whom::Hit },
    Step { words: ("eligible", "대상이 됨"), of: |_, f| f.eligible, whom: Whom::Losers },
    Step { words: ("know of it", "알게 됨"), of: |_, f| f.aware, whom: Whom::Losers },
    Step { words: ("file, or need not", "신청 또는 자동"), of: |_, f| f.asking, whom: Whom::Losers },
    Step { words: ("get anything", "무언가 받음"), of: |_, f| f.covered, whom: Whom::Losers },
    Step { words: ("file", "신청"), of: |_, f| f.claims, whom: Whom::Everybody },
    Step { words: ("need not file", "자동 지급"), of: |_, f| f.automatic, whom: Whom::Everybody },
    Step { words: ("approved", "승인"), of: |_, f| f.approved, whom: Whom::Everybody },
    Step { words: ("paid money", "현금 받음"), of: |_, f| f.paid, whom: Whom::Everybody },
];

/// True when anybody is hit.
pub fn has(data: &FigureData) -> bool {
    data.hit.mean > 0.0 && !data.guidelines.is_empty()
}

/// Draws the figure.
pub fn draw(data: &FigureData, lang: Lang) -> Drawing {
    let subtitle = pick(
        lang,
        "Means over worlds, whiskers: the middle 90 % of worlds. One logarithmic scale for all bars, from 10 people. \
         Below grey bars: the mean as a share of the mean number hit; below coloured bars: of those who lost money.",
        "평균, 가는 선은 상황의 5~95% 범위. 모든 막대가 10명에서 시작하는 같은 로그 눈금을 쓴다. 회색 막대 아래는 \
         평균 피해자 수 대비 비율, 유색 막대 아래는 평균 금전 손해자 수 대비 비율.",
    );
    let mut page = Page::new(data, lang, &title(data, lang), subtitle);
    let most = STEPS.iter().flat_map(|s| data.guidelines.iter().map(|g| (s.of)(data, &g.funnel)));
    let most = most.map(|v| v.mean.max(v.p95)).filter(|v| v.is_finite()).fold(LEAST * 10.0, f64::max);
    let top = heads(&mut page, lang);
    for index in 0..data.guidelines.len() {
        let base = top + ROW * (index as f64 + 1.0) - 30.0;
        page.row_name(index, base - TALL / 2.0, (NAMES, ROW));
        row(&mut page, index, base, most);
    }
    page.finish(top + ROW * data.guidelines.len() as f64 - 8.0, &[])
}

/// Centre of a column, with gaps between those that count other people.
fn column(step: usize) -> f64 {
    let left = MARGIN + NAMES + 14.0;
    let width = (WIDTH - MARGIN - left - 2.0 * GAP) / STEPS.len() as f64;
    let gaps = f64::from(u8::from(step > 0)) + f64::from(u8::from(step > 5));
    left + (step as f64 + 0.5) * width + gaps * GAP
}

/// Names of the columns and of whom they count. Returns the height used up.
fn heads(page: &mut Page<'_>, lang: Lang) -> f64 {
    let half = (column(2) - column(1)) / 2.0;
    let groups = [
        (1, 5, pick(lang, "people who lost money", "금전 손해자")),
        (6, 9, pick(lang, "everybody, with or without a loss", "손해 유무와 상관없이 모두")),
    ];
    let y = page.top + 8.0;
    for (first, last, words) in groups {
        let (left, right) = (column(first) - half + 3.0, column(last) + half - 3.0);
        page.canvas.text(words, (left + right) / 2.0, y, LABEL.anchor(Anchor::Middle));
        page.canvas.line((left, y + 6.0), (right, y + 6.0), 0.9, RULE);
    }
    for (step, s) in STEPS.iter().enumerate() {
        let lines = STEP.wrap(pick(lang, s.words.0, s.words.1), 2.0 * half - 6.0, 2);
        page.canvas.lines(&lines, column(step), y + 22.0, STEP);
    }
    y + 42.0
}

fn row(page: &mut Page<'_>, index: usize, base: f64, most: f64) {
    let (data, lang) = (page.data, page.lang);
    let funnel = data.guidelines[index].funnel;
    let look = palette::guideline(index);
    let y = Scale::log(LEAST, most, (base, base - TALL), Some(base));
    let half = (column(2) - column(1)) / 2.0;
    for (first, last) in [(0, 0), (1, 5), (6, 9)] {
        page.canvas.line((column(first) - half, base), (column(last) + half, base), 0.8, RULE);
    }
    page.canvas.line((MARGIN, base + 25.0), (WIDTH - MARGIN, base + 25.0), 0.5, GRID);
    for (step, s) in STEPS.iter().enumerate() {
        let v = (s.of)(data, &funnel);
        let colour = match s.whom {
            Whom::Losers => look.colour,
            Whom::Hit | Whom::Everybody => COMMON,
        };
        let told = |g: &super::data::GuidelineData| number((s.of)(data, &g.funnel).mean, lang);
        let column_words = alike(&data.guidelines.iter().map(told).collect::<Vec<_>>());
        bar(page, &y, column(step), (&v, &column_words[index]), colour);
        let whole = if s.whom == Whom::Losers { data.losers.mean } else { data.hit.mean };
        if step > 0 && whole > 0.0 {
            let words = if v.mean > 0.0 { percent(v.mean / whole, lang) } else { "–".into() };
            page.canvas.text(&words, column(step), base + 15.0, SHARE);
        }
    }
}

fn bar(page: &mut Page<'_>, y: &Scale, x: f64, (v, words): (&Interval, &str), colour: Rgb) {
    let base = y.at(0.0);
    let top = y.at(v.mean);
    page.canvas.rect(Area { left: x - BAR / 2.0, right: x + BAR / 2.0, top, bottom: base }, colour);
    let mut above = top;
    if v.mean > 0.0 && v.p95 > v.p05 {
        let (low, high) = (y.at(v.p05), y.at(v.p95));
        page.canvas.line((x, low), (x, high), 1.2, INK);
        above = above.min(high);
    }
    page.canvas.fitted(words, column(2) - column(1) - 3.0, (x, above - 4.0), NUMBER);
}

/// A number of people above its bar.
fn number(value: f64, lang: Lang) -> String {
    persons(value, lang).replace(" million", " m")
}

fn title(data: &FigureData, lang: Lang) -> String {
    let covered = || data.guidelines.iter().map(|g| g.funnel.covered.mean);
    let (least, most) = (covered().fold(f64::INFINITY, f64::min), covered().fold(0.0, f64::max));
    let [hit, losers, some] = [data.hit.mean, data.losers.mean, most].map(|n| people(n, lang));
    let bare = |n: f64| persons(n, lang);
    match lang {
        _ if data.losers.mean <= 0.0 => match lang {
            Lang::En => format!("{hit} hit, nobody lost money"),
            Lang::Ko => format!("피해자 {hit}, 금전 손해 없음"),
        },
        Lang::En if most <= 0.0 => {
            format!("{hit} hit, {} lost money, none of whom gets anything", bare(data.losers.mean))
        }
        Lang::Ko if most <= 0.0 => format!("피해자 {hit} 중 금전 손해자 {losers}, 받는 사람 없음"),
        Lang::En if bare(least) == bare(most) => {
            format!("{hit} hit, {} lost money, {} of whom get anything", bare(data.losers.mean), bare(most))
        }
        Lang::Ko if bare(least) == bare(most) => format!("피해자 {hit} 중 금전 손해자 {losers}, 그중 받는 사람 {some}"),
        Lang::En => format!(
            "{hit} hit, {} lost money, of whom {} to {} get anything",
            bare(data.losers.mean),
            bare(least),
            bare(most)
        ),
        Lang::Ko => {
            let some = people_range(least, most, lang);
            format!("피해자 {hit} 중 금전 손해자 {losers}, 그중 받는 사람 {some}")
        }
    }
}
