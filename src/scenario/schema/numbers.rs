//! Numbers in the schema.

use serde_json::{Map, Value, json};

use super::{choice, date, described, flag, list, text, word};

/// Definitions of numbers.
pub fn definitions() -> Vec<(&'static str, Value)> {
    vec![("number", number()), ("time", time()), ("number_table", number_table())]
}

fn number() -> Value {
    json!({
        "description": "5, \"36 %\", \"12.4 bn KRW\", or a table with a source, a note or a law.",
        "anyOf": [{ "type": "number" }, { "type": "string" }, { "$ref": "#/$defs/number_table" }],
    })
}

fn time() -> Value {
    json!({
        "description": "\"10 h\", \"30 min\", \"5 d 7 h 30 min\", or a table with a source, a note or a law.",
        "anyOf": [{ "type": "string", "pattern": "[a-z]" }, { "$ref": "#/$defs/number_table" }],
    })
}

/// A value that is no uncertain number, alone or with its source, or in dated versions.
pub fn stated(value: Value, description: &str) -> Value {
    let keys = |value: Value| -> Map<String, Value> {
        let keys = [
            ("value", value),
            ("source", word("A source under [sources].")),
            ("note", text("Page, or how it was derived.")),
            ("date", date("Date of the value.")),
            ("default", flag("Set in resolved files where a default stands in.")),
        ];
        keys.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
    };
    let sourced = json!({
        "type": "object", "properties": keys(value.clone()), "required": ["value"], "additionalProperties": false,
    });
    let versions = json!({
        "type": "object", "required": ["versions"], "additionalProperties": false,
        "properties": { "versions": list(VERSIONS, sourced.clone()) },
    });
    json!({ "description": description, "anyOf": [value, sourced, versions] })
}

const VERSIONS: &str = "Dated versions; the latest not after as_of.";

const LAWS: [&str; 12] = [
    "uniform",
    "triangular",
    "pert",
    "normal",
    "lognormal",
    "gamma",
    "beta",
    "weibull",
    "pareto",
    "lomax",
    "discrete",
    "empirical",
];

const PARAMETERS: [(&str, &str); 25] = [
    ("value", "The value."),
    ("min", "Lowest value; of a normal law where it is cut off below."),
    ("mode", "Likeliest value."),
    ("max", "Highest value; of a normal law where it is cut off above."),
    ("mean", "Mean."),
    ("sd", "Standard deviation."),
    ("cv", "Standard deviation ÷ mean."),
    ("mu", "Mean of the logarithm."),
    ("sigma", "Standard deviation of the logarithm."),
    ("shape", "Shape."),
    ("scale", "Scale."),
    ("a", "First parameter of a beta law."),
    ("b", "Second parameter of a beta law."),
    ("alpha", "Index of the tail."),
    ("minimum", "Lowest value of a Pareto law."),
    ("p01", "1 % lie below."),
    ("p05", "5 % lie below."),
    ("p10", "10 % lie below."),
    ("p25", "25 % lie below."),
    ("p50", "Median."),
    ("p75", "75 % lie below."),
    ("p90", "90 % lie below."),
    ("p95", "95 % lie below."),
    ("p99", "99 % lie below."),
    ("times", "Factor on a constant that `same_as` names."),
];

fn number_table() -> Value {
    let mut keys = Map::new();
    for (key, description) in PARAMETERS {
        keys.insert(key.into(), json!({ "type": ["number", "string"], "description": description }));
    }
    keys.insert("law".into(), choice("Family of the law.", &LAWS));
    keys.insert("values".into(), list("Values.", json!({ "type": ["number", "string"] })));
    keys.insert("weights".into(), list("Their weights.", json!({ "type": "number" })));
    keys.insert("joint".into(), word("A table under [joint]."));
    keys.insert("column".into(), word("A column of it."));
    keys.insert("same_as".into(), word("Path of another number of the file."));
    keys.insert("versions".into(), list(VERSIONS, described("number_table", "")));
    keys.insert("source".into(), word("A source under [sources]."));
    keys.insert("note".into(), text("Page, or how it was derived."));
    keys.insert("date".into(), date("Date of the number."));
    keys.insert("default".into(), flag("Set in resolved files where a default stands in."));
    let heads: Vec<Value> =
        ["value", "law", "joint", "versions", "same_as"].iter().map(|h| json!({ "required": [h] })).collect();
    json!({
        "type": "object", "description": "A number with a source, a note or a law.", "properties": keys,
        "additionalProperties": false, "oneOf": heads,
    })
}
