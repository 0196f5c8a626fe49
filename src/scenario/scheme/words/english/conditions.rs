//! English conditions: comparisons, bounds, and how several of them stand together.

use super::{Hold, firm, held, list, phrase};
use crate::model::expression::{Compare, Kind, Node, Type};
use crate::scenario::scheme::words::speaker::{Clause, Speaker};

/// `at least 3 hours and less than 6 hours`.
pub(super) fn limits(
    s: &mut Speaker<'_>,
    of: &Node,
    lower: Option<(bool, &Node)>,
    upper: Option<(bool, &Node)>,
) -> String {
    let moment = s.is_moment(of);
    let mut parts = Vec::new();
    if let Some((within, bound)) = lower {
        let compare = if within { Compare::AtLeast } else { Compare::More };
        parts.push(format!("{}{}", compared(compare, moment), firm(s, bound)));
    }
    if let Some((within, bound)) = upper {
        let compare = if within { Compare::AtMost } else { Compare::Less };
        parts.push(format!("{}{}", compared(compare, moment), firm(s, bound)));
    }
    parts.join(" and ")
}

/// What a condition asks of its subject, without it.
pub fn cell(s: &mut Speaker<'_>, clause: &Clause<'_>) -> String {
    match clause {
        Clause::Compared(subject, compare, bound) => {
            let exactly = matches!(compare, Compare::Is) && matches!(subject.ty, Type::Amount(_));
            let words = compared(*compare, s.is_moment(subject));
            format!("{}{words}{}", if exactly { "exactly " } else { "" }, firm(s, bound))
        }
        Clause::Between(subject, [lower, upper]) => limits(s, subject, Some(*lower), Some(*upper)),
        Clause::OneOf(_, one, bounds) => {
            let bounds: Vec<String> = bounds.iter().map(|b| firm(s, b)).collect();
            if *one { list(&bounds, "or") } else { format!("none of {}", list(&bounds, "and")) }
        }
        other => told(s, other),
    }
}

/// Words of a comparison, up to its bound.
pub(super) fn compared(compare: Compare, moment: bool) -> &'static str {
    match (compare, moment) {
        (Compare::Less, false) => "less than ",
        (Compare::AtMost, false) => "at most ",
        (Compare::More, false) => "more than ",
        (Compare::AtLeast, false) => "at least ",
        (Compare::Less, true) => "earlier than ",
        (Compare::AtMost, true) => "not later than ",
        (Compare::More, true) => "later than ",
        (Compare::AtLeast, true) => "not earlier than ",
        (Compare::Is, _) => "",
        (Compare::IsNot, _) => "not ",
    }
}

/// A condition in a sentence.
pub(super) fn told(s: &mut Speaker<'_>, clause: &Clause<'_>) -> String {
    match clause {
        Clause::All(parts) => {
            let parts: Vec<String> = parts.iter().map(|c| inner(s, c, true)).collect();
            parts.join(" and ")
        }
        Clause::Any(parts) => {
            // After a word in quotes a name in quotes would be taken for another word.
            let named = |c: &Clause<'_>| matches!(c, Clause::Named(..));
            let comma = parts.windows(2).any(|two| named(&two[1]) && !named(&two[0]))
                || parts.iter().any(|c| matches!(c, Clause::OneOf(_, true, _)));
            let parts: Vec<String> = parts.iter().map(|c| inner(s, c, false)).collect();
            parts.join(if comma { ", or " } else { " or " })
        }
        Clause::Compared(subject, compare, bound) => {
            let exactly = matches!(compare, Compare::Is) && matches!(subject.ty, Type::Amount(_));
            let (words, bound) = (compared(*compare, s.is_moment(subject)), firm(s, bound));
            let subject = is(s, subject);
            format!("{subject} {}{words}{bound}", if exactly { "exactly " } else { "" })
        }
        Clause::Between(subject, [lower, upper]) => {
            let limits = limits(s, subject, Some(*lower), Some(*upper));
            format!("{} {limits}", is(s, subject))
        }
        Clause::OneOf(subject, one, bounds) => {
            let bounds: Vec<String> = bounds.iter().map(|b| firm(s, b)).collect();
            let subject = is(s, subject);
            match one {
                true => format!("{subject} {}", list(&bounds, "or")),
                false => format!("{subject} none of {}", list(&bounds, "and")),
            }
        }
        Clause::Named(i, holds) => {
            let here = match s.fixed(*i) {
                Some("yes") => " (here it is true)",
                Some(_) => " (here it is not true)",
                None => "",
            };
            format!("{} is {}true{here}", s.called(&s.version.names[*i]), if *holds { "" } else { "not " })
        }
        Clause::Fixed(holds) => if *holds { "in every case" } else { "in no case" }.into(),
    }
}

/// A condition among others; another kind of group is bracketed.
fn inner(s: &mut Speaker<'_>, clause: &Clause<'_>, all: bool) -> String {
    let text = told(s, clause);
    match (clause, all) {
        (Clause::Any(_), true) | (Clause::All(_) | Clause::Between(..), false) => format!("({text})"),
        (Clause::OneOf(_, true, _), true) => format!("({text})"),
        _ => text,
    }
}

/// A subject with its verb.
fn is(s: &mut Speaker<'_>, subject: &Node) -> String {
    let text = held(phrase(s, subject, false), Hold::Several);
    let plural = match &subject.kind {
        Kind::Name(_) if !text.starts_with('“') => plural(&text),
        _ => false,
    };
    format!("{text} {}", if plural { "are" } else { "is" })
}

/// True where what a title is about, the words before its first preposition, is more than one thing.
fn plural(title: &str) -> bool {
    let of = ["of", "for", "with", "without", "that", "which", "in", "on", "from", "since", "by", "to", "at", "until"];
    let many =
        |w: &str| w == "people" || w.ends_with('s') && !w.ends_with("ss") && !w.ends_with("us") && !w.ends_with("is");
    title.split(' ').take_while(|w| !of.contains(w)).any(many)
}
