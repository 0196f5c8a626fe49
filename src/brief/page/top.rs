//! The beginning: title, question, key findings, how words are used, the drafts.

use super::super::ctx::Ctx;
use super::super::findings::{draft_by_draft, findings};
use super::super::html::{Html, el, link, words};
use super::super::judge::{MOST, NEARLY_ALL};
use super::super::tongue::clean;
use super::{ANNEX, SECTIONS, chip, id, linked, paragraph, section};
use crate::scenario::rules_told;

/// The title of the briefing.
pub fn title(ctx: &Ctx) -> String {
    ctx.say("doc-title", &[("title", &ctx.tongue.text(&ctx.results.scenario.title))])
}

/// When, with what and from how many worlds it was made.
pub fn made(ctx: &Ctx) -> String {
    let run = &ctx.results.manifest.run;
    let numbers = &ctx.tongue.numbers;
    let hash: String = ctx.results.manifest_sha256.chars().take(12).collect();
    let with = [
        ("date", numbers.date(&run.started)),
        ("version", ctx.results.manifest.redress.clone()),
        ("worlds", numbers.worlds(run.replicates as f64)),
        ("seed", run.seed.to_string()),
        ("hash", hash),
    ];
    let with: Vec<(&str, &str)> = with.iter().map(|(n, v)| (*n, v.as_str())).collect();
    ctx.say("doc-made", &with)
}

/// The question in one sentence.
pub fn question(ctx: &Ctx) -> String {
    let scenario = &ctx.results.scenario;
    let count = scenario.guidelines.len().to_string();
    ctx.say("question", &[("title", &ctx.tongue.text(&scenario.title)), ("count", &count)])
}

/// Everything up to the drafts.
pub fn top(ctx: &Ctx) -> Html {
    let worlds = ctx.tongue.numbers.count(ctx.results.manifest.run.replicates as f64);
    let head = words("p", &[("class", "kind")], &ctx.word("doc-kind"))
        .and(words("h1", &[], &title(ctx)))
        .and(words("p", &[("class", "made")], &made(ctx)))
        .and(words("p", &[("class", "lead")], &ctx.say("lead", &[("worlds", &worlds)])));
    el("header", &[], head).and(contents(ctx)).and(section(ctx, "question", "", asked(ctx))).and(section(
        ctx,
        "findings",
        "",
        found(ctx),
    ))
}

/// On paper each entry is as wide as its column: at its right end the number of the page is written ([`super::super::pages`]).
fn contents(ctx: &Ctx) -> Html {
    let entry = |name: &&str| {
        let to = format!("#{}", id(ctx, name));
        el("li", &[], words("a", &[("href", &to)], &ctx.word(&format!("s-{name}"))))
    };
    let list = el("ol", &[], SECTIONS.iter().map(entry).collect());
    let annex = el("ol", &[("class", "letters")], ANNEX.iter().map(entry).collect());
    let side = |head: &str, list: Html| el("div", &[], words("p", &[("class", "quiet")], &ctx.word(head)).and(list));
    let both = side("toc-main", list).and(side("toc-annex", annex));
    let head = words("h2", &[], &ctx.word("toc"));
    el("nav", &[("class", "toc"), ("aria-label", &ctx.word("toc"))], head.and(el("div", &[("class", "two")], both)))
}

/// The drafts by name; their rules stand in the annex.
fn named(ctx: &Ctx) -> Html {
    let scenario = &ctx.results.scenario;
    let one = |(i, g): (usize, &crate::model::Guideline)| {
        let mut inside = chip(ctx, &g.id).and(Html::text(" ")).and(Html::text(&ctx.tongue.text(&g.title)));
        if i == scenario.baseline {
            inside.push(words("small", &[("class", "quiet")], &format!(" – {}", ctx.word("baseline-mark"))));
        }
        el("li", &[("data-g", &i.to_string())], inside)
    };
    let list = scenario.guidelines.iter().enumerate().map(one).collect();
    let to = format!("#{}", id(ctx, "drafts"));
    let rules = words("a", &[("href", &to)], &ctx.word("rules-in-annex"));
    el("ul", &[("class", "drafts")], list).and(el("p", &[("class", "note")], rules))
}

fn asked(ctx: &Ctx) -> Html {
    let scenario = &ctx.results.scenario;
    let start = &scenario.outage.start;
    let moment = ctx.tongue.numbers.moment(&start.text, start.hour_of_week);
    words("p", &[], &question(ctx))
        .and(named(ctx))
        .and(words("p", &[], &ctx.tongue.text(&scenario.summary)))
        .and(words("p", &[("class", "note")], &ctx.say("outage-start", &[("moment", &moment)])))
}

fn found(ctx: &Ctx) -> Html {
    let item = |f: super::super::findings::Finding| {
        let inside = if f.kind == "drafts" { by_draft(ctx) } else { linked(ctx, &f.said) };
        el("li", &[("id", &id(ctx, &format!("finding-{}", f.kind)))], inside)
    };
    let list = findings(ctx).into_iter().map(item).collect();
    el("ul", &[("class", "findings")], list).and(terms(ctx)).and(words(
        "p",
        &[("class", "note screen")],
        &format!("{} {}", ctx.word("page-register"), ctx.word("sort-hint")),
    ))
}

fn by_draft(ctx: &Ctx) -> Html {
    let item = |(g, said): (String, String)| el("li", &[("data-g", &ctx.index(&g).to_string())], linked(ctx, &said));
    words("span", &[], &ctx.word("draft-by-draft")).and(el(
        "ul",
        &[],
        draft_by_draft(ctx).into_iter().map(item).collect(),
    ))
}

/// The thresholds of words.
pub fn terms(ctx: &Ctx) -> Html {
    let share = |s: f64| ctx.tongue.numbers.share(s);
    let mut lines = vec![
        ctx.say("words-nearly", &[("share", &share(NEARLY_ALL))]),
        ctx.say("words-most", &[("share", &share(MOST))]),
        ctx.word("words-undecided"),
        ctx.word("words-median"),
        ctx.word("words-reach"),
    ];
    if !ctx.results.scenario.aftermath.courts.is_empty() {
        lines.push(ctx.word("words-courts"));
    }
    let list = lines.iter().map(|l| words("li", &[], l)).collect();
    el("div", &[("class", "terms")], words("h3", &[], &ctx.word("words-head")).and(el("ul", &[], list)))
}

/// The drafts with their rules.
pub fn drafts(ctx: &Ctx) -> Html {
    section(ctx, "drafts", "", rules(ctx))
}

fn rules(ctx: &Ctx) -> Html {
    let scenario = &ctx.results.scenario;
    let (told, procedures) = rules_told(scenario, &ctx.results.filing, ctx.tongue.lang());
    let line = |text: &String| words("li", &[], &ctx.tongue.own(text));
    let list = |lines: &[String]| el("ul", &[], lines.iter().map(line).collect());
    let rule = |(rule, scheme): &(String, Vec<String>)| {
        let mut inside = Html::text(&ctx.tongue.own(rule));
        if !scheme.is_empty() {
            inside.push(list(scheme));
        }
        el("li", &[], inside)
    };
    let one = |(i, g): (usize, &crate::model::Guideline)| {
        let mut head = chip(ctx, &g.id).and(Html::text(" ")).and(Html::text(&ctx.tongue.text(&g.title)));
        if i == scenario.baseline {
            head.push(words("small", &[("class", "quiet")], &format!(" – {}", ctx.word("baseline-mark"))));
        }
        let mut inside = el("h3", &[], head);
        inside.push(words("p", &[], &ctx.tongue.text(&g.note)));
        if let Some(told) = told.get(i) {
            inside.push(el("ul", &[], told.rules.iter().map(rule).chain(told.together.iter().map(line)).collect()));
        }
        if let Some(source) = g.source.and_then(|s| scenario.sources.get(s)) {
            let told = link(&source.url, &ctx.tongue.text(&source.title));
            inside.push(el("p", &[("class", "note")], Html::text(&ctx.word("source-lead")).and(told)));
        }
        let rests = format!("#{}", id(ctx, &format!("g-guidelines.{}", clean(&g.id))));
        inside.push(el("p", &[("class", "note screen")], words("a", &[("href", &rests)], &ctx.word("its-numbers"))));
        el("div", &[("data-g", &i.to_string())], inside)
    };
    let drafts: Html = scenario.guidelines.iter().enumerate().map(one).collect();
    if procedures.is_empty() {
        return drafts;
    }
    drafts.and(words("h3", &[], &ctx.word("group-procedures"))).and(list(&procedures))
}

/// A finding by its kind, as a paragraph.
pub fn finding(ctx: &Ctx, kind: &str) -> Html {
    let said = findings(ctx).into_iter().find(|f| f.kind == kind);
    said.map_or_else(Html::new, |f| paragraph(ctx, "", &f.said))
}
