//! Kinks: losses at which a filing curve bends although its award does not. There the two-point rule of a span would
//! err, so the loss axis is cut: at the points of a table, and where the shares of two offers of one guideline cross
//! (whoever files under either is counted once). And bends: where filing varies so much that the grid must be fine.

use super::CellInput;
use super::Offer;
use super::grid::Varying;
use super::law::CellLaw;
use crate::guideline::schedule::Piece;
use crate::guideline::takeup::Curve;

/// Halvings of the gap between two nodes; what is left of the error falls with the square of the gap.
const HALVINGS: usize = 16;

/// Steps of an award that comes from nothing, as a power of the grid's: with both, filing above deductibles of 1 to 3 mean
/// losses misses its mean by 0.9 standard errors of 10,000 worlds at most where nothing but chance makes these, on the fine grid of
/// certain scenarios even of eight billion people.
const FINER: f64 = 0.6;

/// Losses at which a table's points are reached.
pub fn table_points<'a>(o: &'a Offer) -> impl Iterator<Item = f64> + 'a {
    let points: &[(f64, f64)] = if let Curve::Table(points) = &o.curve { points } else { &[] };
    let sloped = o.schedule.pieces().iter().filter(|p| p.slope != 0.0);
    sloped.flat_map(move |p| points.iter().map(move |q| (q.0 / o.foreseen_factor - p.intercept) / p.slope))
}

/// Losses at which an award has grown by a step where it comes from nothing, or from little, in the middle of the loss axis,
/// such as above a deductible: there it grows manifold on a stretch on which the loss hardly does, and filing bends with it.
/// From where the award is as large as what it lacks of a line through nothing the grid, whose ratio is given, is fine
/// enough; where hardly any of those who may ever file do so by then it is from the beginning.
pub fn risings(o: &Offer, ratio: f64) -> impl Iterator<Item = f64> + '_ {
    let bend = o.curve.bend().filter(|(low, high)| *low > 0.0 && high.is_finite());
    // Of a curve that takes more than a doubling of the award to bend, as much as it takes.
    let step = ratio.powf(FINER * o.curve.doubling().log2().max(1.0));
    let starts = std::iter::once(0.0).chain(o.schedule.pieces().iter().map(|p| p.end));
    let pieces = o.schedule.pieces().iter().zip(starts).zip(&o.piece_shares);
    // Below the bend the share is a power of the award. On a finer grid that has to be as exact as the rest: from twice the
    // power of the step on that its errors fall with, for the power of the award is one or so and its integral's is two.
    let finer = ratio.log2().powi(2).min(1.0);
    let most = |p: &Piece| p.intercept.abs() * o.foreseen_factor;
    let files = move |p: &Piece| 2.0 * o.curve.share(most(p)) > o.highest_share;
    let steep = pieces.filter(move |((p, _), share)| share.is_none() && p.intercept * p.slope < 0.0 && files(p));
    steep.zip(bend.into_iter().cycle()).flat_map(move |(((p, from), _), (low, high))| {
        let most = most(p);
        let next = move |award: &f64| Some(award * if (low..high).contains(award) { step } else { step * step });
        let awards = std::iter::successors(Some(low * finer), next).take_while(move |award| *award < most);
        let losses = awards.map(move |award| (award / o.foreseen_factor - p.intercept) / p.slope);
        losses.filter(move |x| from < *x && *x < p.end)
    })
}

/// Where awards and shares vary with the loss, and where filing bends under some offer; elsewhere it needs no more than
/// every second edge of the grid.
pub fn varying(input: &CellInput, out: &mut Varying) {
    let Varying { anything, bends } = out;
    anything.clear();
    bends.clear();
    for o in &input.offers {
        let mut from = 0.0;
        for (p, share) in o.schedule.pieces().iter().zip(&o.piece_shares) {
            if p.slope != 0.0 || share.is_none() {
                anything.push((from, p.end));
            }
            if let Some((low, high)) = share.is_none().then(|| o.curve.bend()).flatten() {
                let at = |award: f64| (award / o.foreseen_factor - p.intercept) / p.slope;
                // Beside a loss at which the award itself is nothing it grows manifold from one edge to the next.
                let (a, b) = (at(if p.intercept * p.slope < 0.0 { 0.0 } else { low }), at(high));
                bends.push((a.min(b).max(from), a.max(b).min(p.end)));
            }
            from = p.end;
        }
    }
    bends.retain(|(from, to)| from < to);
}

/// Adds crossings found between neighbouring nodes; true if there are any.
pub fn crossings(law: &CellLaw, input: &CellInput, out: &mut Vec<f64>) -> bool {
    let before = out.len();
    for (i, one) in input.offers.iter().enumerate() {
        let same = |(_, o): &(usize, &Offer)| o.guideline == one.guideline;
        for (k, other) in input.offers.iter().enumerate().skip(i + 1).take_while(same) {
            // Two shares that do not vary cross only where a piece begins, which is a cut already.
            if (one.varies() || other.varies()) && !input.offers.iter().any(|o| covers(o, one, other)) {
                search(law, (one, law.shares_of(i)), (other, law.shares_of(k)), out);
            }
        }
    }
    out.len() > before
}

/// True when an offer reaches whoever one of two others of its guideline does, in every count in which these two are
/// taken together: it does not matter then which of them is the wider.
fn covers(wide: &Offer, one: &Offer, other: &Offer) -> bool {
    let [Some(share)] = wide.piece_shares.as_slice() else { return false };
    let reaches = |o: &Offer| *share >= o.highest_share && wide.approval >= o.approval;
    let counted_with = |of: fn(&Offer) -> bool| of(one) != of(other) || of(wide) == of(one);
    wide.guideline == one.guideline
        && reaches(one)
        && reaches(other)
        && counted_with(|o| o.automatic)
        && (one.in_kind.is_some() || other.in_kind.is_some() || wide.in_kind.is_none())
}

/// Losses between nodes at which the shares of two offers cross.
fn search(law: &CellLaw, (one, first): (&Offer, &[f64]), (other, second): (&Offer, &[f64]), out: &mut Vec<f64>) {
    let nodes = &law.axis.nodes;
    let known = out.len();
    for j in 1..nodes.len() {
        let above = first[j - 1] > second[j - 1];
        if above == (first[j] > second[j]) {
            continue;
        }
        let (mut low, mut high) = (nodes[j - 1].x, nodes[j].x);
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            if (one.at(middle).1 > other.at(middle).1) == above {
                low = middle;
            } else {
                high = middle;
            }
        }
        // What changes at a cut has no need of another beside it.
        let at = 0.5 * (low + high);
        if !out[..known].iter().any(|cut| (cut - at).abs() <= high - low) {
            out.push(at);
        }
    }
}
