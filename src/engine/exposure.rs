//! Exposure: the slots of a cohort in one world (region × duration stratum × band of fee and attributes), each with its
//! share of the cohort, its probability of being hit, its hours without each service, its fee and attributes.

use smallvec::SmallVec;

use super::plan::CohortPlan;
use crate::guideline::bands::{Axis, Of};
use crate::model::{Cohort, Damage, Hit, Q, Scenario, WeekProfile};

/// People of a cohort for whom region, duration, fee and attributes are the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slot {
    /// Region (index).
    pub region: usize,
    /// Duration stratum (index).
    pub stratum: usize,
    /// Combination of bands (index).
    pub band: usize,
    /// Share of the cohort.
    pub share: f64,
    /// Probability that one of them is hit.
    pub hit: f64,
    /// Monthly fee.
    pub fee_month: f64,
    /// Attributes by their place in the scenario; those that no rule looks at are 0.
    pub attributes: Vec<f64>,
    /// Hours without each of the cohort's services, in the cohort's order; 0 where it was not down.
    pub hours: Vec<f64>,
}

impl Slot {
    /// Longest hours without a service.
    pub fn longest(&self) -> f64 {
        self.hours.iter().copied().fold(0.0, f64::max)
    }
}

/// Restoration curves of all services in a world.
pub fn curves(scenario: &Scenario, world: &[f64], out: &mut Vec<Curve>) {
    out.clear();
    out.extend((0..scenario.services.len()).map(|service| curve(scenario, service, world)));
}

/// The slots of a cohort in a world with these restoration curves of all services, in the fixed order region, stratum,
/// band; slots without people are kept, so that positions mean the same in all worlds.
pub fn slots(scenario: &Scenario, plan: &CohortPlan, world: &[f64], curves: &[Curve], out: &mut Vec<Slot>) {
    let cohort = &scenario.cohorts[plan.cohort];
    let strata = strata(cohort, curves);
    let region_total = total(&cohort.region_shares, world);
    let bands: Vec<Vec<(f64, f64)>> = plan.axes.iter().map(|a| axis(a, world)).collect();
    let profile = profile_in(cohort, world);
    let mut count = 0;
    for (region, share_q) in cohort.region_shares.iter().enumerate() {
        let region_share = share_of(share_q.of(world), region_total);
        for (stratum, (stratum_share, hours)) in strata.iter().enumerate() {
            for band in 0..plan.bands {
                if out.len() == count {
                    out.push(Slot::default());
                }
                let slot = &mut out[count];
                count += 1;
                slot.region = region;
                slot.stratum = stratum;
                slot.band = band;
                slot.share = region_share * stratum_share * differ(slot, band, plan, &bands);
                slot.hours.clear();
                slot.hours.extend(
                    cohort
                        .services
                        .iter()
                        .zip(hours)
                        .map(|(s, h)| if scenario.services[*s].regions.contains(&region) { *h } else { 0.0 }),
                );
                slot.hit = hit_probability(scenario, cohort, &slot.hours, profile.as_ref(), world);
            }
        }
    }
    out.truncate(count);
}

/// A restoration curve: (cumulated share, hours).
pub type Curve = SmallVec<[(f64, f64); 2]>;

/// A duration stratum: its share and the hours without each service.
type Stratum = (f64, SmallVec<[f64; 8]>);

fn share_of(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn total(shares: &[Q], world: &[f64]) -> f64 {
    shares.iter().map(|q| q.of(world)).sum()
}

/// Share and value of each band of an axis; shares sum to 1.
fn axis(axis: &Axis, world: &[f64]) -> Vec<(f64, f64)> {
    let total: f64 = axis.bands.iter().map(|b| b.share.of(world)).sum();
    axis.bands.iter().map(|b| (share_of(b.share.of(world), total), b.value.of(world))).collect()
}

/// Gives a slot the fee and attributes of a combination of bands (the first axis changes slowest) and returns its share.
fn differ(slot: &mut Slot, band: usize, plan: &CohortPlan, bands: &[Vec<(f64, f64)>]) -> f64 {
    slot.fee_month = 0.0;
    slot.attributes.clear();
    slot.attributes.resize(plan.attributes, 0.0);
    let (mut rest, mut all) = (band, 1.0);
    for (axis, bands) in plan.axes.iter().zip(bands).rev() {
        let (share, value) = bands[rest % bands.len()];
        rest /= bands.len();
        all *= share;
        match axis.of {
            Of::Fee => slot.fee_month = value,
            Of::Attribute(place) => slot.attributes[place] = value,
        }
    }
    all
}

/// Duration strata of a cohort: the restoration curves of its services laid over each other, so that those who get one
/// service back first get all back first. Returns (share, hours by service of the cohort).
fn strata(cohort: &Cohort, all: &[Curve]) -> SmallVec<[Stratum; 2]> {
    let curves: SmallVec<[&Curve; 8]> = cohort.services.iter().map(|s| &all[*s]).collect();
    let mut cuts: SmallVec<[f64; 8]> = curves.iter().flat_map(|c| c[..c.len() - 1].iter().map(|p| p.0)).collect();
    cuts.sort_unstable_by(f64::total_cmp);
    cuts.push(1.0);
    let mut from = 0.0;
    let mut out = SmallVec::new();
    for cut in cuts {
        let middle = 0.5 * (from + cut);
        out.push((cut - from, curves.iter().map(|c| hours_at(c, middle)).collect()));
        from = cut;
    }
    out
}

/// Restoration curve of a service: (cumulated share, hours), the last share 1.
fn curve(scenario: &Scenario, service: usize, world: &[f64]) -> Curve {
    let restoration = &scenario.services[service].restoration;
    let before: f64 = restoration.phases.iter().map(|p| scenario.outage.phases[*p].hours.of(world)).sum();
    let total: f64 = restoration.strata.iter().map(|s| s.share.of(world)).sum();
    let mut sum = 0.0;
    let mut points: Curve = restoration
        .strata
        .iter()
        .map(|s| {
            sum += share_of(s.share.of(world), total);
            (sum, before + s.hours.of(world))
        })
        .collect();
    if let Some(last) = points.last_mut() {
        last.0 = 1.0;
    }
    points
}

fn hours_at(curve: &[(f64, f64)], share: f64) -> f64 {
    curve.iter().find(|p| share < p.0).or(curve.last()).map_or(0.0, |p| p.1)
}

/// The use profile that a cohort has in this world alone: where weights of it are uncertain.
fn profile_in(cohort: &Cohort, world: &[f64]) -> Option<WeekProfile> {
    match &cohort.hit {
        Hit::Use { weights: Some(weights), .. } => Some(weights.profile(world)),
        _ => None,
    }
}

/// Probability that a person with these hours without each service is hit; `own`: the use profile of this world, where there
/// is one.
fn hit_probability(
    scenario: &Scenario,
    cohort: &Cohort,
    hours: &[f64],
    own: Option<&WeekProfile>,
    world: &[f64],
) -> f64 {
    if hours.iter().all(|h| *h <= 0.0) {
        return 0.0;
    }
    match &cohort.hit {
        Hit::Share(q) => q.of(world).clamp(0.0, 1.0),
        Hit::Use { per_day, profile, kappa, .. } => {
            let profile = own.unwrap_or(profile);
            let start = scenario.outage.start.hour_of_week;
            let uses: f64 =
                per_day.iter().zip(hours).map(|(q, h)| q.of(world) / 24.0 * profile.between(start, *h)).sum();
            used_at_least_once(uses, kappa.of(world))
        }
    }
}

/// 1 − (1 + Λ/κ)^(−κ): the chance of at least one use when the mean number of uses is Λ and people's rates follow a
/// gamma law of shape κ (negative binomial counts); κ infinite gives 1 − e^(−Λ).
pub fn used_at_least_once(uses: f64, kappa: f64) -> f64 {
    if uses <= 0.0 {
        0.0
    } else if kappa.is_infinite() {
        -(-uses).exp_m1()
    } else {
        -(-kappa * (uses / kappa).ln_1p()).exp_m1()
    }
}

/// Mean loss of a loser after so many hours.
pub fn damage(damage: &Damage, hours: f64, world: &[f64]) -> f64 {
    if hours <= 0.0 {
        return 0.0;
    }
    match damage {
        Damage::Power { rate, elasticity } => rate.of(world) * hours.powf(elasticity.of(world)),
        Damage::Points(points) => {
            let mut before = (0.0, 0.0);
            for (h, money) in points {
                let next = (h.of(world), money.of(world));
                if hours <= next.0 {
                    let width = next.0 - before.0;
                    let t = if width > 0.0 { (hours - before.0) / width } else { 1.0 };
                    return before.1 + t * (next.1 - before.1);
                }
                before = next;
            }
            before.1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn use_gives_the_poisson_and_the_negative_binomial_chance() {
        assert!((used_at_least_once(2.0, f64::INFINITY) - (1.0 - (-2.0f64).exp())).abs() < 1e-15);
        // κ = 1 is geometric: P(no use) = 1 / (1 + Λ).
        assert!((used_at_least_once(3.0, 1.0) - 0.75).abs() < 1e-15);
        assert!((used_at_least_once(2.0, 1e9) - used_at_least_once(2.0, f64::INFINITY)).abs() < 1e-8);
        assert_eq!(used_at_least_once(0.0, 1.0), 0.0);
    }

    #[test]
    fn damage_is_linear_between_points_and_flat_after() {
        let world = [0.0, 0.0, 10.0, 100.0];
        let d = Damage::Points(vec![(Q(0), Q(1)), (Q(2), Q(3))]);
        assert_eq!(damage(&d, 5.0, &world), 50.0);
        assert_eq!(damage(&d, 50.0, &world), 100.0);
        assert_eq!(damage(&d, 0.0, &world), 0.0);
    }
}
