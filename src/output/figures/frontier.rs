//! The figure of a frontier: drafts by what should be small and what should be large, and which of them no other beats.

use super::canvas::{Area, Style, WIDTH, text};
use super::number::{amount, money, pick};
use super::page::{Drawing, LABEL, MARGIN, Page};
use super::palette::{self, Look, Marker, RULE, Rgb, SOFT, tint};
use super::place::{self, Point};
use super::whatif::{Told, axis, ends, plot_of, title_of};
use crate::engine::outcome::Measure;
use crate::model::Lang;
use crate::output::terminal::measure;
use crate::output::terminal::whatif::unit_parts;
use crate::whatif::sweep::Candidate;
use crate::whatif::vary::{Vary, combinations};

/// Titles of drafts,
const TITLE: Style = text(12.0).bold();
/// and values of what is varied.
const VALUES: Style = text(11.0).colour(SOFT);
/// Width of a label of two lines,
const NARROW: f64 = 150.0;
/// and of one of several drafts, a line each.
const WIDE: f64 = 200.0;
/// Room below nothing, for the labels of drafts that lie there.
const BELOW: f64 = 46.0;
/// Radius of a marker.
const RADIUS: f64 = 4.6;
/// What each further marker at one point is larger.
const RING: f64 = 3.4;
/// Most rings.
const MOST_RINGS: usize = 3;
/// Markers nearer than this hide one another.
const NEAR: f64 = 3.0;

/// The figure: what should be small to the right, what should be large upwards.
pub fn frontier(
    told_of: Told<'_>,
    over: &[Vary],
    measures: [&Measure; 2],
    found: &[Candidate],
) -> Vec<(String, String)> {
    // Where nobody loses anything there is no share of losers to draw.
    if !found.iter().any(placed) {
        return Vec::new();
    }
    vec![("frontier".into(), drawing(told_of, over, measures, found).svg())]
}

/// True of a candidate that has both measures.
fn placed(c: &Candidate) -> bool {
    c.cost.value.is_finite() && c.gain.value.is_finite()
}

/// The same before it is written.
pub fn drawing(told_of: Told<'_>, over: &[Vary], measures: [&Measure; 2], found: &[Candidate]) -> Drawing {
    let (scenario, lang) = (told_of.scenario, told_of.lang);
    let data = told_of.data();
    let [small, large] = measures;
    let name = |m: &Measure| measure::name(m, lang);
    let title = match lang {
        Lang::En => format!("{} against {}: what no other draft beats in both", capital(name(large)), name(small)),
        Lang::Ko => format!("{} 대비 {}: 어느 안에도 밀리지 않는 안", name(small), name(large)),
    };
    let subtitle = pick(
        lang,
        "Means over the same worlds. Full: on the frontier. Pale: another draft is better in one and not worse in the other.",
        "같은 상황의 평균. 진한 점은 프런티어, 흐린 점은 한 지표에서 더 낫고 다른 지표에서 못하지 않은 안이 있음.",
    );
    let mut page = Page::new(&data, lang, &title, subtitle);
    let plot = plot_of(&page, 36.0);
    let costs: Vec<f64> = found.iter().map(|c| c.cost.value).filter(|x| x.is_finite()).collect();
    let gains: Vec<f64> = found.iter().map(|c| c.gain.value).filter(|x| x.is_finite()).collect();
    let (x, below, x_unit) = axis(small.unit, ends(&costs), (plot.left, plot.right), &scenario.currency, lang);
    let (y, labels, y_unit) = axis(large.unit, ends(&gains), (plot.bottom - BELOW, plot.top), &scenario.currency, lang);
    page.left_axis(&y, &labels, plot);
    let named = |name: &str, unit: &str| if unit.is_empty() { name.to_string() } else { format!("{name} ({unit})") };
    page.canvas.text(&named(name(large), &y_unit), MARGIN, plot.top - 14.0, LABEL);
    let bottom = page.bottom_axis(&x, &below, &named(name(small), &x_unit), plot);
    let mut best: Vec<&Candidate> = found.iter().filter(|c| c.dominated_by.is_none() && placed(c)).collect();
    best.sort_by(|a, b| a.cost.value.total_cmp(&b.cost.value));
    let at = |c: &Candidate| (x.at(c.cost.value), y.at(c.gain.value));
    let line: Vec<Point> = best.iter().map(|c| at(c)).collect();
    page.canvas.path(&line, 1.2, RULE);
    let mut taken = place::Taken::default();
    taken.lines.extend(line.windows(2).map(|ends| (ends[0], ends[1])));
    let mut stacks = stacks(found, at);
    for stack in &mut stacks {
        stack.reach = markers(&mut page, told_of, stack) + 0.4;
        let (reach, (px, py)) = (stack.reach, stack.at);
        taken.areas.push(Area { left: px - reach, right: px + reach, top: py - reach, bottom: py + reach });
    }
    let points = combinations(over);
    let bounds = Area { right: WIDTH - 6.0, ..plot };
    // From above: what lies on the axis has the least to choose from, and its place may be farther off.
    stacks.sort_by(|a, b| a.at.1.total_cmp(&b.at.1));
    for stack in &stacks {
        let own: Vec<String> = stack
            .members
            .iter()
            .filter(|c| c.point.is_none())
            .map(|c| title_of(scenario, &c.guideline, lang))
            .collect();
        let lines = match &own[..] {
            [] => continue,
            [one] => TITLE.wrap(one, NARROW, 2),
            _ => own.iter().map(|title| TITLE.clip(title, WIDE)).collect(),
        };
        label(&mut page, &mut taken, (stack.at, stack.reach), &lines, TITLE, bounds, true);
    }
    for stack in &stacks {
        let lines = values_told(stack, (over, &points), lang, &|id| title_of(scenario, id, lang));
        if !lines.is_empty() {
            label(&mut page, &mut taken, (stack.at, stack.reach), &lines, VALUES, bounds, false);
        }
    }
    page.finish(bottom, &[])
}

/// The values at which the drafts of a stack were varied: one line where they are the same for each, else a line for each.
fn values_told(
    stack: &Stack<'_>,
    (over, points): (&[Vary], &[Vec<usize>]),
    lang: Lang,
    title: &dyn Fn(&str) -> String,
) -> Vec<String> {
    let mut by_draft: Vec<(&str, Vec<String>)> = Vec::new();
    for c in &stack.members {
        let Some(values) = c.point.and_then(|p| points.get(p)) else { continue };
        let words = at_values(over, values, lang);
        match by_draft.iter_mut().find(|(id, _)| *id == c.guideline) {
            Some((_, told)) => told.push(words),
            None => by_draft.push((&c.guideline, vec![words])),
        }
    }
    match &by_draft[..] {
        [] => Vec::new(),
        [(_, first), others @ ..] if others.iter().all(|(_, told)| told == first) => {
            vec![VALUES.clip(&first.join(", "), NARROW)]
        }
        all => all
            .iter()
            .map(|(id, told)| {
                let values = format!(": {}", VALUES.clip(&told.join(", "), NARROW / 2.0));
                format!("{}{values}", VALUES.clip(&title(id), WIDE - VALUES.width(&values)))
            })
            .collect(),
    }
}

/// What is varied, at a point.
fn at_values(over: &[Vary], values: &[usize], lang: Lang) -> String {
    let told = over.iter().zip(values).map(|(v, k)| match v.words {
        true => v.values[*k].clone(),
        false => value_words(v.numbers[*k], &v.unit, lang),
    });
    told.collect::<Vec<_>>().join(" · ")
}

/// A number of what is varied, with its unit, in the language of the figure.
fn value_words(number: f64, unit: &str, lang: Lang) -> String {
    let plain = format!("{} {unit}", amount(number, lang)).trim().to_string();
    if lang == Lang::En {
        return plain;
    }
    match unit_parts(unit) {
        (factor, code, true) => money(number * factor, code, lang),
        (_, "%", _) => format!("{}%", amount(number, lang)),
        (_, "h", _) => format!("{}시간", amount(number, lang)),
        (_, "d", _) => format!("{}일", amount(number, lang)),
        _ => plain,
    }
}

/// Candidates of which the markers would hide one another.
struct Stack<'a> {
    at: Point,
    /// Radius of its markers.
    reach: f64,
    members: Vec<&'a Candidate>,
}

/// All candidates that have a place, those at the same place together.
fn stacks(found: &[Candidate], at: impl Fn(&Candidate) -> Point) -> Vec<Stack<'_>> {
    let mut out: Vec<Stack<'_>> = Vec::new();
    for c in found {
        let (px, py) = at(c);
        if !px.is_finite() || !py.is_finite() {
            continue;
        }
        match out.iter_mut().find(|s| (s.at.0 - px).hypot(s.at.1 - py) < NEAR) {
            Some(stack) => stack.members.push(c),
            None => out.push(Stack { at: (px, py), reach: RADIUS, members: vec![c] }),
        }
    }
    out
}

/// Draws the markers of a stack around one another, the larger ones first, and returns the radius of the largest.
fn markers(page: &mut Page<'_>, told_of: Told<'_>, stack: &Stack<'_>) -> f64 {
    let mut looks: Vec<(Look, Rgb)> = Vec::new();
    let mut seen: Vec<(&str, bool)> = Vec::new();
    for c in &stack.members {
        let pale = c.dominated_by.is_some();
        if seen.contains(&(&c.guideline, pale)) {
            continue;
        }
        seen.push((&c.guideline, pale));
        let place = told_of.scenario.guidelines.iter().position(|g| g.id == c.guideline).unwrap_or_default();
        let look = palette::guideline(place);
        let colour = if pale { tint(look.colour, 0.6) } else { look.colour };
        looks.push((look, colour));
    }
    // A round one shows around a pointed one, and not the other way about.
    looks.sort_by_key(|(look, _)| match look.marker {
        Marker::Disc => 0,
        Marker::Square => 1,
        Marker::Diamond => 2,
        Marker::Triangle | Marker::Wedge => 3,
        Marker::Cross => 4,
    });
    let radius = |k: usize| RADIUS + RING * k.min(MOST_RINGS) as f64;
    let most = looks.len().saturating_sub(1);
    for (k, (look, colour)) in looks.iter().enumerate() {
        page.canvas.marker(stack.at, radius(most - k), look.marker, *colour);
    }
    radius(most)
}

/// Writes a label beside a point where there is room for it. `needed`: also where its leader comes to lie under another one.
fn label(
    page: &mut Page<'_>,
    taken: &mut place::Taken,
    (at, reach): (Point, f64),
    lines: &[String],
    style: Style,
    bounds: Area,
    needed: bool,
) {
    let widest = lines.iter().map(|line| style.width(line)).fold(0.0, f64::max);
    let size = (widest + 4.0, lines.len() as f64 * style.leading());
    let place = taken.place(at, size, bounds, true);
    let place = match needed {
        true => place
            .or_else(|| taken.place_over_markers(at, size, bounds))
            .or_else(|| taken.place(at, size, bounds, false)),
        false => place,
    };
    if let Some(area) = place {
        let foot = place::foot(at, &area);
        // From the rim of the marker on.
        let (far, from) = ((foot.0 - at.0).hypot(foot.1 - at.1), reach + 1.0);
        if far > from {
            let rim = (at.0 + (foot.0 - at.0) * from / far, at.1 + (foot.1 - at.1) * from / far);
            page.canvas.line(rim, foot, 0.6, RULE);
        }
        page.canvas.lines(lines, area.left + 2.0, area.top + style.size, style);
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::{Lang, Vary, at_values};

    /// The values of a draft are written as the rest of the figure is.
    #[test]
    fn swept_values_are_in_the_language_of_the_figure() {
        let words = |text: &str, lang| at_values(&[Vary::parse(text).expect("values")], &[1], lang);
        for (text, english, korean) in [
            ("a.b=10000, 20000 KRW", "20,000 KRW", "2만 원"),
            ("a.b=1, 30 bn KRW", "30 bn KRW", "300억 원"),
            ("a.b=1e6, 2e6", "2 m", "200만"),
            ("a.b=2, 3 h", "3 h", "3시간"),
            ("a.b=10, 20 %", "20 %", "20%"),
        ] {
            assert_eq!(words(text, Lang::En), english);
            assert_eq!(words(text, Lang::Ko), korean);
        }
    }
}
