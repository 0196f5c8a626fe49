//! How a variant moves each total: the variant against the scenario as it stands, world by world over the worlds that
//! both were drawn in. What chance and the quantities left alone do to a world they do to both, so a few hundred worlds
//! tell the shift better than thousands drawn apart would (common random numbers; with the longer run's mean it is a
//! control variate: Glasserman, *Monte Carlo Methods in Financial Engineering*, 2003, section 4.1).

use super::findings::{ALL, BASE, Findings, Sample, ShiftRow};
use super::ties::tied;
use crate::engine::outcome::{COMMON, GUIDED, Measure};
use crate::stats::{Description, Estimate, paired};
use std::sync::Arc;

/// The rows of a variant. Guidelines that only one of the two has are left out.
pub fn rows(base: &Findings, variant: &Findings) -> Vec<ShiftRow> {
    let Some(run) = variant.variants.first() else { return Vec::new() };
    let (before, after) = (&base.sample, &variant.sample);
    let worlds = before.replicates.min(after.replicates);
    let row = |guideline: &Arc<str>, measure: &'static Measure, a: &[f64], b: &[f64]| {
        let as_it_stands = base.find(BASE, guideline, ALL, ALL, measure.name)?.mean();
        let shift = paired(&a[..worlds], &b[..worlds], None).difference;
        // What has no finite variance in either has no error.
        let there = variant.find(&run.id, guideline, ALL, ALL, measure.name);
        let known = [Some(as_it_stands), there.map(Description::mean)].iter().flatten().all(|mean| !mean.se.is_nan());
        let shift = if known { shift } else { Estimate::without_error(shift.value) };
        let (variant, guideline) = (run.id.clone(), guideline.clone());
        let own = there.map_or(Estimate::without_error(f64::NAN), Description::mean);
        Some(ShiftRow { variant, guideline, measure, as_it_stands, shift, own, worlds })
    };
    let all: Arc<str> = ALL.into();
    let mut rows = Vec::new();
    for (m, measure) in COMMON.iter().enumerate() {
        rows.extend(row(&all, measure, &after.common[m], &before.common[m]));
    }
    for (g, guideline) in variant.guidelines.iter().enumerate() {
        let Some(same) = base.guidelines.iter().position(|b| b == guideline) else { continue };
        for (m, measure) in GUIDED.iter().enumerate() {
            rows.extend(row(guideline, measure, &after.guided[g][m], &before.guided[same][m]));
        }
    }
    rows
}

/// Gives each comparison of a variant what becomes of the shares of worlds in which a is lower and higher than b, world by
/// world over the worlds that both were drawn in: a share of 250 worlds set against one of 10,000 others would differ where
/// the variant changes nothing. Pairs that only one of the two has stay without.
pub fn of_comparison(base: &Findings, variant: &mut Findings) {
    let (before, after) = (&base.sample, &variant.sample);
    let worlds = before.replicates.min(after.replicates);
    let place = |all: &[Arc<str>], id: &Arc<str>| all.iter().position(|g| g == id);
    for row in &mut variant.comparison {
        let (all, same) = (&variant.guidelines, &base.guidelines);
        let now = place(all, &row.guideline).zip(place(all, &row.compared_with));
        let then = place(same, &row.guideline).zip(place(same, &row.compared_with));
        let measure = GUIDED.iter().position(|m| m.name == row.measure.name);
        let (Some(now), Some(then), Some(m)) = (now, then, measure) else { continue };
        let moved = |holds: fn(f64, f64) -> bool| {
            let told = |sample: &Sample, (a, b): (usize, usize)| -> Vec<f64> {
                let (a, b) = (&sample.guided[a][m][..worlds], &sample.guided[b][m][..worlds]);
                let of = |(a, b): (&f64, &f64)| match (a - b).is_nan() {
                    true => f64::NAN,
                    false => f64::from(u8::from(holds(*a, *b) && !tied(m, *a, *b))),
                };
                a.iter().zip(b).map(of).collect()
            };
            // Worlds in which one of the four has no value say nothing of it.
            let (after, before) = (told(after, now), told(before, then));
            let both = |(a, b): &(f64, f64)| !(a - b).is_nan();
            let (after, before): (Vec<f64>, Vec<f64>) = after.into_iter().zip(before).filter(both).unzip();
            paired(&after, &before, None).difference
        };
        (row.lower_shift, row.higher_shift) = (Some(moved(|a, b| a < b)), Some(moved(|a, b| a > b)));
    }
}
