//! The error of means against the number of worlds, plain and with scrambled Sobol' points, on the Kakao scenario: prints how
//! many plain worlds 9,728 sharp ones are worth, also with the mean over suits and recourse in place of what they come to
//! (as `--sampling expected` does), and draws `docs/figures/convergence.*`.
//!
//! `cargo run --release --example convergence` (some eight minutes of processor time)

use std::path::Path;
use std::sync::atomic::AtomicBool;

use redress::engine::run::Options;
use redress::engine::world::WorldSampler;
use redress::model::{Lang, Text};
use redress::output::figures::convergence::{Convergence, Curve, svg};
use redress::output::figures::png;
use redress::stats::{Statistic, repeated};
use redress::whatif::sample::Draw;
use redress::whatif::sensitivity::inputs::Inputs;
use redress::whatif::sharp::{SharpDraw, SobolWorlds, first_dimensions, points, usual_interests, worlds};
use redress::whatif::{Interest, sample};

const SEEDS: [u64; 4] = [1, 2, 3, 4];
const MEASURES: [&str; 7] = ["payout", "claims", "paid", "covered", "in_kind_cost", "days_p50", "cost"];
const COMMON: [&str; 3] = ["hit", "losers", "loss"];

fn main() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = redress::scenario::load(&root.join("scenarios/kakao-2022.toml"), &[]).map_err(|e| e.to_string())?;
    let s = &loaded.scenario;
    let mut what = Vec::new();
    for m in MEASURES {
        for g in 0..s.guidelines.len() {
            what.push(Interest::parse(m, s, Some(g))?);
        }
    }
    for m in COMMON {
        what.push(Interest::parse(m, s, None)?);
    }
    let cancel = AtomicBool::new(false);
    let options = |seed, replicates| Options { seed, replicates, threads: 2, ..Options::default() };
    let draw = Draw { options: options(1, 20_000), worlds: None, keep_worlds: false, cancel: &cancel };
    let plain = sample(s, &what, draw, &mut |_| ()).map_err(|e| e.to_string())?;
    let sizes = [128u64, 256, 512, 1024, 2048, 4096, 8192, 10_000, 16_384];
    // [size][interest]: mean squared error of the mean, over seeds.
    let mut squares = vec![vec![0.0; what.len()]; sizes.len()];
    let mut known = squares.clone();
    for ((size, squares), known) in sizes.iter().zip(&mut squares).zip(&mut known) {
        for seed in SEEDS {
            // As `redress run --sampling sobol` does.
            let first =
                first_dimensions(s, &usual_interests(s), options(seed, 0), &cancel).map_err(|e| e.to_string())?;
            let draw = SharpDraw { options: options(seed, *size), conditional: false, first: &first, cancel: &cancel };
            let sampler = WorldSampler::new(&s.quantities, seed, 0)?;
            let inputs = Inputs::new(&s.quantities, &sampler, seed)?.with_first(draw.first);
            let nets = SobolWorlds::new(&inputs, points(*size));
            let options = Options { replicates: worlds(*size), court_means: true, ..draw.options };
            let drawing = Draw { options, worlds: Some(&nets), keep_worlds: false, cancel: &cancel };
            let found = sample(s, &what, drawing, &mut |_| ()).map_err(|e| e.to_string())?;
            let error = |values: &[f64]| repeated(values, points(*size) as usize, Statistic::Mean).se;
            for (i, (column, change)) in found.columns.iter().zip(&found.to_mean).enumerate() {
                let mean: Vec<f64> = column.iter().zip(change).map(|(x, d)| x + d).collect();
                squares[i] += error(column).powi(2) / SEEDS.len() as f64;
                known[i] += error(&mean).powi(2) / SEEDS.len() as f64;
            }
        }
    }
    let mut curves = Vec::new();
    for (i, interest) in what.iter().enumerate() {
        let (mean, sd) = (Statistic::Mean.of(&plain.columns[i]).value, Statistic::Sd.of(&plain.columns[i]).value);
        if sd.is_nan() || sd == 0.0 {
            continue;
        }
        let name = interest.measure().name;
        let id = interest.guideline.map_or("all", |g| s.guidelines[g].id.as_str());
        let worth: Vec<String> =
            sizes.iter().zip(&squares).map(|(n, e)| format!("{}: {:.0}", worlds(*n), sd * sd / e[i])).collect();
        println!("{name:13} {id:14} sd/mean {:6.3}  worth plain worlds  {}", sd / mean, worth.join("  "));
        if name == "cost" {
            let worth: Vec<String> =
                sizes.iter().zip(&known).map(|(n, e)| format!("{}: {:.0}", worlds(*n), sd * sd / e[i])).collect();
            println!("{name:13} {id:14} suits in the mean    worth plain worlds  {}", worth.join("  "));
        }
        if let (Some(g), "payout") = (interest.guideline, name) {
            let error = |n: f64| (n, sd / n.sqrt() / mean);
            curves.push(Curve {
                title: s.guidelines[g].title.clone(),
                place: g,
                plain: vec![error(128.0), error(1e6)],
                sharp: sizes.iter().zip(&squares).map(|(n, e)| (worlds(*n) as f64, e[i].sqrt() / mean)).collect(),
            });
        }
    }
    let of = Text { en: "mean payout".into(), ko: "평균 지급액".into() };
    let figure = Convergence { scenario: s.title.clone(), of, seed: SEEDS[0], curves };
    for (lang, ending) in [(Lang::En, ""), (Lang::Ko, "-ko")] {
        let svg = svg(&figure, lang);
        let at = |kind: &str| root.join(format!("docs/figures/convergence{ending}.{kind}"));
        std::fs::write(at("svg"), &svg).map_err(|e| e.to_string())?;
        std::fs::write(at("png"), png(&svg)?).map_err(|e| e.to_string())?;
    }
    Ok(())
}
