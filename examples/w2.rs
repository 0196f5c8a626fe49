//! Workload W2 (45 million people, four guidelines on the same claims), timed:
//! `cargo run --release --no-default-features --example w2 -- REPLICATES THREADS`. Prints one line of JSON: `setup_s`,
//! a first replicate, which makes the tables of the laws and so stands beside a compiler's warming up; `work_s`, all
//! replicates after that, from the scenario to the totals.

#[path = "../benches/support/mod.rs"]
mod support;

use support::{common, options, totals};

/// Pool of the fourth guideline.
const POOL: f64 = 20e9;

fn main() {
    let mut arguments = std::env::args().skip(1).map(|a| a.parse::<u64>());
    let (Some(Ok(replicates)), Some(Ok(threads))) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: w2 REPLICATES THREADS");
        std::process::exit(2);
    };
    let scenario = common::w2_pooled(POOL).scenario;
    let setup = totals(&scenario, &options(1, threads as usize)).1;
    let (paid, work) = totals(&scenario, &options(replicates, threads as usize));
    let mean: Vec<f64> = paid.iter().map(|g| g.iter().sum::<f64>() / replicates as f64).collect();
    println!(
        "{{\"engine\": \"redress\", \"replicates\": {replicates}, \"threads\": {threads}, \
         \"setup_s\": {setup:.6}, \"work_s\": {work:.6}, \"mean\": {mean:?}}}"
    );
}
