//! Special functions against values computed with mpmath at 50 digits, and inverses against their functions.

use redress::chance::special::{
    beta_i, beta_inv, beta_q, find_root, gamma_p, gamma_p_inv, gamma_q, gamma_q_inv, ln_gamma, normal_cdf,
    normal_quantile, normal_quantile_sf, normal_sf, student_cdf, student_quantile,
};

use super::close;
use super::reference::{BETA_PQ, GAMMA_PQ, LN_GAMMA, NORMAL_CDF, NORMAL_QUANTILE, STUDENT};

#[test]
fn normal_tails_match_reference() {
    for &(z, p) in NORMAL_CDF {
        close(normal_cdf(z), p, 2e-15, &format!("cdf at {z}"));
        close(normal_sf(-z), p, 2e-15, &format!("sf at {}", -z));
    }
}

#[test]
fn normal_quantile_matches_reference() {
    for &(p, z) in NORMAL_QUANTILE {
        close(normal_quantile(p), z, 1e-15, &format!("quantile at {p}"));
        close(normal_quantile_sf(p), -z, 1e-15, &format!("upper quantile at {p}"));
    }
    assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
    assert_eq!(normal_quantile(1.0), f64::INFINITY);
    assert_eq!(normal_quantile(0.5), 0.0);
    assert!(normal_quantile(-0.1).is_nan() && normal_quantile(f64::NAN).is_nan());
}

#[test]
fn incomplete_gamma_matches_reference() {
    for &(a, x, p, q) in GAMMA_PQ {
        close(gamma_p(a, x), p, 1e-14, &format!("P({a}, {x})"));
        close(gamma_q(a, x), q, 1e-13, &format!("Q({a}, {x})"));
    }
}

#[test]
fn incomplete_beta_matches_reference() {
    for &(a, b, x, p, q) in BETA_PQ {
        close(beta_i(a, b, x), p, 3e-13, &format!("I({a}, {b}, {x})"));
        close(beta_q(a, b, x), q, 3e-12, &format!("1 - I({a}, {b}, {x})"));
    }
}

#[test]
fn log_gamma_and_student_match_reference() {
    for &(x, want) in LN_GAMMA {
        close(ln_gamma(x), want, 1e-14, &format!("ln Gamma({x})"));
    }
    for &(t, nu, want) in STUDENT {
        close(student_cdf(t, nu), want, 1e-13, &format!("t cdf at {t}, nu {nu}"));
        close(student_quantile(want, nu), t, 1e-10, &format!("t quantile, nu {nu}"));
    }
}

#[test]
fn gamma_inverse_undoes_gamma() {
    for a in [0.01, 0.1, 0.4, 1.0, 2.5, 30.0, 1e3, 1e5] {
        for tail in [1e-15, 1e-9, 1e-4, 0.01, 0.2, 0.5] {
            let x = gamma_p_inv(a, tail);
            // Below the smallest double the inverse is zero.
            if x > 1e-290 {
                close(gamma_p(a, x), tail, 1e-12 * a.max(1.0).sqrt(), &format!("P at its inverse, a {a}"));
            }
            let x = gamma_q_inv(a, tail);
            if x > 1e-290 {
                close(gamma_q(a, x), tail, 1e-12 * a.max(1.0).sqrt(), &format!("Q at its inverse, a {a}"));
            }
        }
    }
}

#[test]
fn beta_inverse_undoes_beta() {
    for (a, b) in [(0.4, 199.6), (199.6, 0.4), (0.02, 0.03), (2.0, 3.0), (60.0, 940.0), (1.0, 1.0), (4e4, 6e4)] {
        for p in [1e-12, 1e-5, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999] {
            let x = beta_inv(a, b, p);
            // Where x is so near one that its rounding moves p, the double itself is the limit.
            if x > 1e-290 && x < 1.0 - 1e-5 {
                close(beta_i(a, b, x), p, 1e-10, &format!("I at its inverse, a {a}, b {b}, p {p}"));
            }
        }
    }
    assert_eq!(beta_inv(2.0, 3.0, 0.0), 0.0);
    assert_eq!(beta_inv(2.0, 3.0, 1.0), 1.0);
    assert!(beta_inv(-1.0, 3.0, 0.5).is_nan());
}

#[test]
fn root_finder_needs_a_change_of_sign() {
    let root = find_root(|x| x * x - 2.0, 0.0, 2.0, 1e-15).expect("the sign changes");
    close(root, 2f64.sqrt(), 1e-15, "root of two");
    assert_eq!(find_root(|x| x * x + 1.0, -1.0, 1.0, 1e-15), None);
}
