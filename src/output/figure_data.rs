//! Findings → the plain data that figures are drawn from.

use super::figures::{Difference, Distribution, FigureData, GuidelineData, Interval};
use crate::analysis::findings::{ALL, BASE, Findings, statistic};
use crate::engine::outcome::guided;
use crate::model::Scenario;

/// Data of all figures of the base variant. Distributions come from the first worlds kept; means, intervals and
/// probabilities from all.
pub fn figure_data(findings: &Findings, scenario: &Scenario, seed: u64) -> FigureData {
    let guidelines = (0..findings.guidelines.len()).map(|g| guideline(findings, scenario, g)).collect();
    FigureData {
        title: scenario.title.clone(),
        seed,
        replicates: findings.variants.first().map_or(0, |v| v.replicates),
        version: env!("CARGO_PKG_VERSION").into(),
        currency: findings.currency.clone(),
        guidelines,
        cohorts: scenario.cohorts.iter().map(|c| c.title.clone()).collect(),
        baseline: (findings.guidelines.len() > 1).then_some(findings.baseline),
        budget: findings.budget.first().map(|b| b.budget),
    }
}

fn guideline(findings: &Findings, scenario: &Scenario, g: usize) -> GuidelineData {
    let id = &findings.guidelines[g];
    let by_cohort = |cohort: &str| findings.find(BASE, id, cohort, ALL, "payout").map_or(0.0, |d| d.mean().value);
    GuidelineData {
        id: id.to_string(),
        title: scenario.guidelines[g].title.clone(),
        payout: distribution(findings, g, "payout"),
        cost: distribution(findings, g, "cost"),
        claims: interval(findings, id, "claims"),
        automatic: findings.total(id, "automatic").map_or(0.0, |d| d.mean().value),
        payout_by_cohort: scenario.cohorts.iter().map(|c| by_cohort(&c.id)).collect(),
        difference: (g != findings.baseline).then(|| difference(findings, g)).flatten(),
    }
}

/// Distribution over the first worlds with the mean over all of them, which is the mean of the tables.
fn distribution(findings: &Findings, g: usize, measure: &str) -> Distribution {
    let sampled = Distribution::from_samples(values(findings, g, measure));
    match findings.total(&findings.guidelines[g], measure) {
        Some(all) => sampled.with_mean(all.mean().value),
        None => sampled,
    }
}

/// Totals of a measure in the first worlds.
fn values<'a>(findings: &'a Findings, g: usize, measure: &str) -> &'a [f64] {
    let column = guided(measure).and_then(|m| findings.sample.guided.get(g)?.get(m));
    column.map_or(&[], Vec::as_slice)
}

fn interval(findings: &Findings, guideline: &str, measure: &str) -> Interval {
    findings.total(guideline, measure).map_or(Interval::default(), |d| Interval {
        mean: d.mean().value,
        p05: statistic(d, "p05"),
        p95: statistic(d, "p95"),
    })
}

fn difference(findings: &Findings, g: usize) -> Option<Difference> {
    let mut rows = findings.comparison.iter().filter(|r| r.baseline && *r.variant == *BASE);
    let row = rows.find(|r| r.guideline == findings.guidelines[g] && r.measure.name == "cost")?;
    let pairs = values(findings, g, "cost").iter().zip(values(findings, findings.baseline, "cost"));
    let mut differences: Vec<f64> = pairs.map(|(a, b)| a - b).collect();
    differences.sort_by(f64::total_cmp);
    let last = differences.len().checked_sub(1)?;
    let at = |p: f64| differences[(p * last as f64).round() as usize];
    Some(Difference {
        mean: row.difference.value,
        mean_ci: (row.difference.lo, row.difference.hi),
        quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map(at),
        cheaper: row.lower.value,
        equal: row.equal.value,
    })
}
