//! Compiled schedules against rules evaluated as written, on random amount trees.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use redress::guideline::{Case, award, compile};
use redress::model::{Amount, Band, BandAxis, Bound, Count, LossBasis, Q, Rule};

use crate::common::Build;

/// Round values, so that bounds, deductibles and losses often meet exactly.
const VALUES: [f64; 8] = [0.0, 0.25, 0.5, 1.0, 2.0, 10.0, 50.0, 100.0];
/// How many of them are shares.
const SHARES: usize = 4;

fn value() -> impl Strategy<Value = Q> {
    (0..VALUES.len() as u32).prop_map(Q)
}

fn share() -> impl Strategy<Value = Q> {
    (0..SHARES as u32).prop_map(Q)
}

fn basis() -> impl Strategy<Value = LossBasis> {
    prop_oneof![Just(LossBasis::All), Just(LossBasis::Direct), Just(LossBasis::Indirect)]
}

fn leaf() -> BoxedStrategy<Amount> {
    let counts = prop_oneof![Just(Count::Exact), Just(Count::Begun), Just(Count::Completed)];
    prop_oneof![
        value().prop_map(Amount::Flat),
        (share(), value(), basis()).prop_map(|(share, deductible, basis)| Amount::LossShare {
            share,
            deductible,
            basis
        }),
        share().prop_map(Amount::FeeMonths),
        value().prop_map(Amount::FeeDays),
        value().prop_map(Amount::FeeTimes),
        (value(), value(), counts).prop_map(|(pay, after_hours, count)| Amount::PerTime {
            pay,
            step_hours: Q(4),
            after_hours,
            count
        }),
    ]
    .boxed()
}

/// Amounts that do not fall with the loss.
fn monotone() -> BoxedStrategy<Amount> {
    leaf()
        .prop_recursive(3, 16, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(Amount::Max),
                prop::collection::vec(inner.clone(), 1..4).prop_map(Amount::Min),
                prop::collection::vec(inner.clone(), 1..4).prop_map(Amount::Sum),
                (share(), inner).prop_map(|(q, a)| Amount::Times(q, Box::new(a))),
            ]
        })
        .boxed()
}

fn bands(inner: BoxedStrategy<Amount>) -> BoxedStrategy<Amount> {
    let axis = prop_oneof![
        basis().prop_map(BandAxis::Loss),
        Just(BandAxis::Hours),
        Just(BandAxis::DaysBegun),
        Just(BandAxis::Fee)
    ];
    let bounds = prop::sample::subsequence((1..VALUES.len() as u32).collect::<Vec<_>>(), 1..4);
    (axis, bounds, prop::collection::vec((inner.clone(), any::<bool>()), 4), prop::option::of(inner))
        .prop_map(|(axis, bounds, pays, last)| {
            let mut bands: Vec<Band> = bounds
                .into_iter()
                .zip(pays)
                .map(|(at, (pay, inclusive))| Band { upto: Some(Bound { at: Q(at), inclusive }), pay })
                .collect();
            bands.extend(last.map(|pay| Band { upto: None, pay }));
            Amount::Bands { axis, bands }
        })
        .boxed()
}

/// Any amount.
fn tree() -> BoxedStrategy<Amount> {
    prop_oneof![leaf(), bands(monotone()), monotone()]
        .prop_recursive(3, 24, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(Amount::Max),
                prop::collection::vec(inner.clone(), 1..4).prop_map(Amount::Min),
                prop::collection::vec(inner.clone(), 1..4).prop_map(Amount::Sum),
                (share(), inner.clone()).prop_map(|(q, a)| Amount::Times(q, Box::new(a))),
                bands(inner.boxed()),
            ]
        })
        .boxed()
}

/// A rule with optional cap, minimum and hours.
fn rule(amount: BoxedStrategy<Amount>) -> impl Strategy<Value = Rule> {
    let plain = Build::new().rule(Amount::Flat(Q(0)));
    let bound = || prop::option::of((value(), any::<bool>()).prop_map(|(at, inclusive)| Bound { at, inclusive }));
    (amount, prop::option::of(value()), prop::option::of(value()), bound())
        .prop_map(move |(amount, cap, minimum, from)| Rule { amount, cap, minimum, hours_from: from, ..plain.clone() })
}

fn case(hours: f64, fee_month: f64, indirect_share: f64) -> Case<'static> {
    Case { loss: 0.0, indirect_share, hours, fee_month, days_in_month: 30.0, attributes: &[] }
}

fn cases() -> impl Strategy<Value = Case<'static>> {
    let hours = prop_oneof![Just(0.0), Just(1.0), Just(10.0), Just(24.0), Just(50.0), 0.0..200.0];
    let fee = prop_oneof![Just(0.0), Just(10.0), Just(50.0), 0.0..200.0];
    (hours, fee, prop_oneof![Just(0.0), Just(0.25), Just(0.5), Just(1.0)]).prop_map(|(h, f, i)| case(h, f, i))
}

/// Losses at every place where something may happen, on either side of it, and between.
fn losses(schedule: &redress::guideline::Schedule) -> Vec<f64> {
    let bounds = VALUES.iter().flat_map(|v| [*v, 2.0 * v, 4.0 * v, v / 0.75]);
    let ends = schedule.pieces().iter().map(|p| p.end).filter(|e| e.is_finite()).flat_map(|e| [e * 0.999, e * 1.001]);
    bounds.chain(ends).chain((0..40).map(|i| 1.37 * f64::from(i * i) / 7.0)).collect()
}

fn check<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    if let Err(e) = runner.run(&strategy, test) {
        panic!("{e}");
    }
}

#[test]
fn a_schedule_is_the_rule_it_was_compiled_from() {
    check(4_000, (rule(tree()), cases()), |(rule, case)| {
        let schedule = compile(&rule, &case, &VALUES);
        for loss in losses(&schedule) {
            let direct = award(&rule, &Case { loss, ..case }, &VALUES);
            let compiled = schedule.at(loss);
            let close = (direct - compiled).abs() <= 1e-9 * (1.0 + direct.abs());
            prop_assert!(close, "at loss {}: {} as written, {} compiled", loss, direct, compiled);
        }
        Ok(())
    });
}

#[test]
fn more_loss_never_means_less_where_no_band_says_so() {
    check(2_000, (rule(monotone()), cases()), |(rule, case)| {
        let schedule = compile(&rule, &case, &VALUES);
        let mut losses = losses(&schedule);
        losses.sort_unstable_by(f64::total_cmp);
        for pair in losses.windows(2) {
            let (a, b) = (schedule.at(pair[0]), schedule.at(pair[1]));
            prop_assert!(a <= b + 1e-9 * (1.0 + b), "{} at {} but {} at {}", a, pair[0], b, pair[1]);
        }
        Ok(())
    });
}

/// All money counted in another unit: awards scale with it.
#[test]
fn another_unit_of_money_scales_awards() {
    // A tree whose money values are apart from its shares: flats, deductibles, caps and bounds from Q(4) on.
    let money = (SHARES as u32..VALUES.len() as u32).prop_map(Q);
    let leaf = prop_oneof![
        money.clone().prop_map(Amount::Flat),
        (share(), money.clone(), basis()).prop_map(|(share, deductible, basis)| Amount::LossShare {
            share,
            deductible,
            basis
        }),
        share().prop_map(Amount::FeeMonths),
    ];
    let list = prop::collection::vec(leaf, 1..4).boxed();
    let amounts = prop_oneof![
        list.clone().prop_map(Amount::Max),
        list.clone().prop_map(Amount::Min),
        list.clone().prop_map(Amount::Sum),
        (list, money.clone(), any::<bool>(), basis()).prop_map(|(list, at, inclusive, basis)| {
            let bands = list
                .iter()
                .take(1)
                .map(|pay| Band { upto: Some(Bound { at, inclusive }), pay: pay.clone() })
                .chain([Band { upto: None, pay: Amount::Sum(list.clone()) }])
                .collect();
            Amount::Bands { axis: BandAxis::Loss(basis), bands }
        }),
    ];
    let plain = Build::new().rule(Amount::Flat(Q(0)));
    check(2_000, (amounts, prop::option::of(money), cases()), |(amount, cap, case)| {
        let rule = Rule { amount, cap, ..plain.clone() };
        let mut scaled = VALUES;
        scaled[SHARES..].iter_mut().for_each(|v| *v *= 8.0);
        let bigger = Case { fee_month: 8.0 * case.fee_month, ..case };
        let (one, other) = (compile(&rule, &case, &VALUES), compile(&rule, &bigger, &scaled));
        for loss in losses(&one) {
            let (a, b) = (8.0 * one.at(loss), other.at(8.0 * loss));
            prop_assert!((a - b).abs() <= 1e-9 * (1.0 + b), "at loss {}: {} against {}", loss, a, b);
        }
        Ok(())
    });
}
