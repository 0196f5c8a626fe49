//! Many cases at once: a CSV table with a column for each fact, answered by one with the awards beside, or rule by rule.

use super::super::report::did_you_mean;
use super::told::{Awarded, awarded, shown};
use super::values::{read_fact, read_value};
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
        match read_fact(text, fact, &scheme.currency) {
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
/// There is none, or the date is before the scheme: what there is.
pub fn chosen(scheme: &Scheme, named: Option<&str>, on: Option<&str>) -> Result<usize, String> {
    if let Some(id) = named {
        let found = scheme.versions.iter().position(|v| v.id == id && !id.is_empty());
        return found.ok_or_else(|| {
            let what = match id.trim() {
                "" => format!("no version of {} is named", scheme.id),
                _ => format!("there is no version `{id}` of {}", scheme.id),
            };
            let nameless = scheme.versions.iter().all(|v| v.id.is_empty());
            let leave = if nameless { "; leave the version out" } else { "" };
            format!("{what}; {}{leave}", there_are(scheme))
        });
    }
    let Some(text) = on else { return Ok(scheme.latest()) };
    if text.trim().is_empty() {
        return Err(format!("a date is missing; write for example 2024-06-03; {}", there_are(scheme)));
    }
    let day = match read_value(text, &Type::Moment, &scheme.currency) {
        Ok(Value::Moment(m)) => calendar::day(m),
        Ok(_) => return Err(format!("`{text}` is no date; write for example 2024-06-03")),
        Err(m) => return Err(m.what),
    };
    let begun = begins(scheme).is_none_or(|first| first <= day);
    let found = scheme.in_force(day).filter(|_| begun);
    found.ok_or_else(|| format!("no version of {} was in force on {text}; {}", scheme.id, there_are(scheme)))
}

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// The versions of a scheme with the days from which they hold, in words.
fn there_are(scheme: &Scheme) -> String {
    let effective = match scheme.effective.get(Lang::En) {
        "" => String::new(),
        effective => format!(" (in force: {effective})"),
    };
    if scheme.versions.iter().all(|v| v.id.is_empty()) {
        return format!("it has one version, without a name{effective}");
    }
    let dated = scheme.versions.iter().any(|v| v.from.is_some());
    let one = |id: &str, from: Option<i64>| match from {
        Some(day) => format!("{id} (from {})", calendar::written(day * DAY)),
        None if dated => format!("{id} (by its name only)"),
        None => id.into(),
    };
    let all: Vec<String> = scheme.versions.iter().map(|v| one(&v.id, v.from)).collect();
    format!("there are {}{}", all.join(", "), if dated { "" } else { &effective })
}

/// Number of the day (since 1970-01-01) on which a scheme began, as far as it says so: the first date of its versions, or where
/// none has one the earliest date in words that begin with `since`, such as `since 2021-12-01`.
fn begins(scheme: &Scheme) -> Option<i64> {
    let first = scheme.versions.iter().filter_map(|v| v.from).min();
    first.or_else(|| {
        let words = scheme.effective.en.strip_prefix("since ")?;
        let dates = words.split(|c: char| !c.is_ascii_digit() && c != '-');
        dates.filter_map(|text| first_day(text, &scheme.currency)).min()
    })
}

/// Number of the first day of `2021`, `2021-12` or `2021-12-01`; `None` for what is none of these.
fn first_day(text: &str, currency: &str) -> Option<i64> {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.into(),
    };
    // A number of four figures may be that of a law.
    if !(whole.starts_with("19") || whole.starts_with("20")) {
        return None;
    }
    match read_value(&whole, &Type::Moment, currency) {
        Ok(Value::Moment(m)) => Some(calendar::day(m)),
        _ => None,
    }
}
