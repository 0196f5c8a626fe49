//! One slot's place in a replicate: how many people of each kind it holds and what was drawn for them.

use super::cell::claims::{self, LeftOut, RuleSum};
use super::cell::draw::{self, Drawn};
use super::cell::law::Bench;
use super::cell::net_loss;
use super::cell::nodes::SeverityGrid;
use super::cell::settle::{self, Tally};
use super::inequality::Histogram;
use super::offers::{KINDS, Kind};
use super::plan::{CohortPlan, Plan};
use super::profile::Profile;
use super::scene::DRAWS;
use super::streams::SlotStreams;

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
}

#[derive(Default)]
struct KindDraw {
    class: u32,
    people: u64,
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
        }
    }

    /// Takes the people hit, of them `people` by kind.
    pub fn set(&mut self, hit: u64, people: [u64; KINDS.len()]) {
        self.bystanders = hit - people.iter().sum::<u64>();
        self.kinds.iter_mut().zip(people).for_each(|(kind, people)| kind.people = people);
    }

    /// Makes sure that there is a law for the people of each kind.
    pub fn prepare(&mut self, profile: &mut Profile, grid: Option<&SeverityGrid>, bench: &mut Bench) {
        let Some(grid) = grid else { return };
        for (desk, kind) in self.kinds.iter_mut().zip(&mut profile.kinds).filter(|(desk, _)| desk.people > 0) {
            desk.class = kind.prepare(grid, desk.people, bench);
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
            if let Some(law) = kind.law(desk.class) {
                let stream = streams.kinds[k].at(replicate);
                draw::draw(law, &kind.input, &kind.ranges, grid, desk.people, stream, &mut desk.drawn);
            }
        }
    }

    /// People who truly lost money.
    pub fn losers(&self) -> u64 {
        KINDS.iter().zip(&self.kinds).filter(|(k, _)| **k != Kind::Unfounded).map(|(_, d)| d.people).sum()
    }

    /// Money truly lost.
    pub fn loss(&self, profile: &Profile) -> f64 {
        self.drawn(profile).map(|(kind, law, d)| settle::loss(law, &kind.input, &d.drawn)).sum()
    }

    /// Adds what a guideline gives when its pool scales money by `factor`.
    pub fn settle(&self, profile: &Profile, guideline: usize, factor: f64, tally: &mut Tally) {
        let mut flat = self.flat[guideline];
        flat.payout *= factor;
        tally.add(&flat);
        for (kind, law, d) in self.drawn(profile) {
            if let Some(range) = kind.range(guideline) {
                tally.add(&settle::settle(law, &kind.input, &d.drawn, range, factor));
            }
        }
    }

    /// Adds what each rule of a guideline did, before pools.
    pub fn rules(&self, profile: &Profile, guideline: usize, sums: &mut [RuleSum]) {
        profile.bystanders.rules(guideline, &self.flat_rules, sums);
        for (kind, law, d) in self.drawn(profile) {
            if let Some((_, first, end)) = kind.range(guideline) {
                claims::rules(&kind.input, &d.drawn, (first, end), sums);
                if let Some(truth) = kind.input.truth {
                    claims::undue(law, &kind.input, &d.drawn, (first, end), truth, sums);
                }
            }
        }
    }

    /// Why losers get nothing of a guideline.
    pub fn left_out(&self, profile: &Profile, guideline: usize) -> LeftOut {
        let mut out = LeftOut::default();
        for (kind, law, d) in self.drawn(profile).filter(|(kind, ..)| kind.input.true_scale > 0.0) {
            match kind.range(guideline) {
                Some(range) => out.add(&claims::left_out(law, &kind.input, &d.drawn, range)),
                None => out.ineligible += d.people as f64,
            }
        }
        out
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
        both.filter_map(|(kind, d)| Some((kind, kind.law(d.class)?, d)))
    }
}
