//! The tornado and the figure of errors: no label covers another or leaves the sheet, every letter has a glyph.

use redress::model::{Lang, Text};
use redress::output::figures::convergence::{Convergence, Curve, layout};
use redress::output::figures::{TextBox, missing, tornado};
use redress::output::terminal::sensitivity::Told;
use redress::scenario;
use redress::stats::Estimate;
use redress::stats::sobol::Indices;
use redress::whatif::Look;
use redress::whatif::sensitivity::tornado::Bar;
use redress::whatif::sensitivity::{Bond, Found, Row};

use super::LANGS;

pub fn free(what: &str, (width, height): (f64, f64), boxes: &[TextBox]) {
    for (i, a) in boxes.iter().enumerate() {
        let inside = a.area.left >= 0.0 && a.area.right <= width && a.area.top >= 0.0 && a.area.bottom <= height;
        assert!(inside, "{what}: {a:?} leaves {width} × {height}");
        assert!(missing(&a.text).is_empty(), "{what}: {}", a.text);
        for b in &boxes[..i] {
            assert!(!a.area.overlaps(&b.area), "{what}: {a:?} covers {b:?}");
        }
    }
}

fn bar(path: &str, low: f64, high: f64, linked: bool) -> Bar {
    Bar { path: path.into(), at: [1.0, 2.0], shift: [Estimate::exact(low), Estimate::exact(high)], linked }
}

#[test]
fn labels_of_a_tornado_keep_apart() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/first-steps.toml");
    let loaded = scenario::load(&file, &[]).unwrap_or_else(|e| panic!("{e}"));
    let scenario = &loaded.scenario;
    let row = |path: &str, total: f64| Row {
        paths: vec![path.into()],
        bond: Bond::Alone,
        indices: Indices { first: Estimate::exact(total), total: Estimate::exact(total) },
        shapley: Vec::new(),
    };
    let long = "guidelines.a-very-long-name-indeed.rules.another-long-name.filing.automatic";
    let found = Found {
        mean: 2.5e9,
        sd: 1e9,
        rows: vec![row(long, 0.6), row("b.size", 0.3), row("c", 0.0001)],
        chance: Some(Estimate::exact(0.1)),
        left_out: vec!["x".into(); 40],
        left_out_total: Estimate::exact(0.004),
    };
    let samples = [
        vec![bar(long, -1.08e9, 1.31e9, true), bar("b.size", 0.4e9, -0.2e9, false), bar("c", 0.3e9, 0.25e9, false)],
        vec![bar(long, 1e-9, 0.0, false)],
        (0..30).map(|i| bar("d.e", -1e9 / f64::from(i + 1), -2e9 / f64::from(i + 1), false)).collect(),
    ];
    for words in ["payout", "P(payout > 1 m KRW)", "claims", "coverage"] {
        let look = Look::parse(words, scenario, Some(1)).expect("a look");
        for (bars, lang) in samples.iter().flat_map(|b| LANGS.map(|l| (b, l))) {
            let drawing = tornado::drawing(Told { scenario, rows: 1024, seed: 1, lang }, &look, &found, bars);
            free(&format!("{words} {lang:?}"), drawing.size(), &drawing.texts());
        }
    }
}

#[test]
fn labels_of_errors_keep_apart() {
    let title = |i: usize| Text {
        en: format!("Guideline number {i} with a long name"),
        ko: format!("긴 이름의 기준안 {i}"),
    };
    let curve = |i: usize| Curve {
        title: title(i),
        place: i,
        plain: vec![(128.0, 0.05), (1e6, 0.0005)],
        sharp: vec![(128.0, 0.03), (16_384.0, 1e-4 + 1e-6 * i as f64)],
    };
    let figure = Convergence {
        scenario: Text::both("Scenario", "시나리오"),
        of: Text::both("mean payout", "평균 지급액"),
        seed: 1,
        curves: (0..6).map(curve).collect(),
    };
    for lang in [Lang::En, Lang::Ko] {
        let (size, boxes) = layout(&figure, lang);
        free("errors", size, &boxes);
    }
}
