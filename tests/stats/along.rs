//! The share of a variance along one quantity: known answers, agreement with the bootstrap's estimator, coverage.

use redress::stats::sobol::correlation_ratio;
use redress::stats::{Along, ranks};

use super::{Uniforms, near};

/// `y = a x + e` of uniform x and e: the share of x is a² ÷ (a² + 1).
fn linear(seed: u64, n: usize, a: f64) -> (Vec<f64>, Vec<f64>) {
    let mut u = Uniforms(seed);
    let x: Vec<f64> = (0..n).map(|_| u.next()).collect();
    let y = x.iter().map(|x| a * x + u.next()).collect();
    (x, y)
}

#[test]
fn the_share_is_the_correlation_ratio_freed_of_bias() {
    let (x, y) = linear(1, 4096, 2.0);
    let along = Along::of(&x);
    near(along.share(&y), correlation_ratio(&x, &y), 1e-12);
    near(along.share_with_error(&y).value, along.share(&y), 1e-12);
    // Classes lose 1/16² of a linear effect.
    near(along.share(&y), 0.8 * (1.0 - 1.0 / 256.0), 0.02);
    let (x, _) = linear(2, 4096, 2.0);
    near(Along::of(&x).share(&y), 0.0, 0.01);
    assert_eq!(Along::of(&[1.0; 100]).share(&y[..100]), 0.0, "one class tells nothing");
    assert_eq!(Along::of(&x).share(&[3.0; 4096]), 0.0, "nothing varies");
}

#[test]
fn jackknife_intervals_cover_the_share() {
    // Of 200 samples about 190 intervals of 95 % hold the mean of all estimates (which frees the test of the classes'
    // loss); below 178 a binomial count of chance 0.95 falls with probability 7e-5.
    let all: Vec<_> = (0..200)
        .map(|seed| {
            let (x, y) = linear(100 + seed, 1000, 0.8);
            Along::of(&x).share_with_error(&y)
        })
        .collect();
    let mean = all.iter().map(|e| e.value).sum::<f64>() / 200.0;
    let held = all.iter().filter(|e| (e.lo..=e.hi).contains(&mean)).count();
    assert!((178..=200).contains(&held), "{held} of 200 hold {mean}");
    let spread = (all.iter().map(|e| (e.value - mean).powi(2)).sum::<f64>() / 199.0).sqrt();
    let told = all.iter().map(|e| e.se).sum::<f64>() / 200.0;
    near(told / spread, 1.0, 0.25);
}

#[test]
fn fifths_are_the_lowest_and_the_highest() {
    let x: Vec<f64> = (0..100).map(|i| f64::from((i * 37) % 100) - 50.0).collect();
    let y: Vec<f64> = x.iter().map(|x| x * x).collect();
    let along = Along::of(&x);
    // −50 … −31 and 30 … 49, whose squares have the medians of 40.5 ± 0.5 and 39.5 ± 0.5.
    assert_eq!(along.medians(&x), [-40.5, 39.5]);
    assert_eq!(along.medians(&y), [0.5 * (1600.0 + 1681.0), 0.5 * (1521.0 + 1600.0)]);
    assert_eq!(along.means(&x), [-40.5, 39.5]);
}

#[test]
fn ranks_are_shared_by_equals() {
    assert_eq!(ranks(&[5.0, 1.0, 5.0, 9.0]), [0.375, 0.0, 0.375, 0.75]);
    assert_eq!(ranks(&[2.0, 2.0]), [0.25, 0.25]);
    assert_eq!(ranks(&[]), [0.0; 0]);
    assert_eq!(ranks(&[1e300, -1.0, 0.0]), [2.0 / 3.0, 0.0, 1.0 / 3.0]);
}
