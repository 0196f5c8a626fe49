//! Display width of texts on a terminal: Hangul and other wide letters take two columns.

/// Columns that a character takes.
fn columns(c: char) -> usize {
    let code = u32::from(c);
    let zero = matches!(code, 0x300..=0x36F | 0x200B..=0x200D | 0xFE00..=0xFE0F);
    let wide = matches!(
        code,
        0x1100..=0x115F
            | 0x2E80..=0x303E
            | 0x3041..=0x33FF
            | 0x3400..=0x4DBF
            | 0x4E00..=0x9FFF
            | 0xA000..=0xA4CF
            | 0xA960..=0xA97C
            | 0xAC00..=0xD7A3
            | 0xF900..=0xFAFF
            | 0xFE30..=0xFE6F
            | 0xFF00..=0xFF60
            | 0xFFE0..=0xFFE6
            | 0x1F300..=0x1F64F
            | 0x1F900..=0x1F9FF
            | 0x20000..=0x3FFFD
    );
    match (zero, wide) {
        (true, _) => 0,
        (_, true) => 2,
        _ => 1,
    }
}

/// Columns that a text takes.
pub fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Text filled with spaces on the right.
pub fn left(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// Text filled with spaces on the left.
pub fn right(text: &str, to: usize) -> String {
    format!("{}{text}", " ".repeat(to.saturating_sub(width(text))))
}

/// Text cut to at most `to` columns, at a space where one is near, with `…` at the end when cut.
pub fn shorten(text: &str, to: usize) -> String {
    if width(text) <= to {
        return text.into();
    }
    let mut kept = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += columns(c);
        if used + 1 > to {
            break;
        }
        kept.push(c);
    }
    if let Some(at) = kept.rfind(' ').filter(|&at| 3 * at >= 2 * kept.len()) {
        kept.truncate(at);
    }
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '(', '-']))
}

/// Text cut to at most `to` columns in front, where names differ least.
pub fn shorten_front(text: &str, to: usize) -> String {
    if width(text) <= to {
        return text.into();
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += columns(*c);
        used <= to
    };
    let kept: Vec<char> = text.chars().rev().take_while(fits).collect();
    format!("…{}", kept.into_iter().rev().collect::<String>())
}

/// Text broken into lines of at most `to` columns at spaces, not before a per cent sign; following lines are indented.
pub fn wrap(text: &str, to: usize, indent: &str) -> String {
    fill(text.split_whitespace(), to, "", indent)
}

/// A text whose words wider than `to` columns are broken into parts that are not: a title without a blank in it has lines, too.
pub fn breakable(text: &str, to: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        used = if c.is_whitespace() { 0 } else { used + columns(c) };
        if used > to {
            out.push(' ');
            used = columns(c);
        }
        out.push(c);
    }
    out
}

/// A page of which every line is broken at plain spaces into lines of at most `to` columns: where it goes on, it stands two
/// columns farther in than it began. Blanks that hold words together stay. A word wider than a line stands by itself.
pub fn wrap_lines(page: &str, to: usize) -> String {
    let broken = page.split('\n').map(|line| {
        if width(line) <= to {
            return line.to_string();
        }
        let first = &line[..line.len() - line.trim_start_matches(' ').len()];
        fill(line.split(' ').filter(|word| !word.is_empty()), to, first, &format!("{first}  "))
    });
    broken.collect::<Vec<_>>().join("\n")
}

/// Words in lines of at most `to` columns, the first of which begins with `first`, and the others with `indent`.
fn fill<'t>(words: impl Iterator<Item = &'t str>, to: usize, first: &str, indent: &str) -> String {
    let mut out = String::new();
    let mut line = String::from(first);
    let mut empty = true;
    let mut words = words.peekable();
    while let Some(word) = words.next() {
        if !empty && width(&line) + 1 + width(word) + unit_room(&mut words) > to {
            out.push_str(&line);
            out.push('\n');
            line = indent.into();
        } else if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    out.push_str(&line);
    out
}

/// Room for a per cent sign that follows a figure: the two are not torn apart.
fn unit_room<'t>(words: &mut std::iter::Peekable<impl Iterator<Item = &'t str>>) -> usize {
    words.peek().filter(|w| w.starts_with('%')).map_or(0, |w| 1 + width(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangul_takes_two_columns() {
        assert_eq!(width("카카오 2022"), 6 + 5);
        assert_eq!(width("12.4 bn – KRW"), 13);
        assert_eq!(right("억", 4), "  억");
    }

    #[test]
    fn cuts_at_a_space_where_one_is_near() {
        assert_eq!(shorten("Telecom standard terms", 17), "Telecom standard…");
        assert_eq!(shorten("Unbreakable-and-long-word", 10), "Unbreakab…");
        assert_eq!(shorten("통신 표준약관 방식", 12), "통신 표준약…");
        assert!(width(&shorten("통신표준약관방식", 9)) <= 9);
    }

    #[test]
    fn wraps_at_spaces() {
        assert_eq!(wrap("one two three four", 9, "  "), "one two\n  three\n  four");
        assert_eq!(wrap("all but 5 %.", 9, ""), "all but\n5 %.");
    }

    #[test]
    fn long_words_are_broken_where_they_must_be() {
        assert_eq!(breakable("초장문제목 one", 6), "초장문 제목 one");
        assert_eq!(breakable("one two", 3), "one two");
        let line = wrap(&breakable(&format!("A {}", "초장문제목".repeat(8)), 78), 80, "  ");
        assert!(line.lines().count() == 2 && line.lines().all(|l| width(l) <= 80), "{line}");
    }

    #[test]
    fn a_page_is_wrapped_line_by_line() {
        let page = "Head\n\n  one two three\n카카오 카카오\n5\u{a0}% of it all";
        assert_eq!(wrap_lines(page, 10), "Head\n\n  one two\n    three\n카카오\n  카카오\n5\u{a0}% of it\n  all");
        assert_eq!(wrap_lines("see https://example.org/long or\n", 12), "see\n  https://example.org/long\n  or\n");
    }
}
