//! Columns of what commands print that write no folder: mistakes, and files beside those of an earlier run.

use super::columns::{Table, text, whole};

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

/// All of them.
pub fn all() -> Vec<Table> {
    vec![mistakes_table(), compared_table()]
}
