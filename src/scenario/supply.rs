//! What the filing ladder gives to a scenario that asks for it: profiles by name, and the numbers behind burdens that are
//! stated by their parts and awareness that is stated by the notice.

use super::ladder::{EVIDENCE, PROFILES};
use super::paths::{self, PathMistake};
use super::report::Place;
use super::resolved;
use super::tree::{self, Node, Table, Value};
use crate::model::burden::TASKS;

/// Name of the source that the ladder's numbers carry.
pub const SOURCE: &str = "filing-ladder";
/// Discount rate a year with which people look at money that comes later, as a law that a scenario could write itself.
const IMPATIENCE_YEAR: &str = "{ law = \"uniform\", min = 0.1, max = 0.28, note = { en = \"assumed: between the mean discount rates \
     that experiments found in Denmark, 10.1 % (Andersen, Harrison, Lau and Rutstrom 2008, Econometrica 76(3), curvature \
     of utility taken out) and 28.1 % (Harrison, Lau and Williams 2002, American Economic Review 92(5))\", \
     ko = \"가정: 덴마크 실험에서 얻은 평균 할인율 10.1%(Andersen, Harrison, Lau, Rutstrom 2008, Econometrica 76(3), 효용 곡률 제거)와 \
     28.1%(Harrison, Lau, Williams 2002, American Economic Review 92(5)) 사이\" } }";
/// Parts of a scenario in which ways to claim stand.
const CLAIMED_IN: [&str; 3] = ["filing", "guidelines", "courts"];
/// Keys of a profile that tell who files.
const CURVE: [&str; 8] = ["awareness", "notice", "burden", "beta", "curve", "rate", "table", "wait"];

/// Gives a scenario what its ways to claim ask for and it does not define, with its source: built-in profiles by name, and
/// `[ladder]`. Money is in the scenario's currency, at the wage of the ladder's latest year; in a currency without a wage
/// there are no profiles and no value of an hour.
pub fn supply(root: &mut Node) {
    let Some(currency) = root.get("currency").and_then(Node::as_text).map(String::from) else { return };
    let (mut wanted, mut asked) = (Vec::new(), Asked::default());
    for part in CLAIMED_IN {
        let Some(node) = root.get(part) else { continue };
        named(node, &mut wanted);
        asked.gather(node);
    }
    let profiles = root.get("filing").and_then(Node::as_table);
    wanted.retain(|(name, _)| profiles.is_none_or(|p| !p.has(name)));
    // Those that state what a claim takes and leave it to the ladder who files.
    let bare = profiles.map_or(&[][..], |p| &p.entries).iter().filter(|e| is_bare(&e.node));
    wanted.extend(bare.map(|e| (e.key.clone(), e.node.place)));
    if wanted.is_empty() && asked.place.is_none() {
        return;
    }
    let Ok(built_in) = tree::parse_file(PROFILES, 0) else { return };
    let wage = built_in.get("wages").and_then(|w| w.get(&currency)).and_then(number);
    let mut sourced = None;
    for (name, place) in wanted {
        let (Some(profile), Some(wage)) = (built_in.get("filing").and_then(|f| f.get(&name)), wage) else { continue };
        let Some(node) = in_money(profile, wage, &currency, place) else { continue };
        join(root, &name, node, place);
        sourced = Some(place);
    }
    if let Some(place) = asked.place {
        for (path, text) in asked.numbers(&built_in, wage, &currency) {
            // Without quotes the text is that of a table, which can be read.
            let Ok(node) = tree::parse_value(&text, 0, 0) else { continue };
            if paths::find(root, &path).is_none() && paths::set(root, &path, &[place; 3], moved(&node, place)).is_ok() {
                sourced = Some(place);
            }
        }
    }
    if let (Some(source), Some(place)) = (built_in.get("source"), sourced) {
        put(root, "sources", SOURCE, moved(source, place), place);
    }
}

/// True for a profile that does not say who files: under the name of a built-in one it is that with what it does state.
fn is_bare(profile: &Node) -> bool {
    profile.as_table().is_some_and(|table| CURVE.iter().all(|key| !table.has(key)))
}

/// Writes out, with its source, the built-in profile that a path names or lies in, where the scenario does not say who files by
/// it, so that a change finds it there as if the scenario had written it.
///
/// # Errors
/// There is no such profile in the scenario's currency.
pub fn write_out(root: &mut Node, path: &str, place: Place) -> Result<(), PathMistake> {
    let Some(name) = path.strip_prefix("filing.").and_then(|rest| rest.split('.').next()) else { return Ok(()) };
    let there = root.get("filing").and_then(|f| f.get(name));
    if there.is_some_and(|own| !is_bare(own)) {
        return Ok(());
    }
    let Some(currency) = root.get("currency").and_then(Node::as_text).map(String::from) else { return Ok(()) };
    let Ok(built_in) = tree::parse_file(PROFILES, 0) else { return Ok(()) };
    let Some(profile) = built_in.get("filing").and_then(|f| f.get(name)) else { return Ok(()) };
    let Some(wage) = built_in.get("wages").and_then(|w| w.get(&currency)).and_then(number) else {
        let message =
            format!("the built-in profile `{name}` is not there in {currency}: no wage in {currency} is known");
        let parts = built_in_parts(name).unwrap_or_default();
        let help = format!("write it by its parts in the scenario: [filing.{name}] with {parts}");
        return Err(PathMistake { segment: 1, message, help, missing: String::new() });
    };
    if let (Some(node), Some(source)) = (in_money(profile, wage, &currency, place), built_in.get("source")) {
        join(root, name, node, place);
        put(root, "sources", SOURCE, moved(source, place), place);
    }
    Ok(())
}

/// True for the name of a built-in profile.
pub fn is_built_in(name: &str) -> bool {
    built_in_names().iter().any(|n| n == name)
}

/// Names of the built-in profiles that are there in a currency.
pub fn at_hand(currency: &str) -> Vec<String> {
    let built_in = tree::parse_file(PROFILES, 0).ok();
    let wage = built_in.as_ref().and_then(|b| b.get("wages")).and_then(|w| w.get(currency));
    if wage.is_some() { built_in_names() } else { Vec::new() }
}

/// Names of the built-in profiles.
pub fn built_in_names() -> Vec<String> {
    let built_in = tree::parse_file(PROFILES, 0).ok();
    let table = built_in.as_ref().and_then(|b| b.get("filing")).and_then(Node::as_table);
    table.map_or_else(Vec::new, |t| t.keys().map(String::from).collect())
}

/// True for a profile of whose numbers some are those of the ladder.
pub fn is_of_the_ladder(profile: &Node) -> bool {
    let sourced = |node: &Node| node.get("source").and_then(Node::as_text) == Some(SOURCE);
    profile
        .as_table()
        .is_some_and(|table| table.entries.iter().any(|e| CURVE.contains(&e.key.as_str()) && sourced(&e.node)))
}

/// Profiles of a scenario that changes brought and nothing names, with their places; `before`: those that were there.
pub fn idle(root: &Node, before: &[String]) -> Vec<(String, Place)> {
    let Some(profiles) = root.get("filing").and_then(Node::as_table) else { return Vec::new() };
    let mut named_somewhere = Vec::new();
    for part in CLAIMED_IN.iter().chain(&["variants"]) {
        root.get(part).into_iter().for_each(|node| named(node, &mut named_somewhere));
    }
    let used = |name: &str| named_somewhere.iter().any(|(n, _)| n == name);
    let brought = profiles.entries.iter().filter(|e| !before.contains(&e.key) && !used(&e.key));
    brought.map(|e| (e.key.clone(), e.key_place)).collect()
}

/// Names of the profiles of a scenario.
pub fn own(root: &Node) -> Vec<String> {
    root.get("filing").and_then(Node::as_table).map_or_else(Vec::new, |t| t.keys().map(String::from).collect())
}

/// Names of the notices that the ladder knows.
pub fn notices() -> Vec<String> {
    let built_in = tree::parse_file(PROFILES, 0).ok();
    let table = built_in.as_ref().and_then(|b| b.get("notices")).and_then(Node::as_table);
    table.map_or_else(Vec::new, |t| t.keys().map(String::from).collect())
}

/// Notice and burden of a built-in profile as a scenario writes them, by its name; they stand with the evidence.
pub fn built_in_parts(name: &str) -> Option<String> {
    let evidence = tree::parse_file(EVIDENCE, 0).ok()?;
    let one = |list: &str, id: &str| {
        let all = evidence.get(list).and_then(Node::as_list)?;
        all.iter().find(|n| n.get("id").and_then(Node::as_text) == Some(id))
    };
    let profile = one("profiles", name)?;
    let [regime, notice] = ["regime", "channel"].map(|key| profile.get(key).and_then(Node::as_text));
    let parts = one("regimes", regime?)?.get("parts")?;
    Some(format!("notice = \"{}\" and burden = {}", notice?, resolved::inline(parts)))
}

/// What ways to claim ask of the ladder.
#[derive(Default)]
struct Asked {
    /// Where the first that asks for anything stands.
    place: Option<Place>,
    /// Tasks that burdens are made of.
    tasks: Vec<&'static str>,
    /// Notices that awareness follows from.
    notices: Vec<String>,
    /// Whether any tells a wait.
    waits: bool,
}

impl Asked {
    fn gather(&mut self, node: &Node) {
        match &node.value {
            Value::Table(table) => {
                if table.has("burden")
                    && let Some(wait) = table.get("wait")
                {
                    self.place.get_or_insert(wait.place);
                    self.waits = true;
                }
                for entry in &table.entries {
                    let parts = entry.node.as_table().filter(|_| entry.key == "burden");
                    for task in TASKS.iter().filter(|task| parts.is_some_and(|p| p.has(task))) {
                        self.place.get_or_insert(entry.node.place);
                        if !self.tasks.contains(task) {
                            self.tasks.push(task);
                        }
                    }
                    if let Value::Text(notice) = &entry.node.value
                        && entry.key == "notice"
                    {
                        self.place.get_or_insert(entry.node.place);
                        if !self.notices.contains(notice) {
                            self.notices.push(notice.clone());
                        }
                    }
                    self.gather(&entry.node);
                }
            }
            Value::List(list) => list.iter().for_each(|n| self.gather(n)),
            _ => {}
        }
    }

    /// Paths under `[ladder]` with their values as they would be written.
    fn numbers(&self, built_in: &Node, wage: Option<f64>, currency: &str) -> Vec<(String, String)> {
        let get = |path: [&str; 3]| path.iter().try_fold(built_in, |node, key| node.get(key)).and_then(number);
        let law = |key: &str| {
            let (mu, sigma) = (get(["parts", key, "mu"])?, get(["parts", key, "sigma"])?);
            Some(format!("{{ law = \"lognormal\", mu = {mu}, sigma = {sigma}, source = \"{SOURCE}\" }}"))
        };
        let mut all = Vec::new();
        let mut add = |path: String, text: Option<String>| all.extend(text.map(|t| (format!("ladder.{path}"), t)));
        if !self.tasks.is_empty() {
            let note =
                both(&format!("an hour's typical wage, {currency}"), &format!("한 시간의 통상 임금, {currency}"));
            let hour = |w| format!("{{ value = {w}, source = \"{SOURCE}\", note = {note} }}");
            add("hour".into(), wage.map(hour));
            add("hassle".into(), law("hassle"));
            add("beta".into(), law("beta"));
        }
        add("impatience_year".into(), self.waits.then(|| IMPATIENCE_YEAR.to_string()));
        for task in &self.tasks {
            let hours = built_in.get("tasks").and_then(|t| t.get(task)).and_then(number);
            add(
                format!("takes.{task}"),
                hours.map(|h| {
                    format!("{{ value = \"{h} h\", note = {} }}", both("assumed: one of them", "가정: 한 건"))
                }),
            );
        }
        for notice in &self.notices {
            let text = get(["notices", notice, "mean"])
                .zip(get(["notices", notice, "cv"]))
                .map(|(mean, cv)| format!("{{ law = \"beta\", mean = {mean}, cv = {cv}, source = \"{SOURCE}\" }}"));
            add(format!("notices.{notice}"), text);
        }
        all
    }
}

/// A text in both languages as a scenario writes it. Neither holds quotes.
fn both(en: &str, ko: &str) -> String {
    format!("{{ en = \"{en}\", ko = \"{ko}\" }}")
}

/// Names under `filing` or `suing` in a part of the tree, with their places.
pub fn named(node: &Node, found: &mut Vec<(String, Place)>) {
    match &node.value {
        Value::Table(table) => {
            for entry in &table.entries {
                match &entry.node.value {
                    // In the changes of variants paths end in it.
                    Value::Text(name) if matches!(entry.key.rsplit('.').next(), Some("filing" | "suing")) => {
                        if !found.iter().any(|(n, _)| n == name) {
                            found.push((name.clone(), entry.node.place));
                        }
                    }
                    _ => named(&entry.node, found),
                }
            }
        }
        Value::List(list) => list.iter().for_each(|n| named(n, found)),
        _ => {}
    }
}

fn number(node: &Node) -> Option<f64> {
    match node.value {
        Value::Number(v, _) => Some(v),
        _ => None,
    }
}

/// A profile in hours of wage as a filing profile in money.
fn in_money(profile: &Node, wage: f64, currency: &str, place: Place) -> Option<Node> {
    let get = |table: &str, key: &str| profile.get(table).and_then(|t| t.get(key)).and_then(number);
    let (mean, cv) = (get("awareness", "mean")?, get("awareness", "cv")?);
    let (mu, sigma) = (get("burden_hours", "mu")?, get("burden_hours", "sigma")?);
    let (beta_mu, beta_sigma) = (get("beta", "mu")?, get("beta", "sigma")?);
    let hours = mu.exp();
    let note = both(
        &format!("{hours:.2} hours of wage (median) at {wage} {currency}; see docs/takeup.md"),
        &format!("임금 {hours:.2}시간분(중앙값), 시간당 {wage} {currency}, docs/takeup.md 참조"),
    );
    let text = format!(
        "title = {}\n\
         awareness = {{ law = \"beta\", mean = {mean}, cv = {cv}, source = \"{SOURCE}\" }}\n\
         burden = {{ law = \"lognormal\", mu = {:.4}, sigma = {sigma}, source = \"{SOURCE}\", note = {note} }}\n\
         beta = {{ law = \"lognormal\", mu = {beta_mu}, sigma = {beta_sigma}, source = \"{SOURCE}\" }}\n",
        resolved::inline(profile.get("title")?),
        mu + wage.ln(),
    );
    tree::parse_file(&text, 0).ok().map(|node| moved(&node, place))
}

/// The same tree, all of it at one place: where something asked for it.
pub fn moved(node: &Node, place: Place) -> Node {
    let value = match &node.value {
        Value::Table(table) => {
            let mut moved_table = Table::default();
            for entry in &table.entries {
                moved_table.put(&entry.key, place, moved(&entry.node, place));
            }
            Value::Table(moved_table)
        }
        Value::List(list) => Value::List(list.iter().map(|n| moved(n, place)).collect()),
        other => other.clone(),
    };
    Node { place, value }
}

/// Puts a built-in profile under its name, or beside what the scenario states of it.
fn join(root: &mut Node, name: &str, node: Node, place: Place) {
    let own = root.as_table_mut().and_then(|t| t.get_mut("filing")).and_then(Node::as_table_mut);
    match own.and_then(|profiles| profiles.get_mut(name)).and_then(Node::as_table_mut) {
        Some(own) => {
            let entries = node.as_table().map_or(&[][..], |t| &t.entries);
            for entry in entries {
                if !own.has(&entry.key) {
                    own.put(&entry.key, place, entry.node.clone());
                }
            }
        }
        None => put(root, "filing", name, node, place),
    }
}

fn put(root: &mut Node, map: &str, key: &str, node: Node, place: Place) {
    let Some(table) = root.as_table_mut() else { return };
    if !table.has(map) {
        table.put(map, place, Node { place, value: Value::Table(Table::default()) });
    }
    if let Some(inner) = table.get_mut(map).and_then(Node::as_table_mut) {
        inner.put(key, place, node);
    }
}
