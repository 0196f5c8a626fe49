//! Made-up outcomes: what an engine might hand on, with groups that add up.

use redress::chance::law::Law;
use redress::engine::outcome::{ACCOUNTS, Block, COMMON, GUIDED, Groups, Shape, common, guided};
use redress::model::{Budget, Pool, Region, Scenario, Text};

use crate::common::Build;

/// A scenario with `regions` regions, two cohorts and three guidelines; the last has a pool; the budget is drawn.
pub fn scenario(regions: usize) -> Scenario {
    let mut b = Build::new();
    if regions > 1 {
        b.scenario.regions[0].id = "region-0".into();
    }
    for r in 1..regions {
        let share = b.constant(1.0);
        b.scenario.regions.push(Region { id: format!("region-{r}"), title: Text::en("a region"), share });
    }
    let hit = b.law("hit", Law::Uniform { min: 0.1, max: 0.2 });
    b.cohort("drivers", 1000.0, hit, None);
    b.cohort("users", 5000.0, hit, None);
    for (id, money) in [("none", 0.0), ("flat", 10.0), ("pooled", 20.0)] {
        let amount = b.flat(money);
        b.guideline(id, amount);
    }
    let amount = b.law("budget.amount", Law::Uniform { min: 0.0, max: 1.0 });
    b.scenario.guidelines[2].pool = Some(Pool { amount, foreseen: false });
    b.scenario.budget = Some(Budget { amount, tolerance: 0.05 });
    b.scenario
}

/// Sizes of a scenario's blocks.
pub fn shape(scenario: &Scenario) -> Shape {
    Shape {
        quantities: scenario.quantities.list.len(),
        services: scenario.services.len(),
        groups: Groups::of(scenario).list.len(),
        guidelines: scenario.guidelines.len(),
    }
}

/// A block of zeros, pools that do not bind.
pub fn zeros(scenario: &Scenario, first: u64, replicates: usize) -> Block {
    let s = shape(scenario);
    Block {
        first,
        replicates,
        worlds: vec![0.0; replicates * s.quantities],
        service_hours: vec![0.0; replicates * s.services],
        common: vec![0.0; replicates * s.groups * COMMON.len()],
        guided: vec![0.0; replicates * s.guidelines * s.groups * GUIDED.len()],
        accounts: vec![0.0; replicates * s.guidelines * ACCOUNTS.len()],
        timeline: Vec::new(),
        unpaid: Vec::new(),
        to_mean: Vec::new(),
        watched: Vec::new(),
        pool_factor: vec![1.0; replicates * s.guidelines],
    }
}

/// A block whose totals of one measure are given: `values[replicate][guideline]`.
pub fn with(scenario: &Scenario, measure: &str, values: &[&[f64]]) -> Block {
    let mut block = zeros(scenario, 0, values.len());
    set(&mut block, scenario, measure, values);
    block
}

/// Sets the totals of one measure.
pub fn set(block: &mut Block, scenario: &Scenario, measure: &str, values: &[&[f64]]) {
    let (s, m) = (shape(scenario), guided(measure).expect("known measure"));
    for (r, row) in values.iter().enumerate() {
        for (g, value) in row.iter().enumerate() {
            block.guided[s.guided(r, g, 0, m)] = *value;
        }
    }
}

/// Sets how many lose money in a world.
pub fn set_losers(block: &mut Block, scenario: &Scenario, world: usize, losers: f64) {
    let at = shape(scenario).common(world, 0, common("losers").expect("known measure"));
    block.common[at] = losers;
}

/// A block of arbitrary values in which leaves add up to their groups. The same replicate has the same values whatever
/// block it comes in; `salt` makes another draw.
pub fn arbitrary(scenario: &Scenario, first: u64, replicates: usize, salt: u64) -> Block {
    let mut block = zeros(scenario, first, replicates);
    let (s, groups) = (shape(scenario), Groups::of(scenario));
    for r in 0..replicates {
        let number = first + r as u64;
        let draw = |key: &[usize]| unit(key.iter().fold(number ^ (salt << 40), |h, k| mix(h ^ *k as u64)));
        (0..s.quantities).for_each(|q| block.worlds[r * s.quantities + q] = unit(mix(number) ^ q as u64));
        (0..s.services).for_each(|v| block.service_hours[r * s.services + v] = 10.0 * draw(&[9, v]));
        (0..s.guidelines).for_each(|g| block.pool_factor[r * s.guidelines + g] = (0.5 + draw(&[8, g])).min(1.0));
        for cohort in 0..scenario.cohorts.len() {
            for region in 0..scenario.regions.len() {
                for up in groups.ancestors(cohort, region) {
                    for m in 0..COMMON.len() {
                        block.common[s.common(r, up, m)] += (1000.0 * draw(&[7, cohort, region, m])).floor();
                    }
                    for (g, m) in (0..s.guidelines).flat_map(|g| (0..GUIDED.len()).map(move |m| (g, m))) {
                        // A spread of several powers of ten, as money has.
                        let value = (12.0 * draw(&[g, cohort, region, m])).exp().floor();
                        block.guided[s.guided(r, g, up, m)] += value;
                    }
                }
            }
        }
    }
    block
}

fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9).wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

fn unit(x: u64) -> f64 {
    (mix(x) >> 11) as f64 / (1_u64 << 53) as f64
}
