//! The loss axis of a cell: segments between all breakpoints and a grid of X, and in each segment the two-point Gauss
//! rule of its own truncated law.
//!
//! The rule is made from the segment's partial moments 0 to 3 (Golub and Welsch 1969, case n = 2), so counts, means and
//! variances of anything linear in X are exact, and filing inside a segment is integrated to third order.

use super::class::{CLASSES_OF_TWICE, people_of};
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
    segments: Vec<Segment>,
    /// Edges below which little money lies, from the second on, each with the nodes of all below it.
    low: Vec<Vec<Node>>,
    whole: [f64; 4],
    /// By size class: X above which losses are drawn singly and the share above it.
    tops: Vec<(f64, f64)>,
    tail: Tail,
    coarse: Vec<Node>,
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
    /// Its nodes where no break cuts it.
    nodes: Vec<Node>,
    /// Its partial moments, where the law is smooth.
    stretch: Option<Stretch>,
    /// Nodes of this and the next together, unless one of them is long already.
    with_next: Vec<Node>,
}

/// Mass at one place of the loss axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Relative loss.
    pub x: f64,
    /// Probability.
    pub weight: f64,
}

/// A stretch of the loss axis whose law stands in one or two nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Lower end.
    pub from: f64,
    /// Upper end.
    pub to: f64,
    /// Probability of X below it.
    pub below: f64,
    /// Probability of X inside.
    pub weight: f64,
    /// Its nodes: first and end.
    pub nodes: (usize, usize),
}

/// The loss axis as one cell sees it: nodes and spans in order of X.
#[derive(Clone, Debug, Default)]
pub struct Axis {
    /// Nodes.
    pub nodes: Vec<Node>,
    /// Spans, side by side.
    pub spans: Vec<Span>,
}

impl Axis {
    fn clear(&mut self) {
        self.nodes.clear();
        self.spans.clear();
    }

    /// Closes a span over the nodes that were added since the last one.
    fn close(&mut self, from: f64, to: f64) {
        let (first, below) = self.spans.last().map_or((0, 0.0), |s| (s.nodes.1, s.below + s.weight));
        let weight: f64 = self.nodes[first..].iter().map(|n| n.weight).sum();
        if weight > 0.0 {
            self.spans.push(Span { from, to, below, weight, nodes: (first, self.nodes.len()) });
        }
    }
}

/// Size classes, as many as there are of people.
const CLASSES: u32 = 64 * CLASSES_OF_TWICE;

/// Lower end of the grid at a ratio of 2, falling with the fourth power of the step as the errors of the rule do, and its
/// upper end, as probabilities in the tails. Below the lower end one segment does: what lies there is five people of a
/// thousand and less of the money, and its mean and variance are still exact.
const GRID_TAILS: (f64, f64) = (5e-3, 1e-13);
/// Lower tail in which steps are twice as long: few people, and less of the money.
const COARSE_TAIL: f64 = 0.03;
/// Share of the money below a loss up to which one segment does where filing does not vary below it: how many people are
/// there, what they lost, its variance and its third moment are exact.
const LITTLE_MONEY: f64 = 1e-2;

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
        let tops = (0..CLASSES).map(|class| top_of(&severity, &edges, people_of(class))).collect();
        let tail = far_tail(&severity);
        let mut grid = SeverityGrid {
            severity,
            table,
            edges,
            moments,
            fine_from,
            segments: Vec::new(),
            low: Vec::new(),
            whole,
            tops,
            tail,
            coarse: Vec::new(),
        };
        grid.segments = (0..grid.edges.len() - 1).map(|i| grid.segment(i)).collect();
        grid.low = grid.low();
        grid.coarse = grid.pairs();
        grid
    }

    fn low(&self) -> Vec<Vec<Node>> {
        let inner = self.edges.iter().zip(&self.moments).skip(1);
        let little = inner.take_while(|(_, m)| m[1] <= LITTLE_MONEY * self.whole[1]);
        little
            .map(|(edge, moments)| {
                let mut nodes = Vec::with_capacity(2);
                gauss(0.0, *edge, moments, &mut nodes);
                nodes
            })
            .collect()
    }

    fn pairs(&self) -> Vec<Node> {
        let mut out = Axis::default();
        if self.severity.atoms().is_some() {
            self.axis(&mut Vec::new(), (&[], 0.0), f64::INFINITY, &mut out);
            return out.nodes;
        }
        let places = || self.edges.iter().zip(&self.moments).filter(|(e, _)| **e < self.tail.from);
        let end = (&self.tail.from, &self.tail.below);
        let cuts: Vec<(&f64, &[f64; 4])> = places().step_by(2).chain([end]).collect();
        for pair in cuts.windows(2) {
            let m: [f64; 4] = std::array::from_fn(|k| pair[1].1[k] - pair[0].1[k]);
            gauss(*pair[0].0, *pair[1].0, &m, &mut out.nodes);
        }
        out.nodes.extend(self.tail.node);
        out.nodes
    }

    fn segment(&self, i: usize) -> Segment {
        let (from, to) = (self.edges[i], self.edges[i + 1]);
        let m = less(&self.moments[i + 1], &self.moments[i]);
        let mut nodes = Vec::with_capacity(2);
        gauss(from, to, &m, &mut nodes);
        let mut with_next = Vec::with_capacity(2);
        if let Some(end) = self.edges.get(i + 2).filter(|_| from >= self.fine_from) {
            gauss(from, *end, &less(&self.moments[i + 2], &self.moments[i]), &mut with_next);
        }
        Segment { nodes, stretch: Stretch::new(&self.severity, from, to), with_next }
    }

    /// X above which the losses of a cell of this size class or a larger one are drawn singly, and the share above it: the lowest
    /// edge of the grid that no more than [`FEW`] people are expected above.
    pub fn top(&self, class: u32) -> (f64, f64) {
        self.tops[class.min(CLASSES - 1) as usize]
    }

    /// Moments 0 to 3 of the part of a segment up to `x`.
    fn part(&self, segment: usize, x: f64) -> [f64; 4] {
        if x == self.edges[segment] {
            return [0.0; 4];
        }
        if x == self.edges[segment + 1] {
            return less(&self.moments[segment + 1], &self.moments[segment]);
        }
        if let Some(stretch) = &self.segments[segment].stretch {
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

    /// Nodes of the whole axis for expectations that need no more than three digits: two segments of the grid in two
    /// nodes, the far tail at its mean, no breaks.
    pub fn coarse(&self) -> &[Node] {
        &self.coarse
    }

    /// Nodes of X up to `top` (everything when infinite), with segments cut at `breaks` (any order, may be outside;
    /// sorted by the call). Outside `bends` two segments that no break cuts are taken together, and all up to a loss of
    /// `level` below which little money lies.
    pub fn axis(&self, breaks: &mut Vec<f64>, (bends, level): (&[(f64, f64)], f64), top: f64, out: &mut Axis) {
        out.clear();
        if let Some((values, weights)) = self.severity.atoms() {
            for (x, w) in values.iter().zip(weights).filter(|(x, w)| **x <= top && **w > 0.0) {
                out.nodes.push(Node { x: *x, weight: *w });
                out.close(*x, *x);
            }
            return;
        }
        breaks.retain(|b| b.is_finite() && *b > 0.0 && *b < top);
        if top.is_finite() {
            breaks.push(top);
        }
        breaks.sort_unstable_by(f64::total_cmp);
        breaks.dedup();
        let mut cuts = breaks.iter().copied().peekable();
        let bends_between = |from: f64, to: f64| bends.iter().any(|(a, b)| *a < to && *b > from);
        let level = cuts.peek().map_or(level, |cut| level.min(*cut));
        let mut next = self.low.iter().zip(&self.edges[1..]).take_while(|(_, edge)| **edge <= level).count();
        if let Some(nodes) = next.checked_sub(1).map(|last| &self.low[last]) {
            out.nodes.extend_from_slice(nodes);
            out.close(0.0, self.edges[next]);
            if self.edges[next] == top {
                return;
            }
            while cuts.next_if(|c| *c <= self.edges[next]).is_some() {}
        }
        while let Some(segment) = self.segments.get(next) {
            let i = next;
            let (from, mut to) = (self.edges[i], self.edges[i + 1]);
            next += 1;
            if cuts.peek().is_none_or(|c| *c >= to) {
                let longer = self.edges.get(i + 2).filter(|_| !segment.with_next.is_empty());
                match longer.filter(|end| cuts.peek().is_none_or(|c| c >= *end) && !bends_between(from, **end)) {
                    Some(end) => {
                        (to, next) = (*end, i + 2);
                        out.nodes.extend_from_slice(&segment.with_next);
                    }
                    None => out.nodes.extend_from_slice(&segment.nodes),
                }
                out.close(from, to);
                if cuts.peek().is_some_and(|c| *c == top && *c == to) {
                    return;
                }
                while cuts.next_if(|c| *c <= to).is_some() {}
                continue;
            }
            let (mut at, mut below) = (from, [0.0; 4]);
            while let Some(cut) = cuts.next_if(|c| *c < to) {
                let upto = self.part(i, cut);
                gauss(at, cut, &less(&upto, &below), &mut out.nodes);
                out.close(at, cut);
                if cut == top {
                    return;
                }
                (at, below) = (cut, upto);
            }
            let whole = less(&self.moments[i + 1], &self.moments[i]);
            gauss(at, to, &less(&whole, &below), &mut out.nodes);
            out.close(at, to);
        }
        self.beyond(cuts, top, out);
    }

    /// The part above the grid, where hardly anybody is.
    fn beyond(&self, cuts: impl Iterator<Item = f64>, top: f64, out: &mut Axis) {
        let (mut at, mut below) = match (self.edges.last(), self.moments.last()) {
            (Some(edge), Some(moments)) => (*edge, *moments),
            _ => return,
        };
        for cut in cuts.chain(top.is_infinite().then_some(top)) {
            let upto = if cut.is_finite() { self.severity.partial_moments(cut) } else { self.whole };
            gauss(at, cut, &less(&upto, &below), &mut out.nodes);
            out.close(at, cut);
            (at, below) = (cut, upto);
        }
    }

    /// Moments 0 to 3 between two places of one span.
    pub fn moments_between(&self, from: f64, to: f64) -> [f64; 4] {
        let segment = self.edges.partition_point(|e| *e <= from).saturating_sub(1);
        let last = self.edges.partition_point(|e| *e < to).saturating_sub(1);
        if last >= self.segments.len() {
            return less(&self.severity.partial_moments(to), &self.severity.partial_moments(from));
        }
        let (upto, below) = (self.part(last, to), self.part(segment, from));
        let between: [f64; 4] = std::array::from_fn(|k| self.moments[last][k] - self.moments[segment][k]);
        std::array::from_fn(|k| (between[k] + upto[k] - below[k]).max(0.0))
    }
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

/// The lowest edge that few enough of so many people are expected above, and the share above it; the last edge where
/// there is none. Laws of a few values have no edges and no top.
fn top_of(severity: &Severity, edges: &[f64], people: f64) -> (f64, f64) {
    if severity.atoms().is_some() {
        return (f64::INFINITY, 0.0);
    }
    let inner = &edges[1..];
    let few = inner.partition_point(|x| people * severity.sf(*x) > FEW);
    let top = inner[few.min(inner.len() - 1)];
    (top, severity.sf(top))
}

/// Share of the law in its far tail, which is taken at its mean where only expectations are asked for.
const TAIL: f64 = 1e-8;

fn far_tail(severity: &Severity) -> Tail {
    let from = severity.quantile_sf(TAIL);
    let above = severity.upper_moments(from);
    let node = (above[0] > 0.0).then(|| Node { x: above[1] / above[0], weight: above[0] });
    Tail { from, below: severity.partial_moments(from), node }
}

impl SeverityGrid {
    /// The whole axis, the part above the quantile 1 − [`TAIL`] as one node at its mean.
    pub fn axis_with_tail(&self, breaks: &mut Vec<f64>, bends: &[(f64, f64)], out: &mut Axis) {
        if self.severity.atoms().is_some() {
            return self.axis(breaks, (bends, 0.0), f64::INFINITY, out);
        }
        self.axis(breaks, (bends, 0.0), self.tail.from, out);
        if let Some(node) = self.tail.node {
            out.nodes.push(node);
            out.close(self.tail.from, f64::INFINITY);
        }
    }
}

/// Two nodes for a segment with these moments; one where it is too narrow for its variance to be seen in doubles.
fn gauss(from: f64, to: f64, m: &[f64; 4], out: &mut Vec<Node>) {
    if m[0] <= 0.0 {
        return;
    }
    let mean = (m[1] / m[0]).clamp(from, to);
    let (c2, c3) = centred(m, mean);
    let width = to.min(2.0 * mean + 2.0 * from) - from;
    if c2 <= 1e-6 * mean * mean || !c3.is_finite() || width <= 0.0 {
        let half = (c2.max(0.0)).sqrt();
        pair(mean - half, mean + half, 0.5, m[0], from, to, out);
        return;
    }
    // Nodes are mean + t, t the roots of t^2 - (c3/c2) t - c2.
    let skew = c3 / c2;
    let root = (skew * skew + 4.0 * c2).sqrt();
    let (low, high) = (0.5 * (skew - root), 0.5 * (skew + root));
    pair(mean + low, mean + high, high / (high - low), m[0], from, to, out);
}

/// Second and third central moments.
fn centred(m: &[f64; 4], mean: f64) -> (f64, f64) {
    let (r2, r3) = (m[2] / m[0], m[3] / m[0]);
    let c2 = r2 - mean * mean;
    (c2, r3 - 3.0 * mean * r2 + 2.0 * mean * mean * mean)
}

fn pair(low: f64, high: f64, share_low: f64, mass: f64, from: f64, to: f64, out: &mut Vec<Node>) {
    // Rounding must not carry a node over an edge: the award may jump there.
    let (low, high) = (low.max(from + (high - from) * 1e-9), high.min(to - (to - low) * 1e-9));
    out.push(Node { x: low, weight: mass * share_low });
    out.push(Node { x: high, weight: mass * (1.0 - share_low) });
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

    /// What little money lies below is one span where nothing varies, with the moments of all the spans it stands for; a
    /// break in it, or filing that varies from a smaller loss on, ends it earlier.
    #[test]
    fn little_money_is_one_span_up_to_where_something_varies() {
        let grid = grid();
        let axis = |breaks: &[f64], level: f64| {
            let mut out = Axis::default();
            grid.axis(&mut breaks.to_vec(), (&[], level), 50.0, &mut out);
            out
        };
        let moments = |axis: &Axis, upto: f64| -> [f64; 4] {
            let nodes = || axis.nodes.iter().take_while(|n| n.x < upto);
            std::array::from_fn(|k| nodes().map(|n| n.weight * n.x.powi(k as i32)).sum())
        };
        let (apart, together) = (axis(&[], 0.0), axis(&[], 1.0));
        let low = together.spans[0];
        let money = grid.severity.partial_moments(low.to)[1];
        assert!(low.from == 0.0 && money <= LITTLE_MONEY && money > 0.1 * LITTLE_MONEY, "{low:?}: {money}");
        assert!(together.spans.len() + 2 <= apart.spans.len());
        for (one, many) in moments(&together, low.to).iter().zip(moments(&apart, low.to)) {
            assert!((one - many).abs() < 1e-9 * many, "{one} {many}");
        }
        let cut = 0.5 * low.to;
        assert!(axis(&[cut], 1.0).spans[0].to <= cut);
        assert!(axis(&[], cut).spans[0].to <= cut);
        assert_eq!(axis(&[], 1.0).spans.last().map(|s| s.to), apart.spans.last().map(|s| s.to));
    }
}
