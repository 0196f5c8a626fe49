//! Whatever is typed, the language answers: no panic, no hang, no mistake that points outside the text.
//! `REDRESS_FUZZ_CASES` sets how many texts of each kind are tried.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use redress::guideline::decide::visit;
use redress::language::{Names, check};
use redress::model::expression::{Expression, Function, Value};

use super::make::{Make, Maker, Style};
use super::{evaluated, names, values};

/// Far longer than any text may take, even on a busy machine.
const HANG: Duration = Duration::from_secs(10);
/// Most parts of a tree: a thousand tokens, and as many again for each of the parts that may be repeated, with room.
const PARTS: usize = 12_000;

fn runner(seed: u64) -> TestRunner {
    let cases = std::env::var("REDRESS_FUZZ_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let config = Config { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(seed), ..Config::default() };
    TestRunner::new(config)
}

/// Checks a text and holds the answer to what an answer may be.
fn answered(text: &str, names: &Names, values: &[Value]) -> Result<(), TestCaseError> {
    let inside = |(a, b): (usize, usize)| a <= b && text.get(a..b).is_some();
    let began = Instant::now();
    match check(text, names, None) {
        Ok(e) => {
            let (mut parts, mut wrong) = (0, None);
            visit(&e.root, &mut |node| {
                parts += 1;
                wrong = wrong.or((!inside(node.span)).then_some(node.span));
            });
            prop_assert!(wrong.is_none(), "a part at {:?} of {:?}", wrong, text);
            prop_assert!(parts < PARTS, "{} parts", parts);
            prop_assert!(finite(&e, values), "{:?}", text);
        }
        Err(mistakes) => {
            prop_assert!(!mistakes.is_empty(), "refused without a mistake");
            for m in mistakes {
                prop_assert!(inside(m.span), "{:?} of {:?}", m, text);
                prop_assert!(!m.what.is_empty());
            }
        }
    }
    prop_assert!(began.elapsed() < HANG, "{:?} took {:?}", text, began.elapsed());
    Ok(())
}

fn finite(e: &Expression, values: &[Value]) -> bool {
    match evaluated(e, values) {
        Value::Amount(x) => x.is_finite(),
        Value::List(items) => items.iter().all(|x| x.is_finite()),
        _ => true,
    }
}

#[test]
fn any_text_gets_an_answer() {
    let (names, values) = (names(), values());
    // Half of the characters come from all of Unicode, half from what the language is written with.
    let own = "0123456789.,:-+*/()[]{}<>=!|%\"'_ \t\nabehimn가힣é≤−e\u{301}\u{200b}\u{feff}".chars();
    let own: Vec<char> = own.collect();
    let any = prop_oneof![any::<char>(), any::<char>(), proptest::sample::select(own)];
    let texts = proptest::collection::vec(any, 0..40).prop_map(|c| c.into_iter().collect::<String>());
    runner(1).run(&texts, |text| answered(&text, &names, &values)).expect("an answer");
}

/// Words of the language, of the shared case, and a few that are neither.
fn tokens() -> Vec<String> {
    let plain = "1 0 2.5 10% 300_000 3h 90min 5EUR 5USD 2 2km 08:00 24:00 99:99 2024-06-03 2024-02-30 \"gold\" 'tin' \
        \" ' + - * / ( ) ( ) [ ] { } , , | => < <= > >= = == != ≤ ≥ ≠ × − ÷ % . & and or not in if then else match for any x \
        true false is nothing h EUR _ 요금 1.5.2 1__0 _1 007 999999999999999999999999 0.000000000000000000001";
    let mut all: Vec<String> = plain.split_whitespace().map(String::from).collect();
    all.extend(names().list.iter().map(|(n, ..)| n.clone()));
    all.extend(Function::NAMES.iter().map(|(n, _)| format!("{n}(")));
    // What opens something and what closes it, so that some soups are well formed.
    let pieces = [
        "for x in outages",
        "for x at n in cuts",
        "length(x)",
        "at n in",
        "match class, outage {",
        "sum(x",
        "if urban then",
        "match outage {",
        "< 3 h =>",
        "else => 1 }",
        "in [",
        "max(1,",
        ")",
        "]",
        "}",
    ];
    all.extend(pieces.map(String::from));
    all
}

/// Tokens in any order; `a a a … b … c c c`, which is how deep and repeated texts are made; and right expressions in
/// which a few words were taken out, put in or put in the place of others.
fn soups() -> impl Strategy<Value = String> {
    let tokens = tokens();
    let own = tokens.clone();
    let count = tokens.len();
    let written = move |picks: &[usize]| {
        let words: Vec<&str> = picks.iter().map(|i| tokens[*i].as_str()).collect();
        words.join(" ") + " "
    };
    let some = move |most: usize| proptest::collection::vec(0..count, 0..most);
    let plain = some(24);
    let nested = (some(5), some(5), some(8), prop_oneof![Just(2..6_usize), Just(40..60), Just(200..1200)])
        .prop_flat_map(|(a, b, c, times)| (Just(a), Just(b), Just(c), times));
    let figures = proptest::collection::vec(any::<u16>(), 1..40);
    let changes = proptest::collection::vec((any::<u16>(), 0..3_u8, 0..count), 0..3);
    let kinds = proptest::sample::select(vec![Make::Money, Make::Time, Make::Number, Make::Truth, Make::Date]);
    let (one, other) = (written.clone(), written);
    prop_oneof![
        5 => plain.prop_map(move |picks| one(&picks)),
        1 => nested.prop_map(move |(a, b, c, times)| other(&a).repeat(times) + &other(&b) + &other(&c).repeat(times)),
        4 => (figures, kinds, changes).prop_map(move |(figures, kind, changes)| bent(&figures, kind, &changes, &own)),
    ]
}

fn bent(figures: &[u16], kind: Make, changes: &[(u16, u8, usize)], tokens: &[String]) -> String {
    let style = Style { unit: ("min", 60), money: 1.0, jumps: true };
    let text = Maker { figures, style }.make(kind, 4);
    let mut words: Vec<String> = text.split_inclusive([' ', '(', ')', ',']).map(String::from).collect();
    for (at, how, with) in changes {
        let at = usize::from(*at) % words.len();
        match how {
            0 if words.len() > 1 => drop(words.remove(at)),
            1 => words.insert(at, tokens[*with].clone() + " "),
            _ => words[at] = tokens[*with].clone() + " ",
        }
    }
    words.concat()
}

#[test]
fn any_soup_of_tokens_gets_an_answer() {
    let (names, values) = (names(), values());
    runner(2).run(&soups(), |text| answered(&text, &names, &values)).expect("an answer");
}
