//! Columns of the tables of calibrations and back-tests.

use super::columns::{Column, SEE_UNIT, Table, date, number, text, whole};
use crate::stats::INTERVALS;
use crate::whatif::calibrate::LEVELS;

fn before_and_after(what: &str) -> Vec<Column> {
    let mut columns = Vec::new();
    for (stage, words) in [("prior", "before"), ("posterior", "after")] {
        columns.push(number(&format!("{stage}_mean"), SEE_UNIT, &format!("mean of {what} {words}")));
        columns.push(number(&format!("{stage}_sd"), SEE_UNIT, &format!("standard deviation {words}")));
        for q in ["p05", "p50", "p95"] {
            columns.push(number(&format!("{stage}_{q}"), SEE_UNIT, &format!("quantile {words}")));
        }
    }
    columns.push(number("se", SEE_UNIT, "Monte-Carlo standard error of the mean after"));
    columns
}

/// `calibrate.csv`.
pub fn quantities_table() -> Table {
    let mut columns = vec![text("path", "the quantity: its path in the scenario file"), text("unit", "its unit")];
    columns.extend(before_and_after("the quantity"));
    columns.extend([
        number("narrower", "share", "part of the standard deviation that is gone; negative where it grew"),
        number("moved", "1", "by how many standard deviations before the mean moved"),
    ]);
    Table {
        file: "calibrate.csv",
        row: "`redress calibrate`: one quantity that the observations say something of",
        columns,
    }
}

fn counted() -> Vec<Column> {
    vec![
        text("what", "what was counted, in words"),
        text("measure", "what was counted"),
        text("guideline", "guideline in force; `all` for what is the same under every one"),
        date("on", "the day, YYYY-MM-DD"),
        text("unit", "unit of the row's values"),
        number("value", SEE_UNIT, "what was counted"),
    ]
}

/// `calibrate-counts.csv`.
pub fn counts_table() -> Table {
    let mut columns = vec![text("use", "`fitted`, or `foreseen` and held against what happened")];
    columns.extend(counted());
    columns.push(number("error", "see error_law", "standard deviation of the count's error"));
    columns.push(text(
        "error_law",
        "`normal` (in the unit) or `lognormal` (of the logarithm); empty where none is stated",
    ));
    columns.extend(before_and_after("the simulated count"));
    columns.extend([
        number("prior_place", "share", "worlds before below what was counted, its error added"),
        number("posterior_place", "share", "worlds after below what was counted, its error added"),
    ]);
    Table { file: "calibrate-counts.csv", row: "`redress calibrate`: one count beside its simulation", columns }
}

/// `calibrate-course.csv`.
pub fn course_table() -> Table {
    let mut columns = vec![
        text("course", "what is cumulated by day"),
        text("guideline", "guideline; `all` for what is the same under every one"),
        whole("day", "d", "day, from that of the outage"),
    ];
    for stage in ["prior", "posterior"] {
        for q in LEVELS {
            let name = format!("{stage}_p{:02}", (q * 100.0).round());
            columns.push(number(&name, SEE_UNIT, "quantile over worlds, in persons or the currency"));
        }
    }
    Table { file: "calibrate-course.csv", row: "`redress calibrate`: one day of a course", columns }
}

/// `calibrate-steps.csv`.
pub fn steps_table() -> Table {
    let columns = vec![
        whole("step", "1", "step; 0 is importance weights alone"),
        number("power", "1", "power of the likelihood after it"),
        number("effective", "1", "effective particles before resampling"),
        number("accepted", "share", "accepted moves of quantities"),
        number("accepted_chance", "share", "accepted moves of chance"),
    ];
    Table { file: "calibrate-steps.csv", row: "`redress calibrate`: one step from prior to posterior", columns }
}

/// `backtest.csv`.
pub fn backtest_table() -> Table {
    let mut columns =
        vec![text("scenario", "scenario of the event"), date("as_of", "the day the forecast was made on, YYYY-MM-DD")];
    columns.extend(counted());
    columns.push(text("cohort", "cohort; `all` for everybody"));
    columns.push(number("mean", SEE_UNIT, "mean of the forecast"));
    columns.push(number("sd", SEE_UNIT, "standard deviation of the forecast"));
    columns.push(number(
        "p50",
        SEE_UNIT,
        "median of the forecast, between the values of worlds as the ends of the intervals are",
    ));
    for level in INTERVALS {
        let name = format!("{:.0}", level * 100.0);
        columns.push(number(&format!("lo{name}"), SEE_UNIT, "lower end of the central interval of so many percent"));
        columns.push(number(&format!("hi{name}"), SEE_UNIT, "upper end of it"));
        columns.push(text(&format!("inside{name}"), "`yes` where the outcome lies in it, else `no`"));
    }
    columns.extend([
        number("pit", "share", "probability integral transform: worlds below the outcome, ties by half"),
        number("crps", SEE_UNIT, "continuous ranked probability score, fair estimate"),
        number("crps_log", "1", "the same of logarithms, where all is above 0"),
        number("log_score", "1", "minus the logarithm of the kernel density at the outcome"),
        text("log_score_of", "`logarithm`: the density is of ln(outcome), else of its `value`"),
        number("bandwidth", "1", "bandwidth of the kernel, in the unit of what the density is of"),
        number("effective", "1", "effective worlds of the forecast"),
    ]);
    Table { file: "backtest.csv", row: "`redress backtest`: one outcome and its forecast", columns }
}

/// `backtest-summary.csv`.
pub fn summary_table() -> Table {
    let mut columns = vec![whole("events", "1", "events"), whole("outcomes", "1", "outcomes of all events")];
    for level in INTERVALS {
        let name = format!("{:.0}", level * 100.0);
        columns.push(whole(&format!("inside{name}"), "1", "outcomes inside the central interval of so many percent"));
        columns.push(number(&format!("by_event{name}"), "share", "the same as a share, each event weighing the same"));
    }
    columns.extend([
        number("mean_pit", "share", "mean probability integral transform; each event weighs the same, as below"),
        number("crps_log", "1", "mean ranked probability score of logarithms"),
        number("error_log", "1", "mean distance of the median from the outcome, in logarithms"),
        number("log_score", "1", "mean logarithmic score"),
    ]);
    Table { file: "backtest-summary.csv", row: "`redress backtest`: all events together", columns }
}

/// All tables of these commands.
pub fn all() -> Vec<Table> {
    vec![quantities_table(), counts_table(), course_table(), steps_table(), backtest_table(), summary_table()]
}
