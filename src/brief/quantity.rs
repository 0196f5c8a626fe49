//! What a number of the scenario is called: its path in words, with the title of what it belongs to.

use super::ctx::Ctx;
use super::results::Input;
use super::tongue::clean;
use crate::model::{Aftermath, Lang, Text};

/// The name of the number at a path; the path itself where there are no words for it.
pub fn name(ctx: &Ctx, path: &str) -> String {
    known(ctx, path).unwrap_or_else(|| clean(path))
}

/// The same without what it belongs to.
pub fn known(ctx: &Ctx, path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('.').collect();
    let (group, rest) = parts.split_first()?;
    let (of, tail) = belongs(ctx, group, rest)?;
    if let Some(said) = of_a_scheme(ctx, tail) {
        return Some(ctx.say("quantity-of", &[("what", &said), ("of", &of)]));
    }
    if let Some((word, thing)) = thing(ctx, group, tail) {
        let said = ctx.say(word, &[("n", &thing)]);
        return Some(if of.is_empty() { said } else { ctx.say("quantity-of", &[("what", &said), ("of", &of)]) });
    }
    let number = tail.iter().find(|p| is_number(p)).map_or("", |n| n);
    let keys: Vec<&str> = tail.iter().copied().filter(|p| !is_number(p)).collect();
    let word = match (group, number) {
        // The list as a whole, and one of its weights.
        (&"profiles", "") => format!("q-{group}-all-{}", keys.join("-")),
        _ => format!("q-{group}-{}", keys.join("-")),
    };
    let word = [word, format!("q-any-{}", keys.join("-"))].into_iter().find(|w| ctx.tongue.has(w))?;
    let said = ctx.say(&word, &[("n", number)]);
    Some(if of.is_empty() { said } else { ctx.say("quantity-of", &[("what", &said), ("of", &of)]) })
}

/// A figure inside an applied scheme, or a fact that it is given, by its name there.
fn of_a_scheme(ctx: &Ctx, tail: &[&str]) -> Option<String> {
    let at = tail.iter().position(|part| matches!(*part, "scheme" | "facts"))?;
    let what = tail[at + 1..].join(".");
    Some(ctx.say(&format!("q-any-{}", tail[at]), &[("what", &what)]))
}

/// The note of a number in the reader's language, or else in the other, with the language that it is in.
pub fn note(ctx: &Ctx, input: &Input) -> (String, Lang) {
    let scenario = &ctx.results.scenario;
    let lang = ctx.tongue.lang();
    let quantity = scenario.quantities.list.iter().find(|q| q.path == input.path).map(|q| &q.note);
    let figure = || scenario.figures.iter().find(|f| f.path == input.path).map(|f| &f.note);
    let same = || scenario.quantities.same.iter().find(|s| s.path == input.path).map(|s| &s.note);
    match quantity.or_else(same).or_else(figure) {
        Some(note) => (ctx.tongue.text(note), written(note, lang)),
        None if counted(ctx, input).is_some() => counted(ctx, input).unwrap_or_default(),
        // Facts of schemes stand in no file; what is said of them is the program's own.
        None if input.path.contains(".facts.") => (ctx.word(&format!("fact-{}", input.status)), lang),
        None => (clean(&input.note), Lang::En),
    }
}

/// What was counted and when, with its remark.
fn counted(ctx: &Ctx, input: &Input) -> Option<(String, Lang)> {
    let (of, _) = input.path.rsplit_once('.')?;
    let Aftermath { observed, outcomes, .. } = &ctx.results.scenario.aftermath;
    let found = observed.iter().chain(outcomes).find(|o| o.path == of)?;
    let note = if found.note.is_empty() { String::new() } else { format!("; {}", clean(&found.note)) };
    let lang = ctx.tongue.lang();
    Some((format!("{}, {}{note}", ctx.tongue.text(&found.what), found.on), written(&found.what, lang)))
}

/// The language in which a text is told to a reader of `lang`.
pub fn written(text: &Text, lang: Lang) -> Lang {
    match lang {
        Lang::Ko if text.ko.is_empty() => Lang::En,
        Lang::En if text.en.is_empty() && !text.ko.is_empty() => Lang::Ko,
        same => same,
    }
}

/// The attribute that marks text in another language than the page's; empty for none.
pub fn mark(ctx: &Ctx, lang: Lang) -> &'static str {
    match lang {
        same if same == ctx.tongue.lang() => "",
        Lang::En => "en",
        Lang::Ko => "ko",
    }
}

/// The word for a number whose path ends in the name of something, and what that is called: the service that is used, the
/// region that people are in, how they hear of it, what a claim takes.
fn thing(ctx: &Ctx, group: &str, tail: &[&str]) -> Option<(&'static str, String)> {
    let s = &ctx.results.scenario;
    let (last, before) = tail.split_last()?;
    let words = |id: String| ctx.tongue.has(&id).then(|| ctx.word(&id));
    match (group, before) {
        ("cohorts", ["hit", "uses_per_day"]) => {
            let service = s.services.iter().find(|x| x.id == *last)?;
            Some(("q-cohorts-hit-uses_per_day", ctx.tongue.text(&service.title)))
        }
        ("cohorts", ["regions"]) => {
            let region = s.regions.iter().find(|x| x.id == *last)?;
            Some(("q-cohorts-regions", ctx.tongue.text(&region.title)))
        }
        ("ladder", ["notices"]) => Some(("q-ladder-notices", words(format!("notice-{last}"))?)),
        ("ladder", ["takes"]) => Some(("q-ladder-takes", words(format!("task-{last}"))?)),
        ("filing", ["burden"]) => Some(("q-filing-asks", words(format!("task-{last}"))?)),
        _ => None,
    }
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c.is_ascii_digit())
}

/// The title of what a path belongs to, and the rest of the path.
fn belongs<'p>(ctx: &Ctx, group: &str, rest: &'p [&'p str]) -> Option<(String, &'p [&'p str])> {
    let s = &ctx.results.scenario;
    let titled = |text: Option<&Text>| text.map(|t| ctx.tongue.text(t));
    let id = *rest.first()?;
    let after = &rest[1..];
    match group {
        "filing" => {
            let profile = ctx.results.filing.iter().find(|p| p.id == id);
            Some((titled(profile.map(|p| &p.title))?, after))
        }
        "cohorts" => Some((titled(s.cohorts.iter().find(|c| c.id == id).map(|c| &c.title))?, after)),
        "services" => Some((titled(s.services.iter().find(|x| x.id == id).map(|x| &x.title))?, after)),
        "regions" => Some((titled(s.regions.iter().find(|x| x.id == id).map(|x| &x.title))?, after)),
        "procedures" => Some((titled(s.aftermath.procedures.iter().find(|x| x.id == id).map(|x| &x.title))?, after)),
        "courts" => Some((titled(s.aftermath.courts.iter().find(|x| x.id == id).map(|x| &x.title))?, after)),
        // They have no titles.
        "profiles" => Some((clean(id), after)),
        "outage" if id == "start" => Some((String::new(), rest)),
        "outage" => {
            let phase = s.outage.phases.iter().find(|p| after.first() == Some(&p.id.as_str()))?;
            Some((ctx.tongue.text(&phase.title), after.get(1..)?))
        }
        "guidelines" => {
            let guideline = s.guidelines.iter().find(|g| g.id == id)?;
            let draft = ctx.draft(&guideline.id);
            match after {
                ["rules", rule, tail @ ..] => {
                    let title = titled(guideline.rules.iter().find(|r| r.id == *rule).map(|r| &r.title))?;
                    Some((ctx.say("rule-of", &[("draft", &draft), ("rule", &title)]), tail))
                }
                tail => Some((draft, tail)),
            }
        }
        _ => Some((String::new(), rest)),
    }
}
