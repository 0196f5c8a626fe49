//! Take-up: the share of the entitled who file, as a function of the award they may expect.

use crate::model::{Filing, Q, TakeUp};

/// A take-up curve with its numbers filled in for one world and cohort.
#[derive(Clone, Debug, PartialEq)]
pub enum Curve {
    /// The same share at every award above nothing.
    Constant(f64),
    /// awareness × logistic(β ln(award ÷ burden)).
    Logistic {
        /// Share who know of it.
        awareness: f64,
        /// Award at which half of the aware file.
        burden: f64,
        /// Elasticity of the odds.
        beta: f64,
    },
    /// awareness × (1 − 2^(−(award ÷ burden)^β)).
    Weibull {
        /// Share who know of it.
        awareness: f64,
        /// Award at which half of the aware file.
        burden: f64,
        /// Shape.
        beta: f64,
    },
    /// Linear between points (award, share), constant outside.
    Table(Vec<(f64, f64)>),
}

impl Curve {
    /// The curve of a filing in a world. `awareness_factor` is the cohort's; products are cut at 1.
    pub fn of(filing: &Filing, awareness_factor: f64, world: &[f64]) -> Curve {
        match filing {
            Filing::Automatic { reach } => Curve::Constant(reach.of(world).clamp(0.0, 1.0)),
            Filing::Claim(take_up) => Curve::of_claim(take_up, awareness_factor, world),
        }
    }

    /// The curve of what has to be claimed.
    pub fn of_claim(take_up: &TakeUp, awareness_factor: f64, world: &[f64]) -> Curve {
        let aware = |q: &Q| (q.of(world) * awareness_factor).clamp(0.0, 1.0);
        match take_up {
            TakeUp::Constant { rate } => Curve::Constant(aware(rate)),
            TakeUp::Logistic { awareness, burden, beta } => {
                Curve::Logistic { awareness: aware(awareness), burden: burden.of(world), beta: beta.of(world) }
            }
            TakeUp::Weibull { awareness, burden, beta } => {
                Curve::Weibull { awareness: aware(awareness), burden: burden.of(world), beta: beta.of(world) }
            }
            TakeUp::Table { points } => {
                Curve::Table(points.iter().map(|(award, share)| (award.of(world), aware(share))).collect())
            }
        }
    }

    /// Share who file when `award` is at stake; nobody files for nothing.
    #[inline]
    pub fn share(&self, award: f64) -> f64 {
        match self {
            // One by the inverse of the pull: the same with a division less.
            Curve::Logistic { awareness, burden, beta } if award > 0.0 && *burden > 0.0 => {
                awareness / (1.0 + (beta * (burden / award).ln()).exp())
            }
            _ => self.share_of(self.pull(award)),
        }
    }

    /// The share at an award, and its first and second derivative by the relative change of the award. Of a table those of the
    /// line that the award is on.
    pub fn bent(&self, award: f64) -> [f64; 3] {
        let pull = self.pull(award);
        let share = self.share_of(pull);
        match self {
            _ if share <= 0.0 || !pull.is_finite() => [share, 0.0, 0.0],
            Curve::Constant(_) => [share, 0.0, 0.0],
            Curve::Logistic { beta, .. } => {
                let stay = 1.0 / (1.0 + pull);
                let first = beta * share * stay;
                [share, first, first * (beta * (2.0 * stay - 1.0) - 1.0)]
            }
            Curve::Weibull { awareness, beta, .. } => {
                let falls = std::f64::consts::LN_2 * pull;
                let first = beta * falls * (awareness - share);
                [share, first, first * (beta * (1.0 - falls) - 1.0)]
            }
            Curve::Table(points) => {
                let after = points.partition_point(|p| p.0 <= award);
                let around = after.checked_sub(1).map(|i| points[i]).zip(points.get(after));
                [share, around.map_or(0.0, |(a, b)| award * (b.1 - a.1) / (b.0 - a.0)), 0.0]
            }
        }
    }

    /// What an award means to people: (award ÷ burden)^β, or the award itself where the curve has no burden.
    #[inline]
    pub fn pull(&self, award: f64) -> f64 {
        match self {
            Curve::Logistic { burden, beta, .. } | Curve::Weibull { burden, beta, .. } if award > 0.0 => {
                if *burden > 0.0 { (beta * (award / burden).ln()).exp() } else { f64::INFINITY }
            }
            _ => award,
        }
    }

    /// By what a factor of an award, above 0, multiplies its pull.
    pub fn pull_of_factor(&self, factor: f64) -> f64 {
        match self {
            Curve::Logistic { beta, .. } | Curve::Weibull { beta, .. } => factor.powf(*beta),
            _ => factor,
        }
    }

    /// Share who file when an award has this pull.
    #[inline]
    pub fn share_of(&self, pull: f64) -> f64 {
        if pull <= 0.0 {
            return 0.0;
        }
        match self {
            Curve::Constant(share) => *share,
            Curve::Logistic { awareness, .. } => awareness / (1.0 + 1.0 / pull),
            Curve::Weibull { awareness, .. } => -awareness * (-std::f64::consts::LN_2 * pull).exp_m1(),
            Curve::Table(points) => table(points, pull),
        }
    }

    /// The highest share at any award.
    pub fn highest(&self) -> f64 {
        match self {
            Curve::Constant(share) => *share,
            Curve::Logistic { awareness, .. } | Curve::Weibull { awareness, .. } => *awareness,
            Curve::Table(points) => points.iter().map(|p| p.1).fold(0.0, f64::max),
        }
    }

    /// The awards between which the share bends: from where a sixteenth of the odds of half is reached to 64 times these.
    /// Below, the share is close to a power of the award, above it, to the highest; neither is far from a polynomial on
    /// twice the award. `None` where the share is a line between points or the same at all awards.
    pub fn bend(&self) -> Option<(f64, f64)> {
        match self {
            Curve::Logistic { burden, beta, .. } | Curve::Weibull { burden, beta, .. } => {
                let step = (4f64.ln() / beta).exp();
                Some((burden / (step * step), burden * step * step * step))
            }
            Curve::Constant(_) | Curve::Table(_) => None,
        }
    }

    /// The factor of an award that doubles the odds of filing, or what stands for them; 1 where none does.
    pub fn doubling(&self) -> f64 {
        match self {
            Curve::Logistic { beta, .. } | Curve::Weibull { beta, .. } => (2f64.ln() / beta).exp(),
            Curve::Constant(_) | Curve::Table(_) => 1.0,
        }
    }

    /// True when no larger award has a smaller share.
    pub fn rises(&self) -> bool {
        match self {
            Curve::Constant(_) => true,
            Curve::Logistic { beta, .. } | Curve::Weibull { beta, .. } => *beta >= 0.0,
            Curve::Table(points) => points.is_sorted_by(|a, b| a.1 <= b.1),
        }
    }

    /// True when the share is the same at every award.
    pub fn is_constant(&self) -> bool {
        matches!(self, Curve::Constant(_))
    }
}

fn table(points: &[(f64, f64)], award: f64) -> f64 {
    let after = points.partition_point(|p| p.0 <= award);
    match (after.checked_sub(1).map(|i| points[i]), points.get(after)) {
        (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (award - a.0) / (b.0 - a.0),
        (Some(a), None) => a.1,
        (None, Some(b)) => b.1,
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_aware_file_at_the_burden() {
        for curve in [
            Curve::Logistic { awareness: 0.6, burden: 6000.0, beta: 1.5 },
            Curve::Weibull { awareness: 0.6, burden: 6000.0, beta: 1.5 },
        ] {
            assert!((curve.share(6000.0) - 0.3).abs() < 1e-12);
            assert!(curve.share(12_000.0) > curve.share(6000.0));
            assert!(curve.share(1e12) <= curve.highest());
            let scaled = curve.share_of(curve.pull(9000.0) * curve.pull_of_factor(0.3));
            assert!((scaled - curve.share(2700.0)).abs() < 1e-12);
            assert_eq!(curve.share(0.0), 0.0);
        }
    }

    /// Against differences of the share itself: of the second, a step of 0.001 has an error of 1e-6 and rounding 1e-10.
    #[test]
    fn a_share_turns_as_its_differences_say() {
        for curve in [
            Curve::Constant(0.3),
            Curve::Logistic { awareness: 0.6, burden: 6000.0, beta: 1.5 },
            Curve::Logistic { awareness: 1.0, burden: 1e-3, beta: 0.7 },
            Curve::Weibull { awareness: 0.6, burden: 6000.0, beta: 1.5 },
            Curve::Table(vec![(100.0, 0.1), (9000.0, 0.3)]),
        ] {
            for award in [300.0, 5000.0, 9500.0] {
                let at = |change: f64| curve.share(award * (1.0 + change));
                let [share, first, second] = curve.bent(award);
                let (before, here, after) = (at(-1e-3), at(0.0), at(1e-3));
                assert!((share - here).abs() < 1e-14);
                assert!((first - (after - before) / 2e-3).abs() < 1e-6, "{curve:?} {award} {first}");
                assert!((second - (after + before - 2.0 * here) / 1e-6).abs() < 1e-5, "{curve:?} {award} {second}");
            }
            assert_eq!(curve.bent(0.0), [0.0; 3]);
        }
        // People who have no burden all file.
        assert_eq!(Curve::Weibull { awareness: 0.6, burden: 0.0, beta: 1.5 }.bent(5.0), [0.6, 0.0, 0.0]);
    }

    #[test]
    fn the_rail_odds_ratio_comes_out() {
        // Halving the value took rail take-up from 46 % to 22 %: an odds ratio of 0.33, elasticity 1.6.
        let curve = Curve::Logistic { awareness: 1.0, burden: 10.0, beta: 1.6 };
        let odds = |x: f64| curve.share(x) / (1.0 - curve.share(x));
        assert!((odds(5.0) / odds(10.0) - 0.33).abs() < 0.01);
    }

    #[test]
    fn a_table_is_linear_inside_and_flat_outside() {
        let t = Curve::Table(vec![(100.0, 0.1), (200.0, 0.3)]);
        assert_eq!((t.share(50.0), t.share(500.0)), (0.1, 0.3));
        assert!((t.share(150.0) - 0.2).abs() < 1e-12);
    }
}
