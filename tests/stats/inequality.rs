//! Gini coefficients of laws whose Gini is known.

use redress::stats::{gini_binned, gini_weighted};

use super::{Uniforms, near};

#[test]
fn small_populations_by_hand() {
    // One of four has everything: 3/4; mean 25.
    let g = gini_weighted(&[(0.0, 3.0), (100.0, 1.0)]);
    near(g.relative, 0.75, 1e-15);
    near(g.absolute, 18.75, 1e-13);
    // 1, 2, 3: mean absolute difference (over all nine pairs) 8/9, half of it 4/9.
    let g = gini_weighted(&[(3.0, 1.0), (1.0, 1.0), (2.0, 1.0)]);
    near(g.absolute, 4.0 / 9.0, 1e-15);
    near(g.relative, 2.0 / 9.0, 1e-15);
    assert_eq!(gini_weighted(&[(5.0, 2.0), (5.0, 1.0)]).relative, 0.0);
    assert_eq!(gini_weighted(&[]).absolute, 0.0);
    assert_eq!(gini_weighted(&[(0.0, 2.0)]).relative, 0.0);
}

#[test]
fn weights_repeat_people_and_scale_does_not_matter() {
    let a = gini_weighted(&[(1.0, 2.0), (4.0, 1.0)]);
    let b = gini_weighted(&[(1.0, 1.0), (1.0, 1.0), (4.0, 1.0)]);
    let c = gini_weighted(&[(1.0, 0.2), (4.0, 0.1)]);
    near(a.relative, b.relative, 1e-15);
    near(a.relative, c.relative, 1e-15);
}

#[test]
fn known_laws_have_their_gini() {
    // Exponential 1/2; Pareto of index 3: 1 / (2 * 3 - 1) = 0.2. Midpoints of 100,000 equal shares.
    let n = 100_000;
    let law = |quantile: &dyn Fn(f64) -> f64| -> Vec<(f64, f64)> {
        (0..n).map(|i| (quantile((i as f64 + 0.5) / n as f64), 1.0)).collect()
    };
    near(gini_weighted(&law(&|u| -(1.0 - u).ln())).relative, 0.5, 1e-4);
    near(gini_weighted(&law(&|u| (1.0 - u).powf(-1.0 / 3.0))).relative, 0.2, 2e-3);
}

#[test]
fn bins_understate_a_little() {
    let mut uniforms = Uniforms(21);
    let mut values: Vec<f64> = uniforms.normals(20_000).iter().map(|z| z.exp()).collect();
    values.sort_by(f64::total_cmp);
    let exact = gini_weighted(&values.iter().map(|x| (*x, 1.0)).collect::<Vec<_>>());
    let bins: Vec<(f64, f64)> = values.chunks(100).map(|c| (c.len() as f64, c.iter().sum())).collect();
    let binned = gini_binned(&bins);
    near(binned.mean, exact.mean, 1e-12);
    assert!(binned.absolute <= exact.absolute);
    near(binned.relative, exact.relative, 1e-3);
}
