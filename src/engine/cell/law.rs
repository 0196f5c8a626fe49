//! The law of a cell: the loss axis with every offer's award and filing share on it, which people are drawn singly, and
//! how the rest are spread over strips.

use super::axis::{Axis, Node};
use super::class::CLASSES_OF_TWICE;
use super::grid::{SeverityGrid, Varying};
use super::settle::makes_whole;
use super::singly::Singly;
use super::strips::Strips;
use super::{CellInput, Offer, kinks};
use crate::guideline::schedule::{Piece, Schedule};
use smallvec::SmallVec;

/// Size class below which everybody is drawn singly: 128 people.
const SMALLEST_BULK: u32 = 7 * CLASSES_OF_TWICE;

/// A piece of an offer's schedule as it is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tier {
    /// Award = intercept + slope × X.
    pub intercept: f64,
    /// Award per unit of X.
    pub slope: f64,
    /// Its nodes with an award above 0: first and end.
    pub nodes: (usize, usize),
    /// True when no award of it exceeds the loss.
    pub within_loss: bool,
    /// True when an award of it makes a loss whole.
    pub fills: bool,
    /// Where award and loss cross inside a span.
    pub crossing: Option<Crossing>,
}

impl Tier {
    /// The line of its awards times a factor.
    pub(super) fn scaled(&self, factor: f64) -> Piece {
        let (intercept, slope) = (factor * self.intercept, factor * self.slope);
        Piece { end: f64::INFINITY, end_inside: false, intercept, slope }
    }
}

/// A span in which an award and the loss cross.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Its nodes: first and last.
    pub nodes: [usize; 2],
    /// What one person at each of them misses of min(award, loss), for the losses that the person stands for lie on both
    /// sides.
    pub missed: [f64; 2],
    /// The part of each that the award makes whole.
    pub whole: [f64; 2],
}

/// The law of a cell.
#[derive(Debug, Default)]
pub struct CellLaw {
    /// True when everybody is drawn singly.
    pub all_singly: bool,
    /// True when everybody entitled gets every offer: U and V need not be drawn.
    pub certain: bool,
    /// True when losses have a few values only: sums then lie on a lattice, and people at a node are whole.
    pub lattice: bool,
    /// The loss axis up to where losses are drawn singly.
    pub axis: Axis,
    /// Awards: `[offer][node]`.
    awards: Vec<f64>,
    /// Filing shares: `[offer][node]`.
    shares: Vec<f64>,
    /// Nodes from which on the share of some offer is another although no share of it varies with the loss; rising.
    turns: Vec<usize>,
    /// Tiers of all offers.
    tiers: Vec<Tier>,
    /// Where each offer's tiers end in the list.
    tier_ends: Vec<usize>,
    /// People drawn singly.
    pub singly: Singly,
    /// Everybody else.
    pub strips: Strips,
}

/// Memory for making laws, used again and again.
#[derive(Default)]
pub struct Bench {
    /// Places where the loss axis is cut,
    breaks: Vec<f64>,
    /// and where anything varies on it.
    varying: Varying,
    /// Memory of the strips.
    pub strips: super::strips::Bench,
}

impl CellLaw {
    /// Makes this the law of a cell of a size class. What was here before only lends its memory.
    pub fn fill(&mut self, input: &CellInput, grid: &SeverityGrid, class: u32, bench: &mut Bench) {
        self.certain = input.offers.iter().all(always);
        self.lattice = grid.severity.atoms().is_some();
        self.all_singly = class < SMALLEST_BULK;
        if self.all_singly {
            return;
        }
        let (top, top_share) = grid.top(class);
        breaks(input, grid, &mut bench.breaks);
        kinks::varying(input, &mut bench.varying);
        grid.axis(&mut bench.breaks, &bench.varying, top, &mut self.axis);
        self.evaluate(input);
        if kinks::crossings(self, input, &mut bench.breaks) {
            grid.axis(&mut bench.breaks, &bench.varying, top, &mut self.axis);
            self.evaluate(input);
        }
        self.find_tiers(input, grid);
        let mut singly = std::mem::take(&mut self.singly);
        singly.choose(self, input, class, top_share);
        self.singly = singly;
        let mut strips = std::mem::take(&mut self.strips);
        strips.lay(self, input, &mut bench.strips);
        self.strips = strips;
        self.all_singly = self.singly.share >= 1.0 || self.strips.bulk <= 0.0;
    }

    /// Number of nodes.
    pub fn nodes(&self) -> usize {
        self.axis.nodes.len()
    }

    /// Probability of X at a range of nodes that are whole spans.
    pub fn weight_of(&self, from: usize, to: usize) -> f64 {
        let spans = &self.axis.spans;
        let first = spans.partition_point(|s| s.nodes.0 < from).min(spans.len() - 1);
        let last = spans.partition_point(|s| s.nodes.1 < to).min(spans.len() - 1);
        spans[last].below + spans[last].weight - spans[first].below
    }

    /// Awards of an offer at the nodes.
    pub fn awards_of(&self, offer: usize) -> &[f64] {
        &self.awards[offer * self.nodes()..(offer + 1) * self.nodes()]
    }

    /// Filing shares of an offer at the nodes; 0 where the award is nothing.
    pub fn shares_of(&self, offer: usize) -> &[f64] {
        &self.shares[offer * self.nodes()..(offer + 1) * self.nodes()]
    }

    /// All filing shares, `[offer][node]`.
    #[inline]
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// Nodes from which on the share of some offer is another although no share of it varies with the loss; rising.
    #[inline]
    pub fn turns(&self) -> &[usize] {
        &self.turns
    }

    /// Tiers of an offer.
    pub fn tiers_of(&self, offer: usize) -> &[Tier] {
        let first = if offer == 0 { 0 } else { self.tier_ends[offer - 1] };
        &self.tiers[first..self.tier_ends[offer]]
    }

    fn evaluate(&mut self, input: &CellInput) {
        self.awards.clear();
        self.shares.clear();
        self.turns.clear();
        let nodes = &self.axis.nodes;
        for o in &input.offers {
            let pieces = o.schedule.pieces();
            let steps = pieces.len() > 1 && !o.varies();
            let mut from = 0;
            for (p, share) in pieces.iter().zip(&o.piece_shares) {
                let to = end_of(p, nodes, from);
                match share {
                    Some(share) => {
                        self.awards.resize(self.awards.len() + to - from, p.intercept);
                        self.shares.resize(self.shares.len() + to - from, *share);
                    }
                    None => {
                        for n in &nodes[from..to] {
                            let award = p.at(n.x);
                            self.awards.push(award);
                            self.shares.push(o.curve.share(award * o.foreseen_factor));
                        }
                    }
                }
                if steps {
                    self.turns.push(to);
                }
                from = to;
            }
        }
        self.turns.sort_unstable();
    }

    fn find_tiers(&mut self, input: &CellInput, grid: &SeverityGrid) {
        self.tiers.clear();
        self.tier_ends.clear();
        let nodes = &self.axis.nodes;
        for (i, o) in input.offers.iter().enumerate() {
            let awards = &self.awards[i * nodes.len()..(i + 1) * nodes.len()];
            let mut j = 0;
            for piece in o.schedule.pieces() {
                let from = j;
                j = end_of(piece, nodes, from);
                let Some(start) = (from..j).find(|k| awards[*k] > 0.0) else { continue };
                // An award that is the same at all nodes ends with them.
                let flat = piece.slope == 0.0;
                let stop = if flat { j } else { (start..j).find(|k| awards[*k] <= 0.0).unwrap_or(j) };
                let within = |k: usize| awards[k] <= input.true_scale * nodes[k].x;
                let money = o.in_kind.is_none() && input.true_scale > 0.0;
                let crossing = if money { self.crossing(piece, (start, stop), input.true_scale, grid) } else { None };
                self.tiers.push(Tier {
                    intercept: piece.intercept,
                    slope: piece.slope,
                    nodes: (start, stop),
                    within_loss: !money || (crossing.is_none() && (start..stop).all(within)),
                    fills: money && (start..stop).any(|k| makes_whole(awards[k], input.true_scale * nodes[k].x)),
                    crossing,
                });
            }
            self.tier_ends.push(self.tiers.len());
        }
    }

    /// Where award and loss cross inside a span the two nodes miss part of min(award, loss). A person at a node stands for
    /// losses all over the span, by the line in X that is 1 at this node and 0 at the other (the same as in
    /// [`Axis::spread`], so what is expected of both together is exact).
    pub(super) fn crossing(
        &self,
        piece: &Piece,
        (start, stop): (usize, usize),
        true_scale: f64,
        grid: &SeverityGrid,
    ) -> Option<Crossing> {
        let at = piece.intercept / (true_scale - piece.slope);
        if at.is_nan() || at <= 0.0 {
            return None;
        }
        let spans = &self.axis.spans;
        let span = spans[..spans.partition_point(|s| s.from < at)].last()?;
        let (first, end) = span.nodes;
        if at >= span.to || first < start || end > stop {
            return None;
        }
        let nodes = &self.axis.nodes[first..end];
        let below = grid.moments_between(span.from, at);
        let above: [f64; 3] =
            std::array::from_fn(|k| nodes.iter().map(|n| n.weight * n.x.powi(k as i32)).sum::<f64>() - below[k]);
        let (loss, award) = ([0.0, true_scale], [piece.intercept, piece.slope]);
        let lines = if piece.intercept > 0.0 {
            [(&below[..3], loss), (&above[..], award)]
        } else {
            [(&below[..3], award), (&above[..], loss)]
        };
        // Where the award is no less than the loss.
        let enough = if piece.intercept > 0.0 { &below[..3] } else { &above[..] };
        let two = |n: &Node| piece.at(n.x).min(true_scale * n.x);
        let last = end - 1;
        let gap = nodes[last - first].x - nodes[0].x;
        // Of a node alone, and of two so close that rounding would tell them apart, the mean of the span.
        if gap <= CLOSE * nodes[0].x {
            let exact: f64 = lines.iter().map(|(part, line)| line[0] * part[0] + line[1] * part[1]).sum();
            let missed = (exact - nodes.iter().map(|n| n.weight * two(n)).sum::<f64>()) / span.weight;
            let whole = (enough[0] / span.weight).clamp(0.0, 1.0);
            return Some(Crossing { nodes: [first, last], missed: [missed; 2], whole: [whole; 2] });
        }
        let ends = [(0, nodes[1].x, 1.0), (1, nodes[0].x, -1.0)];
        let whole = ends.map(|(k, other, sign)| sign * (other * enough[0] - enough[1]) / gap / nodes[k].weight);
        let missed = ends.map(|(k, other, sign)| {
            let share = |part: &[f64], line: [f64; 2]| {
                let with = |k: usize| sign * (other * part[k] - part[k + 1]) / gap;
                line[0] * with(0) + line[1] * with(1)
            };
            let exact: f64 = lines.iter().map(|(part, line)| share(part, *line)).sum();
            exact / nodes[k].weight - two(&nodes[k])
        });
        Some(Crossing { nodes: [first, last], missed, whole })
    }

    /// What one person at a node has made good by an award (there, and at the other node of the pair) that no break was
    /// made for, and whether that is the loss: with what [`CellLaw::crossing`] says where it crosses the loss inside the span.
    pub(super) fn made_good_at(
        &self,
        node: usize,
        [here, other]: [f64; 2],
        true_scale: f64,
        grid: &SeverityGrid,
    ) -> (f64, f64) {
        let (at, mate) = (&self.axis.nodes[node], &self.axis.nodes[self.axis.mate(node)]);
        let loss = true_scale * at.x;
        let (good, whole) = (here.min(loss), f64::from(makes_whole(here, loss)));
        let spans = &self.axis.spans;
        let nodes = spans[spans.partition_point(|s| s.nodes.1 <= node)].nodes;
        if nodes.1 - nodes.0 < 2 {
            return (good, whole);
        }
        let slope = if here == other { 0.0 } else { (other - here) / (mate.x - at.x) };
        let line = Piece { end: f64::INFINITY, end_inside: false, intercept: here - slope * at.x, slope };
        let Some(crossing) = self.crossing(&line, nodes, true_scale, grid) else { return (good, whole) };
        let k = node - nodes.0;
        ((good + crossing.missed[k]).max(0.0), crossing.whole[k])
    }
}

/// Where the nodes from one on that a piece holds end.
#[inline]
fn end_of(piece: &Piece, nodes: &[Node], from: usize) -> usize {
    if piece.end == f64::INFINITY { nodes.len() } else { from + nodes[from..].partition_point(|n| piece.holds(n.x)) }
}

/// Distance of two nodes, as a share of the loss, up to which they count as one place.
const CLOSE: f64 = 1e-4;

/// True when whoever is entitled gets it: filing and approval numbers do not matter.
fn always(o: &Offer) -> bool {
    o.curve.is_constant() && o.curve.highest() == 1.0 && o.approval == 1.0
}

/// A loss, relative to the mean, from which on it matters to inequality whether it is made good.
const LARGE: f64 = 0.5;

/// Losses at which schedules bend or jump; points of take-up tables; losses that awards of money make up, several of them
/// together or one alone. (Where one does that few people have, or so small that it hardly tells, its tier has a correction
/// instead of a cut.)
fn breaks(input: &CellInput, grid: &SeverityGrid, out: &mut Vec<f64>) {
    out.clear();
    for o in &input.offers {
        out.extend(o.schedule.pieces().iter().map(|p| p.end));
        out.extend(kinks::table_points(o));
        out.extend(kinks::risings(o, grid.ratio));
        // What people who claim more than they lost are due bends where their own loss does.
        if let Some(truth) = input.truth.filter(|truth| *truth > 0.0) {
            out.extend(o.schedule.pieces().iter().map(|p| p.end / truth));
        }
    }
    if input.true_scale > 0.0 {
        for (_, first, end) in input.by_guideline() {
            let mut money = input.offers[first..end].iter().filter(|o| o.in_kind.is_none()).map(|o| &o.schedule);
            match (money.next(), money.next()) {
                (None, _) => {}
                (Some(one), None) => {
                    out.extend(made_up(one, input.true_scale).filter(|at| (LARGE..grid.rare).contains(at)));
                }
                (Some(one), Some(other)) => {
                    let money: SmallVec<[&Schedule; 8]> = [one, other].into_iter().chain(money).collect();
                    sums(&money, &Schedule::constant(0.0), input.true_scale, out);
                }
            }
        }
    }
}

/// Offers of one guideline up to which the sums of every choice of them are looked at; of more, each with all before it.
const MOST_CHOICES: usize = 5;

/// Losses that an award makes up.
fn made_up(award: &Schedule, true_scale: f64) -> impl Iterator<Item = f64> + '_ {
    let starts = std::iter::once(0.0).chain(award.pieces().iter().map(|p| p.end));
    award.pieces().iter().zip(starts).filter_map(move |(p, from)| {
        let at = p.intercept / (true_scale - p.slope);
        (at > from && at < p.end).then_some(at)
    })
}

/// Losses at which the sum of some of these awards equals the loss.
fn sums(rest: &[&Schedule], so_far: &Schedule, true_scale: f64, out: &mut Vec<f64>) {
    let Some((next, rest)) = rest.split_first() else { return };
    let with = so_far.plus(next);
    out.extend(made_up(&with, true_scale));
    sums(rest, &with, true_scale, out);
    if rest.len() < MOST_CHOICES {
        sums(rest, so_far, true_scale, out);
    }
}
