//! Whose a folder is: results take the place of older results, never of the files of somebody else.

use super::staging::{self, LAST};
use super::{annual, blocks, columns, datapackage, journal, learned_columns, lock, spoken_columns};
use std::fs;
use std::path::Path;

/// Files of results that are no tables of a list.
const OTHERS: [&str; 7] = [
    LAST,
    datapackage::FILE,
    "scenario.resolved.toml",
    "profiles.toml",
    "replicates.parquet",
    "accounts.parquet",
    "worlds.parquet",
];
/// What an unfinished command leaves beside its hidden folder.
const UNFINISHED: [&str; 4] = [lock::NAME, journal::UNFINISHED, blocks::UNFINISHED, "annual.unfinished"];
/// How many names are told.
const TOLD: usize = 5;

/// Files in a folder whose place results may take and that no command of ours wrote: none where the folder is not there, or
/// holds a manifest of ours or what one of our commands left unfinished. Sorted; of many the first, with how many more.
pub fn foreign(folder: &Path) -> Option<String> {
    let here = names(folder);
    let ours = |name: &String| UNFINISHED.contains(&name.as_str()) || name.starts_with(staging::HIDDEN);
    if here.iter().any(ours) || is_manifest(&folder.join(LAST)) {
        return None;
    }
    let mut found: Vec<String> = here.into_iter().filter(|name| is_result(name)).collect();
    for (below, endings) in [("figures", [".svg", ".png"]), ("ord", [".csv", ".parquet"])] {
        let there = names(&folder.join(below)).into_iter();
        let drawn = there.filter(|name| endings.iter().any(|e| name.ends_with(e)));
        found.extend(drawn.map(|name| format!("{below}/{name}")));
    }
    found.sort();
    let more = found.len().saturating_sub(TOLD);
    found.truncate(TOLD);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    (!found.is_empty()).then(|| format!("{}{more}", found.join(", ")))
}

/// Whether a file at the top of a folder has the name of one that a command writes.
fn is_result(name: &str) -> bool {
    let asked = columns::asked().into_iter().chain(learned_columns::all()).chain(spoken_columns::all());
    let tables = columns::fixed("currency").into_iter().chain(asked).chain(annual::columns::all("currency"));
    let as_csv = name.strip_suffix(".parquet").map(|stem| format!("{stem}.csv"));
    OTHERS.contains(&name) || tables.into_iter().any(|t| t.file == name || as_csv.as_deref() == Some(t.file))
}

/// Whether a file is a manifest of ours: it lists artefacts.
fn is_manifest(path: &Path) -> bool {
    let text = fs::read_to_string(path).unwrap_or_default();
    serde_json::from_str::<serde_json::Value>(&text).is_ok_and(|json| json["artefacts"].is_array())
}

/// Names in a folder; none where it cannot be read, which whoever writes there will be told.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect()
}
