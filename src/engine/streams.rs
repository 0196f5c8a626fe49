//! Names of the random streams inside a world: by cohort, slot and purpose, so that another cohort or guideline leaves
//! them as they are.

use super::offers::KINDS;
use super::plan::CohortPlan;
use crate::chance::stream::Stream;
use crate::model::Scenario;

/// Streams of a cohort.
#[derive(Clone)]
pub struct CohortStreams {
    /// Who is hit, over all slots.
    pub hits: Stream,
    /// Which fee they pay.
    pub bands: Stream,
    /// Who reports.
    pub reports: Stream,
}

/// Streams of a slot.
#[derive(Clone)]
pub struct SlotStreams {
    /// Who loses money, who exaggerates, who claims without a loss.
    pub losers: Stream,
    /// Filing and approval of people without a loss.
    pub bystanders: Stream,
    /// Losses, filing and approval by kind.
    pub kinds: [Stream; KINDS.len()],
}

impl CohortStreams {
    /// The streams of a cohort; `chance` tells independent draws in the same worlds apart.
    pub fn new(scenario: &Scenario, cohort: &CohortPlan, seed: u64, chance: u32) -> CohortStreams {
        let id = &scenario.cohorts[cohort.cohort].id;
        CohortStreams {
            hits: Stream::named(seed, chance, "hits", id),
            bands: Stream::named(seed, chance, "bands", id),
            reports: Stream::named(seed, chance, "reports", id),
        }
    }
}

impl SlotStreams {
    /// The streams of a slot (index in the order region, stratum, band).
    pub fn new(scenario: &Scenario, cohort: &CohortPlan, index: usize, seed: u64, chance: u32) -> SlotStreams {
        let bands = cohort.bands.max(1);
        let (region, rest) = (index / (cohort.strata * bands), index % (cohort.strata * bands));
        let name = format!(
            "{}/{}/{}/{}",
            scenario.cohorts[cohort.cohort].id,
            scenario.regions[region].id,
            rest / bands,
            rest % bands
        );
        SlotStreams {
            losers: Stream::named(seed, chance, "losers", &name),
            bystanders: Stream::named(seed, chance, "bystanders", &name),
            kinds: KINDS.map(|k| Stream::named(seed, chance, k.purpose(), &name)),
        }
    }
}
