//! Kinks: losses at which a filing curve bends although its award does not. There the two-point rule of a segment would
//! err, so the loss axis is cut: at the points of a table, where a share crosses the floor below which people are drawn
//! singly, and where the shares of two offers of one guideline cross (whoever files under either is counted once).

use super::components::Bench;
use super::nodes::Node;
use super::{CellInput, Offer};
use crate::guideline::takeup::Curve;

/// Halvings of the gap between two nodes; what is left of the error falls with the square of the gap.
const HALVINGS: usize = 16;

/// Losses at which a table's points are reached.
pub fn table_points<'a>(o: &'a Offer) -> impl Iterator<Item = f64> + 'a {
    let points: &[(f64, f64)] = if let Curve::Table(points) = &o.curve { points } else { &[] };
    let sloped = o.schedule.pieces().iter().filter(|p| p.slope != 0.0);
    sloped.flat_map(move |p| points.iter().map(move |q| (q.0 / o.foreseen_factor - p.intercept) / p.slope))
}

/// Adds crossings found between neighbouring nodes; true if there are any.
pub fn crossings(input: &CellInput, nodes: &[Node], bench: &Bench, floor: f64, out: &mut Vec<f64>) -> bool {
    let before = out.len();
    for (i, o) in input.offers.iter().enumerate().filter(|(_, o)| !o.curve.is_constant()) {
        if floor > 0.0 {
            search(o, nodes, bench.filing(i), |_| floor, |_| floor, out);
        }
        for (k, other) in input.offers.iter().enumerate() {
            let once = k < i || other.curve.is_constant();
            if k != i && once && other.guideline == o.guideline {
                search(o, nodes, bench.filing(i), |j| bench.filing(k)[j], |x| other.at(x).1, out);
            }
        }
    }
    out.len() > before
}

/// Losses between nodes at which an offer's share crosses another share, known at the nodes and anywhere.
fn search(
    o: &Offer,
    nodes: &[Node],
    filing: &[f64],
    known: impl Fn(usize) -> f64,
    other: impl Fn(f64) -> f64,
    out: &mut Vec<f64>,
) {
    for j in 1..nodes.len() {
        let above = filing[j - 1] > known(j - 1);
        if above == (filing[j] > known(j)) {
            continue;
        }
        let (mut low, mut high) = (nodes[j - 1].x, nodes[j].x);
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            if (o.at(middle).1 > other(middle)) == above {
                low = middle;
            } else {
                high = middle;
            }
        }
        out.push(0.5 * (low + high));
    }
}
