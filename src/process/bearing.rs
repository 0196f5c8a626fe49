//! Who bears the cost in the end: recourse against who caused the outage, then insurance of what is left.
//!
//! A layer with retention d, limit l and share c pays c · min(max(x − d, 0), l) of a cost x: Klugman, Panjer and
//! Willmot (2012), Loss Models, ch. 8.

use crate::model::bearing::Bearing;

/// What comes back of a cost, and what it takes to get it. Money.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Recovered {
    /// From who caused the outage.
    pub recourse: f64,
    /// From the insurer.
    pub insurance: f64,
    /// Cost of the recourse.
    pub recourse_cost: f64,
}

/// Recoveries of a cost in a world; `luck` is uniform and decides whether recourse succeeds.
pub fn recovered(bearing: &Bearing, cost: f64, luck: f64, world: &[f64]) -> Recovered {
    let mut out = Recovered::default();
    if let Some(r) = bearing.recourse.filter(|_| cost > 0.0) {
        out.recourse_cost = r.cost.of(world);
        if luck < r.win.of(world) {
            out.recourse = (r.share.of(world) * cost).min(r.limit.of(world));
        }
    }
    if let Some(i) = &bearing.insurance {
        let net = cost + out.recourse_cost - out.recourse;
        let layer = (net - i.retention.of(world)).max(0.0).min(i.limit.of(world));
        out.insurance = i.share.of(world) * layer;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Q;
    use crate::model::bearing::{Insurance, Recourse};

    #[test]
    fn insurance_pays_its_layer_of_what_recourse_leaves() {
        let world = [0.4, 0.5, 1e12, 3.0, 20.0, 30.0, 0.8];
        let recourse = Recourse { win: Q(0), share: Q(1), limit: Q(2), cost: Q(3) };
        let insurance = Insurance { retention: Q(4), limit: Q(5), share: Q(6) };
        let bearing = Bearing { recourse: Some(recourse), insurance: Some(insurance) };
        // Lost: 3 spent, 103 less 20, at most 30, four fifths of it.
        let lost = recovered(&bearing, 100.0, 0.7, &world);
        assert_eq!(lost, Recovered { recourse: 0.0, insurance: 24.0, recourse_cost: 3.0 });
        // Won: 50 comes back; 53 less 20 is still above the limit of 30.
        let won = recovered(&bearing, 100.0, 0.3, &world);
        assert_eq!(won, Recovered { recourse: 50.0, insurance: 24.0, recourse_cost: 3.0 });
        let small = recovered(&bearing, 40.0, 0.3, &world);
        assert!((small.insurance - 0.8 * 3.0).abs() < 1e-12);
        assert_eq!(recovered(&bearing, 0.0, 0.3, &world), Recovered::default());
        assert_eq!(recovered(&Bearing::default(), 100.0, 0.3, &world), Recovered::default());
    }
}
