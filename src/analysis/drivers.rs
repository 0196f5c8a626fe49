//! Which uncertain numbers decide: for each guideline's cost and payout, for its budget and for the order of neighbours in
//! cost, the quantities that carry most of the variance, read off the first worlds of the run at no further draw. Of money
//! it is the variance of ranks: one award in court would else drown whatever decides in all other worlds.

use super::findings::{DriverRow, Sample};
use super::names::Names;
use super::ties::tied;
use super::totals::Totals;
use crate::chance::law::Law;
use crate::engine::outcome::guided;
use crate::model::Scenario;
use crate::stats::{Along, ranks};
use std::sync::Arc;

/// First worlds that this is taken over.
pub const DRIVER_WORLDS: usize = 4096;
/// With fewer worlds nothing can be told apart.
const LEAST_WORLDS: usize = 64;
/// Quantities told of one result.
const TOLD: usize = 3;
/// What carries less of the variance, or cannot be told from nothing, is not told.
const LEAST_SHARE: f64 = 0.01;
/// A yes or no that is nearly always the same has nothing that decides it.
const RARE: f64 = 0.01;

/// What is kept of the first worlds.
#[derive(Clone, Debug)]
pub struct Drivers {
    /// Quantities that vary: index and path.
    varying: Vec<(usize, Arc<str>)>,
    /// Paths of those each is linked to.
    linked: Vec<Arc<str>>,
    /// Their values: `[quantity][world]`.
    columns: Vec<Vec<f64>>,
    /// Limit on cost in each world, where there is one.
    limits: Vec<f64>,
    budget: Option<usize>,
}

/// What is looked at: its name in the table, the guideline, the one it is compared with, its values.
struct Look {
    name: &'static str,
    guideline: usize,
    compared_with: Option<usize>,
    values: Vec<f64>,
    is_share: bool,
}

impl Drivers {
    /// Nothing kept yet; nothing ever where `wanted` is false.
    pub fn new(scenario: &Scenario, wanted: bool) -> Drivers {
        let list = scenario.quantities.list.iter().enumerate();
        let varies = list.filter(|(_, q)| wanted && !q.law.is_constant());
        let varying: Vec<(usize, Arc<str>)> = varies.map(|(i, q)| (i, q.path.as_str().into())).collect();
        let linked = varying.iter().map(|(q, _)| partners(scenario, *q)).collect();
        let columns = vec![Vec::new(); varying.len()];
        let budget = scenario.budget.as_ref().filter(|_| wanted).map(|b| b.amount.0 as usize);
        Drivers { varying, linked, columns, limits: Vec::new(), budget }
    }

    /// Keeps a world while there is room.
    pub fn add(&mut self, totals: &Totals) {
        let world = totals.world();
        if self.columns.first().is_none_or(|c| c.len() >= DRIVER_WORLDS) {
            return;
        }
        self.columns.iter_mut().zip(&self.varying).for_each(|(column, (q, _))| column.push(world[*q]));
        self.limits.extend(self.budget.map(|q| world[q]));
    }

    /// The rows of the table; `sample` has the totals of at least the same worlds.
    pub fn rows(&self, sample: &Sample, names: &Names) -> Vec<DriverRow> {
        let n = self.columns.first().map_or(0, Vec::len);
        if n < LEAST_WORLDS || sample.replicates < n {
            return Vec::new();
        }
        let along: Vec<Along> = self.columns.iter().map(|x| Along::of(x)).collect();
        let mut rows = Vec::new();
        for look in self.looks(sample, n) {
            let ranked = if look.is_share { look.values.clone() } else { ranks(&look.values) };
            let mut shares: Vec<(usize, f64)> = Along::shares(&along, &ranked).enumerate().collect();
            shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let told = shares.into_iter().take(TOLD).map(|(q, _)| (q, along[q].share_with_error(&ranked)));
            let told = told.filter(|(_, share)| share.value >= LEAST_SHARE && share.lo > 0.0);
            for (rank, (q, share)) in (1..).zip(told) {
                let a = &along[q];
                let [low, high] = a.medians(&self.columns[q]);
                let [at_low, at_high] = if look.is_share { a.means(&look.values) } else { a.medians(&look.values) };
                rows.push(DriverRow {
                    variant: names.variant.clone(),
                    look: look.name,
                    guideline: names.guidelines[look.guideline].clone(),
                    compared_with: look.compared_with.map_or_else(|| "".into(), |g| names.guidelines[g].clone()),
                    is_share: look.is_share,
                    rank,
                    path: self.varying[q].1.clone(),
                    share,
                    quantity: [low, high],
                    result: [at_low, at_high],
                    linked: self.linked[q].clone(),
                    worlds: n,
                });
            }
        }
        rows
    }

    fn looks(&self, sample: &Sample, n: usize) -> Vec<Look> {
        let values = |g: usize, measure: &str| {
            let column = guided(measure).and_then(|m| sample.guided[g].get(m));
            column.map_or_else(Vec::new, |c| c[..n].to_vec())
        };
        let costs: Vec<Vec<f64>> = (0..sample.guided.len()).map(|g| values(g, "cost")).collect();
        let cost = guided("cost");
        let mut looks = Vec::new();
        for (g, own) in costs.iter().enumerate() {
            for name in ["cost", "payout"] {
                let values = values(g, name);
                if varies(&values) {
                    looks.push(Look { name, guideline: g, compared_with: None, values, is_share: false });
                }
            }
            let over: Vec<f64> = own.iter().zip(&self.limits).map(|(c, l)| f64::from(c > l)).collect();
            looks.extend(yes_or_no("over_budget", g, None, over));
        }
        let mut order: Vec<usize> = (0..costs.len()).collect();
        let middles: Vec<f64> = costs.iter().map(|c| middle(c)).collect();
        order.sort_by(|a, b| middles[*a].total_cmp(&middles[*b]).then(a.cmp(b)));
        for pair in order.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let cheaper = |(a, b): (&f64, &f64)| f64::from(a < b && !cost.is_some_and(|m| tied(m, *a, *b)));
            let cheaper = costs[a].iter().zip(&costs[b]).map(cheaper).collect();
            looks.extend(yes_or_no("cheaper", a, Some(b), cheaper));
        }
        looks
    }
}

fn yes_or_no(name: &'static str, guideline: usize, compared_with: Option<usize>, values: Vec<f64>) -> Option<Look> {
    let share = values.iter().sum::<f64>() / values.len() as f64;
    let open = (RARE..=1.0 - RARE).contains(&share);
    open.then_some(Look { name, guideline, compared_with, values, is_share: true })
}

/// False also where a value is not known in every world.
fn varies(values: &[f64]) -> bool {
    values.iter().all(|v| v.is_finite()) && values.windows(2).any(|w| w[0] != w[1])
}

fn middle(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Paths of the quantities that one is linked to directly, by rank correlation or table.
fn partners(scenario: &Scenario, q: usize) -> Arc<str> {
    let list = &scenario.quantities.list;
    let table = |i: usize| match list[i].law {
        Law::JointColumn { table, .. } => Some(table),
        _ => None,
    };
    let links = scenario.quantities.links.iter().filter(|l| l.rho != 0.0).filter_map(|l| {
        let (a, b) = (l.a.0 as usize, l.b.0 as usize);
        if a == q { Some(b) } else { (b == q).then_some(a) }
    });
    let mut all: Vec<usize> = links.collect();
    all.extend((0..list.len()).filter(|i| *i != q && table(q).is_some() && table(*i) == table(q)));
    all.iter().map(|i| list[*i].path.as_str()).collect::<Vec<_>>().join(" + ").into()
}
