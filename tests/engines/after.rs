//! What comes after the awards: both engines have one law of it, the money adds up, and it is what a hand works out.

use redress::chance::severity::Severity;
use redress::engine::days::timeline_days;
use redress::engine::outcome::{ACCOUNTS, COURSES, GUIDED, Groups, account, guided};
use redress::engine::run::{Engine, Event, Options, run};
use redress::model::bearing::{Bearing, CostSplit, Insurance, Recourse};
use redress::model::court::{Costs, Instance, Issue, Plaintiffs};
use redress::model::procedure::{Appeal, Arrival, Duplicates, Late, Order, Procedure, Valuation};
use redress::model::{Effort, Rule, Scenario, TakeUp, Text};

use crate::common::Build;
use crate::common::check::Check;
use crate::common::sample::{Samples, sample_group, shape};

const DAY: f64 = 24.0;

/// Verify first with appeals and a deadline, from day 10 for 40 days, weekly runs; or first compensate.
fn procedure(b: &mut Build, first: bool) -> usize {
    let q = |b: &mut Build, x: f64| b.constant(x);
    let order = match first {
        true => Order::FirstCompensate { advance: q(b, 0.6), recovered: q(b, 0.5) },
        false => Order::VerifyFirst,
    };
    let procedure = Procedure {
        id: format!("p{}", b.scenario.aftermath.procedures.len()),
        title: Text::en("procedure"),
        takes_claims: true,
        order,
        opens_after_hours: q(b, 10.0 * DAY),
        window_hours: q(b, 40.0 * DAY),
        arrival: Arrival {
            half_hours: q(b, 8.0 * DAY),
            shape: q(b, 0.8),
            deadline_share: q(b, 0.2),
            swing: q(b, 0.3),
            shocks: Vec::new(),
        },
        staff: vec![(q(b, 0.0), q(b, 2.0)), (q(b, 14.0 * DAY), q(b, 4.0))],
        work_day_hours: q(b, 8.0),
        days_week: 5,
        wage_hour: q(b, 100.0),
        pay_every_hours: q(b, 7.0 * DAY),
        transfer_hours: q(b, 2.0 * DAY),
        automatic_after_hours: q(b, 20.0 * DAY),
        late: Some(Late { deadline_hours: q(b, 30.0 * DAY), interest_year: q(b, 0.1), factor: q(b, 1.5) }),
        appeal: Appeal { share: q(b, 0.4), upheld: q(b, 0.5), after_hours: q(b, 30.0 * DAY), work_hours: q(b, 1.0) },
        gives_up: Some(q(b, 0.2)),
        duplicates: first.then(|| Duplicates { share: q(b, 0.1), detected: q(b, 0.6), work_hours: q(b, 0.4) }),
    };
    b.scenario.aftermath.procedures.push(procedure);
    b.scenario.aftermath.procedures.len() - 1
}

fn scenario() -> Scenario {
    let mut b = Build::new();
    let (most, all) = (b.constant(0.4), b.constant(1.0));
    let severity = |cv| Severity::from_family_cv("lognormal", cv).expect("valid severity");
    b.cohort("shops", 8_000.0, most, Some((120_000.0, severity(1.5))));
    // Of the shops some lose nothing and claim all the same, some claim half as much again.
    let [loses, exaggerates, by, unfounded, genuine, less, least] = b.constants([0.8, 0.2, 1.5, 0.1, 1.0, 0.8, 0.4]);
    let loss = b.scenario.cohorts[0].loss.as_mut().expect("shops lose");
    (loss.share, loss.exaggerated_share, loss.exaggeration, loss.unfounded_share) = (loses, exaggerates, by, unfounded);
    loss.approval_factors = [genuine, less, least];
    b.cohort("drivers", 900.0, all, Some((60_000.0, severity(0.7))));
    let (hours, own) = (b.constant(1.5), b.constant(3.0));
    let effort = Effort { review_hours: Some(hours), claimant_hours: Some(own) };
    for (id, first) in [("verify", false), ("first", true)] {
        let procedure = Some(procedure(&mut b, first));
        let (amount, filing) = (b.share(0.5, 20_000.0), b.logistic(0.6, 40_000.0, 1.4));
        let claim = Rule { effort, procedure, ..b.filed(amount, filing, 0.7) };
        let flat = b.flat(2_000.0);
        let reach = b.reach(0.3);
        let automatic = Rule { id: "flat".into(), procedure, losers_only: false, ..b.filed(flat, reach, 1.0) };
        b.rules(id, vec![claim, automatic]);
    }
    let nothing = b.flat(0.0);
    b.guideline("untimed", nothing);
    let instance = |b: &mut Build, [win, proven, days, appeal, company]: [f64; 5]| Instance {
        win: b.constant(win),
        proven: b.constant(proven),
        hours: b.constant(days * DAY),
        appeal: b.constant(appeal),
        company_appeals: b.constant(company),
    };
    let instances = vec![instance(&mut b, [0.5, 0.8, 300.0, 0.5, 0.5]), instance(&mut b, [0.4, 0.9, 200.0, 0.0, 0.0])];
    let [rate, zero, one, share, follow, before, after] = b.constants([0.02, 0.0, 1.0, 0.6, 0.01, 0.05, 0.12]);
    let [theirs, ours, loser_pays, filed_after_hours] = b.constants([3_000.0, 9_000.0, 0.5, 30.0 * DAY]);
    b.scenario.aftermath.courts.push(Issue {
        id: "loss".into(),
        title: Text::en("loss"),
        cohorts: vec![0, 1],
        plaintiffs: Plaintiffs::Losers,
        suing: TakeUp::Constant { rate },
        joint: (zero, one),
        instances,
        award_share: share,
        distress: zero,
        follow_on: follow,
        costs: Costs { plaintiffs: theirs, company: ours, loser_pays },
        interest_year: (before, after),
        filed_after_hours,
        small_claims: None,
        settlement: None,
        mediation: None,
    });
    let [win, part, limit, fee, by_agreement] = b.constants([0.5, 0.3, 1e12, 10_000.0, 0.1]);
    let [retention, most, insured] = b.constants([1e6, 2e7, 0.8]);
    b.scenario.aftermath.bearing = Bearing {
        cost_split: Some(CostSplit { partner: Text::en("operator"), share: by_agreement }),
        recourse: Some(Recourse { win, share: part, limit, cost: fee }),
        insurance: Some(Insurance { retention, limit: most, share: insured }),
    };
    let [discount_year, claimant_hour] = b.constants([0.05, 50.0]);
    b.scenario.aftermath.valuation = Some(Valuation { discount_year, claimant_hour });
    b.scenario
}

/// Levels as in [`super::agreement`]; some 350 checks.
#[test]
fn both_engines_have_one_law_of_what_comes_after() {
    let scenario = scenario();
    let mut check = Check::new("after");
    for group in [0, 2] {
        let [counts, people]: [Samples; 2] = [(Engine::Counts, 21), (Engine::Individual, 22)].map(|(engine, seed)| {
            let options = Options { seed, replicates: 3_000, engine, threads: 1, ..Options::default() };
            sample_group(&scenario, &options, group)
        });
        for (g, guideline) in scenario.guidelines.iter().enumerate() {
            let measures = GUIDED.iter().filter(|m| {
                let split = ["unaware", "deterred", "refused", "refused_genuine", "gave_up", "paid_without_right"];
                !split.contains(&m.name) && !matches!(m.name, "gini" | "gini_absolute")
            });
            for m in measures.filter(|m| guideline.is_timed() || !m.timed) {
                let what = format!("{}.{} of group {group}", guideline.id, m.name);
                check.same_law(&what, counts.of(g, m.name), people.of(g, m.name));
            }
        }
        for g in 0..2 {
            // Why people of the bulk get nothing is split as expected: the means are those of the persons.
            // So is which of the exaggerated of a long span would be due nothing.
            for measure in ["unaware", "deterred", "refused", "refused_genuine", "gave_up", "paid_without_right"] {
                check.same_mean(
                    &format!("{measure} of {g}, group {group}"),
                    counts.of(g, measure),
                    people.of(g, measure),
                );
            }
            let nothing = |s: &Samples| -> Vec<f64> {
                s.of(g, "refused").iter().zip(s.of(g, "gave_up")).map(|(refused, gone)| refused + gone).collect()
            };
            check.same_law("filed and left with nothing", &nothing(&counts), &nothing(&people));
            assert!(counts.of(g, "gave_up").iter().sum::<f64>() > 0.0, "nobody gives up");
        }
        assert!(counts.of(2, "days_p50").iter().all(|x| x.is_nan()), "nobody says when");
        assert!(people.of(0, "waiting_180").iter().chain(people.of(0, "late")).sum::<f64>() > 0.0, "nobody waits");
        for measure in ["paid_without_right", "refused_genuine"] {
            let all: f64 = (0..2).flat_map(|g| people.of(g, measure)).sum();
            assert!(group > 0 || all > 0.0, "{measure} is nothing");
        }
    }
    check.done();
}

/// Accounts of both engines have the same means, and work the same law; what is paid too much is there, and is less where
/// claims are checked well.
#[test]
fn both_engines_pay_the_same_too_much() {
    let scenario = scenario();
    let s = shape(&scenario);
    let of = |engine, seed, name: &str, g: usize, scenario: &Scenario| {
        let options = Options { seed, replicates: 1_500, engine, ..Options::default() };
        let mut out = Vec::new();
        run(scenario, &options, &std::sync::atomic::AtomicBool::new(false), |event| {
            if let Event::Block(b) = event {
                let at = account(name).expect("an account");
                out.extend((0..b.replicates).map(|r| b.accounts[s.accounts(r, g, at)]));
            }
            Ok(())
        })
        .expect("the run ends");
        out
    };
    let mut check = Check::new("too much");
    for (g, name) in [(0, "undue"), (1, "undue"), (1, "overpaid"), (1, "duplicates"), (0, "given_up"), (1, "given_up")]
    {
        let (counts, people) =
            (of(Engine::Counts, 31, name, g, &scenario), of(Engine::Individual, 32, name, g, &scenario));
        check.same_mean(&format!("{name} of {g}"), &counts, &people);
        assert!(counts.iter().sum::<f64>() > 0.0, "{name} of {g} is nothing");
    }
    // Who was refused at first is known by kind, in both.
    for (g, name) in [(0, "appeals"), (1, "appeals"), (0, "staff_hours"), (1, "staff_hours")] {
        let [counts, people] =
            [(Engine::Counts, 33), (Engine::Individual, 34)].map(|(engine, seed)| of(engine, seed, name, g, &scenario));
        check.same_law(&format!("{name} of {g}"), &counts, &people);
    }
    check.done();
    // Nobody exaggerates and nobody claims without a loss: what is paid is due.
    let mut honest = scenario.clone();
    let loss = honest.cohorts[0].loss.as_mut().expect("shops lose");
    let nobody = honest.aftermath.courts[0].distress;
    (loss.exaggerated_share, loss.unfounded_share) = (nobody, nobody);
    assert!(of(Engine::Counts, 31, "undue", 0, &honest).iter().all(|x| *x == 0.0));
}

#[test]
fn the_accounts_add_up() {
    let scenario = scenario();
    let (s, groups, days) = (shape(&scenario), Groups::of(&scenario), timeline_days(&scenario));
    for engine in [Engine::Counts, Engine::Individual] {
        let options = Options { seed: 5, replicates: 120, engine, ..Options::default() };
        run(&scenario, &options, &std::sync::atomic::AtomicBool::new(false), |event| {
            let Event::Block(b) = event else { return Ok(()) };
            assert_eq!(b.timeline.len(), b.replicates * s.courses() * days.len());
            for (r, g) in (0..b.replicates).flat_map(|r| (0..2).map(move |g| (r, g))) {
                let m = |group: usize, name: &str| b.guided[s.guided(r, g, group, guided(name).expect("a measure"))];
                let a = |name: &str| b.accounts[s.accounts(r, g, account(name).expect("an account"))];
                let close = |x: f64, y: f64, what: &str| {
                    assert!((x - y).abs() <= 1e-9 * x.abs().max(y.abs()).max(1.0), "{what}: {x} against {y}");
                };
                let parts =
                    ["payout", "in_kind_cost", "claim_cost", "court_awards"].map(|n| m(0, n)).iter().sum::<f64>()
                        + ["staff_cost", "interest", "overpaid", "legal_cost"].map(a).iter().sum::<f64>()
                        - a("recovered");
                close(m(0, "cost"), parts, "cost");
                close(groups.leaves.iter().map(|l| m(*l, "cost")).sum(), parts, "cost of the leaves");
                close(a("staff_cost"), 100.0 * a("staff_hours"), "wage");
                close(
                    a("transfers"),
                    m(0, "payout") + a("interest") + a("overpaid") + m(0, "court_awards"),
                    "transfers",
                );
                let costs = a("staff_cost") + m(0, "claim_cost") + a("legal_cost") + a("claimant_cost");
                close(a("resource_cost"), costs, "resources");
                let back = ["from_split", "from_recourse", "from_insurance"].map(a);
                close(back.iter().sum(), a("recovered"), "borne by others");
                assert!(back.iter().all(|part| *part >= 0.0) && back[0] > 0.0, "{back:?}");
                assert!(a("undue") <= m(0, "payout") && a("plaintiff_cost") <= a("claimant_cost"));
                assert_eq!(a("duplicates") > 0.0, g == 1);
                assert!((0.0..=m(0, "in_kind_face") * (1.0 + 1e-9)).contains(&a("breakage")), "{}", a("breakage"));
                // Everybody who lost is covered or left out for one reason, in every group.
                for group in 0..groups.list.len() {
                    let losers =
                        b.common[s.common(r, group, redress::engine::outcome::common("losers").expect("losers"))];
                    let reasons = ["covered", "ineligible", "unaware", "deterred", "refused", "gave_up"];
                    close(reasons.map(|n| m(group, n)).iter().sum(), losers, "reasons");
                    let within = |part: &str, whole: &str| {
                        let (part, whole) = (m(group, part), m(group, whole));
                        assert!((0.0..=whole * (1.0 + 1e-9)).contains(&part), "{part} of {whole}, group {group}");
                    };
                    within("losers_waiting_180", "covered");
                    within("refused_genuine", "refused");
                    assert!(m(group, "late_share").is_nan() || (0.0..=1.0).contains(&m(group, "late_share")));
                    assert!(m(group, "late") == 0.0 || m(group, "late_share") > 0.0);
                }
                for measure in GUIDED.iter().filter(|m| m.additive && m.name != "cost").map(|m| m.name) {
                    let parts: f64 = groups.leaves.iter().map(|l| m(*l, measure)).sum();
                    close(m(0, measure), parts, measure);
                }
                assert_eq!(a("overpaid") > 0.0, g == 1, "only who pays first overpays");
                assert!(m(0, "days_p50") <= m(0, "days_p90") && m(0, "days_p50") >= 12.0);
                // The course ends at all claims, all reviewed.
                let last = |k: usize| {
                    let course = r * s.courses() + 1 + g * COURSES.len() + k;
                    b.timeline[course * days.len()..][..days.len()].iter().map(|n| f64::from(*n)).sum::<f64>()
                };
                assert!((last(0) - last(1)).abs() < 0.5 && last(0) >= m(0, "claims"), "{} {}", last(0), last(1));
            }
            Ok(())
        })
        .expect("the run ends");
    }
    assert_eq!(ACCOUNTS.iter().filter(|m| m.timed).count(), 8);
}

/// Transfers of 200 days: those who are reached automatically have something by day 180, those who file have not. Levels
/// as above; six checks.
#[test]
fn both_engines_keep_the_same_people_waiting() {
    let mut scenario = scenario();
    let long = scenario.aftermath.courts[0].instances[1].hours;
    scenario.aftermath.procedures.iter_mut().for_each(|p| p.transfer_hours = long);
    let mut check = Check::new("waiting");
    let [counts, people]: [Samples; 2] = [(Engine::Counts, 51), (Engine::Individual, 52)].map(|(engine, seed)| {
        let options = Options { seed, replicates: 1_000, engine, threads: 1, ..Options::default() };
        sample_group(&scenario, &options, 0)
    });
    for g in 0..2 {
        let [waiting, others] = [&counts, &people].map(|s| s.of(g, "losers_waiting_180"));
        check.same_law(&format!("waiting under {g}"), waiting, others);
        let within = |s: &Samples| {
            s.of(g, "losers_waiting_180").iter().zip(s.of(g, "covered")).all(|(w, c)| *w > 0.0 && *w < 0.9 * c)
        };
        assert!(within(&counts) && within(&people), "some wait and some do not");
    }
    check.done();
}

/// 1,000 people, all hit: 600 lose and claim what they lost, of the others 200 claim a loss. Of the honest 80 % are
/// approved and of the others 25 %; everybody files. Nobody appeals or gives up, and half of an advance comes back.
fn by_hand(order: impl Fn(&mut Build) -> Order, transfer_days: f64) -> Scenario {
    let mut b = Build::new();
    let all = b.constant(1.0);
    let severity = Severity::from_family_cv("lognormal", 0.5).expect("valid severity");
    b.cohort("shops", 1_000.0, all, Some((10_000.0, severity)));
    let [loses, nobody, unfounded, worse] = b.constants([0.6, 0.0, 0.5, 0.25 / 0.8]);
    let loss = b.scenario.cohorts[0].loss.as_mut().expect("shops lose");
    (loss.share, loss.exaggerated_share, loss.unfounded_share) = (loses, nobody, unfounded);
    loss.approval_factors = [all, all, worse];
    let place = procedure(&mut b, false);
    let [no_time, days] = b.constants([0.0, transfer_days * DAY]);
    let order = order(&mut b);
    let p = &mut b.scenario.aftermath.procedures[place];
    (p.order, p.gives_up, p.late, p.transfer_hours) = (order, None, None, days);
    (p.appeal.share, p.automatic_after_hours) = (nobody, no_time);
    let share = b.share(0.5, 0.0);
    let filing = b.claim(1.0);
    let claim = b.filed(share, filing, 0.8);
    b.rules("draft", vec![Rule { procedure: Some(place), losers_only: true, ..claim }]);
    b.scenario
}

#[test]
fn who_is_paid_wrongly_and_who_waits_is_what_a_hand_works_out() {
    let verify = |_: &mut Build| Order::VerifyFirst;
    let first = |b: &mut Build| Order::FirstCompensate { advance: b.constant(0.6), recovered: b.constant(0.5) };
    let nothing = |b: &mut Build| Order::FirstCompensate { advance: b.constant(0.0), recovered: b.constant(0.5) };
    // Paid first: 200 × 0.25 in the end, and half of 600 × 0.2 + 200 × 0.75 keep an advance.
    let cases = [
        (by_hand(verify, 2.0), 50.0, 0.0),
        (by_hand(first, 2.0), 50.0 + 0.5 * (120.0 + 150.0), 0.0),
        (by_hand(nothing, 2.0), 50.0, 0.0),
        (by_hand(verify, 200.0), 50.0, 480.0),
        (by_hand(first, 200.0), 185.0, 480.0),
    ];
    let mut check = Check::new("wrongly paid");
    for (engine, (i, (scenario, without_right, waiting))) in
        [Engine::Counts, Engine::Individual].into_iter().flat_map(|e| cases.iter().enumerate().map(move |c| (e, c)))
    {
        let options = Options { seed: 41, replicates: 1_000, engine, threads: 1, ..Options::default() };
        let found = sample_group(scenario, &options, 0);
        for (name, wanted) in [("paid_without_right", *without_right), ("refused_genuine", 120.0)] {
            check.mean_is(&format!("{name}, case {i}, {engine:?}"), found.of(0, name), wanted);
        }
        if *waiting == 0.0 {
            assert!(found.of(0, "losers_waiting_180").iter().all(|n| *n == 0.0), "case {i}");
        } else {
            // Nobody has anything by then.
            let both = found.of(0, "losers_waiting_180").iter().zip(found.of(0, "covered"));
            both.for_each(|(wait, covered)| assert!((wait - covered).abs() < 1e-6, "case {i}: {wait}, {covered}"));
            check.mean_is(&format!("waiting, case {i}, {engine:?}"), found.of(0, "losers_waiting_180"), *waiting);
        }
    }
    check.done();
}

#[test]
fn one_two_and_eight_threads_give_the_same_bits() {
    let all = scenario();
    let of = |scenario: &Scenario, threads: usize| {
        let options = Options { seed: 9, replicates: 300, threads, twins: 64, ..Options::default() };
        let mut bits: Vec<u64> = Vec::new();
        let s = shape(scenario);
        run(scenario, &options, &std::sync::atomic::AtomicBool::new(false), |event| {
            let (Event::Block(b) | Event::Twin(b)) = event;
            for r in 0..b.replicates {
                bits.extend((0..ACCOUNTS.len()).map(|a| b.accounts[s.accounts(r, 0, a)].to_bits()));
                bits.extend((0..GUIDED.len()).map(|m| b.guided[s.guided(r, 0, 0, m)].to_bits()));
            }
            Ok(())
        })
        .expect("the run ends");
        bits
    };
    let one = of(&all, 1);
    assert_eq!(one, of(&all, 2));
    assert_eq!(one, of(&all, 8));
}
