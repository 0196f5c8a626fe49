//! An expression along the loss is the expression at every loss.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use redress::guideline::Schedule;
use redress::guideline::along::{Track, not_linear, schedule};
use redress::guideline::reckon::{Setting, value};
use redress::language::{Names, check};
use redress::model::Text;
use redress::model::expression::{Dimension, Expression, Type, Value};
use redress::model::scheme::{Name, Origin};

/// Names: the loss, another sum, a number, a truth.
fn names() -> Names {
    let money = Type::Amount(Dimension::MONEY);
    let list = vec![
        ("loss".to_string(), money.clone(), false),
        ("fee".to_string(), money, false),
        ("n".to_string(), Type::Amount(Dimension::NUMBER), false),
        ("reported".to_string(), Type::Truth, false),
    ];
    Names { list, currency: "KRW".into(), ..Names::default() }
}

/// The names as facts.
fn facts() -> Vec<Name> {
    let fact = |(name, ty, above_zero): &(String, Type, bool)| Name {
        share: false,
        name: name.clone(),
        title: Text::default(),
        ty: ty.clone(),
        above_zero: *above_zero,
        origin: Origin::Fact(None),
        simulated: None,
    };
    names().list.iter().map(fact).collect()
}

fn track<'a>(values: &'a [Value], names: &'a [Name]) -> Track<'a> {
    Track::new(Setting { values, holidays: &[] }, 0, names)
}

/// An expression along the loss, the other names having these values.
fn along(e: &Expression, values: &[Value]) -> Result<Schedule, (usize, usize)> {
    let names = facts();
    let found = schedule(&e.root, &track(values, &names));
    assert_eq!(not_linear(&e.root, 0, &names), found.as_ref().err().copied(), "{}", e.text);
    found
}

/// Expressions of money that are piecewise linear in the loss.
fn money() -> impl Strategy<Value = String> {
    let leaf =
        prop_oneof![Just("loss".to_string()), Just("fee".to_string()), (0u32..2000).prop_map(|x| format!("{x} KRW")),];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let factor = prop_oneof![Just("n".to_string()), (0u32..30).prop_map(|x| format!("{}", f64::from(x) / 10.0))];
        let sign = prop_oneof![Just("<"), Just("<="), Just(">"), Just(">="), Just("="), Just("!=")];
        let compare = (inner.clone(), sign, inner.clone()).prop_map(|(a, s, b)| format!("{a} {s} {b}"));
        let truth = prop_oneof![
            3 => compare.clone(),
            1 => Just("reported".to_string()),
            1 => (compare.clone(), compare.clone()).prop_map(|(a, b)| format!("({a}) and ({b})")),
            1 => (compare.clone(), compare.clone()).prop_map(|(a, b)| format!("({a}) or not ({b})")),
        ];
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} + {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} - {b})")),
            (factor, inner.clone()).prop_map(|(k, a)| format!("{k} * {a}")),
            (inner.clone(), 1u32..9).prop_map(|(a, k)| format!("({a}) / {k}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("max({a}, {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("min({a}, {b})")),
            (truth, inner.clone(), inner.clone()).prop_map(|(w, a, b)| format!("(if {w} then {a} else {b})")),
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(a, b, c)| { format!("match loss {{ <= 100 KRW => {a}, < 700 KRW => {b}, else => {c} }}") }),
        ]
    })
}

#[test]
fn a_schedule_is_the_expression_at_every_loss() {
    let mut runner = TestRunner::new_with_rng(
        Config { cases: 3000, failure_persistence: None, ..Config::default() },
        TestRng::deterministic_rng(RngAlgorithm::ChaCha),
    );
    let losses = prop::collection::vec(prop_oneof![0.0..3000.0f64, (0u32..30).prop_map(|x| f64::from(x) * 100.0)], 12);
    let case = (money(), losses, 0.0..1500.0f64, 0.0..4.0f64, any::<bool>());
    runner
        .run(&case, |(text, losses, fee, n, reported)| {
            let e = check(&text, &names(), None).expect("well typed");
            let values =
                |loss: f64| vec![Value::Amount(loss), Value::Amount(fee), Value::Amount(n), Value::Truth(reported)];
            let at_zero = values(0.0);
            let along = along(&e, &at_zero).expect("piecewise linear");
            let direct =
                |loss: f64| match value(&e.root, Setting { values: &values(loss), holidays: &[] }, &mut |_, _| ()) {
                    Value::Amount(x) => x,
                    other => unreachable!("an amount, not {other:?}"),
                };
            for loss in losses {
                let (a, b) = (along.at(loss), direct(loss));
                // At a jump the two may differ by which side rounding puts the loss on.
                let beside = |d: f64| (along.at((loss + d).max(0.0)) - b).abs() <= 1e-6 * (1.0 + b.abs());
                let near = (a - b).abs() <= 1e-6 * (1.0 + b.abs())
                    || beside(1e-7 * (1.0 + loss))
                    || beside(-1e-7 * (1.0 + loss));
                prop_assert!(near, "{text} at {loss} (fee {fee}, n {n}): {a} against {b}");
            }
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn bounds_stay_on_their_side() {
    let at = |text: &str, loss: f64| {
        let e = check(text, &names(), None).expect("well typed");
        let values = [Value::Amount(0.0), Value::Amount(5.0), Value::Amount(1.0), Value::Truth(true)];
        along(&e, &values).expect("linear").at(loss)
    };
    for (sign, below, on, above) in
        [("<", 1.0, 0.0, 0.0), ("<=", 1.0, 1.0, 0.0), (">", 0.0, 0.0, 1.0), (">=", 0.0, 1.0, 1.0), ("=", 0.0, 1.0, 0.0)]
    {
        let text = format!("if loss {sign} 300 KRW then 1 KRW else 0 KRW");
        assert_eq!([at(&text, 299.0), at(&text, 300.0), at(&text, 301.0)], [below, on, above], "{sign}");
    }
    assert_eq!([0.0, 1.0].map(|l| at("if loss > 0 KRW then 7 KRW else 0 KRW", l)), [0.0, 7.0]);
}

#[test]
fn what_is_not_linear_is_pointed_at() {
    let refused = |text: &str| {
        let e = check(text, &names(), None).expect("well typed");
        let values = [Value::Amount(0.0), Value::Amount(5.0), Value::Amount(1.0), Value::Truth(true)];
        let (from, to) = along(&e, &values).expect_err("not linear");
        text[from..to].to_string()
    };
    assert_eq!(refused("fee + round(loss, 100 KRW)"), "round(loss, 100 KRW)");
    assert_eq!(refused("10 KRW * begun(loss, 50 KRW)"), "begun(loss, 50 KRW)");
    let word = "if (match loss { < 5 KRW => \"low\", else => \"high\" }) = \"low\" then fee else 0 KRW";
    let e = check(word, &names(), None).expect("well typed");
    let values = [Value::Amount(0.0), Value::Amount(5.0), Value::Amount(1.0), Value::Truth(true)];
    // The two point at different parts of it, but both refuse it.
    assert!(schedule(&e.root, &track(&values, &facts())).is_err() && not_linear(&e.root, 0, &facts()).is_some());
}
