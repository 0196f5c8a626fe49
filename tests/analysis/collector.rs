//! The collector: exact and sketched statistics, groups that add up, independence of blocks and threads.

use redress::analysis::findings::{ALL, BASE, Findings};
use redress::analysis::{Collector, HEAD};
use redress::engine::outcome::{ACCOUNTS, COMMON, GUIDED, Groups, Shape, guided};
use redress::model::Scenario;
use redress::stats::{RELATIVE_ERROR, STATISTICS};

use super::blocks::{arbitrary, scenario, shape, with};

fn collected(scenario: &Scenario, planned: u64, sizes: &[usize], threads: usize) -> Findings {
    let mut collector = Collector::new(scenario, BASE, planned);
    let mut first = 0;
    for &size in sizes {
        collector.add(&arbitrary(scenario, first, size, 0));
        first += size as u64;
    }
    collector.add_twin(&arbitrary(scenario, 0, 100, 1));
    collector.finish(threads)
}

#[test]
fn known_values_give_known_statistics() {
    let s = scenario(1);
    let mut collector = Collector::new(&s, BASE, 4);
    collector.add(&with(&s, "payout", &[&[0.0, 1.0, 5.0], &[0.0, 2.0, 5.0], &[0.0, 3.0, 5.0], &[0.0, 6.0, 5.0]]));
    let f = collector.finish(1);
    let mean = |g: &str| f.total(g, "payout").expect("described").mean();
    assert_eq!(mean("none").value, 0.0);
    assert_eq!(mean("flat").value, 3.0);
    // Variance 14/3, so that the error of the mean of four is sqrt(14/12).
    assert!((mean("flat").se - (14.0_f64 / 12.0).sqrt()).abs() < 1e-12);
    assert_eq!((mean("pooled").value, mean("pooled").se), (5.0, 0.0));
    assert_eq!(f.total("flat", "payout").and_then(|d| d.get("p50")).map(|e| e.value), Some(2.0));
}

#[test]
fn there_is_a_row_for_every_measure_and_group() {
    let s = scenario(3);
    let f = collected(&s, 100, &[100], 1);
    let groups = Groups::of(&s).list.len();
    assert_eq!(groups, 1 + 2 + 3 + 6);
    assert_eq!(f.summary.len(), groups * (COMMON.len() + 3 * GUIDED.len()) + 3 * ACCOUNTS.len());
    let mut keys: Vec<_> = f.summary.iter().map(|r| (&r.guideline, &r.cohort, &r.region, r.measure.name)).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), f.summary.len(), "no row twice");
}

#[test]
fn means_of_leaves_add_up_to_the_total() {
    let s = scenario(3);
    let f = collected(&s, 300, &[300], 2);
    let mean = |c: &str, r: &str, m: &str| f.find(BASE, "flat", c, r, m).expect("described").mean().value;
    for m in GUIDED.iter().filter(|m| m.additive) {
        let leaves = s.cohorts.iter().flat_map(|c| s.regions.iter().map(move |r| (c, r)));
        let sum: f64 = leaves.map(|(c, r)| mean(&c.id, &r.id, m.name)).sum();
        let cohorts: f64 = s.cohorts.iter().map(|c| mean(&c.id, ALL, m.name)).sum();
        let total = mean(ALL, ALL, m.name);
        assert!((sum / total - 1.0).abs() < 1e-12, "{}: {sum} and {total}", m.name);
        assert!((cohorts / total - 1.0).abs() < 1e-12, "{}", m.name);
    }
}

#[test]
fn findings_do_not_depend_on_blocks_or_threads() {
    let s = scenario(1);
    let whole = collected(&s, 1000, &[1000], 1);
    assert_eq!(whole, collected(&s, 1000, &[64, 1, 935], 2));
    assert_eq!(whole, collected(&s, 1000, &[999, 1], 7));
}

/// Of some measures that are alike in the first worlds two stay alike, two part from them together, one by itself and one
/// in numbers that are not whole: who follows the blocks must tell the same of them as who sees all worlds at once.
#[test]
fn measures_that_are_alike_for_a_while_are_told_apart() {
    /// What a measure is in a world in which another is so much.
    type Way = fn(u64, f64) -> f64;
    let s = scenario(2);
    let of = |name: &str| guided(name).expect("known measure");
    let ways: [(&str, Way); 6] = [
        ("approved", |_, x| x),
        ("covered", |_, x| x),
        ("claims", |world, x| if world < 70 { x } else { x + 1.0 }),
        ("automatic", |world, x| if world < 70 { x } else { x + 1.0 }),
        ("compensated", |world, x| if world < 700 { x } else { 2.0 * x }),
        ("ineligible", |world, x| if world == 130 { x + 0.5 } else { x }),
    ];
    let collected = |planned: u64, sizes: &[usize]| {
        let mut collector = Collector::new(&s, BASE, planned);
        let mut first = 0;
        for &size in sizes {
            let mut block = arbitrary(&s, first, size, 0);
            let at = shape(&s);
            for (r, g, group) in (0..size).flat_map(|r| (0..3).flat_map(move |g| (0..9).map(move |p| (r, g, p)))) {
                let paid = block.guided[at.guided(r, g, group, of("paid"))];
                for (name, way) in ways {
                    block.guided[at.guided(r, g, group, of(name))] = way(first + r as u64, paid);
                }
            }
            collector.add(&block);
            first += size as u64;
        }
        collector.finish(2)
    };
    assert_eq!(Groups::of(&s).list.len(), 9);
    for planned in [1000, 1_000_000] {
        let whole = collected(planned, &[1000]);
        let described = |name: &str| whole.total("flat", name).expect("described").clone();
        assert_eq!(described("covered"), described("paid"));
        assert_ne!(described("ineligible"), described("paid"));
        assert_eq!(described("claims"), described("automatic"));
        for sizes in [vec![64; 15].into_iter().chain([40]).collect::<Vec<_>>(), vec![2, 68, 1, 59, 870], vec![70, 930]]
        {
            assert_eq!(whole, collected(planned, &sizes), "{planned} {sizes:?}");
        }
    }
}

#[test]
fn a_sketch_agrees_within_its_error() {
    let s = scenario(1);
    let exact = collected(&s, 3000, &[3000], 1);
    // More replicates planned than can be kept: sketched from the start.
    let sketched = collected(&s, 1_000_000, &[64; 47][..46].iter().copied().chain([56]).collect::<Vec<_>>(), 2);
    assert_eq!(exact.variants[0].sketch_error, 0.0);
    assert_eq!(sketched.variants[0].sketch_error, RELATIVE_ERROR);
    assert_eq!(exact.comparison, sketched.comparison, "paired statistics are exact either way");
    assert_eq!((&exact.budget, &exact.best, &exact.spread), (&sketched.budget, &sketched.best, &sketched.spread));
    for (a, b) in exact.summary.iter().zip(&sketched.summary) {
        for (name, (a, b)) in STATISTICS.iter().zip(a.description.estimates().iter().zip(b.description.estimates())) {
            let allowed = if matches!(*name, "mean" | "sd") { 1e-9 } else { RELATIVE_ERROR };
            assert!((a.value - b.value).abs() <= allowed * a.value.abs() + 1e-12, "{name}: {} {}", a.value, b.value);
        }
    }
    for (a, b) in exact.exceedance.iter().zip(&sketched.exceedance) {
        assert_eq!(a.probability, b.probability);
        let near = |a: f64, b: f64, errors: f64| a == b || (a - b).abs() <= errors * RELATIVE_ERROR * a.abs();
        let (a, b) = (a.value, b.value);
        // Ends are read off buckets and reach as far again.
        assert!(near(a.value, b.value, 1.0) && near(a.lo, b.lo, 2.001) && near(a.hi, b.hi, 2.001));
        assert!(b.lo <= a.lo && a.hi <= b.hi, "{a:?} {b:?}");
    }
}

#[test]
fn variants_describe_totals_cohorts_and_regions() {
    let s = scenario(2);
    let mut findings = collected(&s, 10, &[100], 1);
    let mut collector = Collector::new(&s, "generous", 10);
    collector.add(&arbitrary(&s, 0, 10, 3));
    findings.merge(collector.finish(1));
    let ids: Vec<&str> = findings.variants.iter().map(|v| &*v.id).collect();
    assert_eq!(ids, [BASE, "generous"]);
    assert!(findings.find("generous", "flat", "users", ALL, "cost").is_some());
    assert!(findings.find("generous", "flat", ALL, "region-1", "cost").is_some());
    assert!(findings.find("generous", "flat", "users", "region-1", "cost").is_none());
    assert_eq!(findings.sample.replicates, 100, "the sample is the base variant's");
}

#[test]
fn a_variant_is_set_against_the_same_worlds() {
    let s = scenario(1);
    let payouts = |variant: &str, rows: &[&[f64]]| {
        let mut collector = Collector::new(&s, variant, rows.len() as u64);
        collector.add(&with(&s, "payout", rows));
        collector.finish(1)
    };
    let base = payouts(BASE, &[&[0.0, 1.0, 5.0], &[0.0, 2.0, 5.0], &[0.0, 3.0, 5.0], &[0.0, 6.0, 5.0]]);
    let mut variant = payouts("generous", &[&[0.0, 11.0, 5.0], &[0.0, 14.0, 4.0]]);
    variant.shift_from(&base);
    let row =
        |g: &str| variant.shifts.iter().find(|r| &*r.guideline == g && r.measure.name == "payout").expect("a row");
    // Moved by 10 and by 12 in the first two worlds; the mean of all four as it stands is 3.
    let flat = row("flat");
    assert_eq!((flat.worlds, flat.as_it_stands.value, flat.shift.value, flat.value()), (2, 3.0, 11.0, 14.0));
    assert!((flat.shift.se - 1.0).abs() < 1e-12);
    assert_eq!(row("pooled").shift.value, -0.5);
    assert_eq!((row("none").shift.value, row("none").shift.se), (0.0, 0.0));
    assert_eq!(variant.shifts.len(), COMMON.len() + 3 * GUIDED.len());
    assert!(base.shifts.is_empty());
}

#[test]
fn only_the_first_worlds_are_sampled() {
    let s = scenario(1);
    let f = collected(&s, 2 * HEAD as u64, &[HEAD - 1, 100], 1);
    assert_eq!(f.sample.replicates, HEAD);
    assert_eq!(f.sample.guided[1][0].len(), HEAD);
}

#[test]
fn chance_is_told_from_ignorance() {
    let s = scenario(1);
    let f = collected(&s, 1000, &[1000], 1);
    // Twins are independent of the first draw here: all is chance.
    let row = f.spread.iter().find(|r| &*r.guideline == "flat" && r.measure.name == "payout").expect("a row");
    assert_eq!(row.twins, 100);
    assert!((row.chance.value - 1.0).abs() < 4.0 * row.chance.se + 0.05, "{:?}", row.chance);
    // The same draw twice: none is.
    let mut collector = Collector::new(&s, BASE, 100);
    collector.add(&arbitrary(&s, 0, 100, 0));
    collector.add_twin(&arbitrary(&s, 0, 100, 0));
    let f = collector.finish(1);
    assert!(f.spread.iter().all(|r| r.chance.value == 0.0));
}

/// The accounts of a guideline have rows like its other totals, from moments instead of all their values: here an account is
/// the payout.
#[test]
fn the_spread_of_accounts_is_divided_as_that_of_other_totals() {
    let s = scenario(1);
    let (sizes, payout) = (Shape::of(&s), guided("payout").expect("a measure"));
    let given = |first: u64, worlds: usize, salt: u64| {
        let mut block = arbitrary(&s, first, worlds, salt);
        for (r, g) in (0..worlds).flat_map(|r| (0..3).map(move |g| (r, g))) {
            let told = block.guided[sizes.guided(r, g, 0, payout)];
            // The second draw differs by a little, so that chance has a share.
            let told = if salt == 0 { told } else { 0.9 * told };
            block.guided[sizes.guided(r, g, 0, payout)] = told;
            block.accounts[sizes.accounts(r, g, 3)] = told;
        }
        block
    };
    let mut collector = Collector::new(&s, BASE, 1000);
    for (first, worlds) in [(0, 100), (100, 1), (101, 899)] {
        collector.add(&given(first, worlds, 0));
    }
    collector.add_twin(&given(0, 100, 1));
    let f = collector.finish(1);
    for g in ["none", "flat", "pooled"] {
        let row = |m: &str| f.spread.iter().find(|r| &*r.guideline == g && r.measure.name == m).expect("a row");
        for account in &ACCOUNTS {
            row(account.name);
        }
        let (account, total) = (row(ACCOUNTS[3].name), row("payout"));
        assert!((account.variance / total.variance - 1.0).abs() < 1e-12 && account.twins == total.twins);
        let parts =
            |r: &redress::analysis::findings::SpreadRow| [r.chance.value, r.chance.se, r.chance.lo, r.chance.hi];
        for (a, b) in parts(account).into_iter().zip(parts(total)) {
            assert!((a - b).abs() < 1e-9 && b > 0.0, "{:?} {:?}", account.chance, total.chance);
        }
    }
}
