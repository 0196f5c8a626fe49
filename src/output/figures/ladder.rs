//! The filing ladder: published shares with their intervals against what each default profile gives, a panel a profile.

use crate::analysis::ladder::{Fit, Range};
use crate::model::Lang;
use crate::model::ladder::{Ladder, Rung};

use super::canvas::{Anchor, Area, Style, TextBox, WIDTH, text};
use super::data::FigureData;
use super::number::{pick, significant};
use super::page::{Drawing, LABEL, MARGIN, NOTE, Page, TICK};
use super::palette::{self, GRID, INK, Look, RULE, SOFT, tint};
use super::place;
use super::scale::Scale;

const NUMBER: Style = text(12.0).bold();
const HEAD: Style = text(12.5).bold();
/// Panels side by side.
const ACROSS: usize = 4;
const GAP: f64 = 16.0;
/// Room for the shares left of the first panel.
const LEFT: f64 = 52.0;
const TALL: f64 = 210.0;
/// Height between two rows of panels: hours, then the next heads.
const BETWEEN_ROWS: f64 = 94.0;
/// The axis of shares ends here.
const RAREST: f64 = 1e-4;
/// Ends of the axis of hours.
const HOURS: (f64, f64) = (0.03, 60.0);
/// So near to an end of a panel a mark belongs to the end.
const EDGE: f64 = 8.0;
/// Points of a curve.
const STEPS: i32 = 60;

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
        "신청률은 걸린 금액, 부담, 안내 방식에 달려 있다",
    );
    let subtitle = pick(
        lang,
        "Share who file. Lines: the default profile in the median of worlds; bands: 5 to 95 % of worlds. \
         Points: published shares, bars 95 % (a judgement); hollow: shown, not fitted.",
        "신청률. 선은 기본 프로필의 중앙값, 띠는 상황의 5~95%. \
         점은 공표된 신청률, 막대는 95% 범위(판단), 빈 점은 적합에서 제외.",
    );
    let mut page = Page::new(&data, lang, title, subtitle);
    let top = page.top + 56.0;
    let wide = (WIDTH - 2.0 * MARGIN - LEFT - GAP * (ACROSS as f64 - 1.0)) / ACROSS as f64;
    let plot = |i: usize| {
        let left = MARGIN + LEFT + (wide + GAP) * (i % ACROSS) as f64;
        let top = top + (TALL + BETWEEN_ROWS) * (i / ACROSS) as f64;
        Area { left, top, right: left + wide, bottom: top + TALL }
    };
    let profile_of = |r: &Rung| ladder.profiles.iter().position(|p| (p.regime, p.channel) == (r.regime, r.channel));
    for (i, profile) in ladder.profiles.iter().enumerate() {
        let panel = Panel::new(&mut page, plot(i), i % ACROSS == 0, &profile.id, profile.title.get(lang));
        let look = palette::guideline(i);
        let shares = fit.laws(profile.regime, profile.channel).shares();
        let line = panel.curve(&mut page, look, |hours| shares.at(hours));
        panel.points(&mut page, numbered(ladder, |r| profile_of(r) == Some(i)), look, &line);
    }
    let rest = ladder.profiles.len();
    let panel = Panel::new(
        &mut page,
        plot(rest),
        rest.is_multiple_of(ACROSS),
        pick(lang, "no profile", "프로필 없음"),
        pick(lang, "other ways to claim or to learn of it", "그 밖의 신청 방식과 안내"),
    );
    let look = Look { colour: SOFT, ..palette::guideline(0) };
    panel.points(&mut page, numbered(ladder, |r| profile_of(r).is_none()), look, &[]);
    let bottom = top + (TALL + BETWEEN_ROWS) * (rest / ACROSS) as f64 + TALL + 40.0;
    let words = pick(lang, "value at stake, in hours of a typical wage", "걸린 금액(통상 임금의 시간 수)");
    page.canvas.text(words, WIDTH / 2.0, bottom, LABEL.anchor(Anchor::Middle));
    let bottom = key(&mut page, ladder, bottom + 30.0);
    let source = pick(
        lang,
        "Sources and derivations: scenarios/filing/ladder.toml, docs/takeup.md · redress takeup",
        "출처와 유도: scenarios/filing/ladder.toml, docs/takeup.md · redress takeup",
    );
    page.finish_from(bottom, &[], source)
}

/// Rungs with their numbers in the key.
fn numbered(ladder: &Ladder, which: impl Fn(&Rung) -> bool) -> Vec<(usize, &Rung)> {
    (1..).zip(&ladder.rungs).filter(|(_, r)| which(r)).collect()
}

/// One panel with its axes.
struct Panel {
    plot: Area,
    hours: Scale,
    shares: Scale,
}

impl Panel {
    fn new(page: &mut Page<'_>, plot: Area, first: bool, name: &str, title: &str) -> Panel {
        let hours = Scale::log(HOURS.0, HOURS.1, (plot.left, plot.right), None);
        let shares = Scale::chances(RAREST, (plot.bottom, plot.top));
        for tick in shares.ticks() {
            let y = shares.at(*tick);
            page.canvas.line((plot.left, y), (plot.right, y), 0.75, GRID);
            if first {
                let percent = format!("{}{}%", significant(tick * 100.0), pick(page.lang, " ", ""));
                page.canvas.text(&percent, plot.left - 8.0, y + 4.5, TICK.anchor(Anchor::End));
            }
        }
        for tick in hours.ticks() {
            let x = hours.at(*tick);
            page.canvas.line((x, plot.top), (x, plot.bottom), 0.75, GRID);
            // The next panel is near: marks at the ends stay inside this one.
            let anchor = match x {
                x if x < plot.left + EDGE => Anchor::Start,
                x if x > plot.right - EDGE => Anchor::End,
                _ => Anchor::Middle,
            };
            page.canvas.text(&significant(*tick), x, plot.bottom + 17.0, TICK.anchor(anchor));
        }
        page.canvas.line((plot.left, plot.bottom), (plot.right, plot.bottom), 0.75, RULE);
        let lines = NOTE.wrap(title, plot.right - plot.left, 2);
        let above = plot.top - 10.0 - NOTE.leading() * (lines.len() as f64 - 1.0);
        page.canvas.text(name, plot.left, above - 15.0, HEAD.colour(INK));
        page.canvas.lines(&lines, plot.left, above, NOTE);
        Panel { plot, hours, shares }
    }

    /// Median and band of the share who file along the value; gives the points of the median.
    fn curve(&self, page: &mut Page<'_>, look: Look, share: impl Fn(f64) -> Range) -> Vec<(f64, f64)> {
        let along = (0..=STEPS).map(|k| HOURS.0 * (HOURS.1 / HOURS.0).powf(f64::from(k) / f64::from(STEPS)));
        let ranges: Vec<(f64, Range)> = along.map(|h| (self.hours.at(h), share(h))).collect();
        let mut band: Vec<(f64, f64)> = ranges.iter().map(|(x, r)| (*x, self.shares.at(r.high))).collect();
        band.extend(ranges.iter().rev().map(|(x, r)| (*x, self.shares.at(r.low))));
        page.canvas.polygon(band, look.colour, 0.16);
        let line: Vec<(f64, f64)> =
            ranges.iter().filter(|(_, r)| r.middle >= RAREST).map(|(x, r)| (*x, self.shares.at(r.middle))).collect();
        page.canvas.path(&line, 2.0, look.colour);
        line
    }

    /// Published shares with their numbers, which keep clear of a line.
    fn points(&self, page: &mut Page<'_>, rungs: Vec<(usize, &Rung)>, look: Look, line: &[(f64, f64)]) {
        let at = |rung: &Rung| (self.hours.at(rung.hours), self.shares.at(rung.share));
        let mut taken = place::Taken::default();
        taken.areas.extend(line.windows(2).map(|w| Area {
            left: w[0].0,
            right: w[1].0,
            top: w[0].1.min(w[1].1) - 2.0,
            bottom: w[0].1.max(w[1].1) + 2.0,
        }));
        for (_, rung) in &rungs {
            let (x, y) = at(rung);
            let odds = |z: f64| (rung.share / (1.0 - rung.share)) * (z * rung.sd).exp();
            let end = |z: f64| self.shares.at(odds(z) / (1.0 + odds(z)));
            page.canvas.line((x, end(-1.96)), (x, end(1.96)), 1.2, tint(look.colour, 0.25));
            page.canvas.marker((x, y), 4.2, look.marker, look.colour);
            if !rung.fitted {
                page.canvas.marker((x, y), 1.4, look.marker, palette::PAPER);
            }
            taken.areas.push(Area { left: x - 5.5, right: x + 5.5, top: y - 5.5, bottom: y + 5.5 });
            taken.areas.push(Area { left: x - 1.0, right: x + 1.0, top: end(1.96), bottom: end(-1.96) });
        }
        for (number, rung) in &rungs {
            let number = number.to_string();
            let size = (NUMBER.width(&number) + 2.0, NUMBER.size + 1.0);
            if let Some(area) = taken.place(at(rung), size, self.plot, false) {
                page.canvas.text(&number, area.left + 1.0, area.bottom - 2.5, NUMBER.colour(INK));
            }
        }
    }
}

/// What the numbers are, in two columns.
fn key(page: &mut Page<'_>, ladder: &Ladder, top: f64) -> f64 {
    let rows = ladder.rungs.len().div_ceil(2);
    let column = (WIDTH - 2.0 * MARGIN) / 2.0;
    for (i, rung) in ladder.rungs.iter().enumerate() {
        let (x, y) = (MARGIN + column * (i / rows) as f64, top + NOTE.leading() * (i % rows) as f64);
        page.canvas.text(&(i + 1).to_string(), x, y, NOTE.colour(INK));
        let told = NOTE.clip(rung.title.get(page.lang), column - 36.0);
        page.canvas.text(&told, x + 22.0, y, NOTE.colour(SOFT));
    }
    top + NOTE.leading() * rows as f64 - 8.0
}
