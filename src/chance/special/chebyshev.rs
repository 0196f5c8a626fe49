//! Chebyshev series through given heights (Trefethen, *Approximation Theory and Approximation Practice*, 2013).

use std::f64::consts::PI;

/// cos(pi j / degree) over a whole period of 2 degree; the first degree + 1 are the Chebyshev points, from 1 down to -1.
/// By the sine, so that they are symmetric to the last bit.
pub fn cosines<const PERIOD: usize>() -> [f64; PERIOD] {
    let degree = PERIOD as f64 / 2.0;
    std::array::from_fn(|j| libm::sin(PI * (degree - 2.0 * j as f64) / (2.0 * degree)))
}

/// The series through every `stride`-th of the heights at the Chebyshev points: a discrete cosine transform with half
/// the weight on both ends (chapter 3). `cosines`: a whole period; `stride` divides the degree.
pub fn series<const POINTS: usize>(heights: &[f64; POINTS], stride: usize, cosines: &[f64]) -> [f64; POINTS] {
    let degree = (POINTS - 1) / stride;
    let mut series = [0.0; POINTS];
    for (k, c) in series.iter_mut().enumerate().take(degree + 1) {
        for j in 0..=degree {
            let weight = if j == 0 || j == degree { 0.5 } else { 1.0 };
            *c += weight * heights[j * stride] * cosines[j * k * stride % cosines.len()];
        }
        *c *= if k == 0 || k == degree { 1.0 } else { 2.0 } / degree as f64;
    }
    series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_polynomial_comes_out_in_its_own_coefficients() {
        // 1 - 2 z + 4 z^2 - 8 z^3 = 3 T0 - 8 T1 + 2 T2 - 2 T3.
        let cosines: [f64; 8] = cosines();
        let heights: [f64; 5] = std::array::from_fn(|j| {
            let z = cosines[j];
            1.0 - 2.0 * z + 4.0 * z * z - 8.0 * z * z * z
        });
        for (c, wanted) in series(&heights, 1, &cosines).iter().zip([3.0, -8.0, 2.0, -2.0, 0.0]) {
            assert!((c - wanted).abs() < 1e-14, "{c} against {wanted}");
        }
    }
}
