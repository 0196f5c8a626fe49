//! The regularised incomplete gamma functions, both tails, and their inverses.

use std::f64::consts::PI;

use super::{LogTails, invert_log_tails, normal_quantile};

/// zeta(k) - 1 for k = 2 to 31.
const ZETA_LESS_ONE: [f64; 30] = [
    0.6449340668482264,
    0.2020569031595943,
    0.08232323371113819,
    0.03692775514336993,
    0.01734306198444914,
    0.008349277381922827,
    0.00407735619794434,
    0.0020083928260822143,
    0.0009945751278180853,
    0.0004941886041194645,
    0.0002460865533080483,
    0.00012271334757848915,
    6.124813505870483e-05,
    3.058823630702049e-05,
    1.528225940865187e-05,
    7.637197637899763e-06,
    3.81729326499984e-06,
    1.908212716553939e-06,
    9.539620338727962e-07,
    4.769329867878064e-07,
    2.38450502727733e-07,
    1.1921992596531106e-07,
    5.960818905125948e-08,
    2.980350351465228e-08,
    1.4901554828365043e-08,
    7.45071178983543e-09,
    3.725334024788457e-09,
    1.862659723513049e-09,
    9.313274324196682e-10,
    4.656629065033784e-10,
];
/// 1 - Euler's constant.
const ONE_LESS_EULER: f64 = 0.42278433509846713;
const HALF_LN_TWO_PI: f64 = 0.9189385332046728;
const EPSILON: f64 = 1e-17;
const MOST_TERMS: usize = 200_000;

/// ln |Gamma(x)|.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// P(a, x): the share of the gamma law of shape `a` and scale 1 that lies at or below `x`.
pub fn gamma_p(a: f64, x: f64) -> f64 {
    gamma_pq(a, x).0
}

/// Q(a, x) = 1 - P(a, x), accurate far in the upper tail.
pub fn gamma_q(a: f64, x: f64) -> f64 {
    gamma_pq(a, x).1
}

/// (P, Q) at once: series below a + 1, continued fraction (Lentz) above, and for shapes below one near zero a series
/// for Q that does not subtract from one.
pub fn gamma_pq(a: f64, x: f64) -> (f64, f64) {
    if a.is_nan() || x.is_nan() || a <= 0.0 || a.is_infinite() {
        return (f64::NAN, f64::NAN);
    }
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x.is_infinite() {
        return (1.0, 0.0);
    }
    tails(a, x, poisson_term(a, x))
}

/// The same inside the domain, by the [`poisson_term`] of the place.
fn tails(a: f64, x: f64, term: f64) -> (f64, f64) {
    if a < 1.0 && x < 1.5 {
        return ((term * lower_series(a, x)).min(1.0), small_shape_upper(a, x));
    }
    if x < a + 1.0 {
        let p = (term * lower_series(a, x)).min(1.0);
        return (p, 1.0 - p);
    }
    let q = (term * a * upper_fraction(a, x)).min(1.0);
    (1.0 - q, q)
}

/// The x with P(a, x) = `p`; 0 for p = 0, infinity for p = 1, NaN outside the domain.
pub fn gamma_p_inv(a: f64, p: f64) -> f64 {
    libm::exp(ln_gamma_inv(a, p, 1.0 - p))
}

/// The x with Q(a, x) = `q`, for tails far smaller than `1.0 - q` can express.
pub fn gamma_q_inv(a: f64, q: f64) -> f64 {
    libm::exp(ln_gamma_inv(a, 1.0 - q, q))
}

/// The logarithm of the x with P(a, x) = `p` and Q(a, x) = `q` (the two must add to one; the smaller one is used).
/// The logarithm matters for tiny shapes, where x itself is below the smallest double.
pub fn ln_gamma_inv(a: f64, p: f64, q: f64) -> f64 {
    if a.is_nan() || a <= 0.0 || !(0.0..=1.0).contains(&p) || !(0.0..=1.0).contains(&q) {
        return f64::NAN;
    }
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    if q == 0.0 {
        return f64::INFINITY;
    }
    invert_log_tails(|y| log_tails(a, y), p, q, inverse_start(a, p, q))
}

/// Wilson and Hilferty's cube for shapes from one up, else the power law that holds near zero.
fn inverse_start(a: f64, p: f64, q: f64) -> f64 {
    let z = if p <= q { normal_quantile(p) } else { -normal_quantile(q) };
    let cube_root = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * a.sqrt());
    if a >= 1.0 && cube_root > 0.2 {
        return libm::log(a) + 3.0 * libm::log(cube_root);
    }
    (libm::log(p) + ln_gamma(a + 1.0)) / a
}

/// Logarithms of both tails and of the density in y = ln x.
fn log_tails(a: f64, y: f64) -> LogTails {
    let x = libm::exp(y);
    if x < 1e-17 {
        let lower = a * y - ln_gamma_one_plus(a);
        let upper = libm::log(-libm::expm1(lower));
        return LogTails { lower, upper, density: lower + libm::log(a), density_slope: a };
    }
    let term = poisson_term(a, x);
    let (p, q) = if x.is_infinite() { (1.0, 0.0) } else { tails(a, x, term) };
    LogTails { lower: libm::log(p), upper: libm::log(q), density: libm::log(a) + libm::log(term), density_slope: a - x }
}

/// P(a, x) over its [`poisson_term`].
fn lower_series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 1..MOST_TERMS {
        term *= x / (a + n as f64);
        sum += term;
        if term < sum * EPSILON {
            break;
        }
    }
    sum
}

/// Q(a, x) over its [`poisson_term`] and `a`.
fn upper_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut h = d;
    for n in 1..MOST_TERMS {
        let n = n as f64;
        let an = n * (a - n);
        b += 2.0;
        d = 1.0 / away_from_zero(an * d + b);
        c = away_from_zero(b + an / c);
        let factor = d * c;
        h *= factor;
        if (factor - 1.0).abs() < 2e-16 {
            break;
        }
    }
    h
}

pub(super) fn away_from_zero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

/// Q(a, x) for a < 1 and small x: [Gamma(a + 1) - x^a (1 + a T)] / Gamma(a + 1), each difference from one kept whole.
fn small_shape_upper(a: f64, x: f64) -> f64 {
    let (mut power, mut sum) = (1.0, 0.0);
    for n in 1..200 {
        let n = f64::from(n);
        power *= -x / n;
        sum += power / (a + n);
        if power.abs() < EPSILON {
            break;
        }
    }
    let gamma_less_one = libm::expm1(ln_gamma_one_plus(a));
    let power_less_one = libm::expm1(a * libm::log(x));
    let top = gamma_less_one - power_less_one - (1.0 + power_less_one) * a * sum;
    (top / (1.0 + gamma_less_one)).clamp(0.0, 1.0)
}

/// ln Gamma(1 + a) with small relative error also for tiny `a`.
pub(super) fn ln_gamma_one_plus(a: f64) -> f64 {
    if a > 0.5 {
        return ln_gamma(1.0 + a);
    }
    let mut power = -a;
    let mut sum = 0.0;
    for (i, zeta) in ZETA_LESS_ONE.iter().enumerate() {
        power *= -a;
        sum += zeta * power / (i as f64 + 2.0);
    }
    a * ONE_LESS_EULER - libm::log1p(a) + sum
}

/// x^a e^-x / Gamma(a + 1), by Loader's saddle-point form (2000) for large `a`.
fn poisson_term(a: f64, x: f64) -> f64 {
    if a >= 15.0 {
        return libm::exp(-stirling_error(a) - deviance(a, x)) / (2.0 * PI * a).sqrt();
    }
    if x < 700.0 {
        return libm::pow(x, a) * libm::exp(-x) / libm::tgamma(a + 1.0);
    }
    libm::exp(a * libm::log(x) - x - ln_gamma(a + 1.0))
}

/// What Stirling's formula lacks of ln Gamma(a + 1).
pub(super) fn stirling_error(a: f64) -> f64 {
    if a < 15.0 {
        return ln_gamma_one_plus(a) - (a + 0.5) * libm::log(a) + a - HALF_LN_TWO_PI;
    }
    let s = 1.0 / (a * a);
    (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - s / 1188.0)))) / a
}

/// a ln(a/m) + m - a without cancellation near a = m.
pub(super) fn deviance(a: f64, m: f64) -> f64 {
    if (a - m).abs() >= 0.1 * (a + m) {
        return a * libm::log(a / m) + m - a;
    }
    let v = (a - m) / (a + m);
    let mut sum = (a - m) * v;
    let mut power = 2.0 * a * v;
    for j in 1..100 {
        power *= v * v;
        let next = sum + power / (2.0 * f64::from(j) + 1.0);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}
