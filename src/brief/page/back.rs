//! The end: limits, method, registers of figures and assumptions, sources, how to reproduce it.

use super::super::ctx::Ctx;
use super::super::html::{Html, el, link, words};
use super::super::quantity::{self, known, mark, note, written};
use super::super::register::{Row, anchor};
use super::super::results::{ALL, Input};
use super::super::tongue::clean;
use super::compare::by_reach;
use super::drivers::{weights, what_if_notes};
use super::pictures::cohorts;
use super::table::{Cell, Head, Line, table};
use super::{id, paragraph, section};
use crate::engine::heavy::Heavy;
use crate::model::procedure::{LAST_KNOWN_DAY, is_beyond};
use crate::model::{Lang, Service};
use crate::scenario::law_words;

fn list(lines: &[String]) -> Html {
    el("ul", &[], lines.iter().map(|l| words("li", &[], l)).collect())
}

/// What the results cannot tell, general and of this run.
pub fn limits(ctx: &Ctx) -> Html {
    let numbers = &ctx.tongue.numbers;
    let inputs = &ctx.results.inputs;
    let count = |status: &str| numbers.count(inputs.iter().filter(|i| i.status == status).count() as f64);
    let (sourced, assumed, default) = (count("sourced"), count("assumed"), count("default"));
    let mut lines =
        vec![ctx.say("limit-assumed", &[("sourced", &sourced), ("assumed", &assumed), ("default", &default)])];
    lines.extend(
        ["limit-takeup", courts(ctx, "limit-courts", "limit-no-courts"), "limit-speed", "limit-form"]
            .map(|m| ctx.word(m)),
    );
    let drafts = |holds: &dyn Fn(usize) -> bool| -> Vec<String> {
        let all = ctx.results.guidelines().into_iter();
        all.filter(|g| holds(ctx.index(g))).map(|g| ctx.draft(g)).collect()
    };
    let by_share = drafts(&|g| ctx.results.scenario.files_by_share(g));
    if !by_share.is_empty() {
        lines.push(ctx.say("limit-by-share", &[("list", &ctx.tongue.list(&by_share))]));
    }
    let late = drafts(&|g| unfinished(ctx, &ctx.results.scenario.guidelines[g].id));
    if !late.is_empty() {
        let last = numbers.count((LAST_KNOWN_DAY + 1) as f64);
        lines.push(ctx.say("limit-followed", &[("list", &ctx.tongue.list(&late)), ("last", &last)]));
    }
    if let Some(error) = worst_error(ctx) {
        let replicates = numbers.count(ctx.results.manifest.run.replicates as f64);
        lines.push(ctx.say("limit-error", &[("error", &numbers.share_up(error)), ("worlds", &replicates)]));
    }
    lines.extend(heavy(ctx));
    section(ctx, "limits", "", list(&lines))
}

/// Whose losses have no finite variance, and which mean costs have no error therefore.
fn heavy(ctx: &Ctx) -> Vec<String> {
    let scenario = &ctx.results.scenario;
    let heavy = Heavy::of(scenario);
    if heavy.is_none() {
        return Vec::new();
    }
    let whose: Vec<String> = heavy.cohorts().map(|c| ctx.cohort(&scenario.cohorts[c].id)).collect();
    let numbers: Vec<String> = heavy.numbers(scenario).map(|path| quantity::name(ctx, path)).collect();
    let mut said = Vec::new();
    if !whose.is_empty() {
        said.push(ctx.say("limit-heavy", &[("cohorts", &ctx.tongue.list(&whose))]));
    }
    if !numbers.is_empty() {
        said.push(ctx.say("limit-heavy-number", &[("list", &ctx.tongue.list(&numbers))]));
    }
    let all = (0..scenario.guidelines.len()).filter(|g| heavy.holds_in_all(Some(*g), "cost"));
    let drafts: Vec<String> = all.map(|g| ctx.draft(&scenario.guidelines[g].id)).collect();
    if !drafts.is_empty() {
        said.push(ctx.say("limit-heavy-cost", &[("list", &ctx.tongue.list(&drafts))]));
    }
    said
}

/// True of a draft under which in more than one world of a hundred nine tenths of the awards of money are not paid within the
/// days that are followed.
fn unfinished(ctx: &Ctx, guideline: &str) -> bool {
    ctx.results.value(guideline, ALL, "days_p90", "p99").is_some_and(is_beyond)
}

/// The largest half-width of the intervals of mean costs, relative to the mean.
fn worst_error(ctx: &Ctx) -> Option<f64> {
    let errors = ctx.results.guidelines().into_iter().filter_map(|g| {
        let e = &ctx.results.stat(g, ALL, "cost", "mean")?.estimate;
        (e.value != 0.0 && e.lo.is_finite() && e.hi.is_finite()).then(|| (e.hi - e.lo) / 2.0 / e.value.abs())
    });
    errors.reduce(f64::max)
}

/// Where the annex begins.
pub fn annex(ctx: &Ctx) -> Html {
    el("div", &[("class", "annex new")], words("p", &[("class", "kind")], &ctx.word("toc-annex")))
}

/// Tables that go further than the briefing proper.
pub fn detail(ctx: &Ctx) -> Html {
    let notes = what_if_notes(ctx);
    let coverage = ctx.in_table(|| cohorts(ctx, "coverage"));
    let head = |word: &str| words("h3", &[], &ctx.word(word));
    let mut out = by_reach(ctx).and(coverage).and(ctx.in_table(|| weights(ctx)));
    if !ctx.results.manifest.run.variants.is_empty() {
        out.push(head("what-if-notes").and(notes));
    }
    section(ctx, "detail", "", out)
}

/// How it was done, in a page.
pub fn method(ctx: &Ctx) -> Html {
    let run = &ctx.results.manifest.run;
    let numbers = &ctx.tongue.numbers;
    let (worlds, twins) = (numbers.count(run.replicates as f64), numbers.count(run.twins as f64));
    let told = (1..=8).map(|i| {
        let message = if i == 7 { courts(ctx, "method-7", "method-no-courts").into() } else { format!("method-{i}") };
        let said = ctx.say(&message, &[("worlds", &worlds), ("twins", &twins)]);
        words("li", &[], &said)
    });
    section(
        ctx,
        "method",
        "",
        el("ol", &[], told.collect()).and(words("p", &[("class", "note")], &ctx.word("method-note"))),
    )
}

/// The register of figures; of those that stand in tables alone only where `all` are wanted, since print hides them and a
/// browser takes a second to lay out what it hides.
pub fn figures(ctx: &Ctx, class: &str, all: bool) -> Html {
    let heads = ["figure", "value", "error", "rests", "table"].map(|h| Head::left(ctx.word(&format!("head-{h}"))));
    let register = ctx.register();
    let lines = register.rows().iter().filter(|r| all || r.told).map(|r| entry(ctx, r)).collect();
    let note = paragraph(ctx, "note", &ctx.word("figures-note"));
    section(
        ctx,
        "figures",
        class,
        note.and(words("p", &[("class", "note paper")], &ctx.word("figures-paper"))).and(table(
            "register figures",
            &ctx.word("figures-caption"),
            &heads,
            lines,
        )),
    )
}

fn entry(ctx: &Ctx, row: &Row) -> Line {
    let label = Html::text(&row.label).and(words("small", &[], &row.meaning));
    let exact = words("small", &[("class", "code")], &format!("{}", row.exact));
    let error = row.error.map_or_else(
        || Html::text("–"),
        |[se, lo, hi]| {
            let told = |v: f64| if v.is_finite() { ctx.tongue.numbers.plain(v) } else { "–".into() };
            let se = if se.is_finite() { format!("±{} ", told(se)) } else { String::new() };
            Html::text(&format!("{se}[{}, {}]", told(lo), told(hi)))
        },
    );
    let groups = ["outage", "cohorts", "filing"].map(String::from).into_iter();
    let groups = groups.chain(row.guideline.iter().map(|g| format!("guidelines.{}", clean(g))));
    let rests = groups.filter(|g| !ctx.sheet && has_group(ctx, g)).map(|g| {
        let to = format!("#{}", id(ctx, &format!("g-{g}")));
        words("a", &[("href", &to)], &g).and(Html::text(" "))
    });
    let mut place = words("code", &[], &format!("{}: {}", row.file, row.place));
    if let Some(ask) = &row.ask {
        place.push(words("small", &[("class", "code")], &format!("redress explain {} {ask}", folder(ctx))));
    }
    if !ctx.sheet {
        let manifest = format!("#{}", id(ctx, "manifest"));
        place.push(el("small", &[], words("a", &[("href", &manifest)], "manifest.json")));
    }
    Line {
        draft: None,
        class: if row.told { "" } else { "screen" },
        id: id(ctx, &row.id),
        cells: vec![
            Cell::of(label),
            Cell::of(Html::text(&row.shown).and(exact)),
            Cell::of(error),
            Cell::of(rests.collect()),
            Cell::of(place),
        ],
    }
}

/// The result folder that was read, as a shell takes it: in quotes where it needs them, and never as a flag.
pub fn folder(ctx: &Ctx) -> String {
    let path = ctx.results.folder.display().to_string();
    quoted(&if path.starts_with('-') { format!("./{path}") } else { path })
}

/// Which group of the register of assumptions a number stands in.
pub fn group(path: &str) -> String {
    let mut parts = path.split('.');
    let first = parts.next().unwrap_or("");
    match first {
        "guidelines" => format!("guidelines.{}", parts.next().unwrap_or("")),
        "services" | "regions" => "outage".into(),
        other => other.into(),
    }
}

fn has_group(ctx: &Ctx, name: &str) -> bool {
    ctx.results.inputs.iter().any(|i| group(&i.path) == name)
}

/// What is said where people may sue, or where the scenario has no courts.
pub fn courts<'m>(ctx: &Ctx, with: &'m str, without: &'m str) -> &'m str {
    if has_group(ctx, "courts") { with } else { without }
}

/// The register of assumptions, a table for each part of the scenario.
pub fn assumptions(ctx: &Ctx) -> Html {
    let mut groups: Vec<String> = Vec::new();
    for input in &ctx.results.inputs {
        let name = group(&input.path);
        if !groups.contains(&name) {
            groups.push(name);
        }
    }
    let heads = ["path", "law", "middle", "status", "basis"].map(|h| Head::left(ctx.word(&format!("head-{h}"))));
    let defaults = ctx.results.inputs.iter().filter(|i| i.status == "default").count();
    let defaults = ctx.tongue.numbers.count(defaults as f64);
    let mut lead = ctx.word("assumptions-note");
    let other = |i: &Input| matches!(note(ctx, i), (text, lang) if !text.is_empty() && lang != ctx.tongue.lang());
    if ctx.results.inputs.iter().any(other) {
        lead += &format!(" {}", ctx.word("assumptions-other"));
    }
    let mut out = words("p", &[("class", "note")], &lead);
    out.push(words("p", &[("class", "note paper")], &ctx.say("assumptions-paper", &[("defaults", &defaults)])));
    for name in &groups {
        let of_group = ctx.results.inputs.iter().filter(|i| group(&i.path) == *name);
        let (stated, default): (Vec<&Input>, Vec<&Input>) = of_group.partition(|i| i.status != "default");
        // A part of nothing but defaults has no table on paper, so it needs no heading there.
        let class = if stated.is_empty() { "screen" } else { "" };
        let at = id(ctx, &format!("g-{}", clean(name)));
        out.push(words("h3", &[("id", &at), ("class", class)], &group_title(ctx, name)));
        if !stated.is_empty() {
            let lines = stated.iter().map(|i| assumption(ctx, i)).collect();
            out.push(table("register numbers", &group_title(ctx, name), &heads, lines));
        }
        if !default.is_empty() {
            let told = default.iter().map(|i| {
                let text = format!("{} = {}; ", clean(&i.path), law(ctx, i));
                words("span", &[("id", &id(ctx, &anchor(&i.path)))], &text)
            });
            let lead = Html::text(&ctx.word("defaults-lead")).and(Html::text(" "));
            out.push(el("p", &[("class", "quiet code screen")], lead.and(told.collect())));
        }
    }
    section(ctx, "assumptions", "", out)
}

fn group_title(ctx: &Ctx, name: &str) -> String {
    match name.strip_prefix("guidelines.") {
        Some(g) if ctx.results.guidelines().contains(&g) => ctx.draft_full(g),
        _ => {
            let word = format!("group-{name}");
            if ctx.tongue.has(&word) { ctx.word(&word) } else { clean(name) }
        }
    }
}

/// Its law in the reader's language.
pub fn law(ctx: &Ctx, input: &Input) -> String {
    let scenario = &ctx.results.scenario;
    let known = scenario.quantities.behind(&input.path);
    let told = known
        .map_or_else(|| with_unit(ctx, input), |q| law_words(&q.law, q.unit, &scenario.currency, ctx.tongue.lang()));
    ctx.tongue.close(&clean(&format!("{told}{}", counted_from(ctx, &input.path))))
}

/// After which phases the hours at a path are counted, where they are a time of restoration that waits for any.
fn counted_from(ctx: &Ctx, path: &str) -> String {
    let scenario = &ctx.results.scenario;
    let is_at = |s: &Service| s.restoration.strata.iter().any(|t| scenario.quantities.get(t.hours).path == path);
    let phases = scenario.services.iter().find(|s| is_at(s)).map_or(&[][..], |s| &s.restoration.phases);
    let titles: Vec<String> =
        phases.iter().filter_map(|p| scenario.outage.phases.get(*p)).map(|p| ctx.tongue.text(&p.title)).collect();
    if titles.is_empty() { String::new() } else { ctx.say("counted-from", &[("phases", &ctx.tongue.list(&titles))]) }
}

/// A figure that is no quantity, such as a sum or a time of a scheme, with its unit, as far as it has one.
fn with_unit(ctx: &Ctx, input: &Input) -> String {
    let unit = match (input.unit.as_str(), ctx.tongue.lang()) {
        (unit, _) if unit == ctx.results.scenario.currency => format!(" {}", ctx.tongue.numbers.currency_word()),
        ("h", Lang::En) => " h".into(),
        ("h", Lang::Ko) => "시간".into(),
        ("km", _) => " km".into(),
        ("persons", Lang::En) => " people".into(),
        ("persons", Lang::Ko) => "명".into(),
        ("claims", Lang::En) => " claims".into(),
        ("claims", Lang::Ko) => "건".into(),
        _ => String::new(),
    };
    let number = input.law.parse::<f64>().is_ok();
    if number { format!("{}{unit}", input.law) } else { input.law.clone() }
}

fn assumption(ctx: &Ctx, input: &Input) -> Line {
    let numbers = &ctx.tongue.numbers;
    let [mean, lo, hi] = input.middle.map(|v| numbers.plain(v));
    let middle = match input.middle {
        // What is no single number has none.
        [mean, lo, hi] if mean.is_nan() && lo.is_nan() && hi.is_nan() => String::new(),
        [_, lo, hi] if lo == hi => mean,
        _ => format!("{mean} [{lo}, {hi}]"),
    };
    let source = source_of(ctx, &input.path);
    let basis = source.map_or_else(Html::new, |(at, title)| {
        let to = format!("#{}", id(ctx, &format!("src-{at}")));
        let number = words("a", &[("href", &to)], &format!("[{at}]"));
        // On paper the number is enough: titles stand in the list of sources.
        number.and(words("span", &[("class", "screen")], &format!(" {title}")))
    });
    let (note, lang) = note(ctx, input);
    // A note that says no more than the standing of its number need not be said again.
    let told = ctx.word(&format!("status-{}", input.status));
    let note = if note == told { String::new() } else { note };
    let note = words("small", &[("lang", mark(ctx, lang))], &note);
    let status = format!("status-{}", input.status);
    let status = if ctx.tongue.has(&status) { ctx.word(&status) } else { clean(&input.status) };
    Line {
        id: id(ctx, &anchor(&input.path)),
        cells: vec![
            path_cell(ctx, &input.path),
            Cell::text(&law(ctx, input)),
            Cell::of(Html::text(&middle).and(words("small", &[], &unit_words(ctx, &input.unit)))),
            Cell::text(&status).class("status"),
            Cell::of(basis.and(note)),
        ],
        ..Line::default()
    }
}

/// What a number is called, and its path.
fn path_cell(ctx: &Ctx, path: &str) -> Cell {
    let code = |tag| words(tag, &[("class", "code")], &clean(path));
    match known(ctx, path) {
        Some(name) => Cell::of(Html::text(&name).and(code("small"))),
        None => Cell::of(code("span")),
    }
}

/// A unit of the table of numbers in the reader's language.
pub fn unit_words(ctx: &Ctx, unit: &str) -> String {
    let currency = ctx.results.scenario.currency.as_str();
    let money = ctx.tongue.numbers.currency_word();
    match unit.strip_prefix(currency) {
        Some("") => return money,
        Some("/month") => return ctx.say("unit-a-month", &[("money", &money)]),
        Some("/h") => return ctx.say("unit-an-hour", &[("money", &money)]),
        _ => (),
    }
    match unit {
        "persons" | "share" | "claims" => ctx.word(&format!("unit-{unit}")),
        "h" => ctx.word("unit-hours"),
        "local time" => ctx.word("unit-local-time"),
        "d/week" => ctx.word("unit-days-a-week"),
        "1" => String::new(),
        other => clean(other),
    }
}

/// Number and title of the source of a number.
pub fn source_of(ctx: &Ctx, path: &str) -> Option<(usize, String)> {
    let scenario = &ctx.results.scenario;
    let quantity = scenario.quantities.list.iter().find(|q| q.path == path).map(|q| q.source);
    let figure = || scenario.figures.iter().find(|f| f.path == path).map(|f| f.source);
    let counted = || {
        let (observed, outcomes) = (&scenario.aftermath.observed, &scenario.aftermath.outcomes);
        let of = path.strip_suffix(".value")?;
        observed.iter().chain(outcomes).find(|o| o.path == of).map(|o| o.source)
    };
    let quantities = &scenario.quantities;
    let same = || {
        let same = quantities.same.iter().find(|s| s.path == path)?;
        Some(same.source.or(quantities.get(same.of).source))
    };
    let at = quantity.or_else(same).or_else(figure).or_else(counted)??;
    Some((at + 1, ctx.tongue.text(&scenario.sources.get(at)?.title)))
}

/// The sources, numbered.
pub fn sources(ctx: &Ctx) -> Html {
    let one = |(i, s): (usize, &crate::model::Source)| {
        let lang = mark(ctx, written(&s.title, ctx.tongue.lang()));
        let mut inside =
            Html::text(&format!("[{}] ", i + 1)).and(words("span", &[("lang", lang)], &ctx.tongue.text(&s.title)));
        let date = if s.date.is_empty() { String::new() } else { ctx.tongue.numbers.date(&clean(&s.date)) };
        if !date.is_empty() && !s.title.get(ctx.tongue.lang()).contains(&date) {
            inside.push(Html::text(&format!(" · {date}")));
        }
        if !s.grade.is_empty() {
            inside.push(Html::text(&format!(" · {}", ctx.say("grade", &[("grade", &clean(&s.grade))]))));
        }
        if !s.url.is_empty() {
            let url = clean(&s.url);
            inside.push(el("small", &[("class", "code")], words("br", &[], "").and(link(&url, &url))));
        }
        el("li", &[("id", &id(ctx, &format!("src-{}", i + 1)))], inside)
    };
    let list = ctx.results.scenario.sources.iter().enumerate().map(one).collect();
    let note = words("p", &[("class", "note")], &ctx.word("sources-note"));
    section(ctx, "sources", "", note.and(el("ul", &[("class", "register")], list)))
}

/// Commands to run it again.
pub fn commands(ctx: &Ctx) -> String {
    let run = &ctx.results.manifest.run;
    let file = run.inputs.first().map_or("scenario.resolved.toml", |i| i.path.as_str());
    let mut command = format!("redress run {} --replicates {} --seed {}", quoted(file), run.replicates, run.seed);
    if run.engine != "counts" {
        command += &format!(" --engine {}", clean(&run.engine));
    }
    for change in &run.overrides {
        command += &format!(" --set {}", quoted(change));
    }
    format!("{command}\nredress rerun {}\nredress brief {}", folder(ctx), folder(ctx))
}

fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "./-_".contains(c);
    let text = clean(text);
    if text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// How to reproduce it, and what the manifest lists.
pub fn again(ctx: &Ctx) -> Html {
    let manifest = &ctx.results.manifest;
    let with = [
        ("version", manifest.redress.clone()),
        ("seed", manifest.run.seed.to_string()),
        ("worlds", ctx.tongue.numbers.worlds(manifest.run.replicates as f64)),
    ];
    let with: Vec<(&str, &str)> = with.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let heads = [Head::left(ctx.word("head-file")), Head::left("SHA-256".into())];
    let line = |path: &str, sha: &str| Line {
        cells: vec![Cell::of(words("code", &[], &clean(path))), Cell::of(words("code", &[], &clean(sha)))],
        ..Line::default()
    };
    let mut lines = vec![line("manifest.json", &ctx.results.manifest_sha256)];
    lines.extend(manifest.run.inputs.iter().map(|f| line(&f.path, &f.sha256)));
    lines.extend(
        manifest.artefacts.iter().filter(|f| !f.path.starts_with("figures/")).map(|f| line(&f.path, &f.sha256)),
    );
    let inside =
        words("p", &[], &ctx.say("again", &with)).and(words("pre", &[("class", "code")], &commands(ctx))).and(el(
            "div",
            &[("id", &id(ctx, "manifest"))],
            table("register files", &ctx.word("manifest-caption"), &heads, lines),
        ));
    section(ctx, "again", "", inside)
}
