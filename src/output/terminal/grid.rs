//! A grid of texts: a left-aligned first column that takes what room there is, right-aligned others.

use super::cells::alike;
use super::width::{left, right, shorten, shorten_front, width};

/// Columns of a terminal that everything fits in.
pub const COLUMNS: usize = 80;

/// A grid with a heading of one or more lines.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    head: Vec<Vec<String>>,
    rows: Vec<Vec<String>>,
    /// Whether first cells that are too wide lose their beginning.
    in_front: bool,
}

impl Grid {
    /// A grid with heading lines, each with one text per column.
    pub fn new(head: Vec<Vec<String>>) -> Grid {
        Grid { head, rows: Vec::new(), in_front: false }
    }

    /// The same with first cells cut in front: paths, whose ends tell them apart.
    pub fn of_paths(head: Vec<Vec<String>>) -> Grid {
        Grid { in_front: true, ..Grid::new(head) }
    }

    /// Appends a row, with one text per column.
    pub fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// The same with as many digits in all amounts of a column.
    pub fn alike(mut self) -> Grid {
        for c in 1..self.head.first().map_or(0, Vec::len) {
            let column: Vec<String> = self.rows.iter().map(|row| row[c].clone()).collect();
            self.rows.iter_mut().zip(alike(&column)).for_each(|(row, cell)| row[c] = cell);
        }
        self
    }

    /// Widths of the columns and the gap between them: two blanks where there is room. The first column takes at most
    /// what the others leave.
    fn widths(&self) -> (Vec<usize>, usize) {
        let count = self.head.first().map_or(0, Vec::len);
        let rows = || self.head.iter().chain(&self.rows);
        let mut widths: Vec<usize> = (0..count).map(|c| rows().map(|row| width(&row[c])).max().unwrap_or(0)).collect();
        let gaps = count.saturating_sub(1);
        let gap = if widths.iter().sum::<usize>() + 2 * gaps <= COLUMNS { 2 } else { 1 };
        let others: usize = widths.iter().skip(1).sum::<usize>() + gap * gaps;
        if let Some(first) = widths.first_mut() {
            *first = (*first).min(COLUMNS.saturating_sub(others));
        }
        (widths, gap)
    }

    /// The grid as lines, a rule under the heading.
    pub fn lines(&self) -> Vec<String> {
        let (widths, gap) = self.widths();
        let line = |row: &Vec<String>| line(row, &widths, gap, self.in_front);
        let mut lines: Vec<String> = self.head.iter().map(line).collect();
        lines.push("─".repeat(widths.iter().sum::<usize>() + gap * widths.len().saturating_sub(1)));
        lines.extend(self.rows.iter().map(line));
        lines
    }
}

fn line(row: &[String], widths: &[usize], gap: usize, in_front: bool) -> String {
    let shorten = if in_front { shorten_front } else { shorten };
    let cells = row.iter().zip(widths).enumerate().map(|(c, (text, &to))| match c {
        0 => left(&shorten(text, to), to),
        _ => right(text, to),
    });
    cells.collect::<Vec<_>>().join(&" ".repeat(gap)).trim_end().to_string()
}
