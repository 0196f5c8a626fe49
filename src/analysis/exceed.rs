//! Exceedance curves of a series: from all values where they were kept, else from its sketch.

use super::findings::ExceedanceRow;
use super::series::Series;
use crate::engine::outcome::Measure;
use crate::stats::exceedance::USUAL_PROBABILITIES;
use crate::stats::ranks::ranks;
use crate::stats::{CurvePoint, Scratch, Sketch, exceedance_curve};
use std::sync::Arc;

/// Rarer probabilities that are shown where so many worlds lie beyond.
const RARE: [f64; 7] = [0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001, 0.00001];
/// Least number of worlds beyond the rarest of these.
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
                value: ranks(*count, 1.0 - probability).estimate(*count, |_| *value),
            };
            probabilities(*count).iter().map(point).collect()
        }
        Series::Kept(..) => exceedance_curve(scratch.sorted(), &probabilities(scratch.sorted().len())),
        Series::Sketched(sketch, _) => of_sketch(sketch),
    }
}

fn of_sketch(sketch: &Sketch) -> Vec<CurvePoint> {
    let point = |&probability: &f64| CurvePoint {
        probability,
        return_period: 1.0 / probability,
        value: sketch.estimate(1.0 - probability),
    };
    probabilities(sketch.count() as usize).iter().map(point).collect()
}

/// Probabilities shown for so many worlds.
fn probabilities(worlds: usize) -> Vec<f64> {
    let enough = |p: &&f64| **p * worlds as f64 >= BEYOND;
    USUAL_PROBABILITIES.iter().chain(RARE.iter().filter(enough)).copied().collect()
}
