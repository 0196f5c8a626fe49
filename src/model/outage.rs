//! The incident: start, common phases, services and how they came back, regions.

use super::{LocalTime, Q, Text};

/// The incident itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Outage {
    /// When it began.
    pub start: LocalTime,
    /// Phases that several services share (fire out, power back), in file order.
    pub phases: Vec<Phase>,
}

/// A stretch of time that several services must wait for.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// Key in the file.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Length in hours.
    pub hours: Q,
}

/// A service that was down.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Key in the file.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// How long it was down.
    pub restoration: Restoration,
    /// Regions (indices) in which it was down; never empty.
    pub regions: Vec<usize>,
}

/// Restoration curve of a service: shares of its people and the time until each is back.
#[derive(Clone, Debug, PartialEq)]
pub struct Restoration {
    /// Phases (indices) that come first; their hours are added to every stratum.
    pub phases: Vec<usize>,
    /// Strata, earliest back first; never empty. Shares are rescaled to sum 1 in each world.
    pub strata: Vec<Stratum>,
}

/// People who get a service back at the same time.
#[derive(Clone, Debug, PartialEq)]
pub struct Stratum {
    /// Share of the service's people.
    pub share: Q,
    /// Hours after the phases until they are back.
    pub hours: Q,
}

/// A region of the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Key in the file.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Share of people, for cohorts that do not state their own.
    pub share: Q,
}
