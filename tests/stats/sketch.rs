//! Sketches against samples that were kept.

use redress::stats::{RELATIVE_ERROR, STATISTICS, Scratch, Sketch, describe};

use super::{Uniforms, near};

fn sample() -> Vec<f64> {
    let mut values: Vec<f64> = Uniforms(4).normals(20_000).iter().map(|z| 1e6 * (1.5 * z).exp()).collect();
    values[..3000].fill(0.0);
    values[3000..5000].iter_mut().for_each(|x| *x = -*x);
    values
}

fn sketch_of(values: &[f64]) -> Sketch {
    let mut sketch = Sketch::new();
    values.iter().for_each(|x| sketch.add(*x, 1.0));
    sketch
}

#[test]
fn a_sketch_describes_like_a_sample() {
    let values = sample();
    let (kept, sketched) = (describe(&values, None, &mut Scratch::default()), sketch_of(&values).describe());
    assert_eq!((kept.count, kept.min, kept.max), (sketched.count, sketched.min, sketched.max));
    for (i, name) in STATISTICS.iter().enumerate() {
        let (a, b) = (kept.estimates()[i], sketched.estimates()[i]);
        let exact = i < 2;
        let tolerance = if exact { 1e-11 } else { RELATIVE_ERROR };
        assert!((a.value - b.value).abs() <= tolerance * a.value.abs(), "{name}: {} and {}", a.value, b.value);
        assert!((a.lo - b.lo).abs() <= 2.0 * RELATIVE_ERROR * a.lo.abs(), "{name}: {} and {}", a.lo, b.lo);
        assert!((a.hi - b.hi).abs() <= 2.0 * RELATIVE_ERROR * a.hi.abs(), "{name}: {} and {}", a.hi, b.hi);
    }
}

/// Values that share few buckets: intervals reach as far as those of the sample do, and no value is told without an error.
#[test]
fn errors_of_a_sketch_hold_those_of_its_buckets() {
    let values: Vec<f64> = Uniforms(9).normals(10_000).iter().map(|z| 1_104_960.0 + 350.0 * z).collect();
    let (kept, sketched) = (describe(&values, None, &mut Scratch::default()), sketch_of(&values).describe());
    for name in ["p01", "p05", "p25", "p50", "p75", "p90", "p95", "p99", "p995"] {
        let [a, b] = [&kept, &sketched].map(|d| d.get(name).expect("a statistic"));
        assert!(b.lo <= a.lo && a.hi <= b.hi && b.lo < a.value && a.value < b.hi, "{name}: {a:?} and {b:?}");
        assert!(b.se > 0.5 * RELATIVE_ERROR * b.value, "{name}: {b:?}");
    }
}

#[test]
fn merging_in_any_order_gives_the_same_buckets() {
    let values = sample();
    let parts: Vec<Sketch> = values.chunks(3000).map(sketch_of).collect();
    let merged = |order: &mut dyn Iterator<Item = &Sketch>| {
        let mut all = Sketch::new();
        order.for_each(|s| all.merge(s));
        all.describe()
    };
    let (forward, backward) = (merged(&mut parts.iter()), merged(&mut parts.iter().rev()));
    let whole = sketch_of(&values).describe();
    // Everything but mean and sd comes from counts and exact sums.
    assert_eq!(forward.estimates()[2..], backward.estimates()[2..]);
    assert_eq!(forward.estimates()[2..], whole.estimates()[2..]);
    near(forward.mean().value / whole.mean().value, 1.0, 1e-12);
    assert_eq!(merged(&mut parts.iter()), forward);
}

#[test]
fn repeated_and_missing_values_count() {
    let mut sketch = Sketch::new();
    sketch.add(5.0, 10.0);
    sketch.add(f64::NAN, 2.0);
    sketch.add(-0.0, 1.0);
    let d = sketch.describe();
    assert_eq!((sketch.count(), d.count, d.missing), (11, 11, 2));
    near(d.mean().value, 50.0 / 11.0, 1e-14);
    near(d.quantile(0.5), 5.0, 5.0 * RELATIVE_ERROR);
    assert_eq!(d.quantile(0.01), 0.0);
    assert!(Sketch::new().describe().mean().value.is_nan());
    assert!(Sketch::new().quantile(0.5).is_nan());
}

#[test]
fn a_bucket_that_is_full_loses_nothing() {
    // A bucket holds 2^10 - 1 observations; more go into a larger one, and stay countable, in any order of merging.
    let many = f64::from(1 << 10) - 1.0;
    let mut sketch = Sketch::new();
    for (value, times) in [(5.0, many), (5.001, 1.0), (5.0, 3.0 * many), (7.0, 2.0)] {
        sketch.add(value, times);
    }
    assert_eq!(sketch.count() as f64, 4.0 * many + 3.0);
    let d = sketch.describe();
    near(d.quantile(0.5), 5.0, 5.0 * RELATIVE_ERROR);
    // The two sevens are among the worst twentieth.
    near(d.get("tvar95").expect("a statistic").value, 5.0 + 2.0 * 2.0 / (0.05 * (4.0 * many + 3.0)), 1e-3);
    let mut other = sketch_of(&[5.0, 7.0]);
    let mut both = sketch.clone();
    both.merge(&other);
    other.merge(&sketch);
    assert_eq!(both.count(), other.count());
    assert_eq!(both.describe().estimates()[2..], other.describe().estimates()[2..]);
}
