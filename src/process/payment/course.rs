//! What comes of claims: by rule what time does to the money, and what happens to all of them day by day.

use super::HORIZON;
use crate::process::PATIENCE_DAYS;

/// What time does to what a rule pays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timing {
    /// Money approved at the first decision,
    pub at_first: Money,
    /// and money won by an appeal.
    pub by_appeal: Money,
    /// True where the first money comes before any decision: its days are those of `at_first` then.
    pub in_advance: bool,
}

/// When money comes and what time does to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Money {
    /// (day, share of those paid whose first money is there that day), days rising; shares sum to one.
    pub days: Vec<(usize, f64)>,
    /// By each of these days, share of those paid whose money is there by then.
    pub by_day: Vec<f64>,
    /// Mean discount factor of the first money.
    pub first_discount: f64,
    /// A unit of all of it.
    pub unit: Unit,
}

/// What time does to a unit of money.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Unit {
    /// Mean discount factor of all of it, without what lateness adds.
    pub discount: f64,
    /// What lateness adds: interest, and the factor of late awards.
    pub surcharge: f64,
    /// Present value with what lateness adds.
    pub worth: f64,
    /// Share of the people paid whose last money is late.
    pub late: f64,
    /// Share of the people paid whose first money comes after more than [`PATIENCE_DAYS`].
    pub waits: f64,
}

impl Unit {
    /// Money that is there at once.
    const AT_ONCE: Unit = Unit { discount: 1.0, surcharge: 0.0, worth: 1.0, late: 0.0, waits: 0.0 };

    /// Of this and another, of which there is a share.
    fn with(self, share: f64, other: Unit) -> Unit {
        if share <= 0.0 {
            return self;
        }
        let mix = |a: f64, b: f64| a + share * (b - a);
        Unit {
            discount: mix(self.discount, other.discount),
            surcharge: mix(self.surcharge, other.surcharge),
            worth: mix(self.worth, other.worth),
            late: mix(self.late, other.late),
            waits: mix(self.waits, other.waits),
        }
    }
}

impl Timing {
    /// Nobody is paid: what there is counts as there at once.
    pub(super) fn clear(&mut self) {
        self.at_first.clear();
        self.by_appeal.clear();
        self.in_advance = false;
    }

    /// A unit of money of which a share was won by appeals.
    pub fn unit(&self, by_appeal: f64) -> Unit {
        self.at_first.unit.with(by_appeal, self.by_appeal.unit)
    }

    /// Of so many people paid, some by an appeal, how many have their first money on which days.
    pub fn first_money(&self, paid: f64, by_appeal: f64) -> [(f64, &Money); 2] {
        let later = if self.in_advance { 0.0 } else { by_appeal };
        [(paid - later, &self.at_first), (later, &self.by_appeal)]
    }
}

impl Money {
    fn clear(&mut self) {
        self.days.clear();
        self.by_day.clear();
        (self.first_discount, self.unit) = (1.0, Unit::AT_ONCE);
    }

    /// The day by which a share of the people is paid that is enough; the last that is followed if none is.
    fn day_of(&self, enough: impl Fn(f64) -> bool) -> usize {
        let days = self.by_day.partition_point(|paid| !enough(*paid));
        self.days.get(days).map_or(HORIZON - 1, |(day, _)| *day)
    }

    /// Share of the people who have their first money by a day.
    pub fn by(&self, day: usize) -> f64 {
        match self.days.partition_point(|(d, _)| *d <= day) {
            0 => 0.0,
            days => self.by_day[days - 1],
        }
    }

    /// Pays the first money of everybody: shares of them on days that rise.
    pub(super) fn pay(&mut self, shares: impl Iterator<Item = (usize, f64)>, discounts: &[f64]) {
        let (mut so_far, mut discount, mut waits) = (0.0, 0.0, 0.0);
        for (day, share) in shares.filter(|(_, share)| *share > 0.0) {
            so_far += share;
            discount += share * discounts[day];
            waits += if day > PATIENCE_DAYS { share } else { 0.0 };
            match self.days.last_mut() {
                // Several runs may end on the last day that is followed.
                Some((last, all)) if *last == day => {
                    *all += share;
                    self.by_day.pop();
                }
                _ => self.days.push((day, share)),
            }
            self.by_day.push(so_far);
        }
        if !self.days.is_empty() {
            self.first_discount = discount;
            self.unit = Unit { discount, worth: discount, waits, ..Unit::AT_ONCE };
        }
    }
}

/// What happened to all claims of a guideline.
#[derive(Clone, Debug, Default)]
pub struct Course {
    /// By rule, in the order of the claims; those beyond are from before.
    pub rules: Vec<Timing>,
    /// Hours of work on claims and appeals.
    pub staff_hours: f64,
    /// Appeals.
    pub appeals: f64,
    /// Claims filed by day. This list and those below end soon after the last day on which something happens.
    pub filed: Vec<f64>,
    /// Claims whose review is done by day.
    pub done: Vec<f64>,
    /// Entitlements to money paid (first money) by day.
    pub paid: Vec<f64>,
    /// Awards in kind given by day.
    pub given: Vec<f64>,
}

/// Adds to a day of a list that ends soon after the last.
#[inline]
pub(super) fn add(series: &mut Vec<f64>, day: usize, n: f64) {
    if day >= series.len() {
        // Days mostly come one after the other: not every one is worth a new end.
        series.resize(day + 16, 0.0);
    }
    series[day] += n;
}

/// Adds counts of days one after the other; what comes after the last that is followed counts there.
pub(super) fn add_counts(series: &mut Vec<f64>, opens: usize, counts: &[u64]) {
    let opens = opens.min(HORIZON - 1);
    let (inside, beyond) = counts.split_at(counts.len().min(HORIZON - opens));
    series.resize(series.len().max(opens + inside.len()), 0.0);
    series[opens..].iter_mut().zip(inside).for_each(|(so_far, n)| *so_far += *n as f64);
    if !beyond.is_empty() {
        series[HORIZON - 1] += beyond.iter().sum::<u64>() as f64;
    }
}

/// Adds one list to another.
pub(super) fn add_all(series: &mut Vec<f64>, part: &[f64]) {
    series.resize(series.len().max(part.len()), 0.0);
    series.iter_mut().zip(part).for_each(|(so_far, n)| *so_far += n);
}

impl Course {
    /// Nothing yet, for so many rules.
    pub fn clear(&mut self, rules: usize) {
        if self.rules.len() < rules {
            self.rules.resize_with(rules, Timing::default);
        }
        (self.staff_hours, self.appeals) = (0.0, 0.0);
        for series in [&mut self.filed, &mut self.done, &mut self.paid, &mut self.given] {
            series.clear();
        }
    }

    /// Takes in the course of some of its rules, of which nothing useful is left.
    pub fn take_in(&mut self, part: &mut Course, rules: &[usize]) {
        for (r, timing) in rules.iter().zip(&mut part.rules) {
            std::mem::swap(&mut self.rules[*r], timing);
        }
        self.staff_hours += part.staff_hours;
        self.appeals += part.appeals;
        let add = |all: &mut Vec<f64>, part: &mut Vec<f64>| {
            if all.len() < part.len() {
                std::mem::swap(all, part);
            }
            add_all(all, part);
        };
        add(&mut self.filed, &mut part.filed);
        add(&mut self.done, &mut part.done);
        add(&mut self.paid, &mut part.paid);
        add(&mut self.given, &mut part.given);
    }
}

/// The day by which a share of the people is paid, over several rules with so many people each; NaN where there are none.
pub fn quantile(paid: &[(f64, &Money)], share: f64) -> f64 {
    let people: f64 = paid.iter().map(|(n, _)| n).sum();
    if people <= 0.0 {
        return f64::NAN;
    }
    // Rounding of the shares must not push the day on which just so many are paid to the next.
    let wanted = share * people * (1.0 - 1e-9);
    let some = || paid.iter().filter(|(n, _)| *n > 0.0);
    // Between the earliest and the latest of the days by which that share of one rule's people is paid.
    let days = some().map(|(_, money)| money.day_of(|paid| people * paid >= wanted));
    let (mut low, mut high) = days.fold((HORIZON - 1, 0), |(low, high), day| (low.min(day), high.max(day)));
    if low == high {
        return low as f64;
    }
    let by = |day: usize| -> f64 { some().map(|(n, money)| n * money.by(day)).sum() };
    if by(high) < wanted {
        // Rounding may leave the latest just short of it.
        (low, high) = (high, HORIZON - 1);
    }
    while low < high {
        let middle = (low + high) / 2;
        if by(middle) >= wanted { high = middle } else { low = middle + 1 }
    }
    low as f64
}
