//! Figures of calibrations and back-tests: complete, inside their sheet, no label on another.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use redress::engine::run::Options;
use redress::model::Scenario;
use redress::output::figures::learned::{backtest_layout, layouts};
use redress::output::figures::whatif::Told;
use redress::output::figures::{Layout, TextBox};
use redress::scenario;
use redress::whatif::backtest::{forecast, score, summary};
use redress::whatif::calibrate::{Asked, calibrate};
use redress::whatif::kept::Nothing;
use redress::whatif::posterior::Settings;

use super::LANGS;

fn shipped(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/backtests").join(name);
    scenario::load(&path, &[]).unwrap_or_else(|e| panic!("{e}")).scenario
}

fn legible(((width, height), texts): &Layout) {
    let inside = |b: &TextBox| b.area.left >= 0.0 && b.area.right <= *width && b.area.bottom <= *height;
    for (i, a) in texts.iter().enumerate() {
        assert!(inside(a), "{} leaves the sheet", a.text);
        if let Some(b) = texts[..i].iter().find(|b| a.area.overlaps(&b.area)) {
            panic!("{} covers {}", a.text, b.text);
        }
    }
}

#[test]
fn calibrations_are_legible() {
    let s = shipped("kakao-2022.toml");
    let options = Options { replicates: 400, threads: 2, inequality: false, ..Options::default() };
    let settings = Settings { least_effective: 0.0, ..Settings::default() };
    let (fitted, foreseen) = (&s.aftermath.observed, &s.aftermath.outcomes);
    let asked = Asked { fitted, foreseen, draws: 10, settings };
    let found =
        calibrate(&s, asked, options, &AtomicBool::new(false), &mut Nothing, &mut |_| ()).expect("it can be fitted");
    for lang in LANGS {
        let all = layouts(Told { scenario: &s, replicates: 400, seed: 1, lang }, &found);
        assert_eq!(all.len(), 2, "a course and the quantities");
        all.iter().for_each(legible);
        let words: Vec<&str> = all[0].1.iter().map(|b| b.text.as_str()).collect();
        assert!(words.iter().any(|w| w.starts_with("105,116")) && words.iter().any(|w| w.starts_with("45,000")));
    }
}

#[test]
fn a_back_test_is_legible() {
    let options = Options { replicates: 200, threads: 2, inequality: false, ..Options::default() };
    let of = |name: &str| {
        let settings = Settings { least_effective: 0.0, ..Settings::default() };
        forecast(&shipped(name), settings, options, &AtomicBool::new(false), &mut |_| ()).expect("it can be forecast")
    };
    let all = [of("kt-2018.toml"), of("rogers-2022.toml")];
    let scored = score(&all);
    for lang in LANGS {
        legible(&backtest_layout(&all, &scored, &summary(&all, &scored), lang));
    }
}
