//! Stacked bars of shares, one for each draft.

use super::super::html::{Html, el};
use super::{Axis, Tip, WIDTH, f, label, line, mark, of_draft, one_line, svg};
use crate::output::figures::{Weight, width};

/// A part of a bar.
pub struct Part {
    /// Its share of the whole.
    pub share: f64,
    /// What is told of it on hovering.
    pub tip: Tip,
}

/// A bar.
pub struct Bar {
    /// Position of the draft.
    pub draft: usize,
    /// Its name.
    pub name: String,
    /// Its parts, in the order of the legend.
    pub parts: Vec<Part>,
}

/// Fills of parts: neighbours differ in lightness, so that they differ in grey as well.
const FILLS: [&str; 7] = ["#0072B2", "#00314F", "#C9C9C9", "#E69F00", "#7A5195", "#222222", "#56B4E9"];
const ROW: f64 = 34.0;
const LEFT: f64 = 16.0;

/// The chart. `legend` names the parts; `tell` gives the words at the ticks.
pub fn bars(list: &[Bar], legend: &[String], alt: &str, tell: &dyn Fn(f64) -> String) -> Html {
    let axis = Axis::linear(1.0, LEFT, WIDTH - 40.0);
    let (key, top) = keys(legend);
    let bottom = top + ROW * list.len() as f64;
    let mut out = key;
    for tick in axis.ticks() {
        out.push(line((axis.at(tick), top), (axis.at(tick), bottom), "grid"));
        out.push(label(axis.at(tick), bottom + 18.0, "tick mid", &tell(tick)));
    }
    for (i, bar) in list.iter().enumerate() {
        out.push(of_draft(bar.draft, one(bar, top + ROW * i as f64, &axis)));
    }
    svg(bottom + 28.0, alt, out)
}

fn one(bar: &Bar, top: f64, axis: &Axis) -> Html {
    let mut out = label(LEFT, top + 13.0, "name", &one_line(&bar.name, WIDTH - 60.0));
    let mut sum = 0.0;
    for (i, part) in bar.parts.iter().enumerate().filter(|(_, p)| p.share > 0.0) {
        let (from, to) = (axis.at(sum), axis.at(sum + part.share));
        let (x, y, width) = (f(from), f(top + 17.0), f((to - from).max(0.5)));
        let fill = FILLS[i % FILLS.len()];
        let at = [("x", x.as_str()), ("y", &y), ("width", &width), ("height", "14"), ("fill", fill), ("class", "part")];
        out.push(mark("rect", &at, &part.tip));
        sum += part.share;
    }
    out
}

/// The legend, in as many lines as it needs, and where the bars begin.
fn keys(legend: &[String]) -> (Html, f64) {
    let mut out = Html::new();
    let (mut x, mut y) = (LEFT, 14.0);
    for (i, name) in legend.iter().enumerate() {
        let wide = width(name, 11.5, Weight::Regular) + 34.0;
        if x + wide - 16.0 > WIDTH && x > LEFT {
            (x, y) = (LEFT, y + 20.0);
        }
        let (at_x, at_y) = (f(x), f(y - 10.0));
        let fill = FILLS[i % FILLS.len()];
        let key = [("x", at_x.as_str()), ("y", &at_y), ("width", "12"), ("height", "12"), ("fill", fill)];
        out.push(el("rect", &key, Html::new()));
        out.push(label(x + 18.0, y, "tick", name));
        x += wide;
    }
    (out, y + 14.0)
}
