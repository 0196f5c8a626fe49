//! Reference answers: a compound distribution (W1) and 45 million people under four guidelines (W2), with pools that
//! bind and with take-up that differs between guidelines, at 1,000,000 replicates.
//!
//! |z| < 4 (level 6.3e-5) for mean, standard deviation, quantiles and TVaR99; standard errors from the sample:
//! fourth moment, binomial order statistics, Manistre and Hancock (2005). The references' own error (1e-8) is nothing
//! beside them.

use std::sync::atomic::AtomicBool;

use redress::chance::severity::Severity;
use redress::engine::outcome::{Shape, guided};
use redress::engine::run::{Event, Options, run};
use redress::model::{Pool, Rule, Scenario};
use redress::stats::Moments;

use super::cases::constant_take_up;
use crate::common::check::{Check, quantile, tail_mean};
use crate::common::{Build, sample, w2};

const REPLICATES: u64 = 1_000_000;

/// Mean, sd, quantiles 50, 90, 99 and 99.9 %, TVaR99.
type Figures = [f64; 7];
const QUANTILES: [f64; 4] = [0.5, 0.9, 0.99, 0.999];

/// Payouts in total, by guideline.
fn payouts(scenario: &Scenario, seed: u64) -> Vec<Vec<f64>> {
    let s: Shape = sample::shape(scenario);
    let payout = guided("payout").expect("a measure");
    let mut out = vec![Vec::with_capacity(REPLICATES as usize); s.guidelines];
    let options = Options { seed, replicates: REPLICATES, inequality: false, ..Options::default() };
    run(scenario, &options, &AtomicBool::new(false), |event| {
        if let Event::Block(b) = event {
            for (g, column) in out.iter_mut().enumerate() {
                column.extend((0..b.replicates).map(|r| b.guided[s.guided(r, g, 0, payout)]));
            }
        }
        Ok(())
    })
    .expect("the run ends");
    out
}

fn compare(check: &mut Check, name: &str, sample: &mut [f64], expected: &Figures) {
    let moments = Moments::of(sample);
    sample.sort_unstable_by(f64::total_cmp);
    let mut figure = |what: &str, (value, se): (f64, f64), expected: f64| {
        check.z(&format!("{name}, {what}"), value, expected, se);
    };
    let (mean, sd) = (moments.mean(), moments.sd());
    figure("mean", (mean.value, mean.se), expected[0]);
    figure("sd", (sd.value, sd.se), expected[1]);
    for (q, reference) in QUANTILES.iter().zip(&expected[2..6]) {
        figure(&format!("quantile {q}"), quantile(sample, *q), *reference);
    }
    figure("TVaR99", tail_mean(sample, 0.99), expected[6]);
}

fn compare_all(name: &str, scenario: &Scenario, seed: u64, expected: &[Figures]) {
    let mut check = Check::new(name);
    let mut samples = payouts(scenario, seed);
    assert_eq!(samples.len(), expected.len());
    for (g, (sample, figures)) in samples.iter_mut().zip(expected).enumerate() {
        compare(&mut check, &scenario.guidelines[g].id, sample, figures);
    }
    check.done();
}

/// N ~ Poisson(100), here binomial(1e9, 1e-7); min(max(X - 50,000, 0), 500,000), X lognormal of mean 300,000 and cv 2.
/// Reference: closed-form moments; lattice FFT with Richardson extrapolation for quantiles and TVaR.
#[test]
fn a_compound_distribution() {
    let mut b = Build::new();
    let hit = b.constant(1e-7);
    let severity = Severity::from_family_cv("lognormal", 2.0).expect("valid severity");
    b.cohort("people", 1e9, hit, Some((300_000.0, severity)));
    let amount = b.share(1.0, 50_000.0);
    let cap = b.constant(500_000.0);
    b.guideline("limited", amount).rules[0].cap = Some(cap);
    let expected = [
        15_932_787.463_556_794,
        2_383_861.857_838_802,
        15_861_621.396_09,
        19_032_209.590_52,
        21_783_200.676_75,
        23_886_160.913_45,
        22_712_982.499_07,
    ];
    compare_all("W1", &b.scenario, 101, &[expected]);
}

/// Four guidelines on the same claims, and the last one again with a pool that binds.
/// Reference: characteristic functions inverted by Fourier series (two expansion points agree to 1e-8), the pool applied
/// to the law of the sum; `reference/w2_law.py` works all of them out again.
#[test]
fn many_people_under_four_guidelines_and_a_pool_that_binds() {
    let mut b = w2();
    let amount = b.share(0.5, 0.0);
    b.guideline("pooled", amount);
    pool(&mut b, 3, 20e9);
    pool(&mut b, 4, 4.5e9);
    let expected = [
        [
            1_180_000_000.0,
            691_799_393.8,
            951_988_976.4,
            1_980_000_733.3,
            3_973_514_384.6,
            6_132_225_722.7,
            4_907_034_256.4,
        ],
        [
            7_153_541_107.2,
            4_154_449_816.2,
            5_785_156_911.5,
            11_957_706_109.1,
            23_928_214_285.1,
            36_890_753_670.9,
            29_533_774_368.6,
        ],
        [
            7_280_555_831.8,
            1_000_403_496.6,
            7_211_006_786.1,
            8_548_863_997.2,
            10_063_955_253.5,
            11_729_585_271.4,
            10_779_971_861.0,
        ],
        [
            4_312_750_000.0,
            713_104_122.3,
            4_215_825_398.6,
            5_164_226_398.2,
            6_696_450_080.5,
            8_413_305_371.2,
            7_438_238_048.7,
        ],
        [4_121_005_215.8, 394_079_590.1, 4_215_825_398.5, 4.5e9, 4.5e9, 4.5e9, 4.5e9],
    ];
    compare_all("W2", &b.scenario, 102, &expected);
}

/// Shares of 30 % and 60 % file under the first two, 90 % are approved under the third, a logistic share files under
/// the fourth, whose pool binds in the fifth. Reference: `reference/w2_law.py`.
#[test]
fn many_people_whose_take_up_differs() {
    let mut b = w2();
    constant_take_up(&mut b, 0, 0.3);
    constant_take_up(&mut b, 1, 0.6);
    b.scenario.guidelines[2].rules[0].approval = b.constant(0.9);
    let filing = b.logistic(0.8, 5_000.0, 1.2);
    let amount = b.share(0.5, 0.0);
    let rule = Rule { filing, ..b.rule(amount) };
    b.scenario.guidelines[3].rules = vec![rule.clone()];
    b.rules("pooled", vec![rule]);
    pool(&mut b, 4, 3e9);
    let expected = [
        [354_000_000.0, 207_542_803.1, 285_599_978.6, 594_003_451.4, 1_192_060_391.8, 1_839_677_316.8, 1_472_117_880.0],
        [
            4_292_124_664.3,
            2_492_680_406.4,
            3_471_105_956.7,
            7_174_635_028.8,
            14_356_949_629.3,
            22_134_485_157.9,
            17_720_291_019.8,
        ],
        [
            6_552_500_248.6,
            900_431_725.3,
            6_489_905_613.1,
            7_694_074_578.5,
            9_057_693_079.5,
            10_556_754_565.5,
            9_702_105_294.9,
        ],
        [
            3_113_826_581.8,
            455_471_350.5,
            3_070_999_803.5,
            3_678_447_928.9,
            4_483_542_188.5,
            5_398_290_533.2,
            4_878_014_239.9,
        ],
        [2_881_425_902.6, 190_980_053.0, 3e9, 3e9, 3e9, 3e9, 3e9],
    ];
    compare_all("W2 with take-up", &b.scenario, 103, &expected);
}

fn pool(b: &mut Build, guideline: usize, money: f64) {
    let amount = b.constant(money);
    b.scenario.guidelines[guideline].pool = Some(Pool { amount, foreseen: false });
}
