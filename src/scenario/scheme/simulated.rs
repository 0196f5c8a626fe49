//! What a simulation takes for the facts of a scheme: names that a `simulated` expression may use, and the expressions.

use super::super::applied::STANDARD;
use super::super::tree::Node;
use super::values::TYPES;
use crate::language::Names;
use crate::model::Text;
use crate::model::expression::{Dimension, Type};
use crate::model::scheme::{Name, Origin};

/// What a scenario knows of each person, in words.
pub fn title(name: &str) -> Text {
    match name {
        "loss" => Text::both("loss of the person", "그 사람의 손해액"),
        "outage" => Text::both("length of the outage", "장애 시간"),
        "fee_month" => Text::both("monthly fee", "월 요금"),
        "month" => Text::both("length of the month", "그달의 길이"),
        "began" => Text::both("beginning of the outage", "장애 시작 시각"),
        "ended" => Text::both("end of the outage", "장애 종료 시각"),
        "period" => Text::both("length of the period", "기간의 길이"),
        _ => Text::both("outage", "장애 기간"),
    }
}

/// The type of a standard fact.
fn type_of(word: &str) -> Type {
    TYPES.iter().find(|(n, _)| *n == word).map_or(Type::Amount(Dimension::NUMBER), |(_, ty)| ty.clone())
}

/// True where a scenario gives this fact by itself, by its name and type.
pub fn standard(name: &Name) -> bool {
    STANDARD.iter().any(|(n, ty)| *n == name.name && type_of(ty) == name.ty)
}

/// Names that `simulated` expressions of a version may use: what every scenario knows, unless the scheme calls
/// something else so, then its own facts that are not simulated themselves.
pub fn names(tree: &Node, facts: &[Name], simulated: &[String]) -> Vec<Name> {
    let step = |name: &str| tree.get("steps").is_some_and(|n| n.get(name).is_some());
    let rules = tree.get("rules").and_then(Node::as_list).unwrap_or(&[]);
    let rule = |name: &str| rules.iter().any(|r| r.get("id").and_then(Node::as_text) == Some(name));
    let own = |name: &str| facts.iter().any(|f| f.name == name);
    let free = |(name, _): &&(&str, &str)| !own(name) && !step(name) && !rule(name);
    let known = STANDARD.iter().filter(free).map(|(name, ty)| Name {
        name: (*name).into(),
        title: title(name),
        ty: type_of(ty),
        above_zero: *name == "month",
        share: false,
        origin: Origin::Fact(None),
        simulated: None,
    });
    known.chain(facts.iter().filter(|f| !simulated.contains(&f.name)).cloned()).collect()
}

/// The same as the checker of expressions takes them.
pub fn checked(names: &[Name], currency: &str) -> Names {
    let list = names.iter().map(|n| (n.name.clone(), n.ty.clone(), n.above_zero)).collect();
    Names { list, currency: currency.into(), ..Names::default() }
}
