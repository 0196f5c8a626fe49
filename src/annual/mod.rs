//! A company's year: how often and how long its services fail, what its guidelines then pay out month by month and over
//! the year, what insurance gives back. Fits durations, draws years, and says what was found.

pub mod award;
pub mod classes;
pub mod draw;
pub mod findings;
pub mod fit;
pub mod independent;
pub mod layers;
pub mod losses;
pub mod saved;

use crate::model::company::Company;

/// Where what stands in a year's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    causes: usize,
    services: usize,
    guidelines: usize,
    programmes: usize,
}

impl Layout {
    /// Cost of the year.
    pub const TOTAL: usize = 0;
    /// Cost of its costliest event.
    pub const LARGEST: usize = 1;
    /// Number of events.
    pub const EVENTS: usize = 2;
    /// Claims filed.
    pub const CLAIMS: usize = 3;
    /// Awards paid.
    pub const AWARDS: usize = 4;
    /// Handling of claims.
    pub const HANDLING: usize = 5;
    /// Response to events.
    pub const RESPONSE: usize = 6;
    const FIRST: usize = 7;

    /// Of a company's years.
    pub fn of(company: &Company) -> Layout {
        Layout {
            causes: company.causes.len(),
            services: company.services.len(),
            guidelines: company.guidelines.len(),
            programmes: company.programmes.len(),
        }
    }

    /// Cost by a cause; the next column has its costliest event.
    pub fn cause(&self, cause: usize) -> usize {
        Layout::FIRST + 2 * cause
    }

    /// Awards and handling by the service that was down longest.
    pub fn service(&self, service: usize) -> usize {
        self.cause(self.causes) + service
    }

    /// Awards and handling under a guideline.
    pub fn guideline(&self, guideline: usize) -> usize {
        self.service(self.services) + guideline
    }

    /// Recoveries under an insurance programme.
    pub fn programme(&self, programme: usize) -> usize {
        self.guideline(self.guidelines) + programme
    }

    /// Length of a row.
    pub fn columns(&self) -> usize {
        self.programme(self.programmes)
    }
}

/// Some years.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// The first of them.
    pub first: u64,
    /// How many.
    pub years: usize,
    /// Rows of the years, one after the other.
    pub values: Vec<f64>,
    /// Cost of those of them that were drawn a second time.
    pub twins: Vec<f64>,
    /// Events, by year and beginning.
    pub events: Vec<EventRow>,
}

/// An event as it came.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EventRow {
    /// Number of the simulated year, from 0.
    pub year: u64,
    /// Its cause.
    pub cause: usize,
    /// Minute of the year in which it began.
    pub minute: i64,
    /// Hours of the service that was down longest.
    pub hours: f64,
    /// Customers hit.
    pub people: f64,
    /// What it cost.
    pub loss: f64,
}
