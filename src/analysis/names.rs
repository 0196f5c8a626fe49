//! Ids of a scenario as shared texts, so that rows are cheap.

use super::findings::ALL;
use crate::engine::outcome::Group;
use crate::model::Scenario;
use std::sync::Arc;

/// Ids by index.
#[derive(Clone, Debug, PartialEq)]
pub struct Names {
    /// The variant that is collected.
    pub variant: Arc<str>,
    /// Guidelines.
    pub guidelines: Vec<Arc<str>>,
    /// Cohorts.
    pub cohorts: Vec<Arc<str>>,
    /// Regions.
    pub regions: Vec<Arc<str>>,
    /// The word for totals.
    pub all: Arc<str>,
}

impl Names {
    /// The ids of a scenario, for a variant.
    pub fn of(scenario: &Scenario, variant: &str) -> Names {
        Names {
            variant: variant.into(),
            guidelines: scenario.guidelines.iter().map(|x| x.id.as_str().into()).collect(),
            cohorts: scenario.cohorts.iter().map(|x| x.id.as_str().into()).collect(),
            regions: scenario.regions.iter().map(|x| x.id.as_str().into()).collect(),
            all: ALL.into(),
        }
    }

    /// Cohort and region of a group.
    pub fn group(&self, group: Group) -> (Arc<str>, Arc<str>) {
        let cohort = group.cohort.map_or(&self.all, |c| &self.cohorts[c]);
        let region = group.region.map_or(&self.all, |r| &self.regions[r]);
        (cohort.clone(), region.clone())
    }
}
