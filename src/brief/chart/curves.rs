//! Lines, one for each draft, with a dot and a hover value at every point.

use super::super::html::{Html, el, words};
use super::{Axis, Tip, WIDTH, colour, dash, f, label, line, mark, svg};

/// A line.
pub struct Curve {
    /// Position of the draft.
    pub draft: usize,
    /// Its short name, written at the end of the line.
    pub name: String,
    /// Points: across, up, and what is told there.
    pub points: Vec<(f64, f64, Tip)>,
}

/// What the axes are.
pub struct Plan<'a> {
    /// Text for those who do not see it.
    pub alt: &'a str,
    /// Words under the axis across.
    pub across: &'a str,
    /// Words above the axis up.
    pub up: &'a str,
    /// Axis across: equal factors rather than steps.
    pub log: bool,
    /// Greatest value across, if it is not that of the points.
    pub furthest: Option<f64>,
    /// Names stand above the first point of each line rather than beside the last.
    pub name_first: bool,
    /// Words at the ticks across and up.
    pub tell: [&'a dyn Fn(f64) -> String; 2],
}

const TOP: f64 = 48.0;
const BOTTOM: f64 = 254.0;
const LEFT: f64 = 52.0;

/// The chart.
pub fn curves(list: &[Curve], plan: &Plan) -> Html {
    let across = |c: &Curve| c.points.iter().map(|p| p.0).collect::<Vec<_>>();
    let all: Vec<f64> = list.iter().flat_map(across).collect();
    let most = plan.furthest.unwrap_or_else(|| all.iter().copied().fold(0.0, f64::max));
    let least = all.iter().copied().filter(|v| *v > 0.0).fold(f64::INFINITY, f64::min);
    let (from, to) = (LEFT, WIDTH - 70.0);
    let x = if plan.log { Axis::log(least, most, from, to) } else { Axis::linear(most, from, to) };
    let y = Axis::linear(1.0, BOTTOM, TOP);
    let mut out = Html::new();
    for tick in x.ticks() {
        out.push(line((x.at(tick), TOP), (x.at(tick), BOTTOM), "grid"));
        out.push(label(x.at(tick), BOTTOM + 18.0, "tick mid", &plan.tell[0](tick)));
    }
    for tick in y.ticks() {
        out.push(line((from, y.at(tick)), (to, y.at(tick)), "grid"));
        out.push(label(from - 6.0, y.at(tick) + 4.0, "tick end", &plan.tell[1](tick)));
    }
    out.push(label((from + to) / 2.0, BOTTOM + 38.0, "axis mid", plan.across));
    out.push(label(4.0, TOP - 30.0, "axis", plan.up));
    let mut ends: Vec<(f64, usize)> =
        list.iter().enumerate().filter_map(|(i, c)| Some((y.at(c.points.last()?.1), i))).collect();
    let places = if plan.name_first { Vec::new() } else { apart(&mut ends) };
    for (i, curve) in list.iter().enumerate() {
        out.push(one(curve, &x, &y, places.iter().find(|p| p.1 == i).map(|p| p.0), most));
    }
    if plan.name_first {
        out.push(above(list, &x, &y));
    }
    svg(BOTTOM + 48.0, plan.alt, out)
}

fn one(curve: &Curve, x: &Axis, y: &Axis, name_at: Option<f64>, most: f64) -> Html {
    let ink = colour(curve.draft);
    let seen: Vec<&(f64, f64, Tip)> = curve.points.iter().filter(|p| p.0 <= most * 1.000_001).collect();
    let place = |p: &&(f64, f64, Tip)| format!("{} {}", f(x.at(p.0)), f(y.at(p.1)));
    let path: Vec<String> = seen.iter().map(place).collect();
    let path = format!("M{}", path.join("L"));
    let stroke = [("d", path.as_str()), ("stroke", ink), ("stroke-dasharray", dash(curve.draft)), ("class", "curve")];
    let mut inside = el("path", &stroke, Html::new());
    for p in &seen {
        let (cx, cy) = (f(x.at(p.0)), f(y.at(p.1)));
        let dot = [("cx", cx.as_str()), ("cy", &cy), ("r", "2.6"), ("fill", ink), ("class", "spot")];
        inside.push(el("circle", &dot, Html::new()));
        let catch = [("cx", cx.as_str()), ("cy", &cy), ("r", "9"), ("class", "catch")];
        inside.push(mark("circle", &catch, &p.2));
    }
    if let (Some(end), Some(last)) = (name_at, seen.last()) {
        let (at_x, at_y) = (f(x.at(last.0) + 10.0), f(end + 4.0));
        let name = [("x", at_x.as_str()), ("y", &at_y), ("fill", ink), ("class", "end-name")];
        inside.push(words("text", &name, &curve.name));
    }
    el("g", &[("data-g", &curve.draft.to_string())], inside)
}

/// Names above first points, from left to right, a line higher where two would meet.
fn above(list: &[Curve], x: &Axis, y: &Axis) -> Html {
    let mut firsts: Vec<(f64, f64, &Curve)> =
        list.iter().filter_map(|c| c.points.first().map(|p| (x.at(p.0), y.at(p.1), c))).collect();
    firsts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut before = f64::NEG_INFINITY;
    let names = firsts.into_iter().map(|(at_x, at_y, curve)| {
        let at_x = if at_x - before < 14.0 { before + 14.0 } else { at_x };
        before = at_x;
        let (px, py) = (f(at_x), f(at_y - 7.0));
        let name = words("text", &[("x", &px), ("y", &py), ("class", "end-name mid")], &curve.name);
        el("g", &[("data-g", &curve.draft.to_string())], name)
    });
    names.collect()
}

/// Heights for names so that none covers another.
fn apart(ends: &mut [(f64, usize)]) -> Vec<(f64, usize)> {
    const LINE: f64 = 14.0;
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out: Vec<(f64, usize)> = Vec::new();
    for (at, i) in ends.iter() {
        let least = out.last().map_or(f64::NEG_INFINITY, |(above, _)| above + LINE);
        out.push((at.max(least), *i));
    }
    let over = out.last().map_or(0.0, |(at, _)| (at - BOTTOM).max(0.0));
    out.into_iter().map(|(at, i)| (at - over, i)).collect()
}
