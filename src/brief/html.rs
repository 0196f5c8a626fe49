//! HTML and SVG by functions that escape: what is not written here in the source cannot become markup.

use super::tongue::{END, MARK, SHOWN};

/// A piece of a page. Only this file can make markup out of text that was not known when the program was built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Nothing.
    pub fn new() -> Html {
        Html::default()
    }

    /// Text, escaped.
    pub fn text(text: &str) -> Html {
        let mut out = String::with_capacity(text.len() + 8);
        escape(text, &mut out);
        Html(out)
    }

    /// Markup that stands in the source.
    pub fn fixed(markup: &'static str) -> Html {
        Html(markup.into())
    }

    /// Rules of style that hold nothing but letters, digits and the signs of `@font-face` and base 64; other signs are
    /// left out.
    pub fn css(rules: &str) -> Html {
        let fits = |c: &char| c.is_ascii_alphanumeric() || " @{}[]():;,.-+/=\"'".contains(*c);
        Html(rules.chars().filter(fits).collect())
    }

    /// Text with marks, each of which becomes a link to its row; `page` is put before the name of the row. Rows that
    /// are not `there` get no link.
    pub fn linked(text: &str, page: &str, there: impl Fn(&str) -> bool) -> Html {
        let mut out = Html::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(MARK) {
            out.push(Html::text(before));
            let (row, after) = after.split_once(SHOWN).unwrap_or(("", after));
            let (shown, after) = after.split_once(END).unwrap_or((after, ""));
            let to = format!("#{page}-{row}");
            out.push(match there(row) {
                true => el("a", &[("class", "n"), ("href", &to)], Html::text(shown)),
                false => Html::text(shown),
            });
            rest = after;
        }
        out.push(Html::text(rest));
        out
    }

    /// Adds a piece.
    pub fn push(&mut self, piece: Html) {
        self.0.push_str(&piece.0);
    }

    /// Adds a piece and gives all back.
    #[must_use]
    pub fn and(mut self, piece: Html) -> Html {
        self.push(piece);
        self
    }

    /// True when there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The markup.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl FromIterator<Html> for Html {
    fn from_iter<I: IntoIterator<Item = Html>>(pieces: I) -> Html {
        pieces.into_iter().fold(Html::new(), Html::and)
    }
}

/// Elements that have no content.
const EMPTY: [&str; 8] = ["meta", "br", "hr", "input", "line", "rect", "circle", "path"];

/// An element. Names of tags and attributes stand in the source; values are escaped. An attribute whose value is empty
/// is left out, unless it is one that is true by standing there.
pub fn el(tag: &'static str, attributes: &[(&'static str, &str)], inside: Html) -> Html {
    let mut out = format!("<{tag}");
    for (name, value) in attributes {
        if value.is_empty() && !matches!(*name, "hidden" | "checked" | "alt") {
            continue;
        }
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape(value, &mut out);
        out.push('"');
    }
    if EMPTY.contains(&tag) && inside.is_empty() {
        out.push_str("/>");
        return Html(out);
    }
    out.push('>');
    out.push_str(&inside.0);
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
    Html(out)
}

/// An element that holds text.
pub fn words(tag: &'static str, attributes: &[(&'static str, &str)], text: &str) -> Html {
    el(tag, attributes, Html::text(text))
}

/// A link, if the address is one of the web; otherwise its text alone. Scripts, files and data stay text.
pub fn link(address: &str, text: &str) -> Html {
    match web(address) {
        Some(url) => words("a", &[("href", url), ("rel", "noopener noreferrer")], text),
        None => Html::text(text),
    }
}

/// The address, if it is `http` or `https` and holds nothing that an address may not hold.
pub fn web(address: &str) -> Option<&str> {
    let address = address.trim();
    let lower = address.get(..8.min(address.len())).unwrap_or("").to_ascii_lowercase();
    let scheme = lower.starts_with("https://") || lower.starts_with("http://");
    let clean = address.chars().all(|c| !c.is_control() && !c.is_whitespace() && !"<>\"\\^`{|}".contains(c));
    (scheme && clean).then_some(address)
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            MARK | SHOWN | END => (),
            c => out.push(c),
        }
    }
}
