//! Types, units and names of a parsed expression. Money is not hours; a divisor is above zero for every case; a word is
//! one of those its fact may be. All mistakes of an expression are found at once.

use super::kinds::{alike, comparable, conversion, or, written};
use super::name::advice;
use super::parse::{Kind as R, Raw, parse};
use super::{Mistake, hints};
use crate::model::expression::{Arm, Compare, Dimension, Expression, Filter, Function, Join, Kind, Node, Type, Value};

/// What names an expression may use.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Name, type, and whether its value is always above zero.
    pub list: Vec<(String, Type, bool)>,
    /// Code of the currency, such as `EUR`.
    pub currency: String,
    /// Names whose own expression is wrong: whoever uses them is not blamed.
    pub broken: Vec<String>,
}

impl Names {
    fn find(&self, name: &str) -> Option<usize> {
        self.list.iter().position(|(n, ..)| n == name)
    }
}

/// Parses and checks a text. `wanted`: the type it must have, if one is known.
///
/// # Errors
/// Every mistake of types and names, or the first of grammar.
pub fn check(text: &str, names: &Names, wanted: Option<&Type>) -> Result<Expression, Vec<Mistake>> {
    // Examples are in the money of the file.
    let ours = |m: Mistake| match names.currency.as_str() {
        "" => m,
        code => Mistake { help: m.help.replace("EUR", code), ..m },
    };
    let raw = parse(text).map_err(|m| vec![ours(m)])?;
    let mut checker = Checker { names, members: Vec::new(), mistakes: Vec::new() };
    let root = checker.node(&raw, wanted);
    if let (Some(root), Some(wanted)) = (&root, wanted)
        && !fits(&root.ty, wanted)
    {
        let what = format!("{} belongs here, this is {}", wanted, root.ty);
        checker.mistakes.push(Mistake::new(root.span, what, or(conversion(&root.ty, wanted), written(wanted))));
    }
    match root {
        Some(root) if checker.mistakes.is_empty() => Ok(Expression { text: text.into(), root }),
        _ => Err(checker.mistakes.into_iter().map(ours).collect()),
    }
}

/// True when an expression is above zero in every case.
pub fn above_zero(e: &Expression, names: &Names) -> bool {
    Checker { names, members: Vec::new(), mistakes: Vec::new() }.above_zero(&e.root)
}

/// Parses and checks a text without names.
///
/// # Errors
/// As [`check`].
pub fn constant(text: &str, currency: &str, wanted: &Type) -> Result<Expression, Vec<Mistake>> {
    check(text, &Names { currency: currency.into(), ..Names::default() }, Some(wanted))
}

/// True where a value of a type may stand where another is wanted.
fn fits(found: &Type, wanted: &Type) -> bool {
    match (found, wanted) {
        (Type::Word(_), Type::Word(_)) => true,
        _ => found == wanted,
    }
}

struct Checker<'n> {
    names: &'n Names,
    /// What the member of the list is called that is being looked at, and its place, with their types.
    members: Vec<(String, Type)>,
    mistakes: Vec<Mistake>,
}

impl Checker<'_> {
    fn wrong<T>(&mut self, span: (usize, usize), what: impl Into<String>, help: impl Into<String>) -> Option<T> {
        let mistake = Mistake::new(span, what, help);
        if !self.mistakes.contains(&mistake) {
            self.mistakes.push(mistake);
        }
        None
    }

    /// `wanted` only says which words are meant.
    fn node(&mut self, raw: &Raw, wanted: Option<&Type>) -> Option<Node> {
        let span = raw.span;
        let literal = |ty, value| Some(Node { kind: Kind::Literal(value), ty, span });
        match &raw.kind {
            R::Number(x, unit) => self.number(*x, unit.as_ref(), span),
            R::Clock(minutes) => literal(Type::Amount(Dimension::TIME), Value::Amount(*minutes as f64 / 60.0)),
            R::Moment((y, m, d), minutes) => {
                literal(Type::Moment, Value::Moment(days_since_1970(*y, *m, *d) * 24 * 60 + minutes))
            }
            R::Word(word) => self.word(word, wanted, span),
            R::Name(name) => self.name(name, span),
            R::List(items) => self.list(items, span),
            R::Each(part, names, list) => self.each(part, names, list, span),
            R::Negative(inner) => {
                let inner = self.node(inner, None)?;
                match inner.ty.clone() {
                    ty @ Type::Amount(_) => Some(Node { kind: Kind::Negative(Box::new(inner)), ty, span }),
                    other => self.wrong(
                        span,
                        format!("{other} has no negative"),
                        "put - before an amount or a number: -5 EUR",
                    ),
                }
            }
            R::Not(inner) => {
                let inner = self.truth(inner)?;
                Some(Node { kind: Kind::Not(Box::new(inner)), ty: Type::Truth, span })
            }
            R::Join(op, a, b) => self.join(*op, a, b, span),
            R::Compare(compare, a, b) => self.compare(*compare, a, b, span),
            R::Call(name, at, args, filter) => self.call(name, *at, args, filter.as_ref(), span),
            R::Match(arms, otherwise) => self.matching(arms, otherwise, wanted, span),
        }
    }

    fn number(&mut self, x: f64, unit: Option<&(String, (usize, usize))>, span: (usize, usize)) -> Option<Node> {
        let (dimension, factor) = match unit {
            None => (Dimension::NUMBER, 1.0),
            Some((unit, at)) => self.unit(unit, *at)?,
        };
        if !(x * factor).is_finite() {
            return self.wrong(span, "this number cannot be read", "write 300_000 or 0.25");
        }
        Some(Node { kind: Kind::Literal(Value::Amount(x * factor)), ty: Type::Amount(dimension), span })
    }

    fn unit(&mut self, unit: &str, at: (usize, usize)) -> Option<(Dimension, f64)> {
        const TIMES: [(&str, f64); 13] = [
            ("s", 1.0 / 3600.0),
            ("min", 1.0 / 60.0),
            ("minute", 1.0 / 60.0),
            ("minutes", 1.0 / 60.0),
            ("h", 1.0),
            ("hour", 1.0),
            ("hours", 1.0),
            ("d", 24.0),
            ("day", 24.0),
            ("days", 24.0),
            ("week", 168.0),
            ("weeks", 168.0),
            ("km", 1.0),
        ];
        if unit == "%" {
            return Some((Dimension::NUMBER, 0.01));
        }
        if unit == self.names.currency {
            return Some((Dimension::MONEY, 1.0));
        }
        if let Some((name, factor)) = TIMES.iter().find(|(name, _)| *name == unit) {
            return Some((if *name == "km" { Dimension::DISTANCE } else { Dimension::TIME }, *factor));
        }
        let currency = self.names.currency.as_str();
        if unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase()) {
            let what = format!("money here is in {currency}, not in {unit}");
            return self.wrong(at, what, format!("write the sum in {currency}"));
        }
        let known = [currency, "%", "h", "min", "days", "km"];
        let hint = hints::unit(unit, currency, self.names.find(unit).is_some());
        let near = || Some(advice(unit, known)).filter(|help| help.starts_with("did"));
        let units = format!("h, min, s, days, weeks, km, % and {currency}");
        let help = match hint.or_else(near) {
            Some(hint) => format!("{hint} ({units})"),
            None => format!("units are {units}"),
        };
        self.wrong(at, format!("there is no unit `{unit}`"), help)
    }

    fn word(&mut self, word: &str, wanted: Option<&Type>, span: (usize, usize)) -> Option<Node> {
        if let Some(Type::Word(choices)) = wanted
            && !choices.is_empty()
            && !choices.iter().any(|c| c == word)
        {
            let help = advice(word, choices.iter().map(String::as_str));
            return self.wrong(span, format!("\"{word}\" is none of the words that may stand here"), help);
        }
        Some(Node { kind: Kind::Literal(Value::Word(word.into())), ty: Type::Word(Vec::new()), span })
    }

    fn name(&mut self, name: &str, span: (usize, usize)) -> Option<Node> {
        if name == "true" || name == "false" {
            return Some(Node { kind: Kind::Literal(Value::Truth(name == "true")), ty: Type::Truth, span });
        }
        if let Some(at) = self.members.iter().position(|(member, _)| member == name) {
            let called = Node { kind: Kind::Literal(Value::Word(name.into())), ty: Type::Word(Vec::new()), span };
            let function = if at == 0 { Function::Member } else { Function::Place };
            let ty = self.members[at].1.clone();
            return Some(Node { kind: Kind::Call(function, vec![called], None), ty, span });
        }
        match self.names.find(name) {
            None if self.names.broken.iter().any(|b| b == name) => None,
            Some(i) => Some(Node { kind: Kind::Name(i), ty: self.names.list[i].1.clone(), span }),
            None if Function::named(name).is_some() => {
                self.wrong(span, format!("`{name}` is a function"), format!("write {name}(…)"))
            }
            None => {
                let names: Vec<&str> = self.names.list.iter().map(|(n, ..)| n.as_str()).collect();
                let words = self.names.list.iter().filter_map(|(_, ty, _)| match ty {
                    Type::Word(choices) => Some(choices),
                    _ => None,
                });
                let hint = hints::name(name, &self.names.currency, words.flatten());
                let help = hint.unwrap_or_else(|| advice(name, names.iter().copied()));
                self.wrong(span, format!("there is no fact, parameter or step `{name}`"), help)
            }
        }
    }

    fn list(&mut self, items: &[Raw], span: (usize, usize)) -> Option<Node> {
        let nodes: Vec<Node> = items.iter().filter_map(|i| self.node(i, None)).collect();
        if nodes.len() < items.len() {
            return None;
        }
        let Some(first) = nodes.first() else {
            return self.wrong(span, "this list is empty", "write [2 h, 3 h]");
        };
        let Some(ty) = first.ty.list() else {
            return self.wrong(span, "a list holds amounts, dates or periods", "write [2 h, 3 h]");
        };
        if let Some(other) = nodes.iter().find(|n| n.ty != first.ty) {
            let help = "write things of one kind, such as [2 h, 3 h]";
            return self.wrong(other.span, format!("{} stands in {ty}", other.ty), help);
        }
        let amount = |n: &Node| if let Kind::Literal(Value::Amount(x)) = n.kind { Some(x) } else { None };
        let moment = |n: &Node| if let Kind::Literal(Value::Moment(m)) = n.kind { Some(m) } else { None };
        let amounts: Option<Vec<f64>> = nodes.iter().map(amount).collect();
        let moments: Option<Vec<i64>> = nodes.iter().map(moment).collect();
        let kind = match (amounts, moments) {
            (Some(values), _) => Kind::Literal(Value::List(values)),
            (_, Some(values)) => Kind::Literal(Value::Moments(values)),
            _ => Kind::Call(Function::List, nodes, None),
        };
        Some(Node { kind, ty, span })
    }

    /// A part for each member of a list; one such part inside another would take far too long.
    fn each(
        &mut self,
        part: &Raw,
        called: &[(String, (usize, usize))],
        list: &Raw,
        span: (usize, usize),
    ) -> Option<Node> {
        if !self.members.is_empty() {
            let help = "name the inner one under [steps] and use the name";
            return self.wrong(span, "one `for` stands inside another", help);
        }
        for (i, (name, at)) in called.iter().enumerate() {
            let twice = called[..i].iter().any(|(n, _)| n == name);
            if twice || self.names.find(name).is_some() || Function::named(name).is_some() {
                let help = "call the member otherwise: for x in outages";
                return self.wrong(*at, format!("`{name}` is something else already"), help);
            }
        }
        let list = self.node(list, None)?;
        let Some(member) = list.ty.member() else {
            let what = format!("a list belongs here, this is {}", list.ty);
            return self.wrong(list.span, what, "for x in outages, where outages is a fact of type durations");
        };
        let types = [member, Type::Amount(Dimension::NUMBER)];
        self.members = called.iter().map(|(name, _)| name.clone()).zip(types).collect();
        let part = self.node(part, None);
        self.members.clear();
        let part = part?;
        // Of a truth, the members for which it holds.
        let ty = if part.ty == Type::Truth { Some(list.ty.clone()) } else { part.ty.list() };
        let Some(ty) = ty else {
            let what = format!("an amount for each of the list belongs here, this is {}", part.ty);
            return self.wrong(part.span, what, "max(x - 3 h, 0 h) for x in outages");
        };
        Some(Node { kind: Kind::Call(Function::Each, vec![list, part], None), ty, span })
    }

    fn truth(&mut self, raw: &Raw) -> Option<Node> {
        let node = self.node(raw, Some(&Type::Truth))?;
        if node.ty == Type::Truth {
            return Some(node);
        }
        let help = conversion(&node.ty, &Type::Truth);
        self.wrong(node.span, format!("yes or no belongs here, this is {}", node.ty), help)
    }

    fn join(&mut self, op: Join, a: &Raw, b: &Raw, span: (usize, usize)) -> Option<Node> {
        if matches!(op, Join::And | Join::Or) {
            let (a, b) = (self.truth(a), self.truth(b));
            return Some(Node { kind: Kind::Join(op, Box::new(a?), Box::new(b?)), ty: Type::Truth, span });
        }
        let (a, b) = (self.node(a, None), self.node(b, None));
        let (a, b) = (a?, b?);
        let ty = match (op, &a.ty, &b.ty) {
            (Join::Plus | Join::Minus, Type::Amount(x), Type::Amount(y)) if x == y => Type::Amount(*x),
            (Join::Plus | Join::Minus, Type::Moment, Type::Amount(Dimension::TIME)) => Type::Moment,
            (Join::Minus, Type::Moment, Type::Moment) => Type::Amount(Dimension::TIME),
            (Join::Times, Type::Amount(x), Type::Amount(y)) => Type::Amount(x.times(*y)),
            (Join::Over, Type::Amount(x), Type::Amount(y)) => {
                if !self.above_zero(&b) {
                    let help = "divide by a number above zero as written, or by a fact with `above_zero = true`";
                    return self.wrong(b.span, "this may be zero", help);
                }
                Type::Amount(x.over(*y))
            }
            (op, x, y) => {
                let verb = match op {
                    Join::Plus => "added to",
                    Join::Minus => "taken from",
                    Join::Times => "multiplied by",
                    _ => "divided by",
                };
                let list = |t: &Type| matches!(t, Type::List(_));
                let help = match op {
                    Join::Plus | Join::Minus => or(
                        alike(x, y),
                        "add amounts of one kind, or time to a date; dates can be taken from each other",
                    ),
                    _ if list(x) || list(y) => {
                        "take the list together, sum(outages), or each of it: [2 * x for x in outages]"
                    }
                    _ => "amounts and plain numbers can be multiplied and divided: 2 * fee_month, outage / 1 h",
                };
                let (x, y) = if op == Join::Minus { (y, x) } else { (x, y) };
                return self.wrong(span, format!("{x} cannot be {verb} {y}"), help);
            }
        };
        Some(Node { kind: Kind::Join(op, Box::new(a), Box::new(b)), ty, span })
    }

    /// True when a value is above zero in every case.
    fn above_zero(&self, node: &Node) -> bool {
        match &node.kind {
            Kind::Literal(Value::Amount(x)) => *x > 0.0,
            Kind::Name(i) => self.names.list[*i].2,
            Kind::Join(Join::Plus | Join::Times | Join::Over, a, b) => self.above_zero(a) && self.above_zero(b),
            Kind::Call(Function::Max, args, _) => args.iter().any(|a| self.above_zero(a)),
            Kind::Call(Function::Min, args, _) => args.iter().all(|a| self.above_zero(a)),
            Kind::Call(Function::MonthLength | Function::Place, ..) => true,
            Kind::Call(Function::Power, args, _) => self.above_zero(&args[0]),
            Kind::Match(arms, last) => arms.iter().all(|a| self.above_zero(&a.then)) && self.above_zero(last),
            _ => false,
        }
    }

    fn compare(&mut self, compare: Compare, a: &Raw, b: &Raw, span: (usize, usize)) -> Option<Node> {
        let a = self.node(a, None);
        let b = self.node(b, a.as_ref().map(|n| &n.ty));
        let (a, b) = (a?, b?);
        // A word on the left is checked when it is known what it is compared with.
        if let Kind::Literal(Value::Word(word)) = &a.kind {
            self.word(word, Some(&b.ty), a.span)?;
        }
        let equality = matches!(compare, Compare::Is | Compare::IsNot);
        let fine = match (&a.ty, &b.ty) {
            (Type::Amount(x), Type::Amount(y)) => x == y,
            (Type::Moment, Type::Moment) => true,
            (Type::Word(_), Type::Word(_)) | (Type::Truth, Type::Truth) => equality,
            _ => false,
        };
        if !fine {
            let what = if a.ty == b.ty || matches!((&a.ty, &b.ty), (Type::Word(_), Type::Word(_))) {
                format!("{} has no order", a.ty)
            } else {
                format!("{} cannot be compared with {}", a.ty, b.ty)
            };
            let help = or(alike(&a.ty, &b.ty), comparable(&a.ty, &b.ty));
            return self.wrong(span, what, help);
        }
        Some(Node { kind: Kind::Compare(compare, Box::new(a), Box::new(b)), ty: Type::Truth, span })
    }

    fn matching(
        &mut self,
        arms: &[(Raw, Raw)],
        otherwise: &Raw,
        wanted: Option<&Type>,
        span: (usize, usize),
    ) -> Option<Node> {
        let checked: Vec<Option<Arm>> = arms
            .iter()
            .map(|(when, then)| {
                let (when, then) = (self.truth(when), self.node(then, wanted));
                Some(Arm { when: when?, then: then? })
            })
            .collect();
        let last = self.node(otherwise, wanted);
        let (arms, last) = (checked.into_iter().collect::<Option<Vec<Arm>>>()?, last?);
        for arm in &arms {
            if !fits(&arm.then.ty, &last.ty) {
                let what = format!("one arm gives {}, another {}", arm.then.ty, last.ty);
                return self.wrong(arm.then.span, what, "all arms give the same kind of thing");
            }
        }
        // Where the arms give words of different lists it may be any of them.
        let same = arms.iter().all(|a| a.then.ty == last.ty);
        let ty = if same { last.ty.clone() } else { Type::Word(Vec::new()) };
        Some(Node { kind: Kind::Match(arms, Box::new(last)), ty, span })
    }

    fn call(
        &mut self,
        name: &str,
        at: (usize, usize),
        args: &[Raw],
        filter: Option<&(Compare, Box<Raw>)>,
        span: (usize, usize),
    ) -> Option<Node> {
        let Some(function) = Function::named(name) else {
            let hint = hints::function(name).map(String::from);
            let all = Function::NAMES.map(|(n, _)| n);
            let near = || Some(advice(name, all)).filter(|help| help.starts_with("did"));
            let help = hint.or_else(near).unwrap_or_else(|| format!("functions are {}", all.join(", ")));
            return self.wrong(at, format!("there is no function `{name}`"), help);
        };
        let count = args.len();
        let args: Vec<Node> = args.iter().filter_map(|a| self.node(a, None)).collect();
        let filter = match filter {
            None => None,
            Some((compare, bound)) => {
                let bound = self.node(bound, None)?;
                Some(Filter { compare: *compare, bound: Box::new(bound) })
            }
        };
        if args.len() < count {
            return None;
        }
        if let (Some(part), false) = (args.iter().find_map(chosen), function == Function::Count) {
            let what = format!("`{name}` needs an amount for each of the list, this is yes or no");
            return self.wrong(part, what, "write if … then x else 0 h; only count(…) takes yes or no");
        }
        let types: Vec<Type> = args.iter().map(|a| a.ty.clone()).collect();
        let ty = match result(function, &types, filter.as_ref()) {
            Ok(ty) => ty,
            Err(usage) => {
                let found: Vec<String> = types.iter().map(Type::to_string).collect();
                let what = format!("`{name}` does not take {}", one_of(&found));
                return self.wrong(span, what, format!("write {usage}"));
            }
        };
        use Function as F;
        let steps = [F::Floor, F::Ceil, F::Round, F::RoundEven, F::Completed, F::Begun, F::Remainder];
        if steps.contains(&function)
            && let Some(step) = args.get(1).filter(|s| !self.above_zero(s))
        {
            return self.wrong(step.span, "a step must be above zero", "write it out: 24 h, 1 EUR, 0.01 EUR");
        }
        Some(Node { kind: Kind::Call(function, args, filter), ty, span })
    }
}

/// Where the condition of a list stands that keeps the members for which it holds.
fn chosen(node: &Node) -> Option<(usize, usize)> {
    match &node.kind {
        Kind::Call(Function::Each, args, _) if args[1].ty == Type::Truth => Some(args[1].span),
        _ => None,
    }
}

fn one_of(found: &[String]) -> String {
    if found.is_empty() { "nothing".into() } else { found.join(" and ") }
}

/// Type of a call, or how the function is written.
fn result(function: Function, types: &[Type], filter: Option<&Filter>) -> Result<Type, &'static str> {
    use Function as F;
    let number = Type::Amount(Dimension::NUMBER);
    let time = Type::Amount(Dimension::TIME);
    let bound = filter.map(|f| &f.bound.ty);
    let unfiltered = bound.is_none();
    match (function, types) {
        (F::Max | F::Min, [first, rest @ ..]) if unfiltered && !rest.is_empty() => match first {
            Type::Amount(_) | Type::Moment if rest.iter().all(|t| t == first) => Ok(first.clone()),
            _ => Err("max(a, b), with amounts of the same thing"),
        },
        (F::Max | F::Min, _) => Err("max(a, b), with two amounts or more"),
        (F::Floor | F::Ceil | F::Round | F::RoundEven, [Type::Amount(Dimension::NUMBER)]) if unfiltered => Ok(number),
        (F::Floor | F::Ceil | F::Round | F::RoundEven, [Type::Amount(x), Type::Amount(y)]) if unfiltered && x == y => {
            Ok(Type::Amount(*x))
        }
        (F::Floor | F::Ceil | F::Round | F::RoundEven, _) => {
            Err("round(x, 0.01 EUR): an amount and a step of the same thing")
        }
        (F::Completed | F::Begun, [Type::Amount(x), Type::Amount(y)]) if unfiltered && x == y => Ok(number),
        (F::Completed | F::Begun, _) => Err("completed(outage, 24 h): an amount and a step of the same thing"),
        (F::Sum | F::Longest | F::Mean, [Type::List(d)]) if bound.is_none_or(|b| *b == Type::Amount(*d)) => {
            Ok(Type::Amount(*d))
        }
        (F::Count, [Type::List(d)]) if bound.is_none_or(|b| *b == Type::Amount(*d)) => Ok(number),
        (F::Count, [Type::Moments | Type::Periods]) if unfiltered => Ok(number),
        (F::Merged, [Type::Periods, gap]) if unfiltered && *gap == time => Ok(Type::Periods),
        (F::Merged, _) => Err("merged(outages, 15 min): periods and a time"),
        (F::Sum | F::Longest | F::Mean | F::Count, _) => Err("sum(outages) or count(outages, >= 3 h)"),
        (F::Length, [Type::Period]) if unfiltered => Ok(time),
        (F::Start | F::End, [Type::Period]) if unfiltered => Ok(Type::Moment),
        (F::Length | F::Start | F::End, _) => Err("length(down), with a period"),
        (F::Inside, [Type::Period, from, to]) if unfiltered && *from == time && *to == time => Ok(time),
        (F::Inside, _) => Err("inside(down, 08:00, 22:00)"),
        (F::DaysCovered, [Type::Period]) if bound.is_none_or(|b| *b == time) => Ok(number),
        (F::DaysCovered, _) => Err("days_covered(down, > 12 h)"),
        (F::WorkingTime, [Type::Period, from, to]) if unfiltered && *from == time && *to == time => Ok(time),
        (F::WorkingTime, _) => Err("working_time(down, 09:00, 17:00)"),
        (F::Percentile, [Type::List(d), Type::Amount(Dimension::NUMBER)])
            if bound.is_none_or(|b| *b == Type::Amount(*d)) =>
        {
            Ok(Type::Amount(*d))
        }
        (F::Percentile, _) => Err("percentile(outages, 95%): a list and a share"),
        (F::Power, [Type::Amount(Dimension::NUMBER), Type::Amount(Dimension::NUMBER)]) if unfiltered => Ok(number),
        (F::Power, _) => Err("power(1 + 3%, 2): two plain numbers"),
        (F::Remainder, [Type::Amount(x), Type::Amount(y)]) if unfiltered && x == y => Ok(Type::Amount(*x)),
        (F::Remainder, _) => Err("remainder(outage, 24 h): an amount and a step of the same thing"),
        (F::MonthStart, [Type::Moment]) if unfiltered => Ok(Type::Moment),
        (F::YearOf | F::MonthOf | F::Weekday, [Type::Moment]) if unfiltered => Ok(number),
        (F::MonthStart | F::YearOf | F::MonthOf | F::Weekday, _) => Err("month_of(reported), with a date"),
        (F::AddMonths, [Type::Moment, Type::Amount(Dimension::NUMBER)]) if unfiltered => Ok(Type::Moment),
        (F::AddMonths, _) => Err("add_months(reported, 6): a date and a number"),
        (F::FullMonths, [Type::Moment, Type::Moment]) if unfiltered => Ok(number),
        (F::FullMonths, _) => Err("full_months(reported, fixed), with two dates"),
        // These are written without a name.
        (F::List | F::Each | F::Member | F::Place, _) => Err("[2 h, 3 h]"),
        (F::Date, [Type::Moment]) if unfiltered => Ok(Type::Moment),
        (F::MonthLength, [Type::Moment]) if unfiltered => Ok(time),
        (F::Date | F::MonthLength, _) => Err("date(reported), with a date"),
        (F::Days | F::WorkingDays, [Type::Moment, Type::Moment]) if unfiltered => Ok(number),
        (F::Days, [Type::Amount(Dimension::TIME)]) => Err("outage / 24 h, or for days begun begun(outage, 24 h)"),
        (F::Days | F::WorkingDays, _) => Err("days(reported, fixed), with two dates"),
        (F::WorkingDay, [Type::Moment, Type::Amount(Dimension::NUMBER)]) if unfiltered => Ok(Type::Moment),
        (F::WorkingDay, _) => Err("working_day(reported, 2): a date and a number"),
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
pub fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    // Years from March, so that the leap day comes last (Hinnant, "chrono-compatible low-level date algorithms").
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let of_era = y - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}
