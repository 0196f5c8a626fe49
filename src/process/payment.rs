//! One guideline's claims on their way to the money: arrival, review, appeal, payment runs, lateness.

use super::HORIZON;
use super::arrival::Arrivals;
use super::queue::{self, Class};
use crate::chance::counts::binomial;
use crate::chance::stream::Stream;
use crate::chance::swing;
use crate::model::Q;
use crate::model::procedure::{Arrival, Order, Procedure};

/// Days of a year, for interest and discounting.
const YEAR: f64 = 365.0;
/// Days of a month of waiting.
const MONTH: f64 = 30.0;
/// Hours of a day.
const DAY: f64 = 24.0;
/// Windows whose shares are kept.
const WINDOWS: usize = 32;

/// A procedure with its numbers filled in for one world.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// Paying first: (share in advance, share that comes back of what was paid without right).
    pub advance: Option<(f64, f64)>,
    /// When people file.
    pub arrivals: Arrivals,
    /// Coefficient of variation of a mean day's number.
    pub swing: f64,
    /// Reviewers: (first day, people), days rising.
    pub staff: Vec<(usize, f64)>,
    /// Hours a reviewer works a day.
    pub hours_day: f64,
    /// Working days a week, from Monday on.
    pub days_week: usize,
    /// Day of the week of the day of the outage; Monday is 0.
    pub weekday: usize,
    /// Days between payment runs; at least one.
    pub pay_every: usize,
    /// Days from a payment run until the money is there.
    pub transfer: usize,
    /// Day on which what needs no claim is paid.
    pub automatic: usize,
    /// Deadline in days, interest a year and factor of what is paid later.
    pub late: Option<(f64, f64, f64)>,
    /// Appeals: share of the refused, share upheld, days, hours of work.
    pub appeal: (f64, f64, usize, f64),
    /// Share of those who wait who give up in a month; 0: nobody does.
    pub gives_up: f64,
    /// Claims sent in twice: share of the claims, share found out, hours of work on one.
    pub duplicates: Option<(f64, f64, f64)>,
    /// Discount rate a year.
    pub discount_year: f64,
}

/// Whole days of a time in hours, at least `least` and inside what is followed.
fn days(q: Q, world: &[f64], least: usize) -> usize {
    ((q.of(world) / DAY).round().max(0.0) as usize).clamp(least, HORIZON - 1)
}

/// When people file, in a window that opens so many hours after an outage.
pub fn arrivals(opens: Q, window: Q, a: &Arrival, world: &[f64]) -> Arrivals {
    let shocks = a.shocks.iter().map(|s| (s.day, s.times.of(world), s.fade_hours.of(world) / DAY));
    Arrivals {
        opens: days(opens, world, 0),
        days: days(window, world, 1),
        half_days: a.half_hours.of(world) / DAY,
        shape: a.shape.of(world),
        deadline_share: a.deadline_share.of(world).clamp(0.0, 1.0),
        shocks: shocks.collect(),
    }
}

impl Terms {
    /// A procedure in a world; `hour_of_week` is that of the start of the outage.
    pub fn of(p: &Procedure, hour_of_week: f64, discount_year: f64, world: &[f64]) -> Terms {
        let arrivals = arrivals(p.opens_after_hours, p.window_hours, &p.arrival, world);
        let late = p.late.as_ref();
        Terms {
            advance: match &p.order {
                Order::VerifyFirst => None,
                Order::FirstCompensate { advance, recovered } => Some((advance.of(world), recovered.of(world))),
            },
            swing: p.arrival.swing.of(world),
            staff: p.staff.iter().map(|(day, n)| (arrivals.opens + days(*day, world, 0), n.of(world))).collect(),
            arrivals,
            hours_day: p.work_day_hours.of(world),
            days_week: usize::from(p.days_week),
            weekday: (hour_of_week / DAY) as usize % 7,
            pay_every: days(p.pay_every_hours, world, 1),
            transfer: days(p.transfer_hours, world, 0),
            automatic: days(p.automatic_after_hours, world, 0),
            late: late.map(|l| (l.deadline_hours.of(world) / DAY, l.interest_year.of(world), l.factor.of(world))),
            appeal: (
                p.appeal.share.of(world).clamp(0.0, 1.0),
                p.appeal.upheld.of(world).clamp(0.0, 1.0),
                days(p.appeal.after_hours, world, 0),
                p.appeal.work_hours.of(world),
            ),
            gives_up: p.gives_up.map_or(0.0, |q| q.of(world).clamp(0.0, 1.0)),
            duplicates: p.duplicates.map(|d| {
                let share = |q: Q| q.of(world).clamp(0.0, 1.0);
                (share(d.share), share(d.detected), d.work_hours.of(world))
            }),
            discount_year,
        }
    }

    /// Hours of work on a claim, with its part of those that come twice.
    pub fn work_of(&self, claims: &Claims, twice: f64) -> f64 {
        claims.review_hours + self.duplicates.map_or(0.0, |(_, _, hours)| twice * hours)
    }

    /// Days of the first money and of the last of a claim filed and reviewed on these days.
    fn money_days(&self, filed: usize, done: usize) -> (usize, usize) {
        let last = self.money_day(done.min(HORIZON - 1));
        (if self.advance.is_some() { self.money_day(filed) } else { last }, last)
    }

    /// Hours of review on a day.
    pub fn capacity(&self, day: usize) -> f64 {
        if (self.weekday + day) % 7 >= self.days_week {
            return 0.0;
        }
        let people = self.staff.iter().take_while(|(from, _)| *from <= day).last().map_or(0.0, |(_, n)| *n);
        people * self.hours_day
    }

    /// Share of claims approved in the end, appeals included, when so large a share is approved at first.
    pub fn approved_in_the_end(&self, first: f64) -> f64 {
        let (share, upheld, ..) = self.appeal;
        first + (1.0 - first) * share * upheld
    }

    /// Of so many claims, `approved` of them in the end: (approved at the first decision, appeals).
    fn first_decisions(&self, claims: f64, approved: f64) -> (f64, f64) {
        let (share, upheld, ..) = self.appeal;
        let turned = share * upheld;
        let first =
            if turned < 1.0 { ((approved - claims * turned) / (1.0 - turned)).clamp(0.0, approved) } else { 0.0 };
        (first, (claims - first).max(0.0) * share)
    }

    /// The day on which the money is there of what a payment run on `ready` or later pays.
    fn money_day(&self, ready: usize) -> usize {
        let opens = self.arrivals.opens;
        // Days fit 32 bits, whose division takes half the time.
        let runs = (ready.saturating_sub(opens) as u32).div_ceil(self.pay_every as u32) as usize;
        (opens + runs * self.pay_every + self.transfer).min(HORIZON - 1)
    }
}

/// Claims, or entitlements without a claim, under one rule.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Claims {
    /// True where nobody has to file.
    pub automatic: bool,
    /// Claims filed, or people reached.
    pub filed: u64,
    /// Of these, approved in the end.
    pub approved: f64,
    /// Hours of review of one claim.
    pub review_hours: f64,
    /// Share of those who would have been approved who have given up.
    pub left: f64,
    /// True where what is given is not money.
    pub in_kind: bool,
}

impl Claims {
    /// Approved, those included who have given up since.
    pub fn decided(&self) -> f64 {
        if self.left < 1.0 { (self.approved / (1.0 - self.left)).min(self.filed as f64) } else { self.approved }
    }
}

/// What time does to what a rule pays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timing {
    /// (day, share of those paid whose money is there that day), days rising; shares sum to one. With money in advance,
    /// the day of the advance.
    pub days: Vec<(usize, f64)>,
    /// By each of these days, share of those paid whose money is there by then.
    pub by_day: Vec<f64>,
    /// Mean discount factor of the money.
    pub discount: f64,
    /// Share of those paid whose last money is late.
    pub late: f64,
    /// Claims that were sent in a second time, as a share of the claims.
    pub twice: f64,
    /// What lateness adds to a unit of money: interest, and the factor of late awards.
    pub surcharge: f64,
}

/// What happened to all claims of a guideline.
#[derive(Clone, Debug, Default)]
pub struct Course {
    /// By rule, in the order of the claims.
    pub rules: Vec<Timing>,
    /// Hours of work on claims and appeals.
    pub staff_hours: f64,
    /// Appeals.
    pub appeals: f64,
    /// Claims filed by day. This list and those below end when nothing more happens.
    pub filed: Vec<f64>,
    /// Claims whose review is done by day.
    pub done: Vec<f64>,
    /// Entitlements to money paid (first money) by day.
    pub paid: Vec<f64>,
    /// Awards in kind given by day.
    pub given: Vec<f64>,
}

/// Adds to a day of a list that ends when nothing more happens.
fn add(series: &mut Vec<f64>, day: usize, n: f64) {
    match series.get_mut(day) {
        Some(so_far) => *so_far += n,
        None => {
            series.resize(day, 0.0);
            series.push(n);
        }
    }
}

impl Course {
    /// Nothing yet, for so many rules.
    pub fn clear(&mut self, rules: usize) {
        self.rules.resize_with(rules, Timing::default);
        (self.staff_hours, self.appeals) = (0.0, 0.0);
        for series in [&mut self.filed, &mut self.done, &mut self.paid, &mut self.given] {
            series.clear();
        }
    }

    /// Takes in the course of some of its rules.
    pub fn take_in(&mut self, part: &Course, rules: &[usize]) {
        for (r, timing) in rules.iter().zip(&part.rules) {
            self.rules[*r].clone_from(timing);
        }
        self.staff_hours += part.staff_hours;
        self.appeals += part.appeals;
        let add = |all: &mut Vec<f64>, part: &[f64]| {
            all.resize(all.len().max(part.len()), 0.0);
            all.iter_mut().zip(part).for_each(|(a, p)| *a += p);
        };
        add(&mut self.filed, &part.filed);
        add(&mut self.done, &part.done);
        add(&mut self.paid, &part.paid);
        add(&mut self.given, &part.given);
    }
}

/// Works out courses, one after the other in the same memory.
#[derive(Debug, Default)]
pub struct Desk {
    /// What came out last.
    pub course: Course,
    /// Mean shares of the days of windows met before; most windows are the same in every world.
    means: Vec<(Arrivals, Vec<f64>)>,
    shares: Vec<f64>,
    counts: Vec<Vec<u64>>,
    /// By rule, claims that come a second time as a share of the claims.
    twice: Vec<f64>,
    sums: Vec<Sums>,
    /// Discount factors by day, and the rate they are for.
    discounts: Vec<f64>,
    rate: f64,
    staying: Staying,
}

/// Share of those who wait who have not given up, by the days that they have waited.
#[derive(Clone, Debug, Default)]
struct Staying {
    /// Share who give up in a month.
    gives_up: f64,
    shares: Vec<f64>,
}

impl Staying {
    fn set(&mut self, gives_up: f64) {
        if gives_up != self.gives_up || self.shares.is_empty() {
            self.gives_up = gives_up;
            self.shares.clear();
            self.shares.push(1.0);
        }
    }

    fn after(&mut self, days: usize) -> f64 {
        if self.gives_up <= 0.0 {
            return 1.0;
        }
        if self.shares.len() <= days {
            let of_day = (1.0 - self.gives_up).powf(1.0 / MONTH);
            let mut last = self.shares[self.shares.len() - 1];
            self.shares.resize_with(days + 1, || {
                last *= of_day;
                last
            });
        }
        self.shares[days]
    }
}

/// Sums over the claims of one rule, by people.
#[derive(Clone, Debug, Default)]
struct Sums {
    /// First money by day.
    first: Vec<f64>,
    people: f64,
    discount: f64,
    late: f64,
    /// Σ money share × (interest and factor).
    surcharge: f64,
}

impl Desk {
    /// Follows the claims of a guideline, drawing their days: `swings` moves the days of all guidelines together,
    /// `counts` is where each rule's people are drawn from. Both stand at the start of the replicate.
    pub fn follow(&mut self, terms: &Terms, claims: &[Claims], swings: &mut Stream, counts: &mut Stream) {
        self.discount(terms.discount_year);
        let files = |c: &&Claims| !c.automatic && c.filed > 0;
        if claims.iter().any(|c| files(&c)) {
            let at = self.means_of(&terms.arrivals);
            swing::shares(swings, &self.means[at].1, terms.swing, &mut self.shares);
        }
        self.counts.resize_with(claims.len(), Vec::new);
        for (c, out) in claims.iter().zip(&mut self.counts) {
            out.clear();
            if files(&c) {
                swing::days(counts, c.filed, &self.shares, out);
            }
        }
        self.twice.clear();
        self.twice.resize(claims.len(), 0.0);
        if let Some((share, ..)) = terms.duplicates {
            for (c, twice) in claims.iter().zip(&mut self.twice).filter(|(c, _)| files(c)) {
                *twice = binomial(counts, c.filed, share) as f64 / c.filed as f64;
            }
        }
        self.work(terms, claims);
    }

    /// Share of the claimants of each rule who give up while they wait, when claims come on mean days.
    pub fn leaving(&mut self, terms: &Terms, claims: &[Claims]) -> Vec<f64> {
        let at = self.means_of(&terms.arrivals);
        let means = &self.means[at].1;
        self.counts.resize_with(claims.len(), Vec::new);
        for (c, out) in claims.iter().zip(&mut self.counts) {
            out.clear();
            // Running sums are rounded, so that all are there.
            let (mut sum, mut told) = (0.0, 0);
            out.extend(means.iter().map(|share| {
                sum += share * c.filed as f64;
                let now = sum.round() as u64 - told;
                told += now;
                now
            }));
        }
        let classes: Vec<Class> = claims
            .iter()
            .zip(&self.counts)
            .map(|(c, arrivals)| Class { arrivals, hours: terms.work_of(c, terms.duplicates.map_or(0.0, |d| d.0)) })
            .collect();
        let mut sums = vec![(0.0, 0.0); claims.len()];
        self.staying.set(terms.gives_up);
        queue::serve(
            &classes,
            terms.arrivals.opens,
            |day| terms.capacity(day),
            |batch| {
                let wait = terms.money_days(batch.filed, batch.day).0.saturating_sub(batch.filed);
                let staying = self.staying.after(wait);
                for (k, n) in batch.people() {
                    sums[k].0 += n;
                    sums[k].1 += n * staying;
                }
            },
        );
        sums.iter().map(|(n, stay)| if *n > 0.0 { (1.0 - stay / n).clamp(0.0, 1.0) } else { 0.0 }).collect()
    }

    /// Place of the mean shares of a window in the list.
    fn means_of(&mut self, arrivals: &Arrivals) -> usize {
        if let Some(at) = self.means.iter().position(|(known, _)| known == arrivals) {
            return at;
        }
        if self.means.len() >= WINDOWS {
            self.means.clear();
        }
        let mut means = Vec::new();
        arrivals.shares(&mut means);
        self.means.push((arrivals.clone(), means));
        self.means.len() - 1
    }

    fn discount(&mut self, rate: f64) {
        if self.discounts.is_empty() || rate != self.rate {
            let by_day = |day: usize| (1.0 + rate).powf(-(day as f64) / YEAR);
            self.discounts = (0..HORIZON).map(by_day).collect();
            self.rate = rate;
        }
    }

    fn work(&mut self, terms: &Terms, claims: &[Claims]) {
        let course = &mut self.course;
        course.clear(claims.len());
        self.sums.resize_with(claims.len(), Sums::default);
        for s in &mut self.sums {
            let mut first = std::mem::take(&mut s.first);
            first.clear();
            *s = Sums { first, ..Sums::default() };
        }
        let by_appeal: Vec<f64> = claims
            .iter()
            .zip(&self.twice)
            .map(|(c, twice)| {
                let n = c.filed as f64;
                let decided = c.decided();
                let (first, appeals) = terms.first_decisions(n, decided);
                if c.automatic {
                    return 0.0;
                }
                course.staff_hours += n * terms.work_of(c, *twice) + appeals * terms.appeal.3;
                course.appeals += appeals;
                if decided > 0.0 { 1.0 - first / decided } else { 0.0 }
            })
            .collect();
        let classes: Vec<Class> = claims
            .iter()
            .zip(&self.counts)
            .zip(&self.twice)
            .map(|((c, arrivals), twice)| Class { arrivals, hours: terms.work_of(c, *twice) })
            .collect();
        for class in &classes {
            for (i, n) in class.arrivals.iter().enumerate() {
                add(&mut course.filed, (terms.arrivals.opens + i).min(HORIZON - 1), *n as f64);
            }
        }
        let (sums, discounts, staying) = (&mut self.sums, &self.discounts, &mut self.staying);
        staying.set(terms.gives_up);
        queue::serve(
            &classes,
            terms.arrivals.opens,
            |day| terms.capacity(day),
            |batch| {
                let (filed, done) = (batch.filed, batch.day);
                add(&mut course.done, done, batch.people().map(|(_, n)| n).sum());
                let days = terms.money_days(filed, done);
                let after_appeal = terms.money_days(filed, done + terms.appeal.2);
                // Those who waited longest are the fewest among the paid.
                let staying = staying.after(days.0.saturating_sub(filed));
                for (k, n) in batch.people() {
                    let n = n * staying;
                    let appealed = by_appeal[k] * n;
                    sums[k].pay(terms, filed, days, n - appealed, discounts);
                    if appealed > 0.0 {
                        sums[k].pay(terms, filed, after_appeal, appealed, discounts);
                    }
                }
            },
        );
        for (c, s) in claims.iter().zip(sums.iter_mut()) {
            if c.automatic && c.filed > 0 {
                s.add(terms.automatic, c.filed as f64);
                s.account(terms, 0, terms.automatic, c.filed as f64, 1.0, true, discounts);
            }
        }
        for (((c, s), timing), twice) in claims.iter().zip(sums.iter()).zip(&mut course.rules).zip(&self.twice) {
            s.tell(timing);
            timing.twice = *twice;
            let course = if c.in_kind { &mut course.given } else { &mut course.paid };
            for (day, share) in &timing.days {
                add(course, *day, c.approved * share);
            }
        }
    }
}

impl Sums {
    /// Pays people who filed on a day and get their first and last money on others.
    fn pay(&mut self, terms: &Terms, filed: usize, (first, settled): (usize, usize), people: f64, discounts: &[f64]) {
        match terms.advance {
            None => {
                self.add(settled, people);
                self.account(terms, filed, settled, people, 1.0, true, discounts);
            }
            Some((advance, _)) => {
                self.add(first, people);
                self.account(terms, filed, first, people, advance, advance >= 1.0, discounts);
                if advance < 1.0 {
                    self.account(terms, filed, settled, people, 1.0 - advance, true, discounts);
                }
            }
        }
    }

    /// First money of so many people.
    fn add(&mut self, day: usize, people: f64) {
        add(&mut self.first, day, people);
        self.people += people;
    }

    /// A part of the money of so many people; `last` where nothing follows.
    #[allow(clippy::too_many_arguments)]
    fn account(
        &mut self,
        terms: &Terms,
        filed: usize,
        day: usize,
        people: f64,
        part: f64,
        last: bool,
        discounts: &[f64],
    ) {
        self.discount += people * part * discounts[day];
        let Some((deadline, interest, factor)) = terms.late else { return };
        let over = (day - filed.min(day)) as f64 - deadline;
        if over > 0.0 {
            self.surcharge += people * part * (interest * over / YEAR + factor - 1.0);
            self.late += if last { people } else { 0.0 };
        }
    }

    fn tell(&self, timing: &mut Timing) {
        timing.days.clear();
        let per = if self.people > 0.0 { 1.0 / self.people } else { 0.0 };
        let some = self.first.iter().enumerate().filter(|(_, n)| **n > 0.0);
        timing.days.extend(some.map(|(day, n)| (day, n * per)));
        timing.by_day.clear();
        timing.by_day.extend(timing.days.iter().scan(0.0, |sum, (_, share)| {
            *sum += share;
            Some(*sum)
        }));
        timing.discount = if self.people > 0.0 { self.discount * per } else { 1.0 };
        timing.late = self.late * per;
        timing.surcharge = self.surcharge * per;
    }
}

/// The day by which a share of the people is paid, over several rules with so many people each; NaN where there are none.
pub fn quantile(rules: &[(f64, &Timing)], share: f64) -> f64 {
    let people: f64 = rules.iter().map(|(n, _)| n).sum();
    if people <= 0.0 {
        return f64::NAN;
    }
    // Rounding of the shares must not push the last day out of reach.
    let wanted = (share * people).min(people * (1.0 - 1e-9));
    if let [(n, t)] = rules {
        let days = t.by_day.partition_point(|paid| n * paid < wanted);
        return t.days.get(days).map_or(HORIZON - 1, |(day, _)| *day) as f64;
    }
    let by = |day: usize| -> f64 {
        let one = |t: &Timing| match t.days.partition_point(|(d, _)| *d <= day) {
            0 => 0.0,
            days => t.by_day[days - 1],
        };
        rules.iter().filter(|(n, _)| *n > 0.0).map(|(n, t)| n * one(t)).sum()
    };
    let days = || rules.iter().flat_map(|(_, t)| [t.days.first(), t.days.last()]).flatten().map(|(day, _)| *day);
    let (mut low, mut high) = (days().min().unwrap_or(HORIZON - 1), days().max().unwrap_or(HORIZON - 1));
    if by(high) < wanted {
        return (HORIZON - 1) as f64;
    }
    while low < high {
        let middle = (low + high) / 2;
        if by(middle) >= wanted { high = middle } else { low = middle + 1 }
    }
    low as f64
}

#[cfg(test)]
mod tests;
