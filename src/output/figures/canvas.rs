//! A sheet to draw on in figure units: it collects shapes and texts, then hands them to plotters at four times the
//! size, because plotters' pixels are whole numbers. Every text's place is known, so overlaps can be tested.

use plotters::backend::SVGBackend;
use plotters::prelude::{Color, DrawingBackend, FontFamily, FontStyle, RGBAColor, ShapeStyle};
use plotters::style::TextStyle;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::font::{self, Weight};
use super::palette::{INK, Marker, PAPER, Rgb};

/// The paper under a figure.
pub const PAPER_SHEET: &str = "<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>";
/// Width of every figure.
pub const WIDTH: f64 = 900.0;
/// plotters pixels to a figure unit.
const FINE: f64 = 4.0;
const FAMILY: &str = "Noto Sans KR, sans-serif";

/// Where a text's reference point lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At its left end.
    Start,
    /// In its middle.
    Middle,
    /// At its right end.
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Height of the em.
    pub size: f64,
    /// Weight.
    pub weight: Weight,
    /// Colour.
    pub colour: Rgb,
    /// Reference point.
    pub anchor: Anchor,
}

/// Ordinary text of a size, starting at its point.
pub const fn text(size: f64) -> Style {
    Style { size, weight: Weight::Regular, colour: INK, anchor: Anchor::Start }
}

impl Style {
    /// The same in another colour.
    pub const fn colour(self, colour: Rgb) -> Style {
        Style { colour, ..self }
    }

    /// The same with another reference point.
    pub const fn anchor(self, anchor: Anchor) -> Style {
        Style { anchor, ..self }
    }

    /// The same in bold.
    pub const fn bold(self) -> Style {
        Style { weight: Weight::Bold, ..self }
    }

    /// Width of a text in this style.
    pub fn width(&self, text: &str) -> f64 {
        font::width(text, self.size, self.weight)
    }

    /// Lines of a text in this style, of about the same length.
    pub fn wrap(&self, text: &str, limit: f64, lines: usize) -> Vec<String> {
        font::wrap_even(text, self.size, self.weight, limit, lines)
    }

    /// How many lines a text takes in this style.
    pub fn count(&self, text: &str, limit: f64) -> usize {
        font::wrap(text, self.size, self.weight, limit, usize::MAX).len()
    }

    /// A text shortened to a width, ending in an ellipsis when letters had to go.
    pub fn clip(&self, text: &str, limit: f64) -> String {
        font::clip(text, self.size, self.weight, limit)
    }

    /// The same, smaller where a text would be wider than `limit`: figures are never cut, as names may be.
    pub fn fit(self, text: &str, limit: f64) -> Style {
        const LEAST: f64 = 5.0;
        let width = self.width(text);
        if width <= limit || !limit.is_finite() {
            return self;
        }
        let size = (self.size * limit / width * 10.0).floor() / 10.0;
        Style { size: size.max(LEAST), ..self }
    }

    /// Distance from one line to the next.
    pub fn leading(&self) -> f64 {
        self.size * 1.3
    }

    /// Box of a text whose baseline starts, centres or ends at a point.
    pub fn place(&self, text: &str, x: f64, baseline: f64) -> TextBox {
        let width = self.width(text);
        let left = match self.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        let area =
            Area { left, top: baseline - 0.84 * self.size, right: left + width, bottom: baseline + 0.2 * self.size };
        TextBox { text: text.to_string(), area }
    }
}

/// A rectangle in figure units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Area {
    /// True when two rectangles share more than a hair.
    pub fn overlaps(&self, other: &Area) -> bool {
        const HAIR: f64 = 0.5;
        self.left + HAIR < other.right
            && other.left + HAIR < self.right
            && self.top + HAIR < other.bottom
            && other.top + HAIR < self.bottom
    }

    /// Width.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Height.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// A text and the rectangle it covers.
#[derive(Clone, Debug, PartialEq)]
pub struct TextBox {
    /// The text.
    pub text: String,
    /// Its rectangle.
    pub area: Area,
}

type Point = (f64, f64);

enum Shape {
    Path(Vec<Point>, f64),
    Polygon(Vec<Point>, f64),
    Disc(Point, f64),
    Text(String, Point, Style),
}

/// Shapes and texts in the order they are drawn.
#[derive(Default)]
pub struct Canvas {
    shapes: Vec<(Shape, Rgb)>,
}

impl Canvas {
    /// A line through points.
    pub fn path(&mut self, points: &[Point], width: f64, colour: Rgb) {
        let finite: Vec<Point> = points.iter().copied().filter(|p| p.0.is_finite() && p.1.is_finite()).collect();
        if finite.len() > 1 {
            self.shapes.push((Shape::Path(finite, width), colour));
        }
    }

    /// A straight line.
    pub fn line(&mut self, from: Point, to: Point, width: f64, colour: Rgb) {
        self.path(&[from, to], width, colour);
    }

    /// A line through points in a dash pattern (on, off, …); an empty pattern draws it whole.
    pub fn dashed(&mut self, points: &[Point], width: f64, colour: Rgb, pattern: &[f64]) {
        if pattern.is_empty() {
            return self.path(points, width, colour);
        }
        for dash in dashes(points, pattern) {
            self.path(&dash, width, colour);
        }
    }

    /// A filled polygon; `alpha` below 1 lets through what lies under it.
    pub fn polygon(&mut self, points: Vec<Point>, colour: Rgb, alpha: f64) {
        if points.len() > 2 && points.iter().all(|p| p.0.is_finite() && p.1.is_finite()) {
            self.shapes.push((Shape::Polygon(points, alpha), colour));
        }
    }

    /// A filled rectangle.
    pub fn rect(&mut self, area: Area, colour: Rgb) {
        let Area { left, top, right, bottom } = area;
        self.polygon(vec![(left, top), (right, top), (right, bottom), (left, bottom)], colour, 1.0);
    }

    /// A disc.
    pub fn disc(&mut self, centre: Point, radius: f64, colour: Rgb) {
        if centre.0.is_finite() && centre.1.is_finite() {
            self.shapes.push((Shape::Disc(centre, radius), colour));
        }
    }

    /// A marker with a white rim.
    pub fn marker(&mut self, at: Point, radius: f64, marker: Marker, colour: Rgb) {
        for (r, c) in [(radius + 1.4, PAPER), (radius, colour)] {
            match marker {
                Marker::Disc => self.disc(at, r, c),
                other => self.polygon(outline(other, at, r), c, 1.0),
            }
        }
    }

    /// A line of text on a baseline.
    pub fn text(&mut self, text: &str, x: f64, baseline: f64, style: Style) {
        if !text.is_empty() && x.is_finite() && baseline.is_finite() {
            self.shapes.push((Shape::Text(text.to_string(), (x, baseline), style), style.colour));
        }
    }

    /// A line of text that is written smaller where it would be wider than `limit`.
    pub fn fitted(&mut self, text: &str, limit: f64, (x, baseline): Point, style: Style) {
        let style = style.fit(text, limit);
        // What nobody could read any more, of a hundred digits and more, ends in an ellipsis.
        self.text(&style.clip(text, limit), x, baseline, style);
    }

    /// Lines of text under one another, the first on `baseline`. Returns the baseline that would follow.
    pub fn lines(&mut self, lines: &[String], x: f64, baseline: f64, style: Style) -> f64 {
        for (i, line) in lines.iter().enumerate() {
            self.text(line, x, baseline + i as f64 * style.leading(), style);
        }
        baseline + lines.len() as f64 * style.leading()
    }

    /// Rectangles of all texts drawn so far.
    pub fn texts(&self) -> Vec<TextBox> {
        let boxes = self.shapes.iter().filter_map(|(shape, _)| match shape {
            Shape::Text(text, at, style) => Some(style.place(text, at.0, at.1)),
            _ => None,
        });
        boxes.collect()
    }

    /// The SVG document, `height` units high, with a title and a language for screen readers.
    pub fn svg(&self, height: f64, title: &str, language: &str) -> String {
        let size = (fine(WIDTH) as u32, fine(height.clamp(100.0, 20_000.0)) as u32);
        let mut raw = String::new();
        {
            let mut backend = SVGBackend::with_string(&mut raw, size);
            for (shape, colour) in &self.shapes {
                // Writing to a string cannot fail.
                let _ = draw(&mut backend, shape, *colour);
            }
            let _ = backend.present();
        }
        let body = raw.split_once('\n').map_or("", |(_, body)| body);
        // `opacity` has a renderer draw the shape on a sheet of its own first; a shape without a rim looks the same
        // with `fill-opacity`, in half the time.
        let body = body.replace("<polygon opacity=", "<polygon fill-opacity=");
        let title = escape(title);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" \
             xml:lang=\"{language}\" role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>\n\
             {PAPER_SHEET}\n{body}",
            f64::from(size.0) / FINE,
            f64::from(size.1) / FINE,
            size.0,
            size.1
        )
    }
}

fn fine(v: f64) -> i32 {
    (v * FINE).round().clamp(-1e6, 1e6) as i32
}

fn pixel(p: Point) -> (i32, i32) {
    (fine(p.0), fine(p.1))
}

fn ink(colour: Rgb, alpha: f64, width: f64) -> ShapeStyle {
    let color = RGBAColor(colour.0, colour.1, colour.2, alpha);
    ShapeStyle { color, filled: true, stroke_width: fine(width).max(1) as u32 }
}

fn draw(svg: &mut SVGBackend<'_>, shape: &Shape, colour: Rgb) -> Result<(), String> {
    let done = match shape {
        Shape::Path(points, width) => svg.draw_path(points.iter().copied().map(pixel), &ink(colour, 1.0, *width)),
        Shape::Polygon(points, alpha) => svg.fill_polygon(points.iter().copied().map(pixel), &ink(colour, *alpha, 1.0)),
        Shape::Disc(at, radius) => {
            svg.draw_circle(pixel(*at), fine(*radius).max(1) as u32, &ink(colour, 1.0, 0.25), true)
        }
        Shape::Text(text, at, style) => {
            // plotters hangs a text 0.76 em below its point.
            let at = (at.0, at.1 - 0.76 * style.size);
            svg.draw_text(text, &text_style(style), pixel(at))
        }
    };
    done.map_err(|e| e.to_string())
}

fn text_style(style: &Style) -> TextStyle<'static> {
    let weight = if style.weight == Weight::Bold { FontStyle::Bold } else { FontStyle::Normal };
    let h = match style.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let (r, g, b) = style.colour;
    let font = (FontFamily::Name(FAMILY), plotters_size(style.size * FINE), weight);
    let color = RGBAColor(r, g, b, 1.0).to_backend_color();
    TextStyle { font: font.into(), color, pos: Pos::new(h, VPos::Top) }
}

/// plotters writes the size it is given divided by 1.24: the number that gives `size` back exactly, if there is one.
fn plotters_size(size: f64) -> f64 {
    let near = size * 1.24;
    [near, near.next_up(), near.next_down()].into_iter().find(|v| v / 1.24 == size).unwrap_or(near)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn outline(marker: Marker, (x, y): Point, r: f64) -> Vec<Point> {
    let unit: &[Point] = match marker {
        Marker::Square => &[(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)],
        Marker::Triangle => &[(0.0, -1.15), (1.05, 0.8), (-1.05, 0.8)],
        Marker::Wedge => &[(0.0, 1.15), (1.05, -0.8), (-1.05, -0.8)],
        Marker::Cross => &[
            (-0.38, -1.1),
            (0.38, -1.1),
            (0.38, -0.38),
            (1.1, -0.38),
            (1.1, 0.38),
            (0.38, 0.38),
            (0.38, 1.1),
            (-0.38, 1.1),
            (-0.38, 0.38),
            (-1.1, 0.38),
            (-1.1, -0.38),
            (-0.38, -0.38),
        ],
        _ => &[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)],
    };
    unit.iter().map(|(u, v)| (x + u * r, y + v * r)).collect()
}

/// Cuts a line into the dashes of a pattern.
fn dashes(points: &[Point], pattern: &[f64]) -> Vec<Vec<Point>> {
    let (mut out, mut slot, mut left) = (Vec::new(), 0, pattern[0]);
    let mut dash: Vec<Point> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let (mut a, b) = (pair[0], pair[1]);
        let mut length = (b.0 - a.0).hypot(b.1 - a.1);
        if !length.is_finite() {
            continue;
        }
        while length > left {
            let t = left / length;
            a = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
            length -= left;
            dash.push(a);
            if slot % 2 == 0 {
                out.push(std::mem::take(&mut dash));
            }
            dash = vec![a];
            slot += 1;
            left = pattern[slot % pattern.len()];
        }
        left -= length;
        dash.push(b);
    }
    if slot % 2 == 0 {
        out.push(dash);
    }
    out
}
