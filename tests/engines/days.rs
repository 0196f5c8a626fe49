//! The course by day: which days are told, what comes in on each of them, and that it adds up.

use std::path::Path;

use redress::analysis::Collector;
use redress::analysis::findings::{BASE, Findings};
use redress::chance::law::Law;
use redress::chance::severity::Severity;
use redress::engine::days::{MOST_DAILY, daily, spans, timeline_days};
use redress::engine::outcome::{COURSES, Series, Watch};
use redress::engine::run::{Engine, Event, Options, run_watching};
use redress::engine::world::WorldSampler;
use redress::model::procedure::{Appeal, Arrival, Order, Procedure, Shock};
use redress::model::{Amount, Rule, Scenario, Text};
use redress::process::HORIZON;
use redress::process::arrival::Arrivals;

use crate::common::Build;
use crate::common::check::Check;
use crate::common::sample::shape;

const DAY: f64 = 24.0;
const OPENS: usize = 10;
const WINDOW: usize = 120;
/// Days on which publicity has people file so many times as often, and not on the days after.
const SHOCKS: [i64; 2] = [82, 83];
const TIMES: f64 = 20.0;

/// A guideline whose claims come from day 10 on for 120 days, with two days of publicity; days do not swing.
fn scenario() -> Scenario {
    let mut b = Build::new();
    let (most, all) = (b.constant(0.4), b.constant(1.0));
    b.cohort("shops", 20_000.0, most, Some((120_000.0, Severity::from_family_cv("lognormal", 1.5).expect("a law"))));
    let q = |b: &mut Build, x: f64| b.constant(x);
    let shock = |b: &mut Build, day: i64| Shock { day, times: q(b, TIMES), fade_hours: q(b, 0.0) };
    let arrival = Arrival {
        half_hours: q(&mut b, 60.0 * DAY),
        shape: q(&mut b, 1.0),
        deadline_share: q(&mut b, 0.0),
        swing: q(&mut b, 0.0),
        shocks: SHOCKS.map(|day| shock(&mut b, day)).to_vec(),
    };
    let zero = b.constant(0.0);
    let procedure = Procedure {
        id: "desk".into(),
        title: Text::en("desk"),
        takes_claims: true,
        order: Order::VerifyFirst,
        opens_after_hours: q(&mut b, OPENS as f64 * DAY),
        window_hours: q(&mut b, WINDOW as f64 * DAY),
        arrival,
        staff: vec![(zero, q(&mut b, 30.0))],
        work_day_hours: q(&mut b, 8.0),
        days_week: 5,
        wage_hour: q(&mut b, 100.0),
        pay_every_hours: q(&mut b, 7.0 * DAY),
        transfer_hours: zero,
        automatic_after_hours: zero,
        late: None,
        appeal: Appeal { share: zero, upheld: zero, after_hours: zero, work_hours: zero },
        gives_up: None,
        duplicates: None,
    };
    b.scenario.aftermath.procedures.push(procedure);
    let (amount, filing) = (b.share(0.5, 20_000.0), b.logistic(0.9, 20_000.0, 1.4));
    let mut rule = Rule { procedure: Some(0), filing, ..b.rule(amount) };
    rule.effort.review_hours = Some(all);
    b.guideline("claims", Amount::Flat(zero)).rules = vec![rule];
    b.scenario
}

/// Runs it, with what had come in and been paid by the last day told of each world.
fn found(scenario: &Scenario, replicates: u64, engine: Engine) -> (Findings, Vec<[f64; 2]>, Vec<Vec<f32>>) {
    let options = Options { seed: 82, replicates, engine, threads: 2, inequality: false, ..Options::default() };
    let sampler = WorldSampler::new(&scenario.quantities, options.seed, 0).expect("a scenario");
    let day = *timeline_days(scenario).last().expect("days");
    let watch = [Series::Claims(0), Series::Reviewed(0)].map(|series| Watch { series, day });
    let mut collector = Collector::new(scenario, BASE, replicates);
    let (mut ends, mut courses) = (Vec::new(), Vec::new());
    run_watching(scenario, &options, &sampler, &watch, &std::sync::atomic::AtomicBool::new(false), |event| {
        if let Event::Block(block) = event {
            collector.add(block);
            ends.extend(block.watched.chunks(2).map(|w| [w[0], w[1]]));
            courses.extend(
                block.timeline.chunks(shape(scenario).courses() * timeline_days(scenario).len()).map(<[f32]>::to_vec),
            );
        }
        Ok(())
    })
    .expect("it runs");
    (collector.finish(2), ends, courses)
}

/// Mean of a series on a day: that of the last row until then.
fn mean(findings: &Findings, series: &str, day: usize) -> f64 {
    let rows = findings.timeline.iter().filter(|r| r.series == series && &*r.guideline == "claims");
    rows.take_while(|r| r.day <= day).last().map_or(0.0, |r| r.mean)
}

/// The law of days worked out by hand: a constant part of those left each day, 20 times that on two days.
fn shares() -> Vec<f64> {
    let calm = |d: usize| 0.5f64.powf(d as f64 / 60.0) - 0.5f64.powf((d + 1) as f64 / 60.0);
    let raised = |d: usize| if SHOCKS.contains(&((OPENS + d) as i64)) { TIMES } else { 1.0 };
    let all: f64 = (0..WINDOW).map(|d| calm(d) * raised(d)).sum();
    (0..WINDOW).map(|d| calm(d) * raised(d) / all).collect()
}

/// Two days of publicity stand out on their days, as much as they should, and every other day has its share as well: each
/// day's sum over worlds is binomial given the claims. |z| < 4 (6.3e-5), 244 checks.
#[test]
fn two_days_of_publicity_are_seen_on_their_days() {
    let scenario = scenario();
    let shares = shares();
    let mut same = Vec::new();
    Arrivals {
        opens: OPENS,
        days: WINDOW,
        half_days: 60.0,
        shape: 1.0,
        deadline_share: 0.0,
        shocks: SHOCKS.map(|day| (day, TIMES, 0.0)).to_vec(),
    }
    .shares(&mut same);
    assert!(shares.iter().zip(&same).all(|(a, b)| (a - b).abs() < 1e-12));
    let mut check = Check::new("new claims a day");
    for (engine, worlds) in [(Engine::Counts, 300), (Engine::Individual, 40)] {
        let (findings, ends, _) = found(&scenario, worlds, engine);
        let filed: f64 = ends.iter().map(|e| e[0]).sum();
        for (d, share) in shares.iter().enumerate() {
            let come = mean(&findings, "claims_new", OPENS + d) * worlds as f64;
            let sd = (filed * share * (1.0 - share)).sqrt();
            check.z(&format!("{engine:?}, day {}", OPENS + d), come, filed * share, sd);
        }
        let on = |day: usize| mean(&findings, "claims_new", day);
        check.that(on(82) > 15.0 * on(81) && on(83) > 15.0 * on(84), || format!("{} {}", on(81), on(82)));
        check.that(on(9) == 0.0 && on(130) == 0.0 && on(129) > 0.0, || "days outside the window".into());
        // In its band as well: of the differences in each world, not differences of quantiles.
        let row = findings.timeline.iter().find(|r| r.series == "claims_new" && r.day == 82).expect("told");
        check.that(row.bands[0] > 0.5 * row.mean && row.bands[4] < 1.5 * row.mean, || format!("{row:?}"));
        check.that(row.bands.iter().all(|x| x.fract() == 0.0), || "a world has whole claims".into());
    }
    check.done();
}

/// New claims add up to those filed, in each world and on average; what is reviewed as well.
#[test]
fn new_claims_add_up_to_all_of_them() {
    let scenario = scenario();
    let (findings, ends, courses) = found(&scenario, 70, Engine::Counts);
    let days = timeline_days(&scenario);
    let series = |course: &[f32], k: usize| -> f64 {
        course[(1 + k) * days.len()..][..days.len()].iter().map(|n| f64::from(*n)).sum()
    };
    assert_eq!((courses.len(), COURSES[..2].to_vec()), (70, vec!["claims", "reviewed"]));
    for (course, [filed, reviewed]) in courses.iter().zip(&ends) {
        assert!(*filed > 1_000.0 && series(course, 0) == *filed);
        assert!((series(course, 1) - reviewed).abs() < 1e-5 * filed && (reviewed - filed).abs() < 1e-5 * filed);
    }
    let mut all = 0.0;
    for (day, span) in days.iter().zip(spans(&days)) {
        all += span as f64 * mean(&findings, "claims_new", *day);
        let told = mean(&findings, "claims", *day);
        assert!((all - told).abs() <= 1e-9 * told, "day {day}: {all} against {told}");
    }
    assert!((all - ends.iter().map(|e| e[0]).sum::<f64>() / 70.0).abs() < 1e-9 * all);
}

/// Days are told one by one until the last window closes, whatever number drew its length, and rise without the last day
/// that is followed.
#[test]
fn days_are_told_one_by_one_while_claims_come_in() {
    let rising = |days: &[usize]| days.windows(2).all(|pair| pair[0] < pair[1]) && days[days.len() - 1] < HORIZON - 1;
    let of = |days: &[usize]| {
        assert!(rising(days), "{days:?}");
        daily(days) - 1
    };
    let mut s = scenario();
    assert_eq!(of(&timeline_days(&s)), OPENS + WINDOW);
    let window = s.aftermath.procedures[0].window_hours;
    let law = |s: &mut Scenario, law: Law| s.quantities.list[window.0 as usize].law = law;
    law(&mut s, Law::Uniform { min: 0.0, max: 100.0 * DAY });
    assert_eq!(of(&timeline_days(&s)), OPENS + 95);
    law(&mut s, Law::Constant(900.0 * DAY));
    assert_eq!(of(&timeline_days(&s)), MOST_DAILY);
    let spread: Vec<usize> = spans(&timeline_days(&s)).skip(MOST_DAILY + 1).collect();
    assert!(spread[..52].iter().all(|n| *n == 7) && spread[52..].iter().all(|n| *n == 28) && spread.len() > 52);
    law(&mut s, Law::Constant(DAY));
    assert_eq!(of(&timeline_days(&s)), 30);
    s.guidelines.clear();
    assert_eq!(of(&timeline_days(&s)), 30);
    // Kakao's merchants sent files from day 107 on, for 152 days.
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/kakao-2022.toml");
    let kakao = redress::scenario::load(&file, &[]).unwrap_or_else(|e| panic!("{e}")).scenario;
    assert_eq!(of(&timeline_days(&kakao)), 107 + 152);
}
