//! The counts engine: one replicate, step by step for all cohorts and slots, at a cost that does not grow with the number
//! of people.

use super::alone::Alone;
use super::cell::law::Bench;
use super::cell::settle::Tally;
use super::ledger::Ledger;
use super::offers::KINDS;
use super::plan::{CohortPlan, Plan};
use super::profile::{Profile, Profiles};
use super::scene::{DRAWS, Scene};
use super::slot::SlotDesk;
use super::streams::{CohortStreams, SlotStreams};
use super::waiting::{Waiting, Waits};
use crate::chance::counts::{binomial, multinomial};
use crate::model::Loss;

/// Slots that go through a step together. The code of all steps does not fit a processor's first cache, that of one does,
/// and what is kept of so many slots fits the second.
const TOGETHER: usize = 32;

/// One thread's desk: streams and the laws of cells, kept from one replicate to the next. What is kept depends on
/// its inputs alone, never on which replicates came before.
pub struct Counts<'a> {
    plan: &'a Plan<'a>,
    cohorts: Vec<CohortDesk>,
    /// All slots: cohort and place among its own.
    places: Vec<(usize, usize)>,
    weights: Vec<f64>,
    bench: Bench,
    /// Counts replicates, to tell profiles in use from old ones.
    turn: u64,
}

struct CohortDesk {
    streams: [CohortStreams; DRAWS],
    /// By stratum and fee band: what regions alike in hours share.
    profiles: Vec<Profiles>,
    slots: Vec<SlotDesk>,
    /// People hit, by slot.
    hits: Vec<u64>,
    /// People drawn one by one, where some rule has no schedule.
    alone: Option<Alone>,
}

impl<'a> Counts<'a> {
    /// A desk for a plan.
    pub fn new(plan: &'a Plan<'a>, seed: u64) -> Counts<'a> {
        let regions = plan.scenario.regions.len();
        let cohorts = plan
            .cohorts
            .iter()
            .enumerate()
            .map(|(index, c)| CohortDesk {
                streams: std::array::from_fn(|draw| CohortStreams::new(plan.scenario, c, seed, draw as u32)),
                profiles: (0..c.slots(1)).map(|_| Profiles::default()).collect(),
                slots: (0..c.slots(regions)).map(|i| SlotDesk::new(plan, c, i, seed)).collect(),
                hits: Vec::new(),
                alone: Alone::new(plan, index),
            })
            .collect();
        let places =
            |(c, plan): (usize, &CohortPlan)| (0..plan.slots(regions)).map(move |i| (c, i)).collect::<Vec<_>>();
        let places = plan.cohorts.iter().enumerate().flat_map(places).collect();
        Counts { plan, cohorts, places, weights: Vec::new(), bench: Bench::default(), turn: 0 }
    }

    /// Draws one replicate into a ledger.
    pub fn replicate(&mut self, scene: Scene, ledger: &mut Ledger) {
        ledger.clear(self.plan, scene.world);
        self.turn += 1;
        for c in 0..self.cohorts.len() {
            self.hit(c, scene, ledger);
        }
        let places = std::mem::take(&mut self.places);
        for some in places.chunks(TOGETHER) {
            some.iter().for_each(|place| self.open(*place, scene));
            some.iter().for_each(|place| self.people(*place, scene, ledger));
            some.iter().for_each(|place| self.prepare(*place));
            some.iter().for_each(|place| self.draw(*place, scene));
            some.iter().for_each(|place| self.settle(*place, ledger));
        }
        self.places = places;
        for c in 0..self.cohorts.len() {
            self.alone(c, scene, ledger);
        }
        ledger.close_pools(self.plan.scenario, scene.world);
        for g in 0..ledger.factors.len() {
            if ledger.factors[g] < 1.0 {
                self.settle_again(g, ledger);
            }
        }
        self.settle_alone_again(scene, ledger);
        self.net_losses(ledger);
    }

    /// Of the losers of a cohort and region who are counted and get something of a guideline, how many wait; by rule, the shares
    /// who do.
    pub fn waiting(&self, (c, region): (usize, usize), guideline: usize, rules: &[Waits]) -> Waiting {
        let mut all = Waiting::default();
        for (desk, profile) in self.cohorts[c].desks().filter(|(d, _)| d.region == region && d.losers() > 0) {
            all.add(desk.waiting(profile, guideline, rules));
        }
        all
    }

    /// Who is hit in a cohort, and who reports it.
    fn hit(&mut self, c: usize, scene: Scene, ledger: &mut Ledger) {
        let Scene { replicate, draw, world, .. } = scene;
        let bands = self.plan.cohorts[c].bands;
        let cohort = &self.plan.scenario.cohorts[c];
        let slots = &scene.slots[c];
        self.weights.clear();
        self.weights.extend(slots.chunks(bands).map(|same| same.iter().map(|s| s.share * s.hit).sum::<f64>()));
        let desk = &mut self.cohorts[c];
        let size = cohort.size.of(world).round().max(0.0) as u64;
        multinomial(desk.streams[draw].hits.at(replicate), size, &self.weights, 1.0, &mut desk.hits);
        if let Some(r) = &cohort.reports {
            let stream = desk.streams[draw].reports.at(replicate);
            for (hit, same) in desk.hits.iter().zip(slots.chunks(bands)) {
                let leaf = &mut ledger.leaves[self.plan.groups.leaf(c, same[0].region)];
                let n = binomial(stream, *hit, r.share.of(world));
                leaf.reports += n as f64;
                leaf.reports_no_money += binomial(stream, n, r.no_money_share.of(world)) as f64;
            }
        }
        if bands > 1 {
            self.split_bands(c, scene, bands);
        }
    }

    /// Finds the profile of a slot.
    fn open(&mut self, (c, i): (usize, usize), scene: Scene) {
        let (desk, slot) = (&mut self.cohorts[c], &scene.slots[c][i]);
        let at = i % desk.profiles.len();
        desk.slots[i].profile = desk.profiles[at].open(
            self.turn,
            self.plan.scenario,
            &self.plan.cohorts[c],
            slot,
            scene.world,
            scene.foreseen,
        );
    }

    /// Who of those hit in a slot lost something or says so.
    fn people(&mut self, (c, i): (usize, usize), scene: Scene, ledger: &mut Ledger) {
        let desk = &mut self.cohorts[c];
        let scale = desk.profile(i).scale();
        let mut hit = desk.hits[i];
        ledger.leaves[self.plan.groups.leaf(c, scene.slots[c][i].region)].hit += hit as f64;
        let streams = &mut desk.slots[i].streams[scene.draw];
        let mut people =
            split(hit, self.plan.scenario.cohorts[c].loss.as_ref(), streams, scene.replicate, scale, scene.world);
        if let Some(alone) = &mut desk.alone {
            hit -= people.iter().sum::<u64>();
            alone.put(i, std::mem::take(&mut people));
        }
        desk.slots[i].set(hit, people);
    }

    /// Makes the laws of a slot's cells.
    fn prepare(&mut self, (c, i): (usize, usize)) {
        let desk = &mut self.cohorts[c];
        let at = i % desk.profiles.len();
        let slot = &mut desk.slots[i];
        let profile = desk.profiles[at].get_mut(slot.profile);
        slot.prepare(profile, &self.plan.cohorts[c], &mut self.bench);
    }

    /// Draws what happens in a slot.
    fn draw(&mut self, (c, i): (usize, usize), scene: Scene) {
        let desk = &mut self.cohorts[c];
        let at = i % desk.profiles.len();
        let slot = &mut desk.slots[i];
        let profile = desk.profiles[at].get(slot.profile);
        slot.draw((scene.replicate, scene.draw), profile, self.plan.cohorts[c].grid(profile.law()));
    }

    /// Adds what was drawn in a slot to its leaf.
    fn settle(&mut self, (c, i): (usize, usize), ledger: &mut Ledger) {
        let desk = &self.cohorts[c];
        let (slot, profile) = (&desk.slots[i], desk.profile(i));
        let leaf = &mut ledger.leaves[self.plan.groups.leaf(c, slot.region)];
        slot.add_to(profile, &self.plan.rule_starts, leaf);
    }

    /// Draws the people of a cohort who are drawn one by one, if there are any.
    fn alone(&mut self, c: usize, scene: Scene, ledger: &mut Ledger) {
        let desk = &mut self.cohorts[c];
        let Some(alone) = &mut desk.alone else { return };
        alone.draw(self.plan, c, scene, &mut desk.slots, &ledger.factors);
        for (r, region) in alone.regions.iter().enumerate() {
            let leaf = &mut ledger.leaves[self.plan.groups.leaf(c, r)];
            leaf.losers += region.losers;
            leaf.loss += region.loss;
            leaf.guided.iter_mut().zip(&region.tallies).for_each(|(tally, t)| tally.add(t));
            region.seen.hand_over(leaf);
        }
    }

    /// Splits the hit of each region and stratum over fee bands, from a stream of their own: who is hit does not
    /// depend on whether a guideline asks for the fee.
    fn split_bands(&mut self, c: usize, scene: Scene, bands: usize) {
        let CohortDesk { streams, hits, .. } = &mut self.cohorts[c];
        let stream = streams[scene.draw].bands.at(scene.replicate);
        let together = std::mem::take(hits);
        let mut part = Vec::with_capacity(bands);
        for (hit, same) in together.iter().zip(scene.slots[c].chunks(bands)) {
            self.weights.clear();
            self.weights.extend(same.iter().map(|s| s.share));
            let whole: f64 = self.weights.iter().sum();
            multinomial(stream, *hit, &self.weights, whole, &mut part);
            // Rounding of the shares may leave somebody over.
            let left = *hit - part.iter().sum::<u64>();
            if let Some(last) = part.last_mut() {
                *last += left;
            }
            hits.extend(&part);
        }
    }

    fn settle_again(&mut self, guideline: usize, ledger: &mut Ledger) {
        let factor = ledger.factors[guideline];
        for leaf in &mut ledger.leaves {
            leaf.guided[guideline] = Tally::default();
        }
        for (c, cohort) in self.cohorts.iter().enumerate() {
            for (desk, profile) in cohort.desks() {
                let leaf = &mut ledger.leaves[self.plan.groups.leaf(c, desk.region)];
                let grid = self.plan.cohorts[c].grid(profile.law());
                desk.settle(profile, grid, guideline, factor, &mut leaf.guided[guideline]);
            }
        }
    }

    /// Draws the people who are drawn one by one again where a pool scales what they get.
    fn settle_alone_again(&mut self, scene: Scene, ledger: &mut Ledger) {
        if ledger.factors.iter().all(|f| *f >= 1.0) {
            return;
        }
        for (c, desk) in self.cohorts.iter_mut().enumerate() {
            let Some(alone) = &mut desk.alone else { continue };
            alone.draw(self.plan, c, scene, &mut desk.slots, &ledger.factors);
            for (r, region) in alone.regions.iter().enumerate() {
                let leaf = &mut ledger.leaves[self.plan.groups.leaf(c, r)];
                for (g, t) in region.tallies.iter().enumerate().filter(|(g, _)| ledger.factors[*g] < 1.0) {
                    leaf.guided[g].add(t);
                }
            }
        }
    }

    fn net_losses(&self, ledger: &mut Ledger) {
        let regions = self.plan.scenario.regions.len();
        ledger.clear_histograms();
        for (c, cohort) in self.cohorts.iter().enumerate() {
            if !self.plan.cohorts[c].loses() || !self.plan.net_losses(c) {
                continue;
            }
            if let Some(alone) = &cohort.alone {
                for (r, region) in alone.regions.iter().enumerate() {
                    ledger.bare_losses(&self.plan.groups, (c, r), |h| h.merge(&region.bare));
                    for (g, changes) in region.changes.iter().enumerate() {
                        let money = region.tallies[g].payout > 0.0;
                        ledger.net_losses(&self.plan.groups, (c, r), g, money, |h| h.merge(changes));
                    }
                }
                continue;
            }
            for region in 0..regions {
                let desks = || cohort.desks().filter(|(d, _)| d.region == region && d.losers() > 0);
                ledger.bare_losses(&self.plan.groups, (c, region), |h| {
                    desks().for_each(|(d, p)| d.bare_losses(p, h));
                });
                for g in 0..ledger.factors.len() {
                    let factor = ledger.factors[g];
                    let money = desks().any(|(d, p)| d.offers_money(p, g));
                    ledger.net_losses(&self.plan.groups, (c, region), g, money, |h| {
                        desks().for_each(|(d, p)| d.pay(p, g, factor, h));
                    });
                }
            }
        }
    }
}

impl CohortDesk {
    /// The profile of a slot.
    fn profile(&self, slot: usize) -> &Profile {
        self.profiles[slot % self.profiles.len()].get(self.slots[slot].profile)
    }

    /// Slots with their profiles.
    fn desks(&self) -> impl Iterator<Item = (&SlotDesk, &Profile)> {
        self.slots.iter().enumerate().map(|(i, d)| (d, self.profile(i)))
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
