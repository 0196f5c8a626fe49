//! Simulation-based calibration at length: ranks of true values among draws of the posterior, which must be uniform.
//!
//! `cargo run --release --no-default-features --example self_check -- [scenario] [repetitions] [particles]`
//!
//! Without arguments: `tests/whatif/small.toml`, 2,000 repetitions, 1,000 particles, both roads. The first count of the file
//! is fitted, the others are foreseen.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use redress::engine::run::Options;
use redress::scenario;
use redress::whatif::posterior::Settings;
use redress::whatif::self_check::{Check, check};

/// Level of each chi-square.
const LEVEL: f64 = 0.001;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let file = args
        .next()
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/whatif/small.toml"), PathBuf::from);
    let mut number = |otherwise: usize| args.next().and_then(|a| a.parse().ok()).unwrap_or(otherwise);
    let (repetitions, particles) = (number(2000), number(1000));
    let loaded = match scenario::load(&file, &[]) {
        Ok(loaded) => loaded,
        Err(e) => {
            eprintln!("{e}");
            return ExitCode::from(1);
        }
    };
    let s = &loaded.scenario;
    let (fitted, foreseen) = s.aftermath.observed.split_at(1.min(s.aftermath.observed.len()));
    let mut passed = true;
    for (road, least_effective) in [("importance weights", 0.0), ("sequential Monte Carlo", f64::INFINITY)] {
        println!("{road}: {repetitions} repetitions, {particles} particles, ranks 0 to 19");
        let settings = Settings { least_effective, ..Settings::default() };
        let ask = Check { fitted, foreseen, repetitions, draws: 19, particles, settings, told_error: 1.0 };
        let options = Options { threads: 2, inequality: false, ..Options::default() };
        match check(s, ask, options, &AtomicBool::new(false)) {
            Ok(all) => {
                for r in all {
                    let (x, p) = r.chi_square(20);
                    let verdict = if p > LEVEL { "uniform" } else { "NOT UNIFORM" };
                    passed &= p > LEVEL;
                    println!("  {:40} chi-square {x:6.1} (19 df), p = {p:.4}  {verdict}", r.name);
                    println!("    {:?}", r.histogram(20));
                }
            }
            Err(e) => {
                eprintln!("{e}");
                return ExitCode::from(4);
            }
        }
    }
    ExitCode::from(u8::from(!passed))
}
