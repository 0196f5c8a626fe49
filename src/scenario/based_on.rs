//! `based_on`: a guideline that states only what differs from another one of the scenario.

use std::collections::BTreeMap;

use super::paths;
use super::report::{Diagnostic, Place};
use super::taken_over;
use super::tree::{Node, Table, Value};

/// The key.
const KEY: &str = "based_on";

/// Puts under every guideline that names another one what it does not state itself.
pub fn expand(root: &mut Node, found: &mut Vec<Diagnostic>) {
    let Some(guidelines) = root.get("guidelines").and_then(Node::as_table) else { return };
    let drafts: Vec<String> =
        guidelines.entries.iter().filter(|e| e.node.get(KEY).is_some()).map(|e| e.key.clone()).collect();
    for id in drafts {
        if let Err(d) = expand_one(root, &id, &mut vec![id.clone()], found) {
            let place = d.place;
            found.push(*d);
            if let Some(table) = guideline(root, &id) {
                // One mistake shall not draw others: which rules its changes are of is not known.
                table.remove(KEY);
                if table.get("rules").is_some_and(|rules| rules.as_table().is_some()) {
                    table.remove("rules");
                }
                for (key, value) in [("title", Value::Text(id.clone())), ("rules", Value::List(Vec::new().into()))] {
                    if !table.has(key) {
                        table.put(key, place, Node { place, value });
                    }
                }
            }
        }
    }
}

/// Expands one draft, and what it rests on first; `above` are the drafts that wait for it.
fn expand_one(
    root: &mut Node,
    id: &str,
    above: &mut Vec<String>,
    found: &mut Vec<Diagnostic>,
) -> Result<(), Box<Diagnostic>> {
    let Some(node) = guideline(root, id).and_then(|t| t.get(KEY).cloned()) else { return Ok(()) };
    let Some(base) = node.as_text().map(str::to_string) else {
        let mut d = Diagnostic::error(node.place, format!("a text belongs here, not {}", node.kind()));
        d.help("write the name of a guideline in quotes: based_on = \"…\"");
        return Err(Box::new(d));
    };
    if above.contains(&base) {
        let mut d = Diagnostic::error(node.place, format!("`{base}` rests on itself"));
        d.help("a guideline may be based on one that stands on its own");
        return Err(Box::new(d));
    }
    if guideline(root, &base).is_none() {
        let names: Vec<String> = root
            .get("guidelines")
            .and_then(Node::as_table)
            .map_or_else(Vec::new, |t| t.keys().filter(|k| *k != id).map(String::from).collect());
        let mut d = Diagnostic::error(node.place, format!("this scenario has no guideline `{base}`"));
        d.help(paths::suggestion(&base, &names)).missing(format!("guidelines.{base}"));
        return Err(Box::new(d));
    }
    above.push(base.clone());
    expand_one(root, &base, above, found)?;
    let Some(under) = guideline(root, &base).map(|t| t.clone()) else { return Ok(()) };
    if let Some(table) = guideline(root, id) {
        table.remove(KEY);
        *table = laid_over(under, table, &base, found);
    }
    Ok(())
}

fn guideline<'a>(root: &'a mut Node, id: &str) -> Option<&'a mut Table> {
    root.as_table_mut()?.get_mut("guidelines")?.as_table_mut()?.get_mut(id)?.as_table_mut()
}

/// A draft's own keys over those of `base`, on which it rests, with whose uncertain numbers it shares. Rules given as a table change the rules of these names, key
/// by key; every other key replaces the other's.
fn laid_over(mut under: Table, own: &Table, base: &str, found: &mut Vec<Diagnostic>) -> Table {
    let scheme = under.has("scheme");
    let (facts, rules) = (under.get("facts").cloned(), under.get("rules").cloned());
    under.entries.iter_mut().filter(|e| e.key != "scheme").for_each(|e| {
        taken_over::share(&mut e.node, &format!("guidelines.{base}.{}", e.key));
    });
    // Facts of another scheme are other numbers, whatever they are called.
    if let Some(facts) = facts.filter(|_| own.has("scheme"))
        && let Some(taken) = under.get_mut("facts")
    {
        *taken = facts;
    }
    for entry in &own.entries {
        if let ("rules", Some(changes)) = (entry.key.as_str(), entry.node.as_table()) {
            match under.get_mut("rules").map(|n| &mut n.value) {
                Some(Value::List(list)) => {
                    let before = rules.as_ref().and_then(Node::as_list).unwrap_or(&[]);
                    *list = changed_rules(list, before, changes, base, found).into();
                }
                // That the other's rules are no list is told where they stand, and that it has none as well.
                Some(_) => {}
                None if scheme => {
                    let message =
                        format!("the rules of `{base}` are those of a scheme, which a draft cannot change one by one");
                    let mut d = Diagnostic::error(entry.key_place, message);
                    d.help(
                        "what can be changed: `facts`, `for`, `only`, `filing`, `procedure`, `rate`, `price_level`, `version`, or \
                         a list of its rules, [[guidelines.….rules]] with `rule`, `for`, `filing` and `facts`",
                    );
                    found.push(d);
                }
                None => {
                    let none = Node { place: entry.node.place, value: Value::List(Vec::new().into()) };
                    under.put(&entry.key, entry.key_place, none);
                }
            }
            continue;
        }
        under.put(&entry.key, entry.key_place, entry.node.clone());
    }
    under
}

/// The rules of `base` with some changed; a change that names none of them is a mistake. `before`: as they stand there.
fn changed_rules(
    list: &[Node],
    before: &[Node],
    changes: &Table,
    base: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<Node> {
    let mut names: Vec<String> = list.iter().enumerate().map(|(i, n)| paths::member_name(n, "rules", i)).collect();
    let mut changed = list.to_vec();
    // Of a rule whose name is no text has been told: a name that no other has is the one that it was to have.
    let mut unnamed = list.iter().enumerate().filter(|(_, n)| n.get("id").is_some_and(|id| id.as_text().is_none()));
    let unnamed = unnamed.next().map(|(at, _)| at).filter(|_| unnamed.next().is_none());
    for change in &changes.entries {
        let Some(at) = names.iter().position(|name| *name == change.key).or(unnamed) else {
            let message = format!("the guideline `{base}` has no rule `{}`", change.key);
            let mut d = Diagnostic::error(change.key_place, message);
            names.dedup();
            d.help(paths::suggestion(&change.key, &names)).missing(format!("guidelines.{base}.rules.{}", change.key));
            found.push(d);
            continue;
        };
        let Some(keys) = change.node.as_table() else {
            let message = format!("a table belongs here, not {}", change.node.kind());
            let mut d = Diagnostic::error(change.node.place, message);
            d.help(format!("write the keys of the rule that change: rules.{} = {{ amount = … }}", change.key));
            found.push(d);
            continue;
        };
        let Some(rule) = changed[at].as_table_mut() else { continue };
        if let Some(facts) = before[at].get("facts").filter(|_| keys.has("scheme")) {
            rule.put("facts", facts.place, facts.clone());
        }
        for key in &keys.entries {
            rule.put(&key.key, key.key_place, key.node.clone());
        }
    }
    changed
}

/// Each guideline that names another one on which it rests, and that one's name.
pub fn bases(root: &Node) -> Vec<(String, String)> {
    let guidelines = root.get("guidelines").and_then(Node::as_table);
    let entries = guidelines.map_or(&[][..], |t| &t.entries);
    entries.iter().filter_map(|e| Some((e.key.clone(), e.node.get(KEY)?.as_text()?.to_string()))).collect()
}

/// Leaves out what is told of a guideline as a whole, at its heading, where the same is told of one on which it rests.
fn tell_of_the_base(root: &Node, rests: &[(String, String)], found: &mut Vec<Diagnostic>) {
    let guidelines = root.get("guidelines").and_then(Node::as_table);
    let entry = |id: &str| guidelines.and_then(|t| t.entries.iter().find(|e| e.key == id));
    let whole = |d: &Diagnostic| {
        let entry = d.guideline.as_deref().and_then(entry);
        entry.is_some_and(|e| d.place == e.key_place || d.place == e.node.place)
    };
    let below = |id: &str| rests.iter().find(|(draft, _)| draft == id).map(|(_, base)| base.as_str());
    let told = |id: &str, of: &Diagnostic| {
        let same = |d: &&Diagnostic| d.guideline.as_deref() == Some(id) && whole(d) && d.help == of.help;
        found.iter().filter(same).any(|d| d.severity == of.severity && unnamed(d) == unnamed(of))
    };
    let again = |d: &Diagnostic| {
        let mut id = d.guideline.as_deref().filter(|_| whole(d));
        // Of those that rest on one another in a circle each is seen once.
        for _ in 0..rests.len() {
            id = id.and_then(below);
            if id.is_some_and(|id| d.guideline.as_deref() != Some(id) && told(id, d)) {
                return true;
            }
        }
        false
    };
    let kept: Vec<Diagnostic> = found.iter().filter(|d| !again(d)).cloned().collect();
    *found = kept;
}

/// Keeps once what is told of a guideline and again of one that is based on it, or of two that rest on one file: the same
/// of one place but for the name, and what is wrong with it as a whole. It is told of the guideline in which the place lies.
/// `rests`: see [`bases`].
pub fn tell_once(root: &Node, rests: &[(String, String)], found: &mut Vec<Diagnostic>) {
    tell_of_the_base(root, rests, found);
    let guidelines = root.get("guidelines").and_then(Node::as_table);
    // How near before the place its guideline begins; of one that begins elsewhere nothing is known.
    let near = |d: &Diagnostic| {
        let entry = guidelines.and_then(|t| t.entries.iter().find(|e| Some(&*e.key) == d.guideline.as_deref()));
        let begins = entry.map(|e| (e.key_place.file, e.key_place.start));
        begins.filter(|(file, start)| *file == d.place.file && *start <= d.place.start)
    };
    let mut told: Vec<Diagnostic> = Vec::new();
    let mut at_place: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for d in found.drain(..) {
        let others = at_place.entry(d.place).or_default();
        let same = others.iter().copied().find(|other| {
            let other = &told[*other];
            other.guideline != d.guideline && unnamed(other).zip(unnamed(&d)).is_some_and(|(a, b)| a == b)
        });
        match same {
            None => {
                others.push(told.len());
                told.push(d);
            }
            Some(at) if near(&d) > near(&told[at]) => told[at] = d,
            Some(_) => {}
        }
    }
    *found = told;
}

/// What a message says of a guideline, whichever it is; `None`: it is of none.
fn unnamed(d: &Diagnostic) -> Option<String> {
    let id = d.guideline.as_ref()?;
    Some(d.message.replace(&format!("guidelines.{id}"), "guidelines."))
}
