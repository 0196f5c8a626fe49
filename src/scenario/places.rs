//! People where none of their services is: nobody of them is hit there.

use super::paths;
use super::reader::Reading;
use super::report::{Severity, first_of};
use crate::model::{Q, Scenario};

/// Warns of cohorts some of whose people live in regions in which none of their services was down. Nothing is told of a file with
/// mistakes, whose lists may be short.
pub fn unreached(reading: &mut Reading<'_>, scenario: &Scenario) {
    if reading.diagnostics.iter().any(|d| d.severity == Severity::Error) {
        return;
    }
    for cohort in &scenario.cohorts {
        let anybody = |q: &Q| reading.quantities.get(*q).law.support().1 > 0.0;
        let served = |region: &usize| cohort.services.iter().any(|s| scenario.services[*s].regions.contains(region));
        let shares = cohort.region_shares.iter().enumerate().filter(|(_, q)| anybody(q));
        let left: Vec<&str> =
            shares.filter(|(i, _)| !served(i)).map(|(i, _)| scenario.regions[i].id.as_str()).collect();
        let services = paths::find(reading.root, &format!("cohorts.{}.services", cohort.id));
        if let (false, Some((_, services))) = (left.is_empty(), services) {
            let place = services.place;
            let (names, id) = (first_of(&left), &cohort.id);
            reading
                .warn(
                    place,
                    format!("the people of `{id}` in {names} use none of these services: none of them can be hit"),
                )
                .help(format!(
                    "name a service that is there too, or say under [cohorts.{id}] in which `regions` its people are; \
                     `hit` is a share of those in regions with a service"
                ));
        }
    }
}
