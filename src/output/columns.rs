//! Every column of every table, listed once: name, type, unit, meaning. The writers take their columns from here, and
//! so do the data package and the documentation.

pub use super::compared_columns::{comparison, summary, variants};
use super::terminal::cells::grouped;
use crate::analysis::{DRIVER_WORLDS, HEAD, TWINS};
use crate::engine::outcome::{ACCOUNTS, COMMON, GUIDED, Measure, MeasureUnit, TIMELINE_WORLDS, common};
use crate::model::{Scenario, Unit};

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A date, `YYYY-MM-DD`, or empty.
    Date,
    /// A whole number.
    Whole,
    /// A floating-point number, written so that it reads back to the same bits.
    Number,
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Name in the file.
    pub name: String,
    /// Type.
    pub kind: Kind,
    /// Unit: an ISO currency, `persons`, `share`, `h`, `1` for pure numbers, `see unit` where a column of the row says
    /// it, and [`NO_UNIT`] for text and dates.
    pub unit: String,
    /// What it means, one sentence.
    pub meaning: String,
}

/// One file with rows and columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// File name.
    pub file: &'static str,
    /// What one row is.
    pub row: &'static str,
    /// Its columns, in order.
    pub columns: Vec<Column>,
}

/// Measures of all people that stand beside each guideline's in the replicate table.
pub const REPLICATE_COMMON: [&str; 5] = ["hit", "losers", "loss", "reports", "reports_no_money"];

/// A column of days.
pub(super) fn date(name: &str, meaning: &str) -> Column {
    Column { kind: Kind::Date, ..text(name, meaning) }
}

pub(super) fn text(name: &str, meaning: &str) -> Column {
    column(name, Kind::Text, NO_UNIT, meaning)
}

pub(super) fn whole(name: &str, unit: &str, meaning: &str) -> Column {
    column(name, Kind::Whole, unit, meaning)
}

pub(super) fn number(name: &str, unit: &str, meaning: &str) -> Column {
    column(name, Kind::Number, unit, meaning)
}

fn column(name: &str, kind: Kind, unit: &str, meaning: &str) -> Column {
    Column { name: name.into(), kind, unit: unit.into(), meaning: meaning.into() }
}

/// Unit of what has none: words, names, dates. A pure number has the unit `1`.
pub const NO_UNIT: &str = "none";
pub(super) const SEE_UNIT: &str = "see unit";
const SEE_INPUT: &str = "see inputs.csv";
const SEE_SERIES: &str = "see series";

pub(super) fn variant() -> Column {
    text("variant", "what-if of the scenario; `base` is the scenario as it stands")
}

pub(super) fn guideline() -> Column {
    text("guideline", "guideline; `all` for what is the same under every guideline")
}

pub(super) fn measure_and_unit() -> [Column; 2] {
    [text("measure", "what is measured"), text("unit", "unit of the row's values")]
}

/// Unit of a measure in words; `currency` is an ISO code.
pub fn unit_words(unit: MeasureUnit, currency: &str) -> String {
    match unit {
        MeasureUnit::Persons => Unit::Persons.words(currency),
        MeasureUnit::Money => Unit::Money.words(currency),
        MeasureUnit::Share => Unit::Share.words(currency),
        MeasureUnit::Days => "d".into(),
        MeasureUnit::Hours => Unit::Hours.words(currency),
    }
}

/// `timeline.csv`.
pub fn timeline() -> Table {
    let band =
        |name: &str, share: &str| number(name, SEE_SERIES, &format!("{share} of the worlds are at or below this"));
    let columns = vec![
        variant(),
        guideline(),
        text(
            "series",
            "reports (reports), claims (claims filed: one for each rule under which a person files, so that a person may have \
             several), reviewed (claims), paid (entitlements to money; the advance, where there is one), given (awards in kind), \
             all cumulated; reports_new, claims_new (what came in on the day; on days told at a distance, on an average day since \
             the one told before); backlog (claims that wait for review); paid_share (share: paid of all entitlements to money, also of \
             those that are not paid on any day followed, over the worlds that have any)",
        ),
        whole(
            "day",
            "d",
            "days from the day of the outage: each of them until the last window has closed (30 to 700 days), then one a week \
             for a year, then one in four weeks, those on which nothing changes left out; never the last day followed (1,095), \
             on which all is booked that is not done by then",
        ),
        number("mean", SEE_SERIES, "mean over the worlds, in what the series counts"),
        band("p05", "5 %"),
        band("p25", "25 %"),
        band("p50", "half"),
        band("p75", "75 %"),
        band("p95", "95 %"),
        whole(
            "worlds",
            "1",
            &format!("worlds that this is taken over: the first {TIMELINE_WORLDS}, or all of a shorter run"),
        ),
    ];
    Table { file: "timeline.csv", row: "one day of one course; no rows without a channel or a procedure", columns }
}

/// `exceedance.csv`.
pub fn exceedance() -> Table {
    let mut columns = vec![variant(), guideline()];
    columns.extend(measure_and_unit());
    columns.extend([
        number("probability", "share", "probability that the value is exceeded, at most"),
        number("return_period", "worlds", "1 ÷ probability: once in so many worlds"),
        number("value", SEE_UNIT, "lowest value that is exceeded with this probability at most"),
        number("lo", SEE_UNIT, "lower end of its 95 % Monte-Carlo interval"),
        number("hi", SEE_UNIT, "upper end of its 95 % Monte-Carlo interval"),
    ]);
    Table { file: "exceedance.csv", row: "one point of the exceedance curve of payout or cost", columns }
}

/// `spread.csv`.
pub fn spread() -> Table {
    let mut columns = vec![variant(), guideline()];
    columns.extend(measure_and_unit());
    columns.extend([
        number(
            "variance",
            "see unit, squared",
            &format!("variance over the first {} worlds, or all of a shorter run", grouped(HEAD as f64)),
        ),
        number(
            "chance",
            "share",
            "chance inside a world, estimated over the first `twins` worlds, as a share of `variance`; empty where that is 0",
        ),
        number("ignorance", "share", "the rest of it: 1 - `chance`, ignorance of which world it is; empty likewise"),
        number("se", "share", "Monte-Carlo standard error of both shares"),
        number("lo", "share", "lower end of the 95 % interval of the chance share"),
        number("hi", "share", "upper end of the 95 % interval of the chance share"),
        whole(
            "twins",
            "1",
            &format!(
                "first worlds drawn a second time with other chance: {}, or all of a shorter run",
                grouped(TWINS as f64)
            ),
        ),
    ]);
    Table {
        file: "spread.csv",
        row: "the spread of one total under one guideline, ignorance against chance; none of what has no finite variance",
        columns,
    }
}

/// `budget.csv`.
pub fn budget(currency: &str) -> Table {
    let columns = vec![
        variant(),
        guideline(),
        number("budget", currency, "mean of the limit on cost"),
        number("tolerance", "share", "share of worlds in which it may be exceeded"),
        number("p_over", "share", "probability that the cost exceeds the budget"),
        number("se", "share", "Monte-Carlo standard error of it"),
        number("lo", "share", "lower end of its 95 % interval (Wilson)"),
        number("hi", "share", "upper end of its 95 % interval (Wilson)"),
    ];
    Table { file: "budget.csv", row: "one guideline against the budget; no rows without a budget", columns }
}

/// `pools.csv`.
pub fn pools() -> Table {
    let columns = vec![
        variant(),
        guideline(),
        number("p_binds", "share", "share of worlds in which the pool scales awards down"),
        number("lo", "share", "lower end of its 95 % interval (Wilson)"),
        number("hi", "share", "upper end of its 95 % interval (Wilson)"),
        number("factor", "1", "mean factor on awards over all worlds"),
        number("factor_bound", "1", "mean factor over the worlds in which it binds; 1 if it never does"),
    ];
    Table { file: "pools.csv", row: "one guideline that has a pool", columns }
}

/// `best.csv`.
pub fn best() -> Table {
    let columns = vec![
        variant(),
        text(
            "criterion",
            "cheapest (lowest cost), fastest (lowest days_p50, in the worlds that have any; left out where fewer than two guidelines say when anything is paid), widest (highest coverage), fairest (lowest absolute Gini); the last two are left out where nobody loses money in any world",
        ),
        guideline(),
        number("share", "share", "share of worlds in which it is best; a tie of k counts 1/k for each"),
        number("lo", "share", "lower end of its 95 % Monte-Carlo interval"),
        number("hi", "share", "upper end of its 95 % Monte-Carlo interval"),
        number("tied", "share", "share of worlds in which it is best together with another"),
    ];
    Table { file: "best.csv", row: "how often one guideline is best by one criterion", columns }
}

/// `drivers.csv`.
pub fn drivers() -> Table {
    let fifth = |which: &str| format!("the fifth of worlds in which the quantity is {which}");
    let mut columns = vec![
        variant(),
        text(
            "result",
            "`cost`, `payout`, `over_budget` (the limit on cost is exceeded) or `cheaper` (than `compared_with`)",
        ),
        guideline(),
        text("compared_with", "next guideline by median cost, of `cheaper`; else empty"),
        text("unit", "unit of `at_low` and `at_high`"),
        whole(
            "rank",
            "1",
            "place of the quantity by its share, from 1; three at most are told, none below 1 % or not clear of 0",
        ),
        text("path", "where the quantity stands in the scenario file"),
        number(
            "share",
            "share",
            "share of the variance that it carries by itself (first-order index), freed of bias: of money the variance of its rank among the worlds, of yes and no that of the result itself",
        ),
        number("se", "share", "Monte-Carlo standard error of it (delete-a-group jackknife)"),
        number("lo", "share", "lower end of its 95 % interval"),
        number("hi", "share", "upper end of its 95 % interval"),
    ];
    columns.extend([
        number("low", "unit of the quantity", &format!("median of the quantity in {}", fifth("lowest"))),
        number("high", "unit of the quantity", &format!("median of the quantity in {}", fifth("highest"))),
        number("at_low", SEE_UNIT, &format!("median of the result, or share of worlds, in {}", fifth("lowest"))),
        number("at_high", SEE_UNIT, &format!("median of the result, or share of worlds, in {}", fifth("highest"))),
        text("linked", "quantities it is linked to, whose effects it then shares"),
        whole(
            "worlds",
            "1",
            &format!("first worlds that this is taken over: {DRIVER_WORLDS}, or all of a shorter run"),
        ),
    ]);
    let row = "one uncertain number and one result, of the scenario as it stands; no rows below 64 worlds";
    Table { file: "drivers.csv", row, columns }
}

/// `inputs.csv`.
pub fn inputs() -> Table {
    let columns = vec![
        text("path", "where the number stands in the scenario file"),
        text("value_or_law", "its value, or its law in words"),
        text("unit", "its unit"),
        number("mean", SEE_UNIT, "mean of its law, of a constant the value itself; empty where infinite"),
        number("p05", SEE_UNIT, "5 % quantile of its law"),
        number("p95", SEE_UNIT, "95 % quantile of its law"),
        text("status", "`sourced`, `assumed` (no source), `default` (not stated) or `same` (as the one in `note`)"),
        text("source", "title of its source"),
        text("url", "address of its source"),
        column("date", Kind::Date, NO_UNIT, "date of its source, `YYYY-MM-DD`; empty where it has none"),
        text("grade", "grade of evidence: A regulator or company filing, B press, C a hint only"),
        text("note", "page, table or arithmetic by which it was derived"),
    ];
    Table { file: "inputs.csv", row: "one number of the scenario", columns }
}

fn replicate() -> Column {
    whole("replicate", "1", "number of the world, from 0")
}

fn weight() -> Column {
    number("weight", "1", "weight of the world; all equal unless worlds were conditioned on observations")
}

fn measured(measure: &Measure, currency: &str) -> Column {
    number(measure.name, &unit_words(measure.unit, currency), measure.meaning)
}

/// `replicates.parquet`.
pub fn replicates(currency: &str) -> Table {
    let mut columns = vec![
        replicate(),
        text("guideline", "guideline"),
        text("cohort", "cohort"),
        text("region", "region; `all` where the scenario has one"),
        weight(),
    ];
    columns.extend(REPLICATE_COMMON.iter().filter_map(|n| common(n)).map(|i| measured(&COMMON[i], currency)));
    columns.extend(GUIDED.iter().map(|m| measured(m, currency)));
    Table { file: "replicates.parquet", row: "one world × guideline × cohort × region; groups add up", columns }
}

/// Measures of a guideline that do not add up over groups, so that those of everybody do not follow from
/// `replicates.parquet`.
pub fn not_additive() -> impl Iterator<Item = usize> {
    (0..GUIDED.len()).filter(|m| !GUIDED[*m].additive)
}

/// `accounts.parquet`: what a guideline has as a whole, and measures of everybody that do not add up over groups.
pub fn accounts(currency: &str) -> Table {
    let mut columns = vec![replicate(), text("guideline", "guideline"), weight()];
    columns.extend(ACCOUNTS.iter().map(|m| measured(m, currency)));
    columns.push(number("pool_factor", "1", "factor by which the pool scales awards down; 1 where it does not bind"));
    columns.extend(not_additive().map(|m| {
        let mut column = measured(&GUIDED[m], currency);
        column.meaning.insert_str(0, "of everybody: ");
        column
    }));
    Table {
        file: "accounts.parquet",
        row: "one world × guideline: its accounts, and what does not add up over groups",
        columns,
    }
}

/// `worlds.parquet`: the quantities that are drawn (constants are in `inputs.csv`) and the hours of each service.
pub fn worlds(scenario: &Scenario) -> Table {
    let mut columns = vec![replicate(), weight()];
    for i in drawn(scenario) {
        let quantity = &scenario.quantities.list[i];
        let meaning = format!("drawn value of {}", quantity.path);
        columns.push(number(&quantity.path, &quantity.unit.words(&scenario.currency), &meaning));
    }
    for service in &scenario.services {
        let meaning = "hours until its last people had it back";
        columns.push(number(&format!("services.{}.hours", service.id), "h", meaning));
    }
    Table { file: "worlds.parquet", row: "one world", columns }
}

/// Indices of the quantities whose value differs between worlds.
pub fn drawn(scenario: &Scenario) -> Vec<usize> {
    let list = &scenario.quantities.list;
    (0..list.len()).filter(|&i| !list[i].law.is_constant()).collect()
}

fn varied(nth: &str) -> [Column; 3] {
    [
        text(
            &format!("path_{nth}"),
            "what is varied: its path in the scenario file; empty for the scenario as it stands",
        ),
        text(&format!("value_{nth}"), "its value, in the words of the file"),
        number(&format!("number_{nth}"), SEE_UNIT, "the value as a number, in the unit that it is written in"),
    ]
}

pub(super) fn estimated() -> [Column; 4] {
    [
        number("value", SEE_UNIT, "estimate"),
        number("se", SEE_UNIT, "Monte-Carlo standard error; of a quantile `quantile_error` of the manifest is in it"),
        number("lo", SEE_UNIT, "lower end of the 95 % Monte-Carlo interval of the estimate"),
        number("hi", SEE_UNIT, "upper end of the 95 % Monte-Carlo interval of the estimate"),
    ]
}

/// `sweep.csv`.
pub fn sweep() -> Table {
    let mut columns: Vec<Column> = varied("1").into();
    columns.extend(varied("2"));
    columns.push(guideline());
    columns.push(text(
        "look",
        "what is looked at: a statistic of a measure; a bound called `budget` is that of the row's value, in each world its own",
    ));
    columns.push(text("unit", "unit of the row's values"));
    columns.extend(estimated());
    columns.push(number("p05", SEE_UNIT, "5 % quantile over the worlds of the measure looked at"));
    columns.push(number("p95", SEE_UNIT, "95 % quantile over the worlds of the measure looked at"));
    Table {
        file: "sweep.csv",
        row: "`redress sweep`: one statistic at one value, or pair of values; shares of losers are empty where nobody loses anything",
        columns,
    }
}

/// `frontier.csv`.
pub fn frontier() -> Table {
    let mut columns: Vec<Column> = varied("1").into();
    columns.extend(varied("2"));
    columns.extend([
        guideline(),
        text("small", "the measure that should be small"),
        text("small_unit", "unit of its values"),
        number("small_value", "see small_unit", "its mean"),
        number("small_se", "see small_unit", "Monte-Carlo standard error of the mean"),
        text("large", "the measure that should be large"),
        text("large_unit", "unit of its values"),
        number("large_value", "see large_unit", "its mean"),
        number("large_se", "see large_unit", "Monte-Carlo standard error of the mean"),
        text("dominated", "`yes` where another row is better in one measure and not worse in the other, else `no`"),
        number("dominated_by", "1", "number of that row, from 1"),
    ]);
    Table {
        file: "frontier.csv",
        row: "`redress sweep --frontier`: one draft; shares of losers are empty where nobody loses anything",
        columns,
    }
}

/// `solve.csv`.
pub fn solve() -> Table {
    let columns = vec![
        text("path", "the quantity sought: its path in the scenario file"),
        text("statement", "what is to be true"),
        text("outcome", "`turns` at a value, true `everywhere` in the range, or `nowhere`"),
        number("value", SEE_UNIT, "the last value found at which the statement holds"),
        number(
            "lo",
            SEE_UNIT,
            "lower end of the interval that Monte-Carlo error leaves; empty where the range does not bound it",
        ),
        number(
            "hi",
            SEE_UNIT,
            "upper end of the interval that Monte-Carlo error leaves; empty where the range does not bound it",
        ),
        number("fails_at", SEE_UNIT, "the nearest value found at which it does not hold"),
        text("holds", "`below` or `above` the value"),
        text("unit", "unit in which the values are written; empty for pure numbers"),
    ];
    Table { file: "solve.csv", row: "`redress solve`: one value at which the statement turns", columns }
}

/// `solve-points.csv`.
pub fn solve_points() -> Table {
    let mut columns = vec![
        text("path", "the quantity sought: its path in the scenario file"),
        number("number", SEE_UNIT, "value at which the statement was looked at, in the unit that it is written in"),
        text("look", "the side of the statement that was estimated"),
        text("unit", "unit of the estimate"),
    ];
    columns.extend(estimated());
    columns.push(text("holds", "`yes` or `no`"));
    Table { file: "solve-points.csv", row: "`redress solve`: one value looked at", columns }
}

fn index_of(name: &str, meaning: &str) -> [Column; 4] {
    [
        number(name, "share", meaning),
        number(&format!("{name}_se"), "share", "its standard error, by bootstrap"),
        number(&format!("{name}_lo"), "share", "lower end of its 95 % interval"),
        number(&format!("{name}_hi"), "share", "upper end of its 95 % interval"),
    ]
}

fn looked_at() -> [Column; 2] {
    [text("look", "what is looked at: a statistic of a measure"), guideline()]
}

/// `sensitivity.csv`.
pub fn sensitivity() -> Table {
    let mut columns: Vec<Column> = looked_at().into();
    columns.extend([
        whole("rank", "1", "place by total index; what is left out and chance follow"),
        text("quantity", "path of the quantity; several that hang together, or are left out, with ` + ` between them"),
        text(
            "part",
            "`alone`; `linked` by rank correlations; one joint `table`; `member` of the linked row above; `left out` of the \
             examination; `chance` inside a world",
        ),
    ]);
    columns.extend(index_of("first", "first-order index: share of the variance that goes if the quantity is known"));
    columns.extend(index_of("total", "total index: share that is left if all others are known"));
    columns.extend(index_of("shapley", "Shapley effect of a member: its part of the row's total index"));
    Table {
        file: "sensitivity.csv",
        row: "`redress sensitivity`: one quantity, or several that hang together",
        columns,
    }
}

/// `tornado.csv`.
pub fn tornado() -> Table {
    let mut columns: Vec<Column> = looked_at().into();
    columns.extend([
        text("quantity", "its path"),
        number("at_p10", SEE_INPUT, "its 10 % quantile"),
        number("at_p90", SEE_INPUT, "its 90 % quantile"),
        text("unit", "unit of the shifts"),
        number("shift_p10", SEE_UNIT, "what the look is at the 10 % quantile, less what it is as drawn"),
        number("shift_p10_se", SEE_UNIT, "standard error of it; empty but for means and chances"),
        number("shift_p90", SEE_UNIT, "what the look is at the 90 % quantile, less what it is as drawn"),
        number("shift_p90_se", SEE_UNIT, "standard error of it; empty but for means and chances"),
        text("linked", "`yes` where linked quantities move along, else `no`"),
    ]);
    Table {
        file: "tornado.csv",
        row: "`redress sensitivity`: one quantity at two values, all others as drawn",
        columns,
    }
}

/// `sensitivity-given.csv`.
pub fn sensitivity_given() -> Table {
    let mut columns: Vec<Column> = looked_at().into();
    columns.extend([whole("rank", "1", "place by first-order index"), text("quantity", "its path")]);
    columns.extend(index_of("first", "first-order index, freed of bias, less up to 1/√n of a step; below 0 by error"));
    columns.push(text("linked", "quantities it is linked to, whose effects it then shares"));
    Table { file: "sensitivity-given.csv", row: "`redress sensitivity` of a result folder: one quantity", columns }
}

/// All tables of a run.
pub fn tables(scenario: &Scenario) -> Vec<Table> {
    let mut tables = fixed(&scenario.currency);
    tables.push(worlds(scenario));
    tables
}

/// The tables of a run whose columns do not depend on the scenario.
pub(super) fn fixed(currency: &str) -> Vec<Table> {
    vec![
        summary(),
        comparison(),
        variants(),
        timeline(),
        exceedance(),
        spread(),
        budget(currency),
        pools(),
        best(),
        drivers(),
        inputs(),
        replicates(currency),
        accounts(currency),
    ]
}

/// The tables of questions put to a scenario; `learned_columns` has those of calibrations and back-tests.
pub(super) fn asked() -> [Table; 7] {
    [sweep(), frontier(), solve(), solve_points(), sensitivity(), tornado(), sensitivity_given()]
}
