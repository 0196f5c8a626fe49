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

    /// Days from filing to the first money of a claim reviewed on `done`.
    fn wait(&self, filed: usize, done: usize) -> usize {
        let ready = if self.advance.is_some() { filed } else { done.min(HORIZON - 1) };
        self.money_day(ready).saturating_sub(filed)
    }

    /// Share who still wait after so many days.
    fn staying(&self, days: usize) -> f64 {
        if self.gives_up > 0.0 { (1.0 - self.gives_up).powf(days as f64 / MONTH) } else { 1.0 }
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
        let runs = ready.saturating_sub(opens).div_ceil(self.pay_every);
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
    /// Entitlements paid (first money) by day.
    pub paid: Vec<f64>,
}

/// Adds to a day of a list that ends when nothing more happens.
fn add(series: &mut Vec<f64>, day: usize, n: f64) {
    if series.len() <= day {
        series.resize(day + 1, 0.0);
    }
    series[day] += n;
}

impl Course {
    /// Nothing yet, for so many rules.
    pub fn clear(&mut self, rules: usize) {
        self.rules.resize_with(rules, Timing::default);
        (self.staff_hours, self.appeals) = (0.0, 0.0);
        for series in [&mut self.filed, &mut self.done, &mut self.paid] {
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
        let at = self.means_of(&terms.arrivals);
        swing::shares(swings, &self.means[at].1, terms.swing, &mut self.shares);
        self.counts.resize_with(claims.len(), Vec::new);
        for (c, out) in claims.iter().zip(&mut self.counts) {
            out.clear();
            if !c.automatic && c.filed > 0 {
                swing::days(counts, c.filed, &self.shares, out);
            }
        }
        self.twice.clear();
        self.twice.resize(claims.len(), 0.0);
        if let Some((share, ..)) = terms.duplicates {
            for (c, twice) in claims.iter().zip(&mut self.twice).filter(|(c, _)| !c.automatic && c.filed > 0) {
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
        queue::serve(
            &classes,
            terms.arrivals.opens,
            |day| terms.capacity(day),
            |k, filed, done, n| {
                sums[k].0 += n;
                sums[k].1 += n * terms.staying(terms.wait(filed, done));
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
        let (sums, discounts) = (&mut self.sums, &self.discounts);
        queue::serve(
            &classes,
            terms.arrivals.opens,
            |day| terms.capacity(day),
            |k, filed, done, n| {
                add(&mut course.done, done, n);
                // Those who waited longest are the fewest among the paid.
                let n = n * terms.staying(terms.wait(filed, done));
                let appealed = by_appeal[k] * n;
                sums[k].pay(terms, filed, done, n - appealed, discounts);
                if appealed > 0.0 {
                    sums[k].pay(terms, filed, done + terms.appeal.2, appealed, discounts);
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
            for (day, share) in &timing.days {
                add(&mut course.paid, *day, c.approved * share);
            }
        }
    }
}

impl Sums {
    /// Pays people who filed and whose review was done on these days.
    fn pay(&mut self, terms: &Terms, filed: usize, done: usize, people: f64, discounts: &[f64]) {
        let settled = terms.money_day(done.min(HORIZON - 1));
        match terms.advance {
            None => {
                self.add(settled, people);
                self.account(terms, filed, settled, people, 1.0, true, discounts);
            }
            Some((advance, _)) => {
                let first = terms.money_day(filed);
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
    let by = |day: usize| -> f64 {
        let one = |t: &Timing| match t.days.partition_point(|(d, _)| *d <= day) {
            0 => 0.0,
            days => t.by_day[days - 1],
        };
        rules.iter().filter(|(n, _)| *n > 0.0).map(|(n, t)| n * one(t)).sum()
    };
    // Rounding of the shares must not push the last day out of reach.
    let wanted = (share * people).min(people * (1.0 - 1e-9));
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
mod tests {
    use super::*;

    fn terms() -> Terms {
        let arrivals =
            Arrivals { opens: 10, days: 30, half_days: 1e6, shape: 1.0, deadline_share: 0.0, shocks: Vec::new() };
        Terms {
            advance: None,
            arrivals,
            swing: 0.0,
            staff: vec![(10, 9.0)],
            hours_day: 10.0,
            days_week: 7,
            weekday: 0,
            pay_every: 1,
            transfer: 2,
            automatic: 5,
            late: None,
            appeal: (0.0, 0.0, 0, 0.0),
            gives_up: 0.0,
            duplicates: None,
            discount_year: 0.0,
        }
    }

    fn follow(terms: &Terms, claims: &[Claims]) -> Course {
        let mut desk = Desk::default();
        let (mut a, mut b) = (Stream::named(1, 0, "swings", ""), Stream::named(1, 0, "arrivals", ""));
        desk.follow(terms, claims, a.at(0), b.at(0));
        desk.course
    }

    fn mean_day(t: &Timing) -> f64 {
        t.days.iter().map(|(d, s)| *d as f64 * s).sum()
    }

    const MANY: Claims =
        Claims { automatic: false, filed: 3_000_000, approved: 3_000_000.0, review_hours: 1.5, left: 0.0 };

    #[test]
    fn the_mean_day_of_payment_is_the_closed_form() {
        // As the queue's test, a thousand times as many: 100,000 claims a day on average for 30 days, 60,000 reviewed a
        // day. Mean day of filing 14.5, mean wait 10, two days of transfer, the window opens on day 10. Days are drawn:
        // the sd of the mean day of filing is 8.7 ÷ sqrt(3,000,000) = 0.005, and the end of the queue does not move.
        let t = Terms { staff: vec![(10, 9_000.0)], ..terms() };
        let c = follow(&t, &[MANY]);
        assert!((mean_day(&c.rules[0]) - (10.0 + 14.5 + 10.0 + 2.0)).abs() < 0.03, "{}", mean_day(&c.rules[0]));
        assert_eq!(c.staff_hours, 4_500_000.0);
        assert!((c.paid.iter().sum::<f64>() - 3_000_000.0).abs() < 1e-3);
        assert_eq!(c.filed.iter().sum::<f64>(), 3_000_000.0);
    }

    #[test]
    fn who_gives_up_is_the_closed_form() {
        // The same queue: claim n is filed on day n ÷ 100,000 and done on day n ÷ 60,000, so waits are even from 0 to 20
        // days, and two days of transfer. With hazard h = -ln 0.7 ÷ 30 a day, stays 0.7^(2 ÷ 30) × (1 - e^(-20 h)) ÷ 20 h.
        let t = Terms { staff: vec![(10, 9_000.0)], gives_up: 0.3, ..terms() };
        let h = -(0.7f64.ln()) / 30.0;
        let stay = 0.7f64.powf(2.0 / 30.0) * (1.0 - (-20.0 * h).exp()) / (20.0 * h);
        let left = Desk::default().leaving(&t, &[MANY])[0];
        assert!((left - (1.0 - stay)).abs() < 1e-3, "{left} against {}", 1.0 - stay);
        // Without a queue only the transfer is waited for; paying first, nothing else either.
        let none = Terms { staff: vec![(10, 1e9)], ..t.clone() };
        let first = Terms { advance: Some((1.0, 0.0)), ..t.clone() };
        for quick in [none, first] {
            let left = Desk::default().leaving(&quick, &[MANY])[0];
            assert!((left - (1.0 - 0.7f64.powf(2.0 / 30.0))).abs() < 1e-12, "{left}");
        }
        // Whoever is paid in the end has waited less: the mean day of payment is earlier than of those who all stay.
        let paid = Claims { approved: stay * 3_000_000.0, left: 1.0 - stay, ..MANY };
        let (tilted, all) = (follow(&t, &[paid]), follow(&Terms { gives_up: 0.0, ..t }, &[MANY]));
        assert!((paid.decided() - 3_000_000.0).abs() < 1e-3);
        assert!(mean_day(&tilted.rules[0]) < mean_day(&all.rules[0]) - 0.1);
        assert!((tilted.paid.iter().sum::<f64>() - stay * 3_000_000.0).abs() < 1e-3);
        assert_eq!(tilted.staff_hours, all.staff_hours, "the office works on all of them");
    }

    #[test]
    fn what_comes_twice_takes_work_and_lengthens_the_queue() {
        // A tenth comes twice at half an hour each: 1.55 h a claim, so the desk does 90,000 ÷ 1.55 a day and the mean wait
        // is (1.55 ÷ 90,000 - 1 ÷ 100,000) × 3,000,000 ÷ 2 = 10.833 days.
        let t = Terms { staff: vec![(10, 9_000.0)], duplicates: Some((0.1, 0.9, 0.5)), ..terms() };
        let c = follow(&t, &[MANY]);
        // 300,000 of 3,000,000, standard deviation 520.
        assert!((c.rules[0].twice * 3e6 - 3e5).abs() < 5.0 * 520.0, "{}", c.rules[0].twice);
        assert!((c.staff_hours - 3e6 * (1.5 + 0.5 * c.rules[0].twice)).abs() < 1.0);
        assert!((mean_day(&c.rules[0]) - (10.0 + 14.5 + 10.833 + 2.0)).abs() < 0.03, "{}", mean_day(&c.rules[0]));
        assert_eq!(follow(&terms(), &[MANY]).rules[0].twice, 0.0);
    }

    #[test]
    fn paying_first_pays_on_the_day_of_filing_and_the_rest_after_review() {
        let rate = 0.1;
        let first = Terms { advance: Some((0.4, 0.5)), staff: vec![(10, 9_000.0)], discount_year: rate, ..terms() };
        let c = follow(&first, &[MANY]);
        assert!((mean_day(&c.rules[0]) - (10.0 + 14.5 + 2.0)).abs() < 0.03);
        let verify = follow(&Terms { advance: None, ..first.clone() }, &[MANY]);
        let at_once = follow(&Terms { advance: Some((1.0, 0.5)), ..first }, &[MANY]);
        let mixed = 0.4 * at_once.rules[0].discount + 0.6 * verify.rules[0].discount;
        assert!((c.rules[0].discount - mixed).abs() < 1e-12);
    }

    #[test]
    fn appeals_pay_later_and_take_work() {
        // 80 % approved at first, half of the refused appeal, half of these win: 85 % in the end, of which 5 ÷ 85 wait
        // 40 days more.
        let t = Terms { appeal: (0.5, 0.5, 40, 3.0), staff: vec![(10, 1e9)], ..terms() };
        assert!((t.approved_in_the_end(0.8) - 0.85).abs() < 1e-12);
        let c = follow(&t, &[Claims { filed: 100_000, approved: 85_000.0, ..MANY }]);
        assert!((c.appeals - 10_000.0).abs() < 1e-6);
        assert!((c.staff_hours - 150_000.0 - 30_000.0).abs() < 1e-6);
        let plain = follow(&Terms { appeal: (0.0, 0.0, 0, 0.0), ..t }, &[Claims { filed: 100_000, ..MANY }]);
        let later = mean_day(&c.rules[0]) - mean_day(&plain.rules[0]);
        assert!((later - 40.0 * 5.0 / 85.0).abs() < 1e-9, "{later}");
    }

    #[test]
    fn what_is_late_costs_interest_and_a_factor() {
        // One day's window, weekly runs: money is there on day 10 (+2 transfer); deadline one day, so one day late.
        let late = Some((1.0, 0.365, 2.0));
        let t = Terms { late, staff: vec![(10, 1e9)], ..terms() };
        let c = follow(&Terms { arrivals: Arrivals { days: 1, ..t.arrivals.clone() }, ..t }, &[MANY]);
        assert_eq!(c.rules[0].days, [(12, 1.0)]);
        assert!((c.rules[0].late - 1.0).abs() < 1e-12);
        assert!((c.rules[0].surcharge - (0.001 + 1.0)).abs() < 1e-12);
        let timely = Terms { late: Some((2.0, 0.365, 2.0)), ..terms() };
        let c = follow(&Terms { staff: vec![(10, 1e9)], ..timely }, &[MANY]);
        assert_eq!((c.rules[0].late, c.rules[0].surcharge), (0.0, 0.0));
    }

    #[test]
    fn runs_are_on_their_days_and_weekends_are_free() {
        let t = Terms { pay_every: 7, ..terms() };
        assert_eq!([10, 11, 17, 18].map(|d| t.money_day(d)), [12, 19, 19, 26]);
        let t = Terms { days_week: 5, weekday: 5, ..t };
        // Day 0 is a Saturday, so day 2 is a Monday.
        assert_eq!([14, 15, 16].map(|d| t.capacity(d)), [0.0, 0.0, 90.0]);
        assert_eq!(t.capacity(9), 0.0, "before the first reviewer comes");
    }

    #[test]
    fn quantiles_run_over_rules() {
        let automatic = Claims { automatic: true, filed: 600, approved: 600.0, review_hours: 0.0, left: 0.0 };
        let c = follow(&terms(), &[automatic, Claims { filed: 400, approved: 400.0, ..MANY }]);
        let both = [(600.0, &c.rules[0]), (400.0, &c.rules[1])];
        assert_eq!(quantile(&both, 0.5), 5.0);
        assert!(quantile(&both, 0.61) > 11.0);
        assert!(quantile(&both, 1.0) < HORIZON as f64 - 1.0);
        assert!(quantile(&[], 0.5).is_nan());
    }
}
