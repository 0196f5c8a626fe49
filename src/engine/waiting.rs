//! Losers who will get something and have nothing yet: from how many each rule gives something to, and how many of these
//! wait, to people.

use crate::model::{Q, Rule, Scenario};
use crate::process::PATIENCE_DAYS;
use smallvec::SmallVec;

/// What a rule gives to losers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Award {
    /// Losers it is given to.
    pub losers: f64,
    /// Of these, those who won it on appeal.
    pub later: f64,
    /// Share who wait, of those approved at first and of those who won on appeal.
    pub waits: [f64; 2],
    /// Share of those who filed for it who get it.
    pub approval: f64,
    /// The way in which it is paid, as a set.
    pub bit: usize,
}

impl Award {
    /// Share of those it is given to whom the first decision gave it.
    fn at_first(&self) -> f64 {
        1.0 - self.later / self.losers
    }
}

/// Of so many losers who get anything, those who have nothing yet. Whoever gets several awards waits as long as for the first of
/// them, in the same place in all queues and as sure of each: who wins one on appeal is among the last whom another approves. So
/// awards at first and awards on appeal, the fewest who wait first, take people who have nothing of those before. `together`
/// counts losers who get something in any of a set of ways; without it, which up to two rules need not, people get as few awards as
/// they can.
pub fn losers(covered: f64, awards: &[Award], together: Option<&[f64]>) -> f64 {
    let mut parts: SmallVec<[(f64, usize, f64); 8]> = SmallVec::new();
    for (i, a) in awards.iter().enumerate() {
        let (first, [soon, late]) = (a.at_first(), a.waits);
        parts.extend((first > 0.0).then_some((soon, i, first)));
        parts.extend((a.later > 0.0).then_some((late, i, 1.0)));
    }
    parts.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    // Of those whom each award is given to, surest first, the share who had it before.
    let mut before: SmallVec<[f64; 4]> = SmallVec::from_elem(0.0, awards.len());
    let (mut so_far, mut set, mut waiting) = (0.0f64, 0, 0.0);
    let last = parts.iter().rposition(|(waits, ..)| *waits != parts[parts.len() - 1].0).map_or(0, |at| at + 1);
    for (waits, i, share) in &parts[..last] {
        before[*i] = share.max(before[*i]);
        set |= awards[*i].bit;
        let chosen = awards.iter().zip(&before).filter(|(a, share)| match together {
            Some(_) => a.bit & set != 0,
            None => **share > 0.0,
        });
        let all = Reach::of(chosen.clone().map(|(a, _)| (a, 1.0)));
        let any = together.map_or(all.apart, |counts| counts[set]).min(covered);
        let some = Reach::of(chosen.map(|(a, share)| (a, *share)));
        let people = all.between(any, some).min(any).max(so_far);
        waiting += waits * (people - so_far);
        so_far = people;
    }
    // Whoever is left comes last.
    waiting + parts.last().map_or(0.0, |(waits, ..)| waits * (covered - so_far).max(0.0))
}

/// How many people get any of some awards.
#[derive(Clone, Copy, Debug)]
struct Reach {
    /// Where nobody gets two of them.
    apart: f64,
    /// Where whoever files for one files for all that more people file for, and is as sure of each.
    nested: f64,
}

impl Reach {
    /// Of awards each with the share, the surest, of those it is given to.
    fn of<'a>(awards: impl Iterator<Item = (&'a Award, f64)>) -> Reach {
        // Who filed for it, and from 0 to what certainty.
        let mut all: SmallVec<[(f64, f64); 8]> =
            awards.map(|(a, share)| (a.losers / a.approval, a.approval * share)).collect();
        all.sort_unstable_by(|a, b| b.1.total_cmp(&a.1));
        let below = all.iter().skip(1).map(|(_, certainty)| *certainty).chain([0.0]);
        let (mut filed, mut nested) = (0.0f64, 0.0);
        for ((people, certainty), below) in all.iter().zip(below) {
            filed = filed.max(*people);
            nested += filed * (certainty - below);
        }
        Reach { apart: all.iter().map(|(people, certainty)| people * certainty).sum(), nested }
    }

    /// How many get any of `some` of these awards, where so many get any of them all.
    fn between(self, any: f64, some: Reach) -> f64 {
        let (spread, beyond) = (self.apart - self.nested, any - self.nested);
        match beyond > 0.0 {
            true if spread > 0.0 => some.nested + (beyond / spread).min(1.0) * (some.apart - some.nested),
            true => some.nested,
            false => some.nested * any / self.nested,
        }
    }
}

/// Rules of one guideline, of which losers may get several: whoever does waits for the first, so that losers are counted who
/// get something in any of some ways.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// Guideline (index).
    pub guideline: usize,
    /// Its rules for a cohort, as places among the followed rules, each with the way in which it is paid.
    pub rules: Vec<(usize, usize)>,
    /// How many ways there are.
    pub ways: usize,
    /// Where the counts stand in a leaf: one for each set of ways, the sets in order of their bits.
    pub start: usize,
}

impl Overlap {
    /// The way of one rule by its place, as a set; nothing where it is none of these.
    pub fn bit(&self, place: usize) -> usize {
        self.rules.iter().find(|(r, _)| *r == place).map_or(0, |(_, way)| 1 << way)
    }

    /// Its part of a leaf's counts.
    pub fn counts<'c>(&self, all: &'c [f64]) -> &'c [f64] {
        &all[self.start..self.start + (1 << self.ways)]
    }

    /// Notes people who get something in all ways of a set.
    pub fn count(&self, set: usize, people: f64, all: &mut [f64]) {
        let counts = &mut all[self.start..self.start + (1 << self.ways)];
        counts.iter_mut().enumerate().filter(|(any, _)| any & set != 0).for_each(|(_, n)| *n += people);
    }
}

/// Ways in which a guideline pays one cohort beyond which their sets are too many to count losers for each.
pub const MOST_WAYS: usize = 5;

/// Of the guidelines that say when they pay, those with more than two rules for a cohort: of two it follows from how many get
/// anything. Each rule is a way of its own, but whatever is there before patience ends, in any world, is one; of too many,
/// rules of one procedure are one as far as they wait in the same queue, and of too many of these all that have to be claimed,
/// and all others.
pub fn overlaps(scenario: &Scenario, rules: &[(usize, usize)], starts: &[Option<usize>]) -> Vec<Overlap> {
    let mut start = 0;
    let mut all = Vec::new();
    for same in rules.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 2) {
        let guideline = same[0].0;
        let Some(first) = starts[guideline].filter(|_| scenario.guidelines[guideline].is_timed()) else { continue };
        let rule = |r: usize| &scenario.guidelines[guideline].rules[r];
        let late = |r: usize| may_wait(scenario, rule(r)).then_some(r);
        let desk = |r: usize| late(r).map(|r| (rule(r).procedure, rule(r).is_claimed()));
        let queue = |r: usize| desk(r).map(|desk| (desk, is_reviewed(scenario, rule(r))));
        let rules = same.iter().map(|(_, r)| *r);
        let few = |found: &(usize, Vec<usize>)| found.0 <= MOST_WAYS;
        let apart = Some(numbered(rules.clone().map(late))).filter(few);
        let apart = apart.or_else(|| Some(numbered(rules.clone().map(queue))).filter(few));
        let (ways, places) = apart.unwrap_or_else(|| numbered(rules.clone().map(desk)));
        if (2..=MOST_WAYS).contains(&ways) {
            let rules = rules.zip(places).map(|(r, way)| (first + r, way)).collect();
            all.push(Overlap { guideline, rules, ways, start });
            start += 1 << ways;
        }
    }
    all
}

/// How many different things there are, and the number of each.
fn numbered<T: PartialEq>(all: impl Iterator<Item = T>) -> (usize, Vec<usize>) {
    let mut met = Vec::new();
    let mut number = |one: T| {
        met.iter().position(|other| *other == one).unwrap_or_else(|| {
            met.push(one);
            met.len() - 1
        })
    };
    let numbers = all.map(&mut number).collect();
    (met.len(), numbers)
}

/// True where somebody may review claims under a rule.
fn is_reviewed(scenario: &Scenario, rule: &Rule) -> bool {
    rule.effort.review_hours.is_some_and(|q| scenario.quantities.get(q).law.support().1 > 0.0)
}

/// Whether what a rule gives may come when patience has ended: reviews may take any time, all else is there at the latest with the
/// last claim or appeal.
fn may_wait(scenario: &Scenario, rule: &Rule) -> bool {
    let Some(p) = rule.procedure.map(|p| &scenario.aftermath.procedures[p]) else { return false };
    let most = |q: Q| scenario.quantities.get(q).law.support().1;
    let hours = if !rule.is_claimed() {
        most(p.automatic_after_hours)
    } else if is_reviewed(scenario, rule) {
        f64::INFINITY
    } else {
        let appeal = if most(p.appeal.share) > 0.0 { most(p.appeal.after_hours) } else { 0.0 };
        most(p.opens_after_hours) + most(p.window_hours) + appeal + most(p.pay_every_hours) + most(p.transfer_hours)
    };
    // Each of them is rounded to whole days.
    hours > 24.0 * (PATIENCE_DAYS - 5) as f64
}

#[cfg(test)]
mod tests {
    use super::{Award, losers};

    fn of(covered: f64, awards: &[(f64, f64)], together: Option<&[f64]>) -> f64 {
        let award = |(at, (waits, losers)): (usize, &(f64, f64))| Award {
            losers: *losers,
            later: 0.0,
            waits: [*waits, 1.0],
            approval: 1.0,
            bit: 1 << at,
        };
        losers(covered, &awards.iter().enumerate().map(award).collect::<Vec<_>>(), together)
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

    /// Losers, of these on appeal, approval, and the share who wait of either.
    type WithAppeals = (f64, f64, f64, [f64; 2]);

    fn with_appeals(covered: f64, awards: &[WithAppeals], together: Option<&[f64]>) -> f64 {
        let award = |(at, (losers, later, approval, waits)): (usize, &WithAppeals)| Award {
            losers: *losers,
            later: *later,
            waits: *waits,
            approval: *approval,
            bit: 1 << at,
        };
        losers(covered, &awards.iter().enumerate().map(award).collect::<Vec<_>>(), together)
    }

    #[test]
    fn whoever_waits_for_an_appeal_has_another_award_before() {
        // Of 5,000 who file for both, the surest half get one at once and the next quarter on appeal; the other, which pays half
        // late, gives all of these something: of the 1,250 with an appeal half wait.
        let appeals = (3750.0, 1250.0, 0.75, [0.0, 1.0]);
        assert_eq!(with_appeals(3750.0, &[appeals, (3750.0, 0.0, 0.75, [0.5, 0.5])], None), 625.0);
        // Two rules with the same appeals: the same people have both on appeal.
        assert_eq!(with_appeals(3750.0, &[appeals, appeals], None), 1250.0);
        assert_eq!(with_appeals(3750.0, &[appeals], None), 1250.0);
        // Another that pays the surest 60 % at once leaves the next 15 % of those who file to their appeals.
        assert!((with_appeals(3750.0, &[appeals, (3000.0, 0.0, 0.6, [0.0, 0.0])], None) - 750.0).abs() < 1e-9);
        // For other people: all appeals wait, and half of the others.
        assert_eq!(with_appeals(4750.0, &[appeals, (1000.0, 0.0, 0.5, [0.5, 0.5])], None), 1250.0 + 500.0);
        // Fewer file for it, 2,000 of the 5,000: of their appeals, 500, half wait, of all others' all.
        assert_eq!(with_appeals(3750.0, &[appeals, (1500.0, 0.0, 0.75, [0.5, 0.5])], None), 250.0 + 750.0);
    }

    #[test]
    fn awards_of_one_way_wait_each_as_its_own() {
        // Counted as one: half of the people have the fast award alone, the others the slow one.
        let counts = [0.0, 100.0];
        let award = |waits, losers| Award { losers, later: 0.0, waits: [waits, 1.0], approval: 1.0, bit: 1 };
        assert_eq!(losers(100.0, &[award(0.0, 50.0), award(1.0, 50.0)], Some(&counts)), 50.0);
        assert_eq!(losers(100.0, &[award(0.0, 50.0), award(1.0, 100.0)], Some(&counts)), 50.0);
    }
}
