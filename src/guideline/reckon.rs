//! The value of an expression in a case.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::calendar;
use crate::model::expression::{Compare, Filter, Function, Join, Kind, Node, SAME, Type, Value};

/// What an expression is reckoned with.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// Value of each name, of the name's type.
    pub values: &'a [Value],
    /// Holidays, as numbers of days since 1970-01-01.
    pub holidays: &'a [i64],
}

/// Largest amount; what would be larger stays there, so that no sum of amounts is without a value.
const LARGEST: f64 = 1e200;
/// Smallest divisor. What the checker knows to be above zero may still be too small a product for a double.
const SMALLEST: f64 = f64::MIN_POSITIVE;
/// Share of the larger of two amounts below which their difference is only what arithmetic lost: a few last digits,
/// far less than [`SAME`], because a small difference of large sums is money.
const LOST: f64 = 1e-13;
/// Most by which a number of steps may miss a whole number and still count as whole.
const MOST_LOST: f64 = 1e-3;

/// The value of a part; `tell` hears of every part that was worked out, inner ones first.
pub fn value(node: &Node, setting: Setting, tell: &mut dyn FnMut(&Node, &Value)) -> Value {
    reckoned(node, &At { setting, member: Item::Amount(0.0), place: 0 }, tell).into_owned()
}

/// Where an expression is looked at.
struct At<'a> {
    setting: Setting<'a>,
    /// The member of a list that is being looked at,
    member: Item,
    /// and its place, from 1.
    place: usize,
}

#[derive(Clone, Copy)]
enum Item {
    Amount(f64),
    Moment(i64),
    Period(i64, i64),
}

/// As [`value`], for one member of a list. What is written or has a name is not copied: a list or a word is only looked
/// at.
#[inline]
fn reckoned<'a>(node: &'a Node, at: &At<'a>, tell: &mut dyn FnMut(&Node, &Value)) -> Cow<'a, Value> {
    match &node.kind {
        Kind::Literal(v) => Cow::Borrowed(v),
        Kind::Name(i) => Cow::Borrowed(&at.setting.values[*i]),
        _ => worked_out(node, at, tell),
    }
}

fn worked_out<'a>(node: &'a Node, at: &At<'a>, tell: &mut dyn FnMut(&Node, &Value)) -> Cow<'a, Value> {
    let found = match &node.kind {
        Kind::Literal(_) | Kind::Name(_) => return reckoned(node, at, tell),
        Kind::Negative(inner) => Value::Amount(-amount(&reckoned(inner, at, tell))),
        Kind::Not(inner) => Value::Truth(!truth(&reckoned(inner, at, tell))),
        // The second part of `and` and `or` is left alone where it does not matter.
        Kind::Join(Join::And, a, b) => Value::Truth(truth(&reckoned(a, at, tell)) && truth(&reckoned(b, at, tell))),
        Kind::Join(Join::Or, a, b) => Value::Truth(truth(&reckoned(a, at, tell)) || truth(&reckoned(b, at, tell))),
        Kind::Join(op, a, b) => joined(*op, &reckoned(a, at, tell), &reckoned(b, at, tell)),
        Kind::Compare(compare, a, b) => {
            Value::Truth(compared(*compare, &reckoned(a, at, tell), &reckoned(b, at, tell)))
        }
        Kind::Call(Function::Member, ..) => match at.member {
            Item::Amount(x) => return Cow::Owned(Value::Amount(x)),
            Item::Moment(m) => return Cow::Owned(Value::Moment(m)),
            Item::Period(from, to) => return Cow::Owned(Value::Period(from, to)),
        },
        Kind::Call(Function::Place, ..) => return Cow::Owned(Value::Amount(at.place as f64)),
        Kind::Call(Function::Each, args, _) => each(args, at, tell),
        Kind::Call(function, args, filter) => {
            let call = |args: &[Cow<Value>], tell: &mut dyn FnMut(&Node, &Value)| {
                let filter = filter.as_ref().map(|f| bound(f, at, tell));
                called(*function, args, filter, at.setting.holidays)
            };
            match args.as_slice() {
                [a] => call(&[reckoned(a, at, tell)], tell),
                [a, b] => call(&[reckoned(a, at, tell), reckoned(b, at, tell)], tell),
                many => call(&many.iter().map(|a| reckoned(a, at, tell)).collect::<SmallVec<[_; 4]>>(), tell),
            }
        }
        Kind::Match(arms, last) => {
            let fits = arms.iter().find(|a| truth(&reckoned(&a.when, at, tell)));
            match reckoned(fits.map_or(&**last, |a| &a.then), at, tell) {
                Cow::Borrowed(Value::Amount(x)) => Value::Amount(*x),
                found => found.into_owned(),
            }
        }
    };
    let found = match found {
        Value::Amount(x) => Value::Amount(x.clamp(-LARGEST, LARGEST)),
        other => other,
    };
    tell(node, &found);
    Cow::Owned(found)
}

fn bound(filter: &Filter, at: &At, tell: &mut dyn FnMut(&Node, &Value)) -> (Compare, f64) {
    (filter.compare, amount(&reckoned(&filter.bound, at, tell)))
}

/// What comes of each member of a list; of a truth, the members for which it holds. The parts of the members are not
/// told of: their list is.
fn each(args: &[Node], at: &At, tell: &mut dyn FnMut(&Node, &Value)) -> Value {
    let members = reckoned(&args[0], at, tell);
    let items: Vec<Item> = match &*members {
        Value::Moments(list) => list.iter().map(|m| Item::Moment(*m)).collect(),
        Value::Periods(list) => list.iter().map(|(from, to)| Item::Period(*from, *to)).collect(),
        other => list(other).iter().map(|x| Item::Amount(*x)).collect(),
    };
    let part = &args[1];
    let setting = at.setting;
    let of = |(i, item): (usize, &Item)| match &*reckoned(
        part,
        &At { setting, member: *item, place: i + 1 },
        &mut |_, _| (),
    ) {
        Value::Truth(holds) => holds.then_some(*item),
        Value::Moment(m) => Some(Item::Moment(*m)),
        Value::Period(from, to) => Some(Item::Period(*from, *to)),
        other => Some(Item::Amount(amount(other))),
    };
    let found = items.iter().enumerate().filter_map(of);
    let kind = if part.ty == Type::Truth { &args[0].ty } else { &part.ty };
    match kind {
        Type::Moment | Type::Moments => {
            Value::Moments(found.filter_map(|i| if let Item::Moment(m) = i { Some(m) } else { None }).collect())
        }
        Type::Period | Type::Periods => {
            Value::Periods(found.filter_map(|i| if let Item::Period(a, b) = i { Some((a, b)) } else { None }).collect())
        }
        _ => Value::List(found.filter_map(|i| if let Item::Amount(x) = i { Some(x) } else { None }).collect()),
    }
}

const CHECKED: &str = "the checker gave this part another type";

fn amount(v: &Value) -> f64 {
    match v {
        Value::Amount(x) => *x,
        _ => unreachable!("{CHECKED}"),
    }
}

/// A value of a type, for what no rule that is applied looks at.
pub fn neutral(ty: &Type) -> Value {
    match ty {
        Type::Amount(_) => Value::Amount(0.0),
        Type::Truth => Value::Truth(false),
        Type::Word(words) => Value::Word(words.first().cloned().unwrap_or_default()),
        Type::Moment => Value::Moment(0),
        Type::Period => Value::Period(0, 0),
        Type::List(_) => Value::List(Vec::new()),
        Type::Moments => Value::Moments(Vec::new()),
        Type::Periods => Value::Periods(Vec::new()),
    }
}

/// A truth.
pub fn truth(v: &Value) -> bool {
    match v {
        Value::Truth(x) => *x,
        _ => unreachable!("{CHECKED}"),
    }
}

fn moment(v: &Value) -> i64 {
    match v {
        Value::Moment(x) => *x,
        _ => unreachable!("{CHECKED}"),
    }
}

fn period(v: &Value) -> (i64, i64) {
    match v {
        Value::Period(from, to) => (*from, *to),
        _ => unreachable!("{CHECKED}"),
    }
}

fn list(v: &Value) -> &[f64] {
    match v {
        Value::List(x) => x,
        _ => unreachable!("{CHECKED}"),
    }
}

fn minutes(hours: f64) -> i64 {
    (hours.clamp(-1e9, 1e9) * 60.0).round() as i64
}

fn joined(op: Join, a: &Value, b: &Value) -> Value {
    match (op, a, b) {
        (Join::Plus, Value::Moment(t), Value::Amount(h)) => Value::Moment(t.saturating_add(minutes(*h))),
        (Join::Minus, Value::Moment(t), Value::Amount(h)) => Value::Moment(t.saturating_sub(minutes(*h))),
        (Join::Minus, Value::Moment(t), Value::Moment(u)) => Value::Amount(t.saturating_sub(*u) as f64 / 60.0),
        (op, a, b) => {
            let (a, b) = (amount(a), amount(b));
            Value::Amount(match op {
                Join::Plus => sum(a, b),
                Join::Minus => sum(a, -b),
                Join::Times => a * b,
                _ => a / b.max(SMALLEST),
            })
        }
    }
}

/// A sum; nothing where the two only differ by what arithmetic in doubles loses, so that `a - b > 0 h` says what `a > b`
/// says.
fn sum(a: f64, b: f64) -> f64 {
    if (a + b).abs() <= LOST * a.abs().max(b.abs()) { 0.0 } else { a + b }
}

/// True where two amounts are the same but for what arithmetic in doubles loses.
pub fn same(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= SAME * a.abs().max(b.abs())
}

fn compared(compare: Compare, a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Amount(a), Value::Amount(b)) => amounts(compare, *a, *b),
        (Value::Moment(a), Value::Moment(b)) => ordered(compare, a, b),
        (a, b) => (a == b) == (compare == Compare::Is),
    }
}

fn amounts(compare: Compare, a: f64, b: f64) -> bool {
    if same(a, b) { ordered(compare, &0, &0) } else { ordered(compare, &a, &b) }
}

fn ordered<T: PartialOrd>(compare: Compare, a: &T, b: &T) -> bool {
    match compare {
        Compare::Less => a < b,
        Compare::AtMost => a <= b,
        Compare::More => a > b,
        Compare::AtLeast => a >= b,
        Compare::Is => a == b,
        Compare::IsNot => a != b,
    }
}

/// A number of steps, whole where it is whole but for what arithmetic in doubles loses.
fn steps(x: f64, step: f64) -> f64 {
    let n = x / step;
    // Of many steps a share is a step or more, which would be real money.
    let lost = (SAME * n.abs().max(1.0)).min(MOST_LOST);
    if (n - n.round()).abs() <= lost { n.round() } else { n }
}

fn called(function: Function, args: &[Cow<Value>], filter: Option<(Compare, f64)>, holidays: &[i64]) -> Value {
    use Function as F;
    let kept = || list(&args[0]).iter().copied().filter(|x| filter.is_none_or(|(c, bound)| amounts(c, *x, bound)));
    let step = || args.get(1).map_or(1.0, |s| amount(s).max(SMALLEST));
    let number = |x: i64| Value::Amount(x as f64);
    match function {
        F::Max | F::Min => extreme(function == F::Max, args),
        F::Floor => Value::Amount(steps(amount(&args[0]), step()).floor() * step()),
        F::Ceil => Value::Amount(steps(amount(&args[0]), step()).ceil() * step()),
        F::Round => Value::Amount((steps(2.0 * amount(&args[0]), step()) / 2.0 + 0.5).floor() * step()),
        F::RoundEven => {
            let n = steps(2.0 * amount(&args[0]), step());
            // An odd number of half steps is half way between two multiples.
            let half = n == n.floor() && n.rem_euclid(2.0) == 1.0;
            let up = (n / 2.0 + 0.5).floor();
            Value::Amount(if half && up.rem_euclid(2.0) == 1.0 { up - 1.0 } else { up } * step())
        }
        F::Completed => Value::Amount(steps(amount(&args[0]), step()).floor().max(0.0)),
        F::Begun => Value::Amount(steps(amount(&args[0]), step()).ceil().max(0.0)),
        F::Sum => Value::Amount(kept().sum()),
        F::Count => match &*args[0] {
            Value::Moments(list) => number(list.len() as i64),
            Value::Periods(list) => number(list.len() as i64),
            _ => Value::Amount(kept().count() as f64),
        },
        F::Longest => Value::Amount(kept().fold(0.0, f64::max)),
        F::Mean => Value::Amount(kept().sum::<f64>() / kept().count().max(1) as f64),
        F::Length => Value::Amount((period(&args[0]).1 - period(&args[0]).0) as f64 / 60.0),
        F::Start => Value::Moment(period(&args[0]).0),
        F::End => Value::Moment(period(&args[0]).1),
        F::Inside => {
            let (from, to) = (minutes(amount(&args[1])), minutes(amount(&args[2])));
            Value::Amount(calendar::inside(period(&args[0]), from, to) as f64 / 60.0)
        }
        F::DaysCovered => {
            let counts = |m: i64| filter.map_or(m > 0, |(c, bound)| amounts(c, m as f64 / 60.0, bound));
            number(calendar::days_covered(period(&args[0])).iter().filter(|(m, _)| counts(*m)).map(|(_, n)| n).sum())
        }
        F::Date => Value::Moment(calendar::midnight(moment(&args[0]))),
        F::Days => number(calendar::day(moment(&args[1])) - calendar::day(moment(&args[0]))),
        F::WorkingDays => {
            let [from, to] = [0, 1].map(|i| calendar::day(moment(&args[i])));
            number(calendar::working_days(from, to, holidays))
        }
        F::WorkingDay => {
            let n = steps(amount(&args[1]).clamp(0.0, 1e6), 1.0) as i64;
            let day = calendar::working_day(calendar::day(moment(&args[0])), n, holidays);
            Value::Moment(day.saturating_mul(24 * 60))
        }
        F::MonthLength => Value::Amount(calendar::month_hours(moment(&args[0]))),
        F::MonthStart => Value::Moment(calendar::month_start(moment(&args[0]))),
        F::AddMonths => {
            let months = steps(amount(&args[1]).clamp(-1e6, 1e6), 1.0).floor() as i64;
            Value::Moment(calendar::add_months(moment(&args[0]), months))
        }
        F::FullMonths => number(calendar::full_months(moment(&args[0]), moment(&args[1]))),
        F::YearOf => number(calendar::civil(moment(&args[0])).0),
        F::MonthOf => number(calendar::civil(moment(&args[0])).1),
        F::Weekday => number(calendar::weekday(moment(&args[0]))),
        F::WorkingTime => {
            let (from, to) = (minutes(amount(&args[1])), minutes(amount(&args[2])));
            Value::Amount(calendar::working_time(period(&args[0]), from, to, holidays) as f64 / 60.0)
        }
        F::Remainder => {
            let x = amount(&args[0]);
            let rest = sum(x, -steps(x, step()).floor() * step());
            // What lies a hair below a multiple is that multiple.
            Value::Amount(if same(rest, step()) { 0.0 } else { rest.max(0.0) })
        }
        F::Percentile => {
            let mut members: Vec<f64> = kept().collect();
            members.sort_unstable_by(f64::total_cmp);
            let rank = steps(amount(&args[1]).clamp(0.0, 1.0) * members.len() as f64, 1.0).ceil() as usize;
            Value::Amount(members.get(rank.max(1) - 1).copied().unwrap_or(0.0))
        }
        // Of what is negative there may be no power: it counts as nothing.
        F::Power => Value::Amount(libm::pow(amount(&args[0]).max(0.0), amount(&args[1]))),
        F::Merged => match &*args[0] {
            Value::Periods(list) => Value::Periods(calendar::merged(list, minutes(amount(&args[1])))),
            _ => unreachable!("{CHECKED}"),
        },
        F::List => match args.first().map(|a| &**a) {
            Some(Value::Moment(_)) => Value::Moments(args.iter().map(|a| moment(a)).collect()),
            Some(Value::Period(..)) => Value::Periods(args.iter().map(|a| period(a)).collect()),
            _ => Value::List(args.iter().map(|a| amount(a)).collect()),
        },
        F::Each | F::Member | F::Place => unreachable!("{CHECKED}"),
    }
}

fn extreme(highest: bool, args: &[Cow<Value>]) -> Value {
    let better = |a: &Value, b: &Value| match (a, b) {
        (Value::Moment(a), Value::Moment(b)) => (a > b) == highest,
        (a, b) => (amount(a) > amount(b)) == highest,
    };
    let mut best: &Value = &args[0];
    for a in &args[1..] {
        best = if better(a, best) { a } else { best };
    }
    best.clone()
}
