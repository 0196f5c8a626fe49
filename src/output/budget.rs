//! The budget in words and bounds, the same on the page and in figures: with all digits that the scenario gives, and as uncertain
//! where it is.

use crate::chance::law::Law;
use crate::model::{Lang, Scenario, Text, Unit};
use crate::scenario::{exact_money, law_words};

/// How many times the largest cost the budget may be for an axis from 0 to reach it; further away it would leave the costs no room.
pub const NEAR: f64 = 5.0;
/// The same of an axis with equal factors, and how many times less than the smallest cost there.
pub const NEAR_LOG: f64 = 100.0;

/// Where an uncertain number lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// True where it is never beyond; else it is in one world of ten.
    pub whole: bool,
}

/// The law of the budget.
fn law(scenario: &Scenario) -> Option<&Law> {
    scenario.budget.as_ref().map(|budget| &scenario.quantities.get(budget.amount).law)
}

/// The budget in words: `40 bn KRW`, `uncertain: anywhere from 30 bn KRW to 50 bn KRW`. The mean alone would look certain.
pub fn told(scenario: &Scenario) -> Option<Text> {
    let law = law(scenario)?;
    let words = |lang: Lang| match law {
        Law::Constant(value) => exact_money(*value, &scenario.currency, lang),
        _ => {
            let lead = if lang == Lang::En { "uncertain" } else { "불확실" };
            format!("{lead}: {}", law_words(law, Unit::Money, &scenario.currency, lang))
        }
    };
    Some(Text::both(&words(Lang::En), &words(Lang::Ko)))
}

/// Between which values an uncertain budget lies: wherever it can be, and in the middle 90 % of worlds where that has no end.
pub fn reach(scenario: &Scenario) -> Option<Reach> {
    let law = law(scenario).filter(|law| !law.is_constant())?;
    let (low, high) = law.support();
    let whole = low.is_finite() && high.is_finite();
    let (low, high) = if whole { (low, high) } else { (law.quantile(0.05), law.quantile(0.95)) };
    Some(Reach { low, high, whole })
}
