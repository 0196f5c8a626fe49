//! The plan of a run: what can be worked out once, before any world is drawn. Both engines share it.

use std::sync::Arc;

use super::cell::nodes::SeverityGrid;
use super::outcome::{COMMON, GUIDED, Groups, Shape};
use crate::chance::memo::Memo;
use crate::chance::severity::Severity;
use crate::guideline::bands::{self, Axis};
use crate::guideline::visit;
use crate::model::{Q, Scenario};

/// Neighbouring edges of the loss grid differ by at most this factor.
pub const GRID_RATIO: f64 = 2.0;

/// What is fixed for all worlds.
pub struct Plan<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Groups that results are given for.
    pub groups: Groups,
    /// Sizes of a block's arrays.
    pub shape: Shape,
    /// One entry a cohort.
    pub cohorts: Vec<CohortPlan>,
    /// Whether Gini indices are worked out.
    pub inequality: bool,
}

/// What is fixed for one cohort.
pub struct CohortPlan {
    /// Cohort (index).
    pub cohort: usize,
    /// In what its people differ that a rule looks at.
    pub axes: Vec<Axis>,
    /// Combinations of the bands of these.
    pub bands: usize,
    /// Attributes of the scenario.
    pub attributes: usize,
    /// Rules that address it: (guideline, rule), in order of guideline.
    pub rules: Vec<(usize, usize)>,
    /// Its loss law, where it has one.
    pub grid: Option<Arc<SeverityGrid>>,
    /// Drawn quantities that its awards, filing and losses depend on (constants are left out).
    pub drawn: Vec<Q>,
    /// Duration strata.
    pub strata: usize,
}

impl<'a> Plan<'a> {
    /// Plans a scenario. `grid_ratio` is [`GRID_RATIO`] but in tests of the discretisation.
    pub fn new(scenario: &'a Scenario, inequality: bool, grid_ratio: f64) -> Plan<'a> {
        let groups = Groups::of(scenario);
        let shape = Shape {
            quantities: scenario.quantities.list.len(),
            services: scenario.services.len(),
            groups: groups.list.len(),
            guidelines: scenario.guidelines.len(),
        };
        let cohorts = (0..scenario.cohorts.len()).map(|c| CohortPlan::new(scenario, c, grid_ratio)).collect();
        Plan { scenario, groups, shape, cohorts, inequality }
    }

    /// Numbers a replicate of a block holds.
    pub fn row_size(&self) -> usize {
        let s = &self.shape;
        s.quantities + s.services + s.groups * (COMMON.len() + s.guidelines * GUIDED.len()) + s.guidelines
    }
}

impl CohortPlan {
    fn new(scenario: &Scenario, cohort: usize, grid_ratio: f64) -> CohortPlan {
        let c = &scenario.cohorts[cohort];
        let rules: Vec<(usize, usize)> = scenario
            .guidelines
            .iter()
            .enumerate()
            .flat_map(|(g, guideline)| (0..guideline.rules.len()).map(move |r| (g, r)))
            .filter(|(g, r)| scenario.guidelines[*g].rules[*r].cohorts.contains(&cohort))
            .collect();
        let axes = bands::axes(scenario, cohort);
        let places = scenario.cohorts.iter().flat_map(|c| &c.attributes).map(|a| a.place + 1);
        CohortPlan {
            cohort,
            bands: bands::combinations(&axes),
            axes,
            attributes: places.max().unwrap_or(0),
            drawn: drawn(scenario, cohort, &rules),
            rules,
            grid: c.loss.as_ref().map(|l| grid(&l.severity, grid_ratio)),
            strata: bands::strata(scenario, c),
        }
    }

    /// Number of slots: region × stratum × band.
    pub fn slots(&self, regions: usize) -> usize {
        regions * self.strata * self.bands
    }
}

/// Grids of the severities met in this process: cohorts and variants with the same law share one.
static GRIDS: Memo<(Severity, u64), SeverityGrid> = Memo::new();

fn grid(severity: &Severity, ratio: f64) -> Arc<SeverityGrid> {
    GRIDS.get(&(severity.clone(), ratio.to_bits()), || SeverityGrid::new(severity.clone(), ratio))
}

fn drawn(scenario: &Scenario, cohort: usize, rules: &[(usize, usize)]) -> Vec<Q> {
    let c = &scenario.cohorts[cohort];
    let mut all: Vec<Q> = vec![c.awareness];
    for (g, r) in rules {
        all.extend(visit::quantities(&scenario.guidelines[*g].rules[*r]));
    }
    if let Some(loss) = &c.loss {
        all.extend([loss.exaggeration, loss.indirect_share]);
        all.extend(loss.approval_factors);
    }
    all.sort_unstable();
    all.dedup();
    all.retain(|q| !scenario.quantities.get(*q).law.is_constant());
    all
}
