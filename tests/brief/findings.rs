//! Findings are computed: change the data and the sentence changes.

use redress::brief::Results;
use redress::brief::results::{BASE, Share, key};
use redress::model::Lang;

use super::{kakao, told};

/// Sets the share of worlds in which `a` is lower than `b`.
fn set_lower(results: &mut Results, variant: &str, a: &str, b: &str, measure: &str, value: f64) {
    let share = |v: f64| Share { value: v, lo: (v - 0.005).max(0.0), hi: (v + 0.005).min(1.0) };
    let mut rows = results.pairs.iter_mut().filter(|p| p.variant == variant && p.measure == measure);
    let row = rows.find(|p| (p.a == a && p.b == b) || (p.a == b && p.b == a)).expect("the pair is compared");
    let (lower, higher) = if row.a == a { (value, 1.0 - value) } else { (1.0 - value, value) };
    (row.lower, row.higher) = (share(lower), share(higher));
}

/// Sets what a variant changes in the share of worlds in which `a` is lower than `b`; `half` is half its interval's width.
fn set_shift(results: &mut Results, variant: &str, a: &str, b: &str, measure: &str, shift: Option<(f64, f64)>) {
    let mut rows = results.pairs.iter_mut().filter(|p| p.variant == variant && p.measure == measure);
    let row = rows.find(|p| (p.a == a && p.b == b) || (p.a == b && p.b == a)).expect("the pair is compared");
    let share = |sign: f64| shift.map(|(v, half)| Share { value: sign * v, lo: sign * v - half, hi: sign * v + half });
    let sign = if row.a == a { 1.0 } else { -1.0 };
    (row.lower_shift, row.higher_shift) = (share(sign), share(-sign));
}

fn set(results: &mut Results, guideline: &str, measure: &str, statistic: &str, value: f64) {
    let row = results.summary.get_mut(&key(guideline, "all", measure, statistic)).expect("a row");
    row.estimate.value = value;
}

#[test]
fn a_draft_that_is_cheaper_in_six_worlds_of_ten_is_not_called_cheaper() {
    let mut results = kakao();
    let undecided = "Which of Draft C and Draft F costs less is undecided";
    let most = "Draft C costs less than Draft F in most worlds";
    for (share, open, mostly) in [(0.6, true, false), (0.79, true, false), (0.9, false, true), (0.99, false, false)] {
        set_lower(&mut results, BASE, "telecom-terms", "proven-loss", "cost", share);
        let said = told(&results, Lang::En);
        assert_eq!((said.contains(undecided), said.contains(most)), (open, mostly), "{share}: {said}");
    }
}

#[test]
fn a_median_that_changes_changes_order_ratio_and_sum() {
    let mut results = kakao();
    set(&mut results, "telecom-terms", "cost", "p50", 4e9);
    set(&mut results, "kakao-plan", "cost", "p50", 1.2e10);
    let said = told(&results, Lang::En);
    assert!(said.contains("costs 12 billion won in the median world"), "{said}");
    set(&mut results, "kakao-plan", "cost", "p50", 5e11);
    let said = told(&results, Lang::En);
    assert!(
        said.contains("Draft B 500 billion won. ") || said.contains("Draft B 500 billion won."),
        "last in the order: {said}"
    );
    assert!(told(&results, Lang::Ko).contains("B안 5,000억 원"), "in Korean too");
}

#[test]
fn a_what_if_that_turns_a_finding_is_told() {
    let mut results = kakao();
    let variant = results.manifest.run.variants[0].clone();
    set_lower(&mut results, BASE, "kakao-plan", "kt-2018-style", "cost", 1.0);
    set_lower(&mut results, &variant, "kakao-plan", "kt-2018-style", "cost", 0.01);
    set_shift(&mut results, &variant, "kakao-plan", "kt-2018-style", "cost", Some((-0.99, 0.01)));
    let said = told(&results, Lang::En);
    assert!(said.contains("Draft B costs more than Draft D instead of less"), "{said}");
    set_lower(&mut results, &variant, "kakao-plan", "kt-2018-style", "cost", 0.5);
    set_shift(&mut results, &variant, "kakao-plan", "kt-2018-style", "cost", Some((-0.5, 0.01)));
    let said = told(&results, Lang::En);
    assert!(said.contains("it becomes undecided whether Draft B costs less than Draft D"), "{said}");
}

/// A variant is drawn in fewer worlds: what they alone make undecided is no finding.
#[test]
fn a_what_if_that_changes_nothing_in_the_same_worlds_is_not_told() {
    let mut results = kakao();
    let variant = results.manifest.run.variants[0].clone();
    let (a, b) = ("kakao-plan", "kt-2018-style");
    set_lower(&mut results, BASE, a, b, "cost", 0.82);
    set_lower(&mut results, &variant, a, b, "cost", 0.76);
    let opens = |results: &Results, lang| {
        let words = match lang {
            Lang::En => "it becomes undecided whether Draft B costs less than Draft D",
            Lang::Ko => "B안의 비용이 D안보다 적은지 가릴 수 없게 된다",
        };
        told(results, lang).contains(words)
    };
    for lang in [Lang::En, Lang::Ko] {
        // Nothing, what may be chance, and what leaves the share above the mark; then a change that lets it fall below.
        for (shift, right) in
            [((0.0, 0.0), false), ((-0.1, 0.12), false), ((-0.01, 0.005), false), ((-0.1, 0.03), true)]
        {
            set_shift(&mut results, &variant, a, b, "cost", Some(shift));
            assert_eq!(opens(&results, lang), right, "{shift:?}");
        }
        // A folder without the columns tells by the means.
        set_shift(&mut results, &variant, a, b, "cost", None);
        for (value, right) in [(0.0, false), (5e9, true)] {
            for s in results.shifts.iter_mut().filter(|s| s.variant == variant && s.measure == "cost") {
                (s.shift.value, s.shift.lo, s.shift.hi) = (value, value, value);
            }
            assert_eq!(opens(&results, lang), right, "{value}");
        }
    }
}

#[test]
fn a_wait_that_is_the_same_in_nearly_all_worlds_is_no_range() {
    let mut results = kakao();
    let all: Vec<String> = results.guidelines().into_iter().map(String::from).collect();
    for g in &all {
        for statistic in ["p05", "p95"] {
            if let Some(row) = results.summary.get_mut(&key(g, "all", "days_p50", statistic)) {
                row.estimate.value = 61.0;
            }
        }
    }
    let (en, ko) = (told(&results, Lang::En), told(&results, Lang::Ko));
    assert!(en.contains("it is 61 days in at least 9 of 10 worlds") && !en.contains("from 61 days to 61"), "{en}");
    assert!(ko.contains("적어도 상황 열에 아홉에서 61일 걸린다") && !ko.contains("61일에서 61일"), "{ko}");
}

#[test]
fn a_budget_is_kept_broken_or_open() {
    let mut results = kakao();
    let mut at = |value: f64, lo: f64, hi: f64| {
        let row = results.budget.iter_mut().find(|b| b.variant == BASE && b.guideline == "flat-first").expect("a row");
        (row.tolerance, row.over) = (0.05, Share { value, lo, hi });
        told(&results, Lang::En)
    };
    assert!(at(0.01, 0.005, 0.015).contains("kept by Draft A (2.4 %), Draft C"), "E is in the list of keepers");
    assert!(at(0.3, 0.29, 0.31).contains("Draft E (30 %)"));
    assert!(at(0.05, 0.04, 0.06).contains("too short to tell for Draft E (5 %)"));
}

#[test]
fn reach_is_told_by_shares_of_worlds() {
    let mut results = kakao();
    for row in results.best.iter_mut().filter(|b| b.variant == BASE && b.criterion == "widest") {
        let value = if row.guideline == "kakao-plan" {
            0.6
        } else if row.guideline == "kt-2018-style" {
            0.4
        } else {
            0.0
        };
        row.share = Share { value, lo: value - 0.01, hi: value + 0.01 };
    }
    let said = told(&results, Lang::En);
    assert!(
        said.contains("is undecided. Share of worlds in which each comes first: Draft B 60 %, Draft D 40 %"),
        "{said}"
    );
}

/// Of drafts that tie at the top the one page names each.
#[test]
fn drafts_that_tie_are_all_named() {
    let mut results = kakao();
    for row in results.best.iter_mut().filter(|b| b.variant == BASE && b.criterion == "widest") {
        let tied = ["kakao-plan", "kt-2018-style"].contains(&row.guideline.as_str());
        let value = if tied { 0.5 } else { 0.0 };
        row.share = Share { value, lo: value - 0.01, hi: value + 0.01 };
    }
    for (lang, words) in [(Lang::En, "Undecided: Draft B and Draft D, each in"), (Lang::Ko, "저마다 앞서는 상황은")]
    {
        let ctx = [redress::brief::ctx::Ctx::sheet(&results, lang)];
        let page = redress::brief::onepage::onepage(&ctx, &Default::default());
        assert!(page.contains(words), "{page}");
    }
}

#[test]
fn a_run_without_courses_budget_and_variants_still_tells() {
    let mut results = kakao();
    results.courses.clear();
    results.budget.clear();
    results.spread.clear();
    results.best.clear();
    results.shifts.clear();
    results.manifest.run.variants.clear();
    results.summary.retain(|k, _| !k.contains("days_p"));
    for lang in [Lang::En, Lang::Ko] {
        let ctx = [redress::brief::ctx::Ctx::new(&results, lang)];
        let page = redress::brief::page::briefing(&ctx, &Default::default());
        assert!(page.contains("</html>") && !told(&results, lang).is_empty());
        redress::brief::workbook::workbook(&ctx[0]).expect("a workbook");
    }
}
