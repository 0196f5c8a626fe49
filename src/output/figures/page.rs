//! What all figures share: title and subtitle above, source line below, row names, axes and keys.

use crate::model::Lang;
use crate::output::terminal::letter;

use super::canvas::{Anchor, Area, Canvas, Style, TextBox, WIDTH, text};
use super::data::FigureData;
use super::number::{pick, plural, whole};
use super::palette::{GRID, RULE, SOFT, STRIP};
use super::scale::Scale;

/// Left and right margin.
pub const MARGIN: f64 = 24.0;
/// Ordinary labels.
pub const LABEL: Style = text(13.0);
/// Numbers at ticks.
pub const TICK: Style = text(12.5).colour(SOFT);
/// Notes and source line.
pub const NOTE: Style = text(11.5).colour(SOFT);
const TITLE: Style = text(20.0).bold();
const SUBTITLE: Style = text(13.5).colour(SOFT);
/// Names in less room than this may take a line more.
const NARROW: f64 = 180.0;
/// Names of guidelines.
pub const NAME: Style = text(13.5).bold();

/// A figure being drawn: the canvas, the height used so far, and what the source line needs.
pub struct Page<'a> {
    /// The canvas.
    pub canvas: Canvas,
    /// What is drawn.
    pub data: &'a FigureData,
    /// Language.
    pub lang: Lang,
    /// First free height below the head.
    pub top: f64,
    title: String,
}

/// A finished figure.
pub struct Drawing {
    canvas: Canvas,
    height: f64,
    title: String,
    lang: Lang,
}

/// Title of the guideline at a place, its identifier if it has none.
fn title_alone(data: &FigureData, index: usize, lang: Lang) -> &str {
    let guideline = &data.guidelines[index];
    let title = guideline.title.get(lang);
    if title.is_empty() { &guideline.id } else { title }
}

/// Title of the guideline at a place, behind its letter where another has the same one.
pub fn title_of(data: &FigureData, index: usize, lang: Lang) -> String {
    let title = title_alone(data, index, lang);
    let same = (0..data.guidelines.len()).filter(|i| title_alone(data, *i, lang) == title).count();
    if same > 1 { lettered(index, title) } else { title.into() }
}

/// Title of the guideline at a place, to be named in a sentence, where no other of `told` reads like its figure: among equals none
/// is singled out.
pub fn alone(data: &FigureData, index: usize, figure: &str, told: &[String], lang: Lang) -> Option<String> {
    (told.iter().filter(|other| *other == figure).count() < 2).then(|| title_of(data, index, lang))
}

/// A guideline named in brackets behind a figure, if it is: ` (“A”)`, `(‘A’)`.
pub fn behind(name: Option<String>, lang: Lang) -> String {
    match (name, lang) {
        (None, _) => String::new(),
        (Some(name), Lang::En) => format!(" (“{name}”)"),
        (Some(name), Lang::Ko) => format!("(‘{name}’)"),
    }
}

/// A guideline named behind a sentence, if it is: `, under “A”`, `(‘A’)`.
pub fn under(name: Option<String>, lang: Lang) -> String {
    match (name, lang) {
        (Some(name), Lang::En) => format!(", under “{name}”"),
        (name, _) => behind(name, lang),
    }
}

/// A title behind the letter of its guideline: `A · A flat sum`.
pub fn lettered(index: usize, title: &str) -> String {
    format!("{} · {title}", letter(index))
}

/// What stands where a guideline pays no money: in kind it may give something all the same.
pub fn without_money(data: &FigureData, index: usize, lang: Lang) -> &'static str {
    match data.guidelines[index].bill.in_kind > 0.0 {
        true => pick(lang, "no money, in kind alone", "돈은 없고 현물만"),
        false => pick(lang, "pays nothing", "보상 없음"),
    }
}

/// Says whose costs lack what others have: under a guideline without a procedure nobody says what claims take to handle.
pub fn unhandled(data: &FigureData, lang: Lang) -> Option<String> {
    let names: Vec<String> = data.unhandled.iter().map(|i| title_of(data, *i, lang)).collect();
    let said = pick(
        lang,
        "No procedure stated, so that review and handling of claims are not in the cost:",
        "절차가 없어 신청의 심사와 처리 비용이 빠진 기준안:",
    );
    (!names.is_empty()).then(|| format!("{said} {}.", names.join("; ")))
}

/// True where some guideline gives something in kind, so that who is paid no money may not go without.
pub fn gives_in_kind(data: &FigureData) -> bool {
    data.guidelines.iter().any(|g| g.bill.in_kind > 0.0)
}

/// Says that a figure shows money alone, where some guideline gives something else as well.
pub fn in_kind_note(data: &FigureData, lang: Lang) -> Option<String> {
    let said = pick(
        lang,
        "Money alone: vouchers and other awards in kind are left out.",
        "돈만 센다. 이용권 같은 현물은 뺐다.",
    );
    gives_in_kind(data).then(|| said.into())
}

impl<'a> Page<'a> {
    /// Starts a figure with its title and subtitle.
    pub fn new(data: &'a FigureData, lang: Lang, title: &str, subtitle: &str) -> Page<'a> {
        let mut canvas = Canvas::default();
        let limit = WIDTH - 2.0 * MARGIN;
        let below = canvas.lines(&TITLE.wrap(title, limit, 3), MARGIN, 38.0, TITLE);
        let below = canvas.lines(&sentences(subtitle, limit), MARGIN, below - 2.0, SUBTITLE);
        Page { canvas, data, lang, top: below, title: title.to_string() }
    }

    /// Title of a guideline in the page's language, its identifier if it has none; behind its letter where another has the same.
    pub fn title_of(&self, index: usize) -> String {
        title_of(self.data, index, self.lang)
    }

    /// Title of a guideline behind its letter, with the baseline marked.
    pub fn lettered_name(&self, index: usize) -> String {
        let mark = if self.is_base(index) { self.base_mark() } else { String::new() };
        format!("{}{mark}", lettered(index, title_alone(self.data, index, self.lang)))
    }

    /// True for the baseline when there is something to compare with it.
    fn is_base(&self, index: usize) -> bool {
        self.data.baseline == Some(index) && self.data.guidelines.len() > 1
    }

    /// Title of a guideline with the baseline marked.
    pub fn name(&self, index: usize) -> String {
        let title = self.title_of(index);
        if self.is_base(index) { format!("{title}{}", self.base_mark()) } else { title }
    }

    /// Title of a guideline in at most so many lines, with the baseline marked where `marked`. Where that of any has to be cut, the
    /// letter by which the page on the terminal calls each stands before it: titles may differ in their ends alone. Equal ones have
    /// theirs in any case.
    pub fn name_lines(&self, index: usize, style: Style, limit: f64, lines: usize, marked: bool) -> Vec<String> {
        self.names_within(index, (style, limit), &|_| lines, marked)
    }

    /// The same with as many lines as each guideline has.
    fn names_within(
        &self,
        index: usize,
        (style, limit): (Style, f64),
        lines: &dyn Fn(usize) -> usize,
        marked: bool,
    ) -> Vec<String> {
        let mark = |i: usize| if marked && self.is_base(i) { self.base_mark() } else { String::new() };
        let cut = |i: usize, text: &str| style.count(text, limit) > lines(i);
        let mut guidelines = 0..self.data.guidelines.len();
        let (mark_of, lines_of) = (mark(index), lines(index));
        if !guidelines.any(|i| cut(i, &format!("{}{}", self.title_of(i), mark(i)))) {
            return style.wrap(&format!("{}{mark_of}", self.title_of(index)), limit, lines_of);
        }
        let mut kept = lettered(index, title_alone(self.data, index, self.lang));
        if mark_of.is_empty() || !cut(index, &format!("{kept}{mark_of}")) {
            return style.wrap(&format!("{kept}{mark_of}"), limit, lines_of);
        }
        // The end of the title goes, not the mark.
        while !kept.is_empty() && cut(index, &format!("{kept}…{mark_of}")) {
            kept.pop();
        }
        style.wrap(&format!("{}…{mark_of}", kept.trim_end()), limit, lines_of)
    }

    /// What stands behind the title of the baseline.
    fn base_mark(&self) -> String {
        format!(" {}", pick(self.lang, "(baseline)", "(비교 기준)"))
    }

    /// Writes a row's name, centred on `middle`, in lines no wider than `limit`, in a row `room` high.
    pub fn row_name(&mut self, index: usize, middle: f64, (limit, room): (f64, f64)) {
        let is_base = self.is_base(index);
        let most = if limit < NARROW { 4 } else { 3 };
        // Below the baseline's name stands that it is.
        let fits = most as f64 * NAME.leading() + NOTE.size + 3.0 <= room;
        let lines = |i: usize| if self.is_base(i) && !fits { most - 1 } else { most };
        let lines = self.names_within(index, (NAME, limit), &lines, false);
        let rows = lines.len() as f64 + f64::from(u8::from(is_base)) * 0.9;
        let baseline = middle + 0.36 * NAME.size - (rows - 1.0) * NAME.leading() / 2.0;
        let below = self.canvas.lines(&lines, MARGIN, baseline, NAME);
        if is_base {
            self.canvas.text(pick(self.lang, "baseline", "비교 기준"), MARGIN, below - 1.0, NOTE);
        }
    }

    /// Ends the figure: notes, then the source line, below `bottom`.
    pub fn finish(self, bottom: f64, notes: &[String]) -> Drawing {
        let source = self.source();
        self.finish_from(bottom, notes, &source)
    }

    /// As [`Page::finish`], with a source line of its own.
    pub fn finish_from(mut self, bottom: f64, notes: &[String], source: &str) -> Drawing {
        let limit = WIDTH - 2.0 * MARGIN;
        let mut at = bottom + 22.0;
        for note in notes {
            at = self.canvas.lines(&NOTE.wrap(note, limit, 4), MARGIN, at, NOTE);
        }
        at += if notes.is_empty() { 5.0 } else { 11.0 };
        self.canvas.line((MARGIN, at - 13.0), (WIDTH - MARGIN, at - 13.0), 0.5, RULE);
        at = self.canvas.lines(&NOTE.wrap(source, limit, 3), MARGIN, at + 3.0, NOTE);
        Drawing { canvas: self.canvas, height: at, title: self.title, lang: self.lang }
    }

    fn source(&self) -> String {
        let d = self.data;
        let title = d.title.get(self.lang);
        match self.lang {
            Lang::En => format!(
                "Scenario: {title} · seed {} · {} · redress {}",
                d.seed,
                plural(d.replicates, "replicate"),
                d.version
            ),
            Lang::Ko => format!(
                "시나리오: {title} · 난수 시드 {} · 상황 {}개 · redress {}",
                d.seed,
                whole(d.replicates),
                d.version
            ),
        }
    }

    /// Vertical grid lines with tick labels under `plot`, and the axis title below them. Returns the height used up.
    pub fn bottom_axis(&mut self, scale: &Scale, labels: &[String], title: &str, plot: Area) -> f64 {
        let mut free = f64::NEG_INFINITY;
        let mut ticks: Vec<(&f64, &String)> = scale.ticks().iter().zip(labels).collect();
        ticks.sort_by(|a, b| scale.at(*a.0).total_cmp(&scale.at(*b.0)));
        for (tick, label) in ticks {
            let x = scale.at(*tick);
            self.canvas.line((x, plot.top), (x, plot.bottom), 0.75, GRID);
            let half = TICK.width(label) / 2.0;
            let x = x.min(WIDTH - 4.0 - half);
            if x - half > free {
                self.canvas.text(label, x, plot.bottom + 17.0, TICK.anchor(Anchor::Middle));
                free = x + half + 5.0;
            }
        }
        self.canvas.line((plot.left, plot.bottom), (plot.right, plot.bottom), 0.75, RULE);
        let style = LABEL.anchor(Anchor::Middle);
        let half = style.width(title) / 2.0;
        let middle = ((plot.left + plot.right) / 2.0).min(WIDTH - MARGIN - half).max(MARGIN + half);
        self.canvas.text(title, middle, plot.bottom + 37.0, style);
        plot.bottom + 42.0
    }

    /// Horizontal grid lines with tick labels left of `plot`.
    pub fn left_axis(&mut self, scale: &Scale, labels: &[String], plot: Area) {
        for (tick, label) in scale.ticks().iter().zip(labels) {
            let y = scale.at(*tick);
            self.canvas.line((plot.left, y), (plot.right, y), 0.75, GRID);
            self.canvas.text(label, plot.left - 8.0, y + 4.5, TICK.anchor(Anchor::End));
        }
    }

    /// A pale strip for values that are off a logarithmic axis.
    pub fn strip(&mut self, area: Area) {
        self.canvas.rect(area, STRIP);
    }
}

/// A subtitle in lines that break between sentences where they can.
fn sentences(text: &str, limit: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for sentence in text.split_inclusive(". ") {
        match lines.last_mut().filter(|line| SUBTITLE.width(&format!("{line}{sentence}")) <= limit) {
            Some(line) => line.push_str(sentence),
            None => lines.push(sentence.to_string()),
        }
    }
    lines.iter().flat_map(|line| SUBTITLE.wrap(line, limit, 3)).collect()
}

impl Drawing {
    /// The SVG document.
    pub fn svg(&self) -> String {
        self.canvas.svg(self.height, &self.title, pick(self.lang, "en", "ko"))
    }

    /// Rectangles of all texts.
    pub fn texts(&self) -> Vec<TextBox> {
        self.canvas.texts()
    }

    /// Width and height in figure units.
    pub fn size(&self) -> (f64, f64) {
        (WIDTH, self.height)
    }
}
