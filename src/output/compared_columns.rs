//! Columns of the tables that describe the totals, and set guidelines and variants side by side.

use super::columns::{SEE_UNIT, Table, estimated, guideline, measure_and_unit, number, text, variant, whole};

/// Why a cell of `summary.csv` may be empty, by column; how many worlds it takes follows from the binomial law of ranks, for tail
/// means from the five worlds that have to be in the tail.
const SE_EMPTY: &str = "; empty where the worlds are too few to tell it (p01 and p99 take about 200, p995 takes 400; \
                        variants have as many as a rule), and of what has no finite variance";
const LO_EMPTY: &str = "; empty where the worlds are too few to bound it (p01 takes 299, tvar95 about 100, tvar99 about 500), and of what \
                        has no finite variance";
const HI_EMPTY: &str = "; empty where the worlds are too few to bound it (p99 takes 299, p995 598), and as `lo`";

/// `summary.csv`.
pub fn summary() -> Table {
    let mut columns = vec![
        variant(),
        guideline(),
        text("cohort", "cohort; `all` for everybody"),
        text("region", "region; `all` for everywhere"),
    ];
    columns.extend(measure_and_unit());
    let statistic = "mean, sd (empty of what has no finite variance), p01 … p995 (quantiles), tvar95, tvar99 (mean of the worst 5 % and 1 %)";
    columns.push(text("statistic", statistic));
    columns.extend(estimated());
    for (column, why) in columns.iter_mut().rev().zip([HI_EMPTY, LO_EMPTY, SE_EMPTY]) {
        column.meaning += why;
    }
    Table { file: "summary.csv", row: "one statistic of one measure for one group of people", columns }
}

/// `comparison.csv`.
pub fn comparison() -> Table {
    let mut columns = vec![
        variant(),
        text("guideline", "guideline a"),
        text("compared_with", "guideline b: the baseline where it is one of the two"),
        whole("baseline", "1", "1 when b is the baseline of the scenario, else 0"),
    ];
    columns.extend(measure_and_unit());
    columns.extend([
        number("difference", SEE_UNIT, "mean of a - b over the same worlds, of days over those in which both pay"),
        number("se", SEE_UNIT, "Monte-Carlo standard error of the difference; empty, with `lo` and `hi`, where the measure has no finite variance under a or b"),
        number("lo", SEE_UNIT, "lower end of its 95 % interval"),
        number("hi", SEE_UNIT, "upper end of its 95 % interval"),
    ]);
    let shift = "p_lower of the variant less that as it stands, in the worlds of both; empty for the latter";
    let wilson = " (Wilson)";
    for (name, meaning, how) in [
        (
            "p_lower",
            "probability that a is lower than b and not equal: cheaper (cost), faster (days_p50, days_p90), fairer (gini_absolute)",
            wilson,
        ),
        ("p_higher", "probability that a is higher than b and not equal: more people file, wider coverage", wilson),
        ("p_equal", "probability that they are equal: no more than 1e-9 of the larger apart (`gini…` 0.5 %)", wilson),
        ("p_lower_shift", shift, ""),
        ("p_higher_shift", "the same of p_higher", ""),
    ] {
        columns.push(number(name, "share", meaning));
        for (end, side) in [("lo", "lower"), ("hi", "upper")] {
            let meaning = format!("{side} end of its 95 % interval{how}");
            columns.push(number(&format!("{name}_{end}"), "share", &meaning));
        }
    }
    Table { file: "comparison.csv", row: "one measure of two guidelines, paired world by world", columns }
}

/// `variants.csv`.
pub fn variants() -> Table {
    let mut columns = vec![text("variant", "what-if of the scenario"), guideline()];
    columns.extend(measure_and_unit());
    columns.extend([
        number("as_it_stands", SEE_UNIT, "mean of the total over all worlds of the scenario as it stands"),
        number("shift", SEE_UNIT, "mean of variant - scenario as it stands, world by world over the first `worlds`"),
        number("se", SEE_UNIT, "Monte-Carlo standard error of the shift; empty, with `lo` and `hi`, where the measure has no finite variance"),
        number("lo", SEE_UNIT, "lower end of its 95 % interval"),
        number("hi", SEE_UNIT, "upper end of its 95 % interval"),
        number("value", SEE_UNIT, "mean in the variant: `as_it_stands` + `shift`, or that of its own worlds where it has the smaller error"),
        whole("worlds", "1", "worlds in which the variant was drawn as well"),
    ]);
    Table { file: "variants.csv", row: "how one variant moves one total; no rows without variants", columns }
}
