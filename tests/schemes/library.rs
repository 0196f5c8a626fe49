//! The library as a whole: which of its schemes a scenario can apply at once, and that people read its words in both
//! languages.

use std::path::Path;

use redress::guideline::decide::visit;
use redress::model::Lang;
use redress::model::expression::{Expression, Function, Kind, Type, Value};
use redress::model::scheme::{Gives, Origin, Scheme};
use redress::scenario::{NoLibrary, explain_scheme, load, parse_scheme};

use super::schemes;

/// Schemes that an outage alone does not decide, and what a scenario must state for them.
const MORE_IS_NEEDED: [(&str, &str); 35] = [
    ("br-anac-400", "flight"),
    ("ca-appr", "delay"),
    ("ca-go-transit", "delay, fare"),
    ("ch-public-transport", "delay, fare"),
    ("dk-dsb-basis", "delay, price"),
    ("es-renfe-punctuality", "delay, price"),
    ("eu-1177-ship", "delay, journey, price"),
    ("eu-181-bus", "choice_offered, price, route"),
    ("eu-782-rail", "delay, price"),
    ("eu261", "distance, ticket_price"),
    ("fr-sncf-g30", "delay, price"),
    ("ie-irish-rail", "delay, fare"),
    ("in-dgca-car", "event, one_way_fare"),
    ("intl-montreal-1999", "cargo_kg, damage_by_delay, damage_to_baggage, damage_to_cargo"),
    ("jp-jr-express", "delay, express_charge"),
    ("kr-air-delay", "delay, fare, route"),
    ("kr-coupang-2026-vouchers", "none of its rules pays money"),
    ("kr-covid-loss-2021", "actual, baseline, fixed_cost_share, margin, order_days"),
    ("kr-ecommerce-late-interest", "goods_back, paid_on, refund"),
    ("kr-korail-delay", "delay, fare"),
    ("kr-online-game-terms-2013", "none of its rules pays money"),
    ("kr-tba-art33-notice", "none of its rules pays money"),
    ("no-atb-ferry", "delay, journey, price"),
    ("pl-energy-bonifikata", "kwh_day, price_kwh"),
    ("route-kr-bithumb-2017", "none of its rules pays money"),
    ("route-kr-kakao-skt-suits", "claimed, suit"),
    ("se-travellers-rights", "delay, price, route"),
    ("tw-thsr-delay", "delay, fare"),
    ("uk-delay-repay", "delay, price, ticket"),
    ("uk-fscs-deposits", "deposits"),
    ("uk-supplier-late-pay", "failures"),
    ("uk-tfl-charter", "delay, single_fare"),
    ("us-denied-boarding", "fare, flight"),
    ("us-dot-2024", "fare, flight, service_fee"),
    ("us-equifax-pool", "claims, first_paid, out_of_pocket, time_spent"),
];

/// Adds a scheme to the Kakao scenario, as `redress run --guideline` does.
fn added(scheme: &Scheme) -> Result<(), String> {
    let rate = if scheme.currency == "KRW" { "" } else { ", rate = 1_400" };
    let change = format!(
        "guidelines.{}={{ scheme = \"{}\", partly = true{rate}, filing = \"web-form\" }}",
        scheme.id, scheme.id
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/kakao-2022.toml");
    match load(&path, &[change]) {
        Ok(_) => Ok(()),
        Err(e) => Err(e.to_string()),
    }
}

#[test]
fn a_scenario_applies_every_scheme_or_is_told_what_to_state() {
    let mut wrong = Vec::new();
    for scheme in schemes() {
        let needed = MORE_IS_NEEDED.iter().find(|(id, _)| *id == scheme.id).map(|(_, needed)| *needed);
        match (added(&scheme), needed) {
            (Ok(()), None) => {}
            (Err(e), Some(needed)) if e.contains(needed) => {}
            (Err(e), Some(needed)) => wrong.push(format!("{}: {needed} is not in\n{e}", scheme.id)),
            (Ok(()), Some(_)) => wrong.push(format!("{} can be applied, so it needs no entry in the list", scheme.id)),
            (Err(e), None) => wrong.push(format!("{}\n{e}", scheme.id)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn expressions(scheme: &Scheme) -> Vec<&Expression> {
    let mut out = Vec::new();
    for v in &scheme.versions {
        for n in &v.names {
            out.extend(&n.simulated);
            if let Origin::Step(e) = &n.origin {
                out.push(e);
            }
        }
        for r in &v.rules {
            out.extend(&r.when);
            if let Gives::Money(e) | Gives::Else(e) = &r.gives {
                out.push(e);
            }
        }
    }
    out
}

/// Words that a scheme uses.
fn words(scheme: &Scheme) -> Vec<String> {
    let mut out = Vec::new();
    for e in expressions(scheme) {
        let mut members = Vec::new();
        visit(&e.root, &mut |n| match &n.kind {
            // What a member of a list is called is no word of the rule.
            Kind::Call(Function::Member, word, _) => members.extend(word.iter().map(|w| w.span)),
            Kind::Literal(Value::Word(w)) if !members.contains(&n.span) => out.push(w.clone()),
            _ => {}
        });
    }
    let facts = scheme.versions.iter().flat_map(|v| v.facts());
    for fact in facts {
        if let Type::Word(choices) = &fact.ty {
            out.extend(choices.iter().cloned());
        }
    }
    out.sort();
    out.dedup();
    out
}

#[test]
fn every_word_of_the_library_is_read_in_korean() {
    // Names of companies, makes and registers are the same in both languages.
    let proper = |w: &str| w.chars().all(|c| c.is_ascii_uppercase()) || w == "povo2.0";
    for scheme in schemes() {
        let used = words(&scheme);
        for word in used.iter().filter(|w| !proper(w)) {
            assert_ne!(scheme.worded(word, Lang::Ko), word, "{}: add \"{word}\" to its [words]", scheme.id);
        }
        for (word, _) in &scheme.words {
            let mode = scheme.versions.iter().flat_map(|v| &v.rules).any(|r| r.mode == *word);
            assert!(mode || used.contains(word), "{} has no word \"{word}\"", scheme.id);
        }
    }
}

#[test]
fn an_explanation_tells_where_it_comes_from() {
    for scheme in schemes() {
        assert!(
            !scheme.note.ko.is_empty() && !scheme.note.en.is_empty(),
            "{} has no note in both languages",
            scheme.id
        );
        for lang in [Lang::En, Lang::Ko] {
            let text = explain_scheme(&scheme, lang);
            let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for (title, address, date) in &scheme.sources {
                let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
                // A date that the title has in words is not told again.
                let dated = flat.contains(date) || title.contains(&date[..4]);
                assert!(flat.contains(&title) && text.contains(address) && dated, "{}: {title}", scheme.id);
            }
            let note = scheme.note.get(lang).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains(&note), "{}", scheme.id);
            assert!(flat.contains(&format!("{} (", scheme.evidence)), "{}", scheme.id);
            assert!(flat.contains(scheme.jurisdiction.get(lang)), "{}", scheme.id);
        }
    }
}

/// What is said of a scheme whose fact takes this in a simulation.
fn said(fact: &str, when: &str) -> String {
    let text = format!(
        "title = \"One fact\"\ncurrency = \"EUR\"\n[facts]\nx = {{ {fact} }}\nfee = {{ type = \"money\", default = \"1 EUR\" }}\n\
         [[rules]]\nid = \"r\"\nwhen = '{when}'\npays = \"fee\"\n"
    );
    match parse_scheme(&text, "draft", "draft.toml", &NoLibrary) {
        Ok(scheme) => explain_scheme(&scheme, Lang::En),
        Err(e) => e.to_string(),
    }
}

#[test]
fn what_a_simulation_takes_is_checked_and_told() {
    for (fact, when, expected) in [
        (
            "type = \"number\", simulated = \"begun(outage, 24 h)\"",
            "x > 0",
            "in a simulation the number of begun periods of",
        ),
        (
            "type = \"durations\", simulated = \"[outage, 1 h]\"",
            "sum(x) > 0 h",
            "in a simulation the length of the outage and",
        ),
        (
            "type = \"money\", simulated = \"12 * fee_month + fee\"",
            "x > 0 EUR",
            "in a simulation 12 times the monthly fee, plus",
        ),
        ("type = [\"a\", \"b\"], simulated = '\"a\"'", "x = \"a\"", "in a simulation “a”"),
        ("type = \"money\", simulated = \"outage\"", "true", "money belongs here, this is time"),
        ("type = \"money\", simulated = \"fee_mont\"", "true", "did you mean `fee_month`?"),
        ("type = [\"a\", \"b\"], simulated = '\"c\"'", "true", "none of the words that may stand here"),
        (
            "type = \"number\", above_zero = true, simulated = \"outage / 1 h\"",
            "true",
            "`x` is above zero in every case",
        ),
    ] {
        let said = said(fact, when);
        assert!(said.contains(expected), "{fact}: {expected} is not in\n{said}");
    }
    // What no money depends on need not be told.
    let told = |when| said("type = \"date\"", when).contains("a simulation must be told it");
    assert!(told("x > 2024-01-01") && !told("true"));
    let pointed = said("type = \"money\", simulated = \"2 * outagee\"", "true");
    assert!(pointed.contains("draft.toml:4:"), "{pointed}");
}
