//! Chances to pass the budget, at every value by the budget that holds there, and shares of losers where there are none.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use redress::chance::law::Law;
use redress::engine::outcome::GUIDED;
use redress::model::{Lang, Scenario};
use redress::output::figures::frontier::frontier as frontier_figure;
use redress::output::figures::whatif::{Told, sweep as figures};
use redress::output::terminal::whatif as page;
use redress::scenario::{self, exact_money};
use redress::stats::{Side, Statistic};
use redress::whatif::sample::Draw;
use redress::whatif::sensitivity::run::looked;
use redress::whatif::sharp::Sampling;
use redress::whatif::sweep::{self, Asked, Candidate, Row};
use redress::whatif::vary::{Origin, Plan, Vary, combinations, plans};
use redress::whatif::{Interest, Look, sample};

use super::{options, shipped, vary};

const REPLICATES: u64 = 400;
const POOL: [&str; 2] = [
    "guidelines.flat-and-share.pool={ amount = 400e6 }",
    "budget.amount={ same_as = \"guidelines.flat-and-share.pool.amount\", times = 0.5 }",
];
const UNCERTAIN: &str = "budget.amount={ law = \"uniform\", min = 300e6, max = 500e6 }";

/// A question put to the first scenario with some changes.
struct Swept {
    scenario: Scenario,
    plans: Vec<Plan>,
    looks: Vec<Look>,
    over: Vec<Vary>,
    rows: Vec<Row>,
}

impl Swept {
    fn chances(&self) -> Vec<f64> {
        self.rows.iter().map(|r| r.estimate.value).collect()
    }

    fn page(&self, lang: Lang) -> String {
        let told = sweep::told(&self.scenario, &self.plans);
        let page = page::sweep(&self.over, &self.looks, &self.rows, &told, options(REPLICATES), lang);
        page.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn figures(&self) -> Vec<(String, String)> {
        let told = sweep::told(&self.scenario, &self.plans);
        let told = Told { scenario: &told, replicates: REPLICATES, seed: 1, lang: Lang::En };
        figures(told, &self.over, &self.looks, &self.rows)
    }
}

fn changed(set: &[&str]) -> Vec<String> {
    set.iter().map(|s| (*s).to_string()).collect()
}

fn swept(set: &[&str], over: &[&str], look: &str) -> Swept {
    let (file, set) = (shipped("first-steps.toml"), changed(set));
    let scenario = scenario::load(&file, &set).unwrap_or_else(|e| panic!("{e}")).scenario;
    let over: Vec<Vary> = over.iter().map(|o| vary(o)).collect();
    let plans = plans(Origin { file: &file, set: &set }, &over, &[]).unwrap_or_else(|e| panic!("{e}"));
    let look = Look::parse(look, &scenario, Some(1)).expect("a look").settled(plans.iter().map(|p| &p.scenario));
    let asked = Asked {
        looks: vec![look],
        guidelines: vec!["flat-and-share".into()],
        sampling: Sampling::Plain,
        first: Vec::new(),
    };
    let cancel = AtomicBool::new(false);
    let rows = |plan: &Plan| sweep::rows(plan, &asked, &over, options(REPLICATES), &cancel, &mut |_| ());
    let mut rows: Vec<Row> = plans.iter().flat_map(|plan| rows(plan).expect("it runs")).collect();
    rows.sort_by_key(|r| r.point);
    Swept { rows, looks: asked.looks, scenario, plans, over }
}

/// What `run` finds with some changes: the share of worlds in which the cost is above the budget, and all costs.
fn by_run(set: &[String], file: &Path) -> f64 {
    let scenario = scenario::load(file, set).unwrap_or_else(|e| panic!("{e}")).scenario;
    let mut collector = redress::analysis::Collector::new(&scenario, "base", REPLICATES);
    let cancel = AtomicBool::new(false);
    redress::engine::run::run(&scenario, &options(REPLICATES), &cancel, |event| {
        if let redress::engine::run::Event::Block(b) = event {
            collector.add(b);
        }
        Ok(())
    })
    .expect("it runs");
    let findings = collector.finish(1);
    findings.budget.iter().find(|r| &*r.guideline == "flat-and-share").expect("a row").over.value
}

#[test]
fn every_value_is_judged_by_its_own_budget() {
    let same_pool = format!("{}={}", "guidelines.flat-and-share.pool.amount", "1e8, 4e8, 2e9");
    for (set, over) in [
        (&POOL[..], same_pool.as_str()),
        (&["budget.amount=1 bn KRW"][..], "budget.amount=1e8, 3e8, 5e8, 2e9"),
        (&[UNCERTAIN][..], "budget.amount.max=400e6, 500e6, 900e6"),
        (&[UNCERTAIN][..], "cohorts.customers.hit=0.3, 0.4, 0.6"),
    ] {
        let found = swept(set, &[over], "P(cost > budget)");
        let expected: Vec<f64> = combinations(&found.over)
            .iter()
            .map(|at| {
                let mut set = changed(set);
                set.push(format!("{}={}", found.over[0].path, found.over[0].values[at[0]]));
                by_run(&set, &shipped("first-steps.toml"))
            })
            .collect();
        assert_eq!(found.chances(), expected, "{over}");
        assert!(expected.first() != expected.last(), "{over}: {expected:?}");
        let told = found.page(Lang::En);
        assert!(told.contains("budget) 9 of 10"), "{told}");
    }
}

#[test]
fn pages_and_figures_say_by_which_budget() {
    let moved = "The budget is not the same at every value: each value is judged by its own.";
    let over = ["budget.amount=1e8, 3e8, 5e8"];
    let own = swept(&["budget.amount=1 bn KRW"], &over, "P(cost > budget)");
    assert!(own.page(Lang::En).contains(moved), "{}", own.page(Lang::En));
    assert!(own.page(Lang::Ko).contains("예산) 열 중 아홉") && own.page(Lang::Ko).contains("예산이 값에 따라 다름"));
    // No budget stands across an axis on which it moves, and none is the contour of a map.
    for over in [&over[..], &["budget.amount=1e8, 3e8, 5e8", "cohorts.customers.hit=0.2, 0.4"]] {
        let figures = swept(&["budget.amount=1 bn KRW"], over, "mean(cost)").figures();
        assert!(figures.iter().all(|(_, svg)| !svg.contains("1 bn KRW")), "{over:?}");
    }
    let hits = ["cohorts.customers.hit=0.2, 0.4"];
    assert!(swept(&["budget.amount=1 bn KRW"], &hits, "mean(cost)").figures()[0].1.contains("1 bn KRW"));
    let uncertain = swept(&[UNCERTAIN], &hits, "P(cost > budget)").page(Lang::En);
    assert!(uncertain.contains("to 500 m KRW; every world is judged by its own."), "{uncertain}");
    // One certain budget is a bound like any other, with all its digits.
    let certain = swept(&["budget.amount=1_004_900_000"], &hits, "P(cost > budget)").page(Lang::En);
    let amount = exact_money(1_004_900_000.0, "KRW", Lang::En);
    assert!(certain.contains(&format!("{amount}) 9 of 10")) && !certain.contains("its own"), "{certain}");
}

#[test]
fn what_decides_on_the_budget_is_seen_world_by_world() {
    let file = shipped("first-steps.toml");
    let scenario = scenario::load(&file, &changed(&[UNCERTAIN])).unwrap_or_else(|e| panic!("{e}")).scenario;
    let look = Look::parse("P(cost > budget)", &scenario, Some(1)).expect("a look").settled([&scenario]);
    let cancel = AtomicBool::new(false);
    let draw = Draw { options: options(100), worlds: None, keep_worlds: true, cancel: &cancel };
    let drawn = sample(&scenario, &[look.interest], draw, &mut |_| ()).expect("it runs");
    let amount = scenario.budget.as_ref().expect("a budget").amount;
    let worlds = drawn.worlds.chunks_exact(scenario.quantities.list.len());
    assert_eq!(worlds.map(|w| amount.of(w)).collect::<Vec<_>>(), drawn.budgets);
    let expected: Vec<f64> =
        drawn.columns[0].iter().zip(&drawn.budgets).map(|(cost, budget)| f64::from(u8::from(cost > budget))).collect();
    assert_eq!(looked(&look, &drawn.columns[0], &drawn.budgets), expected);
    assert!(expected.contains(&0.0) && expected.contains(&1.0));
    assert!(look.of_budget && look.name(&scenario) == "P(cost > budget)");
    let certain =
        scenario::load(&file, &changed(&["budget.amount=1 bn KRW"])).unwrap_or_else(|e| panic!("{e}")).scenario;
    let settled = look.settled([&certain]);
    assert!(!settled.of_budget && settled.statistic == Statistic::Chance(Side::More, 1e9));
    assert!(look.settled([&certain, &scenario]).of_budget);
}

/// Numbers of a guideline that others of the file follow are not varied in copies of it.
#[test]
fn what_is_the_same_as_a_varied_number_moves_with_it() {
    let over = [vary("guidelines.flat-and-share.pool.amount=1e8, 2e9")];
    let (file, alone, followed) = (shipped("first-steps.toml"), changed(&POOL[..1]), changed(&POOL));
    let plans = |set: &[String]| plans(Origin { file: &file, set }, &over, &[]).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(plans(&alone).len(), 1);
    let found = plans(&followed);
    let budgets = found.iter().map(|plan| {
        let budget = plan.scenario.budget.as_ref().expect("a budget");
        budget.amount.of(&plan.scenario.quantities.central())
    });
    assert_eq!(budgets.collect::<Vec<_>>(), [0.5e8, 1e9]);
    assert!(
        found
            .iter()
            .all(|plan| plan.scenario.guidelines.len() == 1 && plan.scenario.guidelines[0].id == "flat-and-share")
    );
}

/// Where results of other guidelines are asked for, or numbers of two are varied, each value is the scenario itself.
#[test]
fn of_other_guidelines_it_is_told_what_they_are_at_each_value() {
    let (own, other) = ("guidelines.flat-and-share.rules.rule-1.amount", "guidelines.other.rules.rule-1.amount");
    let (file, set) = (shipped("first-steps.toml"), changed(&["guidelines.other={ based_on = \"flat-and-share\" }"]));
    let plans = |over: &[Vary], wanted: &[&str]| {
        plans(Origin { file: &file, set: &set }, over, &changed(wanted)).unwrap_or_else(|e| panic!("{e}"))
    };
    let over = [vary(&format!("{own}=1000, 3000"))];
    for wanted in [&[][..], &["flat-and-share"]] {
        assert_eq!(plans(&over, wanted).len(), 1, "copies in one plan");
    }
    let over = |both: bool| {
        let first = vary(&format!("{own}=1000, 3000"));
        if both { vec![first, vary(&format!("{other}=500, 700"))] } else { vec![first] }
    };
    for (both, wanted) in [(false, &["other"][..]), (false, &["flat-and-share", "other"]), (true, &[])] {
        let found = plans(&over(both), wanted);
        assert_eq!(found.len(), if both { 4 } else { 2 });
        for (i, plan) in found.iter().enumerate() {
            let at = |path: &str| plan.scenario.quantities.behind(path).map(|q| q.law.clone());
            let [first, second] = if both { [i / 2, i % 2] } else { [i, 2] };
            assert_eq!(at(own), Some(Law::Constant([1000.0, 3000.0][first])));
            assert_eq!(at(other), Some(Law::Constant([500.0, 700.0, 2000.0][second])));
            assert_eq!((plan.scenario.guidelines.len(), plan.points.as_slice()), (3, &[(i, None)][..]));
        }
    }
}

#[test]
fn of_nobody_there_is_no_share() {
    let none = ["cohorts.shops.loss.share=0"];
    let (en, ko) = ("Nobody loses money in any world: there is nobody to cover.", "포괄할 사람이 없음");
    for look in ["coverage", "p95(adequacy)", "P(coverage < 30 %)"] {
        let all = swept(&none, &["cohorts.customers.hit=0.2, 0.4"], look);
        assert!(all.chances().iter().all(|x| x.is_nan()) && all.figures().is_empty(), "{look}");
        assert!(all.page(Lang::En).contains(en) && all.page(Lang::Ko).contains(ko), "{}", all.page(Lang::En));
        assert!(!all.page(Lang::En).contains(" 0 %"), "{}", all.page(Lang::En));
    }
    let some = swept(&[], &["cohorts.shops.loss.share=0, 0.1, 0.3"], "coverage");
    assert_eq!(some.chances().iter().map(|x| x.is_nan()).collect::<Vec<_>>(), [true, false, false]);
    let told = some.page(Lang::En);
    assert!(told.contains("–: there nobody loses money in any world") && !told.contains(en), "{told}");
    assert_eq!(some.figures().len(), 1);
    // Two cells of four have a value, and the others stay empty.
    let map = swept(&[], &["cohorts.shops.loss.share=0, 0.3", "cohorts.customers.hit=0.2, 0.4"], "coverage").figures();
    assert!(map.len() == 1 && !map[0].1.contains("#000000"), "a cell without a value is painted");
    let usual = swept(&[], &["cohorts.shops.loss.share=0.1, 0.3"], "coverage").page(Lang::En);
    assert!(!usual.contains("nobody"), "{usual}");
}

#[test]
fn a_frontier_over_the_coverage_of_nobody_says_so() {
    let file = shipped("first-steps.toml");
    let found = |set: &[&str]| -> (Scenario, Vec<Candidate>) {
        let scenario = scenario::load(&file, &changed(set)).unwrap_or_else(|e| panic!("{e}")).scenario;
        let interest = |m: &str| Interest::parse(m, &scenario, Some(0)).expect("a measure");
        let plan = Plan { scenario: scenario.clone(), points: vec![(0, None)] };
        let cancel = AtomicBool::new(false);
        let pair = (interest("cost"), interest("coverage"));
        let drawn = sweep::contenders(&plan, pair, &[], options(50), &cancel, &mut |_| ()).expect("it runs");
        (scenario, sweep::frontier(&drawn))
    };
    let measures = ["cost", "coverage"].map(|name| GUIDED.iter().find(|m| m.name == name).expect("a measure"));
    for (set, nobody) in [(&["cohorts.shops.loss.share=0"][..], true), (&[], false)] {
        let (scenario, found) = found(set);
        assert_eq!(found.iter().all(|c| c.gain.value.is_nan()), nobody);
        assert!(!nobody || found.iter().all(|c| c.dominated_by.is_none()));
        let told = Told { scenario: &scenario, replicates: 50, seed: 1, lang: Lang::En };
        assert_eq!(frontier_figure(told, &[], measures, &found).is_empty(), nobody);
        let told = page::frontier(&[], measures, &found, &scenario, options(50), Lang::En);
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(told.contains("there is nobody to cover."), nobody, "{told}");
        assert_eq!(told.contains("What nobody beats is the frontier."), !nobody, "{told}");
    }
}
