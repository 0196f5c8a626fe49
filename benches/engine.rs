//! The engines: what a replicate costs, that cost does not grow with the people, that it grows straight with the
//! replicates, what a second thread brings. Prints ratios after the measurements.

mod support;

use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput};
use redress::chance::law::Law;
use redress::chance::stream::{Stream, unit};
use redress::engine::run::{Engine, Options};
use redress::model::Scenario;
use redress::scenario;
use support::common::{w2, w2_pooled};
use support::plain::{COHORTS, POOL, loss, w2_claim_by_claim};
use support::{in_turn, options, seconds, tell, totals};

/// Schemes that know enough of the Kakao outage, and what one unit of their money is in KRW.
const SCHEMES: [(&str, f64); 6] = [
    ("de-tkg58", 1_430.0),
    ("uk-ofcom-autocomp", 1_640.0),
    ("es-rd899", 1_430.0),
    ("fr-telecom-prorata", 1_430.0),
    ("nl-telecom-71a", 1_430.0),
    ("kr-telecom-terms", 1.0),
];
/// Numbers drawn at once by the raw loop.
const BATCH: usize = 512;

fn main() {
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    counts(&mut criterion);
    persons(&mut criterion);
    criterion.final_summary();
    ratios();
}

/// W2 with so many times its people.
fn peopled(times: f64) -> Scenario {
    let mut scenario = w2_pooled(POOL * times).scenario;
    for cohort in &scenario.cohorts {
        let size = &mut scenario.quantities.list[cohort.size.0 as usize];
        if let Law::Constant(people) = &mut size.law {
            *people *= times;
        }
    }
    scenario
}

fn kakao() -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/kakao-2022.toml");
    scenario::load(&path, &[]).expect("a shipped scenario").scenario
}

/// The same under fifty guidelines: schemes of the library beside its own, each with a take-up of its own.
fn fifty() -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/kakao-2022.toml");
    let own = kakao().guidelines.len();
    let more = (own..50).map(|i| {
        let (name, rate) = SCHEMES[i % SCHEMES.len()];
        let rate = if rate == 1.0 { String::new() } else { format!("rate = {rate}, ") };
        let (low, high, burden) = (0.1 + 0.01 * i as f64, 0.3 + 0.012 * i as f64, 8_000 + 1_500 * i);
        format!(
            "guidelines.more-{i}={{ scheme = \"{name}\", partly = true, {rate}filing = {{ awareness = {{ law = \"uniform\", \
             min = {low}, max = {high} }}, burden = {{ law = \"lognormal\", mean = {burden}, cv = 0.4 }}, beta = 1.5 }} }}"
        )
    });
    scenario::load(&path, &more.collect::<Vec<_>>()).expect("schemes of the library").scenario
}

fn counts(criterion: &mut Criterion) {
    let (few, many, kakao) = (peopled(1.0), peopled(100.0), kakao());
    let mut group = criterion.benchmark_group("counts");
    for threads in [1, 2] {
        group.throughput(Throughput::Elements(10_000));
        group.bench_function(BenchmarkId::new("w2, 10,000 replicates, threads", threads), |b| {
            b.iter(|| totals(&few, &options(10_000, threads)))
        });
    }
    group.bench_function("w2, 4.5 billion people", |b| b.iter(|| totals(&many, &options(10_000, 2))));
    for replicates in [1_000, 100_000] {
        group.throughput(Throughput::Elements(replicates));
        group.bench_function(BenchmarkId::new("w2, replicates", replicates), |b| {
            b.iter(|| totals(&few, &options(replicates, 2)))
        });
    }
    group.throughput(Throughput::Elements(1_000));
    group.bench_function("kakao-2022, 1,000 replicates, with inequality", |b| {
        b.iter(|| totals(&kakao, &Options { inequality: true, ..options(1_000, 2) }))
    });
    group.finish();
}

fn one_by_one(replicates: u64, threads: usize) -> Options {
    Options { engine: Engine::Individual, ..options(replicates, threads) }
}

fn persons(criterion: &mut Criterion) {
    let scenario = w2().scenario;
    let mut group = criterion.benchmark_group("individual");
    group.throughput(Throughput::Elements(45_000_000));
    group.bench_function("w2, every person", |b| b.iter(|| totals(&scenario, &one_by_one(1, 1))));
    group.bench_function("raw numbers of the same generator", |b| b.iter(|| raw(0)));
    group.finish();
}

/// The least that drawing every person takes: one uniform number each and, for claimants, one severity.
fn raw(replicate: u64) -> f64 {
    let mut people = Stream::named(1, 0, "bench", "people");
    let mut losses = Stream::named(1, 0, "bench", "losses");
    people.at(replicate);
    losses.at(replicate);
    let mut bytes = [0u8; 8 * BATCH];
    let mut sum = 0.0;
    for (c, (size, p, mean, cv)) in COHORTS.into_iter().enumerate() {
        let draw = loss(c, mean, cv);
        let mut left = size as usize;
        while left > 0 {
            let n = left.min(BATCH);
            people.fill(&mut bytes[..8 * n]);
            for chunk in bytes[..8 * n].chunks_exact(8) {
                if unit(u64::from_le_bytes(chunk.try_into().expect("eight bytes"))) < p {
                    sum += draw(&mut losses);
                }
            }
            left -= n;
        }
    }
    sum
}

fn ratios() {
    let (few, many) = (peopled(1.0), peopled(100.0));
    let run = |s: &Scenario, replicates, threads| totals(s, &options(replicates, threads)).1;
    let [one, two, crowd, short, long] = in_turn(
        5,
        [
            &mut || run(&few, 10_000, 1),
            &mut || run(&few, 10_000, 2),
            &mut || run(&many, 10_000, 2),
            &mut || run(&few, 1_000, 2),
            &mut || run(&few, 100_000, 2),
        ],
    );
    println!("w2, 10,000 replicates: {one:.4} s on one thread, {two:.4} s on two");
    tell("one thread / two threads", one, two, ", wanted at least 1.8");
    tell("4.5 billion people / 45 million", crowd, two, ", wanted at most 1.2");
    tell("10,000 replicates / 10 × 1,000", two, 10.0 * short, ", 1 is straight");
    tell("100,000 replicates / 10 × 10,000", long, 10.0 * two, ", 1 is straight");
    let (five, fifty) = (kakao(), fifty());
    let drafts = |s: &Scenario| totals(s, &Options { inequality: true, ..options(1_000, 2) }).1;
    let [few_drafts, many_drafts] = in_turn(3, [&mut || drafts(&five), &mut || drafts(&fifty)]);
    tell("kakao-2022, fifty guidelines / its own", many_drafts, few_drafts, ", wanted at most 15");
    let claims = seconds(|| w2_claim_by_claim(0..50)) * 200.0;
    tell("claim by claim / counts, one thread", claims, one, "");
    let scenario = w2().scenario;
    let [engine, raw] = in_turn(5, [&mut || totals(&scenario, &one_by_one(1, 1)).1, &mut || seconds(|| raw(0))]);
    let rate = |s: f64| 45e-6 / s;
    println!(
        "every person: {:.0} million people a second, raw numbers {:.0} million",
        rate(engine) * 1e6,
        rate(raw) * 1e6
    );
    tell("raw numbers / individual engine (share of the raw rate)", raw, engine, ", wanted at least 0.5");
}
