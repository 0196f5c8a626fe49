//! Descriptions of samples: known answers, coverage, weights, and odd samples.

use redress::stats::exceedance::probability_above;
use redress::stats::moments::Moments;
use redress::stats::ranks::ranks;
use redress::stats::{Description, Estimate, STATISTICS, Scratch, describe, exceedance_curve};

use super::{Uniforms, near};

fn one_to(n: usize) -> Vec<f64> {
    // In a scrambled order: 7 has no common factor with the sizes used.
    (0..n).map(|i| ((i * 7 + 3) % n + 1) as f64).collect()
}

#[test]
fn whole_numbers_have_known_statistics() {
    for n in [100, 200, 2000, 10_000] {
        let d = describe(&one_to(n), None, &mut Scratch::default());
        let size = n as f64;
        let value = |name: &str| d.get(name).expect("a known statistic").value;
        near(value("mean"), (size + 1.0) / 2.0, 1e-9);
        near(value("sd"), (size * (size + 1.0) / 12.0).sqrt(), 1e-9 * size);
        // Order statistic number ceil(q n), also where q n is whole but its product in doubles is not.
        for (name, per_mille) in [("p01", 10), ("p05", 50), ("p50", 500), ("p90", 900), ("p99", 990), ("p995", 995)] {
            assert_eq!(value(name), (n * per_mille).div_ceil(1000) as f64, "{name} of {n}");
        }
        // Mean of the last 5 %: 0.95 n + 1 to n.
        assert_eq!(value("tvar95"), (0.95 * size + 1.0 + size) / 2.0);
        assert_eq!((d.min, d.max, d.count, d.missing), (1.0, size, n, 0));
    }
}

#[test]
fn tail_error_follows_manistre_and_hancock() {
    // Tail of 1 to 100 at 95 %: 96 to 100, mean 98, variance 2.5, quantile 95, k = 5.
    let tail = describe(&one_to(100), None, &mut Scratch::default()).get("tvar95").expect("known");
    near(tail.se, ((2.5 + 0.95 * 9.0) / 5.0f64).sqrt(), 1e-12);
    // Student's law with four degrees of freedom; four say too little for an interval; of 1 to 200 there are ten: 191 to 200.
    near(tail.hi - tail.value, 2.7764 * tail.se, 2e-3);
    let four = describe(&one_to(80), None, &mut Scratch::default()).get("tvar95").expect("known");
    assert_eq!((four.lo, four.hi), (f64::NEG_INFINITY, f64::INFINITY));
    let tail = describe(&one_to(200), None, &mut Scratch::default()).get("tvar95").expect("known");
    near(tail.se, ((82.5 / 9.0 + 0.95 * 5.5 * 5.5) / 10.0f64).sqrt(), 1e-12);
    near(tail.hi - tail.value, 2.2622 * tail.se, 1e-3);
}

/// Of a sample in which all values are the same, errors are those of any other of its size: one world knows nothing of its
/// spread, and thirty bound no 99 % quantile from above.
#[test]
fn a_constant_sample_is_described_like_any_other() {
    let mut scratch = Scratch::default();
    // Of all numbers that are none, the same bits.
    let bits = |x: f64| if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() };
    let bits = |d: &Description| -> Vec<[u64; 4]> {
        d.estimates().iter().map(|e| [e.value, e.se, e.lo, e.hi].map(bits)).collect()
    };
    for n in [1, 2, 3, 30, 250, 10_000] {
        let (told, whole) =
            (Description::constant(7.0, n, &mut scratch), describe(&vec![7.0; n], None, &mut Scratch::default()));
        assert_eq!(bits(&told), bits(&whole), "{n}: {told:?} and {whole:?}");
        assert_eq!((told.count, told.min, told.max), (n, 7.0, 7.0));
    }
    let one = Description::constant(7.0, 1, &mut scratch);
    assert!(one.mean().se.is_nan() && one.sd().value.is_nan() && one.get("tvar99").is_some_and(|e| e.se.is_nan()));
    let p99 = Description::constant(7.0, 30, &mut scratch).get("p99").expect("known");
    assert_eq!((p99.value, p99.hi), (7.0, f64::INFINITY));
    assert!(Description::constant(7.0, 0, &mut scratch).mean().value.is_nan());
}

#[test]
fn ranks_match_binomial_tables() {
    // R: qbinom gives P(B < 40) = 0.0176, P(B < 41) = 0.0284; P(B >= 61) = 0.0176 for n = 100, q = 1/2.
    let r = ranks(100, 0.5);
    assert_eq!((r.low, r.at, r.high), (40, 50, 61));
    // 0.995^200 = 0.367: no observation bounds the quantile from above.
    assert_eq!(ranks(200, 0.995).high, 201);
    assert_eq!(ranks(50, 0.01).low, 0);
    // P(B >= 598) = 1 - P(miss) for n = 600, q = 0.99: the bounds hold 95 % and no rank tighter does.
    let (n, q) = (600, 0.99f64);
    let r = ranks(n, q);
    let below = |rank: usize| {
        let choose = |k: usize| (0..k).map(|i| ((n - i) as f64 / (i as f64 + 1.0)).ln()).sum::<f64>();
        (0..rank).map(|k| (choose(k) + k as f64 * q.ln() + (n - k) as f64 * (1.0 - q).ln()).exp()).sum::<f64>()
    };
    assert!(below(r.low) <= 0.025 && below(r.low + 1) > 0.025);
    assert!(1.0 - below(r.high) <= 0.025 && 1.0 - below(r.high - 1) > 0.025);
}

/// Where equal tails would take observations that there are not: q^n is the chance that the quantile is beyond all of them.
#[test]
fn few_observations_bound_a_quantile_by_the_last_of_them() {
    let miss = |n: usize, q: f64| {
        let r = ranks(n, q);
        // P(B < low) and P(B >= high), summed from the binomial law.
        let ln = |k: usize| (0..k).map(|i| ((n - i) as f64 / (i as f64 + 1.0)).ln()).sum::<f64>();
        let p = |k: usize| (ln(k) + k as f64 * q.ln() + (n - k) as f64 * (1.0 - q).ln()).exp();
        (r, (0..r.low).map(p).sum::<f64>(), (r.high..=n).map(p).sum::<f64>())
    };
    for (q, first, equal) in [(0.95, 59, 72), (0.99, 299, 368), (0.995, 598, 736)] {
        assert_eq!(ranks(first - 1, q).high, first, "0.95 < q^n: open");
        for n in [first, equal - 1] {
            let (r, below, above) = miss(n, q);
            assert_eq!(r.high, n);
            assert!(above > 0.025 && below + above <= 0.05 && below > 0.0, "{n}: {below} and {above}");
            // The same from the other end.
            let mirrored = ranks(n, 1.0 - q);
            assert_eq!((mirrored.low, mirrored.high), (1, n + 1 - r.low));
        }
        let (r, below, above) = miss(equal, q);
        assert!(r.high == equal && below <= 0.025 && above <= 0.025);
    }
    // Neither end of a median of five.
    assert_eq!((ranks(5, 0.5).low, ranks(5, 0.5).high), (0, 6));
}

/// 2,000 samples of 600 exponential values: the estimate of p99.5 is the fourth largest, with variance Σ 1/k² over k from 4 to
/// 600, that of p99 the seventh, and so on (Rényi 1953). The mean of the errors told is within a tenth of the true one.
#[test]
fn the_error_of_a_quantile_is_that_of_its_order_statistic() {
    let (mut uniforms, mut scratch) = (Uniforms(11), Scratch::default());
    let samples = 2_000;
    let mut told = [0.0; 4];
    let wanted = [("p995", 4), ("p99", 7), ("p95", 31), ("p50", 301)];
    for _ in 0..samples {
        let values: Vec<f64> = (0..600).map(|_| -uniforms.next().ln()).collect();
        let d = describe(&values, None, &mut scratch);
        told.iter_mut().zip(wanted).for_each(|(sum, (name, _))| *sum += d.get(name).expect("known").se);
    }
    for (told, (name, first)) in told.iter().zip(wanted) {
        let exact = (first..=600).map(|k| 1.0 / f64::from(k * k)).sum::<f64>().sqrt();
        let ratio = told / f64::from(samples) / exact;
        assert!((ratio - 1.0).abs() < 0.1, "{name}: {ratio}");
    }
}

/// Of 1,000 samples of 600 exponential values, whose worst 1 % are 1 + ln 100 on average; 0.91 of the intervals hold that, with a
/// standard error of 0.009, so that 0.88 is more than three below.
#[test]
fn means_of_six_observations_have_intervals() {
    let (mut uniforms, mut scratch) = (Uniforms(7), Scratch::default());
    let holds = (0..1_000).filter(|_| {
        let sample: Vec<f64> = uniforms.normals(1_200).chunks(2).map(|z| 0.5 * (z[0] * z[0] + z[1] * z[1])).collect();
        let tail = describe(&sample, None, &mut scratch).get("tvar99").expect("known");
        (tail.lo..=tail.hi).contains(&(1.0 + 100f64.ln()))
    });
    let share = holds.count() as f64 / 1_000.0;
    assert!((0.88..0.96).contains(&share), "{share}");
}

#[test]
fn intervals_cover_as_often_as_they_say() {
    // 400 samples of 1000 lognormal values; coverage 0.95 has standard error 0.011, so 0.915 is more than three below.
    // The tail mean of so skew a law is allowed less: normal intervals of it are known to be short.
    let truth = [
        ("mean", 0.5f64.exp(), 0.91),
        ("sd", ((1f64.exp() - 1.0) * 1f64.exp()).sqrt(), 0.80),
        ("p05", (-1.6448536269514722f64).exp(), 0.915),
        ("p50", 1.0, 0.915),
        ("p95", 1.6448536269514722f64.exp(), 0.915),
        ("p99", 2.3263478740408408f64.exp(), 0.915),
        // E[X | X > q95] = e^(1/2) P(Z > 1.6449 - 1) / 0.05.
        ("tvar95", 0.5f64.exp() * 0.2595 / 0.05, 0.86),
    ];
    let mut uniforms = Uniforms(42);
    let mut scratch = Scratch::default();
    let mut hits = [0; 7];
    let mut errors = [[0.0; 3]; 7];
    for _ in 0..400 {
        let sample: Vec<f64> = uniforms.normals(1000).iter().map(|z| z.exp()).collect();
        let d = describe(&sample, None, &mut scratch);
        for (i, (name, value, _)) in truth.iter().enumerate() {
            let e = d.get(name).expect("known");
            hits[i] += u32::from(e.lo <= *value && *value <= e.hi);
            errors[i] = [errors[i][0] + e.value, errors[i][1] + e.value * e.value, errors[i][2] + e.se];
        }
    }
    for (i, (name, _, least)) in truth.iter().enumerate() {
        let share = f64::from(hits[i]) / 400.0;
        assert!(share >= *least, "{name} covers {share}");
        // The stated standard error agrees with the spread of the estimates.
        let [sum, squares, stated] = errors[i].map(|x| x / 400.0);
        let actual = (squares - sum * sum).sqrt();
        let room = if *name == "sd" { 0.35 } else { 0.2 };
        assert!((stated / actual - 1.0).abs() < room, "{name}: stated error {stated}, actual {actual}");
    }
}

#[test]
fn equal_weights_change_nothing_and_whole_weights_repeat() {
    let values = one_to(2000);
    let mut scratch = Scratch::default();
    let plain = describe(&values, None, &mut scratch);
    let weighted = describe(&values, Some(&vec![0.3; 2000]), &mut scratch);
    near(weighted.effective, 2000.0, 1e-6);
    for (name, (a, b)) in STATISTICS.iter().zip(plain.estimates().iter().zip(weighted.estimates())) {
        assert!((a.value - b.value).abs() <= 1e-9 * a.value, "{name}: {} and {}", a.value, b.value);
        // Places between two ranks are on a line between their values, shares of the weight are not.
        assert!((a.se / b.se - 1.0).abs() < 0.15, "{name}: errors {} and {}", a.se, b.se);
    }
    let twice = describe(&[1.0, 2.0, 3.0, 9.0], Some(&[2.0, 1.0, 0.0, 1.0]), &mut scratch);
    assert_eq!((twice.count, twice.missing), (3, 1));
    near(twice.mean().value, (1.0 + 1.0 + 2.0 + 9.0) / 4.0, 1e-12);
    assert_eq!(twice.get("p50").expect("known").value, 1.0);
    assert_eq!(twice.get("p75").expect("known").value, 2.0);
}

#[test]
fn odd_samples_do_not_fail() {
    let mut scratch = Scratch::default();
    assert!(describe(&[], None, &mut scratch).estimates().iter().all(|e| e.value.is_nan()));
    let gaps = describe(&[f64::NAN, 2.0, 1.0], None, &mut scratch);
    assert_eq!((gaps.count, gaps.missing, gaps.mean().value), (2, 1, 1.5));
    let one = describe(&[4.0], None, &mut scratch);
    assert_eq!((one.mean().value, one.quantile(0.5)), (4.0, 4.0));
    assert!(one.mean().se.is_nan());
    assert_eq!(one.get("p50").map(|e| (e.lo, e.hi)), Some((f64::NEG_INFINITY, f64::INFINITY)));
    assert_eq!(one.get("nothing"), None);
}

#[test]
fn sorting_is_by_value() {
    let mut uniforms = Uniforms(1);
    let mut scratch = Scratch::default();
    for n in [3, 1000, 5000] {
        let mut values: Vec<f64> = uniforms.normals(n);
        // Clusters that agree in their leading bits, ties, and both zeros.
        values.iter_mut().step_by(3).for_each(|x| *x = 1.0 + *x * 1e-13);
        values[0] = -0.0;
        values[1] = 0.0;
        values[2] = f64::NEG_INFINITY;
        describe(&values, None, &mut scratch);
        let mut want: Vec<f64> = values.iter().map(|x| x + 0.0).collect();
        want.sort_by(f64::total_cmp);
        assert_eq!(scratch.sorted(), want, "{n} values");
    }
}

#[test]
fn merged_moments_are_the_moments_of_all() {
    let sample = Uniforms(9).normals(999);
    let mut merged = Moments::of(&sample[..100]);
    merged.merge(&Moments::of(&sample[100..]));
    let whole = Moments::of(&sample);
    near(merged.mean().value, whole.mean().value, 1e-13);
    near(merged.sd().se, whole.sd().se, 1e-12);
    near(merged.skewness(), whole.skewness(), 1e-12);
    near(merged.kurtosis(), whole.kurtosis(), 1e-12);
}

#[test]
fn exceedance_reads_the_sample_from_above() {
    let sorted: Vec<f64> = (1..=1000).map(f64::from).collect();
    let curve = exceedance_curve(&sorted, &[0.5, 0.1, 0.01, 0.0, 1.0]);
    let points: Vec<(f64, f64)> = curve.iter().map(|p| (p.return_period, p.value.value)).collect();
    assert_eq!(points, [(2.0, 500.0), (10.0, 900.0), (100.0, 990.0)]);
    assert!(curve.iter().all(|p| p.value.lo < p.value.value && p.value.value < p.value.hi));
    assert_eq!(probability_above(&sorted, 900.0).value, 0.1);
    assert!(exceedance_curve(&[], &[0.5]).is_empty());
}

#[test]
fn repetitions_use_students_t() {
    let e = Estimate::from_repetitions(&[1.0, 2.0, 3.0, 4.0]);
    near(e.value, 2.5, 1e-15);
    near(e.se, (5.0f64 / 3.0 / 4.0).sqrt(), 1e-15);
    // The 97.5 % point of t with three degrees of freedom, computed with mpmath.
    near(e.hi - e.value, 3.182446305284263 * e.se, 1e-9);
}
