//! Which numbers decide: the collector finds what its blocks were made of.

use redress::analysis::findings::{BASE, DriverRow};
use redress::analysis::{Collector, DRIVER_WORLDS};
use redress::engine::outcome::{GUIDED, guided};
use redress::stats::{Along, ranks};

use super::blocks::{scenario, shape, zeros};
use crate::chance::Uniforms;

/// Worlds in which the second guideline's cost follows the first quantity and the third's the budget, with a rare worst case
/// that follows nothing.
fn rows(variant: &str, worlds: usize) -> (Vec<DriverRow>, [Vec<f64>; 2]) {
    let s = scenario(1);
    let (shape, cost) = (shape(&s), guided("cost").expect("a measure"));
    let path = |p: &str| s.quantities.list.iter().position(|q| q.path == p).expect("a quantity");
    let (hit, limit) = (path("hit"), path("budget.amount"));
    let mut u = Uniforms(7);
    let mut block = zeros(&s, 0, worlds);
    let mut kept = [Vec::new(), Vec::new()];
    for r in 0..worlds {
        let [x, z, e] = [u.next(), u.next(), u.next()];
        block.worlds[r * shape.quantities + hit] = x;
        block.worlds[r * shape.quantities + limit] = z;
        let worst = if e > 0.98 { 1e6 * u.next() } else { 0.0 };
        for (g, value) in [(1, 2.0 * x + 0.2 * e + worst), (2, 0.5 + 0.5 * z + 0.1 * e)] {
            block.guided[shape.guided(r, g, 0, cost)] = value;
        }
        kept[0].push(x);
        kept[1].push(2.0 * x + 0.2 * e + worst);
    }
    assert_eq!(GUIDED[cost].name, "cost");
    let mut collector = Collector::new(&s, variant, worlds as u64);
    collector.add(&block);
    (collector.finish(2).drivers, kept)
}

#[test]
fn what_a_cost_follows_is_found_although_a_rare_case_drowns_its_variance() {
    let (rows, [x, y]) = rows(BASE, 2000);
    let of = |result: &str, g: &str| {
        let first = rows.iter().find(|r| r.look == result && &*r.guideline == g && r.rank == 1);
        first.unwrap_or_else(|| panic!("{result} of {g}: {rows:?}")).clone()
    };
    let flat = of("cost", "flat");
    assert_eq!(&*flat.path, "hit");
    let along = Along::of(&x);
    assert_eq!(flat.share, along.share_with_error(&ranks(&y)), "of ranks");
    assert!(flat.share.lo > 0.8 && along.share(&y) < 0.05, "{:?}", flat.share);
    assert_eq!((flat.quantity, flat.result), (along.medians(&x), along.medians(&y)));
    assert!(!flat.is_share && flat.worlds == 2000 && flat.compared_with.is_empty());
    assert_eq!(&*of("cost", "pooled").path, "budget.amount");
    // The first is dearer where x is high; the limit is z, which the third exceeds where z is low.
    assert_eq!(&*of("over_budget", "flat").path, "hit");
    let cheaper = rows.iter().find(|r| r.look == "cheaper" && r.is_share).expect("an open pair");
    assert_eq!((&*cheaper.guideline, &*cheaper.compared_with), ("pooled", "flat"));
    assert!(cheaper.result.iter().all(|share| (0.0..=1.0).contains(share)));
    // A guideline that costs nothing has nothing that decides it.
    assert!(rows.iter().all(|r| &*r.guideline != "none" || r.look == "cheaper"));
}

#[test]
fn variants_and_short_runs_tell_nothing_and_long_ones_keep_the_first_worlds() {
    assert!(rows("other", 500).0.is_empty());
    assert!(rows(BASE, 63).0.is_empty());
    assert!(rows(BASE, DRIVER_WORLDS + 500).0.iter().all(|r| r.worlds == DRIVER_WORLDS));
}
