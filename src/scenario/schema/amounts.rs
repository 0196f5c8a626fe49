//! Guidelines, rules, amounts and filing in the schema.

use serde_json::{Value, json};

use super::{choice, described, flag, list, map, reference, table, text, word, words};
use crate::model::burden::TASKS;

/// Definitions of guidelines and their parts.
pub fn definitions() -> Vec<(&'static str, Value)> {
    vec![
        ("guideline", guideline()),
        ("rule", rule()),
        ("amount", amount()),
        ("filing_profile", filing_profile()),
        ("filing", filing()),
    ]
}

fn guideline() -> Value {
    let pool = table(
        "A limit on all money awards, shared pro rata.",
        &["amount"],
        vec![
            ("amount", described("number", "Money, above 0.")),
            ("foreseen", flag("People foresee it when they decide to file.")),
        ],
    );
    let keys = vec![
        ("library", word("A file of the folder guidelines/; other keys replace its keys.")),
        (
            "based_on",
            word("Another guideline of the scenario; own keys replace its keys, a table of rules changes its rules."),
        ),
        ("from_library", word("In resolved files: the library file that was merged in.")),
        ("title", text("What it is called.")),
        ("note", text("What it is, what was simplified.")),
        ("source", word("A source under [sources].")),
        ("jurisdiction", text("Where it applies.")),
        ("effective", text("Since when.")),
        ("evidence", text("Grade of evidence.")),
        ("claim_cost", described("number", "Handling cost of a filed claim; 0.")),
        ("procedure", word("A procedure under [procedures], for the rules that name none.")),
        ("pool", pool),
        (
            "rules",
            json!({ "anyOf": [
                list("Rules; what several give to one person is added. Of a scheme: how its rules are applied.", reference("rule")),
                { "type": "object", "description": "With based_on: what differs, by rule." },
            ] }),
        ),
        (
            "scheme",
            json!({ "type": ["string", "object"], "description": "A scheme of the folder guidelines/ to apply." }),
        ),
        ("version", word("Of a scheme: its version; the one in force at the start of the outage unless stated.")),
        ("for", words("Of a scheme: cohorts or tags; default: everybody.")),
        (
            "filing",
            json!({ "type": ["string", "object"], "description": "Of a scheme: take-up of what must be claimed." }),
        ),
        ("rate", described("number", "Of a scheme in another currency: the scenario's money for one unit of it.")),
        (
            "facts",
            json!({ "type": "object", "description": "Of a scheme: its facts, as expressions, values or laws." }),
        ),
        (
            "price_level",
            described("number", "Of a scheme: prices here relative to those where it holds, at that rate; 1."),
        ),
        ("only", words("Of a scheme: the rules to apply; default: all that pay money.")),
        ("partly", flag("Of a scheme: leave out rules that ask for facts the scenario does not know.")),
    ];
    let mut guideline = table("A draft.", &[], keys);
    guideline["anyOf"] = json!([{ "required": ["library"] }, { "required": ["based_on"] }, { "required": ["scheme"] }, { "required": ["title", "rules"] }]);
    guideline
}

fn rule() -> Value {
    let in_kind = table(
        "The amount is a face value.",
        &["redemption", "unit_cost"],
        vec![
            ("redemption", described("number", "Share of those granted it who use it.")),
            ("unit_cost", described("number", "Cost per unit of face value used.")),
            ("value", described("number", "What a unit of face value used is worth to the person; 1.")),
        ],
    );
    let keys = vec![
        ("id", word("Its name; rule-1, rule-2, … unless stated.")),
        ("title", text("What it gives.")),
        ("for", words("Cohorts or tags; default: everybody.")),
        ("services", words("Services whose hours count.")),
        ("hours_at_least", described("time", "Least hours, included.")),
        ("hours_over", described("time", "Least hours, not included.")),
        ("hours_at_most", described("time", "Most hours, included.")),
        ("hours_under", described("time", "Most hours, not included.")),
        ("losers_only", flag("Default: true when the amount looks at the loss.")),
        ("amount", described("amount", "What it pays one person.")),
        ("scheme", json!({ "type": ["string", "object"], "description": "A scheme whose rule it is." })),
        ("version", word("Of a scheme: its version; the one in force at the start of the outage unless stated.")),
        ("rate", described("number", "Of a scheme in another currency: the scenario's money for one unit of it.")),
        ("price_level", described("number", "Of a scheme: prices here relative to those where it holds; 1.")),
        ("rule", word("Of a scheme: its rule; the one of this name unless stated.")),
        ("pays", word("Of a scheme: what it pays, an expression in which `given` is what the rule gives by itself.")),
        ("facts", json!({ "type": "object", "description": "Of a scheme: facts for this rule." })),
        ("cap", described("number", "Highest award.")),
        ("minimum", described("number", "Lowest award of those who get more than nothing.")),
        ("filing", described("filing", "How people come by it; `automatic` unless stated.")),
        ("approval", described("number", "Share approved; 1.")),
        ("in_kind", in_kind),
        ("procedure", word("A procedure under [procedures]; the guideline's.")),
    ];
    let mut rule = table("A rule, or how a rule of a scheme is applied.", &[], keys);
    rule["anyOf"] = json!([{ "required": ["amount"] }, { "required": ["id"] }, { "required": ["rule"] }]);
    rule
}

fn amount() -> Value {
    let number = |d: &str| described("number", d);
    let parts = |d: &str| list(d, reference("amount"));
    let step = table(
        "A band.",
        &["pay"],
        vec![
            ("upto", number("Upper bound, inside.")),
            ("below", number("Upper bound, outside.")),
            ("pay", described("amount", "What it pays.")),
        ],
    );
    let axes = ["loss", "direct_loss", "indirect_loss", "hours", "days_begun", "fee"];
    let forms = vec![
        reference("number"),
        table(
            "share × max(loss − deductible, 0).",
            &["share_of_loss"],
            vec![
                ("share_of_loss", number("Share of the loss.")),
                ("deductible", number("Money; 0.")),
                ("basis", choice("Part of the loss; all.", &["all", "direct", "indirect"])),
            ],
        ),
        table("Months of the fee.", &["fee_months"], vec![("fee_months", number("Months."))]),
        table("Days of the fee.", &["fee_days"], vec![("fee_days", number("Days."))]),
        table("Multiple of the fee for the hours lost.", &["fee_times"], vec![("fee_times", number("Multiple."))]),
        table(
            "Money for each step of time.",
            &["per", "pay"],
            vec![
                ("per", described("time", "Length of a step.")),
                ("pay", number("Money per step.")),
                ("count", choice("How steps are counted; exact.", &["exact", "begun", "completed"])),
                ("after", described("time", "Time that does not count; 0 h.")),
            ],
        ),
        table(
            "Bands, lowest first.",
            &["bands", "steps"],
            vec![("bands", choice("What is compared.", &axes)), ("steps", list("The bands.", step))],
        ),
        table("The highest of several.", &["max"], vec![("max", parts("Amounts."))]),
        table("The lowest of several.", &["min"], vec![("min", parts("Amounts."))]),
        table("The sum of several.", &["sum"], vec![("sum", parts("Amounts."))]),
        table(
            "A multiple of another amount.",
            &["times", "of"],
            vec![("times", number("Factor.")), ("of", described("amount", "The amount."))],
        ),
    ];
    json!({ "description": "A sum of money, or a rule for one.", "anyOf": forms })
}

fn filing_profile() -> Value {
    let point = json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": reference("number") });
    let keys = vec![
        ("title", text("What it is called.")),
        ("review", described("time", "Work of the company on a claim; none.")),
        ("effort", described("time", "Work of the claimant on a claim; none.")),
        ("awareness", described("number", "Share who know of it; 1.")),
        (
            "notice",
            json!({ "type": "string", "description": "How they learn of it, instead of awareness: in-app, told, direct, post, e-mail, press, or one under [ladder.notices]." }),
        ),
        (
            "burden",
            json!({ "description": "Award at which half of the aware file, or its parts.", "anyOf": [reference("number"), burden()] }),
        ),
        (
            "wait",
            described(
                "time",
                "The wait for the money that people expect, which makes the award worth less to them; none.",
            ),
        ),
        ("beta", described("number", "How strongly filing rises with the award.")),
        ("curve", choice("Shape; logistic.", &["logistic", "weibull"])),
        ("rate", described("number", "Or a constant share who file.")),
        ("table", list("Or award and share who file, awards increasing.", point)),
    ];
    let mut profile = table("A take-up profile.", &[], keys);
    profile["oneOf"] = json!([{ "required": ["burden"] }, { "required": ["rate"] }, { "required": ["table"] }]);
    profile
}

/// A profile under its name: one that does not say who files is the built-in one of that name.
pub fn own_profile() -> Value {
    let keys = vec![
        ("title", text("What it is called.")),
        ("review", described("time", "Work of the company on a claim; none.")),
        ("effort", described("time", "Work of the claimant on a claim; none.")),
    ];
    let bare = table("What a claim takes under a built-in profile.", &[], keys);
    json!({ "anyOf": [reference("filing_profile"), bare] })
}

fn burden() -> Value {
    let count = |task: &'static str| (task, described("number", "How many of them; none."));
    let mut parts = table("A burden by its parts.", &[], TASKS.map(count).to_vec());
    parts["minProperties"] = json!(1);
    parts
}

/// What ways to claim that are given by their parts have in common.
pub fn ladder() -> Value {
    let takes = TASKS.map(|task| (task, described("time", "Time that one of them takes.")));
    let keys = vec![
        ("hour", described("number", "What an hour of work is worth, money.")),
        ("hassle", described("number", "Burden per hour that a task takes.")),
        ("beta", described("number", "How strongly filing rises with the award, where a profile does not say.")),
        ("impatience_year", described("number", "Discount rate a year of who decides whether to file.")),
        ("takes", table("Times of the parts.", &[], takes.to_vec())),
        ("notices", map("Awareness by notice.", reference("number"))),
    ];
    table("What the filing ladder gives; supplied where it is asked for.", &[], keys)
}

fn filing() -> Value {
    let reach = table(
        "Without filing, to that share.",
        &["automatic"],
        vec![("automatic", described("number", "Share reached."))],
    );
    json!({ "anyOf": [word("`automatic` or a profile under [filing]."), reach, reference("filing_profile")] })
}
