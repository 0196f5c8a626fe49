//! Scenarios on which the engines must agree: every part of the model in at least one of them.

use redress::chance::law::Law;
use redress::chance::severity::Severity;
use redress::model::{
    Amount, Band, BandAxis, Bound, Count, Damage, FeeMonth, Hit, LossBasis, Pool, Reports, Rule, Severities, Stretches,
    TakeUp, UseWeight, UseWeights, WeekProfile,
};

use crate::common::Build;

fn severity(family: &str, cv: f64) -> Severity {
    Severity::from_family_cv(family, cv).expect("valid severity")
}

fn amounts(b: &mut Build) {
    let flat = b.flat(5_000.0);
    b.guideline("flat", flat);
    let (low, middle, top) = (b.flat(30_000.0), b.flat(50_000.0), b.share(0.1, 0.0));
    let bands = b.bands(vec![(Some(300_000.0), low), (Some(500_000.0), middle), (None, top)]);
    b.guideline("bands", bands);
    let share = b.share(0.8, 10_000.0);
    let cap = b.constant(400_000.0);
    b.guideline("share", share).rules[0].cap = Some(cap);
    b.counting("low", 0.0, 50_000.0);
    b.counting("middle", 50_000.0, 300_000.0);
    b.counting("top", 300_000.0, f64::INFINITY);
}

/// Flat sums, bands, deductible, share and cap; people counted band by band.
pub fn bands() -> Build {
    let mut b = Build::new();
    let hit = b.constant(0.05);
    b.cohort("people", 20_000.0, hit, Some((120_000.0, severity("lognormal", 3.0))));
    amounts(&mut b);
    b
}

/// Bands of losses with two bounds; each band counted by a guideline of its own, and paid by a guideline of its own. In
/// this order: all bands, people of the low, middle and top one, what the low, middle and top one are paid.
fn tiers(b: &mut Build, bounds: [f64; 2]) {
    let pays = |b: &mut Build| [b.flat(30_000.0), b.flat(50_000.0), b.share(0.1, 0.0)];
    let banded = |b: &mut Build, [low, middle, top]: [Amount; 3]| {
        b.bands(vec![(Some(bounds[0]), low), (Some(bounds[1]), middle), (None, top)])
    };
    let all = pays(b);
    let all = banded(b, all);
    b.guideline("all", all);
    b.counting("low", 0.0, bounds[0]);
    b.counting("middle", bounds[0], bounds[1]);
    b.counting("top", bounds[1], f64::INFINITY);
    for (tier, id) in ["low-paid", "middle-paid", "top-paid"].into_iter().enumerate() {
        let mut only = [b.flat(0.0), b.flat(0.0), b.flat(0.0)];
        only[tier] = pays(b)[tier].clone();
        let only = banded(b, only);
        b.guideline(id, only);
    }
}

/// Tiers of losses that are spread over all amounts.
pub fn spread_tiers() -> Build {
    let mut b = Build::new();
    let hit = b.constant(0.05);
    b.cohort("people", 20_000.0, hit, Some((120_000.0, severity("lognormal", 3.0))));
    tiers(&mut b, [300_000.0, 500_000.0]);
    b
}

/// Tiers whose bounds are losses that people have, to the last bit: powers of two, so that nothing is rounded.
pub fn listed_tiers() -> Build {
    let mut b = Build::new();
    let hit = b.constant(0.5);
    let values = vec![8_192.0, 32_768.0, 65_536.0, 98_304.0];
    let list = Severity::empirical(values, Some(vec![0.5, 0.25, 0.125, 0.125])).expect("valid");
    b.cohort("people", 1_000.0, hit, Some((32_768.0, list)));
    tiers(&mut b, [32_768.0, 65_536.0]);
    b
}

/// The bands for so few people that hardly anything is normal.
pub fn few() -> Build {
    let mut b = Build::new();
    let hit = b.constant(0.25);
    b.cohort("people", 300.0, hit, Some((120_000.0, severity("lognormal", 1.5))));
    amounts(&mut b);
    let (amount, filing) = (b.share(0.5, 20_000.0), b.logistic(0.7, 30_000.0, 1.5));
    let rule = b.filed(amount, filing, 0.6);
    b.rules("claim", vec![rule]);
    b
}

/// Bands in the middle of the loss axis that three, twelve and forty people of 10,000 fall in.
pub fn sparse() -> Build {
    let mut b = Build::new();
    let hit = b.constant(0.5);
    b.cohort("people", 20_000.0, hit, Some((100_000.0, severity("lognormal", 1.0))));
    b.counting("three", 100_000.0, 100_068.0);
    b.counting("twelve", 60_000.0, 60_160.0);
    let (none, share, flat) = (b.flat(0.0), b.share(0.5, 0.0), b.flat(40_000.0));
    let bands =
        b.bands(vec![(Some(30_000.0), none.clone()), (Some(30_500.0), share), (Some(200_000.0), none), (None, flat)]);
    b.guideline("forty", bands);
    b
}

/// All take-up curves, approvals high, low and very low; offers that almost nobody comes through.
pub fn filing() -> Build {
    let mut b = Build::new();
    let hit = b.constant(0.5);
    b.cohort("people", 4_000.0, hit, Some((120_000.0, severity("gamma", 0.8))));
    let (amount, filing) = (b.share(0.5, 20_000.0), b.logistic(0.7, 30_000.0, 1.5));
    let logistic = b.filed(amount, filing, 0.8);
    let (amount, filing) = (b.share(1.0, 0.0), b.weibull(0.6, 50_000.0, 0.8));
    let cap = Some(b.constant(200_000.0));
    let weibull = Rule { cap, ..b.filed(amount, filing, 0.9) };
    let (amount, filing) = (b.share(0.7, 40_000.0), b.table(&[(1_000.0, 0.05), (50_000.0, 0.3), (200_000.0, 0.7)]));
    let minimum = Some(b.constant(5_000.0));
    let table = Rule { minimum, ..b.filed(amount, filing, 0.45) };
    let (amount, filing) = (b.flat(20_000.0), b.claim(0.35));
    let refused = b.filed(amount, filing, 0.03);
    let (amount, filing) = (b.share(0.3, 0.0), b.logistic(0.02, 20_000.0, 1.0));
    let unknown = b.filed(amount, filing, 0.95);
    // One or two people get it: nothing about their number is normal.
    let (amount, filing) = (b.flat(9_000.0), b.claim(0.02));
    let rare = b.filed(amount, filing, 0.0375);
    for (id, rule) in [
        ("logistic", logistic),
        ("weibull", weibull),
        ("table", table),
        ("refused", refused),
        ("unknown", unknown),
        ("rare", rare),
    ] {
        b.rules(id, vec![rule]);
        let cost = b.constant(1_500.0);
        b.scenario.guidelines.last_mut().expect("just pushed").claim_cost = cost;
    }
    b
}

/// Several offers in one guideline: automatic and claimed, money and in kind, awards above the loss.
pub fn offers() -> Build {
    let mut b = Build::new();
    let hit = b.constant(0.5);
    b.cohort("people", 3_000.0, hit, Some((60_000.0, severity("weibull", 1.2))));
    let (flat, reach) = (b.flat(5_000.0), b.reach(0.9));
    let automatic = b.filed(flat, reach, 1.0);
    let (amount, filing) = (b.share(0.5, 10_000.0), b.logistic(0.8, 30_000.0, 1.2));
    let claimed = b.filed(amount, filing, 0.7);
    b.rules("mixed", vec![automatic.clone(), claimed.clone()]);
    let (amount, filing) = (b.share(0.2, 0.0), b.weibull(0.7, 8_000.0, 1.0));
    let other = b.filed(amount, filing, 0.4);
    let (amount, filing) = (b.flat(3_000.0), b.claim(0.5));
    let form = b.in_kind(0.4, 0.5);
    let kind = Rule { form, ..b.filed(amount, filing, 0.9) };
    b.rules("two-claims", vec![claimed.clone(), other.clone(), kind.clone()]);
    // Nobody is refused, and who gets the second gets the first too.
    let (amount, reach) = (b.flat(30_000.0), b.reach(0.35));
    let second = b.filed(amount, reach, 1.0);
    b.rules("nested", vec![automatic.clone(), second]);
    let (amount, filing) = (b.flat(20_000.0), b.claim(0.6));
    let generous = b.filed(amount, filing, 0.7);
    b.rules("above-loss", vec![generous, claimed, automatic]);
    b.rules("in-kind", vec![kind]);
    b.rules("one", vec![other]);
    b
}

/// More offers than a set of bits holds: those of the last guidelines lie on both sides of 128.
pub fn crowd() -> Build {
    let mut b = Build::new();
    let hit = b.constant(0.5);
    let list = Severity::empirical(vec![20_000.0, 60_000.0, 200_000.0], Some(vec![0.4, 0.5, 0.1])).expect("valid");
    b.cohort("people", 2_000.0, hit, Some((58_000.0, list)));
    let two = |b: &mut Build, i: usize| {
        let x = i as f64;
        let (amount, filing) = (b.share(0.3 + 0.002 * x, 500.0 * x), b.logistic(0.8, 9_000.0 + 700.0 * x, 1.2));
        let claimed = b.filed(amount, filing, 0.3 + 0.05 * (i % 5) as f64);
        let (amount, filing) = (b.flat(2_000.0 + 50.0 * x), b.claim(0.5 + 0.005 * x));
        [claimed, b.filed(amount, filing, 0.6 + 0.1 * (i % 4) as f64)]
    };
    for i in 0..63 {
        let rules = two(&mut b, i).to_vec();
        b.rules(&format!("pair-{i}"), rules);
    }
    let [single, _] = two(&mut b, 63);
    b.rules("single", vec![single]);
    for i in [64, 66] {
        let rules = [two(&mut b, i), two(&mut b, i + 1)].concat();
        b.rules(&format!("four-{i}"), rules);
    }
    b
}

/// Genuine, exaggerated and unfounded claims, direct and indirect loss, people without a loss.
pub fn kinds() -> Build {
    let mut b = Build::new();
    let hit = b.constant(0.3);
    let c = b.cohort("people", 5_000.0, hit, Some((80_000.0, severity("lognormal", 1.5))));
    let [share, exaggerated, exaggeration, unfounded, indirect] = b.constants([0.6, 0.15, 1.8, 0.1, 0.3]);
    let approval_factors = b.constants([1.0, 0.7, 0.3]);
    let loss = b.scenario.cohorts[c].loss.as_mut().expect("has a loss");
    (loss.share, loss.exaggerated_share, loss.exaggeration) = (share, exaggerated, exaggeration);
    (loss.unfounded_share, loss.indirect_share, loss.approval_factors) = (unfounded, indirect, approval_factors);
    let [half, ten, whole, none] = b.constants([0.5, 10_000.0, 1.0, 0.0]);
    let direct = Amount::LossShare { share: half, deductible: ten, basis: LossBasis::Direct };
    let filing = b.claim(0.6);
    let direct = b.filed(direct, filing, 0.9);
    b.rules("direct", vec![direct]);
    let indirect = Amount::LossShare { share: whole, deductible: none, basis: LossBasis::Indirect };
    let filing = b.logistic(0.9, 20_000.0, 1.0);
    let indirect = b.filed(indirect, filing, 0.8);
    let (flat, reach) = (b.flat(2_000.0), b.reach(0.95));
    let all = Rule { losers_only: false, ..b.filed(flat, reach, 1.0) };
    b.rules("everybody", vec![all, indirect]);
    let (flat, filing) = (b.flat(7_000.0), b.claim(0.4));
    let claimed = Rule { losers_only: false, ..b.filed(flat, filing, 0.5) };
    let form = b.in_kind(0.3, 0.6);
    let (flat, filing) = (b.flat(4_000.0), b.claim(0.6));
    let points = Rule { losers_only: false, form, ..b.filed(flat, filing, 0.9) };
    b.rules("bystanders", vec![claimed, points]);
    b
}

/// The same where nobody knows how losses spread: one law of four in each world.
pub fn uncertain() -> Build {
    let mut b = kinds();
    let parameter = b.law("cohorts.people.loss.severity.cv", Law::Uniform { min: 0.2, max: 4.2 });
    let laws = [0.7, 1.7, 2.7, 3.7].map(|cv| severity("lognormal", cv)).to_vec();
    let loss = b.scenario.cohorts[0].loss.as_mut().expect("has a loss");
    loss.severities = Some(Severities::of_one(parameter, "cv", vec![1.2, 2.2, 3.2], laws));
    b
}

/// Losses of two groups of people, where nobody knows how many belong to the second, how much more they lose and how unlike
/// those of the first are: one law of twelve in each world.
pub fn mixed() -> Build {
    let mut b = kinds();
    let laws = [(0.05, 0.5), (2.0, 12.0), (0.5, 2.5)].map(|(min, max)| Law::Uniform { min, max });
    let places = ["mixture.2.weight", "mixture.2.mean", "mixture.1.cv"];
    let ends = [vec![0.2], vec![5.0, 8.0], vec![1.5]];
    let parameters = laws.into_iter().zip(places).zip(ends).map(|((law, place), ends)| {
        let parameter = b.law(&format!("cohorts.people.loss.severity.{place}"), law);
        Stretches { parameter, places: vec![place.into()], ends }
    });
    let parameters = parameters.collect();
    let mut laws = Vec::new();
    for weight in [0.1, 0.35] {
        for mean in [3.5, 6.5, 10.0] {
            for cv in [1.0, 2.0] {
                laws.push(two_groups(weight, mean, cv));
            }
        }
    }
    let loss = b.scenario.cohorts[0].loss.as_mut().expect("has a loss");
    loss.severities = Some(Severities { parameters, laws });
    b
}

/// A gamma law of this cv, and a narrower one around a mean so many times as large for a share of the people.
fn two_groups(share: f64, times: f64, cv: f64) -> Severity {
    let parts = vec![(1.0 - share, 1.0, severity("gamma", cv)), (share, times, severity("lognormal", 0.8))];
    Severity::mixture(parts).expect("valid")
}

/// As [`hours`], where nobody knows how much is used at night, in the evening and on Saturdays.
pub fn habits() -> Build {
    let mut b = hours();
    let night = b.law("profiles.default.day.2", Law::Discrete { values: vec![0.0, 4.0], weights: vec![0.5, 0.5] });
    let evening = b.law("profiles.default.day.20", Law::Uniform { min: 0.0, max: 12.0 });
    let saturday = b.law("profiles.default.week.6", Law::LogNormal { mu: -0.5, sigma: 1.0 });
    let Hit::Use { weights, .. } = &mut b.scenario.cohorts[0].hit else { panic!("hit by use") };
    let mut day = vec![UseWeight::Fixed(1.0); 24];
    (day[1], day[19]) = (UseWeight::Drawn(night), UseWeight::Drawn(evening));
    let mut week = vec![UseWeight::Fixed(1.0); 7];
    week[5] = UseWeight::Drawn(saturday);
    *weights = Some(UseWeights::DayAndWeek(day, week));
    b
}

/// Fees in bands and by a law: months, days, hours of fee, bands by fee, whichever is higher.
pub fn fees() -> Build {
    let mut b = Build::new();
    let hit = b.constant(0.4);
    let banded = b.cohort("banded", 2_000.0, hit, Some((20_000.0, severity("gamma", 1.0))));
    let varied = b.cohort("varied", 2_000.0, hit, None);
    let [s1, s2, s3, f1, f2, f3] = b.constants([0.7, 0.2, 0.1, 5_000.0, 11_000.0, 60_000.0]);
    b.scenario.cohorts[banded].fee = FeeMonth::Bands(vec![(s1, f1), (s2, f2), (s3, f3)]);
    b.scenario.cohorts[varied].fee = FeeMonth::Varies(Law::LogNormal { mu: 9.0, sigma: 0.6 });
    let [half, ten, three] = b.constants([0.5, 10.0, 3.0]);
    let month = b.rule(Amount::FeeMonths(half));
    b.rules("month", vec![Rule { losers_only: false, ..month }]);
    let least = b.flat(20.0);
    let filing = b.logistic(0.8, 150.0, 1.0);
    let times = b.filed(Amount::Max(vec![Amount::FeeTimes(ten), least]), filing, 0.9);
    b.rules("times", vec![Rule { losers_only: false, ..times }]);
    let (small, large) = (b.flat(1_000.0), Amount::FeeDays(three));
    let at = b.constant(8_000.0);
    let bands = vec![Band { upto: Some(Bound { at, inclusive: true }), pay: small }, Band { upto: None, pay: large }];
    let bands = b.rule(Amount::Bands { axis: BandAxis::Fee, bands });
    b.rules("fee-bands", vec![Rule { losers_only: false, ..bands }]);
    let higher = Amount::Max(vec![Amount::FeeMonths(half), b.share(0.4, 5_000.0)]);
    let filing = b.claim(0.7);
    let higher = b.filed(higher, filing, 0.8);
    b.rules("higher", vec![higher]);
    b
}

/// Two services with restoration curves, three regions, hit by use, damage by hours, time steps, reports.
pub fn hours() -> Build {
    let mut b = Build::new();
    b.scenario.services.clear();
    b.service("first", &[(0.5, 3.0), (0.3, 20.0), (0.2, 60.0)]);
    b.regions(&[0.5, 0.3, 0.2]);
    let second = b.service("second", &[(0.6, 10.0), (0.4, 100.0)]);
    b.scenario.services[second].regions = vec![1];
    let hit = b.constant(1.0);
    let c = b.cohort("people", 3_000.0, hit, Some((1.0, severity("lognormal", 1.0))));
    b.spread_over_regions(c);
    let day: Vec<f64> = (0..24).map(|h| if (8..22).contains(&h) { 1.0 } else { 0.2 }).collect();
    let profile = WeekProfile::from_day_and_week(&day, &[1.0, 1.0, 1.0, 1.0, 1.2, 0.6, 0.5]).expect("a profile");
    let (per_day, [kappa, share, reports, no_money]) =
        (b.constants([0.6, 0.3]).to_vec(), b.constants([2.0, 0.7, 0.3, 0.678]));
    let damage = [(2.0, 5_000.0), (24.0, 80_000.0), (72.0, 150_000.0)];
    let damage = damage.iter().map(|(h, m)| (b.constant(*h), b.constant(*m))).collect();
    let cohort = &mut b.scenario.cohorts[c];
    cohort.services = vec![0, second];
    cohort.hit = Hit::Use { per_day, profile, weights: None, kappa };
    cohort.reports = Some(Reports { share: reports, no_money_share: no_money });
    let loss = cohort.loss.as_mut().expect("has a loss");
    (loss.share, loss.damage) = (share, Damage::Points(damage));
    let [pay, step, grace, four, sixty] = b.constants([500.0, 6.0, 2.0, 4.0, 60.0]);
    let steps = Amount::PerTime { pay, step_hours: step, after_hours: grace, count: Count::Begun };
    let steps = b.rule(steps);
    let from = Some(Bound { at: four, inclusive: true });
    b.rules("steps", vec![Rule { losers_only: false, hours_from: from, ..steps }]);
    let (one, two, more) = (b.flat(10_000.0), b.share(0.3, 0.0), b.share(0.6, 20_000.0));
    let [d1, d2] = b.constants([1.0, 2.0]);
    let upto = |at| Some(Bound { at, inclusive: true });
    let bands =
        vec![Band { upto: upto(d1), pay: one }, Band { upto: upto(d2), pay: two }, Band { upto: None, pay: more }];
    let filing = b.logistic(0.8, 25_000.0, 1.3);
    let days = b.filed(Amount::Bands { axis: BandAxis::DaysBegun, bands }, filing, 0.85);
    b.rules("days", vec![days.clone()]);
    let flat = b.flat(15_000.0);
    let filing = b.claim(0.5);
    let regional = Rule { services: vec![second], ..b.filed(flat, filing, 0.9) };
    let short = Rule { hours_to: Some(Bound { at: sixty, inclusive: false }), ..days };
    b.rules("regional", vec![regional, short]);
    b
}

/// Pools that bind in about half the worlds: not foreseen, foreseen, over several offers; hit and cap are uncertain.
pub fn pools() -> Build {
    let mut b = Build::new();
    let hit = b.law("hit", Law::Beta { a: 12.0, b: 28.0, min: 0.0, max: 1.0 });
    let a = b.cohort("people", 2_000.0, hit, Some((100_000.0, severity("gamma", 1.0))));
    let other = b.cohort("others", 1_500.0, hit, Some((20_000.0, severity("lognormal", 1.0))));
    let unfounded = b.constant(0.1);
    for c in [a, other] {
        b.scenario.cohorts[c].loss.as_mut().expect("has a loss").unfounded_share = unfounded;
    }
    let cap = b.law("cap", Law::Uniform { min: 100_000.0, max: 300_000.0 });
    let share = b.share(0.5, 0.0);
    let simple = Rule { cap: Some(cap), ..b.rule(share) };
    b.rules("simple", vec![simple]);
    let (amount, filing) = (b.share(0.8, 5_000.0), b.logistic(0.9, 30_000.0, 1.5));
    let claimed = b.filed(amount, filing, 0.9);
    b.rules("foreseen", vec![claimed.clone()]);
    let (flat, reach) = (b.flat(30_000.0), b.reach(0.8));
    let automatic = b.filed(flat, reach, 1.0);
    b.rules("several", vec![automatic, claimed.clone()]);
    b.rules("no-pool", vec![claimed]);
    for (g, money, foreseen) in [(0, 30e6, false), (1, 15e6, true), (2, 35e6, false)] {
        let amount = b.constant(money);
        b.scenario.guidelines[g].pool = Some(Pool { amount, foreseen });
    }
    b
}

/// Severities with atoms: everyone alike, a list of values with bounds exactly at them, a mixture.
pub fn atoms() -> Build {
    let mut b = Build::new();
    let hit = b.constant(0.5);
    b.cohort("alike", 1_000.0, hit, Some((50_000.0, Severity::Degenerate)));
    let values = vec![10_000.0, 30_000.0, 50_000.0, 110_000.0];
    let list = Severity::empirical(values, Some(vec![0.4, 0.3, 0.2, 0.1])).expect("valid");
    b.cohort("listed", 1_000.0, hit, Some((34_000.0, list)));
    let parts = vec![(0.8, 1.0, severity("gamma", 0.5)), (0.2, 6.0, severity("lomax", 1.8))];
    b.cohort("groups", 1_200.0, hit, Some((40_000.0, Severity::mixture(parts).expect("valid"))));
    let (low, middle, top) = (b.flat(1_000.0), b.flat(4_000.0), b.share(0.5, 0.0));
    let bands = b.bands(vec![(Some(30_000.0), low), (Some(50_000.0), middle), (None, top)]);
    b.guideline("bands", bands);
    let (amount, filing) = (b.share(0.6, 10_000.0), b.logistic(0.8, 20_000.0, 1.0));
    let claimed = b.filed(amount, filing, 0.7);
    b.rules("claim", vec![claimed]);
    b.counting("low", 0.0, 30_000.0);
    b
}

/// Losses without a variance (Lomax, tail index 1.5) and with a coefficient of variation of 10.
pub fn heavy() -> Build {
    let mut b = Build::new();
    let hit = b.constant(0.2);
    b.cohort("lomax", 3_000.0, hit, Some((50_000.0, Severity::lomax(1.5).expect("valid"))));
    b.cohort("lognormal", 3_000.0, hit, Some((50_000.0, severity("lognormal", 10.0))));
    let share = b.share(0.5, 10_000.0);
    b.guideline("share", share);
    let (amount, filing) = (b.share(0.5, 0.0), b.logistic(0.6, 20_000.0, 1.0));
    let claimed = b.filed(amount, filing, 0.8);
    b.rules("claim", vec![claimed]);
    let (low, high) = (b.flat(0.0), b.flat(1.0));
    let rare = b.bands(vec![(Some(2_000_000.0), low), (None, high)]);
    b.guideline("rare", rare);
    b
}

/// A filing curve that is the same whatever the award, for every rule: what take-up at known shares needs.
pub fn constant_take_up(b: &mut Build, guideline: usize, rate: f64) {
    let rate = b.constant(rate);
    for rule in &mut b.scenario.guidelines[guideline].rules {
        rule.filing = redress::model::Filing::Claim(TakeUp::Constant { rate });
    }
}
