//! The loss axis of a cell: segments between all breakpoints and a grid of X, and in each segment the two-point Gauss
//! rule of its own truncated law.
//!
//! The rule is made from the segment's partial moments 0 to 3 (Golub and Welsch 1969, case n = 2), so counts, means and
//! variances of anything linear in X are exact, and filing inside a segment is integrated to third order. Where no award
//! and no share who file depends on the loss one span does, however long; who is where inside it is told by its places
//! ([`Axis::spread`]).

use super::axis::{Axis, Node, Pair};
use super::class::people_of;
use super::gauss::gauss;
use super::singly::FEW;
use crate::chance::quantile_table::QuantileTable;
use crate::chance::severity::{Severity, Stretch};

/// A severity with what every cell needs of it.
pub struct SeverityGrid {
    /// The law of X.
    pub severity: Severity,
    table: Option<QuantileTable>,
    edges: Vec<f64>,
    moments: Vec<[f64; 4]>,
    /// From here on steps are no longer than the grid's ratio.
    fine_from: f64,
    /// Ratio of neighbouring edges, at most.
    pub ratio: f64,
    /// Ratio of the ends of a sliver.
    sliver: f64,
    /// X that hardly anybody exceeds: one of ten thousand.
    pub rare: f64,
    segments: Vec<Segment>,
    whole: [f64; 4],
    /// True where less than [`HARDLY`] of all losses lies above the grid.
    closed: bool,
    /// Edges, and the share above each; of a law of a few values, which has none, its end.
    tops: Vec<(f64, f64)>,
    tail: Tail,
}

/// The far tail.
struct Tail {
    /// Where it starts.
    from: f64,
    /// Partial moments up to there.
    below: [f64; 4],
    /// All of it as one node.
    node: Option<Node>,
}

/// A segment between two edges of the grid.
struct Segment {
    /// Its nodes where no break cuts it; `None` where nobody is.
    nodes: Option<Pair>,
    /// Its partial moments, where the law is smooth.
    stretch: Option<Stretch>,
    /// End and nodes of this and the next together, unless one of them is long already.
    with_next: Option<(f64, Option<Pair>)>,
}

/// Lower end of the grid at a ratio of 2, falling with the fourth power of the step as the errors of the rule do, and its
/// upper end, as probabilities in the tails. Below the lower end one segment does: what lies there is five people of a
/// thousand and less of the money, and its mean and variance are still exact.
const GRID_TAILS: (f64, f64) = (5e-3, 1e-13);
/// Lower tail in which steps are twice as long: few people, and less of the money.
const COARSE_TAIL: f64 = 0.03;

/// Share of all losses that is nothing where only expectations are asked for.
const HARDLY: f64 = 1e-6;

/// Part of the first segment, by its length, up to which its moments are worked out in full.
const SMALL: f64 = 0.25;

/// What a break leaves of a step of the grid is a sliver up to this part of a step.
const SLIVER: f64 = 0.2;

impl SeverityGrid {
    /// Grid whose neighbouring edges differ by a factor of at most `ratio` (> 1).
    pub fn new(severity: Severity, ratio: f64) -> SeverityGrid {
        let atoms = severity.atoms().is_some();
        let (mut edges, mut moments) = (vec![0.0], vec![[0.0; 4]]);
        let mut fine_from = f64::INFINITY;
        if !atoms {
            let finer = (ratio.ln() / 2f64.ln()).powi(4).min(1.0);
            let [low, middle] = [GRID_TAILS.0 * finer, COARSE_TAIL].map(|p| severity.quantile(p).max(1e-9));
            edges.push(low);
            steps(low, middle, ratio * ratio, &mut edges);
            fine_from = edges[edges.len() - 1];
            steps(middle, severity.quantile_sf(GRID_TAILS.1), ratio, &mut edges);
            moments.extend(edges[1..].iter().map(|x| severity.partial_moments(*x)));
        }
        let table = (!atoms).then(|| QuantileTable::for_severity(&severity));
        let whole = severity.partial_moments(f64::MAX);
        let tops = match atoms {
            true => vec![(f64::INFINITY, 0.0)],
            false => edges[1..].iter().map(|x| (*x, severity.sf(*x))).collect(),
        };
        let tail = far_tail(&severity);
        let closed = moments.last().is_some_and(|upto| whole[1] - upto[1] < HARDLY * whole[1]);
        let rare = severity.quantile_sf(1e-4);
        let mut grid = SeverityGrid {
            severity,
            table,
            edges,
            moments,
            fine_from,
            ratio,
            sliver: ratio.powf(SLIVER),
            rare,
            segments: Vec::new(),
            whole,
            closed,
            tops,
            tail,
        };
        grid.segments = (0..grid.edges.len() - 1).map(|i| grid.segment(i)).collect();
        grid
    }

    fn segment(&self, i: usize) -> Segment {
        let (from, to) = (self.edges[i], self.edges[i + 1]);
        let upto = |end: usize| gauss(from, self.edges[end], &less(&self.moments[end], &self.moments[i]));
        let with_next = (from >= self.fine_from && i + 2 < self.edges.len()).then(|| (self.edges[i + 2], upto(i + 2)));
        Segment { nodes: upto(i + 1), stretch: Stretch::new(&self.severity, from, to), with_next }
    }

    /// X above which the losses of a cell of this size class are drawn singly, and the share above it: the lowest edge of the
    /// grid that no more than [`FEW`] people are expected above, or the last one.
    pub fn top(&self, class: u32) -> (f64, f64) {
        let people = people_of(class);
        let few = self.tops.partition_point(|(_, share)| people * share > FEW);
        self.tops[few.min(self.tops.len() - 1)]
    }

    /// Moments 0 to 3 of the part of a segment up to `x`.
    fn part(&self, segment: usize, x: f64) -> [f64; 4] {
        if x == self.edges[segment] {
            return [0.0; 4];
        }
        if x == self.edges[segment + 1] {
            return less(&self.moments[segment + 1], &self.moments[segment]);
        }
        // Of a small part of the first segment the series knows nothing: its error is a part of the whole segment.
        let small = segment == 0 && x < SMALL * self.edges[1];
        if let Some(stretch) = self.segments[segment].stretch.as_ref().filter(|_| !small) {
            return stretch.upto(x);
        }
        let upto = if x == self.tail.from { self.tail.below } else { self.severity.partial_moments(x) };
        std::array::from_fn(|k| upto[k] - self.moments[segment][k])
    }

    /// The X below which a share `u` lies.
    #[inline]
    pub fn quantile(&self, u: f64) -> f64 {
        self.table.as_ref().map_or_else(|| self.severity.quantile(u), |t| t.quantile(u))
    }

    /// The X above which a share `q` lies.
    #[inline]
    pub fn quantile_sf(&self, q: f64) -> f64 {
        self.table.as_ref().map_or_else(|| self.severity.quantile_sf(q), |t| t.quantile_sf(q))
    }

    /// Nodes of X up to `top` (everything when infinite), with segments cut at `breaks` (any order, may be outside;
    /// sorted by the call). Where nothing varies all from one break to the next is one span; outside bends two segments
    /// that no break cuts are taken together.
    pub fn axis(&self, breaks: &mut Vec<f64>, varying: &Varying, top: f64, out: &mut Axis) {
        out.clear();
        if let Some((values, weights)) = self.severity.atoms() {
            for (x, w) in values.iter().zip(weights).filter(|(x, w)| **x <= top && **w > 0.0) {
                out.add(*x, *x, &[Node { x: *x, weight: *w, middle: *x }]);
            }
            return;
        }
        breaks.retain(|b| b.is_finite() && *b > 0.0 && *b < top);
        if top.is_finite() {
            breaks.push(top);
        }
        breaks.sort_unstable_by(f64::total_cmp);
        breaks.dedup();
        let Some(highest) = self.edges.last() else { return };
        let inside = breaks.partition_point(|b| b < highest);
        let mut from = Spot { x: 0.0, segment: 0, part: [0.0; 4] };
        for x in breaks[..inside].iter().chain([highest]) {
            let to = self.spot(from.segment, *x);
            self.stretch(&from, &to, varying, out);
            if *x == top {
                return;
            }
            from = to;
        }
        let cuts = breaks[inside..].iter().copied().filter(|b| b > highest);
        self.beyond(*highest, cuts.chain(top.is_infinite().then_some(top)), |from, to, pair| out.add(from, to, pair));
    }

    /// Tells what is asked of stretches of X that lie end to end from 0 on, each with its upper end, the last infinite: the
    /// place of the stretch, a loss and the share of the people who stand there, but for a millionth of the losses at most.
    /// Not for a law of a few values.
    pub fn along(&self, stretches: &[(f64, Asked)], mut tell: impl FnMut(usize, f64, f64)) {
        let highest = self.edges[self.edges.len() - 1];
        let (mut from, mut start) = (0.0, Spot { x: 0.0, segment: 0, part: [0.0; 4] });
        for (place, &(end, asked)) in stretches.iter().enumerate() {
            let end = if self.closed { end.min(highest) } else { end };
            let stop = self.spot(start.segment, end.min(highest));
            match asked {
                Asked::Nothing => {}
                Asked::Share => {
                    let share = if end <= highest {
                        self.below(&stop) - self.below(&start)
                    } else if from <= highest && end.is_infinite() {
                        self.whole[0] - self.below(&start)
                    } else {
                        self.severity.sf(from) - self.severity.sf(end)
                    };
                    tell(place, from, share.max(0.0));
                }
                Asked::Nodes => {
                    let mut pair = |_, _, pair: &Pair| pair.iter().for_each(|n| tell(place, n.x, n.weight));
                    self.pieces(&start, &stop, &[], |from, to, nodes, _| pair(from, to, nodes));
                    if end > highest {
                        self.beyond(from.max(highest), std::iter::once(end), pair);
                    }
                }
            }
            (from, start) = (end, stop);
        }
    }

    /// Share of the people below a place.
    fn below(&self, at: &Spot) -> f64 {
        self.moments[at.segment][0] + at.part[0]
    }

    /// A place of the grid, in this segment or a later one.
    fn spot(&self, mut segment: usize, x: f64) -> Spot {
        while segment + 1 < self.edges.len() && self.edges[segment + 1] <= x {
            segment += 1;
        }
        let part = if x > self.edges[segment] { self.part(segment, x) } else { [0.0; 4] };
        Spot { x, segment, part }
    }

    /// Spans between two breaks.
    fn stretch(&self, from: &Spot, to: &Spot, varying: &Varying, out: &mut Axis) {
        let several = to.segment > from.segment + usize::from(to.part == [0.0; 4]);
        if several && !crosses(&varying.anything, from.x, to.x) {
            let nodes = gauss(from.x, to.x, &self.moments_of(from, to));
            if let Some(nodes) = nodes.filter(apart) {
                // No two steps together: places are what tells apart the losses inside.
                let every = [(0.0, f64::INFINITY)];
                out.add_long(from.x, to.x, &nodes, |place| self.pieces(from, to, &every, |_, _, pair, _| place(pair)));
                return;
            }
        }
        self.pieces(from, to, &varying.bends, |from, to, pair, steps| match steps {
            [first, second] if apart(pair) => out.add_long(from, to, pair, |place| {
                [first, second].into_iter().filter_map(|step| step.nodes.as_ref()).for_each(place);
            }),
            _ => out.add(from, to, pair),
        });
    }

    /// Tells ends and nodes of the pieces of the grid between two places: segments, two together outside bends, which are told
    /// with it; a sliver beside one of the places goes with its neighbour.
    fn pieces(
        &self,
        start: &Spot,
        end: &Spot,
        bends: &[(f64, f64)],
        mut tell: impl FnMut(f64, f64, &Pair, &[Segment]),
    ) {
        let mut from = *start;
        while from.x < end.x {
            let (i, whole) = (from.segment, from.x == self.edges[from.segment]);
            let segment = &self.segments[i];
            let sliver = !whole && self.edges[i + 1] < self.sliver * from.x;
            let pair = || segment.with_next.as_ref().filter(|(to, _)| *to <= end.x && !crosses(bends, from.x, *to));
            let (mut next, mut nodes) = (i + 1 + usize::from(sliver), &segment.nodes);
            let mut steps: &[Segment] = &[];
            if let Some((_, together)) = pair().filter(|_| whole) {
                (next, nodes, steps) = (i + 2, together, &self.segments[i..i + 2]);
            }
            let edge = self.edges.get(next).copied().filter(|edge| self.sliver * edge < end.x);
            let to = edge.map_or(*end, |x| Spot { x, segment: next, part: [0.0; 4] });
            let cut;
            if !whole || self.edges.get(next) != Some(&to.x) {
                cut = gauss(from.x, to.x, &self.moments_of(&from, &to));
                (nodes, steps) = (&cut, &[]);
            }
            if let Some(nodes) = nodes {
                tell(from.x, to.x, nodes, steps);
            }
            from = to;
        }
    }

    /// Tells ends and nodes of the parts above the grid, where hardly anybody is, from one loss on up to each of some cuts.
    fn beyond(&self, from: f64, cuts: impl Iterator<Item = f64>, mut tell: impl FnMut(f64, f64, &Pair)) {
        let highest = self.moments[self.moments.len() - 1];
        let inside = from > self.edges[self.edges.len() - 1];
        let (mut at, mut below) = (from, if inside { self.severity.partial_moments(from) } else { highest });
        for cut in cuts {
            let upto = if cut.is_finite() { self.severity.partial_moments(cut) } else { self.whole };
            if let Some(nodes) = gauss(at, cut, &less(&upto, &below)) {
                tell(at, cut, &nodes);
            }
            (at, below) = (cut, upto);
        }
    }

    /// Moments 0 to 3 between two losses.
    pub fn moments_between(&self, from: f64, to: f64) -> [f64; 4] {
        let highest = self.edges[self.edges.len() - 1];
        if to > highest {
            return less(&self.severity.partial_moments(to), &self.severity.partial_moments(from));
        }
        let from = self.spot(0, from);
        self.moments_of(&from, &self.spot(from.segment, to))
    }

    fn moments_of(&self, from: &Spot, to: &Spot) -> [f64; 4] {
        let between: [f64; 4] = std::array::from_fn(|k| self.moments[to.segment][k] - self.moments[from.segment][k]);
        std::array::from_fn(|k| (between[k] + to.part[k] - from.part[k]).max(0.0))
    }
}

/// A place of the grid: a loss, its segment, and the moments of that from its beginning up to the loss.
#[derive(Clone, Copy)]
struct Spot {
    x: f64,
    segment: usize,
    part: [f64; 4],
}

/// Stretches of the loss axis on which something varies with the loss.
#[derive(Debug, Default)]
pub struct Varying {
    /// Awards or shares who file.
    pub anything: Vec<(f64, f64)>,
    /// Shares who file, so much that the grid must be fine.
    pub bends: Vec<(f64, f64)>,
}

/// What is asked of a stretch of the loss axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// How large a share of the people it holds.
    Share,
    /// Nodes, where something varies with the loss.
    Nodes,
}

/// True of two nodes that a line can be drawn through.
fn apart([one, two]: &Pair) -> bool {
    one.x < two.x && one.weight > 0.0 && two.weight > 0.0
}

/// True when one of some stretches has a part between two places.
fn crosses(stretches: &[(f64, f64)], from: f64, to: f64) -> bool {
    stretches.iter().any(|(a, b)| *a < to && *b > from)
}

/// What moments exceed others by.
fn less(upto: &[f64; 4], below: &[f64; 4]) -> [f64; 4] {
    std::array::from_fn(|k| (upto[k] - below[k]).max(0.0))
}

/// Edges above `low` up to `high` in equal steps of at most this ratio.
fn steps(low: f64, high: f64, ratio: f64, edges: &mut Vec<f64>) {
    if high > low {
        let steps = ((high / low).ln() / ratio.ln()).ceil().max(1.0);
        let factor = (high / low).powf(1.0 / steps);
        edges.extend((1..=steps as usize).map(|i| low * factor.powi(i as i32)));
    }
}

/// Share of the law in its far tail, which is taken at its mean where only expectations are asked for.
const TAIL: f64 = 1e-8;

fn far_tail(severity: &Severity) -> Tail {
    let from = severity.quantile_sf(TAIL);
    let above = severity.upper_moments(from);
    let node = (above[0] > 0.0).then(|| Node { x: above[1] / above[0], weight: above[0], middle: above[1] / above[0] });
    Tail { from, below: severity.partial_moments(from), node }
}

impl SeverityGrid {
    /// The whole axis, the part above the quantile 1 − [`TAIL`] as one node at its mean.
    pub fn axis_with_tail(&self, breaks: &mut Vec<f64>, varying: &Varying, out: &mut Axis) {
        if self.severity.atoms().is_some() {
            return self.axis(breaks, varying, f64::INFINITY, out);
        }
        self.axis(breaks, varying, self.tail.from, out);
        if let Some(node) = self.tail.node {
            out.add(self.tail.from, f64::INFINITY, &[node]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> SeverityGrid {
        SeverityGrid::new(Severity::LogNormal { sigma: 1.6 }, 2.0)
    }

    /// Moments between places that are one, two and many segments apart, against the closed form.
    #[test]
    fn moments_between_places_are_those_of_the_law() {
        let grid = grid();
        let ends = grid.edges.clone();
        for (from, to) in
            [(0.0, ends[4]), (0.0, 0.9 * ends[6]), (ends[2], ends[3]), (1.1 * ends[3], 0.8 * ends[9]), (0.3, 0.31)]
        {
            let found = grid.moments_between(from, to);
            let (upto, below) = (grid.severity.partial_moments(to), grid.severity.partial_moments(from));
            for k in 0..4 {
                let wanted = upto[k] - below[k];
                assert!((found[k] - wanted).abs() < 1e-9 * upto[k], "{from} to {to}, {k}: {} for {wanted}", found[k]);
            }
        }
    }

    /// Parts so small that rounding leaves little of their moments have all their people at losses inside, and the first
    /// segment's the right moments too: the density of a gamma law falls to its power at 0.
    #[test]
    fn nodes_of_small_parts_lie_inside() {
        let shape = 4.0;
        let grid = SeverityGrid::new(Severity::Gamma { shape }, 2.0);
        for size in (1..60).map(|k| 0.7f64.powi(k)) {
            let end = size * grid.edges[1];
            let [one, two] = gauss(0.0, end, &grid.moments_between(0.0, end)).expect("somebody is there");
            for power in 1..4 {
                let sum = one.weight * one.x.powi(power) + two.weight * two.x.powi(power);
                let mean = sum / (one.weight + two.weight);
                // Up to the factor e^(−x) of the density, which is all but 1 there.
                let wanted = end.powi(power) * shape / (shape + f64::from(power));
                assert!((mean / wanted - 1.0).abs() < 6.0 * end + 1e-9, "{size}, {power}: {mean} for {wanted}");
            }
            for edge in &grid.edges[2..] {
                for (from, to) in [(*edge, edge * (1.0 + 1e-3 * size)), (edge * (1.0 - 1e-3 * size), *edge)] {
                    for node in gauss(from, to, &grid.moments_between(from, to)).into_iter().flatten() {
                        assert!(from < node.x && node.x < to, "{from} to {to}: {node:?}");
                    }
                }
            }
        }
    }

    /// Where nothing varies all between two breaks is one span with the moments of all the spans it stands for; its places
    /// hold its people and their losses, whatever its nodes hold, and the rest of the axis is as it is without it.
    #[test]
    fn a_stretch_where_nothing_varies_is_one_span() {
        let grid = grid();
        let axis = |anything: &[(f64, f64)], bends: &[(f64, f64)]| {
            let mut out = Axis::default();
            let varying = Varying { anything: anything.to_vec(), bends: bends.to_vec() };
            grid.axis(&mut vec![0.02, 3.0], &varying, 50.0, &mut out);
            out
        };
        let all = [(0.0, f64::INFINITY)];
        let moments = |nodes: &[Node]| -> [f64; 4] {
            std::array::from_fn(|k| nodes.iter().map(|n| n.weight * n.x.powi(k as i32)).sum())
        };
        let (apart, together) = (axis(&all, &[]), axis(&[(3.0, f64::INFINITY)], &[]));
        let ends: Vec<(f64, f64)> = together.spans.iter().map(|s| (s.from, s.to)).take(2).collect();
        assert_eq!(ends, [(0.0, 0.02), (0.02, 3.0)]);
        let upto = apart.nodes.partition_point(|n| n.x < 3.0);
        assert!(upto > 8);
        assert_eq!(together.nodes[4..], apart.nodes[upto..]);
        for (one, many) in moments(&together.nodes[..4]).iter().zip(moments(&apart.nodes[..upto])) {
            assert!((one - many).abs() < 1e-9 * many, "{one} {many}");
        }
        let people: Vec<f64> = together.nodes.iter().enumerate().map(|(i, _)| ((7 * i) % 5) as f64 - 1.0).collect();
        let (mut sums, mut places) = ([0.0; 2], 0);
        together.spread_all((0, 4), &people, &[], |at, people| {
            sums = [sums[0] + people, sums[1] + people * at.x];
            places += 1;
            assert!((at.middle - at.x).abs() < at.x);
        });
        // The places are the steps of the grid one by one, of which two outside bends are one span.
        assert_eq!(places, axis(&all, &all).nodes.partition_point(|n| n.x < 3.0));
        assert!(places > upto);
        let wanted = people[..4].iter().zip(&together.nodes).fold([0.0; 2], |s, (p, n)| [s[0] + p, s[1] + p * n.x]);
        assert!(sums.iter().zip(wanted).all(|(s, w)| (s - w).abs() < 1e-9), "{sums:?} {wanted:?}");
    }

    /// Stretches end to end, some of them above the grid: shares and nodes have the people and losses of the law, each where
    /// it was asked for, and nobody is told twice.
    #[test]
    fn stretches_hold_what_the_law_has_there() {
        for severity in
            [Severity::LogNormal { sigma: 1.6 }, Severity::Lomax { alpha: 1.1 }, Severity::Gamma { shape: 4.0 }]
        {
            let grid = SeverityGrid::new(severity, 2.0);
            let highest = grid.edges[grid.edges.len() - 1];
            let asked = [Asked::Nothing, Asked::Nodes, Asked::Share, Asked::Nodes, Asked::Nodes, Asked::Share];
            let ends = [0.3, 1.7, 2.0, highest, 3.0 * highest, f64::INFINITY];
            let stretches: Vec<(f64, Asked)> = ends.into_iter().zip(asked).collect();
            let mut found = [[0.0; 2]; 6];
            grid.along(&stretches, |place, x, weight| {
                found[place] = [found[place][0] + weight, found[place][1] + weight * x];
            });
            let mut from = 0.0;
            for ((end, asked), found) in stretches.iter().zip(found) {
                let upto = |x: f64| grid.severity.partial_moments(if x.is_finite() { x } else { f64::MAX });
                let wanted = less(&upto(*end), &upto(from));
                let left = if grid.closed { HARDLY } else { 1e-15 };
                let close = |k: usize| (found[k] - wanted[k]).abs() < 1e-9 * wanted[k] + left * upto(*end)[k];
                match asked {
                    Asked::Nothing => assert_eq!(found, [0.0; 2]),
                    Asked::Share => assert!(close(0), "{from} to {end}: {found:?} for {wanted:?}"),
                    Asked::Nodes => assert!(close(0) && close(1), "{from} to {end}: {found:?} for {wanted:?}"),
                }
                from = *end;
            }
        }
    }
}
