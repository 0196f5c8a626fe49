//! Quantile tables against the exact quantiles, at probabilities that building them did not look at.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use redress::chance::law::Law;
use redress::chance::quantile_table::{QuantileTable, TableOptions};
use redress::chance::severity::Severity;
use redress::chance::special::{beta_inv, beta_inv_sf};

use super::Uniforms;

#[test]
fn severity_tables_are_within_a_ten_millionth() {
    for family in ["lognormal", "gamma", "weibull", "lomax"] {
        for cv in [1.5, 3.0, 10.0] {
            check(&Severity::from_family_cv(family, cv).expect("valid"));
        }
    }
    check(&Severity::lomax(1.2).expect("valid"));
}

#[track_caller]
fn check(severity: &Severity) {
    let table = QuantileTable::for_severity(severity);
    assert!(table.cells() > 0 && table.exact_octaves() == 0, "{severity:?}: {table:?}");
    let mut uniforms = Uniforms(11);
    for i in 0..4000 {
        let u = uniforms.next();
        let tail = u * libm::pow(10.0, -f64::from(i % 18));
        for (got, want) in [
            (table.quantile(u), severity.quantile(u)),
            (table.quantile(tail), severity.quantile(tail)),
            (table.quantile_sf(tail), severity.quantile_sf(tail)),
        ] {
            // The second term is what is forgiven to losses that are no money: 1e-15 of the mean.
            let error = (got - want).abs();
            assert!(error <= 1e-7 * want + 1e-15, "{severity:?} at {u} or {tail:e}: {got:e}, not {want:e}");
        }
    }
}

#[test]
fn law_tables_are_within_a_ten_millionth() {
    let beta = |a, b| Law::Beta { a, b, min: 0.0, max: 1.0 };
    let laws = [
        beta(11.0, 5500.0),
        beta(50.0, 150.0),
        beta(0.4, 199.6),
        beta(199.6, 0.4),
        beta(4e4, 6e4),
        Law::Beta { a: 3.0, b: 0.7, min: 5.0, max: 9.0 },
        Law::Pert { min: 0.0, mode: 15.0, max: 40.0 },
        Law::Gamma { shape: 0.6, scale: 4.0 },
        Law::Gamma { shape: 1e5, scale: 0.1 },
    ];
    for law in laws {
        let table = QuantileTable::for_law(&law);
        assert!(table.cells() > 0 && table.exact_octaves() == 0, "{law:?}: {table:?}");
        let forgiven = 1e-15 * law.quantile(0.75);
        let mut uniforms = Uniforms(23);
        for i in 0..4000 {
            let u = uniforms.next();
            let tail = u * libm::pow(10.0, -f64::from(i % 18));
            for (got, want) in [
                (table.quantile(u), law.quantile(u)),
                (table.quantile(tail), law.quantile(tail)),
                (table.quantile_sf(tail), law.quantile_sf(tail)),
            ] {
                let error = (got - want).abs();
                assert!(error <= 1e-7 * want + forgiven, "{law:?} at {u} or {tail:e}: {got:e}, not {want:e}");
            }
        }
    }
}

/// What a table costs, in a unit that does not depend on the machine.
#[test]
fn a_table_asks_for_few_exact_values() {
    for (a, b) in [(11.0, 5500.0), (50.0, 150.0), (0.4, 199.6), (2.0, 2.0)] {
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = |inverse: fn(f64, f64, f64) -> f64| {
            let asked = asked.clone();
            move |p| {
                asked.fetch_add(1, Ordering::Relaxed);
                inverse(a, b, p)
            }
        };
        let table = QuantileTable::new(counted(beta_inv), counted(beta_inv_sf), TableOptions::default());
        let asked = asked.load(Ordering::Relaxed);
        assert!(asked < 700, "beta({a}, {b}): {asked} exact values for {table:?}");
    }
}

#[test]
fn a_table_is_always_the_same() {
    let law = Law::Beta { a: 11.0, b: 5500.0, min: 0.0, max: 1.0 };
    let here = QuantileTable::for_law(&law);
    let there = std::thread::spawn(move || QuantileTable::for_law(&law)).join().expect("no panic");
    let mut uniforms = Uniforms(29);
    for _ in 0..4000 {
        let u = uniforms.next();
        assert_eq!(here.quantile(u).to_bits(), there.quantile(u).to_bits(), "at {u}");
    }
}

#[test]
fn tables_rise_and_meet_in_the_middle() {
    let table = QuantileTable::for_severity(&Severity::from_family_cv("lognormal", 3.0).expect("valid"));
    let mut last = 0.0;
    for i in 1..200_000 {
        let x = table.quantile(f64::from(i) / 200_000.0);
        assert!(x >= last * (1.0 - 1e-15), "falls at {i}");
        last = x;
    }
    assert_eq!(table.quantile(0.5), table.quantile_sf(0.5));
}

#[test]
fn ends_go_to_the_exact_function() {
    let severity = Severity::from_family_cv("gamma", 1.0).expect("valid");
    let table = QuantileTable::for_severity(&severity);
    for q in [1e-25, 1e-100, 0.0] {
        assert_eq!(table.quantile_sf(q), severity.quantile_sf(q));
    }
    assert_eq!(table.quantile(0.0), 0.0);
    assert_eq!(table.quantile(1.0), f64::INFINITY);
}

#[test]
fn steps_are_exact() {
    let law = Law::discrete(vec![1.0, 2.0, 5.0], vec![0.5, 0.25, 0.25]).expect("valid");
    let table = QuantileTable::for_law(&law);
    for i in 0..=64 {
        let u = f64::from(i) / 64.0;
        assert_eq!(table.quantile(u), law.quantile(u), "at {u}");
    }
}

#[test]
fn values_that_cross_zero_have_an_absolute_promise() {
    let law = Law::Normal { mean: 0.0, sd: 3.0 };
    let table = QuantileTable::for_law(&law);
    let mut uniforms = Uniforms(5);
    for _ in 0..4000 {
        let u = uniforms.next();
        let (got, want) = (table.quantile(u), law.quantile(u));
        assert!((got - want).abs() <= 1e-7 * (want.abs() + 6.0), "at {u}: {got}, not {want}");
    }
}

#[test]
fn a_function_with_a_jump_falls_back_to_itself() {
    let jump = |u: f64| if u < 0.3 { 1.0 + u } else { 2.0 + u };
    let table = QuantileTable::new(jump, move |q| jump(1.0 - q), TableOptions::default());
    assert_eq!(table.exact_octaves(), 1);
    assert_eq!(table.quantile(0.29), jump(0.29));
    assert!((table.quantile(0.7) - jump(0.7)).abs() < 1e-7);
}
