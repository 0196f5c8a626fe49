//! Blocks of outcomes to findings, in one pass and in order. Up to [`WHOLE_REPLICATES`] replicates every value is
//! kept and statistics are exact; beyond, quantiles come from sketches whose error is stated, while means, paired
//! differences, probabilities and shares stay exact. Memory does not grow further.

use super::accounts::Accounts;
use super::drivers::Drivers;
use super::exceed;
use super::findings::{BASE, ExceedanceRow, Findings, SummaryRow, TimelineRow, VariantRun};
use super::head::Head;
use super::names::Names;
use super::pairs::Pairs;
use super::series::{Keep, Series};
use super::slots::{Reading, Slots};
use super::spread;
use super::tallies::{Best, Budgets, Pools};
use super::timeline::Timeline;
use super::totals::Totals;
use crate::engine::heavy::Heavy;
use crate::engine::outcome::{ACCOUNTS, Block, COMMON, GUIDED, Group, Groups, Measure, Shape};
use crate::model::Scenario;
use crate::stats::{CurvePoint, Description, RELATIVE_ERROR, Scratch};
use std::collections::BTreeMap;
use std::thread;

/// Up to so many replicates every value may be kept.
pub const WHOLE_REPLICATES: u64 = 50_000;
/// At most so many values are kept in all (288 MB, less what does not vary: of Kakao, 32 million, a run takes some 220 MB in all).
const WHOLE_VALUES: u64 = 36_000_000;

/// Measures whose exceedance is of interest, of the total.
const CURVED: [&str; 2] = ["payout", "cost"];

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
    /// Values of series that are kept whole.
    slots: Slots,
    replicates: u64,
    /// In the order of the summary: `[described group][COMMON]`, `[guideline][described group][GUIDED]` and
    /// `[guideline][ACCOUNTS]`.
    series: Vec<Series>,
    /// Where each finds its values.
    places: Vec<Place>,
    /// The earlier series that each has not differed from so far, which is kept and described for both.
    alike: Vec<Option<usize>>,
    timeline: Timeline,
    /// The first worlds, and the same drawn a second time.
    head: (Head, Accounts),
    twins: (Head, Accounts),
    /// What has no finite variance.
    heavy: Heavy,
    pairs: Pairs,
    budgets: Option<Budgets>,
    pools: Pools,
    best: Best,
    drivers: Drivers,
    /// Worlds of each repetition, where the sample consists of independent ones.
    repetition: Option<usize>,
}

impl Collector {
    /// Nothing collected yet for `variant` of a scenario (`base` for the scenario as it stands). Of other variants only
    /// the totals, each cohort and each region are described, not every cohort in every region.
    pub fn new(scenario: &Scenario, variant: &str, replicates_planned: u64) -> Collector {
        let groups = Groups::of(scenario);
        let shape = Shape::of(scenario);
        let guidelines = shape.guidelines;
        let described = described(&groups, variant == BASE);
        let places = places(&described, shape);
        let series = places.len();
        let keep = keep(replicates_planned, series as u64);
        Collector {
            names: Names::of(scenario, variant),
            currency: scenario.currency.clone(),
            baseline: scenario.baseline,
            groups: described,
            shape,
            keep,
            slots: Slots::new(series, replicates_planned as usize),
            replicates: 0,
            series: vec![Series::new(); series],
            places,
            alike: vec![None; series],
            timeline: Timeline::new(scenario),
            head: (Head::new(shape, replicates_planned), Accounts::new(shape)),
            twins: (Head::new(shape, 0), Accounts::new(shape)),
            heavy: Heavy::of(scenario),
            pairs: Pairs::new(guidelines, scenario.baseline),
            budgets: scenario.budget.as_ref().map(|b| Budgets::new(b, guidelines)),
            pools: Pools::new(scenario),
            best: Best::new(guidelines),
            drivers: Drivers::new(scenario, variant == BASE),
            repetition: None,
        }
    }

    /// The same for a sample of independent repetitions of so many worlds each: the errors of statistics come from their
    /// spread. False where there are too many values for that, which are not kept one by one.
    pub fn in_repetitions(mut self, size: usize) -> (Collector, bool) {
        self.repetition = Some(size);
        let kept = self.keep != Keep::Sketch;
        (self, kept)
    }

    /// Adds the next block; blocks come in order of replicates.
    pub fn add(&mut self, block: &Block) {
        assert_eq!(block.first, self.replicates, "blocks must come in order");
        self.replicates += block.replicates as u64;
        self.extend(block);
        self.head.0.add(block);
        self.head.1.add(block);
        self.timeline.add(block);
        for r in 0..block.replicates {
            let totals = Totals::of(block, self.shape, r);
            self.pairs.add(&totals);
            self.pools.add(&totals);
            self.best.add(&totals);
            self.drivers.add(&totals);
            if let Some(budgets) = &mut self.budgets {
                budgets.add(&totals);
            }
        }
    }

    /// Appends a block to all series, one series at a time.
    fn extend(&mut self, block: &Block) {
        match block.first {
            0 => self.liken(block),
            _ => self.part(block),
        }
        for ((series, place), alike) in self.series.iter_mut().zip(&self.places).zip(&self.alike) {
            if alike.is_none() {
                series.extend(place.values(block, self.shape), self.keep, &mut self.slots);
            }
        }
    }

    /// Finds the series that vary and do not differ in the first block: who is paid and who is covered are the same people
    /// under many rules.
    fn liken(&mut self, block: &Block) {
        let mut seen: BTreeMap<Vec<u64>, usize> = BTreeMap::new();
        for (i, place) in self.places.iter().enumerate() {
            let bits: Vec<u64> = place.values(block, self.shape).map(f64::to_bits).collect();
            if place.curved || bits.iter().all(|b| *b == bits[0]) {
                continue;
            }
            let first = *seen.entry(bits).or_insert(i);
            self.alike[i] = (first < i).then_some(first);
        }
    }

    /// Gives series of their own to those that differ now.
    fn part(&mut self, block: &Block) {
        let bits = |i: usize| self.places[i].values(block, self.shape).map(f64::to_bits);
        let mut parted: Vec<(usize, usize)> = Vec::new();
        for i in 0..self.series.len() {
            let Some(first) = self.alike[i].filter(|first| bits(i).ne(bits(*first))) else { continue };
            let with = parted.iter().find(|(from, other)| *from == first && bits(i).eq(bits(*other)));
            self.alike[i] = with.map(|(_, other)| *other);
            if self.alike[i].is_none() {
                self.series[i] = self.series[first].copy(&mut self.slots);
                parted.push((first, i));
            }
        }
    }

    /// Adds first worlds drawn a second time with other chance: the same replicates from 0 on, in order.
    /// Those beyond the worlds kept for this ([`super::HEAD`]) are not used.
    pub fn add_twin(&mut self, block: &Block) {
        assert_eq!(block.first, self.twins.0.replicates() as u64, "twins must come in order from the first world on");
        self.twins.0.add(block);
        self.twins.1.add(block);
    }

    /// What was found, by `threads` threads; it does not depend on their number.
    pub fn finish(mut self, threads: usize) -> Findings {
        self.series.iter_mut().for_each(Series::settle);
        let (told, spread, drivers, timeline) = thread::scope(|scope| {
            let timeline = scope.spawn(|| self.courses(threads));
            let drivers = scope.spawn(|| self.drivers.rows(self.head.0.sample(), &self.names));
            let spread = scope.spawn(|| {
                let ((head, of_head), (twins, of_twins)) = (&self.head, &self.twins);
                let drawn = [(head.sample(), of_head), (twins.sample(), of_twins)];
                spread::rows(drawn, &self.names, &self.heavy)
            });
            let told = self.tell(threads);
            (told, joined(spread), joined(drivers), joined(timeline))
        });
        // Before the tables are made, so that both are not in memory at a time.
        self.slots = Slots::default();
        let (summary, exceedance) = self.rows(told);
        Findings {
            currency: self.currency.clone(),
            guidelines: self.names.guidelines.clone(),
            baseline: self.baseline,
            variants: vec![self.run()],
            exceedance,
            timeline,
            summary,
            comparison: self.pairs.rows(&self.names, self.baseline, &self.heavy),
            shifts: Vec::new(),
            spread,
            budget: self.budgets.as_ref().map(|b| b.rows(&self.names)).unwrap_or_default(),
            pools: self.pools.rows(&self.names),
            best: self.best.rows(&self.names),
            drivers,
            sample: self.head.0.into_sample(),
        }
    }

    fn run(&self) -> VariantRun {
        let sketch_error = if self.keep == Keep::Sketch { RELATIVE_ERROR } else { 0.0 };
        VariantRun { id: self.names.variant.clone(), replicates: self.replicates, sketch_error }
    }

    /// The rows of all courses.
    fn courses(&self, threads: usize) -> Vec<TimelineRow> {
        let rows = |scratch: &mut Scratch, part: usize| self.timeline.rows(part, &self.names, scratch);
        each(self.timeline.parts(), threads, Scratch::default, rows).into_iter().flatten().collect()
    }

    /// Tells of all series, in the order of the summary.
    fn tell(&self, threads: usize) -> Vec<Told> {
        let each = self.series.iter().zip(&self.places).zip(&self.alike);
        let own: Vec<_> = each.filter(|(_, alike)| alike.is_none()).map(|((s, p), _)| (s, p.curved)).collect();
        let mut own = tell_all(&own, &self.slots, self.repetition, threads).into_iter();
        let mut all: Vec<Told> = Vec::with_capacity(self.series.len());
        for alike in &self.alike {
            all.extend(alike.map_or_else(|| own.next(), |first| Some(all[first].clone())));
        }
        all
    }

    /// The rows of all series, which come in the order of the summary.
    fn rows(&self, told: Vec<Told>) -> (Vec<SummaryRow>, Vec<ExceedanceRow>) {
        let mut keys: Vec<(Option<usize>, Group, &'static Measure)> = Vec::with_capacity(told.len());
        let guidelines = 0..self.names.guidelines.len();
        for &(_, group) in &self.groups {
            keys.extend(COMMON.iter().map(|m| (None, group, m)));
        }
        for g in guidelines.clone() {
            for &(_, group) in &self.groups {
                keys.extend(GUIDED.iter().map(|m| (Some(g), group, m)));
            }
        }
        for g in guidelines {
            keys.extend(ACCOUNTS.iter().map(|m| (Some(g), Group { cohort: None, region: None }, m)));
        }
        let mut summary = Vec::with_capacity(told.len());
        let mut exceedance = Vec::new();
        for ((g, group, measure), told) in keys.into_iter().zip(told) {
            // What is not known in any world has no statistics.
            if told.description.mean().value.is_nan() {
                continue;
            }
            let (cohort, region) = self.names.group(group);
            let variant = self.names.variant.clone();
            let guideline = g.map_or(&self.names.all, |g| &self.names.guidelines[g]);
            exceedance.extend(exceed::rows(&variant, guideline, measure, told.curve));
            let (guideline, description) = (guideline.clone(), told.description);
            let heavy = self.heavy.holds(g, measure.name, group);
            let description = if heavy { description.without_variance() } else { description };
            summary.push(SummaryRow { variant, guideline, cohort, region, measure, description });
        }
        (summary, exceedance)
    }
}

/// What a thread came to; its panic goes on here.
fn joined<T>(thread: thread::ScopedJoinHandle<T>) -> T {
    thread.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))
}

/// Where a series finds its values in a block.
#[derive(Clone, Copy, Debug)]
struct Place {
    list: List,
    /// That of the first replicate.
    first: usize,
    /// Whether its exceedance is of interest.
    curved: bool,
}

#[derive(Clone, Copy, Debug)]
enum List {
    Common,
    Guided,
    Accounts,
}

impl Place {
    /// The values in a block.
    fn values(self, block: &Block, shape: Shape) -> impl Iterator<Item = f64> + Clone {
        let (list, step) = match self.list {
            List::Common => (&block.common, shape.common(1, 0, 0)),
            List::Guided => (&block.guided, shape.guided(1, 0, 0, 0)),
            List::Accounts => (&block.accounts, shape.accounts(1, 0, 0)),
        };
        (0..block.replicates).map(move |r| list[self.first + r * step])
    }
}

/// The places of all series, in the order of the summary.
fn places(described: &[(usize, Group)], shape: Shape) -> Vec<Place> {
    let mut places = Vec::new();
    for &(group, _) in described {
        let place = |m: usize| Place { list: List::Common, first: shape.common(0, group, m), curved: false };
        places.extend((0..COMMON.len()).map(place));
    }
    for g in 0..shape.guidelines {
        for (i, &(group, _)) in described.iter().enumerate() {
            // The total is the first group described.
            let curved = |m: usize| i == 0 && CURVED.contains(&GUIDED[m].name);
            let place = |m: usize| Place { list: List::Guided, first: shape.guided(0, g, group, m), curved: curved(m) };
            places.extend((0..GUIDED.len()).map(place));
        }
    }
    for g in 0..shape.guidelines {
        let place = |a: usize| Place { list: List::Accounts, first: shape.accounts(0, g, a), curved: false };
        places.extend((0..ACCOUNTS.len()).map(place));
    }
    places
}

fn keep(replicates: u64, series: u64) -> Keep {
    if replicates <= most(series) { Keep::Whole } else { Keep::Sketch }
}

/// Most replicates whose values are kept one by one, of so many series.
fn most(series: u64) -> u64 {
    WHOLE_REPLICATES.min(WHOLE_VALUES / series.max(1))
}

/// Most replicates of which every value of a scenario as it stands is kept.
pub fn most_whole(scenario: &Scenario) -> u64 {
    most(places(&described(&Groups::of(scenario), true), Shape::of(scenario)).len() as u64)
}

/// The groups described: all, or those that are not a cohort in a region.
fn described(groups: &Groups, all: bool) -> Vec<(usize, Group)> {
    let crossed = |group: &Group| group.cohort.is_some() && group.region.is_some();
    let numbered = groups.list.iter().copied().enumerate();
    numbered.filter(|(_, group)| all || !crossed(group)).collect()
}

/// What is told of a series.
#[derive(Clone)]
struct Told {
    description: Description,
    /// Its exceedance curve, where that is of interest.
    curve: Vec<CurvePoint>,
}

/// Tells of series in order.
fn tell_all(series: &[(&Series, bool)], slots: &Slots, repetition: Option<usize>, threads: usize) -> Vec<Told> {
    let tell = |(reading, scratch): &mut (Reading, Scratch), i: usize| {
        let (series, curved) = series[i];
        let description = series.describe(slots, repetition, reading, scratch);
        Told { description, curve: if curved { exceed::curve(series, scratch) } else { Vec::new() } }
    };
    each(series.len(), threads, Default::default, tell)
}

/// What is told of each of so many things, in order; each by one thread at a desk of its own, so that the result does not
/// depend on their number.
fn each<D, T: Send>(
    count: usize,
    threads: usize,
    desk: impl Fn() -> D + Sync,
    tell: impl Fn(&mut D, usize) -> T + Sync,
) -> Vec<T> {
    let threads = threads.clamp(1, count.max(1));
    let (desk, tell) = (&desk, &tell);
    let some = move |first: usize| {
        let mut desk = desk();
        (first..count).step_by(threads).map(|i| tell(&mut desk, i)).collect::<Vec<T>>()
    };
    let parts: Vec<Vec<T>> = thread::scope(|scope| {
        let parts: Vec<_> = (0..threads).map(|first| scope.spawn(move || some(first))).collect();
        parts.into_iter().map(joined).collect()
    });
    let mut parts: Vec<_> = parts.into_iter().map(Vec::into_iter).collect();
    (0..count).filter_map(|i| parts[i % threads].next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 36 million values: of 720 series 50,000 replicates, of 3,000 series 12,000.
    #[test]
    fn as_many_are_kept_as_fit() {
        assert_eq!([1, 720, 721, 3_000].map(most), [50_000, 50_000, 49_930, 12_000]);
        assert_eq!((keep(12_000, 3_000), keep(12_001, 3_000)), (Keep::Whole, Keep::Sketch));
    }
}
