//! The discrete Fourier transform of a power of two of points (Cooley and Tukey, 1965), in place.

use std::ops::{Add, Mul, Sub};

/// A complex number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Complex {
    /// Real part.
    pub re: f64,
    /// Imaginary part.
    pub im: f64,
}

impl Complex {
    /// A real number.
    pub fn real(re: f64) -> Complex {
        Complex { re, im: 0.0 }
    }

    /// Times a real number.
    pub fn scaled(self, by: f64) -> Complex {
        Complex { re: self.re * by, im: self.im * by }
    }

    /// e to its power.
    pub fn raised_e(self) -> Complex {
        let size = libm::exp(self.re);
        Complex { re: size * libm::cos(self.im), im: size * libm::sin(self.im) }
    }

    /// The principal logarithm; of zero, minus infinity.
    pub fn logarithm(self) -> Complex {
        Complex { re: libm::log(libm::hypot(self.re, self.im)), im: libm::atan2(self.im, self.re) }
    }

    /// To a real power, along the principal logarithm.
    pub fn power(self, by: f64) -> Complex {
        self.logarithm().scaled(by).raised_e()
    }
}

impl Add for Complex {
    type Output = Complex;
    fn add(self, other: Complex) -> Complex {
        Complex { re: self.re + other.re, im: self.im + other.im }
    }
}

impl Sub for Complex {
    type Output = Complex;
    fn sub(self, other: Complex) -> Complex {
        Complex { re: self.re - other.re, im: self.im - other.im }
    }
}

impl Mul for Complex {
    type Output = Complex;
    fn mul(self, other: Complex) -> Complex {
        Complex { re: self.re * other.re - self.im * other.im, im: self.re * other.im + self.im * other.re }
    }
}

/// Transforms of one length, which is a power of two.
pub struct Transform {
    /// exp(-2 pi i k / n) for k below n / 2.
    turns: Vec<Complex>,
}

impl Transform {
    /// For `n` points, a power of two.
    pub fn new(n: usize) -> Transform {
        assert!(n.is_power_of_two(), "the number of points is a power of two");
        let angle = -2.0 * std::f64::consts::PI / n as f64;
        let turn = |k: usize| {
            let a = angle * k as f64;
            Complex { re: libm::cos(a), im: libm::sin(a) }
        };
        Transform { turns: (0..n / 2).map(turn).collect() }
    }

    /// Sums over k of x_k exp(-2 pi i j k / n), for each j.
    pub fn forward(&self, x: &mut [Complex]) {
        let n = x.len();
        assert_eq!(n, (2 * self.turns.len()).max(1), "as many points as the transform was made for");
        let bits = n.trailing_zeros();
        for i in 0..n {
            let j = if bits == 0 { 0 } else { i.reverse_bits() >> (usize::BITS - bits) };
            if i < j {
                x.swap(i, j);
            }
        }
        let mut half = 1;
        while half < n {
            let stride = n / (2 * half);
            for block in x.chunks_exact_mut(2 * half) {
                let (low, high) = block.split_at_mut(half);
                for (k, (a, b)) in low.iter_mut().zip(high).enumerate() {
                    let turned = *b * self.turns[k * stride];
                    (*a, *b) = (*a + turned, *a - turned);
                }
            }
            half *= 2;
        }
    }

    /// The inverse of [`Transform::forward`].
    pub fn backward(&self, x: &mut [Complex]) {
        let n = x.len() as f64;
        x.iter_mut().for_each(|c| c.im = -c.im);
        self.forward(x);
        x.iter_mut().for_each(|c| *c = Complex { re: c.re / n, im: -c.im / n });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_sum_it_says_and_comes_back() {
        let n = 16;
        let x: Vec<Complex> =
            (0..n).map(|i| Complex { re: f64::from(i * i % 7), im: f64::from(i % 3) - 1.0 }).collect();
        let mut y = x.clone();
        let transform = Transform::new(n as usize);
        transform.forward(&mut y);
        for (j, found) in y.iter().enumerate() {
            let mut sum = Complex::default();
            for (k, v) in x.iter().enumerate() {
                let a = -2.0 * std::f64::consts::PI * (j * k) as f64 / f64::from(n);
                sum = sum + *v * Complex { re: libm::cos(a), im: libm::sin(a) };
            }
            assert!((sum.re - found.re).abs() < 1e-12 && (sum.im - found.im).abs() < 1e-12);
        }
        transform.backward(&mut y);
        assert!(x.iter().zip(&y).all(|(a, b)| (a.re - b.re).abs() < 1e-14 && (a.im - b.im).abs() < 1e-14));
    }
}
