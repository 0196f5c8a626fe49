//! Pairs, proportions, chance and ignorance, and the Kolmogorov-Smirnov tests.

use redress::chance::special::normal_cdf;
use redress::stats::ks::{one_sample, two_sample};
use redress::stats::{Moments, Proportion, chance_share, paired};

use super::{Uniforms, near};

#[test]
fn wilson_matches_its_published_example() {
    // 81 of 263 (Newcombe 1998, table I): 0.2553 to 0.3662; 0 of 20: 0 to 0.1611; 15 of 148: 0.0624 to 0.1605.
    for (hits, n, lo, hi) in [(81.0, 263.0, 0.2553, 0.3662), (15.0, 148.0, 0.0624, 0.1605), (0.0, 20.0, 0.0, 0.1611)] {
        let p = Proportion::wilson(hits, n);
        near(p.lo, lo, 5e-5);
        near(p.hi, hi, 5e-5);
    }
    assert!(Proportion::wilson(0.0, 0.0).value.is_nan());
    assert_eq!(Proportion::wilson(20.0, 20.0).hi, 1.0);
}

#[test]
fn pairs_are_compared_world_by_world() {
    let a = [1.0, 2.0, 3.0, 4.0, f64::NAN];
    let b = [2.0, 2.0, 5.0, 3.0, 1.0];
    let p = paired(&a, &b, None);
    near(p.difference.value, -0.5, 1e-15);
    // Differences -1, 0, -2, 1: variance 5/3.
    near(p.difference.se, (5.0f64 / 3.0 / 4.0).sqrt(), 1e-14);
    assert_eq!((p.less.value, p.greater.value, p.ties.value), (0.5, 0.25, 0.25));
    let weighted = paired(&a, &b, Some(&[1.0, 1.0, 1.0, 5.0, 1.0]));
    near(weighted.greater.value, 5.0 / 8.0, 1e-15);
    near(weighted.difference.value, (-1.0 - 2.0 + 5.0) / 8.0, 1e-15);
    near(weighted.effective, 64.0 / 28.0, 1e-12);
}

#[test]
fn shared_worlds_make_sharp_differences() {
    let mut uniforms = Uniforms(6);
    let world = uniforms.normals(2000);
    let a: Vec<f64> = world.iter().zip(uniforms.normals(2000)).map(|(w, e)| 10.0 * w + e).collect();
    let b: Vec<f64> = world.iter().zip(uniforms.normals(2000)).map(|(w, e)| 10.0 * w + e + 0.2).collect();
    let p = paired(&a, &b, None);
    assert!(p.difference.hi < 0.0 && p.difference.lo < -0.2 && p.difference.hi > -0.2);
    assert!(Moments::of(&a).mean().se > 5.0 * p.difference.se);
}

#[test]
fn chance_is_told_from_ignorance() {
    // Ignorance has variance 4, chance 1: a share of 0.2. 200 runs; the interval must cover nearly as often as it says
    // (standard error 0.015, so 0.90 is three below).
    let mut uniforms = Uniforms(77);
    let (mut hits, mut sum) = (0, 0.0);
    for _ in 0..200 {
        let world = uniforms.normals(800);
        let draw = |u: &mut Uniforms, n: usize| -> Vec<f64> {
            world.iter().take(n).zip(u.normals(n)).map(|(w, e)| 2.0 * w + e).collect()
        };
        let (first, second) = (draw(&mut uniforms, 800), draw(&mut uniforms, 400));
        let share = chance_share(&first, &second);
        assert_eq!(share.twins, 400);
        hits += u32::from(share.chance.lo <= 0.2 && 0.2 <= share.chance.hi);
        sum += share.chance_variance.value;
    }
    near(sum / 200.0, 1.0, 0.02);
    assert!(hits >= 180, "covers {hits} of 200");
}

#[test]
fn nothing_varies_and_everything_is_chance() {
    let none = chance_share(&[3.0; 10], &[3.0; 10]);
    assert_eq!((none.chance.value, none.variance), (0.0, 0.0));
    // Nor is what rounding makes of a constant a spread, or hides a small one.
    let near = |step: f64| -> Vec<f64> { (0..10).map(|i| 2e7 + step * f64::from(i)).collect() };
    let rounded = chance_share(&near(3e-9), &near(0.0));
    assert_eq!((rounded.chance.value, rounded.chance.hi, rounded.variance), (0.0, 0.0, 0.0));
    assert!(chance_share(&near(1.0), &near(0.0)).variance > 9.0);
    let mut uniforms = Uniforms(2);
    let (a, b) = (uniforms.normals(3000), uniforms.normals(3000));
    let all = chance_share(&a, &b);
    assert!(all.chance.value > 0.95 && all.chance.hi == 1.0);
}

#[test]
fn kolmogorov_smirnov_is_calibrated() {
    // Under equality p-values are uniform: of 500, those below 0.05 number 25, standard deviation 4.9; four of them.
    let mut uniforms = Uniforms(13);
    let (mut one, mut two) = (0, 0);
    for _ in 0..500 {
        let (a, b) = (uniforms.normals(300), uniforms.normals(200));
        one += u32::from(one_sample(&a, normal_cdf).p_value < 0.05);
        two += u32::from(two_sample(&a, &b).p_value < 0.05);
    }
    assert!((6..=44).contains(&one), "{one} of 500");
    assert!((6..=44).contains(&two), "{two} of 500");
    let shifted: Vec<f64> = uniforms.normals(300).iter().map(|z| z + 0.5).collect();
    assert!(two_sample(&shifted, &uniforms.normals(300)).p_value < 1e-4);
    assert!(one_sample(&shifted, normal_cdf).p_value < 1e-4);
}

#[test]
fn kolmogorov_smirnov_statistic_by_hand() {
    near(two_sample(&[1.0, 2.0, 3.0], &[2.5, 3.5, 4.5, 5.5]).statistic, 0.75, 1e-15);
    near(one_sample(&[0.1, 0.2, 0.9], |x| x).statistic, 2.0 / 3.0 - 0.2, 1e-15);
    // P(K > 1.3581) = 0.05, the classical critical value, for a large sample.
    let n = 1e6f64;
    let root = n.sqrt();
    let d = 1.3581 / (root + 0.12 + 0.11 / root);
    let step = |i: usize| (i as f64 + 0.5) / n;
    let sample: Vec<f64> = (0..1_000_000).map(|i| (step(i) - d + 0.5 / n).max(0.0)).collect();
    near(one_sample(&sample, |x| x).p_value, 0.05, 1e-4);
    assert!(two_sample(&[], &[1.0]).p_value.is_nan());
}
