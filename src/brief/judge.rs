//! When a difference between two drafts may be put into words: by the share of worlds in which it holds, never by
//! Monte-Carlo error alone, which any difference beats with enough replicates.

use super::results::{Pair, Results, Share};

/// From this share on something holds "in nearly all worlds".
pub const NEARLY_ALL: f64 = 0.95;
/// From this share on it holds "in most worlds"; between this and its complement it is undecided.
pub const MOST: f64 = 0.80;

/// What may be said of a statement that holds in a share of worlds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds in nearly all worlds.
    NearlyAll,
    /// It holds in most worlds.
    Most,
    /// Undecided.
    Undecided,
    /// Its opposite holds in most worlds.
    MostNot,
    /// Its opposite holds in nearly all worlds.
    NearlyNone,
}

impl Verdict {
    /// True when something may be said.
    pub fn is_decided(self) -> bool {
        self != Verdict::Undecided
    }

    /// The same direction, whatever the strength: 1, 0 or −1.
    pub fn direction(self) -> i8 {
        match self {
            Verdict::NearlyAll | Verdict::Most => 1,
            Verdict::Undecided => 0,
            Verdict::MostNot | Verdict::NearlyNone => -1,
        }
    }
}

/// The verdict on a statement that holds in the share `yes` of worlds and whose opposite holds in the share `no` (in the
/// rest there is a tie). The end of the 95 % interval that is against the statement has to reach the threshold: a short
/// run cannot say what it has not seen.
pub fn verdict(yes: Share, no: Share) -> Verdict {
    match () {
        () if yes.lo >= NEARLY_ALL => Verdict::NearlyAll,
        () if yes.lo >= MOST => Verdict::Most,
        () if no.lo >= NEARLY_ALL => Verdict::NearlyNone,
        () if no.lo >= MOST => Verdict::MostNot,
        () => Verdict::Undecided,
    }
}

/// The same among the worlds in which the two differ: of two drafts that tie in half of the worlds one may never be behind. What
/// it decides must not be told as holding in a share of all worlds.
pub fn apart(yes: Share, no: Share) -> Verdict {
    let of = |one: Share, other: Share| Share {
        value: one.value / (one.value + other.value),
        lo: one.lo / (one.lo + other.hi),
        hi: one.hi / (one.hi + other.lo),
    };
    verdict(of(yes, no), of(no, yes))
}

/// A comparison of two drafts by one measure, with its verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Draft a.
    pub a: String,
    /// Draft b.
    pub b: String,
    /// Measure.
    pub measure: String,
    /// Worlds in which a is lower.
    pub lower: Share,
    /// Worlds in which a is higher.
    pub higher: Share,
    /// Whether a is lower.
    pub is_lower: Verdict,
}

/// Whether `a` is lower than `b` by `measure` in a variant.
pub fn judge(results: &Results, variant: &str, a: &str, b: &str, measure: &str) -> Option<Judged> {
    let pair = results.pair(variant, a, b, measure)?;
    Some(Judged {
        a: pair.a,
        b: pair.b,
        measure: pair.measure,
        is_lower: verdict(pair.lower, pair.higher),
        lower: pair.lower,
        higher: pair.higher,
    })
}

/// What a variant does to a decided comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The other draft is ahead in most worlds.
    Turns,
    /// It becomes undecided.
    Opens,
}

/// What becomes in a variant (`pair`) of a comparison as the scenario stands. A variant is drawn in fewer worlds than the
/// scenario as it stands, so it is set against the same worlds of that: the share of all worlds in which the comparison held,
/// moved by what the variant changes in the worlds that both were drawn in, has to fall below the mark, and the change has to
/// be more than chance (its interval leaves out zero).
pub fn turn(results: &Results, before: &Judged, pair: &Pair) -> Option<Turn> {
    let direction = before.is_lower.direction();
    let (stood, now, shift) = match direction {
        0 => return None,
        1 => (before.lower, pair.lower, pair.lower_shift),
        _ => (before.higher, pair.higher, pair.higher_shift),
    };
    let left = match shift {
        Some(shift) if shift.hi < 0.0 => stood.value + shift.value,
        None if moved(results, pair) => now.value,
        _ => return None,
    };
    let after = verdict(pair.lower, pair.higher).direction();
    match () {
        () if left >= MOST || after == direction => None,
        () if after == 0 => Some(Turn::Opens),
        () => Some(Turn::Turns),
    }
}

/// True where a variant moves the mean of one of the two drafts by more than chance: all that the folders of earlier
/// versions tell of what it does in the same worlds.
fn moved(results: &Results, pair: &Pair) -> bool {
    let rows = results.shifts.iter().filter(|s| s.variant == pair.variant && s.measure == pair.measure);
    let mut own = rows.filter(|s| s.guideline == pair.a || s.guideline == pair.b);
    own.any(|s| s.shift.lo > 0.0 || s.shift.hi < 0.0)
}

/// Guidelines from the lowest to the highest median of a measure; those without one are left out.
pub fn by_median<'a>(results: &'a Results, measure: &str) -> Vec<(&'a str, f64)> {
    let guidelines = results.guidelines().into_iter();
    let mut list: Vec<(&str, f64)> =
        guidelines.filter_map(|g| Some((g, results.value(g, super::results::ALL, measure, "p50")?))).collect();
    list.sort_by(|x, y| x.1.total_cmp(&y.1));
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(value: f64, lo: f64) -> Share {
        Share { value, lo, hi: value }
    }

    /// A draft that ties in half of the worlds and is behind in the others is never ahead, and without ties nothing changes.
    #[test]
    fn ties_leave_nothing_undecided() {
        let ends = |value: f64| Share { value, lo: (value - 0.01).max(0.0), hi: value + 0.01 };
        assert_eq!(apart(ends(0.0), ends(0.5)), Verdict::NearlyNone);
        assert_eq!(apart(ends(0.4), ends(0.03)), Verdict::Most);
        assert_eq!(apart(ends(0.1), ends(0.15)), Verdict::Undecided);
        assert_eq!(apart(ends(0.0), ends(0.0)), Verdict::Undecided);
        for yes in [0.5, 0.7, 0.85, 0.98] {
            assert_eq!(apart(ends(yes), ends(1.0 - yes)), verdict(ends(yes), ends(1.0 - yes)), "{yes}");
        }
    }

    #[test]
    fn six_worlds_of_ten_decide_nothing() {
        let cases = [
            (0.6, 0.59, 0.4, 0.39, Verdict::Undecided),
            (0.79, 0.785, 0.21, 0.2, Verdict::Undecided),
            (0.81, 0.802, 0.19, 0.18, Verdict::Most),
            (0.81, 0.79, 0.19, 0.17, Verdict::Undecided),
            (0.97, 0.962, 0.03, 0.02, Verdict::NearlyAll),
            (0.97, 0.93, 0.03, 0.01, Verdict::Most),
            (0.02, 0.01, 0.98, 0.975, Verdict::NearlyNone),
            (0.1, 0.09, 0.9, 0.88, Verdict::MostNot),
            (0.0, 0.0, 0.5, 0.48, Verdict::Undecided),
        ];
        for (yes, yes_lo, no, no_lo, right) in cases {
            assert_eq!(verdict(share(yes, yes_lo), share(no, no_lo)), right, "{yes} {no}");
        }
    }
}
