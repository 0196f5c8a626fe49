//! Random expressions that are well typed: they are taken, they have a value, and the value does not depend on the
//! units they are written in.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use redress::guideline::reckon::{Setting, value};
use redress::language::{Names, check};
use redress::model::expression::{Dimension, Expression, Type, Value};

use super::make::{Make, Maker, Style};
use super::{names, values};

const PLAIN: Style = Style { unit: ("h", 1), money: 1.0, jumps: true };
const SMOOTH: Style = Style { jumps: false, ..PLAIN };
const KINDS: [Make; 7] = [Make::Money, Make::Time, Make::Number, Make::Distance, Make::Truth, Make::Word, Make::Date];

fn runner(seed: u64, cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(seed), ..Config::default() };
    TestRunner::new(config)
}

fn figures() -> impl Strategy<Value = Vec<u16>> {
    proptest::collection::vec(any::<u16>(), 1..70)
}

fn type_of(kind: Make) -> Type {
    match kind {
        Make::Money => Type::Amount(Dimension::MONEY),
        Make::Time => Type::Amount(Dimension::TIME),
        Make::Number => Type::Amount(Dimension::NUMBER),
        Make::Distance => Type::Amount(Dimension::DISTANCE),
        Make::Truth => Type::Truth,
        Make::Word => Type::Word(Vec::new()),
        Make::Date => Type::Moment,
    }
}

fn written(figures: &[u16], kind: Make, style: Style) -> String {
    Maker { figures, style }.make(kind, 5)
}

fn taken(text: &str, kind: Make, names: &Names) -> Result<Expression, TestCaseError> {
    check(text, names, Some(&type_of(kind))).map_err(|m| TestCaseError::fail(format!("{text}: {m:?}")))
}

/// The value, and the largest amount on the way to it.
fn reckoned(e: &Expression, values: &[Value]) -> (Value, f64) {
    let mut largest: f64 = 0.0;
    let found = value(&e.root, Setting { values, holidays: &[19_880] }, &mut |_, v| match v {
        Value::Amount(x) if x.is_finite() => largest = largest.max(x.abs()),
        Value::Amount(_) => largest = f64::INFINITY,
        _ => {}
    });
    (found, largest)
}

/// Amounts from nothing to far more than there is.
fn amount() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(1e-12), 0.0..10.0, (0..100_u32).prop_map(f64::from), 0.0..1e15, Just(1e250)]
}

/// Values of the facts, each of its type.
fn cases() -> impl Strategy<Value = Vec<Value>> {
    let moments = || -40_000_000..60_000_000_i64;
    let above = || amount().prop_map(|x| Value::Amount(x.max(1e-12)));
    let from_zero = || amount().prop_map(Value::Amount);
    let list = || proptest::collection::vec(amount(), 0..6).prop_map(Value::List);
    let class = proptest::sample::select(vec!["gold", "silver", "bronze"]).prop_map(|w| Value::Word(w.into()));
    let period = (moments(), 0..5_000_000_i64).prop_map(|(t, len)| Value::Period(t, t + len));
    let amounts = (above(), from_zero(), from_zero(), above(), from_zero(), above(), from_zero());
    let visited = proptest::collection::vec(moments(), 0..5).prop_map(Value::Moments);
    let cuts = proptest::collection::vec((moments(), 0..5_000_i64).prop_map(|(t, len)| (t, t + len)), 0..5);
    let many = (visited, cuts.prop_map(Value::Periods));
    let rest = (any::<bool>(), class, moments(), moments(), period, list(), list(), list(), many);
    (amounts, rest).prop_map(|((a, b, c, d, e, f, g), (urban, class, from, to, period, x, y, z, (v, w)))| {
        let (urban, from, to) = (Value::Truth(urban), Value::Moment(from), Value::Moment(to));
        vec![a, b, c, d, e, f, g, urban, class, from, to, period, x, y, z, v, w]
    })
}

#[test]
fn a_well_typed_expression_is_taken_and_has_a_value() {
    let names = names();
    let cases = (figures(), 0..KINDS.len(), cases());
    let told = runner(3, 30_000).run(&cases, |(figures, kind, values)| {
        let kind = KINDS[kind];
        let text = written(&figures, kind, PLAIN);
        let (found, largest) = reckoned(&taken(&text, kind, &names)?, &values);
        prop_assert!(largest.is_finite(), "{} with {:?}", text, values);
        match (kind, &found) {
            (Make::Truth, Value::Truth(_)) | (Make::Word, Value::Word(_)) | (Make::Date, Value::Moment(_)) => {}
            (_, Value::Amount(x)) => prop_assert!(x.is_finite(), "{} = {}", text, x),
            _ => prop_assert!(false, "{} = {:?}", text, found),
        }
        Ok(())
    });
    told.expect("a value");
}

/// True where two amounts agree to what arithmetic may lose on the way.
fn agree(a: f64, b: f64, largest: f64) -> bool {
    (a - b).abs() <= 1e-10 * largest.max(a.abs()).max(1e-9)
}

fn same(a: &Value, b: &Value, scale: f64, largest: f64) -> bool {
    match (a, b) {
        (Value::Amount(a), Value::Amount(b)) => agree(a * scale, *b, largest * scale.max(1.0)),
        _ => a == b,
    }
}

#[test]
fn the_unit_of_time_does_not_matter() {
    let names = names();
    let told = runner(4, 10_000).run(&(figures(), 0..6_usize), |(figures, kind)| {
        let kind = KINDS[kind];
        let text = written(&figures, kind, SMOOTH);
        let (hours, largest) = reckoned(&taken(&text, kind, &names)?, &values());
        for unit in [("min", 60), ("s", 3600), ("minutes", 60)] {
            let other = written(&figures, kind, Style { unit, ..SMOOTH });
            let (found, _) = reckoned(&taken(&other, kind, &names)?, &values());
            prop_assert!(same(&hours, &found, 1.0, largest), "{} = {:?}, {} = {:?}", text, hours, other, found);
        }
        Ok(())
    });
    told.expect("the same value");
}

#[test]
fn money_scales() {
    let names = names();
    let scaled = |factor: f64| {
        let money = |(v, (_, ty, _)): (Value, &(String, Type, bool))| match (v, ty) {
            (Value::Amount(x), Type::Amount(Dimension::MONEY)) => Value::Amount(x * factor),
            (v, _) => v,
        };
        values().into_iter().zip(&names.list).map(money).collect::<Vec<Value>>()
    };
    let told = runner(5, 10_000).run(&(figures(), 0..6_usize), |(figures, kind)| {
        let kind = KINDS[kind];
        let text = written(&figures, kind, SMOOTH);
        let (one, largest) = reckoned(&taken(&text, kind, &names)?, &values());
        for factor in [8.0, 1000.0] {
            let other = written(&figures, kind, Style { money: factor, ..SMOOTH });
            let (found, _) = reckoned(&taken(&other, kind, &names)?, &scaled(factor));
            let scale = if kind == Make::Money { factor } else { 1.0 };
            prop_assert!(same(&one, &found, scale, largest), "{} = {:?}, {} = {:?}", text, one, other, found);
        }
        Ok(())
    });
    told.expect("the same value, in other coin");
}
