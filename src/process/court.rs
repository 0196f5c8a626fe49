//! The court route: who sues over what is left uncompensated, what is decided, what it costs both sides.
//!
//! One latent outcome per issue and instance decides for all who go on, so that wins come together: this makes the
//! tail of the liability. Outcomes do not depend on the guideline; who sues does.

mod base;
mod mean;

use smallvec::SmallVec;

pub use base::{Alike, Base, Part, Track, small_stake};

use crate::chance::counts::binomial;
use crate::chance::stream::Stream;
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
    mediation: Option<Mediated>,
}

/// Mediation in one world.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Mediated {
    share: f64,
    company_accepts: f64,
    people_accept: f64,
    award_share: f64,
    days: f64,
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
            mediation: issue.mediation.map(|m| Mediated {
                share: m.share.of(world),
                company_accepts: m.company_accepts.of(world),
                people_accept: m.people_accept.of(world),
                award_share: m.award_share.of(world),
                days: m.hours.of(world) / DAY,
            }),
        };
        Terms { issue, values }
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
        d.mediates = v.mediation.is_some_and(|m| accepts < m.company_accepts);
        d
    }

    /// What a winner is awarded before interest.
    fn award(&self, stake: f64) -> f64 {
        self.values.award_share * stake + self.values.distress
    }

    /// What a plaintiff is offered who would settle: the share offered, and the share of plaintiffs who accept it. An offer of
    /// nothing is none.
    fn settlement(&self) -> Option<(f64, f64)> {
        self.values.settlement.filter(|(offer, _)| *offer > 0.0)
    }

    /// What comes of it for all whom the issue concerns, by cohort and region; the streams draw them, one for each, and stand
    /// at the start of the replicate. Joint suits are those of all together, their costs shared by heads, and what anybody
    /// wins all others may follow.
    pub fn verdicts(
        &self,
        bases: &[Base],
        decisions: &Decisions,
        discount_year: f64,
        streams: &mut [Stream],
    ) -> Verdicts {
        let v = &self.values;
        let mut out: Verdicts = bases.iter().map(|_| Verdict::default()).collect();
        let discount_day = -discount_year.ln_1p() / YEAR;
        let discounted = |money: f64, day: f64| money * (discount_day * day).exp();
        let pay = |out: &mut Verdict, people: u64, sum: f64, (sued, day): (f64, f64)| {
            if people == 0 {
                return;
            }
            let people = people as f64;
            let money = people * self.with_interest(sum, sued, day);
            out.winners += people;
            out.awards += money;
            out.present_value += discounted(money, day);
            out.winner_days += people * day;
        };
        let mut parties: SmallVec<[Party; 8]> = SmallVec::new();
        let mut others: SmallVec<[u64; 8]> = SmallVec::new();
        for (place, ((base, out), stream)) in bases.iter().zip(&mut out).zip(streams.iter_mut()).enumerate() {
            let shares = base.tracks.map(|t| t.suing.share);
            let (like, factor) = base.like();
            let suing = binomial(stream, like, (factor * (shares[0] + shares[1])).min(1.0));
            others.push(base.people - suing);
            for (track, n) in base.tracks.iter().zip(on_tracks(stream, suing, shares)) {
                let award = self.award(track.suing.stake);
                let mut sue = |n: u64, filed: f64, stream: &mut Stream| {
                    out.plaintiffs += n as f64;
                    let (offer, accepted) = self.settlement().unwrap_or_default();
                    let settled = binomial(stream, n, accepted);
                    pay(out, settled, offer * award, (filed, filed));
                    let left = n - settled;
                    if left > 0 {
                        parties.push(Party { place, award, factor: track.factor, filed, day: filed, left });
                    }
                };
                let Some(m) = v.mediation else {
                    sue(n, v.filed_after, stream);
                    continue;
                };
                let mediated = binomial(stream, n, m.share);
                let agreed = binomial(stream, mediated, if decisions.mediates { m.people_accept } else { 0.0 });
                // Who does not agree sues when it has failed.
                let day = v.filed_after + m.days;
                sue(n - mediated, v.filed_after, stream);
                sue(mediated - agreed, day, stream);
                let money = agreed as f64 * m.award_share * (track.suing.stake + v.distress);
                // Nothing is in default yet, so mediation brings no interest.
                out.winners += agreed as f64;
                out.awards += money;
                out.present_value += discounted(money, day);
                out.winner_days += agreed as f64 * day;
            }
        }
        for (i, step) in v.instances.iter().enumerate() {
            if parties.iter().all(|p| p.left == 0) {
                break;
            }
            let won = decisions.won[i];
            let stands = won && (i + 1 == v.instances.len() || !decisions.company_goes_on[i]);
            let mut heads = Heads::new();
            let mut first: Option<f64> = None;
            for p in parties.iter_mut() {
                let (out, stream) = (&mut out[p.place], &mut streams[p.place]);
                p.day += step.days * p.factor;
                let winners = binomial(stream, p.left, if won { step.proven } else { 0.0 });
                let goes_on = binomial(stream, p.left - winners, step.appeal);
                heads.push(Head { place: p.place, factor: p.factor, people: p.left, winners });
                // Unless it stands, the company has all of it decided again.
                p.left = if won && !stands { winners + goes_on } else { goes_on };
                if stands && winners > 0 {
                    pay(out, winners, p.award, (p.filed, p.day));
                    first = Some(first.map_or(p.day, |day| day.min(p.day)));
                }
            }
            self.costs(&heads, &mut out);
            // Others follow the first win that stands, whoever has it, and sue on its day.
            let Some(day) = first else { continue };
            heads.clear();
            for (place, (base, others)) in bases.iter().zip(&mut others).enumerate() {
                let (out, stream) = (&mut out[place], &mut streams[place]);
                let following = binomial(stream, std::mem::take(others), v.follow_on);
                let shares = base.tracks.map(|t| t.others.share);
                for (track, people) in base.tracks.iter().zip(on_tracks(stream, following, shares)) {
                    let winners = binomial(stream, people, step.proven);
                    out.plaintiffs += people as f64;
                    heads.push(Head { place, factor: track.factor, people, winners });
                    let paid = day + v.instances[0].days * track.factor;
                    pay(out, winners, self.award(track.others.stake), (day, paid));
                }
            }
            self.costs(&heads, &mut out);
        }
        out
    }

    /// A sum with simple interest, as statutes have it: at one rate until the suit and at another from then on.
    fn with_interest(&self, sum: f64, sued: f64, day: f64) -> f64 {
        let (before, after) = self.values.interest;
        sum * (1.0 + before * (sued.min(day) / YEAR) + after * ((day - sued).max(0.0) / YEAR))
    }

    /// Costs of plaintiffs in one instance; those of joint suits are shared by heads.
    fn costs(&self, heads: &[Head], out: &mut [Verdict]) {
        let (theirs, ours, loser_pays) = self.values.costs;
        let (joint, size) = self.values.joint;
        let all = heads.iter().map(|h| h.people).sum::<u64>() as f64;
        let suits = all * (1.0 - joint) + begun(all * joint / size);
        for h in heads.iter().filter(|h| h.people > 0) {
            let n = h.people as f64;
            let suits = h.factor * suits * (n / all);
            let (theirs, ours) = (theirs * suits, ours * suits);
            let won = h.winners as f64 / n;
            let shifted = loser_pays * (won * theirs - (1.0 - won) * ours);
            out[h.place].company_costs += ours + shifted;
            out[h.place].plaintiffs_costs += theirs - shifted;
        }
    }
}

/// How many of some people are on each track, of whom shares of all those who may sue are.
fn on_tracks(stream: &mut Stream, people: u64, [small, ordinary]: [f64; 2]) -> [u64; 2] {
    if ordinary <= 0.0 {
        return [people, 0];
    }
    let first = binomial(stream, people, small / (small + ordinary));
    [first, people - first]
}

/// Joint suits for so many: a last one that is not full is one as well, a rounding error is none.
fn begun(suits: f64) -> f64 {
    let whole = suits.round();
    if (suits - whole).abs() <= 1e-12 * whole { whole } else { suits.ceil() }
}

/// Plaintiffs of one cohort and region who sued on one day, on their way through the instances.
struct Party {
    /// Their place among those who may sue.
    place: usize,
    /// What a winner is awarded before interest.
    award: f64,
    /// Factor on time and costs.
    factor: f64,
    /// Day of the suit.
    filed: f64,
    /// Day of the last decision; before the first that of the suit.
    day: f64,
    /// Those who go on.
    left: u64,
}

/// Plaintiffs of one instance.
struct Head {
    place: usize,
    factor: f64,
    people: u64,
    /// Of them, those who win.
    winners: u64,
}

type Heads = SmallVec<[Head; 16]>;

#[cfg(test)]
mod tests;
