//! JSON Schema (2020-12) of the scenario file, for editors. It knows keys, types and words; what hangs together across
//! the file (references, sums, order) only the reader checks.

mod aftermath;
mod amounts;
mod company;
mod numbers;
mod people;

pub use company::company_schema;

use numbers::stated;
use serde_json::{Map, Value, json};

/// The schema of a scenario file.
pub fn schema() -> Value {
    let mut top = table(
        "A scenario: an outage, the people hit, and draft guidelines.",
        &["schema", "id", "title", "currency", "outage", "services", "cohorts", "guidelines"],
        top_level().into_iter().chain(aftermath::top_level()).collect(),
    );
    if let Some(map) = top.as_object_mut() {
        map.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
        map.insert("title".into(), json!("redress scenario"));
        map.insert("$defs".into(), definitions());
    }
    top
}

fn top_level() -> Vec<(&'static str, Value)> {
    vec![
        ("schema", json!({ "const": 1, "description": "Version of the format." })),
        ("id", json!({ "type": "string", "pattern": "^[a-z0-9-]+$", "description": "Name for folders and tables." })),
        ("title", text("What it is called.")),
        ("summary", text("What happened, in a paragraph.")),
        (
            "currency",
            json!({ "type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217 code of all money." }),
        ),
        ("as_of", date("Versions and counts dated later are hidden; other numbers dated later are refused.")),
        ("baseline", word("Guideline that the others are compared with; default: the first.")),
        ("sources", map("Where numbers come from.", reference("source"))),
        ("outage", outage()),
        ("services", map("Services that were down.", service())),
        ("regions", map("Regions; without them there is one, `all`.", region())),
        ("profiles", map("Use by hour of the week.", profile())),
        ("cohorts", map("Disjoint groups of people.", reference("cohort"))),
        ("filing", map("Take-up profiles.", amounts::own_profile())),
        ("ladder", amounts::ladder()),
        ("joint", map("Tables whose rows are drawn whole.", joint())),
        ("correlations", list("Rank correlations between numbers.", correlation())),
        ("budget", budget()),
        ("guidelines", map("Drafts to compare.", reference("guideline"))),
        ("variants", map("Named what-ifs.", variant())),
    ]
}

fn definitions() -> Value {
    let mut all = Map::new();
    all.insert("text".into(), a_text());
    all.insert("source".into(), source());
    for (name, value) in numbers::definitions().into_iter().chain(people::definitions()).chain(amounts::definitions()) {
        all.insert(name.into(), value);
    }
    Value::Object(all)
}

/// A table with these keys and no others.
fn table(description: &str, required: &[&str], keys: Vec<(&'static str, Value)>) -> Value {
    let properties: Map<String, Value> = keys.into_iter().map(|(k, v)| (k.to_string(), v)).collect();
    json!({
        "type": "object", "description": description, "properties": properties, "required": required,
        "additionalProperties": false,
    })
}

/// A name: no sign of ASCII but letters, digits, hyphen and underscore. Letters of all scripts have no class that every dialect
/// of regular expressions knows, so that other signs than ASCII are left to the reader.
const NAME: &str = r"^[^\x00-\x2C\x2E\x2F\x3A-\x40\x5B-\x5E\x60\x7B-\x7F]+$";

/// A table whose keys are names chosen by the author.
fn map(description: &str, member: Value) -> Value {
    json!({
        "type": "object", "description": description, "additionalProperties": member,
        "propertyNames": { "pattern": NAME },
    })
}

fn list(description: &str, member: Value) -> Value {
    json!({ "type": "array", "description": description, "items": member })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// A reference with a description of its own.
fn described(name: &str, description: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}"), "description": description })
}

fn text(description: &str) -> Value {
    described("text", description)
}

fn word(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn words(description: &str) -> Value {
    list(description, json!({ "type": "string" }))
}

fn flag(description: &str) -> Value {
    json!({ "type": "boolean", "description": description })
}

fn choice(description: &str, choices: &[&str]) -> Value {
    json!({ "enum": choices, "description": description })
}

fn date(description: &str) -> Value {
    json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": description })
}

fn plain(description: &str) -> Value {
    json!({ "type": "number", "description": description })
}

fn a_text() -> Value {
    let both = json!({
        "type": "object", "properties": { "en": { "type": "string" }, "ko": { "type": "string" } },
        "additionalProperties": false, "minProperties": 1,
    });
    json!({ "description": "English, or English and Korean.", "anyOf": [{ "type": "string" }, both] })
}

fn source() -> Value {
    let keys = vec![
        ("title", text("What it is.")),
        ("url", word("Address.")),
        ("date", date("Date of publication.")),
        ("grade", choice("A regulator or company filing, B press, C a hint only.", &["A", "B", "C"])),
    ];
    table("Where a number comes from.", &["title"], keys)
}

fn outage() -> Value {
    let phase = table(
        "A stretch of time that several services wait for.",
        &["hours"],
        vec![("title", text("What it is called.")), ("hours", described("time", "Its length."))],
    );
    let start = json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}" });
    let start = stated(start, "Local date and time without an offset: 2022-10-15T15:30:00.");
    let keys = vec![("start", start), ("phases", map("Phases that services share.", phase))];
    table("The incident.", &["start"], keys)
}

fn service() -> Value {
    let step = table(
        "People who get the service back at the same time.",
        &["share", "after"],
        vec![
            ("share", described("number", "Share of its people.")),
            ("after", described("time", "Hours after the phases.")),
        ],
    );
    let keys = vec![
        ("title", text("What it is called.")),
        ("phases", words("Phases that come first.")),
        ("restored_after", described("time", "Hours after the phases.")),
        ("curve", list("Or step by step, earliest back first.", step)),
        ("regions", words("Regions in which it was down; default: all.")),
    ];
    let mut service = table("A service that was down.", &[], keys);
    service["oneOf"] = json!([{ "required": ["restored_after"] }, { "required": ["curve"] }]);
    service
}

fn region() -> Value {
    let keys = vec![
        ("title", text("What it is called.")),
        ("share", described("number", "Share of people, for cohorts that state no shares of their own.")),
    ];
    table("A region.", &[], keys)
}

fn profile() -> Value {
    let weights = |count: usize, what: &str| {
        let items = json!({ "anyOf": [{ "type": "number", "minimum": 0 }, reference("number_table")] });
        stated(json!({ "type": "array", "items": items, "minItems": count, "maxItems": count }), what)
    };
    let keys = vec![
        ("day", weights(24, "Weights of the hours of a day.")),
        ("week", weights(7, "Weights of the days of a week, Monday first.")),
        ("hours", weights(168, "Or weights of all hours of a week, Monday 00:00 first.")),
    ];
    table("Use by hour of the week, scaled to mean 1.", &[], keys)
}

fn joint() -> Value {
    let row = list("", json!({ "type": ["number", "string"] }));
    let keys = vec![
        ("columns", words("Names of the columns.")),
        ("rows", list("Rows, each with a value for each column.", row)),
        ("weights", list("Weights of the rows.", plain(""))),
        ("source", word("A source under [sources], of numbers that state none of their own.")),
        ("note", text("Page, or how it was derived.")),
        ("date", date("Date of the rows.")),
    ];
    table("Rows that are drawn whole.", &["columns", "rows"], keys)
}

fn correlation() -> Value {
    let between = json!({
        "type": "array", "items": { "type": "string" }, "minItems": 2, "description": "Paths of two or more numbers.",
    });
    let rank = json!({ "type": "number", "exclusiveMinimum": -1, "exclusiveMaximum": 1 });
    let rank = stated(rank, "Spearman's rank correlation of each pair.");
    let tail = stated(json!({ "type": "number", "minimum": 1 }), "Degrees of freedom of a t copula.");
    table("A rank correlation.", &["between", "rank"], vec![("between", between), ("rank", rank), ("tail", tail)])
}

fn budget() -> Value {
    let keys = vec![
        ("amount", described("number", "Money.")),
        ("tolerance", stated(json!({ "type": ["number", "string"] }), "Share of worlds that may exceed it; 0.05.")),
    ];
    table("A limit on cost.", &["amount"], keys)
}

fn variant() -> Value {
    let set = json!({ "type": "object", "description": "Paths and their values, as with --set." });
    let keys = vec![("title", text("What it is called.")), ("note", text("Why it is there.")), ("set", set)];
    table("A named what-if.", &["set"], keys)
}
