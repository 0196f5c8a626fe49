//! What figures are drawn from: plain data that knows no other room but the languages of [`crate::model`].

use crate::model::Text;
use crate::output::budget::Reach;

/// Everything the figures need.
#[derive(Clone, Debug, Default)]
pub struct FigureData {
    /// Title of the scenario.
    pub title: Text,
    /// Seed of the run.
    pub seed: u64,
    /// Number of replicates (worlds).
    pub replicates: u64,
    /// Version of redress that made the numbers.
    pub version: String,
    /// Currency code, such as `KRW`.
    pub currency: String,
    /// The guidelines in the scenario's order.
    pub guidelines: Vec<GuidelineData>,
    /// Names of the cohorts, in the order of [`GuidelineData::payout_by_cohort`].
    pub cohorts: Vec<Text>,
    /// Index of the guideline that the others are compared with, if the run compared them.
    pub baseline: Option<usize>,
    /// Budget that the costs are held against; its mean where it is uncertain.
    pub budget: Option<f64>,
    /// The budget in words, as the page tells it.
    pub budget_words: Text,
    /// Between which values the budget lies, where it is uncertain.
    pub budget_range: Option<Reach>,
    /// People who lost a service they would have used.
    pub hit: Interval,
    /// Of these, people who lost money.
    pub losers: Interval,
    /// Mean loss by cohort, money.
    pub loss_by_cohort: Vec<f64>,
    /// Reports to the operator's channel by day, cumulated; empty without a channel.
    pub reports: Vec<DayBand>,
    /// New ones a day.
    pub new_reports: Vec<DayBand>,
    /// Day on which the channel opens.
    pub channel_opens: Option<f64>,
    /// Reports that were counted in reality.
    pub observed: Vec<Counted>,
    /// Guidelines whose costs lack the handling of claims that others have.
    pub unhandled: Vec<usize>,
}

/// A value on a day with the range that holds the middle 90 % of worlds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DayBand {
    /// Days from the day of the outage.
    pub day: f64,
    /// Mean, 5 % and 95 % quantile over worlds.
    pub value: Interval,
}

/// Something counted in reality, cumulated until a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counted {
    /// What was counted.
    pub what: Text,
    /// Days from the day of the outage.
    pub day: f64,
    /// How many.
    pub value: f64,
    /// Who says so.
    pub source: Text,
}

/// What one guideline came to.
#[derive(Clone, Debug, Default)]
pub struct GuidelineData {
    /// Identifier in tables.
    pub id: String,
    /// Title for readers.
    pub title: Text,
    /// Money paid to people, by world.
    pub payout: Distribution,
    /// Cost to the company (payout, in-kind cost, handling), by world.
    pub cost: Distribution,
    /// Share of worlds in which the cost exceeds the budget; none without a budget.
    pub over_budget: Option<f64>,
    /// Claims filed.
    pub claims: Interval,
    /// People paid without filing a claim (mean); tells automatic schemes from those that reach nobody.
    pub automatic: f64,
    /// Mean payout by cohort.
    pub payout_by_cohort: Vec<f64>,
    /// Cost under this guideline less cost under the baseline, by world; none for the baseline itself.
    pub difference: Option<Difference>,
    /// How people get from the outage to the money.
    pub funnel: Funnel,
    /// What the cost is made of.
    pub bill: Bill,
    /// Mean loss not made good in money, by cohort.
    pub uncompensated_by_cohort: Vec<f64>,
    /// Share of the loss that is made good in money: the mean over worlds of the share in each, as in the tables.
    pub made_good: f64,
    /// The same by cohort.
    pub made_good_by_cohort: Vec<f64>,
    /// What happens day by day; none where no procedure is stated.
    pub course: Option<Course>,
    /// Claims that were counted in reality, as far as it was in force.
    pub observed: Vec<Counted>,
}

/// People at each step from the outage to the money.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Funnel {
    /// Losers whom some rule would give something.
    pub eligible: Interval,
    /// Of these, those who know of it or are reached.
    pub aware: Interval,
    /// Of these, those who file or need not.
    pub asking: Interval,
    /// Of these, those who get anything.
    pub covered: Interval,
    /// Everybody who files, with or without a loss.
    pub claims: Interval,
    /// Everybody who is reached without filing.
    pub automatic: Interval,
    /// Everybody with an approved entitlement, in money or in kind.
    pub approved: Interval,
    /// Everybody who is paid money.
    pub paid: Interval,
}

/// Mean cost to the company and its parts, money.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bill {
    /// Money paid to people.
    pub cash: f64,
    /// Paid in advance without right and not recovered.
    pub overpaid: f64,
    /// Cost of awards in kind.
    pub in_kind: f64,
    /// Handling, review and appeals.
    pub administration: f64,
    /// Judgments, settlements, mediation.
    pub courts: f64,
    /// Legal costs, those of recourse included.
    pub legal: f64,
    /// Interest and surcharges on what is paid late.
    pub interest: f64,
    /// Borne by a partner, as agreed.
    pub from_split: f64,
    /// From recourse.
    pub from_recourse: f64,
    /// From insurance.
    pub from_insurance: f64,
    /// What remains.
    pub net: Interval,
}

impl Bill {
    /// All that others bear.
    pub fn recovered(&self) -> f64 {
        self.from_split + self.from_recourse + self.from_insurance
    }

    /// All that is paid before anything comes back.
    pub fn gross(&self) -> f64 {
        self.cash + self.overpaid + self.in_kind + self.administration + self.courts + self.legal + self.interest
    }
}

/// What happens day by day under a guideline with a procedure. Empty where nothing ever does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// Claims filed, cumulated.
    pub claims: Vec<DayBand>,
    /// New ones a day; on days told at a distance an average day since the one before.
    pub new_claims: Vec<DayBand>,
    /// Awards of money paid, as a share of all of them.
    pub paid: Vec<DayBand>,
    /// Claims that wait for review at the end of the day.
    pub backlog: Vec<DayBand>,
    /// Days until half and nine tenths of the awards of money are paid, each the median over worlds: where they are paid in one of
    /// two waves, the mean is a day on which nothing is.
    pub money_days: Option<(f64, f64)>,
    /// Most claims that ever wait.
    pub peak: Interval,
}

/// A mean and the range that holds the middle 90 % of worlds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Interval {
    /// Mean over worlds.
    pub mean: f64,
    /// 5 % quantile.
    pub p05: f64,
    /// 95 % quantile.
    pub p95: f64,
}

/// Paired difference to the baseline: the same worlds under both guidelines.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Difference {
    /// Mean difference.
    pub mean: f64,
    /// Ends of the 95 % confidence interval of the mean.
    pub mean_ci: (f64, f64),
    /// 5, 25, 50, 75 and 95 % quantiles of the difference by world.
    pub quantiles: [f64; 5],
    /// Share of worlds in which this guideline costs less than the baseline.
    pub cheaper: f64,
    /// Share of worlds in which both cost the same.
    pub equal: f64,
}

/// Distribution of a non-negative quantity over worlds, as its quantile function.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Distribution {
    /// Values in ascending order, at the probabilities `levels`; evenly spread where `levels` is empty.
    values: Vec<f64>,
    levels: Vec<f64>,
    mean: f64,
    worlds: f64,
    /// The quantiles at 5, 50 and 95 % that the tables tell, where they are known.
    told: Option<[f64; 3]>,
}

impl Distribution {
    /// From one value a world, in any order. Values that are not numbers are left out.
    pub fn from_samples(samples: &[f64]) -> Distribution {
        let mut values: Vec<f64> = samples.iter().copied().filter(|v| v.is_finite()).collect();
        values.sort_unstable_by(f64::total_cmp);
        let worlds = values.len() as f64;
        let mean = if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / worlds };
        Distribution { values, levels: Vec::new(), mean, worlds, told: None }
    }

    /// From points (probability, value) of a quantile function, both ascending, with the mean over all worlds and
    /// their number (the effective number where worlds are weighted).
    pub fn from_quantiles(points: &[(f64, f64)], mean: f64, worlds: f64) -> Distribution {
        let kept = points.iter().filter(|(p, v)| p.is_finite() && v.is_finite());
        let (levels, values) = kept.copied().unzip();
        Distribution { values, levels, mean, worlds, told: None }
    }

    /// The same with the mean of more worlds than the samples are from.
    pub fn with_mean(self, mean: f64) -> Distribution {
        Distribution { mean, ..self }
    }

    /// The same with the quantiles at 5, 50 and 95 % of the tables, which are estimated otherwise and from more worlds.
    pub fn with_told(self, told: [f64; 3]) -> Distribution {
        Distribution { told: Some(told), ..self }
    }

    /// Quantiles at 5, 50 and 95 %, as the tables tell them where that is known.
    pub fn told(&self) -> [f64; 3] {
        self.told.unwrap_or_else(|| [0.05, 0.5, 0.95].map(|p| self.quantile(p)))
    }

    /// Mean over worlds.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Number of worlds.
    pub fn worlds(&self) -> f64 {
        self.worlds
    }

    /// Largest value, 0 without worlds.
    pub fn max(&self) -> f64 {
        self.values.last().copied().unwrap_or(0.0)
    }

    /// True when no world has a value above 0.
    pub fn is_zero(&self) -> bool {
        self.max() <= 0.0
    }

    /// Value below which a share `p` of worlds lies, by linear interpolation; 0 without worlds.
    pub fn quantile(&self, p: f64) -> f64 {
        let Some(last) = self.values.len().checked_sub(1) else {
            return 0.0;
        };
        let p = p.clamp(0.0, 1.0);
        let (low, part) = if self.levels.is_empty() {
            let at = p * last as f64;
            (at.floor() as usize, at.fract())
        } else {
            self.bracket(p)
        };
        let low = low.min(last);
        let (a, b) = (self.values[low], self.values[(low + 1).min(last)]);
        a + (b - a) * part
    }

    /// Share of worlds whose value is above `x`.
    pub fn above(&self, x: f64) -> f64 {
        let at = self.values.partition_point(|v| *v <= x);
        match (at, self.levels.is_empty()) {
            (0, _) => f64::from(u8::from(!self.values.is_empty())),
            (_, true) => 1.0 - at as f64 / self.values.len() as f64,
            (_, false) => (1.0 - self.levels[at - 1]).max(0.0),
        }
    }

    /// Share of worlds whose value is 0.
    pub fn zero_share(&self) -> f64 {
        let zeros = self.values.partition_point(|v| *v <= 0.0);
        if self.values.is_empty() || zeros == self.values.len() {
            return 1.0;
        }
        match (zeros, self.levels.is_empty()) {
            (0, _) => 0.0,
            (_, true) => zeros as f64 / self.values.len() as f64,
            (_, false) => self.levels[zeros - 1],
        }
    }

    /// The least of the positive values' quantiles at `p` among the positive worlds; 0 when there is none.
    pub fn positive_quantile(&self, p: f64) -> f64 {
        let zero = self.zero_share();
        if zero >= 1.0 {
            return 0.0;
        }
        let value = self.quantile(zero + (1.0 - zero) * p);
        if value > 0.0 {
            return value;
        }
        let first = self.values.partition_point(|v| *v <= 0.0);
        self.values.get(first).copied().unwrap_or(0.0)
    }

    fn bracket(&self, p: f64) -> (usize, f64) {
        let above = self.levels.partition_point(|l| *l <= p);
        let Some(low) = above.checked_sub(1) else {
            return (0, 0.0);
        };
        match self.levels.get(above) {
            Some(next) if *next > self.levels[low] => (low, (p - self.levels[low]) / (next - self.levels[low])),
            _ => (low, 0.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of 0 and 10 the interpolated median is 5; the tables may say otherwise, and then they are told.
    #[test]
    fn quantiles_of_the_tables_are_told() {
        let drawn = Distribution::from_samples(&[0.0, 10.0]);
        assert_eq!(drawn.told(), [0.5, 5.0, 9.5]);
        assert_eq!(drawn.with_told([0.0, 10.0, 10.0]).told(), [0.0, 10.0, 10.0]);
    }
}
