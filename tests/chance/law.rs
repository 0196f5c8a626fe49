//! Laws: quantiles undo distribution functions, moments agree with quadrature, constructors meet what was asked.

use redress::chance::law::{Law, LawError, plain_number};

use super::{close, integral};

fn smooth_laws() -> Vec<Law> {
    vec![
        Law::Uniform { min: -2.0, max: 5.0 },
        Law::Triangular { min: 1.0, mode: 2.0, max: 6.0 },
        Law::Triangular { min: 1.0, mode: 1.0, max: 6.0 },
        Law::Pert { min: 10.0, mode: 15.0, max: 40.0 },
        Law::Normal { mean: 3.0, sd: 2.0 },
        Law::TruncatedNormal { mean: 0.3, sd: 0.1, min: 0.0, max: 1.0 },
        Law::TruncatedNormal { mean: 2.0, sd: 4.0, min: 0.0, max: f64::INFINITY },
        Law::TruncatedNormal { mean: 8.0, sd: 2.0, min: f64::NEG_INFINITY, max: 1.0 },
        Law::TruncatedNormal { mean: 5.0, sd: 1.0, min: 0.0, max: 0.6 },
        Law::TruncatedNormal { mean: 0.2, sd: 1.0, min: 0.1, max: 0.4 },
        Law::LogNormal { mu: 1.0, sigma: 0.7 },
        Law::Gamma { shape: 0.6, scale: 4.0 },
        Law::Gamma { shape: 30.0, scale: 0.1 },
        Law::Beta { a: 0.4, b: 199.6, min: 0.0, max: 1.0 },
        Law::Beta { a: 3.0, b: 2.0, min: -1.0, max: 9.0 },
        Law::Weibull { shape: 0.8, scale: 12.0 },
        Law::Pareto { alpha: 5.5, minimum: 100.0 },
        Law::Lomax { alpha: 6.5, scale: 30.0 },
    ]
}

#[test]
fn quantile_undoes_cdf() {
    for law in smooth_laws() {
        law.check().expect("the list holds valid laws");
        for u in [1e-6, 0.001, 0.05, 0.3, 0.5, 0.77, 0.95, 0.999, 1.0 - 1e-6] {
            close(law.cdf(law.quantile(u)), u, 1e-9, &format!("{law:?} at {u}"));
            close(law.quantile_sf(u), law.quantile(1.0 - u), 1e-9, &format!("{law:?} from above at {u}"));
        }
    }
}

#[test]
fn moments_match_quadrature_of_the_quantile() {
    // E[X^k] is the integral of x(u)^k; u = 1 / (1 + e^-t) resolves both ends.
    for law in smooth_laws() {
        let moment = |k: i32| {
            let term = |t: f64| {
                let (p, q) = (1.0 / (1.0 + (-t).exp()), 1.0 / (1.0 + t.exp()));
                let x = if t < 0.0 { law.quantile(p) } else { law.quantile_sf(q) };
                x.powi(k) * p * q
            };
            integral(term, -40.0, 60.0, 2000)
        };
        let mean = moment(1);
        close(law.mean(), mean, 1e-9, &format!("mean of {law:?}"));
        close(law.variance(), moment(2) - mean * mean, 1e-7, &format!("variance of {law:?}"));
    }
}

/// Reference values by mpmath at 40 digits.
#[test]
fn a_normal_law_that_is_cut_keeps_its_digits() {
    let cut = |min: f64, max: f64| Law::TruncatedNormal { mean: 0.0, sd: 1.0, min, max }.checked().expect("a law");
    let inf = f64::INFINITY;
    for (min, max, mean, variance) in [
        (0.0, inf, 0.797_884_560_802_865_4, 0.363_380_227_632_418_7),
        (1.0, inf, 1.525_135_276_160_981, 0.199_097_665_570_348_8),
        (4.0, inf, 4.225_607_144_489_471, 0.046_672_838_397_422_63),
        (-3.0, 7.0, 0.004_437_839_032_984_283, 0.986_666_788_394_293_8),
        // On either side of the width below which the variance is integrated.
        (2.0, 2.09, 2.043_620_775_760_013_5, 0.000_673_676_921_282_263_2),
        (2.0, 2.11, 2.052_930_471_175_120_7, 0.001_005_358_648_798_848_2),
        (0.5, 0.50001, 0.500_004_999_995_833_3, 8.333_333_333_295_138e-12),
    ] {
        let (law, mirrored) = (cut(min, max), cut(-max, -min));
        close(law.mean(), mean, 1e-13, &format!("mean on {min} to {max}"));
        close(law.variance(), variance, 1e-10, &format!("variance on {min} to {max}"));
        close(mirrored.mean(), -mean, 1e-13, &format!("mean on {} to {}", -max, -min));
        close(mirrored.variance(), variance, 1e-10, &format!("variance on {} to {}", -max, -min));
    }
    close(cut(-1.0, 1.0).variance(), 0.291_125_094_772_793_2, 1e-14, "variance on -1 to 1");
    // Far in a tail, of a law that is itself a tail.
    close(cut(4.0, inf).quantile_sf(1e-30), 12.328_852_293_771_82, 1e-14, "upper tail");
    close(cut(-inf, -4.0).quantile(1e-30), -12.328_852_293_771_82, 1e-14, "lower tail");
    close(cut(-1.0, 2.0).quantile(0.25), -0.349_641_429_292_465_47, 1e-14, "a quarter");
    let law = cut(4.0, inf);
    assert_eq!((law.quantile(0.0), law.cdf(3.0), law.cdf(4.0), law.cdf(1e9)), (4.0, 0.0, 0.0, 1.0));
    assert_eq!((cut(-1.0, 2.0).quantile(1.0), cut(-1.0, 2.0).support()), (2.0, (-1.0, 2.0)));
    assert!((1..2000).all(|i| law.quantile(f64::from(i) * 1e-19) >= 4.0), "never below its bound");
}

#[test]
fn infinite_moments_are_infinite() {
    assert_eq!(Law::Pareto { alpha: 1.0, minimum: 1.0 }.mean(), f64::INFINITY);
    assert_eq!(Law::Lomax { alpha: 2.0, scale: 1.0 }.variance(), f64::INFINITY);
    assert!(Law::Lomax { alpha: 1.5, scale: 1.0 }.mean().is_finite());
}

#[test]
fn lists_step_and_tables_keep_their_rows() {
    let discrete = Law::discrete(vec![3.0, 1.0, 2.0], vec![2.0, 1.0, 1.0]).expect("valid");
    let picked: Vec<f64> = [0.0, 0.25, 0.26, 0.5, 0.51, 1.0].iter().map(|u| discrete.quantile(*u)).collect();
    assert_eq!(picked, [1.0, 1.0, 2.0, 2.0, 3.0, 3.0]);
    assert_eq!((discrete.mean(), discrete.variance()), (2.25, 0.6875));
    assert_eq!(discrete.cdf(2.0), 0.5);

    let empirical = Law::empirical(vec![5.0, 1.0, 9.0, 3.0]).expect("valid");
    let picked: Vec<f64> = [0.0, 0.25, 0.2500001, 0.75, 1.0].iter().map(|u| empirical.quantile(*u)).collect();
    assert_eq!(picked, [1.0, 1.0, 3.0, 5.0, 9.0]);

    let column = |values: Vec<f64>| Law::JointColumn { table: 0, values, weights: vec![1.0, 0.0, 3.0] };
    let (a, b) = (column(vec![9.0, 8.0, 7.0]), column(vec![1.0, 2.0, 3.0]));
    assert_eq!((a.quantile(0.2), b.quantile(0.2)), (9.0, 1.0));
    assert_eq!((a.quantile(0.3), b.quantile(0.3)), (7.0, 3.0));
    assert_eq!(a.support(), (7.0, 9.0));
}

#[test]
fn moments_asked_are_moments_given() {
    for family in ["normal", "lognormal", "gamma", "weibull", "lomax", "pareto", "uniform"] {
        for cv in [1.01, 2.0, 5.0] {
            let law = Law::from_mean_cv(family, 8000.0, cv).expect("the family has these moments");
            close(law.mean(), 8000.0, 1e-12, &format!("mean of {family}, cv {cv}"));
            close(law.variance().sqrt(), 8000.0 * cv, 1e-10, &format!("sd of {family}, cv {cv}"));
        }
    }
    let beta = Law::from_mean_sd("beta", 0.002, 0.003).expect("a beta law");
    close(beta.mean(), 0.002, 1e-14, "mean of beta");
    close(beta.variance().sqrt(), 0.003, 1e-13, "sd of beta");
    assert_eq!(Law::from_mean_cv("gamma", 5.0, 0.0), Ok(Law::Constant(5.0)));
}

#[test]
fn quantiles_asked_are_quantiles_given() {
    let pairs = [((0.05, 2.0), (0.95, 30.0)), ((0.5, 100.0), (0.99, 900.0)), ((0.1, 0.3), (0.5, 4.0))];
    for family in ["normal", "lognormal", "gamma", "weibull", "pareto", "lomax", "uniform"] {
        for (a, b) in pairs {
            let Ok(law) = Law::from_two_quantiles(family, a, b) else {
                assert_eq!(family, "lomax", "only Lomax may refuse {a:?} and {b:?}");
                continue;
            };
            close(law.quantile(a.0), a.1, 1e-9, &format!("{law:?} first"));
            close(law.quantile(b.0), b.1, 1e-9, &format!("{law:?} second"));
        }
    }
    let lomax = Law::from_two_quantiles("lomax", (0.5, 1.0), (0.99, 30.0)).expect("far enough apart");
    close(lomax.quantile(0.99), 30.0, 1e-10, "Lomax");
    for (a, b) in [((0.05, 0.02), (0.95, 0.4)), ((0.025, 0.6), (0.975, 0.7)), ((0.1, 1e-4), (0.9, 0.01))] {
        let beta = Law::from_two_quantiles("beta", a, b).expect("a beta law");
        close(beta.quantile(a.0), a.1, 1e-8, &format!("{beta:?} first"));
        close(beta.quantile(b.0), b.1, 1e-8, &format!("{beta:?} second"));
    }
}

#[test]
fn bad_laws_are_refused_in_words() {
    let cases: Vec<(Result<Law, LawError>, &str)> = vec![
        (Law::from_mean_cv("lomax", 1.0, 0.8), "cv 0.8 is too small for a Lomax law"),
        (Law::from_mean_cv("gama", 1.0, 0.8), "\"gama\" is not a family"),
        (Law::from_mean_sd("beta", 0.5, 0.6), "it must be below 0.5"),
        (Law::from_mean_sd("lognormal", -1.0, 0.6), "the mean is -1; it must be above 0"),
        (Law::from_two_quantiles("normal", (0.1, 5.0), (0.9, 4.0)), "the larger probability needs the larger value"),
        (Law::from_two_quantiles("normal", (0.0, 5.0), (0.9, 6.0)), "strictly between 0 and 1"),
        (Law::from_two_quantiles("lomax", (0.1, 5.0), (0.9, 6.0)), "no Lomax law goes through both"),
        (Law::discrete(vec![], vec![]), "empty"),
        (Law::discrete(vec![1.0], vec![1.0, 2.0]), "1 values but 2 weights"),
        (Law::discrete(vec![1.0], vec![0.0]), "at least one must be positive"),
        (Law::Triangular { min: 1.0, mode: 9.0, max: 3.0 }.checked(), "min, mode and max are out of order"),
        (Law::Normal { mean: f64::NAN, sd: 1.0 }.checked(), "must be a finite number"),
        (Law::TruncatedNormal { mean: 0.0, sd: 1.0, min: 2.0, max: 1.0 }.checked(), "min and max are out of order"),
        (
            Law::TruncatedNormal { mean: 0.0, sd: 1.0, min: 5.0, max: 9.0 }.checked(),
            "at least a millionth must be left",
        ),
        (Law::Constant(3.0).cut(4.0, f64::INFINITY), "0 of the normal law lies between"),
        (Law::Gamma { shape: 0.0, scale: 1.0 }.checked(), "the shape is 0; it must be above 0"),
        (Law::Empirical { values: vec![2.0, 1.0] }.checked(), "not sorted"),
    ];
    for (result, words) in cases {
        let message = result.expect_err(words).to_string();
        assert!(message.contains(words), "{message:?} should say {words:?}");
    }
}

#[test]
fn descriptions_are_plain() {
    let law = Law::from_mean_cv("lognormal", 8000.0, 3.0).expect("valid");
    assert_eq!(law.describe(), "lognormal, mean 8,000, cv 3");
    assert_eq!(Law::Uniform { min: 0.5, max: 1_234_000.0 }.describe(), "uniform from 0.5 to 1,234,000");
    let cut = Law::Normal { mean: 0.3, sd: 0.1 }.cut(0.0, f64::INFINITY).expect("valid");
    assert_eq!(cut.describe(), "normal, mean 0.3, sd 0.1, cut to 0 to infinity");
    assert_eq!(plain_number(-0.012346), "-0.01235");
    assert_eq!(plain_number(0.0), "0");
    assert_eq!(plain_number(f64::INFINITY), "infinity");
}
