//! PNG from SVG, with the embedded font: the same picture on a machine that has no fonts at all.

use std::cell::Cell;
use std::sync::{Arc, OnceLock};

use png::{ColorType, Compression, Encoder, EncodingError, Filter};
use resvg::tiny_skia::{IntSize, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::canvas::PAPER_SHEET;
use super::font;

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

thread_local! {
    /// Memory of the picture drawn last: fetching it anew takes longer than filling it.
    static SHEET: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// PNG of an SVG document at twice its size.
pub fn png(svg: &str) -> Result<Vec<u8>, String> {
    let options = Options { fontdb: fonts(), font_family: "Noto Sans KR".into(), ..Options::default() };
    // The sheet is white before anything is drawn on it.
    let tree = Tree::from_str(&svg.replacen(PAPER_SHEET, "", 1), &options)
        .map_err(|e| format!("the figure is not valid SVG: {e}"))?;
    let size = tree.size();
    let size = IntSize::from_wh((size.width() * SCALE).ceil() as u32, (size.height() * SCALE).ceil() as u32);
    let size = size.ok_or("the figure has no size")?;
    let mut sheet = SHEET.take();
    sheet.clear();
    sheet.resize(4 * size.width() as usize * size.height() as usize, 255);
    let mut picture = Pixmap::from_vec(sheet, size).ok_or("the figure has no size")?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    let mut pixels = picture.take();
    let encoded = encode(&mut pixels, size).map_err(|e| format!("cannot encode the figure: {e}"));
    SHEET.set(pixels);
    encoded
}

/// PNG of a picture on white paper, whose fourth channel says nothing; its memory is used up.
fn encode(pixels: &mut [u8], size: IntSize) -> Result<Vec<u8>, EncodingError> {
    let count = pixels.len() / 4;
    let fours = count / 4;
    for four in 0..fours {
        // Four at a time, of which three words are left: never further than what was read.
        let Some(read) = pixels[16 * four..].first_chunk::<16>() else { break };
        let (words, _) = read.as_chunks::<4>();
        let [a, b, c, d] = [words[0], words[1], words[2], words[3]].map(|word| u32::from_le_bytes(word) & 0xff_ffff);
        let left = [a | b << 24, b >> 8 | c << 16, c >> 16 | d << 8];
        let Some(write) = pixels[12 * four..].first_chunk_mut::<12>() else { break };
        write.as_chunks_mut::<4>().0.iter_mut().zip(left).for_each(|(to, word)| *to = word.to_le_bytes());
    }
    for i in 4 * fours..count {
        let [r, g, b] = [pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2]];
        pixels[3 * i..3 * i + 3].copy_from_slice(&[r, g, b]);
    }
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, size.width(), size.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_compression(Compression::Fast);
    // Within 5 % of the size that the best filter of each row gives, in a third of the time.
    encoder.set_filter(Filter::Paeth);
    encoder.write_header()?.write_image_data(&pixels[..3 * count])?;
    Ok(out)
}
