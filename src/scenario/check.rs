//! Warnings: what is valid but probably not meant.

use super::filing::Profile;
use super::reader::Reading;
use super::tree::{Node, Value};
use super::{doubtful, idle, paths, words};
use crate::model::procedure::Shock;
use crate::model::{Q, Scenario};

/// Share of what publicity adds below which nothing is left of it.
const FADED: f64 = 0.01;

/// Adds warnings about things that nothing uses.
pub fn warnings(reading: &mut Reading<'_>, scenario: &Scenario, profiles: &[Profile]) {
    unused(reading, "sources", "source");
    unused(reading, "filing", "filing profile");
    unused(reading, "procedures", "procedure");
    unused(reading, "profiles", "use profile");
    without_rule(reading, scenario);
    idle::warnings(reading, scenario);
    publicity(reading, scenario);
    absurd(reading, scenario, profiles);
}

/// Spread of losses around their mean above which one is told of. Of a lognormal law half of all loss is then that of one
/// in sixty.
const WIDE_CV: f64 = 10.0;
/// Elasticity of the odds of filing above which one is told of.
const STEEP_BETA: f64 = 5.0;
/// Parts of a scenario in which curves of filing stand.
const CURVES_IN: [&str; 4] = ["filing.", "guidelines.", "courts.", "ladder."];

/// A value that hardly anybody means: its path, what it is, what would be usual.
pub type Odd = (String, String, String);

/// Values that can be and hardly are: sizes of less than one person, losses that spread too far, curves that are too steep.
fn absurd(reading: &mut Reading<'_>, scenario: &Scenario, profiles: &[Profile]) {
    let central = reading.quantities.central();
    let mut odd: Vec<Odd> = doubtful::odd(reading, scenario, profiles);
    for cohort in &scenario.cohorts {
        let (path, size) = (format!("cohorts.{}.size", cohort.id), cohort.size.of(&central));
        if size > 0.0 && size < 1.0 {
            odd.push((
                path,
                format!("this cohort has less than one person ({})", words::number(size)),
                "`size` is a number of people, usually thousands or more, and no share: write how many they are".into(),
            ));
        }
        let severity = format!("cohorts.{}.loss.severity", cohort.id);
        let parts = paths::find(reading.root, &format!("{severity}.mixture")).and_then(|(_, n)| n.as_list());
        let parts = (1..=parts.map_or(0, <[Node]>::len)).map(|i| format!("{severity}.mixture.{i}.cv"));
        for path in std::iter::once(format!("{severity}.cv")).chain(parts) {
            let cv = match paths::find(reading.root, &path).map(|(_, n)| &n.value) {
                Some(Value::Number(cv, _)) => *cv,
                Some(Value::Table(_)) => reading.handles.get(&path).map_or(0.0, |q| q.of(&central)),
                _ => continue,
            };
            if cv > WIDE_CV {
                let help = "the scenarios that come with redress have a cv of 0.7 to 2; if per cent are meant, write 50 % as 0.5";
                odd.push((
                    path,
                    format!("losses around their mean hardly spread so far: cv = {}", words::number(cv)),
                    help.into(),
                ));
            }
        }
    }
    for quantity in &reading.quantities.list {
        let path = &quantity.path;
        let curve = CURVES_IN.iter().any(|part| path.starts_with(part)) && path.ends_with(".beta");
        let Some(q) = reading.handles.get(path).filter(|_| curve && !path.contains(".facts.")) else { continue };
        let beta = q.of(&central);
        if beta > STEEP_BETA {
            odd.push((
                path.clone(),
                format!(
                    "this take-up curve is steeper than any that was seen: the odds of filing have an elasticity of {}",
                    words::number(beta)
                ),
                "usual is a beta of 0.25 to 4, and the evidence gives about 2 (docs/takeup.md); with a beta of 8 an award of half \
                 the burden moves one in 250 of those who know of it"
                    .into(),
            ));
        }
    }
    for (path, message, help) in odd {
        if let Some(place) = paths::find(reading.root, &path).map(|(_, node)| node.place) {
            reading.warn(place, message).help(help);
        }
    }
}

fn unused(reading: &mut Reading<'_>, map: &str, what: &str) {
    let root = reading.root;
    let Some(table) = root.get(map).and_then(Node::as_table) else { return };
    for entry in &table.entries {
        let in_file = entry.key_place.file == 0;
        if in_file && !reading.used.contains(&format!("{map}.{}", entry.key)) {
            reading
                .warn(entry.key_place, format!("nothing refers to the {what} `{}`", entry.key))
                .help("remove it, or name it where it is meant");
        }
    }
}

/// Cohorts that no rule of any guideline reaches.
fn without_rule(reading: &mut Reading<'_>, scenario: &Scenario) {
    let rules: Vec<_> = scenario.guidelines.iter().flat_map(|g| &g.rules).collect();
    if rules.is_empty() {
        return;
    }
    let root = reading.root;
    for (i, cohort) in scenario.cohorts.iter().enumerate() {
        if rules.iter().any(|r| r.cohorts.contains(&i)) {
            continue;
        }
        let table = root.get("cohorts").and_then(Node::as_table);
        if let Some(entry) = table.and_then(|t| t.entries.iter().find(|e| e.key == cohort.id)) {
            reading
                .warn(entry.key_place, format!("no rule of any guideline is for the cohort `{}`", cohort.id))
                .help("its people get nothing; name it, or one of its tags, under `for` of a rule if one is for it");
        }
    }
}

/// Days of publicity after the last day on which anybody can file, and those of which nothing is left on the first.
fn publicity(reading: &mut Reading<'_>, scenario: &Scenario) {
    let after = &scenario.aftermath;
    let desks = after.procedures.iter().filter(|p| p.takes_claims);
    let desks = desks.map(|p| (format!("procedures.{}", p.id), p.opens_after_hours, p.window_hours, &p.arrival));
    let channel = after.channel.iter().map(|c| ("channel".into(), c.opens_after_hours, c.window_hours, &c.arrival));
    for (path, opens, window, arrival) in desks.chain(channel) {
        // Of uncertain days the widest window.
        let days = |q: Q| -> (f64, f64) {
            let (low, high) = reading.quantities.get(q).law.support();
            ((low / 24.0).round(), (high / 24.0).round())
        };
        let (first, last) = (days(opens).0, days(opens).1 + days(window).1.max(1.0) - 1.0);
        let outside = |shock: &Shock| -> Option<&str> {
            let (day, fade) = (shock.day as f64, reading.quantities.get(shock.fade_hours).law.support().1 / 24.0);
            if day > last {
                Some("comes after the last day on which anybody can file")
            } else {
                let left = if fade > 0.0 { (-(first - day) / fade).exp2() } else { 0.0 };
                (day < first && left < FADED).then_some("has faded before anybody can file")
            }
        };
        let found: Vec<(usize, &str)> =
            arrival.shocks.iter().enumerate().filter_map(|(i, s)| outside(s).map(|why| (i, why))).collect();
        found.into_iter().for_each(|(i, why)| idle(reading, &path, (i, why), (first, last)));
    }
}

/// Tells of publicity that moves nobody: which one, why, and between which days it would.
fn idle(reading: &mut Reading<'_>, path: &str, (i, why): (usize, &str), (first, last): (f64, f64)) {
    let at = format!("{path}.arrival.publicity.{}.on", i + 1);
    let Some((_, node)) = paths::find(reading.root, &at) else { return };
    let help = match (reading.date_of_day(first), reading.date_of_day(last)) {
        (Some(first), Some(last)) => {
            format!("claims are taken from {first} to {last}: give a day between, or another window")
        }
        _ => "give a day inside the window, or another window".into(),
    };
    reading.warn(node.place, format!("this publicity {why}, so it changes nothing")).help(help);
}
