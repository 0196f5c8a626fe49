//! Net losses of a cell, max(loss − award, 0), for the Gini index.

use super::CellInput;
use super::draw::Drawn;
use super::law::CellLaw;
use super::settle::{money_of, money_offers, sums_by_place};
use crate::engine::inequality::Histogram;

/// Net losses of everybody drawn when no money is offered.
pub fn bare_losses(law: &CellLaw, input: &CellInput, drawn: &Drawn, histogram: &mut Histogram) {
    if drawn.bulk > 0 {
        law.axis.spread_all((0, law.nodes()), &drawn.at_node, |at, _, people| {
            histogram.add(input.true_scale * at.apart, people);
        });
    }
    for s in &drawn.singles {
        histogram.add(input.true_scale * s.x, 1.0);
    }
}

/// Moves those whom a guideline pays (its position among those of the input, its offers) from their loss to their net
/// loss.
pub fn pay(
    law: &CellLaw,
    input: &CellInput,
    drawn: &Drawn,
    (position, first, end): (usize, usize, usize),
    factor: f64,
    histogram: &mut Histogram,
) {
    let mut shift = |x: f64, money: f64, people: f64| {
        let loss = input.true_scale * x;
        histogram.shift(loss, (loss - factor * money).max(0.0), people);
    };
    for (s, money) in drawn.singles.iter().zip(money_of(drawn, position)).filter(|(_, money)| **money > 0.0) {
        shift(s.x, *money, 1.0);
    }
    if drawn.bulk == 0 {
        return;
    }
    let mut money = money_offers(input, first, end);
    if let (Some(only), None) = (money.next(), money.next()) {
        let n = law.nodes();
        let approved = &drawn.approved()[only * n..(only + 1) * n];
        for tier in law.tiers_of(only) {
            law.axis.spread_all(tier.nodes, approved, |at, _, people| {
                shift(at.apart, (tier.intercept + tier.slope * at.apart).max(0.0), people);
            });
        }
        return;
    }
    sums_by_place(law, input, drawn, money_offers(input, first, end), |at, people, [_, sum]| {
        shift(at.apart, sum, people)
    });
}
