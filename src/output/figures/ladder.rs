//! The filing ladder: published shares with their intervals against the fitted curves of the profiles.

use crate::analysis::ladder::Fit;
use crate::model::Lang;
use crate::model::ladder::{Ladder, Rung};

use super::canvas::{Area, Style, TextBox, WIDTH, text};
use super::data::FigureData;
use super::number::{pick, significant};
use super::page::{Drawing, LABEL, MARGIN, NOTE, Page};
use super::palette::{self, INK, SOFT, tint};
use super::place;
use super::scale::Scale;

const NUMBER: Style = text(12.0).bold();
const HEAD: Style = text(12.5).bold();
const LABELS: f64 = 200.0;
/// The axis of shares ends here.
const RAREST: f64 = 1e-4;
const TALL: f64 = 430.0;

/// The SVG document.
pub fn svg(ladder: &Ladder, fit: &Fit, lang: Lang) -> String {
    draw(ladder, fit, lang).svg()
}

/// Size and the rectangle of each text.
pub fn layout(ladder: &Ladder, fit: &Fit, lang: Lang) -> ((f64, f64), Vec<TextBox>) {
    let drawing = draw(ladder, fit, lang);
    (drawing.size(), drawing.texts())
}

fn draw(ladder: &Ladder, fit: &Fit, lang: Lang) -> Drawing {
    let data = FigureData::default();
    let title = pick(
        lang,
        "Who files depends on what is at stake, the burden and the notice",
        "청구율은 걸린 금액, 부담, 안내 방식에 달려 있다",
    );
    let subtitle = pick(
        lang,
        "Curves: the default profiles at their middle. Points: published shares, bars 95 % (a judgement); hollow: shown, not fitted.",
        "곡선은 기본 프로필의 중앙. 점은 공표된 청구율, 막대는 95 % 범위(판단), 빈 점은 적합에서 제외.",
    );
    let mut page = Page::new(&data, lang, title, subtitle);
    let top = page.top + 26.0;
    let plot = Area { left: MARGIN + 58.0, top, right: WIDTH - MARGIN - LABELS - 30.0, bottom: top + TALL };
    let hours = Scale::log(0.03, 60.0, (plot.left, plot.right), None);
    let shares = Scale::chances(RAREST, (plot.bottom, plot.top));
    let percents: Vec<String> =
        shares.ticks().iter().map(|t| format!("{}{}%", significant(t * 100.0), pick(lang, " ", ""))).collect();
    page.left_axis(&shares, &percents, plot);
    page.canvas.text(pick(lang, "share who file", "청구율"), MARGIN, plot.top - 12.0, LABEL);
    let ticks: Vec<String> = hours.ticks().iter().map(|t| significant(*t)).collect();
    let words = pick(lang, "value at stake, in hours of a typical wage", "걸린 금액(통상 임금의 시간 수)");
    let bottom = page.bottom_axis(&hours, &ticks, words, plot);
    curves(&mut page, ladder, fit, &hours, &shares, plot);
    points(&mut page, ladder, &hours, &shares, plot);
    let bottom = key(&mut page, ladder, bottom + 26.0);
    let source = pick(
        lang,
        "Sources and derivations: scenarios/filing/ladder.toml, docs/takeup.md · redress takeup",
        "출처와 유도: scenarios/filing/ladder.toml, docs/takeup.md · redress takeup",
    );
    page.finish_from(bottom, &[], source)
}

fn curves(page: &mut Page<'_>, ladder: &Ladder, fit: &Fit, hours: &Scale, shares: &Scale, plot: Area) {
    const STEPS: i32 = 200;
    let (low, high) = (0.03f64, 60.0f64);
    let mut wished = Vec::new();
    for (i, profile) in ladder.profiles.iter().enumerate() {
        let look = palette::guideline(i);
        let along = (0..=STEPS).map(|k| low * (high / low).powf(f64::from(k) / f64::from(STEPS)));
        let line: Vec<(f64, f64)> = along
            .map(|h| (h, fit.curve(profile.regime, profile.channel, h)))
            .filter(|(_, p)| *p >= RAREST)
            .map(|(h, p)| (hours.at(h), shares.at(p)))
            .collect();
        page.canvas.dashed(&line, 2.0, look.colour, look.dash);
        wished.push((shares.at(fit.curve(profile.regime, profile.channel, high)), HEAD.leading() * 2.0 + 6.0));
    }
    let centres = place::apart(&wished, plot.top - 14.0, plot.bottom);
    let x = WIDTH - MARGIN - LABELS;
    for (i, (profile, centre)) in ladder.profiles.iter().zip(centres).enumerate() {
        let look = palette::guideline(i);
        page.canvas.line((plot.right + 2.0, wished[i].0), (x - 6.0, centre), 0.9, look.colour);
        page.canvas.line((x - 6.0, centre - 14.0), (x - 6.0, centre + 14.0), 2.4, look.colour);
        page.canvas.text(&profile.id, x, centre - 2.0, HEAD.colour(INK));
        let title = NOTE.clip(profile.title.get(page.lang), LABELS);
        page.canvas.text(&title, x, centre + 12.0, NOTE);
    }
}

/// Position of the first profile of a rung's regime and channel, or of its regime.
fn look(ladder: &Ladder, rung: &Rung) -> palette::Look {
    let both = ladder.profiles.iter().position(|p| p.regime == rung.regime && p.channel == rung.channel);
    let regime = ladder.profiles.iter().position(|p| p.regime == rung.regime);
    palette::guideline(both.or(regime).unwrap_or(6))
}

fn points(page: &mut Page<'_>, ladder: &Ladder, hours: &Scale, shares: &Scale, plot: Area) {
    let mut taken = place::Taken::default();
    let at = |rung: &Rung| (hours.at(rung.hours), shares.at(rung.share));
    for rung in &ladder.rungs {
        let ((x, y), look) = (at(rung), look(ladder, rung));
        let odds = |z: f64| (rung.share / (1.0 - rung.share)) * (z * rung.sd).exp();
        let end = |z: f64| shares.at(odds(z) / (1.0 + odds(z)));
        page.canvas.line((x, end(-1.96)), (x, end(1.96)), 1.2, tint(look.colour, 0.25));
        page.canvas.marker((x, y), 4.6, look.marker, look.colour);
        if !rung.fitted {
            page.canvas.marker((x, y), 1.4, look.marker, palette::PAPER);
        }
        taken.areas.push(Area { left: x - 6.0, right: x + 6.0, top: y - 6.0, bottom: y + 6.0 });
    }
    for (i, rung) in ladder.rungs.iter().enumerate() {
        let number = (i + 1).to_string();
        let size = (NUMBER.width(&number) + 2.0, NUMBER.size + 1.0);
        if let Some(area) = taken.place(at(rung), size, plot, false) {
            page.canvas.text(&number, area.left + 1.0, area.bottom - 2.5, NUMBER.colour(look(ladder, rung).colour));
        }
    }
}

/// What the numbers are, in two columns.
fn key(page: &mut Page<'_>, ladder: &Ladder, top: f64) -> f64 {
    let rows = ladder.rungs.len().div_ceil(2);
    let column = (WIDTH - 2.0 * MARGIN) / 2.0;
    for (i, rung) in ladder.rungs.iter().enumerate() {
        let (x, y) = (MARGIN + column * (i / rows) as f64, top + NOTE.leading() * (i % rows) as f64);
        page.canvas.text(&(i + 1).to_string(), x, y, NOTE.colour(look(ladder, rung).colour));
        let told = NOTE.clip(rung.title.get(page.lang), column - 36.0);
        page.canvas.text(&told, x + 22.0, y, NOTE.colour(SOFT));
    }
    top + NOTE.leading() * rows as f64 - 8.0
}
