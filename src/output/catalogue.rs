//! The documentation page on tables, made from the lists of columns.

use super::columns::{self, Kind, Table};
use super::{annual, learned_columns, spoken_columns};

/// The page, in Markdown.
pub fn page() -> String {
    let mut text = String::from(HEAD);
    let asked = columns::asked().into_iter().chain(learned_columns::all()).chain(spoken_columns::all());
    for table in columns::fixed("currency").into_iter().chain(asked) {
        describe(&table, table.file, &mut text);
    }
    text += WORLDS;
    text += ANNUAL;
    for table in annual::columns::all("currency") {
        let name = format!("{} of `redress annual`", table.file.trim_end_matches(".csv"));
        describe(&table, &name, &mut text);
    }
    text
}

fn describe(table: &Table, name: &str, text: &mut String) {
    *text +=
        &format!("\n## {name}\n\nOne row: {}.\n\n| column | type | unit | meaning |\n|---|---|---|---|\n", table.row);
    for c in &table.columns {
        let kind = match c.kind {
            Kind::Text => "text",
            Kind::Date => "date",
            Kind::Whole => "whole number",
            Kind::Number => "number",
        };
        *text += &format!("| `{}` | {kind} | {} | {} |\n", c.name, c.unit, c.meaning);
    }
}

const HEAD: &str = "# Tables\n\n\
    Made from the lists of columns in `src/output/columns.rs`, `compared_columns.rs`, `learned_columns.rs`, `spoken_columns.rs` and `annual/columns.rs`; a test keeps it\n\
    up to date, and `datapackage.json` in every result folder is made from the same lists. CSV files are UTF-8 without a byte\n\
    order mark (in Excel: Data, From Text/CSV, 65001). Numbers have as many digits as it takes to read back the same bits; an\n\
    empty cell is a number that the replicates do not determine (tails of runs of fewer than 600, and whatever would rest on a\n\
    variance that is not finite; variants are drawn in a fortieth of the replicates, 400 at least), and so is NaN in the Parquet files of a run, which have no\n\
    gaps. `currency` stands for the scenario's. The unit of a pure number is `1`, of words, names and dates `none`, and `see unit` where\n\
    the row itself says it (`see series` where the row's series does). Dates are days of the calendar, `2022-10-15`.\n\n\
    A run too large for all values to be kept reads its quantiles off a sketch: `run.quantile_error` in `manifest.json` is the largest\n\
    relative error that this adds (1/1024), `se`, `lo` and `hi` of the quantiles in `summary.csv` and `exceedance.csv` include it, and\n\
    where the manifest has no such field all values were kept.\n";

const WORLDS: &str = "\n## worlds.parquet\n\n\
    One row: one world. Columns `replicate`, `weight`, one per number of the scenario that is drawn, named by its path in\n\
    the file, and `services.<id>.hours`: hours until a service's last people had it back. `datapackage.json` beside the\n\
    results lists them with their units.\n";

const ANNUAL: &str =
    "\nThe tables of a year follow ([annual.md](annual.md)). They are CSV files, or Parquet with `--format parquet`.\n";
