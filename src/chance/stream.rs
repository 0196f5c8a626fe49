//! Named random streams: one for each (seed, randomisation, purpose, name), addressed by replicate.
//!
//! The generator is ChaCha with 8 rounds, which is counter-based: the key comes from the names, the stream number is
//! the replicate, so any part of any run can be drawn alone, in any order, on any thread.
//! (Bernstein 2008, "ChaCha, a variant of Salsa20"; Salmon et al. 2011 on counter-based generators.)

use chacha20::ChaCha8Rng;
use rand::SeedableRng;
use rand::rand_core::{Infallible, TryRng};
use sha2::{Digest, Sha256};

/// A named stream. Position it with [`Stream::at`] before drawing.
#[derive(Debug)]
pub struct Stream {
    key: [u8; 32],
    rng: ChaCha8Rng,
}

/// A clone stands at the start of stream 0: position it before drawing.
impl Clone for Stream {
    fn clone(&self) -> Stream {
        Stream { key: self.key, rng: ChaCha8Rng::from_seed(self.key) }
    }
}

impl Stream {
    /// The stream of a purpose ("hits", "claims") and a name (a cell, a quantity).
    pub fn named(seed: u64, randomisation: u32, purpose: &str, name: &str) -> Stream {
        let mut hash = Sha256::new();
        hash.update(b"redress stream 1\0");
        hash.update(seed.to_le_bytes());
        hash.update(randomisation.to_le_bytes());
        hash.update((purpose.len() as u64).to_le_bytes());
        hash.update(purpose.as_bytes());
        hash.update(name.as_bytes());
        let key: [u8; 32] = hash.finalize().into();
        Stream { key, rng: ChaCha8Rng::from_seed(key) }
    }

    /// Goes to the start of a replicate's own stream.
    #[inline]
    pub fn at(&mut self, replicate: u64) -> &mut Stream {
        self.rng.set_stream(replicate);
        self.rng.set_block_pos(0);
        self
    }

    /// Goes to the `index`-th number of stream 0, for purposes that need one number a replicate.
    #[inline]
    pub fn at_number(&mut self, index: u64) -> &mut Stream {
        self.rng.set_stream(0);
        self.rng.set_word_pos(2 * u128::from(index));
        self
    }

    /// Uniform on the open interval (0, 1): the midpoints of 2^52 equal cells, so neither 0 nor 1 ever comes.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        unit(self.bits())
    }

    /// 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        match self.rng.try_next_u64() {
            Ok(bits) => bits,
            Err(never) => match never {},
        }
    }

    /// Standard normal (ziggurat of Marsaglia and Tsang 2000, as in `rand_distr`).
    #[inline]
    pub fn normal(&mut self) -> f64 {
        use rand_distr::{Distribution, StandardNormal};
        StandardNormal.sample(self)
    }

    /// Fills a buffer with random bytes.
    #[inline]
    pub fn fill(&mut self, bytes: &mut [u8]) {
        match self.rng.try_fill_bytes(bytes) {
            Ok(()) => (),
            Err(never) => match never {},
        }
    }
}

/// The uniform number in (0, 1) that 64 random bits stand for.
#[inline]
pub fn unit(bits: u64) -> f64 {
    const CELL: f64 = 1.0 / (1u64 << 52) as f64;
    ((bits >> 12) as f64 + 0.5) * CELL
}

impl TryRng for Stream {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.rng.try_next_u32()
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.rng.try_next_u64()
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Infallible> {
        self.rng.try_fill_bytes(dst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_depends_on_every_part_of_its_name_and_on_nothing_else() {
        let first = |mut s: Stream, r: u64| s.at(r).bits();
        let base = first(Stream::named(1, 0, "hits", "taxi"), 5);
        assert_eq!(base, first(Stream::named(1, 0, "hits", "taxi"), 5));
        for other in [
            first(Stream::named(2, 0, "hits", "taxi"), 5),
            first(Stream::named(1, 1, "hits", "taxi"), 5),
            first(Stream::named(1, 0, "claims", "taxi"), 5),
            first(Stream::named(1, 0, "hit", "staxi"), 5),
            first(Stream::named(1, 0, "hits", "taxi"), 6),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn numbers_can_be_drawn_alone() {
        let mut s = Stream::named(7, 0, "world", "size");
        let all: Vec<f64> = {
            let s = s.at_number(0);
            (0..10).map(|_| s.uniform()).collect()
        };
        for i in [0usize, 3, 7, 9] {
            assert_eq!(s.at_number(i as u64).uniform(), all[i]);
        }
    }

    #[test]
    fn chacha8_matches_its_published_test_vector() {
        // Key of 32 zero bytes, stream 0, block 0: first words of the ChaCha8 keystream
        // (Strombergson 2013, draft-strombergson-chacha-test-vectors, TC1, 256-bit key, 8 rounds).
        let mut rng = ChaCha8Rng::from_seed([0; 32]);
        let mut bytes = [0u8; 8];
        rng.try_fill_bytes(&mut bytes).unwrap_or_else(|never| match never {});
        assert_eq!(bytes, [0x3e, 0x00, 0xef, 0x2f, 0x89, 0x5f, 0x40, 0xd6]);
    }

    #[test]
    fn uniform_never_reaches_its_ends() {
        assert!(unit(0) > 0.0);
        assert!(unit(u64::MAX) < 1.0);
    }
}
