//! Many cases at once: a CSV table with a column for each fact, answered by one with the awards beside, or rule by rule.

use super::super::report::did_you_mean;
use super::told::{Awarded, awarded, shown};
use super::values::read_value;
use crate::guideline::calendar;
use crate::guideline::decide::decide;
use crate::model::Lang;
use crate::model::expression::{Type, Value};
use crate::model::scheme::{Gives, Scheme};
use csv::StringRecord;

/// A table of cases.
struct Cases {
    head: StringRecord,
    rows: Vec<Case>,
}

/// A row of it.
struct Case {
    cells: StringRecord,
    version: usize,
    given: Vec<(String, Value)>,
}

/// Answers a table: its own columns, then `award` and one for each rule of any version. Columns are facts, and may be
/// `version` or `on` (a date that chooses the version). An empty cell is a fact that is not told.
///
/// # Errors
/// Every cell that cannot be read, by line and column.
pub fn answer(scheme: &Scheme, text: &str) -> Result<String, Vec<String>> {
    let cases = read(scheme, text)?;
    let mut rules: Vec<&str> = Vec::new();
    for rule in scheme.versions.iter().flat_map(|v| &v.rules) {
        if !rules.contains(&rule.id.as_str()) {
            rules.push(&rule.id);
        }
    }
    let mut out = csv::Writer::from_writer(Vec::new());
    let titles = cases.head.iter().chain(["award"]).chain(rules.iter().copied());
    out.write_record(titles).map_err(|e| vec![e.to_string()])?;
    for case in &cases.rows {
        out.write_record(row(scheme, case, &rules)).map_err(|e| vec![e.to_string()])?;
    }
    let bytes = out.into_inner().map_err(|e| vec![e.to_string()])?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The same table as every rule of each case, in order.
///
/// # Errors
/// As [`answer`].
pub fn listed(scheme: &Scheme, text: &str, lang: Lang) -> Result<Vec<Vec<Awarded>>, Vec<String>> {
    let one = |case: &Case| {
        let version = &scheme.versions[case.version];
        awarded(scheme, version, &decide(version, &case.given), lang)
    };
    Ok(read(scheme, text)?.rows.iter().map(one).collect())
}

/// Reads a table.
fn read(scheme: &Scheme, text: &str) -> Result<Cases, Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let head = reader.headers().map_err(|e| vec![e.to_string()])?.clone();
    let mut wrong = Vec::new();
    let known = |h: &str| h == "version" || h == "on" || scheme.versions.iter().any(|v| v.facts().any(|f| f.name == h));
    for h in head.iter().filter(|h| !known(h)) {
        let facts = scheme.versions.iter().flat_map(|v| v.facts().map(|f| f.name.as_str()));
        let meant = did_you_mean(h, facts.chain(["version", "on"]));
        let meant = if meant.is_empty() { meant } else { format!("; {meant}") };
        wrong.push(format!("line 1: there is no fact `{h}` in {}{meant}", scheme.id));
    }
    let mut rows = Vec::new();
    for (i, record) in reader.records().enumerate() {
        match record {
            Ok(cells) => match case(scheme, &head, cells) {
                Ok(case) => rows.push(case),
                Err(found) => wrong.extend(found.into_iter().map(|w| format!("line {}: {w}", i + 2))),
            },
            Err(e) => wrong.push(e.to_string()),
        }
    }
    if wrong.is_empty() { Ok(Cases { head, rows }) } else { Err(wrong) }
}

fn case(scheme: &Scheme, head: &StringRecord, cells: StringRecord) -> Result<Case, Vec<String>> {
    let cell = |name: &str| head.iter().position(|h| h == name).and_then(|i| cells.get(i)).filter(|c| !c.is_empty());
    let version = chosen(scheme, cell("version"), cell("on")).map_err(|e| vec![e])?;
    let (mut given, mut wrong) = (Vec::new(), Vec::new());
    for fact in scheme.versions[version].facts() {
        let Some(text) = cell(&fact.name) else { continue };
        match read_value(text, &fact.ty, &scheme.currency) {
            Ok(v) => given.push((fact.name.clone(), v)),
            Err(m) => wrong.push(format!("{}: {}", fact.name, m.what)),
        }
    }
    if wrong.is_empty() { Ok(Case { cells, version, given }) } else { Err(wrong) }
}

fn row(scheme: &Scheme, case: &Case, rules: &[&str]) -> Vec<String> {
    let version = &scheme.versions[case.version];
    let d = decide(version, &case.given);
    let mut cells: Vec<String> = case.cells.iter().map(str::to_string).collect();
    cells.push(if d.undecided(version) { "undecided".into() } else { plain(d.award) });
    for rule in rules {
        let found = version.rules.iter().zip(&d.rules).find(|(r, _)| r.id == *rule);
        cells.push(match found {
            None => String::new(),
            Some((_, t)) if !t.lacks.is_empty() => "undecided".into(),
            Some((r, t)) => match (&r.gives, &t.gives) {
                (_, Some(Value::Amount(x))) => plain(*x),
                (Gives::Else(e), Some(v)) => shown(v, &e.root.ty, &scheme.currency, Lang::En).replace('"', ""),
                (Gives::Decision, _) if t.applies => "decision".into(),
                _ => if t.applies { "yes" } else { "no" }.into(),
            },
        });
    }
    cells
}

/// A number as it reads back.
fn plain(x: f64) -> String {
    let text = format!("{x:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// The version that is named, or in force on a date, or the latest.
///
/// # Errors
/// There is none.
pub fn chosen(scheme: &Scheme, named: Option<&str>, on: Option<&str>) -> Result<usize, String> {
    if let Some(id) = named {
        let ids: Vec<&str> = scheme.versions.iter().map(|v| v.id.as_str()).collect();
        let found = ids.iter().position(|i| *i == id);
        return found
            .ok_or_else(|| format!("there is no version `{id}` of {}; there are {}", scheme.id, ids.join(", ")));
    }
    let Some(text) = on else { return Ok(scheme.latest()) };
    match read_value(text, &Type::Moment, &scheme.currency) {
        Ok(Value::Moment(m)) => scheme
            .in_force(calendar::day(m))
            .ok_or_else(|| format!("no version of {} was in force on {text}", scheme.id)),
        Ok(_) => Err(format!("`{text}` is no date")),
        Err(m) => Err(m.what),
    }
}
