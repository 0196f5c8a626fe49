//! Exceedance curves: which cost is exceeded how often, with the return period on a second axis.

use crate::model::Lang;
use crate::output::budget::NEAR_LOG;
use crate::scenario::as_object;

use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::{Distribution, FigureData};
use super::limit;
use super::number::{money, money_ticks, percent, pick, significant};
use super::page::{Drawing, LABEL, MARGIN, Page, TICK, unhandled};
use super::palette::{self, ALERT, GRID, INK, RULE, Rgb, SOFT, tint};
use super::place;
use super::scale::Scale;

/// Worlds that must remain above a point for the curve to reach it.
const FEWEST: f64 = 10.0;
const LABELS: f64 = 218.0;
const HEAD: Style = text(13.0).bold();
const DETAIL: Style = text(12.0);
const ZERO: f64 = 30.0;

/// Draws the figure.
pub fn draw(data: &FigureData, lang: Lang) -> Drawing {
    let mut page = Page::new(data, lang, &title(data, lang), &subtitle(data, lang));
    let top = page.top + 46.0;
    let zero = if data.guidelines.iter().any(|g| g.cost.zero_share() > 0.0) { ZERO } else { 0.0 };
    let Some((low, high)) = range(data) else {
        return nothing(page, top);
    };
    let cost_axis = |ends: (f64, f64), zero_at: f64| Scale::sizes(low, high, ends, (zero > 0.0).then_some(zero_at));
    // What the axis has does not hang on how long it is, and what the labels say of it decides that.
    let labels: Vec<Label> = labels(data, lang, &page, &cost_axis((1.0, 0.0), 2.0));
    let tall = labels.iter().map(Label::height).sum::<f64>() + 10.0;
    let plot = Area {
        left: MARGIN + 62.0,
        top,
        right: WIDTH - MARGIN - LABELS - 50.0,
        bottom: top + f64::max(400.0, tall * 1.12),
    };
    let chance = Scale::chances(rarest(data).min(0.1), (plot.right, plot.left));
    let cost = cost_axis((plot.bottom - zero - 4.0, plot.top), plot.bottom - ZERO / 2.0);
    let bottom = axes(&mut page, &chance, &cost, plot, zero);
    limit::under(&mut page, &cost, plot);
    for index in (0..data.guidelines.len()).rev() {
        curve(&mut page, index, &chance, &cost);
    }
    limit::over(&mut page, &cost, plot);
    end_labels(&mut page, labels, &chance, &cost, plot);
    let notes: Vec<String> = unhandled(data, lang).into_iter().collect();
    page.finish(bottom, &notes)
}

/// The smallest chance for which enough worlds remain, over all guidelines.
fn rarest(data: &FigureData) -> f64 {
    data.guidelines.iter().map(|g| last_chance(&g.cost)).fold(1.0, f64::min)
}

/// True where enough worlds remain above the middle one for a curve to reach beyond it.
fn has_tail(cost: &Distribution) -> bool {
    cost.worlds() >= 2.0 * FEWEST
}

fn last_chance(cost: &Distribution) -> f64 {
    if has_tail(cost) { FEWEST / cost.worlds() } else { 0.5 }
}

fn range(data: &FigureData) -> Option<(f64, f64)> {
    let costly = || data.guidelines.iter().map(|g| &g.cost).filter(|c| !c.is_zero());
    let low = costly().map(|c| c.positive_quantile(0.01)).fold(f64::INFINITY, f64::min);
    let high = costly().map(|c| c.quantile(band(c, last_chance(c), 1.0))).fold(0.0, f64::max);
    let high = if high > 0.0 { high } else { costly().map(Distribution::max).fold(0.0, f64::max) };
    (high > 0.0).then(|| limit::with_ends(data, (low, high), (low / NEAR_LOG, high * NEAR_LOG)))
}

/// Rarity that the title speaks of: 1 in N, with enough worlds above it.
fn spoken(data: &FigureData) -> Option<f64> {
    [1000.0, 100.0, 20.0, 10.0].into_iter().find(|n| 1.0 / n >= rarest(data) * 0.999 && *n <= 100.0)
}

fn title(data: &FigureData, lang: Lang) -> String {
    let words = |v: f64| money(v, &data.currency, lang);
    let Some(n) = spoken(data) else {
        return pick(lang, "Cost by the chance that it is exceeded", "초과확률별 비용").into();
    };
    let costs = || data.guidelines.iter().map(|g| g.cost.quantile(1.0 - 1.0 / n));
    let (low, high) = (costs().fold(f64::INFINITY, f64::min), costs().fold(0.0, f64::max));
    match (lang, data.guidelines.len()) {
        (Lang::En, _) if high <= 0.0 => "No guideline costs anything".into(),
        (Lang::Ko, _) if high <= 0.0 => "어느 기준안도 비용이 발생하지 않음".into(),
        (Lang::En, 1) => format!("At most one world in {n} costs more than {}", words(high)),
        (Lang::Ko, 1) => format!("비용이 {} 넘는 상황은 {n}개 중 1개 이하", as_object(&words(high))),
        (Lang::En, _) => {
            let low = if low > 0.0 { words(low) } else { "nothing".into() };
            format!("The cost exceeded in at most one world in {n} ranges from {low} to {}", words(high))
        }
        (Lang::Ko, _) => {
            format!("상황 {n}개 중 1개 이하에서만 넘는 비용: 기준안별 최소 {}, 최대 {}", words(low), words(high))
        }
    }
}

fn subtitle(data: &FigureData, lang: Lang) -> String {
    let what = pick(
        lang,
        "Cost to the company: payout, awards in kind, handling and courts, less what others bear.",
        "회사가 부담하는 비용(지급액, 현물 보상, 처리와 소송에서 회수를 뺀 것)과 초과확률.",
    );
    let few = data.guidelines.iter().any(|g| !has_tail(&g.cost));
    let ends = match few {
        true => pick(
            lang,
            "Of fewer than 20 worlds: no confidence band, and curves end in the middle (one in 2).",
            "상황이 20개 미만이어서 신뢰구간이 없고, 곡선은 가운데(2회 중 1회)에서 끝남.",
        ),
        false => pick(
            lang,
            "Shaded: 95 % confidence band. Curves end where fewer than 10 worlds remain.",
            "음영은 95% 신뢰구간이며, 남은 표본이 10회 미만인 구간은 그리지 않음.",
        ),
    };
    format!("{what} {ends}")
}

fn nothing(mut page: Page<'_>, top: f64) -> Drawing {
    let words = pick(page.lang, "no cost in any world", "모든 상황에서 비용 없음");
    page.canvas.text(words, WIDTH / 2.0, top + 20.0, LABEL.anchor(Anchor::Middle));
    let names: Vec<String> = (0..page.data.guidelines.len()).map(|i| page.name(i)).collect();
    page.finish(top + 40.0, &[names.join(" · ")])
}

/// Draws both axes. Returns the height used up.
fn axes(page: &mut Page<'_>, chance: &Scale, cost: &Scale, plot: Area, zero: f64) -> f64 {
    let lang = page.lang;
    if zero > 0.0 {
        page.strip(Area { top: plot.bottom - zero, ..plot });
        let style = TICK.anchor(Anchor::End);
        page.canvas.text(pick(lang, "nothing", "없음"), plot.left - 8.0, plot.bottom - zero / 2.0 + 4.5, style);
    }
    let words = money_ticks(cost.ticks(), &page.data.currency, lang);
    page.left_axis(cost, &words.labels, plot);
    let title = format!("{} ({})", pick(lang, "cost", "비용"), words.unit);
    page.canvas.text(&title, MARGIN, plot.top - 32.0, LABEL);
    let period = pick(lang, "return period: one world in …", "재현기간: 상황 …개 중 1개");
    page.canvas.text(period, plot.right, plot.top - 32.0, LABEL.anchor(Anchor::End));
    for tick in chance.ticks() {
        let label = significant((1.0 / tick).round());
        page.canvas.line((chance.at(*tick), plot.top - 5.0), (chance.at(*tick), plot.top), 0.75, RULE);
        page.canvas.text(&label, chance.at(*tick), plot.top - 10.0, TICK.anchor(Anchor::Middle));
    }
    page.canvas.line((plot.left, plot.top), (plot.right, plot.top), 0.75, GRID);
    let percents: Vec<String> = chance.ticks().iter().map(|t| chance_words(*t, lang)).collect();
    page.bottom_axis(chance, &percents, pick(lang, "chance that the cost is exceeded", "초과확률"), plot)
}

/// A round chance as a percentage in full.
fn chance_words(chance: f64, lang: Lang) -> String {
    format!("{}{}%", significant(chance * 100.0), pick(lang, " ", ""))
}

fn curve(page: &mut Page<'_>, index: usize, chance: &Scale, cost: &Scale) {
    let data = page.data;
    let values = &data.guidelines[index].cost;
    let look = palette::guideline(index);
    let chances = steps(last_chance(values));
    let of = |p: &f64| (chance.at(*p), cost.at(values.quantile(1.0 - p)));
    // Worlds without cost lie in the strip; the line does not join them to the others.
    let (none, some): (Vec<f64>, Vec<f64>) = chances.iter().partition(|p| values.quantile(1.0 - **p) <= 0.0);
    if has_tail(values) {
        let side =
            |sign: f64| some.iter().map(move |p| (chance.at(*p), cost.at(values.quantile(band(values, *p, sign)))));
        let mut band: Vec<(f64, f64)> = side(1.0).collect();
        band.extend(side(-1.0).collect::<Vec<_>>().into_iter().rev());
        page.canvas.polygon(band, tint(look.colour, 0.35), 0.3);
    }
    for part in [none, some] {
        let line: Vec<(f64, f64)> = part.iter().map(of).collect();
        page.canvas.dashed(&line, 2.2, look.colour, look.dash);
    }
}

/// Level of the quantile at an end of the 95 % band around the cost that is exceeded with a chance.
fn band(cost: &Distribution, chance: f64, sign: f64) -> f64 {
    1.0 - chance + sign * 1.96 * (chance * (1.0 - chance) / cost.worlds().max(1.0)).sqrt()
}

/// Chances from 99 % (the very smallest costs are left out) to `last`, evenly spread on a logarithmic axis.
fn steps(last: f64) -> Vec<f64> {
    const STEPS: i32 = 300;
    (0..=STEPS).map(|i| 0.99 * (last / 0.99).powf(f64::from(i) / f64::from(STEPS))).collect()
}

/// A label at the right end of a line.
struct Label {
    value: f64,
    /// Chance at which its line ends; none for a line across the plot.
    ends: Option<f64>,
    head: Vec<String>,
    detail: Vec<String>,
    colour: Rgb,
}

impl Label {
    fn height(&self) -> f64 {
        self.head.len() as f64 * HEAD.leading() + self.detail.len() as f64 * DETAIL.leading() + 7.0
    }
}

fn labels(data: &FigureData, lang: Lang, page: &Page<'_>, cost: &Scale) -> Vec<Label> {
    let words = |v: f64| money(v, &data.currency, lang);
    let mut out: Vec<Label> = Vec::new();
    for (index, guideline) in data.guidelines.iter().enumerate() {
        let last = last_chance(&guideline.cost);
        let value = guideline.cost.quantile(1.0 - last);
        let rare = significant((1.0 / last).round());
        let mut detail = vec![match lang {
            _ if guideline.cost.is_zero() => pick(lang, "costs nothing", "비용 없음").into(),
            Lang::En => format!("one in {rare}: {}", words(value)),
            Lang::Ko => format!("{rare}회 중 1회: {}", words(value)),
        }];
        if let Some(over) = guideline.over_budget.filter(|_| !guideline.cost.is_zero()) {
            let share = percent(over, lang);
            let over = format!("{} {share}", pick(lang, "over budget:", "예산 초과확률"));
            let joined = format!("{} · {over}", detail[0]);
            if DETAIL.width(&joined) < LABELS { detail = vec![joined] } else { detail.push(over) }
        }
        let lines = if data.guidelines.len() > 6 { 2 } else { 3 };
        let head = page.name_lines(index, HEAD, LABELS, lines, true);
        out.push(Label { value, ends: Some(last), head, detail, colour: palette::guideline(index).colour });
    }
    if let Some((low, high)) = limit::ends(data) {
        let head = vec![pick(lang, "budget", "예산").to_string()];
        let detail = limit::words(data, cost, lang).iter().flat_map(|line| DETAIL.wrap(line, LABELS, 4)).collect();
        let value = data.budget.unwrap_or(low).clamp(low, high);
        out.push(Label { value, ends: None, head, detail, colour: ALERT });
    }
    out
}

fn end_labels(page: &mut Page<'_>, labels: Vec<Label>, chance: &Scale, cost: &Scale, plot: Area) {
    let wished: Vec<(f64, f64)> = labels.iter().map(|l| (cost.at(l.value), l.height())).collect();
    let centres = place::apart(&wished, plot.top - 20.0, plot.bottom + 20.0);
    let x = WIDTH - MARGIN - LABELS;
    for ((label, centre), (end, height)) in labels.into_iter().zip(centres).zip(wished) {
        let from = label.ends.map_or(plot.right + 3.0, |p| chance.at(p) + 3.0);
        page.canvas.line((from, end), (x - 4.0, centre), 0.9, label.colour);
        let (upper, lower) = (centre - height / 2.0 + 3.0, centre + height / 2.0 - 3.0);
        page.canvas.line((x - 4.0, upper), (x - 4.0, lower), 2.4, label.colour);
        let first = centre - height / 2.0 + 3.5 + HEAD.size;
        let below = page.canvas.lines(&label.head, x + 3.0, first, HEAD.colour(INK));
        for (i, line) in label.detail.iter().enumerate() {
            let at = (x + 3.0, below - 1.0 + i as f64 * DETAIL.leading());
            page.canvas.fitted(line, LABELS, at, DETAIL.colour(SOFT));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::figures::data::GuidelineData;

    /// The particle after an amount follows the sound of its last syllable, which is that of the currency.
    #[test]
    fn particles_fit_the_currency() {
        let costs: Vec<f64> = (1..=200).map(|i| f64::from(i) * 1e6).collect();
        for (currency, words) in
            [("USD", "달러를 넘는"), ("KRW", "원을 넘는"), ("EUR", "유로를 넘는"), ("JPY", "엔을 넘는")]
        {
            let guidelines =
                vec![GuidelineData { cost: Distribution::from_samples(&costs), ..GuidelineData::default() }];
            let data = FigureData { currency: currency.into(), guidelines, ..FigureData::default() };
            let told = title(&data, Lang::Ko);
            assert!(told.starts_with("비용이 ") && told.contains(words), "{told}");
        }
    }
}
