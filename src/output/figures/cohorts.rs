//! Who gets it: the payout of each guideline split by cohort, with the amount beside it.

use crate::model::Lang;

use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::FigureData;
use super::number::{money, percent, pick};
use super::page::{Drawing, LABEL, MARGIN, Page, TICK, gives_in_kind, in_kind_note, without_money};
use super::palette::{self, Fill, GRID, INK, OTHER, PAPER, RULE, SOFT};
use super::place;
use super::scale::Scale;

const NAMES: f64 = 200.0;
const AMOUNTS: f64 = 150.0;
const ROW: f64 = 60.0;
const BAR: f64 = 34.0;
const SMALL: f64 = 0.01;
const INNER: Style = text(12.0);
/// Numbers above a bar.
const NUMBER: Style = text(10.5).colour(SOFT);
/// Slices narrower than this are not seen.
const SEEN: f64 = 0.8;

/// A cohort, or the merged rest, with its name, fill and payout under each guideline.
struct Part {
    name: String,
    fill: Fill,
    shares: Vec<f64>,
}

/// Draws the figure.
pub fn draw(data: &FigureData, lang: Lang) -> Drawing {
    let parts = parts(data, lang);
    let subtitle = pick(
        lang,
        "Share of the average payout that goes to each cohort; right: the average payout itself",
        "평균 지급액이 집단별로 나뉘는 비율. 오른쪽은 평균 지급액",
    );
    let mut page = Page::new(data, lang, &title(data, &parts, lang), subtitle);
    let (left, right) = (MARGIN + NAMES + 16.0, WIDTH - MARGIN - AMOUNTS - 18.0);
    let below = if all_named(&parts, right - left, lang) { page.top } else { legend(&mut page, &parts) };
    let top = below + 8.0;
    let plot = Area { left, top, right, bottom: top + ROW * data.guidelines.len() as f64 };
    let scale = Scale::linear(0.0, 1.0, (left, right));
    let words: Vec<String> = scale.ticks().iter().map(|t| percent(*t, lang)).collect();
    let bottom = page.bottom_axis(&scale, &words, pick(lang, "share of payout", "지급액 비중"), plot);
    for index in 0..data.guidelines.len() {
        let middle = top + (index as f64 + 0.5) * ROW;
        page.row_name(index, middle, (NAMES, ROW));
        bar(&mut page, index, &parts, &scale, middle);
        amount(&mut page, index, right + 18.0, middle);
    }
    let mut notes = merged_note(data, &parts, lang);
    notes.extend(in_kind_note(data, lang));
    page.finish(bottom, &notes)
}

fn payout(data: &FigureData, guideline: usize, cohort: usize) -> f64 {
    data.guidelines[guideline]
        .payout_by_cohort
        .get(cohort)
        .copied()
        .filter(|v| *v > 0.0 && v.is_finite())
        .unwrap_or(0.0)
}

/// Share of each cohort under each guideline.
fn shares(data: &FigureData, cohort: usize) -> Vec<f64> {
    let share = |guideline: usize| {
        let total: f64 = (0..data.cohorts.len()).map(|c| payout(data, guideline, c)).sum();
        if total > 0.0 { payout(data, guideline, cohort) / total } else { 0.0 }
    };
    (0..data.guidelines.len()).map(share).collect()
}

/// Cohorts with at least 1 % under some guideline, then the rest as one.
fn parts(data: &FigureData, lang: Lang) -> Vec<Part> {
    let all: Vec<(usize, Vec<f64>)> = (0..data.cohorts.len()).map(|c| (c, shares(data, c))).collect();
    let tiny = |shares: &[f64]| shares.iter().all(|s| *s < SMALL);
    let paid_tiny = all.iter().filter(|(_, s)| tiny(s) && s.iter().any(|v| *v > 0.0)).count();
    let mut rest = vec![0.0; data.guidelines.len()];
    let mut parts: Vec<Part> = Vec::new();
    for (cohort, shares) in all {
        if shares.iter().all(|s| *s <= 0.0) {
            continue;
        }
        if tiny(&shares) && paid_tiny > 1 {
            rest.iter_mut().zip(&shares).for_each(|(r, s)| *r += s);
            continue;
        }
        let fill = palette::cohort(0);
        parts.push(Part { name: data.cohorts[cohort].get(lang).to_string(), fill, shares });
    }
    colour_by_weight(&mut parts);
    if paid_tiny > 1 {
        let name = match lang {
            Lang::En => format!("other ({paid_tiny} cohorts)"),
            Lang::Ko => format!("기타 ({paid_tiny}개 집단)"),
        };
        parts.push(Part { name, fill: Fill { colour: OTHER, hatched: false }, shares: rest });
    }
    parts
}

/// Gives the plain colours to the cohorts with the largest shares, the hatched ones to the others.
fn colour_by_weight(parts: &mut [Part]) {
    let weight = |part: &Part| part.shares.iter().copied().fold(0.0, f64::max);
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| weight(&parts[*b]).total_cmp(&weight(&parts[*a])).then(a.cmp(b)));
    let mut plain: Vec<usize> = order.iter().copied().take(palette::PLAIN).collect();
    plain.sort_unstable();
    let hatched = (0..parts.len()).filter(|p| !plain.contains(p));
    for (rank, part) in plain.iter().copied().chain(hatched).collect::<Vec<usize>>().into_iter().enumerate() {
        parts[part].fill = palette::cohort(rank);
    }
}

/// Names the cohorts that are never paid and so have no colour.
fn merged_note(data: &FigureData, parts: &[Part], lang: Lang) -> Vec<String> {
    let unpaid = (0..data.cohorts.len()).filter(|c| shares(data, *c).iter().all(|s| *s <= 0.0));
    let names: Vec<&str> = unpaid.map(|c| data.cohorts[c].get(lang)).collect();
    if names.is_empty() || parts.is_empty() {
        return Vec::new();
    }
    let words = match gives_in_kind(data) {
        true => pick(lang, "Paid no money under any guideline:", "모든 기준안에서 현금 지급 없음:"),
        false => pick(lang, "Paid nothing under any guideline:", "모든 기준안에서 보상 없음:"),
    };
    vec![format!("{words} {}", names.join(", "))]
}

fn title(data: &FigureData, parts: &[Part], lang: Lang) -> String {
    let paying: Vec<usize> = (0..data.guidelines.len()).filter(|g| parts.iter().any(|p| p.shares[*g] > 0.0)).collect();
    let leads = |p: &Part| paying.iter().filter(|g| parts.iter().all(|o| o.shares[**g] <= p.shares[**g])).count();
    let top = parts.iter().enumerate().max_by_key(|(i, p)| (leads(p), usize::MAX - i)).map(|(_, p)| p);
    let Some(top) = top else {
        return match gives_in_kind(data) {
            true => pick(lang, "No money is paid under any guideline", "어느 기준안에서도 현금 지급 없음"),
            false => pick(lang, "Nobody is paid under any guideline", "어느 기준안에서도 보상받는 집단이 없음"),
        }
        .into();
    };
    let (k, n) = (leads(top), paying.len());
    let tied = parts.iter().filter(|p| leads(p) == k).count() > 1;
    match lang {
        // Among equals none is singled out.
        Lang::En if tied && n == 1 => "Money paid: no cohort alone has the largest share".into(),
        Lang::Ko if tied && n == 1 => "지급하는 돈의 비중이 가장 큰 집단이 하나가 아님".into(),
        Lang::En if tied => {
            format!("Money under {n} paying guidelines: no cohort has the largest share more often than others")
        }
        Lang::Ko if tied => format!("돈을 주는 기준안 {n}개: 돈의 비중이 가장 큰 집단이 하나로 모이지 않음"),
        _ if parts.len() == 1 => {
            format!("{} {}", pick(lang, "All money goes to:", "지급하는 돈 전부를 받는 집단:"), top.name)
        }
        Lang::En if n == 1 => format!("Largest share of the money paid: {}", top.name),
        Lang::En => format!("Largest share of the money under {k} of {n} paying guidelines: {}", top.name),
        Lang::Ko if n == 1 => format!("지급하는 돈의 비중이 가장 큰 집단: {}", top.name),
        Lang::Ko => format!("돈을 주는 기준안 {n}개 중 {k}개에서 돈의 비중이 가장 큰 집단: {}", top.name),
    }
}

/// What fits into a segment: name and share, share alone, or nothing.
fn segment_words(part: &Part, number: usize, share: f64, width: f64, lang: Lang) -> Option<(String, bool)> {
    let fits = |words: &str| INNER.width(words) + 10.0 <= width;
    let share = percent(share, lang);
    let full = format!("{} {share}", part.name);
    if fits(&full) {
        return Some((full, true));
    }
    let short = [format!("{number} · {share}"), number.to_string()];
    short.into_iter().find(|w| fits(w)).map(|w| (w, false))
}

/// True when every segment that is drawn carries its name, so that no legend is needed.
fn all_named(parts: &[Part], width: f64, lang: Lang) -> bool {
    let named = |part: &Part| {
        let drawn = part.shares.iter().filter(|s| **s > 0.0);
        drawn.into_iter().all(|s| segment_words(part, 1, *s, s * width, lang).is_some_and(|(_, named)| named))
    };
    parts.iter().all(named)
}

fn bar(page: &mut Page<'_>, index: usize, parts: &[Part], scale: &Scale, middle: f64) {
    let all_zero = parts.iter().all(|p| p.shares[index] <= 0.0);
    if all_zero {
        let words = without_money(page.data, index, page.lang);
        let x = scale.at(0.0) + 8.0;
        page.canvas.rect(LABEL.place(words, x, middle + 5.0).area, PAPER);
        return page.canvas.text(words, x, middle + 5.0, LABEL.colour(SOFT));
    }
    let named = all_named(parts, scale.at(1.0) - scale.at(0.0), page.lang);
    let (mut from, mut outside) = (0.0, Vec::new());
    for (number, part) in parts.iter().enumerate() {
        let share = part.shares[index];
        let (left, right) = (scale.at(from), scale.at(from + share));
        from += share;
        if share <= 0.0 {
            continue;
        }
        let gap = if right - left > 4.0 { 0.5 } else { 0.0 };
        let area = Area { left: left + gap, right: right - gap, top: middle - BAR / 2.0, bottom: middle + BAR / 2.0 };
        fill(page, area, part.fill);
        let Some((words, full)) = segment_words(part, number + 1, share, right - left, page.lang) else {
            if right - left >= SEEN {
                outside.push(((left + right) / 2.0, (number + 1).to_string()));
            }
            continue;
        };
        let words = if named || !full { words } else { format!("{} {}", part.name, percent(share, page.lang)) };
        label(page, &words, (left + right) / 2.0, middle, part.fill);
    }
    above(page, &outside, scale, middle - BAR / 2.0);
}

/// Numbers of slices too narrow to hold them, above the bar, each with a line to its slice.
fn above(page: &mut Page<'_>, outside: &[(f64, String)], scale: &Scale, top: f64) {
    let style = NUMBER.anchor(Anchor::Middle);
    let wished: Vec<(f64, f64)> = outside.iter().map(|(x, words)| (*x, style.width(words) + 5.0)).collect();
    let centres = place::apart(&wished, scale.at(0.0) - 4.0, scale.at(1.0) + 4.0);
    for ((x, words), centre) in outside.iter().zip(centres) {
        page.canvas.line((*x, top), (centre, top - 5.0), 0.7, SOFT);
        page.canvas.text(words, centre, top - 7.0, style);
    }
}

fn label(page: &mut Page<'_>, words: &str, x: f64, middle: f64, fill: Fill) {
    let ink = if fill.hatched { INK } else { palette::upon(fill.colour) };
    let style = INNER.anchor(Anchor::Middle).colour(ink);
    if fill.hatched {
        // Upon lines no figure reads.
        let plate = style.place(words, x, middle + 4.3).area;
        let plate = Area { left: plate.left - 2.5, right: plate.right + 2.5, bottom: plate.bottom + 1.0, ..plate };
        page.canvas.rect(plate, PAPER);
    }
    page.canvas.text(words, x, middle + 4.3, style);
}

/// A filled rectangle, with white diagonals when hatched.
fn fill(page: &mut Page<'_>, area: Area, fill: Fill) {
    page.canvas.rect(area, fill.colour);
    if !fill.hatched {
        return;
    }
    let (w, h) = (area.width(), area.height());
    let mut offset = 5.0;
    while offset < w + h {
        // The line x + y = offset inside the rectangle.
        let from = (area.left + f64::max(0.0, offset - h), area.top + f64::min(h, offset));
        let to = (area.left + f64::min(w, offset), area.top + f64::max(0.0, offset - w));
        page.canvas.line(from, to, 1.0, PAPER);
        offset += 6.0;
    }
}

fn amount(page: &mut Page<'_>, index: usize, x: f64, middle: f64) {
    let data = page.data;
    let mean = data.guidelines[index].payout.mean();
    let most = data.guidelines.iter().map(|g| g.payout.mean()).fold(0.0, f64::max);
    let style = INNER.bold();
    page.canvas.fitted(&money(mean, &data.currency, page.lang), AMOUNTS, (x, middle - 1.0), style);
    page.canvas.line((x, middle + 9.0), (x + AMOUNTS, middle + 9.0), 5.0, GRID);
    if mean > 0.0 && most > 0.0 {
        let reach = (AMOUNTS * mean / most).max(0.75);
        page.canvas.line((x, middle + 9.0), (x + reach, middle + 9.0), 5.0, INK);
    }
}

/// Swatches with numbers and names, in as many lines as it takes. Returns the height used up.
fn legend(page: &mut Page<'_>, parts: &[Part]) -> f64 {
    const SWATCH: f64 = 20.0;
    let limit = WIDTH - MARGIN;
    let (mut x, mut y) = (MARGIN, page.top + 10.0);
    for (number, part) in parts.iter().enumerate() {
        let name = TICK.clip(&part.name, limit - MARGIN - SWATCH - 10.0);
        let width = SWATCH + 6.0 + TICK.width(&name);
        if x > MARGIN && x + width > limit {
            (x, y) = (MARGIN, y + 23.0);
        }
        let area = Area { left: x, top: y - 13.0, right: x + SWATCH, bottom: y + 3.0 };
        fill(page, area, part.fill);
        label(page, &(number + 1).to_string(), x + SWATCH / 2.0, y - 5.0, part.fill);
        page.canvas.text(&name, x + SWATCH + 6.0, y, TICK.colour(INK));
        x += width + 18.0;
    }
    page.canvas.line((MARGIN, y + 11.0), (limit, y + 11.0), 0.4, RULE);
    y + 14.0
}
