//! Choices of an expression as ruled tables: bands with both bounds and whether they belong to it, values, and grids of
//! several things at once.

use super::super::super::show::page::{width, wrap};
use super::speaker::{Band, Clause, Speaker, Table};
use super::{english, korean};
use crate::model::Lang;
use crate::model::expression::{Kind, Node, Type};

/// Things that the columns of a grid may be of; with more the sentences are all there is.
const MOST_AXES: usize = 3;
/// Columns of text that a column keeps when room is short.
const NARROWEST: usize = 8;

/// A table: what it is by, and its lines.
pub struct Ruled {
    /// A line before it.
    pub lead: String,
    /// Its lines, rules included.
    pub lines: Vec<String>,
}

/// The tables of an expression, none inside of another, in so many columns.
pub fn tables(s: &mut Speaker<'_>, node: &Node, columns: usize) -> Vec<Ruled> {
    let mut found = Vec::new();
    matches(node, &mut found);
    s.depth += 1;
    let tables = found.into_iter().filter_map(|n| table(s, n, columns)).collect();
    s.depth -= 1;
    tables
}

/// Choices of a value that do not stand inside of others.
fn matches<'n>(node: &'n Node, found: &mut Vec<&'n Node>) {
    match &node.kind {
        Kind::Literal(_) | Kind::Name(_) => {}
        Kind::Negative(a) | Kind::Not(a) => matches(a, found),
        Kind::Join(_, a, b) | Kind::Compare(_, a, b) => [a, b].into_iter().for_each(|n| matches(n, found)),
        Kind::Call(_, args, _) => args.iter().for_each(|n| matches(n, found)),
        Kind::Match(..) if node.ty != Type::Truth => found.push(node),
        Kind::Match(..) => {}
    }
}

fn table(s: &mut Speaker<'_>, node: &Node, columns: usize) -> Option<Ruled> {
    let Kind::Match(arms, last) = &node.kind else { return None };
    let table = s.table(arms, last);
    if arms.len() < 2 && !matches!(table, Table::Bands(..)) {
        return None;
    }
    let value = s.pick("value", "값").to_string();
    let (lead, rows) = match table {
        Table::Bands(subject, bands) => {
            let head = vec![s.pick("from", "부터").to_string(), s.pick("to", "까지").into(), value];
            let rows = bands.iter().map(|b| band(s, b));
            let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
            (by(s, subject), rows)
        }
        Table::Values(subject, values, last) => {
            let mut rows = vec![vec![called(s, subject), value]];
            for (words, value) in values {
                let words: Vec<String> = words.iter().map(|w| inline(s, w)).collect();
                rows.push(vec![words.join(s.pick(" or ", " 또는 ")), inline(s, value)]);
            }
            rows.push(vec![s.pick("otherwise", "그 밖").into(), inline(s, last)]);
            (by(s, subject), rows)
        }
        Table::First(arms, last) => (
            s.pick("As a table, of which the first row that fits holds:", "표 (처음 해당하는 행을 따른다):")
                .to_string(),
            grid(s, &arms, last, value)?,
        ),
    };
    Some(Ruled { lead, lines: ruled(&rows, columns)? })
}

fn by(s: &mut Speaker<'_>, subject: &Node) -> String {
    let called = called(s, subject);
    match s.lang {
        Lang::En => format!("As a table, by {called}:"),
        Lang::Ko => format!("표 ({called} 기준):"),
    }
}

fn called(s: &mut Speaker<'_>, subject: &Node) -> String {
    inline(s, subject)
}

fn inline(s: &mut Speaker<'_>, node: &Node) -> String {
    match s.lang {
        Lang::En => english::inline(s, node),
        Lang::Ko => korean::inline(s, node),
    }
}

/// A band: both bounds, each with whether it belongs to it, and the value.
fn band(s: &mut Speaker<'_>, (lower, upper, value): &Band<'_>) -> Vec<String> {
    let mut bound = |b: &Option<(bool, &Node)>| match b {
        None => "–".to_string(),
        Some((within, node)) => {
            let text = inline(s, node);
            let within = if *within { s.pick("included", "포함") } else { s.pick("not included", "제외") };
            format!("{text} ({within})")
        }
    };
    let (lower, upper) = (bound(lower), bound(upper));
    vec![lower, upper, inline(s, value)]
}

/// A row for each condition with a column for each thing that it looks at; none where a condition is no such row.
fn grid(s: &mut Speaker<'_>, arms: &[(&Node, &Node)], last: &Node, value: String) -> Option<Vec<Vec<String>>> {
    let mut axes: Vec<String> = Vec::new();
    let mut cells: Vec<(Vec<(usize, String)>, String)> = Vec::new();
    for (when, then) in arms {
        let parts = match s.clause(when, true) {
            Clause::All(parts) => parts,
            one => vec![one],
        };
        let mut row: Vec<(usize, String)> = Vec::new();
        for part in &parts {
            let (axis, cell) = match part {
                Clause::Compared(subject, ..) | Clause::Between(subject, _) | Clause::OneOf(subject, ..) => {
                    (inline(s, subject), cell(s, part))
                }
                Clause::Named(i, holds) => {
                    let yes = if *holds { s.pick("yes", "예") } else { s.pick("no", "아니요") };
                    (s.truth(*i), yes.to_string())
                }
                _ => return None,
            };
            let at = axes.iter().position(|a| *a == axis).unwrap_or_else(|| {
                axes.push(axis);
                axes.len() - 1
            });
            if row.iter().any(|(a, _)| *a == at) {
                return None;
            }
            row.push((at, cell));
        }
        cells.push((row, inline(s, then)));
    }
    if axes.len() > MOST_AXES {
        return None;
    }
    let any = s.pick("any", "모두");
    let mut rows = vec![axes.iter().cloned().chain([value]).collect::<Vec<String>>()];
    for (row, then) in cells {
        let of = |at: usize| row.iter().find(|(a, _)| *a == at).map_or(any, |(_, c)| c.as_str()).to_string();
        rows.push((0..axes.len()).map(of).chain([then]).collect());
    }
    let otherwise = s.pick("otherwise", "그 밖").to_string();
    let rest = (1..axes.len()).map(|_| String::new());
    rows.push(std::iter::once(otherwise).chain(rest).chain([inline(s, last)]).collect());
    Some(rows)
}

fn cell(s: &mut Speaker<'_>, clause: &Clause<'_>) -> String {
    match s.lang {
        Lang::En => english::cell(s, clause),
        Lang::Ko => korean::cell(s, clause),
    }
}

/// Rows under a head, ruled, in so many columns; none where that is not enough room.
fn ruled(rows: &[Vec<String>], columns: usize) -> Option<Vec<String>> {
    let count = rows.first()?.len();
    let mut widths: Vec<usize> =
        (0..count).map(|c| rows.iter().map(|r| width(&r[c])).max().unwrap_or(0).max(1)).collect();
    let room = columns.checked_sub(3 * count + 1)?;
    while widths.iter().sum::<usize>() > room {
        let widest = widths.iter_mut().max()?;
        if *widest <= NARROWEST {
            return None;
        }
        *widest -= 1;
    }
    let rule: String = widths.iter().map(|w| format!("+{}", "-".repeat(w + 2))).collect::<String>() + "+";
    let mut out = vec![rule.clone()];
    for (i, row) in rows.iter().enumerate() {
        let cells: Vec<Vec<String>> = row.iter().zip(&widths).map(|(text, w)| wrap(text, *w)).collect();
        for line in 0..cells.iter().map(Vec::len).max().unwrap_or(1) {
            let mut text = String::new();
            for (cell, w) in cells.iter().zip(&widths) {
                let part = cell.get(line).map_or("", String::as_str);
                if width(part) > *w {
                    return None;
                }
                text += &format!("| {part}{} ", " ".repeat(w - width(part)));
            }
            out.push(text + "|");
        }
        if i == 0 {
            out.push(rule.clone());
        }
    }
    out.push(rule);
    Some(out)
}
