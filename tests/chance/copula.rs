//! Rank correlations and matrices.

use redress::chance::copula::{CopulaError, RankCorrelation};
use redress::chance::linalg::{cholesky, smallest_eigenvalue};

use super::{Uniforms, close};

/// Spearman's rho of two columns without ties.
fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let ranks = |x: &[f64]| {
        let mut order: Vec<usize> = (0..x.len()).collect();
        order.sort_by(|i, j| x[*i].total_cmp(&x[*j]));
        let mut rank = vec![0.0; x.len()];
        order.iter().enumerate().for_each(|(r, i)| rank[*i] = r as f64);
        rank
    };
    let (a, b) = (ranks(a), ranks(b));
    let middle = (a.len() as f64 - 1.0) / 2.0;
    let product: f64 = a.iter().zip(&b).map(|(x, y)| (x - middle) * (y - middle)).sum();
    product / a.iter().map(|x| (x - middle) * (x - middle)).sum::<f64>()
}

#[test]
fn rank_correlations_come_out_as_asked() {
    let copula = RankCorrelation::new(4, &[(0, 2, 0.7), (2, 3, -0.4)], None).expect("consistent");
    assert_eq!(copula.components(), vec![&[0, 2, 3][..]]);
    let mut uniforms = Uniforms(3);
    let mut columns = vec![Vec::new(); 4];
    for _ in 0..20_000 {
        let before: Vec<f64> = (0..4).map(|_| uniforms.next()).collect();
        let mut u = before.clone();
        copula.apply(&mut u);
        // The unlinked variable and the first of the group keep their bits.
        assert_eq!((u[0].to_bits(), u[1].to_bits()), (before[0].to_bits(), before[1].to_bits()));
        columns.iter_mut().zip(&u).for_each(|(c, x)| c.push(*x));
    }
    // Standard error about 1 / sqrt(20000) = 0.007; four of them.
    for (i, j, rho) in [(0, 2, 0.7), (2, 3, -0.4), (0, 3, 0.0), (0, 1, 0.0), (1, 2, 0.0)] {
        let got = spearman(&columns[i], &columns[j]);
        assert!((got - rho).abs() < 0.028, "{i} and {j}: {got}, not {rho}");
    }
}

#[test]
fn a_t_copula_moves_tails_together() {
    let pairs = [(0, 1, 0.5)];
    let joint = |freedom: Option<f64>| {
        let copula = RankCorrelation::new(2, &pairs, freedom).expect("consistent");
        let mut uniforms = Uniforms(8);
        let mut both = 0;
        let mut sums = [0.0; 2];
        for _ in 0..40_000 {
            let mut u = [uniforms.next(), uniforms.next()];
            copula.apply_student(&mut u, uniforms.next());
            both += u32::from(u[0] > 0.99 && u[1] > 0.99);
            sums[0] += u[0];
            sums[1] += u[1];
        }
        // Margins stay uniform: mean 1/2, standard error 0.0014, four of them.
        assert!(sums.iter().all(|s| (s / 40_000.0 - 0.5).abs() < 0.006));
        both
    };
    let (gaussian, student) = (joint(None), joint(Some(3.0)));
    assert!(student > 2 * gaussian, "{student} joint extremes against {gaussian}");
}

#[test]
fn contradictions_are_refused_and_named() {
    let pairs = [(0, 1, 0.9), (1, 2, 0.9), (0, 2, -0.9)];
    let error = RankCorrelation::new(3, &pairs, None).expect_err("impossible");
    let CopulaError::NotPositiveDefinite { smallest_eigenvalue, .. } = &error else { panic!("{error}") };
    // All three pairs pull alike: eigenvalue 1 - 2 * 2 sin(0.15 pi).
    close(*smallest_eigenvalue, 1.0 - 4.0 * (0.15 * std::f64::consts::PI).sin(), 1e-12, "smallest eigenvalue");
    assert!(error.to_string().contains("contradict"));
    // Positive definite in Spearman's rho and singular or worse in the normal correlation: the test comes after.
    assert!(RankCorrelation::new(2, &[(0, 1, 1.0)], None).is_err());
    assert!(RankCorrelation::new(2, &[(0, 2, 0.1)], None).is_err());
    assert!(RankCorrelation::new(2, &[(0, 1, 0.1), (1, 0, 0.2)], None).is_err());
    assert!(RankCorrelation::new(2, &[(0, 1, 0.1)], Some(0.0)).is_err());
}

#[test]
fn definiteness_is_tested_after_conversion() {
    // Star of four variables with rho = 0.6 to the outer ones and -0.1 between them, near the edge: 2 sin(pi rho / 6)
    // exceeds rho, so a matrix that is just definite in rho is not in the normal correlation.
    let find = |scale: f64| {
        let (centre, outer) = (0.577 * scale, 0.0);
        let pairs = [(0, 1, centre), (0, 2, centre), (0, 3, centre), (1, 2, outer), (1, 3, outer), (2, 3, outer)];
        RankCorrelation::new(4, &pairs, None)
    };
    // In rho alone the edge is 1 / sqrt(3) = 0.57735.
    assert!(find(1.0).is_err());
    assert!(find(0.95).is_ok());
}

#[test]
fn triangular_roots_multiply_back() {
    let a = [4.0, 2.0, 1.0, 2.0, 5.0, 3.0, 1.0, 3.0, 6.0];
    let mut root = a;
    assert!(cholesky(&mut root, 3));
    for i in 0..3 {
        for j in 0..3 {
            let product: f64 = (0..3).map(|k| root[i * 3 + k] * root[j * 3 + k]).sum();
            assert!((product - a[i * 3 + j]).abs() < 1e-14);
        }
    }
}

#[test]
fn singular_matrices_have_no_root() {
    assert!(!cholesky(&mut [1.0, 1.0, 1.0, 1.0], 2));
}

#[test]
fn smallest_eigenvalue_is_found_with_its_vector() {
    let (value, vector) = smallest_eigenvalue(&[2.0, 1.0, 1.0, 2.0], 2).expect("not empty");
    close(value, 1.0, 1e-14, "eigenvalue");
    close(vector[0] * vector[1], -0.5, 1e-13, "eigenvector");
}
