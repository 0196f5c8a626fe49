//! What the cost is made of: a waterfall a guideline, from the money paid over what comes on top to what remains after
//! others have borne their part. The same part stands in the same column under every guideline.

use crate::model::Lang;

use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::{Bill, FigureData};
use super::number::{amount, money, money_range, pick};
use super::page::{Drawing, MARGIN, Page, unhandled};
use super::palette::{self, GRID, INK, PAPER, RULE, SOFT, tint};

/// Columns beyond which names and letters are smaller.
const ROOMY: usize = 8;
const ROW: f64 = 96.0;
const TALL: f64 = 58.0;
/// From the foot of the bars of a row to the line below.
const RULED: f64 = 10.0;
const VALUE: Style = text(13.0).bold();
const SMALL: Style = text(11.5).colour(SOFT);

/// Room for names and net costs, and letters of heads and numbers.
struct Layout {
    names: f64,
    net: f64,
    head: Style,
    number: Style,
}

/// The layout for so many columns.
fn layout(columns: usize) -> Layout {
    let (names, net, head, number) =
        if columns > ROOMY { (168.0, 142.0, 9.6, 9.5) } else { (200.0, 168.0, 12.0, 11.5) };
    let style = |size: f64| text(size).anchor(Anchor::Middle);
    Layout { names, net, head: style(head), number: style(number) }
}

/// A part of the cost.
struct Part {
    words: (&'static str, &'static str),
    of: fn(&Bill) -> f64,
    /// Whether it is known only where claims are followed through a procedure.
    followed: bool,
}

const PARTS: [Part; 10] = [
    Part { words: ("cash", "현금"), of: |b| b.cash, followed: false },
    Part { words: ("in kind", "현물"), of: |b| b.in_kind, followed: false },
    Part { words: ("staff, admin", "행정"), of: |b| b.administration, followed: true },
    Part { words: ("court awards", "소송 지급"), of: |b| b.courts, followed: false },
    Part { words: ("legal costs", "법률 비용"), of: |b| b.legal, followed: false },
    Part { words: ("interest", "이자"), of: |b| b.interest, followed: true },
    Part { words: ("paid in excess", "과다 지급액"), of: |b| b.overpaid, followed: true },
    Part { words: ("partner's share", "분담 합의"), of: |b| -b.from_split, followed: false },
    Part { words: ("recourse", "구상"), of: |b| -b.from_recourse, followed: false },
    Part { words: ("insured", "보험"), of: |b| -b.from_insurance, followed: false },
];

/// True when any guideline costs anything.
pub fn has(data: &FigureData) -> bool {
    data.guidelines.iter().any(|g| g.bill.gross() > 0.0)
}

/// Draws the figure.
pub fn draw(data: &FigureData, lang: Lang) -> Drawing {
    let parts: Vec<&Part> = PARTS.iter().filter(|p| data.guidelines.iter().any(|g| (p.of)(&g.bill) != 0.0)).collect();
    let currency = money(1e9, &data.currency, lang).split_whitespace().last().unwrap_or_default().to_string();
    let borne = data.guidelines.iter().any(|g| g.bill.recovered() > 0.0);
    let subtitle = match lang {
        Lang::En => format!(
            "Means over worlds, in {currency}. Each row has its own scale, from 0 to all that is paid; the bars at the \
             right share one.{}",
            if borne { " Hatched: borne by others." } else { "" }
        ),
        Lang::Ko => format!(
            "여러 상황의 평균({currency}). 행마다 0부터 지출 합계까지의 자체 눈금을 쓰고, 오른쪽 막대는 공통 눈금.{}",
            if borne { " 빗금은 다른 이가 부담하는 돈." } else { "" }
        ),
    };
    let mut page = Page::new(data, lang, &title(data, lang), &subtitle);
    let layout = layout(parts.len() + 1);
    let columns = columns(&layout, parts.len() + 1);
    let top = heads(&mut page, &layout, &parts, &columns);
    for index in 0..data.guidelines.len() {
        let base = top + ROW * (index as f64 + 1.0) - 14.0;
        // Between the lines that part the rows.
        page.row_name(index, base + RULED - ROW / 2.0, (layout.names, ROW - 4.0));
        row(&mut page, &layout, (index, base), &parts, &columns);
        net(&mut page, index, layout.net, base - TALL / 2.0);
    }
    let notes: Vec<String> = unhandled(data, lang).into_iter().collect();
    page.finish(top + ROW * data.guidelines.len() as f64 - 8.0, &notes)
}

/// Centres of so many columns.
fn columns(layout: &Layout, count: usize) -> Vec<f64> {
    let (left, right) = (MARGIN + layout.names + 12.0, WIDTH - MARGIN - layout.net - 16.0);
    let width = (right - left) / count as f64;
    (0..count).map(|i| left + (i as f64 + 0.5) * width).collect()
}

fn wide(columns: &[f64]) -> f64 {
    if columns.len() > 1 { columns[1] - columns[0] } else { 100.0 }
}

/// Names of the columns. Returns the height used up.
fn heads(page: &mut Page<'_>, layout: &Layout, parts: &[&Part], columns: &[f64]) -> f64 {
    let y = page.top + 12.0;
    let words = parts.iter().map(|p| pick(page.lang, p.words.0, p.words.1));
    let words: Vec<&str> = words.chain([pick(page.lang, "net cost", "순비용")]).collect();
    for (words, x) in words.into_iter().zip(columns) {
        let lines = layout.head.wrap(words, wide(columns) - 2.0, 2);
        page.canvas.lines(&lines, *x, y, layout.head);
    }
    y + 24.0
}

fn row(page: &mut Page<'_>, layout: &Layout, (index, base): (usize, f64), parts: &[&Part], columns: &[f64]) {
    let (bill, lang) = (page.data.guidelines[index].bill, page.lang);
    let colour = palette::guideline(index).colour;
    let whole = bill.gross().max(bill.net.mean);
    page.canvas.line((MARGIN, base + RULED), (WIDTH - MARGIN, base + RULED), 0.5, GRID);
    let (first, last) = (columns[0] - wide(columns) / 2.0, columns[columns.len() - 1] + wide(columns) / 2.0);
    page.canvas.line((first, base), (last, base), 0.8, RULE);
    if whole.is_nan() || whole <= 0.0 {
        let words = pick(lang, "costs nothing", "비용 없음");
        return page.canvas.text(words, columns[0], base - 6.0, layout.number.colour(SOFT));
    }
    let half = (wide(columns) * 0.32).min(26.0);
    let y = |v: f64| base - TALL * (v / whole).clamp(0.0, 1.0);
    // Where nobody says what becomes of claims these parts are not known.
    let untold = page.data.guidelines[index].course.is_none() && page.data.guidelines[index].claims.mean > 0.0;
    let mut level: f64 = 0.0;
    for (part, x) in parts.iter().zip(columns) {
        let value = (part.of)(&bill);
        let (low, high) = (level.min(level + value).max(0.0), level.max(level + value));
        level = (level + value).max(0.0);
        let bar = Area { left: x - half, right: x + half, top: y(high).min(y(low) - 0.8), bottom: y(low) };
        if value > 0.0 {
            page.canvas.rect(bar, tint(colour, 0.15));
        } else if value < 0.0 {
            page.canvas.rect(bar, tint(colour, 0.15));
            hatch(page, bar);
        }
        let words = match value == 0.0 {
            true if untold && part.followed => "–".into(),
            true => "0".into(),
            false => amount(value, lang),
        };
        let style = if value == 0.0 { layout.number.colour(SOFT) } else { layout.number };
        page.canvas.fitted(&words, wide(columns) - 1.0, (*x, bar.top - 4.0), style);
        // From the end of a part to the next.
        let from = if value == 0.0 { x - half } else { x + half };
        page.canvas.line((from, y(level)), (x + wide(columns) - half, y(level)), 0.7, RULE);
    }
    let x = columns[columns.len() - 1];
    page.canvas.rect(Area { left: x - half, right: x + half, top: y(bill.net.mean), bottom: base }, INK);
}

/// White diagonals over a bar.
fn hatch(page: &mut Page<'_>, area: Area) {
    let (w, h) = (area.width(), area.height());
    let mut offset = 4.0;
    while offset < w + h {
        let from = (area.left + f64::max(0.0, offset - h), area.top + f64::min(h, offset));
        let to = (area.left + f64::min(w, offset), area.top + f64::max(0.0, offset - w));
        page.canvas.line(from, to, 1.2, PAPER);
        offset += 5.0;
    }
}

/// The net cost in words, and a bar on the scale of all guidelines.
fn net(page: &mut Page<'_>, index: usize, wide: f64, middle: f64) {
    let x = WIDTH - MARGIN - wide;
    let small = if wide < 160.0 { text(10.0).colour(SOFT) } else { SMALL };
    let (data, lang) = (page.data, page.lang);
    let v = data.guidelines[index].bill.net;
    let most = data.guidelines.iter().map(|g| g.bill.net.mean).fold(0.0, f64::max);
    page.canvas.fitted(&money(v.mean, &data.currency, lang), wide, (x, middle - 10.0), VALUE);
    page.canvas.line((x, middle), (x + wide, middle), 6.0, GRID);
    if v.mean > 0.0 && most > 0.0 {
        page.canvas.line((x, middle), (x + (wide * v.mean / most).max(0.75), middle), 6.0, INK);
    }
    if v.p95 > v.p05 {
        let range = money_range(v.p05, v.p95, &data.currency, lang);
        let words = format!("{} {range}", pick(lang, "5–95 %:", "5~95%:"));
        page.canvas.fitted(&words, wide, (x, middle + 17.0), small);
    }
}

fn title(data: &FigureData, lang: Lang) -> String {
    let net = || data.guidelines.iter().map(|g| g.bill.net.mean);
    let (low, high) = (net().fold(f64::INFINITY, f64::min), net().fold(0.0, f64::max));
    let words = |v: f64| money(v, &data.currency, lang);
    match lang {
        _ if high <= 0.0 => pick(lang, "No guideline costs anything", "어느 기준안도 비용이 없음").into(),
        Lang::En if data.guidelines.len() == 1 => format!("What the cost of {} is made of", words(high)),
        Lang::Ko if data.guidelines.len() == 1 => format!("비용 {}의 구성", words(high)),
        Lang::En => {
            let low = if low > 0.0 { words(low) } else { "nothing".into() };
            format!("What costs of {low} to {} are made of", words(high))
        }
        Lang::Ko => format!("비용의 구성: 순비용 최소 {}, 최대 {}", words(low), words(high)),
    }
}
