//! When inside a filing window people file.

use crate::chance::stream::Stream;
use crate::chance::swing::{DayShares, Swinging};

/// The law of filing days in one world.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrivals {
    /// First day of the window.
    pub opens: usize,
    /// Days of the window; at least one.
    pub days: usize,
    /// Days until half have filed of those whom no deadline drives.
    pub half_days: f64,
    /// Shape of their Weibull delay.
    pub shape: f64,
    /// Share who file because the deadline comes near.
    pub deadline_share: f64,
    /// Days of publicity: (day, by how much more, days until half has faded).
    pub shocks: Vec<(i64, f64, f64)>,
}

/// Of those who file because of the deadline, half do so within so many days of it: an assumption, since the sources
/// give only that shorter windows raise redemption (University of Florida, 2004, on mail-in rebates).
const RUSH_DAYS: f64 = 2.0;

impl Arrivals {
    /// Mean shares of the days of the window, which sum to 1: a Weibull delay cut off at the window's end, a rush before
    /// the end, both raised on days of publicity and after.
    pub fn shares(&self, out: &mut Vec<f64>) {
        Parts::of(self).shares(self.deadline_share, out);
    }

    /// True of windows that differ in no more than the share whom the deadline drives.
    fn alike(&self, other: &Arrivals) -> bool {
        let of = |a: &Arrivals| (a.opens, a.days, a.half_days, a.shape);
        of(self) == of(other) && self.shocks == other.shocks
    }

    /// By how much publicity raises a day: every shock by as much of its factor as has not faded.
    fn publicity(&self, day: usize) -> f64 {
        let raised = self.shocks.iter().filter(|(on, ..)| *on <= day as i64).map(|(on, times, fade)| {
            let since = (day as i64 - on) as f64;
            let left =
                if *fade > 0.0 { (-std::f64::consts::LN_2 * since / fade).exp() } else { f64::from(since == 0.0) };
            1.0 + (times - 1.0) * left
        });
        raised.product()
    }
}

/// What the mean shares of days are made of, by day.
#[derive(Clone, Debug, Default)]
struct Parts {
    /// Share of those whom no deadline drives.
    calm: Vec<f64>,
    /// Weight among those whom it does,
    rush: Vec<f64>,
    /// and the sum of these weights.
    rushed: f64,
    /// By how much publicity raises both.
    publicity: Vec<f64>,
}

impl Parts {
    fn of(a: &Arrivals) -> Parts {
        let days = a.days.max(1);
        let filed = |day: usize| {
            let t = day as f64 / a.half_days.max(f64::MIN_POSITIVE);
            let t = if a.shape == 1.0 { t } else { t.powf(a.shape) };
            -(-std::f64::consts::LN_2 * t).exp_m1()
        };
        let all = filed(days);
        let mut before = 0.0;
        let calm = (0..days).map(|day| {
            let after = filed(day + 1);
            let calm = if all > 0.0 { (after - before) / all } else { 1.0 / days as f64 };
            before = after;
            calm
        });
        let calm = calm.collect();
        let rush = |day: usize| (-std::f64::consts::LN_2 * (days - 1 - day) as f64 / RUSH_DAYS).exp();
        let rush: Vec<f64> = (0..days).map(rush).collect();
        let publicity = (0..days).map(|day| a.publicity(a.opens + day)).collect();
        Parts { calm, rushed: rush.iter().sum(), rush, publicity }
    }

    fn shares(&self, deadline_share: f64, out: &mut Vec<f64>) {
        out.clear();
        let parts = self.calm.iter().zip(&self.rush).zip(&self.publicity);
        out.extend(parts.map(|((calm, rush), publicity)| {
            ((1.0 - deadline_share) * calm + deadline_share * rush / self.rushed) * publicity
        }));
        let sum: f64 = out.iter().sum();
        out.iter_mut().for_each(|s| *s /= sum);
    }
}

/// A window as one world after the other has it. What stays the same is not worked out again: most windows differ
/// between worlds in nothing, many in no more than the share whom the deadline drives.
#[derive(Clone, Debug)]
pub struct Window {
    arrivals: Arrivals,
    parts: Parts,
    means: Vec<f64>,
    swing: f64,
    shares: Swinging,
}

impl Window {
    /// A window.
    pub fn new(arrivals: Arrivals) -> Window {
        let parts = Parts::of(&arrivals);
        let mut means = Vec::new();
        parts.shares(arrivals.deadline_share, &mut means);
        let shares = Swinging::new(&means, 0.0);
        Window { arrivals, parts, means, swing: 0.0, shares }
    }

    /// Makes it that of another law; false where that takes a new window.
    pub fn turn(&mut self, arrivals: &Arrivals) -> bool {
        if !self.arrivals.alike(arrivals) {
            return false;
        }
        if self.arrivals.deadline_share != arrivals.deadline_share {
            self.arrivals.deadline_share = arrivals.deadline_share;
            self.parts.shares(arrivals.deadline_share, &mut self.means);
            self.shares.turn(&self.means, self.swing);
        }
        true
    }

    /// Mean shares of its days.
    pub fn means(&self) -> &[f64] {
        &self.means
    }

    /// Draws shares of its days that swing by so much (see [`Swinging`]).
    pub fn draw(&mut self, stream: &mut Stream, swing: f64, out: &mut DayShares) {
        if swing != self.swing {
            self.swing = swing;
            self.shares.turn(&self.means, swing);
        }
        self.shares.draw(stream, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain() -> Arrivals {
        Arrivals { opens: 4, days: 20, half_days: 5.0, shape: 1.0, deadline_share: 0.0, shocks: Vec::new() }
    }

    #[test]
    fn half_come_within_the_half_days() {
        let mut s = Vec::new();
        Arrivals { days: 400, ..plain() }.shares(&mut s);
        assert!((s[..5].iter().sum::<f64>() - 0.5).abs() < 1e-12);
        assert!((s.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // Shape 1 is exponential: each day the same part of those left.
        assert!((s[1] / s[0] - s[9] / s[8]).abs() < 1e-12);
    }

    #[test]
    fn a_deadline_draws_a_rush_to_the_last_days() {
        let mut s = Vec::new();
        Arrivals { deadline_share: 0.4, ..plain() }.shares(&mut s);
        assert!(s[19] > s[15] && s[19] > s[0] * 0.5);
        // Of the 40 %, those of the last two days against all: 1 + 2^(-1/2) over the geometric sum.
        let r: f64 = 0.5f64.sqrt();
        let sum = (1.0 - r.powi(20)) / (1.0 - r);
        let mut calm = Vec::new();
        plain().shares(&mut calm);
        assert!((s[18] + s[19] - 0.6 * (calm[18] + calm[19]) - 0.4 * (1.0 + r) / sum).abs() < 1e-12);
    }

    #[test]
    fn publicity_raises_its_day_and_fades() {
        let (mut s, mut calm) = (Vec::new(), Vec::new());
        plain().shares(&mut calm);
        Arrivals { shocks: vec![(10, 3.0, 2.0)], ..plain() }.shares(&mut s);
        let ratio = |day: usize| s[day] / calm[day] / (s[0] / calm[0]);
        assert!((ratio(6) - 3.0).abs() < 1e-12, "day 10 is the seventh of the window");
        assert!((ratio(8) - 2.0).abs() < 1e-12);
        assert!((ratio(5) - 1.0).abs() < 1e-12);
    }

    /// Each day of publicity has its factor, whatever others have left there: three days of holiday in a row, and two of news.
    #[test]
    fn days_of_publicity_multiply() {
        let (mut s, mut calm) = (Vec::new(), Vec::new());
        plain().shares(&mut calm);
        let holidays = (8..11).map(|day| (day, 0.2, 1.0));
        let news = [(20, 3.0, 1.0), (21, 3.0, 1.0)];
        Arrivals { shocks: holidays.chain(news).collect(), ..plain() }.shares(&mut s);
        let ratio = |day: usize| s[day] / calm[day] / (s[0] / calm[0]);
        let left = |times: f64, days: f64| 1.0 + (times - 1.0) * 0.5f64.powf(days);
        let low = |days: f64| left(0.2, days);
        // Days since the outage, of a window that opens on the fourth.
        for (day, wanted) in [
            (8, 0.2),
            (9, 0.2 * low(1.0)),
            (10, 0.2 * low(1.0) * low(2.0)),
            (12, low(2.0) * low(3.0) * low(4.0)),
            (20, 3.0 * low(10.0) * low(11.0) * low(12.0)),
            (21, 3.0 * 2.0 * low(11.0) * low(12.0) * low(13.0)),
        ] {
            assert!((ratio(day - 4) / wanted - 1.0).abs() < 1e-12, "day {day}: {} for {wanted}", ratio(day - 4));
        }
    }

    #[test]
    fn odd_windows_still_add_up() {
        let mut s = Vec::new();
        for (days, half_days) in [(1, 5.0), (1, 0.0), (3, 0.0), (2, 1e9), (700, 1e-9)] {
            Arrivals { days, half_days, ..plain() }.shares(&mut s);
            assert_eq!(s.len(), days);
            assert!((s.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{days} {half_days}");
            assert!(s.iter().all(|x| x.is_finite() && *x >= 0.0));
        }
    }
}
