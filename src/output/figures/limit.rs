//! The budget across a plot whose axis up is money: a line where it is certain, a band with its edges where it is not, and an arrow
//! with words where it lies beyond the axis or goes on there.

use std::cmp::Ordering;

use crate::model::Lang;
use crate::scenario::exact_money;

use super::canvas::Area;
use super::data::FigureData;
use super::number::{money, pick};
use super::page::Page;
use super::palette::{ALERT, tint};
use super::scale::Scale;

/// Height that a band has at least: what is known to a hundredth is still no line.
const LEAST: f64 = 4.0;
/// How far beyond the plot it goes, so that it is seen behind curves.
const AHEAD: f64 = 6.0;
/// Length of an arrow's shaft, length and half the width of its head.
const ARROW: (f64, f64, f64) = (10.0, 8.0, 4.0);

/// Between which values the budget lies, twice the same where it is certain.
pub fn ends(data: &FigureData) -> Option<(f64, f64)> {
    let ends = data.budget_range.map(|r| (r.low, r.high)).or(data.budget.map(|b| (b, b)));
    ends.filter(|(low, high)| 0.0 <= *low && low <= high)
}

/// The range of an axis together with the ends of the budget that are inside `near`: those further away would leave the curves no
/// room.
pub fn with_ends(data: &FigureData, range: (f64, f64), near: (f64, f64)) -> (f64, f64) {
    let ends = ends(data).into_iter().flat_map(|(low, high)| [low, high]);
    ends.filter(|b| near.0 < *b && *b < near.1).fold(range, |(low, high), b| (low.min(b), high.max(b)))
}

/// Heights between which an uncertain budget is drawn, the upper one first; nothing where all of it is beyond the axis.
fn heights(data: &FigureData, scale: &Scale, plot: Area) -> Option<(f64, f64)> {
    let (low, high) = ends(data)?;
    if scale.beyond(low).is_gt() || scale.beyond(high).is_lt() {
        return None;
    }
    let (top, bottom) = (scale.at(high), scale.at(low));
    if bottom - top >= LEAST {
        return Some((top, bottom));
    }
    let middle = f64::midpoint(top, bottom).min(plot.bottom - LEAST / 2.0).max(plot.top + LEAST / 2.0);
    Some((middle - LEAST / 2.0, middle + LEAST / 2.0))
}

/// What is drawn before the curves: the band of an uncertain budget, for a line would look certain.
pub fn under(page: &mut Page<'_>, scale: &Scale, plot: Area) {
    let uncertain = page.data.budget_range.and_then(|_| heights(page.data, scale, plot));
    let Some((top, bottom)) = uncertain else { return };
    let (left, right) = (plot.left, plot.right + AHEAD);
    page.canvas.polygon(vec![(left, top), (right, top), (right, bottom), (left, bottom)], tint(ALERT, 0.35), 0.25);
}

/// What is drawn over the curves: the line of a certain budget, the edges of an uncertain one as far as the axis has them, and arrows
/// to where the rest is.
pub fn over(page: &mut Page<'_>, scale: &Scale, plot: Area) {
    let data = page.data;
    let Some((low, high)) = ends(data) else { return };
    let across = |y: f64| [(plot.left, y), (plot.right + AHEAD, y)];
    match heights(data, scale, plot) {
        Some((top, bottom)) if data.budget_range.is_some() => {
            for (_, y) in [(high, top), (low, bottom)].into_iter().filter(|(end, _)| scale.beyond(*end).is_eq()) {
                page.canvas.path(&across(y), 0.8, tint(ALERT, 0.35));
            }
        }
        Some(_) => page.canvas.dashed(&across(scale.at(low)), 1.4, ALERT, &[3.0, 2.0]),
        None => {}
    }
    if scale.beyond(high).is_gt() {
        arrow(page, plot.right + AHEAD / 2.0, plot.top, 1.0);
    }
    if scale.beyond(low).is_lt() {
        arrow(page, plot.right + AHEAD / 2.0, scale.start(), -1.0);
    }
}

/// An arrow that points up (`way` 1) or down (-1) to its tip.
fn arrow(page: &mut Page<'_>, x: f64, tip: f64, way: f64) {
    let (shaft, head, half) = ARROW;
    let neck = tip + way * head;
    page.canvas.line((x, neck + way * shaft), (x, neck), 1.8, ALERT);
    page.canvas.polygon(vec![(x, tip), (x - half, neck), (x + half, neck)], ALERT, 1.0);
}

/// What stands below the word for the budget: how much it is, and what of it the axis does not have.
pub fn words(data: &FigureData, scale: &Scale, lang: Lang) -> Vec<String> {
    let Some((low, high)) = ends(data) else { return Vec::new() };
    // Ends that are given keep their digits.
    let whole = data.budget_range.is_none_or(|r| r.whole);
    let told = |v: f64| if whole { exact_money(v, &data.currency, lang) } else { money(v, &data.currency, lang) };
    let own = data.budget_words.get(lang);
    let mut lines = vec![if own.is_empty() { told(data.budget.unwrap_or(low)) } else { own.to_string() }];
    if data.budget_range.is_some_and(|r| !r.whole) {
        lines.push(pick(lang, "shaded: 90 % of worlds", "음영: 상황의 90%").into());
    }
    lines.extend(match (scale.beyond(low), scale.beyond(high), lang) {
        (Ordering::Greater, ..) => Some(pick(lang, "above the axis", "축 위쪽 밖").into()),
        (_, Ordering::Less, _) => Some(pick(lang, "below the axis", "축 아래쪽 밖").into()),
        (Ordering::Less, Ordering::Greater, Lang::En) => {
            Some(format!("goes on beyond the axis, from {} to {}", told(low), told(high)))
        }
        (Ordering::Less, Ordering::Greater, Lang::Ko) => Some(format!("축 밖으로 {}~{}", told(low), told(high))),
        (Ordering::Less, _, Lang::En) => Some(format!("goes on below the axis, to {}", told(low))),
        (Ordering::Less, _, Lang::Ko) => Some(format!("축 아래로 {}까지", told(low))),
        (_, Ordering::Greater, Lang::En) => Some(format!("goes on above the axis, to {}", told(high))),
        (_, Ordering::Greater, Lang::Ko) => Some(format!("축 위로 {}까지", told(high))),
        _ => None,
    });
    lines
}
