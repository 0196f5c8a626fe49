//! Counts over days that swing together: multinomial with shares drawn from a Dirichlet law.
//!
//! Johnson, Kotz and Balakrishnan (1997), Discrete Multivariate Distributions, ch. 35 (Dirichlet compound multinomial).

use rand_distr::{Distribution, Gamma};

use super::counts::{EXACT_BELOW, near_binomial};
use super::stream::Stream;

/// The law of the shares of days around their means.
#[derive(Clone, Debug, Default)]
pub struct Swinging {
    means: Vec<f64>,
    /// Of each day, what its share is proportional to, where there is anything; empty where shares are their means.
    laws: Vec<Option<Gamma<f64>>>,
}

impl Swinging {
    /// Around `means` (which sum to 1). `swing` is the coefficient of variation of the share of a mean day, 1 ÷ the number
    /// of days in use: 0 leaves the means as they are.
    pub fn new(means: &[f64], swing: f64) -> Swinging {
        let mut swinging = Swinging::default();
        swinging.turn(means, swing);
        swinging
    }

    /// Makes it that of other means or another swing, in the same memory.
    pub fn turn(&mut self, means: &[f64], swing: f64) {
        let days = means.iter().filter(|m| **m > 0.0).count() as f64;
        // The variance of a share m is m (1 - m) ÷ (a + 1), a the sum of the parameters; at m = 1 ÷ days this gives a.
        let total = if swing > 0.0 { (days - 1.0) / (swing * swing) - 1.0 } else { f64::INFINITY };
        let still = total <= 0.0 || total.is_infinite() || days < 2.0;
        let law = |m: &f64| Gamma::new(total * m, 1.0).ok().filter(|_| *m > 0.0);
        self.means.clear();
        self.means.extend_from_slice(means);
        self.laws.clear();
        if !still {
            self.laws.extend(means.iter().map(law));
        }
    }

    /// Draws the shares.
    pub fn draw(&self, stream: &mut Stream, out: &mut Vec<f64>) {
        out.clear();
        out.extend(self.laws.iter().map(|law| law.as_ref().map_or(0.0, |law| law.sample(stream))));
        let sum: f64 = out.iter().sum();
        if sum > 0.0 {
            out.iter_mut().for_each(|x| *x /= sum);
        } else {
            out.clear();
            out.extend_from_slice(&self.means);
        }
    }
}

/// Draws shares that swing around `means` once (see [`Swinging::new`]).
pub fn shares(stream: &mut Stream, means: &[f64], swing: f64, out: &mut Vec<f64>) {
    Swinging::new(means, swing).draw(stream, out);
}

/// Spreads `n` people over days with these shares; `out` gets one count a day. Counts are binomial one after another, as
/// in a multinomial law; those of a variance of [`EXACT_BELOW`] and more are [`near_binomial`].
pub fn days(stream: &mut Stream, n: u64, shares: &[f64], out: &mut Vec<u64>) {
    out.clear();
    let (mut left, mut rest) = (n, shares.iter().sum::<f64>());
    out.extend(shares.iter().map(|share| {
        let p = if rest > 0.0 { (share / rest).min(1.0) } else { 0.0 };
        rest -= share;
        let day = near_binomial(stream, left, p, EXACT_BELOW);
        left -= day;
        day
    }));
    // Rounding of the shares may leave somebody over.
    if let Some(last) = out.iter_mut().zip(shares).rev().find(|(_, s)| **s > 0.0) {
        *last.0 += left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_day_swings_as_asked_and_nobody_is_lost() {
        // 400,000 draws of 20 equal days with swing 0.3: the coefficient of variation of the count of one day is
        // sqrt(0.3² + (1 - m) ÷ (n m) (1 - 1 ÷ (a + 1))), the last term binomial. Its estimate has a relative error of
        // about 1 ÷ sqrt(2 × 40,000) = 0.4 %; a tenth of that is never reached, five of them are the bound.
        let mut stream = Stream::named(7, 0, "swing", "test");
        let (means, n) = (vec![0.05; 20], 100_000);
        let (mut p, mut counts) = (Vec::new(), Vec::new());
        let (mut sum, mut squares, draws) = (0.0, 0.0, 40_000);
        for r in 0..draws {
            let s = stream.at(r);
            shares(s, &means, 0.3, &mut p);
            days(s, n, &p, &mut counts);
            assert_eq!(counts.iter().sum::<u64>(), n);
            let x = counts[3] as f64;
            sum += x;
            squares += x * x;
        }
        let mean = sum / draws as f64;
        let cv = (squares / draws as f64 - mean * mean).sqrt() / mean;
        let a = 19.0 / 0.09 - 1.0;
        let exact = (0.09 + 0.95 / (n as f64 * 0.05) * a / (a + 1.0)).sqrt();
        assert!((mean / (n as f64 * 0.05) - 1.0).abs() < 5.0 * 0.3 / (draws as f64).sqrt(), "{mean}");
        assert!((cv / exact - 1.0).abs() < 0.02, "{cv} {exact}");
    }

    #[test]
    fn without_swing_shares_are_their_means() {
        let mut p = Vec::new();
        let mut stream = Stream::named(7, 0, "swing", "none");
        shares(stream.at(0), &[0.5, 0.0, 0.5], 0.0, &mut p);
        assert_eq!(p, [0.5, 0.0, 0.5]);
        let mut counts = Vec::new();
        days(stream.at(1), 3, &[0.0, 1.0, 0.0], &mut counts);
        assert_eq!(counts, [0, 3, 0]);
    }
}
