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

/// Shares of the losers and of their loss.
pub const OF_LOSERS: [&str; 2] = ["coverage", "adequacy"];
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

    /// The cohort and the region whose people are looked at, in the brackets in which they are asked for, `[shops]`; nothing
    /// of everybody.
    pub fn whose(&self, scenario: &Scenario) -> String {
        let group = Groups::of(scenario).list[self.group];
        let cohort = group.cohort.map(|c| scenario.cohorts[c].id.as_str());
        let region = group.region.map(|r| scenario.regions[r].id.as_str());
        let ids: Vec<&str> = cohort.into_iter().chain(region).collect();
        if ids.is_empty() { String::new() } else { format!("[{}]", ids.join(", ")) }
    }

    /// The measure.
    pub fn measure(&self) -> &'static Measure {
        match self.table {
            Table::Common => &COMMON[self.measure],
            Table::Guided => &GUIDED[self.measure],
            Table::Accounts => &ACCOUNTS[self.measure],
        }
    }

    /// Whether it is a share of the losers or of their loss: none where nobody loses anything, of which there is no part.
    pub fn is_of_losers(&self) -> bool {
        OF_LOSERS.contains(&self.measure().name)
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

    /// A value of it written with its unit: `40 bn KRW`, `5 %`, `200 days`; of money also `budget`, the scenario's own.
    /// Nothing needs a unit, nor what is counted, nor a share up to the whole.
    ///
    /// # Errors
    /// What is wrong and what would be right.
    pub fn read(&self, text: &str, scenario: &Scenario) -> Result<f64, String> {
        let (text, currency) = (text.trim(), &scenario.currency);
        if text == BUDGET {
            return self.budget(scenario);
        }
        match self.measure().unit {
            MeasureUnit::Persons => scenario::number_in(text, Unit::Persons, currency),
            MeasureUnit::Money => match bare(text) {
                Some(number) if number != 0.0 => Err(without_currency(text, number, currency)),
                _ => scenario::number_in(text, Unit::Money, currency),
            },
            MeasureUnit::Share => share(text, currency),
            MeasureUnit::Hours => scenario::number_in(&in_hours(text), Unit::Hours, currency),
            MeasureUnit::Days => match text.parse::<f64>() {
                Ok(days) => Ok(days),
                Err(_) => {
                    scenario::number_in(text.replace("days", "d").trim(), Unit::Hours, currency).map(|h| h / 24.0)
                }
            },
        }
    }

    /// The scenario's budget; an uncertain one counts with its mean, as one number for all worlds.
    fn budget(&self, scenario: &Scenario) -> Result<f64, String> {
        let measure = self.measure();
        if measure.unit != MeasureUnit::Money {
            return Err(format!("`{BUDGET}` is an amount of money, and `{}` is not", measure.name));
        }
        budget(scenario).ok_or_else(|| {
            format!(
                "this scenario has no [budget]: give it one, or write the amount, such as {} > 60 m {}",
                measure.name, scenario.currency
            )
        })
    }
}

/// The word for the scenario's budget.
pub const BUDGET: &str = "budget";

/// The budget of a scenario as one number: the mean of an uncertain one.
pub fn budget(scenario: &Scenario) -> Option<f64> {
    scenario.budget.as_ref().map(|b| b.amount.of(&scenario.quantities.central()))
}

/// A number without a unit.
fn bare(text: &str) -> Option<f64> {
    text.replace('_', "").parse::<f64>().ok()
}

/// Money of which nobody knows whether the currency's unit or millions were meant.
fn without_currency(text: &str, number: f64, currency: &str) -> String {
    let sizes = if number.abs() < 1e5 { format!(", or {text} m {currency}") } else { String::new() };
    format!("`{text}` is an amount of money without its unit; write {text} {currency}{sizes}")
}

/// A share: `5 %` or 0.05. More than the whole without a sign is taken for a percentage that lacks it.
///
/// # Errors
/// What is wrong and what would be right.
pub(super) fn share(text: &str, currency: &str) -> Result<f64, String> {
    match bare(text) {
        Some(number) if number.abs() > 1.0 => {
            // Twelve digits: what a binary fraction adds is not meant.
            let tidy = |x: f64| format!("{x:.11e}").parse().unwrap_or(x);
            let more = match number.abs() <= 2.0 {
                true => format!(", or {} % if more than the whole is meant", tidy(number * 100.0)),
                false => String::new(),
            };
            Err(format!(
                "`{text}` is a share above 1, which is the whole; write {text} % or {}{more}",
                tidy(number / 100.0)
            ))
        }
        _ => scenario::number_in(text, Unit::Share, currency),
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
