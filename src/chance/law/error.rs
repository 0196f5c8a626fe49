//! Why a law cannot be: in plain words, with what would be right.

use std::fmt;

use super::plain_number;

/// Why parameters make no law, or why no law has the moments or quantiles asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum LawError {
    /// No family of this name, or not one that can be built this way.
    UnknownFamily { family: String, known: &'static [&'static str] },
    /// A parameter is not a finite number.
    NotFinite { what: &'static str, value: f64 },
    /// A parameter that must be above a bound is not.
    NotAbove { what: &'static str, value: f64, bound: f64 },
    /// A parameter that must not exceed a bound does.
    NotBelow { what: &'static str, value: f64, bound: f64 },
    /// A sum that must be one is not.
    NotOne { what: &'static str, value: f64 },
    /// min, mode and max are out of order.
    OutOfOrder { what: &'static str },
    /// A list of values is empty.
    NoValues,
    /// Values and weights differ in number.
    LengthsDiffer { values: usize, weights: usize },
    /// Weights are negative or add to nothing.
    BadWeights,
    /// Values that must ascend do not.
    NotSorted,
    /// A loss below zero.
    NegativeLoss { value: f64 },
    /// The standard deviation is larger than any law on 0 to 1 with this mean can have.
    TooSpread { mean: f64, sd: f64, largest: f64 },
    /// A Lomax law with this coefficient of variation does not exist.
    LomaxTooNarrow { cv: f64 },
    /// The two probabilities or the two values do not rise together.
    QuantilesNotRising { first: (f64, f64), second: (f64, f64) },
    /// A probability is not strictly between 0 and 1.
    BadProbability { p: f64 },
    /// No member of the family goes through both quantiles.
    NoSuchQuantiles { family: &'static str, advice: &'static str },
}

impl fmt::Display for LawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = plain_number;
        match self {
            Self::UnknownFamily { family, known } => {
                write!(f, "\"{family}\" is not a family that can be given this way; use one of {}", known.join(", "))
            }
            Self::NotFinite { what, value } => {
                write!(f, "{what} is {value}; it must be a finite number")
            }
            Self::NotAbove { what, value, bound } => {
                write!(f, "{what} is {}; it must be above {}", n(*value), n(*bound))
            }
            Self::NotBelow { what, value, bound } => {
                write!(f, "{what} is {}; it must be at most {}", n(*value), n(*bound))
            }
            Self::NotOne { what, value } => write!(f, "{what} is {value}; it must be 1"),
            Self::OutOfOrder { what } => write!(f, "{what} are out of order; they must rise"),
            Self::NoValues => write!(f, "the list of values is empty; give at least one"),
            Self::LengthsDiffer { values, weights } => {
                write!(f, "{values} values but {weights} weights; give one weight for each value")
            }
            Self::BadWeights => write!(f, "weights must be zero or more and at least one must be positive"),
            Self::NotSorted => write!(f, "the values are not sorted; they must ascend"),
            Self::NegativeLoss { value } => {
                write!(f, "{} is negative; a loss is zero or more", n(*value))
            }
            Self::TooSpread { mean, sd, largest } => write!(
                f,
                "sd {} is too large for a beta law on 0 to 1 with mean {}; it must be below {}",
                n(*sd),
                n(*mean),
                n(*largest)
            ),
            Self::LomaxTooNarrow { cv } => write!(
                f,
                "cv {} is too small for a Lomax law, whose cv is always above 1; use gamma or Weibull",
                n(*cv)
            ),
            Self::QuantilesNotRising { first, second } => write!(
                f,
                "the {} quantile is {} but the {} quantile is {}; the larger probability needs the larger value",
                n(first.0),
                n(first.1),
                n(second.0),
                n(second.1)
            ),
            Self::BadProbability { p } => {
                write!(f, "{p} is no probability of a quantile; it must lie strictly between 0 and 1")
            }
            Self::NoSuchQuantiles { family, advice } => {
                write!(f, "no {family} law goes through both quantiles; {advice}")
            }
        }
    }
}

impl std::error::Error for LawError {}
