//! The register of figures: every number that the briefing shows, with the row of the table that it stands in.

use std::collections::BTreeMap;

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name in links: letters, digits, hyphens, points.
    pub id: String,
    /// What it is, in the reader's language.
    pub label: String,
    /// What it is, in full: the definition of its measure.
    pub meaning: String,
    /// The value as it is told.
    pub shown: String,
    /// The value as the table has it.
    pub exact: f64,
    /// Standard error and 95 % Monte-Carlo interval, where the table has them.
    pub error: Option<[f64; 3]>,
    /// Table.
    pub file: &'static str,
    /// Which row of it: `column=value`, one after the other.
    pub place: String,
    /// What `redress explain` is asked for the same, if it can be asked.
    pub ask: Option<String>,
    /// The guideline whose assumptions it rests on.
    pub guideline: Option<String>,
    /// True when a sentence tells it; false when it stands in tables alone, which the register on paper leaves out.
    pub told: bool,
}

/// All figures shown, in the order in which they first appear.
#[derive(Clone, Debug, Default)]
pub struct Register {
    rows: Vec<Row>,
    known: BTreeMap<String, usize>,
}

impl Register {
    /// Enters a figure once; gives its name.
    pub fn enter(&mut self, row: Row) -> String {
        let id = row.id.clone();
        match self.known.get(&id) {
            Some(at) => self.rows[*at].told |= row.told,
            None => {
                self.known.insert(id.clone(), self.rows.len());
                self.rows.push(row);
            }
        }
        id
    }

    /// The figures.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

/// A name for links from parts that may hold anything.
pub fn name(parts: &[&str]) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    let parts: Vec<String> = parts.iter().map(|p| p.chars().map(safe).collect()).collect();
    format!("f-{}", parts.join("."))
}

/// The name in links of a number of the scenario, by its path.
pub fn anchor(path: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '.' { c } else { '_' };
    format!("a-{}", path.chars().map(safe).collect::<String>())
}
