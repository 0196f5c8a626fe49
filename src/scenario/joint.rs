//! Joint tables: rows that are drawn whole, so that their columns keep their joint law.

use super::number::{Ask, LARGEST, Remark};
use super::reader::{Fields, Reading};
use super::resolved::inline;
use super::tree::{Node, Value};
use super::units;
use crate::chance::law::Law;
use crate::model::{JointTable, Unit};

/// A joint table of the file.
#[derive(Clone, Debug)]
pub struct Joint<'a> {
    table: usize,
    columns: Vec<String>,
    rows: Vec<&'a [Node]>,
    weights: Vec<f64>,
    remark: Remark,
}

/// Units in which a cell may be.
const UNITS: [Unit; 6] = [Unit::Number, Unit::Share, Unit::Hours, Unit::Money, Unit::MoneyPerMonth, Unit::MoneyPerHour];

/// Rows of a table that are listed among the inputs; of longer ones only how many there are.
const LISTED: usize = 100;

impl<'a> Reading<'a> {
    /// Reads `[joint.*]`.
    pub fn joint_tables(&mut self, node: Option<&'a Node>) {
        let Some(table) = node.and_then(|n| self.open(n, "joint")) else { return };
        for entry in &table.table.entries {
            let path = format!("joint.{}", entry.key);
            let joint = self.joint_table(&entry.node, &path);
            if let Some(joint) = &joint {
                self.quantities.tables.push(JointTable { id: entry.key.clone(), rows: joint.rows.len() });
            }
            self.joints.insert(entry.key.clone(), joint);
        }
    }

    fn joint_table(&mut self, node: &'a Node, path: &str) -> Option<Joint<'a>> {
        let mut fields = self.open(node, path)?;
        let columns = fields.need("columns", "`columns = [\"a\", \"b\"]`");
        let rows = fields.need("rows", "`rows = [ [1, 2], [3, 4] ]`");
        let weights = fields.take("weights");
        let remark = self.remark(&mut fields);
        if fields.finish(self) {
            return None;
        }
        let (named, listed_rows) = (columns?, rows?);
        let columns = self.column_names(named);
        let rows = self.rows(listed_rows, named, columns.as_ref().map(Vec::len));
        let stated_weights = weights;
        // As many as there are rows, whatever is wrong with one of them.
        let count = listed_rows.as_list().map_or(0, <[Node]>::len);
        let weights = match weights {
            Some(n) => self.row_weights(n, count),
            None => vec![1.0; count],
        };
        let (columns, rows) = (columns?, rows?);
        self.figure(&format!("{path}.rows"), (listed(&columns, &rows), None), "", remark.clone());
        if let Some(n) = stated_weights {
            self.figure(&format!("{path}.weights"), (inline(n), None), "1", remark.clone());
        }
        Some(Joint { remark, table: self.quantities.tables.len(), columns, rows, weights })
    }

    /// The names of the columns; none where they are no list of texts.
    fn column_names(&mut self, node: &'a Node) -> Option<Vec<String>> {
        let list = self.list(node);
        let mut names: Vec<String> = Vec::new();
        for item in list {
            let Some(name) = self.text(item) else { continue };
            if names.iter().any(|n| n == name) {
                self.error(item.place, format!("the column `{name}` stands twice"))
                    .help("give each column a name of its own");
            }
            names.push(name.into());
        }
        (node.as_list().is_some() && names.len() == list.len()).then_some(names)
    }

    /// The rows, which have a value for each of so many `columns`, named at a place of their own; none after a mistake.
    fn rows(&mut self, node: &'a Node, named: &'a Node, columns: Option<usize>) -> Option<Vec<&'a [Node]>> {
        let list = self.points(node, "[ [0.2, \"30 h\"], … ]");
        if node.as_list().is_some_and(<[Node]>::is_empty) {
            self.error(node.place, "a joint table needs at least one row")
                .help("write rows = [ [0.2, \"30 h\"], … ], one value for each column");
        }
        // That the columns cannot be counted has been said.
        let columns = columns?;
        let rows: Vec<&'a [Node]> = list.iter().map(|row| self.list(row)).collect();
        let read = list.iter().all(|row| row.as_list().is_some());
        let n = rows.first().map_or(0, |first| first.len());
        if read && rows.len() > 1 && n != columns && rows.iter().all(|cells| cells.len() == n) {
            // Where all rows are alike, it is a name that is missing, or one too many.
            let s = if columns == 1 { "" } else { "s" };
            self.error(named.place, format!("{columns} column{s}, but every row has {n} values"))
                .help("give each value of a row a name under `columns`, in their order");
            return None;
        }
        for (row, cells) in list.iter().zip(&rows) {
            if cells.len() != columns && row.as_list().is_some() {
                self.error(row.place, format!("this row has {} values, not {columns}", cells.len()))
                    .help("a row has one value for each of `columns`, in their order");
            }
        }
        // Cells that no number of the file takes are read here alone.
        let fine = rows.iter().flat_map(|cells| cells.iter()).filter(|cell| !self.cell(cell)).count() == 0;
        (fine && !rows.is_empty() && read && rows.iter().all(|cells| cells.len() == columns)).then_some(rows)
    }

    /// False, with the reason told, for a cell that is no value in any unit.
    fn cell(&mut self, cell: &Node) -> bool {
        let help = "a cell is a number, such as 0.2, or one with its unit: \"30 h\"";
        match &cell.value {
            Value::Number(v, _) if v.is_finite() && v.abs() > LARGEST => self.too_large(cell),
            Value::Number(v, _) if v.is_finite() => return true,
            Value::Number(..) => {
                self.error(cell.place, "this number must be finite").help(help);
            }
            Value::Text(text) => {
                let read = UNITS.iter().filter_map(|unit| units::parse(text, *unit, &self.currency).ok()).next();
                // What is wrong with money of another currency is told where a number takes it.
                if read.is_some() || units::code_of_sum(text).is_some() {
                    return true;
                }
                self.error(cell.place, format!("`{text}` is no value")).help(help);
            }
            _ => {
                self.wrong_kind(cell, "a value").help(help);
            }
        }
        false
    }

    fn row_weights(&mut self, node: &'a Node, rows: usize) -> Vec<f64> {
        let weights = self.plain_numbers(node);
        let sum: f64 = weights.iter().sum();
        if node.as_list().is_none_or(|list| list.len() != weights.len()) {
            // What is no number has been told.
        } else if weights.len() != rows {
            self.error(node.place, format!("{} weights for {rows} rows", weights.len()))
                .help("each row needs one weight");
        } else if weights.iter().any(|w| *w < 0.0) || sum <= 0.0 {
            self.error(node.place, "weights must not be negative, and not all zero").help(super::use_profiles::WEIGHTS);
        } else {
            return weights;
        }
        vec![1.0; rows]
    }

    /// A number that comes from a joint table has the table's source and note unless it has its own.
    pub fn as_of_table(&self, table: usize, remark: &mut Remark) {
        let Some(joint) = self.joints.values().flatten().find(|joint| joint.table == table) else { return };
        remark.source = remark.source.or(joint.remark.source);
        if remark.note.is_empty() {
            remark.note = joint.remark.note.clone();
        }
    }

    /// The law of a number given as `{ joint = "table", column = "name" }`.
    pub fn joint_column(&mut self, fields: &mut Fields<'a>, ask: Ask) -> Option<Law> {
        let table = fields.take("joint")?;
        let column = fields.need("column", "`column = \"…\"`");
        let names: Vec<String> = self.joints.keys().cloned().collect();
        let found = self.reference(table, "joint table", &names)?;
        let joint = self.joints.get(&names[found])?.clone()?;
        let at = self.reference(column?, "column", &joint.columns)?;
        let values: Vec<f64> =
            joint.rows.iter().filter_map(|row| row.get(at)).filter_map(|n| self.scalar(n, ask.unit)).collect();
        let complete = values.len() == joint.rows.len() && !values.is_empty();
        complete.then_some(Law::JointColumn { table: joint.table, values, weights: joint.weights })
    }
}

/// The rows in words: which columns, then row by row.
fn listed(columns: &[String], rows: &[&[Node]]) -> String {
    let names = columns.join(", ");
    if rows.len() > LISTED {
        return format!("{names}: {} rows, see scenario.resolved.toml", rows.len());
    }
    let row = |cells: &&[Node]| cells.iter().map(inline).collect::<Vec<_>>().join(", ");
    format!("{names}: {}", rows.iter().map(row).collect::<Vec<_>>().join("; "))
}
