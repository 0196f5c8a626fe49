//! The JSON Schema: valid itself, accepts what the reader accepts, refuses unknown keys and types.

use redress::scenario::schema;
use serde_json::Value;

use super::resolved::shipped;
use super::{BASE, good, read, with};

/// TOML as an editor's schema check sees it: dates are strings.
fn as_json(text: &str) -> Value {
    let table: toml::Table = text.parse().unwrap_or_else(|e| panic!("{e}"));
    convert(toml::Value::Table(table))
}

fn convert(value: toml::Value) -> Value {
    match value {
        toml::Value::String(s) => Value::String(s),
        toml::Value::Integer(i) => Value::from(i),
        toml::Value::Float(f) => Value::from(if f.is_finite() { f } else { f64::MAX }),
        toml::Value::Boolean(b) => Value::Bool(b),
        toml::Value::Datetime(d) => Value::String(d.to_string()),
        toml::Value::Array(a) => Value::Array(a.into_iter().map(convert).collect()),
        toml::Value::Table(t) => Value::Object(t.into_iter().map(|(k, v)| (k, convert(v))).collect()),
    }
}

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&schema()).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn shipped_scenarios_and_resolved_texts_validate() {
    let validator = validator();
    let mut texts = vec![BASE.to_string(), good(read(BASE)).resolved];
    for path in shipped() {
        texts.push(std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{e}")));
    }
    for text in texts {
        let instance = as_json(&text);
        let errors: Vec<String> =
            validator.iter_errors(&instance).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
}

/// Classes such as `\p{L}` are known to some dialects of regular expressions only, and a schema is read in many: a pattern has
/// ranges, anchors and repetition and nothing else.
#[test]
fn patterns_mean_the_same_everywhere() {
    let text = schema().to_string() + &redress::scenario::company_schema().to_string();
    let patterns: Vec<&str> = text.split("\"pattern\":\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(patterns.len() > 20);
    for pattern in patterns {
        let escapes = pattern.replace("\\\\x", "");
        assert!(!escapes.contains('\\') && !pattern.contains("(?"), "{pattern}");
    }
    let validator = validator();
    for (name, good) in
        [("이용자_2-a", true), ("é", true), ("a b", false), ("a/b", false), ("a`", false), ("a:b", false)]
    {
        let text = BASE.replace("cohorts.shops", &format!("cohorts.\"{name}\""));
        assert_eq!(validator.is_valid(&as_json(&text)), good, "{name}");
    }
}

#[test]
fn unknown_keys_and_wrong_types_are_refused() {
    let validator = validator();
    for (from, to) in [
        ("currency = \"KRW\"", "currency = \"won\""),
        ("hit = 0.9", "hit = [0.9]"),
        ("hit = 0.9", "hitt = 0.9"),
        ("hit = 0.9", "hit = { law = \"trianglar\", min = 0, max = 1 }"),
        ("value = \"10 h\"", "valeu = \"10 h\""),
        ("amount = 5000\n", "amount = { share_of_los = 1 }\n"),
        ("foreseen = true", "foreseen = \"yes\""),
        ("rank = 0.5", "rank = 1"),
    ] {
        assert!(!validator.is_valid(&as_json(&with(from, to))), "{to}");
    }
}

#[test]
fn every_key_of_the_reader_is_in_the_schema() {
    let text = schema().to_string();
    for key in [
        "as_of",
        "baseline",
        "uses_per_day",
        "kappa",
        "varies",
        "empirical",
        "approval_factor",
        "no_money_share",
        "tolerance",
        "days_begun",
        "hours_over",
        "hours_under",
        "unit_cost",
        "from_library",
        "versions",
        "same_as",
    ] {
        assert!(text.contains(&format!("\"{key}\"")), "{key}");
    }
}

/// Numbers that stand in lists take every form that the reader takes there.
#[test]
fn weights_of_use_and_parts_of_a_mixture_validate() {
    let validator = validator();
    let law = "{ law = \"uniform\", min = 0.5, max = 2, source = \"press\", note = \"page 3\" }";
    let versions = "{ versions = [ { value = 1, source = \"press\" }, { value = 2, source = \"report\" } ] }";
    for number in ["0.5", "{ value = 0.5, source = \"press\", date = 2022-10-16 }", law, versions] {
        for (from, to) in [
            ("{ weight = 0.9,", format!("{{ weight = {number},")),
            ("mean = 5.5,", format!("mean = {number},")),
            ("family = \"gamma\", cv = 1 }", format!("family = \"gamma\", cv = {number} }}")),
            ("week = [1, 1, 1,", format!("week = [1, 1, {number},")),
        ] {
            let text = with(from, &to);
            good(read(&text));
            let instance = as_json(&text);
            let errors: Vec<String> =
                validator.iter_errors(&instance).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert!(errors.is_empty(), "{to}: {}", errors.join("\n"));
        }
    }
    assert!(!validator.is_valid(&as_json(&with("week = [1, 1, 1,", "week = [1, 1, \"1\","))));
    assert!(!validator.is_valid(&as_json(&with("week = [1, 1, 1,", "week = [1, 1, { lwa = 1 },"))));
}
