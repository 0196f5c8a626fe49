//! The review queue: first come, first served, by the hours of work that are there each day.
//!
//! Claims of a day are a fluid: the work of a day's claims is done over the days that it takes, in the order of filing.
//! With one server pool and this discipline a claim filed when W hours wait is done once W more hours were worked
//! (Lindley 1952, "The theory of queues with a single server"; Newell 1982, Applications of Queueing Theory, ch. 2, for
//! the fluid), which the tests hold against closed forms.

use super::HORIZON;

/// Claims of one class, which take the same work each.
#[derive(Clone, Copy, Debug)]
pub struct Class<'a> {
    /// Claims by day of the window.
    pub arrivals: &'a [u64],
    /// Hours of work on one.
    pub hours: f64,
}

/// Claims filed on one day and done on another.
pub struct Batch<'a> {
    /// Day on which they were filed.
    pub filed: usize,
    /// Day on which they are done.
    pub day: usize,
    /// Class and claims, of which this is
    claims: &'a [(usize, f64)],
    /// a part.
    part: f64,
}

impl Batch<'_> {
    /// Class and people, people being a part of a count.
    pub fn people(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.claims.iter().map(|(class, claims)| (*class, claims * self.part))
    }
}

/// Serves the claims of a window that opens on day `opens`; `capacity` are the hours of work there on a day, of days that
/// never go back. `done`
/// hears of all claims, in the order in which they are done.
pub fn serve(classes: &[Class], opens: usize, mut capacity: impl FnMut(usize) -> f64, mut done: impl FnMut(&Batch)) {
    let days = classes.iter().map(|c| c.arrivals.len()).max().unwrap_or(0);
    let last = HORIZON - 1;
    let (mut today, mut free) = (opens, capacity(opens));
    let (idle, busy): (Vec<_>, Vec<_>) = classes.iter().enumerate().partition(|(_, c)| c.hours <= 0.0);
    // Those filed on the day at hand: class and claims.
    let mut claims = Vec::with_capacity(classes.len());
    for i in 0..days {
        let filed = (opens + i).min(last);
        if today < filed {
            (today, free) = (filed, capacity(filed));
        }
        let of_day = |(k, c): &(usize, &Class)| Some((*k, *c.arrivals.get(i).filter(|n| **n > 0)? as f64));
        if !idle.is_empty() {
            claims.clear();
            claims.extend(idle.iter().filter_map(of_day));
            done(&Batch { filed, day: filed, claims: &claims, part: 1.0 });
        }
        claims.clear();
        claims.extend(busy.iter().filter_map(of_day));
        let work: f64 = claims.iter().map(|(k, n)| n * classes[*k].hours).sum();
        let mut left = work;
        while left > 0.0 {
            // What cannot be done in the time that is followed counts as done at its end.
            let now = if today < last && free < left { free } else { left };
            if now > 0.0 {
                done(&Batch { filed, day: today.min(last), claims: &claims, part: now / work });
            }
            left -= now;
            free -= now;
            // A remainder that rounding leaves is nothing.
            if left <= 1e-12 * work {
                break;
            }
            today += 1;
            free = capacity(today);
        }
    }
}

/// As [`serve`], for whom it is enough to know how many claims are done on each day, whenever they were filed: `done`
/// hears of class, day and people, days rising. One class that takes work is served alone, whole days at a time.
pub fn count(
    classes: &[Class],
    opens: usize,
    mut capacity: impl FnMut(usize) -> f64,
    mut done: impl FnMut(usize, usize, f64),
) {
    if classes.iter().filter(|c| c.hours > 0.0).count() > 1 {
        return serve(classes, opens, capacity, |b| b.people().for_each(|(k, n)| done(k, b.day, n)));
    }
    let last = HORIZON - 1;
    for (k, c) in classes.iter().enumerate() {
        let mut waiting = 0.0;
        let mut filed = c.arrivals.iter().map(|n| *n as f64);
        for day in opens.min(last)..=last {
            waiting += if day < last { filed.next().unwrap_or(0.0) } else { filed.by_ref().sum() };
            // What cannot be done in the time that is followed counts as done at its end.
            let most = if c.hours > 0.0 && day < last { capacity(day) / c.hours } else { f64::INFINITY };
            let now = if most < waiting { most } else { waiting };
            if now > 0.0 {
                done(k, day, now);
            }
            waiting -= now;
            if waiting <= 0.0 && filed.len() == 0 {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Class, day filed, day done and people, in order.
    fn told(
        classes: &[Class],
        opens: usize,
        capacity: impl Fn(usize) -> f64,
        mut tell: impl FnMut(usize, usize, usize, f64),
    ) {
        serve(classes, opens, capacity, |b| b.people().for_each(|(k, n)| tell(k, b.filed, b.day, n)));
    }

    /// Claims waiting at the end of each day.
    fn backlog(classes: &[Class], capacity: impl Fn(usize) -> f64, days: usize) -> Vec<f64> {
        let mut waiting = vec![0.0; days];
        for (i, w) in waiting.iter_mut().enumerate() {
            *w = classes.iter().map(|c| c.arrivals.iter().take(i + 1).sum::<u64>() as f64).sum();
        }
        told(classes, 0, capacity, |_, _, day, n| waiting.iter_mut().skip(day).for_each(|w| *w -= n));
        waiting
    }

    #[test]
    fn a_constant_stream_that_is_too_much_for_the_desk() {
        // 100 claims a day for 30 days, 1.5 h each; 90 h of work a day. Newell: the backlog grows by 100 - 60 a day to
        // 1,200 and is gone after 3,000 ÷ 60 = 50 days; the claim number n is done on day n ÷ 60, filed on day n ÷ 100,
        // so the mean wait is (1 ÷ 60 - 1 ÷ 100) × 3,000 ÷ 2 = 10 days.
        let arrivals = [100u64; 30];
        let class = [Class { arrivals: &arrivals, hours: 1.5 }];
        let waiting = backlog(&class, |_| 90.0, 60);
        assert!((waiting[29] - 1_200.0).abs() < 1e-9);
        assert!(waiting[48] > 1.0 && waiting[49].abs() < 1e-9);
        let (mut people, mut days) = (0.0, 0.0);
        told(
            &class,
            0,
            |_| 90.0,
            |_, filed, day, n| {
                people += n;
                days += n * (day - filed) as f64;
            },
        );
        assert!((people - 3_000.0).abs() < 1e-9);
        // Whole days: a claim done at time t is done on day floor(t), and filed on floor of its own time. Over whole
        // numbers of days both round down by half a day on average, so the mean stays.
        assert!((days / people - 10.0).abs() < 1e-9, "{}", days / people);
    }

    #[test]
    fn counts_by_day_are_those_of_the_claims_that_are_served() {
        let (many, few, none) = ([70, 0, 3, 90, 1, 0, 400, 0], [5, 6], [0, 12, 0, 7]);
        let class = |arrivals, hours| Class { arrivals, hours };
        let weekly = |day: usize| if day % 7 < 5 { 9.5 } else { 0.0 };
        for (opens, classes) in [
            (3, vec![class(&many[..], 0.7), class(&none, 0.0)]),
            (3, vec![class(&many, 0.7), class(&few, 1.9), class(&none, 0.0)]),
            (HORIZON - 4, vec![class(&many, 0.2)]),
            (HORIZON + 9, vec![class(&many, 0.2), class(&few, 0.0)]),
        ] {
            let [mut counted, mut served] = [(); 2].map(|()| vec![[0.0; HORIZON]; classes.len()]);
            count(&classes, opens, weekly, |k, day, n| counted[k][day] += n);
            told(&classes, opens, weekly, |k, _, day, n| served[k][day] += n);
            for (counted, served) in counted.iter().flatten().zip(served.iter().flatten()) {
                assert!((counted - served).abs() < 1e-9, "{counted} {served}");
            }
            assert!(served.iter().flatten().sum::<f64>() > 10.0);
        }
    }

    #[test]
    fn first_come_is_first_served_and_idle_hours_are_lost() {
        // 10 claims on day 0 and 10 on day 4, 1 h each, 6 h a day.
        let arrivals = [10, 0, 0, 0, 10];
        let mut seen = Vec::new();
        told(&[Class { arrivals: &arrivals, hours: 1.0 }], 0, |_| 6.0, |_, f, d, n| seen.push((f, d, n)));
        assert_eq!(seen, [(0, 0, 6.0), (0, 1, 4.0), (4, 4, 6.0), (4, 5, 4.0)]);
    }

    #[test]
    fn classes_share_the_desk_in_the_order_of_filing() {
        let (light, heavy) = ([4, 4], [2, 0]);
        let classes = [Class { arrivals: &light, hours: 0.5 }, Class { arrivals: &heavy, hours: 3.0 }];
        let mut seen = Vec::new();
        told(&classes, 2, |_| 4.0, |k, f, d, n| seen.push((k, f, d, n)));
        // Day 2 brings 2 + 6 = 8 h, done half on day 2 and half on day 3; the 2 h of day 3 are done on day 4.
        assert_eq!(seen[..4], [(0, 2, 2, 2.0), (1, 2, 2, 1.0), (0, 2, 3, 2.0), (1, 2, 3, 1.0)]);
        assert_eq!(seen[4], (0, 3, 4, 4.0));
    }

    #[test]
    fn nobody_at_the_desk_and_no_work_at_all() {
        let arrivals = [5];
        let mut seen = Vec::new();
        told(&[Class { arrivals: &arrivals, hours: 1.0 }], 3, |_| 0.0, |_, f, d, n| seen.push((f, d, n)));
        assert_eq!(seen, [(3, HORIZON - 1, 5.0)]);
        seen.clear();
        told(&[Class { arrivals: &arrivals, hours: 0.0 }], 3, |_| 0.0, |_, f, d, n| seen.push((f, d, n)));
        assert_eq!(seen, [(3, 3, 5.0)]);
    }
}
