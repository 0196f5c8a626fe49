//! A stand-in for a costly quantile function while its table is made.
//!
//! The logarithm of a quantile against the logarithm of its tail's probability is a gentle curve over many octaves, in
//! the lower tail of a beta or gamma law nearly a straight line. A Chebyshev interpolant through a few exact values
//! therefore gives all the others that the cells need (Trefethen, *Approximation Theory and Approximation Practice*,
//! 2013: chapters 3 and 4 for the interpolant, 8 for how fast it converges).

use std::ops::Range;

use crate::chance::special::chebyshev::{cosines, series};

/// Degree of the interpolant; even, so that every second of its points are the points of half the degree. A beta law
/// takes about 550 exact values; 840 at degree 16, and 530 at 32, which costs more at every cell.
const DEGREE: usize = 24;
/// Octaves that one block is tried on first. Where that fails, it is halved.
const LONGEST: u32 = 12;

/// Values at the Chebyshev points, or coefficients of Chebyshev polynomials.
type Series = [f64; DEGREE + 1];
/// Chebyshev points over a whole period.
type Cosines = [f64; 2 * DEGREE];

/// The quantile function over some octaves of one tail.
pub(super) struct Block {
    /// Octave k reaches from 2^-(k + 1) to 2^-k.
    octaves: Range<u32>,
    /// Whether the series is of the logarithm of the value.
    logarithm: bool,
    series: Series,
}

/// Blocks for the octaves 1 to `octaves` of a tail. `allowed` is the error that an exact value is allowed; octaves in
/// which not even a block of one octave meets it are left out.
pub(super) fn cover(exact: &dyn Fn(f64) -> f64, octaves: u32, allowed: &dyn Fn(f64) -> f64) -> Vec<Block> {
    let end = octaves + 1;
    let mut open: Vec<Range<u32>> = (1..end).step_by(LONGEST as usize).map(|k| k..end.min(k + LONGEST)).collect();
    let cosines = cosines();
    let mut blocks = Vec::new();
    while let Some(range) = open.pop() {
        if let Some(block) = Block::new(exact, range.clone(), allowed, &cosines) {
            blocks.push(block);
        } else if range.len() > 1 {
            let middle = range.start + range.len() as u32 / 2;
            open.extend([range.start..middle, middle..range.end]);
        }
    }
    blocks
}

impl Block {
    fn new(
        exact: &dyn Fn(f64) -> f64,
        octaves: Range<u32>,
        allowed: &dyn Fn(f64) -> f64,
        cosines: &Cosines,
    ) -> Option<Block> {
        let (centre, half) = place(&octaves);
        let values: Series = std::array::from_fn(|j| exact(libm::exp2(centre + half * cosines[j])));
        if values.contains(&0.0) && values.iter().all(|x| *x >= 0.0) {
            // Smaller than the smallest double: no logarithm, and a series might fall below zero.
            return None;
        }
        let logarithm = values.iter().all(|x| *x > 0.0);
        let heights = if logarithm { values.map(libm::log) } else { values };
        // Half the degree must be close to the values that it does not know. The full degree is what is used; since
        // the error falls geometrically with the degree, it is then closer by far.
        let draft = Block { octaves, logarithm, series: series(&heights, 2, cosines) };
        let close = |j: usize| (draft.value(cosines[j]) - values[j]).abs() <= allowed(values[j]);
        (1..DEGREE).step_by(2).all(close).then(|| Block { series: series(&heights, 1, cosines), ..draft })
    }

    pub(super) fn holds(&self, octave: u32) -> bool {
        self.octaves.contains(&octave)
    }

    /// The value at tail probability `p`.
    pub(super) fn at(&self, p: f64) -> f64 {
        let (centre, half) = place(&self.octaves);
        self.value((libm::log2(p) - centre) / half)
    }

    /// The value at `z`, which is -1 at the block's bottom and 1 at its top, by Clenshaw's recurrence (1955).
    fn value(&self, z: f64) -> f64 {
        let (mut b1, mut b2) = (0.0, 0.0);
        for c in self.series[1..].iter().rev() {
            (b1, b2) = (c + 2.0 * z * b1 - b2, b1);
        }
        let height = self.series[0] + z * b1 - b2;
        if self.logarithm { libm::exp(height) } else { height }
    }
}

/// Centre and half the length of some octaves, in logarithms to base two of the probability.
fn place(octaves: &Range<u32>) -> (f64, f64) {
    let (top, bottom) = (-f64::from(octaves.start), -f64::from(octaves.end));
    (0.5 * (top + bottom), 0.5 * (top - bottom))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_law_takes_whole_blocks() {
        let blocks = cover(&|p| 3.0 * libm::pow(p, 0.1), 60, &|x| 1e-9 * x);
        assert_eq!(blocks.len(), 5);
        for k in 1..=60 {
            let block = blocks.iter().find(|b| b.holds(k)).expect("every octave is in a block");
            for p in [1.0, 0.7, 0.5].map(|t| libm::ldexp(t, -(k as i32))) {
                let want = 3.0 * libm::pow(p, 0.1);
                assert!((block.at(p) - want).abs() <= 1e-13 * want, "at {p:e}");
            }
        }
    }

    #[test]
    fn values_may_cross_zero() {
        let blocks = cover(&|p| 0.1 + p * libm::log(p), 8, &|_| 1e-9);
        let block = blocks.iter().find(|b| b.holds(2)).expect("a smooth function");
        assert!((block.at(0.2) - (0.1 + 0.2 * libm::log(0.2))).abs() < 1e-12);
    }

    #[test]
    fn an_octave_with_a_jump_and_one_with_zeros_are_left_out() {
        let jump = |p: f64| if p < 0.01 { p } else { p + 1e-6 };
        let blocks = cover(&jump, 12, &|x| 1e-9 * x);
        // 1/128 to 1/64 holds the jump.
        let left_out: Vec<u32> = (1..=12).filter(|k| !blocks.iter().any(|b| b.holds(*k))).collect();
        assert_eq!(left_out, [6]);
        assert!(cover(&|p| if p < 0.3 { 0.0 } else { p }, 1, &|_| 1.0).is_empty());
    }
}
