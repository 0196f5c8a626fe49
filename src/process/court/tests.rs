//! Suits against court records, closed forms and hands.

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

/// People who all know: how many, and what is left to each of them.
pub(super) type People = (u64, f64);

/// Those of them who may sue.
pub(super) fn bases(terms: &Terms, people: &[People], world: &World) -> Vec<Base> {
    let base = |(n, stake): &People| terms.base((*n as f64, *n as f64, *n as f64 * stake), &[], &world.0);
    people.iter().map(base).collect()
}

/// Verdicts and mean costs of several who may sue.
fn of(issue: &Issue, w: &World, people: &[People], replicate: u64) -> (Verdicts, SmallVec<[f64; 8]>) {
    let terms = Terms::of(issue, &w.0);
    tried(&terms, &bases(&terms, people, w), replicate)
}

fn tried(terms: &Terms, bases: &[Base], replicate: u64) -> (Verdicts, SmallVec<[f64; 8]>) {
    let decisions = terms.decide(Stream::named(3, 0, "court", "loss").at(replicate));
    let mut streams: Vec<Stream> = (0..bases.len()).map(|r| Stream::named(3, 0, "suits", &format!("{r}"))).collect();
    for stream in &mut streams {
        stream.at(replicate);
    }
    (terms.verdicts(bases, &decisions, 0.0, &mut streams), terms.mean_costs(bases))
}

fn one(issue: &Issue, world: &World, people: People, replicate: u64) -> Verdict {
    of(issue, world, &[people], replicate).0[0]
}

fn mean(issue: &Issue, world: &World, people: People, worlds: u64) -> Verdict {
    let mut sum = Verdict::default();
    (0..worlds).for_each(|r| sum.add(&one(issue, world, people, r)));
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
    let sum = mean(&issue, &w, (573, claim), n);
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
    let v = one(&issue, &w, (6, 1e6), 0);
    assert_eq!((v.plaintiffs, v.winners, v.awards), (6.0, 0.0, 0.0));
    // "Costs on plaintiffs": who loses bears both sides', of one suit.
    let mut issue = issue;
    issue.costs = Costs { plaintiffs: w.q(2.0), company: w.q(5.0), loser_pays: w.q(1.0) };
    issue.joint = (w.q(1.0), w.q(6.0));
    let v = one(&issue, &w, (6, 1e6), 0);
    assert_eq!((v.company_costs, v.plaintiffs_costs), (0.0, 7.0));
    // What is won in general is lost by those who do not prove their loss.
    let steps = vec![w.instance([1.0, 0.0, 305.0, 0.0, 0.0])];
    let mut unproven = w.issue(1.0, 1.0, steps);
    unproven.costs = issue.costs;
    let v = one(&unproven, &w, (10, 1e6), 0);
    assert_eq!((v.winners, v.company_costs, v.plaintiffs_costs), (0.0, 0.0, 70.0));
    let steps = (0..3).map(|_| w.instance([0.0, 1.0, 400.0, 1.0, 0.0])).collect();
    let issue = w.issue(1.0, 1.0, steps);
    assert_eq!(one(&issue, &w, (18, 1e5), 0).awards, 0.0);
}

#[test]
fn one_precedent_decides_for_all() {
    // With independent suits the sd of the awards of 1,000 plaintiffs would be 1.6 % of the most; here it is half.
    let mut w = World::default();
    let steps = vec![w.instance([0.5, 1.0, 100.0, 0.0, 0.0])];
    let issue = w.issue(1.0, 1.0, steps);
    let wins = (0..400).filter(|r| one(&issue, &w, (1_000, 1.0), *r).awards == 1_000.0).count();
    let losses = (0..400).filter(|r| one(&issue, &w, (1_000, 1.0), *r).awards == 0.0).count();
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
    let sum = mean(&issue, &w, (1_000, 100.0), n);
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
    let forty = (40, 8.0);
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
    // An offer of nothing is none.
    issue.settlement = Some((w.q(0.0), w.q(1.0)));
    issue.costs.company = w.q(2.0);
    assert_eq!(one(&issue, &w, forty, 0).company_costs, 80.0);
    issue.settlement = None;
    // 40 plaintiffs: three quarters in joint suits of ten, ten alone: 3 + 10 suits at a fifth of the cost.
    issue.joint = (w.q(0.75), w.q(10.0));
    issue.costs = Costs { plaintiffs: w.q(1.0), company: w.q(2.0), loser_pays: w.q(0.0) };
    issue.small_claims = Some(SmallClaims { limit: w.q(8.0), factor: w.q(0.2) });
    let v = one(&issue, &w, forty, 0);
    assert!((v.company_costs - 13.0 * 0.2 * 2.0).abs() < 1e-12);
    let v = one(&issue, &w, (40, 8.5), 0);
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
    let v = one(&issue, &w, (10_000, 10_000.0), 0);
    assert_eq!(v.winners, 10_000.0);
    assert!((v.awards / v.winners - 14_000.0).abs() < 1e-6, "{}", v.awards / v.winners);
    let mean = of(&issue, &w, &[(10_000, 10_000.0)], 0).1[0];
    assert!((mean / 10_000.0 - 14_000.0).abs() < 1e-6, "{mean}");
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
    let (drawn, mean) = of(&issue, &w, &[(10, 1e6), (1_000, 1e4)], 0);
    let wanted = [10.0 * 1e6 * 1.5, 1_000.0 * 1e4 * 1.6];
    for ((drawn, mean), wanted) in drawn.iter().zip(mean).zip(wanted) {
        assert!((drawn.awards - wanted).abs() < 1e-3 && (mean - wanted).abs() < 1e-3, "{drawn:?} {mean} {wanted}");
    }
    // Where the small claims win first, the others follow that.
    issue.suing = TakeUp::Table { points: vec![(w.q(10_000.0), w.q(1.0)), (w.q(20_000.0), w.q(0.0))] };
    let (drawn, _) = of(&issue, &w, &[(10, 1e6), (1_000, 1e4)], 0);
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
        let (drawn, _) = of(&issue, &w, &[(3, 2.0), (1_000, 1.0)], *r);
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
    let (drawn, mean) = of(&issue, &w, &[(10, 5.0); 10], 0);
    for (v, mean) in drawn.iter().zip(&mean) {
        assert!((v.company_costs - 100.0).abs() < 1e-9 && (mean - 50.0 - 100.0).abs() < 1e-9, "{v:?} {mean}");
    }
    // Where people have nothing to sue over they bear no part of it and follow nobody. Three suits of 10 for 21 of the
    // others, by heads 20 : 1.
    issue.joint.1 = w.q(10.0);
    issue.follow_on = w.q(1.0);
    let bases = [(20, 5.0), (500, 0.0), (1, 5.0)];
    let (drawn, mean) = of(&issue, &w, &bases, 0);
    for (r, (costs, awards)) in
        [(3_000.0 * 20.0 / 21.0, 100.0), (0.0, 0.0), (3_000.0 / 21.0, 5.0)].into_iter().enumerate()
    {
        assert!((drawn[r].company_costs - costs).abs() < 1e-9 && drawn[r].awards == awards, "{r}: {:?}", drawn[r]);
        assert!((mean[r] - costs - awards).abs() < 1e-9, "{r}: {}", mean[r]);
    }
    // All of the first region sue and win; nobody of the second would over so little, and all of it follows.
    issue.suing = TakeUp::Table { points: vec![(w.q(10.0), w.q(0.0)), (w.q(20.0), w.q(1.0))] };
    let (drawn, _) = of(&issue, &w, &[(100, 20.0), (100, 10.0)], 0);
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
    let v = one(&issue, &w, (1_000, 1.0), 4);
    assert_eq!(v.plaintiffs, 1_000.0);
}

#[test]
fn a_mediation_that_fails_costs_its_time() {
    // Half of 1,000 try mediation for 60 days and nobody agrees: they sue on day 90, the others on day 30, and all are paid
    // 100 days after their suit. 0.001 a day before it, nothing after it.
    let mut w = World::default();
    let steps = vec![w.instance([1.0, 1.0, 100.0, 0.0, 0.0])];
    let mut issue = w.issue(1.0, 1.0, steps);
    issue.filed_after_hours = w.q(720.0);
    issue.interest_year = (w.q(0.365), w.q(0.0));
    issue.mediation = Some(Mediation {
        share: w.q(0.5),
        company_accepts: w.q(1.0),
        people_accept: w.q(0.0),
        award_share: w.q(0.5),
        hours: w.q(1_440.0),
    });
    let n = 200;
    let sum = mean(&issue, &w, (1_000, 10.0), n);
    assert_eq!(sum.winners, 200_000.0);
    // Binomial halves: 0.25 days of standard error in 1,000 people, 0.07 in all of them; α = 6e-5.
    assert!((sum.winner_days / sum.winners - 160.0).abs() < 4.0 * 0.07, "{}", sum.winner_days / sum.winners);
    let exact = 1_000.0 * 10.0 * (1.0 + 0.5 * (0.03 + 0.09));
    assert!((sum.awards / n as f64 / exact - 1.0).abs() < 1e-3);
    assert!((of(&issue, &w, &[(1_000, 10.0)], 0).1[0] / exact - 1.0).abs() < 1e-12);
    // Who follows does so on the day of the first win, which is that of those who were not mediated.
    issue.suing = TakeUp::Table { points: vec![(w.q(10.0), w.q(0.0)), (w.q(20.0), w.q(1.0))] };
    issue.follow_on = w.q(1.0);
    let (drawn, _) = of(&issue, &w, &[(1_000, 20.0), (1_000, 10.0)], 0);
    assert!((drawn[1].awards - 1_000.0 * 10.0 * 1.13).abs() < 1e-6, "sued on day 130: {:?}", drawn[1]);
}

#[test]
fn each_sues_by_what_is_left_to_him() {
    // A hundred are left with 10 and nobody of them sues; ten with 100, who all do: over 100 each, though the mean is 18.2.
    let mut w = World::default();
    let steps = vec![w.instance([1.0, 1.0, 100.0, 0.0, 0.0])];
    let mut issue = w.issue(1.0, 0.5, steps);
    issue.suing = TakeUp::Table { points: vec![(w.q(5.0), w.q(0.0)), (w.q(50.0), w.q(1.0))] };
    issue.costs = Costs { plaintiffs: w.q(0.0), company: w.q(8.0), loser_pays: w.q(0.0) };
    let left = [[100.0, 1_000.0, 10_000.0], [10.0, 1_000.0, 100_000.0]];
    let terms = Terms::of(&issue, &w.0);
    let base = terms.base((110.0, 110.0, 2_000.0), &left, &w.0);
    let (drawn, _) = tried(&terms, &[base], 0);
    assert_eq!((drawn[0].winners, drawn[0].awards), (10.0, 500.0));
    assert!((tried(&terms, &[base], 0).1[0] - 10.0 * 58.0).abs() < 1e-9);
    // The limit of small claims between them: half the costs of those who follow for small sums alone.
    issue.small_claims = Some(SmallClaims { limit: w.q(20.0), factor: w.q(0.5) });
    issue.follow_on = w.q(1.0);
    let terms = Terms::of(&issue, &w.0);
    let base = terms.base((110.0, 110.0, 2_000.0), &left, &w.0);
    assert_eq!((base.tracks[0].suing.share, base.tracks[1].others.share), (0.0, 0.0));
    assert_eq!((base.tracks[0].others.stake, base.tracks[1].suing.stake), (10.0, 100.0));
    let followers = 100.0 * (5.0 + 0.5 * 8.0);
    let (_, mean) = tried(&terms, &[base], 0);
    assert!((mean[0] - 580.0 - followers).abs() < 1e-9, "{}", mean[0]);
}

#[test]
fn octaves_stand_for_their_people() {
    // Lognormal stakes, cv 1.5, in eight buckets a doubling, against the sum over all of 40,000 people: within 2 in 1,000, with
    // nearly nobody and with nearly everybody suing.
    let mut w = World::default();
    let steps = vec![w.instance([1.0, 1.0, 100.0, 0.0, 0.0])];
    let mut issue = w.issue(1.0, 1.0, steps);
    let sigma = (1.0f64 + 2.25).ln().sqrt();
    let z = |i: u32| crate::chance::special::normal_quantile((f64::from(i) + 0.5) / 40_000.0);
    let stakes: Vec<f64> = (0..40_000).map(|i| 1_000.0 * (sigma * z(i)).exp()).collect();
    let mut buckets: std::collections::BTreeMap<i64, Alike> = Default::default();
    for x in &stakes {
        let more = [1.0, *x, x * x];
        let sums = buckets.entry((8.0 * x.log2()).floor() as i64).or_default();
        *sums = std::array::from_fn(|k| sums[k] + more[k]);
    }
    let left: Vec<Alike> = buckets.into_values().collect();
    for (burden, beta) in [(1e2, 1.5), (1e3, 1.5), (1e3, 4.0), (1e4, 2.5), (1e6, 1.0)] {
        issue.suing = TakeUp::Logistic { awareness: w.q(0.4), burden: w.q(burden).into(), beta: w.q(beta) };
        let terms = Terms::of(&issue, &w.0);
        let curve = crate::guideline::takeup::Curve::of_claim(&issue.suing, 1.0, &w.0);
        let base = terms.base((40_000.0, 40_000.0, stakes.iter().sum()), &left, &w.0);
        let suing = base.tracks[1].suing;
        let share: f64 = stakes.iter().map(|x| curve.share(*x)).sum();
        let money: f64 = stakes.iter().map(|x| x * curve.share(*x)).sum();
        let [n, sum] = [suing.share * 40_000.0 / share, suing.share * 40_000.0 * suing.stake / money];
        assert!((n - 1.0).abs() < 2e-3 && (sum - 1.0).abs() < 2e-3, "{burden} {beta}: {n} {sum}");
    }
}

#[test]
fn a_limit_inside_a_bucket_cuts_it() {
    // Losses evenly from 90 to 110, limit at 95 of the award: a quarter of the people, with 92.5 each.
    let mut w = World::default();
    let steps = vec![w.instance([0.0, 1.0, 100.0, 0.0, 0.0])];
    let mut issue = w.issue(1.0, 1.0, steps);
    issue.small_claims = Some(SmallClaims { limit: w.q(95.0), factor: w.q(0.5) });
    let square = 1_000.0 * (1e4 + 400.0 / 12.0);
    let terms = Terms::of(&issue, &w.0);
    let base = terms.base((1_000.0, 1_000.0, 100_000.0), &[[1_000.0, 100_000.0, square]], &w.0);
    let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
    assert!(
        base.tracks
            .iter()
            .zip([(0.25, 92.5), (0.75, 102.5)])
            .all(|(t, (share, stake))| { near(t.suing.share, share) && near(t.suing.stake, stake) })
    );
    // All of one loss are on one side, at the limit on that of small claims.
    let of = |x: f64| terms.base((10.0, 10.0, 10.0 * x), &[[10.0, 10.0 * x, 10.0 * x * x]], &w.0).tracks;
    assert_eq!((of(95.0)[0].suing.share, of(95.1)[0].suing.share), (1.0, 0.0));
    // 55,000 ÷ 0.55 is less than 100,000 in binary.
    let mut issue = w.issue(1.0, 0.55, issue.instances);
    issue.small_claims = Some(SmallClaims { limit: w.q(55_000.0), factor: w.q(0.5) });
    let base = Terms::of(&issue, &w.0).base((10.0, 10.0, 1e6), &[[10.0, 1e6, 1e11]], &w.0);
    assert_eq!(base.tracks[0].suing.share, 1.0);
}

#[test]
fn who_is_hit_without_a_loss_sues_over_distress_alone() {
    // 1,000 hit, 100 of them left with 50 each; 20 for distress and all of the loss.
    let mut w = World::default();
    let steps = vec![w.instance([1.0, 1.0, 100.0, 0.0, 0.0])];
    let mut issue = w.issue(1.0, 1.0, steps);
    issue.plaintiffs = Plaintiffs::Hit;
    issue.distress = w.q(20.0);
    let left = [[100.0, 5_000.0, 250_000.0]];
    let awards = |issue: &Issue, w: &World| {
        let terms = Terms::of(issue, &w.0);
        tried(&terms, &[terms.base((1_000.0, 100.0, 5_000.0), &left, &w.0)], 0).0[0]
    };
    let v = awards(&issue, &w);
    assert!(v.winners == 1_000.0 && (v.awards - 25_000.0).abs() < 1e-9, "{v:?}");
    issue.distress = w.q(0.0);
    let v = awards(&issue, &w);
    assert!(v.winners == 100.0 && (v.awards - 5_000.0).abs() < 1e-9, "who can win nothing does not sue: {v:?}");
}
