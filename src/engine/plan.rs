//! The plan of a run: what can be worked out once, before any world is drawn. Both engines share it.

use std::sync::Arc;

use super::cell::nodes::SeverityGrid;
use super::outcome::{COMMON, GUIDED, Groups, Shape};
use crate::chance::law::Law;
use crate::chance::memo::Memo;
use crate::chance::severity::Severity;
use crate::guideline::visit;
use crate::model::{FeeMonth, Q, Scenario};

/// Neighbouring edges of the loss grid differ by at most this factor.
pub const GRID_RATIO: f64 = 2.0;
/// Bands that a continuous law of fees is cut into.
const FEE_BANDS: usize = 24;

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
    /// Its fee bands; one where no rule looks at the fee.
    pub fee_bands: Vec<FeeBand>,
    /// Rules that address it: (guideline, rule), in order of guideline.
    pub rules: Vec<(usize, usize)>,
    /// Its loss law, where it has one.
    pub grid: Option<Arc<SeverityGrid>>,
    /// Drawn quantities that its awards, filing and losses depend on (constants are left out).
    pub drawn: Vec<Q>,
    /// Duration strata.
    pub strata: usize,
}

/// A fee band of a cohort.
#[derive(Clone, Debug, PartialEq)]
pub enum FeeBand {
    /// Nobody pays, or nobody asks.
    Free,
    /// All pay the same.
    All(Q),
    /// As stated in the scenario.
    Stated {
        /// Share of the cohort.
        share: Q,
        /// Fee per month.
        fee: Q,
    },
    /// Cut from a law of fees: its mean between two quantiles.
    Cut {
        /// Share of the cohort.
        share: f64,
        /// Fee per month.
        fee: f64,
    },
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
        let fee_asked = rules.iter().any(|(g, r)| visit::uses_fee(&scenario.guidelines[*g].rules[*r]));
        let strata = 1 + c.services.iter().map(|s| scenario.services[*s].restoration.strata.len() - 1).sum::<usize>();
        CohortPlan {
            cohort,
            fee_bands: fee_bands(&c.fee, fee_asked),
            drawn: drawn(scenario, cohort, &rules),
            rules,
            grid: c.loss.as_ref().map(|l| grid(&l.severity, grid_ratio)),
            strata,
        }
    }

    /// Number of slots: region × stratum × fee band.
    pub fn slots(&self, regions: usize) -> usize {
        regions * self.strata * self.fee_bands.len()
    }
}

/// Grids of the severities met in this process: cohorts and variants with the same law share one.
static GRIDS: Memo<(Severity, u64), SeverityGrid> = Memo::new();

fn grid(severity: &Severity, ratio: f64) -> Arc<SeverityGrid> {
    GRIDS.get(&(severity.clone(), ratio.to_bits()), || SeverityGrid::new(severity.clone(), ratio))
}

fn fee_bands(fee: &FeeMonth, asked: bool) -> Vec<FeeBand> {
    match fee {
        FeeMonth::Free => vec![FeeBand::Free],
        FeeMonth::Same(q) => vec![FeeBand::All(*q)],
        _ if !asked => vec![FeeBand::Free],
        FeeMonth::Bands(bands) => {
            bands.iter().map(|(share, fee)| FeeBand::Stated { share: *share, fee: *fee }).collect()
        }
        FeeMonth::Varies(law) => cut(law),
    }
}

/// Bands of a law: its mean between neighbouring quantiles, finer towards both tails so that rare high fees are kept.
fn cut(law: &Law) -> Vec<FeeBand> {
    let edge = |i: usize| {
        let t = i as f64 / FEE_BANDS as f64;
        // Smoothstep: bands at the ends hold about a tenth of the share of those in the middle.
        t * t * (3.0 - 2.0 * t)
    };
    (0..FEE_BANDS)
        .map(|i| {
            let (from, to) = (edge(i), edge(i + 1));
            FeeBand::Cut { share: to - from, fee: mean_between(law, from, to) }
        })
        .collect()
}

/// Mean of a law between two quantiles, by the midpoint rule on 512 points in u = from + (to − from) s³(10 − 15 s + 6 s²),
/// whose flat ends tame the quantile's poles.
fn mean_between(law: &Law, from: f64, to: f64) -> f64 {
    let n = 512;
    let mut sum = 0.0;
    for k in 0..n {
        let s = (f64::from(k) + 0.5) / f64::from(n);
        let u = s * s * s * (10.0 - 15.0 * s + 6.0 * s * s);
        let slope = 30.0 * s * s * (1.0 - s) * (1.0 - s);
        sum += law.quantile(from + (to - from) * u) * slope;
    }
    sum / f64::from(n)
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
