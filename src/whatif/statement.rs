//! Statements about results: `P(cost > 40 bn KRW) <= 5%`, `mean(payout) < 30 bn KRW`, `coverage >= 60%`.
//!
//! ```text
//! statement = look sign value
//! look      = [ "mean" | "sd" | "p05" … | "tvar95" … ] "(" measure ")"      a statistic over the worlds
//!           | "P(" measure sign value ")"                                   the share of worlds in which that holds
//!           | measure                                                       its mean
//! measure   = name [ "[" ids "]" ]                                          see [`Interest::parse`]
//! sign      = "<" | "<=" | ">=" | ">"
//! value     = number unit | "budget"                                        see [`Interest::read`]
//! ```

use std::borrow::Cow;

use super::interest::{self, BUDGET, Interest};
use crate::chance::law::Law;
use crate::engine::outcome::MeasureUnit;
use crate::model::Scenario;
use crate::stats::{Side, Statistic};

/// A statistic of something looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// What is looked at.
    pub interest: Interest,
    /// Which statistic of it over the worlds.
    pub statistic: Statistic,
    /// True of the chance to pass the budget of the scenario that is run, in each world its own. The bound is then only what the
    /// scenario as it stands has for a mean; [`Look::judged`] puts the budgets in its place.
    pub of_budget: bool,
}

/// A claim about results, true or false of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Statement {
    /// What is looked at.
    pub look: Look,
    /// On which side of the bound it must be.
    pub side: Side,
    /// The bound, in the unit of what is looked at.
    pub bound: f64,
    /// True of a bound that is the scenario's budget.
    pub by_budget: bool,
}

impl Look {
    /// Reads a statistic of a measure.
    ///
    /// # Errors
    /// What is wrong and what would be right.
    pub fn parse(text: &str, scenario: &Scenario, guideline: Option<usize>) -> Result<Look, String> {
        let text = text.trim();
        let Some((head, inside)) = call(text)? else {
            let interest = Interest::parse(text, scenario, guideline)?;
            return Ok(Look { interest, statistic: Statistic::Mean, of_budget: false });
        };
        if head == "P" {
            let Some((measure, side, bound)) = compared(inside) else {
                return Err(format!(
                    "`{text}`: a chance needs a comparison, such as P(cost > 40 bn {})",
                    scenario.currency
                ));
            };
            let interest = Interest::parse(measure, scenario, guideline)?;
            let of_budget = bound.trim() == BUDGET;
            let bound = interest.read(bound, scenario)?;
            return Ok(Look { interest, statistic: Statistic::Chance(side, bound), of_budget });
        }
        let interest = Interest::parse(inside, scenario, guideline)?;
        Ok(Look { interest, statistic: statistic(head)?, of_budget: false })
    }

    /// The same for some scenarios: where all have one certain budget, that is a bound like any other.
    pub fn settled<'s>(self, scenarios: impl IntoIterator<Item = &'s Scenario>) -> Look {
        let certain = |s: &Scenario| match s.budget.as_ref().map(|b| &s.quantities.get(b.amount).law) {
            Some(Law::Constant(amount)) => Some(*amount),
            _ => None,
        };
        let mut budgets = scenarios.into_iter().map(certain);
        let first = budgets.next().flatten();
        match (self.statistic, first) {
            (Statistic::Chance(side, _), Some(amount)) if self.of_budget && budgets.all(|b| b == first) => {
                Look { statistic: Statistic::Chance(side, amount), of_budget: false, ..self }
            }
            _ => self,
        }
    }

    /// What an estimate of it is taken of, and which statistic of that: of the chance to pass the budget, what each world has
    /// beyond its own, and whether there is anything.
    pub fn judged<'v>(&self, values: &'v [f64], budgets: &[f64]) -> (Cow<'v, [f64]>, Statistic) {
        match self.statistic {
            Statistic::Chance(side, _) if self.of_budget => {
                let beyond = values.iter().zip(budgets).map(|(value, budget)| value - budget).collect();
                (Cow::Owned(beyond), Statistic::Chance(side, 0.0))
            }
            statistic => (Cow::Borrowed(values), statistic),
        }
    }

    /// Unit of its values.
    pub fn unit(&self) -> MeasureUnit {
        match self.statistic {
            Statistic::Chance(..) => MeasureUnit::Share,
            _ => self.interest.measure().unit,
        }
    }

    /// The words it is written in, but for the guideline: `p95(cost)`, `mean(payout[shops])`, `P(cost > 4e10)`.
    pub fn name(&self, scenario: &Scenario) -> String {
        let measure = format!("{}{}", self.interest.measure().name, self.interest.whose(scenario));
        match self.statistic {
            Statistic::Chance(side, _) if self.of_budget => format!("P({measure} {} {BUDGET})", side.sign()),
            Statistic::Chance(side, bound) => format!("P({measure} {} {bound})", side.sign()),
            other => format!("{}({measure})", other.name()),
        }
    }
}

impl Statement {
    /// Reads a statement.
    ///
    /// # Errors
    /// What is wrong and what would be right.
    pub fn parse(text: &str, scenario: &Scenario, guideline: Option<usize>) -> Result<Statement, String> {
        let Some((look, side, bound)) = compared(text) else {
            return Err(format!(
                "`{text}` says nothing that can be true or false; write for example \"P(cost > 40 bn {}) <= 5%\" or \
                 \"coverage >= 60%\"",
                scenario.currency
            ));
        };
        let look = Look::parse(look, scenario, guideline)?;
        let by_budget = bound.trim() == BUDGET;
        let bound = match look.statistic {
            Statistic::Chance(..) => chance(bound.trim(), &scenario.currency)?,
            _ => look.interest.read(bound, scenario)?,
        };
        Ok(Statement { look, side, bound, by_budget })
    }

    /// Whether it holds for an estimate.
    pub fn holds(&self, value: f64) -> bool {
        self.side.holds(value, self.bound)
    }
}

/// A chance: a share that is no more than the whole.
fn chance(text: &str, currency: &str) -> Result<f64, String> {
    let chance = interest::share(text, currency)?;
    match (0.0..=1.0).contains(&chance) {
        true => Ok(chance),
        false => Err(format!("`{text}`: a chance is from 0 to 100 %, such as 5 % or 0.05")),
    }
}

/// `head(inside)`; `None` where there is no call.
fn call(text: &str) -> Result<Option<(&str, &str)>, String> {
    let Some((head, rest)) = text.split_once('(') else { return Ok(None) };
    match rest.trim_end().strip_suffix(')') {
        Some(inside) => Ok(Some((head.trim(), inside))),
        None => Err(format!("`{text}` lacks its closing parenthesis `)`")),
    }
}

/// Both sides of a comparison outside parentheses.
fn compared(text: &str) -> Option<(&str, Side, &str)> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '<' | '>' | '≤' | '≥' if depth == 0 => {
                let rest = &text[at + c.len_utf8()..];
                let equal = rest.starts_with('=');
                let side = match (c, equal) {
                    ('<', false) => Side::Less,
                    ('<', true) | ('≤', _) => Side::AtMost,
                    ('>', false) => Side::More,
                    _ => Side::AtLeast,
                };
                return Some((&text[..at], side, if equal { &rest[1..] } else { rest }));
            }
            _ => {}
        }
    }
    None
}

/// `mean`, `sd`, `p95`, `p995`, `tvar99`.
fn statistic(name: &str) -> Result<Statistic, String> {
    let level = |digits: &str| {
        let plain = (2..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        let level = plain.then(|| format!("0.{digits}").parse::<f64>().ok()).flatten();
        if plain && digits == "100" {
            return Err(format!("`{name}`: no level reaches 100 %; the highest is 9999, and p10 is 10 %"));
        }
        level
            .filter(|q| *q > 0.0)
            .ok_or_else(|| format!("`{name}`: a level has two to four digits, such as p05, p95 or p995"))
    };
    match name {
        "mean" => Ok(Statistic::Mean),
        "sd" => Ok(Statistic::Sd),
        "median" => Ok(Statistic::Quantile(0.5)),
        _ => match (name.strip_prefix("tvar"), name.strip_prefix('p')) {
            (Some(digits), _) => Ok(Statistic::TailMean(level(digits)?)),
            (_, Some(digits)) => Ok(Statistic::Quantile(level(digits)?)),
            _ => Err(format!(
                "there is no statistic `{name}`; there are mean, sd, median, p05, p95, tvar95 and P(… > …)"
            )),
        },
    }
}
