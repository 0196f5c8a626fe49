//! Scrambled Sobol' points: still a net, uniform, and sharper than random numbers by what theory says.

use redress::chance::sobol::{DIMENSIONS, Scrambled};
use redress::chance::stream::Stream;

fn key(scrambling: u32, dimension: usize) -> u64 {
    Stream::named(5, scrambling, "sobol test", &dimension.to_string()).at(0).bits()
}

fn dimension(scrambling: u32, d: usize) -> Scrambled {
    Scrambled::new(d, key(scrambling, d))
}

#[test]
fn a_scrambled_net_stays_a_net() {
    // Dimensions 1 and 2 are a (0, m, 2)-net: every elementary interval of area 2^-8 holds one point of 256.
    for scrambling in 0..8 {
        let (x, y) = (dimension(scrambling, 0), dimension(scrambling, 1));
        for split in 0..=8 {
            let (wide, high) = (1usize << split, 1usize << (8 - split));
            let mut cells = vec![0; 256];
            for i in 0..256 {
                let (a, b) = ((x.number(i) * wide as f64) as usize, (y.number(i) * high as f64) as usize);
                cells[a * high + b] += 1;
            }
            assert!(cells.iter().all(|c| *c == 1), "scrambling {scrambling}, {wide} × {high}");
        }
    }
}

#[test]
fn one_point_is_uniform_over_scramblings() {
    // Chi-square of 20 cells over 4,000 scramblings of one point: 19 degrees of freedom, 43.8 at α = 0.001.
    for (d, index) in [(0, 0), (0, 37), (3, 1), (60, 5), (DIMENSIONS, 9)] {
        let mut cells = [0.0f64; 20];
        for scrambling in 0..4000 {
            cells[(dimension(scrambling, d).number(index) * 20.0) as usize] += 1.0;
        }
        let chi: f64 = cells.iter().map(|c| (c - 200.0) * (c - 200.0) / 200.0).sum();
        assert!(chi < 43.8, "dimension {d}, point {index}: {chi}");
    }
}

/// Root mean squared error over 64 scramblings of the mean of Π (1 + (u_j − 1/2)) over 2^m points in six dimensions
/// (exact mean 1).
fn error(m: u32, last: usize) -> f64 {
    let squares = (0..64u32).map(|s| {
        let dims: Vec<Scrambled> = (last - 5..=last).map(|d| dimension(s, d)).collect();
        let product = |i: u32| -> f64 { dims.iter().map(|d| 0.5 + d.number(i)).product() };
        let mean: f64 = (0..1u32 << m).map(product).sum::<f64>() / f64::from(1u32 << m);
        (mean - 1.0) * (mean - 1.0)
    });
    f64::sqrt(squares.sum::<f64>() / 64.0)
}

#[test]
fn means_are_sharper_than_random_ones_and_ever_more_so() {
    // One random point has variance (1 + 1/12)^6 − 1 = 0.6165.
    let random = |m: u32| (0.6165 / f64::from(1u32 << m)).sqrt();
    assert!(error(8, 5) < random(8) / 8.0, "{} against {}", error(8, 5), random(8));
    // Sixteen times the points: random numbers gain a factor of 4.
    assert!(error(12, 5) < error(8, 5) / 12.0, "{} against {}", error(12, 5), error(8, 5));
    // Dimensions beyond the table are random numbers, no worse (64 scramblings: within 30 % at 3 sd).
    let beyond = error(6, DIMENSIONS + 20);
    assert!((beyond / random(6) - 1.0).abs() < 0.3, "{beyond} against {}", random(6));
}
