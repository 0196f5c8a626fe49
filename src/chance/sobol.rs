//! Scrambled Sobol' points: numbers in (0, 1) that fill the unit cube more evenly than random ones, and are random all
//! the same, so that independent scramblings tell the error of a mean.
//!
//! The digital net is Sobol's (1967) with Joe and Kuo's direction numbers; the scrambling is Owen's nested uniform one (A.
//! B. Owen, Randomly permuted (t,m,s)-nets and (t,s)-sequences, 1995): each binary digit is flipped by a coin that hangs
//! on the digits before it. The coin is a hash of the digits and of a key, so that any point of any dimension can be made
//! alone. Every point is uniform, any 2^m consecutive points from a multiple of 2^m on stay a net, and the variance of
//! a mean over n points is o(1/n), for smooth integrands close to n^-3 (Owen, Scrambled net variance for integrals of
//! smooth functions, 1997).

mod directions;

use super::stream::unit;

/// Dimensions that have direction numbers. Later ones get plain random numbers.
pub const DIMENSIONS: usize = 512;
/// Digits of the net: no more than 2^32 points are told apart.
const DIGITS: usize = 32;

/// One dimension of one scrambling.
#[derive(Clone, Debug)]
pub struct Scrambled {
    /// What each binary digit of a point's number adds; `None` beyond [`DIMENSIONS`].
    columns: Option<[u32; DIGITS]>,
    key: u64,
}

impl Scrambled {
    /// The dimension (from 0) scrambled by a random key; each dimension of each scrambling has a key of its own.
    pub fn new(dimension: usize, key: u64) -> Scrambled {
        Scrambled { columns: columns(dimension), key }
    }

    /// The coordinate of point `index`.
    pub fn number(&self, index: u32) -> f64 {
        match &self.columns {
            Some(columns) => owen(net(columns, index), self.key),
            None => unit(mixed(self.key, u64::from(index) + 1)),
        }
    }
}

/// One dimension of the net as it is.
#[derive(Clone, Debug)]
pub struct Plain([u32; DIGITS]);

impl Plain {
    /// The dimension (from 0); `None` beyond [`DIMENSIONS`].
    pub fn new(dimension: usize) -> Option<Plain> {
        columns(dimension).map(Plain)
    }

    /// The coordinate of point `index`: at the lower end of its cell.
    pub fn number(&self, index: u32) -> f64 {
        f64::from(net(&self.0, index)) / 2f64.powi(DIGITS as i32)
    }
}

fn net(columns: &[u32; DIGITS], index: u32) -> u32 {
    columns.iter().enumerate().filter(|(k, _)| index >> k & 1 == 1).fold(0, |x, (_, v)| x ^ v)
}

/// Direction numbers v_k of a dimension (Bratley and Fox 1988, equations 2 and 3).
fn columns(dimension: usize) -> Option<[u32; DIGITS]> {
    let top = |k: usize| 1u32 << (DIGITS - 1 - k);
    if dimension == 0 {
        return Some(std::array::from_fn(top));
    }
    let mut rest = directions::TABLE;
    for _ in 1..dimension {
        rest = rest.get(2 + usize::from(*rest.first()?)..)?;
    }
    let (degree, inner) = (usize::from(*rest.first()?), u32::from(*rest.get(1)?));
    let initial = rest.get(2..2 + degree)?;
    let mut v = [0u32; DIGITS];
    for (k, m) in initial.iter().enumerate() {
        v[k] = u32::from(*m) << (DIGITS - 1 - k);
    }
    for k in degree..DIGITS {
        v[k] = v[k - degree] ^ (v[k - degree] >> degree);
        for j in 1..degree {
            if inner >> (degree - 1 - j) & 1 == 1 {
                v[k] ^= v[k - j];
            }
        }
    }
    Some(v)
}

/// Owen's scrambling of 32 digits; the digits after them are random, as those of a scrambled net are.
fn owen(net: u32, key: u64) -> f64 {
    let mut out = 0u64;
    // The node of the digits so far: a one, then the digits.
    let mut node = 1u64;
    for k in (0..DIGITS).rev() {
        let digit = u64::from(net >> k & 1);
        let coin = mixed(key, node) >> 63;
        out |= (digit ^ coin) << (k + DIGITS);
        node = node << 1 | digit;
    }
    unit(out | mixed(key, node) >> DIGITS)
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014) of a counter under a key.
fn mixed(key: u64, counter: u64) -> u64 {
    let mut z = key.wrapping_add(counter.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_points_are_those_published_with_the_direction_numbers() {
        // The first ten points of three dimensions printed in Joe and Kuo, Notes on generating Sobol sequences (2008),
        // in the order of Gray's code.
        let published = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
            [0.1875, 0.3125, 0.9375],
            [0.6875, 0.8125, 0.4375],
        ];
        for (i, point) in published.iter().enumerate() {
            let gray = (i ^ (i >> 1)) as u32;
            for (d, x) in point.iter().enumerate() {
                assert_eq!(Plain::new(d).map(|axis| axis.number(gray)), Some(*x), "point {i}, dimension {d}");
            }
        }
    }

    #[test]
    fn every_dimension_is_a_permutation_and_the_table_ends_where_it_says() {
        for d in 0..DIMENSIONS {
            let axis = Plain::new(d).expect("a dimension of the table");
            let mut cells = [false; 256];
            (0..256).for_each(|i| cells[(256.0 * axis.number(i)) as usize] = true);
            assert!(cells.iter().all(|c| *c), "dimension {d}");
        }
        assert!(Plain::new(DIMENSIONS).is_none());
    }
}
