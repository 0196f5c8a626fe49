//! Why a law cannot be: in plain words, with what would be right.

use std::fmt;

use super::plain_number;

/// Why parameters make no law, or why no law has the moments or quantiles asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum LawError {
    /// No family of this name, or not one that can be built this way.
    UnknownFamily {
        /// The family asked for.
        family: String,
        /// Families that can be given this way.
        known: &'static [&'static str],
    },
    /// A parameter is not a finite number.
    NotFinite {
        /// Which parameter or sum, in words.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A parameter that must be above a bound is not.
    NotAbove {
        /// Which parameter or sum, in words.
        what: &'static str,
        /// Its value.
        value: f64,
        /// The bound.
        bound: f64,
    },
    /// A parameter that may be zero, and not less, is less.
    Negative {
        /// Which parameter, in words.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A parameter that must not exceed a bound does.
    NotBelow {
        /// Which parameter or sum, in words.
        what: &'static str,
        /// Its value.
        value: f64,
        /// The bound.
        bound: f64,
    },
    /// A sum that must be one is not.
    NotOne {
        /// Which parameter or sum, in words.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// min, mode and max are out of order.
    OutOfOrder {
        /// Which parameters, in words.
        what: &'static str,
    },
    /// A list of values is empty.
    NoValues,
    /// Values and weights differ in number.
    LengthsDiffer {
        /// How many values there are.
        values: usize,
        /// How many weights there are.
        weights: usize,
    },
    /// Weights are negative or add to nothing.
    BadWeights,
    /// Values that must ascend do not.
    NotSorted,
    /// A loss below zero.
    NegativeLoss {
        /// The loss.
        value: f64,
    },
    /// Next to nothing of a normal law lies where it is cut.
    TooLittleInside {
        /// How much does.
        share: f64,
    },
    /// The standard deviation is larger than any law on 0 to 1 with this mean can have.
    TooSpread {
        /// The mean asked for.
        mean: f64,
        /// The standard deviation asked for.
        sd: f64,
        /// The largest that there is at this mean.
        largest: f64,
    },
    /// A Lomax law with this coefficient of variation does not exist.
    LomaxTooNarrow {
        /// The coefficient of variation asked for.
        cv: f64,
    },
    /// The two probabilities or the two values do not rise together.
    QuantilesNotRising {
        /// The first quantile: probability and value.
        first: (f64, f64),
        /// The second quantile: probability and value.
        second: (f64, f64),
    },
    /// A probability is not strictly between 0 and 1.
    BadProbability {
        /// The probability.
        p: f64,
    },
    /// No member of the family goes through both quantiles.
    NoSuchQuantiles {
        /// The family.
        family: &'static str,
        /// What to do instead.
        advice: &'static str,
    },
}

impl LawError {
    /// What is wrong.
    pub fn fault(&self) -> String {
        let n = plain_number;
        match self {
            Self::UnknownFamily { family, .. } => format!("\"{family}\" is not a family that can be given this way"),
            Self::NotFinite { what, value } => format!("{what} is {value}"),
            Self::NotAbove { what, value, .. }
            | Self::NotBelow { what, value, .. }
            | Self::Negative { what, value } => {
                format!("{what} is {}", n(*value))
            }
            Self::NotOne { what, value } => format!("{what} is {value}"),
            Self::OutOfOrder { what } => format!("{what} are out of order"),
            Self::NoValues => "the list of values is empty".into(),
            Self::LengthsDiffer { values, weights } => format!("{values} values but {weights} weights"),
            Self::BadWeights => "weights are negative, or all zero".into(),
            Self::NotSorted => "the values are not sorted".into(),
            Self::NegativeLoss { value } => format!("{} is negative", n(*value)),
            Self::TooLittleInside { share } => {
                format!("{} of the normal law lies between min and max", n(*share))
            }
            Self::TooSpread { mean, sd, .. } => {
                format!("sd {} is too large for a beta law on 0 to 1 with mean {}", n(*sd), n(*mean))
            }
            Self::LomaxTooNarrow { cv } => {
                format!("cv {} is too small for a Lomax law, whose cv is always above 1", n(*cv))
            }
            Self::QuantilesNotRising { first, second } => format!(
                "the {} quantile is {} but the {} quantile is {}",
                n(first.0),
                n(first.1),
                n(second.0),
                n(second.1)
            ),
            Self::BadProbability { p } => format!("{p} is no probability of a quantile"),
            Self::NoSuchQuantiles { family, .. } => format!("no {family} law goes through both quantiles"),
        }
    }

    /// What would be right.
    pub fn advice(&self) -> String {
        let n = plain_number;
        match self {
            Self::UnknownFamily { known, .. } => format!("use one of {}", known.join(", ")),
            Self::NotFinite { .. } => "it must be a finite number".into(),
            Self::NotAbove { bound, .. } => format!("it must be above {}", n(*bound)),
            Self::Negative { .. } => "it must not be below 0; 0 is no spread at all".into(),
            Self::NotBelow { bound, .. } => format!("it must be at most {}", n(*bound)),
            Self::NotOne { .. } => "it must be 1".into(),
            Self::OutOfOrder { .. } => "they must rise: exchange them".into(),
            Self::NoValues => "give at least one".into(),
            Self::LengthsDiffer { .. } => "give one weight for each value".into(),
            Self::BadWeights => "weights must be zero or more and at least one must be positive".into(),
            Self::NotSorted => "they must ascend".into(),
            Self::NegativeLoss { .. } => "a loss is zero or more".into(),
            Self::TooLittleInside { .. } => {
                "at least a millionth must be left: move a bound, or the mean, which is that before the cut".into()
            }
            Self::TooSpread { largest, .. } => format!("it must be below {}", n(*largest)),
            Self::LomaxTooNarrow { .. } => "use gamma or Weibull".into(),
            Self::QuantilesNotRising { .. } => "the larger probability needs the larger value".into(),
            Self::BadProbability { .. } => "it must lie strictly between 0 and 1".into(),
            Self::NoSuchQuantiles { advice, .. } => (*advice).into(),
        }
    }
}

impl fmt::Display for LawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.fault(), self.advice())
    }
}

impl std::error::Error for LawError {}
