//! PNG from SVG, with the embedded font: the same picture on a machine that has no fonts at all.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

use png::{ColorType, Compression, Encoder, EncodingError, Filter};
use resvg::tiny_skia::{IntSize, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::canvas::PAPER_SHEET;
use super::{font, outline};

/// PNG pixels to a figure unit.
const SCALE: f32 = 2.0;

fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let load = || {
        let mut fonts = fontdb::Database::new();
        for bytes in [font::REGULAR, font::BOLD] {
            fonts.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
        }
        fonts.set_sans_serif_family("Noto Sans KR");
        Arc::new(fonts)
    };
    FONTS.get_or_init(load).clone()
}

/// Letters that figures had and the font has not. Figures are drawn on several threads and deep in every command, and it is told
/// once what all of them lack.
static BLANK: Mutex<BTreeSet<char>> = Mutex::new(BTreeSet::new());

/// The letters of figures written so far for which the font has nothing, in order.
pub fn blanks() -> Vec<char> {
    BLANK.lock().map_or_else(|_| Vec::new(), |blank| blank.iter().copied().collect())
}

thread_local! {
    /// Memory of the picture drawn last: fetching it anew takes longer than filling it.
    static SHEET: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// PNG of an SVG document at twice its size.
pub fn png(svg: &str) -> Result<Vec<u8>, String> {
    picture(&read(svg)?)
}

/// PNG of an SVG document, and the document as it goes into a file: a Korean one with its texts as outlines, since a machine
/// without a Korean font shows boxes instead of them, any other as it is.
pub fn files(svg: &str) -> Result<(Vec<u8>, Cow<'_, str>), String> {
    let tree = read(svg)?;
    let lacking: Vec<char> = outline::texts(svg).flat_map(font::missing).collect();
    if let (false, Ok(mut blank)) = (lacking.is_empty(), BLANK.lock()) {
        blank.extend(lacking);
    }
    let document = if outline::is_korean(svg) { Cow::Owned(outline::document(svg, &tree)) } else { Cow::Borrowed(svg) };
    Ok((picture(&tree)?, document))
}

fn read(svg: &str) -> Result<Tree, String> {
    let options = Options { fontdb: fonts(), font_family: "Noto Sans KR".into(), ..Options::default() };
    // The sheet is white before anything is drawn on it.
    Tree::from_str(&svg.replacen(PAPER_SHEET, "", 1), &options).map_err(|e| format!("the figure is not valid SVG: {e}"))
}

fn picture(tree: &Tree) -> Result<Vec<u8>, String> {
    let size = tree.size();
    let size = IntSize::from_wh((size.width() * SCALE).ceil() as u32, (size.height() * SCALE).ceil() as u32);
    let size = size.ok_or("the figure has no size")?;
    let mut sheet = SHEET.take();
    sheet.clear();
    sheet.resize(4 * size.width() as usize * size.height() as usize, 255);
    let mut picture = Pixmap::from_vec(sheet, size).ok_or("the figure has no size")?;
    resvg::render(tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    let pixels = picture.take();
    let encoded = encode(&pixels, size).map_err(|e| format!("cannot encode the figure: {e}"));
    SHEET.set(pixels);
    encoded
}

/// PNG of a picture on white paper, whose fourth channel says nothing. Line by line: what is left of a line stays in the
/// processor's cache.
fn encode(pixels: &[u8], size: IntSize) -> Result<Vec<u8>, EncodingError> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, size.width(), size.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_compression(Compression::Fast);
    // Within 5 % of the size that the best filter of each row gives, in a third of the time.
    encoder.set_filter(Filter::Paeth);
    let mut header = encoder.write_header()?;
    let mut lines = header.stream_writer()?;
    let mut three = vec![0; 3 * size.width() as usize];
    for line in pixels.chunks_exact(4 * size.width() as usize) {
        three_of_four(line, &mut three);
        lines.write_all(&three)?;
    }
    lines.finish()?;
    drop(header);
    Ok(out)
}

/// The first three of every four bytes: eight groups at a time, as four words of which three are left.
fn three_of_four(line: &[u8], three: &mut [u8]) {
    let (groups, rest) = line.as_chunks::<32>();
    let (left, last) = three.as_chunks_mut::<24>();
    for (from, to) in groups.iter().zip(left) {
        let pair = |at: usize| {
            let word = from.as_chunks::<8>().0[at];
            let word = u64::from_le_bytes(word);
            word & 0xff_ffff | word >> 8 & 0xffff_ff00_0000
        };
        let [a, b, c, d] = [pair(0), pair(1), pair(2), pair(3)];
        let words = [a | b << 48, b >> 16 | c << 32, c >> 32 | d << 16];
        to.as_chunks_mut::<8>().0.iter_mut().zip(words).for_each(|(to, word)| *to = word.to_le_bytes());
    }
    let pixels = rest.as_chunks::<4>().0.iter().zip(last.as_chunks_mut::<3>().0);
    pixels.for_each(|(from, to)| *to = [from[0], from[1], from[2]]);
}

#[cfg(test)]
mod tests {
    use super::three_of_four;

    #[test]
    fn of_any_number_of_pixels_three_channels_are_left() {
        for pixels in 0..40 {
            let line: Vec<u8> = (0..4 * pixels).map(|i| (i * 37 % 251) as u8).collect();
            let mut three = vec![0; 3 * pixels];
            three_of_four(&line, &mut three);
            let wanted: Vec<u8> = line.chunks(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
            assert_eq!(three, wanted, "{pixels} pixels");
        }
    }
}
