//! Losses without a finite mean: hours with a heavy tail to a power that is too high for it.

use super::paths;
use super::reader::Reading;
use crate::model::{Damage, Q, Scenario};

/// Refuses elasticities at or above the tail index of the hours that they are a power of. Moments of the hours from that index on
/// are infinite, and the mean loss is the moment of the elasticity.
pub fn losses(reading: &mut Reading<'_>, scenario: &Scenario) {
    let mut found = Vec::new();
    for cohort in &scenario.cohorts {
        let Some(loss) = &cohort.loss else { continue };
        let Damage::Power { elasticity, .. } = &loss.damage else { continue };
        let highest = reading.quantities.get(*elasticity).law.support().1;
        let services = loss.service.as_ref().map_or(cohort.services.as_slice(), std::slice::from_ref);
        let hours = services.iter().flat_map(|s| {
            // Of a service that could not be read it was told.
            let back = scenario.services.get(*s).map(|service| &service.restoration);
            back.into_iter().flat_map(|back| {
                let phases = back.phases.iter().filter_map(|p| Some(scenario.outage.phases.get(*p)?.hours));
                phases.chain(back.strata.iter().map(|s| s.hours)).collect::<Vec<Q>>()
            })
        });
        let heaviest = hours.map(|q| (reading.quantities.get(q).law.tail_index(), q));
        let heaviest = heaviest.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|(index, _)| *index <= highest);
        let Some((index, q)) = heaviest else { continue };
        let path = format!("cohorts.{}.loss.damage.elasticity", cohort.id);
        found.push((path, highest, index, reading.quantities.get(q).path.clone()));
    }
    for (path, highest, index, of) in found {
        if let Some(place) = paths::find(reading.root, &path).map(|(_, node)| node.place) {
            let message = format!(
                "hours of which the tail has the index {index} have no finite mean to the power {highest}, and nor has the loss"
            );
            reading.error(place, message).help(format!(
                "keep the elasticity below {index}, or say where the loss ends: `points` instead of `rate` and `elasticity`, or \
                 another law for `{of}`"
            ));
        }
    }
}
