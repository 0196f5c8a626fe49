//! Suits over what is left: who sues, over how much and on which track, by both engines.

use redress::chance::severity::Severity;
use redress::engine::outcome::guided;
use redress::engine::run::{Engine, Event, Options, run};
use redress::model::court::{Costs, Instance, Issue, Plaintiffs, SmallClaims};
use redress::model::{Filing, Pool, Region, Scenario, TakeUp, Text};
use redress::stats::Moments;

use super::by_hand::{BOTH, of};
use crate::common::Build;
use crate::common::check::Check;
use crate::common::sample::shape;

/// 100 people who lose, in so many cohorts and regions of one size; all sue together, at 1,000 a suit.
fn suits(cohorts: usize, regions: usize) -> Scenario {
    let mut b = Build::new();
    let share = b.constant(1.0 / regions as f64);
    let region = |r: usize| Region { id: format!("r{r}"), title: Text::en("region"), share };
    b.scenario.regions = (0..regions).map(region).collect();
    b.scenario.services[0].regions = (0..regions).collect();
    let [zero, all, most, cost] = b.constants([0.0, 1.0, 100.0, 1_000.0]);
    for c in 0..cohorts {
        let law = Severity::from_family_cv("lognormal", 0.5).expect("valid");
        b.cohort(&format!("shops{c}"), 100.0 / cohorts as f64, all, Some((10_000.0, law)));
    }
    let nothing = b.flat(0.0);
    b.guideline("nothing", nothing);
    b.scenario.aftermath.courts.push(Issue {
        id: "loss".into(),
        title: Text::en("loss"),
        cohorts: (0..cohorts).collect(),
        plaintiffs: Plaintiffs::Losers,
        suing: TakeUp::Constant { rate: all },
        joint: (all, most),
        instances: vec![Instance { win: zero, proven: all, hours: most, appeal: zero, company_appeals: zero }],
        award_share: all,
        distress: zero,
        follow_on: zero,
        costs: Costs { plaintiffs: zero, company: cost, loser_pays: zero },
        interest_year: (zero, zero),
        filed_after_hours: zero,
        small_claims: None,
        settlement: None,
        mediation: None,
    });
    b.scenario
}

#[test]
fn joint_suits_do_not_depend_on_how_a_country_is_cut_into_cohorts_and_regions() {
    for (engine, cohorts, regions) in BOTH.into_iter().flat_map(|e| [(e, 1, 1), (e, 1, 10), (e, 5, 2), (e, 20, 1)]) {
        let [plaintiffs, costs] = of(&suits(cohorts, regions), engine, 20, ["plaintiffs", "legal_cost"]);
        let name = format!("{cohorts} cohorts, {regions} regions, {engine:?}");
        assert!(plaintiffs.iter().all(|n| *n == 100.0), "{name}: {plaintiffs:?}");
        assert!(costs.iter().all(|x| (x - 1_000.0).abs() < 1e-9), "{name}: {costs:?}");
    }
}

/// Everybody hit may sue at a rate, over loss alone: nobody does where three rules pay all of it, and of gamma losses with cv 3 those who
/// lost next to nothing do as well.
#[test]
fn of_those_hit_whoever_is_left_with_a_loss_sues_at_a_rate() {
    let mut check = Check::new("hit, at a rate");
    for engine in BOTH {
        let mut b = few_left(Severity::from_family_cv("lognormal", 1.5).expect("valid"));
        b.scenario.aftermath.courts[0].plaintiffs = Plaintiffs::Hit;
        let all = b.reach(1.0);
        let parts = [0.1, 0.2, 0.7].map(|part| b.share(part, 0.0));
        b.scenario.guidelines[0].rules = parts.map(|part| b.filed(part, all.clone(), 1.0)).to_vec();
        let [plaintiffs] = of(&b.scenario, engine, 20, ["plaintiffs"]);
        assert!(plaintiffs.iter().all(|n| *n == 0.0), "{engine:?}: {plaintiffs:?}");
        let mut b = few_left(Severity::from_family_cv("gamma", 3.0).expect("valid"));
        b.scenario.aftermath.courts[0].plaintiffs = Plaintiffs::Hit;
        let [plaintiffs] = of(&b.scenario, engine, 60, ["plaintiffs"]);
        check.mean_is(&format!("{engine:?}"), &plaintiffs, 1e4);
    }
    check.done();
}

/// How many of a cohort know of a scheme says nothing of who sues: at a rate of one in ten, ten of a hundred do.
#[test]
fn who_knows_of_a_scheme_sues_no_more_than_others() {
    let mut check = Check::new("suits and awareness");
    for (engine, awareness) in BOTH.into_iter().flat_map(|e| [(e, 0.2), (e, 3.0)]) {
        let mut b = Build { scenario: suits(1, 1) };
        let [rate, awareness] = b.constants([0.1, awareness]);
        b.scenario.cohorts[0].awareness = awareness;
        b.scenario.aftermath.courts[0].suing = TakeUp::Constant { rate };
        let [plaintiffs] = of(&b.scenario, engine, 2_000, ["plaintiffs"]);
        check.mean_is(&format!("{engine:?}"), &plaintiffs, 10.0);
    }
    check.done();
}

/// Of 1,000 people one in a hundred sues and wins; half of the others follow, wherever they are: 10 + 0.5 × 990, but for the
/// 0.99^1,000 = 4e-5 of worlds in which nobody sues.
#[test]
fn a_win_is_followed_in_all_cohorts() {
    let mut check = Check::new("followers in all cohorts");
    for (engine, cohorts) in BOTH.into_iter().flat_map(|e| [(e, 1), (e, 10), (e, 100)]) {
        let mut b = Build { scenario: suits(cohorts, 1) };
        let [one, half, rate] = b.constants([1.0, 0.5, 0.01]);
        for cohort in 0..cohorts {
            b.scenario.cohorts[cohort].size = b.constant(1_000.0 / cohorts as f64);
        }
        let issue = &mut b.scenario.aftermath.courts[0];
        (issue.suing, issue.follow_on, issue.instances[0].win) = (TakeUp::Constant { rate }, half, one);
        let [plaintiffs] = of(&b.scenario, engine, 2_000, ["plaintiffs"]);
        let nobody = 0.99f64.powi(1_000);
        check.mean_is(&format!("{cohorts} cohorts, {engine:?}"), &plaintiffs, 10.0 + 0.5 * (990.0 - 1_000.0 * nobody));
    }
    check.done();
}

/// Of 100,000 who lost 10,000 on average 99 % get all of it back: 1,000 are left with their loss, and of these sue one in ten,
/// or as many as so much at stake makes.
#[test]
fn who_was_made_whole_does_not_sue() {
    let mut check = Check::new("who sues");
    let spread = || Severity::from_family_cv("lognormal", 1.0).expect("valid");
    for (engine, law) in BOTH.into_iter().flat_map(|e| [(e, Severity::Degenerate), (e, spread())]) {
        for answering in [false, true] {
            let mut b = few_left(law.clone());
            let (all, reach) = (b.share(1.0, 0.0), b.reach(0.99));
            b.scenario.guidelines[0].rules = vec![b.filed(all, reach, 1.0)];
            if let (true, Filing::Claim(curve)) = (answering, b.logistic(1.0, 10_000.0, 2.0)) {
                b.scenario.aftermath.courts[0].suing = curve;
            }
            let [plaintiffs] = of(&b.scenario, engine, 60, ["plaintiffs"]);
            let share = |x: f64| if answering { 1.0 / (1.0 + (1.0 / x).powi(2)) } else { 0.1 };
            let wanted = 1_000.0 * if law == Severity::Degenerate { share(1.0) } else { over_losses(1.0, share) };
            check.mean_is(&format!("{law:?}, {engine:?}"), &plaintiffs, wanted);
        }
        // A sum of 10,000 to 99 % leaves those whose loss is larger, and the others.
        let mut b = few_left(law.clone());
        let (sum, reach) = (b.flat(10_000.0), b.reach(0.99));
        b.scenario.guidelines[0].rules = vec![b.filed(sum, reach, 1.0)];
        let [plaintiffs] = of(&b.scenario, engine, 60, ["plaintiffs"]);
        check.mean_is(&format!("a sum, {law:?}, {engine:?}"), &plaintiffs, 1e4 * (1.0 - 0.99 * law.cdf(1.0)));
    }
    // 4,000 to all and 6,000 to every second, of which a pool leaves half: 2,000 or 5,000.
    let law = spread();
    for engine in BOTH {
        let mut b = few_left(law.clone());
        let (small, large, pool) = (b.flat(4_000.0), b.flat(6_000.0), b.constant(0.5 * 1e5 * 7_000.0));
        let (everybody, half) = (b.reach(1.0), b.reach(0.5));
        b.scenario.guidelines[0].rules = vec![b.filed(small, everybody, 1.0), b.filed(large, half, 1.0)];
        b.scenario.guidelines[0].pool = Some(Pool { amount: pool, foreseen: false });
        let [plaintiffs] = of(&b.scenario, engine, 60, ["plaintiffs"]);
        let wanted = 1e4 * (1.0 - 0.5 * (law.cdf(0.2) + law.cdf(0.5)));
        check.mean_is(&format!("a pool, {engine:?}"), &plaintiffs, wanted);
    }
    check.done();
}

/// 100,000 people who lose 10,000 on average, of whom one in ten sues over what is left.
fn few_left(law: Severity) -> Build {
    let mut b = Build { scenario: suits(1, 1) };
    let [size, rate] = b.constants([1e5, 0.1]);
    b.scenario.cohorts[0].size = size;
    b.scenario.cohorts[0].loss.as_mut().expect("they lose").severity = law;
    b.scenario.aftermath.courts[0].suing = TakeUp::Constant { rate };
    b
}

/// Mean of a function of a lognormal loss of mean 1, by the trapezoidal rule over its logarithm.
fn over_losses(cv: f64, f: impl Fn(f64) -> f64) -> f64 {
    let sigma = (1.0 + cv * cv).ln().sqrt();
    let (steps, width) = (40_000, 1e-3);
    let at = |i: i32| f64::from(i - steps / 2) * width;
    let density = |z: f64| (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
    (0..=steps).map(|i| f((sigma * at(i) - 0.5 * sigma * sigma).exp()) * density(at(i)) * width).sum()
}

/// People lose 10,000 on average (lognormal, cv 1.5); of the one in five who think of a suit half would sue over 75,000. All win all
/// of it. By the mean loss 929 of 100,000 would sue over 10,000 each.
#[test]
fn who_lost_most_sues_most() {
    let mut check = Check::new("who lost most sues most");
    let share = |x: f64| 0.2 / (1.0 + (7.5 / x).powf(1.5));
    let (plaintiffs, awards) = (1e5 * over_losses(1.5, share), 1e9 * over_losses(1.5, |x| x * share(x)));
    assert!((1.14..1.15).contains(&(plaintiffs / (1e5 * share(1.0)))), "{plaintiffs}");
    assert!((3.9..4.0).contains(&(awards / (1e9 * share(1.0)))), "{awards}");
    for engine in BOTH {
        let mut b = few_left(Severity::from_family_cv("lognormal", 1.5).expect("valid"));
        let one = b.constant(1.0);
        let Filing::Claim(suing) = b.logistic(0.2, 75_000.0, 1.5) else { unreachable!("a curve") };
        let issue = &mut b.scenario.aftermath.courts[0];
        (issue.suing, issue.instances[0].win) = (suing, one);
        let [drawn, paid] = of(&b.scenario, engine, 200, ["plaintiffs", "court_awards"]);
        check.mean_is(&format!("plaintiffs, {engine:?}"), &drawn, plaintiffs);
        check.mean_is(&format!("awards, {engine:?}"), &paid, awards);
    }
    check.done();
}

/// What it costs when all sue over what is left to them, each by himself: 1,000, and 0.3 of that up to a limit of small claims.
fn costs_where_all_sue(mut b: Build, limit: f64, engine: Engine) -> Vec<f64> {
    let [limit, factor, one] = b.constants([limit, 0.3, 1.0]);
    let issue = &mut b.scenario.aftermath.courts[0];
    issue.suing = TakeUp::Constant { rate: one };
    issue.joint.0 = issue.distress;
    issue.small_claims = Some(SmallClaims { limit, factor });
    let [costs] = of(&b.scenario, engine, 60, ["legal_cost"]);
    costs
}

/// All sue over a loss of 10,000 on average, at 1,000 each, 300 where what a draft leaves of it is no more than the limit: below, at
/// and above the mean, where nothing is paid, and where 4,000 are.
#[test]
fn each_claim_goes_by_its_own_track() {
    let law = Severity::from_family_cv("lognormal", 1.0).expect("valid");
    for (engine, limit) in BOTH.into_iter().flat_map(|e| [2_000.0, 10_000.0, 30_000.0].map(|limit| (e, limit))) {
        for sum in [0.0, 4_000.0] {
            let mut b = few_left(law.clone());
            let (award, all) = (b.flat(sum), b.reach(1.0));
            b.scenario.guidelines[0].rules = vec![b.filed(award, all, 1.0)];
            let costs = costs_where_all_sue(b, limit, engine);
            let [whole, small] = [sum, sum + limit].map(|x| law.cdf(x / 10_000.0));
            let wanted = 1e8 * ((1.0 - small) + 0.3 * (small - whole));
            // People of the bucket that the limit cuts are spread evenly in it, and what an award leaves is a line between the
            // places of the counts engine: off by a thousandth of the people, and by three of few who are left with little.
            let mean = Moments::of(&costs).mean();
            let off = (mean.value - wanted).abs();
            assert!(
                off < 4.0 * mean.se + if sum > 0.0 { 3e-3 } else { 1e-3 } * wanted,
                "limit {limit}, sum {sum}, {engine:?}: {mean:?}, not {wanted}"
            );
        }
    }
}

/// Whatever of a loss is above 15,000 is paid, which leaves one in six with 15,000, the limit of small claims: all go by that track. With
/// a limit a thousandth below these do not.
#[test]
fn who_is_left_with_just_the_limit_has_a_small_claim() {
    let law = Severity::from_family_cv("lognormal", 1.0).expect("valid");
    for (engine, limit) in BOTH.into_iter().flat_map(|e| [15_000.0, 14_985.0].map(|limit| (e, limit))) {
        let mut b = few_left(law.clone());
        let (above, all) = (b.share(1.0, 15_000.0), b.reach(1.0));
        b.scenario.guidelines[0].rules = vec![b.filed(above, all, 1.0)];
        let costs = costs_where_all_sue(b, limit, engine);
        let large = if limit < 15_000.0 { 1.0 - law.cdf(limit / 10_000.0) } else { 0.0 };
        let (mean, wanted) = (Moments::of(&costs).mean(), 1e8 * (0.3 + 0.7 * large));
        assert!(
            (mean.value - wanted).abs() < 4.0 * mean.se + 3e-3 * wanted,
            "{engine:?}, {limit}: {mean:?}, not {wanted}"
        );
    }
}

/// One in five of those sues who would win 15,000 and more of a loss of 10,000 on average, and nobody else: such jumps are met to a
/// hundredth, in the tail of losses nearly alike to a twentieth.
#[test]
fn a_share_may_jump() {
    for (engine, cv) in BOTH.into_iter().flat_map(|e| [0.3, 1.5].map(|cv| (e, cv))) {
        let law = Severity::from_family_cv("lognormal", cv).expect("valid");
        let mut b = few_left(law.clone());
        let [zero, most, from, to] = b.constants([0.0, 0.2, 14_999.0, 15_000.0]);
        b.scenario.aftermath.courts[0].suing = TakeUp::Table { points: vec![(from, zero), (to, most)] };
        let [plaintiffs] = of(&b.scenario, engine, 60, ["plaintiffs"]);
        let (mean, wanted) = (Moments::of(&plaintiffs).mean(), 2e4 * (1.0 - law.cdf(1.5)));
        let off = (mean.value - wanted).abs();
        assert!(
            off < 4.0 * mean.se + if cv < 1.0 { 0.05 } else { 0.01 } * wanted,
            "cv {cv}, {engine:?}: {mean:?}, not {wanted}"
        );
    }
}

/// Nine in ten of 100,000 get 99.9 % of what they lost: with a rate all who are left with anything sue alike.
#[test]
fn who_is_left_with_next_to_nothing_may_sue_too() {
    let mut check = Check::new("next to nothing");
    for engine in BOTH {
        let mut b = few_left(Severity::from_family_cv("lognormal", 1.5).expect("valid"));
        let (most, reach) = (b.share(0.999, 0.0), b.reach(0.9));
        b.scenario.guidelines[0].rules = vec![b.filed(most, reach, 1.0)];
        let [plaintiffs] = of(&b.scenario, engine, 100, ["plaintiffs"]);
        check.mean_is(&format!("{engine:?}"), &plaintiffs, 1e4);
    }
    check.done();
}

/// Gamma losses with cv 3: one in eight loses less than a hundredth of a won, the few who lose most sue most. By 400,000 midpoints of
/// the law; half of each loss paid leaves half.
#[test]
fn whoever_loses_next_to_nothing_is_one_of_those_who_may_sue() {
    let mut check = Check::new("next to no loss");
    let law = Severity::from_family_cv("gamma", 3.0).expect("valid");
    let steps = 400_000;
    let over = |f: &dyn Fn(f64) -> f64| -> f64 {
        (0..steps).map(|i| f(law.quantile_sf((f64::from(i) + 0.5) / f64::from(steps)))).sum::<f64>() / f64::from(steps)
    };
    for (engine, part) in BOTH.into_iter().flat_map(|e| [0.0, 0.5].map(|part| (e, part))) {
        let mut b = few_left(law.clone());
        let (paid, all, one) = (b.share(part, 0.0), b.reach(1.0), b.constant(1.0));
        b.scenario.guidelines[0].rules = vec![b.filed(paid, all, 1.0)];
        let Filing::Claim(suing) = b.logistic(0.3, 100_000.0, 1.5) else { unreachable!("a curve") };
        // At a rate they all sue alike.
        let [drawn] = of(&b.scenario, engine, 60, ["plaintiffs"]);
        check.mean_is(&format!("at a rate, {part}, {engine:?}"), &drawn, 1e4);
        let issue = &mut b.scenario.aftermath.courts[0];
        (issue.suing, issue.instances[0].win) = (suing, one);
        let share = |x: f64| 0.3 / (1.0 + (10.0 / x).powf(1.5));
        let left = |x: f64| (1.0 - part) * x;
        let [drawn, awards] = of(&b.scenario, engine, 200, ["plaintiffs", "court_awards"]);
        check.mean_is(&format!("plaintiffs, {part}, {engine:?}"), &drawn, 1e5 * over(&|x| share(left(x))));
        check.mean_is(&format!("awards, {part}, {engine:?}"), &awards, 1e9 * over(&|x| left(x) * share(left(x))));
    }
    check.done();
}

/// Whoever lost most sues most often, and all the same each sues by his own chance: of 1,000 people how many do is binomial. The
/// estimate of a variance from 3,000 worlds has an error of √(2 ÷ 3,000); four of them.
#[test]
fn how_many_sue_is_binomial_whatever_tells_them_apart() {
    for engine in BOTH {
        let mut b = few_left(Severity::from_family_cv("lognormal", 1.5).expect("valid"));
        b.scenario.cohorts[0].size = b.constant(1_000.0);
        let Filing::Claim(suing) = b.logistic(1.0, 40_000.0, 3.0) else { unreachable!("a curve") };
        b.scenario.aftermath.courts[0].suing = suing;
        let [drawn] = of(&b.scenario, engine, 3_000, ["plaintiffs"]);
        let share = over_losses(1.5, |x| 1.0 / (1.0 + (4.0 / x).powi(3)));
        let mean = drawn.iter().sum::<f64>() / 3_000.0;
        let variance = drawn.iter().map(|n| (n - mean).powi(2)).sum::<f64>() / 3_000.0;
        let ratio = variance / (1_000.0 * share * (1.0 - share));
        assert!((ratio - 1.0).abs() < 4.0 * (2.0f64 / 3_000.0).sqrt(), "{engine:?}: {ratio}");
    }
}

/// Whether Gini indices are worked out too changes nothing.
#[test]
fn suits_are_the_same_without_inequality() {
    for engine in BOTH {
        let mut b = few_left(Severity::from_family_cv("lognormal", 1.5).expect("valid"));
        let (sum, half) = (b.flat(4_000.0), b.reach(0.5));
        b.scenario.guidelines[0].rules = vec![b.filed(sum, half, 1.0)];
        if let Filing::Claim(suing) = b.logistic(0.2, 20_000.0, 1.5) {
            b.scenario.aftermath.courts[0].suing = suing;
        }
        let told = |inequality: bool| {
            let options = Options { seed: 61, replicates: 20, engine, threads: 1, inequality, ..Options::default() };
            let (s, mut out) = (shape(&b.scenario), Vec::new());
            run(&b.scenario, &options, &std::sync::atomic::AtomicBool::new(false), |event| {
                let Event::Block(block) = event else { return Ok(()) };
                let of = |r: usize, name: &str| block.guided[s.guided(r, 0, 0, guided(name).expect("a measure"))];
                out.extend((0..block.replicates).flat_map(|r| ["plaintiffs", "cost"].map(|name| of(r, name))));
                assert_eq!(of(0, "gini").is_nan(), !inequality);
                Ok(())
            })
            .expect("the run ends");
            out
        };
        assert_eq!(told(true), told(false), "{engine:?}");
    }
}
