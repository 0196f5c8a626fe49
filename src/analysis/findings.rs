//! What a run found: plain data from which every table, figure and text is made.

use crate::engine::outcome::Measure;
use crate::stats::{Description, Estimate, Proportion};
use std::sync::Arc;

/// Name of totals in tables.
pub const ALL: &str = "all";
/// Name of the scenario as it stands among its variants.
pub const BASE: &str = "base";

/// Statistics of one measure for one group of people.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryRow {
    /// Variant of the scenario.
    pub variant: Arc<str>,
    /// Guideline, or `all` for the common measures.
    pub guideline: Arc<str>,
    /// Cohort, or `all`.
    pub cohort: Arc<str>,
    /// Region, or `all`.
    pub region: Arc<str>,
    /// The measure.
    pub measure: &'static Measure,
    /// Its statistics, in the measure's unit.
    pub description: Description,
}

/// Two guidelines compared world by world on one total.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonRow {
    /// Variant of the scenario.
    pub variant: Arc<str>,
    /// Guideline a.
    pub guideline: Arc<str>,
    /// Guideline b; the baseline where it is one of the two.
    pub compared_with: Arc<str>,
    /// True when b is the scenario's baseline.
    pub baseline: bool,
    /// The measure.
    pub measure: &'static Measure,
    /// Mean of a − b, in the measure's unit.
    pub difference: Estimate,
    /// P(a < b): cheaper.
    pub lower: Proportion,
    /// P(a > b): more claims, wider coverage.
    pub higher: Proportion,
    /// P(a = b).
    pub equal: Proportion,
    /// What a variant changes in P(a < b) over the worlds that both were drawn in; none in the scenario as it stands.
    pub lower_shift: Option<Estimate>,
    /// The same of P(a > b).
    pub higher_shift: Option<Estimate>,
}

/// How a variant moves one total.
#[derive(Clone, Debug, PartialEq)]
pub struct ShiftRow {
    /// Variant of the scenario.
    pub variant: Arc<str>,
    /// Guideline, or `all` for the common measures.
    pub guideline: Arc<str>,
    /// The measure.
    pub measure: &'static Measure,
    /// Mean over all worlds of the scenario as it stands, in the measure's unit.
    pub as_it_stands: Estimate,
    /// Mean of variant − scenario as it stands over the worlds that both were drawn in, in the measure's unit.
    pub shift: Estimate,
    /// Mean in the variant's own worlds.
    pub own: Estimate,
    /// Number of these worlds.
    pub worlds: usize,
}

impl ShiftRow {
    /// Mean in the variant: as it stands and moved, or that of its own worlds where this is known better, as it is where the variant
    /// leaves nothing that varies.
    pub fn value(&self) -> f64 {
        let moved = self.as_it_stands.value + self.shift.value;
        let error = libm::hypot(self.as_it_stands.se, self.shift.se);
        // Where nothing moved in these worlds the thousands of others tell of what is rare.
        if self.shift.se > 0.0 && self.own.se < error { self.own.value } else { moved }
    }
}

/// One point of an exceedance curve.
#[derive(Clone, Debug, PartialEq)]
pub struct ExceedanceRow {
    /// Variant of the scenario.
    pub variant: Arc<str>,
    /// Guideline.
    pub guideline: Arc<str>,
    /// Payout or cost.
    pub measure: &'static Measure,
    /// Probability that the value is exceeded.
    pub probability: f64,
    /// The value with the ends of its 95 % Monte-Carlo interval, money.
    pub value: Estimate,
}

/// Spread of one total: ignorance against chance.
#[derive(Clone, Debug, PartialEq)]
pub struct SpreadRow {
    /// Variant of the scenario.
    pub variant: Arc<str>,
    /// Guideline, or `all` for the common measures.
    pub guideline: Arc<str>,
    /// The measure.
    pub measure: &'static Measure,
    /// Variance over the first worlds ([`super::HEAD`] at most), in the measure's unit squared.
    pub variance: f64,
    /// Chance inside a world, estimated over the worlds drawn twice, as a share of it; the rest is ignorance.
    pub chance: Estimate,
    /// Number of first worlds drawn twice.
    pub twins: usize,
}

/// One guideline against the budget.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetRow {
    /// Variant of the scenario.
    pub variant: Arc<str>,
    /// Guideline.
    pub guideline: Arc<str>,
    /// Mean of the limit on cost, money.
    pub budget: f64,
    /// Share of worlds in which it may be exceeded.
    pub tolerance: f64,
    /// P(cost > budget).
    pub over: Proportion,
}

/// A guideline's pool.
#[derive(Clone, Debug, PartialEq)]
pub struct PoolRow {
    /// Variant of the scenario.
    pub variant: Arc<str>,
    /// Guideline.
    pub guideline: Arc<str>,
    /// Share of worlds in which the pool scales awards down.
    pub binds: Proportion,
    /// Mean factor on awards over all worlds.
    pub factor: f64,
    /// Mean factor over the worlds in which it binds; 1 if it never does.
    pub factor_bound: f64,
}

/// One day of a course.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineRow {
    /// Variant of the scenario.
    pub variant: Arc<str>,
    /// Guideline; `all` for reports.
    pub guideline: Arc<str>,
    /// `reports`, `claims`, `reviewed`, `paid` or `given`, cumulated; `reports_new` or `claims_new`, a day; `backlog`,
    /// `paid_share`.
    pub series: &'static str,
    /// Days from the day of the outage.
    pub day: usize,
    /// Mean over the worlds.
    pub mean: f64,
    /// Quantiles at [`super::timeline::BANDS`].
    pub bands: [f64; super::timeline::BANDS.len()],
    /// Worlds that it is taken over.
    pub worlds: usize,
}

/// What makes a guideline best in a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// Lowest cost to the company.
    Cheapest,
    /// Half of the awards of money, by number, paid on the earliest day. Where nobody is paid nothing is fast.
    Fastest,
    /// Highest share of losers who get anything.
    Widest,
    /// Lowest absolute Gini index of net loss.
    Fairest,
}

impl Criterion {
    /// All criteria, in the order of the table.
    pub const ALL: [Criterion; 4] = [Criterion::Cheapest, Criterion::Fastest, Criterion::Widest, Criterion::Fairest];

    /// Name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Criterion::Cheapest => "cheapest",
            Criterion::Fastest => "fastest",
            Criterion::Widest => "widest",
            Criterion::Fairest => "fairest",
        }
    }

    /// True where it is about those who lose money: among nobody none is best.
    pub fn is_of_losers(self) -> bool {
        matches!(self, Criterion::Widest | Criterion::Fairest)
    }

    /// The measure that decides, and whether less of it is better.
    pub fn measure(self) -> (&'static str, bool) {
        match self {
            Criterion::Cheapest => ("cost", true),
            Criterion::Fastest => ("days_p50", true),
            Criterion::Widest => ("coverage", false),
            Criterion::Fairest => ("gini_absolute", true),
        }
    }
}

/// How often a guideline is best by one criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct BestRow {
    /// Variant of the scenario.
    pub variant: Arc<str>,
    /// The criterion.
    pub criterion: Criterion,
    /// Guideline.
    pub guideline: Arc<str>,
    /// Share of worlds in which it is best; a tie of k counts 1/k for each. By a measure that some worlds have for no guideline
    /// these add up to less than one.
    pub share: Estimate,
    /// Share of worlds in which it is best together with another.
    pub tied: f64,
}

/// What one uncertain number does to one result: one of the few that carry most of its variance.
#[derive(Clone, Debug, PartialEq)]
pub struct DriverRow {
    /// Variant of the scenario.
    pub variant: Arc<str>,
    /// The result: `cost`, `payout`, `over_budget`, `cheaper`.
    pub look: &'static str,
    /// Guideline.
    pub guideline: Arc<str>,
    /// The guideline that it is cheaper than; empty for other results.
    pub compared_with: Arc<str>,
    /// True when the result is yes or no, whose middle is a share of worlds.
    pub is_share: bool,
    /// Place by share of variance, from 1.
    pub rank: i64,
    /// Path of the quantity.
    pub path: Arc<str>,
    /// Share of the variance that it carries by itself; of money that of ranks.
    pub share: Estimate,
    /// Median of the quantity in the fifth of worlds in which it is lowest, and in which it is highest.
    pub quantity: [f64; 2],
    /// The result in the same two fifths: its median, or the share of worlds.
    pub result: [f64; 2],
    /// Paths of quantities that it is linked to, whose effects it then shares.
    pub linked: Arc<str>,
    /// First worlds that this is taken over.
    pub worlds: usize,
}

/// Totals of the first worlds, kept as they came: for figures of distributions and of paired differences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    /// Number of worlds kept.
    pub replicates: usize,
    /// Values: `[guideline][measure of GUIDED][replicate]`.
    pub guided: Vec<Vec<Vec<f64>>>,
    /// Values: `[measure of COMMON][replicate]`.
    pub common: Vec<Vec<f64>>,
}

/// A variant that was run.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantRun {
    /// Name in tables; `base` for the scenario as it stands.
    pub id: Arc<str>,
    /// Number of replicates.
    pub replicates: u64,
    /// Largest relative error that quantiles have from being sketched; 0 when all values were kept.
    pub sketch_error: f64,
}

/// All findings of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// ISO code of all money.
    pub currency: String,
    /// Ids of the guidelines, in file order.
    pub guidelines: Vec<Arc<str>>,
    /// Index of the baseline among them.
    pub baseline: usize,
    /// The variants that were run, `base` first.
    pub variants: Vec<VariantRun>,
    /// Statistics by group.
    pub summary: Vec<SummaryRow>,
    /// Paired comparisons of totals.
    pub comparison: Vec<ComparisonRow>,
    /// How variants move the totals; none for the scenario as it stands.
    pub shifts: Vec<ShiftRow>,
    /// Courses over days.
    pub timeline: Vec<TimelineRow>,
    /// Exceedance curves.
    pub exceedance: Vec<ExceedanceRow>,
    /// Ignorance against chance.
    pub spread: Vec<SpreadRow>,
    /// Guidelines against the budget; empty without one.
    pub budget: Vec<BudgetRow>,
    /// Guidelines that have a pool.
    pub pools: Vec<PoolRow>,
    /// How often each guideline is best.
    pub best: Vec<BestRow>,
    /// Which uncertain numbers decide, in the scenario as it stands.
    pub drivers: Vec<DriverRow>,
    /// First worlds of the base variant.
    pub sample: Sample,
}

impl Findings {
    /// Works out how a variant moves what was found in the scenario as it stands.
    pub fn shift_from(&mut self, base: &Findings) {
        self.shifts = super::shifts::rows(base, self);
        super::shifts::of_comparison(base, self);
    }

    /// Adds the findings of a variant; its sample is not kept.
    pub fn merge(&mut self, other: Findings) {
        self.variants.extend(other.variants);
        self.summary.extend(other.summary);
        self.comparison.extend(other.comparison);
        self.shifts.extend(other.shifts);
        self.timeline.extend(other.timeline);
        self.exceedance.extend(other.exceedance);
        self.spread.extend(other.spread);
        self.budget.extend(other.budget);
        self.pools.extend(other.pools);
        self.best.extend(other.best);
        self.drivers.extend(other.drivers);
    }

    /// Statistics of a measure for one group; `guideline` is `all` for common measures.
    pub fn find(
        &self,
        variant: &str,
        guideline: &str,
        cohort: &str,
        region: &str,
        measure: &str,
    ) -> Option<&Description> {
        let wanted = |r: &&SummaryRow| {
            r.measure.name == measure
                && *r.guideline == *guideline
                && *r.cohort == *cohort
                && *r.region == *region
                && *r.variant == *variant
        };
        self.summary.iter().find(wanted).map(|r| &r.description)
    }

    /// Statistics of a total in the base variant; `guideline` is `all` for common measures.
    pub fn total(&self, guideline: &str, measure: &str) -> Option<&Description> {
        self.find(BASE, guideline, ALL, ALL, measure)
    }
}

/// One statistic of a description by its name in [`crate::stats::STATISTICS`]; NaN if there is none.
pub fn statistic(description: &Description, name: &str) -> f64 {
    description.get(name).map_or(f64::NAN, |e| e.value)
}
