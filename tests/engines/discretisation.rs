//! The loss grid: filing that varies inside a segment is integrated by a two-point rule. How far that moves means is
//! told without drawing, against the closed form, in standard errors of a run of 10,000 replicates.

use redress::engine::cell::axis::Axis;
use redress::engine::cell::grid::{SeverityGrid, Varying};
use redress::engine::cell::{CellInput, Offer, kinks};
use redress::engine::expectation::Expectation;
use redress::engine::foreseen::kind_shares;
use redress::engine::offers::{self, SlotOffers};
use redress::engine::plan::{GRID_RATIO, Plan, grid_ratio};
use redress::engine::scene::{Outlook, Scene, Stage};
use redress::engine::world::{WorldSampler, Worlds};
use redress::model::Scenario;

use super::cases;
use crate::common::w2;

/// In one world, so with chance alone, a run's errors are smallest and the grid shows most: a tenth of a standard error
/// at the grid in use where nothing is uncertain, twice that at the ordinary one, and by the fourth power of the step a tenth
/// and a hundredth of that on finer grids.
#[test]
fn no_mean_moves_by_a_tenth_of_its_error_in_one_world() {
    for (name, scenario) in [
        ("filing", cases::filing().scenario),
        ("kinds", cases::kinds().scenario),
        ("few", cases::few().scenario),
        ("bands", cases::bands().scenario),
        ("hours", cases::hours().scenario),
    ] {
        let own = grid_ratio(&scenario);
        assert!(own < GRID_RATIO, "{name}: nothing is uncertain");
        for (ratio, bound) in [(own, 0.1), (GRID_RATIO, 0.2), (1.4, 0.02), (1.19, 0.002)] {
            let worst = errors(&scenario, ratio, None).into_iter().fold(0.0, |a: f64, e| a.max(e.1.abs()));
            println!("{name}, step {ratio}: {worst:.5}");
            assert!(worst < bound, "{name}, step {ratio}: {:?}", errors(&scenario, ratio, None));
        }
    }
}

/// Where the share hit is uncertain, so are the means of worlds, and the errors of a run are larger: here the spread of 200
/// worlds' means is added to the chance in them.
#[test]
fn no_mean_moves_by_a_tenth_of_its_error_where_little_is_uncertain() {
    const WORLDS: usize = 200;
    let scenario = cases::pools().scenario;
    assert_eq!(grid_ratio(&scenario), GRID_RATIO);
    let plan = Plan::new(&scenario, false, GRID_RATIO);
    let sampler = WorldSampler::new(&scenario.quantities, 1, 0).expect("worlds can be drawn");
    let worlds = sampler.draw(0, WORLDS);
    let ones = vec![1.0; scenario.guidelines.len()];
    let foreseen = Outlook { pools: &ones, left: &[] };
    let mut stage = Stage::new(&plan);
    let expectation = Expectation::new(&plan);
    let of_worlds: Vec<_> = worlds
        .chunks_exact(scenario.quantities.list.len())
        .map(|world| expectation.of(Scene { foreseen, ..stage.set(0, world) }))
        .collect();
    for (g, guideline) in scenario.guidelines.iter().enumerate().filter(|(_, g)| g.rules.len() == 1) {
        for m in ["claims", "payout"] {
            let means: Vec<f64> = of_worlds.iter().map(|w| w.guided(g, 0, m).expect("a measure").mean).collect();
            let chance: f64 = of_worlds.iter().map(|w| w.guided(g, 0, m).expect("a measure").variance).sum();
            let n = WORLDS as f64;
            let mean = means.iter().sum::<f64>() / n;
            let between = means.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
            let name = format!("{} {m}", guideline.id);
            let found = errors(&scenario, GRID_RATIO, Some((between + chance / n).sqrt()));
            let Some((_, error)) = found.iter().find(|e| e.0 == name) else { continue };
            println!("{name}: {error:.5}");
            assert!(error.abs() < 0.1, "{name}: {error}");
        }
    }
}

/// Where the share hit is uncertain the errors of a run are larger: 45 million people, a logistic share of whom file
/// (standard deviation of the whole run from `reference/w2_law.py`).
#[test]
fn no_mean_moves_by_a_tenth_of_its_error_in_a_run() {
    let mut b = w2();
    b.scenario.guidelines[3].rules[0].filing = b.logistic(0.8, 5_000.0, 1.2);
    assert_eq!(grid_ratio(&b.scenario), GRID_RATIO);
    for (name, error) in errors(&b.scenario, GRID_RATIO, Some(455_471_350.5)).into_iter().filter(|e| e.0 == "g4 payout")
    {
        assert!(error.abs() < 0.1, "{name}: {error}");
    }
}

/// For every guideline of one rule: how far its filers and its payout by the grid are from the closed form.
pub fn errors(scenario: &Scenario, ratio: f64, sd: Option<f64>) -> Vec<(String, f64)> {
    let plan = Plan::new(scenario, false, ratio);
    let world = scenario.quantities.central();
    let ones = vec![1.0; scenario.guidelines.len()];
    let mut stage = Stage::new(&plan);
    let scene = Scene { foreseen: Outlook { pools: &ones, left: &[] }, ..stage.set(0, &world) };
    let exact = Expectation::new(&plan).of(scene);
    let by_grid = totals(scenario, &plan, scene);
    let mut out = Vec::new();
    for (g, guideline) in scenario.guidelines.iter().enumerate().filter(|(_, g)| g.rules.len() == 1) {
        let of = |m: &str| exact.guided(g, 0, m).expect("a measure");
        let filed = if of("claims").mean > 0.0 { "claims" } else { "automatic" };
        for (m, value) in [(filed, by_grid[g][0]), ("payout", by_grid[g][1])] {
            let e = of(m);
            let sd = sd.unwrap_or(e.variance.sqrt());
            let error = if (value - e.mean).abs() < 1e-10 * e.mean { 0.0 } else { (value - e.mean) / (sd / 100.0) };
            out.push((format!("{} {m}", guideline.id), error));
        }
    }
    out
}

/// Filers and payout of each guideline, expected from the nodes.
fn totals(scenario: &Scenario, plan: &Plan, scene: Scene) -> Vec<[f64; 2]> {
    let world = scene.world;
    let mut out = vec![[0.0; 2]; scenario.guidelines.len()];
    for (c, cohort) in plan.cohorts.iter().enumerate() {
        for slot in &scene.slots[c] {
            let scale = offers::scale(scenario, cohort, slot, world);
            let shares = kind_shares(scenario.cohorts[c].loss.as_ref(), scale, world);
            let mut all = SlotOffers::default();
            offers::of_slot(scenario, cohort, slot, scale, world, scene.foreseen, &mut all);
            let SlotOffers { flat, cells } = all;
            let people = scenario.cohorts[c].size.of(world).round() * slot.share * slot.hit;
            let mut add = |(guideline, approval): (usize, f64), n: f64, (filed, award): (f64, f64)| {
                out[guideline][0] += n * filed;
                out[guideline][1] += n * approval * award;
            };
            for o in &flat {
                let n = people * (1.0 - shares.iter().sum::<f64>());
                add((o.guideline, o.approval), n, (o.filing, o.filing * o.award));
            }
            let Some(grid) = cohort.grid(0) else { continue };
            for (cell, share) in cells.iter().zip(shares) {
                for o in &cell.offers {
                    add((o.guideline, o.approval), people * share, over_nodes(o, cell, grid));
                }
            }
        }
    }
    out
}

fn over_nodes(o: &Offer, cell: &CellInput, grid: &SeverityGrid) -> (f64, f64) {
    let mut breaks: Vec<f64> = cell.offers.iter().flat_map(|o| o.schedule.pieces()).map(|p| p.end).collect();
    breaks.extend(cell.offers.iter().flat_map(kinks::table_points));
    breaks.extend(cell.offers.iter().flat_map(|o| kinks::risings(o, grid.ratio)));
    let (mut axis, mut varying) = (Axis::default(), Varying::default());
    kinks::varying(cell, &mut varying);
    grid.axis_with_tail(&mut breaks, &varying, &mut axis);
    axis.nodes.iter().fold((0.0, 0.0), |sum, n| {
        let (award, share) = o.at(n.x);
        (sum.0 + n.weight * share, sum.1 + n.weight * share * award)
    })
}
