//! Korean sentences of expressions: what is worked out comes last, and particles follow the sound of what they join.

mod conditions;

use super::particle::{Particle, with};
use super::speaker::{Band, Clause, Given, Said, Speaker, Table, chain, member, place, unsigned};
use crate::model::expression::{Compare, Dimension, Filter, Function, Join, Kind, Node, Type};
pub use conditions::cell;
use conditions::{Form, Stem, bounded, ended, told, within};

/// Conditions of a sentence above which they are listed.
const IN_A_SENTENCE: usize = 2;

/// A text, and whether it is worked out of others.
type Phrase = (String, bool);

/// `…이면 적용한다`, or a list of conditions.
pub fn condition(s: &mut Speaker<'_>, node: &Node) -> Said {
    let clause = s.clause(node, true);
    match &clause {
        Clause::All(parts) if parts.len() > IN_A_SENTENCE => {
            let items = parts.iter().map(|c| told(s, c, Form::Must)).collect();
            Said { sentence: "다음을 모두 충족하면 적용한다:".into(), items }
        }
        Clause::Any(parts) if parts.len() > IN_A_SENTENCE => {
            let items = parts.iter().map(|c| told(s, c, Form::Must)).collect();
            Said { sentence: "다음 중 하나라도 충족하면 적용한다:".into(), items }
        }
        Clause::Fixed(true) => Said { sentence: "항상 적용한다.".into(), items: Vec::new() },
        Clause::Fixed(false) => Said { sentence: "적용하지 않는다.".into(), items: Vec::new() },
        _ => Said { sentence: format!("{} 적용한다.", told(s, &clause, Form::If)), items: Vec::new() },
    }
}

/// What a rule pays or gives. A thing is handed out; of other figures it is only said what they are, for money may be due
/// the other way, and a time may be one that is left or one that is added.
pub fn given(s: &mut Speaker<'_>, node: &Node, given: Given) -> Said {
    let (what, particle, verb) = match (given, &node.ty) {
        (Given::Money, _) => ("", Particle::Object, "지급한다"),
        (Given::Duty, Type::Amount(Dimension::TIME) | Type::Moment) => ("기한은 ", Particle::By, "한다"),
        (Given::Duty, Type::Word(_)) => ("", Particle::By, "정한다"),
        (_, Type::Word(_)) => ("", Particle::Object, "제공한다"),
        (_, Type::Amount(Dimension::MONEY)) => ("금액은 ", Particle::By, "한다"),
        (_, Type::Amount(Dimension::TIME)) => ("길이는 ", Particle::By, "한다"),
        (_, Type::Moment) => ("기한은 ", Particle::By, "한다"),
        _ => ("값은 ", Particle::By, "한다"),
    };
    match tabled(s, node) {
        Some((lead, items)) => Said { sentence: format!("{what}{} {verb}:", with(&lead, particle)), items },
        None => {
            let text = with(&whole(s, node), particle);
            Said { sentence: format!("{what}{text} {verb}."), items: Vec::new() }
        }
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
            return Said { sentence: format!("{title}: {}에 따라 다음과 같다:", firm(s, subject)), items };
        }
        let clause = s.clause(node, true);
        return match &clause {
            Clause::Fixed(t) => {
                Said { sentence: format!("{title}: {}.", if *t { "예" } else { "아니요" }), items: Vec::new() }
            }
            Clause::All(parts) if parts.len() > IN_A_SENTENCE => {
                let items = parts.iter().map(|c| told(s, c, Form::Must)).collect();
                Said {
                    sentence: format!("{title}: 다음을 모두 충족하면 예, 그 밖에는 아니요:"), items
                }
            }
            Clause::Any(parts) if parts.len() > IN_A_SENTENCE => {
                let items = parts.iter().map(|c| told(s, c, Form::Must)).collect();
                Said {
                    sentence: format!("{title}: 다음 중 하나라도 충족하면 예, 그 밖에는 아니요:"), items
                }
            }
            _ => {
                let told = told(s, &clause, Form::If);
                Said { sentence: format!("{title}: {told} 예, 그 밖에는 아니요."), items: Vec::new() }
            }
        };
    }
    match tabled(s, node) {
        Some((lead, items)) => Said { sentence: format!("{title}: {lead}:"), items },
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
        items.push(format!("{}: {}", words.join(" 또는 "), say(s, value)));
    }
    items.push(format!("그 밖: {}", say(s, last)));
    items
}

/// When a truth is yes.
fn yes(s: &mut Speaker<'_>, node: &Node) -> String {
    match s.clause(node, true) {
        Clause::Fixed(t) => if t { "예" } else { "아니요" }.into(),
        clause => format!("{} 예", told(s, &clause, Form::If)),
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
    let value = sort(&node.ty);
    let found = match table {
        Table::Bands(subject, bands) => {
            let items = bands.iter().map(|b| band(s, subject, b)).collect();
            (format!("{}에 따라 다음 {value}", firm(s, subject)), items)
        }
        Table::Values(subject, values, last) => {
            let items = by_value(s, &values, last, whole);
            (format!("{}에 따라 다음 {value}", firm(s, subject)), items)
        }
        Table::First(arms, last) => {
            let mut items: Vec<String> = Vec::new();
            for (when, then) in arms {
                let clause = s.clause(when, true);
                items.push(format!("{}: {}", told(s, &clause, Form::When), whole(s, then)));
            }
            items.push(format!("그 밖: {}", whole(s, last)));
            (format!("다음 중 처음 해당하는 {value}"), items)
        }
    };
    s.depth -= 1;
    Some(found)
}

fn band(s: &mut Speaker<'_>, subject: &Node, (lower, upper, value): &Band<'_>) -> String {
    format!("{}: {}", within(s, subject, *lower, *upper), whole(s, value))
}

/// A phrase that stands alone.
fn whole(s: &mut Speaker<'_>, node: &Node) -> String {
    phrase(s, node).0
}

/// A phrase that may stand among others.
fn firm(s: &mut Speaker<'_>, node: &Node) -> String {
    match phrase(s, node) {
        (text, true) => format!("({text})"),
        (text, false) => text,
    }
}

/// A phrase at the beginning of another: what is left of it cannot be taken for a part of it.
fn leading(s: &mut Speaker<'_>, node: &Node) -> String {
    match &node.kind {
        Kind::Call(Function::Max | Function::Min, args, None) if limited(s, args).is_none() => whole(s, node),
        Kind::Call(f, ..) if !matches!(f, Function::Max | Function::Min) => whole(s, node),
        _ => firm(s, node),
    }
}

/// What a value of a type is called.
fn sort(ty: &Type) -> &'static str {
    match ty {
        Type::Amount(Dimension::MONEY) => "금액",
        Type::Amount(Dimension::TIME) => "시간",
        Type::Amount(Dimension::DISTANCE) => "거리",
        Type::Moment => "날",
        _ => "값",
    }
}

/// The words of a part.
fn phrase(s: &mut Speaker<'_>, node: &Node) -> Phrase {
    if node.ty == Type::Truth && !matches!(node.kind, Kind::Literal(_)) {
        let clause = s.clause(node, true);
        return (format!("{} 예, 그 밖에는 아니요", told(s, &clause, Form::If)), true);
    }
    match &node.kind {
        Kind::Literal(value) => (s.literal(node, value), false),
        Kind::Name(i) => (s.named(*i), false),
        Kind::Negative(inner) => (format!("마이너스 {}", firm(s, inner)), false),
        Kind::Join(Join::Minus, a, b) if s.is_date_of(b, a) => (format!("{}의 시각", leading(s, a)), false),
        Kind::Join(Join::Minus, a, b) if b.ty == Type::Moment => {
            (format!("{}부터 {}까지의 시간", leading(s, b), leading(s, a)), true)
        }
        Kind::Join(join @ (Join::Plus | Join::Minus), a, b) if a.ty == Type::Moment => {
            let when = if *join == Join::Plus { "뒤" } else { "전" };
            (format!("{}에서 {} {when}", leading(s, a), firm(s, b)), true)
        }
        Kind::Join(Join::Plus | Join::Minus, ..) => sum(s, node),
        Kind::Join(Join::Times | Join::Over, ..) => product(s, node),
        Kind::Call(Function::Member, ..) => (s.quoted(&member(node)), false),
        Kind::Call(Function::Place, ..) => (s.quoted(&place(node).unwrap_or_default()), false),
        Kind::Call(function, args, filter) => (call(s, *function, args, filter.as_ref()), true),
        Kind::Match(..) => chosen(s, node),
        Kind::Not(_) | Kind::Join(..) | Kind::Compare(..) => (String::new(), false),
    }
}

/// `A에 B를 더하고 C를 뺀 금액`.
fn sum(s: &mut Speaker<'_>, node: &Node) -> Phrase {
    let mut parts = Vec::new();
    chain(node, [Join::Plus, Join::Minus], &mut parts);
    let from = if parts.get(1).is_some_and(|(join, _)| *join == Join::Minus) { "에서" } else { "에" };
    let mut out = format!("{}{from}", leading(s, parts[0].1));
    for (i, (join, part)) in parts.iter().enumerate().skip(1) {
        let verb = match (join, i + 1 == parts.len()) {
            (Join::Plus, false) => "더하고",
            (Join::Plus, true) => "더한",
            (_, false) => "빼고",
            (_, true) => "뺀",
        };
        out += &format!(" {} {verb}", with(&firm(s, part), Particle::Object));
    }
    (format!("{out} {}", sort(&node.ty)), true)
}

/// `A의 10%에 B를 곱하고 C로 나눈 금액`.
fn product(s: &mut Speaker<'_>, node: &Node) -> Phrase {
    let mut parts = Vec::new();
    chain(node, [Join::Times, Join::Over], &mut parts);
    // A bare number follows what it multiplies.
    let bare = |n: &Node| n.ty == Type::Amount(Dimension::NUMBER) && s.is_figure(n) && s.percentage(n).is_none();
    let other = parts.iter().position(|(join, n)| *join == Join::Times && n.ty != Type::Amount(Dimension::NUMBER));
    if let Some(at) = other.filter(|at| *at > 0 && bare(parts[0].1)) {
        parts.swap(0, at);
    }
    let share = parts.iter().position(|(join, n)| *join == Join::Times && s.percentage(n).is_some());
    let times = parts.iter().filter(|(join, _)| *join == Join::Times).count();
    let first = match share.filter(|_| times > 1) {
        Some(at) => {
            let share = s.percentage(parts.remove(at).1).unwrap_or_default();
            let of = parts.iter().position(|(join, _)| *join == Join::Times).unwrap_or(0);
            let of = parts.remove(of).1;
            if parts.is_empty() {
                return (format!("{}의 {share}", leading(s, of)), phrase(s, of).1);
            }
            format!("{}의 {share}", leading(s, of))
        }
        None => leading(s, parts.remove(0).1),
    };
    let mut out = if parts[0].0 == Join::Times { format!("{first}에") } else { with(&first, Particle::Object) };
    let last = parts.len() - 1;
    for (i, (join, part)) in parts.into_iter().enumerate() {
        let part = firm(s, part);
        out += &match (join, i == last) {
            (Join::Times, false) => format!(" {} 곱하고", with(&part, Particle::Object)),
            (Join::Times, true) => format!(" {} 곱한", with(&part, Particle::Object)),
            (_, false) => format!(" {} 나누고", with(&part, Particle::By)),
            (_, true) => format!(" {} 나눈", with(&part, Particle::By)),
        };
    }
    (format!("{out} {}", sort(&node.ty)), true)
}

fn call(s: &mut Speaker<'_>, function: Function, args: &[Node], filter: Option<&Filter>) -> String {
    use Function as F;
    match function {
        F::Max | F::Min => extreme(s, function == F::Max, args),
        F::Floor | F::Ceil | F::Round | F::RoundEven => {
            let how = match function {
                F::Floor => "내림한",
                F::Ceil => "올림한",
                F::RoundEven => "반올림하되 절반이면 짝수 쪽으로 맞춘",
                _ => "반올림한",
            };
            let what = with(&whole(s, &args[0]), Particle::Object);
            let sort = sort(&args[0].ty);
            match args.get(1) {
                Some(step) => format!("{what} {} 단위로 {how} {sort}", firm(s, step)),
                None => format!("{what} 정수로 {how} {sort}"),
            }
        }
        F::Completed | F::Begun => {
            let which = if function == F::Completed { "다 찬 단위만" } else { "시작된 단위 포함" };
            format!("{}의 {} 단위 수({which})", leading(s, &args[0]), firm(s, &args[1]))
        }
        F::Sum | F::Count | F::Longest | F::Mean => {
            let time = matches!(args[0].ty, Type::List(Dimension::TIME));
            let of = leading(s, &args[0]);
            let (of, among) = match filter {
                Some(f) => {
                    let those = format!("{of} 중 {}", those(s, f));
                    (format!("{those}의"), format!("{those} 가운데"))
                }
                None => (format!("{of}의"), format!("{of} 가운데")),
            };
            match function {
                F::Sum => format!("{of} 합계"),
                F::Count => format!("{of} 수"),
                F::Longest if time => format!("{among} 가장 긴 시간"),
                F::Longest => format!("{among} 가장 큰 값"),
                _ => format!("{of} 평균"),
            }
        }
        F::Length => format!("{}의 길이", leading(s, &args[0])),
        F::Start => format!("{}의 시작", leading(s, &args[0])),
        F::End => format!("{}의 끝", leading(s, &args[0])),
        F::Inside => {
            let [of, from, to] = [0, 1, 2].map(|i| leading(s, &args[i]));
            format!("{of} 중 매일 {from}부터 {to}까지에 드는 시간")
        }
        F::DaysCovered => {
            let of = with(&leading(s, &args[0]), Particle::Subject);
            match filter {
                Some(f) => {
                    let bound = firm(s, &f.bound);
                    let much = match f.compare {
                        Compare::More => format!("{} 초과하여", with(&bound, Particle::Object)),
                        Compare::Is => format!("정확히 {bound}"),
                        Compare::IsNot => format!("{} 아니게", with(&bound, Particle::Subject)),
                        other => format!("{bound}{}", bounded(other)),
                    };
                    format!("{of} 하루에 {much} 걸친 달력 일수")
                }
                None => format!("{of} 조금이라도 걸친 달력 일수"),
            }
        }
        F::Date => format!("{}의 날짜", leading(s, &args[0])),
        F::Days | F::WorkingDays => {
            let kind = if function == F::Days { "달력 일수" } else { "영업일 수" };
            let (from, to) = (leading(s, &args[0]), firm(s, &args[1]));
            format!("{from} 다음 날부터 {to}까지의 {kind}")
        }
        F::WorkingDay => {
            let from = leading(s, &args[0]);
            match s.number(&args[1]) {
                Some(n) => {
                    let remark = s.constant(&args[1]).map_or_else(String::new, |(_, remark)| remark);
                    format!("{from} 다음 날부터 세어 {n}번째 영업일{remark}")
                }
                None => format!("{from} 다음 날부터 세어 n번째 영업일(n은 {})", firm(s, &args[1])),
            }
        }
        F::MonthLength => format!("{} 속한 달의 길이", with(&leading(s, &args[0]), Particle::Subject)),
        F::MonthStart => format!("{} 속한 달의 첫날", with(&leading(s, &args[0]), Particle::Subject)),
        F::AddMonths => {
            let ((count, earlier), from) = (unsigned(&args[1]), leading(s, &args[0]));
            let (months, remark) = s.constant(count).unwrap_or_else(|| (firm(s, count), String::new()));
            let when = if earlier { "전" } else { "뒤" };
            // Every month has a first day.
            let first = matches!(args[0].kind, Kind::Call(F::MonthStart, ..));
            let none = if first { "" } else { "(없으면 그달의 말일)" };
            format!("{from}에서 {months}개월{remark} {when}의 같은 날{none}")
        }
        F::FullMonths => format!("{}부터 {}까지의 만 개월 수", leading(s, &args[0]), firm(s, &args[1])),
        F::YearOf => format!("{}의 연도", leading(s, &args[0])),
        F::MonthOf => format!("{}의 월", leading(s, &args[0])),
        F::Weekday => format!("{}의 요일(월요일 1, 일요일 7)", leading(s, &args[0])),
        F::WorkingTime => {
            let [of, from, to] = [0, 1, 2].map(|i| leading(s, &args[i]));
            format!("{of} 중 영업일의 {from}부터 {to}까지에 드는 시간")
        }
        F::Remainder => {
            let (of, step) = (with(&leading(s, &args[0]), Particle::Object), firm(s, &args[1]));
            format!("{of} {} 나눈 나머지", with(&step, Particle::By))
        }
        F::Power => format!("{}의 {} 제곱", leading(s, &args[0]), firm(s, &args[1])),
        F::Percentile => {
            let (of, share) = (leading(s, &args[0]), firm(s, &args[1]));
            let of = match filter {
                Some(f) => format!("{of} 중 {}", those(s, f)),
                None => of,
            };
            format!("{of} 가운데 {} 넘지 않는 값(최근접 순위)", with(&share, Particle::Subject))
        }
        F::List => args.iter().map(|a| firm(s, a)).collect::<Vec<_>>().join(", "),
        F::Each => {
            let placed = place(&args[1]).map_or_else(String::new, |n| format!("(순번 {})", s.quoted(&n)));
            let (of, member) = (leading(s, &args[0]), format!("{}{placed}", s.quoted(&member(&args[1]))));
            if args[1].ty == Type::Truth {
                let clause = s.clause(&args[1], true);
                return format!("{of} 가운데 {} {member}", told(s, &clause, Form::That));
            }
            format!("{of} 각각의 {member}에 대한 {}", firm(s, &args[1]))
        }
        F::Merged => {
            let (of, gap) = (leading(s, &args[0]), firm(s, &args[1]));
            format!("{of}에서 간격이 {gap} 이하인 것을 하나로 합친 기간들")
        }
        F::Member | F::Place => String::new(),
    }
}

/// The members of a list that fit: `3시간 이상인 것`.
fn those(s: &mut Speaker<'_>, f: &Filter) -> String {
    let that = ended(if f.compare == Compare::IsNot { Stem::NotNoun } else { Stem::Noun }, Form::That);
    let bound = firm(s, &f.bound);
    let bound = if f.compare == Compare::IsNot { with(&bound, Particle::Subject) } else { bound };
    format!("{bound}{}{that} 것", bounded(f.compare))
}

/// The one that is worked out and its limit, where just one of two is.
fn limited<'n>(s: &mut Speaker<'_>, args: &'n [Node]) -> Option<(&'n Node, &'n Node)> {
    let [a, b] = args else { return None };
    if a.ty == Type::Moment {
        return None;
    }
    // A limit behind a choice would be taken for a part of its last branch.
    let mut worked = |n: &Node| phrase(s, n).1 && !matches!(n.kind, Kind::Match(..));
    let (one, other) = (worked(a), worked(b));
    match (one && s.is_figure(b), other && s.is_figure(a)) {
        (true, false) => Some((a, b)),
        (false, true) => Some((b, a)),
        _ => None,
    }
}

/// The higher or lower of some parts; something worked out against one figure reads as a limit.
fn extreme(s: &mut Speaker<'_>, highest: bool, args: &[Node]) -> String {
    if let Some((compound, plain)) = limited(s, args) {
        let limit = if highest { "최소" } else { "최대" };
        let (what, plain) = (whole(s, compound), firm(s, plain));
        return match what.strip_suffix(')').filter(|w| w.contains("(단, ") && w.ends_with(|c| c != ')')) {
            Some(w) => format!("{w}, {limit} {plain})"),
            None => format!("{what} (단, {limit} {plain})"),
        };
    }
    let parts: Vec<String> = args.iter().map(|a| firm(s, a)).collect();
    let most = if parts.len() > 2 { "가장 " } else { "" };
    let which = match (&args[0].ty, highest) {
        (Type::Moment, true) => "늦은",
        (Type::Moment, false) => "이른",
        (Type::Amount(Dimension::TIME), true) => "긴",
        (Type::Amount(Dimension::TIME), false) => "짧은",
        (_, true) => "큰",
        (_, false) => "작은",
    };
    let last = parts.len() - 1;
    let mut out = parts[..last].join(", ");
    out = format!("{} {}", with(&out, Particle::And), parts[last]);
    format!("{out} 중 {most}{which} {}", sort(&args[0].ty))
}

/// A choice inside a phrase: a table below, or, inside of a table or with one condition, words.
fn chosen(s: &mut Speaker<'_>, node: &Node) -> Phrase {
    let Kind::Match(arms, last) = &node.kind else { return (String::new(), false) };
    if arms.len() > 1
        && s.depth == 0
        && let Some((lead, items)) = tabled(s, node)
    {
        return (format!("목록 {}의 {}", s.keep(lead, items), sort(&node.ty)), false);
    }
    let before = s.lists.clone();
    let mut out = Vec::new();
    for arm in arms {
        let value = firm(s, &arm.then);
        let clause = s.clause(&arm.when, true);
        out.push(format!("{} {value}", told(s, &clause, Form::If)));
    }
    let other = if arms.len() > 1 { "그 밖에는" } else { "아니면" };
    out.push(format!("{other} {}", firm(s, last)));
    let text = out.join(", ");
    if s.depth == 0 && s.long(&text) {
        let short = std::mem::replace(&mut s.lists, before);
        if let Some((lead, items)) = tabled(s, node) {
            return (format!("목록 {}의 {}", s.keep(lead, items), sort(&node.ty)), false);
        }
        s.lists = short;
    }
    (text, true)
}
