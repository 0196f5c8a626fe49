//! Exceedance curves of a series: from all values where they were kept, else from its sketch.

use super::findings::ExceedanceRow;
use super::series::Series;
use crate::engine::outcome::Measure;
use crate::stats::exceedance::USUAL_PROBABILITIES;
use crate::stats::ranks::ranks;
use crate::stats::{CurvePoint, Estimate, Scratch, Sketch, exceedance_curve};
use std::sync::Arc;

/// Rarer probabilities that are shown where so many worlds lie beyond.
const RARE: [f64; 7] = [0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001, 0.00001];
/// Least number of worlds beyond the rarest point.
const BEYOND: f64 = 10.0;

/// The rows of a curve.
pub fn rows(
    variant: &Arc<str>,
    guideline: &Arc<str>,
    measure: &'static Measure,
    curve: Vec<CurvePoint>,
) -> Vec<ExceedanceRow> {
    let row = |point: CurvePoint| ExceedanceRow {
        variant: variant.clone(),
        guideline: guideline.clone(),
        measure,
        probability: point.probability,
        value: point.value,
    };
    curve.into_iter().map(row).collect()
}

/// The points of the curve of a series that was just described with `scratch`, from likely to rare.
pub fn curve(series: &Series, scratch: &Scratch) -> Vec<CurvePoint> {
    match series {
        Series::Constant(value, count) => {
            let point = |probability: &f64| CurvePoint {
                probability: *probability,
                return_period: 1.0 / probability,
                value: Estimate::exact(*value),
            };
            probabilities(*count).iter().map(point).collect()
        }
        Series::Kept(..) => exceedance_curve(scratch.sorted(), &probabilities(scratch.sorted().len())),
        Series::Sketched(sketch, _) => of_sketch(sketch),
    }
}

fn of_sketch(sketch: &Sketch) -> Vec<CurvePoint> {
    let n = sketch.count() as usize;
    let at = |rank: usize, beyond: f64| match rank {
        0 => beyond,
        r if r > n => beyond,
        r => sketch.quantile(r as f64 / n as f64),
    };
    let point = |&probability: &f64| {
        let r = ranks(n, 1.0 - probability);
        let se = 0.5 * (at(r.sd_high, f64::NAN) - at(r.sd_low, f64::NAN));
        let (lo, hi) = (at(r.low, f64::NEG_INFINITY), at(r.high, f64::INFINITY));
        CurvePoint {
            probability,
            return_period: 1.0 / probability,
            value: Estimate { value: at(r.at, f64::NAN), se, lo, hi },
        }
    };
    probabilities(n).iter().map(point).collect()
}

/// Probabilities shown for so many worlds.
fn probabilities(worlds: usize) -> Vec<f64> {
    let enough = |p: &&f64| **p * worlds as f64 >= BEYOND;
    USUAL_PROBABILITIES.iter().chain(RARE.iter().filter(enough)).copied().collect()
}
