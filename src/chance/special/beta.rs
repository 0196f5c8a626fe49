//! The regularised incomplete beta function, both tails, and its inverse.

use std::f64::consts::PI;

use super::gamma::{away_from_zero, ln_gamma_one_plus};
use super::{LogTails, deviance, invert_log_tails, ln_gamma, stirling_error};

const MOST_TERMS: usize = 200_000;

/// ln B(a, b).
pub fn ln_beta(a: f64, b: f64) -> f64 {
    if a.min(b) >= 15.0 {
        let n = a + b;
        let stirling = stirling_error(a) + stirling_error(b) - stirling_error(n);
        return stirling + a * libm::log(a / n) + b * libm::log(b / n) + 0.5 * libm::log(2.0 * PI * n / (a * b));
    }
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    ln_gamma_one_plus(small) - libm::log(small) - (ln_gamma(small + large) - ln_gamma(large))
}

/// I_x(a, b): the share of the beta law on 0 to 1 that lies at or below `x`.
pub fn beta_i(a: f64, b: f64, x: f64) -> f64 {
    beta_pq(a, b, x, 1.0 - x).0
}

/// 1 - I_x(a, b), accurate far in the upper tail.
pub fn beta_q(a: f64, b: f64, x: f64) -> f64 {
    beta_pq(a, b, x, 1.0 - x).1
}

/// The x with I_x(a, b) = `p`; NaN outside the domain.
pub fn beta_inv(a: f64, b: f64, p: f64) -> f64 {
    beta_inverse(a, b, p, 1.0 - p)
}

/// The x with 1 - I_x(a, b) = `q`, for tails far smaller than `1.0 - q` can express.
pub fn beta_inv_sf(a: f64, b: f64, q: f64) -> f64 {
    beta_inverse(a, b, 1.0 - q, q)
}

fn beta_inverse(a: f64, b: f64, p: f64, q: f64) -> f64 {
    let valid = a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite();
    if !valid || !(0.0..=1.0).contains(&p) || !(0.0..=1.0).contains(&q) {
        return f64::NAN;
    }
    if p == 0.0 {
        return 0.0;
    }
    if q == 0.0 {
        return 1.0;
    }
    let log_beta = ln_beta(a, b);
    let start = inverse_start(a, b, p, q, log_beta);
    let logit = invert_log_tails(|y| log_tails(a, b, y, log_beta), p, q, start);
    1.0 / (1.0 + libm::exp(-logit))
}

/// The power law near the end of the smaller tail, in y = ln(x / (1 - x)), or the mean where that lies nearer.
fn inverse_start(a: f64, b: f64, p: f64, q: f64, log_beta: f64) -> f64 {
    let centre = libm::log(a / b);
    if p <= q {
        ((libm::log(p) + libm::log(a) + log_beta) / a).min(centre)
    } else {
        (-(libm::log(q) + libm::log(b) + log_beta) / b).max(centre)
    }
}

fn log_tails(a: f64, b: f64, y: f64, log_beta: f64) -> LogTails {
    let ends = (a + b + 1.0) * libm::exp(-y.abs());
    if ends < 1e-17 {
        let shape = if y < 0.0 { a } else { b };
        let near = -shape * y.abs() - libm::log(shape) - log_beta;
        let far = libm::log(-libm::expm1(near.min(0.0)));
        let (lower, upper) = if y < 0.0 { (near, far) } else { (far, near) };
        return LogTails { lower, upper, density: near + libm::log(shape), density_slope: shape.copysign(-y) };
    }
    let (x, rest) = (1.0 / (1.0 + libm::exp(-y)), 1.0 / (1.0 + libm::exp(y)));
    let (p, q) = beta_pq(a, b, x, rest);
    LogTails {
        lower: libm::log(p),
        upper: libm::log(q),
        density: libm::log(power_term(a, b, x, rest)),
        density_slope: a * rest - b * x,
    }
}

/// (I, 1 - I) at `x`, with `rest` = 1 - x given apart so that neither end loses digits.
fn beta_pq(a: f64, b: f64, x: f64, rest: f64) -> (f64, f64) {
    let valid = a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite() && !x.is_nan();
    if !valid {
        return (f64::NAN, f64::NAN);
    }
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if rest <= 0.0 {
        return (1.0, 0.0);
    }
    if x < (a + 1.0) / (a + b + 2.0) {
        let p = (power_term(a, b, x, rest) / a * fraction(a, b, x)).min(1.0);
        return (p, 1.0 - p);
    }
    let q = (power_term(a, b, x, rest) / b * fraction(b, a, rest)).min(1.0);
    (1.0 - q, q)
}

/// x^a (1 - x)^b / B(a, b), by Loader's saddle-point form of the binomial probability.
fn power_term(a: f64, b: f64, x: f64, rest: f64) -> f64 {
    let n = a + b;
    let exponent =
        stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance(a, n * x) - deviance(b, n * rest);
    libm::exp(exponent) * (a * b / (2.0 * PI * n)).sqrt()
}

/// The continued fraction of the incomplete beta function (modified Lentz).
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..MOST_TERMS {
        let m = m as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        h *= d * c;
        if (d * c - 1.0).abs() < 2e-16 {
            break;
        }
    }
    h
}
