//! Losers of a cell who get something of a guideline and have nothing yet when patience ends. Whoever gets several awards waits for
//! the first, in the same place in all queues and as sure of each: of those whom a rule approves the surest are approved at first,
//! and the others win on appeal.

use super::draw::Drawn;
use super::law::CellLaw;
use super::settle;
use super::{CellInput, Offer};
use crate::engine::waiting::{Waiting, Waits};
use smallvec::SmallVec;

/// How many of a cell wait, of those who get something of a guideline (position, first offer, end); by rule, the shares who do.
pub fn waiting(
    law: &CellLaw,
    input: &CellInput,
    drawn: &Drawn,
    (position, first, end): (usize, usize, usize),
    rules: &[Waits],
) -> Waiting {
    let offers = &input.offers[first..end];
    let parts = Parts::of(offers, rules);
    let mut all = Waiting::default();
    if law.certain {
        // Of people of whom all is certain no approval number was drawn: it says who appeals.
        for s in &drawn.singles {
            let mut some = Sums::default();
            some.add(&parts, 1.0, |offer| offers[offer].at(s.x).1);
            all.add(some.of_people(f64::from(some.people > 0.0)));
        }
    } else {
        all.mean = singles(offers, drawn, rules);
    }
    if drawn.bulk > 0 {
        let people = match end - first {
            1 => drawn.judged_bulk.rule(first).approved,
            _ => settle::reached(drawn, position).1,
        };
        let (n, mut some) = (law.nodes(), Sums::default());
        // Whose filing number lies below the ceiling of a span was drawn singly.
        for (span, ceiling) in law.axis.spans.iter().zip(&law.singly.ceilings).filter(|(_, c)| **c < 1.0) {
            for j in span.nodes.0..span.nodes.1 {
                let share = |offer: usize| (law.shares()[(first + offer) * n + j] - ceiling).max(0.0) / (1.0 - ceiling);
                some.add(&parts, drawn.at_node[j], share);
            }
        }
        all.add(some.of_people(people));
    }
    all
}

/// Of people drawn singly.
fn singles(offers: &[Offer], drawn: &Drawn, rules: &[Waits]) -> f64 {
    let mut mean = 0.0;
    for s in &drawn.singles {
        let mut least = None;
        for o in offers.iter().filter(|o| s.v < o.approval) {
            let files = match o.flat() {
                Some((_, share)) => s.u < share,
                None => s.u < o.highest_share && s.u < o.at(s.x).1,
            };
            if files {
                let Waits { at_first, on_appeal } = rules[o.rule];
                let waits = if s.v < o.at_first * o.approval { at_first } else { on_appeal };
                least = Some(least.map_or(waits, |least: f64| least.min(waits)));
            }
        }
        mean += least.unwrap_or(0.0);
    }
    mean
}

/// What a guideline's offers give to those who are approved at first, and to all who are in the end.
struct Parts {
    /// The surest last.
    parts: SmallVec<[Part; 8]>,
    /// The shares who wait, the least first.
    waits: SmallVec<[f64; 8]>,
}

/// Awards of an offer (its place among those of the guideline).
#[derive(Clone, Copy, Debug)]
struct Part {
    offer: usize,
    /// Approval numbers below this one get it.
    below: f64,
    /// Share who wait for it.
    waits: f64,
}

impl Parts {
    fn of(offers: &[Offer], rules: &[Waits]) -> Parts {
        let mut parts: SmallVec<[Part; 8]> = SmallVec::new();
        for (offer, o) in offers.iter().enumerate() {
            let Waits { at_first, on_appeal } = rules[o.rule];
            parts.push(Part { offer, below: o.at_first * o.approval, waits: at_first });
            if o.at_first < 1.0 {
                parts.push(Part { offer, below: o.approval, waits: on_appeal });
            }
        }
        parts.sort_unstable_by(|a, b| b.below.total_cmp(&a.below));
        let mut waits: SmallVec<[f64; 8]> = parts.iter().map(|p| p.waits).collect();
        waits.sort_unstable_by(f64::total_cmp);
        waits.dedup();
        Parts { parts, waits }
    }
}

/// Sums over people of what is expected of them.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    /// People who get anything,
    people: f64,
    /// of these those who wait,
    wait: f64,
    /// and each share who wait squared;
    squares: f64,
    /// and over people of the same loss, with c the chance to get anything and w to wait for it: c², c w and w².
    alike: [f64; 3],
}

/// Of an area, what rounding may make of nothing.
const ROUNDING: f64 = 1e-12;

impl Sums {
    /// Adds people of one loss, of whom such shares file under each offer. Those who get any of some parts have filing and approval
    /// numbers in a union of rectangles, each from 0 to the share who file and to the chance of approval.
    fn add(&mut self, Parts { parts, waits }: &Parts, people: f64, share: impl Fn(usize) -> f64) {
        let (mut before, mut wait) = (0.0, 0.0);
        for waits in waits {
            let (mut filed, mut area, mut from) = (0.0f64, 0.0, 0.0);
            for part in parts.iter().filter(|p| p.waits <= *waits) {
                area += filed * (from - part.below);
                filed = filed.max(share(part.offer));
                from = part.below;
            }
            area += filed * from;
            // What rounding leaves of nobody is nobody.
            let more = if area - before > ROUNDING * area { area - before } else { 0.0 };
            wait += more * waits;
            self.squares += people * more * waits * waits;
            before = area;
        }
        self.people += people * before;
        self.wait += people * wait;
        let alike = [before * before, before * wait, wait * wait];
        self.alike.iter_mut().zip(alike).for_each(|(sum, of_these)| *sum += people * of_these);
    }

    /// How many wait of so many people who get something: m of each on average, where it is left to chance who gets something and
    /// who of these waits, and their losses are known. Of n people of one loss those who wait less m times those who get
    /// anything vary by n (c E(s − m)² − (w − m c)²), with s the share who wait of one who gets something.
    fn of_people(&self, people: f64) -> Waiting {
        if self.people <= 0.0 {
            return Waiting::default();
        }
        let mean = (self.wait / self.people).clamp(0.0, 1.0);
        let [cc, cw, ww] = self.alike;
        let each = self.squares - mean * mean * self.people;
        let variance = each - (ww - 2.0 * mean * cw + mean * mean * cc);
        Waiting { mean: people * mean, variance: (variance * people / self.people).max(0.0) }
    }
}
