//! One line for each draft: 90 % of worlds as a thin line, half of them as a bar, the median as a dot.

use super::super::html::{Html, el};
use super::{Axis, Tip, WIDTH, colour, f, label, line, mark, of_draft, one_line, svg};
use crate::output::budget::{NEAR, NEAR_LOG};
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

/// Width of a band at least.
const LEAST: f64 = 4.0;
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
    let most = rows.iter().map(|r| r.quantiles[4]).fold(0.0, f64::max);
    let least = rows.iter().flat_map(|r| r.quantiles).filter(|v| *v > 0.0).fold(f64::INFINITY, f64::min);
    let near = if log { NEAR_LOG } else { NEAR };
    let ends = limit.map_or((0.0, 0.0), Limit::ends);
    let carried = |end: f64| end <= near * most || most <= 0.0;
    let top = [ends.0, ends.1].into_iter().filter(|end| carried(*end)).fold(most, f64::max);
    let least = [ends.0, ends.1].into_iter().filter(|end| *end > 0.0 && *end >= least / near).fold(least, f64::min);
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
        out.push(drawn(limit, &axis, bottom));
        let x = axis.at(limit.at);
        out.push(label(x, TOP - 12.0, anchored(x, &limit.name), &limit.name));
    }
    for (i, row) in rows.iter().enumerate() {
        out.push(of_draft(row.draft, one(row, TOP + ROW * i as f64, &axis)));
    }
    svg(bottom + 46.0, alt, out)
}

impl Limit {
    /// Between which values it lies, twice the same where it is certain.
    fn ends(&self) -> (f64, f64) {
        self.reach.unwrap_or((self.at, self.at))
    }
}

/// A limit as far as the axis has it, with an arrow to where the rest of it is.
fn drawn(limit: &Limit, axis: &Axis, bottom: f64) -> Html {
    let (low, high) = limit.ends();
    let (above, below) = (axis.beyond(high).is_gt(), axis.beyond(low).is_lt());
    let mut out = match limit.reach {
        _ if axis.beyond(low).is_gt() || axis.beyond(high).is_lt() => Html::new(),
        None => line((axis.at(low), TOP - 8.0), (axis.at(low), bottom), "limit"),
        Some(_) => {
            let (left, right) = (axis.at(low), axis.at(high));
            let spare = (LEAST - (right - left)).max(0.0) / 2.0;
            let (left, right) = (left - spare, right + spare);
            let band = [
                ("x", f(left)),
                ("y", f(TOP - 8.0)),
                ("width", f(right - left)),
                ("height", f(bottom - TOP + 8.0)),
                ("fill", BAND.into()),
                ("fill-opacity", "0.16".into()),
            ];
            let edge = |x: f64| stroke((x, TOP - 8.0), (x, bottom), "0.6");
            shape("rect", &band).and(if below { Html::new() } else { edge(left) }).and(if above {
                Html::new()
            } else {
                edge(right)
            })
        }
    };
    let (from, to) = axis.ends();
    for (_, tip, way) in [(above, to, 1.0), (below, from, -1.0)].into_iter().filter(|(beyond, ..)| *beyond) {
        let (neck, tail, y) = (tip - way * 8.0, tip - way * 18.0, TOP - 4.0);
        let head = format!("M{} {}L{} {}L{} {}Z", f(tip), f(y), f(neck), f(y - 4.0), f(neck), f(y + 4.0));
        out.push(stroke((tail, y), (neck, y), "1.8"));
        out.push(shape("path", &[("d", head), ("fill", BAND.into())]));
    }
    out
}

/// A line in the colour of a limit.
fn stroke(from: (f64, f64), to: (f64, f64), width: &str) -> Html {
    let way = format!("M{} {}L{} {}", f(from.0), f(from.1), f(to.0), f(to.1));
    shape("path", &[("d", way), ("stroke", BAND.into()), ("stroke-width", width.into())])
}

/// An element without anything inside.
fn shape(tag: &'static str, attributes: &[(&'static str, String)]) -> Html {
    let attributes: Vec<(&'static str, &str)> = attributes.iter().map(|(k, v)| (*k, v.as_str())).collect();
    el(tag, &attributes, Html::new())
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

    /// The chart of costs up to 5 under a limit.
    fn under(low: f64, high: f64) -> String {
        let row = Row { draft: 0, name: "A".into(), quantiles: [1.0, 2.0, 3.0, 4.0, 5.0], tip: Tip::default() };
        let limit = Limit { at: low, reach: (high > low).then_some((low, high)), name: "L".into() };
        ranges(&[row], Some(&limit), false, "", "", &|v: f64| v.to_string()).as_str().into()
    }

    /// However narrow a band is one sees it, and what lies beyond the axis has an arrow and leaves the costs their room.
    #[test]
    fn a_limit_is_seen_wherever_it_lies() {
        let band = |drawn: &str| -> Option<f64> {
            let rect = drawn.split("<rect ").find(|r| r.contains("fill-opacity"))?;
            value(rect, "width").parse().ok()
        };
        let arrows = |drawn: &str| drawn.matches("Z\"").count();
        let narrow = under(3.0, 3.000_1);
        assert!(band(&narrow).is_some_and(|b| b >= LEAST) && arrows(&narrow) == 0, "{narrow}");
        let cut = under(3.0, 1e9);
        assert!(band(&cut).is_some_and(|b| b > 100.0) && arrows(&cut) == 1 && !cut.contains("1000000000"), "{cut}");
        for far in [under(1e9, 2e9), under(1e9, 1e9)] {
            assert!(band(&far).is_none() && arrows(&far) == 1 && !far.contains("class=\"limit\""), "{far}");
        }
        let near = under(10.0, 12.0);
        assert!(band(&near).is_some() && arrows(&near) == 0, "{near}");
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
