//! Drawn years against closed forms and against laws on a grid.

use std::sync::atomic::AtomicBool;

use redress::annual::Layout;
use redress::annual::draw::{BLOCK, Plan};
use redress::annual::findings::{Basis, Of, RETURN_PERIODS, YearCollector, YearFindings};
use redress::engine::blocks::in_order;
use redress::model::company::Company;
use redress::scenario::{NoLibrary, parse_company};

const SMALL: &str = include_str!("company.toml");
const CLAIMS: &str = include_str!("claims.toml");

pub fn company(text: &str, sets: &[&str]) -> Company {
    let sets: Vec<String> = sets.iter().map(|s| s.to_string()).collect();
    let none = |_: &str| Err("there is none".to_string());
    match parse_company(text, "company.toml", &NoLibrary, &none, (&sets, &[])) {
        Ok(loaded) => loaded.company,
        Err(e) => panic!("{e}"),
    }
}

pub fn found(company: &Company, years: u64, threads: usize) -> YearFindings {
    let plan = Plan::new(company, 7).expect("a plan");
    let mut collector = YearCollector::new(company, true);
    let cancel = AtomicBool::new(false);
    let take = |_, block| {
        collector.add(&block);
        Ok(())
    };
    in_order(0..years.div_ceil(BLOCK), threads, &cancel, |b| plan.block(b, years), take).expect("drawn");
    collector.finish()
}

fn poisson(mean: f64, n: i32) -> f64 {
    (-mean).exp() * (1..=n).map(|k| mean / f64::from(k)).product::<f64>()
}

/// Expected awards a customer of [`SMALL`] gets, at a rate of outages.
fn expected(rate: f64) -> (f64, f64) {
    let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].map(f64::from);
    let month = |d: f64| 1.0 - poisson(rate * d / 365.0, 0) - poisson(rate * d / 365.0, 1);
    let year = 1.0 - poisson(rate, 0) - poisson(rate, 1) - poisson(rate, 2);
    (7.0 * days.map(month).iter().sum::<f64>(), 20.0 * year)
}

/// Within four standard errors: a level of 6e-5.
pub fn near(found: redress::stats::Estimate, wanted: f64, what: &str) {
    let off = (found.value - wanted).abs() / found.se;
    assert!(off < 4.0, "{what}: {} against {wanted}, {off:.1} standard errors", found.value);
}

#[test]
fn clauses_cumulate_over_months_and_years() {
    let all = company(SMALL, &[]);
    let found = found(&all, 40_000, 2);
    let (month, year) = expected(6.0);
    near(found.average(Of::Guideline(0)).expect("month").mean, 1000.0 * month, "by month");
    near(found.average(Of::Guideline(1)).expect("year").mean, 1000.0 * year, "by year");
    near(found.average(Of::All).expect("all").mean, 1000.0 * (month + year), "all");
    near(found.events, 6.0, "events");
}

#[test]
fn where_half_are_hit_each_customer_s_history_has_its_law() {
    let half = company(SMALL, &["causes.glitch.share_hit=0.5"]);
    let found = found(&half, 20_000, 2);
    let (month, year) = expected(3.0);
    near(found.average(Of::Guideline(0)).expect("month").mean, 1000.0 * month, "by month");
    near(found.average(Of::Guideline(1)).expect("year").mean, 1000.0 * year, "by year");
}

#[test]
fn a_clause_of_the_month_knows_the_season() {
    // Outages five times as likely in July and August as in other months, and none from October on: the number of a
    // month is Poisson with its part of the six a year, and the clause asks for two in one month.
    let rates = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 5.0, 5.0, 1.0, 0.0, 0.0, 0.0];
    let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].map(f64::from);
    let seasonal = company(SMALL, &[&format!("causes.glitch.frequency={{ per_year = 6, months = {rates:?} }}")]);
    let all: f64 = rates.iter().zip(&days).map(|(r, d)| r * d).sum();
    let twice = |(r, d): (&f64, &f64)| {
        let mean = 6.0 * r * d / all;
        1.0 - poisson(mean, 0) - poisson(mean, 1)
    };
    let found = found(&seasonal, 40_000, 2);
    let wanted = 7000.0 * rates.iter().zip(&days).map(twice).sum::<f64>();
    // Nearly a third more than in an even year.
    assert!(wanted > 1.25 * 1000.0 * expected(6.0).0, "{wanted}");
    near(found.average(Of::Guideline(0)).expect("month").mean, wanted, "by month");
    near(found.average(Of::Guideline(1)).expect("year").mean, 1000.0 * expected(6.0).1, "the year's number stays");
    near(found.events, 6.0, "events");
}

#[test]
fn seasons_share_out_a_year_that_is_good_or_bad() {
    // Contagion c makes the rate of the year gamma with variance c, the same for all its months: the number of a month with
    // the mean m is negative binomial too, with P(0) = (1 + cm)^(-1/c) and P(1) = m (1 + cm)^(-1/c - 1).
    let rates = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 5.0, 5.0, 1.0, 0.0, 0.0, 0.0];
    let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].map(f64::from);
    let c = 0.5;
    let set = format!("causes.glitch.frequency={{ per_year = 6, contagion = {c}, months = {rates:?} }}");
    let all: f64 = rates.iter().zip(&days).map(|(r, d)| r * d).sum();
    let sum = |twice: &dyn Fn(f64) -> f64| {
        7000.0 * rates.iter().zip(&days).map(|(r, d)| twice(6.0 * r * d / all)).sum::<f64>()
    };
    let wanted = sum(&|m| 1.0 - (1.0 + c * m).powf(-1.0 / c) - m * (1.0 + c * m).powf(-1.0 / c - 1.0));
    // What years that are all alike would give is far off.
    let alike = sum(&|m| 1.0 - poisson(m, 0) - poisson(m, 1));
    assert!((wanted / alike - 1.0).abs() > 0.03, "{wanted} {alike}");
    let found = found(&company(SMALL, &[&set]), 60_000, 2);
    near(found.average(Of::Guideline(0)).expect("month").mean, wanted, "by month");
    near(found.events, 6.0, "events");
}

#[test]
fn events_begin_at_the_hours_and_days_they_are_said_to() {
    // Three times as likely on Sundays, and only from 2 to 5, where the hour from 3 has half of all. 2025 has 52 Sundays.
    let mut hours = [0.0; 24];
    (hours[2], hours[3], hours[4]) = (1.0, 2.0, 1.0);
    let set =
        format!("causes.glitch.frequency={{ per_year = 100, weekdays = [1, 1, 1, 1, 1, 1, 3], hours = {hours:?} }}");
    let company = company(SMALL, &[&set, "customers.buyers.size=0"]);
    let events = Plan::new(&company, 7).expect("a plan").block(0, 1 << 20).events;
    let n = events.len() as f64;
    let share = |f: &dyn Fn(i64) -> bool| events.iter().filter(|e| f(e.minute)).count() as f64 / n;
    // 1 January 2025 was a Wednesday: Sundays are the days 4, 11, ...
    let sundays = share(&|m| (m / 1440) % 7 == 4);
    let wanted = 3.0 * 52.0 / (3.0 * 52.0 + 313.0);
    for (found, p) in [(sundays, wanted), (share(&|m| m / 60 % 24 == 3), 0.5), (share(&|m| m % 60 < 15), 0.25)] {
        let z = (found - p) / (p * (1.0 - p) / n).sqrt();
        assert!(z.abs() < 4.0, "{found} against {p}, z {z}");
    }
    assert!(share(&|m| (2..5).contains(&(m / 60 % 24))) == 1.0);
}

#[test]
fn a_rate_that_was_seen_is_as_uncertain_as_it_is() {
    // After 3 events in 2 years the rate is gamma with shape 3.5 and scale 1/2: the count has mean 1.75 and variance
    // 1.75 + 3.5 / 4. Contagion of 0.5 multiplies.
    let seen = company(SMALL, &["causes.glitch.frequency={ seen = 3, years = 2 }"]);
    let counts = |company: &Company| {
        let plan = Plan::new(company, 3).expect("a plan");
        let columns = Layout::of(company).columns();
        let blocks = (0..160).flat_map(|b| plan.block(b, 1 << 20).values);
        let values: Vec<f64> = blocks.collect();
        let n: Vec<f64> = values.chunks_exact(columns).map(|row| row[Layout::EVENTS]).collect();
        redress::stats::Moments::of(&n)
    };
    let moments = counts(&seen);
    near(moments.mean(), 1.75, "mean");
    near(moments.sd(), (1.75f64 + 3.5 / 4.0).sqrt(), "sd");
    let clumped = company(SMALL, &["causes.glitch.frequency={ per_year = 2, contagion = 0.5 }"]);
    let moments = counts(&clumped);
    near(moments.mean(), 2.0, "mean of a negative binomial");
    near(moments.sd(), (2.0f64 + 0.5 * 4.0).sqrt(), "sd of a negative binomial");
}

#[test]
fn drawn_years_have_the_law_of_the_grid() {
    // No clause cumulates: responses alone, from two causes, one of them clumped.
    let text = format!(
        "{SMALL}\n[causes.other]\nfrequency = {{ per_year = 1, contagion = 0.8 }}\nduration = {{ value = \"2 h\" }}\n\
         takes_down = {{ post = 1 }}\nresponse = {{ law = \"gamma\", shape = 0.5, scale = 4000 }}\n"
    );
    let sets = ["causes.glitch.response={ law = \"lognormal\", mean = 1000, cv = 1.5 }", "customers.buyers.size=0"];
    let found = found(&company(&text, &sets), 60_000, 2);
    let grid = found.independent.as_ref().expect("a grid");
    for (i, t) in RETURN_PERIODS.iter().enumerate().filter(|(_, t)| **t <= 500.0) {
        let drawn = found.point(Of::All, Basis::Year, *t).expect("a point").loss;
        // The grid has amounts of 20,000 drawn events of each cause: an error of its own, of like size.
        let off = (grid[i] - drawn.value).abs() / drawn.se;
        assert!(off < 5.0, "{t} years: {} on the grid, {} drawn, {off:.1} standard errors", grid[i], drawn.value);
    }
}

#[test]
fn the_fixed_workload_comes_out_of_a_company_too() {
    let found = found(&company(CLAIMS, &[]), 20_000, 2);
    let cover = &found.insured[0];
    near(cover.recovered, 15_932_787.463_556_794, "mean");
    near(cover.recovered_sd, 2_383_861.857_838_802, "sd");
    for (t, quantile) in
        [(2.0, 15_861_621.396_09), (10.0, 19_032_209.590_52), (20.0, 19_972_156.254_61), (100.0, 21_783_200.676_75)]
    {
        let point = cover.recoveries.iter().find(|p| p.return_period == t).expect("a point");
        near(point.loss, quantile, &format!("{t} years"));
    }
    let tail = cover.recoveries.iter().find(|p| p.return_period == 100.0).expect("a point").tail;
    near(tail, 22_712_982.499_07, "TVaR 99 %");
}

#[test]
fn parts_add_up() {
    let found = found(&company(SMALL, &["causes.glitch.response=5"]), 2000, 1);
    let sum = |f: &dyn Fn(Of) -> bool| found.averages.iter().filter(|a| f(a.of)).map(|a| a.mean.value).sum::<f64>();
    let all = found.average(Of::All).expect("all").mean.value;
    for parts in [
        sum(&|o| matches!(o, Of::Cause(_))),
        sum(&|o| matches!(o, Of::Service(_) | Of::Response)),
        sum(&|o| matches!(o, Of::Guideline(_) | Of::Response)),
    ] {
        assert!((parts - all).abs() < 1e-9 * all, "{parts} and {all}");
    }
    let events: f64 = found.kept.iter().map(|e| e.loss).sum();
    assert!((events / 2000.0 - all).abs() < 1e-9 * all);
}

#[test]
fn threads_and_blocks_change_nothing() {
    let company = company(SMALL, &["causes.glitch.share_hit={ law = \"beta\", a = 2, b = 2 }"]);
    let told = |threads: usize| format!("{:?}", found(&company, 1000, threads));
    assert!(told(1) == told(3), "findings depend on the number of threads");
    // Years are the same whatever follows them.
    let plan = Plan::new(&company, 7).expect("a plan");
    let short = plan.block(0, 100);
    let long = plan.block(0, 5000);
    assert_eq!(short.values[..], long.values[..short.values.len()]);
}

#[test]
fn another_cause_leaves_the_events_of_this_one() {
    let more = format!(
        "{SMALL}\n[causes.other]\nfrequency = {{ per_year = 3 }}\nduration = {{ value = \"2 h\" }}\ntakes_down = {{ post = 1 }}\n"
    );
    let of_first = |company: &Company| -> Vec<(u64, i64)> {
        let block = Plan::new(company, 1).expect("a plan").block(0, 200);
        block.events.iter().filter(|e| e.cause == 0).map(|e| (e.year, e.minute)).collect()
    };
    assert_eq!(of_first(&company(SMALL, &[])), of_first(&company(&more, &[])));
}
