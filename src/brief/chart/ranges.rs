//! One line for each draft: 90 % of worlds as a thin line, half of them as a bar, the median as a dot.

use super::super::html::{Html, el};
use super::{Axis, Tip, WIDTH, colour, f, label, line, mark, of_draft, one_line, svg};

/// A row of the chart.
pub struct Row {
    /// Position of the draft.
    pub draft: usize,
    /// Its name.
    pub name: String,
    /// 5 %, 25 %, 50 %, 75 % and 95 % of worlds.
    pub quantiles: [f64; 5],
    /// What is told of them on hovering.
    pub tip: Tip,
}

/// A limit drawn across.
pub struct Limit {
    /// Where.
    pub at: f64,
    /// What it is called.
    pub name: String,
}

const ROW: f64 = 32.0;
const LEFT: f64 = 16.0;
const TOP: f64 = 28.0;

/// The chart. `tell` gives the words at the ticks, `axis_name` those under the axis.
pub fn ranges(
    rows: &[Row],
    limit: Option<&Limit>,
    log: bool,
    alt: &str,
    axis_name: &str,
    tell: &dyn Fn(f64) -> String,
) -> Html {
    let top = rows.iter().map(|r| r.quantiles[4]).chain(limit.map(|l| l.at)).fold(0.0, f64::max);
    let least = rows.iter().flat_map(|r| r.quantiles).filter(|v| *v > 0.0).fold(f64::INFINITY, f64::min);
    let (from, to) = (LEFT, WIDTH - 40.0);
    let axis = if log { Axis::log(least, top, from, to) } else { Axis::linear(top, from, to) };
    let bottom = TOP + ROW * rows.len() as f64;
    let mut out = Html::new();
    for tick in axis.ticks() {
        let x = axis.at(tick);
        out.push(line((x, TOP - 6.0), (x, bottom), "grid"));
        out.push(label(x, bottom + 18.0, "tick mid", &tell(tick)));
    }
    out.push(label(WIDTH / 2.0, bottom + 38.0, "axis mid", axis_name));
    if let Some(limit) = limit {
        let x = axis.at(limit.at);
        out.push(line((x, TOP - 8.0), (x, bottom), "limit"));
        out.push(label(x, TOP - 12.0, "limit-name mid", &limit.name));
    }
    for (i, row) in rows.iter().enumerate() {
        out.push(of_draft(row.draft, one(row, TOP + ROW * i as f64, &axis)));
    }
    svg(bottom + 46.0, alt, out)
}

fn one(row: &Row, top: f64, axis: &Axis) -> Html {
    let y = top + 24.0;
    let x = row.quantiles.map(|q| axis.at(q));
    let ink = colour(row.draft);
    let name = label(LEFT, top + 11.0, "name", &one_line(&row.name, WIDTH - 60.0));
    let thin = [("x1", f(x[0])), ("y1", f(y)), ("x2", f(x[4])), ("y2", f(y))];
    let thin: Vec<(&'static str, &str)> =
        thin.iter().map(|(k, v)| (*k, v.as_str())).chain([("stroke", ink), ("class", "thin")]).collect();
    let (left, width) = (f(x[1]), f((x[3] - x[1]).max(2.0)));
    let bar = [
        ("x", left.as_str()),
        ("y", &f(y - 5.0)),
        ("width", &width),
        ("height", "10"),
        ("fill", ink),
        ("class", "half"),
    ];
    let dot = [("cx", f(x[2])), ("cy", f(y))];
    let dot = [("cx", dot[0].1.as_str()), ("cy", &dot[1].1), ("r", "5"), ("fill", ink), ("class", "dot")];
    // A wide invisible strip, so that the value is told without aiming.
    let strip = [("x", f(x[0] - 6.0)), ("y", f(y - 10.0)), ("width", f(x[4] - x[0] + 12.0))];
    let strip: Vec<(&'static str, &str)> =
        strip.iter().map(|(k, v)| (*k, v.as_str())).chain([("height", "20"), ("class", "catch")]).collect();
    name.and(el("line", &thin, Html::new()))
        .and(el("rect", &bar, Html::new()))
        .and(el("circle", &dot, Html::new()))
        .and(mark("rect", &strip, &row.tip))
}
