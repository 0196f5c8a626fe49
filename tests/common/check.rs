//! Checks of random results at written levels: all are made, then all that failed are told at once.

use redress::stats::Moments;
use redress::stats::ks::two_sample;

/// Bound on |z|: level 6.3e-5, two-sided.
pub const Z: f64 = 4.0;
/// Level of one Kolmogorov-Smirnov test.
pub const KS_LEVEL: f64 = 1e-4;

/// Checks under one name.
pub struct Check {
    name: String,
    failures: Vec<String>,
    count: usize,
    worst_z: f64,
    least_p: f64,
}

impl Check {
    pub fn new(name: &str) -> Check {
        Check { name: name.into(), failures: Vec::new(), count: 0, worst_z: 0.0, least_p: 1.0 }
    }

    /// A condition.
    pub fn that(&mut self, holds: bool, what: impl FnOnce() -> String) {
        self.count += 1;
        if !holds {
            self.failures.push(what());
        }
    }

    /// An estimate with its standard error against what is expected; without error both must agree to 1e-9.
    pub fn z(&mut self, what: &str, value: f64, expected: f64, se: f64) {
        let exact = (value - expected).abs() <= 1e-9 * expected.abs();
        let z = if exact { 0.0 } else { (value - expected) / se };
        self.worst_z = self.worst_z.max(z.abs());
        self.that(z.abs() < Z, || format!("{what}: {value} against {expected}, z {z:.2}"));
    }

    /// Two samples with the same mean.
    pub fn same_mean(&mut self, what: &str, a: &[f64], b: &[f64]) {
        let (x, y) = (Moments::of(a).mean(), Moments::of(b).mean());
        self.z(&format!("{what}, mean"), x.value, y.value, x.se.hypot(y.se));
    }

    /// A sample with a known mean.
    pub fn mean_is(&mut self, what: &str, sample: &[f64], expected: f64) {
        let mean = Moments::of(sample).mean();
        self.z(&format!("{what}, mean"), mean.value, expected, mean.se);
    }

    /// Two samples of the same law: mean, standard deviation, distribution.
    pub fn same_law(&mut self, what: &str, a: &[f64], b: &[f64]) {
        let (x, y) = (Moments::of(a), Moments::of(b));
        let (mx, my, sx, sy) = (x.mean(), y.mean(), x.sd(), y.sd());
        self.z(&format!("{what}, mean"), mx.value, my.value, mx.se.hypot(my.se));
        // A spread that is rounding only is no spread.
        if sx.value.max(sy.value) > 1e-9 * mx.value.abs() {
            self.z(&format!("{what}, sd"), sx.value, sy.value, sx.se.hypot(sy.se));
            self.distribution(what, a, b);
        }
    }

    /// Two samples of the same law, by distribution only: for laws without a variance. Values are rounded to seven
    /// digits first, so that an atom (a pool that binds) is one value in both.
    pub fn distribution(&mut self, what: &str, a: &[f64], b: &[f64]) {
        let rounded = |x: &[f64]| -> Vec<f64> { x.iter().map(|v| f64::from(*v as f32)).collect() };
        let ks = two_sample(&rounded(a), &rounded(b));
        self.least_p = self.least_p.min(ks.p_value);
        self.that(ks.p_value > KS_LEVEL, || {
            format!("{what}, distribution: distance {:.4}, p {:.1e}", ks.statistic, ks.p_value)
        });
    }

    /// Fails with everything that went wrong.
    pub fn done(self) {
        let Check { name, failures, count, worst_z, least_p } = self;
        println!("{name}: {count} checks, largest |z| {worst_z:.2}, least p {least_p:.1e}");
        assert!(
            failures.is_empty(),
            "{name}: {} of {count} checks failed\n  {}",
            failures.len(),
            failures.join("\n  ")
        );
    }
}

/// A quantile (order statistic number ceil(q n)) of a sorted sample and its standard error: half the distance between
/// the order statistics one binomial standard deviation away.
pub fn quantile(sorted: &[f64], q: f64) -> (f64, f64) {
    let n = sorted.len() as f64;
    let at = |rank: f64| sorted[(rank.max(1.0) as usize).min(sorted.len()) - 1];
    let sd = (n * q * (1.0 - q)).sqrt();
    (at((q * n).ceil()), 0.5 * (at((q * n + sd).ceil()) - at((q * n - sd).floor())))
}

/// Mean of a sorted sample after the first round(q n), with the standard error of Manistre and Hancock (2005).
pub fn tail_mean(sorted: &[f64], q: f64) -> (f64, f64) {
    let from = (q * sorted.len() as f64).round() as usize;
    let m = Moments::of(&sorted[from..]);
    let (mean, var) = (m.mean().value, sorted[from - 1]);
    (mean, ((m.variance() + q * (mean - var) * (mean - var)) / m.n).sqrt())
}
