//! What is decided on claims: who is approved at first and who by an appeal, how many appeal, how many claims come twice and
//! how many of these are found out.

use super::payment::Terms;
use crate::chance::counts::{EXACT_BELOW, mixed_binomial, near_binomial};
use crate::chance::stream::Stream;

/// Claims of some people under one rule, as an engine leaves them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Filed {
    /// Claims.
    pub filed: f64,
    /// Of these, approved in the end.
    pub approved: f64,
    /// Of the others, those who would have been approved and have given up since.
    pub gave_up: f64,
    /// Of the approved and of those who gave up, whom the first decision is expected to have approved,
    pub at_first: f64,
    /// and the variance of their number.
    pub at_first_variance: f64,
}

/// What was decided on them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Decided {
    /// Of the approved and of those who gave up, whom the first decision approved; the others won an appeal.
    pub at_first: f64,
    /// Appeals.
    pub appeals: f64,
    /// Claims sent in a second time: of the approved,
    pub twice: f64,
    /// and of the others.
    pub twice_refused: f64,
    /// Of the first, those found out.
    pub found: f64,
}

impl Decided {
    /// What is decided without an appeal, of claims that come once.
    pub fn at_once(claims: &Filed) -> Decided {
        Decided { at_first: claims.approved + claims.gave_up, ..Decided::default() }
    }
}

impl Terms {
    /// Draws what is decided on claims of which it is known how many are approved in the end.
    ///
    /// Whoever is approved later has appealed. Of those refused in the end, whatever the chance at first, a share s (1 − u) ÷
    /// (1 − s u) has, by Bayes' rule, when a share s of the refused appeal and u of these win; where every appeal is made
    /// and upheld there are none.
    pub fn decide(&self, claims: &Filed, stream: &mut Stream) -> Decided {
        let mut out = Decided::at_once(claims);
        let (decided, (share, upheld, ..)) = (out.at_first, self.appeal);
        let refused = (claims.filed - decided).max(0.0);
        if share > 0.0 {
            out.at_first = part(stream, decided, claims.at_first, claims.at_first_variance);
            let turned = share * upheld;
            let in_vain = if turned < 1.0 { share * (1.0 - upheld) / (1.0 - turned) } else { 0.0 };
            out.appeals = decided - out.at_first + mixed_binomial(stream, refused, in_vain, 1.0);
        }
        if let Some((share, detected, _)) = self.duplicates {
            let mut of = |people: f64, share| near_binomial(stream, whole(people), share, EXACT_BELOW) as f64;
            out.twice = of(claims.approved, share);
            out.twice_refused = of(claims.filed - claims.approved, share);
            out.found = of(out.twice, detected);
        }
        out
    }
}

/// The whole number next to one of people.
fn whole(people: f64) -> u64 {
    people.round().max(0.0) as u64
}

/// Of so many people, a part whose mean and variance are known.
fn part(stream: &mut Stream, people: f64, mean: f64, variance: f64) -> f64 {
    let share = if people > 0.0 { (mean / people).clamp(0.0, 1.0) } else { 0.0 };
    let alike = people * share * (1.0 - share);
    mixed_binomial(stream, people, share, if alike > 0.0 { (variance / alike).clamp(0.0, 1.0) } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::payment::tests::terms;

    fn mean_and_variance(numbers: &[f64]) -> [f64; 2] {
        let n = numbers.len() as f64;
        let mean = numbers.iter().sum::<f64>() / n;
        [mean, numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)]
    }

    /// 40,000 times 1,000 claims, 625 approved in the end: half at first in fact, half of the others appeal, half of these win.
    /// Means and variances of binomial numbers, each within 5 of its standard errors (6e-7).
    #[test]
    fn what_is_decided_is_binomial() {
        let t = Terms { appeal: (0.5, 0.5, 40, 3.0), duplicates: Some((0.1, 0.6, 0.5)), ..terms() };
        let claims = Filed { filed: 1_000.0, approved: 625.0, gave_up: 0.0, at_first: 500.0, at_first_variance: 100.0 };
        let mut stream = Stream::named(5, 0, "test", "decisions");
        stream.at(0);
        let drawn: Vec<Decided> = (0..40_000).map(|_| t.decide(&claims, &mut stream)).collect();
        assert!(drawn.iter().all(|d| d.at_first.fract() == 0.0 && d.at_first <= 625.0));
        let in_vain = |d: &Decided| d.appeals - (625.0 - d.at_first);
        let of = |f: &dyn Fn(&Decided) -> f64| mean_and_variance(&drawn.iter().map(f).collect::<Vec<_>>());
        let binomial = |n: f64, p: f64| [n * p, n * p * (1.0 - p)];
        let cases = [
            (of(&|d| d.at_first), [500.0, 100.0]),
            (of(&in_vain), binomial(375.0, 1.0 / 3.0)),
            (of(&|d| d.twice), binomial(625.0, 0.1)),
            (of(&|d| d.twice_refused), binomial(375.0, 0.1)),
            (of(&|d| d.found), binomial(625.0, 0.06)),
        ];
        for (i, ([mean, variance], [wanted, spread])) in cases.into_iter().enumerate() {
            assert!((mean - wanted).abs() < 5.0 * (spread / 4e4).sqrt(), "case {i}: {mean} for {wanted}");
            assert!(
                (variance / spread - 1.0).abs() < 5.0 * (2.0f64 / 4e4).sqrt() + 0.003,
                "case {i}: {variance} for {spread}"
            );
        }
    }

    #[test]
    fn where_all_appeals_are_upheld_nobody_appeals_in_vain() {
        let mut stream = Stream::named(5, 0, "test", "decisions");
        stream.at(0);
        let all = Filed { filed: 100.0, approved: 100.0, gave_up: 0.0, at_first: 60.0, at_first_variance: 24.0 };
        let t = Terms { appeal: (1.0, 1.0, 40, 3.0), ..terms() };
        let d = t.decide(&all, &mut stream);
        assert_eq!(d.appeals, 100.0 - d.at_first);
        // All refused have appealed where all appeal, whether some approved gave up or not; half of them where half do.
        for (approved, gave_up, share, appeals) in [(0.0, 0.0, 1.0, 20.0), (5.0, 5.0, 1.0, 10.0)] {
            let decided = approved + gave_up;
            let claims = Filed { filed: 20.0, approved, gave_up, at_first: decided, at_first_variance: 0.0 };
            let d = Terms { appeal: (share, 0.5, 40, 3.0), ..terms() }.decide(&claims, &mut stream);
            assert_eq!((d.at_first, d.appeals), (decided, appeals));
        }
        // Without appeals all was decided at first.
        let d = Terms { appeal: (0.0, 0.5, 40, 3.0), ..terms() }.decide(&all, &mut stream);
        assert_eq!(d, Decided::at_once(&all));
    }
}
