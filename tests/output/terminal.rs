//! The report on the terminal.

use std::path::Path;

use redress::analysis::Collector;
use redress::analysis::findings::BASE;
use redress::engine::outcome::{Block, account};
use redress::model::{Lang, Scenario, Text, Variant};
use redress::output::manifest::RunRecord;
use redress::output::terminal::width::width;
use redress::output::terminal::{Told, report};

use crate::analysis::blocks::{arbitrary, scenario, set, set_losers, shape, zeros};

fn told(s: &Scenario, scale: f64, lang: Lang) -> String {
    let mut block = arbitrary(s, 0, 200, 0);
    block.guided.iter_mut().for_each(|x| *x *= scale);
    let shares: Vec<Vec<f64>> = (0..200).map(|r| vec![0.0, 0.3 + f64::from(r) / 1000.0, 0.99951]).collect();
    let rows: Vec<&[f64]> = shares.iter().map(Vec::as_slice).collect();
    set(&mut block, s, "coverage", &rows);
    set(&mut block, s, "adequacy", &rows);
    let collect = |variant: &str| {
        let mut collector = Collector::new(s, variant, 200);
        collector.add(&block);
        collector.add_twin(&arbitrary(s, 0, 50, 1));
        collector.finish(1)
    };
    let mut findings = collect(BASE);
    for v in &s.variants {
        findings.merge(collect(&v.id));
    }
    let run = RunRecord { seed: 7, replicates: 200, engine: "counts".into(), seconds: 1.24, ..RunRecord::default() };
    report(&findings, Told { scenario: s, run: &run, folder: Path::new("outputs/test"), lang })
}

fn long_names(regions: usize) -> Scenario {
    let mut s = scenario(regions);
    s.title = Text::both(&"A title that goes on ".repeat(8), &"끝없이 이어지는 제목 ".repeat(8));
    for g in &mut s.guidelines {
        g.title = Text::both(
            "A guideline with a very long title that says everything",
            "아주 긴 이름을 가진 보상 기준안 하나",
        );
        g.id = format!("{}-guideline-with-a-very-long-id", g.id);
    }
    let variant = |i: usize| Variant {
        id: format!("variant-{i}"),
        title: Text::both(&"A what-if with many words ".repeat(4), &"여러 낱말로 된 가정 ".repeat(4)),
        note: Text::default(),
        changes: Vec::new(),
    };
    s.variants = (0..3).map(variant).collect();
    s
}

#[test]
fn everything_fits_eighty_columns() {
    for lang in [Lang::En, Lang::Ko] {
        for scale in [0.0, 1e-3, 1.0, 7_777.0, 1e6, 1e9] {
            let mut unbroken = long_names(1);
            unbroken.guidelines[1].title = Text::both(&"unbreakable".repeat(9), &"초장문제목".repeat(8));
            for s in [scenario(1), long_names(2), unbroken] {
                for line in told(&s, scale, lang).lines() {
                    assert!(width(line) <= 80, "{} columns: {line}", width(line));
                    assert!(!line.ends_with(' '), "no blanks at the end: {line}");
                }
            }
        }
    }
}

/// Korean readers write ranges with a tilde, everywhere on the page.
#[test]
fn korean_ranges_have_a_tilde() {
    let page = told(&scenario(2), 1e6, Lang::Ko);
    let letters: Vec<char> = page.chars().collect();
    let between = |sign: char| letters.windows(3).any(|w| w[1] == sign && w[0] != ' ' && w[2] != ' ');
    assert!(between('~') && !between('–'), "{page}");
    assert!(!page.contains(" … "), "{page}");
    assert!(told(&scenario(2), 1e6, Lang::En).contains('–'));
}

#[test]
fn take_up_curves_stand_side_by_side() {
    let mut s = long_names(1);
    let paths = ["filing.form", "guidelines.a.rules.b.filing.rate", "guidelines.a.rules.b.filing"];
    for (variant, path) in s.variants.iter_mut().zip(paths) {
        variant.changes = vec![format!("{path} = {{ rate = 0.1 }}")];
    }
    assert_eq!(s.variants.iter().map(|v| v.is_take_up()).collect::<Vec<_>>(), [true, true, false]);
    let collect = |variant: &str, seed: u64| {
        let mut collector = Collector::new(&s, variant, 200);
        collector.add(&arbitrary(&s, 0, 200, seed));
        collector.finish(1)
    };
    let mut findings = collect(BASE, 0);
    let base = findings.clone();
    for (i, v) in s.variants.iter().enumerate() {
        let mut varied = collect(&v.id, 2 + i as u64);
        varied.shift_from(&base);
        findings.merge(varied);
    }
    let run = RunRecord { replicates: 200, ..RunRecord::default() };
    for (lang, words) in [
        (Lang::En, ["Nobody knows beforehand who will file", "cost 3", "covered 3", "  1 as it stands"]),
        (Lang::Ko, ["누가 신청할지는 미리 알 수 없다", "비용 3", "포괄률 3", "  1 기본"]),
    ] {
        let text = report(&findings, Told { scenario: &s, run: &run, folder: Path::new("."), lang });
        assert!(text.lines().all(|l| width(l) <= 80), "{text}");
        for w in words {
            assert!(text.contains(w), "{w} is missing:\n{text}");
        }
        assert!(!text.contains("cost 4") && !text.contains("비용 4"), "what a draft asks for is no other take-up");
    }
}

/// Two cohorts, of which the second gets three times what the first does; under the first guideline nobody gets anything.
#[test]
fn it_says_to_whom_and_who_bears_it() {
    let mut s = long_names(1);
    let share = s.budget.as_ref().expect("a budget").amount;
    s.cohorts[0].title = Text::both("Drivers", "기사");
    s.cohorts[1].title =
        Text::both(&"People with a name that goes on ".repeat(4), &"끝없이 이어지는 이름의 사람들 ".repeat(4));
    let mut block = zeros(&s, 0, 10);
    let (sizes, at) =
        (redress::engine::outcome::Shape::of(&s), |m| redress::engine::outcome::guided(m).expect("known"));
    for (r, g) in (0..10).flat_map(|r| (1..3).map(move |g| (r, g))) {
        block.guided[sizes.guided(r, g, 1, at("payout"))] = 20.0;
        block.guided[sizes.guided(r, g, 1, at("in_kind_cost"))] = 5.0;
        block.guided[sizes.guided(r, g, 2, at("in_kind_cost"))] = 75.0;
    }
    let text = |s: &Scenario, lang| {
        let mut collector = Collector::new(s, BASE, 10);
        collector.add(&block);
        let run = RunRecord::default();
        report(&collector.finish(1), Told { scenario: s, run: &run, folder: Path::new("."), lang })
    };
    for (lang, lead, nobody, second) in [
        (Lang::En, "Who gets it:", "\nA nobody gets anything", "… 75 % · Drivers 25 %"),
        (Lang::Ko, "누가 받는가:", "\nA 아무도 받지 않음", "… 75% · 기사 25%"),
    ] {
        let told = text(&s, lang);
        assert!(told.contains(lead) && told.contains(nobody), "{told}");
        let whole = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(whole.contains(second) && told.lines().all(|l| width(l) <= 80), "{told}");
        assert!(!told.contains("Who bears") && !told.contains("누가 비용을 부담"), "the company bears all");
    }
    s.aftermath.bearing = redress::model::bearing::Bearing {
        cost_split: Some(redress::model::bearing::CostSplit {
            partner: Text::both("The operator", "운영사"), share
        }),
        recourse: None,
        insurance: Some(redress::model::bearing::Insurance { retention: share, limit: share, share }),
    };
    for (lang, words) in [
        (Lang::En, ["Who bears the cost, means. Partner: The operator.", "partner  insurance  company"]),
        (Lang::Ko, ["누가 비용을 부담하는가(평균). 분담자: 운영사.", "분담자  보험  회사"]),
    ] {
        let told = text(&s, lang);
        assert!(words.iter().all(|w| told.contains(w)), "{told}");
    }
}

#[test]
fn many_guidelines_still_fit() {
    let mut s = scenario(1);
    for i in 0..12 {
        let mut more = s.guidelines[1].clone();
        more.id = format!("more-{i}");
        s.guidelines.push(more);
    }
    s.variants = long_names(1).variants;
    let block = zeros(&s, 0, 10);
    let mut collector = Collector::new(&s, BASE, 10);
    collector.add(&block);
    let run = RunRecord::default();
    let text = report(&collector.finish(1), Told { scenario: &s, run: &run, folder: Path::new("."), lang: Lang::En });
    assert!(text.lines().all(|l| width(l) <= 80), "{text}");
    assert!(text.contains("\nO "), "fifteen guidelines, A to O");
}

#[test]
fn it_says_what_a_reader_needs() {
    let s = long_names(1);
    let text = told(&s, 1e6, Lang::En);
    let flat: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "Estimate:",
        "people were hit",
        "lost money",
        "90 %",
        "Budget",
        "it may be exceeded in 5 % of worlds",
        "A A guideline with a very long title that says everything (baseline)",
        "C A guideline with a very long title that says everything",
        "P(cost >",
        "Losers covered:",
        "Against A",
        "Cheapest:",
        "Ties are split",
        "The pool of C binds in",
        "chance inside a world",
        "over the first 50 worlds, drawn twice; the variance over the first 200.",
        "Monte-Carlo error: with 200 replicates",
        "Mean payout when the scenario is changed",
        "as it stands",
        "Seed 7, 200 replicates, counts engine, 1.2 s.",
        "Files: outputs/test",
    ] {
        assert!(flat.contains(words), "{words} is missing:\n{text}");
    }
    assert!(!flat.contains("NaN") && !flat.contains("inf"), "{text}");
    let exponent = flat.as_bytes().windows(3).any(|w| w[0].is_ascii_digit() && w[1] == b'e' && w[2].is_ascii_digit());
    assert!(!exponent, "no 1e9 in {text}");
    let korean = told(&s, 1e6, Lang::Ko);
    for words in ["추정:", "예산", "시드 7", "파일: outputs/test", "원"] {
        assert!(korean.contains(words), "{words} is missing:\n{korean}");
    }
}

/// A budget that nobody knows is told as one, and not as the mean of what it may be.
#[test]
fn an_uncertain_budget_is_told_as_such() {
    let mut s = long_names(1);
    let amount = s.budget.as_ref().expect("a budget").amount;
    let path = s.quantities.get(amount).path.clone();
    let budget = s.quantities.list.iter_mut().find(|q| q.path == path).expect("it is there");
    budget.law = redress::chance::law::Law::Uniform { min: 1e8, max: 9e8 };
    for (lang, words) in [
        (Lang::En, "Budget (uncertain: anywhere from 100 m KRW to 900 m KRW); it may be exceeded in"),
        (Lang::Ko, "예산 (불확실: 1억 원~9억 원 균등분포); 초과 허용 확률"),
    ] {
        let text = told(&s, 1e6, lang).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(words), "{text}");
    }
}

/// A page of made-up worlds, changed by `with`.
fn page_of(lang: Lang, with: impl Fn(&mut Block, &Scenario)) -> String {
    let s = long_names(1);
    let mut block = arbitrary(&s, 0, 200, 0);
    with(&mut block, &s);
    let mut collector = Collector::new(&s, BASE, 200);
    collector.add(&block);
    let run = RunRecord::default();
    let text = report(&collector.finish(1), Told { scenario: &s, run: &run, folder: Path::new("."), lang });
    assert!(text.lines().all(|l| width(l) <= 80), "{text}");
    text
}

/// Of nobody there is no share, and of worlds without losers the note says how they count.
#[test]
fn no_part_of_nothing_is_told() {
    let row = |text: &str| {
        let head = text.find("made good").expect("the table is there");
        text[head..]
            .lines()
            .find(|l| l.starts_with("A "))
            .expect("a row")
            .split_whitespace()
            .rev()
            .take(4)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let nobody = page_of(Lang::En, |block, s| (0..200).for_each(|world| set_losers(block, s, world, 0.0)));
    assert!(row(&nobody).contains("– –"), "{nobody}");
    for (lang, words) in [
        (Lang::En, "Worlds in which nobody loses money count as 0 % in both."),
        (Lang::Ko, "아무도 돈을 잃지 않은 상황은 둘 다 0%로 셈."),
    ] {
        let said = |text: String| flat(&text).contains(words);
        assert!(said(page_of(lang, |block, s| set_losers(block, s, 7, 0.0))), "{lang:?}");
        assert!(!said(page_of(lang, |_, _| ())), "{lang:?}");
    }
    assert!(!row(&page_of(Lang::En, |_, _| ())).contains('–'));
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Among nobody none covers most, and where nobody ever loses money the page says so.
#[test]
fn nobody_wins_among_nobody() {
    for (lang, nobody, never, compared) in [
        (
            Lang::En,
            ["there is nobody to cover.", "so that none covers more or is fairer."],
            ["widest", "fairest"],
            "Against A",
        ),
        (Lang::Ko, ["포괄할 사람이 없음.", "더 고른 기준안은 없음."], ["최대 포괄", "가장 고른"], "비교 기준 A"),
    ] {
        let text = page_of(lang, |block, s| (0..200).for_each(|world| set_losers(block, s, world, 0.0)));
        let (_, below) = text.split_once(compared).expect("drafts are compared");
        let row = below.lines().find(|l| l.starts_with("B ")).expect("a row");
        assert!(row.ends_with('–'), "{row}");
        let told = flat(&text);
        assert!(nobody.iter().all(|n| told.contains(n)) && !never.iter().any(|n| told.contains(n)), "{told}");
        let usual = flat(&page_of(lang, |_, _| ()));
        assert!(!nobody.iter().any(|n| usual.contains(n)) && never.iter().all(|n| usual.contains(n)), "{usual}");
    }
}

/// What is the same under all guidelines in all worlds has no winner.
#[test]
fn equals_are_level() {
    let equal = |block: &mut Block, s: &Scenario| {
        for measure in ["cost", "coverage", "gini_absolute", "days_p50"] {
            set(block, s, measure, &[&[3.0; 3][..]; 200]);
        }
    };
    for (lang, level, split) in [
        (
            Lang::En,
            "Cheapest: all level; fastest (half of the awards paid): all level; widest coverage: all level;",
            "Ties",
        ),
        (Lang::Ko, "최저 비용: 모두 같음; 가장 빠른 지급(보상 건수의 절반까지): 모두 같음;", "동률"),
    ] {
        let told = flat(&page_of(lang, equal));
        assert!(told.contains(level) && !told.contains(split), "{told}");
        assert!(flat(&page_of(lang, |_, _| ())).contains(split));
    }
}

/// A guideline of which nobody says what becomes of its claims is not simply cheaper, and nobody is fastest without a rival.
#[test]
fn costs_without_handling_are_told_beside_the_verdict() {
    let unhandled = |block: &mut Block, s: &Scenario| {
        let none = f64::NAN;
        let staff = account("staff_cost").expect("known");
        for world in 0..200 {
            (1..3).for_each(|g| block.accounts[shape(s).accounts(world, g, staff)] = none);
        }
        for measure in ["days_p50", "days_p90"] {
            set(block, s, measure, &[&[3.0, none, none][..]; 200]);
        }
        set(block, s, "claim_cost", &[&[0.0; 3][..]; 200]);
        set(block, s, "claims", &[&[5.0, 0.0, 7.0][..]; 200]);
    };
    for (lang, words, fastest) in [
        (
            Lang::En,
            "No procedure is stated for C: review and handling of claims are not in the cost there, and there are no days to payment.",
            "fastest",
        ),
        (Lang::Ko, "C: 절차가 없어 신청의 심사와 처리 비용이 빠져 있고 지급까지의 일수도 없음.", "가장 빠른"),
    ] {
        let text = flat(&page_of(lang, unhandled));
        assert!(text.contains(words) && !text.contains(fastest), "{text}");
        let usual = flat(&page_of(lang, |_, _| ()));
        assert!(
            !usual.contains("No procedure is stated") && !usual.contains("절차가 없어") && usual.contains(fastest),
            "{usual}"
        );
    }
}

/// Sums of hundreds of thousands of trillions leave rows their letters.
#[test]
fn huge_sums_leave_room_for_letters() {
    for (lang, scale) in [Lang::En, Lang::Ko].into_iter().flat_map(|l| [1e9, 1e12, 1e14].map(|x| (l, x))) {
        let text = page_of(lang, |block, _| block.guided.iter_mut().for_each(|x| *x *= scale));
        assert!(!text.lines().any(|l| l.starts_with('…')), "{text}");
        assert!(text.lines().filter(|l| l.starts_with("C ")).count() > 2, "{text}");
    }
}

/// A budget that is given has all its digits.
#[test]
fn a_given_budget_is_not_rounded() {
    let mut s = long_names(1);
    let amount = s.budget.as_ref().expect("a budget").amount;
    let path = s.quantities.get(amount).path.clone();
    let budget = s.quantities.list.iter_mut().find(|q| q.path == path).expect("it is there");
    budget.law = redress::chance::law::Law::Constant(100.5);
    for (lang, words) in [(Lang::En, "Budget 100.5 KRW; it may be"), (Lang::Ko, "예산 100.5원; 초과 허용")] {
        let text = told(&s, 1e6, lang).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(words), "{text}");
    }
}
