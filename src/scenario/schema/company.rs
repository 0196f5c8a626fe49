//! The schema of company files.

use serde_json::{Value, json};

use super::{choice, date, described, flag, list, map, plain, reference, table, text, word, words};

/// The schema of a company file.
pub fn company_schema() -> Value {
    let mut top = table(
        "A company: services, customers, causes of outages, and what is promised and insured.",
        &["schema", "id", "title", "currency", "year", "services", "customers", "causes"],
        top_level(),
    );
    if let Some(map) = top.as_object_mut() {
        map.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
        map.insert("title".into(), json!("redress company"));
        map.insert("$defs".into(), super::definitions());
    }
    top
}

fn number(description: &str) -> Value {
    described("number", description)
}

fn top_level() -> Vec<(&'static str, Value)> {
    vec![
        ("schema", json!({ "const": 1, "description": "Version of the format." })),
        ("id", json!({ "type": "string", "pattern": "^[a-z0-9-]+$", "description": "Name for folders and tables." })),
        ("title", text("What it is called.")),
        ("summary", text("A paragraph.")),
        (
            "currency",
            json!({ "type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217 code of all money." }),
        ),
        ("as_of", date("Versions dated later are hidden, other numbers dated later are refused.")),
        ("year", json!({ "type": "integer", "minimum": 1970, "description": "The calendar year that is drawn." })),
        ("reserves", list("Reserves to be judged.", json!({ "type": ["number", "string"] }))),
        ("sources", map("Where numbers come from.", reference("source"))),
        ("services", map("Services.", table("A service.", &[], vec![("title", text("What it is called."))]))),
        ("customers", map("Groups of customers; every customer is in one.", customers())),
        ("durations", map("Laws of durations that causes share.", duration())),
        ("causes", map("Causes of outages.", cause())),
        ("filing", map("Take-up profiles.", super::amounts::own_profile())),
        ("guidelines", map("Guidelines, all in force together.", promise())),
        ("insurance", map("Programmes to be judged, each on its own.", programme())),
        ("joint", map("Tables whose rows are drawn whole.", super::joint())),
        ("correlations", list("Rank correlations between numbers.", super::correlation())),
    ]
}

fn customers() -> Value {
    let loss = table(
        "What they lose while they are without service.",
        &["hour"],
        vec![
            ("share", number("Share of them that lose money; 1.")),
            ("hour", number("Mean loss of one of these an hour.")),
            ("cv", number("Coefficient of variation between them; 1.")),
        ],
    );
    let keys = vec![
        ("title", text("What they are called.")),
        ("size", number("How many.")),
        ("services", words("Services they use.")),
        ("fee_month", number("What they pay a month.")),
        ("loss", loss),
        ("tags", words("Names by which guidelines address several groups.")),
    ];
    table("A group of customers.", &["size", "services"], keys)
}

fn duration() -> Value {
    let fit = table(
        "A lognormal body with a Pareto tail, fitted to observed hours.",
        &[],
        vec![
            ("file", word("Table (CSV) beside this file.")),
            ("column", word("Its column of hours; hours.")),
            ("where", json!({ "type": "object", "description": "Only rows in which these columns have these words." })),
            ("values", list("Or the hours themselves.", plain(""))),
            ("uncertain", flag("Each year another fit, to data drawn again; true.")),
            ("source", word("A source under [sources].")),
        ],
    );
    let keys = vec![
        ("title", text("What they are.")),
        ("fit", fit),
        ("hours", described("time", "Or a law, drawn for each event.")),
        ("longest", described("time", "What is longer counts as this; a year.")),
    ];
    let mut duration = table("A law of durations.", &[], keys);
    duration["oneOf"] = json!([{ "required": ["fit"] }, { "required": ["hours"] }]);
    duration
}

fn rates(description: &str, members: usize) -> Value {
    let mut list = list(description, json!({ "type": "number", "minimum": 0 }));
    list["minItems"] = json!(members);
    list["maxItems"] = json!(members);
    list
}

fn cause() -> Value {
    let frequency = table(
        "How often: a rate, or what was seen.",
        &[],
        vec![
            ("per_year", number("Mean number a year; a law where it is not known.")),
            ("seen", plain("Events seen")),
            ("years", plain("in so many years.")),
            ("contagion", number("Variance = mean + contagion x mean squared; 0: Poisson.")),
            ("months", rates("Relative rates of an hour from January to December; the year's mean stays.", 12)),
            ("weekdays", rates("The same from Monday to Sunday.", 7)),
            ("hours", rates("The same by hour of the day, from midnight on.", 24)),
            ("source", word("Of what was seen: a source under [sources].")),
            ("note", text("Of what was seen: page, or how it was derived.")),
            ("date", date("Date of what was seen.")),
        ],
    );
    let hit = json!({
        "description": "Chance that the service goes down in an event; or { chance, part }, its hours as a part of the event's.",
        "anyOf": [reference("number"), {
            "type": "object", "properties": { "chance": reference("number"), "part": reference("number") },
            "additionalProperties": false,
        }],
    });
    let keys = vec![
        ("title", text("What it is called.")),
        ("frequency", frequency),
        (
            "duration",
            json!({ "description": "A name under [durations], or a law.", "anyOf": [{ "type": "string" }, reference("number_table")] }),
        ),
        ("takes_down", map("Services that it may take down.", hit)),
        ("together", number("How strongly services fail together, 0 to 1; 0.")),
        ("spread", number("Coefficient of variation of each service's own factor on its hours; 0.")),
        ("share_hit", number("Share of a service's customers that are hit, drawn for each event; 1.")),
        ("response", number("Cost of an event, drawn for each; 0.")),
        ("response_hour", number("Cost of an hour of an event; 0.")),
    ];
    table("A cause of outages.", &["frequency", "duration", "takes_down"], keys)
}

fn promise() -> Value {
    let keys = vec![
        ("title", text("What it is called.")),
        ("note", text("What to know of it.")),
        ("jurisdiction", text("Where it holds.")),
        ("effective", text("Since when.")),
        ("evidence", word("Grade of evidence.")),
        ("asked", choice("For what time its rules are asked.", &["event", "month", "quarter", "year"])),
        (
            "scheme",
            json!({ "type": ["string", "object"], "description": "A scheme of the folder guidelines/, or rules as in such a file." }),
        ),
        ("version", word("Its version; the one in force at the start of the year unless stated.")),
        ("for", words("Groups or tags; default: everybody.")),
        ("only", words("Rules to apply; default: all that pay money.")),
        (
            "filing",
            json!({ "type": ["string", "object"], "description": "Take-up of what must be claimed; automatic unless stated." }),
        ),
        ("claim_cost", number("Handling cost of a claim; 0.")),
        ("facts", json!({ "type": "object", "description": "Facts of the scheme, as expressions, values or laws." })),
        ("rate", number("Of a scheme in another currency: the company's money for one unit of it.")),
        ("price_level", number("Prices here relative to those where the scheme holds, at that rate; 1.")),
    ];
    table("A guideline in force.", &["asked", "scheme"], keys)
}

fn programme() -> Value {
    let layer = table(
        "A layer.",
        &[],
        vec![
            ("on", choice("Each event (default), or the year as a whole.", &["event", "year"])),
            ("retention", number("What the company bears first.")),
            ("limit", number("Most that is paid above it.")),
            ("share", number("Share that is insured; 1.")),
            ("year_retention", number("Of an event layer: what the company bears of a year's recoveries.")),
            ("year_limit", number("Of an event layer: most that is paid in a year.")),
            ("premium", number("Premium a year.")),
        ],
    );
    let keys = vec![("title", text("What it is called.")), ("layers", list("Its layers.", layer))];
    table("An insurance programme.", &["layers"], keys)
}
