//! Workload W2 (45 million people, four guidelines on the same claims), timed:
//! `cargo run --release --no-default-features --example w2 -- REPLICATES THREADS [plain]`. Prints one line of JSON:
//! `setup_s`, a first replicate, which makes the tables of the laws and so stands beside a compiler's warming up; `work_s`,
//! all replicates after that, from the scenario to the totals. `plain`: claim by claim in plain Rust instead, without
//! set-up, as a yardstick of the machine.

#[path = "../benches/support/mod.rs"]
mod support;

use std::thread;

use support::plain::{POOL, w2_claim_by_claim};
use support::{common, options, seconds, totals};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<u64>().ok().filter(|n| *n > 0);
    match arguments[..] {
        [replicates, threads] if let (Some(r), Some(t)) = (number(replicates), number(threads)) => redress(r, t),
        [replicates, threads, "plain"] if let (Some(r), Some(t)) = (number(replicates), number(threads)) => plain(r, t),
        _ => {
            eprintln!("usage: w2 REPLICATES THREADS [plain]");
            std::process::exit(2);
        }
    }
}

fn redress(replicates: u64, threads: u64) {
    let scenario = common::w2_pooled(POOL).scenario;
    let setup = totals(&scenario, &options(1, threads as usize)).1;
    let (paid, work) = totals(&scenario, &options(replicates, threads as usize));
    let mean: Vec<f64> = paid.iter().map(|g| g.iter().sum::<f64>() / replicates as f64).collect();
    println!(
        "{{\"engine\": \"redress\", \"replicates\": {replicates}, \"threads\": {threads}, \
         \"setup_s\": {setup:.6}, \"work_s\": {work:.6}, \"mean\": {mean:?}}}"
    );
}

fn plain(replicates: u64, threads: u64) {
    let part = |k: u64| replicates * k / threads;
    let work = seconds(|| {
        thread::scope(|scope| {
            let parts = (0..threads).map(|k| scope.spawn(move || w2_claim_by_claim(part(k)..part(k + 1))));
            let parts: Vec<_> = parts.collect();
            parts.into_iter().map(|part| part.join().expect("the part ends")).sum::<f64>()
        })
    });
    println!(
        "{{\"engine\": \"plain Rust\", \"replicates\": {replicates}, \"threads\": {threads}, \"work_s\": {work:.6}}}"
    );
}
