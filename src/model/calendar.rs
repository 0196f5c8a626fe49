//! Local time of the outage and hour-of-week use profiles: which hours of the day and week are lost matters.

use super::Q;

/// Start of an outage in local time.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalTime {
    /// `YYYY-MM-DDTHH:MM`, as written.
    pub text: String,
    /// Hours since Monday 00:00, in `[0, 168)`.
    pub hour_of_week: f64,
    /// Days in the month of the start: the divisor of pro-rata fees.
    pub days_in_month: f64,
}

/// Hours in a week.
pub const WEEK_HOURS: usize = 168;

/// Use by hour of the week, as a multiple of the mean hour (mean 1), with its running integral.
#[derive(Clone, Debug, PartialEq)]
pub struct WeekProfile {
    /// `cumulative[h]` = use from Monday 00:00 to hour `h`, in mean hours; 169 entries, the last is 168.
    cumulative: Vec<f64>,
}

impl WeekProfile {
    /// Use that is the same at every hour.
    pub fn flat() -> WeekProfile {
        WeekProfile::from_weights(&[1.0; WEEK_HOURS]).expect("168 equal weights are a profile")
    }

    /// From 168 weights (Monday 00:00 first), scaled to mean 1. `None` if there are not 168, one is negative or not
    /// finite, or all are zero.
    pub fn from_weights(weights: &[f64]) -> Option<WeekProfile> {
        let total: f64 = weights.iter().sum();
        let valid = weights.len() == WEEK_HOURS && weights.iter().all(|w| w.is_finite() && *w >= 0.0) && total > 0.0;
        if !valid {
            return None;
        }
        let mut cumulative = Vec::with_capacity(WEEK_HOURS + 1);
        let mut sum = 0.0;
        cumulative.push(0.0);
        for w in weights {
            sum += w * WEEK_HOURS as f64 / total;
            cumulative.push(sum);
        }
        Some(WeekProfile { cumulative })
    }

    /// From 24 weights by hour of day and 7 by day of week (Monday first); `None` as in [`WeekProfile::from_weights`].
    pub fn from_day_and_week(day: &[f64], week: &[f64]) -> Option<WeekProfile> {
        if day.len() != 24 || week.len() != 7 {
            return None;
        }
        let weights: Vec<f64> = week.iter().flat_map(|w| day.iter().map(move |d| d * w)).collect();
        WeekProfile::from_weights(&weights)
    }

    /// Use between two times, in mean hours: the integral of the profile over `hours` from `start` (hour of week).
    pub fn between(&self, start: f64, hours: f64) -> f64 {
        self.up_to(start + hours.max(0.0)) - self.up_to(start)
    }

    /// Running integral at `t` hours after a Monday 00:00, for any `t >= 0`.
    fn up_to(&self, t: f64) -> f64 {
        let weeks = (t / WEEK_HOURS as f64).floor();
        let rest = t - weeks * WEEK_HOURS as f64;
        let h = (rest as usize).min(WEEK_HOURS - 1);
        let inside = self.cumulative[h] + (rest - h as f64) * (self.cumulative[h + 1] - self.cumulative[h]);
        weeks * WEEK_HOURS as f64 + inside
    }
}

/// Weight of an hour or a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum UseWeight {
    /// The same in all worlds.
    Fixed(f64),
    /// Drawn once a world.
    Drawn(Q),
}

impl UseWeight {
    /// Its value in a world.
    pub fn of(self, world: &[f64]) -> f64 {
        match self {
            UseWeight::Fixed(weight) => weight,
            UseWeight::Drawn(q) => q.of(world),
        }
    }
}

/// Weights of a use profile of which at least one is uncertain, while in each list at least one is above zero in all worlds.
#[derive(Clone, Debug, PartialEq)]
pub enum UseWeights {
    /// By hour of the day (24) and by day of the week (7, Monday first).
    DayAndWeek(Vec<UseWeight>, Vec<UseWeight>),
    /// By hour of the week (168, Monday 00:00 first).
    Hours(Vec<UseWeight>),
}

impl UseWeights {
    /// The profile in a world; that of even use should all weights have come out as zero.
    pub fn profile(&self, world: &[f64]) -> WeekProfile {
        let drawn = |weights: &[UseWeight]| -> Vec<f64> { weights.iter().map(|w| w.of(world)).collect() };
        let profile = match self {
            UseWeights::DayAndWeek(day, week) => WeekProfile::from_day_and_week(&drawn(day), &drawn(week)),
            UseWeights::Hours(hours) => WeekProfile::from_weights(&drawn(hours)),
        };
        profile.unwrap_or_else(WeekProfile::flat)
    }

    /// Its weights in order.
    pub fn weights(&self) -> impl Iterator<Item = UseWeight> {
        let (first, second): (&[UseWeight], &[UseWeight]) = match self {
            UseWeights::DayAndWeek(day, week) => (day, week),
            UseWeights::Hours(hours) => (hours, &[]),
        };
        first.iter().chain(second).copied()
    }

    /// Those of its weights that are drawn.
    pub fn drawn(&self) -> impl Iterator<Item = Q> {
        self.weights().filter_map(|w| match w {
            UseWeight::Drawn(q) => Some(q),
            UseWeight::Fixed(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_profile_counts_hours() {
        let p = WeekProfile::flat();
        for (start, hours) in [(0.0, 1.0), (135.5, 127.5), (167.9, 0.2), (10.0, 400.0), (5.0, 0.0)] {
            assert!((p.between(start, hours) - hours).abs() < 1e-9, "{start} {hours}");
        }
    }

    #[test]
    fn only_the_hours_with_use_count() {
        let mut weights = [0.0; WEEK_HOURS];
        weights[5 * 24 + 16] = 1.0;
        let p = WeekProfile::from_weights(&weights).expect("valid");
        assert!((p.between(5.0 * 24.0 + 15.5, 1.0) - 84.0).abs() < 1e-9);
        assert_eq!(p.between(0.0, 24.0), 0.0);
        assert!(WeekProfile::from_weights(&[0.0; WEEK_HOURS]).is_none());
    }
}
