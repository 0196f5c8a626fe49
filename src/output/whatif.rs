//! Answers of what-if as tables.

use super::columns::{self, unit_words};
use super::tables::{Cell, Rows};
use crate::engine::outcome::MeasureUnit;
use crate::model::Scenario;
use crate::whatif::Look;
use crate::whatif::solve::Solution;
use crate::whatif::statement::Statement;
use crate::whatif::sweep::{Candidate, Row};
use crate::whatif::vary::{Vary, combinations};

use Cell::{Number as N, Text as T};

/// What is varied at one point: path, value and number of the first and of the second quantity.
struct At<'a>([(&'a str, &'a str, f64); 2]);

impl<'a> At<'a> {
    fn of(over: &'a [Vary], point: Option<usize>, points: &[Vec<usize>]) -> At<'a> {
        let mut at = [("", "", f64::NAN); 2];
        if let Some(values) = point.and_then(|p| points.get(p)) {
            for ((slot, v), k) in at.iter_mut().zip(over).zip(values) {
                *slot = (&v.path, &v.values[*k], v.numbers[*k]);
            }
        }
        At(at)
    }

    fn cells(&self) -> [Cell<'a>; 6] {
        let [(p1, v1, n1), (p2, v2, n2)] = self.0;
        [T(p1), T(v1), N(n1), T(p2), T(v2), N(n2)]
    }
}

/// `sweep.csv`.
pub fn sweep(over: &[Vary], looks: &[Look], found: &[Row], scenario: &Scenario) -> Rows {
    let points = combinations(over);
    let names: Vec<String> = looks.iter().map(|l| l.name(scenario)).collect();
    let units: Vec<String> = looks.iter().map(|l| unit_words(l.unit(), &scenario.currency)).collect();
    let mut rows = Rows::new(columns::sweep(), found.len());
    for r in found {
        let at = At::of(over, Some(r.point), &points);
        let e = r.estimate;
        let mut cells: Vec<Cell> = at.cells().into();
        cells.extend([T(&r.guideline), T(&names[r.look]), T(&units[r.look])]);
        cells.extend([e.value, e.se, e.lo, e.hi, r.spread.0, r.spread.1].map(N));
        rows.push(&cells);
    }
    rows
}

/// `frontier.csv`; `measures` are the names and units of what should be small and of what should be large.
pub fn frontier(over: &[Vary], measures: [(&str, MeasureUnit); 2], found: &[Candidate], currency: &str) -> Rows {
    let points = combinations(over);
    let units = measures.map(|(_, unit)| unit_words(unit, currency));
    let mut rows = Rows::new(columns::frontier(), found.len());
    for c in found {
        let mut cells: Vec<Cell> = At::of(over, c.point, &points).cells().into();
        cells.push(T(&c.guideline));
        cells.extend([T(measures[0].0), T(&units[0]), N(c.cost.value), N(c.cost.se)]);
        cells.extend([T(measures[1].0), T(&units[1]), N(c.gain.value), N(c.gain.se)]);
        cells.push(T(if c.dominated_by.is_some() { "yes" } else { "no" }));
        cells.push(N(c.dominated_by.map_or(f64::NAN, |k| (k + 1) as f64)));
        rows.push(&cells);
    }
    rows
}

/// `solve.csv`.
pub fn solve(vary: &Vary, words: &str, statement: &Statement, found: &Solution) -> Rows {
    let mut rows = Rows::new(columns::solve(), found.turns.len());
    for t in &found.turns {
        let holds = if t.holds_below() { "below" } else { "above" };
        rows.push(&[
            T(&vary.path),
            T(words),
            T("turns"),
            N(t.holds_at),
            N(t.interval.0),
            N(t.interval.1),
            N(t.fails_at),
            T(holds),
            T(&vary.unit),
        ]);
    }
    if let Some(everywhere) = found.everywhere(statement) {
        let outcome = if everywhere { "everywhere" } else { "nowhere" };
        let [none, lo, hi, fails] = [f64::NAN; 4].map(N);
        rows.push(&[T(&vary.path), T(words), T(outcome), none, lo, hi, fails, T(""), T(&vary.unit)]);
    }
    rows
}

/// `solve-points.csv`.
pub fn solve_points(vary: &Vary, statement: &Statement, found: &Solution, scenario: &Scenario) -> Rows {
    let (name, unit) = (statement.look.name(scenario), unit_words(statement.look.unit(), &scenario.currency));
    let mut rows = Rows::new(columns::solve_points(), found.points.len());
    for p in &found.points {
        let e = p.estimate;
        let holds = if statement.holds(e.value) { "yes" } else { "no" };
        let mut cells = vec![T(&vary.path), N(p.x), T(&name), T(&unit)];
        cells.extend([e.value, e.se, e.lo, e.hi].map(N));
        cells.push(T(holds));
        rows.push(&cells);
    }
    rows
}
