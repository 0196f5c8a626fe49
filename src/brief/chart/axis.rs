//! An axis: values to places, and where its ticks stand.

use std::cmp::Ordering;

/// An axis over a range of values, laid over a range of places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    lo: f64,
    hi: f64,
    log: bool,
    from: f64,
    to: f64,
}

impl Axis {
    /// An axis with equal steps from zero to a round number not below `hi`.
    pub fn linear(hi: f64, from: f64, to: f64) -> Axis {
        let hi = if hi.is_finite() && hi > 0.0 { hi } else { 1.0 };
        let step = step(hi);
        Axis { lo: 0.0, hi: (hi / step).ceil() * step, log: false, from, to }
    }

    /// An axis with equal factors, between round numbers. Values at or below zero stand at its lower end.
    pub fn log(lo: f64, hi: f64, from: f64, to: f64) -> Axis {
        let hi = if hi.is_finite() && hi > 0.0 { hi } else { 1.0 };
        let lo = if lo.is_finite() && lo > 0.0 { lo.min(hi / 10.0) } else { hi / 1000.0 };
        let lo = lo.max(hi / 1e5);
        let below = marks(lo / 10.0, lo).last().copied().unwrap_or(lo);
        let above = marks(hi, hi * 10.0).first().copied().unwrap_or(hi);
        Axis { lo: below, hi: above, log: true, from, to }
    }

    /// On which side of the axis a value lies, if it is not on it.
    pub fn beyond(&self, value: f64) -> Ordering {
        match () {
            () if value > self.hi * 1.000_001 => Ordering::Greater,
            () if value < self.lo * 0.999_999 => Ordering::Less,
            () => Ordering::Equal,
        }
    }

    /// The places of its ends.
    pub fn ends(&self) -> (f64, f64) {
        (self.from, self.to)
    }

    /// The place of a value; values beyond the ends stand at the ends.
    pub fn at(&self, value: f64) -> f64 {
        let share = match self.log {
            false => (value - self.lo) / (self.hi - self.lo),
            true => (value.max(self.lo) / self.lo).ln() / (self.hi / self.lo).ln(),
        };
        self.from + (self.to - self.from) * share.clamp(0.0, 1.0)
    }

    /// Values at which ticks stand.
    pub fn ticks(&self) -> Vec<f64> {
        if self.log {
            let all = marks(self.lo, self.hi);
            return match all.len() > 8 {
                true => all.into_iter().filter(|v| (v.log10() - v.log10().round()).abs() < 1e-9).collect(),
                false => all,
            };
        }
        let step = step(self.hi);
        let count = (self.hi / step).round() as usize;
        (0..=count).map(|i| i as f64 * step).collect()
    }
}

/// A round step of which about five make `hi`.
fn step(hi: f64) -> f64 {
    let raw = hi / 5.0;
    let ten = 10f64.powf(raw.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0].iter().map(|m| m * ten).find(|s| *s >= raw * 0.999).unwrap_or(10.0 * ten)
}

/// 1, 2, 5 times powers of ten from `lo` to `hi`, both included.
fn marks(lo: f64, hi: f64) -> Vec<f64> {
    let first = lo.log10().floor() as i32;
    let last = hi.log10().ceil() as i32;
    let all = (first..=last).flat_map(|p| [1.0, 2.0, 5.0].map(|m| m * 10f64.powi(p)));
    all.filter(|v| *v >= lo * 0.999_999 && *v <= hi * 1.000_001).collect()
}

#[cfg(test)]
mod tests {
    use super::Axis;

    #[test]
    fn round_ends_and_ticks() {
        let axis = Axis::linear(47.0, 0.0, 100.0);
        assert_eq!(axis.ticks(), [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]);
        assert_eq!((axis.at(0.0), axis.at(25.0), axis.at(80.0)), (0.0, 50.0, 100.0));
        let axis = Axis::log(3.2e8, 2.4e11, 0.0, 100.0);
        assert!(axis.ticks().iter().all(|t| (1e8..=1e12).contains(t)), "{:?}", axis.ticks());
        assert!(axis.at(0.0) == 0.0 && axis.at(1e13) == 100.0);
        let nothing = Axis::linear(0.0, 0.0, 10.0);
        assert!(nothing.at(0.0).is_finite());
    }
}
