//! Notes and sources in the reader's language.

use std::path::Path;

use redress::brief::Results;
use redress::brief::ctx::Ctx;
use redress::brief::page::{Paper, briefing};
use redress::model::{Lang, Text};

use super::kakao;

/// The shipped scenarios are told whole in both languages.
#[test]
fn shipped_scenarios_have_every_text_in_both_languages() {
    for name in ["kakao-2022.toml", "kt-2018.toml", "first-steps.toml"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
        let scenario = redress::scenario::load(&file, &[]).unwrap_or_else(|e| panic!("{e}")).scenario;
        let notes = scenario.quantities.list.iter().map(|q| (q.path.as_str(), &q.note));
        // Sources of a scheme have their titles from its file, in the language in which they were published.
        let own = scenario.sources.iter().filter(|s| !s.id.starts_with("scheme:"));
        let sources = own.map(|s| (s.id.as_str(), &s.title));
        let drafts = scenario.guidelines.iter().flat_map(|g| [(g.id.as_str(), &g.title), (g.id.as_str(), &g.note)]);
        for (at, text) in notes.chain(sources).chain(drafts) {
            assert_eq!(text.en.is_empty(), text.ko.is_empty(), "{name}: {at}: {text:?}");
        }
    }
}

fn note(results: &mut Results, path: &str, text: Text) {
    let found = results.scenario.quantities.list.iter_mut().find(|q| q.path == path);
    found.expect("there is such a number").note = text;
}

#[test]
fn a_note_stands_in_the_language_of_the_page_or_says_that_it_does_not() {
    let mut results = kakao();
    note(&mut results, "cohorts.users.size", Text::both("counted twice", "두 번 셈"));
    let page = |results: &Results, lang| briefing(&[Ctx::new(results, lang)], &Paper::default());
    let (en, ko) = (page(&results, Lang::En), page(&results, Lang::Ko));
    assert!(en.contains("counted twice") && !en.contains("두 번 셈"));
    assert!(ko.contains("두 번 셈") && !ko.contains("counted twice"));
    assert!(!ko.contains("영어 그대로"), "every note is in Korean");
    note(&mut results, "cohorts.users.size", Text::en("counted twice"));
    note(&mut results, "cohorts.merchants.size", Text::both("", "세 번 셈"));
    let (en, ko) = (page(&results, Lang::En), page(&results, Lang::Ko));
    assert!(ko.contains("<small lang=\"en\">counted twice</small>") && ko.contains("영어 그대로"));
    assert!(en.contains("<small lang=\"ko\">세 번 셈</small>") && en.contains("Some notes are in Korean"));
}
