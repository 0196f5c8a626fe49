//! The counts engine: one replicate, cohort by cohort and slot by slot, at a cost that does not grow with the number
//! of people.

use super::bystanders::Bystanders;
use super::cell::draw::{Drawn, draw};
use super::cell::law::CellLaw;
use super::cell::settle::{self, Tally};
use super::cell::CellInput;
use super::exposure::{self, Slot};
use super::inequality::Histogram;
use super::ledger::Ledger;
use super::offers::{self, KINDS, Kind};
use super::plan::{CohortPlan, Plan};
use super::streams::{CohortStreams, SlotStreams};
use crate::chance::counts::{binomial, multinomial};
use crate::model::Loss;

/// One thread's workplace: streams and the laws of cells, kept from one replicate to the next. What is kept depends on
/// its inputs alone, never on which replicates came before.
pub struct Counts<'a> {
    plan: &'a Plan<'a>,
    cohorts: Vec<CohortDesk>,
    slots: Vec<Slot>,
    weights: Vec<f64>,
    hits: Vec<u64>,
}

struct CohortDesk {
    streams: CohortStreams,
    slots: Vec<SlotDesk>,
}

/// What is kept of one slot.
struct SlotDesk {
    streams: SlotStreams,
    /// Values that the offers below were made from.
    key: Vec<f64>,
    fresh_key: Vec<f64>,
    kinds: [KindDesk; KINDS.len()],
    bystanders: Bystanders,
    /// What each guideline gave to bystanders in this replicate.
    flat: Vec<Tally>,
    region: usize,
}

#[derive(Default)]
struct KindDesk {
    input: CellInput,
    ranges: Vec<(usize, usize, usize)>,
    /// Laws by size class (people = 2^class).
    laws: Vec<(u32, CellLaw)>,
    class: u32,
    people: u64,
    drawn: Drawn,
}

impl KindDesk {
    fn law(&self) -> Option<&CellLaw> {
        self.laws.iter().find(|l| l.0 == self.class).map(|l| &l.1)
    }
}

impl<'a> Counts<'a> {
    /// A workplace for a plan. `chance` tells two draws in the same worlds apart (0: the main one).
    pub fn new(plan: &'a Plan<'a>, seed: u64, chance: u32) -> Counts<'a> {
        let regions = plan.scenario.regions.len();
        let cohorts = plan
            .cohorts
            .iter()
            .map(|c| CohortDesk {
                streams: CohortStreams::new(plan.scenario, c, seed, chance),
                slots: (0..c.slots(regions)).map(|i| SlotDesk::new(plan, c, i, seed, chance)).collect(),
            })
            .collect();
        Counts { plan, cohorts, slots: Vec::new(), weights: Vec::new(), hits: Vec::new() }
    }

    /// Draws one replicate in a world into a ledger. `foreseen`: the factor by which people expect each guideline's
    /// pool to scale awards.
    pub fn replicate(&mut self, replicate: u64, world: &[f64], foreseen: &[f64], ledger: &mut Ledger) {
        ledger.clear();
        for c in 0..self.cohorts.len() {
            self.cohort(c, replicate, world, foreseen, ledger);
        }
        ledger.close_pools(self.plan.scenario, world);
        for g in 0..ledger.factors.len() {
            if ledger.factors[g] < 1.0 {
                self.settle_again(g, ledger);
            }
        }
        if self.plan.inequality {
            self.inequality(ledger);
        }
    }

    fn cohort(&mut self, c: usize, replicate: u64, world: &[f64], foreseen: &[f64], ledger: &mut Ledger) {
        let plan = &self.plan.cohorts[c];
        let cohort = &self.plan.scenario.cohorts[c];
        exposure::slots(self.plan.scenario, plan, world, &mut self.slots);
        self.weights.clear();
        self.weights.extend(self.slots.iter().map(|s| s.share * s.hit));
        let desk = &mut self.cohorts[c];
        let size = cohort.size.of(world).round().max(0.0) as u64;
        multinomial(desk.streams.hits.at(replicate), size, &self.weights, 1.0, &mut self.hits);
        let reports = cohort.reports.as_ref();
        let mut reporting = reports.map(|r| (desk.streams.reports.at(replicate), r));
        for (i, slot) in self.slots.iter().enumerate() {
            let hit = self.hits[i];
            let leaf = &mut ledger.leaves[self.plan.groups.leaf(c, slot.region)];
            leaf.hit += hit as f64;
            if let Some((stream, r)) = &mut reporting {
                let n = binomial(stream, hit, r.share.of(world));
                leaf.reports += n as f64;
                leaf.reports_no_money += binomial(stream, n, r.no_money_share.of(world)) as f64;
            }
            let desk = &mut desk.slots[i];
            desk.open(self.plan, plan, slot, world, foreseen);
            desk.draw(replicate, hit, cohort.loss.as_ref(), slot, self.plan, plan, world);
            leaf.losers += desk.losers() as f64;
            leaf.loss += desk.loss();
            for (g, tally) in leaf.guided.iter_mut().enumerate() {
                desk.settle(g, 1.0, tally);
            }
        }
    }

    fn settle_again(&mut self, guideline: usize, ledger: &mut Ledger) {
        let factor = ledger.factors[guideline];
        for leaf in &mut ledger.leaves {
            leaf.guided[guideline] = Tally::default();
        }
        for (c, cohort) in self.cohorts.iter().enumerate() {
            for desk in &cohort.slots {
                let leaf = &mut ledger.leaves[self.plan.groups.leaf(c, desk.region)];
                desk.settle(guideline, factor, &mut leaf.guided[guideline]);
            }
        }
    }

    fn inequality(&self, ledger: &mut Ledger) {
        let regions = self.plan.scenario.regions.len();
        ledger.clear_histograms();
        for (c, cohort) in self.cohorts.iter().enumerate() {
            if self.plan.cohorts[c].grid.is_none() {
                continue;
            }
            for region in 0..regions {
                let desks = || cohort.slots.iter().filter(|d| d.region == region && d.losers() > 0);
                for g in 0..ledger.factors.len() {
                    let factor = ledger.factors[g];
                    ledger.net_losses(&self.plan.groups, (c, region), g, |h| {
                        desks().for_each(|d| d.net_losses(g, factor, h));
                    });
                }
            }
        }
    }
}

impl SlotDesk {
    fn new(plan: &Plan, cohort: &CohortPlan, index: usize, seed: u64, chance: u32) -> SlotDesk {
        let per_region = cohort.strata * cohort.fee_bands.len();
        SlotDesk {
            streams: SlotStreams::new(plan.scenario, cohort, index, seed, chance),
            key: vec![f64::NAN],
            fresh_key: Vec::new(),
            kinds: Default::default(),
            bystanders: Bystanders::default(),
            flat: vec![Tally::default(); plan.shape.guidelines],
            region: index / per_region.max(1),
        }
    }

    /// Brings the offers up to date with the world; does nothing when nothing they depend on has changed.
    fn open(&mut self, plan: &Plan, cohort: &CohortPlan, slot: &Slot, world: &[f64], foreseen: &[f64]) {
        let scale = offers::scale(plan.scenario, cohort, slot, world);
        self.fresh_key.clear();
        self.fresh_key.extend([scale, slot.fee_month]);
        self.fresh_key.extend(&slot.hours);
        self.fresh_key.extend(cohort.drawn.iter().map(|q| q.of(world)));
        self.fresh_key.extend(foreseen);
        if self.fresh_key == self.key {
            return;
        }
        std::mem::swap(&mut self.key, &mut self.fresh_key);
        let (flat, cells) = offers::of_slot(plan.scenario, cohort, slot, scale, world, foreseen);
        self.bystanders = Bystanders::new(&flat);
        for (desk, input) in self.kinds.iter_mut().zip(cells) {
            if desk.input != input {
                desk.ranges = input.by_guideline();
                desk.input = input;
                desk.laws.clear();
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn draw(
        &mut self,
        replicate: u64,
        hit: u64,
        loss: Option<&Loss>,
        slot: &Slot,
        plan: &Plan,
        cohort: &CohortPlan,
        world: &[f64],
    ) {
        let people = split(hit, loss, &mut self.streams, replicate, self.key[0], world);
        self.flat.fill(Tally::default());
        debug_assert_eq!(self.region, slot.region, "slots keep their order");
        let by: u64 = hit - people.iter().sum::<u64>();
        if !self.bystanders.is_empty() {
            self.bystanders.draw(by, self.streams.bystanders.at(replicate), &mut self.flat);
        }
        let _ = plan;
        let Some(grid) = &cohort.grid else { return };
        for (kind, desk) in self.kinds.iter_mut().enumerate() {
            desk.people = people[kind];
            if people[kind] == 0 {
                desk.drawn.singles.clear();
                desk.drawn.bulk = 0;
                desk.drawn.components.clear();
                continue;
            }
            desk.class = people[kind].ilog2();
            if desk.law().is_none() {
                let law = CellLaw::new(&desk.input, grid, 1 << desk.class);
                desk.laws.push((desk.class, law));
            }
            let law = desk.laws.iter().find(|l| l.0 == desk.class).map(|l| &l.1).expect("made above");
            draw(law, &desk.input, grid, people[kind], self.streams.kinds[kind].at(replicate), &mut desk.drawn);
        }
    }

    /// People who truly lost money.
    fn losers(&self) -> u64 {
        KINDS.iter().zip(&self.kinds).filter(|(k, _)| **k != Kind::Unfounded).map(|(_, d)| d.people).sum()
    }

    fn loss(&self) -> f64 {
        self.kinds.iter().filter(|d| d.people > 0).map(|d| settle::loss(&d.input, &d.drawn)).sum()
    }

    fn settle(&self, guideline: usize, factor: f64, tally: &mut Tally) {
        let mut flat = self.flat[guideline];
        flat.payout *= factor;
        tally.add(&flat);
        for d in self.kinds.iter().filter(|d| d.people > 0) {
            let range = d.ranges.iter().find(|r| r.0 == guideline);
            if let (Some((_, first, end)), Some(law)) = (range, d.law()) {
                tally.add(&settle::settle(law, &d.input, &d.drawn, (*first, *end), factor));
            }
        }
    }

    fn net_losses(&self, guideline: usize, factor: f64, histogram: &mut Histogram) {
        for d in self.kinds.iter().filter(|d| d.people > 0 && d.input.true_scale > 0.0) {
            let Some(law) = d.law() else { continue };
            match d.ranges.iter().find(|r| r.0 == guideline) {
                Some((_, first, end)) => {
                    settle::net_losses(law, &d.input, &d.drawn, (*first, *end), factor, histogram);
                }
                None => settle::bare_losses(law, &d.input, &d.drawn, histogram),
            }
        }
    }
}

/// People of a slot by kind: genuine, exaggerating, unfounded. What is left of the hit are bystanders.
fn split(
    hit: u64,
    loss: Option<&Loss>,
    streams: &mut SlotStreams,
    replicate: u64,
    scale: f64,
    world: &[f64],
) -> [u64; KINDS.len()] {
    let Some(loss) = loss else { return [0; KINDS.len()] };
    if hit == 0 {
        return [0; KINDS.len()];
    }
    let stream = streams.losers.at(replicate);
    let share = if scale > 0.0 { loss.share.of(world) } else { 0.0 };
    let losers = binomial(stream, hit, share);
    let exaggerated = binomial(stream, losers, loss.exaggerated_share.of(world));
    let unfounded = if scale > 0.0 { binomial(stream, hit - losers, loss.unfounded_share.of(world)) } else { 0 };
    [losers - exaggerated, exaggerated, unfounded]
}

