//! A company's year: loss by return period with its band, average annual loss by cause and service, what insurance leaves.

use crate::annual::findings::{Average, Basis, Of, YearFindings, title};
use crate::model::Lang;
use crate::model::company::Company;

use super::canvas::{Anchor, Area, Style, TextBox, WIDTH, text};
use super::data::FigureData;
use super::number::{amount, money, money_ticks, pick, significant, whole};
use super::page::{Drawing, LABEL, MARGIN, NOTE, Page};
use super::palette::{self, INK, RULE, SOFT, tint};
use super::place;
use super::scale::Scale;

/// The figures of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearKind {
    /// Loss by return period: the costliest event, the year.
    Exceedance,
    /// Average annual loss by cause, service and guideline.
    Average,
    /// The year before and after insurance.
    Insurance,
}

impl YearKind {
    /// All of them.
    pub const ALL: [YearKind; 3] = [YearKind::Exceedance, YearKind::Average, YearKind::Insurance];

    /// Name of its files without the ending.
    pub fn file_name(self) -> &'static str {
        match self {
            YearKind::Exceedance => "annual-exceedance",
            YearKind::Average => "annual-average",
            YearKind::Insurance => "annual-insurance",
        }
    }
}

/// What a figure of a year shows.
#[derive(Clone, Copy, Debug)]
pub struct YearFigure<'a> {
    /// The company.
    pub company: &'a Company,
    /// What was found.
    pub found: &'a YearFindings,
    /// Seed of the streams.
    pub seed: u64,
}

/// The SVG document of a figure.
pub fn svg(kind: YearKind, figure: YearFigure, lang: Lang) -> String {
    draw(kind, figure, lang).svg()
}

/// Size of a figure and the rectangle of each of its texts.
pub fn layout(kind: YearKind, figure: YearFigure, lang: Lang) -> ((f64, f64), Vec<TextBox>) {
    let drawing = draw(kind, figure, lang);
    (drawing.size(), drawing.texts())
}

fn draw(kind: YearKind, figure: YearFigure, lang: Lang) -> Drawing {
    match kind {
        YearKind::Exceedance => exceedance(figure, lang),
        YearKind::Average => averages(figure, lang),
        YearKind::Insurance => insurance(figure, lang),
    }
}

const LABELS: f64 = 190.0;
const HEAD: Style = text(13.0).bold();
const DETAIL: Style = text(12.0);
/// Curves begin at this return period.
const FIRST: f64 = 1.05;

/// A line of a plot over return periods.
struct Line {
    head: String,
    /// Return period, loss, ends of its interval.
    points: Vec<(f64, f64, f64, f64)>,
    look: usize,
    /// Loss of a hundred years.
    hundred: f64,
}

fn source(figure: YearFigure, lang: Lang) -> String {
    let (title, seed) = (figure.company.title.get(lang), figure.seed);
    let years = whole(figure.found.years as u64);
    match lang {
        Lang::En => format!("{title} · seed {seed} · {years} years · redress {}", env!("CARGO_PKG_VERSION")),
        Lang::Ko => format!("{title} · 난수 시드 {seed} · {years}년 · redress {}", env!("CARGO_PKG_VERSION")),
    }
}

fn exceedance(figure: YearFigure, lang: Lang) -> Drawing {
    let names = [
        (Basis::Year, pick(lang, "the year (AEP)", "연간 합계(AEP)")),
        (Basis::Event, pick(lang, "costliest event (OEP)", "최대 사건(OEP)")),
    ];
    let lines = names.iter().enumerate().filter_map(|(look, (basis, head))| {
        let (_, drawn) = figure.found.drawn.iter().find(|(b, _)| b == basis)?;
        let points = drawn.iter().map(|p| (p.return_period, p.value.value, p.value.lo, p.value.hi)).collect();
        let hundred = figure.found.point(Of::All, *basis, 100.0).map_or(f64::NAN, |p| p.loss.value);
        Some(Line { head: head.to_string(), points, look, hundred })
    });
    let words = pick(lang, "How much outages cost in a bad year", "나쁜 해에는 장애로 얼마가 드는가");
    let subtitle = pick(
        lang,
        "Loss that is reached once in so many years. Bands: 95 % intervals of the estimate.",
        "해당 기간에 한 번꼴로 도달하는 손실. 띠는 추정의 95% 구간.",
    );
    periods(figure, lang, words, subtitle, lines.collect())
}

fn insurance(figure: YearFigure, lang: Lang) -> Drawing {
    let all = |p: &&crate::annual::findings::Point| p.of == Of::All && p.basis == Basis::Year;
    let point = |p: &crate::annual::findings::Point| (p.return_period, p.loss.value, p.loss.lo, p.loss.hi);
    let gross = figure.found.curves.iter().filter(all).map(point).collect();
    let of = |points: &[(f64, f64, f64, f64)]| points.iter().find(|p| p.0 == 100.0).map_or(f64::NAN, |p| p.1);
    let gross: Vec<(f64, f64, f64, f64)> = gross;
    let head = pick(lang, "without insurance", "보험 없음").to_string();
    let mut lines = vec![Line { head, hundred: of(&gross), points: gross, look: 0 }];
    for (k, (programme, i)) in figure.company.programmes.iter().zip(&figure.found.insured).enumerate() {
        let head = programme.named.title.get(lang).to_string();
        let points: Vec<(f64, f64, f64, f64)> = i.curve.iter().map(point).collect();
        lines.push(Line { head, hundred: of(&points), points, look: k + 1 });
    }
    let words = pick(lang, "What insurance leaves of a bad year", "보험이 나쁜 해에 남기는 부담");
    let subtitle = pick(
        lang,
        "Loss of the year after recoveries, premiums included, reached once in so many years. Bands: 95 % intervals.",
        "회수 뒤 보험료를 포함한 연간 부담이 해당 기간에 한 번꼴로 도달하는 값. 띠는 95% 구간.",
    );
    periods(figure, lang, words, subtitle, lines)
}

/// Lines over return periods.
fn periods(figure: YearFigure, lang: Lang, title: &str, subtitle: &str, lines: Vec<Line>) -> Drawing {
    let data = FigureData::default();
    let mut page = Page::new(&data, lang, title, subtitle);
    let top = page.top + 26.0;
    let plot = Area { left: MARGIN + 62.0, top, right: WIDTH - MARGIN - LABELS - 34.0, bottom: top + 400.0 };
    let points = || lines.iter().flat_map(|l| &l.points);
    let low = points().map(|p| p.1).filter(|x| *x > 0.0).fold(f64::INFINITY, f64::min);
    let high = points().map(|p| if p.3.is_finite() { p.3 } else { p.1 }).fold(0.0, f64::max);
    if high <= 0.0 {
        page.canvas.text(pick(lang, "nothing is lost", "손실 없음"), plot.left, plot.top + 40.0, LABEL);
        return page.finish_from(plot.top + 60.0, &[], &source(figure, lang));
    }
    let longest = points().map(|p| p.0).fold(2.0, f64::max);
    let years = Scale::log(FIRST, longest, (plot.left, plot.right), None);
    let cost = Scale::log(low.max(high / 1e5), high, (plot.bottom, plot.top), None);
    let money_words = money_ticks(cost.ticks(), &figure.company.currency, lang);
    page.left_axis(&cost, &money_words.labels, plot);
    let axis = format!("{} ({})", pick(lang, "loss", "손실"), money_words.unit);
    page.canvas.text(&axis, MARGIN, plot.top - 12.0, LABEL);
    let ticks: Vec<String> = years.ticks().iter().map(|t| significant(*t)).collect();
    let bottom = page.bottom_axis(&years, &ticks, pick(lang, "return period, years", "재현기간(년)"), plot);
    for line in &lines {
        let look = palette::guideline(line.look);
        let some: Vec<&(f64, f64, f64, f64)> = line.points.iter().filter(|p| p.1 > 0.0 && p.3.is_finite()).collect();
        let mut band: Vec<(f64, f64)> = some.iter().map(|p| (years.at(p.0), cost.at(p.3))).collect();
        band.extend(some.iter().rev().map(|p| (years.at(p.0), cost.at(p.2))));
        page.canvas.polygon(band, tint(look.colour, 0.35), 0.3);
    }
    for line in &lines {
        let look = palette::guideline(line.look);
        let path: Vec<(f64, f64)> =
            line.points.iter().filter(|p| p.1 > 0.0).map(|p| (years.at(p.0), cost.at(p.1))).collect();
        page.canvas.dashed(&path, 2.2, look.colour, look.dash);
    }
    labels(&mut page, figure, &lines, (&years, &cost), plot);
    page.finish_from(bottom, &[], &source(figure, lang))
}

/// Names at the ends of the lines, with the loss of a hundred years.
fn labels(page: &mut Page<'_>, figure: YearFigure, lines: &[Line], (years, cost): (&Scale, &Scale), plot: Area) {
    let lang = page.lang;
    let near = |line: &Line| line.hundred;
    let ends: Vec<(f64, f64)> = lines
        .iter()
        .map(|l| l.points.last().map_or((plot.right, plot.bottom), |p| (years.at(p.0), cost.at(p.1))))
        .collect();
    let heads: Vec<Vec<String>> = lines.iter().map(|l| HEAD.wrap(&l.head, LABELS, 3)).collect();
    let tall = |lines: usize| lines as f64 * HEAD.leading() + DETAIL.leading() + 8.0;
    let wished: Vec<(f64, f64)> = ends.iter().zip(&heads).map(|(e, h)| (e.1, tall(h.len()))).collect();
    let centres = place::apart(&wished, plot.top - 20.0, plot.bottom + 20.0);
    let x = WIDTH - MARGIN - LABELS;
    for (((line, centre), end), head) in lines.iter().zip(centres).zip(ends).zip(heads) {
        let colour = palette::guideline(line.look).colour;
        let half = tall(head.len()) / 2.0 - 3.0;
        page.canvas.line((end.0 + 2.0, end.1), (x - 6.0, centre), 0.9, colour);
        page.canvas.line((x - 6.0, centre - half), (x - 6.0, centre + half), 2.4, colour);
        let below = page.canvas.lines(&head, x, centre - half + HEAD.size, HEAD.colour(INK));
        let value = amount(near(line), lang);
        let value = if value == "–" { value } else { money(near(line), &figure.company.currency, lang) };
        let told = match lang {
            Lang::En => format!("100 years: {value}"),
            Lang::Ko => format!("100년: {value}"),
        };
        page.canvas.fitted(&told, LABELS, (x, below - 1.0), DETAIL.colour(SOFT));
    }
}

const ROW: f64 = 25.0;
const NAMES: f64 = 236.0;

fn averages(figure: YearFigure, lang: Lang) -> Drawing {
    let data = FigureData::default();
    let words = pick(lang, "Where the average year's cost comes from", "평균적인 해의 비용은 어디서 오는가");
    let subtitle = pick(
        lang,
        "Average annual loss. Each of the three groups, with the response where it stands apart, adds up to all. Whiskers: 95 % intervals.",
        "연평균 손실. 세 묶음은 각각(따로 적은 대응을 더하면) 전체와 같다. 막대 끝 선은 95% 구간.",
    );
    let mut page = Page::new(&data, lang, words, subtitle);
    let found = figure.found;
    let group = |f: &dyn Fn(Of) -> bool| found.averages.iter().filter(|a| f(a.of)).collect::<Vec<&Average>>();
    let groups = [
        (pick(lang, "by cause", "원인별"), group(&|o| matches!(o, Of::Cause(_)))),
        (pick(lang, "by service", "서비스별"), group(&|o| matches!(o, Of::Service(_) | Of::Response))),
        (pick(lang, "by guideline", "기준안별"), group(&|o| matches!(o, Of::Guideline(_) | Of::Response))),
    ];
    let rows: usize = groups.iter().map(|g| g.1.len()).sum();
    let top = page.top + 16.0;
    let tall = rows as f64 * ROW + groups.len() as f64 * (ROW + 6.0);
    let plot = Area { left: MARGIN + NAMES, top, right: WIDTH - MARGIN - 110.0, bottom: top + tall };
    let high = found.averages.iter().filter(|a| a.of != Of::All).map(|a| a.mean.hi).fold(1.0, f64::max);
    let cost = Scale::linear(0.0, high, (plot.left, plot.right));
    let ticks = money_ticks(cost.ticks(), &figure.company.currency, lang);
    let axis = format!("{} ({})", pick(lang, "average annual loss", "연평균 손실"), ticks.unit);
    let bottom = page.bottom_axis(&cost, &ticks.labels, &axis, plot);
    let mut y = plot.top;
    for (g, (name, rows)) in groups.iter().enumerate() {
        y += ROW;
        page.canvas.text(name, MARGIN, y - 6.0, HEAD);
        for a in rows {
            let colour = if a.of == Of::Response { palette::OTHER } else { palette::cohort(g).colour };
            let (left, right) = (cost.at(0.0), cost.at(a.mean.value));
            page.canvas.rect(Area { left, top: y + 3.0, right, bottom: y + ROW - 5.0 }, colour);
            let middle = y + ROW / 2.0 - 1.0;
            page.canvas.line((cost.at(a.mean.lo.max(0.0)), middle), (cost.at(a.mean.hi), middle), 1.2, INK);
            let title = title(figure.company, a.of);
            let label = LABEL.anchor(Anchor::Start).clip(title.get(lang), NAMES - 24.0);
            page.canvas.text(&label, MARGIN + 12.0, y + ROW - 8.0, LABEL);
            let value = amount(a.mean.value, lang);
            page.canvas.text(&value, cost.at(a.mean.hi) + 6.0, y + ROW - 8.0, NOTE);
            y += ROW;
        }
        y += 6.0;
    }
    page.canvas.line((plot.left, plot.top), (plot.left, plot.bottom), 0.75, RULE);
    let all = found.average(Of::All).map_or(0.0, |a| a.mean.value);
    let note = format!("{} {}", pick(lang, "All:", "전체:"), money(all, &figure.company.currency, lang));
    page.finish_from(bottom, &[note], &source(figure, lang))
}
