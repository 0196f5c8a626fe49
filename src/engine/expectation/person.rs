//! First and second moments of what one person gets under one guideline, over loss X, filing number U and approval
//! number V.
//!
//! The loss axis is cut wherever an award bends or jumps and wherever a sum of awards crosses the loss; in between all
//! awards are lines in X. Where filing is constant on a piece, U and V fall into rectangles in each of which the
//! person's gains are one line c0 + c1·X, so partial moments 0 to 2 give both moments exactly. Where filing varies, the
//! same is done at the nodes of a composite Gauss-Legendre rule in ln X, refined towards the lower end of the piece
//! (filing rises there like a power), and above the quantile 1 − 1e-15 with filing as it is there.

use super::GUIDED;
use crate::chance::severity::Severity;
use crate::guideline::schedule::{Piece, Schedule};
use crate::guideline::takeup::Curve;
use crate::guideline::{Case, compile};
use crate::model::{Filing, Form, Rule};

/// Tail left out at the lower end of a quadrature, and taken as one piece at the upper end.
const TAIL: f64 = 1e-15;
/// Widest panel of the quadrature in ln X.
const PANEL: f64 = 0.25;

/// One rule as it meets people of one kind.
pub struct Prospect {
    /// Award in the loss as claimed.
    schedule: Schedule,
    curve: Curve,
    foreseen: f64,
    approval: f64,
    automatic: bool,
    /// Cost to the company per unit of an award in kind; `None`: money.
    in_kind: Option<f64>,
}

/// People of one kind in one slot under one guideline.
pub struct People {
    /// Rules that may give them something.
    pub prospects: Vec<Prospect>,
    /// Loss as claimed and as it was, per unit of X; 0 for people without a loss.
    pub claimed: f64,
    /// Loss as it was, per unit of X.
    pub lost: f64,
    /// Handling cost of one filed claim.
    pub claim_cost: f64,
}

/// c0 + c1·X.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Line {
    c0: f64,
    c1: f64,
}

/// First and second moments by measure.
type Sums = [(f64, f64); GUIDED.len()];

impl Prospect {
    /// A rule for people with this chance of approval.
    pub fn new(rule: &Rule, case: &Case, approval: f64, awareness: f64, foreseen: f64, world: &[f64]) -> Prospect {
        let in_kind = match &rule.form {
            Form::Cash => None,
            Form::InKind { redemption, unit_cost, .. } => Some(redemption.of(world) * unit_cost.of(world)),
        };
        Prospect {
            schedule: compile(rule, case, world),
            curve: Curve::of(&rule.filing, awareness, world),
            foreseen: if in_kind.is_none() { foreseen } else { 1.0 },
            approval,
            automatic: matches!(rule.filing, Filing::Automatic { .. }),
            in_kind,
        }
    }

    fn line(&self, loss: f64, claimed: f64) -> Line {
        let p: Piece = self.schedule.pieces()[self.schedule.tier(loss)];
        Line { c0: p.intercept, c1: p.slope * claimed }
    }

    fn filing(&self, award: f64) -> f64 {
        self.curve.share(award * self.foreseen)
    }
}

impl Line {
    fn at(&self, x: f64) -> f64 {
        self.c0 + self.c1 * x
    }

    fn plus(&self, o: &Line, factor: f64) -> Line {
        Line { c0: self.c0 + factor * o.c0, c1: self.c1 + factor * o.c1 }
    }
}

impl People {
    /// Moments of every measure of [`GUIDED`] for one of these people.
    pub fn moments(&self, severity: Option<&Severity>) -> Sums {
        let mut sums = Sums::default();
        match severity.filter(|_| self.claimed > 0.0) {
            None => self.at_point(0.0, 1.0, &mut sums),
            Some(s) => self.over(s, 1.0, 1.0, &mut sums),
        }
        sums
    }

    /// Over a severity stretched by `mean` and weighted; mixtures part by part.
    fn over(&self, severity: &Severity, weight: f64, mean: f64, sums: &mut Sums) {
        if let Severity::Mixture(parts) = severity {
            for (w, m, part) in parts {
                self.over(part, weight * w, mean * m, sums);
            }
        } else if let Some((values, weights)) = severity.atoms() {
            for (x, w) in values.iter().zip(weights) {
                self.at_point(mean * x, weight * w, sums);
            }
        } else {
            let cuts = self.cuts();
            for pair in cuts.windows(2) {
                self.piece(severity, weight, mean, pair[0], pair[1], sums);
            }
        }
    }

    fn at_point(&self, x: f64, mass: f64, sums: &mut Sums) {
        let lines: Vec<Line> = self.prospects.iter().map(|p| p.line(self.claimed * x, self.claimed)).collect();
        self.gains(&lines, x, &[mass, mass * x, mass * x * x], sums);
    }

    /// Ends of the pieces on the X axis, from 0 to infinity.
    fn cuts(&self) -> Vec<f64> {
        let mut cuts = vec![0.0, f64::INFINITY];
        for p in &self.prospects {
            cuts.extend(p.schedule.pieces().iter().map(|q| q.end / self.claimed));
        }
        tidy(&mut cuts);
        let mut more = Vec::new();
        for pair in cuts.windows(2) {
            let middle = inside(pair[0], pair[1]);
            let lines: Vec<Line> = self.prospects.iter().map(|p| p.line(self.claimed * middle, self.claimed)).collect();
            for p in self.prospects.iter().zip(&lines) {
                if let (Prospect { curve: Curve::Table(points), foreseen, .. }, line) = p {
                    more.extend(points.iter().map(|q| (q.0 / foreseen - line.c0) / line.c1));
                }
            }
            let money: Vec<&Line> =
                self.prospects.iter().zip(&lines).filter(|(p, _)| p.in_kind.is_none()).map(|(_, l)| l).collect();
            for subset in 1..1usize << money.len() {
                let chosen = money.iter().enumerate().filter(|(i, _)| subset >> i & 1 == 1);
                let sum = chosen.fold(Line::default(), |s, (_, l)| s.plus(l, 1.0));
                more.push(sum.c0 / (self.lost - sum.c1));
            }
        }
        cuts.extend(more.into_iter().filter(|x| x.is_finite() && *x > 0.0));
        tidy(&mut cuts);
        cuts
    }

    fn piece(&self, severity: &Severity, weight: f64, mean: f64, from: f64, to: f64, sums: &mut Sums) {
        let middle = inside(from, to);
        let lines: Vec<Line> = self.prospects.iter().map(|p| p.line(self.claimed * middle, self.claimed)).collect();
        let varies = self.prospects.iter().zip(&lines).any(|(p, l)| l.c1 != 0.0 && !p.curve.is_constant());
        if !varies {
            let m = between(severity, from / mean, to / mean);
            return self.gains(&lines, middle, &scaled(&m, weight, mean), sums);
        }
        let low = from.max(mean * severity.quantile(TAIL));
        let top = to.min(mean * severity.quantile_sf(TAIL));
        for (a, b) in panels(from, low, top) {
            for (x, w) in rule(a, b) {
                let mass = weight * w * severity.pdf(x / mean) / mean;
                self.gains(&lines, x, &[mass, mass * x, mass * x * x], sums);
            }
        }
        if top < to {
            let start = top.max(from);
            let m = between(severity, start / mean, to / mean);
            self.gains(&lines, start, &scaled(&m, weight, mean), sums);
        }
    }

    /// Adds the moments of people of these moments of X whose awards follow lines and who file as people at `x` do.
    fn gains(&self, lines: &[Line], x: f64, m: &[f64; 3], sums: &mut Sums) {
        if m[0] <= 0.0 {
            return;
        }
        let open = |i: &usize| lines[*i].at(x) > 0.0;
        let paying: Vec<usize> = (0..lines.len()).filter(open).collect();
        let filing: Vec<f64> = paying.iter().map(|i| self.prospects[*i].filing(lines[*i].at(x))).collect();
        let us = steps(filing.iter().copied());
        let vs = steps(paying.iter().map(|i| self.prospects[*i].approval));
        for u in us.windows(2) {
            let filed: Vec<usize> = paying.iter().zip(&filing).filter(|(_, f)| **f >= u[1]).map(|(i, _)| *i).collect();
            if filed.is_empty() {
                continue;
            }
            for v in vs.windows(2) {
                let approved: Vec<usize> =
                    filed.iter().copied().filter(|i| self.prospects[*i].approval >= v[1]).collect();
                let share = (u[1] - u[0]) * (v[1] - v[0]);
                for (sum, line) in sums.iter_mut().zip(self.measures(&filed, &approved, lines, x)) {
                    let (first, second) = line_moments(line, m);
                    sum.0 += share * first;
                    sum.1 += share * second;
                }
            }
        }
    }

    /// What a person gets, in the order of [`GUIDED`].
    fn measures(&self, filed: &[usize], approved: &[usize], lines: &[Line], x: f64) -> [Line; GUIDED.len()] {
        let flag = |yes: bool| Line { c0: f64::from(yes), c1: 0.0 };
        let claims = flag(filed.iter().any(|i| !self.prospects[*i].automatic));
        let automatic = flag(filed.iter().any(|i| self.prospects[*i].automatic));
        let (mut money, mut kind) = (Line::default(), Line::default());
        for i in approved {
            match self.prospects[*i].in_kind {
                None => money = money.plus(&lines[*i], 1.0),
                Some(cost) => kind = kind.plus(&lines[*i], cost),
            }
        }
        let paid = flag(approved.iter().any(|i| self.prospects[*i].in_kind.is_none()));
        let loss = Line { c0: 0.0, c1: self.lost };
        let compensated = if money.at(x) < loss.at(x) { money } else { loss };
        let lost = self.lost > 0.0 && !approved.is_empty();
        let cost = money.plus(&kind, 1.0).plus(&claims, self.claim_cost);
        [claims, automatic, flag(!approved.is_empty()), paid, money, kind, cost, flag(lost), compensated]
    }
}

fn line_moments(line: Line, m: &[f64; 3]) -> (f64, f64) {
    if line.c1 == 0.0 {
        return (line.c0 * m[0], line.c0 * line.c0 * m[0]);
    }
    let Line { c0, c1 } = line;
    (c0 * m[0] + c1 * m[1], c0 * c0 * m[0] + 2.0 * c0 * c1 * m[1] + c1 * c1 * m[2])
}

/// Moments 0 to 2 of X between two places; in the upper half from above, so that tails keep their digits.
fn between(severity: &Severity, from: f64, to: f64) -> [f64; 3] {
    let upper = |x: f64| if x.is_finite() { severity.upper_moments(x) } else { [0.0; 3] };
    let above = upper(from);
    if to.is_infinite() || (from >= severity.quantile(0.5) && above[2].is_finite()) {
        let beyond = upper(to);
        return std::array::from_fn(|k| above[k] - beyond[k]);
    }
    let (low, high) = (severity.partial_moments(from), severity.partial_moments(to));
    std::array::from_fn(|k| high[k] - low[k])
}

fn scaled(m: &[f64; 3], weight: f64, mean: f64) -> [f64; 3] {
    [weight * m[0], weight * mean * m[1], weight * mean * mean * m[2]]
}

/// 0, the distinct values, 1.
fn steps(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut all: Vec<f64> = values.chain([0.0, 1.0]).collect();
    tidy(&mut all);
    all
}

fn tidy(values: &mut Vec<f64>) {
    values.retain(|v| !v.is_nan());
    values.sort_unstable_by(f64::total_cmp);
    values.dedup();
}

fn inside(from: f64, to: f64) -> f64 {
    if to.is_finite() { 0.5 * (from + to) } else { 2.0 * from + 1.0 }
}

/// Panels from `low` to `top`: even in ln X, and finer by factors of four towards the start of the piece.
fn panels(start: f64, low: f64, top: f64) -> Vec<(f64, f64)> {
    if top <= low {
        return Vec::new();
    }
    let count = ((top / low).ln() / PANEL).ceil().max(1.0);
    let mut edges: Vec<f64> = (0..=count as usize).map(|i| low * ((top / low).ln() * i as f64 / count).exp()).collect();
    (edges[0], edges[count as usize]) = (low, top);
    let width = edges[1] - start;
    edges.extend((1..24).map(|k| start + width * 0.25f64.powi(k)).filter(|x| *x > low));
    tidy(&mut edges);
    edges.windows(2).map(|w| (w[0], w[1])).collect()
}

/// Gauss-Legendre rule with eight nodes between two places: (place, weight).
fn rule(from: f64, to: f64) -> impl Iterator<Item = (f64, f64)> {
    const NODES: [(f64, f64); 4] = [
        (0.183_434_642_495_649_8, 0.362_683_783_378_362),
        (0.525_532_409_916_329, 0.313_706_645_877_887_3),
        (0.796_666_477_413_626_7, 0.222_381_034_453_374_47),
        (0.960_289_856_497_536_3, 0.101_228_536_290_376_26),
    ];
    let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
    NODES.iter().flat_map(move |(x, w)| [(middle - half * x, half * w), (middle + half * x, half * w)])
}
