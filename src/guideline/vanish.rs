//! Which expressions are nothing where the fee, or the loss, is nothing: whatever the other facts are.

use super::applied;
use crate::model::expression::{Function, Join, Kind, Node, Value};
use crate::model::scheme::{Gives, Origin, Version};
use crate::model::{Feed, SchemeAmount};

/// True where a scheme's rule pays nothing in any case in which these of its facts are 0. False where that does not follow from
/// how the rule is written.
pub fn pays_nothing(s: &SchemeAmount, zero: &impl Fn(&Feed) -> bool) -> bool {
    match &applied::rule(s).gives {
        Gives::Money(e) => vanishes(&e.root, &s.version, &s.feeds, zero),
        _ => false,
    }
}

fn vanishes(node: &Node, version: &Version, feeds: &[Feed], zero: &impl Fn(&Feed) -> bool) -> bool {
    let gone = |n: &Node| vanishes(n, version, feeds, zero);
    match &node.kind {
        Kind::Literal(Value::Amount(x)) => *x == 0.0,
        Kind::Name(i) => match (feeds.get(*i), version.names.get(*i).map(|n| &n.origin)) {
            (Some(Feed::Step), Some(Origin::Step(e))) => gone(&e.root),
            (Some(Feed::Known(Value::Amount(x))), _) => *x == 0.0,
            (Some(feed), _) => zero(feed),
            (None, _) => false,
        },
        Kind::Negative(n) => gone(n),
        Kind::Join(Join::Plus | Join::Minus, a, b) => gone(a) && gone(b),
        Kind::Join(Join::Times, a, b) => gone(a) || gone(b),
        Kind::Join(Join::Over, a, _) => gone(a),
        Kind::Call(Function::Max | Function::Min, parts, None) => parts.iter().all(gone),
        // Multiples of a step: of nothing none.
        Kind::Call(Function::Floor | Function::Ceil | Function::Round | Function::RoundEven, parts, None) => {
            parts.first().is_some_and(gone)
        }
        Kind::Match(arms, rest) => arms.iter().all(|arm| gone(&arm.then)) && gone(rest),
        _ => false,
    }
}
