//! The resolved text gives the same scenario, and the shipped scenarios can be read.

use redress::scenario::{NoLibrary, inputs, load, parse};

use super::{BASE, good, read, read_set};

/// The shipped scenarios.
pub fn shipped() -> Vec<std::path::PathBuf> {
    let folders = ["/scenarios", "/scenarios/backtests", "/scenarios/backtests-more"]
        .map(|f| format!("{}{f}", env!("CARGO_MANIFEST_DIR")));
    let entries = folders.iter().filter_map(|f| std::fs::read_dir(f).ok()).flatten().filter_map(Result::ok);
    let mut files: Vec<_> = entries.map(|e| e.path()).filter(|p| p.extension().is_some_and(|x| x == "toml")).collect();
    // Company files are read by another reader; tests/annual has them.
    files.retain(|p| !p.to_string_lossy().ends_with("-annual.toml"));
    files.sort();
    files
}

#[test]
fn the_resolved_text_gives_the_same_scenario() {
    let changes: [&[&str]; 3] =
        [&[], &["cohorts.shops.hit=36 %"], &["guidelines.flat.rules.cash.filing={ rate = 0.1 }"]];
    for sets in changes {
        let first = good(read_set(BASE, sets));
        let again = good(parse(&first.resolved, "resolved.toml", &NoLibrary, &[], None));
        assert_eq!(first.scenario.quantities, again.scenario.quantities);
        assert_eq!(format!("{:?}", first.scenario), format!("{:?}", again.scenario));
        assert_eq!(first.resolved, again.resolved);
    }
}

#[test]
fn shipped_scenarios_can_be_read_and_resolved() {
    for path in shipped() {
        let first = good(load(&path, &[]));
        let again = good(parse(&first.resolved, "resolved.toml", &NoLibrary, &[], None));
        assert_eq!(format!("{:?}", first.scenario), format!("{:?}", again.scenario), "{}", path.display());
    }
}

#[test]
fn inputs_tell_sourced_from_assumed() {
    let rows = inputs(&good(read(BASE)).scenario);
    let row = |path: &str| rows.iter().find(|r| r.path == path).unwrap_or_else(|| panic!("no {path}"));
    let size = row("cohorts.users.size");
    assert_eq!((size.status, size.unit.as_str(), size.source_title.as_str()), ("sourced", "persons", "Press"));
    assert_eq!((size.source_date.as_str(), size.note.as_str()), ("2022-10-16", "August 2022"));
    assert_eq!(size.value_or_law, "43 m to 48 m, most likely 47 m");
    assert_eq!(row("cohorts.shops.hit").status, "assumed");
    assert_eq!(row("cohorts.users.awareness").status, "default");
    assert_eq!(row("cohorts.shops.fee_month.bands.2.fee").unit, "KRW/month");
    let mut paths: Vec<&str> = rows.iter().map(|r| r.path.as_str()).collect();
    paths.sort_unstable();
    let all = paths.len();
    paths.dedup();
    assert_eq!(paths.len(), all, "paths are unique");
}
