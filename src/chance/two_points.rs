//! The two-point Gauss rule of a law, from its central moments (Golub and Welsch 1969, case n = 2).

/// Distances of the two points from the mean, the lower first, and the share of the lower one: they have the law's mean, its
/// variance `c2` (above 0) and its third central moment `c3`.
#[inline]
pub fn two_points(c2: f64, c3: f64) -> ([f64; 2], f64) {
    // Points are mean + t, t the roots of t^2 - (c3/c2) t - c2.
    let skew = c3 / c2;
    let root = (skew * skew + 4.0 * c2).sqrt();
    let (low, high) = (0.5 * (skew - root), 0.5 * (skew + root));
    ([low, high], high / (high - low))
}

#[cfg(test)]
mod tests {
    use super::two_points;

    #[test]
    fn two_points_have_the_moments_that_they_are_made_from() {
        for (c2, c3) in [(1.0, 0.0), (0.3, 2.0), (7.0, -0.4)] {
            let (at, low) = two_points(c2, c3);
            let moment = |k: i32| low * at[0].powi(k) + (1.0 - low) * at[1].powi(k);
            assert!(moment(1).abs() < 1e-14 && (moment(2) - c2).abs() < 1e-13 && (moment(3) - c3).abs() < 1e-12);
        }
    }
}
