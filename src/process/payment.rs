//! One guideline's claims on their way to the money: arrival, review, appeal, payment runs, lateness.

mod course;

use smallvec::SmallVec;

use self::course::{add, add_all, add_counts};
use super::HORIZON;
use super::arrival::{Arrivals, Window};
use super::queue::{self, Batch, Class};
use crate::chance::counts::binomial;
use crate::chance::stream::Stream;
use crate::chance::swing::DayShares;
use crate::model::Q;
use crate::model::procedure::{Arrival, Order, Procedure};

pub use self::course::{Course, Timing, quantile};

/// Days of a year, for interest and discounting.
const YEAR: f64 = 365.0;
/// Days of a month of waiting.
const MONTH: f64 = 30.0;
/// Hours of a day.
const DAY: f64 = 24.0;
/// Parts of a claim that are counted where claims are expected and need not be whole.
const PARTS: f64 = 65_536.0;
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
                // Nothing in advance is no advance.
                Order::FirstCompensate { advance, recovered } => {
                    Some((advance.of(world), recovered.of(world))).filter(|(advance, _)| *advance > 0.0)
                }
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

    /// Hours of work on a claim that takes so many hours of review, with its part of those that come twice.
    pub fn work_of(&self, review_hours: f64, twice: f64) -> f64 {
        review_hours + self.duplicates.map_or(0.0, |(_, _, hours)| twice * hours)
    }

    /// The same as what the claim waits for: one that nobody reviews waits for nobody, though another like it takes work.
    fn waits_for(&self, review_hours: f64, twice: f64) -> f64 {
        if review_hours > 0.0 { self.work_of(review_hours, twice) } else { 0.0 }
    }

    /// Hours of review on a day, asked for in the order of days.
    pub fn capacity(&self) -> impl FnMut(usize) -> f64 + '_ {
        // Hours of a working day, the first day without work, and until when both hold: next Monday or another staff.
        let (mut hours, mut shut, mut until) = (0.0, 0, 0);
        move |day| {
            if day >= until {
                let people = self.staff.iter().rev().find(|(from, _)| *from <= day).map_or(0.0, |(_, n)| *n);
                let of_week = (self.weekday + day) % 7;
                let others = self.staff.iter().map(|(from, _)| *from).filter(|from| *from > day);
                hours = people * self.hours_day;
                shut = (day + self.days_week).saturating_sub(of_week);
                until = others.fold(day + 7 - of_week, usize::min);
            }
            if day < shut { hours } else { 0.0 }
        }
    }

    /// Share of claims approved in the end, appeals included, when so large a share is approved at first.
    pub fn approved_in_the_end(&self, first: f64) -> f64 {
        let (share, upheld, ..) = self.appeal;
        first + (1.0 - first) * share * upheld
    }

    /// Of claims: (approved at the first decision, appeals), as expected when it is known how many are approved in the end.
    fn first_decisions(&self, claims: &Claims) -> (f64, f64) {
        let (share, upheld, ..) = self.appeal;
        let decided = claims.decided();
        if share <= 0.0 {
            return (decided, 0.0);
        }
        let first = claims.at_first.min(decided);
        // Whoever is approved later has appealed. Of those refused in the end, whatever the chance at first, so large a
        // share has, by Bayes' rule; where every appeal is made and upheld there are none.
        let turned = share * upheld;
        let in_vain = if turned < 1.0 { share * (1.0 - upheld) / (1.0 - turned) } else { 0.0 };
        (first, decided - first + (claims.filed as f64 - decided).max(0.0) * in_vain)
    }

    /// What is added to a unit of money that is there on a day to people who filed on another, if it is late.
    fn surcharge(&self, filed: usize, day: usize) -> Option<f64> {
        let (deadline, interest, factor) = self.late?;
        let over = day.saturating_sub(filed) as f64 - deadline;
        (over > 0.0).then(|| interest * over / YEAR + factor - 1.0)
    }

    /// The first payment run on `ready` or later; they are counted from the opening.
    fn run(&self, ready: usize) -> usize {
        // Days fit 32 bits, whose division takes half the time.
        (ready.saturating_sub(self.arrivals.opens) as u32).div_ceil(self.pay_every as u32) as usize
    }

    /// Adds to payment runs a share of the people who are ready by day, so many days later.
    fn pay(&self, ready: &[f64], later: usize, share: f64, runs: &mut Vec<f64>) {
        if share <= 0.0 {
            return;
        }
        // The last day that the run pays, and the first that no run has paid; nobody is ready before the opening.
        let (mut until, mut from, mut run) = (self.arrivals.opens, self.arrivals.opens, 0);
        while from < ready.len() {
            let end = (until + 1).saturating_sub(later).clamp(from, ready.len());
            if from < end {
                add(runs, run, 0.0);
                let paid = &mut runs[run];
                ready[from..end].iter().for_each(|n| *paid += n * share);
            }
            (until, from, run) = (until + self.pay_every, end, run + 1);
        }
    }

    /// The day on which the money of a payment run is there.
    fn day_of_run(&self, run: usize) -> usize {
        (self.arrivals.opens + run * self.pay_every + self.transfer).min(HORIZON - 1)
    }

    /// The day on which the money is there of what is ready on a day.
    fn money_day(&self, ready: usize) -> usize {
        self.day_of_run(self.run(ready.min(HORIZON - 1)))
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
    /// Of the others, those who would have been approved and have given up since.
    pub gave_up: f64,
    /// Of these two, those approved at the first decision; the others won an appeal.
    pub at_first: f64,
    /// Hours of review of one claim.
    pub review_hours: f64,
    /// True where what is given is not money.
    pub in_kind: bool,
}

impl Claims {
    /// Approved, those included who have given up since.
    pub fn decided(&self) -> f64 {
        self.approved + self.gave_up
    }
}

/// Works out courses, one after the other in the same memory.
#[derive(Debug, Default)]
pub struct Desk {
    /// What came out last.
    pub course: Course,
    /// Windows met before.
    windows: Vec<Window>,
    shares: DayShares,
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

    #[inline]
    fn after(&mut self, days: usize) -> f64 {
        if self.gives_up > 0.0 { self.left(days) } else { 1.0 }
    }

    fn left(&mut self, days: usize) -> f64 {
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

/// Sums over the claims of one rule, by people. Who gives up is not among them.
#[derive(Clone, Debug, Default)]
struct Sums {
    /// By the day on which they filed; only where money comes in advance.
    filed: Vec<f64>,
    /// By the day on which the review was done.
    done: Vec<f64>,
    /// First money by payment run,
    first: Vec<f64>,
    /// and what comes after it where it is in advance.
    later: Vec<f64>,
    /// Share who are paid after an appeal.
    by_appeal: f64,
    /// Of these people, those whose last money is late.
    late: f64,
    /// Σ money share × (interest and factor),
    surcharge: f64,
    /// and the same discounted, each part from the day on which it is there.
    worth: f64,
}

impl Desk {
    /// Follows the claims of a guideline, drawing their days: `swings` moves the days of all guidelines together,
    /// `counts` is where each rule's people are drawn from. Both stand at the start of the replicate.
    pub fn follow(&mut self, terms: &Terms, claims: &[Claims], swings: &mut Stream, counts: &mut Stream) {
        self.discount(terms.discount_year);
        let files = |c: &&Claims| !c.automatic && c.filed > 0;
        if claims.iter().any(|c| files(&c)) {
            let at = self.window(&terms.arrivals);
            self.windows[at].draw(swings, terms.swing, &mut self.shares);
        }
        self.counts.resize_with(claims.len(), Vec::new);
        for (c, out) in claims.iter().zip(&mut self.counts) {
            out.clear();
            if files(&c) {
                self.shares.spread(counts, c.filed, out);
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

    /// Share of the claimants of each rule who give up while they wait, when claims come on mean days; `claims`: how many
    /// are expected, which need not be whole, and the hours of review of one.
    pub fn leaving(&mut self, terms: &Terms, claims: &[(f64, f64)]) -> Vec<f64> {
        let at = self.window(&terms.arrivals);
        let means = self.windows[at].means();
        self.counts.resize_with(claims.len(), Vec::new);
        for ((expected, _), out) in claims.iter().zip(&mut self.counts) {
            out.clear();
            out.extend(means.iter().map(|share| (share * expected * PARTS).round() as u64));
        }
        let twice = terms.duplicates.map_or(0.0, |d| d.0);
        let classes: Classes = claims
            .iter()
            .zip(&self.counts)
            .map(|((_, review), arrivals)| Class { arrivals, hours: terms.waits_for(*review, twice) / PARTS })
            .collect();
        let mut sums = vec![(0.0, 0.0); claims.len()];
        self.staying.set(terms.gives_up);
        let (mut decided, mut paid) = (usize::MAX, 0);
        queue::serve(&classes, terms.arrivals.opens, terms.capacity(), |batch| {
            let first = if terms.advance.is_some() { batch.filed } else { batch.day };
            if first != decided {
                (decided, paid) = (first, terms.money_day(first));
            }
            let staying = self.staying.after(paid.saturating_sub(batch.filed));
            for (k, n) in batch.people() {
                sums[k].0 += n;
                sums[k].1 += n * staying;
            }
        });
        sums.iter().map(|(n, stay)| if *n > 0.0 { (1.0 - stay / n).clamp(0.0, 1.0) } else { 0.0 }).collect()
    }

    /// Place of a window in the list.
    fn window(&mut self, arrivals: &Arrivals) -> usize {
        if let Some(at) = self.windows.iter_mut().position(|known| known.turn(arrivals)) {
            return at;
        }
        if self.windows.len() >= WINDOWS {
            self.windows.clear();
        }
        self.windows.push(Window::new(arrivals.clone()));
        self.windows.len() - 1
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
        self.sums.resize_with(self.sums.len().max(claims.len()), Sums::default);
        for ((c, s), twice) in claims.iter().zip(&mut self.sums).zip(&self.twice) {
            s.clear();
            if !c.automatic {
                let (n, decided) = (c.filed as f64, c.decided());
                let (first, appeals) = terms.first_decisions(c);
                course.staff_hours += n * terms.work_of(c.review_hours, *twice) + appeals * terms.appeal.3;
                course.appeals += appeals;
                s.by_appeal = if decided > 0.0 { 1.0 - first / decided } else { 0.0 };
            }
        }
        let classes: Classes = claims
            .iter()
            .zip(&self.counts)
            .zip(&self.twice)
            .map(|((c, arrivals), twice)| Class { arrivals, hours: terms.waits_for(c.review_hours, *twice) })
            .collect();
        for class in &classes {
            add_counts(&mut course.filed, terms.arrivals.opens, class.arrivals);
        }
        let (sums, staying, discounts) = (&mut self.sums, &mut self.staying, &self.discounts);
        staying.set(terms.gives_up);
        let (opens, capacity) = (terms.arrivals.opens, terms.capacity());
        if terms.gives_up > 0.0 || terms.late.is_some() {
            let mut paid = Paid { done: usize::MAX, first: 0, settled: 0, after_appeal: 0 };
            queue::serve(&classes, opens, capacity, |batch| {
                paid.turn(terms, batch.filed, batch.day);
                // Those who waited longest are the fewest among the paid.
                let stays = staying.after(paid.first.saturating_sub(batch.filed));
                let mut all = 0.0;
                for (k, n) in batch.people() {
                    all += n;
                    sums[k].take(terms, batch, &paid, n * stays, discounts);
                }
                add(&mut course.done, batch.day, all);
            });
        } else {
            queue::count(&classes, opens, capacity, |k, day, n| add(&mut sums[k].done, day, n));
            for (class, s) in classes.iter().zip(sums.iter_mut()) {
                add_all(&mut course.done, &s.done);
                if terms.advance.is_some() {
                    add_counts(&mut s.filed, opens, class.arrivals);
                }
            }
        }
        for (((c, s), timing), twice) in claims.iter().zip(sums.iter_mut()).zip(&mut course.rules).zip(&self.twice) {
            if !c.automatic {
                s.tell(terms, &self.discounts, timing);
            } else {
                timing.clear();
                if c.filed > 0 {
                    timing.pay(terms.automatic, 1.0, &self.discounts);
                    timing.first_discount = timing.discount;
                    let surcharge = terms.surcharge(0, terms.automatic);
                    (timing.late, timing.surcharge) = surcharge.map_or((0.0, 0.0), |s| (1.0, s));
                    timing.worth = timing.discount * (1.0 + timing.surcharge);
                }
            }
            if timing.days.is_empty() {
                (timing.first_discount, timing.discount, timing.worth) = (1.0, 1.0, 1.0);
            }
            timing.twice = *twice;
            let course = if c.in_kind { &mut course.given } else { &mut course.paid };
            for (day, share) in &timing.days {
                add(course, *day, c.approved * share);
            }
        }
    }
}

/// Classes of the claims of a guideline.
type Classes<'a> = SmallVec<[Class<'a>; 8]>;

/// Days on which the money is there of claims filed and done on the same days.
struct Paid {
    /// Day on which they are done.
    done: usize,
    /// First money.
    first: usize,
    /// Last money, at the first decision
    settled: usize,
    /// and after an appeal.
    after_appeal: usize,
}

impl Paid {
    /// For the next of claims that come in the order in which they are done.
    fn turn(&mut self, terms: &Terms, filed: usize, done: usize) {
        if done != self.done {
            self.done = done;
            self.settled = terms.money_day(done);
            self.after_appeal = terms.money_day(done + terms.appeal.2);
        }
        self.first = if terms.advance.is_some() { terms.money_day(filed) } else { self.settled };
    }
}

impl Sums {
    fn clear(&mut self) {
        for list in [&mut self.filed, &mut self.done, &mut self.first, &mut self.later] {
            list.clear();
        }
        (self.by_appeal, self.late, self.surcharge, self.worth) = (0.0, 0.0, 0.0, 0.0);
    }

    /// Takes people of a batch.
    fn take(&mut self, terms: &Terms, batch: &Batch, paid: &Paid, people: f64, discounts: &[f64]) {
        add(&mut self.done, batch.day, people);
        if terms.advance.is_some() {
            add(&mut self.filed, batch.filed, people);
        }
        if terms.late.is_some() {
            self.lateness(terms, batch.filed, paid, people, discounts);
        }
    }

    /// Accounts for the lateness of so many people's money.
    fn lateness(&mut self, terms: &Terms, filed: usize, paid: &Paid, people: f64, discounts: &[f64]) {
        let advance = terms.advance.map_or(0.0, |(advance, _)| advance);
        let appealed = self.by_appeal * people;
        let mut part =
            |day: usize, people, part, last| self.part(terms, (filed, day), discounts[day], people, part, last);
        if advance > 0.0 {
            part(paid.first, people, advance, advance >= 1.0);
        }
        if advance < 1.0 {
            part(paid.settled, people - appealed, 1.0 - advance, true);
            part(paid.after_appeal, appealed, 1.0 - advance, true);
        }
    }

    /// Of a part of their money, filed for on one day and there on another; `last` where nothing follows.
    fn part(&mut self, terms: &Terms, days: (usize, usize), discount: f64, people: f64, part: f64, last: bool) {
        if let Some(surcharge) = terms.surcharge(days.0, days.1) {
            self.surcharge += people * part * surcharge;
            self.worth += people * part * surcharge * discount;
            self.late += if last { people } else { 0.0 };
        }
    }

    fn tell(&mut self, terms: &Terms, discounts: &[f64], timing: &mut Timing) {
        let Sums { filed, done, first, later, by_appeal, .. } = self;
        let decided = |runs: &mut Vec<f64>| {
            terms.pay(done, 0, 1.0 - *by_appeal, runs);
            terms.pay(done, terms.appeal.2, *by_appeal, runs);
        };
        match terms.advance {
            None => decided(first),
            Some(_) => terms.pay(filed, 0, 1.0, first),
        }
        let people: f64 = first.iter().sum();
        let per = if people > 0.0 { 1.0 / people } else { 0.0 };
        timing.clear();
        for (run, n) in first.iter().enumerate().filter(|(_, n)| **n > 0.0) {
            timing.pay(terms.day_of_run(run), n * per, discounts);
        }
        timing.first_discount = timing.discount;
        if let Some((advance, _)) = terms.advance {
            timing.discount *= advance;
            if advance < 1.0 {
                decided(later);
                let worth = later.iter().enumerate().map(|(run, n)| n * per * discounts[terms.day_of_run(run)]);
                timing.discount += (1.0 - advance) * worth.sum::<f64>();
            }
        }
        timing.late = self.late * per;
        timing.surcharge = self.surcharge * per;
        timing.worth = timing.discount + self.worth * per;
    }
}

#[cfg(test)]
mod tests;
