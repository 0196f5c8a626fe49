//! Blocks of outcomes to findings, in one pass and in order. Up to [`WHOLE_REPLICATES`] replicates every value is
//! kept and statistics are exact; beyond, quantiles come from sketches whose error is stated, while means, paired
//! differences, probabilities and shares stay exact. Memory does not grow further.

use super::exceed;
use super::findings::{BASE, ExceedanceRow, Findings, SummaryRow, VariantRun};
use super::head::Head;
use super::names::Names;
use super::pairs::Pairs;
use super::series::{Keep, Series};
use super::spread;
use super::tallies::{Best, Budgets, Pools};
use super::totals::Totals;
use crate::engine::outcome::{Block, COMMON, GUIDED, Group, Groups, Measure, Shape, guided};
use crate::model::Scenario;
use crate::stats::{Description, RELATIVE_ERROR, Scratch};
use std::sync::Arc;
use std::thread;

/// Up to so many replicates every value may be kept.
pub const WHOLE_REPLICATES: u64 = 50_000;
/// At most so many values are kept in all (160 MB).
const WHOLE_VALUES: u64 = 20_000_000;

/// Collects the blocks of one variant.
#[derive(Debug)]
pub struct Collector {
    names: Names,
    currency: String,
    baseline: usize,
    /// Groups described, with their index in blocks.
    groups: Vec<(usize, Group)>,
    shape: Shape,
    keep: Keep,
    replicates: u64,
    /// `[described group][COMMON]`.
    common: Vec<Series>,
    /// `[guideline][described group][GUIDED]`.
    guided: Vec<Series>,
    head: Head,
    twins: Head,
    pairs: Pairs,
    budgets: Option<Budgets>,
    pools: Pools,
    best: Best,
}

impl Collector {
    /// Nothing collected yet for `variant` of a scenario (`base` for the scenario as it stands). Of other variants only
    /// the totals, each cohort and each region are described, not every cohort in every region.
    pub fn new(scenario: &Scenario, variant: &str, replicates_planned: u64) -> Collector {
        let groups = Groups::of(scenario);
        let guidelines = scenario.guidelines.len();
        let shape = Shape {
            quantities: scenario.quantities.list.len(),
            services: scenario.services.len(),
            groups: groups.list.len(),
            guidelines,
        };
        let described = described(&groups, variant == BASE);
        let common = described.len() * COMMON.len();
        let guided = guidelines * described.len() * GUIDED.len();
        Collector {
            names: Names::of(scenario, variant),
            currency: scenario.currency.clone(),
            baseline: scenario.baseline,
            groups: described,
            shape,
            keep: keep(replicates_planned, (common + guided) as u64),
            replicates: 0,
            common: vec![Series::new(); common],
            guided: vec![Series::new(); guided],
            head: Head::new(shape, replicates_planned),
            twins: Head::new(shape, 0),
            pairs: Pairs::new(guidelines, scenario.baseline),
            budgets: scenario.budget.as_ref().map(|b| Budgets::new(b, guidelines)),
            pools: Pools::new(scenario),
            best: Best::new(guidelines),
        }
    }

    /// Adds the next block; blocks come in order of replicates.
    pub fn add(&mut self, block: &Block) {
        assert_eq!(block.first, self.replicates, "blocks must come in order");
        self.replicates += block.replicates as u64;
        self.extend(block);
        self.head.add(block);
        for r in 0..block.replicates {
            let totals = Totals::of(block, self.shape, r);
            self.pairs.add(&totals);
            self.pools.add(&totals);
            self.best.add(&totals);
            if let Some(budgets) = &mut self.budgets {
                budgets.add(&totals);
            }
        }
    }

    /// Appends a block to all series, one series at a time.
    fn extend(&mut self, block: &Block) {
        let (shape, keep) = (self.shape, self.keep);
        let rows = || 0..block.replicates;
        let mut common = self.common.iter_mut();
        for &(group, _) in &self.groups {
            for (m, series) in common.by_ref().take(COMMON.len()).enumerate() {
                series.extend(rows().map(|r| block.common[shape.common(r, group, m)]), keep);
            }
        }
        let mut guided = self.guided.iter_mut();
        for g in 0..shape.guidelines {
            for &(group, _) in &self.groups {
                for (m, series) in guided.by_ref().take(GUIDED.len()).enumerate() {
                    series.extend(rows().map(|r| block.guided[shape.guided(r, g, group, m)]), keep);
                }
            }
        }
    }

    /// Adds first worlds drawn a second time with other chance: the same replicates from 0 on, in order.
    /// Those beyond the worlds kept for this ([`super::HEAD`]) are not used.
    pub fn add_twin(&mut self, block: &Block) {
        assert_eq!(block.first, self.twins.replicates() as u64, "twins must come in order from the first world on");
        self.twins.add(block);
    }

    /// What was found, by `threads` threads; it does not depend on their number.
    pub fn finish(mut self, threads: usize) -> Findings {
        self.common.iter_mut().chain(&mut self.guided).for_each(Series::settle);
        let summary = self.summary(threads.max(1));
        Findings {
            currency: self.currency.clone(),
            guidelines: self.names.guidelines.clone(),
            baseline: self.baseline,
            variants: vec![self.run()],
            exceedance: self.exceedance(),
            summary,
            comparison: self.pairs.rows(&self.names, self.baseline),
            spread: spread::rows(self.head.sample(), self.twins.sample(), &self.names),
            budget: self.budgets.as_ref().map(|b| b.rows(&self.names)).unwrap_or_default(),
            pools: self.pools.rows(&self.names),
            best: self.best.rows(&self.names),
            sample: self.head.into_sample(),
        }
    }

    fn run(&self) -> VariantRun {
        let sketch_error = if self.keep == Keep::Sketch { RELATIVE_ERROR } else { 0.0 };
        VariantRun { id: self.names.variant.clone(), replicates: self.replicates, sketch_error }
    }

    fn summary(&self, threads: usize) -> Vec<SummaryRow> {
        let mut keys: Vec<(&Arc<str>, Group, &'static Measure)> =
            Vec::with_capacity(self.common.len() + self.guided.len());
        for &(_, group) in &self.groups {
            keys.extend(COMMON.iter().map(|m| (&self.names.all, group, m)));
        }
        for guideline in &self.names.guidelines {
            for &(_, group) in &self.groups {
                keys.extend(GUIDED.iter().map(|m| (guideline, group, m)));
            }
        }
        let series: Vec<&Series> = self.common.iter().chain(&self.guided).collect();
        let row = |((guideline, group, measure), description): ((&Arc<str>, Group, _), Description)| {
            let (cohort, region) = self.names.group(group);
            SummaryRow {
                variant: self.names.variant.clone(),
                guideline: guideline.clone(),
                cohort,
                region,
                measure,
                description,
            }
        };
        keys.into_iter().zip(describe_all(&series, threads)).map(row).collect()
    }

    fn exceedance(&self) -> Vec<ExceedanceRow> {
        let mut rows = Vec::new();
        for (g, guideline) in self.names.guidelines.iter().enumerate() {
            for m in ["payout", "cost"].into_iter().filter_map(guided) {
                // The total is the first group described.
                let series = &self.guided[g * self.groups.len() * GUIDED.len() + m];
                rows.extend(exceed::rows(&self.names.variant, guideline, &GUIDED[m], series));
            }
        }
        rows
    }
}

fn keep(replicates: u64, series: u64) -> Keep {
    let values = replicates.saturating_mul(series);
    if replicates <= WHOLE_REPLICATES && values <= WHOLE_VALUES {
        Keep::Whole(replicates as usize)
    } else {
        Keep::Sketch
    }
}

/// The groups described: all, or those that are not a cohort in a region.
fn described(groups: &Groups, all: bool) -> Vec<(usize, Group)> {
    let crossed = |group: &Group| group.cohort.is_some() && group.region.is_some();
    let numbered = groups.list.iter().copied().enumerate();
    numbered.filter(|(_, group)| all || !crossed(group)).collect()
}

/// Describes series in order; each by one thread, so that the result does not depend on their number.
fn describe_all(series: &[&Series], threads: usize) -> Vec<Description> {
    let share = series.len().div_ceil(threads).max(1);
    let describe = |part: &[&Series]| {
        let mut scratch = Scratch::default();
        part.iter().map(|s| s.describe(&mut scratch)).collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let parts: Vec<_> = series.chunks(share).map(|part| scope.spawn(move || describe(part))).collect();
        let joined = parts.into_iter().map(|part| part.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)));
        joined.flatten().collect()
    })
}
