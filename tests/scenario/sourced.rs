//! Every number with a source has its mark where the scenario is told in sentences.

use redress::model::Lang;
use redress::scenario::{Folder, InputRow, inputs, parse, show};
use toml::Value;

use super::document::example;
use super::good;

/// Keys by which a table is a number.
const HEADS: [&str; 5] = ["value", "law", "joint", "versions", "same_as"];

/// The value at a path of a text, and whether the source of what stands there belongs beside it.
fn at<'a>(root: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    let (mut node, mut parent) = (root, "");
    for segment in path.split('.') {
        let listed = segment.parse::<usize>().is_ok() && node.get("value").is_some_and(Value::is_array);
        if listed {
            node = node.get_mut("value")?;
        }
        node = match node {
            Value::Table(table) => table.get_mut(segment)?,
            Value::Array(list) => {
                let named = |v: &Value| parent == "rules" && v.get("id").and_then(Value::as_str) == Some(segment);
                let number = segment.trim_start_matches("rule-").parse::<usize>().ok();
                let place = list.iter().position(named).or(number.map(|n| n - 1))?;
                list.get_mut(place)?
            }
            _ => return None,
        };
        parent = segment;
    }
    Some(node)
}

/// Gives the number at a path a source; false where the text does not state it.
fn give(root: &mut Value, path: &str, source: &str) -> bool {
    // Rows of a table and what was counted have theirs beside them.
    let beside = ["joint.", "observed.", "outcome."].iter().any(|part| path.starts_with(part));
    let path = if beside { path.rsplit_once('.').map_or(path, |(above, _)| above) } else { path };
    let Some(node) = at(root, path) else { return false };
    match node {
        Value::Table(table) if beside || HEADS.iter().any(|head| table.contains_key(*head)) => {
            table.insert("source".into(), source.into());
        }
        Value::Table(_) => return false,
        plain => {
            let stated = [("value".to_string(), plain.clone()), ("source".to_string(), source.into())];
            *plain = Value::Table(stated.into_iter().collect());
        }
    }
    true
}

/// A text in which every number that it states has a source of its own.
fn with_sources(text: &str, rows: &[InputRow]) -> String {
    let mut root: Value = Value::Table(text.parse().expect("it is TOML"));
    // Of a scheme the order of its steps says something, which the writer does not keep.
    root.get_mut("guidelines").and_then(Value::as_table_mut).expect("it has guidelines").remove("telecom");
    for (i, row) in rows.iter().filter(|r| ["sourced", "assumed"].contains(&r.status)).enumerate() {
        let id = format!("own-{i}");
        if row.path.ends_with(".error") || !give(&mut root, &row.path, &id) {
            continue;
        }
        let source = [("title".to_string(), format!("Source {i}").into()), ("date".to_string(), "2020-01-01".into())];
        let sources = root.get_mut("sources").and_then(Value::as_table_mut).expect("it has sources");
        sources.insert(id, Value::Table(source.into_iter().collect()));
    }
    toml::to_string(&root).expect("it can be written")
}

/// The example of the document with a source for each number, and other ways to write some of them.
#[test]
fn every_number_with_a_source_has_its_mark() {
    let library = Folder(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/guidelines").into());
    let read = |text: &str, sets: &[String]| good(parse(text, "example", &library, sets, None));
    let ways: [&[&str]; 4] = [
        &[],
        &[
            "cohorts.shops.fee_month={ varies = { law = \"lognormal\", mean = 40000, cv = 0.4, source = \"reuters-2022\" } }",
            "profiles.default.week=[1, 1, 1, 1, 1, { law = \"uniform\", min = 0.5, max = 2, source = \"reuters-2022\" }, 1]",
            "cohorts.users.hit.kappa={ value = inf, source = \"reuters-2022\" }",
        ],
        &[
            "cohorts.shops.loss.severity={ mixture = [ { weight = 0.9, mean = 1, family = \"gamma\", cv = 1 }, { weight = 0.1, \
           mean = { value = 11, source = \"reuters-2022\" }, family = \"lomax\", alpha = 2.5 } ] }",
        ],
        &["cohorts.shops.loss.severity={ empirical = [1000, 2000, 8000], source = \"reuters-2022\" }"],
    ];
    for sets in ways {
        let sets: Vec<String> = sets.iter().map(|s| s.to_string()).collect();
        let plain = read(example(), &sets);
        let text = with_sources(&plain.resolved, &inputs(&plain.scenario));
        let loaded = read(&text, &[]);
        let rows: Vec<InputRow> = inputs(&loaded.scenario).into_iter().filter(|r| r.status == "sourced").collect();
        let own = rows.iter().filter(|r| r.source_title.starts_with("Source ")).count();
        assert!(own > 120, "{own} of {}", rows.len());
        for (lang, heading, others) in [
            (Lang::En, "Sources\n---", "Other numbers with a source\n---"),
            (Lang::Ko, "출처\n---", "그 밖에 출처가 있는 숫자\n---"),
        ] {
            let told = show(&loaded, lang);
            let (body, list) = told.split_once(heading).expect("sources are listed");
            for row in &rows {
                let mark = list.lines().find_map(|line| {
                    let (mark, title) = line.trim_start().split_once(' ')?;
                    let title = title.split(", ").next()?;
                    (title == row.source_title.split(", ").next()?).then(|| mark.to_string())
                });
                let mark = mark.unwrap_or_else(|| panic!("{} is nowhere:\n{told}", row.path));
                assert!(body.contains(&mark), "{}: {mark}\n{told}", row.path);
            }
            // What is used is told where it is used.
            let rest = body.split_once(others).and_then(|(_, rest)| rest.split("\n\n").next()).unwrap_or("");
            assert!(rest.contains("filing.papers.wait"), "{rest}");
            for used in
                ["regions", "profiles.", "valuation.", "correlations.", "days_a_week", "varies", "severity", "kappa"]
            {
                assert!(!rest.contains(used), "{used}: {rest}");
            }
            for words in match lang {
                Lang::En => ["By region:", "An hour of a claimant's time:", "worth less by", "5 days a week ["],
                Lang::Ko => ["지역별:", "신청인의 한 시간:", "값이 줄어든다", "주 5일 ["],
            } {
                assert!(body.split_whitespace().collect::<Vec<_>>().join(" ").contains(words), "{words}:\n{body}");
            }
        }
    }
}
