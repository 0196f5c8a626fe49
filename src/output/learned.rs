//! Calibrations and back-tests as tables.

use super::learned_columns::{
    backtest_table, counts_table, course_table, quantities_table, steps_table, summary_table,
};
use super::tables::{Cell, Rows};
use crate::engine::outcome::Series;
use crate::model::Scenario;
use crate::model::observed::{ErrorLaw, Observed};
use crate::stats::Description;
use crate::whatif::backtest::{Forecast, Scored, Summary};
use crate::whatif::calibrate::{Beside, Calibrated};

use Cell::{Number as N, Text as T, Whole as W};

const SHOWN: [f64; 3] = [0.05, 0.5, 0.95];

fn pair(before: &Description, after: &Description, se: f64) -> Vec<Cell<'static>> {
    let mut cells = Vec::new();
    for d in [before, after] {
        cells.extend([N(d.mean().value), N(d.sd().value)]);
        cells.extend(SHOWN.map(|q| N(d.quantile(q))));
    }
    cells.push(N(se));
    cells
}

fn guideline<'a>(o: &Observed, ids: &'a [String]) -> &'a str {
    o.guideline.and_then(|g| ids.get(g)).map_or("all", String::as_str)
}

/// Tables of a calibration, the answer first.
pub fn calibrated(found: &Calibrated, scenario: &Scenario) -> Vec<Rows> {
    let ids: Vec<String> = scenario.guidelines.iter().map(|g| g.id.clone()).collect();
    vec![
        quantities(found, &scenario.currency),
        counts(found, &scenario.currency, &ids),
        courses(found, &ids),
        steps(found),
    ]
}

fn quantities(found: &Calibrated, currency: &str) -> Rows {
    let mut rows = Rows::new(quantities_table(), found.learned.len());
    for l in &found.learned {
        let unit = l.unit.words(currency);
        let mut cells = vec![T(&l.path), T(&unit)];
        cells.extend(pair(&l.prior, &l.posterior, l.error_of_mean));
        cells.extend([N(l.narrower()), N(l.moved())]);
        rows.push(&cells);
    }
    rows
}

fn counts(found: &Calibrated, currency: &str, ids: &[String]) -> Rows {
    let mut rows = Rows::new(counts_table(), found.fitted.len() + found.foreseen.len());
    let uses = found.fitted.iter().map(|b| ("fitted", b)).chain(found.foreseen.iter().map(|b| ("foreseen", b)));
    for (used, b) in uses {
        let Beside { observed: o, prior, posterior, place, error_of_mean } = b;
        let unit = o.measured.unit.words(currency);
        let (error, law) = match o.error {
            Some(ErrorLaw::Normal(sd)) => (sd, "normal"),
            Some(ErrorLaw::Lognormal(sd)) => (sd, "lognormal"),
            None => (f64::NAN, ""),
        };
        let mut cells = vec![T(used), T(o.what.get(crate::model::Lang::En)), T(o.measured.name), T(guideline(o, ids))];
        cells.extend([T(&o.on), T(&unit), N(o.value), N(error), T(law)]);
        cells.extend(pair(prior, posterior, *error_of_mean));
        cells.extend([N(place.0), N(place.1)]);
        rows.push(&cells);
    }
    rows
}

/// Name of a course and its guideline's place among those that were run.
pub fn course_name(series: Series) -> (&'static str, Option<usize>) {
    match series {
        Series::Reports => ("reports", None),
        Series::Claims(g) => ("claims", Some(g)),
        Series::Reviewed(g) => ("reviewed", Some(g)),
        Series::Paid(g) => ("paid", Some(g)),
        Series::Payout(g) => ("payout", Some(g)),
    }
}

fn courses(found: &Calibrated, ids: &[String]) -> Rows {
    let mut rows = Rows::new(course_table(), found.bands.iter().map(|b| b.days.len()).sum());
    for band in &found.bands {
        let (name, g) = course_name(band.series);
        let id = g.and_then(|g| ids.get(g)).map_or("all", String::as_str);
        for ((day, before), after) in band.days.iter().zip(&band.prior).zip(&band.posterior) {
            let mut cells = vec![T(name), T(id), W(*day as i64)];
            cells.extend(before.iter().chain(after).map(|x| N(*x)));
            rows.push(&cells);
        }
    }
    rows
}

fn steps(found: &Calibrated) -> Rows {
    let mut rows = Rows::new(steps_table(), found.steps.len() + 1);
    rows.push(&[W(0), N(1.0), N(found.effective_by_weights), N(f64::NAN), N(f64::NAN)]);
    for (i, s) in found.steps.iter().enumerate() {
        rows.push(&[W(i as i64 + 1), N(s.power), N(s.effective), N(s.accepted), N(s.accepted_chance)]);
    }
    rows
}

fn yes(inside: bool) -> Cell<'static> {
    T(if inside { "yes" } else { "no" })
}

/// `backtest.csv`.
pub fn backtest(forecasts: &[Forecast], scored: &[Scored]) -> Rows {
    let mut rows = Rows::new(backtest_table(), scored.len());
    for s in scored {
        let f = &forecasts[s.forecast];
        let o = &f.outcomes[s.outcome];
        let unit = o.measured.unit.words(&f.currency);
        let mut cells = vec![T(&f.id), T(&f.as_of), T(o.what.get(crate::model::Lang::En)), T(o.measured.name)];
        cells.extend([T(guideline(o, &f.guidelines)), T(&o.on), T(&unit), N(o.value)]);
        cells.push(T(o.cohort.and_then(|c| f.cohorts.get(c)).map_or("all", String::as_str)));
        cells.extend([s.described.mean().value, s.described.sd().value, s.scores.median].map(N));
        for ((lo, hi), inside) in s.scores.intervals.into_iter().zip(s.scores.inside(o.value)) {
            cells.extend([N(lo), N(hi), yes(inside)]);
        }
        cells.extend([N(s.scores.pit), N(s.scores.crps), N(s.scores.crps_log), N(s.scores.log_score)]);
        cells.push(T(if s.scores.of_logarithm { "logarithm" } else { "value" }));
        cells.extend([N(s.scores.bandwidth), N(f.effective)]);
        rows.push(&cells);
    }
    rows
}

/// `backtest-summary.csv`.
pub fn summary(s: &Summary) -> Rows {
    let mut rows = Rows::new(summary_table(), 1);
    let mut cells = vec![W(s.events as i64), W(s.outcomes as i64)];
    for (inside, share) in s.inside.iter().zip(s.by_event) {
        cells.extend([W(*inside as i64), N(share)]);
    }
    cells.extend([s.mean_pit, s.crps_log, s.error_log, s.log_score].map(N));
    rows.push(&cells);
    rows
}
