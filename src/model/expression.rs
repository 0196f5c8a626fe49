//! Expressions of the rule language, parsed and checked: what a rule asks of a case and what it pays. How they are written
//! and typed is the language room's business, what they are worth the guideline room's.

use std::fmt;

/// What a quantity is made of: powers of money, time and distance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Dimension {
    /// Power of money.
    pub money: i8,
    /// Power of time; the unit is the hour.
    pub time: i8,
    /// Power of distance; the unit is the kilometre.
    pub distance: i8,
}

impl Dimension {
    /// A plain number.
    pub const NUMBER: Dimension = Dimension { money: 0, time: 0, distance: 0 };
    /// Money.
    pub const MONEY: Dimension = Dimension { money: 1, time: 0, distance: 0 };
    /// Time.
    pub const TIME: Dimension = Dimension { money: 0, time: 1, distance: 0 };
    /// Distance.
    pub const DISTANCE: Dimension = Dimension { money: 0, time: 0, distance: 1 };

    /// Of a product.
    pub fn times(self, other: Dimension) -> Dimension {
        Dimension {
            money: self.money.saturating_add(other.money),
            time: self.time.saturating_add(other.time),
            distance: self.distance.saturating_add(other.distance),
        }
    }

    /// Of a quotient.
    pub fn over(self, other: Dimension) -> Dimension {
        let negative = Dimension {
            money: other.money.saturating_neg(),
            time: other.time.saturating_neg(),
            distance: other.distance.saturating_neg(),
        };
        self.times(negative)
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [(self.money, "money"), (self.time, "time"), (self.distance, "distance")];
        let power = |(n, name): &(i8, &str)| match n.unsigned_abs() {
            1 => (*name).to_string(),
            k => format!("{name}^{k}"),
        };
        let above: Vec<String> = parts.iter().filter(|p| p.0 > 0).map(power).collect();
        let below: Vec<String> = parts.iter().filter(|p| p.0 < 0).map(power).collect();
        match (above.is_empty(), below.is_empty()) {
            (true, true) => write!(f, "a plain number"),
            (false, true) => write!(f, "{}", above.join(" × ")),
            (true, false) => write!(f, "1 per {}", below.join(" and ")),
            (false, false) => write!(f, "{} per {}", above.join(" × "), below.join(" and ")),
        }
    }
}

/// Type of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// An amount of something.
    Amount(Dimension),
    /// Yes or no.
    Truth,
    /// A word out of a few; none where any word will do.
    Word(Vec<String>),
    /// A point in local time; a date is its midnight.
    Moment,
    /// A stretch of time with a beginning and an end.
    Period,
    /// Several amounts of the same thing.
    List(Dimension),
    /// Several points in time.
    Moments,
    /// Several stretches of time.
    Periods,
}

impl Type {
    /// The type of a member of a list.
    pub fn member(&self) -> Option<Type> {
        match self {
            Type::List(d) => Some(Type::Amount(*d)),
            Type::Moments => Some(Type::Moment),
            Type::Periods => Some(Type::Period),
            _ => None,
        }
    }

    /// The type of a list of such members.
    pub fn list(&self) -> Option<Type> {
        match self {
            Type::Amount(d) => Some(Type::List(*d)),
            Type::Moment => Some(Type::Moments),
            Type::Period => Some(Type::Periods),
            _ => None,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Amount(d) => write!(f, "{d}"),
            Type::Truth => write!(f, "yes or no"),
            Type::Word(_) => write!(f, "a word"),
            Type::Moment => write!(f, "a date"),
            Type::Period => write!(f, "a period"),
            Type::List(d) => write!(f, "a list of {d}"),
            Type::Moments => write!(f, "a list of dates"),
            Type::Periods => write!(f, "a list of periods"),
        }
    }
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Of an amount, in base units: currency units, hours, kilometres.
    Amount(f64),
    /// Yes or no.
    Truth(bool),
    /// A word.
    Word(String),
    /// Minutes since 1970-01-01 00:00, local time.
    Moment(i64),
    /// Beginning and end, likewise.
    Period(i64, i64),
    /// Several amounts.
    List(Vec<f64>),
    /// Several points in time.
    Moments(Vec<i64>),
    /// Several stretches, each with its beginning and end.
    Periods(Vec<(i64, i64)>),
}

/// A checked expression with the text that it was written in.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// As written.
    pub text: String,
    /// Its tree.
    pub root: Node,
}

/// A part of an expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Type of its value.
    pub ty: Type,
    /// Bytes of the text: first and end.
    pub span: (usize, usize),
}

/// Kinds of parts.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A value as written.
    Literal(Value),
    /// What a name stands for, by its place in the list of names.
    Name(usize),
    /// The negative of a number.
    Negative(Box<Node>),
    /// The opposite of a truth.
    Not(Box<Node>),
    /// Two parts joined.
    Join(Join, Box<Node>, Box<Node>),
    /// Two parts compared.
    Compare(Compare, Box<Node>, Box<Node>),
    /// A function of some parts.
    Call(Function, Vec<Node>, Option<Filter>),
    /// The first arm that fits.
    Match(Vec<Arm>, Box<Node>),
}

/// How two parts are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// Sum; of a moment and a time, a moment.
    Plus,
    /// Difference; of two moments, a time.
    Minus,
    /// Product.
    Times,
    /// Quotient; the divisor is known to be above zero.
    Over,
    /// Both.
    And,
    /// Either or both.
    Or,
}

/// How two parts are compared. Amounts that differ by less than [`SAME`] of the larger count as equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// Below.
    Less,
    /// Not above.
    AtMost,
    /// Above.
    More,
    /// Not below.
    AtLeast,
    /// Equal.
    Is,
    /// Not equal.
    IsNot,
}

/// Relative difference below which two amounts count as equal: what arithmetic in doubles may lose.
pub const SAME: f64 = 1e-9;

/// An arm of a match: a condition and what holds under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Arm {
    /// The condition.
    pub when: Node,
    /// What holds then.
    pub then: Node,
}

/// Which members of a list, or hours of a day, count.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// How a member is compared
    pub compare: Compare,
    /// with what.
    pub bound: Box<Node>,
}

/// Functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Highest.
    Max,
    /// Lowest.
    Min,
    /// Down to whole multiples of a step.
    Floor,
    /// Up to whole multiples of a step.
    Ceil,
    /// To the nearest multiple of a step, halves up.
    Round,
    /// To the nearest multiple of a step, halves to the even one.
    RoundEven,
    /// Number of steps completed.
    Completed,
    /// Number of steps begun.
    Begun,
    /// Sum of a list.
    Sum,
    /// Number of members of a list.
    Count,
    /// Largest member of a list.
    Longest,
    /// Mean of a list.
    Mean,
    /// Length of a period.
    Length,
    /// Beginning of a period.
    Start,
    /// End of a period.
    End,
    /// Time of a period inside a window of each day.
    Inside,
    /// Number of calendar days of which a period covers so many hours.
    DaysCovered,
    /// Midnight of a moment's day.
    Date,
    /// Calendar days from one date to another.
    Days,
    /// Working days after one date, up to and with another.
    WorkingDays,
    /// The n-th working day after a date.
    WorkingDay,
    /// Length of a moment's month.
    MonthLength,
    /// Midnight of the first day of a moment's month.
    MonthStart,
    /// A date some months later; the last day of the month where that one has no such day.
    AddMonths,
    /// Whole months from one date to another.
    FullMonths,
    /// Year of a moment.
    YearOf,
    /// Month of a moment, from 1.
    MonthOf,
    /// Day of a moment's week, Monday being 1.
    Weekday,
    /// Time of a period between two times of day on working days.
    WorkingTime,
    /// What is left over a whole multiple of a step.
    Remainder,
    /// The member of a list that a share of them does not exceed, by nearest rank.
    Percentile,
    /// A plain number to a power.
    Power,
    /// Periods of which those that are apart by no more than a time are one.
    Merged,
    /// A list of parts that are worked out; written `[a, b]`.
    List,
    /// What comes of each member of a list, or the members for which something holds: the list, then the part that says
    /// it; written `part for x in list` or `part for x at n in list`.
    Each,
    /// The member that [`Function::Each`] is at; its argument is the word it is called by.
    Member,
    /// Its place in the list, from 1; likewise.
    Place,
}

impl Function {
    /// All functions by the names they are written with; [`Function::List`], [`Function::Each`], [`Function::Member`] and
    /// [`Function::Place`] are written otherwise.
    pub const NAMES: [(&'static str, Function); 33] = [
        ("max", Function::Max),
        ("min", Function::Min),
        ("floor", Function::Floor),
        ("ceil", Function::Ceil),
        ("round", Function::Round),
        ("round_even", Function::RoundEven),
        ("completed", Function::Completed),
        ("begun", Function::Begun),
        ("sum", Function::Sum),
        ("count", Function::Count),
        ("longest", Function::Longest),
        ("mean", Function::Mean),
        ("length", Function::Length),
        ("start", Function::Start),
        ("end", Function::End),
        ("inside", Function::Inside),
        ("days_covered", Function::DaysCovered),
        ("date", Function::Date),
        ("days", Function::Days),
        ("working_days", Function::WorkingDays),
        ("working_day", Function::WorkingDay),
        ("month_length", Function::MonthLength),
        ("month_start", Function::MonthStart),
        ("add_months", Function::AddMonths),
        ("full_months", Function::FullMonths),
        ("year_of", Function::YearOf),
        ("month_of", Function::MonthOf),
        ("weekday", Function::Weekday),
        ("working_time", Function::WorkingTime),
        ("remainder", Function::Remainder),
        ("percentile", Function::Percentile),
        ("merged", Function::Merged),
        ("power", Function::Power),
    ];

    /// The function of a name.
    pub fn named(name: &str) -> Option<Function> {
        Function::NAMES.iter().find(|(n, _)| *n == name).map(|(_, f)| *f)
    }

    /// The name it is written with.
    pub fn name(self) -> &'static str {
        Function::NAMES.iter().find(|(_, f)| *f == self).map_or("", |(n, _)| *n)
    }
}

impl Compare {
    /// The sign it is written with.
    pub fn sign(self) -> &'static str {
        match self {
            Compare::Less => "<",
            Compare::AtMost => "<=",
            Compare::More => ">",
            Compare::AtLeast => ">=",
            Compare::Is => "=",
            Compare::IsNot => "!=",
        }
    }
}
