//! Mistakes in a scenario and their places: file, line, column, what is wrong, what would be right.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// A stretch of text in one of the files that were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index into the report's files.
    pub file: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A text with the name under which it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFile {
    /// Path of a file, or `--set` for a change given on the command line.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The scenario cannot be used.
    Error,
    /// Worth a look; the scenario can be used.
    Warning,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How serious it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong, in one sentence.
    pub message: String,
    /// A few words beside the carets; may be empty.
    pub label: String,
    /// What would be right; may be empty.
    pub help: Vec<String>,
    /// The name that is missing, such as `services.talk`, where one is: of all that miss the same name the first is told,
    /// with the lines of the others.
    pub missing: Option<Box<str>>,
    /// The guideline that was being read, where one was: of those that share a text each is told what is wrong in it.
    pub guideline: Option<Box<str>>,
    /// What it has to do with days of the calendar.
    pub days: Days,
}

/// What a finding has to do with days of the calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Days {
    /// Nothing.
    #[default]
    None,
    /// A day of the file, or a time of one, does not exist. Another is read in its place, so that the rest of the file can be
    /// looked at.
    Missing,
    /// Days of the file were compared, which means nothing where one of them does not exist.
    Compared,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            place,
            message: message.into(),
            label: String::new(),
            help: vec![],
            missing: None,
            guideline: None,
            days: Days::None,
        }
    }

    /// A warning at a place.
    pub fn warning(place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(place, message) }
    }

    /// Adds the words beside the carets.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Diagnostic {
        self.label = label.into();
        self
    }

    /// Says which name is missing; an empty one is none.
    pub fn missing(&mut self, name: impl Into<String>) -> &mut Diagnostic {
        self.missing = Some(name.into()).filter(|name: &String| !name.is_empty()).map(String::into_boxed_str);
        self
    }

    /// Says that days of the file were compared.
    pub fn compared_days(&mut self) -> &mut Diagnostic {
        self.days = Days::Compared;
        self
    }

    /// Adds a line of advice; an empty one is dropped.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Diagnostic {
        let help = help.into();
        if !help.is_empty() {
            self.help.push(help);
        }
        self
    }
}

/// A finding with its place worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Name of the file, or `--set`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How serious it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What would be right, lines joined by `; `.
    pub help: String,
}

/// Columns up to which a line is shown whole, its number and margin included; of a longer one, what is around the place.
const WIDEST: usize = 420;

/// Columns of what is shown of a line that is longer than that, and most characters that are marked in it.
const AROUND: usize = 130;
/// See [`AROUND`].
const MARKED: usize = 60;

/// All findings of one reading, in the order of the files and lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    files: Vec<TextFile>,
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Findings sorted by place; the same finding twice is kept once, and so are those that miss the same name.
    pub fn new(files: Vec<TextFile>, mut diagnostics: Vec<Diagnostic>) -> Report {
        let missing: Vec<Place> = diagnostics.iter().filter(|d| d.days == Days::Missing).map(|d| d.place).collect();
        if !missing.is_empty() {
            // Nor is anything said of what was read in place of such a day.
            let instead = |at: Place| missing.iter().any(|day| (day.file, day.start) == (at.file, at.start));
            diagnostics.retain(|d| d.days == Days::Missing || (d.days != Days::Compared && !instead(d.place)));
        }
        diagnostics.sort_by_key(|d| d.place);
        diagnostics.dedup();
        let mut report = Report { files, diagnostics: Vec::new() };
        report.tell_missing_once(diagnostics);
        report
    }

    /// Keeps the first of the findings that miss the same name, and has it say where else the name stands: one slip of
    /// the pen, where the name is given or where it is used, is one mistake.
    fn tell_missing_once(&mut self, all: Vec<Diagnostic>) {
        let starts = self.starts();
        let mut also: BTreeMap<(usize, Box<str>), Vec<usize>> = BTreeMap::new();
        let key = |d: &Diagnostic| d.missing.clone().map(|name| (d.place.file, name));
        for d in all {
            let line = self.locate(&d, &starts).line;
            match key(&d).filter(|k| self.diagnostics.iter().any(|told| key(told).as_ref() == Some(k))) {
                Some(told) => also.entry(told).or_default().push(line),
                None => self.diagnostics.push(d),
            }
        }
        for d in &mut self.diagnostics {
            if let Some(lines) = key(d).and_then(|k| also.remove(&k)) {
                d.help(format!("the same name is missing in {}", lines_in_words(&lines)));
            }
        }
    }

    /// The same where changes stand as they were typed: each with the text that was made of it. A finding in one is then one
    /// of the whole.
    pub fn as_typed(mut self, typed: &[(String, String)]) -> Report {
        for (at, file) in self.files.iter_mut().enumerate() {
            let Some((_, option)) = typed.iter().find(|(made, _)| *made == file.text) else { continue };
            *file = TextFile { name: "command line".into(), text: option.clone() };
            for d in self.diagnostics.iter_mut().filter(|d| d.place.file == at) {
                (d.place.start, d.place.end) = (0, option.len());
            }
        }
        self
    }

    /// The findings.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// True when nothing was found.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// The findings with file, line and column.
    pub fn located(&self) -> Vec<Located> {
        let starts = self.starts();
        self.diagnostics.iter().map(|d| self.locate(d, &starts)).collect()
    }

    /// Where the lines of each file begin.
    fn starts(&self) -> Vec<Vec<usize>> {
        self.files.iter().map(|f| starts(&f.text)).collect()
    }

    fn locate(&self, d: &Diagnostic, starts: &[Vec<usize>]) -> Located {
        let file = self.files.get(d.place.file);
        let text = file.map_or("", |f| f.text.as_str());
        let (line, column) = line_and_column(text, d.place.start, starts.get(d.place.file).map_or(&[], Vec::as_slice));
        Located {
            file: file.map_or(String::new(), |f| f.name.clone()),
            line,
            column,
            severity: d.severity,
            message: d.message.clone(),
            help: d.help.join("; "),
        }
    }

    /// Everything as text: each finding with its line, carets under the place, and advice.
    pub fn render(&self, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.term_width(WIDEST);
        let starts = self.starts();
        let blocks: Vec<String> = self.diagnostics.iter().map(|d| self.render_one(&renderer, d, &starts)).collect();
        blocks.join("\n\n")
    }

    fn render_one(&self, renderer: &Renderer, d: &Diagnostic, starts: &[Vec<usize>]) -> String {
        let level = match d.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let empty = TextFile { name: String::new(), text: String::new() };
        let file = self.files.get(d.place.file).unwrap_or(&empty);
        // Its line alone: a file may be long and its mistakes many.
        let seen = visible(&file.text, d.place);
        let first = file.text[..seen.start].rfind('\n').map_or(0, |at| at + 1);
        let last = file.text[seen.end..].find('\n').map_or(file.text.len(), |at| seen.end + at);
        let line = starts.get(d.place.file).map_or(1, |s| line_of(s, first));
        let whole = &file.text[first..last];
        // All that is marked would be shown: of a long line, the beginning of the place is enough.
        let long = whole.chars().count() > WIDEST;
        let marked = file.text[seen.clone()].char_indices().nth(MARKED).filter(|_| long);
        let end = marked.map_or(seen.end, |(at, _)| seen.start + at);
        let narrow = renderer.clone().term_width(AROUND);
        let renderer = if long { &narrow } else { renderer };
        let mark = AnnotationKind::Primary.span(seen.start - first..end - first);
        let mark = if d.label.is_empty() { mark } else { mark.label(d.label.as_str()) };
        let source = Snippet::source(whole).line_start(line);
        let snippet = source.path(file.name.as_str()).annotation(mark);
        let mut group: Group<'_> = level.primary_title(d.message.as_str()).element(snippet);
        for help in &d.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }
}

/// The place cut to its first line and to characters that exist, and at least one character wide where there is one.
fn visible(text: &str, place: Place) -> std::ops::Range<usize> {
    let start = floor(text, place.start);
    let line_end = text[start..].find('\n').map_or(text.len(), |n| start + n);
    let mut end = floor(text, place.end).min(line_end).max(start);
    if end == start {
        end = text[start..line_end].chars().next().map_or(start, |c| start + c.len_utf8());
    }
    start..end
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where the lines of a text begin, the first at 0.
fn starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// The line of a byte, from 1.
fn line_of(starts: &[usize], at: usize) -> usize {
    starts.partition_point(|s| *s <= at).max(1)
}

/// Line and column (in characters) of a byte, both from 1.
fn line_and_column(text: &str, at: usize, starts: &[usize]) -> (usize, usize) {
    let at = floor(text, at);
    let line = line_of(starts, at);
    let from = starts.get(line - 1).copied().unwrap_or(0);
    // A byte order mark is no character of the first line.
    (line, text[from..at].chars().filter(|c| *c != '\u{feff}').count() + 1)
}

/// Why a scenario could not be loaded.
#[derive(Clone, Debug)]
pub enum LoadError {
    /// A file could not be read.
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        message: String,
    },
    /// The text is not a valid scenario.
    Invalid(Report),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Io { path, message } => write!(f, "cannot read {}: {message}", path.display()),
            LoadError::Invalid(report) => f.write_str(&report.render(false)),
        }
    }
}

impl std::error::Error for LoadError {}

/// "did you mean `x`?" for the closest of some names, or nothing when none is close.
pub fn did_you_mean<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    closest(word, names).map_or(String::new(), |name| format!("did you mean `{name}`?"))
}

/// The closest of some names, if it is close enough to be meant.
pub fn closest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let score = |name: &str| {
        let close = strsim::damerau_levenshtein(&lower, &name.to_lowercase());
        let limit = word.chars().count().max(name.chars().count()) / 3;
        let prefix = name.len() > 3 && lower.len() > 3 && (name.starts_with(&lower) || lower.starts_with(name));
        if close <= limit { Some(close) } else { prefix.then_some(limit + 1) }
    };
    names.into_iter().filter_map(|n| score(n).map(|s| (s, n))).min_by_key(|(s, _)| *s).map(|(_, n)| n)
}

/// Which of some names was probably meant, or which there are.
pub fn near_or_all(word: &str, names: &[&str]) -> String {
    let near = did_you_mean(word, names.iter().copied());
    if near.is_empty() { format!("there are {}", first_of(names)) } else { near }
}

/// Most names that an advice lists.
const MOST_LISTED: usize = 12;

/// The names, or the first dozen of them and how many more there are.
pub fn first_of(names: &[&str]) -> String {
    match names.len().checked_sub(MOST_LISTED) {
        None | Some(0) => listed(names.iter().copied()),
        Some(more) => {
            let first: Vec<String> = names[..MOST_LISTED].iter().map(|n| format!("`{n}`")).collect();
            format!("{} and {more} more", first.join(", "))
        }
    }
}

/// `lines 3, 7 and 2 more`: numbers of lines, each told once.
pub fn lines_in_words(lines: &[usize]) -> String {
    let mut lines: Vec<String> = lines.iter().map(usize::to_string).collect();
    lines.dedup();
    let (first, more) = lines.split_at(lines.len().min(MOST_LISTED));
    let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
    let s = if first.len() == 1 { "" } else { "s" };
    format!("line{s} {}{more}", first.join(", "))
}

/// `a`, `b` and `c`.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|n| format!("`{n}`")).collect();
    match names.split_last() {
        None => "none".into(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}
