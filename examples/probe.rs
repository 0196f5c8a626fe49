//! probe
use redress::engine::run::Options;
use redress::whatif::sharp::*;
use redress::whatif::{Interest, sample, sample::Draw};
use redress::stats::Statistic;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
fn main() {
    let l = redress::scenario::load(std::path::Path::new("scenarios/kakao-2022.toml"), &[]).unwrap();
    let s = &l.scenario;
    let n: u64 = std::env::args().nth(1).unwrap().parse().unwrap();
    let mut it = Vec::new();
    for m in ["payout", "cost", "claims", "covered"] { for g in 0..s.guidelines.len() { it.push(Interest::parse(m, s, Some(g)).unwrap()); } }
    for m in ["hit","loss","losers"] { it.push(Interest::parse(m, s, None).unwrap()); }
    let cancel = AtomicBool::new(false);
    let options = Options { replicates: n, seed: 1, threads: 2, ..Options::default() };
    let t = Instant::now();
    let p = sample(s, &it, Draw { options, worlds: None, keep_worlds: true, cancel: &cancel }, &mut |_| ()).unwrap();
    println!("plain {:?}", t.elapsed());
    let t = Instant::now();
    let a = sharp(s, &it, SharpDraw { options, conditional: false, cancel: &cancel }, &mut |_| ()).unwrap();
    println!("sobol {:?}", t.elapsed());
    let t = Instant::now();
    let b = sharp(s, &it, SharpDraw { options, conditional: true, cancel: &cancel }, &mut |_| ()).unwrap();
    println!("sobol+cond {:?}", t.elapsed());
    for (i, x) in it.iter().enumerate() {
        let e = Statistic::Mean.of(&p.columns[i]);
        let million = e.se * (n as f64 / 1e6).sqrt();
        let (u, v) = (a.estimate(i, Statistic::Mean), b.estimate(i, Statistic::Mean));
        let g = x.guideline.map_or("-", |g| &s.guidelines[g].id);
        println!("{:10} {:14} {:12.5e} se {:9.3e} | sobol {:12.5e} {:9.3e} | +cond {:12.5e} {:9.3e} {:?} | equivalent plain {:9.0}", x.measure().name, g, e.value, e.se, u.value, u.se, v.value, v.se, b.known[i], n as f64 * (e.se / v.se).powi(2));
        let _ = million;
    }
}
