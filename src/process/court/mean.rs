//! The mean of what suits cost the company, over who sues and what is decided, in closed form.
//!
//! Given what is decided each person runs through the instances alone, so that those left at any point are binomial: a
//! chain of thinnings of the people who may sue. All is linear in their numbers but two things: joint suits, which are
//! rounded up over all whom the issue concerns (the mean of the rounded number is a sum over a binomial law: that of the sum, or
//! where some sue at other rates the one like it), and followers, who need somebody to win and sue on the day of the first.
//! Decisions are a tree of at most two branches for mediation and three for each instance.

use smallvec::SmallVec;

use super::base::together;
use super::{Base, Terms, begun};

/// Standard deviation of a number of plaintiffs beyond which the rounding of joint suits counts as a half: an error of
/// less than half a suit among those of more than four million people.
const WIDE: f64 = 2_000.0;
/// Weight beside the mode's at which a binomial law ends.
const NEGLIGIBLE: f64 = 1e-18;

/// People of one cohort, region and track, of whom a share does the same: sues on one day, or waits for a win.
struct Party {
    /// Their place among those who may sue.
    place: usize,
    people: f64,
    /// Share of them.
    share: f64,
    /// What is left to one of them.
    stake: f64,
    /// What a winner is awarded before interest.
    award: f64,
    /// Factor on time and costs.
    factor: f64,
    /// Day of the suit.
    filed: f64,
    /// Whether they sue after a mediation that failed.
    mediated: bool,
    /// Of those who may follow a win, the share who do whatever comes of those who sue.
    steady: f64,
}

/// A number for each party.
type Each = SmallVec<[f64; 16]>;

/// All whom an issue concerns, and what is found so far.
struct Case<'t> {
    terms: &'t Terms<'t>,
    /// Who sues at first.
    suing: SmallVec<[Party; 8]>,
    /// Who does not, and may follow a win.
    others: SmallVec<[Party; 8]>,
    /// For each of those who may sue.
    costs: SmallVec<[f64; 8]>,
}

impl Terms<'_> {
    /// Mean of awards and legal costs that the company bears in [`Terms::verdicts`], for each of those who may sue.
    pub fn mean_costs(&self, bases: &[Base]) -> SmallVec<[f64; 8]> {
        let v = &self.values;
        let (mut suing, mut others) = (SmallVec::new(), SmallVec::new());
        let mediated = v.mediation.map_or(0.0, |m| m.share.clamp(0.0, 1.0));
        for (place, base) in bases.iter().enumerate().filter(|(_, base)| base.people > 0) {
            let (like, more) = base.like();
            // Of as many as sue by the law those who do not may be more when nobody won; all others are there in any case.
            let rest = 1.0 - more * base.tracks.iter().map(|t| t.suing.share).sum::<f64>();
            let steady = if more - 1.0 + rest > 0.0 { (more - 1.0) / (more - 1.0 + rest) } else { 1.0 };
            for track in &base.tracks {
                let party = |(people, share): (u64, f64), stake: f64, filed: f64, mediated: bool| Party {
                    place,
                    people: people as f64,
                    share,
                    stake,
                    award: self.award(stake),
                    factor: track.factor,
                    filed,
                    mediated,
                    steady,
                };
                let (stake, share) = (track.suing.stake, more * track.suing.share);
                suing.push(party((like, share * (1.0 - mediated)), stake, v.filed_after, false));
                if let Some(m) = v.mediation {
                    suing.push(party((like, share * mediated), stake, v.filed_after + m.days, true));
                }
                others.push(party((base.people, track.others.share), track.others.stake, 0.0, false));
            }
        }
        suing.retain(|p: &mut Party| p.share > 0.0);
        others.retain(|p: &mut Party| p.share > 0.0);
        let mut case = Case { terms: self, suing, others, costs: SmallVec::from_elem(0.0, bases.len()) };
        let shares = |mediated: f64| -> Each {
            case.suing.iter().map(|p| if p.mediated { p.share * mediated } else { p.share }).collect()
        };
        let Some(m) = v.mediation else {
            case.suits(1.0, &shares(1.0));
            return case.costs;
        };
        let (accepts, agree) = (m.company_accepts.clamp(0.0, 1.0), m.people_accept.clamp(0.0, 1.0));
        let (all, rest) = (shares(1.0), shares(1.0 - agree));
        for p in case.suing.iter().filter(|p| p.mediated) {
            case.costs[p.place] += accepts * p.people * p.share * agree * m.award_share * (p.stake + v.distress);
        }
        case.suits(accepts, &rest);
        case.suits(1.0 - accepts, &all);
        case.costs
    }
}

/// Chances in one instance.
struct Chances {
    win: f64,
    /// That a plaintiff proves the loss.
    proven: f64,
    /// That one who lost goes on.
    appeal: f64,
    /// That the company lets a win stand.
    stands: f64,
}

/// Chances of a branch go before what happens in it; `sued` are those who sued at first, as shares of the people of each
/// party, `left` those of them who are left.
impl Case<'_> {
    /// Settlements first.
    fn suits(&mut self, chance: f64, sued: &Each) {
        let (terms, v) = (self.terms, &self.terms.values);
        let mut left = 1.0;
        if let Some((offer, accepted)) = terms.settlement() {
            let accepted = accepted.clamp(0.0, 1.0);
            self.add(chance * accepted, sued, |p| terms.with_interest(offer * p.award, p.filed, p.filed));
            left -= accepted;
        }
        self.instance(0, chance, sued, left, 0.0);
        if v.follow_on > 0.0 && !self.others.is_empty() {
            let waiting = SmallVec::from_elem(1.0, self.costs.len());
            self.following(0, chance, sued.iter().map(|s| s * left).collect(), waiting, 0.0);
        }
    }

    /// Those who sued, from an instance on; `days` are those of the instances before.
    fn instance(&mut self, i: usize, chance: f64, sued: &Each, left: f64, days: f64) {
        let (terms, v) = (self.terms, &self.terms.values);
        let Some(step) = v.instances.get(i).filter(|_| left > 0.0 && chance > 0.0) else { return };
        let days = days + step.days;
        let Chances { win, proven, appeal, stands } = self.chances(i);
        let now: Each = sued.iter().map(|s| s * left).collect();
        Case::sue(terms, &mut self.costs, &self.suing, chance, &now, win * proven);
        self.instance(i + 1, chance * (1.0 - win), sued, left * appeal, days);
        let (stood, not) = (chance * win * stands, chance * win * (1.0 - stands));
        if stood > 0.0 {
            let money = |p: &Party| terms.with_interest(p.award, p.filed, p.filed + days * p.factor);
            self.add(stood * proven, &now, money);
            self.instance(i + 1, stood, sued, left * (1.0 - proven) * appeal, days);
        }
        self.instance(i + 1, not, sued, left * (proven + (1.0 - proven) * appeal), days);
    }

    fn chances(&self, i: usize) -> Chances {
        let (v, one) = (&self.terms.values, |p: f64| p.clamp(0.0, 1.0));
        let step = &v.instances[i];
        let stands = if i + 1 == v.instances.len() { 1.0 } else { 1.0 - one(step.company_appeals) };
        Chances { win: one(step.win), proven: one(step.proven), appeal: one(step.appeal), stands }
    }

    /// Those who follow a win, from an instance on, while nobody has; `waiting` are those who may, as shares of those who might
    /// at first, by place. A person is left in a party with a share and wins with a chance, so that nobody of some people
    /// wins with the product of what is missing from one, and given that each is something else with so much more.
    fn following(&mut self, i: usize, chance: f64, left: Each, waiting: Each, days: f64) {
        let Some(step) = self.terms.values.instances.get(i).filter(|_| chance > 0.0 && left.iter().any(|l| *l > 0.0))
        else {
            return;
        };
        let days = days + step.days;
        let Chances { win, proven, appeal, stands } = self.chances(i);
        let with = |share: f64| left.iter().map(|l| l * share).collect::<Each>();
        let (lost, again) = (with(appeal), with(proven + (1.0 - proven) * appeal));
        self.following(i + 1, chance * (1.0 - win), lost, waiting.clone(), days);
        self.following(i + 1, chance * win * (1.0 - stands), again, waiting.clone(), days);
        let stood = chance * win * stands;
        if stood <= 0.0 {
            return;
        }
        // The first win counts, and of suits that are decided on one day any.
        let day = |p: &Party| p.filed + days * p.factor;
        let mut dates: Each = self.suing.iter().map(day).collect();
        dates.sort_unstable_by(f64::total_cmp);
        dates.dedup();
        let (mut nobody, mut left, mut waiting) = (1.0, left, waiting);
        for date in dates {
            self.followers(stood * nobody, &waiting, proven, date);
            for k in (0..self.suing.len()).filter(|k| day(&self.suing[*k]) == date) {
                let (place, people) = (self.suing[k].place, self.suing[k].people);
                let wins = (left[k] * proven).min(1.0);
                nobody *= (people * (-wins).ln_1p()).exp();
                if wins < 1.0 {
                    left[k] *= 1.0 - proven;
                    let same = self.suing.iter().zip(&mut left).filter(|(p, _)| p.place == place);
                    same.for_each(|(_, left)| *left /= 1.0 - wins);
                    waiting[place] /= 1.0 - wins;
                }
            }
            if nobody <= 0.0 {
                return;
            }
            self.followers(-stood * nobody, &waiting, proven, date);
        }
        left.iter_mut().for_each(|l| *l *= appeal);
        self.following(i + 1, stood * nobody, left, waiting, days);
    }

    /// Of those who may follow a win, those who do and sue on a day.
    fn followers(&mut self, chance: f64, waiting: &Each, proven: f64, sued: f64) {
        let (terms, v) = (self.terms, &self.terms.values);
        let follow_on = v.follow_on.clamp(0.0, 1.0);
        let more = |p: &Party| p.steady + (1.0 - p.steady) * waiting[p.place];
        let shares: Each = self.others.iter().map(|p| p.share * more(p) * follow_on).collect();
        Case::sue(terms, &mut self.costs, &self.others, chance, &shares, proven);
        for (p, share) in self.others.iter().zip(&shares) {
            let money = terms.with_interest(p.award, sued, sued + v.instances[0].days * p.factor);
            self.costs[p.place] += chance * p.people * share * proven * money;
        }
    }

    /// What shares of those who sued are paid.
    fn add(&mut self, chance: f64, shares: &Each, money: impl Fn(&Party) -> f64) {
        for (p, share) in self.suing.iter().zip(shares) {
            self.costs[p.place] += chance * p.people * share * money(p);
        }
    }

    /// What suits of shares of the people cost in an instance where a plaintiff wins with a probability. Joint suits are
    /// shared by the heads that are expected.
    fn sue(terms: &Terms, costs: &mut [f64], parties: &[Party], chance: f64, shares: &Each, won: f64) {
        let (theirs, ours, loser_pays) = terms.values.costs;
        let (joint, size) = terms.values.joint;
        let each = chance * (ours + loser_pays * (won * theirs - (1.0 - won) * ours));
        let (mut mean, mut squares) = (0.0, 0.0);
        for (k, (p, share)) in parties.iter().zip(shares).enumerate() {
            mean += p.people * share;
            // Parties of one place are parts of the same people.
            let before = parties[..k].iter().zip(shares).rev().take_while(|(q, _)| q.place == p.place);
            let before: f64 = before.map(|(_, share)| share).sum();
            squares += p.people * share * (share + 2.0 * before);
        }
        if mean <= 0.0 {
            return;
        }
        let (n, one) = together(mean, squares);
        let per_head = 1.0 - joint + rounded_up(n, one, joint, size) / mean;
        for (p, share) in parties.iter().zip(shares) {
            costs[p.place] += each * p.factor * p.people * share * per_head;
        }
    }
}

/// E⌈X·joint ÷ size⌉ of a binomial X.
fn rounded_up(n: u64, p: f64, joint: f64, size: f64) -> f64 {
    if p <= 0.0 || joint <= 0.0 {
        return 0.0;
    }
    let of = |x: u64| begun(x as f64 * joint / size);
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
    use super::super::tests::{People, World, bases};
    use super::*;
    use crate::chance::stream::Stream;
    use crate::model::TakeUp;
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
        // others follow if anybody proved it. Each suit costs the company 5, and 2 of the other side's 4 when it loses; who does not
        // prove a loss bears 2.5 of the company's 5.
        let mut w = World::default();
        let steps = vec![w.instance([0.2, 0.6, 100.0, 0.9, 0.9])];
        let mut issue = w.issue(0.01, 0.8, steps);
        issue.follow_on = w.q(0.5);
        issue.costs = Costs { plaintiffs: w.q(4.0), company: w.q(5.0), loser_pays: w.q(0.5) };
        let terms = Terms::of(&issue, &w.0);
        let mean = terms.mean_costs(&bases(&terms, &[(1_000, 50.0)], &w))[0];
        let followers = 0.5 * 1_000.0 * 0.99 * (1.0 - 0.994f64.powi(999));
        let won = (10.0 + followers) * (5.0 + 0.6 * 2.0 - 0.4 * 2.5 + 0.6 * 40.0);
        let exact = 0.2 * won + 0.8 * 10.0 * 2.5;
        assert!((mean / exact - 1.0).abs() < 1e-12, "{mean} {exact}");
    }

    #[test]
    fn whoever_follows_one_who_surely_sues_is_all_others() {
        // One of twenty lost 20 and sues, the others lost 1 each and do not, but four in five follow. Half of each prove it:
        // 0.5 × 20, and half of the time 19 × 0.8 × 0.5.
        let mut w = World::default();
        let steps = vec![w.instance([1.0, 0.5, 100.0, 0.0, 0.0])];
        let mut issue = w.issue(1.0, 1.0, steps);
        issue.suing = TakeUp::Table { points: vec![(w.q(5.0), w.q(0.0)), (w.q(10.0), w.q(1.0))] };
        issue.follow_on = w.q(0.8);
        let terms = Terms::of(&issue, &w.0);
        let base = terms.base((20.0, 20.0, 39.0), &[[19.0, 19.0, 19.0], [1.0, 20.0, 400.0]], &w.0);
        let mean = terms.mean_costs(&[base])[0];
        assert!((mean - 13.8).abs() < 1e-12, "{mean}");
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
        // By regions that sue at different rates, too, one of which has less at stake than the small track is for.
        issue.suing = TakeUp::Table { points: vec![(w.q(0.0), w.q(0.0)), (w.q(100.0), w.q(0.06))] };
        let one = |people: u64| -> Vec<People> { vec![(people, 90.0)] };
        let three =
            |people: u64| -> Vec<People> { [(3, 90.0), (5, 40.0), (2, 250.0)].map(|(n, x)| (n * people, x)).to_vec() };
        let terms = Terms::of(&issue, &w.0);
        let of = |people: &Vec<People>| bases(&terms, people, &w);
        // And people of one region on both sides of the limit.
        let spread = |n: f64| {
            let left = [[2.0 * n, 180.0 * n, 17_000.0 * n], [n, 250.0 * n, 62_500.0 * n], [n, 300.0 * n, 90_000.0 * n]];
            vec![terms.base((4.0 * n, 4.0 * n, 730.0 * n), &left, &w.0)]
        };
        let cases = [one(20), one(200), one(5_000), three(2), three(20), three(500)];
        for bases in cases.iter().map(of).chain([5.0, 200.0].map(spread)) {
            let mut decided = Stream::named(8, 0, "court", "m");
            let named = |r: usize| Stream::named(8, 0, "suits", &format!("m{r}"));
            let mut drawn: Vec<Stream> = (0..bases.len()).map(named).collect();
            let worlds = 40_000;
            let (mut sum, mut squares) = (0.0, 0.0);
            for r in 0..worlds {
                let decisions = terms.decide(decided.at(r));
                for stream in &mut drawn {
                    stream.at(r);
                }
                let all = terms.verdicts(&bases, &decisions, 0.0, &mut drawn);
                let cost: f64 = all.iter().map(|v| v.awards + v.company_costs).sum();
                sum += cost;
                squares += cost * cost;
            }
            let n = worlds as f64;
            let mean = sum / n;
            let error = ((squares / n - mean * mean) / n).sqrt();
            let exact: f64 = terms.mean_costs(&bases).iter().sum();
            let z = (mean - exact) / error;
            assert!(z.abs() < 4.0, "{bases:?}: drawn {mean} ± {error}, z {z}");
        }
    }

    #[test]
    fn numbers_of_regions_are_rounded_together() {
        // X of two regions, Binomial(30, 0.1) + Binomial(20, 0.02): the law of the sum by convolution against the one like
        // it. In suits of three the means differ by 0.00002 suits.
        let law = |n: u64, p: f64| -> Vec<f64> {
            (0..=n)
                .scan((1.0 - p).powi(n as i32), |w, k| {
                    let now = *w;
                    *w *= p / (1.0 - p) * (n - k) as f64 / (k + 1) as f64;
                    Some(now)
                })
                .collect()
        };
        let (a, b) = (law(30, 0.1), law(20, 0.02));
        let pairs = a.iter().enumerate().flat_map(|(i, x)| b.iter().enumerate().map(move |(j, y)| (i + j, x * y)));
        let exact: f64 = pairs.map(|(n, w)| w * (n as f64 / 3.0).ceil()).sum();
        let (n, p) = together(3.4, 0.3 + 0.008);
        assert!((n as f64 * p - 3.4).abs() < 1e-12);
        assert!((rounded_up(n, p, 1.0, 3.0) - exact).abs() < 1e-4, "{} {exact}", rounded_up(n, p, 1.0, 3.0));
        // All with one p: the sum itself.
        assert_eq!(together(50.0 * 0.3, 50.0 * 0.09).0, 50);
        assert_eq!(together(7.0, 7.0), (7, 1.0));
    }
}
