//! Losers who will get something and have nothing yet when patience ends: of those who get several awards, by the first of them.

use std::collections::BTreeMap;

use smallvec::SmallVec;

use super::ledger::Ledger;
use super::outcome::Group;
use super::plan::Plan;
use super::scene::{DRAWS, Scene};
use crate::chance::counts::part;
use crate::chance::stream::Stream;
use crate::model::{Q, Rule, Scenario};
use crate::process::PATIENCE_DAYS;
use crate::process::payment::{Course, Timing};

/// Share of the people paid by a rule who have nothing yet when patience ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waits {
    /// Of those whom the first decision approves.
    pub at_first: f64,
    /// Of those who win on appeal.
    pub on_appeal: f64,
}

impl Waits {
    /// Of a rule's payments.
    pub fn of(timing: &Timing) -> Waits {
        Waits { at_first: timing.at_first.unit.waits, on_appeal: timing.by_appeal.unit.waits }
    }
}

/// How many wait of people of whom it is not known who they are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Waiting {
    /// The mean.
    pub mean: f64,
    /// The variance over who they are; none of people who are known one by one.
    pub variance: f64,
}

impl Waiting {
    /// Adds others.
    pub fn add(&mut self, others: Waiting) {
        self.mean += others.mean;
        self.variance += others.variance;
    }
}

/// Awards of one guideline to one person: two bits a rule, for one at first and one on appeal.
pub type Awards = SmallVec<[u64; 1]>;

/// Rules whose bits one word holds.
const RULES_A_WORD: usize = 32;

/// Notes an award of a rule.
pub fn note(awards: &mut Awards, rule: usize, on_appeal: bool) {
    let word = rule / RULES_A_WORD;
    if awards.len() <= word {
        awards.resize(word + 1, 0);
    }
    awards[word] |= 1 << (2 * (rule % RULES_A_WORD) + usize::from(on_appeal));
}

/// Losers by the awards that they get, of guidelines that may leave some of them waiting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holders(BTreeMap<(usize, Awards), f64>);

impl Holders {
    /// Notes so many people with these awards of a guideline.
    pub fn add(&mut self, guideline: usize, awards: &Awards, people: f64) {
        *self.0.entry((guideline, awards.clone())).or_default() += people;
    }

    /// Notes those of another.
    pub fn take_in(&mut self, others: &Holders) {
        others.0.iter().for_each(|((guideline, awards), people)| self.add(*guideline, awards, *people));
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// How many of a guideline's people wait.
    pub fn waiting(&self, guideline: usize, rules: &[Waits]) -> f64 {
        let first = (guideline, Awards::new());
        let of_it = self.0.range(first..).take_while(|((g, _), _)| *g == guideline);
        of_it.map(|((_, awards), people)| people * least(awards, rules)).sum()
    }
}

/// The least share who wait of any of some awards: whoever gets several has the same place in all queues.
fn least(awards: &Awards, rules: &[Waits]) -> f64 {
    let has = |bit: usize| awards.get(bit / (2 * RULES_A_WORD)).is_some_and(|word| word >> (bit % 64) & 1 == 1);
    let share = |(rule, waits): (usize, &Waits)| {
        let soon = if has(2 * rule) { waits.at_first } else { 1.0 };
        if has(2 * rule + 1) { soon.min(waits.on_appeal) } else { soon }
    };
    rules.iter().enumerate().map(share).fold(1.0, f64::min)
}

/// Of the losers of a cohort and region who get something of a guideline, how many wait of those whom an engine counted without
/// knowing them one by one; by rule, the shares who do.
pub type Counted<'c> = &'c dyn Fn((usize, usize), usize, &[Waits]) -> Waiting;

/// One thread's desk.
pub struct Desk {
    /// By draw and group: who waits, common to all guidelines.
    streams: [Vec<Stream>; DRAWS],
    /// Shares who wait, by rule of the guideline at hand.
    rules: Vec<Waits>,
}

impl Desk {
    /// A desk for a plan.
    pub fn new(plan: &Plan, seed: u64) -> Desk {
        let stream = |draw: usize, group: &Group| {
            let cohort = group.cohort.map_or("", |c| &plan.scenario.cohorts[c].id);
            let region = group.region.map_or("", |r| &plan.scenario.regions[r].id);
            Stream::named(seed, draw as u32, "waiting", &format!("{cohort}/{region}"))
        };
        let streams = |draw| plan.groups.list.iter().map(|group| stream(draw, group)).collect();
        Desk { streams: std::array::from_fn(streams), rules: Vec::new() }
    }

    /// Tells each leaf how many of its losers wait, after the courses of payments by guideline.
    pub fn follow(&mut self, plan: &Plan, scene: Scene, courses: &[Course], ledger: &mut Ledger, counted: Counted) {
        for (g, start) in plan.rule_starts.iter().enumerate() {
            let Some(start) = start.filter(|_| plan.scenario.guidelines[g].is_timed()) else { continue };
            self.rules.clear();
            self.rules.extend(courses[g].rules.iter().map(Waits::of));
            if self.rules.iter().all(|w| w.at_first <= 0.0 && w.on_appeal <= 0.0) {
                continue;
            }
            for l in &plan.groups.leaves {
                let Group { cohort: Some(c), region } = plan.groups.list[*l] else { continue };
                let leaf = &mut ledger.leaves[*l];
                let covered = leaf.guided[g].covered;
                let mut given = courses[g].rules.iter().zip(&leaf.rules[start..]).filter(|(_, s)| s.losers > 0.0);
                let Some((timing, only)) = given.next() else { continue };
                // Who waits for the one award that there is was drawn with the appeals.
                let waiting = if given.next().is_none() {
                    only.losers * timing.unit(only.losers_later / only.losers).waits
                } else {
                    let known = leaf.held.waiting(g, &self.rules);
                    let others = counted((c, region.unwrap_or(0)), g, &self.rules);
                    let stream = self.streams[scene.draw][*l].at(scene.replicate);
                    known + part(stream, covered, others.mean, others.variance)
                };
                leaf.after[g].still_waiting = waiting.min(covered);
            }
        }
    }
}

/// Of a cohort's rules, in order, the guidelines that say when they pay and have several of them, of which one may pay when
/// patience has ended.
pub fn several(scenario: &Scenario, rules: &[(usize, usize)]) -> Vec<usize> {
    let same = rules.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1);
    let late = |(g, r): &(usize, usize)| may_wait(scenario, &scenario.guidelines[*g].rules[*r]);
    same.filter(|same| scenario.guidelines[same[0].0].is_timed() && same.iter().any(late))
        .map(|same| same[0].0)
        .collect()
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
    use super::*;

    #[test]
    fn whoever_gets_several_awards_waits_for_the_first() {
        let rules = [(0.5, 1.0), (0.25, 0.75), (0.0, 0.5)].map(|(at_first, on_appeal)| Waits { at_first, on_appeal });
        let awards = |of: &[(usize, bool)]| {
            let mut all = Awards::new();
            of.iter().for_each(|(rule, on_appeal)| note(&mut all, *rule, *on_appeal));
            all
        };
        let mut held = Holders::default();
        held.add(1, &awards(&[(0, true)]), 8.0);
        held.add(1, &awards(&[(0, false), (1, true)]), 4.0);
        held.add(1, &awards(&[(0, true), (1, false)]), 4.0);
        held.add(1, &awards(&[(2, false), (1, false)]), 100.0);
        held.add(0, &awards(&[(0, true)]), 1_000.0);
        held.add(2, &awards(&[(0, true)]), 1_000.0);
        let mut twice = Holders::default();
        twice.take_in(&held);
        twice.take_in(&held);
        assert_eq!((held.waiting(1, &rules), twice.waiting(1, &rules)), (8.0 + 2.0 + 1.0, 22.0));
        assert_eq!(held.waiting(3, &rules), 0.0);
    }

    #[test]
    fn rules_beyond_a_word_are_told_apart() {
        let mut rules = vec![Waits { at_first: 1.0, on_appeal: 1.0 }; 100];
        rules[70] = Waits { at_first: 0.25, on_appeal: 0.5 };
        for (rule, on_appeal, wanted) in [(70, false, 0.25), (70, true, 0.5), (38, false, 1.0), (6, true, 1.0)] {
            let mut awards = Awards::new();
            note(&mut awards, rule, on_appeal);
            assert_eq!(least(&awards, &rules), wanted, "{rule}");
        }
    }
}
