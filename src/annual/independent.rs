//! The second road to a year's law: the total of independent events on a grid, from what single events cost.
//!
//! It knows nothing of guidelines that cumulate over months, of years in which everything lasts longer, or of what events
//! of one year have in common but their number. Where there is none of that it agrees with the drawn years; elsewhere the
//! difference is what they add.

use crate::chance::compound::{Count, DAMPING, Lattice, sum};
use crate::chance::law::Law;
use crate::model::company::Company;

/// Cells of the grid.
const CELLS: usize = 1 << 15;
/// The grid reaches so many times as far as the costliest drawn year.
const REACH: f64 = 2.0;

/// Law of a cause's number of events in a year. What is not known of the rate is taken as a gamma law of its mean and
/// variance (which it is where the rate follows from events seen).
pub fn count(company: &Company, cause: usize) -> Count {
    let cause = &company.causes[cause];
    let rate = &company.quantities.get(cause.per_year).law;
    let contagion = company.quantities.get(cause.contagion).law.mean();
    let mean = rate.mean();
    let unknown = if matches!(rate, Law::Constant(_)) || mean <= 0.0 { 0.0 } else { rate.variance() / (mean * mean) };
    Count::contagious(mean, (1.0 + contagion) * (1.0 + unknown) - 1.0)
}

/// Quantiles of a year's cost, were its events independent. `costs` holds costs of single events, cause by cause; causes
/// without any cost nothing. `None` where the drawn years cost nothing.
pub fn quantiles(company: &Company, costs: &[Vec<f64>], costliest_year: f64, p: &[f64]) -> Option<Vec<f64>> {
    if costliest_year <= 0.0 || !costliest_year.is_finite() {
        return None;
    }
    let step = REACH * costliest_year / CELLS as f64;
    let counts: Vec<Count> = (0..company.causes.len()).map(|c| count(company, c)).collect();
    let amounts: Vec<Lattice> = costs.iter().map(|c| Lattice::of_sample(step, c)).collect();
    let parts: Vec<(&Count, &Lattice)> =
        counts.iter().zip(&amounts).zip(costs).filter(|(_, c)| !c.is_empty()).map(|(part, _)| part).collect();
    if parts.is_empty() {
        return None;
    }
    let year = sum(&parts, CELLS, DAMPING);
    Some(p.iter().map(|p| year.quantile(*p)).collect())
}
