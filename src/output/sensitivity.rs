//! Sensitivity as tables.

use super::columns::{self, unit_words};
use super::tables::{Cell, Rows};
use crate::model::Scenario;
use crate::stats::Estimate;
use crate::whatif::Look;
use crate::whatif::sensitivity::run::Answer;
use crate::whatif::sensitivity::{Bond, GivenRow};

use Cell::{Number as N, Text as T, Whole as W};

const NONE: Estimate = Estimate { value: f64::NAN, se: f64::NAN, lo: f64::NAN, hi: f64::NAN };

/// Guideline of a look; `all` where it is the same under every one.
fn guideline<'a>(look: &Look, scenario: &'a Scenario) -> &'a str {
    look.interest.guideline.map_or("all", |g| &scenario.guidelines[g].id)
}

fn bond(bond: Bond) -> &'static str {
    match bond {
        Bond::Alone => "alone",
        Bond::Table => "table",
        Bond::Linked => "linked",
    }
}

fn numbers(e: Estimate) -> [Cell<'static>; 4] {
    [e.value, e.se, e.lo, e.hi].map(N)
}

/// `sensitivity.csv`.
pub fn indices(looks: &[Look], answer: &Answer, scenario: &Scenario) -> Rows {
    let mut rows = Rows::new(columns::sensitivity(), answer.found.len() * 16);
    // What does not vary has no variance to be shared out.
    for (look, found) in looks.iter().zip(&answer.found).filter(|(_, f)| f.sd > 0.0) {
        let (name, id) = (look.name(scenario), guideline(look, scenario));
        let mut push = |rank: i64, quantity: &str, part: &str, first: Estimate, total: Estimate, shapley: Estimate| {
            let mut cells = vec![T(&name), T(id), W(rank), T(quantity), T(part)];
            cells.extend(numbers(first).into_iter().chain(numbers(total)).chain(numbers(shapley)));
            rows.push(&cells);
        };
        let mut rank = 0;
        for r in &found.rows {
            rank += 1;
            push(rank, &r.paths.join(" + "), bond(r.bond), r.indices.first, r.indices.total, NONE);
            for (path, effect) in r.paths.iter().zip(&r.shapley) {
                push(rank, path, "member", NONE, NONE, *effect);
            }
        }
        if !found.left_out.is_empty() {
            rank += 1;
            push(rank, &found.left_out.join(" + "), "left out", NONE, found.left_out_total, NONE);
        }
        if let Some(chance) = found.chance {
            push(rank + 1, "chance inside a world", "chance", NONE, chance, NONE);
        }
    }
    rows
}

/// `tornado.csv`.
pub fn tornado(looks: &[Look], answer: &Answer, scenario: &Scenario) -> Rows {
    let mut rows = Rows::new(columns::tornado(), answer.bars.iter().map(Vec::len).sum());
    for (look, bars) in looks.iter().zip(&answer.bars) {
        let (name, id, unit) =
            (look.name(scenario), guideline(look, scenario), unit_words(look.unit(), &scenario.currency));
        for bar in bars {
            rows.push(&[
                T(&name),
                T(id),
                T(&bar.path),
                N(bar.at[0]),
                N(bar.at[1]),
                T(&unit),
                N(bar.shift[0].value),
                N(bar.shift[0].se),
                N(bar.shift[1].value),
                N(bar.shift[1].se),
                T(if bar.linked { "yes" } else { "no" }),
            ]);
        }
    }
    rows
}

/// `sensitivity-given.csv`.
pub fn given(looks: &[Look], found: &[Vec<GivenRow>], scenario: &Scenario) -> Rows {
    let mut rows = Rows::new(columns::sensitivity_given(), found.iter().map(Vec::len).sum());
    for (look, of_look) in looks.iter().zip(found) {
        let (name, id) = (look.name(scenario), guideline(look, scenario));
        for (rank, r) in (1..).zip(of_look) {
            let linked = r.linked.join(" + ");
            let mut cells = vec![T(&name), T(id), W(rank), T(&r.path)];
            cells.extend(numbers(r.first));
            cells.push(T(&linked));
            rows.push(&cells);
        }
    }
    rows
}
