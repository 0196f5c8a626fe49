//! Net losses of a cell, max(loss − award, 0), for the Gini index.

use super::CellInput;
use super::axis::Node;
use super::draw::Drawn;
use super::law::CellLaw;
use super::settle::{makes_whole, money_of, money_offers, sums_by_place};
use crate::engine::inequality::Histogram;

/// What rounding may leave of an award that rises as the loss does, as a share of it.
const ROUNDING: f64 = 1e-9;

/// Net losses of everybody drawn when no money is offered.
pub fn bare_losses(law: &CellLaw, input: &CellInput, drawn: &Drawn, histogram: &mut Histogram) {
    if drawn.bulk > 0 {
        let squared = input.true_scale * input.true_scale;
        law.axis.spread_all((0, law.nodes()), &drawn.at_node, &drawn.scatter, |at, people| {
            histogram.add_spread((input.true_scale * at.middle, squared * at.spread()), people);
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
    for (s, money) in drawn.singles.iter().zip(money_of(drawn, position)).filter(|(_, money)| **money > 0.0) {
        let loss = input.true_scale * s.x;
        let left = if makes_whole(factor * money, loss) { 0.0 } else { loss - factor * money };
        histogram.shift(loss, left, 1.0);
    }
    if drawn.bulk == 0 {
        return;
    }
    let squared = input.true_scale * input.true_scale;
    let mut shift = |at: &Node, money: f64, slope: f64, people: f64| {
        let (loss, spread) = (input.true_scale * at.middle, at.spread());
        histogram.add_spread((loss, squared * spread), -people);
        // What is left to those whom a place stands for is a line along their losses, less steep where the award rises too.
        let (left, rise) = (loss - factor * money, (input.true_scale - factor * slope).abs());
        let (ends, most) = (rise * at.reach(), left + rise * at.reach());
        if makes_whole(factor * money, loss) && rise <= ROUNDING * input.true_scale {
            histogram.add(0.0, people);
        } else if left.abs() < ends {
            // The award makes good the whole loss of some of them.
            let some = people * (most / (2.0 * ends));
            histogram.add(0.0, people - some);
            histogram.add_spread((0.5 * most, most * most / 9.0), some);
        } else if left > 0.0 {
            histogram.add_spread((left, rise * rise * spread), people);
        } else {
            histogram.add(0.0, people);
        }
    };
    let mut money = money_offers(input, first, end);
    if let (Some(only), None) = (money.next(), money.next()) {
        let n = law.nodes();
        let approved = &drawn.approved()[only * n..(only + 1) * n];
        for tier in law.tiers_of(only) {
            law.axis.spread_all(tier.nodes, approved, &drawn.scatter, |at, people| {
                shift(at, (tier.intercept + tier.slope * at.middle).max(0.0), tier.slope, people);
            });
        }
        return;
    }
    sums_by_place(law, input, drawn, money_offers(input, first, end), |at, people, [sum, middle]| {
        let slope = if sum == middle { 0.0 } else { (middle - sum) / (at.middle - at.x) };
        shift(at, middle, slope, people)
    });
}
