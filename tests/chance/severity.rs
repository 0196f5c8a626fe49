//! Severities: mean one, tails that agree, partial moments against quadrature.

use redress::chance::severity::Severity;

use super::{close, integral};

fn smooth() -> Vec<Severity> {
    let by_cv = ["lognormal", "gamma", "weibull"]
        .iter()
        .flat_map(|f| [0.1, 1.0, 3.0, 10.0].map(|cv| Severity::from_family_cv(f, cv).expect("any cv")));
    let lomax = [1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 7.5].map(|a| Severity::lomax(a).expect("alpha above one"));
    by_cv.chain(lomax).chain([mixture()]).collect()
}

fn mixture() -> Severity {
    let small = Severity::from_family_cv("lognormal", 0.5).expect("valid");
    let large = Severity::from_family_cv("gamma", 2.0).expect("valid");
    Severity::mixture(vec![(3.0, 10.0, small), (1.0, 400.0, large)]).expect("valid")
}

#[test]
fn partial_moments_match_quadrature_between_neighbours() {
    for severity in smooth() {
        let whole = severity.partial_moments(f64::MAX);
        for i in -24..22 {
            let (a, b) = (2f64.powi(i), 2f64.powi(i + 1));
            let (low, high) = (severity.partial_moments(a), severity.partial_moments(b));
            for k in 0..4 {
                // In y = ln x the density times x^(k + 1).
                let term = |y: f64| libm::exp((k as f64 + 1.0) * y) * severity.pdf(libm::exp(y));
                let want = integral(term, libm::log(a), libm::log(b), 120);
                let got = high[k] - low[k];
                // A moment that does not converge has no whole to compare to: take the partial moment itself.
                let scale = if whole[k] < 1e9 { whole[k] } else { high[k] };
                let slack = 2e-14 * scale + 1e-11 * want;
                assert!((got - want).abs() <= slack, "{severity:?}, k {k}, from {a} to {b}: {got:e}, not {want:e}");
            }
        }
    }
}

#[test]
fn upper_moments_complete_the_lower_ones() {
    for severity in smooth() {
        let total = [1.0, 1.0, 1.0 + severity.variance()];
        for x in [1e-9, 0.01, 0.3, 1.0, 4.0, 50.0] {
            let (low, high) = (severity.partial_moments(x), severity.upper_moments(x));
            for k in 0..3 {
                if total[k].is_finite() {
                    close(low[k] + high[k], total[k], 1e-12, &format!("{severity:?}, k {k}, x {x}"));
                } else {
                    assert_eq!(high[k], f64::INFINITY, "{severity:?}, k {k}");
                }
            }
        }
        close(severity.partial_moments(f64::MAX)[0], 1.0, 1e-14, &format!("{severity:?}: all of it"));
    }
}

#[test]
fn far_tails_keep_their_digits() {
    for severity in smooth() {
        for q in [1e-15, 1e-12, 1e-6, 0.01, 0.4] {
            let x = severity.quantile_sf(q);
            close(severity.sf(x), q, 1e-10, &format!("{severity:?} at {q}"));
            close(severity.upper_moments(x)[0], q, 1e-10, &format!("{severity:?}: zeroth moment above {q}"));
        }
        for u in [1e-3, 0.2, 0.5, 0.9, 0.999] {
            let x = severity.quantile(u);
            if x > 1e-300 {
                close(severity.cdf(x), u, 1e-11, &format!("{severity:?} below {u}"));
            }
        }
    }
}

#[test]
fn cv_asked_is_cv_given() {
    for family in ["lognormal", "gamma", "weibull", "lomax"] {
        let severity = Severity::from_family_cv(family, 2.5).expect("valid");
        close(severity.cv(), 2.5, 1e-11, family);
    }
    assert_eq!(Severity::from_family_cv("gamma", 0.0), Ok(Severity::Degenerate));
    assert!(Severity::from_family_cv("lomax", 1.0).is_err());
    assert!(Severity::lomax(1.0).is_err());
    assert!(Severity::from_family_cv("cauchy", 1.0).is_err());
    assert!(Severity::from_family_cv("gamma", -1.0).is_err());
    assert!(Severity::Weibull { shape: f64::NAN }.check().is_err());
}

#[test]
fn observed_losses_are_rescaled_and_merged() {
    let severity = Severity::empirical(vec![30.0, 0.0, 10.0, 0.0], None).expect("valid");
    assert_eq!(severity.atoms(), Some((&[0.0, 1.0, 3.0][..], &[0.5, 0.25, 0.25][..])));
    assert_eq!((severity.cdf(0.0), severity.sf(0.0), severity.cdf(2.9)), (0.5, 0.5, 0.75));
    assert_eq!((severity.quantile(0.5), severity.quantile(0.51), severity.quantile(1.0)), (0.0, 1.0, 3.0));
    assert_eq!(severity.partial_moments(1.0), [0.75, 0.25, 0.25, 0.25]);
    assert_eq!(severity.upper_moments(1.0), [0.25, 0.75, 2.25]);
    assert_eq!(severity.variance(), 1.5);
    assert!(Severity::empirical(vec![0.0, 0.0], None).is_err());
    assert!(Severity::empirical(vec![1.0, -1.0], None).is_err());
}

#[test]
fn mixtures_have_mean_one_and_know_their_atoms() {
    let mixed = mixture();
    mixed.check().expect("rescaled");
    close(mixed.partial_moments(f64::MAX)[1], 1.0, 1e-14, "mean of the mixture");
    assert!(mixed.atoms().is_none() && mixed.point_masses().is_empty());

    let fixed = Severity::mixture(vec![(1.0, 1.0, Severity::Degenerate), (1.0, 3.0, Severity::Degenerate)]);
    assert_eq!(fixed.expect("valid").atoms(), Some((&[0.5, 1.5][..], &[0.5, 0.5][..])));

    let smooth = Severity::from_family_cv("lognormal", 1.0).expect("valid");
    let half = Severity::mixture(vec![(0.5, 1.0, Severity::Degenerate), (0.5, 1.0, smooth)]).expect("valid");
    assert_eq!(half.point_masses(), vec![(1.0, 0.5)]);
    // The jump at one covers probabilities from 0.33 to 0.83.
    close(half.quantile(0.4), 1.0, 1e-14, "inside the jump");
    close(half.quantile(0.8), 1.0, 1e-14, "inside the jump");
    assert!(half.quantile(0.3) < 0.999 && half.quantile(0.9) > 1.001);
}

#[test]
fn descriptions_are_plain() {
    assert_eq!(Severity::from_family_cv("lognormal", 3.0).expect("valid").describe(), "lognormal, cv 3");
    assert_eq!(Severity::lomax(1.8).expect("valid").describe(), "lomax, tail index 1.8, no finite variance");
}
