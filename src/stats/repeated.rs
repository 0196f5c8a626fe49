//! A sample that consists of independent repetitions, such as scramblings of a point set: errors from the spread between
//! them, with Student's t; nothing is assumed of the values inside one.

use super::estimate::Estimate;
use super::statistic::Statistic;
use super::summary::{Description, QUANTILES, Scratch, TAILS, describe};

/// An estimate of all values with the error of those of each repetition: the spread is around the repetitions' own middle.
fn around(value: f64, each: &[f64]) -> Estimate {
    let error = Estimate::from_repetitions(each);
    Estimate { value, se: error.se, lo: value - (error.value - error.lo), hi: value + (error.hi - error.value) }
}

/// A statistic of values whose repetitions have `size` values each.
pub fn repeated(values: &[f64], size: usize, statistic: Statistic) -> Estimate {
    let each: Vec<f64> = values.chunks_exact(size.max(1)).map(|v| statistic.of(v).value).collect();
    around(statistic.of(values).value, &each)
}

/// As [`describe`] with the errors of repetitions.
pub fn describe_repeated(values: &[f64], size: usize, scratch: &mut Scratch) -> Description {
    let each: Vec<Description> = values.chunks_exact(size.max(1)).map(|v| describe(v, None, scratch)).collect();
    // Last, so that the scratch holds all values in order.
    let whole = describe(values, None, scratch);
    let with_error = |i: usize| {
        let parts: Vec<f64> = each.iter().map(|d| d.estimates()[i].value).collect();
        around(whole.estimates()[i].value, &parts)
    };
    let quantiles = std::array::from_fn::<Estimate, { QUANTILES.len() }, _>(|i| with_error(2 + i));
    let tails = std::array::from_fn::<Estimate, { TAILS.len() }, _>(|i| with_error(2 + QUANTILES.len() + i));
    let sizes = (whole.count, whole.effective, whole.missing);
    Description::new(sizes, (whole.min, whole.max), (with_error(0), with_error(1)), quantiles, tails)
}
