//! Figures of a calibration (a course before and after, quantities before and after) and of a back-test.

use super::Layout;
use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::FigureData;
use super::number::{count_ticks, money_ticks, pick, significant};
use super::page::{Drawing, LABEL, MARGIN, NOTE, Page, TICK};
use super::palette::{ALERT, GRID, INK, PAPER, RULE, Rgb, SOFT, tint};
use super::place;
use super::scale::Scale;
use super::whatif::Told;
use crate::engine::outcome::Series;
use crate::model::observed::{ErrorLaw, Observed};
use crate::model::{Lang, Unit};
use crate::output::terminal::learned::{count_words, short};
use crate::stats::Description;
use crate::whatif::backtest::{Forecast, Scored, Summary};
use crate::whatif::calibrate::{Band, Beside, Calibrated, Learned};
use crate::whatif::observe;

const TALL: f64 = 380.0;
/// Room for the labels of counts, right of a course.
const LABELS: f64 = 210.0;
/// Quantities drawn.
const SHOWN: usize = 14;
const ROW: f64 = 30.0;
const HEAD: Style = text(12.5).bold();
const BEFORE: Rgb = (0x8A, 0x8F, 0x98);
const AFTER: Rgb = (0x00, 0x4C, 0x80);

/// Figures of a calibration: one for each course, and one of the quantities.
pub fn calibrated(told: Told<'_>, found: &Calibrated) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (i, band) in found.bands.iter().enumerate() {
        let name = if i == 0 { "prediction".to_string() } else { format!("prediction-{}", i + 1) };
        out.push((name, course(told, found, band).svg()));
    }
    if !found.learned.is_empty() {
        out.push(("quantities".into(), quantities(told, &found.learned).svg()));
    }
    out
}

/// Size and texts of each figure of a calibration.
pub fn layouts(told: Told<'_>, found: &Calibrated) -> Vec<Layout> {
    let all = found.bands.iter().map(|b| course(told, found, b)).chain([quantities(told, &found.learned)]);
    all.map(|d| (d.size(), d.texts())).collect()
}

fn series_words(series: Series, lang: Lang) -> &'static str {
    match series {
        Series::Reports => pick(lang, "reports", "접수"),
        Series::Claims(_) => pick(lang, "claims", "신청"),
        Series::Reviewed(_) => pick(lang, "claims reviewed", "심사 완료"),
        Series::Paid(_) => pick(lang, "awards paid", "지급 건수"),
        Series::Payout(_) => pick(lang, "money paid", "지급액"),
    }
}

fn course(told: Told<'_>, found: &Calibrated, band: &Band) -> Drawing {
    let (lang, currency) = (told.lang, &told.scenario.currency);
    let data = told.data();
    let what = series_words(band.series, lang);
    let title = match lang {
        Lang::En => format!("What the counts say of the {what} to come"),
        Lang::Ko => format!("집계로 고쳐 본 {what} 전망"),
    };
    let subtitle = pick(
        lang,
        "Cumulated by day. Grey: before, nine worlds of ten. Blue: after, nine of ten and half of them; line: median. Full \
         points were fitted, hollow ones came later.",
        "날짜별 누계. 회색: 이전의 상황 열 개 중 아홉. 파랑: 이후의 열 개 중 아홉과 절반, 선은 중앙값. 찬 점은 맞춘 집계, 빈 점은 \
         나중의 집계.",
    );
    let mut page = Page::new(&data, lang, &title, subtitle);
    let top = page.top + 34.0;
    let plot = Area { left: MARGIN + 66.0, top, right: WIDTH - MARGIN - LABELS - 30.0, bottom: top + TALL };
    let own = |b: &&Beside| observe::series(told.scenario, &b.observed) == Some(band.series);
    let counts: Vec<(&Beside, bool)> = found
        .fitted
        .iter()
        .filter(own)
        .map(|b| (b, true))
        .chain(found.foreseen.iter().filter(own).map(|b| (b, false)))
        .collect();
    // The prior may reach ten times as far as anything that matters: the axis follows posterior and counts, and shows no
    // more of the prior than a little beyond.
    let after = band.posterior.iter().map(|q| q[4]).chain(counts.iter().map(|(b, _)| b.observed.value));
    let after = after.fold(0.0, f64::max);
    let before = band.prior.iter().map(|q| q[4]).fold(0.0, f64::max);
    let high = before.min(1.3 * after).max(after);
    let y = Scale::linear(0.0, high, (plot.bottom, plot.top));
    let x = Scale::linear_days(0.0, band.days.last().map_or(1.0, |d| *d as f64), (plot.left, plot.right));
    let (labels, unit) = match band.series {
        Series::Payout(_) => {
            let words = money_ticks(y.ticks(), currency, lang);
            (words.labels, words.unit)
        }
        _ => (count_ticks(y.ticks(), lang), pick(lang, "number", "건").into()),
    };
    let head = if unit.is_empty() { what.to_string() } else { format!("{what} ({unit})") };
    page.canvas.text(&head, MARGIN, plot.top - 14.0, LABEL);
    page.left_axis(&y, &labels, plot);
    let days: Vec<String> = x.ticks().iter().map(|t| significant(*t)).collect();
    let bottom = page.bottom_axis(&x, &days, pick(lang, "days from the outage", "장애 뒤 일수"), plot);
    let fan = |page: &mut Page<'_>, all: &[[f64; 5]], (low, high): (usize, usize), colour: Rgb, alpha: f64| {
        let at = |k: usize, q: usize| (x.at(band.days[k] as f64), y.at(all[k][q]));
        let mut points: Vec<(f64, f64)> = (0..all.len()).map(|k| at(k, high)).collect();
        points.extend((0..all.len()).rev().map(|k| at(k, low)));
        page.canvas.polygon(points, colour, alpha);
    };
    fan(&mut page, &band.prior, (0, 4), tint(BEFORE, 0.4), 0.35);
    fan(&mut page, &band.posterior, (0, 4), tint(AFTER, 0.55), 0.45);
    fan(&mut page, &band.posterior, (1, 3), tint(AFTER, 0.25), 0.5);
    let median = |all: &[[f64; 5]]| -> Vec<(f64, f64)> {
        band.days.iter().zip(all).map(|(d, q)| (x.at(*d as f64), y.at(q[2]))).collect()
    };
    page.canvas.dashed(&median(&band.prior), 1.4, BEFORE, &[3.0, 2.0]);
    page.canvas.path(&median(&band.posterior), 2.2, AFTER);
    let mut wished = Vec::new();
    for (b, fitted) in &counts {
        let o = &b.observed;
        let at = (x.at(o.day as f64), y.at(o.value));
        if let Some((lo, hi)) = bar(o) {
            page.canvas.line((at.0, y.at(lo)), (at.0, y.at(hi)), 1.6, INK);
        }
        page.canvas.disc(at, 5.4, INK);
        if !fitted {
            page.canvas.disc(at, 3.2, PAPER);
        }
        wished.push((at, point_words(b, *fitted, lang)));
    }
    labels_right(&mut page, plot, &wished);
    page.finish(bottom, &[])
}

/// Two standard deviations of the error either way.
fn bar(o: &Observed) -> Option<(f64, f64)> {
    match o.error? {
        ErrorLaw::Normal(sd) => Some((o.value - 2.0 * sd, o.value + 2.0 * sd)),
        ErrorLaw::Lognormal(sd) => Some((o.value * (-2.0 * sd).exp(), o.value * (2.0 * sd).exp())),
    }
}

fn point_words(b: &Beside, fitted: bool, lang: Lang) -> Vec<String> {
    let o = &b.observed;
    let value = short(o.value, o.measured.unit, lang);
    let place = format!("{:.0}{}", 100.0 * b.place.1, pick(lang, " %", "%"));
    let below = match (fitted, lang) {
        (true, _) => pick(lang, "fitted", "맞춘 값").to_string(),
        (false, Lang::En) => format!("happened; {place} of worlds below"),
        (false, Lang::Ko) => format!("실제; 상황의 {place}가 아래"),
    };
    vec![format!("{value} · {}", o.on), below]
}

type Point = (f64, f64);

fn labels_right(page: &mut Page<'_>, plot: Area, wished: &[(Point, Vec<String>)]) {
    let height = 2.0 * HEAD.leading() + 6.0;
    let places: Vec<(f64, f64)> = wished.iter().map(|(at, _)| (at.1, height)).collect();
    let centres = place::apart(&places, plot.top - 20.0, plot.bottom + 24.0);
    let left = WIDTH - MARGIN - LABELS;
    for (((x, y), words), centre) in wished.iter().zip(centres) {
        page.canvas.line((x + 7.0, *y), (left - 4.0, centre), 0.9, RULE);
        page.canvas.line((left - 4.0, centre - 15.0), (left - 4.0, centre + 15.0), 2.4, INK);
        let mut at = centre - 4.0;
        for (i, line) in words.iter().enumerate() {
            let style = if i == 0 { HEAD } else { NOTE.colour(SOFT) };
            page.canvas.text(&style.clip(line, LABELS), left + 2.0, at, style);
            at += HEAD.leading();
        }
    }
}

fn quantities(told: Told<'_>, learned: &[Learned]) -> Drawing {
    let lang = told.lang;
    let data = told.data();
    let title = pick(lang, "What was learned of each quantity", "값마다 알게 된 것");
    let subtitle = pick(
        lang,
        "Middle nine tenths before (grey) and after (blue), in standard deviations from the mean before. Right: after.",
        "이전(회색)과 이후(파랑)의 가운데 열에 아홉. 이전 평균에서의 거리(표준편차 단위). 오른쪽은 이후의 범위.",
    );
    let mut page = Page::new(&data, lang, title, subtitle);
    let shown = &learned[..learned.len().min(SHOWN)];
    let top = page.top + 14.0;
    let plot =
        Area { left: MARGIN + 300.0, top, right: WIDTH - MARGIN - 150.0, bottom: top + ROW * shown.len() as f64 };
    let scaled = |l: &Learned, v: f64| (v - l.prior.mean().value) / l.prior.sd().value;
    let ends = |l: &Learned, d: &Description| (scaled(l, d.quantile(0.05)), scaled(l, d.quantile(0.95)));
    let sides = shown.iter().flat_map(|l| {
        let (a, b) = (ends(l, &l.prior), ends(l, &l.posterior));
        [a.0, a.1, b.0, b.1]
    });
    let (low, high) = sides.filter(|x| x.is_finite()).fold((-2.0, 2.0), |(a, b): (f64, f64), x| (a.min(x), b.max(x)));
    let x = Scale::linear(low, high, (plot.left, plot.right));
    let ticks: Vec<String> = x.ticks().iter().map(|t| significant(*t)).collect();
    let words = pick(lang, "standard deviations from the mean before", "이전 평균에서의 거리(표준편차)");
    let bottom = page.bottom_axis(&x, &ticks, words, plot);
    for (i, l) in shown.iter().enumerate() {
        let middle = plot.top + ROW * (i as f64 + 0.5);
        page.canvas.text(&LABEL.clip(&l.path, 286.0), MARGIN, middle + 4.5, LABEL);
        let (before, after) = (ends(l, &l.prior), ends(l, &l.posterior));
        page.canvas.line((x.at(before.0), middle - 4.0), (x.at(before.1), middle - 4.0), 5.0, tint(BEFORE, 0.3));
        page.canvas.line((x.at(after.0), middle + 4.0), (x.at(after.1), middle + 4.0), 5.0, AFTER);
        page.canvas.disc((x.at(scaled(l, l.posterior.quantile(0.5))), middle + 4.0), 4.0, AFTER);
        page.canvas.disc((x.at(scaled(l, l.posterior.quantile(0.5))), middle + 4.0), 2.0, PAPER);
        let ends = (l.posterior.quantile(0.05), l.posterior.quantile(0.95));
        let told = [ends.0, ends.1].map(|v| short(v, l.unit, lang)).join(pick(lang, " – ", "~"));
        page.canvas.fitted(&told, 142.0, (plot.right + 10.0, middle + 4.5), TICK);
    }
    page.finish(bottom, &[])
}

/// Room for the words of an outcome.
const WORDS: f64 = 300.0;

/// The figure of a back-test: forecasts over what happened.
pub fn backtest(
    forecasts: &[Forecast],
    scored: &[Scored],
    s: &Summary,
    seed: u64,
    lang: Lang,
) -> Vec<(String, String)> {
    vec![("backtest".into(), ratios(forecasts, scored, s, seed, lang).svg())]
}

/// Size and texts of the figure of a back-test.
pub fn backtest_layout(forecasts: &[Forecast], scored: &[Scored], s: &Summary, lang: Lang) -> Layout {
    let drawing = ratios(forecasts, scored, s, 1, lang);
    (drawing.size(), drawing.texts())
}

fn ratios(forecasts: &[Forecast], scored: &[Scored], s: &Summary, seed: u64, lang: Lang) -> Drawing {
    let data = FigureData::default();
    let title = match lang {
        Lang::En => {
            format!("{} of {} outcomes lie in the middle nine tenths of their forecast", s.inside[2], s.outcomes)
        }
        Lang::Ko => format!("결과 {}개 가운데 {}개가 예측의 가운데 열에 아홉 안에 든다", s.outcomes, s.inside[2]),
    };
    let subtitle = pick(
        lang,
        "Forecast ÷ what happened. Thick: half of the worlds, thin: nine of ten, mark: median. Red line: what happened. Right: \
         share of worlds below it.",
        "예측 ÷ 실제. 굵은 선: 상황의 절반, 가는 선: 열에 아홉, 점: 중앙값. 빨간 선: 실제. 오른쪽: 실제보다 작은 상황의 비율.",
    );
    let mut page = Page::new(&data, lang, &title, subtitle);
    let top = page.top + 26.0;
    // A row for each event's name and for each of its outcomes.
    let rows = forecasts.len() + scored.len();
    let plot = Area { left: MARGIN + WORDS, top, right: WIDTH - MARGIN - 60.0, bottom: top + ROW * rows as f64 };
    let ratio = |r: &Scored, v: f64| v / forecasts[r.forecast].outcomes[r.outcome].value;
    let known = scored.iter().flat_map(|r| {
        let (lo, hi) = r.scores.intervals[2];
        [ratio(r, lo), ratio(r, hi)]
    });
    let (low, high) =
        known.filter(|x| *x > 0.0 && x.is_finite()).fold((0.5f64, 2.0f64), |(a, b), x| (a.min(x), b.max(x)));
    let x = Scale::log(low.max(1e-4), high.min(1e4), (plot.left, plot.right), None);
    let ticks: Vec<String> = x.ticks().iter().map(|t| format!("×{}", significant(*t))).collect();
    let bottom = page.bottom_axis(&x, &ticks, pick(lang, "forecast ÷ what happened", "예측 ÷ 실제"), plot);
    page.canvas.line((x.at(1.0), plot.top), (x.at(1.0), plot.bottom), 1.6, ALERT);
    let mut at = plot.top;
    for (f, forecast) in forecasts.iter().enumerate() {
        let name = match lang {
            Lang::En => format!("{} · as of {}", forecast.title.get(lang), forecast.as_of),
            Lang::Ko => format!("{} · {} 기준", forecast.title.get(lang), forecast.as_of),
        };
        page.canvas
            .rect(Area { left: MARGIN, right: WIDTH - MARGIN, top: at + 3.0, bottom: at + ROW - 3.0 }, tint(GRID, 0.4));
        page.canvas.text(&HEAD.clip(&name, WIDTH - 2.0 * MARGIN - 12.0), MARGIN + 4.0, at + ROW / 2.0 + 4.5, HEAD);
        at += ROW;
        for r in scored.iter().filter(|r| r.forecast == f) {
            row(&mut page, &x, &forecast.outcomes[r.outcome], r, at + ROW / 2.0, plot, lang);
            at += ROW;
        }
    }
    let source = match lang {
        Lang::En => {
            format!("redress backtest · seed {seed} · outcomes with their sources in the scenarios of the folder")
        }
        Lang::Ko => format!("redress backtest · 시드 {seed} · 결과의 출처는 폴더의 시나리오에"),
    };
    page.finish_from(bottom, &[], &source)
}

fn row(page: &mut Page<'_>, x: &Scale, o: &Observed, r: &Scored, middle: f64, plot: Area, lang: Lang) {
    let unit: Unit = o.measured.unit;
    let words = format!("{}: {}", count_words(o, lang), short(o.value, unit, lang));
    page.canvas.text(&NOTE.colour(INK).clip(&words, WORDS - 10.0), MARGIN + 4.0, middle + 4.0, NOTE.colour(INK));
    let at = |v: f64| x.at((v / o.value).max(1e-12));
    let (half, most) = (r.scores.intervals[0], r.scores.intervals[2]);
    page.canvas.line((at(most.0), middle), (at(most.1), middle), 1.8, AFTER);
    page.canvas.line((at(half.0), middle), (at(half.1), middle), 6.0, AFTER);
    let median = (at(r.scores.median), middle);
    page.canvas.disc(median, 5.0, AFTER);
    page.canvas.disc(median, 2.8, PAPER);
    let inside = r.scores.inside(o.value)[2];
    let style = TICK.colour(if inside { SOFT } else { ALERT }).anchor(Anchor::End);
    page.canvas.text(&format!("{:.2}", r.scores.pit), plot.right + 52.0, middle + 4.5, style);
}
