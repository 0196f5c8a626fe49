//! The court route: who sues over what is left uncompensated, what is decided, what it costs both sides.
//!
//! One latent outcome per issue and instance decides for all who go on, so that wins come together: this makes the
//! tail of the liability. Outcomes do not depend on the guideline; who sues does.

mod mean;

use smallvec::SmallVec;

use crate::chance::counts::binomial;
use crate::chance::stream::Stream;
use crate::guideline::takeup::Curve;
use crate::model::court::{Instance, Issue, Plaintiffs};

/// Days of a year, for interest and discounting.
const YEAR: f64 = 365.0;
/// Hours of a day.
const DAY: f64 = 24.0;

/// An issue with its numbers filled in for one world.
#[derive(Clone, Debug)]
pub struct Terms<'a> {
    issue: &'a Issue,
    values: Values,
}

#[derive(Clone, Debug)]
struct Values {
    joint: (f64, f64),
    instances: Vec<Step>,
    award_share: f64,
    distress: f64,
    follow_on: f64,
    costs: (f64, f64, f64),
    interest: (f64, f64),
    filed_after: f64,
    small: Option<(f64, f64)>,
    settlement: Option<(f64, f64)>,
    mediation: Option<[f64; 5]>,
}

/// One instance in one world.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Step {
    win: f64,
    proven: f64,
    days: f64,
    appeal: f64,
    company_appeals: f64,
}

/// What is decided in a world, the same under every guideline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decisions {
    /// By instance: whether the plaintiffs would win there.
    won: Vec<bool>,
    /// By instance: whether the company would appeal.
    company_goes_on: Vec<bool>,
    /// Whether the company accepts mediation.
    mediates: bool,
}

/// People who may sue: one cohort in one region under one guideline.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Base {
    /// People.
    pub people: u64,
    /// Uncompensated loss of one of them, on average.
    pub stake: f64,
    /// Share of them who know what they might claim.
    pub awareness: f64,
}

/// What came of it. People and money.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Verdict {
    /// People who sued, those after a win included.
    pub plaintiffs: f64,
    /// People who got something: by judgment, settlement or mediation.
    pub winners: f64,
    /// What they got, interest included.
    pub awards: f64,
    /// The same, discounted to the day of the outage.
    pub present_value: f64,
    /// Legal costs that the company bears.
    pub company_costs: f64,
    /// Legal costs that the plaintiffs bear.
    pub plaintiffs_costs: f64,
    /// Σ over winners of the days from the outage to the money.
    pub winner_days: f64,
}

/// What came of it, for each of those who may sue.
pub type Verdicts = SmallVec<[Verdict; 8]>;

impl Verdict {
    /// What it costs the company.
    pub fn cost(&self) -> f64 {
        self.awards + self.company_costs
    }

    /// Adds another.
    pub fn add(&mut self, v: &Verdict) {
        self.plaintiffs += v.plaintiffs;
        self.winners += v.winners;
        self.awards += v.awards;
        self.present_value += v.present_value;
        self.company_costs += v.company_costs;
        self.plaintiffs_costs += v.plaintiffs_costs;
        self.winner_days += v.winner_days;
    }
}

impl<'a> Terms<'a> {
    /// An issue in a world.
    pub fn of(issue: &'a Issue, world: &[f64]) -> Terms<'a> {
        let step = |i: &Instance| Step {
            win: i.win.of(world),
            proven: i.proven.of(world),
            days: i.hours.of(world) / DAY,
            appeal: i.appeal.of(world),
            company_appeals: i.company_appeals.of(world),
        };
        let values = Values {
            joint: (issue.joint.0.of(world), issue.joint.1.of(world).max(1.0)),
            instances: issue.instances.iter().map(step).collect(),
            award_share: issue.award_share.of(world),
            distress: issue.distress.of(world),
            follow_on: issue.follow_on.of(world),
            costs: (issue.costs.plaintiffs.of(world), issue.costs.company.of(world), issue.costs.loser_pays.of(world)),
            interest: (issue.interest_year.0.of(world), issue.interest_year.1.of(world)),
            filed_after: issue.filed_after_hours.of(world) / DAY,
            small: issue.small_claims.map(|s| (s.limit.of(world), s.factor.of(world))),
            settlement: issue.settlement.map(|(offer, accept)| (offer.of(world), accept.of(world))),
            mediation: issue.mediation.map(|m| {
                let [share, company, people, award] =
                    [m.share, m.company_accepts, m.people_accept, m.award_share].map(|q| q.of(world));
                [share, company, people, award, m.hours.of(world) / DAY]
            }),
        };
        Terms { issue, values }
    }

    /// Those who may sue, with a stake of nothing where that moves no award.
    pub fn base(&self, base: Base) -> Base {
        let counts = self.values.award_share > 0.0 || self.values.mediation.is_some_and(|m| m[3] > 0.0);
        Base { stake: if counts { base.stake } else { 0.0 }, ..base }
    }

    /// True where a loss of money is needed.
    pub fn needs_a_loss(&self) -> bool {
        self.issue.plaintiffs == Plaintiffs::Losers
    }

    /// Draws what is decided in a world, from a stream of the issue that stands at the start of the replicate.
    pub fn decide(&self, stream: &mut Stream) -> Decisions {
        let v = &self.values;
        let mut d = Decisions::default();
        // A fixed number of draws for each instance, so that one more leaves those before as they are.
        let accepts = stream.uniform();
        for step in &v.instances {
            d.won.push(stream.uniform() < step.win);
            d.company_goes_on.push(stream.uniform() < step.company_appeals);
        }
        d.mediates = v.mediation.is_some_and(|m| accepts < m[1]);
        d
    }

    /// What a winner is awarded before interest.
    fn award(&self, stake: f64) -> f64 {
        self.values.award_share * stake + self.values.distress
    }

    /// The curve by which those who may sue do; the same for those before, mostly.
    fn curve(&self, base: &Base, world: &[f64], before: Option<(f64, Curve)>) -> (f64, Curve) {
        let same = before.filter(|(awareness, _)| *awareness == base.awareness);
        same.unwrap_or_else(|| (base.awareness, Curve::of_claim(&self.issue.suing, base.awareness, world)))
    }

    /// What comes of it for all whom the issue concerns, by cohort and region; the streams draw them, one for each, and stand
    /// at the start of the replicate. Joint suits are those of all together, their costs shared by heads, and what anybody
    /// wins all others may follow.
    pub fn verdicts(
        &self,
        bases: &[Base],
        decisions: &Decisions,
        discount_year: f64,
        world: &[f64],
        streams: &mut [Stream],
    ) -> Verdicts {
        let v = &self.values;
        let mut out: Verdicts = bases.iter().map(|_| Verdict::default()).collect();
        let mut known = None;
        let discounted = |money: f64, day: f64| money * (1.0 + discount_year).powf(-day / YEAR);
        let pay = |out: &mut Verdict, people: f64, sum: f64, (sued, day): (f64, f64)| {
            if people <= 0.0 {
                return;
            }
            let money = people * self.with_interest(sum, sued, day);
            out.winners += people;
            out.awards += money;
            out.present_value += discounted(money, day);
            out.winner_days += people * day;
        };
        let mut parties: SmallVec<[Party; 8]> = SmallVec::new();
        for ((base, out), stream) in bases.iter().zip(&mut out).zip(streams.iter_mut()) {
            let award = self.award(base.stake);
            let may_sue = if award > 0.0 { base.people } else { 0 };
            let (aware, curve) = self.curve(base, world, known.take());
            let mut left = binomial(stream, may_sue, if may_sue > 0 { curve.share(award) } else { 0.0 });
            known = Some((aware, curve));
            let others = may_sue - left;
            if let Some([share, _, people_accept, award_share, days]) = v.mediation {
                let mediated = binomial(stream, left, share);
                let agreed = binomial(stream, mediated, if decisions.mediates { people_accept } else { 0.0 });
                let money = agreed as f64 * award_share * (base.stake + v.distress);
                let day = v.filed_after + days;
                // Nothing is in default yet, so mediation brings no interest.
                out.winners += agreed as f64;
                out.awards += money;
                out.present_value += discounted(money, day);
                out.winner_days += agreed as f64 * day;
                left -= agreed;
            }
            out.plaintiffs = left as f64;
            if let Some((offer, accepted)) = v.settlement {
                let settled = binomial(stream, left, accepted);
                pay(out, settled as f64, offer * award, (v.filed_after, v.filed_after));
                left -= settled;
            }
            parties.push(Party { award, small: self.small(award), day: v.filed_after, left, others });
        }
        for (i, step) in v.instances.iter().enumerate() {
            if parties.iter().all(|p| p.left == 0) {
                break;
            }
            let won = decisions.won[i];
            let stands = won && (i + 1 == v.instances.len() || !decisions.company_goes_on[i]);
            let (mut sued, mut followed) = (Heads::new(), Heads::new());
            for ((p, out), stream) in parties.iter_mut().zip(&mut out).zip(streams.iter_mut()) {
                p.day += step.days * p.small;
                let winners = binomial(stream, p.left, if won { step.proven } else { 0.0 });
                let goes_on = binomial(stream, p.left - winners, step.appeal);
                sued.push((p.left, winners));
                // Unless it stands, the company has all of it decided again.
                p.left = if won && !stands { winners + goes_on } else { goes_on };
                if stands {
                    pay(out, winners as f64, p.award, (v.filed_after, p.day));
                }
            }
            // Others follow the first win that stands, whoever has it, and sue on its day.
            let wins = parties.iter().zip(&sued).filter(|(_, (_, winners))| *winners > 0).map(|(p, _)| p.day);
            let first = if stands { wins.reduce(f64::min) } else { None };
            if let Some(day) = first {
                for ((p, out), stream) in parties.iter_mut().zip(&mut out).zip(streams.iter_mut()) {
                    let following = binomial(stream, std::mem::take(&mut p.others), v.follow_on);
                    let proven = binomial(stream, following, step.proven);
                    out.plaintiffs += following as f64;
                    followed.push((following, proven));
                    pay(out, proven as f64, p.award, (day, day + v.instances[0].days * p.small));
                }
            }
            self.costs(&parties, &sued, &mut out);
            self.costs(&parties, &followed, &mut out);
        }
        out
    }

    /// Factor on time and costs of suits over so much.
    fn small(&self, award: f64) -> f64 {
        self.values.small.filter(|(limit, _)| award <= *limit).map_or(1.0, |(_, factor)| factor)
    }

    /// A sum with simple interest, as statutes have it: at one rate until the suit and at another from then on.
    fn with_interest(&self, sum: f64, sued: f64, day: f64) -> f64 {
        let (before, after) = self.values.interest;
        sum * (1.0 + before * (sued.min(day) / YEAR) + after * ((day - sued).max(0.0) / YEAR))
    }

    /// Costs of so many plaintiffs in one instance, of whom so many win; those of joint suits are shared by heads.
    fn costs(&self, parties: &[Party], heads: &[(u64, u64)], out: &mut [Verdict]) {
        let (theirs, ours, loser_pays) = self.values.costs;
        let (joint, size) = self.values.joint;
        let all = heads.iter().map(|(n, _)| *n).sum::<u64>() as f64;
        let suits = all * (1.0 - joint) + begun(all * joint / size);
        for ((p, (n, winners)), out) in parties.iter().zip(heads).zip(out).filter(|((_, (n, _)), _)| *n > 0) {
            let n = *n as f64;
            let suits = p.small * suits * (n / all);
            let (theirs, ours) = (theirs * suits, ours * suits);
            let won = *winners as f64 / n;
            let shifted = loser_pays * (won * theirs - (1.0 - won) * ours);
            out.company_costs += ours + shifted;
            out.plaintiffs_costs += theirs - shifted;
        }
    }
}

/// Joint suits for so many: a last one that is not full is one as well, a rounding error is none.
fn begun(suits: f64) -> f64 {
    let whole = suits.round();
    if (suits - whole).abs() <= 1e-12 * whole { whole } else { suits.ceil() }
}

/// People of one cohort in one region on their way through the instances.
struct Party {
    /// What a winner is awarded before interest.
    award: f64,
    /// Factor on time and costs.
    small: f64,
    /// Day of the last decision; before the first that of the suit.
    day: f64,
    /// Plaintiffs who go on.
    left: u64,
    /// Who has not sued and may follow a win.
    others: u64,
}

/// Plaintiffs of one instance, and those of them who win.
type Heads = SmallVec<[(u64, u64); 8]>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::court::{Costs, Mediation, SmallClaims};
    use crate::model::{Q, TakeUp, Text};

    /// Numbers of an issue as constants of a world, handed out in order.
    #[derive(Default)]
    pub(super) struct World(pub(super) Vec<f64>);

    impl World {
        pub(super) fn q(&mut self, value: f64) -> Q {
            self.0.push(value);
            Q(self.0.len() as u32 - 1)
        }

        pub(super) fn instance(&mut self, [win, proven, days, appeal, company_appeals]: [f64; 5]) -> Instance {
            Instance {
                win: self.q(win),
                proven: self.q(proven),
                hours: self.q(24.0 * days),
                appeal: self.q(appeal),
                company_appeals: self.q(company_appeals),
            }
        }

        pub(super) fn issue(&mut self, suing: f64, award_share: f64, instances: Vec<Instance>) -> Issue {
            Issue {
                id: "loss".into(),
                title: Text::en("loss"),
                cohorts: vec![0],
                plaintiffs: Plaintiffs::Losers,
                suing: TakeUp::Constant { rate: self.q(suing) },
                joint: (self.q(0.0), self.q(1.0)),
                instances,
                award_share: self.q(award_share),
                distress: self.q(0.0),
                follow_on: self.q(0.0),
                costs: Costs { plaintiffs: self.q(0.0), company: self.q(0.0), loser_pays: self.q(0.0) },
                interest_year: (self.q(0.0), self.q(0.0)),
                filed_after_hours: self.q(0.0),
                small_claims: None,
                settlement: None,
                mediation: None,
            }
        }
    }

    /// People who all know.
    pub(super) fn base(people: u64, stake: f64) -> Base {
        Base { people, stake, awareness: 1.0 }
    }

    fn one(issue: &Issue, world: &World, base: Base, replicate: u64) -> Verdict {
        let terms = Terms::of(issue, &world.0);
        let decisions = terms.decide(Stream::named(3, 0, "court", "loss").at(replicate));
        let mut stream = Stream::named(3, 0, "suits", "c");
        stream.at(replicate);
        terms.verdicts(&[base], &decisions, 0.0, &world.0, std::slice::from_mut(&mut stream))[0]
    }

    fn mean(issue: &Issue, world: &World, base: Base, worlds: u64) -> Verdict {
        let mut sum = Verdict::default();
        (0..worlds).for_each(|r| sum.add(&one(issue, world, base, r)));
        sum
    }

    #[test]
    fn the_record_of_the_exchange_bithumb_comes_out() {
        // 573 plaintiffs lost at first instance; 190 appealed and 132 of them were given 251.388 m of the 4,784 m KRW
        // that the 190 had claimed; 61 months in all (Daum news, 13 January 2023; New Daily, 25 August 2022). One
        // awarded winner had 251.388 ÷ 132 of a claim of 4,784 ÷ 190 on average.
        let mut w = World::default();
        let (claim, award) = (4_784e6 / 190.0, 251.388e6 / 132.0);
        let steps = [[0.0, 0.0, 1_000.0, 190.0 / 573.0, 0.0], [1.0, 132.0 / 190.0, 856.0, 0.0, 0.0]];
        let steps = steps.map(|s| w.instance(s)).to_vec();
        let issue = w.issue(1.0, award / claim, steps);
        let n = 2_000;
        let sum = mean(&issue, &w, base(573, claim), n);
        let n = n as f64;
        assert_eq!(sum.plaintiffs, 573.0 * n);
        // Winners are binomial: 573 tried with probability 132 ÷ 573; the sd of their mean over 2,000 worlds is 0.23.
        assert!((sum.winners / n - 132.0).abs() < 5.0 * 0.23, "{}", sum.winners / n);
        assert!((sum.awards / sum.winners - award).abs() < 1e-3);
        // The record's own ratios: 0.695 of those who appealed and 0.23 of all won; 5.25 % of what was claimed on appeal.
        assert!((sum.winners / n / 190.0 - 0.695).abs() < 0.006 && (sum.winners / sum.plaintiffs - 0.23).abs() < 0.002);
        assert!((sum.awards / n / 4_784e6 - 0.0525).abs() < 5e-4);
        assert!((sum.winner_days / sum.winners / 365.0 * 12.0 - 61.0).abs() < 0.1);
    }

    #[test]
    fn the_suits_over_kakao_and_sk_telecom_come_out() {
        // Six plaintiffs lost after 305 days (Daum news, 22 August 2023); SK Telecom's users lost in three instances.
        let mut w = World::default();
        let steps = vec![w.instance([0.0, 1.0, 305.0, 0.0, 0.0])];
        let issue = w.issue(1.0, 1.0, steps);
        let v = one(&issue, &w, base(6, 1e6), 0);
        assert_eq!((v.plaintiffs, v.winners, v.awards), (6.0, 0.0, 0.0));
        // "Costs on plaintiffs": who loses bears both sides', of one suit.
        let mut issue = issue;
        issue.costs = Costs { plaintiffs: w.q(2.0), company: w.q(5.0), loser_pays: w.q(1.0) };
        issue.joint = (w.q(1.0), w.q(6.0));
        let v = one(&issue, &w, base(6, 1e6), 0);
        assert_eq!((v.company_costs, v.plaintiffs_costs), (0.0, 7.0));
        // What is won in general is lost by those who do not prove their loss.
        let steps = vec![w.instance([1.0, 0.0, 305.0, 0.0, 0.0])];
        let mut unproven = w.issue(1.0, 1.0, steps);
        unproven.costs = issue.costs;
        let v = one(&unproven, &w, base(10, 1e6), 0);
        assert_eq!((v.winners, v.company_costs, v.plaintiffs_costs), (0.0, 0.0, 70.0));
        let steps = (0..3).map(|_| w.instance([0.0, 1.0, 400.0, 1.0, 0.0])).collect();
        let issue = w.issue(1.0, 1.0, steps);
        assert_eq!(one(&issue, &w, base(18, 1e5), 0).awards, 0.0);
    }

    #[test]
    fn one_precedent_decides_for_all() {
        // With independent suits the sd of the awards of 1,000 plaintiffs would be 1.6 % of the most; here it is half.
        let mut w = World::default();
        let steps = vec![w.instance([0.5, 1.0, 100.0, 0.0, 0.0])];
        let issue = w.issue(1.0, 1.0, steps);
        let wins = (0..400).filter(|r| one(&issue, &w, base(1_000, 1.0), *r).awards == 1_000.0).count();
        let losses = (0..400).filter(|r| one(&issue, &w, base(1_000, 1.0), *r).awards == 0.0).count();
        assert_eq!(wins + losses, 400);
        assert!((150..=250).contains(&wins), "{wins}: five standard deviations of 10");
    }

    #[test]
    fn appeals_of_the_company_followers_and_interest_as_worked_out_by_hand() {
        // Won, the company appeals, won again: 100 plaintiffs on day 10 + 100 + 50. Interest 5 % a year for 10 days,
        // 12 % for 150. Half of the other 900 follow on day 160 and are paid 100 days later: 5 % for 160 days, 12 % for
        // 100.
        let mut w = World::default();
        let steps = vec![w.instance([1.0, 1.0, 100.0, 0.0, 1.0]), w.instance([1.0, 1.0, 50.0, 0.0, 1.0])];
        let mut issue = w.issue(0.1, 0.8, steps);
        issue.follow_on = w.q(0.5);
        issue.interest_year = (w.q(0.05), w.q(0.12));
        issue.filed_after_hours = w.q(240.0);
        issue.costs = Costs { plaintiffs: w.q(3.0), company: w.q(5.0), loser_pays: w.q(0.5) };
        let n = 500;
        let sum = mean(&issue, &w, base(1_000, 100.0), n);
        let n = n as f64;
        let interest = |before: f64, after: f64| 1.0 + 0.05 * before / 365.0 + 0.12 * after / 365.0;
        let exact = 100.0 * 80.0 * interest(10.0, 150.0) + 450.0 * 80.0 * interest(160.0, 100.0);
        assert!((sum.plaintiffs / n / 550.0 - 1.0).abs() < 0.01);
        assert!((sum.awards / n / exact - 1.0).abs() < 0.01, "{}", sum.awards / n);
        // 100 suits in two instances and 450 in one; the company bears its 5 and half of their 3.
        let suits = sum.plaintiffs / n + 100.0;
        assert!((sum.company_costs / n / (6.5 * suits) - 1.0).abs() < 0.01);
        assert!((sum.plaintiffs_costs / n / (1.5 * suits) - 1.0).abs() < 0.01);
    }

    #[test]
    fn settlements_mediation_joint_suits_and_the_small_track() {
        let mut w = World::default();
        let steps = vec![w.instance([0.0, 1.0, 100.0, 0.0, 0.0])];
        let mut issue = w.issue(1.0, 1.0, steps);
        issue.settlement = Some((w.q(0.25), w.q(1.0)));
        let forty = base(40, 8.0);
        assert_eq!(one(&issue, &w, forty, 0).awards, 40.0 * 2.0);
        issue.settlement = None;
        let mediation = |w: &mut World, company: f64| Mediation {
            share: w.q(1.0),
            company_accepts: w.q(company),
            people_accept: w.q(1.0),
            award_share: w.q(0.5),
            hours: w.q(720.0),
        };
        issue.mediation = Some(mediation(&mut w, 1.0));
        let v = one(&issue, &w, forty, 0);
        assert_eq!((v.awards, v.plaintiffs, v.winners), (160.0, 0.0, 40.0));
        issue.mediation = Some(mediation(&mut w, 0.0));
        let v = one(&issue, &w, forty, 0);
        assert_eq!((v.awards, v.plaintiffs), (0.0, 40.0), "both must accept");
        issue.mediation = None;
        // 40 plaintiffs: three quarters in joint suits of ten, ten alone: 3 + 10 suits at a fifth of the cost.
        issue.joint = (w.q(0.75), w.q(10.0));
        issue.costs = Costs { plaintiffs: w.q(1.0), company: w.q(2.0), loser_pays: w.q(0.0) };
        issue.small_claims = Some(SmallClaims { limit: w.q(8.0), factor: w.q(0.2) });
        let v = one(&issue, &w, forty, 0);
        assert!((v.company_costs - 13.0 * 0.2 * 2.0).abs() < 1e-12);
        let v = one(&issue, &w, base(40, 8.5), 0);
        assert!((v.company_costs - 13.0 * 2.0).abs() < 1e-12);
    }

    #[test]
    fn followers_bear_interest_from_their_own_suit() {
        // Everybody of 10,000 sues with 0.1 on day 100 and wins after 400 days; all others follow on day 500 and are paid
        // on day 900. Nothing before a suit, 0.365 a year, 0.001 a day, from it on: 400 days for both, 14,000 of 10,000 each.
        let mut w = World::default();
        let steps = vec![w.instance([1.0, 1.0, 400.0, 0.0, 0.0])];
        let mut issue = w.issue(0.1, 1.0, steps);
        issue.follow_on = w.q(1.0);
        issue.filed_after_hours = w.q(2_400.0);
        issue.interest_year = (w.q(0.0), w.q(0.365));
        let base = base(10_000, 10_000.0);
        let v = one(&issue, &w, base, 0);
        assert_eq!(v.winners, 10_000.0);
        assert!((v.awards / v.winners - 14_000.0).abs() < 1e-6, "{}", v.awards / v.winners);
        let mean = Terms::of(&issue, &w.0).mean_costs(&[base], &w.0)[0];
        assert!((mean / 10_000.0 - 14_000.0).abs() < 1e-6, "{mean}");
    }

    /// Verdicts and mean costs of several who may sue.
    fn of(issue: &Issue, w: &World, bases: &[Base], replicate: u64) -> (Verdicts, SmallVec<[f64; 8]>) {
        let terms = Terms::of(issue, &w.0);
        let decisions = terms.decide(Stream::named(3, 0, "court", "loss").at(replicate));
        let mut streams: Vec<Stream> =
            (0..bases.len()).map(|r| Stream::named(3, 0, "suits", &format!("{r}"))).collect();
        for stream in &mut streams {
            stream.at(replicate);
        }
        let drawn = terms.verdicts(bases, &decisions, 0.0, &w.0, &mut streams);
        (drawn, terms.mean_costs(bases, &w.0))
    }

    #[test]
    fn whoever_follows_sues_on_the_day_of_the_win() {
        // All of the first sue on day 100 over a million each and win on day 500; nobody of the second does over 10,000, which
        // is a small claim that takes a quarter of the time, and all follow on day 500: 0.001 a day from the outage on
        // makes 600 days.
        let mut w = World::default();
        let steps = vec![w.instance([1.0, 1.0, 400.0, 0.0, 0.0])];
        let mut issue = w.issue(1.0, 1.0, steps);
        issue.suing = TakeUp::Table { points: vec![(w.q(10_000.0), w.q(0.0)), (w.q(20_000.0), w.q(1.0))] };
        issue.follow_on = w.q(1.0);
        issue.filed_after_hours = w.q(2_400.0);
        issue.interest_year = (w.q(0.365), w.q(0.365));
        issue.small_claims = Some(SmallClaims { limit: w.q(50_000.0), factor: w.q(0.25) });
        let (drawn, mean) = of(&issue, &w, &[base(10, 1e6), base(1_000, 1e4)], 0);
        let wanted = [10.0 * 1e6 * 1.5, 1_000.0 * 1e4 * 1.6];
        for ((drawn, mean), wanted) in drawn.iter().zip(mean).zip(wanted) {
            assert!((drawn.awards - wanted).abs() < 1e-3 && (mean - wanted).abs() < 1e-3, "{drawn:?} {mean} {wanted}");
        }
        // Where the small claims win first, the others follow that.
        issue.suing = TakeUp::Table { points: vec![(w.q(10_000.0), w.q(1.0)), (w.q(20_000.0), w.q(0.0))] };
        let (drawn, _) = of(&issue, &w, &[base(10, 1e6), base(1_000, 1e4)], 0);
        assert!((drawn[0].awards - 10.0 * 1e6 * 1.6).abs() < 1e-3, "sued on day 200, paid on day 600: {:?}", drawn[0]);
    }

    #[test]
    fn nobody_follows_where_nobody_proved_a_loss() {
        // 2,000 worlds of three who sue, of whom each proves it with 0.2: somebody in 1 − 0.8³ of them, with a standard
        // error of 0.011.
        let mut w = World::default();
        let steps = vec![w.instance([1.0, 0.2, 400.0, 0.0, 0.0])];
        let mut issue = w.issue(1.0, 1.0, steps);
        issue.suing = TakeUp::Table { points: vec![(w.q(1.0), w.q(0.0)), (w.q(2.0), w.q(1.0))] };
        issue.follow_on = w.q(1.0);
        let followed = |r: &u64| {
            let (drawn, _) = of(&issue, &w, &[base(3, 2.0), base(1_000, 1.0)], *r);
            assert_eq!(drawn[0].winners > 0.0, drawn[1].plaintiffs > 0.0, "{drawn:?}");
            drawn[1].plaintiffs == 1_000.0
        };
        let worlds = (0..2_000).filter(followed).count() as f64;
        assert!((worlds / 2_000.0 - (1.0 - 0.8f64.powi(3))).abs() < 5.0 * 0.011, "{worlds}");
    }

    #[test]
    fn joint_suits_and_precedents_are_those_of_all_regions() {
        // 100 losers in ten regions of ten all sue, in suits of 100: one suit, of which each region bears a tenth.
        let mut w = World::default();
        let steps = vec![w.instance([1.0, 1.0, 100.0, 0.0, 0.0])];
        let mut issue = w.issue(1.0, 1.0, steps);
        issue.joint = (w.q(1.0), w.q(100.0));
        issue.costs = Costs { plaintiffs: w.q(0.0), company: w.q(1_000.0), loser_pays: w.q(0.0) };
        let (drawn, mean) = of(&issue, &w, &[base(10, 5.0); 10], 0);
        for (v, mean) in drawn.iter().zip(&mean) {
            assert!((v.company_costs - 100.0).abs() < 1e-9 && (mean - 50.0 - 100.0).abs() < 1e-9, "{v:?} {mean}");
        }
        // Where people have nothing to sue over they bear no part of it and follow nobody. Three suits of 10 for 21 of the
        // others, by heads 20 : 1.
        issue.joint.1 = w.q(10.0);
        issue.follow_on = w.q(1.0);
        let bases = [base(20, 5.0), base(500, 0.0), base(1, 5.0)];
        let (drawn, mean) = of(&issue, &w, &bases, 0);
        for (r, (costs, awards)) in
            [(3_000.0 * 20.0 / 21.0, 100.0), (0.0, 0.0), (3_000.0 / 21.0, 5.0)].into_iter().enumerate()
        {
            assert!((drawn[r].company_costs - costs).abs() < 1e-9 && drawn[r].awards == awards, "{r}: {:?}", drawn[r]);
            assert!((mean[r] - costs - awards).abs() < 1e-9, "{r}: {}", mean[r]);
        }
        // All of the first region sue and win; nobody of the second would over so little, and all of it follows.
        issue.suing = TakeUp::Table { points: vec![(w.q(10.0), w.q(0.0)), (w.q(20.0), w.q(1.0))] };
        let (drawn, _) = of(&issue, &w, &[base(100, 20.0), base(100, 10.0)], 0);
        assert_eq!((drawn[0].winners, drawn[1].winners), (100.0, 100.0));
    }

    #[test]
    fn a_rounding_error_makes_no_suit() {
        // 100 × 0.07 is 7.000000000000001 in binary, which is more than seven; one plaintiff of a suit of a thousand million is one.
        let cases = [(100.0 * 0.07 / 7.0, 1.0), (1e-9, 1.0), (0.0, 0.0), (1.2, 2.0), (3.0, 3.0)];
        cases.iter().for_each(|(suits, wanted)| assert_eq!(begun(*suits), *wanted, "{suits}"));
    }

    #[test]
    fn a_win_is_followed_once() {
        // Won at first and final; the one half who did not prove their case appeal and win there: nobody follows twice.
        let mut w = World::default();
        let steps = vec![w.instance([1.0, 0.5, 1.0, 1.0, 0.0]), w.instance([1.0, 1.0, 1.0, 0.0, 0.0])];
        let mut issue = w.issue(0.5, 1.0, steps);
        issue.follow_on = w.q(1.0);
        let v = one(&issue, &w, base(1_000, 1.0), 4);
        assert_eq!(v.plaintiffs, 1_000.0);
    }
}
