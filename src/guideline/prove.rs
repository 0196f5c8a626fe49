//! Worked cases set against what the rules give.

use super::decide::{Decision, decide};
use crate::model::expression::Value;
use crate::model::scheme::{Case, Expected, Gives, Scheme, Version};

/// An expectation of a case that is not met.
#[derive(Clone, Debug, PartialEq)]
pub struct Miss {
    /// What was expected of what.
    pub expected: Expected,
    /// What came out; nothing where the case does not tell enough.
    pub found: Option<Value>,
}

/// What a case expects and does not get.
pub fn misses(scheme: &Scheme, case: &Case) -> Vec<Miss> {
    let version = &scheme.versions[case.version];
    let decision = decide(version, &case.given);
    let missed = |e: &&Expected| !found(version, &decision, e).is_some_and(|v| meets(&v, e));
    case.expected
        .iter()
        .filter(missed)
        .map(|e| Miss { expected: e.clone(), found: found(version, &decision, e) })
        .collect()
}

fn found(version: &Version, decision: &Decision, e: &Expected) -> Option<Value> {
    if e.what == "award" {
        if decision.undecided(version) {
            return None;
        }
        return Some(Value::Amount(decision.award));
    }
    let Some(i) = version.rules.iter().position(|r| r.id == e.what) else {
        return decision.values[version.find(&e.what)?].clone();
    };
    let tried = &decision.rules[i];
    if !tried.lacks.is_empty() {
        return None;
    }
    if let Value::Truth(_) = e.value {
        if let Some(Value::Truth(t)) = tried.gives {
            return Some(Value::Truth(t));
        }
        return Some(Value::Truth(tried.applies));
    }
    match (&version.rules[i].gives, tried.applies) {
        // A rule that does not apply gives nothing.
        (Gives::Money(_) | Gives::Else(_), false) => Some(Value::Amount(0.0)),
        _ => tried.gives.clone(),
    }
}

fn meets(found: &Value, e: &Expected) -> bool {
    match (found, &e.value) {
        (Value::Amount(a), Value::Amount(b)) => (a - b).abs() <= e.within,
        (a, b) => a == b,
    }
}
