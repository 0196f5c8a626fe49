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
mod tests;
