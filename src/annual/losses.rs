//! Losses of customers, cut into cells, each in the two nodes of its Gauss rule: the chance of each node and its award.
//!
//! A rule that is piecewise linear in the loss is cut where it bends or jumps, and where it rises or falls at quantiles
//! as well. Within a cell it is a line, and nodes keep number, mean and variance of the losses there: mean and variance
//! of the award are exact. Of a rule without such a schedule the awards at the nodes of more cells stand for it.

use crate::chance::severity::Severity;
use crate::engine::cell::gauss::gauss;
use crate::guideline::schedule::Schedule;

/// Parts of equal chance, the highest of which is cut further, each time at half of what is left.
const PARTS: usize = 16;
/// Chance of a higher loss at which cutting ends.
const TAIL: f64 = 1e-8;
/// Cells of a part, and of a halving above, for rules without a schedule.
const FINER: usize = 4;

/// A place of the loss axis in mean losses, and moments 0 to 3 of what lies below it.
#[derive(Clone, Copy, Debug)]
struct Edge {
    x: f64,
    below: [f64; 4],
}

impl Edge {
    fn new(law: &Severity, x: f64) -> Edge {
        Edge { x, below: law.partial_moments(x) }
    }
}

/// The lognormal law of losses of mean one, and the nodes of a rule along it.
#[derive(Debug)]
pub struct Losses {
    cv: f64,
    law: Severity,
    /// Quantiles, rising; every fourth ([`FINER`]) of them where a rule has a schedule.
    edges: Vec<Edge>,
    /// Chances of the nodes of the last rule.
    pub chances: Vec<f64>,
    /// Their awards.
    pub awards: Vec<f64>,
}

impl Losses {
    /// The same loss for everyone.
    pub fn alike() -> Losses {
        Losses { cv: 0.0, law: Severity::Degenerate, edges: Vec::new(), chances: Vec::new(), awards: Vec::new() }
    }

    /// Makes it the law of this coefficient of variation.
    pub fn vary_by(&mut self, cv: f64) {
        if cv == self.cv {
            return;
        }
        self.cv = cv;
        self.edges.clear();
        let sigma = (1.0 + cv * cv).ln().sqrt();
        self.law = if sigma > 0.0 { Severity::LogNormal { sigma } } else { Severity::Degenerate };
        if sigma > 0.0 {
            let (parts, top) = ((PARTS * FINER) as f64, 1.0 / PARTS as f64);
            let even = (1..=(PARTS - 1) * FINER).map(|k| 1.0 - k as f64 / parts);
            let halving = (1..).map(|k| top * (-(k as f64) / FINER as f64).exp2()).take_while(|q| *q >= TAIL);
            self.edges.extend(even.chain(halving).map(|q| Edge::new(&self.law, self.law.quantile_sf(q))));
        }
    }

    /// Nodes of a rule with a schedule, at this mean loss.
    pub fn along(&mut self, schedule: &Schedule, mean: f64) {
        self.clear();
        if self.edges.is_empty() || mean <= 0.0 {
            return self.add(1.0, schedule.at(mean));
        }
        let mut from = Edge::new(&self.law, 0.0);
        let mut next = FINER - 1;
        for piece in schedule.pieces() {
            let end = Edge::new(&self.law, piece.end / mean);
            while let Some(to) = self.edges.get(next).copied().filter(|to| to.x < end.x) {
                if piece.slope != 0.0 {
                    self.cell(&from, &to, |x| piece.at(mean * x));
                    from = to;
                }
                next += FINER;
            }
            match piece.slope == 0.0 {
                true => self.add(end.below[0] - from.below[0], piece.intercept),
                false => self.cell(&from, &end, |x| piece.at(mean * x)),
            }
            from = end;
        }
    }

    /// Nodes of a rule without a schedule, by what it pays for a loss.
    pub fn by_places(&mut self, mean: f64, award: impl Fn(f64) -> f64) {
        self.clear();
        if self.edges.is_empty() || mean <= 0.0 {
            return self.add(1.0, award(mean));
        }
        let mut from = Edge::new(&self.law, 0.0);
        for i in 0..=self.edges.len() {
            let to = self.edges.get(i).copied().unwrap_or_else(|| Edge::new(&self.law, f64::INFINITY));
            self.cell(&from, &to, |x| award(mean * x));
            from = to;
        }
    }

    fn clear(&mut self) {
        self.chances.clear();
        self.awards.clear();
    }

    fn add(&mut self, chance: f64, award: f64) {
        if chance > 0.0 {
            self.chances.push(chance);
            self.awards.push(award.max(0.0));
        }
    }

    fn cell(&mut self, from: &Edge, to: &Edge, award: impl Fn(f64) -> f64) {
        let moments = std::array::from_fn(|k| to.below[k] - from.below[k]);
        for node in gauss(from.x, to.x, &moments).into_iter().flatten() {
            self.add(node.weight, award(node.x));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::special::{normal_cdf, normal_pdf};
    use crate::guideline::takeup::Curve;

    /// Sums over nodes of chance × share who file × award and of chance × award².
    fn expected(losses: &Losses, curve: &Curve) -> [f64; 2] {
        let each = losses.chances.iter().zip(&losses.awards).map(|(p, a)| [p * curve.share(*a) * a, p * a * a]);
        each.fold([0.0; 2], |sum, x| [sum[0] + x[0], sum[1] + x[1]])
    }

    /// E[(X − d)⁺] and E[((X − d)⁺)²] of a lognormal of mean one, from E[X^k; X > d] = e^(k(k − 1)σ²/2)
    /// Φ((kσ² − σ²/2 − ln d) ÷ σ).
    fn excess(cv: f64, d: f64) -> [f64; 2] {
        let square = (1.0 + cv * cv).ln();
        let above =
            |k: f64| (0.5 * k * (k - 1.0) * square).exp() * normal_cdf(((k - 0.5) * square - d.ln()) / square.sqrt());
        [above(1.0) - d * above(0.0), above(2.0) - 2.0 * d * above(1.0) + d * d * above(0.0)]
    }

    #[test]
    fn means_and_variances_of_lines_bends_and_caps_are_exact() {
        let everybody = Curve::Constant(1.0);
        let mut losses = Losses::alike();
        for cv in [0.3, 2.0, 5.0] {
            losses.vary_by(cv);
            for d in [0.01, 0.7, 2.0, 10.0, 100.0] {
                losses.along(&Schedule::share_above(1.0, 1000.0 * d, 1.0), 1000.0);
                let [wanted, square] = excess(cv, d);
                let got = expected(&losses, &everybody);
                let off = [got[0] / 1000.0 - wanted, got[1] / 1e6 - square];
                assert!(off[0].abs() < 1e-9 * wanted + 1e-13, "cv {cv}, above {d}: {off:?} of {wanted}");
                assert!(off[1].abs() < 1e-7 * square + 1e-11, "cv {cv}, above {d}, squares: {off:?} of {square}");
                losses.along(&Schedule::line(0.0, 1.0).capped(1000.0 * d), 1000.0);
                let got = expected(&losses, &everybody)[0] / 1000.0;
                assert!((got / (1.0 - wanted) - 1.0).abs() < 1e-9, "cv {cv}, up to {d}: {got}");
                assert!((losses.chances.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            }
        }
        losses.vary_by(0.0);
        losses.along(&Schedule::share_above(1.0, 400.0, 1.0), 1000.0);
        assert_eq!((&losses.chances[..], &losses.awards[..]), (&[1.0][..], &[600.0][..]));
    }

    #[test]
    fn filing_that_varies_and_rules_without_a_schedule_come_near() {
        let (cv, mean) = (2.0, 10_000.0);
        let mut losses = Losses::alike();
        losses.vary_by(cv);
        let sigma = (1.0f64 + cv * cv).ln().sqrt();
        // Over z from −8 to 10 by the midpoint rule.
        let width = 1e-4;
        let whole = |f: &dyn Fn(f64) -> f64| -> f64 {
            let z = |k: i32| -8.0 + width * (f64::from(k) + 0.5);
            let loss = |z: f64| mean * (sigma * z - 0.5 * sigma * sigma).exp();
            (0..180_000).map(|k| width * normal_pdf(z(k)) * f(loss(z(k)))).sum()
        };
        for d in [0.0, 20_000.0, 100_000.0] {
            let award = |loss: f64| (loss - d).max(0.0);
            for (burden, beta) in [(10_000.0, 1.0), (30_000.0, 2.05)] {
                let curve = Curve::Logistic { awareness: 0.6, burden, beta };
                losses.along(&Schedule::share_above(1.0, d, 1.0), mean);
                let (got, wanted) = (expected(&losses, &curve)[0], whole(&|x| award(x) * curve.share(award(x))));
                assert!((got / wanted - 1.0).abs() < 0.001, "above {d}, burden {burden}: {got} for {wanted}");
            }
            losses.by_places(mean, award);
            let (got, wanted) = (expected(&losses, &Curve::Constant(1.0))[0], whole(&award));
            assert!((got / wanted - 1.0).abs() < 0.001, "above {d}, by places: {got} for {wanted}");
        }
    }
}
