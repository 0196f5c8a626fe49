//! Known answers: 33 compound laws from actuarial textbooks and papers, `compound_textbook.json` with its sources. Every
//! answer of every case is checked.

use std::collections::BTreeMap;

use super::amounts::{Amount, gammas_up_to, poisson};
use redress::chance::compound::{Count, DAMPING, Lattice, panjer, sum, total};
use redress::chance::law::Law;
use redress::chance::special::{normal_cdf, normal_quantile, normal_sf};
use serde_json::Value;

const CASES: &str = include_str!("compound_textbook.json");

/// What was worked out for a case: name of the answer, value, largest relative error.
#[derive(Default)]
struct Found(BTreeMap<String, (f64, f64)>);

impl Found {
    fn put(&mut self, name: &str, value: f64, error: f64) {
        self.0.insert(name.into(), (value, error));
    }

    /// Probabilities of whole cells of a total.
    fn masses(&mut self, name: &str, given: &Value, total: &Lattice, error: f64) {
        match given {
            Value::Array(list) => {
                (0..list.len()).for_each(|k| self.put(&format!("{name}.{k}"), total.mass[k], error));
            }
            Value::Object(table) => {
                table.keys().for_each(|k| self.put(&format!("{name}.{k}"), total.at(number(k)), error));
            }
            _ => panic!("{name} lists probabilities"),
        }
    }
}

fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}

fn f(v: &Value) -> f64 {
    v.as_f64().expect("a number")
}

/// A table of values with their probabilities.
fn values(v: &Value) -> Vec<(f64, f64)> {
    v.as_object().expect("a table").iter().map(|(x, p)| (number(x), f(p))).collect()
}

/// Probabilities of 0, 1, 2, … events.
fn table(v: &Value) -> Count {
    match v {
        Value::Array(list) => Count::Table(list.iter().map(f).collect()),
        _ => {
            let given = values(v);
            let most = given.iter().map(|g| g.0 as usize).max().unwrap_or(0);
            let mut p = vec![0.0; most + 1];
            given.iter().for_each(|(n, chance)| p[*n as usize] = *chance);
            Count::Table(p)
        }
    }
}

/// Answers of a case, nested names joined by a point.
fn leaves(prefix: &str, v: &Value, out: &mut Vec<(String, f64)>) {
    let under = |k: &str| if prefix.is_empty() { k.to_string() } else { format!("{prefix}.{k}") };
    match v {
        Value::Object(table) => table.iter().for_each(|(k, v)| leaves(&under(k), v, out)),
        Value::Array(list) => list.iter().enumerate().for_each(|(k, v)| leaves(&under(&k.to_string()), v, out)),
        v => out.push((prefix.into(), f(v))),
    }
}

#[test]
fn every_answer_of_every_case_comes_out() {
    let cases: Vec<Value> = serde_json::from_str(CASES).expect("the cases");
    assert_eq!(cases.len(), 33);
    let (mut wrong, mut checked) = (Vec::new(), 0);
    for case in &cases {
        let id = case["id"].as_str().expect("an id");
        let mut found = Found::default();
        solve(id, &case["inputs"], &case["answers"], &mut found);
        let mut wanted = Vec::new();
        leaves("", &case["answers"], &mut wanted);
        for (name, answer) in wanted {
            match found.0.get(&name) {
                None => wrong.push(format!("{id} {name}: not worked out")),
                Some((value, error)) => {
                    checked += 1;
                    let off = (value - answer).abs() / answer.abs().max(1e-12);
                    if off.is_nan() || off > *error {
                        wrong.push(format!("{id} {name}: {value} against {answer}, off by {off:e} > {error:e}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked > 250, "{checked} answers were checked");
}

/// Rounding alone.
const EXACT: f64 = 1e-9;

fn solve(id: &str, given: &Value, answers: &Value, found: &mut Found) {
    match id {
        "LM9.5" | "LM9.19" | "LM9.24" | "BA4.1" => of_tables(given, answers, found),
        "LM9.34" | "LM9.45" | "LM9.47" | "LM9.57" | "LM9.58" | "LM9.9" | "BA4.4" | "LM9.40" => {
            on_lattices(id, given, answers, found)
        }
        "LM9.15" | "LM9.16" => of_persons(id, given, answers, found),
        "LM9.31" | "LM9.35" | "LM9.36" | "LM9.14" | "LM9.63" | "BA5.13" | "BA6.3" | "BA6.7" | "GE1" => {
            of_moments(id, given, found)
        }
        _ => of_continuous(id, given, answers, found),
    }
}

/// Counts and amounts given as tables.
fn of_tables(given: &Value, answers: &Value, found: &mut Found) {
    let amounts = values(&given["severity"]);
    let step = amounts.iter().map(|a| a.0).fold(f64::INFINITY, f64::min);
    let step = if amounts.iter().any(|a| a.0 % step != 0.0) { 1000.0 } else { step };
    let count = table(&given["count_pmf"]);
    let one = Lattice::of(step, &amounts);
    let year = total(&count, &one, 256, 0.0);
    found.put("mean", year.mean(), EXACT);
    found.put("gross_mean", year.mean(), EXACT);
    found.put("sd", year.variance().sqrt(), EXACT);
    found.put("variance", year.variance(), EXACT);
    for name in ["pmf", "pmf_first"] {
        if !answers[name].is_null() {
            found.masses(name, &answers[name], &year, EXACT);
        }
    }
    if let Some(premiums) = answers["stop_loss_premium"].as_object() {
        for x in premiums.keys() {
            found.put(&format!("stop_loss_premium.{x}"), year.above(number(x)), EXACT);
        }
    }
    found.put("P_gt_3mean", 1.0 - year.up_to(3.0 * year.mean()), EXACT);
    if let Some(cap) = given["annual_cap"].as_f64() {
        found.put("retained_mean", year.limited(cap), EXACT);
        found.put("total_cost", year.limited(cap) + f(&given["cover_cost"]), EXACT);
    }
}

/// Compound laws of amounts that lie on a grid, by the transform and by Panjer's recursion.
fn on_lattices(id: &str, given: &Value, answers: &Value, found: &mut Found) {
    let (count, one) = match id {
        "LM9.58" => {
            let count = Count::NegativeBinomial { size: f(&given["r"]), scale: f(&given["beta"]) };
            (count, Lattice::of(1.0, &values(&given["severity"])))
        }
        // Two compound Poisson laws together are one, of the mixture of their amounts.
        "LM9.9" => {
            let (a, b) = (&given["A"], &given["B"]);
            let (la, lb) = (f(&a["lambda"]), f(&b["lambda"]));
            let shared =
                |v: &Value, l: f64| values(v).into_iter().map(|(x, p)| (x, p * l / (la + lb))).collect::<Vec<_>>();
            let amounts: Vec<(f64, f64)> = [shared(&a["severity"], la), shared(&b["severity"], lb)].concat();
            let parts = [a, b].map(|v| Lattice::of(1.0, &values(&v["severity"])));
            let counts = [Count::Poisson { mean: la }, Count::Poisson { mean: lb }];
            let both = sum(&[(&counts[0], &parts[0]), (&counts[1], &parts[1])], 64, 0.0);
            found.masses("pmf", &answers["pmf"], &both, EXACT);
            (Count::Poisson { mean: la + lb }, Lattice::of(1.0, &amounts))
        }
        "LM9.40" => {
            let [n, q, x] = ["policies", "rates", "claim"].map(|k| given[k].as_array().expect("a list"));
            let means: Vec<f64> = n.iter().zip(q).map(|(n, q)| f(n) * f(q)).collect();
            let all: f64 = means.iter().sum();
            let amounts: Vec<(f64, f64)> = x.iter().zip(&means).map(|(x, m)| (f(x), m / all)).collect();
            (Count::Poisson { mean: all }, Lattice::of(10_000.0, &amounts))
        }
        _ => {
            let step = if id == "LM9.34" { 100.0 } else { 1.0 };
            (Count::Poisson { mean: f(&given["lambda"]) }, Lattice::of(step, &values(&given["severity"])))
        }
    };
    let year = total(&count, &one, 2048, 0.0);
    let again = panjer(&count, &one, 600).expect("a count of Panjer's class");
    let apart = year.mass.iter().zip(&again.mass).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(apart < 1e-14, "{id}: transform and recursion differ by {apart:e}");
    found.put("mean", year.mean(), EXACT);
    found.put("variance", year.variance(), EXACT);
    found.put("sd", year.variance().sqrt(), EXACT);
    for name in ["pmf_0_to_1000", "pmf_0_to_20", "pmf_0_to_12", "pmf_0_to_15"] {
        if !answers[name].is_null() {
            found.masses(name, &answers[name], &again, 1e-10);
        }
    }
    found.put("P_eq_600", year.at(600.0), EXACT);
    found.put("P_eq_2", year.at(2.0), EXACT);
    found.put("P_le_3", year.up_to(3.0), EXACT);
    found.put("P_gt_3_000_000", 1.0 - year.up_to(3_000_000.0), EXACT);
    if id == "LM9.47" {
        let refund = 4.5 - year.limited(4.5);
        found.put("mean_refund", refund, EXACT);
        found.put("excess", f(&given["premium"]) - year.mean() - refund, EXACT);
    }
}

/// How many of a kind, the chance of a claim, its amounts with their probabilities.
type Person = (f64, f64, Vec<(f64, f64)>);

/// Every person has a claim or none.
fn of_persons(id: &str, given: &Value, answers: &Value, found: &mut Found) {
    let (step, persons): (f64, Vec<Person>) = match id {
        "LM9.15" => {
            let double = f(&given["P_accidental"]);
            let groups = given["groups"].as_array().expect("groups").iter();
            let one = |g: &Value| {
                let sums = vec![(f(&g["benefit"]), 1.0 - double), (f(&g["accidental"]), double)];
                (f(&g["n"]), f(&g["q"]), sums)
            };
            (25_000.0, groups.map(one).collect())
        }
        _ => {
            let [sums, q] = ["benefit_thousand", "q"].map(|k| given[k].as_array().expect("a list"));
            (1000.0, sums.iter().zip(q).map(|(x, q)| (1.0, f(q), vec![(1000.0 * f(x), 1.0)])).collect())
        }
    };
    let counts: Vec<Count> = persons.iter().map(|(n, q, _)| Count::Binomial { trials: *n, chance: *q }).collect();
    let amounts: Vec<Lattice> = persons.iter().map(|p| Lattice::of(step, &p.2)).collect();
    let parts: Vec<(&Count, &Lattice)> = counts.iter().zip(&amounts).collect();
    let year = sum(&parts, 512, 0.0);
    found.put("mean", year.mean(), EXACT);
    found.put("variance", year.variance(), EXACT);
    found.put("P_gt_1_45_mean", 1.0 - year.up_to(1.45 * year.mean()), EXACT);
    if let Some(masses) = answers["pmf_thousand"].as_object() {
        for x in masses.keys() {
            found.put(&format!("pmf_thousand.{x}"), year.at(1000.0 * number(x)), 1e-7);
        }
    }
}

/// Answers that are moments.
fn of_moments(id: &str, given: &Value, found: &mut Found) {
    match id {
        "LM9.31" => {
            let weights = [0.4, 0.6];
            let excess = [1000.0, 200.0].map(|high| Amount::uniform(high).layer(100.0, 1e9).mean(1e9));
            found.put("mean_excess_per_claim", weights[0] * excess[0] + weights[1] * excess[1], EXACT);
        }
        "LM9.35" => {
            let count = Count::NegativeBinomial { size: f(&given["r"]), scale: f(&given["beta"]) };
            let one = Law::Uniform { min: 0.0, max: 8.0 };
            let (mean, variance) = count.moments_of_total(one.mean(), one.variance());
            found.put("mean", mean, EXACT);
            found.put("variance", variance, EXACT);
            found.put("normal_95", mean + normal_quantile(0.95) * variance.sqrt(), EXACT);
        }
        "LM9.36" => {
            let one = Law::Lomax { alpha: 3.0, scale: 2.0 };
            let (_, variance) = Count::Poisson { mean: 3.0 }.moments_of_total(one.mean(), one.variance());
            found.put("variance", variance, EXACT);
        }
        "LM9.14" => {
            let (share, cover) = (f(&given["coinsurance"]), 24.0 - 6.0);
            let claim = Amount::pareto(4.0, 10.0);
            found.put("P_payment", (claim.above)(6.0), EXACT);
            let paid = claim.layer(6.0, cover);
            let (mean, square) = (share * paid.mean(cover), share * share * paid.square(cover));
            let (all, variance) = Count::Poisson { mean: 3.0 }.moments_of_total(mean, square - mean * mean);
            found.put("mean_per_loss", mean, EXACT);
            found.put("mean", all, EXACT);
            found.put("variance", variance, 1e-8);
        }
        "LM9.63" => {
            let (size, scale, cover) = (f(&given["r"]), f(&given["beta"]), 125.0);
            let claim = Amount::gamma(2.0, 100.0);
            let paid_at_all = (claim.above)(50.0);
            let paid = claim.layer(50.0, cover);
            let (mean, square) = (paid.mean(cover), paid.square(cover));
            let count = Count::NegativeBinomial { size, scale };
            let (all, variance) = count.moments_of_total(mean, square - mean * mean);
            found.put("mean_count", count.mean(), EXACT);
            found.put("P_payment", paid_at_all, EXACT);
            found.put("mean", all, EXACT);
            found.put("variance", variance, 1e-8);
            // What is left of a negative binomial count where each is kept by chance is one of the same shape.
            found.put("payments_r", size, EXACT);
            found.put("payments_beta", scale * paid_at_all, EXACT);
        }
        "BA5.13" => {
            let (lambda, cover) = (f(&given["lambda"]), 5000.0);
            let claim = Amount::lognormal(5.9809, 1.8);
            found.put("excess_count", lambda * (claim.above)(3000.0), EXACT);
            let paid = claim.layer(3000.0, cover);
            let (mean, square) = (paid.mean(cover), paid.square(cover));
            let (all, variance) = Count::Poisson { mean: lambda }.moments_of_total(mean, square - mean * mean);
            found.put("mean", all, EXACT);
            found.put("variance", variance, 1e-8);
        }
        "BA6.3" => {
            let claim = Amount::lognormal(7.0, 2.4);
            let expense = f(&given["per_claim_expense"]);
            for x in ["100000", "500000", "750000", "1000000", "2000000", "3000000", "4000000", "5000000"] {
                let mean = (claim.limited)(number(x));
                found.put(&format!("LEV.{x}"), mean, EXACT);
                found.put(&format!("ILF.{x}"), (mean + expense) / ((claim.limited)(100_000.0) + expense), EXACT);
            }
        }
        "BA6.7" => {
            let claim = Amount::lognormal(7.0, 2.4);
            let full = (claim.limited)(100_000.0);
            for (k, d) in [0.0, 1000.0, 2000.0, 3000.0, 4000.0, 5000.0, 10_000.0].into_iter().enumerate() {
                let above = (claim.above)(d);
                let (frequency, paid) = (0.0005 * above, 1.2 * (full - (claim.limited)(d)) / above);
                let mut put = |name: &str, value: f64| found.put(&format!("rows.{k}.{name}"), value, EXACT);
                put("deductible", d);
                put("frequency", frequency);
                put("mean_payment", paid);
                put("credit", (claim.limited)(d) / full);
                put("pure_premium", frequency * paid);
            }
        }
        _ => {
            let mean = 4.0 * Amount::gamma(5.0, 1.0).layer(2.0, 50.0).mean(50.0);
            found.put("mean", mean, EXACT);
            found.put("published", mean, 1e-7);
        }
    }
}

/// Compound laws of continuous amounts.
fn of_continuous(id: &str, given: &Value, answers: &Value, found: &mut Found) {
    let kept = |amount: Amount, step: f64, cells: usize| Lattice::mean_kept(step, cells, amount.limited);
    let mut cdf = |year: &Lattice, error: f64| {
        for x in answers["F"].as_object().expect("F").keys() {
            // Where every claim may be at its limit the law has an atom, which the step function counts whole.
            let atom = x == "0" || id == "BA4.15" && x == "5000";
            let value = if atom { year.up_to(number(x)) } else { year.cdf(number(x)) };
            found.put(&format!("F.{x}"), value, error);
        }
    };
    match id {
        "BA4.2" => {
            let one = kept(Amount::gamma(3.0, 400.0), 2.0, 1 << 14);
            cdf(&total(&Count::Poisson { mean: 2.5 }, &one, 1 << 15, DAMPING), 1e-5);
            found.put("mean", 2.5 * 1200.0, EXACT);
            found.put("variance", 2.5 * (3.0 * 400.0 * 400.0 + 1200.0 * 1200.0), EXACT);
        }
        "BA4.3" => {
            let scale = 6000.0;
            let one = Lattice::rounded(1.0, 1 << 17, |x| 1.0 - (Amount::gamma(0.05, scale).above)(x));
            let year = total(&Count::Poisson { mean: 10.0 }, &one, 1 << 17, DAMPING);
            for x in answers["F"].as_object().expect("F").keys() {
                let x = number(x);
                let series: f64 =
                    (0..200).map(|n| poisson(10.0, f64::from(n)) * gammas_up_to(f64::from(n), 0.05, scale, x)).sum();
                found.put(&format!("F.{x}"), series, 1e-9);
                if x > 0.0 {
                    let grid = year.up_to(x) - 0.5 * year.at(x);
                    assert!((grid - series).abs() < 5e-5, "{id} at {x}: {grid} on the grid, {series} by the series");
                }
            }
        }
        "BA4.15" => {
            let claim = || Amount::lognormal(6.0, 1.5).layer(0.0, 1000.0);
            let year = total(&Count::Poisson { mean: 3.0 }, &kept(claim(), 0.05, 20_001), 1 << 19, DAMPING);
            cdf(&year, 4e-5);
            let above = normal_sf((1000f64.ln() - 6.0) / 1.5);
            let square = Amount::lognormal_square(6.0, 1.5, 1000.0) + 1e6 * above;
            found.put("mean", 3.0 * claim().mean(1000.0), EXACT);
            found.put("variance", 3.0 * square, EXACT);
            found.put("P_limit", above, EXACT);
        }
        "LM9.23" => {
            let one = Lattice::rounded(0.05, 4000, |x| normal_cdf((x - 100.0) / 3.0));
            let year = total(&table(&given["count_pmf"]), &one, 1 << 14, 0.0);
            found.put("P_gt_100", 1.0 - year.cdf(100.0), 1e-6);
        }
        "LM9.39" => {
            let count = Count::Binomial { trials: f(&given["m"]), chance: f(&given["q"]) };
            let year = total(&count, &kept(Amount::gamma(1.0, 100.0), 0.1, 1 << 16), 1 << 16, DAMPING);
            found.put("P_le_300", year.cdf(300.0), 1e-7);
        }
        "LM9.59" => {
            let cap = f(&given["annual_cap"]);
            let count = Count::Poisson { mean: f(&given["lambda"]) };
            let fine = Lattice::rounded(2.0, 1 << 16, |x| 1.0 - (Amount::gamma(0.5, 2500.0).above)(x));
            found.put("P_cap_paid", 1.0 - total(&count, &fine, 1 << 16, DAMPING).cdf(cap), 1e-5);
            let coarse = Lattice::rounded(100.0, 2048, |x| 1.0 - (Amount::gamma(0.5, 2500.0).above)(x));
            let year = total(&count, &coarse, 2048, DAMPING);
            found.put("P_cap_paid_span100_rounding_ge", 1.0 - year.up_to(cap) + year.at(cap), 1e-7);
            found.put("P_cap_paid_span100_rounding_gt", 1.0 - year.up_to(cap), 1e-7);
        }
        "LM9.60" => {
            let count = Count::PoissonOfPoisson { causes: f(&given["primary"]), each: f(&given["secondary"]) };
            let one = Lattice::of(5.0, &values(&given["payment"]));
            let year = total(&count, &one, 1024, 0.0);
            let z = (400.0 - year.mean()) / year.variance().sqrt();
            found.put("P_gt_400", 1.0 - year.up_to(400.0), EXACT);
            found.put("normal_approx", normal_sf(z), EXACT);
            found.put("mean", year.mean(), EXACT);
        }
        "BA6.6" => capped(answers, found),
        "GE2" => {
            let one = kept(Amount::pareto(1.0 / 0.834, 83.34 / 0.834).layer(0.0, 100.0), 0.02, 5001);
            let year = total(&Count::Poisson { mean: 0.5 }, &one, 1 << 17, DAMPING);
            // The layer of each reinstatement; those after the first are paid for pro rata of what was used before
            // (Sundt 1991, ASTIN Bulletin 21). The published premium rests on a coarser grid.
            let layer = |k: f64| year.limited(200.0 + 100.0 * k) - year.limited(100.0 + 100.0 * k);
            let all: f64 = [0.0, 1.0, 2.0].map(layer).iter().sum();
            found.put("mean_in_layer_300_xs_100", all, 1e-6);
            found.put("published_pure_premium", all / (1.0 + (layer(0.0) + layer(1.0)) / 100.0), 3e-4);
        }
        "GH99" => {
            // A tail so heavy that the grid cannot hold it: damping alone keeps it from coming round.
            let step = 1.0 / 64.0;
            let one = Lattice::rounded(step, 1 << 17, |x| if x <= 0.0 { 0.0 } else { 1.0 - (Amount::levy().above)(x) });
            let year = total(&Count::Poisson { mean: f(&given["lambda"]) }, &one, 1 << 17, 20.0);
            for x in ["1", "10", "100", "1000"] {
                let near = year.cdf(number(x) + 0.5) - year.cdf(number(x) - 0.5);
                found.put(&format!("P_within_half_of.{x}"), near, 2e-3);
            }
        }
        _ => panic!("case {id} is new"),
    }
}

/// A limit on each claim and a cap on the year.
fn capped(answers: &Value, found: &mut Found) {
    let count = Count::contagious(1.2, 0.1);
    for (k, row) in answers["rows"].as_array().expect("rows").iter().enumerate() {
        let limit = f(&row["occ_limit"]);
        let claim = Amount::lognormal(7.6, 2.4).layer(0.0, limit);
        found.put(&format!("rows.{k}.occ_limit"), limit, EXACT);
        found.put(&format!("rows.{k}.unlimited"), 1.2 * claim.mean(limit), EXACT);
        let one = Lattice::mean_kept(100.0, (limit / 100.0) as usize + 1, claim.limited);
        let year = total(&count, &one, 1 << 18, 10.0);
        for cap in row["capped"].as_object().expect("caps").keys() {
            found.put(&format!("rows.{k}.capped.{cap}"), year.limited(number(cap)), 2e-5);
        }
    }
}
