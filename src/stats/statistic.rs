//! One statistic of a sample, named by itself: mean, sd, a quantile, a tail mean, or the chance of passing a bound.

use super::estimate::{Estimate, Proportion};
use super::moments::Moments;
use super::ranks::{rank_of, ranks};
use super::summary::{self, quantile, tail_error};

/// A statistic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statistic {
    /// The mean.
    Mean,
    /// The standard deviation.
    Sd,
    /// A quantile, e.g. 0.95.
    Quantile(f64),
    /// The mean of the observations beyond a quantile.
    TailMean(f64),
    /// The share of observations on one side of a bound.
    Chance(Side, f64),
}

/// Which side of a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Below it.
    Less,
    /// Below it or at it.
    AtMost,
    /// At it or above.
    AtLeast,
    /// Above it.
    More,
}

impl Side {
    /// Whether `value` is on this side of `bound`.
    pub fn holds(self, value: f64, bound: f64) -> bool {
        match self {
            Side::Less => value < bound,
            Side::AtMost => value <= bound,
            Side::AtLeast => value >= bound,
            Side::More => value > bound,
        }
    }

    /// The sign.
    pub fn sign(self) -> &'static str {
        match self {
            Side::Less => "<",
            Side::AtMost => "<=",
            Side::AtLeast => ">=",
            Side::More => ">",
        }
    }
}

impl Statistic {
    /// Its estimate from equally weighted values; what is no number is left out. The errors are those of
    /// [`describe`](super::describe).
    pub fn of(self, values: &[f64]) -> Estimate {
        let mut known: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
        let n = known.len();
        if n == 0 {
            return Estimate { value: f64::NAN, se: f64::NAN, lo: f64::NAN, hi: f64::NAN };
        }
        match self {
            Statistic::Mean => Moments::of(&known).mean(),
            Statistic::Sd => Moments::of(&known).sd(),
            Statistic::Chance(side, bound) => {
                let hits = known.iter().filter(|x| side.holds(**x, bound)).count();
                Proportion::wilson(hits as f64, n as f64).into()
            }
            Statistic::Quantile(q) => {
                known.sort_by(f64::total_cmp);
                quantile(&known, ranks(n, q))
            }
            Statistic::TailMean(q) => {
                known.sort_by(f64::total_cmp);
                let tail = &known[(libm::round(q * n as f64) as usize).min(n - 1)..];
                let moments = Moments::of(tail);
                let mean = moments.mean().value;
                let se = tail_error(mean, moments.variance(), known[rank_of(n, q) - 1], q, tail.len() as f64);
                summary::tail(mean, se, tail.len() as f64)
            }
        }
    }

    /// Its name: `mean`, `p95`, `tvar99`, `P(> 3)`.
    pub fn name(self) -> String {
        let level = |q: f64| {
            let digits = format!("{:02}", (q * 1000.0).round() / 10.0);
            let digits = digits.replace('.', "");
            if q < 0.1 && digits.len() < 2 { format!("0{digits}") } else { digits }
        };
        match self {
            Statistic::Mean => "mean".into(),
            Statistic::Sd => "sd".into(),
            Statistic::Quantile(q) => format!("p{}", level(q)),
            Statistic::TailMean(q) => format!("tvar{}", level(q)),
            Statistic::Chance(side, bound) => format!("P({} {bound})", side.sign()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Scratch, describe};
    use super::*;

    #[test]
    fn each_is_as_in_the_description_of_the_whole_sample() {
        let values: Vec<f64> = (0..997).map(|i| f64::from((i * 389) % 997).powi(2)).collect();
        let whole = describe(&values, None, &mut Scratch::default());
        for s in [
            Statistic::Mean,
            Statistic::Sd,
            Statistic::Quantile(0.05),
            Statistic::Quantile(0.5),
            Statistic::Quantile(0.995),
            Statistic::TailMean(0.99),
        ] {
            let (one, all) = (s.of(&values), whole.get(&s.name()).expect("a statistic of the description"));
            for (a, b) in [(one.value, all.value), (one.se, all.se), (one.lo, all.lo), (one.hi, all.hi)] {
                assert!((a - b).abs() <= 1e-12 * b.abs(), "{}: {a} and {b}", s.name());
            }
        }
        assert_eq!(Statistic::Chance(Side::Less, 100.0).of(&values).value, 10.0 / 997.0);
        assert_eq!(Statistic::Chance(Side::AtMost, 100.0).of(&values).value, 11.0 / 997.0);
        assert!(Statistic::Mean.of(&[f64::NAN]).value.is_nan());
    }
}
