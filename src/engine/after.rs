//! What comes after the awards of a replicate: claims on their way to the money, suits, recoveries. Works on the counts
//! that an engine left in the ledger, so both engines share it.

use smallvec::SmallVec;

use super::ledger::{Leaf, Ledger};
use super::outcome::{Group, Series, Watch};
use super::plan::Plan;
use super::scene::{DRAWS, Scene};
use super::suits::Suits;
use super::waiting::{self, Counted};
use crate::chance::stream::Stream;
use crate::chance::swing::DayShares;
use crate::model::{Filing, Form, Guideline, Rule};
use crate::process::HORIZON;
use crate::process::arrival::{Arrivals, Window};
use crate::process::court::Verdict;
use crate::process::decision::{Decided, RuleSum};
use crate::process::payment::{self, Claims, Course, Money, Terms};
use crate::process::{bearing, payment::arrivals};

/// Shares of the entitlements to money that days are told of by which they are paid.
pub const PAID: [f64; 2] = [0.5, 0.9];

/// What comes after the awards, for one leaf or a total, under one guideline. Money and people.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct After {
    /// Money asked for by those who filed, before review and pools.
    pub claimed: f64,
    /// Entitlements to money whose last money is late.
    pub late: f64,
    /// Entitlements to money.
    pub awards: f64,
    /// Entitlements to money that wait longer than [`crate::process::PATIENCE_DAYS`].
    pub waiting: f64,
    /// Of the losers who get anything, those who have nothing by then.
    pub still_waiting: f64,
    /// Entitlements to money kept without right: nothing was due, or they are advances that the refused do not pay back.
    pub without_right: f64,
    /// Claims of people who claimed no more than they lost that stay refused.
    pub refused_with_right: f64,
    /// Money to people and what they get in kind, discounted to the day of the outage.
    pub present_value: f64,
    /// What awards in kind that are used are worth to people.
    pub in_kind_value: f64,
    /// Face value of those that are never used.
    pub breakage: f64,
    /// Hours of review and appeals.
    pub staff_hours: f64,
    /// Their cost.
    pub staff_cost: f64,
    /// Interest and factors of what is paid late.
    pub interest: f64,
    /// Paid without right beside the payout: in advance and not recovered, or twice.
    pub overpaid: f64,
    /// Of the payout, what went to unfounded claims and, of exaggerated ones, beyond the loss.
    pub undue: f64,
    /// Claims that were sent in twice.
    pub duplicates: f64,
    /// Claims that would have been paid, had those who filed them not given up.
    pub given_up: f64,
    /// Claimants' hours and legal costs.
    pub claimant_cost: f64,
    /// Suits.
    pub court: Verdict,
    /// Borne by others: the three that follow.
    pub recovered: f64,
    /// By a partner, as agreed.
    pub from_split: f64,
    /// By who caused the outage.
    pub from_recourse: f64,
    /// By the insurer.
    pub from_insurance: f64,
    /// What recourse cost.
    pub recourse_cost: f64,
    /// Mean of what suits cost the company, over who sues and what is decided; nothing unless asked for.
    pub court_mean: f64,
    /// What takes the cost to its mean over suits and recourse, all else as drawn; nothing unless asked for, and where
    /// insurance or a limit makes that no straight line.
    pub to_mean: f64,
}

impl After {
    /// Adds another.
    pub fn add(&mut self, a: &After) {
        self.claimed += a.claimed;
        self.late += a.late;
        self.awards += a.awards;
        self.waiting += a.waiting;
        self.still_waiting += a.still_waiting;
        self.without_right += a.without_right;
        self.refused_with_right += a.refused_with_right;
        self.present_value += a.present_value;
        self.in_kind_value += a.in_kind_value;
        self.breakage += a.breakage;
        self.staff_hours += a.staff_hours;
        self.staff_cost += a.staff_cost;
        self.interest += a.interest;
        self.overpaid += a.overpaid;
        self.undue += a.undue;
        self.duplicates += a.duplicates;
        self.given_up += a.given_up;
        self.claimant_cost += a.claimant_cost;
        self.court.add(&a.court);
        self.recovered += a.recovered;
        self.from_split += a.from_split;
        self.from_recourse += a.from_recourse;
        self.from_insurance += a.from_insurance;
        self.recourse_cost += a.recourse_cost;
        self.court_mean += a.court_mean;
        self.to_mean += a.to_mean;
    }

    /// Adds what a rule paid in money that nobody was due; `scale`: what a pool leaves of it.
    fn mistaken(&mut self, s: &RuleSum, scale: f64) {
        self.undue += scale * s.undue;
        self.without_right += s.without_right;
    }

    /// Adds what becomes of a rule's awards in kind: the share used, and what one unit of face value is worth.
    fn given(&mut self, s: &RuleSum, used: f64, worth: f64) {
        self.in_kind_value += s.award * worth;
        self.breakage += s.award * (1.0 - used);
    }

    /// What it adds to the cost of awards and handling, whoever bears it.
    pub fn paid(&self) -> f64 {
        let paid = self.staff_cost + self.interest + self.overpaid + self.court.awards + self.court.company_costs;
        paid + self.recourse_cost
    }
}

/// Sums by rule are before pools; what is paid in the end of what a guideline awards in money, if anything is.
fn scale(rules: &[Rule], sums: &[RuleSum], payout: f64, factor: f64) -> f64 {
    let cash = rules.iter().zip(sums).filter(|(r, _)| matches!(r.form, Form::Cash));
    let awarded: f64 = cash.map(|(_, s)| s.award).sum();
    if awarded > 0.0 { payout / awarded } else { factor }
}

/// One thread's desk.
pub struct AfterDesk<'a> {
    plan: &'a Plan<'a>,
    /// Courses by guideline; those without a procedure stay empty.
    courses: Vec<Course>,
    payments: payment::Desk,
    followed: Vec<Followed>,
    /// Rules that give money to anybody of a group, by guideline and group.
    cash: Vec<Vec<Vec<usize>>>,
    /// Reports by day, and the window met last: it is the same in most worlds.
    reports: Vec<f64>,
    reporting: Option<Window>,
    shares: DayShares,
    counts: Vec<u64>,
    streams: [Streams; DRAWS],
    claims: Vec<Claims>,
    /// What was decided on the claims of one procedure, by leaf and rule.
    decided: Vec<Decided>,
    /// Money paid by guideline and rule: approved at first, won by an appeal.
    money: Vec<Vec<[f64; 2]>>,
    /// Days by which [`PAID`] of what each rule alone gives at first is there, by guideline and rule.
    days: Vec<Vec<[f64; PAID.len()]>>,
    /// Whether means over suits and recourse are worked out.
    means: bool,
    suits: Suits,
    waiting: waiting::Desk,
}

/// Rules of a guideline with one procedure: their claims are followed together.
struct Followed {
    guideline: usize,
    procedure: usize,
    /// Where the guideline's rules begin in a leaf's list.
    start: usize,
    rules: Vec<usize>,
    /// Leaves of the cohorts that one of the rules is for: elsewhere nobody claims anything.
    leaves: Vec<usize>,
}

impl Followed {
    fn all(plan: &Plan) -> Vec<Followed> {
        let mut all = Vec::new();
        for (g, guideline) in plan.scenario.guidelines.iter().enumerate() {
            let Some(start) = plan.rule_starts[g] else { continue };
            for p in 0..plan.scenario.aftermath.procedures.len() {
                let rules = guideline.rules.iter().enumerate().filter(|(_, r)| r.procedure == Some(p));
                let rules: Vec<usize> = rules.map(|(r, _)| r).collect();
                if !rules.is_empty() {
                    let concerned = |c: &usize| rules.iter().any(|r| guideline.rules[*r].cohorts.contains(c));
                    let cohorts = (0..plan.cohorts.len()).filter(concerned);
                    let of_cohort = |c| (0..plan.scenario.regions.len()).map(move |r| plan.groups.leaf(c, r));
                    let leaves = cohorts.flat_map(of_cohort).collect();
                    all.push(Followed { guideline: g, procedure: p, start, rules, leaves });
                }
            }
        }
        all
    }
}

struct Streams {
    /// How days swing: common to all guidelines.
    swings: Stream,
    /// Claims by day: by procedure, so that guidelines with the same one have the same chance.
    arrivals: Vec<Stream>,
    /// What is decided on claims, likewise.
    decisions: Vec<Stream>,
    reports: Stream,
    recourse: Stream,
}

impl Streams {
    fn new(plan: &Plan, seed: u64, draw: u32) -> Streams {
        let scenario = plan.scenario;
        let procedures = &scenario.aftermath.procedures;
        Streams {
            swings: Stream::named(seed, draw, "swings", ""),
            arrivals: procedures.iter().map(|p| Stream::named(seed, draw, "arrivals", &p.id)).collect(),
            decisions: procedures.iter().map(|p| Stream::named(seed, draw, "decisions on claims", &p.id)).collect(),
            reports: Stream::named(seed, draw, "arrivals of reports", ""),
            recourse: Stream::named(seed, draw, "recourse", ""),
        }
    }
}

impl<'a> AfterDesk<'a> {
    /// A desk for a plan; `means`: whether [`After::to_mean`] is worked out.
    pub fn new(plan: &'a Plan<'a>, seed: u64, means: bool) -> AfterDesk<'a> {
        let cash = |g: &Guideline, group: &Group| {
            let concerns = |r: &Rule| group.cohort.is_none_or(|c| r.cohorts.contains(&c));
            let rules = g.rules.iter().enumerate();
            let rules = rules.filter(|(_, r)| matches!(r.form, Form::Cash) && concerns(r));
            rules.map(|(r, _)| r).collect()
        };
        let cash = |g: &Guideline| plan.groups.list.iter().map(|group| cash(g, group)).collect();
        AfterDesk {
            plan,
            courses: plan.scenario.guidelines.iter().map(|_| Course::default()).collect(),
            payments: payment::Desk::default(),
            followed: Followed::all(plan),
            cash: plan.scenario.guidelines.iter().map(cash).collect(),
            reports: Vec::new(),
            reporting: None,
            shares: DayShares::default(),
            counts: Vec::new(),
            streams: std::array::from_fn(|draw| Streams::new(plan, seed, draw as u32)),
            claims: Vec::new(),
            decided: Vec::new(),
            money: vec![Vec::new(); plan.scenario.guidelines.len()],
            days: plan.scenario.guidelines.iter().map(|g| vec![[f64::NAN; PAID.len()]; g.rules.len()]).collect(),
            means,
            suits: Suits::new(plan, seed),
            waiting: waiting::Desk::new(plan, seed),
        }
    }

    /// Follows what a replicate left in the leaves of the ledger.
    pub fn follow(&mut self, scene: Scene, ledger: &mut Ledger, counted: Counted) {
        let scenario = self.plan.scenario;
        for leaf in &mut ledger.leaves {
            leaf.after.fill(After::default());
        }
        for ((guideline, course), money) in scenario.guidelines.iter().zip(&mut self.courses).zip(&mut self.money) {
            course.clear(guideline.rules.len());
            money.clear();
            money.resize(guideline.rules.len(), [0.0; 2]);
        }
        for i in 0..self.followed.len() {
            self.procedure(i, scene, ledger);
        }
        self.untimed(scene, ledger);
        self.waiting.follow(self.plan, scene, &self.courses, ledger, counted);
        let discount = self.discount(scene.world);
        self.suits.follow(self.plan, scene, discount, self.means, ledger);
        self.bearing(scene, ledger);
        self.channel(scene, ledger);
    }

    /// The course of a guideline's claims, if it has a procedure.
    pub fn course(&self, guideline: usize) -> Option<&Course> {
        self.plan.scenario.guidelines[guideline].is_timed().then(|| &self.courses[guideline])
    }

    /// Whether [`After::to_mean`] is worked out.
    pub fn tells_means(&self) -> bool {
        self.means
    }

    /// Reports by day, up to the last of their window; empty where the scenario does not say when they come.
    pub fn reports(&self) -> &[f64] {
        &self.reports
    }

    /// Appends what had happened by the end of days. Days of one series that follow each other are summed on from the one
    /// before, in the same order as from the first day on, so that the bits are the same.
    pub fn by_days(&self, watch: &[Watch], out: &mut Vec<f64>) {
        let mut before: Option<(Watch, f64)> = None;
        for w in watch {
            let known = before.filter(|(b, _)| b.series == w.series && b.day <= w.day);
            let (from, sum) = known.map_or((0, 0.0), |(b, sum)| (b.day + 1, sum));
            let now = self.by_day(*w, from, sum);
            before = Some((*w, now));
            out.push(now);
        }
    }

    /// What had happened by the end of a day, of which `sum` did before day `from`.
    fn by_day(&self, watch: Watch, from: usize, sum: f64) -> f64 {
        let until = |series: &[f64]| {
            let end = (watch.day + 1).min(series.len());
            series[from.min(end)..end].iter().fold(sum, |sum, n| sum + n)
        };
        let of = |g: usize, f: fn(&Course) -> &Vec<f64>| self.course(g).map_or(f64::NAN, |c| until(f(c)));
        match watch.series {
            Series::Reports if self.plan.scenario.aftermath.channel.is_none() => f64::NAN,
            Series::Reports => until(&self.reports),
            Series::Claims(g) => of(g, |c| &c.filed),
            Series::Reviewed(g) => of(g, |c| &c.done),
            Series::Paid(g) => of(g, |c| &c.paid),
            // Few days have payments.
            Series::Payout(g) => self.course(g).map_or(f64::NAN, |c| {
                let by_then = |(sum, money): (f64, &Money)| -> f64 { sum * money.by(watch.day) };
                let rules = c.rules.iter().zip(&self.money[g]);
                rules.flat_map(|(t, [first, later])| t.first_money(first + later, *later)).map(by_then).sum()
            }),
        }
    }

    /// Days by which [`PAID`] of the entitlements to money in a group are paid, NaN where there are none; nothing where
    /// nobody says when; `sums` are the group's.
    pub fn days(&self, guideline: usize, group: usize, sums: &Leaf) -> Option<[f64; PAID.len()]> {
        let (course, start) = (self.course(guideline)?, self.plan.rule_starts[guideline]?);
        let approved = |r: &usize| sums.rules[start + r].approved;
        let appealed = |r: &usize| sums.rules[start + r].appealed() * approved(r);
        let mut rules = self.cash[guideline][group].iter().filter(|r| approved(r) > 0.0);
        Some(match (rules.next(), rules.next()) {
            // How many there are does not matter then; most groups have one rule.
            (Some(only), None) if appealed(only) <= 0.0 => self.days[guideline][*only],
            (None, _) => [f64::NAN; PAID.len()],
            _ => {
                let rules = self.cash[guideline][group].iter().filter(|r| approved(r) > 0.0);
                let paid = rules.flat_map(|r| course.rules[*r].first_money(approved(r), appealed(r)));
                let paid: SmallVec<[(f64, &Money); 16]> = paid.collect();
                PAID.map(|share| payment::quantile(&paid, share))
            }
        })
    }

    /// What has nothing to do with time, under guidelines without a procedure: claimants' hours, mistaken decisions and what
    /// becomes of awards in kind.
    fn untimed(&self, scene: Scene, ledger: &mut Ledger) {
        let (scenario, world) = (self.plan.scenario, scene.world);
        let hour = scenario.aftermath.valuation.map_or(0.0, |v| v.claimant_hour.of(world));
        for (g, guideline) in scenario.guidelines.iter().enumerate().filter(|(_, g)| !g.is_timed()) {
            let Some(start) = self.plan.rule_starts[g] else {
                // Its one rule is all there is: who is refused gets nothing.
                for l in self.plan.groups.leaves.iter().filter(|_| guideline.rules.iter().any(Rule::is_claimed)) {
                    let Leaf { left_out, after, .. } = &mut ledger.leaves[*l];
                    after[g].refused_with_right = left_out[g].refused_genuine;
                }
                continue;
            };
            for l in &self.plan.groups.leaves {
                let Leaf { rules: sums, guided, after, .. } = &mut ledger.leaves[*l];
                let sums = &sums[start..start + guideline.rules.len()];
                let scale = scale(&guideline.rules, sums, guided[g].payout, ledger.factors[g]);
                let a = &mut after[g];
                for (rule, s) in guideline.rules.iter().zip(sums).filter(|(_, s)| s.filed > 0.0) {
                    if rule.is_claimed() {
                        a.refused_with_right += s.honest_refused();
                        a.claimant_cost += s.filed * rule.claimant_hours(world) * hour;
                    }
                    match &rule.form {
                        Form::Cash => a.mistaken(s, scale),
                        Form::InKind { redemption, value, .. } => {
                            let used = redemption.of(world);
                            a.given(s, used, used * value.map_or(1.0, |q| q.of(world)));
                        }
                    }
                }
            }
        }
    }

    fn discount(&self, world: &[f64]) -> f64 {
        self.plan.scenario.aftermath.valuation.map_or(0.0, |v| v.discount_year.of(world))
    }

    /// Draws what is decided on the claims of a guideline's rules with one procedure, cohort by cohort and region by region, and
    /// adds them up.
    fn decide(&mut self, i: usize, terms: &Terms, scene: Scene, ledger: &mut Ledger) {
        let Followed { guideline, procedure, start, rules, leaves } = &self.followed[i];
        let stated = &self.plan.scenario.guidelines[*guideline].rules;
        let stream = self.streams[scene.draw].decisions[*procedure].at(scene.replicate);
        self.claims.clear();
        self.claims.extend(rules.iter().map(|r| Claims {
            automatic: matches!(stated[*r].filing, Filing::Automatic { .. }),
            filed: leaves.iter().map(|leaf| ledger.leaves[*leaf].rules[start + r].filed).sum::<f64>() as u64,
            review_hours: stated[*r].effort.review_hours.map_or(0.0, |q| q.of(scene.world)),
            in_kind: !matches!(stated[*r].form, Form::Cash),
            ..Claims::default()
        }));
        self.decided.clear();
        for leaf in leaves {
            for (r, claims) in rules.iter().zip(&mut self.claims) {
                let sums = &mut ledger.leaves[*leaf].rules[start + r];
                let mut decided = Decided::default();
                if !claims.automatic && sums.filed > 0.0 {
                    decided = terms.decide(sums, stream);
                    sums.decide(&decided);
                }
                claims.approved += sums.approved;
                claims.gave_up += sums.gave_up;
                claims.later += sums.later;
                claims.appeals += decided.appeals;
                claims.twice += decided.twice + decided.twice_refused;
                self.decided.push(decided);
            }
        }
    }

    /// Follows the claims of a guideline's rules with one procedure.
    fn procedure(&mut self, i: usize, scene: Scene, ledger: &mut Ledger) {
        let (scenario, world) = (self.plan.scenario, scene.world);
        let procedure = &scenario.aftermath.procedures[self.followed[i].procedure];
        let discount = self.discount(world);
        let terms = Terms::of(procedure, scenario.outage.start.hour_of_week, discount, world);
        self.decide(i, &terms, scene, ledger);
        let Followed { guideline: g, procedure: p, start, rules: together, leaves } = &self.followed[i];
        let (g, p, start) = (*g, *p, *start);
        let rules = &scenario.guidelines[g].rules;
        let streams = &mut self.streams[scene.draw];
        let (swings, counts) = (&mut streams.swings, &mut streams.arrivals[p]);
        self.payments.follow(&terms, &self.claims, swings.at(scene.replicate), counts.at(scene.replicate));
        let course = &self.payments.course;
        let wage = procedure.wage_hour.of(world);
        let hour = scenario.aftermath.valuation.map_or(0.0, |v| v.claimant_hour.of(world));
        for (leaf, decided) in leaves.iter().zip(self.decided.chunks(together.len())) {
            let Leaf { rules: sums, guided, after, .. } = &mut ledger.leaves[*leaf];
            let sums = &sums[start..start + rules.len()];
            if together.iter().all(|r| sums[*r].filed <= 0.0) {
                continue;
            }
            let scale = scale(rules, sums, guided[g].payout, ledger.factors[g]);
            let a = &mut after[g];
            let mut hours = 0.0;
            let followed = together.iter().zip(&course.rules).zip(decided).zip(&self.claims);
            for (((r, timing), d), claims) in followed.filter(|(((r, ..), _), _)| sums[**r].filed > 0.0) {
                let (rule, s) = (&rules[*r], &sums[*r]);
                if !claims.automatic {
                    a.refused_with_right += s.honest_refused();
                    let twice = d.twice + d.twice_refused;
                    hours += terms.hours(claims.review_hours, s.filed, d.appeals, twice);
                    a.duplicates += twice;
                    a.given_up += s.gave_up;
                    a.claimant_cost += s.filed * rule.claimant_hours(world) * hour;
                }
                let (advance, recovered) = terms.advance.filter(|_| !claims.automatic).unwrap_or((0.0, 1.0));
                // A duplicate that is found out, or whose claim is refused, has its advance all the same; what nobody
                // notices is given like the claim and not asked back.
                let part = |some: f64, people: f64| if people > 0.0 { some / people } else { 0.0 };
                let found = part(d.found, s.approved);
                let refused = (s.asked - s.award - s.forgone).max(0.0);
                let refused = refused * (1.0 + part(d.twice_refused, s.filed - s.approved));
                let advances = (refused + s.award * found) * advance * (1.0 - recovered);
                let money = timing.unit(part(s.award_later, s.award));
                let beside = advances * timing.at_first.first_discount + d.award_again * money.discount;
                match &rule.form {
                    Form::Cash => {
                        let paid = scale * s.award;
                        let people = timing.unit(s.appealed());
                        self.money[g][*r][0] += scale * (s.award - s.award_later);
                        self.money[g][*r][1] += scale * s.award_later;
                        a.claimed += if claims.automatic { 0.0 } else { s.asked };
                        a.awards += s.approved;
                        a.late += s.approved * people.late;
                        a.waiting += s.approved * people.waits;
                        a.interest += paid * money.surcharge;
                        a.mistaken(s, scale);
                        if advance > 0.0 {
                            a.without_right += (s.filed - s.approved - s.gave_up).max(0.0) * (1.0 - recovered);
                        }
                        a.overpaid += scale * (advances + d.award_again);
                        a.present_value += paid * money.worth + scale * beside;
                    }
                    Form::InKind { redemption, unit_cost, value } => {
                        let used = redemption.of(world);
                        let worth = used * value.map_or(1.0, |q| q.of(world));
                        a.given(s, used, worth);
                        a.overpaid += (advances + d.award_again) * used * unit_cost.of(world);
                        a.present_value += (s.award * money.discount + beside) * worth;
                    }
                }
            }
            a.staff_hours += hours;
            a.staff_cost += hours * wage;
        }
        for ((r, timing), claims) in together.iter().zip(&self.payments.course.rules).zip(&self.claims) {
            if !claims.in_kind {
                self.days[g][*r] = PAID.map(|share| payment::quantile(&[(1.0, &timing.at_first)], share));
            }
        }
        self.courses[g].take_in(&mut self.payments.course, together);
    }

    fn bearing(&mut self, scene: Scene, ledger: &mut Ledger) {
        let (scenario, world) = (self.plan.scenario, scene.world);
        let terms = &scenario.aftermath.bearing;
        if terms.is_nothing() {
            if self.means {
                for l in &self.plan.groups.leaves {
                    ledger.leaves[*l].after.iter_mut().for_each(|a| a.to_mean = a.court_mean - a.court.cost());
                }
            }
            return;
        }
        // A split, and recourse without a limit, give back a share of the cost or nothing, so that their mean is known.
        let unlimited = terms.recourse.is_none_or(|r| r.limit.of(world) == f64::INFINITY);
        let kept = (self.means && unlimited && terms.insurance.is_none()).then(|| {
            let won = terms.recourse.map_or(0.0, |r| r.win.of(world).clamp(0.0, 1.0) * r.share.of(world));
            (1.0 - terms.split_share(world)) * (1.0 - won)
        });
        let luck = self.streams[scene.draw].recourse.at(scene.replicate).uniform();
        for (g, guideline) in scenario.guidelines.iter().enumerate() {
            let claim_cost = guideline.claim_cost.of(world);
            let cost = |leaf: &Leaf| {
                let t = &leaf.guided[g];
                (t.payout + t.in_kind_cost + claim_cost * t.claims + leaf.after[g].paid() - leaf.after[g].recovered)
                    .max(0.0)
            };
            let leaves = || self.plan.groups.leaves.iter();
            let whole: f64 = leaves().map(|l| cost(&ledger.leaves[*l])).sum();
            let back = bearing::recovered(terms, whole, luck, world);
            for l in leaves() {
                let mine = cost(&ledger.leaves[*l]);
                let part = if whole > 0.0 { mine / whole } else { 0.0 };
                let after = &mut ledger.leaves[*l].after[g];
                after.recovered = part * back.all();
                after.from_split = part * back.split;
                after.from_recourse = part * back.recourse;
                after.from_insurance = part * back.insurance;
                after.recourse_cost = part * back.recourse_cost;
                // Whether there is anything to seek recourse for stays as drawn, and with it what that costs.
                after.to_mean = kept.map_or(0.0, |kept| {
                    kept * (mine - after.court.cost() + after.court_mean) - (mine - after.recovered)
                });
            }
        }
    }

    fn channel(&mut self, scene: Scene, ledger: &Ledger) {
        self.reports.clear();
        let Some(channel) = &self.plan.scenario.aftermath.channel else { return };
        let world = scene.world;
        let when: Arrivals = arrivals(channel.opens_after_hours, channel.window_hours, &channel.arrival, world);
        let streams = &mut self.streams[scene.draw];
        if self.reporting.as_mut().is_some_and(|known| !known.turn(&when)) {
            self.reporting = None;
        }
        let stream = streams.reports.at(scene.replicate);
        let window = self.reporting.get_or_insert_with(|| Window::new(when.clone()));
        window.draw(stream, channel.arrival.swing.of(world), &mut self.shares);
        let all: f64 = self.plan.groups.leaves.iter().map(|l| ledger.leaves[*l].reports).sum();
        self.shares.spread(stream, all as u64, &mut self.counts);
        self.reports.resize((when.opens + self.counts.len()).min(HORIZON), 0.0);
        for (i, n) in self.counts.iter().enumerate() {
            self.reports[(when.opens + i).min(HORIZON - 1)] += *n as f64;
        }
    }
}
