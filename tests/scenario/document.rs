//! The example in the document of the format is a valid scenario.

use redress::model::{Hit, Tail};
use redress::scenario::{Folder, NoLibrary, parse};

use super::good;

const DOCUMENT: &str = include_str!("../../docs/scenario-format.md");

pub fn example() -> &'static str {
    DOCUMENT.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or("")
}

#[test]
fn the_example_can_be_read() {
    let library = Folder(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/guidelines").into());
    let loaded = good(parse(example(), "scenario-format.md", &library, &[], None));
    let s = &loaded.scenario;
    assert_eq!((s.services.len(), s.regions.len(), s.cohorts.len(), s.guidelines.len()), (2, 2, 2, 4));
    assert!(matches!(s.cohorts[0].hit, Hit::Use { .. }));
    assert_eq!(s.quantities.links[0].tail, Tail::Student(4.0));
    let again = good(parse(&loaded.resolved, "resolved.toml", &NoLibrary, &[], None));
    assert_eq!(format!("{:?}", again.scenario), format!("{s:?}"));
    good(parse(example(), "scenario-format.md", &library, &[], Some("forty-five-million")));
}

/// Other ways to write a line: each stands in for the line of the example with the same key.
#[test]
fn the_other_ways_can_be_read() {
    let library = Folder(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/guidelines").into());
    let cases = [
        "cohorts.users.hit={ uses_per_day = { talk = 5.0 } }",
        "cohorts.shops.fee_month=30000",
        "cohorts.shops.fee_month={ varies = { law = \"lognormal\", mean = 40000, cv = 0.4 } }",
        "cohorts.shops.loss.damage={ points = [ [\"0 h\", 0], [\"10 h\", 8000], [\"5 d\", 30000] ] }",
        "cohorts.shops.loss.severity={ family = \"lomax\", alpha = 2.5 }",
        "cohorts.shops.loss.severity={ family = \"lognormal\", cv = { law = \"triangular\", min = 1, mode = 2, max = 4 } }",
        "cohorts.shops.loss.severity={ mixture = [ { weight = { law = \"triangular\", min = 0.7, mode = 0.9, max = 1 }, mean = 1, \
         family = \"gamma\", cv = 1 }, { weight = 0.1, mean = { value = 11, source = \"reuters-2022\" }, family = \"lomax\", \
         alpha = 2.5 } ] }",
        "cohorts.shops.loss.severity={ empirical = [1000, 2000, 8000], weights = [2, 1, 1], source = \"reuters-2022\" }",
        "profiles.default.week=[1, 1, 1, 1, 1, { law = \"uniform\", min = 0.5, max = 2 }, 1]",
        "profiles.default.day.9=3",
        "cohorts.shops.loss.severity=none",
        "filing.web-form.curve=weibull",
        "filing.web-form={ rate = 0.02 }",
        "filing.web-form={ notice = \"e-mail\", burden = { forms = 1 } }",
        "filing.papers.burden.documents=2",
        "guidelines.flat.rules.cash.filing={ notice = \"post\", burden = { forms = 1, visits = 2 } }",
        "courts.loss.suing=documents",
        "guidelines.flat.rules.cash.filing=papers",
        "filing.web-form={ table = [ [1000, 0.01], [10000, 0.1] ] }",
        "guidelines.flat.rules.cash.filing={ rate = 0.02 }",
        "guidelines.flat.rules.cash.filing={ automatic = 0.64 }",
        "cohorts.shops.hit={ law = \"beta\", a = 2, b = 5, min = 0, max = 1 }",
        "cohorts.shops.hit={ law = \"normal\", mean = 0.3, sd = 0.1, min = 0, max = 1 }",
        "cohorts.shops.size={ law = \"pareto\", alpha = 1.5, minimum = 16 }",
        "cohorts.shops.size={ law = \"gamma\", shape = 2, scale = 16 }",
        "cohorts.shops.size={ law = \"weibull\", p10 = 3, p90 = 16 }",
        "cohorts.shops.size={ law = \"lognormal\", mu = 3, sigma = 0.5 }",
        "cohorts.shops.hit={ joint = \"history\", column = \"share\" }",
        "guidelines.flat.pool.amount={ same_as = \"budget.amount\", times = 0.5 }",
        "guidelines.flat.rules.cash.amount={ per = \"1 d\", pay = 200000, count = \"begun\", after = \"0 h\" }",
        "guidelines.flat.rules.cash.amount={ bands = \"loss\", steps = [ { upto = 300000, pay = 30000 }, \
         { below = 500000, pay = 50000 }, { pay = { share_of_loss = 0.1 } } ] }",
        "guidelines.flat.rules.cash.amount={ sum = [ { fee_days = 6 }, { min = [ { fee_times = 10 }, 900 ] } ] }",
        "guidelines.flat.rules.cash.amount={ times = 2, of = { share_of_loss = 0.5, basis = \"direct\" } }",
    ];
    for case in cases {
        let first = good(parse(example(), "example", &library, &[case.to_string()], None));
        let again = good(parse(&first.resolved, "resolved", &NoLibrary, &[], None));
        assert_eq!(format!("{:?}", again.scenario), format!("{:?}", first.scenario), "{case}");
    }
}

/// The example of what was known when does what the table below it says.
#[test]
fn what_was_known_when_is_as_the_document_has_it() {
    let text = DOCUMENT.split("```toml\n").nth(2).and_then(|rest| rest.split("```").next()).unwrap_or("");
    let table = DOCUMENT.split("| `--set as_of=` |").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or("");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .skip(2)
        .map(|row| row.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect();
    assert_eq!(rows.len(), 5);
    for row in rows {
        let day = row[0].trim_matches('`');
        let sets: Vec<String> = if day == "nothing" { vec![] } else { vec![format!("as_of={day}")] };
        let read = parse(text, "example", &NoLibrary, &sets, None);
        if row[1] == "an error" {
            let told = super::mistakes(read);
            assert!(
                told.len() == 2 && told.iter().all(|m| m.message.contains("no version of this was known")),
                "{told:#?}"
            );
            continue;
        }
        let s = good(read).scenario;
        let law = |path: &str| s.quantities.get(s.quantities.find(path).expect("listed")).law.clone();
        let (low, high) = law("services.talk.restored_after").support();
        let hours = if low == high { format!("{low}") } else { format!("{low} to {high}") };
        let share = format!("{}", law("cohorts.users.reports.share").mean());
        let counts = ["none", "the first", "both"][s.aftermath.observed.len()];
        assert_eq!([row[1], row[2], row[3]], [hours.as_str(), &share, counts], "{day}");
    }
}
