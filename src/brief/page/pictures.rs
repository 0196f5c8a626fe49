//! Figures with the finding they show: cost, who gets what, time to payment, what drives the result.

use super::super::chart::bars::{Bar, Part, bars};
use super::super::chart::curves::{Curve, Plan, curves};
use super::super::chart::ranges::{Limit, Row, ranges};
use super::super::ctx::Ctx;
use super::super::findings::{REASONS, left_out};
use super::super::html::{Html, el, words};
use super::super::judge::by_median;
use super::super::results::{ALL, BASE, Unit};
use super::super::tongue::unmarked;
use super::table::{Cell, Head, Line, table};
use super::top::finding;
use super::{chip, linked, section};

/// All sections with figures.
pub fn pictures(ctx: &Ctx) -> Html {
    section(ctx, "cost", "new", costs(ctx))
        .and(section(ctx, "who", "new", who(ctx)))
        .and(section(ctx, "time", "new", time(ctx)))
        .and(section(ctx, "drivers", "", drivers(ctx)))
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
        Some(Row { draft: ctx.index(g), hint: ctx.say("hint-range", &with), name, quantiles })
    };
    let rows: Vec<Row> = ctx.results.guidelines().into_iter().filter_map(row).collect();
    let limit = ctx.results.budget.iter().find(|b| b.variant == BASE);
    let limit = limit
        .map(|b| Limit { at: b.budget, name: ctx.say("limit", &[("budget", &ctx.tongue.numbers.money(b.budget))]) });
    let most = rows.iter().map(|r| r.quantiles[4]).fold(0.0, f64::max);
    let middle = rows.iter().map(|r| r.quantiles[2]).filter(|v| *v > 0.0).fold(f64::INFINITY, f64::min);
    let log = most > 30.0 * middle;
    let axis =
        ctx.say(if log { "axis-cost-log" } else { "axis-cost" }, &[("currency", &ctx.tongue.numbers.currency_word())]);
    let drawing = ranges(&rows, limit.as_ref(), log, &alt, &axis, &money(ctx));
    let mut out = picture(
        &ctx.word("figure-cost"),
        caption.and(Html::text(" ")).and(Html::text(&ctx.word("how-ranges"))),
        drawing,
    );
    out.push(exceedance(ctx));
    out.push(ctx.in_table(|| who_bears(ctx)));
    out
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
            (p.estimate.value, p.probability, ctx.say("hint-exceeded", &with))
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
        name_first: true,
        tell: [&tell_money, &share],
    };
    picture(&ctx.word("figure-exceedance"), caption, curves(&list, &plan))
}

/// Who bears what: means, since only these add up.
fn who_bears(ctx: &Ctx) -> Html {
    const PARTS: [&str; 10] = [
        "payout",
        "in_kind_cost",
        "claim_cost",
        "staff_cost",
        "court_awards",
        "legal_cost",
        "interest",
        "overpaid",
        "recovered",
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
                let sign = if *m == "recovered" { "−" } else { "" };
                let value = ctx.results.value(g, ALL, m, "mean").unwrap_or(f64::NAN);
                Cell::figure(Html::text(sign).and(linked(ctx, &told)), value).draft(ctx.index(g))
            }
            None => Cell::figure(Html::text("–"), f64::NAN).draft(ctx.index(g)),
        }));
        Line { cells, ..Line::default() }
    };
    let known = |m: &&&str| all.iter().any(|g| ctx.results.value(g, ALL, m, "mean").is_some_and(|v| v != 0.0));
    let lines = PARTS.iter().chain(&OTHERS).filter(known).map(line).collect();
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
            Part { share: people / losers, hint: ctx.say("hint-part", &with) }
        };
        let mut parts = vec![part("covered", "gets-something")];
        parts.extend(REASONS.iter().map(|r| part(r, &format!("key-{r}"))));
        Some(Bar { draft: ctx.index(g), name: named(ctx, g), parts })
    };
    let list: Vec<Bar> = ctx.results.guidelines().into_iter().filter_map(bar).collect();
    let mut legend = vec![ctx.word("gets-something")];
    legend.extend(REASONS.iter().map(|r| ctx.word(&format!("key-{r}"))));
    let share = |p: f64| ctx.tongue.numbers.share(p);
    let mut out = picture(&ctx.word("figure-who"), caption, bars(&list, &legend, &alt, &share));
    let lines = ctx.results.guidelines().into_iter().filter_map(|g| Some((g, left_out(ctx, g)?)));
    let lines = lines.map(|(g, said)| el("li", &[("data-g", &ctx.index(g).to_string())], linked(ctx, &said)));
    out.push(el("ul", &[], lines.collect()));
    out.push(finding(ctx, "made-good"));
    out.push(ctx.in_table(|| cohorts(ctx, "coverage")));
    out.push(ctx.in_table(|| cohorts(ctx, "payout")));
    out
}

/// Cohorts down, drafts across.
fn cohorts(ctx: &Ctx, measure: &str) -> Html {
    let all = ctx.results.guidelines();
    let losers = if measure == "coverage" { "losers" } else { "hit" };
    let mut heads = vec![Head::left(ctx.word("head-cohort")), Head::right(ctx.measure(losers))];
    heads.extend(all.iter().map(|g| Head { text: ctx.draft(g), right: true, draft: Some(ctx.index(g)) }));
    let mut ids: Vec<&str> = ctx.results.scenario.cohorts.iter().map(|c| c.id.as_str()).collect();
    ids.push(ALL);
    let cell = |g: &str, c: &str, m: &str| match ctx.cell(g, c, m, "mean") {
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
        let total = course.last().map(|d| d.mean).filter(|t| *t > 0.0)?;
        let told = |d: &super::super::results::Day| {
            let with = [
                ("name", named(ctx, g)),
                ("day", ctx.tongue.numbers.days(d.day)),
                ("share", share(d.mean / total)),
                ("people", ctx.tongue.numbers.sized(d.mean)),
            ];
            let with: Vec<(&str, &str)> = with.iter().map(|(n, v)| (*n, v.as_str())).collect();
            (d.day, d.mean / total, ctx.say("hint-paid", &with))
        };
        let mut points: Vec<_> = course.iter().filter(|d| d.day <= LAST_DAY).map(told).collect();
        if points.first().is_some_and(|p| p.0 > 0.0) {
            points.insert(0, (0.0, 0.0, named(ctx, g)));
        }
        Some(Curve { draft: ctx.index(g), name: ctx.letter(g), points })
    };
    let list: Vec<Curve> = ctx.results.guidelines().into_iter().filter_map(curve).collect();
    if list.is_empty() {
        return words("p", &[], &ctx.word("no-time"));
    }
    let furthest = list.iter().flat_map(|c| c.points.iter().filter(|p| p.1 < 0.995).map(|p| p.0)).fold(30.0, f64::max);
    let (across, up) = (ctx.word("axis-days"), ctx.word("axis-paid"));
    let plan = Plan {
        alt: &alt,
        across: &across,
        up: &up,
        log: false,
        furthest: Some(furthest),
        name_first: false,
        tell: [&days, &share],
    };
    picture(
        &ctx.word("figure-time"),
        caption.and(Html::text(" ")).and(Html::text(&ctx.word("time-note"))),
        curves(&list, &plan),
    )
}

fn drivers(ctx: &Ctx) -> Html {
    let mut out = finding(ctx, "unknown");
    let sorted = by_median(ctx.results, "cost");
    let line = |(g, _): &(&str, f64)| {
        let row = ctx.results.spread.iter().find(|s| s.measure == "cost" && s.guideline == *g && s.variance > 0.0)?;
        let chance = row.chance.value.clamp(0.0, 1.0);
        let name = chip(ctx, g).and(Html::text(" ")).and(Html::text(&ctx.title(g)));
        let cells = vec![
            Cell::name(name),
            Cell::figure(linked(ctx, &ctx.chance(row)), chance),
            Cell::figure(Html::text(&ctx.tongue.numbers.share(1.0 - chance)), 1.0 - chance),
        ];
        Some(Line { draft: Some(ctx.index(g)), cells, ..Line::default() })
    };
    let lines: Vec<Line> = ctx.in_table(|| sorted.iter().filter_map(line).collect());
    if !lines.is_empty() {
        let heads = [
            Head::left(ctx.word("head-draft")),
            Head::right(ctx.word("head-chance")),
            Head::right(ctx.word("head-ignorance")),
        ];
        out.push(table("", &ctx.word("spread-caption"), &heads, lines));
    }
    out.push(finding(ctx, "what-if"));
    out.push(ctx.in_table(|| what_ifs(ctx)));
    out.push(words("p", &[("class", "note")], &ctx.word("drivers-note")));
    out
}

/// What each variant changes in mean cost.
fn what_ifs(ctx: &Ctx) -> Html {
    let variants = &ctx.results.manifest.run.variants;
    if variants.is_empty() {
        return Html::new();
    }
    let all = ctx.results.guidelines();
    let mut heads = vec![Head::left(ctx.word("head-what-if"))];
    heads.extend(all.iter().map(|g| Head { text: ctx.draft(g), right: true, draft: Some(ctx.index(g)) }));
    let find = |v: &str, g: &str| {
        ctx.results.shifts.iter().find(|s| s.variant == v && s.guideline == g && s.measure == "cost")
    };
    let line = |v: &String| {
        let note = ctx
            .results
            .scenario
            .variants
            .iter()
            .find(|x| x.id == *v)
            .map_or(String::new(), |x| ctx.tongue.text(&x.note));
        let name = Html::text(&ctx.variant(v)).and(words("small", &[("class", "quiet")], &note));
        let mut cells = vec![Cell::name(name)];
        cells.extend(all.iter().map(|g| {
            let cell = match find(v, g) {
                Some(s) => Cell::figure(linked(ctx, &ctx.shift(s)), s.shift.value),
                None => Cell::figure(Html::text("–"), f64::NAN),
            };
            cell.draft(ctx.index(g))
        }));
        Line { cells, ..Line::default() }
    };
    let currency = ctx.tongue.numbers.currency_word();
    table("", &ctx.say("what-if-caption", &[("currency", &currency)]), &heads, variants.iter().map(line).collect())
}
