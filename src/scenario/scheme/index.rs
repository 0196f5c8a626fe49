//! The page that lists the library's schemes.

use crate::guideline::calendar;
use crate::model::Lang;
use crate::model::scheme::Scheme;

/// A Markdown page of schemes, in the order given.
pub fn index(schemes: &[Scheme]) -> String {
    let cases: usize = schemes.iter().map(|s| s.cases.len()).sum();
    let published = schemes.iter().flat_map(|s| &s.cases).filter(|c| c.published).count();
    let mut page = format!(
        "# Schemes\n\n\
         Real compensation schemes in the rule language, each a file in `scenarios/guidelines/` with its sources and worked\n\
         cases. `redress award NAME --case fact=value` decides a case, `redress check` runs the cases of a file. Made from\n\
         the files; a test keeps it up to date.\n\n\
         {} schemes, {cases} worked cases, of which {published} were published by the source and the others derived from the\n\
         rule. Evidence: A primary text or several independent reports, B secondary, single or conflicting, C from general\n\
         knowledge or a passing mention; + and - for shades.\n\n\
         | name | scheme | where | in force | evidence | versions | cases |\n|---|---|---|---|---|---|---|\n",
        schemes.len(),
    );
    for s in schemes {
        let words = |t: &crate::model::Text| t.get(Lang::En).replace('|', "/");
        let published = s.cases.iter().filter(|c| c.published).count();
        page += &format!(
            "| [`{}`](../scenarios/guidelines/{}.toml) | {} | {} | {} | {} | {} | {}, {published} published |\n",
            s.id,
            s.id,
            words(&s.title),
            words(&s.jurisdiction),
            words(&s.effective),
            s.evidence,
            versions(s),
            s.cases.len(),
        );
    }
    page
}

/// Versions by date; the others by number.
fn versions(s: &Scheme) -> String {
    let dated: Vec<i64> = s.versions.iter().filter_map(|v| v.from).collect();
    match (dated.iter().min(), dated.iter().max()) {
        (Some(first), Some(last)) if first != last => {
            let year = |day: &i64| calendar::civil(day * 24 * 60).0;
            format!("{}, {} to {}", s.versions.len(), year(first), year(last))
        }
        _ => s.versions.len().to_string(),
    }
}
