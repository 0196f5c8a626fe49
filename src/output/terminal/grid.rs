//! A grid of texts: a left-aligned first column that takes what room there is, right-aligned others.

use super::cells::alike;
use super::width::{left, right, shorten, shorten_front, width};

/// Columns of a terminal that everything fits in.
pub const COLUMNS: usize = 80;

/// Columns that a row's name keeps, or all of a shorter one: letters tell rows apart.
const NAMED: usize = 4;

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

    /// The columns in as many parts as it takes for each to leave room for the names of rows.
    fn parts(&self) -> Vec<Vec<usize>> {
        let wide = |c: usize| self.head.iter().chain(&self.rows).map(|row| width(&row[c])).max().unwrap_or(0);
        let count = self.head.first().map_or(0, Vec::len);
        let room = COLUMNS - if count > 0 { wide(0).min(NAMED) } else { 0 };
        let (mut parts, mut taken): (Vec<Vec<usize>>, usize) = (vec![Vec::new()], 0);
        for c in 1..count {
            let wide = wide(c) + 1;
            if taken > 0 && taken + wide > room {
                parts.push(Vec::new());
                taken = 0;
            }
            taken += wide;
            parts.last_mut().expect("there is one from the start").push(c);
        }
        parts
    }

    /// The grid as lines, a rule under the heading; one part of the columns below another where they are wider than the page.
    pub fn lines(&self) -> Vec<String> {
        let parts = self.parts();
        if parts.len() < 2 {
            return self.at_once();
        }
        let cut = |rows: &[Vec<String>], part: &[usize]| -> Vec<Vec<String>> {
            let cells =
                |row: &Vec<String>| std::iter::once(0).chain(part.iter().copied()).map(|c| row[c].clone()).collect();
            rows.iter().map(cells).collect()
        };
        let part = |part: &Vec<usize>| Grid {
            head: cut(&self.head, part),
            rows: cut(&self.rows, part),
            in_front: self.in_front,
        };
        parts.iter().flat_map(|columns| part(columns).at_once()).collect()
    }

    /// The lines with all columns side by side.
    fn at_once(&self) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Sums that are wider together than the page stand below one another, and each row keeps its letter.
    #[test]
    fn wide_columns_stand_below_one_another() {
        let row = |name: &str, text: &str| -> Vec<String> {
            std::iter::once(name).chain([text; 5]).map(String::from).collect()
        };
        let mut grid = Grid::new(vec![row("", "payout"), row("", "mean")]);
        for name in ["A", "B"] {
            grid.push(row(name, "103,617–274,049 tn"));
        }
        let lines = grid.lines();
        assert!(lines.iter().all(|l| width(l) <= COLUMNS), "{lines:?}");
        let of = |letter: &str| lines.iter().filter(|l| l.starts_with(&format!("{letter} "))).count();
        assert_eq!((of("A"), of("B")), (2, 2), "{lines:?}");
        assert_eq!(lines.join(" ").matches("103,617–274,049 tn").count(), 10);
        let narrow = |text: &str| {
            let mut grid = Grid::new(vec![row("", text)]);
            grid.push(row("A variant with a long name that is cut as before", text));
            grid.lines().len()
        };
        assert_eq!(narrow("12,345,678 KRW"), 3);
    }
}
