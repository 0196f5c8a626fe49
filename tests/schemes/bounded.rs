//! Which rules stop growing with the loss: that decides whether what they pay can have a finite variance where losses have none.

use redress::guideline::bounded::{Along, is_bounded};
use redress::scenario::parse;

use super::One;

const SCHEME: &str = r#"
title = "Some rules"
currency = "KRW"

[facts]
loss = "money"

[steps]
half = "50% * loss"

[[rules]]
id = "capped"
pays = "min(half, 60_000 KRW)"

[[rules]]
id = "open"
pays = "half"

[[rules]]
id = "floored"
pays = "max(half - 5_000 KRW, 60_000 KRW)"

[[rules]]
id = "what-is-left"
pays = "max(60_000 KRW - loss, 0 KRW)"

[[rules]]
id = "square"
pays = "min(loss * (loss / 100_000 KRW), 80_000 KRW)"

[[rules]]
id = "flat"
pays = "3_000 KRW"

[[rules]]
id = "bands"
pays = "match loss { < 10_000 KRW => 1_000 KRW, else => min(half, 9_000 KRW) }"
"#;

#[test]
fn rules_that_stop_growing_with_the_loss_are_known() {
    let cases = [
        ("capped", true),
        ("open", false),
        ("floored", false),
        ("what-is-left", true),
        ("square", true),
        ("flat", true),
        ("bands", true),
    ];
    let guidelines = cases
        .map(|(id, _)| format!("guidelines.{id} = {{ scheme = \"some\", only = [\"{id}\"], filing = \"all\" }}\n"));
    let text = format!(
        r#"
schema = 1
id = "bounded"
title = "Bounded"
currency = "KRW"
outage.start = 2022-10-15T10:00:00
services.line = {{ title = "Line", restored_after = "9 h" }}
cohorts.people = {{ title = "People", size = 10, services = ["line"], hit = 1, loss = {{ share = 1, damage = {{ rate = 9, elasticity = 0 }}, severity = {{ family = "lomax", alpha = 1.5 }} }} }}
filing.all = {{ title = "All", rate = 1 }}
{}
guidelines.own.title = "Own"
guidelines.own.rules = [
    {{ amount = {{ share_of_loss = 1 }} }},
    {{ amount = {{ share_of_loss = 1 }}, cap = 5000 }},
    {{ amount = {{ min = [{{ share_of_loss = 1 }}, 900] }} }},
    {{ amount = {{ max = [{{ share_of_loss = 1 }}, 900] }} }},
]
"#,
        guidelines.concat()
    );
    let loaded = parse(&text, "case.toml", &One("some", SCHEME.into()), &[], None).unwrap_or_else(|e| panic!("{e}"));
    for (id, bounded) in cases {
        let guideline = loaded.scenario.guidelines.iter().find(|g| g.id == id).expect("it is there");
        assert_eq!(guideline.rules.iter().map(|r| is_bounded(r, Along::Loss)).collect::<Vec<_>>(), [bounded], "{id}");
    }
    let own = loaded.scenario.guidelines.iter().find(|g| g.id == "own").expect("it is there");
    assert_eq!(own.rules.iter().map(|r| is_bounded(r, Along::Loss)).collect::<Vec<_>>(), [false, true, true, false]);
    // None of them looks at the fee.
    let fee = |rule: &redress::model::Rule| is_bounded(rule, Along::Fee);
    assert!(own.rules.iter().all(fee));
}
