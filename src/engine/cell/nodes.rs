//! The loss axis of a cell: segments between all breakpoints and a grid of X, and in each segment the two-point Gauss
//! rule of its own truncated law.
//!
//! The rule is made from the segment's partial moments 0 to 3 (Golub and Welsch 1969, case n = 2), so counts, means and
//! variances of anything linear in X are exact, and filing inside a segment is integrated to third order.

use crate::chance::quantile_table::QuantileTable;
use crate::chance::severity::Severity;

/// A severity with what every cell needs of it.
pub struct SeverityGrid {
    /// The law of X.
    pub severity: Severity,
    table: Option<QuantileTable>,
    edges: Vec<f64>,
    moments: Vec<[f64; 4]>,
    segments: Vec<Segment>,
    whole: [f64; 4],
    /// By size class: X above which losses are drawn singly, the share above it, the partial moments up to it.
    tops: Vec<(f64, f64, [f64; 4])>,
    /// Start of the far tail and all of it as one node.
    tail: (f64, Option<Node>),
}

/// A segment between two edges of the grid.
struct Segment {
    /// Its nodes where no break cuts it.
    nodes: Vec<Node>,
    /// True when its moments can be integrated.
    smooth: bool,
}

/// Mass at one place of the loss axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Relative loss.
    pub x: f64,
    /// Probability.
    pub weight: f64,
}

/// Skewness that the sum of a cell's bulk may have and still be taken for normal: its distribution function is then
/// nowhere wrong by more than 0.002 (first term of the Edgeworth series, 0.0665 × skewness).
const SKEWNESS: f64 = 0.03;
/// Expected numbers of people above the top that are tried, fewest first.
const ABOVE: [f64; 6] = [3.0, 6.0, 12.0, 24.0, 48.0, 96.0];
/// Size classes: cells hold at least 2^class people.
const CLASSES: u32 = 64;

/// Lower end of the grid and its upper end, as probabilities in the tails. Below the lower end one segment does: what
/// lies there is a thousandth of the people and less of the money, and its mean and variance are still exact.
const GRID_TAILS: (f64, f64) = (1e-3, 1e-13);
/// Relative error up to which a segment's moments may be integrated instead of taken from the closed form.
const INTEGRATED: f64 = 1e-6;

impl SeverityGrid {
    /// Grid whose neighbouring edges differ by a factor of at most `ratio` (> 1).
    pub fn new(severity: Severity, ratio: f64) -> SeverityGrid {
        let atoms = severity.atoms().is_some();
        let (mut edges, mut moments) = (vec![0.0], vec![[0.0; 4]]);
        if !atoms {
            let low = severity.quantile(GRID_TAILS.0).max(1e-9);
            let high = severity.quantile_sf(GRID_TAILS.1);
            let steps = ((high / low).ln() / ratio.ln()).ceil().max(1.0);
            let factor = (high / low).powf(1.0 / steps);
            edges.extend((0..=steps as usize).map(|i| low * factor.powi(i as i32)));
            moments.extend(edges[1..].iter().map(|x| severity.partial_moments(*x)));
        }
        let table = (!atoms).then(|| QuantileTable::for_severity(&severity));
        let whole = severity.partial_moments(f64::MAX);
        let tops = (0..CLASSES)
            .map(|class| {
                let top = top_of(&severity, 2f64.powi(class as i32));
                let above = if top.is_finite() { severity.sf(top) } else { 0.0 };
                (top, above, severity.partial_moments(if top.is_finite() { top } else { f64::MAX }))
            })
            .collect();
        let tail = far_tail(&severity);
        let mut tops: Vec<(f64, f64, [f64; 4])> = tops;
        tops.push((tail.0, TAIL, severity.partial_moments(tail.0)));
        let mut grid = SeverityGrid { severity, table, edges, moments, segments: Vec::new(), whole, tops, tail };
        grid.segments = (0..grid.edges.len() - 1).map(|i| grid.segment(i)).collect();
        grid
    }

    fn segment(&self, i: usize) -> Segment {
        let (from, to) = (self.edges[i], self.edges[i + 1]);
        let m: [f64; 4] = std::array::from_fn(|k| self.moments[i + 1][k] - self.moments[i][k]);
        let mut nodes = Vec::with_capacity(2);
        gauss(from, to, &m, &mut nodes);
        let smooth = !matches!(self.severity, Severity::LogNormal { .. }) && from > 0.0 && {
            let sum = integrate(&self.severity, from, to);
            (0..4).all(|k| (sum[k] - m[k]).abs() <= INTEGRATED * m[k])
        };
        Segment { nodes, smooth }
    }

    /// X above which the losses of a cell of at least 2^class people are drawn singly, so that the rest is as good as
    /// normal.
    pub fn top(&self, class: u32) -> f64 {
        self.tops[class.min(CLASSES - 1) as usize].0
    }

    /// P(X > x), where x often is the top of a class.
    pub fn share_above(&self, x: f64, class: u32) -> f64 {
        let top = self.tops[class.min(CLASSES - 1) as usize];
        match x {
            _ if x == top.0 => top.1,
            _ if x.is_infinite() => 0.0,
            _ => self.severity.sf(x),
        }
    }

    /// Partial moments up to x, which is known where x is the top of a class.
    fn moments_upto(&self, x: f64) -> [f64; 4] {
        let known = self.tops.iter().find(|t| t.0 == x);
        known.map_or_else(|| self.severity.partial_moments(x), |t| t.2)
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
    /// sorted by the call). Nodes come in order of X.
    pub fn nodes(&self, breaks: &mut Vec<f64>, top: f64, out: &mut Vec<Node>) {
        out.clear();
        if let Some((values, weights)) = self.severity.atoms() {
            let below = values.iter().zip(weights).filter(|(x, w)| **x <= top && **w > 0.0);
            out.extend(below.map(|(x, w)| Node { x: *x, weight: *w }));
            return;
        }
        breaks.retain(|b| b.is_finite() && *b > 0.0 && *b < top);
        if top.is_finite() {
            breaks.push(top);
        }
        breaks.sort_unstable_by(f64::total_cmp);
        breaks.dedup();
        let mut cuts = breaks.iter().copied().peekable();
        for (i, segment) in self.segments.iter().enumerate() {
            let (from, to) = (self.edges[i], self.edges[i + 1]);
            if cuts.peek().is_none_or(|c| *c >= to) {
                out.extend_from_slice(&segment.nodes);
                if cuts.peek().is_some_and(|c| *c == top && *c == to) {
                    return;
                }
                while cuts.next_if(|c| *c <= to).is_some() {}
                continue;
            }
            let (mut at, mut below) = (from, self.moments[i]);
            while let Some(cut) = cuts.next_if(|c| *c < to) {
                let m = self.between(segment.smooth, at, cut, &below);
                gauss(at, cut, &m, out);
                if cut == top {
                    return;
                }
                at = cut;
                below = std::array::from_fn(|k| below[k] + m[k]);
            }
            let rest: [f64; 4] = std::array::from_fn(|k| (self.moments[i + 1][k] - below[k]).max(0.0));
            gauss(at, to, &rest, out);
        }
        self.beyond(cuts, top, out);
    }

    /// The part above the grid, where hardly anybody is.
    fn beyond(&self, cuts: impl Iterator<Item = f64>, top: f64, out: &mut Vec<Node>) {
        let (mut at, mut below) = match (self.edges.last(), self.moments.last()) {
            (Some(edge), Some(moments)) => (*edge, *moments),
            _ => return,
        };
        for cut in cuts.chain(top.is_infinite().then_some(top)) {
            let upto = if cut.is_finite() { self.severity.partial_moments(cut) } else { self.whole };
            let m: [f64; 4] = std::array::from_fn(|k| upto[k] - below[k]);
            gauss(at, cut, &m, out);
            (at, below) = (cut, upto);
        }
    }

    /// Moments between two places of one segment; `below`: the partial moments at the first.
    fn between(&self, smooth: bool, from: f64, to: f64, below: &[f64; 4]) -> [f64; 4] {
        if smooth {
            return integrate(&self.severity, from, to);
        }
        let upto = self.moments_upto(to);
        std::array::from_fn(|k| (upto[k] - below[k]).max(0.0))
    }
}

/// Partial moments 0 to 3 between two places by the Gauss-Legendre rule with four nodes.
fn integrate(severity: &Severity, from: f64, to: f64) -> [f64; 4] {
    const RULE: [(f64, f64); 2] =
        [(0.339_981_043_584_856_3, 0.652_145_154_862_546_1), (0.861_136_311_594_052_6, 0.347_854_845_137_453_9)];
    let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
    let mut sum = [0.0; 4];
    for (place, weight) in RULE {
        for x in [middle - half * place, middle + half * place] {
            let mut value = half * weight * severity.pdf(x);
            for s in &mut sum {
                *s += value;
                value *= x;
            }
        }
    }
    sum
}

/// The lowest top among those tried at which the bulk's sum is close to normal; the lowest of all if none is.
fn top_of(severity: &Severity, people: f64) -> f64 {
    if severity.variance() == 0.0 {
        return f64::INFINITY;
    }
    let mut top = f64::INFINITY;
    for above in ABOVE.iter().filter(|k| **k < people) {
        top = severity.quantile_sf(above / people);
        if bulk_skewness(severity, top) / people.sqrt() <= SKEWNESS {
            break;
        }
    }
    top
}

/// Share of the law in its far tail, which is taken at its mean where only expectations are asked for.
const TAIL: f64 = 1e-8;

fn far_tail(severity: &Severity) -> (f64, Option<Node>) {
    let top = severity.quantile_sf(TAIL);
    let above = severity.upper_moments(top);
    (top, (above[0] > 0.0).then(|| Node { x: above[1] / above[0], weight: above[0] }))
}

/// Skewness of X cut off at a top.
fn bulk_skewness(severity: &Severity, top: f64) -> f64 {
    let m = severity.partial_moments(top);
    if m[0] <= 0.0 {
        return 0.0;
    }
    let mean = m[1] / m[0];
    let (c2, c3) = centred(&m, mean);
    if c2 > 0.0 { c3.abs() / c2.powf(1.5) } else { 0.0 }
}

impl SeverityGrid {
    /// Nodes of the whole axis, the part above the quantile 1 − [`TAIL`] as one node at its mean.
    pub fn nodes_with_tail(&self, breaks: &mut Vec<f64>, out: &mut Vec<Node>) {
        if self.severity.atoms().is_some() {
            return self.nodes(breaks, f64::INFINITY, out);
        }
        self.nodes(breaks, self.tail.0, out);
        out.extend(self.tail.1);
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
