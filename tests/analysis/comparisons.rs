//! Guidelines compared two by two.

use redress::analysis::Collector;
use redress::analysis::findings::BASE;

use super::blocks::{arbitrary, scenario, set, with};

#[test]
fn differences_are_paired_and_exact() {
    let s = scenario(1);
    let mut block = with(&s, "cost", &[&[1.0, 3.0, 3.0], &[2.0, 3.0, 1.0], &[3.0, 3.0, 8.0], &[2.0, 3.0, 3.0]]);
    set(&mut block, &s, "claims", &[&[0.0, 1.0, 2.0], &[0.0, 0.0, 2.0], &[0.0, 1.0, 2.0], &[0.0, 5.0, 2.0]]);
    let mut collector = Collector::new(&s, BASE, 4);
    collector.add(&block);
    let f = collector.finish(1);
    let find = |a: &str, b: &str, m: &str| {
        let mut rows = f.comparison.iter();
        rows.find(|r| &*r.guideline == a && &*r.compared_with == b && r.measure.name == m).expect("a row")
    };
    let cost = find("flat", "none", "cost");
    assert!(cost.baseline);
    assert_eq!(cost.difference.value, 1.0);
    // Differences 2, 1, 0, 1: variance 2/3.
    assert!((cost.difference.se - (2.0_f64 / 12.0).sqrt()).abs() < 1e-12);
    assert_eq!((cost.lower.value, cost.higher.value, cost.equal.value), (0.0, 0.75, 0.25));
    assert!(cost.lower.hi > 0.0, "never is not known for certain from four worlds");
    let other = find("flat", "pooled", "cost");
    assert!(!other.baseline);
    assert_eq!((other.lower.value, other.higher.value, other.equal.value), (0.25, 0.25, 0.5));
    assert_eq!(find("flat", "none", "claims").higher.value, 0.75);
}

#[test]
fn every_pair_stands_once_and_the_baseline_second() {
    let mut s = scenario(1);
    s.baseline = 1;
    let mut collector = Collector::new(&s, BASE, 10);
    collector.add(&arbitrary(&s, 0, 10, 0));
    let f = collector.finish(1);
    let cost = f.comparison.iter().filter(|r| r.measure.name == "cost");
    let pairs: Vec<(&str, &str, bool)> = cost.map(|r| (&*r.guideline, &*r.compared_with, r.baseline)).collect();
    assert_eq!(pairs, [("none", "flat", true), ("pooled", "flat", true), ("none", "pooled", false)]);
}

/// The brief judges what-ifs by these columns: a variant drawn in two of four worlds must not differ where it changes nothing.
#[test]
fn a_variant_is_set_against_the_same_worlds() {
    let s = scenario(1);
    let found = |variant: &str, worlds: &[&[f64]]| {
        let mut collector = Collector::new(&s, variant, worlds.len() as u64);
        collector.add(&with(&s, "cost", worlds));
        collector.finish(1)
    };
    let base = found(BASE, &[&[1.0, 3.0, 3.0], &[2.0, 1.0, 1.0], &[3.0, 1.0, 8.0], &[2.0, 1.0, 3.0]]);
    let mut same = found("same", &[&[1.0, 3.0, 3.0], &[2.0, 1.0, 1.0]]);
    let mut other = found("other", &[&[1.0, 0.0, 3.0], &[2.0, 1.0, 1.0]]);
    same.shift_from(&base);
    other.shift_from(&base);
    let row = |f: &redress::analysis::findings::Findings| {
        let mut rows = f.comparison.iter().filter(|r| r.measure.name == "cost");
        rows.find(|r| &*r.guideline == "flat" && &*r.compared_with == "none").expect("a row").clone()
    };
    assert_eq!(row(&base).lower_shift, None);
    assert_eq!((row(&base).lower.value, row(&same).lower.value), (0.75, 0.5));
    for shift in [row(&same).lower_shift, row(&same).higher_shift] {
        assert_eq!(shift.map(|s| (s.value, s.lo, s.hi)), Some((0.0, 0.0, 0.0)));
    }
    let moved = row(&other);
    assert_eq!((moved.lower_shift.map(|s| s.value), moved.higher_shift.map(|s| s.value)), (Some(0.5), Some(-0.5)));
}
