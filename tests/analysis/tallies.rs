//! Budgets, pools, and which guideline is best.

use std::path::Path;

use redress::analysis::Collector;
use redress::analysis::findings::{BASE, Criterion, Findings, ShiftRow};
use redress::engine::outcome::{Block, GUIDED};
use redress::model::{Lang, Scenario};
use redress::output::manifest::RunRecord;
use redress::output::terminal::{Told, report};
use redress::stats::Estimate;

use super::blocks::{scenario, set, set_losers, shape, with};

fn found(scenario: &Scenario, block: &Block) -> Findings {
    let mut collector = Collector::new(scenario, BASE, block.replicates as u64);
    collector.add(block);
    collector.finish(1)
}

#[test]
fn the_budget_of_each_world_counts() {
    let s = scenario(1);
    let mut block = with(&s, "cost", &[&[0.0, 5.0, 9.0], &[0.0, 5.0, 9.0], &[0.0, 5.0, 9.0], &[0.0, 5.0, 9.0]]);
    let budget = s.budget.as_ref().expect("has a budget").amount.0 as usize;
    for (r, limit) in [4.0, 5.0, 6.0, 10.0].into_iter().enumerate() {
        block.worlds[r * shape(&s).quantities + budget] = limit;
    }
    let f = found(&s, &block);
    let over: Vec<f64> = f.budget.iter().map(|r| r.over.value).collect();
    assert_eq!(over, [0.0, 0.25, 0.75], "a cost equal to the budget does not exceed it");
    assert_eq!((f.budget[0].budget, f.budget[0].tolerance), (6.25, 0.05));
    assert!(f.budget[0].over.hi > 0.0 && f.budget[2].over.hi < 1.0);
}

#[test]
fn pools_that_bind() {
    let s = scenario(1);
    let mut block = with(&s, "cost", &[&[0.0; 3][..]; 4]);
    for (r, factor) in [1.0, 0.5, 1.0, 0.9].into_iter().enumerate() {
        block.pool_factor[r * 3 + 2] = factor;
    }
    let f = found(&s, &block);
    assert_eq!(f.pools.len(), 1, "only guidelines with a pool have a row");
    let row = &f.pools[0];
    assert_eq!(&*row.guideline, "pooled");
    assert_eq!((row.binds.value, row.factor, row.factor_bound), (0.5, 0.85, 0.7));
}

#[test]
fn ties_are_split_and_stated() {
    let s = scenario(1);
    let mut block = with(&s, "cost", &[&[1.0, 1.0, 2.0], &[3.0, 2.0, 1.0], &[1.0, 1.0, 1.0], &[0.0, 1.0, 2.0]]);
    set(&mut block, &s, "coverage", &[&[0.0, 0.5, 0.6][..]; 4]);
    set_losers(&mut block, &s, 3, 1.0);
    let f = found(&s, &block);
    let of = |criterion| f.best.iter().filter(move |r| r.criterion == criterion);
    let close = |a: f64, b: f64| (a - b).abs() < 1e-12;
    let third = 1.0 / 3.0;
    let shares = [(0.5 + third + 1.0) / 4.0, (0.5 + third) / 4.0, (1.0 + third) / 4.0];
    assert!(of(Criterion::Cheapest).zip(shares).all(|(r, share)| close(r.share.value, share)));
    let tied: Vec<f64> = of(Criterion::Cheapest).map(|r| r.tied).collect();
    assert_eq!(tied, [0.5, 0.5, 0.25]);
    let widest: Vec<f64> = of(Criterion::Widest).map(|r| r.share.value).collect();
    assert_eq!(widest, [0.0, 0.0, 1.0]);
    // Nothing tells the three apart in the Gini: all tie in all worlds.
    assert!(of(Criterion::Fairest).all(|r| close(r.share.value, third) && r.tied == 1.0));
    // All pay on the day of the outage.
    assert!(of(Criterion::Fastest).all(|r| close(r.share.value, third) && r.tied == 1.0));
    for criterion in Criterion::ALL {
        assert!(close(of(criterion).map(|r| r.share.value).sum(), 1.0), "shares of a criterion add up to one");
    }
}

/// Costs that only rounding parts are the same cost, and absolute Gini indices that differ by less than the losses in
/// buckets tell apart the same inequality; more than that is a difference.
#[test]
fn what_cannot_be_told_apart_is_a_tie() {
    let s = scenario(1);
    let mut block = with(&s, "cost", &[&[3.0e9, 3.0e9 + 1e-5, 3.1e9][..]; 4]);
    set(&mut block, &s, "gini_absolute", &[&[1_000.0, 999.0, 990.0][..]; 4]);
    set_losers(&mut block, &s, 0, 1.0);
    let f = found(&s, &block);
    let wins =
        |criterion| -> Vec<f64> { f.best.iter().filter(|r| r.criterion == criterion).map(|r| r.share.value).collect() };
    assert_eq!(wins(Criterion::Cheapest), [0.5, 0.5, 0.0]);
    assert_eq!(wins(Criterion::Fairest), [0.0, 0.0, 1.0]);
    let equal = |a: &str, b: &str, measure: &str| {
        let pair = |x: &str, y: &str| (x == a && y == b) || (x == b && y == a);
        let mut rows = f.comparison.iter().filter(|r| pair(&r.guideline, &r.compared_with));
        rows.find(|r| r.measure.name == measure).map(|r| (r.equal.value, r.lower.value + r.higher.value))
    };
    let names: Vec<&str> = s.guidelines.iter().map(|g| g.id.as_str()).collect();
    for measure in ["cost", "gini_absolute"] {
        assert_eq!(equal(names[0], names[1], measure), Some((1.0, 0.0)), "{measure}");
        assert_eq!(equal(names[0], names[2], measure), Some((0.0, 1.0)), "{measure}");
    }
}

/// Where a draft pays nobody it is not fast, and days are compared in the worlds in which both pay.
#[test]
fn fastest_is_who_pays_half_first() {
    let (s, none) = (scenario(1), f64::NAN);
    let mut block = with(&s, "cost", &[&[1.0; 3][..]; 4]);
    let days: [&[f64]; 4] = [&[none, 20.0, 30.0], &[none, 40.0, 30.0], &[none; 3], &[none, 25.0, 25.0]];
    for measure in ["days_p50", "days_p90"] {
        set(&mut block, &s, measure, &days);
    }
    let f = found(&s, &block);
    let fastest: Vec<f64> =
        f.best.iter().filter(|r| r.criterion == Criterion::Fastest).map(|r| r.share.value).collect();
    assert_eq!(fastest, [0.0, 0.375, 0.375]);
    let of = |measure: &str| f.comparison.iter().filter(|r| r.measure.name == measure).collect::<Vec<_>>();
    // Of the three pairs only one has worlds with days under both: 20, 40 and 25 against 30, 30 and 25.
    for measure in ["days_p50", "days_p90"] {
        let [row] = of(measure)[..] else { panic!("one pair: {:?}", of(measure)) };
        assert!(row.difference.value.abs() < 1e-12 && (row.lower.value - 1.0 / 3.0).abs() < 1e-12, "{row:?}");
        assert!((row.equal.value - 1.0 / 3.0).abs() < 1e-12);
    }
}

/// Where a variant leaves nothing that varies its own mean is known without error; where nothing moved in its worlds, thousands of
/// others tell of what is rare.
#[test]
fn a_mean_in_a_variant_is_the_one_known_better() {
    let value = |as_it_stands, shift, own| {
        let (variant, guideline) = ("variant".into(), "draft".into());
        ShiftRow { variant, guideline, measure: &GUIDED[0], as_it_stands, shift, own, worlds: 600 }.value()
    };
    let of = Estimate::normal;
    assert_eq!(value(of(3_000.0, 20.0), of(-3_120.0, 85.0), of(0.0, 0.0)), 0.0, "not 120 people below none");
    assert_eq!(value(of(3_000.0, 20.0), of(-500.0, 3.0), of(2_480.0, 80.0)), 2_500.0);
    assert_eq!(value(of(0.02, 0.01), of(0.0, 0.0), of(0.0, 0.0)), 0.02, "in 600 worlds it did not happen");
}

/// A cost of 20 m that is off by a millionth of a millionth is the same in all worlds; one that is off by a thousandth is not.
#[test]
fn what_varies_by_rounding_alone_does_not_vary() {
    let s = scenario(1);
    let draw = |shift: u64| {
        let off = |r: u64| ((r + shift) % 3) as f64;
        let rows: Vec<[f64; 3]> = (0..100).map(|r| [0.0, 2e7 + 2e4 * off(r), 2e7 + 2e-5 * off(r)]).collect();
        with(&s, "cost", &rows.iter().map(|row| &row[..]).collect::<Vec<_>>())
    };
    let mut collector = Collector::new(&s, BASE, 100);
    collector.add(&draw(0));
    collector.add_twin(&draw(1));
    let f = collector.finish(1);
    let cost = |guideline: &str| {
        let row = f.spread.iter().find(|r| &*r.guideline == guideline && r.measure.name == "cost");
        row.map(|r| (r.variance, r.chance.value)).expect("a row")
    };
    assert_eq!([cost("none"), cost("pooled")], [(0.0, 0.0); 2]);
    let (variance, chance) = cost("flat");
    assert!(variance > 1e8 && chance > 0.5, "{variance} {chance}");
    let run = RunRecord { replicates: 100, ..RunRecord::default() };
    let page = report(&f, Told { scenario: &s, run: &run, folder: Path::new("."), lang: Lang::En });
    let page: String = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = page.split("Why cost varies:").nth(1).and_then(|t| t.split("of its variance").next()).expect("told");
    assert!(told.contains("B ") && !told.contains("A ") && !told.contains("C "), "{told}");
}

/// Payouts of 20 m that differ by rounding have no range.
#[test]
fn a_range_of_rounding_is_none() {
    let s = scenario(1);
    let page = |off: f64| {
        let rows: Vec<[f64; 3]> = (0..100).map(|r| [0.0, 3e7, 2e7 + off * f64::from(r % 3)]).collect();
        let block = with(&s, "payout", &rows.iter().map(|row| &row[..]).collect::<Vec<_>>());
        let mut collector = Collector::new(&s, BASE, 100);
        collector.add(&block);
        let run = RunRecord { replicates: 100, ..RunRecord::default() };
        let page =
            report(&collector.finish(1), Told { scenario: &s, run: &run, folder: Path::new("."), lang: Lang::En });
        page.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let ranges = "90 % of worlds have a payout inside the range";
    assert!(page(1e6).contains(ranges));
    assert!(!page(2e-5).contains(ranges), "{}", page(2e-5));
}

/// Whoever alone says when anything is paid has no rival to be faster than.
#[test]
fn nobody_is_fastest_alone() {
    let (s, none) = (scenario(1), f64::NAN);
    let mut block = with(&s, "cost", &[&[1.0; 3][..]; 4]);
    set(&mut block, &s, "days_p50", &[&[none, 20.0, none][..]; 4]);
    let f = found(&s, &block);
    assert!(f.best.iter().all(|r| r.criterion != Criterion::Fastest), "{:?}", f.best);
    assert!(f.best.iter().any(|r| r.criterion == Criterion::Cheapest));
}

/// Where nobody loses money in any world nobody is best to those who do; one world with a loser is enough.
#[test]
fn nobody_is_best_to_nobody() {
    let s = scenario(1);
    let mut block = with(&s, "coverage", &[&[0.0; 3][..]; 4]);
    let told = |block: &Block| {
        let mut all: Vec<Criterion> = found(&s, block).best.iter().map(|r| r.criterion).collect();
        all.dedup();
        all
    };
    assert_eq!(told(&block), [Criterion::Cheapest, Criterion::Fastest]);
    set_losers(&mut block, &s, 2, 1.0);
    assert_eq!(told(&block), Criterion::ALL);
}
