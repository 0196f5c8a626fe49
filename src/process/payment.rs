//! One guideline's claims on their way to the money: arrival, review, appeal, payment runs, lateness.

mod course;

use smallvec::SmallVec;

use self::course::{Unit, add, add_all, add_counts};
use super::HORIZON;
use super::arrival::{Arrivals, Window};
use super::queue::{self, Batch, Class};
use crate::chance::stream::Stream;
use crate::chance::swing::DayShares;
use crate::model::Q;
use crate::model::procedure::{Arrival, Order, Procedure};

pub use self::course::{Course, Money, Timing, quantile};

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

    /// Hours of work on so many claims, appeals and claims that come a second time.
    pub fn hours(&self, review_hours: f64, claims: f64, appeals: f64, twice: f64) -> f64 {
        claims * review_hours + appeals * self.appeal.3 + self.duplicates.map_or(0.0, |(_, _, hours)| twice * hours)
    }

    /// Hours of review that a claim waits for, with its part of those that come twice: one that nobody reviews waits for
    /// nobody, though another like it takes work.
    fn waits_for(&self, review_hours: f64, twice: f64) -> f64 {
        if review_hours > 0.0 { self.hours(review_hours, 1.0, 0.0, twice) } else { 0.0 }
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

    /// Adds to payment runs the people who are ready by day, so many days later.
    fn pay(&self, ready: &[f64], later: usize, runs: &mut Vec<f64>) {
        // The last day that the run pays, and the first that no run has paid; nobody is ready before the opening.
        let (mut until, mut from, mut run) = (self.arrivals.opens, self.arrivals.opens, 0);
        while from < ready.len() {
            let end = (until + 1).saturating_sub(later).clamp(from, ready.len());
            if from < end {
                add(runs, run, ready[from..end].iter().sum());
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
    /// Of these two, those who won an appeal; the others were approved at the first decision.
    pub later: f64,
    /// Appeals.
    pub appeals: f64,
    /// Claims that come a second time.
    pub twice: f64,
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

    /// Share of them who won an appeal.
    fn appealed(&self) -> f64 {
        let decided = self.decided();
        if decided > 0.0 { self.later / decided } else { 0.0 }
    }

    /// Claims that come a second time, as a share of the claims.
    fn twice_share(&self) -> f64 {
        if self.filed > 0 { self.twice / self.filed as f64 } else { 0.0 }
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
    /// Advances by payment run,
    first: Vec<f64>,
    /// and the money decided on by payment run.
    runs: Vec<f64>,
    /// Share who are paid after an appeal.
    appealed: f64,
    /// How many ways to the money there are: the first decision, and an appeal where one may be won.
    ways: usize,
    /// Lateness, were all decided at first and all after an appeal.
    late: [Lateness; 2],
}

/// Sums over people.
#[derive(Clone, Copy, Debug, Default)]
struct Lateness {
    /// Those whose last money is late.
    people: f64,
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
        self.room_for(claims.len());
        for (c, out) in claims.iter().zip(&mut self.counts) {
            out.clear();
            if files(&c) {
                self.shares.spread(counts, c.filed, out);
            }
        }
        self.work(terms, claims);
    }

    /// Share of the claimants of each rule who give up while they wait, when claims come on mean days; `claims`: how many
    /// are expected, which need not be whole, and the hours of review of one.
    pub fn leaving(&mut self, terms: &Terms, claims: &[(f64, f64)]) -> Vec<f64> {
        let at = self.window(&terms.arrivals);
        self.room_for(claims.len());
        let means = self.windows[at].means();
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

    /// Sees to it that the days of so many claims have room; lists beyond keep theirs.
    fn room_for(&mut self, claims: usize) {
        self.counts.resize_with(self.counts.len().max(claims), Vec::new);
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
        for (c, s) in claims.iter().zip(&mut self.sums) {
            s.clear();
            if !c.automatic {
                course.staff_hours += terms.hours(c.review_hours, c.filed as f64, c.appeals, c.twice);
                course.appeals += c.appeals;
                s.appealed = c.appealed();
                s.ways = if terms.appeal.0 * terms.appeal.1 > 0.0 { 2 } else { 1 };
            }
        }
        let classes: Classes = claims
            .iter()
            .zip(&self.counts)
            .map(|(c, arrivals)| Class { arrivals, hours: terms.waits_for(c.review_hours, c.twice_share()) })
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
        for ((c, s), timing) in claims.iter().zip(sums.iter_mut()).zip(&mut course.rules) {
            timing.clear();
            if !c.automatic {
                s.tell(terms, &self.discounts, timing);
            } else if c.filed > 0 {
                let money = &mut timing.at_first;
                money.pay(std::iter::once((terms.automatic, 1.0)), &self.discounts);
                if let Some(surcharge) = terms.surcharge(0, terms.automatic) {
                    let worth = money.unit.discount * (1.0 + surcharge);
                    money.unit = Unit { surcharge, worth, late: 1.0, ..money.unit };
                }
            }
            let course = if c.in_kind { &mut course.given } else { &mut course.paid };
            for (people, money) in timing.first_money(c.approved, c.approved * s.appealed) {
                for (day, share) in &money.days {
                    add(course, *day, people * share);
                }
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
        for list in [&mut self.filed, &mut self.done, &mut self.first, &mut self.runs] {
            list.clear();
        }
        (self.appealed, self.ways, self.late) = (0.0, 1, [Lateness::default(); 2]);
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

    /// Accounts for the lateness of so many people's money, decided at first and after an appeal.
    fn lateness(&mut self, terms: &Terms, filed: usize, paid: &Paid, people: f64, discounts: &[f64]) {
        let advance = terms.advance.map_or(0.0, |(advance, _)| advance);
        for (late, settled) in self.late[..self.ways].iter_mut().zip([paid.settled, paid.after_appeal]) {
            for (day, part, last) in [(paid.first, advance, advance >= 1.0), (settled, 1.0 - advance, true)] {
                let Some(surcharge) = terms.surcharge(filed, day).filter(|_| part > 0.0) else { continue };
                late.surcharge += people * part * surcharge;
                late.worth += people * part * surcharge * discounts[day];
                late.people += if last { people } else { 0.0 };
            }
        }
    }

    fn tell(&mut self, terms: &Terms, discounts: &[f64], timing: &mut Timing) {
        let Sums { filed, done, first, runs, ways, late, .. } = self;
        let people: f64 = done.iter().sum();
        let per = if people > 0.0 { 1.0 / people } else { 0.0 };
        let day = |(run, n): (usize, &f64)| (terms.day_of_run(run), n * per);
        timing.in_advance = terms.advance.is_some();
        terms.pay(filed, 0, first);
        let later = [(&mut timing.at_first, 0), (&mut timing.by_appeal, terms.appeal.2)];
        for ((money, later), late) in later.into_iter().zip(late).take(*ways) {
            runs.clear();
            terms.pay(done, later, runs);
            let first = if terms.advance.is_some() { &*first } else { &*runs };
            money.pay(first.iter().enumerate().map(day), discounts);
            if let Some((advance, _)) = terms.advance {
                let rest: f64 = runs.iter().enumerate().map(day).map(|(day, share)| share * discounts[day]).sum();
                money.unit.discount = advance * money.first_discount + (1.0 - advance) * rest;
            }
            let Unit { discount, waits, .. } = money.unit;
            let worth = discount + late.worth * per;
            money.unit = Unit { discount, surcharge: late.surcharge * per, worth, late: late.people * per, waits };
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
