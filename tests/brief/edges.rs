//! Runs in which something is nothing: no losses, no payments, no rival; and many drafts at once.

use redress::brief::ctx::Ctx;
use redress::brief::explain::{Asked, explain};
use redress::brief::page::{Paper, briefing};
use redress::brief::results::{ALL, Driver, key};
use redress::brief::{Results, workbook};
use redress::model::Lang;

use super::{kakao, told};

/// Sets a statistic of a measure under a guideline, or of all of them where that is `None`.
fn set(results: &mut Results, guideline: Option<&str>, measure: &str, value: f64) {
    let all: Vec<String> = results.guidelines().into_iter().map(String::from).chain([ALL.to_string()]).collect();
    for g in all.iter().filter(|g| guideline.is_none_or(|one| one == g.as_str())) {
        for statistic in ["mean", "sd", "p05", "p25", "p50", "p75", "p90", "p95"] {
            if let Some(stat) = results.summary.get_mut(&key(g, ALL, measure, statistic)) {
                stat.estimate.value = value;
            }
        }
    }
}

/// Where the scenario has no courts nobody sues: limits, method and sheet say that suits are not counted.
#[test]
fn without_courts_suits_are_not_counted() {
    let with = kakao();
    let mut without = kakao();
    without.inputs.retain(|i| !i.path.starts_with("courts."));
    for (lang, counted, not) in [
        (Lang::En, "Suits are counted with wide ranges", "Suits are not counted"),
        (Lang::Ko, "그래서 소송은 범위를 넓게 잡았고", "법원이 없어 소송은"),
    ] {
        let page = |results: &Results| briefing(&[Ctx::new(results, lang)], &Paper::default());
        assert!(page(&with).contains(counted) && !page(&with).contains(not), "{lang:?}");
        assert!(!page(&without).contains(counted), "{lang:?}");
        // Among the limits and in the method.
        assert_eq!(page(&without).matches(not).count(), 2, "{lang:?}");
    }
}

#[test]
fn nobody_lost_money() {
    let mut results = kakao();
    results.manifest.run.variants.clear();
    for measure in ["losers", "covered", "coverage", "adequacy", "loss"] {
        set(&mut results, None, measure, 0.0);
    }
    let en = told(&results, Lang::En);
    assert!(en.contains("None of them lost money."), "{en}");
    assert!(!en.contains("reaches") && !en.contains("makes good 0"), "{en}");
    let ko = told(&results, Lang::Ko);
    assert!(ko.contains("금전 손해를 본 사람은 없다.") && !ko.contains("0원에서 0원"), "{ko}");
    let page = briefing(&[Ctx::new(&results, Lang::En)], &Paper::default());
    assert!(page.contains("Nobody lost money in any world."), "a sentence instead of an empty drawing");
    assert!(!page.contains("count as 0 % in coverage"), "there is no part of nothing");
    // Of nothing there is no share: in the table a dash stands for it.
    let usual = briefing(&[Ctx::new(&kakao(), Lang::En)], &Paper::default());
    let table = |page: &str| {
        let from = page.find("id=\"en-compare\"").or_else(|| page.find("id=\"compare\"")).expect("the section");
        page[from..].split("</table>").next().unwrap_or_default().to_string()
    };
    let reach = |page: &str| {
        let (_, matrix) =
            page.split_once("reaches more of those who lost money than the one above").expect("the drafts by reach");
        matrix.split("</table>").next().unwrap_or_default().matches('%').count()
    };
    assert!(reach(&usual) > 0 && reach(&page) == 0, "nobody reaches more of nobody");
    for measure in ["coverage.p50", "adequacy.p50"] {
        assert!(table(&usual).contains(measure) && !table(&page).contains(measure), "{measure}");
    }
}

/// How worlds without losers count stands below the tables that have some, and among the findings.
#[test]
fn worlds_without_losers_are_told_to_count_as_nothing() {
    let mut results = kakao();
    let notes = [(Lang::En, "count as 0 % in coverage and loss made good"), (Lang::Ko, "0%로 센다")];
    let page = |results: &Results, lang| briefing(&[Ctx::new(results, lang)], &Paper::default());
    for (lang, words) in notes {
        assert!(!page(&results, lang).contains(words) && !told(&results, lang).contains(words), "{lang:?}");
    }
    for g in results.guidelines().into_iter().map(String::from).chain([ALL.to_string()]).collect::<Vec<_>>() {
        if let Some(stat) = results.summary.get_mut(&key(&g, ALL, "losers", "p01")) {
            stat.estimate.value = 0.0;
        }
    }
    for (lang, words) in notes {
        assert!(page(&results, lang).contains(words) && told(&results, lang).contains(words), "{lang:?}");
    }
}

#[test]
fn nobody_is_paid() {
    let mut results = kakao();
    for measure in ["payout", "paid", "covered", "coverage", "adequacy", "in_kind_cost"] {
        set(&mut results, None, measure, 0.0);
    }
    let en = told(&results, Lang::En);
    assert!(en.contains("No draft gives anything to those who lost money; what people win in court is not"), "{en}");
    assert!(!en.contains("the lowest median of the drafts that give anything"), "{en}");
    assert!(told(&results, Lang::Ko).contains("손해를 본 사람에게 무엇이든 주는 안은 없다(소송으로 받는 것은 제외)."));
}

#[test]
fn one_draft_alone_pays() {
    let mut results = kakao();
    let others: Vec<String> = results.guidelines().into_iter().skip(2).map(String::from).collect();
    for g in &others {
        for measure in ["payout", "paid", "covered", "coverage", "adequacy", "in_kind_cost"] {
            set(&mut results, Some(g), measure, 0.0);
        }
    }
    let en = told(&results, Lang::En);
    assert!(en.contains("It is the only draft that gives anything."), "{en}");
    assert!(en.contains("Courts apart, only Draft B makes good any of the loss in money"), "{en}");
    let only = "Courts apart, only Draft B (Kakao's own plan of December 2022) gives anything to those who lost";
    assert!(en.contains(only), "{en}");
    // Without courts there is nothing to leave out.
    results.scenario.aftermath.courts.clear();
    let en = told(&results, Lang::En);
    assert!(en.contains("Only Draft B makes good any of the loss in money"), "{en}");
    assert!(!en.contains("Courts apart") && !en.contains("in court"), "{en}");
}

#[test]
fn the_same_cost_in_every_world_is_no_open_order() {
    let mut results = kakao();
    for p in results.pairs.iter_mut().filter(|p| p.measure == "cost") {
        (p.lower.value, p.lower.lo, p.higher.value, p.higher.lo) = (0.0, 0.0, 0.0, 0.0);
        p.equal.value = 1.0;
    }
    let en = told(&results, Lang::En);
    assert!(en.contains("Draft C and Draft F cost the same in every world."), "{en}");
    assert!(!en.contains("costs less is undecided"), "{en}");
}

#[test]
fn what_cannot_vary_has_no_number_that_decides() {
    let mut results = kakao();
    assert!(told(&results, Lang::En).contains("No single number decides what Draft A, Draft B"));
    results.drivers.retain(|d| d.guideline != "no-scheme");
    set(&mut results, Some("no-scheme"), "cost", 0.0);
    assert!(told(&results, Lang::En).contains("No single number decides what Draft B, Draft C"));
}

#[test]
fn many_steps_are_told_in_one_sentence() {
    let mut results = kakao();
    for p in results.pairs.iter_mut().filter(|p| p.measure == "cost") {
        let up = p.lower.value > p.higher.value;
        let (yes, no) = if up { (&mut p.lower, &mut p.higher) } else { (&mut p.higher, &mut p.lower) };
        (yes.value, yes.lo, no.value, no.lo) = (0.9, 0.88, 0.1, 0.09);
    }
    let en = told(&results, Lang::En);
    assert!(
        en.contains("These steps hold in most worlds, not in nearly all: Draft A less than Draft C (90 %), "),
        "{en}"
    );
    assert!(!en.contains("costs less than Draft C in most worlds"), "{en}");
}

#[test]
fn explain_tells_budgets_and_differences() {
    let mut results = kakao();
    let row = results.budget.iter_mut().find(|b| b.guideline == "flat-first" && b.variant == "base").expect("a row");
    row.over.value = 0.123;
    let ask = |figure, guideline, than, lang| {
        explain(&results, &Asked { figure, guideline: Some(guideline), cohort: None, than }, lang)
            .map(|t| t.replace('\u{a0}', " "))
    };
    for figure in ["P(cost > budget)", "P(cost>budget)", "over_budget"] {
        let said = ask(figure, "flat-first", None, Lang::En).expect("there is a budget");
        for part in [
            "12 % (0.123)",
            "budget.csv: variant=base, guideline=flat-first",
            "95 % interval",
            "one-tap.burden",
            "= payout +",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
    let said = ask("cost", "flat-first", Some("kakao-plan"), Lang::En).expect("they are compared");
    let parts = [
        "mean of Draft E less Draft B",
        "column=difference",
        "column=p_lower",
        "10,000 worlds",
        "one-tap",
        "= payout +",
    ];
    for part in parts {
        assert!(said.contains(part), "{part}: {said}");
    }
    let turned = ask("cost", "kakao-plan", Some("flat-first"), Lang::Ko).expect("and the other way");
    assert!(turned.contains("B안에서 E안을 뺀 값의 평균"), "{turned}");
    assert!(ask("cost", "flat-first", Some("nobody"), Lang::En).is_err_and(|e| e.contains("no guideline `nobody`")));
    assert!(ask("staff_hours", "flat-first", Some("kakao-plan"), Lang::En).is_err_and(|e| e.contains("compared by")));
}

#[test]
fn bars_of_what_decides_follow_the_table() {
    let mut results = kakao();
    let page = |results: &Results, lang| briefing(&[Ctx::new(results, lang)], &Paper::default()).replace('\u{a0}', " ");
    let first = |d: &&mut Driver| d.result == "cost" && d.guideline == "flat-first" && d.rank == 1;
    let before = format!("{:.0} %", 100.0 * results.drivers.iter_mut().find(first).expect("a row").share.value);
    assert_ne!(before, "81 %");
    let told = |results: &Results| {
        let page = page(results, Lang::En);
        [&before, "81 %"].map(|share| page.contains(&format!("class=\"value\">{share}</text>")))
    };
    assert_eq!(told(&results), [true, false]);
    results.drivers.iter_mut().find(first).expect("a row").share.value = 0.81;
    assert_eq!(told(&results), [false, true]);
    // The drawing says what it shows.
    let page = page(&results, Lang::Ko);
    assert!(page.contains("aria-label=\"E안의 비용은 변수 하나에 달려 있다. ‘아는 사람의 절반이 신청하는 보상액"));
    let book = workbook::workbook(&Ctx::new(&results, Lang::En)).expect("a workbook");
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(book)).expect("a package");
    let names = (0..book.len()).map(|i| book.by_index(i).expect("a part").name().expect("a name").to_string());
    let charts = names.collect::<Vec<_>>().into_iter().filter(|n| n.starts_with("xl/charts/chart")).count();
    assert_eq!(charts, 4 + 6, "one of costs, coverage, exceedance and time each, and one a draft");
}
