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

/// Okabe–Ito without yellow, which is too pale for lines on white, and as many more that differ from these in lightness as well.
const LINES: [Rgb; 14] = [
    (0x00, 0x72, 0xB2),
    (0xD5, 0x5E, 0x00),
    (0x00, 0x9E, 0x73),
    (0xCC, 0x79, 0xA7),
    (0x56, 0xB4, 0xE9),
    (0xE6, 0x9F, 0x00),
    (0x00, 0x00, 0x00),
    (0x7F, 0x3B, 0x08),
    (0x8A, 0x5F, 0xD3),
    (0x9A, 0xB8, 0x2A),
    (0x1B, 0x2A, 0x6B),
    (0x9A, 0x1F, 0x8F),
    (0xF2, 0x8E, 0x7C),
    (0x00, 0x50, 0x50),
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

/// Bars of what is the same under every guideline, beside bars in the colour of one.
pub const COMMON: Rgb = (0x8B, 0x8B, 0x8B);

/// Fill of the merged rest.
pub const OTHER: Rgb = (0xBB, 0xBB, 0xBB);

/// Dash patterns in figure units (on, off, …); empty is a full line. Five of them against fourteen colours: 70
/// pairs before one returns.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows and bars have their guideline's colour alone: no two of fourteen guidelines may share one, nor come close to that of the
    /// budget or to the grey of bars that belong to none.
    #[test]
    fn no_two_guidelines_look_the_same() {
        let far = |a: Rgb, b: Rgb| {
            let part = |a: u8, b: u8| (f64::from(a) - f64::from(b)).powi(2);
            (part(a.0, b.0) + part(a.1, b.1) + part(a.2, b.2)).sqrt()
        };
        let colours: Vec<Rgb> = (0..14).map(|i| guideline(i).colour).chain([ALERT, COMMON]).collect();
        for (i, a) in colours.iter().enumerate() {
            for b in &colours[..i] {
                assert!(far(*a, *b) > 50.0, "{a:?} beside {b:?}: {}", far(*a, *b));
            }
        }
        // Beyond that colours return with another line and marker.
        for i in 14..28 {
            let (a, b) = (guideline(i), guideline(i - 14));
            assert!(a.dash != b.dash && a.marker != b.marker);
        }
    }
}
