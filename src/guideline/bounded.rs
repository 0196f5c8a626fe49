//! Which rules pay one person no more than a bound, however large the loss is.

use super::applied;
use crate::model::expression::{Function, Join, Kind, Node};
use crate::model::scheme::{Gives, Origin, Version};
use crate::model::{Amount, BandAxis, Feed, LossBasis, Rule, SchemeAmount};

/// True where a rule has a cap, or an amount that does not grow with the loss for ever. False where that does not follow from
/// how the rule is written.
pub fn is_bounded(rule: &Rule) -> bool {
    rule.cap.is_some() || amount(&rule.amount)
}

fn amount(a: &Amount) -> bool {
    match a {
        Amount::LossShare { .. } => false,
        Amount::Flat(_) | Amount::FeeMonths(_) | Amount::FeeDays(_) | Amount::FeeTimes(_) | Amount::PerTime { .. } => {
            true
        }
        // Below the last band the whole loss is bounded itself; a part of it may be small where the whole is not.
        Amount::Bands { axis: BandAxis::Loss(LossBasis::All), bands } => {
            bands.iter().filter(|b| b.upto.is_none()).all(|b| amount(&b.pay))
        }
        Amount::Bands { bands, .. } => bands.iter().all(|b| amount(&b.pay)),
        Amount::Max(parts) | Amount::Sum(parts) => parts.iter().all(amount),
        Amount::Min(parts) => parts.iter().any(amount),
        Amount::Times(_, part) => amount(part),
        Amount::Scheme(s) => scheme(s),
    }
}

fn scheme(s: &SchemeAmount) -> bool {
    match &applied::rule(s).gives {
        Gives::Money(e) => ends(&e.root, &s.version, &s.feeds).above,
        _ => true,
    }
}

/// On which sides the value of an expression is bounded, whatever the loss.
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

fn ends(node: &Node, version: &Version, feeds: &[Feed]) -> Ends {
    let of = |n: &Node| ends(n, version, feeds);
    // Where nothing looks at the loss, nothing grows with it.
    if !looks(node, version, feeds) {
        return Ends::BOTH;
    }
    match &node.kind {
        Kind::Name(i) => match (feeds.get(*i), version.names.get(*i).map(|n| &n.origin)) {
            (Some(Feed::Step), Some(Origin::Step(e))) => of(&e.root),
            (Some(Feed::Loss), _) => Ends { below: true, above: false },
            _ => Ends::NONE,
        },
        Kind::Negative(n) => of(n).turned(),
        Kind::Join(Join::Plus, a, b) => of(a).and(of(b)),
        Kind::Join(Join::Minus, a, b) => of(a).and(of(b).turned()),
        Kind::Join(Join::Times, a, b) if of(a).and(of(b)).is_both() => Ends::BOTH,
        Kind::Join(Join::Over, a, b) if of(a).is_both() && !looks(b, version, feeds) => Ends::BOTH,
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

fn looks(node: &Node, version: &Version, feeds: &[Feed]) -> bool {
    let mut found = false;
    super::decide::visit(node, &mut |n| {
        if let Kind::Name(i) = n.kind {
            found |= match (feeds.get(i), version.names.get(i).map(|n| &n.origin)) {
                (Some(Feed::Step), Some(Origin::Step(e))) => looks(&e.root, version, feeds),
                (feed, _) => feed == Some(&Feed::Loss),
            };
        }
    });
    found
}
