//! Figures of a year: nothing covers anything, nothing leaves the sheet, every sign is in the font.

use super::years::found;
use redress::annual::fit::fit;
use redress::model::Lang;
use redress::output::figures::annual::{YearFigure, YearKind, layout, svg};
use redress::output::figures::{TextBox, durations, missing, png};
use redress::scenario::{load_company, observed};

const COMPANY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/kakao-annual.toml");
const CLOUD: &str = include_str!("../../scenarios/cloud-incident-durations.csv");

fn assert_calm((width, height): (f64, f64), boxes: &[TextBox], what: &str) {
    for (i, a) in boxes.iter().enumerate() {
        let inside = a.area.left >= 0.0 && a.area.right <= width && a.area.top >= 0.0 && a.area.bottom <= height;
        assert!(inside, "{what}: {a:?} leaves the sheet of {width} by {height}");
        for b in &boxes[i + 1..] {
            assert!(!a.area.overlaps(&b.area), "{what}: {a:?} and {b:?}");
        }
    }
}

#[test]
fn texts_of_a_year_s_figures_stand_apart() {
    let company = load_company(COMPANY.as_ref(), &[], &[]).expect("the shipped company").company;
    let found = found(&company, 2048, 2);
    let figure = YearFigure { company: &company, found: &found, seed: 7 };
    for (kind, lang) in YearKind::ALL.into_iter().flat_map(|k| [Lang::En, Lang::Ko].map(|l| (k, l))) {
        let (size, boxes) = layout(kind, figure, lang);
        assert_calm(size, &boxes, &format!("{kind:?} {lang:?}"));
        let drawn = svg(kind, figure, lang);
        assert!(missing(&drawn).is_empty(), "{kind:?} {lang:?}");
        assert_eq!(drawn, svg(kind, figure, lang));
        assert!(png(&drawn).expect("a picture").starts_with(b"\x89PNG"));
    }
}

#[test]
fn texts_of_the_fit_stand_apart() {
    let values = observed(CLOUD, "hours", &[]).expect("the table");
    let found = fit(&values).expect("a fit");
    for lang in [Lang::En, Lang::Ko] {
        let (size, boxes) = durations::layout(&found, &values, "durations.csv", lang);
        assert_calm(size, &boxes, &format!("{lang:?}"));
        assert!(missing(&durations::svg(&found, &values, "durations.csv", lang)).is_empty());
    }
}

#[test]
fn a_company_that_loses_nothing_is_told_so() {
    let none = super::years::company(include_str!("company.toml"), &["customers.buyers.size=0"]);
    let found = found(&none, 256, 1);
    let figure = YearFigure { company: &none, found: &found, seed: 7 };
    for kind in YearKind::ALL {
        let (size, boxes) = layout(kind, figure, Lang::En);
        assert_calm(size, &boxes, &format!("{kind:?}"));
    }
    assert!(svg(YearKind::Exceedance, figure, Lang::En).contains("nothing is lost"));
}

/// Return periods between two whole years are marked as what they are.
#[test]
fn return_periods_are_marked_as_what_they_are() {
    let company = super::years::company(include_str!("company.toml"), &[]);
    let mut found = found(&company, 256, 1);
    found.drawn.iter_mut().for_each(|(_, points)| points.retain(|p| p.return_period < 3.0));
    let figure = YearFigure { company: &company, found: &found, seed: 7 };
    let (_, boxes) = layout(YearKind::Exceedance, figure, Lang::En);
    let told = boxes.into_iter().map(|b| b.text).collect::<Vec<String>>().join(" ");
    assert!(told.contains(" 1.5 2 "), "{told}");
}
