//! Rules of schemes applied one by one, rules under one limit, and what a run assumes of the facts that nobody states.

use redress::guideline::{Case, award, compile};
use redress::model::{Filing, Form, Lang, Scenario};
use redress::scenario::{Loaded, assumed_facts, inputs, parse};

use super::One;

const SCHEME: &str = r#"
title = "A made-up plan"
currency = "KRW"

[words]
silver = { ko = "은" }

[facts]
loss = { type = "money", title = { en = "loss", ko = "손해" } }
member = { type = ["gold", "silver"], default = "silver", title = { en = "membership", ko = "회원 등급" } }
reported = { type = "yes or no", simulated = "true", title = { en = "reported", ko = "신고함" } }
list_value = "money"
review_share = "share"
lost = { type = "number", simulated = "begun(outage, 24 h)" }

[[rules]]
id = "sum"
mode = "claim"
when = "reported"
pays = 'match member { "gold" => 2_000 KRW, else => 1_000 KRW } * lost'

[[rules]]
id = "gift"
mode = "automatic"
gives = '"a gift"'

[[rules]]
id = "review"
when = "loss > 50_000 KRW"
decision = true

[[rules]]
id = "half"
mode = "claim"
when = "loss >= 10_000 KRW"
pays = "loss / 2"
"#;

fn text(scheme: &str, rules: &str) -> (String, One) {
    let scenario = format!(
        r#"
schema = 1
id = "listed"
title = "Listed"
currency = "KRW"
[outage]
start = 2022-10-15T10:00:00
[services.line]
title = "Line"
restored_after = "90 h"
[cohorts.people]
title = "People"
size = 1000
services = ["line"]
hit = "100 %"
loss = {{ share = 0.5, damage = {{ rate = 1_000, elasticity = 1 }}, severity = {{ family = "lognormal", cv = 1 }} }}
[cohorts.others]
title = "Others"
size = 10
services = ["line"]
hit = 0.5
[filing.form]
title = "Form"
rate = 0.5
[guidelines.none]
title = "None"
rules = []
[guidelines.plan]
{rules}
"#
    );
    (scenario, One("plan", scheme.into()))
}

fn loaded(scheme: &str, rules: &str) -> Result<Loaded, String> {
    let (text, library) = text(scheme, rules);
    parse(&text, "listed.toml", &library, &[], None).map_err(|e| e.to_string())
}

fn valid(scheme: &str, rules: &str) -> Scenario {
    loaded(scheme, rules).expect("valid").scenario
}

fn case(loss: f64) -> Case<'static> {
    Case { loss, indirect_share: 0.0, hours: 90.0, fee_month: 0.0, days_in_month: 31.0, attributes: &[] }
}

const LISTED: &str = r#"
scheme = "plan"
filing = "form"
[[guidelines.plan.rules]]
id = "gold"
rule = "sum"
for = ["people"]
facts = { member = "gold" }
approval = 0.7
[[guidelines.plan.rules]]
id = "silver"
rule = "sum"
for = ["others"]
filing = { automatic = 0.3 }
[[guidelines.plan.rules]]
id = "gift"
pays = "list_value"
facts = { list_value = { law = "uniform", min = 10, max = 30, note = "assumed" } }
in_kind = { redemption = 0.5, unit_cost = 0.1 }
[[guidelines.plan.rules]]
id = "review"
pays = "max(5_000 KRW, review_share * loss)"
facts = { review_share = 0.1 }
"#;

#[test]
fn a_guideline_says_how_each_rule_of_a_scheme_is_applied() {
    let s = valid(SCHEME, LISTED);
    let rules = &s.guidelines[1].rules;
    let world = s.quantities.central();
    let paid = |rule: usize, loss: f64| award(&rules[rule], &case(loss), &world);
    assert_eq!(rules.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["gold", "silver", "gift", "review"]);
    // Four days begun.
    assert_eq!((paid(0, 0.0), paid(1, 0.0)), (8_000.0, 4_000.0));
    assert_eq!((&rules[0].cohorts[..], &rules[1].cohorts[..]), (&[0][..], &[1][..]));
    assert!(matches!(rules[0].filing, Filing::Claim(_)) && matches!(rules[1].filing, Filing::Automatic { .. }));
    assert_eq!(rules[0].approval.of(&world), 0.7);
    assert!((paid(2, 0.0) - 20.0).abs() < 1e-9 && matches!(rules[2].form, Form::InKind { .. }));
    assert!(s.quantities.find("guidelines.plan.rules.gift.facts.list_value").is_some());
    assert_eq!((paid(3, 50_000.0), paid(3, 50_001.0), paid(3, 200_000.0)), (0.0, 0.1 * 50_001.0, 20_000.0));
    assert_eq!((rules[0].losers_only, rules[3].losers_only), (false, true));
}

#[test]
fn rules_of_schemes_stand_beside_rules_of_the_scenario() {
    let rules = r#"
title = "Both"
[[guidelines.plan.rules]]
id = "flat"
amount = 500
[[guidelines.plan.rules]]
id = "half"
scheme = "plan"
filing = "form"
"#;
    let s = valid(SCHEME, rules);
    let world = s.quantities.central();
    let paid: Vec<f64> = s.guidelines[1].rules.iter().map(|r| award(r, &case(12_000.0), &world)).collect();
    assert_eq!(paid, [500.0, 6_000.0]);
}

#[test]
fn rules_under_one_limit_are_one_rule() {
    let scheme = SCHEME.replace("currency = \"KRW\"\n", "currency = \"KRW\"\nat_most = \"20_000 KRW + 1% * loss\"\n");
    let s = valid(&scheme, "scheme = \"plan\"\nfiling = \"form\"");
    let rules = &s.guidelines[1].rules;
    assert_eq!(rules.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["together"]);
    assert!(!rules[0].losers_only, "a thousand a day is for people without a loss too");
    let world = s.quantities.central();
    let schedule = compile(&rules[0], &case(0.0), &world);
    for loss in [0.0, 9_999.0, 10_000.0, 32_000.0, 32_653.0, 32_654.0, 40_000.0, 1e6] {
        // A thousand for each of four days, and half the loss from 10,000 on.
        let sum = 4_000.0 + if loss >= 10_000.0 { loss / 2.0 } else { 0.0 };
        let wanted = f64::min(sum, 20_000.0 + 0.01 * loss);
        let direct = award(&rules[0], &case(loss), &world);
        assert!((direct - wanted).abs() < 1e-6, "{loss}: {direct}, not {wanted}");
        assert!((schedule.at(loss) - wanted).abs() < 1e-6, "{loss}: schedule {}", schedule.at(loss));
    }
    let refused = loaded(&scheme, LISTED).expect_err("one rule");
    assert!(refused.contains("share a limit and are applied as one"), "{refused}");
}

#[test]
fn what_is_assumed_is_named() {
    let found = loaded(SCHEME, LISTED).expect("valid");
    let s = &found.scenario;
    let english = assumed_facts(&s.guidelines[1], Lang::En).expect("something is assumed");
    let korean = assumed_facts(&s.guidelines[1], Lang::Ko).expect("something is assumed");
    for part in ["reported = yes", "member (membership) = \"silver\"", "lost = begun(outage, 24 h)"] {
        assert!(english.contains(part), "{part} is not in {english}");
    }
    for part in ["가정한 것", "신고함 = 예", "회원 등급 = ‘은’", "lost = "] {
        assert!(korean.contains(part), "{part} is not in {korean}");
    }
    for part in ["member", "silver", "true", "outage", "begun"] {
        assert!(!korean.contains(part), "{part} is in {korean}");
    }
    // What is stated is not assumed.
    assert!(!english.contains("gold") && !english.contains("list_value"), "{english}");
    let rows = inputs(s);
    let status = |path: &str| rows.iter().find(|r| r.path == path).map(|r| r.status);
    assert_eq!(status("guidelines.plan.facts.reported"), Some("assumed"));
    assert_eq!(status("guidelines.plan.facts.member"), Some("default"));
    let told = |path: &str| rows.iter().find(|r| r.path == path).map(|r| r.value_or_law.as_str());
    assert_eq!(told("guidelines.plan.facts.reported"), Some("yes"), "in one word, as a default is");
    assert!(assumed_facts(&s.guidelines[0], Lang::En).is_none());
}

/// Facts that are money have the unit of money.
#[test]
fn money_among_the_facts_is_money() {
    let rows = inputs(&valid(SCHEME, LISTED));
    let gift = rows.iter().find(|r| r.path == "guidelines.plan.rules.gift.facts.list_value").expect("listed");
    assert_eq!((gift.unit.as_str(), gift.value_or_law.as_str()), ("KRW", "anywhere from 10 KRW to 30 KRW"));
    let stated = LISTED.replace(
        "{ law = \"uniform\", min = 10, max = 30, note = \"assumed\" }",
        "{ value = \"2 thousand KRW\", note = \"assumed\" }",
    );
    let s = valid(SCHEME, &stated);
    assert_eq!(award(&s.guidelines[1].rules[2], &case(0.0), &s.quantities.central()), 2_000.0);
    let wrong = loaded(SCHEME, &stated.replace("thousand KRW", "thousand EUR")).expect_err("another currency");
    assert!(wrong.contains("EUR"), "{wrong}");
}

#[test]
fn what_is_wrong_about_a_rule_is_said() {
    for (from, to, expected) in [
        ("rule = \"sum\"\nfor = [\"people\"]", "rule = \"summ\"", "did you mean `sum`?"),
        ("id = \"gift\"\npays", "id = \"gifts\"\npays", "this scheme has no rule `gifts`"),
        ("pays = \"list_value\"\n", "pays = \"list_valu\"\n", "did you mean `list_value`?"),
        ("facts = { review_share = 0.1 }", "", "needs to know review_share"),
        ("id = \"silver\"", "id = \"gold\"", "two rules of this guideline are called `gold`"),
        (
            "[[guidelines.plan.rules]]\nid = \"gold\"",
            "only = [\"sum\"]\n[[guidelines.plan.rules]]\nid = \"gold\"",
            "both say which rules",
        ),
        ("pays = \"max(5_000 KRW, review_share * loss)\"", "", "gives no money"),
    ] {
        assert!(LISTED.contains(from), "{from}");
        let told = loaded(SCHEME, &LISTED.replacen(from, to, 1)).expect_err(from);
        assert!(told.contains(expected), "{expected} is not in\n{told}");
    }
}

#[test]
fn the_resolved_text_carries_the_rules() {
    for (scheme, rules) in
        [(SCHEME, LISTED), (SCHEME, "title = \"T\"\n[[guidelines.plan.rules]]\nid = \"half\"\nscheme = \"plan\"\n")]
    {
        let first = loaded(scheme, rules).expect("valid");
        let nothing = One("nothing", String::new());
        let again = parse(&first.resolved, "resolved.toml", &nothing, &[], None).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(first.scenario.guidelines, again.scenario.guidelines);
    }
}
