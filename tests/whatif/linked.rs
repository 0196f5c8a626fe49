//! Inputs that hang together: conditional draws have the law of the copula, effects are those of closed forms.

use redress::chance::law::Law;
use redress::chance::special::normal_quantile;
use redress::engine::world::WorldSampler;
use redress::model::{JointTable, Q, Quantities, Quantity, RankLink, Tail, Text, Unit};
use redress::whatif::sensitivity::design::{Base, Model};
use redress::whatif::sensitivity::inputs::{Inputs, Kind};
use redress::whatif::sensitivity::{Bond, examine};

fn quantity(path: &str, law: Law) -> Quantity {
    Quantity { path: path.into(), unit: Unit::Number, law, source: None, note: Text::default(), defaulted: false }
}

/// Three standard normals, the first two with a Pearson correlation of 0.6; a joint table of two columns; a constant.
fn quantities(tail: Tail) -> Quantities {
    let mut q = Quantities::default();
    let normal = || Law::Normal { mean: 0.0, sd: 1.0 };
    q.push(quantity("a", normal()));
    q.push(quantity("b", normal()));
    q.push(quantity("c", normal()));
    q.push(quantity("constant", Law::Constant(4.0)));
    q.tables.push(JointTable { id: "rows".into(), rows: 4 });
    let column = |values: [f64; 4]| Law::JointColumn { table: 0, values: values.to_vec(), weights: vec![1.0; 4] };
    q.push(quantity("t1", column([1.0, 2.0, 3.0, 4.0])));
    q.push(quantity("t2", column([10.0, 20.0, 30.0, 40.0])));
    let rho = 6.0 / std::f64::consts::PI * f64::asin(0.3);
    q.links.push(RankLink { a: Q(0), b: Q(1), rho, tail });
    q
}

fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len() as f64;
    let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let sum = |f: &dyn Fn(usize) -> f64| (0..x.len()).map(f).sum::<f64>();
    let xy = sum(&|i| (x[i] - mx) * (y[i] - my));
    xy / (sum(&|i| (x[i] - mx).powi(2)) * sum(&|i| (y[i] - my).powi(2))).sqrt()
}

#[test]
fn groups_are_what_hangs_together() {
    let q = quantities(Tail::Gaussian);
    let sampler = WorldSampler::new(&q, 1, 0).expect("positive definite");
    let inputs = Inputs::new(&q, &sampler, 1).expect("positive definite");
    let members: Vec<&[usize]> = inputs.groups.iter().map(|g| &g.members[..]).collect();
    assert_eq!(members, [&[0, 1][..], &[2], &[3, 4]]);
    assert!(matches!(inputs.groups[2].kind, Kind::Table(0)));
    let worlds = inputs.worlds(&inputs.sobol(0, 0, 256));
    for w in worlds.chunks_exact(6) {
        assert_eq!((w[3], w[5]), (4.0, 10.0 * w[4]), "a constant stays, a row is drawn whole");
    }
}

#[test]
fn what_is_drawn_anew_keeps_the_law_of_the_copula() {
    for tail in [Tail::Gaussian, Tail::Student(4.0)] {
        let q = quantities(tail);
        let sampler = WorldSampler::new(&q, 1, 0).expect("positive definite");
        let inputs = Inputs::new(&q, &sampler, 5).expect("positive definite");
        let n = 20_000;
        let before = inputs.plain(n);
        let after = inputs.with_some_anew(&before, &inputs.groups[0], &[1]);
        let z = |u: &[f64]| u.iter().map(|u| normal_quantile(*u)).collect::<Vec<f64>>();
        assert_eq!(before[0], after[0], "what is known stays");
        // Correlations of 20,000 pairs: within 4 standard errors of 0.0071 (wider under the t copula, whose rows differ).
        let whole = correlation(&z(&before[0]), &z(&before[1]));
        let anew = correlation(&z(&after[0]), &z(&after[1]));
        assert!((whole - anew).abs() < 0.03, "{tail:?}: {whole} and {anew}");
        // Both draws of b share nothing but a.
        let shared = correlation(&z(&before[1]), &z(&after[1]));
        assert!((shared - whole * whole).abs() < 0.04, "{tail:?}: {shared} and {}", whole * whole);
        // b itself stays uniform: mean 1/2 within 4 · 0.0020.
        let mean = after[1].iter().sum::<f64>() / n as f64;
        assert!((mean - 0.5).abs() < 0.0082, "{mean}");
        // Large values come together as often as before (t: more often): P(both in the top 5 %) within 4 sd.
        let both = |r: &[Vec<f64>]| r[0].iter().zip(&r[1]).filter(|(a, b)| **a > 0.95 && **b > 0.95).count() as f64;
        let (x, y) = (both(&before), both(&after));
        assert!((x - y).abs() < 4.0 * (x + y).sqrt(), "{tail:?}: {x} and {y}");
    }
}

#[test]
fn one_at_a_rank_moves_its_partner_by_its_regression() {
    let q = quantities(Tail::Gaussian);
    let sampler = WorldSampler::new(&q, 1, 0).expect("positive definite");
    let inputs = Inputs::new(&q, &sampler, 5).expect("positive definite");
    let before = inputs.plain(2_000);
    let after = inputs.with_one_at(&before, 0, 0.9);
    for r in 0..2_000 {
        let z = |ranks: &Vec<Vec<f64>>, c: usize| normal_quantile(ranks[c][r]);
        let (own, moved) = (z(&before, 1) - 0.6 * z(&before, 0), z(&after, 1) - 0.6 * normal_quantile(0.9));
        assert!((own - moved).abs() < 1e-6, "{own} {moved}");
        assert_eq!((after[0][r], after[2][r]), (0.9, before[2][r]));
    }
}

/// a + 2 b + c of each world.
struct Sum;

impl Model for Sum {
    type Error = ();

    fn run(&mut self, rows: Vec<f64>) -> Result<Vec<Vec<f64>>, ()> {
        Ok(vec![rows.chunks_exact(6).map(|w| w[0] + 2.0 * w[1] + w[2]).collect()])
    }
}

#[test]
fn a_linked_group_is_one_input_and_its_effects_are_those_of_the_closed_form() {
    let q = quantities(Tail::Gaussian);
    let sampler = WorldSampler::new(&q, 1, 0).expect("positive definite");
    let inputs = Inputs::new(&q, &sampler, 5).expect("positive definite");
    let [a, b] = inputs.sobol_pair(0, 4096);
    let base = Base::new(&mut Sum, (inputs.worlds(&a), inputs.worlds(&b)), 6, 5).expect("no error");
    let found = examine(&mut Sum, &base, &inputs, &a, [vec![0], vec![1, 2]]).expect("no error").remove(0);
    // Var = 1 + 4 + 2·2·0.6 + 1 = 8.4; the pair holds 7.4 of it. Shapley effects of two linked normals: Iooss and Prieur,
    // Shapley effects for sensitivity analysis with correlated inputs (2019): b²(1 − ρ²/2) + ρ²/2 of the other's b² + ρ b1 b2.
    let pair = found.rows.iter().find(|r| r.bond == Bond::Linked).expect("the pair was examined");
    assert_eq!(pair.paths, ["a", "b"]);
    let want = [(0.82 + 4.0 * 0.18 + 1.2) / 8.4, (4.0 * 0.82 + 0.18 + 1.2) / 8.4];
    for (e, want) in pair.shapley.iter().zip(want) {
        assert!((e.value - want).abs() < 3.5 * e.se && e.se < 0.02, "{e:?}, not {want}");
    }
    for e in [pair.indices.first, pair.indices.total] {
        assert!((e.value - 7.4 / 8.4).abs() < 3.5 * e.se, "{e:?}");
    }
    // The rest held 1/8.4 = 12 %, too much to be left out: it was divided, c was found and the table was not missed.
    let alone = found.rows.iter().find(|r| r.paths == ["c"]).expect("c was found");
    assert!((alone.indices.total.value - 1.0 / 8.4).abs() < 3.5 * alone.indices.total.se);
    assert_eq!((found.left_out, found.left_out_total.value), (vec!["t1".to_string(), "t2".into()], 0.0));
}
