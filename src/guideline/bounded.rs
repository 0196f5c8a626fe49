//! Which rules pay one person no more than a bound, however large the loss is, or the fee, or an attribute.

use super::applied;
use crate::model::expression::{Function, Join, Kind, Node};
use crate::model::scheme::{Gives, Origin, Version};
use crate::model::{Amount, BandAxis, Feed, LossBasis, Rule, SchemeAmount};

/// A number of a person that an award may grow with; never below 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Along {
    /// The loss.
    Loss,
    /// The monthly fee.
    Fee,
    /// An attribute, by its place in the scenario.
    Attribute(usize),
}

impl Along {
    fn is(self, feed: &Feed) -> bool {
        match (self, feed) {
            (Along::Loss, Feed::Loss) | (Along::Fee, Feed::FeeMonth) => true,
            (Along::Attribute(place), Feed::Attribute(other)) => place == *other,
            _ => false,
        }
    }
}

/// True where a rule has a cap, or an amount that does not grow for ever with the loss, the fee or an attribute, whichever is
/// asked for. False where that does not follow from how the rule is written.
pub fn is_bounded(rule: &Rule, of: Along) -> bool {
    rule.cap.is_some() || amount(&rule.amount, of)
}

fn amount(a: &Amount, of: Along) -> bool {
    match a {
        Amount::LossShare { .. } => of != Along::Loss,
        Amount::FeeMonths(_) | Amount::FeeDays(_) | Amount::FeeTimes(_) => of != Along::Fee,
        Amount::Flat(_) | Amount::PerTime { .. } => true,
        // Below the last band the whole loss, or the fee, is bounded itself; a part of the loss may be small where the whole is not.
        Amount::Bands { axis, bands } if own(*axis) == Some(of) => {
            bands.iter().filter(|b| b.upto.is_none()).all(|b| amount(&b.pay, of))
        }
        Amount::Bands { bands, .. } => bands.iter().all(|b| amount(&b.pay, of)),
        Amount::Max(parts) | Amount::Sum(parts) => parts.iter().all(|p| amount(p, of)),
        Amount::Min(parts) => parts.iter().any(|p| amount(p, of)),
        Amount::Times(_, part) => amount(part, of),
        Amount::Scheme(s) => scheme(s, of),
    }
}

/// What is bounded below the last band of an axis.
fn own(axis: BandAxis) -> Option<Along> {
    match axis {
        BandAxis::Loss(LossBasis::All) => Some(Along::Loss),
        BandAxis::Fee => Some(Along::Fee),
        _ => None,
    }
}

fn scheme(s: &SchemeAmount, of: Along) -> bool {
    match &applied::rule(s).gives {
        Gives::Money(e) => ends(&e.root, &s.version, &s.feeds, of).above,
        _ => true,
    }
}

/// On which sides the value of an expression is bounded, however large the number in question.
#[derive(Clone, Copy)]
struct Ends {
    below: bool,
    above: bool,
}

impl Ends {
    const BOTH: Ends = Ends { below: true, above: true };
    const NONE: Ends = Ends { below: false, above: false };

    fn is_both(self) -> bool {
        self.below && self.above
    }

    fn turned(self) -> Ends {
        Ends { below: self.above, above: self.below }
    }

    fn and(self, other: Ends) -> Ends {
        Ends { below: self.below && other.below, above: self.above && other.above }
    }
}

fn ends(node: &Node, version: &Version, feeds: &[Feed], number: Along) -> Ends {
    let of = |n: &Node| ends(n, version, feeds, number);
    // What does not look at it does not grow with it.
    if !looks(node, version, feeds, number) {
        return Ends::BOTH;
    }
    match &node.kind {
        Kind::Name(i) => match (feeds.get(*i), version.names.get(*i).map(|n| &n.origin)) {
            (Some(Feed::Step), Some(Origin::Step(e))) => of(&e.root),
            (Some(feed), _) if number.is(feed) => Ends { below: true, above: false },
            _ => Ends::NONE,
        },
        Kind::Negative(n) => of(n).turned(),
        Kind::Join(Join::Plus, a, b) => of(a).and(of(b)),
        Kind::Join(Join::Minus, a, b) => of(a).and(of(b).turned()),
        Kind::Join(Join::Times, a, b) if of(a).and(of(b)).is_both() => Ends::BOTH,
        Kind::Join(Join::Over, a, b) if of(a).is_both() && !looks(b, version, feeds, number) => Ends::BOTH,
        Kind::Call(Function::Max, parts, None) => {
            Ends { below: parts.iter().any(|p| of(p).below), above: parts.iter().all(|p| of(p).above) }
        }
        Kind::Call(Function::Min, parts, None) => {
            Ends { below: parts.iter().all(|p| of(p).below), above: parts.iter().any(|p| of(p).above) }
        }
        Kind::Call(Function::Floor | Function::Ceil | Function::Round | Function::RoundEven, parts, None) => {
            parts.first().map_or(Ends::NONE, of)
        }
        Kind::Match(arms, rest) => arms.iter().fold(of(rest), |all, arm| all.and(of(&arm.then))),
        _ => Ends::NONE,
    }
}

fn looks(node: &Node, version: &Version, feeds: &[Feed], number: Along) -> bool {
    let mut found = false;
    super::decide::visit(node, &mut |n| {
        if let Kind::Name(i) = n.kind {
            found |= match (feeds.get(i), version.names.get(i).map(|n| &n.origin)) {
                (Some(Feed::Step), Some(Origin::Step(e))) => looks(&e.root, version, feeds, number),
                (feed, _) => feed.is_some_and(|f| number.is(f)),
            };
        }
    });
    found
}
