//! `redress schema`: the JSON Schema of scenario files.

use super::{Failure, print};
use crate::scenario;

/// Prints the schema.
///
/// # Errors
/// stdout cannot be written.
pub fn schema() -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(&scenario::schema())
        .map_err(|e| Failure::Internal(format!("the schema cannot be written: {e}")))?;
    print(&format!("{text}\n"))
}
