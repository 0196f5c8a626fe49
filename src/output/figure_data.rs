//! Findings → the plain data that figures are drawn from.

use super::budget;
use super::figures::{
    Bill, Counted, Course, DayBand, Difference, Distribution, FigureData, Funnel, GuidelineData, Interval,
};
use super::handling::unhandled_in;
use crate::analysis::findings::{ALL, BASE, Findings, TimelineRow, statistic};
use crate::engine::days::timeline_days;
use crate::engine::outcome::guided;
use crate::model::observed::Observed;
use crate::model::{Scenario, Text};
use crate::stats::ranks::rank_of;

/// Data of all figures of the base variant. Distributions come from the first worlds kept; means, intervals and
/// probabilities from all.
pub fn figure_data(findings: &Findings, scenario: &Scenario, seed: u64) -> FigureData {
    let on = timeline_days(scenario);
    let guidelines = (0..findings.guidelines.len()).map(|g| guideline(findings, scenario, g, &on)).collect();
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
        budget_words: budget::told(scenario).unwrap_or_default(),
        budget_range: budget::reach(scenario),
        hit: interval(findings, ALL, "hit"),
        losers: interval(findings, ALL, "losers"),
        loss_by_cohort: by_cohort(findings, scenario, ALL, "loss"),
        reports: days(findings, ALL, "reports", &on),
        new_reports: days(findings, ALL, "reports_new", &on),
        channel_opens: opens(scenario),
        observed: observed(scenario, "reports", None),
        unhandled: unhandled_in(findings),
    }
}

/// Day on which the channel for reports opens in the middle of what is known.
fn opens(scenario: &Scenario) -> Option<f64> {
    let channel = scenario.aftermath.channel.as_ref()?;
    Some((channel.opens_after_hours.of(&scenario.quantities.central()) / 24.0).round())
}

/// What was counted of a measure until a day.
fn observed(scenario: &Scenario, measure: &str, guideline: Option<usize>) -> Vec<Counted> {
    let mine = |o: &&Observed| o.measured.name == measure && o.guideline == guideline && o.is_dated();
    scenario.aftermath.observed.iter().filter(mine).map(|o| counted(scenario, o)).collect()
}

fn counted(scenario: &Scenario, o: &Observed) -> Counted {
    let source = o.source.and_then(|s| scenario.sources.get(s)).map_or(Text::default(), |s| s.title.clone());
    Counted { what: o.what.clone(), day: o.day as f64, value: o.value, source }
}

/// Mean of a measure in each cohort; `guideline` is `all` for common measures.
fn by_cohort(findings: &Findings, scenario: &Scenario, guideline: &str, measure: &str) -> Vec<f64> {
    let mean = |cohort: &str| findings.find(BASE, guideline, cohort, ALL, measure).map_or(0.0, |d| d.mean().value);
    scenario.cohorts.iter().map(|c| mean(&c.id)).collect()
}

fn guideline(findings: &Findings, scenario: &Scenario, g: usize, on: &[usize]) -> GuidelineData {
    let id = &findings.guidelines[g];
    GuidelineData {
        id: id.to_string(),
        title: scenario.guidelines[g].title.clone(),
        payout: distribution(findings, g, "payout"),
        cost: distribution(findings, g, "cost"),
        over_budget: over_budget(findings, id),
        claims: interval(findings, id, "claims"),
        automatic: findings.total(id, "automatic").map_or(0.0, |d| d.mean().value),
        payout_by_cohort: by_cohort(findings, scenario, id, "payout"),
        difference: (g != findings.baseline).then(|| difference(findings, g)).flatten(),
        funnel: funnel(findings, g),
        bill: bill(findings, id),
        uncompensated_by_cohort: by_cohort(findings, scenario, id, "uncompensated"),
        made_good: findings.total(id, "adequacy").map_or(0.0, |d| d.mean().value),
        made_good_by_cohort: by_cohort(findings, scenario, id, "adequacy"),
        course: course(findings, id, on),
        observed: observed(scenario, "claims", Some(g)),
    }
}

fn over_budget(findings: &Findings, id: &str) -> Option<f64> {
    findings.budget.iter().find(|r| *r.variant == *BASE && *r.guideline == *id).map(|r| r.over.value)
}

/// The steps to the money. Steps that are sums of measures have the sum of the means, and quantiles over the first
/// worlds.
fn funnel(findings: &Findings, g: usize) -> Funnel {
    let id = &findings.guidelines[g];
    let mean = |measure: &str| findings.total(id, measure).map_or(0.0, |d| d.mean().value);
    let together = |measures: &[&str]| {
        let columns: Vec<&[f64]> = measures.iter().map(|m| values(findings, g, m)).collect();
        let worlds = columns.iter().map(|c| c.len()).min().unwrap_or(0);
        let mut sums: Vec<f64> = (0..worlds).map(|w| columns.iter().map(|c| c[w]).sum()).collect();
        let (p05, p95) = ends(&mut sums);
        Interval { mean: measures.iter().map(|m| mean(m)).sum(), p05, p95 }
    };
    let one = |measure: &str| interval(findings, id, measure);
    Funnel {
        eligible: together(&["covered", "refused", "gave_up", "deterred", "unaware"]),
        aware: together(&["covered", "refused", "gave_up", "deterred"]),
        asking: together(&["covered", "refused", "gave_up"]),
        covered: one("covered"),
        claims: one("claims"),
        automatic: one("automatic"),
        approved: one("approved"),
        paid: one("paid"),
    }
}

/// Quantiles of a sample at 5 and 95 %; NaN without values.
fn ends(values: &mut [f64]) -> (f64, f64) {
    let [low, high] = quantiles(values, [0.05, 0.95]).unwrap_or([f64::NAN; 2]);
    (low, high)
}

/// Quantiles of a sample as the tables take them, each the value of a world; none without values.
fn quantiles<const N: usize>(values: &mut [f64], at: [f64; N]) -> Option<[f64; N]> {
    values.sort_by(f64::total_cmp);
    (!values.is_empty()).then(|| at.map(|p| values[rank_of(values.len(), p) - 1]))
}

fn bill(findings: &Findings, id: &str) -> Bill {
    let mean = |measure: &str| findings.total(id, measure).map_or(0.0, |d| d.mean().value);
    Bill {
        cash: mean("payout"),
        overpaid: mean("overpaid"),
        in_kind: mean("in_kind_cost"),
        administration: mean("claim_cost") + mean("staff_cost"),
        courts: mean("court_awards"),
        legal: mean("legal_cost"),
        interest: mean("interest"),
        from_split: mean("from_split"),
        from_recourse: mean("from_recourse"),
        from_insurance: mean("from_insurance"),
        net: interval(findings, id, "cost"),
    }
}

/// What happens day by day under a guideline; none where nobody says when anything happens.
fn course(findings: &Findings, id: &str, on: &[usize]) -> Option<Course> {
    findings.total(id, "staff_cost")?;
    let median = |measure: &str| findings.total(id, measure).map(|d| statistic(d, "p50"));
    Some(Course {
        claims: days(findings, id, "claims", on),
        new_claims: days(findings, id, "claims_new", on),
        paid: days(findings, id, "paid_share", on),
        backlog: days(findings, id, "backlog", on),
        money_days: median("days_p50").zip(median("days_p90")),
        peak: interval(findings, id, "backlog_peak"),
    })
}

/// A series on every day that courses are told on: between the days on which it changes it stays.
fn days(findings: &Findings, guideline: &str, series: &str, on: &[usize]) -> Vec<DayBand> {
    let mine = |r: &&TimelineRow| *r.variant == *BASE && *r.guideline == *guideline && r.series == series;
    let rows: Vec<&TimelineRow> = findings.timeline.iter().filter(mine).collect();
    let told = |day: &usize| {
        let row = rows[..rows.partition_point(|r| r.day <= *day)].last()?;
        let value = Interval { mean: row.mean, p05: row.bands[0], p95: row.bands[row.bands.len() - 1] };
        Some(DayBand { day: *day as f64, value })
    };
    if rows.is_empty() { Vec::new() } else { on.iter().filter_map(told).collect() }
}

/// Distribution over the first worlds with the mean over all of them, which is the mean of the tables.
fn distribution(findings: &Findings, g: usize, measure: &str) -> Distribution {
    let sampled = Distribution::from_samples(values(findings, g, measure));
    match findings.total(&findings.guidelines[g], measure) {
        Some(all) => {
            sampled.with_mean(all.mean().value).with_told(["p05", "p50", "p95"].map(|name| statistic(all, name)))
        }
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
    Some(Difference {
        mean: row.difference.value,
        mean_ci: (row.difference.lo, row.difference.hi),
        quantiles: quantiles(&mut differences, [0.05, 0.25, 0.5, 0.75, 0.95])?,
        cheaper: row.lower.value,
        equal: row.equal.value,
    })
}

#[cfg(test)]
mod tests {
    use super::quantiles;
    use crate::stats::{Scratch, describe};

    /// Of ten worlds the tables' 5, 25 and 95 % are the first, the third and the last, not those at the nearest of nine steps.
    #[test]
    fn quantiles_are_those_of_the_tables() {
        for n in [1, 2, 10, 19, 200, 400] {
            let mut sample: Vec<f64> = (0..n).map(|i| f64::from(i * 7 % n)).collect();
            let told = describe(&sample, None, &mut Scratch::default());
            let at = [0.05, 0.25, 0.5, 0.75, 0.95];
            assert_eq!(quantiles(&mut sample, at), Some(at.map(|p| told.quantile(p))), "{n} worlds");
        }
    }
}
