//! Cohorts and losses in the schema.

use serde_json::{Value, json};

use super::{choice, described, list, map, plain, reference, table, text, word, words};

/// Definitions of cohorts and their parts.
pub fn definitions() -> Vec<(&'static str, Value)> {
    vec![
        ("cohort", cohort()),
        ("hit", hit()),
        ("fee", fee()),
        ("attribute", attribute()),
        ("loss", loss()),
        ("damage", damage()),
        ("severity", severity()),
    ]
}

fn cohort() -> Value {
    let reports = table(
        "Reports before any tariff is known.",
        &["share"],
        vec![
            ("share", described("number", "Share of the hit who report.")),
            ("no_money_share", described("number", "Of the reports, those that are no claim for money; 0.")),
        ],
    );
    let keys = vec![
        ("title", text("What it is called.")),
        ("tags", words("Words by which guidelines address it.")),
        ("size", described("number", "Number of people.")),
        ("services", words("Services its people use.")),
        ("regions", map("Share of the cohort in each region.", reference("number"))),
        ("hit", described("hit", "Share of the cohort hit, or by use.")),
        ("awareness", described("number", "Factor on every filing profile's awareness; 1.")),
        ("fee_month", described("fee", "Fee per month; none unless stated.")),
        ("attributes", map("What rules of schemes may ask of a person.", reference("attribute"))),
        ("loss", described("loss", "Money lost; without it nobody loses any.")),
        ("reports", reports),
    ];
    table("A group of people.", &["title", "size", "services", "hit"], keys)
}

fn hit() -> Value {
    let by_use = table(
        "By use in the hours lost.",
        &["uses_per_day"],
        vec![
            ("uses_per_day", map("Uses a day of each service of the cohort.", reference("number"))),
            ("profile", word("A profile under [profiles].")),
            ("kappa", described("number", "How alike people are; infinite unless stated.")),
        ],
    );
    json!({ "anyOf": [reference("number"), by_use] })
}

fn fee() -> Value {
    let band = table(
        "A band.",
        &["share", "fee"],
        vec![("share", described("number", "Share of the cohort.")), ("fee", described("number", "Fee per month."))],
    );
    let bands = table("Bands of fees.", &["bands"], vec![("bands", list("Bands.", band))]);
    let varies = table(
        "People differ by a law.",
        &["varies"],
        vec![("varies", described("number_table", "The law of the fee."))],
    );
    json!({ "anyOf": [reference("number"), bands, varies] })
}

fn attribute() -> Value {
    let band = table(
        "A band.",
        &["share", "value"],
        vec![("share", described("number", "Share of the cohort.")), ("value", described("number", "Value."))],
    );
    let keys = vec![
        ("title", text("What it is.")),
        ("type", choice("What it is counted in.", &["money", "number", "duration", "share", "yes or no"])),
        ("value", described("number", "All are alike.")),
        ("bands", list("Stated bands.", band)),
        ("varies", described("number_table", "The law by which people differ.")),
        ("share", described("number", "Of a yes or no: those for whom it holds.")),
    ];
    let mut one = table("A number or a yes or no that differs from person to person.", &["type"], keys);
    let ways: Vec<Value> = ["value", "bands", "varies", "share"].iter().map(|k| json!({ "required": [k] })).collect();
    one["oneOf"] = json!(ways);
    one
}

fn loss() -> Value {
    let exaggerated = table(
        "Losers who claim more than they lost.",
        &["share", "factor"],
        vec![
            ("share", described("number", "Of the losers.")),
            ("factor", described("number", "What they claim, as a multiple of the loss.")),
            ("approval_factor", described("number", "Factor on approval; 1.")),
        ],
    );
    let unfounded = table(
        "People hit without a loss who would claim one.",
        &["share"],
        vec![
            ("share", described("number", "Of the hit without loss.")),
            ("approval_factor", described("number", "Factor on approval; 1.")),
        ],
    );
    let keys = vec![
        ("share", described("number", "Of the hit, those who lose money.")),
        ("damage", described("damage", "Mean loss by hours.")),
        ("service", word("Service whose hours count; default: the longest of the cohort's.")),
        ("severity", described("severity", "Law of losses around the mean.")),
        ("indirect_share", described("number", "Indirect part of each loss; 0.")),
        ("exaggerated", exaggerated),
        ("unfounded", unfounded),
    ];
    table("Money lost.", &["share", "damage", "severity"], keys)
}

fn damage() -> Value {
    let power = table(
        "rate × hours^elasticity.",
        &["rate", "elasticity"],
        vec![
            ("rate", described("number", "Mean loss after one hour.")),
            ("elasticity", described("number", "Elasticity to the hours.")),
        ],
    );
    let point = json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": reference("number") });
    let points =
        table("Piecewise linear.", &["points"], vec![("points", list("Hours and money, hours increasing.", point))]);
    json!({ "anyOf": [power, points] })
}

fn severity() -> Value {
    let remarks = || vec![("source", word("A source.")), ("note", text("A note.")), ("date", super::date("Its date."))];
    let number = |what: &str| described("number", what);
    let own = || {
        vec![
            ("family", choice("Family, mean 1.", &["lognormal", "gamma", "weibull", "lomax"])),
            ("cv", number("Coefficient of variation.")),
            ("alpha", number("Index of the tail of a lomax law, above 1.")),
        ]
    };
    let mut part_keys = own();
    part_keys.extend([("weight", number("Share of people.")), ("mean", number("Mean, relative to the other parts."))]);
    let part = table("A part of a mixture.", &["weight", "mean", "family"], part_keys);
    let with = |mut keys: Vec<(&'static str, Value)>| {
        keys.extend(remarks());
        keys
    };
    let family = table("A family.", &["family"], with(own()));
    let mixture = table("A mixture.", &["mixture"], with(vec![("mixture", list("Parts.", part))]));
    let observed = with(vec![
        ("empirical", list("Observed losses.", json!({ "type": ["number", "string"] }))),
        ("weights", list("Their weights.", plain(""))),
    ]);
    let empirical = table("Observed losses, rescaled to mean 1.", &["empirical"], observed);
    json!({ "anyOf": [{ "const": "none" }, family, mixture, empirical] })
}
