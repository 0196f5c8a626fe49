//! The mean of what suits cost the company, over who sues and what is decided, in closed form.
//!
//! Given what is decided each person runs through the instances alone, so that those left at any point are binomial: a
//! chain of thinnings of the people who may sue. All is linear in their numbers but two things: joint suits, which are
//! rounded up (the mean of the rounded number is a sum over the binomial law), and followers, who need somebody left to win.
//! Decisions are a tree of at most two branches for mediation and three for each instance.

use super::{Base, Terms, YEAR};
use crate::guideline::takeup::Curve;

/// Standard deviation of a number of plaintiffs beyond which the rounding of joint suits counts as a half: an error of
/// less than half a suit among those of more than four million people.
const WIDE: f64 = 2_000.0;
/// Weight beside the mode's at which a binomial law ends.
const NEGLIGIBLE: f64 = 1e-18;

/// Everything that stays the same along the tree.
struct Case<'t> {
    terms: &'t Terms<'t>,
    people: u64,
    /// Share of the people who do not sue at first.
    others: f64,
    award: f64,
    small: f64,
}

impl Terms<'_> {
    /// Mean of awards and legal costs that the company bears in [`Terms::verdict`].
    pub fn mean_cost(&self, base: Base, awareness: f64, world: &[f64]) -> f64 {
        let v = &self.values;
        let award = self.award(base.stake);
        if base.people == 0 || award <= 0.0 {
            return 0.0;
        }
        let people = base.people as f64;
        let suing = Curve::of_claim(&self.issue.suing, awareness, world).share(award).clamp(0.0, 1.0);
        let small = v.small.filter(|(limit, _)| award <= *limit).map_or(1.0, |(_, factor)| factor);
        let case = Case { terms: self, people: base.people, others: 1.0 - suing, award, small };
        let Some([share, accepts, agree, award_share, _]) = v.mediation else { return case.suits(suing) };
        let (accepts, agree) = (accepts.clamp(0.0, 1.0), share.clamp(0.0, 1.0) * agree.clamp(0.0, 1.0));
        let agreed = people * suing * agree * award_share * (base.stake + v.distress);
        accepts * (agreed + case.suits(suing * (1.0 - agree))) + (1.0 - accepts) * case.suits(suing)
    }
}

impl Case<'_> {
    /// Of a share of the people who sue, settlements first.
    fn suits(&self, share: f64) -> f64 {
        let v = &self.terms.values;
        let Some((offer, accepted)) = v.settlement else { return self.instance(0, share, true, v.filed_after) };
        let accepted = accepted.clamp(0.0, 1.0);
        let settled = self.paid(share * accepted, offer * self.award, v.filed_after);
        settled + self.instance(0, share * (1.0 - accepted), true, v.filed_after)
    }

    /// From an instance on, for a share of the people who are left; `open` while nobody has followed a win.
    fn instance(&self, i: usize, share: f64, open: bool, day: f64) -> f64 {
        let v = &self.terms.values;
        let Some(step) = v.instances.get(i).filter(|_| share > 0.0) else { return 0.0 };
        let day = day + step.days * self.small;
        let last = i + 1 == v.instances.len();
        let [win, proven, appeal, again] =
            [step.win, step.proven, step.appeal, step.company_appeals].map(|p| p.clamp(0.0, 1.0));
        let stands = if last { 1.0 } else { 1.0 - again };
        let suits = self.suits_of(share);
        let mut mean = 0.0;
        if win < 1.0 {
            mean += (1.0 - win) * (suits * self.each(0.0) + self.instance(i + 1, share * appeal, open, day));
        }
        if win > 0.0 {
            mean += win * suits * self.each(proven);
            if stands > 0.0 {
                let paid = self.paid(share * proven, self.award, day);
                let following = if open { self.following(share, proven, day) } else { 0.0 };
                let rest = self.instance(i + 1, share * (1.0 - proven) * appeal, false, day);
                mean += win * stands * (paid + following + rest);
            }
            if stands < 1.0 {
                let left = share * (proven + (1.0 - proven) * appeal);
                mean += win * (1.0 - stands) * self.instance(i + 1, left, open, day);
            }
        }
        mean
    }

    /// Those who follow a win, which takes somebody left to win: of n people a share q is left and a share r may follow.
    /// Nobody is left with chance (1 - q)^n, and each of the others may then follow with r ÷ (1 - q).
    fn following(&self, share: f64, proven: f64, day: f64) -> f64 {
        let v = &self.terms.values;
        let follow = self.others * v.follow_on.clamp(0.0, 1.0);
        let later = day + v.instances[0].days * self.small;
        let cost = |share: f64| self.suits_of(share) * self.each(proven) + self.paid(share * proven, self.award, later);
        let nobody = (self.people as f64 * (-share.min(1.0)).ln_1p()).exp();
        if nobody > 0.0 { cost(follow) - nobody * cost((follow / (1.0 - share)).min(1.0)) } else { cost(follow) }
    }

    /// What a share of the people are paid on a day.
    fn paid(&self, share: f64, sum: f64, day: f64) -> f64 {
        let v = &self.terms.values;
        let years = (v.filed_after.min(day) / YEAR, (day - v.filed_after).max(0.0) / YEAR);
        self.people as f64 * share * sum * (1.0 + v.interest.0 * years.0 + v.interest.1 * years.1)
    }

    /// What the company bears of one suit and instance on average, where a plaintiff wins with this probability.
    fn each(&self, won: f64) -> f64 {
        let (theirs, ours, loser_pays) = self.terms.values.costs;
        ours + loser_pays * (won * theirs - (1.0 - won) * ours)
    }

    /// Mean number of suits of a share of the people, smaller ones counted by their part.
    fn suits_of(&self, share: f64) -> f64 {
        let (joint, size) = self.terms.values.joint;
        let alone = self.people as f64 * share * (1.0 - joint);
        self.small * (alone + rounded_up(self.people, share, joint, size))
    }
}

/// E⌈X·joint ÷ size⌉ of a binomial X.
fn rounded_up(n: u64, p: f64, joint: f64, size: f64) -> f64 {
    if p <= 0.0 || joint <= 0.0 {
        return 0.0;
    }
    let of = |x: u64| (x as f64 * joint / size).ceil();
    if p >= 1.0 {
        return of(n);
    }
    let mean = n as f64 * p;
    if mean * (1.0 - p) > WIDE * WIDE {
        return mean * joint / size + 0.5;
    }
    // Weights from the mode on by the ratio of neighbours, so that no factorial is needed.
    let odds = p / (1.0 - p);
    let mode = ((n as f64 + 1.0) * p).floor().min(n as f64) as u64;
    let (mut weights, mut sum) = (1.0, of(mode));
    let (mut x, mut weight) = (mode, 1.0);
    while x < n && weight > NEGLIGIBLE {
        weight *= odds * (n - x) as f64 / (x + 1) as f64;
        x += 1;
        weights += weight;
        sum += weight * of(x);
    }
    (x, weight) = (mode, 1.0);
    while x > 0 && weight > NEGLIGIBLE {
        weight *= x as f64 / (odds * (n - x + 1) as f64);
        x -= 1;
        weights += weight;
        sum += weight * of(x);
    }
    sum / weights
}

#[cfg(test)]
mod tests {
    use super::super::tests::World;
    use super::*;
    use crate::chance::stream::Stream;
    use crate::model::court::{Costs, Mediation, SmallClaims};

    #[test]
    fn rounding_up_is_that_of_the_binomial_law() {
        // X ~ Binomial(2, 1/2): ⌈X/2⌉ is 0, 1, 1 with 1/4, 1/2, 1/4. With joint = size = 1 it is X itself.
        assert!((rounded_up(2, 0.5, 1.0, 2.0) - 0.75).abs() < 1e-15);
        assert!((rounded_up(1_000_000, 0.02, 1.0, 1.0) - 20_000.0).abs() < 1e-6);
        // On a lattice of eighths rounding adds (8 - 1) ÷ 16 on average.
        assert!((rounded_up(1_000_000, 0.3, 0.5, 4.0) - (37_500.0 + 7.0 / 16.0)).abs() < 1e-6);
        // One suit as soon as anybody sues.
        let n = 1_000_000;
        assert!((rounded_up(n, 1e-6, 1.0, 1e9) - (1.0 - (n as f64 * (-1e-6f64).ln_1p()).exp())).abs() < 1e-12);
        assert_eq!((rounded_up(7, 1.0, 0.5, 2.0), rounded_up(7, 0.0, 0.5, 2.0)), (2.0, 0.0));
    }

    #[test]
    fn a_suit_of_one_instance_costs_what_is_worked_out_by_hand() {
        // Of 1,000 people 1 % sue; won with 0.2, 0.6 of them prove their loss of 50 of which 0.8 is awarded; half of the
        // others follow if anybody sued. Each suit costs the company 5, and 2 of the other side's 4 when it loses; who does not
        // prove a loss bears 2.5 of the company's 5.
        let mut w = World::default();
        let steps = vec![w.instance([0.2, 0.6, 100.0, 0.9, 0.9])];
        let mut issue = w.issue(0.01, 0.8, steps);
        issue.follow_on = w.q(0.5);
        issue.costs = Costs { plaintiffs: w.q(4.0), company: w.q(5.0), loser_pays: w.q(0.5) };
        let mean = Terms::of(&issue, &w.0).mean_cost(Base { people: 1_000, stake: 50.0 }, 1.0, &w.0);
        let nobody = 0.99f64.powi(1_000);
        let followers = 0.5 * 1_000.0 * (0.99 - nobody);
        let won = (10.0 + followers) * (5.0 + 0.6 * 2.0 - 0.4 * 2.5 + 0.6 * 40.0);
        let exact = 0.2 * won + 0.8 * 10.0 * 2.5;
        assert!((mean / exact - 1.0).abs() < 1e-12, "{mean} {exact}");
    }

    #[test]
    fn the_mean_is_that_of_drawn_verdicts() {
        // Few people, so that nobody is left now and then; everything at once. 40,000 worlds: |z| < 4 (α = 6e-5).
        let mut w = World::default();
        let steps = [[0.3, 0.7, 365.0, 0.4, 0.8], [0.4, 0.8, 500.0, 0.5, 0.5], [0.5, 0.9, 200.0, 0.0, 1.0]];
        let steps = steps.map(|s| w.instance(s)).to_vec();
        let mut issue = w.issue(0.03, 0.5, steps);
        issue.distress = w.q(3.0);
        issue.follow_on = w.q(0.05);
        issue.costs = Costs { plaintiffs: w.q(20.0), company: w.q(80.0), loser_pays: w.q(0.4) };
        issue.joint = (w.q(0.8), w.q(7.0));
        issue.interest_year = (w.q(0.05), w.q(0.12));
        issue.filed_after_hours = w.q(2_160.0);
        issue.small_claims = Some(SmallClaims { limit: w.q(100.0), factor: w.q(0.6) });
        issue.settlement = Some((w.q(0.3), w.q(0.25)));
        issue.mediation = Some(Mediation {
            share: w.q(0.3),
            company_accepts: w.q(0.3),
            people_accept: w.q(0.6),
            award_share: w.q(0.2),
            hours: w.q(1_440.0),
        });
        for people in [20, 200, 5_000] {
            let base = Base { people, stake: 90.0 };
            let terms = Terms::of(&issue, &w.0);
            let (mut decided, mut drawn) = (Stream::named(8, 0, "court", "m"), Stream::named(8, 0, "suits", "m"));
            let worlds = 40_000;
            let (mut sum, mut squares) = (0.0, 0.0);
            for r in 0..worlds {
                let decisions = terms.decide(decided.at(r));
                let v = terms.verdict(base, 1.0, &decisions, 0.0, &w.0, drawn.at(r));
                let cost = v.awards + v.company_costs;
                sum += cost;
                squares += cost * cost;
            }
            let n = worlds as f64;
            let mean = sum / n;
            let error = ((squares / n - mean * mean) / n).sqrt();
            let z = (mean - terms.mean_cost(base, 1.0, &w.0)) / error;
            assert!(z.abs() < 4.0, "{people} people: drawn {mean} ± {error}, z {z}");
        }
    }
}
