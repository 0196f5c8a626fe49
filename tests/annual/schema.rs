//! The JSON Schema of company files accepts what the reader accepts.

use redress::scenario::{company_schema, load_company};
use serde_json::Value;

fn as_json(text: &str) -> Value {
    fn convert(value: toml::Value) -> Value {
        match value {
            toml::Value::String(s) => Value::String(s),
            toml::Value::Integer(i) => Value::from(i),
            toml::Value::Float(f) => Value::from(f),
            toml::Value::Boolean(b) => Value::Bool(b),
            toml::Value::Datetime(d) => Value::String(d.to_string()),
            toml::Value::Array(a) => Value::Array(a.into_iter().map(convert).collect()),
            toml::Value::Table(t) => Value::Object(t.into_iter().map(|(k, v)| (k, convert(v))).collect()),
        }
    }
    convert(toml::Value::Table(text.parse().expect("TOML")))
}

#[test]
fn shipped_companies_and_resolved_texts_validate() {
    let validator = jsonschema::validator_for(&company_schema()).expect("a schema");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/kakao-annual.toml");
    let loaded = load_company(path.as_ref(), &[], &[]).expect("the shipped company");
    let shipped = std::fs::read_to_string(path).expect("the file");
    for text in [&shipped, include_str!("company.toml"), include_str!("claims.toml")] {
        let instance = as_json(text);
        let errors: Vec<String> =
            validator.iter_errors(&instance).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
    assert!(!validator.is_valid(&as_json(&shipped.replace("asked = \"month\"", "asked = \"monthly\""))));
    // The resolved text alone gives the same company.
    let folder = tempfile::tempdir().expect("a folder");
    let resolved = folder.path().join("company.resolved.toml");
    std::fs::write(&resolved, &loaded.resolved).expect("written");
    let again = load_company(&resolved, &[], &[]).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(again.company.quantities.list.len(), loaded.company.quantities.list.len());
    assert_eq!(again.company.durations, loaded.company.durations);
    assert_eq!(again.company.guidelines, loaded.company.guidelines);
}
