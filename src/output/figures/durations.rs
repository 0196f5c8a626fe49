//! The fit of durations: shares of outages that last longer, data against laws, and quantiles against quantiles.

use crate::annual::fit::Fit;
use crate::chance::spliced::Spliced;
use crate::model::Lang;

use super::canvas::{Area, Style, TextBox, WIDTH, text};
use super::data::FigureData;
use super::number::{pick, significant, whole};
use super::page::{Drawing, LABEL, MARGIN, NOTE, Page};
use super::palette::{self, INK, RULE, SOFT};
use super::scale::Scale;

const KEY: Style = text(12.5);
const TALL: f64 = 330.0;
const GAP: f64 = 64.0;

/// The SVG document.
pub fn svg(found: &Fit, values: &[f64], name: &str, lang: Lang) -> String {
    draw(found, values, name, lang).svg()
}

/// Size and the rectangle of each text.
pub fn layout(found: &Fit, values: &[f64], name: &str, lang: Lang) -> ((f64, f64), Vec<TextBox>) {
    let drawing = draw(found, values, name, lang);
    (drawing.size(), drawing.texts())
}

fn draw(found: &Fit, values: &[f64], name: &str, lang: Lang) -> Drawing {
    let data = FigureData::default();
    let title = pick(lang, "How long outages last: data and fitted law", "장애는 얼마나 오래가는가: 자료와 적합");
    let subtitle = pick(
        lang,
        "Left: share of outages that last longer. Right: hours of the data against hours of the law; on the line they agree.",
        "왼쪽은 더 오래 지속된 비율, 오른쪽은 자료와 분포의 시간 비교(선 위에서 일치).",
    );
    let mut page = Page::new(&data, lang, title, subtitle);
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let top = page.top + 26.0;
    let half = (WIDTH - 2.0 * MARGIN - GAP - 52.0) / 2.0;
    let left = Area { left: MARGIN + 52.0, top, right: MARGIN + 52.0 + half, bottom: top + TALL };
    let right = Area { left: left.right + GAP, right: WIDTH - MARGIN, ..left };
    let laws = [
        (found.law, pick(lang, "body and tail", "몸통과 꼬리"), 0),
        (found.plain.law, pick(lang, "lognormal alone", "로그정규만"), 1),
    ];
    let bottom = survival(&mut page, found, &sorted, &laws, left);
    quantiles(&mut page, &sorted, &laws, right);
    let mut x = left.left;
    let y = bottom + 14.0;
    for (_, name, look) in &laws {
        let look = palette::guideline(*look);
        page.canvas.dashed(&[(x, y - 4.0), (x + 30.0, y - 4.0)], 2.2, look.colour, look.dash);
        page.canvas.text(name, x + 36.0, y, KEY);
        x += 60.0 + KEY.width(name);
    }
    page.canvas.disc((x + 4.0, y - 4.0), 2.4, INK);
    page.canvas.text(pick(lang, "data", "자료"), x + 14.0, y, KEY);
    let count = whole(found.count as u64);
    let source = match lang {
        Lang::En => format!("{name} · {count} outages · redress {}", env!("CARGO_PKG_VERSION")),
        Lang::Ko => format!("{name} · 장애 {count}건 · redress {}", env!("CARGO_PKG_VERSION")),
    };
    page.finish_from(bottom + 14.0, &[], &source)
}

type Law<'a> = (Spliced, &'a str, usize);

fn survival(page: &mut Page<'_>, found: &Fit, sorted: &[f64], laws: &[Law<'_>], plot: Area) -> f64 {
    let lang = page.lang;
    let n = sorted.len() as f64;
    let (low, high) = (sorted[0], sorted[sorted.len() - 1]);
    let hours = Scale::log(low, 2.0 * high, (plot.left, plot.right), None);
    let rarest = 0.3 / n;
    let shares = Scale::chances(rarest, (plot.bottom, plot.top));
    let percents: Vec<String> =
        shares.ticks().iter().map(|t| format!("{}{}%", significant(t * 100.0), pick(lang, " ", ""))).collect();
    page.left_axis(&shares, &percents, plot);
    page.canvas.text(pick(lang, "share that lasts longer", "더 오래 지속된 비율"), MARGIN, plot.top - 12.0, LABEL);
    let ticks: Vec<String> = hours.ticks().iter().map(|t| significant(*t)).collect();
    let bottom = page.bottom_axis(&hours, &ticks, pick(lang, "hours", "시간"), plot);
    let at = hours.at(found.law.threshold);
    page.canvas.dashed(&[(at, plot.top), (at, plot.bottom)], 1.0, RULE, &[3.0, 2.0]);
    page.canvas.text(pick(lang, "tail", "꼬리"), at + 4.0, plot.top + 12.0, NOTE);
    for (i, x) in sorted.iter().enumerate() {
        page.canvas.disc((hours.at(*x), shares.at((n - i as f64 - 0.5) / n)), 1.6, SOFT);
    }
    const STEPS: i32 = 240;
    for (law, _, look) in laws {
        let look = palette::guideline(*look);
        let along = (0..=STEPS).map(|k| low * (2.0 * high / low).powf(f64::from(k) / f64::from(STEPS)));
        let line: Vec<(f64, f64)> = along
            .map(|h| (h, law.above(h)))
            .filter(|(_, p)| *p >= rarest)
            .map(|(h, p)| (hours.at(h), shares.at(p)))
            .collect();
        page.canvas.dashed(&line, 2.0, look.colour, look.dash);
    }
    bottom
}

fn quantiles(page: &mut Page<'_>, sorted: &[f64], laws: &[Law<'_>], plot: Area) {
    let lang = page.lang;
    let n = sorted.len() as f64;
    let (low, high) = (sorted[0], sorted[sorted.len() - 1]);
    let of_law = Scale::log(low, high, (plot.left, plot.right), None);
    let of_data = Scale::log(low, high, (plot.bottom, plot.top), None);
    let words = |s: &Scale| s.ticks().iter().map(|t| significant(*t)).collect::<Vec<String>>();
    page.left_axis(&of_data, &words(&of_data), plot);
    page.bottom_axis(&of_law, &words(&of_law), pick(lang, "hours by the law", "분포의 시간"), plot);
    page.canvas.text(pick(lang, "hours in the data", "자료의 시간"), plot.left - 30.0, plot.top - 12.0, LABEL);
    page.canvas.line((of_law.at(low), of_data.at(low)), (of_law.at(high), of_data.at(high)), 1.0, RULE);
    for (law, _, look) in laws.iter().rev() {
        let look = palette::guideline(*look);
        for (i, x) in sorted.iter().enumerate() {
            let h = law.quantile((i as f64 + 0.5) / n);
            page.canvas.disc((of_law.at(h), of_data.at(*x)), 1.7, look.colour);
        }
    }
}
