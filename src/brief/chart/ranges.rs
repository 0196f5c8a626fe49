//! One line for each draft: 90 % of worlds as a thin line, half of them as a bar, the median as a dot.

use super::super::html::{Html, el};
use super::{Axis, Tip, WIDTH, colour, f, label, line, mark, of_draft, one_line, svg};
use crate::output::figures::{Weight, width};

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
    /// Between which values it lies, where it is uncertain: a band then, for a line would look certain.
    pub reach: Option<(f64, f64)>,
    /// What it is called.
    pub name: String,
}

/// Colour of the band of an uncertain limit, that of the line of a certain one.
const BAND: &str = "#A4262C";
const ROW: f64 = 32.0;
const LEFT: f64 = 16.0;
const TOP: f64 = 28.0;
/// Size of the name of a limit, that of charts in the style of the page.
const SIZE: f64 = 12.0;

/// The chart. `tell` gives the words at the ticks, `axis_name` those under the axis.
pub fn ranges(
    rows: &[Row],
    limit: Option<&Limit>,
    log: bool,
    alt: &str,
    axis_name: &str,
    tell: &dyn Fn(f64) -> String,
) -> Html {
    let top =
        rows.iter().map(|r| r.quantiles[4]).chain(limit.map(|l| l.reach.map_or(l.at, |r| r.1))).fold(0.0, f64::max);
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
        out.push(match limit.reach {
            None => line((x, TOP - 8.0), (x, bottom), "limit"),
            Some((low, high)) => {
                let (low, high) = (axis.at(low), axis.at(high));
                let band = [
                    ("x", f(low)),
                    ("y", f(TOP - 8.0)),
                    ("width", f((high - low).max(1.0))),
                    ("height", f(bottom - TOP + 8.0)),
                    ("fill", BAND.into()),
                    ("fill-opacity", "0.16".into()),
                ];
                let band: Vec<(&'static str, &str)> = band.iter().map(|(k, v)| (*k, v.as_str())).collect();
                el("rect", &band, Html::new())
            }
        });
        out.push(label(x, TOP - 12.0, anchored(x, &limit.name), &limit.name));
    }
    for (i, row) in rows.iter().enumerate() {
        out.push(of_draft(row.draft, one(row, TOP + ROW * i as f64, &axis)));
    }
    svg(bottom + 46.0, alt, out)
}

/// The class of a limit's name: centred on its place, or up to it or from it on where it would leave the drawing.
fn anchored(x: f64, name: &str) -> &'static str {
    // The reader's machine may have another font, in which names are wider.
    const SPARE: f64 = 8.0;
    let half = width(name, SIZE, Weight::Bold) / 2.0 + SPARE;
    if x + half > WIDTH {
        "limit-name end"
    } else if x < half {
        "limit-name"
    } else {
        "limit-name mid"
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The value of an attribute of an element.
    fn value<'a>(element: &'a str, name: &str) -> &'a str {
        let start = format!("{name}=\"");
        let (_, rest) = element.split_once(start.as_str()).expect("the attribute is there");
        rest.split_once('"').expect("the value has an end").0
    }

    /// Where the name of a limit begins, its place, and where it ends, in a chart of costs up to 5.
    fn extent(at: f64, name: &str) -> [f64; 3] {
        let row = Row { draft: 0, name: "A".into(), quantiles: [1.0, 2.0, 3.0, 4.0, 5.0], tip: Tip::default() };
        let limit = Limit { at, reach: None, name: name.into() };
        let drawn = ranges(&[row], Some(&limit), false, "", "", &|v: f64| v.to_string());
        let text = drawn.as_str().split("<text ").find(|t| t.contains("limit-name")).expect("the name is drawn");
        let x: f64 = value(text, "x").parse().expect("a number");
        let wide = width(name, SIZE, Weight::Bold);
        let left = match value(text, "class") {
            "limit-name" => x,
            "limit-name mid" => x - wide / 2.0,
            "limit-name end" => x - wide,
            other => panic!("no class of a limit's name: {other}"),
        };
        [left, x, left + wide]
    }

    #[test]
    fn the_name_of_a_budget_lies_inside_the_drawing() {
        for name in ["Budget 40\u{a0}billion\u{a0}won", "예산 1조 2,340억\u{a0}원"] {
            for at in [0.0, 0.01, 4.9, 5.0] {
                let [left, x, right] = extent(at, name);
                assert!(left >= 0.0 && right <= WIDTH, "{name} at {at}: {left} to {right}");
                assert!(left <= x && x <= right, "{name} at {at}: {left} to {right}, not at {x}");
            }
            let [left, x, right] = extent(2.5, name);
            assert!((left + right - 2.0 * x).abs() < 1e-9, "{name}: {left} to {right}, not around {x}");
        }
    }
}
