//! The tree of a scheme's version as a scenario has it: with what every scenario knows, the attributes of its people,
//! the facts that it states, what a rule pays where the scenario says so, and rules under one limit as one.

use super::super::reader::Known;
use super::super::scheme::{self, TYPES};
use super::super::tree::{Node, Table, Value as Toml};
use super::stated::{expression, in_order, last_stated};
use crate::guideline::{along, calendar};
use crate::model::Feed;
use crate::model::expression::{Type, Value};
use crate::model::scheme::{Name, Origin};

/// Name of what a rule gives, for an expression of what that is worth.
pub(super) const GIVEN: &str = "given";
/// Name of the rule that stands for all that share a limit.
pub const TOGETHER: &str = "together";

/// What every scenario or company knows and is above zero.
pub(super) const POSITIVE: [&str; 2] = ["month", "period"];

/// The latest version that was in force on a day. Where there was none yet the first, and true; where no version has a
/// date the last.
pub fn in_force(trees: &[Node], start: &str) -> (usize, bool) {
    let day = |text: &str| match scheme::read_value(text, &Type::Moment, "") {
        Ok(Value::Moment(m)) => Some(calendar::day(m)),
        _ => None,
    };
    let from = |t: &Node| t.get("from").and_then(|n| day(&scheme::text_of(n)));
    let dated: Vec<(i64, usize)> = trees.iter().enumerate().filter_map(|(i, t)| from(t).map(|d| (d, i))).collect();
    let on = day(start).unwrap_or(i64::MAX);
    match (dated.iter().filter(|(d, _)| *d <= on).max(), dated.iter().min()) {
        (Some((_, i)), _) => (*i, false),
        (None, Some((_, i))) => (*i, true),
        (None, None) => (trees.len().saturating_sub(1), false),
    }
}

/// A version's tree with the standard facts and the attributes of people, and the facts that the scenario works out from
/// them. Where the scheme says what a simulation takes for a standard fact, that comes first or not (`own_first`).
/// `currency`: of the scheme.
pub fn with_facts(
    tree: &Node,
    facts: &[&Table],
    attributes: &[Known],
    (standard, own_first): (&[(&str, &str)], bool),
    currency: &str,
) -> Node {
    let mut tree = tree.clone();
    let place = tree.place;
    let Some(root) = tree.as_table_mut() else { return tree };
    let mut own = match root.remove("facts").map(|e| e.node.value) {
        Some(Toml::Table(facts)) => facts,
        _ => Table::default(),
    };
    let mut fed = Table::default();
    let mut quantities: Vec<&str> = Vec::new();
    let step = |name: &str| root.get("steps").is_some_and(|n| n.get(name).is_some());
    let rules = root.get("rules").and_then(Node::as_list).unwrap_or(&[]);
    let rule = |name: &str| rules.iter().any(|r| r.get("id").and_then(Node::as_text) == Some(name));
    let known_to_all = |name: &str| {
        let found = standard.iter().find(|(known, _)| *known == name && !step(name) && !rule(name));
        found.map(|(_, kind)| Node::text(kind, place))
    };
    for entry in last_stated(facts) {
        // Tables are quantities; an attribute of the same name is fed as it is; anything else is an expression or a value
        // as written.
        let itself = entry.node.as_text().is_some_and(|t| t.trim() == entry.key);
        if entry.node.as_table().is_some() {
            quantities.push(&entry.key);
        } else if !(itself && attributes.iter().any(|a| a.name == entry.key))
            && let Some(old) = own.remove(&entry.key).map(|e| e.node).or_else(|| known_to_all(&entry.key))
        {
            let kind = old.get("type").cloned().unwrap_or(old);
            // What is stated is no default, which would count as assumed.
            let is = expression(&entry.node, &kind, currency);
            let parts = vec![("is", is), ("type", kind)];
            fed.put(&entry.key, entry.key_place, Node::table(parts, entry.node.place));
        }
    }
    let simulated: Vec<(String, Node)> =
        own.entries.iter().filter_map(|e| e.node.get("simulated").map(|n| (e.key.clone(), n.clone()))).collect();
    // What is known of each person comes before what is worked out for all.
    let known = |name: &str| !own_first && standard.iter().any(|s| s.0 == name);
    let stated = |name: &str| quantities.contains(&name) || attributes.iter().any(|a| a.name == name);
    let simulated = simulated.into_iter().filter(|(name, _)| !stated(name) && !known(name));
    for (name, is) in simulated {
        if let Some(old) = own.remove(&name) {
            let kind = old.node.get("type").cloned().unwrap_or(old.node.clone());
            let title = old.node.get("title").cloned();
            let assumed = Node { place: old.key_place, value: Toml::Bool(true) };
            let parts = vec![("is", is), ("type", kind), ("assumed", assumed)];
            let parts = parts.into_iter().chain(title.map(|t| ("title", t))).collect();
            fed.put(&name, old.key_place, Node::table(parts, old.key_place));
        }
    }
    let mut all = Table::default();
    let taken = |name: &str| own.has(name) || fed.has(name) || step(name) || rule(name);
    for (name, kind) in standard.iter().filter(|(name, _)| !taken(name)) {
        let mut parts = vec![("type", Node::text(kind, place))];
        if POSITIVE.contains(name) {
            parts.push(("above_zero", Node { place, value: Toml::Bool(true) }));
        }
        let title = scheme::standard_title(name);
        let words = [("en", title.en), ("ko", title.ko)].map(|(lang, text)| (lang, Node::text(&text, place)));
        parts.push(("title", Node::table(words.into(), place)));
        all.put(name, place, Node::table(parts, place));
    }
    for a in attributes.iter().filter(|a| !taken(&a.name)) {
        let kind = TYPES.iter().find(|(_, ty)| *ty == a.ty).map_or("number", |(word, _)| word);
        let above = Node { place, value: Toml::Bool(a.above_zero) };
        all.put(&a.name, place, Node::table(vec![("type", Node::text(kind, place)), ("above_zero", above)], place));
    }
    all.entries.append(&mut own.entries);
    root.put("facts", place, Node { place, value: Toml::Table(all) });
    let fed = Table { entries: in_order(fed.entries.to_vec()).into() };
    root.put("fed", place, Node { place, value: Toml::Table(fed) });
    tree
}

/// What a version's tree says beside its rules and does not take to read them.
const BESIDE: [&str; 3] = ["sources", "note", "cases"];

/// A version's tree with one of its rules, by place in their list, or none, and what it takes to read that.
pub fn one_rule_of(tree: &Node, rule: Option<usize>) -> Node {
    let Some(root) = tree.as_table() else { return tree.clone() };
    let mut alone = Table::default();
    for e in root.entries.iter().filter(|e| !BESIDE.contains(&e.key.as_str())) {
        let rules = e.node.as_list().filter(|_| e.key == "rules");
        let one = |list: &[Node]| rule.and_then(|at| list.get(at).cloned()).into_iter().collect();
        let value = rules.map_or_else(|| e.node.value.clone(), |list| Toml::List(one(list)));
        alone.put(&e.key, e.key_place, Node { place: e.node.place, value });
    }
    Node { place: tree.place, value: Toml::Table(alone) }
}

/// Lets a rule pay what a scenario says: an expression in which `given` is what the rule gives by itself, or where it says
/// nothing that.
pub fn paying(mut tree: Node, rule: &str, pays: Option<&Node>) -> Node {
    let Some(root) = tree.as_table_mut() else { return tree };
    let rules = root.get_mut("rules").and_then(Node::as_list_mut);
    let own = rules.and_then(|l| l.iter_mut().find(|r| r.get("id").and_then(Node::as_text) == Some(rule)));
    let Some(own) = own.and_then(Node::as_table_mut) else { return tree };
    let given = own.get("gives").or(own.get("pays")).cloned();
    let Some(pays) = pays.or(given.as_ref()).cloned() else { return tree };
    for key in ["gives", "decision", "pays"] {
        own.remove(key);
    }
    let asks = pays.as_text().is_some_and(|t| t.contains(GIVEN));
    own.put("pays", pays.place, pays);
    if let (Some(given), true) = (given, asks) {
        step(root, GIVEN, given);
    }
    tree
}

/// Makes one rule of those that pay under a limit for all of them: places in the list of rules.
pub fn under_one_limit(tree: &mut Node, rules: &[usize], currency: &str) {
    let Some(root) = tree.as_table_mut() else { return };
    let Some(limit) = root.remove("at_most").map(|e| e.node) else { return };
    let (place, Some(most)) = (limit.place, limit.as_text()) else { return };
    let list = root.get("rules").and_then(Node::as_list).unwrap_or(&[]).to_vec();
    let mut sums = Vec::new();
    let mut automatic = true;
    for rule in rules.iter().filter_map(|i| list.get(*i)) {
        let text = |key: &str| rule.get(key).map(scheme::text_of);
        let Some(pays) = text("pays") else { continue };
        let paid = match text("when") {
            Some(when) => format!("if {when} then max({pays}, 0 {currency}) else 0 {currency}"),
            None => format!("max({pays}, 0 {currency})"),
        };
        let name = format!("{TOGETHER}_{}", sums.len() + 1);
        step(root, &name, Node::text(&paid, rule.place));
        automatic &= text("mode").as_deref() == Some("automatic");
        sums.push(name);
    }
    let pays = format!("min({}, {most})", sums.join(" + "));
    let mode = if automatic { "automatic" } else { "claim" };
    let words =
        |en: &str, ko: &str| Node::table(vec![("en", Node::text(en, place)), ("ko", Node::text(ko, place))], place);
    let parts = vec![
        ("id", Node::text(TOGETHER, place)),
        ("title", words("What its rules pay together, up to their limit", "모든 규칙을 합한 금액, 한도까지")),
        ("mode", Node::text(mode, place)),
        ("pays", Node::text(&pays, place)),
    ];
    root.put("rules", place, Node { place, value: Toml::List(vec![Node::table(parts, place)].into()) });
}

/// True when each of the rules that [`under_one_limit`] made one looks at the loss.
pub fn parts_look_at_loss(names: &[Name], feeds: &[Feed]) -> bool {
    let loss = feeds.iter().position(|f| *f == Feed::Loss).unwrap_or(usize::MAX);
    let parts = names.iter().filter(|n| n.name.starts_with(TOGETHER));
    parts.clone().all(|n| matches!(&n.origin, Origin::Step(e) if along::uses(&e.root, loss, names)))
}

/// Adds a step after all others.
fn step(root: &mut Table, name: &str, is: Node) {
    let place = is.place;
    if !root.has("steps") {
        root.put("steps", place, Node { place, value: Toml::Table(Table::default()) });
    }
    if let Some(steps) = root.get_mut("steps").and_then(Node::as_table_mut) {
        steps.put(name, place, is);
    }
}
