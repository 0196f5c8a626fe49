//! Binomial and multinomial counts of any size, in constant time.
//!
//! Small means by inversion; large means by the transformed rejection BTRS of Hörmann (1993), "The generation of
//! binomial random variates", J. Statist. Comput. Simulation 46, with Stirling's correction of the factorials; near the
//! mode probabilities are followed step by step, as in his BTRD, and far from it bounds on their logarithm decide
//! wherever they can (Kachitvichyanukul and Schmeiser 1988, "Binomial random variate generation", Commun. ACM 31, step
//! 5.2).

use super::special::normal_cdf;
use super::stream::Stream;

/// Mean below which inversion is used.
const INVERSION_MEAN: f64 = 10.0;

/// Binomial(n, p). `p` outside [0, 1] counts as its nearest end.
#[inline]
pub fn binomial(stream: &mut Stream, n: u64, p: f64) -> u64 {
    if n == 0 || p <= 0.0 {
        return 0;
    }
    if p >= 1.0 {
        return n;
    }
    if p > 0.5 {
        return n - below_half(stream, n, 1.0 - p);
    }
    below_half(stream, n, p)
}

/// Binomial(n, p), of a variance of `from` and above as the whole number next to one with its first four cumulants, those of
/// rounding taken off; [`EXACT_BELOW`] is the least `from`. The error of the distribution function is about 0.008 ÷
/// variance^1.5: 0.00009 at 20, 0.000008 at 100.
#[inline]
pub fn near_binomial(stream: &mut Stream, n: u64, p: f64, from: f64) -> u64 {
    // There are fewer than 2^63 of anybody, and signed numbers are converted in half the time.
    let people = n.cast_signed() as f64;
    if people * p * (1.0 - p) >= from.max(EXACT_BELOW) {
        return rounded(of_normal(people, p, stream.normal()), people);
    }
    binomial(stream, n, p)
}

/// Of people of whom each has a chance of his own, how many it befalls: `share` is the mean of the chances, `spread` the part of
/// the binomial variance that is there when they differ. Not whole where people or spread are not.
pub fn mixed_binomial(stream: &mut Stream, people: f64, share: f64, spread: f64) -> f64 {
    mixed(people, share, spread, |n| near_binomial(stream, n, share, EXACT_BELOW))
}

/// Of so many people, a part whose mean and variance are known, a binomial one's or less.
pub fn part(stream: &mut Stream, people: f64, mean: f64, variance: f64) -> f64 {
    let share = if people > 0.0 { (mean / people).clamp(0.0, 1.0) } else { 0.0 };
    let alike = people * share * (1.0 - share);
    mixed_binomial(stream, people, share, if alike > 0.0 { (variance / alike).clamp(0.0, 1.0) } else { 0.0 })
}

fn mixed(people: f64, share: f64, spread: f64, binomial: impl FnOnce(u64) -> u64) -> f64 {
    let (whole, mean) = ((people + 0.5) as i64 as f64, people * share);
    if whole <= 0.0 || share <= 0.0 || share >= 1.0 {
        return mean;
    }
    (mean + (binomial(whole as u64) as f64 - whole * share) * spread.sqrt()).clamp(0.0, people)
}

/// Chance that counts have in common: those of the same law are the same, and others rise and fall together.
#[derive(Clone, Copy, Debug)]
pub struct CommonChance {
    /// Standard normal.
    z: f64,
}

impl CommonChance {
    /// Draws it.
    pub fn drawn(stream: &mut Stream) -> CommonChance {
        CommonChance { z: stream.normal() }
    }

    /// As [`mixed_binomial`].
    pub fn mixed_binomial(self, people: f64, share: f64, spread: f64) -> f64 {
        mixed(people, share, spread, |n| self.near_binomial(n, share))
    }

    /// As [`near_binomial`] from [`EXACT_BELOW`] on; below by inversion.
    fn near_binomial(self, n: u64, p: f64) -> u64 {
        let people = n.cast_signed() as f64;
        if people * p * (1.0 - p) >= EXACT_BELOW {
            return rounded(of_normal(people, p, self.z), people);
        }
        // Of numbers above one half the others are counted, from the other end.
        match p > 0.5 {
            false => walked(n, p, normal_cdf(self.z)).unwrap_or(n),
            true => n - walked(n, 1.0 - p, normal_cdf(-self.z)).unwrap_or(n),
        }
    }
}

/// The whole number of people next to a number.
#[inline]
fn rounded(number: f64, people: f64) -> u64 {
    ((number + 0.5).clamp(0.0, people) as i64).cast_unsigned()
}

/// Variance below which a binomial count is exact.
pub const EXACT_BELOW: f64 = 20.0;

/// The number that a standard normal one stands for, to be rounded, by the expansion of Cornish and Fisher (1937) up to
/// the kurtosis. Rounding adds 1/12 to the variance (Sheppard 1898).
#[inline]
fn of_normal(n: f64, p: f64, z: f64) -> f64 {
    let (both, apart) = (p * (1.0 - p), 1.0 - 2.0 * p);
    let variance = n * both - 1.0 / 12.0;
    let square = z * z;
    let kurtosis = (1.0 - 6.0 * both) / 24.0 * (square - 3.0) - apart * apart / 36.0 * (2.0 * square - 5.0);
    // The division need not wait for the root.
    n * p + apart / 6.0 * (square - 1.0) + z * (1.0 + kurtosis / variance) * variance.sqrt()
}

#[inline]
fn below_half(stream: &mut Stream, n: u64, p: f64) -> u64 {
    if n as f64 * p < INVERSION_MEAN { inversion(stream, n, p) } else { btrs(stream, n, p) }
}

fn inversion(stream: &mut Stream, n: u64, p: f64) -> u64 {
    let mut u = stream.uniform();
    if u < nobody_at_least(n as f64, p) {
        return 0;
    }
    loop {
        match walked(n, p, u) {
            Some(k) => return k,
            None => u = stream.uniform(),
        }
    }
}

/// Walks up the probabilities to the count at a uniform number; expected steps: the mean. `None` where rounding leaves it beyond
/// them all.
fn walked(n: u64, p: f64, mut u: f64) -> Option<u64> {
    let odds = p / (1.0 - p);
    // Each probability is the one before times odds × (n + 1 - k) ÷ k.
    let more = odds * (n + 1) as f64;
    let mut probability = nobody(n, p);
    for k in 0..=n.min(STEPS_UP as u64) {
        if u < probability {
            return Some(k);
        }
        u -= probability;
        probability *= more * ONE_OVER[k as usize] - odds;
    }
    None
}

/// (1 - p)^n, the probability of nobody.
#[inline]
fn nobody(n: u64, p: f64) -> f64 {
    // A handful of products takes less time than two functions and is as exact.
    if n < PRODUCTS { (1.0 - p).powi(n as i32) } else { (n as f64 * (-p).ln_1p()).exp() }
}

/// People below which the probability of nobody is a product.
const PRODUCTS: u64 = 64;

/// A lower bound of (1 - p)^n, the probability of nobody, for a fraction of its time: the first four terms of its expansion
/// (Bonferroni 1936), the last one with n³ for n (n - 1) (n - 2).
#[inline]
fn nobody_at_least(n: f64, p: f64) -> f64 {
    let mean = n * p;
    1.0 - mean + 0.5 * mean * (mean - p) - mean * mean * mean / 6.0
}

/// Steps of [`walked`]: the tail beyond mean + 40 sd + 40 has no mass in double precision; a number that rounding leaves
/// there is drawn again.
const STEPS_UP: usize = 150;

/// 1 ÷ (k + 1), by k: to divide takes longer than to look up.
const ONE_OVER: [f64; STEPS_UP + 1] = {
    let (mut all, mut k) = ([0.0; STEPS_UP + 1], 0);
    while k <= STEPS_UP {
        all[k] = 1.0 / (k + 1) as f64;
        k += 1;
    }
    all
};

fn btrs(stream: &mut Stream, n: u64, p: f64) -> u64 {
    let n = n as f64;
    let sd = (n * p * (1.0 - p)).sqrt();
    let b = 1.15 + 2.53 * sd;
    let a = -0.0873 + 0.0248 * b + 0.01 * p;
    let c = n * p + 0.5;
    let v_r = 0.92 - 4.2 / b;
    loop {
        let u = stream.uniform() - 0.5;
        let v = stream.uniform();
        let us = 0.5 - u.abs();
        let x = (2.0 * a / us + b) * u + c;
        if us >= 0.07 && v <= v_r {
            return x as u64;
        }
        if x < 0.0 || x >= n + 1.0 {
            continue;
        }
        // Rounds down; a call of `floor` takes longer than the rest.
        let k = (x as i64) as f64;
        let alpha = (2.83 + 5.1 / b) * sd;
        if below(n, p, sd, k, v * alpha / (a / (us * us) + b)) {
            return k as u64;
        }
    }
}

/// Whether a height is below the probability of `k` over that of the mode. Inlined it would be worked out in part before
/// anything is drawn, and most counts are accepted without it.
#[inline(never)]
fn below(n: f64, p: f64, sd: f64, k: f64, height: f64) -> bool {
    let m = ((n + 1.0) * p) as i64 as f64;
    let away = (k - m).abs();
    if away <= STEPS {
        let (from_mode, to_mode) = ratio_to_mode(n, p, m, k);
        return height * to_mode <= from_mode;
    }
    let height = height.ln();
    let (low, high) = bounds(sd * sd, away);
    height < low || (height <= high && height <= log_ratio_to_mode(n, p, m, k))
}

/// Bounds on the logarithm of the probability so many counts away from the mode over that of the mode; `variance` is
/// n p (1 - p). Where none are proven they say nothing.
fn bounds(variance: f64, away: f64) -> (f64, f64) {
    if away <= 20.0 || away >= 0.5 * variance - 1.0 {
        return (f64::NEG_INFINITY, f64::INFINITY);
    }
    let middle = -0.5 * away * away / variance;
    let around = away / variance * ((away * (away / 3.0 + 0.625) + 1.0 / 6.0) / variance + 0.5);
    (middle - around, middle + around)
}

/// Steps from the mode up to which following the probabilities takes less time than four logarithms.
const STEPS: f64 = 15.0;

/// pmf(k) over pmf(mode `m`), as a numerator and a denominator: each probability is the one before times
/// (n + 1 - i) p ÷ (i (1 - p)).
fn ratio_to_mode(n: f64, p: f64, m: f64, k: f64) -> (f64, f64) {
    let r = p / (1.0 - p);
    let nr = (n + 1.0) * r;
    let mut product = 1.0;
    let mut i = m.min(k);
    while i < m.max(k) {
        i += 1.0;
        product *= nr / i - r;
    }
    if k > m { (product, 1.0) } else { (1.0, product) }
}

/// ln of pmf(k) over pmf(mode `m`).
fn log_ratio_to_mode(n: f64, p: f64, m: f64, k: f64) -> f64 {
    let r = p / (1.0 - p);
    let (nm, nk) = (n - m + 1.0, n - k + 1.0);
    (m + 0.5) * ((m + 1.0) / (r * nm)).ln()
        + (n + 1.0) * (nm / nk).ln()
        + (k + 0.5) * (r * nk / (k + 1.0)).ln()
        + stirling(m)
        + stirling(n - m)
        - stirling(k)
        - stirling(n - k)
}

/// ln k! minus Stirling's leading terms at k + 1.
fn stirling(k: f64) -> f64 {
    const SMALL: [f64; 10] = [
        0.081_061_466_795_327_3,
        0.041_340_695_955_409_3,
        0.027_677_925_684_998_3,
        0.020_790_672_103_765_1,
        0.016_644_691_189_821_2,
        0.013_876_128_823_070_8,
        0.011_896_709_945_891_8,
        0.010_411_265_261_972_1,
        0.009_255_462_182_712_73,
        0.008_330_563_433_362_87,
    ];
    if k < 10.0 {
        return SMALL[k as usize];
    }
    let s = (k + 1.0) * (k + 1.0);
    (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / s) / s) / (k + 1.0)
}

/// Splits `n` over cells with the given weights by conditional binomials; `out` gets one count per weight. Weights are
/// shares of `whole`; what they leave of it stays in no cell.
pub fn multinomial(stream: &mut Stream, n: u64, weights: &[f64], whole: f64, out: &mut Vec<u64>) {
    out.clear();
    let (mut left, mut rest) = (n, whole);
    for w in weights {
        let k = if rest > 0.0 { binomial(stream, left, (w / rest).min(1.0)) } else { 0 };
        out.push(k);
        left -= k;
        rest -= w;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 200,000 counts against their exact probabilities: chi-square at level 1e-4, by the Wilson-Hilferty bound z = 3.72.
    fn assert_fits(n: u64, p: f64, seed: u64, draw: impl Fn(&mut Stream, u64, f64) -> u64) {
        let draws = 200_000;
        let mut s = Stream::named(seed, 0, "test", "binomial");
        s.at(0);
        let mut seen = std::collections::BTreeMap::new();
        for _ in 0..draws {
            *seen.entry(draw(&mut s, n, p)).or_insert(0u64) += 1;
        }
        let ln = |x: f64| libm::lgamma(x + 1.0);
        let pmf = |k: u64| {
            let (nf, kf) = (n as f64, k as f64);
            (ln(nf) - ln(kf) - ln(nf - kf) + kf * p.ln() + (nf - kf) * (1.0 - p).ln()).exp()
        };
        let (mut chi, mut cells, mut rest_p, mut rest_n) = (0.0, 0, 1.0, draws as f64);
        for (k, count) in &seen {
            let expected = pmf(*k) * draws as f64;
            if expected >= 10.0 {
                chi += (*count as f64 - expected).powi(2) / expected;
                cells += 1;
                rest_p -= pmf(*k);
                rest_n -= *count as f64;
            }
        }
        let expected = rest_p * draws as f64;
        if expected > 5.0 {
            chi += (rest_n - expected).powi(2) / expected;
            cells += 1;
        }
        let df = f64::from(cells - 1);
        let bound = df * (1.0 - 2.0 / (9.0 * df) + 3.72 * (2.0 / (9.0 * df)).sqrt()).powi(3);
        assert!(chi < bound, "n {n} p {p}: chi-square {chi} over {bound} on {df}");
    }

    /// Where the share grows no count of the same chance falls.
    #[test]
    fn common_chance_gives_binomial_counts_that_rise_together() {
        for (n, p) in [(1, 0.3), (12, 0.8), (60, 0.5), (400, 0.03), (90, 0.55), (4_000, 0.2)] {
            assert_fits(n, p, 2, |s, n, p| CommonChance::drawn(s).near_binomial(n, p));
        }
        let mut s = Stream::named(8, 0, "test", "common");
        s.at(0);
        for _ in 0..200 {
            let chance = CommonChance::drawn(&mut s);
            for n in [5, 70, 2_000] {
                let counts = (1..100).map(|k| chance.near_binomial(n, f64::from(k) / 100.0));
                assert!(counts.clone().is_sorted(), "n {n}: {:?}", counts.collect::<Vec<_>>());
            }
        }
    }

    /// By rounding at most it is above; below, at means up to one, by no more than its last term, which is what it leaves out of
    /// a single person's.
    #[test]
    fn the_bound_of_nobody_is_one() {
        for n in [1.0, 2.0, 3.0, 7.0, 60.0, 5_000.0, 8e9f64] {
            for mean in [1e-9, 1e-3, 0.1, 0.5, 1.0, 1.6, 4.0, 9.9] {
                let p: f64 = mean / n;
                if p > 0.5 {
                    continue;
                }
                let (bound, exact) = (nobody_at_least(n, p), libm::exp(n * libm::log1p(-p)));
                assert!(bound <= exact + 1e-15, "n {n} p {p}: {bound} over {exact}");
                let last = mean.powi(3) / 6.0 + 1e-15;
                assert!(mean > 1.0 || exact - bound <= last, "n {n} p {p}: {bound} far below {exact}");
            }
        }
    }

    #[test]
    fn binomials_fit_their_probabilities() {
        for (i, (n, p)) in [(5, 0.3), (40, 0.24), (40, 0.26), (100, 0.5), (1000, 0.9), (1_000_000, 0.000_02)]
            .into_iter()
            .chain([(300, 0.2), (5000, 0.01)])
            .enumerate()
        {
            assert_fits(n, p, 11 + i as u64, binomial);
        }
    }

    #[test]
    fn bounds_hold_the_ratio_to_the_mode() {
        let mut bounded = 0;
        for (n, p) in [(200.0f64, 0.4), (5_000.0, 0.02), (40_000.0, 0.5), (2e6, 0.003), (3e7, 0.31)] {
            let (m, variance) = (((n + 1.0) * p).floor(), n * p * (1.0 - p));
            let last = (7.0 * variance.sqrt()).min(m) as u64;
            for away in (16..=last).step_by(1 + last as usize / 400) {
                let away = away as f64;
                let (low, high) = bounds(variance, away);
                bounded += u32::from(low.is_finite());
                for k in [m - away, m + away] {
                    let exact = log_ratio_to_mode(n, p, m, k);
                    assert!(low < exact && exact < high, "n {n} p {p} k {k}: {exact} outside {low} to {high}");
                }
            }
        }
        assert!(bounded > 1_000, "{bounded}");
    }

    #[test]
    fn extremes_are_exact_and_billions_have_the_right_moments() {
        let mut s = Stream::named(3, 0, "test", "extremes");
        s.at(1);
        assert_eq!(binomial(&mut s, 0, 0.5), 0);
        assert_eq!(binomial(&mut s, 8_000_000_000, 0.0), 0);
        assert_eq!(binomial(&mut s, 8_000_000_000, 1.0), 8_000_000_000);
        for p in [1e-9, 0.3, 0.999_999] {
            let (n, draws) = (8_000_000_000u64, 20_000);
            let (mean, sd) = (n as f64 * p, (n as f64 * p * (1.0 - p)).sqrt());
            let z: Vec<f64> = (0..draws).map(|_| (binomial(&mut s, n, p) as f64 - mean) / sd).collect();
            let m = z.iter().sum::<f64>() / f64::from(draws);
            let v = z.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / f64::from(draws);
            assert!(m.abs() < 4.0 / f64::from(draws).sqrt(), "mean z {m} at p {p}");
            assert!((v - 1.0).abs() < 4.0 * (2.0 / f64::from(draws)).sqrt() * 1.2, "variance {v} at p {p}");
        }
    }

    #[test]
    fn a_multinomial_adds_up() {
        let mut s = Stream::named(3, 0, "test", "multinomial");
        let mut out = Vec::new();
        multinomial(s.at(0), 1_000_003, &[0.2, 0.0, 0.5, 0.3], 1.0, &mut out);
        assert_eq!(out.iter().sum::<u64>(), 1_000_003);
        assert_eq!(out[1], 0);
    }

    #[test]
    fn near_binomial_counts_miss_the_binomial_distribution_function_by_little() {
        for (n, p) in [(88u64, 0.35), (2_021, 0.01), (20_021, 0.001), (80, 0.5), (126, 0.8)] {
            let (nf, mut below) = (n as f64, 0.0);
            let variance: f64 = nf * p * (1.0 - p);
            assert!((1.0..1.1).contains(&(variance / EXACT_BELOW)), "the smallest that is drawn so: {variance}");
            for k in 0..n {
                let kf = k as f64;
                let ways = libm::lgamma(nf + 1.0) - libm::lgamma(kf + 1.0) - libm::lgamma(nf - kf + 1.0);
                below += libm::exp(ways + kf * libm::log(p) + (nf - kf) * libm::log1p(-p));
                if (kf - nf * p).abs() > 5.0 * variance.sqrt() {
                    continue;
                }
                // The z of which everything up to k is made, by halving.
                let (mut low, mut high) = (-8.0, 8.0);
                for _ in 0..60 {
                    let middle = 0.5 * (low + high);
                    if of_normal(nf, p, middle) < kf + 0.5 { low = middle } else { high = middle }
                }
                let near = crate::chance::special::normal_cdf(low);
                assert!((near - below).abs() < 1e-4, "n {n} p {p} k {k}: {near} against {below}");
            }
        }
    }
}
