//! Tests of the room of estimators: known answers, coverage of intervals, agreement of two roads to one number.

mod comparisons;
mod inequality;
mod sketch;
mod summary;

use redress::chance::special::normal_quantile;

/// Independent uniforms from a fixed seed (SplitMix64), for tests only.
pub struct Uniforms(pub u64);

impl Uniforms {
    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    pub fn normals(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| normal_quantile(self.next())).collect()
    }
}

#[track_caller]
pub fn near(got: f64, want: f64, tolerance: f64) {
    assert!((got - want).abs() <= tolerance, "got {got}, want {want} within {tolerance}");
}
