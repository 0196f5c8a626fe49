//! What is decided on claims: who is approved at first and who by an appeal, how many appeal, how many claims come twice and
//! how many of these are found out.

use super::payment::Terms;
use crate::chance::counts::{EXACT_BELOW, mixed_binomial, near_binomial, part};
use crate::chance::stream::Stream;
use crate::chance::sums::of_moments;

/// What one rule did, as an engine leaves it: claims, what they ask for and what they get. People and money, before pools. Each
/// claim is one of its kind, which has its own chances.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RuleSum {
    /// People who filed under it, or whom it reached.
    pub filed: f64,
    /// Of these, approved.
    pub approved: f64,
    /// Of those who did not get it, those who would have and gave up while they waited; the rest were refused.
    pub gave_up: f64,
    /// The variance of their number where that is their expectation.
    pub gave_up_variance: f64,
    /// Of the approved and of those who gave up, those who won an appeal: as expected, until it is drawn.
    pub later: f64,
    /// The variance of that number.
    pub later_variance: f64,
    /// Awards of all who filed.
    pub asked: f64,
    /// Awards of the approved.
    pub award: f64,
    /// Sum of the squares of these.
    pub award_squares: f64,
    /// Of the awards, what appeals won: as expected, until it is drawn.
    pub award_later: f64,
    /// The variance of that money,
    pub award_later_variance: f64,
    /// and its covariance with the number of those who won an appeal.
    pub award_later_covariance: f64,
    /// Awards of those who gave up.
    pub forgone: f64,
    /// Of the awards, what nobody would be due who claims no more than was lost.
    pub undue: f64,
    /// Of the approved, those who would be due nothing if they claimed no more than they lost.
    pub without_right: f64,
    /// Of those who filed and did not get it, those who claimed no more than they lost,
    pub honest: f64,
    /// and of these, those who would have got it and gave up while they waited.
    pub honest_gave_up: f64,
    /// Of the approved, those who lost money.
    pub losers: f64,
    /// Of these, those who won an appeal: as expected, until it is drawn.
    pub losers_later: f64,
    /// The variance of that number.
    pub losers_later_variance: f64,
}

impl RuleSum {
    /// Adds another.
    pub fn add(&mut self, s: &RuleSum) {
        self.filed += s.filed;
        self.approved += s.approved;
        self.gave_up += s.gave_up;
        self.gave_up_variance += s.gave_up_variance;
        self.later += s.later;
        self.later_variance += s.later_variance;
        self.asked += s.asked;
        self.award += s.award;
        self.award_squares += s.award_squares;
        self.award_later += s.award_later;
        self.award_later_variance += s.award_later_variance;
        self.award_later_covariance += s.award_later_covariance;
        self.forgone += s.forgone;
        self.undue += s.undue;
        self.without_right += s.without_right;
        self.honest += s.honest;
        self.honest_gave_up += s.honest_gave_up;
        self.losers += s.losers;
        self.losers_later += s.losers_later;
        self.losers_later_variance += s.losers_later_variance;
    }

    /// With those who gave up, as expected of so many who filed and did not get it; `decided` is the probability of being
    /// approved whether one gives up or not, `approval` that of getting it, `at_first` the share of the decided whom the
    /// first decision approves.
    pub fn with_those_who_gave_up(self, decided: f64, approval: f64, at_first: f64) -> RuleSum {
        let share = if approval < 1.0 { (decided - approval) / (1.0 - approval) } else { 0.0 };
        let gave_up = share * (self.filed - self.approved);
        let forgone = share * (self.asked - self.award);
        let gave_up_variance = (1.0 - share) * gave_up;
        let honest_gave_up = share * self.honest;
        RuleSum { gave_up, gave_up_variance, forgone, honest_gave_up, ..self }.with_appeals(at_first)
    }

    /// With what appeals are expected to have won, when the first decision approves such a share of the decided.
    pub fn with_appeals(self, at_first: f64) -> RuleSum {
        let (decided, later) = (self.approved + self.gave_up, 1.0 - at_first);
        RuleSum {
            later: later * decided,
            later_variance: at_first * later * decided,
            award_later: later * self.award,
            award_later_variance: at_first * later * self.award_squares,
            award_later_covariance: at_first * later * self.award,
            losers_later: later * self.losers,
            losers_later_variance: at_first * later * self.losers,
            ..self
        }
    }

    /// Puts what was decided in the place of what was expected.
    pub fn decide(&mut self, decided: &Decided) {
        let of_expected = if self.gave_up > 0.0 { decided.gave_up / self.gave_up } else { 0.0 };
        self.forgone *= of_expected;
        self.honest_gave_up = (self.honest_gave_up * of_expected).min(self.honest);
        self.gave_up = decided.gave_up;
        self.later = decided.later;
        self.award_later = decided.award_later;
        self.losers_later = decided.losers_later;
    }

    /// Of those who claimed no more than they lost, those who stay refused.
    pub fn honest_refused(&self) -> f64 {
        (self.honest - self.honest_gave_up).max(0.0)
    }

    /// Share of the approved who won an appeal.
    pub fn appealed(&self) -> f64 {
        let decided = self.approved + self.gave_up;
        if decided > 0.0 { self.later / decided } else { 0.0 }
    }
}

/// What was decided on them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Decided {
    /// Of those not approved, those who would have been and have given up.
    pub gave_up: f64,
    /// Of the approved and of those who gave up, those who won an appeal; the first decision approved the others.
    pub later: f64,
    /// Of these, the losers among the approved.
    pub losers_later: f64,
    /// Awards of the approved that appeals won.
    pub award_later: f64,
    /// Appeals.
    pub appeals: f64,
    /// Claims sent in a second time: of the approved,
    pub twice: f64,
    /// and of the others.
    pub twice_refused: f64,
    /// Of the first, those found out,
    pub found: f64,
    /// and the awards of those that are not.
    pub award_again: f64,
}

impl Terms {
    /// Draws what is decided on claims of which it is known how many are approved in the end.
    ///
    /// Whoever is approved later has appealed. Of those refused in the end, whatever the chance at first, a share s (1 − u) ÷
    /// (1 − s u) has, by Bayes' rule, when a share s of the refused appeal and u of these win; where every appeal is made
    /// and upheld there are none. Numbers are binomial, money given a number has the mean and variance that it has in the law
    /// of both, by a gamma law.
    pub fn decide(&self, claims: &RuleSum, stream: &mut Stream) -> Decided {
        let (rest, (share, upheld, ..)) = ((claims.filed - claims.approved).max(0.0), self.appeal);
        let gave_up = part(stream, rest, claims.gave_up, claims.gave_up_variance);
        let mut out = Decided { gave_up, ..Decided::default() };
        if share > 0.0 {
            let before = claims.approved + claims.gave_up;
            let (decided, per) = (claims.approved + gave_up, if before > 0.0 { 1.0 / before } else { 0.0 });
            let expected = claims.later * per * decided;
            out.losers_later = part(stream, claims.losers, claims.losers_later, claims.losers_later_variance);
            let variance = (claims.later_variance * per * decided - claims.losers_later_variance).max(0.0);
            let others = (decided - claims.losers).max(0.0);
            out.later = out.losers_later + part(stream, others, (expected - claims.losers_later).max(0.0), variance);
            out.award_later = claims.money_later(out.later - expected, out.later / expected, stream);
            let turned = share * upheld;
            let in_vain = if turned < 1.0 { share * (1.0 - upheld) / (1.0 - turned) } else { 0.0 };
            out.appeals = out.later + mixed_binomial(stream, claims.filed - decided, in_vain, 1.0);
        }
        if let Some((share, detected, _)) = self.duplicates {
            let mut of = |people: f64, share| near_binomial(stream, whole(people), share, EXACT_BELOW) as f64;
            out.twice = of(claims.approved, share);
            out.twice_refused = of(rest, share);
            out.found = of(out.twice, detected);
            let (unseen, per) =
                (out.twice - out.found, if claims.approved > 0.0 { 1.0 / claims.approved } else { 0.0 });
            let mean = claims.award * per;
            out.award_again = of_moments(stream, unseen * mean, unseen * (claims.award_squares * per - mean * mean));
        }
        out
    }
}

impl RuleSum {
    /// What appeals win when so many more people win one than expected, and `of_expected` times as many.
    fn money_later(&self, more: f64, of_expected: f64, stream: &mut Stream) -> f64 {
        let RuleSum { approved, gave_up, later_variance, award_later_variance, award_later_covariance, .. } = *self;
        // The number is also of those who gave up, of whom there is no money.
        let variance = later_variance * approved / (approved + gave_up);
        let slope = if variance > 0.0 { award_later_covariance / variance } else { 0.0 };
        let left = (award_later_variance - slope * award_later_covariance) * of_expected;
        let mean = self.award_later + slope * more * approved / (approved + gave_up);
        if of_expected > 0.0 { of_moments(stream, mean, left).min(self.award) } else { 0.0 }
    }
}

/// The whole number next to one of people.
fn whole(people: f64) -> u64 {
    people.round().max(0.0) as u64
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
    /// 400 of the approved lost money and have 10 or 30 each, the others have 20. Means and variances of binomial numbers and of
    /// the money that falls to them, each within 5 of its standard errors (6e-7).
    #[test]
    fn what_is_decided_has_the_moments_of_its_law() {
        let t = Terms { appeal: (0.5, 0.5, 40, 3.0), duplicates: Some((0.1, 0.6, 0.5)), ..terms() };
        let squares = 400.0 * 500.0 + 225.0 * 400.0;
        let claims = RuleSum {
            filed: 1_000.0,
            approved: 625.0,
            losers: 400.0,
            later: 125.0,
            later_variance: 100.0,
            losers_later: 80.0,
            losers_later_variance: 64.0,
            award: 12_500.0,
            award_squares: squares,
            award_later: 2_500.0,
            award_later_variance: 0.16 * squares,
            award_later_covariance: 0.16 * 12_500.0,
            ..RuleSum::default()
        };
        let mut stream = Stream::named(5, 0, "test", "decisions");
        stream.at(0);
        let drawn: Vec<Decided> = (0..40_000).map(|_| t.decide(&claims, &mut stream)).collect();
        assert!(drawn.iter().all(|d| d.later.fract() == 0.0 && d.later <= 625.0 && d.losers_later <= d.later));
        let of = |f: &dyn Fn(&Decided) -> f64| mean_and_variance(&drawn.iter().map(f).collect::<Vec<_>>());
        let binomial = |n: f64, p: f64| [n * p, n * p * (1.0 - p)];
        let again = binomial(625.0, 0.04);
        let cases = [
            (of(&|d| d.later), binomial(625.0, 0.2)),
            (of(&|d| d.losers_later), binomial(400.0, 0.2)),
            (of(&|d| d.appeals - d.later), binomial(375.0, 1.0 / 3.0)),
            (of(&|d| d.award_later), [2_500.0, 0.16 * squares]),
            (of(&|d| d.twice), binomial(625.0, 0.1)),
            (of(&|d| d.twice_refused), binomial(375.0, 0.1)),
            (of(&|d| d.found), binomial(625.0, 0.06)),
            (of(&|d| d.award_again), [500.0, 25.0 * (squares / 625.0 - 400.0) + again[1] * 400.0]),
        ];
        for (i, ([mean, variance], [wanted, spread])) in cases.into_iter().enumerate() {
            assert!((mean - wanted).abs() < 5.0 * (spread / 4e4).sqrt(), "case {i}: {mean} for {wanted}");
            assert!((variance / spread - 1.0).abs() < 5.0 * (2.1f64 / 4e4).sqrt(), "case {i}: {variance} for {spread}");
        }
    }

    #[test]
    fn where_all_appeals_are_upheld_nobody_appeals_in_vain() {
        let mut stream = Stream::named(5, 0, "test", "decisions");
        stream.at(0);
        let all = RuleSum { filed: 100.0, approved: 100.0, later: 40.0, later_variance: 24.0, ..RuleSum::default() };
        let t = Terms { appeal: (1.0, 1.0, 40, 3.0), ..terms() };
        let d = t.decide(&all, &mut stream);
        assert!(d.appeals == d.later && d.later > 0.0);
        // All refused have appealed where all appeal, whether some approved gave up or not.
        for (approved, gave_up, appeals) in [(0.0, 0.0, 20.0), (5.0, 5.0, 10.0)] {
            let claims = RuleSum { filed: 20.0, approved, gave_up, ..RuleSum::default() };
            let d = Terms { appeal: (1.0, 0.5, 40, 3.0), ..terms() }.decide(&claims, &mut stream);
            assert_eq!((d.later, d.appeals, d.gave_up), (0.0, appeals, gave_up));
        }
        // Without appeals all was decided at first.
        let d = Terms { appeal: (0.0, 0.5, 40, 3.0), ..terms() }.decide(&all, &mut stream);
        assert_eq!(d, Decided::default());
    }
}
