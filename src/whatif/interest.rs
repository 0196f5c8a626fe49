//! Which number of a run is looked at: a measure, under which guideline, of which group of people.

use crate::engine::outcome::{self, ACCOUNTS, Block, COMMON, GUIDED, Group, Groups, Measure, MeasureUnit, Shape};
use crate::model::{Scenario, Unit};
use crate::scenario;

/// A measure of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interest {
    table: Table,
    measure: usize,
    /// Guideline (index); `None` for what is the same under every one.
    pub guideline: Option<usize>,
    /// Group of people: index into the groups of the scenario.
    group: usize,
}

/// Which of a block's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Table {
    Common,
    Guided,
    Accounts,
}

/// Other names of measures.
const ALSO: [(&str, &str); 2] = [("days_to_pay", "days_p50"), ("administration", "staff_cost")];

impl Interest {
    /// Reads `cost`, `cost[flat]`, `payout[flat, taxi-pro]`: a measure and, in brackets, the ids of a guideline, a cohort and a
    /// region, in any order and as far as wanted. What names no guideline and needs one gets `guideline`.
    ///
    /// # Errors
    /// What is wrong and what would be right.
    pub fn parse(text: &str, scenario: &Scenario, guideline: Option<usize>) -> Result<Interest, String> {
        let (name, ids) = match text.trim().split_once('[') {
            None => (text.trim(), Vec::new()),
            Some((name, rest)) => {
                let inside = rest.trim_end().strip_suffix(']');
                let inside = inside.ok_or_else(|| format!("`{}` lacks its closing bracket `]`", text.trim()))?;
                (name.trim(), inside.split(',').map(str::trim).collect())
            }
        };
        let (table, measure) = find(name).ok_or_else(|| no_measure(name))?;
        let (mut named, mut cohort, mut region) = (None, None, None);
        for id in ids {
            let guideline = scenario.guidelines.iter().position(|x| x.id == id);
            let in_cohort = scenario.cohorts.iter().position(|x| x.id == id);
            let in_region = scenario.regions.iter().position(|x| x.id == id);
            match (guideline, in_cohort, in_region) {
                (Some(g), ..) => named = Some(g),
                (_, Some(c), _) => cohort = Some(c),
                (.., Some(r)) => region = Some(r),
                _ => return Err(no_id(id, scenario)),
            }
        }
        let group = group(scenario, cohort, region)?;
        let guideline = match table {
            Table::Common if named.is_some() => {
                return Err(format!("`{name}` is the same under every guideline: name none"));
            }
            Table::Common => None,
            Table::Accounts if group > 0 => {
                return Err(format!("`{name}` is known for a guideline as a whole, not by cohort or region"));
            }
            _ => Some(named.or(guideline).ok_or_else(|| {
                let first = scenario.guidelines.first().map_or("…", |g| &g.id);
                format!("under which guideline? Write `{name}[{first}]`, or choose one with --guideline")
            })?),
        };
        Ok(Interest { table, measure, guideline, group })
    }

    /// The same under another guideline; what is the same under all stays as it is.
    pub fn under(self, guideline: usize) -> Interest {
        Interest { guideline: self.guideline.map(|_| guideline), ..self }
    }

    /// Another measure of the same people under the same guideline.
    pub fn beside(self, name: &str) -> Option<Interest> {
        let (table, measure) = find(name)?;
        Some(Interest { table, measure, ..self })
    }

    /// The group of people: index into the groups of the scenario.
    pub fn group(&self) -> usize {
        self.group
    }

    /// The measure.
    pub fn measure(&self) -> &'static Measure {
        match self.table {
            Table::Common => &COMMON[self.measure],
            Table::Guided => &GUIDED[self.measure],
            Table::Accounts => &ACCOUNTS[self.measure],
        }
    }

    /// Whether inequality must be worked out for it.
    pub fn needs_inequality(&self) -> bool {
        self.measure().name.starts_with("gini")
    }

    /// Its value in the `r`-th replicate of a block.
    pub fn value(&self, block: &Block, shape: Shape, r: usize) -> f64 {
        let guideline = self.guideline.unwrap_or_default();
        match self.table {
            Table::Common => block.common[shape.common(r, self.group, self.measure)],
            Table::Guided => block.guided[shape.guided(r, guideline, self.group, self.measure)],
            Table::Accounts => block.accounts[shape.accounts(r, guideline, self.measure)],
        }
    }

    /// What takes its value in the `r`-th replicate of a block to its mean over suits and recourse: nothing but of the cost.
    pub fn to_mean(&self, block: &Block, shape: Shape, r: usize) -> f64 {
        match self.guideline {
            Some(g) if self.measure().name == "cost" => {
                block.to_mean.get(shape.to_mean(r, g, self.group)).copied().unwrap_or(0.0)
            }
            _ => 0.0,
        }
    }

    /// A value of it written with its unit: `40 bn KRW`, `5 %`, `200 days`.
    ///
    /// # Errors
    /// What is wrong and what would be right.
    pub fn read(&self, text: &str, currency: &str) -> Result<f64, String> {
        let text = text.trim();
        match self.measure().unit {
            MeasureUnit::Persons => scenario::number_in(text, Unit::Persons, currency),
            MeasureUnit::Money => scenario::number_in(text, Unit::Money, currency),
            MeasureUnit::Share => scenario::number_in(text, Unit::Share, currency),
            MeasureUnit::Hours => scenario::number_in(&in_hours(text), Unit::Hours, currency),
            MeasureUnit::Days => match text.parse::<f64>() {
                Ok(days) => Ok(days),
                Err(_) => {
                    scenario::number_in(text.replace("days", "d").trim(), Unit::Hours, currency).map(|h| h / 24.0)
                }
            },
        }
    }
}

/// A bare number counts in hours.
fn in_hours(text: &str) -> String {
    if text.parse::<f64>().is_ok() { format!("{text} h") } else { text.into() }
}

fn find(name: &str) -> Option<(Table, usize)> {
    let name = ALSO.iter().find(|(also, _)| *also == name).map_or(name, |(_, proper)| proper);
    let common = outcome::common(name).map(|i| (Table::Common, i));
    let guided = outcome::guided(name).map(|i| (Table::Guided, i));
    common.or(guided).or_else(|| outcome::account(name).map(|i| (Table::Accounts, i)))
}

/// Names of all measures.
pub fn names() -> impl Iterator<Item = &'static str> {
    COMMON.iter().chain(&GUIDED).chain(&ACCOUNTS).map(|m| m.name)
}

fn no_measure(name: &str) -> String {
    let also = ALSO.iter().map(|(also, _)| *also);
    match scenario::closest(name, names().chain(also)) {
        Some(near) => format!("there is no measure `{name}`; did you mean `{near}`?"),
        None => format!("there is no measure `{name}`; there are {}", names().collect::<Vec<_>>().join(", ")),
    }
}

fn no_id(id: &str, scenario: &Scenario) -> String {
    let guidelines = scenario.guidelines.iter().map(|x| x.id.as_str());
    let ids = guidelines
        .chain(scenario.cohorts.iter().map(|x| x.id.as_str()))
        .chain(scenario.regions.iter().map(|x| x.id.as_str()));
    match scenario::closest(id, ids) {
        Some(near) => format!("no guideline, cohort or region is called `{id}`; did you mean `{near}`?"),
        None => format!("no guideline, cohort or region is called `{id}`"),
    }
}

fn group(scenario: &Scenario, cohort: Option<usize>, region: Option<usize>) -> Result<usize, String> {
    let region = region.filter(|_| scenario.regions.len() > 1);
    let groups = Groups::of(scenario);
    let at = groups.list.iter().position(|g| *g == Group { cohort, region });
    at.ok_or_else(|| "results are not given for this cohort in this region".into())
}
