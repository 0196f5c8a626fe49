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
    /// of days in use: 0 leaves the means as they are; √(days − 1), and whatever lies beyond, has all on one day.
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
        let still = total.is_infinite() || days < 2.0;
        let law = |m: &f64| Gamma::new(total * m, 1.0).ok().filter(|_| total > LEAST_TOTAL && *m > 0.0);
        self.means.clear();
        self.means.extend_from_slice(means);
        self.laws.clear();
        if !still {
            self.laws.extend(means.iter().map(law));
        }
    }

    /// Draws the shares.
    pub fn draw(&self, stream: &mut Stream, out: &mut DayShares) {
        if self.laws.is_empty() {
            return out.set(self.means.iter().copied());
        }
        out.set(self.laws.iter().map(|law| law.as_ref().map_or(0.0, |law| law.sample(stream))));
        if out.sums.get(1).is_some_and(|sum| *sum <= 0.0) {
            // All are below the least number there is, or must be: the highest has everything.
            let (u, mut upto) = (stream.uniform(), 0.0);
            let mut chosen = false;
            out.set(self.means.iter().map(|mean| {
                upto += mean;
                let here = !chosen && *mean > 0.0 && u < upto;
                chosen |= here;
                f64::from(here)
            }));
        }
        if out.sums.get(1).is_none_or(|sum| *sum <= 0.0) {
            out.set(self.means.iter().copied());
        }
    }
}

/// Sum of the parameters from which on shares are drawn: below, one day has all but a hundred-thousandth of the variance.
const LEAST_TOTAL: f64 = 1e-5;

/// What the shares of days are proportional to, ready for spreading people over them. Days are paired, pairs are paired, and
/// so on; people are divided between the two of a pair, from the whole down, so that no count waits for that of the day
/// before.
#[derive(Clone, Debug, Default)]
pub struct DayShares {
    /// Twice as many as days: the sum of all at 1, those of its halves at 2i and 2i + 1, and so on; the days come last.
    sums: Vec<f64>,
    /// Of each pair, the share of the first, many times used.
    firsts: Vec<f64>,
}

impl DayShares {
    fn set(&mut self, days: impl ExactSizeIterator<Item = f64>) {
        let n = days.len();
        self.sums.clear();
        self.sums.resize(n, 0.0);
        self.sums.extend(days);
        self.firsts.clear();
        self.firsts.resize(n, 0.0);
        for i in (1..n).rev() {
            let [first, second] = [self.sums[2 * i], self.sums[2 * i + 1]];
            self.sums[i] = first + second;
            self.firsts[i] = if self.sums[i] > 0.0 { first / self.sums[i] } else { 0.0 };
        }
    }

    /// Spreads `n` people over the days; `out` gets one count a day. The first of a pair has a binomial part of its people,
    /// as in a multinomial law; parts of a variance of [`EXACT_BELOW`] and more are [`near_binomial`].
    pub fn spread(&self, stream: &mut Stream, n: u64, out: &mut Vec<u64>) {
        let days = self.sums.len() / 2;
        out.clear();
        out.resize(2 * days, 0);
        if let Some(all) = out.get_mut(1) {
            *all = n;
        }
        for i in 1..days {
            let people = out[i];
            let first = if people > 0 { near_binomial(stream, people, self.firsts[i], EXACT_BELOW) } else { 0 };
            (out[2 * i], out[2 * i + 1]) = (first, people - first);
        }
        out.drain(..days);
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
        let swinging = Swinging::new(&means, 0.3);
        let (mut p, mut counts) = (DayShares::default(), Vec::new());
        let (mut sum, mut squares, draws) = (0.0, 0.0, 40_000);
        for r in 0..draws {
            let s = stream.at(r);
            swinging.draw(s, &mut p);
            p.spread(s, n, &mut counts);
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

    /// However far beyond √(days − 1): 200,000 draws of five days; each has everybody as often as its mean says, or a little less
    /// than everybody just before; the counts' standard error is 0.0011 at most, five of them are allowed. The mean of a day's
    /// share stays its mean at any swing.
    #[test]
    fn swings_beyond_the_highest_have_all_on_one_day() {
        let means = [0.1, 0.0, 0.4, 0.3, 0.2];
        let mut stream = Stream::named(7, 0, "swing", "beyond");
        for swing in [1.2, 1.7, 1.74, 2.0, 50.0] {
            let swinging = Swinging::new(&means, swing);
            let (mut p, mut counts) = (DayShares::default(), Vec::new());
            let (mut shares, mut whole, draws) = ([0.0; 5], 0, 200_000);
            for r in 0..draws {
                let s = stream.at(r);
                swinging.draw(s, &mut p);
                p.spread(s, 1_000, &mut counts);
                shares.iter_mut().zip(&counts).for_each(|(sum, n)| *sum += *n as f64 / 1_000.0);
                whole += u64::from(counts.contains(&1_000));
            }
            for (share, mean) in shares.iter().zip(means) {
                assert!((share / draws as f64 - mean).abs() < 5.0 * 0.0011, "{swing}: {share} for {mean}");
            }
            // √3 is the highest of four days in use.
            assert_eq!(whole == draws, swing > 3.0f64.sqrt(), "{swing}: {whole}");
        }
    }

    #[test]
    fn without_swing_shares_are_their_means() {
        let mut p = DayShares::default();
        let mut stream = Stream::named(7, 0, "swing", "none");
        for means in [vec![1.0], vec![0.5, 0.0, 0.5], vec![0.1, 0.2, 0.3, 0.25, 0.15]] {
            Swinging::new(&means, 0.0).draw(stream.at(0), &mut p);
            assert_eq!(p.sums[means.len()..], means);
            assert!((p.sums[1] - 1.0).abs() < 1e-12);
        }
    }

    /// Of any number of days: whoever is there is counted once, and nobody on a day of no share.
    #[test]
    fn everybody_has_one_day_and_days_of_no_share_have_nobody() {
        let mut stream = Stream::named(7, 0, "swing", "few");
        let (mut p, mut counts) = (DayShares::default(), Vec::new());
        for days in 1..40u32 {
            p.set((0..days).map(|day| f64::from((day * 7 + 3) % 5)));
            for n in [0, 1, 5, 1_000, 3_000_000_000] {
                p.spread(stream.at(n + u64::from(days)), n, &mut counts);
                assert_eq!(counts.len(), days as usize);
                assert_eq!(counts.iter().sum::<u64>(), n);
                assert!(counts.iter().zip(&p.sums[days as usize..]).all(|(n, share)| *n == 0 || *share > 0.0));
            }
        }
        p.set([].into_iter());
        p.spread(stream.at(0), 0, &mut counts);
        assert!(counts.is_empty());
    }

    /// Counts of 11 days of unequal shares, 200,000 times: mean, variance and covariance of each pair of days as of a
    /// multinomial law, each within 5 of its standard errors (1 in 1.7 million for one, 66 of them).
    #[test]
    fn counts_without_swing_are_multinomial() {
        let weights: Vec<f64> = (0..11).map(|day| f64::from(1 + (day * 5) % 7)).collect();
        let whole: f64 = weights.iter().sum();
        let (n, draws) = (60u64, 200_000);
        let mut p = DayShares::default();
        p.set(weights.iter().copied());
        let mut stream = Stream::named(7, 0, "swing", "multinomial");
        let (mut counts, mut sums, mut products) = (Vec::new(), [0.0; 11], [[0.0; 11]; 11]);
        for r in 0..draws {
            p.spread(stream.at(r), n, &mut counts);
            for (a, x) in counts.iter().enumerate() {
                sums[a] += *x as f64;
                for (b, y) in counts.iter().enumerate() {
                    products[a][b] += (*x * *y) as f64;
                }
            }
        }
        let (n, draws) = (n as f64, draws as f64);
        for a in 0..11 {
            let (mean, share) = (sums[a] / draws, weights[a] / whole);
            let sd = (n * share * (1.0 - share)).sqrt();
            assert!((mean - n * share).abs() < 5.0 * sd / draws.sqrt(), "day {a}: {mean} for {}", n * share);
            for b in 0..=a {
                let other = weights[b] / whole;
                let wanted = if a == b { sd * sd } else { -n * share * other };
                let found = products[a][b] / draws - mean * sums[b] / draws;
                // Of products of two nearly normal deviations.
                let error = ((sd * sd * n * other * (1.0 - other) + wanted * wanted) / draws).sqrt();
                assert!((found - wanted).abs() < 5.0 * 1.1 * error, "days {a} and {b}: {found} for {wanted}");
            }
        }
    }
}
