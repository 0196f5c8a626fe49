//! Axes: from values to positions, with round ticks; linear, logarithmic with a place for zero, or both-sided.

use std::cmp::Ordering;

/// How values are spread along an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Spread {
    Linear,
    Log,
    /// Linear up to a size, logarithmic beyond it on both sides.
    Both {
        near: f64,
    },
}

/// An axis between two positions.
#[derive(Clone, Debug)]
pub struct Scale {
    spread: Spread,
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    ticks: Vec<f64>,
    /// Where values of 0 go when they have a place off the axis.
    zero: Option<f64>,
}

/// Magnitudes further apart than this are drawn on a logarithmic axis.
pub const FAR: f64 = 30.0;

impl Scale {
    /// Axis for sizes from `low` to `high` (both positive): from 0 when they are near each other, logarithmic when
    /// they are more than 30 times apart; values of 0 go to the position `zero` if there is one.
    pub fn sizes(low: f64, high: f64, ends: (f64, f64), zero: Option<f64>) -> Scale {
        let (low, high) = sane(low, high);
        if high / low > FAR {
            return Scale::log(low, high, ends, zero);
        }
        let mut scale = Scale { zero, ..Scale::linear(0.0, high, ends) };
        scale.ticks.retain(|t| zero.is_none() || *t > 0.0);
        scale
    }

    /// Logarithmic axis that covers `low` to `high`, both positive, and a little more: to the next round value where the last
    /// one would stand far from the end, since an axis is read as ending at its last mark.
    pub fn log(low: f64, high: f64, (from, to): (f64, f64), zero: Option<f64>) -> Scale {
        let (first, last) = sane(low, high);
        let margin = (last / first).powf(0.02).max(1.05);
        let (mut low, mut high) = (first / margin, last * margin);
        let mut ticks = log_ticks(low, high);
        // Marks of 1, 2 and 5 lie 2.5 apart at most; among powers of ten half a decade beyond the last one is near.
        let far = if ticks.windows(2).any(|w| w[1] / w[0] < 2.6) { 1.25 } else { 2.5 };
        if let Some(below) = ticks.first().filter(|tick| **tick / first > far).map(|_| round_below(first)) {
            low = low.min(below);
            ticks.insert(0, below);
        }
        if let Some(above) = ticks.last().filter(|tick| last / **tick > far).map(|_| round_above(last)) {
            high = high.max(above);
            ticks.push(above);
        }
        Scale { spread: Spread::Log, low, high, from, to, ticks, zero }
    }

    /// Logarithmic axis for chances from `rarest` to 1, with no margin.
    pub fn chances(rarest: f64, ends: (f64, f64)) -> Scale {
        let ticks = log_ticks(rarest * 0.9999, 1.0001);
        Scale { spread: Spread::Log, low: rarest, high: 1.0, from: ends.0, to: ends.1, ticks, zero: None }
    }

    /// Logarithmic axis for days from `first` to `last`, marked at weeks, months and years. Where something happens on day 0
    /// already (`first` is below it), that day has a place of its own before day 1; it lies at the start otherwise. An axis that
    /// ends just before a mark reaches it.
    pub fn days(first: f64, last: f64, (from, to): (f64, f64)) -> Scale {
        const MARKS: [f64; 13] = [1.0, 2.0, 3.0, 5.0, 7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0, 730.0, 1095.0];
        const NEAR: f64 = 1.03;
        let zero = (first < 0.0).then_some(from);
        let from = from + if zero.is_some() { 0.07 * (to - from) } else { 0.0 };
        let first = first.max(1.0);
        let last = last.max(2.0 * first);
        let last = MARKS.into_iter().find(|m| (last..=NEAR * last).contains(m)).unwrap_or(last);
        let shown = |m: &f64| (first * 0.999..=last * 1.001).contains(m);
        let mut ticks: Vec<f64> = MARKS.into_iter().filter(shown).collect();
        // Two and three years lie too close together.
        if last >= MARKS[12] {
            ticks.retain(|m| *m != MARKS[11]);
        }
        if zero.is_some() {
            ticks.insert(0, 0.0);
        }
        Scale { spread: Spread::Log, low: first, high: last, from, to, ticks, zero }
    }

    /// True of a day on the axis, day 0 among them where that has a place.
    pub fn has_day(&self, day: f64) -> bool {
        (self.low..=self.high).contains(&day) || self.zero.is_some() && (0.0..=self.high).contains(&day)
    }

    /// Linear axis that covers `low` to `high`.
    pub fn linear(low: f64, high: f64, ends: (f64, f64)) -> Scale {
        Scale::stepped(low, high, round_step((high - low).max(f64::MIN_POSITIVE) / 5.0), ends)
    }

    /// Linear axis of days that covers `low` to `high`, marked at whole days alone: nothing happens on day 2.5.
    pub fn linear_days(low: f64, high: f64, ends: (f64, f64)) -> Scale {
        Scale::stepped(low, high, round_step(((high - low) / 5.0).max(1.0)).floor(), ends)
    }

    /// Linear axis that covers `low` to `high` in steps of a size.
    fn stepped(low: f64, high: f64, step: f64, (from, to): (f64, f64)) -> Scale {
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        let ticks: Vec<f64> = (0..=((last - first) as usize).min(12)).map(|i| (first + i as f64) * step).collect();
        let high = ticks.last().copied().unwrap_or(high).max(high);
        Scale { spread: Spread::Linear, low: first * step, high, from, to, ticks, zero: None }
    }

    /// Axis for differences between `low` and `high` with 0 on it: both-sided logarithmic when `far`, linear up to
    /// `near`.
    pub fn differences(low: f64, high: f64, near: f64, (from, to): (f64, f64)) -> Scale {
        let size = low.abs().max(high.abs());
        if near * FAR > size {
            return Scale::linear(low.min(0.0), high.max(0.0), (from, to));
        }
        let near = 10f64.powf(near.max(size / 1e6).log10().floor());
        let decades = |v: f64| {
            if v > 0.0 { (v / near).log10().ceil().max(0.0) as i32 } else { -1 }
        };
        let (down, up) = (decades(-low), decades(high));
        let step = ((down + up) / 8 + 1).max(1);
        let side = |n: i32| (0..=n).filter(move |k| (n - k) % step == 0).map(move |k| near * 10f64.powi(k));
        let mut ticks: Vec<f64> = side(down).map(|v| -v).collect();
        ticks.reverse();
        ticks.push(0.0);
        ticks.extend(side(up));
        let edge = |tick: Option<&f64>, value: f64| tick.copied().unwrap_or(value);
        let (low, high) = (edge(ticks.first(), low).min(low), edge(ticks.last(), high).max(high));
        Scale { spread: Spread::Both { near }, low, high, from, to, ticks, zero: None }
    }

    /// Position of a value, held within the axis. Where 0 has a place off a logarithmic axis, what is less than its start lies
    /// between the two.
    pub fn at(&self, value: f64) -> f64 {
        if let Some(zero) = self.zero.filter(|_| value <= 0.0 || self.spread == Spread::Log && value < self.low) {
            return zero + (self.from - zero) * (value / self.low).max(0.0);
        }
        let (a, b) = (self.bend(self.low), self.bend(self.high));
        let t = if b > a { (self.bend(value.clamp(self.low, self.high)) - a) / (b - a) } else { 0.5 };
        self.from + (self.to - self.from) * t
    }

    /// On which side of the axis a value lies, if it is not on it. What is less than the start of an axis on which 0 has a place has one
    /// as well.
    pub fn beyond(&self, value: f64) -> Ordering {
        match () {
            () if value > self.high => Ordering::Greater,
            () if value < self.low && self.zero.is_none() => Ordering::Less,
            () => Ordering::Equal,
        }
    }

    /// The value bent as the axis bends it.
    fn bend(&self, value: f64) -> f64 {
        match self.spread {
            Spread::Linear => value,
            Spread::Log => value.max(f64::MIN_POSITIVE).log10(),
            Spread::Both { near } if value.abs() <= near => value / near,
            Spread::Both { near } => value.signum() * (1.0 + (value.abs() / near).log10()),
        }
    }

    /// Position at which the axis starts.
    pub fn start(&self) -> f64 {
        self.from
    }

    /// Smallest and largest value on the axis.
    pub fn range(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// Round values to mark.
    pub fn ticks(&self) -> &[f64] {
        &self.ticks
    }

    /// True when the axis is logarithmic, wholly or on both sides of zero.
    pub fn is_log(&self) -> bool {
        self.spread != Spread::Linear
    }
}

fn sane(low: f64, high: f64) -> (f64, f64) {
    let high = if high.is_finite() && high > 0.0 { high.min(1e300) } else { 1.0 };
    let low = if low.is_finite() && low > 0.0 { low.min(high) } else { high };
    (low.max(high / 1e12), high)
}

fn round_step(rough: f64) -> f64 {
    let unit = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|m| m * unit >= rough * 0.999).unwrap_or(10.0);
    (step * unit).max(f64::MIN_POSITIVE * 1e10)
}

/// Round values within `low..=high`: powers of ten, thinned when many, with 2 and 5 between when few.
fn log_ticks(low: f64, high: f64) -> Vec<f64> {
    let (a, b) = (low.log10().ceil() as i32, high.log10().floor() as i32);
    if b - a >= 2 {
        let step = (b - a - 1) / 7 + 1;
        return (a..=b).step_by(step as usize).map(|k| 10f64.powi(k)).collect();
    }
    let within = |t: &f64| *t >= low && *t <= high;
    let marks = |steps: &[f64]| -> Vec<f64> {
        let all = (a - 1..=b + 1).flat_map(|k| steps.iter().map(move |m| m * 10f64.powi(k)));
        all.filter(within).collect()
    };
    let few = marks(&[1.0, 2.0, 5.0]);
    if few.len() > 2 {
        return few;
    }
    // Between two marks nobody can read a value of such an axis.
    let more = marks(&[1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0]);
    if more.len() > 2 {
        return more;
    }
    let even = round_step((high - low).max(f64::MIN_POSITIVE) / 4.0);
    let first = (low / even).ceil();
    let last = (high / even).floor().min(first + 12.0);
    let even: Vec<f64> =
        (0..=(last - first).max(0.0) as usize).map(|i| (first + i as f64) * even).filter(within).collect();
    if even.len() > 1 { even } else { vec![low, high].into_iter().map(two_digits).collect() }
}

/// The next of 1, 2 and 5 times a power of ten that is not below a value.
fn round_above(value: f64) -> f64 {
    let unit = 10f64.powf(value.log10().floor());
    [1.0, 2.0, 5.0].map(|m| m * unit).into_iter().find(|v| *v >= value * 0.999_999).unwrap_or(10.0 * unit)
}

/// The next that is not above it.
fn round_below(value: f64) -> f64 {
    let unit = 10f64.powf(value.log10().floor());
    [5.0, 2.0, 1.0].map(|m| m * unit).into_iter().find(|v| *v <= value * 1.000_001).unwrap_or(unit)
}

fn two_digits(value: f64) -> f64 {
    let unit = 10f64.powf(value.log10().floor() - 1.0);
    (value / unit).round() * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_sizes_are_linear_from_zero_and_far_ones_logarithmic() {
        let near = Scale::sizes(3.0, 24.0, (0.0, 100.0), Some(-10.0));
        assert!(!near.is_log() && near.at(0.0) == -10.0);
        assert_eq!(near.ticks(), [5.0, 10.0, 15.0, 20.0, 25.0]);
        let far = Scale::sizes(0.05, 250.0, (0.0, 100.0), Some(-10.0));
        assert!(far.is_log() && far.at(0.0) == -10.0);
        assert_eq!(far.ticks(), [0.1, 1.0, 10.0, 100.0]);
    }

    /// Steps of days are whole, however few or many there are.
    #[test]
    fn days_are_marked_whole() {
        let ticks = |low: f64, high: f64| Scale::linear_days(low, high, (0.0, 100.0)).ticks().to_vec();
        assert_eq!(ticks(0.0, 11.0), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0]);
        assert_eq!(ticks(0.0, 2.0), [0.0, 1.0, 2.0]);
        assert_eq!(ticks(10.0, 13.0), [10.0, 11.0, 12.0, 13.0]);
        for last in 1..2000 {
            let all = ticks(0.0, f64::from(last));
            assert!(all.len() > 1 && all.iter().all(|t| t.fract() == 0.0), "{last}: {all:?}");
        }
    }

    /// What is less than the start of an axis with a place for 0 lies between the two, in order.
    #[test]
    fn small_values_lie_between_nothing_and_the_start_of_an_axis() {
        let axis = Scale::log(100.0, 1e6, (0.0, 100.0), Some(-10.0));
        let low = axis.range().0;
        assert!(axis.at(0.0) == -10.0 && (axis.at(0.5 * low) + 5.0).abs() < 1e-9 && axis.at(low).abs() < 1e-9);
        assert_eq!(Scale::log(100.0, 1e6, (0.0, 100.0), None).at(1.0), 0.0);
    }

    #[test]
    fn a_logarithmic_axis_is_marked_to_its_ends() {
        let ticks = |low: f64, high: f64| Scale::log(low, high, (0.0, 100.0), None).ticks().to_vec();
        let near = Scale::log(3e8, 4.19e10, (0.0, 100.0), None);
        assert_eq!(near.ticks(), [2e8, 5e8, 1e9, 2e9, 5e9, 1e10, 2e10, 5e10]);
        assert!(near.range().1 >= 5e10 && near.at(4.19e10) < near.at(5e10));
        assert_eq!(ticks(4.9e8, 2.1e10), [5e8, 1e9, 2e9, 5e9, 1e10, 2e10], "just beyond a mark is near");
        assert_eq!(ticks(3.1e7, 4.19e10), [2e7, 1e8, 1e9, 1e10, 5e10], "among powers of ten as well");
        assert_eq!(ticks(5e7, 2e10), [1e8, 1e9, 1e10], "but no further mark for less than half a decade");
    }

    /// From 1,450 to 3,880 no more than one of 1, 2 and 5 times a power of ten lies, and there are marks all the same.
    #[test]
    fn a_short_logarithmic_axis_has_marks_to_read_between() {
        let ticks = |low: f64, high: f64| Scale::log(low, high, (0.0, 100.0), None).ticks().to_vec();
        assert_eq!(ticks(1_450.0, 3_880.0), [1500.0, 2000.0, 3000.0, 4000.0]);
        assert_eq!(ticks(1_020.0, 1_060.0), [1000.0, 1050.0, 1100.0]);
    }

    /// Day 0 has a place where something happens on it; an axis that all but reaches three years is marked there, and two years
    /// make room for that.
    #[test]
    fn days_begin_with_the_day_of_the_outage_and_end_at_a_mark() {
        let early = Scale::days(-1.0, 20.0, (0.0, 100.0));
        assert_eq!(early.ticks(), [0.0, 1.0, 2.0, 3.0, 5.0, 7.0, 14.0]);
        assert!(early.at(0.0) == 0.0 && early.at(1.0) > 5.0 && early.has_day(0.0));
        let late = Scale::days(13.0, 1086.0, (0.0, 100.0));
        assert_eq!(late.ticks(), [14.0, 30.0, 60.0, 90.0, 180.0, 365.0, 1095.0]);
        assert!(late.range().1 == 1095.0 && !late.has_day(0.0));
    }

    #[test]
    fn differences_keep_zero_and_order() {
        let scale = Scale::differences(-250.0, 3.0, 0.5, (0.0, 100.0));
        assert!(scale.is_log() && scale.ticks().contains(&0.0));
        let places: Vec<f64> = [-250.0, -1.0, -0.01, 0.0, 0.2, 3.0].iter().map(|v| scale.at(*v)).collect();
        assert!(places.is_sorted() && places[0] < places[5]);
    }

    #[test]
    fn extremes_stay_on_the_axis() {
        for (low, high) in [(0.0, 0.0), (1e-300, 1e300), (f64::NAN, f64::INFINITY), (5.0, 5.0)] {
            let scale = Scale::sizes(low, high, (10.0, 90.0), Some(0.0));
            for v in [0.0, 1.0, 1e300, f64::MAX] {
                let x = scale.at(v);
                assert!((0.0..=90.0).contains(&x), "{low} {high} {v} → {x}");
            }
        }
    }
}
