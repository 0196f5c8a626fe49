//! Losers who will get something and have nothing yet: from how many each rule gives something to, and how many of these
//! wait, to people.

use crate::model::Scenario;

/// What a rule gives to losers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Award {
    /// Share of those it is given to who wait for it.
    pub waits: f64,
    /// These.
    pub losers: f64,
    /// The rule as a set of its own, among the counts of sets of rules.
    pub bit: usize,
}

/// Of so many losers who get anything, those who have nothing yet. Whoever gets several awards waits as long as for the first of
/// them, in the same place in all queues: the rules that keep fewest waiting take their people first, the others those who are
/// left. `together` counts losers who get something of any of a set of rules; without it, which up to two rules need not, people get
/// as few awards as they can.
pub fn losers(covered: f64, awards: &mut [Award], together: Option<&[f64]>) -> f64 {
    awards.sort_unstable_by(|a, b| a.waits.total_cmp(&b.waits));
    let (mut so_far, mut set, mut waiting) = (0.0f64, 0, 0.0);
    for award in awards {
        set |= award.bit;
        let any = together.map_or(so_far + award.losers, |counts| counts[set]);
        let any = any.min(covered).max(so_far);
        waiting += award.waits * (any - so_far);
        so_far = any;
    }
    waiting.min(covered)
}

/// Rules of one guideline, of which losers may get several: whoever does waits for the first, so that losers are counted who
/// get something of any of some of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// Guideline (index).
    pub guideline: usize,
    /// Its rules for a cohort, as places among the followed rules.
    pub rules: Vec<usize>,
    /// Where the counts stand in a leaf: one for each set of these rules, the sets in order of their bits.
    pub start: usize,
}

impl Overlap {
    /// The set of one rule by its place; nothing where it is none of these.
    pub fn bit(&self, place: usize) -> usize {
        self.rules.iter().position(|r| *r == place).map_or(0, |at| 1 << at)
    }

    /// Its part of a leaf's counts.
    pub fn counts<'c>(&self, all: &'c [f64]) -> &'c [f64] {
        &all[self.start..self.start + (1 << self.rules.len())]
    }

    /// Notes somebody who gets something of all rules of a set.
    pub fn count(&self, set: usize, all: &mut [f64]) {
        let counts = &mut all[self.start..self.start + (1 << self.rules.len())];
        counts.iter_mut().enumerate().filter(|(any, _)| any & set != 0).for_each(|(_, n)| *n += 1.0);
    }
}

/// Rules of a guideline for one cohort beyond which their sets are too many to count losers for each.
pub const MOST_OVERLAPPING: usize = 5;

/// Of the guidelines that say when they pay, those with more than two rules for a cohort: of two it follows from how many get
/// anything.
pub fn overlaps(scenario: &Scenario, rules: &[(usize, usize)], starts: &[Option<usize>]) -> Vec<Overlap> {
    let mut start = 0;
    let mut all = Vec::new();
    for same in rules.chunk_by(|a, b| a.0 == b.0) {
        let guideline = same[0].0;
        let Some(first) = starts[guideline].filter(|_| scenario.guidelines[guideline].is_timed()) else { continue };
        if (3..=MOST_OVERLAPPING).contains(&same.len()) {
            all.push(Overlap { guideline, rules: same.iter().map(|(_, r)| first + r).collect(), start });
            start += 1 << same.len();
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Award, losers};

    fn of(covered: f64, awards: &[(f64, f64)], together: Option<&[f64]>) -> f64 {
        let award =
            |(at, (waits, losers)): (usize, &(f64, f64))| Award { waits: *waits, losers: *losers, bit: 1 << at };
        losers(covered, &mut awards.iter().enumerate().map(award).collect::<Vec<_>>(), together)
    }

    #[test]
    fn whoever_gets_two_awards_waits_for_the_first() {
        // One rule: its share.
        assert_eq!(of(80.0, &[(0.25, 80.0)], None), 20.0);
        // Two rules for different people.
        assert_eq!(of(100.0, &[(1.0, 40.0), (0.5, 60.0)], None), 70.0);
        // All 50 of the slow rule are among the 80 of the fast one: they have that.
        assert_eq!(of(80.0, &[(1.0, 50.0), (0.0, 80.0)], None), 0.0);
        // 20 have both: 30 + 50 − 60 are left to the slow one.
        assert_eq!(of(60.0, &[(1.0, 50.0), (0.1, 30.0)], None), 3.0 + 30.0);
        assert_eq!(of(0.0, &[(1.0, 0.0)], None), 0.0);
        assert_eq!(of(0.0, &[], None), 0.0);
    }

    #[test]
    fn of_three_rules_it_counts_who_gets_any_of_two() {
        // 30 get two fast awards each, all 100 a slow one: 70 wait, though the fast ones are 60.
        let counts = [0.0, 30.0, 30.0, 30.0, 100.0, 100.0, 100.0, 100.0];
        assert_eq!(of(100.0, &[(0.0, 30.0), (0.0, 30.0), (1.0, 100.0)], Some(&counts)), 70.0);
        // The slow one first in the list.
        let counts = [0.0, 100.0, 30.0, 100.0, 20.0, 100.0, 50.0, 100.0];
        assert_eq!(of(100.0, &[(1.0, 100.0), (0.0, 30.0), (0.5, 20.0)], Some(&counts)), 10.0 + 50.0);
    }
}
