//! Observed durations: a column of a table in a file beside the company's.

use super::super::report::{Diagnostic, Place, TextFile, did_you_mean, listed};
use super::super::tree::{Node, Table, Value};

/// Puts the observed hours in the place of the file that each `fit` of `[durations]` names.
pub fn fill_in(
    root: &mut Node,
    table: &dyn Fn(&str) -> Result<String, String>,
    files: &mut Vec<TextFile>,
    found: &mut Vec<Diagnostic>,
) {
    let durations = root.as_table_mut().and_then(|t| t.get_mut("durations")).and_then(Node::as_table_mut);
    for entry in durations.map_or(&mut [][..], |t| &mut t.entries) {
        let fit = entry.node.as_table_mut().and_then(|t| t.get_mut("fit")).and_then(Node::as_table_mut);
        let Some(fit) = fit.filter(|f| !f.has("values")) else { continue };
        match hours(fit, table, files) {
            Ok(Some(values)) => {
                let place = entry.key_place;
                let list = values.iter().map(|v| Node::number(*v, place)).collect();
                fit.put("values", place, Node { place, value: Value::List(list) });
            }
            Ok(None) => {}
            Err(d) => {
                found.push(*d);
                let place = entry.key_place;
                fit.put("values", place, Node { place, value: Value::List(Vec::new().into()) });
            }
        }
    }
}

type Refused = Box<Diagnostic>;

fn refused(place: Place, message: String, help: String) -> Refused {
    let mut d = Diagnostic::error(place, message);
    d.help(help);
    Box::new(d)
}

fn hours(
    fit: &Table,
    table: &dyn Fn(&str) -> Result<String, String>,
    files: &mut Vec<TextFile>,
) -> Result<Option<Vec<f64>>, Refused> {
    let Some(node) = fit.get("file") else { return Ok(None) };
    let Some(name) = node.as_text() else { return Ok(None) };
    let plain = !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
    if !plain {
        let help = "it stands in the same folder as this file: file = \"durations.csv\"".into();
        return Err(refused(node.place, format!("`{name}` is not the name of a file"), help));
    }
    let text = table(name).map_err(|e| {
        refused(node.place, format!("`{name}` cannot be read: {e}"), "it stands in the same folder as this file".into())
    })?;
    let column = fit.get("column").and_then(Node::as_text).unwrap_or("hours");
    let place = fit.get("column").map_or(node.place, |n| n.place);
    let only: Vec<(&str, &str)> = match fit.get("where").and_then(Node::as_table) {
        Some(t) => t.entries.iter().filter_map(|e| Some((e.key.as_str(), e.node.as_text()?))).collect(),
        None => Vec::new(),
    };
    let values =
        observed(&text, column, &only).map_err(|(what, help)| refused(place, format!("{name}: {what}"), help))?;
    files.push(TextFile { name: name.into(), text });
    Ok(Some(values))
}

/// Hours in a column of a table (CSV with names in its first line), of the rows where other columns have the words of
/// `only`.
///
/// # Errors
/// What is wrong, and what would be right.
pub fn observed(text: &str, column: &str, only: &[(&str, &str)]) -> Result<Vec<f64>, (String, String)> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let plain =
        |e: csv::Error| (format!("this is no table: {e}"), "write columns with commas, their names first".into());
    let names: Vec<String> = reader.headers().map_err(plain)?.iter().map(|n| n.trim().to_string()).collect();
    let at = |wanted: &str| {
        names.iter().position(|n| n == wanted).ok_or_else(|| {
            let all = || names.iter().map(String::as_str);
            let help = [did_you_mean(wanted, all()), format!("columns are {}", listed(all()))];
            (format!("there is no column `{wanted}`"), help.join(" ").trim().to_string())
        })
    };
    let hours = at(column)?;
    let only: Vec<(usize, &str)> =
        only.iter().map(|(c, w)| Ok((at(c)?, *w))).collect::<Result<_, (String, String)>>()?;
    let mut values = Vec::new();
    for (i, row) in reader.records().enumerate() {
        let row = row.map_err(plain)?;
        if only.iter().any(|(c, w)| row.get(*c).map(str::trim) != Some(w)) {
            continue;
        }
        let written = row.get(hours).unwrap_or("").trim();
        match written.parse::<f64>() {
            Ok(x) if x > 0.0 && x.is_finite() => values.push(x),
            _ => {
                let help = "durations are hours above zero, such as 0.75".into();
                return Err((format!("line {}: `{written}` is no duration", i + 2), help));
            }
        }
    }
    Ok(values)
}
