//! The individual engine: every person drawn explicitly and none kept. Rules are evaluated as written, at the person's
//! own loss and fee, so this engine shares no schedule, node or normal limit with the counts engine.

use std::sync::atomic::{AtomicBool, Ordering};

use smallvec::SmallVec;

use super::cell::settle::Tally;
use super::exposure::{self, Slot};
use super::ledger::Ledger;
use super::offers::{self, Kind};
use super::person::{Person, Seen, give, ready};
use super::plan::{Plan, grid_ratio};
use super::scene::{DRAWS, Scene};
use crate::chance::stream::{Stream, unit};
use crate::model::{Cohort, FeeMonth, Scenario, Spread};

/// Numbers drawn at once to decide who is hit.
const BATCH: usize = 512;

/// One thread's desk.
pub struct Individual<'a> {
    plan: &'a Plan<'a>,
    /// Once raised, the rest of the people is left out: a replicate of billions takes minutes.
    cancel: &'a AtomicBool,
    /// By cohort and draw: who is hit, and what happens to each of them.
    streams: Vec<[(Stream, Stream); DRAWS]>,
}

impl<'a> Individual<'a> {
    /// A desk for a plan. What is drawn after `cancel` was raised is worth nothing.
    pub fn new(plan: &'a Plan<'a>, seed: u64, cancel: &'a AtomicBool) -> Individual<'a> {
        let ids = plan.scenario.cohorts.iter().map(|c| &c.id);
        let stream = |draw: usize, purpose: &str, id: &str| Stream::named(seed, draw as u32, purpose, id);
        let both = |id: &String| std::array::from_fn(|d| (stream(d, "people", id), stream(d, "persons", id)));
        Individual { plan, cancel, streams: ids.map(both).collect() }
    }

    /// Draws one replicate into a ledger. Where a pool binds, the same people are drawn again with its factor known.
    pub fn replicate(&mut self, scene: Scene, ledger: &mut Ledger) {
        ledger.clear(self.plan, scene.world);
        self.everybody(scene, ledger);
        ledger.close_pools(self.plan.scenario, scene.world);
        if ledger.factors.iter().any(|f| *f < 1.0) {
            let factors = ledger.factors.clone();
            ledger.clear(self.plan, scene.world);
            ledger.factors = factors;
            self.everybody(scene, ledger);
        }
        for leaf in self.sued_over() {
            ledger.tell_left(&self.plan.groups, leaf);
        }
    }

    /// Cohorts and regions whose people may sue over what is left to them.
    fn sued_over(&self) -> impl Iterator<Item = (usize, usize)> + use<'a> {
        let plan = self.plan;
        let cohorts = (0..plan.cohorts.len()).filter(|c| plan.sued_over[*c]);
        cohorts.flat_map(|c| (0..plan.scenario.regions.len()).map(move |r| (c, r)))
    }

    fn everybody(&mut self, scene: Scene, ledger: &mut Ledger) {
        ledger.clear_histograms();
        for leaf in self.sued_over() {
            ledger.cut_leaf(&self.plan.groups, leaf);
        }
        for c in 0..self.plan.cohorts.len() {
            self.cohort(c, scene, ledger);
        }
    }

    fn cohort(&mut self, c: usize, scene: Scene, ledger: &mut Ledger) {
        let Scene { replicate, draw, world, foreseen, .. } = scene;
        let (scenario, plan) = (self.plan.scenario, &self.plan.cohorts[c]);
        let cohort = &scenario.cohorts[c];
        let slots = &scene.slots[c];
        let hit: f64 = slots.iter().map(|s| s.share * s.hit).sum();
        let ready: Vec<_> = slots
            .iter()
            .map(|slot| {
                let scale = offers::scale(scenario, plan, slot, world);
                (scale, ready(self.plan, c, slot, world, foreseen))
            })
            .collect();
        let size = cohort.size.of(world).round().max(0.0) as u64;
        let (people, persons) = &mut self.streams[c][draw];
        people.at(replicate);
        persons.at(replicate);
        let mut given = vec![Tally::default(); self.plan.shape.guidelines];
        let mut seen: Vec<Seen> = scenario.regions.iter().map(|_| Seen::new(self.plan, c)).collect();
        each_hit(people, size, hit, self.cancel, || {
            let slot = pick(slots, hit * persons.uniform());
            let (scale, rules) = &ready[slot];
            let region = slots[slot].region;
            let person = person(cohort, *scale, &slots[slot].attributes, persons, world);
            let leaf = &mut ledger.leaves[self.plan.groups.leaf(c, region)];
            leaf.hit += 1.0;
            if let Some(r) = &cohort.reports
                && persons.uniform() < r.share.of(world)
            {
                leaf.reports += 1.0;
                leaf.reports_no_money += f64::from(persons.uniform() < r.no_money_share.of(world));
            }
            let loser = person.lost();
            leaf.losers += f64::from(loser);
            leaf.loss += person.loss;
            give(&person, rules, world, &ledger.factors, &mut given, &mut seen[region]);
            for (all, tally) in leaf.guided.iter_mut().zip(&given).filter(|(_, t)| t.claims + t.automatic > 0.0) {
                all.add(tally);
            }
            if loser && self.plan.net_losses(c) {
                for (g, tally) in given.iter().enumerate() {
                    let net = tally.left_of(person.loss);
                    ledger.add_net_loss(&self.plan.groups, (c, region), g, net);
                }
            }
        });
        for (region, seen) in seen.iter().enumerate() {
            seen.hand_over(&mut ledger.leaves[self.plan.groups.leaf(c, region)]);
        }
    }
}

/// People of a scenario, and those of them who are hit, in the central world.
pub fn people(scenario: &Scenario) -> (f64, f64) {
    let plan = Plan::new(scenario, false, grid_ratio(scenario));
    let world = scenario.quantities.central();
    let (mut curves, mut slots) = (Vec::new(), Vec::new());
    exposure::curves(scenario, &world, &mut curves);
    let (mut people, mut all_hit) = (0.0, 0.0);
    for cohort in &plan.cohorts {
        let size = scenario.cohorts[cohort.cohort].size.of(&world);
        exposure::slots(scenario, cohort, &world, &curves, &mut slots);
        people += size;
        all_hit += size * slots.iter().map(|s| s.share * s.hit).sum::<f64>();
    }
    (people, all_hit)
}

/// Calls `act` once for each person hit, as long as nobody cancels: one uniform number a person.
#[inline]
fn each_hit(stream: &mut Stream, size: u64, hit: f64, cancel: &AtomicBool, mut act: impl FnMut()) {
    let mut bytes = [0u8; 8 * BATCH];
    let mut left = size;
    while left > 0 && !cancel.load(Ordering::Relaxed) {
        let n = left.min(BATCH as u64) as usize;
        stream.fill(&mut bytes[..8 * n]);
        for chunk in bytes[..8 * n].chunks_exact(8) {
            let bits = u64::from_le_bytes(chunk.try_into().expect("chunks of eight bytes"));
            if unit(bits) < hit {
                act();
            }
        }
        left -= n as u64;
    }
}

/// The slot that a number below the total hit probability falls in.
fn pick(slots: &[Slot], mut at: f64) -> usize {
    let mut last = 0;
    for (i, s) in slots.iter().enumerate() {
        let weight = s.share * s.hit;
        if weight > 0.0 {
            last = i;
            if at < weight {
                return i;
            }
            at -= weight;
        }
    }
    last
}

/// A person of a slot with these attributes. Whatever differs by a law is drawn, whether a rule looks at it or not.
fn person(cohort: &Cohort, scale: f64, attributes: &[f64], stream: &mut Stream, world: &[f64]) -> Person {
    let fee_month = match &cohort.fee {
        FeeMonth::Varies(law) => Some(law.quantile(stream.uniform())),
        _ => None,
    };
    let mut own: Option<SmallVec<[f64; 4]>> = None;
    for a in &cohort.attributes {
        if let Spread::Varies(law) = &a.spread {
            own.get_or_insert_with(|| attributes.into())[a.place] = law.quantile(stream.uniform());
        }
    }
    let kind = cohort.loss.as_ref().filter(|_| scale > 0.0).and_then(|loss| {
        if stream.uniform() < loss.share.of(world) {
            let exaggerates = stream.uniform() < loss.exaggerated_share.of(world);
            Some(if exaggerates { Kind::Exaggerated } else { Kind::Genuine })
        } else {
            (stream.uniform() < loss.unfounded_share.of(world)).then_some(Kind::Unfounded)
        }
    });
    let (mut claimed, mut lost) = (0.0, 0.0);
    if let (Some(kind), Some(loss)) = (kind, &cohort.loss) {
        let x = scale * loss.severity_in(world).quantile(stream.uniform());
        let (claim, truth) = kind.scales(loss, world);
        (claimed, lost) = (claim * x, truth * x);
    }
    Person { kind, claimed, loss: lost, fee_month, attributes: own, u: stream.uniform(), v: stream.uniform() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_drawn_after_a_stop() {
        let mut stream = Stream::named(1, 0, "test", "stopped");
        for (stopped, wanted) in [(false, 1_000), (true, 0)] {
            stream.at(0);
            let (cancel, mut drawn) = (AtomicBool::new(stopped), 0);
            each_hit(&mut stream, 1_000, 1.0, &cancel, || drawn += 1);
            assert_eq!(drawn, wanted);
        }
    }
}
