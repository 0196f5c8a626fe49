//! What decides a result: told from `drivers.csv`, another sentence where the table is another.

use redress::brief::ctx::Ctx;
use redress::brief::explain::{Asked, explain};
use redress::brief::page::{Paper, briefing};
use redress::brief::{Results, drivers, quantity};
use redress::model::Lang;

use super::{kakao, told};

/// Changes the first row of a result.
fn set(results: &mut Results, result: &str, guideline: &str, share: f64, at: [f64; 2]) {
    let mut rows = results.drivers.iter_mut().filter(|d| d.result == result && d.guideline == guideline);
    let row = rows.find(|d| d.rank == 1).expect("a row");
    (row.share.value, row.share.lo, row.share.hi) = (share, share - 0.01, share + 0.01);
    row.result_at = at;
}

fn plain(text: String) -> String {
    redress::brief::tongue::unmarked(&text).replace('\u{a0}', " ")
}

#[test]
fn the_weight_of_a_number_decides_what_is_said_of_it() {
    let mut results = kakao();
    let mut cost = |share: f64| {
        set(&mut results, "cost", "flat-first", share, [3.84e10, 1.32e10]);
        plain(drivers::sentence(&Ctx::new(&results, Lang::En), "cost", "flat-first").expect("a sentence"))
    };
    assert!(cost(0.6).starts_with("What Draft E costs turns on one number: award at which half"));
    assert!(
        cost(0.6).contains("60 % of the differences between worlds; the median cost is 38.4 billion won where it is")
    );
    assert!(cost(0.4).starts_with("What Draft E costs depends most on one number"));
    assert!(cost(0.2).starts_with("No single number decides what Draft E costs"));
    // The lower end of the interval has to reach the mark.
    assert!(cost(0.505).starts_with("What Draft E costs depends most"));
}

#[test]
fn a_limit_turns_on_a_number_where_it_is_kept_on_one_side_and_broken_on_the_other() {
    let mut results = kakao();
    let mut limit = |at: [f64; 2]| {
        set(&mut results, "over_budget", "flat-first", 0.2, at);
        let said = told(&results, Lang::En);
        said.contains("Whether Draft E exceeds the budget turns on this number")
    };
    // 5 % is allowed.
    assert!(limit([0.44, 0.02]) && limit([0.0, 0.2]));
    assert!(!limit([0.44, 0.1]), "broken on both sides");
    assert!(!limit([0.04, 0.01]), "kept on both sides");
    assert!(!limit([0.44, 0.045]), "too few worlds to say that it is kept");
}

#[test]
fn an_order_turns_on_a_number_where_most_worlds_say_otherwise() {
    let mut results = kakao();
    let mut order = |at: [f64; 2]| {
        set(&mut results, "cheaper", "flat-first", 0.5, at);
        drivers::on_order(&Ctx::new(&results, Lang::Ko)).into_iter().map(plain).collect::<Vec<_>>().join("\n")
    };
    assert!(order([0.1, 0.99]).contains("E안의 비용이 B안보다 적은지는 ‘아는 사람의 절반이 신청하는 보상액"));
    assert!(order([0.3, 0.7]).contains("E안의 비용이 B안보다 적은지를 홀로 좌우하는 변수는 없"));
}

#[test]
fn what_decides_stands_in_findings_page_sheet_and_explanation() {
    let mut results = kakao();
    set(&mut results, "cost", "flat-first", 0.7, [3.84e10, 1.32e10]);
    for (lang, words) in [
        (Lang::En, "(One tap in the app), 38.4 billion won against 13.2 billion won"),
        (Lang::Ko, "(앱에서 한 번 누름), 384억 원 → 132억 원"),
    ] {
        assert!(told(&results, lang).contains(words), "{}", told(&results, lang));
        let page = briefing(&[Ctx::new(&results, lang)], &Paper::default());
        for id in ["drivers.cost.flat-first.1.at_low", "drivers.cost.flat-first.1.share"] {
            assert!(page.contains(&format!("-f-{id}\"")), "{id} has a row");
        }
        let asked = Asked { figure: "cost.p50", guideline: Some("flat-first"), cohort: None, than: None };
        let chain = explain(&results, &asked, lang).expect("a chain");
        assert!(chain.contains("[filing.one-tap.burden]") && chain.contains("70"), "{chain}");
    }
    results.drivers.clear();
    assert!(!told(&results, Lang::En).contains("hang mostly on one number"));
    assert!(briefing(&[Ctx::new(&results, Lang::En)], &Paper::default()).contains("(drivers.csv)"));
}

#[test]
fn every_number_of_the_sample_that_decides_has_a_name_in_both_languages() {
    let results = kakao();
    assert!(results.drivers.len() > 20, "the sample has drivers.csv");
    for lang in [Lang::En, Lang::Ko] {
        let ctx = Ctx::new(&results, lang);
        let paths = results.inputs.iter().map(|i| &i.path);
        let nameless: Vec<_> = paths.filter(|p| quantity::known(&ctx, p).is_none()).collect();
        assert!(nameless.is_empty(), "{nameless:?}");
    }
}

/// Numbers of severities and weights of use, as scenarios other than the sample may have them.
#[test]
fn numbers_inside_lists_have_names_in_both_languages() {
    let results = kakao();
    let cohort = &results.scenario.cohorts[0].id;
    let severity = |key: &str| format!("cohorts.{cohort}.loss.severity.{key}");
    for (lang, wanted) in [(Lang::En, "use in the hour before 9:00 (default)"), (Lang::Ko, "9시 전 한 시간의 이용량")]
    {
        let ctx = Ctx::new(&results, lang);
        let known = |path: &str| quantity::known(&ctx, path).map(plain).unwrap_or_else(|| panic!("{path} has no name"));
        for key in ["cv", "alpha", "mixture.2.weight", "mixture.2.mean", "mixture.2.cv", "mixture.2.alpha"] {
            known(&severity(key));
        }
        for list in ["day", "week", "hours"] {
            let [whole, one] =
                [format!("profiles.default.{list}"), format!("profiles.default.{list}.3")].map(|p| known(&p));
            assert!(whole != one && one.contains('3') && !whole.contains('3'), "{whole}, {one}");
        }
        assert!(known("profiles.default.day.9").contains(wanted));
    }
}
