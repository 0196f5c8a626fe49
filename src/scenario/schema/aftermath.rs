//! What comes after the awards in the schema: procedures, courts, who bears the cost, the channel for reports.

use serde_json::{Value, json};

use super::numbers::stated;
use super::{choice, date, described, list, map, reference, table, text, word, words};

fn number(description: &str) -> Value {
    described("number", description)
}

fn time(description: &str) -> Value {
    described("time", description)
}

/// Keys of the file's top level.
pub fn top_level() -> Vec<(&'static str, Value)> {
    vec![
        ("procedures", map("How claims are taken, reviewed and paid.", procedure())),
        ("courts", map("Legal issues over which people may sue.", issue())),
        ("bearing", bearing()),
        ("valuation", valuation()),
        ("channel", channel()),
        ("observed", list("What was counted in reality; a calibration may use it.", counted())),
        ("outcome", list("What came later; a forecast is held against it.", counted())),
    ]
}

fn arrival() -> Value {
    let shock = table(
        "A day of publicity.",
        &["on", "times"],
        vec![
            ("on", date("The day.")),
            ("times", number("By how much more people file.")),
            ("fades_after", time("When half of that has faded; 1 d.")),
        ],
    );
    let keys = vec![
        ("half_after", time("Until half have filed of those whom no deadline drives.")),
        ("shape", number("Weibull shape of the delay; 1.")),
        ("deadline_share", number("Share who file because the deadline comes near; 0.")),
        ("swing", number("Coefficient of variation of a mean day's number; 0.")),
        ("publicity", list("Days of publicity.", shock)),
    ];
    table("When inside the window people file.", &["half_after"], keys)
}

fn procedure() -> Value {
    let reviewers = table(
        "Reviewers from then on.",
        &["after", "people"],
        vec![("after", time("Time after the opening.")), ("people", number("How many."))],
    );
    let staff = json!({ "anyOf": [reference("number"), list("Reviewers as they come.", reviewers)] });
    let late = table(
        "A deadline for payment.",
        &["after"],
        vec![
            ("after", time("From filing until payment is due.")),
            ("interest_year", number("Interest a year on what is paid later; 0.")),
            ("factor", number("Factor of what is paid late; 1.")),
        ],
    );
    let appeal = table(
        "What the refused can do.",
        &["share", "upheld", "after"],
        vec![
            ("share", number("Share of the refused who appeal.")),
            ("upheld", number("Share of appeals that are upheld.")),
            ("after", time("From the refusal to the second decision.")),
            ("work", time("Work on an appeal; 0 h.")),
        ],
    );
    let duplicates = table(
        "Claims that are sent in twice.",
        &["share"],
        vec![
            ("share", number("Share of the claims that come a second time.")),
            ("detected", number("Of these, the share found out; the others are paid again; 1.")),
            ("work", time("Work on one, found out or not; 0 h.")),
        ],
    );
    let keys = vec![
        ("title", text("What it is called.")),
        ("order", choice("What comes first.", &["verify-first", "first-compensate"])),
        ("advance", number("Paying first: share of the award paid in advance; 1.")),
        ("recovered", number("Paying first: share that comes back of what was paid without right.")),
        ("opens_after", time("From the outage to the opening.")),
        ("window", time("How long claims are taken.")),
        ("arrival", arrival()),
        ("staff", staff),
        ("work_day", time("Hours that a reviewer works a day; 8 h.")),
        ("days_a_week", stated(json!({ "enum": [5, 6, 7] }), "Working days a week, from Monday on; 5.")),
        ("wage", number("Cost of an hour of review.")),
        ("pay_every", time("Between payment runs; 1 d.")),
        ("transfer", time("From a payment run until the money is there; 0 d.")),
        ("automatic_after", time("From the outage until what needs no claim is paid; as `opens_after`.")),
        ("late", late),
        ("appeal", appeal),
        ("gives_up", number("Of those who wait for their money, the share who give up in a month; 0.")),
        ("duplicates", duplicates),
    ];
    table("How claims are taken, reviewed and paid.", &[], keys)
}

fn issue() -> Value {
    let instance = table(
        "An instance.",
        &["win", "takes"],
        vec![
            ("win", number("Probability that the issue is decided for the plaintiffs; for all or none.")),
            ("proven", number("Share of plaintiffs who then prove their own case; 1.")),
            ("takes", time("Time until judgment.")),
            ("appeal", number("Share of losing plaintiffs who appeal; 0.")),
            ("company_appeals", number("Probability that the company appeals where it lost; 0.")),
        ],
    );
    let joint = table(
        "Common suits.",
        &["share", "plaintiffs"],
        vec![("share", number("Share of plaintiffs in them.")), ("plaintiffs", number("How many in one."))],
    );
    let costs = table(
        "Costs of a suit and instance.",
        &["plaintiffs", "company"],
        vec![
            ("plaintiffs", number("Of the plaintiffs.")),
            ("company", number("Of the company.")),
            ("loser_pays", number("Share of the winner's costs that the loser bears; 0.")),
        ],
    );
    let small = table(
        "A faster track for small sums.",
        &["limit", "factor"],
        vec![("limit", number("Highest award of one plaintiff.")), ("factor", number("Factor of time and costs."))],
    );
    let settlement = table(
        "Offers before the first judgment.",
        &["offer", "accepted"],
        vec![
            ("offer", number("Share of the award; 0 is no offer.")),
            ("accepted", number("Share of plaintiffs who accept.")),
        ],
    );
    let mediation = table(
        "Mediation that both must accept.",
        &["share", "company_accepts", "people_accept", "award_share", "takes"],
        vec![
            ("share", number("Share of those who would sue who are mediated.")),
            ("company_accepts", number("Probability that the company accepts; for all or none.")),
            ("people_accept", number("Share of people who accept.")),
            ("award_share", number("Share of the loss and of the distress sum that it gives.")),
            ("takes", time("How long it takes; who does not agree sues after it.")),
        ],
    );
    let keys = vec![
        ("title", text("What it is about.")),
        ("for", words("Cohorts or tags; default: everybody.")),
        ("plaintiffs", choice("Who may sue; losers.", &["losers", "hit"])),
        ("suing", json!({ "anyOf": [word("A profile under [filing]."), reference("filing_profile")] })),
        ("joint", joint),
        ("instances", list("Instances, the first first.", instance)),
        ("award_share", number("Share of the uncompensated loss that a winner is awarded.")),
        ("distress", number("Sum for distress on top; 0.")),
        ("follow_on", number("Share of the others who sue after a win; 0.")),
        ("costs", costs),
        ("interest_before", number("Interest a year until the suit; 0.")),
        ("interest_after", number("Interest a year from the suit on; 0.")),
        ("filed_after", time("From the outage to the suit; 0 d.")),
        ("small_claims", small),
        ("settlement", settlement),
        ("mediation", mediation),
    ];
    table("A legal issue.", &["suing", "instances", "award_share"], keys)
}

fn bearing() -> Value {
    let cost_split = table(
        "A part of the cost that a partner bears by agreement, for sure.",
        &["partner", "share"],
        vec![("partner", text("Who the partner is.")), ("share", number("Share of the cost that the partner bears."))],
    );
    let recourse = table(
        "Against who caused the outage, of what a cost split leaves.",
        &["win", "share"],
        vec![
            ("win", number("Probability that it succeeds.")),
            ("share", number("Share that it brings of the cost less a partner's part.")),
            ("limit", number("Most that it brings; no limit.")),
            ("cost", number("What it costs to try; 0.")),
        ],
    );
    let insurance = table(
        "Insurance of what is left.",
        &["retention", "limit"],
        vec![
            ("retention", number("Cost that the company bears first.")),
            ("limit", number("Most of the layer above the retention, before the share.")),
            ("share", number("Share of the layer that is insured; 1.")),
        ],
    );
    table(
        "Who bears the cost.",
        &[],
        vec![("cost_split", cost_split), ("recourse", recourse), ("insurance", insurance)],
    )
}

fn valuation() -> Value {
    let keys = vec![
        ("discount_year", number("Discount rate a year; 0.")),
        ("claimant_hour", number("What an hour of a claimant is worth; 0.")),
    ];
    table("How time is valued.", &[], keys)
}

fn channel() -> Value {
    let keys = vec![
        ("opens_after", time("From the outage to its opening.")),
        ("window", time("How long it is open.")),
        ("arrival", arrival()),
    ];
    table("The operator's channel for reports.", &["opens_after", "window", "arrival"], keys)
}

/// A row of `[[observed]]` or `[[outcome]]`.
fn counted() -> Value {
    let names = crate::model::observed::MEASURED.map(|m| m.name);
    let value = stated(json!({ "type": ["number", "string"] }), "How much, cumulated where it grows by day.");
    let error = json!({ "type": ["number", "string"], "description": "Standard deviation: a share of the value (5 %) or in its unit." });
    let keys = vec![
        ("measure", choice("What was counted; reports.", &names)),
        ("what", text("The same in words.")),
        ("guideline", word("The guideline under which it was counted.")),
        ("cohort", word("Of this cohort only.")),
        ("region", word("Of this region only.")),
        ("on", date("The day.")),
        ("value", value),
        ("error", error),
        ("law", choice("Law of the error; normal.", &["normal", "lognormal"])),
        ("source", word("A source under [sources].")),
        ("note", text("A remark.")),
    ];
    table("A count.", &["on", "value"], keys)
}
