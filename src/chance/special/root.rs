//! Roots: bracketed Halley steps on the logarithm of a tail, Brent's method for anything else, and Student's t, which the
//! interval estimates need.

use super::{beta_i, beta_inv};

/// Logarithms of P(Y <= y), of P(Y > y) and of the density at y, and the derivative of the last.
pub(super) struct LogTails {
    /// ln P(Y <= y).
    pub lower: f64,
    /// ln P(Y > y).
    pub upper: f64,
    /// Logarithm of the density at y.
    pub density: f64,
    /// Derivative of the logarithm of the density, by y.
    pub density_slope: f64,
}

/// The y at which the smaller of the two tails equals its target.
///
/// The logarithm of a tail of a gamma or beta law is nearly straight in y = ln x (or the logit), so Halley's steps
/// (Press et al., *Numerical Recipes*, third edition, 2007, section 9.4) converge from far away; they are kept inside a
/// bracket that every evaluation tightens.
pub(super) fn invert_log_tails(tails: impl Fn(f64) -> LogTails, p: f64, q: f64, start: f64) -> f64 {
    let use_lower = p <= q;
    let target = libm::log(if use_lower { p } else { q });
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut y = start;
    for _ in 0..400 {
        let t = tails(y);
        let tail = if use_lower { t.lower } else { t.upper };
        let gap = if use_lower { tail - target } else { target - tail };
        if gap == 0.0 {
            return y;
        }
        if gap < 0.0 {
            low = y
        } else {
            high = y
        }
        // First derivative of the logarithm of the tail, and the second over the first.
        let slope = libm::exp(t.density - tail);
        let bend = t.density_slope + if use_lower { -slope } else { slope };
        let newton = -gap / slope;
        // Cubic convergence is still far off where the correction is large.
        let step = newton / (1.0 + 0.5 * newton * bend).clamp(0.5, 2.0);
        let scaled = step * bend.abs().max(slope);
        if step.abs() * scaled * scaled < 1e-16 {
            // Convergence is cubic: what is left after this step is about its cube over the square of the length on
            // which the tail bends, and so below the rounding of y.
            return y + step;
        }
        y += safe_step(step, y, low, high, gap);
        if high - low <= 4.0 * f64::EPSILON * y.abs() {
            break;
        }
    }
    y
}

/// `step` where it is sound and stays inside the bracket, else towards the open side or to the middle.
fn safe_step(step: f64, y: f64, low: f64, high: f64, gap: f64) -> f64 {
    let longest = 2.0 + 0.5 * y.abs();
    let open = if gap < 0.0 { high.is_infinite() } else { low.is_infinite() };
    if step.is_finite() && step != 0.0 && y + step > low && y + step < high {
        return step.clamp(-longest, longest);
    }
    if open {
        return if gap < 0.0 { longest } else { -longest };
    }
    0.5 * (low + high) - y
}

/// A root of `f` between `low` and `high` by Brent's method (1973), to about `tolerance` in the argument.
///
/// None if `f` has the same sign at both ends or is not a number there.
pub fn find_root(f: impl Fn(f64) -> f64, low: f64, high: f64, tolerance: f64) -> Option<f64> {
    let (mut a, mut b) = (low, high);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa.is_nan() || fb.is_nan() || (fa > 0.0 && fb > 0.0) || (fa < 0.0 && fb < 0.0) {
        return None;
    }
    let (mut c, mut fc) = (a, fa);
    let (mut step, mut last) = (b - a, b - a);
    for _ in 0..300 {
        if (fb > 0.0) == (fc > 0.0) {
            (c, fc) = (a, fa);
            step = b - a;
            last = step;
        }
        if fc.abs() < fb.abs() {
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let within = 2.0 * f64::EPSILON * b.abs() + 0.5 * tolerance;
        let half = 0.5 * (c - b);
        if half.abs() <= within || fb == 0.0 {
            break;
        }
        (step, last) = brent_step((a, fa), (b, fb), (c, fc), (step, last), within);
        (a, fa) = (b, fb);
        b += if step.abs() > within { step } else { within.copysign(half) };
        fb = f(b);
    }
    Some(b)
}

/// Interpolation if it stays well inside and shrinks fast enough, else bisection: (step, step before it).
fn brent_step(
    (a, fa): (f64, f64),
    (b, fb): (f64, f64),
    (c, fc): (f64, f64),
    (step, last): (f64, f64),
    within: f64,
) -> (f64, f64) {
    let half = 0.5 * (c - b);
    if last.abs() < within || fa.abs() <= fb.abs() || !fa.is_finite() || !fc.is_finite() {
        return (half, half);
    }
    let s = fb / fa;
    let (mut p, mut q) = if a == c {
        (2.0 * half * s, 1.0 - s)
    } else {
        let (q, r) = (fa / fc, fb / fc);
        (s * (2.0 * half * q * (q - r) - (b - a) * (r - 1.0)), (q - 1.0) * (r - 1.0) * (s - 1.0))
    };
    if p > 0.0 {
        q = -q;
    }
    p = p.abs();
    if 2.0 * p < (3.0 * half * q - (within * q).abs()).min((last * q).abs()) { (p / q, step) } else { (half, half) }
}

/// P(T <= t) for Student's t with `nu` degrees of freedom.
pub fn student_cdf(t: f64, nu: f64) -> f64 {
    if t.is_infinite() {
        return if t > 0.0 { 1.0 } else { 0.0 };
    }
    // For small |t| the complement keeps the digits.
    let far = t * t / (nu + t * t);
    let tail =
        if far < 0.5 { 0.5 - 0.5 * beta_i(0.5, 0.5 * nu, far) } else { 0.5 * beta_i(0.5 * nu, 0.5, nu / (nu + t * t)) };
    if t > 0.0 { 1.0 - tail } else { tail }
}

/// The t with P(T <= t) = `p` for Student's t with `nu` degrees of freedom.
pub fn student_quantile(p: f64, nu: f64) -> f64 {
    if p == 0.5 {
        return 0.0;
    }
    let tail = p.min(1.0 - p);
    let x = beta_inv(0.5 * nu, 0.5, 2.0 * tail);
    let t = (nu * (1.0 - x) / x).sqrt();
    if p < 0.5 { -t } else { t }
}
