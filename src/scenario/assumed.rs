//! Facts of schemes that nobody states and the scenario does not know: what a run takes for them must be named.

use super::inputs::InputRow;
use super::scheme::shown;
use crate::guideline::decide::needed;
use crate::model::scheme::Origin;
use crate::model::{Amount, Feed, Guideline, Lang, Rule, Text};

/// A fact of a scheme as a run takes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumed {
    /// Its name in the scheme.
    pub fact: String,
    /// What it is, in a few words; may be empty.
    pub title: Text,
    /// What it is taken to be: a value, or an expression of what the scenario knows.
    pub value: Text,
    /// True where it is the scheme's default; false where the scheme says what a simulation takes.
    pub usual: bool,
    /// True where it is the same for everybody; false where it is worked out from what the scenario knows.
    pub constant: bool,
}

/// Facts that the rules look at and that are assumed, each once.
pub fn assumed(rules: &[Rule]) -> Vec<Assumed> {
    let mut found: Vec<Assumed> = Vec::new();
    for rule in rules {
        let Amount::Scheme(s) = &rule.amount else { continue };
        let names = s.version.names.iter().zip(s.feeds.iter()).zip(&s.asked).filter(|(_, asked)| **asked);
        for ((name, feed), _) in names {
            let one = match (&name.origin, feed) {
                (Origin::Fact(Some(_)), Feed::Known(v)) => {
                    let [en, ko] = [Lang::En, Lang::Ko].map(|lang| shown(v, &name.ty, &s.currency, lang));
                    Assumed {
                        fact: name.name.clone(),
                        title: name.title.clone(),
                        value: Text { en, ko },
                        usual: true,
                        constant: true,
                    }
                }
                (Origin::Step(_), Feed::Step) => {
                    let Some(e) = &name.simulated else { continue };
                    let value = Text::both(&e.text, &e.text);
                    let constant = needed(&e.root).is_empty();
                    Assumed { fact: name.name.clone(), title: name.title.clone(), value, usual: false, constant }
                }
                _ => continue,
            };
            if !found.contains(&one) {
                found.push(one);
            }
        }
    }
    found
}

/// `fact = value` of each, in a language.
pub fn listed(facts: &[Assumed], lang: Lang) -> String {
    let one = |a: &Assumed| {
        let title = a.title.get(lang);
        let title = if title.is_empty() { String::new() } else { format!(" ({title})") };
        format!("{}{title} = {}", a.fact, a.value.get(lang))
    };
    facts.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// A sentence for the page of a run: what is assumed of people under a guideline; nothing where nothing is.
pub fn sentence(guideline: &Guideline, lang: Lang) -> Option<String> {
    let facts = assumed(&guideline.rules);
    if facts.is_empty() {
        return None;
    }
    let (id, list) = (&guideline.id, listed(&facts, lang));
    Some(match lang {
        Lang::En => format!("Assumed under {id}, because the scenario does not know it: {list}."),
        Lang::Ko => format!("{id}에서 시나리오가 알지 못해 가정한 것: {list}."),
    })
}

/// Rows of `inputs.csv`.
pub fn rows(guideline: &Guideline) -> Vec<InputRow> {
    let row = |a: Assumed| InputRow {
        path: format!("guidelines.{}.facts.{}", guideline.id, a.fact),
        value_or_law: a.value.en,
        unit: String::new(),
        source_title: String::new(),
        source_url: String::new(),
        source_date: String::new(),
        status: if a.usual { "default" } else { "assumed" },
        note: match a.usual {
            true => "fact of the scheme that is not stated: its default".into(),
            false => "fact of the scheme that is not stated: what the scheme lets a simulation take".into(),
        },
    };
    assumed(&guideline.rules).into_iter().map(row).collect()
}
