//! Piecewise-linear award schedules g(L) on losses L >= 0, closed under sum, maximum, minimum, scaling and caps.

use std::borrow::Borrow;

use smallvec::{SmallVec, smallvec};

/// One piece: from the end of the piece before it (0 for the first) to `end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Upper end; infinite for the last piece.
    pub end: f64,
    /// True when `end` itself belongs to this piece.
    pub end_inside: bool,
    /// Award at loss 0 if the line went on to there.
    pub intercept: f64,
    /// Award per unit of loss.
    pub slope: f64,
}

impl Piece {
    /// Value of the piece's line.
    #[inline]
    pub fn at(&self, loss: f64) -> f64 {
        self.intercept + self.slope * loss
    }

    /// True when a loss that is not below the piece lies in it.
    #[inline]
    pub fn holds(&self, loss: f64) -> bool {
        loss < self.end || (self.end_inside && loss == self.end)
    }
}

/// Pieces of a schedule; most have one to three.
type Pieces = SmallVec<[Piece; 4]>;

/// A schedule: pieces in order, the last one without end.
#[derive(Debug, PartialEq)]
pub struct Schedule {
    pieces: Pieces,
}

impl Clone for Schedule {
    fn clone(&self) -> Schedule {
        self.by_piece(|p| *p)
    }
}

impl Schedule {
    /// The same award at every loss.
    pub fn constant(award: f64) -> Schedule {
        Schedule::line(award, 0.0)
    }

    /// intercept + slope × loss.
    pub fn line(intercept: f64, slope: f64) -> Schedule {
        Schedule { pieces: smallvec![Piece { end: f64::INFINITY, end_inside: false, intercept, slope }] }
    }

    /// share × max(loss − deductible, 0), on a part `basis` of the loss.
    pub fn share_above(share: f64, deductible: f64, basis: f64) -> Schedule {
        if deductible <= 0.0 {
            return Schedule::line(0.0, share * basis);
        }
        if basis <= 0.0 {
            return Schedule::constant(0.0);
        }
        let flat = Piece { end: deductible / basis, end_inside: true, intercept: 0.0, slope: 0.0 };
        let rise =
            Piece { end: f64::INFINITY, end_inside: false, intercept: -share * deductible, slope: share * basis };
        Schedule { pieces: smallvec![flat, rise] }
    }

    /// Schedules side by side on the loss axis: each applies up to its bound `(end, end_inside)`; bounds must increase.
    /// Beyond the last bound the award is 0.
    pub fn bands<S: Borrow<Schedule>>(bands: &[(f64, bool, S)]) -> Schedule {
        let mut pieces = Pieces::new();
        for (end, inside, schedule) in bands {
            let (from, from_inside) = pieces.last().map_or((0.0, false), |p| (p.end, p.end_inside));
            for p in &schedule.borrow().pieces {
                let begins_before_end = from < *end || (from == *end && !from_inside && *inside);
                let ends_after_start = p.end > from || (p.end == from && p.end_inside && !from_inside);
                if begins_before_end && (ends_after_start || pieces.is_empty()) {
                    let cut = p.end > *end || (p.end == *end && !*inside);
                    let (e, i) = if cut { (*end, *inside) } else { (p.end, p.end_inside) };
                    pieces.push(Piece { end: e, end_inside: i, ..*p });
                    if cut {
                        break;
                    }
                }
            }
        }
        match pieces.last_mut() {
            Some(last) if last.end.is_infinite() => (),
            _ => pieces.push(Piece { end: f64::INFINITY, end_inside: false, intercept: 0.0, slope: 0.0 }),
        }
        Schedule { pieces }
    }

    /// The pieces, in order.
    #[inline]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Index of the piece that a loss falls in.
    #[inline]
    pub fn tier(&self, loss: f64) -> usize {
        self.pieces.iter().position(|p| p.holds(loss)).unwrap_or(self.pieces.len() - 1)
    }

    /// Moves `tier` up to the piece of a loss that is not below those asked before.
    #[inline]
    pub fn tier_from(&self, loss: f64, tier: &mut usize) {
        while *tier + 1 < self.pieces.len() && !self.pieces[*tier].holds(loss) {
            *tier += 1;
        }
    }

    /// The award at a loss.
    #[inline]
    pub fn at(&self, loss: f64) -> f64 {
        self.pieces[self.tier(loss)].at(loss)
    }

    /// True when no larger loss has a smaller award.
    pub fn rises(&self) -> bool {
        let joints = self.pieces.windows(2);
        self.pieces.iter().all(|p| p.slope >= 0.0) && joints.into_iter().all(|p| p[0].at(p[0].end) <= p[1].at(p[0].end))
    }

    /// True when nobody is ever paid.
    pub fn is_zero(&self) -> bool {
        self.pieces.iter().all(|p| p.intercept == 0.0 && p.slope == 0.0)
    }

    /// True when no piece starts below 0 or falls, so that certainly no award is below 0, but for what rounding makes of
    /// a piece that starts at 0.
    pub fn is_nowhere_negative(&self) -> bool {
        let mut from = 0.0;
        self.pieces.iter().all(|p| {
            let least = p.at(from);
            from = p.end;
            p.slope >= 0.0 && least >= -1e-12 * p.intercept.abs()
        })
    }

    /// The schedule, but at most `cap`: the lower of it and a constant, without the merging.
    pub fn capped(&self, cap: f64) -> Schedule {
        let mut out = Pieces::new();
        let mut from = 0.0;
        for p in &self.pieces {
            let starts = p.at(from) > cap;
            let ends = if p.end.is_finite() { p.at(p.end) > cap } else { p.slope > 0.0 || (p.slope == 0.0 && starts) };
            let part = |above: bool| if above { Piece { intercept: cap, slope: 0.0, ..*p } } else { *p };
            if starts != ends {
                push(&mut out, Piece { end: root(p, cap).clamp(from, p.end), end_inside: true, ..part(starts) });
            }
            push(&mut out, part(ends));
            from = p.end;
        }
        Schedule { pieces: out }
    }

    /// factor × schedule.
    pub fn scaled(&self, factor: f64) -> Schedule {
        self.by_piece(|p| Piece { intercept: factor * p.intercept, slope: factor * p.slope, ..*p })
    }

    /// The schedule of a person who claims `factor` times the loss: g(factor × L), factor > 0.
    pub fn stretched(&self, factor: f64) -> Schedule {
        self.by_piece(|p| Piece { end: p.end / factor, slope: factor * p.slope, ..*p })
    }

    /// Another piece for each. Most schedules have one, which is not worth a loop.
    #[inline]
    fn by_piece(&self, new: impl Fn(&Piece) -> Piece) -> Schedule {
        match self.pieces.as_slice() {
            [p] => Schedule { pieces: smallvec![new(p)] },
            pieces => Schedule { pieces: pieces.iter().map(new).collect() },
        }
    }

    /// Sum of two schedules.
    pub fn plus(&self, other: &Schedule) -> Schedule {
        self.merge(other, |out, end, inside, p, q| {
            push(
                out,
                Piece { end, end_inside: inside, intercept: p.intercept + q.intercept, slope: p.slope + q.slope },
            );
        })
    }

    /// The higher of two schedules at each loss.
    pub fn max(&self, other: &Schedule) -> Schedule {
        self.choose(other, |a, b| a >= b)
    }

    /// The lower of two schedules at each loss.
    pub fn min(&self, other: &Schedule) -> Schedule {
        self.choose(other, |a, b| a <= b)
    }

    /// Awards above 0 but below `minimum` are raised to it.
    pub fn with_minimum(&self, minimum: f64) -> Schedule {
        let mut out = Pieces::new();
        let mut from = 0.0;
        for p in &self.pieces {
            for part in cut(p, from, &[root(p, 0.0), root(p, minimum)]) {
                let middle = inside_of(from.max(start_of(&out)), part.end);
                let v = part.at(middle);
                let below = v > 0.0 && v < minimum;
                if below && out.is_empty() && self.at(0.0) <= 0.0 {
                    // An award that rises from nothing is still nothing at a loss of nothing.
                    out.push(Piece { end: 0.0, end_inside: true, intercept: 0.0, slope: 0.0 });
                }
                push(&mut out, if below { Piece { intercept: minimum, slope: 0.0, ..part } } else { part });
            }
            from = p.end;
        }
        Schedule { pieces: out }
    }

    fn choose(&self, other: &Schedule, first: impl Fn(f64, f64) -> bool) -> Schedule {
        if let ([p], [q]) = (self.pieces(), other.pieces())
            && p.slope == q.slope
        {
            return Schedule { pieces: smallvec![if first(p.intercept, q.intercept) { *p } else { *q }] };
        }
        self.merge(other, |out, end, inside, p, q| {
            let from = start_of(out);
            let whole = Piece { end, end_inside: inside, intercept: 0.0, slope: 0.0 };
            let crossing = (q.intercept - p.intercept) / (p.slope - q.slope);
            for part in cut(&whole, from, &[crossing]) {
                let middle = inside_of(start_of(out), part.end);
                let best = if first(p.at(middle), q.at(middle)) { p } else { q };
                push(out, Piece { end: part.end, end_inside: part.end_inside, ..*best });
            }
        })
    }

    fn merge(&self, other: &Schedule, mut emit: impl FnMut(&mut Pieces, f64, bool, &Piece, &Piece)) -> Schedule {
        let mut out = Pieces::new();
        let (mut i, mut j) = (0, 0);
        loop {
            let (p, q) = (&self.pieces[i], &other.pieces[j]);
            // The earlier end; at equal ends the one that leaves the end outside comes first.
            let p_first = p.end < q.end || (p.end == q.end && !p.end_inside && q.end_inside);
            let q_first = q.end < p.end || (p.end == q.end && !q.end_inside && p.end_inside);
            let (end, inside) = if q_first { (q.end, q.end_inside) } else { (p.end, p.end_inside) };
            emit(&mut out, end, inside, p, q);
            if end.is_infinite() {
                return Schedule { pieces: out };
            }
            i += usize::from(!q_first);
            j += usize::from(!p_first);
        }
    }
}

fn start_of(out: &[Piece]) -> f64 {
    out.last().map_or(0.0, |p| p.end)
}

/// A loss strictly inside (from, end), or `from` where the interval is a point.
fn inside_of(from: f64, end: f64) -> f64 {
    if end.is_infinite() { 2.0 * from + 1.0 } else { 0.5 * (from + end) }
}

/// Loss at which a piece's line takes a value.
fn root(p: &Piece, value: f64) -> f64 {
    (value - p.intercept) / p.slope
}

/// Cuts a piece that starts at `from` at those points that lie strictly inside it.
fn cut(p: &Piece, from: f64, points: &[f64]) -> Pieces {
    let mut inner: SmallVec<[f64; 2]> =
        points.iter().copied().filter(|x| x.is_finite() && *x > from && *x < p.end).collect();
    inner.sort_unstable_by(f64::total_cmp);
    inner.dedup();
    let mut parts: Pieces = inner.iter().map(|x| Piece { end: *x, end_inside: true, ..*p }).collect();
    parts.push(*p);
    parts
}

/// Appends a piece, joining it to the one before when both are the same line.
fn push(out: &mut Pieces, piece: Piece) {
    match out.last_mut() {
        Some(last) if last.intercept == piece.intercept && last.slope == piece.slope => {
            last.end = piece.end;
            last.end_inside = piece.end_inside;
        }
        _ => out.push(piece),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_keep_the_side_of_each_bound() {
        let s = Schedule::bands(&[
            (300_000.0, true, Schedule::constant(30_000.0)),
            (500_000.0, false, Schedule::constant(50_000.0)),
            (f64::INFINITY, false, Schedule::line(0.0, 0.1)),
        ]);
        for (loss, award) in [(0.0, 3e4), (3e5, 3e4), (300_000.01, 5e4), (499_999.0, 5e4), (5e5, 5e4), (1e6, 1e5)] {
            assert!((s.at(loss) - award).abs() < 1e-9, "{loss}: {}", s.at(loss));
        }
        assert_eq!(s.tier(5e5), 2);
        let open = Schedule::bands(&[(10.0, true, Schedule::constant(1.0))]);
        assert_eq!((open.at(10.0), open.at(10.5)), (1.0, 0.0));
    }

    #[test]
    fn deductible_share_and_cap() {
        let s = Schedule::share_above(0.5, 10_000.0, 1.0).min(&Schedule::constant(1_000_000.0));
        for (loss, award) in [(0.0, 0.0), (10_000.0, 0.0), (30_000.0, 10_000.0), (2_010_000.0, 1e6), (5e6, 1e6)] {
            assert!((s.at(loss) - award).abs() < 1e-6, "{loss}: {}", s.at(loss));
        }
        assert_eq!(s.pieces().len(), 3);
    }

    #[test]
    fn a_cap_is_the_lower_of_the_schedule_and_a_constant() {
        let rise = Schedule::share_above(0.5, 10_000.0, 1.0);
        let fall = Schedule::line(50_000.0, -0.5).max(&Schedule::constant(0.0));
        let bands = Schedule::bands(&[
            (300_000.0, true, Schedule::constant(30_000.0)),
            (500_000.0, false, Schedule::line(0.0, 0.2)),
            (f64::INFINITY, false, Schedule::constant(1_000.0)),
        ]);
        for s in [&rise, &fall, &bands, &rise.plus(&fall)] {
            for cap in [0.0, 1_000.0, 30_000.0, 50_000.0, 70_000.0, 1e9] {
                let capped = s.capped(cap);
                for loss in (0..2_000).map(|i| f64::from(i) * 500.0).chain([1e8]) {
                    let (one, other) = (capped.at(loss), s.min(&Schedule::constant(cap)).at(loss));
                    assert!((one - other).abs() < 1e-6, "cap {cap}, loss {loss}: {one} {other}");
                }
            }
        }
    }

    #[test]
    fn a_minimum_raises_only_awards_above_nothing() {
        let s = Schedule::share_above(1.0, 100.0, 1.0).with_minimum(20.0);
        assert_eq!((s.at(100.0), s.at(105.0), s.at(150.0)), (0.0, 20.0, 50.0));
        let s = Schedule::line(0.0, 0.5).with_minimum(20.0);
        assert_eq!((s.at(0.0), s.at(1e-9), s.at(100.0)), (0.0, 20.0, 50.0));
    }

    #[test]
    fn a_direct_basis_stretches_the_axis() {
        let s = Schedule::share_above(0.5, 700.0, 0.7);
        assert!((s.at(2000.0) - 0.5 * (1400.0 - 700.0)).abs() < 1e-9);
        assert_eq!(s.at(1000.0), 0.0);
        assert!((s.stretched(2.0).at(1000.0) - s.at(2000.0)).abs() < 1e-9);
    }
}
