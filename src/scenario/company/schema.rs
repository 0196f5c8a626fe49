//! JSON Schema (2020-12) of company files, for editors.

use serde_json::Value;

/// The schema of a company file.
pub fn company_schema() -> Value {
    Value::Null
}
