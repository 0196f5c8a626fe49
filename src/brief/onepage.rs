//! One sheet of paper in the form of an impact assessment: problem, options, costs and who bears them, benefits and who
//! gets them, risks, and which draft is preferred by which criterion.

use super::ctx::Ctx;
use super::drivers;
use super::findings::{
    Stand, ahead, budget, first_money, in_words, level, paying, scale, stand, unhandled, unknown, what_if,
    without_losers,
};
use super::html::{Html, el, words};
use super::judge::{apart, by_median, judge, verdict};
use super::page::compare::of_nothing;
use super::page::table::{Cell, Head, Line, table};
use super::page::{Paper, back, chip, document, linked, main, paragraph, top};
use super::results::{ALL, BASE, Share};

/// The sheet in the languages of `all`.
pub fn onepage(all: &[Ctx], paper: &Paper) -> String {
    let mains: Html = all.iter().map(|ctx| main(ctx, "sheet", &top::title(ctx), inside(ctx, paper))).collect();
    document(all, &mains, true, paper)
}

fn inside(ctx: &Ctx, paper: &Paper) -> Html {
    let part = |name: &str, inside: Html| words("h2", &[], &ctx.word(&format!("ia-{name}"))).and(inside);
    let head = words("p", &[("class", "kind")], &ctx.word("onepage-kind"))
        .and(words("h1", &[], &top::title(ctx)))
        .and(words("p", &[("class", "made")], &top::made(ctx)));
    let problem = scale(ctx).map_or_else(Html::new, |s| paragraph(ctx, "", &s));
    // The register is there for the links on screen.
    let register = if paper.fonts { Html::new() } else { back::figures(ctx, "screen", true) };
    el("header", &[], head)
        .and(part(
            "problem",
            problem.and(words("p", &[], &ctx.word(back::courts(ctx, "ia-problem-text", "ia-problem-no-courts")))),
        ))
        .and(part("options", options(ctx)))
        .and(part("risks", risks(ctx)))
        .and(part("preferred", preferred(ctx)))
        .and(words("p", &[("class", "note")], &foot(ctx)))
        .and(register)
}

/// Options with their costs and benefits in one table.
fn options(ctx: &Ctx) -> Html {
    const COSTS: [&str; 3] = ["cost", "claimant_cost", "uncompensated"];
    const BENEFITS: [&str; 4] = ["compensated", "paid", "coverage", "days_p50"];
    let currency = ctx.tongue.numbers.currency_word();
    let mut heads = vec![Head::left(ctx.word("ia-option"))];
    heads.extend(
        COSTS.iter().chain(&BENEFITS).map(|m| Head::right(ctx.say(&format!("ia-{m}"), &[("currency", &currency)]))),
    );
    let notes = [
        if ctx.results.scenario.aftermath.courts.is_empty() { String::new() } else { ctx.word("compare-note-courts") },
        without_losers(ctx),
        first_money(ctx, &ctx.results.guidelines()),
        unhandled(ctx).unwrap_or_default(),
    ];
    let line = |g: &str| {
        let mut cells = vec![Cell::name(chip(ctx, g).and(Html::text(" ")).and(Html::text(&ctx.title(g))))];
        cells.extend(COSTS.iter().chain(&BENEFITS).map(|m| {
            match ctx.cell(g, ALL, m, "p50").filter(|_| !of_nothing(ctx, m)) {
                Some(told) => {
                    let ends = ctx.cell(g, ALL, m, "p05").zip(ctx.cell(g, ALL, m, "p95")).filter(|_| *m == "cost");
                    let small =
                        ends.map_or_else(Html::new, |(a, b)| el("small", &[], linked(ctx, &ctx.tongue.range(&a, &b))));
                    let value = ctx.results.value(g, ALL, m, "p50").unwrap_or(f64::NAN);
                    Cell::figure(linked(ctx, &told).and(small), value)
                }
                None => Cell::figure(Html::text("–"), f64::NAN),
            }
        }));
        Line { draft: Some(ctx.index(g)), cells, ..Line::default() }
    };
    let lines = ctx.results.guidelines().into_iter().map(line).collect();
    let mut out = table("", &ctx.word("ia-caption"), &heads, lines);
    for note in notes.iter().filter(|n| !n.is_empty()) {
        out.push(words("p", &[("class", "note")], note));
    }
    let gains: Vec<String> = paying(ctx).into_iter().filter_map(|g| most_gains(ctx, g)).collect();
    let gains = gains.iter().map(|g| el("li", &[], linked(ctx, g))).collect();
    out.push(words("p", &[], &ctx.word("ia-who-gets")));
    out.push(el("ul", &[], gains));
    out
}

/// The two cohorts that get most money under a draft, with their part of all.
fn most_gains(ctx: &Ctx, g: &str) -> Option<String> {
    let total = ctx.results.value(g, ALL, "payout", "mean").filter(|t| *t > 0.0)?;
    let cohorts = ctx.results.scenario.cohorts.iter();
    let mut list: Vec<(&str, f64)> =
        cohorts.filter_map(|c| Some((c.id.as_str(), ctx.results.value(g, &c.id, "payout", "mean")?))).collect();
    list.sort_by(|a, b| b.1.total_cmp(&a.1));
    let told: Vec<String> = list
        .iter()
        .take(2)
        .filter(|(_, v)| *v > 0.0)
        .map(|(c, v)| {
            let (share, cohort) = (ctx.tongue.numbers.share(v / total), ctx.cohort(c));
            let label = ctx.say("part-label", &[("a", &ctx.draft(g)), ("cohort", &cohort)]);
            let place = format!("{g}, {c}: payout.mean ÷ {g}, all: payout.mean");
            let share = ctx.derived(&["part", g, c], label, "part-meaning", v / total, share, place);
            ctx.say("cohort-part", &[("cohort", &cohort), ("share", &share)])
        })
        .collect();
    Some(ctx.say("ia-gains", &[("draft", &ctx.draft(g)), ("list", &ctx.tongue.list(&told))]))
}

fn risks(ctx: &Ctx) -> Html {
    let told = [budget(ctx), drivers::finding(ctx), unknown(ctx), what_if(ctx)].into_iter().flatten();
    el("ul", &[], told.map(|s| el("li", &[], linked(ctx, &s))).collect())
}

/// Which draft is ahead by which criterion, in so many words.
fn preferred(ctx: &Ctx) -> Html {
    let heads = ["criterion", "ahead"].map(|h| Head::left(ctx.word(&format!("ia-{h}"))));
    // Where nobody loses anything no draft is ahead in what is done for it.
    let of_losers = |said: Option<String>| said.filter(|_| !ctx.results.nobody_lost());
    let rows = [
        ("cheapest", cheapest(ctx)),
        ("widest", of_losers(best(ctx, "widest"))),
        ("made-good", of_losers(most(ctx, "adequacy"))),
        ("fairest", of_losers(best(ctx, "fairest"))),
        ("fastest", fastest(ctx)),
        ("budget", within(ctx)),
    ];
    let line = |(name, said): (&str, String)| Line {
        cells: vec![Cell::name(Html::text(&ctx.word(&format!("ia-c-{name}")))), Cell::of(linked(ctx, &said))],
        ..Line::default()
    };
    let rows = rows.into_iter().filter_map(|(n, s)| Some((n, s?)));
    table("", &ctx.word("ia-preferred-caption"), &heads, rows.map(line).collect())
}

fn how(ctx: &Ctx, yes: Share, no: Share, draft: &str, share: &str) -> String {
    let id = format!("ahead-{}", in_words(verdict(yes, no), yes.value));
    ctx.say(&id, &[("draft", draft), ("share", share)])
}

/// The draft of lowest median cost that gives anything, against the next.
fn cheapest(ctx: &Ctx) -> Option<String> {
    let paying = paying(ctx);
    let sorted: Vec<&str> =
        by_median(ctx.results, "cost").into_iter().map(|s| s.0).filter(|g| paying.contains(g)).collect();
    let said = duel(ctx, "cost", sorted.first()?, sorted.get(1)?, true)?;
    Some(unhandled(ctx).map_or_else(|| said.clone(), |caveat| format!("{said} {caveat}")))
}

fn most(ctx: &Ctx, measure: &str) -> Option<String> {
    let sorted = by_median(ctx.results, measure);
    let (second, first) = (sorted.len().checked_sub(2).map(|i| sorted[i].0)?, sorted.last()?.0);
    duel(ctx, measure, first, second, false)
}

/// One draft against the next by a measure.
fn duel(ctx: &Ctx, measure: &str, first: &str, second: &str, lower: bool) -> Option<String> {
    let judged = judge(ctx.results, BASE, first, second, measure)?;
    let pair = ctx.results.pair(BASE, first, second, measure)?;
    let (yes, no) = if lower { (judged.lower, judged.higher) } else { (judged.higher, judged.lower) };
    let share = ctx.pair_share(&pair, lower);
    // What stands first by its median may be behind in most worlds, or level in all.
    let told = verdict(yes, no).direction() < 0 || apart(yes, no).is_decided() || pair.equal.value >= 1.0;
    if verdict(yes, no).direction() <= 0 && told {
        let behind = ctx.pair_share(&pair, !lower);
        let with =
            [("draft", ctx.draft_full(first)), ("share", share), ("behind", behind), ("next", ctx.draft(second))];
        let with: Vec<(&str, &str)> = with.iter().map(|(n, v)| (*n, v.as_str())).collect();
        return Some(ctx.say("ahead-ties", &with));
    }
    let said = how(ctx, yes, no, &ctx.draft_full(first), &share);
    Some(format!("{said} {}", ctx.say("ahead-next", &[("next", &ctx.draft(second))])))
}

fn best(ctx: &Ctx, criterion: &str) -> Option<String> {
    let rows: Vec<_> = ctx.results.best.iter().filter(|b| b.variant == BASE && b.criterion == criterion).collect();
    let first = *rows.iter().max_by(|a, b| a.share.value.total_cmp(&b.share.value))?;
    let s = first.share;
    // Of drafts that tie none is told alone.
    let told = |value: f64| ctx.tongue.numbers.share(value);
    let tied: Vec<&str> =
        rows.iter().filter(|b| told(b.share.value) == told(s.value)).map(|b| b.guideline.as_str()).collect();
    let (measure, lower) = if criterion == "widest" { ("coverage", false) } else { ("gini_absolute", true) };
    let worlds = level(ctx, &first.guideline, measure, lower);
    if tied.len() > 1 {
        let same = |other: &&&str| {
            let pair = ctx.results.pair(BASE, &first.guideline, other, measure);
            **other == first.guideline || pair.is_some_and(|pair| pair.equal.value >= 1.0)
        };
        let alike = worlds.is_some() && tied.iter().filter(same).count() == tied.len();
        let drafts = ctx.tongue.list(&tied.iter().map(|g| ctx.draft(g)).collect::<Vec<_>>());
        let id = if alike { "ahead-alike" } else { "ahead-tied" };
        return Some(ctx.say(id, &[("drafts", drafts.as_str()), ("share", &ctx.best(first))]));
    }
    let others = Share { value: 1.0 - s.value, lo: 1.0 - s.hi, hi: 1.0 - s.lo };
    let draft = ctx.draft_full(&first.guideline);
    // The shares have ties split.
    let is_ahead = verdict(s, others).direction() > 0 && ahead(ctx, &first.guideline, measure, lower);
    if let Some(worlds) = worlds.filter(|_| !is_ahead) {
        let with = [("draft", draft.as_str()), ("share", &ctx.best(first))];
        return Some(ctx.say(&format!("ahead-level-{worlds}"), &with));
    }
    let id = if is_ahead { in_words(verdict(s, others), s.value) } else { "undecided" };
    Some(ctx.say(&format!("ahead-{id}"), &[("draft", draft.as_str()), ("share", &ctx.best(first))]))
}

fn fastest(ctx: &Ctx) -> Option<String> {
    let timed = by_median(ctx.results, "days_p50");
    // Whoever alone says when anything is paid is not the fastest.
    if timed.len() < 2 && ctx.results.guidelines().len() > 1 {
        return None;
    }
    let first = timed.first()?.0;
    let days = ctx.total(first, "days_p50", "p50")?;
    let ahead = ctx.results.scenario.pays_in_advance(ctx.index(first));
    Some(ctx.say(
        if ahead { "ahead-fastest-advance" } else { "ahead-fastest" },
        &[("draft", &ctx.draft_full(first)), ("days", &days)],
    ))
}

fn within(ctx: &Ctx) -> Option<String> {
    let rows: Vec<_> = ctx.results.budget.iter().filter(|b| b.variant == BASE).collect();
    if rows.is_empty() {
        return None;
    }
    let keeps = rows.iter().filter(|b| stand(b.over, b.tolerance) == Stand::Keeps);
    let list: Vec<String> = keeps.map(|b| ctx.draft(&b.guideline)).collect();
    Some(if list.is_empty() { ctx.word("ahead-none") } else { ctx.tongue.list(&list) })
}

fn foot(ctx: &Ctx) -> String {
    let share = |s: f64| ctx.tongue.numbers.share(s);
    let marks = [("nearly", share(super::judge::NEARLY_ALL)), ("most", share(super::judge::MOST))];
    let with: Vec<(&str, &str)> = marks.iter().map(|(n, v)| (*n, v.as_str())).collect();
    ctx.say("ia-foot", &with)
}
