//! Korean conditions: comparisons, bounds, and how several of them stand together.

use super::{firm, leading};
use crate::model::expression::{Compare, Node};
use crate::scenario::scheme::words::particle::{Particle, with};
use crate::scenario::scheme::words::speaker::{Clause, Speaker};

/// What follows a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    And,
    Or,
    If,
    /// Of a listed condition.
    Must,
    When,
    /// Before what it describes.
    That,
}

/// How a condition ends before its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stem {
    /// A noun.
    Noun,
    /// A noun and its particle, denied.
    NotNoun,
    /// 해당하다.
    Belongs,
    /// 해당하지 않다.
    Lacks,
    /// 늦다.
    Late,
    /// 이르다.
    Early,
}

pub(super) fn ended(stem: Stem, form: Form) -> &'static str {
    let row = match stem {
        Stem::Noun => ["이고", "이거나", "이면", "일 것", "일 때", "인"],
        Stem::NotNoun => [" 아니고", " 아니거나", " 아니면", " 아닐 것", " 아닐 때", " 아닌"],
        Stem::Belongs => ["하고", "하거나", "하면", "할 것", "할 때", "하는"],
        Stem::Lacks => ["하지 않고", "하지 않거나", "하지 않으면", "하지 않을 것", "하지 않을 때", "하지 않는"],
        Stem::Late => ["늦고", "늦거나", "늦으면", "늦을 것", "늦을 때", "늦은"],
        Stem::Early => ["이르고", "이르거나", "이르면", "이를 것", "이를 때", "이른"],
    };
    row[match form {
        Form::And => 0,
        Form::Or => 1,
        Form::If => 2,
        Form::Must => 3,
        Form::When => 4,
        Form::That => 5,
    }]
}

/// `3시간 이상 6시간 미만`.
pub(super) fn within(
    s: &mut Speaker<'_>,
    of: &Node,
    lower: Option<(bool, &Node)>,
    upper: Option<(bool, &Node)>,
) -> String {
    let moment = s.is_moment(of);
    let mut parts = Vec::new();
    if let Some((within, bound)) = lower {
        let bound = firm(s, bound);
        parts.push(match (moment, within) {
            (false, true) => format!("{bound} 이상"),
            (false, false) => format!("{bound} 초과"),
            (true, true) => format!("{bound}부터"),
            (true, false) => format!("{bound}보다 뒤부터"),
        });
    }
    if let Some((within, bound)) = upper {
        let bound = firm(s, bound);
        parts.push(match (moment, within) {
            (false, true) => format!("{bound} 이하"),
            (false, false) => format!("{bound} 미만"),
            (true, true) => format!("{bound}까지"),
            (true, false) => format!("{bound} 전까지"),
        });
    }
    parts.join(" ")
}

/// What a condition asks of its subject, without it.
pub fn cell(s: &mut Speaker<'_>, clause: &Clause<'_>) -> String {
    match clause {
        Clause::Compared(_, Compare::Is, bound) => firm(s, bound),
        Clause::Compared(_, Compare::IsNot, bound) => format!("{} 제외", firm(s, bound)),
        Clause::Compared(of, c @ (Compare::AtLeast | Compare::More), bound) => {
            within(s, of, Some((*c == Compare::AtLeast, bound)), None)
        }
        Clause::Compared(of, c, bound) => within(s, of, None, Some((*c == Compare::AtMost, bound))),
        Clause::Between(of, [lower, upper]) => within(s, of, Some(*lower), Some(*upper)),
        Clause::OneOf(_, one, bounds) => {
            let bounds: Vec<String> = bounds.iter().map(|b| firm(s, b)).collect();
            format!("{}{}", bounds.join(" 또는 "), if *one { "" } else { " 제외" })
        }
        other => told(s, other, Form::Must),
    }
}

/// A bound of an amount.
pub(super) fn bounded(compare: Compare) -> &'static str {
    match compare {
        Compare::Less => " 미만",
        Compare::AtMost => " 이하",
        Compare::More => " 초과",
        Compare::AtLeast => " 이상",
        Compare::Is | Compare::IsNot => "",
    }
}

/// A condition in a sentence.
pub(super) fn told(s: &mut Speaker<'_>, clause: &Clause<'_>, form: Form) -> String {
    match clause {
        Clause::All(parts) | Clause::Any(parts) => {
            let all = matches!(clause, Clause::All(_));
            let between = if all { Form::And } else { Form::Or };
            let last = parts.len() - 1;
            let each = |(i, c)| inner(s, c, all, if i == last { form } else { between });
            parts.iter().enumerate().map(each).collect::<Vec<_>>().join(" ")
        }
        Clause::Compared(subject, compare, bound) => {
            let moment = s.is_moment(subject);
            let figure = s.is_figure(bound);
            let (subject, bound) = (with(&leading(s, subject), Particle::Subject), firm(s, bound));
            match (compare, moment) {
                (Compare::More, false) if !figure => {
                    let bound = with(&bound, Particle::Object);
                    format!("{subject} {bound} 초과{}", ended(Stem::Belongs, form))
                }
                (Compare::IsNot, _) => {
                    let bound = with(&bound, Particle::Subject);
                    format!("{subject} {bound}{}", ended(Stem::NotNoun, form))
                }
                (Compare::Is, _) => format!("{subject} {bound}{}", ended(Stem::Noun, form)),
                (_, false) => format!("{subject} {bound}{}{}", bounded(*compare), ended(Stem::Noun, form)),
                (Compare::More, true) => format!("{subject} {bound}보다 {}", ended(Stem::Late, form)),
                (Compare::Less, true) => format!("{subject} {bound}보다 {}", ended(Stem::Early, form)),
                (_, true) => {
                    let stem = if *compare == Compare::AtLeast { Stem::Late } else { Stem::Early };
                    format!("{subject} {} 같거나 {}", with(&bound, Particle::And), ended(stem, form))
                }
            }
        }
        Clause::Between(subject, [lower, upper]) => {
            let within = within(s, subject, Some(*lower), Some(*upper));
            let subject = with(&leading(s, subject), Particle::Subject);
            format!("{subject} {within}{}", ended(Stem::Noun, form))
        }
        Clause::OneOf(subject, one, bounds) => {
            let bounds: Vec<String> = bounds.iter().map(|b| firm(s, b)).collect();
            let subject = with(&firm(s, subject), Particle::Subject);
            let stem = if *one { Stem::Noun } else { Stem::NotNoun };
            let which = if *one { "하나" } else { "어느 것도" };
            format!("{subject} {} 중 {which}{}", bounds.join(", "), ended(stem, form))
        }
        Clause::Named(i, holds) => {
            let called = s.truth(*i);
            format!("{called}에 해당{}", ended(if *holds { Stem::Belongs } else { Stem::Lacks }, form))
        }
        Clause::Fixed(holds) => {
            let text = if *holds { "모든 경우" } else { "어떤 경우도" };
            format!("{text}{}", ended(if *holds { Stem::Noun } else { Stem::NotNoun }, form))
        }
    }
}

/// A condition among others; another kind of group is bracketed.
fn inner(s: &mut Speaker<'_>, clause: &Clause<'_>, all: bool, form: Form) -> String {
    match (clause, all) {
        (Clause::Any(_), true) | (Clause::All(_), false) => {
            format!("({} 경우){}", told(s, clause, Form::That), ended(Stem::Noun, form))
        }
        _ => told(s, clause, form),
    }
}
