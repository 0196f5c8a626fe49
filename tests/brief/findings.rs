//! Findings are computed: change the data and the sentence changes.

use redress::brief::Results;
use redress::brief::results::{BASE, Share, key};
use redress::chance::law::Law;
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
    set_lower(&mut results, BASE, "kakao-plan", "kt-2018-style", "coverage", 0.4);
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

/// Sets the law of the budget.
fn set_budget(results: &mut Results, law: Law) {
    let path = "budget.amount";
    let quantity = results.scenario.quantities.list.iter_mut().find(|q| q.path == path).expect("there is a budget");
    quantity.law = law;
}

/// A page in one language, its markup and its special blanks left out.
fn page(results: &Results, lang: Lang) -> String {
    let page = redress::brief::page::briefing(&[redress::brief::ctx::Ctx::new(results, lang)], &Default::default());
    plain(&page)
}

fn sheet(results: &Results, lang: Lang) -> String {
    plain(&redress::brief::onepage::onepage(&[redress::brief::ctx::Ctx::sheet(results, lang)], &Default::default()))
}

fn plain(page: &str) -> String {
    let texts = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    texts.collect::<String>().replace('\u{a0}', " ")
}

/// A budget that nobody knows is no certain sum, neither in the sentence nor in the chart.
#[test]
fn an_uncertain_budget_is_told_as_such() {
    let mut results = kakao();
    set_budget(&mut results, Law::Uniform { min: 5e8, max: 1.02e9 });
    for (lang, finding, chart, never) in [
        (
            Lang::En,
            "The budget of the scenario is uncertain (anywhere from 500 m KRW to 1.02 bn KRW); it may be exceeded in",
            "Budget, uncertain: 500 million won to 1.02 billion won",
            "The scenario sets a budget of",
        ),
        (
            Lang::Ko,
            "시나리오의 예산은 불확실하며(5억 원~10.2억 원 균등분포), 뽑은 상황의",
            "예산(불확실): 5억 원~10억 2,000만 원",
            "시나리오가 정한 예산은",
        ),
    ] {
        let said = told(&results, lang);
        assert!(said.contains(finding) && !said.contains(never), "{said}");
        let page = page(&results, lang);
        assert!(page.contains(chart), "{chart}: {page}");
    }
    let drawn =
        redress::brief::page::briefing(&[redress::brief::ctx::Ctx::new(&results, Lang::En)], &Default::default());
    assert!(drawn.contains("fill-opacity=\"0.16\"") && !drawn.contains("class=\"limit\""));
    set_budget(&mut results, Law::LogNormal { mu: 20.0, sigma: 0.5 });
    assert!(page(&results, Lang::En).contains("in 90 % of worlds"), "what has no end is told by most worlds");
}

/// A budget that is given has all its digits.
#[test]
fn a_given_budget_is_not_rounded() {
    let mut results = kakao();
    for (value, en, ko) in [
        (100.5, "100.5 won", "100.5원"),
        (1_004_900_000.0, "1,004,900,000 won", "10.049억 원"),
        (1_004_000_000.0, "1.004 billion won", "10.04억 원"),
        (4e10, "40 billion won", "400억 원"),
    ] {
        set_budget(&mut results, Law::Constant(value));
        assert!(told(&results, Lang::En).contains(&format!("sets a budget of {en}, which")), "{en}");
        assert!(told(&results, Lang::Ko).contains(&format!("예산은 {ko}이며")), "{ko}: {}", told(&results, Lang::Ko));
        assert!(page(&results, Lang::En).contains(&format!("Budget {en}")), "{en}");
    }
}

/// What is left out of one draft's cost is told beside every verdict on cost, and nobody is fastest without a rival.
#[test]
fn costs_without_handling_are_told_beside_the_verdict() {
    let mut results = kakao();
    let (en, ko) = ("No procedure is stated for Draft E: review and handling of claims", "E안에는 절차가 없어");
    assert!(!told(&results, Lang::En).contains("No procedure is stated"));
    let timed: Vec<String> =
        results.guidelines().into_iter().filter(|g| *g != "kakao-plan").map(String::from).collect();
    results.summary.retain(|k, _| !k.starts_with("flat-first\tall\tstaff_cost"));
    set(&mut results, "flat-first", "claim_cost", "mean", 0.0);
    set(&mut results, "flat-first", "claims", "mean", 9.0);
    for (lang, words, fastest) in [(Lang::En, en, "Pays soonest"), (Lang::Ko, ko, "가장 빨리 지급하는 안")] {
        assert!(told(&results, lang).contains(words), "{}", told(&results, lang));
        // The finding, the table and on the sheet the table and who is cheapest.
        assert!(page(&results, lang).matches(words).count() >= 2);
        assert!(sheet(&results, lang).matches(words).count() >= 2);
        assert!(sheet(&results, lang).contains(fastest));
        let mut alone = results.clone();
        alone.summary.retain(|k, _| !timed.iter().any(|g| k.starts_with(&format!("{g}\tall\tdays_p50"))));
        assert!(!sheet(&alone, lang).contains(fastest), "one draft with days has no rival");
    }
}

/// Sets in which shares of worlds `a` is lower and higher than `b`; in the rest they tie.
fn set_ties(results: &mut Results, a: &str, b: &str, measure: &str, (lower, higher): (f64, f64)) {
    set_lower(results, BASE, a, b, measure, lower);
    let share = |v: f64| Share { value: v, lo: (v - 0.005).max(0.0), hi: (v + 0.005).min(1.0) };
    let mut rows = results.pairs.iter_mut().filter(|p| p.variant == BASE && p.measure == measure);
    let row = rows.find(|p| (p.a == a && p.b == b) || (p.a == b && p.b == a)).expect("the pair is compared");
    let sides = if row.a == a { (lower, higher) } else { (higher, lower) };
    (row.lower, row.higher) = (share(sides.0), share(sides.1));
    row.equal = share(1.0 - lower - higher);
}

/// A draft that ties in half of the worlds and is never ahead in the others is not called undecided.
#[test]
fn ties_leave_nothing_undecided() {
    let mut results = kakao();
    let all: Vec<String> = results.guidelines().into_iter().map(String::from).collect();
    set_ties(&mut results, "telecom-terms", "proven-loss", "cost", (0.5, 0.0));
    let said = told(&results, Lang::En);
    assert!(
        said.contains("Draft C costs less than Draft F in 50 % of worlds, more in 0 % and as much in the others."),
        "{said}"
    );
    assert!(!said.contains("Which of Draft C and Draft F"), "{said}");
    assert!(told(&results, Lang::Ko).contains("C안의 비용이 F안보다 적은 상황은 50%, 많은 상황은 0%이며"));
    for other in all.iter().filter(|g| *g != "telecom-terms") {
        set_ties(&mut results, other, "telecom-terms", "coverage", (0.0, 0.5));
    }
    let said = told(&results, Lang::En);
    assert!(!said.contains("more or fewer than under Draft C is undecided"), "{said}");
    // The draft that is ahead of each other where they differ is told to be.
    for other in all.iter().filter(|g| *g != "flat-first") {
        set_ties(&mut results, "flat-first", other, "coverage", (0.0, 0.5));
        set_ties(&mut results, "flat-first", other, "adequacy", (0.01, 0.5));
    }
    for row in results.best.iter_mut().filter(|b| b.variant == BASE && b.criterion == "widest") {
        let value = if row.guideline == "flat-first" { 0.6 } else { 0.08 };
        row.share = Share { value, lo: value - 0.01, hi: value + 0.01 };
    }
    for statistic in ["p50", "mean"] {
        set(&mut results, "flat-first", "adequacy", statistic, 0.99);
    }
    let (en, ko) = (told(&results, Lang::En), told(&results, Lang::Ko));
    assert!(
        en.contains("In nearly all worlds no other draft reaches more of those who lost money than Draft E"),
        "{en}"
    );
    assert!(en.contains("Draft E is ahead in 50 % of worlds, behind in 1 % and level in the others."), "{en}");
    assert!(ko.contains("거의 모든 상황에서 포괄률이 E안") && ko.contains("뒤지는 상황은 1%이며"), "{ko}");
    let sheet = sheet(&results, Lang::En);
    assert!(sheet.contains("ahead or level in nearly all worlds, first in 60 % (ties split)."), "{sheet}");
    assert!(sheet.contains("in 50 % of worlds; behind in 1 % and level in the others. The next is"), "{sheet}");
}

/// Shares of the best have ties split: a draft that is ahead in two worlds of three and level in the others is best in 83 %, which is not
/// "most worlds". Drafts that are the same in all worlds are not undecided, nor is a step that most worlds turn round.
#[test]
fn ties_make_nobody_ahead_and_turned_steps_are_told() {
    let mut results = kakao();
    let all: Vec<String> = results.guidelines().into_iter().map(String::from).collect();
    let best = |results: &mut Results, of: &dyn Fn(&str) -> f64| {
        for row in results.best.iter_mut().filter(|b| b.variant == BASE && b.criterion == "widest") {
            let value = of(&row.guideline);
            row.share = Share { value, lo: value - 0.01, hi: value + 0.01 };
        }
    };
    for other in all.iter().filter(|g| *g != "flat-first") {
        set_ties(&mut results, "flat-first", other, "coverage", (0.0, 0.66));
    }
    best(&mut results, &|g| if g == "flat-first" { 0.83 } else { 0.034 });
    set_ties(&mut results, "telecom-terms", "proven-loss", "cost", (0.11, 0.88));
    let said = told(&results, Lang::En);
    assert!(
        said.contains("In nearly all worlds no other draft reaches more of those who lost money than Draft E"),
        "{said}"
    );
    assert!(!said.contains("any other draft in most worlds"), "{said}");
    assert!(
        said.contains("Draft C costs less than Draft F in 11 % of worlds, more in 88 % and as much in the others."),
        "{said}"
    );
    assert!(sheet(&results, Lang::En).contains("ahead or level in nearly all worlds, first in 83 % (ties split)."));
    // Two that are the same in all worlds, and ahead of all others.
    set_ties(&mut results, "flat-first", "kt-2018-style", "coverage", (0.0, 0.0));
    for other in all.iter().filter(|g| *g != "flat-first" && *g != "kt-2018-style") {
        set_ties(&mut results, "kt-2018-style", other, "coverage", (0.0, 0.66));
    }
    best(&mut results, &|g| if g == "flat-first" || g == "kt-2018-style" { 0.45 } else { 0.025 });
    let sheet = sheet(&results, Lang::En);
    assert!(sheet.contains("level in all worlds, and no other draft is ahead."), "{sheet}");
    assert!(!told(&results, Lang::En).contains("reaches most of those who lost money is undecided"));
}
