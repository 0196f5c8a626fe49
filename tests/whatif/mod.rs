//! What if: statements, samples and plans of many values against other roads to the same numbers.
//! That known suits, the sharp cost and resumption can fail was tried with planted errors: followers left out of the mean of
//! suits, means that are not put in the place of what was drawn, kept numbers handed on in another order.

mod backtest;
#[cfg(feature = "figures")]
mod budgets;
mod calibrate;
mod linked;
mod sensitivity;
mod sensitivity_run;
mod sharp;

use std::path::Path;
use std::sync::atomic::AtomicBool;

use redress::engine::run::Options;
use redress::engine::world::{Given, WorldSampler, Worlds};
use redress::model::Scenario;
use redress::scenario;
use redress::stats::{Side, Statistic};
use redress::whatif::sample::Draw;
use redress::whatif::sharp::Sampling;
use redress::whatif::sweep::{self, Asked, Contender};
use redress::whatif::vary::{Origin, Vary, plans};
use redress::whatif::{Interest, Look, Statement, sample};

fn shipped(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

fn loaded(name: &str) -> Scenario {
    scenario::load(&shipped(name), &[]).unwrap_or_else(|e| panic!("{e}")).scenario
}

fn options(replicates: u64) -> Options {
    Options { replicates, threads: 2, ..Options::default() }
}

fn values(scenario: &Scenario, interests: &[Interest], replicates: u64, worlds: Option<&dyn Worlds>) -> Vec<Vec<f64>> {
    let cancel = AtomicBool::new(false);
    let draw = Draw { options: options(replicates), worlds, keep_worlds: false, cancel: &cancel };
    sample(scenario, interests, draw, &mut |_| ()).expect("it runs").columns
}

fn rows(over: &[Vary], looks: &[&str], replicates: u64) -> Vec<sweep::Row> {
    let file = shipped("first-steps.toml");
    let origin = Origin { file: &file, set: &[] };
    let base = loaded("first-steps.toml");
    let looks = looks.iter().map(|l| Look::parse(l, &base, Some(1)).expect("a look")).collect();
    let asked =
        Asked { looks, guidelines: vec!["flat-and-share".into()], sampling: Sampling::Plain, first: Vec::new() };
    let cancel = AtomicBool::new(false);
    let mut all = Vec::new();
    for plan in plans(origin, over, &[]).unwrap_or_else(|e| panic!("{e}")) {
        all.extend(sweep::rows(&plan, &asked, over, options(replicates), &cancel, &mut |_| ()).expect("it runs"));
    }
    all
}

fn vary(text: &str) -> Vary {
    Vary::parse(text).expect("a range")
}

#[test]
fn statements_are_read_as_they_are_meant() {
    let s = loaded("first-steps.toml");
    let read = |text: &str| Statement::parse(text, &s, Some(1)).unwrap_or_else(|e| panic!("{text}: {e}"));
    let chance = read("P(cost > 1.5 bn KRW) <= 5%");
    assert_eq!(chance.look.statistic, Statistic::Chance(Side::More, 1.5e9));
    assert_eq!((chance.side, chance.bound), (Side::AtMost, 0.05));
    assert!(chance.holds(0.05) && !chance.holds(0.051));
    assert_eq!(read("mean(payout) < 30000 KRW").look.statistic, Statistic::Mean);
    assert_eq!(read("p995(payout[shops]) >= 1 m KRW").look.statistic, Statistic::Quantile(0.995));
    assert_eq!(read("tvar99(cost[flat-and-share]) ≤ 2e9 KRW").bound, 2e9);
    assert_eq!(read("coverage >= 60 %").bound, 0.6);
    assert_eq!(read("coverage >= 0.6").bound, 0.6);
    assert_eq!((read("cost > 0").bound, read("P(cost > 0) >= 1").bound), (0.0, 1.0));
    assert_eq!(read("p95(days_to_pay) <= 2 d").bound, 2.0);
    assert_eq!(read("p95(days_to_pay) <= 36 h").bound, 1.5);
    let wrong = [
        ("cost", "nothing that can be true or false"),
        ("P(cost) < 5 %", "a chance needs a comparison"),
        ("p95(cots) < 5", "did you mean `cost`"),
        ("q95(cost) < 5", "there is no statistic `q95`"),
        ("p5(cost) < 5", "two to four digits"),
        ("p100(cost) < 5", "no level reaches 100 %"),
        ("cost < 5 h", "cost"),
        ("payout[shop] < 5", "did you mean `shops`"),
        ("hit[flat-and-share] < 5", "the same under every guideline"),
        ("staff_cost[shops] < 5", "as a whole"),
        ("mean(cost < 5", "true or false"),
        ("payout[shops < 5", "true or false"),
        // A number of which nobody knows the unit.
        ("P(cost > 60 m KRW) <= 5", "write 5 % or 0.05"),
        ("P(cost > 60 m KRW) <= 500 %", "a chance is from 0 to 100 %"),
        ("P(coverage < 30) <= 5%", "write 30 % or 0.3"),
        ("coverage >= 30", "write 30 % or 0.3"),
        ("adequacy >= 1.2", "or 120 % if more than the whole is meant"),
        ("P(cost > 60) <= 5%", "write 60 KRW, or 60 m KRW"),
        ("cost < 60", "write 60 KRW, or 60 m KRW"),
        ("cost < 2e9", "write 2e9 KRW"),
    ];
    for (text, told) in wrong {
        let e = Statement::parse(text, &s, Some(1)).expect_err(text);
        assert!(e.contains(told) || text.starts_with("cost < 5 h"), "{text}: {e}");
    }
}

#[test]
fn statements_take_the_budget_of_the_scenario() {
    let with =
        |set: &[String]| scenario::load(&shipped("first-steps.toml"), set).unwrap_or_else(|e| panic!("{e}")).scenario;
    let s = with(&["budget.amount=2 bn KRW".into()]);
    let read = |text: &str| Statement::parse(text, &s, Some(1)).unwrap_or_else(|e| panic!("{text}: {e}"));
    assert_eq!(read("P(cost > budget) <= 5%").look.statistic, Statistic::Chance(Side::More, 2e9));
    assert_eq!(read("p95(payout) <= budget").bound, 2e9);
    let told = Statement::parse("coverage >= budget", &s, Some(1)).expect_err("no money");
    assert!(told.contains("`coverage` is not"), "{told}");
    let uncertain = with(&["budget.amount={ law = \"uniform\", min = 1e9, max = 2e9 }".into()]);
    let look = Look::parse("P(cost > budget)", &uncertain, Some(1)).expect("a look");
    assert_eq!(look.statistic, Statistic::Chance(Side::More, 1.5e9));
    let mut none = s.clone();
    none.budget = None;
    let told = Look::parse("P(cost > budget)", &none, Some(1)).expect_err("there is none");
    assert!(told.contains("has no [budget]") && told.contains("60 m KRW"), "{told}");
}

#[test]
fn a_sample_is_what_a_run_finds() {
    let s = loaded("first-steps.toml");
    let look = |text: &str| Look::parse(text, &s, Some(1)).expect("a look");
    let looks = [look("payout"), look("loss"), look("gini"), look("payout[shops]"), look("transfers")];
    let columns = values(&s, &looks.map(|l| l.interest), 300, None);
    let mut collector = redress::analysis::Collector::new(&s, "base", 300);
    let cancel = AtomicBool::new(false);
    redress::engine::run::run(&s, &options(300), &cancel, |event| {
        if let redress::engine::run::Event::Block(b) = event {
            collector.add(b);
        }
        Ok(())
    })
    .expect("it runs");
    let findings = collector.finish(2);
    let found = |guideline: &str, cohort: &str, measure: &str| {
        let row = findings.summary.iter().find(|r| {
            &*r.guideline == guideline && &*r.cohort == cohort && &*r.region == "all" && r.measure.name == measure
        });
        row.expect("a row").description.mean().value
    };
    let means: Vec<f64> = columns.iter().map(|c| Statistic::Mean.of(c).value).collect();
    let expected = [
        found("flat-and-share", "all", "payout"),
        found("all", "all", "loss"),
        found("flat-and-share", "all", "gini"),
        found("flat-and-share", "shops", "payout"),
        found("flat-and-share", "all", "transfers"),
    ];
    for (a, b) in means.iter().zip(expected) {
        assert!((a - b).abs() <= 1e-9 * b.abs(), "{a} and {b}");
    }
}

#[test]
fn given_worlds_that_are_the_scenario_s_own_change_no_bit() {
    let s = loaded("first-steps.toml");
    let interest = [Interest::parse("cost", &s, Some(1)).expect("a measure")];
    let sampler = WorldSampler::new(&s.quantities, 1, 0).expect("worlds");
    let given = Given { quantities: sampler.quantities(), values: sampler.draw(0, 200) };
    assert_eq!(values(&s, &interest, 200, None), values(&s, &interest, 200, Some(&given)));
}

#[test]
fn values_of_a_guideline_meet_the_same_worlds_losers_and_chance() {
    // Customers are credited without asking: what they get is proportional to the amount, world by world, so that three
    // times the amount is three times the money to the last won.
    let over = [vary("guidelines.flat-and-share.rules.rule-1.amount=1000, 2000, 3000")];
    let found = rows(&over, &["payout[customers]", "sd(payout[customers])", "claims"], 200);
    let at = |point: usize, look: usize| {
        let row = found.iter().find(|r| r.point == point && r.look == look).expect("a row");
        row.estimate.value
    };
    for look in [0, 1] {
        for point in [1, 2] {
            let times = (point + 1) as f64;
            assert!((at(point, look) - times * at(0, look)).abs() <= 1e-9 * at(point, look), "{look} {point}");
        }
    }
    assert_eq!(at(0, 2), at(2, 2), "who files does not hang on another rule's amount");
}

#[test]
fn a_plan_of_values_agrees_with_a_run_of_each() {
    // Filing depends on the award, so that counts are drawn anew; the means must agree within the error of the paired
    // difference (four standard errors: one in sixteen thousand fails by chance).
    let replicates = 2_000;
    let path = "guidelines.flat-and-share.rules.rule-2.cap";
    let over = [vary(&format!("{path}=50000, 100000, 300000"))];
    let together = rows(&over, &["payout"], replicates);
    for (point, value) in over[0].values.iter().enumerate() {
        let one = scenario::load(&shipped("first-steps.toml"), &[format!("{path}={value}")]);
        let one = one.unwrap_or_else(|e| panic!("{e}")).scenario;
        let interest = [Interest::parse("payout", &one, Some(1)).expect("a measure")];
        let alone = Statistic::Mean.of(&values(&one, &interest, replicates, None)[0]);
        let row = together.iter().find(|r| r.point == point).expect("a row");
        let error = 4.0 * (alone.se.powi(2) + row.estimate.se.powi(2)).sqrt();
        assert!(
            (row.estimate.value - alone.value).abs() < error,
            "{value}: {} and {}",
            row.estimate.value,
            alone.value
        );
    }
}

#[test]
fn two_quantities_give_every_pair_whichever_comes_first() {
    let amount = "guidelines.flat-and-share.rules.rule-1.amount=1000, 2000";
    let hit = "cohorts.customers.hit=20 %, 40 %, 80 %";
    let a = rows(&[vary(amount), vary(hit)], &["payout[customers]"], 100);
    let b = rows(&[vary(hit), vary(amount)], &["payout[customers]"], 100);
    assert_eq!((a.len(), b.len()), (6, 6));
    for row in &a {
        let (i, j) = (row.point / 3, row.point % 3);
        let other = b.iter().find(|r| r.point == j * 2 + i).expect("the same pair");
        assert_eq!(row.estimate, other.estimate);
    }
}

#[test]
fn numbers_of_a_journal_are_the_rows_they_came_from() {
    let over = [vary("cohorts.customers.hit=20 %, 40 %")];
    let file = shipped("first-steps.toml");
    let base = loaded("first-steps.toml");
    let looks = ["loss", "claims"].map(|l| Look::parse(l, &base, Some(1)).expect("a look")).to_vec();
    let asked = Asked { looks, guidelines: Vec::new(), sampling: Sampling::Plain, first: Vec::new() };
    let cancel = AtomicBool::new(false);
    for plan in plans(Origin { file: &file, set: &[] }, &over, &[]).unwrap_or_else(|e| panic!("{e}")) {
        let rows = sweep::rows(&plan, &asked, &over, options(50), &cancel, &mut |_| ()).expect("it runs");
        let numbers: Vec<f64> = rows.iter().flat_map(sweep::Row::numbers).collect();
        assert_eq!(sweep::from_numbers(&plan, &asked, &over, &numbers), Some(rows));
        assert_eq!(sweep::from_numbers(&plan, &asked, &over, &numbers[1..]), None);
    }
}

#[test]
fn a_frontier_marks_who_is_beaten_beyond_doubt() {
    let contender = |cost: [f64; 4], gain: [f64; 4]| Contender {
        point: None,
        guideline: "g".into(),
        cost: cost.to_vec(),
        gain: gain.to_vec(),
    };
    let found = sweep::frontier(&[
        contender([10.0, 20.0, 30.0, 40.0], [0.5; 4]),
        // Dearer by one in every world, for nothing.
        contender([11.0, 21.0, 31.0, 41.0], [0.5; 4]),
        // Dearer and wider: another choice, not a worse one.
        contender([12.0, 22.0, 32.0, 42.0], [0.6; 4]),
        // Dearer in the mean by chance alone: nobody knows.
        contender([20.0, 10.0, 45.0, 30.0], [0.5; 4]),
        // The same as the first.
        contender([10.0, 20.0, 30.0, 40.0], [0.5; 4]),
    ]);
    let beaten: Vec<Option<usize>> = found.iter().map(|c| c.dominated_by).collect();
    assert_eq!(beaten, [None, Some(0), None, None, None]);
}
