//! What the benches share: scenarios, runs that end with totals, times and ratios.
#![allow(dead_code)]

#[path = "../../tests/common/mod.rs"]
pub mod common;
pub mod plain;

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use redress::engine::outcome::{self, Groups, Shape};
use redress::engine::run::{Event, Options, run};
use redress::model::Scenario;

/// Options of a run that only totals are wanted of.
pub fn options(replicates: u64, threads: usize) -> Options {
    Options { replicates, threads, inequality: false, ..Options::default() }
}

/// Payout by guideline and replicate, and the seconds from the finished scenario to these totals.
pub fn totals(scenario: &Scenario, options: &Options) -> (Vec<Vec<f64>>, f64) {
    let shape = Shape {
        quantities: scenario.quantities.list.len(),
        services: scenario.services.len(),
        groups: Groups::of(scenario).list.len(),
        guidelines: scenario.guidelines.len(),
    };
    let payout = outcome::guided("payout").expect("a measure");
    let clock = Instant::now();
    let mut paid = vec![Vec::with_capacity(options.replicates as usize); shape.guidelines];
    run(scenario, options, &AtomicBool::new(false), |event| {
        if let Event::Block(b) = event {
            for r in 0..b.replicates {
                for (g, paid) in paid.iter_mut().enumerate() {
                    paid.push(b.guided[shape.guided(r, g, 0, payout)]);
                }
            }
        }
        Ok(())
    })
    .expect("the run ends");
    (paid, clock.elapsed().as_secs_f64())
}

/// Median of a few values.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Medians of the seconds of several pieces of work, which take turns so that a busy moment meets all of them.
pub fn in_turn<const N: usize>(rounds: usize, mut work: [&mut dyn FnMut() -> f64; N]) -> [f64; N] {
    let mut times = [(); N].map(|()| Vec::new());
    for _ in 0..rounds {
        for (work, times) in work.iter_mut().zip(&mut times) {
            times.push(work());
        }
    }
    times.map(median)
}

/// Seconds that a piece of work takes.
pub fn seconds<T>(work: impl FnOnce() -> T) -> f64 {
    let clock = Instant::now();
    std::hint::black_box(work());
    clock.elapsed().as_secs_f64()
}

/// Says how often one time goes into another.
pub fn tell(what: &str, over: f64, under: f64, target: &str) {
    println!("ratio: {what}: {:.3} ({over:.4} s / {under:.4} s){target}", over / under);
}
