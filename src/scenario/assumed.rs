//! Facts of schemes that nobody states and the scenario does not know: what a run takes for them must be named.

use super::inputs::InputRow;
use super::scheme::{expression_in_korean, shown, value_in_korean};
use super::tree::Node;
use crate::guideline::applied;
use crate::guideline::decide::needed;
use crate::model::expression::Kind;
use crate::model::scheme::{Name, Origin, Version};
use crate::model::{Amount, Assumed, Feed, Guideline, Lang, Rule, Text};

/// What is taken for the facts of a version that a rule looks at and nobody states.
/// `tree` is the version as it was read.
pub fn of_rule(tree: &Node, version: &Version, feeds: &[Feed], rule: usize, currency: &str) -> Vec<Assumed> {
    let asked = applied::needed(version, rule);
    let names = version.names.iter().zip(feeds).zip(&asked).filter(|(_, asked)| **asked);
    let one = |((name, feed), _): ((&Name, &Feed), &bool)| {
        let (value, usual, constant) = match (&name.origin, feed) {
            (Origin::Fact(Some(_)), Feed::Known(v)) => {
                let ko = value_in_korean(tree, version, v, name, currency);
                (Text { en: shown(v, &name.ty, currency, Lang::En), ko }, true, true)
            }
            (Origin::Step(taken), Feed::Step) => {
                let e = name.simulated.as_ref()?;
                let ko = expression_in_korean(tree, version, taken, currency);
                // What is taken as it stands is told as a default is: `yes`, not `true`.
                let en = match &e.root.kind {
                    // Known by another name: nothing is assumed.
                    Kind::Name(_) if ko == name.title.ko || alike(&name.name, &e.text) => return None,
                    Kind::Literal(v) => shown(v, &name.ty, currency, Lang::En),
                    _ => e.text.clone(),
                };
                (Text { en, ko }, false, needed(&e.root).is_empty())
            }
            _ => return None,
        };
        Some(Assumed { fact: name.name.clone(), title: name.title.clone(), value, usual, constant })
    };
    names.filter_map(one).collect()
}

/// What is assumed under some rules, each fact once.
pub fn assumed(rules: &[Rule]) -> Vec<Assumed> {
    let mut found: Vec<Assumed> = Vec::new();
    for rule in rules {
        if let Amount::Scheme(s) = &rule.amount {
            for one in &s.assumed {
                if !found.contains(one) {
                    found.push(one.clone());
                }
            }
        }
    }
    found
}

/// Each with its value, in a language: in English the name by which it can be stated, in Korean what it is.
pub fn listed(facts: &[Assumed], lang: Lang) -> String {
    let one = |a: &Assumed| match (a.title.get(lang), lang) {
        ("", _) => format!("{} = {}", a.fact, a.value.get(lang)),
        // A name that says what it is needs no title behind it.
        (title, Lang::En) if alike(&a.fact, title) => format!("{} = {}", a.fact, a.value.get(lang)),
        (title, Lang::En) => format!("{} ({title}) = {}", a.fact, a.value.get(lang)),
        (title, Lang::Ko) => format!("{title} = {}", a.value.get(lang)),
    };
    facts.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// True where a title says no more than the name: `claimant`, `annual_sales` and `annual sales`.
fn alike(fact: &str, title: &str) -> bool {
    fact.replace('_', " ").to_lowercase() == title.to_lowercase()
}

/// A sentence for the page of a run: what is assumed of people under a guideline; nothing where nothing is.
pub fn sentence(guideline: &Guideline, lang: Lang) -> Option<String> {
    let facts = assumed(&guideline.rules);
    if facts.is_empty() {
        return None;
    }
    let (title, list) = (guideline.title.get(lang), listed(&facts, lang));
    Some(match lang {
        Lang::En => format!("Assumed under {title}, because the scenario does not know it: {list}."),
        Lang::Ko => format!("‘{title}’에서 시나리오가 알지 못해 가정한 것: {list}."),
    })
}

/// Rows of `inputs.csv`.
pub fn rows(guideline: &Guideline) -> Vec<InputRow> {
    let row = |a: Assumed| {
        let path = format!("guidelines.{}.facts.{}", guideline.id, a.fact);
        let (status, note) = match a.usual {
            true => ("default", "fact of the scheme that is not stated: its default"),
            false => ("assumed", "fact of the scheme that is not stated: what the scheme lets a simulation take"),
        };
        InputRow::bare(path, a.value.en, String::new(), status, note.into())
    };
    assumed(&guideline.rules).into_iter().map(row).collect()
}
