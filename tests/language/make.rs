//! Random expressions that are well typed, made from a list of figures: the same figures give the same expression.

/// How an expression is written.
#[derive(Clone, Copy)]
pub struct Style {
    /// Unit of time and how many of it make an hour.
    pub unit: (&'static str, u32),
    /// What all money as written is multiplied by.
    pub money: f64,
    /// Whether there may be steps, dates and lists, whose values jump.
    pub jumps: bool,
}

/// Kinds of what is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Make {
    Money,
    Time,
    Number,
    Distance,
    Truth,
    Word,
    Date,
}

/// Makes expressions; when the figures are used up it makes the simplest ones.
pub struct Maker<'f> {
    pub figures: &'f [u16],
    pub style: Style,
}

const AMOUNTS: [Make; 4] = [Make::Money, Make::Time, Make::Number, Make::Distance];

impl Maker<'_> {
    fn pick(&mut self, below: u16) -> u16 {
        let Some((first, rest)) = self.figures.split_first() else { return 0 };
        self.figures = rest;
        first % below
    }

    /// An expression of a kind, at most `depth` levels deep, in brackets where it needs any.
    pub fn make(&mut self, what: Make, depth: usize) -> String {
        if depth == 0 {
            return self.leaf(what);
        }
        let d = depth - 1;
        match what {
            Make::Truth => self.truth(d),
            Make::Word => self.word(d),
            Make::Date => self.date(d),
            amount => self.amount(amount, d),
        }
    }

    fn literal(&mut self, what: Make) -> String {
        let n = 1 + self.pick(24);
        let (unit, per_hour) = self.style.unit;
        match what {
            Make::Money => format!("{} EUR", f64::from(n) * self.style.money),
            Make::Time => format!("{} {unit}", u32::from(n) * per_hour),
            Make::Distance => format!("{n} km"),
            _ => format!("{n}"),
        }
    }

    fn leaf(&mut self, what: Make) -> String {
        let names: &[&str] = match what {
            Make::Money => &["paid", "fee_month"],
            Make::Time => &["outage", "month"],
            Make::Number => &["visits", "lines"],
            Make::Distance => &["way"],
            Make::Truth => &["true", "urban"],
            Make::Word => &["\"gold\"", "\"silver\"", "class"],
            Make::Date => &["reported", "2024-02-29", "fixed", "2025-12-31 23:59"],
        };
        if AMOUNTS.contains(&what) && self.pick(2) == 0 {
            return self.literal(what);
        }
        names[usize::from(self.pick(names.len() as u16))].to_string()
    }

    /// What the checker knows to be above zero.
    fn positive(&mut self, what: Make) -> String {
        let name = match what {
            Make::Money => "fee_month",
            Make::Time => "month",
            Make::Number => "lines",
            _ => "",
        };
        match self.pick(4) {
            0 if !name.is_empty() => name.into(),
            1 => format!("max({}, {})", self.leaf(what), self.literal(what)),
            2 => format!("({} + {})", self.literal(what), self.literal(what)),
            _ => self.literal(what),
        }
    }

    fn amount(&mut self, what: Make, d: usize) -> String {
        let kinds = if self.style.jumps { 17 } else { 10 };
        match self.pick(kinds) {
            0 => self.leaf(what),
            1 => format!("({} + {})", self.make(what, d), self.make(what, d)),
            2 => format!("({} - {})", self.make(what, d), self.make(what, d)),
            3 => format!("{} * {}", self.make(Make::Number, d), self.make(what, d)),
            4 => format!("{} / {}", self.make(what, d), self.positive(Make::Number)),
            10 if self.pick(2) == 0 => format!("remainder({}, {})", self.make(what, d), self.positive(what)),
            5 => {
                let other = AMOUNTS[usize::from(self.pick(4))];
                format!("({} / {} * {})", self.make(what, d), self.positive(other), self.make(other, d))
            }
            6 => format!("max({}, {})", self.make(what, d), self.make(what, d)),
            7 => format!("min({}, {}, {})", self.make(what, d), self.leaf(what), self.leaf(what)),
            8 => self.choice(what, d),
            9 => format!("(-{})", self.leaf(what)),
            10 => format!("floor({}, {})", self.make(what, d), self.positive(what)),
            11 => format!("ceil({}, {})", self.make(what, d), self.positive(what)),
            12 => {
                let name = ["round", "round_even"][usize::from(self.pick(2))];
                format!("{name}({}, {})", self.make(what, d), self.positive(what))
            }
            _ => self.special(what, d),
        }
    }

    /// What only one kind of amount has.
    fn special(&mut self, what: Make, d: usize) -> String {
        let sign = ["<", "<=", ">", ">=", "=", "!="][usize::from(self.pick(6))];
        match (what, self.pick(8)) {
            (Make::Time, 0) => format!("({} - {})", self.make(Make::Date, d), self.make(Make::Date, d)),
            (Make::Time, 1) => "length(down)".into(),
            (Make::Time, 2) => format!("inside(down, {}, {})", self.make(Make::Time, d), self.leaf(Make::Time)),
            (Make::Time, 3) => format!("month_length({})", self.make(Make::Date, d)),
            (Make::Time, 4) if self.pick(2) == 0 => format!("working_time(down, {}, 17:00)", self.make(Make::Time, d)),
            (Make::Time, 4) => format!("sum(outages, {sign} {})", self.leaf(Make::Time)),
            (Make::Time, 5) if self.pick(2) == 0 => {
                format!("percentile([{}, 2 h], {}, {sign} 1 h)", self.make(Make::Time, d), self.make(Make::Number, d))
            }
            (Make::Time, 5) => format!("mean([1 h, 90 min, 2 days], {sign} {})", self.leaf(Make::Time)),
            (Make::Time, 6) => format!("sum(length(p) for p in merged(cuts, {}))", self.leaf(Make::Time)),
            (Make::Time, _) => "longest(outages)".into(),
            (Make::Money, 0) => {
                // One `for` does not stand inside another.
                let (a, b) = (self.leaf(Make::Money), self.leaf(Make::Money));
                format!("sum(if x {sign} {} then {a} else {b} for x in outages)", self.leaf(Make::Time))
            }
            (Make::Money, 1) => {
                let (a, b) = (self.leaf(Make::Money), self.leaf(Make::Money));
                format!("sum(if n {sign} {} then {a} else {b} for x at n in outages)", self.leaf(Make::Number))
            }
            (Make::Money, 0..4) => format!("sum(bills, {sign} {})", self.leaf(Make::Money)),
            (Make::Money, _) => "mean(bills)".into(),
            (Make::Number, 0) => format!("days({}, {})", self.make(Make::Date, d), self.make(Make::Date, d)),
            (Make::Number, 1) => format!("working_days({}, {})", self.make(Make::Date, d), self.leaf(Make::Date)),
            (Make::Number, 2) => format!("days_covered(down, {sign} {})", self.make(Make::Time, d)),
            (Make::Number, 3) => format!("count(outages, {sign} {})", self.make(Make::Time, d)),
            (Make::Number, 4) if self.pick(2) == 0 => {
                format!("count(m {sign} {} for m in visited)", self.leaf(Make::Date))
            }
            (Make::Number, 4) if self.pick(2) == 0 => {
                format!("power({}, {})", self.make(Make::Number, d), self.leaf(Make::Number))
            }
            (Make::Number, 4) => format!("floor({})", self.make(Make::Number, d)),
            (Make::Number, 5) => {
                let (a, b) = (self.make(Make::Date, d), self.make(Make::Date, d));
                let (c, e) = (self.leaf(Make::Date), self.leaf(Make::Date));
                match self.pick(4) {
                    0 => format!("full_months({a}, {b})"),
                    1 => format!("count(x {sign} ({c} - {e}) for x in outages)"),
                    2 => format!("month_of({a})"),
                    _ => format!("weekday({a})"),
                }
            }
            (Make::Number, _) => {
                let of = AMOUNTS[usize::from(self.pick(4))];
                let name = ["completed", "begun"][usize::from(self.pick(2))];
                format!("{name}({}, {})", self.make(of, d), self.positive(of))
            }
            _ => self.leaf(what),
        }
    }

    fn choice(&mut self, what: Make, d: usize) -> String {
        let (a, b) = (self.make(what, d), self.make(what, d));
        match self.pick(5) {
            4 => {
                let of = AMOUNTS[usize::from(self.pick(4))];
                let (x, low) = (self.leaf(of), self.literal(of));
                format!("match class, {x} {{ \"gold\", any => {a}, any, < {low} => {b}, else => {} }}", self.leaf(what))
            }
            0 => {
                let of = AMOUNTS[usize::from(self.pick(4))];
                let (x, low, high) = (self.leaf(of), self.literal(of), self.literal(of));
                format!("match {x} {{ < {low} => {a}, {high} | >= {high} => {b}, else => {} }}", self.leaf(what))
            }
            1 => format!("match class {{ \"gold\" | \"bronze\" => {a}, else => {b} }}"),
            2 => format!("match {{ {} => {a}, else => {b} }}", self.make(Make::Truth, d)),
            _ => format!("(if {} then {a} else {b})", self.make(Make::Truth, d)),
        }
    }

    fn truth(&mut self, d: usize) -> String {
        let sign = ["<", "<=", ">", ">=", "=", "!="][usize::from(self.pick(6))];
        match self.pick(8) {
            0 => self.leaf(Make::Truth),
            1 => format!("({} and {})", self.make(Make::Truth, d), self.make(Make::Truth, d)),
            2 => format!("({} or {})", self.make(Make::Truth, d), self.make(Make::Truth, d)),
            3 => format!("(not {})", self.make(Make::Truth, d)),
            4 => format!("({} = {})", self.make(Make::Word, d), self.make(Make::Word, d)),
            5 => format!("(class in [\"gold\", {}])", self.leaf(Make::Word)),
            6 if self.style.jumps => format!("({} {sign} {})", self.make(Make::Date, d), self.make(Make::Date, d)),
            _ => {
                let of = AMOUNTS[usize::from(self.pick(4))];
                // Where two ways of writing are set side by side, amounts as told are compared: worked out ones may
                // fall on either side of a bound that they meet.
                let deep = if self.style.jumps { d } else { 0 };
                format!("({} {sign} {})", self.make(of, deep), self.make(of, deep))
            }
        }
    }

    fn word(&mut self, d: usize) -> String {
        match self.pick(3) {
            0 => format!("(if {} then {} else class)", self.make(Make::Truth, d), self.leaf(Make::Word)),
            _ => self.leaf(Make::Word),
        }
    }

    fn date(&mut self, d: usize) -> String {
        match self.pick(10) {
            8 => format!("add_months({}, {})", self.make(Make::Date, d), self.make(Make::Number, d)),
            9 => format!("month_start({})", self.make(Make::Date, d)),
            0 => format!("({} + {})", self.make(Make::Date, d), self.make(Make::Time, d)),
            1 => format!("({} - {})", self.make(Make::Date, d), self.make(Make::Time, d)),
            2 => format!("date({})", self.make(Make::Date, d)),
            3 => format!("working_day({}, {})", self.make(Make::Date, d), self.leaf(Make::Number)),
            4 => ["start(down)", "end(down)"][usize::from(self.pick(2))].into(),
            5 => format!("max({}, {})", self.make(Make::Date, d), self.make(Make::Date, d)),
            6 => self.choice(Make::Date, d),
            _ => self.leaf(Make::Date),
        }
    }
}
