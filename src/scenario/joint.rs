//! Joint tables: rows that are drawn whole, so that their columns keep their joint law.

use super::number::{Ask, LARGEST, Remark};
use super::reader::{Fields, Reading};
use super::report::Place;
use super::resolved::inline;
use super::tree::{Node, Value};
use super::units;
use crate::chance::law::Law;
use crate::model::{JointTable, Unit};

/// A joint table of the file.
#[derive(Clone, Debug)]
pub struct Joint<'a> {
    /// Its index; none after a mistake: then no number can be drawn from it, and what is known of it tells no more than which
    /// mistakes there are elsewhere.
    table: Option<usize>,
    /// Names of its columns; none where one of them may have been meant to be another.
    columns: Option<Vec<String>>,
    /// Rows with a value for each column.
    rows: Vec<&'a [Node]>,
    weights: Vec<f64>,
    remark: Remark,
}

/// The rows of a joint table.
#[derive(Default)]
struct Rows<'a> {
    /// Those with a value for each column.
    full: Vec<&'a [Node]>,
    /// True where these are all, and each of their cells has a value.
    sound: bool,
    /// True where all have more values than there are columns: it may be a name that is missing.
    wide: bool,
}

/// Units in which a cell may be.
pub(super) const UNITS: [Unit; 6] =
    [Unit::Number, Unit::Share, Unit::Hours, Unit::Money, Unit::MoneyPerMonth, Unit::MoneyPerHour];

/// Rows of a table that are listed among the inputs; of longer ones only how many there are.
const LISTED: usize = 100;

impl<'a> Reading<'a> {
    /// Reads `[joint.*]`.
    pub fn joint_tables(&mut self, node: Option<&'a Node>) {
        let Some(table) = node.and_then(|n| self.open(n, "joint")) else { return };
        for entry in &table.table.entries {
            let path = format!("joint.{}", entry.key);
            let joint = self.joint_table(&entry.node, &path);
            if let Some(Joint { table: Some(_), rows, .. }) = &joint {
                self.quantities.tables.push(JointTable { id: entry.key.clone(), rows: rows.len() });
            }
            self.joints.insert(entry.key.clone(), joint);
        }
    }

    fn joint_table(&mut self, node: &'a Node, path: &str) -> Option<Joint<'a>> {
        let mut fields = self.open(node, path)?;
        let columns = fields.need("columns", "`columns = [\"a\", \"b\"]`");
        let rows = fields.need("rows", "`rows = [ [1, 2], [3, 4] ]`");
        let count = rows.and_then(counted);
        let stated_weights = fields.take("weights");
        let remark = self.remark(&mut fields);
        let strange = fields.finish(self);
        let columns = columns.zip(columns.and_then(|n| self.column_names(n)));
        let Rows { full: rows, sound, wide } = rows
            .map_or_else(Rows::default, |n| self.rows(n, columns.as_ref().map(|(at, names)| (at.place, names.len()))));
        let weights = self.row_weights(stated_weights, count);
        let columns = columns.map(|(_, names)| names);
        let twice = |names: &[String]| (1..names.len()).any(|i| names[..i].contains(&names[i]));
        let certain = columns.filter(|names| !wide && !twice(names));
        let whole = certain.as_ref().filter(|_| sound && !strange);
        let table = whole.map(|_| self.quantities.tables.len());
        if let Some(names) = whole {
            self.figure(&format!("{path}.rows"), (listed(names, &rows), None), "", remark.clone());
            if let Some(n) = stated_weights {
                self.figure(&format!("{path}.weights"), (inline(n), None), "1", remark.clone());
            }
        }
        Some(Joint { table, columns: certain, rows, weights, remark })
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

    /// The rows, which have a value for each of so many columns, named at a place; of columns that cannot be counted has been told.
    fn rows(&mut self, node: &'a Node, columns: Option<(Place, usize)>) -> Rows<'a> {
        let list = self.points(node, "[ [0.2, \"30 h\"], … ]");
        if node.as_list().is_some_and(<[Node]>::is_empty) {
            self.error(node.place, "a joint table needs at least one row")
                .help("write rows = [ [0.2, \"30 h\"], … ], one value for each column");
        }
        let rows: Vec<&'a [Node]> = list.iter().map(|row| self.list(row)).collect();
        let read = list.iter().all(|row| row.as_list().is_some());
        // Cells that no number of the file takes are read here alone.
        let fine = rows.iter().flat_map(|cells| cells.iter()).filter(|cell| !self.cell(cell)).count() == 0;
        let Some((named, columns)) = columns else { return Rows::default() };
        let n = rows.first().map_or(0, |first| first.len());
        if read && rows.len() > 1 && n != columns && rows.iter().all(|cells| cells.len() == n) {
            // Where all rows are alike, it is a name that is missing, or one too many.
            let s = if columns == 1 { "" } else { "s" };
            self.error(named, format!("{columns} column{s}, but every row has {n} values"))
                .help("give each value of a row a name under `columns`, in their order");
            return Rows { wide: n > columns, ..Rows::default() };
        }
        for (row, cells) in list.iter().zip(&rows) {
            if cells.len() != columns && row.as_list().is_some() {
                self.error(row.place, format!("this row has {} values, not {columns}", cells.len()))
                    .help("a row has one value for each of `columns`, in their order");
            }
        }
        let full: Vec<&'a [Node]> = rows.iter().copied().filter(|cells| cells.len() == columns).collect();
        let wide = full.is_empty() && rows.iter().any(|cells| cells.len() > columns);
        Rows { sound: fine && read && !full.is_empty() && full.len() == list.len(), full, wide }
    }

    /// False, with the reason told, for a cell that is no value in any unit.
    fn cell(&mut self, cell: &Node) -> bool {
        if self.is_value(cell) {
            return true;
        }
        let help = "a cell is a number, such as 0.2, or one with its unit: \"30 h\"";
        match &cell.value {
            Value::Number(v, _) if v.is_finite() => self.too_large(cell),
            Value::Number(..) => {
                self.error(cell.place, "this number must be finite").help(help);
            }
            Value::Text(text) => {
                self.error(cell.place, format!("`{text}` is no value")).help(help);
            }
            _ => {
                self.wrong_kind(cell, "a value").help(help);
            }
        }
        false
    }

    /// True for a cell that is a value in some unit.
    fn is_value(&self, cell: &Node) -> bool {
        match &cell.value {
            Value::Number(v, _) => v.is_finite() && v.abs() <= LARGEST,
            Value::Text(text) => {
                // What is wrong with money of another currency is told where a number takes it.
                let read = UNITS.iter().any(|unit| units::parse(text, *unit, &self.currency).is_ok());
                read || units::code_of_sum(text).is_some()
            }
            _ => false,
        }
    }

    /// The weights of so many rows, where these can be counted.
    fn row_weights(&mut self, node: Option<&'a Node>, rows: Option<usize>) -> Vec<f64> {
        let even = vec![1.0; rows.unwrap_or(0)];
        let Some(node) = node else { return even };
        let weights = self.plain_numbers(node);
        let sum: f64 = weights.iter().sum();
        // What is no list has been told, and so has what in it is no number.
        let Some(stated) = node.as_list().map(<[Node]>::len) else { return even };
        if let Some(rows) = rows.filter(|rows| *rows != stated) {
            self.error(node.place, format!("{stated} weights for {rows} rows")).help("each row needs one weight");
        } else if weights.len() == stated && (weights.iter().any(|w| *w < 0.0) || sum <= 0.0) {
            self.error(node.place, "weights must not be negative, and not all zero").help(super::use_profiles::WEIGHTS);
        } else if weights.len() == stated {
            return weights;
        }
        even
    }

    /// A number that comes from a joint table has the table's source and note unless it has its own.
    pub fn as_of_table(&self, table: usize, remark: &mut Remark) {
        let Some(joint) = self.joints.values().flatten().find(|joint| joint.table == Some(table)) else { return };
        remark.source = remark.source.or(joint.remark.source);
        if remark.note.is_empty() {
            remark.note = joint.remark.note.clone();
        }
    }

    /// The law of a number given as `{ joint = "table", column = "name" }`, and whether the table is whole: of one with a
    /// mistake it is that of the rows that can be read, to see what is wrong with their values.
    pub fn joint_column(&mut self, fields: &mut Fields<'a>, ask: Ask) -> Option<(Law, bool)> {
        let table = fields.take("joint")?;
        let column = fields.need("column", "`column = \"…\"`");
        let names: Vec<String> = self.joints.keys().cloned().collect();
        let found = self.reference(table, "joint table", &names)?;
        let joint = self.joints.get(&names[found])?.clone()?;
        let at = self.reference(column?, "column", joint.columns.as_ref()?)?;
        let cells = joint.rows.iter().filter_map(|row| row.get(at));
        // Of those that have no value in any unit has been told.
        let cells: Vec<&Node> = cells.filter(|cell| joint.table.is_some() || self.is_value(cell)).collect();
        let values: Vec<f64> = cells.iter().filter_map(|cell| self.scalar(cell, ask.unit)).collect();
        if values.is_empty() || values.len() < cells.len() {
            return None;
        }
        let weights = if joint.table.is_some() { joint.weights } else { vec![1.0; values.len()] };
        Some((Law::JointColumn { table: joint.table.unwrap_or(0), values, weights }, joint.table.is_some()))
    }
}

/// How many rows a joint table has, whatever is wrong with one of them; none where it has none, or the brackets around them are
/// missing.
fn counted(rows: &Node) -> Option<usize> {
    rows.as_list().filter(|list| list.iter().any(|row| row.as_list().is_some())).map(<[Node]>::len)
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
