//! Columns of what commands print that write no folder, or only when told: mistakes, files beside those of an earlier run,
//! awards, the chain of a figure, the filing ladder.

use super::columns::{SEE_UNIT, Table, date, number, text, whole};

/// What `redress check --format csv` prints.
pub fn mistakes_table() -> Table {
    let columns = vec![
        text("severity", "`error`: it cannot be used so; `warning`: worth a look"),
        text("file", "the file; `--set` for a change given on the command line"),
        whole("line", "1", "line, from 1"),
        whole("column", "1", "character of the line, from 1"),
        text("message", "what is wrong"),
        text("help", "what would be right; may be empty"),
    ];
    Table {
        file: "check.csv",
        row: "`redress check --format csv`: one mistake or warning; no rows where all is well",
        columns,
    }
}

/// What `redress rerun --format csv` prints.
pub fn compared_table() -> Table {
    let columns = vec![
        text("path", "the file, in the result folder"),
        text("sha256", "its digest by the manifest; empty where the earlier run had no such file"),
        text("on_disk", "`same`, `changed` or `missing`: the file on disk beside the manifest"),
        text("again", "`same`, `differs` or `missing`: the file of the new run beside the manifest"),
    ];
    Table { file: "rerun.csv", row: "`redress rerun --format csv`: one file of either run", columns }
}

/// What `redress award --format csv` prints.
pub fn awards_table() -> Table {
    let columns = vec![
        whole("case", "1", "the case: of a table of cases its row, from 1"),
        text("version", "version of the scheme; empty where it has no name"),
        text("rule", "rule of the scheme"),
        text("applies", "`yes`, `no`, or `undecided` where facts are lacking"),
        number(
            "award",
            SEE_UNIT,
            "what the rule gives, 0 where a rule of money does not apply; empty where it is undecided or no number",
        ),
        text("unit", "unit of `award`: a currency, `h`, `km`, `1` of a plain number; may be empty"),
        number(
            "total",
            "currency",
            "money of all decided rules of the case, after their common limit; empty where none is decided, or not the limit",
        ),
        text("outcome", "what the rule came to, in words"),
        text("why", "how that was worked out, condition first; may be empty"),
    ];
    Table { file: "award.csv", row: "`redress award --format csv`: one rule of one case", columns }
}

/// What `redress explain --format csv` prints.
pub fn links_table() -> Table {
    let columns = vec![
        text("figure", "the figure, or of a difference the guideline on whose numbers it rests"),
        text(
            "step",
            "`value`, `definition`, `formula`, `statistic`, `table`, `digest`, `sample`, `error`, `decides` (a number that \
             carries much of the spread), `input` (a number that the figure can depend on)",
        ),
        text("path", "path of a number in the scenario, else empty"),
        text("what", "the link in words"),
        text("value", "the figure itself, its standard error, a share, the value or law of an input; else empty"),
        text("unit", "unit of `value`; may be empty"),
        text("source", "source of an input: title, address, date, grade; may be empty"),
    ];
    Table { file: "explain.csv", row: "`redress explain --format csv`: one link of the chain", columns }
}

/// What `redress takeup --format csv` prints.
pub fn evidence_table() -> Table {
    let columns = vec![
        text("study", "study or event"),
        text("evidence", "the published share, in words"),
        text("regime", "way to claim"),
        text("channel", "way to learn of it"),
        number("value_hours", "h", "value at stake in hours of a typical wage"),
        number("filed", "share", "share who filed, as published"),
        number(
            "fit",
            "share",
            "the same by the fit with what is peculiar to the study; empty where the share is not fitted",
        ),
        number(
            "default",
            "share",
            "what a scenario gets by default for this way and notice at this value, by their parts where there is no profile: median of worlds",
        ),
        number("default_mean", "share", "mean of the same"),
        number("default_p05", "share", "5 % of worlds are at or below this"),
        number("default_p95", "share", "95 % of worlds are at or below this"),
        text("grade", "grade of the evidence"),
        text("url", "address of the source; may be empty"),
    ];
    Table { file: "takeup.csv", row: "`redress takeup --format csv`, and its folder: one published share", columns }
}

/// The profiles that follow from the filing ladder.
pub fn profiles_table() -> Table {
    let columns = vec![
        text("profile", "name by which scenarios find it"),
        text("title", "what it is"),
        number("awareness", "share", "mean share who know of it"),
        number("burden_hours", "h", "median burden in hours of wage"),
        number("burden_hours_p05", "h", "5 % of worlds are at or below this"),
        number("burden_hours_p95", "h", "95 % of worlds are at or below this"),
        number("filed_1h", "share", "share who file for one hour of wage, median of worlds"),
        number("filed_10h", "share", "share who file for ten hours of wage, median of worlds"),
        number("filed_10h_p05", "share", "5 % of worlds are at or below this"),
        number("filed_10h_p95", "share", "95 % of worlds are at or below this"),
    ];
    Table { file: "profiles.csv", row: "in the folder of `redress takeup`: one profile", columns }
}

/// What `redress takeup --forecast --format csv` prints.
pub fn forecasts_table() -> Table {
    let columns = vec![
        text(
            "evidence",
            "`before`: published before the scheme opened; `all`: that of all other studies, later ones as well",
        ),
        date("opened", "the day on which the scheme opened for claims, YYYY-MM-DD"),
        text("study", "study or event, left out of the evidence"),
        text("event", "the event in words"),
        text("measure", "`filed`, `paid`, or `approval` (paid among the filed)"),
        text("unit", "unit of the row's values"),
        number(
            "mean",
            SEE_UNIT,
            "mean of the forecast; empty, with what follows, where fewer than two approvals are known",
        ),
        number("p05", SEE_UNIT, "5 % of worlds are at or below this"),
        number("p50", SEE_UNIT, "half of the worlds are at or below this"),
        number("p95", SEE_UNIT, "95 % of worlds are at or below this"),
        number("happened", SEE_UNIT, "what happened"),
        number("inside", "1", "1 when that lies from `p05` to `p95`, else 0"),
    ];
    Table {
        file: "forecasts.csv",
        row: "`redress takeup --forecast --format csv`, and its folder: one measure of one event",
        columns,
    }
}

/// All of them.
pub fn all() -> Vec<Table> {
    vec![
        mistakes_table(),
        compared_table(),
        awards_table(),
        links_table(),
        evidence_table(),
        profiles_table(),
        forecasts_table(),
    ]
}
