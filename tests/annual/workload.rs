//! The fixed workload of a compound distribution: 100 lognormal claims a year with a deductible and a limit.

use super::amounts::Amount;
use redress::chance::compound::{Count, Lattice, total};

/// Mean, sd, quantiles 50, 90, 95, 99, 99.5, 99.9 % and the mean of the worst 1 %: closed-form moments; quantiles by a
/// transform with Richardson extrapolation.
const KNOWN: [(&str, f64); 9] = [
    ("mean", 15_932_787.463556794),
    ("sd", 2_383_861.857838802),
    ("q50", 15_861_621.396_09),
    ("q90", 19_032_209.590_52),
    ("q95", 19_972_156.254_61),
    ("q99", 21_783_200.676_75),
    ("q99.5", 22_461_609.108_03),
    ("q99.9", 23_886_160.913_45),
    ("tvar99", 22_712_982.499_07),
];

fn found(step: f64, cells: usize) -> [f64; 9] {
    let (cv2, mean): (f64, f64) = (4.0, 300_000.0);
    let sigma = (1.0 + cv2).ln().sqrt();
    let claim = Amount::lognormal(mean.ln() - sigma * sigma / 2.0, sigma).layer(50_000.0, 500_000.0);
    let claims = Lattice::mean_kept(step, (500_000.0 / step) as usize + 1, claim.limited);
    let year = total(&Count::Poisson { mean: 100.0 }, &claims, cells, 0.0);
    let q = |p| year.quantile(p);
    let tail = year.tail_mean(0.99);
    [year.mean(), year.variance().sqrt(), q(0.5), q(0.9), q(0.95), q(0.99), q(0.995), q(0.999), tail]
}

#[test]
fn the_workload_comes_out_within_a_millionth() {
    // 2^20 cells of 40 won reach 41.9 m, eleven standard deviations above the mean.
    let found = found(40.0, 1 << 20);
    for ((name, known), found) in KNOWN.iter().zip(found) {
        let error = (found / known - 1.0).abs();
        assert!(error < 1e-7, "{name}: {found} against {known}, relative error {error:e}");
    }
}

#[test]
fn a_coarser_grid_is_still_within_the_errors_of_other_tools() {
    // 2^17 cells of 400 won, where the default grids of other tools err by 1e-5 and 3e-6.
    let found = found(400.0, 1 << 17);
    for ((name, known), found) in KNOWN.iter().zip(found) {
        let error = (found / known - 1.0).abs();
        assert!(error < 3e-6, "{name}: {found} against {known}, relative error {error:e}");
    }
}
