//! One slot's place in a replicate: how many people of each kind it holds and what was drawn for them.

use super::cell::claims;
use super::cell::draw::{self, Drawn};
use super::cell::grid::SeverityGrid;
use super::cell::law::Bench;
use super::cell::net_loss;
use super::cell::queued;
use super::cell::settle::{self, Pool, Tally};
use super::inequality::Histogram;
use super::ledger::Leaf;
use super::offers::{KINDS, Kind};
use super::plan::{CohortPlan, Plan};
use super::profile::Profile;
use super::scene::DRAWS;
use super::streams::SlotStreams;
use super::waiting::{Waiting, Waits};
use crate::process::decision::RuleSum;

/// A slot.
pub struct SlotDesk {
    /// Its random streams.
    pub streams: [SlotStreams; DRAWS],
    /// Region (index).
    pub region: usize,
    /// Index of its profile in this replicate.
    pub profile: usize,
    kinds: [KindDraw; KINDS.len()],
    /// People hit who are of no kind.
    bystanders: u64,
    /// What each guideline gave to people without a loss, before pools.
    flat: Vec<Tally>,
    /// The same by offer.
    flat_rules: Vec<RuleSum>,
    net_losses: bool,
}

#[derive(Default)]
struct KindDraw {
    people: u64,
    /// Place of their law in the profile.
    law: usize,
    drawn: Drawn,
}

impl SlotDesk {
    /// The slot at an index of a cohort's slots (order region, stratum, band).
    pub fn new(plan: &Plan, cohort: &CohortPlan, index: usize, seed: u64) -> SlotDesk {
        SlotDesk {
            streams: std::array::from_fn(|draw| SlotStreams::new(plan.scenario, cohort, index, seed, draw as u32)),
            region: index / cohort.slots(1).max(1),
            profile: 0,
            kinds: Default::default(),
            bystanders: 0,
            flat: vec![Tally::default(); plan.shape.guidelines],
            flat_rules: Vec::new(),
            net_losses: plan.net_losses(cohort.cohort),
        }
    }

    /// Takes the people hit, of them `people` by kind.
    pub fn set(&mut self, hit: u64, people: [u64; KINDS.len()]) {
        self.bystanders = hit - people.iter().sum::<u64>();
        self.kinds.iter_mut().zip(people).for_each(|(kind, people)| kind.people = people);
    }

    /// Makes sure that there is a law for the people of each kind.
    pub fn prepare(&mut self, profile: &mut Profile, cohort: &CohortPlan, bench: &mut Bench) {
        let Some(grid) = cohort.grid(profile.law()) else { return };
        for (desk, kind) in self.kinds.iter_mut().zip(&mut profile.kinds).filter(|(desk, _)| desk.people > 0) {
            desk.law = kind.prepare(grid, (desk.people, cohort.classes_of_twice), bench);
        }
    }

    /// Draws what happens to the people.
    pub fn draw(&mut self, (replicate, draw): (u64, usize), profile: &Profile, grid: Option<&SeverityGrid>) {
        self.flat.fill(Tally::default());
        self.flat_rules.clear();
        let streams = &mut self.streams[draw];
        if !profile.bystanders.is_empty() {
            let stream = streams.bystanders.at(replicate);
            profile.bystanders.draw(self.bystanders, stream, &mut self.flat, &mut self.flat_rules);
        }
        let Some(grid) = grid else { return };
        for (k, desk) in self.kinds.iter_mut().enumerate().filter(|(_, desk)| desk.people > 0) {
            let kind = &profile.kinds[k];
            let stream = streams.kinds[k].at(replicate);
            let people = (desk.people, self.net_losses);
            draw::draw(kind.law(desk.law), &kind.input, &kind.ranges, grid, people, stream, &mut desk.drawn);
        }
    }

    /// People who truly lost money.
    pub fn losers(&self) -> u64 {
        KINDS.iter().zip(&self.kinds).filter(|(k, _)| **k != Kind::Unfounded).map(|(_, d)| d.people).sum()
    }

    /// Money truly lost.
    fn loss(&self, profile: &Profile) -> f64 {
        self.drawn(profile).map(|(kind, law, d)| settle::loss(law, &kind.input, &d.drawn)).sum()
    }

    /// Adds what a guideline gives when its pool scales money by `factor`.
    pub fn settle(
        &self,
        profile: &Profile,
        grid: Option<&SeverityGrid>,
        guideline: usize,
        factor: f64,
        tally: &mut Tally,
    ) {
        let mut flat = self.flat[guideline];
        flat.payout *= factor;
        tally.add(&flat);
        let pool = grid.map(|grid| Pool { factor, grid });
        for (kind, law, d) in self.drawn(profile) {
            if let Some(range) = kind.range(guideline) {
                tally.add(&settle::settle(law, &kind.input, &d.drawn, range, pool));
            }
        }
    }

    /// Adds what was drawn to the slot's leaf, before pools; `starts`: where the rules of each guideline begin in a leaf's
    /// list.
    pub fn add_to(&self, profile: &Profile, starts: &[Option<usize>], leaf: &mut Leaf) {
        leaf.losers += self.losers() as f64;
        leaf.loss += self.loss(profile);
        leaf.guided.iter_mut().zip(&self.flat).for_each(|(tally, flat)| tally.add(flat));
        profile.bystanders.rules(starts, &self.flat_rules, &mut leaf.rules);
        for (kind, law, d) in self.drawn(profile) {
            let (input, drawn, loses) = (&kind.input, &d.drawn, kind.input.true_scale > 0.0);
            let mut ranges = kind.ranges.iter().enumerate().peekable();
            for (g, start) in starts.iter().enumerate() {
                let Some((position, (_, first, end))) = ranges.next_if(|(_, r)| r.0 == g) else {
                    leaf.left_out[g].ineligible += if loses { d.people as f64 } else { 0.0 };
                    continue;
                };
                let (offers, range) = ((*first, *end), (position, *first, *end));
                leaf.guided[g].add(&settle::settle(law, input, drawn, range, None));
                if loses {
                    leaf.left_out[g].add(&claims::left_out(input, drawn, position));
                }
                let Some(start) = *start else { continue };
                let sums = &mut leaf.rules[start..];
                claims::rules(input, drawn, offers, sums);
                if let Some(truth) = input.truth {
                    claims::undue(law, input, drawn, offers, truth, sums);
                }
            }
        }
    }

    /// Of the losers who get something of a guideline, how many wait; by rule, the shares who do.
    pub fn waiting(&self, profile: &Profile, guideline: usize, rules: &[Waits]) -> Waiting {
        let mut all = Waiting::default();
        for (kind, law, d) in self.drawn(profile).filter(|(kind, ..)| kind.input.true_scale > 0.0) {
            if let Some(range) = kind.range(guideline) {
                all.add(queued::waiting(law, &kind.input, &d.drawn, range, rules));
            }
        }
        all
    }

    /// True when a guideline offers money to anybody of the slot who lost money.
    pub fn offers_money(&self, profile: &Profile, guideline: usize) -> bool {
        self.drawn(profile).any(|(kind, ..)| kind.input.true_scale > 0.0 && kind.offers_money(guideline))
    }

    /// Adds the losers' losses.
    pub fn bare_losses(&self, profile: &Profile, histogram: &mut Histogram) {
        for (kind, law, d) in self.drawn(profile).filter(|(kind, ..)| kind.input.true_scale > 0.0) {
            net_loss::bare_losses(law, &kind.input, &d.drawn, histogram);
        }
    }

    /// Moves the losers whom a guideline pays from their losses to their net losses.
    pub fn pay(&self, profile: &Profile, guideline: usize, factor: f64, histogram: &mut Histogram) {
        for (kind, law, d) in self.drawn(profile).filter(|(kind, ..)| kind.input.true_scale > 0.0) {
            if let Some(range) = kind.range(guideline) {
                net_loss::pay(law, &kind.input, &d.drawn, range, factor, histogram);
            }
        }
    }

    fn drawn<'p>(
        &'p self,
        profile: &'p Profile,
    ) -> impl Iterator<Item = (&'p super::profile::ProfileKind, &'p super::cell::law::CellLaw, &'p KindDraw)> {
        let both = profile.kinds.iter().zip(&self.kinds).filter(|(_, d)| d.people > 0);
        both.map(|(kind, d)| (kind, kind.law(d.law), d))
    }
}
