//! Drafts side by side: what each comes to, and how often one is ahead of another.

use super::super::ctx::Ctx;
use super::super::findings::{first_money, unhandled, without_losers};
use super::super::html::{Html, el, words};
use super::super::judge::{Verdict, verdict};
use super::super::results::{ALL, BASE};
use super::super::tongue::unmarked;
use super::table::{Cell, Head, Line, table};
use super::{chip, linked, section};

/// Measures of the table, with what stands small below: the range in which 90 % of worlds lie.
pub const MEASURES: [&str; 6] = ["cost", "payout", "paid", "coverage", "adequacy", "days_p50"];

/// The section.
pub fn compare(ctx: &Ctx) -> Html {
    let ahead = first_money(ctx, &ctx.results.guidelines());
    let courts = if ctx.results.scenario.aftermath.courts.is_empty() { "" } else { "compare-note-courts" };
    let courts = if courts.is_empty() { String::new() } else { ctx.word(courts) };
    let notes = [ctx.word("compare-note"), courts, without_losers(ctx), ahead, unhandled(ctx).unwrap_or_default()];
    let notes: Vec<&str> = notes.iter().map(|n| n.trim()).filter(|n| !n.is_empty()).collect();
    let note = words("p", &[("class", "note")], &notes.join(" "));
    section(ctx, "compare", "", ctx.in_table(|| side_by_side(ctx).and(note).and(matrix(ctx, "cost", true))))
}

fn side_by_side(ctx: &Ctx) -> Html {
    let unit = |measure: &str| match measure {
        "cost" | "payout" | "in_kind_cost" | "uncompensated" => format!(" ({})", ctx.tongue.numbers.currency_word()),
        _ => String::new(),
    };
    let mut heads = vec![Head::left(ctx.word("head-draft"))];
    heads.extend(MEASURES.iter().map(|m| Head::right(format!("{}{}", ctx.measure(m), unit(m)))));
    let budget = ctx.results.budget.iter().any(|b| b.variant == BASE);
    if budget {
        heads.push(Head::right(ctx.word("head-over")));
    }
    let line = |g: &str| {
        let name = chip(ctx, g).and(Html::text(" ")).and(Html::text(&ctx.title(g)));
        let mut cells = vec![Cell::name(name)];
        cells.extend(MEASURES.iter().map(|m| three(ctx, g, m)));
        if budget {
            let row = ctx.results.budget.iter().find(|b| b.variant == BASE && b.guideline == g);
            cells.push(row.map_or_else(none, |b| Cell::figure(linked(ctx, &ctx.over(b)), b.over.value)));
        }
        Line { draft: Some(ctx.index(g)), cells, ..Line::default() }
    };
    table("", &ctx.word("compare-caption"), &heads, ctx.results.guidelines().into_iter().map(line).collect())
}

/// True of a share of losers or of their loss where nobody ever loses anything: there is no part of nothing.
pub fn of_nothing(ctx: &Ctx, measure: &str) -> bool {
    ["coverage", "adequacy"].contains(&measure) && ctx.results.nobody_lost()
}

/// Median with the range of 90 % of worlds below it.
fn three(ctx: &Ctx, g: &str, measure: &str) -> Cell {
    if of_nothing(ctx, measure) {
        return none();
    }
    let Some(median) = ctx.cell(g, ALL, measure, "p50") else { return none() };
    let value = ctx.results.value(g, ALL, measure, "p50").unwrap_or(f64::NAN);
    let ends = ctx.cell(g, ALL, measure, "p05").zip(ctx.cell(g, ALL, measure, "p95"));
    let ends = ends.filter(|(lo, hi)| unmarked(lo) != unmarked(hi));
    let small = ends.map_or_else(Html::new, |(lo, hi)| el("small", &[], linked(ctx, &ctx.tongue.range(&lo, &hi))));
    Cell::figure(linked(ctx, &median).and(small), value)
}

fn none() -> Cell {
    Cell::figure(Html::text("–"), f64::NAN)
}

/// The pairs by reach.
pub fn by_reach(ctx: &Ctx) -> Html {
    ctx.in_table(|| matrix(ctx, "coverage", false))
}

/// For each pair of drafts, in how many worlds the row is ahead of the column.
fn matrix(ctx: &Ctx, measure: &'static str, lower: bool) -> Html {
    let all = ctx.results.guidelines();
    let mut heads = vec![Head::left(ctx.word("head-draft"))];
    heads.extend(all.iter().map(|g| Head { text: ctx.draft(g), right: true, draft: Some(ctx.index(g)) }));
    let cell = |a: &str, b: &str| {
        let pair = ctx.results.pair(BASE, a, b, measure).filter(|_| !of_nothing(ctx, measure));
        let Some(pair) = pair else { return none() };
        let (yes, no) = if lower { (pair.lower, pair.higher) } else { (pair.higher, pair.lower) };
        let class = match verdict(yes, no) {
            Verdict::NearlyAll => "r yes",
            Verdict::Most => "r likely",
            Verdict::Undecided => "r",
            Verdict::MostNot => "r unlikely",
            Verdict::NearlyNone => "r no",
        };
        Cell::figure(linked(ctx, &ctx.pair_share(&pair, lower)), yes.value).class(class)
    };
    let line = |a: &&str| {
        let mut cells = vec![Cell::name(chip(ctx, a).and(Html::text(" ")).and(Html::text(&ctx.title(a))))];
        cells.extend(all.iter().map(|b| if a == b { none() } else { cell(a, b) }.draft(ctx.index(b))));
        Line { draft: Some(ctx.index(a)), cells, ..Line::default() }
    };
    table("", &ctx.word(&format!("matrix-{measure}")), &heads, all.iter().map(line).collect())
}
