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
            some.add(1.0, parts.each(|offer| offers[offer].at(s.x).1));
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
        all.add(bulk(law, &parts, &drawn.at_node, (first, end)).of_people(people));
    }
    all
}

/// Sums over the bulk.
fn bulk(law: &CellLaw, parts: &Parts, at_node: &[f64], (first, end): (usize, usize)) -> Sums {
    let n = law.nodes();
    let (mut some, mut each) = (Sums::default(), Each::default());
    // What is expected of a person at the node before holds until something that it depends on is another.
    let mut known: SmallVec<[f64; 8]> = SmallVec::new();
    // Whose filing number lies below the ceiling of a span was drawn singly.
    for (span, ceiling) in law.axis.spans.iter().zip(&law.singly.ceilings).filter(|(_, c)| **c < 1.0) {
        for (node, people) in (span.nodes.0..span.nodes.1).zip(&at_node[span.nodes.0..]) {
            let shares = (first..end).map(|offer| law.shares()[offer * n + node]);
            if !known.iter().copied().eq(std::iter::once(*ceiling).chain(shares.clone())) {
                known.clear();
                known.extend(std::iter::once(*ceiling).chain(shares));
                each = parts.each(|offer| (known[1 + offer] - ceiling).max(0.0) / (1.0 - ceiling));
            }
            some.add(*people, each);
        }
    }
    some
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

    /// Of one of people of whom such shares file under each offer. Those who get any of some parts have filing and approval numbers
    /// in a union of rectangles, each from 0 to the share who file and to the chance of approval.
    fn each(&self, share: impl Fn(usize) -> f64) -> Each {
        let mut all = Each::default();
        for waits in &self.waits {
            let (mut filed, mut area, mut from) = (0.0f64, 0.0, 0.0);
            for part in self.parts.iter().filter(|p| p.waits <= *waits) {
                area += filed * (from - part.below);
                filed = filed.max(share(part.offer));
                from = part.below;
            }
            area += filed * from;
            // What rounding leaves of nobody is nobody.
            let more = if area - all.gets > ROUNDING * area { area - all.gets } else { 0.0 };
            all.waits += more * waits;
            all.squares += more * waits * waits;
            all.gets = area;
        }
        all
    }
}

/// What is expected of one person.
#[derive(Clone, Copy, Debug, Default)]
struct Each {
    /// The chance to get anything,
    gets: f64,
    /// and to wait for it;
    waits: f64,
    /// the mean square of the share who wait.
    squares: f64,
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
    /// Adds people of one loss.
    fn add(&mut self, people: f64, Each { gets, waits, squares }: Each) {
        self.people += people * gets;
        self.wait += people * waits;
        self.squares += people * squares;
        let alike = [gets * gets, gets * waits, waits * waits];
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
