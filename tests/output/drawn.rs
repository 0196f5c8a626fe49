//! What figures are drawn from agrees with the tables.

use redress::analysis::Collector;
use redress::analysis::findings::BASE;
use redress::engine::days::timeline_days;
use redress::engine::outcome::{COURSES, TIMELINE_WORLDS, common};
use redress::model::Text;
use redress::model::observed::{MEASURED, Observed};
use redress::output::figure_data::figure_data;

use crate::analysis::blocks::{arbitrary, scenario, set, shape, zeros};

/// Where only the first worlds are kept as samples, means are still those of all worlds.
#[test]
fn means_are_those_of_the_tables() {
    let s = scenario(1);
    let mut collector = Collector::new(&s, BASE, 400);
    collector.add(&arbitrary(&s, 0, 400, 0));
    let mut findings = collector.finish(1);
    findings.sample.replicates = 50;
    findings.sample.guided.iter_mut().flatten().for_each(|values| values.truncate(50));
    let data = figure_data(&findings, &s, 1);
    for (g, drawn) in data.guidelines.iter().enumerate() {
        for (measure, distribution) in [("payout", &drawn.payout), ("cost", &drawn.cost)] {
            let table = findings.total(&findings.guidelines[g], measure).expect("a row").mean().value;
            assert_eq!(distribution.mean(), table, "{measure} of {g}");
            assert_eq!(distribution.worlds(), 50.0);
        }
        let table = findings.total(&findings.guidelines[g], "adequacy").expect("a row").mean().value;
        assert_eq!(drawn.made_good, table, "share made good of {g}");
        assert_eq!(drawn.made_good_by_cohort.len(), s.cohorts.len());
    }
}

/// Steps of the funnel that are measures have the summary's numbers; those that are sums have the sums of its means, and
/// quantiles of the sums by world.
#[test]
fn the_funnel_is_that_of_the_tables() {
    let s = scenario(1);
    let mut block = zeros(&s, 0, 21);
    // The worlds' covered rise and their unaware fall: the sums do not move, the parts do.
    for r in 0..21 {
        let at = shape(&s).common(r, 0, common("losers").expect("known"));
        block.common[at] = 100.0;
    }
    let rising: Vec<[f64; 3]> = (0..21).map(|r| [0.0, f64::from(r), 2.0 * f64::from(r)]).collect();
    let falling: Vec<[f64; 3]> = (0..21).map(|r| [0.0, 20.0 - f64::from(r), 50.0]).collect();
    let rows = |values: &[[f64; 3]]| values.iter().map(|v| v.to_vec()).collect::<Vec<Vec<f64>>>();
    for (measure, values) in [("covered", &rising), ("unaware", &falling), ("claims", &rising), ("paid", &falling)] {
        let values = rows(values);
        set(&mut block, &s, measure, &values.iter().map(Vec::as_slice).collect::<Vec<&[f64]>>());
    }
    let mut collector = Collector::new(&s, BASE, 21);
    collector.add(&block);
    let findings = collector.finish(1);
    let data = figure_data(&findings, &s, 1);
    let mean = |id: &str, measure: &str| findings.total(id, measure).expect("a row").mean().value;
    assert_eq!(data.losers.mean, mean("all", "losers"));
    for (drawn, id) in data.guidelines.iter().zip(&findings.guidelines) {
        let f = drawn.funnel;
        for (measure, step) in
            [("covered", f.covered), ("claims", f.claims), ("paid", f.paid), ("approved", f.approved)]
        {
            assert_eq!(step.mean, mean(id, measure), "{measure} of {id}");
        }
        assert_eq!(f.asking.mean, mean(id, "covered") + mean(id, "refused") + mean(id, "gave_up"));
        assert_eq!(f.eligible.mean, mean(id, "covered") + mean(id, "unaware"));
        let bill = drawn.bill;
        assert_eq!((bill.cash, bill.net.mean), (mean(id, "payout"), mean(id, "cost")));
    }
    let flat = data.guidelines[1].funnel;
    assert_eq!((flat.eligible.p05, flat.eligible.p95), (20.0, 20.0), "the sum is 20 in every world");
    assert_eq!((flat.aware.p05, flat.aware.p95), (1.0, 19.0));
}

/// What was counted is handed over, and courses are told on every day: between changes they stay.
#[test]
fn days_are_handed_over_whole() {
    let mut s = scenario(1);
    let counted = |day: i64, value: f64| Observed {
        what: Text::en("reports"),
        measured: &MEASURED[0],
        guideline: None,
        cohort: None,
        region: None,
        on: String::new(),
        day,
        value,
        error: None,
        source: None,
        note: String::new(),
        path: String::new(),
    };
    let claims = |guideline: usize, value: f64| {
        let measured = MEASURED.iter().find(|m| m.name == "claims").expect("claims are counted");
        Observed { measured, guideline: Some(guideline), ..counted(30, value) }
    };
    s.aftermath.observed = vec![counted(9, 45_000.0), counted(22, 105_116.0), claims(1, 700.0)];
    let days = timeline_days(&s);
    let (worlds, courses, guidelines) = (4, shape(&s).courses(), shape(&s).guidelines);
    assert!(worlds as u64 <= TIMELINE_WORLDS);
    let mut block = zeros(&s, 0, worlds);
    block.timeline = vec![0.0; worlds * courses * days.len()];
    for world in 0..worlds {
        for (d, day) in days.iter().enumerate() {
            let mut put = |course: usize, value: f64| {
                block.timeline[(world * courses + course) * days.len() + d] = value as f32;
            };
            put(0, if *day == 5 { 100.0 } else { 0.0 });
            // The second guideline pays half on day 10, the rest on day 20, in all worlds but one that pays nothing.
            let paid = if [10, 20].contains(day) { 1.0 } else { 0.0 };
            put(1 + COURSES.len() + 2, if world == 3 { 0.0 } else { paid * (world + 1) as f64 });
        }
    }
    // As much again is not paid on any day told.
    block.unpaid = vec![0.0; worlds * guidelines];
    for world in 0..3 {
        block.unpaid[world * guidelines + 1] = 2.0 * (world + 1) as f32;
    }
    let mut collector = Collector::new(&s, BASE, worlds as u64);
    collector.add(&block);
    let findings = collector.finish(1);
    let data = figure_data(&findings, &s, 1);
    let counted: Vec<(f64, f64)> = data.observed.iter().map(|c| (c.day, c.value)).collect();
    assert_eq!(counted, [(9.0, 45_000.0), (22.0, 105_116.0)]);
    let claims = data.guidelines.iter().map(|g| g.observed.iter().map(|c| (c.day, c.value)).collect::<Vec<_>>());
    assert_eq!(claims.collect::<Vec<_>>(), [vec![], vec![(30.0, 700.0)], vec![]]);
    assert_eq!(data.reports.len(), days.len());
    assert!(data.reports.iter().all(|d| d.value.mean == if d.day >= 5.0 { 100.0 } else { 0.0 }));
    let paid = &data.guidelines[1].course.as_ref().expect("accounts are known").paid;
    let share = |day: f64| paid.iter().find(|d| d.day == day).expect("told").value;
    for (day, expected) in [(9.0, 0.0), (10.0, 0.25), (19.0, 0.25), (20.0, 0.5), (25.0, 0.5)] {
        assert_eq!((share(day).mean, share(day).p05, share(day).p95), (expected, expected, expected), "day {day}");
    }
    let row = findings.timeline.iter().find(|r| r.series == "paid_share").expect("a row");
    assert_eq!(row.worlds, 3, "a world that pays nothing has no share");
}
