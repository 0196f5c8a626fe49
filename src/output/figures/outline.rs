//! Texts as outlines: a figure that looks the same where no Korean font is installed. What its texts say stands in `<desc>`, for
//! readers by ear and for search.

use resvg::usvg::{Indent, Tree, WriteOptions};

use super::canvas::PAPER_SHEET;

/// True of a document whose texts are Korean.
pub fn is_korean(svg: &str) -> bool {
    head(svg).contains("xml:lang=\"ko\"")
}

/// The first tag.
fn head(svg: &str) -> &str {
    svg.split_once('>').map_or(svg, |(head, _)| head)
}

/// The document that a tree was read from, with its head and title as they are and its texts drawn.
pub fn document(svg: &str, tree: &Tree) -> String {
    // Figures are drawn in quarters of a unit: a tenth of one is finer than any screen.
    let options = WriteOptions {
        preserve_text: false,
        coordinates_precision: 1,
        transforms_precision: 5,
        indent: Indent::None,
        ..WriteOptions::default()
    };
    let drawn = tree.to_string(&options);
    let inner = drawn.split_once('>').map_or("", |(_, inner)| inner).trim_end().trim_end_matches("</svg>");
    let size = tree.size();
    let title = between(svg, "<title>", "</title>").next().unwrap_or_default();
    format!(
        "{}>\n<title>{title}</title>\n<desc>{}</desc>\n{PAPER_SHEET}\n<g>{inner}</g>\n</svg>\n",
        sized(head(svg), size.width(), size.height()),
        texts(svg).collect::<Vec<_>>().join(" · ")
    )
}

/// The head with the view of the drawing: a tree is in units of its size.
fn sized(head: &str, width: f32, height: f32) -> String {
    let view = between(head, "viewBox=\"", "\"").next().unwrap_or_default();
    head.replacen(&format!("viewBox=\"{view}\""), &format!("viewBox=\"0 0 {width} {height}\""), 1)
}

/// All texts in reading order, as they stand in the document.
pub fn texts(svg: &str) -> impl Iterator<Item = &str> {
    between(svg, "<text", "</text>").filter_map(|t| t.split_once('>')).map(|(_, t)| t.trim())
}

/// What stands between two marks, each time they come.
fn between<'a>(text: &'a str, from: &'a str, to: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(from).skip(1).filter_map(move |rest| rest.split_once(to).map(|(inner, _)| inner))
}
