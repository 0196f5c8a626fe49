//! Calibration: ranks that must be uniform, what is watched by day, what is kept of the prior, what is saved.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use redress::chance::copula::pearson_of_spearman;
use redress::chance::special::{normal_cdf, normal_quantile};
use redress::engine::days::timeline_days;
use redress::engine::outcome::{Series, Watch};
use redress::engine::run::{Event, Options, run_watching};
use redress::engine::world::{Chosen, Given, WorldSampler, Worlds};
use redress::model::observed::{MEASURED, Observed};
use redress::model::{Scenario, Text};
use redress::scenario::{self, Draws, Loaded};
use redress::stats::ks;
use redress::whatif::Interest;
use redress::whatif::calibrate::{Asked, Calibrated, Failed, SURPRISING, calibrate};
use redress::whatif::kept::{Kept, Nothing};
use redress::whatif::posterior::Settings;
use redress::whatif::self_check::{Check, Ranks, check};

use super::{loaded, shipped};

pub fn small_file() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/whatif/small.toml")
}

fn small_with(set: &[&str]) -> Loaded {
    let set: Vec<String> = set.iter().map(|s| (*s).to_string()).collect();
    scenario::load(&small_file(), &set).unwrap_or_else(|e| panic!("{e}"))
}

fn small() -> Scenario {
    small_with(&[]).scenario
}

fn options(replicates: u64) -> Options {
    Options { replicates, threads: 2, inequality: false, ..Options::default() }
}

fn settings(least_effective: f64) -> Settings {
    Settings { least_effective, ..Settings::default() }
}

fn conditioned(scenario: &Scenario, fitted: &[Observed], foreseen: &[Observed], least: f64, n: u64) -> Calibrated {
    let asked = Asked { fitted, foreseen, draws: 400, settings: settings(least) };
    calibrate(scenario, asked, options(n), &AtomicBool::new(false), &mut Nothing, &mut |_| ())
        .expect("it can be fitted")
}

/// Ranks of the quantities that the first count says something of, of the second count foreseen, and of the likelihood.
fn ranks(least_effective: f64, repetitions: usize, particles: usize, told_error: f64) -> Vec<Ranks> {
    let s = small();
    let counts = &s.aftermath.observed;
    let ask = Check {
        fitted: &counts[..1],
        foreseen: &counts[1..],
        repetitions,
        draws: 19,
        particles,
        settings: Settings { islands: 2, sweeps: 3, ..settings(least_effective) },
        told_error,
    };
    let all = check(&s, ask, options(0), &AtomicBool::new(false)).expect("it runs");
    let wanted = ["cohorts.users.reports.share", "channel.arrival.half_after", "reports on 2024-03-20", "likelihood"];
    all.into_iter().filter(|r| wanted.contains(&r.name.as_str())).collect()
}

/// Level of each of the four tests below it: together 0.4 %.
const LEVEL: f64 = 0.001;

/// So many worlds that their finite number is not seen: of 400 the ranks of the likelihood pile up at both ends (24 seeds,
/// half of the p below 0.2).
#[test]
fn ranks_under_importance_weights_are_uniform() {
    for r in ranks(0.0, 200, 4_000, 1.0) {
        let (x, p) = r.chi_square(10);
        assert!(p > LEVEL, "{}: chi-square {x:.1}, p = {p}, {:?}", r.name, r.histogram(10));
    }
}

#[test]
fn ranks_under_sequential_monte_carlo_are_uniform() {
    for r in ranks(f64::INFINITY, 100, 150, 1.0) {
        let (x, p) = r.chi_square(10);
        assert!(p > LEVEL, "{}: chi-square {x:.1}, p = {p}, {:?}", r.name, r.histogram(10));
    }
}

/// The test above can fail: a posterior that takes the error for a quarter of what it is, or for four times, is found out.
#[test]
fn a_wrong_posterior_does_not_pass() {
    for told in [0.25, 4.0] {
        let all = ranks(0.0, 200, 400, told);
        let worst = all.iter().map(|r| r.chi_square(10).1).fold(1.0, f64::min);
        assert!(worst < LEVEL, "{told}: {worst}");
    }
}

/// Worlds made of the coordinates of an ordinary run are those of the run: rank correlations, the t copula and joint tables
/// included.
#[test]
fn coordinates_make_the_worlds_of_a_run() {
    for s in [loaded("kakao-2022.toml"), loaded("kt-2018.toml"), small()] {
        let sampler = WorldSampler::new(&s.quantities, 3, 0).expect("a scenario");
        let worlds = sampler.draw(100, 50);
        let again = sampler.from_coordinates(&sampler.own_coordinates(100, 50));
        assert_eq!(worlds.len(), again.len());
        assert!(worlds.iter().zip(&again).all(|(a, b)| a.to_bits() == b.to_bits()), "{}", s.id);
    }
}

/// What is watched in every world is what the course by day tells of the first ones, and money paid in the end is the payout.
#[test]
fn what_is_watched_is_the_course() {
    let s = small();
    let days = timeline_days(&s);
    let last = *days.last().expect("days");
    let mut watch: Vec<Watch> = days.iter().map(|day| Watch { series: Series::Reports, day: *day }).collect();
    for series in [Series::Claims, Series::Reviewed, Series::Paid] {
        watch.extend(days.iter().map(|day| Watch { series: series(0), day: *day }));
    }
    watch.push(Watch { series: Series::Payout(0), day: last });
    let payout = Interest::parse("payout[credit]", &s, None).expect("a measure");
    let shape = redress::engine::outcome::Shape::of(&s);
    let sampler = WorldSampler::new(&s.quantities, 1, 0).expect("a scenario");
    let mut worlds = 0;
    run_watching(&s, &options(40), &sampler, &watch, &AtomicBool::new(false), |event| {
        let Event::Block(block) = event else { return Ok(()) };
        for r in 0..block.replicates {
            let watched = &block.watched[r * watch.len()..(r + 1) * watch.len()];
            let told = &block.timeline[r * shape.courses() * days.len()..][..watch.len() - 1];
            for (watched, told) in watched.chunks(days.len()).zip(told.chunks(days.len())) {
                let mut sum = 0.0;
                for (by_day, news) in watched.iter().zip(told) {
                    sum += f64::from(*news);
                    assert!((by_day - sum).abs() <= 1e-6 * by_day, "{by_day} against {sum}");
                }
            }
            let paid = payout.value(block, shape, r);
            assert!((watched[watch.len() - 1] - paid).abs() <= 1e-9 * paid && paid > 0.0);
            worlds += 1;
        }
        Ok(())
    })
    .expect("it runs");
    assert_eq!(worlds, 40);
}

/// Days that rise are summed on from each other, days that fall from the first on; the bits are the same.
#[test]
fn sums_go_on_from_the_day_before() {
    let s = small();
    let series = [Series::Reports, Series::Claims(0), Series::Reviewed(0), Series::Paid(0), Series::Payout(0)];
    let rising: Vec<Watch> =
        series.iter().flat_map(|series| (0..140).map(|day| Watch { series: *series, day })).collect();
    let falling: Vec<Watch> = rising.iter().rev().copied().collect();
    let sampler = WorldSampler::new(&s.quantities, 1, 0).expect("a scenario");
    let watched = |watch: &[Watch]| {
        let mut rows: Vec<Vec<u64>> = Vec::new();
        run_watching(&s, &options(20), &sampler, watch, &AtomicBool::new(false), |event| {
            if let Event::Block(block) = event {
                // An empty sum may be 0 or −0.
                let bits = |row: &[f64]| row.iter().map(|x| (x + 0.0).to_bits()).collect();
                rows.extend(block.watched.chunks(watch.len()).map(bits));
            }
            Ok(())
        })
        .expect("it runs");
        rows
    };
    let (on, alone) = (watched(&rising), watched(&falling));
    assert_eq!(on.len(), 20);
    for (on, alone) in on.iter().zip(&alone) {
        assert!(on.iter().eq(alone.iter().rev()));
        // Reviews and payments are parts of claims: their sums are not whole numbers, whose sums have no order.
        assert!(on.iter().any(|x| f64::from_bits(*x).fract() != 0.0));
    }
}

/// The chance of a world goes by its number, wherever it stands.
#[test]
fn chance_goes_by_its_number() {
    let s = small();
    let sampler = WorldSampler::new(&s.quantities, 1, 0).expect("a scenario");
    let watch = [Watch { series: Series::Reports, day: 9 }];
    let reports = |worlds: &dyn Worlds, n: u64| {
        let mut all: Vec<f64> = Vec::new();
        run_watching(&s, &options(n), worlds, &watch, &AtomicBool::new(false), |event| {
            if let Event::Block(block) = event {
                all.extend(&block.watched);
            }
            Ok(())
        })
        .expect("it runs");
        all
    };
    let plain = reports(&sampler, 200);
    let (q, order) = (sampler.quantities(), [150u64, 3, 3, 77]);
    let values = order.iter().flat_map(|r| sampler.draw(*r, 1)).collect();
    let chosen = Chosen { given: Given { quantities: q, values }, chance: order.to_vec() };
    assert_eq!(reports(&chosen, 4), order.map(|r| plain[r as usize]));
}

/// Under a count that says nothing, tempering and moves leave the prior as it is: laws (each at 0.1 %) and the rank
/// correlation.
#[test]
fn moves_keep_priors_and_rank_correlations() {
    let s = small_with(&["observed.1.error=1_000_000"]).scenario;
    let c = conditioned(&s, &s.aftermath.observed[..1], &[], f64::INFINITY, 2000);
    let at = |path: &str| c.saved.iter().position(|p| p == path).expect("a quantity that counts depend on");
    let column = |path: &str| c.rows.iter().map(|r| r[at(path)]).collect::<Vec<f64>>();
    for path in ["cohorts.users.hit", "cohorts.users.reports.share", "channel.arrival.half_after"] {
        let law = &s.quantities.get(s.quantities.find(path).expect("a quantity")).law;
        let p = ks::one_sample(&column(path), |x| law.cdf(x)).p_value;
        assert!(p > 0.001, "{path}: {p}");
    }
    let law_of = |path: &str| s.quantities.get(s.quantities.find(path).expect("a quantity")).law.clone();
    let scores = |path: &str| {
        let law = law_of(path);
        column(path).iter().map(|x| normal_quantile(law.cdf(*x).clamp(1e-9, 1.0 - 1e-9))).collect::<Vec<f64>>()
    };
    let (a, b) = (scores("cohorts.users.hit"), scores("cohorts.users.reports.share"));
    let r = a.iter().zip(&b).map(|(x, y)| x * y).sum::<f64>() / a.len() as f64;
    // Rank correlation 0.6 is 0.62 between normal scores, less a little under a t copula; sd about 0.04 for 400 rows.
    assert!((r - pearson_of_spearman(0.6)).abs() < 0.16, "{r}");
    assert!((normal_cdf(0.0) - 0.5).abs() < 1e-15);
}

#[test]
fn both_roads_agree_and_threads_change_no_bit() {
    let s = small();
    let (fitted, foreseen) = s.aftermath.observed.split_at(1);
    let weights = conditioned(&s, fitted, foreseen, 0.0, 8000);
    let steps = conditioned(&s, fitted, foreseen, f64::INFINITY, 4000);
    assert!(weights.steps.is_empty() && !steps.steps.is_empty());
    for (a, b) in [
        (&weights.foreseen[0].posterior, &steps.foreseen[0].posterior),
        (&weights.fitted[0].posterior, &steps.fitted[0].posterior),
    ] {
        // Each mean has an error of about sd / √(effective): five of them, of some 500.
        let bound = 5.0 * a.sd().value / 500f64.sqrt();
        assert!((a.mean().value - b.mean().value).abs() < bound, "{} {}", a.mean().value, b.mean().value);
    }
    let one = {
        let asked = Asked { fitted, foreseen, draws: 400, settings: settings(f64::INFINITY) };
        let single = Options { threads: 1, ..options(4000) };
        calibrate(&s, asked, single, &AtomicBool::new(false), &mut Nothing, &mut |_| ()).expect("it can be fitted")
    };
    assert_eq!(format!("{:?}", one.rows), format!("{:?}", steps.rows));
    assert_eq!(format!("{:?}", one.outputs), format!("{:?}", steps.outputs));
    assert_eq!(one.log_evidence.to_bits(), steps.log_evidence.to_bits());
}

#[test]
fn what_is_saved_loads_and_draws_the_posterior() {
    let base = small_with(&[]);
    let s = &base.scenario;
    let c = conditioned(s, &s.aftermath.observed[..1], &[], 0.0, 8000);
    let columns = c.saved.iter().map(|p| {
        let q = s.quantities.find(p).expect("a quantity");
        (p.as_str(), s.quantities.get(q).unit)
    });
    let draws = Draws { columns: columns.collect(), rows: &c.rows };
    let text = scenario::with_draws(&base.resolved, "small-calibrated", &Text::en("fitted"), &draws).expect("a text");
    let none = scenario::Folder::beside(&small_file());
    let again = scenario::parse(&text, "saved.toml", &none, &[], None).unwrap_or_else(|e| panic!("{e}")).scenario;
    assert_eq!(again.id, "small-calibrated");
    assert!(again.quantities.links.is_empty(), "rows are drawn whole");
    let sampler = WorldSampler::new(&again.quantities, 9, 0).expect("a scenario");
    let (q, worlds) = (sampler.quantities(), sampler.draw(0, 4000));
    let at = |path: &str| again.quantities.find(path).expect("a quantity").0 as usize;
    let moments = |a: &dyn Fn(usize) -> f64, b: &dyn Fn(usize) -> f64, n: usize| {
        let mean = |f: &dyn Fn(usize) -> f64| (0..n).map(f).sum::<f64>() / n as f64;
        let (ma, mb) = (mean(a), mean(b));
        let cross = |f: &dyn Fn(usize) -> f64, mf: f64, g: &dyn Fn(usize) -> f64, mg: f64| {
            (0..n).map(|i| (f(i) - mf) * (g(i) - mg)).sum::<f64>() / n as f64
        };
        (ma, cross(a, ma, b, mb) / (cross(a, ma, a, ma) * cross(b, mb, b, mb)).sqrt())
    };
    let (x, y) = ("cohorts.users.reports.share", "channel.arrival.half_after");
    let row = |p: &str| c.saved.iter().position(|s| s == p).expect("a quantity");
    let (rx, ry) = (row(x), row(y));
    let saved = moments(&|i| c.rows[i][rx], &|i| c.rows[i][ry], c.rows.len());
    let drawn = moments(&|i| worlds[i * q + at(x)], &|i| worlds[i * q + at(y)], 4000);
    // What the count leaves hangs together: more reports and a slower course go with each other.
    assert!(saved.1.abs() > 0.2, "{}", saved.1);
    assert!((saved.1 - drawn.1).abs() < 0.08 && (saved.0 / drawn.0 - 1.0).abs() < 0.05, "{saved:?} {drawn:?}");
}

#[test]
fn counts_that_the_prior_did_not_foresee_are_told() {
    let s = small_with(&["observed.1.value=60_000", "observed.1.error=2_000"]).scenario;
    let c = conditioned(&s, &s.aftermath.observed[..1], &[], 0.0, 2000);
    assert!(c.surprise < SURPRISING, "{}", c.surprise);
    let s = small();
    assert!(conditioned(&s, &s.aftermath.observed[..1], &[], 0.0, 2000).surprise > SURPRISING);
    // On day 0 the channel is closed: no world has a report, whatever is asked of a logarithm.
    let s = small_with(&["observed.2.on=2024-03-04"]).scenario;
    let asked = Asked { fitted: &s.aftermath.observed[1..], foreseen: &[], draws: 10, settings: settings(100.0) };
    let found = calibrate(&s, asked, options(200), &AtomicBool::new(false), &mut Nothing, &mut |_| ());
    assert_eq!(found.err(), Some(Failed::Impossible));
}

/// Kakao on 24 October: what came later neither reaches the prior nor the fit, and 105,116 lies inside nine worlds of ten.
#[test]
fn kakao_is_foreseen_from_what_was_known() {
    let file = shipped("backtests/kakao-2022.toml");
    let with = |value: &str| {
        let set = [format!("outcome.1.value={value}")];
        let s = scenario::load(&file, &set).unwrap_or_else(|e| panic!("{e}")).scenario;
        assert_eq!(s.as_of, "2022-10-24");
        let (fitted, foreseen) = (&s.aftermath.observed, &s.aftermath.outcomes);
        conditioned(&s, fitted, foreseen, 1000.0, 3000)
    };
    let (found, other) = (with("105_116"), with("1"));
    assert_eq!(format!("{:?}", found.outputs), format!("{:?}", other.outputs));
    let beside = &found.foreseen[0];
    let (lo, hi) = (beside.posterior.quantile(0.05), beside.posterior.quantile(0.95));
    assert!(lo < 105_116.0 && 105_116.0 < hi, "{lo} {hi}");
    assert!((0.4..0.85).contains(&beside.place.1), "{:?}", beside.place);
}

#[test]
fn everything_that_can_be_observed_is_simulated() {
    let s = small();
    for m in &MEASURED {
        let guideline = m.guided.then_some(0);
        let o = Observed { measured: m, guideline, ..s.aftermath.observed[0].clone() };
        let mut gauges = redress::whatif::observe::Gauges::default();
        gauges.add(&s, &o).unwrap_or_else(|e| panic!("{}: {e}", m.name));
    }
}

/// Runs in memory, of which the first few are found again.
#[derive(Default)]
pub struct Memory {
    pub runs: std::collections::BTreeMap<String, Vec<f64>>,
    pub asked: std::cell::Cell<usize>,
}

impl Kept for Memory {
    fn get(&self, part: &str) -> Option<Vec<f64>> {
        let found = self.runs.get(part).cloned();
        self.asked.set(self.asked.get() + usize::from(found.is_some()));
        found
    }

    fn put(&mut self, part: &str, numbers: &[f64]) -> Result<(), String> {
        self.runs.insert(part.into(), numbers.into());
        Ok(())
    }
}

#[test]
fn an_interrupted_calibration_goes_on_to_the_same_end() {
    let s = small();
    let counts = &s.aftermath.observed;
    let asked = Asked { fitted: &counts[..1], foreseen: &counts[1..], draws: 50, settings: settings(f64::INFINITY) };
    let run = |kept: &mut Memory| {
        calibrate(&s, asked, options(300), &AtomicBool::new(false), kept, &mut |_| ()).expect("it can be fitted")
    };
    let mut memory = Memory::default();
    let whole = run(&mut memory);
    let all = memory.runs.len();
    assert!(all > 6, "{all} runs");
    // As after an interruption: the first five are there.
    memory.runs.retain(|part, _| part.trim_start_matches("run ").parse::<usize>().expect("a number") <= 5);
    memory.asked.set(0);
    let rest = run(&mut memory);
    assert_eq!((memory.asked.get(), memory.runs.len()), (5, all));
    assert_eq!((whole.outputs, whole.weights), (rest.outputs, rest.weights));
    // A run of another length is no use.
    memory.runs.insert("run 1".into(), vec![0.0]);
    assert_eq!(run(&mut memory).effective, whole.effective);
}
