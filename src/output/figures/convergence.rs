//! Error against replicates: how the error of a mean falls with plain worlds and with scrambled Sobol' points.

use super::canvas::{Area, Style, TextBox, WIDTH, text};
use super::data::FigureData;
use super::number::{count, pick, significant};
use super::page::{Drawing, LABEL, MARGIN, Page};
use super::palette::{self, INK, tint};
use super::place;
use super::scale::Scale;
use crate::model::{Lang, Text};

const HEAD: Style = text(12.5).bold();
const LABELS: f64 = 190.0;
const TALL: f64 = 400.0;

/// The errors of one mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Name.
    pub title: Text,
    /// Place among the guidelines, for its colour.
    pub place: usize,
    /// Replicates and relative standard error, plain.
    pub plain: Vec<(f64, f64)>,
    /// The same with scrambled points.
    pub sharp: Vec<(f64, f64)>,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Convergence {
    /// Title of the scenario.
    pub scenario: Text,
    /// Of what the error is, e.g. the mean payout.
    pub of: Text,
    /// Seed of the first sample.
    pub seed: u64,
    /// Curves.
    pub curves: Vec<Curve>,
}

/// The SVG document.
pub fn svg(convergence: &Convergence, lang: Lang) -> String {
    draw(convergence, lang).svg()
}

/// Size and the rectangle of each text.
pub fn layout(convergence: &Convergence, lang: Lang) -> ((f64, f64), Vec<TextBox>) {
    let drawing = draw(convergence, lang);
    (drawing.size(), drawing.texts())
}

fn draw(convergence: &Convergence, lang: Lang) -> Drawing {
    let data = FigureData { title: convergence.scenario.clone(), seed: convergence.seed, ..FigureData::default() };
    let of = convergence.of.get(lang);
    let title = match lang {
        Lang::En => format!("Sharper with less: error of the {of}"),
        Lang::Ko => format!("더 적은 상황으로 더 정확하게: {of}의 오차"),
    };
    let subtitle = pick(
        lang,
        "Full: scrambled Sobol' points. Dashed: plain worlds, whose error falls with the root of their number.",
        "실선은 뒤섞은 소볼 점, 점선은 일반 추출로 오차가 개수의 제곱근에 따라 준다.",
    );
    let mut page = Page::new(&data, lang, &title, subtitle);
    let top = page.top + 32.0;
    let plot = Area { left: MARGIN + 62.0, top, right: WIDTH - MARGIN - LABELS - 26.0, bottom: top + TALL };
    let points = || convergence.curves.iter().flat_map(|c| c.plain.iter().chain(&c.sharp));
    let ends = |pick: fn(&(f64, f64)) -> f64| {
        points().map(pick).filter(|x| *x > 0.0).fold((f64::INFINITY, 0.0f64), |(a, b), x| (a.min(x), b.max(x)))
    };
    let (few, many) = ends(|p| p.0);
    let (small, large) = ends(|p| p.1);
    let x = Scale::log(few, many, (plot.left, plot.right), None);
    let y = Scale::log(small * 0.8, large * 1.2, (plot.bottom, plot.top), None);
    let percents: Vec<String> =
        y.ticks().iter().map(|t| format!("{}{}%", significant(t * 100.0), pick(lang, " ", ""))).collect();
    page.left_axis(&y, &percents, plot);
    page.canvas.text(pick(lang, "standard error, relative", "상대 표준오차"), MARGIN, plot.top - 13.0, LABEL);
    let ticks: Vec<String> = x.ticks().iter().map(|t| count(*t, lang)).collect();
    let bottom = page.bottom_axis(&x, &ticks, pick(lang, "worlds drawn", "뽑은 상황 수"), plot);
    let mut wished = Vec::new();
    for curve in &convergence.curves {
        let colour = palette::guideline(curve.place).colour;
        let line = |of: &[(f64, f64)]| of.iter().map(|(n, e)| (x.at(*n), y.at(*e))).collect::<Vec<(f64, f64)>>();
        page.canvas.dashed(&line(&curve.plain), 1.3, tint(colour, 0.25), &[5.0, 4.0]);
        let sharp = line(&curve.sharp);
        page.canvas.path(&sharp, 2.2, colour);
        for point in &sharp {
            page.canvas.marker(*point, 3.0, palette::guideline(curve.place).marker, colour);
        }
        if let Some(last) = sharp.last() {
            wished.push((*last, curve, colour));
        }
    }
    let places: Vec<(f64, f64)> = wished.iter().map(|(at, ..)| (at.1, 2.0 * HEAD.leading() + 4.0)).collect();
    let left = plot.right + 20.0;
    for ((at, curve, colour), centre) in wished.iter().zip(place::apart(&places, plot.top, plot.bottom + 10.0)) {
        page.canvas.line(*at, (left - 6.0, centre), 0.6, tint(*colour, 0.35));
        page.canvas.line((left - 6.0, centre - 14.0), (left - 6.0, centre + 14.0), 2.4, *colour);
        let lines = HEAD.wrap(curve.title.get(lang), LABELS, 2);
        page.canvas.lines(&lines, left, centre - 8.0 * (lines.len() as f64 - 1.0) + 4.0, HEAD.colour(INK));
    }
    let source = match lang {
        Lang::En => format!(
            "Scenario: {} · errors of 16 to 19 scramblings, root mean square over four seeds from {} · redress {}",
            convergence.scenario.get(lang),
            convergence.seed,
            env!("CARGO_PKG_VERSION")
        ),
        Lang::Ko => format!(
            "시나리오: {} · 뒤섞기 16~19번의 오차, 시드 {}부터 넷의 제곱평균 · redress {}",
            convergence.scenario.get(lang),
            convergence.seed,
            env!("CARGO_PKG_VERSION")
        ),
    };
    page.finish_from(bottom, &[], &source)
}
