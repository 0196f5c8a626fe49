//! Fits of durations: parameters come back, errors are honest, the shipped data fit as stated.

use redress::annual::fit::{chances, fit, resampled};
use redress::chance::spliced::Spliced;
use redress::chance::stream::Stream;
use redress::scenario::observed;

const CLOUD: &str = include_str!("../../scenarios/cloud-incident-durations.csv");

fn sample(law: &Spliced, n: usize, replicate: u64) -> Vec<f64> {
    let mut stream = Stream::named(11, 0, "test", "fit");
    let at = stream.at(replicate);
    (0..n).map(|_| law.quantile(at.uniform())).collect()
}

const LAW: Spliced = Spliced { mu: 0.7, sigma: 1.1, threshold: 10.0, tail_share: 0.08, alpha: 1.6 };

#[test]
fn the_law_is_one() {
    for p in [1e-6, 0.01, 0.3, 0.919, 0.92, 0.921, 0.99, 0.999_99] {
        assert!((LAW.cdf(LAW.quantile(p)) - p).abs() < 1e-12, "{p}");
    }
    // The density is the derivative of the distribution function.
    for x in [0.1, 1.0, 9.0, 11.0, 300.0] {
        let h = 1e-5 * x;
        let slope = (LAW.cdf(x + h) - LAW.cdf(x - h)) / (2.0 * h);
        assert!((LAW.ln_density(x).exp() / slope - 1.0).abs() < 1e-5, "{x}");
    }
}

#[test]
fn parameters_come_back_within_their_errors() {
    // Sixty samples of 2,000; the tail is fitted above a threshold that is chosen, hence only about normal.
    let (mut alpha_in, mut tails) = (0, Vec::new());
    for r in 0..60 {
        let found = fit(&sample(&LAW, 2000, r)).expect("a fit");
        alpha_in += usize::from((found.alpha.value - LAW.alpha).abs() < 2.5 * found.alpha.se);
        tails.push(found.law.above(60.0) / LAW.above(60.0));
    }
    assert!(alpha_in >= 50, "alpha lies within 2.5 errors in {alpha_in} of 60 samples");
    let mean = tails.iter().sum::<f64>() / tails.len() as f64;
    assert!((mean - 1.0).abs() < 0.12, "the tail beyond 60 h is {mean} of the true one on average");
}

#[test]
fn errors_of_the_body_are_those_of_repeated_samples() {
    // With the threshold as good as known: a body whose tail begins where nothing but the tail is.
    let fits: Vec<_> = (0..120).filter_map(|r| fit(&sample(&LAW, 1500, 1000 + r))).collect();
    let near: Vec<_> = fits.iter().filter(|f| (f.law.threshold - 10.0).abs() < 2.5).collect();
    assert!(near.len() > 30, "{}", near.len());
    let spread = |of: &dyn Fn(&redress::annual::fit::Fit) -> f64| {
        let values: Vec<f64> = near.iter().map(|f| of(f)).collect();
        redress::stats::Moments::of(&values).variance().sqrt()
    };
    let stated =
        |of: &dyn Fn(&redress::annual::fit::Fit) -> f64| near.iter().map(|f| of(f)).sum::<f64>() / near.len() as f64;
    for (name, seen, said) in [
        ("mu", spread(&|f| f.mu.value), stated(&|f| f.mu.se)),
        ("sigma", spread(&|f| f.sigma.value), stated(&|f| f.sigma.se)),
    ] {
        assert!((0.6..1.6).contains(&(seen / said)), "{name}: {seen} seen, {said} stated");
    }
}

#[test]
fn chances_of_the_right_law_are_not_small_and_of_a_wrong_one_are() {
    let right = fit(&sample(&LAW, 600, 500)).expect("a fit");
    let (own, _) = chances(&right, 60, 1);
    assert!(own.kolmogorov > 0.05 && own.anderson > 0.05, "{own:?}");
    // Two bumps that no lognormal body has.
    let bumps: Vec<f64> =
        (0..600).map(|i| if i % 2 == 0 { 1.0 + 0.001 * f64::from(i) } else { 8.0 + 0.002 * f64::from(i) }).collect();
    let wrong = fit(&bumps).expect("a fit");
    assert!(chances(&wrong, 60, 1).0.kolmogorov < 0.05);
}

#[test]
fn the_shipped_durations_fit_as_the_chapter_says() {
    let values = observed(CLOUD, "hours", &[]).expect("the table");
    assert_eq!(values.len(), 964);
    let found = fit(&values).expect("a fit");
    // The lognormal alone is that of the facts: mu 0.831, sigma 1.28, distance 0.068.
    assert!((found.plain.law.mu - 0.831).abs() < 5e-4 && (found.plain.distance.kolmogorov - 0.068).abs() < 5e-4);
    assert!((1.4..2.0).contains(&found.alpha.value), "{:?}", found.alpha);
    assert!((14.0..16.0).contains(&found.law.threshold));
    assert!(found.distance.akaike < found.plain.distance.akaike, "the tail pays for its parameters");
    assert_eq!(observed(CLOUD, "hours", &[("vendor", "AWS")]).expect("a vendor").len(), 340);
    let again = resampled(&values, 50, 1, "test");
    assert!(again.len() >= 45, "{}", again.len());
}

#[test]
fn tables_that_are_wrong_are_refused_at_the_line() {
    let refused = |text: &str, column: &str| observed(text, column, &[]).expect_err("wrong");
    assert_eq!(refused("hours\n1\n-2\n", "hours").0, "line 3: `-2` is no duration");
    let (what, help) = refused("vendor,hours\na,1\n", "hour");
    assert_eq!(what, "there is no column `hour`");
    assert!(help.contains("did you mean `hours`?"), "{help}");
}
