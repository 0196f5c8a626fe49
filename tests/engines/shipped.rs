//! The shipped scenarios under both engines, world by world: the same numbers, each person drawn in one engine and
//! counts in the other, with a share of the people, for Kakao's 46 million one by one take minutes a world.
//!
//! In the same world both engines have the same mean and the same variance of whatever chance does in it. So what is
//! compared is the mean of the differences between them, and the mean of the differences between squares of differences
//! of two draws (twice the variance that chance makes): how much the worlds differ from each other does not blur it.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use redress::engine::outcome::{Block, COMMON, GUIDED, Groups};
use redress::engine::run::{Engine, Event, Options, run_on};
use redress::engine::world::{WorldSampler, Worlds};
use redress::model::Scenario;
use redress::stats::Moments;

use crate::common::check::{Check, Z};
use crate::common::sample::{mean, shape};

/// Worlds in which cohorts and pools are so much smaller than the scenario says.
struct Smaller {
    sampler: WorldSampler,
    /// Quantities that are made smaller.
    sizes: Vec<usize>,
    share: f64,
}

impl Smaller {
    fn of(scenario: &Scenario, share: f64) -> Smaller {
        let sampler = WorldSampler::new(&scenario.quantities, 3, 0).expect("shipped scenarios are valid");
        let people = scenario.cohorts.iter().map(|c| c.size);
        let pools = scenario.guidelines.iter().filter_map(|g| g.pool.as_ref()).map(|p| p.amount);
        let mut sizes: Vec<usize> = people.chain(pools).map(|q| q.0 as usize).collect();
        sizes.sort_unstable();
        sizes.dedup();
        Smaller { sampler, sizes, share }
    }
}

impl Worlds for Smaller {
    fn draw(&self, first: u64, count: usize) -> Vec<f64> {
        let mut values = self.sampler.draw(first, count);
        for world in values.chunks_mut(self.sampler.quantities()) {
            self.sizes.iter().for_each(|q| world[*q] *= self.share);
        }
        values
    }
}

/// Every number of a block, by world: `[common measure][group]`, then `[guideline][measure][group]`.
type Draws = Vec<Vec<f64>>;

/// Draws each world twice under an engine.
fn twice(scenario: &Scenario, worlds: &Smaller, engine: Engine, seed: u64, replicates: u64) -> [Draws; 2] {
    let options = Options { seed, replicates, engine, twins: replicates, threads: 1, ..Options::default() };
    let mut draws = [Draws::new(), Draws::new()];
    let mut keep = |to: usize, b: &Block| {
        let (s, groups) = (shape(scenario), Groups::of(scenario).list.len());
        for r in 0..b.replicates {
            let mut row = Vec::new();
            for m in 0..COMMON.len() {
                row.extend((0..groups).map(|group| b.common[s.common(r, group, m)]));
            }
            for (g, m) in (0..s.guidelines).flat_map(|g| (0..GUIDED.len()).map(move |m| (g, m))) {
                row.extend((0..groups).map(|group| b.guided[s.guided(r, g, group, m)]));
            }
            draws[to].push(row);
        }
    };
    run_on(scenario, &options, worlds, &AtomicBool::new(false), |event| {
        match event {
            Event::Block(block) => keep(0, block),
            Event::Twin(block) => keep(1, block),
        }
        Ok(())
    })
    .expect("the run ends");
    draws
}

/// Fewest worlds in which a number must be something for its mean to be compared: of rarer ones the mean is not normal.
const OFTEN: usize = 40;
/// Measures of which the counts engine splits a whole that it draws as is expected, so that they spread less in it.
const SPLIT: [&str; 6] = ["unaware", "deterred", "refused", "refused_genuine", "gave_up", "paid_without_right"];

/// Compares the engines number by number; `share` of the people in so many worlds.
fn agree(name: &str, share: f64, replicates: u64) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{name}.toml"));
    let scenario = redress::scenario::load(&path, &[]).expect("a shipped scenario").scenario;
    let worlds = Smaller::of(&scenario, share);
    let counts = twice(&scenario, &worlds, Engine::Counts, 11, replicates);
    let people = twice(&scenario, &worlds, Engine::Individual, 12, replicates);
    let groups = Groups::of(&scenario).list.len();
    let mut check = Check::new(name);
    let drafts = scenario.guidelines.iter().flat_map(|g| GUIDED.iter().map(move |m| (g.id.as_str(), m)));
    let measures = COMMON.iter().map(|m| ("", m)).chain(drafts);
    let mut rare = 0;
    for (at, ((draft, measure), group)) in measures.flat_map(|m| (0..groups).map(move |g| (m, g))).enumerate() {
        let of = |draws: &Draws| -> Vec<f64> { draws.iter().map(|row| row[at]).collect() };
        let [a, b, x, y] = [of(&counts[0]), of(&counts[1]), of(&people[0]), of(&people[1])];
        let what = format!("{draft}.{} of group {group}", measure.name);
        let some = |v: &[f64]| v.iter().filter(|v| **v != 0.0 && !v.is_nan()).count();
        let often = [&a, &b, &x, &y].iter().all(|v| some(v) >= OFTEN);
        let known = [&a, &b, &x, &y].iter().all(|v| v.iter().all(|v| !v.is_nan()));
        if !often || !known {
            rare += 1;
            continue;
        }
        let worlds = 0..a.len();
        // A difference that is rounding only is none.
        let told = |d: f64, i: usize| if d.abs() > 1e-12 * a[i].abs() { d } else { 0.0 };
        let difference: Vec<f64> = worlds.clone().map(|i| told(0.5 * (a[i] + b[i] - x[i] - y[i]), i)).collect();
        if measure.name.starts_with("gini") {
            // Inside a bucket of its histogram people count as equal.
            let miss = Moments::of(&difference).mean();
            let bound = if measure.name == "gini" { 0.004 } else { 0.01 * mean(&a) };
            check.that(miss.value.abs() < bound + Z * miss.se, || format!("{what}: {miss:?}"));
            continue;
        }
        check.mean_is(&what, &difference, 0.0);
        // A spread that is rounding only is no spread.
        let chance = |i: usize| (a[i] - b[i]).abs() > 1e-9 * a[i].abs();
        if !SPLIT.contains(&measure.name) && worlds.clone().any(chance) {
            let squares: Vec<f64> = worlds.map(|i| (a[i] - b[i]).powi(2) - (x[i] - y[i]).powi(2)).collect();
            check.mean_is(&format!("{what}, variance"), &squares, 0.0);
        }
    }
    println!("{name}: {rare} numbers are nothing in most worlds");
    check.done();
}

#[test]
fn kakao_in_the_same_worlds() {
    agree("kakao-2022", 0.01, 100);
}

#[test]
fn kt_in_the_same_worlds() {
    agree("kt-2018", 0.05, 100);
}
