//! Key findings: sentences made from the results. Each states only what holds in enough worlds ([`super::judge`]).

use super::ctx::Ctx;
use super::judge::{Judged, MOST, NEARLY_ALL, Turn, Verdict, apart, by_median, judge, turn};
use super::results::{ALL, BASE, Share};
use super::tongue::unmarked;
use crate::model::{Lang, Unit};
use crate::output::handling;
use crate::scenario::law_words;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about; also its place on the page.
    pub kind: &'static str,
    /// The sentences, with marks that lead to the register.
    pub said: String,
}

/// All key findings, the most important first.
pub fn findings(ctx: &Ctx) -> Vec<Finding> {
    let parts: [(&str, Option<String>); 10] = [
        ("scale", scale(ctx).map(|said| format!("{said} {}", without_losers(ctx)).trim_end().to_string())),
        ("order", order(ctx)),
        ("drafts", drafts(ctx)),
        ("reach", reach(ctx)),
        ("made-good", made_good(ctx)),
        ("time", time(ctx)),
        ("budget", budget(ctx)),
        ("drivers", super::drivers::finding(ctx)),
        ("unknown", unknown(ctx)),
        ("what-if", what_if(ctx)),
    ];
    let told = parts.into_iter().filter_map(|(kind, said)| Some(Finding { kind, said: said? }));
    told.filter(|f| !f.said.is_empty()).collect()
}

/// How many were hit and what they lost.
pub fn scale(ctx: &Ctx) -> Option<String> {
    let all = |measure, statistic| ctx.total(ALL, measure, statistic);
    let (hit, losers) = (all("hit", "p50")?, all("losers", "p50")?);
    if ctx.results.nobody_lost() {
        return Some(ctx.say("f-scale-none", &[("hit", &hit)]));
    }
    let (loss, lo, hi) = (all("loss", "p50")?, all("loss", "p05")?, all("loss", "p95")?);
    let with = [("hit", hit.as_str()), ("losers", &losers), ("loss", &loss), ("lo", &lo), ("hi", &hi)];
    Some(ctx.say("f-scale", &with))
}

/// How worlds without losers count, where there are some.
pub fn without_losers(ctx: &Ctx) -> String {
    let of = |statistic: &str| ctx.results.value(ALL, ALL, "losers", statistic);
    let some = of("mean").is_some_and(|m| m > 0.0) && of("p01") == Some(0.0);
    if some { ctx.word("compare-note-no-losers") } else { String::new() }
}

/// Drafts under which somebody gets something.
pub fn paying<'a>(ctx: &Ctx<'a>) -> Vec<&'a str> {
    let results = ctx.results;
    results.guidelines().into_iter().filter(|g| !results.pays_nobody(g)).collect()
}

/// Costs from low to high, and which neighbours cannot be told apart.
pub fn order(ctx: &Ctx) -> Option<String> {
    let sorted = by_median(ctx.results, "cost");
    if sorted.len() < 2 {
        return None;
    }
    let item = |(g, _): &(&str, f64)| Some(format!("{} {}", ctx.draft(g), ctx.total(g, "cost", "p50")?));
    let items: Vec<String> = sorted.iter().filter_map(item).collect();
    let mut said = vec![ctx.say("f-order", &[("list", &items.join(", "))])];
    let open = neighbours(ctx, "cost", BASE);
    let told = open_pairs(ctx, &open);
    if told.is_empty() {
        said.push(ctx.word("f-order-holds"));
    }
    said.extend(told);
    said.extend(unhandled(ctx));
    Some(said.join(" "))
}

/// Whose costs lack what others have: nobody says what becomes of their claims.
pub fn unhandled(ctx: &Ctx) -> Option<String> {
    let all = ctx.results.guidelines();
    let whose = handling::unhandled(all.len(), |g, measure| ctx.results.value(all[g], ALL, measure, "mean"));
    let list: Vec<String> = whose.into_iter().map(|g| ctx.draft(all[g])).collect();
    (!list.is_empty()).then(|| ctx.say("f-unhandled", &[("list", &ctx.tongue.list(&list))]))
}

/// Neighbours in the order of medians, each judged in a variant.
fn neighbours(ctx: &Ctx, measure: &str, variant: &str) -> Vec<Judged> {
    let sorted = by_median(ctx.results, measure);
    sorted.windows(2).filter_map(|w| judge(ctx.results, variant, w[0].0, w[1].0, measure)).collect()
}

/// What is open about a pair that stands in this order; nothing if it holds in nearly all worlds.
fn open_pair(ctx: &Ctx, judged: &Judged) -> Option<String> {
    let (a, b) = (ctx.draft(&judged.a), ctx.draft(&judged.b));
    let pair = ctx.results.pair(BASE, &judged.a, &judged.b, &judged.measure)?;
    let id = match judged.is_lower {
        Verdict::NearlyAll => return None,
        Verdict::Most => "f-order-most",
        _ => "f-order-undecided",
    };
    if pair.equal.value >= 1.0 {
        return Some(ctx.say("f-order-equal", &[("a", &a), ("b", &b)]));
    }
    let share = ctx.pair_share(&pair, true);
    // What stands first by its median may be behind in most worlds.
    let backwards = judged.is_lower.direction() < 0;
    if backwards || (!judged.is_lower.is_decided() && apart(judged.lower, judged.higher).is_decided()) {
        let more = ctx.pair_share(&pair, false);
        return Some(ctx.say("f-order-ties", &[("a", &a), ("b", &b), ("share", &share), ("more", &more)]));
    }
    Some(ctx.say(id, &[("a", &a), ("b", &b), ("share", &share)]))
}

/// From so many steps on that hold in most worlds they are told in one sentence.
const MANY: usize = 4;

/// What is open about neighbours; many of the same kind in one sentence.
fn open_pairs(ctx: &Ctx, all: &[Judged]) -> Vec<String> {
    let most: Vec<&Judged> = all.iter().filter(|j| j.is_lower == Verdict::Most).collect();
    if most.len() < MANY {
        return all.iter().filter_map(|j| open_pair(ctx, j)).collect();
    }
    let step = |j: &&Judged| {
        let pair = ctx.results.pair(BASE, &j.a, &j.b, &j.measure)?;
        let (a, b, share) = (ctx.draft(&j.a), ctx.draft(&j.b), ctx.pair_share(&pair, true));
        Some(ctx.say("order-step", &[("a", &a), ("b", &b), ("share", &share)]))
    };
    let list: Vec<String> = most.iter().filter_map(step).collect();
    let mut told = vec![ctx.say("f-order-most-list", &[("list", &list.join(", "))])];
    told.extend(all.iter().filter(|j| j.is_lower != Verdict::Most).filter_map(|j| open_pair(ctx, j)));
    told
}

/// Each draft against the one of lowest median cost among those that pay.
pub fn drafts(ctx: &Ctx) -> Option<String> {
    let said = draft_by_draft(ctx);
    (!said.is_empty()).then(|| said.into_iter().map(|(_, s)| s).collect::<Vec<_>>().join(" "))
}

/// A sentence or two for each draft that pays anything.
pub fn draft_by_draft(ctx: &Ctx) -> Vec<(String, String)> {
    let paying = paying(ctx);
    let sorted = by_median(ctx.results, "cost");
    let sorted: Vec<&str> = sorted.into_iter().map(|(g, _)| g).filter(|g| paying.contains(g)).collect();
    let Some(reference) = sorted.first() else { return Vec::new() };
    let told = paying.iter().filter_map(|g| {
        let said = if g == reference { lowest(ctx, g) } else { against(ctx, g, reference) };
        Some((g.to_string(), said?))
    });
    told.collect()
}

fn lowest(ctx: &Ctx, g: &str) -> Option<String> {
    let (cost, p90) = (ctx.total(g, "cost", "p50")?, ctx.total(g, "cost", "p90")?);
    let (coverage, adequacy) = (ctx.total(g, "coverage", "p50")?, ctx.total(g, "adequacy", "p50")?);
    let draft = ctx.draft_full(g);
    let with =
        [("draft", draft.as_str()), ("cost", &cost), ("p90", &p90), ("coverage", &coverage), ("adequacy", &adequacy)];
    let word = match paying(ctx).len() {
        _ if ctx.results.nobody_lost() => "f-draft-cost",
        _ if ctx.results.guidelines().len() == 1 => "f-draft-alone",
        1 => "f-draft-only",
        _ => "f-draft-lowest",
    };
    Some(ctx.say(word, &with))
}

fn against(ctx: &Ctx, g: &str, reference: &str) -> Option<String> {
    let (own, other) = (ctx.results.value(g, ALL, "cost", "p50")?, ctx.results.value(reference, ALL, "cost", "p50")?);
    let (cost, p90) = (ctx.total(g, "cost", "p50")?, ctx.total(g, "cost", "p90")?);
    if ctx.results.nobody_lost() {
        return Some(ctx.say("f-draft-cost", &[("draft", &ctx.draft_full(g)), ("cost", &cost), ("p90", &p90)]));
    }
    let adequacy = ctx.total(g, "adequacy", "p50")?;
    let pair = ctx.results.pair(BASE, g, reference, "coverage")?;
    let reach = match apart(pair.higher, pair.lower).direction() {
        _ if pair.equal.value >= 1.0 => "same",
        0 => "undecided",
        _ if pair.difference.value >= 0.0 => "more",
        _ => "fewer",
    };
    let points = ctx.pair_difference(&pair, |d| ctx.tongue.numbers.points(d));
    let coverage = ctx.total(g, "coverage", "p50")?;
    let ratio = own / other;
    let (size, times) = match other > 0.0 && ratio.is_finite() {
        true if ratio >= 1.05 => ("more", multiple(ctx, g, reference, ratio)),
        true => ("same", String::new()),
        false => ("none", String::new()),
    };
    let (draft, reference) = (ctx.draft_full(g), ctx.draft(reference));
    let reach = ctx.say(
        &format!("f-draft-reach-{reach}"),
        &[("points", &points), ("coverage", &coverage), ("reference", &reference)],
    );
    let with = [
        ("draft", draft.as_str()),
        ("reference", &reference),
        ("cost", &cost),
        ("times", &times),
        ("p90", &p90),
        ("reach", &reach),
        ("adequacy", &adequacy),
    ];
    Some(ctx.say(&format!("f-draft-{size}"), &with))
}

/// One median cost as a multiple of another.
fn multiple(ctx: &Ctx, g: &str, reference: &str, ratio: f64) -> String {
    let label = ctx.say("ratio-label", &[("a", &ctx.draft(g)), ("b", &ctx.draft(reference))]);
    let place = format!("{g}: cost.p50 ÷ {reference}: cost.p50");
    ctx.derived(&["ratio", g, reference], label, "ratio-meaning", ratio, ctx.tongue.numbers.times(ratio), place)
}

/// The end of a message's name by how many worlds something holds in: what holds in all of them holds not nearly there.
pub fn in_words(verdict: Verdict, share: f64) -> &'static str {
    match verdict {
        Verdict::NearlyAll if share >= 1.0 => "all",
        Verdict::NearlyAll => "nearly",
        Verdict::Most => "most",
        _ => "undecided",
    }
}

/// Who reaches the largest share of those who lost money.
pub fn reach(ctx: &Ctx) -> Option<String> {
    let reached = |g: &str| ctx.results.value(g, ALL, "coverage", "mean").filter(|c| *c > 0.0);
    let reaching: Vec<&str> = ctx.results.guidelines().into_iter().filter(|g| reached(g).is_some()).collect();
    match reaching.as_slice() {
        _ if ctx.results.nobody_lost() => return None,
        [] => return Some(ctx.word(&with_courts(ctx, "f-reach-none"))),
        [only] if ctx.results.guidelines().len() == 1 => return left_out(ctx, only),
        [only] => {
            let (draft, coverage) = (ctx.draft_full(only), ctx.total(only, "coverage", "p50")?);
            let said = ctx.say(&with_courts(ctx, "f-reach-only"), &[("draft", &draft), ("coverage", &coverage)]);
            return Some(format!("{said} {}", left_out(ctx, only).unwrap_or_default()).trim_end().to_string());
        }
        _ => (),
    }
    let mut rows: Vec<_> = ctx
        .results
        .best
        .iter()
        .filter(|b| b.variant == BASE && b.criterion == "widest" && b.share.value > 0.0)
        .collect();
    rows.sort_by(|a, b| b.share.value.total_cmp(&a.share.value));
    let first = rows.first()?;
    let rest = 1.0 - first.share.value;
    let others = Share { value: rest, lo: 1.0 - first.share.hi, hi: 1.0 - first.share.lo };
    let (draft, share) = (ctx.draft_full(&first.guideline), ctx.best(first));
    let coverage = ctx.total(&first.guideline, "coverage", "p50")?;
    let why = left_out(ctx, &first.guideline).unwrap_or_default();
    let said = match super::judge::verdict(first.share, others) {
        // The shares have ties split.
        verdict @ (Verdict::NearlyAll | Verdict::Most) if ahead(ctx, &first.guideline, "coverage", false) => {
            let id = format!("f-reach-{}", in_words(verdict, first.share.value));
            ctx.say(&id, &[("draft", &draft), ("share", &share), ("coverage", &coverage)])
        }
        _ => {
            let list: Vec<String> =
                rows.iter().map(|b| format!("{} {}", ctx.draft(&b.guideline), ctx.best(b))).collect();
            if let Some(worlds) = level(ctx, &first.guideline, "coverage", false) {
                let with = [("draft", draft.as_str()), ("coverage", &coverage), ("list", &list.join(", "))];
                return Some(
                    format!("{} {why}", ctx.say(&format!("f-reach-level-{worlds}"), &with)).trim_end().to_string(),
                );
            }
            return Some(ctx.say("f-reach-undecided", &[("list", &list.join(", "))]));
        }
    };
    Some(format!("{said} {why}").trim_end().to_string())
}

/// True of a draft that is ahead of each other in most worlds, ties not counted.
pub fn ahead(ctx: &Ctx, draft: &str, measure: &str, lower: bool) -> bool {
    let others = ctx.results.guidelines().into_iter().filter(|g| *g != draft);
    let of = |pair: super::results::Pair| {
        let (yes, no) = if lower { (pair.lower, pair.higher) } else { (pair.higher, pair.lower) };
        super::judge::verdict(yes, no).direction() > 0
    };
    others.map(|other| ctx.results.pair(BASE, draft, other, measure)).all(|pair| pair.is_some_and(of))
}

/// In how many worlds no other draft is ahead of this one, where it is ahead of each in most of the worlds in which the two
/// differ; nothing where that is undecided. Worlds in which some other is ahead are no more than those of all others together.
pub fn level(ctx: &Ctx, draft: &str, measure: &str, lower: bool) -> Option<&'static str> {
    let mut behind = 0.0;
    for other in ctx.results.guidelines().into_iter().filter(|g| *g != draft) {
        let pair = ctx.results.pair(BASE, draft, other, measure)?;
        if pair.equal.value >= 1.0 {
            continue;
        }
        let (yes, no) = if lower { (pair.lower, pair.higher) } else { (pair.higher, pair.lower) };
        if apart(yes, no).direction() <= 0 {
            return None;
        }
        behind += no.hi;
    }
    match 1.0 - behind {
        share if share >= NEARLY_ALL => Some("nearly"),
        share if share >= MOST => Some("most"),
        _ => None,
    }
}

/// The message by this name, or of a scenario with courts the one that leaves these out of what it tells.
fn with_courts(ctx: &Ctx, id: &str) -> String {
    if ctx.results.scenario.aftermath.courts.is_empty() { id.into() } else { format!("{id}-courts") }
}

/// Reasons for which losers are left with nothing.
pub const REASONS: [&str; 5] = ["ineligible", "unaware", "deterred", "refused", "gave_up"];

/// Why those whom a draft does not reach get nothing, by the most frequent reason.
pub fn left_out(ctx: &Ctx, g: &str) -> Option<String> {
    let mean = |measure: &str| ctx.results.value(g, ALL, measure, "mean");
    let losers = mean("losers")?;
    let counted: Vec<(&str, f64)> = REASONS.iter().filter_map(|r| Some((*r, mean(r)?))).collect();
    let (reason, most) = counted.iter().max_by(|a, b| a.1.total_cmp(&b.1)).copied()?;
    let none: f64 = counted.iter().map(|c| c.1).sum();
    if losers <= 0.0 || most <= 0.0 {
        return None;
    }
    let told = |v: f64| ctx.tongue.numbers.share(v);
    let label = ctx.say("nothing-label", &[("a", &ctx.draft(g))]);
    let place = format!("{g}: ({}) ÷ losers.mean", REASONS.map(|r| format!("{r}.mean")).join(" + "));
    let share = ctx.derived(&["nothing", g], label, "nothing-meaning", none / losers, told(none / losers), place);
    let label = ctx.say("reason-label", &[("a", &ctx.draft(g)), ("reason", &ctx.measure(reason))]);
    let place = format!("{g}: {reason}.mean ÷ ({})", REASONS.map(|r| format!("{r}.mean")).join(" + "));
    let part = ctx.derived(&["reason", g, reason], label, "reason-meaning", most / none, told(most / none), place);
    let people = ctx.total(g, reason, "mean")?;
    let untold = reason == "unaware" && ctx.results.scenario.files_by_share(ctx.index(g));
    let why = ctx.word(&format!("reason-{}", if untold { "untold" } else { reason }));
    let with = [("draft", ctx.draft(g)), ("share", share), ("part", part), ("people", people), ("why", why)];
    let with: Vec<(&str, &str)> = with.iter().map(|(n, v)| (*n, v.as_str())).collect();
    Some(ctx.say(&with_courts(ctx, "f-left-out"), &with))
}

/// How many of those whom a draft covers still wait half a year on; nothing where nobody does or nobody says when.
pub fn waiting(ctx: &Ctx, g: &str) -> Option<String> {
    let mean = |measure: &str| ctx.results.value(g, ALL, measure, "mean");
    let (waiting, covered) = (mean("losers_waiting_180")?, mean("covered")?);
    if waiting < 0.5 || covered <= 0.0 {
        return None;
    }
    let label = ctx.say("waiting-label", &[("a", &ctx.draft(g))]);
    let (share, told) = (waiting / covered, ctx.tongue.numbers.share(waiting / covered));
    let place = format!("{g}: losers_waiting_180.mean ÷ covered.mean");
    let share = ctx.derived(&["waiting", g], label, "waiting-meaning", share, told, place);
    let people = ctx.total(g, "losers_waiting_180", "mean")?;
    Some(ctx.say("f-waiting", &[("share", &share), ("people", &people)]))
}

/// Who makes good the largest part of the loss in money.
pub fn made_good(ctx: &Ctx) -> Option<String> {
    let sorted = by_median(ctx.results, "adequacy");
    let (best, second) = match sorted.as_slice() {
        [.., second, best] if best.1 > 0.0 => (best.0, second.0),
        _ => return None,
    };
    let judged = judge(ctx.results, BASE, best, second, "adequacy")?;
    let pair = ctx.results.pair(BASE, best, second, "adequacy")?;
    let share = ctx.pair_share(&pair, false);
    let word = match judged.is_lower {
        Verdict::NearlyNone if pair.higher.value >= 1.0 => "f-good-all",
        Verdict::NearlyNone => "f-good-nearly",
        Verdict::MostNot => "f-good-most",
        _ => "f-good-undecided",
    };
    let (own, next) = (ctx.total(best, "adequacy", "p50")?, ctx.total(second, "adequacy", "p50")?);
    let (draft, other) = (ctx.draft(best), ctx.draft(second));
    if ctx.results.value(second, ALL, "adequacy", "mean") == Some(0.0) {
        return Some(ctx.say(&with_courts(ctx, "f-good-only"), &[("draft", &draft), ("own", &own)]));
    }
    let mut with =
        vec![("draft", draft.as_str()), ("other", &other), ("own", &own), ("next", &next), ("share", &share)];
    let apart = apart(judged.higher, judged.lower);
    let told = judged.is_lower.is_decided() || apart.is_decided() || pair.equal.value >= 1.0;
    let tied = word == "f-good-undecided" && told;
    let behind = if tied { ctx.pair_share(&pair, true) } else { String::new() };
    with.extend(tied.then_some(("behind", behind.as_str())));
    let said = ctx.say(if tied { "f-good-ties" } else { word }, &with);
    match ctx.results.scenario.aftermath.courts.is_empty() {
        true => Some(said),
        false => Some(format!("{said} {}", ctx.word("f-courts-apart"))),
    }
}

/// How soon half of the awards are paid.
pub fn time(ctx: &Ctx) -> Option<String> {
    let sorted = by_median(ctx.results, "days_p50");
    let first = sorted.first()?.0;
    let last = sorted.last()?.0;
    let soon = ctx.total(first, "days_p50", "p50")?;
    let (a, late) = (ctx.draft(first), ctx.total(last, "days_p50", "p50")?);
    let ahead = first_money(ctx, &[first, last]);
    let with_advance = |said: String| if ahead.is_empty() { said } else { format!("{said} {ahead}") };
    if first == last {
        return Some(with_advance(ctx.say("f-time-one", &[("draft", &a), ("soon", &soon)])));
    }
    let (b, lo, hi) = (ctx.draft(last), ctx.total(last, "days_p50", "p05")?, ctx.total(last, "days_p50", "p95")?);
    let with = [("a", a.as_str()), ("soon", &soon), ("b", &b), ("late", &late), ("lo", &lo), ("hi", &hi)];
    let told = if unmarked(&lo) == unmarked(&hi) { "f-time-same" } else { "f-time" };
    Some(with_advance(ctx.say(told, &with)))
}

/// That days are those of the first money, under those of some drafts that pay an advance; nothing where none does.
pub fn first_money(ctx: &Ctx, drafts: &[&str]) -> String {
    let timed = |g: &&str| ctx.results.value(g, ALL, "days_p50", "p50").is_some();
    let mut list: Vec<String> = Vec::new();
    for g in drafts.iter().filter(|g| timed(g) && ctx.results.scenario.pays_in_advance(ctx.index(g))) {
        let draft = ctx.draft(g);
        if !list.contains(&draft) {
            list.push(draft);
        }
    }
    if list.is_empty() { String::new() } else { ctx.say("f-time-advance", &[("list", &ctx.tongue.list(&list))]) }
}

/// How a draft stands to the budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// The limit is exceeded in no more worlds than allowed.
    Keeps,
    /// It is exceeded in more.
    Breaks,
    /// The run is too short to say.
    Open,
}

/// How a share of worlds above the limit stands to what is allowed.
pub fn stand(over: Share, tolerance: f64) -> Stand {
    match () {
        () if over.hi <= tolerance => Stand::Keeps,
        () if over.lo > tolerance => Stand::Breaks,
        () => Stand::Open,
    }
}

/// The message that tells the budget, and the budget in words: with all digits that are given, or its law where it is uncertain, of
/// which the mean alone would look certain.
pub fn limit(ctx: &Ctx, mean: f64) -> (&'static str, String) {
    let scenario = &ctx.results.scenario;
    let law = scenario.budget.as_ref().map(|b| &scenario.quantities.get(b.amount).law);
    match law.filter(|law| !law.is_constant()) {
        Some(law) => ("f-budget-law", law_words(law, Unit::Money, &scenario.currency, ctx.tongue.lang())),
        None => ("f-budget", ctx.tongue.numbers.given_money(law.map_or(mean, |law| law.mean()))),
    }
}

/// Who keeps to the budget.
pub fn budget(ctx: &Ctx) -> Option<String> {
    let rows: Vec<_> = ctx.results.budget.iter().filter(|b| b.variant == BASE).collect();
    let first = rows.first()?;
    let numbers = &ctx.tongue.numbers;
    let tolerance = numbers.share(first.tolerance);
    let (word, told) = limit(ctx, first.budget);
    let limit = ctx.assumed("budget.amount", &told);
    let mut said = vec![ctx.say(word, &[("budget", &limit), ("tolerance", &tolerance)])];
    for (wanted, id) in [(Stand::Keeps, "keeps"), (Stand::Breaks, "breaks"), (Stand::Open, "open")] {
        let listed = rows.iter().filter(|b| stand(b.over, b.tolerance) == wanted);
        let list: Vec<String> = listed
            .map(|b| ctx.say("draft-share", &[("draft", &ctx.draft(&b.guideline)), ("share", &ctx.over(b))]))
            .collect();
        if !list.is_empty() {
            said.push(ctx.say(&format!("f-budget-{id}"), &[("list", &ctx.tongue.list(&list))]));
        }
    }
    Some(said.join(" "))
}

/// How much of the spread of cost is ignorance and how much chance.
pub fn unknown(ctx: &Ctx) -> Option<String> {
    let mut rows: Vec<_> = ctx.results.spread.iter().filter(|s| s.measure == "cost" && s.variance > 0.0).collect();
    rows.sort_by(|a, b| a.chance.value.total_cmp(&b.chance.value));
    let (first, last) = (rows.first()?, rows.last()?);
    let (a, b) = (ctx.draft(&first.guideline), ctx.draft(&last.guideline));
    let (lo, hi) = (ctx.chance(first), ctx.chance(last));
    if rows.len() == 1 || last.chance.value < 0.01 {
        return Some(ctx.say("f-unknown-one", &[("hi", &hi)]));
    }
    Some(ctx.say("f-unknown", &[("a", &a), ("b", &b), ("lo", &lo), ("hi", &hi)]))
}

/// Whether the what-ifs leave the findings on cost, reach and money as they are.
pub fn what_if(ctx: &Ctx) -> Option<String> {
    let variants = &ctx.results.manifest.run.variants;
    if variants.is_empty() {
        return None;
    }
    let mut said = Vec::new();
    for variant in variants {
        let mut changed: Vec<String> = Vec::new();
        for measure in ["cost", "coverage", "adequacy"] {
            changed.extend(neighbours(ctx, measure, BASE).iter().filter_map(|before| overturned(ctx, before, variant)));
        }
        if !changed.is_empty() {
            let list = match ctx.tongue.lang() {
                Lang::En => changed.join("; "),
                Lang::Ko => changed.join(", "),
            };
            said.push(ctx.say("f-if-changes", &[("variant", &ctx.variant(variant)), ("list", &list)]));
        }
    }
    let count = ctx.tongue.numbers.count(variants.len() as f64);
    match said.is_empty() {
        true => Some(ctx.say("f-if-same", &[("count", &count)])),
        false => Some(format!("{} {}", ctx.say("f-if", &[("count", &count)]), said.join(" "))),
    }
}

/// What becomes of a comparison in a variant, where that is something else than before.
fn overturned(ctx: &Ctx, before: &Judged, variant: &str) -> Option<String> {
    let pair = ctx.results.pair(variant, &before.a, &before.b, &before.measure)?;
    let what = match turn(ctx.results, before, &pair)? {
        Turn::Turns => "turns",
        Turn::Opens => "opens",
    };
    let (a, b) = (ctx.draft(&before.a), ctx.draft(&before.b));
    let share = ctx.pair_share(&pair, false);
    Some(ctx.say(&format!("f-if-{}-{what}", before.measure), &[("a", &a), ("b", &b), ("share", &share)]))
}
