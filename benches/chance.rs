//! Draws: counts, quantile tables and the generator, each beside the plain way to the same thing.

mod support;

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use rand_distr::{Binomial, Distribution};
use redress::chance::counts::binomial;
use redress::chance::quantile_table::QuantileTable;
use redress::chance::severity::Severity;
use redress::chance::stream::Stream;
use support::{in_turn, seconds, tell};

/// Draws in one measurement.
const DRAWS: usize = 100_000;

fn main() {
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    let mut group = criterion.benchmark_group("draws");
    group.throughput(Throughput::Elements(DRAWS as u64));
    let severity = lognormal();
    let table = QuantileTable::for_severity(&severity);
    group.bench_function("binomial, mean 3", |b| b.iter(|| ours(1_000, 0.003)));
    group.bench_function("binomial, mean 86,000", |b| b.iter(|| ours(43_000_000, 0.002)));
    group.bench_function("quantile table", |b| b.iter(|| quantiles(|u| table.quantile(u))));
    group.bench_function("exact quantile", |b| b.iter(|| quantiles(|u| severity.quantile(u))));
    group.bench_function("stream, one uniform after another", |b| b.iter(one_stream));
    group.bench_function("stream, a new replicate each time", |b| b.iter(many_streams));
    group.bench_function("stream, filled in batches", |b| b.iter(filled));
    group.finish();
    criterion.final_summary();
    ratios(&severity, &table);
}

fn lognormal() -> Severity {
    Severity::from_family_cv("lognormal", 3.0).expect("valid")
}

fn stream() -> Stream {
    let mut stream = Stream::named(1, 0, "bench", "draws");
    stream.at(0);
    stream
}

fn ours(n: u64, p: f64) -> u64 {
    let mut rng = stream();
    (0..DRAWS).map(|_| binomial(&mut rng, black_box(n), black_box(p))).sum()
}

/// The same from `rand_distr`, which is set up anew because n and p change from draw to draw.
fn theirs(n: u64, p: f64) -> u64 {
    let mut rng = stream();
    (0..DRAWS).map(|_| Binomial::new(black_box(n), black_box(p)).expect("valid").sample(&mut rng)).sum()
}

fn quantiles(quantile: impl Fn(f64) -> f64) -> f64 {
    let mut rng = stream();
    (0..DRAWS).map(|_| quantile(rng.uniform())).sum()
}

fn one_stream() -> f64 {
    let mut rng = stream();
    (0..DRAWS).map(|_| rng.uniform()).sum()
}

fn many_streams() -> f64 {
    let mut rng = stream();
    (0..DRAWS as u64).map(|r| rng.at(r).uniform()).sum()
}

fn filled() -> u64 {
    let mut rng = stream();
    let mut bytes = [0u8; 4096];
    let mut sum = 0u64;
    for _ in 0..DRAWS / 512 {
        rng.fill(&mut bytes);
        sum = bytes.chunks_exact(8).fold(sum, |s, b| s ^ u64::from_le_bytes(b.try_into().expect("eight bytes")));
    }
    sum
}

/// SplitMix64: about the least that 64 random bits can cost.
fn split_mix() -> f64 {
    let mut state = black_box(1u64);
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        redress::chance::stream::unit(z ^ (z >> 31))
    };
    (0..DRAWS).map(|_| next()).sum()
}

fn ratios(severity: &Severity, table: &QuantileTable) {
    let [small, large, plain_small, plain_large] = in_turn(
        9,
        [
            &mut || seconds(|| ours(1_000, 0.003)),
            &mut || seconds(|| ours(43_000_000, 0.002)),
            &mut || seconds(|| theirs(1_000, 0.003)),
            &mut || seconds(|| theirs(43_000_000, 0.002)),
        ],
    );
    tell("rand_distr / our binomial, mean 3", plain_small, small, "");
    tell("rand_distr / our binomial, mean 86,000", plain_large, large, "");
    let [tabled, exact, chacha, least] = in_turn(
        9,
        [
            &mut || seconds(|| quantiles(|u| table.quantile(u))),
            &mut || seconds(|| quantiles(|u| severity.quantile(u))),
            &mut || seconds(one_stream),
            &mut || seconds(split_mix),
        ],
    );
    tell("exact quantile / quantile table", exact, tabled, "");
    tell("ChaCha8 stream / SplitMix64", chacha, least, "");
}
