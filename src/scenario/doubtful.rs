//! Warnings of values that hardly anybody means: sums beyond all losses, claims that nobody reviews, groups of nobody, counts
//! that are set against another number than was counted, shares above everybody.

use super::check::Odd;
use super::filing::Profile;
use super::reader::Reading;
use super::report::first_of;
use super::words;
use crate::model::observed::Observed;
use crate::model::procedure::FOLLOWED_DAYS;
use crate::model::{Amount, Cohort, Damage, Filing, Form, Lang, Q, Quantities, Scenario, TakeUp};

/// Elasticity of losses to hours above which one is told of: ten times the hours would be ten thousand million times the loss.
const STEEP_ELASTICITY: f64 = 10.0;
/// A sum to one person above which one is told of, in any money,
const LARGE_SUM: f64 = 1e12;
/// and as a multiple of the mean loss of those whom it is for.
const LARGE_SHARE: f64 = 1e4;
/// Hours of an outage at which that loss is taken.
const LONG_HOURS: f64 = 720.0;

/// Values that hardly anybody means: where each stands, what it is, and what would be usual.
pub fn odd(reading: &Reading<'_>, scenario: &Scenario, profiles: &[Profile]) -> Vec<Odd> {
    let central = reading.quantities.central();
    let mut found = Vec::new();
    for cohort in &scenario.cohorts {
        if highest(&reading.quantities, cohort.size) == 0.0 {
            let help = "`size` is how many people it has; take it out if it has none";
            found.push((format!("cohorts.{}.size", cohort.id), "this cohort has no people".into(), help.into()));
        }
        if let Some(Damage::Power { elasticity, .. }) = cohort.loss.as_ref().map(|l| &l.damage)
            && elasticity.of(&central) > STEEP_ELASTICITY
        {
            let value = words::number(elasticity.of(&central));
            let message = format!("losses hardly grow so fast with the hours: an elasticity of {value}");
            let help = "with 1 twice the hours are twice the loss, with 2 four times; usual is 0.5 to 1.5";
            found.push((format!("cohorts.{}.loss.damage.elasticity", cohort.id), message, help.into()));
        }
    }
    for (i, procedure) in scenario.aftermath.procedures.iter().enumerate().filter(|(_, p)| p.takes_claims) {
        let nobody = procedure.staff.iter().all(|(_, people)| highest(&reading.quantities, *people) == 0.0);
        if !nobody
            && highest(&reading.quantities, procedure.work_day_hours) == 0.0
            && is_work(&reading.quantities, scenario, i)
        {
            let message = "who reviews the claims here has no hours to do it".to_string();
            let help = format!(
                "what is not reviewed counts as done on day {}; `work_day` is how long one works a day: \"8 h\"",
                FOLLOWED_DAYS - 1
            );
            found.push((format!("procedures.{}.work_day", procedure.id), message, help));
        }
        if nobody && is_work(&reading.quantities, scenario, i) {
            let message = "claims are taken here and nobody reviews them".to_string();
            let help =
                format!("what is not reviewed counts as done on day {}; `staff` is how many review", FOLLOWED_DAYS - 1);
            found.push((format!("procedures.{}.staff", procedure.id), message, help));
        }
    }
    found.extend(beyond(&reading.quantities, scenario));
    for (guideline, rule) in scenario.guidelines.iter().flat_map(|g| g.rules.iter().map(move |r| (g, r))) {
        let mut sums = Vec::new();
        flat(&rule.amount, &mut sums);
        let losses = rule.cohorts.iter().map(|c| mean_loss(&scenario.cohorts[*c], &central));
        let loss = losses.fold(0.0, f64::max);
        let most = sums.iter().map(|q| q.of(&central)).fold(0.0, f64::max);
        let most = rule.cap.map_or(most, |cap| most.min(cap.of(&central)));
        if most > LARGE_SUM || (loss > 0.0 && most > LARGE_SHARE * loss) {
            let sum = words::money(most, &scenario.currency, Lang::En);
            let beside = match loss > 0.0 {
                true => format!(
                    "; those who lose money lose {} on average in {}",
                    words::money(loss, &scenario.currency, Lang::En),
                    words::hours(LONG_HOURS, Lang::En)
                ),
                false => String::new(),
            };
            let message = format!("this gives one person {sum}{beside}");
            let help =
                format!("an amount is what each person gets, in {}: look at its zeros and its unit", scenario.currency);
            found.push((format!("guidelines.{}.rules.{}.amount", guideline.id, rule.id), message, help));
        }
    }
    found.extend(costly_in_kind(scenario, &central));
    found.extend(more_than_everybody(scenario, profiles, &central));
    found.extend(awarded_twice(&reading.quantities, scenario));
    found.extend(scenario.aftermath.observed.iter().filter_map(|o| against_the_end(&reading.quantities, scenario, o)));
    found
}

/// What is given in kind and costs more than this for a unit of its face value is told of.
const COSTLY: f64 = 2.0;

/// Things given in kind that cost far more than their face value.
fn costly_in_kind(scenario: &Scenario, central: &[f64]) -> Vec<Odd> {
    let rules = scenario.guidelines.iter().flat_map(|g| g.rules.iter().map(move |r| (g, r)));
    let costs = rules.filter_map(|(g, r)| match r.form {
        Form::InKind { unit_cost, .. } if unit_cost.of(central) > COSTLY => Some((g, r, unit_cost.of(central))),
        _ => None,
    });
    let odd = costs.map(|(g, r, cost)| {
        let path = format!("guidelines.{}.rules.{}.in_kind.unit_cost", g.id, r.id);
        let cost = words::number(cost);
        let message = format!("what is given here costs {cost} times its face value");
        let help = "`unit_cost` is the cost for each unit of face value used, such as 0.1, and no sum of money";
        (path, message, help.to_string())
    });
    odd.collect()
}

/// Ways to claim and to sue that the factor of a cohort would make known to more than all of its people, each told once.
fn more_than_everybody(scenario: &Scenario, profiles: &[Profile], central: &[f64]) -> Vec<Odd> {
    let name =
        |take_up: &TakeUp, own: String| profiles.iter().find(|p| p.takeup == *take_up).map_or(own, |p| p.id.clone());
    let rules = scenario.guidelines.iter().flat_map(|g| g.rules.iter().map(move |r| (g, r)));
    let claims = rules.filter_map(|(g, r)| match &r.filing {
        Filing::Claim(take_up) => {
            Some((&r.cohorts, take_up, name(take_up, format!("guidelines.{}.rules.{}.filing", g.id, r.id))))
        }
        Filing::Automatic { .. } => None,
    });
    let ways: Vec<(&Vec<usize>, &TakeUp, String)> = claims.collect();
    let mut found = Vec::new();
    for (i, cohort) in scenario.cohorts.iter().enumerate() {
        let factor = cohort.awareness.of(central);
        let mut told: Vec<&str> = Vec::new();
        for (_, take_up, name) in ways.iter().filter(|way| way.0.contains(&i)) {
            let share = aware(take_up, central);
            // Rounding makes no more of everybody.
            if factor * share <= 1.0 + 1e-9 || told.contains(&name.as_str()) {
                continue;
            }
            told.push(name);
            let id = &cohort.id;
            let (times, of) = (words::number(factor), words::number(100.0 * share));
            let message = format!(
                "more than everybody would know of `{name}` among `{id}`: {times} times {of} %; it is taken as everybody"
            );
            // Rounded down, so that what is advised is not told of again.
            let most = words::number((1000.0 / share).floor() / 1000.0);
            let help = format!("lower the factor, or say that everybody does: `awareness` of `{id}` at most {most}");
            found.push((format!("cohorts.{id}.awareness"), message, help));
        }
    }
    found
}

/// The highest share who know of a way to claim, before the factor of a cohort.
fn aware(take_up: &TakeUp, central: &[f64]) -> f64 {
    match take_up {
        TakeUp::Logistic { awareness, .. } | TakeUp::Weibull { awareness, .. } => awareness.of(central),
        TakeUp::Constant { rate } => rate.of(central),
        TakeUp::Table { points } => points.iter().map(|(_, share)| share.of(central)).fold(0.0, f64::max),
    }
}

/// Windows in which claims or reports may come when days are no longer followed.
fn beyond(quantities: &Quantities, scenario: &Scenario) -> Vec<Odd> {
    let procedures = scenario.aftermath.procedures.iter().filter(|p| p.takes_claims);
    let windows = procedures.map(|p| (format!("procedures.{}.window", p.id), p.opens_after_hours, p.window_hours));
    let channel =
        scenario.aftermath.channel.iter().map(|c| ("channel.window".into(), c.opens_after_hours, c.window_hours));
    // In one world of twenty or more.
    let late = |q: Q| quantities.get(q).law.quantile(0.95) / 24.0;
    let last = FOLLOWED_DAYS - 1;
    windows
        .chain(channel)
        .filter_map(|(path, opens, window)| {
            let closes = (late(opens) + late(window)).floor() as usize;
            (closes > last).then(|| {
                let message = format!("claims may come until day {closes}, and days are followed until day {last}");
                let help = "what comes later counts there, and tables and figures by day do not show it: a shorter window shows all";
                (path, message, help.into())
            })
        })
        .collect()
}

/// True where claims under a procedure ask for work: for review, for what comes twice, for appeals.
fn is_work(quantities: &Quantities, scenario: &Scenario, procedure: usize) -> bool {
    let p = &scenario.aftermath.procedures[procedure];
    let rules = scenario.guidelines.iter().flat_map(|g| &g.rules);
    let mut claims =
        rules.filter(|r| r.procedure == Some(procedure) && matches!(r.filing, Filing::Claim(_))).peekable();
    let some = |q: Q| highest(quantities, q) > 0.0;
    let twice = p.duplicates.is_some_and(|d| some(d.share) && some(d.work_hours));
    let appeals = some(p.appeal.share) && some(p.appeal.work_hours);
    (claims.peek().is_some() && (twice || appeals)) || claims.any(|r| r.effort.review_hours.is_some_and(some))
}

/// Issues over which the same people may sue that both look at their loss: each awards its share of the whole of it.
fn awarded_twice(quantities: &Quantities, scenario: &Scenario) -> Vec<Odd> {
    let issues: Vec<_> =
        scenario.aftermath.courts.iter().filter(|issue| highest(quantities, issue.award_share) > 0.0).collect();
    let mut found = Vec::new();
    for (i, second) in issues.iter().enumerate() {
        for first in &issues[..i] {
            let both = first.cohorts.iter().filter(|c| second.cohorts.contains(c));
            let both: Vec<&str> = both.map(|c| scenario.cohorts[*c].id.as_str()).collect();
            if both.is_empty() {
                continue;
            }
            let message = format!(
                "the issues `{}` and `{}` both look at the loss of {}: who wins both is awarded the same loss twice",
                first.id,
                second.id,
                first_of(&both)
            );
            let help = "give each issue other people with `for`, or let one of the two award no loss, award_share = 0, and a \
                        sum for `distress` alone";
            found.push((format!("courts.{}.award_share", second.id), message, help.into()));
        }
    }
    found
}

/// A count of a day that is fitted to the number in the end, because only the courses of everybody are followed by day.
fn against_the_end(quantities: &Quantities, scenario: &Scenario, o: &Observed) -> Option<Odd> {
    if !o.measured.by_day || o.is_dated() || o.error.is_none() {
        return None;
    }
    let days = |q: Q| highest(quantities, q) / 24.0;
    let after = &scenario.aftermath;
    let ends = if o.measured.name == "reports" {
        after.channel.as_ref().map(|c| days(c.opens_after_hours) + days(c.window_hours))?
    } else {
        let rules = &scenario.guidelines[o.guideline?].rules;
        let desks = rules.iter().filter_map(|r| r.procedure).map(|p| &after.procedures[p]);
        // Who filed by the last day is paid at some later one.
        let end = |p: &crate::model::procedure::Procedure| match o.measured.name {
            "claims" => days(p.opens_after_hours) + days(p.window_hours),
            _ => FOLLOWED_DAYS as f64,
        };
        desks.map(end).fold(0.0, f64::max)
    };
    ((o.day as f64) < ends).then(|| {
        let what = format!(
            "this was counted on {}, before the last have filed or been paid, and is compared with the number in the end",
            o.on
        );
        let help = "only counts of everybody are followed by day: leave out `cohort` and `region`, give the count of the last \
                    day, or leave out `error`, so that it is told and not fitted";
        (format!("{}.on", o.path), what, help.into())
    })
}

fn highest(quantities: &Quantities, q: Q) -> f64 {
    quantities.get(q).law.support().1
}

/// Mean loss of those of a cohort who lose money, in a long outage.
fn mean_loss(cohort: &Cohort, central: &[f64]) -> f64 {
    match cohort.loss.as_ref().map(|l| &l.damage) {
        None => 0.0,
        Some(Damage::Points(points)) => points.iter().map(|p| p.1.of(central)).fold(0.0, f64::max),
        Some(Damage::Power { rate, elasticity }) => rate.of(central) * LONG_HOURS.powf(elasticity.of(central)),
    }
}

/// Sums of an amount that hang on nothing.
fn flat(amount: &Amount, sums: &mut Vec<Q>) {
    match amount {
        Amount::Flat(q) => sums.push(*q),
        Amount::Bands { bands, .. } => bands.iter().for_each(|b| flat(&b.pay, sums)),
        // The lowest of several is rarely the sum among them.
        Amount::Max(list) | Amount::Sum(list) => list.iter().for_each(|a| flat(a, sums)),
        Amount::Times(_, inner) => flat(inner, sums),
        _ => (),
    }
}
