//! The tornado: for each quantity a bar from what a look does at its 10 % quantile to what it does at its 90 % quantile.

use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::FigureData;
use super::difference::ends_closed;
use super::number::{amount, money_ticks, pick, significant};
use super::page::{Drawing, LABEL, MARGIN, NOTE, Page};
use super::palette::{self, INK, RULE, Rgb, tint};
use super::scale::Scale;
use super::whatif::title_of;
use crate::engine::outcome::MeasureUnit;
use crate::model::Lang;
use crate::output::terminal::sensitivity::{Told, tail};
use crate::output::terminal::whatif::{look_words, told as with_unit};
use crate::stats::Statistic;
use crate::whatif::Look;
use crate::whatif::sensitivity::Found;
use crate::whatif::sensitivity::run::Answer;
use crate::whatif::sensitivity::tornado::Bar;

/// Most bars of a figure.
const BARS: usize = 14;
/// Bars shorter than this part of the longest are left out.
const LITTLE: f64 = 0.01;
const ROW: f64 = 30.0;
const NAMES: f64 = 270.0;
const SHARES: f64 = 76.0;
const VALUE: Style = text(11.5);
const HEAD: Style = text(12.5).bold();

/// A figure for each look.
pub fn tornado(of: Told<'_>, looks: &[Look], answer: &Answer) -> Vec<(String, String)> {
    let all = looks.iter().zip(&answer.found).zip(&answer.bars);
    let worth = all.filter(|((_, found), bars)| found.sd > 0.0 && bars.iter().any(|b| b.reach() > 0.0));
    worth.map(|((look, found), bars)| (file_name(of, look), drawing(of, look, found, bars).svg())).collect()
}

fn file_name(of: Told<'_>, look: &Look) -> String {
    let statistic = match look.statistic {
        Statistic::Chance(..) => "chance".into(),
        other => other.name(),
    };
    let id = look.interest.guideline.map_or("all", |g| of.scenario.guidelines[g].id.as_str());
    format!("tornado-{statistic}-{}-{id}", look.interest.measure().name.replace('_', "-"))
}

/// The figure.
pub fn drawing(of: Told<'_>, look: &Look, found: &Found, bars: &[Bar]) -> Drawing {
    let (scenario, lang) = (of.scenario, of.lang);
    let data = FigureData {
        title: scenario.title.clone(),
        seed: of.seed,
        replicates: of.rows,
        version: env!("CARGO_PKG_VERSION").into(),
        currency: scenario.currency.clone(),
        ..FigureData::default()
    };
    let words = look_words(look, scenario, lang);
    let id = look.interest.guideline.map(|g| &scenario.guidelines[g].id);
    let named = id.map_or(String::new(), |id| format!(" – {}", title_of(scenario, id, lang)));
    let title = match lang {
        Lang::En => format!("What moves the {words}{named}"),
        Lang::Ko => format!("{words}{} 움직이는 값{named}", if ends_closed(&words) { "을" } else { "를" }),
    };
    let subtitle = pick(
        lang,
        "Each quantity at its 10 % and at its 90 % quantile, all others as drawn, in the same worlds. Right: its share of the variance, interactions included.",
        "값 하나를 10%와 90% 분위수에 두고 나머지는 뽑힌 대로, 같은 상황에서. 오른쪽은 상호작용을 포함한 분산 비율.",
    );
    let mut page = Page::new(&data, lang, &title, subtitle);
    let least = bars.first().map_or(0.0, Bar::reach) * LITTLE;
    let shown: Vec<&Bar> = bars.iter().filter(|b| b.reach() > least).take(BARS).collect();
    let top = page.top + 34.0;
    let bottom = top + ROW * shown.len() as f64 + 6.0;
    let plot = Area { left: MARGIN + NAMES, top, right: WIDTH - MARGIN - SHARES, bottom };
    let values = shown.iter().flat_map(|b| b.shift.map(|s| s.value)).filter(|x| x.is_finite());
    let (low, high) = values.fold((0.0f64, 0.0f64), |(a, b), x| (a.min(x), b.max(x)));
    // Room for the values at the bars' ends.
    let room = 0.16 * (high - low);
    let scale = Scale::linear(low - room, high + room, (plot.left, plot.right));
    let (labels, unit) = tick_words(&scale, look.unit(), &scenario.currency, lang);
    let middle = with_unit(found.mean, look.unit(), &scenario.currency, lang);
    let axis = match (lang, unit.is_empty()) {
        (Lang::En, true) => format!("shift from {middle}"),
        (Lang::En, false) => format!("shift from {middle} ({unit})"),
        (Lang::Ko, true) => format!("{middle}에서의 변화"),
        (Lang::Ko, false) => format!("{middle}에서의 변화 ({unit})"),
    };
    let end = page.bottom_axis(&scale, &labels, &axis, plot);
    let colours = [palette::guideline(0).colour, palette::guideline(1).colour];
    for (i, bar) in shown.iter().enumerate() {
        row(&mut page, bar, found, plot, &scale, top + ROW * (i as f64 + 0.5), colours);
    }
    let zero = scale.at(0.0);
    page.canvas.line((zero, plot.top - 4.0), (zero, plot.bottom), 1.2, RULE);
    key(&mut page, plot, colours);
    let mut notes = Vec::new();
    if shown.iter().any(|b| b.linked) {
        let note = pick(
            lang,
            "* Linked to others, which move along; its share is its Shapley effect.",
            "* 다른 값과 연결되어 함께 움직임. 비율은 섀플리 효과.",
        );
        notes.push(note.to_string());
    }
    if !found.left_out.is_empty() {
        let most = share(found.left_out_total.hi.max(found.left_out_total.value), lang);
        let n = found.left_out.len();
        notes.push(match lang {
            Lang::En => {
                format!("{n} further quantities were left out; together they hold at most {most} of the variance.")
            }
            Lang::Ko => format!("나머지 {n}개 값은 살피지 않았으며, 모두 합쳐 분산의 최대 {most}를 차지한다."),
        });
    }
    page.finish(end, &notes)
}

fn row(page: &mut Page<'_>, bar: &Bar, found: &Found, plot: Area, scale: &Scale, y: f64, colours: [Rgb; 2]) {
    let lang = page.lang;
    let mark = if bar.linked { " *" } else { "" };
    let name = tail(&bar.path, NAMES - 22.0 - LABEL.width(mark), |t| LABEL.width(t));
    page.canvas.text(&format!("{name}{mark}"), MARGIN, y + 4.5, LABEL);
    let zero = scale.at(0.0);
    // The longer side first, so that neither hides the other where both lie on one side of zero.
    let mut order = [0, 1];
    if bar.shift[0].value.abs() < bar.shift[1].value.abs() {
        order = [1, 0];
    }
    let same_side = bar.shift[0].value * bar.shift[1].value > 0.0;
    for (nth, end) in order.into_iter().enumerate() {
        let (x, colour) = (scale.at(bar.shift[end].value), colours[end]);
        let half = if same_side && nth == 1 { 4.5 } else { 9.0 };
        let (left, right) = (x.min(zero), x.max(zero));
        page.canvas.rect(Area { left, right, top: y - half, bottom: y + half }, tint(colour, 0.15));
        // Two numbers on one side would lie on each other: the longer bar's stands alone.
        if same_side && nth == 1 {
            continue;
        }
        let words = amount(bar.shift[end].value, lang);
        let words = if bar.shift[end].value > 0.0 { format!("+{words}") } else { words };
        let (x, anchor) = if x < zero { (left - 5.0, Anchor::End) } else { (right + 5.0, Anchor::Start) };
        page.canvas.text(&words, x, y + 4.0, VALUE.anchor(anchor));
    }
    let total = found.rows.iter().find_map(|r| {
        let k = r.paths.iter().position(|p| *p == bar.path)?;
        Some(r.shapley.get(k).map_or(r.indices.total.value, |e| e.value))
    });
    let words = total.map_or(String::new(), |t| share(t, lang));
    page.canvas.text(&words, WIDTH - MARGIN, y + 4.5, LABEL.anchor(Anchor::End));
    page.canvas.line((MARGIN, y + ROW / 2.0), (plot.left - 8.0, y + ROW / 2.0), 0.4, tint(RULE, 0.5));
}

fn share(x: f64, lang: Lang) -> String {
    let percent = 100.0 * x.max(0.0);
    if percent < 0.05 {
        return format!("<0.1{}%", pick(lang, " ", ""));
    }
    let digits = if percent < 9.95 { format!("{percent:.1}") } else { format!("{percent:.0}") };
    format!("{digits}{}%", pick(lang, " ", ""))
}

fn key(page: &mut Page<'_>, plot: Area, colours: [Rgb; 2]) {
    let lang = page.lang;
    let words =
        [pick(lang, "at its 10 % quantile", "10% 분위수에서"), pick(lang, "at its 90 % quantile", "90% 분위수에서")];
    let mut x = plot.left;
    for (word, colour) in words.into_iter().zip(colours) {
        page.canvas
            .rect(Area { left: x, right: x + 12.0, top: plot.top - 22.0, bottom: plot.top - 12.0 }, tint(colour, 0.15));
        page.canvas.text(word, x + 17.0, plot.top - 13.0, NOTE.colour(INK));
        x += 17.0 + NOTE.width(word) + 22.0;
    }
    let head = pick(lang, "of variance", "분산 비율");
    page.canvas.text(head, WIDTH - MARGIN, plot.top - 13.0, HEAD.anchor(Anchor::End));
}

fn tick_words(scale: &Scale, unit: MeasureUnit, currency: &str, lang: Lang) -> (Vec<String>, String) {
    match unit {
        MeasureUnit::Money => {
            let words = money_ticks(scale.ticks(), currency, lang);
            (words.labels, words.unit)
        }
        MeasureUnit::Share => {
            let label = |t: &f64| format!("{}{}%", significant(t * 100.0), pick(lang, " ", ""));
            (scale.ticks().iter().map(label).collect(), String::new())
        }
        MeasureUnit::Days => (scale.ticks().iter().map(|t| significant(*t)).collect(), pick(lang, "days", "일").into()),
        MeasureUnit::Hours => {
            (scale.ticks().iter().map(|t| significant(*t)).collect(), pick(lang, "hours", "시간").into())
        }
        MeasureUnit::Persons => {
            (scale.ticks().iter().map(|t| amount(*t, lang)).collect(), pick(lang, "people", "명").into())
        }
    }
}
