//! Severities that are a list of values.

/// Weight of values at or below `x`.
pub fn cdf(values: &[f64], weights: &[f64], x: f64) -> f64 {
    let count = values.partition_point(|v| *v <= x);
    if count == values.len() { 1.0 } else { weights[..count].iter().sum::<f64>().min(1.0) }
}

/// Weight of values above `x`.
pub fn sf(values: &[f64], weights: &[f64], x: f64) -> f64 {
    let count = values.partition_point(|v| *v <= x);
    if count == 0 { 1.0 } else { weights[count..].iter().sum::<f64>().min(1.0) }
}

/// The smallest value with at least the share `p` at or below it.
pub fn quantile(values: &[f64], weights: &[f64], p: f64) -> f64 {
    let mut running = 0.0;
    for (value, weight) in values.iter().zip(weights) {
        running += weight;
        if running >= p {
            return *value;
        }
    }
    values.last().copied().unwrap_or(f64::NAN)
}

/// The smallest value with at most the share `q` above it.
pub fn quantile_sf(values: &[f64], weights: &[f64], q: f64) -> f64 {
    let mut beyond = 0.0;
    for (value, weight) in values.iter().zip(weights).rev() {
        beyond += weight;
        if beyond > q {
            return *value;
        }
    }
    values.first().copied().unwrap_or(f64::NAN)
}

/// Sums of weight * value^k over values at or below `x`, k = 0 to 3.
pub fn partial_moments(values: &[f64], weights: &[f64], x: f64) -> [f64; 4] {
    let count = values.partition_point(|v| *v <= x);
    power_sums(&values[..count], &weights[..count])
}

/// Sums of weight * value^k over values above `x`, k = 0 to 2.
pub fn upper_moments(values: &[f64], weights: &[f64], x: f64) -> [f64; 3] {
    let count = values.partition_point(|v| *v <= x);
    let [zeroth, first, second, _] = power_sums(&values[count..], &weights[count..]);
    [zeroth, first, second]
}

fn power_sums(values: &[f64], weights: &[f64]) -> [f64; 4] {
    let mut sums = [0.0; 4];
    for (value, weight) in values.iter().zip(weights) {
        let mut term = *weight;
        for sum in &mut sums {
            *sum += term;
            term *= value;
        }
    }
    sums
}
