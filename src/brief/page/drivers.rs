//! What drives the result: the number that decides each draft's cost, payout, limit and order, chance, what-ifs.

use super::super::chart::weights::{Bar, weights as weights_chart};
use super::super::ctx::Ctx;
use super::super::drivers::{Weight, figure, number, of, on_draft, on_order, result, weight};
use super::super::html::{Html, el, words};
use super::super::judge::by_median;
use super::super::quantity::{known, name};
use super::super::results::{Driver, Unit};
use super::super::tongue::{clean, unmarked};
use super::pictures::{tip, values};
use super::table::{Cell, Head, Line, table};
use super::top::finding;
use super::{chip, linked, paragraph};

/// The section.
pub fn drivers(ctx: &Ctx) -> Html {
    let mut out = decides(ctx);
    out.push(finding(ctx, "unknown"));
    out.push(ctx.in_table(|| spread(ctx)));
    out.push(finding(ctx, "what-if"));
    out.push(ctx.in_table(|| what_ifs(ctx)));
    out.push(words("p", &[("class", "note")], &ctx.word("drivers-note")));
    out
}

fn decides(ctx: &Ctx) -> Html {
    if ctx.results.drivers.is_empty() {
        return words("p", &[("class", "note")], &ctx.word("no-drivers"));
    }
    let pictures = words("h3", &[], &ctx.word("figure-drivers"))
        .and(words("p", &[("class", "note")], &ctx.word("how-drivers")))
        .and(ctx.results.guidelines().into_iter().filter_map(|g| picture(ctx, g)).collect())
        .and(ctx.in_table(|| all_shares(ctx)));
    let order = on_order(ctx).into_iter().map(|s| el("li", &[], linked(ctx, &s)));
    let worlds = ctx.results.drivers.first().map_or(0.0, |d| d.worlds);
    let worlds = ctx.tongue.numbers.count(worlds);
    pictures.and(el("ul", &[], order.collect())).and(paragraph(
        ctx,
        "note",
        &ctx.say("decides-note", &[("worlds", &worlds)]),
    ))
}

/// The numbers that carry most of the variance of a draft's cost.
fn of_cost<'a>(ctx: &Ctx<'a>, g: &str) -> Vec<&'a Driver> {
    of(ctx, "cost", g).into_iter().filter(|d| d.share.value > 0.0).collect()
}

/// The bars of a draft with the sentences that they show; without bars the sentences alone.
fn picture(ctx: &Ctx, g: &str) -> Option<Html> {
    let said = on_draft(ctx, g)?;
    let share = |p: f64| ctx.tongue.numbers.share(p);
    let bar = |d: &Driver| {
        let share = share(d.share.value.clamp(0.0, 1.0));
        let name = name(ctx, &d.path);
        let told = |at: usize| ctx.tongue.numbers.value(d.result_at[at], &d.unit);
        let (low, high) = (told(0), told(1));
        let with = [("what", name.as_str()), ("share", &share), ("low", &low), ("high", &high)];
        let text = format!("{} {}\n{}", ctx.letter(g), ctx.title(g), ctx.say("hint-driver", &with));
        let row = ctx.in_table(|| figure(ctx, d, "share"));
        Bar { share: d.share.value.clamp(0.0, 1.0), tip: tip(ctx, text, &row), told: share, name }
    };
    let list: Vec<Bar> = of_cost(ctx, g).into_iter().map(bar).collect();
    let drawing = match list.is_empty() {
        true => Html::new(),
        false => weights_chart(ctx.index(g), &list, &unmarked(&said), &share),
    };
    let head = words("b", &[], &format!("{} {}", ctx.letter(g), ctx.title(g)));
    let name = el("p", &[("class", "of")], head);
    let caption = el("figcaption", &[], linked(ctx, &said));
    Some(el("figure", &[("class", "small"), ("data-g", &ctx.index(g).to_string())], name.and(drawing).and(caption)))
}

/// What the bars show, as a table.
fn all_shares(ctx: &Ctx) -> Html {
    let heads =
        [Head::left(ctx.word("head-draft")), Head::left(ctx.word("head-number")), Head::right(ctx.word("head-share"))];
    let line = |d: &Driver| Line {
        draft: Some(ctx.index(&d.guideline)),
        cells: vec![
            Cell::name(Html::text(&ctx.draft(&d.guideline))),
            Cell::of(linked(ctx, &number(ctx, d))),
            Cell::figure(linked(ctx, &figure(ctx, d, "share")), d.share.value),
        ],
        ..Line::default()
    };
    let lines = ctx.results.guidelines().into_iter().flat_map(|g| of_cost(ctx, g)).map(line).collect();
    values(ctx, &ctx.word("figure-drivers"), &heads, lines)
}

/// The first numbers of each draft's cost, the first of the other results.
pub fn weights(ctx: &Ctx) -> Html {
    if ctx.results.drivers.is_empty() {
        return Html::new();
    }
    let heads = [
        Head::left(ctx.word("head-result")),
        Head::left(ctx.word("head-number")),
        Head::right(ctx.word("head-share")),
        Head::right(ctx.word("head-at-low")),
        Head::right(ctx.word("head-at-high")),
    ];
    let wanted = |d: &&Driver| d.rank == 1 && (d.result == "cost" || weight(ctx, d) != Weight::None);
    let line = |d: &Driver| Line {
        draft: Some(ctx.index(&d.guideline)),
        cells: vec![
            Cell::name(chip(ctx, &d.guideline).and(Html::text(" ")).and(Html::text(&result(ctx, d)))),
            Cell::of(linked(ctx, &number(ctx, d))),
            Cell::figure(linked(ctx, &figure(ctx, d, "share")), d.share.value),
            at(ctx, d, "at_low", 0),
            at(ctx, d, "at_high", 1),
        ],
        ..Line::default()
    };
    let lines = ctx.results.drivers.iter().filter(wanted).map(line).collect();
    table("long", &ctx.word("decides-caption"), &heads, lines)
}

/// The result in a fifth of worlds, and below it the number there.
fn at(ctx: &Ctx, d: &Driver, column: &'static str, side: usize) -> Cell {
    let unit = ctx.results.inputs.iter().find(|i| i.path == d.path).map_or("", |i| i.unit.as_str());
    let small = words("small", &[], &in_unit(ctx, d.number_at[side], unit));
    Cell::figure(linked(ctx, &figure(ctx, d, column)).and(small), d.result_at[side])
}

fn spread(ctx: &Ctx) -> Html {
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
    let lines: Vec<Line> = sorted.iter().filter_map(line).collect();
    if lines.is_empty() {
        return Html::new();
    }
    let heads = ["head-draft", "head-chance", "head-ignorance"].map(|h| ctx.word(h));
    let [draft, chance, ignorance] = heads;
    table("", &ctx.word("spread-caption"), &[Head::left(draft), Head::right(chance), Head::right(ignorance)], lines)
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
        let mut cells = vec![Cell::name(Html::text(&ctx.variant(v)))];
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

/// What each what-if is there for, in the words of the scenario.
pub fn what_if_notes(ctx: &Ctx) -> Html {
    let run = &ctx.results.manifest.run.variants;
    let told = ctx.results.scenario.variants.iter().filter(|v| run.contains(&v.id));
    let told = told.map(|v| {
        let name =
            words("b", &[], &ctx.tongue.text(&v.title)).and(Html::text(&format!(": {}", ctx.tongue.text(&v.note))));
        // As the file has them: behind a fold, each with what it is called.
        let change = |c: &String| {
            let called = known(ctx, c.split(" = ").next().unwrap_or_default());
            let called = called.map_or_else(Html::new, |name| Html::text(&format!("{name} ")));
            el("li", &[], called.and(words("small", &[("class", "code quiet")], &clean(c))))
        };
        let changes = el("ul", &[], v.changes.iter().map(change).collect());
        let fold = words("summary", &[], &ctx.word("what-if-values")).and(changes);
        el("li", &[], name.and(el("details", &[("class", "screen")], fold)))
    });
    el("ul", &[], told.collect())
}

/// A value in the unit of a number of the scenario.
fn in_unit(ctx: &Ctx, value: f64, unit: &str) -> String {
    let numbers = &ctx.tongue.numbers;
    match Unit::of(unit, &ctx.results.scenario.currency) {
        // A fee of a month or money at one hour of outage is told as money.
        Unit::Other(of) if of.starts_with(&format!("{}/", ctx.results.scenario.currency)) => numbers.money(value),
        Unit::Other(_) => numbers.plain(value),
        // Hours of a scenario are lengths of time, told with decimals.
        Unit::Hours => format!("{}\u{a0}{}", numbers.plain(value), ctx.word("unit-hours")),
        known => numbers.value(value, &known),
    }
}
