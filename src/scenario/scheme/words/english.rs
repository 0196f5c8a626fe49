//! English sentences of expressions.

mod conditions;

use super::speaker::{Band, Clause, Given, List, Said, Speaker, Table, chain, member, place, unsigned};
use crate::model::expression::{Compare, Dimension, Filter, Function, Join, Kind, Node, Type};
pub use conditions::cell;
use conditions::{compared, limits, told};

/// Conditions of a sentence above which they are listed.
const IN_A_SENTENCE: usize = 2;

/// How firmly a phrase holds together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Hold {
    /// A name, a figure, or a share of one.
    Firm,
    /// Begins with what it does and is open at its end.
    Open,
    /// The same, and ends with `and` and the last of several: what follows would be taken for a part of that.
    Several,
    Product,
    Sum,
    /// Has commas of its own.
    Loose,
}

type Phrase = (String, Hold);

/// `Applies when …`, or a list of conditions.
pub fn condition(s: &mut Speaker<'_>, node: &Node) -> Said {
    conditions(s, node, "Applies when", ".")
}

fn conditions(s: &mut Speaker<'_>, node: &Node, before: &str, after: &str) -> Said {
    let clause = s.clause(node, true);
    match &clause {
        Clause::All(parts) if parts.len() > IN_A_SENTENCE => {
            let sentence = format!("{before} all of these hold{}:", after.trim_end_matches('.'));
            Said { sentence, items: parts.iter().map(|c| told(s, c)).collect() }
        }
        Clause::Any(parts) if parts.len() > IN_A_SENTENCE => {
            let sentence = format!("{before} at least one of these holds{}:", after.trim_end_matches('.'));
            Said { sentence, items: parts.iter().map(|c| told(s, c)).collect() }
        }
        Clause::Fixed(true) => Said { sentence: "Always applies.".into(), items: Vec::new() },
        Clause::Fixed(false) => Said { sentence: "Never applies.".into(), items: Vec::new() },
        _ => Said { sentence: format!("{before} {}{after}", told(s, &clause)), items: Vec::new() },
    }
}

/// What a rule pays or gives. A thing is given; of other figures it is only said what they come to, for money may be due
/// the other way, and a time may be one that is left or one that is added.
pub fn given(s: &mut Speaker<'_>, node: &Node, given: Given) -> Said {
    let verb = match (given, &node.ty) {
        (Given::Money, _) => "Pays",
        (Given::Duty, Type::Amount(Dimension::TIME)) => "Within",
        (_, Type::Moment) => "By",
        (_, Type::Word(_)) => "Gives",
        _ => "Comes to",
    };
    match tabled(s, node) {
        Some((lead, items)) => {
            let comma = if lead.starts_with("by ") { "," } else { "" };
            Said { sentence: format!("{verb}{comma} {lead}:"), items }
        }
        None => Said { sentence: format!("{verb} {}.", whole(s, node)), items: Vec::new() },
    }
}

/// A value among other words, without tables of its own.
pub fn inline(s: &mut Speaker<'_>, node: &Node) -> String {
    s.depth += 1;
    let text = whole(s, node);
    s.depth -= 1;
    text
}

/// What a term means.
pub fn term(s: &mut Speaker<'_>, title: &str, node: &Node) -> Said {
    if node.ty == Type::Truth {
        if let Some(Table::Values(subject, values, last)) = s.truths(node) {
            let items = by_value(s, &values, last, yes);
            return Said { sentence: format!("{title}, by {}:", whole(s, subject)), items };
        }
        if let Clause::Fixed(t) = s.clause(node, true) {
            return Said { sentence: format!("{title}: {}.", if t { "yes" } else { "no" }), items: Vec::new() };
        }
        return conditions(s, node, &format!("{title}: yes when"), "; otherwise no.");
    }
    match tabled(s, node) {
        Some((lead, items)) => Said { sentence: format!("{title}, {lead}:"), items },
        None => Said { sentence: format!("{title}: {}.", whole(s, node)), items: Vec::new() },
    }
}

/// A line for each value of a subject and one for the rest.
fn by_value(
    s: &mut Speaker<'_>,
    values: &[(Vec<&Node>, &Node)],
    last: &Node,
    say: fn(&mut Speaker<'_>, &Node) -> String,
) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for (words, value) in values {
        let words: Vec<String> = words.iter().map(|w| firm(s, w)).collect();
        items.push(format!("{}: {}", list(&words, "or"), say(s, value)));
    }
    items.push(format!("otherwise: {}", say(s, last)));
    items
}

/// When a truth is yes.
fn yes(s: &mut Speaker<'_>, node: &Node) -> String {
    match s.clause(node, true) {
        Clause::Fixed(t) => if t { "yes" } else { "no" }.into(),
        clause => format!("yes when {}", told(s, &clause)),
    }
}

/// A match of several arms as what it is by and its lines.
fn tabled(s: &mut Speaker<'_>, node: &Node) -> Option<(String, Vec<String>)> {
    let Kind::Match(arms, last) = &node.kind else { return None };
    if node.ty == Type::Truth {
        return None;
    }
    let table = s.table(arms, last);
    if arms.len() < 2 && !matches!(table, Table::Bands(..)) {
        return None;
    }
    s.depth += 1;
    let found = match table {
        Table::Bands(subject, bands) => {
            let items = bands.iter().map(|b| band(s, subject, b)).collect();
            (format!("by {}", whole(s, subject)), items)
        }
        Table::Values(subject, values, last) => {
            let items = by_value(s, &values, last, whole);
            (format!("by {}", whole(s, subject)), items)
        }
        Table::First(arms, last) => {
            let mut items: Vec<String> = Vec::new();
            for (when, then) in arms {
                let clause = s.clause(when, true);
                items.push(format!("if {}: {}", told(s, &clause), whole(s, then)));
            }
            items.push(format!("otherwise: {}", whole(s, last)));
            ("the first of these that fits".into(), items)
        }
    };
    s.depth -= 1;
    Some(found)
}

fn band(s: &mut Speaker<'_>, subject: &Node, (lower, upper, value): &Band<'_>) -> String {
    format!("{}: {}", limits(s, subject, *lower, *upper), whole(s, value))
}

/// A phrase that stands alone.
fn whole(s: &mut Speaker<'_>, node: &Node) -> String {
    phrase(s, node, true).0
}

/// A phrase that may stand among others.
fn firm(s: &mut Speaker<'_>, node: &Node) -> String {
    held(phrase(s, node, false), Hold::Firm)
}

fn held((text, hold): Phrase, most: Hold) -> String {
    if hold > most { format!("({text})") } else { text }
}

/// `a, b and c`.
fn list(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., end] => format!("{} {last} {end}", before.join(", ")),
    }
}

/// The words of a part. `top`: it stands alone, so that commas part it.
fn phrase(s: &mut Speaker<'_>, node: &Node, top: bool) -> Phrase {
    if node.ty == Type::Truth && !matches!(node.kind, Kind::Literal(_)) {
        let clause = s.clause(node, true);
        return (format!("yes if {}, otherwise no", told(s, &clause)), Hold::Loose);
    }
    match &node.kind {
        Kind::Literal(value) => (s.literal(node, value), Hold::Firm),
        Kind::Name(i) => (s.named(*i), Hold::Firm),
        Kind::Negative(inner) => (format!("minus {}", firm(s, inner)), Hold::Firm),
        Kind::Join(Join::Minus, a, b) if s.is_date_of(b, a) => {
            (format!("the time of day of {}", firm(s, a)), Hold::Open)
        }
        Kind::Join(Join::Minus, a, b) if b.ty == Type::Moment => {
            let [from, to] = [b, a].map(|n| held(phrase(s, n, false), Hold::Open));
            (format!("the time from {from} to {to}"), Hold::Open)
        }
        Kind::Join(join @ (Join::Plus | Join::Minus), a, b) if a.ty == Type::Moment => {
            let when = if *join == Join::Plus { "after" } else { "before" };
            let most = if matches!(a.kind, Kind::Join(..)) { Hold::Firm } else { Hold::Open };
            let (time, from) = (firm(s, b), held(phrase(s, a, false), most));
            (format!("{time} {when} {from}"), Hold::Open)
        }
        Kind::Join(Join::Plus | Join::Minus, ..) => sum(s, node, top),
        Kind::Join(Join::Times | Join::Over, ..) => product(s, node, top),
        Kind::Call(Function::Member, ..) => (s.quoted(&member(node)), Hold::Firm),
        Kind::Call(Function::Place, ..) => (s.quoted(&place(node).unwrap_or_default()), Hold::Firm),
        Kind::Call(function, args, filter) => call(s, *function, args, filter.as_ref(), top),
        Kind::Match(..) => chosen(s, node),
        Kind::Not(_) | Kind::Join(..) | Kind::Compare(..) => (String::new(), Hold::Firm),
    }
}

fn sum(s: &mut Speaker<'_>, node: &Node, top: bool) -> Phrase {
    let mut parts = Vec::new();
    chain(node, [Join::Plus, Join::Minus], &mut parts);
    let phrases: Vec<(Join, Phrase)> = parts.iter().map(|(join, n)| (*join, phrase(s, n, false))).collect();
    let compound = phrases.iter().any(|(_, (_, hold))| *hold > Hold::Firm);
    let count = phrases.len();
    let mut out = String::new();
    for (i, (join, part)) in phrases.into_iter().enumerate() {
        let sign = if join == Join::Plus { " plus " } else { " minus " };
        match (i, top && compound) {
            (0, _) => {}
            (_, true) => out += &format!(",{sign}"),
            (_, false) => out += sign,
        }
        let more = i + 1 < count && part.1 == Hold::Several;
        out += &held(part, if top && !more { Hold::Product } else { Hold::Firm });
    }
    (out, Hold::Sum)
}

/// A share of something first, then the other factors.
fn product(s: &mut Speaker<'_>, node: &Node, top: bool) -> Phrase {
    let mut parts = Vec::new();
    chain(node, [Join::Times, Join::Over], &mut parts);
    let share = parts.iter().position(|(join, n)| *join == Join::Times && s.percentage(n).is_some());
    let mut first: Option<Phrase> = None;
    if let Some(at) = share.filter(|_| parts.iter().filter(|(join, _)| *join == Join::Times).count() > 1) {
        let share = s.percentage(parts.remove(at).1).unwrap_or_default();
        let of = parts.iter().position(|(join, _)| *join == Join::Times).unwrap_or(0);
        let of = firm(s, parts.remove(of).1);
        first = Some((format!("{share} of {of}"), Hold::Firm));
    }
    let mut phrases: Vec<(Join, Phrase)> = first.map(|p| (Join::Times, p)).into_iter().collect();
    for (join, n) in parts {
        phrases.push((join, phrase(s, n, false)));
    }
    if let [(_, only)] = phrases.as_slice() {
        return only.clone();
    }
    let count = phrases.len();
    let mut out = String::new();
    let mut open = false;
    for (i, (join, part)) in phrases.into_iter().enumerate() {
        if i > 0 {
            // What is open at its end is closed by a comma, and so is a divisor before a factor.
            out += if open { ", " } else { " " };
            out += if join == Join::Times { "times " } else { "divided by " };
        }
        let last = i + 1 == count && join == Join::Times;
        open = (part.1 == Hold::Open && top && !last) || join == Join::Over;
        let most = match (last, top) {
            (true, _) => Hold::Several,
            (false, true) => Hold::Open,
            (false, false) => Hold::Firm,
        };
        out += &held(part, most);
    }
    (out, Hold::Product)
}

fn call(s: &mut Speaker<'_>, function: Function, args: &[Node], filter: Option<&Filter>, top: bool) -> Phrase {
    use Function as F;
    let open = |text: String| (text, Hold::Open);
    match function {
        F::Max | F::Min => extreme(s, function == F::Max, args),
        F::Floor | F::Ceil | F::Round | F::RoundEven => {
            let what = if top { whole(s, &args[0]) } else { firm(s, &args[0]) };
            let how = match function {
                F::Floor => "rounded down",
                F::Ceil => "rounded up",
                _ => "rounded",
            };
            let halves = if function == F::Round { "halves up" } else { "halves to the even multiple" };
            let to = match (args.get(1), function) {
                (Some(step), F::Floor | F::Ceil) => format!("to a multiple of {}", firm(s, step)),
                (Some(step), _) => format!("to the nearest multiple of {} ({halves})", firm(s, step)),
                (None, F::Floor | F::Ceil) => "to a whole number".into(),
                (None, _) => format!("to the nearest whole number ({halves})"),
            };
            (format!("{what}, {how} {to}"), Hold::Loose)
        }
        F::Completed | F::Begun => {
            let how = if function == F::Completed { "completed" } else { "begun" };
            let (of, step) = (firm(s, &args[0]), firm(s, &args[1]));
            let steps = if args[0].ty == Type::Amount(Dimension::TIME) { "periods" } else { "steps" };
            open(format!("the number of {how} {steps} of {step} in {of}"))
        }
        F::Sum | F::Count | F::Longest | F::Mean => {
            let time = matches!(args[0].ty, Type::List(Dimension::TIME));
            let what = match function {
                F::Sum => "the sum of",
                F::Count => "the number of",
                F::Longest if time => "the longest of",
                F::Longest => "the largest of",
                _ => "the mean of",
            };
            if let (Kind::Call(F::Each, parts, _), None) = (&args[0].kind, filter) {
                return open(each(s, what, parts));
            }
            let of = firm(s, &args[0]);
            match (filter, function) {
                (Some(f), _) => open(format!("{what} those of {of} that are {}", bound(s, f))),
                (None, F::Count) => open(format!("{what} entries of {of}")),
                (None, _) => open(format!("{what} {of}")),
            }
        }
        F::Length => open(format!("the length of {}", firm(s, &args[0]))),
        F::Start => open(format!("the beginning of {}", firm(s, &args[0]))),
        F::End => open(format!("the end of {}", firm(s, &args[0]))),
        F::Inside => {
            let [of, from, to] = [0, 1, 2].map(|i| firm(s, &args[i]));
            open(format!("the part of {of} that lies between {from} and {to} of each day"))
        }
        F::DaysCovered => {
            let of = firm(s, &args[0]);
            let how_much = filter.map_or("any part".to_string(), |f| bound(s, f));
            open(format!("the number of calendar days of which {of} covers {how_much}"))
        }
        F::Date => open(format!("the date of {}", firm(s, &args[0]))),
        F::Days | F::WorkingDays => {
            let kind = if function == F::Days { "calendar" } else { "working" };
            let [from, to] = [0, 1].map(|i| firm(s, &args[i]));
            open(format!("the number of {kind} days after {from} up to and including {to}"))
        }
        F::WorkingDay => {
            let from = firm(s, &args[0]);
            match s.number(&args[1]) {
                Some(n) => {
                    let remark = s.constant(&args[1]).map_or_else(String::new, |(_, remark)| remark);
                    open(format!("the {} working day{remark} after {from}", ordinal(n)))
                }
                None => {
                    let n = firm(s, &args[1]);
                    (format!("the n-th working day after {from}, n being {n}"), Hold::Loose)
                }
            }
        }
        F::MonthLength => open(format!("the length of the month of {}", firm(s, &args[0]))),
        F::MonthStart => open(format!("the first day of the month of {}", firm(s, &args[0]))),
        F::AddMonths => {
            let ((count, earlier), from) = (unsigned(&args[1]), firm(s, &args[0]));
            let (months, remark) = s.constant(count).unwrap_or_else(|| (firm(s, count), String::new()));
            let when = if earlier { "before" } else { "after" };
            let what = if months == "1" { "month" } else { "months" };
            // Every month has a first day.
            let first = matches!(args[0].kind, Kind::Call(F::MonthStart, ..));
            let none = if first { "" } else { " (or the last day of that month where it has no such day)" };
            open(format!("the same day {months} {what}{remark} {when} {from}{none}"))
        }
        F::FullMonths => {
            let [from, to] = [0, 1].map(|i| firm(s, &args[i]));
            open(format!("the number of whole months from {from} to {to}"))
        }
        F::YearOf => open(format!("the year of {}", firm(s, &args[0]))),
        F::MonthOf => open(format!("the number of the month of {}", firm(s, &args[0]))),
        F::Weekday => open(format!("the day of the week of {} (Monday 1, Sunday 7)", firm(s, &args[0]))),
        F::WorkingTime => {
            let [of, from, to] = [0, 1, 2].map(|i| firm(s, &args[i]));
            open(format!("the part of {of} that lies between {from} and {to} of working days"))
        }
        F::Remainder => {
            let [of, step] = [0, 1].map(|i| firm(s, &args[i]));
            let steps = if args[0].ty == Type::Amount(Dimension::TIME) { "periods" } else { "multiples" };
            open(format!("what is left of {of} after whole {steps} of {step}"))
        }
        F::Power => {
            let [of, power] = [0, 1].map(|i| firm(s, &args[i]));
            open(format!("{of} to the power of {power}"))
        }
        F::Percentile => {
            let [of, share] = [0, 1].map(|i| firm(s, &args[i]));
            let of = filter.map_or(of.clone(), |f| format!("those of {of} that are {}", bound(s, f)));
            open(format!("the value that {share} of {of} do not exceed (nearest rank)"))
        }
        F::List => {
            let items: Vec<String> = args.iter().map(|a| firm(s, a)).collect();
            (list(&items, "and"), if items.len() > 1 { Hold::Loose } else { Hold::Open })
        }
        F::Each => {
            let of = firm(s, &args[0]);
            let member = s.quoted(&member(&args[1]));
            if args[1].ty == Type::Truth {
                let clause = s.clause(&args[1], true);
                let placed = placed(s, &args[1]);
                return (format!("each {member} of {of}{placed} for which {}", told(s, &clause)), Hold::Loose);
            }
            let part = held(phrase(s, &args[1], false), Hold::Open);
            (format!("{part}, for each {member} of {of}{}", placed(s, &args[1])), Hold::Loose)
        }
        F::Merged => {
            let [of, gap] = [0, 1].map(|i| firm(s, &args[i]));
            open(format!("{of}, those apart by no more than {gap} taken as one"))
        }
        F::Member | F::Place => (String::new(), Hold::Firm),
    }
}

fn bound(s: &mut Speaker<'_>, filter: &Filter) -> String {
    let exactly = if filter.compare == Compare::Is { "exactly " } else { "" };
    format!("{exactly}{}{}", compared(filter.compare, false), firm(s, &filter.bound))
}

fn ordinal(n: f64) -> String {
    match n as i64 {
        1 => "first".into(),
        2 => "second".into(),
        3 => "third".into(),
        n if n % 10 == 1 && n % 100 != 11 => format!("{n}st"),
        n if n % 10 == 2 && n % 100 != 12 => format!("{n}nd"),
        n if n % 10 == 3 && n % 100 != 13 => format!("{n}rd"),
        n => format!("{n}th"),
    }
}

/// What is taken of the members of a list: `the sum of 5 EUR for each “x” of the outages`.
fn each(s: &mut Speaker<'_>, what: &str, parts: &[Node]) -> String {
    let (of, member) = (firm(s, &parts[0]), s.quoted(&member(&parts[1])));
    if parts[1].ty == Type::Truth {
        let clause = s.clause(&parts[1], true);
        let placed = placed(s, &parts[1]);
        return format!("{what} those {member} of {of}{placed} for which {}", told(s, &clause));
    }
    let part = held(phrase(s, &parts[1], false), Hold::Open);
    format!("{what} {part} for each {member} of {of}{}", placed(s, &parts[1]))
}

/// What a part calls the place of a member in its list.
fn placed(s: &Speaker<'_>, part: &Node) -> String {
    place(part).map_or_else(String::new, |n| format!(" ({} being its place, from 1)", s.quoted(&n)))
}

/// The higher or lower of some parts; something worked out against one figure reads as a limit.
fn extreme(s: &mut Speaker<'_>, highest: bool, args: &[Node]) -> Phrase {
    let moment = args[0].ty == Type::Moment;
    let limit = if highest { "at least" } else { "at most" };
    if let ([a, b], false) = (args, moment) {
        // A limit behind a choice would be taken for a part of its last branch.
        let mut worked = |n: &Node| phrase(s, n, false).1 > Hold::Firm && !matches!(n.kind, Kind::Match(..));
        let (one, other) = (worked(a), worked(b));
        let parts = match (one && s.is_figure(b), other && s.is_figure(a)) {
            (true, false) => Some((a, b)),
            (false, true) => Some((b, a)),
            _ => None,
        };
        if let Some((compound, plain)) = parts {
            let (what, limits) = (whole(s, compound), firm(s, plain));
            // Of two limits the second follows the first: `but at least 0 and at most 5`.
            let both =
                matches!(&compound.kind, Kind::Call(Function::Max | Function::Min, ..)) && what.contains(", but at ");
            let word = if both { " and" } else { ", but" };
            return (format!("{what}{word} {limit} {limits}"), Hold::Loose);
        }
    }
    let time = args[0].ty == Type::Amount(Dimension::TIME);
    let words = match (moment, highest, args.len() > 2) {
        _ if time => {
            [["shorter", "shortest"], ["longer", "longest"]][usize::from(highest)][usize::from(args.len() > 2)]
        }
        (true, true, false) => "later",
        (true, true, true) => "latest",
        (true, false, false) => "earlier",
        (true, false, true) => "earliest",
        (false, true, false) => "higher",
        (false, true, true) => "highest",
        (false, false, false) => "lower",
        (false, false, true) => "lowest",
    };
    let parts: Vec<String> = args.iter().map(|a| firm(s, a)).collect();
    (format!("the {words} of {}", list(&parts, "and")), Hold::Several)
}

/// A choice inside a phrase: a table below, or, inside of a table or with one condition, words.
fn chosen(s: &mut Speaker<'_>, node: &Node) -> Phrase {
    let Kind::Match(arms, last) = &node.kind else { return (String::new(), Hold::Firm) };
    if arms.len() > 1
        && s.depth == 0
        && let Some((lead, items)) = tabled(s, node)
    {
        return (format!("the value of list {}", s.keep(lead, items)), Hold::Firm);
    }
    let before = s.lists.clone();
    let mut out = Vec::new();
    for arm in arms {
        let value = firm(s, &arm.then);
        let clause = s.clause(&arm.when, true);
        out.push(format!("{value} if {}", told(s, &clause)));
    }
    out.push(format!("otherwise {}", firm(s, last)));
    let text = out.join(", ");
    if s.depth == 0 && s.long(&text) {
        let short = std::mem::replace(&mut s.lists, before);
        if let Some((lead, items)) = tabled(s, node) {
            return (format!("the value of list {}", s.keep(lead, items)), Hold::Firm);
        }
        s.lists = short;
    }
    (text, Hold::Loose)
}

impl Speaker<'_> {
    /// Keeps a table for below the sentence and hands back its letter. The same table is kept once.
    pub fn keep(&mut self, lead: String, items: Vec<String>) -> char {
        if let Some(known) = self.lists.iter().find(|l| l.lead == lead && l.items == items) {
            return known.letter;
        }
        let letter = char::from(b'A' + (self.lists.len() % 26) as u8);
        self.lists.push(List { letter, lead, items });
        letter
    }
}
