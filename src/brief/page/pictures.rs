//! Figures with the finding they show: cost, who gets what, time to payment.

use super::super::chart::Tip;
use super::super::chart::bars::{Bar, Part, bars};
use super::super::chart::curves::{Curve, Plan, curves};
use super::super::chart::ranges::{Limit, Row, ranges};
use super::super::ctx::Ctx;
use super::super::findings::{REASONS, left_out, limit, waiting};
use super::super::html::{Html, el, words};
use super::super::results::{ALL, BASE, Unit};
use super::super::tongue::{row_of, unmarked};
use super::table::{Cell, Head, Line, table};
use super::top::finding;
use super::{drivers, id, linked, section};
use crate::output::budget::reach;

/// All sections with figures.
pub fn pictures(ctx: &Ctx) -> Html {
    section(ctx, "cost", "", costs(ctx))
        .and(section(ctx, "who", "", who(ctx)))
        .and(section(ctx, "time", "", time(ctx)))
        .and(section(ctx, "drivers", "", drivers::drivers(ctx)))
}

fn picture(title: &str, caption: Html, drawing: Html) -> Html {
    el("figure", &[], words("h3", &[], title).and(drawing).and(el("figcaption", &[], caption)))
}

/// A drawing needs its finding in words: for the caption with links, for `alt` without.
fn both(ctx: &Ctx, kind: &str) -> (Html, String) {
    let said = super::super::findings::findings(ctx).into_iter().find(|f| f.kind == kind);
    said.map_or_else(Default::default, |f| (linked(ctx, &f.said), unmarked(&f.said)))
}

fn named(ctx: &Ctx, g: &str) -> String {
    format!("{} {}", ctx.letter(g), ctx.title(g))
}

/// A hint whose mark leads to the row of a figure.
pub fn tip(ctx: &Ctx, text: String, figure: &str) -> Tip {
    let row = row_of(figure);
    Tip { text, row: if row.is_empty() { String::new() } else { id(ctx, row) } }
}

/// The values of a drawing as a table, folded away on screen: for keyboards and screen readers, and to link each to its row.
pub fn values(ctx: &Ctx, caption: &str, heads: &[Head], lines: Vec<Line>) -> Html {
    let inside = words("summary", &[], &format!("{}: {caption}", ctx.word("values")));
    el("details", &[], inside.and(table("", caption, heads, lines)))
}

/// A cell with a linked figure.
fn told(ctx: &Ctx, text: Option<String>, value: Option<f64>) -> Cell {
    let inside = text.map_or_else(|| Html::text("–"), |t| linked(ctx, &t));
    Cell::figure(inside, value.unwrap_or(f64::NAN))
}

fn money<'a>(ctx: &'a Ctx<'a>) -> impl Fn(f64) -> String + 'a {
    move |v| ctx.tongue.numbers.short(v, &Unit::Money)
}

fn costs(ctx: &Ctx) -> Html {
    let (caption, alt) = both(ctx, "order");
    let row = |g: &str| {
        let at = |s: &str| ctx.results.value(g, ALL, "cost", s);
        let quantiles = [at("p05")?, at("p25")?, at("p50")?, at("p75")?, at("p95")?];
        let told = |v: f64| ctx.tongue.numbers.money(v);
        let [a, b, c, d, e] = quantiles.map(told);
        let name = named(ctx, g);
        let with = [("name", name.as_str()), ("p05", &a), ("p25", &b), ("p50", &c), ("p75", &d), ("p95", &e)];
        let text = ctx.say("hint-range", &with);
        let figure = ctx.in_table(|| ctx.cell(g, ALL, "cost", "p50")).unwrap_or_default();
        Some(Row { draft: ctx.index(g), tip: tip(ctx, text, &figure), name, quantiles })
    };
    let rows: Vec<Row> = ctx.results.guidelines().into_iter().filter_map(row).collect();
    let limit = ctx.results.budget.iter().find(|b| b.variant == BASE);
    let limit = limit.map(|b| limit_at(ctx, b.budget));
    let most = rows.iter().map(|r| r.quantiles[4]).fold(0.0, f64::max);
    let middle = rows.iter().map(|r| r.quantiles[2]).filter(|v| *v > 0.0).fold(f64::INFINITY, f64::min);
    let log = most > 30.0 * middle;
    let axis =
        ctx.say(if log { "axis-cost-log" } else { "axis-cost" }, &[("currency", &ctx.tongue.numbers.currency_word())]);
    let drawing = ranges(&rows, limit.as_ref(), log, &alt, &axis, &money(ctx));
    let mut out = picture(
        &ctx.word("figure-cost"),
        caption.and(Html::text(" ")).and(Html::text(&ctx.word("how-ranges"))),
        drawing.and(ctx.in_table(|| quantiles(ctx))),
    );
    out.push(exceedance(ctx));
    out.push(ctx.in_table(|| who_bears(ctx)));
    out
}

/// The budget as it is drawn.
fn limit_at(ctx: &Ctx, mean: f64) -> Limit {
    let numbers = &ctx.tongue.numbers;
    let Some(reach) = reach(&ctx.results.scenario) else {
        return Limit { at: mean, reach: None, name: ctx.say("limit", &[("budget", &limit(ctx, mean).1)]) };
    };
    let word = if reach.whole { "limit-range" } else { "limit-range-most" };
    let name = ctx.say(word, &[("range", &numbers.range(reach.low, reach.high, &Unit::Money))]);
    Limit { at: mean.clamp(reach.low, reach.high), reach: Some((reach.low, reach.high)), name }
}

fn quantiles(ctx: &Ctx) -> Html {
    const TOLD: [&str; 5] = ["p05", "p25", "p50", "p75", "p95"];
    let mut heads = vec![Head::left(ctx.word("head-draft"))];
    heads.extend(TOLD.map(|s| Head::right(ctx.statistic(s))));
    let line = |g: &str| {
        let mut cells = vec![Cell::name(Html::text(&named(ctx, g)))];
        cells.extend(TOLD.map(|s| told(ctx, ctx.cell(g, ALL, "cost", s), ctx.results.value(g, ALL, "cost", s))));
        Line { draft: Some(ctx.index(g)), cells, ..Line::default() }
    };
    values(ctx, &ctx.word("figure-cost"), &heads, ctx.results.guidelines().into_iter().map(line).collect())
}

/// The points of the exceedance curves, probabilities down, drafts across.
fn exceeded(ctx: &Ctx) -> Html {
    let all = ctx.results.guidelines();
    let points = || ctx.results.points.iter().filter(|p| p.measure == "cost");
    let mut chances: Vec<f64> = points().map(|p| p.probability).collect();
    chances.sort_by(|a, b| b.total_cmp(a));
    chances.dedup();
    let mut heads = vec![Head::right(ctx.word("col-probability"))];
    heads.extend(all.iter().map(|g| Head { text: ctx.draft(g), right: true, draft: Some(ctx.index(g)) }));
    let line = |chance: f64| {
        let mut cells = vec![Cell::figure(Html::text(&ctx.tongue.numbers.share(chance)), chance)];
        cells.extend(all.iter().map(|g| {
            let point = points().find(|p| p.guideline == *g && p.probability == chance);
            told(ctx, point.map(|p| ctx.point(p)), point.map(|p| p.estimate.value)).draft(ctx.index(g))
        }));
        Line { cells, ..Line::default() }
    };
    values(ctx, &ctx.word("figure-exceedance"), &heads, chances.into_iter().map(line).collect())
}

fn exceedance(ctx: &Ctx) -> Html {
    let share = |p: f64| ctx.tongue.numbers.share(p);
    let curve = |g: &str| {
        let points =
            ctx.results.points.iter().filter(|p| p.guideline == g && p.measure == "cost" && p.estimate.value > 0.0);
        let told = |p: &super::super::results::Point| {
            let with = [
                ("name", named(ctx, g)),
                ("probability", share(p.probability)),
                ("value", ctx.tongue.numbers.money(p.estimate.value)),
                ("range", ctx.tongue.numbers.range(p.estimate.lo, p.estimate.hi, &Unit::Money)),
            ];
            let with: Vec<(&str, &str)> = with.iter().map(|(n, v)| (*n, v.as_str())).collect();
            let text = ctx.say("hint-exceeded", &with);
            (p.estimate.value, p.probability, tip(ctx, text, &ctx.in_table(|| ctx.point(p))))
        };
        let points: Vec<_> = points.map(told).collect();
        (!points.is_empty()).then(|| Curve { draft: ctx.index(g), name: ctx.letter(g), points })
    };
    let list: Vec<Curve> = ctx.results.guidelines().into_iter().filter_map(curve).collect();
    if list.is_empty() {
        return Html::new();
    }
    let (caption, alt) = both(ctx, "budget");
    let (caption, alt) = match alt.is_empty() {
        true => (Html::text(&ctx.word("how-exceedance")), ctx.word("how-exceedance")),
        false => (Html::text(&ctx.word("how-exceedance")).and(Html::text(" ")).and(caption), alt),
    };
    let across = ctx.say("axis-cost-log", &[("currency", &ctx.tongue.numbers.currency_word())]);
    let (tell_money, up) = (money(ctx), ctx.word("axis-exceeded"));
    let plan = Plan {
        alt: &alt,
        across: &across,
        up: &up,
        log: true,
        furthest: None,
        steps: false,
        tell: [&tell_money, &share],
    };
    picture(&ctx.word("figure-exceedance"), caption, curves(&list, &plan).and(ctx.in_table(|| exceeded(ctx))))
}

/// Who bears what: means, since only these add up.
fn who_bears(ctx: &Ctx) -> Html {
    const BACK: [&str; 3] = ["from_split", "from_recourse", "from_insurance"];
    const PARTS: [&str; 9] = [
        "payout",
        "in_kind_cost",
        "claim_cost",
        "staff_cost",
        "court_awards",
        "legal_cost",
        "interest",
        "overpaid",
        "cost",
    ];
    const OTHERS: [&str; 2] = ["claimant_cost", "uncompensated"];
    let all = ctx.results.guidelines();
    let mut heads = vec![Head::left(ctx.say("head-account", &[("currency", &ctx.tongue.numbers.currency_word())]))];
    heads.extend(all.iter().map(|g| Head { text: ctx.draft(g), right: true, draft: Some(ctx.index(g)) }));
    let line = |m: &&str| {
        let mut cells = vec![Cell::name(Html::text(&ctx.measure(m)))];
        cells.extend(all.iter().map(|g| match ctx.cell(g, ALL, m, "mean") {
            Some(told) => {
                let sign = if BACK.contains(m) && unmarked(&told) != "0" { "−" } else { "" };
                let value = ctx.results.value(g, ALL, m, "mean").unwrap_or(f64::NAN);
                Cell::figure(Html::text(sign).and(linked(ctx, &told)), value).draft(ctx.index(g))
            }
            None => Cell::figure(Html::text("–"), f64::NAN).draft(ctx.index(g)),
        }));
        Line { cells, ..Line::default() }
    };
    let known = |m: &&&str| all.iter().any(|g| ctx.results.value(g, ALL, m, "mean").is_some_and(|v| v != 0.0));
    let (parts, cost) = PARTS.split_at(PARTS.len() - 1);
    let lines = parts.iter().chain(&BACK).chain(cost).chain(&OTHERS).filter(known).map(line).collect();
    table("", &ctx.word("bears-caption"), &heads, lines)
}

fn who(ctx: &Ctx) -> Html {
    let (caption, alt) = both(ctx, "reach");
    let bar = |g: &str| {
        let mean = |m: &str| ctx.results.value(g, ALL, m, "mean");
        let losers = mean("losers").filter(|l| *l > 0.0)?;
        let part = |m: &str, word: &str| {
            let people = mean(m).unwrap_or(0.0);
            let (share, people_told) = (ctx.tongue.numbers.share(people / losers), ctx.tongue.numbers.people(people));
            let with = [("name", named(ctx, g)), ("what", ctx.word(word)), ("share", share), ("people", people_told)];
            let with: Vec<(&str, &str)> = with.iter().map(|(n, v)| (*n, v.as_str())).collect();
            let figure = ctx.in_table(|| ctx.cell(g, ALL, m, "mean")).unwrap_or_default();
            Part { share: people / losers, tip: tip(ctx, ctx.say("hint-part", &with), &figure) }
        };
        // What is told of the first is all of them; of its bar the second cuts off those who wait.
        let (all, waiting) = (part("covered", "gets-something"), part("losers_waiting_180", "key-waiting"));
        let mut parts = vec![Part { share: (all.share - waiting.share).max(0.0), ..all }, waiting];
        parts.extend(REASONS.iter().map(|r| part(r, &format!("key-{r}"))));
        Some(Bar { draft: ctx.index(g), name: named(ctx, g), parts })
    };
    let list: Vec<Bar> = ctx.results.guidelines().into_iter().filter_map(bar).collect();
    if list.is_empty() {
        return words("p", &[], &ctx.word("no-losers")).and(ctx.in_table(|| cohorts(ctx, "payout")));
    }
    let mut legend = vec![ctx.word("gets-something"), ctx.word("key-waiting")];
    legend.extend(REASONS.iter().map(|r| ctx.word(&format!("key-{r}"))));
    let share = |p: f64| ctx.tongue.numbers.share(p);
    let drawing = bars(&list, &legend, &alt, &share).and(ctx.in_table(|| outcomes(ctx, &legend)));
    let mut out = picture(&ctx.word("figure-who"), caption, drawing);
    let said = |g: &str| [left_out(ctx, g), waiting(ctx, g)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let lines = ctx.results.guidelines().into_iter().map(|g| (g, said(g))).filter(|(_, said)| !said.is_empty());
    let lines = lines.map(|(g, said)| el("li", &[("data-g", &ctx.index(g).to_string())], linked(ctx, &said)));
    out.push(el("ul", &[], lines.collect()));
    out.push(finding(ctx, "made-good"));
    out.push(ctx.in_table(|| cohorts(ctx, "payout")));
    out
}

/// What becomes of those who lost money, in people.
fn outcomes(ctx: &Ctx, legend: &[String]) -> Html {
    let parts: Vec<&str> = ["covered", "losers_waiting_180"].into_iter().chain(REASONS).collect();
    let mut heads = vec![Head::left(ctx.word("head-draft"))];
    heads.extend(legend.iter().map(|l| Head::right(l.clone())));
    let line = |g: &str| {
        let mut cells = vec![Cell::name(Html::text(&named(ctx, g)))];
        let cell = |m: &&str| told(ctx, ctx.cell(g, ALL, m, "mean"), ctx.results.value(g, ALL, m, "mean"));
        cells.extend(parts.iter().map(cell));
        Line { draft: Some(ctx.index(g)), cells, ..Line::default() }
    };
    values(ctx, &ctx.word("figure-who"), &heads, ctx.results.guidelines().into_iter().map(line).collect())
}

/// Cohorts down, drafts across.
pub fn cohorts(ctx: &Ctx, measure: &str) -> Html {
    let all = ctx.results.guidelines();
    let losers = if measure == "coverage" { "losers" } else { "hit" };
    let mut heads = vec![Head::left(ctx.word("head-cohort")), Head::right(ctx.measure(losers))];
    heads.extend(all.iter().map(|g| Head { text: ctx.draft(g), right: true, draft: Some(ctx.index(g)) }));
    let mut ids: Vec<&str> = ctx.results.scenario.cohorts.iter().map(|c| c.id.as_str()).collect();
    ids.push(ALL);
    let no_losers = |c: &str| ctx.results.value(ALL, c, "losers", "mean") == Some(0.0);
    let cell = |g: &str, c: &str, m: &str| match ctx.cell(g, c, m, "mean").filter(|_| m != "coverage" || !no_losers(c))
    {
        Some(told) => Cell::figure(linked(ctx, &told), ctx.results.value(g, c, m, "mean").unwrap_or(f64::NAN)),
        None => Cell::figure(Html::text("–"), f64::NAN),
    };
    let line = |c: &&str| {
        let mut cells = vec![Cell::name(Html::text(&ctx.cohort(c))), cell(ALL, c, losers)];
        cells.extend(all.iter().map(|g| cell(g, c, measure).draft(ctx.index(g))));
        Line { cells, ..Line::default() }
    };
    let currency = ctx.tongue.numbers.currency_word();
    table(
        "",
        &ctx.say(&format!("cohorts-{measure}"), &[("currency", &currency)]),
        &heads,
        ids.iter().map(line).collect(),
    )
}

/// Day up to which the chart shows payments at most.
const LAST_DAY: f64 = 540.0;

fn time(ctx: &Ctx) -> Html {
    let (caption, alt) = both(ctx, "time");
    let share = |p: f64| ctx.tongue.numbers.share(p);
    let days = |d: f64| format!("{d:.0}");
    let curve = |g: &str| {
        let course = ctx.results.courses.get(&(g.to_string(), "paid".to_string()))?;
        let last = course.last()?;
        let total = Some(last.mean).filter(|t| *t > 0.0)?;
        let course_row = ctx.in_table(|| ctx.course(g, last));
        let told = |d: &super::super::results::Day| {
            let with = [
                ("name", named(ctx, g)),
                ("day", ctx.tongue.numbers.days(d.day)),
                ("share", share(d.mean / total)),
                ("people", ctx.tongue.numbers.sized(d.mean)),
            ];
            let with: Vec<(&str, &str)> = with.iter().map(|(n, v)| (*n, v.as_str())).collect();
            (d.day, d.mean / total, tip(ctx, ctx.say("hint-paid", &with), &course_row))
        };
        let mut points: Vec<_> = course.iter().filter(|d| d.day <= LAST_DAY).map(told).collect();
        if points.first().is_some_and(|p| p.0 > 0.0) {
            points.insert(0, (0.0, 0.0, tip(ctx, named(ctx, g), &course_row)));
        }
        Some(Curve { draft: ctx.index(g), name: ctx.letter(g), points })
    };
    let list: Vec<Curve> = ctx.results.guidelines().into_iter().filter_map(curve).collect();
    if list.is_empty() {
        return words("p", &[], &ctx.word("no-time"));
    }
    // Up to the day on which the last of them has paid all but nothing, with that day's step.
    let done = |c: &Curve| c.points.iter().find(|p| p.1 >= 0.995).or(c.points.last()).map(|p| p.0);
    let furthest = list.iter().filter_map(done).fold(30.0, f64::max);
    let (across, up) = (ctx.word("axis-days"), ctx.word("axis-paid"));
    let plan = Plan {
        alt: &alt,
        across: &across,
        up: &up,
        log: false,
        furthest: Some(furthest),
        steps: true,
        tell: [&days, &share],
    };
    picture(
        &ctx.word("figure-time"),
        caption.and(Html::text(" ")).and(Html::text(&ctx.word("time-note"))),
        curves(&list, &plan).and(ctx.in_table(|| days_to_pay(ctx))),
    )
}

/// Days until half and nine tenths of the money awards are paid.
fn days_to_pay(ctx: &Ctx) -> Html {
    const TOLD: [(&str, &str); 4] =
        [("days_p50", "p05"), ("days_p50", "p50"), ("days_p50", "p95"), ("days_p90", "p50")];
    let mut heads = vec![Head::left(ctx.word("head-draft"))];
    heads.extend(TOLD.map(|(m, s)| Head::right(format!("{}, {}", ctx.measure(m), ctx.statistic(s)))));
    let line = |g: &str| {
        let mut cells = vec![Cell::name(Html::text(&named(ctx, g)))];
        cells.extend(TOLD.map(|(m, s)| told(ctx, ctx.cell(g, ALL, m, s), ctx.results.value(g, ALL, m, s))));
        Line { draft: Some(ctx.index(g)), cells, ..Line::default() }
    };
    values(ctx, &ctx.word("s-time"), &heads, ctx.results.guidelines().into_iter().map(line).collect())
}
