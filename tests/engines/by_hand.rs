//! What comes after the awards where all of it can be worked out by hand: appeals, what is paid twice, present values.

use redress::chance::severity::Severity;
use redress::engine::outcome::{account, guided};
use redress::engine::run::{Engine, Event, Options, run};
use redress::model::procedure::{Appeal, Arrival, Duplicates, Late, Order, Procedure, Valuation};
use redress::model::{Effort, Filing, Guideline, Rule, Scenario, TakeUp, Text};

use crate::common::Build;
use crate::common::check::Check;
use crate::common::sample::shape;

const DAY: f64 = 24.0;
pub const BOTH: [Engine; 2] = [Engine::Counts, Engine::Individual];

/// Measures and accounts of everybody under the first guideline, by name and replicate.
pub fn of<const N: usize>(scenario: &Scenario, engine: Engine, replicates: u64, names: [&str; N]) -> [Vec<f64>; N] {
    let s = shape(scenario);
    let options = Options { seed: 61, replicates, engine, threads: 1, ..Options::default() };
    let mut out = names.map(|_| Vec::new());
    run(scenario, &options, &std::sync::atomic::AtomicBool::new(false), |event| {
        let Event::Block(b) = event else { return Ok(()) };
        for r in 0..b.replicates {
            for (name, out) in names.iter().zip(&mut out) {
                out.push(match account(name) {
                    Some(at) => b.accounts[s.accounts(r, 0, at)],
                    None => b.guided[s.guided(r, 0, 0, guided(name).expect("a measure"))],
                });
            }
        }
        Ok(())
    })
    .expect("the run ends");
    out
}

/// Standard deviation of a sample.
fn sd(x: &[f64]) -> f64 {
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    (x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (x.len() - 1) as f64).sqrt()
}

/// Everybody is there on day 0, every day is a working day, money comes at once, and there is staff for all.
fn procedure(b: &mut Build) -> Procedure {
    let [zero, one, day, many] = b.constants([0.0, 1.0, DAY, 1e9]);
    Procedure {
        id: "desk".into(),
        title: Text::en("desk"),
        takes_claims: true,
        order: Order::VerifyFirst,
        opens_after_hours: zero,
        window_hours: day,
        arrival: Arrival { half_hours: day, shape: one, deadline_share: zero, swing: zero, shocks: Vec::new() },
        staff: vec![(zero, many)],
        work_day_hours: b.constant(8.0),
        days_week: 7,
        wage_hour: zero,
        pay_every_hours: day,
        transfer_hours: zero,
        automatic_after_hours: zero,
        late: None,
        appeal: Appeal { share: zero, upheld: zero, after_hours: zero, work_hours: zero },
        gives_up: None,
        duplicates: None,
    }
}

/// 1,000 for each of so many people who have no loss and all file; each claim takes an hour.
fn flat(people: f64, approval: f64, change: impl FnOnce(&mut Build, &mut Procedure)) -> Scenario {
    let mut b = Build::new();
    let all = b.constant(1.0);
    b.cohort("users", people, all, None);
    claimed(&mut b, 1_000.0, approval, change);
    b.scenario
}

/// A guideline under which everybody files for one sum.
pub fn claimed(b: &mut Build, money: f64, approval: f64, change: impl FnOnce(&mut Build, &mut Procedure)) {
    let mut procedure = procedure(b);
    change(b, &mut procedure);
    b.scenario.aftermath.procedures.push(procedure);
    let (amount, rate, hour) = (b.flat(money), b.constant(1.0), b.constant(1.0));
    let filing = Filing::Claim(TakeUp::Constant { rate });
    let effort = Effort { review_hours: Some(hour), claimant_hours: None };
    let claim = b.filed(amount, filing, approval);
    b.rules("draft", vec![Rule { procedure: Some(0), effort, losers_only: false, ..claim }]);
}

fn appeals(b: &mut Build, share: f64, upheld: f64) -> Appeal {
    let [share, upheld, after_hours, work_hours] = b.constants([share, upheld, 50.0 * DAY, 2.0]);
    Appeal { share, upheld, after_hours, work_hours }
}

fn first(b: &mut Build, advance: f64, recovered: f64) -> Order {
    Order::FirstCompensate { advance: b.constant(advance), recovered: b.constant(recovered) }
}

/// 1,000 people: 600 lose and are approved with 0.8, 200 of the others claim a loss and are approved with 0.25.
fn kinds(share: f64, upheld: f64) -> Scenario {
    let mut b = Build::new();
    let all = b.constant(1.0);
    let severity = Severity::from_family_cv("lognormal", 0.5).expect("valid severity");
    b.cohort("shops", 1_000.0, all, Some((10_000.0, severity)));
    let [loses, unfounded, worse] = b.constants([0.6, 0.5, 0.25 / 0.8]);
    let loss = b.scenario.cohorts[0].loss.as_mut().expect("shops lose");
    (loss.share, loss.unfounded_share) = (loses, unfounded);
    loss.approval_factors = [all, all, worse];
    claimed(&mut b, 0.0, 0.8, |b, p| p.appeal = appeals(b, share, upheld));
    b.scenario.guidelines[0].rules[0].amount = b.share(0.5, 0.0);
    b.scenario.guidelines[0].rules[0].losers_only = true;
    b.scenario
}

/// Claims that nobody reviews wait for nobody, though a tenth of them comes twice and takes half an hour: 10,000 in a window of
/// twenty days with days off, reviewed by one. With a review of a second they wait.
#[test]
fn what_nobody_reviews_does_not_wait() {
    for (seconds, waits) in [(0.0, false), (1.0, true)] {
        let mut reviewed = None;
        let mut scenario = flat(10_000.0, 1.0, |b, p| {
            reviewed = Some(b.constant(seconds / 3_600.0));
            let [share, detected, work, window, half, one] = b.constants([0.1, 1.0, 0.5, 20.0 * DAY, 8.0 * DAY, 1.0]);
            p.duplicates = Some(Duplicates { share, detected, work_hours: work });
            (p.window_hours, p.arrival.half_hours, p.staff[0].1, p.days_week) = (window, half, one, 5);
        });
        scenario.guidelines[0].rules[0].effort.review_hours = reviewed;
        let [peak, hours] = of(&scenario, Engine::Counts, 20, ["backlog_peak", "staff_hours"]);
        assert_eq!(peak.iter().all(|n| *n > 1_000.0), waits, "{peak:?}");
        assert_eq!(peak.iter().all(|n| *n == 0.0), !waits, "{peak:?}");
        let mean = hours.iter().sum::<f64>() / 20.0;
        assert!((mean - 500.0 - 10_000.0 * seconds / 3_600.0).abs() < 20.0, "{mean}");
    }
}

#[test]
fn appeals_are_those_of_whoever_is_refused_at_first() {
    let mut check = Check::new("appeals");
    for engine in BOTH {
        // Of 100 claims 40 are refused at first, whatever comes of the appeals; an hour each and two an appeal.
        for upheld in [1.0, 0.99, 0.5] {
            let scenario = flat(100.0, 0.6, |b, p| p.appeal = appeals(b, 1.0, upheld));
            let [appeals, hours] = of(&scenario, engine, 2_000, ["appeals", "staff_hours"]);
            check.mean_is(&format!("appeals of 100, upheld {upheld}, {engine:?}"), &appeals, 40.0);
            check.mean_is(&format!("hours of 100, upheld {upheld}, {engine:?}"), &hours, 180.0);
        }
        // Of 20 claims 18.
        let scenario = flat(20.0, 0.1, |b, p| p.appeal = appeals(b, 1.0, 0.5));
        let [appeals] = of(&scenario, engine, 2_000, ["appeals"]);
        check.mean_is(&format!("appeals of 20, {engine:?}"), &appeals, 18.0);
        // Of two kinds 600 × 0.2 + 200 × 0.75 = 270 are refused at first.
        for (share, upheld, wanted) in [(1.0, 1.0, 270.0), (0.5, 0.5, 135.0), (1.0, 0.9, 270.0)] {
            let [appeals, hours] = of(&kinds(share, upheld), engine, 1_000, ["appeals", "staff_hours"]);
            check.mean_is(&format!("appeals, {share} × {upheld}, {engine:?}"), &appeals, wanted);
            check.mean_is(&format!("hours, {share} × {upheld}, {engine:?}"), &hours, 800.0 + 2.0 * wanted);
        }
    }
    check.done();
    // Everybody is approved in the end, 60 % of them on day 0 and the others 50 days later.
    let scenario = flat(100_000.0, 0.6, |b, p| p.appeal = appeals(b, 1.0, 1.0));
    // How many appeal is binomial, 155 from the mean; each takes two hours beside the one of its claim.
    let [appeals, hours, half, most] =
        of(&scenario, Engine::Counts, 3, ["appeals", "staff_hours", "days_p50", "days_p90"]);
    assert!(appeals.iter().all(|n| (n - 40_000.0).abs() < 5.0 * 155.0), "{appeals:?}");
    assert!(appeals.iter().zip(&hours).all(|(n, hours)| (hours - 100_000.0 - 2.0 * n).abs() < 1e-6), "{hours:?}");
    assert!(half.iter().all(|day| *day == 0.0) && most.iter().all(|day| *day == 50.0), "{half:?} {most:?}");
}

/// 10,000 claims of 1,000, of which a tenth comes twice; six of ten of these are found out.
fn twice(approval: f64, order: impl Fn(&mut Build) -> Order) -> Scenario {
    flat(10_000.0, approval, |b, p| {
        let [share, detected, work_hours] = b.constants([0.1, 0.6, 0.0]);
        p.order = order(b);
        p.duplicates = Some(Duplicates { share, detected, work_hours });
    })
}

#[test]
fn what_is_paid_twice_is_kept_and_advances_are_paid_before_anybody_looks() {
    let mut check = Check::new("overpaid");
    // What is not found out: 10 m × 0.1 × 0.4. Found out after half was paid, of which 60 % stays: 10 m × 0.1 × 0.6 × 0.5
    // × 0.6. Where a fifth is refused, 8 m of the first two and of the advances on 2 m, a tenth of them twice, 60 % too.
    let (missed, found) = (400_000.0, 180_000.0);
    let cases = [
        (twice(1.0, |_| Order::VerifyFirst), missed),
        (twice(1.0, |b| first(b, 0.5, 0.4)), missed + found),
        (twice(1.0, |b| first(b, 0.5, 1.0)), missed),
        (twice(0.8, |b| first(b, 0.5, 0.4)), 0.8 * (missed + found) + 2e6 * 1.1 * 0.5 * 0.6),
        // Nobody is approved: advances only.
        (twice(0.0, |b| first(b, 0.5, 0.4)), 1e7 * 1.1 * 0.5 * 0.6),
    ];
    for (i, (scenario, wanted)) in cases.iter().enumerate() {
        for (engine, replicates) in BOTH.into_iter().zip([1_000, 200]) {
            let [overpaid] = of(scenario, engine, replicates, ["overpaid"]);
            check.mean_is(&format!("case {i}, {engine:?}"), &overpaid, *wanted);
        }
    }
    check.done();
}

#[test]
fn present_values_are_those_of_each_sum_on_its_day() {
    let valuation = |b: &mut Build| {
        let [discount_year, claimant_hour] = b.constants([0.1, 0.0]);
        b.scenario.aftermath.valuation = Some(Valuation { discount_year, claimant_hour });
    };
    // Half of 1,000 claims of 1,000 is worked on on day 0 and half on day 400, and then doubled:
    // 1 m × (0.5 + 0.5 × 2 × 1.1^(-400 ÷ 365)).
    let scenario = flat(1_000.0, 1.0, |b, p| {
        valuation(b);
        let [zero, one, later, staff, deadline, factor] = b.constants([0.0, DAY, 400.0 * DAY, 62.5, 30.0 * DAY, 2.0]);
        p.staff = vec![(zero, staff), (one, zero), (later, staff)];
        p.late = Some(Late { deadline_hours: deadline, interest_year: zero, factor });
    });
    for engine in BOTH {
        let [worth, interest] = of(&scenario, engine, 3, ["present_value", "interest"]);
        assert!(worth.iter().all(|x| (x - 1_400_820.28).abs() < 0.01), "{worth:?}");
        assert!(interest.iter().all(|x| (x - 500_000.0).abs() < 1e-3), "{interest:?}");
    }
    // All money is a year away: it is worth 1 ÷ 1.1, what people keep without right among it.
    let scenario = flat(10_000.0, 0.8, |build, p| {
        valuation(build);
        let [share, detected, work_hours, year] = build.constants([0.1, 0.6, 0.0, 365.0 * DAY]);
        (p.order, p.transfer_hours) = (first(build, 0.5, 0.4), year);
        p.duplicates = Some(Duplicates { share, detected, work_hours });
    });
    for engine in BOTH {
        let [worth, payout, over] = of(&scenario, engine, 20, ["present_value", "payout", "overpaid"]);
        for ((worth, payout), over) in worth.iter().zip(&payout).zip(&over) {
            assert!(*over > 0.0 && (worth * 1.1 / (payout + over) - 1.0).abs() < 1e-9, "{worth} {payout} {over}");
        }
    }
}

/// 1,000 people who all file for 1,000, half of them approved at first; half of the refused appeal and half of these win, 50
/// days later, when they get twice as much. 50 claims come twice, nine in ten found out. Numbers are binomial: 500 refused of
/// whom 250 appeal and 125 win; 625 approved; what is paid twice is over 0.00625 of all.
#[test]
fn appeals_and_what_comes_twice_have_their_chance() {
    let scenario = flat(1_000.0, 0.5, |b, p| {
        let [share, detected, work_hours, deadline, interest, factor] =
            b.constants([0.05, 0.9, 2.0, 30.0 * DAY, 0.0, 2.0]);
        p.appeal = Appeal { work_hours: b.constant(10.0), ..appeals(b, 0.5, 0.5) };
        p.duplicates = Some(Duplicates { share, detected, work_hours });
        p.late = Some(Late { deadline_hours: deadline, interest_year: interest, factor });
    });
    let of_binomial = |p: f64| (1_000.0 * p * (1.0 - p)).sqrt();
    // (mean, standard deviation); hours: 1 a claim, 10 an appeal, 2 a duplicate.
    let hours = (10.0f64.powi(2) * 1_000.0 * 0.25 * 0.75 + 2.0f64.powi(2) * 1_000.0 * 0.05 * 0.95).sqrt();
    let wanted = [
        ("appeals", 250.0, of_binomial(0.25)),
        ("late", 125.0, of_binomial(0.125)),
        ("interest", 125_000.0, 1_000.0 * of_binomial(0.125)),
        ("duplicates", 50.0, of_binomial(0.05)),
        ("overpaid", 3_125.0, 1_000.0 * of_binomial(0.003_125)),
        ("staff_hours", 3_600.0, hours),
    ];
    let mut check = Check::new("chance of appeals");
    for engine in BOTH {
        let drawn = of(&scenario, engine, 2_000, wanted.map(|w| w.0));
        for ((name, mean, spread), sample) in wanted.iter().zip(&drawn) {
            check.mean_is(&format!("{name}, {engine:?}"), sample, *mean);
            // The standard error of a standard deviation is 1 ÷ √(2 × 2,000) of it; few, 3, are paid twice, in lumps.
            check.z(&format!("sd of {name}, {engine:?}"), sd(sample), *spread, spread * 0.0158 * 1.1);
        }
    }
    check.done();
}

/// 5,000 lose, 2,500 of others claim a loss: of the first 0.8 are approved at first, of the others 0.2, and half of those refused
/// win an appeal 200 days on. 500 of the 4,500 losers who are covered wait for that, and 1,000 of the others.
#[test]
fn losers_who_wait_are_told_by_themselves() {
    let mut b = Build::new();
    let [all, half, worse] = b.constants([1.0, 0.5, 0.25]);
    let severity = Severity::from_family_cv("lognormal", 0.5).expect("valid severity");
    for id in ["honest", "others"] {
        b.cohort(id, 5_000.0, all, Some((10_000.0, severity.clone())));
    }
    let never = b.constant(0.0);
    let loss = b.scenario.cohorts[1].loss.as_mut().expect("others lose");
    (loss.share, loss.unfounded_share, loss.approval_factors) = (never, half, [all, all, worse]);
    claimed(&mut b, 0.0, 0.8, |b, p| {
        let [deadline, zero] = b.constants([30.0 * DAY, 0.0]);
        p.appeal = Appeal { after_hours: b.constant(200.0 * DAY), ..appeals(b, 1.0, 0.5) };
        p.late = Some(Late { deadline_hours: deadline, interest_year: zero, factor: all });
    });
    b.scenario.guidelines[0].rules[0].amount = b.share(0.5, 0.0);
    b.scenario.guidelines[0].rules[0].losers_only = true;
    let mut check = Check::new("losers who wait");
    for engine in BOTH {
        let names = ["waiting_180", "losers_waiting_180", "late"];
        let drawn = of(&b.scenario, engine, 1_000, names);
        for ((name, wanted), sample) in names.iter().zip([1_500.0, 500.0, 1_500.0]).zip(&drawn) {
            check.mean_is(&format!("{name}, {engine:?}"), sample, wanted);
        }
        // Of 5,000 each with a chance of a tenth.
        let wanted = 450.0f64.sqrt();
        check.z(&format!("sd of losers, {engine:?}"), sd(&drawn[1]), wanted, wanted / 2_000.0f64.sqrt());
    }
    // Each cohort has its own: the honest 500 late of 4,500 and the 90 % paid on the first day, the others 1,000 of 1,500.
    let s = shape(&b.scenario);
    let options = Options { seed: 5, replicates: 100, engine: Engine::Counts, threads: 1, ..Options::default() };
    let mut late = [Vec::new(), Vec::new()];
    run(&b.scenario, &options, &std::sync::atomic::AtomicBool::new(false), |event| {
        let Event::Block(block) = event else { return Ok(()) };
        for r in 0..block.replicates {
            for (cohort, late) in late.iter_mut().enumerate() {
                late.push(block.guided[s.guided(r, 0, 1 + cohort, guided("late").expect("a measure"))]);
            }
        }
        Ok(())
    })
    .expect("the run ends");
    late.iter().zip([500.0, 1_000.0]).for_each(|(late, wanted)| check.mean_is("late by cohort", late, wanted));
    check.done();
}

/// 10,000 people lose 1,000 each on average, half claim three times that; 0.8 and 0.2 are approved at first, half of all others
/// by an appeal 50 days later, when their money bears 73 % a year for 20 days. Appeals win 10,000 × (0.5 × 0.1 × 1,000 + 0.5 ×
/// 0.4 × 3,000) = 6.5 m of 13.5 m, a third of the people paid.
#[test]
fn interest_is_on_the_money_that_appeals_win() {
    let mut b = Build::new();
    let [all, half, three, worse, rate, hour, zero] = b.constants([1.0, 0.5, 3.0, 0.25, 0.1, 0.0, 0.0]);
    let severity = Severity::from_family_cv("lognormal", 0.3).expect("valid severity");
    b.cohort("shops", 10_000.0, all, Some((1_000.0, severity)));
    b.scenario.aftermath.valuation = Some(Valuation { discount_year: rate, claimant_hour: hour });
    let loss = b.scenario.cohorts[0].loss.as_mut().expect("shops lose");
    (loss.exaggerated_share, loss.exaggeration, loss.approval_factors) = (half, three, [all, worse, all]);
    claimed(&mut b, 0.0, 0.8, |b, p| {
        let [deadline, interest, factor] = b.constants([30.0 * DAY, 0.73, 1.0]);
        p.appeal = appeals(b, 1.0, 0.5);
        p.late = Some(Late { deadline_hours: deadline, interest_year: interest, factor });
        p.wage_hour = zero;
    });
    b.scenario.guidelines[0].rules[0].amount = b.share(1.0, 0.0);
    let later = 1.04 * 1.1f64.powf(-50.0 / 365.0);
    let mut check = Check::new("interest on appeals");
    for (engine, replicates) in BOTH.into_iter().zip([2_000, 300]) {
        let names = ["payout", "interest", "present_value", "late"];
        let means = [13.5e6, 0.04 * 6.5e6, 7e6 + 6.5e6 * later, 2_500.0];
        let drawn = of(&b.scenario, engine, replicates, names);
        for ((name, wanted), sample) in names.iter().zip(means).zip(&drawn) {
            check.mean_is(&format!("{name}, {engine:?}"), sample, wanted);
        }
        // Of one person's money won by appeal the mean is 650 and that of its square 1.09 × (0.05 × 1 + 0.2 × 9) m.
        let wanted = 0.04 * (1e4f64 * (2.0165e6 - 650.0f64.powi(2))).sqrt();
        check.z(
            &format!("sd of interest, {engine:?}"),
            sd(&drawn[1]),
            wanted,
            wanted / (2.0 * replicates as f64).sqrt(),
        );
    }
    check.done();
}

/// A draft that is another one under another name costs the same in every world: claims come in on the same days, of which as
/// many come twice.
#[test]
fn a_copy_of_a_draft_costs_what_the_draft_costs() {
    let mut scenario = twice(0.6, |b| first(b, 0.5, 0.4));
    let copy = Guideline { id: "copy".into(), ..scenario.guidelines[0].clone() };
    scenario.guidelines.push(copy);
    let s = shape(&scenario);
    for engine in BOTH {
        let options = Options { seed: 61, replicates: 50, engine, threads: 1, ..Options::default() };
        run(&scenario, &options, &std::sync::atomic::AtomicBool::new(false), |event| {
            let Event::Block(b) = event else { return Ok(()) };
            for r in 0..b.replicates {
                let [one, other] = [0, 1].map(|g| b.guided[s.guided(r, g, 0, guided("cost").expect("a measure"))]);
                assert!(one > 0.0 && one == other, "{engine:?}: {one} {other}");
            }
            Ok(())
        })
        .expect("the run ends");
    }
}

#[test]
fn claims_cost_those_who_file_them_with_a_procedure_or_without() {
    // 1,000 claims × 2 h × 10,000 = 20 m, whatever comes of them; two rules that everybody files under cost twice that.
    for (procedure, rules) in [(true, 1.0), (false, 1.0), (false, 2.0)] {
        let mut scenario = flat(1_000.0, 0.6, |b, _| {
            let [discount_year, claimant_hour] = b.constants([0.0, 10_000.0]);
            b.scenario.aftermath.valuation = Some(Valuation { discount_year, claimant_hour });
        });
        let mut b = Build { scenario: scenario.clone() };
        let two = b.constant(2.0);
        let list = &mut b.scenario.guidelines[0].rules;
        list[0].effort.claimant_hours = Some(two);
        if !procedure {
            list[0].procedure = None;
        }
        if rules > 1.0 {
            list.push(Rule { id: "other".into(), ..list[0].clone() });
        }
        scenario = b.scenario;
        for engine in BOTH {
            let [cost, resources] = of(&scenario, engine, 3, ["claimant_cost", "resource_cost"]);
            assert!(cost.iter().all(|x| (x - rules * 2e7).abs() < 1e-3), "{procedure} {engine:?}: {cost:?}");
            assert!(resources.iter().all(|x| (x - rules * 2e7).abs() < 1e-3), "{procedure} {engine:?}: {resources:?}");
        }
        // Nobody says what an hour is worth: nothing.
        scenario.aftermath.valuation = None;
        let [cost] = of(&scenario, Engine::Counts, 3, ["claimant_cost"]);
        assert!(cost.iter().all(|x| *x == 0.0), "{cost:?}");
    }
}

#[test]
fn hours_of_those_who_lose_are_counted_claim_by_claim() {
    // 600 who lose and 200 of the others file, in cells of losses: 800 claims × 2 h × 10,000 = 16 m.
    let mut b = Build { scenario: kinds(0.0, 0.0) };
    let [two, discount_year, claimant_hour] = b.constants([2.0, 0.0, 10_000.0]);
    b.scenario.aftermath.valuation = Some(Valuation { discount_year, claimant_hour });
    let rule = &mut b.scenario.guidelines[0].rules[0];
    (rule.effort.claimant_hours, rule.procedure) = (Some(two), None);
    let mut check = Check::new("hours without a procedure");
    for engine in BOTH {
        let [cost] = of(&b.scenario, engine, 1_000, ["claimant_cost"]);
        check.mean_is(&format!("{engine:?}"), &cost, 1.6e7);
    }
    check.done();
}
