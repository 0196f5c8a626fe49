//! Who bears the cost in the end: a partner by an agreed cost split, then recourse against who caused the outage, then
//! insurance of what is left.
//!
//! Of a cost x the partner bears s·x. Recourse, if it succeeds, brings min(r·(1 − s)·x, its limit) and costs k whether it
//! does or not; k is the company's own. What is left, (1 − s)·x + k − recourse, is insured.
//!
//! A layer with retention d, limit l and share c pays c · min(max(x − d, 0), l) of a cost x: Klugman, Panjer and
//! Willmot (2012), Loss Models, ch. 8.

use crate::model::bearing::Bearing;

/// What comes back of a cost, and what it takes to get it. Money.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Recovered {
    /// From a partner, as agreed.
    pub split: f64,
    /// From who caused the outage.
    pub recourse: f64,
    /// From the insurer.
    pub insurance: f64,
    /// Cost of the recourse.
    pub recourse_cost: f64,
}

impl Recovered {
    /// All that others bear.
    pub fn all(&self) -> f64 {
        self.split + self.recourse + self.insurance
    }
}

/// Recoveries of a cost in a world; `luck` is uniform and decides whether recourse succeeds.
pub fn recovered(bearing: &Bearing, cost: f64, luck: f64, world: &[f64]) -> Recovered {
    let mut out = Recovered { split: bearing.split_share(world) * cost, ..Recovered::default() };
    let cost = cost - out.split;
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
    use crate::model::bearing::{CostSplit, Insurance, Recourse};
    use crate::model::{Q, Text};

    #[test]
    fn insurance_pays_its_layer_of_what_recourse_leaves() {
        let world = [0.4, 0.5, 1e12, 3.0, 20.0, 30.0, 0.8];
        let recourse = Recourse { win: Q(0), share: Q(1), limit: Q(2), cost: Q(3) };
        let insurance = Insurance { retention: Q(4), limit: Q(5), share: Q(6) };
        let bearing = Bearing { cost_split: None, recourse: Some(recourse), insurance: Some(insurance) };
        // Lost: 3 spent, 103 less 20, at most 30, four fifths of it.
        let lost = recovered(&bearing, 100.0, 0.7, &world);
        assert_eq!(lost, Recovered { split: 0.0, recourse: 0.0, insurance: 24.0, recourse_cost: 3.0 });
        // Won: 50 comes back; 53 less 20 is still above the limit of 30.
        let won = recovered(&bearing, 100.0, 0.3, &world);
        assert_eq!(won, Recovered { split: 0.0, recourse: 50.0, insurance: 24.0, recourse_cost: 3.0 });
        let small = recovered(&bearing, 40.0, 0.3, &world);
        assert!((small.insurance - 0.8 * 3.0).abs() < 1e-12);
        assert_eq!(recovered(&bearing, 0.0, 0.3, &world), Recovered::default());
        assert_eq!(recovered(&Bearing::default(), 100.0, 0.3, &world), Recovered::default());
    }

    /// The worked example of docs/model.md, in bn: a cost of 10, of which a partner bears 30 %; recourse for half of the
    /// rest costs 0.1; insurance of 80 % of what exceeds 2, at most 4 of it.
    #[test]
    fn each_takes_of_what_those_before_it_leave() {
        let world = [0.3, 0.4, 0.5, 1e12, 0.1, 2.0, 4.0, 0.8];
        let cost_split = Some(CostSplit { partner: Text::en("operator"), share: Q(0) });
        let recourse = Some(Recourse { win: Q(1), share: Q(2), limit: Q(3), cost: Q(4) });
        let insurance = Some(Insurance { retention: Q(5), limit: Q(6), share: Q(7) });
        let bearing = Bearing { cost_split, recourse, insurance };
        let close = |found: Recovered, wanted: [f64; 4]| {
            let found = [found.split, found.recourse, found.insurance, found.recourse_cost];
            assert!(found.iter().zip(wanted).all(|(f, w)| (f - w).abs() < 1e-12), "{found:?}");
        };
        // Won: 3 by the partner, half of 7, then 80 % of 7 + 0.1 − 3.5 − 2.
        close(recovered(&bearing, 10.0, 0.3, &world), [3.0, 3.5, 1.28, 0.1]);
        // Lost: 7.1 less 2 is above 4.
        close(recovered(&bearing, 10.0, 0.7, &world), [3.0, 0.0, 3.2, 0.1]);
        // The split alone.
        let alone = Bearing { recourse: None, insurance: None, ..bearing.clone() };
        close(recovered(&alone, 10.0, 0.3, &world), [3.0, 0.0, 0.0, 0.0]);
        // Without it recourse and insurance are of the whole.
        let without = Bearing { cost_split: None, ..bearing };
        close(recovered(&without, 10.0, 0.3, &world), [0.0, 5.0, 0.8 * 3.1, 0.1]);
    }
}
