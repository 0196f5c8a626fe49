//! Text at 80 columns, where Hangul takes two.

/// Columns of a line.
const COLUMNS: usize = 80;

/// A text that grows paragraph by paragraph.
pub struct Page {
    out: String,
}

impl Page {
    /// An empty page.
    pub fn new() -> Page {
        Page { out: String::new() }
    }

    /// The text.
    pub fn text(self) -> String {
        self.out
    }

    /// A title, underlined.
    pub fn title(&mut self, text: &str) {
        let lines = wrap(text, COLUMNS);
        let widest = lines.iter().map(|l| width(l)).max().unwrap_or(0);
        self.lines("", "", &lines);
        self.out.push_str(&"=".repeat(widest));
        self.out.push_str("\n\n");
    }

    /// A heading of a section.
    pub fn heading(&mut self, text: &str) {
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
        self.lines("", "", &wrap(text, COLUMNS));
        self.out.push_str(&"-".repeat(width(text).min(COLUMNS)));
        self.out.push('\n');
    }

    /// A paragraph; an empty one is left out.
    pub fn paragraph(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            let margin = " ".repeat(indent);
            self.lines(&margin, &margin, &wrap(text, COLUMNS - indent));
        }
    }

    /// The first lines of a paragraph: after an empty line, unless a heading stands there.
    pub fn opening(&mut self, text: &str) {
        let before = self.out.lines().next_back().unwrap_or("");
        let underlined = !before.is_empty() && before.chars().all(|c| c == '-' || c == '=');
        if !underlined && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
        self.paragraph(0, text);
    }

    /// A line as it is.
    pub fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A paragraph after a dash.
    pub fn item(&mut self, indent: usize, text: &str) {
        let margin = " ".repeat(indent);
        self.lines(&format!("{margin}- "), &format!("{margin}  "), &wrap(text, COLUMNS - indent - 2));
    }

    /// A numbered footnote with an address on a line of its own, which is never broken.
    pub fn numbered(&mut self, number: usize, text: &str, address: &str) {
        let mark = format!("  [{number}] ");
        let margin = " ".repeat(mark.len());
        self.lines(&mark, &margin, &wrap(text, COLUMNS - mark.len()));
        if !address.is_empty() {
            self.out.push_str(&format!("{margin}{address}\n"));
        }
    }

    fn lines(&mut self, first: &str, other: &str, lines: &[String]) {
        for (i, line) in lines.iter().enumerate() {
            self.out.push_str(if i == 0 { first } else { other });
            self.out.push_str(line);
            self.out.push('\n');
        }
    }
}

/// Breaks a text at spaces into lines of at most so many columns; of longer words, addresses and paths stand alone, others are
/// broken where a line ends.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in &pieces(text).iter().flat_map(|piece| broken(piece, columns)).collect::<Vec<_>>() {
        let line = lines.last_mut();
        match line {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.clone()),
        }
    }
    lines
}

/// A piece with a word that is longer than a line, in pieces that are not.
fn broken(piece: &str, columns: usize) -> Vec<String> {
    // To be copied as they are: https://example.org/press, cohorts.users.size.
    let copied = |word: &str| word.contains("://") || word.is_ascii() && word.trim_end_matches('.').contains('.');
    let long = |word: &str| width(word) > columns && !copied(word);
    if columns < WIDEST || !piece.split(' ').any(long) {
        return vec![piece.into()];
    }
    let mut parts: Vec<String> = Vec::new();
    for word in piece.split(' ') {
        let mut part = String::new();
        for c in word.chars() {
            if long(word) && width(&part) + width(c.encode_utf8(&mut [0; 4])) > columns {
                parts.push(std::mem::take(&mut part));
            }
            part.push(c);
        }
        parts.push(part);
    }
    parts
}

/// Columns of the widest character.
const WIDEST: usize = 2;

/// Words, where a figure keeps its unit, currency and source number.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let currency = word.len() >= 3 && word[..].chars().take(3).all(|c| c.is_ascii_uppercase());
        let unit = word.starts_with(|c: char| c.is_ascii_lowercase() || c == '%');
        match pieces.last_mut() {
            Some(last)
                if ends_with_figure(last, unit)
                    || (currency && has_figure(last))
                    || word.starts_with('[')
                    || (last.rfind('[') > last.rfind(']') && last.len() < MOST_TOGETHER) =>
            {
                last.push(' ');
                last.push_str(word);
            }
            _ => pieces.push(word.to_string()),
        }
    }
    pieces
}

/// Bytes up to which what stands in square brackets is kept together.
const MOST_TOGETHER: usize = 40;

/// True when a word is a bare figure, no time of day, and the next one may be its unit.
fn ends_with_figure(word: &str, unit: bool) -> bool {
    unit && word.trim_start_matches('(').starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && word.ends_with(|c: char| c.is_ascii_digit())
        && !word.contains(':')
}

fn has_figure(word: &str) -> bool {
    word.trim_start_matches('(').starts_with(|c: char| c.is_ascii_digit() || c == '-')
}

/// Columns that a text takes on a terminal.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// True for Hangul, Han, kana and full-width forms.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115F | 0x2E80..=0x303E | 0x3041..=0xA4CF | 0xA960..=0xA97F | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1F64F
        | 0x20000..=0x3FFFD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_square_brackets_stays_together() {
        assert_eq!(wrap("won or lost in the end [in court]", 26), ["won or lost in the", "end [in court]"]);
        assert_eq!(
            wrap("between 08:00 and 22:00 besides the rest", 24),
            ["between 08:00 and 22:00", "besides the rest"]
        );
        // A bracket that is never closed holds nothing together for long.
        let open = wrap(&format!("a [{}", "word ".repeat(40)), 80);
        assert!(open.iter().all(|line| width(line) <= 80), "{open:?}");
    }

    #[test]
    fn lines_are_broken_by_columns() {
        assert_eq!(width("상점 a"), 6);
        assert_eq!(wrap("가나 다라 마바", 9), ["가나 다라", "마바"]);
        assert_eq!(wrap("at 12 h or 40 bn KRW [1] and", 9), ["at 12 h", "or", "40 bn KRW [1]", "and"]);
        assert_eq!(wrap("", 9), [""]);
        assert_eq!(wrap("a-very-long-word b", 4), ["a-ve", "ry-l", "ong-", "word", "b"]);
        assert_eq!(wrap("가나다라마 바", 5), ["가나", "다라", "마 바"]);
        assert_eq!(wrap("at https://example.org/a b.size:", 4), ["at", "https://example.org/a", "b.size:"]);
    }
}
