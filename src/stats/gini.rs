//! Gini coefficients of weighted values and of binned ones.

/// Inequality of a population.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gini {
    /// Mean of the values.
    pub mean: f64,
    /// Half the mean absolute difference of two people, in the unit of the values.
    pub absolute: f64,
    /// `absolute` over the mean, 0 to 1 for values of zero or more; 0 where everybody has the same.
    pub relative: f64,
}

/// From (value, weight) pairs in any order; weights need not add to one. Zero for no people.
pub fn gini_weighted(pairs: &[(f64, f64)]) -> Gini {
    let mut sorted: Vec<(f64, f64)> = pairs.iter().copied().filter(|(_, w)| *w > 0.0).collect();
    sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    lorenz(sorted.into_iter().map(|(x, w)| (w, x * w)))
}

/// From bins (count, sum) ascending by value: as if everybody in a bin had the bin's mean, which never overstates.
pub fn gini_binned(bins: &[(f64, f64)]) -> Gini {
    lorenz(bins.iter().copied())
}

/// The absolute Gini is the sum over pairs of groups of (n_i S_j - n_j S_i) / N^2 for i below j: people below times
/// what the people above have, less the reverse.
fn lorenz(groups: impl Iterator<Item = (f64, f64)>) -> Gini {
    let (mut people, mut sum, mut area) = (0.0, 0.0, 0.0);
    for (count, total) in groups {
        area += people * total - count * sum;
        people += count;
        sum += total;
    }
    if people <= 0.0 {
        return Gini::default();
    }
    let mean = sum / people;
    let absolute = (area / (people * people)).max(0.0);
    Gini { mean, absolute, relative: if absolute == 0.0 { 0.0 } else { absolute / mean } }
}
