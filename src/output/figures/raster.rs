//! PNG from SVG, with the embedded font: the same picture on a machine that has no fonts at all.

use std::sync::{Arc, OnceLock};

use png::{ColorType, Compression, Encoder, EncodingError};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::{Options, Tree, fontdb};

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

/// PNG of an SVG document at twice its size.
pub fn png(svg: &str) -> Result<Vec<u8>, String> {
    let options = Options { fontdb: fonts(), font_family: "Noto Sans KR".into(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|e| format!("the figure is not valid SVG: {e}"))?;
    let size = tree.size();
    let (width, height) = ((size.width() * SCALE).ceil() as u32, (size.height() * SCALE).ceil() as u32);
    let mut pixmap = Pixmap::new(width, height).ok_or("the figure has no size")?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixmap.as_mut());
    encode(&pixmap).map_err(|e| format!("cannot encode the figure: {e}"))
}

/// PNG of a picture on white paper.
fn encode(picture: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let on_white = |p: &PremultipliedColorU8| [p.red(), p.green(), p.blue()].map(|c| c + (255 - p.alpha()));
    let pixels = picture.pixels();
    let mut rgb = vec![0; 3 * pixels.len()];
    for (to, pixel) in rgb.as_chunks_mut::<3>().0.iter_mut().zip(pixels) {
        *to = on_white(pixel);
    }
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, picture.width(), picture.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_compression(Compression::Fast);
    encoder.write_header()?.write_image_data(&rgb)?;
    Ok(out)
}
