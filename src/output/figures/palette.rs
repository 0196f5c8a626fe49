//! Colours that colour-blind readers tell apart (Okabe and Ito), with dashes and markers for grey print.

/// A colour: red, green, blue.
pub type Rgb = (u8, u8, u8);

/// Text and strong lines.
pub const INK: Rgb = (0x22, 0x22, 0x22);
/// Secondary text.
pub const SOFT: Rgb = (0x59, 0x59, 0x59);
/// Grid lines.
pub const GRID: Rgb = (0xE2, 0xE2, 0xE2);
/// Axis lines and leaders.
pub const RULE: Rgb = (0x9A, 0x9A, 0x9A);
/// Background of strips that are off the scale.
pub const STRIP: Rgb = (0xF3, 0xF3, 0xF1);
/// Paper.
pub const PAPER: Rgb = (0xFF, 0xFF, 0xFF);
/// Budget line.
pub const ALERT: Rgb = (0xA4, 0x26, 0x2C);

/// Okabe–Ito without yellow, which is too pale for lines on white.
const LINES: [Rgb; 7] = [
    (0x00, 0x72, 0xB2),
    (0xD5, 0x5E, 0x00),
    (0x00, 0x9E, 0x73),
    (0xCC, 0x79, 0xA7),
    (0x56, 0xB4, 0xE9),
    (0xE6, 0x9F, 0x00),
    (0x00, 0x00, 0x00),
];

/// Fills for stacked bars, neighbours far apart in lightness so that they also differ in grey.
const FILLS: [Rgb; 7] = [
    (0x00, 0x72, 0xB2),
    (0xE6, 0x9F, 0x00),
    (0x00, 0x9E, 0x73),
    (0xF0, 0xE4, 0x42),
    (0xCC, 0x79, 0xA7),
    (0x56, 0xB4, 0xE9),
    (0xD5, 0x5E, 0x00),
];

/// Number of fills before hatched ones begin.
pub const PLAIN: usize = FILLS.len();

/// Fill of the merged rest.
pub const OTHER: Rgb = (0xBB, 0xBB, 0xBB);

/// Dash patterns in figure units (on, off, …); empty is a full line. Five of them against seven colours: 35 pairs
/// before one returns.
const DASHES: [&[f64]; 5] = [&[], &[7.0, 3.5], &[2.0, 2.6], &[10.0, 3.0, 2.0, 3.0], &[14.0, 4.0]];

/// Shape of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// ●
    Disc,
    /// ■
    Square,
    /// ▲
    Triangle,
    /// ◆
    Diamond,
    /// ▼
    Wedge,
    /// ✚
    Cross,
}

const MARKERS: [Marker; 6] =
    [Marker::Disc, Marker::Square, Marker::Triangle, Marker::Diamond, Marker::Wedge, Marker::Cross];

/// Look of the guideline at a position.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Colour of lines and markers.
    pub colour: Rgb,
    /// Dash pattern.
    pub dash: &'static [f64],
    /// Marker.
    pub marker: Marker,
}

/// Look of the guideline at position `index`, the same in all figures.
pub fn guideline(index: usize) -> Look {
    Look {
        colour: LINES[index % LINES.len()],
        dash: DASHES[index % DASHES.len()],
        marker: MARKERS[index % MARKERS.len()],
    }
}

/// Fill of the cohort at a position.
#[derive(Clone, Copy, Debug)]
pub struct Fill {
    /// Colour.
    pub colour: Rgb,
    /// True when white lines are drawn over it (second round of colours).
    pub hatched: bool,
}

/// Fill of the cohort at position `index`.
pub fn cohort(index: usize) -> Fill {
    Fill { colour: FILLS[index % FILLS.len()], hatched: (index / FILLS.len()) % 2 == 1 }
}

/// A colour mixed with white: 0 is the colour, 1 is white.
pub fn tint(colour: Rgb, white: f64) -> Rgb {
    let mix = |c: u8| (f64::from(c) + (255.0 - f64::from(c)) * white).round() as u8;
    (mix(colour.0), mix(colour.1), mix(colour.2))
}

/// Colour of text upon a fill.
pub fn upon(colour: Rgb) -> Rgb {
    let light = 0.299 * f64::from(colour.0) + 0.587 * f64::from(colour.1) + 0.114 * f64::from(colour.2);
    if light > 130.0 { INK } else { PAPER }
}
