//! Every number of a scenario is listed under the path at which it can be changed, and told of without a source.

use std::path::PathBuf;

use redress::chance::law::Law;
use redress::model::{Lang, Quantity, Unit};
use redress::scenario::{InputRow, inputs, load, show};

use super::{BASE, good, read, with};

fn row<'r>(rows: &'r [InputRow], path: &str) -> &'r InputRow {
    rows.iter().find(|r| r.path == path).unwrap_or_else(|| panic!("no row {path}"))
}

#[test]
fn a_number_that_is_the_same_as_another_has_a_row() {
    let text = with("size = 20_000", "size = { same_as = \"cohorts.users.size\", note = \"as many\" }")
        .replace("hit = 0.9", "hit = { same_as = \"filing.web-form.awareness\", source = \"report\" }");
    let (alone, loaded) = (good(read(BASE)), good(read(&text)));
    let rows = inputs(&loaded.scenario);
    let (size, of) = (row(&rows, "cohorts.shops.size"), row(&rows, "cohorts.users.size"));
    assert_eq!((size.status, size.note.as_str()), ("same", "the same as cohorts.users.size; as many"));
    assert_eq!((&size.value_or_law, &size.unit, size.middle), (&of.value_or_law, &of.unit, of.middle));
    assert_eq!(size.source_title, "Press", "the source of the other");
    let hit = row(&rows, "cohorts.shops.hit");
    assert_eq!((hit.status, hit.source_title.as_str()), ("same", "Report"));
    // It is one number: nothing counts it twice.
    assert_eq!(loaded.scenario.quantities.list.len(), alone.scenario.quantities.list.len() - 2);
    let counted = |status| rows.iter().filter(|r| r.status == status).count();
    let before = inputs(&alone.scenario);
    let stated = |status| before.iter().filter(|r| r.status == status).count();
    assert_eq!((counted("sourced"), counted("assumed")), (stated("sourced"), stated("assumed") - 2));
    assert_eq!(rows.len(), before.len());
}

/// The value of a number as the file writes it.
fn written(path: &str, q: &Quantity) -> String {
    let value = match &q.law {
        Law::Constant(v) => *v,
        law => law.quantile(0.5),
    };
    match q.unit {
        Unit::Hours => format!("{value} h"),
        Unit::Money => format!("{value} KRW"),
        // In the facts of a scheme a bare number is an expression.
        _ if path.contains(".facts.") => format!("{{ value = {value} }}"),
        _ => format!("{value}"),
    }
}

#[test]
fn every_number_can_be_changed_where_it_is_listed() {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for name in ["first-steps", "kakao-2022", "kt-2018"] {
        let file = here.join(format!("{name}.toml"));
        let loaded = load(&file, &[]).unwrap_or_else(|e| panic!("{e}"));
        let quantities = &loaded.scenario.quantities;
        let rows = inputs(&loaded.scenario);
        let mut sets = Vec::new();
        for path in rows.iter().map(|r| r.path.as_str()) {
            // A severity that is stated in parts, or is none, has a row of its cv as a whole.
            let Some(q) = quantities.behind(path).filter(|_| !path.ends_with(".severity")) else { continue };
            // That there is no limit is said by leaving it out.
            if q.law != Law::Constant(f64::INFINITY) {
                sets.push(format!("{path}={}", written(path, q)));
            }
        }
        assert!(sets.len() > 20);
        load(&file, &sets).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
}

/// A constant that a part needs which is not in use is no number of the file.
#[test]
fn what_nobody_can_state_is_not_listed() {
    let desk = "\n[procedures.bill]\nautomatic_after = \"30 d\"\n";
    let scheme = "\n[guidelines.scheme]\nscheme = \"kr-telecom-terms\"\n";
    let library = redress::scenario::Folder(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/guidelines").into());
    let text = format!("{BASE}{desk}{scheme}");
    let loaded = good(redress::scenario::parse(&text, "small.toml", &library, &[], None));
    let rows = inputs(&loaded.scenario);
    let listed = |path: &str| rows.iter().any(|r| r.path == path);
    for path in ["opens_after", "staff", "wage", "arrival.swing"] {
        assert!(!listed(&format!("procedures.bill.{path}")), "{path}");
    }
    assert!(listed("procedures.bill.automatic_after"));
    assert!(!rows.iter().any(|r| r.path.ends_with("genuine.approval_factor")));
    for path in ["damages.approval", "fee-refund.approval", "fee-refund.filing.automatic"] {
        assert!(loaded.scenario.quantities.find(&format!("guidelines.scheme.{path}")).is_some(), "{path}");
        assert!(!listed(&format!("guidelines.scheme.{path}")), "{path}");
    }
    assert!(listed("guidelines.scheme.filing.automatic"));
}

#[test]
fn the_terms_of_drafts_are_listed_by_draft() {
    let told = |lang| show(&good(read(BASE)), lang).split_whitespace().collect::<Vec<_>>().join(" ");
    for (lang, amount) in [(Lang::En, "5,000 KRW"), (Lang::Ko, "5,000원")] {
        let told = told(lang);
        let own = told.split("- guidelines.flat: ").nth(1).expect("the draft");
        assert!(own.contains(&format!("rules.cash.amount = {amount}; ")), "{own}");
    }
}
