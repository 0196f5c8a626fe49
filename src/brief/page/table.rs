//! Tables: real heads, figures to the right, sortable by any column.

use super::super::html::{Html, el, words};

/// A cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    inside: Html,
    sort: Option<f64>,
    class: &'static str,
    draft: Option<usize>,
    head: bool,
}

impl Cell {
    /// Text.
    pub fn text(text: &str) -> Cell {
        Cell { inside: Html::text(text), ..Cell::default() }
    }

    /// A piece of the page.
    pub fn of(inside: Html) -> Cell {
        Cell { inside, ..Cell::default() }
    }

    /// A figure, to the right, sorted by its value.
    pub fn figure(inside: Html, value: f64) -> Cell {
        Cell { inside, sort: Some(value), class: "r", ..Cell::default() }
    }

    /// The name of its row.
    pub fn name(inside: Html) -> Cell {
        Cell { inside, head: true, ..Cell::default() }
    }

    /// With a class.
    #[must_use]
    pub fn class(mut self, class: &'static str) -> Cell {
        self.class = class;
        self
    }

    /// In the column of a draft.
    #[must_use]
    pub fn draft(mut self, index: usize) -> Cell {
        self.draft = Some(index);
        self
    }

    fn html(self) -> Html {
        let sort = self.sort.map(|v| if v.is_finite() { format!("{v}") } else { String::new() });
        let draft = self.draft.map_or(String::new(), |d| d.to_string());
        let mut attributes = vec![("class", self.class), ("data-g", draft.as_str())];
        if let Some(v) = &sort {
            attributes.push(("data-v", v));
        }
        match self.head {
            true => el("th", &[("scope", "row"), ("data-g", &draft)], self.inside),
            false => el("td", &attributes, self.inside),
        }
    }
}

/// A head of a column.
pub struct Head {
    /// What it says.
    pub text: String,
    /// True over figures.
    pub right: bool,
    /// The draft whose column it is.
    pub draft: Option<usize>,
}

impl Head {
    /// Over text.
    pub fn left(text: String) -> Head {
        Head { text, right: false, draft: None }
    }

    /// Over figures.
    pub fn right(text: String) -> Head {
        Head { text, right: true, draft: None }
    }
}

/// A row: the draft it belongs to, its name in links, its cells.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Draft.
    pub draft: Option<usize>,
    /// Class; empty for none.
    pub class: &'static str,
    /// Name in links; empty for none.
    pub id: String,
    /// Cells.
    pub cells: Vec<Cell>,
}

/// A table with its caption.
pub fn table(class: &'static str, caption: &str, heads: &[Head], lines: Vec<Line>) -> Html {
    let head = |h: &Head| {
        let draft = h.draft.map_or(String::new(), |d| d.to_string());
        let class = if h.right { "r" } else { "" };
        let inside = match h.text.is_empty() {
            true => return el("td", &[("data-g", &draft)], Html::new()),
            // Where a table runs over pages a browser repeats texts of its head, but not buttons.
            false => words("button", &[("type", "button"), ("class", "screen")], &h.text).and(words(
                "span",
                &[("class", "paper")],
                &h.text,
            )),
        };
        el("th", &[("scope", "col"), ("class", class), ("data-g", &draft)], inside)
    };
    let heads: Html = heads.iter().map(head).collect();
    let row = |l: Line| {
        let draft = l.draft.map_or(String::new(), |d| d.to_string());
        el(
            "tr",
            &[("id", &l.id), ("class", l.class), ("data-g", &draft)],
            l.cells.into_iter().map(Cell::html).collect(),
        )
    };
    // The words of a caption stay in view while the table below them scrolls.
    let caption_words = words("span", &[("class", "cap")], caption);
    let inside = el("caption", &[], caption_words).and(el("thead", &[], el("tr", &[], heads))).and(el(
        "tbody",
        &[],
        lines.into_iter().map(row).collect(),
    ));
    // Wide tables scroll by themselves, also by keyboard.
    el(
        "div",
        &[("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-label", caption)],
        el("table", &[("class", class)], inside),
    )
}
