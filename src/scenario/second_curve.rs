//! A second take-up curve beside the first. Who files is the largest unknown of a scenario, so its results are shown under two
//! curves at least: where the file's own variants that change who files leave one of the curves as it is, one is added that has
//! the other shape of all.

use super::number::is_number;
use super::reader::Reading;
use super::report::{Place, first_of};
use super::tree::{self, Node, Table, Value};
use super::{paths, review, supply};
use crate::model::burden::TASKS;
use crate::model::{Filing, Guideline, Scenario, TakeUp, says_who_files};

/// Name of the variant that is added.
const ID: &str = "other-take-up-curve";

/// Adds the variant to a tree in which people file by a curve that no other take-up of the file changes. Nothing is added to a
/// file that has a variant of its name, such as the resolved text of one that it was added to. Says whether it was added.
pub fn add(root: &mut Node) -> bool {
    if root.get("variants").is_some_and(|variants| variants.get(ID).is_some()) {
        return false;
    }
    let mut curves = Vec::new();
    // What is named and not defined comes from the ladder; a variant can change it only where it stands.
    let mut supplied = root.clone();
    supply::supply(&mut supplied);
    for part in ["filing", "guidelines"] {
        if let Some(node) = supplied.get(part) {
            gather(node, part, &mut curves);
        }
    }
    if all_have_two(&supplied, &curves) {
        return false;
    }
    let Some((_, _, place)) = curves.first() else { return false };
    let place = *place;
    let mut text = String::from(
        "title = { en = \"Another take-up curve\", ko = \"다른 신청률 곡선\" }\n\
         note = { en = \"Added because the scenario's own variants do not show everybody under another take-up: the other shape of \
         the curve with the same awareness, burden and beta (the Weibull shape is steeper above the half-way point than the \
         logistic).\", ko = \"시나리오의 변형만으로는 모든 신청률을 다른 곡선으로 볼 수 없어 더한 것: 인지율·부담·베타는 같고 곡선 모양만 \
         다르다(와이불은 절반 지점 위에서 로지스틱보다 가파르다).\" }\n[set]\n",
    );
    for (path, shape, _) in &curves {
        text.push_str(&format!("\"{path}.curve\" = \"{shape}\"\n"));
    }
    let Ok(node) = tree::parse_file(&text, place.file) else { return false };
    *root = supplied;
    let Some(table) = root.as_table_mut() else { return false };
    if !table.has("variants") {
        table.put("variants", place, Node { place, value: Value::Table(Table::default()) });
    }
    if let Some(variants) = table.get_mut("variants").and_then(Node::as_table_mut) {
        variants.put(ID, place, supply::moved(&node, place));
    }
    true
}

/// Takes away the variant that was added.
pub fn remove(root: &mut Node) {
    if let Some(variants) = root.as_table_mut().and_then(|t| t.get_mut("variants")).and_then(Node::as_table_mut) {
        variants.remove(ID);
    }
}

/// A curve: where it stands, the shape that it has not, and its place in the text.
type Curve = (String, &'static str, Place);

/// True where other take-ups of the file change every curve by which people file under a guideline.
fn all_have_two(root: &Node, curves: &[Curve]) -> bool {
    let (mut named, changed) = (Vec::new(), take_ups(root));
    root.get("guidelines").into_iter().for_each(|node| supply::named(node, &mut named));
    // A cohort's awareness changes every curve, for the people of that cohort alone.
    let cohorts = root.get("cohorts").and_then(Node::as_table).map_or(&[][..], |table| &table.entries);
    let known = |id: &str| changed.iter().any(|path| below(path, &format!("cohorts.{id}.awareness")));
    if !cohorts.is_empty() && cohorts.iter().all(|cohort| known(&cohort.key)) {
        return true;
    }
    let in_use = |path: &str| match path.strip_prefix("filing.") {
        Some(name) => named.iter().any(|(n, _)| n == name),
        None => true,
    };
    let has_two = |path: &str| {
        made_of(root, path).iter().any(|part| changed.iter().any(|path| below(path, part) || below(part, path)))
    };
    curves.iter().all(|(path, ..)| !in_use(path) || has_two(path))
}

/// Paths that the file's other take-ups change: its variants that change nothing but who files.
fn take_ups(root: &Node) -> Vec<String> {
    let variants = root.get("variants").and_then(Node::as_table).map_or(&[][..], |table| &table.entries);
    let sets = variants.iter().filter_map(|v| v.node.get("set").and_then(Node::as_table));
    let take_ups = sets.filter(|set| set.keys().all(says_who_files));
    take_ups.flat_map(Table::keys).map(|path| canonical(root, path)).collect()
}

/// A path as it is told elsewhere; its last keys may be new.
fn canonical(root: &Node, path: &str) -> String {
    match (paths::find(root, path), path.rsplit_once('.')) {
        (Some((path, _)), _) => path,
        (None, Some((above, key))) => format!("{}.{key}", canonical(root, above)),
        (None, None) => path.into(),
    }
}

/// True of a path, and of all paths inside it.
fn below(path: &str, top: &str) -> bool {
    path.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Where a curve stands, and the numbers elsewhere on which it rests: those of the ladder and those that it names with `same_as`.
fn made_of(root: &Node, curve: &str) -> Vec<String> {
    let (mut all, mut next) = (vec![curve.to_string()], 0);
    while next < all.len() {
        let mut more = Vec::new();
        if let Some((_, node)) = paths::find(root, &all[next]) {
            if next == 0 {
                of_the_ladder(node, &mut more);
            }
            shared(node, &mut more);
        }
        for path in more.iter().map(|path| canonical(root, path)) {
            if !all.contains(&path) {
                all.push(path);
            }
        }
        next += 1;
    }
    all
}

/// Numbers of the ladder behind a curve.
fn of_the_ladder(curve: &Node, found: &mut Vec<String>) {
    let mut add = |key: &str| found.push(format!("ladder.{key}"));
    if let Some(parts) = curve.get("burden").filter(|burden| !is_number(burden)) {
        ["hour", "hassle"].into_iter().for_each(&mut add);
        TASKS.iter().filter(|task| parts.get(task).is_some()).for_each(|task| add(&format!("takes.{task}")));
        if curve.get("beta").is_none() {
            add("beta");
        }
    }
    if curve.get("wait").is_some() {
        add("impatience_year");
    }
    if let Some(notice) = curve.get("notice").and_then(Node::as_text) {
        add(&format!("notices.{notice}"));
    }
}

/// What the numbers of a curve are the same as, but for the work on a claim.
fn shared(node: &Node, found: &mut Vec<String>) {
    for entry in node.as_table().map_or(&[][..], |table| &table.entries) {
        match (entry.key.as_str(), entry.node.as_text()) {
            ("same_as", Some(path)) => found.push(path.into()),
            ("review" | "effort", _) => {}
            _ => shared(&entry.node, found),
        }
    }
}

/// Warns of guidelines under which people file by shares that no variant changes: they have no second curve.
pub fn lacking(reading: &mut Reading<'_>, scenario: &Scenario) {
    let changed = take_ups(reading.root);
    let (mut lacking, mut first) = (Vec::new(), None);
    for guideline in &scenario.guidelines {
        let own = format!("guidelines.{}", guideline.id);
        for rule in &guideline.rules {
            let shares = matches!(rule.filing, Filing::Claim(TakeUp::Constant { .. } | TakeUp::Table { .. }));
            let Some(node) = review::filing_of(reading.root, &guideline.id, rule).filter(|_| shares) else { continue };
            let profile = node.as_text().map(|name| format!("filing.{name}"));
            let another = |path: &String| below(path, &own) || profile.as_deref().is_some_and(|top| below(path, top));
            if !changed.iter().any(another) {
                first.get_or_insert(node.place);
                lacking.push((guideline, rule));
            }
        }
    }
    let Some(place) = first else { return };
    // A guideline of which all claimed rules are so is named, of another the rules.
    let claimed = |g: &Guideline| g.rules.iter().filter(|r| matches!(r.filing, Filing::Claim(_))).count();
    let mut names: Vec<String> = Vec::new();
    for (guideline, rule) in &lacking {
        let whole = lacking.iter().filter(|(g, _)| g.id == guideline.id).count() == claimed(guideline);
        names.push(if whole { guideline.id.clone() } else { format!("{}.rules.{}", guideline.id, rule.id) });
    }
    names.dedup();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let message = format!(
        "who files under {} is stated as shares, so that no second take-up curve stands beside it",
        first_of(&names)
    );
    reading.warn(place, message).help(
        "give `awareness`, `burden` and `beta` in place of `rate` or `table`, or other shares in a variant, such as \
         \"filing.x\" = { rate = 0.1 } (for shares that stand in a rule, the path that ends in `.filing.rate`)",
    );
}

/// Paths of curves below a node, with the shape that each has not.
fn gather(node: &Node, path: &str, found: &mut Vec<Curve>) {
    let at = |key: &str| format!("{path}.{key}");
    match &node.value {
        Value::Table(table) => {
            // What states shares too is a mistake of its own.
            if table.has("burden") && !table.has("rate") && !table.has("table") {
                let weibull = table.get("curve").and_then(Node::as_text) == Some("weibull");
                found.push((path.to_string(), if weibull { "logistic" } else { "weibull" }, node.place));
                return;
            }
            table.entries.iter().for_each(|e| gather(&e.node, &at(&e.key), found));
        }
        Value::List(list) => {
            let parent = path.rsplit('.').next().unwrap_or("");
            for (i, member) in list.iter().enumerate() {
                gather(member, &at(&super::paths::member_name(member, parent, i)), found);
            }
        }
        _ => {}
    }
}
