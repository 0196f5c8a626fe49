//! The figure of a frontier: its labels lie apart, whatever lies at one point.

use redress::engine::outcome::GUIDED;
use redress::model::Lang;
use redress::output::figures::frontier::drawing;
use redress::output::figures::whatif::Told;
use redress::scenario;
use redress::stats::Estimate;
use redress::whatif::sweep::Candidate;
use redress::whatif::vary::Vary;

use super::LANGS;
use super::tornado::free;

fn candidate(point: Option<usize>, guideline: &str, at: (f64, f64), beaten: bool) -> Candidate {
    let (cost, gain) = (Estimate::exact(at.0), Estimate::exact(at.1));
    Candidate { point, guideline: guideline.into(), cost, gain, dominated_by: beaten.then_some(0) }
}

#[test]
fn drafts_have_their_titles_and_keep_apart() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/kakao-2022.toml");
    let scenario = scenario::load(&file, &[]).unwrap_or_else(|e| panic!("{e}")).scenario;
    let over = [Vary::parse("cohorts.users.size=1e6, 2e6, 3e6").expect("a list")];
    let measures = ["cost", "coverage"].map(|name| GUIDED.iter().find(|m| m.name == name).expect("a measure"));
    let ids: Vec<&str> = scenario.guidelines.iter().map(|g| g.id.as_str()).collect();
    // The first two at one point, the others near one line, each with its values around it.
    let place = |g: usize| if g < 2 { (1e9, 0.0) } else { (g as f64 * 4e9, 0.1 * g as f64) };
    let mut found: Vec<Candidate> =
        ids.iter().enumerate().map(|(g, id)| candidate(None, id, place(g), g % 2 == 1)).collect();
    for (g, id) in ids.iter().enumerate() {
        let (cost, gain) = place(g);
        found.extend((0..3).map(|k| candidate(Some(k), id, (cost * (0.9 + 0.1 * k as f64), gain), k == 2)));
    }
    for lang in LANGS {
        let told = Told { scenario: &scenario, replicates: 100, seed: 1, lang };
        let drawing = drawing(told, &over, measures, &found);
        let boxes = drawing.texts();
        free(&format!("{lang:?}"), drawing.size(), &boxes);
        let words: String = boxes.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join(" ");
        for g in &scenario.guidelines {
            let title = g.title.get(lang);
            let start = title.split(' ').next().unwrap_or_default();
            assert!(words.contains(start), "{title}: {words}");
        }
        assert!(!words.contains("flat-first"), "titles, not ids: {words}");
        assert_eq!(words.contains("Means over"), lang == Lang::En);
    }
}
