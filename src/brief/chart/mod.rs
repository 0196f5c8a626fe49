//! Charts as SVG inside the page: hover values, a class for each draft so that it can be switched off.

mod axis;
pub mod bars;
pub mod curves;
pub mod ranges;
pub mod weights;

pub use axis::Axis;

use super::html::{Html, el, words};
use crate::output::figures::{Weight, wrap};

/// Colours of drafts: Okabe and Ito without yellow, as in the figures of a run.
pub const COLOURS: [&str; 7] = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"];
/// Dashes beside the colours, for print in grey.
pub const DASHES: [&str; 5] = ["", "7 3.5", "2 2.6", "10 3 2 3", "14 4"];
/// Width of every chart in its own units; the page scales it.
pub const WIDTH: f64 = 720.0;

/// Colour of the draft at a position.
pub fn colour(index: usize) -> &'static str {
    COLOURS[index % COLOURS.len()]
}

/// Dash of the draft at a position.
pub fn dash(index: usize) -> &'static str {
    DASHES[index % DASHES.len()]
}

/// A length or place in a drawing.
pub fn f(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(String::from).unwrap_or(text)
}

/// The drawing itself; `alt` says what it shows.
pub fn svg(height: f64, alt: &str, inside: Html) -> Html {
    let view = format!("0 0 {} {}", f(WIDTH), f(height));
    let drawn = el("svg", &[("viewBox", &view), ("role", "img"), ("aria-label", alt), ("class", "chart")], inside);
    // On a narrow screen it keeps a size that can be read, and scrolls by itself.
    el("div", &[("class", "draw"), ("tabindex", "0"), ("role", "group"), ("aria-label", alt)], drawn)
}

/// A name as one line no wider than `limit`, in the size and weight of names.
pub fn one_line(name: &str, limit: f64) -> String {
    wrap(name, 12.5, Weight::Bold, limit, 1).pop().unwrap_or_default()
}

/// Text in a drawing.
pub fn label(x: f64, y: f64, class: &str, text: &str) -> Html {
    words("text", &[("x", &f(x)), ("y", &f(y)), ("class", class)], text)
}

/// A straight line.
pub fn line(from: (f64, f64), to: (f64, f64), class: &str) -> Html {
    let (x1, y1, x2, y2) = (f(from.0), f(from.1), f(to.0), f(to.1));
    el("line", &[("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2), ("class", class)], Html::new())
}

/// A group that belongs to a draft.
pub fn of_draft(index: usize, inside: Html) -> Html {
    el("g", &[("data-g", &index.to_string())], inside)
}

/// What is told when the pointer rests on a mark, and the row of the register to which a click leads.
#[derive(Clone, Debug, Default)]
pub struct Tip {
    /// The values in words.
    pub text: String,
    /// The row's name on the page; empty for none.
    pub row: String,
}

/// A mark that tells its values.
pub fn mark(tag: &'static str, attributes: &[(&'static str, &str)], tip: &Tip) -> Html {
    let mut all = attributes.to_vec();
    all.push(("data-row", &tip.row));
    el(tag, &all, words("title", &[], &tip.text))
}
