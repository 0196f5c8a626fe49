//! What was counted in reality, found again in a run: which number of a replicate stands against it.

use crate::engine::outcome::{Block, Series, Shape, Watch};
use crate::model::Scenario;
use crate::model::observed::Observed;

use super::interest::Interest;

/// A number of a replicate.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Gauge {
    /// What had happened by a day: index into [`Gauges::watch`].
    Watched(usize),
    /// A measure, in the end.
    Plain(Interest),
    /// One measure over another; 0 where there is nothing to divide by.
    Ratio(Interest, Interest),
}

/// Numbers to read off every replicate.
#[derive(Clone, Debug, Default)]
pub struct Gauges {
    /// What the run must watch.
    pub watch: Vec<Watch>,
    list: Vec<Gauge>,
}

impl Gauges {
    /// Adds the number that stands against a count; returns its position.
    ///
    /// # Errors
    /// The scenario does not simulate it.
    pub fn add(&mut self, scenario: &Scenario, o: &Observed) -> Result<usize, String> {
        let gauge = match series(scenario, o) {
            Some(series) => {
                self.watch.push(Watch { series, day: o.day.max(0) as usize });
                Gauge::Watched(self.watch.len() - 1)
            }
            None => in_the_end(scenario, o)?,
        };
        self.list.push(gauge);
        Ok(self.list.len() - 1)
    }

    /// Adds a cumulated number by the end of a day.
    pub fn add_day(&mut self, series: Series, day: usize) -> usize {
        self.watch.push(Watch { series, day });
        self.list.push(Gauge::Watched(self.watch.len() - 1));
        self.list.len() - 1
    }

    /// Adds a measure in the end.
    pub fn add_interest(&mut self, interest: Interest) -> usize {
        self.list.push(Gauge::Plain(interest));
        self.list.len() - 1
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Appends their values in the `r`-th replicate of a block.
    pub fn read(&self, block: &Block, shape: Shape, r: usize, out: &mut Vec<f64>) {
        let watched = &block.watched[r * self.watch.len()..(r + 1) * self.watch.len()];
        out.extend(self.list.iter().map(|g| match g {
            Gauge::Watched(i) => watched[*i],
            Gauge::Plain(interest) => interest.value(block, shape, r),
            Gauge::Ratio(over, under) => {
                let under = under.value(block, shape, r);
                if under > 0.0 { over.value(block, shape, r) / under } else { 0.0 }
            }
        }));
    }
}

/// The course by day that a count is a point of; `None` where it is a number in the end.
pub fn series(scenario: &Scenario, o: &Observed) -> Option<Series> {
    if !o.is_dated() {
        return None;
    }
    if o.measured.name == "reports" {
        return scenario.aftermath.channel.as_ref().map(|_| Series::Reports);
    }
    let g = o.guideline.filter(|g| scenario.guidelines[*g].is_timed())?;
    match o.measured.name {
        "claims" => Some(Series::Claims(g)),
        "reviewed" => Some(Series::Reviewed(g)),
        "paid" => Some(Series::Paid(g)),
        "payout" => Some(Series::Payout(g)),
        _ => None,
    }
}

fn in_the_end(scenario: &Scenario, o: &Observed) -> Result<Gauge, String> {
    let mut ids: Vec<&str> = Vec::new();
    ids.extend(o.guideline.map(|g| scenario.guidelines[g].id.as_str()));
    ids.extend(o.cohort.map(|c| scenario.cohorts[c].id.as_str()));
    ids.extend(o.region.map(|r| scenario.regions[r].id.as_str()));
    let of = |name: &str| {
        let text = if ids.is_empty() { name.to_string() } else { format!("{name}[{}]", ids.join(", ")) };
        Interest::parse(&text, scenario, None)
    };
    match o.measured.name {
        "reviewed" => Err("claims reviewed by a day are known of all people under a guideline with a procedure".into()),
        "paid_share" => Ok(Gauge::Ratio(of("paid")?, of("claims")?)),
        "mean_paid" => Ok(Gauge::Ratio(of("payout")?, of("paid")?)),
        name => Ok(Gauge::Plain(of(name)?)),
    }
}
