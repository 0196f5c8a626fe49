//! Bars for one draft: how much of the differences between worlds each of its weightiest numbers explains.

use super::super::html::{Html, words};
use super::{Axis, Tip, WIDTH, colour, f, label, line, mark, svg};
use crate::output::figures::{Weight, wrap};

/// A bar.
pub struct Bar {
    /// The number.
    pub name: String,
    /// Its share.
    pub share: f64,
    /// The share in words, beside the bar.
    pub told: String,
    /// What is told of it on hovering.
    pub tip: Tip,
}

const TOP: f64 = 4.0;
/// Height of a row whose name has one line, and of a further line.
const ROW: f64 = 24.0;
const LINE: f64 = 14.0;
/// Names end here.
const NAMES: f64 = 400.0;
const SIZE: f64 = 11.5;

/// The chart of the draft at a position. `tell` gives the words at the ticks.
pub fn weights(draft: usize, list: &[Bar], alt: &str, tell: &dyn Fn(f64) -> String) -> Html {
    let axis = Axis::linear(1.0, NAMES + 10.0, WIDTH - 50.0);
    let names: Vec<Vec<String>> = list.iter().map(|b| wrap(&b.name, SIZE, Weight::Regular, NAMES - 40.0, 2)).collect();
    let height = |lines: &Vec<String>| ROW + LINE * (lines.len().max(1) - 1) as f64;
    let bottom = TOP + names.iter().map(height).sum::<f64>();
    let mut out = Html::new();
    for tick in axis.ticks() {
        out.push(line((axis.at(tick), TOP), (axis.at(tick), bottom), "grid"));
        out.push(label(axis.at(tick), bottom + 14.0, "tick mid", &tell(tick)));
    }
    let mut top = TOP;
    for (bar, lines) in list.iter().zip(&names) {
        let middle = top + height(lines) / 2.0;
        for (i, text) in lines.iter().enumerate() {
            let y = middle + 4.0 + LINE * (i as f64 - (lines.len() - 1) as f64 / 2.0);
            out.push(label(NAMES, y, "tick end", text));
        }
        let (x, y, width) = (f(axis.at(0.0)), f(middle - 7.0), f((axis.at(bar.share) - axis.at(0.0)).max(1.0)));
        let at = [("x", x.as_str()), ("y", &y), ("width", &width), ("height", "14"), ("fill", colour(draft))];
        out.push(mark("rect", &at, &bar.tip));
        let told = [("x", f(axis.at(bar.share) + 6.0)), ("y", f(middle + 4.0))];
        out.push(words("text", &[("x", &told[0].1), ("y", &told[1].1), ("class", "value")], &bar.told));
        top += height(lines);
    }
    svg(bottom + 20.0, alt, out)
}
