//! Misspelt keys and names on which other parts of a file hang: what stands below one is put where it belongs before the
//! file is read, so that one slip of the pen is one mistake.

use super::paths::{NAME_MAPS, member_name};
use super::reader::in_a_table;
use super::report::{Diagnostic, closest, listed};
use super::tree::{Node, Table, Value};

/// Keys of a scenario file.
const SCENARIO: [&str; 27] = [
    "schema",
    "id",
    "title",
    "summary",
    "currency",
    "as_of",
    "baseline",
    "sources",
    "outage",
    "services",
    "regions",
    "profiles",
    "cohorts",
    "filing",
    "ladder",
    "joint",
    "correlations",
    "budget",
    "guidelines",
    "variants",
    "procedures",
    "courts",
    "bearing",
    "valuation",
    "channel",
    "observed",
    "outcome",
];

/// Keys of a company file.
const COMPANY: [&str; 18] = [
    "schema",
    "id",
    "title",
    "summary",
    "currency",
    "as_of",
    "year",
    "sources",
    "services",
    "customers",
    "durations",
    "causes",
    "filing",
    "guidelines",
    "reserves",
    "insurance",
    "joint",
    "correlations",
];

/// Keys of `[outage]`.
const OUTAGE: [&str; 2] = ["start", "phases"];

/// Keys of a cohort or of a group of customers.
const COHORT: [&str; 11] =
    ["title", "tags", "size", "services", "regions", "hit", "awareness", "fee_month", "attributes", "loss", "reports"];

/// Keys of a guideline that say what its other keys mean.
const RESTS: [&str; 3] = ["based_on", "library", "scheme"];

/// Keys that only a guideline that applies a scheme has.
pub const APPLIED: [&str; 8] = ["facts", "version", "for", "rate", "price_level", "filing", "partly", "only"];

/// The other keys of a guideline.
const GUIDELINE: [&str; 12] = [
    "from_library",
    "title",
    "note",
    "jurisdiction",
    "effective",
    "evidence",
    "source",
    "claim_cost",
    "procedure",
    "pool",
    "rules",
    "asked",
];

/// A map of tables, which are often written under several headings each.
struct Kind {
    map: &'static str,
    /// What one of them is called.
    one: &'static str,
    /// Keys that each must have,
    needs: &'static [&'static str],
    /// and those that may stand in their place.
    or: &'static [&'static str],
}

/// Those of a scenario.
const OF_SCENARIO: [Kind; 5] = [
    Kind { map: "services", one: "service", needs: &["restored_after"], or: &["curve"] },
    Kind { map: "cohorts", one: "cohort", needs: &["title", "size", "services", "hit"], or: &[] },
    Kind { map: "guidelines", one: "guideline", needs: &["title"], or: &RESTS },
    Kind {
        map: "procedures",
        one: "procedure",
        needs: &["order", "opens_after", "window", "staff", "wage"],
        or: &["automatic_after"],
    },
    Kind { map: "courts", one: "issue of the courts", needs: &["instances", "award_share"], or: &[] },
];

/// Those of a company.
const OF_COMPANY: [Kind; 3] = [
    Kind { map: "guidelines", one: "guideline", needs: &["asked"], or: &[] },
    Kind { map: "customers", one: "group of customers", needs: &["size", "services"], or: &[] },
    Kind { map: "causes", one: "cause", needs: &["duration", "takes_down"], or: &[] },
];

/// So many misspelt names of one kind are looked for; a file with more of them has other troubles.
const MOST_PARTS: usize = 100;

/// Puts in their places what stands under misspelt keys and names of a scenario file, and tells of each.
pub fn gather(root: &mut Node, found: &mut Vec<Diagnostic>) {
    gather_in(root, &SCENARIO, &OF_SCENARIO, found);
    unused_profiles(root, found);
}

/// The same of a company file.
pub fn gather_company(root: &mut Node, found: &mut Vec<Diagnostic>) {
    gather_in(root, &COMPANY, &OF_COMPANY, found);
}

fn gather_in(root: &mut Node, keys: &[&'static str], kinds: &[Kind], found: &mut Vec<Diagnostic>) {
    let Some(top) = root.as_table_mut() else { return };
    rename(top, "", keys, keys, found);
    for map in NAME_MAPS {
        single(top, map, found);
    }
    if let Some(outage) = top.get_mut("outage").and_then(Node::as_table_mut) {
        rename(outage, "outage", &OUTAGE, &["phases"], found);
    }
    for map in ["cohorts", "customers"] {
        each(top, map, |path, cohort| rename(cohort, path, &COHORT, &["tags", "attributes"], found));
    }
    each(top, "guidelines", |path, guideline| {
        let all = [&RESTS[..], &GUIDELINE, &APPLIED].concat();
        rename(guideline, path, &all, &RESTS, found);
        if guideline.has("scheme") {
            rename(guideline, path, &all, &APPLIED, found);
        }
        // By its name a rule is changed, by drafts that rest on this one and in variants.
        let rules = guideline.get_mut("rules").and_then(Node::as_list_mut);
        for (at, rule) in rules.into_iter().flatten().enumerate() {
            let path = format!("{path}.rules.{}", member_name(rule, "rules", at));
            if let Some(rule) = rule.as_table_mut() {
                rename(rule, &path, &["id"], &["id"], found);
            }
        }
    });
    for kind in kinds {
        if let Some(map) = top.get_mut(kind.map).and_then(Node::as_table_mut) {
            join_parts(map, kind, found);
        }
    }
}

/// Tells of the members of a map that stand below headings in two brackets, and takes the first of each for the table that
/// was meant, so that what names it finds it.
fn single(top: &mut Table, map: &str, found: &mut Vec<Diagnostic>) {
    let Some(members) = top.get_mut(map).and_then(Node::as_table_mut) else { return };
    for entry in &mut members.entries {
        let Some(list) = entry.node.as_list().filter(|list| list.iter().all(|n| n.as_table().is_some())) else {
            continue;
        };
        let Some(first) = list.first().cloned() else { continue };
        let mut d = Diagnostic::error(entry.node.place, "a table belongs here, not a list");
        d.help(in_a_table(&format!("{map}.{}", entry.key)));
        found.push(d);
        entry.node = first;
    }
}

/// Each table of a map, with its path.
fn each(top: &mut Table, map: &str, mut act: impl FnMut(&str, &mut Table)) {
    let Some(members) = top.get_mut(map).and_then(Node::as_table_mut) else { return };
    for entry in &mut members.entries {
        if let Some(table) = entry.node.as_table_mut() {
            act(&format!("{map}.{}", entry.key), table);
        }
    }
}

/// Gives the keys that nobody knows the names that were meant, of those on which others hang.
fn rename(table: &mut Table, path: &str, keys: &[&'static str], hang: &[&'static str], found: &mut Vec<Diagnostic>) {
    let meant = |key: &str, node: &Node| {
        let free = keys.iter().copied().filter(|k| table.get(k).is_none_or(|there| alike(there, node)));
        closest(key, free).filter(|meant| hang.contains(meant))
    };
    let strange = table.entries.iter().filter(|e| !keys.contains(&e.key.as_str()));
    let strange: Vec<(String, &str)> = strange.filter_map(|e| Some((e.key.clone(), meant(&e.key, &e.node)?))).collect();
    for (key, meant) in strange {
        let Some(entry) = table.remove(&key) else { continue };
        let what = if path.is_empty() { String::new() } else { format!(" in `{path}`") };
        let mut d = Diagnostic::error(entry.key_place, format!("unknown key `{key}`{what}"));
        d.help(format!("did you mean `{meant}`?"));
        found.push(d);
        match table.get_mut(meant) {
            Some(there) => join(there, entry.node),
            None => table.put(meant, entry.key_place, entry.node),
        }
    }
}

/// True for two tables and for two lists.
fn alike(a: &Node, b: &Node) -> bool {
    (a.as_table().is_some() && b.as_table().is_some()) || (a.as_list().is_some() && b.as_list().is_some())
}

/// Puts what another table or list holds into one.
fn join(there: &mut Node, node: Node) {
    if let (Some(own), Some(more)) = (there.as_list_mut(), node.as_list()) {
        own.extend(more.iter().cloned());
    } else if let (Some(own), Some(more)) = (there.as_table_mut(), node.as_table()) {
        for entry in &more.entries {
            match own.get_mut(&entry.key) {
                Some(inner) => join(inner, entry.node.clone()),
                None => own.put(&entry.key, entry.key_place, entry.node.clone()),
            }
        }
    }
}

/// The use profile of those who name none.
const DEFAULT: &str = "default";

/// Tells of use profiles that nothing names, under a name like that of one that something does, and puts them in its place where
/// that is free: without them people would be taken to use the services evenly, or by half a profile.
fn unused_profiles(root: &mut Node, found: &mut Vec<Diagnostic>) {
    let Some(profiles) = root.get("profiles").and_then(Node::as_table) else { return };
    let mut named = vec![DEFAULT.to_string()];
    named_profiles(root, &mut named);
    let unused = profiles.entries.iter().filter(|e| !named.contains(&e.key));
    let meant = |key: &str| {
        let there = named.iter().map(String::as_str).filter(|name| *name == DEFAULT || profiles.has(name));
        closest(key, there).filter(|name| !another(key, name)).map(String::from)
    };
    let slips: Vec<(String, String)> =
        unused.take(MOST_PARTS).filter_map(|e| Some((e.key.clone(), meant(&e.key)?))).collect();
    let Some(table) = root.as_table_mut().and_then(|t| t.get_mut("profiles")).and_then(Node::as_table_mut) else {
        return;
    };
    for (key, meant) in slips {
        let Some(entry) = table.remove(&key) else { continue };
        let mut d = Diagnostic::error(entry.key_place, format!("nothing refers to the use profile `{key}`"));
        d.help(format!("did you mean `{meant}`?"));
        d.help("a profile that is kept for later needs a name that is like no other's");
        found.push(d);
        match table.get_mut(&meant) {
            Some(there) if fit(there, &entry.node) => join(there, entry.node),
            Some(_) => {}
            None => table.put(&meant, entry.key_place, entry.node),
        }
    }
}

/// Names of use profiles under `profile`, and in changes of variants at paths that end in it.
fn named_profiles(node: &Node, named: &mut Vec<String>) {
    match &node.value {
        Value::Table(table) => {
            for entry in &table.entries {
                match &entry.node.value {
                    Value::Text(name) if entry.key == "profile" || entry.key.ends_with(".profile") => {
                        named.push(name.clone());
                    }
                    _ => named_profiles(&entry.node, named),
                }
            }
        }
        Value::List(list) => list.iter().for_each(|n| named_profiles(n, named)),
        _ => {}
    }
}

/// True for names that are alike on purpose: numbered, or one of them with an addition.
fn another(a: &str, b: &str) -> bool {
    let letters = |name: &str| name.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let digits = |name: &str| name.chars().any(|c| c.is_ascii_digit());
    let added = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(['-', '_']));
    ((digits(a) || digits(b)) && letters(a) == letters(b)) || added(a, b) || added(b, a)
}

/// Puts a table that lacks what it must have, under a name like that of one which has more of it, into that one, where no key
/// stands in both: it is the same with its name misspelt in one of the headings.
fn join_parts(map: &mut Table, kind: &Kind, found: &mut Vec<Diagnostic>) {
    let has = |node: &Node, key: &str| node.get(key).is_some();
    let known = |node: &Node| match kind.or.iter().any(|key| has(node, key)) {
        true => kind.needs.len(),
        false => kind.needs.iter().filter(|key| has(node, key)).count(),
    };
    let parts = map
        .entries
        .iter()
        .filter(|e| e.node.as_table().is_some_and(|t| !t.entries.is_empty()) && known(&e.node) < kind.needs.len());
    let parts: Vec<(String, String)> = parts
        .take(MOST_PARTS)
        .filter_map(|part| {
            let fuller = map.entries.iter().filter(|e| known(&e.node) > known(&part.node) && fit(&e.node, &part.node));
            let meant = closest(&part.key, fuller.map(|e| e.key.as_str()))?;
            Some((part.key.clone(), meant.to_string()))
        })
        .collect();
    for (key, meant) in parts {
        let Some(entry) = map.remove(&key) else { continue };
        let needs = listed(kind.needs.iter().copied().filter(|key| !has(&entry.node, key)));
        let message = format!("there is no {} `{key}`: its table, with {needs}, is missing", kind.one);
        let mut d = Diagnostic::error(entry.key_place, message);
        d.help(format!("did you mean `{meant}`? its name is then the same in all headings"))
            .missing(format!("{}.{key}", kind.map));
        found.push(d);
        if let Some(there) = map.get_mut(&meant) {
            join(there, entry.node);
        }
    }
}

/// True where two tables can be parts of one: no key stands in both, but for tables that can be parts of one in turn, and
/// lists, whose members stand under headings of their own.
fn fit(a: &Node, b: &Node) -> bool {
    let (Some(a), Some(b)) = (a.as_table(), b.as_table()) else { return false };
    let lists = |x: &Node, y: &Node| x.as_list().is_some() && y.as_list().is_some();
    b.entries.iter().all(|e| a.get(&e.key).is_none_or(|there| lists(there, &e.node) || fit(there, &e.node)))
}

#[cfg(test)]
mod tests {
    use super::super::schema::{company_schema, schema};
    use super::{COMPANY, SCENARIO};

    #[test]
    fn the_keys_are_those_of_the_schemas() {
        for (keys, schema) in [(&SCENARIO[..], schema()), (&COMPANY[..], company_schema())] {
            let properties = schema["properties"].as_object().expect("a table of keys");
            let mut known: Vec<&str> = properties.keys().map(String::as_str).collect();
            let mut keys = keys.to_vec();
            known.sort_unstable();
            keys.sort_unstable();
            assert_eq!(keys, known);
        }
    }
}
