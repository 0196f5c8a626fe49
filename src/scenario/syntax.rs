//! Mistakes in the TOML itself: where they stand, what they are, what would be right.

use toml::de::DeTable;

use super::headings::{Headings, Twice};
use super::korean;
use super::report::{Days, Diagnostic, Place};
use super::tree::{CLOCK, control_character, grouped_figure, is_unprintable};

/// Most mistakes of the TOML itself that are told at once.
pub const MOST: usize = 20;

/// Every mistake of the TOML itself, one a line: what follows on a line comes of the first.
pub fn mistakes(text: &str, file: usize) -> Vec<Diagnostic> {
    let (_, errors) = DeTable::parse_recoverable(text);
    let headings = Headings::of(text);
    let mut found: Vec<(usize, Diagnostic)> = Vec::new();
    for e in &errors {
        let mut d = told(e, file, 0, text, &headings);
        let line_of = |at: usize| text.get(..at).map_or(usize::MAX, |before| before.matches('\n').count());
        // What follows an opening bracket that nothing closes comes of it.
        let open =
            unclosed(text, d.place.start).filter(|(at, _)| found.iter().all(|(known, _)| *known != line_of(*at)));
        if let Some((at, bracket)) = open {
            d = never_closed(Place { file, start: at, end: at + 1 }, bracket);
        }
        // Where the error itself stands: what is told of it may be another line.
        let line = line_of(if open.is_some() { d.place.start } else { e.span().map_or(text.len(), |span| span.start) });
        // Of a table that stands twice its keys need not be told.
        let headed =
            text.lines().take(line.saturating_add(1)).enumerate().filter(|(_, l)| l.trim_start().starts_with('['));
        let heading = headed.last().map_or(usize::MAX, |(n, _)| n);
        let of_another = |(known, other): &(usize, Diagnostic)| {
            *known != line && (*known != heading || other.message != d.message) && other.place != d.place
        };
        if found.iter().all(of_another) {
            found.push((line, d));
        }
        if found.len() == MOST || open.is_some() {
            break;
        }
    }
    found.into_iter().map(|(_, d)| d).collect()
}

/// The bracket before a place that an earlier line opens and does not close, although that line is at its end.
fn unclosed(text: &str, at: usize) -> Option<(usize, char)> {
    let text_before = text.get(..at)?;
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut i = 0;
    while let Some(c) = text_before[i..].chars().next() {
        let rest = &text_before[i..];
        match c {
            '[' | '{' => open.push((i, c)),
            ']' | '}' => drop(open.pop()),
            _ => {}
        }
        i += match c {
            '"' | '\'' => length_of_text(rest, c)?,
            '#' => rest.find('\n').unwrap_or(rest.len()),
            _ => c.len_utf8(),
        };
    }
    let (begins, bracket) = open.pop()?;
    let line = text[begins..].lines().next()?;
    let ends_whole = !line.trim_end().ends_with(['{', '[', ',']) && begins + line.len() < at;
    ends_whole.then_some((begins, bracket))
}

/// Bytes of a text in quotes with its quotes; none where it does not end.
fn length_of_text(rest: &str, quote: char) -> Option<usize> {
    let three = [quote; 3].iter().collect::<String>();
    if rest.starts_with(&three) {
        return rest[3..].find(&three).map(|n| n + 6);
    }
    let mut escaped = false;
    for (i, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if c == quote => return Some(i + 1),
            _ => {}
        }
    }
    None
}

/// A bracket without the one that closes it.
fn never_closed(place: Place, bracket: char) -> Diagnostic {
    let closing = if bracket == '{' { '}' } else { ']' };
    let mut d = Diagnostic::error(place, format!("this is not TOML: this `{bracket}` is not closed"));
    d.help(format!("write `{closing}` where it ends, on the same line or before the next name"));
    d
}

/// A mistake in the TOML itself.
pub fn syntax_error(error: &toml::de::Error, file: usize, offset: usize, text: &str) -> Diagnostic {
    told(error, file, offset, text, &Headings::of(text))
}

/// True of what a parser says of a name that stands twice, and of one with a value that is taken for a table elsewhere.
pub fn named_twice(message: &str) -> bool {
    message.contains("duplicate key") || message.contains("cannot extend value")
}

fn told(error: &toml::de::Error, file: usize, offset: usize, text: &str, headings: &Headings) -> Diagnostic {
    let span = error.span().unwrap_or(text.len()..text.len());
    let place = Place { file, start: offset + span.start, end: offset + span.end };
    if let Some(c) = text.get(span.start..).and_then(|rest| rest.chars().next()).filter(|c| is_unprintable(*c)) {
        return control_character(Place { end: place.start + c.len_utf8(), ..place }, c);
    }
    let mut d = Diagnostic::error(place, format!("this is not TOML: {}", error.message()));
    if named_twice(error.message()) {
        let (message, help) = ("this key or table stands twice".to_string(), "keep one of the two".to_string());
        let bare = || Twice { place: span.clone(), message, help, spare: false };
        let twice = headings.twice(text, span.start).unwrap_or_else(bare);
        (d.place.start, d.place.end) = (offset + twice.place.start, offset + twice.place.end);
        d.message = twice.message;
        d.help(twice.help);
    } else if let Some(figure) = grouped_figure(text, span.start) {
        d.place = Place { file, start: offset + figure.start, end: offset + figure.end };
        d.help(format!("figures are written without commas: {}", text[figure].replace(',', "_")));
    } else if ["hour between", "minute between", "second between"].iter().any(|what| error.message().contains(what)) {
        d.days = Days::Missing;
        // TOML knows a sixtieth second, a clock does not.
        d.message = d.message.replace("second between 00 and 60", "second between 00 and 59");
        d.help(CLOCK);
    } else if error.message().contains("date") || error.message().contains("month") || error.message().contains("day") {
        d.days = Days::Missing;
        d.help("dates are written 2022-10-15, times 2022-10-15T15:30:00, and must exist in the calendar");
    } else {
        d.help(advice(error.message(), text.get(span.start..).unwrap_or("")));
    }
    d
}

/// What would be right where TOML cannot be read; `rest` begins with what stands there.
fn advice(message: &str, rest: &str) -> String {
    let line = rest.lines().next().unwrap_or("");
    let said = |words: &str| message.contains(words);
    let found = line.chars().find(|c| !c.is_ascii()).unwrap_or(' ');
    let help = match found {
        '\u{3000}' => "a full-width blank stands here: write a plain one",
        '“' | '”' | '„' | '‘' | '’' | '「' | '」' => "texts stand in straight quotes: \"…\"",
        '\u{ff01}'..='\u{ff5e}' => "a full-width sign stands here: write it with a Latin keyboard",
        '\u{a0}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => "an invisible character stands here: delete it",
        _ if said("unquoted key") && !found.is_ascii() => {
            let name: String = line.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let quoted = format!("names with other letters than a to z stand in quotes: \"{name}\"");
            // Behind a key stands its value, behind a part of a heading a bracket or a point.
            let is_key = line[name.len()..].trim_start().starts_with('=');
            let meant: Vec<&str> = korean::keys(&name).iter().filter(|_| is_key).copied().collect();
            return match meant.is_empty() {
                true if is_key => {
                    format!("{quoted} if you chose this name yourself; the keys of the format are English")
                }
                true => quoted,
                false => {
                    format!("the keys of the format are English: did you mean `{}`? {quoted}", meant.join("` or `"))
                }
            };
        }
        _ if rest.starts_with(',') && rest[1..].starts_with(|c: char| c.is_ascii_digit()) => {
            "figures are written without commas, decimals with a point: 0.9"
        }
        _ if said("recur") => "lists and tables stand in one another too deeply",
        _ if said("escaped value") || said("unicode") => {
            "a backslash in a text is written twice: \"C:\\\\Users\"; in single quotes it stands for itself: 'C:\\Users'"
        }
        _ if said("must be quoted") || said("number") || said("leading zero") || said("digit") => {
            "texts, expressions and figures with a unit stand in quotes: \"outage > 3 h\", \"10 %\""
        }
        _ if said("unclosed table") => "the closing bracket is missing: a heading is written [name]",
        _ if said("with no value") => "a line is written name = value, a heading [name]",
        _ if said("basic string") || said("literal string") => {
            "the closing quote is missing; a text over several lines stands in three quotes"
        }
        _ => "a line is written name = value, a heading [name]; texts stand in quotes",
    };
    help.into()
}
