//! Laws on a list of values: steps, shares and moments.

/// The first value, in the order given, at which the running share of the weights reaches `p`; rows of weight zero are
/// never picked.
pub fn step(values: &[f64], weights: &[f64], p: f64) -> f64 {
    let target = p * weights.iter().sum::<f64>();
    let mut running = 0.0;
    let mut picked = f64::NAN;
    for (value, weight) in values.iter().zip(weights) {
        if *weight <= 0.0 {
            continue;
        }
        picked = *value;
        running += weight;
        if running >= target {
            break;
        }
    }
    picked
}

/// As [`step`] with equal weights: the value number ceil(p n) of a sorted list.
pub fn equal_step(values: &[f64], p: f64) -> f64 {
    let rank = (p * values.len() as f64).ceil().max(1.0) as usize;
    values.get(rank.min(values.len()).wrapping_sub(1)).copied().unwrap_or(f64::NAN)
}

/// Share of the weight on values at or below `x`; the values may be in any order.
pub fn share_up_to(values: &[f64], weights: &[f64], x: f64) -> f64 {
    let below: f64 = values.iter().zip(weights).filter(|(v, _)| **v <= x).map(|(_, w)| w).sum();
    (below / weights.iter().sum::<f64>()).min(1.0)
}

/// Mean of weighted values.
pub fn mean(values: &[f64], weights: &[f64]) -> f64 {
    values.iter().zip(weights).map(|(v, w)| v * w).sum::<f64>() / weights.iter().sum::<f64>()
}

/// Variance of weighted values (divisor: the sum of the weights).
pub fn variance(values: &[f64], weights: &[f64]) -> f64 {
    let mean = mean(values, weights);
    let squares: f64 = values.iter().zip(weights).map(|(v, w)| w * (v - mean) * (v - mean)).sum();
    squares / weights.iter().sum::<f64>()
}

/// Smallest and largest value of positive weight.
pub fn range(values: &[f64], weights: &[f64]) -> (f64, f64) {
    let mut range = (f64::INFINITY, f64::NEG_INFINITY);
    for (value, weight) in values.iter().zip(weights) {
        if *weight > 0.0 {
            range = (range.0.min(*value), range.1.max(*value));
        }
    }
    range
}
