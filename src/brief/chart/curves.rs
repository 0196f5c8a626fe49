//! Lines, one for each draft, with a dot and a hover value at every point.

use super::super::html::{Html, el, words};
use super::{Axis, Tip, WIDTH, colour, dash, f, label, line, mark, svg};

/// A line.
pub struct Curve {
    /// Position of the draft.
    pub draft: usize,
    /// Its short name, written beside the line.
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
    /// What is told at a point holds until the next one: lines are steps up to the end of the axis, with their names
    /// beside them at half height. Else lines are straight, with names above their first points.
    pub steps: bool,
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
    for curve in list {
        out.push(one(curve, &x, &y, most, plan.steps));
    }
    out.push(if plan.steps { beside(list, &x, &y, most) } else { above(list, &x, &y) });
    svg(BOTTOM + 48.0, plan.alt, out)
}

/// The points that the axis reaches.
fn seen(curve: &Curve, most: f64) -> Vec<&(f64, f64, Tip)> {
    curve.points.iter().filter(|p| p.0 <= most * 1.000_001).collect()
}

/// The line through points, straight from one to the next, or flat up to the next and the end of the axis.
fn path(points: &[&(f64, f64, Tip)], x: &Axis, y: &Axis, end: Option<f64>) -> String {
    let mut corners: Vec<(f64, f64)> = Vec::new();
    for p in points {
        let before = corners.last().map(|c| c.1);
        corners.extend(before.filter(|_| end.is_some()).map(|height| (p.0, height)));
        corners.push((p.0, p.1));
    }
    corners.extend(end.zip(corners.last().map(|c| c.1)));
    corners.dedup();
    let told: Vec<String> = corners.iter().map(|c| format!("{} {}", f(x.at(c.0)), f(y.at(c.1)))).collect();
    format!("M{}", told.join("L"))
}

fn one(curve: &Curve, x: &Axis, y: &Axis, most: f64, steps: bool) -> Html {
    let ink = colour(curve.draft);
    let seen = seen(curve, most);
    let path = path(&seen, x, y, steps.then_some(most));
    let stroke = [("d", path.as_str()), ("stroke", ink), ("stroke-dasharray", dash(curve.draft)), ("class", "curve")];
    let mut inside = el("path", &stroke, Html::new());
    for p in &seen {
        let (cx, cy) = (f(x.at(p.0)), f(y.at(p.1)));
        let dot = [("cx", cx.as_str()), ("cy", &cy), ("r", "2.6"), ("fill", ink), ("class", "spot")];
        inside.push(el("circle", &dot, Html::new()));
        let catch = [("cx", cx.as_str()), ("cy", &cy), ("r", "9"), ("class", "catch")];
        inside.push(mark("circle", &catch, &p.2));
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
        let at_x = if at_x - before < NAME { before + NAME } else { at_x };
        before = at_x;
        let (px, py) = (f(at_x), f(at_y - 7.0));
        let name = words("text", &[("x", &px), ("y", &py), ("class", "end-name mid")], &curve.name);
        el("g", &[("data-g", &curve.draft.to_string())], name)
    });
    names.collect()
}

/// Names to the right of where their lines pass half the height (the highest point that the axis reaches, if that is lower) and
/// below it, further to the right where two would meet.
fn beside(list: &[Curve], x: &Axis, y: &Axis, most: f64) -> Html {
    let place = |curve: &Curve| {
        let seen = seen(curve, most);
        let half = seen.last().map_or(0.0, |p| p.1.min(0.5));
        seen.iter().find(|p| p.1 >= half).map(|p| (x.at(p.0) + 7.0, (y.at(half) + 13.0).min(BOTTOM - 3.0)))
    };
    let mut places: Vec<(f64, f64, &Curve)> =
        list.iter().filter_map(|c| place(c).map(|(at_x, at_y)| (at_x, at_y, c))).collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut set: Vec<(f64, f64)> = Vec::new();
    let names = places.into_iter().map(|(at_x, at_y, curve)| {
        let meets = |at: f64, other: &(f64, f64)| (other.0 - at).abs() < NAME && (other.1 - at_y).abs() < NAME;
        let mut at = at_x;
        while let Some(other) = set.iter().find(|other| meets(at, other)) {
            at = other.0 + NAME;
        }
        set.push((at, at_y));
        let (px, py) = (f(at), f(at_y));
        let look = [("x", px.as_str()), ("y", &py), ("fill", colour(curve.draft)), ("class", "end-name")];
        el("g", &[("data-g", &curve.draft.to_string())], words("text", &look, &curve.name))
    });
    names.collect()
}

/// Room that a name takes.
const NAME: f64 = 14.0;
