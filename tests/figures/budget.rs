//! The budget in figures of what-if: as in that of exceedance a line where it is certain, a band where it is not; and on its page.

use std::path::Path;

use redress::engine::run::Options;
use redress::model::{Lang, Scenario};
use redress::output::figures::whatif::{Told, sweep};
use redress::output::terminal::whatif::sweep as page;
use redress::scenario;
use redress::stats::Estimate;
use redress::whatif::Look;
use redress::whatif::sweep::Row;
use redress::whatif::vary::{Vary, combinations};

/// The first scenario under a budget.
fn under(budget: &str) -> Scenario {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/first-steps.toml");
    let set = [format!("budget.amount={budget}")];
    scenario::load(&file, &set).unwrap_or_else(|e| panic!("{e}")).scenario
}

/// Mean costs from 100 m KRW on, 300 m KRW more at each point, over one quantity or two, under a budget.
fn drawn(budget: &str, over: &[&str], lang: Lang) -> String {
    let scenario = under(budget);
    let over: Vec<Vary> = over.iter().map(|o| Vary::parse(o).expect("values")).collect();
    let looks = [Look::parse("mean(cost)", &scenario, Some(1)).expect("a look")];
    let row = |point: usize| {
        let cost = 1e8 + 3e8 * point as f64;
        let estimate = Estimate::exact(cost);
        Row { point, guideline: "flat-and-share".into(), look: 0, estimate, spread: (0.5 * cost, 1.5 * cost) }
    };
    let rows: Vec<Row> = (0..combinations(&over).len()).map(row).collect();
    let told = Told { scenario: &scenario, replicates: 100, seed: 1, lang };
    sweep(told, &over, &looks, &rows).pop().expect("a figure").1
}

/// The texts of a figure in their order.
fn words(svg: &str) -> String {
    let document = resvg::usvg::roxmltree::Document::parse(svg).expect("SVG is XML");
    let texts = document.descendants().filter(|n| n.has_tag_name("text")).filter_map(|n| n.text());
    texts.map(str::trim).collect::<Vec<_>>().join(" ")
}

const SIZES: &str = "cohorts.customers.size=1e5, 2e5, 3e5, 4e5";
const HITS: &str = "cohorts.customers.hit=10, 20, 30 %";

#[test]
fn an_uncertain_budget_is_a_band_over_what_is_varied() {
    let bands = |svg: &str| svg.matches("fill=\"#C47276\"").count();
    let arrows = |svg: &str| svg.matches("<polygon fill-opacity=\"1\" fill=\"#A4262C\"").count();
    for (budget, band, beyond, en, ko) in [
        ("500 m KRW", 0, 0, "budget 500 m KRW", "예산 5억 원"),
        (
            "{ law = \"uniform\", min = \"400 m KRW\", max = \"600 m KRW\" }",
            1,
            0,
            "uncertain: anywhere from",
            "불확실: 4억 원~6억 원",
        ),
        (
            "{ law = \"uniform\", min = \"500.0 m KRW\", max = \"500.1 m KRW\" }",
            1,
            0,
            "uncertain: anywhere from",
            "불확실: ",
        ),
        (
            "{ law = \"uniform\", min = \"500 m KRW\", max = \"9 tn KRW\" }",
            1,
            1,
            "goes on above the axis, to 9 tn KRW",
            "축 위로 9조 원까지",
        ),
        ("9 tn KRW", 0, 1, "9 tn KRW above the axis", "9조 원 축 위쪽 밖"),
        ("0 KRW", 0, 0, "budget 0 KRW", "예산 0원"),
        ("{ law = \"lognormal\", mean = \"500 m KRW\", cv = 0.3 }", 1, 0, "shaded: 90 % of worlds", "음영: 상황의 90%"),
    ] {
        for (lang, said) in [(Lang::En, en), (Lang::Ko, ko)] {
            let svg = drawn(budget, &[SIZES], lang);
            assert_eq!((bands(&svg), arrows(&svg)), (band, beyond), "{budget}");
            assert!(words(&svg).contains(said), "{budget}: {}", words(&svg));
            // A budget far away leaves the costs their room.
            assert!(!words(&svg).contains("(tn KRW)") && !words(&svg).contains("(조 원)"), "{}", words(&svg));
        }
    }
}

#[test]
fn contours_of_a_map_are_the_ends_of_an_uncertain_budget() {
    for (budget, en, ko) in [
        ("500 m KRW", "Line: 500 m KRW.", "선: 5억 원."),
        ("9 tn KRW", "All below 9 tn KRW.", "모두 9조 원 미만."),
        ("1_004_900_000", "Line: 1,004,900,000 KRW.", "선: 10.049억 원."),
        (
            "{ law = \"uniform\", min = 500_100_000, max = 500_400_000 }",
            "the uncertain budget (500.1 m KRW to 500.4 m KRW).",
            "불확실한 예산(5.001억 원~5.004억 원)",
        ),
        (
            "{ law = \"uniform\", min = \"400 m KRW\", max = \"600 m KRW\" }",
            "Lines: both ends of the uncertain budget (400–600 m KRW).",
            "선: 불확실한 예산(4~6억 원)의 양 끝.",
        ),
        (
            "{ law = \"uniform\", min = \"400 m KRW\", max = \"9 tn KRW\" }",
            "Line: lower end of the uncertain budget (",
            "의 아래 끝.",
        ),
        (
            "{ law = \"uniform\", min = \"1 KRW\", max = \"9 tn KRW\" }",
            "All inside the uncertain budget (",
            "모두 불확실한 예산(",
        ),
        (
            "{ law = \"lognormal\", mean = \"500 m KRW\", cv = 0.3 }",
            "in 90 % of worlds).",
            "불확실한 예산(상황의 90%에서 ",
        ),
    ] {
        for (lang, said) in [(Lang::En, en), (Lang::Ko, ko)] {
            let told = words(&drawn(budget, &[SIZES, HITS], lang));
            assert!(told.contains(said), "{budget}: {told}");
        }
    }
}

/// Where the budget is another in each world, that is said of the chance to pass it.
#[test]
fn an_uncertain_budget_is_told_beside_the_chance_to_pass_it() {
    let told = |budget: &str, look: &str, lang: Lang| {
        let scenario = under(budget);
        let over = [Vary::parse(SIZES).expect("values")];
        let looks = [Look::parse(look, &scenario, Some(1)).expect("a look")];
        let (estimate, guideline) = (Estimate::exact(0.25), "flat-and-share".into());
        let rows = [Row { point: 0, guideline, look: 0, estimate, spread: (0.0, 1.0) }];
        page(&over, &looks, &rows, &scenario, Options::default(), lang).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let uncertain = "{ law = \"uniform\", min = \"400 m KRW\", max = \"600 m KRW\" }";
    for (lang, said) in [
        (Lang::En, "to 600 m KRW; every world is judged by its own."),
        (Lang::Ko, "상황마다 그 상황의 예산으로 판단함."),
    ] {
        assert!(told(uncertain, "P(cost > budget)", lang).contains(said), "{lang:?}");
        for (budget, look) in
            [("500 m KRW", "P(cost > budget)"), (uncertain, "P(cost > 1 bn KRW)"), (uncertain, "mean(cost)")]
        {
            assert!(!told(budget, look, lang).contains(said), "{budget}, {look}");
        }
    }
}
