//! What built-in profiles do not say: how long a claim takes to review, and how long it takes the claimant.

use std::collections::BTreeSet;

use super::number::Remark;
use super::paths;
use super::reader::Reading;
use super::supply;
use super::tree::Node;
use crate::model::procedure::Procedure;
use crate::model::{Rule, Scenario, Text};

/// What a claim takes, as keys of a profile.
const EFFORT: [&str; 2] = ["review", "effort"];

/// Enters what a claim takes under built-in profiles that are used and do not say it, as the 0 h that stand in for it, and warns
/// once of each whose claims somebody is there to review.
pub fn unstated(reading: &mut Reading<'_>, scenario: &Scenario) {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for guideline in &scenario.guidelines {
        for rule in &guideline.rules {
            let Some(node) = filing_of(reading.root, &guideline.id, rule) else { continue };
            let Some(name) = node.as_text() else { continue };
            let Some(profile) = reading.root.get("filing").and_then(|f| f.get(name)) else { continue };
            let procedure = rule.procedure.and_then(|i| scenario.aftermath.procedures.get(i));
            let Some(procedure) = procedure.filter(|p| p.takes_claims && supply::is_of_the_ladder(profile)) else {
                continue;
            };
            if seen.insert(name.to_string()) {
                for key in EFFORT.into_iter().filter(|key| profile.get(key).is_none()) {
                    enter(reading, &format!("filing.{name}.{key}"), key);
                }
            }
            if profile.get("review").is_none() && is_staffed(reading, procedure) && told.insert(name.to_string()) {
                warn(reading, node, name, procedure);
            }
        }
    }
}

/// What a rule says of filing, or its guideline where that is a scheme as a whole.
pub fn filing_of<'a>(root: &'a Node, guideline: &str, rule: &Rule) -> Option<&'a Node> {
    let own = paths::find(root, &format!("guidelines.{guideline}.rules.{}.filing", rule.id));
    own.or_else(|| paths::find(root, &format!("guidelines.{guideline}.filing"))).map(|(_, node)| node)
}

/// True where somebody may be there to review claims.
fn is_staffed(reading: &Reading<'_>, procedure: &Procedure) -> bool {
    procedure.staff.iter().any(|(_, people)| reading.quantities.get(*people).law.support().1 > 0.0)
}

fn enter(reading: &mut Reading<'_>, path: &str, key: &str) {
    if reading.handles.contains_key(path) {
        return;
    }
    let note = match key {
        "review" => Text::both("the built-in profile does not say it: no review", "내장 프로필에 없음: 심사 시간 0"),
        _ => Text::both("the built-in profile does not say it: none", "내장 프로필에 없음: 신청인 시간 0"),
    };
    reading.plain_figure(path, 0.0, "h", Remark { note, defaulted: true, ..Remark::default() });
}

fn warn(reading: &mut Reading<'_>, node: &Node, name: &str, procedure: &Procedure) {
    let message = format!(
        "the built-in profile `{name}` does not say how long a claim takes to review: under the procedure `{}` it takes no \
         time and costs nothing, whatever its `staff`",
        procedure.id
    );
    reading
        .warn(node.place, message)
        .help(format!(
            "write [filing.{name}] with review = \"30 min\" (and effort = \"15 min\", the claimant's own time) in the file: \
             what it does not state stays built in; review = \"0 h\" says that nobody looks at these claims"
        ))
        .help(format!("or try it with --set filing.{name}.review=\"30 min\""));
}
