//! The standard normal law: density, both tails, and the quantile function.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// What the double nearest to 1/sqrt(2) lacks of it.
const FRAC_1_SQRT_2_REST: f64 = -4.833646656726457e-17;

const CENTRE_TOP: [f64; 8] = [
    3.3871328727963665,
    133.14166789178438,
    1971.5909503065513,
    13731.69376550946,
    45921.95393154987,
    67265.7709270087,
    33430.57558358813,
    2509.0809287301227,
];
const CENTRE_BOTTOM: [f64; 8] = [
    1.0,
    42.31333070160091,
    687.1870074920579,
    5394.196021424751,
    21213.794301586597,
    39307.89580009271,
    28729.085735721943,
    5226.495278852854,
];
const TAIL_TOP: [f64; 8] = [
    1.4234371107496835,
    4.630337846156546,
    5.769497221460691,
    3.6478483247632045,
    1.2704582524523684,
    0.2417807251774506,
    0.022723844989269184,
    0.0007745450142783414,
];
const TAIL_BOTTOM: [f64; 8] = [
    1.0,
    2.053191626637759,
    1.6763848301838038,
    0.6897673349851,
    0.14810397642748008,
    0.015198666563616457,
    0.0005475938084995345,
    1.0507500716444169e-09,
];
const FAR_TOP: [f64; 8] = [
    6.657904643501103,
    5.463784911164114,
    1.7848265399172913,
    0.29656057182850487,
    0.026532189526576124,
    0.0012426609473880784,
    2.7115555687434876e-05,
    2.0103343992922881e-07,
];
const FAR_BOTTOM: [f64; 8] = [
    1.0,
    0.599832206555888,
    0.1369298809227358,
    0.014875361290850615,
    0.0007868691311456133,
    1.8463183175100548e-05,
    1.421511758316446e-07,
    2.0442631033899397e-15,
];

/// Density of the standard normal law at `z`.
pub fn normal_pdf(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt()
}

/// P(Z <= z) for a standard normal Z, with small relative error also far in the lower tail.
pub fn normal_cdf(z: f64) -> f64 {
    // z/sqrt(2) is carried with its rounding error, which would otherwise grow like z^2 in the tail.
    let t = -z * FRAC_1_SQRT_2;
    let half = 0.5 * libm::erfc(t);
    if t.abs() > 27.0 || t.is_nan() {
        return half;
    }
    let rest = (-z).mul_add(FRAC_1_SQRT_2, -t) - z * FRAC_1_SQRT_2_REST;
    half - rest * libm::exp(-t * t) / PI.sqrt()
}

/// P(Z > z) for a standard normal Z, with small relative error also far in the upper tail.
pub fn normal_sf(z: f64) -> f64 {
    normal_cdf(-z)
}

/// The z with P(Z <= z) = `p`: Wichura's algorithm AS 241 (1988), with one Halley step in the tails.
///
/// `p` = 0 gives minus infinity, 1 gives infinity, anything outside [0, 1] NaN.
pub fn normal_quantile(p: f64) -> f64 {
    if p.is_nan() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let centred = p - 0.5;
    if centred.abs() <= 0.425 {
        return centred * ratio(&CENTRE_TOP, &CENTRE_BOTTOM, 0.180625 - centred * centred);
    }
    if centred < 0.0 { lower_tail(p) } else { -lower_tail(1.0 - p) }
}

/// The z with P(Z > z) = `q`; exact for tails far smaller than `1.0 - q` can express.
pub fn normal_quantile_sf(q: f64) -> f64 {
    -normal_quantile(q)
}

fn lower_tail(p: f64) -> f64 {
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    let r = (-libm::log(p)).sqrt();
    let z = if r <= 5.0 { -ratio(&TAIL_TOP, &TAIL_BOTTOM, r - 1.6) } else { -ratio(&FAR_TOP, &FAR_BOTTOM, r - 5.0) };
    if z < -37.0 {
        return z;
    }
    let step = (normal_cdf(z) - p) / normal_pdf(z);
    z - step / (1.0 + 0.5 * z * step)
}

fn ratio(top: &[f64; 8], bottom: &[f64; 8], r: f64) -> f64 {
    polynomial(top, r) / polynomial(bottom, r)
}

fn polynomial(coefficients: &[f64; 8], r: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * r + c)
}
