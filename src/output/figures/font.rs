//! The embedded font: how wide a text is, where it breaks, and which letters it lacks.

use std::sync::OnceLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// Noto Sans KR Regular, all Hangul (SIL Open Font License 1.1, `assets/fonts/OFL.txt`).
pub static REGULAR: &[u8] = include_bytes!("../../../assets/fonts/NotoSansKR-Regular.subset.ttf");
/// Noto Sans KR Bold, the Hangul of KS X 1001 (same licence).
pub static BOLD: &[u8] = include_bytes!("../../../assets/fonts/NotoSansKR-Bold.subset.ttf");

/// Weight of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// Ordinary text.
    #[default]
    Regular,
    /// Titles and names.
    Bold,
}

struct Face {
    charmap: skrifa::charmap::Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units: f64,
}

fn open(bytes: &'static [u8]) -> Option<Face> {
    let font = FontRef::new(bytes).ok()?;
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let units = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
    Some(Face { charmap: font.charmap(), metrics, units })
}

fn faces() -> &'static [Option<Face>; 2] {
    static FACES: OnceLock<[Option<Face>; 2]> = OnceLock::new();
    FACES.get_or_init(|| [open(REGULAR), open(BOLD)])
}

impl Face {
    fn advance(&self, letter: char) -> Option<f64> {
        let glyph = self.charmap.map(letter)?;
        Some(f64::from(self.metrics.advance_width(glyph)?) / self.units)
    }
}

fn advance(letter: char, weight: Weight) -> Option<f64> {
    let [regular, bold] = faces();
    let first = if weight == Weight::Bold { bold } else { regular };
    let find = |face: &Option<Face>| face.as_ref().and_then(|f| f.advance(letter));
    find(first).or_else(|| find(regular))
}

/// Width of a text in the unit of `size`.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    text.chars().map(|c| advance(c, weight).unwrap_or(1.0)).sum::<f64>() * size
}

/// Letters of a text that the font has no glyph for.
pub fn missing(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_control() && advance(*c, Weight::Regular).is_none()).collect()
}

/// True when the bold font has every letter of a text that the other one has.
pub fn bold_has_all(text: &str) -> bool {
    let [Some(regular), Some(bold)] = faces() else { return false };
    let mut seen = std::collections::BTreeSet::new();
    let new = text.chars().filter(|c| seen.insert(*c)).collect::<Vec<_>>();
    new.into_iter().all(|c| bold.charmap.map(c).is_some() || regular.charmap.map(c).is_none())
}

/// Glyph and width (as a part of the size) of the digits 0 to 9 in the regular font.
pub fn digits() -> Option<[(u32, f64); 10]> {
    let face = faces()[0].as_ref()?;
    let mut out = [(0, 0.0); 10];
    for (slot, digit) in out.iter_mut().zip('0'..='9') {
        *slot = (face.charmap.map(digit)?.to_u32(), face.advance(digit)?);
    }
    Some(out)
}

/// Breaks a text into at most `lines` lines no wider than `limit`: at spaces where it can, inside words where it
/// must. What does not fit ends in an ellipsis.
pub fn wrap(text: &str, size: f64, weight: Weight, limit: f64, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let joined = if line.is_empty() { word.to_string() } else { format!("{line} {word}") };
        if width(&joined, size, weight) <= limit {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            out.push(std::mem::take(&mut line));
        }
        line = break_word(word, size, weight, limit, &mut out);
    }
    if !line.is_empty() {
        out.push(line);
    }
    if out.len() > lines {
        out.truncate(lines);
        if let Some(last) = out.last_mut() {
            *last = clip(&format!("{last}…"), size, weight, limit);
        }
    }
    out
}

/// As [`wrap`], with lines of about the same length instead of a short last one.
pub fn wrap_even(text: &str, size: f64, weight: Weight, limit: f64, lines: usize) -> Vec<String> {
    let full = wrap(text, size, weight, limit, usize::MAX);
    if full.len() < 2 || full.len() > lines {
        return wrap(text, size, weight, limit, lines);
    }
    let count = full.len();
    let words = text.split_whitespace().map(|w| width(w, size, weight));
    let (mut low, mut high) = (words.fold(0.0, f64::max), limit);
    while high - low > size / 4.0 {
        let middle = (low + high) / 2.0;
        if wrap(text, size, weight, middle, usize::MAX).len() > count { low = middle } else { high = middle }
    }
    wrap(text, size, weight, high, lines)
}

/// Pushes the full lines of a word that is wider than a line and returns what remains.
fn break_word(word: &str, size: f64, weight: Weight, limit: f64, out: &mut Vec<String>) -> String {
    let mut line = String::new();
    for letter in word.chars() {
        line.push(letter);
        if width(&line, size, weight) > limit && line.chars().count() > 1 {
            line.pop();
            out.push(std::mem::take(&mut line));
            line.push(letter);
        }
    }
    line
}

/// Shortens a text to `limit`, ending it in an ellipsis when letters had to go.
pub fn clip(text: &str, size: f64, weight: Weight, limit: f64) -> String {
    if width(text, size, weight) <= limit {
        return text.to_string();
    }
    let mut kept: String = text.trim_end_matches('…').to_string();
    while !kept.is_empty() && width(&format!("{kept}…"), size, weight) > limit {
        kept.pop();
    }
    format!("{}…", kept.trim_end())
}
