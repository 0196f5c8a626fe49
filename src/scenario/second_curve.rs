//! A second take-up curve beside the first. Who files is the largest unknown of a scenario, so its results are shown under two
//! curves at least: where no variant of the file changes who files, one is added that has the other shape.

use super::reader::Reading;
use super::report::{Place, first_of};
use super::tree::{self, Node, Table, Value};
use super::{review, supply};
use crate::model::{Filing, Guideline, Scenario, TakeUp, says_who_files};

/// Name of the variant that is added.
const ID: &str = "other-take-up-curve";

/// Adds the variant to a tree in which people file by a curve and no variant changes how. Nothing is added to a file that
/// has a variant of its name, such as the resolved text of one that it was added to. Says whether it was added.
pub fn add(root: &mut Node) -> bool {
    let changed = root.get("variants").and_then(Node::as_table).is_some_and(|variants| {
        let sets = variants.entries.iter().filter_map(|v| v.node.get("set").and_then(Node::as_table));
        variants.has(ID) || sets.flat_map(Table::keys).any(says_who_files)
    });
    if changed {
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
    let Some((_, _, place)) = curves.first() else { return false };
    let place = *place;
    let mut text = String::from(
        "title = { en = \"Another take-up curve\", ko = \"다른 신청률 곡선\" }\n\
         note = { en = \"Added because no variant of the scenario changes who files: the other shape of the curve with the same \
         awareness, burden and beta (the Weibull shape is steeper above the half-way point than the logistic).\", \
         ko = \"누가 신청하는지를 바꾸는 변형이 시나리오에 없어 더한 것: 인지율·부담·베타는 같고 곡선 모양만 다르다(와이불은 절반 지점 위에서 \
         로지스틱보다 가파르다).\" }\n[set]\n",
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

/// Warns of guidelines under which people file by shares that no variant changes: they have no second curve.
pub fn lacking(reading: &mut Reading<'_>, scenario: &Scenario) {
    let changed: Vec<&str> = reading.root.get("variants").and_then(Node::as_table).map_or_else(Vec::new, |variants| {
        let sets = variants.entries.iter().filter_map(|v| v.node.get("set").and_then(Node::as_table));
        sets.flat_map(Table::keys).filter(|path| says_who_files(path)).collect()
    });
    let below = |path: &str, top: &str| path.strip_prefix(top).is_some_and(|r| r.is_empty() || r.starts_with('.'));
    let (mut lacking, mut first) = (Vec::new(), None);
    for guideline in &scenario.guidelines {
        let own = format!("guidelines.{}", guideline.id);
        for rule in &guideline.rules {
            let shares = matches!(rule.filing, Filing::Claim(TakeUp::Constant { .. } | TakeUp::Table { .. }));
            let Some(node) = review::filing_of(reading.root, &guideline.id, rule).filter(|_| shares) else { continue };
            let profile = node.as_text().map(|name| format!("filing.{name}"));
            let another = |path: &&str| below(path, &own) || profile.as_deref().is_some_and(|top| below(path, top));
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
         \"filing.x\" = { rate = 0.1 }",
    );
}

/// Paths of curves below a node, with the shape that each has not.
fn gather(node: &Node, path: &str, found: &mut Vec<(String, &'static str, Place)>) {
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
