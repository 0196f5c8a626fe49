//! A company and the causes that take its services down: what a year of it is drawn from.

use super::expression::Value;
use super::scheme::Version;
use super::{Filing, Q, Quantities, Source, Text};

/// A company. Laws of quantities marked "an event" are drawn for each event; all others once a year, as what is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Company {
    /// Name for folders and tables.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// A paragraph.
    pub summary: Text,
    /// ISO code of all money.
    pub currency: String,
    /// The calendar year that is drawn.
    pub year: i32,
    /// Where numbers come from.
    pub sources: Vec<Source>,
    /// All numbers.
    pub quantities: Quantities,
    /// Services: id and title; at least one.
    pub services: Vec<Named>,
    /// Groups of customers; every customer is in one.
    pub customers: Vec<Customers>,
    /// Laws of durations that causes share.
    pub durations: Vec<Duration>,
    /// Causes; at least one.
    pub causes: Vec<Cause>,
    /// Guidelines, all in force together.
    pub guidelines: Vec<Promise>,
    /// Reserves to be judged, in money.
    pub reserves: Vec<f64>,
    /// Insurance programmes to be judged, each on its own.
    pub programmes: Vec<Programme>,
}

/// Something with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Key in the file.
    pub id: String,
    /// What it is called.
    pub title: Text,
}

/// A group of customers.
#[derive(Clone, Debug, PartialEq)]
pub struct Customers {
    /// Name.
    pub named: Named,
    /// How many.
    pub size: Q,
    /// Services they use: indices.
    pub services: Vec<usize>,
    /// What they pay a month.
    pub fee: Option<Q>,
    /// What they lose.
    pub loss: Option<HourlyLoss>,
}

/// Losses of customers while they are without service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HourlyLoss {
    /// Share of them that lose money.
    pub share: Q,
    /// Mean loss of one of these an hour.
    pub hour: Q,
    /// Coefficient of variation between them (lognormal).
    pub cv: Q,
}

/// Law of the hours of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Duration {
    /// Name.
    pub named: Named,
    /// Its law.
    pub law: DurationLaw,
    /// What is longer counts as this, hours.
    pub longest: f64,
}

/// Fewest observed durations that a law is fitted to.
pub const LEAST_OBSERVED: usize = 100;

/// How the law of durations is known.
#[derive(Clone, Debug, PartialEq)]
pub enum DurationLaw {
    /// Stated, an event.
    Stated(Q),
    /// A lognormal body with a Pareto tail, fitted to observed hours (all above zero, enough for a fit).
    Fitted {
        /// Observed hours.
        values: Vec<f64>,
        /// Whether another fit, to data drawn again, is taken each year, as what is not known.
        uncertain: bool,
    },
}

/// A cause of outages.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// Name.
    pub named: Named,
    /// Mean number of events a year.
    pub per_year: Q,
    /// Variance of the number is mean + contagion × mean²; zero: Poisson.
    pub contagion: Q,
    /// When in the year its events begin; `None`: evenly.
    pub season: Option<Season>,
    /// Its durations: index.
    pub duration: usize,
    /// Services that it may take down; at least one.
    pub hits: Vec<ServiceHit>,
    /// How strongly services fail together: correlation of the normal scores behind their chances, 0 to 1.
    pub together: Q,
    /// Coefficient of variation of each service's own factor on its hours (lognormal of mean one).
    pub spread: Q,
    /// Share of a service's customers that are hit, an event.
    pub share_hit: Q,
    /// Cost of the response, an event.
    pub response: Q,
    /// The same for each hour of the event.
    pub response_hour: Q,
}

/// Relative rates of a cause's events, none below zero and in each list one above: the rate of an hour of the year is
/// proportional to the product of those of its month, its day of the week and its hour of the day.
#[derive(Clone, Debug, PartialEq)]
pub struct Season {
    /// January to December.
    pub months: [f64; 12],
    /// Monday to Sunday.
    pub weekdays: [f64; 7],
    /// From midnight on.
    pub hours: [f64; 24],
}

/// How a cause takes a service down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceHit {
    /// The service: index.
    pub service: usize,
    /// Chance that it goes down in an event.
    pub chance: Q,
    /// Its hours as a part of the event's.
    pub part: Q,
}

/// For what time a guideline is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// Each event.
    Event,
    /// Each calendar month with an outage.
    Month,
    /// Each calendar quarter with an outage.
    Quarter,
    /// A year with an outage.
    Year,
}

impl Asked {
    /// Months of the time, 0 for an event.
    pub fn months(self) -> usize {
        match self {
            Asked::Event => 0,
            Asked::Month => 1,
            Asked::Quarter => 3,
            Asked::Year => 12,
        }
    }
}

/// A guideline in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// Name.
    pub named: Named,
    /// When it is asked.
    pub asked: Asked,
    /// Whom it addresses: indices of groups.
    pub customers: Vec<usize>,
    /// The scheme's version.
    pub version: Version,
    /// Where each of its names has its value from.
    pub feeds: Vec<YearFeed>,
    /// Its rules that pay money.
    pub rules: Vec<PromisedRule>,
    /// The company's money for one unit of the scheme's, prices adjusted: rate × price level.
    pub rate: (Q, Q),
    /// Handling cost of a claim.
    pub claim_cost: Q,
}

/// A rule of a guideline in force.
#[derive(Clone, Debug, PartialEq)]
pub struct PromisedRule {
    /// Index among the version's rules.
    pub rule: usize,
    /// How people come by it.
    pub filing: Filing,
    /// Which of the version's names it looks at.
    pub needed: Vec<bool>,
}

/// Where a name of a scheme has its value from in a year.
#[derive(Clone, Debug, PartialEq)]
pub enum YearFeed {
    /// Loss of the customer in the time asked for.
    Loss,
    /// Hours without service in it.
    Total,
    /// The outages of it, one by one.
    Outages,
    /// Monthly fee.
    FeeMonth,
    /// Length of the month (of the first month of a quarter or year).
    Month,
    /// Length of the time asked for.
    Period,
    /// Beginning of the first outage.
    Began,
    /// End of the first outage.
    Ended,
    /// The first outage as a period.
    Down,
    /// A quantity.
    Quantity(Q),
    /// The same in every case.
    Known(Value),
    /// Worked out from the names before it.
    Step,
    /// Not known; no rule that is applied looks at it.
    Unknown,
}

/// An insurance programme: layers one after the other, those on events before those on the year.
#[derive(Clone, Debug, PartialEq)]
pub struct Programme {
    /// Name.
    pub named: Named,
    /// Its layers.
    pub layers: Vec<Layer>,
}

/// A layer of insurance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layer {
    /// True for the year's total (stop loss), false for each event.
    pub on_year: bool,
    /// What the company bears first.
    pub retention: f64,
    /// Most that is paid above it; may be infinite.
    pub limit: f64,
    /// Share of the layer that is insured.
    pub share: f64,
    /// Of an event layer: what the company bears of the year's recoveries first.
    pub year_retention: f64,
    /// Of an event layer: most that is paid in a year; may be infinite.
    pub year_limit: f64,
    /// Premium of a year.
    pub premium: f64,
}
