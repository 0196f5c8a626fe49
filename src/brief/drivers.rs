//! Which number decides: sentences from `drivers.csv`, which has the numbers that carry most of the variance of each result.

use super::ctx::Ctx;
use super::judge::MOST;
use super::quantity;
use super::register::{Row, name};
use super::results::{ALL, BASE, Driver, Unit};

/// From this share of the variance on (lower end of its interval) a sum turns on one number.
pub const DECIDES: f64 = 0.5;
/// From this share on it depends most on one; below no single number decides.
pub const LEADS: f64 = 0.25;
/// Two-sided normal quantile of 95 %.
const Z95: f64 = 1.96;

/// How much hangs on one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It carries at least half of the variance; of a yes or no, the answer is another where it is low than where it is high.
    Turns,
    /// It carries at least a quarter.
    Leads,
    /// No single number decides.
    None,
}

/// What may be said of the first number of a result.
pub fn weight(ctx: &Ctx, driver: &Driver) -> Weight {
    let turns = match driver.result.as_str() {
        "over_budget" => {
            let row = ctx.results.budget.iter().find(|b| b.variant == BASE && b.guideline == driver.guideline);
            row.is_some_and(|b| crosses(driver, b.tolerance, b.tolerance))
        }
        "cheaper" => crosses(driver, 1.0 - MOST, MOST),
        _ => driver.share.lo >= DECIDES,
    };
    let sum = driver.unit == Unit::Money;
    match () {
        () if turns => Weight::Turns,
        () if sum && driver.share.lo >= LEADS => Weight::Leads,
        () => Weight::None,
    }
}

/// True when the share of worlds is below `low` in one of the fifths and above `high` in the other, each with the end of its
/// 95 % interval (Wilson 1927).
fn crosses(driver: &Driver, low: f64, high: f64) -> bool {
    let n = driver.worlds / 5.0;
    let end = |p: f64, sign: f64| {
        let z = Z95 * Z95 / n;
        (p + z / 2.0 + sign * Z95 * (p * (1.0 - p) / n + z / (4.0 * n)).sqrt()) / (1.0 + z)
    };
    let [a, b] = driver.result_at;
    let (least, most) = (a.min(b), a.max(b));
    end(least, 1.0) <= low && end(most, -1.0) >= high
}

/// The numbers of a result, the weightiest first.
pub fn of<'a>(ctx: &Ctx<'a>, result: &str, guideline: &str) -> Vec<&'a Driver> {
    let rows = ctx.results.drivers.iter();
    rows.filter(|d| d.result == result && d.guideline == guideline).collect()
}

/// The name of a number, which leads to its row in the register of assumptions.
pub fn number(ctx: &Ctx, driver: &Driver) -> String {
    ctx.assumed(&driver.path, &quantity::name(ctx, &driver.path))
}

/// A figure of a row of `drivers.csv`: its `share`, `at_low` or `at_high`.
pub fn figure(ctx: &Ctx, driver: &Driver, column: &'static str) -> String {
    let numbers = &ctx.tongue.numbers;
    let (exact, unit) = match column {
        "share" => (driver.share.value, &Unit::Share),
        "at_low" => (driver.result_at[0], &driver.unit),
        _ => (driver.result_at[1], &driver.unit),
    };
    let exact = if column == "share" { exact.clamp(0.0, 1.0) } else { exact };
    let what = quantity::name(ctx, &driver.path);
    let result = result(ctx, driver);
    let e = &driver.share;
    ctx.enter(Row {
        id: name(&["drivers", &driver.result, &driver.guideline, &driver.rank.to_string(), column]),
        label: ctx.say(&format!("driver-{column}"), &[("result", &result), ("what", &what)]),
        meaning: ctx.word(if column == "share" { "driver-share-meaning" } else { "driver-at-meaning" }),
        shown: numbers.value(exact, unit),
        exact,
        error: (column == "share").then_some([e.se, e.lo, e.hi]),
        file: "drivers.csv",
        place: format!(
            "variant=base, result={}, guideline={}, rank={}, path={}, column={column}",
            driver.result, driver.guideline, driver.rank, driver.path
        ),
        ask: None,
        guideline: Some(driver.guideline.clone()),
        told: true,
    })
}

/// What is looked at, in words: `cost of Draft E`.
pub fn result(ctx: &Ctx, driver: &Driver) -> String {
    let (a, b) = (ctx.draft(&driver.guideline), ctx.draft(&driver.compared_with));
    ctx.say(&format!("result-{}", driver.result), &[("a", &a), ("b", &b)])
}

/// What the first number of a result does, in a sentence; nothing where the run has no such row.
pub fn sentence(ctx: &Ctx, result: &str, guideline: &str) -> Option<String> {
    let rows = of(ctx, result, guideline);
    let Some(first) = rows.first().copied() else {
        if is_fixed(ctx, guideline) {
            return None;
        }
        let open = ctx.say(&format!("d-{result}-open"), &[("a", &ctx.draft(guideline))]);
        return (result == "cost" && !ctx.results.drivers.is_empty()).then_some(open);
    };
    let kind = match weight(ctx, first) {
        Weight::Turns => "turns",
        Weight::Leads => "leads",
        Weight::None => "none",
    };
    let (a, b) = (ctx.draft(guideline), ctx.draft(&first.compared_with));
    let (what, share) = (number(ctx, first), figure(ctx, first, "share"));
    let (low, high) = (figure(ctx, first, "at_low"), figure(ctx, first, "at_high"));
    let with = [("a", a.as_str()), ("b", &b), ("what", &what), ("share", &share), ("low", &low), ("high", &high)];
    Some(ctx.say(&format!("d-{result}-{kind}"), &with))
}

/// True when a draft costs the same in every world, so that nothing can decide it.
fn is_fixed(ctx: &Ctx, guideline: &str) -> bool {
    ctx.results.value(guideline, ALL, "cost", "sd") == Some(0.0)
}

/// The payout where it does not turn on the same number as the cost.
fn payout(ctx: &Ctx, guideline: &str) -> Option<String> {
    let (cost, payout) = (of(ctx, "cost", guideline), of(ctx, "payout", guideline));
    let payout = payout.first()?;
    if cost.first().is_some_and(|c| c.path == payout.path) {
        let share = figure(ctx, payout, "share");
        return Some(ctx.say("d-payout-same", &[("share", &share)]));
    }
    sentence(ctx, "payout", guideline)
}

/// Sentences on one draft: cost, payout, limit.
pub fn on_draft(ctx: &Ctx, guideline: &str) -> Option<String> {
    let cost = sentence(ctx, "cost", guideline)?;
    let limit = of(ctx, "over_budget", guideline).first().is_some_and(|d| weight(ctx, d) != Weight::None);
    let limit = limit.then(|| sentence(ctx, "over_budget", guideline)).flatten();
    let all = [Some(cost), payout(ctx, guideline), limit];
    Some(all.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// Sentences on the order of neighbours in cost, where it is open enough for something to decide it.
pub fn on_order(ctx: &Ctx) -> Vec<String> {
    let open = ctx.results.drivers.iter().filter(|d| d.result == "cheaper" && d.rank == 1);
    let open = open.filter(|d| {
        let pair = ctx.results.pair(BASE, &d.guideline, &d.compared_with, "cost");
        pair.is_some_and(|p| p.lower.lo < super::judge::NEARLY_ALL && p.higher.lo < super::judge::NEARLY_ALL)
    });
    open.filter_map(|d| sentence(ctx, "cheaper", &d.guideline)).collect()
}

/// The finding: for each draft what its cost turns on, then limit and order where one number decides them.
pub fn finding(ctx: &Ctx) -> Option<String> {
    let decided: Vec<(&Driver, String)> = ctx
        .results
        .guidelines()
        .into_iter()
        .filter_map(|g| {
            let first = *of(ctx, "cost", g).first()?;
            let range = [figure(ctx, first, "at_low"), figure(ctx, first, "at_high")];
            let (a, what) = (ctx.draft(g), number(ctx, first));
            let with = [("a", a.as_str()), ("what", &what), ("low", &range[0]), ("high", &range[1])];
            (weight(ctx, first) != Weight::None).then(|| (first, ctx.say("d-short", &with)))
        })
        .collect();
    if ctx.results.drivers.is_empty() {
        return None;
    }
    let open: Vec<String> = ctx
        .results
        .guidelines()
        .into_iter()
        .filter(|g| !decided.iter().any(|(d, _)| d.guideline == *g) && !is_fixed(ctx, g))
        .map(|g| ctx.draft(g))
        .collect();
    let mut said = Vec::new();
    if !decided.is_empty() {
        let list: Vec<String> = decided.into_iter().map(|d| d.1).collect();
        said.push(ctx.say("f-drivers", &[("list", &list.join("; "))]));
    }
    if !open.is_empty() {
        said.push(ctx.say("f-drivers-none", &[("list", &ctx.tongue.list(&open))]));
    }
    let limits = ctx.results.guidelines().into_iter();
    let limits = limits.filter(|g| of(ctx, "over_budget", g).first().is_some_and(|d| weight(ctx, d) != Weight::None));
    said.extend(limits.filter_map(|g| sentence(ctx, "over_budget", g)));
    Some(said.join(" "))
}
