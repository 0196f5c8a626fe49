//! Tests of the room of chance: special functions, laws, severities, quantile tables, copulas, matrices.

mod copula;
mod law;
mod quantile_table;
mod reference;
mod severity;
mod sobol;
mod special;

use redress::chance::special::normal_quantile;

/// Relative difference; zero for equal values, infinities included.
pub fn relative(got: f64, want: f64) -> f64 {
    if got == want { 0.0 } else { (got - want).abs() / want.abs().max(f64::MIN_POSITIVE) }
}

/// Fails unless `got` is within `tolerance` of `want`, relative to it.
#[track_caller]
pub fn close(got: f64, want: f64, tolerance: f64, what: &str) {
    let error = relative(got, want);
    assert!(error <= tolerance, "{what}: got {got:e}, want {want:e}, relative error {error:e}");
}

/// Independent uniforms from a fixed seed (SplitMix64), for tests only.
pub struct Uniforms(pub u64);

impl Uniforms {
    pub fn next(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// The 64 bits that a number is made of.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn normals(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| normal_quantile(self.next())).collect()
    }
}

/// The integral of `f` from `a` to `b`: Gauss-Legendre with five points in each of `panels`.
pub fn integral(f: impl Fn(f64) -> f64, a: f64, b: f64, panels: usize) -> f64 {
    // Nodes and weights in closed form.
    let (s, r) = ((10f64 / 7.0).sqrt() * 2.0, 70f64.sqrt() * 13.0);
    let nodes = [0.0, (5.0 - s).sqrt() / 3.0, (5.0 + s).sqrt() / 3.0];
    let weights = [128.0 / 225.0, (322.0 + r) / 900.0, (322.0 - r) / 900.0];
    let half = 0.5 * (b - a) / panels as f64;
    let panel = |i: usize| {
        let centre = a + half * (2.0 * i as f64 + 1.0);
        let sides = (1..3).map(|j| weights[j] * (f(centre - half * nodes[j]) + f(centre + half * nodes[j])));
        half * (weights[0] * f(centre) + sides.sum::<f64>())
    };
    (0..panels).map(panel).sum()
}
