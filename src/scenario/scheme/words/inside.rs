//! A rule of a scheme told inside the page of a scenario: its sentences and those of the terms that it looks at.

use super::super::super::tree::Node;
use super::speaker::Speaker;
use super::{Line, Look, Teller, korean};
use crate::guideline::applied::needed;
use crate::model::expression::{Expression, Value};
use crate::model::scheme::{Name, Origin, Scheme, Version};
use crate::model::{Lang, Text, Told};

/// The sentences of a rule in both languages, a line each with its indent and `- ` before entries of a list; `tree` is the
/// version as it was read.
pub fn told(tree: &Node, version: &Version, rule: usize, currency: &str) -> Told {
    let scheme = nameless(tree, currency);
    let [en, ko] = [Lang::En, Lang::Ko].map(|lang| {
        let teller = Teller::new(&scheme, version, lang);
        let mut lines: Vec<Line> = teller.rule(&version.rules[rule]).lines.split_off(1);
        for (name, _) in version.names.iter().zip(needed(version, rule)).filter(|(_, needed)| *needed) {
            if let Origin::Step(e) = &name.origin {
                lines.extend(teller.step(name, e).lines);
            }
        }
        lines.iter().filter_map(|l| line(l, lines[0].look)).collect()
    });
    Told { en, ko }
}

/// A scheme of which nothing is told but its money and how people read its words.
fn nameless(tree: &Node, currency: &str) -> Scheme {
    let empty = Text::default;
    Scheme {
        id: String::new(),
        title: empty(),
        note: empty(),
        jurisdiction: empty(),
        sector: empty(),
        effective: empty(),
        evidence: String::new(),
        sources: Vec::new(),
        currency: currency.into(),
        words: words(tree),
        versions: Vec::new(),
        cases: Vec::new(),
    }
}

/// A value of a fact of a version in Korean; `tree` is the version as it was read.
pub fn value_in_korean(tree: &Node, version: &Version, value: &Value, name: &Name, currency: &str) -> String {
    let scheme = nameless(tree, currency);
    let speaker = Speaker::new(&scheme, version, "", Lang::Ko);
    match value {
        Value::Amount(x) if name.share => speaker.percent(*x),
        _ => speaker.value(value, &name.ty),
    }
}

/// What an expression of a version stands for, in Korean.
pub fn expression_in_korean(tree: &Node, version: &Version, e: &Expression, currency: &str) -> String {
    let scheme = nameless(tree, currency);
    korean::inline(&mut Speaker::new(&scheme, version, &e.text, Lang::Ko), &e.root)
}

/// A sentence with its indent; the rows of tables say nothing that the lists do not say.
fn line(line: &Line, first: Look) -> Option<String> {
    let of_rule = if let Look::Sentence(n) = first { n } else { 0 };
    match line.look {
        Look::Sentence(n) => Some(format!("{}{}", " ".repeat(n.saturating_sub(of_rule)), line.text)),
        Look::Item(n) => Some(format!("{}- {}", " ".repeat(n.saturating_sub(of_rule)), line.text)),
        _ => None,
    }
}

/// How people read the words of the file.
fn words(tree: &Node) -> Vec<(String, Text)> {
    let Some(table) = tree.get("words").and_then(Node::as_table) else { return Vec::new() };
    let get = |n: &Node, key: &str| n.get(key).and_then(Node::as_text).unwrap_or("").to_string();
    table.entries.iter().map(|e| (e.key.clone(), Text { en: get(&e.node, "en"), ko: get(&e.node, "ko") })).collect()
}
