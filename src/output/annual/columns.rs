//! Columns of the tables of a year, listed once: the frames are made from them, and so are the data package and
//! docs/tables.md. Files are named as CSV; `--format parquet` writes the same columns as Parquet.

use crate::output::columns::{Column, SEE_UNIT, Table, number, text, whole};

/// Level of detail of a table of Open Results Data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The company as a whole: `gul_S1`.
    Company,
    /// By cause: `gul_S2`.
    Cause,
    /// Recoveries by insurance programme: `il_S1`.
    Insurance,
}

impl Level {
    /// All of them.
    pub const ALL: [Level; 3] = [Level::Company, Level::Cause, Level::Insurance];

    fn file(self, files: [&'static str; 3]) -> &'static str {
        let [company, cause, insurance] = files;
        match self {
            Level::Company => company,
            Level::Cause => cause,
            Level::Insurance => insurance,
        }
    }
}

/// A mean or another figure with both ends of its interval.
fn interval(name: &str, unit: &str, meaning: &str) -> [Column; 3] {
    [
        number(name, unit, meaning),
        number(&format!("{name}_lo"), unit, "lower end of its 95 % interval"),
        number(&format!("{name}_hi"), unit, "upper end of its 95 % interval"),
    ]
}

fn kind_and_item() -> [Column; 2] {
    [
        text("kind", "`all`, `cause`, `service`, `response`, `guideline`, `insurance` or `net_of_insurance`"),
        text("item", "which of its kind, by the name in the file; `all` for the company"),
    ]
}

fn period() -> Column {
    number("return_period", "years", "once in so many years; empty where the figure has none")
}

/// `key_figures`.
pub fn key_figures() -> Table {
    let mut columns = vec![text(
        "figure",
        "`aal` (average annual loss), `sd` (from year to year), `oep` and `aep` (loss of the costliest event and of the year at a return period), `oep_tvar` and `aep_tvar` (mean of what is as rare), `reserve_needed`, `chance_share`, `events`, `recovered`, `net_aal`, `net_aep`",
    )];
    columns.extend(kind_and_item());
    columns.push(period());
    columns.extend([
        number("value", SEE_UNIT, "the figure"),
        number("lo", SEE_UNIT, "lower end of its 95 % interval"),
        number("hi", SEE_UNIT, "upper end of its 95 % interval"),
        text("unit", "unit of the row's values"),
    ]);
    Table { file: "key_figures.csv", row: "`redress annual`: one figure with its interval", columns }
}

/// `averages`.
pub fn averages(currency: &str) -> Table {
    let mut columns: Vec<Column> = kind_and_item().into();
    columns.extend([
        number("aal", currency, "average annual loss"),
        number("aal_se", currency, "its Monte-Carlo standard error"),
        number("aal_lo", currency, "lower end of its 95 % interval"),
        number("aal_hi", currency, "upper end of its 95 % interval"),
        number("sd", currency, "standard deviation from year to year"),
        number("sd_se", currency, "its Monte-Carlo standard error"),
    ]);
    Table {
        file: "averages.csv",
        row: "`redress annual`: average annual loss of one cause, service or guideline",
        columns,
    }
}

/// `exceedance` of a year.
pub fn exceedance(currency: &str) -> Table {
    let mut columns: Vec<Column> = kind_and_item().into();
    columns.push(text("basis", "`oep`: costliest event of a year; `aep`: whole year"));
    columns.push(period());
    columns.extend(interval("var", currency, "loss that is exceeded once in so many years (value at risk)"));
    columns.extend([
        number("tvar", currency, "mean of the losses that are as rare or rarer"),
        number("tvar_se", currency, "its Monte-Carlo standard error"),
        number("tvar_lo", currency, "lower end of its 95 % interval"),
        number("tvar_hi", currency, "upper end of its 95 % interval"),
        number(
            "independent",
            currency,
            "the same loss by convolution, as if events were independent; empty where not worked out",
        ),
    ]);
    Table { file: "exceedance.csv", row: "`redress annual`: one loss at one return period", columns }
}

/// `causes`.
pub fn causes(currency: &str) -> Table {
    let mut columns = vec![text("cause", "cause of outages")];
    columns.extend(interval("events_per_year", "1", "mean number of events a year"));
    columns.extend([
        whole("events", "1", "events drawn"),
        number("hours_mean", "h", "mean hours of an event"),
        number("costly_share", "share", "share of the events that cost anything"),
    ]);
    columns.extend(interval("cost_mean", currency, "mean cost of an event"));
    columns.extend([
        number("cost_sd", currency, "standard deviation of the cost of an event"),
        number("cost_max", currency, "cost of the costliest event drawn"),
        number("people_mean", "persons", "mean number of customers hit by an event"),
        number("people_max", "persons", "largest number of customers hit"),
    ]);
    Table { file: "causes.csv", row: "`redress annual`: one cause of outages", columns }
}

/// `reserves`.
pub fn reserves(currency: &str) -> Table {
    let mut columns = vec![number("reserve", currency, "amount set aside for a year")];
    columns.extend(interval("suffices", "share", "chance that it suffices for a year"));
    columns.push(number("lacking_if_short", currency, "mean of what is lacking in years in which it does not"));
    columns.extend(interval("shortfall", currency, "what is lacking in the mean year"));
    Table { file: "reserves.csv", row: "`redress annual`: one reserve", columns }
}

/// `insurance`.
pub fn insurance(currency: &str) -> Table {
    let mut columns = vec![text("programme", "insurance programme")];
    columns.extend(interval("recovered", currency, "mean recovery of a year"));
    columns.push(number("recovered_sd", currency, "standard deviation of a year's recovery"));
    columns.extend(interval("pays", "share", "chance that it pays anything in a year"));
    columns.push(number("premium", currency, "premium of a year"));
    columns.extend(interval("net", currency, "mean of what the company bears in a year, premium included"));
    columns.push(number("net_sd", currency, "its standard deviation"));
    Table { file: "insurance.csv", row: "`redress annual`: one insurance programme", columns }
}

/// `inputs` of a year.
pub fn inputs() -> Table {
    let columns = vec![
        text("path", "where the number stands in the company file"),
        text("value_or_law", "its value, or its law in words"),
        text("unit", "its unit"),
        number("mean", SEE_UNIT, "mean of its law; empty where infinite"),
        text("source", "title of its source"),
        text("url", "address of its source"),
        text("grade", "grade of evidence: A regulator or company filing, B press, C a hint only"),
        text("note", "page, table or arithmetic by which it was derived"),
    ];
    Table { file: "inputs.csv", row: "`redress annual`: one number of the company file", columns }
}

/// `durations`.
pub fn durations() -> Table {
    let columns = vec![
        text("law", "`body and tail` (lognormal body with a Pareto tail) or `lognormal alone`"),
        text(
            "figure",
            "parameters `mu`, `sigma` (of the logarithm of hours), `threshold` (hours), `tail_share`, `alpha`; `ln_likelihood`, `akaike`; distances `kolmogorov`, `anderson` with the chance `_p` of a larger one if the law held",
        ),
        number("value", "see figure", "its value"),
        number("se", "see figure", "standard error of a fitted parameter; empty otherwise"),
        number("lo", "see figure", "lower end of its 95 % interval by resampling; empty where it has none"),
        number("hi", "see figure", "upper end of its 95 % interval by resampling; empty where it has none"),
    ];
    Table { file: "durations.csv", row: "`redress annual --fit`: one figure of a fitted law", columns }
}

/// All of our own tables of a year.
fn own(currency: &str) -> Vec<Table> {
    vec![
        key_figures(),
        averages(currency),
        exceedance(currency),
        causes(currency),
        reserves(currency),
        insurance(currency),
        inputs(),
        durations(),
    ]
}

fn summary_id() -> Column {
    whole("SummaryId", "1", "whom the row is about: see `summary-info`")
}

fn sample_type() -> Column {
    whole("SampleType", "1", "2: from a sample")
}

/// What each SummaryId is.
pub fn summary_info() -> Table {
    let columns = vec![
        text("summary_set", "`gul_S1` (the company), `gul_S2` (causes) or `il_S1` (insurance programmes)"),
        whole("summary_id", "1", "SummaryId in the tables of that set"),
        text("id", "name in the company file"),
        text("title", "title in English"),
    ];
    Table { file: "ord/summary-info.csv", row: "one SummaryId of one set", columns }
}

/// Exceedance at a level of detail (EPT).
pub fn ept(level: Level, currency: &str) -> Table {
    let columns = vec![
        summary_id(),
        whole("EPCalc", "1", "2: full uncertainty, every simulated year a sample of all that varies"),
        whole("EPType", "1", "1 OEP, 2 OEP-TVaR, 3 AEP, 4 AEP-TVaR"),
        number("ReturnPeriod", "years", "once in so many years"),
        number("Loss", currency, "the loss"),
    ];
    let file = level.file(["ord/gul_S1_ept.csv", "ord/gul_S2_ept.csv", "ord/il_S1_ept.csv"]);
    Table { file, row: "Open Results Data, EPT: one point of an exceedance curve", columns }
}

/// Average loss at a level of detail (ALT).
pub fn alt(level: Level, currency: &str) -> Table {
    let columns = vec![
        summary_id(),
        sample_type(),
        number("MeanLoss", currency, "mean loss of a year"),
        number("SDLoss", currency, "standard deviation of a year's loss"),
    ];
    let file = level.file(["ord/gul_S1_palt.csv", "ord/gul_S2_palt.csv", "ord/il_S1_palt.csv"]);
    Table { file, row: "Open Results Data, ALT: one average annual loss", columns }
}

/// Convergence of the average loss at a level of detail (ALCT).
pub fn alct(level: Level, currency: &str) -> Table {
    let squared = format!("{currency}²");
    let columns = vec![
        summary_id(),
        number("MeanLoss", currency, "mean loss of a year"),
        number("SDLoss", currency, "standard deviation of a year's loss"),
        whole("SampleSize", "years", "years drawn"),
        number("LowerCI", currency, "lower end of the 95 % interval of the mean"),
        number("UpperCI", currency, "upper end of the 95 % interval of the mean"),
        number("StandardError", currency, "standard error of the mean"),
        number("RelativeError", "1", "the same as a part of the mean"),
        number("VarElementHaz", &squared, "part of the hazard in the variance of the mean, which is all of it"),
        number("StandardErrorHaz", currency, "standard error of the mean from the hazard"),
        number("RelativeErrorHaz", "1", "the same as a part of the mean"),
        number("VarElementVuln", &squared, "variance from vulnerability: 0, losses to given hours are counted"),
        number("StandardErrorVuln", currency, "standard error from vulnerability: 0"),
        number("RelativeErrorVuln", "1", "the same as a part of the mean"),
    ];
    let file = level.file(["ord/gul_S1_alct.csv", "ord/gul_S2_alct.csv", "ord/il_S1_alct.csv"]);
    Table { file, row: "Open Results Data, ALCT: how sharp one average annual loss is", columns }
}

/// Causes as events of a catalogue (ELT).
pub fn melt(currency: &str) -> Table {
    let columns = vec![
        whole("EventId", "1", "the cause, as in SummaryId"),
        summary_id(),
        sample_type(),
        number("EventRate", "1", "mean number of events a year"),
        number("ChanceOfLoss", "share", "share of the events that cost anything"),
        number("MeanLoss", currency, "mean cost of an event"),
        number("SDLoss", currency, "its standard deviation"),
        number("MaxLoss", currency, "cost of the costliest event drawn"),
        number("FootprintExposure", "persons", "all customers"),
        number("MeanImpactedExposure", "persons", "mean number of customers hit"),
        number("MaxImpactedExposure", "persons", "largest number of customers hit"),
    ];
    Table { file: "ord/gul_S2_melt.csv", row: "Open Results Data, ELT: one cause", columns }
}

/// Every event of every year (PLT).
pub fn splt(currency: &str) -> Table {
    let columns = vec![
        whole("Period", "1", "the simulated year, from 1"),
        number("PeriodWeight", "1", "1 ÷ years drawn"),
        whole("EventId", "1", "the event, from 1"),
        whole("Year", "1", "calendar year"),
        whole("Month", "1", "month of its beginning"),
        whole("Day", "1", "day of the month"),
        whole("Hour", "h", "hour of the day"),
        whole("Minute", "min", "minute of the hour"),
        whole("SummaryId", "1", "the cause: see `summary-info`"),
        whole("SampleId", "1", "1: a year is one sample"),
        number("Loss", currency, "cost of the event"),
        number("ImpactedExposure", "persons", "customers hit"),
    ];
    Table { file: "ord/gul_S2_splt.csv", row: "Open Results Data, PLT: one event of one year", columns }
}

/// All tables of `redress annual`.
pub fn all(currency: &str) -> Vec<Table> {
    let mut tables = own(currency);
    tables.push(summary_info());
    for make in [ept, alt, alct] {
        tables.extend(Level::ALL.iter().map(|level| make(*level, currency)));
    }
    tables.extend([melt(currency), splt(currency)]);
    tables
}
